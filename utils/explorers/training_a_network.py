"""Chapter 16: a network's boundary as it trains, batches, gradients layer by layer, optimisers."""

from __future__ import annotations

import math
import time
from collections.abc import Iterator, Sequence
from functools import lru_cache, partial

import numpy as np
from IPython.display import DisplayHandle, display
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from utils import descent, style
from utils.explorers.shared.boundaries import boundary_of
from utils.explorers.shared.geometry import drawable, infinite_if_lost
from utils.explorers.shared.panels import mosaic, side_by_side
from utils.functions import NoValue
from utils.models.training_a_network import (
    ACTIVATIONS,
    WIDTH,
    Weights,
    arriving_gradients,
    as_weights,
    cost,
    hits,
    losses_in_batches,
    rings,
    score,
    stages_of_training,
    start,
    trained,
)
from utils.models.training_a_network import watch as watch  # notebooks look for it here
from utils.numerals import in_loss, number, powers
from utils.stage import (
    NOWHERE,
    Bar,
    Caption,
    Choice,
    Line,
    LogSlider,
    Pair,
    Play,
    Point,
    Polyline,
    Scene,
    Slider,
    Stage,
    Toggle,
    explorer,
)
from utils.stage.marks import Colour, Mark

Stop = tuple[Weights, float]  # the weights somewhere on the way, and their cost

SIDE = 2.3  # the maps show both inputs from −SIDE to SIDE
EPOCHS, STRIDE = 300, 15
MOST_HIDDEN = 5
FOOT, TOP = 2e-3, 5.0  # of the axes of losses
SURE = (0.1, 0.9)  # probabilities at which a network is sure of one label or the other


# --- the boundary ---


def boundary(
    weights: Weights, count: int, score_there: float = 0.0
) -> tuple[tuple[Pair, ...], list[bool]]:
    """Where the network cannot decide, as `count` points with gaps, and which pieces are closed.

    score_there: what goes into the sigmoid on the line, if not 0.
    """
    places, grid = _grid()
    heights = score(weights, grid).reshape(len(places), len(places))
    return boundary_of(heights, places, count, score_there)


@lru_cache(maxsize=1)
def _grid() -> tuple[np.ndarray, np.ndarray]:
    places = np.linspace(-SIDE, SIDE, 41)
    return places, np.column_stack([a.ravel() for a in np.meshgrid(places, places)])


def _shape(closed: list[bool]) -> str:
    if not closed:
        return "There is no boundary in the picture yet."
    if len(closed) == 1:
        return (
            "The boundary closes around the middle." if closed[0] else "The boundary is one line."
        )
    return f"The boundary has {len(closed)} pieces."


def _draw_map(ax: Axes, X: np.ndarray, y: np.ndarray, title: str, size: float = 26) -> None:
    style.frame_axes(ax, (-SIDE, SIDE), (-SIDE, SIDE), "x₁", "x₂", title)
    ax.set_aspect("equal")
    inner = y[:, 0] > 0.5
    ax.scatter(*X[inner].T, s=size, color=style.COLOURS["point"], label="label 1")
    ax.scatter(
        *X[~inner].T, s=size, facecolors="white", edgecolors=style.COLOURS["data"], label="label 0"
    )


def _neuron_lines(weights: Weights | None) -> dict[str, Mark]:
    """For each hidden neuron the line on which its input is 0; None hides them all."""
    marks: dict[str, Mark] = {}
    for k in range(MOST_HIDDEN):
        ends = (NOWHERE, NOWHERE)
        if weights is not None and k < len(weights[1]):
            (across, up), b = weights[0][:, k].tolist(), float(weights[1][k])
            length = math.hypot(across, up)
            if 0 < length < math.inf and abs(b) < 50 * length:
                x, y = -across * b / length**2, -up * b / length**2
                ends = ((x, y), (x - up / length, y + across / length))
        marks[f"line of neuron {k + 1}"] = Line(
            *ends, colour="quiet", dashed=True, width=1.3, quiet=True
        )
    return marks


