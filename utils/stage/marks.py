"""The marks that a live figure moves, and the scene they make.

A mark holds what changes (its coordinates, its text) and how it looks. How it looks is taken
from the first scene; coordinates and texts may differ in each. A mark that a scene leaves out
is hidden.
"""

import math
from dataclasses import dataclass, field, fields, replace
from itertools import groupby
from typing import ClassVar, Literal, Self

import numpy as np

from utils.describe import sample
from utils.numerals import pair
from utils.slopes import Pair
from utils.stage.solids import Solid

Range = tuple[float, float]  # the low and the high end of an axis, in data units
Drag = str | tuple[str, ...] | None
Side = Literal["above", "below", "left", "right"]
Anchor = Literal["start", "middle", "end"]

# What a colour means: the keys of style.COLOURS.
Colour = Literal[
    "function",
    "derivative",
    "secant",
    "tangent",
    "gradient",
    "path",
    "rise",
    "run",
    "point",
    "data",
    "quiet",
    "loss",
    "momentum",
    "AdaGrad",
    "RMSProp",
    "Adam",
]


def as_pairs(coordinates: np.ndarray) -> tuple[Pair, ...]:
    """Coordinates in a row as places (x, y)."""
    return tuple(map(tuple, coordinates.reshape(-1, 2).tolist()))


NOWHERE: Pair = (math.nan, math.nan)  # the place of a mark that is not drawn, or a gap in a line

