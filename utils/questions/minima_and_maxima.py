"""Questions of chapter 08: downhill, critical points, the second derivative, the ends."""

import math
from collections.abc import Callable

from utils.checks import Array, Choice, Figure, Function, Live, Number, Question, Rival
from utils.examples import (
    bell,
    cube,
    cubic,
    dome,
    falling_cube,
    flat_dome,
    fourth,
    loss,
    resting,
    sixth,
)
from utils.models.minima_and_maxima import (
    narrow_bowl,
    narrow_dome,
    narrow_rest,
    second_derivative,
)
from utils.models.start_here import error
from utils.slopes import Real, central_difference


def parabola(x: float) -> float:
    """The curve whose minimum the lesson asks for."""
    return x**2 - 4 * x + 5


def consumption(v: float) -> float:
    """Litres for 100 km at a steady speed of v km/h, in exercise 2."""
    return 0.002 * v**2 - 0.28 * v + 14.8


# Exercises 4 and 10: how many minutes five people waited.
WAITS = (1, 2, 2, 3, 17)


def squared_error(c: float) -> float:
    """The mean squared error of the guess c for `WAITS`."""
    return sum((wait - c) ** 2 for wait in WAITS) / len(WAITS)


def absolute_error(c: float) -> float:
    """The mean absolute error of the guess c for `WAITS`."""
    return sum(abs(wait - c) for wait in WAITS) / len(WAITS)


def cost(work: float, n: float) -> float:
    """Euros an hour for n machines, in exercises 3 and 9: waiting, and rent of 4 for each."""
    return work / n + 4 * n


def coin_loss(p: float) -> float:
    """−ln of the probability of seven heads and three tails in exercise 5."""
    return -7 * math.log(p) - 3 * math.log(1 - p)


def descend(f: Real, x: float, alpha: float, steps: int, way: Callable[[float], float]) -> float:
    """Where `steps` steps x − α · way(slope) lead."""
    for _ in range(steps):
        x = x - alpha * way(central_difference(f, x))
    return x


def _downhill(f: Real, x: float, alpha: float, steps: int) -> float:
    return descend(f, x, alpha, steps, lambda slope: slope)


def _by_value(f: Real, x: float, alpha: float, steps: int) -> float:
    for _ in range(steps):
        x = x - alpha * f(x)
    return x


def _kind(f: Real, x: float) -> int:
    """1 for a minimum, −1 for a maximum, 0 for a saddle."""
    return _by_heights(f, x, 0.01)


def _by_heights(f: Real, x: float, away: float) -> int:
    """The kind of a flat place, by the heights on both sides."""
    left, right = f(x - away) > f(x), f(x + away) > f(x)
    return 1 if left and right else -1 if not left and not right else 0


def _by_bend(f: Real, x: float) -> int:
    """The same by the second derivative, which some curves make silent."""
    bend = second_derivative(f, x)
    return 0 if abs(bend) < 0.01 else int(math.copysign(1, bend))


_STEP, _SLOPE = 0.1, 2.0 * 3

