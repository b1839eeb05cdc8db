"""Chapter 08: a ball that rolls in steps, the sign chart of f′, the second derivative, the ends,
and Newton's method.
"""

import math
from collections.abc import Sequence
from functools import lru_cache, partial

from matplotlib.axes import Axes

from utils import style
from utils.explorers.shared.geometry import (
    drawable,
    finest_step,
    point_in,
    start_on,
    with_air,
)
from utils.explorers.shared.panels import one_above_the_other, side_by_side
from utils.explorers.shared.titles import as_written
from utils.functions import Function, Real, as_function, value_or_nan
from utils.models.derivative import look_at
from utils.models.minima_and_maxima import (
    BENDS,
    CUBIC,
    RESTING,
    Critical,
    Stretch,
    bent_of,
    critical_points,
    newton,
    slope_of,
    survey,
    walk,
)
from utils.numerals import bracketed, number, plain
from utils.slopes import central_difference
from utils.stage import (
    NOWHERE,
    Bar,
    Caption,
    Choice,
    Graph,
    Pair,
    Play,
    Point,
    Polyline,
    Range,
    Scene,
    Segment,
    Slider,
    Stage,
    Tangent,
    Text,
    explorer,
    with_formula_field,
)
from utils.stage.controls import Control
from utils.stage.marks import Mark

_plain = partial(plain, decimals=3)  # in sentences
STILL = 5e-4  # a slope below this is shown as 0

_LEADING = (1, 2.5, 5)  # digits of the steps between the places of a slider
_SYMBOL = {-1: "−", 0: "0", 1: "+"}


# --- the ball ---

_NOT_YET = "not yet"
_GUESSES = (_NOT_YET, "left", "right", "it stays")
_GRID = 26  # places from which the ball can start
_STEPS = 8
_ALPHAS = 6  # α goes from its smallest value to eleven times that


@with_formula_field("alpha", "over")
@explorer
def explore_ball(
    f: str | Function | Real = "square",
    x0: float | None = None,
    alpha: float = 0.1,
    over: Range = (-3.0, 3.0),
    variable: str = "x",
    steps: int = 0,
) -> Stage:
    """A ball on a curve that goes x_new = x_old − α f′(x_old), one step at a time.

    You say first which way it will go, then take a step. The tangent is the one that decided on
    the last step, or will decide on the first.

    f: a name of the catalogue, a formula, or your own function.
    x0: where the ball starts; if left out, near the right end.
    alpha: the step size α at first, and the smallest; the largest is eleven times that.
    over: the piece of the axis on which the ball may start.
    variable: what the input is called, such as "w".
    steps: how many it has taken at first, 0 to 8.
    Raises ValueError where `over` has no length, x0 lies outside it, or alpha is not above 0.
    """
    f, (low, high) = as_function(f, over), over
    grid = finest_step(over, _GRID - 1, _LEADING)
    x0 = start_on(f, over, grid, 5 / 6) if x0 is None else x0
    if alpha <= 0:
        raise ValueError(f"alpha is {alpha}; the step size α must be above 0.")
    sliders: dict[str, Control] = {
        "x0": Slider(low, high, x0, grid, label=f"start {variable}₀"),
        "guess": Choice(_GUESSES, _NOT_YET, label="you say"),
        "steps": Slider(0, _STEPS, steps, 1, label="steps"),
        "alpha": Slider(alpha, (2 * _ALPHAS - 1) * alpha * (1 + 1e-9), alpha, 2 * alpha, label="α"),
    }
    air = (high - low) / 12
    across, title = (low - air, high + air), _title(f, variable)
    view = (across, with_air(*style.heights(f, over), 0.06))
    ax = style.axes(*view, variable, _called(f, variable), " ", (7.2, 4.0))
    style.plot_function(ax, f, across, label=title)
    slope = slope_of(f)
    criticals = critical_points(f, *across)

    @lru_cache(maxsize=4096)
    def path(x0: float, alpha: float) -> list[float]:
        return walk(f, x0, alpha, _STEPS)

    def frame(x0: float, guess: str, steps: float, alpha: float) -> Scene:
        places = path(x0, alpha)[: round(steps) + 1]
        old, here = [math.nan, *places][-2:]
        seen = across[0] <= old <= across[1] and math.isfinite(here)
        at = old if seen else here if len(places) == 1 else math.nan
        m = slope(at) if math.isfinite(at) else math.nan
        decides = point_in(view, at, value_or_nan(f, at)) if math.isfinite(at) else NOWHERE
        marks: dict[str, Mark] = {
            "name": Caption(title, colour="function"),
            "tangent": Tangent(*decides, _clean(m), width=1.8),
        }
        for i in range(_STEPS):
            stop = (places[i], value_or_nan(f, places[i])) if i < len(places) - 1 else NOWHERE
            marks[f"stop {i}"] = Point(*stop, colour="path", hollow=True)
        ends = _arrow(view, old if seen else math.nan, here)
        marks["step"] = Segment(*ends, colour="path", arrow=True, width=3)
        rule = _rule(variable, places, m, alpha) if seen or len(places) == 1 else ""
        marks["rule"] = Caption(rule, "right", colour="path")
        marks["ball"] = Point(here, value_or_nan(f, here), drag="x0")
        words = _ball_says(f, variable, places, slope, alpha, criticals, across)
        return Scene(f"{words}{_verdict(guess, places, slope(x0))}", marks)

    play = Play("steps", "Roll", seconds=6)
    return Stage(ax, frame, sliders, f"A ball on {title}, one step at a time", play)


