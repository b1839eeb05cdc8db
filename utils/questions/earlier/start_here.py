"""Questions of chapter 00 that gave their place to better ones."""

from utils.checks import Choice, Question, Rival

QUESTIONS = [
    Question(
        id="start_here.up_or_down",
        title="Up or down?",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "a", options={"a": "it goes up", "b": "it goes down", "c": "it stays the same"}
        ),
        rivals=[
            Rival(
                "sign-error",
                "b",
                message="You expect the error to shrink. Drag the point to w = 5 and then a little "
                "to the right. Is the curve higher or lower there than where you came from? Read "
                "the sentence under the picture: it names the direction.",
            ),
            Rival(
                "height-for-slope",
                "c",
                message="The error would stay the same only where the curve is level, and that is "
                "at its bottom. Look at the curve around w = 5. Is it level there, or does it "
                "climb as you go to the right?",
            ),
        ],
        hints=[
            "Find w = 5 on the horizontal axis and go up to the curve.",
            "A nudge upwards makes w a little larger: take a small step to the right.",
            "To the right of the bottom the curve climbs. Where does w = 5 lie?",
        ],
        solution='The answer is **a**, it goes up: `check("start_here.up_or_down", "a")`.',
        why="At w = 5 you are to the right of the bottom, so a step to the right leads uphill.",
        next="So to make the error smaller here, you would nudge w the other way.",
    ),
]
