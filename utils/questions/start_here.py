"""Questions of chapter 00: warm-ups that show how checks, hints and sliders work."""

from utils.checks import Choice, Figure, Function, Live, Number, Question, Rival
from utils.models.start_here import BEST, error

QUESTIONS = [
    Question(
        id="start_here.big_nudge",
        title="A large nudge",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "the error ends smaller still",
                "b": "it ends larger than it was",
                "c": "it ends where it was",
            },
        ),
        rivals=[
            Rival(
                "step-not-used",
                "a",
                message="A small nudge from 2 leads down, and you let the large one go on in the "
                "same way. But a curve can turn on a long way. Follow it with the point from w = 2 "
                "to w = 5. Where does it stop falling, and how far is it from there to the end?",
            ),
            Rival(
                "step-too-large",
                "c",
                message="It does go down and then up again. Are the two ways equally long? Drag "
                "the point from w = 2 to w = 5: how far is it from 2 to the bottom, how far from "
                "the bottom to 5, and which of the two ends is higher?",
            ),
        ],
        hints=[
            "Drag the point to w = 2 and read the error, then to w = 5.",
            "The bottom lies between them. Which of the two places is nearer to it?",
            "From 2 the bottom is one step of 1 away. From 5 it is two such steps.",
        ],
        solution='The answer is **b**, larger: `check("start_here.big_nudge", "b")`.',
        why="The nudge steps over the bottom. At w = 5 you are further from it than at w = 2, and "
        "so higher up.",
        next="What a small nudge does is no promise for a large one. Chapter 12 lives on that.",
    ),
    Question(
        id="start_here.change",
        title="By how much?",
        difficulty=1,
        minutes=2,
        answer=Number(error(1.1) - error(1.0), tolerance=0.001),
        rivals=[
            Rival(
                "value-for-change",
                error(1.1),
                message="This is the error after the nudge: how high the curve is at w = 1.1. The "
                "question asks how much the error *changed* on the way from 1 to 1.1. You have "
                "the height at the end. Which height do you have to compare it with?",
            ),
            Rival(
                "value-for-change",
                error(1.0),
                message="This is the error before the nudge: how high the curve is at w = 1. The "
                "question asks how much the error *changed* on the way from 1 to 1.1. You have "
                "the height at the start. Which height do you have to compare it with?",
            ),
            Rival("change-turned-around", error(1.0) - error(1.1)),
            Rival("sum-for-change", error(1.0) + error(1.1)),
            Rival("rate-for-change", (error(1.1) - error(1.0)) / 0.1),
            Rival("share-for-change", error(1.1) / error(1.0) - 1),
            Rival("share-for-change", 100 * (error(1.1) / error(1.0) - 1)),
        ],
        hints=[
            "A change compares two numbers: where you ended and where you started.",
            "You need `error(1.1)` and `error(1)`. Which of them comes later?",
            "Change = new value − old value. The result may be negative.",
        ],
        solution="```python\nerror(1.1) - error(1)\n```",
        why="A change is the new value minus the old one. It is negative, since the error fell.",
        next="A nudge of 0.1 did this. Divide the change by the nudge: that is a slope, and "
        "chapter 01.",
    ),
    Question(
        id="start_here.1",
        title="From five to four point two",
        difficulty=1,
        minutes=2,
        answer=Number(4.2 - 5.0, tolerance=1e-6),
        rivals=[
            Rival("change-turned-around", 5.0 - 4.2),
            Rival("value-for-change", 4.2),
            Rival("value-for-change", 5.0),
            Rival("sum-for-change", 5.0 + 4.2),
            Rival("share-for-change", 4.2 / 5.0 - 1),
            Rival("share-for-change", 100 * (4.2 / 5.0 - 1)),
        ],
        hints=[
            "The error was 5.0 before and is 4.2 now. Did it go up or down?",
            "Change = new value − old value.",
            "Write it as code and let Python subtract: `change_1 = 4.2 - …`",
        ],
        solution="```python\nchange_1 = 4.2 - 5.0\n```",
        why="New minus old. The minus sign says that the error went down.",
        next="The sign of a change tells the direction, its size tells how much: you need both.",
    ),
    Question(
        id="start_here.2",
        title="Down to the bottom",
        difficulty=1,
        minutes=2,
        answer=Live(
            goal=lambda values: abs(values["w"] - BEST) < 0.05,
            figure=Figure("start_here.explore_nudge"),
            aim="make the error as small as it can be",
            probes=[{"w": BEST}, {"w": error(BEST)}, {"w": 0.0}, {"w": 6.0}],
        ),
        rivals=[
            Rival("error-read-as-weight", lambda values: abs(values["w"] - error(BEST)) < 0.05),
            Rival("smallest-weight", lambda values: values["w"] < 0.05),
            Rival("ascent-for-descent", lambda values: values["w"] > 5.5),
        ],
        hints=[
            "Drag the point and watch the number beside the word *error*.",
            "Left of the bottom a nudge up helps, and right of it a nudge down. Stop where "
            "neither does.",
            "The arrow keys move the slider in small steps: click its knob, then press ← or →.",
        ],
        solution="```python\nview.set(w=3)\n```",
        why="At w = 3 the curve is at its lowest: a nudge either way makes the error larger.",
        next="At the bottom, a nudge barely matters. Chapter 08 turns that into a way to find it.",
    ),
    Question(
        id="start_here.3",
        title="A function for the change",
        difficulty=2,
        minutes=5,
        answer=Function(
            lambda w, nudge: error(w + nudge) - error(w),
            probes=[(0.0, 0.5), (1.0, 0.1), (2.5, -0.3), (5.0, 0.1), (4.0, 1.0), (0.5, 1.5)],
        ),
        rivals=[
            Rival("value-for-change", lambda w, nudge: error(w + nudge)),
            Rival("change-turned-around", lambda w, nudge: error(w) - error(w + nudge)),
            Rival("step-for-place", lambda w, nudge: error(nudge) - error(w)),
            Rival("rate-for-change", lambda w, nudge: (error(w + nudge) - error(w)) / nudge),
            Rival("share-for-change", lambda w, nudge: error(w + nudge) / error(w) - 1),
            Rival(
                "slope-sign-lost",
                lambda w, nudge: abs(error(w + nudge) - error(w)),
                message="The size is right, and the sign is gone: your function never returns less "
                "than 0. But a change has a direction, and where the error shrinks it is negative. "
                "What does your code do to a negative difference?",
            ),
            Rival(
                "step-not-used",
                lambda w, nudge: error(w + 0.1) - error(w),
                message="Your function moves by 0.1, whatever nudge it is given. The nudge is its "
                "second input, and may be larger, or negative. Where does the name `nudge` appear "
                "in your code?",
            ),
        ],
        hints=[
            "Before the nudge you stand at `w`. Where do you stand after it?",
            "The error after the nudge is `error(w + nudge)`.",
            "A change is new minus old, and a function hands its result back with `return`.",
        ],
        solution="```python\ndef change(w, nudge):\n    return error(w + nudge) - error(w)\n```",
        why="The new place is `w + nudge`. New error minus old error is the change.",
        next="Divide this by the nudge and you have the average slope of chapter 02.",
    ),
]
