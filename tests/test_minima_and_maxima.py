"""Chapter 08: its mathematics against SymPy, and what its figures say against both."""

import math
import re
from collections.abc import Callable

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_explorers import ANY_FUNCTION, SLOW, chance_positions, number_in, require_sound
from utils.explorers.minima_and_maxima import (
    explore_ball,
    explore_ends,
    explore_newton,
    explore_second_derivative,
    explore_sign_chart,
)
from utils.functions import CATALOGUE, Function, as_function
from utils.models.minima_and_maxima import (
    BENDS,
    CUBIC,
    RESTING,
    critical_points,
    narrow_bowl,
    narrow_dome,
    narrow_rest,
    newton,
    second_derivative,
    slope_of,
    walk,
)
from utils.questions import minima_and_maxima as questions
from utils.stage import Apology, Tangent
from utils.stage.conversation import MAX_FRAMES

X = sp.Symbol("x", real=True)
FEW = settings(SLOW, max_examples=4)  # a figure takes a fifth of a second
EXPLORERS = [
    explore_ball,
    explore_sign_chart,
    explore_second_derivative,
    explore_ends,
    explore_newton,
]


def kinds(f: Function | str, low: float, high: float) -> list[tuple[float, str]]:
    return [(round(c.x, 3), c.kind) for c in critical_points(as_function(f), low, high)]


def steepness(line: Tangent) -> float:
    (a, b), (c, d) = line.start, line.end
    return (d - b) / (c - a)


def quick(polynomial: np.polynomial.Polynomial) -> Callable[[float], float]:
    """The same in plain Python, by Horner's rule."""
    coefficients = polynomial.coef.tolist()[::-1]

    def value(x: float) -> float:
        total = 0.0
        for c in coefficients:
            total = total * x + c
        return total

    return value


# --- what the prose states ---


def test_the_curves_of_the_chapter() -> None:
    cubic, resting, parabola = X**3 - 6 * X**2 + 9 * X + 1, X**4 / 4 - X**3, X**2 - 4 * X + 5
    slope, bend = sp.diff(cubic, X), sp.diff(cubic, X, 2)
    assert [slope.subs(X, x) for x in range(6)] == [9, 0, -3, 0, 9, 24]
    assert sorted(sp.solve(slope, X)) == [1, 3]
    assert sp.expand(bend - (6 * X - 12)) == 0
    assert [bend.subs(X, x) for x in (1, 2, 3)] == [-6, 0, 6]
    half = sp.Rational(1, 2)
    assert [cubic.subs(X, x) for x in (-half, 1, 3, 9 * half)] == [
        sp.Rational(-41, 8), 5, 1, sp.Rational(89, 8),
    ]  # fmt: skip
    assert sp.factor(sp.diff(resting, X)) == X**2 * (X - 3)
    assert sp.solve(sp.diff(parabola, X), X) == [2] and parabola.subs(X, 2) == 1
    consumption = sp.Rational("0.002") * X**2 - sp.Rational("0.28") * X + sp.Rational("14.8")
    assert sp.solve(sp.diff(consumption, X), X) == [70] and consumption.subs(X, 70) == 5


@pytest.mark.parametrize("f", [CUBIC, RESTING], ids=lambda f: f.name)
def test_the_curves_know_their_derivatives(f: Function) -> None:
    for x in np.linspace(-2, 5, 29).tolist():
        assert f.derivative(x) == pytest.approx(sp.diff(f(X), X).subs(X, x), abs=1e-9)


@pytest.mark.parametrize("name", BENDS)
def test_the_menu_knows_both_derivatives(name: str) -> None:
    bent = BENDS[name]
    for x in np.linspace(-1.5, 1.5, 13).tolist():
        assert bent.slope(x) == pytest.approx(float(sp.diff(bent.f(X), X).subs(X, x)))
        assert bent.bend(x) == pytest.approx(float(sp.diff(bent.f(X), X, 2).subs(X, x)))


def test_the_step_of_the_chapter() -> None:
    square = CATALOGUE["square"]
    assert [slope_of(square)(w) for w in (3, -2, 0)] == [6, -4, 0]
    assert walk(square, 3, 0.1, 2) == pytest.approx([3, 2.4, 1.92])
    assert walk(square, -2, 0.1, 1) == pytest.approx([-2, -1.6])
    assert questions.QUESTIONS[1].answer.truth == pytest.approx(2.4)


