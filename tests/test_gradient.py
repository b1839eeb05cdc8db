"""Chapter 10: what the lesson says of gradients, and what its figures show and say."""

import math

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.any_surface import ODD, SURFACE
from tests.test_explorers import chance_positions, number_in, require_sound
from utils.describe import describe
from utils.explorers.gradient import (
    draw_gradients,
    draw_riddle,
    explore_direction,
    explore_gradient,
    explore_guess,
)
from utils.models.gradient import apart, look_at, riddle_arrows, unit
from utils.slopes import central_difference
from utils.stage import Segment
from utils.style import axes
from utils.surfaces import CATALOGUE, as_surface

# Without their time limit: a busy machine is no endless loop.
GRADIENT, GUESS, DIRECTION = EXPLORERS = [
    explore.__wrapped__ for explore in (explore_gradient, explore_guess, explore_direction)
]
PLACE = st.tuples(st.integers(-20, 20), st.integers(-20, 20)).map(lambda p: (p[0] / 10, p[1] / 10))
# A figure takes a fifth of a second: a failing example is reported as found, not made smaller.
SLOW = settings(max_examples=4, deadline=None, phases=[Phase.explicit, Phase.generate])


# --- what the lesson says ---


@settings(deadline=None)
@given(SURFACE, PLACE, st.floats(0, 360))
def test_the_slope_along_u_is_the_dot_product(f: str, place, angle: float) -> None:
    surface, (x, y), (ux, uy) = as_surface(f), place, unit(angle)
    here = look_at(surface, x, y)
    walked = central_difference(lambda t: surface(x + t * ux, y + t * uy), 0.0, 1e-4)
    assert here.along(angle) == pytest.approx(walked, abs=1e-5 * max(1.0, here.length))


@settings(deadline=None)
@given(SURFACE, PLACE)
def test_the_gradient_is_steepest_and_crosses_the_contour_at_right_angles(f: str, place) -> None:
    here = look_at(as_surface(f), *place)
    if here.length < 1e-3:
        return
    slopes = [here.along(angle) for angle in range(360)]
    assert max(slopes) <= here.length * (1 + 1e-12)
    assert apart(float(np.argmax(slopes)), here.angle) <= 0.5 + 1e-9
    for angle, share in ((0, 1), (90, 0), (180, -1), (270, 0), (60, 0.5)):
        assert here.along(here.angle + angle) == pytest.approx(
            share * here.length, abs=1e-9 * here.length
        )


def test_the_four_walks_of_the_lesson() -> None:
    here = look_at(CATALOGUE["elliptical_bowl"], 2, 1)
    assert here.gradient == (4, 6) and here.length == pytest.approx(math.sqrt(52))
    walks = {"x": (1, 0), "y": (0, 1), "mix": (4, 6), "out": (2, 1)}
    slopes = {
        name: here.along(math.degrees(math.atan2(dy, dx))) for name, (dx, dy) in walks.items()
    }
    assert max(slopes, key=slopes.get) == "mix"
    assert slopes["y"] < slopes["out"] < slopes["mix"]
    assert here.along(math.degrees(math.atan2(0.6, 0.8))) == pytest.approx(6.8)


def test_the_gradient_shrinks_to_nothing_at_every_flat_place() -> None:
    for surface in CATALOGUE.values():
        for x, y in (*surface.minima, *surface.maxima, *surface.saddles):
            lengths = [look_at(surface, x + d, y + d).length for d in (0.1, 0.01, 0.001, 0.0)]
            assert lengths[0] > 5 * lengths[1] > 25 * lengths[2] and lengths[3] < 1e-10


# --- what the figures show and say ---


@pytest.mark.parametrize("explore", EXPLORERS)
@given(f=st.one_of(SURFACE, st.sampled_from(ODD)), seed=st.integers(0, 999))
@SLOW
def test_marks_are_finite_and_in_the_picture(explore, f: str, seed: int) -> None:
    stage = explore(f)
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


@given(f=SURFACE, seed=st.integers(0, 999))
@SLOW
def test_the_arrow_points_and_grows_as_the_gradient_does(f: str, seed: int) -> None:
    stage, surface = GRADIENT(f), as_surface(f)
    scales = []
    for at in chance_positions(stage, seed):
        seen, here = stage.scene_at(at), look_at(surface, **stage.values_at(at))
        arrow, level = seen.marks["gradient"], seen.marks["along the contour"]
        assert isinstance(arrow, Segment) and isinstance(level, Segment)
        drawn = np.subtract(arrow.end, arrow.start)
        if here.flat:
            assert np.isnan(drawn).all() and "flat" in seen.sentence
            continue
        assert drawn[0] * here.gradient[1] == pytest.approx(drawn[1] * here.gradient[0])
        assert drawn @ here.gradient > 0
        along = np.subtract(level.end, level.start)
        assert along @ drawn == pytest.approx(0, abs=1e-9)
        if "cut short" not in seen.sentence:
            scales.append(float(np.hypot(*drawn)) / here.length)
    assert scales == pytest.approx([scales[0]] * len(scales)) if scales else True


