"""Questions of chapter 03 that gave their place to better ones."""

from utils.checks import Choice, Question, Rival

QUESTIONS = [
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
