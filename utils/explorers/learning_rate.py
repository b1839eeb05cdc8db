"""Chapter 12: the regimes of the learning rate, condition, momentum, and a race of optimisers."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from utils import descent, style
from utils.contours import plot_contours
from utils.explorers.shared.geometry import drawable, point_near, with_air
from utils.explorers.shared.panels import Part, mosaic, side_by_side, write
from utils.functions import NoValue
from utils.models.learning_rate import (
    BOWLS,
    COURSES,
    RACERS,
    Race,
    bowl,
    factor,
    regime,
    turned,
    turned_place,
)
from utils.numerals import in_loss, number, pair, percent, powers
from utils.stage import (
    Backdrop,
    Bar,
    Caption,
    Choice,
    Graph,
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
)
from utils.stage.controls import Control
from utils.stage.marks import Anchor, Colour, Mark
from utils.stage.shapes import Look
from utils.stage.sizes import SIZES
from utils.surfaces import Plane, Surface, Window, as_surface

MOST_STEPS = 400


# --- one weight: L = a w² ---


_BOWLS = ("0.5", "1", "2")
_ETAS = (-0.1, 2.3, 0.05)  # low, high and step of η for the bowls of the menu
_LOSSES = (1e-4, 1e4)  # heights of the loss axes
_ZONE = (0.62, 1.28)  # the band of the regimes on the axis of η, and where its words stand
_ZONE_WORDS, _BORDER_WORDS, _NEEDLE = 0.95, 1.68, 0.3
_STRIP = 690  # the length of that axis, in pixels


@explorer
def explore_rate(
    a: float | None = None, eta: float | None = None, start: float = 4.0, steps: int = 12
) -> Stage:
    """Descent on L = a w²: its steps, its loss curve, and the axis of η with its two borders.

    a: how steep the bowl is, 0.001 to 1000; if left out, a menu of three.
    eta: the learning rate at first; if left out, a tenth of the border 1/a.
    start: the weight before the first step. steps: how many are shown, 1 to 40.
    Raises ValueError for an η outside the slider, which goes a little below 0 and to about 1.5/a.
    """
    if a is not None and not 1e-3 <= a <= 1e3:
        raise NoValue(f"a is {a}. A bowl needs an a above 0, such as 2.5; here up to 1000.")
    if not (math.isfinite(start) and 1e-6 <= abs(start) <= 1e6):
        raise NoValue(f"start is {start}. Start away from the bottom, such as at 4.")
    if not 1 <= steps <= 40:
        raise NoValue(f"steps is {steps}. Between 1 and 40 can be shown.")
    menu = a is None
    steepest = 2.0 if menu else float(a)
    low, high, grid = _ETAS if menu else (-0.1 / a, 1.5 / a, 0.05 / a)
    first = (0.1 if menu else 0.1 / a) if eta is None else eta
    sliders: dict[str, Control] = {"eta": Slider(low, high, first, grid, label="learning rate η")}
    if menu:
        sliders["a"] = Choice(_BOWLS, "1", label="a in L(w) = a w²")
    reach, top = 1.5 * abs(start), 1.25 * steepest * start**2
    view = ((-reach, reach), (-0.05 * top, top))
    size = steepest * start**2 / 32
    losses = (_LOSSES[0] * size, _LOSSES[1] * size)
    ax, strip = _two_and_a_strip(
        (*view, "w", "L(w)"),
        partial(_frame_losses, steps=steps, losses=losses),
        (with_air(low, high, 0.01), (0, 2), "learning rate η", "", ""),
        widths=(1, 1),
        heights=(3.1, 1),
    )
    ax.set_xticks([-start, 0, start])
    for line in strip.get_lines():
        line.remove()  # the one at 0 would cross the words, and the bands show where 0 is
    curves = {a: lambda w, a=a: a * w**2 for a in (map(float, _BOWLS) if menu else [steepest])}

    @lru_cache(maxsize=4096)
    def run(a: float, eta: float) -> np.ndarray:
        return descent.descend(lambda w: 2 * a * w, start, eta, steps)[:, 0]

    def frame(eta: float, a: str | float = steepest) -> Scene:
        a = float(a)
        places = run(a, eta)
        heights = _squares(places, a)
        walk = np.column_stack([places, heights])
        falling = _falling(heights)
        marks: dict[str, Mark] = {
            "L": Graph(curves[a], view[0], 61),
            "path": Polyline(_pulled(view, walk), colour="path", width=1.8),
        }
        for i, place in enumerate(walk.tolist()):
            marks[f"stop {i}"] = Point(
                *point_near(view, *place), colour="path", hollow=i > 0, quiet=0 < i < steps
            )
        by = f"each step: w times {_times(a, eta)}"
        end = f"loss after {steps} steps: {_end_loss(heights[-1], '< ')}"
        marks |= {
            "loss curve": Polyline(falling, colour="loss", ax=1),
            "last loss": Point(*falling[-1], colour="loss", ax=1),
            **_zones(a, low, high),
            "factor in words": Caption(by, "right", colour="path"),
            "loss in words": Caption(end, "right", colour="loss", ax=1),
            "η": Point(eta, _NEEDLE, drag="eta", ax=2),
        }
        return Scene(_rate_says(a, eta, start), marks)

    title = "Descent on L(w) = a w², and what the learning rate makes of it"
    return Stage(ax, frame, sliders, title, Play("eta", "Grow η", seconds=9))


def _zones(a: float, low: float, high: float) -> dict[str, Mark]:
    """The bands of η that slide, zig-zag and run away, and the two borders between them."""
    half, border = 0.5 / a, 1 / a
    bands: dict[str, tuple[float, float, Colour]] = {
        "uphill": (low, 0.0, "quiet"),
        "slides": (0.0, half, "path"),
        "zig-zags": (half, border, "tangent"),
        "runs away": (border, high, "loss"),
    }
    foot, top = _ZONE
    marks: dict[str, Mark] = {}
    for name, (left, right, colour) in bands.items():
        marks[f"band {name}"] = Bar(left, foot, right, top, colour, edge=0, ax=2)
        room = _STRIP * (right - left) / (high - low)
        words = name if room > SIZES.letter * len(name) else ""
        marks[name] = Text((left + right) / 2, _ZONE_WORDS, words, colour=colour, ax=2)
    ends: dict[str, tuple[float, Anchor]] = {"1/(2a)": (half, "end"), "1/a": (border, "start")}
    for name, (at, anchor) in ends.items():
        words = f"{name} = {powers(at, 4)}"
        marks[f"border {name}"] = Segment((at, 0), (at, 1.42), colour="run", width=1.6, ax=2)
        marks[name] = Text(at, _BORDER_WORDS, words, anchor=anchor, colour="run", ax=2)
    return marks


def _times(a: float, eta: float) -> str:
    """What a step multiplies w by, in words; what a slider's rounding leaves of 0 is shown as 0."""
    return number(factor(a, eta), tiny=1e-6)


