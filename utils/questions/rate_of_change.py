"""Questions of chapter 02: average rates of change, secants, and small steps."""

from collections.abc import Callable

from utils.checks import Array, Choice, Figure, Function, Live, Number, Question, Rival
from utils.examples import height, square
from utils.models.start_here import error
from utils.slopes import difference_quotient

# x, the decimals shown, and the number printed; the first three do not come from the code.
PRINTED = (
    (3, 4, 6.0003),
    (-3, 2, -5.99),
    (-2, 2, -3.99),
    (-1, 2, -2.00),
    (0, 2, 0.00),
    (1, 2, 2.00),
    (2, 2, 4.00),
    (3, 2, 6.00),
)
_IMPOSSIBLE = [
    shown
    for x, decimals, shown in PRINTED
    if round(difference_quotient(square, x, 1e-4), decimals) != shown
]


def _slope(values: dict[str, float]) -> float:
    """Slope of the secant of x² in a live figure, by its slider values; nan for h = 0."""
    x, h = values["x"], values["h"]
    return difference_quotient(square, x, h) if h else float("nan")


def _is(value: float, wanted: float) -> bool:
    return abs(value - wanted) < 1e-6


def _short(values: dict[str, float]) -> bool:
    return 0 < values["h"] < 0.45


def _mended(place: bool, order: bool, brackets: bool) -> Callable[[float, float], float]:
    """The function of exercise 5 with some of its three bugs mended."""

    def rate(w: float, h: float) -> float:
        before, after = error(w), error(w + h) if place else error(h)
        first, second = (after, before) if order else (before, after)
        return (first - second) / h if brackets else first - second / h

    return rate


_PLACE_LEFT = (
    "There is still a bug in the line that makes `after`. It looks at the error at the weight `h`. "
    "But `h` is a step, not a place: you stand at `w` and move on by `h`. At which weight do you "
    "stand after the step?"
)
_ORDER_LEFT = (
    "One bug is left. The size is right now and the sign is turned around: your function says that "
    "the error falls where it rises. A change is taken in the order new minus old. Which of "
    "`before` and `after` is the new one?"
)
_ORDER_AND_BRACKETS_LEFT = (
    "You have found the place after the step. Two bugs are left in the last line: the order of the "
    "difference, and what is divided. Python divides before it subtracts, so which of the two "
    "errors is divided by `h` at the moment, and should it be alone in that?"
)

