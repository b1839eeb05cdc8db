"""Questions of chapter 13 that gave their place to better ones."""

from utils.checks import Choice, Question, Rival

QUESTIONS = [
    Question(
        id="linear_regression.predict_sum",
        title="Residuals that add up to 0",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "the line passes through every point",
                "b": "as much is too high as is too low, and they cancel",
                "c": "no other line can be better",
            },
        ),
        rivals=[
            Rival(
                "residuals-not-squared",
                "a",
                message="Then every single residual would be 0. Look at the five that were "
                "printed: they are not, and the one on the left is large. Numbers with different "
                "signs can add up to 0 as well. Which of these residuals are plus, which minus?",
            ),
            Rival(
                "squared-after-the-mean",
                "c",
                message="You read a sum of 0 as the best that can be. But this line is flat while "
                "the data climb, and a line that climbs misses by less. So a sum of 0 cannot mean "
                "best. What happens in a sum to a miss of plus 6 and a miss of minus 6?",
            ),
        ],
        hints=[
            "Say the five residuals aloud, with their signs.",
            "The line is too high on the left and too low on the right.",
            "Plus 6 and minus 6, plus 3 and minus 3: what is left of them in a sum?",
        ],
        solution='```python\ncheck("linear_regression.predict_sum", "b")\n```',
        why="Misses of opposite sign cancel in a sum. A bad line can have the sum 0.",
        next="So signs have to go before you add. Squaring takes them away.",
    ),
    Question(
        id="linear_regression.predict_faster",
        title="Ten times the learning rate",
        difficulty=2,
        minutes=1,
        answer=Choice(
            "c",
            options={
                "a": "it arrives ten times sooner",
                "b": "nothing changes in the end: it arrives all the same",
                "c": "the loss grows without end",
            },
        ),
        rivals=[
            Rival(
                "step-too-large",
                "a",
                message="As long as a step is short, ten times the step is ten times the way. But "
                "a step that is too long lands on the other wall of the valley, higher than it "
                "started. Chapter 12 gave a border: 2 divided by the largest curvature. On which "
                "side of it is η = 0.1?",
            ),
            Rival(
                "step-too-large",
                "b",
                message="It arrives all the same as long as every step ends lower than it began. "
                "Beyond a certain η that is no longer so, and then more epochs make things worse. "
                "Chapter 12 said where this border lies. Is η = 0.1 below it or above it?",
            ),
        ],
        hints=[
            "The steepest direction sets the limit. Its curvature is 23.66.",
            "The border is 2 divided by that curvature.",
            "2 / 23.66 is about 0.0845, and 0.1 is larger.",
        ],
        solution="The answer is **c**:\n\n```python\n2 / 23.66 < 0.1\n```",
        why="0.1 is above the border of 0.0845: every step overshoots by more than the last.",
        next="So you cannot step faster. You can only change the valley.",
    ),
]
