"""Chapter 08: a ball that rolls in steps, the sign chart of f′, the second derivative, the ends."""

import math
import re
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import style
from utils.explorers.shared.axes import side_by_side
from utils.explorers.shared.geometry import finest_step, on_grid, point_in, with_air
from utils.functions import Function, Real, as_function, evaluate, value_or_nan
from utils.models.derivative import look_at
from utils.models.minima_and_maxima import (
    BENDS,
    CUBIC,
    RESTING,
    Critical,
    Stretch,
    bent_of,
    critical_points,
    slope_of,
    survey,
    walk,
)
from utils.numerals import number, trimmed
from utils.stage import (
    NOWHERE,
    Choice,
    Line,
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
)
from utils.stage.controls import Control
from utils.stage.marks import Mark

SHOWN = 3  # decimals in sentences
STILL = 5e-4  # a slope below this is shown as 0


# --- the mathematics ---


_LEADING = (1, 2.5, 5)  # digits of the steps between the places of a slider
_SYMBOL = {-1: "−", 1: "+"}


# --- the ball ---

_NOT_YET = "not yet"
_GUESSES = (_NOT_YET, "left", "right", "it stays")
_GRID = 26  # places from which the ball can start
_STEPS = 8
_ALPHAS = 6  # α goes from its smallest value to eleven times that


@explorer
def explore_ball(
    f: str | Function | Real = "square",
    x0: float | None = None,
    alpha: float = 0.1,
    over: Range = (-3.0, 3.0),
    variable: str = "x",
) -> Stage:
    """A ball on a curve that goes x_new = x_old − α f′(x_old), one step at a time.

    You say first which way it will go, then take a step.

    f: a name of the catalogue, a formula, or your own function.
    x0: where the ball starts; if left out, near the right end.
    alpha: the step size α at first, and the smallest; the largest is eleven times that.
    over: the piece of the axis on which the ball may start.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length, x0 lies outside it, or alpha is not above 0.
    """
    f, (low, high) = as_function(f, over), over
    grid = finest_step(over, _GRID - 1, _LEADING)
    x0 = on_grid(high - (high - low) / 6, low, grid) if x0 is None else x0
    if alpha <= 0:
        raise ValueError(f"alpha is {alpha}; the step size α must be above 0.")
    sliders: dict[str, Control] = {
        "x0": Slider(low, high, x0, grid, label=f"start {variable}₀"),
        "guess": Choice(_GUESSES, _NOT_YET, label="you say"),
        "steps": Slider(0, _STEPS, 0, 1, label="steps"),
        "alpha": Slider(alpha, (2 * _ALPHAS - 1) * alpha * (1 + 1e-9), alpha, 2 * alpha, label="α"),
    }
    air = (high - low) / 12
    across, title = (low - air, high + air), _title(f, variable)
    view = (across, with_air(*style.heights(f, over), 0.06))
    ax = style.axes(*view, variable, _called(f, variable), title)
    style.plot_function(ax, f, across, label=title)
    slope = slope_of(f)
    criticals = critical_points(f, *across)

    @lru_cache(maxsize=4096)
    def path(x0: float, alpha: float) -> list[float]:
        return walk(f, x0, alpha, _STEPS)

    def frame(x0: float, guess: str, steps: float, alpha: float) -> Scene:
        places = path(x0, alpha)[: round(steps) + 1]
        here = places[-1]
        marks: dict[str, Mark] = {"tangent": Line(NOWHERE, NOWHERE, colour="tangent", width=1.8)}
        for i in range(_STEPS):
            stop = (places[i], value_or_nan(f, places[i])) if i < len(places) - 1 else NOWHERE
            marks[f"stop {i}"] = Point(*point_in(view, *stop), colour="path", hollow=True)
        marks["step"] = Segment(NOWHERE, NOWHERE, colour="path", arrow=True, width=3)
        waiting = f"{variable}_new = {_plain(x0)} − {number(alpha)} · slope"
        marks["rule"] = Text(
            across[1], view[1][1], waiting if len(places) == 1 else "", dy=-14, anchor="end",
            colour="path",
        )  # fmt: skip
        if len(places) > 1 and across[0] <= places[-2] <= across[1] and math.isfinite(here):
            marks |= _step_marks(f, view, places[-2], here, slope(places[-2]), alpha, variable)
        marks["ball"] = Point(*point_in(view, here, value_or_nan(f, here)), drag="x0")
        words = _ball_says(f, variable, places, slope, alpha, criticals, across)
        return Scene(f"{words}{_verdict(guess, places, slope(x0))}", marks)

    return Stage(
        ax, frame, sliders, f"A ball on {title}, one step at a time",
        play=Play("steps", "Roll", seconds=6),
    )  # fmt: skip


