"""The catalogue of functions and the slopes: every f and f′ over its whole domain.

Four judges: SymPy, the same formulas in exact arithmetic (mpmath, with so many digits that nothing
can be lost), the central difference, and PyTorch's autograd.
"""

import math
import warnings

import mpmath
import numpy as np
import pytest
import sympy as sp
import torch
from hypothesis import assume, given, settings
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


# --- the whole domain, ends included ---

LARGEST = float(np.finfo(float).max)
# Where formulas break first: tiny and huge places, around the last digit of 1 ± e⁻ˣ (near 37),
# where e²ˣ (355) and eˣ (710, −745) leave the range of numbers, and where x² does (1e155).
EXTREMES = [1e-300, 1e-17, 1e-8, 18.4, 36.7, 40, 354, 356, 709, 711, 744, 1e4, 1e155, 1e300]
ANYWHERE = st.one_of(
    st.floats(-50, 50),
    st.floats(-800, 800),
    st.tuples(st.sampled_from([-1.0, 1.0]), st.floats(-300, 300)).map(lambda p: p[0] * 10 ** p[1]),
)
SLOW = settings(max_examples=60, deadline=None)  # exact arithmetic takes its time


def has_slope(f: Function, x: float) -> bool:
    return f.domain[0] < x < f.domain[1] and x not in f.kinks


def exactly(expression: sp.Expr, x: float) -> float:
    """The expression at x with 420 digits, so that even 1 − tanh² x keeps some; then rounded."""
    at_corner = {"Heaviside": lambda x, *_: mpmath.mpf(x > 0)}
    with mpmath.workdps(420):
        return float(sp.lambdify(X, expression, [at_corner, "mpmath"])(mpmath.mpf(x)))


def require_exact(name: str, x: float) -> None:
    """f and f′ at x are right to twelve digits, without a warning on the way."""
    f, expression = CATALOGUE[name], SYMBOLIC[name]
    for ours, theirs in ((f.f, expression), (f.derivative, sp.diff(expression, X))):
        expected = exactly(theirs, x)
        if abs(expected) > LARGEST / 4:
            continue  # no number of the computer is that large
        with warnings.catch_warnings(), np.errstate(over="raise", invalid="raise", divide="raise"):
            warnings.simplefilter("error")
            got = float(ours(x))
        assert got == pytest.approx(expected, rel=1e-12, abs=1e-300), f"{name} at {x}"


@pytest.mark.parametrize("name", CATALOGUE)
def test_function_and_derivative_are_exact_at_the_extremes(name: str) -> None:
    for x in [0.0, *EXTREMES, *(-x for x in EXTREMES)]:
        if has_slope(CATALOGUE[name], x):
            require_exact(name, x)


@given(name=st.sampled_from(list(CATALOGUE)), x=ANYWHERE)
@SLOW
def test_function_and_derivative_are_exact_anywhere(name: str, x: float) -> None:
    assume(has_slope(CATALOGUE[name], x))
    require_exact(name, x)


@given(name=st.sampled_from(list(CATALOGUE)), x=ANYWHERE)
@SLOW
def test_derivative_is_the_exact_central_difference_anywhere(name: str, x: float) -> None:
    f = CATALOGUE[name]
    assume(has_slope(f, x) and x != 0)
    with mpmath.workdps(700):  # cos x and cos(x + h) differ late where x is tiny
        value = sp.lambdify(X, SYMBOLIC[name], "mpmath")
        # Short against x and against 1, so that neither poles nor waves are noticed.
        h = mpmath.mpf(x) * mpmath.mpf(10) ** -40 / max(1, abs(mpmath.mpf(x)))
        slope = slopes.central_difference(value, mpmath.mpf(x), h)
    assume(abs(slope) < LARGEST / 4)
    assert float(f.derivative(x)) == pytest.approx(float(slope), rel=1e-12, abs=1e-300)


@given(name=st.sampled_from(list(CATALOGUE)), x=st.floats(-30, 30))
def test_derivative_agrees_with_central_difference_anywhere(name: str, x: float) -> None:
    f = CATALOGUE[name]
    assume(has_slope(f, x) and abs(x) > 1e-3)
    h = 1e-5 * min(1.0, abs(x))
    assert float(f.derivative(x)) == pytest.approx(
        float(slopes.central_difference(f, x, h)), rel=1e-6, abs=1e-7
    )


