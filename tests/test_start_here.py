"""Chapter 00: the error of one weight, and what a nudge would do to it."""

import math
import re

import pytest

from tests.test_explorers import chance_positions, number_in, require_sound
from utils.explorers.start_here import (
    BEST,
    NUDGE,
    draw_misses,
    error,
    explore_error_trace,
    explore_nudge,
)


def bowl(w: float) -> float:
    """The lesson's error, written out: lowest at w = 3, where it is 1."""
    return 0.5 * w * w - 3 * w + 5.5


def test_the_error_is_a_bowl_with_its_bottom_at_three() -> None:
    weights = [tenth / 10 for tenth in range(-5, 66)]
    assert [error(w) for w in weights] == pytest.approx([bowl(w) for w in weights])
    assert min(weights, key=error) == BEST == 3 and error(BEST) == 1
    assert error(1) > error(2) > error(3) < error(4) < error(5)


def test_every_weight_says_its_error_and_what_a_nudge_does() -> None:
    stage = explore_nudge()
    downs = ups = 0
    for w in stage.controls["w"].values:
        said = stage.set(w=w).sentence
        assert number_in(said, r"w = (-?\d+\.\d)") == pytest.approx(w)
        assert number_in(said, r"error is (\d+\.?\d*)") == pytest.approx(bowl(w), abs=5e-4)
        change = bowl(w + 0.1) - bowl(w)
        assert ("bottom" in said) == (w == 3) == (change > 0 and bowl(w - 0.1) > bowl(w))
        ups, downs = ups + ("goes up" in said), downs + ("goes down" in said)
        assert ("goes up" in said) == (change > 0) != ("goes down" in said)
        assert number_in(said, r"goes \w+ by (\d+\.?\d*)") == pytest.approx(abs(change), abs=5e-5)
    assert (downs, ups) == (30, 31)  # at the bottom, a nudge leads up either way


def test_the_ball_lies_on_the_drawn_curve() -> None:
    stage = explore_nudge()
    (curve,) = (line for line in stage.figure.axes[0].lines if line.get_label() == "error")
    xs, ys = curve.get_data()
    assert list(ys) == pytest.approx([bowl(x) for x in xs])
    for w in (0, 2.4, 3, 6):
        ball = stage.set(w=w).scene.marks["w"]
        assert (ball.x, ball.y) == pytest.approx((w, bowl(w)))


def test_the_figure_is_sound_at_both_ends_and_between() -> None:
    stage = explore_nudge()
    for at in chance_positions(stage, seed=0):
        require_sound(stage, at)
    assert stage.table is not None  # a first figure that answers without a kernel


def test_a_weight_is_taken_to_the_nearest_tenth() -> None:
    stage = explore_nudge().set(w=2.04)
    assert stage.values["w"] == pytest.approx(2.0)
    assert number_in(stage.sentence, r"up by (\d\.\d)") == NUDGE


@pytest.mark.parametrize("w", [-0.2, 6.2, float("nan")])
def test_a_weight_beyond_the_slider_is_refused(w: float) -> None:
    with pytest.raises(ValueError, match="range"):
        explore_nudge(w)
    with pytest.raises(ValueError, match="range"):
        explore_nudge().set(w=w)


# --- where the error comes from ---

FOUR = [(-1, -2), (0, -1), (0, 1), (1, 4)]


def test_the_error_is_the_mean_square_by_which_a_line_misses_four_dots() -> None:
    for tenth in range(-20, 81):
        w = tenth / 10
        squares = [(y - w * x) ** 2 for x, y in FOUR]
        assert sum(squares) / 4 == pytest.approx(error(w)) == pytest.approx(bowl(w))


def test_every_line_says_its_misses_and_its_error() -> None:
    stage = explore_error_trace()
    for w in stage.controls["w"].values:
        said = stage.set(w=w).sentence
        assert number_in(said, r"w = (\d\.\d)") == pytest.approx(w)
        assert number_in(said, r"the error, (\d+\.?\d*)\.$") == pytest.approx(bowl(w), abs=5e-4)
        told = re.search(r"dots by (.+), (.+), (.+) and (.+)\. Take", said)
        assert told
        off = [abs(y - w * x) for x, y in FOUR]
        assert [float(miss) for miss in told.groups()] == pytest.approx(off, abs=5e-4)


def test_the_sticks_lead_from_the_line_to_the_dots() -> None:
    stage = explore_error_trace()
    for w in (0, 1.7, 3, 6):
        marks = stage.set(w=w).scene.marks
        for i, (x, y) in enumerate(FOUR):
            stick = marks[f"miss {i + 1}"]
            assert (*stick.start, *stick.end) == pytest.approx((x, w * x, x, y))
        end = marks["end of line"]
        assert end.y == pytest.approx(w * end.x) and end.x not in [x for x, _ in FOUR]


def test_the_trace_reaches_from_zero_to_the_weight() -> None:
    stage = explore_error_trace()
    for w in (0, 0.5, 3, 6):
        marks = stage.set(w=w).scene.marks
        drawn = [(x, y) for x, y in marks["trace"].points if not math.isnan(x)]
        assert drawn[0][0] == 0 and drawn[-1] == pytest.approx((w, bowl(w)))
        assert [y for _, y in drawn] == pytest.approx([bowl(x) for x, _ in drawn])
        assert (marks["w"].x, marks["w"].y) == pytest.approx((w, bowl(w)))


def test_the_first_figure_is_sound_and_answers_without_a_kernel() -> None:
    stage = explore_error_trace()
    for at in chance_positions(stage, seed=1):
        require_sound(stage, at)
    assert stage.table is not None
    slider = stage.controls["w"]
    assert slider.values[0] < stage.values["w"] < BEST, "both ways are free, the bottom is to find"


# --- the four dots, drawn again where they are needed ---


@pytest.mark.parametrize("weights", [(2,), (1, 3, 5)])
def test_each_small_picture_shows_a_line_and_what_it_misses(weights) -> None:
    axes = draw_misses(weights).axes
    assert len(axes) == len(weights)
    for w, ax in zip(weights, axes, strict=True):
        sticks = [line.get_xydata() for line in ax.lines if line.get_label() == "miss"]
        squares = [(bottom - top) ** 2 for (_, bottom), (_, top) in sticks]
        assert sum(squares) / 4 == pytest.approx(bowl(w))
        assert f"w = {w}: error {bowl(w):g}" == ax.get_title(loc="left")
        assert all(y == pytest.approx(w * x) for (x, y), _ in sticks)


@pytest.mark.parametrize("weights", [(), (1, 2, 3, 4, 5)])
def test_no_line_and_too_many_lines_are_refused(weights) -> None:
    with pytest.raises(ValueError, match="one to four weights"):
        draw_misses(weights)
