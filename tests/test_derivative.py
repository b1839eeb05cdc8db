"""Chapter 04: tangents, f′ point by point, drawings and the riddle, against known derivatives."""

import math
import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.frames_read import frame_at
from tests.test_explorers import SLOW, SMOOTH, chance_positions, number_in, require_sound
from utils.explorers.derivative import (
    CURVES_VIEW,
    draw_riddle,
    explore_derivative,
    explore_drawing,
    explore_point_by_point,
    explore_zoom,
)
from utils.functions import CATALOGUE
from utils.models.derivative import LENSES
from utils.slopes import central_difference, difference_quotient, sampled_slopes, slope
from utils.stage import Apology, conversation

# --- secant and tangent ---


@given(f=st.sampled_from(SMOOTH), seed=st.integers(0, 999))
@SLOW
def test_the_derivative_explorer_says_value_slope_and_error(f: str, seed: int) -> None:
    stage, function = explore_derivative(f), CATALOGUE[f]
    for at in chance_positions(stage, seed):
        x0, h = stage.values_at(at)["x0"], stage.values_at(at)["h"]
        said = stage.scene_at(at).sentence
        exact = float(function.derivative(x0))
        quotient = float(difference_quotient(function, x0, h))
        close = {"abs": 1e-3, "rel": 1e-3}
        assert number_in(said, r"f\(x₀\) [=≈] (-?\d+\.?\d*)") == pytest.approx(
            function(x0), **close
        )
        assert number_in(said, r"f′\(x₀\) [=≈] (-?\d+\.?\d*)") == pytest.approx(exact, **close)
        assert number_in(said, r"has slope (-?\d+\.?\d*)") == pytest.approx(quotient, **close)
        assert number_in(said, r"error (-?\d+\.?\d*)") == pytest.approx(quotient - exact, **close)


@pytest.mark.parametrize(
    ("label", "f", "derivative"),
    [
        ("x²", lambda x: x * x, lambda x: 2 * x),
        ("x³", lambda x: x**3, lambda x: 3 * x * x),
        ("sin x", math.sin, math.cos),
        ("eˣ", math.exp, math.exp),
    ],
)
@pytest.mark.parametrize("x0", [-2, 0, 0.5, 2.5])
def test_the_curves_of_the_menu_have_their_tangents(label, f, derivative, x0) -> None:
    stage = explore_derivative().set(f=label, x0=x0)
    marks = stage.scene.marks
    assert marks["tangent"].start == pytest.approx((x0, f(x0)))
    assert slope(marks["tangent"].start, marks["tangent"].end) == pytest.approx(derivative(x0))
    h = stage.values["h"]
    rate = (f(x0 + h) - f(x0)) / h
    assert slope(marks["secant"].start, marks["secant"].end) == pytest.approx(rate)
    assert all(y == pytest.approx(f(x), abs=1e-9) for x, y in marks["curve"].points)
    verdict = {-1: "falls", 0: "is flat", 1: "rises"}[int(np.sign(derivative(x0)))]
    assert f"the curve {verdict}" in stage.sentence


def test_the_secant_turns_into_the_tangent_as_h_shrinks() -> None:
    stage = explore_derivative("square", x0=1)
    opened = stage.values["h"]
    errors = [
        number_in(stage.set(h=h).sentence, r"error (-?\d+\.\d+)")
        for h in reversed(stage.controls["h"].values)
    ]
    # For x² the error is h itself: it falls with every step, down to a thousandth of the first.
    assert errors == sorted(errors, reverse=True)
    hs = list(reversed(stage.controls["h"].values))
    assert errors == pytest.approx(hs, abs=6e-5)
    assert hs[-1] == pytest.approx(opened / 1000) and opened < hs[0]


def test_the_table_adds_up_as_it_is_shown() -> None:
    stage = explore_derivative("exp")
    for h in stage.controls["h"].values[::7]:
        marks = stage.set(h=h).scene.marks
        shown = {
            row: float(marks[f"{row} in numbers"].text.replace("−", "-"))
            for row in ("quotient", "slope", "error")
        }
        assert shown["quotient"] - shown["slope"] == pytest.approx(shown["error"], abs=1e-9)


def test_a_corner_has_no_tangent() -> None:
    stage = explore_derivative("absolute", x0=0)
    assert "the curve has a corner: slope −1 before it, 1 after" in stage.sentence
    assert "error" not in stage.sentence
    assert math.isnan(stage.scene.marks["tangent"].end[1])
    assert stage.scene.marks["slope in numbers"].text == "none"


