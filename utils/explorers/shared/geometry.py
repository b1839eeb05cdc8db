"""Places, ranges, steps and round numbers, as the live figures of several chapters need them."""

import math
from collections.abc import Sequence

import numpy as np

from utils.functions import Real, value_or_nan
from utils.stage import NOWHERE, Pair, Range


def rectangle(left: float, low: float, right: float, high: float) -> tuple[Pair, ...]:
    """The outline of a rectangle with level sides: its four corners and the first one again."""
    return (left, low), (right, low), (right, high), (left, high), (left, low)


def point_in(window: tuple[Range, Range], x: float, y: float) -> Pair:
    """The point, or NOWHERE for one outside the window, which is then not drawn.

    window: the ranges of x and of y.
    """
    (left, right), (bottom, top) = window
    return (x, y) if left <= x <= right and bottom <= y <= top else NOWHERE


def point_near(window: tuple[Range, Range], x: float, y: float) -> Pair:
    """The point, or NOWHERE for one further than three widths or heights outside the window.

    For lines that leave the window: they must not end at its edge.
    """
    across, up = ((4 * low - 3 * high, 4 * high - 3 * low) for low, high in window)
    return point_in((across, up), x, y)


def drawable(
    values: np.ndarray | Sequence[float], positive: bool = False, gaps: bool = False
) -> np.ndarray:
    """Values that a line can be drawn through, however large they are.

    A curve that leaves its axes then leaves the picture, too, and does not seem to settle at their
    edge. positive: for axes of powers of ten, on which 0 lies infinitely far below.
    gaps: what is no number stays a gap, and does not run away as a lost walk does.
    """
    least, lost = _LEAST if positive else -_MOST, math.nan if gaps else _MOST
    return np.clip(np.nan_to_num(values, nan=lost, posinf=_MOST, neginf=-_MOST), least, _MOST)


def infinite_if_lost(value: float) -> float:
    """A value, or ∞ for what is no number any more: where the dot of a lost walk stands."""
    return math.inf if math.isnan(value) else value


_LEAST, _MOST = 1e-36, 1e36  # far beyond all axes, and what four bytes hold


def with_air(low: float, high: float, share: float = 0.08) -> Range:
    """The range from low to high, longer by a share of its length at both ends; by 1 if empty."""
    air = share * (high - low) or 1.0
    return low - air, high + air


def evenly_along(line: np.ndarray, count: int, decimals: int = 9) -> list[Pair]:
    """`count` places on a line, evenly far apart along it, rounded to so many decimals.

    line: the places that it leads through, shape (n, 2).
    """
    way = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    at = np.linspace(0, way[-1], count)
    columns = [np.interp(at, way, column).round(decimals).tolist() for column in line.T]
    return list(zip(*columns, strict=True))


def on_grid(x: float, low: float, step: float) -> float:
    """The value nearest to x of a slider that starts at low."""
    return round(low + round((x - low) / step) * step, 10)


def start_on(f: Real, over: Range, step: float, share: float, h: float = 0.0) -> float:
    """Where a slider from one end of `over` to the other stands at first: this share of the way
    along, or, where f has no value there, along the places at which it has one.

    h: f is to have a value this much further, too.
    """
    low, high = over
    count = int((high - low) / step + 1e-9)
    wanted = on_grid(low + share * (high - low), low, step)

    def has_value(x: float) -> bool:
        return math.isfinite(value_or_nan(f, x) + value_or_nan(f, x + h))

    if has_value(wanted):
        return wanted
    places = (on_grid(low + i * step, low, step) for i in range(count + 1))
    known = [x for x in places if has_value(x)] or [wanted]
    return known[min(round(share * len(known)), len(known) - 1)]


def milestones(n: int, first: int, count: int) -> list[int]:
    """`count` steps from 0 to n at which a long walk is drawn; the last may be repeated.

    The first ones are all there, `first` of them; of the later ones fewer and fewer.
    """
    if n < count:
        return [*range(n + 1), *[n] * (count - n - 1)]
    later = np.geomspace(first, n, count - first).round().astype(int)
    return [*range(first), *later.tolist()]


def nearest_nice(x: float) -> float:
    """The number nearest to x among 1, 2 and 5 times a power of ten; x > 0."""
    power = math.floor(math.log10(x))
    nice = [m * 10.0**p for p in (power, power + 1) for m in (1, 2, 5)]
    return float(f"{min(nice, key=lambda n: abs(math.log(n / x))):.1g}")


def largest_nice(x: float) -> float:
    """The largest of …, 0.1, 0.2, 0.5, 1, … that is not above x; x > 0."""
    power = 10.0 ** math.floor(math.log10(x))
    return max(power * k for k in (1, 2, 5) if power * k <= x * (1 + 1e-9))


def length_of(over: Range) -> float:
    """How long a piece of an axis is. Raises ValueError, in words for learners, where it is not."""
    low, high = over
    if not high > low:
        raise ValueError(f"over = ({low}, {high}) has no length: its second number must be larger.")
    return high - low


def finest_step(over: Range, count: int, leading: Sequence[float] = (1, 2, 5)) -> float:
    """The finest round step of which at most `count` lead from one end of `over` to the other.

    leading: what a round step may begin with. Raises ValueError where `over` has no length.
    """
    rough = length_of(over) / count * (1 - 1e-9)
    unit = 10 ** math.floor(math.log10(rough))
    return round(min(unit * k for k in (*leading, 10) if unit * k >= rough), 10)
