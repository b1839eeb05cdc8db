"""Questions of chapter 08: downhill, critical points, the second derivative, the ends."""

import math
from collections.abc import Callable

from utils.checks import Array, Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.examples import cube, cubic, dome, falling_cube, flat_dome, fourth, loss, resting, sixth
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


def _near(values: dict, name: str, place: float) -> bool:
    return abs(values[name] - place) < 0.01


_STEP, _SLOPE = 0.1, 2.0 * 3
_ENDS = (0.0, 4.5)

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
        id="minima_and_maxima.1",
        title="Where is it flat?",
        difficulty=1,
        minutes=4,
        answer=Array([1.0, 3.0], tolerance=1e-3, count_told=False),
        rivals=[
            Rival("error-read-as-weight", [cubic(1), cubic(3)]),
            Rival("second-for-first", [2.0]),
            Rival(
                "slope-for-value",
                [9.0, 0.0, -3.0, 0.0, 9.0, 24.0],
                message="Those are the six slopes, well measured, in order. Flat means that the "
                "slope is 0, and the question asks *where* that is: for places, not for slopes. "
                "Which x belong to the zeros of your list?",
            ),
            Rival(
                "slope-for-value",
                [0.0, 0.0],
                message="That is how steep the curve is at the flat places. The question asks "
                "where they are: which numbers did you put in, so that a slope of 0 came out?",
            ),
        ],
        hints=[
            "Measure the slope at each of the six places: `central_difference(f, x)`.",
            "Flat means that the slope is 0. In which two lines is it?",
            "The answer holds the two x, not the slopes and not the heights: `[..., ...]`",
        ],
        solution="```python\nfor x in range(6):\n"
        '    print(f"x = {x}: slope {central_difference(f, x):6.2f}")\nflat_1 = [1, 3]\n```',
        why="The six slopes are 9, 0, −3, 0, 9 and 24, so the curve is flat at 1 and at 3. Plus, "
        "0, minus: a maximum at 1. Minus, 0, plus: a minimum at 3.",
        next="Two flat places, and the signs around them say that they are of two kinds.",
    ),
    Question(
        id="minima_and_maxima.2",
        title="The thriftiest speed",
        difficulty=1,
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
        id="minima_and_maxima.3",
        title="It stays, but it is not at the bottom",
        difficulty=2,
        minutes=3,
        answer=Live(
            lambda values: _near(values, "x0", 1),
            figure=Figure("minima_and_maxima.explore_ball", {"f": cubic}),
            aim="a start from which the ball never moves, and not at the bottom",
            probes=[
                {"x0": 1.0, "guess": "it stays", "steps": 3.0, "alpha": 0.02},
                {"x0": 3.0, "guess": "it stays", "steps": 3.0, "alpha": 0.02},
                {"x0": 4.0, "guess": "left", "steps": 3.0, "alpha": 0.02},
            ],
        ),
        rivals=[
            Rival(
                "flat-read-as-minimum",
                lambda values: _near(values, "x0", 3),
                message="The ball stays here, that half is done. But this is the bottom of the "
                "valley, where it belongs. The task asks for a place from which it could still go "
                "down and does not. Where else is the slope 0?",
            ),
            Rival(
                "height-for-slope",
                lambda values: _near(values, "x0", 4),
                message="This place is as high as the hilltop, but it is steep. Take a step and "
                "watch: the ball does not stay. What must the slope be, so that a step of any "
                "size leads nowhere?",
            ),
        ],
        hints=[
            "The ball does not move where the slope is 0.",
            "Your list of exercise 1 has two such places. One of them is the valley.",
            "Put the start on the other one and take a step: the ball stays.",
        ],
        solution="```python\nview_3.set(x0=1, steps=3)\n```",
        why="At x = 1 the slope is 0, so every step has the length 0. But it is a hilltop. A slope "
        "of 0 stops the ball, wherever that is.",
        next="A ball that stands still tells you that it is flat, and no more.",
    ),
    Question(
        id="minima_and_maxima.4",
        title="The slope of the slope",
        difficulty=2,
        minutes=4,
        answer=Formula("6*x - 12"),
        rivals=[
            Rival("first-for-second", "3*x**2 - 12*x + 9"),
            Rival("value-for-slope", "x**3 - 6*x**2 + 9*x + 1"),
            Rival("constant-kept", "6*x - 12 + 9"),
            Rival("exponent-not-in-front", "3*x - 12"),
        ],
        hints=[
            "First f′, by the power rule: 3x² − 12x + 9.",
            "Now take the derivative of that, term by term.",
            "3x² gives 6x, −12x gives −12. And what does the constant 9 give?",
        ],
        solution='```python\nsecond_4 = "6*x - 12"\n```',
        why="f′(x) = 3x² − 12x + 9, and its derivative is 6x − 12. At 1 it is −6: a maximum. At 3 "
        "it is 6: a minimum.",
        next="Minus before 2 and plus after it: first a dome, then a bowl.",
    ),
    Question(
        id="minima_and_maxima.5",
        title="The highest water",
        difficulty=2,
        minutes=5,
        answer=Number(cubic(_ENDS[1]), tolerance=1e-3, unit="m", near=0.05),
        rivals=[
            Rival("end-forgotten", cubic(1)),
            Rival("place-for-value", _ENDS[1]),
            Rival("place-for-value", 1.0),
            Rival("slope-for-value", 3 * _ENDS[1] ** 2 - 12 * _ENDS[1] + 9),
        ],
        hints=[
            "Which places can be the highest? The flat ones between the ends, and the ends.",
            "That makes four: t = 0, 1, 3 and 4.5. How high is the water at each?",
            "`[f(t) for t in [0, 1, 3, 4.5]]`. Which of the four is largest?",
        ],
        solution="```python\nhighest_5 = max(f(t) for t in [0, 1, 3, 4.5])\n```",
        why="The candidates are the flat places 1 and 3 and the ends 0 and 4.5. The hilltop "
        "has 5 m. The end is higher, although the water is far from level there.",
        next="f′ = 0 finds hilltops and valleys. The ends have to be asked by themselves.",
    ),
    Question(
        id="minima_and_maxima.6",
        title="Where does it fall fastest?",
        difficulty=2,
        minutes=4,
        answer=Live(
            lambda values: _near(values, "x", 2),
            figure=Figure("minima_and_maxima.explore_second_derivative", {"f": cubic}),
            aim="find the place where the curve falls fastest",
            probes=[{"x": 2.0}, {"x": 1.0}, {"x": 3.0}, {"x": 0.0}, {"x": 4.0}],
        ),
        rivals=[
            Rival(
                "height-for-slope",
                lambda values: _near(values, "x", 1) or _near(values, "x", 3),
                message="This is the hilltop or the valley: an extreme height, and flat. The task "
                "asks for an extreme *slope*, the steepest way down. Look at the right picture, "
                "which shows the slopes: where is that curve at its lowest?",
            ),
            Rival(
                "slope-sign-lost",
                lambda values: _near(values, "x", 0) or _near(values, "x", 4),
                message="It is steep here, and it goes up. The task asks for the steepest way "
                "*down*, so the slope must be minus and as far below zero as it gets. Where is the "
                "curve on the right at its lowest?",
            ),
        ],
        hints=[
            "The right picture shows the slope at every x. Falling means below zero.",
            "Falls fastest: there the curve on the right is at its lowest.",
            "At the lowest place of f′ its own slope is 0. So f″ must be 0.",
        ],
        solution="```python\nview_6.set(x=2)\n```",
        why="f′ has its smallest value, −3, at x = 2. There the slope of f′ is 0: f″(2) = 0. The "
        "largest value of f and the largest slope of f are questions about two different curves.",
        next="To find the steepest place of f, look for the flat place of f′.",
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
]