@given(f=SURFACE, seed=st.integers(0, 999))
@SLOW
def test_sentences_say_the_numbers(f: str, seed: int) -> None:
    surface, close = as_surface(f), {"rel": 2e-3, "abs": 2e-3}
    for explore in EXPLORERS:
        stage = explore(f)
        for at in chance_positions(stage, seed, count=4):
            values = stage.values_at(at)
            here, said = look_at(surface, values["x"], values["y"]), stage.scene_at(at).sentence
            if explore is GRADIENT and not here.flat:
                found = number_in(said, r"rises by (\d[\d.]*(?:e[+-]?\d+)?)")
                assert found == pytest.approx(here.length, **close)
            if explore is DIRECTION:
                found = number_in(said, r"· u = (-?\d[\d.]*(?:e[+-]?\d+)?)")
                assert found == pytest.approx(here.along(values["angle"]), **close)
            if explore is GUESS:
                assert ("∇f" in said) == values["show"]


def test_u_has_length_1_and_the_gradient_a_scale_that_is_told() -> None:
    for f, told in (("elliptical_bowl", "∇f drawn at 1/10"), ("himmelblau", "∇f drawn at 1/50")):
        stage = DIRECTION(f, x=2, y=1)
        for at in chance_positions(stage, seed=1):
            marks, values = stage.scene_at(at).marks, stage.values_at(at)
            u, arrow = marks["u"], marks["gradient"]
            assert math.dist(u.start, u.end) == pytest.approx(1)
            assert marks["lengths"].text == told
            here = look_at(as_surface(f), values["x"], values["y"])
            if here.length and "cut short" not in stage.scene_at(at).sentence:
                scale = math.dist(arrow.start, arrow.end) / here.length
                assert scale <= 1 / float(told.rsplit("/", 1)[1]) + 1e-12
    assert (
        DIRECTION("bowl", over=((-30, 30), (-30, 30)))
        .scene.marks["lengths"]
        .text.endswith("u 10 long")
    )


def test_arrows_of_the_gradient_stay_on_the_map() -> None:
    for f in ("elliptical_bowl", "himmelblau", "mixed"):
        stage = GRADIENT(f)
        (left, right), (bottom, top) = as_surface(f).window
        ends = [stage.controls[name].values for name in ("x", "y")]
        for x in (ends[0][0], ends[0][-1]):
            for y in (ends[1][0], ends[1][-1]):
                marks = stage.set(x=x, y=y).scene.marks
                for at in (marks["gradient"].end, marks["name of gradient"].coordinates()):
                    assert left <= at[0] <= right and bottom <= at[1] <= top


def test_the_guess_is_judged_only_when_asked() -> None:
    view = GUESS("elliptical_bowl", x=2, y=1)
    hidden = view.set(guess=60).scene
    assert math.isnan(hidden.marks["gradient"].end[0])
    assert [hidden.marks[f"line {i}"].text for i in (2, 3, 4, 5)] == ["?"] * 4
    shown = view.set(show=True)
    assert "Well spotted" in shown.sentence
    assert "falls by" in shown.set(guess=240).sentence


def test_a_learners_surface_is_met_kindly() -> None:
    assert "takes 1 input" in repr(explore_gradient(lambda x: x**2))
    assert "no formula in x and y" in repr(explore_direction("x + z"))
    assert "f(x, y) = hill(x, y)" in str(GRADIENT(_hill))
    assert "no gradient here" in GRADIENT("abs(x) + abs(y)").set(x=0, y=1).sentence
    assert "no gradient" in DIRECTION("sqrt(x) + y").set(x=-1).sentence
    with pytest.raises(ValueError, match="outside its range"):
        explore_gradient("bowl", x=9)


def _hill(x: float, y: float) -> float:
    return math.exp(-(x**2) - y**2)


_hill.__name__ = "hill"


def test_the_riddle_has_one_gradient() -> None:
    arrows = {letter: np.array(arrow) for letter, arrow in riddle_arrows().items()}
    here = look_at(as_surface("3*x**2 + y**2"), 1, 2)
    slopes = {letter: arrow @ here.gradient for letter, arrow in arrows.items()}
    assert slopes["D"] == pytest.approx(here.length) == pytest.approx(-slopes["C"])
    assert slopes["B"] == pytest.approx(0) and 0 < slopes["A"] < 0.95 * slopes["D"]
    angles = [math.degrees(math.atan2(*arrow[::-1])) for arrow in arrows.values()]
    assert min(apart(a, b) for i, a in enumerate(angles) for b in angles[:i]) > 20


def test_pictures_describe_themselves() -> None:
    words = describe(draw_gradients(axes((0, 1), (0, 1)), "bowl").figure)
    other = describe(draw_gradients(axes((0, 1), (0, 1)), "saddle").figure)
    assert "gradients (" in words and words != other
    assert "where you stand: (1, 2)" in describe(draw_riddle(axes((0, 1), (0, 1))).figure)