def test_where_the_function_ends() -> None:
    stage = explore_derivative("ln", x0=-1)
    assert "f has no value, so there is neither a tangent nor a secant" in stage.sentence
    beyond = explore_derivative(lambda x: math.sqrt(1 - x), x0=0.9).set(h=1)
    assert "further f has no value: there is no secant" in beyond.sentence


def test_a_derivative_of_your_own_function_is_measured() -> None:
    stage = explore_derivative(lambda w: w**2 - w, variable="w", x0=1)
    assert re.search(r"At w₀ = 1, f\(w₀\) = 0 and f′\(w₀\) ≈ 1: the curve rises", stage.sentence)
    assert stage.scene.marks["slope in numbers"].text == "≈ 1.0000"


@pytest.mark.parametrize("explore", [explore_derivative, explore_point_by_point])
def test_a_bad_function_gets_a_sentence(explore) -> None:
    for bad, said in [(lambda x: None, "end with `return`?"), (lambda: 1, "f"), ("y + 1", "`y`")]:
        apology = explore(bad)
        assert isinstance(apology, Apology) and said in apology.sentence


def test_ranges_without_length_and_places_beyond_are_refused() -> None:
    for explore in (explore_derivative, explore_point_by_point):
        with pytest.raises(ValueError, match="has no length"):
            explore("sin", over=(1, 1))
    with pytest.raises(ValueError, match="outside its range"):
        explore_derivative("sin", x0=7)


def test_a_step_beyond_its_slider_is_taken_to_the_end() -> None:
    assert explore_derivative("sin", h=5).values["h"] == pytest.approx(1.5 * 10**0.1)
    assert explore_derivative("sin", h=1e-9).values["h"] == 0.0015


def test_the_line_below_the_sign_table_says_which_way_is_downhill() -> None:
    for f, x0, advice in [
        ("square", -1, "downhill: to the right →"),
        ("square", 1, "← downhill: to the left"),
        ("square", 0, "flat: no way down shows here"),
        ("absolute", 0, ""),
    ]:
        stage = explore_derivative(f, x0=x0)
        assert stage.scene.marks["advice"].text == advice
        m = float(CATALOGUE[f].derivative(x0))
        if "right" in advice:
            assert m < 0
        if "left" in advice:
            assert m > 0


# --- the lens ---


@given(st.sampled_from(SMOOTH), st.floats(-2, 2), st.sampled_from([1, 10, 100, 1000, 1e4]))
@SLOW
def test_the_lens_says_by_how_much_a_curve_leaves_its_tangent(f, x0, magnification) -> None:
    stage, curve = explore_zoom(f, x0=x0).set(magnification=magnification), CATALOGUE[f]
    half, slope_there = 2 / magnification, float(curve.derivative(x0))
    gaps = [
        abs(float(curve(x0 + t * half) - curve(x0)) - slope_there * t * half)
        for t in np.linspace(-1, 1, 201)
    ]
    share = max(gaps) / (2 * half)
    said = re.search(r"leaves its tangent by (less than )?([\d.,]+) %", stage.sentence)
    told = float(said[2].replace(",", "")) / 100
    assert told == pytest.approx(share, rel=0.06) or (share < 1e-6 and said[1])
    # One scale for both axes: the line through the lens is as steep as the tangent.
    marks = stage.scene.marks
    for name in ("tangent", "tangent in the window"):
        assert slope(marks[name].start, marks[name].end) == pytest.approx(slope_there, abs=1e-9)
    (left, low), _, (right, high), *_ = marks["window"].points
    assert right - left == pytest.approx(high - low) == pytest.approx(2 * half)


@given(st.sampled_from(sorted(LENSES)), st.floats(0, 6))
@SLOW
def test_what_is_in_the_window_is_the_curve(name, decades) -> None:
    stage = explore_zoom().set(f=name, magnification=10**decades)
    curve, x0 = LENSES[name]
    half = 2 / stage.values["magnification"]
    for t, height in stage.scene.marks["curve"].points[::10]:
        seen = (float(curve(x0 + t * half)) - float(curve(x0))) / half
        assert height == pytest.approx(seen, abs=1e-9)


def test_ten_times_closer_a_tenth_of_the_miss() -> None:
    stage = explore_zoom("square", x0=1)
    for k in range(6):
        stage.set(magnification=10**k)
        share = number_in(stage.sentence, r"tangent by ([\d.]+) %") / 100
        assert share == pytest.approx(10**-k)  # for x² it is half the window's radius


