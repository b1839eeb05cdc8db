"""Chapter 12: the regimes of the learning rate, long bowls, and a race of optimisers."""

import math
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from utils import descent
from utils.models.gradient_descent import quick_gradient
from utils.numerals import number
from utils.slopes import Pair
from utils.surfaces import CATALOGUE, Surface, Window

# --- one weight: L = a w² ---


REGIMES = ("uphill", "still", "monotone", "one step", "oscillating", "edge", "diverging")


def factor(a: float, eta: float) -> float:
    """What one step of descent on L = a w² multiplies w by: 1 − 2aη."""
    return 1 - 2 * a * eta


def regime(a: float, eta: float) -> str:
    """One of REGIMES: what descent on L = a w², a > 0, does with this learning rate."""
    share = a * eta  # of the border 1/a
    if math.isclose(share, 0, abs_tol=1e-12):
        return "still"
    # A slider rounds its values, so borders are met to a few digits only.
    if math.isclose(share, 0.5, rel_tol=1e-6):
        return "one step"
    if math.isclose(share, 1, rel_tol=1e-6):
        return "edge"
    if share < 0:
        return "uphill"
    return "monotone" if share < 0.5 else "oscillating" if share < 1 else "diverging"


# --- two weights ---


def bowl(kappa: float) -> Surface:
    """x² + κy², whose condition number is κ: along y it bends κ times as much as along x."""
    return Surface(
        "bowl", f"x² + {number(kappa)}y²", lambda x, y: x**2 + kappa * y**2,
        lambda x, y: (2.0 * x, 2.0 * kappa * y),
    )  # fmt: skip


_SQUARE: Window = ((-4.0, 4.0), (-4.0, 4.0))  # so that a bowl fits whichever way it is turned
LONG = Surface(
    "long_bowl", "x² + 25y²", lambda x, y: x**2 + 25 * y**2, lambda x, y: (2.0 * x, 50.0 * y),
    window=_SQUARE, levels=(1, 5, 15, 30, 60, 100, 200), minima=((0.0, 0.0),),
)  # fmt: skip
WIDE = replace(CATALOGUE["elliptical_bowl"], window=_SQUARE, levels=(1, 4, 9, 16, 25, 36, 49))


def turned_place(place: Pair, degrees: float) -> Pair:
    """A place turned about (0, 0), against the clock."""
    (x, y), angle = place, math.radians(degrees)
    cos, sin = math.cos(angle), math.sin(angle)
    return cos * x - sin * y, sin * x + cos * y


def turned(surface: Surface, degrees: float) -> Surface:
    """A bowl turned about (0, 0), against the clock, with its exact gradient.

    surface: one with a gradient, and with no flat place but (0, 0). Its window stays.
    """
    if surface.gradient is None or any(any(place) for place in surface.minima):
        raise ValueError(f"{surface.name} is no bowl about (0, 0) whose gradient is known.")
    if degrees == 0:
        return surface
    slopes = surface.gradient

    def f(x: float, y: float) -> float:
        return surface.f(*turned_place((x, y), -degrees))

    def gradient(x: float, y: float) -> Pair:
        return turned_place(slopes(*turned_place((x, y), -degrees)), degrees)

    return replace(surface, f=f, gradient=gradient, formula="", partials=("", ""))


# --- a race ---


@dataclass(frozen=True)
class Racer:
    """An optimiser in the race: its name, and how it is made from a learning rate."""

    name: str
    make: Callable[[float], descent.Step]


RACERS = (
    Racer("plain descent", descent.sgd),
    Racer("momentum", descent.momentum),
    Racer("AdaGrad", descent.adagrad),
    Racer("RMSProp", descent.rmsprop),
    Racer("Adam", descent.adam),
)
# A surface to race on, and where all begin.
COURSES: dict[str, tuple[Surface, Pair]] = {
    "a long bowl, x² + 25y²": (LONG, (3.0, 1.5)),
    "a bowl, x² + 3y²": (WIDE, (3.0, 1.8)),
    "Rosenbrock's valley": (CATALOGUE["rosenbrock"], (-1.2, 2.0)),
    "Himmelblau's hills": (CATALOGUE["himmelblau"], (-0.5, -1.5)),
}


BOWLS = frozenset({LONG.name, WIDE.name})  # those of them that can be turned


@dataclass(frozen=True)
class Run:
    """One racer's run: its places, shape (steps + 1, 2), and its losses; nan after it has burst."""

    places: np.ndarray
    losses: tuple[float, ...]


class Race:
    """A surface with a start, and the runs on it, each computed once."""

    def __init__(self, surface: Surface, start: Pair, steps: int) -> None:
        self.surface, self.start, self.steps = surface, start, steps
        self.first = surface.height(*start)
        self._runs = lru_cache(maxsize=512)(self._walk)
        self._best: dict[int, float] = {}

    def _walk(self, row: int, eta: float) -> Run:
        gradient = quick_gradient(self.surface, 1e-6)
        path = descent.walk(RACERS[row].make(eta), gradient, self.start, self.steps)
        losses = self.surface.values(path[:, 0], path[:, 1]).tolist()
        return Run(path, tuple(losses))

    def run(self, row: int, eta: float) -> Run:
        """The run of a racer, by its place in RACERS, with a learning rate."""
        return self._runs(row, eta)

    def etas(self, eta: float, whose: Collection[str], rates: list[float]) -> list[float]:
        """The learning rate of every racer: eta for those named, for each other the best one."""
        return [
            eta if racer.name in whose else self.best(row, rates)
            for row, racer in enumerate(RACERS)
        ]

    def best(self, row: int, rates: list[float]) -> float:
        """The rate among `rates` with which a racer ends lowest."""
        if row not in self._best:
            ends = {eta: self.run(row, eta).losses[-1] for eta in rates}
            known = {eta: loss for eta, loss in ends.items() if math.isfinite(loss)}
            self._best[row] = min(known, key=known.__getitem__) if known else rates[0]
        return self._best[row]
