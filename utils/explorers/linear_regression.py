"""Chapter 13: a line through data, its residuals, its loss, and the way down by the gradient."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from utils import style
from utils.contours import plot_contours
from utils.explorers.shared.geometry import milestones, nearest_nice, point_in, point_near, with_air
from utils.functions import NoValue
from utils.models.linear_regression import Regression, as_regression
from utils.numerals import fixed, number, percent, scientific
from utils.stage import (
    NOWHERE,
    Line,
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
    Toggle,
    explorer,
    layout,
)
from utils.surfaces import Surface

Labels = tuple[str, str]


MOST_RESIDUALS = 40  # more of them could not be told apart
LISTED = 6  # residuals that a sentence can name one by one
PATH_POINTS = 21  # of the walked path; the first steps are all there
FIRST_STEPS = 10
EPOCH_STEPS = 50  # positions of the slider of epochs
MOST_EPOCHS = 10**9
BARELY_THERE = 1e-6  # of the first loss: what is left of it when a run counts as arrived


# --- residuals ---


@explorer
def explore_residuals(
    xs: Sequence[float] | None = None,
    ys: Sequence[float] | None = None,
    w: float | None = None,
    b: float | None = None,
    squares: bool = False,
    labels: Labels = ("x", "y"),
) -> Stage:
    """A line, its residuals as segments or as squares, and beside it the mean of those squares.

    xs, ys: your own data; five points on 3x + 2 if left out. w, b: where the line starts.
    squares: whether the squares are shown at first. labels: names of x and y, with their units.
    """
    data = as_regression(xs, ys)
    step_w, step_b = _knob_steps(data)
    sliders = {
        "w": _around(data.best[0], 15, step_w, w, -10, "slope w"),
        "b": _around(data.best[1], 15, step_b, b, 5, "intercept b"),
        "squares": Toggle(squares, label="show the squares"),
    }
    across, heights = _view(data)
    with style.context():
        ax, mean = Figure(figsize=(7.5, 4.0)).subplots(1, 2, width_ratios=(2.8, 1))
        _frame_data(ax, data, (across, heights), labels)
        tall = heights[1] - heights[0]
        style.frame_axes(mean, (0, 1), (0, tall), "", "", "Mean square")
        mean.set_xticks([])
        mean.set_yticks([])
        layout.draw(FigureCanvasAgg(ax.figure))  # as the stage will, so that squares are square
        mean.set_xlim(0, tall * _shape(mean))
    ratio = (across[1] - across[0]) / tall / _shape(ax)  # of x for one of y, on the screen
    middle, shown = sum(across) / 2, _some(len(data.xs))

    def frame(w: float, b: float, squares: bool) -> Scene:
        r = data.residuals(w, b)
        loss = data.loss(w, b)
        marks: dict = {"line": Line((0, b), (1, w + b), colour="function")}
        for i in shown:
            x, y, off = float(data.xs[i]), float(data.ys[i]), float(r[i])
            # Squares grow towards the middle of the picture; a hidden one has no width.
            side = abs(off) * ratio * (1 if x <= middle else -1) if squares else 0.0
            corners = ((x, y), (x + side, y), (x + side, y + off), (x, y + off))
            marks[f"square {i + 1}"] = Polyline(corners, colour="derivative", filled=True)
            marks[f"residual {i + 1}"] = Segment((x, y), (x, y + off), colour="derivative")
        root = math.sqrt(loss)
        box = ((0, 0), (root, 0), (root, root), (0, root))
        marks["mean square"] = Polyline(box, colour="derivative", filled=True, ax=1)
        marks["rim of mean square"] = Polyline((*box, box[0]), colour="derivative", ax=1)
        marks["loss in numbers"] = Text(
            mean.get_xlim()[1], tall, f"loss {fixed(loss, 2)}", dy=18, anchor="end",
            colour="derivative", ax=1,
        )  # fmt: skip
        marks["b"] = Point(*point_in((across, heights), 0, b), drag="b")
        words = f"{_line(w, b, 2)}: {_residuals_say(r, squares)}"
        return Scene(f"{words} The mean of the squares is the loss, {fixed(loss, 2)}.", marks)

    return Stage(ax, frame, sliders, "A line through data, and its residuals")


def _residuals_say(r: np.ndarray, squares: bool) -> str:
    if len(r) <= LISTED:
        if squares:
            return f"the squared residuals are {', '.join(fixed(x, 2) for x in r**2)}."
        return f"the residuals are {', '.join(fixed(x, 2) for x in r)}; now square them."
    above, below = int(np.sum(r > 0)), int(np.sum(r < 0))
    return f"too high at {above}, too low at {below} of {len(r)} examples. Square every residual."


# --- fitting by hand ---


@explorer
def explore_fit(
    xs: Sequence[float] | None = None,
    ys: Sequence[float] | None = None,
    w: float | None = None,
    b: float | None = None,
    labels: Labels = ("x", "y"),
) -> Stage:
    """Left, the line through the data; right, the loss of every line, as a map over w and b.

    Turn two knobs, or drag the point on the map. xs, ys: your own data; five points on 3x + 2 if
    left out. w, b: where the line starts. labels: names of x and y, with their units.
    """
    data = as_regression(xs, ys)
    step_w, step_b = _knob_steps(data)
    sliders = {
        "w": _around(data.best[0], 20, step_w, w, -14, "slope w"),
        "b": _around(data.best[1], 20, step_b, b, 14, "intercept b"),
    }
    window = tuple(with_air(s.values[0], s.values[-1]) for s in sliders.values())
    view = _view(data)
    with style.context():
        ax, plane = Figure(figsize=(7.6, 3.9)).subplots(1, 2)
        _frame_data(ax, data, view, labels)
        _map_of_loss(plane, data, window)
    shown = _some(len(data.xs))
    lowest = data.lowest

    def frame(w: float, b: float) -> Scene:
        loss, (dw, db) = data.loss(w, b), data.gradient(w, b)
        marks: dict = {"line": Line((0, b), (1, w + b), colour="function")}
        for i in shown:
            x, y = float(data.xs[i]), float(data.ys[i])
            marks[f"residual {i + 1}"] = Segment(
                (x, y), (x, w * x + b), colour="derivative", width=1.8
            )
        marks["loss in numbers"] = Text(
            window[0][1], window[1][1], f"loss {_loss(loss)}", dy=-13, anchor="end", ax=1
        )
        marks["w and b"] = Point(w, b, drag=("w", "b"), ax=1)
        near = math.isclose(loss, lowest, rel_tol=1e-9, abs_tol=1e-12)
        knobs = f"Nudging w up {_pull(dw)}, nudging b up {_pull(db)}."
        if near:
            knobs = "No line has a lower loss."
        return Scene(f"{_line(w, b)}: loss {_loss(loss)}. {knobs}", marks)

    return Stage(ax, frame, sliders, "A line through data, and the loss of every line")


def _pull(slope: float) -> str:
    if abs(slope) < 1e-9:
        return "changes next to nothing"
    return f"{'raises' if slope > 0 else 'lowers'} it"


# --- training ---


@explorer
def explore_training(
    xs: Sequence[float] | None = None,
    ys: Sequence[float] | None = None,
    eta: float | None = None,
    epochs: int = 500,
    w: float = 0.0,
    b: float = 0.0,
    labels: Labels = ("x", "y"),
) -> Stage:
    """Gradient descent on the mean squared error: the line, the path on the map, the loss curve.

    xs, ys: your own data; five points on 3x + 2 if left out. eta: the learning rate at first; if
    left out, about an eighth of the largest that converges. Any number will do, 0 and negative ones
    too: the figure says what happens. epochs: the end of the slider, at most a billion. w, b: the
    start. labels: names of x and y, with their units.
    """
    data = as_regression(xs, ys)
    if not (isinstance(epochs, int | np.integer) and 1 <= epochs <= MOST_EPOCHS):
        raise NoValue(f"epochs is {epochs!r}: a whole number from 1 to a billion is needed.")
    if not all(map(math.isfinite, (w, b, eta or 0.0))):
        raise NoValue("w, b and eta must be finite numbers.")
    stride = max(1, math.ceil(epochs / EPOCH_STEPS))
    last = stride * math.ceil(epochs / stride)
    rates = _rates(data.largest_rate, eta)
    sliders = {
        "epochs": Slider(0, last, 0, stride, label="epochs"),
        "eta": rates,
    }
    start, first = (float(w), float(b)), data.loss(w, b)
    lowest = data.lowest
    window = _window(data, start)
    view = _view(data)
    foot, top = _loss_range(first, lowest)
    with style.context():
        parts = Figure(figsize=(7.6, 4.2)).subplot_mosaic(
            [["data", "map"], ["loss", "map"]], width_ratios=(1, 1.08), height_ratios=(1.25, 1)
        )
        ax, curve, plane = parts["data"], parts["loss"], parts["map"]
        ax.figure.get_layout_engine().set(wspace=0.06, hspace=0.04)
        _frame_data(ax, data, view, labels)
        style.frame_axes(curve, (0, last), (foot, top), "epochs", "loss", "")
        curve.set_yscale("log")
        curve.set_xticks([0, last // 2, last] if last > 1 else [0, 1])
        _map_of_loss(plane, data, window)
        plane.plot(*start, "o", mfc="white", mec=style.COLOURS["path"], label="start")
        plane.plot(
            *data.best, "*", color=style.COLOURS["tangent"], markersize=11, label="lowest loss"
        )
    order = list(ax.figure.axes)
    on_map, on_curve = order.index(plane), order.index(curve)

    def height(loss: float) -> float:
        return min(max(loss, foot), top)

    counted = sliders["epochs"].values

    @lru_cache(maxsize=len(rates.values))
    def curve_of(eta: float) -> tuple[Pair, ...]:
        found = data.run(counted, eta, start)[:, 2].tolist()
        return tuple((n, height(loss)) for n, loss in zip(counted, found, strict=True))

    def frame(epochs: float, eta: float) -> Scene:
        n = round(epochs)
        walked = data.run([*milestones(n, FIRST_STEPS, PATH_POINTS), n + 1], eta, start).tolist()
        w, b, loss = walked[-2]
        places = [point_near(window, at_w, at_b) for at_w, at_b, _ in walked]
        # Beyond this a line is nothing that could be seen, and no number for the browser.
        there = math.isfinite(loss) and max(abs(w), abs(b)) < 1e12
        ends = ((0, b), (1, w + b)) if there else (NOWHERE, NOWHERE)
        marks = {
            "line": Line(*ends, colour="function"),
            "path": Polyline(tuple(places[:-1]), colour="path", ax=on_map),
            "next step": Segment(*places[-2:], dashed=True, width=1.8, ax=on_map),
            "w and b": Point(*point_in(window, w, b), colour="point", drag="epochs", ax=on_map),
            "loss curve": Polyline(curve_of(eta), colour="derivative", ax=on_curve),
            "loss now": Point(
                float(n), height(loss), colour="derivative", drag="epochs", ax=on_curve
            ),
            "loss in numbers": Text(
                float(last), top, f"loss {_loss(loss)}", dx=-8, dy=17, anchor="end",
                colour="derivative", ax=on_curve,
            ),
        }  # fmt: skip
        outside = math.isfinite(loss) and not math.isfinite(point_in(window, w, b)[0])
        return Scene(_run_says(data, n, eta, (w, b, loss), first, outside), marks)

    return Stage(
        ax, frame, sliders, "A line trained by gradient descent, and its way over the map",
        play=Play("epochs", "Train", seconds=6),
    )  # fmt: skip


def _run_says(
    data: Regression,
    n: int,
    eta: float,
    now: tuple[float, float, float],
    first: float,
    outside: bool,
) -> str:
    """What a run has come to, in two sentences."""
    w, b, loss = now
    lowest = data.lowest
    many = f"{n:,} epoch{'s' if n != 1 else ''}"
    rate = f"η = {number(eta)}"
    if not math.isfinite(loss):
        way = "Every step led uphill" if eta < 0 else "Every step overshot by more than the last"
        return (
            f"{many} with {rate}: the numbers have outgrown the computer, which prints inf and "
            f"then nan. {way}."
        )
    if n == 0:
        return f"Before the first epoch, with {rate}: {_line(w, b)}, loss {_loss(loss)}."
    start = f"{many} with {rate}: {_line(w, b, 4)}, loss {_loss(loss)}."
    gone = " It has left the map." if outside else ""
    if eta == 0:
        return f"{start} A step of length 0: nothing moves, however long you train."
    if loss - lowest <= BARELY_THERE * max(first - lowest, 1e-300):
        return f"{start} It has arrived."
    if eta < 0:
        return f"{start} A negative η steps uphill.{gone}"
    fast, slow = (1 - eta * c for c in data.curvatures)
    if abs(fast) > 1:
        return f"{start} The steps are too long: each overshoots by more than the last.{gone}"
    if fast < -0.05 and n < 100:
        return f"{start} Each step overshoots the valley floor, by less and less.{gone}"
    left = 100 * (1 - slow**2)
    removed = f"{number(left, 2)} %" if left >= 1e-3 else "less than 0.001 %"
    return f"{start} On the floor of the valley, an epoch removes {removed} of the loss."


def _rates(limit: float, eta: float | None) -> Slider:
    """Learning rates from a little below 0 to a little above the largest that converges.

    A rate that is given lies on the grid, and the slider reaches it wherever it is.
    """
    step = nearest_nice(limit / 14)
    start = 2 * step if eta is None else float(eta)
    if start and (eta is not None):
        share = abs(start) / step
        step = abs(start) / (math.ceil(share - 1e-9) if share <= 60 else 24)
    count = max(math.ceil(1.15 * limit / step), round(start / step) + 2)
    below = max(4, round(-start / step))
    low, high = -below * step, min(count, 80) * step
    return Slider(low, high, start, step, label="learning rate η")


def _loss_range(first: float, lowest: float) -> Range:
    """The loss axis: from far below the first loss, or the lowest, to a little above the first."""
    scale = max(first, lowest, 1e-12)
    foot = max(lowest * 0.8, scale * 1e-7)
    return foot, max(scale * 30, foot * 100)


# --- where x is counted from ---


@explorer
def explore_centring(
    xs: Sequence[float] | None = None,
    ys: Sequence[float] | None = None,
    c: float = 0.0,
    epochs: int = 20,
    labels: Labels = ("x", "y"),
) -> Stage:
    """Count x from another place, c: left, the lines that w turns about it; right, the loss.

    The map shows w and the height of the line at c, both as distances from the best line, and a
    run that starts from one and the same line whatever c is, with half of the largest learning rate
    that converges there.
    xs, ys: your own data; five points on 3x + 2 if left out. labels: names of x and y.
    """
    data = as_regression(xs, ys)
    span = float(np.ptp(data.xs))
    low = max(min(0.0, float(data.xs.min())), float(data.xs.min()) - span / 2)
    high = float(data.xs.max())
    step = nearest_nice((high - low) / 50)
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    c = min(max(c, low), high)
    sliders = {"c": Slider(low, high, c, step, label="count x from c =")}
    best_w, best_b = data.best
    sd = float(data.xs.std())
    size = float(data.ys.std()) or 1.0
    tilt, centre = size / sd, float(data.xs.mean())  # the start: the best line, less steep
    wide, tall = 1.35 * tilt, 1.15 * tilt * max(centre - low, high - centre, 1.3 * sd)
    window = ((-wide, wide), (-tall, tall))
    air = 0.08 * (high - low)
    across = (low - air, high + air)
    ends = [best_w * x + best_b for x in across]
    heights = with_air(min([*ends, *data.ys]), max([*ends, *data.ys]))
    with style.context():
        ax, plane = Figure(figsize=(7.6, 3.9)).subplots(1, 2)
        _frame_data(ax, data, (across, heights), labels)
        style.frame_axes(plane, *window, "w − best w", "height at c − best", "The loss around its "
                         "lowest point")  # fmt: skip
    levels = [size**2 * share**2 for share in (0.15, 0.4, 0.75, 1.2)]

    def frame(c: float) -> Scene:
        here = Regression(data.xs - c, data.ys)
        pivot = best_w * c + best_b
        marks: dict = {}
        for k, share in enumerate((-0.5, 0.5)):
            turned = best_w + share * tilt
            marks[f"turned line {k + 1}"] = Line(
                (c, pivot), (c + 1, pivot + turned), colour="quiet", dashed=True, width=1.6
            )
        marks["best line"] = Line((c, pivot), (c + 1, pivot + best_w), colour="function")
        marks["c"] = Point(c, pivot, drag="c", label="c", side="below")
        for k, level in enumerate(levels):
            marks[f"contour {k + 1}"] = Polyline(
                _ellipse(here, level), colour="function", ax=1, width=1.4
            )
        eta = here.largest_rate / 2
        origin = (here.best[0] - tilt, here.best[1] + tilt * (centre - c))
        steps = here.run(range(epochs + 1), eta, origin)
        path = tuple((w - here.best[0], b - here.best[1]) for w, b, _ in steps.tolist())
        marks["path"] = Polyline(path, colour="path", ax=1)
        marks["end of path"] = Point(*path[-1], colour="path", ax=1)
        marks["condition"] = Text(
            wide, -tall, f"condition number {_condition(here.condition)}", dx=-6, dy=-14,
            anchor="end", ax=1,
        )  # fmt: skip
        lowest = here.lowest
        left = (steps[-1, 2] - lowest) / (steps[0, 2] - lowest)
        return Scene(
            f"x counted from {number(c)}: condition number {_condition(here.condition)}. "
            f"{epochs} epochs, always from the same line, leave {percent(left)} of the loss that "
            "training can remove.",
            marks,
        )

    return Stage(ax, frame, sliders, "Counting x from another place changes the shape of the loss")


def _ellipse(data: Regression, level: float) -> tuple[Pair, ...]:
    """Where the loss lies so far above its lowest value, as distances from the best w and b."""
    turn = np.linspace(0, 2 * math.pi, 61)
    large, small = (math.sqrt(2 * level / c) for c in data.curvatures)
    points = np.column_stack([large * np.cos(turn), small * np.sin(turn)]) @ data.axes
    return tuple(map(tuple, points.tolist()))


def _condition(value: float) -> str:
    return number(value, 2) if value < 1000 else f"{float(f'{value:.2g}'):,.0f}"


# --- words ---


def _line(w: float, b: float, digits: int | None = None) -> str:
    """The line as people write it: "ŷ = 3x − 2"."""
    if max(abs(w), abs(b)) >= 1e5:
        first, second = scientific(w), scientific(abs(b))
    elif digits is None:
        first, second = number(w), number(abs(b))
    else:
        first, second = fixed(w, digits), fixed(abs(b), digits)
    return f"ŷ = {first}x {'−' if b < -1e-12 else '+'} {second}"


def _loss(loss: float) -> str:
    if not math.isfinite(loss):
        return "inf"
    if loss >= 1e5:
        return scientific(loss)
    return fixed(loss, 4 if loss < 1 else 2)


# --- numbers and drawing ---


def _knob_steps(data: Regression) -> Pair:
    """By how much one step of a slider turns w and b."""
    sd, size = float(data.xs.std()), float(data.ys.std())
    size = size or max(1.0, float(np.abs(data.ys).max()))
    lever = max(1.0, 0.75 * abs(float(data.xs.mean())) / sd)
    return nearest_nice(size / sd / 30), nearest_nice(lever * size / 30)


def _around(
    best: float, count: int, step: float, start: float | None, offset: int, label: str
) -> Slider:
    """A slider with `count` steps to either side of the best value, or further to reach the start.

    start: where it begins; if left out, `offset` steps from the middle.
    """
    middle = round(best / step)
    at = middle + offset if start is None else float(start) / step
    # Whole steps, so that a value such as 3 is on the grid.
    low, high = (
        min(middle - count, math.floor(at + 1e-9)),
        max(middle + count, math.ceil(at - 1e-9)),
    )
    low, high = max(low, high - 2000), min(high, low + 2000)
    return Slider(*(float(f"{n * step:.12g}") for n in (low, high, at)), step, label=label)


def _some(count: int) -> list[int]:
    """Which examples get a residual drawn."""
    return (
        np.unique(np.linspace(0, count - 1, min(count, MOST_RESIDUALS)).round())
        .astype(int)
        .tolist()
    )


def _view(data: Regression) -> tuple[Range, Range]:
    """The piece of the plane that shows the data, and x = 0 where it is not far away."""
    low, high = float(data.xs.min()), float(data.xs.max())
    if 0 < low <= 0.5 * (high - low):
        low = 0.0
    bottom, top = float(data.ys.min()), float(data.ys.max())
    if 0 < bottom <= 0.5 * (top - bottom):
        bottom = 0.0
    return with_air(low, high), with_air(bottom, top)


def _window(data: Regression, start: Pair) -> tuple[Range, Range]:
    """The piece of the map that holds the start, with the lowest point in its middle."""
    size = float(data.ys.std()) or 1.0
    sides = []
    for one, other, least in zip(
        start, data.best, (size / float(data.xs.std()), size), strict=True
    ):
        # As far beyond the lowest point as before it: steps that overshoot stay in the picture.
        half = max(1.15 * abs(one - other), 0.4 * least, 1e-9 * abs(other))
        sides.append((other - half, other + half))
    return sides[0], sides[1]


def _shape(ax: Axes) -> float:
    """Width over height of the axes on the screen."""
    box = ax.get_window_extent()
    return box.width / box.height


def _frame_data(ax: Axes, data: Regression, view: tuple[Range, Range], labels: Labels) -> None:
    style.frame_axes(ax, *view, *labels, "The data and the line")
    ax.scatter(
        data.xs, data.ys, color=style.COLOURS["data"], label="data", zorder=3,
        s=52 if len(data.xs) < 60 else 12,
    )  # fmt: skip


def _map_of_loss(ax: Axes, data: Regression, window: tuple[Range, Range]) -> None:
    """Contours of the loss over w and b; each is about three times as far above the lowest loss."""
    (best_w, best_b), lowest = data.best, data.lowest
    mean, mean_square = float(data.xs.mean()), float(np.mean(data.xs**2))

    def loss(w: float, b: float) -> float:
        # The same as data.loss, for a whole grid at once.
        dw, db = w - best_w, b - best_b
        return lowest + mean_square * dw**2 + 2 * mean * dw * db + db**2

    highest = max(loss(w, b) for w in window[0] for b in window[1]) - lowest
    exact = [lowest + 0.8 * highest / 3**k for k in range(7, -1, -1)]
    rounded = sorted({float(f"{level:.2g}") for level in exact})
    levels = rounded if len(rounded) == len(exact) else exact
    surface = Surface(
        "loss", "", loss, lambda w, b: (0 * w, 0 * b), window=window, levels=tuple(levels),
        variables=("w", "b"),
    )  # fmt: skip
    style.frame_axes(ax, *window, "w", "b", "The loss of every line")
    plot_contours(ax, surface, labels=False, equal=False)
