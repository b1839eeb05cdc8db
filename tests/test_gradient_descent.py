"""Chapter 11: the numbers that its lesson states, and what its figures show and say."""

import math

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from tests.test_explorers import chance_positions, number_in, require_sound
from utils.descent import descend
from utils.describe import describe
from utils.explorers.gradient_descent import (
    FIRST,
    LANDSCAPES,
    MOST,
    SHOWN,
    draw_basins,
    explore_descent,
    explore_walk,
)
from utils.explorers.shared.geometry import milestones
from utils.functions import NoValue
from utils.models.gradient_descent import ends
from utils.stage import Apology, space
from utils.style import axes
from utils.surfaces import CATALOGUE, as_surface

CURVES = ["square", "cube", "sin", "relu", "x**4 - 4*x**2 + x", "1/x", "sqrt(x)", "abs(x)", "3"]
GROUNDS = ["plane", "mixed", "shifted_bowl", "sqrt(x) + y", "abs(x) + abs(y)", "1/(x y)", "2"]
ETAS = [-0.5, 0.0, 1e-4, 0.1, 3.0, 1e6]
# A figure takes a fifth of a second: a failing example is reported as found, not made smaller.
SLOW = settings(max_examples=5, deadline=None, phases=[Phase.explicit, Phase.generate])


# --- what the lesson says ---


def test_one_weight_comes_down_as_told() -> None:
    path = descend(lambda w: 2 * (w - 3), 8, 0.1, 28)[:, 0]
    assert path[:5].tolist() == pytest.approx([8, 7, 6.2, 5.56, 5.048])
    assert path[10] == pytest.approx(3.5369, abs=5e-5)
    assert (path[10] - 3) ** 2 == pytest.approx(0.288230, abs=5e-7)
    assert (path - 3).tolist() == pytest.approx([5 * 0.8**n for n in range(29)])
    assert path[27] - 3 > 0.01 > path[28] - 3


def test_two_weights_come_down_as_told() -> None:
    surface = CATALOGUE["shifted_bowl"]
    path = descend(surface.gradient, (0, 0), 0.1, 15)
    losses = [surface(*place) for place in path]
    # A program that prints after its update calls these steps 0, 5, 10 and 14.
    for updates, weights, loss in (
        (1, (0.4, 1.0), 18.56), (6, (1.4757, 3.6893), 1.992865),
        (11, (1.8282, 4.5705), 0.213982), (15, (1.9296, 4.8241), 0.035900),
    ):  # fmt: skip
        assert path[updates].tolist() == pytest.approx(weights, abs=5e-5)
        assert losses[updates] == pytest.approx(loss, abs=5e-7)
    # What a published table prints is nowhere on this walk.
    assert min(abs(loss - 2.796800) for loss in losses) > 0.3
    for made_up in ((1.6723, 4.1808), (1.9672, 4.9180)):
        assert min(math.dist(place, made_up) for place in path) > 0.02


def test_the_quartic_keeps_a_walk_in_the_worse_valley() -> None:
    def loss(w: float) -> float:
        return w**4 - 4 * w**2 + w

    ends = [descend(lambda w: 4 * w**3 - 8 * w + 1, s, 0.01, 100)[-1, 0] for s in (2.0, -2.0)]
    assert ends == pytest.approx([1.3470, -1.4730], abs=5e-5)
    assert loss(ends[0]) > loss(ends[1])


def test_each_step_leaves_its_contour_at_a_right_angle() -> None:
    for name in LANDSCAPES:
        surface = CATALOGUE[name]
        path = descend(surface.gradient, (1.3, 1.1), 1e-4, 20)
        for place, step in zip(path, np.diff(path, axis=0), strict=False):
            fx, fy = surface.gradient(*place)
            assert step @ (-fy, fx) == pytest.approx(0, abs=1e-9)
            assert step @ (fx, fy) < 0


@given(eta=st.floats(-0.5, 1.5), n=st.integers(0, 40))
def test_the_border_of_divergence_on_the_parabola(eta: float, n: int) -> None:
    path = descend(lambda w: 2 * (w - 3), 8, eta, n)[:, 0]
    assert path[-1] - 3 == pytest.approx(5 * (1 - 2 * eta) ** n, rel=1e-6, abs=1e-9)


# --- what the figures show and say ---


