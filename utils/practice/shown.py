"""What a problem may show: a table, a graph, several graphs to choose from, contour lines.

Data alone, with the words that say the same; `svg.py` draws it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field

Function = Callable[[float], float]


@dataclass(frozen=True)
class Table:
    """A table: the names of its columns, and rows of texts."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]

    @property
    def words(self) -> str:
        """The same in words."""
        rows = [
            ", ".join(f"{name} {cell}" for name, cell in zip(self.head, row, strict=True))
            for row in self.rows
        ]
        return "; ".join(rows)


@dataclass(frozen=True)
class Line:
    """A curve.

    f: its height at a place; not finite where it is not drawn.
    meaning: whose colour it has: a key of `style.COLOURS`.
    name: stands at its right end; may be empty.
    """

    f: Function
    _: KW_ONLY
    meaning: str = "function"
    name: str = ""


@dataclass(frozen=True)
class Point:
    """A point with its name."""

    x: float
    y: float
    name: str = ""
    meaning: str = "point"


@dataclass(frozen=True)
class Graph:
    """Curves over a grid of whole numbers.

    words: what a reader sees, for who cannot; it gives no more away than the picture.
    x, y: from where to where the axes go.
    xlabel, ylabel: their names.
    """

    lines: Sequence[Line]
    _: KW_ONLY
    words: str
    x: tuple[float, float] = (-4, 4)
    y: tuple[float, float] = (-4, 4)
    points: Sequence[Point] = field(default_factory=tuple)
    xlabel: str = "x"
    ylabel: str = ""


@dataclass(frozen=True)
class Panels:
    """Small graphs side by side, each under a letter."""

    graphs: dict[str, Graph]

    @property
    def words(self) -> str:
        """The words of each, behind its letter."""
        return " ".join(f"{letter}: {graph.words}" for letter, graph in self.graphs.items())


@dataclass(frozen=True)
class Arrow:
    """An arrow from a place, over `dx` across and `dy` up, with its name at the tip."""

    x: float
    y: float
    dx: float
    dy: float
    name: str = ""
    meaning: str = "gradient"


@dataclass(frozen=True)
class Contours:
    """Contour lines of a surface, the higher the darker, each with its height.

    One unit is as long across as it is up, so that right angles look right.

    f: the height at a place (x, y).
    levels: the heights that have a line.
    words: as for a `Graph`.
    """

    f: Callable[[float, float], float]
    levels: Sequence[float]
    _: KW_ONLY
    words: str
    x: tuple[float, float] = (-4, 4)
    y: tuple[float, float] = (-4, 4)
    points: Sequence[Point] = field(default_factory=tuple)
    arrows: Sequence[Arrow] = field(default_factory=tuple)
    xlabel: str = "x"
    ylabel: str = "y"


Shown = Table | Graph | Panels | Contours
