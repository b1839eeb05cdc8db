"""Surfaces in space: what an eye far away sees of them, as marks on flat axes.

A view is made anew in every scene, from the sliders of its angles. A surface that can be turned,
with a point on it that can be dragged, a path and a gradient, is then:

    bowl = lambda x, y: x**2 + y**2 / 2
    X, Y = space.grid((-2, 2), (-2, 2))

    def frame(x, y, azimuth, elevation):
        view = space.View((-2, 2), (-2, 2), (0, 6), azimuth, elevation)
        z = bowl(x, y)
        down = (x - 0.4 * x, y - 0.2 * y)
        marks = {
            **view.walls(),
            "surface": view.surface(X, Y, bowl(X, Y)),
            **view.labels("x", "y", "f(x, y)"),
            "step": Segment(view.place(x, y, z), view.place(*down, bowl(*down)), arrow=True),
            "P": Point(*view.place(x, y, z), drag=("x", "y")),
        }
        return Scene(f"At ({x}, {y}) the height is {z:.2f}.", marks)

    sliders = {
        "x": Slider(-2, 2, 1), "y": Slider(-2, 2, 1),
        "azimuth": Slider(-180, 180, -60, 1), "elevation": Slider(0, 90, 30, 1),
    }
    turn = Turn("azimuth", "elevation")
    Stage(space.axes(), frame, sliders, "A bowl", turn=turn)

Marks before the surface lie behind it, marks after it in front of it. With angles in steps of a
degree the frames are too many to travel, and the kernel answers.
"""

import itertools
import math
import operator
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from utils import style
from utils.numerals import number
from utils.stage.marks import NOWHERE, Mark, Mesh, Pair, Polyline, Range, Text

HEIGHT = 0.72  # of the box, whose base is a square of side 1
_ACROSS, _UP = 0.86, 0.80  # half of what the axes show, in sides of the base
_PIECES = 24  # of a surface, along each side


