"""Chapter 06: eˣ, ln x, sin x, cos x and σ in motion, and where each of them works in AI."""

import math
from functools import cache
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.explorers.shared.geometry import start_on
from utils.explorers.shared.panels import side_by_side
from utils.explorers.shared.titles import as_written
from utils.functions import Function, Real, as_function, value_or_nan
from utils.models.special_functions import slope_at, softmax
from utils.numerals import fixed, number, whole_percent
from utils.stage import (
    NOWHERE,
    Bar,
    Caption,
    Choice,
    Drop,
    Graph,
    LogSlider,
    Play,
    Point,
    Polyline,
    Scene,
    Segment,
    Slider,
    Stage,
    Tangent,
    Text,
    explorer,
    with_formula_field,
)
from utils.stage.marks import Mark

CLOSE = 0.005  # a base this near e is the one that the slider can reach

# The words a model may say next, with the scores it gives them.
WORDS = {"mat": 3.0, "sofa": 2.0, "roof": 1.0, "moon": -1.0}

# A text in which some words come twice.
TEXT = [
    *("The", "cat", "sat", "on", "the", "mat", "and", "the", "dog", "sat", "by", "the", "door"),
    *("until", "the", "cat", "left", "the", "mat", "and", "the", "dog", "fell", "asleep", "there"),
]

# How fast the clocks of a position turn, in radians per word.
SPEEDS = (1.0, 0.5, 0.25, 0.125)
LAST_WORD = len(TEXT) - 1
_ROWS = [-2.6 * i for i in range(len(SPEEDS))]  # the middles of the clocks
_TALL = (_ROWS[-1] - 1.35, 1.35)

NUDGE = 0.5  # the width of the step that goes into a squashing function
REACH = (-8.0, 8.0)  # where it may begin

_SIZE = (7.5, 3.6)  # inches


# --- aˣ: slope over height ---


@explorer
def explore_base(a: float = 2.0, x0: float = 1.0) -> Stage:
    """Left, aˣ and the curve of its slopes; right, slope ÷ height for every base a.

    a: the base, between 0.5 and 4. x0: the place on the curve, between −1 and 1.5.
    """
    across, heights, ratios = (-1.6, 2.6), (-2.2, 8.6), (-0.95, 1.55)
    curve, graph = side_by_side(
        (across, heights, "x", "height and slope"),
        ((0.3, 4.2), ratios, "base a", "slope ÷ height"),
        (1.25, 1),
        _SIZE,
    )
    curve.set_xticks(range(-1, 3))
    graph.axhline(1, color=style.COLOURS["quiet"], linewidth=1.2, linestyle=":", label="level 1")
    style.plot_function(graph, math.log, (0.4, 4.1), "slope ÷ height", "derivative")

    @cache
    def curves(a: float) -> tuple[Real, Real]:
        return lambda x: a**x, lambda x: math.log(a) * a**x

    def frame(a: float, x0: float) -> Scene:
        power, slopes = curves(a)
        height, slope, ratio = power(x0), slopes(x0), math.log(a)
        marks = {
            "curve": Graph(power, across, 41, width=3.2),
            # On top, so that the dashes show where the two lie on one another.
            "slopes": Graph(slopes, across, 41, colour="derivative", dashed=True, width=2.4),
            "height": Segment((x0, 0), (x0, height), colour="function", width=1.6),
            "slope": Point(x0, slope, drag="x0", colour="derivative"),
            "x0": Point(x0, height, drag="x0", colour="function"),
            "name of curve": Caption(f"aˣ, a = {fixed(a)}", colour="function"),
            "name of slopes": Caption("its slopes", "right", colour="derivative"),
            "drop": Drop(a, ratio, ratios[0], ax=1),
            "a": Point(a, ratio, drag="a", colour="derivative", ax=1),
            "ratio": Caption(f"slope ÷ height = {fixed(ratio, 3)}", colour="derivative", ax=1),
        }
        return Scene(_base_in_words(a, x0, height, slope, ratio), marks)

    sliders = {
        "a": Slider(0.5, 4, a, 0.01, label="base a"),
        "x0": Slider(-1, 1.5, x0, 0.25, label="place x₀"),
    }
    return Stage(curve, frame, sliders, "aˣ and its slopes, and slope ÷ height for every base a")


