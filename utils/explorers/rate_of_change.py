"""Chapter 02: the secant through two points of a curve, and the trace of its slopes."""

import math
from functools import lru_cache

from utils import style
from utils.explorers.shared.geometry import largest_nice, length_of, start_on, with_air
from utils.explorers.shared.panels import count_by_ones, one_above_the_other
from utils.explorers.shared.titles import as_written
from utils.functions import Function, Real, as_function, value_or_nan
from utils.models.rate_of_change import rate
from utils.numerals import fixed, number, trimmed
from utils.slopes import difference_quotient
from utils.stage import (
    Caption,
    Drop,
    Line,
    Pair,
    Point,
    Polyline,
    Range,
    Scene,
    Segment,
    Slider,
    Stage,
    Text,
    explorer,
    with_formula_field,
)

FOOT = 0.08  # share of the picture's height in which the names of x and x + h stand


@with_formula_field("over")
@explorer
def explore_secant(
    f: str | Function | Real = "square",
    x: float | None = None,
    h: float | None = None,
    over: Range = (-3.0, 5.5),
    variable: str = "x",
) -> Stage:
    """A curve and its secant from x to x + h. Drag either end, or move the sliders.

    f: a name of the catalogue, a formula, or your own function.
    x, h: where the secant stands at first; if left out, in the middle with a long step.
    over: the piece of the x-axis on which the secant moves; h reaches three tenths of its length.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length, or x or h lies outside it.
    """
    f, (low, high), name = as_function(f, over), over, variable
    f_name = _name(f)
    step, reach = _grid(low, high)
    h = 0.8 * reach if h is None else h
    if x is None:
        x = start_on(f, (low, high - reach), step, 2 / 3, h)
    view = _view(f, over)
    title = _title(f, name)
    ax = style.axes(*view, name, f"{f_name}({name})", title)
    count_by_ones(ax)
    style.plot_function(ax, f, view[0], label=title)

    def frame(x: float, h: float) -> Scene:
        here, there = value_or_nan(f, x), value_or_nan(f, x + h)
        m = difference_quotient(f, x, h) if h and math.isfinite(here + there) else math.nan
        rise = round(there, 4) - round(here, 4) if math.isfinite(here + there) else math.nan
        foot = view[1][0]
        marks = {
            "foot of x": Drop(x, here, foot),
            "foot of x + h": Drop(x + h, there, foot),
            "secant": Segment(*_across(view, x, here, m), colour="secant"),
            "run": Segment((x, here), (x + h, here), colour="run", width=3),
            "rise": Segment((x + h, here), (x + h, there), colour="rise", width=3),
            # The two names stand on the outer sides of their feet, so they never meet.
            "name of x": Text(x, foot, name, dx=-5, dy=-11, anchor="end"),
            "name of x + h": Text(
                x + h, foot, f"{name} + h", dx=5, dy=-11, anchor="start", colour="secant"
            ),
            **_sum(rise, h, m),
            name: Point(x, here, drag="x"),
            f"{name} + h": Point(x + h, there, drag="h", colour="secant"),
        }
        return Scene(_in_words(name, f_name, x, h, here, there, rise, m), marks)

    sliders = {
        "x": Slider(low, high - reach, x, step, label=name),
        "h": Slider(0, reach, h, step, label="step h"),
    }
    return Stage(ax, frame, sliders, f"A secant of {title}")


@with_formula_field()
@explorer
def explore_slopes(
    f: str | Function | Real = "square", x: float | None = None, h: float = 0.3
) -> Stage:
    """Above, a curve and its secant from x to x + h; below, the slope of that secant for every x
    from the left end up to here. Move x to draw it, move h to shift it.

    f: a name of the catalogue, a formula, or your own function.
    x, h: where the secant stands at first; x a third of the way along if left out.
    Raises ValueError for x or h out of range.
    """
    f = as_function(f, (-3.0, 3.0))
    f_name = _name(f)
    title = _title(f, "x")
    x = start_on(f, (-3.0, 3.0), 0.2, 1 / 3, h) if x is None else x
    grid = Slider(-3, 3, x, 0.2)
    steps = Slider(0.1, 1.0, h, 0.1, label="step h")

    @lru_cache(maxsize=len(steps.values))
    def slopes(h: float) -> tuple[float, ...]:
        return tuple(rate(f, at, h) for at in grid.values)

    across, heights = _view(f, (-3.0, 4.0))
    finite = [m for step in (steps.low, steps.high) for m in slopes(step) if math.isfinite(m)]
    finite = finite or [-1.0, 1.0]
    rates = with_air(min(finite), max(finite), 0.12)
    curve, _ = one_above_the_other(
        (across, heights, "", f"{f_name}(x)", title),
        (across, rates, "x", "slope", "Slope of the secant, for every x"),
        size=(7.2, 4.9),
    )
    style.plot_function(curve, f, across, label=title)

    def frame(x: float, h: float) -> Scene:
        here, there, m = value_or_nan(f, x), value_or_nan(f, x + h), rate(f, x, h)
        path = tuple(
            (at, slope if at <= x + 1e-9 else math.nan)
            for at, slope in zip(grid.values, slopes(h), strict=True)
        )
        if math.isfinite(m):
            words = (
                f"At x = {number(x)}, with h = {number(h)}, the secant {_verdict(m * h, m)}: its "
                f"slope is {fixed(m)}. Below: this slope for every x from −3 up to here."
            )
        else:
            words = (
                f"At x = {number(x)} or one step further, {f_name} has no value, "
                "so there is no secant."
            )
        marks = {
            "secant": Line((x, here), (x + h, there), colour="secant"),
            "drop": Drop(x, here, heights[0]),
            "height of slope": Drop(x, m, colour="secant", width=2.4, ax=1),
            "trace": Polyline(path, colour="secant", ax=1, width=3.4),
            "x + h": Point(x + h, there, drag="h", colour="secant"),
            "x": Point(x, here, drag="x"),
            "slope": Point(x, m, drag="x", colour="secant", ax=1),
            "slope in numbers": Caption(
                f"slope {fixed(m)}" if math.isfinite(m) else "", "right", colour="secant", ax=1
            ),
        }
        return Scene(words, marks)

    return Stage(curve, frame, {"x": grid, "h": steps}, f"A secant of {title} and its slope")


