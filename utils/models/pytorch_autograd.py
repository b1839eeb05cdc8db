"""Chapter 15: who gets a .grad, what forgetting to clear it does, and a watched training loop.

torch is imported only where a learner's training loop is watched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from utils import numerals
from utils.autograd import Value
from utils.functions import NoValue
from utils.slopes import Pair
from utils.watching import (
    Watched,
    counted,
    errors_told_apart,
    kind_of_error,
    noting_optimizer,
)

# --- who gets a .grad ---


NOT_RECORDED = "element 0 of tensors does not require grad and does not have a grad_fn"


def grads_of(
    w: float, x: float, y: float, calls: int, w_needs: bool, x_needs: bool, detached: bool
) -> dict[str, float | None] | None:
    """What .grad holds after some forward and backward passes of L = (w·x − y)², for w and x.

    None for a .grad that stays empty; None altogether where backward() stops with an error.
    """
    needed = (w_needs or x_needs) and not detached
    if calls and not needed:
        return None
    slope = 2 * (w * x - y) * calls
    return {
        "w": slope * x if calls and w_needs else None,
        "x": slope * w if calls and x_needs else None,
    }


# --- forgetting to clear ---


TOO_LARGE = 1e12  # a walk that leaves this range has flown off


def slope_of(f: Callable[[Any], Any], at: float) -> Pair:
    """f and its slope at one place, by the engine of chapter 14.

    Raises NoValue where f cannot work with a Value or has no finite number there.
    """
    w = Value(float(at))
    try:
        with np.errstate(all="ignore"):
            y = f(w)
            if isinstance(y, Value):
                y.backward()
    except TypeError as error:
        raise NoValue(
            f"Your function cannot work with a tensor: {error}. Write w.exp() or w.tanh() in place "
            "of math.exp(w) or math.tanh(w)."
        ) from None
    except (ArithmeticError, ValueError):
        return math.nan, math.nan
    if not isinstance(y, Value):
        raise NoValue("Your function must give back something that it computed from w.")
    return float(y.data), float(w.grad)


def walk(
    f: Callable[[Any], Any], w: float, eta: float, steps: int, zero_grad: bool = True
) -> np.ndarray:
    """w, f(w) and what w.grad holds at each step of a descent, shape (steps + 1, 3).

    Without zero_grad each backward pass adds to what w.grad held. From where the walk flies off,
    the rows are nan.
    """
    rows = np.full((steps + 1, 3), math.nan)
    held = 0.0
    for k in range(steps + 1):
        height, slope = slope_of(f, w)
        held = slope if zero_grad else held + slope
        if not (abs(w) < TOO_LARGE and abs(height) < TOO_LARGE and math.isfinite(held)):
            break
        rows[k] = w, height, held
        w = w - eta * held
    return rows


def parabola(w: Any) -> Any:
    return (w - 3) ** 2


# --- a witness that rounds ---


def quartic(w: Any) -> Any:
    """w⁴ − 4w² + w, in products alone, so that it rounds alike on every machine."""
    return w * w * w * w - 4 * (w * w) + w


def difference_in(f: Callable, plain: Callable, kind: type, w: float, h: float) -> float:
    """The central difference in numbers of this kind."""
    here, step = kind(w), kind(h)
    try:
        with np.errstate(all="ignore"):
            low, high = kind(f(here - step)), kind(f(here + step))
            return float((high - low) / (step + step))
    except (TypeError, AttributeError):  # a function that needs methods, such as w.tanh()
        low, high = (kind(f(Value(float(at))).data) for at in (here - step, here + step))
        return float((high - low) / (step + step))


# --- a training loop, watched ---


InPlace = kind_of_error("a leaf was changed in place while the graph was being recorded")
NotRecorded = kind_of_error("backward began at something that no graph leads to")
GraphFreed = kind_of_error("backward walked a graph a second time")
_KINDS = {
    "in-place": InPlace,
    "does not require grad": NotRecorded,
    "second time": GraphFreed,
}
LEFT_OVER = 5.0  # what w.grad holds when a watched loop begins


class WatchedWalk(Watched):
    """A learner's training loop together with an optimizer and a loss that take notes.

    Called with a start, a learning rate and a number of steps, it runs the loop on (w − 3)² and
    returns four numbers: where w ends, how many backward passes there were, how many of them began
    with a cleared gradient, and how many times the optimizer stepped. `...` where nothing happened.
    """

    shown = (8.0, 0.1, 2)
    takes = ("w", "optimizer", "loss_of", "steps")

    def __call__(self, start: float, eta: float, steps: int) -> Any:
        w, events = self.run(start, eta, steps)
        if not events and w == start:
            return ...
        backward = events.count("backward") + events.count("backward onto an old gradient")
        return [w, backward, events.count("backward"), events.count("step")]

    @staticmethod
    def told(values: Sequence[float]) -> str:
        w, backward, fresh, steps = values
        return (
            f"ends at w = {numerals.number(w, 6)}, after {counted(backward, 'walk back')} ("
            f"{round(fresh)} from a cleared gradient) and {counted(steps, 'step of the optimizer')}"
        )

    def run(self, start: float, eta: float, steps: int) -> tuple[float, list[str]]:
        import torch

        events: list[str] = []
        w = torch.tensor(float(start), dtype=torch.float64, requires_grad=True)
        w.grad = torch.tensor(LEFT_OVER, dtype=torch.float64)
        optimizer = noting_optimizer([w], eta, events)

        def arrived(gradient: Any) -> None:
            fresh = w.grad is None or float(w.grad) == 0
            events.append("backward" if fresh else "backward onto an old gradient")

        def loss_of(at: Any) -> Any:
            events.append("forward")
            loss = (at - 3) ** 2
            if loss.requires_grad:
                loss.register_hook(arrived)
            return loss

        with errors_told_apart(_KINDS):
            self.train(w, optimizer, loss_of, steps)
        return float(w.detach()), events


def watch(train: Any) -> Any:
    """Watch a training loop: what it calls, in which order.

    train: your function of w, optimizer, loss_of and steps. Printing what comes back shows the
    calls of two steps; anything that is no function is given back as it is.
    """
    return WatchedWalk.around(train)
