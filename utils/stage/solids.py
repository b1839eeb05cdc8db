"""Where marks in space lie, and where an eye far away sees them.

Each kind holds numbers that do not change as the view is turned. They travel to the browser, which
finds the places on flat axes from them and from two angles, by the same rules: see space.js.
Lengths are those of a box whose base is a square of side 1, with its middle at 0.
"""

import math
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar, Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

HEIGHT = 0.72  # of the box
MOST_TICKS = 5  # along one axis

_SLACK = 1e-6  # by which a height may leave the box: numbers travel in four bytes
_BEYOND = 0.09  # from an arrow's tip to the words that name it
_CROWDED = (0.3, 0.09)  # to the right and up: nearer to each other, words would meet
_FRINGE = 0.7  # words further out than that would leave the picture
# Along a ray to the eye: where it begins and ends, how many places are looked at, and how far above
# or below the surface counts.
_RAY, _LOOKS, _CLEAR = (0.03, 1.5), 50, 0.012
_DIGITS = 9  # to which a depth is told from another
_GAP = (math.nan, math.nan, math.nan)

Axis = Literal["x", "y", "z"]


class Eye(NamedTuple):
    """From where a view is seen, in degrees, as in matplotlib.

    azimuth: from which side, counted from the x-axis towards the y-axis. elevation: how far above
    the floor; 90 looks straight down.
    """

    azimuth: float
    elevation: float


def project(points: ArrayLike, azimuth: float, elevation: float) -> np.ndarray:
    """Points in space as an eye far away sees them: shape (…, 3) to (…, 2), right and up.

    azimuth, elevation: as an Eye has them. (Orthographic: what is far away is not smaller.)
    """
    turned, raised = math.radians(azimuth), math.radians(elevation)
    right = (-math.sin(turned), math.cos(turned), 0.0)
    up = (
        -math.sin(raised) * math.cos(turned),
        -math.sin(raised) * math.sin(turned),
        math.cos(raised),
    )
    return np.asarray(points, dtype=float) @ np.array([right, up]).T


def surface_quads(
    X: np.ndarray, Y: np.ndarray, Z: np.ndarray, azimuth: float, elevation: float
) -> tuple[np.ndarray, np.ndarray]:
    """The pieces of a surface over a grid, as they are seen and in the order to draw them.

    X, Y: places on the floor, evenly spaced, as np.meshgrid gives them, shape (rows, columns).
    Z: heights, the same shape. Returns the projected corners, shape (n, 4, 2), far pieces first,
    and for each the row of the piece in `Z[:-1, :-1].ravel()`, shape (n,).
    """
    seen = project(np.stack([X, Y, Z], axis=-1), azimuth, elevation)
    corners = np.stack([seen[:-1, :-1], seen[:-1, 1:], seen[1:, 1:], seen[1:, :-1]], axis=2)
    # Over an even grid a piece can only hide those that lie behind it on the floor.
    turned = math.radians(azimuth)
    near = math.cos(turned) * (X[:-1, :-1] + X[1:, 1:]) + math.sin(turned) * (
        Y[:-1, :-1] + Y[1:, 1:]
    )
    # A browser's sine may differ in its last digit, and pieces side by side keep their order.
    order = np.argsort(near.round(_DIGITS), axis=None, kind="stable")
    return corners.reshape(-1, 4, 2)[order], order


Others = Mapping[str, np.ndarray]  # what is seen of the marks before this one, by name


class Solid(ABC):
    """Where a mark lies in space. Its kind is the name of a function in space.js."""

    kind: ClassVar[str] = "solid"

    @abstractmethod
    def numbers(self) -> np.ndarray:
        """The numbers that travel, in a row: the same count in every scene; nan hides the mark."""

    @abstractmethod
    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        """The coordinates of the mark on flat axes, in a row."""

    def spec(self, places: Mapping[str, int]) -> dict:
        """What stays the same. places: of all marks, by name, in their order."""
        return {"kind": self.kind}


@dataclass(frozen=True, eq=False, slots=True)
class Places(Solid):
    """Points, shape (n, 3)."""

    kind: ClassVar[str] = "places"
    points: np.ndarray

    def numbers(self) -> np.ndarray:
        return self.points.ravel()

    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        return project(self.points, *eye).ravel()


