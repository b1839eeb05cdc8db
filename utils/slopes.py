"""Slopes from numbers alone: rise over run, difference quotients, slopes of a drawing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

Real = Callable[[float], float]
Plane = Callable[[float, float], float]
Pair = tuple[float, float]  # a point (x, y)

JUMP = 1 / 8  # of the height of the picture: a drawing that steps further has a gap there


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


def numerical_gradient(f: Callable[..., float], at: Sequence[float], h: float = 1e-5) -> np.ndarray:
    """Gradient of f by central differences, one input nudged at a time and all others held.

    f: takes n numbers, f(x, y) for n = 2. at: the place, n numbers. h: the nudge; for an input
    larger than 1 it grows with its size, so that it does not drown in rounding.
    Returns shape (n,), component i in units of f per unit of input i.
    Raises ValueError for h = 0 and for a place that is not a row of numbers.
    """
    place = np.asarray(at, dtype=float)
    if place.ndim != 1:
        raise ValueError(
            f"A place is a row of numbers, one for each input, and this has shape {place.shape}."
        )

    def along(i: int) -> Real:
        return lambda value: f(*place[:i].tolist(), value, *place[i + 1 :].tolist())

    return np.array(
        [
            central_difference(along(i), value, h * max(1.0, abs(value)))
            for i, value in enumerate(place.tolist())
        ],
        dtype=float,
    )


@dataclass(frozen=True)
class SampledSlopes:
    """Slopes of a curve that is known at evenly spaced places only, such as a drawing.

    slope: shape (n,), nan where there is none. left, right: shape (n,), the slopes on either side;
    they differ at a corner. jumps, corners: the indices of such places; a jump lies between an
    index and the next.
    """

    slope: np.ndarray
    left: np.ndarray
    right: np.ndarray
    jumps: tuple[int, ...]
    corners: tuple[int, ...]


def sampled_slopes(heights: np.ndarray, spacing: float, tallest: float) -> SampledSlopes:
    """Slopes of a hand-drawn curve, with the places where it has none.

    heights: shape (n,), n ≥ 30. spacing: distance of neighbouring places, in units of x.
    tallest: the height of the picture; a step of more than JUMP of it is a jump.
    A hand trembles, so each piece between jumps and corners is smoothed before it is measured.
    """
    n = len(heights)
    jumps = np.flatnonzero(np.abs(np.diff(heights)) > tallest * JUMP)
    corners = [
        first + i
        for first, last in pairwise([0, *(jumps + 1), n])
        for i in _corners(heights[first:last], spacing)
    ]
    slope, left, right = (np.full(n, np.nan) for _ in range(3))
    cuts = sorted({0, n - 1, *corners})
    for first, last in pairwise([0, *(jumps + 1), n]):
        inner = [first, *(c for c in cuts if first < c < last - 1), last - 1]
        for a, b in pairwise(inner):
            if b - a < 2:
                continue
            piece = np.gradient(_smoothed(heights[a : b + 1]), spacing)
            slope[a : b + 1] = piece
            right[a], left[b] = piece[0], piece[-1]
    for i in (*corners, *jumps, *(jumps + 1)):
        slope[i] = np.nan
    ordinary = np.isfinite(slope)
    left[ordinary] = right[ordinary] = slope[ordinary]
    return SampledSlopes(slope, left, right, tuple(jumps.tolist()), tuple(corners))


_BLUR = 2.5  # places: about what a hand trembles


def _smoothed(heights: np.ndarray) -> np.ndarray:
    """A Gaussian average along the curve that leaves straight lines straight, to their ends."""
    reach = min(8, len(heights) - 1)
    weights = np.exp(-0.5 * (np.arange(-reach, reach + 1) / _BLUR) ** 2)
    before = 2 * heights[0] - heights[reach:0:-1]
    after = 2 * heights[-1] - heights[-2 : -reach - 2 : -1]
    return np.convolve(np.concatenate([before, heights, after]), weights / weights.sum(), "valid")


def _corners(heights: np.ndarray, spacing: float) -> list[int]:
    """Where a piece of curve bends far more sharply than it does around that place."""
    n, near, far = len(heights), 5, 14
    if n < 2 * far:
        return []
    smooth = _smoothed(heights)
    steepness = np.gradient(smooth, spacing)
    bend = np.abs(np.gradient(steepness, spacing))
    found = []
    for i in range(near, n - near):
        around = np.r_[bend[max(0, i - far) : i - near + 1], bend[i + near : i + far + 1]]
        sharp = (
            bend[i] > 3 * np.median(around) + 2 and bend[i] == bend[i - near : i + near + 1].max()
        )
        if sharp and abs(steepness[i + near] - steepness[i - near]) > 0.8:
            found.append(i)
    return found
