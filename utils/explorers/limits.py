"""Chapter 03: what slopes do as the step shrinks, from the right, from the left, and too far."""

import math
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.explorers.shared.geometry import rectangle, with_air
from utils.explorers.shared.panels import side_by_side
from utils.explorers.shared.titles import as_written
from utils.functions import Function, Real, as_function, evaluate, value_or_nan
from utils.models.limits import (
    BEST_CENTRAL,
    BEST_FORWARD,
    CUBE,
    EPSILON,
    agree,
    cube_root,
    jump,
    one_sided,
    two_sided,
)
from utils.models.rate_of_change import rate
from utils.numerals import fixed, number, powers
from utils.slopes import central_difference, difference_quotient
from utils.stage import (
    NOWHERE,
    Bar,
    Caption,
    Choice,
    Drop,
    Line,
    LogSlider,
    Pair,
    Play,
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

# Each method with its look and its best step for a place near 1, in numbers and in letters.
METHODS = {
    "forward": (difference_quotient, "secant", "-", BEST_FORWARD, "√ε"),
    "central": (central_difference, "tangent", (0, (4, 1.5)), BEST_CENTRAL, "∛ε"),
}
SIZE = (7.5, 3.7)  # of figures with two axes, in inches

ALL_STEPS = (10**-16.4, 10**0.4)  # the axis of steps of explore_error


FINE_STEPS = LogSlider(-16, 0, 1, 0.05).values  # all steps of explore_error, and some between


# What explore_sides offers, each looked at in x = 0.
AT_ZERO: dict[str, Real] = {
    "x² + x": lambda x: x * x + x,
    "|x|": abs,
    "ReLU(x)": lambda x: max(0.0, x),
    "A jump": jump,
    "The cube root of x": cube_root,
}


# --- a slope for every step: the graph with a hole ---


@with_formula_field("x")
@explorer
def explore_limit(
    f: str | Function | Real = "square", x: float = 2.0, h: float = 1.5, variable: str = "x"
) -> Stage:
    """Left, a curve and its secant from x to x + h; right, the slope of that secant for every h.
    At h = 0 there is no slope, and the right graph has a hole.

    f: a name of the catalogue, a formula, or your own function. h: between −2 and 2.
    variable: what the input is called, such as "w".
    """
    across, name = (x - 2.3, x + 2.5), variable
    f = as_function(f, across)
    f_name, title = _called(f, name)
    heights = style.heights(f, across)
    limit = two_sided(f, x)
    slider = Slider(-2, 2, h, 0.05, label="step h")
    slopes = [rate(f, x, step) for step in slider.values]
    finite = [m for m in [*slopes, limit] if math.isfinite(m)]
    low, high = _around(finite, 0.15)

    curve, graph = side_by_side(
        (across, heights, name, f"{f_name}({name})", title),
        ((-2.2, 2.2), (low, high), "step h", "slope", "Slope of the secant"),
        size=SIZE,
    )
    style.plot_function(curve, f, across, label=title)
    style.plot_function(
        graph,
        lambda step: rate(f, x, step) if abs(step) > 1e-3 else math.nan,
        (-2.1, 2.1),
        "slope",
        "secant",
    )
    here = value_or_nan(f, x)

    def frame(h: float) -> Scene:
        there, m = value_or_nan(f, x + h), rate(f, x, h)
        marks = {
            "secant": Line((x, here), (x + h, there) if h else (x, here), colour="secant"),
            "drop": Drop(h, m, low, ax=1),
            "hole": Point(0.0, limit, colour="secant", hollow=True, ax=1),
            name: Point(x, here),
            f"{name} + h": Point(x + h, there, drag="h", colour="secant"),
            "slope": Point(h, m, drag="h", colour="secant", ax=1),
            "slope in numbers": Caption(
                f"slope {fixed(m)}" if math.isfinite(m) else "no slope",
                "right",
                colour="secant",
                ax=1,
            ),
        }
        return Scene(_limit_in_words(name, f_name, x, h, here, there, m, limit), marks)

    return Stage(curve, frame, {"h": slider}, f"A secant of {title}, and its slope for each step")


def _limit_in_words(
    name: str, f_name: str, x: float, h: float, here: float, there: float, m: float, limit: float
) -> str:
    if not math.isfinite(here):
        return f"{f_name} has no value at {name} = {number(x)}, so no secant starts there."
    if h == 0:
        start = "With h = 0 there is no slope: 0 over 0 has no value, and the graph has a hole."
        if math.isfinite(limit):
            return f"{start} From both sides the graph leads to the height {fixed(limit)}."
        return f"{start} From its two sides the graph does not lead to one height."
    if not math.isfinite(there):
        return f"{f_name} has no value at {name} + h = {number(x + h)}, so no secant ends there."
    start = f"With h = {fixed(h)} the secant from {number(x)} to {number(x + h)} has slope "
    if not math.isfinite(limit):
        return f"{start}{fixed(m)}."
    gap = round(m, 2) - round(limit, 2)
    if not round(gap, 2):
        return f"{start}{fixed(m)}, which to two decimals is the height of the hole."
    side = "above" if gap > 0 else "below"
    return (
        f"{start}{fixed(m)}. That is {fixed(abs(gap))} {side} the hole, which is at {fixed(limit)}."
    )


# --- the algebra of (x + h)², as areas ---


@explorer
def explore_growing_square(x: float = 2.0, h: float = 0.8) -> Stage:
    """A square of side x that grows by h: two strips and a corner, and what they add per unit
    of h. x: between 1 and 2.5. h: between 0 and 1.
    """
    square, bar = side_by_side(
        ((-0.1, 4.6), (-0.1, 3.9), "side", "side", "A square that grows"),
        ((0, 1), (0, 7), "", "new area, divided by h", "Per unit of h"),
        (1.15, 1),
        SIZE,
    )
    square.set_aspect("equal")
    bar.set_xticks([])

    def frame(x: float, h: float) -> Scene:
        side = x + h
        grown = h > 0
        strips = 2 * x if grown else math.nan
        strip = "x · h" if grown else ""
        marks = {
            "outline": Polyline(rectangle(0, 0, side, side), colour="quiet", width=1.6),
            "right strip": Bar(x, 0, side, x, "derivative", edge=0),
            "top strip": Bar(0, x, x, side, "derivative", edge=0),
            "corner": Bar(x, x, side, side, "point", edge=0),
            "old square": Bar(0, 0, x, x, edge=2.4),
            "strips per h": Bar(0.1, 0, 0.45, strips, "derivative", edge=0, ax=1),
            "corner per h": Bar(0.1, 2 * x, 0.45, strips + h, "point", edge=0, ax=1),
            "top of strips": Segment(
                (0, 2 * x), (0.5, 2 * x), colour="derivative", dashed=True, ax=1
            ),
            "name of square": Text(x / 2, x / 2, "x²", colour="function"),
            # The names stand outside the strips, which may become thin.
            "name of right strip": Text(side, x / 2, strip, side="right", colour="derivative"),
            "name of top strip": Text(x / 2, side, strip, side="above", colour="derivative"),
            "name of corner": Text(side, side, "h²" if grown else "", 3, -12, side="right"),
            "2x": Text(0.5, x, f"2x = {number(2 * x)}", side="right", colour="derivative", ax=1),
            "h": Text(0.5, 2 * x + h / 2, f"h = {number(h)}" if grown else "", side="right", ax=1),
            "x": Point(x, 0, drag="x", colour="function"),
            "x + h": Point(side, side, drag="h"),
        }
        if not grown:
            words = (
                f"With h = 0 the square of side {number(x)} has not grown: no new area, and no h "
                "to divide it by. Pull its corner outwards."
            )
        else:
            words = (
                f"The side grows from {number(x)} by h = {number(h)}. The new area is two strips "
                f"of {number(x * h)} each and a corner of {number(h * h)}. Divided by h, that is "
                f"{number(2 * x)} + {number(h)} = {number(2 * x + h)}."
            )
        return Scene(words, marks)

    sliders = {
        "x": Slider(1, 2.5, x, 0.5, label="side x"),
        "h": Slider(0, 1, h, 0.05, label="step h"),
    }
    play = Play("h", "Shrink h", upwards=False, seconds=4)
    return Stage(square, frame, sliders, "A growing square and its new area", play)


# --- from the left and from the right ---


@with_formula_field("x")
@explorer
def explore_sides(f: str | Function | Real | None = None, x: float = 0.0, h: float = 0.5) -> Stage:
    """Left, a curve with its secants from x to x + h and from x to x − h; right, both slopes for
    every h, on a logarithmic axis.

    f: a name of the catalogue, a formula, or your own function. If left out, there are five to
    choose from, looked at in x = 0. h: between 1e-6 and 1.
    """
    if f is None:
        shown = AT_ZERO
        heights, slopes = (-1.45, 2.3), (-2.0, 6.0)
    else:
        f = as_function(f, (x - 1.4, x + 1.4))
        _, title = _called(f)
        shown = {title: f}
        heights = style.heights(f, (x - 1.4, x + 1.4))
        slopes = _around(
            [m for step in (0.1, 1, -0.1, -1) if math.isfinite(m := rate(f, x, step))], 0.4
        )
    slider = LogSlider(-6, 0, h, 0.25, label="step h")
    across, steps = (x - 1.4, x + 1.4), (10**-6.3, 10**0.3)
    curve, graph = side_by_side(
        (across, heights, "x", "f(x)"), (steps, slopes, "step h", "slope from each side"), size=SIZE
    )
    graph.set_xscale("log")
    drawn = {name: _drawn(g, across, heights) for name, g in shown.items()}
    both = {
        name: [
            tuple((step, m) for step in slider.values for m in [rate(g, x, sign * step)])
            for sign in (-1, 1)
        ]
        for name, g in shown.items()
    }

    def frame(h: float, f: str = next(iter(shown))) -> Scene:
        g = shown[f]
        here, before, after = (value_or_nan(g, at) for at in (x, x - h, x + h))
        left, right = rate(g, x, -h), rate(g, x, h)
        marks = {
            "curve": Polyline(drawn[f], colour="function"),
            "left secant": Line((x, here), (x - h, before), colour="secant", dashed=True),
            "right secant": Line((x, here), (x + h, after), colour="secant"),
            "left slopes": Polyline(both[f][0], colour="secant", dashed=True, ax=1),
            "right slopes": Polyline(both[f][1], colour="secant", ax=1),
            "left": Point(x - h, before, drag="h", colour="secant", hollow=True),
            "right": Point(x + h, after, drag="h", colour="secant"),
            "x": Point(x, here),
            "left slope": Point(h, left, drag="h", colour="secant", hollow=True, ax=1),
            "right slope": Point(h, right, drag="h", colour="secant", ax=1),
            "name": Caption(f, colour="function"),
            "left slope in numbers": Caption(f"left {_slope(left)}", colour="secant", ax=1),
            "right slope in numbers": Caption(
                f"right {_slope(right)}", "right", colour="secant", ax=1
            ),
        }
        words = (
            f"{f} at x = {number(x)}, h = {powers(h)}: slope {_slope(left)} from the left, "
            f"{_slope(right)} from the right. {_agreement(g, x)}"
        )
        if not math.isfinite(here):
            words = f"{f} has no value at x = {number(x)}, so no secant starts there."
        return Scene(words, marks)

    sliders: dict = {"h": slider}
    if f is None:
        sliders["f"] = Choice(list(shown), next(iter(shown)), label="f(x)")
    play = Play("h", "Shrink h", upwards=False, seconds=4)
    return Stage(curve, frame, sliders, "Secants to the left and to the right", play)


def _agreement(f: Real, x: float) -> str:
    """What the slopes of both sides do as the step shrinks, in a sentence."""
    limits = [one_sided(f, x, sign) for sign in (-1, 1)]
    if not all(map(math.isfinite, limits)):
        if any(map(math.isnan, limits)):
            return "There is no limit to be seen."
        if all(map(math.isinf, limits)):
            return "Both grow without end as h shrinks: no limit."
        return (
            f"From the {'left' if math.isinf(limits[0]) else 'right'} the slope grows without end "
            "as h shrinks: no limit."
        )
    left, right = limits
    if agree(left, right):
        return f"As h shrinks, both lead to {_slope((left + right) / 2)}: that is the limit."
    return f"As h shrinks, left leads to {_slope(left)} and right to {_slope(right)}: no limit."


# --- too small ---


@explorer
def explore_error(
    f: str | Function | Real | None = CUBE,
    x: float = 2.0,
    slope: float | None = None,
    h: float = 1.0,
    best: bool = True,
) -> Stage:
    """By how much the forward and the central difference miss the slope, for steps from 1 to
    1e-16, both axes logarithmic.

    f: a name of the catalogue or your own function; x³ if left out. x: where its slope is measured.
    slope: the exact slope there; a function of the catalogue knows it, your own does not.
    best: whether to mark where the best steps are for an x near 1.
    Raises ValueError where the exact slope is neither given nor known.
    """
    f = CUBE if f is None else as_function(f, (x - 1, x + 1))
    if slope is None:
        if f.derivative is None:
            raise ValueError(
                f"An error compares with the exact slope, and that of {f.name} is not known here. "
                "Hand it over: slope=…."
            )
        slope = float(f.derivative(x))
    called = f.formula or f.name
    foot, top = 1e-13, 10.0 * 10 ** math.ceil(math.log10(1 + abs(slope)))

    def missed(name: str, h: float) -> float:
        method = METHODS[name][0]
        return abs(value_or_nan(lambda step: method(f, x, step), h) - slope)

    def height(error: float) -> float:
        """Where an error is drawn: not below the foot of the picture, where log 0 would be."""
        return max(error, foot) if math.isfinite(error) else math.nan

    curves = {name: [height(missed(name, step)) for step in FINE_STEPS] for name in METHODS}
    ax = _draw_errors(curves, (foot, top), f"{called} at x = {number(x)}", best)
    # What rounding may add to a difference, and how much the curve bends within a step.
    noise = EPSILON / 4 * (abs(value_or_nan(f, x)) + abs(x * slope))
    bends = {"forward": missed("forward", 1e-3) / 1e-3, "central": missed("central", 1e-2) / 1e-4}

    def told(name: str, h: float, error: float) -> str:
        """How far off a method is, and why."""
        bend = bends[name] * h ** (1 if name == "forward" else 2)
        off = f"is off by {_error(error)}"
        if error == 0:
            return "is exact."
        if h < 1e-3 and error > 10 * max(bend, noise / h):
            return f"{off}, and no step cures that: is the slope really {number(slope)}?"
        if error > 3 * noise / h:
            return f"{off}: the step is too long."
        if bend > noise / h / 10:
            return f"{off}: about as small as it gets."
        return f"{off}: digits are lost in rounding."

    def frame(h: float) -> Scene:
        found = {name: missed(name, h) for name in METHODS}
        marks: dict = {"h": Segment((h, foot), (h, top), colour="quiet", width=1.4)}
        for name, (_, colour, *_) in METHODS.items():
            marks[name] = Point(h, height(found[name]), drag="h", colour=colour)
        for name, (_, colour, *_) in reversed(METHODS.items()):  # the last stands outermost
            words = f"{name} {_error(found[name])}"
            marks[f"{name} in numbers"] = Caption(words, "right", colour=colour)
        if not all(map(math.isfinite, found.values())):
            return Scene(f"With h = {powers(h)} {called} has no value on one of the sides.", marks)
        if x + h == x:
            forward = (
                f"{number(x)} + h is {number(x)} to the computer: the forward difference is 0."
            )
        else:
            forward = f"the forward difference {told('forward', h, found['forward'])}"
        central = f"The central one {told('central', h, found['central'])}"
        return Scene(f"With h = {powers(h)}, {forward} {central}", marks)

    play = Play("h", "Shrink h", upwards=False, seconds=8)
    title = f"The error of two difference quotients of {called} for steps from 1 to 1e−16"
    return Stage(ax, frame, {"h": LogSlider(-16, 0, h, 0.25, label="step h")}, title, play)


def _draw_errors(curves: dict[str, Sequence[float]], errors: Range, title: str, best: bool) -> Axes:
    """The error of each method for all steps, on logarithmic axes, and where the best steps are."""
    with style.context():
        ax = style.axes(ALL_STEPS, errors, "step h", "error of the slope", title, (7.4, 4.2))
        ax.set(xscale="log", yscale="log", xticks=[10.0**k for k in range(-16, 1, 2)])
        for name, found in curves.items():
            _, meaning, dashes, _, _ = METHODS[name]
            colour = style.COLOURS[meaning]
            ax.plot(FINE_STEPS, found, label=name, color=colour, linewidth=1.6, linestyle=dashes)
        for _, meaning, _, place, name in METHODS.values() if best else ():
            colour = style.COLOURS[meaning]
            ax.axvline(place, color=colour, linewidth=1.2, linestyle=":", label=name)
            ax.text(place, errors[1] / 4, f"{name} ", ha="right", va="top", color=colour)
        for place, words in ((1e-14, "← rounding"), (10**-1.8, "long steps →")):
            ax.text(place, errors[0] * 10, words, ha="center", color=style.INKS["quiet"][0])
    return ax


# --- words ---


def _called(f: Function, variable: str = "x") -> tuple[str, str]:
    """What a function is called, and its title: "f" and "f(x) = x²", or a learner's own name."""
    name = "f" if f.formula else f.name
    called = f"{name}({variable})"
    return name, f"{called} = {as_written(f, variable)}" if f.formula else called


def _error(error: float) -> str:
    """An error's size: one digit, since the others say nothing."""
    return powers(error, 1, "unknown")


def _slope(m: float) -> str:
    if not math.isfinite(m):
        return "unknown"
    return fixed(m) if abs(m) < 1000 else number(float(f"{m:.3g}"), 9)


# --- numbers ---


def _around(values: Sequence[float], share: float) -> Range:
    """A range that holds all values, with a share of its height as air at both ends."""
    return with_air(min(values), max(values), share) if values else with_air(-1.0, 1.0, share)


# --- drawing ---


def _drawn(f: Real, across: Range, heights: Range) -> tuple[Pair, ...]:
    """The curve as points, with a gap where it has no value or jumps."""
    most = 0.24 * (heights[1] - heights[0])
    xs = np.linspace(*across, 141)
    ys = evaluate(f, xs)
    points = list(zip(xs.tolist(), ys.tolist(), strict=True))
    for i in np.flatnonzero(np.abs(np.diff(ys)) > most):
        points[i] = NOWHERE
    return tuple(points)
