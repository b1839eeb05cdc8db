"""Chapter 14b: a table of dot products, and the way of a nudge through it and back."""

from collections.abc import Sequence
from itertools import product
from math import nan

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike

from utils.explorers.shared.panels import sheet, write
from utils.models.arrays import BOUGHT, GUESSED, PAID, Entry, entries_of, fitting, receipts
from utils.numerals import bracketed, number
from utils.stage import (
    Bar,
    Choice,
    Pair,
    Play,
    Point,
    Scene,
    Slider,
    Stage,
    Text,
    explorer,
)
from utils.stage.marks import Colour, Mark

# Pixels: both figures are drawn on sheets.
_WIDE, _HIGH = 62.0, 38.0  # a cell
_GAP, _AIR = 46.0, 44.0  # between tables side by side, and above each other
_FOOT = 52.0  # for the line that is written out below


class _Grid:
    """Where a table stands: its upper left corner, its shape, and the middle of each cell."""

    def __init__(self, left: float, top: float, shape: Sequence[int]) -> None:
        self.left, self.top = left, top
        self.rows, self.columns = shape

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.columns * _WIDE

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top - self.rows * _HIGH

    def at(self, row: int, column: int) -> Pair:
        """The middle of a cell."""
        return self.left + (column + 0.5) * _WIDE, self.top - (row + 0.5) * _HIGH

    def bar(self, first: Pair, last: Pair, colour: Colour) -> Mark:
        """A tint from one cell to another; none where a cell is nan."""
        (i, j), (k, m) = first, last
        return Bar(
            self.left + j * _WIDE + 2,
            self.top - (k + 1) * _HIGH + 2,
            self.left + (m + 1) * _WIDE - 2,
            self.top - i * _HIGH - 2,
            colour,
            quiet=True,
        )

    def cells(self) -> list[tuple[int, int]]:
        """All places, row by row."""
        return list(product(range(self.rows), range(self.columns)))

    def draw(self, ax: Axes, name: str, numbered: bool = True) -> None:
        """Lines around the cells, the name above, and the numbers of rows and columns."""
        for i, j in self.cells():
            x, y = self.at(i, j)
            corner = (x - _WIDE / 2, y - _HIGH / 2)
            ax.add_patch(Rectangle(corner, _WIDE, _HIGH, fill=False, edgecolor="#B8B8B8"))
        lift = 26 if numbered else 13
        named = write(ax, (self.left + self.right) / 2, self.top + lift, name, side="center")
        named.set_weight("bold")
        if numbered:
            for j in range(self.columns):
                write(ax, self.at(0, j)[0], self.top + 9, str(j), "quiet", "center", 9)
            for i in range(self.rows):
                write(ax, self.left - 10, self.at(i, 0)[1], str(i), "quiet", "center", 9)


_NO_CELL = (nan, nan)


# --- a product as a table of dot products ---


