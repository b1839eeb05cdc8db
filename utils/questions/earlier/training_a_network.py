"""Questions of chapter 16 that gave their place to better ones."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from utils.checks import Choice, Function, Number, Question, Rival
from utils.models.training_a_network import (
    LEFT_OVER,
    ChangedTooEarly,
    ManyNumbers,
    cost,
    probabilities,
    rings,
    start,
    walk_back,
)
from utils.questions.training_a_network import sigmoid


def watched(hidden: int, eta: float, epochs: int, fault: str = "") -> list[float]:
    """What a watched loop comes to: loss, backward passes, clean ones, steps, steps with a slope.

    fault: "forgotten", "once", "at the end", "before the step", "step first",
    "step first, uncleared", "no step", "no backward", "by hand", "sum", "ascent", "squares",
    "squashed twice", "one more" or "one fewer".
    """
    X, y = rings()
    weights = start(hidden)
    held: list[Any] = [np.full_like(w, LEFT_OVER) for w in weights]
    walks = clean = steps = led = 0
    walked = False

    def step() -> None:
        nonlocal weights, steps, led, walked
        if fault not in ("no step",):
            weights = [w - eta * g for w, g in zip(weights, held, strict=True)]
        if fault not in ("no step", "by hand"):
            steps += 1
            led += walked
            walked = False

    def slopes() -> list[np.ndarray]:
        p = probabilities(weights, X)
        towards_z = {
            "sum": p - y,
            "ascent": (y - p) / len(X),
            "squares": 2 * (p - y) * p * (1 - p) / len(X),
            "squashed twice": (sigmoid(p) - y) * p * (1 - p) / len(X),
        }
        return walk_back(weights, X, towards_z.get(fault, (p - y) / len(X)))

    rounds = epochs + {"one more": 1, "one fewer": -1}.get(fault, 0)
    late = ("forgotten", "at the end", "before the step", "step first, uncleared")
    for k in range(rounds):
        if fault not in (*late, "once") or (fault == "once" and k == 0):
            held = [np.zeros_like(w) for w in weights]
        if fault.startswith("step first"):
            step()
        if fault == "step first, uncleared":
            held = [np.zeros_like(w) for w in weights]
        if fault != "no backward":
            walks += 1
            clean += all((g == 0).all() for g in held)
            held = [h + g for h, g in zip(held, slopes(), strict=True)]
            walked = True
        if fault == "before the step":
            held = [np.zeros_like(w) for w in weights]
        if not fault.startswith("step first"):
            step()
        if fault == "at the end":
            held = [np.zeros_like(w) for w in weights]
    return [cost(weights, X, y), walks, clean, steps, led]


def _loop(fault: str) -> Callable[[int, float, int], list[float]]:
    return lambda hidden, eta, epochs: watched(hidden, eta, epochs, fault)


def _right_loop(hidden: int, eta: float, epochs: int) -> list[float]:
    return watched(hidden, eta, epochs)


LOOPS = [(3, 0.05, 3), (2, 0.02, 4), (5, 0.03, 5), (4, 0.04, 6)]

QUESTIONS = [
    Question(
        id="training_a_network.7",
        title="Write the loop",
        difficulty=3,
        minutes=8,
        answer=Function(
            _right_loop,
            probes=LOOPS,
            tolerance=1e-6,
            near=0,
            watched="utils.models.training_a_network:WatchedTraining",
        ),
        rivals=[
            Rival("gradient-not-zeroed", _loop("forgotten")),
            Rival(
                "gradient-not-zeroed",
                _loop("once"),
                message="You clear the gradients once, before the loop begins. So the first epoch "
                "is right, and in each later one the new slopes are added to all the old ones. How "
                "often is there something old to forget, and where does the clearing have to "
                "stand?",
            ),
            Rival(
                "gradient-not-zeroed",
                _loop("at the end"),
                message="You clear at the end of each epoch, so the *first* one starts with "
                "whatever the gradients held before: here something old was waiting in them. "
                "Where does clearing have to stand, so that a loop does not depend on that?",
            ),
            Rival("zeroed-before-step", _loop("before the step")),
            Rival(
                "ascent-for-descent",
                _loop("ascent"),
                message="Your loss goes up with each epoch. The optimizer always steps against the "
                "slopes, so it was given the slopes of the loss with the wrong sign. Cross-entropy "
                "is the *minus* of a mean of logarithms. Is there a minus too few in your loop, or "
                "one too many?",
            ),
            Rival("update-before-backward", _loop("step first")),
            Rival("update-before-backward", _loop("step first, uncleared")),
            Rival(
                "update-before-backward",
                _loop("no backward"),
                message="Your loop works out the loss and steps, but it never walks back. So the "
                "gradients stay empty, and a step without gradients moves nothing. Which call on "
                "the loss fills them, and between which two lines does it stand?",
            ),
            Rival("other-loss", _loop("squares")),
            Rival("squashed-twice", _loop("squashed twice")),
            Rival(
                "one-step-too-many",
                _loop("one more"),
                message="Every round of your loop is right, and there is one round more than was "
                "asked. The check asks for a number of epochs and counts the steps. How many times "
                "does your loop run for `epochs` = 3?",
            ),
            Rival(
                "one-step-too-many",
                _loop("one fewer"),
                message="Every round of your loop is right, and there is one round fewer than was "
                "asked. The check asks for a number of epochs and counts the steps. How many times "
                "does your loop run for `epochs` = 3?",
            ),
            Rival("optimizer-not-called", _loop("no step")),
            Rival("optimizer-not-called", _loop("by hand")),
            Rival(
                "loss-not-reduced",
                _loop("sum"),
                message="Your loss is the *sum* over all examples, so each step is 100 times as "
                "long as it should be, and would grow with the data. Which reduction did the "
                "lesson take?",
            ),
            Rival("loss-not-reduced", raises=ManyNumbers),
            Rival("update-before-backward", raises=ChangedTooEarly),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "Four calls in each epoch: zero, forward, backward, step.",
            "The loss: `torch.nn.functional.binary_cross_entropy(model(X), y)`. It is a mean.",
            "`optimizer.zero_grad()`, the loss, `cost.backward()`, `optimizer.step()`.",
        ],
        solution="```python\ndef train(model, optimizer, X, y, epochs):\n"
        "    for _ in range(epochs):\n        optimizer.zero_grad()\n"
        "        cost = torch.nn.functional.binary_cross_entropy(model(X), y)\n"
        "        cost.backward()\n        optimizer.step()\n```",
        why="Zero, forward, backward, step, once per epoch.",
        next="These five lines train everything from 33 weights to a hundred billion.",
        seconds=10.0,
    ),
    Question(
        id="training_a_network.8",
        title="Below a millionth",
        difficulty=2,
        minutes=4,
        answer=Number(float(math.ceil(math.log(1e-6) / math.log(0.25))), near=0),
        rivals=[
            Rival(
                "value-for-slope",
                20.0,
                message="You took one half for the factor. That is the *height* of the sigmoid in "
                "its middle. What multiplies a gradient is the slope there, σ(1 − σ). How large "
                "is that?",
            ),
            Rival(
                "one-step-too-many",
                9.0,
                message="Close: after that many the gradient is still a little above a millionth. "
                "Compute 0.25 to this power, and look at the digits. How many more factors does "
                "it need?",
            ),
            Rival(
                "place-for-value",
                1e6,
                message="You gave the border itself, a million, and the question asks for a "
                "*number of sigmoids*: each leaves a quarter of the gradient at best. After one "
                "it is 0.25, after two 0.0625. How many are needed until it is below one "
                "millionth?",
            ),
            Rival(
                "place-for-value",
                1e-6,
                message="You gave the border itself, one millionth, and the question asks for a "
                "*number of sigmoids*: each leaves a quarter of the gradient at best. After one it "
                "is 0.25, after two 0.0625. How many are needed until it is below the border?",
            ),
            Rival(
                "products-not-added",
                250_000.0,
                message="That would be so if each layer took its share off by *division by the "
                "number of layers*, one quarter of a millionth each. But the factors multiply. How "
                "fast does 0.25 · 0.25 · 0.25 · … fall?",
            ),
        ],
        hints=[
            "The largest slope of a sigmoid is σ(1 − σ) in the middle, where σ is one half.",
            "So after n layers at most 0.25**n is left.",
            "Try n = 8, 9, 10 in a loop, and print.",
        ],
        solution="```python\nanswer_8 = math.ceil(math.log(1e-6) / math.log(0.25))\n```",
        why="0.25**9 is still above a millionth, 0.25**10 is below.",
        next="And that is the best case: most sigmoids do not sit at their middle.",
    ),
    Question(
        id="training_a_network.predict_test",
        title="A hundred new points",
        difficulty=1,
        minutes=1,
        answer=Choice("b", options={"a": "about as many", "b": "clearly fewer", "c": "more"}),
        rivals=[
            Rival("train-on-test", "a"),
            Rival(
                "train-on-test",
                "c",
                message="More than on the points that it was fitted to? The loss was made small on "
                "*those* points, with all their accidents. New ones lie a little differently. In "
                "which direction will that change the score?",
            ),
        ],
        hints=[
            "What did training make small: the loss on these points, or on all possible points?",
            "The strip lies where these 100 points leave a gap.",
            "Other points have their gaps elsewhere.",
        ],
        solution='The answer is **b**: `check("training_a_network.predict_test", "b")`.',
        why="The strip was fitted to the gaps in the training points.",
        next="How much worse it is on new points has a name, the generalisation gap.",
    ),
]