def _base_in_words(a: float, x0: float, height: float, slope: float, ratio: float) -> str:
    start = (
        f"With a = {fixed(a)}, at x₀ = {fixed(x0)} the curve is {fixed(height)} high and its slope "
        f"is {fixed(slope)}. Slope ÷ height is {fixed(ratio, 3)}"
    )
    if a == 1:
        return f"{start}: 1 to any power is 1, so the curve is flat."
    if abs(a - math.e) < CLOSE:
        return f"{start}: the two curves lie on one another."
    return f"{start}, here and at every other place."


# --- softmax ---


@explorer
def explore_softmax(temperature: float = 1.0, score: float = WORDS["mat"]) -> Stage:
    """Left, the probabilities of four words; right, that of the first for every score it may get.

    temperature: between 0.1 and 10. score: that of the first word, between −2 and 6.
    """
    first, *others = WORDS
    bars, graph = side_by_side(
        ((0.4, 4.6), (0, 1.12), "", "probability", "The cat sat on the …"),
        ((-2.4, 6.4), (-0.06, 1.12), f"score of “{first}”", "its probability"),
        (1.1, 1),
        _SIZE,
    )
    given = [WORDS[word] for word in others]
    names = [f"{word}\n{number(WORDS[word])}" for word in others]
    bars.set_xticks(range(1, len(WORDS) + 1), [f"{first}\n(slider)", *names])
    bars.grid(False, axis="x")
    for ax in (bars, graph):
        ax.set_yticks([0, 0.5, 1])

    @cache
    def share(temperature: float) -> Real:
        return lambda score: softmax([score, *given], temperature)[0]

    def frame(temperature: float, score: float) -> Scene:
        shares = softmax([score, *given], temperature)
        p = shares[0]
        slope = p * (1 - p) / temperature
        marks: dict[str, Mark] = {}
        for i, (word, height) in enumerate(zip(WORDS, shares, strict=True), 1):
            colour, said = "function" if word == first else "quiet", whole_percent(height)
            marks[f"bar of {word}"] = Bar(i - 0.36, 0, i + 0.36, height, colour)
            marks[f"share of {word}"] = Text(i, height, said, side="above", colour=colour)
        marks |= {
            "curve": Graph(share(temperature), (-2.4, 6.4), 61, width=2.4, ax=1),
            "tangent": Tangent(score, p, slope, ax=1),
            "score": Point(score, p, drag="score", colour="function", ax=1),
            "slope": Caption(f"slope {fixed(slope)} per point", "right", colour="tangent", ax=1),
        }
        most = max(zip(shares, WORDS, strict=True))
        words = (
            f"Temperature {number(temperature, 3)}, “{first}” with score {fixed(score)}: it gets "
            f"{whole_percent(p)}. {_mood(*most)} One tenth of a point more for “{first}” would "
            f"bring about {fixed(10 * slope, 1)} percentage points."
        )
        return Scene(words, marks)

    sliders = {
        "temperature": LogSlider(-1, 1, temperature, 0.05, label="temperature"),
        "score": Slider(-2, 6, score, 0.25, label=f"score of “{first}”"),
    }
    return Stage(bars, frame, sliders, "Four scores, turned into probabilities")


def _mood(largest: float, word: str) -> str:
    """How sure a model sounds that gives its favourite word this probability."""
    if largest > 0.95:
        return f"The model is all but sure of “{word}”."
    if largest < 0.35:
        return "The model hardly prefers any word."
    return f"The model’s favourite is “{word}”."


# --- ln x: the mirror image of eˣ ---


