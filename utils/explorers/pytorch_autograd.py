"""Chapter 15: who gets a .grad, what forgetting to clear it does, and a witness that rounds."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.explorers.shared.geometry import drawable, point_in
from utils.explorers.shared.panels import rounded_box, sheet, side_by_side, write
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
from utils.numerals import fixed, in_loss, number, powers, superscript
from utils.stage import (
    NOWHERE,
    Caption,
    Drop,
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
)
from utils.stage.marks import Colour, Mark

# --- who gets a .grad ---

# Middles of the five boxes, in pixels from the lower left, and their size.
_WIDE, _HIGH, _BOX = 740, 352, (146, 106)
_BOXES = {
    "w": (86, 294),
    "x": (86, 176),
    "y": (86, 58),
    "u": (276, 235),
    "r": (465, 146),
    "L": (654, 146),
}
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
            marks |= _arrow(start, end, leads[start] and not (detached and start == "u"))
        for name, (at, top) in _BOXES.items():
            op = _MADE_BY.get(name)
            origin = "a leaf" if op is None else op if leads[name] else "no grad_fn"
            grad = (grads or {}).get(name)
            held = ".grad None" if grad is None else f".grad {number(grad)}"
            marks[f"{name}, function"] = Text(at, top + 10, number(values[name]), colour="function")
            marks[f"{name}, derivative"] = Text(at, top - 12, held, colour="derivative")
            marks[f"{name}, quiet"] = Text(at, top - 34, origin, colour="quiet")
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
    ax = sheet(_WIDE, _HIGH)
    names = {"u": "u = w · x", "r": "r = u − y", "L": "L = r²"}
    for name, (x, y) in _BOXES.items():
        rounded_box(ax, x, y, *_BOX)
        write(ax, x, y + 37, names.get(name, name), side="center").set_weight("bold")
    said: tuple[tuple[int, Colour, str], ...] = (
        (16, "derivative", "recorded"),
        (38, "quiet", "not recorded"),
    )
    for y, colour, says in said:
        words = f"{style.WORDS[colour]}: {says}"
        write(ax, _WIDE - 8, _HIGH - y, words, colour, "right", size=12)
    return ax


def _arrow(start: str, end: str, recorded: bool) -> dict[str, Mark]:
    """The arrow from one box to another: a mark for each of its two looks, one of them nowhere."""
    (x1, y1), (x2, y2), half = _BOXES[start], _BOXES[end], _BOX[0] / 2
    way = (x1 + half, y1), (x2 - half - 3, y2 + 0.35 * (y1 - y2))
    solid, dashed = (way, (NOWHERE, NOWHERE)) if recorded else ((NOWHERE, NOWHERE), way)
    return {
        f"{start} to {end}, recorded": Segment(
            *solid, arrow=True, colour="derivative", width=2.6, quiet=True
        ),
        f"{start} to {end}, not recorded": Segment(
            *dashed, arrow=True, colour="quiet", dashed=True, width=1.6, quiet=True
        ),
    }


# --- forgetting to clear ---


@explorer
def explore_zeroing(
    f: Callable[[Any], Any] = parabola,
    w: float = 8.0,
    eta: float = 0.1,
    zero_grad: bool = True,
    steps: int = 40,
    over: Pair = (-4.0, 10.0),
    step: int | None = None,
) -> Stage:
    """A descent with and without zero_grad: left its loss curve, right its way over f.

    f: your loss, a function of one tensor. w: where it starts. eta: the learning rate at first,
    from 0.001 to 1. steps: 5 to 60. over: the range of w that is shown. step: how many steps have
    been taken at first; all if left out.
    """
    if not callable(f):
        raise not_a_function(f, "f(w)")
    if not (isinstance(steps, int) and 5 <= steps <= 60):
        raise NoValue(f"steps is {steps}: choose a whole number from 5 to 60.")
    shown = steps if step is None else step
    if shown not in range(steps + 1):
        raise NoValue(f"step is {step}: choose a whole number from 0 to {steps}.")
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

    def draw_hill(ax: Axes) -> None:
        style.frame_axes(ax, over, window, "w", "loss", " ")
        ax.plot(across, curve, color=style.COLOURS["function"], label="loss")

    losses, _ = side_by_side(((0, steps), window, "step", "loss"), draw_hill)

    @lru_cache(maxsize=256)
    def run(eta: float, zero_grad: bool) -> tuple[np.ndarray, tuple[Pair, ...], tuple[Pair, ...]]:
        """The rows of a walk, its loss curve, and its way over the hill."""
        rows = walk(f, w, eta, steps, zero_grad)
        heights = drawable(rows[:, 1])
        way = tuple(point_in((over, window), at, height) for at, height, _ in rows.tolist())
        return rows, tuple(enumerate(heights.tolist())), way

    def frame(eta: float, zero_grad: bool, step: float) -> Scene:
        rows, loss_curve, way = run(eta, zero_grad)
        k = round(step)
        at, height, _ = rows[k].tolist()
        marks = {
            "loss curve": Polyline(loss_curve, colour="loss"),
            "way": Polyline(way, colour="path", width=1.5, ax=1),
            "loss now": Point(k, height, colour="loss", drag="step"),
            "w now": Point(at, height, drag="step", ax=1),
            "name of losses": Caption("The loss curve"),
            "name of hill": Caption("The way of w", ax=1),
            "loss in numbers": Caption(f"loss {in_loss(height, 3)}", "right", colour="loss"),
            "w in numbers": Caption(f"w {_place(at)}", "right", ax=1),
        }
        return Scene(_walk_says(rows, k, eta, zero_grad), marks)

    controls = {
        "eta": LogSlider(-3, 0, eta, 0.1, label="η"),
        "zero_grad": Toggle(zero_grad, label="call zero_grad in every step"),
        "step": Slider(0, steps, shown, 1, label="step"),
    }
    play = Play("step", "Descend", seconds=5)
    return Stage(losses, frame, controls, "A descent with and without zero_grad", play)


def _place(w: float) -> str:
    """Where w stands, or what its .grad holds."""
    return fixed(w, 3) if abs(w) < 1000 else powers(w, otherwise="too large")


def _walk_says(rows: np.ndarray, k: int, eta: float, zero_grad: bool) -> str:
    start = f"η = {number(eta, 3)}, {'with' if zero_grad else 'without'} zero_grad."
    at, height, held = rows[k]
    if math.isnan(at):
        last = int(np.isfinite(rows[:, 0]).sum()) - 1
        return f"{start} It has flown off: after step {last} w or its loss passes a trillion."
    moves = np.diff(rows[: k + 1, 0])
    moves = moves[np.abs(moves) > 1e-6]
    turns = int(np.sum(moves[1:] * moves[:-1] < 0))
    often = {0: "never turned round", 1: "turned round once"}
    turned = often.get(turns, f"turned round {turns} times")
    after = f"After {k} step{'s'[: k != 1]} w = {_place(at)}, loss {in_loss(height, 3)}"
    held_is = "the slope here" if zero_grad or k == 0 else f"the sum of {k + 1} slopes"
    return f"{start} {after}; w has {turned}. w.grad holds {_place(held)}, {held_is}."


# --- a witness that rounds ---


# Kinds of numbers by name, and their colours.
_KINDS: tuple[tuple[str, type, Colour], ...] = (
    ("32 bits", np.float32, "secant"),
    ("64 bits", np.float64, "tangent"),
)
_FLOOR, _TOP = 1e-13, 1e4  # errors beyond these leave the picture


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
    plain = checked(f, "f")

    @lru_cache(maxsize=256)
    def measured(kind: type, h: float) -> float:
        return difference_in(f, plain, kind, w, h)

    def error(kind: type, h: float) -> float:
        return abs(measured(kind, h) - exact)

    ax = style.axes(
        (4e-13, 0.25), (_FLOOR / 3, 3 * _TOP), "step h", "error of the slope", " ", (7.4, 3.9)
    )
    with style.context():
        ax.set(xscale="log", yscale="log")
        for bits, kind, colour in _KINDS:
            errors = drawable([error(kind, at) for at in steps.values], positive=True, gaps=True)
            ax.plot(steps.values, errors, color=style.COLOURS[colour], label=bits, linewidth=1.5)

    def frame(h: float) -> Scene:
        marks: dict[str, Mark] = {
            "h": Drop(h, _TOP, _FLOOR / 3),
            "exact slope": Caption(f"Measuring a slope of {number(exact)}"),
        }
        for bits, kind, colour in _KINDS:
            words = f"{bits}: {number(measured(kind, h), 6)}"
            marks[bits] = Point(h, error(kind, h), colour=colour, drag="h")
            marks[f"{bits} in numbers"] = Caption(words, colour=colour)
        return Scene(_witness_says(h, exact, [measured(kind, h) for _, kind, _ in _KINDS]), marks)

    return Stage(ax, frame, {"h": steps}, "A slope measured with 32 and with 64 bits")


def _witness_says(h: float, exact: float, found: list[float]) -> str:
    said = []
    for (bits, _, _), value in zip(_KINDS, found, strict=True):
        off = abs(value - exact)
        about = "no error at all" if off == 0 else f"error {_power(off)}"
        said.append(f"{bits} measure {number(value, 6)}, {about}")
    return f"h = {_step(h)}: {said[0]}; {said[1]}. Autograd needs no h: {number(exact)}."


def _step(h: float) -> str:
    """A step in two digits, and with a power of ten where it is small: "1.8 · 10⁻⁶"."""
    if h >= 1e-3:
        return number(h, 2)
    digits, exponent = f"{h:.1e}".split("e")
    power = f"10{superscript(str(int(exponent)))}"
    return power if digits == "1.0" else f"{digits} · {power}"


def _power(size: float) -> str:
    """The size of an error to the nearest power of ten: "about 10⁻⁷"."""
    exponent = round(math.log10(size))
    return f"about 10{superscript(str(exponent))}" if exponent else "about 1"
