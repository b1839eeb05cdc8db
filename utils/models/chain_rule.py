"""Chapter 07: chains of functions and their slopes."""

import math

from utils.functions import Function
from utils.models.derivative import look_at


def value_and_slope(f: Function, x: float) -> tuple[float, float]:
    """f(x) and f′(x), each nan where there is none."""
    here = look_at(f, x)
    return here.height, here.slope


def chain_slopes(
    activation: Function, w: float, depth: int, start: float = 1.0
) -> tuple[float, ...]:
    """The slope of a chain of 0, 1, …, depth links a ↦ activation(w · a), with respect to `start`.

    nan from the first link on that has no value or no slope.
    """
    a, slope, so_far = start, 1.0, [1.0]
    for _ in range(depth):
        value, own = value_and_slope(activation, w * a) if math.isfinite(a) else (a, a)
        a, slope = value, slope * own * w
        so_far.append(slope)
    return tuple(so_far)
