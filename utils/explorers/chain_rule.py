"""Chapter 07: dials that turn each other, number lines that stretch, a rectangle that grows, a
weight that is used twice, long chains of links, and a neuron forward and back.
"""

import math
from collections.abc import Sequence
from functools import lru_cache, partial
from itertools import accumulate, pairwise

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.explorers.shared.geometry import drawable, finest_step, on_grid, rectangle, with_air
from utils.explorers.shared.panels import (
    one_above_the_other,
    rounded_box,
    sheet,
    side_by_side,
    write,
)
from utils.explorers.shared.titles import as_written
from utils.functions import CATALOGUE, Function, Real, as_function, evaluate, value_or_nan
from utils.models.chain_rule import Neuron, chain_slopes, neuron, two_routes, value_and_slope
from utils.numerals import bracketed, number, plain, powers
from utils.stage import (
    NOWHERE,
    Bar,
    Caption,
    Choice,
    Drop,
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
from utils.stage.controls import Control
from utils.stage.marks import Colour, Mark
from utils.stage.still import POINTS_PER_PIXEL

# What the dials offer where no function is given. On OVER none of them turns so fast that the eye
# loses the needle between two positions of the slider.
INNER = {
    "3x + 1": Function("line", "3x + 1", lambda x: 3 * x + 1, lambda x: 3.0 + 0.0 * x, "3"),
    "3 − x": Function("line", "3 − x", lambda x: 3 - x, lambda x: -1.0 + 0.0 * x, "−1"),
    "x²": CATALOGUE["square"],
}
OUTER = {
    "u²": CATALOGUE["square"],
    "sin u": CATALOGUE["sin"],
    "σ(u)": CATALOGUE["sigmoid"],
    "ReLU(u)": CATALOGUE["relu"],
}
OVER = (-1.0, 1.5)

# --- the dials ---

ONE_TURN = 10.0  # units: the same for all three dials, so that their speeds can be compared
NUDGE = 0.2  # of the input, shown as an arc on each dial

_UNIT = 50  # pixels
_WIDE, _HIGH = 15.2, 7.5  # units: the sheet that the dials lie on
_MIDDLES, _LEVEL, _RADIUS = (2.35, 7.6, 12.85), 4.3, 1.72
_TEETH, _TIP, _ROOT = 8, 1.3, 1.02  # of the gear inside a dial
_ARC = 14  # points on an arc
_DIALS = ("first", "second", "third")
_GEARS: tuple[Colour, ...] = ("run", "path", "function")  # their colours


@explorer
def explore_dials(
    outer: str | Function | Real | None = None,
    inner: str | Function | Real | None = None,
    x: float | None = None,
    over: Range | None = None,
    variable: str = "x",
) -> Stage:
    """Three dials, x, u = g(x) and y = f(u), each turned by the one before, with both slopes.

    outer, inner: f and g, each a name of the catalogue, a formula in x such as "x**2", or your own
        function; a menu for each that is left out.
    x: where the first dial stands at first; if left out, right of the middle.
    over: the piece of the axis on which x moves.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or x lies outside it.
    """
    low, high = OVER if over is None else over
    step = finest_step((low, high), 60)
    start = on_grid(low + 0.6 * (high - low), low, step) if x is None else x
    g = None if inner is None else as_function(inner, (low, high))
    f = None if outer is None else as_function(outer, _span(g, (low, high)))
    controls: dict[str, Control] = {}
    if g is None:
        controls["inner"] = Choice(list(INNER), "3x + 1", label="inner g")
    if f is None:
        controls["outer"] = Choice(list(OUTER), "u²", label="outer f")
    controls["x"] = Slider(low, high, start, step, label=variable)

    @lru_cache(maxsize=1024)
    def first(inner: str | None, x: float) -> tuple[float, float]:
        return value_and_slope(INNER[inner] if inner else g, x)

    @lru_cache(maxsize=4096)
    def second(outer: str | None, u: float) -> tuple[float, float]:
        return value_and_slope(OUTER[outer] if outer else f, u)

    def frame(x: float, inner: str | None = None, outer: str | None = None) -> Scene:
        u, g_slope = first(inner, x)
        y, f_slope = second(outer, u) if math.isfinite(u) else NOWHERE
        g_name = _formula(INNER[inner] if inner else g, "g", variable)
        f_name = _formula(OUTER[outer] if outer else f, "f", "u")
        turns = (NUDGE, g_slope * NUDGE, f_slope * g_slope * NUDGE)
        names = (variable, f"u = {g_name}", f"y = {f_name}")
        values = (f"{variable} = {plain(x, 3)}", f"u = {plain(u, 3)}", f"y = {plain(y, 3)}")
        marks: dict[str, Mark] = {}
        for k, (value, turn) in enumerate(zip((x, u, y), turns, strict=True)):
            marks |= _dial(k, value, turn, drag="x" if k == 0 else None)
        for what, height, texts in (("name", 7.15, names), ("value", 1.82, values)):
            for dial, middle, text in zip(_DIALS, _MIDDLES, texts, strict=True):
                marks[f"{what} of {dial}"] = Text(middle, height, text)
        for name, slope, ends in zip("gf", (g_slope, f_slope), pairwise(_MIDDLES), strict=True):
            marks[f"slope of {name}"] = Text(
                sum(ends) / 2, _LEVEL + 0.95, f"× {plain(slope, 3)}", colour="derivative"
            )
        product = f"the whole: {_product(f_slope, g_slope)}"
        marks["product"] = Text(_MIDDLES[1], 0.88, product, colour="derivative")
        return Scene(_dials_in_words(variable, x, u, y, g_slope, f_slope), marks)

    title = f"Dials: {variable} turns u, and u turns y"
    play = Play("x", f"Turn {variable}", seconds=6)
    return Stage(_dials(variable), frame, controls, title, play)


def _dials_in_words(
    variable: str, x: float, u: float, y: float, g_slope: float, f_slope: float
) -> str:
    turned, reached = f"{variable} = {plain(x, 3)}", f"u = {plain(u, 3)}"
    start = f"{turned}, {reached}, y = {plain(y, 3)}."
    if not math.isfinite(u):
        return f"At {turned} the inner function has no value: the dials stop here."
    if not math.isfinite(y):
        return f"At {reached} the outer function has no value: the last dial stops here."
    if not math.isfinite(g_slope):
        return f"{start} The inner function has no slope here, so neither has the whole."
    if not math.isfinite(f_slope):
        return f"{start} The outer function has no slope at {reached}, so neither has y."
    return (
        f"{start} Turn {variable} a little: u turns {plain(g_slope, 3)} times as far, and y "
        f"{plain(f_slope, 3)} times as far as u. Together: {_product(f_slope, g_slope)} times as "
        f"far as {variable}."
    )


def _product(f_slope: float, g_slope: float) -> str:
    """ "6 × 3 = 18", with ≈ where the shown factors do not give the shown product exactly."""
    whole = f_slope * g_slope
    if not math.isfinite(whole):
        return "unknown"
    exact = math.isclose(round(f_slope, 3) * round(g_slope, 3), round(whole, 3), abs_tol=1e-9)
    factors = f"{plain(f_slope, 3)} × {bracketed(plain(g_slope, 3))}"
    return f"{factors} {'=' if exact else '≈'} {plain(whole, 3)}"


def _formula(f: Function, letter: str, variable: str) -> str:
    """ "g(x) = 3x + 1", or the name that the learner's own function has."""
    if not f.formula:
        # A function without a name of its own, a lambda, goes by its letter here.
        return f"{letter if f.name == 'f' else f.name}({variable})"
    raised = {"u": "ᵘ", "w": "ʷ"}.get(variable, "ˣ")
    return f"{letter}({variable}) = {f.written(variable).replace('ˣ', raised).replace('-', '−')}"


def _around(middle: int, value: float, radius: float) -> Pair:
    """The place on a dial where a needle of this length points: 0 is up, more is clockwise."""
    angle = 2 * math.pi * value / ONE_TURN
    across, up = math.sin(angle), math.cos(angle)
    return _MIDDLES[middle] + radius * across, _LEVEL + radius * up


def _dial(k: int, value: float, turn: float, drag: str | None) -> dict[str, Mark]:
    """The moving parts of one dial: its gear, its needle, and the arc that a nudge sweeps."""
    name, colour = _DIALS[k], _GEARS[k]
    here = partial(_around, k)
    # A huge slope goes round once and stops: more would hide where the needle is.
    swept = max(-ONE_TURN, min(ONE_TURN, turn)) if math.isfinite(turn) else math.nan
    ends = [value + swept * i / (_ARC - 1) for i in range(_ARC)]
    tooth = ONE_TURN / _TEETH
    gear = [
        here(value + tooth * (i + part), radius)
        for i in range(_TEETH)
        for part, radius in ((-0.3, _ROOT), (-0.17, _TIP), (0.17, _TIP), (0.3, _ROOT))
    ]
    tip = here(value, _RADIUS)
    return {
        f"{name} gear": Polyline(tuple(gear), filled=True, colour=colour),
        f"{name} arc": Polyline(
            tuple(here(v, _RADIUS) for v in ends), colour="derivative" if k else "run", width=7
        ),
        f"{name} needle": Segment(here(value, 0.0), tip, width=3.4),
        f"{name} dial": Point(*tip, drag=drag, colour="point" if k == 0 else colour),
    }


def _dials(variable: str) -> Axes:
    """The faces of the dials and the arrows between them."""
    ax = sheet(_UNIT * _WIDE, _UNIT * _HIGH)
    ax.set(xlim=(0, _WIDE), ylim=(0, _HIGH))
    quiet, steep = style.COLOURS["quiet"], style.COLOURS["derivative"]
    for k, gear in enumerate(_GEARS):
        colour = style.COLOURS[gear]
        rim = [_around(k, v, _RADIUS) for v in np.linspace(0, ONE_TURN, 181)]
        wide = 7 * POINTS_PER_PIXEL  # as the arcs
        ax.plot(*zip(*rim, strict=True), color="#E4E4E4", linewidth=wide, gid="zero")
        hub = [_around(k, v, 0.62 * _RADIUS) for v in np.linspace(0, ONE_TURN, 91)]
        ax.fill(*zip(*hub, strict=True), color=colour, alpha=0.22, linewidth=0)
        ax.plot(*_around(k, 0, 0), "o", color=colour, markersize=9, gid="zero")
        for unit in range(10):
            ends = [_around(k, unit, _RADIUS + out) for out in (0.12, 0.24 if unit else 0.34)]
            ax.plot(*zip(*ends, strict=True), color=quiet, linewidth=1.4, gid="zero")
        write(ax, *_around(k, 0, _RADIUS + 0.6), "0", "quiet", "center", size=12)
    arrow = {"arrowstyle": "-|>", "color": steep, "linewidth": 2}
    for k, slope in enumerate((f"g′({variable})", "f′(u)")):
        start, end = _MIDDLES[k] + _RADIUS + 0.3, _MIDDLES[k + 1] - _RADIUS - 0.3
        ax.annotate("", (end, _LEVEL), (start, _LEVEL), arrowprops=arrow)
        write(ax, (start + end) / 2, _LEVEL - 0.5, slope, "derivative", "center", size=12)
    (left, _, right), foot = _MIDDLES, 1.26
    ax.plot([left, left, right], [1.5, foot, foot], color=steep, gid="zero", linewidth=2)
    ax.annotate("", (right, 1.62), (right, foot), arrowprops=arrow | {"shrinkA": 0})
    legend = (
        f"One turn is 10. The arcs: {variable} nudged by {NUDGE}, and what each dial makes of it "
        "at its present speed."
    )
    write(ax, _WIDE / 2, 0.28, legend, "quiet", "center", size=10.5)
    return ax


def _span(g: Function | None, over: Range) -> Range | None:
    """The values that g takes, as an interval; None where they are not known yet."""
    if g is None:
        return None
    values = evaluate(g, np.linspace(*over, 41))
    values = values[np.isfinite(values)]
    return float(values.min()), float(values.max()) + 1e-9


# --- three number lines that stretch ---

STRETCHED = {
    "2x + 1": Function("line", "2x + 1", lambda x: 2 * x + 1, lambda x: 2.0 + 0.0 * x, "2"),
    "1 − x": Function("line", "1 − x", lambda x: 1 - x, lambda x: -1.0 + 0.0 * x, "−1"),
    "x²": CATALOGUE["square"],
}
_LEVELS = (2.0, 1.0, 0.0)  # of the three lines, from the first to the last
_SHORT, _LONG = 0.1, 0.4  # the nudges
_THREADS = 13  # thin lines from one number line to the next


@explorer
def explore_stretch(
    outer: str | Function | Real | None = None,
    inner: str | Function | Real | None = None,
    x: float | None = None,
    h: float = 0.2,
    over: Range = (-1.0, 0.8),
) -> Stage:
    """Three number lines of one scale, x, u = g(x) and y = f(u): a piece of the first, from x to
    x + h, and what the two functions stretch it to.

    outer, inner: f and g, as for the dials; a menu for each that is left out.
    x: where the piece starts at first; if left out, right of the middle.
    h: how long it is at first, from 0.1 to 0.4.
    over: the piece of the axis on which x moves.
    Raises ValueError where `over` has no length, or x or h lies outside its range.
    """
    low, high = over
    step = finest_step(over, 18)
    start = on_grid(low + 0.8 * (high - low), low, step) if x is None else x
    wide = (low, high + _LONG)
    g = None if inner is None else as_function(inner, wide)
    f = None if outer is None else as_function(outer, _span(g, wide))
    controls: dict[str, Control] = {}
    if g is None:
        controls["inner"] = Choice(list(STRETCHED), "2x + 1", label="inner g")
    if f is None:
        controls["outer"] = Choice(list(OUTER), "u²", label="outer f")
    controls["x"] = Slider(low, high, start, step)
    controls["h"] = Slider(_SHORT, _LONG, h, 0.1, label="nudge h")
    inners = [g] if g else list(STRETCHED.values())
    outers = [f] if f else list(OUTER.values())
    view = _all_three(inners, outers, wide)

    def frame(x: float, h: float, inner: str | None = None, outer: str | None = None) -> Scene:
        of_x, of_u = (STRETCHED[inner] if inner else g), (OUTER[outer] if outer else f)
        assert of_x is not None and of_u is not None
        here, there = _both(of_x, of_u, x), _both(of_x, of_u, x + h)
        threads = [_both(of_x, of_u, float(at)) for at in np.linspace(*wide, _THREADS)]
        marks = _thread_marks(threads, here, there)
        names = ("x", f"u = {_short(of_x, 'g', 'x')}", f"y = {_short(of_u, 'f', 'u')}")
        for k, name in enumerate(names):
            marks[f"name {k + 1}"] = Text(view[1], _LEVELS[k], name, side="right", colour=_GEARS[k])
        gains = [b - a for a, b in zip(here, there, strict=True)]
        factors = [_times_as_long(*pair) for pair in pairwise(gains)]
        for k, factor in enumerate(factors):
            said = f"× {plain(factor, 3)}" if math.isfinite(factor) else ""
            marks[f"factor {k + 1}"] = Text(
                view[1], _LEVELS[k] - 0.5, said, side="right", colour="derivative"
            )
        slope = value_and_slope(of_x, x)[1], value_and_slope(of_u, here[1])[1]
        return Scene(_stretch_in_words(here, gains, factors, slope), marks)

    title = "Three number lines: g stretches the first, f the second"
    return Stage(_number_lines(view), frame, controls, title, Play("x", "Move along", seconds=6))


def _short(f: Function, letter: str, variable: str) -> str:
    """ "2x + 1", or "my_inner(x)" for the learner's own function."""
    return _formula(f, letter, variable).split(" = ")[-1]


def _both(g: Function, f: Function, x: float) -> tuple[float, float, float]:
    """x, g(x) and f(g(x)); nan where there is no value."""
    u = value_or_nan(g, x)
    return x, u, value_or_nan(f, u) if math.isfinite(u) else math.nan


def _all_three(inners: Sequence[Function], outers: Sequence[Function], over: Range) -> Range:
    """From the smallest to the largest number on any of the three lines, with air."""
    xs = np.linspace(*over, 41).tolist()
    seen = np.array([_both(g, f, x) for g in inners for f in outers for x in xs]).ravel()
    seen = seen[np.isfinite(seen)]
    low, high = float(seen.min()), float(seen.max())
    return low - 0.04 * (high - low), high + 0.04 * (high - low)


def _number_lines(view: Range) -> Axes:
    """The three lines with their ticks, one below the other."""
    ax = sheet(740, 330)
    (low, high), quiet = view, style.COLOURS["quiet"]
    air = 0.03 * (high - low)
    # At the right there is room for the names of the lines.
    ax.set(xlim=(low - air, high + 0.22 * (high - low)), ylim=(-0.42, 2.25))
    step = finest_step(view, 14)
    ticks = np.arange(math.ceil(low / step), math.floor(high / step) + 1) * step
    for k, level in enumerate(_LEVELS):
        ax.plot([low, high], [level, level], color=style.COLOURS[_GEARS[k]], lw=1.6, gid="zero")
        for tick in ticks:
            ax.plot([tick, tick], [level - 0.04, level + 0.04], color=quiet, lw=1.2, gid="zero")
            if k == len(_LEVELS) - 1:
                write(ax, tick, level - 0.22, number(tick + 0.0), "quiet", "center", size=10)
    return ax


def _thread_marks(
    threads: Sequence[Sequence[float]], here: Sequence[float], there: Sequence[float]
) -> dict[str, Mark]:
    """The thin lines from each number line to the next, the nudge, and the bands it widens to."""
    marks: dict[str, Mark] = {}
    for k in (0, 1):
        upper, lower = _LEVELS[k], _LEVELS[k + 1]
        ways = [((t[k], upper), (t[k + 1], lower), NOWHERE) for t in threads]
        drawn = tuple(
            place if math.isfinite(way[0][0] + way[1][0]) else NOWHERE
            for way in ways
            for place in way
        )
        marks[f"threads {k + 1}"] = Polyline(drawn, colour="quiet", width=0.8, quiet=True)
        band = ((here[k], upper), (there[k], upper), (there[k + 1], lower), (here[k + 1], lower))
        whole = all(math.isfinite(place[0]) for place in band)
        outline = (*band, band[0]) if whole else (NOWHERE,) * 5
        marks[f"band {k + 1}"] = Polyline(outline, filled=True, colour="derivative")
    for k, (name, level) in enumerate(zip(("x", "u", "y"), _LEVELS, strict=True)):
        piece = (here[k], level), (there[k], level)
        if not math.isfinite(here[k] + there[k]):
            piece = NOWHERE, NOWHERE
        marks[f"piece of {name}"] = Segment(*piece, colour="derivative" if k else "run", width=7)
    for k, (name, level) in enumerate(zip(("x", "u", "y"), _LEVELS, strict=True)):
        at = (here[k], level) if math.isfinite(here[k]) else NOWHERE
        marks[name] = Point(
            *at, drag=None if k else "x", colour=_GEARS[k] if k else "point", clip=k > 0
        )
    return marks


def _times_as_long(before: float, after: float) -> float:
    """How many times as long a piece becomes; nan where the one before has no length."""
    return after / before if abs(before) > 1e-12 else math.nan


def _stretch_in_words(
    here: Sequence[float], gains: Sequence[float], factors: Sequence[float], slope: Pair
) -> str:
    x, u, y = (plain(at, 3) for at in here)
    start = f"x = {x}, u = {u}, y = {y}."
    h, du, dy = (plain(gain, 3) for gain in gains)
    if not math.isfinite(sum(gains)):
        return f"{start} Somewhere on this piece there is no value: it cannot be followed."
    first, second = (plain(factor, 3) for factor in factors)
    if math.isfinite(factors[1]):
        way = f"{du} on the second line, {first} times as long, and {dy} on the third, {second} "
        way += f"times as long again: {plain(gains[2] / gains[0], 3)} times in all"
    else:
        way = f"{du} on the second line, so it moves nothing on the third"
    slopes = f" The slopes at x: {_product(slope[1], slope[0])}."
    known = math.isfinite(slope[0] + slope[1])
    return f"{start} A nudge of {h} becomes {way}.{slopes if known else ''}"


# --- the product rule: a rectangle that grows ---

SIDE = Function("side", "2x + 1", lambda x: 2 * x + 1, lambda x: 2.0 + 0.0 * x, "2")


@explorer
def explore_rectangle(
    f: str | Function | Real = "square",
    g: str | Function | Real = SIDE,
    x: float | None = None,
    h: float | None = None,
    over: Range = (0.5, 1.5),
) -> Stage:
    """A rectangle of width f(x) and height g(x), and the strips it gains when x grows by h.

    f, g: names of the catalogue, formulas, or your own functions.
    x, h: at first; if left out, x in the middle and h at six tenths of its range, so that it can be
        dragged both ways.
    over: the piece of the axis on which x moves; h goes up to half of its length.
    Raises ValueError where `over` has no length, or x or h lies outside its range.
    """
    low, high = over
    f, g = as_function(f, over), as_function(g, over)
    step, reach = finest_step((low, high), 20), (high - low) / 2
    controls = {
        "x": Slider(low, high, on_grid((low + high) / 2, low, step) if x is None else x, step),
        "h": Slider(0, reach, 0.6 * reach if h is None else h, reach / 10, label="step h"),
    }
    xs = np.linspace(low, high + reach, 61)
    widths, heights = evaluate(f, xs), evaluate(g, xs)
    view = (_room(widths, 0.2), _room(heights, 0.16))
    gains = _room(_all_levels(xs, widths, heights, reach), 0.08)
    f_name, g_name = _formula(f, "f", "x"), _formula(g, "g", "x")
    plan, bar = side_by_side(
        (*view, f_name, g_name, "f(x) times g(x)"),
        ((0, 1), gains, "", "gain, divided by h", "Per unit of h"),
        (1.5, 1),
        (7.5, 3.6),
    )
    bar.set_xticks([])

    def frame(x: float, h: float) -> Scene:
        (u, u_slope), (v, v_slope) = value_and_slope(f, x), value_and_slope(g, x)
        du, dv = _gain(f, x, h, u), _gain(g, x, h, v)
        rate = [area / h if h else math.nan for area in (du * v, u * dv, du * dv)]
        exact = u_slope * v + u * v_slope
        marks = _rectangle_marks((u, v), (du, dv), view, grown=h > 0)
        marks |= _gain_marks(rate, exact, gains, grown=h > 0)
        marks["x"] = Point(u, v, drag="x", colour="function")
        marks["x + h"] = Point(u + du, v + dv, drag="h")
        return Scene(_rectangle_in_words(x, h, (u, u_slope), (v, v_slope), rate), marks)

    title = f"A rectangle of width {f_name} and height {g_name}, and what it gains"
    play = Play("h", "Shrink h", upwards=False, seconds=4)
    return Stage(plan, frame, controls, title, play)


def _rectangle_marks(
    sides: Pair, gains: Pair, view: tuple[Range, Range], grown: bool
) -> dict[str, Mark]:
    """The rectangle, its strips and its corner, with their names.

    sides: its width and height. gains: what these gain. view: the ranges of the axes.
    grown: whether there is a step, and so are strips.
    """
    (u, v), (du, dv) = sides, gains
    inner = min(u, u + du), min(v, v + dv)
    roomy = all(side > 0.17 * (high - low) for side, (low, high) in zip(inner, view, strict=True))
    return {
        "outline": Polyline(rectangle(0, 0, u + du, v + dv), colour="quiet", width=1.6),
        "old rectangle": Bar(0, 0, u, v, edge=2.4),
        "right strip": Bar(u, 0, u + du, v, "derivative", edge=0),
        "top strip": Bar(0, v, u, v + dv, "tangent", edge=0),
        "corner": Bar(u, v, u + du, v + dv, "point", edge=0),
        "name of rectangle": Text(
            inner[0] / 2, inner[1] / 2, "f · g" if roomy else "", colour="function"
        ),
        # Outside, where there is room whether a side grows or shrinks.
        "name of right strip": Text(
            max(u, u + du), v / 2, "Δf · g" if grown else "", side="right", colour="derivative"
        ),
        "name of top strip": Text(
            u / 2, max(v, v + dv), "f · Δg" if grown else "", side="above", colour="tangent"
        ),
    }


def _gain_marks(rate: Sequence[float], exact: float, over: Range, grown: bool) -> dict[str, Mark]:
    """The bars of what each part gains per unit of h, one on the other, and the same in words.

    rate: of the strips and the corner; nan without a step. exact: what the rule says.
    over: the range of the axes. grown: whether there is a step.
    """
    levels = list(accumulate(rate, initial=0.0))
    marks: dict[str, Mark] = {}
    for k, ((name, colour), ends) in enumerate(zip(_PARTS.items(), pairwise(levels), strict=True)):
        left = 0.04 + 0.11 * k
        marks[f"bar {name}"] = Bar(left, ends[0], left + 0.11, ends[1], colour, edge=1.4, ax=1)
    colours: dict[str, Colour] = _PARTS | {"sum": "point", "rule": "function"}
    values = (*rate, levels[-1], exact)
    low, high = over
    for k, ((name, colour), value) in enumerate(zip(colours.items(), values, strict=True)):
        # The words stand in rows, whatever the heights of the parts.
        row = high - (0.1 + 0.13 * k) * (high - low)
        said = f"{name} = {plain(value, 3)}" if grown or name == "rule" else ""
        marks[f"words {name}"] = Text(0.42, row, said, anchor="start", colour=colour, ax=1)
    marks["limit"] = Segment((0, exact), (0.4, exact), dashed=True, colour="function", ax=1)
    return marks


_PARTS: dict[str, Colour] = {"Δf/h · g": "derivative", "f · Δg/h": "tangent", "corner": "point"}


def _rectangle_in_words(x: float, h: float, f: Pair, g: Pair, rate: Sequence[float]) -> str:
    (u, u_slope), (v, v_slope) = f, g
    start = f"x = {plain(x, 3)}: f = {plain(u, 3)}, g = {plain(v, 3)}."
    if not (math.isfinite(u) and math.isfinite(v)):
        return f"{start} One side has no length here: there is no rectangle."
    exact = u_slope * v + u * v_slope
    if not math.isfinite(exact):
        return f"{start} One side has no slope here, so there is no rule to apply."
    parts = f"{plain(u_slope * v, 3)} + {bracketed(plain(u * v_slope, 3))}"
    limit = f"f′ · g + f · g′ = {parts} = {plain(exact, 3)}"
    if h == 0:
        return f"{start} With h = 0 nothing has been gained yet. The rule says {limit}."
    right, top, corner = (plain(gain, 3) for gain in rate)
    return (
        f"{start} Divided by h = {plain(h, 3)}, the strips bring {right} and {top}, the corner "
        f"{corner}. As h shrinks: {limit}."
    )


def _gain(f: Real, x: float, h: float, before: float) -> float:
    return value_or_nan(f, x + h) - before


def _all_levels(xs: np.ndarray, f: np.ndarray, g: np.ndarray, reach: float) -> np.ndarray:
    """All heights that the stairs of the strips' shares can have, for steps up to `reach`."""
    i, j = np.triu_indices(len(xs), 1)
    keep = xs[j] - xs[i] <= reach + 1e-9
    i, j = i[keep], j[keep]
    right, top, corner = (f[j] - f[i]) * g[i], f[i] * (g[j] - g[i]), (f[j] - f[i]) * (g[j] - g[i])
    levels = np.concatenate([right, right + top, right + top + corner])
    return levels / np.tile(xs[j] - xs[i], 3)


def _room(values: np.ndarray, air: float) -> Range:
    """From a little below 0, or below the smallest, to a little above the largest."""
    values = values[np.isfinite(values)]
    low, high = min(0.0, values.min(initial=0.0)), max(0.0, values.max(initial=0.0))
    span = high - low or 1.0
    return low - 0.03 * span, high + air * span


# --- a weight that is used twice ---

ROUTES = ("the upper route", "the lower route", "both routes")
_WEIGHTS = (-1, 4)
_ROUTE_PARTS: dict[str, Colour] = {"upper": "derivative", "lower": "tangent", "corner": "point"}
_W_BOX, _A_BOX, _Y_BOX = (70.0, 205.0), (240.0, 75.0), (410.0, 205.0)  # pixels, their middles
_BOXES = (104.0, 62.0)  # how wide and how high they are


@explorer
def explore_routes(w: float = 3.0, x: float = 2.0, h: float = 0.5, nudge: str = ROUTES[1]) -> Stage:
    """y = w · (w · x), where w turns y along two routes: nudge it on one of them, or on both.

    w: the weight at first, −1 to 4. x: the input. h: the nudge at first, 0.1 to 0.5.
    nudge: which route carries it at first, one of `ROUTES`.
    Raises ValueError for w, h or nudge that the controls do not have.
    """
    controls: dict[str, Control] = {
        "w": Slider(*_WEIGHTS, w, 0.5, label="weight w"),
        "h": Slider(0.1, 0.5, h, 0.1, label="nudge h"),
        "nudge": Choice(list(ROUTES), nudge, label="nudge w on"),
    }
    ends = [sum(two_routes(end, x, 0.5, True, True)) for end in _WEIGHTS]
    view = with_air(min(0.0, *ends), max(0.0, *ends), 0.14)
    scheme, bars = side_by_side(
        _routes_sheet,
        ((0, 4.4), view, "", "gain of y, divided by h", "What each route brings"),
        (1.55, 1),
        (7.8, 3.3),
    )
    bars.set_xticks([0.7, 1.7, 2.7, 3.7], ["upper", "lower", "corner", "all"])
    bars.grid(axis="x", visible=False)
    bars.axhline(0, color=style.COLOURS["quiet"], linewidth=1.2, gid="zero")

    def frame(w: float, h: float, nudge: str) -> Scene:
        upper, lower = nudge != ROUTES[1], nudge != ROUTES[0]
        rate = two_routes(w, x, h, upper, lower)
        marks = _route_marks(w, x, h, upper, lower)
        values = (*rate, sum(rate))
        colours: tuple[Colour, ...] = (*_ROUTE_PARTS.values(), "function")
        taken = (upper, lower, upper and lower, True)
        for k, (name, value) in enumerate(zip((*_ROUTE_PARTS, "all"), values, strict=True)):
            left = 0.35 + k
            marks[f"bar {name}"] = Bar(
                left, 0, left + 0.7, value if taken[k] else math.nan, colours[k], ax=1
            )
            marks[f"words {name}"] = Text(
                left + 0.35,
                max(0.0, value) if taken[k] else math.nan,
                plain(value, 3) if taken[k] else "",
                side="above",
                colour=colours[k],
                ax=1,
            )
        return Scene(_routes_in_words(w, x, h, nudge, rate), marks)

    title = "A weight that is used twice: y = w · (w · x)"
    play = Play("h", "Shrink h", upwards=False, seconds=3)
    return Stage(scheme, frame, controls, title, play)


def _routes_sheet(ax: Axes) -> None:
    """The three boxes; the arrows between them are marks."""
    ax.set(xlim=(0, 480), ylim=(0, 270), title=" ")
    ax.axis("off")
    for (x, y), words in ((_W_BOX, "w"), (_A_BOX, "a = w · x"), (_Y_BOX, "y = w · a")):
        rounded_box(ax, x, y, *_BOXES)
        write(ax, x, y + 15, words, side="center", size=11).set_weight("bold")
    middle = (_W_BOX[0] + _Y_BOX[0]) / 2
    write(ax, middle, _W_BOX[1] + 46, "upper route: the w in front", "derivative", "center", 10.5)
    write(ax, _A_BOX[0], 22, "lower route: the w in the bracket", "tangent", "center", 10.5)


def _route_marks(w: float, x: float, h: float, upper: bool, lower: bool) -> dict[str, Mark]:
    """The arrows with their slopes, coloured where a nudge travels; the values before and after."""
    wide, high = _BOXES[0] / 2, _BOXES[1] / 2
    a = w * x
    ways: dict[str, tuple[Pair, Pair, Colour, bool, float]] = {
        "upper": (
            (_W_BOX[0] + wide, _W_BOX[1]), (_Y_BOX[0] - wide, _Y_BOX[1]), "derivative", upper, a
        ),
        "lower, first": (
            (_W_BOX[0] + 20, _W_BOX[1] - high), (_A_BOX[0] - wide, _A_BOX[1]), "tangent", lower, x
        ),
        "lower, second": (
            (_A_BOX[0] + wide, _A_BOX[1]), (_Y_BOX[0] - 20, _Y_BOX[1] - high), "tangent", lower, w
        ),
    }  # fmt: skip
    marks: dict[str, Mark] = {}
    for name, (start, end, colour, taken, slope) in ways.items():
        ends = (start, end) if taken else (NOWHERE, NOWHERE)
        rest = (NOWHERE, NOWHERE) if taken else (start, end)
        marks[f"{name} at rest"] = Segment(*rest, colour="quiet", arrow=True, width=1.4, quiet=True)
        marks[f"{name} route"] = Segment(*ends, colour=colour, arrow=True, width=4)
        middle = ((start[0] + end[0]) / 2, (start[1] + end[1]) / 2)
        side = {"upper": "above", "lower, first": "left", "lower, second": "right"}[name]
        marks[f"slope {name}"] = Text(*middle, f"× {plain(slope, 3)}", side=side, colour=colour)
    front, inside = w + h * upper, w + h * lower
    gone = {"w": (w, w + h), "a": (a, inside * x), "y": (w * a, front * inside * x)}
    for name, (across, up) in (("w", _W_BOX), ("a", _A_BOX), ("y", _Y_BOX)):
        before, after = (plain(value, 3) for value in gone[name])
        said = before if before == after else f"{before} → {after}"
        marks[f"value of {name}"] = Text(across, up - 12, said, colour="function")
    return marks


def _routes_in_words(w: float, x: float, h: float, nudge: str, rate: Sequence[float]) -> str:
    start = f"w = {plain(w)}, a = {plain(w * x)}, y = {plain(w * w * x)}. Nudge w by {plain(h)} on"
    upper, lower, corner = (plain(part, 3) for part in rate)
    if nudge == ROUTES[0]:
        return f"{start} the upper route alone: y gains {upper} times as much as w."
    if nudge == ROUTES[1]:
        return f"{start} the lower route alone: y gains {lower} times as much as w."
    whole = plain(2 * w * x, 3)
    return (
        f"{start} both: y gains {upper} times as much as w by the upper route and {lower} times by "
        f"the lower one, and the corner brings {corner}. As h shrinks: {upper} + "
        f"{bracketed(lower)} = {whole}."
    )


# --- a chain whose links one chooses ---

LINKS = 5
_DOUBLING = math.log10(2)
_CLEAR = 3.0  # times: how far the words at the end stand from the last point


@explorer
def explore_links(slopes: Sequence[float] = (0.5, 2.0, 0.5, 1.0, 0.5)) -> Stage:
    """Five links with a slope each, to drag, and how large a nudge is after each of them.

    slopes: of the links at first, each the nearest of 1/4, 1/2, 1, 2 and 4.
    Raises ValueError where there are not five of them, or one is not above 0.
    """
    if len(slopes) != LINKS or not all(slope > 0 for slope in slopes):
        raise ValueError(f"This chain has {LINKS} links: give {LINKS} slopes, all above 0.")
    across, tall = (-0.3, LINKS + 0.75), 4.0**LINKS * 24.0
    product = "Their product so far: what is left of a nudge"
    upper, lower = one_above_the_other(
        (across, (1 / 6, 6), "", "slope", "Each link's own slope: drag the points"),
        (across, (1 / tall, tall), "link", "product", product),
        heights=(1, 1.3),
        size=(7.4, 4.3),
    )
    for ax, base in ((upper, 2), (lower, 10)):
        ax.set_yscale("log", base=base)
        ax.axhline(1, color=style.COLOURS["quiet"], linewidth=1.2, gid="zero")
    upper.set_yticks([0.25, 1, 4], ["1/4", "1", "4"])
    upper.tick_params(labelbottom=False)

    def frame(**links: float) -> Scene:
        own = list(links.values())
        so_far = list(accumulate(own, lambda a, b: a * b, initial=1.0))
        marks: dict[str, Mark] = {
            f"stem {k + 1}": Segment((k + 1, 1.0), (k + 1, slope), colour="derivative")
            for k, slope in enumerate(own)
        }
        marks["nudge"] = Polyline(tuple(enumerate(so_far)), colour="gradient", ax=1, width=3.2)
        marks |= {f"after {k}": Point(k, p, colour="gradient", ax=1) for k, p in enumerate(so_far)}
        # Away from the line at 1, which would strike it through.
        beside = so_far[-1] * (_CLEAR if so_far[-1] >= 1 else 1 / _CLEAR)
        end = f"× {number(so_far[-1])}"
        marks["end"] = Text(LINKS + 0.15, beside, end, anchor="start", colour="gradient", ax=1)
        marks |= {
            f"link {k + 1}": Point(k + 1, slope, drag=f"s{k + 1}", colour="derivative")
            for k, slope in enumerate(own)
        }
        factors = " × ".join(number(slope) for slope in own)
        return Scene(f"{factors} = {number(so_far[-1])}: {_arrives(so_far[-1])}.", marks)

    controls = {
        f"s{k + 1}": LogSlider(
            -2 * _DOUBLING, 2 * _DOUBLING, slope, _DOUBLING, label=f"slope of link {k + 1}"
        )
        for k, slope in enumerate(slopes)
    }
    return Stage(upper, frame, controls, "A chain of five links and the product of their slopes")


def _arrives(whole: float) -> str:
    if whole == 1:
        return "a nudge comes out as large as it went in"
    if whole < 1:
        return f"a nudge comes out {number(1 / whole)} times smaller"
    return f"a nudge comes out {number(whole)} times larger"


# --- a long chain of equal links ---

ACTIVATIONS = {
    "w · a": CATALOGUE["identity"],
    "tanh(w · a)": CATALOGUE["tanh"],
    "σ(w · a)": CATALOGUE["sigmoid"],
}
DEEPEST = 30
_BOTTOM, _TOP = 1e-30, 1e14


@with_formula_field("n", "w", "start")
@explorer
def explore_depth(
    activation: str | Function | Real | None = None,
    n: int = 10,
    w: float = 0.5,
    start: float = 1.0,
) -> Stage:
    """How much of a nudge is left after n equal links, on a logarithmic axis.

    Each link takes the number a that it is given to activation(w · a).
    activation: a name of the catalogue, a formula in x, or your own function; if left out, a menu
        of none at all, tanh and σ.
    n: the number of links, 0 to 30. w: the weight in every link, 0.5 to 2.
    start: what the first link is given.
    """
    own = None if activation is None else as_function(activation, (0.0, 2.0))
    controls: dict[str, Control] = {}
    if own is None:
        controls["link"] = Choice(list(ACTIVATIONS), "w · a", label="each link")
    controls["w"] = Slider(0.5, 2.0, w, 0.05, label="weight w")
    controls["n"] = Slider(0, DEEPEST, n, 1, label="number of links n")
    name = own and _bent(own)
    across, up = (-0.8, DEEPEST + 0.8), (_BOTTOM, _TOP)
    title = f"The slope of a long chain that starts at a = {number(start)}"
    labels = ("number of links n", "what is left of a nudge", title)
    ax = style.axes(across, up, *labels, size=(7.4, 3.9))
    ax.set_yscale("log")
    ax.set_yticks([10.0**k for k in range(-30, 15, 10)])
    ax.axhline(1, color=style.COLOURS["quiet"], linewidth=1.2, gid="zero")
    ax.text(DEEPEST + 0.6, 40, "as large as it went in", ha="right", color=style.INKS["quiet"][0])

    @lru_cache(maxsize=256)
    def slopes(link: str | None, w: float) -> tuple[float, ...]:
        return chain_slopes(ACTIVATIONS[link] if link else own, w, DEEPEST, start)

    def frame(w: float, n: int, link: str | None = None) -> Scene:
        n, so_far = int(n), slopes(link, w)
        sizes = np.abs(so_far)
        seen = drawable(sizes, positive=True, gaps=True).tolist()
        left = f"after {n} links: × {powers(so_far[n], otherwise='unknown')}"
        marks = {
            "chain": Polyline(tuple(enumerate(seen)), colour="derivative", width=3.2),
            "depth": Drop(n, seen[n], 1.0, width=1.6),
            "n": Point(n, float(sizes[n]), drag="n"),
            "left": Caption(left, "right", colour="derivative"),
        }
        return Scene(_depth_in_words(n, link or name, start, w, so_far[n]), marks)

    title = "A long chain of equal links and the slope of the whole"
    return Stage(ax, frame, controls, title, Play("n", "Go deeper", seconds=5))


def _bent(activation: Function) -> str:
    """ "ReLU(w · a)", or the name that the learner's own function has."""
    return as_written(activation, "w · a") or f"{activation.name}(w · a)"


def _depth_in_words(n: int, link: str, start: float, w: float, slope: float) -> str:
    links = "1 link" if n == 1 else f"{n} links"
    chain = f"{links} of {link} from a = {number(start)}, with w = {number(w)}"
    if not math.isfinite(slope):
        return f"{chain}: somewhere on the way there is no value or no slope."
    size = abs(slope)
    if size == 0:
        ending = "nothing of it is left"
    elif size < 1e-3:
        ending = "it has all but vanished"
    elif size < 0.05:
        ending = "little of it is left"
    elif size > 1e3:
        ending = "it has exploded"
    else:
        ending = "it gets through"
    return f"{chain}: a nudge at the start arrives {powers(slope)} times as large; {ending}."


# --- one neuron, forward and back ---

_LINKS_BACK = ("dL/da", "dL/dz", "dL/dw")
_NEURON_AT = (90.0, 285.0, 480.0, 675.0)  # pixels: the middles of w, z, a and L
_NEURON_UP, _NEURON_BOX = 165.0, (118.0, 66.0)


@explorer
def explore_neuron(w: float = 0.5, x: float = 2.0, y: float = 1.0, back: int = 0) -> Stage:
    """One neuron with its error: the values forward, and the slopes on the way back to the weight.

    w: the weight at first, −2 to 2. x: the input at first, −2 to 2. y: what would be right.
    back: how many of the three steps back have been taken at first.
    Raises ValueError for w, x or back outside these ranges.
    """
    controls: dict[str, Control] = {
        "w": Slider(-2, 2, w, 0.1, label="weight w"),
        "x": Slider(-2, 2, x, 0.5, label="input x"),
        "back": Slider(0, 3, back, 1, label="steps back"),
    }

    def frame(w: float, x: float, back: float) -> Scene:
        now, steps = neuron(w, x, y), round(back)
        return Scene(_neuron_in_words(w, x, y, now, steps), _neuron_marks(w, now, steps))

    title = "One neuron: values forward, slopes back"
    return Stage(_neuron_sheet(y), frame, controls, title, Play("back", "Go back", seconds=5))


def _neuron_sheet(y: float) -> Axes:
    """Four boxes in a row, and the arrows of the way forward."""
    ax = sheet(765, 250)
    names = ("w", "z = w · x", "a = σ(z)", f"L = ({plain(y)} − a)²")
    for middle, name in zip(_NEURON_AT, names, strict=True):
        rounded_box(ax, middle, _NEURON_UP, *_NEURON_BOX)
        write(ax, middle, _NEURON_UP + 15, name, side="center").set_weight("bold")
    arrow = {"arrowstyle": "-|>", "color": style.COLOURS["function"], "linewidth": 2}
    for left, right in pairwise(_NEURON_AT):
        ends = left + _NEURON_BOX[0] / 2 + 5, right - _NEURON_BOX[0] / 2 - 5
        ax.annotate("", (ends[1], _NEURON_UP), (ends[0], _NEURON_UP), arrowprops=arrow)
    write(ax, 31, 232, "values: forward", "function", size=12)
    write(ax, 734, 18, "slopes: back", "derivative", "right", size=12)
    return ax


def _neuron_marks(w: float, now: Neuron, steps: int) -> dict[str, Mark]:
    """The values in the boxes; of each step back its arrow, its factor and the product so far."""
    marks: dict[str, Mark] = {}
    for name, middle, value in zip("wzaL", _NEURON_AT, (w, now.z, now.a, now.loss), strict=True):
        marks[f"value of {name}"] = Text(middle, _NEURON_UP - 13, plain(value), colour="function")
    level = _NEURON_UP - _NEURON_BOX[1] / 2 - 33
    for k, (right, left) in enumerate(pairwise(reversed(_NEURON_AT))):
        taken = k < steps
        ends = ((right - 32, level), (left + 32, level)) if taken else (NOWHERE, NOWHERE)
        marks[f"step {k + 1}"] = Segment(*ends, colour="derivative", arrow=True, width=3)
        factor = f"× {bracketed(plain(now.own[k]))}" if taken else ""
        marks[f"factor {k + 1}"] = Text(
            (left + right) / 2, level, factor, side="above", colour="derivative"
        )
        product = f"{_LINKS_BACK[k]} = {plain(now.so_far[k]) if taken else '?'}"
        marks[f"product {k + 1}"] = Text(left, level - 30, product, colour="derivative")
    return marks


def _neuron_in_words(w: float, x: float, y: float, now: Neuron, steps: int) -> str:
    values = f"z = {plain(now.z)}, a = {plain(now.a)}, loss {plain(now.loss)}"
    start = f"Forward with w = {plain(w)} and x = {plain(x)}: {values}."
    if steps == 0:
        return f"{start} Nothing has gone back yet."
    own, so_far = ([plain(v) for v in side] for side in (now.own, now.so_far))
    if steps == 1:
        return f"{start} Step 1 back: the loss moves {so_far[0]} times as far as a."
    letter, link = (("z", "σ"), ("w", "w · x"))[steps - 2]
    product = f"{so_far[steps - 2]} × {bracketed(own[steps - 1])} ≈ {so_far[steps - 1]}"
    said = f"{start} Step {steps} back, through {link}: the loss moves {product} times as far as "
    said += f"{letter}."
    if steps < 3:
        return said
    slope = now.so_far[2]
    if slope == 0:
        return f"{said} This weight can stay."
    return f"{said} So the weight should go {'up' if slope < 0 else 'down'}."