def _rate_says(a: float, eta: float, start: float) -> str:
    here, there = number(start), number(-start)
    what = {
        "uphill": "Uphill: a negative η steps with the slope, so w leaves the bottom behind.",
        "still": "Standing still: a step of length 0.",
        "monotone": "Monotone: w slides in from one side, a little closer each time.",
        "one step": "One step: this is 1/(2a), and the first step lands on the bottom.",
        "oscillating": "Oscillating: each step lands on the other side, and closer.",
        "edge": f"On the edge: this is 1/a, and w jumps between {here} and {there}.",
        "diverging": "Diverging: each step lands on the other side, and farther out.",
    }[regime(a, eta)]
    rates = f"η = {powers(eta, 4)}, a = {powers(a, 4)}"
    return f"{rates}. {what} Each step multiplies w by 1 − 2aη = {_times(a, eta)}."


# --- two weights: a long bowl ---

_KAPPAS = ("1", "3", "10")
_BOWL_START = (4.0, 1.5)
_BOWL_VIEW: Window = ((-5.2, 5.2), (-3.6, 3.6))
_BOWL_LOSSES = (1e-6, 1e4)
_FACTORS = (-1.6, 1.25)  # the ends of the axis of factors
_PARTS: dict[str, Colour] = {"loss": "loss", "part of y": "gradient", "part of x": "tangent"}