@given(f=st.sampled_from(CURVES), eta=st.sampled_from(ETAS), seed=st.integers(0, 999))
@SLOW
def test_walks_on_curves_are_sound(f: str, eta: float, seed: int) -> None:
    stage = explore_walk(f, start=1, eta=eta, over=(-3, 3))
    assert not isinstance(stage, Apology), stage
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


@given(f=st.sampled_from([None, *GROUNDS]), eta=st.sampled_from(ETAS), seed=st.integers(0, 999))
@SLOW
def test_walks_on_maps_are_sound(f: str | None, eta: float, seed: int) -> None:
    stage = explore_descent(f, start=(1, 1), eta=eta, steps=20)
    assert not isinstance(stage, Apology), stage
    for at in chance_positions(stage, seed, count=5):
        if f is None:  # pixels are asked of the landscape that is chosen
            stage.set(surface=stage.values_at(at)["surface"])
        require_sound(stage, at)


@given(seed=st.integers(0, 999))
@SLOW
def test_the_figure_says_the_walk(seed: int) -> None:
    stage = explore_descent("elliptical_bowl", start=(2, 1), eta=0.02, steps=20)
    for at in chance_positions(stage, seed, count=4):
        values, said = stage.values_at(at), stage.scene_at(at).sentence
        path = descend(
            CATALOGUE["elliptical_bowl"].gradient, (values["x"], values["y"]), values["eta"], 20
        )
        x, y = path[round(values["steps"])]
        close = {"abs": 1e-4, "rel": 1e-3}
        assert number_in(said, r"x = (-?[\d.]+(?:e[+-]?\d+)?),") == pytest.approx(x, **close)
        assert number_in(said, r"y = (-?[\d.]+(?:e[+-]?\d+)?),") == pytest.approx(y, **close)


def test_the_ball_on_the_map_is_the_ball_on_the_surface() -> None:
    stage = explore_descent("bowl", start=(2, 1), eta=0.1, steps=40)
    for n in (0, 3, SHOWN - 1, SHOWN, 40):
        marks = stage.set(steps=n).scene.marks
        x, y = marks["ball"].x, marks["ball"].y
        ground = (marks["ball in space"].x, marks["ball in space"].y)
        X, Y = space.grid(*CATALOGUE["bowl"].window)
        view = space.View(*CATALOGUE["bowl"].window, (0, float((X**2 + Y**2).max())), -60, 40)
        assert ground == pytest.approx(view.place(x, y, x**2 + y**2), abs=1e-6)


def test_runs_that_go_wrong_are_named() -> None:
    view = explore_walk(steps=1000).set(steps=1000)
    assert "leads nowhere" in view.set(eta=0).sentence
    assert "uphill" in view.set(eta=-0.1).sentence
    assert "jumps over" in view.set(eta=1.0).sentence
    assert "outgrown" in explore_walk(eta=5, steps=1000).set(steps=1000).sentence
    assert "too long" in view.set(eta=1.1, steps=20).sentence
    assert "rests in the minimum at 3" in view.set(eta=0.1, steps=1000).sentence
    for f, eta in ((None, 1.0), ("rosenbrock", 0.1)):
        far = explore_descent(f, start=(-1.5, 2), eta=eta)
        sentences = [far.set(steps=n).sentence for n in (1, 50)]
        assert all("too long" in s or "outgrown" in s or "jumps" in s for s in sentences)
    saddle = explore_descent("saddle", start=(2, 0), eta=0.1).set(steps=50)
    assert "saddle, not a minimum" in saddle.sentence
    beside = explore_descent("saddle", start=(2, 0.001), eta=0.1).set(steps=50)
    assert beside.values["y"] == 0.001 and "left the picture" in beside.sentence
    corner = explore_walk("sqrt(x)", start=0.5, eta=1.0, over=(0, 3)).set(steps=5)
    assert "no slope to follow" in corner.sentence


def test_a_million_steps_and_odd_requests() -> None:
    view = explore_descent("bowl", steps=10**6)
    assert view.controls["steps"].values[-1] == MOST
    assert "1,000,000" in view.sentence and "1,000" in view.sentence.replace("1,000,000", "")
    for odd in (
        explore_walk(steps=0), explore_walk(steps=2.5), explore_walk(eta=math.nan),
        explore_walk(start=1e9), explore_descent("bowl", start=(1, math.inf)),
        explore_descent("bowl", start=(1, 2, 3)), explore_walk(steps=math.nan),
        explore_walk(over=(2, 2)), explore_descent(lambda x: x), explore_descent(land="hill"),
    ):  # fmt: skip
        assert isinstance(odd, Apology) and str(odd).endswith("run the cell again.")


