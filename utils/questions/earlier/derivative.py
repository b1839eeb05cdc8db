"""Questions of chapter 04 that gave their place to better ones."""

from utils.checks import Formula, Number, Question, Rival
from utils.examples import cube, square
from utils.slopes import Real, difference_quotient


def _average(f: Real, x: float) -> float:
    return difference_quotient(f, x, 1.0)


QUESTIONS = [
    Question(
        id="derivative.1",
        title="A cube, close up",
        difficulty=1,
        minutes=3,
        answer=Number(
            difference_quotient(cube, 2, 0.001),
            tolerance=1e-5,
            near=0.02,
            because="the question asks for the quotient with this one step, traces of h included",
        ),
        rivals=[
            Rival("value-for-slope", cube(2)),
            Rival("instantaneous-for-average", 3.0 * 2**2),
            Rival("difference-not-divided", cube(2.001) - cube(2)),
            Rival("average-for-instantaneous", _average(cube, 2)),
            Rival("brackets-missing", cube(2.001) - cube(2) / 0.001),
            Rival("step-for-place", (cube(0.001) - cube(2)) / 0.001),
            Rival("divided-by-the-end", (cube(2.001) - cube(2)) / 2.001),
        ],
        hints=[
            "The recipe is the difference quotient: new height minus old height, divided by h.",
            "The new height is `cube(2 + 0.001)`, the old one `cube(2)`.",
            "`(cube(2 + 0.001) - cube(2)) / 0.001`, with the brackets.",
        ],
        solution="```python\nquotient_1 = (cube(2 + 0.001) - cube(2)) / 0.001\n```",
        why="Multiplied out, the difference quotient of x³ at 2 is 12 + 6h + h². With h = 0.001 "
        "that is 12 and a trace of 0.006001.",
        next="The traces of h go and one number stays: the derivative of x³ at 2.",
    ),
    Question(
        id="derivative.predict_limit",
        title="Where are the slopes heading?",
        difficulty=1,
        minutes=2,
        answer=Number(
            2.0 * 2,
            tolerance=1e-3,
            near=0.05,
            because="the question asks where these slopes are heading, not for one of them",
        ),
        rivals=[
            Rival("average-for-instantaneous", difference_quotient(square, 2, 1.5)),
            Rival("average-for-instantaneous", difference_quotient(square, 2, 0.15)),
            Rival("h-is-zero", 0.0),
        ],
        hints=[
            "Compare each slope with its own h. What is left if you take h away from the slope?",
            "The first slope is 1.5 too large with h = 1.5, the second 0.15 with h = 0.15.",
            "Make h = 0.015, or smaller: `difference_quotient(square, 2, 0.015)`. Which whole "
            "number is near?",
        ],
        solution="```python\n2 * 2\n```",
        why="From x = 2 the difference quotient of x² is 4 + h. As h shrinks, only the 4 stays.",
        next="On paper no step reaches this number, and every step shows which one it is.",
    ),
    Question(
        id="derivative.predict_value",
        title="How steep at three?",
        difficulty=1,
        minutes=2,
        answer=Number(2.0 * 3, tolerance=1e-3),
        rivals=[
            Rival("value-for-slope", square(3)),
            Rival("average-for-instantaneous", difference_quotient(square, 3, 1.0)),
            Rival("average-for-instantaneous", difference_quotient(square, 3, -1.0)),
            Rival(
                "place-for-value",
                3.0,
                message="That is the place itself, x = 3, and perhaps the 3 that stands in f′(3). "
                "The question asks for what belongs to it: how steep the curve is there. At x = 2 "
                "the slope was 4, and at x = −1 it was −2. What was done to each place to get its "
                "slope?",
            ),
        ],
        hints=[
            "The question is about f′(3), the slope. Which recipe gives slopes of x²?",
            "The difference quotient of x² is 2x + h. What stays when h shrinks to nothing?",
            "f′(x) = 2x. Put x = 3 into it, not into x².",
        ],
        solution="```python\n2 * 3\n```",
        why="f′(x) = 2x, so f′(3) is twice 3. The height f(3), three squared, is another number.",
        next="One place, two numbers: how high, and how steep.",
    ),
    Question(
        id="derivative.predict_function",
        title="All slopes at once",
        difficulty=1,
        minutes=2,
        answer=Formula("2*x", variable="x"),
        rivals=[
            Rival("value-for-slope", "x**2"),
            Rival(
                "forgotten-two",
                "x",
                message="Your formula has the right shape, and all its slopes have half the size "
                "they should. Look at the slopes you have met so far: at x = 3 the slope is larger "
                "than 3, and at x = 2 it is larger than 2. By what do you multiply each x?",
            ),
            Rival("sign-error", "-2*x"),
            Rival(
                "average-for-instantaneous",
                "2*x + 1",
                message="That is the difference quotient of x² with a step of 1, so the slope of a "
                "long secant. At x = 3 it gives 7, and the slope that you measured there is 6. "
                "What becomes of the number that you added when the step shrinks?",
            ),
            Rival(
                "exponent-not-lowered",
                "2*x**2",
                message="The 2 in front is right, and the square has stayed behind it. Test your "
                "formula at a place that you know: at x = 3 it gives 18, and at x = −1 it gives 2, "
                "above zero, where x² falls. Which slopes did you measure at these two places?",
            ),
            Rival("derivative-turned-around", "x**3/3"),
        ],
        hints=[
            "Look at the slopes you have seen: at x = 2 and at x = 3. What was done to x?",
            "The difference quotient of x² is 2x + h. What is left of it in the limit?",
            'Write it with x in it, between quotes, as in `"5*x + 1"`.',
        ],
        solution='```python\n"2*x"\n```',
        why="At every x the difference quotient is 2x + h, and its limit is 2x.",
        next="A formula answers everywhere at once: that is what makes f′ a function.",
    ),
]
