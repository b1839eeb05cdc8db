"""Chapter 11: a walk downhill, and what became of it."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from utils.descent import descend
from utils.functions import Function
from utils.slopes import Pair
from utils.surfaces import Surface

FAR = 1e9  # a walk that comes so far is on its way to outgrow the computer
# One weight, and its best value, 3.
ONE_WEIGHT = Function("loss", "(w − 3)²", lambda w: (w - 3) ** 2, lambda w: 2 * (w - 3), "2(w − 3)")


@dataclass(frozen=True)
class Walk:
    """The places of a walk and the losses there.

    places: shape (steps + 1, n); nan from where the walk ended. losses: shape (steps + 1,), nan
    where there is none.
    """

    places: np.ndarray
    losses: np.ndarray

    @property
    def steps(self) -> int:
        """How many steps were asked for."""
        return len(self.places) - 1

    @property
    def last(self) -> int:
        """The last step that led to a place."""
        return int(np.isfinite(self.places).all(axis=1).sum()) - 1

    @property
    def ran_away(self) -> bool:
        """Whether the walk ended because its numbers grew too large."""
        return bool(self.last < self.steps and np.abs(self.places[self.last]).max() > FAR)

    def at(self, n: int) -> tuple[float, ...]:
        """The place after n steps."""
        return tuple(self.places[n].tolist())


def take(
    gradient: Callable, loss: Callable[..., float], start: Sequence[float], eta: float, steps: int
) -> Walk:
    """Walk downhill from a start, and measure the loss at every place. loss: nan where none."""
    places = descend(gradient, start, eta, steps)
    losses = [loss(*place) if math.isfinite(sum(place)) else math.nan for place in places.tolist()]
    return Walk(places, np.array(losses, dtype=float))


def ends(
    gradient: Callable, x: np.ndarray, y: np.ndarray, eta: float, steps: int
) -> tuple[np.ndarray, np.ndarray]:
    """Where so many steps lead from each of many starts; nan or ∞ where a walk ran away.

    gradient: takes arrays, as those of the catalogue do. x, y: the starts, of one shape, as are the
    ends.
    """
    with np.errstate(all="ignore"):
        for _ in range(steps):
            across, up = gradient(x, y)
            x, y = x - eta * across, y - eta * up
    return x, y


def resting_places(x: np.ndarray, y: np.ndarray, near: float) -> list[Pair]:
    """The places at which many walks end, the one with most walks first.

    x, y: where each walk ends, as `ends` gives them. near: walks that end nearer to each other than
    this have come to the same place.
    """
    known = np.isfinite(x) & np.isfinite(y)
    left = np.stack([x[known], y[known]], axis=1)
    found: list[tuple[int, Pair]] = []
    while len(left):
        here = np.hypot(*(left - left[0]).T) < near
        a, b = np.median(left[here], axis=0).tolist()
        found.append((int(here.sum()), (a, b)))
        left = left[~here]
    return [place for _, place in sorted(found, reverse=True)]


def quick_gradient(surface: Surface, nudge: float = 1e-5) -> Callable[[float, float], Pair]:
    """The exact gradient, or a measured one that asks for few values: a hand waits for it.

    `surface.slopes` looks for corners too, which takes five times as long, and a walk hardly ever
    stands on one. nudge: the step of the central difference for inputs up to 1.
    """
    if surface.gradient is not None:
        return surface.gradient
    f = surface.height

    def measured(x: float, y: float) -> Pair:
        h, k = nudge * max(1.0, abs(x)), nudge * max(1.0, abs(y))
        return (f(x + h, y) - f(x - h, y)) / (2 * h), (f(x, y + k) - f(x, y - k)) / (2 * k)

    return measured