@explorer
def explore_mirror(x: float = 2.0) -> Stage:
    """Left, ln x as the mirror image of eˣ, with both tangents; right, the slope of ln x.

    x: the place on ln x, between 0.2 and 4.
    """
    square, slopes = (-2.2, 4.6), (0.0, 5.4)
    mirror, _ = side_by_side(
        (square, square, "x", "y"), ((0, 4.6), slopes, "x", "slope of ln x"), (1.2, 1), _SIZE
    )
    mirror.set_aspect("equal")
    mirror.set(xticks=range(-2, 5), yticks=range(-2, 5))
    quiet = style.COLOURS["quiet"]
    mirror.plot(square, square, color=quiet, linewidth=1.2, linestyle="--", label="mirror")
    style.plot_function(mirror, math.exp, (square[0], math.log(square[1])), "eˣ")
    style.plot_function(mirror, math.log, (math.exp(square[0]), square[1]), "ln x")
    mirror.text(1.12, 4.1, "eˣ ", color=style.COLOURS["function"], ha="right")
    mirror.text(4.5, 0.85, "ln x", color=style.COLOURS["function"], ha="right")
    grid = Slider(0.2, 4, x, 0.05, label="x")

    def frame(x: float) -> Scene:
        y = math.log(x)
        trace = tuple((at, 1 / at if at <= x + 1e-9 else math.nan) for at in grid.values)
        marks = {
            "tangent of eˣ": Tangent(y, x, x, width=2),
            "tangent of ln x": Tangent(x, y, 1 / x, width=2),
            "across": Segment((x, y), (y, x), colour="quiet", dashed=True, width=1.4),
            "on eˣ": Point(y, x, drag="x", colour="function", hollow=True),
            "x": Point(x, y, drag="x", colour="function"),
            "trace": Polyline(trace, colour="derivative", width=3.2, ax=1),
            "slope": Point(x, 1 / x, drag="x", colour="derivative", ax=1),
            "slopes in numbers": Caption(f"slopes {fixed(x)} and {fixed(1 / x)}", colour="tangent"),
            "slope in numbers": Caption(
                f"slope of ln x: {fixed(1 / x)}", "right", colour="derivative", ax=1
            ),
        }
        words = (
            f"eˣ passes through ({fixed(y)}, {fixed(x)}) with slope {fixed(x)}, its own height. In "
            f"the mirror, ln x passes through ({fixed(x)}, {fixed(y)}), and rise and run have "
            f"changed places: slope 1 / {fixed(x)} = {fixed(1 / x)}."
        )
        return Scene(words, marks)

    play = Play("x", "Draw the slopes", seconds=6)
    return Stage(mirror, frame, {"x": grid}, "ln x as the mirror image of eˣ, and its slope", play)


# --- cross-entropy ---


@explorer
def explore_cross_entropy(p: float = 0.5) -> Stage:
    """Left, the loss −ln p and its tangent; right, its slope; both beside the squared error.

    p: the probability that the model gave to the right answer, between 0.01 and 0.99.
    """
    losses, slopes = (0.0, 5.2), (-21.0, 1.5)
    left, right = side_by_side(
        ((0, 1), losses, "probability p of the right answer", "loss"),
        ((0, 1), slopes, "probability p", "slope of the loss"),
        size=_SIZE,
    )
    style.plot_function(left, lambda p: -math.log(p), (0.004, 1), "−ln p")
    style.plot_function(left, lambda p: (1 - p) ** 2, (0, 1), "squared error", "quiet")
    style.plot_function(right, lambda p: -1 / p, (1 / 21, 1), "slope of −ln p", "derivative")
    style.plot_function(right, lambda p: -2 * (1 - p), (0, 1), "of squared error", "quiet")
    left.legend(loc="upper right", frameon=False)
    right.set_yticks(range(-20, 1, 5))

    def frame(p: float) -> Scene:
        loss, slope = -math.log(p), -1 / p
        marks = {
            "tangent": Tangent(p, loss, slope),
            "drop": Drop(p, loss),
            "squared": Point(p, (1 - p) ** 2, colour="quiet"),
            "p": Point(p, loss, drag="p", colour="function"),
            "squared slope": Point(p, -2 * (1 - p), colour="quiet", ax=1),
            "slope": Point(p, slope, drag="p", colour="derivative", ax=1),
            "loss in numbers": Caption(f"loss −ln p = {fixed(loss)}", "right", colour="function"),
            "slope in numbers": Caption(
                f"slope −1/p = {fixed(slope)}", "right", colour="derivative", ax=1
            ),
        }
        words = (
            f"The model gave {round(100 * p)} % to the right answer and {round(100 - 100 * p)} % "
            f"to wrong ones: loss {fixed(loss)}, slope {fixed(slope)}. The squared error would be "
            f"{fixed((1 - p) ** 2)}, with slope {fixed(-2 * (1 - p))}."
        )
        return Scene(words, marks)

    sliders = {"p": Slider(0.01, 0.99, p, 0.01, label="probability p")}
    return Stage(left, frame, sliders, "The loss −ln p and its slope, beside the squared error")


