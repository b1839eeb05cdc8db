"""Questions of chapter 15: backward and .grad, what adds up, what is recorded, training loops.

No torch here: listing all questions must not import it. Truths are computed by rules, or by the
engine of chapter 14.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from utils.autograd import Value
from utils.checks import Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.examples import cube_by_products, cubed_line, double_well, squared_miss, with_reciprocal
from utils.models.pytorch_autograd import (
    LEFT_OVER,
    GraphFreed,
    InPlace,
    NotRecorded,
    grads_of,
)

# --- exercise 1 ---

AT_1 = 1.5


def product_slope(w: float) -> float:
    """The slope of w² · sin w."""
    return 2 * w * math.sin(w) + w**2 * math.cos(w)


# --- exercise 4: the figure of leaves, with x = 2 and y = 4 ---


def _held(values: dict[str, Any]) -> dict[str, float | None]:
    given = dict(values)
    calls = round(given.pop("calls"))
    return grads_of(x=2.0, y=4.0, calls=calls, **given) or {"w": None, "x": None}


def _is(value: float | None, wanted: float) -> bool:
    return value is not None and abs(value - wanted) < 1e-9


def _setting(
    w: float, calls: int, w_needs: bool = True, x_needs: bool = False, detached: bool = False
) -> dict[str, Any]:
    return {"w": w, "calls": calls, "w_needs": w_needs, "x_needs": x_needs, "detached": detached}


# --- exercise 5 ---


def slope(f: Callable[[Any], Any], w: float) -> float:
    """The slope of f at w, by the engine of chapter 14."""
    v = Value(w)
    f(v).backward()
    return v.grad


def _value(f: Callable[[Any], Any], w: float) -> float:
    return f(Value(w)).data


# --- exercises 6 and 8: descents on (w − 3)² ---


def descend(
    start: float, eta: float, steps: int, fault: str = "", held: float = 0.0
) -> tuple[float, int]:
    """Where a descent on (w − 3)² ends, and how many walks back began with a cleared gradient.

    fault: "forgotten", "once", "at the end", "before the step", "ascent", "no step" or "one more".
    held: what w.grad holds at the beginning.
    """
    late = ("forgotten", "at the end", "before the step")  # not cleared before a walk back
    w, fresh = start, 0
    for k in range(steps + (fault == "one more")):
        if fault not in late and not (fault == "once" and k > 0):
            held = 0.0
        fresh += held == 0
        held += 2 * (w - 3)
        if fault == "before the step":
            held = 0.0
        elif fault != "no step":
            w += eta * held * (1 if fault == "ascent" else -1)
        if fault == "at the end":
            held = 0.0
    return w, fresh


def _end(fault: str) -> Callable[[float, float, int], float]:
    return lambda start, eta, steps: descend(start, eta, steps, fault)[0]


def _notes(fault: str, calls: bool = True) -> Callable[[float, float, int], list[float]]:
    """What a watched loop with this fault comes to."""

    def loop(start: float, eta: float, steps: int) -> list[float]:
        w, fresh = descend(start, eta, steps, fault, held=LEFT_OVER)
        done = steps + (fault == "one more")
        return [w, done, fresh, done if calls and fault != "no step" else 0]

    return loop


_LOOPS = [(8.0, 0.1, 3), (1.0, 0.2, 4), (-2.0, 0.05, 6), (5.0, 0.3, 2), (4.0, 0.02, 9)]


# --- exercise 7 ---


def regression(w: float, b: float, xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    """Both slopes of the mean squared error."""
    r = [w * x + b - y for x, y in zip(xs, ys, strict=True)]
    m = len(r)
    return [2 * sum(e * x for e, x in zip(r, xs, strict=True)) / m, 2 * sum(r) / m]


def _scaled(factor: Callable[[int], float]) -> Callable[..., list[float]]:
    return lambda w, b, xs, ys: [g * factor(len(xs)) for g in regression(w, b, xs, ys)]


# --- exercise 9: w⁴ − 4w² + w, η = 0.01 ---


def quartic_slope(w: float) -> float:
    """The slope of w⁴ − 4w² + w."""
    return 4 * w * w * w - 8 * w + 1


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
        id="pytorch_autograd.predict_grad",
        title="What lands in w.grad",
        difficulty=1,
        minutes=1,
        answer=Number(slope(lambda w: (w - 3) ** 2, 8.0)),
        rivals=[
            Rival(
                "value-for-gradient",
                25.0,
                message="That is the loss itself, found on the way forward. The way back answers "
                "another question: how many times as far does the loss move when `w` is nudged a "
                "little? Chapter 07 had a rule for a square with something inside it. What does it "
                "say?",
            ),
            Rival(
                "forgotten-two",
                5.0,
                message="That is what stands inside the square, w − 3. A square moves faster than "
                "what is inside it: the power rule puts a factor in front. Nudge `w` from 8 to 8.1 "
                "and compute the loss both times. How far did it move for each tenth?",
            ),
            Rival("sign-error", -10.0),
            Rival(
                "place-for-value",
                8.0,
                message="That is the weight itself, the place where we "
                "stand. `w.grad` holds the slope of the loss at this place. Take a step from 8 "
                "to 8.1 by hand: by how much does (w − 3)² change, and how many times 0.1 is "
                "that?",
            ),
        ],
        hints=[
            "The rule for (w − 3)²: outer slope times inner slope.",
            "The outer slope is twice what stands inside, the inner slope is 1.",
            "What stands inside is 8 − 3.",
        ],
        solution="```python\n2 * (8 - 3)\n```",
        why="The power rule gives 2(w − 3), the inner slope is 1.",
        next="PyTorch walks the same way back as your engine did.",
    ),
    Question(
        id="pytorch_autograd.predict_leaf",
        title="A gradient in the middle",
        difficulty=2,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "the slope of L for u",
                "b": "None",
                "c": "the slope of L for w",
            },
        ),
        rivals=[
            Rival(
                "value-for-gradient",
                "a",
                message="That is the number which passes through `u` on the way back, and your own "
                "engine would keep it. PyTorch saves the memory: it keeps the gradients of those "
                "tensors alone that you made yourself. Did you make `u`, or was it computed?",
            ),
            Rival(
                "upstream-forgotten",
                "c",
                message="That number belongs to `w`, and it is dropped in `w.grad`, further down. "
                "Each tensor has a `.grad` of its own. The question is what stands in that of "
                "`u`, which was computed and is no leaf. Which of the two would a step ever move?",
            ),
        ],
        hints=[
            "Which of the tensors did you make yourself?",
            "PyTorch keeps gradients for leaves alone. A leaf is not computed from anything.",
            "`u` was computed from `w`. So nothing is kept there.",
        ],
        solution='The answer is **b**: `check("pytorch_autograd.predict_leaf", "b")`.',
        why="u is no leaf. Its gradient passes through and is not kept.",
        next="`u.retain_grad()` before the walk asks PyTorch to keep it.",
    ),
    Question(
        id="pytorch_autograd.predict_second_step",
        title="Two steps, nothing cleared",
        difficulty=2,
        minutes=2,
        answer=Number(7 - 0.1 * (10 + 8), near=0.02),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                6.2,
                message="That would be so if every walk began at an empty `.grad`. But the walk "
                "back *adds* what it finds, and nobody has cleared what the first round left "
                "there. What does += make of the old number and the new one?",
            ),
            Rival(
                "overwrite-for-accumulate",
                6.0,
                message="This step uses the first gradient once more, as if the second walk back "
                "had found nothing. But it did find a slope, the one at 7, and it puts it to what "
                "is there. What does `w.grad` hold then?",
            ),
            Rival(
                "slope-of-the-start",
                5.0,
                message="You took twice the first gradient. That is what two rounds at *one* place "
                "leave, as in the figure. Here w has moved in between, and at 7 the parabola is "
                "less steep than at 8. Which slope does the second round add?",
            ),
            Rival(
                "step-size-left-out",
                -11.0,
                message="You subtracted the whole of `w.grad`. A step is η times what it holds, "
                "and η is a tenth here, so that a step from 7 stays near 7. What is a tenth of "
                "the number that you took away?",
            ),
        ],
        hints=[
            "What did `hand_on` do with a gradient that was already there?",
            "The first round leaves 10, and the second one brings 8 more.",
            "The step is 0.1 times the sum of both, and it starts from 7.",
        ],
        solution="```python\n7 - 0.1 * (10 + 8)\n```",
        why="AccumulateGrad is a +=, and nobody cleared, so the second step is made from 18.",
        next="Some people add up on purpose: many small rounds, one large step.",
    ),
    Question(
        id="pytorch_autograd.predict_curve",
        title="A tenth of the step",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "stop swinging and settle",
                "b": "swing more slowly, as high as before",
                "c": "fly off",
            },
        ),
        rivals=[
            Rival(
                "step-too-large",
                "a",
                message="That is what would happen if the step were too large. But here the old "
                "slopes are still in `w.grad` when `w` reaches the bottom, and carry it past. Does "
                "a smaller η take them out of the sum?",
            ),
            Rival(
                "gradient-blamed",
                "c",
                message="A smaller step makes nothing wilder. Think of a ball that rolls through a "
                "bowl without friction: `w.grad` is its momentum, and η says how fast time goes. "
                "How high does such a ball rise on the other side?",
            ),
        ],
        hints=[
            "What is in `w.grad` when `w` passes the bottom, where the slope is 0?",
            "The sum of all slopes on the way down. It takes as many slopes with the other sign "
            "to use it up.",
            "So w climbs the other side about as high as it came from, however small η is.",
        ],
        solution='The answer is **b**: `check("pytorch_autograd.predict_curve", "b")`.',
        why="The sum of slopes acts like the speed of a ball without friction. η only slows the "
        "clock.",
        next="Momentum, in chapter 12, was this sum with a little friction, and on purpose.",
    ),
    Question(
        id="pytorch_autograd.predict_detach",
        title="Half of a square",
        difficulty=2,
        minutes=2,
        answer=Number(3.0, none_expected=True),
        rivals=[
            Rival(
                "nothing-recorded",
                0.0,
                message="One factor was detached, but not the other. The plain `w` is still being "
                "recorded, so one way leads back. Along that way the detached factor is a "
                "constant, with a value. What is the slope of w times a constant?",
            ),
            Rival(
                "constant-kept",
                6.0,
                message="That is the slope of w², where both factors move when `w` is nudged. "
                "Here one of them has been cut off from its history, and PyTorch takes it for a "
                "constant. Which of the two pieces of the product rule is left?",
            ),
            Rival("value-for-gradient", 9.0),
        ],
        hints=[
            "In a product each factor hands back the value of the other one. Two ways, two pieces.",
            "The detached factor takes nothing: its way is cut.",
            "The plain factor receives the value of the detached one, which is 3.",
        ],
        solution="```python\n3.0\n```",
        why="y is w times the constant 3, as far as slopes go.",
        next="A value that is right and a slope that is not: no message will tell you.",
    ),
    Question(
        id="pytorch_autograd.predict_second",
        title="The slope of the slope",
        difficulty=2,
        minutes=2,
        answer=Number(slope(lambda w: 4 * w**3 - 8 * w + 1, 2.0)),
        rivals=[
            Rival("first-for-second", quartic_slope(2.0)),
            Rival("value-for-gradient", 2.0**4 - 4 * 2.0**2 + 2),
            Rival("constant-kept", 41.0),
            Rival(
                "exponent-not-lowered",
                12 * 2.0**3 - 8 * 2,
                message="The factors are good, but in one of your terms the exponents did not "
                "come down with the second slope. The first derivative has w³ and w in it. One "
                "power lower, what do they become?",
            ),
        ],
        hints=[
            "First the slope: w⁴ gives 4w³, −4w² gives −8w, w gives 1.",
            "Now the slope of 4w³ − 8w + 1, term by term.",
            "12w² − 8, at w = 2.",
        ],
        solution="```python\n12 * 2**2 - 8\n```",
        why="4w³ − 8w + 1 has the slope 12w² − 8.",
        next="PyTorch can go on: a third derivative, a fourth.",
    ),
    Question(
        id="pytorch_autograd.1",
        title="A product with a sine",
        difficulty=1,
        minutes=4,
        answer=Number(
            product_slope(AT_1),
            tolerance=1e-4,
            because="PyTorch gives all its digits",
        ),
        rivals=[
            Rival("value-for-gradient", AT_1**2 * math.sin(AT_1)),
            Rival("product-of-derivatives", 2 * AT_1 * math.cos(AT_1)),
            Rival(
                "gradient-not-zeroed",
                2 * product_slope(AT_1),
                message="Every call of `backward()` adds to what `.grad` holds. You probably ran "
                "the cell, or the walk, a second time with the same tensor. How do you make a "
                "fresh start: with which tensor, or with which line?",
            ),
            Rival(
                "nothing-recorded",
                AT_1**2 * math.cos(AT_1),
                message="One of the two ways from "
                "`w` to the result is missing: only the sine handed its piece back. The square "
                "is made from `w` as well. Was it computed from the tensor itself, or from a "
                "plain number that was taken out of it?",
            ),
            Rival(
                "nothing-recorded",
                2 * AT_1 * math.sin(AT_1),
                message="One of the two ways from `w` to the result is missing: the square handed "
                "its piece back, and the sine did not. `math.sin` takes a tensor as well, but what "
                "it returns is a plain number, and that remembers nothing. Which sine did you "
                "use?",
            ),
        ],
        hints=[
            "Make the weight: `w = torch.tensor(1.5, requires_grad=True)`.",
            "Write the formula with `torch.sin(w)`, or `w.sin()`, and walk back from it.",
            "`(w**2 * torch.sin(w)).backward()`, and then the plain number is `w.grad.item()`.",
        ],
        solution="```python\nw = torch.tensor(1.5, requires_grad=True)\n"
        "(w**2 * torch.sin(w)).backward()\nanswer_1 = w.grad.item()\n```",
        why="The product rule: 2w sin w + w² cos w. Two ways from w, two pieces, added.",
        next="You wrote no rule. The operations brought theirs along.",
    ),
    Question(
        id="pytorch_autograd.2",
        title="Read the message",
        difficulty=1,
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
        id="pytorch_autograd.4",
        title="Three times minus eight",
        difficulty=2,
        minutes=4,
        answer=Live(
            goal=lambda v: _is(_held(v)["w"], -24) and v["calls"] == 3 and _held(v)["x"] is None,
            figure=Figure("pytorch_autograd.explore_leaves"),
            aim="a slope of −8 for w, −24 in w.grad, and None in x.grad",
            probes=[
                _setting(1.0, 3),
                _setting(-1.0, 1),
                _setting(1.0, 3, x_needs=True),
                _setting(1.0, 3, detached=True),
                _setting(3.0, 3, detached=True),
            ],
        ),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                lambda v: _is(_held(v)["w"], -24) and v["calls"] == 1,
                message="The number is there, but in one round: at this `w` the slope itself is "
                "−24. The task wants a place where the slope is −8 and `w.grad` shows the sum of "
                "several rounds. Which rounds add up to it, and where is the slope −8?",
            ),
            Rival(
                "other-variable-moves",
                lambda v: _is(_held(v)["w"], -24) and v["calls"] == 3 and v["x_needs"],
                message="`w.grad` is as it should be. But `x` has received a gradient too, which "
                "was not wanted: data are not trained. Which switch tells PyTorch to take no notes "
                "for `x`?",
            ),
            Rival(
                "nothing-recorded",
                lambda v: v["calls"] > 0 and (v["detached"] or not (v["w_needs"] or v["x_needs"])),
            ),
        ],
        hints=[
            "How many rounds of −8 make −24?",
            "Set the rounds first, then move `w` and read the sentence: it says what one round "
            "gives.",
            "`x` must not require a gradient, `w` must, and nothing is detached.",
        ],
        solution="```python\nview_4.set(w=1, calls=3, x_needs=False)\n```",
        why="At w = 1 the slope is 2 · (2 − 4) · 2 = −8. Three rounds without clearing add up.",
        next="The same trick on purpose is called gradient accumulation: a large batch in pieces.",
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
        id="pytorch_autograd.6",
        title="Bug clinic: the loss curve that swings",
        difficulty=3,
        minutes=7,
        answer=Function(
            lambda start, eta, steps: descend(start, eta, steps)[0],
            probes=_LOOPS,
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
        id="pytorch_autograd.7",
        title="A mean, not a sum",
        difficulty=3,
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
        id="pytorch_autograd.8",
        title="The four calls",
        difficulty=3,
        minutes=7,
        answer=Function(
            _notes(""),
            probes=_LOOPS,
            tolerance=1e-6,
            near=0,
            watched="utils.models.pytorch_autograd:WatchedWalk",
        ),
        rivals=[
            Rival("gradient-not-zeroed", _notes("forgotten")),
            Rival(
                "gradient-not-zeroed",
                _notes("once"),
                message="You clear once, before the loop, so the first walk back starts clean. "
                "From the second one on, every walk adds to what the walks before it left in "
                "`w.grad`, and each step uses the sum. How many times does clearing have to "
                "happen, and so where does it have to stand?",
            ),
            Rival(
                "gradient-not-zeroed",
                _notes("at the end"),
                message="You clear at the end of each step, so the *first* step starts with "
                "whatever `w.grad` held before: here an old 5 was waiting in it. Nothing in a loop "
                "should depend on how clean the place was. Where does clearing have to stand?",
            ),
            Rival("zeroed-before-step", _notes("before the step")),
            Rival(
                "update-before-backward",
                lambda start, eta, steps: [start, steps, steps, steps],
                message="All calls are there, and yet `w` stays where it was: whenever the "
                "optimiser steps, `w.grad` is empty. Either the step stands before the walk back, "
                "or the gradient is cleared between the two. What does a step need to find in "
                "`w.grad`, and which call puts it there?",
            ),
            *(
                Rival(
                    "backward-forgotten",
                    lambda start, eta, steps, old=old: [start - steps * eta * old, 0, 0, steps],
                )
                for old in (0.0, LEFT_OVER)  # cleared, or still there
            ),
            Rival("optimizer-not-called", _notes("no step")),
            Rival(
                "optimizer-not-called",
                _notes("", calls=False),
                message="Your weight ends at the right place, and yet the optimiser was never "
                "asked: you moved `w` by hand. With momentum, or Adam, or a million weights your "
                "loop would do something else than the optimiser. Which call hands the step over "
                "to it?",
            ),
            Rival("ascent-for-descent", _notes("ascent")),
            Rival("one-step-too-many", _notes("one more")),
            Rival("update-inside-graph", raises=InPlace),
            Rival("nothing-recorded", raises=NotRecorded),
            Rival("graph-walked-twice", raises=GraphFreed),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "Four calls in each step: clear, forward, backward, step.",
            "Clear with `optimizer.zero_grad()`, forward is `loss = loss_of(w)`.",
            "Then `loss.backward()` and `optimizer.step()`. Nothing else, and nothing to return.",
        ],
        solution="```python\ndef train_with(w, optimizer, loss_of, steps):\n"
        "    for _ in range(steps):\n        optimizer.zero_grad()\n        loss = loss_of(w)\n"
        "        loss.backward()\n        optimizer.step()\n```",
        why="Clear first, so that nothing old is left; step last, so that the gradient is used "
        "where it was measured.",
        next="This loop trains a line, a network or a language model. Only w and loss_of change.",
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
]
