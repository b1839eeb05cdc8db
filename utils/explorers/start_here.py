"""Chapter 00: one weight, one error, one nudge."""

from utils import style
from utils.models.start_here import BEST, error
from utils.numerals import fixed, number
from utils.stage import Drop, Point, Scene, Slider, Stage, Text, explorer

NUDGE = 0.1


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