# --- critical points ---


@given(
    st.lists(st.tuples(st.integers(-7, 7), st.integers(1, 3)), min_size=1, max_size=4,
             unique_by=lambda root: root[0]),
    st.sampled_from([-1.0, 1.0, 0.2]),
    st.booleans(),
)  # fmt: skip
@settings(max_examples=20, deadline=None)
def test_critical_points_of_a_polynomial(roots, scale: float, known: bool) -> None:
    """f′ = c (x − r₁)^m₁ …: it changes its sign at roots of odd order, and at no other."""
    roots = sorted((at / 4, times) for at, times in roots)
    slope = np.polynomial.Polynomial.fromroots([r for r, times in roots for _ in range(times)])
    slope = scale * slope
    f = Function("f", "", quick(slope.integ()), quick(slope) if known else None)
    expected = []
    for i, (root, times) in enumerate(roots):
        before = np.sign(slope(root - 0.1 if i == 0 else (roots[i - 1][0] + root) / 2))
        kind = "saddle" if times % 2 == 0 else "minimum" if before < 0 else "maximum"
        expected.append((root, kind))
    found = critical_points(f, -2.5, 2.5)
    assert [c.kind for c in found] == [kind for _, kind in expected]
    for c, (root, _) in zip(found, expected, strict=True):
        assert c.x == pytest.approx(root, abs=2e-3)  # a root of third order is very flat
        assert not c.corner


def test_critical_points_of_other_curves() -> None:
    quarter = round(math.pi / 2, 3)
    assert kinds("sin", -3, 3) == [(-quarter, "minimum"), (quarter, "maximum")]
    assert kinds("absolute", -1, 2) == [(0.0, "minimum")]
    assert kinds("sqrt(abs(x - 1))", -1, 2) == [(1.0, "minimum")]
    assert kinds("x + sin(x)", 0, 6) == [(round(math.pi, 3), "saddle")]
    for without in ("exp", "ln", "1/x", "1/x**2", "tan(x)", "relu", "constant", "x**3 + x/1000"):
        assert kinds(without, -3, 3) == [], without
    corner = critical_points(CATALOGUE["absolute"], -1, 2)[0]
    assert corner.corner and (corner.before, corner.after) == (-1, 1)


def test_what_the_narrow_curves_are_near_by_and_further_away() -> None:
    expected = {
        narrow_bowl: [(-0.224, "maximum"), (0.0, "minimum"), (0.224, "maximum")],
        narrow_dome: [(-0.224, "minimum"), (0.0, "maximum"), (0.224, "minimum")],
        narrow_rest: [(-0.25, "minimum"), (0.0, "saddle")],
    }
    for curve, turns in expected.items():
        assert kinds(Function("f", "", curve), -1, 1) == turns


@pytest.mark.parametrize("f", ["abs(x - 1)", "relu", "constant", "line"])
def test_straight_curves_take_no_longer_than_others(f: str) -> None:
    asked = 0

    def counted(x: float) -> float:
        nonlocal asked
        asked += 1
        return as_function(f)(x)

    critical_points(Function("f", "", counted), -2, 3)
    assert asked < 6000


def test_a_curve_that_turns_too_often_gets_a_sentence() -> None:
    assert "shorter piece" in str(explore_sign_chart("sin(40*x)"))


@given(st.floats(-2, 2), st.sampled_from(["sin", "exp", "cube", "sigmoid", "tanh"]))
@settings(max_examples=20, deadline=None)
def test_the_measured_second_derivative(x: float, name: str) -> None:
    symbolic = {
        "sin": sp.sin(X), "exp": sp.exp(X), "cube": X**3, "sigmoid": 1 / (1 + sp.exp(-X)),
        "tanh": sp.tanh(X),
    }[name]  # fmt: skip
    exact = float(sp.diff(symbolic, X, 2).subs(X, x))
    assert second_derivative(CATALOGUE[name], x) == pytest.approx(exact, abs=1e-5)


# --- what the figures say ---