@pytest.mark.parametrize(
    ("name", "magnification", "share"),
    [
        ("|x|", 1, 50),
        ("|x|", 1e6, 50),
        ("√|x|", 100, 354),
        ("a tiny corner", 10, 1.1),
        ("a tiny corner", 1000, 50),
    ],
)
def test_no_lens_straightens_a_corner(name: str, magnification: float, share: float) -> None:
    stage = explore_zoom().set(f=name, magnification=magnification)
    assert "tangent" not in stage.sentence
    assert number_in(stage.sentence, r"misses the curve by ([\d.]+) %") == share
    assert math.isnan(stage.scene.marks["tangent"].end[1])


def test_the_lens_travels_and_has_its_keys() -> None:
    stage = explore_zoom()
    assert stage.table is not None and stage.table.size < 160_000
    assert list(stage.controls) == ["f", "magnification"]
    magnifications = stage.controls["magnification"].values
    assert magnifications[0] == 1 and magnifications[-1] == 1e6
    for ax in stage.canvas.spec["axes"]:  # both are square
        assert ax["width"] == pytest.approx(ax["height"], abs=1)


def test_the_lens_takes_any_function_and_says_what_is_wrong_with_it() -> None:
    own = explore_zoom(lambda w: w**2 - w, x0=1, variable="w").set(magnification=100)
    assert "leaves its tangent by 1 % of that width" in own.sentence
    assert "f has no value" in explore_zoom("ln", x0=0.5).set(magnification=1).sentence
    assert "no value at x = −1" in explore_zoom("ln", x0=-1).sentence
    assert isinstance(explore_zoom(lambda x: None), Apology)
    with pytest.raises(ValueError, match="leaves no window"):
        explore_zoom("sin", width=0)


# --- f′, point by point ---