def _arrow(view: tuple[Range, Range], old: float, new: float) -> tuple[Pair, Pair]:
    """The last step along the lower edge, as far as the picture shows it; nan if it is short."""
    (left, right), (bottom, top) = view
    start, end = (min(max(at, left), right) for at in (old, new))
    if not abs(end - start) > 0.01 * (right - left):
        return NOWHERE, NOWHERE
    foot = bottom + 0.05 * (top - bottom)
    return (start, foot), (end, foot)


def _rule(name: str, places: Sequence[float], m: float, alpha: float) -> str:
    """The last step in numbers; before the first one, its slope is still to be found."""
    if len(places) == 1:
        return f"new {name} = {_plain(places[0])} − {number(alpha)} · slope"
    old, new = map(_plain, places[-2:])
    return f"new {name} = {old} − {number(alpha)} · {bracketed(_plain(m))} = {new}"


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


@with_formula_field("over")
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
    x = start_on(f, over, grid, 1 / 6) if x is None else x
    slider = Slider(low, high, x, grid, label=variable)
    criticals, stretches = survey(f, low, high)
    length, title = high - low, _title(f, variable)
    view = ((low - length / 40, high + length / 40), with_air(*style.heights(f, over), 0.1))
    lower = partial(_sign_rows, across=view[0], variable=variable)
    upper, _ = one_above_the_other(
        (*view, "", _called(f, variable)), lower, heights=(2.3, 1), size=(7.2, 4.9)
    )
    style.plot_function(upper, f, over, label=title)
    named = _not_too_close(criticals, 0.1 * length)
    slope = slope_of(f)

    def frame(x: float) -> Scene:
        here = look_at(f, x)
        m = slope(x) if here.sign is not None else math.nan
        marks: dict[str, Mark] = {
            "name": Caption(title, colour="function"),
            "tangent": Tangent(x, here.height, _clean(m), width=2.2),
            "here": Segment((x, 0.0), (x, 2.0), colour="quiet", width=1.4, ax=1),
        }
        for i, stretch in enumerate(stretches):
            marks |= _stretch_marks(i, stretch, x, length)
        for i, c in enumerate(criticals):
            marks |= _critical_marks(i, c, x, c in named, view)
        marks[variable] = Point(x, here.height, drag="x")
        measured = f"{'=' if here.exact else '≈'} {_plain(m)}"
        says = f"f′({number(x)}) {measured if math.isfinite(m) else 'does not exist'}"
        marks["slope in numbers"] = Caption(says, "right", colour="derivative")
        return Scene(_chart_says(here.height, m, variable, x, criticals), marks)

    play = Play("x", "Draw the chart", seconds=7)
    return Stage(upper, frame, {"x": slider}, f"The sign chart of {title}", play)


