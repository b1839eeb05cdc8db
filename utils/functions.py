"""The catalogue of functions that the course differentiates.

Each entry holds a function, its derivative and the open interval on which both exist.
The tests check every entry, to the ends of its interval, against exact arithmetic, SymPy, the
central difference and PyTorch's autograd.
"""

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from utils import formulas
from utils.slopes import Real


@dataclass(frozen=True)
class Function:
    """A real function of one variable, and what is known about it.

    name: the key in the catalogue, a Python identifier.
    formula: f(x) as people write it, e.g. "x²".
    f: the function; takes a number or a NumPy array, returns the same shape.
    derivative: f′, likewise; None where it is not known.
    derivative_formula: f′(x) as people write it; empty where it is not known.
    domain: open interval (low, high) on which f and f′ both exist.
    kinks: points inside the domain at which f has no slope: corners, and poles such as that of 1/x.
    """

    name: str
    formula: str
    f: Real
    derivative: Real | None = None
    derivative_formula: str = ""
    domain: tuple[float, float] = (-math.inf, math.inf)
    kinks: tuple[float, ...] = ()

    def __call__(self, x: float) -> float:
        return self.f(x)

    def written(self, variable: str = "x") -> str:
        """Its formula in another variable: "w² + 3w" for "x² + 3x". All else stays as it is.

        variable: a name, or what stands in its place, such as "w · a", which gets brackets where
            none stand around it. Empty where there is no formula.
        """
        text = self.formula.replace("(x)", f"({variable})")
        inner = f"({variable})" if " " in variable else variable
        return re.sub(r"(?<![A-Za-z])x(?![A-Za-z])", inner, text)


def sigmoid(x: float) -> float:
    """σ(x) = 1 / (1 + e⁻ˣ), with neither overflow nor lost digits, however large |x| is."""
    x = np.asarray(x, dtype=float)
    with np.errstate(under="ignore"):  # far to the left, 0 is the right answer
        small = np.exp(-np.abs(x))  # at most 1
        # Two spellings of one fraction: either adds numbers of one sign, so nothing cancels.
        return (np.where(x >= 0, 1.0, small) / (1.0 + small))[()]


def _sigmoid_slope(x: float) -> float:
    # σ(−x) is 1 − σ(x) without the cancellation that loses every digit at large x.
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


def _tanh_slope(x: float) -> float:
    # tanh x is 2σ(2x) − 1. Computed as 1 − tanh² x, the slope would lose every digit at large x.
    return 4.0 * _sigmoid_slope(2.0 * np.asarray(x, dtype=float))


def relu(x: float) -> float:
    """ReLU(x) = max(0, x)."""
    return np.maximum(0.0, x)


_ENTRIES = (
    Function("constant", "5", lambda x: 5.0 + 0.0 * x, lambda x: 0.0 * x, "0"),
    Function("identity", "x", lambda x: 1.0 * x, lambda x: 1.0 + 0.0 * x, "1"),
    Function("line", "2x + 1", lambda x: 2 * x + 1, lambda x: 2.0 + 0.0 * x, "2"),
    Function("square", "x²", lambda x: x**2, lambda x: 2 * x, "2x"),
    Function("cube", "x³", lambda x: x**3, lambda x: 3 * x**2, "3x²"),
    Function(
        "sqrt", "√x", np.sqrt, lambda x: 0.5 / np.sqrt(x), "1 / (2√x)", domain=(0.0, math.inf)
    ),
    # (1/x)² reaches further than 1/x², whose square is too large from 1e155 on.
    Function(
        "reciprocal", "1/x", lambda x: 1 / x, lambda x: -((1 / x) ** 2), "−1/x²", kinks=(0.0,)
    ),
    Function("exp", "eˣ", np.exp, np.exp, "eˣ"),
    Function("power_of_two", "2ˣ", np.exp2, lambda x: np.exp2(x) * math.log(2), "2ˣ ln 2"),
    Function("ln", "ln x", np.log, lambda x: 1 / x, "1/x", domain=(0.0, math.inf)),
    Function("sin", "sin x", np.sin, np.cos, "cos x"),
    Function("cos", "cos x", np.cos, lambda x: -np.sin(x), "−sin x"),
    Function("tanh", "tanh x", np.tanh, _tanh_slope, "1 − tanh² x"),
    Function("sigmoid", "σ(x)", sigmoid, _sigmoid_slope, "σ(x)(1 − σ(x))"),
    Function("relu", "ReLU(x)", relu, lambda x: np.heaviside(x, 0.0), "0 or 1", kinks=(0.0,)),
    Function("absolute", "|x|", np.abs, np.sign, "−1 or 1", kinks=(0.0,)),
)

CATALOGUE: dict[str, Function] = {entry.name: entry for entry in _ENTRIES}


class NoValue(ValueError):
    """A function that gives no number where one is needed; the message is for the learner."""


