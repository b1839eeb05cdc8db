"""Chapter 04: a curve at one place, its height and its slope, and the curve of the riddle."""

import math
from dataclasses import dataclass

import numpy as np

from utils.functions import CATALOGUE, Function, evaluate, value_or_nan
from utils.slopes import difference_quotient

FLAT = 2e-5  # a measured slope below this counts as 0: four decimals show no more


@dataclass(frozen=True)
class Place:
    """A curve at one place: its height and its slope, each nan where there is none.

    exact: whether the slope comes from a known derivative; else it is measured.
    sides: the slopes from the left and from the right where they differ.
    """

    height: float
    slope: float
    exact: bool
    sides: tuple[float, float] | None = None

    @property
    def sign(self) -> int | None:
        """−1, 0 or 1; None where there is no slope."""
        if not math.isfinite(self.slope):
            return None
        return 0 if abs(self.slope) < (1e-12 if self.exact else FLAT) else int(np.sign(self.slope))


def fallen(t: float) -> float:
    """Metres that a dropped stone has fallen after t seconds, at 10 m/s² and without air."""
    return 5 * t**2


def look_at(f: Function, x: float) -> Place:
    """Height and slope of f at x: the slope by its known derivative, else measured.

    A measured slope counts only if steps to both sides, short and shorter, lead to one number.
    """
    height = value_or_nan(f, x)
    if f.derivative is not None and f.domain[0] < x < f.domain[1] and x not in f.kinks:
        return Place(height, value_or_nan(f.derivative, x), exact=True)
    if not math.isfinite(height):
        return Place(math.nan, math.nan, exact=False)
    left, right = (
        [difference_quotient(lambda at: value_or_nan(f, at), x, side * h) for h in (1e-5, 1e-6)]
        for side in (-1, 1)
    )
    middles = [(one + other) / 2 for one, other in zip(left, right, strict=True)]
    gaps = [abs(one - other) for one, other in zip(left, right, strict=True)]
    # Where a curve bends, the gap between both sides shrinks with the step; at a corner it stays.
    if _agree(*middles) and (_agree(left[1], right[1]) or gaps[1] < 0.3 * gaps[0]):
        return Place(height, middles[0] if abs(middles[0]) >= FLAT else 0.0, exact=False)
    sides = (left[1], right[1]) if _agree(*left) and _agree(*right) else None
    return Place(height, math.nan, exact=False, sides=sides)


def _agree(*slopes: float) -> bool:
    """Whether all are finite and the same within a thousandth."""
    spread = max(slopes) - min(slopes)
    return math.isfinite(spread) and spread <= 1e-3 * max(1.0, *map(abs, slopes))


# --- the lens ---

TIP = 0.004  # how high the tiny corner stands, and half as wide as it is at its foot

# What the lens offers, each with the place that it is laid on.
LENSES: dict[str, tuple[Function, float]] = {
    "x²": (CATALOGUE["square"], 0.5),
    "sin x": (CATALOGUE["sin"], 1.0),
    "|x|": (CATALOGUE["absolute"], 0.0),
    "√|x|": (Function("root", "√|x|", lambda x: np.sqrt(np.abs(x)), kinks=(0.0,)), 0.0),
    "a tiny corner": (
        Function("tiny_corner", "", lambda x: np.sin(x) + np.maximum(0.0, TIP - np.abs(x))),
        0.0,
    ),
}


@dataclass(frozen=True)
class Lens:
    """A curve within a square window around one of its points, measured in half windows.

    places, heights: how far the curve lies from the point, across and up; shape (n,).
    slope: of the line through the point that is held against the curve.
    tangent: whether that line is the tangent; else it is halfway between the two `sides`.
    sides: the slopes from the point to where the curve leaves the window at the left and right.
    """

    places: np.ndarray
    heights: np.ndarray
    slope: float
    tangent: bool
    sides: tuple[float, float]

    @property
    def miss(self) -> float:
        """How far the curve leaves the line at most, as a share of the window's width; nan where
        it has no value in a part of the window.
        """
        return float(np.max(np.abs(self.heights - self.slope * self.places))) / 2

    @property
    def widest(self) -> int:
        """The position in `places` where it does so: the first, where two are level but for
        round-off.
        """
        gaps = np.abs(self.heights - self.slope * self.places)
        return int(np.argmax(gaps >= (1 - 1e-6) * np.max(gaps)))


def through_lens(f: Function, here: Place, x0: float, half: float, count: int = 30) -> Lens:
    """f around x0 through a window that is 2 half wide and as high.

    here: f at x0. count: of the places on each side, which are denser near x0.
    """
    part = np.linspace(-1, 1, 2 * count + 1)
    places = np.sign(part) * part**2
    heights = (evaluate(f, x0 + half * places) - here.height) / half
    sides = (-float(heights[0]), float(heights[-1]))
    known = math.isfinite(here.slope)
    return Lens(places, heights, here.slope if known else sum(sides) / 2, known, sides)


# --- the riddle ---


def bump(x: float) -> float:
    """A valley at −1, a hilltop at 1, and flat far away: x e^(−x²/2)."""
    return x * math.exp(-(x**2) / 2)


def bump_slope(x: float) -> float:
    """The derivative of `bump`."""
    return (1 - x**2) * math.exp(-(x**2) / 2)