_SIGN_MIDDLE, _SIGN_SIZE = 1.5, 0.36  # the upper row of the chart
_UP, _DOWN = 0.78, 0.22  # the ends of the arrows in its lower row


def _sign_rows(ax: Axes, across: Range, variable: str) -> None:
    """The two rows of the sign chart, as axes below those of f."""
    style.frame_axes(ax, across, (0, 2), variable, "", "")
    ax.grid(False)
    ax.set_yticks([0.5, _SIGN_MIDDLE], ["f goes", "sign of f′"])
    ax.tick_params(axis="y", length=0)
    for y, width in ((1.0, 1.0), (_SIGN_MIDDLE, 0.8)):
        ax.axhline(y, color="#E4E4E4", linewidth=width, gid="zero")


def _stretch_marks(i: int, stretch: Stretch, x: float, length: float) -> dict[str, Mark]:
    """The block with the sign, and the arrow, of one stretch, as far as x has come."""
    a, b, sign = stretch.low, min(stretch.high, x), stretch.sign
    middle, symbol, course = NOWHERE, "", (NOWHERE, NOWHERE)
    high = _SIGN_MIDDLE + sign * _SIGN_SIZE if b > a and sign else math.nan
    if sign is not None and b - a > 0.04 * length:
        # While x is on its way, the sign waits until it is clear of the words at its left.
        if x >= stretch.high or b - a > 0.09 * length:
            middle, symbol = ((a + b) / 2, _SIGN_MIDDLE + sign * _SIGN_SIZE / 2), _SYMBOL[sign]
        pad = 0.012 * length
        start, end = {1: (_DOWN, _UP), 0: (0.5, 0.5), -1: (_UP, _DOWN)}[sign]
        course = ((a + pad, start), (b - pad, end))
    return {
        f"block {i}": Bar(a, _SIGN_MIDDLE, b, high, "derivative", edge=0, ax=1),
        f"sign {i}": Text(*middle, symbol, colour="derivative", ax=1),
        f"course {i}": Segment(*course, colour="function", arrow=True, ax=1),
    }


def _critical_marks(
    i: int, c: Critical, x: float, named: bool, view: tuple[Range, Range]
) -> dict[str, Mark]:
    """A critical point that x has reached, and its name once x has passed it."""
    dot = point_in(view, c.x, c.height) if x >= c.x - 1e-6 else NOWHERE
    zero = (c.x, _SIGN_MIDDLE) if x >= c.x - 1e-6 else NOWHERE
    passed = named and x > c.x + 1e-6
    label = (_well_inside(dot[0], view[0], 0.08), dot[1]) if passed else NOWHERE
    # Where the curve is not: above a hilltop, below a valley, right above a way down.
    down = "right" if c.before < 0 else "left"
    side, dy = {"maximum": ("above", -8), "minimum": ("below", 8), "saddle": (down, -14)}[c.kind]
    return {
        f"critical {i}": Point(*dot, hollow=True, colour="point"),
        f"kind {i}": Text(*label, c.kind, side=side, dy=dy, colour="point"),
        f"zero {i}": Text(*zero, "none" if c.corner else "0", colour="derivative", ax=1),
    }


def _well_inside(x: float, over: Range, share: float) -> float:
    """x, or the nearest place that is a share of a range away from its ends: words need room."""
    room = share * (over[1] - over[0])
    return min(max(x, over[0] + room), over[1] - room)


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
        start = f"{at} {flat}. Minimum, maximum or saddle? Go on, to see the sign after it."
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


