"""Chapter 07: its rules against SymPy, its live figures against central differences."""

import math
import re
from collections.abc import Callable
from itertools import pairwise
from math import dist, prod

import pytest
import sympy
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_explorers import SLOW, SMOOTH, chance_positions, number_in, require_sound
from utils.explorers.chain_rule import (
    DEEPEST,
    INNER,
    OUTER,
    ROUTES,
    STRETCHED,
    explore_depth,
    explore_dials,
    explore_links,
    explore_neuron,
    explore_rectangle,
    explore_routes,
    explore_stretch,
)
from utils.functions import CATALOGUE
from utils.models.chain_rule import chain_slopes, neuron, two_routes
from utils.models.start_here import DOTS, error
from utils.questions.chain_rule import backwards, neuron_slope
from utils.slopes import central_difference
from utils.stage import Apology, Stage

x, w, y = sympy.symbols("x w y", real=True)
sigma = 1 / (1 + sympy.exp(-x))

FEW = settings(SLOW, max_examples=4)  # each makes a figure

# --- the formulas of the lesson and the exercises ---


@pytest.mark.parametrize(
    ("function", "variable", "derivative"),
    [
        ((3 * x + 1) ** 4, x, 12 * (3 * x + 1) ** 3),
        ((y - w * x) ** 2, w, -2 * x * (y - w * x)),
        ((3 - w) ** 2, w, -2 * (3 - w)),
        (x**2 * (2 * x + 1), x, 2 * x * (2 * x + 1) + x**2 * 2),
        (x**2 * sympy.sin(x), x, 2 * x * sympy.sin(x) + x**2 * sympy.cos(x)),
        (x / (x**2 + 1), x, (1 * (x**2 + 1) - x * 2 * x) / (x**2 + 1) ** 2),
        (sigma, x, sigma * (1 - sigma)),
        ((x**2 - 1) ** 2, x, 2 * (x**2 - 1) * 2 * x),
    ],
)
def test_formulas_are_derivatives(function, variable, derivative) -> None:
    assert sympy.simplify(sympy.diff(function, variable) - derivative) == 0


def test_the_three_rules_hold_for_any_functions() -> None:
    f, g, u = sympy.Function("f"), sympy.Function("g"), sympy.Symbol("u")
    df, dg = f(x).diff(x), g(x).diff(x)
    chain = sympy.diff(f(u), u).subs(u, g(x)) * dg
    assert sympy.simplify(sympy.diff(f(g(x)), x) - chain.doit()) == 0
    assert sympy.simplify(sympy.diff(f(x) * g(x), x) - (df * g(x) + f(x) * dg)) == 0
    quotient = (df * g(x) - f(x) * dg) / g(x) ** 2
    assert sympy.simplify(sympy.diff(f(x) / g(x), x) - quotient) == 0


def test_numbers_of_the_squared_error() -> None:
    loss = (y - w * x) ** 2
    at = {x: 2, y: 4, w: 1}
    assert loss.subs(at) == 4 and sympy.diff(loss, w).subs(at) == -8
    other = (3 - w) ** 2
    assert sympy.diff(other, w).subs(w, 1) == -4
    assert sympy.solve(sympy.diff(other, w), w) == [3]


@given(st.floats(-3, 3), st.floats(-3, 3), st.floats(-1, 1))
def test_the_slope_of_a_neuron(w: float, x: float, y: float) -> None:
    sigmoid = CATALOGUE["sigmoid"]
    measured = central_difference(lambda w: (y - sigmoid(w * x)) ** 2, w)
    assert neuron_slope(w, x, y) == pytest.approx(measured, abs=1e-7)


@given(st.lists(st.floats(-4, 4), min_size=1, max_size=9))
def test_backwards_multiplies_from_each_link_to_the_end(slopes: list[float]) -> None:
    expected = [prod(slopes[k:]) for k in range(len(slopes))]
    assert backwards(slopes) == pytest.approx(expected)


# --- the dials ---


@pytest.mark.parametrize("inner", INNER)
@pytest.mark.parametrize("outer", OUTER)
def test_the_dials_say_the_slope_of_the_whole(inner: str, outer: str) -> None:
    stage = explore_dials()
    f, g = OUTER[outer], INNER[inner]
    for x in [-0.85, 0.35, 1.4]:
        said = stage.set(inner=inner, outer=outer, x=x).sentence
        measured = central_difference(lambda x, f=f, g=g: f(g(x)), x)
        assert number_in(said, r"[=≈] (-?\d+\.?\d*) times as far as x") == pytest.approx(
            measured, abs=6e-4
        )


