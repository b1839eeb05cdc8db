"""Numbers as learners read them: a true minus sign, and no more digits than say something.

Code that a learner may copy keeps the hyphen that Python reads; everything else is written here.
"""

import math
from decimal import ROUND_HALF_UP, Context, Decimal


def number(x: float, digits: int = 4, tiny: float = 1e-12) -> str:
    """x with the given number of significant digits and a true minus sign; "−0" never appears.

    Below `tiny`, what differs between machines is round-off, and 0 is shown.
    """
    if not math.isfinite(x):
        return "undefined" if math.isnan(x) else ("∞" if x > 0 else "−∞")
    text = f"{(0.0 if abs(x) < tiny else x) + 0.0:.{digits}g}"  # −0 + 0 is 0
    return _written(text)


def fixed(x: float, decimals: int = 2) -> str:
    """x with a fixed number of decimals and a true minus sign; "−0.00" never appears.

    From 10¹⁵ on, where a computer's digits end, it is written with a power of ten.
    """
    if abs(x) >= 1e15:
        return number(x)
    return f"{round(x, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def scientific(x: float) -> str:
    """x with two digits and a power of ten: "1.1·10⁵⁵".

    Raises ValueError where x is not finite.
    """
    if not math.isfinite(x):
        raise ValueError(f"{x} has no power of ten.")
    return _written(f"{x:.1e}")


def _written(text: str) -> str:
    """A number as Python formats it, as people write it: "−1.1·10⁻⁵" for "-1.1e-05"."""
    mantissa, *exponent = text.split("e")
    power = f"·10{superscript(str(int(exponent[0])))}" if exponent else ""
    return mantissa.replace("-", "−") + power


def percent(share: float) -> str:
    """A share of a whole in percent, with two digits: "25 %" for 0.25, or "less than 0.01 %"."""
    return "less than 0.01 %" if share < 1e-4 else f"{number(100 * share, 2)} %"


def trimmed(x: float, decimals: int = 4) -> str:
    """x with at most so many decimals, a true minus sign and no zeros at its end: "0.5"."""
    return number(round(x, decimals), 9)


def pair(x: float, y: float) -> str:
    """A point as "(x, y)"."""
    return f"({number(x)}, {number(y)})"


# --- in a sentence or a table ---


def plain(x: float, decimals: int = 4, large: float = 1e6, otherwise: str = "none") -> str:
    """x with at most so many decimals and no zeros at its end: "0.5".

    From `large` on, four digits and a power of ten. otherwise: for what is no finite number.
    """
    if not math.isfinite(x):
        return otherwise
    return number(x) if abs(x) >= large else number(round(x, decimals), 11)


def brief(x: float) -> str:
    """x as it stands beside a mark: four digits at most, "3.6·10¹⁴" where it is large or small.

    A digit halfway between two goes away from 0, as in browsers; `brief` in scale.js is the same.
    """
    if not math.isfinite(x):
        return number(x)
    size, sign = Decimal(abs(x)), "−" if x < 0 else ""
    far = bool(size) and not Decimal("1e-3") <= size < Decimal("1e5")
    rounded = Context(prec=2 if far else 4, rounding=ROUND_HALF_UP).create_decimal(size)
    if not far:
        return sign + f"{rounded.normalize():f}" if rounded else "0"
    power = rounded.adjusted()
    return f"{sign}{rounded.scaleb(-power):.1f}·10{superscript(str(power))}"


def powers(x: float, digits: int = 2, otherwise: str = "none") -> str:
    """x in so many digits, or whole; a power of ten below 0.001 and from 10 000 on: "1.8·10⁻⁸".

    otherwise: for what is no finite number.
    """
    if not math.isfinite(x):
        return otherwise
    if x and not 1e-3 <= abs(x) < 1e4:
        mantissa, exponent = f"{x:.{digits - 1}e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return _written(f"{mantissa}e{exponent}")
    return fixed(x, 0) if abs(x) >= 10 ** (digits - 1) else number(x, digits)


def in_loss(x: float, decimals: int | None = None) -> str:
    """A loss, or how wrong a model is; "too large" where it is no number any more.

    decimals: how many it is given; what they cannot show is "below 0.0001". None: three digits, a
    power of ten where it is small. From 100 000 on it is a power of ten in either case.
    """
    size = abs(x)
    if not math.isfinite(x):
        return "too large"
    if size >= 1e5 or (decimals is None and 1e-12 <= size < 1e-3):
        return scientific(x)
    if decimals is None:
        return number(x, 3) if size < 1000 else fixed(x, 0)
    least = 10.0**-decimals
    return f"below {least:.{decimals}f}" if 1e-12 < x < least / 2 else fixed(x, decimals)


def whole_percent(share: float) -> str:
    """A share of a whole in whole percent; never 0 or 100 where it is neither: "< 1 %"."""
    if 0 < share < 0.005:
        return "< 1 %"
    if 0.995 < share < 1:
        return "> 99 %"
    return f"{100 * share:.0f} %"


def equals(x: float, decimals: int = 2) -> str:
    """x with so many decimals, and whether that is all of it: "= 0.50" or "≈ 0.33"."""
    is_all = math.isclose(x, round(x, decimals), abs_tol=1e-12)
    return f"{'=' if is_all else '≈'} {fixed(x, decimals)}"


def number_of(text: str) -> float:
    """The number that a text of this file shows; raises ValueError where it shows none."""
    plain = lowered(text).replace("−", "-").replace(",", "")
    return float(plain.replace("·10", "e"))


# --- in a formula ---


def bracketed(text: str) -> str:
    """A number, in words already, as a factor: one with a minus sign stands in brackets."""
    return f"({text})" if text.startswith("−") else text


def added(text: str) -> str:
    """A number, in words already, as the second term of a sum: "+ 3" or "− 3"."""
    return f"− {text[1:]}" if text.startswith("−") else f"+ {text}"


def superscript(text: str) -> str:
    """Digits and a minus sign as an exponent: "⁻⁷" for "−7"."""
    return text.translate(_RAISED)


def lowered(text: str) -> str:
    """What `superscript` has raised, back on the line; the minus sign as a hyphen."""
    return text.translate(_LOWERED)


_RAISED = str.maketrans("-−0123456789", "⁻⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_LOWERED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
