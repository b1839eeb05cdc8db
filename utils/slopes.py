"""Slopes from numbers alone: rise over run, and difference quotients."""

from collections.abc import Callable

Real = Callable[[float], float]
Pair = tuple[float, float]


def slope(p: Pair, q: Pair) -> float:
    """Slope of the straight line through the points p and q: rise over run, Δy / Δx.

    Unit: unit of y per unit of x. Raises ValueError where the run is zero.
    """
    (x1, y1), (x2, y2) = p, q
    if x1 == x2:
        raise ValueError(
            f"Both points have x = {x1:g}, so the run is 0 and there is no slope. "
            "Choose two points with different x."
        )
    return (y2 - y1) / (x2 - x1)


def difference_quotient(f: Real, x: float, h: float) -> float:
    """Average rate of change of f from x to x + h: [f(x + h) − f(x)] / h.

    For a smooth f its error against f′(x) shrinks in proportion to h.
    Raises ValueError for h = 0.
    """
    if h == 0:
        raise ValueError("h is 0: there is no step to divide by. Choose a small h, such as 1e-4.")
    return (f(x + h) - f(x)) / h


def central_difference(f: Real, x: float, h: float = 1e-5) -> float:
    """Slope of f around x: [f(x + h) − f(x − h)] / (2h).

    For a smooth f its error against f′(x) shrinks in proportion to h². Raises ValueError for h = 0.
    """
    if h == 0:
        raise ValueError("h is 0: there is no step to divide by. Choose a small h, such as 1e-5.")
    return (f(x + h) - f(x - h)) / (2 * h)
