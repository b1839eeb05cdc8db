"""Every figure told in words and numbers.

One text serves three readers: nbval compares it, so a wrong curve is caught on every machine;
it is the picture's alternative text; and it is what a screen reader says.
"""

import math
from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

SAMPLES = 5


def number(x: float, digits: int = 4, tiny: float = 1e-12) -> str:
    """x with the given number of significant digits and a true minus sign; "−0" never appears.

    Below `tiny`, what differs between machines is round-off, and 0 is shown.
    """
    if not math.isfinite(x):
        return "undefined" if math.isnan(x) else ("∞" if x > 0 else "−∞")
    text = f"{0.0 if abs(x) < tiny else x:.{digits}g}"
    return text.replace("-", "−")


def fixed(x: float, decimals: int = 2) -> str:
    """x with a fixed number of decimals and a true minus sign; "−0.00" never appears."""
    return f"{round(x, decimals) + 0.0:.{decimals}f}".replace("-", "−")


def scientific(x: float) -> str:
    """x with two digits and a power of ten, as Python writes it: "1.1e55"; with true minus signs.

    Raises ValueError where x is not finite.
    """
    mantissa, exponent = f"{x:.1e}".split("e")
    return f"{mantissa}e{int(exponent)}".replace("-", "−")


def percent(share: float) -> str:
    """A share of a whole in percent, with two digits: "25 %" for 0.25, or "less than 0.01 %"."""
    return "less than 0.01 %" if share < 1e-4 else f"{number(100 * share, 2)} %"


def trimmed(x: float, decimals: int = 4) -> str:
    """x with at most so many decimals, a true minus sign and no zeros at its end: "0.5"."""
    return number(round(x, decimals), 9)


def pair(x: float, y: float) -> str:
    """A point as "(x, y)"."""
    return f"({number(x)}, {number(y)})"


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
