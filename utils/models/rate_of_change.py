"""Chapter 02: the average rate of a function that may have gaps."""

import math

from utils.functions import value_or_nan
from utils.slopes import Real, difference_quotient


def rate(f: Real, x: float, h: float) -> float:
    """The average rate of f from x to x + h; nan where there is none, as for h = 0."""
    return difference_quotient(lambda at: value_or_nan(f, at), x, h) if h else math.nan
