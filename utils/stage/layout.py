"""The first draw of a figure, with room for its labels."""

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.gridspec import SubplotSpec
from matplotlib.text import Text
from matplotlib.transforms import Bbox

# Inches that ticks and labels take at a font size of 12.
_LABEL, _TICKS_LEFT, _TICKS_BELOW, _TITLE, _AIR = 0.25, 0.52, 0.31, 0.24, 0.12


def draw(canvas: FigureCanvasAgg) -> None:
    """Draw the canvas's figure and settle its layout: later drawing does not move the axes.

    Constrained layout measures every label twice, which takes longer than the drawing itself. Axes
    in one row or one column get fixed margins instead, unless a label does not fit into them: then
    constrained layout finds better ones.
    """
    figure = canvas.figure
    engine = figure.get_layout_engine()
    if engine is not None and _is_plain(figure):
        figure.set_layout_engine("none")
        cells = _place(figure)
        canvas.draw()
        if not _is_cut_off(canvas, cells):
            return
        figure.set_layout_engine(engine)
    canvas.draw()
    figure.set_layout_engine("none")


def _is_plain(figure: Figure) -> bool:
    """Axes in one row or column, ticks and labels on the usual sides, no title over the figure."""
    specs = _cells(figure)
    if figure.get_suptitle() or figure.legends or len(specs) < len(figure.axes):
        return False
    grid = specs[0].get_gridspec()
    cells = sorted((spec.num1, spec.num2) for spec in specs if spec.get_gridspec() is grid)
    sides = {(ax.xaxis.get_label_position(), ax.yaxis.get_label_position()) for ax in figure.axes}
    return (
        sides == {("bottom", "left")}
        and min(grid.get_geometry()) == 1
        and cells == [(i, i) for i in range(len(figure.axes))]
        and len(cells) == grid.nrows * grid.ncols
    )


def _cells(figure: Figure) -> list[SubplotSpec]:
    """The cells of those axes that stand in a grid."""
    return [spec for ax in figure.axes if (spec := ax.get_subplotspec()) is not None]


def _margins(ax: Axes) -> tuple[float, float, float, float]:
    """Inches around the axes for ticks, labels and title: left, right, bottom, top."""
    scale = float(ax.xaxis.label.get_fontsize()) / 12
    left = right = bottom = top = _AIR
    if ax.axison:
        ticks_left = ax.yaxis.get_tick_params().get("labelleft", True)
        ticks_below = ax.xaxis.get_tick_params().get("labelbottom", True)
        left = max(_AIR, _LABEL * bool(ax.get_ylabel()) + _TICKS_LEFT * ticks_left)
        bottom = max(_AIR, _LABEL * bool(ax.get_xlabel()) + _TICKS_BELOW * ticks_below)
        right += 0.04  # half of a tick's label
    top += _TITLE * any(ax.get_title(where) for where in ("left", "center", "right"))
    return left * scale, right * scale, bottom * scale, top * scale


def _place(figure: Figure) -> list[Bbox]:
    """Set the position of every axes; returns the cell of each, with its margins, in inches."""
    wide, high = figure.get_size_inches()
    specs = _cells(figure)
    grid = specs[0].get_gridspec()
    axes = [figure.axes[k] for k in sorted(range(len(specs)), key=lambda k: specs[k].num1)]
    margins = np.array([_margins(ax) for ax in axes])
    in_a_row = grid.nrows == 1
    # Along the row (or the column) margins add up; across it, the widest holds for all.
    before, after = (0, 1) if in_a_row else (3, 2)
    across = margins[:, [2, 3] if in_a_row else [0, 1]].max(axis=0)
    ratios = np.array(grid.get_width_ratios() if in_a_row else grid.get_height_ratios(), float)
    length = wide if in_a_row else high
    room = length - margins[:, before].sum() - margins[:, after].sum()
    sizes = room * ratios / ratios.sum()
    cells, start = {}, 0.0
    for ax, margin, size in zip(axes, margins, sizes, strict=True):
        first, end = start + margin[before], start + margin[before] + size
        stop = end + margin[after]
        if in_a_row:
            inner = Bbox.from_extents(first, across[0], end, high - across[1])
            cells[ax] = Bbox.from_extents(start, 0, stop, high)
        else:
            inner = Bbox.from_extents(across[0], high - end, wide - across[1], high - first)
            cells[ax] = Bbox.from_extents(0, high - stop, wide, high - start)
        box = inner.get_points() / (wide, high)
        ax.set_position((*box[0], *(box[1] - box[0])))
        ax.set_in_layout(True)  # constrained layout may still have to move it
        start = stop
    return [cells[ax] for ax in figure.axes]


def _titles(ax: Axes) -> list[Text]:
    """The titles of axes: in the middle, at the left and at the right, empty or not."""
    return [text for text in ax.get_children() if isinstance(text, Text) and text not in ax.texts]


def _is_cut_off(canvas: FigureCanvasAgg, cells: list[Bbox]) -> bool:
    """Whether ink touches the edge of the picture, or a label lies outside its cell."""
    pixels = np.asarray(canvas.buffer_rgba())
    edges = (pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1])
    if any((edge != pixels[0, 0]).any() for edge in edges):
        return True
    for ax, cell in zip(canvas.figure.axes, cells, strict=True):
        room = cell.get_points() * canvas.figure.dpi + [[-1], [1]]
        for text in (ax.xaxis.label, ax.yaxis.label, *_titles(ax)):
            if not text.get_text() or not ax.axison:
                continue
            box = text.get_window_extent().get_points()
            if (box[0] < room[0]).any() or (box[1] > room[1]).any():
                return True
    return False
