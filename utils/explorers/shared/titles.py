"""What a figure calls the function that it shows."""

import re

from utils.functions import Function
from utils.numerals import superscript


def as_written(f: Function, variable: str) -> str:
    """The formula of f as people write it, "x³ − 3x" for "x^3 - 3 x"; empty where it has none.

    variable: what the input is called, such as "w".
    """
    formula = f.written(variable).replace("-", "−")
    formula = re.sub(r"\^(\d)(?!\d)", lambda power: superscript(power[1]), formula)
    return re.sub(r"(?<=\d) (?=[a-z](?![a-z])|\()", "", formula)