@explorer
def explore_condition(
    kappa: float | None = None, eta: float = 0.05, start: Pair = _BOWL_START, steps: int = 30
) -> Stage:
    """Descent on x² + κy²: the path, the loss with both its parts, and the factors of x and y.

    kappa: how many times as much it bends along y, 1 or more; if left out, a menu of three.
    eta: the learning rate at first. start: where the walk begins. steps: how many, 1 to 60.
    Raises ValueError for an η outside the slider, 0 to a little more than 1.
    """
    if kappa is not None and not 1 <= kappa <= 1e4:
        raise NoValue(f"kappa is {kappa}. It says how many times steeper y is: 1 to 10,000.")
    if not 1 <= steps <= 60:
        raise NoValue(f"steps is {steps}. Between 1 and 60 can be shown.")
    x0, y0 = _finite_start(start)
    high, grid = (1.1 / kappa, 0.011 / kappa) if kappa and kappa > 10 else (1.05, 0.01)
    sliders: dict[str, Control] = {
        "eta": Slider(0, high, min(eta, high) if kappa else eta, grid, label="learning rate η"),
    }
    if kappa is None:
        sliders["kappa"] = Choice(_KAPPAS, "10", label="κ in x² + κ y²")
    plane, strip = _two_and_a_strip(
        (*_BOWL_VIEW, "x", "y"),
        partial(_frame_losses, steps=steps, losses=_BOWL_LOSSES),
        (_FACTORS, (0, 2), "each step multiplies it by", "", ""),
        widths=(1.15, 1),
        heights=(2.6, 1),
    )
    plane.grid(False)
    strip.axvspan(-1, 1, color=style.COLOURS["path"], alpha=0.15, linewidth=0, label="shrinks")

    @lru_cache(maxsize=512)
    def run(kappa: float, eta: float) -> np.ndarray:
        return descent.descend(bowl(kappa).gradient, (x0, y0), eta, steps)

    def frame(eta: float, kappa: str | float = kappa or 1.0) -> Scene:
        kappa = float(kappa)
        path = run(kappa, eta)
        along_x, along_y = _squares(path[:, 0], 1.0), _squares(path[:, 1], kappa)
        total = along_x + along_y
        factors = factor(1.0, eta), factor(kappa, eta)
        formula = f"x² + {'' if kappa == 1 else powers(kappa, 4)}y²"
        marks: dict[str, Mark] = {}
        for i, level in enumerate((1, 4, 10, 20)):
            marks[f"height {level}"] = Polyline(
                _ellipse(level, kappa), colour="function", width=0.9, quiet=i > 0
            )
        marks |= {
            "path": Polyline(_until_lost(_BOWL_VIEW, path), colour="path", width=2.8),
            "start": Point(x0, y0, colour="path", hollow=True),
            "end": Point(*point_near(_BOWL_VIEW, *path[-1].tolist()), colour="path"),
            **_parts_of_loss({"loss": total, "part of y": along_y, "part of x": along_x}),
            **_factors(factors),
            "bowl": Caption(f"{formula}, from {pair(x0, y0)}", colour="function"),
            "loss in words": Caption(
                f"after {steps} steps: {_end_loss(total[-1], '< ')}", "right", ax=1
            ),
        }
        return Scene(_condition_says(kappa, eta, factors, total, steps), marks)

    title = "Descent on a bowl that is longer than wide"
    return Stage(plane, frame, sliders, title, Play("eta", "Grow η", seconds=12))


def _parts_of_loss(losses: dict[str, np.ndarray]) -> dict[str, Mark]:
    """The curves of a loss and of its two parts, and their names in the corner of the axes."""
    marks: dict[str, Mark] = {}
    for name, colour in _PARTS.items():
        curve, is_sum = _falling(losses[name]), name == "loss"
        width = 1.8 if is_sum else 2.4
        marks[name] = Polyline(curve, colour=colour, ax=1, width=width, dashed=is_sum)
    end = len(losses["loss"]) - 1
    names = {f"name of {name}": (name, colour) for name, colour in _PARTS.items()}
    return marks | _in_the_corner(names, end, quiet=True)


