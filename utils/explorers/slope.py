"""Chapter 01: straight lines, their slope, a trip, and a straight error line."""

import math
from collections.abc import Sequence
from itertools import pairwise

from utils import style
from utils.explorers.shared.geometry import largest_nice, with_air
from utils.models.slope import TRIP, Stop
from utils.numerals import added, bracketed, equals, number, pair
from utils.slopes import slope
from utils.stage import Line, Play, Point, Scene, Segment, Slider, Stage, Text, explorer

# The straight error line of this chapter turns about this place when its slope changes.
PIVOT_WEIGHT, PIVOT_ERROR = 2.5, 5.0


def _sign(x: float) -> int:
    return -1 if x < 0 else 1


@explorer
def explore_line(m: float = 2.0, b: float = 1.0) -> Stage:
    """The line y = mx + b with sliders for m and b, and the triangle of one step to the right."""
    ax = style.axes((-4, 4), (-7, 9), "x", "y", "y = m x + b")

    def frame(m: float, b: float) -> Scene:
        if m == 0:
            moves = "does not change y: the line is level"
        else:
            moves = f"makes y {'rise' if m > 0 else 'fall'} by {number(abs(m))}"
        # The words stand on the side of the run where the line is not.
        aside = b - 0.6 * _sign(m)
        halfway = b + m / 2 if abs(m) >= 1.5 else aside
        return Scene(
            f"y = {number(m)}x {added(number(b))}: each step of 1 to the right {moves}. "
            f"The line crosses the y-axis at {number(b)}.",
            {
                "line": Line((0, b), (1, m + b), colour="function"),
                "run": Segment((0, b), (1, b), colour="run", arrow=True),
                "rise": Segment((1, b), (1, m + b), colour="rise", arrow=True),
                "intercept": Point(0, b, drag="b"),
                "step": Point(1, m + b, drag="m", colour="rise"),
                "intercept_text": Text(0, b + 0.85 * _sign(m), f"b = {number(b)}", side="left"),
                "run_text": Text(0.5, aside, "run 1", colour="run"),
                "rise_text": Text(
                    1, halfway, f"rise {number(m)}", dx=6, side="right", colour="rise"
                ),
            },
        )

    sliders = {
        "m": Slider(-3, 3, m, 0.5, label="slope m"),
        "b": Slider(-3, 5, b, 0.5, label="intercept b"),
    }
    return Stage(ax, frame, sliders, "A straight line, its slope and its intercept")


@explorer
def explore_two_points(x1: int = 2, y1: int = 1, x2: int = 4, y2: int = 5) -> Stage:
    """Two points to drag over squared paper, the line through them, and its rise and run."""
    ax = style.axes((-0.8, 11.2), (-0.6, 6.6), "x", "y", "Drag P and Q", size=(7.2, 4.5))
    ax.set_xticks(range(11))
    ax.set_yticks(range(7))
    ax.set_aspect("equal")  # so that a slope of 1 looks like one square up for one across

    def frame(x1: float, y1: float, x2: float, y2: float) -> Scene:
        rise, run = y2 - y1, x2 - x1
        start = (
            f"P is at {pair(x1, y1)}, Q at {pair(x2, y2)}: rise {number(rise)}, run {number(run)}."
        )
        if run == 0 and rise == 0:
            end = "P and Q are one point, and one point alone has no slope. Pull them apart."
        elif run == 0:
            end = "The run is 0: the line is vertical and has no slope."
        else:
            m = slope((x1, y1), (x2, y2))
            way = "rises" if m > 0 else "falls" if m < 0 else "stays level"
            end = f"Slope = rise / run {equals(m)}: the line {way} to the right."
        # The words stand where the line and the triangle are not.
        across, up = _sign(run), _sign(rise)
        return Scene(
            f"{start} {end}",
            {
                "line": Line((x1, y1), (x2, y2), colour="function"),
                "run": Segment((x1, y1), (x2, y1), colour="run", dashed=True),
                "rise": Segment((x2, y1), (x2, y2), colour="rise", dashed=True),
                "run_text": Text(
                    (x1 + x2) / 2, y1 - 0.4 * up, f"run {number(run)}" if run else "", colour="run"
                ),
                "rise_text": Text(
                    x2 + 0.75 * across,
                    (y1 + y2) / 2,
                    f"rise {number(rise)}" if rise else "",
                    colour="rise",
                ),
                "P": Point(x1, y1, drag=("x1", "y1")),
                "Q": Point(x2, y2, drag=("x2", "y2")),
                "P_text": Text(x1 - 0.36 * across, y1 + 0.4 * up, "P" if run or rise else "P = Q"),
                "Q_text": Text(x2 - 0.36 * across, y2 + 0.4 * up, "Q" if run or rise else ""),
            },
        )

    sliders = {
        "x1": Slider(0, 10, x1, 1, label="x of P"),
        "y1": Slider(0, 6, y1, 1, label="y of P"),
        "x2": Slider(0, 10, x2, 1, label="x of Q"),
        "y2": Slider(0, 6, y2, 1, label="y of Q"),
    }
    return Stage(ax, frame, sliders, "The line through two points, with its rise and run")


