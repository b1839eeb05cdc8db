"""The catalogue of surfaces and the numerical gradient, against SymPy and against themselves."""

import math

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from utils.contours import contour_levels, plot_contours
from utils.describe import describe
from utils.functions import NoValue
from utils.slopes import numerical_gradient
from utils.surfaces import CATALOGUE, Surface, as_surface

X, Y = sp.symbols("x y", real=True)
SYMBOLIC = {
    "bowl": X**2 + Y**2,
    "elliptical_bowl": X**2 + 3 * Y**2,
    "mixed": X**2 + 3 * X * Y + Y**2,
    "shifted_bowl": (X - 2) ** 2 + (Y - 5) ** 2,
    "saddle": X**2 - Y**2,
    "himmelblau": (X**2 + Y - 11) ** 2 + (X + Y**2 - 7) ** 2,
    "rosenbrock": (1 - X) ** 2 + 100 * (Y - X**2) ** 2,
    "plane": 2 * X + Y,
}
PLACES = [(0.0, 0.0), (2.0, 1.0), (-1.3, 0.7), (1.9, -2.6), (-4.1, -3.3)]


def test_every_entry_is_compared_with_sympy() -> None:
    assert set(SYMBOLIC) == set(CATALOGUE)


@pytest.mark.parametrize("name", CATALOGUE)
def test_value_and_gradient_agree_with_sympy(name: str) -> None:
    surface, expression = CATALOGUE[name], SYMBOLIC[name]
    for x, y in PLACES:
        at = {X: sp.Float(x, 30), Y: sp.Float(y, 30)}
        assert surface(x, y) == pytest.approx(float(expression.subs(at)), rel=1e-12, abs=1e-12)
        exact = [float(sp.diff(expression, v).subs(at)) for v in (X, Y)]
        assert surface.slopes(x, y) == pytest.approx(exact, rel=1e-12, abs=1e-12)
        measured = numerical_gradient(surface, (x, y))
        np.testing.assert_allclose(measured, exact, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("name", CATALOGUE)
def test_written_formulas_say_what_is_computed(name: str) -> None:
    surface = CATALOGUE[name]
    texts = [surface.formula, *surface.partials]
    for variable, letter in zip(surface.variables, "xy", strict=True):
        texts = [text.replace(variable, letter) for text in texts]
    f, across, up = map(as_surface, texts)
    for x, y in PLACES:
        assert f(x, y) == pytest.approx(surface(x, y), abs=1e-9)
        assert (across(x, y), up(x, y)) == pytest.approx(surface.slopes(x, y), abs=1e-9)


@pytest.mark.parametrize("name", CATALOGUE)
def test_flat_places_are_what_they_are_called(name: str) -> None:
    surface, expression = CATALOGUE[name], SYMBOLIC[name]
    bends = sp.lambdify((X, Y), sp.hessian(expression, (X, Y)))
    (left, right), (bottom, top) = surface.window
    kinds = {"minima": (1, 1), "maxima": (-1, -1), "saddles": (-1, 1)}
    for kind, signs in kinds.items():
        for x, y in getattr(surface, kind):
            assert left <= x <= right and bottom <= y <= top
            assert surface.slopes(x, y) == pytest.approx((0, 0), abs=1e-10)
            assert tuple(np.sign(np.linalg.eigvalsh(np.array(bends(x, y), float)))) == signs


@pytest.mark.parametrize("name", CATALOGUE)
def test_arrays_give_what_numbers_give(name: str) -> None:
    surface = CATALOGUE[name]
    xs, ys = np.linspace(-2, 2, 5), np.linspace(-1, 3, 7)
    alone = [[float(surface(x, y)) for x in xs.tolist()] for y in ys.tolist()]
    np.testing.assert_allclose(surface.heights(xs, ys), alone, rtol=1e-14)
    mine = as_surface(lambda x, y: float(surface(x, y)))
    np.testing.assert_allclose(mine.heights(xs, ys), alone, rtol=1e-14)


# --- the numerical gradient ---

TERMS = (
    lambda a, v: a * v,
    lambda a, v: a * v**2,
    lambda a, v: sp.sin(a * v),
    lambda a, v: sp.exp(a * v / 2),
    lambda a, v: sp.tanh(a * v),
    lambda a, v: sp.log(1 + sp.exp(a * v)),
)


@st.composite
def smooth_functions(draw) -> tuple[list[sp.Symbol], sp.Expr]:
    """A random smooth expression of 1 to 10 variables, each of which is linked to its neighbour."""
    n = draw(st.integers(1, 10))
    symbols = list(sp.symbols(f"v0:{n}", real=True))
    coefficient = st.integers(-20, 20).map(lambda c: sp.Rational(c, 10))
    whole = sp.Integer(0)
    for i, v in enumerate(symbols):
        term = draw(st.sampled_from(TERMS))(draw(coefficient), v)
        whole += term * (1 + draw(coefficient) * symbols[i - 1]) + draw(coefficient)
    return symbols, whole


@settings(max_examples=40, deadline=None)
@given(smooth_functions(), st.data())
def test_the_numerical_gradient_is_sympys(function, data) -> None:
    symbols, expression = function
    place = [data.draw(st.floats(-2, 2)) for _ in symbols]
    exact = sp.lambdify(symbols, [sp.diff(expression, v) for v in symbols], "math")(*place)
    measured = numerical_gradient(sp.lambdify(symbols, expression, "math"), place)
    assert measured.shape == (len(symbols),)
    scale = max(
        1.0, *map(abs, exact), abs(float(expression.subs(dict(zip(symbols, place, strict=True)))))
    )
    np.testing.assert_allclose(measured, np.array(exact, float), rtol=1e-6, atol=1e-7 * scale)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=10))