@given(st.sampled_from(SMOOTH))
@SLOW
def test_the_trace_is_the_derivative(f: str) -> None:
    stage, curve = explore_point_by_point(f), CATALOGUE[f]
    places = stage.controls["x"].values
    stage.set(x=places[-1])
    for x, m in stage.scene.marks["trace"].points:
        assert m == pytest.approx(float(curve.derivative(x)), abs=1e-9)
    middle = places[len(places) // 3]
    marks = stage.set(x=middle).scene.marks
    assert [x for x, m in marks["trace"].points if math.isfinite(m)] == [
        x for x in places if x <= middle
    ]
    measured = central_difference(curve, middle)
    assert number_in(stage.sentence, r"has slope (-?\d+\.\d\d)") == pytest.approx(
        measured, abs=0.0051
    )
    verdict = "above" if round(measured, 9) > 0 else "below" if round(measured, 9) < 0 else "on"
    assert f"so f′ is {verdict} zero" in stage.sentence


def test_f_prime_has_a_gap_at_a_corner() -> None:
    stage = explore_point_by_point("absolute", x=0)
    assert "a corner, slope −1 before it and 1 after: f′ has no value here" in stage.sentence
    trace = dict(stage.set(x=3).scene.marks["trace"].points)
    assert math.isnan(trace[0.0])
    assert {m for x, m in trace.items() if x < 0} == {-1.0}
    assert {m for x, m in trace.items() if x > 0} == {1.0}


def test_f_prime_of_your_own_function() -> None:
    stage = explore_point_by_point(lambda t: t**3 - t, x=1, variable="t")
    assert "At t = 1 the tangent has slope 2.00: f rises, so f′ is above zero" in stage.sentence
    assert stage.scene.marks["slope in numbers"].text == "f′(1) ≈ 2.00"


# --- the riddle ---


def test_one_graph_of_the_riddle_and_only_one_shows_the_slopes() -> None:
    left, *candidates = draw_riddle().axes
    (f,) = (line for line in left.lines if line.get_label() == "f")
    xs, ys = f.get_data()
    inner = slice(5, -5)  # at the ends of a curve there is a neighbour on one side only
    slopes = np.gradient(ys, xs)[inner]
    graphs = {
        ax.get_title(loc="left"): line.get_data()
        for ax in candidates
        for line in ax.lines
        if line.get_label().startswith("graph")
    }
    assert list(graphs) == ["A", "B", "C", "D"]
    off = {
        name: np.abs(np.interp(xs, *graph)[inner] - slopes).max() for name, graph in graphs.items()
    }
    assert off.pop("C") < 0.01 and min(off.values()) > 0.3


# --- drawings ---

PLACES = np.linspace(-4, 4, 161)


@given(st.integers(0, 999), st.floats(0, 3))
@SLOW
def test_any_drawing_is_shown_soundly(seed: int, roughness: float) -> None:
    chance = np.random.default_rng(seed)
    heights = np.clip(np.cumsum(chance.normal(0, roughness / 5, 161)), -3, 3)
    stage = explore_drawing().set(curve=heights)
    for at in chance_positions(stage, seed, 4):
        require_sound(stage, at)


@given(st.floats(-1.5, 1.5), st.floats(0.3, 1.6), st.floats(0, 6))
@SLOW
def test_slopes_of_a_drawn_wave_are_its_derivative(size: float, speed: float, start: float) -> None:
    heights = size * np.sin(speed * PLACES + start)
    found = sampled_slopes(heights, PLACES[1] - PLACES[0], 6.0)
    exact = size * speed * np.cos(speed * PLACES + start)
    assert not found.corners and not found.jumps
    np.testing.assert_allclose(found.slope[8:-8], exact[8:-8], atol=0.08)


@given(st.floats(-2, 2), st.floats(-2, 2), st.integers(40, 120))
@SLOW
def test_a_corner_is_found_where_two_lines_meet(left: float, right: float, at: int) -> None:
    heights = np.where(np.arange(161) < at, left, right) * (PLACES - PLACES[at])
    found = sampled_slopes(heights, PLACES[1] - PLACES[0], 60.0)
    if abs(left - right) > 1.2:
        assert len(found.corners) == 1 and abs(found.corners[0] - at) <= 1
        corner = found.corners[0]
        assert found.left[corner] == pytest.approx(left, abs=0.15)
        assert found.right[corner] == pytest.approx(right, abs=0.15)
    elif abs(left - right) < 0.5:
        assert not found.corners


def test_a_jump_is_found_and_has_no_slope() -> None:
    heights = np.where(PLACES < 0.01, -1.0, 1.5)
    found = sampled_slopes(heights, PLACES[1] - PLACES[0], 6.0)
    assert found.jumps == (80,)
    assert math.isnan(found.slope[80]) and math.isnan(found.slope[81])
    assert found.slope[40] == 0 == found.slope[120]


def test_drawings_that_are_none_are_refused() -> None:
    stage = explore_drawing()
    with pytest.raises(ValueError, match="no curve called 'a hole'"):
        stage.set(curve="a hole")
    for wrong in ([1.0, 2.0], [float("nan")] * 161):
        with pytest.raises(ValueError, match="161 finite heights"):
            stage.set(curve=wrong)


def test_a_new_drawing_gets_frames_of_its_own() -> None:
    stage = explore_drawing("a hill")
    before = stage.table
    stage.set(curve="a corner", x=0)
    assert stage.table is not before
    _, texts = frame_at(stage.table, [80])
    assert "corner" in texts[-1]
    assert stage.table.size < conversation.MAX_BYTES


@pytest.mark.parametrize(
    ("start", "x", "words"),
    [
        ("a hill", 0, "the curve is 2.00 high and its slope is 0.00: flat"),
        ("a wave", 0, "the curve is 0.00 high and its slope is 2.5"),  # 1.6 · 1.6 = 2.56
        ("a saddle", 2, "the curve is 0.67 high and its slope is 1.00: rising"),
        ("a corner", 0, "slope −1.00 from the left, 1.00 from the right. Two answers"),
        ("a corner", -2, "the curve is 0.00 high and its slope is −1.00: falling"),
        ("a jump", 0, "the curve jumps"),
    ],
)
def test_the_curves_to_begin_with_say_their_slopes(start: str, x: float, words: str) -> None:
    assert words in explore_drawing(start, x).sentence


def test_half_tangents_meet_at_a_corner() -> None:
    marks = explore_drawing("a corner", 0).scene.marks
    left, right = marks["left"], marks["right"]
    assert left.start == right.start == (0, -2)
    assert slope(left.start, left.end) == pytest.approx(-1)
    assert slope(right.start, right.end) == pytest.approx(1)


# --- what a reader sees of names and numbers ---


def test_a_formula_is_shown_as_people_write_it() -> None:
    stage = explore_derivative("x**3 - 3*x", variable="w")
    data, _ = stage._repr_mimebundle_()
    assert "f(w) = w³ − 3w" in data["text/plain"]


def test_a_gentle_secant_does_not_run_through_the_name_of_its_end() -> None:
    stage = explore_derivative().set(f="sin x", x0=1, h=1.5)
    (left, right), (bottom, top) = CURVES_VIEW
    marks = stage.scene.marks
    name, secant = marks["name of end"], marks["secant"]
    at = secant.start[1] + slope(secant.start, secant.end) * (name.x - secant.start[0])
    assert name.y - at > 0.05 * (top - bottom)
    assert left < name.x < right


def test_an_older_notebooks_place_in_the_menu_is_met() -> None:
    assert explore_derivative(x0=3).values["x0"] == 3
    assert explore_derivative().controls["x0"].values[-1] == 2.5
