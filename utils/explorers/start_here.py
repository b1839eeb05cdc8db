"""Chapter 00: one weight, one error, one nudge, and where the error comes from."""

from collections.abc import Sequence

from matplotlib.figure import Figure

from utils import style
from utils.explorers.shared.panels import count_by_ones, mosaic, side_by_side
from utils.models.start_here import BEST, DOTS, error, misses
from utils.numerals import fixed, number
from utils.stage import (
    NOWHERE,
    Caption,
    Drop,
    Line,
    Point,
    Polyline,
    Scene,
    Segment,
    Slider,
    Stage,
    Text,
    explorer,
)
from utils.stage.marks import Mark

NUDGE = 0.1
HANDLE = 1.3  # the x at which the line is taken by the hand, beside all dots


@explorer
def explore_error_trace(w: float = 1.0) -> Stage:
    """Left, four dots and the line ŷ = wx with what it misses them by; right, the error of that
    line for every w from 0 up to here. Turn the line, and its error draws the curve.
    """
    slider = Slider(0, 6, w, 0.1, label="weight w")
    line, trace = side_by_side(
        ((-1.6, 1.6), (-8.4, 8.4), "x", "y", "Four dots, one line"),
        ((-0.5, 6.5), (0, 6), "weight w", "error", "Its error"),
        size=(7.6, 3.8),
    )
    line.set_yticks(range(-8, 9, 4))
    count_by_ones(trace)
    style.mark_points(line, DOTS, label="four dots", colour="data")

    def frame(w: float) -> Scene:
        off, now = misses(w), error(w)
        told = [number(abs(miss)) for miss in off]
        marks: dict[str, Mark] = {
            f"miss {i + 1}": Segment((x, y - miss), (x, y), colour="loss", width=3)
            for i, ((x, y), miss) in enumerate(zip(DOTS, off, strict=True))
        }
        path = ((at, error(at)) if at <= w + 1e-9 else NOWHERE for at in slider.values)
        marks |= {
            "line": Line((0, 0), (1, w), colour="function"),
            "end of line": Point(HANDLE, w * HANDLE, drag="w", colour="function"),
            "trace": Polyline(tuple(path), colour="loss", ax=1, width=3.2),
            "drop": Drop(w, now, ax=1),
            "w": Point(w, now, drag="w", ax=1),
            "rule": Caption(f"ŷ = {fixed(w, 1)} x", "right", colour="function"),
            "error": Caption(f"error {number(now)}", "right", colour="loss", ax=1),
        }
        return Scene(
            f"With w = {fixed(w, 1)} the line misses the four dots by {', '.join(told[:3])} and "
            f"{told[3]}. Take each miss times itself: the mean of the four is the error, "
            f"{number(now)}.",
            marks,
        )

    return Stage(line, frame, {"w": slider}, "A line through four dots, and its error")


@explorer
def explore_nudge(w: float = 0.5) -> Stage:
    """A ball on an error curve. Drag it, or move its slider, and see what a nudge would do."""
    ax = style.axes((-0.5, 6.5), (0, 8), "weight w", "error", "The error for every weight")
    style.plot_function(ax, error, (-0.5, 6.5), label="error")

    def frame(w: float) -> Scene:
        now, change = error(w), error(w + NUDGE) - error(w)
        verdict = f"goes {'up' if change > 0 else 'down'} by {number(abs(change))}"
        if min(change, error(w - NUDGE) - now) > 0:
            verdict += ", and so it does if you nudge w down: you are at the bottom"
        # Inside the bowl there is room for words, whichever side the point is on.
        inwards = max(-0.85, min(0.85, (BEST - w) / 2))
        return Scene(
            f"At w = {fixed(w, 1)} the error is {number(now)}. "
            f"Nudge w up by {number(NUDGE)} and the error {verdict}.",
            {
                "drop": Drop(w, now),
                "w": Point(w, now, drag="w"),
                "error": Text(w + inwards, now + 0.6, f"error {number(now)}"),
            },
        )

    sliders = {"w": Slider(0, 6, w, 0.1, label="weight w")}
    return Stage(ax, frame, sliders, "The error of a model with one weight")


def draw_misses(weights: Sequence[float] = (1, 3, 5)) -> Figure:
    """The four dots of `explore_error_trace` once for each weight, with its line and its misses.

    weights: one to four of them. Raises ValueError for none, or for more.
    """
    if not 1 <= len(weights) <= 4:
        raise ValueError(f"Lines for one to four weights have room here, not for {len(weights)}.")
    names = [f"w = {number(w)}: error {number(error(w))}" for w in weights]
    parts = {name: ((-1.6, 1.6), (-8.4, 8.4), "x", "", name) for name in names}
    axes = mosaic([names], parts, [1] * len(names), [1], (0.6 + 2.4 * len(names), 2.7))
    for w, name in zip(weights, names, strict=True):
        ax = axes[name]
        style.plot_function(ax, lambda x, w=w: w * x, (-1.6, 1.6), label=f"ŷ = {number(w)} x")
        for x, y in DOTS:
            ax.plot([x, x], [w * x, y], color=style.COLOURS["loss"], linewidth=3, label="miss")
        style.mark_points(ax, DOTS, label="four dots", colour="data")
        ax.set_yticks(range(-8, 9, 4))
    return axes[names[0]].figure