TORCH = {
    "constant": lambda x: 5 + 0 * x,
    "identity": lambda x: 1 * x,
    "line": lambda x: 2 * x + 1,
    "square": torch.square,
    "cube": lambda x: x**3,
    "sqrt": torch.sqrt,
    "reciprocal": torch.reciprocal,
    "exp": torch.exp,
    "power_of_two": torch.exp2,
    "ln": torch.log,
    "sin": torch.sin,
    "cos": torch.cos,
    "tanh": torch.tanh,
    "sigmoid": torch.sigmoid,
    "relu": torch.relu,
    "absolute": torch.abs,
}


def test_every_entry_is_compared_with_autograd() -> None:
    assert set(TORCH) == set(CATALOGUE)


def require_as_autograd(name: str, places: list[float]) -> None:
    xs = torch.tensor(places, dtype=torch.float64, requires_grad=True)
    values = TORCH[name](xs)
    values.sum().backward()
    ours, f = np.array(places), CATALOGUE[name]
    # PyTorch takes σ′ as σ(1 − σ), which loses small slopes: hence the absolute part.
    np.testing.assert_allclose(f.f(ours), values.detach().numpy(), rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(f.derivative(ours), xs.grad.numpy(), rtol=1e-12, atol=1e-15)


@pytest.mark.parametrize("name", CATALOGUE)
def test_derivative_agrees_with_autograd_at_the_extremes(name: str) -> None:
    extremes = [x for x in EXTREMES if 1e-100 < x < 1e100]
    signed = [*extremes, *(-x for x in extremes)]
    if name in ("exp", "power_of_two", "cube", "square"):
        signed = [x for x in signed if x < 700]  # beyond, both overflow
    require_as_autograd(name, [x for x in signed if has_slope(CATALOGUE[name], x)])


@given(name=st.sampled_from(list(CATALOGUE)), xs=st.lists(st.floats(-700, 700), min_size=1))
def test_derivative_agrees_with_autograd_anywhere(name: str, xs: list[float]) -> None:
    f = CATALOGUE[name]
    inside = [x for x in xs if has_slope(f, x) and abs(x) > 1e-100]
    assume(inside)
    require_as_autograd(name, inside)


@pytest.mark.parametrize("name", ["relu", "absolute"])
def test_at_a_corner_the_catalogue_says_what_autograd_says(name: str) -> None:
    require_as_autograd(name, [0.0, -0.0])


def test_sigmoid_neither_overflows_nor_loses_its_small_values() -> None:
    with np.errstate(all="raise"):
        assert functions.sigmoid(1000.0) == 1.0
        assert functions.sigmoid(-1000.0) == 0.0
    assert functions.sigmoid(-40.0) == pytest.approx(math.exp(-40), rel=1e-12, abs=0)
    assert isinstance(functions.sigmoid(1), float)  # a number in, a number out
    assert math.isnan(functions.sigmoid(math.nan))


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
    with pytest.raises(NoValue, match=r"no value from −2 to −1.*ValueError"):
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


@pytest.mark.parametrize(
    ("formula", "variable", "written"),
    [
        ("x² + 3x", "w", "w² + 3w"),
        ("x^2 - 2 x", "x", "x^2 - 2 x"),
        ("x^2 - 2 x", "w", "w^2 - 2 w"),
        ("exp(x) - 3 exp(2 x)", "w", "exp(w) - 3 exp(2 w)"),
        ("ReLU(x)", "w · a", "ReLU(w · a)"),
        ("2x + 1", "w · a", "2(w · a) + 1"),
        ("", "w", ""),
    ],
)
def test_a_formula_is_written_in_another_variable(formula, variable, written):
    assert Function("f", formula, abs).written(variable) == written


@pytest.mark.parametrize("entry", CATALOGUE.values(), ids=lambda entry: entry.name)
def test_the_catalogue_is_written_in_x_as_it_stands(entry):
    assert entry.written() == entry.formula
