"""Questions of chapter 05 that gave their place to better ones."""

from utils.checks import Formula, Number, Question, Rival

QUESTIONS = [
    Question(
        id="power_rule.1",
        title="What does the slope predict?",
        difficulty=1,
        minutes=4,
        answer=Number(
            3 * 2**2 * 0.01,
            tolerance=1e-5,
            near=0.001,
            because="the question asks for what the slope alone predicts, and the true change "
            "differs a little from that",
        ),
        rivals=[
            Rival("rate-for-change", 3.0 * 2**2),
            Rival(
                "value-for-slope",
                2**3 * 0.01,
                message="You multiplied the step by the height of the curve. A height says "
                "nothing about growth: that is the slope's work. What is the derivative of x³, and "
                "what is it at x = 2?",
            ),
            Rival(
                "exponent-not-lowered",
                3 * 2**3 * 0.01,
                message="You brought the 3 down and left it above as well. A slab of the cube has "
                "the area of one face, and a face has two dimensions. What is the derivative of "
                "x³, and what is it at x = 2?",
            ),
            Rival(
                "exponent-not-in-front",
                2**2 * 0.01,
                message="That is the growth of one slab of the cube: its area, times the step. But "
                "the cube grows in more than one direction. How many slabs are there, and where "
                "does that number stand in the power rule?",
            ),
            Rival(
                "value-for-change",
                2**3 + 3 * 2**2 * 0.01,
                message="That is the new height which the slope predicts, and it is a good one. "
                "The question asks for the change alone: by how much the curve grows on the way. "
                "Which part of your number was there before the step?",
            ),
        ],
        hints=[
            "By the power rule, what is f′(x) for x³? Put x = 2 into it.",
            "The slope says how much the height grows per unit of x. The step is 0.01 units.",
            "`3 * 2**2 * 0.01`",
        ],
        solution="```python\nslope_1 = 3 * 2**2\npredicted_1 = slope_1 * 0.01\n```",
        why="f′(x) = 3x², so f′(2) = 12. A slope of 12 per unit makes 12 · 0.01 on a step of 0.01.",
        next="The true change is 0.120601: the slope alone comes within half a percent of it.",
    ),
    Question(
        id="power_rule.predict_multiple",
        title="Three times as high",
        difficulty=1,
        minutes=2,
        answer=Formula("6*x", variable="x"),
        rivals=[
            Rival("factor-dropped", "2*x"),
            Rival("exponent-not-in-front", "3*x"),
            Rival("exponent-not-lowered", "6*x**2"),
            Rival("value-for-slope", "3*x**2"),
            Rival("derivative-turned-around", "x**3"),
            Rival(
                "product-of-derivatives",
                "0",
                message="You took the slope of the 3 as well, which is 0, and multiplied. But the "
                "3 does not stand alone: it stretches x². A curve that is three times as high is "
                "not flat. What does the stretch do to a slope of x²?",
            ),
        ],
        hints=[
            "What is the derivative of x² alone?",
            "Everything is three times as high, over the same run. So is every rise.",
            'Three times 2x, in quotes, as in `"5*x"`.',
        ],
        solution='```python\n"6*x"\n```',
        why="The factor 3 stays, and x² gives 2x: 3 times 2x.",
        next="A number in front waits outside while the power does its work.",
    ),
]
