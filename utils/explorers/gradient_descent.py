"""Chapter 11: a walk downhill, step by step: on a curve, on a map, and on the surface itself."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.contours import plot_contours
from utils.explorers.shared.geometry import (
    drawable,
    infinite_if_lost,
    length_of,
    milestones,
    nearest_nice,
    point_in,
    point_near,
    with_air,
)
from utils.explorers.shared.panels import mosaic, side_by_side
from utils.explorers.shared.titles import as_written
from utils.functions import Function, NoValue, Real, as_function, value_or_nan
from utils.models.gradient_descent import (
    ONE_WEIGHT,
    Walk,
    ends,
    quick_gradient,
    resting_places,
    take,
)
from utils.models.minima_and_maxima import critical_points, slope_of
from utils.numerals import bracketed, in_loss, number, pair, plain, scientific
from utils.stage import (
    NOWHERE,
    Backdrop,
    Caption,
    Choice,
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
    Turn,
    explorer,
    space,
    with_formula_field,
)
from utils.stage.controls import Control
from utils.stage.marks import Mark
from utils.surfaces import Plane, Surface, Window, as_surface

MOST = 1000  # steps that a figure walks: more would keep a hand waiting
POSITIONS = 50  # of the slider of steps
FIRST, SHOWN = 16, 31  # stops drawn: the first ones all, of the later ones fewer and fewer
NUDGE = 1e-5  # with which a gradient is measured
NEAR = 0.1  # two walks that end so near to each other have come to one place
FLAT = 0.02  # a slope below this counts as none: the walk has come to rest
SHARE = 0.003  # so does one that would change the loss by this share of what the picture shows
LOWEST = -0.74  # where the name of an axis in space may stand, in sides of the box
VIEW = (-60.0, 40.0)  # from where a surface is seen at first: degrees around, degrees up

LANDSCAPES = ("bowl", "elliptical_bowl", "saddle", "himmelblau", "rosenbrock")
# Step sizes that suit one landscape or another; below 0 uphill.
RATES = (-0.01, 0.0, 0.0002, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)


# --- a walk and what became of it ---


def _outcome(
    walk: Walk, n: int, eta: float, is_flat: bool, inside: bool, rest: Callable[[], str]
) -> str:
    """What is to be said of a walk after n steps.

    is_flat: whether the slope there counts as none. inside: whether the place can be seen.
    rest: says where the walk has come to rest.
    """
    before, now = (float(walk.losses[max(n - k, 0)]) for k in (1, 0))
    if n > walk.last:
        if walk.ran_away:
            way = "each step led further uphill" if eta < 0 else "each step overshot by more"
            return f"After {_steps(n)} the numbers have outgrown the computer, since {way}."
        return f"After {_steps(walk.last)} there is no slope to follow, so the walk ends there."
    if eta == 0:
        return "η is 0: a step of length 0 leads nowhere, however many you take."
    if is_flat:
        return rest()
    gone = " It has left the picture." if not inside else ""
    if eta < 0:
        return f"A negative η walks uphill.{gone}"
    if n and now > before * (1 + 1e-9) + 1e-12:
        return f"That step was too long: it overshot, and the loss rose from {_loss(before)}.{gone}"
    if n and abs(now - before) <= 1e-9 * abs(now):
        return "It jumps over the valley and back: the loss stays as it was."
    return gone.strip()


# --- one weight ---


@with_formula_field("start", "eta", "steps", "over", name="loss")
@explorer
def explore_walk(
    f: str | Function | Real = ONE_WEIGHT,
    start: float = 8.0,
    eta: float = 0.1,
    steps: int = 20,
    over: Range = (-4.0, 10.0),
    variable: str = "w",
) -> Stage:
    """Gradient descent with one weight: left, the walk on the curve; right, the loss at each step.

    f: a name of the catalogue, a formula in x, or your own function.
    start: where the walk begins. eta: the step size at first; any number will do.
    steps: how many steps to walk; the figure walks at most 1,000.
    over: the piece of the axis to show. variable: what the weight is called.
    Raises NoValue, with a sentence, for an eta, a start or steps that are no use.
    """
    f, (low, high) = as_function(f, over), over
    try:
        length = length_of(over)
    except ValueError as error:
        raise NoValue(str(error)) from None
    counted, remark = _steps_slider(steps)
    sliders: dict[str, Control] = {
        "start": _place_slider(over, start, 48, f"start {variable}"),
        "eta": _rate_slider(eta),
        "steps": counted,
    }
    heights = style.heights(f, over)
    view = (over, with_air(*heights, 0.02))

    def valley(ax: Axes) -> None:
        formula = as_written(f, variable)
        name = f"loss({variable}) = {formula}" if formula else f"{f.name}({variable})"
        style.frame_axes(ax, *view, variable, name, " ")
        style.plot_function(ax, f, over, label="loss")

    falling = ((0, counted.values[-1]), view[1], "steps", "", "Loss at each step")
    ax, _ = side_by_side(valley, falling, widths=(1.6, 1))
    slope, loss = slope_of(f), partial(value_or_nan, f)
    level = min(FLAT, SHARE * (heights[1] - heights[0]) / length)
    rest = _resting_places(f, over)

    @lru_cache(maxsize=64)
    def walk_from(start: float, eta: float) -> Walk:
        return take(slope, loss, (start,), eta, int(counted.values[-1]))

    def frame(start: float, eta: float, steps: float) -> Scene:
        walk, n = walk_from(start, eta), round(steps)
        (w,), now = walk.at(n), float(walk.losses[n])
        m = slope(w) if math.isfinite(w) else math.nan
        stops = [
            point_near(view, *walk.at(k), float(walk.losses[k]))
            for k in milestones(n, FIRST, SHOWN)
        ]
        marks: dict[str, Mark] = {
            "tangent": Tangent(*point_in(view, w, now), m, width=1.8),
            **_trail(stops, n, width=1.4),
            "rule": Caption(_rule(variable, walk, slope, eta, n), "right", colour="path"),
            "ball": Point(*stops[-1]),
            "start": Point(*point_near(view, start, loss(start)), drag="start", colour="path"),
            **_loss_marks(walk, n, counted, view[1], 1),
        }
        words = f"After {_steps(n)} with η = {number(eta)}: {variable} = {_n(w)}, loss {_loss(now)}"
        words += f", slope {_n(m)}." if math.isfinite(m) else "."
        inside = low <= w <= high
        if n > walk.last:
            words = ""
        if n == 0 and not inside:
            words += " The start lies outside the picture: move it, or click on the curve."
            inside = True
        out = _outcome(walk, n, eta, abs(m) < level, inside, lambda: rest(w))
        if n == 0 and not out:
            out = "Which way will it go, and how far? Press Walk."
        return Scene(_sentence(words, out, remark), marks)

    play = Play("steps", "Walk", seconds=6)
    title = f"A walk downhill on {as_written(f, variable) or f.name}"
    return Stage(ax, frame, sliders, title, play)


def _resting_places(f: Function, over: Range) -> Callable[[float], str]:
    """What says where a walk on f has come to rest, from a place without a slope to speak of."""
    length = length_of(over)
    flat = critical_points(f, *over)
    minima = {c.x: c.height for c in flat if c.kind == "minimum"}
    others = {c.x: c.kind for c in flat if c.kind != "minimum"}

    def rest(w: float) -> str:
        for x, height in minima.items():
            if abs(x - w) < 0.02 * length:
                is_lowest = height <= min(minima.values()) + 1e-9
                depth = (
                    ", the lowest in the picture" if is_lowest else "; another one here is lower"
                )
                which = f"{number(x)}{depth if len(minima) > 1 else ''}"
                return f"The slope is next to 0: it rests in the minimum at {which}."
        for x, kind in others.items():
            if abs(x - w) < 0.01 * length:
                return f"The slope is next to 0, but this is a {kind}, not a minimum."
        return "The slope is next to 0: it hardly moves."

    return rest


def _rule(variable: str, walk: Walk, slope: Real, eta: float, n: int) -> str:
    """The last step in numbers; before the first, the step to come."""
    k = max(n, 1)
    if k > walk.last:
        return ""
    (old,), (new,) = walk.at(k - 1), walk.at(k)
    rate, m = bracketed(number(eta)), bracketed(_n(slope(old)))
    text = f"{variable} ← {_n(old)} − {rate} · {m}"
    return f"{text} = {_n(new)}" if n else text


# --- two weights ---


@with_formula_field("start", "eta", "steps", "over")
@explorer
def explore_descent(
    f: str | Surface | Plane | None = None,
    start: Sequence[float] = (2.0, 2.0),
    eta: float = 0.05,
    steps: int = 50,
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
    land: str = LANDSCAPES[0],
) -> Stage:
    """Gradient descent with two weights: the walk on the map, on the surface, and its losses.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers. If left
        out, a menu of five landscapes.
    start: where the walk begins. eta: the step size at first; any number will do.
    steps: how many steps to walk; the figure walks at most 1,000.
    over: the window to show, ((x low, x high), (y low, y high)). variables: names of the inputs.
    land: which of the five landscapes the menu shows first.
    Raises NoValue, with a sentence, for an eta, a start or steps that are no use.
    """
    lands = _landscapes(f, over, variables)
    first = land.replace("_", " ") if f is None else next(iter(lands))
    if first not in lands:
        raise NoValue(f"There is no landscape {land!r}. There are: {', '.join(lands)}.")
    counted, remark = _steps_slider(steps)
    if len(start) != 2:
        raise NoValue(f"A start on a map has two numbers, and this has {len(start)}: {start}.")
    sliders = _map_sliders(lands, first, start, eta, counted)
    grounds = {name: _Ground.of(surface) for name, surface in lands.items()}

    @lru_cache(maxsize=64)
    def walk_from(name: str, start: Pair, eta: float) -> Walk:
        surface = lands[name]
        return take(quick_gradient(surface), surface.height, start, eta, int(counted.values[-1]))

    def frame(x: float, y: float, eta: float | str, steps: float, surface: str = first) -> Scene:
        ground, rate, n = grounds[surface], float(eta), round(steps)
        here, window = ground.surface, ground.surface.window
        walk = walk_from(surface, (x, y), rate)
        place, now = walk.at(n), float(walk.losses[n])
        slopes = _slopes(here, place)
        shown = milestones(n, FIRST, SHOWN)
        stops = [point_near(window, *walk.at(k)) for k in shown]
        to_come = _next_step(window, place, slopes, rate)
        marks = {
            **ground.scenery,
            **_trail(stops, n),
            "step to come": Segment(*to_come, colour="gradient", arrow=True),
            "ball": Point(*stops[-1]),
            "start": Point(x, y, drag=("x", "y"), colour="path"),
            **ground.in_space(walk, shown),
            **_loss_marks(walk, n, counted, ground.losses, 2),
        }
        across, up = here.variables
        words = (
            f"After {_steps(n)} with η = {number(rate)}: {across} = {_n(place[0])}, "
            f"{up} = {_n(place[1])}, loss {_loss(now)}."
        )
        inside = math.isfinite(point_in(window, *place)[0])
        if n > walk.last:
            words = ""
        if n == 0 and not inside:
            words += " The start lies outside the map: click on the map to bring it back."
            inside = True
        is_flat = math.hypot(*slopes) < ground.flat
        out = _outcome(walk, n, rate, is_flat, inside, lambda: ground.rest(place))
        if n == 0 and not out:
            out = "Which way will it go? Press Walk."
        return Scene(_sentence(words, out, remark), marks)

    what, backdrop = "a landscape", None
    if len(lands) > 1:
        backdrop = Backdrop("surface", lambda name: grounds[name].draw(counted.values[-1]))
    else:
        what = grounds[first].surface.formula or first
    return Stage(
        None if backdrop else grounds[first].draw(counted.values[-1]),
        frame,
        sliders,
        f"A walk downhill on {what}",
        play=Play("steps", "Walk", seconds=7),
        backdrop=backdrop,
        turn=Turn("azimuth", "elevation", ax=1, says="The surface is seen from {}°, {}° up."),
        columns=2,  # so that a figure with seven sliders is seen whole
    )


def _landscapes(
    f: str | Surface | Plane | None, over: Window | None, variables: tuple[str, str] | None
) -> dict[str, Surface]:
    """What can be walked on, by name: the learner's surface, or those of the menu."""
    if f is None:
        return {name.replace("_", " "): as_surface(name, over) for name in LANDSCAPES}
    surface = as_surface(f, over, variables)
    return {surface.name: surface}


