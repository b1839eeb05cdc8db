"""Questions of chapter 06: eˣ, ln x, the two waves, 1/x, and the three functions that squash."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from utils.checks import Array, Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.functions import sigmoid

WANTED_SLOPE = -4.0
_KEPT = 0.8  # exercise 1: the share of the caffeine that an hour leaves
_COFFEE = 120 * _KEPT**3  # and what three hours leave, in mg
_ABOVE_ZERO = (0.3, 0.7, 1.3, 2.5, 3.1, 4.5)  # where a logarithm has a value
DEGREES = (0.0, 30.0, 60.0, 90.0, 180.0)
SMALLEST = 1e-12  # exercise 8: a probability below it counts as this much


def _is_e(values: dict[str, float]) -> bool:
    return abs(values["a"] - math.e) < 0.006


def _has_loss_for_slope(values: dict[str, float]) -> bool:
    """The loss, not its slope, has the wanted size."""
    return abs(-math.log(values["p"]) + WANTED_SLOPE) < 0.2


def _has_wanted_slope(values: dict[str, float]) -> bool:
    return abs(values["p"] + 1 / WANTED_SLOPE) < 0.005


def _softmax(scores: Sequence[float]) -> np.ndarray:
    powers = np.exp(np.asarray(scores, dtype=float) - np.max(scores))
    return powers / powers.sum()


def _unsafe_softmax(scores: Sequence[float]) -> np.ndarray:
    with np.errstate(all="ignore"):
        powers = np.exp(np.asarray(scores, dtype=float))
        return powers / powers.sum()


def _unsafe_loss(p: float) -> float:
    with np.errstate(divide="ignore"):
        return -np.log(np.float64(p))


def _safe(p: float) -> float:
    return max(p, SMALLEST)


def _nearly_safe_softmax(change: Callable[[np.ndarray], np.ndarray]) -> Callable:
    """The softmax of scores that were changed in a way that does not hold for all of them."""
    return lambda scores: _unsafe_softmax(change(scores))


def _divided_by_the_largest(scores: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return scores / scores.max()


def _cosine(place: float) -> float:
    return math.cos(math.radians(place))


def _sine(place: float) -> float:
    return math.sin(math.radians(place))


QUESTIONS = [
    Question(
        id="special_functions.predict_eight",
        title="The base eight",
        difficulty=2,
        minutes=2,
        answer=Number(math.log(8), tolerance=1e-2, near=0.05),
        rivals=[
            Rival("base-read-as-factor", 4 * math.log(2)),
            Rival(
                "forgotten-inner-derivative",
                math.log(2),
                message="That is the number of the base 2. Its curve and this one go through the "
                "same heights, and that is why it seems to fit. But they do not go through them "
                "at the same speed: when x moves by 1, the exponent 3x moves further. How far, and "
                "what does that do to the slope at a given height?",
            ),
            Rival(
                "factor-dropped",
                3.0,
                message="You have seen that the exponent 3x moves three times as fast as x. "
                "But three times as fast as *what*? If x stood there alone, slope ÷ height would "
                "be the number of the base 2, and that is not 1. Which number is it, and what "
                "happens to it here?",
            ),
            Rival("common-log-for-ln", math.log10(8)),
        ],
        hints=[
            "2³ˣ is 2 to the power 3x. When x moves by 1, how far does 3x move?",
            "At the same height, 8ˣ climbs as many times as fast as 2ˣ.",
            "Slope ÷ height of 2ˣ is 0.6931. Take it three times.",
        ],
        solution="```python\n3 * 0.6931\n```",
        why="8ˣ is 2ˣ run through at three times the speed. At each height its slope is three "
        "times as large, and so is slope ÷ height.",
        next="The base multiplied itself, and its number was only added up: 3 times 0.6931.",
    ),
    Question(
        id="special_functions.find_e",
        title="Where slope equals height",
        difficulty=1,
        minutes=3,
        answer=Live(
            _is_e,
            figure=Figure("special_functions.explore_base"),
            aim="find the base whose slope equals its height",
            probes=[
                {"a": 2.72, "x0": 1.0},
                {"a": 1.0, "x0": 1.0},
                {"a": 4.0, "x0": 1.0},
                {"a": 2.0, "x0": 0.5},
            ],
        ),
        rivals=[
            Rival(
                "height-for-slope",
                lambda values: values["a"] == 1,
                message="With this base slope ÷ height is 0: the curve is flat, and its slopes lie "
                "on the zero line, not on the curve. You may have gone by the height of the curve, "
                "which is 1 here. Which *ratio* do you need, and where is it in the right picture?",
            ),
            Rival(
                "step-too-large",
                lambda values: values["a"] == 4,
                message="With the largest base of the slider the dashed curve of slopes runs well "
                "above the curve itself, and with a = 2 it runs below. So you passed the place on "
                "the way. Between which two bases do the dashes pass from below the blue curve to "
                "above it?",
            ),
        ],
        hints=[
            "On the right there is a dotted line at 1. Slope ÷ height = 1 means: slope = height.",
            "With a = 2 the slopes are too low, with a = 3 too high.",
            "Click the knob of the base and use the arrow keys: one press is 0.01.",
        ],
        solution="```python\nview_e.set(a=2.72)\n```",
        why="Slope ÷ height is 0.997 for a = 2.71 and 1.001 for a = 2.72. The base in between at "
        "which it is 1 is e.",
        next="You have found one of the most important numbers there are, by hand.",
    ),
    Question(
        id="special_functions.predict_tangent",
        title="Down the tangent",
        difficulty=2,
        minutes=2,
        answer=Number(3.0, tolerance=1e-2, near=0.04),
        rivals=[
            Rival(
                "line-through-the-origin",
                0.0,
                message="A line of that kind would go through the origin. This one touches the "
                "curve, so it goes through the point at x = 4 with the steepness that the curve "
                "has there. A slope is a rise for one step across. How many steps across does it "
                "take to come down by the whole height?",
            ),
            Rival(
                "sign-error",
                5.0,
                message="The distance is right. Now look at the way: eˣ climbs to the right, and "
                "so does each of its tangents. If you go to the right along one of them, you come "
                "higher and higher. On which side of x = 4 must the height 0 be?",
            ),
            Rival(
                "step-for-place",
                1.0,
                message="That is a distance: how far the way down goes across. The question asks "
                "for the place where it ends, and the walk begins at x = 4 and goes to the left. "
                "If you start there and walk this far, at which x do you arrive?",
            ),
            Rival(
                "difference-not-divided",
                4 - math.exp(4),
                message="You went as far across as the curve is high. That would be right for a "
                "tangent that falls by 1 for each step to the left. This one is much steeper. By "
                "how much does it fall in one such step, and how many steps does it need then?",
            ),
            Rival(
                "rise-run-swapped",
                4 - math.exp(-4),
                message="You went to the left by 1 divided by the slope. That is the way on which "
                "the tangent falls by exactly 1. But it starts much higher than 1 above the axis. "
                "How high does it start, and what is that height divided by the slope?",
            ),
        ],
        hints=[
            "Along a line, the way across is the change in height, divided by the slope.",
            "The height to lose is eˣ at x = 4. And how large is the slope there?",
            "Height and slope are the same number, so the way across is 1. Go left from 4.",
        ],
        solution="```python\n4 - math.exp(4) / math.exp(4)\n```",
        why="The slope at x = 4 is as large as the height, so one step to the left takes the whole "
        "height away.",
        next="It did not matter that you started at 4: every tangent of eˣ ends one step away.",
    ),
    Question(
        id="special_functions.predict_mirror",
        title="A slope in the mirror",
        difficulty=2,
        minutes=2,
        answer=Number(1 / 5, tolerance=2e-3),
        rivals=[
            Rival("rise-run-swapped", 5.0),
            Rival("value-for-slope", math.log(5)),
            Rival("forgot-delta", math.log(5) / 5),
            Rival(
                "sign-error",
                -5.0,
                message="A minus would mean that ln x falls there, and the mirror turns nothing "
                "upside down: eˣ climbs, and so does its image. What the mirror swaps is x and y. "
                "Five steps up for one step to the right: what does that become when up and right "
                "change places?",
            ),
            Rival(
                "sign-error",
                -1 / 5,
                message="The size is right. Your minus would mean that ln x falls there. A minus "
                "belongs to a line at a right angle; a mirror along y = x turns nothing upside "
                "down. eˣ climbs as x grows: does its mirror image climb or fall?",
            ),
        ],
        hints=[
            "A slope of 5: one step to the right, five steps up. What does the mirror make of it?",
            "The mirror swaps x and y: five steps to the right, one step up.",
            "Rise over run, with rise 1 and run 5.",
        ],
        solution="```python\n1 / 5\n```",
        why="The mirror swaps rise and run: 5 over 1 becomes 1 over 5.",
        next="And 5 is where you stand on the x-axis now. Do you see a rule coming?",
    ),
    Question(
        id="special_functions.predict_log_zero",
        title="The logarithm of nothing",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "c",
            options={"a": "it gives 0", "b": "it gives 1", "c": "it stops with an error"},
        ),
        rivals=[
            Rival(
                "ln-of-no-positive-number",
                "a",
                message="That would mean that e to the power 0 is 0. But every number to the power "
                "0 is 1. So ln of something else is 0, and here we need a power of e that is 0 "
                "itself: look at the curve of eˣ, far to the left. Does it ever arrive?",
            ),
            Rival(
                "slope-for-value",
                "b",
                message="That is the height of eˣ at x = 0. Here 0 goes into ln, so you come from "
                "the other axis: e to *which* power gives 0? Follow the curve of eˣ to the left, "
                "where it gets lower and lower. Does it ever come down to 0?",
            ),
        ],
        hints=[
            "ln asks: e to which power gives this number?",
            "Try some powers: e to −1, to −10, to −100. How small do they get?",
            "They come close to 0 and never arrive, so the question has no answer.",
        ],
        solution='The answer is **c**: `check("special_functions.predict_log_zero", "c")`.',
        why="No power of e is 0, so ln 0 has no value, and Python says so with a `ValueError`.",
        next="Keep it in mind: a chance of exactly 0 has ended many training runs.",
    ),
    Question(
        id="special_functions.predict_ninety",
        title="Ninety of what?",
        difficulty=1,
        minutes=1,
        answer=Choice("b", options={"a": "1", "b": "about 0.89", "c": "0"}),
        rivals=[
            Rival(
                "degrees-for-radians",
                "a",
                message="That is the height after 90 *degrees*, a quarter of the way around. But "
                "nobody told Python that you mean degrees. It reads 90 as a distance along the "
                "circle, in radians, and once around is about 6.28. How many rounds are 90?",
            ),
            Rival(
                "degrees-for-radians",
                "c",
                message="The height is 0 after whole and half rounds: at 0, π, 2π and so on. "
                "Python reads 90 as a distance along the circle, and one half round is about 3.14. "
                "How many half rounds are 90, and is anything left over?",
            ),
        ],
        hints=[
            "In which unit does `math.sin` expect its input?",
            "Once around is 2π, about 6.28. So 90 is many rounds.",
            "It ends neither at the top nor at the height of the start.",
        ],
        solution='The answer is **b**: `check("special_functions.predict_ninety", "b")`.',
        why="Python reads 90 as radians: fourteen rounds and a bit. There the height is 0.89.",
        next="`math.radians` turns degrees into radians. Use it at the door, then forget degrees.",
    ),
    Question(
        id="special_functions.predict_cosine",
        title="Which way does cosine go?",
        difficulty=2,
        minutes=2,
        answer=Choice("b", options={"a": "0.84", "b": "−0.84", "c": "0.54"}),
        rivals=[
            Rival("cosine-without-minus", "a"),
            Rival(
                "value-for-slope",
                "c",
                message="That is cos 1, the height of the wave there, or the slope of the *other* "
                "wave. The question asks how fast cos x changes at x = 1, the place across. Walk "
                "on from there: does the point move to the right or to the left?",
            ),
        ],
        hints=[
            "Choose cos x in the figure and put x to 1. Which way does the green arrow point?",
            "Its sideways part points to the left, so the place across shrinks.",
            "A wave that comes down from its top has a negative slope.",
        ],
        solution='The answer is **b**: `check("special_functions.predict_cosine", "b")`.',
        why="The slope of cos x is −sin x, and sin 1 is 0.84. The wave comes down from its top.",
        next="Four times in a row, sin, cos, −sin, −cos, and you are back where you began.",
    ),
    Question(
        id="special_functions.predict_sharing",
        title="One guest more",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b", options={"a": "5 times", "b": "25 times", "c": "8 times", "d": "125 times"}
        ),
        rivals=[
            Rival(
                "value-for-slope",
                "a",
                message="That compares the *pieces*: with five times as many guests a piece is a "
                "fifth. The question compares the slopes, how much one more guest takes from each "
                "piece. The power rule turns 1/x, which is x to the power −1, into another power. "
                "Which one, and what does five times the input make of it?",
            ),
            Rival(
                "difference-not-divided",
                "c",
                message="You subtracted one place from the other. How many *times* as flat asks "
                "for a quotient of two slopes. Write down the slope of 1/x by the power rule, put "
                "in both places, and divide. How many times does the one go into the other?",
            ),
            Rival(
                "second-for-first",
                "d",
                message="That belongs to the power −3, which comes out if you take the slope "
                "twice. The power rule lowers the exponent by one, and 1/x is x to the power −1. "
                "Which exponent comes out after one round, and what does it make of an input that "
                "is five times as large?",
            ),
        ],
        hints=[
            "1/x is x to the power −1. What does the power rule of chapter 05 make of it?",
            "The slope is −1/x². Put in x = 2, and then x = 10.",
            "−1/4 and −1/100: how many times does the second go into the first?",
        ],
        solution='The answer is **b**: `check("special_functions.predict_sharing", "b")`.',
        why="The slope of 1/x is −1/x². Five times the input makes x² 25 times as large, so the "
        "slope is a 25th of what it was.",
        next="In a large crowd one guest more hardly counts. Near 0 it is the other way round.",
    ),
    Question(
        id="special_functions.predict_steepest",
        title="Where σ is steepest",
        difficulty=2,
        minutes=2,
        answer=Number(0.5, tolerance=1e-3),
        rivals=[
            Rival(
                "height-for-slope",
                1.0,
                message="Near the top the first factor is as large as it gets. But the rule has a "
                "second factor, and it says how much is missing from 1. If nothing is missing any "
                "more, what is that factor, and what does it make of the product?",
            ),
            Rival(
                "place-for-value",
                0.0,
                message="As a place on the x-axis your number would be right. The question asks "
                "for the *height* of σ there, and at your height the first factor of the rule "
                "would be nothing at all. How high is σ in the middle, between its two ends?",
            ),
            Rival(
                "slope-for-value",
                0.25,
                message="That is how steep σ is at its steepest, the largest value that the "
                "product reaches. The question asks for the height at which it does so. Which "
                "number, multiplied with what is missing from 1, gives this largest value?",
            ),
        ],
        hints=[
            "Call the height s. The rule says that the slope is s(1 − s), with s from 0 to 1.",
            "Try a few heights: 0.1, 0.3, 0.5, 0.9. Where is s(1 − s) largest?",
            "The two factors add up to 1. Their product is largest when they are equal.",
        ],
        solution="```python\nmax([s / 100 for s in range(101)], key=lambda s: s * (1 - s))\n```",
        why="s(1 − s) is 0 at s = 0 and at s = 1, and the same on both sides of the middle. It is "
        "largest where both factors are equal.",
        next="Halfway between no and yes σ listens best, and near a sure answer hardly at all.",
    ),
    Question(
        id="special_functions.predict_saturation",
        title="A nudge far out",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "d",
            options={
                "a": "by 0.12 as well",
                "b": "by more, since the output is higher there",
                "c": "by about half of 0.12",
                "d": "by about 0.001",
            },
        ),
        rivals=[
            Rival(
                "average-for-instantaneous",
                "a",
                message="On a straight line the same nudge would do the same everywhere. But σ "
                "bends, and every place has a slope of its own. Look at the table above: how steep "
                "is σ in the middle, and how steep is it at x = 6?",
            ),
            Rival(
                "height-for-slope",
                "b",
                message="High does not mean steep. At x = 6 the output is almost 1, and it can "
                "never go beyond 1. So how much room is left for it to move, however hard you "
                "nudge?",
            ),
            Rival(
                "average-for-instantaneous",
                "c",
                message="Half as much would need half the slope. The table has the slope of σ in "
                "the middle, 0.2500, and further down the one at x = 6. How many times does the "
                "second go into the first, and what does that make of 0.12?",
            ),
        ],
        hints=[
            "How high is σ at x = 6? The list above says it. How much is left up to 1?",
            "The slope at 6 stands in the table: 0.0025. A nudge of 0.5 brings about half of it.",
            "Half of 0.0025 is a little more than 0.001.",
        ],
        solution='The answer is **d**: `check("special_functions.predict_saturation", "d")`.',
        why="At x = 6 the slope is 0.0025, a hundredth of that in the middle, and on the way to "
        "6.5 it shrinks further. So a nudge of 0.5 moves the output by about 0.001.",
        next="It still moves. But what can a model learn from so little?",
    ),
    Question(
        id="special_functions.1b",
        title="What is left of the coffee",
        difficulty=2,
        minutes=4,
        answer=Number(_COFFEE * math.log(_KEPT), tolerance=0.02, unit="mg per hour"),
        rivals=[
            Rival(
                "sign-error",
                -_COFFEE * math.log(_KEPT),
                message="The size is right. By your sign there would be more and more caffeine, "
                "and each hour leaves only four fifths of it. ln of a base below 1 has a sign of "
                "its own. What does Python print for `math.log(0.8)`?",
            ),
            Rival("value-for-slope", _COFFEE),
            Rival("power-rule-on-exponential", 120 * 3 * _KEPT**2),
            Rival("ratio-for-slope", math.log(_KEPT)),
            Rival("common-log-for-ln", _COFFEE * math.log10(_KEPT)),
            Rival(
                "factor-dropped",
                _KEPT**3 * math.log(_KEPT),
                message="That is the slope of 0.8ᵗ alone. The coffee began with 120 mg, and a "
                "factor in front stretches the whole curve. If there is 120 times as much of "
                "something, how many times as fast does it change?",
            ),
            Rival(
                "average-for-instantaneous",
                _COFFEE * (_KEPT - 1),
                message="A fifth of what is there: that is what goes in the whole hour from t = 3 "
                "to t = 4, so it is an average over that hour. At its beginning more goes than at "
                "its end. What does the rule for aᵗ say about the moment t = 3?",
            ),
            Rival(
                "average-for-instantaneous",
                _COFFEE * (1 - 1 / _KEPT),
                message="That is what went in the hour *before* t = 3: an average over a whole "
                "hour. In its beginning there was more caffeine, and more of it went. What does "
                "the rule for aᵗ say about the moment t = 3?",
            ),
            Rival(
                "slope-of-the-start",
                120 * math.log(_KEPT),
                message="You took the rule with the full 120 mg. That is the slope at t = 0, right "
                "after the coffee. Three hours later less is left, and the slope is in proportion "
                "to what is left. How many milligrams are there at t = 3?",
            ),
        ],
        hints=[
            "The slope of aᵗ is aᵗ ln a, and the factor 120 stays in front. What is a here?",
            "Height at t = 3, times ln 0.8. In Python, ln is `math.log`.",
            "`120 * 0.8**3 * math.log(0.8)`",
        ],
        solution="```python\nrate_1 = 120 * 0.8**3 * math.log(0.8)\n```",
        why="The slope of 120 · 0.8ᵗ is 120 · 0.8ᵗ ln 0.8. After 3 hours 61.44 mg are left, and "
        "ln 0.8 is −0.223 per hour.",
        next="Slope ÷ height stays −0.223 all day: the less there is, the less goes.",
    ),
    Question(
        id="special_functions.2",
        title="A loss with slope −4",
        difficulty=2,
        minutes=3,
        answer=Live(
            _has_wanted_slope,
            figure=Figure("special_functions.explore_cross_entropy"),
            aim="give the loss the slope −4",
            probes=[{"p": 0.25}, {"p": 0.02}, {"p": 0.5}, {"p": 0.8}],
        ),
        rivals=[
            Rival(
                "value-for-slope",
                _has_loss_for_slope,
                message="Here the loss itself is about 4: how high the curve is. The task is about "
                "its slope, and that is far below −4 at this place. The slope stands in orange "
                "above the right picture. Which way must p go, so that the curve becomes gentler?",
            ),
            Rival(
                "power-rule-on-exponential",
                lambda values: abs(values["p"] - 0.5) < 0.005,
                message="At this place −1/p² would be −4. That is the slope of 1/p, one rule "
                "further down in the recap. The loss is −ln p, and its slope has no square in it. "
                "What is the slope of ln p, and of −ln p?",
            ),
        ],
        hints=[
            "The slope of −ln p is −1/p. It stands above the right picture.",
            "Which p makes 1/p equal to 4?",
            "A quarter. Use the arrow keys for the last hundredths.",
        ],
        solution="```python\nview_2.set(p=0.25)\n```",
        why="The slope of −ln p is −1/p, and −1/0.25 is −4.",
        next="The less a model gives to the right answer, the steeper the way back.",
    ),
    Question(
        id="special_functions.3",
        title="Two at once",
        difficulty=2,
        minutes=4,
        answer=Formula("5/x + 3*sin(x)", probes=(0.4, 0.7, 1.3, 2.0, 3.5, 5.0)),
        rivals=[
            Rival("cosine-without-minus", "5/x - 3*sin(x)"),
            Rival("value-for-slope", "5*ln(x) - 3*cos(x)"),
            Rival("sign-error", "-5/x - 3*sin(x)"),
            Rival("derivative-turned-around", "5*(x*ln(x) - x) - 3*sin(x)"),
            Rival("common-log-for-ln", "5*0.4342944819/x + 3*sin(x)"),
            Rival("factor-dropped", "1/x + sin(x)"),
            Rival(
                "value-for-slope",
                "5/x - 3*cos(x)",
                message="The first part is right. The second one stands there as it was given: "
                "−3 cos x is how high that part of the curve is. A sum is differentiated term by "
                "term, all of them. What is the slope of cos x, and what does −3 do to it?",
            ),
        ],
        hints=[
            "A sum: take the slope of each part by itself, and keep the factors 5 and −3.",
            "ln x has the slope 1/x, and cos x has −sin x. Mind the two minus signs.",
            "5 times 1/x, and −3 times −sin x.",
        ],
        solution='```python\nanswer_3 = "5/x + 3*sin(x)"\n```',
        why="5 ln x gives 5/x. −3 cos x gives −3 · (−sin x), and two minus signs make a plus.",
        next="Factors and sums go through, as in chapter 05; only the pieces are new.",
    ),
    Question(
        id="special_functions.4",
        title="Waiting for a download",
        difficulty=2,
        minutes=3,
        answer=Formula("-6/x**2", probes=(0.5, 1.0, 1.5, 2.0, 3.0, 6.0)),
        rivals=[
            Rival(
                "sign-error",
                "6/x**2",
                message="The size is right. By your formula a faster connection would make you "
                "wait *longer*, since its slope is above zero. Compare 2 MB/s with 3 MB/s: how "
                "long do you wait at each of the two speeds, and which sign has the change?",
            ),
            Rival("value-for-slope", "6/x"),
            Rival("exponent-not-lowered", "-6/x"),
            Rival("derivative-turned-around", "6*ln(x)"),
            Rival(
                "average-for-instantaneous",
                "-6/(x*(x + 1))",
                message="That is the change from x to x + 1, over a whole MB/s: an average. The "
                "speed of a connection moves without jumps, and the question asks how fast the "
                "time changes right at x. What is left of your fraction when the step from x "
                "shrinks to nothing?",
            ),
        ],
        hints=[
            "Do you wait longer when the connection gets faster, or shorter? That is the sign.",
            "The slope of 1/x is −1/x², and a factor in front stays.",
            "6 times −1/x².",
        ],
        solution='```python\nanswer_4 = "-6/x**2"\n```',
        why="The factor 6 stays, and 1/x has the slope −1/x². Its unit is seconds per MB/s.",
        next="On a slow network each further MB/s saves seconds, on a fast one hardly anything.",
    ),
    Question(
        id="special_functions.5",
        title="Bug clinic: the wave that falls at 60 degrees",
        difficulty=3,
        minutes=5,
        answer=Array([_cosine(place) for place in DEGREES], tolerance=2e-3),
        rivals=[
            Rival(
                "degrees-for-radians",
                [math.cos(place) for place in DEGREES],
                message="Your numbers are cosines, and that part is right. But they belong to 30, "
                "60 and 90 *radians*: Python was given degrees and took them for a distance "
                "around the circle. Once around is about 6.28 radians or 360 degrees. Which "
                "function of `math` turns one into the other?",
            ),
            Rival(
                "degrees-for-radians",
                [math.radians(math.cos(place)) for place in DEGREES],
                message="You turned the result and not the angle. `math.cos` has to get radians, "
                "and it was given degrees, so its number was wrong before you changed it. What "
                "goes in between the brackets of `math.cos`, and where would `math.radians` stand "
                "in your line?",
            ),
            Rival(
                "units-mixed",
                [math.cos(math.degrees(place)) for place in DEGREES],
                message="You changed the unit of the angle before the cosine saw it, and in the "
                "wrong direction: 60 became more than 3,000. `math.degrees` turns radians into "
                "degrees. You have degrees, and `math.cos` wants radians. Which function of "
                "`math` goes that way?",
            ),
            Rival("value-for-slope", [_sine(place) for place in DEGREES]),
            Rival("minus-from-cosine-on-sine", [-_cosine(place) for place in DEGREES]),
            Rival(
                "units-mixed",
                [math.radians(_cosine(place)) for place in DEGREES],
                message="Your slopes are right for a wave drawn over degrees: height per *degree*. "
                "The question wants the slopes of sin x with x in radians: height per radian, "
                "which is a much longer step. Where did a factor of π / 180 get in?",
            ),
        ],
        hints=[
            "At 60 degrees the point on the circle still moves up. Can its slope be negative?",
            "What does `math.cos` think that 60 is? Turn degrees into radians first.",
            "`[math.cos(math.radians(x)) for x in degrees]`",
        ],
        solution="```python\nslopes_5 = [math.cos(math.radians(x)) for x in degrees]\n```",
        why="The slope of sin x is cos x, for x in radians. `math.radians` turns 60 into π/3, and "
        "cos π/3 is a half.",
        next="A program that runs without any complaint can still mean the wrong unit.",
    ),
    Question(
        id="special_functions.6b",
        title="A spam filter without its score",
        difficulty=2,
        minutes=3,
        answer=Number(0.9 * (1 - 0.9), tolerance=5e-4),
        rivals=[
            Rival(
                "half-of-the-sigmoid-rule",
                1 - 0.9,
                message="That is what is left above the curve, up to 1. It is one of the two "
                "factors of the rule. Far to the left nearly all is left above the curve, and yet "
                "it is as good as flat there. Which second factor is small on that side?",
            ),
            Rival("value-for-slope", 0.9),
            Rival("squashing-rules-swapped", 1 - 0.9**2),
            Rival(
                "place-for-value",
                sigmoid(0.9) * sigmoid(-0.9),
                message="You put 0.9 in as the place: that is the slope of σ at x = 0.9. Here 0.9 "
                "is how *high* the curve is, and nobody knows the place. Look at the rule once "
                "more: which of the two, place or height, does it need?",
            ),
            Rival(
                "place-for-value",
                math.log(9),
                message="That is the place: at this x the sigmoid is 0.9 high. You found it with a "
                "logarithm, and that is a good piece of work. The question asks how steep the "
                "curve is there, and the rule needs the height alone. What does it say?",
            ),
        ],
        hints=[
            "The rule for σ needs no x, if you know how high the curve is.",
            "σ′ = σ (1 − σ). What is σ here, and what is left of it up to 1?",
            "`0.9 * (1 - 0.9)`",
        ],
        solution="```python\nslope_6 = 0.9 * (1 - 0.9)\n```",
        why="σ′ = σ (1 − σ): the height 0.9, times the 0.1 that is left up to 1.",
        next="Libraries keep the height they have worked out, so this slope costs one product.",
    ),
    Question(
        id="special_functions.7",
        title="Bug clinic: a softmax that breaks",
        difficulty=3,
        minutes=8,
        answer=Function(
            lambda scores: _softmax(scores),
            probes=[
                np.array([1.0, 2.0, 3.0]),
                np.array([1001.0, 1002.0, 1003.0]),
                np.array([-1.0, 0.5]),
                np.array([1000.0, 0.0, -1000.0]),
                np.array([-2000.0, -2001.0, -2002.0]),
                np.array([0.0, 0.0, 0.0, 0.0]),
                np.array([800.0, 900.0]),
                np.array([1500.0, -300.0]),
                np.array([-900.0, -20.0, -21.0]),
            ],
            tolerance=1e-6,
        ),
        rivals=[
            Rival("exponential-overflows", _unsafe_softmax),
            Rival("exponential-overflows", raises=ArithmeticError),
            Rival(
                "exponential-overflows",
                lambda scores: np.nan_to_num(_unsafe_softmax(scores)),
                message="You replaced each `nan` by 0. The `nan`s are gone, and so are the shares: "
                "yours add up to 0 there. What went wrong happened earlier, when a power grew "
                "beyond what a computer can hold. What can you do to the scores before `np.exp` "
                "sees them, so that the shares stay?",
            ),
            Rival(
                "exponential-overflows",
                _nearly_safe_softmax(lambda scores: np.clip(scores, -700, 700)),
                message="You cut the scores off where they grow too large. Then 1001, 1002 and "
                "1003 become one and the same number, and their shares become equal. Softmax looks "
                "at differences of scores, and cutting loses those. What changes all scores and "
                "keeps their differences?",
            ),
            Rival(
                "exponential-overflows",
                _nearly_safe_softmax(lambda scores: scores - scores.min()),
                message="To take the same number away from all scores is the right idea: their "
                "differences stay. You chose the smallest one, so all the others are above 0 now, "
                "and far above where the scores lie far apart. `np.exp` runs over for large "
                "numbers alone. So which score should become 0?",
            ),
            Rival(
                "exponential-overflows",
                _nearly_safe_softmax(_divided_by_the_largest),
                message="You divided the scores. That keeps the powers small and changes the "
                "differences between the scores, and with them the shares: it works like a change "
                "of temperature. Which operation makes numbers smaller and leaves the differences "
                "between them as they are?",
            ),
            Rival("not-normalised", lambda scores: np.exp(np.subtract(scores, max(scores)))),
        ],
        hints=[
            "What is `np.exp(1003.0)`? And infinity divided by infinity?",
            "Take the same number away from all scores: every power shrinks by the same factor, "
            "and the shares stay as they are. Which number makes the largest score 0?",
            "`powers = np.exp(scores - scores.max())`, and the last line stays.",
        ],
        solution="```python\ndef mended_softmax(scores):\n"
        "    powers = np.exp(scores - scores.max())\n    return powers / powers.sum()\n```",
        why="eˣ of 710 and more is larger than any number of the computer. With the largest score "
        "taken away from all, the largest power is e to 0, which is 1, and the shares stay.",
        next="Libraries do the same. Now you know why.",
    ),
    Question(
        id="special_functions.8",
        title="A loss that never stops",
        difficulty=2,
        minutes=6,
        answer=Function(
            lambda p: -math.log(max(p, SMALLEST)),
            probes=[0.0, 0.9, 0.5, 0.01, 2e-12, 1e-12, 5e-13, 1e-15, 1e-20, 1e-300],
            tolerance=5e-3,
        ),
        rivals=[
            Rival("ln-of-no-positive-number", raises=ValueError),
            Rival(
                "ln-of-no-positive-number",
                _unsafe_loss,
                message="The task wants the same loss for *every* p below 1e-12: that of 1e-12 "
                "itself. Zero is one of them, where ln has no value. A p such as 1e-15 or 1e-300 "
                "is another: it has a logarithm, and it should not reach it. Which comparison "
                "catches all of them?",
            ),
            Rival(
                "sign-error",
                lambda p: math.log(_safe(p)),
                message="The size is right. But a logarithm of a number below 1 is negative, and a "
                "loss that should become small would run away downwards. Which sign makes it a "
                "loss: large for a wrong answer, 0 for a perfect one?",
            ),
            Rival("common-log-for-ln", lambda p: -math.log10(_safe(p))),
            Rival("slope-for-value", lambda p: -1 / _safe(p)),
            Rival(
                "ln-of-no-positive-number",
                lambda p: -math.log(p + SMALLEST),
                message="You add 1e-12 to each p, so ln never meets a 0, and many programs do so. "
                "But the task is another one: a p above 1e-12 should stay as it is, and at "
                "p = 1e-12 your sum is twice that. Which function of Python gives the larger of "
                "two numbers?",
            ),
        ],
        hints=[
            "Which inputs are too small? Replace those before the logarithm sees them.",
            "`max(p, 1e-12)` is p itself, or 1e-12 where p is smaller.",
            "`return -math.log(max(p, 1e-12))`",
        ],
        solution="```python\ndef safe_loss(p):\n    return -math.log(max(p, 1e-12))\n```",
        why="ln 0 has no value. With `max` the smallest number that ln ever gets is 1e-12, and the "
        "loss is never larger than −ln of that. The guard has a price: below 1e-12 the loss is "
        "level, so its slope is 0.",
        next="The program no longer stops. But a model that is as wrong as that gets a slope of 0 "
        "from your guard, so it learns nothing: libraries work out the loss from the scores.",
    ),
    Question(
        id="special_functions.9",
        title="Three threes",
        difficulty=2,
        minutes=4,
        answer=Formula("3*x**2 + 3**x*ln(3)", probes=(0.4, 0.7, 1.4, 2.0, 2.6, 3.5)),
        rivals=[
            Rival(
                "power-rule-on-exponential",
                "3*x**2 + x*3**(x - 1)",
                message="The first term is right. In 3ˣ the x stands above, so it is the exponent "
                "that moves, and the power rule is for a base that moves. Look at x = 0: by your "
                "formula that term would be flat there, and it climbs. Which rule is made for aˣ?",
            ),
            Rival(
                "power-rule-on-exponential",
                "3*x**2 + x*3**(x - 1) + 3*e**2",
                message="You used the power rule three times, and it fits only one of the three "
                "terms. Ask of each: where is the x? Once it stands below, once it stands above, "
                "and once there is none at all. Which rule belongs to each of the three?",
            ),
            Rival(
                "power-rule-on-constant",
                "3*x**2 + 3**x*ln(3) + 3*e**2",
                message="The first two terms are right. In the third there is no x: e is a number, "
                "about 2.718, and so is e³. Its graph is a level line. How much does a level line "
                "rise when x takes a step?",
            ),
            Rival(
                "constant-kept",
                "3*x**2 + 3**x*ln(3) + e**3",
                message="The first two terms are right. The third is not eˣ but e³: no x in it, "
                "one number, about 20. A constant lifts the graph and makes it no steeper. What is "
                "its slope?",
            ),
            Rival(
                "value-for-slope",
                "3*x**2 + 3**x",
                message="The first term is right. In the second you left 3ˣ as it is. Only one "
                "base is its own slope, and that base is e. For another base the height gets a "
                "factor: which number belongs to the base 3?",
            ),
            Rival(
                "ratio-for-slope",
                "3*x**2 + ln(3)",
                message="The first term is right. ln 3 is the factor that belongs to the base 3: "
                "slope divided by height. The slope itself grows with the height, and yours is the "
                "same everywhere. What is the height of 3ˣ, and where does it go?",
            ),
            Rival(
                "common-log-for-ln",
                "3*x**2 + 3**x*0.4771212547",
            ),
            Rival(
                "place-for-value",
                "3*x**2 + 3**x*ln(x)",
                message="The first term is right, and the second nearly. The factor behind 3ˣ "
                "belongs to the base, and the base does not move: it is one number, the same at "
                "every place. Yours changes with x. Of what must the logarithm be taken?",
            ),
            Rival("exponent-not-lowered", "3*x**3 + 3**x*ln(3)"),
            Rival("value-for-slope", "x**3 + 3**x + e**3"),
        ],
        hints=[
            "Three terms, three rules. Ask of each: where is the x?",
            "In x³ it stands below, in 3ˣ above, and in e³ there is none.",
            "3x² by the power rule, then 3ˣ times the number of its base, ln 3, then nothing.",
        ],
        solution='```python\nslope_9 = "3*x**2 + 3**x*ln(3)"\n```',
        why="x³ is a power, with slope 3x². 3ˣ is an exponential, with slope 3ˣ ln 3. And e³ is a "
        "constant, with slope 0.",
        next="The first question is never which rule you like, but where the x stands.",
    ),
    Question(
        id="special_functions.10",
        title="Two forces on one weight",
        difficulty=2,
        minutes=4,
        answer=Formula("w - 4/w", variable="w", probes=_ABOVE_ZERO, near=0),
        rivals=[
            Rival(
                "sign-error",
                "w + 4/w",
                message="Both sizes are right. But ln w stands behind a minus, and a minus is a "
                "factor of −1 that stays. As w grows, does −4 ln w rise or fall, and which sign "
                "does its slope have?",
            ),
            Rival("value-for-slope", "0.5*w**2 - 4*ln(w)"),
            Rival(
                "value-for-slope",
                "w - 4*ln(w)",
                message="The first term is right. The second one stands there as it was given: you "
                "left the logarithm alone. Only eˣ is its own slope; ln is its mirror image. What "
                "is the slope of ln w?",
            ),
            Rival(
                "ln-exp-swapped",
                "w - 4*exp(w)",
                message="The first term is right. In the second you turned ln into an exponential. "
                "The two undo each other, but neither is the slope of the other. In the mirror the "
                "slope of ln at a place is 1 over the height of the exponential there. What is "
                "that, written with w?",
            ),
            Rival("exponent-not-lowered", "w**2 - 4/w"),
            Rival("exponent-not-in-front", "0.5*w - 4/w"),
            Rival(
                "factor-dropped",
                "w - 1/w",
                message="The first term is right. In the second the 4 is gone. A factor in front "
                "of a function stretches it, and all of its slopes with it. What is four times the "
                "slope of ln w?",
            ),
            Rival(
                "factor-dropped",
                "w - 1/(4*w)",
                message="The first term is right. In the second the 4 has slipped under the bar. "
                "Four times ln w is four times as high everywhere, so its slope is four times as "
                "large, and not a quarter. Where does the 4 belong?",
            ),
            Rival(
                "factor-dropped",
                "2*w - 4/w",
                message="The second term is right. The first has lost its one half: a factor in "
                "front of a power stays, and the exponent that comes down meets it there. What is "
                "0.5 times 2?",
            ),
            Rival(
                "second-for-first",
                "w + 4/w**2",
                message="The first term is right. In the second you went one step too far: the "
                "slope of ln w is 1/w, and you took the slope of that as well. What do you get "
                "when you stop after one step?",
            ),
            Rival("derivative-turned-around", "w**3/6 - 4*(w*ln(w) - w)"),
        ],
        hints=[
            "Two terms: a power of w with a factor of 0.5, and a logarithm with a factor of −4.",
            "0.5 times 2w is the first slope. What is the slope of ln w?",
            "w from the first term, and −4 times 1/w from the second.",
        ],
        solution='```python\nslope_10 = "w - 4/w"\n```',
        why="0.5 · 2w = w, and −4 times the slope of ln w is −4/w.",
        next="At w = 2 the two forces cancel, 2 − 4/2 = 0: there the weight may rest.",
    ),
    Question(
        id="special_functions.11",
        title="Not inside, but beside",
        difficulty=3,
        minutes=5,
        answer=Formula("1/x + exp(x + 2)", probes=(0.3, 0.6, 1.3, 1.7, 2.2, 2.6)),
        rivals=[
            Rival(
                "forgotten-inner-derivative",
                "1/(5*x) + exp(x + 2)",
                message="The second term is right. In the first you used 1/x with 5x in the place "
                "of x, as if the 5 made no difference to the speed. Use the law: ln(5x) is a sum "
                "of two logarithms. Which of the two moves with x, and what is its slope?",
            ),
            Rival(
                "factor-dropped",
                "5/x + exp(x + 2)",
                message="The second term is right. In the first the 5 came out as a factor, as it "
                "would from 5 ln x. But it stands inside the logarithm, and there a factor turns "
                "into a term: ln 5 beside ln x. What does that term do to the slope?",
            ),
            Rival(
                "power-rule-on-constant",
                "1/5 + 1/x + exp(x + 2)",
                message="You split the logarithm well, and the rest is right. But ln 5 is one "
                "number, about 1.61, with no x in it. Its graph is a level line. How much does "
                "that rise when x takes a step?",
            ),
            Rival("constant-kept", "ln(5) + 1/x + exp(x + 2)"),
            Rival(
                "factor-dropped",
                "1/x + exp(x)",
                message="The first term is right. In the second e² is gone. Inside the exponent 2 "
                "is a term, but in front of eˣ it is a factor: e², more than 7. What does a factor "
                "in front do to all slopes?",
            ),
            Rival(
                "power-rule-on-exponential",
                "1/x + (x + 2)*exp(x + 1)",
                message="The first term is right. In the second you brought the exponent down, as "
                "for a power. Here it is the exponent that moves. Split it by the law: e² times "
                "eˣ. What is the slope of eˣ, and what becomes of the factor?",
            ),
            Rival(
                "power-rule-on-constant",
                "1/x + 2*e*exp(x)",
                message="The first term is right. In the second you took a slope of e² as well. "
                "But e² is a number, and here it is a factor in front of eˣ. A factor does not "
                "change when x moves. So what becomes of it?",
            ),
            Rival("value-for-slope", "ln(5*x) + exp(x + 2)"),
        ],
        hints=[
            "You have no rule for 5x inside ln, and none for x + 2 inside e. The two laws take "
            "them apart.",
            "ln(5x) = ln 5 + ln x. And e to the x + 2 is e² times eˣ. Which of these parts move?",
            "ln 5 has slope 0 and ln x has 1/x. e² stays in front of eˣ, and together they are "
            "what they were.",
        ],
        solution='```python\nslope_11 = "1/x + exp(x + 2)"\n```',
        why="ln 5 is a constant, so ln(5x) has the slope of ln x. e² is a factor, so e² · eˣ is "
        "its own slope.",
        next="ln x and ln(5x) are equally steep everywhere: one is the other, lifted by ln 5.",
    ),
    Question(
        id="special_functions.12",
        title="A bend made of two",
        difficulty=2,
        minutes=5,
        answer=Formula("6*sigmoid(x)*(1 - sigmoid(x)) - 2*(1 - tanh(x)**2)"),
        rivals=[
            Rival(
                "squashing-rules-swapped",
                "6*(1 - sigmoid(x)**2) - 2*tanh(x)*(1 - tanh(x))",
                message="Each of the two recipes is a good one, and each stands with the other "
                "function: one of σ and tanh has y(1 − y), the other 1 − y². Both slopes at x = 0 "
                "are in the lesson. Which recipe gives which?",
            ),
            Rival(
                "squashing-rules-swapped",
                "6*sigmoid(x)*(1 - sigmoid(x)) - 2*tanh(x)*(1 - tanh(x))",
                message="The term with σ is right. For tanh you used the same recipe, y(1 − y). At "
                "x = 0 tanh is 0 high, and so yours would be flat there. But there it is at its "
                "steepest. Which other recipe does the lesson give?",
            ),
            Rival(
                "squashing-rules-swapped",
                "6*(1 - sigmoid(x)**2) - 2*(1 - tanh(x)**2)",
                message="The term with tanh is right. For σ you used the same recipe, 1 − y². Far "
                "to the left σ is near 0, and so yours would be near 1 there, where the curve is "
                "as good as flat. Which other recipe does the lesson give?",
            ),
            Rival(
                "half-of-the-sigmoid-rule",
                "6*(1 - sigmoid(x)) - 2*(1 - tanh(x)**2)",
                message="The term with tanh is right. For σ you have one of two factors: what is "
                "left above the curve, up to 1. Far to the left that is nearly all, and yet the "
                "curve is as good as flat there. Which second factor is small on that side?",
            ),
            Rival(
                "exponent-not-in-front",
                "6*sigmoid(x)*(1 - sigmoid(x)) - 2*(1 - tanh(x))",
                message="The term with σ is right. In the rule for tanh the height is squared, and "
                "in yours it is not. Far to the left tanh is near −1. What does your term give "
                "there, and what should the slope of a curve be that is as good as flat?",
            ),
            Rival(
                "factor-dropped",
                "sigmoid(x)*(1 - sigmoid(x)) - (1 - tanh(x)**2)",
                message="Both recipes are right, and so is the minus between them. But the 6 and "
                "the 2 that stood in front are gone. A number in front stretches its curve, and "
                "all slopes with it. What is the slope of six times σ?",
            ),
            Rival(
                "slope-sign-lost",
                "6*sigmoid(x)*(1 - sigmoid(x)) + 2*(1 - tanh(x)**2)",
                message="Both sizes are right. But tanh stands behind a minus, and a minus is a "
                "factor of −1 that stays where it is. Which sign does the second slope have then?",
            ),
            Rival(
                "constant-kept",
                "6*sigmoid(x)*(1 - sigmoid(x)) - 2*(1 - tanh(x)**2) + 1",
            ),
            Rival("value-for-slope", "6*sigmoid(x) - 2*tanh(x) + 1"),
        ],
        hints=[
            "Three terms. The rules for σ and for tanh are in the recap of the lesson.",
            "σ′ = σ(1 − σ) and tanh′ = 1 − tanh². The factors 6 and −2 stay, and the 1 goes.",
            "6 times σ(1 − σ), minus 2 times (1 − tanh²). Type σ(x) as `sigmoid(x)`.",
        ],
        solution='```python\nslope_12 = "6*sigmoid(x)*(1 - sigmoid(x)) - 2*(1 - tanh(x)**2)"\n```',
        why="6σ gives 6σ(1 − σ), −2 tanh gives −2(1 − tanh²), and the constant gives nothing.",
        next="In the middle the slope is 6 · 0.25 − 2 · 1 = −0.5, so there this bend falls.",
    ),
]