@dataclass(frozen=True, eq=False)
class Sheet(Solid):
    """A surface over an even grid.

    X, Y: places on the floor, shape (rows, columns), x along the columns. Z: heights, of the same
    shape. Pieces that lie outside the box, or where Z is nan, are left out; those that reach beyond
    it are cut at its floor or its ceiling.
    """

    kind: ClassVar[str] = "sheet"
    X: np.ndarray
    Y: np.ndarray
    Z: np.ndarray
    _last: list[tuple[Eye, np.ndarray]] = field(default_factory=list, repr=False)

    def numbers(self) -> np.ndarray:
        """Where the floor begins and ends, along x and along y, then the heights, row by row."""
        X, Y = self.X, self.Y
        floor = (X[0, 0], X[0, -1], Y[0, 0], Y[-1, 0])
        return np.concatenate([floor, self.Z.ravel()])

    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        """Four corners for each piece, far pieces first; then the shade of each, from 0 to 1."""
        if self._last and self._last[0][0] == eye:  # while a point is dragged the view stays
            return self._last[0][1]
        low, high = -HEIGHT / 2, HEIGHT / 2
        with np.errstate(invalid="ignore"):
            outside = ~(np.isfinite(self.Z) & (np.abs(self.Z) <= high + _SLACK))
        heights = np.clip(np.where(np.isnan(self.Z), low, self.Z), low, high)
        corners, order = surface_quads(self.X, self.Y, heights, *eye)
        shades = (_means(heights) - low) / HEIGHT
        hidden = _means(outside.astype(float)) == 1
        hidden |= _means(np.isnan(self.Z).astype(float)) > 0
        corners[hidden.ravel()[order]] = np.nan
        shades = np.where(hidden, np.nan, shades).ravel()[order]
        found = np.concatenate([corners.ravel(), shades])
        self._last[:] = [(eye, found)]
        return found

    def spec(self, places: Mapping[str, int]) -> dict:
        rows, columns = self.Z.shape
        return {"kind": self.kind, "rows": rows, "columns": columns}

    def hides(self, points: np.ndarray, eye: Eye) -> np.ndarray:
        """Which points of a curve on the surface lie behind another part of it; shape (n,).

        From each point, shape (n, 3), a ray goes to the eye; where it crosses the surface, the
        point is hidden.
        """
        turned, raised = math.radians(eye.azimuth), math.radians(eye.elevation)
        across = math.cos(raised)
        to_eye = np.array([across * math.cos(turned), across * math.sin(turned), math.sin(raised)])
        rays = points[:, None, :] + np.linspace(*_RAY, _LOOKS)[None, :, None] * to_eye
        rows, columns = (count - 1 for count in self.Z.shape)
        X, Y = self.X, self.Y
        column = (rays[..., 0] - X[0, 0]) / (X[0, -1] - X[0, 0]) * columns
        row = (rays[..., 1] - Y[0, 0]) / (Y[-1, 0] - Y[0, 0]) * rows
        within = (column >= 0) & (column <= columns) & (row >= 0) & (row <= rows)
        within &= rays[..., 2] <= HEIGHT / 2
        with np.errstate(invalid="ignore", over="ignore"):
            ground = self._between(*(np.where(within, part, 0.0) for part in (column, row)))
            above = np.where(within, rays[..., 2] - ground, np.nan)
            over, under = (above > _CLEAR).any(axis=1), (above < -_CLEAR).any(axis=1)
        return np.asarray(over & under)

    def _between(self, column: np.ndarray, row: np.ndarray) -> np.ndarray:
        """Heights between the places of the grid, by straight lines."""
        Z = self.Z
        i = np.minimum(row.astype(int), Z.shape[0] - 2)
        j = np.minimum(column.astype(int), Z.shape[1] - 2)
        a, b = row - i, column - j
        near = (1 - b) * Z[i, j] + b * Z[i, j + 1]
        far = (1 - b) * Z[i + 1, j] + b * Z[i + 1, j + 1]
        return (1 - a) * near + a * far


def _means(values: np.ndarray) -> np.ndarray:
    """The mean over the four corners of each piece, shape (rows − 1, columns − 1)."""
    return (values[:-1, :-1] + values[:-1, 1:] + values[1:, 1:] + values[1:, :-1]) / 4


@dataclass(frozen=True, eq=False, slots=True)
class Part(Solid):
    """Of a curve on a surface, what can be seen, or what the surface hides.

    points: shape (n, 3). on: the surface, which the mark `name` is. The hidden part reaches a point
    further at both ends, so that the two meet.
    """

    kind: ClassVar[str] = "part"
    points: np.ndarray
    on: Sheet
    name: str
    hidden: bool

    def numbers(self) -> np.ndarray:
        return self.points.ravel()

    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        gone = self.on.hides(self.points, eye)
        if self.hidden:
            gone = ~(gone | np.roll(gone, 1) | np.roll(gone, -1))
        return project(np.where(gone[:, None], np.nan, self.points), *eye).ravel()

    def spec(self, places: Mapping[str, int]) -> dict:
        return {"kind": self.kind, "on": places[self.name], "hidden": self.hidden}


# --- the walls of the box, and what stands along its edges ---


class _Corners(NamedTuple):
    """Where the walls of a box meet for an eye: those behind, the floor it stands on (the ceiling,
    seen from below), and which edge is furthest to the left."""

    far_x: float
    far_y: float
    floor: float
    left: tuple[float, float]


def _corners(eye: Eye) -> _Corners:
    turned = math.radians(eye.azimuth)
    far_x = -0.5 if math.cos(turned) > 0 else 0.5
    far_y = -0.5 if math.sin(turned) > 0 else 0.5
    floor = -HEIGHT / 2 if eye.elevation >= 0 else HEIGHT / 2
    # Right is −sin · x + cos · y, which is least where both terms are.
    return _Corners(far_x, far_y, floor, (-far_y, far_x))


