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


# --- chapter 12: more slopes ---


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