def _step_marks(
    f: Real, view: tuple[Range, Range], old: float, new: float, m: float, alpha: float, name: str
) -> dict[str, Mark]:
    """The last step: the tangent it went by, an arrow along the axis, and the rule in numbers."""
    (left, right), (bottom, top) = view
    x, y = point_in(view, old, value_or_nan(f, old))
    slope = f"({_plain(m)})" if _plain(m).startswith("−") else _plain(m)
    rule = f"{name}_new = {_plain(old)} − {number(alpha)} · {slope} = {_plain(new)}"
    marks: dict[str, Mark] = {
        "tangent": Line((x, y), (x + 1, _clean(y + m)), colour="tangent", width=1.8),
        "rule": Text(right, top, rule, dy=-14, anchor="end", colour="path"),
    }
    start, end = (min(max(at, left), right) for at in (old, new))
    if abs(end - start) > 0.01 * (right - left):
        foot = bottom + 0.05 * (top - bottom)
        marks["step"] = Segment((start, foot), (end, foot), colour="path", arrow=True, width=3)
    return marks


def _ball_says(
    f: Real,
    name: str,
    places: Sequence[float],
    slope: Real,
    alpha: float,
    criticals: Sequence[Critical],
    across: Range,
) -> str:
    """Where the ball is and why it went there; at the start it asks."""
    here, height = places[-1], value_or_nan(f, places[-1])
    if len(places) == 1:
        if not math.isfinite(height):
            return f"At {name} = {_plain(here)} f has no value: start somewhere else."
        return (
            f"The ball stands at {name} = {_plain(here)}, at height {_plain(height)}, with step "
            f"size α = {number(alpha)}. Which way will it roll? Say it, then take a step."
        )
    step = f"Step {len(places) - 1}"
    old = places[-2]
    m = slope(old)
    if not across[0] <= old <= across[1]:
        return f"{step}: the ball has left the picture."
    if not math.isfinite(here):
        return f"{step}: at {name} = {_plain(old)} there is no slope, so the ball cannot go on."
    if abs(m) < STILL:
        rest = _rests(old, criticals)
        return f"{step}: slope 0 at {name} = {_plain(old)}, so the ball stays. {rest}"
    sign, way = ("plus", "left") if m > 0 else ("minus", "right")
    went = (
        f"{step}: slope {_plain(m)} at {name} = {_plain(old)}, a {sign}, so the ball went {way}, "
        f"to {_plain(here)}"
    )
    if not across[0] <= here <= across[1] or not math.isfinite(height):
        return f"{went}, out of the picture."
    change = height - value_or_nan(f, old)
    higher = ", higher than before: the step was too long" if change > STILL else ""
    return f"{went}. Height now {_plain(height)}{higher}."


def _rests(x: float, criticals: Sequence[Critical]) -> str:
    kind = next((c.kind for c in criticals if abs(c.x - x) < 0.01), "")
    return {
        "minimum": "It is at the bottom.",
        "maximum": "It is balanced on a hilltop.",
        "saddle": "It rests on a saddle, not at the bottom.",
    }.get(kind, "The curve is level here.")


def _verdict(guess: str, places: Sequence[float], m: float) -> str:
    """What became of the learner's prediction about the first step."""
    if guess == _NOT_YET or math.isnan(m):
        return ""
    if len(places) == 1:
        return f" You say: {guess}."
    went, reason = ("left", "plus") if m > 0 else ("right", "minus")
    if abs(m) < STILL:
        went, reason = "it stays", "0"
    if guess == went:
        return f" You said {guess}, and so it was."
    return f" You said {guess}: no, the first slope was {reason}."


# --- the sign chart of f′ ---


