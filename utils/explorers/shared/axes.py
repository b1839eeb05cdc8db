"""Axes of live figures, as several chapters need them."""

import math
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import style
from utils.stage import Range

Frame = tuple[Range, Range, str, str, str]  # ranges, labels and title of one of two axes


def side_by_side(
    left: Frame, right: Frame, widths: Sequence[float] = (1, 1), height: float = 3.7
) -> tuple[Axes, Axes]:
    """Two axes next to each other, on a figure that pyplot does not know.

    widths: how wide they are, compared with each other. height: of the figure, in inches.
    """
    with style.context():
        both = Figure(figsize=(7.5, height)).subplots(1, 2, width_ratios=widths)
        for ax, frame in zip(both, (left, right), strict=True):
            style.frame_axes(ax, *frame)
    return both[0], both[1]


def count_by_ones(ax: Axes) -> None:
    """A tick at every whole number of a short x-axis, so that places can be read off."""
    left, right = ax.get_xlim()
    if 4 <= right - left <= 12:
        ax.set_xticks(range(math.ceil(left), math.floor(right) + 1))
