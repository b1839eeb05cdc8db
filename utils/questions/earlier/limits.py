"""Questions of chapter 03 that gave their place to better ones."""

from math import sin

from utils.checks import Choice, Function, Number, Question, Rival
from utils.examples import square, steep
from utils.models.limits import cube
from utils.models.start_here import error
from utils.slopes import central_difference, difference_quotient

QUOTIENT_AT, QUOTIENT_STEP = 2.0, 0.001

QUESTIONS = [
    Question(
        id="limits.1",
        title="One step of x³",
        difficulty=1,
        minutes=3,
        answer=Number(
            difference_quotient(cube, QUOTIENT_AT, QUOTIENT_STEP),
            tolerance=1e-6,
            near=0.005,
            because="the quotient for this very step is asked, with all of its digits",
        ),
        rivals=[
            Rival("value-for-slope", cube(QUOTIENT_AT)),
            Rival("difference-not-divided", cube(QUOTIENT_AT + QUOTIENT_STEP) - cube(QUOTIENT_AT)),
            Rival("instantaneous-for-average", 3 * QUOTIENT_AT**2),
            Rival(
                "brackets-missing",
                cube(QUOTIENT_AT + QUOTIENT_STEP) - cube(QUOTIENT_AT) / QUOTIENT_STEP,
            ),
            Rival("step-for-place", (cube(QUOTIENT_STEP) - cube(QUOTIENT_AT)) / QUOTIENT_STEP),
        ],
        hints=[
            "The step leads from 2 to 2.001. How high is x³ at both places?",
            "Divide the difference of the two heights by the step, 0.001.",
            "`(cube(2 + 0.001) - cube(2)) / 0.001`, with the brackets.",
        ],
        solution="```python\nanswer_1 = (cube(2 + 0.001) - cube(2)) / 0.001\n```",
        why="Rise over run. What is too much in it, 0.006001, is 6h + h².",
        next="Exercise 3 will tell where each of these digits comes from.",
    ),
    Question(
        id="limits.4",
        title="Write central",
        difficulty=2,
        minutes=5,
        answer=Function(
            lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
            probes=[
                (cube, 2.0, 0.5),
                (cube, -1.0, 0.25),
                (square, 3.0, 0.5),
                (error, 1.0, 0.5),
                (sin, 0.5, 0.75),
                (sin, 2.0, 0.125),
                (square, -1.0, 2.0),
            ],
        ),
        rivals=[
            Rival("central-divided-by-h", lambda f, x, h: (f(x + h) - f(x - h)) / h),
            Rival(
                "one-side-only",
                lambda f, x, h: (f(x + h) - f(x)) / h,
                message="This is the slope to the right alone: the secant from `x` to `x + h`. "
                "The central difference reaches to both sides of `x`. At which two places does "
                "its secant begin and end?",
            ),
            Rival(
                "one-side-only",
                lambda f, x, h: (f(x) - f(x - h)) / h,
                message="This is the slope to the left alone: the secant from `x - h` to `x`. "
                "The central difference reaches to both sides of `x`. At which two places does "
                "its secant begin and end?",
            ),
            Rival("brackets-missing", lambda f, x, h: f(x + h) - f(x - h) / (2 * h)),
            Rival(
                "brackets-missing",
                lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h,
                message="Python works from left to right: it divides by 2 and then *multiplies* by "
                "h. You want to divide by both. Where does a pair of brackets belong, so that 2 "
                "and h stay together below the fraction bar?",
            ),
            Rival("difference-not-divided", lambda f, x, h: f(x + h) - f(x - h)),
            Rival("average-of-values", lambda f, x, h: (f(x + h) + f(x - h)) / 2),
            Rival(
                "sign-error",
                lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h),
                message="The size is right and the sign is turned around: you took the height on "
                "the right away from the one on the left. Rise goes from left to right, as the "
                "run does. Which of the two heights comes first?",
            ),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        hints=[
            "The two places are `x + h` and `x - h`. What is the rise from the left one to the "
            "right one?",
            "How far is it from `x - h` to `x + h`?",
            "The rise `f(x + h) - f(x - h)` in brackets, divided by `(2 * h)`, in brackets too.",
        ],
        solution="```python\ndef central(f, x, h):\n"
        "    return (f(x + h) - f(x - h)) / (2 * h)\n```",
        why="The way from x − h to x + h is two steps long, so the rise is divided by 2h.",
        next="With a tenth of the step its error is a hundredth. Use it whenever you test a slope.",
    ),
    Question(
        id="limits.6",
        title="Why does the program print 0?",
        difficulty=3,
        minutes=5,
        answer=Function(
            lambda f, x: central_difference(f, x),
            probes=[
                (square, 3.0),
                (cube, 2.0),
                (steep, 2.0),
                (steep, 4.0),
                (steep, 8.0),
                (error, 5.0),
                (sin, 2.0),
            ],
            tolerance=2e-3,
            near=0.02,
            because="a good step comes much closer than that",
        ),
        rivals=[
            Rival("example-for-given", lambda f, x: 2 * x),
            Rival("step-too-small", lambda f, x: difference_quotient(f, x, 1e-16)),
            Rival("step-too-small", lambda f, x: difference_quotient(f, x, 1e-15)),
            Rival("step-too-small", lambda f, x: difference_quotient(f, x, 1e-14)),
            Rival("step-too-large", lambda f, x: difference_quotient(f, x, 1.0)),
            Rival("step-too-large", lambda f, x: difference_quotient(f, x, 0.1)),
            Rival("central-divided-by-h", lambda f, x: 2 * central_difference(f, x)),
            Rival(
                "difference-not-divided",
                lambda f, x: f(x + 1e-4) - f(x),
            ),
            Rival(
                "value-for-slope",
                lambda f, x: f(x),
            ),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        hints=[
            "Print `3 + 1e-16`, and `3 + 1e-16 == 3`.",
            "The step drowns in rounding, so both heights are the same. Which step would not?",
            "The figure of the lesson has its lowest points near 1e-8 and, for the central "
            "difference, near 1e-5. Anything around them will do.",
        ],
        solution="```python\ndef good_slope(f, x):\n    h = 1e-6\n    return (f(x + h) - f(x)) / h"
        "\n```\n\nOr centrally, with `h = 1e-5`.",
        why="A computer keeps about sixteen digits, so 3 + 1e-16 is 3, the rise is 0, and so is "
        "the quotient. A step near 1e-8 leaves enough digits.",
        next="This bug has been published more than once. Now you can spot it from its 0.",
    ),
    Question(
        id="limits.predict_error",
        title="A tenth of the step",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "c",
            options={
                "a": "still by 0.1",
                "b": "by half of that",
                "c": "by a tenth of that",
                "d": "not at all",
            },
        ),
        rivals=[
            Rival(
                "step-not-used",
                "a",
                message="That would mean that the step does not matter. From h = 1 to h = 0.1 the "
                "slope did come closer: it missed 4 by 1 and then by 0.1. What did the step do "
                "between these two lines, and what did the error do?",
            ),
            Rival(
                "step-not-used",
                "b",
                message="Half would fit a step of half the length. This step is a *tenth* of the "
                "one before. Look at the two errors that you know: 1 for h = 1, and 0.1 for "
                "h = 0.1. By which number was the first one divided?",
            ),
            Rival(
                "average-for-instantaneous",
                "d",
                message="A step of 0.01 is short, but it is a step: its slope is still the average "
                "over a stretch, and the curve bends a little on the way. So some error remains. "
                "From h = 1 to h = 0.1, how did it change?",
            ),
        ],
        hints=[
            "Put the two steps side by side with their errors: 1 and 1, 0.1 and 0.1.",
            "The step became ten times smaller. How many times smaller did the error become?",
            "If this goes on, the next error is a tenth of 0.1.",
        ],
        solution='```python\ncheck("limits.predict_error", "c")\n```',
        why="Ten times smaller step, ten times smaller error: the slope is 4 + h, so it misses 4 "
        "by h.",
        next="The table below goes on to h = 0.0001. Watch the column on the right.",
    ),
]