def project(points: ArrayLike, azimuth: float, elevation: float) -> np.ndarray:
    """Points in space as an eye far away sees them: shape (…, 3) to (…, 2), right and up.

    azimuth: degrees, from which side the eye looks, counted from the x-axis towards the y-axis.
    elevation: degrees, how far above the floor; 90 looks straight down. (Orthographic: what is far
    away is not smaller. The angles are those of matplotlib.)
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
    order = np.argsort(near, axis=None, kind="stable")
    return corners.reshape(-1, 4, 2)[order], order


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


_recent: deque[tuple["View", np.ndarray, np.ndarray, np.ndarray, Mesh]] = deque(maxlen=4)


@dataclass(frozen=True)
class View:
    """A box of space as an eye sees it from an azimuth and an elevation, both in degrees.

    x, y, z: what the box holds; it is drawn with a square base, whatever the ranges are.
    ax: the axes in which its marks stand.
    """

    x: Range
    y: Range
    z: Range
    azimuth: float
    elevation: float
    ax: int = 0

    def project(self, points: ArrayLike) -> np.ndarray:
        """Points (x, y, z) as places on the axes: shape (…, 3) to (…, 2)."""
        return project(self._in_box(np.asarray(points, float)), self.azimuth, self.elevation)

    def place(self, x: float, y: float, z: float) -> Pair:
        """Where the axes show one point: what Point and Segment take."""
        right, up = self.project((x, y, z)).tolist()
        return right, up

    def places(self, points: Sequence[Sequence[float]]) -> tuple[Pair, ...]:
        """Where the axes show many points (x, y, z): what Polyline takes."""
        return tuple(map(tuple, self.project(points).reshape(-1, 2).tolist()))

    def surface(self, X: np.ndarray, Y: np.ndarray, Z: np.ndarray, **look) -> Mesh:
        """A surface over an even grid, its shade its height in the box.

        X, Y, Z: shape (rows, columns). Pieces that lie outside the box, or where Z is nan, are
        left out; those that reach beyond it are cut at its floor or its ceiling.
        """
        # While a point is dragged over the surface, nothing else moves.
        for view, *arrays, mesh in tuple(_recent):
            if view == self and not look and all(map(operator.is_, arrays, (X, Y, Z))):
                return mesh
        mesh = self._made(X, Y, Z, **look)
        if not look:
            _recent.append((self, X, Y, Z, mesh))
        return mesh

    def _made(self, X: np.ndarray, Y: np.ndarray, Z: np.ndarray, **look) -> Mesh:
        low, high = self.z
        with np.errstate(invalid="ignore"):
            outside = ~(np.isfinite(Z) & (low <= Z) & (high >= Z))
        heights = np.clip(np.where(np.isnan(Z), low, Z), low, high)
        box = self._in_box(np.stack([X, Y, heights], axis=-1))
        x, y, z = np.moveaxis(box, -1, 0)
        corners, order = surface_quads(x, y, z, self.azimuth, self.elevation)
        shades = (_means(heights) - low) / (high - low)
        hidden = _means(outside.astype(float)) == 1
        hidden |= _means(np.isnan(Z).astype(float)) > 0
        corners[hidden.ravel()[order]] = np.nan
        shades = np.where(hidden, np.nan, shades).ravel()[order]
        return Mesh(corners, shades, ax=self.ax, **look)

    def walls(self) -> dict[str, Mark]:
        """The floor and the walls behind, with lines at the ticks; for before the surface."""
        return dict(_walls(self))

    def labels(self, x: str = "x", y: str = "y", z: str = "f(x, y)") -> dict[str, Mark]:
        """The numbers at the ticks and the names of the three axes, along the edges in front."""
        return dict(_labels(self, x, y, z))

    def _in_box(self, points: np.ndarray) -> np.ndarray:
        """From what the box holds to the box itself: a square of side 1, its middle at 0."""
        low, high = np.array([self.x, self.y, self.z], float).T
        return ((points - low) / (high - low) - 0.5) * (1, 1, HEIGHT)

    def _far(self) -> tuple[float, float, float]:
        """The walls that lie behind, x and y, and the floor, or the ceiling seen from below."""
        turned = math.radians(self.azimuth)
        far_x = self.x[0] if math.cos(turned) > 0 else self.x[1]
        far_y = self.y[0] if math.sin(turned) > 0 else self.y[1]
        return far_x, far_y, self.z[0] if self.elevation >= 0 else self.z[1]


_GAP = (math.nan, math.nan, math.nan)


def _means(values: np.ndarray) -> np.ndarray:
    """The mean over the four corners of each piece, shape (rows − 1, columns − 1)."""
    return (values[:-1, :-1] + values[:-1, 1:] + values[1:, 1:] + values[1:, :-1]) / 4


MOST_TICKS = 5  # along one axis


@lru_cache(maxsize=64)
def _ticks(over: Range) -> tuple[float, ...]:
    """At most MOST_TICKS round numbers inside a range; none close to its ends, where two meet."""
    low, high = over
    air = 0.06 * (high - low)
    found = MaxNLocator(MOST_TICKS - 1, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
    return tuple(float(v) + 0.0 for v in found if low + air <= v <= high - air)


def _are_apart(places: np.ndarray, texts: Sequence[str]) -> bool:
    """Whether the numbers at ticks lie far enough apart not to cover each other."""
    if len(places) < 2:
        return True
    right, up = np.abs(places[1] - places[0])
    return bool(right > 0.045 * max(map(len, texts)) + 0.03 or up > 0.085)


# While a point is dragged the view stays, and so do its walls and its labels.
@lru_cache(maxsize=8)
def _walls(view: View) -> dict[str, Mark]:
    far_x, far_y, floor = view._far()
    near_x, near_y, ceiling = sum(view.x) - far_x, sum(view.y) - far_y, sum(view.z) - floor
    lines = []
    for x in _ticks(view.x):
        lines += [(x, near_y, floor), (x, far_y, floor), (x, far_y, ceiling), _GAP]
    for y in _ticks(view.y):
        lines += [(near_x, y, floor), (far_x, y, floor), (far_x, y, ceiling), _GAP]
    for z in _ticks(view.z):
        lines += [(near_x, far_y, z), (far_x, far_y, z), (far_x, near_y, z), _GAP]
    # A mark has as many coordinates in every scene, and another landscape has other ticks.
    lines += [_GAP] * (3 * MOST_TICKS * 4 - len(lines))
    outline = [(near_x, far_y), (far_x, far_y), (far_x, near_y)]
    edges = [(x, y, ceiling) for x, y in outline] + [_GAP]
    edges += [(x, y, floor) for x, y in [*outline, (near_x, near_y), outline[0]]] + [_GAP]
    for x, y in outline:
        edges += [(x, y, floor), (x, y, ceiling), _GAP]
    look = {"colour": "quiet", "ax": view.ax, "quiet": True}
    return {
        "wall_lines": Polyline(view.places(lines), width=0.5, **look),
        "wall_edges": Polyline(view.places(edges), width=1, **look),
    }


@lru_cache(maxsize=8)
def _labels(view: View, x: str, y: str, z: str) -> dict[str, Mark]:
    far_x, far_y, floor = view._far()
    near_x, near_y, ceiling = sum(view.x) - far_x, sum(view.y) - far_y, sum(view.z) - floor
    mid_x, mid_y = sum(view.x) / 2, sum(view.y) / 2
    down = np.array((0, -0.05 if floor == view.z[0] else 0.05))
    out_x = 0.18 * (view.project((mid_x, near_y, floor)) - view.project((mid_x, mid_y, floor)))
    out_y = 0.18 * (view.project((near_x, mid_y, floor)) - view.project((mid_x, mid_y, floor)))
    # The heights stand at the edge that is furthest to the left.
    edge = min(itertools.product(view.x, view.y), key=lambda corner: view.place(*corner, floor)[0])
    axes = {
        "x": (x, [(v, near_y, floor) for v in _ticks(view.x)], out_x + down),
        "y": (y, [(near_x, v, floor) for v in _ticks(view.y)], out_y + down),
        "z": (z, [(*edge, v) for v in _ticks(view.z)], np.array((-0.06, 0))),
    }
    names = {
        "x": view.project((mid_x, near_y, floor)) + 1.8 * (out_x + down),
        "y": view.project((near_x, mid_y, floor)) + 1.8 * (out_y + down),
        "z": view.project((*edge, ceiling)) - 1.2 * down,
    }
    look = {"colour": "data", "ax": view.ax, "quiet": True}
    marks: dict[str, Mark] = {}
    for axis, (name, ticks, away) in axes.items():
        places = view.project(ticks) + away
        texts = [number(point["xyz".index(axis)]) for point in ticks]
        apart = _are_apart(places, texts)
        for k, (place, text) in enumerate(zip(places, texts, strict=True)):
            right, up = map(float, place if apart else NOWHERE)
            marks[f"{axis}_tick_{k}"] = Text(right, up, text, **look)
        for k in range(len(ticks), MOST_TICKS):  # another landscape may need them
            marks[f"{axis}_tick_{k}"] = Text(*NOWHERE, "", **look)
        # Seen from straight above, heights have no length.
        right, up = map(float, names[axis] if apart or axis != "z" else NOWHERE)
        marks[f"{axis}_name"] = Text(right, up, name, **look)
    return marks
