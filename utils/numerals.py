"""Numbers as learners read them: a true minus sign, and no more digits than say something.

Code that a learner may copy keeps the hyphen that Python reads; everything else is written here.
"""

import math


def number(x: float, digits: int = 4, tiny: float = 1e-12) -> str:
    """x with the given number of significant digits and a true minus sign; "−0" never appears.

    Below `tiny`, what differs between machines is round-off, and 0 is shown.
    """
    if not math.isfinite(x):
        return "undefined" if math.isnan(x) else ("∞" if x > 0 else "−∞")
    text = f"{0.0 if abs(x) < tiny else x:.{digits}g}"
    return text.replace("-", "−")


def fixed(x: float, decimals: int = 2) -> str:
    """x with a fixed number of decimals and a true minus sign; "−0.00" never appears."""
    return f"{round(x, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def scientific(x: float) -> str:
    """x with two digits and a power of ten, as Python writes it: "1.1e55"; with true minus signs.

    Raises ValueError where x is not finite.
    """
    mantissa, exponent = f"{x:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def percent(share: float) -> str:
    """A share of a whole in percent, with two digits: "25 %" for 0.25, or "less than 0.01 %"."""
    return "less than 0.01 %" if share < 1e-4 else f"{number(100 * share, 2)} %"


def trimmed(x: float, decimals: int = 4) -> str:
    """x with at most so many decimals, a true minus sign and no zeros at its end: "0.5"."""
    return number(round(x, decimals), 9)


def pair(x: float, y: float) -> str:
    """A point as "(x, y)"."""
    return f"({number(x)}, {number(y)})"
