"""Questions of chapter 04 that gave their place to better ones."""

from utils.checks import Choice, Formula, Number, Question, Rival
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
    Question(
        id="derivative.predict_same_number",
        title="As high as steep",
        difficulty=1,
        minutes=2,
        answer=Number(0.0, tolerance=1e-3),
        rivals=[
            Rival(
                "slope-sign-lost",
                -2.0,
                message="At −2 the curve has the height 4, and it is as steep as at 2. But which "
                "way does it go there? A slope has a sign, and a height of 4 is the same number as "
                "a slope of 4 only. Where else do the two agree, sign included?",
            ),
            Rival(
                "place-for-value",
                2.0,
                message="That is the place you were given: height 4, slope 4. There is one other "
                "place where the height x² and the slope 2x are equal. Try the places in the table "
                "above one by one. What is the height at each, and what is the slope?",
            ),
            Rival(
                "error-read-as-weight",
                4.0,
                message="4 is the height, and the slope, at x = 2. The question asks for a place, "
                "an x. At x = 4 the height would be 16. Is the slope there 16, too?",
            ),
            Rival(
                "forgotten-two",
                1.0,
                message="At 1 the height is 1. Read the slope there off the rule 2x: is it 1 as "
                "well? You need a place where squaring a number and doubling it do the same.",
            ),
        ],
        hints=[
            "The height is x², the slope is 2x. For which x are the two equal?",
            "Go through −3, −1, 0, 2 and 3: square each, then double each.",
            "x · x = 2 · x. One way is x = 2. What if x is so small that both sides vanish?",
        ],
        solution="```python\n0\n```",
        why="x² = 2x holds at 2 and at 0 alone: at 0 the curve is 0 high and its slope is 0.",
        next="Everywhere else the height is one number and the slope another.",
    ),
    Question(
        id="derivative.predict_meaning",
        title="A plant on day three",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "it is 9 cm tall and at this moment grows at a rate of 6 cm per day",
                "b": "it is 6 cm tall and at this moment grows at a rate of 9 cm per day",
                "c": "it has grown 6 cm in the last day",
                "d": "it grows 3 cm per day, since 9 divided by 3 is 3",
            },
        ),
        rivals=[
            Rival(
                "slope-for-value",
                "b",
                message="You have the two numbers the wrong way round. f without the little stroke "
                "is the height itself, in cm. f with the stroke is how fast the height changes, in "
                "cm per day. Which of the two is written f(3) here, and which f′(3)?",
            ),
            Rival(
                "average-for-instantaneous",
                "c",
                message="That would be a change over a whole day: f(3) minus f(2). A plant that "
                "grows faster and faster grew less than 6 cm in the last day and will grow more "
                "in the next. What does f′(3) speak about, a stretch of time or one moment?",
            ),
            Rival("forgot-delta", "d"),
        ],
        hints=[
            "f(3) is a height in cm. What is the unit of a slope of f?",
            "f′(3) is in cm per day, and it belongs to one moment.",
            "Read f(3) = 9 and f′(3) = 6 aloud, each with its unit.",
        ],
        solution='The answer is **a**: `check("derivative.predict_meaning", "a")`.',
        why="f(3) is how tall, in cm; f′(3) is how fast, in cm per day, at the moment t = 3.",
        next="Like a speedometer: it shows a rate for this moment, not a distance for this hour.",
    ),
    Question(
        id="derivative.predict_steeper",
        title="Steeper on which side?",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "a",
            options={
                "a": "at x = −3",
                "b": "at x = 1, since 2 is larger than −6",
                "c": "nowhere: up and down cannot be compared",
            },
        ),
        rivals=[
            Rival("negative-read-as-small", "b"),
            Rival(
                "negative-read-as-small",
                "c",
                message="Up and down are two directions, and the sign keeps them apart. Steepness "
                "asks for less: by how much the height changes on a small step, whichever way. "
                "That is a size, and sizes can be compared. Which of 2 and −6 has the larger one?",
            ),
        ],
        hints=[
            "Work out f′(x) = 2x at both places.",
            "Imagine walking along the curve. Where do your legs notice more?",
            "The sign says which way. The size says how steep: which size is larger?",
        ],
        solution='The answer is **a**: `check("derivative.predict_steeper", "a")`.',
        why="f′(−3) = −6 and f′(1) = 2. The size 6 is larger, so the curve is steeper at −3; the "
        "minus says that it falls there.",
        next="Sign: which way. Size: how fast. A slope says both in one number.",
    ),
]
