"""Questions of chapter 06 that better ones have replaced."""

import math

from utils.checks import Function, Number, Question, Rival
from utils.functions import sigmoid

HOURS = 5.0

QUESTIONS = [
    Question(
        id="special_functions.1",
        title="Every hour twice as many",
        difficulty=1,
        minutes=3,
        answer=Number(
            2**HOURS * math.log(2),
            tolerance=5e-3,
            unit="thousand bacteria per hour",
        ),
        rivals=[
            Rival("value-for-slope", 2**HOURS),
            Rival("power-rule-on-exponential", HOURS * 2 ** (HOURS - 1)),
            Rival("ratio-for-slope", math.log(2)),
            Rival("common-log-for-ln", 2**HOURS * math.log10(2)),
            Rival("average-for-instantaneous", 2**HOURS - 2 ** (HOURS - 1)),
        ],
        hints=[
            "The slope of aˣ is aˣ ln a. What is a here?",
            "Height times ln 2. In Python, ln is `math.log`.",
            "`2**5 * math.log(2)`",
        ],
        solution="```python\ngrowth_1 = 2**5 * math.log(2)\n```",
        why="The slope of 2ᵗ is 2ᵗ ln 2. After 5 hours the height is 32 thousand, and ln 2 is "
        "0.693 per hour.",
        next="One hour later they are twice as many, and grow twice as fast.",
    ),
    Question(
        id="special_functions.6",
        title="The slope of σ",
        difficulty=2,
        minutes=5,
        answer=Function(
            lambda x: sigmoid(x) * sigmoid(-x),
            probes=[-6.0, -2.5, -1.0, -0.3, 0.0, 0.7, 2.0, 4.0],
            tolerance=1e-5,
        ),
        rivals=[
            Rival("half-of-the-sigmoid-rule", lambda x: 1 - sigmoid(x)),
            Rival("value-for-slope", sigmoid),
            Rival("squashing-rules-swapped", lambda x: 1 - sigmoid(x) ** 2),
            Rival("squashing-rules-swapped", lambda x: 1 - math.tanh(x) ** 2),
            Rival("sign-error", lambda x: -sigmoid(x) * sigmoid(-x)),
            Rival(
                "place-for-value",
                lambda x: x * (1 - x),
                message="You put x itself into the rule. The rule wants the *height* of the curve, "
                "which lies between 0 and 1, and x is a place, which may be anything: that is how "
                "a slope far below zero came out. Which function makes the height from x, and "
                "where do you call it?",
            ),
            Rival(
                "place-for-value",
                lambda x: sigmoid(x) * (1 - x),
                message="The first factor is right, the height of the curve. In the second one you "
                "took the place, x, away from 1. What is left up to 1 is left above the *height*. "
                "Which number has to stand in the brackets a second time?",
            ),
        ],
        hints=[
            "First compute the height: `s = sigmoid(x)`.",
            "The rule needs nothing but the height: σ (1 − σ).",
            "`s = sigmoid(x)` and then `return s * (1 - s)`",
        ],
        solution="```python\ndef sigmoid_slope(x):\n    s = sigmoid(x)\n"
        "    return s * (1 - s)\n```",
        why="σ′(x) = σ(x) (1 − σ(x)): the height, times what is left of it up to 1.",
        next="Libraries keep the height they have worked out, so this slope costs one product.",
    ),
]
