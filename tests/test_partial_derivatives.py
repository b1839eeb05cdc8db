"""Chapter 09: what the lesson says of partial derivatives, and what its figures show and say."""

import math
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.any_surface import ODD, SURFACE
from tests.test_explorers import chance_positions, number_in, require_sound
from utils.explorers.partial_derivatives import (
    explore_held,
    explore_nudge,
    explore_slices,
)
from utils.questions.partial_derivatives import stopping
from utils.stage import Point, Polyline, Segment
from utils.surfaces import CATALOGUE, as_surface

# Without their time limit: a busy machine is no endless loop.
SLICES, HELD, NUDGE = EXPLORERS = [
    explore.__wrapped__ for explore in (explore_slices, explore_held, explore_nudge)
]
# A figure takes a fifth of a second: a failing example is reported as found, not made smaller.
SLOW = settings(max_examples=2, deadline=None, phases=[Phase.explicit, Phase.generate])


# --- what the lesson and the exercises say ---


def test_the_rules_are_sympys() -> None:
    x, y, a, b = sp.symbols("x y a b")
    said = [
        (x**2 + 3 * y**2, x, 2 * x),
        (x**2 + 3 * y**2, y, 6 * y),
        (x**2 + 3 * x * y + y**2, x, 2 * x + 3 * y),
        (x**2 + 3 * x * y + y**2, y, 3 * x + 2 * y),
        (x**2 * y + 5 * y, x, 2 * x * y),
        (sp.pi * x**2 * a, x, 2 * sp.pi * x * a),
        (x * y, x, y),
        ((4 - (2 * a + b)) ** 2, a, -4 * (4 - (2 * a + b))),
        ((4 - (2 * a + b)) ** 2, b, -2 * (4 - (2 * a + b))),
    ]
    for f, along, partial in said:
        assert sp.expand(sp.diff(f, along) - partial) == 0


def test_nudging_both_knobs_adds_both_slopes() -> None:
    x, y, h = sp.symbols("x y h")
    f = sp.Lambda((x, y), x**2 + 3 * y**2)
    both = sp.limit((f(x + h, y + h) - f(x, y)) / h, h, 0)
    assert both.subs({x: 2, y: 1}) == 10 == 4 + 6


def test_both_cuts_have_a_valley_where_j_has_a_saddle() -> None:
    mixed = CATALOGUE["mixed"]
    t = np.array([-0.3, -0.1, 0.1, 0.3])
    assert mixed.slopes(0, 0) == (0, 0)
    assert (mixed(t, 0 * t) > 0).all() and (mixed(0 * t, t) > 0).all()
    assert (mixed(t, -t) < 0).all()


def test_the_table_gives_the_speed_as_rounded_as_it_is() -> None:
    row = [round(stopping(20, t), 1) for t in (0.5, 1.0, 1.5)]
    assert [(b - a) / 0.5 for a, b in pairwise(row)] == pytest.approx([20, 20])


# --- what the figures show and say ---


@pytest.mark.parametrize("explore", EXPLORERS)
@given(f=st.one_of(SURFACE, st.sampled_from(ODD)), seed=st.integers(0, 999))
@SLOW
def test_marks_are_finite_and_in_the_picture(explore, f: str, seed: int) -> None:
    stage = explore(f)
    for at in chance_positions(stage, seed, count=5):
        require_sound(stage, at)


@given(f=SURFACE, seed=st.integers(0, 999))
@SLOW
def test_tangents_have_the_slope_of_the_cut(f: str, seed: int) -> None:
    stage, surface = SLICES(f), as_surface(f)
    for at in chance_positions(stage, seed, count=5):
        values, seen = stage.values_at(at), stage.scene_at(at)
        slopes = surface.slopes(values["x"], values["y"])
        for axis, along in enumerate(surface.variables):
            tangent, place = (
                seen.marks[f"tangent along {along}"],
                seen.marks[f"place along {along}"],
            )
            assert isinstance(tangent, Segment) and isinstance(place, Point)
            run, rise = np.subtract(tangent.end, tangent.start)
            if math.isfinite(rise) and run > 0:
                assert rise == pytest.approx(slopes[axis] * run, rel=1e-6, abs=1e-6)
                assert place.x == values["xy"[axis]]


