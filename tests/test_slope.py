"""Chapter 01: what the figures of straight lines say, against rise and run worked out here."""

from collections.abc import Callable
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_explorers import SLOW, chance_positions, number_in, require_sound
from utils.explorers.slope import (
    explore_error_line,
    explore_line,
    explore_trip,
    explore_two_points,
)
from utils.slopes import slope


@pytest.mark.parametrize("explore", [explore_line, explore_error_line, explore_two_points])
@given(seed=st.integers(0, 999))
@SLOW
def test_lines_stay_sound(explore: Callable, seed: int) -> None:
    stage = explore()
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


# --- one line ---


@pytest.mark.parametrize(
    ("m", "b", "step", "crossing"),
    [
        (2, 1, "makes y rise by 2", "crosses the y-axis at 1."),
        (-1.5, -3, "makes y fall by 1.5", "crosses the y-axis at −3."),
        (0, 5, "does not change y: the line is level", "crosses the y-axis at 5."),
        (3, 0, "makes y rise by 3", "crosses the y-axis at 0."),
    ],
)
def test_a_line_says_its_step_and_its_crossing(m, b, step, crossing) -> None:
    stage = explore_line().set(m=m, b=b)
    assert step in stage.sentence and stage.sentence.endswith(crossing)
    marks = stage.scene.marks
    assert (marks["intercept"].x, marks["intercept"].y) == (0, b)
    assert (marks["step"].x, marks["step"].y) == (1, b + m)
    assert slope(marks["line"].start, marks["line"].end) == m
    assert (marks["rise"].start, marks["rise"].end) == ((1, b), (1, b + m))


def test_a_line_is_written_as_one_writes_it() -> None:
    stage = explore_line()
    assert stage.set(m=-2, b=-3).sentence.startswith("y = −2x − 3:")
    assert stage.set(m=0.5, b=3).sentence.startswith("y = 0.5x + 3:")


# --- two points ---


@given(
    st.tuples(st.integers(0, 10), st.integers(0, 5)),
    st.tuples(st.integers(0, 10), st.integers(0, 5)),
)
@SLOW
def test_two_points_say_rise_over_run(p: tuple[int, int], q: tuple[int, int]) -> None:
    said = explore_two_points().set(x1=p[0], y1=p[1], x2=q[0], y2=q[1]).sentence
    if p[0] == q[0]:
        assert "no slope" in said
    else:
        shown = number_in(said, r"rise / run [=≈] (-?\d+\.?\d*)")
        assert shown == pytest.approx(slope(p, q), abs=0.006)


@pytest.mark.parametrize(
    ("p", "q", "words"),
    [
        ((2, 1), (4, 5), "rise 4, run 2. Slope = rise / run = 2.00: the line rises"),
        ((4, 5), (2, 1), "rise −4, run −2. Slope = rise / run = 2.00: the line rises"),
        ((0, 2), (3, 1), "rise −1, run 3. Slope = rise / run ≈ −0.33: the line falls"),
        ((0, 2), (10, 2), "rise 0, run 10. Slope = rise / run = 0.00: the line stays level"),
        ((7, 0), (7, 5), "run 0. The run is 0: the line is vertical and has no slope"),
        ((7, 5), (7, 5), "P and Q are one point"),
    ],
)
def test_two_points_in_words(p, q, words) -> None:
    stage = explore_two_points(*p, *q)
    assert words in stage.sentence
    assert (stage.scene.marks["line"].start, stage.scene.marks["line"].end) == (p, q)


@pytest.mark.parametrize("wrong", [{"x1": 11}, {"y2": 7}, {"x2": -1}])
def test_points_beyond_the_paper_are_refused(wrong: dict) -> None:
    with pytest.raises(ValueError, match="outside its range"):
        explore_two_points(**wrong)
    with pytest.raises(ValueError, match="range"):
        explore_two_points().set(**wrong)


# --- the trip ---

# The lesson's trip, part by part: from, to (h), speed in km/h.
SPEEDS = [(0, 0.5, 50), (0.5, 1.25, 120), (1.25, 1.5, 0), (1.5, 2.25, 100), (2.25, 2.5, 40)]


