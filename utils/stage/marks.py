"""The marks that a live figure moves, and the scene they make.

A mark holds what changes (its coordinates, its text) and how it looks. How it looks is taken
from the first scene; coordinates and texts may differ in each. A mark that a scene leaves out
is hidden.
"""

import math
from dataclasses import dataclass, field, fields
from typing import ClassVar

import numpy as np

from utils.slopes import Pair

Range = tuple[float, float]  # the low and the high end of an axis, in data units
Drag = str | tuple[str, ...] | None

NOWHERE: Pair = (math.nan, math.nan)  # the place of a mark that is not drawn, or a gap in a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What all marks share.

    colour: a key of style.COLOURS. ax: which axes of the figure, counted from 0.
    quiet: left out of the description in words, as the frame of a picture is.
    """

    kind: ClassVar[str] = "mark"
    _moves: ClassVar[tuple[str, ...]] = ()
    colour: str = "point"
    ax: int = 0
    quiet: bool = False

    def coordinates(self) -> tuple[float, ...] | np.ndarray:
        """The numbers that change, in the data units of the axes."""
        raise NotImplementedError

    def text_line(self) -> str | None:
        """The text that changes, or None for a mark without text."""
        return None

    def look(self) -> dict:
        """What stays the same in every scene."""
        names = (f.name for f in fields(self) if f.name not in self._moves)
        return {"kind": self.kind} | {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Point(Mark):
    """A dot at (x, y).

    drag: which sliders a pointer moves. "h" or ("x", "y"): the values that bring the dot
    nearest to the pointer, so a dot that the scene keeps on a curve stays on it.
    label: a short name beside the dot, also what a screen reader calls it.
    side: on which side of the dot the label stands: "above", "below", "left" or "right".
    click: a click anywhere on the axes brings the dot there. None: if it is the only dot of its
        axes that can be dragged.
    """

    kind: ClassVar[str] = "point"
    _moves: ClassVar[tuple[str, ...]] = ("x", "y")
    x: float
    y: float
    drag: Drag = None
    label: str = ""
    side: str = "above"
    hollow: bool = False
    click: bool | None = None

    def coordinates(self) -> tuple[float, ...]:
        return (self.x, self.y)


@dataclass(frozen=True, slots=True)
class Segment(Mark):
    """A straight piece from start to end; `arrow` gives it a head at its end."""

    kind: ClassVar[str] = "segment"
    _moves: ClassVar[tuple[str, ...]] = ("start", "end")
    start: Pair
    end: Pair
    dashed: bool = False
    arrow: bool = False
    width: float = 2.4

    def coordinates(self) -> tuple[float, ...]:
        return (*self.start, *self.end)


@dataclass(frozen=True, slots=True)
class Line(Mark):
    """The straight line through two points, on and on in both directions."""

    kind: ClassVar[str] = "line"
    _moves: ClassVar[tuple[str, ...]] = ("start", "end")
    start: Pair
    end: Pair
    dashed: bool = False
    width: float = 2.4

    def coordinates(self) -> tuple[float, ...]:
        return (*self.start, *self.end)


@dataclass(frozen=True, slots=True)
class Polyline(Mark):
    """A line through many points; every scene gives it the same number of them.

    filled: the area it encloses is tinted.
    """

    kind: ClassVar[str] = "polyline"
    _moves: ClassVar[tuple[str, ...]] = ("points",)
    points: tuple[Pair, ...]
    filled: bool = False
    dashed: bool = False
    width: float = 2.4

    def coordinates(self) -> tuple[float, ...]:
        return tuple(c for point in self.points for c in point)


@dataclass(frozen=True, slots=True)
class Text(Mark):
    """Words at (x, y) in data units, moved by (dx, dy) pixels, y downwards.

    anchor: which part of the text stands there: "start", "middle" or "end".
    """

    kind: ClassVar[str] = "text"
    _moves: ClassVar[tuple[str, ...]] = ("x", "y", "text")
    x: float
    y: float
    text: str
    dx: float = 0
    dy: float = 0
    anchor: str = "middle"

    def coordinates(self) -> tuple[float, ...]:
        return (self.x, self.y)

    def text_line(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, eq=False)
class Mesh(Mark):
    """A surface in pieces with four corners, in the order in which they are drawn: far ones first.

    corners: shape (n, 4, 2), in data units; a piece with nan in it is left out.
    shades: shape (n,), from 0 to 1; the colours are style.RAMP. Every scene has the same n.
    All marks that stand before it in a scene lie behind it. space.View.surface makes one.
    """

    kind: ClassVar[str] = "mesh"
    _moves: ClassVar[tuple[str, ...]] = ("corners", "shades")
    corners: np.ndarray
    shades: np.ndarray

    def coordinates(self) -> np.ndarray:
        return np.concatenate([np.ravel(self.corners), self.shades])


@dataclass(frozen=True, slots=True)
class Scene:
    """What a live figure shows at one setting of its sliders.

    sentence: what is seen, in one or two sentences; shown under the figure and read aloud.
    marks: the marks by name, in the order in which they are drawn.
    """

    sentence: str
    marks: dict[str, Mark] = field(default_factory=dict)


def scene(sentence: str, **marks: Mark) -> Scene:
    """A scene from its sentence and its marks by name; later marks lie on top."""
    return Scene(sentence, marks)
