"""The look of every figure. One colour means one thing in all chapters.

Any two colours that meet in a figure can be told apart by everybody, also by people who lack one
kind of cones, on a light page and on a dark one. They were found by a search for that: their
differences (CIEDE2000, with the sight of Machado, Oliveira and Fernandes, 2009, simulated) are what
tests/test_colours.py asks for. Where words in a colour would be too pale to read, `INKS` has
another of the same hue.
"""

import base64
import contextlib
import io
import os
from collections.abc import Callable, Iterator

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb, to_rgba
from matplotlib.figure import Figure
from matplotlib.text import Text

from utils import borrowed, versions
from utils.describe import describe
from utils.functions import evaluate

COLOURS = {
    "function": "#115ddf",  # the function itself
    "derivative": "#b0420a",  # its derivative
    "secant": "#b5902e",  # through two points
    "tangent": "#3d7e58",  # the direction at one point
    "gradient": "#542467",  # direction of steepest ascent
    "path": "#2d9bcc",  # steps taken so far
    "rise": "#b0420a",  # a change of output, as the derivative counts it
    "run": "#484848",  # a change of input
    "point": "#111111",  # where we are
    "data": "#484848",  # what was measured
    "quiet": "#949494",  # guides and notes
    "loss": "#cd1622",  # how wrong a model is
    "momentum": "#d27908",  # optimisers; plain descent has the colour of a point
    "AdaGrad": "#505104",
    "RMSProp": "#225c63",
    "Adam": "#320f71",
}

# The same meanings on a dark page: lighter, and still told apart.
COLOURS_DARK = {
    "function": "#649af7",
    "derivative": "#c65e23",
    "secant": "#ddad21",
    "tangent": "#93fdab",
    "gradient": "#91589c",
    "path": "#91d8ff",
    "rise": "#c65e23",
    "run": "#ababab",
    "point": "#f2f2f2",
    "data": "#ababab",
    "quiet": "#757575",
    "loss": "#d0183a",
    "momentum": "#a65b21",
    "AdaGrad": "#de9814",
    "RMSProp": "#74adb0",
    "Adam": "#7844f0",
}

# What prose and messages call a colour, on a light page and on a dark one; a test holds them to it.
# A point has no word: it is dark on a light page and light on a dark one.
WORDS = {
    "function": "blue",
    "derivative": "orange",
    "rise": "orange",
    "secant": "gold",
    "tangent": "green",
    "gradient": "purple",
    "path": "sky blue",
    "run": "grey",
    "data": "grey",
    "quiet": "grey",
    "loss": "red",
    "momentum": "amber",
    "AdaGrad": "olive",
    "RMSProp": "teal",
    "Adam": "violet",
}