@with_formula_field("over")
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
        x³ and x⁴ that stands at x³, whose f′ is no straight line: its tangent can be seen.
    x: where both tangents stand at first; if left out, two thirds of the way.
    over: the piece of the axis on which x moves.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or x lies outside it.
    """
    low, high = over
    if f is None:
        curves, first = BENDS, "x³"
        heights, slopes = (-2.4, 2.9), (-4.2, 5.4)
    else:
        g = as_function(f, over)
        first, bent = _title(g, variable), bent_of(g)
        curves = {first: bent}
        heights, slopes = (with_air(*style.heights(h, over), 0.08) for h in (bent.f, bent.slope))
        slopes = (min(slopes[0], 0.0), max(slopes[1], 0.0))
    grid = finest_step(over, 60, _LEADING)
    if x is None:
        x = start_on(curves[first].f, over, grid, 2 / 3)
    slider = Slider(low, high, x, grid, label=variable)
    left, _ = side_by_side(
        (over, heights, variable, f"f({variable})"),
        (over, slopes, variable, f"f′({variable})"),
        size=(7.5, 3.7),
    )
    criticals = {
        name: critical_points(Function("f", "", bent.f), low - 0.1, high + 0.1)
        for name, bent in curves.items()
    }

    def frame(x: float, f: str = first) -> Scene:
        bent = curves[f]
        height = value_or_nan(bent.f, x)
        m, bend = value_or_nan(bent.slope, x), value_or_nan(bent.bend, x)
        name = f"f({variable}) = {f}" if f in BENDS else f
        bends = f"its slope: f″ = {_plain(bend)}"
        marks = {
            "f": Graph(bent.f, over, 81, width=3.2),
            "f′": Graph(bent.slope, over, 81, colour="derivative", width=3.2, ax=1),
            "tangent of f": Tangent(x, height, m),
            "tangent of f′": Tangent(x, m, bend, ax=1),
            "place on f": Point(x, height, drag="x"),
            "place on f′": Point(x, m, drag="x", ax=1),
            "name": Caption(name, colour="function"),
            "slope": Caption(f"f′ = {_plain(m)}", colour="derivative", ax=1),
            "slope of the slope": Caption(bends, "right", colour="tangent", ax=1),
        }
        return Scene(_bend_says(variable, x, height, m, bend, criticals[f]), marks)

    controls: dict[str, Control] = {"x": slider}
    if f is None:
        controls["f"] = Choice(list(curves), first, label=f"f({variable})")
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


@with_formula_field("over")
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
    a, b: the ends of the piece; if left out, a little inside of `over`, so that both can be dragged
        outwards as well.
    over: the piece of the axis on which a and b move.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or an end lies outside it.
    """
    f, (low, high) = as_function(f, over), over
    grid, length, title = finest_step(over, 60, _LEADING), high - low, _title(f, variable)
    if a is None:
        a = start_on(f, over, grid, 1 / 20)
    if b is None:
        b = start_on(f, over, grid, 19 / 20)
    sliders = {
        "a": Slider(low, high, a, grid, label="left end a"),
        "b": Slider(low, high, b, grid, label="right end b"),
    }
    across = (low - length / 12, high + length / 12)
    bottom, top = with_air(*style.heights(f, over), 0.12)
    ax = style.axes(across, (bottom, top), variable, _called(f, variable), title)
    style.plot_function(ax, f, across, label=title)
    criticals = critical_points(f, low, high)

    def frame(a: float, b: float) -> Scene:
        hills = [(c.x, c.height, _hill_or_valley(c)) for c in criticals if a < c.x < b]
        ends = [(at, value_or_nan(f, at), f"the {s} end") for at, s in ((a, "left"), (b, "right"))]
        known = [place for place in (*hills, *ends) if math.isfinite(place[1])]
        lowest = highest = (*NOWHERE, "")
        if a >= b:
            words = "There is no piece between a and b: put a to the left of b."
        elif len(known) < 2:
            words = f"From {number(a)} to {number(b)} f has no value at an end: move it."
        else:
            lowest, highest = (pick(known, key=lambda place: place[1]) for pick in (min, max))
            words = (
                f"From {variable} = {number(a)} to {number(b)}: lowest {_plain(lowest[1])} at "
                f"{_plain(lowest[0])}, {lowest[2]}; highest {_plain(highest[1])} at "
                f"{_plain(highest[0])}, {highest[2]}."
            )
        marks: dict[str, Mark] = {
            "left of a": Bar(across[0], bottom, min(a, b), top, "quiet", edge=0),
            "right of b": Bar(b, bottom, across[1], top, "quiet", edge=0),
        }
        for name, (x, y, what), way in (("lowest", lowest, 1), ("highest", highest, -1)):
            middle, says = _well_inside(x, across, 0.2), f"{name} {_plain(y)}" if what else ""
            side = "below" if way > 0 else "above"
            marks[name] = Point(x, y, colour="path", hollow=True)
            marks[f"{name} in words"] = Text(middle, y, says, side=side, dy=8 * way, colour="path")
        # Last, so that nothing lies over what can be dragged.
        marks |= {end: Point(*at[:2], drag=end) for end, at in zip("ab", ends, strict=True)}
        return Scene(words, marks)

    return Stage(ax, frame, sliders, f"The lowest and the highest place of a piece of {title}")


