"""Surfaces in space: marks in a box, and what an eye far away sees of them on flat axes.

A box does not know from where it is seen: a figure that can be turned asks `frame` for marks in
space, and finds their places for the two angles itself, in the browser too. A surface that can be
turned, with a point on it that can be dragged, a path and a gradient, is then:

    bowl = lambda x, y: x**2 + y**2 / 2
    X, Y = space.grid((-2, 2), (-2, 2))
    box = space.Box((-2, 2), (-2, 2), (0, 6))
    surface = box.surface(X, Y, bowl(X, Y))

    def frame(x, y):
        z = bowl(x, y)
        down = (x - 0.4 * x, y - 0.2 * y)
        marks = {
            **box.walls(),
            "surface": surface,
            **box.labels("x", "y", "f(x, y)"),
            "step": box.segment((x, y, z), (*down, bowl(*down)), arrow=True),
            "P": box.point(x, y, z, drag=("x", "y")),
        }
        return Scene(f"At ({x}, {y}) the height is {z:.2f}.", marks)

    sliders = {
        "x": Slider(-2, 2, 1), "y": Slider(-2, 2, 1),
        "azimuth": Slider(-180, 180, -60, 1), "elevation": Slider(0, 90, 30, 1),
    }
    turn = Turn("azimuth", "elevation")
    Stage(space.axes(), frame, sliders, "A bowl", turn=turn)

Marks before the surface lie behind it, marks after it in front of it. The frames of all x and y
travel, whatever the angles. A `frame` that takes the angles as well gets them, and places marks by
a View; then the kernel answers, since there is a frame for each pair of angles.
"""

import math
import operator
from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from utils import style
from utils.numerals import number
from utils.stage.marks import (
    NOWHERE,
    Mark,
    Mesh,
    Pair,
    Point,
    Polyline,
    Range,
    Segment,
    Text,
    as_pairs,
)
from utils.stage.solids import (
    HEIGHT,
    MOST_TICKS,
    Along,
    Axis,
    Beyond,
    Edges,
    Eye,
    Part,
    Places,
    Rules,
    Sheet,
    project,
    surface_quads,
)

__all__ = [
    "HEIGHT", "MOST_TICKS", "Box", "Eye", "View", "axes", "grid", "prepare", "project", "seen",
    "surface_quads",
]  # fmt: skip

_ACROSS, _UP = 0.86, 0.80  # half of what the axes show, in sides of the base
_PIECES = 24  # of a surface, along each side

Place = Sequence[float]  # x, y and z, in the units of what a box holds

# Surfaces that are made anew in every scene, by a View, stay what they are.
_recent: deque[tuple["Box", Sheet, np.ndarray, np.ndarray, np.ndarray]] = deque(maxlen=4)


def seen(marks: Mapping[str, Mark], eye: Eye) -> dict[str, Mark]:
    """The marks as an eye sees them: those in space get their coordinates on flat axes."""
    places: dict[str, np.ndarray] = {}
    found: dict[str, Mark] = {}
    for name, mark in marks.items():
        if mark.solid is not None:
            places[name] = mark.solid.seen(eye, places)
            mark = mark.placed(places[name])
        found[name] = mark
    return found


def grid(x: Range, y: Range, pieces: int = _PIECES) -> tuple[np.ndarray, np.ndarray]:
    """Places for a surface of pieces × pieces: X and Y, each of shape (pieces + 1, pieces + 1)."""
    X, Y = np.meshgrid(np.linspace(*x, pieces + 1), np.linspace(*y, pieces + 1))
    return X, Y


def axes(title: str = "", size: tuple[float, float] = (5.6, 4.6)) -> Axes:
    """New axes, on a figure of their own, for marks that a View makes. `size` in inches."""
    ax = style.axes((-_ACROSS, _ACROSS), (-_UP, _UP), "", "", title, size)
    for line in list(ax.get_lines()):
        line.remove()
    return prepare(ax)


def prepare(ax: Axes) -> Axes:
    """Make axes of any figure ready for marks that a View makes. Returns ax."""
    ax.set(xlim=(-_ACROSS, _ACROSS), ylim=(-_UP, _UP), aspect="equal")
    ax.axis("off")
    return ax


