"""Small tables with their sources, as CSV files that travel with the course.

A file opens with lines that begin with "#": what was measured, by whom, where it was published,
and what each column holds, in which unit. Then come the names of the columns and the numbers.
"""

import csv
from importlib.resources import files

import numpy as np

HPA_PER_INHG = 33.8639  # hectopascals in an inch of mercury


def names() -> list[str]:
    """The tables there are, in alphabetical order."""
    here = files(__name__).iterdir()
    return sorted(file.name.removesuffix(".csv") for file in here if file.name.endswith(".csv"))


def load(name: str) -> dict[str, np.ndarray]:
    """A table as its columns: name to an array of shape (rows,). `source` tells the units.

    Raises ValueError for a table that is not there.
    """
    rows = list(csv.reader(line for line in _lines(name) if not line.startswith("#")))
    header, numbers = rows[0], np.array(rows[1:], dtype=float)
    return dict(zip(header, numbers.T.copy(), strict=True))


def boiling_point() -> tuple[np.ndarray, np.ndarray]:
    """The table "boiling_point" in °C and hPa: where water boils, and the pressure there.

    Shape (17,) each, in the order of the table.
    """
    table = load("boiling_point")
    return (table["boiling_point_F"] - 32) * 5 / 9, table["pressure_inHg"] * HPA_PER_INHG


def digits() -> tuple[np.ndarray, np.ndarray]:
    """The table "digits": 1,797 handwritten digits, and which digit each of them is.

    The pictures have the shape (1797, 64), with numbers from 0.0 (paper) to 16.0 (ink) in counted
    dots, row by row: `X[0].reshape(8, 8)` is the first one. The labels have the shape (1797,), with
    whole numbers from 0 to 9. In the order of the table, where each writer's digits stand together.
    """
    table = load("digits")
    labels = table.pop("digit").astype(np.int64)
    return np.column_stack(list(table.values())), labels


def source(name: str) -> str:
    """What stands at the top of a table: what it holds, in which units, and where it comes from.

    Raises ValueError for a table that is not there.
    """
    told = (line.removeprefix("#").strip() for line in _lines(name) if line.startswith("#"))
    return "\n".join(told)


def _lines(name: str) -> list[str]:
    if name not in names():
        raise ValueError(f"There is no table called {name!r}. There is: {', '.join(names())}.")
    return (files(__name__) / f"{name}.csv").read_text(encoding="utf-8").splitlines()