@given(f=SURFACE, seed=st.integers(0, 999))
@SLOW
def test_sentences_say_the_numbers(f: str, seed: int) -> None:
    surface, close = as_surface(f), {"rel": 2e-3, "abs": 2e-3}
    across, up = surface.variables
    figure = r" [=≈] (-?\d[\d.]*\d(?:e[+-]?\d+)?|-?\d)"
    for explore in EXPLORERS:
        stage = explore(f)
        for at in chance_positions(stage, seed, count=3):
            values, said = stage.values_at(at), stage.scene_at(at).sentence
            slopes = surface.slopes(values["x"], values["y"])
            if explore is NUDGE:
                h, first, second = values["h"], values["first"], values["second"]
                if first or second:
                    change = surface(values["x"] + h * first, values["y"] + h * second)
                    change -= surface(values["x"], values["y"])
                    found = number_in(said, r"change / h" + figure)
                    assert found == pytest.approx(change / h, **close)
                assert ("no partial derivative" in said) == (first and second)
                continue
            assert number_in(said, f"∂f/∂{across}" + figure) == pytest.approx(slopes[0], **close)
            if explore is SLICES:
                assert number_in(said, f"∂f/∂{up}" + figure) == pytest.approx(slopes[1], **close)


def test_a_steeper_tangent_is_drawn_steeper() -> None:
    stage = SLICES("elliptical_bowl", x=2, y=1)
    (low, high), (left, right) = (ax.get_xlim() for ax in stage.figure.axes[1:])
    assert high - low == pytest.approx(right - left)
    # Where one unit would leave nothing of the other cut to be seen, each has its own.
    far = SLICES("x + y/50", over=((0, 1), (0, 50)))
    assert [ax.get_xlim() for ax in far.figure.axes[1:]] == [(0, 1), (0, 50)]


def test_no_view_cuts_the_surface_off() -> None:
    for azimuth in range(-180, 181, 30):
        for elevation in (16, 40, 62, 90):
            stage = SLICES("elliptical_bowl").set(azimuth=azimuth, elevation=elevation)
            corners, ax = stage.scene.marks["surface"].corners, stage.figure.axes[0]
            for axis, (low, high) in enumerate((ax.get_xlim(), ax.get_ylim())):
                seen = corners[..., axis]
                assert low <= np.nanmin(seen) and np.nanmax(seen) <= high


def test_each_curve_of_a_family_says_at_which_value_the_other_input_is_held() -> None:
    words = [text.get_text() for text in HELD("mixed").figure.axes[0].texts]
    assert words[0] == "−2.4" and words[-1] == "w₂ = 2.4" and len(words) == 7
    # On the bowl, y and −y lead to one curve.
    assert "y = −2, 2" in [text.get_text() for text in HELD("elliptical_bowl").figure.axes[0].texts]


def test_what_lies_behind_the_surface_is_drawn_thin() -> None:
    def lengths(elevation: float) -> tuple[int, int]:
        marks = SLICES("bowl").set(x=0, y=0, azimuth=-90, elevation=elevation).scene.marks
        found = []
        for name in ("cut along y, in space", "hidden part along y"):
            line = marks[name]
            assert isinstance(line, Polyline)
            found.append(int(np.isfinite(np.array(line.points)).all(axis=1).sum()))
        return found[0], found[1]

    seen_flat, hidden_flat = lengths(16)
    assert hidden_flat > 5 and seen_flat > 5
    assert lengths(90) == (49, 0)  # from straight above nothing hides anything


def test_dragging_a_place_on_a_cut_moves_one_input() -> None:
    stage = SLICES("elliptical_bowl", x=2, y=1)
    assert stage.scene.marks["place along x"].drag == "x"
    assert stage.scene.marks["place along y"].drag == "y"
    assert stage.scene.marks["place"].drag == ("x", "y")


def test_a_learners_surface_is_met_kindly() -> None:
    assert "takes 1 input" in repr(explore_slices(lambda x: x**2))
    assert "no formula in x and y" in repr(explore_held("x + z"))
    assert "no slope" in SLICES("abs(x) + abs(y)").set(x=0, y=1).sentence
    assert "no value" in SLICES("sqrt(x) + y").set(x=-1).sentence
    assert "tick one" in NUDGE("bowl").set(first=False).sentence
    with pytest.raises(ValueError, match="outside its range"):
        explore_slices("bowl", x=9)