@explorer
def explore_matmul(
    X: ArrayLike = BOUGHT, W: ArrayLike = GUESSED, row: int = 1, column: int = 0
) -> Stage:
    """X @ W, with W above the result: each result is the dot product of a row and a column.

    X, W: tables of at most four rows and three columns. row, column: the result that is written
    out at first. `change` chooses an entry of X or W, and `by` what is added to it.
    """
    left, right = fitting(X, W)
    (n, k), m = left.shape, right.shape[1]
    height = _FOOT + n * _HIGH + _AIR + k * _HIGH + 44
    start = (720 - (k + m) * _WIDE - 2 * _GAP) / 2
    grids = {
        "X": _Grid(start, _FOOT + n * _HIGH, (n, k)),
        "W": _Grid(start + k * _WIDE + 2 * _GAP, height - 44, (k, m)),
        "Z": _Grid(start + k * _WIDE + 2 * _GAP, _FOOT + n * _HIGH, (n, m)),
    }
    ax = sheet(720, height)
    for name, grid in grids.items():
        grid.draw(ax, "X @ W" if name == "Z" else name)
    entries = {e.name: e for e in [*entries_of("W", right.shape), *entries_of("X", left.shape)]}
    sliders = {
        "row": Slider(0, n - 1, row, 1) if n > 1 else Slider(0, 1, 0, 1),
        "column": Slider(0, m - 1, column, 1) if m > 1 else Slider(0, 1, 0, 1),
        "change": Choice(list(entries), next(iter(entries))),
        "by": Slider(-2, 2, 0, 1),
    }

    def frame(row: float, column: float, change: str, by: float) -> Scene:
        i, j = min(round(row), n - 1), min(round(column), m - 1)
        entry = entries[change]
        now = {"X": left.copy(), "W": right.copy()}
        now[entry.table][entry.row, entry.column] += by
        results = now["X"] @ now["W"]
        apart = results - left @ right
        marks: dict[str, Mark] = {
            "row": grids["X"].bar((i, 0), (i, k - 1), "path"),
            "column": grids["W"].bar((0, j), (k - 1, j), "path"),
            "result": grids["Z"].bar((i, j), (i, j), "path"),
        }
        here = (entry.row, entry.column)
        for name in ("X", "W"):
            places = [here if name == entry.table else _NO_CELL] * 2
            marks[f"chosen in {name}"] = grids[name].bar(*places, "secant")
        changed = (entry.table, *here) if by else None
        for name, table in {**now, "Z": results}.items():
            for place in grids[name].cells():
                x, y = grids[name].at(*place)
                moved = bool(apart[place]) if name == "Z" else changed == (name, *place)
                text = number(table[place])
                marks[f"{name} {place}"] = Text(x, y, "" if moved else text, colour="function")
                marks[f"{name} {place} moved"] = Text(x, y, text if moved else "", colour="rise")
        x, y = grids["Z"].at(i, j)
        marks["line"] = Text(360, 20, _dot_product(now["X"][i], now["W"][:, j], i, j))
        handle = (x + _WIDE / 2 - 9, y - _HIGH / 2 + 9)
        marks["handle"] = Point(*handle, drag=("row", "column"), quiet=True)
        return Scene(_matmul_says(now, i, j, entry, by, apart), marks)

    title = f"A table of dot products: {n} × {k} times {k} × {m}"
    return Stage(ax, frame, sliders, title, columns=2)


def _dot_product(row: np.ndarray, column: np.ndarray, i: int, j: int) -> str:
    pairs = " + ".join(
        f"{bracketed(number(a))} · {bracketed(number(b))}" for a, b in zip(row, column, strict=True)
    )
    return f"(X @ W)[{i}, {j}] = {pairs} = {number(float(row @ column))}"


def _matmul_says(
    now: dict[str, np.ndarray], i: int, j: int, entry: Entry, by: float, apart: np.ndarray
) -> str:
    said = (
        f"Row {i} of X meets column {j} of W: "
        f"{_dot_product(now['X'][i], now['W'][:, j], i, j).partition('= ')[2]}."
    )
    if not by:
        return said
    moved = [
        f"[{r}, {c}] by {number(apart[r, c])}" for r, c in zip(*np.nonzero(apart), strict=True)
    ]
    value = number(now[entry.table][entry.row, entry.column])
    told = ", ".join(moved) if moved else "none of them"
    still = apart.size - len(moved)
    return (
        f"{said} {entry.name} is now {value}, changed by {number(by)}. Results that move: {told}; "
        f"{still} of {apart.size} stay."
    )


# --- a nudge, forward and back ---

_STEPS = 3


