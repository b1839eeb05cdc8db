"""What the live figures of several chapters share: points in a window, ranges, round numbers."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.explorers.shared.geometry import (
    finest_step,
    largest_nice,
    length_of,
    nearest_nice,
    on_grid,
    point_in,
    point_near,
    rectangle,
    with_air,
)

WINDOW = ((0.0, 2.0), (-1.0, 1.0))


def test_a_rectangle_returns_to_its_first_corner() -> None:
    corners = rectangle(0, 1, 2, 3)
    assert len(corners) == 5 and corners[0] == corners[-1] == (0, 1)
    assert set(corners) == {(0, 1), (2, 1), (2, 3), (0, 3)}


@pytest.mark.parametrize(
    ("x", "y", "inside", "near"),
    [
        (1, 0, True, True),
        (2, 1, True, True),  # the edge belongs to the window
        (2.1, 0, False, True),
        (8, -7, False, True),  # three widths and heights away
        (8.1, 0, False, False),
        (math.inf, 0, False, False),
        (0, math.nan, False, False),
    ],
)
def test_points_outside_a_window_are_nowhere(x, y, inside, near) -> None:
    assert (point_in(WINDOW, x, y) == (x, y)) == inside
    assert (point_near(WINDOW, x, y) == (x, y)) == near
    assert inside or all(map(math.isnan, point_in(WINDOW, x, y)))
    assert near or all(map(math.isnan, point_near(WINDOW, x, y)))


def test_a_range_gets_air_at_both_ends() -> None:
    assert with_air(0, 10, 0.1) == (-1, 11)
    assert with_air(3, 3) == (2, 4)


def test_a_start_goes_to_the_nearest_value_of_the_slider() -> None:
    assert on_grid(0.26, -1, 0.1) == 0.3
    assert on_grid(-1, -1, 0.3) == -1


@given(st.floats(1e-9, 1e9))
def test_nice_numbers_are_1_2_or_5_times_a_power_of_ten(x) -> None:
    for nice in (nearest_nice(x), largest_nice(x)):
        assert f"{nice:.6e}"[:8] in ("1.000000", "2.000000", "5.000000")
    assert largest_nice(x) <= x * (1 + 1e-8) < 2.5 * largest_nice(x) * (1 + 1e-8)
    assert max(x / nearest_nice(x), nearest_nice(x) / x) <= math.sqrt(2.5) * (1 + 1e-8)


@given(st.floats(-50, 50), st.floats(0.01, 200), st.integers(3, 150))
def test_a_step_is_the_finest_round_one_that_is_not_too_fine(low, length, count) -> None:
    high = low + length
    for leading in ((1, 2, 5), (1, 2.5, 5)):
        step = finest_step((low, high), count, leading)
        nice = sorted(k * 10.0**p for p in range(-6, 4) for k in leading)
        enough = next(n for n in nice if n >= (high - low) / count * (1 - 1e-8))
        assert math.isclose(step, enough, rel_tol=1e-5)


@pytest.mark.parametrize("over", [(1.0, 1.0), (2.0, -2.0), (0.0, math.nan)])
def test_a_piece_of_an_axis_without_length_is_an_error_that_says_so(over) -> None:
    for ask in (length_of, lambda over: finest_step(over, 10)):
        with pytest.raises(ValueError, match="has no length: its second number must be larger"):
            ask(over)
    assert length_of((-1.0, 2.5)) == 3.5