# --- sin and cos: a point that walks around a circle ---

WAVES = {
    "sin x": ("its height", math.sin, "cos x", math.cos),
    "cos x": ("its place across", math.cos, "−sin x", lambda x: -math.sin(x)),
}


@explorer
def explore_circle(wave: str = "sin x", x: float = 1.0) -> Stage:
    """Left, a point that has walked a distance x around a circle; right, its height and the slope.

    wave: "sin x" or "cos x". x: the distance walked, in radians, between 0 and 6.28.
    """
    square = (-1.95, 1.95)
    turn = (0, 2 * math.pi)
    circle, graph = side_by_side(
        (square, square, "across", "height"),
        (turn, square, "distance x around the circle", "height and slope"),
        (1, 1.25),
        _SIZE,
    )
    circle.set_aspect("equal")
    circle.set(xticks=[-1, 0, 1], yticks=[-1, 0, 1])
    graph.set_yticks([-1, 0, 1])
    graph.set_xticks([k * math.pi / 2 for k in range(5)], ["0", "π/2", "π", "3π/2", "2π"])
    _draw_circle(circle, 0.0, "circle of radius 1")
    grid = Slider(0, 6.28, x, 0.04, label="distance x")
    bends = np.linspace(*turn, 61).tolist()

    def frame(wave: str, x: float) -> Scene:
        part, f, name, slope_of = WAVES[wave]
        here = (math.cos(x), math.sin(x))
        ahead = (here[0] - here[1], here[1] + here[0])
        upwards = wave == "sin x"
        corner = (ahead[0], here[1])
        moved = (corner, ahead) if upwards else (here, corner)
        other = (here, corner) if upwards else (corner, ahead)
        shadow = ((here[0], 0.0), here) if upwards else ((0.0, 0.0), (here[0], 0.0))
        walked = tuple((math.cos(at), math.sin(at)) if at <= x + 0.02 else NOWHERE for at in bends)
        trace = tuple((at, slope_of(at) if at <= x + 1e-9 else math.nan) for at in bends)
        f_x, slope = f(x), slope_of(x)
        marks = {
            "walked": Polyline(walked, colour="path", width=4),
            "spoke": Segment((0, 0), here, colour="quiet", width=1.4),
            "part of place": Segment(*shadow, colour="function", width=3.4),
            "other part of motion": Segment(*other, colour="quiet", dashed=True, width=1.4),
            "part of motion": Segment(*moved, colour="derivative", width=3.4),
            "motion": Segment(here, ahead, colour="tangent", arrow=True),
            "point": Point(*here, drag="x"),
            "wave": Graph(f, turn, 61, width=2.4, ax=1),
            "trace": Polyline(trace, colour="derivative", width=3.2, ax=1),
            "tangent": Tangent(x, f_x, slope, width=1.8, ax=1),
            "x": Point(x, f_x, drag="x", colour="function", ax=1),
            "slope": Point(x, slope, drag="x", colour="derivative", ax=1),
            "name of wave": Caption(f"{wave} = {fixed(f_x)}", colour="function", ax=1),
            "name of slope": Caption(
                f"slope {name} = {fixed(slope)}", "right", colour="derivative", ax=1
            ),
        }
        side = "upward" if upwards else "sideways"
        words = (
            f"After walking x = {fixed(x)} around the circle the point has {wave} = {fixed(f_x)}, "
            f"{part}. It moves at speed 1, and the {side} part of its motion is {fixed(slope)}: "
            f"the slope of {wave}, which is {name}."
        )
        return Scene(words, marks)

    sliders = {"wave": Choice(list(WAVES), wave, label="f(x)"), "x": grid}
    play = Play("x", "Walk around", seconds=8)
    return Stage(circle, frame, sliders, "A point on a circle, and the slope of its wave", play)


