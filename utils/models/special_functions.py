"""Chapter 06: softmax, and the slope of a function that may have corners."""

import math
from collections.abc import Sequence

from utils.functions import Function, value_or_nan
from utils.slopes import central_difference


def softmax(scores: Sequence[float], temperature: float = 1.0) -> list[float]:
    """Probabilities from scores: e^(score ÷ temperature), each divided by the sum of them all.

    The largest score is taken away first, which changes no result and keeps eˣ from overflowing.
    """
    top = max(scores)
    powers = [math.exp((score - top) / temperature) for score in scores]
    return [power / sum(powers) for power in powers]


def slope_at(f: Function, x: float) -> float:
    """f′(x): known, or measured from both sides; nan where they do not agree on one number."""
    if f.derivative is not None and f.domain[0] < x < f.domain[1]:
        return math.nan if x in f.kinks else value_or_nan(f.derivative, x)
    h = 1e-6
    here, before, after = (value_or_nan(f, at) for at in (x, x - h, x + h))
    left, right = (here - before) / h, (after - here) / h
    agree = abs(left - right) <= 1e-3 * max(1.0, abs(left), abs(right))
    return central_difference(lambda at: value_or_nan(f, at), x) if agree else math.nan
