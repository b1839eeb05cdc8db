"""The catalogue of functions and the slopes, against SymPy and against themselves."""

import math

import numpy as np
import pytest
import sympy as sp
from hypothesis import given
from hypothesis import strategies as st

from utils import functions, slopes
from utils.functions import CATALOGUE, Function, NoValue, as_function

X = sp.Symbol("x", real=True)
SYMBOLIC = {
    "constant": sp.Integer(5),
    "identity": X,
    "line": 2 * X + 1,
    "square": X**2,
    "cube": X**3,
    "sqrt": sp.sqrt(X),
    "reciprocal": 1 / X,
    "exp": sp.exp(X),
    "power_of_two": 2**X,
    "ln": sp.log(X),
    "sin": sp.sin(X),
    "cos": sp.cos(X),
    "tanh": sp.tanh(X),
    "sigmoid": 1 / (1 + sp.exp(-X)),
    "relu": sp.Max(0, X),
    "absolute": sp.Abs(X),
}


def places(f: Function, count: int = 25) -> list[float]:
    """Numbers inside the domain, away from its ends and from the kinks."""
    low, high = max(f.domain[0], -6.0), min(f.domain[1], 6.0)
    inside = np.linspace(low, high, count + 2)[1:-1] + 0.0173
    return [x for x in inside.tolist() if all(abs(x - kink) > 0.05 for kink in f.kinks)]


def test_every_entry_is_compared_with_sympy() -> None:
    assert set(SYMBOLIC) == set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_function_and_derivative_agree_with_sympy(name: str) -> None:
    f, expression = CATALOGUE[name], SYMBOLIC[name]
    derivative = sp.diff(expression, X)
    for x in places(f):
        at = {X: sp.Float(x, 30)}
        assert float(f(x)) == pytest.approx(float(expression.subs(at)), rel=1e-12, abs=1e-14)
        assert float(f.derivative(x)) == pytest.approx(
            float(derivative.subs(at)), rel=1e-11, abs=1e-14
        )


@pytest.mark.parametrize("name", CATALOGUE)
def test_derivative_agrees_with_central_difference(name: str) -> None:
    f = CATALOGUE[name]
    for x in places(f):
        assert float(f.derivative(x)) == pytest.approx(
            float(slopes.central_difference(f, x, 1e-5)), rel=1e-6, abs=1e-8
        )


@pytest.mark.parametrize("name", CATALOGUE)
def test_arrays_give_what_numbers_give(name: str) -> None:
    f = CATALOGUE[name]
    xs = np.array(places(f))
    for g in (f.f, f.derivative):
        assert np.allclose(g(xs), [float(g(x)) for x in xs.tolist()], rtol=1e-14)


def test_sigmoid_neither_overflows_nor_loses_its_small_values() -> None:
    with np.errstate(all="raise"):
        assert float(functions.sigmoid(1000.0)) == 1.0
        assert float(functions.sigmoid(-1000.0)) == 0.0
    assert float(functions.sigmoid(-40.0)) == pytest.approx(math.exp(-40), rel=1e-3)


def test_as_function_takes_names_formulas_and_functions() -> None:
    assert as_function("square") is CATALOGUE["square"]
    assert as_function("x^2 - 3x")(4) == 4
    assert as_function(math.sin).name == "sin"
    assert as_function(lambda x: np.array([x]))(3) == 3.0
    assert as_function(np.sqrt, over=(-4, 1))(1) == 1.0


@pytest.mark.parametrize(
    ("f", "words"),
    [
        ("squre", "no formula in x"),
        (9.0, "without calling it"),
        (lambda x: None, r"f\(2\) gives nothing back.*return"),
        (lambda x: "9", "the text '9'"),
        (lambda x: 1j * x, "complex"),
        (lambda x: [x, x], r"2 numbers \(shape \(2,\)\)"),
        (lambda x: {}, "type dict"),
        (lambda x: float("nan"), "gives nan"),
        (lambda x: 1 / (x - 2), "stops with ZeroDivisionError"),
    ],
)
def test_a_function_without_value_says_why(f, words: str) -> None:
    with pytest.raises(NoValue, match=words):
        as_function(f)(2.0)


def test_a_function_needs_a_value_somewhere_only() -> None:
    assert as_function(lambda x: math.log(x), over=(-1, 1))(1.0) == 0.0
    with pytest.raises(NoValue, match=r"no value from -2 to -1.*ValueError"):
        as_function(lambda x: math.log(x), over=(-2, -1))
    for formula in ("1/0", "ln", "reciprocal"):
        over = (-2.0, -1.0) if formula == "ln" else (0.0, 0.0)
        with pytest.raises(NoValue, match="No place there"):
            as_function(formula, over=over)


@given(st.floats(-50, 50), st.floats(-50, 50), st.floats(-50, 50))
def test_slope_of_a_line_is_its_m(m: float, b: float, x: float) -> None:
    p, q = (x, m * x + b), (x + 4, m * (x + 4) + b)
    assert slopes.slope(p, q) == pytest.approx(m, abs=1e-9)
    assert slopes.slope(q, p) == pytest.approx(m, abs=1e-9)


def test_no_run_no_slope_and_no_step_no_quotient() -> None:
    with pytest.raises(ValueError, match="run is 0"):
        slopes.slope((2, 1), (2, 5))
    for quotient in (slopes.difference_quotient, slopes.central_difference):
        with pytest.raises(ValueError, match="h is 0"):
            quotient(CATALOGUE["square"], 3, 0)


def test_central_difference_gains_two_digits_where_forward_gains_one() -> None:
    sin, exact = CATALOGUE["sin"], math.cos(1.0)
    forward = [abs(slopes.difference_quotient(sin, 1.0, h) - exact) for h in (1e-2, 1e-3)]
    central = [abs(slopes.central_difference(sin, 1.0, h) - exact) for h in (1e-2, 1e-3)]
    assert forward[0] / forward[1] == pytest.approx(10, rel=0.05)
    assert central[0] / central[1] == pytest.approx(100, rel=0.05)
