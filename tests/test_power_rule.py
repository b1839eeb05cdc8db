"""Chapter 05: the terms, the rule reader and the growing cube, against SymPy and themselves."""

import ast
import math
import re
from fractions import Fraction

import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_explorers import chance_positions, number_in, require_sound
from utils import formulas
from utils.explorers.power_rule import (
    SHAPES,
    explore_constants,
    explore_growth,
    explore_power,
    explore_trap,
    read_rules,
)
from utils.functions import NoValue
from utils.models.power_rule import (
    MOST_TERMS,
    Term,
    false_slope,
    gained_per_h,
    reaches_below_zero,
    read_terms,
    rule_for,
    sum_text,
    two_slope,
)
from utils.slopes import central_difference, difference_quotient
from utils.stage import Apology, Stage

X = sp.Symbol("x", positive=True)
FACTORS = st.builds(Fraction, st.integers(-40, 40), st.sampled_from([1, 2, 3, 4, 5, 7, 10]))
POWERS = st.builds(Fraction, st.integers(-6, 8), st.sampled_from([1, 1, 1, 2, 3]))
TERMS = st.lists(st.builds(Term, FACTORS, POWERS), min_size=1, max_size=MOST_TERMS)
QUICK = settings(max_examples=12, deadline=None)
SYMBOLS = settings(max_examples=25, deadline=None)


def symbolic(terms: list[Term]) -> sp.Expr:
    """The same sum for SymPy."""
    return sum(
        (
            sp.Rational(t.factor.numerator, t.factor.denominator)
            * X ** sp.Rational(t.power.numerator, t.power.denominator)
            for t in terms
        ),
        sp.Integer(0),
    )


def same(terms: list[Term], others: list[Term]) -> bool:
    return sp.expand(symbolic(terms) - symbolic(others)) == 0


# --- the rules ---


@given(TERMS)
@SYMBOLS
def test_slopes_are_those_of_sympy(terms: list[Term]) -> None:
    slopes = symbolic([term.slope() for term in terms])
    assert sp.expand(sp.diff(symbolic(terms), X) - slopes) == 0


@given(TERMS)
@SYMBOLS
def test_what_is_shown_can_be_read_again(terms: list[Term]) -> None:
    """Whatever the figure prints, a learner may type, and it means the same."""
    assert same(read_terms(sum_text(terms)), terms)
    slopes = [term.slope() for term in terms]
    value = formulas.parse(sum_text(slopes), ["x"])
    assert value(1.7) == pytest.approx(sum(term(1.7) for term in slopes), rel=1e-9, abs=1e-9)


@given(st.builds(Term, FACTORS, POWERS), st.floats(0.3, 3))
def test_the_slope_of_a_term_is_measured_too(term: Term, x: float) -> None:
    slope = term.slope()(x)
    assert central_difference(term, x) == pytest.approx(slope, rel=1e-6, abs=1e-6)


def test_a_term_has_no_value_where_it_divides_by_zero_or_takes_a_root_below() -> None:
    assert math.isnan(Term(Fraction(1), Fraction(-1))(0.0))
    assert math.isnan(Term(Fraction(1), Fraction(1, 2))(-1.0))
    assert Term(Fraction(7), Fraction(0))(0.0) == 7.0
    assert Term(Fraction(2), Fraction(1)).slope()(0.0) == 2.0


