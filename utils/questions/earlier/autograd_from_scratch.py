"""Questions of chapter 14 that gave their place to better ones."""

from utils.checks import Choice, Question, Rival

QUESTIONS = [
    Question(
        id="autograd_from_scratch.predict_zero",
        title="Nothing reset",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "the slope at the new place",
                "b": "the slopes at both places, added",
                "c": "0, since nothing was reset",
            },
        ),
        rivals=[
            Rival(
                "gradient-not-zeroed",
                "a",
                message="That is what the descent needs, and what it would get after a reset. But "
                "handing on *adds* to what is there, and the slope of the first place is still "
                "there. What does `+=` make of an old number and a new one?",
            ),
            Rival(
                "gradient-not-zeroed",
                "c",
                message="Nothing in a walk back sets the gradient of an input to 0: it only adds "
                "to it. After the first walk `w.grad` holds the slope at the first place, and "
                "that was not 0. What has `+=` made of it by the end of the second walk?",
            ),
        ],
        hints=[
            "What does `hand_on` do with the gradient that is already there?",
            "After the first walk `w.grad` holds the slope at the first place.",
            "The second walk adds the slope at the second place to it.",
        ],
        solution='The answer is **b**: `check("autograd_from_scratch.predict_zero", "b")`.',
        why="`+=` cannot know whether the old number belongs to another way of the same walk or to "
        "yesterday's walk.",
        next="The same `+=` that makes fan-out right makes forgetting wrong.",
    ),
    Question(
        id="autograd_from_scratch.predict_walks",
        title="A thousand weights",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "one forward, or one backward",
                "b": "a thousand forward, or one backward",
                "c": "one forward, or a thousand backward",
            },
        ),
        rivals=[
            Rival("modes-swapped", "c"),
            Rival(
                "other-variable-moves",
                "a",
                message="One walk forward starts at one input and asks how everything moves with "
                "it alone. If all weights were nudged together in one walk, what would come out is "
                "one mixed number, not one slope for each weight. How many walks keep them apart?",
            ),
        ],
        hints=[
            "In the cell above, how many walks did each mode need for `a` and `b`?",
            "A walk forward belongs to one input. A walk back belongs to one output.",
            "There are a thousand inputs to follow, and one loss.",
        ],
        solution='The answer is **b**: `check("autograd_from_scratch.predict_walks", "b")`.',
        why="Each walk forward follows one weight. One walk back follows the loss to all weights.",
        next="If one walk took an hour, a billion weights would take forward mode more than a "
        "hundred thousand years.",
    ),
]
