"""The catalogue of functions that the course differentiates.

Each entry holds a function, its derivative and the open interval on which both exist.
The tests check every entry against SymPy and against the central difference.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

Real = Callable[[float], float]


@dataclass(frozen=True)
class Function:
    """A real function of one variable, and what is known about it.

    name: the key in the catalogue, a Python identifier.
    formula: f(x) as people write it, e.g. "x²".
    f: the function; takes a number or a NumPy array, returns the same shape.
    derivative: f′, likewise; None where it is not known.
    derivative_formula: f′(x) as people write it; empty where it is not known.
    domain: open interval (low, high) on which f and f′ both exist.
    kinks: points inside the domain at which f is defined and f′ is not.
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


def sigmoid(x: float) -> float:
    """σ(x) = 1 / (1 + e⁻ˣ), computed so that large |x| does not overflow."""
    half = np.tanh(0.5 * np.asarray(x, dtype=float))
    return 0.5 * (1.0 + half)


def _sigmoid_slope(x: float) -> float:
    # σ(−x) is 1 − σ(x) without the cancellation that loses every digit at large x.
    return sigmoid(x) * sigmoid(-np.asarray(x, dtype=float))


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
    Function(
        "reciprocal", "1/x", lambda x: 1 / x, lambda x: -1 / x**2, "−1/x²", domain=(0.0, math.inf)
    ),
    Function("exp", "eˣ", np.exp, np.exp, "eˣ"),
    Function("power_of_two", "2ˣ", np.exp2, lambda x: np.exp2(x) * math.log(2), "2ˣ ln 2"),
    Function("ln", "ln x", np.log, lambda x: 1 / x, "1/x", domain=(0.0, math.inf)),
    Function("sin", "sin x", np.sin, np.cos, "cos x"),
    Function("cos", "cos x", np.cos, lambda x: -np.sin(x), "−sin x"),
    Function("tanh", "tanh x", np.tanh, lambda x: 1 / np.cosh(x) ** 2, "1 − tanh² x"),
    Function("sigmoid", "σ(x)", sigmoid, _sigmoid_slope, "σ(x)(1 − σ(x))"),
    Function("relu", "ReLU(x)", relu, lambda x: np.heaviside(x, 0.0), "0 or 1", kinks=(0.0,)),
    Function("absolute", "|x|", np.abs, np.sign, "−1 or 1", kinks=(0.0,)),
)

CATALOGUE: dict[str, Function] = {entry.name: entry for entry in _ENTRIES}


def as_function(f: "str | Function | Real") -> Function:
    """Return the catalogue entry for a name, or wrap a learner's own function.

    f: a name of the catalogue ("square"), a Function, or anything that can be called with a number.
    Raises ValueError for an unknown name and TypeError for something that cannot be called.
    """
    if isinstance(f, Function):
        return f
    if isinstance(f, str):
        if f not in CATALOGUE:
            known = ", ".join(CATALOGUE)
            raise ValueError(f"There is no function called {f!r} here. Try one of: {known}.")
        return CATALOGUE[f]
    if not callable(f):
        raise TypeError(
            f"A function is needed here, and this is {type(f).__name__}: {f!r}. "
            "Pass the function itself, without calling it: f, not f(3)."
        )
    name = getattr(f, "__name__", "f")
    return Function("f" if name == "<lambda>" else name, "", f)