def _draw_losses(ax: Axes, epochs: int, title: str = "") -> None:
    style.frame_axes(ax, (0, epochs), (FOOT, TOP), "epochs", "loss", title)
    ax.set_yscale("log")


def _sure(weights: Weights) -> dict[str, Mark]:
    """Where the probability of label 1 is 0.1, and where it is 0.9."""
    return {
        f"p = {p:g}": Polyline(
            boundary(weights, 60, math.log(p / (1 - p)))[0],
            colour="function",
            dashed=True,
            width=1.3,
            quiet=True,
        )
        for p in SURE
    }


def _map_and_losses(X: np.ndarray, y: np.ndarray, epochs: int) -> Axes:
    return side_by_side(
        partial(_draw_map, X=X, y=y, title="The data and the boundary"),
        partial(_draw_losses, epochs=epochs, title="The loss"),
        widths=(1.15, 1),
        size=(7.6, 3.9),
    )[0]


def _loss_curve(told: Sequence[Stop], stride: int, n: int) -> tuple[Pair, ...]:
    """The losses up to epoch n; what is still to come is not drawn."""
    costs = drawable([cost for _, cost in told], positive=True).tolist()
    epochs = (float(stride * k) for k in range(len(told)))
    return tuple(
        (epoch, cost) if epoch <= n else NOWHERE for epoch, cost in zip(epochs, costs, strict=True)
    )


