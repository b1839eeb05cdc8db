"""Chapter 05: powers of x, their slopes, and a reader that takes a formula apart into them."""

import ast
import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from utils import formulas
from utils.functions import NoValue
from utils.numerals import number
from utils.slopes import Real

# --- a power of x with a number in front ---


@dataclass(frozen=True)
class Term:
    """factor · x^power, such as 5x² or −x^(1/2)."""

    factor: Fraction
    power: Fraction

    def __call__(self, x: float) -> float:
        """Its value at x; nan where there is none."""
        if self.power == 0 or self.factor == 0:
            return float(self.factor)
        whole = self.power.denominator == 1
        if (x == 0 and self.power < 0) or (x < 0 and not whole):
            return math.nan
        return float(self.factor) * x ** (int(self.power) if whole else float(self.power))

    def slope(self) -> "Term":
        """Its derivative, by the power rule: the power comes in front, one less stays."""
        if self.power == 0:
            return Term(Fraction(0), Fraction(0))
        return Term(self.factor * self.power, self.power - 1)

    def __str__(self) -> str:
        sign = "−" if self.factor < 0 else ""
        if self.power == 0 or self.factor == 0:
            return sign + _unsigned(abs(self.factor))
        front = "" if abs(self.factor) == 1 else _unsigned(abs(self.factor))
        return sign + front + _power_of_x(self.power)


def sum_text(terms: Sequence[Term]) -> str:
    """Terms added up, as people write it: "3x² + 10x − 2". Parts that are 0 are left out."""
    shown = [str(term) for term in terms if term.factor] or ["0"]
    parts = [f" − {text[1:]}" if text.startswith("−") else f" + {text}" for text in shown[1:]]
    return shown[0] + "".join(parts)


_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _power_of_x(power: Fraction) -> str:
    if power == 1:
        return "x"
    if power.denominator == 1:
        return "x" + str(power).translate(_RAISED)
    return f"x^({_exponent(power)})"


def _exponent(power: Fraction) -> str:
    """A power as "3", "−1/2" or, where a fraction would be long, "3.142"."""
    text = str(power) if power.denominator < 100 else f"{float(power):.4g}"
    return text.replace("-", "−")


def _unsigned(value: Fraction) -> str:
    """A number that is not negative, as "3", "0.25" or "(1/3)"; long ones with four digits."""
    if 100 % value.denominator == 0 or value.denominator >= 100:
        return number(float(value), 9 if value.denominator <= 100 else 4)
    return f"({value})"


# --- from a formula to its terms ---


MOST_TERMS = 6
LARGEST = 1000  # of a factor; beyond, the table has no room
HIGHEST = 10  # of a power
_LATER = {
    "sin": "`sin` waits in chapter 06",
    "cos": "`cos` waits in chapter 06",
    "tan": "`tan` is made of sin and cos, which wait in chapter 06",
    "ln": "`ln` waits in chapter 06",
    "log": "`log` waits in chapter 06",
    "tanh": "`tanh` waits in chapter 06",
    "sinh": "`sinh` is made of exponentials, which wait in chapter 06",
    "cosh": "`cosh` is made of exponentials, which wait in chapter 06",
    "sigmoid": "`sigmoid` waits in chapter 06",
    "abs": "`abs` has a corner, as chapter 03 showed",
    "relu": "`relu` has a corner, as chapter 03 showed",
}


def read_terms(text: str) -> list[Term]:
    """The terms of a sum of powers of x, in the order in which they are written.

    text: such as "x**3 + 5*x^2 - 2x + 7", "sqrt(x) + 3/x**2" or "2*(x + 1)".
    Raises NoValue for anything else, and says which rule would be needed.
    """
    try:
        formulas.parse(text, ["x"])  # so that what is no formula at all is said in its own words
        tree = formulas.tree(text, ["x"])
    except formulas.FormulaError as error:
        raise NoValue(f'"{text}" is no formula in x. {error}') from None
    try:
        terms = _terms(tree)
    except (OverflowError, ZeroDivisionError, ValueError) as error:
        if isinstance(error, NoValue):
            raise
        raise NoValue(f'A number in "{text}" has no value, or it is too large to hold.') from None
    if any(abs(t.factor) > LARGEST or abs(t.power) > HIGHEST for t in terms):
        raise NoValue(f"The table has room for factors up to {LARGEST} and powers up to {HIGHEST}.")
    if len(terms) > MOST_TERMS:
        raise NoValue(f"The table has room for {MOST_TERMS} terms, and this has {len(terms)}.")
    return terms


def _terms(node: ast.expr) -> list[Term]:
    match node:
        case ast.Constant(value=int() | float() as value):
            return [_constant(value)]
        case ast.Name(id="x"):
            return [Term(Fraction(1), Fraction(1))]
        case ast.Name(id=name):
            return [_constant(formulas.CONSTANTS[name])]
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return _times(_terms(inner), _constant(-1))
        case ast.UnaryOp(operand=inner):
            return _terms(inner)
        case ast.Call(func=ast.Name(id=name), args=[inner]):
            return [_called(name, _together(_terms(inner)))]
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            return [_raised(_together(_terms(left)), _together(_terms(right)), node)]
        case ast.BinOp(left=left, op=operator, right=right):
            return _combined(_together(_terms(left)), operator, _together(_terms(right)))
    raise NoValue("There is something in it that is neither a number nor a power of x.")