def as_function(f: "str | Function | Real", over: tuple[float, float] | None = None) -> Function:
    """Return a Function for a name of the catalogue, a formula as text, or a learner's function.

    f: a name ("square"), a formula in x ("x**3 - 2*x"), a Function, or anything that can be called
        with a number. What a learner's function returns is looked at: see `checked`.
    over: an interval in which it must have a value somewhere.
    Raises NoValue, which says what is wrong with f, in words for the learner.
    """
    if isinstance(f, Function):
        return f
    if isinstance(f, str):
        function = CATALOGUE[f] if f in CATALOGUE else _from_formula(f)
    elif callable(f):
        name = getattr(f, "__name__", "f")
        function = checked(f, "f" if name == "<lambda>" else name)
    else:
        raise not_a_function(f, "f(3)")
    if over is not None:
        _require_some_value(function, over)
    return function


def not_a_function(f: object, call: str) -> NoValue:
    """What to tell a learner who passed a value; call: what they may have written, "f(3)"."""
    return NoValue(
        f"A function is needed here, and this is {type(f).__name__}: {f!r}. "
        f"Pass the function itself, without calling it: f, not {call}."
    )


def parsed(text: str, variables: Sequence[str], names: Iterable[str]) -> Callable[..., float]:
    """A formula as a function of its variables.

    names: those of the catalogue, which would have worked too.
    Raises NoValue, which says what is wrong with the formula, in words for the learner.
    """
    try:
        return formulas.parse(text, variables)
    except formulas.FormulaError as error:
        raise NoValue(
            f'"{text}" is no formula in {" and ".join(variables)}. {error} '
            f"Names that work too: {', '.join(names)}."
        ) from None


def _from_formula(text: str) -> Function:
    value = parsed(text, ["x"], CATALOGUE)
    return Function("f", text.replace("**", "^").replace("*", " "), value)


def checked(f: Callable[..., float], name: str) -> Function:
    """A learner's function that gives a finite real number, or raises NoValue with a reason.

    f may take several numbers; the result takes as many.
    """

    def value(*at: float) -> float:
        call = f"{name}({', '.join(f'{x:.6g}' for x in at)})"
        try:
            with np.errstate(all="ignore"):
                result = f(*at)
        except Exception as error:
            # A learner's function may raise anything; the figure says what, and goes on.
            raise NoValue(f"{call} stops with {type(error).__name__}: {error}.") from error
        return _number(result, call, name)

    return Function(name, "", value)


def _number(result: object, call: str, name: str) -> float:
    if result is None:
        raise NoValue(f"{call} gives nothing back (None). Does `{name}` end with `return`?")
    if isinstance(result, str):
        raise NoValue(f"{call} gives the text {result!r}, and a number is needed.")
    if isinstance(result, complex | np.complexfloating):
        raise NoValue(f"{call} gives {result}, a complex number: there is no real value there.")
    shape = np.shape(result)
    if shape not in ((), (1,)):
        raise NoValue(f"{call} gives {np.size(result)} numbers (shape {shape}); one is needed.")
    try:
        number = float(np.asarray(result, dtype=float).reshape(()))
    except (TypeError, ValueError):
        kind = type(result).__name__
        raise NoValue(f"{call} gives something of type {kind}, and a number is needed.") from None
    if not math.isfinite(number):
        raise NoValue(f"{call} gives {number}: there is no finite value there.")
    return number


def _require_some_value(f: Function, over: tuple[float, float]) -> None:
    """Raise NoValue if f has no value anywhere on a grid over the interval."""
    why = why_no_value(f, ((x,) for x in np.linspace(*over, 41).tolist()))
    if why is not None:
        low, high = (f"{end:g}".replace("-", "−") for end in over)
        raise NoValue(f"{f.formula or f.name} has no value from {low} to {high}. {why}")


def why_no_value(f: Callable[..., float], places: Iterable[Sequence[float]]) -> str | None:
    """Why f has no value at any of the places, in a sentence; None as soon as it has one."""
    first = None
    for place in places:
        try:
            with np.errstate(all="ignore"):
                value = float(f(*place))
        except (NoValue, ArithmeticError) as error:
            first = first or error
        else:
            if math.isfinite(value):
                return None
    return str(first) if isinstance(first, NoValue) else "No place there gives a number."


def evaluate(f: Real, xs: np.ndarray) -> np.ndarray:
    """f at each of xs, one number at a time; nan where f fails or gives no finite real number."""
    values = np.full(len(xs), np.nan)
    with np.errstate(all="ignore"):
        for i, x in enumerate(xs.tolist()):
            try:
                value = float(f(x))
            except Exception:
                # A learner's function may raise anything; a gap in the curve is the answer.
                continue
            values[i] = value if np.isfinite(value) else np.nan
    return values


def value_or_nan(f: Real, x: float) -> float:
    """f(x); nan where f fails or gives no finite real number."""
    return float(evaluate(f, np.array([x]))[0])