@dataclass(frozen=True)
class Box:
    """A box of space. Its marks lie in space, and have no coordinates until an eye sees them.

    x, y, z: what the box holds; it is drawn with a square base, whatever the ranges are.
    ax: the axes in which its marks stand. What a method takes besides is how its mark looks.
    """

    x: Range
    y: Range
    z: Range
    ax: int = 0

    def point(self, x: float, y: float, z: float, **look) -> Point:
        """A dot."""
        return Point(*NOWHERE, ax=self.ax, solid=self._places([(x, y, z)]), **look)

    def segment(self, start: Place, end: Place, **look) -> Segment:
        """A straight piece."""
        return Segment(NOWHERE, NOWHERE, ax=self.ax, solid=self._places([start, end]), **look)

    def polyline(self, points: ArrayLike, **look) -> Polyline:
        """A line through points, shape (n, 3)."""
        places = self._places(points)
        nowhere = (NOWHERE,) * len(places.points)
        return Polyline(nowhere, ax=self.ax, solid=places, **look)

    def name(self, foot: Place, tip: Place, text: str, clear: Sequence[str], **look) -> Text:
        """Words beyond the tip of an arrow, hidden where there is no room for them.

        clear: the words before it in the scene, which it must not meet.
        """
        solid = Beyond(self.inside((foot, tip)), clear)
        return Text(*NOWHERE, text, ax=self.ax, solid=solid, **look)

    def surface(self, X: np.ndarray, Y: np.ndarray, Z: np.ndarray, **look) -> Mesh:
        """A surface over an even grid, its shade its height in the box.

        X, Y, Z: shape (rows, columns). Pieces that lie outside the box, or where Z is nan, are
        left out; those that reach beyond it are cut at its floor or its ceiling.
        """
        sheet = self._sheet(X, Y, Z)
        count = (sheet.Z.shape[0] - 1) * (sheet.Z.shape[1] - 1)
        nowhere, unlit = np.full((count, 4, 2), np.nan), np.full(count, np.nan)
        return Mesh(nowhere, unlit, ax=self.ax, solid=sheet, **look)

    def on_surface(
        self, points: ArrayLike, surface: Mark, name: str, hidden: bool = False, **look
    ) -> Polyline:
        """The part of a curve on a surface that can be seen, or the part that is hidden.

        points: shape (n, 3). surface: a mark of this box, called `name` in the scene.
        """
        if not isinstance(surface.solid, Sheet):
            raise TypeError(f"{name!r} is no surface in space.")
        part = Part(self.inside(points), surface.solid, name, hidden)
        return Polyline((NOWHERE,) * len(part.points), ax=self.ax, solid=part, **look)

    def walls(self) -> dict[str, Mark]:
        """The floor and the walls behind, with lines at the ticks; for before the surface."""
        ticks = np.full((3, MOST_TICKS), np.nan)
        for k, over in enumerate((self.x, self.y, self.z)):
            found = _ticks(over)
            ticks[k, : len(found)] = self._along(k, found)
        look = {"colour": "quiet", "ax": self.ax, "quiet": True}
        lines, edges = (NOWHERE,) * (3 * MOST_TICKS * 4), (NOWHERE,) * 19
        return {
            "wall_lines": Polyline(lines, width=0.5, solid=Rules(ticks), **look),
            "wall_edges": Polyline(edges, width=1, solid=Edges(), **look),
        }

    def labels(
        self, x: str = "x", y: str = "y", z: str = "f(x, y)", lowest: float = -np.inf
    ) -> dict[str, Mark]:
        """The numbers at the ticks and the names of the three axes, along the edges in front.

        lowest: how low a name may stand on the axes.
        """
        names: dict[Axis, str] = {"x": x, "y": y, "z": z}
        marks: dict[str, Mark] = {}
        for k, (axis, name) in enumerate(names.items()):
            marks |= self._labels_along(k, axis, name, lowest)
        return marks

    def inside(self, points: ArrayLike) -> np.ndarray:
        """From what the box holds to the box itself: a square of side 1, its middle at 0."""
        low, high = np.array([self.x, self.y, self.z], float).T
        return ((np.asarray(points, float) - low) / (high - low) - 0.5) * (1, 1, HEIGHT)

    def _along(self, k: int, values: Sequence[float]) -> np.ndarray:
        """From what one side of the box holds to the box itself."""
        low, high = (self.x, self.y, self.z)[k]
        return ((np.asarray(values) - low) / (high - low) - 0.5) * (1, 1, HEIGHT)[k]

    def _places(self, points: ArrayLike) -> Places:
        return Places(self.inside(points).reshape(-1, 3))

    def _sheet(self, X: np.ndarray, Y: np.ndarray, Z: np.ndarray) -> Sheet:
        for box, sheet, *arrays in tuple(_recent):
            if box == self and all(map(operator.is_, arrays, (X, Y, Z))):
                return sheet
        sheet = Sheet(*np.moveaxis(self.inside(np.stack([X, Y, Z], axis=-1)), -1, 0))
        _recent.append((self, sheet, X, Y, Z))
        return sheet

    def _labels_along(self, k: int, axis: Axis, name: str, lowest: float) -> dict[str, Mark]:
        ticks = _ticks((self.x, self.y, self.z)[k])
        places, texts = self._along(k, ticks).tolist(), list(map(number, ticks))
        first, second = [*places, math.nan, math.nan][:2]
        along = partial(
            Along, axis, first=first, second=second, letters=max(map(len, texts), default=0)
        )
        look = {"colour": "data", "ax": self.ax, "quiet": True}
        # Another landscape may have more of them.
        spare = MOST_TICKS - len(ticks)
        marks: dict[str, Mark] = {
            f"{axis}_tick_{i}": Text(*NOWHERE, text, solid=along(value), **look)
            for i, (value, text) in enumerate(
                zip([*places, *[math.nan] * spare], [*texts, *[""] * spare], strict=True)
            )
        }
        named = Text(*NOWHERE, name, solid=along(None, lowest=lowest), **look)
        return marks | {f"{axis}_name": named}