def test_every_part_of_the_trip_says_its_speed() -> None:
    stage = explore_trip()
    kilometres = 0.0
    for begin, end, speed in SPEEDS:
        middle = stage.set(t=(begin + end) / 2)
        t = middle.values["t"]  # the slider's own nearest time
        assert begin < t < end
        assert middle.sentence.endswith(f"= {speed} km/h.")
        said = number_in(middle.sentence, r"is (-?\d+\.?\d*) km")
        assert said == pytest.approx(kilometres + speed * (t - begin), abs=0.05)
        marks = middle.scene.marks
        assert slope(marks["part"].start, marks["part"].end) == pytest.approx(speed)
        assert marks["car"].y == pytest.approx(kilometres + speed * (t - begin))
        kilometres += speed * (end - begin)


def test_a_corner_of_the_trip_says_both_speeds() -> None:
    stage = explore_trip()
    for (_, t, before), (_, _, after) in pairwise(SPEEDS):
        said = stage.set(t=t).sentence
        assert f"the slope is {before} km/h before it and {after} km/h after it" in said
        require_sound(stage, [list(stage.controls["t"].values).index(stage.values["t"])])


def test_the_ends_of_the_trip_belong_to_its_first_and_last_part() -> None:
    stage = explore_trip()
    assert stage.set(t=0).sentence.endswith("= 50 km/h.")
    assert stage.set(t=2.5).sentence.endswith("= 40 km/h.")


def test_a_trip_of_your_own() -> None:
    stage = explore_trip([(1, 10), (3, 4), (6, 4), (7, 12)], label="distance to the goal")
    assert "the distance to the goal is 7 km" in stage.sentence
    assert stage.sentence.endswith("slope = −6 km / 2 h = −3 km/h.")
    assert stage.set(t=5).sentence.endswith("= 0 km/h.")
    # Two parts with one speed have no corner between them.
    straight = explore_trip([(0, 0), (1, 30), (2, 60)], t=1)
    assert "corner" not in straight.sentence and "30 km/h" in straight.sentence


@pytest.mark.parametrize("trip", [[], [(0, 0)], [(0, 0), (0, 5)], [(1, 0), (0.5, 5), (2, 7)]])
def test_a_trip_that_is_none_is_refused(trip: list) -> None:
    with pytest.raises(ValueError, match="each must be later than the one before"):
        explore_trip(trip)


def test_a_time_beyond_the_trip_is_refused() -> None:
    with pytest.raises(ValueError, match=r"outside its range 0 to 2\.5"):
        explore_trip(t=3)


# --- the error line ---


@given(st.integers(-4, 4), st.integers(3, 7), st.integers(-4, 4))
@SLOW
def test_the_error_changes_by_slope_times_nudge(m: int, w: int, dw: int) -> None:
    slope_, weight, nudge = Fraction(m, 2), Fraction(w, 2), Fraction(dw, 4)
    stage = explore_error_line().set(m=float(slope_), w=float(weight), dw=float(nudge))
    change = slope_ * nudge
    said = stage.sentence
    assert number_in(said, r"Δerror = [^=]*= (-?\d+\.?\d*),") == pytest.approx(float(change))
    way = "rises by" if change > 0 else "falls by" if change < 0 else "stays as it is"
    assert way in said
    marks = stage.scene.marks
    assert marks["nudged"].y - marks["w"].y == pytest.approx(float(change))
    assert marks["nudged"].x - marks["w"].x == pytest.approx(float(nudge))
    # All lines turn about one place of the picture.
    start, end = marks["line"].start, marks["line"].end
    assert start[1] + slope(start, end) * (2.5 - start[0]) == pytest.approx(5)


def test_a_product_with_a_negative_number_has_brackets() -> None:
    assert "Δerror = −2 × (−0.75) = 1.5" in explore_error_line().set(m=-2, dw=-0.75).sentence
    assert "Δerror = −2 × 0.5 = −1" in explore_error_line().set(m=-2, dw=0.5).sentence
