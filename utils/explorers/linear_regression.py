"""Chapter 13: a line through data, its residuals, its loss, and the way down by the gradient."""

import math
from collections.abc import Sequence
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg

from utils import style
from utils.explorers.shared.geometry import (
    drawable,
    infinite_if_lost,
    milestones,
    nearest_nice,
    point_in,
    point_near,
    with_air,
)
from utils.explorers.shared.panels import mosaic, side_by_side
from utils.functions import NoValue
from utils.models.linear_regression import (
    Regression,
    as_regression,
    noisy_line,
    stochastic_walk,
)
from utils.numerals import added, fixed, in_loss, number, pair, percent, powers, scientific
from utils.stage import (
    Bar,
    Caption,
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
    Tangent,
    Text,
    Toggle,
    explorer,
    layout,
)
from utils.stage.marks import Mark
from utils.surfaces import Window

Labels = tuple[str, str]


MOST_RESIDUALS = 40  # more of them could not be told apart
LISTED = 6  # residuals that a sentence can name one by one
PATH_POINTS = 21  # of the walked path; the first steps are all there
FIRST_STEPS = 10
EARLY_POINTS = 21  # of the loss curve, in the first two strides of the slider
EPOCH_STEPS = 50  # positions of the slider of epochs
MOST_EPOCHS = 10**9
BATCH_STEPS = 300  # of a walk in batches; the trembling is measured over the second half
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
    tall = heights[1] - heights[0]
    ax, mean = side_by_side(
        partial(_frame_data, data=data, view=(across, heights), labels=labels),
        ((0, 1), (0, tall), "", "", "Mean square"),
        widths=(2.8, 1),
        size=(7.5, 4.0),
    )
    mean.set(xticks=[], yticks=[])
    with style.context():
        layout.draw(FigureCanvasAgg(ax.figure))  # as the stage will, so that squares are square
    mean.set_xlim(0, tall * _shape(mean))
    ratio = (across[1] - across[0]) / tall / _shape(ax)  # of x for one of y, on the screen
    middle, shown = sum(across) / 2, _some(len(data.xs))

    def frame(w: float, b: float, squares: bool) -> Scene:
        r = data.residuals(w, b)
        loss = data.loss(w, b)
        marks: dict[str, Mark] = {"line": Tangent(0, b, w, colour="function")}
        for i in shown:
            x, y, off = float(data.xs[i]), float(data.ys[i]), float(r[i])
            # Squares grow towards the middle of the picture; a hidden one has no width.
            side = abs(off) * ratio * (1 if x <= middle else -1) if squares else 0.0
            marks[f"square {i + 1}"] = Bar(x, y, x + side, y + off, "loss", edge=0)
            marks[f"residual {i + 1}"] = Segment((x, y), (x, y + off), colour="loss")
        root, corner = math.sqrt(loss), (mean.get_xlim()[1], tall)
        marks["mean square"] = Bar(0, 0, root, root, "loss", edge=2.4, ax=1)
        marks["loss in numbers"] = Text(
            *corner, f"loss {fixed(loss)}", side="left", dy=17, colour="loss", ax=1
        )
        marks["b"] = Point(0, b, drag="b")
        words = f"{_line(w, b, 2)}: {_residuals_say(r, squares)}"
        return Scene(f"{words} The mean of the squares is the loss, {fixed(loss)}.", marks)

    return Stage(ax, frame, sliders, "A line through data, and its residuals")