def _draw_circle(ax: Axes, height: float, label: str) -> None:
    around = np.linspace(0, 2 * math.pi, 121)
    across, up = np.cos(around), height + np.sin(around)
    ax.plot(across, up, color=style.COLOURS["quiet"], linewidth=1.4, label=label)


# --- positional encoding ---


@explorer
def explore_positions(word: float = 5) -> Stage:
    """Four waves of different speed, and the clock that each of them shows at a word's place.

    word: the place of a word in its text, 0 to 24.
    """
    _, waves = side_by_side(_draw_clocks, _draw_waves, (1, 4.6), (7.5, 4.0))

    def frame(word: float) -> Scene:
        heights = [math.sin(speed * word) for speed in SPEEDS]
        marks: dict[str, Mark] = {"place": Drop(word, _TALL[1], _TALL[0], width=1.6, ax=1)}
        for row, speed, height in zip(_ROWS, SPEEDS, heights, strict=True):
            hand = (math.cos(speed * word), row + height)
            name = f"speed {speed:g}"
            marks[f"hand of {name}"] = Segment((0, row), hand, colour="point", width=2.6)
            marks[f"tip of {name}"] = Point(*hand, colour="function")
            marks[f"dot of {name}"] = Point(
                word, row + height, drag="word", colour="function", ax=1
            )
        marks["name"] = Caption(f"word {number(word)}: {TEXT[round(word)]}", ax=1)
        code = "  ".join(fixed(height) for height in heights)
        marks["code"] = Caption(f"heights {code}", "right", colour="function", ax=1)
        said = ", ".join(fixed(height) for height in heights)
        words = (
            f"Word {number(word)}, “{TEXT[round(word)]}”: the tips of the four hands are at the "
            f"heights {said}. One word on, the fast hand turns by {number(SPEEDS[0])} radian, the "
            f"slow one by {number(SPEEDS[-1])}."
        )
        return Scene(words, marks)

    sliders = {"word": Slider(0, LAST_WORD, word, 1, label="word")}
    play = Play("word", "Read the text", seconds=8)
    return Stage(waves, frame, sliders, "Four waves that number the words of a text", play)


def _draw_clocks(ax: Axes) -> None:
    ax.set(xlim=(-1.35, 1.35), ylim=_TALL, ylabel="speed, in radians per word", title=" ")
    ax.set(xticks=[], yticks=_ROWS, yticklabels=[f"{speed:g}" for speed in SPEEDS])
    ax.set_aspect("equal", adjustable="box", anchor="E")
    ax.spines[:].set_visible(False)
    ax.tick_params(length=0)
    ax.grid(False)
    for row, speed in zip(_ROWS, SPEEDS, strict=True):
        _draw_circle(ax, row, f"clock of speed {speed:g}")


def _draw_waves(ax: Axes) -> None:
    style.frame_axes(ax, (-0.5, LAST_WORD + 0.5), _TALL, "place of the word in the text", "", " ")
    ax.set_xticks(range(0, LAST_WORD + 1, 4))
    ax.tick_params(left=False, labelleft=False)
    ax.grid(False, axis="y")
    at = np.linspace(0, LAST_WORD, 401)
    for row, speed in zip(_ROWS, SPEEDS, strict=True):
        ax.axhline(row, color=style.COLOURS["quiet"], linewidth=0.8, gid="zero")
        ax.plot(at, row + np.sin(speed * at), label=f"wave of speed {speed:g}")


# --- saturation ---