def _hill_or_valley(c: Critical) -> str:
    where = {"minimum": "a valley", "maximum": "a hilltop", "saddle": "a saddle"}[c.kind]
    return f"{where} with a corner" if c.corner else f"{where}, where f is flat"


# --- numbers ---


# --- Newton's method, beside plain descent ---

_NEWTON_STEPS = 6
_LEFT_OVER = (1e-10, 1e3)  # slopes, on an axis of powers of ten


@with_formula_field("alpha", "over")
@explorer
def explore_newton(
    f: str | Function | Real = CUBIC,
    x0: float | None = None,
    alpha: float = 0.05,
    over: Range = (-0.5, 4.5),
    variable: str = "x",
    steps: int = 2,
) -> Stage:
    """Left, f′ with the tangent that Newton's method follows to 0; right, how much slope is left
    after each step, beside plain descent from the same start.

    f: a name of the catalogue, a formula, or your own function.
    x0: the start; if left out, the right end.
    alpha: the step size α of plain descent.
    over: the piece of the axis on which the start lies.
    variable: what the input is called, such as "w".
    steps: how many have been taken at first, 0 to 6.
    Raises ValueError where `over` has no length or x0 lies outside it.
    """
    f, (low, high) = as_function(f, over), over
    grid = finest_step(over, 25, _LEADING)
    x0 = start_on(f, over, grid, 1.0) if x0 is None else x0
    sliders: dict[str, Control] = {
        "x0": Slider(low, high, x0, grid, label=f"start {variable}₀"),
        "steps": Slider(0, _NEWTON_STEPS, steps, 1, label="steps"),
    }
    slope = slope_of(f)
    air = (high - low) / 20
    across, up = (low - air, high + air), with_air(*style.heights(slope, over), 0.1)
    left, right = side_by_side(
        (across, (min(up[0], 0.0), max(up[1], 0.0)), variable, f"f′({variable})"),
        ((-0.4, _NEWTON_STEPS + 0.4), _LEFT_OVER, "steps", "size of the slope that is left"),
        (1.25, 1),
        (7.6, 3.7),
    )
    left.axhline(0, color=style.COLOURS["quiet"], linewidth=1.2, gid="zero")
    right.set_yscale("log")
    right.set_yticks([10.0**k for k in range(-9, 4, 3)])
    criticals = critical_points(f, *across)

    @lru_cache(maxsize=256)
    def paths(x0: float) -> tuple[list[float], list[float]]:
        return newton(f, x0, _NEWTON_STEPS), walk(f, x0, alpha, _NEWTON_STEPS)

    def frame(x0: float, steps: float) -> Scene:
        n = round(steps)
        quick, plain_ones = paths(x0)
        at = quick[max(0, n - 1)]  # where the tangent stands that leads to the last place
        bend = value_or_nan(lambda x: central_difference(slope, x, 1e-4), at)
        marks: dict[str, Mark] = {
            "f′": Graph(slope, across, 111, colour="derivative", width=3.2),
            "tangent": Tangent(at, value_or_nan(slope, at), bend),
            "here": Point(at if n > 1 else math.nan, value_or_nan(slope, at), colour="path"),
            "new place": Point(quick[n] if n else math.nan, 0.0, hollow=True, colour="path"),
            "start": Point(x0, value_or_nan(slope, x0), drag="x0"),
            "name": Caption(f"slope of {_title(f, variable)}", colour="derivative"),
            "plain": Caption(f"plain, α = {number(alpha)}", "right", colour="point", ax=1),
            "quick": Caption("Newton", "right", colour="path", ax=1),
        }
        for name, places in (("plain", plain_ones), ("Newton", quick)):
            left_over = [abs(value_or_nan(slope, x)) for x in places]
            seen = drawable([max(size, 1e-12) for size in left_over], positive=True, gaps=True)
            shown = [
                (float(i), float(size)) if i <= n and math.isfinite(size) else NOWHERE
                for i, size in enumerate(seen)
            ]
            colour = "path" if name == "Newton" else "point"
            marks[f"slopes, {name}"] = Polyline(tuple(shown), colour=colour, ax=1, width=3)
            marks[f"last, {name}"] = Point(*shown[n], colour=colour, ax=1)
        return Scene(_newton_says(f, variable, quick[: n + 1], plain_ones[n], criticals), marks)

    play = Play("steps", "Take steps", seconds=5)
    return Stage(left, frame, sliders, "Newton’s steps on f′, beside plain descent", play)