@dataclass(frozen=True, eq=False, slots=True)
class Edges(Solid):
    """The edges of the floor and of the walls behind."""

    kind: ClassVar[str] = "edges"

    def numbers(self) -> np.ndarray:
        """One that is not nan: all else depends on the eye alone."""
        return np.zeros(1)

    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        far_x, far_y, floor, _ = _corners(eye)
        near_x, near_y, ceiling = -far_x, -far_y, -floor
        outline = [(near_x, far_y), (far_x, far_y), (far_x, near_y)]
        edges = [(x, y, ceiling) for x, y in outline] + [_GAP]
        edges += [(x, y, floor) for x, y in [*outline, (near_x, near_y), outline[0]]] + [_GAP]
        for x, y in outline:
            edges += [(x, y, floor), (x, y, ceiling), _GAP]
        return project(edges, *eye).ravel()


@dataclass(frozen=True, eq=False, slots=True)
class Rules(Solid):
    """The lines on the floor and on the walls behind, at the ticks of each axis.

    ticks: shape (3, MOST_TICKS), nan where an axis has fewer.
    """

    kind: ClassVar[str] = "rules"
    ticks: np.ndarray

    def numbers(self) -> np.ndarray:
        return self.ticks.ravel()

    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        far_x, far_y, floor, _ = _corners(eye)
        near_x, near_y, ceiling = -far_x, -far_y, -floor
        lines, (xs, ys, zs) = [], self.ticks
        for x in xs:
            lines += [(x, near_y, floor), (x, far_y, floor), (x, far_y, ceiling), _GAP]
        for y in ys:
            lines += [(near_x, y, floor), (far_x, y, floor), (far_x, y, ceiling), _GAP]
        for z in zs:
            lines += [(near_x, far_y, z), (far_x, far_y, z), (far_x, near_y, z), _GAP]
        return project(lines, *eye).ravel()


@dataclass(frozen=True, eq=False, slots=True)
class Along(Solid):
    """Where words stand along an edge in front: the numbers at an axis's ticks, and its name.

    value: the tick; None for the name. first, second: of the first two ticks of the axis; nan where
    it has fewer. letters: of its longest number. lowest: how low the name may stand.
    The numbers are hidden where they would cover each other, and with them the name of the heights:
    seen from straight above, these have no length.
    """

    kind: ClassVar[str] = "along"
    axis: Axis
    value: float | None
    first: float
    second: float
    letters: int
    lowest: float = -math.inf

    def numbers(self) -> np.ndarray:
        value = 0.0 if self.value is None else self.value
        return np.array([value, self.first, self.second, self.letters], float)

    def spec(self, places: Mapping[str, int]) -> dict:
        lowest = None if self.lowest == -math.inf else self.lowest
        return {"kind": self.kind, "axis": self.axis, "name": self.value is None, "lowest": lowest}

    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        far_x, far_y, floor, left = _corners(eye)
        near_x, near_y = -far_x, -far_y
        down = np.array((0, -0.05 if floor < 0 else 0.05))
        middle = project((0, 0, floor), *eye)
        if self.axis == "x":
            away = 0.18 * (project((0, near_y, floor), *eye) - middle) + down
            end = (0, near_y, floor)
        elif self.axis == "y":
            away = 0.18 * (project((near_x, 0, floor), *eye) - middle) + down
            end = (near_x, 0, floor)
        else:
            away, end = np.array((-0.06, 0)), (*left, -floor)

        def at(value: float) -> np.ndarray:
            point = {"x": (value, near_y, floor), "y": (near_x, value, floor), "z": (*left, value)}
            return project(point[self.axis], *eye)

        right, up = np.abs(at(self.second) - at(self.first))
        apart = math.isnan(self.second) or right > 0.045 * self.letters + 0.03 or up > 0.085
        if not apart and (self.value is not None or self.axis == "z"):
            return np.full(2, math.nan)
        if self.value is not None:
            return at(self.value) + away
        x, y = project(end, *eye) + (-1.2 * down if self.axis == "z" else 1.8 * away)
        return np.array((x, max(y, self.lowest)))


@dataclass(frozen=True, eq=False, slots=True)
class Beyond(Solid):
    """Where words stand that name an arrow: beyond its tip, hidden where there is no room.

    arrow: its foot and its tip, shape (2, 3). clear: the marks whose words they must not meet.
    """

    kind: ClassVar[str] = "beyond"
    arrow: np.ndarray
    clear: Sequence[str]

    def numbers(self) -> np.ndarray:
        return self.arrow.ravel()

    def spec(self, places: Mapping[str, int]) -> dict:
        return {"kind": self.kind, "clear": [places[name] for name in self.clear]}

    def seen(self, eye: Eye, others: Others) -> np.ndarray:
        foot, tip = project(self.arrow, *eye)
        length = math.dist(foot, tip)
        place = tip + _BEYOND * (tip - foot) / length if length > 0.05 else foot * math.nan
        meets = any((np.abs(place - others[name]) <= _CROWDED).all() for name in self.clear)
        return np.full(2, math.nan) if meets or not np.abs(place).max() < _FRINGE else place
