"""The axes of live figures: two beside or above each other, a mosaic, a sheet, words and boxes.

A part of a figure is either what style.frame_axes takes after its axes (the ranges of x and y,
then the labels and the title, as many as there are), or a function that draws on axes it is given.
Where a frame says no title, the row above its axes is left free, for captions.
"""

import math
from collections.abc import Callable, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from utils import style
from utils.stage import Range
from utils.stage.marks import Colour

Frame = tuple[Range, Range, *tuple[str, ...]]
Part = Frame | Callable[[Axes], object]


def one_above_the_other(
    upper: Part,
    lower: Part,
    heights: Sequence[float] = (1, 1),
    size: tuple[float, float] = (7.2, 4.7),
) -> tuple[Axes, Axes]:
    """Two axes, the upper and the lower, which have the x-axis of the upper one in common.

    heights: how high they are, compared with each other. size: of the figure, in inches.
    """
    with style.context():
        above, below = Figure(figsize=size).subplots(2, 1, sharex=True, height_ratios=heights)
        _fill(above, upper)
        _fill(below, lower)
        above.tick_params(labelbottom=True)
        count_by_ones(above)
    return above, below


def side_by_side(
    left: Part,
    right: Part,
    widths: Sequence[float] = (1, 1),
    size: tuple[float, float] = (7.6, 3.7),
) -> tuple[Axes, Axes]:
    """Two axes, the left and the right one.

    widths: how wide they are, compared with each other. size: of the figure, in inches.
    """
    with style.context():
        both = Figure(figsize=size).subplots(1, 2, width_ratios=widths)
        for ax, part in zip(both, (left, right), strict=True):
            _fill(ax, part)
    return both[0], both[1]


def mosaic(
    plan: list[list[str]],
    parts: dict[str, Part],
    widths: Sequence[float],
    heights: Sequence[float],
    size: tuple[float, float] = (7.6, 3.9),
    air: tuple[float, float] = (0.04, 0.04),
) -> dict[str, Axes]:
    """Axes by name, placed as `plan` shows: [["map", "space"], ["map", "loss"]].

    widths, heights: of its columns and rows, compared with each other. size: in inches. air:
    between columns and between rows, as shares of the axes.
    """
    with style.context():
        figure = Figure(figsize=size)
        made = figure.subplot_mosaic(plan, width_ratios=widths, height_ratios=heights)
        engine = figure.get_layout_engine()
        if engine is not None:
            engine.set(wspace=air[0], hspace=air[1])
        for name, part in parts.items():
            _fill(made[name], part)
    return made


def sheet(width: float, height: float) -> Axes:
    """Axes that fill a figure of this size in pixels and count in them, to draw schemes on."""
    with style.context():
        ax = Figure(figsize=(width / 100, height / 100), layout="none").add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, width), ylim=(0, height))
        ax.axis("off")
    return ax


def panel(
    ax: Axes,
    rows: Sequence[tuple[str, Colour]] = (),
    top: float = 0.9,
    pitch: float = 0.12,
    size: float = 11,
) -> None:
    """Make axes a blank panel from 0 to 1 with rows of words at its left.

    rows: the words of each, and their colour. top: the height of the first one. pitch: from one
    row to the next. size: of the letters, in points. What stands at the right are marks.
    """
    ax.set(xlim=(0, 1), ylim=(0, 1), title=ax.get_title("left") or " ")
    ax.axis("off")
    for i, (words, colour) in enumerate(rows):
        write(ax, 0, top - i * pitch, words, colour, size=size)


def write(
    ax: Axes,
    x: float,
    y: float,
    words: str,
    colour: Colour = "point",
    side: str = "left",
    size: float = 11,
) -> Text:
    """Words that stay as they are, beside marks.

    side: which end of them is at x: "left", "center" or "right".
    """
    return ax.text(x, y, words, color=style.INKS[colour][0], ha=side, va="center", fontsize=size)


def rounded_box(
    ax: Axes, x: float, y: float, width: float, height: float, rim: float = 1.3
) -> None:
    """An empty box with round corners around (x, y) on a sheet, in its pixels. rim: in points."""
    box = FancyBboxPatch(
        (x - width / 2, y - height / 2),
        width,
        height,
        boxstyle="round,pad=0,rounding_size=8",
        facecolor="white",
        edgecolor=style.COLOURS["quiet"],
        linewidth=rim,
    )
    ax.add_patch(box)


def count_by_ones(ax: Axes) -> None:
    """A tick at every whole number of a short x-axis, so that places can be read off."""
    left, right = ax.get_xlim()
    if 4 <= right - left <= 12:
        ax.set_xticks(range(math.ceil(left), math.floor(right) + 1))


def _fill(ax: Axes, part: Part) -> None:
    if callable(part):
        part(ax)
        return
    across, up, *words = part
    names = dict(zip(("xlabel", "ylabel", "title"), words, strict=False))
    style.frame_axes(ax, across, up, **{"title": " "} | names)