def _map_sliders(
    lands: dict[str, Surface], first: str, start: Sequence[float], eta: float, steps: Slider
) -> dict[str, Control]:
    """The landscapes where there are several, the start, η and the steps, and the view in space."""
    sides = [[surface.window[k] for surface in lands.values()] for k in (0, 1)]
    wide = [(min(low for low, _ in side), max(high for _, high in side)) for side in sides]
    names = lands[first].variables
    menu: dict[str, Control] = {"surface": Choice(list(lands), first)} if len(lands) > 1 else {}
    place: dict[str, Control] = {
        "x": _place_slider(wide[0], start[0], 100, f"start {names[0]}"),
        "y": _place_slider(wide[1], start[1], 100, f"start {names[1]}"),
    }
    rate: dict[str, Control] = {"eta": _rate_menu(eta) if menu else _rate_slider(eta)}
    # They stand in two columns: each row holds what belongs together.
    return (menu | rate | place if menu else place | rate) | {
        "steps": steps,
        "azimuth": Slider(-180, 178, VIEW[0], 2, label="turn", unit="°"),
        "elevation": Slider(0, 90, VIEW[1], 2, label="tilt", unit="°"),
    }


@dataclass(frozen=True)
class _Ground:
    """A surface to walk on, with all that does not move.

    X, Y, Z: its grid, shape (25, 25). ceiling: the range of heights that its box shows.
    losses: the range of the loss axis; it is logarithmic where log is set.
    """

    surface: Surface
    X: np.ndarray
    Y: np.ndarray
    Z: np.ndarray
    ceiling: Range
    losses: Range
    log: bool

    @staticmethod
    def of(surface: Surface) -> "_Ground":
        """The ground for a surface that has a value somewhere in its window."""
        X, Y = space.grid(*surface.window)
        Z = surface.heights(X[0], Y[:, 0])
        known = Z[np.isfinite(Z)]
        low, high = float(known.min()), float(known.max())
        for x, y in surface.minima:
            low = min(low, surface.height(x, y))
        most = float(np.quantile(known, 0.9))
        # Where a corner towers over all else, the box ends below it, and the rest can be seen.
        top = most if high - low > 2.2 * (most - low) > 0 else high
        if not top - low > 1e-9 * max(1.0, abs(low)):
            low, top = low - 1.0, low + 1.0
        log = low >= 0 and top > 0
        losses = (max(low, 1e-5 * top), 2 * top) if log else (low, top)
        if log and losses[0] > 1e-5 * top:
            losses = (0.7 * losses[0], losses[1])
        return _Ground(surface, X, Y, Z, (low, top), losses, log)

    def draw(self, steps: float) -> Axes:
        """The map, the empty axes for the view in space, and those of the loss, in one figure."""
        parts = mosaic(
            [["map", "space"], ["map", "loss"]],
            {"map": self._map, "space": space.prepare, "loss": partial(self._curve, steps=steps)},
            widths=(1.08, 1),
            heights=(2.6, 1),
            size=(7.6, 4.3),
            air=(0.06, 0.02),
        )
        parts["space"].set(xlim=(-0.8, 0.8))  # closer up than usual
        return parts["map"]

    def _map(self, ax: Axes) -> None:
        plot_contours(ax, self.surface)
        ax.set_title(_short(self.surface))
        known = {"minima": (self.surface.minima, "*"), "saddles": (self.surface.saddles, "X")}
        look = {"color": style.COLOURS["tangent"], "markersize": 9, "linestyle": ""}
        for name, (places, sign) in known.items():
            if places:
                ax.plot(*np.array(places).T, sign, label=name, **look)

    def _curve(self, ax: Axes, steps: float) -> None:
        style.frame_axes(ax, (0, steps), self.losses, "steps", "loss")
        if self.log:
            ax.set_yscale("log")

    @property
    def flat(self) -> float:
        """The slope below which there is none to speak of."""
        wide = max(high - low for low, high in self.surface.window)
        return min(FLAT, SHARE * (self.ceiling[1] - self.ceiling[0]) / wide)

    @cached_property
    def box(self) -> space.Box:
        """The box that holds the surface."""
        return space.Box(*self.surface.window, self.ceiling, ax=1)

    @cached_property
    def scenery(self) -> dict[str, Mark]:
        """Walls, surface and names of the axes, none so low that it comes upon the loss curve."""
        names = self.box.labels(*self.surface.variables, "loss", lowest=LOWEST)
        return {
            **self.box.walls(),
            "surface": self.box.surface(self.X, self.Y, self.Z),
            # The numbers stand on the map; here they would be too many.
            **{name: mark for name, mark in names.items() if name.endswith("_name")},
        }

    def in_space(self, walk: Walk, shown: Sequence[int]) -> dict[str, Mark]:
        """The path and the ball on the surface. shown: the steps that are drawn."""
        points = np.array(
            [(*point_in(self.surface.window, *walk.at(k)), walk.losses[k]) for k in shown]
        )
        points[:, 2] = np.clip(points[:, 2], *self.ceiling)
        points[~np.isfinite(points).all(axis=1)] = np.nan
        return {
            "path in space": self.box.polyline(points, colour="path"),
            "ball in space": self.box.point(*points[-1].tolist()),
        }

    def rest(self, place: Pair) -> str:
        """Where a walk has come to rest."""
        surface = self.surface
        near = 0.03 * (surface.window[0][1] - surface.window[0][0])
        for kind, places in (("saddle", surface.saddles), ("maximum", surface.maxima)):
            if any(math.dist(place, at) < near for at in places):
                return f"The gradient is next to 0, but this is a {kind}, not a minimum."
        for at in surface.minima:
            if math.dist(place, at) < near:
                many = len(surface.minima)
                which = "the minimum" if many == 1 else f"one of {many} minima, that"
                return f"The gradient is next to 0: it rests in {which} at {pair(*at)}."
        return "The gradient is next to 0: it hardly moves."