QUESTIONS = [
    Question(
        id="minima_and_maxima.predict_far",
        title="How far is it down?",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "yes, however far I go",
                "b": "yes, if I do not go too far",
                "c": "no: a minus says that the way to the right leads up",
                "d": "nobody can tell, however short the step is",
            },
        ),
        rivals=[
            Rival(
                "step-too-large",
                "a",
                message="The direction is right. But the slope was measured under your feet, and "
                "it speaks for the ground nearby. Think of a valley, and of somebody who walks "
                "across its lowest point and goes on in the same direction. What does the ground "
                "do there?",
            ),
            Rival("ascent-for-descent", "c"),
            Rival(
                "gradient-blamed",
                "d",
                message="You cannot see the curve, that is true, and far away it can do what it "
                "likes. But a slope is the limit of rise over run for steps that shrink to "
                "nothing. If the limit is −4, what sign must rise over run have once the step is "
                "short enough?",
            ),
        ],
        hints=[
            "The slope is the limit of rise over run as the step shrinks.",
            "So for a short step to the right, rise over run is close to −4. And for a long one?",
            "On w², start at −2, where the slope is −4, and compare the steps 0.1 and 5.",
        ],
        solution='The answer is **b**: `check("minima_and_maxima.predict_far", "b")`.',
        why="Rise over run comes as close to −4 as you like when the step shrinks, so a short step "
        "leads down. A long one may cross the valley and climb its other side.",
        next="The sign says which way. How far is another question, and the rule answers it, too.",
    ),
    Question(
        id="minima_and_maxima.predict_step",
        title="One step",
        difficulty=1,
        minutes=2,
        answer=Number(3 - _STEP * _SLOPE, tolerance=1e-6),
        rivals=[
            Rival("ascent-for-descent", 3 + _STEP * _SLOPE),
            Rival("step-size-left-out", 3 - _SLOPE),
            Rival("slope-left-out", 3 - _STEP),
            Rival("value-for-slope", 3 - _STEP * loss(3)),
            *(
                Rival(
                    "step-for-place",
                    sign * _STEP * _SLOPE,
                    message="That is how far the step goes: the step size times the slope. The "
                    "question asks where you stand afterwards. You start from the old place, so "
                    "the step has to be taken away from something: from which number?",
                )
                for sign in (-1, 1)
            ),
        ],
        hints=[
            "The rule has three numbers in it: the old place, the step size, and the slope there.",
            "The old place is 3, the step size 0.1, the slope 6. First multiply, then subtract.",
            "3 − 0.1 · 6",
        ],
        solution="```python\n3 - 0.1 * 6\n```",
        why="The slope at 3 is 6. A tenth of it is the length of the step, and the minus sign "
        "turns the step downhill.",
        next="The step is long where the curve is steep and short where it is flat.",
    ),
    Question(
        id="minima_and_maxima.predict_advice",
        title="Correct a sentence",
        difficulty=2,
        minutes=3,
        answer=Choice(
            "d",
            options={
                "a": "nothing else: where the slope is negative, the loss goes down",
                "b": "we look for positive derivatives",
                "c": "we look for the most negative derivative of all",
                "d": "we step against the derivative, whatever its sign, until it is 0",
            },
        ),
        rivals=[
            Rival(
                "only-negative-slopes",
                "a",
                message="Where the slope is negative, the loss goes down as you go *right*. Where "
                "it is plus, the loss goes down as you go left: such a place is as good to start "
                "from. And look at the table: is the loss small where the slope is negative?",
            ),
            Rival(
                "sign-error",
                "b",
                message="That turns the sign around and keeps the fault: a sign says which way is "
                "uphill, not whether a place is good. The table has a plus where the loss is 9. "
                "Which slope stands beside the smallest loss in the table?",
            ),
            Rival(
                "negative-read-as-small",
                "c",
                message="The most negative slope is the steepest way down, and steepest is not "
                "lowest: a steep place still has a long way to go. Find the line of the table with "
                "the most negative slope. How large is the loss there, and what is the slope where "
                "the loss is smallest?",
            ),
        ],
        hints=[
            "In which line of the table is the loss smallest, and what is the slope there?",
            "Is there a negative slope beside a loss that is large?",
            "The goal is a slope of 0. The sign says which way to go until you are there.",
        ],
        solution='The answer is **d**: `check("minima_and_maxima.predict_advice", "d")`.',
        why="A negative slope is no goal: the table has one beside its largest loss. And a "
        "positive slope is no obstacle: it says that the way down is to the left.",
        next="Gradients may be positive or negative. It is the step against them that helps.",
    ),
    Question(
        id="minima_and_maxima.predict_flat",
        title="Two flat places",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "both: the slope is 0 at 0 and at 3",
                "b": "one: the place at 3",
                "c": "one: the place at 0",
                "d": "none",
            },
        ),
        rivals=[
            Rival("flat-read-as-minimum", "a"),
            Rival(
                "flat-read-as-minimum",
                "c",
                message="The curve is flat at this place. But read the slopes on both sides of it: "
                "minus before and minus after. So the curve falls, rests for a moment, and falls "
                "on. Which sign would the slope need after a lowest place?",
            ),
            Rival(
                "sign-error",
                "d",
                message="On one of the two the curve only rests, that is true. Look at the other: "
                "read the slopes before and after it from the table. If a curve comes "
                "down to a flat place and climbs away from it, what have you found?",
            ),
        ],
        hints=[
            "Read the signs in the table from left to right, like a walk.",
            "Before a lowest place the curve falls, and after it the curve rises.",
            "Around 0 the signs are minus and minus. Around 3 they are minus and plus.",
        ],
        solution='The answer is **b**: `check("minima_and_maxima.predict_flat", "b")`.',
        why="At 3 the slope goes from minus to plus: down, flat, up. At 0 it is minus on both "
        "sides: the curve only rests on its way down.",
        next="A slope of 0 finds the candidates. The signs beside it decide.",
    ),
    Question(
        id="minima_and_maxima.predict_minimum",
        title="The smallest value",
        difficulty=1,
        minutes=2,
        answer=Number(parabola(2), tolerance=1e-3),
        rivals=[
            Rival("place-for-value", 2.0),
            Rival("slope-for-value", 0.0),
            Rival(
                "smallest-weight",
                parabola(0),
                message="That is f(0), the value at the smallest x you may have thought of. There "
                "the slope is −4, so a step to the right leads lower. The table shows a place "
                "where the slope is 0, with minus before it and plus after it. How high is f "
                "there?",
            ),
        ],
        hints=[
            "The slope is 0 at x = 2. That is where the minimum is. How low is it?",
            "Put the place into f itself, not into f′.",
            "2² − 4 · 2 + 5",
        ],
        solution="```python\n2**2 - 4 * 2 + 5\n```",
        why="f′(x) = 2x − 4 is 0 at x = 2, so that is the place. The smallest value is the height "
        "there, f(2).",
        next="A minimum has two numbers: where it is, and how low.",
    ),
    Question(
        id="minima_and_maxima.predict_silent",
        title="When f″ is silent",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "a minimum",
                "b": "a saddle, since f″ is 0",
                "c": "a maximum",
                "d": "nobody can know, since f″ is 0",
            },
        ),
        rivals=[
            Rival("silent-read-as-saddle", "b"),
            Rival(
                "sign-error",
                "c",
                message="On top of a hill every place beside you is lower. Work out x⁴ at −0.5, at "
                "0 and at 0.5. Are the two outer values lower than the one in the middle, or "
                "higher?",
            ),
            Rival(
                "silent-read-as-saddle",
                "d",
                message="The second derivative says nothing here, that is true. But it is not the "
                "only witness. The heights on both sides speak, and so do the signs of the first "
                "derivative. Which sign has 4x³ to the left of 0, and which to the right?",
            ),
        ],
        hints=[
            "How large is x⁴ at −0.5, at 0 and at 0.5?",
            "Can a fourth power be below 0?",
            "f′(x) = 4x³ is minus on the left of 0 and plus on the right.",
        ],
        solution='The answer is **a**: `check("minima_and_maxima.predict_silent", "a")`.',
        why="x⁴ is 0 at x = 0 and above 0 everywhere else. Its slope goes from minus to plus. The "
        "bowl is so flat at its bottom that the second derivative does not feel it.",
        next="If f″ is 0, ask the sign of f′ on both sides: unless the ground is level there, it "
        "answers.",
    ),
    Question(
        id="minima_and_maxima.predict_ends",
        title="The lowest place of a piece",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "at x = 3, in the valley",
                "b": "at x = −0.5, the left end",
                "c": "at x = 1, where it is flat",
                "d": "at x = 4.5, the right end",
            },
        ),
        rivals=[
            Rival("end-forgotten", "a"),
            Rival("flat-read-as-minimum", "c"),
            Rival(
                "sign-error",
                "d",
                message="An end is a good candidate, and you have one of the two. But the curve "
                "climbs from its valley all the way to this one, so the valley is lower. From the "
                "hilltop at 1, which way does the curve go when you walk to the left, and how far?",
            ),
        ],
        hints=[
            "The valley at 3 has the height 1. Is there anything lower?",
            "Left of the hilltop the curve comes from far below. How high is it at the left end?",
            "Work out f(−0.5) and compare it with 1.",
        ],
        solution='The answer is **b**: `check("minima_and_maxima.predict_ends", "b")`.',
        why="f(−0.5) is far below 0, and the valley at 3 has the height 1. The curve is steep at "
        "the end, but it stops there, so nothing on the piece is lower.",
        next="On a piece, the candidates are the critical points inside and both ends.",
    ),
    Question(
        id="minima_and_maxima.predict_newton",
        title="Along the tangent of f′",
        difficulty=2,
        minutes=2,
        answer=Number(3.0, tolerance=1e-3),
        rivals=[
            Rival(
                "ascent-for-descent",
                7.0,
                message="You went as far as you should, but the other way. At w = 5 the slope is "
                "above 0, and it grows to the right. On which side of 5 does its tangent come "
                "down to 0?",
            ),
            Rival(
                "step-for-place",
                2.0,
                message="That is how *long* the step is: the slope is 2, and it falls by 1 for "
                "each unit to the left. Where do you stand after this step, if you began at 5?",
            ),
            Rival(
                "first-for-second",
                4.8,
                message="That is the plain step with α = 0.1, which takes a tenth of the slope. "
                "Nobody chooses an α here: the tangent of f′ itself says how far to go. At which w "
                "is it 0?",
            ),
            Rival(
                "error-read-as-weight",
                1.0,
                message="1 is the smallest error, so that is how low the curve gets. The question "
                "is where you stand after the step. At which weight does f′ become 0?",
            ),
            Rival(
                "height-for-place",
                0.0,
                message="0 is the height to which you follow the tangent of f′, so that is what "
                "the slope becomes. The place is asked where this happens. At which w is it?",
            ),
        ],
        hints=[
            "How steep is the error at w = 5? Put 5 into w − 3.",
            "f′ is a straight line here. What is the tangent of a straight line?",
            "It is the line itself. Where is w − 3 equal to 0?",
        ],
        solution="```python\n5 - (5 - 3) / 1\n```",
        why="f′ is a straight line, so its tangent is f′ itself, and that is 0 at w = 3.",
        next="One step, and no α. What happens where f′ is no straight line?",
    ),
    Question(
        id="minima_and_maxima.1b",
        title="Only the slope was written down",
        difficulty=2,
        minutes=5,
        answer=Array([13.0, 1.0], tolerance=0.2, because="a picture cannot be read more exactly"),
        rivals=[
            Rival(
                "slope-for-value",
                [3.0, 0.0],
                message="You read the curve as if it were the height of the glider. But the "
                "instrument wrote down how *fast* it climbs. At minute 3 it sinks at its fastest, "
                "and a moment later it is lower still. While such a curve runs below zero, what "
                "does the height do, and when does that end?",
            ),
            Rival(
                "sign-error",
                [1.0, 13.0],
                message="Both places are well chosen, and they have changed their roles. Walk "
                "along the curve from the left: first it is above zero, so the glider climbs, and "
                "then below. Is it on a hilltop or in a valley at the place between the two? And "
                "in which order does the question ask?",
            ),
            Rival(
                "flat-read-as-minimum",
                [1.0, 8.0, 13.0],
                message="At these three places the glider neither climbs nor sinks, that is right. "
                "But the question asks for two. At one of the three the curve touches zero and "
                "turns back, so the sign is the same on both sides. What does a glider do that "
                "sinks, rests for a moment, and sinks on?",
            ),
        ],
        hints=[
            "The curve shows f′. Where it is above zero the glider climbs, below zero it sinks.",
            "Lowest: sinking before, climbing after. So f′ goes from minus to plus. Where?",
            "The curve crosses zero twice, at minute 1 and at minute 13. Which one is which?",
        ],
        solution="```python\nlowest_and_highest_1 = [13, 1]\n```",
        why="At minute 1 the sign goes from plus to minus: a hilltop. At minute 13 it goes from "
        "minus to plus: a valley. At minute 8 it is minus on both sides: a rest.",
        next="Nobody knows how high the glider was, and still you know when it was highest.",
    ),
    Question(
        id="minima_and_maxima.2",
        title="The thriftiest speed",
        difficulty=2,
        minutes=5,
        answer=Number(
            0.28 / (2 * 0.002),
            tolerance=0.01,
            unit="km/h",
            because="where f′ is 0 can be worked out exactly",
        ),
        rivals=[
            Rival("error-read-as-weight", consumption(70)),
            Rival("exponent-not-in-front", 0.28 / 0.002),
            Rival("smallest-weight", 0.0),
        ],
        hints=[
            "At the lowest place the slope is 0. What is the derivative of c?",
            "c′(v) = 0.004 v − 0.28. For which v is that 0?",
            "0.28 divided by 0.004. Check it: c should be larger on both sides.",
        ],
        solution="```python\nspeed_2 = 0.28 / 0.004\n```",
        why="c′(v) = 2 · 0.002 v − 0.28 is 0 where 0.004 v = 0.28. Slower and faster, the car "
        "needs more.",
        next="Set the derivative to 0, solve, and you have the place. Its value is another number.",
    ),
    Question(
        id="minima_and_maxima.3b",
        title="How many machines?",
        difficulty=2,
        minutes=6,
        answer=Number(15.0, tolerance=1e-3, unit="machines", near=0.4),
        rivals=[
            Rival("error-read-as-weight", cost(900, 15)),
            Rival("end-for-valley", 64.0),
            Rival(
                "smallest-weight",
                1.0,
                message="One machine has the smallest rent, but it makes everybody wait. The costs "
                "have two parts: one falls as machines are added, the other grows. Work out both "
                "for 1 and for 2 machines: does the whole grow or fall on the first step?",
            ),
            Rival(
                "exponent-not-lowered",
                900.0 / 4,
                message="That is 900 over 4, and nobody can rent so many here. It is where 900/n "
                "would be as large as 4. But you look for the place where the *slope* of the whole "
                "is 0. Write 900/n as a power of n: what does the power rule do to its exponent?",
            ),
        ],
        hints=[
            "The candidates are the flat places inside and both ends. What is the slope of 900/n?",
            "The slope is −900/n² + 4. For which n is that 0?",
            "n² = 900/4 = 225. Compare the cost there with the cost at 1 and at 64.",
        ],
        solution="```python\nmachines_3 = (900 / 4) ** 0.5\n```",
        why="c′(n) = −900/n² + 4 is 0 where n² = 225. There the costs are 120 euros, and at the "
        "ends 904 and about 270.",
        next="At the best place waiting and rent cost the same, 60 euros each.",
    ),
    Question(
        id="minima_and_maxima.4b",
        title="The best single guess",
        difficulty=2,
        minutes=6,
        answer=Number(sum(WAITS) / len(WAITS), tolerance=1e-3, near=0.05, unit="minutes"),
        rivals=[
            Rival(
                "mean-and-median-mixed",
                2.0,
                message="That is the number in the middle of the five, and the most frequent one. "
                "But this loss squares each miss, so the 17 pulls with all its might. Measure the "
                "slope of the loss at your guess: is it 0, or can you still go down?",
            ),
            Rival(
                "average-of-values",
                (min(WAITS) + max(WAITS)) / 2,
                message="That is halfway between the smallest number and the largest one. The "
                "three others had no say in it, though the loss counts all five. Measure the slope "
                "of the loss at your guess: is it 0, and if not, which way is down?",
            ),
            Rival("error-read-as-weight", squared_error(5)),
            Rival(
                "forgotten-mean",
                float(sum(WAITS)),
                message="You added up all the numbers. A guess of that size lies far above every "
                "one of them, so each miss is large. Where the slope of the loss is 0, the misses "
                "above and below cancel. What has to be done with the sum, so that they do?",
            ),
            Rival("smallest-weight", 1.0),
        ],
        hints=[
            "Five squares, each like (1 − c)². What is the slope of one of them, in c?",
            "It is −2(1 − c). Add up all five, and set the sum to 0: where is that?",
            "1 + 2 + 2 + 3 + 17 must be as large as 5c.",
        ],
        solution="```python\nguess_4 = (1 + 2 + 2 + 3 + 17) / 5\n```",
        why="The slope of the mean is −2/5 times the sum of all five misses. It is 0 where the "
        "misses above and below cancel, and that is the mean, 5.",
        next="So the mean is more than a habit: it stands at the bottom of the squared error.",
    ),
    Question(
        id="minima_and_maxima.5b",
        title="How fair is this coin?",
        difficulty=3,
        minutes=7,
        answer=Number(0.7, tolerance=1e-3, near=0.005),
        rivals=[
            Rival(
                "counts-swapped",
                0.3,
                message="That is the share of tails. Your two terms have changed places: p is the "
                "probability of *heads*, and the seven heads stand in front of its logarithm. "
                "Which of the two counts belongs to ln p, and which one to ln(1 − p)?",
            ),
            Rival(
                "forgotten-inner-derivative",
                1.75,
                message="No probability is as large as that. It comes out if both slopes carry a "
                "minus. But in the second logarithm stands 1 − p, which *shrinks* when p grows: an "
                "inner slope of −1. What does that do to the sign of the second term?",
            ),
            Rival(
                "guess-for-fit",
                0.5,
                message="That is a fair coin, and it is a guess from before the data. The loss "
                "tells how badly a p fits to seven heads and three tails. Measure its slope at "
                "one half: is it 0, or does the loss still fall to one side?",
            ),
            Rival("error-read-as-weight", coin_loss(0.7)),
            Rival(
                "odds-for-share",
                7.0 / 3,
                message="That is seven over three: how many heads there are for each tail. A "
                "probability lies between 0 and 1. In the equation for slope 0, one side has p "
                "below the bar and the other side 1 − p. What do you get if you multiply by both?",
            ),
        ],
        hints=[
            "What is the slope of −7 ln p? And that of −3 ln(1 − p), with the chain rule?",
            "The slope is −7/p + 3/(1 − p). Where it is 0, both parts have the same size.",
            "7(1 − p) = 3p, so 7 = 10p.",
        ],
        solution="```python\np_5 = 7 / 10\n```",
        why="The slope is −7/p + 3/(1 − p), and it is 0 where 7(1 − p) = 3p. Left of 0.7 it is "
        "minus, right of it plus: a minimum.",
        next="The share that was seen is the probability that fits best. You have trained a model "
        "with one weight, without a single step.",
    ),
    Question(
        id="minima_and_maxima.6b",
        title="When did it sink fastest?",
        difficulty=2,
        minutes=4,
        answer=Number(
            3.0,
            tolerance=0.2,
            unit="minutes",
            because="a picture cannot be read more exactly",
        ),
        rivals=[
            Rival(
                "height-for-slope",
                13.0,
                message="That is when the glider was *lowest*. There its curve is flat: it neither "
                "sinks nor climbs. The question asks when it sank fastest. How low it is and how "
                "fast it goes down are two things: where is the climb rate as far below zero as it "
                "gets?",
            ),
            Rival(
                "height-for-slope",
                1.0,
                message="That is when the glider was *highest*. There its climb rate is 0, so it "
                "does not sink yet. The question asks when it sank fastest: where is the curve of "
                "the climb rate as far below zero as it gets?",
            ),
            Rival(
                "second-for-first",
                0.0,
                message="There the curve in the picture falls most steeply, but it is above zero, "
                "so the glider climbs. A steep climb rate changes quickly; that is f″. Sinking "
                "fast means that f′ itself is far below zero: where is it lowest?",
            ),
            Rival(
                "local-for-global",
                11.5,
                message="Here the glider sinks, and a little later and a little earlier it sinks "
                "more slowly. So it is a candidate. But the picture has another place like it. "
                "Read the climb rate at both: where is it further below zero?",
            ),
            Rival(
                "flat-read-as-minimum",
                8.0,
                message="At minute 8 the climb rate is 0: the glider rests for a moment in its "
                "descent. That is the opposite of sinking fast. Read the scale at the left: how "
                "many metres per second does it lose there, and where does it lose most?",
            ),
        ],
        hints=[
            "Sinking means that f′ is below zero. Sinking fastest means that f′ is lowest.",
            "The curve has two dips below zero. Which of them is deeper?",
            "The deeper dip has its lowest place at minute 3.",
        ],
        solution="```python\nfastest_6 = 3\n```",
        why="At minute 3 the climb rate has its lowest value, −5 m/s. There f′ is flat, so f″ is "
        "0: a point of inflection of the height.",
        next="For the extremes of f you look where f′ is 0, and for those of f′ where f″ is 0.",
    ),
    Question(
        id="minima_and_maxima.7",
        title="Bug clinic: we look for negative derivatives",
        difficulty=3,
        minutes=8,
        answer=Function(
            _downhill,
            probes=[
                (loss, 3.0, 0.1, 5),
                (loss, -2.0, 0.1, 4),
                (cubic, 2.0, 0.05, 4),
                (cubic, 3.5, 0.05, 3),
                (error, 5.0, 0.3, 3),
                (error, 1.0, 0.3, 1),
                (math.sin, 1.0, 0.2, 3),
            ],
            tolerance=1e-4,
        ),
        rivals=[
            Rival(
                "only-negative-slopes",
                lambda f, x, alpha, steps: descend(f, x, alpha, steps, lambda m: min(m, 0.0)),
            ),
            Rival(
                "only-negative-slopes",
                lambda f, x, alpha, steps: descend(f, x, alpha, steps, lambda m: -min(m, 0.0)),
            ),
            Rival(
                "ascent-for-descent",
                lambda f, x, alpha, steps: descend(f, x, alpha, steps, lambda m: -m),
            ),
            Rival(
                "slope-sign-lost",
                lambda f, x, alpha, steps: descend(f, x, alpha, steps, abs),
                message="Your steps have the right length and all go to the left. But from some "
                "places the way down is to the right. The sign of the slope knows which: what "
                "happens in your line when the slope is minus, and what should happen?",
            ),
            Rival(
                "one-step-too-many",
                lambda f, x, alpha, steps: _downhill(f, x, alpha, steps + 1),
            ),
            Rival(
                "one-step-too-many",
                lambda f, x, alpha, steps: _downhill(f, x, alpha, steps - 1),
            ),
            Rival(
                "one-step-too-many",
                lambda f, x, alpha, steps: _downhill(f, x, alpha, 1),
                message="Your function takes its first step well and then gives back where it "
                "stands, however many steps were asked. A `return` ends a function at once, even "
                "in the middle of a loop. How far is your `return` indented, and should it be "
                "reached before the loop is over?",
            ),
            Rival(
                "slope-left-out",
                lambda f, x, alpha, steps: descend(
                    f, x, alpha, steps, lambda m: math.copysign(1.0, m) if m else 0.0
                ),
                message="Your steps go the right way, and all of them are equally long: only the "
                "sign of the slope is left in them. So the walk cannot slow down near the bottom. "
                "The slope has a size too: where does it belong in your line?",
            ),
            Rival("step-size-left-out", lambda f, x, alpha, steps: _downhill(f, x, 1.0, steps)),
            Rival("value-for-slope", _by_value),
        ],
        hints=[
            "From 3 the code never moves. Which line keeps it from taking a step?",
            "From −2 it moves away from 0. With a negative slope, which way does "
            "`x + alpha * slope` go?",
            "No `if` at all, and one rule: `x = x - alpha * slope`.",
        ],
        solution="```python\ndef descend(f, x, alpha, steps):\n    for _ in range(steps):\n"
        "        slope = central_difference(f, x)\n        x = x - alpha * slope\n"
        "    return x\n```",
        why="The `if` threw every positive slope away, and the plus sign sent the ball uphill. A "
        "step against the slope needs no case for its sign: the minus does both.",
        next="These few lines train every network. Chapter 11 will give them their name.",
    ),
    Question(
        id="minima_and_maxima.8",
        title="Minimum, maximum or saddle?",
        difficulty=3,
        minutes=8,
        answer=Function(
            _kind,
            probes=[
                (loss, 0.0),
                (dome, 0.0),
                (cube, 0.0),
                (fourth, 0.0),
                (flat_dome, 0.0),
                (sixth, 0.0),
                (falling_cube, 0.0),
                (cubic, 1.0),
                (cubic, 3.0),
                (resting, 0.0),
                (resting, 3.0),
                (narrow_bowl, 0.0),
                (narrow_dome, 0.0),
                (narrow_rest, 0.0),
            ],
            near=0,
        ),
        rivals=[
            Rival(
                "step-too-large",
                lambda f, x: _by_heights(f, x, 1.0),
                message="You compare with places that lie too far away. Between them and x the "
                "curve may turn once more, and then they belong to another hill or valley, as on "
                "x⁴ − 2x² at 0. Minimum and maximum are told apart by the nearest ground. How "
                "close to x can you look?",
            ),
            Rival("silent-read-as-saddle", _by_bend),
            Rival(
                "sign-error",
                lambda f, x: -_kind(f, x),
                message="You told all kinds apart, and gave minimum and maximum each other's "
                "number. Before a valley the curve falls, so the slope is minus there, and "
                "plus after it. Which of the two should give 1?",
            ),
            Rival("flat-read-as-minimum", lambda f, x: 1),
        ],
        hints=[
            "Take the slope a little to the left, at `x - 0.01`, and a little to the right.",
            "Minus then plus: 1. Plus then minus: −1. Twice the same: 0.",
            "`if left < 0 < right: return 1`, and two more cases.",
        ],
        solution="```python\ndef kind(f, x):\n    left = central_difference(f, x - 0.01)\n"
        "    right = central_difference(f, x + 0.01)\n    if left < 0 < right:\n        return 1\n"
        "    if left > 0 > right:\n        return -1\n    return 0\n```",
        why="The signs of f′ on both sides decide, whatever the second derivative says. For x⁴ it "
        "is 0 at the bottom, and the signs are still minus and plus.",
        next="Your function reads a sign chart, one place at a time.",
    ),
    Question(
        id="minima_and_maxima.9",
        title="More work for the machines",
        difficulty=2,
        minutes=5,
        answer=Number(cost(40_000, 64), tolerance=0.01, unit="euros", near=0.6),
        rivals=[
            Rival(
                "end-forgotten",
                cost(40_000, 100),
                message="That would be the cost at the flat place. But look where this place lies: "
                "there are not so many machines in the room. On the piece that you have, the "
                "slope has the same sign everywhere. Which of its ends is then the lowest place, "
                "and what does it cost?",
            ),
            Rival("place-for-value", 64.0),
            Rival("place-for-value", 100.0),
            Rival(
                "sign-error",
                cost(40_000, 1),
                message="That is what the other end costs, and it is the highest place of all. On "
                "the whole piece the slope of the costs is below zero. Does every further machine "
                "then make the sum larger or smaller, and at which end do you arrive?",
            ),
            Rival(
                "old-optimum-kept",
                cost(40_000, 15),
                message="That is the price of the old number of machines under the new work. The "
                "first part of the costs has grown a lot, and the best place moves with it. Set "
                "the new slope to 0 again: where is that, and does it lie within the room?",
            ),
        ],
        hints=[
            "The slope is −40 000/n² + 4 now. Where is it 0, and are there so many machines?",
            "It is 0 at n = 100, beyond the end. What sign does the slope have from 1 to 64?",
            "Minus everywhere, so more is better: put n = 64 into the costs.",
        ],
        solution="```python\nbest_9 = 40_000 / 64 + 4 * 64\n```",
        why="The flat place, n = 100, lies outside. On the whole piece the slope is below zero, so "
        "the right end wins, with 625 + 256 euros.",
        next="When an end wins, the slope there tells about what one more machine would be worth.",
    ),
    Question(
        id="minima_and_maxima.10",
        title="The same numbers, another loss",
        difficulty=3,
        minutes=7,
        answer=Number(2.0, tolerance=1e-3, near=0.02, unit="minutes"),
        rivals=[
            Rival("mean-and-median-mixed", sum(WAITS) / len(WAITS)),
            Rival(
                "average-of-values",
                (min(WAITS) + max(WAITS)) / 2,
                message="That is halfway between the smallest number and the largest one. The "
                "three others had no say in it, though the loss counts all five. Count how many "
                "of the numbers lie below your guess and how many above: which way is down?",
            ),
            Rival("error-read-as-weight", absolute_error(2)),
            Rival("smallest-weight", 1.0),
        ],
        hints=[
            "Draw the loss, or measure its slope at 1.5, at 2.5 and at 3.5. Is it 0 anywhere?",
            "A slope can jump over 0 without being 0. That happens at a corner: at which one?",
            "The slope is −0.6 before this corner and 0.2 after it, and two of the five numbers "
            "stand on it.",
        ],
        solution="```python\nguess_10 = sorted([1, 2, 2, 3, 17])[2]\n```",
        why="Each number below the guess pulls with 1/5 and each one above with −1/5, however far "
        "away it is. The signs change at the middle number, the median, and there is a corner.",
        next="The 17 may be a 1700: this guess stays where it is. That is why some models are "
        "trained with absolute errors.",
    ),
    Question(
        id="minima_and_maxima.11",
        title="Falling, but more and more slowly",
        difficulty=2,
        minutes=4,
        answer=Live(
            lambda values: values["x"] > 1.05,
            figure=Figure("minima_and_maxima.explore_second_derivative", {"f": bell}),
            aim="a place where the bell falls, and falls more and more slowly",
            probes=[{"x": 2.0}, {"x": 0.5}, {"x": -0.5}, {"x": -2.0}, {"x": 0.0}],
        ),
        rivals=[
            Rival(
                "first-for-second",
                lambda values: 0.05 < values["x"] < 0.95,
                message="The bell falls here, that half is done. But look at the curve on the "
                "right: a little further on, the slope is even further below zero, so the bell "
                "falls faster and faster. It is to become less steep on its way down. Which sign "
                "must the slope of the slope have?",
            ),
            Rival(
                "slope-sign-lost",
                lambda values: values["x"] < -0.05,
                message="Here the bell climbs as you go to the right: the curve of its slopes is "
                "above zero. First you need a place where it falls. Of those, take one from where "
                "on it falls less and less. On which side of the top do you have to look?",
            ),
            Rival(
                "flat-read-as-minimum",
                lambda values: abs(values["x"]) <= 0.05,
                message="This is the top of the bell. It is flat there, so the bell neither climbs "
                "nor falls at this place. And a little to the right it begins to fall faster and "
                "faster. Where does the slope stop going down and begin to come back to zero?",
            ),
        ],
        hints=[
            "Falling means that f′ is below zero: the right half of the bell.",
            "More and more slowly means that f′ comes back up towards zero. What is f″ then?",
            "f″ must be above zero: go past the lowest place of the curve on the right.",
        ],
        solution="```python\nview_11.set(x=2)\n```",
        why="From x = 1 on f′ is below zero and rises, so f″ is above zero: the bell falls, and "
        "bends up.",
        next="A healthy training curve looks like this: the loss falls, and falls more and more "
        "slowly.",
    ),
]