def _in_the_corner(
    words: dict[str, tuple[str, Colour]], end: float, quiet: bool = False
) -> dict[str, Mark]:
    """Words below one another in the upper right corner of the axes of the losses.

    words: the text and its colour, by the name of the mark. end: the right end of these axes.
    """
    marks: dict[str, Mark] = {}
    for row, (name, (text, colour)) in enumerate(words.items()):
        height = _BOWL_LOSSES[1] / 10 ** (0.6 + 0.95 * row)
        marks[name] = Text(end, height, text, side="left", colour=colour, ax=1, quiet=quiet)
    return marks


def _factors(factors: Pair) -> dict[str, Mark]:
    """What a step multiplies x and y by, on the axis of factors."""
    x, y = factors
    return {
        "factor of x": Point(x, 0.85, drag="eta", label="x", colour="tangent", ax=2, click=True),
        "factor of y": Point(
            y, 0.85, drag="eta", label="y", side="below", colour="gradient", ax=2, click=False
        ),
        "shrinks": Text(0, 1.72, "shrinks", colour="path", ax=2),
        "grows": Text(-1.3, 1.72, "grows", colour="quiet", ax=2),
    }


def _condition_says(kappa: float, eta: float, factors: Pair, losses: np.ndarray, steps: int) -> str:
    along_x, along_y = factors
    start = (
        f"κ = {powers(kappa, 4)}, η = {powers(eta, 4)}: each step multiplies y by "
        f"{powers(along_y, 4)} and x by {powers(along_x, 4)}."
    )
    limit = f"the limit 1/κ = {powers(1 / kappa, 4)}"
    if eta == 0:
        return f"{start} A step of length 0: nothing moves."
    if math.isclose(eta * kappa, 1, rel_tol=1e-9):
        return f"{start} This is {limit}: y jumps from side to side for ever."
    if eta * kappa > 1:
        other = ", while x alone would come in" if eta < 1 and kappa > 1 else ""
        return f"{start} η is above {limit}, so y runs away{other}."
    left = float(losses[-1] / losses[0]) if losses[0] else 0.0
    slow = "x" if abs(along_x) > abs(along_y) else "y"
    who = "Both are equally fast" if math.isclose(abs(along_x), abs(along_y)) else f"{slow} is slow"
    return f"{start} {who}: {steps} steps leave {percent(left)} of the loss."


def _ellipse(level: float, kappa: float, count: int = 61) -> tuple[Pair, ...]:
    """The contour line of x² + κy² at a height, through so many places."""
    turn = np.linspace(0, 2 * math.pi, count)
    xs, ys = math.sqrt(level) * np.cos(turn), math.sqrt(level / kappa) * np.sin(turn)
    return tuple(zip(xs.tolist(), ys.tolist(), strict=True))


# --- momentum ---


