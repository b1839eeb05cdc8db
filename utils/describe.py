"""Every figure told in words and numbers.

One text serves three readers: nbval compares it, so a wrong curve is caught on every machine;
it is the picture's alternative text; and it is what a screen reader says.
"""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils.numerals import number, pair

SAMPLES = 5


def _plain(text: str) -> str:
    return text.replace("$", "").replace("\n", " ").strip()


def sample(xs: Iterable[float], ys: Iterable[float], count: int = SAMPLES) -> str:
    """A curve as `count` of its points, evenly spaced along it, ends included."""
    points = np.column_stack([np.asarray(xs, float), np.asarray(ys, float)])
    if len(points) == 0:
        return "empty"
    chosen = np.unique(np.linspace(0, len(points) - 1, count).round().astype(int))
    return ", ".join(pair(x, y) for x, y in points[chosen])


def _of_axis(ax: Axes, which: str) -> str:
    label = _plain(getattr(ax, f"get_{which}label")()) or which
    low, high = getattr(ax, f"get_{which}lim")()
    scale = getattr(ax, f"get_{which}scale")()
    if scale == "linear":
        return f"{label} from {number(low)} to {number(high)}"
    # Powers of ten are places, not round-off.
    return f"{label} from {number(low, tiny=0)} to {number(high, tiny=0)} ({scale} scale)"


def describe_axes(ax: Axes) -> list[str]:
    """The axes as lines of text: title, ranges, each curve with samples, scatters, bars, texts."""
    titles = [_plain(ax.get_title(where)) for where in ("left", "center", "right")]
    lines = [f"{title}." for title in titles if title]
    if ax.axison:  # a table drawn on axes has none that can be seen
        lines.append(f"Axes: {_of_axis(ax, 'x')}; {_of_axis(ax, 'y')}.")
    for line in ax.get_lines():
        if line.get_gid() == "zero":
            continue  # the two zero lines say nothing that the ranges do not say
        label = _plain(str(line.get_label()))
        name = "line" if label.startswith("_") or not label else label
        lines.append(f"{name}: {sample(line.get_xdata(), line.get_ydata())}.")
    for collection in ax.collections:
        offsets = np.ma.filled(np.ma.asarray(collection.get_offsets(), dtype=float), np.nan)
        label = _plain(str(collection.get_label()))
        name = "points" if label.startswith("_") or not label else label
        if len(offsets) and np.any(offsets):
            lines.append(f"{name}: {sample(offsets[:, 0], offsets[:, 1], 9)}.")
        elif collection.get_paths():
            corners = np.concatenate([path.vertices for path in collection.get_paths()])
            low, high = corners.min(axis=0), corners.max(axis=0)
            lines.append(f"area ({name}): from {pair(*low)} to {pair(*high)}.")
    bars = [bar for container in ax.containers for bar in getattr(container, "patches", [])]
    if bars:
        heights = ", ".join(number(bar.get_height()) for bar in bars)
        lines.append(f"bars: {heights}.")
    texts = [_plain(text.get_text()) for text in ax.texts if _plain(text.get_text())]
    if texts:
        lines.append("text: " + "; ".join(texts) + ".")
    return lines


def describe(figure: Figure) -> str:
    """The figure as a short text: its title, then each of its axes."""
    title = _plain(figure.get_suptitle())
    lines = [title] if title else []
    for ax in figure.axes:
        lines += describe_axes(ax)
    return "Figure: " + "\n".join(lines)