def test_a_start_outside_the_picture_is_told_and_can_be_mended() -> None:
    view = explore_walk(start=15)
    assert "outside the picture" in view.sentence and view.values["start"] == 15
    assert "outside" not in view.set(start=5).sentence
    menu = explore_descent(start=(4.5, 0)).set(surface="rosenbrock")
    assert "outside the map" in menu.sentence
    assert "outside" not in menu.set(x=1).sentence


def test_the_better_valley_is_told_from_the_other() -> None:
    view = explore_walk("x**4 - 4*x**2 + x", start=2, eta=0.01, steps=100, over=(-2.3, 2.3))
    assert "another one here is lower" in view.set(start=2, steps=100).sentence
    assert "the lowest in the picture" in view.set(start=-2).sentence


def test_milestones_keep_the_first_steps_and_the_last() -> None:
    for n in (0, 1, SHOWN - 1, SHOWN, 100, MOST):
        found = milestones(n, FIRST, SHOWN)
        assert len(found) == SHOWN and found == sorted(found) and found[-1] == n
        assert found[:FIRST] == [min(k, n) for k in range(FIRST)]


def test_many_walks_at_once_end_where_each_does() -> None:
    gradient = CATALOGUE["himmelblau"].gradient
    starts = np.array([[-3.0, 1.0, 4.5], [2.0, -1.0, 0.5]])
    found = np.array(ends(gradient, *starts, 0.01, 40))
    for start, end in zip(starts.T, found.T, strict=True):
        assert end == pytest.approx(descend(gradient, start, 0.01, 40)[-1], rel=1e-9)
    assert not np.isfinite(ends(gradient, *starts, 1.0, 40)).any()


def _basins(ax) -> tuple[list[int], int]:
    """How many starts end at each minimum, and how many of all end at one that is not nearest."""
    dots = [c for c in ax.collections if "starts that end" in str(c.get_label())]
    minima = np.array([star.get_xydata()[0] for star in ax.lines])
    strays = 0
    for owner, squares in enumerate(dots):
        places = np.asarray(squares.get_offsets())
        apart = np.hypot(*(places[:, None] - minima).transpose(2, 0, 1))
        strays += int((apart.argmin(axis=1) != owner).sum())
    return [len(squares.get_offsets()) for squares in dots], strays


def test_basins_hold_nearly_all_starts() -> None:
    ax = draw_basins(axes((0, 1), (0, 1)))
    counts, strays = _basins(ax)
    assert len(counts) == 4 and min(counts) > 300 and sum(counts) > 0.99 * 40**2
    assert "starts that end at (3, 2)" in describe(ax.figure)
    assert 0 < strays < 100


def canyon(x, y):
    """The bent valley of the lesson."""
    return x**4 / 4 - x**3 / 3 - x**2 + (y - x**2 + x) ** 2


def test_in_a_bent_valley_slopes_decide_and_not_distances() -> None:
    ax = draw_basins(Figure().subplots(), canyon, steps=2000)
    counts, strays = _basins(ax)
    assert sum(counts) == 40**2 and counts[0] > counts[1] > 400
    assert 0.2 < strays / 40**2 < 0.25
    found = [star.get_xydata()[0].tolist() for star in ax.lines]
    assert found == [pytest.approx((2, 2), abs=0.01), pytest.approx((-1, 2), abs=0.01)]
    for x, y in ((2, 2), (-1, 2), (0, 0)):
        assert as_surface(canyon).slopes(x, y) == pytest.approx((0, 0), abs=1e-6)
    # No artefact of long steps: shorter ones draw nearly the same border.
    again, _ = _basins(draw_basins(Figure().subplots(), canyon, eta=0.005, steps=4000))
    assert again == pytest.approx(counts, abs=8)


def test_basins_of_a_function_without_arrays_are_refused_with_a_reason() -> None:
    with pytest.raises(NoValue, match="stops for arrays"):
        draw_basins(Figure().subplots(), lambda x, y: math.sin(x) + y**2)
    with pytest.raises(NoValue, match="no value for each start"):
        draw_basins(Figure().subplots(), lambda x, y: 2.0)
