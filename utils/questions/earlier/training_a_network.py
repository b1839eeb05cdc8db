"""Questions of chapter 16 that gave their place to better ones."""

from utils.checks import Choice, Question, Rival

QUESTIONS = [
    Question(
        id="training_a_network.predict_test",
        title="A hundred new points",
        difficulty=1,
        minutes=1,
        answer=Choice("b", options={"a": "about as many", "b": "clearly fewer", "c": "more"}),
        rivals=[
            Rival("train-on-test", "a"),
            Rival(
                "train-on-test",
                "c",
                message="More than on the points that it was fitted to? The loss was made small on "
                "*those* points, with all their accidents. New ones lie a little differently. In "
                "which direction will that change the score?",
            ),
        ],
        hints=[
            "What did training make small: the loss on these points, or on all possible points?",
            "The strip lies where these 100 points leave a gap.",
            "Other points have their gaps elsewhere.",
        ],
        solution='The answer is **b**: `check("training_a_network.predict_test", "b")`.',
        why="The strip was fitted to the gaps in the training points.",
        next="How much worse it is on new points has a name, the generalisation gap.",
    ),
]