@explorer
def explore_sign_chart(
    f: str | Function | Real = RESTING,
    x: float | None = None,
    over: Range = (-1.5, 4.5),
    variable: str = "x",
) -> Stage:
    """Above, f with its tangent at x; below, the sign of f′ and the way f goes, from the left end
    up to x. A flat place gets its name once x has passed it.

    f: a name of the catalogue, a formula, or your own function.
    x: how far the chart has come; if left out, a sixth of the way.
    over: the piece of the axis that the chart covers.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or x lies outside it.
    """
    f, (low, high) = as_function(f, over), over
    grid = finest_step(over, 120, _LEADING)
    x = on_grid(low + (high - low) / 6, low, grid) if x is None else x
    slider = Slider(low, high, x, grid, label=variable)
    criticals, stretches = survey(f, low, high)
    length, title = high - low, _title(f, variable)
    view = ((low - length / 40, high + length / 40), with_air(*style.heights(f, over), 0.1))
    upper = _chart_axes(view, variable, _called(f, variable), title)
    style.plot_function(upper, f, over, label=title)
    named = _not_too_close(criticals, 0.1 * length)
    slope = slope_of(f)

    def frame(x: float) -> Scene:
        here = look_at(f, x)
        m = slope(x) if here.sign is not None else math.nan
        top = (x, here.height)
        marks: dict[str, Mark] = {
            "tangent": Line(top, (x + 1, _clean(here.height + m)), colour="tangent", width=2.2),
            "here": Segment((x, 0.0), (x, 2.0), colour="quiet", width=1.4, ax=1),
        }
        for i, stretch in enumerate(stretches):
            marks |= _stretch_marks(i, stretch, x, length)
        for i, c in enumerate(criticals):
            marks |= _critical_marks(i, c, x, c in named, view)
        marks[variable] = Point(*point_in(view, *top), drag="x")
        marks["slope in numbers"] = Text(
            view[0][1], view[1][1],
            f"f′({number(x)}) {'=' if here.exact else '≈'} {_plain(m)}"
            if math.isfinite(m) else f"f′({number(x)}) does not exist",
            dy=-13, anchor="end", colour="derivative",
        )  # fmt: skip
        return Scene(_chart_says(here.height, m, variable, x, criticals), marks)

    return Stage(
        upper, frame, {"x": slider}, f"The sign chart of {title}",
        play=Play("x", "Draw the chart", seconds=7),
    )  # fmt: skip


_SIGN_MIDDLE, _SIGN_SIZE = 1.5, 0.36  # the upper row of the chart
_UP, _DOWN = 0.78, 0.22  # the ends of the arrows in its lower row


def _chart_axes(view: tuple[Range, Range], variable: str, called: str, title: str) -> Axes:
    """The upper of two axes with the same x: f above, the two rows of the sign chart below."""
    with style.context():
        figure = Figure(figsize=(7.2, 4.9))
        upper, lower = figure.subplots(2, 1, sharex=True, height_ratios=(2.3, 1))
        style.frame_axes(upper, *view, "", called, title)
        style.frame_axes(lower, view[0], (0, 2), variable, "", "")
        upper.tick_params(labelbottom=True)
        left, right = view[0]
        if 4 <= right - left <= 12:
            upper.set_xticks(range(math.ceil(left), math.floor(right) + 1))
        lower.grid(False)
        lower.set_yticks([0.5, _SIGN_MIDDLE], ["f goes", "sign of f′"])
        lower.tick_params(axis="y", length=0)
        for y, width in ((1.0, 1.0), (_SIGN_MIDDLE, 0.8)):
            lower.axhline(y, color="#E4E4E4", linewidth=width, gid="zero")
    return upper


def _stretch_marks(i: int, stretch: Stretch, x: float, length: float) -> dict[str, Mark]:
    """The block with the sign, and the arrow, of one stretch, as far as x has come."""
    a, b, sign = stretch.low, min(stretch.high, x), stretch.sign
    wide = b - a > 0.04 * length
    block, symbol, arrow = (NOWHERE,) * 4, "", (NOWHERE, NOWHERE)
    middle = (a + b) / 2 if wide else math.nan
    if b > a and sign in (-1, 1):
        edge = _SIGN_MIDDLE + sign * _SIGN_SIZE
        block = ((a, _SIGN_MIDDLE), (a, edge), (b, edge), (b, _SIGN_MIDDLE))
    if wide and sign is not None:
        symbol = {1: "+", 0: "0", -1: "−"}[sign]
        pad = 0.012 * length
        start, end = {1: (_DOWN, _UP), 0: (0.5, 0.5), -1: (_UP, _DOWN)}[sign]
        arrow = ((a + pad, start), (b - pad, end))
    return {
        f"block {i}": Polyline(block, colour="derivative", filled=True, ax=1),
        f"sign {i}": Text(
            middle, _SIGN_MIDDLE + (sign or 0) * _SIGN_SIZE / 2, symbol, colour="derivative", ax=1
        ),
        f"course {i}": Segment(*arrow, colour="function", arrow=True, ax=1),
    }


