"""Questions of chapter 03: limits, both sides of a point, and steps that are too small."""

from collections.abc import Sequence
from itertools import pairwise
from math import sin

from utils.checks import Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.examples import card_cube, card_error, card_square, height, ramp, square
from utils.functions import Real
from utils.models.limits import CUBE, cube
from utils.slopes import central_difference, difference_quotient


def corner(f: Real, x: float, h: float) -> float:
    """Slope from the right minus slope from the left."""
    return difference_quotient(f, x, h) - difference_quotient(f, x, -h)


# Exercise 1: a speed camera takes its first picture at this second, and another one later.
TICK, PAUSE = 4.0, 0.2


def metres(t: float) -> float:
    """Where the car is after t seconds."""
    return 1.5 * t**2


CAMERA = difference_quotient(metres, TICK, PAUSE)
NEEDLE = 3.0 * TICK

CLOSE = 0.1  # how close to the hole exercise 2 wants the slope

FAR, GOOD_ENOUGH, MIDDLE_OF_V = 100.0, 1e-6, 3e-4  # exercise 7: the place, the goal, the bottom


def _missed_far(values: dict[str, float]) -> float:
    """The error of the central difference in the figure of exercise 7."""
    return abs(central_difference(CUBE, FAR, values["h"]) - CUBE.derivative(FAR))


def _deep(values: dict[str, float]) -> bool:
    return _missed_far(values) < GOOD_ENOUGH


def _is_close(h: float) -> bool:
    return 0 < h < CLOSE + 0.01


def _rates(values: Sequence[float], step: float, steps: float) -> list[float]:
    """For each inner value: its right neighbour minus its left one, over so many steps."""
    pairs = zip(values, values[2:], strict=False)
    return [(after - before) / (steps * step) for before, after in pairs]


def central_difference_of_card(f: Real, x: float) -> float:
    """The slope of a function that keeps seven digits: its best step is near their cube root."""
    return central_difference(f, x, 0.005)


_DROWNED = (
    "Your slopes are 0 everywhere, as if all curves were level. The card keeps seven digits, so it "
    "rounds x and x plus your step to the same number: the step drowns, as 1e-16 did in the "
    "lesson. How long must a step be, so that it is still seen at the seventh digit?"
)

_TOO_SHORT = (
    "Your slopes scatter around the right ones. The step would suit Python, which keeps sixteen "
    "digits, but the card keeps seven, so most of your small rise is rounding. The V of the lesson "
    "has moved. To which side, and what does the rule √ε or ∛ε say, when ε is about 1e-7?"
)

_QUOTIENT_PROBES = [
    (1.0, 0.5), (2.0, 0.1), (-1.5, 0.25), (3.0, -0.5), (0.5, 2.0),
    (1.0, 0.0), (2.0, 0.0), (-1.5, 0.0), (3.0, 0.0),
]  # fmt: skip