def _residuals_say(r: np.ndarray, squares: bool) -> str:
    if len(r) <= LISTED:
        if squares:
            return f"the squared residuals are {', '.join(fixed(x) for x in r**2)}."
        return f"the residuals are {', '.join(fixed(x) for x in r)}; now square them."
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
    ax, _ = side_by_side(
        partial(_frame_data, data=data, view=_view(data), labels=labels),
        partial(_map_of_loss, data=data, window=window),
        size=(7.6, 3.9),
    )
    shown = _some(len(data.xs))
    lowest = data.lowest

    def frame(w: float, b: float) -> Scene:
        loss, (dw, db) = data.loss(w, b), data.gradient(w, b)
        marks: dict[str, Mark] = {"line": Tangent(0, b, w, colour="function")}
        for i in shown:
            x, y = float(data.xs[i]), float(data.ys[i])
            marks[f"residual {i + 1}"] = Segment((x, y), (x, w * x + b), colour="loss", width=1.8)
        marks["loss in numbers"] = Caption(f"loss {_loss(loss)}", "right", ax=1)
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
    sliders = {"epochs": Slider(0, last, 0, stride, label="epochs"), "eta": rates}
    start, first = (float(w), float(b)), data.loss(w, b)
    window, (foot, top) = _window(data, start), _loss_range(first, data.lowest)
    ax = _data_map_and_losses(data, window, start, labels, last, (foot, top))
    early = milestones(2 * stride, FIRST_STEPS, EARLY_POINTS)  # where a curve bends most
    counted = sorted({*early, *map(round, sliders["epochs"].values)})

    @lru_cache(maxsize=len(rates.values))
    def losses_of(eta: float) -> tuple[float, ...]:
        return tuple(drawable(data.run(counted, eta, start)[:, 2], positive=True).tolist())

    def frame(epochs: float, eta: float) -> Scene:
        n = round(epochs)
        walked = data.run([*milestones(n, FIRST_STEPS, PATH_POINTS), n + 1], eta, start).tolist()
        w, b, loss = walked[-2]
        # Only as far as it has come, since what comes next is for the learner to foretell.
        behind = [float(at) if at <= n else math.nan for at in counted]
        places = [point_near(window, at_w, at_b) for at_w, at_b, _ in walked]
        # Beyond this a line is nothing that could be seen, and no number for the browser.
        there = math.isfinite(loss) and max(abs(w), abs(b)) < 1e12
        line = (0.0, b, w) if there else (math.nan, math.nan, math.nan)
        # Beyond its axis the dot says it, where the words would stand.
        said = f"loss {_loss(loss)}" if loss <= top else ""
        marks = {
            "line": Tangent(*line, colour="function"),
            "path": Polyline(tuple(places[:-1]), colour="path", ax=1),
            "next step": Segment(*places[-2:], dashed=True, width=1.8, ax=1),
            "w and b": Point(*places[-2], drag="epochs", ax=1),
            "loss curve": Polyline(
                tuple(zip(behind, losses_of(eta), strict=True)), colour="loss", ax=2
            ),
            "loss now": Point(n, infinite_if_lost(loss), colour="loss", drag="epochs", ax=2),
            "loss in numbers": Text(last, top, said, side="left", dy=17, colour="loss", ax=2),
        }
        outside = math.isfinite(loss) and not math.isfinite(point_in(window, w, b)[0])
        return Scene(_run_says(data, n, eta, (w, b, loss), first, outside), marks)

    title = "A line trained by gradient descent, and its way over the map"
    return Stage(ax, frame, sliders, title, Play("epochs", "Train", seconds=6))