def _newton_says(
    f: Function,
    name: str,
    places: Sequence[float],
    plain_one: float,
    criticals: Sequence[Critical],
) -> str:
    """Where both have come, and what Newton's method has found."""
    slope, here, n = slope_of(f), places[-1], len(places) - 1
    start = f"From {name} = {_plain(places[0])}"
    if n == 0:
        return f"{start}, where the slope is {_plain(slope(places[0]))}. Take a step."
    steps = "1 step" if n == 1 else f"{n} steps"
    if not math.isfinite(here):
        return f"{start}, {steps}: on the way f″ is 0, so the tangent of f′ never comes to 0."
    beside = (
        f"plain descent at {plain(plain_one)}, slope {plain(slope(plain_one))}"
        if math.isfinite(plain_one)
        else "plain descent is lost"
    )
    said = f"{start}, {steps}: Newton at {plain(here)}, slope {plain(slope(here))}; {beside}."
    kind = next((c.kind for c in criticals if abs(c.x - here) < STILL), "")
    found = {"minimum": "a valley", "maximum": "a hilltop", "saddle": "a saddle"}
    return f"{said} Newton has found {found[kind]}." if kind else said


def _clean(value: float) -> float:
    """A measured slope without what rounding left in it, for marks: descriptions show all of it."""
    return round(value, 6) + 0.0


def _called(f: Function, variable: str) -> str:
    """What the vertical axis is called: "f(x)", or by the name of the learner's function."""
    return f"f({variable})" if f.formula else f"{f.name}({variable})"


def _title(f: Function, variable: str) -> str:
    """ "f(x) = x³ − 3x", as people write it, or the name of the learner's function."""
    formula, called = as_written(f, variable), _called(f, variable)
    return f"{called} = {formula}" if formula else called