@explorer
def explore_momentum(
    kappa: float = 10.0, eta: float = 0.02, beta: float = 0.0, steps: int = 40
) -> Stage:
    """Descent on x² + κy² with momentum, and without it for comparison.

    kappa: how many times as much the bowl bends along y, 1 to 100.
    eta: the learning rate at first. beta: the share of the velocity that is kept, at first.
    steps: how many, 1 to 60.
    Raises ValueError for an η or a β outside its slider.
    """
    if not 1 <= kappa <= 100:
        raise NoValue(f"kappa is {kappa}. It says how many times steeper y is: 1 to 100.")
    if not 1 <= steps <= 60:
        raise NoValue(f"steps is {steps}. Between 1 and 60 can be shown.")
    grid = 0.1 / kappa
    sliders: dict[str, Control] = {
        "beta": Slider(0, 1, beta, 0.05, label="momentum β"),
        "eta": Slider(0, 22 * grid, eta, grid, label="learning rate η"),
    }
    surface = replace(bowl(kappa), window=_BOWL_VIEW, levels=(1, 5, 15, 30, 60))

    def from_above(ax: Axes) -> None:
        style.frame_axes(ax, *_BOWL_VIEW, "x", "y", " ")
        plot_contours(ax, surface, labels=False, equal=False)

    losses = partial(_frame_losses, steps=steps, losses=_BOWL_LOSSES)
    plane, _ = side_by_side(from_above, losses, widths=(1.15, 1))

    looks: dict[str, Look] = {
        "plain": {"colour": "quiet", "dashed": True, "width": 1.6},
        "momentum": {"colour": "path", "width": 2.6},
    }

    @lru_cache(maxsize=1024)
    def run(eta: float, beta: float) -> np.ndarray:
        step = descent.momentum(eta, beta)
        return descent.walk(step, surface.gradient, _BOWL_START, steps)

    def frame(beta: float, eta: float) -> Scene:
        paths = {"plain": run(eta, 0.0), "momentum": run(eta, beta)}
        losses = {
            name: _squares(path[:, 0], 1.0) + _squares(path[:, 1], kappa)
            for name, path in paths.items()
        }
        marks: dict[str, Mark] = {}
        for name, look in looks.items():
            marks[f"path, {name}"] = Polyline(_until_lost(_BOWL_VIEW, paths[name]), **look)
            marks[f"loss, {name}"] = Polyline(_falling(losses[name]), ax=1, **look)
        end = paths["momentum"][-1].tolist()
        marks["end"] = Point(*point_near(_BOWL_VIEW, *end), colour="path")
        marks["bowl"] = Caption(f"{surface.formula}, from {pair(*_BOWL_START)}", colour="function")
        words = {
            f"{name} in words": (
                f"{name}: {_end_loss(losses[name][-1], '< ')}",
                looks[name]["colour"],
            )
            for name in ("momentum", "plain")
        }
        marks |= _in_the_corner(words, steps)
        last = float(losses["plain"][-1]), float(losses["momentum"][-1])
        return Scene(_momentum_says(kappa, eta, beta, last, steps), marks)

    title = "Descent with momentum, and without"
    return Stage(plane, frame, sliders, title, Play("beta", "Grow β", seconds=7))


def _momentum_says(kappa: float, eta: float, beta: float, last: Pair, steps: int) -> str:
    """last: the losses after the last step, without and with momentum."""
    plain, heavy = last
    start = f"β = {powers(beta, 4)}, η = {powers(eta, 4)}."
    if eta == 0:
        return f"{start} A step of length 0: nothing moves, with momentum or without."
    border = (1 + beta) / kappa
    if math.isclose(eta, border, rel_tol=1e-9):
        return f"{start} This is the limit (1 + β)/κ: the swings of y never fade."
    if eta > border:
        return f"{start} η is above the limit (1 + β)/κ = {powers(border, 4)}: the walk runs away."
    if beta == 1:
        return f"{start} Nothing of the velocity is ever lost, so the walk swings for ever."
    if beta == 0:
        return (
            f"{start} Nothing is kept, so this is plain descent: loss {_end_loss(heavy)} after "
            f"{steps} steps."
        )
    compared = f"loss {_end_loss(heavy)} after {steps} steps, against {_end_loss(plain)} without"
    kept = f"{number(100 * beta)} % of the last velocity"
    return f"{start} Each step keeps {kept}: {compared} momentum."


# --- a race ---


_COLOURS: dict[str, Colour] = {
    "plain descent": "point",
    "momentum": "momentum",
    "AdaGrad": "AdaGrad",
    "RMSProp": "RMSProp",
    "Adam": "Adam",
}
_ALL, _BEST = "all five", "none: each at its best"
_NAMES = tuple(racer.name for racer in RACERS)
_SET_FOR = (_ALL, *_NAMES, _BEST)
_RATES = (-4.0, 0.5, 0.25)  # exponents of the slider of η
_MOMENTS = 20  # positions of the slider of steps
_OF_CURVE = 50  # pieces of each loss curve
_RINGS = 7  # contour lines of a bowl, which are marks, so that they can turn
_ON_RING = 121  # places on each of them


