"""Questions of chapter 12 that gave their place to better ones."""

from utils.checks import Choice, Number, Question, Rival

QUESTIONS = [
    Question(
        id="learning_rate.predict_overshoot",
        title="A step over the valley",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "they lead farther out each time",
                "b": "they change sides each time, and come closer",
                "c": "they jump between 4 and −3.2 for ever",
                "d": "this cannot happen: the slope must be wrong",
            },
        ),
        rivals=[
            Rival("overshoot-read-as-diverging", "a"),
            Rival(
                "slope-of-the-start",
                "c",
                message="To come back to 4 the second step would have to be as long as the first. "
                "But the step is η times the slope, and at −3.2 the slope is smaller in size than "
                "at 4. Which is longer, the first step or the second?",
            ),
            Rival(
                "gradient-blamed",
                "d",
                message="The slope at 4 is 8, by the rule and by a nudge, and the step goes the "
                "right way. It is so long that it passes the bottom and ends on the other side. "
                "What is the slope there, and which way does the next step go?",
            ),
        ],
        hints=[
            "The slope at −3.2 is 2 · (−3.2). What does the rule make of it?",
            "The second step goes from −3.2 to −3.2 + 0.9 · 6.4.",
            "That is 2.56: on the other side again. Is it nearer to 0 than 4 was, or farther?",
        ],
        solution='The answer is **b**: `check("learning_rate.predict_overshoot", "b")`.',
        why="Each step passes the bottom, but ends nearer to it than it began. There the slope is "
        "smaller, so the next step is shorter.",
        next="One number says what a step does to w, and you will find it below.",
    ),
    Question(
        id="learning_rate.predict_border",
        title="The border of 2w²",
        difficulty=2,
        minutes=2,
        answer=Number(0.5, tolerance=1e-6, near=0.005),
        rivals=[
            Rival("best-rate-for-limit", 0.25),
            Rival(
                "forgotten-two",
                1.0,
                message="It seems that you took the slope of a w² to be a w. The square leaves a 2 "
                "in front, so the slope is twice that, and the same step is twice as long. What is "
                "the factor of one step then, and where does it reach minus one?",
            ),
            Rival(
                "rise-run-swapped",
                2.0,
                message="You gave a itself. But a steeper bowl needs a *shorter* step, so a large "
                "a must lead to a small limit. Look at the line of the table where the factor is "
                "minus one: where does a stand there, above the fraction bar or below it?",
            ),
        ],
        hints=[
            "What is a here? The table has the borders as fractions of it.",
            "The walk converges while the factor 1 − 2aη lies between −1 and 1.",
            "1 − 4η = −1. Which η is that?",
        ],
        solution="```python\n1 / 2\n```",
        why="Here a = 2, so a step multiplies w by 1 − 4η. At −1 it is on the edge, and that is "
        "where η = 1/a.",
        next="Half of it again, 1/(2a), is the best rate there is for this bowl.",
    ),
]
