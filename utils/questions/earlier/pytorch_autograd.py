"""Questions of chapter 15 that gave their place to better ones."""

from utils.checks import Number, Question, Rival

QUESTIONS = [
    Question(
        id="pytorch_autograd.predict_twice",
        title="Two rounds, nothing cleared",
        difficulty=1,
        minutes=1,
        answer=Number(20.0),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                10.0,
                message="That would be so if every walk began at an empty `.grad`. But the walk "
                "back *adds* what it finds, and nobody has cleared what the first round left "
                "there. What does += make of the old number and the new one?",
            ),
            Rival(
                "seed-of-zero",
                0.0,
                message="After one round `w.grad` held the slope at 8, which is not 0. The second "
                "round finds it there, and both rounds walk back from a loss at the same place, so "
                "their slopes have the same sign. What does a walk back do with the number that is "
                "there already?",
            ),
            Rival(
                "products-not-added",
                100.0,
                message="You multiplied the gradients of the two rounds. Along one way through a "
                "graph local slopes are multiplied, but pieces that arrive at the same tensor are "
                "put together in another way. What did `hand_on` do in chapter 14?",
            ),
        ],
        hints=[
            "What did `hand_on` do with a gradient that was already there?",
            "The first round leaves 10. The second brings 10 more.",
            "Add the two.",
        ],
        solution="```python\n10 + 10\n```",
        why="AccumulateGrad is a +=, and nobody cleared.",
        next="Some people use this on purpose: many small rounds, one large step.",
    ),
]