@explorer
def explore_optimisers(
    f: str | Surface | Plane | None = None,
    eta: float = 0.01,
    start: Pair | None = None,
    steps: int | None = None,
    over: Window | None = None,
) -> Stage:
    """A race of five optimisers from one start: their paths, their loss curves, their losses.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers; if left
        out, a menu of four.
    eta: the learning rate at first. The menu "set η for" says whose it is; all others then run
        with the one of the slider's values that suits them best here. The slider "turn the bowl"
        turns a bowl of the menu about its bottom, and the start with it.
    start: where all begin; if left out, a quarter in from a corner of the window.
    steps: how long the race is, 1 to 400; if left out, 200, and 100 on a surface of yours.
    over: the window to show, ((x low, x high), (y low, y high)).
    """
    if steps is None:
        steps = 200 if f is None else 100
    if not 1 <= steps <= MOST_STEPS:
        raise NoValue(f"steps is {steps}. A race has between 1 and {MOST_STEPS} steps.")
    courses = COURSES
    if f is not None:
        surface = as_surface(f, over)
        inside = tuple(low + (high - low) / 8 for low, high in surface.window)
        courses = {surface.formula or surface.name: (surface, inside)}

    @lru_cache(maxsize=64)
    def picture_of(name: str, turn: float = 0.0) -> _Picture:
        surface, usual = courses[name]
        begin = _finite_start(start or usual)
        if turn:
            surface, begin = turned(surface, turn), turned_place(begin, turn)
        return _Picture(Race(surface, begin, steps))

    first = next(iter(courses))
    if not math.isfinite(picture_of(first).race.first):
        raise NoValue("The function has no value at the start: choose another start.")
    stride = max(1, math.ceil(steps / _MOMENTS))
    last = stride * math.ceil(steps / stride)
    sliders: dict[str, Control] = {
        "steps": Slider(0, last, stride * math.ceil(last / stride / 2), stride, label="steps"),
        "eta": LogSlider(_RATES[0], _RATES[1], eta, _RATES[2], label="learning rate η"),
        "whose": Choice(_SET_FOR, _ALL, label="set η for"),
    }
    rates = sliders["eta"].values
    if f is None:
        sliders["surface"] = Choice(list(courses), first, label="surface")
        sliders["turn"] = Slider(0, 90, 0, 5, label="turn the bowl (degrees)")

    def frame(
        steps: float, eta: float, whose: str, surface: str = first, turn: float = 0.0
    ) -> Scene:
        ground = courses[surface][0]
        is_bowl = ground.name in BOWLS
        picture = picture_of(surface, turn if is_bowl else 0.0)
        race = picture.race
        n = min(round(steps), race.steps)
        foot, top = picture_of(surface).losses
        etas = race.etas(eta, _NAMES if whose == _ALL else (whose,), rates)
        marks: dict[str, Mark] = _rings(ground if is_bowl else None, turn) if f is None else {}
        marks["start"] = Point(*race.start, colour="path", hollow=True)
        now: dict[str, float] = {}
        heads: dict[str, Mark] = {}
        for row, racer in enumerate(RACERS):
            name, colour = racer.name, _COLOURS[racer.name]
            losses, places, curve = picture.run(row, etas[row])
            places = places[: n + 1] + places[n : n + 1] * (race.steps - n)
            now[name] = losses[n]
            marks[name] = Polyline(places, colour=colour, width=2.2)
            heads[f"head of {name}"] = Point(*places[-1], colour=colour, quiet=True)
            marks[f"loss of {name}"] = Polyline(curve, colour=colour, ax=1, width=2)
            marks |= _table_row(row, etas[row], now[name])
        marks |= heads
        marks["this step"] = Segment((n, foot), (n, top), colour="quiet", width=1.2, ax=1)
        marks["now"] = Point(float(n), foot, drag="steps", ax=1)
        said = _race_says(n, eta, whose, now, race.first)
        if turn and is_bowl:
            said = f"The bowl is turned by {number(turn)}°. {said}"
        elif turn:
            said = f"{said} (Only the bowls can be turned.)"
        return Scene(said, marks)

    def draw(surface: str) -> Axes:
        return _draw_race(picture_of(surface), last)

    play = Play("steps", "Race", seconds=6)
    title = "Five optimisers, one surface"
    if f is None:
        return Stage(None, frame, sliders, title, play, backdrop=Backdrop("surface", draw))
    return Stage(draw(first), frame, sliders, title, play)


