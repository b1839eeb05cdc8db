"""Questions of chapter 05 that gave their place to better ones."""

from utils.checks import Formula, Question, Rival

QUESTIONS = [
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
