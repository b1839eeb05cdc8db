"""Chapter 00: the error of one weight, and what a nudge would do to it."""

import pytest

from tests.test_explorers import chance_positions, number_in, require_sound
from utils.explorers.start_here import BEST, NUDGE, error, explore_nudge


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