def _rings(bowl: Surface | None, turn: float) -> dict[str, Mark]:
    """The contour lines of a bowl x² + κy², turned, and its name; None for what is no bowl."""
    marks: dict[str, Mark] = {}
    for i in range(_RINGS):
        ring = ((math.nan, math.nan),) * _ON_RING
        if bowl is not None:
            ellipse = _ellipse(bowl.levels[i], bowl.height(0, 1), _ON_RING)
            ring = tuple(turned_place(place, turn) for place in ellipse)
        marks[f"height {i + 1}"] = Polyline(ring, colour="function", width=0.9, quiet=i > 0)
    words = "" if bowl is None else bowl.formula + (f", turned by {number(turn)}°" if turn else "")
    return marks | {"bowl": Caption(words, colour="function")}


def _table_row(row: int, eta: float, loss: float) -> dict[str, Mark]:
    """What the table says of a racer, by its place in RACERS."""
    name, height = RACERS[row].name, len(RACERS) - row - 1.0
    cells: dict[str, tuple[float, str, Anchor]] = {
        "name": (0.0, name, "start"),
        "η": (0.7, number(eta, 2), "end"),
        "loss": (1.0, _end_loss(loss, "< "), "end"),
    }
    return {
        f"{part} {row}": Text(x, height, text, anchor=anchor, colour=_COLOURS[name], ax=2)
        for part, (x, text, anchor) in cells.items()
    }


class _Picture:
    """A race as it is drawn: the range of its losses, and each run with its loss curve."""

    def __init__(self, race: Race) -> None:
        self.race, surface = race, race.surface
        heights = surface.heights(*(np.linspace(*ends, 25) for ends in surface.window))
        low = float(np.nanmin(heights))
        minima = [surface.height(*place) for place in surface.minima]
        # A loss that can fall to 0 and no lower is shown by its powers of ten.
        self.logarithmic = bool(minima) and all(abs(m) < 1e-9 for m in minima) and low >= 0
        high = 1.5 * max(race.first - low, 1e-9)
        if self.logarithmic:
            self.losses = (race.first * 1e-6, race.first * 1e2)
        else:
            self.losses = (low - 0.05 * high, low + high)
        self.run = lru_cache(maxsize=512)(self._run)

    def _run(self, row: int, eta: float) -> tuple[tuple[float, ...], tuple[Pair, ...], tuple]:
        """The losses of a run, its places on the map, and its loss curve in _OF_CURVE pieces."""
        run = self.race.run(row, eta)
        at = np.linspace(0, self.race.steps, _OF_CURVE + 1).round().astype(int)
        losses = drawable(np.array(run.losses)[at], self.logarithmic)
        curve = tuple(zip(at.tolist(), losses.tolist(), strict=True))
        return run.losses, _until_lost(self.race.surface.window, run.places), curve


def _draw_race(picture: _Picture, last: int) -> Axes:
    """The map, the axes of the loss curves, and the table."""
    race = picture.race
    with style.context():
        # In fixed places: to look for better ones takes as long as all the drawing.
        figure = Figure(figsize=(7.6, 3.9), layout="none")
        plane = figure.add_axes((0.078, 0.135, 0.415, 0.785))
        curve = figure.add_axes((0.605, 0.565, 0.37, 0.355))
        table = figure.add_axes((0.605, 0.02, 0.37, 0.40))
        style.frame_axes(plane, *race.surface.window, "x", "y")
        plane.yaxis.set_major_locator(MaxNLocator(6, integer=True))
        if race.surface.name in BOWLS:  # its contour lines turn, so they are marks
            plane.grid(False)
        else:
            plane.set_title(race.surface.title, fontsize=11)
            plot_contours(plane, race.surface, labels=False, equal=False)
        for i, place in enumerate(race.surface.minima):
            name = f"minimum {i + 1}" if len(race.surface.minima) > 1 else "minimum"
            star = {"color": style.COLOURS["tangent"], "markersize": 11, "zorder": 5}
            plane.plot(*place, "*", label=name, **star)
        _frame_losses(curve, last, picture.losses, picture.logarithmic)
        table.set(xlim=(0, 1), ylim=(-0.6, len(RACERS) + 0.4))
        table.set_axis_off()
        write(table, 0.7, len(RACERS), "η", "quiet", "right")
        write(table, 1.0, len(RACERS), "loss", "quiet", "right")
    return plane