def _slopes(surface: Surface, place: Pair) -> Pair:
    """Both partials, or nan where there is no place or no slope."""
    if not all(map(math.isfinite, place)):
        return NOWHERE
    try:
        return surface.slopes(*place)
    except ArithmeticError:
        return NOWHERE


def _next_step(window: Window, place: Pair, slopes: Pair, eta: float) -> tuple[Pair, Pair]:
    """The step to come, from a ball that is on the map; as far as the map goes."""
    end = (place[0] - eta * slopes[0], place[1] - eta * slopes[1])
    if not math.isfinite(point_in(window, *place)[0]) or not all(map(math.isfinite, end)):
        return NOWHERE, NOWHERE
    share = 1.0
    for at, to, (low, high) in zip(place, end, window, strict=True):
        if not low <= to <= high:
            share = min(share, ((high if to > high else low) - at) / (to - at))
    end = (place[0] + share * (end[0] - place[0]), place[1] + share * (end[1] - place[1]))
    if math.dist(place, end) < 0.02 * max(high - low for low, high in window):
        return NOWHERE, NOWHERE
    return place, end


# --- where walks end ---


def draw_basins(
    ax: Axes, f: str | Surface | Plane = "himmelblau", eta: float = 0.01, steps: int = 300
) -> Axes:
    """Draw where so many steps lead from the middle of each of 40 × 40 squares. Returns ax.

    f: a name of the catalogue, or your own function of two numbers, which must take arrays too.
        Of your own, the four places are shown at which most walks come to rest.
    Raises NoValue, with a sentence, for a function that takes no arrays.
    """
    surface = as_surface(f)
    plot_contours(ax, surface, labels=False)
    X, Y = np.meshgrid(*(_middles(over, 40) for over in surface.window))
    known = surface.gradient is not None
    gradient = surface.gradient if known else _gradient_of_arrays(f, X, Y)
    x, y = ends(gradient, X, Y, eta, steps)
    meanings = ("tangent", "secant", "gradient", "function")
    minima = surface.minima if known else resting_places(x, y, NEAR)[: len(meanings)]
    for (a, b), meaning in zip(minima, meanings, strict=False):
        here = np.hypot(x - a, y - b) < NEAR
        ax.scatter(
            X[here], Y[here], s=34, marker="s", color=style.COLOURS[meaning], alpha=0.45,
            linewidths=0, label=f"{here.sum()} starts that end at {pair(a, b)}",
        )  # fmt: skip
        ax.plot(a, b, "*", color=style.COLOURS["point"], markersize=13)
    return ax


