"""Questions of chapter 14 that gave their place to better ones."""

from utils.autograd import Value
from utils.checks import Choice, Function, Question, Rival


def train(w: float, steps: int, clear: bool = True, sign: float = -1.0) -> float:
    """w after some steps of descent on (4 − 2w)², with η = 0.05; or with a mistake in it."""
    weight = Value(w)
    for _ in range(steps):
        if clear:
            weight.zero_grad()
        ((4 - weight * 2) ** 2).backward()
        weight.data = weight.data + sign * 0.05 * weight.grad
    return weight.data


def _loss(w: float) -> float:
    return (4 - 2 * w) ** 2


_LOSS = (
    "That is the loss, the number which the training makes small. The question asks where the "
    "weight stands at the end, and that is what the loss was computed from. Which of the names in "
    "your loop holds the weight, and which attribute of it the plain number?"
)

QUESTIONS = [
    Question(
        id="autograd_from_scratch.5",
        title="A new operation: division",
        difficulty=2,
        minutes=8,
        answer=Function(
            lambda a, b: [a / b, 1 / b, -a / b**2],
            probes=[(1.0, 2.0), (-3.0, 0.5), (2.0, -4.0), (0.7, 1.3), (5.0, 3.0)],
        ),
        rivals=[
            Rival("quotient-plus", lambda a, b: [a / b, 1 / b, a / b**2]),
            Rival("bottom-not-squared", lambda a, b: [a / b, 1 / b, -a / b]),
            Rival("partials-swapped", lambda a, b: [a / b, -a / b**2, 1 / b]),
            Rival("own-value-in-product", lambda a, b: [a / b, b, a]),
            Rival("quotient-of-derivatives", lambda a, b: [a / b, 1.0, 1.0]),
            Rival("denominator-alone", lambda a, b: [a / b, 1 / b, -1 / b**2]),
        ],
        hints=[
            "The first number is the value, a / b. Then hold b still: a / b is a line in a. Its "
            "slope?",
            "Now hold a still. a / b is a times b⁻¹, and the power rule knows the slope of b⁻¹.",
            "The slope of b⁻¹ is −1 / b². Multiply it by a.",
        ],
        solution="```python\ndef divide(a, b):\n    return a / b, 1 / b, -a / b**2\n```",
        why="Held still, one at a time: in a it is a line with slope 1/b, in b it is a power with "
        "exponent −1.",
        next="With these two slopes the engine divides, and the walk back stays as it was.",
    ),
    Question(
        id="autograd_from_scratch.7",
        title="Train one weight",
        difficulty=3,
        minutes=8,
        answer=Function(
            lambda w, steps: train(w, steps),
            probes=[(1.0, 3), (5.0, 2), (0.0, 4), (3.0, 6), (-1.0, 5)],
            tolerance=1e-6,
            near=0,
        ),
        rivals=[
            Rival("gradient-not-zeroed", lambda w, steps: train(w, steps, clear=False)),
            Rival("ascent-for-descent", lambda w, steps: train(w, steps, sign=1.0)),
            Rival("one-step-too-many", lambda w, steps: train(w, steps + 1)),
            Rival("one-step-too-many", lambda w, steps: train(w, steps - 1)),
            Rival("step-size-left-out", lambda w, steps: train(w, steps, sign=-20.0)),
            Rival(
                "zeroed-before-step",
                lambda w, steps: w,
                message="Your weight ends where it began, so whenever it is moved its gradient is "
                "0. That happens when the gradient is cleared after the walk back and before the "
                "move, when there is no walk back at all, and when nothing is moved. Print "
                "`weight.grad` in the line before the move: what does it show?",
            ),
            Rival("error-read-as-weight", lambda w, steps: _loss(train(w, steps)), message=_LOSS),
            Rival(
                "error-read-as-weight", lambda w, steps: _loss(train(w, steps - 1)), message=_LOSS
            ),
        ],
        hints=[
            "In each step: set the gradient to 0, compute the loss, walk back, move the weight.",
            "`weight.zero_grad()`, then `loss = (4 - weight * 2) ** 2`, then `loss.backward()`.",
            "Last line of the loop: `weight.data = weight.data - 0.05 * weight.grad`.",
        ],
        solution="```python\ndef train(w, steps):\n    weight = Value(w)\n"
        "    for _ in range(steps):\n        weight.zero_grad()\n"
        "        loss = (4 - weight * 2) ** 2\n        loss.backward()\n"
        "        weight.data = weight.data - 0.05 * weight.grad\n    return weight.data\n```",
        why="Zero, forward, backward, step: the same four lines train a network of any size.",
        next="More weights only make the last line longer.",
    ),
    Question(
        id="autograd_from_scratch.predict_zero",
        title="Nothing reset",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "the slope at the new place",
                "b": "the slopes at both places, added",
                "c": "0, since nothing was reset",
            },
        ),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                "a",
                message="That is what the descent needs, and what it would get after a reset. But "
                "handing on *adds* to what is there, and the slope of the first place is still "
                "there. What does `+=` make of an old number and a new one?",
            ),
            Rival(
                "gradient-not-zeroed",
                "c",
                message="Nothing in a walk back sets the gradient of an input to 0: it only adds "
                "to it. After the first walk `w.grad` holds the slope at the first place, and "
                "that was not 0. What has `+=` made of it by the end of the second walk?",
            ),
        ],
        hints=[
            "What does `hand_on` do with the gradient that is already there?",
            "After the first walk `w.grad` holds the slope at the first place.",
            "The second walk adds the slope at the second place to it.",
        ],
        solution='The answer is **b**: `check("autograd_from_scratch.predict_zero", "b")`.',
        why="`+=` cannot know whether the old number belongs to another way of the same walk or to "
        "yesterday's walk.",
        next="The same `+=` that makes fan-out right makes forgetting wrong.",
    ),
    Question(
        id="autograd_from_scratch.predict_walks",
        title="A thousand weights",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "one forward, or one backward",
                "b": "a thousand forward, or one backward",
                "c": "one forward, or a thousand backward",
            },
        ),
        rivals=[
            Rival("modes-swapped", "c"),
            Rival(
                "other-variable-moves",
                "a",
                message="One walk forward starts at one input and asks how everything moves with "
                "it alone. If all weights were nudged together in one walk, what would come out is "
                "one mixed number, not one slope for each weight. How many walks keep them apart?",
            ),
        ],
        hints=[
            "In the cell above, how many walks did each mode need for `a` and `b`?",
            "A walk forward belongs to one input. A walk back belongs to one output.",
            "There are a thousand inputs to follow, and one loss.",
        ],
        solution='The answer is **b**: `check("autograd_from_scratch.predict_walks", "b")`.',
        why="Each walk forward follows one weight. One walk back follows the loss to all weights.",
        next="If one walk took an hour, a billion weights would take forward mode more than a "
        "hundred thousand years.",
    ),
]
