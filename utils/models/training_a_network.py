"""Chapter 16: rings of points, a small network and its gradients, batches, and loops, watched.

The network has two inputs, some tanh neurons in the middle and one sigmoid at the end. Its weights
are a list [W1, b1, W2, b2] of shapes (2, n), (n,), (n, 1) and (1,). torch is imported only where a
learner's training loop is watched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from utils import descent, numerals
from utils.functions import NoValue
from utils.models.linear_regression import batches
from utils.watching import (
    Watched,
    counted,
    errors_told_apart,
    kind_of_error,
    noting_optimizer,
)

Weights = list[np.ndarray]


# --- data and network ---


def rings(count: int = 100, seed: int = 1) -> tuple[np.ndarray, np.ndarray]:
    """A disc inside a ring: places, shape (count, 2), and labels, shape (count, 1).

    The label is 1 for the disc and 0 for the ring. Another seed gives other points.
    """
    chance = np.random.default_rng(seed)
    y = np.arange(count) % 2
    radius = np.where(y == 1, 0.5, 1.5) + 0.22 * chance.standard_normal(count)
    turn = chance.uniform(0, 2 * np.pi, count)
    X = np.column_stack([radius * np.cos(turn), radius * np.sin(turn)])
    return X, y.reshape(-1, 1).astype(float)


def quarters(count: int = 100, seed: int = 2) -> tuple[np.ndarray, np.ndarray]:
    """Four clouds; the label is 1 for two that lie across from each other. Shapes as of `rings`."""
    rng = np.random.default_rng(seed)
    corner = np.arange(count) % 4
    middle = np.array([[1, 1], [-1, -1], [1, -1], [-1, 1]])[corner]
    return middle + 0.35 * rng.standard_normal((count, 2)), _labels(corner < 2)


def stripe(count: int = 100, seed: int = 3) -> tuple[np.ndarray, np.ndarray]:
    """A slanting stripe, label 1, between two fields. Shapes as of `rings`."""
    rng = np.random.default_rng(seed)
    across = rng.uniform(-2, 2, count)
    along = rng.uniform(-2, 2, count)
    X = np.column_stack([across + 0.5 * along, along - 0.5 * across])
    return X, _labels(abs(across) < 0.8)


def moons(count: int = 100, seed: int = 4) -> tuple[np.ndarray, np.ndarray]:
    """Two crescents that reach into each other. Shapes as of `rings`."""
    rng = np.random.default_rng(seed)
    upper = np.arange(count) % 2 == 0
    turn = rng.uniform(0, np.pi, count)
    X = np.column_stack(
        [
            np.where(upper, np.cos(turn), 1 - np.cos(turn)),
            np.where(upper, np.sin(turn), 0.5 - np.sin(turn)),
        ]
    )
    return X + 0.12 * rng.standard_normal((count, 2)), _labels(upper)


def _labels(ones: np.ndarray) -> np.ndarray:
    return ones.reshape(-1, 1).astype(float)


CLOUDS = (rings, quarters, stripe, moons)


def start(hidden: int, seed: int = 0) -> Weights:
    """Weights to begin with: random, since equal neurons would stay equal; biases are 0."""
    chance = np.random.default_rng(seed)
    W1 = chance.standard_normal((2, hidden))
    W2 = chance.standard_normal((hidden, 1)) / np.sqrt(hidden)
    return [W1, np.zeros(hidden), W2, np.zeros(1)]


def score(weights: Weights, X: np.ndarray) -> np.ndarray:
    """What goes into the sigmoid at the end, shape (m, 1): above 0 where the network says 1."""
    W1, b1, W2, b2 = weights
    return np.tanh(X @ W1 + b1) @ W2 + b2


def cost(weights: Weights, X: np.ndarray, y: np.ndarray) -> float:
    """The mean of −ln of the probability that was given to the right label."""
    z = score(weights, X)
    return float(np.mean(np.logaddexp(0, z) - y * z))


def probabilities(weights: Weights, X: np.ndarray) -> np.ndarray:
    """What comes out of the sigmoid at the end, shape (m, 1)."""
    return np.exp(-np.logaddexp(0, -score(weights, X)))


def gradients(weights: Weights, X: np.ndarray, y: np.ndarray) -> Weights:
    """The slopes of the cost, in the shapes of the weights."""
    return walk_back(weights, X, (probabilities(weights, X) - y) / len(X))


def walk_back(weights: Weights, X: np.ndarray, dz2: np.ndarray) -> Weights:
    """The slopes of a loss, in the shapes of the weights.

    dz2: its slopes towards what goes into the sigmoid at the end, shape (m, 1).
    """
    W1, b1, W2, _ = weights
    h = np.tanh(X @ W1 + b1)
    dz1 = dz2 @ W2.T * (1 - h * h)
    return [X.T @ dz1, dz1.sum(axis=0), h.T @ dz2, dz2.sum(axis=0)]


def hits(weights: Weights, X: np.ndarray, y: np.ndarray) -> int:
    """How many points lie on the right side of the boundary."""
    return int(np.sum((score(weights, X) > 0) == (y > 0.5)))


def trained(weights: Weights, step: descent.Step, epochs: int) -> list[Weights]:
    """The weights before training and after each epoch on the 100 points of the lesson."""
    X, y = rings()
    shapes = [w.shape for w in weights]
    ends = np.cumsum([w.size for w in weights])[:-1]
    run, flat = [weights], np.concatenate([w.ravel() for w in weights])
    for _ in range(epochs):
        flat = step(flat, np.concatenate([g.ravel() for g in gradients(run[-1], X, y)]))
        parts = np.split(flat, ends)
        run.append([part.reshape(shape) for part, shape in zip(parts, shapes, strict=True)])
    return run


@lru_cache(maxsize=64)
def stages_of_training(
    name: str, hidden: int, eta: float, epochs: int, stride: int
) -> list[tuple[Weights, float]]:
    """Weights and cost after 0, stride, 2 · stride, … epochs with an optimiser of utils.descent."""
    X, y = rings()
    run = trained(start(hidden), getattr(descent, name)(eta), epochs)[::stride]
    return [(weights, cost(weights, X, y)) for weights in run]


def as_weights(weights: Any) -> Weights:
    """Four arrays of the right shapes. Raises NoValue, with a sentence, where they are not."""
    try:
        W1, b1, W2, b2 = (np.asarray(w, dtype=float) for w in weights)
        n = b1.size
        return [W1.reshape(2, n), b1.reshape(n), W2.reshape(n, 1), b2.reshape(1)]
    except (TypeError, ValueError):
        raise NoValue(
            "Each entry of a run is a list of four arrays, [W1, b1, W2, b2], of the shapes "
            "(2, n), (n,), (n, 1) and (1,)."
        ) from None


# --- gradients, layer by layer ---


WIDTH = 16  # neurons of a layer
ACTIVATIONS: dict[str, tuple[Callable, Callable]] = {
    # the function, and its slope from its input and its value
    "sigmoid": (lambda z: 1 / (1 + np.exp(-z)), lambda z, a: a * (1 - a)),
    "tanh": (np.tanh, lambda z, a: 1 - a * a),
    "ReLU": (lambda z: np.maximum(z, 0), lambda z, a: 1.0 * (z > 0)),
}


@lru_cache(maxsize=1024)
def arriving_gradients(
    depth: int, activation: str, residual: bool, size: float = 1.0
) -> tuple[float, ...]:
    """The length of the gradient at the input of each layer before training, first layer first.

    Not at the weights: their gradient is a product with the layer's input, and where inputs shrink
    on the way forward as gradients do on the way back, the two losses cancel in a comparison.
    All layers have 16 neurons. There are 64 random inputs, and random numbers pull each output up
    or down: the loss is the mean of outputs times these numbers.
    residual: each layer adds its output to its input, and hands on the sum. size: of the weights,
    which are normal random numbers times size/√16.
    """
    f, slope = ACTIVATIONS[activation]
    rng = np.random.default_rng(0)
    a, pull = rng.standard_normal((2, 64, WIDTH))
    kept = []
    for _ in range(depth):
        W = rng.standard_normal((WIDTH, WIDTH)) * size / math.sqrt(WIDTH)
        z = a @ W
        made = f(z)
        kept.append((W, slope(z, made)))
        a = a + made if residual else made
    g = pull / a.size
    lengths = []
    for W, bend in reversed(kept):
        g = (g * bend) @ W.T + (g if residual else 0)
        lengths.append(float(np.linalg.norm(g)))
    return tuple(reversed(lengths))


# --- in batches ---


def some_wrong(y: np.ndarray, count: int = 10) -> np.ndarray:
    """The labels, the first `count` of them turned round, as by somebody who was in a hurry."""
    return np.concatenate([1 - y[:count], y[count:]])


def walk_in_batches(
    weights: Weights,
    X: np.ndarray,
    y: np.ndarray,
    size: int,
    eta: float | Callable[[int], float],
    steps: int,
    seed: int = 0,
) -> list[Weights]:
    """The weights before training and after each step, each along the gradient of one batch.

    X, y: shapes (m, 2) and (m, 1). size: of a batch; the last one of an epoch holds what is left.
    eta: the learning rate, or a function of the epoch, counted from 0, that gives it.
    """
    rng, run, epoch = np.random.default_rng(seed), [weights], -1
    rows: list[np.ndarray] = []
    for _ in range(steps):
        if not rows:
            rows, epoch = batches(len(X), size, rng), epoch + 1
        batch = rows.pop(0)
        rate = eta(epoch) if callable(eta) else eta
        slopes = gradients(run[-1], X[batch], y[batch])
        run.append([w - rate * s for w, s in zip(run[-1], slopes, strict=True)])
    return run


@lru_cache(maxsize=64)
def losses_in_batches(size: int, eta: float, wrong: bool, steps: int) -> tuple[float, ...]:
    """The loss over all 100 points of the lesson, before training and after each step in batches.

    Eight hidden neurons, from the start of the lesson. wrong: whether ten labels are turned round.
    """
    X, y = rings()
    labels = some_wrong(y) if wrong else y
    run = walk_in_batches(start(8), X, labels, size, eta, steps)
    return tuple(cost(weights, X, labels) for weights in run)


# --- batches that a learner deals, watched ---


class Dealt(Watched):
    """A learner's `batches(X, y, size, rng)`, and what it deals in two epochs.

    Called with a number of rows and a size, it returns ten numbers: how many batches an epoch has,
    how many rows they hold together, and how many the largest and the smallest of them; then, as 1
    or 0, whether every row comes, whether none comes twice, whether each keeps its label, whether
    neighbours are parted, whether the second epoch is dealt anew, and whether another rng with the
    same seed deals the same. None where nothing comes back. Raises NoValue, with a sentence,
    for what is no batches.
    """

    takes = ("X", "y", "size", "rng")
    noun = "function"

    def __call__(self, count: int, size: int) -> Any:
        rng, twin = np.random.default_rng(count), np.random.default_rng(count)
        first, second, again = (self._epoch(count, size, g) for g in (rng, rng, twin))
        if first is None or first is ...:
            return first
        rows = [row for some, _ in first for row in some]
        labels = [label for _, some in first for label in some]
        sizes = [len(some) for some, _ in first] or [0]
        truths = (
            set(rows) == set(range(count)),
            len(set(rows)) == len(rows),
            labels == [3 * row + 1 for row in rows],
            any(set(np.diff(sorted(some)).tolist()) - {0, 1} for some, _ in first),
            first != second,
            first == again,
        )
        return [len(first), len(rows), max(sizes), min(sizes), *map(int, truths)]

    def _epoch(self, count: int, size: int, rng: np.random.Generator) -> Any:
        """Rows and labels of each batch, as whole numbers: row k has the label 3k + 1."""
        X = np.column_stack([np.arange(count), -np.arange(count)]).astype(float)
        dealt = self.train(X, 3 * X[:, :1] + 1, size, rng)
        if dealt is None or dealt is ...:
            return dealt
        try:
            pairs = [(np.asarray(a, float), np.asarray(b, float)) for a, b in dealt]
            return [
                (
                    a.reshape(-1, 2)[:, 0].round().astype(int).tolist(),
                    b.round().astype(int).ravel().tolist(),
                )
                for a, b in pairs
            ]
        except (TypeError, ValueError):
            raise NoValue(
                "An epoch is a list of batches, and each batch is a pair: some rows of X, and the "
                "rows of y that belong to them, as in (X[rows], y[rows])."
            ) from None

    @staticmethod
    def told(values: Sequence[float]) -> str:
        many, rows, largest, smallest = (round(value) for value in values[:4])
        sizes = f"{largest}" if largest == smallest else f"{smallest} to {largest}"
        return f"deals {many} batch{'' if many == 1 else 'es'} of {sizes} rows, {rows} in all"


# --- a training loop, watched ---


ManyNumbers = kind_of_error("backward began at more than one number")
ChangedTooEarly = kind_of_error("weights were changed between forward and backward")
_KINDS = {"scalar outputs": ManyNumbers, "inplace operation": ChangedTooEarly}
LEFT_OVER = 0.5  # what every gradient holds when a watched loop begins


class WatchedTraining(Watched):
    """A learner's loop `train(model, optimizer, X, y, epochs)` with notes of what it calls.

    Called with a number of hidden neurons, a learning rate and a number of epochs, it returns five
    numbers: the loss of the network in the end, how many backward passes there were, how many of
    them began with cleared gradients, how many steps the optimizer made, and how many of them came
    with a backward pass since the step before. `...` where nothing happened.
    """

    shown = (3, 0.5, 2)
    takes = ("model", "optimizer", "X", "y", "epochs")

    def __call__(self, hidden: int, eta: float, epochs: int) -> Any:
        loss, events = self.run(hidden, eta, epochs)
        if not events:
            return ...
        fresh = [k for k, event in enumerate(events) if event == "backward"]
        stale = [k for k, event in enumerate(events) if event == "backward onto old gradients"]
        steps = [k for k, event in enumerate(events) if event == "step"]
        walks = sorted(fresh + stale)
        last, led = -1, 0
        for k in steps:
            led += any(last < walk < k for walk in walks)
            last = k
        return [loss, len(walks), len(fresh), len(steps), led]

    @staticmethod
    def told(values: Sequence[float]) -> str:
        loss, walks, fresh, steps, led = values
        return (
            f"ends at the loss {numerals.number(loss, 6)}, after {counted(walks, 'walk back')} ("
            f"{round(fresh)} from cleared gradients) and {counted(steps, 'step of the optimizer')} "
            f"({round(led)} after a new walk back)"
        )

    def run(self, hidden: int, eta: float, epochs: int) -> tuple[float, list[str]]:
        import torch

        events: list[str] = []
        X, y = (torch.tensor(a) for a in rings())
        weights = [torch.tensor(w, requires_grad=True) for w in start(hidden)]
        for w in weights:
            w.grad = torch.full_like(w, LEFT_OVER)
        optimizer = noting_optimizer(weights, eta, events)

        def model(X: Any) -> Any:
            W1, b1, W2, b2 = weights
            return torch.sigmoid(torch.tanh(X @ W1 + b1) @ W2 + b2)

        def before(gradient: Any) -> None:
            grad = weights[0].grad
            old = grad is not None and bool((grad != 0).any())
            events.append("backward onto old gradients" if old else "backward")

        weights[0].register_hook(before)
        with errors_told_apart(_KINDS):
            self.train(model, optimizer, X, y, epochs)
        found = [w.detach().numpy() for w in weights]
        return cost(found, X.numpy(), y.numpy()), events


def watch(train: Any) -> Any:
    """Watch a training loop: what it calls, in which order.

    train: your function of model, optimizer, X, y and epochs. Printing what comes back shows the
    calls of two epochs; anything that is no function is given back as it is.
    """
    return WatchedTraining.around(train)
