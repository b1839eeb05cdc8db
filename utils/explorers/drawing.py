"""Chapter 04: draw any curve, and see its slope everywhere."""

import math
from functools import lru_cache

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import style
from utils.numerals import fixed
from utils.slopes import SampledSlopes, sampled_slopes
from utils.stage import NOWHERE, Curve, Point, Polyline, Scene, Segment, Slider, Stage

WIDE, TALL, STEEP = (-4.0, 4.0), (-3.0, 3.0), (-5.0, 5.0)
PRESETS = {
    "a hill": lambda x: 4 * math.exp(-x * x / 2) - 2,
    "a wave": lambda x: 1.6 * math.sin(1.6 * x),
    "a saddle": lambda x: x**3 / 12,
    "a corner": lambda x: abs(x) - 2,
    "a jump": lambda x: x / 4 + (1.2 if x > 0.02 else -1.2),
}
_TANGENT = 0.9  # half the length of a tangent, along x


def explore_drawing(start: str = "a hill", x: float = -1.0) -> Stage:
    """A curve to draw: above the curve with its tangent, below its slope at every place.

    Press Draw and draw; press it again to point at places. start: one of PRESETS. x: the first
    place to look at. Raises ValueError for an unknown start or a place outside the picture.
    """
    curve = Curve(WIDE, TALL, PRESETS, start, follow="x")
    spacing = (WIDE[1] - WIDE[0]) / (curve.count - 1)

    @lru_cache(maxsize=2)
    def analysis(drawn: bytes) -> tuple[SampledSlopes, tuple, tuple]:
        heights = np.frombuffer(drawn)
        slopes = sampled_slopes(heights, spacing, TALL[1] - TALL[0])
        line = _with_gaps(curve.places, heights, slopes.jumps)
        below = _with_gaps(curve.places, np.clip(slopes.slope, *STEEP), slopes.jumps)
        return slopes, line, below

    def frame(x: float, curve: np.ndarray) -> Scene:
        slopes, line, below = analysis(curve.tobytes())
        i = round((x - WIDE[0]) / spacing)
        height, m = curve[i], slopes.slope[i]
        marks = {
            "f": Polyline(line, colour="function", width=2.6),
            "slope": Polyline(below, colour="derivative", ax=1, width=2.6),
            "down": Segment((x, TALL[0]), (x, height), colour="quiet", dashed=True, width=1.2),
        }
        if math.isfinite(m):
            marks["left"] = _tangent(x, height, m, -1)
            marks["right"] = _tangent(x, height, m, 1)
            marks["up"] = Segment(
                (x, float(np.clip(m, *STEEP))), (x, STEEP[1]), colour="quiet", dashed=True,
                width=1.2, ax=1,
            )  # fmt: skip
            marks["m"] = Point(x, float(np.clip(m, *STEEP)), colour="derivative", ax=1)
        elif i in slopes.corners:
            marks["left"] = _tangent(x, height, slopes.left[i], -1)
            marks["right"] = _tangent(x, height, slopes.right[i], 1)
        marks["x"] = Point(x, height, drag="x")
        return Scene(_sentence(x, height, i, slopes), _all(marks))

    sliders = {"x": Slider(WIDE[0], WIDE[1], x, spacing, label="place x")}
    return Stage(_two_axes(), frame, sliders, "A curve you draw, and its slope", curve=curve)


def _sentence(x: float, height: float, i: int, slopes: SampledSlopes) -> str:
    place = f"At x = {fixed(x)}"
    if i in slopes.corners:
        return (
            f"{place} the curve has a corner: slope {fixed(slopes.left[i])} from the left, "
            f"{fixed(slopes.right[i])} from the right. Two answers, so there is no slope here."
        )
    if i in slopes.jumps or i - 1 in slopes.jumps:
        return (
            f"{place} the curve jumps. From one side to the other there is a rise without a run, "
            "so there is no slope here."
        )
    m = slopes.slope[i]
    if not math.isfinite(m):
        return f"{place} the piece of curve is too short to have a slope."
    way = "flat" if abs(m) < 0.05 else "rising" if m > 0 else "falling"
    return f"{place} the curve is {fixed(height)} high and its slope is {fixed(m)}: {way}."


_ORDER = ("f", "slope", "down", "up", "left", "right", "m", "x")


def _all(marks: dict) -> dict:
    """The marks in a fixed order; what is missing is hidden, but known."""
    hidden = {
        "up": Segment(NOWHERE, NOWHERE, colour="quiet", dashed=True, width=1.2, ax=1),
        "left": Segment(NOWHERE, NOWHERE, colour="tangent"),
        "right": Segment(NOWHERE, NOWHERE, colour="tangent"),
        "m": Point(*NOWHERE, colour="derivative", ax=1),
    }
    return {name: marks.get(name) or hidden[name] for name in _ORDER}


def _tangent(x: float, height: float, m: float, side: int) -> Segment:
    """Half a tangent, to the left (side −1) or to the right (side 1), short where it is steep."""
    reach = side * _TANGENT / math.hypot(1, m) * 1.4
    return Segment((x, height), (x + reach, height + m * reach), colour="tangent", width=3)


def _with_gaps(xs: np.ndarray, ys: np.ndarray, jumps: tuple[int, ...]) -> tuple:
    """Points of a line; one beside each jump is left out, so that no line bridges it."""
    ys = ys.copy()
    for i in jumps:
        ys[i + 1] = math.nan
    return tuple(zip(xs.round(4).tolist(), ys.round(4).tolist(), strict=True))


def _two_axes() -> Axes:
    with style.context():
        figure = Figure(figsize=(7.2, 4.9))
        above, below = figure.subplots(2, 1, sharex=True, height_ratios=[3, 2])
        style.frame_axes(above, WIDE, TALL, "", "f(x)", "Your curve")
        style.frame_axes(below, WIDE, STEEP, "x", "slope f′(x)")
    return above
