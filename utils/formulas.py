"""Formulas that learners type, such as "3x^2" or "2*cos(x)", read safely and made callable.

The text is cut into tokens, products that were left out are put in, and what Python's own parser
makes of the rest is walked by a small evaluator that knows numbers, names, + - * / ** and a dozen
functions. Nothing is ever handed to `eval`.
"""

from __future__ import annotations

import ast
import math
import re
from collections.abc import Callable, Sequence
from contextlib import suppress

LONGEST = 200  # characters; also keeps Python's parser far from its nesting limit


class FormulaError(Exception):
    """A text that is not a formula; the message is a sentence for the learner."""


def _sigmoid(x: float) -> float:
    small = math.exp(-abs(x))  # at most 1, so nothing overflows
    return (1.0 if x >= 0 else small) / (1.0 + small)


FUNCTIONS: dict[str, Callable[[float], float]] = {
    "sin": math.sin,
    "cos": math.cos,
    "tan": math.tan,
    "exp": math.exp,
    "ln": math.log,
    "log": math.log,
    "sqrt": math.sqrt,
    "abs": math.fabs,
    "tanh": math.tanh,
    "sinh": math.sinh,
    "cosh": math.cosh,
    "sigmoid": _sigmoid,
    "relu": lambda x: max(0.0, x),
}
CONSTANTS = {"pi": math.pi, "e": math.e}

_SIGNS = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "∙": "*", "÷": "/", "π": " pi "}
    | {"[": "(", "]": ")", "{": "(", "}": ")", "\N{NO-BREAK SPACE}": " "}
    | {"√": " sqrt "}
    | {small: str(digit) for digit, small in enumerate("₀₁₂₃₄₅₆₇₈₉")}
)
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_TOKEN = re.compile(
    r"\s*(?:(?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?P<name>[^\W\d]\w*)"
    r"|(?P<sign>\*\*|[-+*/^()]))"
)


def parse(text: str, variables: Sequence[str]) -> Callable[..., float]:
    """Return a function of `variables` (floats, in their order) that computes `text`.

    Where the formula has no value (division by zero, a logarithm of −1) the result is `nan`.
    A left side such as "f'(x) =" is left out. A variable such as "w₁" may be typed as "w1", and
    messages call it so. A text that is not a formula in these variables raises FormulaError.
    """
    variables = [name.translate(_SIGNS) for name in variables]
    formula = tree(text, variables)
    # One trial run, so that what cannot be evaluated is said now and not at some probe.
    with suppress(ArithmeticError, ValueError, TypeError):
        _value(formula, CONSTANTS | dict.fromkeys(variables, 1.0))

    def compute(*values: float) -> float:
        known = CONSTANTS | dict(zip(variables, map(float, values), strict=True))
        try:
            return float(_value(formula, known))
        except (ArithmeticError, ValueError, TypeError):  # TypeError: a complex number came out
            return math.nan

    return compute


def tree(text: str, variables: Sequence[str]) -> ast.expr:
    """The formula `text` as Python's own parser sees it, for those who read it term by term.

    It holds numbers, names of variables and CONSTANTS, calls of FUNCTIONS, and + - * / **.
    Raises FormulaError for a text that is no formula in these variables.
    """
    if len(text) > LONGEST:
        raise FormulaError(f"It is longer than {LONGEST} characters.")
    return _tree(_product_signs(_tokens(text, variables)))


def uses(text: str, variables: Sequence[str]) -> bool:
    """True if at least one of `variables` occurs in the formula `text`."""
    names = [name.translate(_SIGNS) for name in variables]
    return any(token in names for token in _tokens(text, variables))