# --- in words ---


def _name(f: Function) -> str:
    """f for a function of the catalogue; a learner's own function keeps its name."""
    return "f" if f.formula else f.name


def _title(f: Function, variable: str) -> str:
    called = f"{_name(f)}({variable})"
    return f"{called} = {as_written(f, variable)}" if f.formula else called


def _verdict(rise: float, m: float) -> str:
    """What a secant does, in step with its rise and with its slope as shown: two decimals."""
    shown = round(m, 2)
    if shown:
        return "rises" if shown > 0 else "falls"
    return "is nearly flat" if rise else "is flat"


def _in_words(
    name: str, f_name: str, x: float, h: float, here: float, there: float, rise: float, m: float
) -> str:
    where = f"From {name} = {number(x)} to {name} + h = {number(x + h)}"
    if not math.isfinite(here):
        return f"{f_name} has no value at {name} = {number(x)}, so no secant starts here."
    if not math.isfinite(there):
        return f"{f_name} has no value at {name} + h = {number(x + h)}, so no secant ends here."
    if h == 0:
        return (
            f"With h = 0 both points are one, {name} = {number(x)}: rise 0 over run 0 has no "
            f"value. Pull the {style.WORDS['secant']} point to the right."
        )
    if rise == 0:
        ends = f"{f_name} ends at the height at which it began, {trimmed(here)}"
    else:
        way = "higher" if rise > 0 else "lower"
        ends = (
            f"{f_name} goes from {trimmed(here)} to {trimmed(there)} and ends "
            f"{trimmed(abs(rise))} {way}"
        )
    return (
        f"{where}, {ends}. Average rate = rise / run = {fixed(m)}: the secant {_verdict(rise, m)}."
    )


def _sum(rise: float, h: float, m: float) -> dict[str, Caption]:
    """Slope, run and rise in numbers, from the right end of the row above the axes."""
    slope = f"slope {fixed(m)}" if math.isfinite(m) else "no slope"
    climb = f"rise {trimmed(rise)}" if math.isfinite(rise) else ""
    return {
        "slope in numbers": Caption(slope, "right", colour="secant"),
        "run in numbers": Caption(f"run {number(h)}", "right", colour="run"),
        "rise in numbers": Caption(climb, "right", colour="rise"),
    }


# --- numbers ---


def _grid(low: float, high: float) -> tuple[float, float]:
    """A round step for the sliders, about an eightieth of the way, and the largest h."""
    length = length_of((low, high))
    step = largest_nice(length / 80 * (1 + 1e-9))  # rounding may leave a little less
    return round(step, 10), round(math.floor(0.3 * length / step + 1e-9) * step, 10)


def _view(f: Real, over: Range) -> tuple[Range, Range]:
    """The ranges of both axes: `over` with a margin, and the heights of f on it with some air."""
    length = over[1] - over[0]
    # More at the right end, where "x + h" is written behind its point.
    across = (over[0] - length / 16, over[1] + length / 12)
    low, high = style.heights(f, across)
    # The names of x and x + h stand at the foot of the picture and need a line of their own.
    return across, (low - 0.04 * (high - low), high)


def _across(view: tuple[Range, Range], x: float, y: float, m: float) -> tuple[Pair, Pair]:
    """Both ends of the line through (x, y) with slope m, where it leaves the picture.

    The foot of the picture is left out: no line crosses the names that stand there.
    """
    (left, right), (bottom, top) = view
    if m:
        ends = (x + (bottom + FOOT * (top - bottom) - y) / m, x + (top - y) / m)
        left, right = max(left, min(ends)), min(right, max(ends))
    return (left, y + m * (left - x)), (right, y + m * (right - x))