@explorer
def explore_trip(
    trip: Sequence[Stop] = TRIP, t: float | None = None, label: str = "position"
) -> Stage:
    """A trip as a graph over time, a car to move along it, and the slope of the part it is on.

    trip: places as (hours, kilometres), in order of time, with straight parts between them.
    t: where the car starts, in hours; the middle of the first part if left out.
    label: what the kilometres measure, such as "distance to the goal".
    Raises ValueError for fewer than two places, or times that do not grow.
    """
    if len(trip) < 2 or any(later[0] <= sooner[0] for sooner, later in pairwise(trip)):
        raise ValueError(
            "A trip needs two places or more, and each must be later than the one before: "
            "write it as [(hours, km), (hours, km), …] in order of time."
        )
    parts = list(pairwise(trip))
    begin, end = trip[0][0], trip[-1][0]
    span = end - begin
    heights = [y for _, y in trip]
    low, high = min(0, *heights), max(0, *heights)
    tall = high - low or 1.0
    ax = style.axes(
        (begin - 0.05 * span, end + 0.17 * span),
        with_air(low, high, 0.13),
        "time t in h",
        f"{label} in km",
        f"{label[:1].upper()}{label[1:]} over time",
    )
    ax.plot(*zip(*trip, strict=True), color=style.COLOURS["function"], label=label)

    def frame(t: float) -> Scene:
        around = [part for part in parts if part[0][0] <= t <= part[1][0]] or [parts[-1]]
        (t1, y1), (t2, y2) = around[0]
        m = slope(*around[0])
        y = y1 + m * (t - t1)
        here = f"At t = {number(t)} h the {label} is {number(y)} km"
        if len(around) == 2 and not math.isclose(m, slope(*around[1])):
            return Scene(
                f"{here}, at a corner: the slope is {number(m)} km/h before it and "
                f"{number(slope(*around[1]))} km/h after it.",
                {"car": Point(t, y, drag="t")},
            )
        aside = y1 - 0.08 * tall * _sign(y2 - y1)
        climb = f"{number(y2 - y1, 3)} km" if y2 != y1 else ""
        return Scene(
            f"{here}. This part goes from {number(y1)} km to {number(y2)} km in "
            f"{number(t2 - t1)} h: slope = {number(y2 - y1)} km / {number(t2 - t1)} h "
            f"= {number(m)} km/h.",
            {
                "part": Segment((t1, y1), (t2, y2), colour="secant", width=5),
                "run": Segment((t1, y1), (t2, y1), colour="run", dashed=True),
                "rise": Segment((t2, y1), (t2, y2), colour="rise", dashed=True),
                "run_text": Text((t1 + t2) / 2, aside, f"{number(t2 - t1, 2)} h", colour="run"),
                "rise_text": Text(t2, (y1 + y2) / 2, climb, dx=6, side="right", colour="rise"),
                "car": Point(t, y, drag="t"),
            },
        )

    middle = (trip[0][0] + trip[1][0]) / 2
    step = largest_nice(span / 40)
    sliders = {"t": Slider(begin, end, middle if t is None else t, step, label="time t in h")}
    return Stage(
        ax, frame, sliders, f"A trip: {label} over time", play=Play("t", "Drive", seconds=6)
    )


@explorer
def explore_error_line(m: float = -2.0, w: float = 2.0, dw: float = 0.5) -> Stage:
    """A straight error line: its slope m, a weight w, a nudge Δw, and what the nudge changes."""
    ax = style.axes((-1.3, 6.3), (-0.8, 10.8), "weight w", "error", "An error that is a line")

    def frame(m: float, w: float, dw: float) -> Scene:
        error, change = PIVOT_ERROR + m * (w - PIVOT_WEIGHT), m * dw
        up, across = _sign(change), _sign(dw)
        said = f"Δerror {number(change)}" if change else ""
        aside = 1.1 if abs(dw) < 0.5 else 0.25 + 0.05 * len(said)
        if change:
            result = f"the error {'rises' if change > 0 else 'falls'} by {number(abs(change))}"
        else:
            result = "the error stays as it is"
        return Scene(
            f"At w = {number(w)} the error is {number(error)}, and the slope is {number(m)}. "
            f"Nudge w by Δw = {number(dw)}: Δerror = {number(m)} × {bracketed(number(dw))} "
            f"= {number(change)}, so {result}.",
            {
                "line": Line((w, error), (w + 1, error + m), colour="function"),
                "run": Segment((w, error), (w + dw, error), colour="run", dashed=True),
                "rise": Segment(
                    (w + dw, error), (w + dw, error + change), colour="rise", dashed=True
                ),
                "run_text": Text(
                    w + across * max(abs(dw) / 2, 0.25),
                    error - 0.7 * up,
                    f"Δw {number(dw)}" if dw else "",
                    colour="run",
                ),
                "rise_text": Text(
                    w + dw + aside * across,
                    error + change - up * max(abs(change) / 2, 0.7),
                    said,
                    colour="rise",
                ),
                "w": Point(w, error, drag="w"),
                "nudged": Point(w + dw, error + change, drag="dw", colour="rise"),
            },
        )

    sliders = {
        "m": Slider(-2, 2, m, 0.5, label="slope m"),
        "w": Slider(1.5, 3.5, w, 0.5, label="weight w"),
        "dw": Slider(-1, 1, dw, 0.25, label="nudge Δw"),
    }
    return Stage(ax, frame, sliders, "A straight error line and a nudge")
