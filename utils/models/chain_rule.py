"""Chapter 07: chains of functions and their slopes."""

import math
from dataclasses import dataclass
from itertools import accumulate
from operator import mul

from utils.functions import Function, sigmoid
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


def two_routes(w: float, x: float, h: float, upper: bool, lower: bool) -> tuple[float, ...]:
    """What y = w · (w · x) gains, divided by h, where one w or both of them grow by h.

    Returns three parts: by the factor in front (the upper route), by the one inside the bracket
    (the lower route), and the corner that only both together bring. 0 for a route not taken.
    """
    front, inside = w + h * upper, w + h * lower
    by_front = (front - w) * w * x
    by_inside = w * (inside - w) * x
    corner = (front - w) * (inside - w) * x
    return tuple(gain / h for gain in (by_front, by_inside, corner))


@dataclass(frozen=True)
class Neuron:
    """One neuron and its squared error: the values on the way forward, the slopes on the way back.

    z = w · x, a = σ(z), loss = (y − a)². own: the slopes of the three links, from the loss back to
    w: dL/da, da/dz, dz/dw. so_far: their products, dL/da, dL/dz, dL/dw.
    """

    z: float
    a: float
    loss: float
    own: tuple[float, float, float]
    so_far: tuple[float, float, float]


def neuron(w: float, x: float, y: float) -> Neuron:
    """A neuron with weight w and input x, where y would be right, forward and back."""
    z = w * x
    a = sigmoid(z)
    own = (-2 * (y - a), a * (1 - a), x)
    whole = tuple(accumulate(own, mul))
    return Neuron(z, a, (y - a) ** 2, own, (whole[0], whole[1], whole[2]))