def _combined(left: list[Term], operator: ast.operator, right: list[Term]) -> list[Term]:
    match operator:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left + _times(right, _constant(-1))
        case ast.Mult():
            if len(left) > 1 and len(right) > 1:
                raise NoValue(
                    "It multiplies two sums. The rules here take one term at a time, so multiply "
                    "the brackets out first. (Chapter 07 has a rule for products.)"
                )
            return _times(left, right[0]) if len(right) == 1 else _times(right, left[0])
        case ast.Div():
            if len(right) > 1:
                raise NoValue(
                    "It divides by a sum, and one over a sum is no power of x. Chapter 07 has the "
                    "rule for that. Dividing by one term, as in 5/x**2, is fine."
                )
            under = right[0]
            return _times(left, Term(1 / under.factor, -under.power))
    raise NoValue("There is a sign in it that these rules do not know.")


def _raised(base: list[Term], exponent: list[Term], node: ast.expr) -> Term:
    if any(term.power for term in exponent):
        typed = ast.unparse(node).replace(" ", "")
        both = ", even though an x stands below as well" if any(t.power for t in base) else ""
        raise NoValue(
            f"In {typed} the exponent moves: it has an x in it. The power rule is for the "
            f"opposite, a moving x below and a fixed number above, as in x². To use it here is a "
            f"trap{both}: the end of this chapter shows why."
        )
    power = exponent[0].factor
    if len(base) > 1:
        raise NoValue(
            f"{ast.unparse(node).replace(' ', '')} is a power of a whole sum. Multiply it out "
            "first. (Chapter 07 has a rule for functions inside functions.)"
        )
    return _power(base[0], power)


def _power(base: Term, power: Fraction) -> Term:
    if power.denominator != 1 and base.factor < 0:
        raise NoValue("It takes a root of something with a minus sign in front.")
    if abs(power) > 1000:
        raise OverflowError
    raised = base.factor**power if power.denominator == 1 else float(base.factor) ** float(power)
    float(raised)  # raises OverflowError where the formula itself would have no value
    return Term(_constant(raised).factor, base.power * power)


def _called(name: str, inner: list[Term]) -> Term:
    if name == "sqrt" and len(inner) == 1:
        return _power(inner[0], Fraction(1, 2))
    if not any(term.power for term in inner):
        return _constant(formulas.FUNCTIONS[name](float(inner[0].factor)))
    if name == "sqrt":
        raise NoValue(
            f"It takes the root of a sum, {sum_text(inner)}. Chapter 07 has a rule for functions "
            "inside functions. The root of one term, as in sqrt(x), is fine."
        )
    if name == "exp":
        raise NoValue(
            "In `exp` the x stands in the exponent of e. The power rule is for x below and a fixed "
            "number above, as in x², so it does not apply. Chapter 06 is about this function."
        )
    raise NoValue(f"That is no sum of powers of x: {_LATER[name]}.")


def _constant(value: float | Fraction) -> Term:
    """A number as a term. Decimals count as they are written: 0.1 is one tenth."""
    exact = Fraction(str(value)) if isinstance(value, float) else Fraction(value)
    return Term(exact, Fraction(0))


def _times(terms: list[Term], one: Term) -> list[Term]:
    return [Term(t.factor * one.factor, t.power + one.power) for t in terms]


def _together(terms: list[Term]) -> list[Term]:
    """Plain numbers added up to one, so that (1/2 + 1) counts as a number."""
    if len(terms) > 1 and not any(term.power for term in terms):
        return [Term(sum((t.factor for t in terms), Fraction(0)), Fraction(0))]
    return terms


# --- from terms to rules ---


def rule_for(term: Term) -> str:
    """The name of the rule that gives a term's slope."""
    if term.power == 0 or term.factor == 0:
        return "constant"
    power = _exponent(term.power)
    if term.factor == 1:
        return f"power rule, n = {power}"
    return f"constant multiple, power rule n = {power}"


def working(term: Term) -> str:
    """How a term's slope comes about: "5 · 2x = 10x"."""
    slope = str(term.slope())
    if term.power == 0 or term.factor in (0, 1):
        return slope
    of_power = str(Term(Fraction(1), term.power).slope())
    of_power = f"({of_power})" if of_power.startswith("−") else of_power
    return f"{Term(term.factor, Fraction(0))} · {of_power} = {slope}"


def reaches_below_zero(typed: Real, value: Real) -> bool:
    """Whether the terms say what the formula says to the left of 0, where roots have no value."""
    places = (-2.7, -1.3, -0.4)
    return all(math.isclose(typed(x), value(x), rel_tol=1e-6, abs_tol=1e-9) for x in places)


# --- a line, a square and a cube that grow ---


def gained_per_h(n: int, x: float, h: float) -> list[float]:
    """What the pieces with 1, 2, … new directions add per unit of h."""
    return [math.comb(n, k) * x ** (n - k) * h ** (k - 1) for k in range(1, n + 1)]


# --- where the power rule is wrong ---


def two_slope(x: float) -> float:
    """The derivative of 2ˣ."""
    return 2**x * math.log(2)


def false_slope(x: float) -> float:
    """What the power rule makes of 2ˣ: wrong at every x but one."""
    return x * 2 ** (x - 1)
