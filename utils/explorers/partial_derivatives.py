"""Chapter 09: a surface cut along each input, curves with one input held, and nudged knobs."""

import math
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from utils import style
from utils.explorers.shared.maps import (
    formula_of,
    in_table,
    map_and_table,
    place_sliders,
    rounded,
    short_name,
    sign,
    table,
    title_of,
)
from utils.explorers.shared.panels import mosaic
from utils.numerals import number, pair
from utils.stage import (
    NOWHERE,
    Caption,
    LogSlider,
    Pair,
    Point,
    Polyline,
    Scene,
    Segment,
    Slider,
    Stage,
    Toggle,
    Turn,
    explorer,
    space,
    with_formula_field,
)
from utils.stage.marks import Mark
from utils.surfaces import SLIGHT, Plane, Surface, Window, as_surface

PLACES = 49  # at which a cut is drawn
EYE = (-60, 36)  # from where the surface is seen at first: degrees around it, and up
REACH = 0.26  # half the length of a tangent, in sides of the box
LONGER = 3  # up to so many times as long a window, both cuts are drawn on one scale


# Sliders leave a twelfth of the window free at both ends; the point starts right of and above the
# middle, at these shares of their length.
_MARGIN, _START = 1 / 12, (0.75, 0.65)
_PITCH = 0.14  # from one row of the table to the next


# --- a surface, cut ---


@with_formula_field("over")
@explorer
def explore_slices(
    f: str | Surface | Plane = "elliptical_bowl",
    x: float | None = None,
    y: float | None = None,
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
) -> Stage:
    """A surface cut along both inputs through one point, and both cuts with their tangents.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers.
    x, y: where the planes cut at first; if left out, right of and above the middle.
    over: the window to show, ((x low, x high), (y low, y high)).
    variables: what the inputs are called, such as ("w₁", "w₂").
    Raises ValueError where the window is empty or x or y lies outside the sliders.
    """
    surface = as_surface(f, over, variables)
    block = _Block.of(surface)
    sliders = place_sliders(surface, (x, y), 30, _MARGIN, _START) | {
        "azimuth": Slider(-180, 180, EYE[0], 2, label="turn", unit="°"),
        "elevation": Slider(16, 90, EYE[1], 2, label="tilt", unit="°"),
    }

    box = space.Box(*surface.window, block.heights)
    labels = box.labels(*surface.variables, short_name(surface))
    scenery: dict[str, Mark] = {
        **box.walls(),
        "surface": box.surface(block.X, block.Y, block.Z),
        **labels,
    }

    # While a point is dragged many places are tried, and few different cuts.
    @lru_cache(maxsize=256)
    def cut(axis: int, held: float) -> tuple[np.ndarray, dict[str, Mark]]:
        points, along = block.cut(axis, held), surface.variables[axis]
        return points, block.cut_in_space(box, along, points, scenery["surface"])

    def frame(x: float, y: float) -> Scene:
        height, slopes = surface.height(x, y), surface.slopes(x, y)
        cuts = [cut(0, y), cut(1, x)]
        tangents = [block.tangent(axis, (x, y), height, slopes[axis]) for axis in (0, 1)]
        marks = {**scenery, **cuts[0][1], **cuts[1][1]}
        for along, ends in zip(surface.variables, tangents, strict=True):
            marks[f"tangent along {along}, in space"] = box.segment(
                *ends, colour="tangent", width=3.4
            )
        clear = list(labels)
        for along, ends in zip(surface.variables, tangents, strict=True):
            name = f"name of tangent along {along}"
            marks[name] = box.name(*ends, f"along {along}", clear, colour="tangent")
            clear = [*clear, name]
        at = (x, y, block.inside(height))
        marks["place"] = box.point(*at, drag=("x", "y"))
        for axis, along in enumerate(surface.variables):
            held = f"{surface.variables[1 - axis]} held at {number((y, x)[axis])}"
            says, ax = f"{held}: slope {in_table(slopes[axis])}", axis + 1
            flat = Polyline(_flat(cuts[axis][0], axis), colour="function", ax=ax)
            tangent = Segment(*_flat(tangents[axis], axis), colour="tangent", width=3, ax=ax)
            marks |= {
                f"cut along {along}": flat,
                f"tangent along {along}": tangent,
                f"place along {along}": Point(at[axis], at[2], drag="xy"[axis], ax=ax),
                f"words along {along}": Caption(says, colour="tangent", ax=ax),
            }
        return Scene(_slices_in_words(surface, (x, y), height, slopes), marks)

    title = f"The surface {formula_of(surface)}, cut along both inputs"
    turn = Turn("azimuth", "elevation")
    # In two columns, so that it is seen whole where a goal stands below it.
    return Stage(block.axes(), frame, sliders, title, turn=turn, columns=2)


