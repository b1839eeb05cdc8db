"""Chapter 12: the regimes of the learning rate, condition, momentum, and a race of optimisers."""

import math
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import descent, style
from utils.contours import plot_contours
from utils.explorers.shared.geometry import point_in
from utils.functions import NoValue
from utils.models.learning_rate import COURSES, RACERS, Race, bowl, factor, regime
from utils.numerals import number, percent, scientific
from utils.stage import (
    NOWHERE,
    Backdrop,
    Choice,
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
from utils.stage.marks import Mark
from utils.surfaces import Plane, Surface, Window, as_surface

MOST_STEPS = 400


# --- one weight: L = a w² ---


_BOWLS = ("0.5", "1", "2")
_ETAS = (-0.1, 2.3, 0.05)  # low, high and step of η for the bowls of the menu
_LOSSES = (1e-4, 1e4)  # heights of the loss axes; beyond them a curve runs along their edge
_ZONE = (0.62, 1.28)  # the band of the regimes on the axis of η, and where its words stand
_ZONE_WORDS, _BORDER_WORDS, _NEEDLE = 0.95, 1.68, 0.3


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
    sliders: dict[str, Control] = {
        "eta": Slider(low, high, 0.1 / (1.0 if menu else a) if eta is None else eta, grid,
                      label="learning rate η"),
    }  # fmt: skip
    if menu:
        sliders["a"] = Choice(_BOWLS, "1", label="a in L(w) = a w²")
    reach, top = 1.5 * abs(start), 1.25 * steepest * start**2
    view = ((-reach, reach), (-0.05 * top, top))
    scale = steepest * start**2 / 32
    losses = (_LOSSES[0] * scale, _LOSSES[1] * scale)
    air = 0.01 * (high - low)
    with style.context():
        bowl, curve, strip = _two_and_a_strip((7.6, 4.6), (1, 1), (3.1, 1))
        style.frame_axes(bowl, *view, "w", "L(w)", " ")
        _frame_losses(curve, steps, losses, " ")
        style.frame_axes(strip, (low - air, high + air), (0, 2), "learning rate η", "", "")
        bowl.set_xticks([-start, 0, start])
    ws = np.linspace(-reach, reach, 61)

    @lru_cache(maxsize=4096)
    def run(a: float, eta: float) -> np.ndarray:
        return descent.descend(lambda w: 2 * a * w, start, eta, steps)[:, 0]

    def frame(eta: float, a: str | float = steepest) -> Scene:
        a = float(a)
        places = run(a, eta).tolist()
        heights = [a * w**2 if abs(w) < 1e150 else math.inf for w in places]
        shown = [_near(view, w, loss) for w, loss in zip(places, heights, strict=True)]
        marks: dict[str, Mark] = {
            "L": Polyline(
                tuple(zip(ws.tolist(), (a * ws**2).tolist(), strict=True)),
                colour="function",
                width=3,
            ),
            "path": Polyline(tuple(shown), colour="path", width=1.8),
        }
        for i, place in enumerate(shown):
            marks[f"stop {i}"] = Point(
                *point_in(view, *place), colour="path", hollow=i > 0, quiet=0 < i < steps
            )
        falling = tuple((float(i), _level(losses, h)) for i, h in enumerate(heights))
        marks["loss curve"] = Polyline(falling, colour="derivative", ax=1)
        marks["last loss"] = Point(*falling[-1], colour="derivative", ax=1)
        marks |= _zones(a, low, high)
        marks["factor in words"] = Text(
            view[0][1], top, f"each step: w times {_n(factor(a, eta))}", dy=-13, anchor="end",
            colour="path",
        )  # fmt: skip
        marks["loss in words"] = Text(
            float(steps), losses[1], f"loss after {steps} steps: {_loss(heights[-1])}", dy=-13,
            anchor="end", colour="derivative", ax=1,
        )  # fmt: skip
        marks["η"] = Point(eta, _NEEDLE, drag="eta", ax=2)
        return Scene(_rate_says(a, eta, start), marks)

    return Stage(
        bowl, frame, sliders, "Descent on L(w) = a w², and what the learning rate makes of it",
        play=Play("eta", "Grow η", seconds=9),
    )  # fmt: skip


def _zones(a: float, low: float, high: float) -> dict[str, Mark]:
    """The bands of η that slide, zig-zag and run away, and the two borders between them."""
    half, border = 0.5 / a, 1 / a
    bands = {
        "uphill": (low, 0.0, "quiet"),
        "slides": (0.0, half, "path"),
        "zig-zags": (half, border, "tangent"),
        "runs away": (border, high, "derivative"),
    }
    foot, top = _ZONE
    marks: dict[str, Mark] = {}
    for name, (left, right, colour) in bands.items():
        marks[f"band {name}"] = Polyline(
            ((left, foot), (left, top), (right, top), (right, foot)), colour=colour, filled=True,
            ax=2,
        )  # fmt: skip
        if name != "uphill":  # a thin band, with no room for words
            marks[name] = Text((left + right) / 2, _ZONE_WORDS, name, colour=colour, ax=2)
    for at, words, anchor, dx in (
        (half, f"1/2a = {_n(half)}", "end", 3),
        (border, f"1/a = {_n(border)}", "start", -3),
    ):
        name = words.split(" ")[0]
        marks[f"border {name}"] = Segment((at, 0), (at, 1.42), colour="run", width=1.6, ax=2)
        marks[name] = Text(at, _BORDER_WORDS, words, dx=dx, anchor=anchor, colour="run", ax=2)
    return marks


def _rate_says(a: float, eta: float, start: float) -> str:
    kind, times = regime(a, eta), _n(factor(a, eta))
    what = {
        "uphill": "Uphill: a negative η steps with the slope, so w leaves the bottom behind.",
        "still": "Standing still: a step of length 0.",
        "monotone": "Monotone: w slides in from one side, a little closer each time.",
        "one step": "One step: this is 1/2a, and the first step lands on the bottom.",
        "oscillating": "Oscillating: each step lands on the other side, and closer.",
        "edge": f"On the edge: this is 1/a, and w jumps between {_n(start)} and {_n(-start)}.",
        "diverging": "Diverging: each step lands on the other side, and farther out.",
    }[kind]
    return f"η = {_n(eta)}, a = {_n(a)}. {what} Each step multiplies w by 1 − 2aη = {times}."


# --- two weights: a long bowl ---

_KAPPAS = ("1", "3", "10")
_BOWL_START = (4.0, 1.5)
_BOWL_VIEW: Window = ((-5.2, 5.2), (-3.6, 3.6))
_BOWL_LOSSES = (1e-6, 1e4)
_FACTORS = (-1.6, 1.25)  # the ends of the axis of factors


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
    grid = 0.01 if kappa is None else 1.1 / kappa / 100 if kappa > 10 else 0.01
    high = 1.05 if kappa is None or kappa <= 10 else 1.1 / kappa
    sliders: dict[str, Control] = {
        "eta": Slider(0, high, min(eta, high) if kappa else eta, grid, label="learning rate η"),
    }
    if kappa is None:
        sliders["kappa"] = Choice(_KAPPAS, "10", label="κ in x² + κ y²")
    with style.context():
        plane, curve, strip = _two_and_a_strip((7.6, 4.6), (1.15, 1), (2.6, 1))
        style.frame_axes(plane, *_BOWL_VIEW, "x", "y", " ")
        plane.grid(False)
        _frame_losses(curve, steps, _BOWL_LOSSES, " ")
        style.frame_axes(strip, _FACTORS, (0, 2), "each step multiplies it by", "", "")
        inside = style.COLOURS["path"]
        strip.axvspan(-1, 1, color=inside, alpha=0.15, linewidth=0, label="shrinks")

    @lru_cache(maxsize=512)
    def run(kappa: float, eta: float) -> np.ndarray:
        return descent.descend(bowl(kappa).gradient, (x0, y0), eta, steps)

    def frame(eta: float, kappa: str | float = kappa or 1.0) -> Scene:
        kappa = float(kappa)
        path = run(kappa, eta)
        parts = [_squares(path[:, 0], 1.0), _squares(path[:, 1], kappa)]
        total = [x + y for x, y in zip(*parts, strict=True)]
        factors = factor(1.0, eta), factor(kappa, eta)
        shown = tuple(_near(_BOWL_VIEW, *place) for place in path.tolist())
        marks: dict[str, Mark] = {}
        for i, level in enumerate((1, 4, 10, 20)):
            marks[f"height {level}"] = Polyline(
                _ellipse(level, kappa), colour="function", width=0.9, quiet=i > 0
            )
        marks["path"] = Polyline(shown, colour="path", width=2.8)
        marks["start"] = Point(*point_in(_BOWL_VIEW, *shown[0]), colour="path", hollow=True)
        marks["end"] = Point(*point_in(_BOWL_VIEW, *shown[-1]), colour="path")
        for name, values, colour in (
            ("loss", total, "point"), ("part of y", parts[1], "derivative"),
            ("part of x", parts[0], "tangent"),
        ):  # fmt: skip
            marks[name] = Polyline(
                tuple((float(i), _level(_BOWL_LOSSES, v)) for i, v in enumerate(values)),
                colour=colour, ax=1, width=1.8 if name == "loss" else 2.4, dashed=name == "loss",
            )  # fmt: skip
        for row, (name, colour) in enumerate(
            (("loss", "point"), ("part of y", "derivative"), ("part of x", "tangent"))
        ):
            marks[f"name of {name}"] = Text(
                float(steps), _BOWL_LOSSES[1], name, dx=-2, dy=12 + 17 * row, anchor="end",
                colour=colour, ax=1, quiet=True,
            )  # fmt: skip
        for name, value, colour, side in (
            ("x", factors[0], "tangent", "above"), ("y", factors[1], "derivative", "below"),
        ):  # fmt: skip
            marks[f"factor of {name}"] = Point(
                min(max(value, _FACTORS[0] + 0.04), _FACTORS[1]), 0.85, drag="eta", label=name,
                side=side, colour=colour, ax=2, click=name == "x",
            )  # fmt: skip
        marks["shrinks"] = Text(0, 1.72, "shrinks", colour="path", ax=2)
        marks["grows"] = Text(-1.3, 1.72, "grows", colour="quiet", ax=2)
        marks["bowl"] = Text(
            _BOWL_VIEW[0][0], _BOWL_VIEW[1][1],
            f"x² + {'' if kappa == 1 else _n(kappa)}y², from {_pair(x0, y0)}",
            dy=-13, anchor="start", colour="function",
        )  # fmt: skip
        marks["loss in words"] = Text(
            float(steps), _BOWL_LOSSES[1], f"after {steps} steps: {_loss(total[-1])}", dy=-13,
            anchor="end", ax=1,
        )  # fmt: skip
        return Scene(_condition_says(kappa, eta, factors, total, steps), marks)

    return Stage(
        plane, frame, sliders, "Descent on a bowl that is longer than wide",
        play=Play("eta", "Grow η", seconds=12),
    )  # fmt: skip


def _condition_says(
    kappa: float, eta: float, factors: Pair, losses: list[float], steps: int
) -> str:
    along_x, along_y = factors
    start = (
        f"κ = {_n(kappa)}, η = {_n(eta)}: each step multiplies y by {_n(along_y)} "
        f"and x by {_n(along_x)}."
    )
    limit = f"the limit 1/κ = {_n(1 / kappa)}"
    if eta == 0:
        return f"{start} A step of length 0: nothing moves."
    if math.isclose(eta * kappa, 1, rel_tol=1e-9):
        return f"{start} This is {limit}: y jumps from side to side for ever."
    if eta * kappa > 1:
        other = ", while x alone would come in" if eta < 1 and kappa > 1 else ""
        return f"{start} η is above {limit}, so y runs away{other}."
    left = losses[-1] / losses[0] if losses[0] else 0.0
    slow = "x" if abs(along_x) > abs(along_y) else "y"
    who = "Both are equally fast" if math.isclose(abs(along_x), abs(along_y)) else f"{slow} is slow"
    return f"{start} {who}: {steps} steps leave {percent(left)} of the loss."


def _ellipse(level: float, kappa: float) -> tuple[Pair, ...]:
    """The contour line of x² + κy² at a height."""
    turn = np.linspace(0, 2 * math.pi, 61)
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
    surface = bowl(kappa)
    window = _BOWL_VIEW
    with style.context():
        plane, curve = Figure(figsize=(7.6, 3.7)).subplots(1, 2, width_ratios=(1.15, 1))
        style.frame_axes(plane, *window, "x", "y", " ")
        _frame_losses(curve, steps, _BOWL_LOSSES, " ")
        levels = (1.0, 5.0, 15.0, 30.0, 60.0)
        seen = Surface(
            "bowl", surface.formula, surface.f, surface.gradient, window=window, levels=levels
        )
        plot_contours(plane, seen, labels=False, equal=False)

    @lru_cache(maxsize=1024)
    def run(eta: float, beta: float) -> np.ndarray:
        step = descent.momentum(eta, beta)
        return descent.walk(step, surface.gradient, _BOWL_START, steps)

    def frame(beta: float, eta: float) -> Scene:
        marks: dict[str, Mark] = {}
        losses = {}
        for name, share, colour in (("plain", 0.0, "quiet"), ("momentum", beta, "path")):
            path = run(eta, share)
            losses[name] = [
                x + y
                for x, y in zip(_squares(path[:, 0], 1.0), _squares(path[:, 1], kappa), strict=True)
            ]
            marks[f"path, {name}"] = Polyline(
                tuple(_near(window, *place) for place in path.tolist()), colour=colour,
                dashed=name == "plain", width=1.6 if name == "plain" else 2.6,
            )  # fmt: skip
            falling = tuple((float(i), _level(_BOWL_LOSSES, v)) for i, v in enumerate(losses[name]))
            marks[f"loss, {name}"] = Polyline(
                falling, colour=colour, dashed=name == "plain", ax=1,
                width=1.6 if name == "plain" else 2.6,
            )  # fmt: skip
        marks["end"] = Point(*point_in(window, *run(eta, beta)[-1].tolist()), colour="path")
        marks["bowl"] = Text(
            window[0][0], window[1][1], f"{surface.formula}, from {_pair(*_BOWL_START)}", dy=-13,
            anchor="start", colour="function",
        )  # fmt: skip
        last = losses["plain"][-1], losses["momentum"][-1]
        for row, (name, colour) in enumerate((("momentum", "path"), ("plain", "quiet"))):
            marks[f"{name} in words"] = Text(
                float(steps), _BOWL_LOSSES[1], f"{name}: {_loss(losses[name][-1])}", dx=-2,
                dy=12 + 17 * row, anchor="end", colour=colour, ax=1,
            )  # fmt: skip
        return Scene(_momentum_says(kappa, eta, beta, last, steps), marks)

    return Stage(
        plane, frame, sliders, "Descent with momentum, and without",
        play=Play("beta", "Grow β", seconds=7),
    )  # fmt: skip


def _momentum_says(kappa: float, eta: float, beta: float, last: Pair, steps: int) -> str:
    """last: the losses after the last step, without and with momentum."""
    plain, heavy = last
    start = f"β = {_n(beta)}, η = {_n(eta)}."
    if eta == 0:
        return f"{start} A step of length 0: nothing moves, with momentum or without."
    border = (1 + beta) / kappa
    if math.isclose(eta, border, rel_tol=1e-9):
        return f"{start} This is the limit (1 + β)/κ: the swings of y never fade."
    if eta > border:
        return f"{start} η is above the limit (1 + β)/κ = {_n(border)}: the walk runs away."
    if beta == 1:
        return f"{start} Nothing of the velocity is ever lost, so the walk swings for ever."
    if beta == 0:
        return (
            f"{start} Nothing is kept, so this is plain descent: loss {_loss(heavy)} after "
            f"{steps} steps."
        )
    compared = f"loss {_loss(heavy)} after {steps} steps, against {_loss(plain)} without momentum"
    return f"{start} Each step keeps {_n(100 * beta)} % of the last velocity: {compared}."


# --- a race ---


_COLOURS = {
    "plain descent": "point",
    "momentum": "derivative",
    "AdaGrad": "secant",
    "RMSProp": "tangent",
    "Adam": "gradient",
}
_ALL, _BEST = "all five", "none: each at its best"
_NAMES = tuple(racer.name for racer in RACERS)
_SET_FOR = (_ALL, *_NAMES, _BEST)
_RATES = (-4.0, 0.5, 0.25)  # exponents of the slider of η
_MOMENTS = 20  # positions of the slider of steps
_OF_CURVE = 50  # pieces of each loss curve


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
        with the one of the slider's values that suits them best here.
    start: where all begin; if left out, a quarter in from a corner of the window.
    steps: how long the race is, 1 to 400; if left out, 200, and 100 on a surface of yours.
    over: the window to show, ((x low, x high), (y low, y high)).
    """
    if steps is None:
        steps = 200 if f is None else 100
    if not 1 <= steps <= MOST_STEPS:
        raise NoValue(f"steps is {steps}. A race has between 1 and {MOST_STEPS} steps.")
    if f is None:
        courses = {
            name: (surface, _finite_start(start or usual))
            for name, (surface, usual) in COURSES.items()
        }
    else:
        surface = as_surface(f, over)
        begin = tuple(low + (high - low) / 8 for low, high in surface.window)
        courses = {surface.formula or surface.name: (surface, _finite_start(start or begin))}
        if not math.isfinite(surface.height(*courses[surface.formula or surface.name][1])):
            raise NoValue("The function has no value at the start: choose another start.")
    first = next(iter(courses))
    pictures = {
        name: _Picture(Race(surface, begin, steps)) for name, (surface, begin) in courses.items()
    }
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

    def frame(steps: float, eta: float, whose: str, surface: str = first) -> Scene:
        picture, race = pictures[surface], pictures[surface].race
        n = min(round(steps), race.steps)
        window, (foot, top) = race.surface.window, picture.losses
        etas = race.etas(eta, _NAMES if whose == _ALL else (whose,), rates)
        marks: dict[str, Mark] = {}
        now: dict[str, float] = {}
        heads: dict[str, Mark] = {}
        for row, racer in enumerate(RACERS):
            name, colour = racer.name, _COLOURS[racer.name]
            losses, places, curve = picture.run(row, etas[row])
            places = places[: n + 1] + places[n : n + 1] * (race.steps - n)
            now[name] = losses[n]
            marks[name] = Polyline(places, colour=colour, width=2.2)
            heads[f"head of {name}"] = Point(
                *point_in(window, *places[-1]), colour=colour, quiet=True
            )
            marks[f"loss of {name}"] = Polyline(curve, colour=colour, ax=1, width=2)
            for part, (x, text, anchor) in {
                "name": (0.0, name, "start"),
                "η": (0.7, number(etas[row], 2), "end"),
                "loss": (1.0, _loss(now[name]), "end"),
            }.items():
                marks[f"{part} {row}"] = Text(
                    x, len(RACERS) - row - 1.0, text, anchor=anchor, colour=colour, ax=2
                )
        marks |= heads
        marks["this step"] = Segment((n, foot), (n, top), colour="quiet", width=1.2, ax=1)
        marks["now"] = Point(float(n), foot, drag="steps", ax=1)
        return Scene(_race_says(n, eta, whose, now, race.first), marks)

    def draw(surface: str) -> Axes:
        return _draw_race(pictures[surface], last)

    play = Play("steps", "Race", seconds=6)
    title = "Five optimisers, one surface"
    if f is None:
        return Stage(None, frame, sliders, title, play=play, backdrop=Backdrop("surface", draw))
    with style.context():
        ax = draw(first)
    return Stage(ax, frame, sliders, title, play=play)


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
        places = tuple(_near(self.race.surface.window, *place) for place in run.places.tolist())
        at = np.linspace(0, self.race.steps, _OF_CURVE + 1).round().astype(int).tolist()
        losses = [math.inf if math.isnan(run.losses[i]) else run.losses[i] for i in at]
        curve = tuple(
            (float(i), _level(self.losses, loss)) for i, loss in zip(at, losses, strict=True)
        )
        return run.losses, places, curve


def _draw_race(picture: _Picture, last: int) -> Axes:
    """The map, the axes of the loss curves, and the table."""
    race = picture.race
    # In fixed places: to look for better ones takes as long as all the drawing.
    figure = Figure(figsize=(7.6, 3.9), layout="none")
    wide = 0.025 if style.in_class() else 0.0
    plane = figure.add_axes((0.078 + wide, 0.135 + wide, 0.415 - wide, 0.785 - wide))
    curve = figure.add_axes((0.605 + wide, 0.565, 0.37 - 1.4 * wide, 0.355))
    table = figure.add_axes((0.605 + wide, 0.02, 0.37 - 1.4 * wide, 0.40 - wide))
    style.frame_axes(plane, *race.surface.window, "x", "y")
    plane.set_title(race.surface.title, fontsize=15 if style.in_class() else 11)
    plot_contours(plane, race.surface, labels=False, equal=False)
    plane.plot(*race.start, "o", mfc="white", mec=style.COLOURS["path"], label="start", zorder=5)
    for i, place in enumerate(race.surface.minima):
        plane.plot(
            *place, "*", color=style.COLOURS["tangent"], markersize=11, zorder=5,
            label=f"minimum {i + 1}" if len(race.surface.minima) > 1 else "minimum",
        )  # fmt: skip
    _frame_losses(curve, last, picture.losses, "", picture.logarithmic)
    table.set(xlim=(0, 1), ylim=(-0.6, len(RACERS) + 0.4))
    table.set_axis_off()
    size = 15 if style.in_class() else 11
    for x, words, side in ((0.7, "η", "right"), (1.0, "loss", "right")):
        table.text(
            x, len(RACERS), words, ha=side, va="center", fontsize=size,
            color=style.COLOURS["quiet"],
        )  # fmt: skip
    return plane


def _race_says(n: int, eta: float, whose: str, now: dict[str, float], first: float) -> str:
    rates = {
        _ALL: f"the same η = {number(eta, 2)} for all",
        _BEST: "each with the η that suits it best",
    }.get(whose, f"η = {number(eta, 2)} for {whose}, the best for each of the others")
    if n == 0:
        return f"At the start, with {rates}: the loss is {_loss(first)} for all. Who will win?"
    gone = [name for name, loss in now.items() if not abs(loss) <= 1e6 * max(1.0, abs(first))]
    higher = [
        name
        for name, loss in now.items()
        if name not in gone and loss > first + 1e-9 * max(1.0, abs(first))
    ]
    known = {name: loss for name, loss in now.items() if name not in (*gone, *higher)}
    parts = []
    if known:
        low, high = (_loss(choose(known.values())) for choose in (min, max))
        lowest = [name for name, loss in known.items() if _loss(loss) == low]
        parts.append(f"lowest is {_and(lowest)}, at {low}")
        if low != high:
            highest = [name for name, loss in known.items() if _loss(loss) == high]
            parts.append(f"highest is {_and(highest)}, at {high}")
    if higher:
        parts.append(f"higher than at the start: {_and(higher)}")
    if gone:
        parts.append(f"run away: {_and(gone)}")
    return f"After {n} step{'s' if n > 1 else ''} with {rates}: {'; '.join(parts)}."


def _and(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


# --- numbers and drawing ---


def _two_and_a_strip(
    size: Pair, widths: tuple[float, float], heights: tuple[float, float]
) -> tuple[Axes, Axes, Axes]:
    """Two axes side by side, and a low one below both."""
    figure = Figure(figsize=size)
    parts = figure.subplot_mosaic(
        [["left", "right"], ["strip", "strip"]], width_ratios=widths, height_ratios=heights
    )
    figure.get_layout_engine().set(wspace=0.04, hspace=0.03)
    parts["strip"].set_yticks([])
    parts["strip"].grid(False)
    parts["strip"].spines["left"].set_visible(False)
    return parts["left"], parts["right"], parts["strip"]


def _frame_losses(
    ax: Axes, steps: int, losses: Range, title: str, logarithmic: bool = True
) -> None:
    style.frame_axes(ax, (0, steps), losses, "steps", "loss", title)
    if logarithmic:
        ax.set_yscale("log")
        ax.set_ylim(losses)
    ax.set_xticks(sorted({0, steps // 2, steps}))


def _squares(values: np.ndarray, a: float) -> list[float]:
    """a · v² for each value, ∞ where that is too large or was never reached."""
    return [a * v * v if abs(v) < 1e150 else math.inf for v in values.tolist()]


def _finite_start(start: Pair) -> Pair:
    """The start as two numbers; raises NoValue for anything else."""
    try:
        x, y = map(float, start)
    except (TypeError, ValueError):
        raise NoValue(f"start is {start!r}. Two numbers are needed, such as (3, 1).") from None
    if not (abs(x) <= 1e6 and abs(y) <= 1e6):
        raise NoValue(f"start is {start!r}. Both must be numbers of at most a million.")
    return x, y


def _level(losses: Range, loss: float) -> float:
    """A loss, kept within its axes."""
    return min(max(loss, losses[0]), losses[1])


def _near(window: Window, x: float, y: float) -> Pair:
    """The point, pulled to within twenty widths of the window; nan where there is none."""
    if math.isnan(x) or math.isnan(y):
        return NOWHERE
    pulled = []
    for value, (low, high) in zip((x, y), window, strict=True):
        far = 20 * (high - low)
        pulled.append(min(max(value, low - far), high + far))
    return pulled[0], pulled[1]


def _n(value: float) -> str:
    """A value with at most four digits, and no more than four decimals above a thousandth."""
    if 1e-3 <= abs(value) < 1e4:
        return number(round(value, 4), 4)
    return scientific(value) if value and abs(value) >= 1e4 else number(round(value, 12), 3)


def _pair(x: float, y: float) -> str:
    return f"({_n(x)}, {_n(y)})"


def _loss(loss: float) -> str:
    """A loss in three digits; "too large" where it is no number any more."""
    if not math.isfinite(loss):
        return "too large"
    size = abs(loss)
    if size < 1e-12:
        return "0"
    if size < 1e-3 or size >= 1e5:
        return scientific(loss)
    return number(loss, 3) if size < 1000 else f"{loss:.0f}".replace("-", "−")