def _tokens(text: str, variables: Sequence[str]) -> list[str]:
    text, variables = text.translate(_SIGNS), [name.translate(_SIGNS) for name in variables]
    if text.count("=") == 1:
        text = text.split("=")[1]
    text = re.sub(
        "[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda found: f"^({found[0].translate(_RAISED)})", text
    ).rstrip()
    tokens, place = [], 0
    while place < len(text):
        match = _TOKEN.match(text, place)
        if match is None:
            odd = text[place:].strip()[:1]
            raise FormulaError(f"I cannot read the character `{odd}` in it.")
        place = match.end()
        token = match[match.lastgroup or 0]
        if match.lastgroup == "name":
            tokens.extend(_names(token, variables))
        else:
            tokens.append("**" if token == "^" else token)
    if not tokens:
        raise FormulaError("There is nothing in it yet.")
    return tokens


def _names(name: str, variables: Sequence[str]) -> list[str]:
    """`name` if it is known, else its letters if they are all known ("xh" is x times h)."""
    known = set(variables) | CONSTANTS.keys()
    if name in known or name in FUNCTIONS:
        return [name]
    if all(letter in known for letter in name):
        return list(name)
    allowed = ", ".join(f"`{variable}`" for variable in variables)
    raise FormulaError(
        f"I do not know the name `{name}`. You can use {allowed}, numbers, `pi`, `e`, and "
        "functions such as `sin`, `cos`, `exp`, `ln` and `sqrt`."
    )


def _product_signs(tokens: list[str]) -> str:
    """The tokens as Python text, with `*` wherever two factors stand side by side."""
    out: list[str] = []
    for token in tokens:
        previous = out[-1] if out else ""
        starts = token == "(" or token[0].isalnum() or token[0] in "._"
        if previous in FUNCTIONS and token != "(":
            raise FormulaError(
                f"After `{previous}` I expect brackets, as in `{previous}(...)`, so that it is "
                "clear how far it reaches."
            )
        ends = previous == ")" or (
            (previous not in FUNCTIONS and previous[-1:].isalnum()) or previous[-1:] in ("_", ".")
        )
        if starts and ends:
            if _divides(out):
                raise FormulaError(
                    "A product after a division sign, as in `1/2x`, can be read in two ways. Put "
                    "brackets where you mean them: `(1/2)x` or `1/(2x)`."
                )
            if len(out) > 2 and out[-2] == "**" and (out[-3] == "e" or out[-3][0].isdigit()):
                raise FormulaError(
                    "An exponent with a product, as in `e^2x`, can be read in two ways. Put "
                    "brackets where you mean them: `e^(2x)` or `(e^2)x`."
                )
            out.append("*")
        out.append(token)
    return " ".join(out)


def _divides(tokens: list[str]) -> bool:
    """True if the last factor of `tokens` stands right after a division sign."""
    depth = 0
    for index in range(len(tokens) - 1, -1, -1):
        depth += (tokens[index] == ")") - (tokens[index] == "(")
        if depth < 0:
            return False
        if depth == 0 and tokens[index] in ("*", "+", "-", "/"):
            power = index > 0 and tokens[index - 1] == "**"  # the minus sign of x**-2
            if not power:
                return tokens[index] == "/"
    return False


def _tree(source: str) -> ast.expr:
    try:
        tree = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        if source.count("(") != source.count(")"):
            raise FormulaError("Its brackets do not pair up.") from None
        raise FormulaError("Two signs clash in it, or it stops too early.") from None
    for node in ast.walk(tree):
        match node:
            case ast.Tuple():
                raise FormulaError("A pair of brackets in it is empty.")
            case ast.Call(func=ast.Name(id=name), args=[]):
                raise FormulaError(f"The brackets after `{name}` are empty.")
    return tree


def _value(node: ast.expr, known: dict[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name in known:
            return known[name]
        case ast.Name(id=name):
            raise FormulaError(f"The function `{name}` has no input: write `{name}(...)`.")
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, known)
        case ast.UnaryOp(op=ast.UAdd(), operand=inner):
            return _value(inner, known)
        case ast.Call(func=ast.Name(id=name), args=[inner], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_value(inner, known))
        case ast.BinOp(left=left, op=operator, right=right):
            a, b = _value(left, known), _value(right, known)
            match operator:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.Pow():
                    return a**b
    raise FormulaError("It holds something that is not a number, a name or a function I know.")