@dataclass(frozen=True)
class View:
    """A box of space as an eye sees it, for a `frame` that takes the angles itself.

    x, y, z, ax: as a Box has them. azimuth, elevation: as an Eye has them.
    """

    x: Range
    y: Range
    z: Range
    azimuth: float
    elevation: float
    ax: int = 0

    @property
    def box(self) -> Box:
        """What is seen."""
        return Box(self.x, self.y, self.z, self.ax)

    @property
    def eye(self) -> Eye:
        """From where."""
        return Eye(self.azimuth, self.elevation)

    def project(self, points: ArrayLike) -> np.ndarray:
        """Points (x, y, z) as places on the axes: shape (…, 3) to (…, 2)."""
        return project(self.box.inside(points), *self.eye)

    def place(self, x: float, y: float, z: float) -> Pair:
        """Where the axes show one point: what Point and Segment take."""
        right, up = self.project((x, y, z)).tolist()
        return right, up

    def places(self, points: Sequence[Place]) -> tuple[Pair, ...]:
        """Where the axes show many points (x, y, z): what Polyline takes."""
        return as_pairs(self.project(points))

    def surface(self, X: np.ndarray, Y: np.ndarray, Z: np.ndarray, **look) -> Mesh:
        """A surface, as Box.surface makes it."""
        mesh = self.box.surface(X, Y, Z, **look)
        flat = self._flat({"surface": mesh})["surface"]
        assert isinstance(flat, Mesh)
        return flat

    def walls(self) -> dict[str, Mark]:
        """Floor and walls, as Box.walls makes them."""
        return self._flat(self.box.walls())

    def labels(self, x: str = "x", y: str = "y", z: str = "f(x, y)") -> dict[str, Mark]:
        """Numbers and names along the edges, as Box.labels makes them."""
        return self._flat(self.box.labels(x, y, z))

    def _flat(self, marks: Mapping[str, Mark]) -> dict[str, Mark]:
        flat = seen(marks, self.eye)
        return {name: replace(mark, solid=None) for name, mark in flat.items()}


@lru_cache(maxsize=64)
def _ticks(over: Range) -> tuple[float, ...]:
    """At most MOST_TICKS round numbers inside a range; none close to its ends, where two meet."""
    low, high = over
    air = 0.06 * (high - low)
    found = MaxNLocator(MOST_TICKS - 1, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return tuple(float(v) + 0.0 for v in found if low + air <= v <= high - air)
