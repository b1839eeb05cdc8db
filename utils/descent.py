"""Walking downhill: gradient descent and its remedies, each a few lines, equal to torch.optim.

An optimiser is made once for each walk, since it may remember, and is then asked for one step
after the other: `step = adam(0.1)`, `weights = step(weights, slopes)`. Weights and slopes have
shape (n,). Slopes are in units of loss per unit of weight.

    path = descend(lambda x, y: (2 * x, 6 * y), start=(2, 1), eta=0.05, steps=10)
    path = walk(adam(0.1), lambda x, y: (2 * x, 6 * y), start=(2, 1), steps=10)
"""

from collections.abc import Callable, Sequence

import numpy as np

from utils.functions import NoValue

Step = Callable[[np.ndarray, np.ndarray], np.ndarray]
Gradient = Callable[..., float | Sequence[float] | np.ndarray]


# --- the optimisers ---


def sgd(eta: float) -> Step:
    """Plain gradient descent: against the slopes, η times as far as they are steep."""

    def step(weights: np.ndarray, slopes: np.ndarray) -> np.ndarray:
        return weights - eta * slopes

    return step


def momentum(eta: float, beta: float = 0.9) -> Step:
    """Each step keeps a share β of the last velocity: it gains speed where slopes agree."""
    velocity = 0.0

    def step(weights: np.ndarray, slopes: np.ndarray) -> np.ndarray:
        nonlocal velocity
        velocity = beta * velocity + slopes
        return weights - eta * velocity

    return step


def adagrad(eta: float, tiny: float = 1e-10) -> Step:
    """Each weight has its own step size, which shrinks with all its squared slopes so far."""
    total = 0.0

    def step(weights: np.ndarray, slopes: np.ndarray) -> np.ndarray:
        nonlocal total
        total = total + slopes**2
        return weights - eta * slopes / (np.sqrt(total) + tiny)

    return step


def rmsprop(eta: float, alpha: float = 0.99, tiny: float = 1e-8) -> Step:
    """As AdaGrad, but with a running mean of the squared slopes, so that old ones fade."""
    mean_square = 0.0

    def step(weights: np.ndarray, slopes: np.ndarray) -> np.ndarray:
        nonlocal mean_square
        mean_square = alpha * mean_square + (1 - alpha) * slopes**2
        return weights - eta * slopes / (np.sqrt(mean_square) + tiny)

    return step


def adam(eta: float, beta1: float = 0.9, beta2: float = 0.999, tiny: float = 1e-8) -> Step:
    """A running mean of the slopes over the root of a running mean of their squares.

    Both means start at 0, so while they are young they are divided by what they lack.
    """
    mean, mean_square, t = 0.0, 0.0, 0

    def step(weights: np.ndarray, slopes: np.ndarray) -> np.ndarray:
        nonlocal mean, mean_square, t
        t += 1
        mean = beta1 * mean + (1 - beta1) * slopes
        mean_square = beta2 * mean_square + (1 - beta2) * slopes**2
        grown, grown_square = mean / (1 - beta1**t), mean_square / (1 - beta2**t)
        return weights - eta * grown / (np.sqrt(grown_square) + tiny)

    return step


# --- walks ---


def walk(step: Step, gradient: Gradient, start: float | Sequence[float], steps: int) -> np.ndarray:
    """The places that an optimiser comes through, shape (steps + 1, n); row 0 is the start.

    step: a fresh optimiser, such as adam(0.1).
    gradient: takes n numbers and gives their n slopes; for one weight a plain number will do.
    start: n numbers, or one.
    From where there is no slope, or where numbers outgrow the computer, all rows are nan.
    Raises ValueError for a number of steps below 0 or not whole, for a start that is not a row of
    numbers, and for a gradient that has not as many components as there are weights.
    """
    if steps != int(steps) or steps < 0:
        raise ValueError(f"steps is {steps}; it must be a whole number, 0 or more.")
    weights = np.atleast_1d(np.asarray(start, dtype=float))
    if weights.ndim != 1:
        raise ValueError(
            f"A start is a row of numbers, one for each weight; this has the shape {weights.shape}."
        )
    path = np.full((int(steps) + 1, len(weights)), np.nan)
    path[0] = weights
    with np.errstate(all="ignore"):
        for i in range(1, len(path)):
            weights = step(weights, _slopes(gradient, weights))
            if not np.isfinite(weights).all():
                break
            path[i] = weights
    return path


def descend(
    gradient: Gradient, start: float | Sequence[float], eta: float, steps: int
) -> np.ndarray:
    """The places of gradient descent, shape (steps + 1, n): w ← w − η ∇L, again and again.

    As `walk` with `sgd(eta)`.
    """
    return walk(sgd(eta), gradient, start, steps)


def _slopes(gradient: Gradient, weights: np.ndarray) -> np.ndarray:
    """The gradient at a place, shape (n,); nan where it has no value."""
    try:
        slopes = np.atleast_1d(np.asarray(gradient(*weights.tolist()), dtype=float))
    except (NoValue, ArithmeticError):
        return np.full_like(weights, np.nan)
    if slopes.shape != weights.shape:
        raise ValueError(
            f"The gradient has the shape {slopes.shape} and the weights {weights.shape}; "
            "it needs one slope for each weight, in the same order."
        )
    return slopes