def _flat(points: ArrayLike, axis: int) -> tuple[Pair, ...]:
    """Points (x, y, height), shape (n, 3), as the axes of a cut along one input show them."""
    return tuple(map(tuple, np.asarray(points)[:, [axis, 2]].tolist()))


@dataclass(frozen=True)
class _Block:
    """A surface over its window, with all that does not depend on where it is cut.

    X, Y, Z: its grid, each of shape (n, n). heights: the range of heights that is shown.
    """

    surface: Surface
    X: np.ndarray
    Y: np.ndarray
    Z: np.ndarray
    heights: Pair

    @staticmethod
    def of(surface: Surface) -> "_Block":
        """The block of a surface that has a value somewhere in its window."""
        X, Y = space.grid(*surface.window)
        Z = surface.heights(X[0], Y[:, 0])
        return _Block(surface, X, Y, Z, _range_of(Z))

    @property
    def frame(self) -> Pair:
        """The range of heights with a little air."""
        low, high = self.heights
        air = 0.04 * (high - low)
        return low - air, high + air

    def axes(self) -> Axes:
        """Empty axes for the view in space, and beside it those for the two cuts."""
        name, title = short_name(self.surface), title_of(self.surface)
        cuts = [
            (over, self.frame, variable, name)
            for over, variable in zip(
                _on_one_scale(self.surface.window), self.surface.variables, strict=True
            )
        ]

        def in_space(ax: Axes) -> None:
            space.prepare(ax).set(xlim=(-0.8, 0.8), title=title)

        plan = [["space", "along x"], ["space", "along y"]]
        parts = {"space": in_space, "along x": cuts[0], "along y": cuts[1]}
        return mosaic(plan, parts, (1.5, 1), (1, 1), (7.6, 4.5))["space"]

    def cut(self, axis: int, held: float) -> np.ndarray:
        """Points (x, y, height) of the cut along one input, the other held; shape (PLACES, 3)."""
        moving = np.linspace(*self.surface.window[axis], PLACES)
        xs, ys = (moving, [held]) if axis == 0 else ([held], moving)
        heights = self.surface.heights(xs, ys).ravel()
        points = np.stack(np.broadcast_arrays(xs, ys, heights), 1)
        points[np.isnan(heights)] = np.nan
        return points

    def inside(self, height: float) -> float:
        """A height, or the nearest one that is shown; nan stays nan."""
        low, high = self.heights
        return height if math.isnan(height) else min(max(height, low), high)

    def tangent(
        self, axis: int, at: Pair, height: float, slope: float
    ) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Both ends, as (x, y, height), of a piece of the tangent; nan where there is none."""
        low, high = self.heights
        left, right = self.surface.window[axis]
        if not (math.isfinite(slope) and low <= height <= high):
            return (math.nan,) * 3, (math.nan,) * 3
        # One length on the picture, however steep it is.
        tall = slope * (right - left) * space.HEIGHT / (high - low)
        step = REACH * (right - left) / math.hypot(1.0, tall)
        ends = []
        for way in (-step, step):
            rise = way * slope
            if not low <= height + rise <= high:
                way *= (self.inside(height + rise) - height) / rise
            point = [*at, height + way * slope]
            point[axis] += way
            ends.append(tuple(point))
        return ends[0], ends[1]

    def cut_in_space(
        self, box: space.Box, along: str, points: np.ndarray, surface: Mark
    ) -> dict[str, Mark]:
        """A pane of glass that stands on the cut, and the cut: thin where the surface hides it.

        surface: the mark of that name, a Mesh of the box.
        """
        low, high = self.heights
        outside = (points[:, 2] < low) | (points[:, 2] > high)
        shown = np.where(outside[:, None], np.nan, points)
        glass = np.column_stack([points[:, :2], points[:, 2].clip(low, high)])
        pane = np.concatenate([glass, glass[[-1, 0]] * (1, 1, 0) + (0, 0, high)])
        if np.isnan(pane).any():
            pane = np.full_like(pane, np.nan)
        on = partial(box.on_surface, shown, surface, "surface", colour="function")
        return {
            f"plane along {along}": box.polyline(pane, colour="function", filled=True),
            f"hidden part along {along}": on(hidden=True, width=1.2, dashed=True),
            f"cut along {along}, in space": on(width=3.2),
        }


def _on_one_scale(window: Window) -> tuple[Pair, Pair]:
    """What the axes of the two cuts show: units of one length, so that a steeper slope looks so.

    Where one side of the window is far longer than the other, each cut fills its own axes.
    """
    short, long = sorted(high - low for low, high in window)
    if long > LONGER * short:
        return window
    first, second = ((low + high) / 2 for low, high in window)
    return (first - long / 2, first + long / 2), (second - long / 2, second + long / 2)


def _range_of(Z: np.ndarray) -> Pair:
    """The heights to show: all, or without the few that tower over all others."""
    known = Z[np.isfinite(Z)]
    low, high = float(known.min()), float(known.max())
    few, most = np.quantile(known, [0.08, 0.92]).tolist()
    if high - low > 2.2 * (most - few) > 0:
        low = few if most - low > 1.6 * (most - few) else low
        high = most if high - few > 1.6 * (most - few) else high
    if not high - low > 1e-9 * max(1.0, abs(low)):
        return low - 1.0, low + 1.0
    return low, high


def _slices_in_words(surface: Surface, at: Pair, height: float, slopes: Pair) -> str:
    name = short_name(surface)
    if not math.isfinite(height):
        return f"At {pair(*at)} {name} has no value, so there is nothing to cut."
    said = [f"At {pair(*at)} {name} = {rounded(height)}."]
    for axis, slope in enumerate(slopes):
        along, other = surface.variables[axis], surface.variables[1 - axis]
        held = f"Hold {other} at {number(at[1 - axis])}: "
        if not math.isfinite(slope):
            said.append(f"{held}along {along} there is a corner or an edge, and no slope.")
            continue
        partial = f"∂{name}/∂{along} {sign(surface)} {rounded(slope)}"
        if abs(slope) < SLIGHT:
            said.append(f"{held}along {along} the cut is level, {partial}.")
        else:
            verb = "rises" if slope > 0 else "falls"
            said.append(f"{held}along {along} the cut {verb}, {partial}.")
    return " ".join(said)


# --- one input held ---


@with_formula_field("over")
@explorer
def explore_held(
    f: str | Surface | Plane = "mixed",
    x: float | None = None,
    y: float | None = None,
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
) -> Stage:
    """f against its first input, one curve for each value at which the second is held.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers.
    x, y: the first input, and the value of the second, at first.
    over, variables: as for `explore_slices`.
    Raises ValueError where the window is empty or a start lies outside its slider.
    """
    surface = as_surface(f, over, variables)
    block = _Block.of(surface)
    across, other = surface.variables
    name = short_name(surface)
    sliders = place_sliders(surface, (x, y), 24, _MARGIN, _START)

    def frame(x: float, y: float) -> Scene:
        height, slope = surface.height(x, y), surface.slopes(x, y)[0]
        ends = block.tangent(0, (x, y), height, slope)
        says = f"{other} held at {number(y)}: slope {in_table(slope)}"
        marks: dict[str, Mark] = {
            "curve": Polyline(_flat(block.cut(0, y), 0), colour="function", width=3.4),
            "tangent": Segment(*_flat(ends, 0), colour="tangent", width=3.4),
            "place": Point(x, block.inside(height), drag=("x", "y")),
            "words": Caption(says, colour="tangent"),
        }
        return Scene(_held_in_words(surface, (x, y), height, slope), marks)

    title = f"{name} = {formula_of(surface)} against {across}, with {other} held"
    return Stage(_family(block, sliders["y"].values), frame, sliders, title)


def _family(block: _Block, values: tuple[float, ...]) -> Axes:
    """Axes with a faint curve for each of seven values of the input that is held."""
    across, other = block.surface.variables
    ax = style.axes(
        block.surface.window[0], block.frame, across, short_name(block.surface), " ", (7.2, 3.8)
    )
    ends: list[Pair] = []  # how high each curve leaves at the right, and at which value it is held
    for i in np.linspace(0, len(values) - 1, 7).round().astype(int).tolist():
        points = block.cut(0, values[i])
        ax.plot(
            *points[:, [0, 2]].T,
            color=style.COLOURS["function"],
            alpha=0.28,
            linewidth=1.3,
            label=f"{other} held at {number(values[i])}",
        )
        ends.append((float(points[-1, 2]), values[i]))
    _name_at_the_right(ax, other, ends)
    return ax


def _name_at_the_right(ax: Axes, other: str, ends: list[Pair]) -> None:
    """Write beside each curve at which value the other input is held; one label where two meet."""
    (low, high), right = ax.get_ylim(), ax.get_xlim()[1]
    room = 0.055 * (high - low)
    groups: list[list[Pair]] = []
    for end in sorted(end for end in ends if low <= end[0] <= high):
        if groups and end[0] - groups[-1][0][0] < room:
            groups[-1].append(end)
        else:
            groups.append([end])
    for k, group in enumerate(groups):
        values = ", ".join(number(value) for value in sorted(value for _, value in group))
        ax.annotate(
            f"{other} = {values}" if k == len(groups) - 1 else values,
            (right, sum(height for height, _ in group) / len(group)),
            xytext=(5, 0),
            textcoords="offset points",
            color=style.COLOURS["function"],
            va="center",
            fontsize=9,
            annotation_clip=False,
        )


def _held_in_words(surface: Surface, at: Pair, height: float, slope: float) -> str:
    name, (across, other) = short_name(surface), surface.variables
    held = f"{other} is held at {number(at[1])}"
    if not math.isfinite(height):
        return f"{held}. At {across} = {number(at[0])} {name} has no value."
    start = f"{held}, so {name} is a curve over {across}. At {across} = {number(at[0])} it is"
    if not math.isfinite(slope):
        return f"{start} {rounded(height)} high, with a corner or an edge: there is no slope."
    partial = f"∂{name}/∂{across} {sign(surface)} {rounded(slope)}"
    return f"{start} {rounded(height)} high, and its slope is {partial}."


# --- nudges ---


@with_formula_field("over")
@explorer
def explore_nudge(
    f: str | Surface | Plane = "elliptical_bowl",
    x: float | None = None,
    y: float | None = None,
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
) -> Stage:
    """A map on which one knob is nudged by h, or the other, or both at once.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers.
    x, y: where you stand at first; if left out, right of and above the middle.
    over, variables: as for `explore_slices`.
    Raises ValueError where the window is empty or x or y lies outside the sliders.
    """
    surface = as_surface(f, over, variables)
    (left, right), (bottom, top) = surface.window
    power = math.floor(math.log10(min(right - left, top - bottom) / 4))
    name, (across, up) = short_name(surface), surface.variables
    sliders = place_sliders(surface, (x, y), 12, _MARGIN, _START, room=10.0**power) | {
        "h": LogSlider(power - 3, power, 10.0**power, step=1, label="h"),
        "first": Toggle(True, label=f"nudge {across}"),
        "second": Toggle(False, label=f"nudge {up}"),
    }
    rows = [
        (f"{name} here", "function"),
        (f"{name} after the nudge", "function"),
        ("change", "rise"),
        ("change / h", "secant"),
        (f"partial ∂{name}/∂{across}", "derivative"),
        (f"partial ∂{name}/∂{up}", "derivative"),
    ]

    def frame(x: float, y: float, h: float, first: bool, second: bool) -> Scene:
        here, slopes = surface.height(x, y), surface.slopes(x, y)
        end = (x + h * first, y + h * second)
        there = surface.height(*end)
        moved = first or second
        change = there - here if moved else math.nan
        guide = {"colour": "quiet", "dashed": True, "width": 1.2}
        tip = end if moved else NOWHERE
        marks: dict[str, Mark] = {
            f"level of {across}": Segment((left, y), (right, y), **guide),
            f"level of {up}": Segment((x, bottom), (x, top), **guide),
            "nudge": Segment((x, y), tip, colour="run", arrow=True, width=3.4),
            "place": Point(x, y, drag=("x", "y")),
        }
        values = [here, there if moved else math.nan, change, change / h, *slopes]
        marks |= table([in_table(value) for value in values], _PITCH)
        said = _nudge_in_words(surface, (x, y), end, h, (here, there), change / h, slopes)
        return Scene(said, marks)

    ax = map_and_table(surface, rows, height=3.6, width=1.9, pitch=_PITCH)
    return Stage(ax, frame, sliders, f"Nudges on a map of {formula_of(surface)}")


def _nudge_in_words(
    surface: Surface, at: Pair, end: Pair, h: float, heights: Pair, quotient: float, slopes: Pair
) -> str:
    name, names = short_name(surface), surface.variables
    moved = [axis for axis in (0, 1) if end[axis] != at[axis]]
    if not all(map(math.isfinite, heights)):
        return f"{name} has no value at {pair(*at)} or after the nudge."
    if not moved:
        here = f"At {pair(*at)} {name} = {rounded(heights[0])}."
        return f"{here} No knob is turned: tick one of the boxes."
    parts = [
        f"{names[axis]} goes from {number(at[axis])} to {number(end[axis], 6)}"
        if axis in moved
        else f"{names[axis]} is held at {number(at[axis])}"
        for axis in (0, 1)
    ]
    change = (
        f"{' and '.join(parts)}. {name} changes by {rounded(heights[1] - heights[0])}, "
        f"so change / h = {rounded(quotient)}."
    )
    if len(moved) == 2:
        return f"{change} Two knobs moved: this mixes both slopes and is no partial derivative."
    slope, partial = slopes[moved[0]], f"∂{name}/∂{names[moved[0]]}"
    if not math.isfinite(slope):
        return f"{change} There is a corner or an edge here: no {partial}."
    return f"{change} The partial derivative {partial} {sign(surface)} {rounded(slope)}."
