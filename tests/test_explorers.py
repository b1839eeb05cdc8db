"""Explorers under any function and any slider values: what they show is finite and true."""

import math
import random
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.frames_read import frame_at
from utils import style
from utils.explorers.derivative import explore_derivative, explore_drawing, explore_point_by_point
from utils.explorers.limits import explore_error, explore_limit, explore_sides
from utils.explorers.rate_of_change import explore_secant, explore_slopes
from utils.explorers.slope import explore_error_line, explore_line, explore_two_points
from utils.functions import CATALOGUE
from utils.slopes import difference_quotient, sampled_slopes, slope
from utils.stage import Apology, Point, Polyline, Stage

SMOOTH = ["square", "cube", "sin", "cos", "exp", "tanh", "sigmoid", "power_of_two", "line"]
ANY_FUNCTION = st.one_of(
    st.sampled_from(list(CATALOGUE)),
    st.tuples(*[st.floats(-3, 3).map(lambda c: round(c, 2))] * 4).map(
        lambda c: f"({c[0]})*x**3 + ({c[1]})*x**2 + ({c[2]})*x + ({c[3]})"
    ),
    st.sampled_from(["1/x", "sqrt(x)", "ln(x)", "tan(x)", "abs(x)/x", "1000000*x", "x/1000000"]),
)
TAKE_A_FUNCTION = [
    explore_secant,
    explore_slopes,
    explore_limit,
    explore_sides,
    explore_derivative,
    explore_point_by_point,
]
# A figure takes a fifth of a second: a failing example is reported as found, not made smaller.
SLOW = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])


def number_in(text: str, pattern: str) -> float:
    """The number that a pattern's group finds in a text with true minus signs."""
    found = re.search(pattern, text.replace("−", "-"))
    assert found, f"{pattern!r} is not in {text!r}"
    return float(found[1])


def chance_positions(stage: Stage, seed: int, count: int = 8) -> list[list[int]]:
    """A few random settings of all sliders, and both ends."""
    chance = random.Random(seed)
    sizes = [len(control.values) for control in stage.controls.values()]
    some = [[chance.randrange(size) for size in sizes] for _ in range(count)]
    return [*some, [0] * len(sizes), [size - 1 for size in sizes]]


def require_sound(stage: Stage, at: list[int]) -> None:
    """Marks are finite or hidden, points that can be grabbed are in the picture, words are said."""
    seen = stage.scene_at(at)
    assert seen.sentence and "Error" not in seen.sentence
    assert not re.search(r"\b(nan|inf)\b", " ".join(stage.conversation.cast.texts(seen)))
    for name, mark in seen.marks.items():
        numbers = np.array(mark.coordinates())
        assert not np.isinf(numbers).any(), f"{name} is infinite"
        if isinstance(mark, Polyline):
            pairs = numbers.reshape(-1, 2)
            assert (np.isnan(pairs).any(axis=1) == np.isnan(pairs[:, 1])).all()
        # One that is clipped is hidden wherever it cannot be grabbed.
        if isinstance(mark, Point) and mark.drag and not mark.clip and np.isfinite(numbers).all():
            x, y = stage.pixel(mark)
            assert -1 <= x <= stage.size[0] + 1 and -1 <= y <= stage.size[1] + 1, f"{name} is lost"


@pytest.mark.parametrize("explore", TAKE_A_FUNCTION)
@given(f=ANY_FUNCTION, seed=st.integers(0, 999))
@SLOW
def test_marks_are_finite_and_in_the_picture(explore: Callable, f: str, seed: int) -> None:
    stage = explore(f)
    if isinstance(stage, Apology):
        return
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


@given(f=st.sampled_from(SMOOTH), seed=st.integers(0, 999))
@SLOW
def test_the_error_figure_is_sound(f: str, seed: int) -> None:
    stage = explore_error(f, x=0.7)
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


@given(f=st.sampled_from(SMOOTH), seed=st.integers(0, 999))
@SLOW
def test_the_secant_says_the_difference_quotient(f: str, seed: int) -> None:
    stage = explore_secant(f)
    for at in chance_positions(stage, seed):
        values = stage.values_at(at)
        if values["h"] == 0:
            continue
        said = number_in(stage.scene_at(at).sentence, r"run [=≈] (-?\d+\.?\d*)")
        assert said == pytest.approx(difference_quotient(CATALOGUE[f], **values), abs=0.006)


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


@pytest.mark.parametrize("explore", [explore_line, explore_error_line, explore_two_points])
@given(seed=st.integers(0, 999))
@SLOW
def test_lines_stay_sound(explore: Callable, seed: int) -> None:
    stage = explore()
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


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
    assert stage.table.size < 400_000


def test_the_look_of_a_figure_in_class() -> None:
    ordinary = explore_line().canvas.spec["scale"]
    try:
        style.use(for_class=True)
        assert explore_line().canvas.spec["scale"] > ordinary
    finally:
        style.use()
