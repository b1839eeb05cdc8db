"""Functions on which the questions of several chapters compute what is right and try answers.

Plain Python functions, such as learners write and expect to be given.
"""

import math


def square(x: float) -> float:
    """x²."""
    return x**2


def cube(x: float) -> float:
    """x³."""
    return x**3


def cubic(x: float) -> float:
    """A hilltop at 1 and a valley at 3."""
    return x**3 - 6 * x**2 + 9 * x + 1


def ripple(x: float, y: float) -> float:
    """A surface that nobody knows the slopes of by heart."""
    return math.sin(x) * y + x * y**2