@given(st.sampled_from(SMOOTH), st.sampled_from(SMOOTH), st.integers(0, 999))
@FEW
def test_any_two_dials_turn_soundly(outer: str, inner: str, seed: int) -> None:
    stage = explore_dials(outer, inner)
    f, g = CATALOGUE[outer], CATALOGUE[inner]
    for at in chance_positions(stage, seed, 4):
        require_sound(stage, at)
        here = stage.values_at(at)["x"]
        seen = stage.scene_at(at)
        whole = float(f.derivative(g(here)) * g.derivative(here))
        measured = central_difference(lambda v: f(g(v)), here)
        assert whole == pytest.approx(measured, rel=1e-4, abs=1e-4)
        if abs(whole) < 1e6:
            said = number_in(seen.sentence, r"[=≈] (-?\d+\.?\d*) times as far as x")
            assert said == pytest.approx(whole, abs=6e-4)


def test_arcs_are_as_long_as_their_slopes() -> None:
    def length(name: str) -> float:
        points = stage.scene.marks[name].points
        return sum(dist(a, b) for a, b in pairwise(points))

    stage = explore_dials("square", "3*x + 1", x=0.5)
    assert length("second arc") / length("first arc") == pytest.approx(3, rel=0.01)
    assert length("third arc") / length("second arc") == pytest.approx(5, rel=0.02)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"outer": "ReLU(u)", "inner": "x²", "x": 0}, "outer function has no slope at u = 0"),
        ({"outer": "ReLU(u)", "inner": "3x + 1", "x": -1}, "0 × 3 = 0"),
        ({"outer": "u²", "inner": "3 − x", "x": 1}, r"4 × \(−1\) = −4"),
    ],
)
def test_dials_that_stand_still_or_turn_back(values: dict, words: str) -> None:
    assert re.search(words, explore_dials().set(**values).sentence)


def test_dials_where_a_function_has_no_value() -> None:
    assert "inner function has no value" in explore_dials("square", "ln(x)", x=-0.5).sentence
    assert "outer function has no value" in explore_dials("ln(x)", "x", x=-0.5).sentence
    assert isinstance(explore_dials("square", lambda x: None), Apology)


# --- the number lines ---


@pytest.mark.parametrize("inner", STRETCHED)
@pytest.mark.parametrize("outer", OUTER)
def test_the_pieces_are_as_long_as_the_functions_make_them(inner: str, outer: str) -> None:
    stage = explore_stretch()
    f, g = OUTER[outer], STRETCHED[inner]
    for x, h in [(-0.7, 0.1), (0.3, 0.4), (0.8, 0.2)]:
        seen = stage.set(inner=inner, outer=outer, x=x, h=h)
        pieces = [seen.scene.marks[f"piece of {name}"] for name in "xuy"]
        starts, ends = ([place[0] for place in row] for row in zip(
            *((piece.start, piece.end) for piece in pieces), strict=True
        ))  # fmt: skip
        assert starts == pytest.approx([x, g(x), f(g(x))])
        assert ends == pytest.approx([x + h, g(x + h), f(g(x + h))])


@given(st.sampled_from(SMOOTH), st.sampled_from(SMOOTH), st.integers(0, 999))
@FEW
def test_the_factors_of_the_number_lines_head_for_the_slopes(
    outer: str, inner: str, seed: int
) -> None:
    stage = explore_stretch(outer, inner)
    f, g = CATALOGUE[outer], CATALOGUE[inner]
    for at in chance_positions(stage, seed, 4):
        require_sound(stage, at)
        values, words = stage.values_at(at), stage.scene_at(at).sentence
        x, h = values["x"], values["h"]
        du, dy = g(x + h) - g(x), f(g(x + h)) - f(g(x))
        if abs(du) > 1e-12 and abs(dy) < 1e5:
            assert number_in(words, r"again: (-?[\d.]+) times in all") == pytest.approx(
                dy / h, abs=6e-4
            )
        slope = number_in(words, r"slopes at x: .* [=≈] (-?[\d.]+)\.$")
        assert slope == pytest.approx(central_difference(lambda v: f(g(v)), x), rel=1e-3, abs=1e-3)


def test_number_lines_where_nothing_moves_or_no_value_is() -> None:
    assert "moves nothing on the third" in explore_stretch("square", lambda x: 0 * x + 2).sentence
    assert "no value" in explore_stretch("square", "ln(x)", x=-0.5).sentence
    assert isinstance(explore_stretch("square", lambda x: None), Apology)
    with pytest.raises(ValueError, match="h"):
        explore_stretch(h=2)