@pytest.mark.parametrize("explore", EXPLORERS)
@given(f=ANY_FUNCTION, seed=st.integers(0, 999))
@FEW
def test_marks_are_finite_and_in_the_picture(explore, f: str, seed: int) -> None:
    stage = explore(f)
    if isinstance(stage, Apology):
        return
    for at in chance_positions(stage, seed, 3):
        require_sound(stage, at)


@given(st.integers(0, 999))
@FEW
def test_the_ball_goes_by_the_rule(seed: int) -> None:
    stage = explore_ball(CUBIC, over=(-0.5, 4.5), alpha=0.02)
    for at in chance_positions(stage, seed):
        v, said = stage.values_at(at), stage.scene_at(at).sentence
        places = walk(CUBIC, v["x0"], v["alpha"], round(v["steps"]))
        if v["steps"] == 0:
            assert "Which way" in said and "slope" not in said
            continue
        slope = CUBIC.derivative(places[-2])
        first = CUBIC.derivative(v["x0"])
        left, right = stage.figure.axes[0].get_xlim()
        if not left < places[-2] < right:
            assert "left the picture" in said
        elif abs(slope) > 1e-3:
            assert number_in(said, r"slope (-?\d+\.?\d*)") == pytest.approx(
                slope, rel=1e-3, abs=1e-3
            )
            assert ("went left" in said) == (slope > 0)
        if v["guess"] in ("left", "right"):
            right = v["guess"] == ("left" if first > 0 else "right") and abs(first) > 1e-3
            assert ("so it was" in said) == right
        if "higher than before" in said:
            assert CUBIC(places[-1]) > CUBIC(places[-2])


def test_the_tangent_is_there_before_the_first_step() -> None:
    """It is all that the ball goes by, and it does not say which way."""
    stage = explore_ball(x0=2)
    assert stage.scene.marks["tangent"].start == (2, 4)
    assert steepness(stage.scene.marks["tangent"]) == pytest.approx(4)
    moved = explore_ball(x0=2, steps=1)
    assert steepness(moved.scene.marks["tangent"]) == pytest.approx(4)
    assert "Step 1: slope 4 at x = 2" in moved.sentence


def test_the_tangent_of_the_slope_can_be_told_from_the_slope_at_first() -> None:
    stage = explore_second_derivative()
    line = stage.scene.marks["tangent of f′"]
    curve = BENDS[stage.values_at(stage.positions)["f"]].slope
    x, y = line.end
    assert abs(curve(x) - y) > 0.5


@given(st.sampled_from(["sin", "square", "cos", "x**3 - 3*x", "x**4/4 - x**3"]))
@FEW
def test_the_sign_chart_names_a_place_after_it_is_passed(f: str) -> None:
    stage = explore_sign_chart(f, over=(-2.0, 4.0))
    found = critical_points(as_function(f), -2.0, 4.0)
    grid = stage.controls["x"].values
    for i, x in enumerate(grid):
        seen = stage.scene_at([i])
        for k, c in enumerate(found):
            if abs(c.x - x) > 1e-3:
                label = seen.marks[f"kind {k}"]
                assert math.isfinite(label.x) == (x > c.x)
        m = slope_of(as_function(f))(x)
        if abs(m) > 1e-3:
            assert ("plus" in seen.sentence.split("Passed")[0]) == (m > 0)


def test_the_chart_covers_the_whole_piece_at_its_end() -> None:
    stage = explore_sign_chart(x=4.5)
    blocks = [m for n, m in stage.scene.marks.items() if n.startswith("block")]
    assert len(blocks) == 3
    ends = [(block.points[0][0], block.points[2][0]) for block in blocks]
    assert ends == [(-1.5, 0.0), (0.0, 3.0), (3.0, 4.5)]
    assert [block.points[2][1] > 1.5 for block in blocks] == [False, False, True]


@pytest.mark.parametrize("name, kind", [("x²", "minimum"), ("−x²", "maximum"),
                                        ("x³", "saddle"), ("x⁴", "minimum")])  # fmt: skip
def test_the_second_derivative_figure_at_the_flat_place(name: str, kind: str) -> None:
    said = explore_second_derivative(x=0).set(f=name).sentence
    assert said.endswith(f"so this is a {kind}.")
    assert ("silent" in said) == (name in ("x³", "x⁴"))