@pytest.mark.parametrize(
    ("typed", "terms", "slope"),
    [
        ("x**3 + 5*x**2 - 2*x + 7", "x³ + 5x² − 2x + 7", "3x² + 10x − 2"),
        ("x^10", "x¹⁰", "10x⁹"),
        ("5", "5", "0"),
        ("c", None, None),
        ("-x", "−x", "−1"),
        ("2(x + 1)", "2x + 2", "2"),
        ("(x + 1)/2", "0.5x + 0.5", "0.5"),
        ("1/x", "x⁻¹", "−x⁻²"),
        ("3/x**2", "3x⁻²", "−6x⁻³"),
        ("sqrt(x)", "x^(1/2)", "0.5x^(−1/2)"),
        ("x*sqrt(x)", "x^(3/2)", "1.5x^(1/2)"),
        ("x^(1/3)", "x^(1/3)", "(1/3)x^(−2/3)"),
        ("(2x)^3", "8x³", "24x²"),
        ("x*x/x", "x", "1"),
        ("x^(1 + 1)", "x²", "2x"),
        ("0.1x^2", "0.1x²", "0.2x"),
        ("x² − x³/3", "x² − (1/3)x³", "2x − x²"),
        ("2^3*x", "8x", "8"),
        ("pi*x", "3.142x", "3.142"),
    ],
)
def test_formulas_are_read(typed: str, terms: str | None, slope: str | None) -> None:
    if terms is None:
        with pytest.raises(NoValue, match="is no formula in x"):
            read_terms(typed)
        return
    found = read_terms(typed)
    assert sum_text(found) == terms
    assert sum_text([term.slope() for term in found]) == slope


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("2**x", r"In 2\*\*x the exponent moves.*trap"),
        ("x^3 + 2^(x+1)", r"In 2\*\*\(x\+1\) the exponent moves"),
        ("x^x", "trap, even though an x stands below"),
        ("e^x", "exponent moves"),
        ("exp(x)", "exponent of e"),
        ("sin(x)", "chapter 06"),
        ("abs(x)", "corner"),
        ("(x + 1)(x - 1)", "multiplies two sums"),
        ("(x + 1)^2", "power of a whole sum"),
        ("1/(x + 1)", "divides by a sum"),
        ("sqrt(x + 1)", "root of a sum"),
        ("(-x)^0.5", "minus sign"),
        ("5/0", "no value"),
        ("0^(-1)", "no value"),
        ("9^9^9^9", "too large"),
        ("1e999 x", "too large"),
        ("ln(-1) x", "no value"),
        ("x^99", "room for factors"),
        ("1001x", "room for factors"),
        ("1 + x + x^2 + x^3 + x^4 + x^5 + x^6", "room for 6 terms"),
        ("x +", "Two signs clash"),
        ("", "nothing in it"),
    ],
)
def test_what_cannot_be_read_is_met_with_a_reason(typed: str, words: str) -> None:
    told = read_rules(typed)
    assert isinstance(told, Apology)
    assert re.search(words, told.sentence), told.sentence
    assert len(told.sentence.split()) <= 70


def test_a_function_in_place_of_a_text_is_met_too() -> None:
    assert "between quotes" in read_rules(lambda x: x**2).sentence


@given(st.text(alphabet="x0123456789+-*/^(). ", max_size=14))
@QUICK
def test_any_text_is_read_or_refused(typed: str) -> None:
    try:
        terms = read_terms(typed)
    except NoValue:
        return
    value = formulas.parse(typed, ["x"])
    # An exact zero may come out as a float's last digit, and rounding grows with the terms.
    size = sum(abs(term(1.3)) for term in terms)
    assert value(1.3) == pytest.approx(sum(t(1.3) for t in terms), rel=1e-6, abs=1e-9 * (1 + size))


def test_rules_have_names() -> None:
    names = [rule_for(term) for term in read_terms("x^3 + 5x^2 - 2x + 7 + sqrt(x)")]
    assert names == [
        "power rule, n = 3",
        "constant multiple, power rule n = 2",
        "constant multiple, power rule n = 1",
        "constant",
        "power rule, n = 1/2",
    ]


# --- the figures ---


@pytest.fixture(scope="module")
def views() -> dict[str, Stage]:
    """Each figure once: to make one takes longer than to look at it."""
    makers = [explore_growth, explore_power, explore_constants, explore_trap]
    typed = ["1/x", "sqrt(x) + 3/x**2", "x^10 - 7 + 0*x"]
    return {make.__name__: make() for make in makers} | {text: read_rules(text) for text in typed}


def test_marks_are_finite_and_in_the_picture(views) -> None:
    for view in views.values():
        for at in chance_positions(view, seed=5, count=20):
            require_sound(view, at)


@pytest.mark.parametrize("typed", ["1/x", "sqrt(x) + 3/x**2", "x^10 - 7 + 0*x"])
def test_the_two_witnesses_of_the_reader_agree(views, typed: str) -> None:
    view = views[typed]
    for i, x in enumerate(view.controls["x"].values):
        said = view.scene_at([i]).sentence
        if "divide by 0" in said:
            assert x == 0 and typed == "1/x"
            continue
        rule = number_in(said, r"(?:[=≈]|rule says) (-?\d+\.?\d*)\. The")
        measured = number_in(said, r"measures (-?\d+\.?\d*)\.")
        assert measured == pytest.approx(rule, rel=1e-5, abs=2e-3)