def _critical_marks(
    i: int, c: Critical, x: float, named: bool, view: tuple[Range, Range]
) -> dict[str, Mark]:
    """A critical point that x has reached, and its name once x has passed it."""
    reached, passed = x >= c.x - 1e-6, x > c.x + 1e-6
    dot = point_in(view, c.x, c.height) if reached else NOWHERE
    label, zero = NOWHERE, NOWHERE
    if passed and named:
        (left, right), (bottom, top) = view
        # Where the curve is not: above a hilltop, below a valley, right above a way down.
        up = {"maximum": 0.075, "minimum": -0.075, "saddle": 0.085}[c.kind] * (top - bottom)
        aside = 0.075 * (right - left) * -c.before if c.kind == "saddle" else 0.0
        middle = min(max(c.x + aside, left + 0.08 * (right - left)), right - 0.08 * (right - left))
        label = (middle, min(max(c.height + up, bottom), top))
    if reached:
        zero = (c.x, _SIGN_MIDDLE)
    return {
        f"critical {i}": Point(*dot, hollow=True, colour="point"),
        f"kind {i}": Text(*label, c.kind, colour="point"),
        f"zero {i}": Text(*zero, "none" if c.corner else "0", colour="derivative", ax=1),
    }


def _not_too_close(criticals: Sequence[Critical], gap: float) -> list[Critical]:
    """Those that stand far enough from the one before for a name to fit in."""
    kept: list[Critical] = []
    for c in criticals:
        if not kept or c.x - kept[-1].x >= gap:
            kept.append(c)
    return kept


def _chart_says(height: float, m: float, name: str, x: float, criticals: Sequence[Critical]) -> str:
    """What f does at x, and the critical points on the way there."""
    at = f"At {name} = {number(x)}"
    here = [c for c in criticals if abs(c.x - x) <= 1e-6]
    if not math.isfinite(height):
        start = f"{at} f has no value, so there is no sign."
    elif here:
        flat = "f has a corner, and no slope" if here[0].corner else "the slope is 0"
        start = f"{at} {flat}. Minimum, maximum or saddle? Go on, to see the sign behind it."
    elif not math.isfinite(m):
        start = f"{at} there is no slope, so there is no sign."
    elif abs(m) < STILL:
        start = f"{at} the slope is 0 or too small to show."
    else:
        does = "plus: f rises" if m > 0 else "minus: f falls"
        start = f"{at} the slope is {_plain(m)}, {does}."
    passed = [c for c in criticals if c.x < x - 1e-6]
    if not passed:
        return start
    told = [
        f"{c.kind} {_plain(c.height)} at {_plain(c.x)} ({_SYMBOL[c.before]} to {_SYMBOL[c.after]})"
        for c in passed[-3:]
    ]
    earlier = "" if len(passed) <= 3 else f"{len(passed) - 3} more, "
    return f"{start} Passed so far: {earlier}{', '.join(told)}."


# --- the second derivative ---