@given(st.integers(0, 50), st.integers(0, 50), st.sampled_from([CUBIC, "sin", "x**4 - 4*x**2 + x"]))
@FEW
def test_the_ends_figure_finds_the_lowest_and_the_highest(i: int, k: int, f) -> None:
    stage = explore_ends(f)
    values = stage.values_at([i, k])
    said = stage.scene_at([i, k]).sentence
    if values["a"] >= values["b"]:
        assert "no piece" in said
        return
    heights = [as_function(f)(x) for x in np.linspace(values["a"], values["b"], 2001)]
    assert number_in(said, r"lowest (-?\d+\.?\d*)") == pytest.approx(min(heights), abs=2e-3)
    assert number_in(said, r"highest (-?\d+\.?\d*)") == pytest.approx(max(heights), abs=2e-3)


@pytest.mark.parametrize("explore", EXPLORERS)
def test_figures_have_few_frames(explore) -> None:
    """Few enough to travel, so that no slider waits for the kernel."""
    stage = explore()
    assert math.prod(len(control.values) for control in stage.controls.values()) <= MAX_FRAMES
    assert not re.search(r"nan|inf|\de[-+−]", f"{stage}")


# --- Newton's method ---


@given(st.floats(-5, 5), st.floats(0.2, 3), st.floats(-4, 4))
def test_newton_needs_one_step_on_a_parabola(x0: float, a: float, b: float) -> None:
    f = Function("f", "", lambda x: a * x**2 + b * x, lambda x: 2 * a * x + b)
    assert newton(f, x0, 2)[1:] == pytest.approx([-b / (2 * a)] * 2, abs=1e-6)


@pytest.mark.parametrize("x0", [-0.5, 1.5, 1.9, 2.1, 4.5])
def test_newton_steps_as_sympy_does(x0: float) -> None:
    f = X**3 - 6 * X**2 + 9 * X + 1
    step = sp.lambdify(X, X - f.diff(X) / f.diff(X, 2))
    places = newton(CUBIC, x0, 6)
    assert places[1:] == pytest.approx([step(x) for x in places[:-1]], abs=1e-6)
    assert min(abs(places[-1] - 1), abs(places[-1] - 3)) < 1e-2


def test_newton_where_f_does_not_bend() -> None:
    assert math.isnan(newton(CUBIC, 2.0, 3)[-1]) and math.isnan(newton(CATALOGUE["line"], 1, 1)[1])
    assert "never comes to 0" in explore_newton(x0=2).sentence
    assert isinstance(explore_newton(lambda x: None), Apology)


def test_the_tangent_of_f_prime_leads_to_the_new_place() -> None:
    stage = explore_newton()
    for x0, steps in [(4.5, 1), (4.5, 3), (0.25, 2), (1.5, 2)]:
        seen = stage.set(x0=x0, steps=steps)
        marks, places = seen.scene.marks, newton(CUBIC, x0, steps)
        line, new = marks["tangent"], marks["new place"]
        assert new.x == pytest.approx(places[-1])
        x, y = line.start
        assert x == pytest.approx(places[-2]) and y == pytest.approx(CUBIC.derivative(x))
        assert x - y / steepness(line) == pytest.approx(new.x)
        plain_one = walk(CUBIC, x0, 0.05, steps)[-1]
        assert number_in(seen.sentence, r"plain descent at (-?[\d.]+)") == pytest.approx(
            plain_one, abs=6e-5
        )
        assert marks["last, Newton"].y == pytest.approx(abs(CUBIC.derivative(places[-1])), rel=1e-6)
        assert marks["last, plain"].y == pytest.approx(abs(CUBIC.derivative(plain_one)))
    assert "found a valley" in stage.set(x0=4.5, steps=6).sentence
    assert "found a hilltop" in stage.set(x0=1.5, steps=6).sentence


@given(ANY_FUNCTION, st.integers(0, 999))
@FEW
def test_newton_on_any_function(f: str, seed: int) -> None:
    stage = explore_newton(f)
    if isinstance(stage, Apology):
        return
    for at in chance_positions(stage, seed):
        require_sound(stage, at)