def test_the_numerical_gradient_of_a_weighted_sum_is_its_weights(place: list[float]) -> None:
    weights = np.arange(1, len(place) + 1)
    measured = numerical_gradient(lambda *v: float(weights @ v), place)
    # Rounding of f, which may be large, over a nudge that grows with each input.
    slack = 1e-9 * max(1.0, float(np.abs(weights * place).sum()))
    np.testing.assert_allclose(measured, weights, atol=slack * 100)


def test_places_that_are_none_are_refused() -> None:
    for place in (3.0, [[1.0, 2.0]]):
        with pytest.raises(ValueError, match="row of numbers"):
            numerical_gradient(lambda *v: 0.0, place)
    with pytest.raises(ValueError, match="h is 0"):
        numerical_gradient(lambda x, y: x, (1, 2), h=0)


# --- a learner's surface ---


def test_as_surface_takes_names_formulas_and_functions() -> None:
    assert as_surface("bowl") is CATALOGUE["bowl"]
    assert as_surface("x**2 + x*y")(2, 3) == 10
    assert as_surface("w^2 + 3b", variables=("w", "b"))(2, 1) == 7
    assert as_surface(lambda x, y: np.array([x * y]))(3, 4) == 12.0
    assert as_surface(lambda x, y=1.0: x - y)(3, 4) == -1.0
    assert as_surface(math.hypot)(3, 4) == 5.0
    assert as_surface("x*y").slopes(2, 3) == pytest.approx((3, 2))


@pytest.mark.parametrize(
    ("f", "words"),
    [
        ("bowll", "no formula in x and y"),
        (5.0, r"without calling it: f, not f\(2, 1\)"),
        (lambda x: x**2, "takes 1 input, and two are needed"),
        (lambda x, y, z: x, "takes 3 inputs"),
        (lambda x, y: None, r"f\(-3, -3\) gives nothing back.*return"),
        (lambda x, y: (x, y), r"2 numbers \(shape \(2,\)\)"),
        (lambda x, y: "9", "the text '9'"),
        (lambda x, y: 1j * x, "complex"),
        (lambda x, y: x / 0, "stops with ZeroDivisionError"),
        ("ln(-1 - x^2)", "has no value for x from −3 to 3"),
    ],
)
def test_a_surface_without_value_says_why(f, words: str) -> None:
    with pytest.raises(NoValue, match=words):
        as_surface(f)


def test_a_surface_needs_a_value_somewhere_only() -> None:
    half = as_surface(lambda x, y: math.sqrt(x) + y)
    assert half.height(4, 1) == 3 and math.isnan(half.height(-1, 1))
    assert all(math.isnan(slope) for slope in half.slopes(-1, 1))
    heights = half.heights([-1, 1], [0, 2])
    assert np.isnan(heights[:, 0]).all() and heights[:, 1].tolist() == [1, 3]


@pytest.mark.parametrize("f", ["abs(x) + y", "sqrt(x^2 + y^2)", lambda x, y: max(x, 0) + y])
def test_a_corner_has_no_slope(f) -> None:
    surface = as_surface(f)
    assert math.isnan(surface.slopes(0, 0)[0])
    assert all(map(math.isfinite, surface.slopes(0.5, 0.5)))


@pytest.mark.parametrize("f", ["1000 x^2 - y", "sin(9x) + e^(2y)", "x y^3/50", "100(y - x^2)^2"])
@pytest.mark.parametrize("place", [(0.0, 0.0), (1.0, 1.0), (-2.3, 1.7), (40.0, -3.0)])
def test_a_smooth_surface_has_slopes_everywhere(f: str, place: tuple[float, float]) -> None:
    assert all(map(math.isfinite, as_surface(f).slopes(*place)))


def test_another_window_keeps_what_lies_in_it() -> None:
    corner = as_surface("himmelblau", over=((0, 5), (0, 5)))
    assert corner.minima == ((3.0, 2.0),) and corner.levels == () and not corner.maxima
    assert corner.slopes(3, 2) == (0, 0)
    with pytest.raises(ValueError, match="no width or no height"):
        as_surface("bowl", over=((1, 1), (0, 2)))


# --- pictures ---


@given(st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=40), st.integers(0, 3))
def test_levels_lie_between_the_heights_and_rise(values: list[float], power: int) -> None:
    heights = np.array(values) ** (1 + power) / 1e3
    levels = contour_levels(heights)
    assert list(levels) == sorted(set(levels))
    assert all(heights.min() < level < heights.max() for level in levels)
    assert len(levels) <= 14


@pytest.mark.parametrize("f", [*CATALOGUE, "sin(x) cos(y)", "1/(x y)", "3", "ln(x)"])
def test_contours_are_drawn_and_described(f: str) -> None:
    figure = Figure()
    surface = as_surface(f)
    ax = plot_contours(figure.subplots(), surface)
    figure.draw_without_rendering()
    words = describe(figure)
    assert ax.get_xlim() == surface.window[0] and ax.get_ylim() == surface.window[1]
    assert ("contour lines at" in words) == (f != "3")
    assert surface.variables[0] in words


def test_a_wrong_surface_has_another_description() -> None:
    def told(surface: Surface) -> str:
        figure = Figure()
        plot_contours(figure.subplots(), surface)
        return describe(figure)

    assert told(as_surface("x^2 + 3y^2")) != told(as_surface("x^2 + 2y^2"))


def test_older_notebooks_find_what_draws_a_surface_where_it_used_to_be():
    from utils import contours, surfaces

    assert surfaces.plot_contours is contours.plot_contours
    assert surfaces.contour_levels is contours.contour_levels
    with pytest.raises(AttributeError, match="no attribute 'plot_contour'"):
        _ = surfaces.plot_contour
