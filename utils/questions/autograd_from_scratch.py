"""Questions of chapter 14: what a graph remembers, how gradients travel back, and what it costs."""

import math
from collections.abc import Callable, Sequence
from itertools import permutations

import numpy as np

from utils.autograd import Value
from utils.checks import (
    Array,
    Choice,
    Figure,
    Formula,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.checks.kinds.open_task import Attempt
from utils.models.autograd_from_scratch import used_twice
from utils.numerals import number

Arrows = tuple[list[int], list[int], list[float]]


# --- the graph of the lesson: (a · b + a)² at a = 3, b = −2 ---


def _lesson() -> tuple[Value, Value, Value, Value, Value]:
    a, b = Value(3.0), Value(-2.0)
    c = a * b
    d = c + a
    end = d**2
    end.backward()
    return a, b, c, d, end


A, B, C, D, END = _lesson()


# --- arrows: a graph as three lists, for the bug clinic ---


def arrows_of(end: Value) -> Arrows:
    """Each arrow's start, its end and its slope; the nodes are numbered in order, the end last."""
    order = end.graph()
    place = {node: i for i, node in enumerate(order)}
    found = [
        (place[p], place[node], float(slope))
        for node in order
        for p, slope in zip(node.inputs, node.rule(1.0), strict=True)
    ]
    starts, ends, slopes = (list(column) for column in zip(*found, strict=True))
    return starts, ends, slopes


def walk_back(
    starts: Sequence[int],
    ends: Sequence[int],
    slopes: Sequence[float],
    hand_on: Callable[[float, float, float], float] = lambda old, slope, grad: old + slope * grad,
    seed: float = 1.0,
    forward: bool = False,
) -> list[float]:
    """Gradients of all nodes; the other arguments make the mistakes of the clinic."""
    grads = [0.0] * (ends[-1] + 1)
    grads[-1] = seed
    order = range(len(ends)) if forward else reversed(range(len(ends)))
    for k in order:
        grads[starts[k]] = hand_on(grads[starts[k]], slopes[k], grads[ends[k]])
    return grads


def _graphs() -> list[Arrows]:
    """Graphs that fan out: what each mistake does to each of them differs."""
    a, b, p, x, y = (Value(v) for v in (3.0, -2.0, 3.0, 0.5, 1.5))
    s = x * y
    return [
        arrows_of((a * b + a) ** 2),
        arrows_of(p * p + p),
        arrows_of(s * s + s.tanh() * x),
        arrows_of(((x + y) * x + y) * (x + y)),
        arrows_of((x * 3 + 1) ** 2 + x * x),
    ]


# --- the same arrows, forwards ---


def nudge_forwards(
    starts: Sequence[int],
    ends: Sequence[int],
    slopes: Sequence[float],
    node: int,
    hand_on: Callable[[float, float, float], float] = lambda old, slope, speed: old + slope * speed,
    seed: float = 1.0,
    backward: bool = False,
) -> list[float]:
    """How far each node moves when one node is nudged; the other arguments make the mistakes."""
    speeds = [0.0] * (ends[-1] + 1)
    speeds[node] = seed
    order = reversed(range(len(ends))) if backward else range(len(ends))
    for k in order:
        speeds[ends[k]] = hand_on(speeds[ends[k]], slopes[k], speeds[starts[k]])
    return speeds


def forwards(
    starts: Sequence[int], ends: Sequence[int], slopes: Sequence[float], node: int
) -> list[float]:
    """How far each node moves, as a multiple of the nudge."""
    return nudge_forwards(starts, ends, slopes, node)


def _nudges() -> list[tuple[list[int], list[int], list[float], int]]:
    """Each graph with one of its nodes to nudge, an input that is used more than once."""
    return [
        (starts, ends, slopes, max(set(starts), key=starts.count))
        for starts, ends, slopes in _graphs()
    ]


# --- a network of two layers ---


def network_gradients(x: float, y: float, v: float, w: float) -> list[float]:
    """dL/dv and dL/dw of L = (w · tanh(v · x) − y)²."""
    weights = Value(v), Value(w)
    ((weights[1] * (weights[0] * x).tanh() - y) ** 2).backward()
    return [weight.grad for weight in weights]


def _network(x: float, y: float, v: float, w: float) -> tuple[float, float, float]:
    h = math.tanh(v * x)
    return h, 1 - h * h, 2 * (w * h - y)


def _live(values: dict[str, float]) -> tuple[float, float, float]:
    """Value, ∂/∂a and ∂/∂b of a·b + b² where the figure of exercise 4 stands."""
    a, b = values["a"], values["b"]
    return a * b + b * b, b, a + 2 * b


def _none(x: float) -> bool:
    return abs(x) < 1e-9


# --- exercise 5: softplus as an operation of the engine ---

_OVERFLOWS = (
    "For inputs of ordinary size your operation is right. At 800 it is not, because eˣ is there "
    "larger than any float. But softplus itself is hardly more than x at such a place, so the "
    "trouble is in the way it is computed. Which other form of ln(1 + eˣ) has only an e⁻ˣ in it?"
)
_NO_INPUTS = (
    "The value is right, and no gradient comes back through your operation. Either the new Value "
    "does not know its inputs, or its rule hands back 0. The walk back finds its way through "
    "`y.inputs` and asks `y.rule`. What do these two hold after your function has run?"
)


def softplus_and_slope(x: float) -> tuple[float, float]:
    """ln(1 + eˣ) and its slope, without overflow."""
    return float(np.logaddexp(0, x)), float(np.exp(-np.logaddexp(0, -x)))


def _softplus_with(
    rule: Callable[[float, float, float, float], float],
) -> Callable[[float, float], list[float]]:
    """What an operation comes to whose rule is rule(slope, x, value, gradient above)."""

    def operation(x: Value) -> Value:
        value, slope = softplus_and_slope(x.data)
        made = Value(value)
        made.inputs, made.rule = (x,), lambda g: (rule(slope, x.data, value, g),)
        return made

    return lambda x, c: used_twice(operation, x, c)


def _from_parts(x: Value) -> Value:
    """ln(1 + eˣ) from what the engine has: infinite for large x, and then without a slope."""
    return (1 + x.exp()).log()


def _value_alone(x: Value) -> Value:
    """The slope is computed without overflow, the value is not."""
    made = Value(np.log(1 + np.exp(x.data)))
    made.inputs, made.rule = (x,), lambda g: (g * softplus_and_slope(x.data)[1],)
    return made


def _overflowing(operation: Callable[[Value], Value]) -> Callable[[float, float], list[float]]:
    def used(x: float, c: float) -> list[float]:
        with np.errstate(all="ignore"):
            return used_twice(operation, x, c)

    return used


# --- exercise 10: four points for a neuron v · tanh(w · x + b) + c ---

BOUND_10 = 0.01  # of the mean squared miss


def _neuron(weights: Sequence[float], xs: Sequence[float]) -> np.ndarray:
    w, b, v, c = weights
    return v * np.tanh(w * np.array(xs) + b) + c


def _mean_miss(weights: Sequence[float], xs: Sequence[float], ys: Sequence[float]) -> float:
    return float(np.mean((_neuron(weights, xs) - np.array(ys)) ** 2))


def _neuron_loss(run: Attempt) -> float:
    return _mean_miss(run.result, *run.arguments)


def _spread(run: Attempt) -> float:
    """The loss of the best flat line."""
    return float(np.var(run.arguments[1]))


def _still_zero(run: Attempt) -> bool:
    w, _, v, _ = run.result
    return w == 0 or v == 0


def _carried_away(run: Attempt) -> bool:
    """Worse than the best flat line; but numbers that are nearly alike come from no training."""
    alike = np.ptp(run.result) < 0.1 * np.max(np.abs(run.result))
    return not alike and not _neuron_loss(run) <= _spread(run) * 1.001


def _other_order(run: Attempt) -> bool:
    """Whether another order of the same numbers fits the points."""
    return _neuron_loss(run) > BOUND_10 and any(
        _mean_miss(order, *run.arguments) <= BOUND_10 for order in permutations(run.result)
    )


def _told_10(run: Attempt) -> str:
    return (
        f"The mean of its squared misses is {number(_neuron_loss(run), 3)}, where a flat line at "
        f"the mean has {number(_spread(run), 3)}."
    )


def fit_neuron(xs: Sequence[float], ys: Sequence[float]) -> list[float]:
    """w, b, v and c after some descent."""
    return _fitted(xs, ys, 1.0)


def _fitted(xs: Sequence[float], ys: Sequence[float], first: float) -> list[float]:
    """The same from another start of w and v."""
    x, y = np.array(xs), np.array(ys)
    w, b, v, c = first, 0.0, first, 0.0
    for _ in range(3000):
        h = np.tanh(w * x + b)
        r = 2 * (v * h + c - y)
        dz = r * v * (1 - h * h)
        w, b = w - 0.05 * float(dz @ x), b - 0.05 * float(dz.sum())
        v, c = v - 0.05 * float(r @ h), c - 0.05 * float(r.sum())
    return [w, b, v, c]


_FOUR_POINTS = [
    ([-2.0, -1.0, 1.0, 2.0], [-0.8, -0.5, 0.9, 1.2]),
    ([-1.5, -0.5, 0.5, 1.5], [1.4, 1.0, -0.2, -0.6]),
    ([-1.0, 0.0, 1.0, 2.0], [0.1, 0.3, 0.9, 1.3]),
    ([-2.0, -0.5, 0.5, 2.0], [2.0, 1.6, 0.4, 0.1]),
    ([-2.0, -1.0, 0.0, 1.0], [-2.0, -1.8, 0.1, 1.6]),
]


QUESTIONS = [
    Question(
        id="autograd_from_scratch.predict_slope",
        title="The slope of a product",
        difficulty=1,
        minutes=1,
        answer=Number(B.data),
        rivals=[
            Rival("own-value-in-product", A.data),
            Rival(
                "value-for-gradient",
                C.data,
                message="That is the product itself: its value. The question is how many times as "
                "far the product moves when `a` is nudged. Let `a` grow from 3 to 3.1, hold `b` "
                "still, and work out the product both times: how far did it move, and how many "
                "times 0.1 is that?",
            ),
            Rival("sign-error", -B.data),
        ],
        hints=[
            "Nudge `a` from 3 to 3.1 and keep b as it is. What is the product before and after?",
            "The product goes from −6 to −6.2. That is how many times the nudge of 0.1?",
            "The number that stands beside `a` in the product says how fast it moves: `b`.",
        ],
        solution="```python\nb.data\n```",
        why="With b held still, a · b is a line through the origin with slope b.",
        next="Crosswise: the slope for `a` is the value of `b`, and the slope for `b` is that of "
        "`a`.",
    ),
    Question(
        id="autograd_from_scratch.predict_next",
        title="What b receives",
        difficulty=1,
        minutes=2,
        answer=Number(B.grad),
        rivals=[
            Rival("own-value-in-product", C.grad * B.data),
            Rival("upstream-forgotten", A.data),
            Rival("value-for-gradient", B.data),
            Rival("sum-of-slopes", C.grad + A.data),
            Rival("seed-of-zero", 0.0),
        ],
        hints=[
            "A node hands on its own gradient times the local slope. Which is the local slope "
            "towards `b`?",
            "c = a · b moves 3 times as far as `b`: the local slope towards `b` is the value of a.",
            "Multiply the gradient of `c` by that slope.",
        ],
        solution="```python\n-6 * 3\n```",
        why="L moves −6 times as far as c, and c moves 3 times as far as b. Speeds multiply.",
        next="No new rule: gears again, from the end to the beginning.",
    ),
    Question(
        id="autograd_from_scratch.predict_fan_out",
        title="Used three times",
        difficulty=2,
        minutes=2,
        answer=Number(2 * 3.0 + 1),
        rivals=[
            Rival("overwrite-for-accumulate", 3.0),
            Rival("overwrite-for-accumulate", 1.0),
            Rival("overwrite-for-accumulate", 4.0),
            Rival("value-for-gradient", 3.0 * 3.0 + 3.0),
            Rival(
                "factor-dropped",
                6.0,
                message="That is what the square alone contributes. But `p` is used once more, on "
                "its own, behind the plus, and a nudge of `p` reaches `y` by that way too. How "
                "much does this last way add?",
            ),
        ],
        hints=[
            "How many times does `p` stand in the formula? Each is a way to `y`.",
            "In p · p each factor hands back the other one's value. The last `p` has slope 1.",
            "Add the three pieces. Or take the slope of p² + p by the rules of chapter 05.",
        ],
        solution="```python\n3 + 3 + 1\n```",
        why="The slope of p² + p is 2p + 1. Two of the three ways carry p, the third carries 1.",
        next="Where ways split on the way forward, gradients add up on the way back.",
    ),
    Question(
        id="autograd_from_scratch.predict_order",
        title="Whose turn is it?",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "when all nodes that were made from it have had their turn",
                "b": "when all of its inputs have had their turn",
                "c": "whenever its gradient is not 0 any more",
            },
        ),
        rivals=[
            Rival(
                "wrong-backward-order",
                "b",
                message="That is the order of the way forward: values need the inputs first. On "
                "the way back gradients arrive from the other side. In the run above, `c` had its "
                "turn before `d` and had nothing to hand on. From which nodes does `c` receive?",
            ),
            Rival(
                "wrong-backward-order",
                "c",
                message="A gradient may come in several pieces. After the first of them it is not "
                "0 any more, and yet not complete: what is handed on then lacks the other pieces. "
                "How can a node know that no further piece will come?",
            ),
        ],
        hints=[
            "From which side does a gradient arrive: from the inputs, or from what was made?",
            "A node that is used twice receives two pieces. Both must be there.",
            "All that was made from it must have handed on already.",
        ],
        solution='The answer is **a**: `check("autograd_from_scratch.predict_order", "a")`.',
        why="Pieces of gradient come from the nodes made from it. Only when all of them have "
        "handed on is its gradient complete.",
        next="Forwards the inputs come first, backwards they come last: the same list, reversed.",
    ),
    Question(
        id="autograd_from_scratch.predict_forgotten",
        title="Nothing reset",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "it comes to 3 sooner, and stays there",
                "b": "it runs past 3, and comes back later",
                "c": "it creeps up to 3 as before, since the slopes have the same sign",
            },
        ),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                "a",
                message="It does come to 3 sooner, because its steps are longer. But at 3 the new "
                "slope is 0, while `w.grad` still holds the sum of all the old ones, and the step "
                "is made from that sum. Will w stay where it is?",
            ),
            Rival(
                "step-size-left-out",
                "c",
                message="The slopes have the same sign on the way to 3, and that is why their sum "
                "gets larger and larger. A step is η times this sum, so the steps grow while they "
                "should shrink. What happens when such a step comes near 3?",
            ),
        ],
        hints=[
            "The first two slopes are −4 and −3.2. What does the second step use without a reset?",
            "The steps grow as long as w is below 3.",
            "At 3 the slope is 0, but what is in `w.grad`?",
        ],
        solution='The answer is **b**: `check("autograd_from_scratch.predict_forgotten", "b")`.',
        why="The sum of the old slopes is still there at 3. Only slopes from beyond 3, which have "
        "the other sign, can use it up.",
        next="The same `+=` that makes fan-out right makes forgetting wrong.",
    ),
    Question(
        id="autograd_from_scratch.predict_fewest_walks",
        title="A hundred and fifty slopes",
        difficulty=2,
        minutes=2,
        answer=Number(3, near=0),
        rivals=[
            Rival("modes-swapped", 50),
            Rival(
                "other-variable-moves",
                1,
                message="One walk forward starts at one input and follows it alone. If all three "
                "started together, what came out would be mixed numbers, in which nobody could "
                "tell the three apart. How many walks keep them apart?",
            ),
            Rival(
                "products-not-added",
                150,
                message="That is one walk for each slope. But a single walk goes through the whole "
                "graph and finds many slopes at once: forward those of all outputs, backward those "
                "of all inputs. How many does it find in either mode, and which of them is more?",
            ),
        ],
        hints=[
            "A walk forward belongs to one input. A walk back belongs to one output.",
            "How many inputs are there, and how many outputs?",
            "Forward, a walk for each input finds the slopes of all outputs.",
        ],
        solution="```python\n3\n```",
        why="A walk forward follows one input to all outputs, and there are three inputs. Backward "
        "it would take one walk for each of the fifty outputs.",
        next="With a million weights and one loss it is the other way round. If a walk took a "
        "second, forward mode would need eleven days for each step of training.",
    ),
    Question(
        id="autograd_from_scratch.1",
        title="Two ways to b",
        difficulty=2,
        minutes=4,
        answer=Number(7.0 - 2 * 2.0),
        rivals=[
            Rival("overwrite-for-accumulate", 5.0),
            Rival("overwrite-for-accumulate", -2.0),
            Rival(
                "sign-error",
                7.0,
                message="You added both pieces with a plus. One of the two ways leads through the "
                "difference, in which `b` stands behind a minus: when `b` grows, the difference "
                "shrinks. Which sign does that local slope have?",
            ),
            Rival("value-for-gradient", 10.0),
            Rival("own-value-in-product", -3.0),
            Rival("seed-of-zero", 0.0),
        ],
        hints=[
            "Name the difference c. Then y = c · b, and `b` is used twice: in c and in y.",
            "The product hands `b` the value of c. It hands c the value of `b`.",
            "c = a − b hands `b` its gradient times −1. Add the two pieces.",
        ],
        solution="```python\nc = 7 - 2\nanswer_1 = c + 2 * (-1)\n```",
        why="The product gives b the value of c, which is 5. c itself receives 2 and hands b −2. "
        "Together 3, as the rule a − 2b says.",
        next="Multiply it out, ab − b², and the rules of chapter 05 agree.",
    ),
    Question(
        id="autograd_from_scratch.2",
        title="A line of waiting nodes",
        difficulty=2,
        minutes=4,
        answer=Choice(
            "c",
            options={
                "a": "y, v, u, w",
                "b": "u, v, w, y",
                "c": "y, w, v, u",
                "d": "y, u, v, w",
            },
        ),
        rivals=[
            Rival("wrong-backward-order", "b"),
            Rival(
                "wrong-backward-order",
                "a",
                message="Here `v` and `u` have their turn before `w`. But `w` was made from both "
                "of them, so each of them still waits for a piece from `w`. Whose turn must come "
                "before theirs?",
            ),
            Rival(
                "wrong-backward-order",
                "d",
                message="After `y`, this order calls `u` at once. Look where `u` was used: two "
                "nodes were made from it, and neither has handed anything on yet. What would `u` "
                "have to hand on at that moment?",
            ),
        ],
        hints=[
            "Write down for each node which nodes were made from it.",
            "u is used in v and in w. v is used in w and in y. w is used in y alone.",
            "A node's turn comes when all of these have had theirs. Begin with y.",
        ],
        solution='```python\nanswer_2 = "c"\n```',
        why="y first. Of the others only w waits for y alone. Then v, which needs y and w. Last u, "
        "which needs v and w.",
        next="Exactly the reverse of the order in which the numbers were computed.",
    ),
    Question(
        id="autograd_from_scratch.3",
        title="The slope that softplus keeps",
        difficulty=2,
        minutes=4,
        answer=Formula("exp(x) / (1 + exp(x))", variable="x"),
        rivals=[
            Rival("forgotten-inner-derivative", "1 / (1 + exp(x))"),
            Rival("value-for-gradient", "ln(1 + exp(x))"),
            Rival(
                "outer-at-x",
                "exp(x) / x",
                message="The outer slope of ln is one over its input, and its input here is not x "
                "itself: it is the whole sum in the brackets. Which number does ln see, and what "
                "is one over that?",
            ),
            Rival("nested-derivatives", "1 / exp(x)"),
        ],
        hints=[
            "softplus is ln of something. What is the slope of ln, and at which place?",
            "The inner function is 1 + eˣ. What is its slope?",
            'Outer slope at the inner value, times inner slope: "exp(x) / (…)".',
        ],
        solution='```python\nslope_3 = "exp(x) / (1 + exp(x))"\n```',
        why="The outer slope is 1/(1 + eˣ), the inner one eˣ. Their product is σ(x).",
        next="So the slope of this smooth ReLU is the sigmoid, which goes from 0 to 1.",
    ),
    Question(
        id="autograd_from_scratch.4",
        title="Two ways that cancel",
        difficulty=3,
        minutes=4,
        answer=Live(
            goal=lambda v: _none(_live(v)[2]) and not _none(v["b"]),
            figure=Figure("autograd_from_scratch.explore_graph", {"f": lambda a, b: a * b + b * b}),
            aim="at the last step a gradient of 0 for b, and another one for a",
            probes=[
                {"a": -2.0, "b": 1.0, "step": 7},
                {"a": -1.0, "b": 1.0, "step": 7},
                {"a": 2.0, "b": 0.0, "step": 7},
            ],
        ),
        rivals=[
            Rival(
                "value-for-gradient",
                lambda v: _none(_live(v)[0]) and not _none(v["b"]),
                message="Here the *value* of y is 0. The question asks for the gradient of `b`: "
                "the orange number in the box of `b`, not the blue one at the end. Go to the last "
                "step and read it. Which pieces does it consist of?",
            ),
            Rival(
                "partials-swapped",
                lambda v: _none(v["b"]),
                message="With b = 0 it is the gradient of `a` that is 0. The question asks for "
                "that of `b`, at a place where `a` still has one. Three arrows lead away from "
                "`b`, so three pieces come back to it. What are they, and when do they cancel?",
            ),
        ],
        hints=[
            "Go to the last step first. Then move `a` and `b` and watch the orange number of `b`.",
            "b receives the value of a once, and its own value twice. When is the sum 0?",
            "Choose some b that is not 0, and make a as large as twice b, with the other sign.",
        ],
        solution="```python\nview_4.set(a=-2, b=1, step=7)\n```\n\nAny place with a = −2b will do.",
        why="b receives a from the first product, and b twice from the second one: a + 2b. With "
        "a = −2b these pieces cancel.",
        next="A gradient of 0 does not mean that nothing flows. It may be a tie.",
    ),
    Question(
        id="autograd_from_scratch.5b",
        title="A new operation: softplus",
        difficulty=3,
        minutes=10,
        answer=Function(
            _softplus_with(lambda slope, x, y, g: g * slope),
            probes=[
                (0.5, 2.0),
                (-1.5, 1.0),
                (2.0, -0.5),
                (0.25, 3.0),
                (800.0, 1.0),
                (900.0, 0.5),
                (-1200.0, 2.0),
                (1500.0, 1.0),
            ],
            watched="utils.models.autograd_from_scratch:NewOperation",
        ),
        rivals=[
            Rival("upstream-forgotten", _softplus_with(lambda slope, x, y, g: slope)),
            Rival(
                "value-for-gradient",
                _softplus_with(lambda slope, x, y, g: g * y),
                message="What your rule hands back is the gradient times the *value* of softplus. "
                "That would be right for eˣ, which is its own slope. Exercise 3 found the slope of "
                "softplus, and it is a number between 0 and 1. Which number belongs into the rule?",
            ),
            Rival(
                "half-of-the-sigmoid-rule",
                _softplus_with(lambda slope, x, y, g: g * (1 - slope)),
                message="Your slope is large where x is far below 0, and small where it is far "
                "above. Look at the curve: on which side is softplus flat, and on which side does "
                "it climb like x itself? Then look at the signs in your exponents.",
            ),
            Rival("seed-of-zero", _softplus_with(lambda slope, x, y, g: 0.0), message=_NO_INPUTS),
            Rival("exponential-overflows", raises=OverflowError, message=_OVERFLOWS),
            Rival("exponential-overflows", _overflowing(_from_parts), message=_OVERFLOWS),
            Rival("exponential-overflows", _overflowing(_value_alone), message=_OVERFLOWS),
        ],
        hints=[
            "The value first: ln(1 + eˣ) of the plain number `x.data`. Then the slope there, "
            "which is σ(x), as exercise 3 found.",
            "The rule gets `g`, the gradient of the new Value, and hands back a tuple with one "
            "number for each input: `(g * slope,)`.",
            "For large x, eˣ is too large for a float. ln(1 + eˣ) is also x + ln(1 + e⁻ˣ), and "
            "σ(x) is 1 / (1 + e⁻ˣ). `np.logaddexp(0, x)` takes care of both sides.",
        ],
        solution="```python\ndef softplus(x):\n    y = Value(np.logaddexp(0.0, x.data))\n"
        "    slope = np.exp(-np.logaddexp(0.0, -x.data))\n"
        '    y.op, y.inputs, y.rule = "softplus", (x,), lambda g: (g * slope,)\n    return y\n```',
        why="A value, the inputs, and a rule from the own gradient to theirs: the engine needs no "
        "more of any operation. `logaddexp(0, x)` is ln(e⁰ + eˣ), without computing eˣ.",
        next="PyTorch's own operations are such triples, some two thousand of them.",
    ),
    Question(
        id="autograd_from_scratch.6",
        title="Bug clinic: right on trees",
        difficulty=3,
        minutes=10,
        answer=Function(
            lambda starts, ends, slopes: walk_back(starts, ends, slopes), probes=_graphs()
        ),
        rivals=[
            Rival(
                "overwrite-for-accumulate",
                lambda starts, ends, slopes: walk_back(
                    starts, ends, slopes, lambda old, slope, grad: slope * grad
                ),
            ),
            Rival(
                "wrong-backward-order",
                lambda starts, ends, slopes: walk_back(starts, ends, slopes, forward=True),
            ),
            Rival(
                "upstream-forgotten",
                lambda starts, ends, slopes: walk_back(
                    starts, ends, slopes, lambda old, slope, grad: old + slope
                ),
            ),
            Rival(
                "seed-of-zero",
                lambda starts, ends, slopes: walk_back(starts, ends, slopes, seed=0.0),
            ),
            Rival(
                "sum-of-slopes",
                lambda starts, ends, slopes: walk_back(
                    starts, ends, slopes, lambda old, slope, grad: old + slope + grad
                ),
            ),
            Rival(
                "own-link-left-out",
                lambda starts, ends, slopes: walk_back(
                    starts, ends, slopes, lambda old, slope, grad: old + grad
                ),
                message="Your pieces are added, as they should be, but each node hands on its own "
                "gradient and nothing else. Every arrow has a local slope: how many times as far "
                "the node at its end moves as the node at its start. Where does this number enter "
                "your line?",
            ),
        ],
        hints=[
            "On the chain it is right, on p · p + p it is not. What is different about `p`?",
            "`p` receives three pieces. Print `grads` inside the loop: what becomes of the first?",
            "One character is missing: what is handed on must be added to what is there.",
        ],
        solution="```python\ndef gradients(starts, ends, slopes):\n"
        "    grads = [0.0] * (ends[-1] + 1)\n    grads[-1] = 1.0\n"
        "    for k in reversed(range(len(ends))):\n"
        "        grads[starts[k]] += slopes[k] * grads[ends[k]]\n    return grads\n```",
        why="With = each piece replaced the one before, so of several ways only one was counted. "
        "Where nothing is used twice, that does no harm, and no test on such a graph finds it.",
        next="Test an engine on graphs that fan out. p · p + p is the smallest good one.",
    ),
    Question(
        id="autograd_from_scratch.7b",
        title="The same arrows, forwards",
        difficulty=3,
        minutes=8,
        answer=Function(forwards, probes=_nudges()),
        rivals=[
            Rival(
                "overwrite-for-accumulate",
                lambda starts, ends, slopes, node: nudge_forwards(
                    starts, ends, slopes, node, lambda old, slope, speed: slope * speed
                ),
                message="Where two arrows end at the same node, your second piece takes the place "
                "of the first. A nudge that reaches a node by two ways moves it by both together. "
                "What has to happen to the piece that is there already?",
            ),
            Rival(
                "modes-swapped",
                lambda starts, ends, slopes, node: walk_back(starts, ends, slopes),
                message="That is the walk back of exercise 6: how far the *result* moves with each "
                "node. Here one node is nudged, and the question is how far each node moves *with "
                "it*. Where does this walk begin, and in which order do the arrows come?",
            ),
            Rival(
                "wrong-backward-order",
                lambda starts, ends, slopes, node: nudge_forwards(
                    starts, ends, slopes, node, backward=True
                ),
                message="You go through the arrows from the last to the first. But a nudge travels "
                "with the arrows: a node can pass it on only after the nudge has arrived there. In "
                "which order do the arrows stand in the lists?",
            ),
            Rival(
                "upstream-forgotten",
                lambda starts, ends, slopes, node: nudge_forwards(
                    starts, ends, slopes, node, lambda old, slope, speed: old + slope
                ),
                message="You added up the local slopes of all arrows that end at a node. But an "
                "arrow passes on only what has arrived at its start: if that node does not move, "
                "nothing comes through. By which number does the slope have to be multiplied?",
            ),
            Rival(
                "own-link-left-out",
                lambda starts, ends, slopes, node: nudge_forwards(
                    starts, ends, slopes, node, lambda old, slope, speed: old + speed
                ),
                message="Your nudge passes every arrow unchanged. Each arrow has a local slope: "
                "how many times as far the node at its end moves as the node at its start. Where "
                "does this number enter your line?",
            ),
            Rival(
                "seed-of-zero",
                lambda starts, ends, slopes, node: nudge_forwards(
                    starts, ends, slopes, node, seed=0.0
                ),
                message="Nothing moves in your walk. It has to begin at the node that is nudged, "
                "with the question how far that node moves when it is nudged: as far as the nudge. "
                "Which entry of your list should hold something before the loop begins?",
            ),
        ],
        hints=[
            "Begin with a list of zeros, one for each node, and a 1 where the nudge is.",
            "Go through the arrows in their order. Each carries the movement of its start to its "
            "end, times its local slope.",
            "`moved[ends[k]] += slopes[k] * moved[starts[k]]`, for k from 0 upwards.",
        ],
        solution="```python\ndef forwards(starts, ends, slopes, node):\n"
        "    moved = [0.0] * (ends[-1] + 1)\n    moved[node] = 1.0\n"
        "    for k in range(len(ends)):\n"
        "        moved[ends[k]] += slopes[k] * moved[starts[k]]\n    return moved\n```",
        why="Forward mode is the same line with starts and ends exchanged, and with the arrows in "
        "the other order. Its last number is the slope that the walk back leaves at that node.",
        next="One walk forward tells all about one input, one walk back all about one result.",
    ),
    Question(
        id="autograd_from_scratch.8",
        title="Two layers by hand",
        difficulty=3,
        minutes=10,
        answer=Function(
            lambda x, y, v, w: network_gradients(x, y, v, w),
            probes=[
                (2.0, 1.0, 0.5, 1.5),
                (1.0, -1.0, -0.8, 0.6),
                (-0.5, 0.3, 1.2, -2.0),
                (1.5, 2.0, 0.3, 0.9),
                (0.8, 0.0, 2.0, 1.1),
            ],
        ),
        rivals=[
            Rival(
                "upstream-forgotten",
                lambda x, y, v, w: [
                    w * _network(x, y, v, w)[1] * x,
                    _network(x, y, v, w)[0],
                ],
            ),
            Rival(
                "forgotten-inner-derivative",
                lambda x, y, v, w: [
                    _network(x, y, v, w)[2] * w * _network(x, y, v, w)[1],
                    _network(x, y, v, w)[2],
                ],
            ),
            Rival(
                "own-value-in-product",
                lambda x, y, v, w: [
                    _network(x, y, v, w)[2] * _network(x, y, v, w)[0] * _network(x, y, v, w)[1] * v,
                    _network(x, y, v, w)[2] * w,
                ],
            ),
            Rival(
                "activation-slope-forgotten",
                lambda x, y, v, w: [
                    _network(x, y, v, w)[2] * w * x,
                    network_gradients(x, y, v, w)[1],
                ],
            ),
            Rival(
                "forgotten-x-factor",
                lambda x, y, v, w: [
                    _network(x, y, v, w)[2] * w * _network(x, y, v, w)[1],
                    network_gradients(x, y, v, w)[1],
                ],
                message="Your second number is right, and the first one stops a step too soon: it "
                "says how fast the loss moves with v · x, not with `v`. If `v` grows by a little, "
                "how many times that does v · x grow?",
            ),
            Rival(
                "held-factor-dropped",
                lambda x, y, v, w: [
                    _network(x, y, v, w)[2] * _network(x, y, v, w)[1] * x,
                    network_gradients(x, y, v, w)[1],
                ],
                message="Your second number is right. On the way to `v` the gradient passes "
                "through the product w · tanh(v · x), and there a factor got lost: a nudge of the "
                "tanh reaches the output stretched. By how much does the output move when the "
                "tanh moves by 1?",
            ),
            Rival("partials-swapped", lambda x, y, v, w: network_gradients(x, y, v, w)[::-1]),
            Rival(
                "forgotten-two", lambda x, y, v, w: [g / 2 for g in network_gradients(x, y, v, w)]
            ),
            Rival(
                "value-for-gradient",
                lambda x, y, v, w: [v * x, w * _network(x, y, v, w)[0]],
            ),
        ],
        hints=[
            "Name the pieces: h = tanh(v · x), out = w · h. Start with dL/d(out) = 2 (out − y).",
            "dL/dw is that times h. dL/dh is that times w.",
            "tanh has slope 1 − h². Behind it stands v · x, whose slope towards v is x.",
        ],
        solution="```python\ndef network_gradients(x, y, v, w):\n    h = math.tanh(v * x)\n"
        "    d_out = 2 * (w * h - y)\n    return [d_out * w * (1 - h**2) * x, d_out * h]\n```",
        why="Each gradient is the product of the local slopes on the way from L to the weight.",
        next="The engine finds the same two numbers, and would find them for a million weights.",
    ),
    Question(
        id="autograd_from_scratch.9",
        title="Who needs which mode?",
        difficulty=2,
        minutes=4,
        answer=Array([1.0, 10_000.0, 50_000.0, 1.0]),
        rivals=[
            Rival("modes-swapped", [10_000.0, 1.0, 1.0, 50_000.0]),
        ],
        hints=[
            "One walk forward follows one input. How many inputs has the weather model?",
            "One walk back follows one output. How many outputs has it?",
            "Weather: 1 forward or 10,000 back. Now the network, with 50,000 weights and one loss.",
        ],
        solution="```python\nanswer_9 = [1, 10_000, 50_000, 1]\n```",
        why="Forward mode costs a walk for each input, reverse mode a walk for each output.",
        next="Few inputs, many outputs: forward. Many inputs, one loss: backward.",
    ),
    Question(
        id="autograd_from_scratch.10",
        title="Open task: a neuron of your own",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(lambda run: _neuron_loss(run) <= BOUND_10, fit_neuron),
            probes=[(xs, ys) for xs, ys in _FOUR_POINTS],
            budget=1,
            shape=(4,),
            told=_told_10,
        ),
        rivals=[
            Rival("stuck-at-zero-start", Way(_still_zero, lambda xs, ys: _fitted(xs, ys, 0.0))),
            Rival(
                "ascent-for-descent",
                Way(
                    lambda run: _carried_away(run) and not _other_order(run),
                    lambda xs, ys: [1.0, 0.0, 50.0, 30.0],
                ),
                message="Your neuron misses the points by more than a flat line at their mean "
                "does. So training went uphill, or its steps are so long that they never settle, "
                "or old gradients are added to new ones. Print the loss of every hundredth step. "
                "Does it fall?",
            ),
            Rival(
                "partials-swapped",
                Way(_other_order, lambda xs, ys: fit_neuron(xs, ys)[::-1]),
                message="These are the weights of a good neuron in another order. The task asks "
                "for `[w, b, v, c]` of v · tanh(w · x + b) + c: first what stands inside tanh. "
                "Which of your numbers are those?",
            ),
        ],
        hints=[
            "`class Neuron:` with `__init__`, which makes four `Value`s, `__call__(x)`, which "
            "returns `self.v * (self.w * x + self.b).tanh() + self.c`, and a list of its weights.",
            "The loss is the sum of the squared misses of the four points. In each step set all "
            "four gradients to 0, walk back, and move each weight's `data`.",
            "Do not start at 0 everywhere: with v = 0 nothing reaches w, and with w = 0 nothing "
            "reaches v. Start at 1, 0, 1, 0, and take a thousand steps with η = 0.05. If one start "
            "does not arrive, try another, and keep the best.",
        ],
        solution="```python\nclass Neuron:\n    def __init__(self, w, b, v, c):\n"
        "        self.weights = [Value(w), Value(b), Value(v), Value(c)]\n\n"
        "    def __call__(self, x):\n        w, b, v, c = self.weights\n"
        "        return v * (w * x + b).tanh() + c\n\n"
        "    def loss(self, xs, ys):\n"
        "        return sum((self(x) - y) ** 2 for x, y in zip(xs, ys))\n\n\n"
        "def fit(xs, ys):\n    neuron = Neuron(1.0, 0.0, 1.0, 0.0)\n    for _ in range(1500):\n"
        "        for weight in neuron.weights:\n            weight.zero_grad()\n"
        "        neuron.loss(xs, ys).backward()\n        for weight in neuron.weights:\n"
        "            weight.data = weight.data - 0.05 * weight.grad\n"
        "    return [weight.data for weight in neuron.weights]\n```",
        why="A class that holds its weights, a way forward, and the engine for the way back: this "
        "is how every library builds its layers.",
        next="Put eight of these side by side and you have chapter 16.",
        seconds=20.0,
    ),
]