# Words beside a place: pixels to the right and downwards to their middle, and which end is near it.
BESIDE: dict[Side, tuple[float, float, Anchor]] = {
    "above": (0, -13, "middle"),
    "below": (0, 13, "middle"),
    "left": (-9, 0, "end"),
    "right": (9, 0, "start"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What all marks share.

    colour: a key of style.COLOURS. ax: which axes of the figure, counted from 0.
    quiet: left out of the description in words, as the frame of a picture is.
    solid: where it lies in space, for a view that is turned; space.Box makes such marks.
    """

    kind: ClassVar[str] = "mark"
    _moves: ClassVar[tuple[str, ...]] = ()
    colour: Colour = "point"
    ax: int = 0
    quiet: bool = False
    solid: Solid | None = None

    def coordinates(self) -> tuple[float, ...] | np.ndarray:
        """The numbers that change, in the data units of the axes."""
        raise NotImplementedError

    def travels(self) -> tuple[float, ...] | np.ndarray:
        """The numbers that the browser is told: its coordinates, or where it lies in space."""
        return self.coordinates() if self.solid is None else self.solid.numbers()

    def placed(self, coordinates: np.ndarray) -> Self:
        """The same mark with other coordinates; raises TypeError for one without a place."""
        raise TypeError(f"A {self.kind} has no place in space.")

    def text_line(self) -> str | None:
        """The text that changes, or None for a mark without text."""
        return None

    def told(self) -> str:
        """Where it lies, in words, or nothing where it is not drawn; for a mark with text, its text
        says enough."""
        numbers = list(self.coordinates())
        if any(map(math.isnan, numbers)):
            return ""
        return " to ".join(pair(*place) for place in zip(numbers[::2], numbers[1::2], strict=True))

    def look(self) -> dict:
        """What stays the same in every scene."""
        names = (f.name for f in fields(self) if f.name not in (*self._moves, "solid"))
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
    clip: it is hidden where it lies outside its axes; else only where it leaves the picture.
    """

    kind: ClassVar[str] = "point"
    _moves: ClassVar[tuple[str, ...]] = ("x", "y")
    x: float
    y: float
    drag: Drag = None
    label: str = ""
    side: Side = "above"
    hollow: bool = False
    click: bool | None = None
    clip: bool = True

    def coordinates(self) -> tuple[float, ...]:
        return (self.x, self.y)

    def placed(self, coordinates: np.ndarray) -> Self:
        """The same mark at another place."""
        x, y = coordinates.tolist()
        return replace(self, x=x, y=y)

    @property
    def drags(self) -> tuple[str, ...]:
        """The sliders that dragging it moves."""
        if self.drag is None:
            return ()
        return (self.drag,) if isinstance(self.drag, str) else self.drag


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

    def placed(self, coordinates: np.ndarray) -> Self:
        """The same piece between other ends."""
        start, end = as_pairs(coordinates)
        return replace(self, start=start, end=end)


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

    filled: the area it encloses is tinted, instead of a line. edge: how wide a line is drawn
    around that area all the same; 0 for none.
    """

    kind: ClassVar[str] = "polyline"
    _moves: ClassVar[tuple[str, ...]] = ("points",)
    points: tuple[Pair, ...]
    filled: bool = False
    dashed: bool = False
    width: float = 2.4
    edge: float = 0.0

    def coordinates(self) -> tuple[float, ...]:
        return tuple(c for point in self.points for c in point)

    def placed(self, coordinates: np.ndarray) -> Self:
        """The same line through other points."""
        return replace(self, points=as_pairs(coordinates))

    def told(self) -> str:
        """A line's two ends, or some of its places; gaps, and places that repeat the one before,
        are no places of it."""
        drawn = [place for place, _ in groupby(self.points) if not any(map(math.isnan, place))]
        if not drawn:
            return ""
        if len(drawn) <= 2:
            return " to ".join(pair(*place) for place in drawn)
        xs, ys = zip(*drawn, strict=True)
        return f"through {sample(xs, ys)}"


@dataclass(frozen=True, slots=True)
class Text(Mark):
    """Words at (x, y) in data units, moved by (dx, dy) pixels, y downwards.

    anchor: which part of the text stands there: "start", "middle" or "end".
    side: on which side of the place they stand, clear of a line or a dot there: "above", "below",
        "left" or "right". It says the anchor; dx and dy are on top of it.
    """

    kind: ClassVar[str] = "text"
    _moves: ClassVar[tuple[str, ...]] = ("x", "y", "text", "side")
    x: float
    y: float
    text: str
    dx: float = 0
    dy: float = 0
    anchor: Anchor = "middle"
    side: Side | None = None

    def coordinates(self) -> tuple[float, ...]:
        return (self.x, self.y)

    def placed(self, coordinates: np.ndarray) -> Self:
        """The same mark at another place."""
        x, y = coordinates.tolist()
        return replace(self, x=x, y=y)

    def text_line(self) -> str:
        return self.text

    def look(self) -> dict:
        """What stays the same in every scene: the side as pixels and an anchor."""
        look = Mark.look(self)
        if self.side is not None:
            right, down, anchor = BESIDE[self.side]
            look |= {"dx": self.dx + right, "dy": self.dy + down, "anchor": anchor}
        return look


@dataclass(frozen=True, slots=True)
class Caption(Mark):
    """Words in the row above the axes, where no curve comes.

    side: at which end of the row. All captions of one side stand beside one another, in the order
    of the scene's marks, the first one outermost; where a row is full, the next begins above it.
    """

    kind: ClassVar[str] = "caption"
    _moves: ClassVar[tuple[str, ...]] = ("text",)
    text: str
    side: Literal["left", "right"] = "left"

    def coordinates(self) -> tuple[float, ...]:
        return ()

    def text_line(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True, eq=False)
class Mesh(Mark):
    """A surface in pieces with four corners, in the order in which they are drawn: far ones first.

    corners: shape (n, 4, 2), in data units; a piece with nan in it is left out.
    shades: shape (n,), from 0 to 1; the colours are style.RAMP. Every scene has the same n.
    All marks that stand before it in a scene lie behind it. space.Box.surface makes one.
    """

    kind: ClassVar[str] = "mesh"
    _moves: ClassVar[tuple[str, ...]] = ("corners", "shades")
    corners: np.ndarray
    shades: np.ndarray

    def coordinates(self) -> np.ndarray:
        return np.concatenate([np.ravel(self.corners), self.shades])

    def placed(self, coordinates: np.ndarray) -> Self:
        """The same surface with other pieces."""
        corners, shades = np.split(coordinates, [len(coordinates) // 9 * 8])
        return replace(self, corners=corners.reshape(-1, 4, 2), shades=shades)

    def told(self) -> str:
        """Of how many pieces it is."""
        return f"a surface of {len(self.shades)} pieces"


# What stands in the place of the goal when it is reached.
REACHED = "✓ Goal reached: now run the check."


@dataclass(frozen=True, slots=True)
class Scene:
    """What a live figure shows at one setting of its sliders.

    sentence: what is seen, in one or two sentences; shown under the figure and read aloud.
    marks: the marks by name, in the order in which they are drawn.
    goal: what is to be reached, where the figure was given a goal.
    reached: whether it is.
    """

    sentence: str
    marks: dict[str, Mark] = field(default_factory=dict)
    goal: str = ""
    reached: bool = False

    @property
    def goal_line(self) -> str:
        """What the figure says of its goal; empty where it has none."""
        return REACHED if self.reached else f"Goal: {self.goal}" if self.goal else ""

    def words(self) -> list[str]:
        """What the marks say, a line for each kind: where they lie, and the texts that are read."""
        said = [(name, mark) for name, mark in self.marks.items() if not mark.quiet]
        drawn = [(name, mark) for name, mark in said if mark.text_line() is None]
        where = [(name, mark.told()) for name, mark in sorted(drawn, key=_how_long)]
        lines = {
            "Marks": [f"{name} {told}" for name, told in where if told],
            "Words": _as_read([mark for _, mark in said if mark.text_line()]),
        }
        return [f"{what}: {'; '.join(parts)}." for what, parts in lines.items() if parts]


def _as_read(marks: list[Mark]) -> list[str]:
    """The texts in their order, but captions at the right from left to right, as an eye reads."""
    at_right: dict[int, list[str]] = {}
    for mark in marks:
        if isinstance(mark, Caption) and mark.side == "right":
            at_right.setdefault(mark.ax, []).append(mark.text)
    return [
        at_right[mark.ax].pop()
        if isinstance(mark, Caption) and mark.side == "right"
        else mark.text_line() or ""
        for mark in marks
    ]


def _how_long(named: tuple[str, Mark]) -> int:
    """Where a mark stands in a description: those that are told in few numbers come first."""
    mark = named[1]
    return 2 if isinstance(mark, Mesh) else int(len(mark.coordinates()) > 4)