LEGIBLE = 4.5  # contrast of words with the page: WCAG 2.2, 1.4.3


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21, as WCAG 2 defines it."""

    def light(colour: str) -> float:
        parts = np.array(to_rgb(colour))
        linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
        return float(linear @ (0.2126, 0.7152, 0.0722))

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def legible(colour: str, paper: str) -> str:
    """The colour for words on a page: itself, or as much further from the paper as they need."""
    end = np.round(1 - np.array(to_rgb(paper)))
    for part in np.linspace(0, 1, 51):
        mixed = to_hex((1 - part) * np.array(to_rgb(colour)) + part * end)
        if contrast(mixed, paper) >= LEGIBLE:
            return mixed
    raise ValueError(f"No words can be read on {paper}.")


def _ramp(*colours: str, count: int = 32) -> list[str]:
    """`count` colours that lead evenly from the first over the others to the last."""
    anchors = np.array([to_rgb(colour) for colour in colours])
    at = np.linspace(0, len(anchors) - 1, count)
    parts = [np.interp(at, range(len(anchors)), anchors[:, k]) for k in range(3)]
    return [to_hex(colour) for colour in np.column_stack(parts)]


# Heights, of surfaces as of maps: one hue, the lower the nearer to the page.
RAMP = _ramp("#F4F8FA", "#BCD0DE", "#7F9DB4")
RAMP_DARK = _ramp("#15222C", "#2C4A5E", "#6E98B4")

PAPER = ("#ffffff", "#111111")  # on a light page and on a dark one

# Meaning to the colours of its words, on a light page and on a dark one.
INKS = {
    meaning: (legible(light, PAPER[0]), legible(COLOURS_DARK[meaning], PAPER[1]))
    for meaning, light in COLOURS.items()
}
_INK = {"#000000": "#E6E6E6", "#e4e4e4": "#333333", PAPER[0]: PAPER[1]}

_BASE = {
    "figure.figsize": (7.2, 4.2),
    "figure.dpi": 100,
    "figure.constrained_layout.use": True,
    "figure.facecolor": "white",
    "font.size": 12,
    "axes.titlesize": 13,
    "axes.titlelocation": "left",
    "axes.titley": 1.0,  # where it stands anyway; to find that out takes a quarter of a drawing
    "axes.labelsize": 12,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "axes.axisbelow": True,
    "axes.prop_cycle": matplotlib.cycler(color=[COLOURS["function"]]),
    "grid.color": "#E4E4E4",
    "grid.linewidth": 0.8,
    "lines.linewidth": 2.4,
    "lines.markersize": 8,
    "legend.frameon": False,
    "axes.unicode_minus": True,
}
_CLASS = {
    "font.size": 16,
    "axes.titlesize": 18,
    "axes.labelsize": 16,
    "lines.linewidth": 3.4,
    "lines.markersize": 11,
}

# Pictures are drawn at twice the size at which they are shown, so that they are sharp on
# projectors and high-resolution screens.
SHARPNESS = 2


def settings(for_class: bool = False) -> dict:
    """matplotlib settings of the course; `for_class` enlarges text and lines for a projector.

    Live figures are drawn with the ordinary ones, and shown larger as a whole.
    """
    return _BASE | (_CLASS if for_class else {})


CLASS_VARIABLE = "DERIVATIVES_CLASS"  # `course.py lab --class` sets it for all kernels

_for_class = False


def in_class() -> bool:
    """Whether figures are meant for a projector."""
    return _for_class


def context() -> contextlib.AbstractContextManager:
    """The look of the course for what is drawn inside: `with style.context():`.

    For live figures, which a projector shows larger as a whole: their letters stay as they are.
    """
    return matplotlib.rc_context(settings())


def use(for_class: bool | None = None) -> None:
    """Give all figures of this notebook the look of the course, and let them describe themselves.

    for_class: for a projector, with larger text and thicker lines, and live figures as large as
    the page has room for. None: where the course was opened with `python course.py lab --class`.
    """
    global _for_class
    _for_class = os.environ.get(CLASS_VARIABLE) == "1" if for_class is None else for_class
    matplotlib.rcParams.update(settings(_for_class))
    if parted := versions.parted():
        print(parted)
    borrowed.show_figures_with(_show)


def _show(figure: Figure, include=None, exclude=None) -> tuple[dict, dict]:
    """What a notebook stores of a figure: the picture, and the same in words."""
    words = describe(figure)
    picture = png(figure)
    width, height = (round(side * 100) for side in figure.get_size_inches())
    return (
        {"text/plain": words, "image/png": base64.b64encode(picture).decode()},
        {"image/png": {"alt": words, "width": width, "height": height}},
    )


@contextlib.contextmanager
def darkened(figure: Figure) -> Iterator[None]:
    """The figure in colours for a dark page, for as long as the context lasts."""
    light_to_dark = (
        _INK
        | {light: dark for light, dark in INKS.values()}
        | {light: COLOURS_DARK[meaning] for meaning, light in COLOURS.items()}
    )
    undo = []
    # A figure and its axes pass on to their patches, which would then be changed twice.
    leaves = [a for a in dict.fromkeys(figure.findobj()) if not isinstance(a, Figure | Axes)]
    papers = [leaf.get_bbox_patch() for leaf in leaves if isinstance(leaf, Text)]
    leaves += [paper for paper in papers if paper is not None]  # words with a box around them
    for artist in leaves:
        for part in ("color", "facecolor", "edgecolor", "markerfacecolor", "markeredgecolor"):
            getter = getattr(artist, f"get_{part}", None)
            setter = getattr(artist, f"set_{part}", None)
            if getter is None or setter is None:
                continue
            old = getter()
            try:
                seen = to_rgba(old)[3] > 0  # "none" is a colour without any ink
                dark = light_to_dark.get(to_hex(old).lower()) if seen else None
            except (ValueError, TypeError):
                continue  # many colours at once: a picture made of data keeps its own
            if dark is not None:
                undo.append((setter, old))
                setter(dark)
    try:
        yield
    finally:
        for setter, old in undo:
            setter(old)


def png(figure: Figure) -> bytes:
    """The figure as a PNG, at SHARPNESS times its size on the page."""
    buffer = io.BytesIO()
    figure.savefig(buffer, format="png", dpi=100 * SHARPNESS, metadata={"Software": None})
    return buffer.getvalue()


def axes(
    x: tuple[float, float],
    y: tuple[float, float],
    xlabel: str = "x",
    ylabel: str = "f(x)",
    title: str = "",
    size: tuple[float, float] | None = None,
) -> Axes:
    """New axes with their ranges and labels, on a figure of their own that pyplot does not know.

    For live figures: pyplot's current figure belongs to the notebook's cells. `size` in inches.
    """
    with context():
        figure = Figure(figsize=size)
        ax = figure.add_subplot()
        frame_axes(ax, x, y, xlabel, ylabel, title)
    return ax


def frame_axes(
    ax: Axes,
    x: tuple[float, float],
    y: tuple[float, float],
    xlabel: str = "x",
    ylabel: str = "f(x)",
    title: str = "",
) -> Axes:
    """Set the ranges, the labels and the title of `ax`, and draw the two zero lines. Returns ax."""
    ax.set(xlim=x, ylim=y, xlabel=xlabel, ylabel=ylabel, title=title)
    if y[0] < 0 < y[1]:
        ax.axhline(0, color=COLOURS["quiet"], linewidth=1, zorder=1, gid="zero")
    if x[0] < 0 < x[1]:
        ax.axvline(0, color=COLOURS["quiet"], linewidth=1, zorder=1, gid="zero")
    return ax


def heights(f: Callable[[float], float], x: tuple[float, float]) -> tuple[float, float]:
    """A range for the vertical axis that shows f over the interval x with a little air.

    Where a few values tower over all others, as near a pole, they are left out of the picture.
    """
    values = evaluate(f, np.linspace(*x, 401))
    values = values[np.isfinite(values)]
    if len(values) == 0:
        return (-1.0, 1.0)
    low, high = values.min(), values.max()
    inner_low, inner_high = np.percentile(values, [2, 98])
    if high - low > 4 * (inner_high - inner_low) > 0:
        low, high = inner_low, inner_high
    air = 0.08 * (high - low) or 1.0
    return (float(low - air), float(high + air))


def plot_function(
    ax: Axes,
    f: Callable[[float], float],
    x: tuple[float, float],
    label: str = "f(x)",
    colour: str = "function",
    count: int = 401,
) -> Axes:
    """Draw f over the interval x, with a gap wherever it has no value. Returns ax.

    Nor does the line cross the whole picture between two places, as from one side of a pole to
    the other.
    """
    xs = np.linspace(*x, count)
    ys = evaluate(f, xs)
    if not ax.get_autoscaley_on():
        low, high = ax.get_ylim()
        side = np.sign(ys - high) + np.sign(ys - low)  # 2 above the picture, −2 below
        ys[:-1][side[:-1] * side[1:] == -4] = np.nan
    ax.plot(xs, ys, color=COLOURS[colour], label=label)
    return ax


def mark_points(
    ax: Axes, points: list[tuple[float, float]], label: str = "points", colour: str = "point"
) -> Axes:
    """Draw points as dots. Returns ax."""
    xs, ys = zip(*points, strict=True)
    ax.scatter(xs, ys, color=COLOURS[colour], label=label, zorder=3, s=64)
    return ax