@explorer
def explore_second_derivative(
    f: str | Function | Real | None = None,
    x: float | None = None,
    over: Range = (-1.5, 1.5),
    variable: str = "x",
) -> Stage:
    """Left, f with its tangent, whose slope is f′(x); right, f′ with its tangent, whose slope is
    f″(x).

    f: a name of the catalogue, a formula, or your own function; if left out, a menu of x², −x²,
        x³ and x⁴.
    x: where both tangents stand at first; if left out, two thirds of the way.
    over: the piece of the axis on which x moves.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or x lies outside it.
    """
    low, high = over
    if f is None:
        curves = BENDS
        heights, slopes = (-2.4, 2.9), (-4.2, 5.4)
    else:
        g = as_function(f, over)
        curves = {_title(g, variable): bent_of(g)}
        bent = next(iter(curves.values()))
        heights, slopes = (with_air(*style.heights(h, over), 0.08) for h in (bent.f, bent.slope))
        slopes = (min(slopes[0], 0.0), max(slopes[1], 0.0))
    grid = finest_step(over, 60, _LEADING)
    x = on_grid(low + (high - low) * 2 / 3, low, grid) if x is None else x
    slider = Slider(low, high, x, grid, label=variable)
    views = ((over, heights), (over, slopes))
    left, _ = side_by_side(
        (*views[0], variable, f"f({variable})", " "), (*views[1], variable, f"f′({variable})", " ")
    )
    xs = np.linspace(*over, 81)
    drawn = {
        name: [
            tuple(zip(xs.tolist(), map(_clean, evaluate(h, xs).tolist()), strict=True))
            for h in (bent.f, bent.slope)
        ]
        for name, bent in curves.items()
    }
    criticals = {
        name: critical_points(Function("f", "", bent.f), low - 0.1, high + 0.1)
        for name, bent in curves.items()
    }

    def frame(x: float, f: str = next(iter(curves))) -> Scene:
        bent = curves[f]
        height = value_or_nan(bent.f, x)
        m, bend = _clean(value_or_nan(bent.slope, x)), _clean(value_or_nan(bent.bend, x))
        marks = {
            "f": Polyline(drawn[f][0], colour="function", width=3.2),
            "f′": Polyline(drawn[f][1], colour="derivative", width=3.2, ax=1),
            "tangent of f": Line((x, height), (x + 1, height + m), colour="tangent"),
            "tangent of f′": Line((x, m), (x + 1, m + bend), colour="tangent", ax=1),
            "place on f": Point(*point_in(views[0], x, height), drag="x"),
            "place on f′": Point(*point_in(views[1], x, m), drag="x", ax=1),
            # Above the axes, where no curve comes.
            "name": Text(
                over[0], heights[1], f"f({variable}) = {f}" if f in BENDS else f, dy=-13,
                anchor="start", colour="function",
            ),
            "slope": Text(
                over[0], slopes[1], f"f′ = {_plain(m)}", dy=-13, anchor="start",
                colour="derivative", ax=1,
            ),
            "slope of the slope": Text(
                over[1], slopes[1], f"its slope: f″ = {_plain(bend)}", dy=-13, anchor="end",
                colour="tangent", ax=1,
            ),
        }  # fmt: skip
        return Scene(_bend_says(variable, x, height, m, bend, criticals[f]), marks)

    controls: dict[str, Control] = {"x": slider}
    if f is None:
        controls["f"] = Choice(list(curves), next(iter(curves)), label=f"f({variable})")
    return Stage(left, frame, controls, "A curve, its slope, and the slope of its slope")


def _bend_says(
    name: str, x: float, height: float, m: float, bend: float, criticals: Sequence[Critical]
) -> str:
    at = f"At {name} = {number(x)}"
    if not math.isfinite(height + m + bend):
        return f"{at} f has no value, no slope, or no second derivative."
    level = abs(bend) < STILL
    if abs(m) >= STILL:
        does = "rises" if m > 0 else "falls"
        up = "upwards, like a bowl" if bend > 0 else "downwards, like a dome"
        bends = "neither way" if level else up
        return f"{at} f′ = {_plain(m)}, so f {does}, and f″ = {_plain(bend)}, so f bends {bends}."
    second = f"f″ = {_plain(bend)}"
    if not level:
        crossing, kind = ("rises", "minimum") if bend > 0 else ("falls", "maximum")
        return f"{at} f is flat, and {second}: f′ {crossing} through 0, so this is a {kind}."
    critical = next((c for c in criticals if abs(c.x - x) < 1e-3), None)
    if critical is None:
        return f"{at} f is flat, and {second}: the second derivative is silent."
    before, after = _SYMBOL[critical.before], _SYMBOL[critical.after]
    return (
        f"{at} f is flat, and {second}: the second derivative is silent. But the sign of f′ goes "
        f"from {before} to {after}, so this is a {critical.kind}."
    )


# --- the ends ---


