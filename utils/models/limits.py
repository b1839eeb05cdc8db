"""Chapter 03: where slopes lead as the step shrinks, and functions on which they lead nowhere."""

import math

import numpy as np

from utils.functions import Function
from utils.models.rate_of_change import rate
from utils.slopes import Real

EPSILON = float(np.finfo(float).eps)
BEST_FORWARD = math.sqrt(EPSILON)
BEST_CENTRAL = EPSILON ** (1 / 3)


def cube(x: float) -> float:
    """x³ by multiplication, which every machine rounds alike: the noise of its slopes too."""
    return x * x * x


def cube_root(x: float) -> float:
    """The real number whose cube is x."""
    return math.copysign(abs(x) ** (1 / 3), x)


def jump(x: float) -> float:
    """0 to the left of zero, 1 from zero on."""
    return 1.0 if x >= 0 else 0.0


CUBE = Function("cube", "x³", cube, lambda x: 3 * x * x, "3x²")


# --- limits ---


def one_sided(f: Real, x: float, sign: int) -> float:
    """Where the slopes of one side lead: a number, ±inf where they grow, nan where neither shows.

    Judged from two small steps, as anybody can who has only numbers.
    """
    large, small = (rate(f, x, sign * step) for step in (1e-4, 1e-6))
    if not math.isfinite(large) or not math.isfinite(small):
        return math.nan
    if abs(small) > 10 * abs(large) and abs(small) > 100:
        return math.copysign(math.inf, small)
    return small if agree(small, large) else math.nan


def two_sided(f: Real, x: float) -> float:
    """The limit of the slopes in x, or nan where the two sides do not agree on one."""
    left, right = (one_sided(f, x, sign) for sign in (-1, 1))
    together = math.isfinite(left + right) and agree(left, right)
    return round((left + right) / 2, 6) if together else math.nan


def agree(left: float, right: float) -> bool:
    return abs(left - right) < 0.01 * (1 + abs(left))