@explorer
def explore_nudge(
    X: ArrayLike = BOUGHT,
    W: ArrayLike = GUESSED,
    b: ArrayLike | None = None,
    T: ArrayLike = PAID,
    nudge: str = "W[0, 0]",
    step: int = 0,
) -> Stage:
    """Nudge one entry of Z = X @ W + b and follow it to L, the sum of all (Z − T)².

    X, W, b, T: tables; those of the lesson where they are left out. nudge: the entry at first,
    such as "W[0, 0]", "b[1]" or "X[2, 0]". step: 0 nothing is nudged yet, 1 how many times as far
    each result moves, 2 each of these times the slope dZ that it meets, 3 their sum.
    """
    layer = receipts(X, W, b, T)
    (n, k), m = layer.X.shape, layer.W.shape[1]
    height = _FOOT + 24 + n * _HIGH + _AIR + _HIGH + 14 + k * _HIGH + 36
    low = _FOOT + 24 + n * _HIGH
    wide = (k + 3 * m) * _WIDE + 3 * _GAP
    start = max(24.0, (760 - wide) / 2)
    beside = start + k * _WIDE + _GAP
    step_right = m * _WIDE + _GAP
    grids = {
        "X": _Grid(start, low, (n, k)),
        "W": _Grid(beside, height - 36, (k, m)),
        "b": _Grid(beside, low + _AIR + _HIGH, (1, m)),
        "Z": _Grid(beside, low, (n, m)),
        "moves": _Grid(beside + step_right, low, (n, m)),
        "dZ": _Grid(beside + 2 * step_right, low, (n, m)),
    }
    ax = sheet(max(760.0, wide + 48), height)
    names = {"Z": "Z = X @ W + b", "moves": "times as far", "b": ""}
    for name, grid in grids.items():
        grid.draw(ax, names.get(name, name), numbered=name in "XWZ")
    write(ax, beside - 10, grids["b"].at(0, 0)[1], "b", side="center").set_weight("bold")
    margin, top = grids["moves"].left, grids["W"].top
    write(ax, margin, top - 14, f"L, the sum of all (Z − T)², is {number(layer.loss)}.")
    write(ax, margin, top - 38, "dZ: how many times as far", "derivative")
    write(ax, margin, top - 58, "L moves as each result", "derivative")
    entries = {
        e.name: e
        for e in [
            *entries_of("W", (k, m)),
            *entries_of("b", (1, m)),
            *entries_of("X", (n, k)),
        ]
    }
    tables = {"X": layer.X, "W": layer.W, "b": layer.b[None], "Z": layer.Z}
    sliders = {
        "nudge": Choice(list(entries), nudge),
        "step": Slider(0, _STEPS, step, 1),
    }

    def frame(nudge: str, step: float) -> Scene:
        entry, at = entries[nudge], round(step)
        moves, ways = layer.moves(entry), layer.reached(entry)
        lit = (entry.row, entry.column) if at else _NO_CELL
        marks: dict[str, Mark] = {}
        for name in ("X", "W", "b"):
            here = lit if name == entry.table else _NO_CELL
            marks[f"nudged {name}"] = grids[name].bar(here, here, "path")
        first, last = (ways[0], ways[-1]) if at else (_NO_CELL, _NO_CELL)
        marks["reached"] = grids["Z"].bar(first, last, "path")
        first, last = (first, last) if at > 1 else (_NO_CELL, _NO_CELL)
        marks["met"] = grids["dZ"].bar(first, last, "derivative")
        along, across = [_NO_CELL] * 2, [_NO_CELL] * 2  # what the nudge is multiplied by
        if at > 1 and entry.table == "W":
            along = [(0, entry.row), (n - 1, entry.row)]
        elif at > 1 and entry.table == "X":
            across = [(entry.column, 0), (entry.column, m - 1)]
        marks["factors in X"] = grids["X"].bar(*along, "secant")
        marks["factors in W"] = grids["W"].bar(*across, "secant")
        for name, table in tables.items():
            for place in grids[name].cells():
                x, y = grids[name].at(*place)
                marks[f"{name} {place}"] = Text(x, y, number(table[place]), colour="function")
        for i, j in grids["Z"].cells():
            far = number(moves[i, j]) if at else "?"
            marks[f"moves {i, j}"] = Text(*grids["moves"].at(i, j), far)
            slope = number(layer.dZ[i, j])
            marks[f"dZ {i, j}"] = Text(*grids["dZ"].at(i, j), slope, colour="derivative")
        line = _sum_of_ways(moves, layer.dZ, ways)
        end = f" = {number(layer.gradient(entry))}" if at == _STEPS else " = ?"
        text = f"∂L/∂{nudge} = {line}{end}" if at > 1 else ""
        marks["line"] = Text(ax.get_xlim()[1] / 2, 22, text, colour="derivative")
        return Scene(_nudge_says(entry, at, moves, ways, line, layer.gradient(entry)), marks)

    play = Play("step", "Nudge", seconds=1.4 * _STEPS)
    return Stage(ax, frame, sliders, "One nudge through a whole table", play)


def _sum_of_ways(moves: np.ndarray, slopes: np.ndarray, ways: list[tuple[int, int]]) -> str:
    return " + ".join(
        f"{bracketed(number(moves[way]))} · {bracketed(number(slopes[way]))}" for way in ways
    )


def _nudge_says(
    entry: Entry,
    at: int,
    moves: np.ndarray,
    ways: list[tuple[int, int]],
    line: str,
    total: float,
) -> str:
    if at == 0:
        return (
            f"Nothing is nudged yet. Next, {entry.name}: predict which results move, and how far."
        )
    row = ways[0][0] == ways[-1][0] and entry.table == "X"
    where = f"row {entry.row}" if row else f"column {entry.column}"
    far = ", ".join(number(moves[way]) for way in ways)
    said = f"A nudge of {entry.name} reaches {where} of Z, which moves {far} times as far."
    if at == 1:
        return f"{said} Next, each of these meets its number in dZ: predict the sum."
    if at == 2:
        return f"{said} L moves with each result as dZ says: {line}."
    return f"{said} All ways together: {line} = {number(total)}."
