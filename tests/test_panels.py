"""Axes for explorers."""

import pytest

from utils import style
from utils.explorers.shared import panels

FRAME = ((-3, 3), (0, 9))


def test_one_above_the_other_shares_x_and_leaves_room_for_captions() -> None:
    upper, lower = panels.one_above_the_other(
        (*FRAME, "", "f(x)"), (*FRAME, "x", "f′(x)", "Slopes"), (2, 1)
    )
    assert upper.get_shared_x_axes().joined(upper, lower)
    assert (upper.get_title("left"), lower.get_title("left")) == (" ", "Slopes")
    assert list(upper.get_xticks()) == list(range(-3, 4))
    assert (upper.get_ylabel(), lower.get_xlabel()) == ("f(x)", "x")


def test_two_axes_stand_side_by_side() -> None:
    left, right = panels.side_by_side(((0, 5), (0, 1)), ((0, 50), (0, 1)), (2, 1))
    assert left.figure is right.figure and left.get_position().x1 <= right.get_position().x0
    for ax in (left, right):
        panels.count_by_ones(ax)
    assert left.get_xticks().tolist() == [0, 1, 2, 3, 4, 5]
    assert len(right.get_xticks()) < 20  # a tick at each of 51 places would be too many


def test_a_part_may_be_drawn() -> None:
    left, right = panels.side_by_side(lambda ax: ax.plot([0, 1], [0, 1]), FRAME, (2, 1))
    assert len(left.get_lines()) == 1 and right.get_xlim() == (-3, 3)
    assert left.get_lines()[0].get_linewidth() == style.settings()["lines.linewidth"]
    made = panels.mosaic([["a", "b"], ["a", "c"]], {"a": FRAME, "c": panels.panel}, (1, 1), (1, 1))
    assert list(made) == ["a", "b", "c"] and not made["c"].axison


def test_a_sheet_counts_in_pixels() -> None:
    ax = panels.sheet(700, 200)
    assert ax.get_xlim() == (0, 700) and ax.get_ylim() == (0, 200)
    assert ax.figure.get_size_inches() == pytest.approx((7, 2))
    words = panels.write(ax, 5, 5, "words", "quiet", size=10)
    assert words.get_fontsize() == 10
    panel = panels.side_by_side(FRAME, lambda ax: panels.panel(ax, [("a", "run")] * 3))[1]
    assert [t.get_position()[1] for t in panel.texts] == pytest.approx([0.9, 0.78, 0.66])
