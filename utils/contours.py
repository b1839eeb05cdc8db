"""A surface from above: its contour lines, each with its height, over a light tint."""

import math

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from utils import style
from utils.numerals import number, pair
from utils.slopes import Pair, Plane
from utils.surfaces import Surface, Window, as_surface

_GRID = 81  # places along each side at which a surface is sampled for its contour lines
_COARSE = 61  # the same for a learner's function, which is asked once for each place


def contour_levels(heights: np.ndarray, count: int = 9) -> tuple[float, ...]:
    """Round heights for contour lines, smallest first; empty where all heights are the same.

    heights: any shape, nan where there is no value. They are evenly spaced, so that lines which
    lie close mean steep; where a few heights tower over all others they grow instead.
    """
    values = heights[np.isfinite(heights)]
    if len(values) == 0 or not values.max() - values.min() > 1e-9 * max(1.0, abs(values).max()):
        return ()
    low, high = float(values.min()), float(values.max())
    inner_low, inner_high = np.quantile(values, [0.03, 0.97]).tolist()
    if high - low > 4 * (inner_high - inner_low) > 0:  # a pole: its walls are left out
        low, high = inner_low, inner_high
    if float(np.median(values)) - low > 0.12 * (high - low):
        ticks = MaxNLocator(count, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high).tolist()
    else:
        growing = low + (high - low) * (np.arange(1, count) / count) ** 2
        ticks = sorted({float(f"{level:.1g}") for level in growing.tolist()})
        if len(ticks) < count - 2:  # one digit is too few to keep them apart
            ticks = sorted({float(f"{level:.3g}") for level in growing.tolist()})
    return tuple(tick for tick in ticks if low < tick < high)


def plot_contours(
    ax: Axes, surface: "Surface | str | Plane", *, labels: bool = True, equal: bool = True
) -> Axes:
    """Draw the contour lines of a surface over its window, labelled, over a light tint.

    labels: whether each line carries its height.
    equal: one unit is as long on both axes, so that right angles look right. Sets the ranges and
    labels of `ax`; its title is left alone. Returns ax.
    """
    surface = as_surface(surface)
    count = _GRID if surface.gradient is not None else _COARSE
    xs, ys = (np.linspace(*ends, count) for ends in surface.window)
    heights = surface.heights(xs, ys)
    levels = surface.levels or contour_levels(heights)
    ax.grid(False)
    if levels:
        # Transparent, so that the tint suits a dark page as well as a light one.
        shades = np.linspace(0.03, 0.20, len(levels) + 1)
        blue = style.COLOURS["function"]
        masked = np.ma.masked_invalid(heights)
        ax.contourf(
            xs, ys, masked, levels, extend="both", colors=[(blue, shade) for shade in shades]
        ).set_label(_in_numbers(surface, heights))
        lines = ax.contour(
            xs, ys, masked, levels, colors=blue, linewidths=1.1, alpha=0.55, linestyles="solid"
        )
        lines.set_label(f"contour lines at {', '.join(number(level) for level in levels)}")
        if labels and (places := _label_places(lines.allsegs, surface.window)):
            size = 0.75 * matplotlib.rcParams["font.size"]
            ax.clabel(lines, fontsize=size, fmt=number, colors=blue, manual=places)
    if equal:
        ax.set_aspect("equal")
    x_name, y_name = surface.variables
    ax.set(xlim=surface.window[0], ylim=surface.window[1], xlabel=x_name, ylabel=y_name)
    return ax


def _label_places(segments: list[list[np.ndarray]], window: Window) -> list[Pair]:
    """One place on each level's longest line, near a diagonal of the window and apart from others.

    Left to itself matplotlib labels every piece of a line, and rings that leave the window have
    four. segments: for each level, its lines, each of shape (n, 2).
    """
    low, high = np.array(window, dtype=float).T
    taken: list[np.ndarray] = []
    for lines in segments:
        if not lines:
            continue
        line = (max(lines, key=len) - low) / (high - low)  # the window becomes the unit square
        inner = line[(np.abs(line - 0.5) < 0.44).all(axis=1)]
        far = [point for point in inner if all(math.dist(point, t) > 0.075 for t in taken)]
        if far:
            # The lower left half of the diagonal first.
            taken.append(min(far, key=lambda p: abs(p[0] - p[1]) + 0.1 * p[0]))
    return [tuple((low + point * (high - low)).tolist()) for point in taken]


def _in_numbers(surface: Surface, heights: np.ndarray) -> str:
    """A few heights along the diagonal: what the picture's description says of the surface."""
    xs, ys = (np.linspace(*ends, len(heights)) for ends in surface.window)
    some = np.linspace(0, len(heights) - 1, 5).round().astype(int)
    return "heights " + ", ".join(
        f"{number(heights[i, i])} at {pair(xs[i], ys[i])}" for i in some.tolist()
    )
