"""Chapter 13: a line through data, its loss, and gradient descent on it in closed form."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from utils.functions import NoValue
from utils.numerals import number
from utils.slopes import Pair

XS = (1.0, 2.0, 3.0, 4.0, 5.0)
YS = tuple(3 * x + 2 for x in XS)
TOO_LARGE = 1e300  # where a loop's squares leave what a computer can hold
MANY = 1000  # examples of the section on mini-batches


@dataclass(frozen=True)
class Regression:
    """A line ŷ = wx + b through data, and everything that is known about its loss.

    xs, ys: shape (m,), m ≥ 2, not all xs equal. The loss is the mean of (wx + b − y)².
    """

    xs: np.ndarray
    ys: np.ndarray

    def residuals(self, w: float, b: float) -> np.ndarray:
        """ŷ − y of every example, shape (m,)."""
        return w * self.xs + b - self.ys

    def loss(self, w: float, b: float) -> float:
        """The mean squared error."""
        with np.errstate(over="ignore"):
            return float(np.mean(self.residuals(w, b) ** 2))

    def loss_by_distance(self, w: float, b: float) -> float:
        """The same, from how far w and b are from the best; takes arrays as well."""
        (best_w, best_b), mean = self.best, float(self.xs.mean())
        dw, db = w - best_w, b - best_b
        return self.lowest + float(np.mean(self.xs**2)) * dw**2 + 2 * mean * dw * db + db**2

    def gradient(self, w: float, b: float) -> Pair:
        """(∂L/∂w, ∂L/∂b)."""
        r = self.residuals(w, b)
        return float(2 * np.mean(r * self.xs)), float(2 * np.mean(r))

    @cached_property
    def best(self) -> Pair:
        """The w and b of the lowest loss, in closed form."""
        dx = self.xs - self.xs.mean()
        w = float(np.mean(dx * (self.ys - self.ys.mean())) / np.mean(dx**2))
        return w, float(self.ys.mean() - w * self.xs.mean())

    @cached_property
    def lowest(self) -> float:
        """The loss of the best line."""
        return self.loss(*self.best)

    @cached_property
    def curvatures(self) -> Pair:
        """The largest and the smallest curvature of the loss: the eigenvalues of its Hessian."""
        return _eigenvalues(float(np.mean(self.xs**2)), float(self.xs.mean()), float(self.xs.var()))

    @property
    def condition(self) -> float:
        """How many times steeper the steepest direction bends than the flattest."""
        return self.curvatures[0] / self.curvatures[1]

    @property
    def largest_rate(self) -> float:
        """The learning rate from which on the loss grows: 2 over the largest curvature."""
        return 2 / self.curvatures[0]

    @cached_property
    def axes(self) -> np.ndarray:
        """The directions of both curvatures, one per row, shape (2, 2)."""
        turn = 0.5 * math.atan2(2 * self.xs.mean(), np.mean(self.xs**2) - 1)
        return np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])

    def contour(self, level: float, count: int = 61) -> np.ndarray:
        """Where the loss lies `level` above its lowest value, as distances from the best w and b.

        A closed ellipse, shape (count, 2).
        """
        turn = np.linspace(0, 2 * math.pi, count)
        large, small = (math.sqrt(2 * level / c) for c in self.curvatures)
        return np.column_stack([large * np.cos(turn), small * np.sin(turn)]) @ self.axes

    def run(self, epochs: Sequence[int], eta: float, start: Pair) -> np.ndarray:
        """w, b and the loss after each number of epochs, shape (n, 3); ∞ where floats are outgrown.

        A loop gives the same. But on this bowl every epoch multiplies the distance to the bottom,
        along each of the two axes, by 1 − η times the curvature: so a million epochs are one power.
        """
        offset = self.axes @ (np.array(start) - self.best)
        with np.errstate(over="ignore", invalid="ignore"):
            growth = (1 - eta * np.array(self.curvatures)) ** np.array(epochs, float)[:, None]
            offsets = np.where(offset == 0, 0.0, offset * growth)
            places = np.array(self.best) + offsets @ self.axes
            losses = self.lowest + 0.5 * np.sum(self.curvatures * offsets**2, axis=1)
        found = np.column_stack([places, losses])
        found[~(np.isfinite(found).all(axis=1) & (losses < TOO_LARGE))] = math.inf
        return found

    def after(self, epochs: int, eta: float, start: Pair) -> tuple[float, float, float]:
        """w, b and the loss after so many epochs of gradient descent."""
        w, b, loss = self.run([epochs], eta, start)[0].tolist()
        return w, b, loss


@cache
def noisy_line() -> Regression:
    """The thousand examples of the section on mini-batches: 3x + 2, and noise of size 1."""
    xs = np.linspace(-2, 2, MANY)
    return Regression(xs, 3 * xs + 2 + np.random.default_rng(13).standard_normal(MANY))


def batches(count: int, size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """The rows of each batch of one epoch: every row once, in a new order.

    count: how many examples there are. size: of a batch; the last one holds what is left over.
    """
    order = rng.permutation(count)
    return [order[start : start + size] for start in range(0, count, size)]


def stochastic_walk(
    data: Regression, eta: float, size: int, steps: int, seed: int = 0, start: Pair = (0.0, 0.0)
) -> np.ndarray:
    """w, b and the loss of all examples before each step and after the last, shape (steps + 1, 3).

    Each step follows the gradient of one batch. ∞ from where on floats are outgrown.
    """
    rng, rows = np.random.default_rng(seed), []
    w, b = start
    places = [start]
    with np.errstate(over="ignore", invalid="ignore"):
        for _ in range(steps):
            rows = rows or batches(len(data.xs), size, rng)
            batch = rows.pop(0)
            dw, db = Regression(data.xs[batch], data.ys[batch]).gradient(w, b)
            w, b = w - eta * dw, b - eta * db
            places.append((w, b))
        walk = np.array([(w, b, data.loss(w, b)) for w, b in places])
    walk[~(np.isfinite(walk).all(axis=1) & (walk[:, 2] < TOO_LARGE))] = math.inf
    return walk


def _eigenvalues(mean_square: float, mean: float, variance: float) -> Pair:
    """Both eigenvalues of 2 [[mean of x², mean of x], [mean of x, 1]], the larger one first."""
    half = mean_square + 1
    large = half + math.sqrt((mean_square - 1) ** 2 + 4 * mean**2)
    # Their product is 4 times the variance; the difference of two near numbers would lose digits.
    return large, 4 * variance / large


def as_regression(xs: Sequence[float] | None, ys: Sequence[float] | None) -> Regression:
    """The learner's data, looked at. Raises NoValue, with a sentence, where no line can be fitted.

    xs, ys: as many numbers each; the five points of the lesson where both are left out.
    """
    if xs is None and ys is None:
        return Regression(np.array(XS), np.array(YS))
    if xs is None or ys is None:
        raise NoValue("Data come in pairs: give both xs and ys.")
    columns = []
    for name, values in (("xs", xs), ("ys", ys)):
        try:
            column = np.array(values, dtype=float)
        except (TypeError, ValueError):
            raise NoValue(f"{name} holds something that is no number: {values!r:.60}.") from None
        if column.ndim != 1:
            raise NoValue(
                f"{name} has the shape {column.shape}; a plain list of numbers is needed."
            )
        if not np.isfinite(column).all():
            raise NoValue(f"{name} has gaps (nan) or infinite numbers in it. Take those out.")
        columns.append(column)
    x, y = columns
    if len(x) != len(y):
        raise NoValue(f"xs has {len(x)} numbers and ys has {len(y)}: every x needs its y.")
    if len(x) < 2:
        raise NoValue("A line needs at least two examples.")
    if max(np.abs(x).max(), np.abs(y).max()) > 1e100:
        raise NoValue("Some of these numbers are above 1e100: squared they leave the computer's "
                      "range. Choose a larger unit.")  # fmt: skip
    if not x.std() > 1e-9 * np.abs(x).max():
        raise NoValue(
            f"All xs are {number(x[0])}: one place tells nothing about a slope. Measure at a "
            "second place."
        )
    return Regression(x, y)