def _training(
    told: Sequence[Stop], n: int, stride: int, count: int, X: np.ndarray, y: np.ndarray
) -> tuple[dict[str, Mark], str]:
    """The boundary and the loss after n epochs, and what they show.

    told: the weights and their cost every `stride` epochs. count: points of the boundary.
    X, y: what the network is trained on.
    """
    weights, loss = told[min(n // stride, len(told) - 1)]
    points, closed = boundary(weights, count)
    marks: dict[str, Mark] = {
        "boundary": Polyline(points, colour="function", width=3),
        "loss curve": Polyline(_loss_curve(told, stride, n), colour="loss", ax=1),
        "loss now": Point(float(n), infinite_if_lost(loss), colour="loss", drag="epochs", ax=1),
    }
    Xt, yt = rings(seed=2)
    many = "Before training" if n == 0 else f"After {n} epoch{'s' if n != 1 else ''}"
    return marks, (
        f"{many}: loss {_loss(loss)}, {hits(weights, X, y)} of {len(X)} training points and "
        f"{hits(weights, Xt, yt)} of {len(Xt)} test points are on their right side. "
        f"{_shape(closed)}"
    )


def _loss(loss: float) -> str:
    return in_loss(loss, 4 if loss < 0.1 else 3)


@explorer
def explore_boundary(
    hidden: int = 3, eta: float = 1.0, neurons: bool = False, epochs: int = 0
) -> Stage:
    """Left, the boundary of a network as it trains; right, its loss up to now.

    hidden: how many neurons stand in the middle, 1 to 5. eta: the learning rate, 0.1 to 10; the
    nearest one on the slider is taken. neurons: whether the line of each neuron is shown.
    epochs: how many there were, 0 to 300.
    """
    X, y = rings()
    ax = _map_and_losses(X, y, EPOCHS)
    sliders = {
        "epochs": Slider(0, EPOCHS, epochs, STRIDE, label="epochs"),
        "hidden": Slider(1, MOST_HIDDEN, hidden, 1, label="hidden neurons"),
        "eta": LogSlider(-1, 1, eta, 0.5, label="learning rate η"),
        "neurons": Toggle(neurons, label="show the line of each neuron"),
    }

    def frame(epochs: float, hidden: float, eta: float, neurons: bool) -> Scene:
        n, hidden = round(epochs), round(hidden)
        told = stages_of_training("sgd", hidden, eta, EPOCHS, STRIDE)
        lines = _neuron_lines(told[n // STRIDE][0] if neurons else None)
        marks, words = _training(told, n, STRIDE, 48, X, y)
        many = f"{hidden} hidden neuron{'s' if hidden > 1 else ''}, η = {number(eta, 2)}."
        return Scene(f"{many} {words}", lines | marks)

    title = "The boundary of a network, and its loss, while it trains"
    return Stage(ax, frame, sliders, title, Play("epochs", "Train", seconds=6))


@explorer
def explore_run(
    run: Sequence[Sequence[np.ndarray]] | str,
    X: np.ndarray | None = None,
    y: np.ndarray | None = None,
    epochs: int | None = None,
) -> Stage:
    """A run of your own: its boundary, and its loss, epoch by epoch.

    On the dashed lines the probability of label 1 is 0.1 and 0.9.

    run: your weights [W1, b1, W2, b2] before training and after each epoch; "lesson" for the run of
    the lesson, with eight hidden neurons. X, y: your data, shapes (m, 2) and (m, 1); the rings of
    the lesson if left out. epochs: how many are shown at first; all if left out.
    """
    title = "Your own run: boundary and loss"
    if isinstance(run, str) and run == "lesson":
        run = trained(start(8), descent.sgd(1.0), EPOCHS)
        title = "A network learns: boundary and loss"
    X, y = rings() if X is None or y is None else (np.asarray(X, float), np.asarray(y, float))
    known = isinstance(run, Sequence) and not isinstance(run, str)
    run = [as_weights(weights) for weights in run] if known else []
    if not run:
        raise NoValue(
            "A run is a list of weights, one entry for each epoch, and the weights before training "
            "first: [start]."
        )
    stride = max(1, math.ceil((len(run) - 1) / 50))
    last = max(1, (len(run) - 1) // stride) * stride
    told = [(weights, cost(weights, X, y)) for weights in run[::stride]]
    ax = _map_and_losses(X, y, last)
    dashed = Line2D([], [], color=style.COLOURS["function"], linewidth=1.3, linestyle="--")
    handles, names = ax.get_legend_handles_labels()
    with style.context():
        ax.legend(
            [*handles, dashed],
            [*names, f"p = {' and '.join(f'{p:g}' for p in SURE)}"],
            fontsize=9,
            loc="lower center",
            ncols=3,
            columnspacing=1,
            handletextpad=0.3,
        )

    def frame(epochs: float) -> Scene:
        n = round(epochs)
        marks, words = _training(told, n, stride, 90, X, y)
        return Scene(words, _sure(told[n // stride][0]) | marks)

    shown = last if epochs is None else stride * round(min(max(epochs, 0), last) / stride)
    sliders = {"epochs": Slider(0, last, shown, stride, label="epochs")}
    return Stage(ax, frame, sliders, title, Play("epochs", "Train"))


# --- watching a run while it goes on ---


class Monitor:
    """A progress bar and a small map that move while your loop runs, and stay when it has ended.

    Go through it with `for _ in monitor:`, and call `monitor.show(run)` in each round, where `run`
    is the list of weights so far. The stop button of the notebook ends the loop; what is in your
    list stays there.

    epochs: how many rounds. seconds: about how long they take, so that they can be watched.
    stop_at: presses the stop button for you after so many rounds.
    """

    def __init__(self, epochs: int, seconds: float = 2.0, stop_at: int | None = None) -> None:
        self.epochs, self.stop_at, self.done, self.picture = epochs, stop_at, 0, ""
        self._pause = seconds / max(epochs, 1)
        self._place: DisplayHandle | None = None

    def __iter__(self) -> Iterator[int]:
        self._place = display(self, display_id=True)
        for k in range(self.epochs):
            if k == self.stop_at:
                raise KeyboardInterrupt
            self.done = k + 1
            yield k
            time.sleep(self._pause)

    def show(self, run: Sequence[Weights]) -> None:
        """Draw the boundary of the newest weights; every tenth time, which is often enough."""
        if len(run) % 10 == 1:
            self.picture = _svg(run[-1], len(run) - 1)
            if self._place:
                self._place.update(self)

    def _repr_html_(self) -> str:
        return (
            f'<div><progress value="{self.done}" max="{self.epochs}" style="width:24em">'
            f"</progress> {self}</div>{self.picture}"
        )

    def __repr__(self) -> str:
        return f"{self.done} of {self.epochs} epochs"


def _svg(weights: Weights, epochs: int) -> str:
    """The data and the boundary as a small drawing that follows the colours of the page."""
    X, y = rings()
    dots = "".join(
        f'<circle cx="{50 * a:.0f}" cy="{-50 * b:.0f}" r="3.5" stroke="currentColor" '
        f'fill="{"currentColor" if label else "none"}"/>'
        for (a, b), label in zip(X.tolist(), y[:, 0].tolist(), strict=True)
    )
    way, pen = "", "M"
    for a, b in boundary(weights, 90)[0]:
        if math.isnan(a):
            pen = "M"
        else:
            way += f"{pen}{50 * a:.0f} {-50 * b:.0f}"
            pen = "L"
    line = f'<path d="{way}" fill="none" stroke="{style.COLOURS["path"]}" stroke-width="4"/>'
    right = hits(weights, X, y)
    return (
        f'<svg viewBox="-115 -115 230 230" width="230" height="230" role="img" '
        f'aria-label="After {epochs} epochs {right} of {len(X)} points are right.">'
        f"{dots}{line}</svg><div>after {epochs} epochs: {right} of {len(X)} points right</div>"
    )


# --- in batches ---

SAME_WORK, SAME_STEPS = 10, 100  # epochs on the left axes, steps on the right ones
POINTS = 200  # of a curve that are drawn, at most
LARGEST = 6  # batches of 2⁰ to 2⁶ points
BATCH_LOSSES = (1e-2, 8.0)


@explorer
def explore_batch_size(size: float = 8, eta: float = 1.0, wrong: bool = False) -> Stage:
    """The loss of the lesson's network while it trains in batches, beside that of the full batch.

    Left, for the same work: ten passes over all points. Right, for as many steps.
    size: points of a batch, 1 to 64, a power of two; the nearest one is taken. eta: the learning
    rate, 0.3 to 3; the nearest one on the slider is taken. wrong: whether ten of the hundred labels
    are turned round.
    """

    def work(ax: Axes) -> None:
        style.frame_axes(ax, (0, SAME_WORK), BATCH_LOSSES, "epochs", "loss", "The same work")
        ax.set_yscale("log")

    def steps(ax: Axes) -> None:
        style.frame_axes(ax, (0, SAME_STEPS), BATCH_LOSSES, "steps", "", "As many steps")
        ax.set_yscale("log")

    ax, _ = side_by_side(work, steps, size=(7.6, 3.9))
    twofold = math.log10(2)
    sliders = {
        "size": LogSlider(0, LARGEST * twofold, size, twofold, label="batch size"),
        "eta": LogSlider(-0.5, 0.5, eta, 0.5, label="learning rate η"),
        "wrong": Toggle(wrong, label="ten labels are wrong"),
    }
    count = len(rings()[0])

    def frame(size: float, eta: float, wrong: bool) -> Scene:
        batch = round(size)
        each = math.ceil(count / batch)  # steps in an epoch
        most = max(SAME_WORK * each, SAME_STEPS)
        ours = np.array(losses_in_batches(batch, eta, wrong, most))
        full = np.array(losses_in_batches(count, eta, wrong, SAME_STEPS))
        marks: dict[str, Mark] = {
            "full batch, by work": _curve(full[: SAME_WORK + 1], 1, 0, "quiet"),
            "full batch, by steps": _curve(full, 1, 1, "quiet"),
            "batches, by work": _curve(ours[: SAME_WORK * each + 1], each, 0, "loss"),
            "batches, by steps": _curve(ours[: SAME_STEPS + 1], 1, 1, "loss"),
            "steps": Caption(f"{SAME_WORK * each:,} steps", "right"),
            "asked": Caption(f"{_asked(SAME_STEPS, batch, count):,} points asked", "right", ax=1),
        }
        data = ", ten labels wrong" if wrong else ""
        asked = f"Batches of {batch}, η = {number(eta, 2)}{data}: an epoch has {each} steps."
        return Scene(f"{asked} {_batches_say(ours, full, each)}", marks)

    title = "Training in batches, beside the full batch"
    return Stage(ax, frame, sliders, title)


def _asked(steps: int, size: int, count: int) -> int:
    """How many points so many steps ask, the last batch of an epoch being smaller."""
    epochs, left = divmod(steps, math.ceil(count / size))
    return epochs * count + min(left * size, count)


def _curve(losses: np.ndarray, each: int, ax: int, colour: Colour) -> Polyline:
    """Losses step by step, over epochs of `each` steps; every second or third if there are many."""
    stride = math.ceil(len(losses) / POINTS)
    heights = drawable(losses[::stride], positive=True).tolist()
    points = [(stride * k / each, height) for k, height in enumerate(heights)]
    points += [NOWHERE] * (POINTS - len(points))
    width = 1.6 if colour == "loss" else 2.2
    return Polyline(tuple(points), colour=colour, ax=ax, width=width)


def _batches_say(ours: np.ndarray, full: np.ndarray, each: int) -> str:
    """What the same work and as many steps come to, and how much single steps spoil."""
    end = SAME_WORK * each
    rise = max(float(np.diff(ours[end // 2 : end + 1]).max()), 0.0)
    spoils = f"raise the loss by up to {_loss(rise)}" if rise >= 5e-4 else "hardly ever raise it"
    return (
        f"After {SAME_WORK} epochs the loss is {_loss(ours[end])}, and {_loss(full[SAME_WORK])} "
        "with the full batch. "
        f"After {SAME_STEPS} steps it is {_loss(ours[SAME_STEPS])}, and {_loss(full[SAME_STEPS])} "
        f"with the full batch. In epochs {SAME_WORK // 2 + 1} to {SAME_WORK} single steps {spoils}."
    )


# --- gradients, layer by layer ---


DEEPEST, LOWEST, HIGHEST = 16, 1e-15, 1e5  # layers, and the axis of gradients
FINER = math.log10(2) / 4  # of the slider of the weights, on which 1/√2, 1, √2 and 2 lie


@explorer
def explore_layers(
    depth: int = 10, activation: str = "sigmoid", residual: bool = False, weights: float = 1.0
) -> Stage:
    """How much gradient arrives at the input of each layer of a deep network, before training.

    depth: 1 to 16 layers. activation: "sigmoid", "tanh" or "ReLU". residual: whether each layer
    adds its output to its input. weights: their size times √16, 0.5 to 2; the nearest one on the
    slider is taken.
    """
    ax = style.axes(
        (0.3, DEEPEST + 0.7),
        (LOWEST, HIGHEST),
        "layer, counted from the input",
        "gradient ÷ that of the last layer",
        "How much gradient arrives",
        size=(7.4, 4.0),
    )
    ax.set_yscale("log")
    ax.axhline(1, color=style.COLOURS["quiet"], linewidth=1, gid="zero")
    half = math.log10(0.5)
    sliders = {
        "depth": Slider(1, DEEPEST, depth, 1, label="layers"),
        "weights": LogSlider(half, -half, weights, FINER, label="weights, × 1/√16"),
        "activation": Choice(list(ACTIVATIONS), activation, label="activation"),
        "residual": Toggle(residual, label="with residual paths"),
    }

    def frame(depth: float, weights: float, activation: str, residual: bool) -> Scene:
        depth = round(depth)
        lengths = arriving_gradients(depth, activation, residual, weights)
        shares = [length / lengths[-1] for length in lengths]
        tops = [(k + 1.0, max(share, LOWEST)) for k, share in enumerate(shares)]
        tops += [NOWHERE] * (DEEPEST - depth)
        marks: dict[str, Mark] = {
            f"layer {k + 1}": Bar(x - 0.28, LOWEST, x + 0.28, top, "gradient", 0, quiet=True)
            for k, (x, top) in enumerate(tops)
        }
        marks["gradients"] = Polyline(tuple(tops), colour="gradient")
        path = " with residual paths" if residual else ""
        many = (
            f"{depth} layer{'s' if depth > 1 else ''} of {activation}{path}, "
            f"weights of size {number(weights, 3)}/√{WIDTH}"
        )
        if depth == 1:
            return Scene(f"{many}: there is nothing to compare with.", marks)
        each = shares[0] ** (1 / (depth - 1))
        return Scene(
            f"{many}: the first layer receives {powers(shares[0])} times the gradient of the "
            f"last. Per layer on the way back, that is a factor of {number(each, 2)}.",
            marks,
        )

    play = Play("depth", "Deeper", seconds=4)
    return Stage(ax, frame, sliders, "The gradient in each layer", play)


# --- four optimisers ---

# How they are written, and the colours of their lines; in utils.descent they have small letters.
OPTIMISERS: dict[str, Colour] = {
    "SGD": "function",
    "AdaGrad": "AdaGrad",
    "RMSProp": "RMSProp",
    "Adam": "Adam",
}


@explorer
def explore_optimisers(eta: float = 0.1, epochs: int = 0) -> Stage:
    """The same network from the same start, trained by four optimisers with the same η.

    eta: the learning rate, 0.001 to 10; the nearest one on the slider is taken. epochs: 0 to 300.
    """
    X, y = rings()
    axes = _losses_and_maps(X, y)
    places = {name: axes["loss"].figure.axes.index(ax) for name, ax in axes.items()}
    stride = STRIDE
    sliders = {
        "epochs": Slider(0, EPOCHS, epochs, stride, label="epochs"),
        "eta": LogSlider(-3, 1, eta, 0.5, label="learning rate η"),
    }

    def frame(epochs: float, eta: float) -> Scene:
        n, on_curve = round(epochs), places["loss"]
        marks: dict[str, Mark] = {}
        words = []
        for name, colour in OPTIMISERS.items():
            told = stages_of_training(name.lower(), 8, eta, EPOCHS, stride)
            weights, loss = told[n // stride]
            marks[f"loss of {name}"] = Polyline(
                _loss_curve(told, stride, n), colour=colour, ax=on_curve
            )
            marks[f"{name} now"] = Point(
                float(n),
                infinite_if_lost(loss),
                colour=colour,
                drag="epochs",
                click=False,
                ax=on_curve,
            )
            marks[f"boundary of {name}"] = Polyline(
                boundary(weights, 40)[0], colour=colour, ax=places[name], width=2.6
            )
            words.append(f"{name} {_loss(loss)} ({hits(weights, X, y)} of {len(X)} right)")
        many = "Before training" if n == 0 else f"After {n} epochs"
        return Scene(f"{many} with η = {number(eta, 2)}, losses: {', '.join(words)}.", marks)

    play = Play("epochs", "Train all four", seconds=6)
    return Stage(axes["loss"], frame, sliders, "Four optimisers, one network", play)


def _losses_and_maps(X: np.ndarray, y: np.ndarray) -> dict[str, Axes]:
    """The axes of all losses, "loss", and under them a small map for each optimiser."""

    def draw_map(ax: Axes, name: str) -> None:
        _draw_map(ax, X, y, name, size=5)
        ax.title.set_color(style.INKS[OPTIMISERS[name]][0])
        ax.set(xlabel="", ylabel="", xticks=[], yticks=[])

    maps = {name: partial(draw_map, name=name) for name in OPTIMISERS}
    return mosaic(
        [["loss"] * len(maps), list(maps)],
        {"loss": partial(_draw_losses, epochs=EPOCHS)} | maps,
        widths=[1] * len(maps),
        heights=(1.1, 1),
        size=(7.6, 4.3),
        air=(0.02, 0.02),
    )