def _middles(over: Range, count: int) -> np.ndarray:
    """The middles of `count` equal pieces of a range."""
    half = (over[1] - over[0]) / count / 2
    return np.linspace(over[0] + half, over[1] - half, count)


def _gradient_of_arrays(f: Plane, X: np.ndarray, Y: np.ndarray) -> Callable:
    """The measured gradient of a learner's function, at many places at once."""
    name = getattr(f, "__name__", "f")
    try:
        shape = np.shape(f(X, Y))
    except Exception as error:
        # A learner's function may raise anything.
        raise NoValue(f"{name} stops for arrays with {type(error).__name__}: {error}.") from error
    if shape != X.shape:
        raise NoValue(f"{name} gives no value for each start: does it use NumPy, such as np.sin?")
    return lambda x, y: (
        (f(x + NUDGE, y) - f(x - NUDGE, y)) / (2 * NUDGE),
        (f(x, y + NUDGE) - f(x, y - NUDGE)) / (2 * NUDGE),
    )


# --- sliders ---


def _steps_slider(steps: int) -> tuple[Slider, str]:
    """The slider of steps, and what to say where more were asked than a figure walks."""
    if isinstance(steps, bool) or steps != steps or steps < 1 or steps != int(min(steps, 1e18)):
        raise NoValue(f"steps is {steps!r}: a whole number, 1 or more, is needed.")
    remark = ""
    if steps > MOST:
        remark = f" (You asked for {steps:,} steps; this figure walks {MOST:,}.)"
        steps = MOST
    stride = math.ceil(steps / POSITIONS)
    return Slider(0, stride * math.ceil(steps / stride), 0, stride, label="steps"), remark