@explorer
def explore_ends(
    f: str | Function | Real = CUBIC,
    a: float | None = None,
    b: float | None = None,
    over: Range = (-0.5, 4.5),
    variable: str = "x",
) -> Stage:
    """A curve of which only the piece from a to b counts, with its lowest and highest place.

    f: a name of the catalogue, a formula, or your own function.
    a, b: the ends of the piece; if left out, those of `over`.
    over: the piece of the axis on which a and b move.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or an end lies outside it.
    """
    f, (low, high) = as_function(f, over), over
    grid = finest_step(over, 50, _LEADING)
    sliders = {
        "a": Slider(low, high, low if a is None else a, grid, label="left end a"),
        "b": Slider(low, high, high if b is None else b, grid, label="right end b"),
    }
    length, title = high - low, _title(f, variable)
    across = (low - length / 12, high + length / 12)
    bottom, top = with_air(*style.heights(f, over), 0.12)
    ax = style.axes(across, (bottom, top), variable, _called(f, variable), title)
    style.plot_function(ax, f, across, label=title)
    criticals = critical_points(f, low, high)

    def frame(a: float, b: float) -> Scene:
        marks: dict[str, Mark] = {
            "left of a": _shade(across[0], min(a, b), bottom, top),
            "right of b": _shade(b, across[1], bottom, top),
        }
        inside = [(c.x, c.height, _hill_or_valley(c)) for c in criticals if a < c.x < b]
        ends = [(at, value_or_nan(f, at), f"the {s} end") for at, s in ((a, "left"), (b, "right"))]
        known = [place for place in (*inside, *ends) if math.isfinite(place[1])]
        words, places = "", (NOWHERE, NOWHERE)
        if a >= b:
            words = "There is no piece between a and b: put a to the left of b."
        elif len(known) < 2:
            words = f"From {number(a)} to {number(b)} f has no value at an end: move it."
        else:
            lowest = min(known, key=lambda place: place[1])
            highest = max(known, key=lambda place: place[1])
            places = (lowest[:2], highest[:2])
            words = (
                f"From {variable} = {number(a)} to {number(b)}: lowest {_plain(lowest[1])} at "
                f"{_plain(lowest[0])}, {lowest[2]}; highest {_plain(highest[1])} at "
                f"{_plain(highest[0])}, {highest[2]}."
            )
        room = 0.2 * (across[1] - across[0])
        for (x, y), name, up in zip(places, ("lowest", "highest"), (-1, 1), strict=True):
            middle = min(max(x, across[0] + room), across[1] - room)
            marks[name] = Point(x, y, colour="path", hollow=True)
            marks[f"{name} in words"] = Text(
                middle, y + up * 0.065 * (top - bottom), f"{name} {_plain(y)}", colour="path"
            )
        # Last, so that nothing lies over what can be dragged.
        for x, y, _ in ends:
            name = "a" if "a" not in marks else "b"
            marks[name] = Point(x, y if bottom <= y <= top else math.nan, drag=name)
        return Scene(words, marks)

    return Stage(ax, frame, sliders, f"The lowest and the highest place of a piece of {title}")


def _shade(left: float, right: float, bottom: float, top: float) -> Polyline:
    corners = ((left, bottom), (left, top), (right, top), (right, bottom))
    return Polyline(corners, colour="quiet", filled=True)


def _hill_or_valley(c: Critical) -> str:
    where = {"minimum": "a valley", "maximum": "a hilltop", "saddle": "a saddle"}[c.kind]
    return f"{where} with a corner" if c.corner else f"{where}, where f is flat"


# --- numbers ---


def _plain(value: float) -> str:
    """A value with at most three decimals and no zeros at its end."""
    if math.isfinite(value) and abs(value) >= 1e6:
        return number(value)
    return trimmed(value, SHOWN)


def _clean(value: float) -> float:
    """A measured slope without what rounding left in it, for marks: descriptions show all of it."""
    return round(value, 6) + 0.0


def _called(f: Function, variable: str) -> str:
    """What the vertical axis is called: "f(x)", or by the name of the learner's function."""
    return f"f({variable})" if f.formula else f"{f.name}({variable})"


def _title(f: Function, variable: str) -> str:
    """ "f(x) = x³ − 3x", as people write it, or the name of the learner's function."""
    if not f.formula:
        return _called(f, variable)
    formula = f.written(variable).replace("-", "−")
    formula = re.sub(r"\^(\d)(?!\d)", lambda power: "⁰¹²³⁴⁵⁶⁷⁸⁹"[int(power[1])], formula)
    formula = re.sub(r"(?<=\d) (?=[a-z(])", "", formula)
    return f"{_called(f, variable)} = {formula}"