QUESTIONS = [
    Question(
        id="rate_of_change.predict_same_height",
        title="Same height, same slope?",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "the same slope at both, since the height is the same",
                "b": "equally steep, but one place falls and the other rises",
                "c": "slope 0 at both, since 9 − 9 is 0",
            },
        ),
        rivals=[
            Rival("height-for-slope", "a"),
            Rival(
                "average-for-instantaneous",
                "c",
                message="9 − 9 compares the two places with each other: it says that the way from "
                "one to the other ends as high as it began. The question asks about each place by "
                "itself. If you take a small step to the right from x = −3, does the curve fall or "
                "rise?",
            ),
        ],
        hints=[
            "Put a finger on the curve at x = −3 and move it a little to the right.",
            "Now do the same at x = 3. Does your finger go the same way, up or down?",
            "The picture is the same left and right, mirrored. What does a mirror do to uphill?",
        ],
        solution='The answer is **b**: `check("rate_of_change.predict_same_height", "b")`.',
        why="To the right of −3 the curve falls, to the right of 3 it rises, and equally fast, "
        "since one side is the mirror image of the other.",
        next="Same height, opposite slopes. So a slope cannot be read from a height.",
    ),
    Question(
        id="rate_of_change.predict_flat",
        title="There and back",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "a",
            options={
                "a": "0",
                "b": "1, since the height is 1 at both ends",
                "c": "there is none, since the curve falls first and then rises",
            },
        ),
        rivals=[
            Rival("average-of-values", "b"),
            Rival(
                "average-for-instantaneous",
                "c",
                message="The curve does fall and rise on the way, and no single slope holds all "
                "along. An average does not ask for that. It compares the two ends only: the "
                "height there, and the distance between them. What is the difference of the two "
                "heights?",
            ),
        ],
        hints=[
            "An average rate looks at the two ends and nothing else.",
            "What is the height of x² at −1, and what is it at 1?",
            "Rise over run: the difference of the two heights, divided by 2.",
        ],
        solution='The answer is **a**: `check("rate_of_change.predict_flat", "a")`.',
        why="Both ends have the height 1. The rise is 0, and 0 divided by 2 is 0.",
        next="An average of 0 says nothing about the way between: the curve went down and came "
        "back.",
    ),
    Question(
        id="rate_of_change.predict_small_step",
        title="The next step down",
        difficulty=1,
        minutes=2,
        answer=Number(
            difference_quotient(square, 3, 0.01),
            tolerance=1e-4,
            near=0.02,
            because="the step is 0.01, small but not nothing, and it leaves its mark on the result",
        ),
        rivals=[
            Rival("value-for-slope", square(3)),
            Rival("difference-not-divided", square(3.01) - square(3)),
            Rival("divided-by-the-end", (square(3.01) - square(3)) / 3.01),
            Rival("instantaneous-for-average", 6.0),
        ],
        hints=[
            "Look at the two results so far, and at the steps that made them: 1 and 0.1.",
            "Each result is 6 and a little more. How much more, compared with h?",
            "Or let Python work it out: `(square(3 + 0.01) - square(3)) / 0.01`.",
        ],
        solution="```python\n(square(3 + 0.01) - square(3)) / 0.01\n```",
        why="The results are 6 + h: with h = 0.01 that is a hundredth above 6.",
        next="Each result is 6 + h. Where would they end if h could shrink on and on?",
    ),
    Question(
        id="rate_of_change.predict_ten",
        title="The pattern at ten",
        difficulty=2,
        minutes=2,
        answer=Number(
            difference_quotient(square, 10, 1e-4),
            tolerance=0.001,
            near=0.02,
            because="the pattern of the seven slopes leads closer than that",
        ),
        rivals=[
            Rival("value-for-slope", square(10)),
            Rival(
                "difference-not-divided",
                square(10 + 1e-4) - square(10),
            ),
            Rival(
                "place-for-value",
                10.0,
                message="That is x itself. Look at the printed pairs once more: at x = 3 the slope "
                "is larger than 3, and at x = 2 it is larger than 2. What do you have to do to "
                "each x to get the slope that stands beside it?",
            ),
        ],
        hints=[
            "Write the slopes under their x: −3 and −6, −2 and −4, … What turns one into the "
            "other?",
            "Each time x grows by 1, the slope grows by the same amount. By how much?",
            "The slope is twice the place. Which slope belongs to x = 10?",
        ],
        solution="```python\n2 * 10\n```",
        why="The slopes lie on a straight line: twice x, and a trace of h that two decimals hide.",
        next="You have predicted a slope nobody had computed. That is what a formula is good for.",
    ),
    Question(
        id="rate_of_change.predict_nudge",
        title="From a rate to a change",
        difficulty=2,
        minutes=2,
        answer=Number(
            2.0 * 0.1,
            tolerance=1e-4,
            near=0.01,
            because="the question asks what the rate predicts, so rate times nudge, no more",
        ),
        rivals=[
            Rival("rate-for-change", 2.0),
            Rival("sign-error", -2.0 * 0.1),
            Rival("value-for-change", error(5.0) + 2.0 * 0.1),
            Rival(
                "value-for-slope",
                error(5.0) * 0.1,
                message="You took the error itself times the nudge. How high the curve is does not "
                "say how fast it climbs. You need the rate: the change of error per unit of "
                "weight. Which number did the cell above print for it?",
            ),
        ],
        hints=[
            "The rate says: so much change for each whole unit of weight.",
            "The nudge is 0.1, a tenth of a unit. Does the error change more or less than the "
            "rate?",
            "Change ≈ rate × nudge.",
        ],
        solution="```python\n2.0 * 0.1\n```",
        why="A rate is change per unit. Times the nudge, it gives the change that it predicts.",
        next="Chapter 00 found the true change with two heights: 0.205. The rate alone came close.",
    ),
    Question(
        id="rate_of_change.1",
        title="A lake in May",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "the lake had 12 °C all year",
                "b": "the lake had 0 °C on average",
                "c": "the lake ended the year as warm as it began, and more we cannot say",
                "d": "the rate cannot be computed, since the change is 0",
            },
        ),
        rivals=[
            Rival(
                "average-for-instantaneous",
                "a",
                message="That would be so if the rate were 0 on every single day. The average "
                "compares the first day with the last and leaves out all others. A lake warms up "
                "in summer and cools down in winter. Does the average rate notice either of them?",
            ),
            Rival(
                "average-of-values",
                "b",
                message="You read the 0 as a temperature. It is a rate, in °C *per day*: so much "
                "did the lake change with each day, on average. An average temperature would have "
                "to add up all the days in between. Which two days does the rate compare?",
            ),
            Rival(
                "h-is-zero",
                "d",
                message="It is the *change* that is 0 here, on top of the fraction. What stands "
                "below it is the time, 365 days. Only a zero below the fraction bar leaves a rate "
                "without a value. What is 0 divided by 365?",
            ),
        ],
        hints=[
            "Which two measurements does the average rate use?",
            "Think of a lake in August, and in January. Would they change the average rate?",
            "The average rate is (last − first) / days. It knows the two ends and nothing between.",
        ],
        solution='```python\nanswer_1 = "c"\n```',
        why="The average rate is made of the two ends alone: (12 − 12) / 365 = 0. What happened in "
        "between leaves no trace in it.",
        next="To see summer and winter, take shorter stretches: a month, a day. That is what h is "
        "for.",
    ),
    Question(
        id="rate_of_change.2",
        title="A falling stone",
        difficulty=1,
        minutes=3,
        answer=Number((height(3) - height(1)) / (3 - 1), tolerance=1e-6, unit="metres per second"),
        rivals=[
            Rival("difference-not-divided", height(3) - height(1)),
            Rival("slope-sign-lost", (height(1) - height(3)) / 2),
            Rival("average-of-values", (height(1) + height(3)) / 2),
            Rival("divided-by-the-end", (height(3) - height(1)) / 3),
            Rival("brackets-missing", height(3) - height(1) / 2),
            Rival("height-for-slope", height(1)),
            Rival("height-for-slope", height(3)),
        ],
        hints=[
            "How high is the stone after 1 second, and how high after 3? `height` tells you.",
            "By how much did the height change, and how many seconds did that take?",
            "Rate = (height at 3 − height at 1) / (3 − 1). Keep the sign: the stone comes down.",
        ],
        solution="```python\nrate_2 = (height(3) - height(1)) / (3 - 1)\n```",
        why="Change of height over time. The minus sign says that the height shrinks; the speed is "
        "the size of that number.",
        next="The stone was slower at first and faster at the end: this is its average over two "
        "seconds.",
    ),
    Question(
        id="rate_of_change.3",
        title="Write average_rate",
        difficulty=2,
        minutes=6,
        answer=Function(
            lambda f, x, h: (f(x + h) - f(x)) / h,
            probes=[
                (square, 1.0, 2.0),
                (square, 3.0, 0.1),
                (square, -2.0, 0.5),
                (square, 4.0, -1.5),
                (height, 1.0, 0.25),
                (height, 2.0, 1.5),
                (error, 0.5, 0.75),
            ],
        ),
        rivals=[
            Rival("difference-not-divided", lambda f, x, h: f(x + h) - f(x)),
            Rival("brackets-missing", lambda f, x, h: f(x + h) - f(x) / h),
            Rival("step-added-outside", lambda f, x, h: (f(x) + h - f(x)) / h),
            Rival("step-for-place", lambda f, x, h: (f(h) - f(x)) / h),
            Rival("divided-by-the-end", lambda f, x, h: (f(x + h) - f(x)) / (x + h)),
            Rival("step-not-used", lambda f, x, h: f(x + 1) - f(x)),
            Rival("example-for-given", lambda f, x, h: (square(x + h) - square(x)) / h),
            Rival("floor-division", lambda f, x, h: (f(x + h) - f(x)) // h),
            Rival("average-of-values", lambda f, x, h: (f(x) + f(x + h)) / 2),
            Rival("height-for-slope", lambda f, x, h: f(x + h)),
            Rival("h-is-zero", raises=ZeroDivisionError),
            Rival(
                "sign-error",
                lambda f, x, h: (f(x) - f(x + h)) / h,
                message="The size is right and the sign is turned around. You took the old height "
                "minus the new one. A change is counted from where you were to where you are: new "
                "minus old. Which of `f(x)` and `f(x + h)` is the new one?",
            ),
        ],
        hints=[
            "You stand at `x` and move on by `h`. How do you write the height where you arrive?",
            "The change is `f(x + h) - f(x)`. What do you have to do with the whole of it?",
            "Python divides before it subtracts: brackets keep the difference together, "
            "`(…) / h`. And hand the result back with `return`.",
        ],
        solution="```python\ndef average_rate(f, x, h):\n    return (f(x + h) - f(x)) / h\n```",
        why="New height minus old height, all of it divided by the length of the step.",
        next="Your function works for any f. With it you can measure the slope of every secant "
        "there is.",
    ),
    Question(
        id="rate_of_change.4",
        title="A short secant of slope four",
        difficulty=3,
        minutes=4,
        answer=Live(
            lambda values: _short(values) and _is(_slope(values), 4),
            figure=Figure("rate_of_change.explore_secant", {"f": square}),
            aim="a secant of slope 4 with a step h above 0 and at most 0.4",
            probes=[
                {"x": 1.8, "h": 0.4},
                {"x": 1.9, "h": 0.2},
                {"x": 1.0, "h": 2.0},
                {"x": 2.0, "h": 0.1},
                {"x": -2.2, "h": 0.4},
                {"x": 0.0, "h": 2.0},
                {"x": 2.0, "h": 0.0},
            ],
        ),
        rivals=[
            Rival(
                "step-too-large",
                lambda values: values["h"] > 0.45 and _is(_slope(values), 4),
                message="This secant has the right slope, so you know how to find one. But its "
                "step is longer than 0.4. Make h smaller and watch the slope: it drifts away from "
                "4. Which way do you have to move x to bring it back?",
            ),
            Rival(
                "value-for-slope",
                lambda values: _short(values) and _is(values["x"], 2),
                message="At x = 2 the *height* of the curve is 4. The slope is another number: you "
                "can read it above the picture, on the right. It is close to 4 here, and a little "
                "too large. Which way does x have to move?",
            ),
            Rival(
                "sign-error",
                lambda values: _is(_slope(values), -4),
                message="The size is right and the sign is turned around: this secant falls to the "
                "right. You are on the left side of the curve, where it goes down. On which side "
                "does a secant rise?",
            ),
            Rival(
                "difference-not-divided",
                lambda values: (
                    _is(square(values["x"] + values["h"]) - square(values["x"]), 4)
                    and not _is(_slope(values), 4)
                ),
                message="Here the *rise* is 4: that is the change in height from one end to the "
                "other. The slope is the rise divided by the run, and it stands beside them above "
                "the picture. What is it at the moment, and should it grow or shrink?",
            ),
            Rival("h-is-zero", lambda values: values["h"] == 0),
        ],
        hints=[
            "Bring h down to 0.4 first, with its slider or by pulling the gold point to the left.",
            "Now move x and watch the slope above the picture. Further right, it grows.",
            "For x² the slope was 2x + h. With h = 0.4, which x makes that 4?",
        ],
        solution="```python\nview_4.set(x=1.8, h=0.4)\n```\n\nSo does x = 1.9 with h = 0.2.",
        why="The secant from x to x + h has the slope 2x + h, and 2 · 1.8 + 0.4 = 4.",
        next="The shorter the step, the closer x has to be to one certain place. Which one?",
    ),
    Question(
        id="rate_of_change.5",
        title="Three bugs in three lines",
        difficulty=3,
        minutes=6,
        answer=Function(
            lambda w, h: (error(w + h) - error(w)) / h,
            probes=[(5.0, 0.1), (1.0, 0.5), (2.0, 2.5), (4.0, -0.5), (0.5, 0.2)],
        ),
        rivals=[
            Rival("step-for-place", _mended(False, False, False), message=_PLACE_LEFT),
            Rival("step-for-place", _mended(False, True, False), message=_PLACE_LEFT),
            Rival("step-for-place", _mended(False, False, True), message=_PLACE_LEFT),
            Rival("step-for-place", _mended(False, True, True), message=_PLACE_LEFT),
            Rival("sign-error", _mended(True, False, True), message=_ORDER_LEFT),
            Rival("brackets-missing", _mended(True, True, False)),
            Rival(
                "brackets-missing", _mended(True, False, False), message=_ORDER_AND_BRACKETS_LEFT
            ),
            Rival("step-added-outside", lambda w, h: (error(w) + h - error(w)) / h),
            Rival("difference-not-divided", lambda w, h: error(w + h) - error(w)),
        ],
        hints=[
            "Read the lines one by one and say aloud what each of them computes.",
            "In the second line: where do you stand after a step of length `h` that begins at `w`?",
            "In the last line: a change is new minus old, and the whole change is divided by `h`.",
        ],
        solution="```python\ndef error_rate(w, h):\n    before = error(w)\n    after = error(w + "
        "h)\n    return (after - before) / h\n```",
        why="The step leads from w to w + h, a change is new minus old, and brackets keep it "
        "together.",
        next="These three bugs are the ones to look for first whenever a slope comes out odd.",
    ),
    Question(
        id="rate_of_change.6",
        title="Which printed number cannot be right?",
        difficulty=2,
        minutes=8,
        answer=Array(_IMPOSSIBLE, tolerance=1e-6, near=0, count_told=False),
        rivals=[
            Rival("rounding-read-as-error", [shown for _, _, shown in PRINTED]),
            Rival("rounding-read-as-error", [*_IMPOSSIBLE, -2.0]),
            Rival(
                "place-for-value",
                [3, -3, -2],
                message="Those are the places, the x of each line. That you found them is the main "
                "thing. The question asks for the numbers that were *printed* there, so that a "
                "reader can strike them out. Which number stands at each of these places?",
            ),
            Rival(
                "true-value-for-printed",
                [6.0001, -6.0, -4.0],
                message="Those are the numbers that the code does produce, so you have found all "
                "three culprits. The question asks for the printed ones, the numbers that cannot "
                "be right. What did the page print in their place?",
            ),
        ],
        hints=[
            "Run the page's own computation: `average_rate(square, x, 1e-4)` for each x of the "
            "list.",
            "Round each result to as many decimals as the page shows: `round(rate, decimals)`.",
            "Go through the list with `for x, decimals, shown in printed:` and keep each `shown` "
            "that differs from the rounded result. There are three.",
        ],
        solution="```python\nimpossible = []\nfor x, decimals, shown in printed:\n"
        "    if round(average_rate(square, x, 1e-4), decimals) != shown:\n"
        "        impossible.append(shown)\n```",
        why="The code gives 2x + h with h = 0.0001. That is 6.0001 at x = 3, and at −3 and −2 it "
        "rounds to −6.00 and −4.00. To print −5.99 the step would have to be a hundred times "
        "larger.",
        next="Printed is not computed. In this course every number comes from a cell that you can "
        "run.",
    ),
]
