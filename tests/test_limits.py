"""Chapter 03: slopes as the step shrinks, against derivatives and errors known in advance."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_explorers import SLOW, SMOOTH, chance_positions, number_in, require_sound
from utils.explorers.limits import (
    explore_error,
    explore_growing_square,
    explore_limit,
    explore_sides,
)
from utils.functions import CATALOGUE
from utils.stage import Apology

# --- the graph with a hole ---


@pytest.mark.parametrize("f", SMOOTH)
def test_the_hole_is_as_high_as_the_derivative(f: str) -> None:
    curve = CATALOGUE[f]
    stage = explore_limit(f, x=0.5)
    exact = float(curve.derivative(0.5))
    assert stage.set(h=0).scene.marks["hole"].y == pytest.approx(exact, abs=1e-4)
    assert number_in(stage.sentence, r"to the height (-?\d+\.\d\d)") == pytest.approx(
        exact, abs=0.0051
    )
    for h in (-2, -0.3, 0.05, 2):
        stage.set(h=h)
        rate = (curve(0.5 + h) - curve(0.5)) / h
        dot = stage.scene.marks["slope"]
        assert (dot.x, dot.y) == pytest.approx((h, rate))
        assert number_in(stage.sentence, r"has slope (-?\d+\.\d\d)") == pytest.approx(
            rate, abs=0.0051
        )


def test_a_slope_is_above_or_below_the_hole() -> None:
    stage = explore_limit("cube")  # at x = 2: the slope for h is 12 + 6h + h²
    assert (
        "slope 15.25. That is 3.25 above the hole, which is at 12.00" in stage.set(h=0.5).sentence
    )
    assert (
        "slope 9.25. That is 2.75 below the hole, which is at 12.00" in stage.set(h=-0.5).sentence
    )
    flat = explore_limit("line", h=1)
    assert "which to two decimals is the height of the hole" in flat.sentence


def test_at_a_step_of_nothing_there_is_no_slope() -> None:
    stage = explore_limit("square").set(h=0)
    assert "0 over 0 has no value" in stage.sentence
    assert math.isnan(stage.scene.marks["slope"].y)
    assert stage.scene.marks["slope in numbers"].text == "no slope"


def test_a_corner_leads_to_no_single_height() -> None:
    stage = explore_limit("absolute", x=0)
    assert "does not lead to one height" in stage.set(h=0).sentence
    assert math.isnan(stage.scene.marks["hole"].y)
    assert stage.set(h=-1).sentence.endswith("has slope −1.00.")


def test_a_limit_where_there_is_no_value() -> None:
    assert "no value at x = −1, so no secant starts" in explore_limit("ln", x=-1).sentence
    assert "no value at x + h = −0.5" in explore_limit("ln", x=1).set(h=-1.5).sentence


def test_a_limit_of_your_own_function() -> None:
    def energy(v):
        return v * v / 2

    said = explore_limit(energy, x=3).set(h=0).sentence
    assert "leads to the height 3.00" in said
    assert isinstance(explore_limit(lambda x: None), Apology)


def test_a_limit_calls_its_input_what_you_call_it() -> None:
    stage = explore_limit("ln", x=1, variable="w").set(h=-1.5)
    assert "no value at w + h = −0.5" in stage.sentence
    assert {"w", "w + h"} <= set(stage.scene.marks) and "x" not in stage.scene.marks
    curve = stage.figure.axes[0]
    assert (curve.get_xlabel(), curve.get_ylabel()) == ("w", "f(w)")


# --- the growing square ---


def area(corners) -> float:
    """The shoelace formula."""
    closed = [*corners, corners[0]]
    turns = (x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(closed))
    return abs(sum(turns)) / 2


@pytest.mark.parametrize(("x", "h"), [(1, 0.05), (2, 0.8), (2.5, 1), (1.5, 0.4)])
def test_strips_and_corner_are_the_new_area(x: float, h: float) -> None:
    stage = explore_growing_square().set(x=x, h=h)
    pieces = {
        name: area(stage.scene.marks[name].points)
        for name in ("old square", "right strip", "top strip", "corner")
    }
    assert pieces["right strip"] == pytest.approx(x * h) == pytest.approx(pieces["top strip"])
    assert sum(pieces.values()) == pytest.approx((x + h) ** 2)
    said = stage.sentence
    assert number_in(said, r"two strips of (\d+\.?\d*)") == pytest.approx(x * h, abs=5e-5)
    assert number_in(said, r"corner of (\d+\.?\d*)") == pytest.approx(h * h, abs=5e-5)
    per_h = ((x + h) ** 2 - x**2) / h
    assert number_in(said, r"= (\d+\.?\d*)\.$") == pytest.approx(per_h)
    bars = [area(stage.scene.marks[name].points) for name in ("strips per h", "corner per h")]
    assert sum(bars) / 0.35 == pytest.approx(per_h)  # 0.35 is how wide both are


def test_a_square_that_has_not_grown() -> None:
    stage = explore_growing_square(h=0)
    assert "has not grown: no new area, and no h to divide it by" in stage.sentence
    assert math.isnan(stage.scene.marks["strips per h"].points[2][1])
    for at in chance_positions(stage, seed=1):
        require_sound(stage, at)


def test_a_square_has_its_limits() -> None:
    for wrong in ({"x": 3}, {"h": 1.2}, {"h": -0.1}):
        with pytest.raises(ValueError, match="outside its range"):
            explore_growing_square(**wrong)


# --- two sides ---


@pytest.mark.parametrize(
    ("name", "left", "right", "verdict"),
    [
        ("x² + x", "0.99", "1.01", "As h shrinks, both lead to 1.00: that is the limit."),
        ("|x|", "−1.00", "1.00", "left leads to −1.00 and right to 1.00: no limit."),
        ("ReLU(x)", "0.00", "1.00", "left leads to 0.00 and right to 1.00: no limit."),
        ("A jump", "100.00", "0.00", "From the left the slope grows without end"),
        ("The cube root of x", "21.54", "21.54", "Both grow without end as h shrinks: no limit."),
    ],
)
def test_what_both_sides_say(name: str, left: str, right: str, verdict: str) -> None:
    stage = explore_sides().set(f=name, h=0.01)
    assert f"slope {left} from the left, {right} from the right. " in stage.sentence
    assert verdict in stage.sentence


@pytest.mark.parametrize("f", SMOOTH)
def test_both_sides_of_a_smooth_function_agree(f: str) -> None:
    stage = explore_sides(f, x=0.5).set(h=1e-6)
    exact = float(CATALOGUE[f].derivative(0.5))
    assert number_in(stage.sentence, r"both lead to (-?\d+\.\d\d)") == pytest.approx(
        exact, abs=0.0051
    )
    curve = CATALOGUE[f]
    for h, m in stage.scene.marks["left slopes"].points:
        assert m == pytest.approx((curve(0.5) - curve(0.5 - h)) / h, rel=1e-6, abs=1e-6)
    for h, m in stage.scene.marks["right slopes"].points:
        assert m == pytest.approx((curve(0.5 + h) - curve(0.5)) / h, rel=1e-6, abs=1e-6)


def test_two_sides_of_your_own_function() -> None:
    def toll(x):
        return 2 * x if x < 1 else 2 + 5 * (x - 1)

    said = explore_sides(toll, x=1).sentence
    assert "left leads to 2.00 and right to 5.00: no limit." in said
    assert isinstance(explore_sides(lambda x: 1 / 0), Apology)


# --- too small a step ---


@given(f=st.sampled_from(SMOOTH), seed=st.integers(0, 999))
@SLOW
def test_the_error_figure_is_sound(f: str, seed: int) -> None:
    stage = explore_error(f, x=0.7)
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


@pytest.mark.parametrize("h", [1.0, 0.1, 0.01])
def test_long_steps_are_off_as_the_algebra_says(h: float) -> None:
    """For x³ at 2 the forward difference is off by 6h + h², the central one by h²."""
    stage = explore_error().set(h=h)
    marks = stage.scene.marks
    assert marks["forward"].y == pytest.approx(6 * h + h * h, rel=1e-6)
    assert marks["central"].y == pytest.approx(h * h, rel=1e-6)
    assert stage.sentence.count("the step is too long") == 2


@pytest.mark.parametrize("exponent", [-11, -12, -13])
def test_short_steps_are_off_by_rounding(exponent: int) -> None:
    h = 10.0**exponent
    stage = explore_error().set(h=h)
    rounding = 8 * 2.0**-52 / h  # a few last digits of f(2) = 8, divided by the step
    for name in ("forward", "central"):
        assert stage.scene.marks[name].y < 2 * rounding
    assert "digits are lost in rounding" in stage.sentence


def test_both_ends_of_the_steps() -> None:
    stage = explore_error()
    assert "off by 7: the step is too long. The central one is off by 1:" in stage.set(h=1).sentence
    said = stage.set(h=1e-16).sentence
    assert "2 + h is 2 to the computer: the forward difference is 0" in said
    assert stage.scene.marks["forward"].y == 12  # all of the slope is missed


def test_the_best_steps_are_where_theory_puts_them() -> None:
    stage = explore_error(x=1.0)
    errors = {"forward": {}, "central": {}}
    for h in stage.controls["h"].values:
        marks = stage.set(h=h).scene.marks
        for name, found in errors.items():
            found[h] = marks[name].y
    best = {name: min(found, key=found.get) for name, found in errors.items()}
    # √ε and ∛ε, give or take a decade: rounding errors are a matter of luck.
    assert 1e-9 < best["forward"] < 2e-7
    assert 5e-7 < best["central"] < 1e-4
    assert errors["central"][best["central"]] < errors["forward"][best["forward"]] / 10


def test_an_error_needs_the_exact_slope() -> None:
    with pytest.raises(ValueError, match="Hand it over: slope="):
        explore_error(lambda x: x * x)
    exact = explore_error(lambda x: x * x, slope=4).set(h=0.01)
    assert "the forward difference is off by 0.01: the step is too long" in exact.sentence


def test_a_wrong_slope_is_suspected() -> None:
    said = explore_error(lambda x: x * x, slope=5).set(h=1e-4).sentence
    assert "off by 1, and no step cures that: is the slope really 5?" in said
