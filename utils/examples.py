"""Functions that are handed to learners' code: the questions try answers on them.

Plain Python functions, such as learners write and expect to be given. They stand apart from the
questions, so that learners' code can run where no truth is (`utils/checks/seam.py`).
"""

import math
from collections.abc import Sequence

import numpy as np

from utils.surfaces import as_surface

_BOWL, _MIXED = as_surface("elliptical_bowl"), as_surface("mixed")

# --- of several chapters ---


def square(x: float) -> float:
    """x²."""
    return x**2


def cube(x: float) -> float:
    """x³."""
    return x**3


def cubic(x: float) -> float:
    """A hilltop at 1 and a valley at 3."""
    return x**3 - 6 * x**2 + 9 * x + 1


# --- chapter 02 ---


def height(t: float) -> float:
    """Height of a falling stone in metres, t seconds after it was let go at 80 m (g = 10 m/s²)."""
    return 80 - 5 * t**2


# --- chapter 03 ---


def steep(x: float) -> float:
    """A line whose rise is large even over a small step."""
    return 1000 * x


def ramp(x: float) -> float:
    """A leaky ReLU with its corner at 1."""
    return x - 1 if x > 1 else 0.1 * (x - 1)


def _seven_digits(number: float) -> float:
    """As a graphics card keeps it: 32 bits, about seven digits."""
    return float(np.float32(number))


def card_square(x: float) -> float:
    """x², what goes in and what comes out rounded to seven digits."""
    return _seven_digits(_seven_digits(x) ** 2)


def card_cube(x: float) -> float:
    """x³, likewise."""
    return _seven_digits(_seven_digits(x) ** 3)


def card_error(w: float) -> float:
    """The error of chapter 00, likewise."""
    return _seven_digits((_seven_digits(w) - 3) ** 2 / 2 + 1)


# --- chapter 08 ---


def loss(w: float) -> float:
    """The loss of the lesson, L(w) = w²."""
    return w**2


def resting(x: float) -> float:
    """A saddle at 0 and a valley at 3."""
    return x**4 / 4 - x**3


def dome(x: float) -> float:
    """−x²."""
    return -(x**2)


def falling_cube(x: float) -> float:
    """−x³."""
    return -(x**3)


def fourth(x: float) -> float:
    """x⁴."""
    return x**4


def flat_dome(x: float) -> float:
    """−x⁴."""
    return -(x**4)


def sixth(x: float) -> float:
    """x⁶."""
    return x**6


def bell(x: float) -> float:
    """A bell that bends the other way from one unit beside its top on."""
    return math.exp(-(x**2) / 2)


# --- chapters 09 and 10: surfaces ---


def bowl(x: float, y: float) -> float:
    """x² + 3y², on which lesson and exercises stand."""
    return _BOWL.f(x, y)


def mixed(x: float, y: float) -> float:
    """x² + 3xy + y², with a product."""
    return _MIXED.f(x, y)


def ripple(x: float, y: float) -> float:
    """A surface that nobody knows the slopes of by heart."""
    return math.sin(x) * y + x * y**2


# --- chapter 09: what a formula of three inputs hangs on ---


def drag(area: float, speed: float, shape: float) -> float:
    """Air drag in newtons: m², m/s, and a number for the shape."""
    return 0.6 * shape * area * speed**2


def savings(deposit: float, rate: float, years: float) -> float:
    """What a deposit grows to; a rate of 0.03 is 3 per cent a year."""
    return deposit * (1 + rate) ** years


def pressure(amount: float, temperature: float, volume: float) -> float:
    """An ideal gas: mol, kelvin, m³, and pascals."""
    return 8.314 * amount * temperature / volume


def taxi(km: float, per_km: float, fee: float) -> float:
    """The price of a ride."""
    return km * per_km + fee


# --- chapter 09: machines with five dials, one of which is connected to nothing ---


def machine_1(a: float, b: float, c: float, d: float, e: float) -> float:
    """A product, a square and a line."""
    return a * b + c**2 + e


def machine_2(a: float, b: float, c: float, d: float, e: float) -> float:
    """A product of three."""
    return b * c * d + e**3


def machine_3(a: float, b: float, c: float, d: float, e: float) -> float:
    """A dial that wakes up at 5."""
    return a**2 + max(0.0, b - 5) + c * d


def machine_4(a: float, b: float, c: float, d: float, e: float) -> float:
    """Dials that silence each other at 0."""
    return (a - 5) * c + d**2 * e


def machine_5(a: float, b: float, c: float, d: float, e: float) -> float:
    """A dial that lets another one through from 6 on."""
    return max(0.0, a - 6) * b + d + e**2


def machine_6(a: float, b: float, c: float, d: float, e: float) -> float:
    """The same from 7 on, and a product."""
    return a * c + max(0.0, b - 7) * e


# --- chapter 10 ---


def three(w: Sequence[float]) -> float:
    """The function of the bug clinic."""
    return w[0] ** 2 + 3 * w[1] - w[2]


def squares(w: Sequence[float]) -> float:
    """The sum of all squares, and a product."""
    return sum(value**2 for value in w) + w[0] * w[1]


def product(w: Sequence[float]) -> float:
    """Two weights that turn each other's knob."""
    return w[0] * w[1] ** 2


def waves(w: Sequence[float]) -> float:
    """A sum of waves, each of its own size."""
    return sum((i + 1) * math.sin(value) for i, value in enumerate(w))


# --- chapter 10: landscapes, whose tops are a height over a place, and a width ---

Top = tuple[float, float, float, float]  # x, y, height, width