def _data_map_and_losses(
    data: Regression, window: Window, start: Pair, labels: Labels, last: int, losses: Range
) -> Axes:
    """The axes of the data, above those of the losses up to the last epoch; beside them the map."""

    def falling(ax: Axes) -> None:
        style.frame_axes(ax, (0, last), losses, "epochs", "loss", "")
        ax.set_yscale("log")
        ax.set_xticks([0, last // 2, last] if last > 1 else [0, 1])

    of_data = partial(_frame_data, data=data, view=_view(data), labels=labels)
    from_above = partial(_map_with_ends, data=data, window=window, start=start)
    return mosaic(
        [["data", "map"], ["loss", "map"]],
        {"data": of_data, "map": from_above, "loss": falling},
        widths=(1, 1.08),
        heights=(1.25, 1),
        size=(7.6, 4.2),
        air=(0.06, 0.04),
    )["data"]


def _run_says(
    data: Regression, n: int, eta: float, now: tuple[float, ...], first: float, outside: bool
) -> str:
    """What a run has come to, in two sentences."""
    w, b, loss = now
    lowest = data.lowest
    many = f"{n:,} epoch{'s' if n != 1 else ''}"
    rate = f"η = {powers(eta, 4) if 0 < abs(eta) < 1e-4 else number(eta)}"
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
    # It starts at 0 or half a width before the data, and can go an eighth further.
    first = max(min(0.0, float(data.xs.min())), float(data.xs.min()) - span / 2)
    low = first - span / 8
    high = float(data.xs.max())
    step = nearest_nice((high - low) / 50)
    low, high = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    c = min(max(c, first), high)
    sliders = {"c": Slider(low, high, c, step, label="count x from c")}
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
    ax, _ = side_by_side(
        partial(_frame_data, data=data, view=(across, heights), labels=labels),
        (*window, "w − best w", "height at c − best", "Around the lowest loss"),
        size=(7.6, 3.9),
    )
    levels = [size**2 * share**2 for share in (0.15, 0.4, 0.75, 1.2)]

    def frame(c: float) -> Scene:
        here = Regression(data.xs - c, data.ys)
        pivot = best_w * c + best_b
        marks: dict[str, Mark] = {}
        for k, share in enumerate((-0.5, 0.5)):
            marks[f"turned line {k + 1}"] = Tangent(
                c, pivot, best_w + share * tilt, colour="quiet", dashed=True, width=1.6
            )
        marks["best line"] = Tangent(c, pivot, best_w, colour="function")
        marks["c"] = Point(c, pivot, drag="c", label="c", side="below")
        for k, level in enumerate(levels):
            ellipse = tuple(map(tuple, here.contour(level).tolist()))
            marks[f"contour {k + 1}"] = Polyline(ellipse, colour="function", ax=1, width=1.4)
        eta = here.largest_rate / 2
        origin = (here.best[0] - tilt, here.best[1] + tilt * (centre - c))
        steps = here.run(range(epochs + 1), eta, origin)
        path = tuple((w - here.best[0], b - here.best[1]) for w, b, _ in steps.tolist())
        marks["path"] = Polyline(path, colour="path", ax=1)
        marks["end of path"] = Point(*path[-1], colour="path", ax=1)
        condition = f"condition number {_condition(here.condition)}"
        marks["condition"] = Text(wide, -tall, condition, side="left", dy=-14, ax=1)
        lowest = here.lowest
        left = (steps[-1, 2] - lowest) / (steps[0, 2] - lowest)
        words = (
            f"x counted from {number(c)}: {condition}. {epochs} epochs, always from the same line, "
            f"leave {percent(left)} of the loss that training can remove."
        )
        return Scene(words, marks)

    return Stage(ax, frame, sliders, "Counting x from another place changes the shape of the loss")


def _condition(value: float) -> str:
    return number(value, 2) if value < 100 else f"{float(f'{value:.2g}'):,.0f}"


# --- in batches ---


@explorer
def explore_batches(
    xs: Sequence[float] | None = None,
    ys: Sequence[float] | None = None,
    size: float = 1,
) -> Stage:
    """Gradient descent that asks one batch of the examples before each step: a walk that trembles.

    Left, 300 steps over the map, and a ring whose radius is the root mean square distance of the
    last 150 from the lowest point; right, how far the loss of all examples lies above the lowest.
    xs, ys: your own data; a thousand noisy points about 3x + 2 if left out. size: of a batch at
    first, rounded to a power of ten.
    """
    data = noisy_line() if xs is None and ys is None else as_regression(xs, ys)
    count = len(data.xs)
    if not (math.isfinite(size) and 1 <= size <= count):
        raise NoValue(f"size is {size!r}: a number from 1 to {count}, the examples, is needed.")
    step = nearest_nice(data.largest_rate / 15)
    sliders = {
        "size": LogSlider(0, math.ceil(math.log10(count)), size, 1, label="batch size"),
        "eta": Slider(step, 4 * step, 2 * step, step, label="learning rate η"),
    }
    start = (0.0, 0.0)
    window, round_here = _walk_window(data, start)
    best = np.array(data.best)
    above = max(data.loss(*start) - data.lowest, 1e-12)
    losses = (3e-7 * above, 5 * above)

    def falling(ax: Axes) -> None:
        style.frame_axes(ax, (0, BATCH_STEPS), losses, "steps", "loss − lowest loss", "")
        ax.set_yscale("log")

    ax, _ = side_by_side(
        partial(_map_with_ends, data=data, window=window, start=start),
        falling,
        size=(7.6, 3.9),
    )
    if round_here:
        ax.set_aspect("equal")
    turn = np.linspace(0, 2 * math.pi, 49)

    def frame(size: float, eta: float) -> Scene:
        batch = min(round(size), count)
        walk = stochastic_walk(data, eta, batch, BATCH_STEPS, start=start)
        late = walk[BATCH_STEPS // 2 + 1 :]
        lost = not np.isfinite(walk).all()
        radius = math.inf if lost else math.sqrt(np.mean(np.sum((late[:, :2] - best) ** 2, axis=1)))
        ring = best + radius * np.column_stack([np.cos(turn), np.sin(turn)])
        curve = drawable(walk[:, 2] - data.lowest, positive=True).tolist()
        asked = BATCH_STEPS * batch
        marks = {
            "walk": Polyline(
                tuple(point_near(window, *place) for place in walk[:, :2].tolist()),
                colour="path",
                width=1.3,
            ),
            "cloud": Polyline(
                tuple(point_near(window, *place) for place in ring.tolist()),
                colour="point",
                dashed=True,
                width=1.8,
            ),
            "loss curve": Polyline(tuple(enumerate(curve)), colour="loss", ax=1, width=1.3),
            "asked": Caption(f"{asked:,} answers asked", "right", ax=1),
        }
        return Scene(_batch_says(batch, count, eta, radius), marks)

    return Stage(ax, frame, sliders, "A walk that asks one batch of the examples before each step")


def _batch_says(batch: int, count: int, eta: float, radius: float) -> str:
    """What a walk in batches has asked for, and how far it trembles."""
    who = f"all {count:,}" if batch == count else f"{batch:,} of {count:,}"
    epochs = number(BATCH_STEPS / math.ceil(count / batch), 3)
    start = (
        f"Batches of {who} examples, η = {number(eta)}: {BATCH_STEPS} steps are {epochs} epochs."
    )
    if not math.isfinite(radius):
        return f"{start} The steps are too long: the numbers have outgrown the computer."
    far = "less than 0.0001" if radius < 1e-4 else in_loss(radius, 4)
    late = BATCH_STEPS // 2
    return f"{start} The last {late} lie {far} from the lowest point (root mean square)."


def _map_with_ends(ax: Axes, data: Regression, window: Window, start: Pair) -> None:
    """The map of the loss, with a ring where training starts and a star where it is lowest."""
    _map_of_loss(ax, data, window)
    ax.plot(*start, "o", mfc="white", mec=style.COLOURS["path"], label="start")
    ax.plot(*data.best, "*", color=style.COLOURS["tangent"], markersize=11, label="lowest loss")


# --- words ---


def _line(w: float, b: float, decimals: int | None = None) -> str:
    """The line as people write it: "ŷ = 3x − 2"."""
    write = number if decimals is None else partial(fixed, decimals=decimals)
    if max(abs(w), abs(b)) >= 1e5:
        write = scientific
    return f"ŷ = {write(w)}x {added(write(b))}"


def _loss(loss: float) -> str:
    return in_loss(loss, 4 if loss < 1 else 2)


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
    low = min(middle - count, math.floor(at + 1e-9))
    high = max(middle + count, math.ceil(at - 1e-9))
    low, high = max(low, high - 2000), min(high, low + 2000)
    return Slider(*(float(f"{n * step:.12g}") for n in (low, high, at)), step, label=label)


def _some(count: int) -> list[int]:
    """Which examples get a residual drawn."""
    places = np.linspace(0, count - 1, min(count, MOST_RESIDUALS)).round()
    return np.unique(places).astype(int).tolist()


def _view(data: Regression) -> Window:
    """The piece of the plane that shows the data, and x = 0 where it is not far away."""
    low, high = float(data.xs.min()), float(data.xs.max())
    if 0 < low <= 0.5 * (high - low):
        low = 0.0
    bottom, top = float(data.ys.min()), float(data.ys.max())
    if 0 < bottom <= 0.5 * (top - bottom):
        bottom = 0.0
    return with_air(low, high), with_air(bottom, top)


def _window(data: Regression, start: Pair) -> Window:
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


def _walk_window(data: Regression, start: Pair) -> tuple[Window, bool]:
    """The piece of the map for a walk from the start that then trembles about the lowest point.

    Also whether w and b have equal units there, so that a ring of equal distances is a circle. They
    have not where the one is many times as large as the other, and would be a strip.
    """
    wide, tall = (abs(one - other) for one, other in zip(start, data.best, strict=True))
    if not max(wide, tall) < 3 * min(wide, tall):
        return _window(data, start), False
    way = math.hypot(wide, tall)
    sides = []
    for one, other in zip(start, data.best, strict=True):
        ends = one, other - 0.4 * way, other + 0.4 * way
        sides.append((min(ends) - 0.08 * way, max(ends)))
    half = max(high - low for low, high in sides) / 2
    (left, right), (foot, top) = (
        ((low + high) / 2 - half, (low + high) / 2 + half) for low, high in sides
    )
    return ((left, right), (foot, top)), True


def _shape(ax: Axes) -> float:
    """Width over height of the axes on the screen."""
    box = ax.get_window_extent()
    return box.width / box.height


def _frame_data(ax: Axes, data: Regression, view: Window, labels: Labels) -> None:
    style.frame_axes(ax, *view, *labels, "The data and the line")
    size = 52 if len(data.xs) < 60 else 12
    ax.scatter(data.xs, data.ys, size, style.COLOURS["data"], label="data", zorder=3)


def _map_of_loss(ax: Axes, data: Regression, window: Window) -> None:
    """Contours of the loss over w and b; each is about three times as far above the lowest loss."""
    loss, lowest = data.loss_by_distance, data.lowest
    highest = max(loss(w, b) for w in window[0] for b in window[1]) - lowest
    exact = [lowest + 0.8 * highest / 3**k for k in range(7, -1, -1)]
    rounded = sorted({float(f"{level:.2g}") for level in exact})
    levels = rounded if len(rounded) == len(exact) and rounded[0] > lowest else exact
    style.frame_axes(ax, *window, "w", "b", "Loss of every line")
    ax.grid(False)
    # On a grid of ellipses: on one of squares the innermost lines would be polygons.
    above = np.array([0, *(level - lowest for level in levels), highest])
    rings = np.array([data.contour(height, 181) for height in above]) + data.best
    heights = np.broadcast_to((lowest + above)[:, None], rings.shape[:2])
    blue, shades = style.COLOURS["function"], np.linspace(0.03, 0.20, len(levels) + 1)
    area = (rings[..., 0], rings[..., 1], heights, levels)
    ax.contourf(*area, extend="both", colors=[(blue, shade) for shade in shades]).set_label(
        f"loss {number(lowest, 4)} at {pair(*data.best)}, growing on all sides"
    )
    lines = ax.contour(*area, colors=blue, linewidths=1.1, alpha=0.55, linestyles="solid")
    lines.set_label(f"contour lines at {', '.join(powers(level) for level in levels)}")
