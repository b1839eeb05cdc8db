"""Chapter 15: who gets a .grad, what forgetting to clear it does, and a witness that rounds."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch

from utils import style
from utils.functions import NoValue, checked, not_a_function
from utils.models.pytorch_autograd import (
    NOT_RECORDED,
    difference_in,
    grads_of,
    parabola,
    quartic,
    slope_of,
    walk,
)
from utils.models.pytorch_autograd import watch as watch  # notebooks look for it here
from utils.numerals import fixed, number
from utils.stage import (
    NOWHERE,
    LogSlider,
    Pair,
    Play,
    Point,
    Polyline,
    Scene,
    Segment,
    Slider,
    Stage,
    Text,
    Toggle,
    explorer,
    layout,
)
from utils.stage.marks import Mark

# --- who gets a .grad ---

# Middles of the five boxes, in pixels from the lower left, and their size.
_WIDE, _HIGH, _BOX = 740, 330, (146, 94)
_BOXES = {"w": (86, 276), "x": (86, 165), "y": (86, 54), "u": (276, 221), "r": (465, 137),
          "L": (654, 137)}  # fmt: skip
_ARROWS = (("w", "u"), ("x", "u"), ("u", "r"), ("y", "r"), ("r", "L"))
_MADE_BY = {"u": "MulBackward0", "r": "SubBackward0", "L": "PowBackward0"}


@explorer
def explore_leaves(
    w: float = 1.0, x: float = 2.0, y: float = 4.0, calls: int = 1, x_needs: bool = False
) -> Stage:
    """L = (w·x − y)² as PyTorch records it: who has a grad_fn, and who gets a .grad.

    w: where its slider starts, from −3 to 3. x, y: fixed. calls: how many times forward and
    backward have been run, at first; nothing is cleared in between. x_needs: whether x requires a
    gradient at first.
    """
    ax = _sheet_of_tensors()
    controls = {
        "w": Slider(-3, 3, w, 0.5, label="w"),
        "calls": Slider(0, 3, calls, 1, label="rounds"),
        "w_needs": Toggle(True, label="w requires grad"),
        "x_needs": Toggle(x_needs, label="x requires grad"),
        "detached": Toggle(False, label="detach u: r = u.detach() − y"),
    }

    def frame(w: float, calls: float, w_needs: bool, x_needs: bool, detached: bool) -> Scene:
        n = round(calls)
        u = w * x
        values = {"w": w, "x": x, "y": y, "u": u, "r": u - y, "L": (u - y) ** 2}
        leads = {"w": w_needs, "x": x_needs, "y": False, "u": w_needs or x_needs}
        leads["r"] = leads["L"] = leads["u"] and not detached
        grads = grads_of(w, x, y, n, w_needs, x_needs, detached)
        marks: dict[str, Mark] = {}
        for start, end in _ARROWS:
            recorded = leads[start] and not (detached and start == "u")
            way = _between(start, end)
            for kind, shown in (("recorded", recorded), ("not recorded", not recorded)):
                ends = way if shown else (NOWHERE, NOWHERE)
                marks[f"{start} to {end}, {kind}"] = Segment(
                    *ends, arrow=True, colour="derivative" if kind == "recorded" else "quiet",
                    dashed=kind != "recorded", width=2.6 if kind == "recorded" else 1.6, quiet=True,
                )  # fmt: skip
        for name, (at, top) in _BOXES.items():
            op = _MADE_BY.get(name)
            origin = "a leaf" if op is None else op if leads[name] else "no grad_fn"
            grad = (grads or {}).get(name)
            held = ".grad None" if grad is None else f".grad {number(grad)}"
            lines = (
                (f"{number(values[name])}", 11, "function"),
                (held, -11, "derivative"),
                (origin, -33, "quiet"),
            )
            for text, up, colour in lines:
                marks[f"{name}, {colour}"] = Text(at, top + up - 5, text, colour=colour)
        return Scene(_leaves_say(values, n, w_needs, x_needs, detached, grads), marks)

    return Stage(ax, frame, controls, "Who gets a .grad? The tensors of L = (w·x − y)²")


def _leaves_say(
    values: dict[str, float],
    calls: int,
    w_needs: bool,
    x_needs: bool,
    detached: bool,
    grads: dict[str, float | None] | None,
) -> str:
    start = f"w = {number(values['w'])}: L = {number(values['L'])}."
    if grads is None:
        why = "u was detached" if detached and (w_needs or x_needs) else "no input requires a grad"
        return f"{start} backward() stops: “{NOT_RECORDED}”, since {why}."
    if calls == 0:
        return f"{start} No backward pass yet, so every .grad is None."
    parts = []
    for name, needs in (("w", w_needs), ("x", x_needs)):
        grad = grads[name]
        if not needs or grad is None:
            parts.append(f"{name}.grad is None, since {name} does not require a gradient")
        elif calls == 1:
            parts.append(f"{name}.grad is {number(grad)}")
        else:
            once = number(grad / calls)
            parts.append(f"{name}.grad is {number(grad)}, that is {calls} times {once}")
    times = "1 backward pass" if calls == 1 else f"{calls} backward passes"
    return f"{start} After {times}, {parts[0]}; {parts[1]}. Only leaves keep a .grad."


def _sheet_of_tensors() -> Axes:
    with style.context():
        grown = 1.3 if style.in_class() else 1.0
        figure = Figure(figsize=(_WIDE / 100 * grown, _HIGH / 100 * grown), layout="none")
        ax = figure.add_axes((0, 0, 1, 1))
        ax.set(xlim=(0, _WIDE), ylim=(0, _HIGH))
        ax.axis("off")
        names = {"u": "u = w · x", "r": "r = u − y", "L": "L = r²"}
        for name, (x, y) in _BOXES.items():
            width, height = _BOX
            ax.add_patch(
                FancyBboxPatch(
                    (x - width / 2, y - height / 2), width, height,
                    boxstyle="round,pad=0,rounding_size=8", facecolor="white",
                    edgecolor=style.COLOURS["quiet"], linewidth=1.3,
                )
            )  # fmt: skip
            ax.text(x, y + 33, names.get(name, name), ha="center", va="center", weight="bold",
                    fontsize=11 * grown, color=style.COLOURS["point"])  # fmt: skip
        for y, meaning, says in ((16, "derivative", "recorded"), (38, "quiet", "not recorded")):
            ax.text(_WIDE - 8, _HIGH - y, f"{style.WORDS[meaning]}: {says}", ha="right",
                    va="center", color=style.COLOURS[meaning])  # fmt: skip
    return ax


def _between(start: str, end: str) -> tuple[Pair, Pair]:
    (x1, y1), (x2, y2), half = _BOXES[start], _BOXES[end], _BOX[0] / 2
    return (x1 + half, y1), (x2 - half - 3, y2 + 0.35 * (y1 - y2))


# --- forgetting to clear ---


@explorer
def explore_zeroing(
    f: Callable[[Any], Any] = parabola,
    w: float = 8.0,
    eta: float = 0.1,
    zero_grad: bool = True,
    steps: int = 40,
    over: Pair = (-4.0, 10.0),
) -> Stage:
    """A descent with and without zero_grad: left its loss curve, right its way over f.

    f: your loss, a function of one tensor. w: where it starts. eta: the learning rate at first,
    from 0.001 to 1. steps: 5 to 60. over: the range of w that is shown.
    """
    if not callable(f):
        raise not_a_function(f, "f(w)")
    if not (isinstance(steps, int) and 5 <= steps <= 60):
        raise NoValue(f"steps is {steps}: choose a whole number from 5 to 60.")
    if not over[0] <= w <= over[1]:
        raise NoValue(f"The start, w = {w:g}, lies outside the range {over[0]:g} to {over[1]:g}.")
    across = np.linspace(*over, 201)
    curve = np.array([slope_of(f, at)[0] for at in across])
    if not np.isfinite(curve).any():
        raise NoValue("Your function has no value anywhere in this range.")
    low, first = float(np.nanmin(curve)), slope_of(f, w)[0]
    if not math.isfinite(first):
        raise NoValue(f"Your function has no value at the start, w = {w:g}.")
    high = max(1.25 * (first - low), 1e-9)
    window = (low - 0.08 * high, low + high)
    with style.context():
        losses, hill = Figure(figsize=(7.6, 3.7)).subplots(1, 2)
        style.frame_axes(losses, (0, steps), window, "step", "loss", "The loss curve")
        style.frame_axes(hill, over, window, "w", "loss", "The way of w")
        hill.plot(across, curve, color=style.COLOURS["function"], label="loss")
        layout.draw(FigureCanvasAgg(losses.figure))

    @lru_cache(maxsize=256)
    def run(eta: float, zero_grad: bool) -> np.ndarray:
        return walk(f, w, eta, steps, zero_grad)

    @lru_cache(maxsize=256)
    def lines(eta: float, zero_grad: bool) -> tuple[tuple[Pair, ...], tuple[Pair, ...]]:
        """The loss curve, and the way over the hill."""
        rows = run(eta, zero_grad).tolist()
        heights = [min(max(y, window[0]), window[1]) for _, y, _ in rows]
        way = tuple(seen(x, y, over) for x, y, _ in rows)
        return tuple((float(i), y) for i, y in enumerate(heights)), way

    def seen(x: float, y: float, wide: Pair) -> Pair:
        there = wide[0] <= x <= wide[1] and window[0] <= y <= window[1]
        return (float(x), float(y)) if there else NOWHERE

    def frame(eta: float, zero_grad: bool, step: float) -> Scene:
        rows, k = run(eta, zero_grad), round(step)
        at, height, _ = rows[k]
        loss_curve, way = lines(eta, zero_grad)
        marks = {
            "loss curve": Polyline(loss_curve, colour="derivative"),
            "way": Polyline(way, colour="path", width=1.5, ax=1),
            "loss now": Point(*seen(k, height, (0, steps)), colour="derivative", drag="step"),
            "w now": Point(*seen(at, height, over), drag="step", ax=1),
            "loss in numbers": Text(
                steps, window[1], f"loss {_shown(height)}", dx=-6, dy=16, anchor="end",
                colour="derivative",
            ),
            "w in numbers": Text(
                sum(over) / 2, window[1], f"w {_shown(at)}", dy=16, ax=1
            ),
        }  # fmt: skip
        return Scene(_walk_says(rows, k, eta, zero_grad), marks)

    controls = {
        "eta": LogSlider(-3, 0, eta, 0.1, label="η"),
        "zero_grad": Toggle(zero_grad, label="call zero_grad in every step"),
        "step": Slider(0, steps, steps, 1, label="step"),
    }
    return Stage(
        losses, frame, controls, "A descent with and without zero_grad",
        play=Play("step", "Descend", seconds=5),
    )  # fmt: skip


def _shown(value: float) -> str:
    if math.isnan(value):
        return "flown off"
    return fixed(value, 3) if abs(value) < 1000 else number(value, 2)


def _walk_says(rows: np.ndarray, k: int, eta: float, zero_grad: bool) -> str:
    start = f"η = {number(eta, 3)}, {'with' if zero_grad else 'without'} zero_grad."
    at, height, held = rows[k]
    if math.isnan(at):
        last = int(np.isfinite(rows[:, 0]).sum()) - 1
        return f"{start} It has flown off: after step {last} w or its loss passes a trillion."
    moves = np.diff(rows[: k + 1, 0])
    moves = moves[np.abs(moves) > 1e-6]
    turns = int(np.sum(moves[1:] * moves[:-1] < 0))
    turned = {0: "never turned round", 1: "turned round once"}.get(
        turns, f"turned round {turns} times"
    )
    words = f"{start} After {k} step{'s'[: k != 1]} w = {_shown(at)}, loss {_shown(height)}; w has "
    words += f"{turned}."
    if zero_grad or k == 0:
        return f"{words} w.grad holds {_shown(held)}, the slope here."
    return f"{words} w.grad holds {_shown(held)}, the sum of {k + 1} slopes."


# --- a witness that rounds ---


@explorer
def explore_witness(f: Callable[[Any], Any] = quartic, w: float = 2.0, h: float = 1e-4) -> Stage:
    """How far the central difference is off, in numbers of 32 and of 64 bits, for every step h.

    f: your function of one tensor; w: the place; h: the step at first.
    """
    if not callable(f):
        raise not_a_function(f, "f(w)")
    _, exact = slope_of(f, w)
    if not math.isfinite(exact):
        raise NoValue(f"Your function has no slope at w = {w:g}.")
    steps = LogSlider(-12, -1, h, 0.25, label="h")
    floor, top = 1e-13, 1e4
    plain = checked(f, "f")

    @lru_cache(maxsize=256)
    def measured(h: float) -> Pair:
        return tuple(difference_in(f, plain, kind, w, h) for kind in (np.float32, np.float64))

    def error(value: float) -> float:
        return min(max(abs(value - exact), floor), top)

    ax = style.axes((4e-13, 0.25), (floor / 3, top * 40), "step h", "error of the slope",
                    f"Measuring a slope of {number(exact)}", size=(7.4, 3.9))  # fmt: skip
    with style.context():
        ax.set(xscale="log", yscale="log")
        for k, (bits, colour) in enumerate((("32 bits", "secant"), ("64 bits", "tangent"))):
            heights = [error(measured(at)[k]) for at in steps.values]
            ax.plot(steps.values, heights, color=style.COLOURS[colour], label=bits, linewidth=1.5)

    def frame(h: float) -> Scene:
        marks: dict[str, Mark] = {"h": Segment((h, floor / 3), (h, top), colour="quiet",
                                               dashed=True, width=1.4)}  # fmt: skip
        said = []
        for k, (bits, colour) in enumerate((("32 bits", "secant"), ("64 bits", "tangent"))):
            value = measured(h)[k]
            off = abs(value - exact)
            marks[bits] = Point(h, error(value), colour=colour, drag="h")
            marks[f"{bits} in numbers"] = Text(
                (6e-13, 6e-5)[k],
                top * 8,
                f"{bits}: {number(value, 6)}",
                anchor="start",
                colour=colour,
            )
            about = "no error at all" if off == 0 else f"error {_power(off)}"
            said.append(f"{bits} measure {number(value, 6)}, {about}")
        return Scene(
            f"h = {number(h, 2)}: {said[0]}; {said[1]}. Autograd needs no h: {number(exact)}.",
            marks,
        )

    return Stage(ax, frame, {"h": steps}, "A slope measured with 32 and with 64 bits")


def _power(size: float) -> str:
    """The size of an error to the nearest power of ten: "about 10⁻⁷"."""
    exponent = round(math.log10(size))
    if exponent == 0:
        return "about 1"
    return "about 10" + str(exponent).translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