@with_formula_field()
@explorer
def explore_saturation(f: str | Function | Real = "sigmoid", x: float | None = None) -> Stage:
    """Left, a curve that takes a nudge of 0.5 in and hands a nudge out; right, its slope.

    f: a name of the catalogue, a formula, or your own function.
    x: where the nudge begins, between −8 and 8; in the middle if left out.
    """
    low, high = REACH
    f = as_function(f, REACH)
    title = as_written(f, "x") or f"{f.name}(x)"
    view = (low, high + NUDGE)
    heights = style.heights(f, view)
    x = start_on(f, REACH, 0.1, 0.5, NUDGE) if x is None else x
    grid = Slider(low, high, x, 0.1, label="x")
    slopes = {at: slope_at(f, at) for at in grid.values}
    sizes = [slope for slope in slopes.values() if math.isfinite(slope)] or [0.0]
    steepest = max(map(abs, sizes))
    bottom, top = min(0.0, *sizes), max(0.0, *sizes)
    air = 0.12 * (top - bottom) or 1.0
    foot = (bottom - (air if bottom < 0 else 0.4 * air), top + air)
    curve, graph = side_by_side(
        (view, heights, "x", title), (view, foot, "x", "slope"), (1.15, 1), _SIZE
    )
    style.plot_function(curve, f, view, title)
    drawn = dict(slopes)
    for (x1, y1), (x2, y2) in pairwise(slopes.items()):
        if abs(y2 - y1) > 0.25 * (foot[1] - foot[0]):
            drawn[(x1 + x2) / 2] = math.nan  # a gap where the slope jumps
    places = sorted(drawn)
    graph.plot(
        places, [drawn[at] for at in places], color=style.COLOURS["derivative"], label="slope"
    )

    def frame(x: float) -> Scene:
        here, there, slope = value_or_nan(f, x), value_or_nan(f, x + NUDGE), slopes[x]
        ends = np.clip((here, there), *heights).tolist()
        change = there - here
        through = f"in {number(NUDGE)}, out {fixed(change, 4)}"
        steep = f"slope {fixed(slope, 4)}" if math.isfinite(slope) else "no slope"
        marks = {
            "nudge in": Bar(x, heights[0], x + NUDGE, min(ends), "run", edge=1.2),
            "nudge out": Bar(view[0], ends[0], x, ends[1], "rise", edge=1.2),
            "tangent": Tangent(x, here, slope),
            "x": Point(x, here, drag="x"),
            "slope": Point(x, slope, drag="x", colour="derivative", ax=1),
            "out in numbers": Caption(
                through if math.isfinite(change) else "no value", colour="rise"
            ),
            "slope in numbers": Caption(steep, "right", colour="derivative", ax=1),
        }
        does = _why_no_slope(f, x, here) if math.isnan(slope) else ""
        return Scene(_saturation_in_words(title, x, here, change, slope, steepest, does), marks)

    return Stage(curve, frame, {"x": grid}, f"What {title} makes of a nudge, and its slope")


def _why_no_slope(f: Real, x: float, here: float) -> str:
    """What a curve does at a place without a slope."""
    h = 1e-6
    slopes = [(value_or_nan(f, x + step) - here) / step for step in (-h, h)]
    if not all(map(math.isfinite, slopes)):
        return "ends"
    return "has a corner" if max(map(abs, slopes)) < 100 else "jumps, or stands upright,"


def _saturation_in_words(
    title: str, x: float, here: float, change: float, slope: float, steepest: float, does: str
) -> str:
    """What comes of the nudge. does: what the curve does where there is no slope."""
    at = f"At x = {number(x)}"
    if not math.isfinite(here):
        return f"{at} {title} has no value."
    start = f"{at} the output is {fixed(here, 4)}"
    if not math.isfinite(slope):
        return f"{start}, and there is no slope: the curve {does} here."
    start += f" and the slope {fixed(slope, 4)}."
    if not math.isfinite(change):
        return f"{start} A nudge of {number(NUDGE)} leads to a place without a value."
    start += f" A nudge of {number(NUDGE)} changes the output by {fixed(change, 4)}"
    if slope == 0 == change:
        return f"{start}: nothing gets through."
    if max(abs(slope), abs(change) / NUDGE) < min(0.05 * steepest, 0.05):
        return f"{start}: saturated, hardly anything gets through."
    if abs(slope) > 0.95 * steepest:
        nearly = "" if abs(slope) > 0.9999 * steepest else "nearly "
        return f"{start}: here the curve is {nearly}as steep as it gets."
    return f"{start}."