def _race_says(n: int, eta: float, whose: str, now: dict[str, float], first: float) -> str:
    rates = {
        _ALL: f" with the same η = {number(eta, 2)} for all",
        _BEST: ", each optimiser with its own best η",
    }.get(whose, f" with η = {number(eta, 2)} for {whose} and the best η for each of the others")
    if n == 0:
        return f"At the start{rates}: the loss is {in_loss(first)} for all. Which one will win?"
    size = max(1.0, abs(first))
    gone = [name for name, loss in now.items() if not abs(loss) <= 1e6 * size]
    risen = [name for name, loss in now.items() if loss > first + 1e-9 * size]
    higher = [name for name in risen if name not in gone]
    known = {name: loss for name, loss in now.items() if name not in (*gone, *higher)}
    parts = []
    if known:
        low, high = (_end_loss(choose(known.values())) for choose in (min, max))
        lowest = [name for name, loss in known.items() if _end_loss(loss) == low]
        parts.append(f"lowest is {_and(lowest)}, at {low}")
        if low != high:
            highest = [name for name, loss in known.items() if _end_loss(loss) == high]
            parts.append(f"highest is {_and(highest)}, at {high}")
    if higher:
        parts.append(f"higher than at the start: {_and(higher)}")
    if gone:
        parts.append(f"run away: {_and(gone)}")
    return f"After {n} step{'s' if n > 1 else ''}{rates}: {'; '.join(parts)}."


def _end_loss(loss: float, below: str = "less than ") -> str:
    """A loss in words; one that is nearly 0 is not called 0."""
    return f"{below}1e−12" if 0 < abs(loss) < 1e-12 else in_loss(loss)


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# --- drawing ---


def _two_and_a_strip(
    left: Part, right: Part, strip: Part, widths: Sequence[float], heights: Sequence[float]
) -> tuple[Axes, Axes]:
    """Two axes side by side over a low strip: the left ones and the strip."""
    parts = mosaic(
        [["left", "right"], ["strip", "strip"]],
        {"left": left, "right": right, "strip": strip},
        widths,
        heights,
        size=(7.6, 4.6),
        air=(0.04, 0.03),
    )
    below = parts["strip"]
    below.set_yticks([])
    below.grid(False)
    below.spines["left"].set_visible(False)
    return parts["left"], below


def _frame_losses(ax: Axes, steps: int, losses: Range, logarithmic: bool = True) -> None:
    style.frame_axes(ax, (0, steps), losses, "steps", "loss", " ")
    if logarithmic:
        ax.set_yscale("log")
        ax.set_ylim(losses)
    ax.set_xticks(sorted({0, steps // 2, steps}))


def _squares(values: np.ndarray, a: float) -> np.ndarray:
    """a · v² for each value, ∞ where that is too large or was never reached."""
    return np.where(np.abs(values) < 1e150, a * values**2, math.inf)


def _falling(losses: np.ndarray) -> tuple[Pair, ...]:
    """A loss curve, from the loss before the first step on; it may leave its axes."""
    return tuple(enumerate(drawable(losses, positive=True).tolist()))


def _pulled(window: Window, path: np.ndarray) -> tuple[Pair, ...]:
    """A path, shape (n, 2), pulled to within twenty widths of the window; nan where it ends."""
    low, high = np.array(window).T
    far = 20 * (high - low)
    pulled = np.clip(path, low - far, high + far)
    pulled[np.isnan(path).any(axis=1)] = math.nan
    return tuple(map(tuple, pulled.tolist()))


def _until_lost(window: Window, path: np.ndarray) -> tuple[Pair, ...]:
    """As _pulled, but a path ends where it is far outside, or it would fill the map."""
    low, high = np.array(window).T
    outside = np.abs(path - (low + high) / 2) > 3 * (high - low)
    lost = np.flatnonzero(outside.any(axis=1))
    path = path.copy()
    if len(lost):
        path[lost[0] + 1 :] = math.nan
    return _pulled(window, path)


def _finite_start(start: Pair) -> Pair:
    """The start as two numbers; raises NoValue for anything else."""
    try:
        x, y = map(float, start)
    except (TypeError, ValueError):
        raise NoValue(f"start is {start!r}. Two numbers are needed, such as (3, 1).") from None
    if not (abs(x) <= 1e6 and abs(y) <= 1e6):
        raise NoValue(f"start is {start!r}. Both must be numbers of at most a million.")
    return x, y
