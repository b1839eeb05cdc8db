"""Chapter 08: critical points, the stretches between them, steps downhill, and bends."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from utils.functions import Function, NoValue, evaluate, value_or_nan
from utils.models.derivative import look_at
from utils.numerals import number
from utils.slopes import Real, central_difference

# A hilltop at 1 and a valley at 3, which this chapter keeps coming back to, and a curve that
# rests at 0 on its way down to 3.
CUBIC = Function(
    "cubic", "x³ − 6x² + 9x + 1", lambda x: x**3 - 6 * x**2 + 9 * x + 1,
    lambda x: 3 * x**2 - 12 * x + 9, "3x² − 12x + 9",
)  # fmt: skip
RESTING = Function(
    "resting", "x⁴/4 − x³", lambda x: x**4 / 4 - x**3, lambda x: x**3 - 3 * x**2, "x³ − 3x²"
)


def climb_rate(t: float) -> float:
    """How fast a glider climbs in minute t, in metres per second: a slope that is all one knows.

    It crosses 0 at 1 and at 13, touches it at 8, and has dips at 3 (−5) and at 11.5.
    """
    return (t - 1) * (t - 8) ** 2 * (t - 13) / 100


# Flat at 0, and something else again from half a unit on: who looks further away is misled.


def narrow_bowl(x: float) -> float:
    """x² − 10x⁴, with a minimum at 0 and maxima at ±0.22."""
    return x**2 - 10 * x**4


def narrow_dome(x: float) -> float:
    """10x⁴ − x², with a maximum at 0 and minima at ±0.22."""
    return 10 * x**4 - x**2


def narrow_rest(x: float) -> float:
    """x³ + 3x⁴, with a saddle at 0 and a minimum at −0.25."""
    return x**3 + 3 * x**4


@dataclass(frozen=True)
class Critical:
    """A place where f is flat or has a corner, and what the signs of f′ around it make of it.

    kind: "minimum", "maximum" or "saddle". before, after: the signs of f′ on either side, −1 or 1.
    corner: whether f has no slope there.
    """

    x: float
    height: float
    kind: str
    before: int
    after: int
    corner: bool


@dataclass(frozen=True)
class Stretch:
    """A piece of the axis on which the sign of f′ stays the same; None where f has no slope."""

    low: float
    high: float
    sign: int | None


_SLOPING = (-1, 1)  # signs of f′ where f rises or falls
_KINDS = {(-1, 1): "minimum", (1, -1): "maximum", (1, 1): "saddle", (-1, -1): "saddle"}
_FINE = 1201  # places at which the sign of f′ is looked at
_NOISE = 1e-9  # what rounding may leave of a measured slope that is 0
_MOST = 16  # critical points in one picture


def critical_points(f: Function, low: float, high: float) -> list[Critical]:
    """The critical points of f strictly between low and high, from left to right.

    Places where f breaks off are none, and a whole stretch without slope is not a point.
    """
    return survey(f, low, high)[0]


def walk(f: Function, x: float, alpha: float, steps: int) -> list[float]:
    """The places x₀, x₁, … of `steps` steps x − α f′(x); nan after f has had no slope."""
    slope, places = slope_of(f), [x]
    for _ in range(steps):
        # Steps that are too long lead further and further away.
        x = x - alpha * slope(x) if abs(x) < 1e6 else math.nan
        x = x if math.isfinite(x) else math.nan
        places.append(x)
    return places


def newton(f: Function, x: float, steps: int) -> list[float]:
    """The places x₀, x₁, … of `steps` steps x − f′(x)/f″(x); nan from where f″ is 0, or missing."""
    slope, places = slope_of(f), [x]
    for _ in range(steps):
        m, bend = slope(x), value_or_nan(lambda at: central_difference(slope, at, 1e-4), x)
        x = x - m / bend if abs(bend) > 1e-6 else math.nan
        x = x if abs(x) < 1e6 else math.nan
        places.append(x)
    return places


def slope_of(f: Function) -> Real:
    """f′ where it is known, else measured; nan where f has no value."""
    known = f.derivative

    def slope(x: float) -> float:
        if known is not None:
            return value_or_nan(known, x) if f.domain[0] < x < f.domain[1] else math.nan
        return value_or_nan(lambda at: central_difference(f, at), x)

    return slope


def second_derivative(f: Real, x: float, h: float = 2e-4) -> float:
    """f″(x), measured: [f(x + h) − 2 f(x) + f(x − h)] / h²; nan where f has no value."""
    return value_or_nan(lambda at: (f(at + h) - 2 * f(at) + f(at - h)) / h**2, x)


def survey(f: Function, low: float, high: float) -> tuple[list[Critical], list[Stretch]]:
    """The critical points of f, and the stretches between which the sign of f′ changes."""
    slope = slope_of(f)
    xs = np.linspace(low, high, _FINE)
    heights, slopes = evaluate(f, xs), evaluate(slope, xs)
    noise = np.maximum(_NOISE, 1e-10 * np.abs(heights))
    signs = [
        None if math.isnan(m) else 0 if abs(m) < tiny else int(np.sign(m))
        for m, tiny in zip(slopes.tolist(), noise.tolist(), strict=True)
    ]
    turns, edges = _touching(slope, xs, slopes, signs), []
    runs = [(sign, list(at)) for sign, at in groupby(range(_FINE), key=signs.__getitem__)]
    # One place alone may lie on a break; a few places without slope are a point, not a stretch.
    runs = [(sign, at) for sign, at in runs if len(at) > (1 if sign in _SLOPING else _FINE // 50)]
    for (sign, left), (other, right) in pairwise(runs):
        a, b = float(xs[left[-1]]), float(xs[right[0]])
        if sign not in _SLOPING or other not in _SLOPING:
            edges.append(b if sign in _SLOPING else a)
        elif sign == other:
            x = _flattest(slope, a, b)
            if _is_flat(slope, x, a, b):
                turns.append((x, sign, other))
            else:
                edges.append((a + b) / 2)
        else:
            turns.append((_crossing(slope, a, b), sign, other))
    found: list[Critical] = []
    for x, before, after in sorted(turns):
        critical = _critical(f, x, before, after)
        if critical is None:
            edges.append(x)
        elif not found or x - found[-1].x > (high - low) / 500:
            found.append(critical)
    if len(found) > _MOST:
        raise NoValue(
            f"{f.formula or f.name} turns more than {_MOST} times from {number(low)} to "
            f"{number(high)}. "
            "Choose a shorter piece with over=(…, …)."
        )
    breaks = [low, *sorted([*(c.x for c in found), *edges]), high]
    return found, [_stretch(a, b, xs, signs) for a, b in pairwise(breaks) if b > a]


def _stretch(a: float, b: float, xs: np.ndarray, signs: Sequence[int | None]) -> Stretch:
    """The stretch from a to b with the sign that most places in it have."""
    inside = [signs[i] for i in np.flatnonzero((xs > a) & (xs < b)).tolist()] or [None]
    return Stretch(a, b, max(set(inside), key=inside.count))


def _touching(
    slope: Real, xs: np.ndarray, slopes: np.ndarray, signs: Sequence[int | None]
) -> list[tuple[float, int, int]]:
    """Where f′ comes down to 0 between two places and does not change its sign."""
    size, found = np.abs(slopes), []
    for i in range(1, _FINE - 1):
        sign = signs[i]
        if sign not in (-1, 1) or not signs[i - 1] == sign == signs[i + 1]:
            continue
        beside = size[i - 1], size[i + 1]
        # Like a parabola at its lowest: on one side at least it climbs several times as high.
        if size[i] <= min(beside) and size[i] < 0.3 * max(beside):
            x = _flattest(slope, float(xs[i - 1]), float(xs[i + 1]))
            if _is_flat(slope, x, float(xs[i - 1]), float(xs[i + 1])):
                found.append((x, sign, sign))
    return found


def _crossing(slope: Real, a: float, b: float) -> float:
    """Where f′ changes its sign between a and b, by halving."""
    start = np.sign(slope(a))
    for _ in range(50):
        middle = (a + b) / 2
        a, b = (middle, b) if np.sign(slope(middle)) == start else (a, middle)
    return (a + b) / 2


def _flattest(slope: Real, a: float, b: float) -> float:
    """Where the slope is smallest in size between a and b, by thirds."""
    for _ in range(60):
        left, right = a + (b - a) / 3, b - (b - a) / 3
        a, b = (a, right) if abs(slope(left)) <= abs(slope(right)) else (left, b)
    return (a + b) / 2


def _is_flat(slope: Real, x: float, a: float, b: float) -> bool:
    """Whether the slope at x is next to nothing, beside those at a and b around it."""
    return abs(slope(x)) < max(_NOISE, 1e-3 * min(abs(slope(a)), abs(slope(b))))


def _critical(f: Function, x: float, before: int, after: int) -> Critical | None:
    """The critical point at x, or None where f breaks off there."""
    x = round(x, 4) + 0.0 if abs(x - round(x, 4)) < 2e-5 else x
    near = [value_or_nan(f, x + side) for side in (-1e-4, -1e-6, 1e-6, 1e-4)]
    here = value_or_nan(f, x)
    # Closer by, the curve must come closer: else it jumps or runs away.
    far = max(abs(near[0] - here), abs(near[3] - here))
    close = max(abs(near[1] - here), abs(near[2] - here))
    if not math.isfinite(here + far) or (close > 1e-9 and close > 0.2 * far):
        return None
    corner = before != after and look_at(f, x).sign is None
    return Critical(x, here, _KINDS[before, after], before, after, corner)


# --- how a curve bends ---


@dataclass(frozen=True)
class Bent:
    """A curve with its first and second derivative."""

    f: Real
    slope: Real
    bend: Real


BENDS = {
    "x²": Bent(lambda x: x**2, lambda x: 2 * x, lambda x: 2.0),
    "−x²": Bent(lambda x: -(x**2), lambda x: -2 * x, lambda x: -2.0),
    "x³": Bent(lambda x: x**3, lambda x: 3 * x**2, lambda x: 6 * x),
    "x⁴": Bent(lambda x: x**4, lambda x: 4 * x**3, lambda x: 12 * x**2),
}


def bent_of(f: Function) -> Bent:
    """A curve with its derivatives: f′ where it is known, else measured; f″ always measured.

    Both are given without what rounding leaves in a measured slope, which descriptions would show.
    """
    slope = slope_of(f)
    if f.derivative is None:
        return Bent(f, _clear(slope), _clear(lambda x: second_derivative(f, x)))
    return Bent(f, _clear(slope), _clear(lambda x: central_difference(slope, x)))


def _clear(f: Real) -> Real:
    return lambda x: round(value_or_nan(f, x), 6) + 0.0