QUESTIONS = [
    Question(
        id="limits.predict_far_away",
        title="Fifty times as steep",
        difficulty=2,
        minutes=1,
        answer=Choice(
            "c",
            options={
                "a": "by 10, since 0.1 times 100 is 10",
                "b": "by 5, since 200 is fifty times 4",
                "c": "by 0.1, as at x = 2",
                "d": "not at all",
            },
        ),
        rivals=[
            Rival(
                "place-for-step",
                "a",
                message="You multiplied the step by the place. Take the slope by hand: the height "
                "at 100 is 10,000 and the height at 100.1 is 10,020.01. Divide their difference by "
                "the step. How far from 200 does that end?",
            ),
            Rival(
                "height-for-slope",
                "b",
                message="The curve is fifty times as steep out there, that is true. But a secant "
                "misses because the slope *changes* within the step, however large it is. On x² "
                "each step of 1 to the right adds 2 to the slope. Does that depend on the place?",
            ),
            Rival(
                "average-for-instantaneous",
                "d",
                message="A step of 0.1 is a stretch, and the curve bends on it, far out as well as "
                "at x = 2. So its slope is an average and misses by something. What are the two "
                "heights, 100² and 100.1², and what does their difference give, divided by 0.1?",
            ),
        ],
        hints=[
            "Make a new cell: `difference_quotient(square, 100, 0.1)`.",
            "In chapter 02 the slope at 3 was 6 and a little more, and the little more was h.",
            "(100 + 0.1)² is 10,000 + 20 + 0.01. Take 10,000 away and divide by 0.1.",
        ],
        solution='```python\ncheck("limits.predict_far_away", "c")\n```',
        why="The slope of x² from 100 to 100.1 is 200.1: twice the place, and the step on top of "
        "it. So it misses by the step, wherever you stand.",
        next="A growing square will show why, and for other curves the place does matter.",
    ),
    Question(
        id="limits.predict_hole",
        title="A number in the hole",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "1",
                "b": "4",
                "c": "there is none, since the fraction would be 0 over 0",
            },
        ),
        rivals=[Rival("limit-read-as-value", "a"), Rival("h-is-zero", "c")],
        hints=[
            "Leave out x = 2 itself. What are g(1.9) and g(2.1), about?",
            "Call `g(1.99)` and `g(2.01)` in a new cell.",
            "Both sides lead to the same number, and it is not the one that stands at 2.",
        ],
        solution="The answer is **b**:\n\n```python\ng(1.999), g(2.001)\n```",
        why="A limit looks at places near 2, on both sides, and never at 2 itself.",
        next="Fill a hole with what you like: the limit does not notice.",
    ),
    Question(
        id="limits.predict_central",
        title="Halfway between two slopes",
        difficulty=2,
        minutes=1,
        answer=Choice(
            "c",
            options={
                "a": "by 0.1 as well",
                "b": "by half of that",
                "c": "not at all",
            },
        ),
        rivals=[
            Rival(
                "one-side-only",
                "a",
                message="Each *single* side misses by 0.1, and that is what you kept. But one of "
                "them is too large and the other is too small. Write both numbers on a line with 4 "
                "between them. Where does their mean fall?",
            ),
            Rival(
                "one-side-only",
                "b",
                message="You halved the error of one side, and the mean does halve it. But the "
                "other side brings half of its error too, and that one has the other sign. What "
                "do the two halves make together?",
            ),
        ],
        hints=[
            "The slope from the right is 4 + 0.1. What is the one from the left?",
            "The mean is the sum of the two, divided by 2.",
            "One error is +0.1, the other −0.1. What is the mean of the errors?",
        ],
        solution="The answer is **c**:\n\n```python\n(4.1 + 3.9) / 2\n```",
        why="The errors have opposite signs and the same size, so they cancel in the mean.",
        next="For x² they cancel for every step, long or short. Try it in the cell below.",
    ),
    Question(
        id="limits.predict_hundred",
        title="The error of the central difference",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c", options={"a": "half of 0.01", "b": "0.001", "c": "0.0001", "d": "exactly 0"}
        ),
        rivals=[
            Rival(
                "step-not-used",
                "a",
                message="Half would be a small step forward. Look at the two errors that were "
                "printed, 1 and 0.01: a step ten times shorter did much more to the error than "
                "halve it. How many times smaller is the second error than the first?",
            ),
            Rival(
                "one-side-only",
                "b",
                message="Ten times smaller: so does the error of *one* side shrink. Here are both "
                "sides in one, and the two errors that were printed tell another story: 1 and "
                "0.01. How many times smaller is the second?",
            ),
            Rival(
                "limit-read-as-value",
                "d",
                message="It is exact for x², and that was luck of the curve. For x³ it missed by 1 "
                "and by 0.01, so something remains for every step that is not 0. How did the "
                "error change when the step became ten times smaller?",
            ),
        ],
        hints=[
            "From h = 1 to h = 0.1, the error went from 1 to 0.01.",
            "How many times smaller is 0.01 than 1?",
            "A hundred times smaller once more: 0.01 divided by 100.",
        ],
        solution="The answer is **c**:\n\n```python\n0.01 / 100\n```",
        why="The error is h times h: a tenth of the step makes a hundredth of the error.",
        next="Two calls of f, as for the forward difference, and a hundred times more for each "
        "tenth of the step.",
    ),
    Question(
        id="limits.predict_relu",
        title="The corner of ReLU",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "d", options={"a": "0", "b": "1", "c": "0.5, the middle", "d": "there is none"}
        ),
        rivals=[
            Rival(
                "one-side-only",
                "a",
                message="That is where the slopes from the *left* lead: there ReLU is level. A "
                "limit has to be met from both sides. Take a small step to the right of 0, where "
                "ReLU gives back x itself. What is the slope over that step?",
            ),
            Rival(
                "one-side-only",
                "b",
                message="That is where the slopes from the *right* lead: there ReLU gives back x "
                "itself. A limit has to be met from both sides. Take a small step to the left of "
                "0, where ReLU gives back 0. What is the slope over that step?",
            ),
            Rival("mean-of-sides", "c"),
        ],
        hints=[
            "Stand at 0 and take a small step to the right. How much does ReLU rise over it?",
            "Now a small step to the left. What is the slope there?",
            "A limit exists where both sides lead to one number. Do they?",
        ],
        solution="The answer is **d**:\n\n```python\ndifference_quotient(relu, 0, -0.001), "
        "difference_quotient(relu, 0, 0.001)\n```",
        why="The slopes are 0 on the left and 1 on the right, however small the step.",
        next="You will see both numbers stay apart, whatever the step.",
    ),
    Question(
        id="limits.predict_corner",
        title="A corner and a central difference",
        difficulty=2,
        minutes=2,
        answer=Choice("b", options={"a": "−1 or 1", "b": "0", "c": "an error message"}),
        rivals=[
            Rival(
                "one-side-only",
                "a",
                message="Those are the slopes of the two sides, each by itself. The central "
                "difference uses both at once: the height one step to the right minus the height "
                "one step to the left. How high is |x| at these two places?",
            ),
            Rival(
                "h-is-zero",
                "c",
                message="An error comes from a division by zero, and here the step is small but "
                "not zero. Python will divide happily and print a number. Which two heights does "
                "the central difference compare, and how far are they apart?",
            ),
        ],
        hints=[
            "The central difference compares `abs(h)` with `abs(-h)`.",
            "These two heights are equal. What is their difference?",
            "0 divided by 2h.",
        ],
        solution="The answer is **b**:\n\n```python\ncentral_difference(abs, 0)\n```",
        why="|h| and |−h| are equal, so the difference is 0. The corner goes unnoticed.",
        next="A number on the screen is no proof that there is a slope.",
    ),
    Question(
        id="limits.predict_tiny",
        title="A very small step",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "4.0",
                "b": "4.0000000000000001",
                "c": "0.0",
                "d": "an error message",
            },
        ),
        rivals=[
            Rival("step-too-small", "a"),
            Rival("step-too-small", "b"),
            Rival(
                "h-is-zero",
                "d",
                message="An error message would come from a division by zero. The step is tiny, "
                "but the computer can hold 1e-16 itself without trouble, so it does divide. The "
                "question is what stands on top: what does it make of 2 + 1e-16?",
            ),
        ],
        hints=[
            "A computer keeps about sixteen digits of a number.",
            "Type `2 + 1e-16` into a new cell. What do you get?",
            "If 2 + h is 2 to the computer, how large is the rise?",
        ],
        solution="The answer is **c**:\n\n```python\ndifference_quotient(square, 2, 1e-16)\n```",
        why="2 + 1e-16 has more digits than the computer keeps. It rounds to 2, and the rise to 0.",
        next="No error, no warning, only a wrong number: the most dangerous kind of bug.",
    ),
    Question(
        id="limits.1b",
        title="The camera and the needle",
        difficulty=2,
        minutes=4,
        answer=Number(CAMERA - NEEDLE, tolerance=1e-3, near=0.01, unit="m/s"),
        rivals=[
            Rival(
                "average-for-instantaneous",
                CAMERA,
                message="That is what the camera reads: the average speed between its two "
                "pictures. The needle reads the limit, with no second picture at all. The question "
                "asks how far the two are apart. Where do the averages lead when the second "
                "picture comes closer and closer to the first?",
            ),
            Rival(
                "instantaneous-for-average",
                NEEDLE,
                message="That is what the needle reads: where the averages lead when the pause "
                "shrinks. The camera does make a pause, and its average is larger. The question "
                "asks by how much. What is the average speed between the two pictures?",
            ),
            Rival(
                "difference-not-divided",
                metres(TICK + PAUSE) - metres(TICK),
                message="That is how many metres the car drives between the two pictures. The "
                "camera divides them by the seconds that lie between, and then it has a speed. "
                "What is that speed, and by how much is it larger than the limit?",
            ),
            Rival(
                "factor-dropped",
                PAUSE,
                message="On x² a secant is too steep by its own step, h. You may have taken that "
                "over. But the car does not follow t²: its metres are one and a half times as "
                "many, and so is every rise. What becomes of the trace of h?",
            ),
            Rival(
                "value-for-slope",
                metres(TICK),
                message="That is how many metres the car has come in four seconds: a place, and no "
                "speed. Both the camera and the needle tell how fast that number grows. What is "
                "the average speed between the two pictures, and what does the needle read?",
            ),
        ],
        hints=[
            "The camera: metres between the pictures, divided by the seconds between them.",
            "The needle: let the pause shrink to 0.02 s and to 0.002 s. Where do the averages "
            "lead?",
            "The camera reads 12.3 m/s, and the averages lead to 12. What is between them?",
        ],
        solution="```python\ncamera = (metres(4 + 0.2) - metres(4)) / 0.2\nanswer_1 = camera - 12\n"
        "```",
        why="The average over a pause h is 1.5 · (8 + h), so 12 + 1.5h. With a pause of 0.2 s the "
        "trace of the step is 1.5 · 0.2.",
        next="While a car brakes, such a camera reads too little. Which sign has its error then?",
    ),
    Question(
        id="limits.2",
        title="Close, and from the left",
        difficulty=1,
        minutes=3,
        answer=Live(
            lambda values: _is_close(-values["h"]),
            figure=Figure("limits.explore_limit", {"f": square}, {"x": -1}),
            aim="come from the left so close to the hole that the slope misses it by at most 0.1",
            probes=[{"h": -0.05}, {"h": -0.1}, {"h": 0.05}, {"h": 0.0}, {"h": -1.0}, {"h": 1.0}],
        ),
        rivals=[
            Rival("h-is-zero", lambda values: abs(values["h"]) < 1e-9),
            Rival(
                "one-side-only",
                lambda values: _is_close(values["h"]),
                message="This slope is close enough, and you came from the right: the second point "
                "stands to the right of the first. The task asks for the other side, where the "
                "step is negative. Pull the point through the hole. Do you arrive at the same "
                "height?",
            ),
            Rival(
                "step-too-large",
                lambda values: abs(values["h"]) >= CLOSE + 0.01,
                message="This is the slope of a long secant, and it is still too far from the "
                "hole. The sentence under the figure says how far. Let the second point come "
                "closer to the first. For x², how far is the slope from the limit when the step "
                "is h?",
            ),
        ],
        hints=[
            "From the left means that the step is negative: the second point stands left of the "
            "first.",
            "Drag the point on the right graph towards the hole, and read the distance below.",
            "The slope of x² misses its limit by the size of the step. So h = −0.1 is enough.",
        ],
        solution="```python\nview_2.set(h=-0.1)\n```\n\nSo is h = −0.05.",
        why="At x = −1 the slope of the secant is −2 + h. It misses −2 by the size of h.",
        next="Whatever distance somebody asks for, you can meet it. That is a limit.",
    ),
    Question(
        id="limits.3",
        title="x³ by algebra",
        difficulty=2,
        minutes=6,
        answer=Formula("3*x**2 + 3*x*h + h**2", variable="x h", probes=_QUOTIENT_PROBES),
        rivals=[
            Rival("difference-not-divided", "3*x**2*h + 3*x*h**2 + h**3"),
            Rival("instantaneous-for-average", "3*x**2"),
            Rival("power-of-a-sum", "h**2"),
            Rival(
                "power-of-a-sum",
                "x**2 + x*h + h**2",
                message="You have the right three kinds of parts, and each of them once. But when "
                "you multiply (x + h)(x + h)(x + h) out, x²h comes up more than once. In how many "
                "of the three brackets can the h stand, and what does the first step above say?",
            ),
            Rival(
                "power-of-a-sum",
                "3*x**2 + h**2",
                message="One part is missing. The first step above has three parts beside x³, and "
                "each of them leaves something when it is divided by h. What does 3xh² leave?",
            ),
            Rival(
                "instantaneous-for-average",
                "3*x**2 + 3*x*h",
                message="One part is missing: the smallest one, which h³ leaves when it is divided "
                "by h. For a small step it hardly shows, but the quotient still has it. What is h³ "
                "divided by h?",
            ),
            Rival(
                "brackets-missing",
                "3*x**2 + 3*x*h**2 + h**3",
                message="Only the first part was divided by h. All three of them stand above the "
                "fraction bar, so each has to be divided. What do 3xh² and h³ leave, when you "
                "take one h out of each?",
            ),
            Rival(
                "h-is-zero",
                "((x + h)**3 - x**3)/h",
                message="This is the difference quotient itself, before any algebra. With h = 0 it "
                "has no value: zero over zero. Multiply the cube out, subtract x³, and then divide "
                "each part by h. Which parts stay, and which of them still contain h?",
            ),
        ],
        hints=[
            "(x + h)³ = x³ + 3x²h + 3xh² + h³. What is left when you take x³ away?",
            "Each of the three parts that are left contains an h. Divide each by h.",
            "3x²h divided by h is 3x². Now the other two, and write them with `*` and `**`.",
        ],
        solution='```python\nanswer_3 = "3*x**2 + 3*x*h + h**2"\n```',
        why="(x + h)³ − x³ = 3x²h + 3xh² + h³, and each part can be divided by h.",
        next="Let h shrink: two of the three parts vanish. What remains is the slope of x³.",
    ),
    Question(
        id="limits.4b",
        title="Rates from a sensor",
        difficulty=2,
        minutes=6,
        answer=Function(
            lambda values, step: _rates(values, step, 2),
            probes=[
                ([20, 21, 23, 24, 24], 10),
                ([5, 3, 2, 2], 0.5),
                ([1, 4, 9, 16, 25], 1),
                ([0.5, 0.25, 1.5, 1.0], 0.25),
                ([-2, 0, 7, 3], 4),
            ],
        ),
        rivals=[
            Rival(
                "central-divided-by-h",
                lambda values, step: _rates(values, step, 1),
                message="You compare the two neighbours of each inner reading, and that is the "
                "plan. Now measure the time between those two: from the left one to the reading, "
                "and on to the right one. How many steps is that, and does the bottom of your "
                "fraction say so?",
            ),
            Rival(
                "difference-not-divided",
                lambda values, step: [b - a for a, b in zip(values, values[2:], strict=False)],
            ),
            Rival(
                "step-not-used",
                lambda values, step: _rates(values, 1, 2),
                message="Your rates do not change with `step`. Whether the sensor waits ten "
                "minutes or half a minute between two readings, you divide by the same number. "
                "How far apart are the neighbours on both sides, in minutes, when the readings are "
                "one `step` apart?",
            ),
            Rival(
                "one-side-only",
                lambda values, step: [(b - a) / step for a, b in pairwise(values[1:])],
                message="For each inner reading you look forwards alone: to the next reading, over "
                "one step. A central difference leaves the reading itself out and compares its "
                "two neighbours. Which two entries are the neighbours of `values[i]`, and how far "
                "apart are they?",
            ),
            Rival(
                "one-side-only",
                lambda values, step: [(b - a) / step for a, b in pairwise(values[:-1])],
                message="For each inner reading you look back alone: from the reading before it, "
                "over one step. A central difference leaves the reading itself out and compares "
                "its two neighbours. Which two entries are the neighbours of `values[i]`, and how "
                "far apart are they?",
            ),
            Rival(
                "one-side-only",
                lambda values, step: [(b - a) / step for a, b in pairwise(values)],
                message="You have a rate for every pair of readings that follow each other. Each "
                "belongs to a stretch, and sees a reading from one side. The task wants one rate "
                "for each *inner* reading, from both its sides. How many inner readings has a list "
                "of five, and which two entries does each of them need?",
            ),
            Rival(
                "sign-error",
                lambda values, step: _rates(values, -step, 2),
                message="The sizes are right and all the signs are turned around: you took the "
                "later reading away from the earlier one. When it gets warmer, a rate must be "
                "above zero. Which of the two neighbours comes first in your difference?",
            ),
            Rival(
                "brackets-missing",
                lambda values, step: [rate * step * step for rate in _rates(values, step, 2)],
                message="Python works from left to right: it divides by 2 and then *multiplies* by "
                "the step. You want to divide by both. Where does a pair of brackets belong, so "
                "that 2 and the step stay together below the fraction bar?",
            ),
        ],
        hints=[
            "Take the reading `values[i]`. Its neighbours are `values[i - 1]` and `values[i + 1]`.",
            "From the one neighbour to the other it is two steps. Divide their difference by that.",
            "`[(values[i + 1] - values[i - 1]) / (2 * step) for i in range(1, len(values) - 1)]`",
        ],
        solution="```python\ndef rates(values, step):\n    inner = range(1, len(values) - 1)\n"
        "    return [(values[i + 1] - values[i - 1]) / (2 * step) for i in inner]\n```",
        why="Each inner reading has a neighbour on both sides, two steps apart. At the two ends "
        "one neighbour is missing, so the list of rates is shorter by two.",
        next="A table is a function with a few places only, and its slopes are a table again.",
    ),
    Question(
        id="limits.5",
        title="A detector of corners",
        difficulty=2,
        minutes=6,
        answer=Function(
            corner,
            probes=[
                (abs, 0.0, 0.5),
                (abs, 0.0, 0.125),
                (ramp, 1.0, 0.25),
                (ramp, 1.0, 0.5),
                (cube, 1.0, 0.5),
                (square, 2.0, 0.25),
                (cube, -2.0, 0.25),
                (ramp, 3.0, 0.5),
                (height, 1.0, 0.5),
                (sin, 2.0, 0.5),
            ],
        ),
        rivals=[
            Rival("one-side-only", lambda f, x, h: (f(x + h) - f(x)) / h),
            Rival("one-side-only", lambda f, x, h: (f(x) - f(x - h)) / h),
            Rival("mean-of-sides", lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h)),
            Rival(
                "slope-sign-lost",
                lambda f, x, h: abs(corner(f, x, h)),
                message="The size is right, and the sign is gone: your function never returns less "
                "than 0. The task wants right minus left, and where a curve bends downwards that "
                "is negative. What does your code do to a negative difference?",
            ),
            Rival(
                "sign-error",
                lambda f, x, h: (f(x + h) - f(x)) / h - (f(x - h) - f(x)) / h,
                message="Your slope from the left has its sign turned. A step to the left has the "
                "length −h, so `f(x - h) - f(x)` belongs over −h. For |x|, the slope on the left "
                "of 0 should be −1: which sign does yours have?",
            ),
            Rival(
                "change-turned-around",
                lambda f, x, h: (f(x) - f(x - h)) / h - (f(x + h) - f(x)) / h,
                message="The size is right, the order is turned around: you took the right slope "
                "away from the left one. The task wants right minus left, so that a curve that "
                "bends upwards gives plus. Which of your two slopes has to come first?",
            ),
            Rival(
                "difference-not-divided",
                lambda f, x, h: f(x + h) - 2 * f(x) + f(x - h),
                message="These are the two rises, compared with each other. A slope is a rise "
                "divided by its run, and both of yours still wait for that. What is the run on the "
                "right, and what is it on the left?",
            ),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        hints=[
            "Right slope: the step h. You know its fraction from chapter 02.",
            "Left slope: the same fraction with −h in place of h, above and below the bar.",
            "Two lines `right = …` and `left = …`, then `return right - left`.",
        ],
        solution="```python\ndef corner(f, x, h):\n    right = (f(x + h) - f(x)) / h\n"
        "    left = (f(x - h) - f(x)) / -h\n    return right - left\n```",
        why="On a smooth curve both slopes lead to one number, so their difference shrinks with h. "
        "At a corner it stays.",
        next="Try it with smaller and smaller h on |x| and on x²: one number stays, one goes.",
    ),
    Question(
        id="limits.6b",
        title="Half the digits",
        difficulty=3,
        minutes=6,
        answer=Function(
            central_difference_of_card,
            probes=[
                (card_square, 3.0),
                (card_square, -1.5),
                (card_cube, 2.0),
                (card_cube, -1.3),
                (card_cube, 0.7),
                (card_cube, 1.9),
                (card_cube, -0.75),
                (card_error, 5.0),
                (card_error, 1.2),
            ],
            tolerance=3e-3,
            near=0.02,
            because="a step that suits seven digits, taken to both sides, comes that close",
        ),
        rivals=[
            Rival(
                "step-too-small",
                lambda f, x: central_difference(f, x),
                message=_TOO_SHORT,
            ),
            Rival("step-too-small", lambda f, x: difference_quotient(f, x, 1e-8), message=_DROWNED),
            Rival(
                "step-too-small", lambda f, x: difference_quotient(f, x, 1e-7), message=_TOO_SHORT
            ),
            Rival(
                "step-too-small", lambda f, x: difference_quotient(f, x, 1e-6), message=_TOO_SHORT
            ),
            Rival(
                "step-too-small",
                lambda f, x: central_difference(f, x, 1e-6),
                message=_TOO_SHORT,
            ),
            Rival("step-too-large", lambda f, x: difference_quotient(f, x, 1.0)),
            Rival("step-too-large", lambda f, x: difference_quotient(f, x, 0.1)),
            Rival("central-divided-by-h", lambda f, x: 2 * central_difference_of_card(f, x)),
            Rival(
                "difference-not-divided",
                lambda f, x: 0.01 * central_difference_of_card(f, x),
            ),
            Rival("value-for-slope", lambda f, x: f(x)),
            Rival("example-for-given", lambda f, x: 2 * x),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        hints=[
            "Print the slope of `on_card(square)` at 3 for h = 1e-1, 1e-2 and so on. Where is it "
            "best, and what happens after that?",
            "The rule of thumb: forwards √ε, centrally ∛ε. With seven digits ε is about 1e-7.",
            "The cube root of 1e-7 is about 0.005: `central_difference(f, x, 0.005)`.",
        ],
        solution="```python\ndef card_slope(f, x):\n    h = 0.005\n"
        "    return (f(x + h) - f(x - h)) / (2 * h)\n```",
        why="With seven digits ε is about 1e-7, so the best central step is near ∛ε, about 0.005. "
        "A shorter one leaves too few digits of the difference.",
        next="Fewer digits, longer steps: the V moves to the right, and its bottom is higher.",
    ),
    Question(
        id="limits.7",
        title="The bottom of another V",
        difficulty=3,
        minutes=5,
        answer=Live(
            _deep,
            figure=Figure("limits.explore_error", {"f": cube}, {"x": FAR, "best": False}),
            aim="bring the error of the central difference below 1e-6",
            probes=[{"h": 10**-3.5}, {"h": 10**-5.25}, {"h": 1e-8}, {"h": 1e-2}, {"h": 1e-3}],
        ),
        rivals=[
            Rival(
                "step-too-small",
                lambda values: values["h"] < MIDDLE_OF_V and not _deep(values),
                message="Here rounding rules. Around 100 the computer's numbers lie much wider "
                "apart than around 1, so more of a small step is lost, and the rule of thumb no "
                "longer fits. Watch the green number above the picture: in which direction does "
                "it shrink?",
            ),
            Rival(
                "step-too-large",
                lambda values: values["h"] > MIDDLE_OF_V and not _deep(values),
                message="Here the step is too long: the curve bends within it. On this side the "
                "central error becomes a hundred times smaller with each tenth of the step. Watch "
                "the green number above the picture: how far can you go before it turns?",
            ),
        ],
        hints=[
            "Follow the green curve from the right: it falls, reaches its lowest part, and climbs "
            "again in zigzags.",
            "The bottom lies further right than in the lesson. Try steps between 1e-5 and 1e-2.",
            "Somewhat below h = 0.001 the central error falls under 1e-6.",
        ],
        solution="```python\nview_7.set(h=10**-3.5)\n```",
        why="Around 100 the computer's numbers are about a hundred times as far apart as around 1. "
        "So rounding bites at longer steps, and the best step is longer too.",
        next="Good programs choose h in proportion to x. Now you know why.",
    ),
]
