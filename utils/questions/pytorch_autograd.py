"""Questions of chapter 15: backward and .grad, what adds up, what is recorded, training loops.

No torch here: listing all questions must not import it. Truths are computed by rules, or by the
engine of chapter 14.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import permutations
from typing import Any

import numpy as np

from utils.autograd import Value
from utils.checks import (
    Array,
    Choice,
    Figure,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.checks.kinds.open_task import Attempt
from utils.examples import (
    bent_trough,
    cube_by_products,
    cubed_line,
    double_well,
    narrow_bowl,
    squared_miss,
    turned_bowl,
    with_reciprocal,
)
from utils.models.pytorch_autograd import (
    LEFT_OVER,
    GraphFreed,
    InPlace,
    NotRecorded,
    grads_of,
)
from utils.numerals import number

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


# --- slopes by the engine of chapter 14 ---


def slope(f: Callable[[Any], Any], w: float) -> float:
    """The slope of f at w, by the engine of chapter 14."""
    v = Value(w)
    f(v).backward()
    return v.grad


def _value(f: Callable[[Any], Any], w: float) -> float:
    return f(Value(w)).data


# --- exercise 8: descents on (w − 3)² ---


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


def _notes(fault: str, calls: bool = True) -> Callable[[float, float, int], list[float]]:
    """What a watched loop with this fault comes to."""

    def loop(start: float, eta: float, steps: int) -> list[float]:
        w, fresh = descend(start, eta, steps, fault, held=LEFT_OVER)
        done = steps + (fault == "one more")
        return [w, done, fresh, done if calls and fault != "no step" else 0]

    return loop


LOOPS = [(8.0, 0.1, 3), (1.0, 0.2, 4), (-2.0, 0.05, 6), (5.0, 0.3, 2), (4.0, 0.02, 9)]


# --- exercise 2: the lowest place of a walk that leaps about ---

SEARCHES = [
    (double_well, 2.0, 0.15, 6),
    (double_well, -2.0, 0.12, 6),
    (double_well, 1.0, 0.2, 7),
    (double_well, 0.5, 0.3, 5),
    (squared_miss, 1.0, 1.1, 4),
    (double_well, -1.2, 0.2, 7),
]


def best_weight(
    f: Callable[[Any], Any], start: float, eta: float, steps: int, fault: str = ""
) -> float:
    """The place with the lowest loss, of the start and the places after each step but the last.

    fault: "last" (where the walk ends), "one later" (the place after the lowest), "height" (the
    loss there) or "start".
    """
    places = [start]
    with np.errstate(all="ignore"):
        for _ in range(steps):
            places.append(places[-1] - eta * slope(f, places[-1]))
        losses = [_value(f, place) for place in places[:steps]]
    lowest = losses.index(min(losses))
    if fault == "height":
        return losses[lowest]
    return places[{"last": -1, "one later": lowest + 1, "start": 0}.get(fault, lowest)]


def _place(fault: str) -> Callable[..., float]:
    return lambda f, start, eta, steps: best_weight(f, start, eta, steps, fault)


def _right_place(f: Callable[[Any], Any], start: float, eta: float, steps: int) -> float:
    return best_weight(f, start, eta, steps)


# --- exercise 3: the gradient of each example by itself ---


def wishes(
    weights: Sequence[float], rows: Sequence[Sequence[float]], ys: Sequence[float], fault: str = ""
) -> list[float]:
    """The length of the gradient of (tanh(row · weights) − y)², for each row and y.

    fault: "losses", "mean" (each a share of the mean), "sum" (the partials added up, without their
    signs), "no slope" (that of the tanh is left out) or "no two".
    """
    X, h = np.array(rows), np.tanh(np.array(rows) @ np.array(weights))
    if fault == "losses":
        return ((h - ys) ** 2).tolist()
    each = (2 * (h - ys) * (1 if fault == "no slope" else 1 - h**2))[:, None] * X
    each = each * {"mean": 1 / len(X), "no two": 0.5}.get(fault, 1.0)
    return (np.abs(each).sum(axis=1) if fault == "sum" else np.linalg.norm(each, axis=1)).tolist()


def _wishes(fault: str) -> Callable[..., list[float]]:
    return lambda weights, rows, ys: wishes(weights, rows, ys, fault)


def _right_wishes(
    weights: Sequence[float], rows: Sequence[Sequence[float]], ys: Sequence[float]
) -> list[float]:
    return wishes(weights, rows, ys)


_WISHES = [
    ([0.5, -0.25], [[1.0, 2.0], [3.0, -1.0], [0.5, 0.5]], [0.5, -1.0, 0.0]),
    ([1.0, 0.5], [[2.0, 1.0], [-1.0, 1.0], [0.0, 0.5], [4.0, 3.0]], [0.0, 1.0, 1.0, -1.0]),
    ([-0.5, 0.25, 1.0], [[1.0, 0.0, 0.5], [0.0, 2.0, -1.0]], [1.0, 0.5]),
    ([0.25, 0.25], [[1.0, -3.0], [2.0, 2.0], [-1.0, -1.0]], [-0.5, 0.0, 1.0]),
    ([0.0, 1.0], [[1.0, 1.0], [2.0, 0.5], [3.0, -0.5]], [0.0, 0.0, 1.0]),
]


# --- exercise 5: an operation whose way back was written by hand ---


def pulled(x: Sequence[float], care: Sequence[float], fault: str = "") -> list[float]:
    """What comes back through x · σ(x), for each of its numbers, with `care` from above.

    fault: "no upstream", "product" (of the slopes of both factors), "first strip" or "second
    strip" (one half of the product rule), or "value".
    """
    at = np.array(x)
    s = 1 / (1 + np.exp(-at))
    own = {
        "product": s * (1 - s),
        "first strip": s,
        "second strip": at * s * (1 - s),
        "value": at * s,
    }.get(fault, s + at * s * (1 - s))
    return (own * (1 if fault == "no upstream" else np.array(care))).tolist()


def _pulled(fault: str) -> Callable[..., list[float]]:
    return lambda x, care: pulled(x, care, fault)


def _right_pulled(x: Sequence[float], care: Sequence[float]) -> list[float]:
    return pulled(x, care)


_PULLED = [
    ([1.0, -2.0], [2.0, 3.0]),
    ([0.5, 1.5, 3.0], [1.0, -1.0, 0.5]),
    ([-1.0, 4.0], [4.0, 0.5]),
    ([2.0, 0.25], [-2.0, 0.5]),
    ([-0.5, -3.0, 1.0], [1.5, 2.0, 3.0]),
]


# --- exercise 7: the curvature in the direction of the walk ---

# Gradient and Hessian of what is handed over.
_SURFACES: dict[Callable[[Any], Any], tuple[Callable, Callable]] = {
    narrow_bowl: (lambda x, y: (2 * x, 10 * y), lambda x, y: ((2, 0), (0, 10))),
    turned_bowl: (
        lambda x, y: (2 * x + 1.5 * y, 1.5 * x + 6 * y),
        lambda x, y: ((2, 1.5), (1.5, 6)),
    ),
    bent_trough: (
        lambda x, y: (4 * x**3 - y, 4 * y - x),
        lambda x, y: ((12 * x * x, -1), (-1, 4)),
    ),
}


def best_rate(f: Callable[[Any], Any], w: Sequence[float], fault: str = "") -> float:
    """One over the curvature of f at w, in the direction of the gradient.

    fault: "long arrow" (the direction keeps its length), "limit" (twice as much), "steepest axis"
    (one over the largest number on the diagonal), "diagonal" (numbers beside it left out) or
    "turned".
    """
    gradient, hessian = _SURFACES[f]
    g, H = np.array(gradient(*w)), np.array(hessian(*w))
    if fault == "steepest axis":
        return float(1 / H.diagonal().max())
    if fault == "diagonal":
        H = np.diag(H.diagonal())
    u = g if fault == "long arrow" else g / np.linalg.norm(g)
    return float({"limit": 2, "turned": -1}.get(fault, 1) / (u @ H @ u))


def _rate(fault: str) -> Callable[..., float]:
    return lambda f, w: best_rate(f, w, fault)


def _right_rate(f: Callable[[Any], Any], w: Sequence[float]) -> float:
    return best_rate(f, w)


_RATES = [
    (narrow_bowl, [3.0, 1.0]),
    (turned_bowl, [2.0, 1.0]),
    (turned_bowl, [-1.0, 3.0]),
    (bent_trough, [1.0, 2.0]),
    (bent_trough, [-1.5, 0.5]),
    (turned_bowl, [4.0, -0.5]),
    (narrow_bowl, [5.0, 0.5]),
]


# --- exercise 6: what each prediction is compared with ---


def many_weights(
    w: Sequence[float], rows: Sequence[Sequence[float]], ys: Sequence[float], fault: str = ""
) -> list[float]:
    """The gradient of the mean squared error of rows @ w; or with a fault.

    fault: "broadcast" (every prediction against every target), "sum", "no two" or "turned".
    """
    X, y = np.array(rows), np.array(ys)
    r = X @ np.array(w) - (y.mean() if fault == "broadcast" else y)
    factor = {"sum": len(y), "no two": 0.5, "turned": -1}.get(fault, 1)
    return (factor * 2 * X.T @ r / len(y)).tolist()


def _weights(fault: str) -> Callable[..., list[float]]:
    return lambda w, rows, ys: many_weights(w, rows, ys, fault)


_ROWS = [
    ([0.0, 0.0], [[1.0, 1.0], [2.0, 1.0], [3.0, 1.0]], [5.0, 8.0, 11.0]),
    ([2.0, 3.0], [[1.0, 1.0], [2.0, 1.0], [3.0, 1.0], [5.0, 1.0]], [5.0, 8.0, 11.0, 17.0]),
    ([1.0, -1.0, 0.5], [[2.0, 0.0, 1.0], [1.0, 3.0, -1.0]], [4.0, -2.0]),
    ([0.5, -2.0], [[1.0, 3.0], [2.0, 0.0], [4.0, 1.0], [-1.0, 2.0]], [3.0, 1.0, 0.0, 2.0]),
    ([-1.0, 2.0], [[0.5, 1.0], [1.5, -2.0], [2.5, 0.0]], [1.0, 0.0, -4.0]),
]

# --- exercise 9: Newton's step ---

# First and second derivative of what is handed over.
_BENDS: dict[Callable[[Any], Any], tuple[Callable, Callable]] = {
    double_well: (lambda w: quartic_slope(w), lambda w: 12 * w * w - 8),
    with_reciprocal: (lambda w: 3 - 1 / w**2, lambda w: 2 / w**3),
    cubed_line: (lambda w: 6 * (2 * w + 1) ** 2, lambda w: 24 * (2 * w + 1)),
    cube_by_products: (lambda w: 3 * w * w, lambda w: 6 * w),
}


def quartic_slope(w: float) -> float:
    """The slope of w⁴ − 4w² + w."""
    return 4 * w * w * w - 8 * w + 1


def newton(f: Callable[[Any], Any], start: float, steps: int, fault: str = "") -> float:
    """w after some of Newton's steps; or with a fault.

    fault: "root", "plus", "upside down", "descent", "bend of the start", "more" or "fewer".
    """
    first, second = _BENDS[f]
    w = start
    for _ in range(steps + {"more": 1, "fewer": -1}.get(fault, 0)):
        slope, bend = first(w), second(start if fault == "bend of the start" else w)
        w += {
            "root": -f(w) / slope,
            "plus": slope / bend,
            "upside down": -bend / slope if slope else math.nan,
            "descent": -slope,
        }.get(fault, -slope / bend)
    return float(w)


def _newton(fault: str) -> Callable[..., float]:
    return lambda f, start, steps: newton(f, start, steps, fault)


def _right_newton(f: Callable[[Any], Any], start: float, steps: int) -> float:
    return newton(f, start, steps)


# --- exercise 10: a target that the model makes itself ---

SHARE = 0.9


def held_target(w: float, x: float, reward: float, x_next: float, fault: str = "") -> float:
    """The slope of (w · x − target)², with the target reward + 0.9 · w · x_next held.

    fault: "both move", "prediction held", "no two", "turned" or "no next".
    """
    miss = w * x - (reward + (0 if fault == "no next" else SHARE * w * x_next))
    moving = {"both move": x - SHARE * x_next, "prediction held": -SHARE * x_next}.get(fault, x)
    return {"no two": 1, "turned": -2}.get(fault, 2) * miss * moving


def _held_target(fault: str) -> Callable[..., float]:
    return lambda w, x, reward, x_next: held_target(w, x, reward, x_next, fault)


def _right_target(w: float, x: float, reward: float, x_next: float) -> float:
    return held_target(w, x, reward, x_next)


_SUMMED = (
    "These are the slopes of the *sum* of the squared misses, so every example adds its wish in "
    "full, and a step grows with the amount of data. What did the code of the page take in place "
    "of the sum?"
)
_NEWTON_SIGN = (
    "Your step has the right length and the wrong direction. Where the slope is above 0 and still "
    "grows to the right, the place with slope 0 lies to the left. Which sign does the step need "
    "there?"
)
_NEWTON_COUNT = (
    "Each of your steps is right, and there is one more or one fewer than was asked. With "
    "`steps` = 1 the weight has to move exactly once. How often does your loop move it?"
)


def _right_weights(
    w: Sequence[float], rows: Sequence[Sequence[float]], ys: Sequence[float]
) -> list[float]:
    return many_weights(w, rows, ys)


# --- exercise 12: cups that cool towards the temperature of a room ---

CLOSE_12 = 1.0  # °C, an hour after the last reading


def _cup(
    seed: int, room: float, above: float, rate: float, until: float
) -> tuple[list[float], list[float], tuple[float, float, float]]:
    """Twelve readings of a cup, to a tenth of a degree, and its law."""
    minutes = np.linspace(0, until, 12).round(1)
    noise = 0.1 * np.random.default_rng(seed).standard_normal(12)
    degrees = (room + above * np.exp(-rate * minutes) + noise).round(1)
    return minutes.tolist(), degrees.tolist(), (room, above, rate)


_CUPS = [
    _cup(1, 21.0, 64.0, 0.05, 60.0),
    _cup(2, 18.0, 70.0, 0.08, 44.0),
    _cup(3, 26.0, 50.0, 0.04, 66.0),
    _cup(4, 12.0, 75.0, 0.06, 55.0),
    _cup(5, 23.0, 42.0, 0.1, 33.0),
]


def _coffee_error(run: Attempt, turned: bool = False) -> float:
    """The largest miss from the true law until an hour after the last reading, in °C."""
    minutes, degrees = run.arguments
    law = next(law for times, values, law in _CUPS if (times, values) == (minutes, degrees))
    room, above, rate = run.result
    t = np.linspace(0, minutes[-1] + 60, 200)
    with np.errstate(all="ignore"):
        found = room + above * np.exp((rate if turned else -rate) * t)
    return float(np.max(np.abs(found - (law[0] + law[1] * np.exp(-law[2] * t)))))


def _coffee_in_other_order(run: Attempt) -> bool:
    return not _coffee_error(run) <= CLOSE_12 and any(
        _coffee_error(replace(run, result=order)) <= CLOSE_12 for order in permutations(run.result)
    )


def fit_coffee(minutes: Sequence[float], degrees: Sequence[float]) -> list[float]:
    """Room, start above it, and rate: for each rate the best two others, and then the best rate."""
    t, y = np.array(minutes), np.array(degrees)

    def others(rate: float) -> tuple[float, np.ndarray]:
        table = np.column_stack([np.ones(len(t)), np.exp(-rate * t)])
        found = np.linalg.lstsq(table, y, rcond=None)[0]
        return float(np.sum((table @ found - y) ** 2)), found

    rate = min(np.linspace(0.01, 0.2, 1901), key=lambda rate: others(rate)[0])
    return [*others(rate)[1].tolist(), float(rate)]


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
        id="pytorch_autograd.predict_pairs",
        title="A column minus a row",
        difficulty=2,
        minutes=1,
        answer=Number(25),
        rivals=[
            Rival(
                "silent-broadcast",
                5,
                message="That is what was meant: each output minus its own target. But a column of "
                "five and a row of five have different shapes, and PyTorch repeats both until they "
                "fit. Draw a table with the outputs down its side and the targets along its top: "
                "how many boxes does it have?",
            ),
            Rival(
                "silent-broadcast",
                0,
                message="So you expect that it stops. The ready-made loss of the cell above does, "
                "because it looks at shapes. A plain minus tries to make both sides fit instead, "
                "by repeating what is 1 in one of them. How often is the row repeated, once for "
                "each row of the column?",
            ),
            Rival(
                "silent-broadcast",
                10,
                message="You counted the numbers that go in, five and five. A minus makes one "
                "number out of each pair that meets. If the column is repeated sideways and the "
                "row is repeated downwards, which output meets which target?",
            ),
        ],
        hints=[
            "Write the shapes below each other, lined up at the right: (5, 1) and (5,).",
            "The last places hold 1 and 5, so the 1 is repeated. In front stand 5 and nothing, so "
            "the row is repeated as well.",
            "What comes out has the shape (5, 5).",
        ],
        solution="```python\n5 * 5\n```",
        why="The shapes (5, 1) and (5,) are both stretched to (5, 5).",
        next="A difference of two different shapes is nearly always a mistake in a loss.",
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
        id="pytorch_autograd.predict_lost",
        title="A hundred thousand small steps",
        difficulty=2,
        minutes=1,
        answer=Number(1.0, tolerance=1e-6, because="0.001 makes the difference here", near=0),
        rivals=[
            Rival(
                "true-value-for-printed",
                1.001,
                message="That is the sum on paper, and in 64 bits it comes out so. With 32 bits "
                "about seven digits are kept after *each* step, and what does not fit is rounded "
                "off before the next one comes. What is left of 1.00000001 then?",
            ),
            Rival("decimal-point", 1.01),
            Rival("decimal-point", 1.0001),
        ],
        hints=[
            "Take the first step alone: 1 + 0.00000001.",
            "How many digits has that sum, and how many does a number of 32 bits keep?",
            "After the first step it stands where it stood before. What is different about the "
            "second one?",
        ],
        solution="```python\n1.0\n```",
        why="1.00000001 has nine digits, and about seven are kept: each step is rounded away.",
        next="That is why networks with 16 bits keep a copy of their weights in 32, to add "
        "small steps to.",
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
        id="pytorch_autograd.predict_bowl",
        title="One rate, two curvatures",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "to (0, 0)",
                "b": "to (0, −2)",
                "c": "to about (1.33, 0)",
                "d": "to (1.33, 0.67)",
            },
        ),
        rivals=[
            Rival(
                "one-rate-for-all",
                "a",
                message="To arrive in one step, a direction needs an η of 1 over its own "
                "curvature. Here stand two curvatures, and there is a single η. For which of the "
                "two is 1/6 the right one, and how far does the other one get with it?",
            ),
            Rival(
                "flattest-sets-the-limit",
                "b",
                message="That is where an η of 1/2 leads, which suits the flat direction and "
                "throws the steep one to the other side. The task takes 1/6. Multiply both slopes, "
                "4 and 6, by it: which two numbers are taken away from 2 and from 1?",
            ),
            Rival(
                "factor-dropped",
                "d",
                message="Here both directions have gone a third of their way. That would be so in "
                "a round bowl. But w₂ stands with a factor of 3 in front of its square, which "
                "makes its slope 6 and not 2. What is a sixth of that slope?",
            ),
        ],
        hints=[
            "A step takes η times each slope away. The slopes at (2, 1) are 4 and 6.",
            "A sixth of 4 is 0.67, and a sixth of 6 is 1.",
            "So 2 becomes about 1.33, and 1 becomes 0.",
        ],
        solution='The answer is **c**: `check("pytorch_autograd.predict_bowl", "c")`.',
        why="1/6 is one over the curvature of the steep direction, which arrives in one step.",
        next="Before you can give each direction its own η, you have to know the directions: the "
        "Hessian of a turned bowl has numbers beside its diagonal, too.",
    ),
    Question(
        id="pytorch_autograd.1",
        title="A product with a sine",
        difficulty=1,
        minutes=3,
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
        id="pytorch_autograd.2b",
        title="Bug clinic: the best place walks on",
        difficulty=2,
        minutes=5,
        answer=Function(
            _right_place,
            probes=SEARCHES,
            tolerance=1e-3,
            because="32 bits are enough here",
            near=0,
        ),
        rivals=[
            Rival("memory-shared", _place("last")),
            Rival(
                "one-step-too-many",
                _place("one later"),
                message="You keep a place, and it is the one *after* the best: the loss was "
                "computed before the step, and `w` was noted after it. A loss and its place belong "
                "together. At which line of the loop has `w` still the value that this loss came "
                "from?",
            ),
            Rival("height-for-place", _place("height")),
            Rival(
                "stopped-too-soon",
                _place("start"),
                message="That is where the walk began. A copy was taken once and never renewed, or "
                "the first loss was never beaten because it was never compared. What has to happen "
                "in every round in which a loss is lower than all before it?",
            ),
        ],
        hints=[
            "Print `best` in every round, below the line that notes it. It moves in rounds in "
            "which nothing was noted.",
            "`w.detach()` cuts the history off and copies nothing: both names mean the same "
            "memory, and `-=` writes into it.",
            "Take the number out, `best = w.item()`, or a copy, `w.detach().clone()`.",
        ],
        solution="```python\ndef best_weight(f, start, eta, steps):\n"
        "    w, lowest = torch.tensor(start, requires_grad=True), math.inf\n"
        "    for _ in range(steps):\n        w.grad = None\n        loss = f(w)\n"
        "        if loss < lowest:\n            lowest, best = loss.item(), w.item()\n"
        "        loss.backward()\n        with torch.no_grad():\n"
        "            w -= eta * w.grad\n    return best\n```",
        why="`detach()` gives a tensor without a history that shares its memory with `w`, and an "
        "update in place changes both.",
        next="`model.state_dict()` shares its memory, too. Whoever keeps the best model of a run "
        "has to copy it.",
    ),
    Question(
        id="pytorch_autograd.3b",
        title="Whose wish is loudest?",
        difficulty=3,
        minutes=6,
        answer=Function(
            _right_wishes,
            probes=_WISHES,
            tolerance=1e-3,
            because="32 bits are enough here",
        ),
        rivals=[
            Rival(
                "value-for-gradient",
                _wishes("losses"),
                message="These are the losses of the examples, found on the way forward. The task "
                "asks how hard each of them *pulls*: the length of the slopes of its own loss "
                "towards all weights. A large loss may pull hardly at all. What does the way back "
                "from one example find?",
            ),
            Rival(
                "forgotten-mean",
                _wishes("mean"),
                message="All are too small by the same factor, the number of examples. You "
                "probably took a mean before you walked back, so that each wish became its share "
                "of the whole. What does an example's *own* loss look like?",
            ),
            Rival("sum-for-length", _wishes("sum")),
            Rival("activation-slope-forgotten", _wishes("no slope")),
            Rival("forgotten-two", _wishes("no two")),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "Write a function of the weights that hands back *all* losses, one for each example, "
            "with no mean: `(torch.tanh(X @ w) - y) ** 2`.",
            "Many outputs, many inputs: `torch.func.jacrev` makes the table of all slopes, one row "
            "for each example.",
            "The length of each row: `table.norm(dim=1)`. (`vmap(grad(...))` or a loop over the "
            "examples is as good.)",
        ],
        solution="```python\ndef wishes(weights, rows, ys):\n"
        "    X, y = torch.tensor(rows), torch.tensor(ys)\n\n    def losses(w):\n"
        "        return (torch.tanh(X @ w) - y) ** 2\n\n"
        "    table = torch.func.jacrev(losses)(torch.tensor(weights))\n"
        "    return table.norm(dim=1).tolist()\n```",
        why="Each row of the Jacobian of all losses is the gradient of one example.",
        next="The gradient of the whole is the mean of these rows. Where one row is far longer "
        "than the others, one example steers.",
    ),
    Question(
        id="pytorch_autograd.4",
        title="Three times minus eight",
        difficulty=3,
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
        id="pytorch_autograd.5b",
        title="Bug clinic: tested with one number",
        difficulty=3,
        minutes=6,
        answer=Function(
            _right_pulled,
            probes=_PULLED,
            tolerance=1e-3,
            because="32 bits are enough here",
        ),
        rivals=[
            Rival("upstream-forgotten", _pulled("no upstream")),
            Rival("product-of-derivatives", _pulled("product")),
            Rival("one-strip-only", _pulled("first strip")),
            Rival("one-strip-only", _pulled("second strip")),
            Rival(
                "value-for-slope",
                _pulled("value"),
                message="You multiplied what comes from above by the *value* of the function. On "
                "the way back each operation multiplies by its own slope, which the faulty "
                "`backward` has worked out correctly. What is to be done with that slope?",
            ),
        ],
        hints=[
            "The slope in the last line is right: hold it against the difference quotient at one "
            "place. So what else does `backward` get, and does it use it?",
            "`gradient` is what comes from above: how much the end moves when this output does. "
            "With one number at the end it is 1, so nobody misses it.",
            "Every operation hands back what came from above times its own slope.",
        ],
        solution="```python\nclass Swish(torch.autograd.Function):\n    @staticmethod\n"
        "    def forward(ctx, x):\n        ctx.save_for_backward(x)\n"
        "        return x * x.sigmoid()\n\n    @staticmethod\n"
        "    def backward(ctx, gradient):\n        (x,) = ctx.saved_tensors\n"
        "        s = x.sigmoid()\n        return gradient * (s + x * s * (1 - s))\n\n\n"
        "def pulled(x, care):\n    x = torch.tensor(x, requires_grad=True)\n"
        "    Swish.apply(x).backward(torch.tensor(care))\n"
        "    return ... if x.grad is None else x.grad.tolist()\n```",
        why="The chain rule needs both: what comes from above, times the slope of this operation. "
        "With a single number at the end the first factor is 1 and its absence is not seen.",
        next="A test that asks for one number alone finds half of the mistakes. Give `gradcheck` "
        "several.",
    ),
    Question(
        id="pytorch_autograd.6b",
        title="Bug clinic: no message at all",
        difficulty=3,
        minutes=7,
        answer=Function(
            _right_weights,
            probes=_ROWS,
            tolerance=1e-3,
            because="32 bits are enough here",
        ),
        rivals=[
            Rival("silent-broadcast", _weights("broadcast")),
            Rival("loss-not-reduced", _weights("sum"), message=_SUMMED),
            Rival("forgotten-two", _weights("no two")),
            Rival("residual-turned-around", _weights("turned")),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "Ask for shapes: `(X @ w).shape`, `y.shape`, and then `(X @ w - y).shape`. How many "
            "numbers should the last one have?",
            "(5, 1) minus (5,): PyTorch lines shapes up from the right and repeats what is 1. So "
            "every prediction meets every target.",
            "Give both the same shape: `y.reshape(-1, 1)`, or make `w` of shape (n,) instead of "
            "(n, 1).",
        ],
        solution="```python\ndef gradient(w, rows, ys):\n"
        "    w = torch.tensor(w).reshape(-1, 1).requires_grad_()\n"
        "    X, y = torch.tensor(rows), torch.tensor(ys).reshape(-1, 1)\n"
        "    ((X @ w - y) ** 2).mean().backward()\n    return w.grad.flatten().tolist()\n```",
        why="(m, 1) − (m,) is broadcast to (m, m), and its mean is as good a number as any. So the "
        "model was pulled towards the mean of all targets, everywhere.",
        next="`assert prediction.shape == y.shape` is the cheapest line of a training loop.",
    ),
    Question(
        id="pytorch_autograd.7b",
        title="The right η for one direction",
        difficulty=3,
        minutes=7,
        answer=Function(
            _right_rate,
            probes=_RATES,
            tolerance=1e-3,
            because="32 bits are enough here",
            near=0,
        ),
        rivals=[
            Rival(
                "direction-not-normalised",
                _rate("long arrow"),
                message="You took the curvature along the gradient as it is, with its full length. "
                "A curvature belongs to a direction of length 1: along an arrow twice as long it "
                "comes out four times as large. By what do you have to divide the gradient before "
                "you use it as a direction?",
            ),
            Rival(
                "limit-for-best-rate",
                _rate("limit"),
                message="That is twice the rate that was asked: with it a parabola is crossed to "
                "the same height on the other side, and with any more it runs away. Chapter 12 "
                "knew both rates, the best one and the limit. Which of them is 1 over the "
                "curvature?",
            ),
            Rival(
                "largest-partial-only",
                _rate("steepest axis"),
                message="That is one over the largest number on the diagonal of the Hessian, so "
                "the curvature along an axis. The walk does not go along an axis, it goes along "
                "the gradient. How do the numbers of the Hessian make the curvature of *that* "
                "direction?",
            ),
            Rival(
                "other-term-kept",
                _rate("diagonal"),
                message="You used the diagonal of the Hessian alone. In a turned bowl there are "
                "numbers beside it, too: the slope towards one weight changes when another weight "
                "moves. `hessian(f)(w)` has all of them. Which product with the direction uses the "
                "whole table?",
            ),
            Rival("sign-error", _rate("turned")),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "The walk leaves along the gradient g. Make it a direction of length 1: "
            "`u = g / g.norm()`.",
            "The curvature along u is `u @ H @ u`, with the Hessian H. (Or: write the walk as a "
            "function of η alone, f(w − η·g), and take Newton's step on it from η = 0.)",
            "`g = grad(f)(w)`, `H = hessian(f)(w)`, and the answer is one over `u @ H @ u`.",
        ],
        solution="```python\ndef best_rate(f, w):\n    w = torch.tensor(w)\n"
        "    g, H = torch.func.grad(f)(w), torch.func.hessian(f)(w)\n"
        "    u = g / g.norm()\n    return 1 / (u @ H @ u).item()\n```",
        why="Along the line of the walk the surface is a curve of one variable, and its best η is "
        "1 over its curvature, as in chapter 12.",
        next="With this η each step is the best that its direction allows; the direction itself "
        "may still be a poor one, as in a narrow valley.",
    ),
    Question(
        id="pytorch_autograd.8",
        title="The four calls",
        difficulty=2,
        minutes=6,
        answer=Function(
            _notes(""),
            probes=LOOPS,
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
        id="pytorch_autograd.9b",
        title="Slopes of slopes, used",
        difficulty=3,
        minutes=7,
        answer=Function(
            _right_newton,
            probes=[
                (double_well, 2.0, 5),
                (double_well, 2.0, 1),
                (double_well, -2.5, 2),
                (with_reciprocal, 0.4, 2),
                (cubed_line, 0.25, 3),
                (cube_by_products, -1.5, 2),
                (double_well, 3.0, 3),
            ],
            tolerance=1e-4,
            because="32 bits are enough here",
            near=0,
        ),
        rivals=[
            Rival(
                "value-for-slope",
                _newton("root"),
                message="Your step is f/f′. That is Newton's way to a place where f *itself* is 0. "
                "The task wants a place where the *slope* is 0. Which function has to become 0 "
                "then, and so which two go into the fraction?",
            ),
            Rival("ascent-for-descent", _newton("plus"), message=_NEWTON_SIGN),
            Rival(
                "rise-run-swapped",
                _newton("upside down"),
                message="Your fraction stands upside down: the second derivative over the first. "
                "Near the bottom the slope is nearly 0, so such a step gets huge where it should "
                "get tiny. Which of the two has to shrink the step?",
            ),
            Rival(
                "step-size-left-out",
                _newton("descent"),
                message="You went by the slope alone, as a descent with η = 1 does. Newton's step "
                "asks how fast the slope itself changes: a slope of 17 that grows by 40 for each "
                "unit of w is used up after 17/40 of a unit. Where does that second number enter?",
            ),
            Rival(
                "slope-of-the-start",
                _newton("bend of the start"),
                message="Your first step is right. Later ones still divide by the second "
                "derivative *of the start*, and that one changes along the way. Which lines have "
                "to run again in every step?",
            ),
            Rival("one-step-too-many", _newton("more"), message=_NEWTON_COUNT),
            Rival("one-step-too-many", _newton("fewer"), message=_NEWTON_COUNT),
        ],
        hints=[
            "In each step make a leaf of the number `w` and compute `f` of it.",
            "`(first,) = torch.autograd.grad(f(t), t, create_graph=True)`, and then once more, "
            "`(second,) = torch.autograd.grad(first, t)`.",
            "`w = w - first.item() / second.item()`, as often as asked.",
        ],
        solution="```python\ndef newton(f, start, steps):\n    w = start\n"
        "    for _ in range(steps):\n        t = torch.tensor(w, requires_grad=True)\n"
        "        (first,) = torch.autograd.grad(f(t), t, create_graph=True)\n"
        "        (second,) = torch.autograd.grad(first, t)\n"
        "        w = w - first.item() / second.item()\n    return w\n```",
        why="The slope is taken for a line: it is used up after slope / (slope of the slope). Near "
        "the bottom the number of right digits doubles in each step.",
        next="A million weights have a million times a million second derivatives; so people train "
        "without them.",
    ),
    Question(
        id="pytorch_autograd.10",
        title="A target that moves along",
        difficulty=3,
        minutes=6,
        answer=Function(
            _right_target,
            probes=[
                (0.5, 2.0, 1.0, 3.0),
                (2.0, 1.0, -1.0, 4.0),
                (-1.0, 3.0, 0.5, 1.0),
                (1.5, -2.0, 2.0, 2.0),
                (3.0, 0.5, 0.0, -1.0),
            ],
            tolerance=1e-3,
            because="32 bits are enough here",
        ),
        rivals=[
            Rival("target-moves-along", _held_target("both move")),
            Rival(
                "target-moves-along",
                _held_target("prediction held"),
                message="The wrong one of the two is held: here the *prediction* is cut off, and "
                "the gradient moves the target towards it. That is a model that makes its wishes "
                "smaller instead of learning. Which of the two should come to the other?",
            ),
            Rival("forgotten-two", _held_target("no two")),
            Rival(
                "residual-turned-around",
                _held_target("turned"),
                message="The sizes are right, and every sign is turned. If the prediction is above "
                "its target, a larger w·x makes the loss grow. Did a minus get in when you took "
                "the difference, or when you handed the gradient back?",
            ),
            Rival(
                "other-term-kept",
                _held_target("no next"),
                message="Your target is the reward alone. To hold something does not mean to leave "
                "it out: the value of 0.9 · w · x_next belongs to the target, and its slope does "
                "not. What does `detach()` keep, and what does it drop?",
            ),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "Write prediction and target in two lines. Both contain w.",
            "The target shall have its value and no history.",
            "`target = (reward + 0.9 * w * x_next).detach()`, then `((w * x - target) ** 2)"
            ".backward()`.",
        ],
        solution="```python\ndef target_slope(w, x, reward, x_next):\n"
        "    w = torch.tensor(w, requires_grad=True)\n"
        "    target = (reward + 0.9 * w * x_next).detach()\n"
        "    ((w * x - target) ** 2).backward()\n    return w.grad.item()\n```",
        why="The target's value counts, its slope does not: it is a goal, and goals should stay "
        "where they are while one walks towards them.",
        next="Programs that learn to play games are trained with such a target.",
    ),
    Question(
        id="pytorch_autograd.11",
        title="Four messages of the first evening",
        difficulty=2,
        minutes=3,
        answer=Array([2.0, 3.0, 1.0, 4.0]),
        rivals=[
            Rival("matched-the-other-way", [3.0, 1.0, 2.0, 4.0]),
        ],
        hints=[
            "Begin with the message that speaks of sizes: which remedy looks at shapes?",
            "A slope needs numbers that can be nudged a little. Can 1, 2 and 3 be nudged, if only "
            "whole numbers are allowed?",
            "NumPy takes no notes. What has to be done to a tensor with a history, before NumPy "
            "may have its numbers?",
        ],
        solution="```python\nanswer_11 = [2, 3, 1, 4]\n```",
        why="A whole number cannot be nudged a little; layers have 32 bits and NumPy has 64; a "
        "recorded tensor goes to NumPy without its history; and sizes have to fit.",
        next="The first line of a message says what; the line of your code says where.",
    ),
    Question(
        id="pytorch_autograd.12",
        title="Open task: a cup of coffee",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(lambda run: _coffee_error(run) <= CLOSE_12, fit_coffee),
            probes=[(minutes, degrees) for minutes, degrees, _ in _CUPS],
            budget=1,
            shape=(3,),
            told=lambda run: (
                f"At its worst it is {number(_coffee_error(run), 3)} °C beside the true law."
            ),
        ),
        rivals=[
            Rival(
                "room-left-out",
                Way(
                    lambda run: abs(run.result[0]) < 0.5 and not _coffee_in_other_order(run),
                    lambda minutes, degrees: [0, 80, 0.02],
                ),
            ),
            Rival(
                "partials-swapped",
                Way(
                    _coffee_in_other_order,
                    lambda minutes, degrees: fit_coffee(minutes, degrees)[::-1],
                ),
                message="These are good numbers in another order. The task asks for "
                "`[room, above, rate]`: the temperature of the room, how far above it the cup was "
                "at the start, and the rate. Which of your numbers is which?",
            ),
            Rival(
                "sign-error",
                Way(
                    lambda run: run.result[2] < 0 and _coffee_error(run, turned=True) <= CLOSE_12,
                    lambda minutes, degrees: fit_coffee(minutes, degrees) * np.array([1, 1, -1]),
                ),
                message="Your rate is below 0, so that e^(−rate · t) grows: this cup would boil "
                "over. In the formula of the task the minus stands there already. Which sign does "
                "the rate itself have then?",
            ),
            Rival(
                "step-too-large",
                Way(
                    lambda run: not np.isfinite(run.result).all(),
                    lambda minutes, degrees: [math.nan] * 3,
                ),
                message="Your numbers are not finite any more. Degrees are near 80 and a rate is "
                "near 0.05: one η for both is too long for one of them. In which units would all "
                "three weights be about 1?",
            ),
        ],
        hints=[
            "Three leaves, or one tensor of three; the formula as the model, the mean of the "
            "squared misses as the loss, and the four calls.",
            "The three weights have very different sizes: 20, 60 and 0.05. Let each leaf be near 1 "
            "and multiply in the model, such as `room = 20 * a`. Or give Adam a long run with a "
            "step that suits the smallest.",
            "With `a`, `b`, `c` near 1: `20 * a + 60 * b * torch.exp(-0.05 * c * t)`, Adam with "
            "lr=0.02 and 3,000 steps arrives. Then hand back `[20 * a, 60 * b, 0.05 * c]`.",
        ],
        solution="```python\ndef fit(minutes, degrees):\n    t = torch.tensor(minutes)\n"
        "    y = torch.tensor(degrees)\n    scale = torch.tensor([20.0, 60.0, 0.05])\n"
        "    leaf = torch.ones(3, requires_grad=True)\n"
        "    optimizer = torch.optim.Adam([leaf], lr=0.02)\n    for _ in range(3000):\n"
        "        optimizer.zero_grad()\n        room, above, rate = leaf * scale\n"
        "        ((room + above * torch.exp(-rate * t) - y) ** 2).mean().backward()\n"
        "        optimizer.step()\n    return (leaf * scale).tolist()\n```",
        why="Any formula can be a model, as long as PyTorch can walk back through it. Sizes near 1 "
        "let one step length suit all weights, as standardising did in chapter 13.",
        next="You have fitted a law of physics with the tool that trains networks.",
        seconds=30.0,
    ),
]