def test_the_reader_stays_where_roots_have_values() -> None:
    def both_sides(typed: str) -> bool:
        terms = read_terms(typed)
        return reaches_below_zero(formulas.parse(typed, ["x"]), lambda x: sum(t(x) for t in terms))

    assert both_sides("x^2") and both_sides("1/x - 3")
    assert not any(map(both_sides, ["sqrt(x)", "sqrt(x^2)", "x^2 + x^(1/3)"]))


@given(st.integers(1, 3), st.floats(0.05, 1), st.floats(0.3, 2))
def test_pieces_add_up_to_the_difference_quotient(n: int, h: float, x: float) -> None:
    quotient = difference_quotient(lambda t: t**n, x, h)
    assert sum(gained_per_h(n, x, h)) == pytest.approx(quotient, rel=1e-9)


def test_the_growing_cube_travels_to_the_browser(views) -> None:
    view = views["explore_growth"]
    assert view.table is not None
    for at in chance_positions(view, seed=1, count=12):
        assert set(view.scene_at(at).marks) == set(view.conversation.cast.names)


def test_the_growing_shapes_say_what_they_add(views) -> None:
    view = views["explore_growth"]
    for shape, n in SHAPES.items():
        said = view.set(shape=shape, h=0.5)
        quotient = difference_quotient(lambda t, n=n: t**n, 2.0, 0.5)
        assert float(said.scene.marks["all per h"].text) == pytest.approx(quotient)
        assert "nothing new" in view.set(h=0).sentence


def test_the_power_figure_says_rule_and_measurement(views) -> None:
    view = views["explore_power"].set(x=1.3)
    for n in (-2, -1, -0.5, 0.5, 1, 2.5, 3, 5):
        said, slope = view.set(n=n).sentence, n * 1.3 ** (n - 1)
        assert number_in(said, r"that is (-?\d+\.?\d*)") == pytest.approx(slope, abs=1e-4)
        assert number_in(said, r"measures (-?\d+\.?\d*)") == pytest.approx(slope, abs=1e-4)
    assert "divide by 0" in view.set(n=-1, x=0).sentence
    assert "no slope" in view.set(n=0.5, x=-1).sentence
    assert "level line" in view.set(n=0, x=1).sentence


def test_a_side_that_has_no_room_is_refused() -> None:
    with pytest.raises(ValueError, match="room"):
        explore_growth(x=3)


def test_the_slope_of_two_to_the_x() -> None:
    x = sp.Symbol("x")
    exact = sp.diff(2**x, x)
    for at in (-1.5, 0.0, 1.0, 2.7):
        assert two_slope(at) == pytest.approx(float(exact.subs(x, at)), rel=1e-12)
        assert central_difference(lambda t: 2**t, at) == pytest.approx(two_slope(at), rel=1e-8)
    assert false_slope(2 * math.log(2)) == pytest.approx(two_slope(2 * math.log(2)), rel=1e-12)


def test_the_wrong_rule_is_right_at_one_place_only(views) -> None:
    values = views["explore_trap"].controls["x"].values
    near = [x for x in values if abs(false_slope(x) - two_slope(x)) < 0.012]
    assert near == [1.38]


# --- what the prose states ---


def test_the_algebra_of_the_lesson() -> None:
    x, h = sp.symbols("x h", positive=True)
    for n in (1, 2, 3, 4, 10):
        assert sp.expand((x + h) ** n).coeff(h, 1) == n * x ** (n - 1)
    assert sp.simplify((1 / (x + h) - 1 / x) / h + 1 / (x * (x + h))) == 0
    assert sp.simplify(sp.diff(sp.sqrt(x), x) - 1 / (2 * sp.sqrt(x))) == 0
    w = sp.Symbol("w")
    assert sp.expand((w - 3) ** 2 / 2 + 1) == w**2 / 2 - 3 * w + sp.Rational(11, 2)


def test_what_twelve_predicts() -> None:
    assert sp.Rational("2.01") ** 3 == sp.Rational("8.120601")
    assert sp.diff(X**3, X).subs(X, 2) == 12


def test_a_formula_can_be_had_as_a_tree() -> None:
    assert ast.unparse(formulas.tree("2x^3 − sin(x)", ["x"])) == ("2 * x ** 3 - sin(x)")
    with pytest.raises(formulas.FormulaError, match="longer than"):
        formulas.tree("x+" * 200 + "x", ["x"])
    with pytest.raises(formulas.FormulaError, match="`y`"):
        formulas.tree("x + y", ["x"])