def _rate_slider(eta: float) -> Slider:
    """From one step size below 0 to twelve of them above; the one given is among them."""
    _require_finite("eta", eta)
    unit = abs(eta) or 0.1
    return Slider(-unit, 12 * unit * (1 + 1e-9), eta, unit, label="η")


def _rate_menu(eta: float) -> Choice:
    """A menu of step sizes, for landscapes that need very different ones."""
    _require_finite("eta", eta)
    return Choice([f"{rate:g}" for rate in sorted({*RATES, float(eta)})], f"{eta:g}", label="η")


def _place_slider(ends: Range, start: float, count: int, label: str) -> Slider:
    """About `count` places between the ends, on round numbers; further on, to reach the start."""
    _require_finite("start", start)
    step = nearest_nice((ends[1] - ends[0]) / count)
    low, high = math.ceil(ends[0] / step - 1e-9), math.floor(ends[1] / step + 1e-9)
    if not low - 20 * count <= start / step <= high + 20 * count:
        raise NoValue(
            f"The start {number(start)} is too far away from the picture, which shows "
            f"{number(ends[0])} to {number(ends[1])}. Choose a nearer start, or over=(…, …)."
        )
    # A start between two round numbers shifts them all, so that it can be reached.
    shift = start - round(start / step) * step
    low, high = min(low, round(start / step)), max(high, round(start / step))
    return Slider(
        round(low * step + shift, 10), round(high * step + shift, 10), start, step, label=label
    )