def _land(x: float, y: float, *tops: Top) -> float:
    return sum(
        height * math.exp(-((x - a) ** 2 + (y - b) ** 2) / (2 * width**2))
        for a, b, height, width in tops
    )


def land_1(x: float, y: float) -> float:
    """A high top in the south-east, and a lower one."""
    return _land(x, y, (7.6, 2.4, 5, 1.5), (2.5, 6.8, 3.5, 1.6))


def land_2(x: float, y: float) -> float:
    """The highest top in a corner, and a broad one in the middle."""
    return _land(x, y, (1.7, 1.6, 4, 1.5), (6, 6.2, 3, 2))


def land_3(x: float, y: float) -> float:
    """Three tops."""
    return _land(x, y, (8.4, 8.3, 90, 1.5), (3.2, 4.1, 70, 1.8), (7, 1.5, 60, 1.4))


def land_4(x: float, y: float) -> float:
    """Three low ones."""
    return _land(x, y, (2.4, 7.5, 1, 1.6), (6.5, 5.2, 0.8, 1.7), (4.2, 1.8, 0.7, 1.4))


def land_5(x: float, y: float) -> float:
    """A top near the northern edge."""
    return _land(x, y, (5.9, 9.1, 12, 1.4), (4.4, 3.9, 9, 2))


def land_6(x: float, y: float) -> float:
    """A top near the eastern edge."""
    return _land(x, y, (9.2, 4.3, 30, 1.5), (4.1, 5.8, 24, 1.7), (1.2, 1.1, 20, 1.4))


# --- chapter 11: slopes to walk down ---


def doubled(w):
    """The slope of w²."""
    return 2 * w


def towards_three(w):
    """The slope of (w − 3)²."""
    return 2 * (w - 3)


def cubic_slope(w):
    """The slope of w⁴/4."""
    return w**3


def elliptical(w):
    """The gradient of x² + 3y²."""
    return np.array([2.0, 6.0]) * w


def along_w1(w1: float, w2: float) -> float:
    """A partial that needs both weights."""
    return 2 * w1 + w2


def along_w2(w1: float, w2: float) -> float:
    """The other one."""
    return w1 + 2 * w2


def product_by_w1(w1: float, w2: float) -> float:
    """The partial of (w₁w₂ − 1)² along w₁."""
    return 2 * (w1 * w2 - 1) * w2


def product_by_w2(w1: float, w2: float) -> float:
    """The partial of (w₁w₂ − 1)² along w₂."""
    return 2 * (w1 * w2 - 1) * w1


def fourth_slope(w: float) -> float:
    """The slope of w⁴."""
    return 4 * w**3


# --- chapter 11: slopes of valleys, far apart in steepness ---


def valley_1(w: float) -> float:
    """Very steep, lowest at 3.2."""
    return 2000 * (w - 3.2)


def valley_2(w: float) -> float:
    """Nearly flat, lowest at −41."""
    return 0.002 * (w + 41)


def valley_3(w: float) -> float:
    """Neither, lowest at 17.5."""
    return 2 * (w - 17.5)


def valley_4(w: float) -> float:
    """Straight walls, lowest at 30."""
    return 5 * math.tanh((w - 30) / 4)


def valley_5(w: float) -> float:
    """Walls that get steeper and steeper, lowest at −8."""
    return (w + 8) + (w + 8) ** 3


def valley_6(w: float) -> float:
    """A steep wall and a gentle one, lowest at 2."""
    return (300 if w < 2 else 0.3) * (w - 2)


# --- chapter 12: more slopes ---


def tripled(w: float) -> float:
    """3(w − 1)²."""
    return 3 * (w - 1) ** 2


def shifted(w: float) -> float:
    """The slope of 3(w − 1)²."""
    return 6 * (w - 1)


def two_valleys(w: float) -> float:
    """The slope of w⁴ − 4w² + w."""
    return 4 * w**3 - 8 * w + 1


def wave(w: float) -> float:
    """The slope of sin w."""
    return math.cos(w)


def nearly_flat(w: float) -> float:
    """The slope of a bowl so flat that ε counts."""
    return 2e-7 * w


def flatter(w: float) -> float:
    """An even flatter one, with its bottom at 2."""
    return 5e-8 * (w - 2)


def tilted(w: float) -> float:
    """A slope that is the same everywhere, and next to nothing."""
    return 3e-8


# --- chapter 15: for tensors, too ---


def squared_miss(w: float) -> float:
    """(w − 3)²."""
    return (w - 3) ** 2


def double_well(w: float) -> float:
    """w⁴ − 4w² + w."""
    return w**4 - 4 * w**2 + w


def cube_by_products(w: float) -> float:
    """w³, with no power."""
    return w * w * w


def with_reciprocal(w: float) -> float:
    """1/w + 3w."""
    return 1 / w + 3 * w


def cubed_line(w: float) -> float:
    """(2w + 1)³."""
    return (2 * w + 1) ** 3


def narrow_bowl(w: Sequence[float]) -> float:
    """A bowl whose curvatures are 2 and 10."""
    return w[0] ** 2 + 5 * w[1] ** 2


def turned_bowl(w: Sequence[float]) -> float:
    """A bowl that does not lie along the axes."""
    return w[0] ** 2 + 1.5 * w[0] * w[1] + 3 * w[1] ** 2


def bent_trough(w: Sequence[float]) -> float:
    """A surface whose curvature changes from place to place."""
    return w[0] ** 4 - w[0] * w[1] + 2 * w[1] ** 2
