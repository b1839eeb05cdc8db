"""A question that chapter 08 asked before: which way is downhill?"""

from utils.checks import Choice, Question, Rival

QUESTIONS = [
    Question(
        id="minima_and_maxima.predict_roll",
        title="Which way is down?",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "left from 3, and right from −2",
                "b": "right from 3, and left from −2",
                "c": "left from both",
                "d": "right from −2; from 3 there is no way down, since the slope is plus",
            },
        ),
        rivals=[
            Rival("ascent-for-descent", "b"),
            Rival("smallest-weight", "c"),
            Rival("only-negative-slopes", "d"),
        ],
        hints=[
            "A slope of plus 6 says: a small step to the right makes the loss grow.",
            "If right is up, which way is down? Ask this at both places.",
            "At 3 the slope is plus, so down is left. At −2 it is minus: turn that around.",
        ],
        solution='The answer is **a**: `check("minima_and_maxima.predict_roll", "a")`.',
        why="A plus says that right is uphill, so down is left. A minus says that right is "
        "downhill. Both times the way down is against the sign.",
        next="One rule covers both sides: go against the slope.",
    ),
]
