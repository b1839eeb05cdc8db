"""Questions of chapter 17 that gave their place to better ones."""

from utils.checks import Choice, Question, Rival

QUESTIONS = [
    Question(
        id="many_machines.predict_sum",
        title="Two halves of a sum",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "add them",
                "b": "take their mean",
                "c": "it cannot be found without all data in one place",
            },
        ),
        rivals=[
            Rival(
                "divided-by-the-parts",
                "b",
                message="A mean would be right for a mean loss and equal halves. Here the loss is "
                "a sum over all examples, and each example adds a term of its own. If the second "
                "worker's terms were all zero, should the first one's gradient then be halved?",
            ),
            Rival(
                "every-worker-sees-all",
                "c",
                message="It looks so, since no worker ever sees the other's rows. But look at the "
                "whole sum, written out: each of its terms belongs to one single row, and its "
                "slope can be computed by the worker that holds it. What is left to do with the "
                "slopes of all the terms?",
            ),
        ],
        hints=[
            "The whole sum is the sum over the first rows plus the sum over the other rows.",
            "Which rule of chapter 05 speaks of a function f + g?",
            "(f + g)′ = f′ + g′.",
        ],
        solution='```python\ncheck("many_machines.predict_sum", "a")\n```',
        why="The sum rule: the slope of a sum is the sum of the slopes.",
        next="It does not matter where the parts are computed, nor in how many.",
    ),
]
