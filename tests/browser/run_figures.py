"""The figures that a notebook shows when a kernel runs it, as a page can show them again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import nbformat

from tests.browser.figure_page import packed
from tools.executor import WIDGET_VIEW, NotebookKernel
from tools.jupyterlab import ROOT

FOLDERS = ("notebooks", "exercises", "solutions")
NOTEBOOKS = [
    path.relative_to(ROOT).as_posix()
    for f in FOLDERS
    for path in sorted((ROOT / f).glob("*.ipynb"))
]


@dataclass(frozen=True)
class Figure:
    """A figure that a cell has shown: its canvas, and how many rows of sliders lie below it."""

    cell: int
    canvas: str
    state: dict[str, Any]
    rows: int

    @property
    def spec(self) -> dict[str, Any]:
        return self.state["spec"]

    def as_shown(self) -> dict[str, Any]:
        """What the page needs to show it."""
        at = self.spec["backdrop"]
        picture = {"picture": packed(self.state["background"])}
        picture |= {"option": 0 if at is None else self.spec["at"][at]}
        return {
            "spec": self.spec,
            "backgrounds": [picture],
            "coordinates": packed(self.state["coordinates"]),
            "asks": True,
        }


def run(kernel: NotebookKernel, path: str, seconds: float) -> tuple[list[Any], list[Figure]]:
    """Run a notebook's cells; returns what became of each, and the figures that they show."""
    nb = nbformat.read(ROOT / path, as_version=4)
    sources = [cell.source for cell in nb.cells if cell.cell_type == "code"]
    runs = list(kernel.run_cells(sources, seconds))
    return runs, [figure for n, cell in enumerate(runs) for figure in figures(kernel, n, cell)]


def figures(kernel: NotebookKernel, number: int, run: Any) -> Iterator[Figure]:
    """The figures among the outputs of a cell."""
    for output in run.outputs:
        if {WIDGET_VIEW, "image/png"} <= output.get("data", {}).keys():
            box = kernel.widgets[output.data[WIDGET_VIEW]["model_id"]].state
            first, *rows = children(box)
            if (inner := kernel.widgets[first].state).get("children"):  # above a field for formulas
                first, *others = children(inner)
                rows += others
            yield Figure(number, first, kernel.widgets[first].state, len(rows))


def children(box: dict[str, Any]) -> list[str]:
    """The widgets in a box, by name."""
    return [name.removeprefix("IPY_MODEL_") for name in box["children"]]
