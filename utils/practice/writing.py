"""Formulas as they are written on paper, from the numbers of a problem."""

from __future__ import annotations

import re
from collections.abc import Sequence

from utils.numerals import number, superscript

_NAME = re.compile(r"[A-Za-z]{2,}[ (]")  # "sin x", "ReLU(x)"


def written(value: float) -> str:
    """A number in a text: "−0.25"."""
    return number(value, 9)


def signed(value: float) -> str:
    """A number that something stands before: "+ 3" or "− 0.5"."""
    return f"{'−' if value < 0 else '+'} {written(abs(value))}"


def bracketed(value: float) -> str:
    """A number behind a sign: in brackets where it is negative."""
    return f"({written(value)})" if value < 0 else written(value)


def power(base: str, exponent: int) -> str:
    """ "x³"; nothing stands above for an exponent of 1."""
    return base if exponent == 1 else f"{base}{superscript(written(exponent))}"


def times(factor: float, what: str) -> str:
    """A number before what it multiplies: "3x", "x", "−x", "3 sin x"."""
    if not what:
        return written(factor)
    if factor in (1, -1):
        return what if factor == 1 else f"−{what}"
    return f"{written(factor)}{' ' if _NAME.match(what) else ''}{what}"


def total(terms: Sequence[tuple[float, str]]) -> str:
    """A sum of factors and what they multiply: "3x² − x + 4"; those with 0 are left out."""
    text = ""
    for factor, what in terms:
        if factor == 0:
            continue
        if not text:
            text = times(factor, what)
        else:
            text += f" {'−' if factor < 0 else '+'} {times(abs(factor), what)}"
    return text or "0"


def polynomial(coefficients: Sequence[float], variable: str = "x") -> str:
    """A polynomial, the coefficient of the highest power first: "3x² − x + 4" for 3, −1, 4."""
    highest = len(coefficients) - 1
    return total(
        [
            (factor, power(variable, highest - i) if highest > i else "")
            for i, factor in enumerate(coefficients)
        ]
    )


def code(*lines: str) -> str:
    """Lines of Python, as a block of its own in a text."""
    return "\n\n```python\n" + "\n".join(lines) + "\n```\n"