def _require_finite(name: str, value: float) -> None:
    try:
        good = math.isfinite(value)
    except TypeError:
        good = False
    if not good:
        raise NoValue(f"{name} is {value!r}: a finite number is needed.")


# --- marks ---


def _trail(stops: Sequence[Pair], n: int, width: float = 2.4) -> dict[str, Mark]:
    """The path over the stops of a walk of n steps, and the first of them as dots."""
    dots = [stop if k < n else NOWHERE for k, stop in enumerate(stops[1:FIRST], 1)]
    return {
        "path": Polyline(tuple(stops), colour="path", width=width),
        **{f"stop {k}": Point(*at, colour="path", hollow=True) for k, at in enumerate(dots, 1)},
    }


def _loss_marks(walk: Walk, n: int, counted: Slider, view: Range, ax: int) -> dict[str, Mark]:
    """The curve of losses against steps, and where the walk stands on it."""
    losses = drawable([walk.losses[round(k)] for k in counted.values], view[0] > 0).tolist()
    now = float(walk.losses[n])
    curve = tuple(zip(counted.values, losses, strict=True))
    return {
        "losses": Polyline(curve, colour="loss", ax=ax, width=2),
        "loss now": Point(n, infinite_if_lost(now), colour="loss", drag="steps", ax=ax),
    }


# --- words ---


def _short(surface: Surface) -> str:
    name = surface.formula or f"{surface.name}({', '.join(surface.variables)})"
    return f"loss = {name}" if len(name) < 24 else name


def _steps(n: int) -> str:
    return f"{n:,} step{'s' if n != 1 else ''}"


def _n(value: float) -> str:
    """A number for a sentence: four decimals at most, powers of ten where it is large."""
    return scientific(value) if 1e5 <= abs(value) < math.inf else plain(value)


def _loss(value: float) -> str:
    """A loss in a sentence: like the numbers beside it, with no zeros at its end."""
    ordinary = math.isfinite(value) and not 0 < value < 5e-5
    return _n(value) if ordinary else in_loss(value, 4)


def _sentence(*parts: str) -> str:
    return " ".join(part.strip() for part in parts if part.strip())