# --- two routes ---


@given(st.floats(-4, 4), st.floats(-4, 4), st.floats(0.01, 0.5))
def test_what_two_routes_bring_adds_up(w: float, x: float, h: float) -> None:
    upper, lower, corner = two_routes(w, x, h, True, True)
    assert upper + lower + corner == pytest.approx(
        ((w + h) ** 2 * x - w**2 * x) / h, rel=1e-6, abs=1e-6
    )
    assert two_routes(w, x, h, True, False) == pytest.approx((upper, 0, 0), abs=1e-9)
    assert two_routes(w, x, h, False, True) == pytest.approx((0, lower, 0), abs=1e-9)
    measured = central_difference(lambda w: w * (w * x), w)
    assert upper + lower == pytest.approx(measured, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("x", [2.0, -1.5])
def test_the_bars_of_the_routes(x: float) -> None:
    stage = explore_routes(x=x)
    low, high = stage.figure.axes[1].get_ylim()
    for at in chance_positions(stage, 5):
        require_sound(stage, at)
        values, marks = stage.values_at(at), stage.scene_at(at).marks
        w, h, nudge = values["w"], values["h"], values["nudge"]
        front, inside = (w + h * (nudge != other) for other in (ROUTES[1], ROUTES[0]))
        top = marks["bar all"].points[2][1]
        assert top == pytest.approx((front * inside - w * w) * x / h) and low <= top <= high
        ways = {"upper": "upper route", "lower": "lower, first route"}
        shown = [name for name, way in ways.items() if marks[way].told()]
        last = marks["value of y"].text.replace("−", "-").split(" → ")[-1]
        assert float(last) == pytest.approx(front * inside * x, abs=6e-4)
        taken = {ROUTES[0]: ["upper"], ROUTES[1]: ["lower"]}
        assert shown == taken.get(nudge, ["upper", "lower"])


def test_the_figure_of_routes_opens_on_one_of_them_and_then_adds() -> None:
    stage = explore_routes()
    assert "12" not in stage.sentence  # which is what the learner is asked for
    assert stage.set(nudge="both routes").sentence.endswith("6 + 6 = 12.")
    assert stage.set(w=-1).sentence.endswith("−2 + (−2) = −4.")


def test_w_minus_3_comes_from_four_dots() -> None:
    total = sum((y - w * x) ** 2 for x, y in [map(sympy.Rational, dot) for dot in DOTS]) / 4
    assert sympy.expand(sympy.diff(total, w) - (w - 3)) == 0
    assert all(float(total.subs(w, at)) == error(at) for at in range(-3, 8))


# --- the neuron ---


@given(st.floats(-2, 2), st.floats(-2, 2), st.floats(0, 1))
def test_a_neuron_forward_and_back(w: float, x: float, y: float) -> None:
    sigmoid, now = CATALOGUE["sigmoid"], neuron(w, x, y)
    assert now.so_far[2] == pytest.approx(neuron_slope(w, x, y))
    assert now.so_far[1] == pytest.approx(
        central_difference(lambda z: (y - sigmoid(z)) ** 2, now.z), abs=1e-7
    )
    assert prod(now.own) == pytest.approx(now.so_far[2])


def test_the_neuron_says_which_way_its_weight_should_go() -> None:
    stage = explore_neuron()
    for at in chance_positions(stage, 3):
        require_sound(stage, at)
        values, words = stage.values_at(at), stage.scene_at(at).sentence
        slope = neuron_slope(values["w"], values["x"], 1)
        if values["back"] == 3:
            way = "up" if slope < 0 else "down" if slope > 0 else "can stay"
            assert way in words.split(". ")[-1]
        else:
            assert "should" not in words
    assert "go up" in stage.set(back=3, w=0.5, x=2).sentence
    assert "go down" in stage.set(x=-2).sentence
    assert "can stay" in stage.set(x=0).sentence
    assert "?" in explore_neuron(back=2).scene.marks["product 3"].text


# --- the rectangle ---


@given(st.sampled_from(SMOOTH), st.sampled_from(SMOOTH), st.integers(0, 999))
@FEW
def test_the_rectangle_gains_what_the_product_gains(f: str, g: str, seed: int) -> None:
    stage = explore_rectangle(f, g)
    one, other = CATALOGUE[f], CATALOGUE[g]
    for at in chance_positions(stage, seed, 4):
        require_sound(stage, at)
        values = stage.values_at(at)
        marks = stage.scene_at(at).marks
        measured = central_difference(lambda v: one(v) * other(v), values["x"])
        assert marks["limit"].start[1] == pytest.approx(measured, abs=1e-5)
        if values["h"]:
            x, h = values["x"], values["h"]
            gain = (one(x + h) * other(x + h) - one(x) * other(x)) / h
            low, high = stage.figure.axes[1].get_ylim()
            assert marks["bar corner"].points[2][1] == pytest.approx(gain, abs=1e-9)
            assert low <= gain <= high


# --- chains ---


@given(st.lists(st.sampled_from([0.25, 0.5, 1.0, 2.0, 4.0]), min_size=5, max_size=5))
@FEW
def test_links_multiply(slopes: list[float]) -> None:
    stage = explore_links(slopes)
    assert number_in(stage.sentence, r"= (\d+\.?\d*(?:e[-+]\d+)?):") == pytest.approx(
        prod(slopes), rel=1e-3
    )
    require_sound(stage, stage.positions)


@pytest.mark.parametrize("slopes", [[1.0] * 4, [1.0, 1.0, 0.0, 1.0, 1.0]])
def test_links_need_five_slopes_above_zero(slopes: list[float]) -> None:
    with pytest.raises(ValueError, match="5 links"):
        explore_links(slopes)


@given(st.sampled_from(["identity", "tanh", "sigmoid"]), st.floats(0.5, 2.0), st.integers(1, 6))
@FEW
def test_the_slope_of_a_chain_is_measured_too(name: str, w: float, depth: int) -> None:
    def chain(a: float) -> float:
        for _ in range(depth):
            a = CATALOGUE[name](w * a)
        return a

    assert chain_slopes(CATALOGUE[name], w, depth)[-1] == pytest.approx(
        central_difference(chain, 1.0), rel=1e-3, abs=1e-8
    )


def test_what_weights_do_for_a_chain_that_bends() -> None:
    sigmoid = [chain_slopes(CATALOGUE["sigmoid"], k / 20, DEEPEST)[-1] for k in range(1, 200)]
    assert 1e-17 < max(sigmoid) < 2e-17 and sigmoid.index(max(sigmoid)) + 1 == 33  # w = 1.65
    tanh = [chain_slopes(CATALOGUE["tanh"], k / 20, DEEPEST)[-1] for k in range(1, 60)]
    assert 0.009 < max(tanh) < 0.012 and tanh.index(max(tanh)) + 1 == 19  # w = 0.95
    assert chain_slopes(CATALOGUE["identity"], 1.0, DEEPEST)[-1] == 1


def test_a_chain_of_tanh_depends_on_where_it_starts() -> None:
    said = [explore_depth("tanh", n=DEEPEST, w=2, start=start).sentence for start in (0, 1)]
    assert "from a = 0" in said[0] and "exploded" in said[0]
    assert "from a = 1" in said[1] and "vanished" in said[1]
    assert chain_slopes(CATALOGUE["tanh"], 2.0, DEEPEST, 0.0)[-1] == 2.0**DEEPEST


def test_the_end_of_five_links_is_not_struck_through() -> None:
    for slopes in ([0.5, 2, 0.25, 1, 2], [1] * 5, [4] * 5, [0.25] * 5):
        stage = explore_links(slopes)
        end = stage.scene.marks["end"].y
        assert abs(math.log10(end)) > 0.4  # from the line at 1
        low, high = stage.figure.axes[1].get_ylim()
        assert low < end < high


def test_a_chain_of_your_own() -> None:
    assert "of my_bend(w · a) from" in explore_depth(my_bend, w=1).sentence
    assert "of ReLU(w · a)" in explore_depth("relu").sentence
    assert "nothing of it is left" in explore_depth(lambda z: 0 * z).sentence
    assert "no value or no slope" in explore_depth("ln(x)", n=5).sentence


def my_bend(z: float) -> float:
    """A link that a learner might write."""
    return z + 0.1 * z**3 / (1 + z * z)


@pytest.mark.parametrize(
    "explore",
    [
        explore_dials,
        explore_stretch,
        explore_rectangle,
        explore_routes,
        explore_links,
        explore_depth,
        explore_neuron,
    ],
)
def test_frames_travel_to_the_browser(explore: Callable[[], Stage]) -> None:
    stage = explore()
    assert stage.table is not None
    for at in chance_positions(stage, 7, 4):
        require_sound(stage, at)
