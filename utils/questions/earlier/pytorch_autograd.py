"""Questions of chapter 15 that gave their place to better ones."""

from collections.abc import Callable

import numpy as np

from utils.checks import Function, Number, Question, Rival
from utils.questions.pytorch_autograd import LOOPS, descend, quartic_slope


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


QUESTIONS = [
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
