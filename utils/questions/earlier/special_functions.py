"""Questions that chapter 06 asked before: single values of 2ˣ, eˣ, 1/x and σ′."""

import math

from utils.checks import Choice, Function, Number, Question, Rival
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
    Question(
        id="special_functions.predict_growth",
        title="How steep is 2ˣ at three?",
        difficulty=1,
        minutes=2,
        answer=Number(2**3 * math.log(2), tolerance=2e-3, near=0.06),
        rivals=[
            Rival("power-rule-on-exponential", 3.0 * 2**2),
            Rival("value-for-slope", 2.0**3),
            Rival("ratio-for-slope", math.log(2)),
            Rival(
                "common-log-for-ln",
                2**3 * math.log10(2),
                message="You multiplied the height by 0.3010, the logarithm of 2 to the base 10. "
                "The table above has measured which number belongs there, and it is larger. What "
                "stands in its last column, at each of the three places?",
            ),
        ],
        hints=[
            "Look at the last column of the table above. What do you notice?",
            "Slope ÷ height is the same number at 0, at 1 and at 2. Suppose it is so at 3.",
            "The height at 3 is given. Multiply it by that number of the last column.",
        ],
        solution="```python\n8 * 0.6931\n```",
        why="Slope ÷ height of 2ˣ is 0.6931 everywhere, and at x = 3 the curve is 8 high.",
        next="The higher, the steeper, always in the same proportion: that is exponential growth.",
    ),
    Question(
        id="special_functions.predict_height",
        title="Twenty high",
        difficulty=1,
        minutes=1,
        answer=Number(20.0, tolerance=1e-3),
        rivals=[
            Rival("place-for-value", math.log(20)),
            Rival(
                "ratio-for-slope",
                1.0,
                message="For the base e, slope ÷ height is 1, that is right, and it is what makes "
                "this base special. The question asks for the slope itself, not for slope ÷ "
                "height. If the two have the ratio 1 and you know the height, what is the slope?",
            ),
            Rival("power-rule-on-exponential", math.log(20) * math.exp(math.log(20) - 1)),
        ],
        hints=[
            "You need not know where this place is.",
            "What is special about e: slope ÷ height is 1.",
            "So the slope is the same number as the height.",
        ],
        solution="```python\n20\n```",
        why="eˣ is its own derivative: at every place the slope equals the height.",
        next="Only eˣ and its multiples grow like this: their speed is their size.",
    ),
    Question(
        id="special_functions.predict_reciprocal",
        title="How steep is 1/x at two?",
        difficulty=1,
        minutes=2,
        answer=Choice("a", options={"a": "−0.25", "b": "0.25", "c": "0.5", "d": "−0.5"}),
        rivals=[
            Rival(
                "sign-error",
                "b",
                message="The size is right. But what happens to 1/x when x grows: you share one "
                "cake among more and more people. Does each piece become larger or smaller, and "
                "which sign must the slope have then?",
            ),
            Rival("value-for-slope", "c"),
            Rival(
                "exponent-not-lowered",
                "d",
                message="You brought the −1 to the front and left the exponent as it was: −1 times "
                "1/x. The power rule does two things. Bring the exponent to the front, and then "
                "lower it by one. What is one less than −1?",
            ),
        ],
        hints=[
            "Does 1/x rise or fall as x grows? That gives the sign.",
            "1/x is x to the power −1. What does the power rule of chapter 05 make of it?",
            "−1 comes to the front, and the exponent becomes −2: −1/x². Put in x = 2.",
        ],
        solution='The answer is **a**: `check("special_functions.predict_reciprocal", "a")`.',
        why="The slope of 1/x is −1/x², and at x = 2 that is −1/4.",
        next="Halve x, and the slope becomes four times as steep.",
    ),
    Question(
        id="special_functions.predict_sigmoid",
        title="The steepest place of σ",
        difficulty=1,
        minutes=2,
        answer=Number(0.5 * (1 - 0.5), tolerance=1e-3),
        rivals=[
            Rival(
                "half-of-the-sigmoid-rule",
                0.5,
                message="That is one of the two factors, σ or 1 − σ: in the middle they are the "
                "same number. The rule multiplies both. A slope is not a height: what do you get "
                "when you put 0.5 into both brackets of σ (1 − σ)?",
            ),
            Rival(
                "squashing-rules-swapped",
                1 - 0.5**2,
                message="You took one minus the *square* of the height. That is a recipe for "
                "another function, tanh, which comes further down. The rule for σ has two factors, "
                "the height and what is left of it up to 1. What is their product here?",
            ),
            Rival("place-for-value", 0.0),
        ],
        hints=[
            "Write down the rule and put the height in place of σ.",
            "The height is 0.5. What is 1 − 0.5?",
            "Half of a half.",
        ],
        solution="```python\n0.5 * (1 - 0.5)\n```",
        why="σ (1 − σ) with σ = 0.5 is half of a half.",
        next="And this is the steepest place of all. Everywhere else, less gets through.",
    ),
]
