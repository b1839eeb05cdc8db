"""Questions of chapter 15 that gave their place to better ones."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from utils.autograd import Value
from utils.checks import Choice, Formula, Function, Number, Question, Rival
from utils.examples import cube_by_products, cubed_line, double_well, squared_miss, with_reciprocal
from utils.questions.pytorch_autograd import LOOPS, descend, quartic_slope, slope


def _end(fault: str) -> Callable[[float, float, int], float]:
    return lambda start, eta, steps: descend(start, eta, steps, fault)[0]


def quartic_walk(start: float, steps: int, fault: str = "") -> list[float]:
    """w after a descent with η = 0.01, and the slope there, twice; or with a fault in the walk."""
    w, held = np.float64(start), np.float64(0.0)
    with np.errstate(all="ignore"):
        for _ in range(steps + (fault == "one more")):
            held = quartic_slope(w) + (held if fault == "forgotten" else 0.0)
            w = w + 0.01 * held * (1 if fault == "ascent" else -1)
        at = quartic_slope(w)
    return [float(w), float(at), float(at)]


def _uncleared(start: float, steps: int, again: bool) -> list[float]:
    """The walk, but w.grad still holds the slope before the last step when it is read.

    again: whether a walk back at the end has added the slope of the new place to it.
    """
    before = quartic_walk(start, steps - 1)[1]
    w, at, _ = quartic_walk(start, steps)
    return [w, before + at if again else before, at]


def _value_for_slope(start: float, steps: int) -> list[float]:
    w = quartic_walk(start, steps)[0]
    height = w**4 - 4 * w**2 + w
    return [w, height, height]


def _value(f: Callable[[Any], Any], w: float) -> float:
    return f(Value(w)).data


def regression(w: float, b: float, xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    """Both slopes of the mean squared error."""
    r = [w * x + b - y for x, y in zip(xs, ys, strict=True)]
    m = len(r)
    return [2 * sum(e * x for e, x in zip(r, xs, strict=True)) / m, 2 * sum(r) / m]


def _scaled(factor: Callable[[int], float]) -> Callable[..., list[float]]:
    return lambda w, b, xs, ys: [g * factor(len(xs)) for g in regression(w, b, xs, ys)]


QUESTIONS = [
    Question(
        id="pytorch_autograd.2",
        title="Read the message",
        difficulty=2,
        minutes=3,
        answer=Choice(
            "c",
            options={
                "a": "`w` was made without `requires_grad=True`",
                "b": "`loss.backward()` was called twice for one loss",
                "c": "`loss` holds one number for each of five examples",
                "d": "`w -= 0.1 * w.grad` stands outside of `no_grad`",
            },
        ),
        rivals=[
            Rival("nothing-recorded", "a"),
            Rival("graph-walked-twice", "b"),
            Rival("update-inside-graph", "d"),
        ],
        hints=[
            "The word to look at is *scalar*. What does it mean?",
            "A scalar is one single number. What was it that should have been one?",
            "Outputs: the thing that the walk back starts from. How many numbers does it hold?",
        ],
        solution='```python\nanswer_2 = "c"\n```',
        why="The walk back starts with the gradient 1, and that makes sense for a single number.",
        next="`.mean()` before `.backward()` is the usual cure.",
    ),
    Question(
        id="pytorch_autograd.3",
        title="How much we care",
        difficulty=2,
        minutes=5,
        answer=Formula(
            "2*u*v + 3",
            variable="u v",
            probes=[(1.0, 2.0), (-1.5, 0.4), (2.0, 3.0), (0.5, -2.0), (3.0, 1.2)],
        ),
        rivals=[
            Rival(
                "upstream-forgotten",
                "2*u*v + 1",
                message="You added both slopes as if we cared for both outputs alike. The vector "
                "says how much each output counts: its numbers are the gradients from above, one "
                "for each row of slopes. By what is the slope of the second output multiplied?",
            ),
            Rival("overwrite-for-accumulate", "2*u*v"),
            Rival("overwrite-for-accumulate", "3"),
            Rival("partials-swapped", "u**2 + 3"),
            Rival("value-for-gradient", "u**2*v + 3*(u + v)"),
        ],
        hints=[
            "`u` reaches both outputs. Which slope has the first output for u, which the second?",
            "The first has 2uv, the second has 1. Both come back to `u`.",
            "Each is multiplied by its number in the vector, then they are added.",
        ],
        solution='```python\nformula_3 = "2*u*v + 3"\n```',
        why="The row vector (1, 3) times the first column of the Jacobian, (2uv, 1).",
        next="With (1, 1) it would be the slope of the plain sum of both outputs.",
    ),
    Question(
        id="pytorch_autograd.5",
        title="A slope machine",
        difficulty=2,
        minutes=6,
        answer=Function(
            slope,
            probes=[
                (squared_miss, 8.0),
                (double_well, 2.0),
                (cube_by_products, -1.5),
                (with_reciprocal, 0.5),
                (cubed_line, 0.25),
            ],
            tolerance=1e-3,
            because="32 bits are enough here",
        ),
        rivals=[
            Rival("value-for-gradient", _value),
            Rival("item-before-backward", raises=AttributeError),
            Rival("gradient-not-zeroed", lambda f, w: 2 * slope(f, w)),
            Rival("sign-error", lambda f, w: -slope(f, w)),
        ],
        hints=[
            "Inside, make a new leaf of `w`: `t = torch.tensor(w, requires_grad=True)`.",
            "Call f with that tensor, and walk back from what comes out.",
            "Return the plain number: `t.grad.item()`.",
        ],
        solution="```python\ndef slope(f, w):\n    t = torch.tensor(w, requires_grad=True)\n"
        "    f(t).backward()\n    return t.grad.item()\n```",
        why="A new leaf in each call: nothing left over from the last one, nothing to clear.",
        next="`torch.func.grad(f)` is this machine, made by PyTorch.",
    ),
    Question(
        id="pytorch_autograd.7",
        title="A mean, not a sum",
        difficulty=2,
        minutes=6,
        answer=Function(
            regression,
            probes=[
                (2.0, 3.0, [1.0, 2.0, 3.0, 4.0, 5.0], [5.0, 8.0, 11.0, 14.0, 17.0]),
                (0.0, 0.0, [1.0, 2.0], [3.0, 7.0]),
                (1.0, -2.0, [0.5, 2.0, 4.0], [1.0, -1.0, 3.0]),
                (-1.5, 0.5, [-2.0, 1.0, 3.0, 7.0], [4.0, 0.0, 2.0, -3.0]),
                (0.25, 4.0, [10.0, 2.0, 5.0, 3.0], [5.0, 9.0, 11.0, 16.0]),
            ],
            tolerance=1e-3,
            because="32 bits are enough here",
        ),
        rivals=[
            Rival(
                "loss-not-reduced",
                _scaled(float),
                message="These are the slopes of the *sum* of the squared misses. With `.sum()`, "
                "or with a vector of ones for `backward`, every example adds its wish in full, and "
                "a step grows with the amount of data. What did chapter 13 take in place of the "
                "sum?",
            ),
            Rival("forgotten-two", _scaled(lambda m: 0.5)),
            Rival("partials-swapped", lambda w, b, xs, ys: regression(w, b, xs, ys)[::-1]),
            Rival("residual-turned-around", _scaled(lambda m: -1.0)),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "Make tensors of all four: `w` and `b` with `requires_grad=True`, the data without.",
            "The loss is `((w * xs + b - ys) ** 2).mean()`. One number.",
            "After `backward()`: `return [w.grad.item(), b.grad.item()]`, if your tensors have "
            "these names.",
        ],
        solution="```python\ndef gradient(w, b, xs, ys):\n"
        "    w, b = (torch.tensor(v, requires_grad=True) for v in (w, b))\n"
        "    xs, ys = torch.tensor(xs), torch.tensor(ys)\n"
        "    ((w * xs + b - ys) ** 2).mean().backward()\n"
        "    return [w.grad.item(), b.grad.item()]\n```",
        why="The mean makes one number of many, whose size does not depend on how many there are.",
        next="PyTorch's own losses have an option for it, called `reduction`, and its default is "
        "the mean.",
    ),
    Question(
        id="pytorch_autograd.6",
        title="Bug clinic: the loss curve that swings",
        difficulty=3,
        minutes=7,
        answer=Function(
            lambda start, eta, steps: descend(start, eta, steps)[0],
            probes=LOOPS,
            tolerance=1e-4,
            because="32 bits are enough here",
        ),
        rivals=[
            Rival("gradient-not-zeroed", _end("forgotten")),
            Rival("zeroed-before-step", _end("before the step")),
            Rival("ascent-for-descent", _end("ascent")),
            Rival("one-step-too-many", _end("one more")),
            Rival(
                "step-too-large",
                lambda start, eta, steps: descend(start, eta / 10, steps, "forgotten")[0],
                message="You made the step smaller and left the bug where it is. Give this loop a "
                "few hundred steps, and look at its loss curve: it still swings, only more "
                "slowly. Which number in the loop grows from step to step although nobody wants "
                "it to?",
            ),
        ],
        hints=[
            "Print `w.grad` in each step, and beside it 2(w − 3). Where do they part?",
            "In the second step `.grad` holds two slopes, in the third three.",
            "Clear before the walk back: `w.grad = None` as the first line of the loop.",
        ],
        solution="```python\ndef train(start, eta, steps):\n"
        "    w = torch.tensor(start, requires_grad=True)\n    for _ in range(steps):\n"
        "        w.grad = None\n        loss = (w - 3) ** 2\n        loss.backward()\n"
        "        with torch.no_grad():\n            w -= eta * w.grad\n    return w.item()\n```",
        why="The gradient was never cleared, so each step used the sum of all slopes so far.",
        next="Before you turn η down, look whether a smaller η cures anything.",
    ),
    Question(
        id="pytorch_autograd.9",
        title="Does w.grad match?",
        difficulty=3,
        minutes=8,
        answer=Function(
            quartic_walk,
            probes=[(2.0, 5), (2.0, 20), (2.0, 100), (-1.0, 10), (0.5, 10), (1.0, 8)],
            tolerance=2e-3,
            because="a difference quotient is good to a few digits",
        ),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                lambda start, steps: quartic_walk(start, steps, "forgotten"),
            ),
            Rival("ascent-for-descent", lambda start, steps: quartic_walk(start, steps, "ascent")),
            Rival("one-step-too-many", lambda start, steps: quartic_walk(start, steps, "one more")),
            Rival("value-for-gradient", _value_for_slope),
            Rival(
                "slope-of-the-start",
                lambda start, steps: [
                    quartic_walk(start, steps)[0],
                    *[quartic_slope(quartic_walk(start, steps - 1)[0])] * 2,
                ],
                message="Your slopes belong to the place *before* the last step: `w.grad` was "
                "filled there, and then `w` moved on. A gradient belongs to one place. What has to "
                "be done at the new place before its slope can be read?",
            ),
            Rival(
                "slope-of-the-start",
                lambda start, steps: _uncleared(start, steps, again=False),
                message="Your place and your difference quotient are right. But `w.grad` was "
                "filled *before* the last step, at the place where `w` stood then, and so it is "
                "the slope of that place. What has to be done at the new place before its slope "
                "can be read?",
            ),
            Rival(
                "gradient-not-zeroed",
                lambda start, steps: _uncleared(start, steps, again=True),
                message="Your place and your difference quotient are right. The last walk back was "
                "added to what the step before it had left in `w.grad`, so the number there is a "
                "sum of two slopes. Which line is missing between the loop and the last walk?",
            ),
        ],
        hints=[
            "Descend as in the lesson: clear, forward, backward, and the step under `no_grad`.",
            "At the end clear once more, and go forward and backward at the place where w is now.",
            "The third number is a central difference there, with the plain number `w.item()` and "
            "an h such as 1e-4.",
        ],
        solution="```python\ndef descend(start, steps):\n"
        "    w = torch.tensor(start, requires_grad=True)\n    for _ in range(steps):\n"
        "        w.grad = None\n        f(w).backward()\n        with torch.no_grad():\n"
        "            w -= 0.01 * w.grad\n    w.grad = None\n    f(w).backward()\n"
        "    return [w.item(), w.grad.item(), central_difference(f, w.item())]\n```",
        why="After every step the old gradient belongs to the old place. Measured at the same "
        "place, both witnesses agree.",
        next="From 2.0 it ends in the worse of the two valleys: autograd finds slopes, not the "
        "best place.",
    ),
    Question(
        id="pytorch_autograd.predict_twice",
        title="Two rounds, nothing cleared",
        difficulty=1,
        minutes=1,
        answer=Number(20.0),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                10.0,
                message="That would be so if every walk began at an empty `.grad`. But the walk "
                "back *adds* what it finds, and nobody has cleared what the first round left "
                "there. What does += make of the old number and the new one?",
            ),
            Rival(
                "seed-of-zero",
                0.0,
                message="After one round `w.grad` held the slope at 8, which is not 0. The second "
                "round finds it there, and both rounds walk back from a loss at the same place, so "
                "their slopes have the same sign. What does a walk back do with the number that is "
                "there already?",
            ),
            Rival(
                "products-not-added",
                100.0,
                message="You multiplied the gradients of the two rounds. Along one way through a "
                "graph local slopes are multiplied, but pieces that arrive at the same tensor are "
                "put together in another way. What did `hand_on` do in chapter 14?",
            ),
        ],
        hints=[
            "What did `hand_on` do with a gradient that was already there?",
            "The first round leaves 10. The second brings 10 more.",
            "Add the two.",
        ],
        solution="```python\n10 + 10\n```",
        why="AccumulateGrad is a +=, and nobody cleared.",
        next="Some people use this on purpose: many small rounds, one large step.",
    ),
]
