"""Questions of chapter 13 that gave their place to better ones."""

import numpy as np

from utils.checks import Choice, Function, Question, Rival
from utils.questions.linear_regression import DATA_PROBES, X_LESSON, Y_LESSON, mean_gradient


def train(xs: np.ndarray, ys: np.ndarray, eta: float, epochs: int) -> list[float]:
    """w and b after so many epochs from 0 and 0."""
    w = b = 0.0
    for _ in range(epochs):
        dw, db = mean_gradient(w, b, xs, ys)
        w, b = w - eta * dw, b - eta * db
    return [w, b]


def train_wrongly(kind: str):
    """A training loop with one fault."""

    def loop(xs: np.ndarray, ys: np.ndarray, eta: float, epochs: int) -> list[float]:
        w = b = 0.0
        for _ in range(epochs + (kind == "one more")):
            dw, db = mean_gradient(w, b, xs, ys)
            if kind == "w first":
                w = w - eta * dw
                b = b - eta * mean_gradient(w, b, xs, ys)[1]
                continue
            if kind == "b first":
                b = b - eta * db
                w = w - eta * mean_gradient(w, b, xs, ys)[0]
                continue
            if kind == "no x":
                dw = db
            factor = {"ascent": -1.0, "no two": 0.5, "sum": len(xs)}.get(kind, 1.0)
            db = 0.0 if kind == "w alone" else db
            w, b = w - eta * factor * dw, b - eta * factor * db
        return [float(w), float(b)]

    return loop


_TRAIN_PROBES = [
    (X_LESSON, Y_LESSON, 0.01, 1),
    (X_LESSON, Y_LESSON, 0.01, 10),
    (X_LESSON, Y_LESSON, 0.02, 3),
    (np.array([0.0, 2.0, 4.0]), np.array([1.0, 2.0, 6.0]), 0.05, 4),
    (np.array([-2.0, 1.0, 3.0, 4.0]), np.array([4.0, 0.5, 2.0, -3.0]), 0.04, 5),
    (np.array([1.0, 2.0]), np.array([3.0, 7.0]), 0.1, 2),
]

QUESTIONS = [
    Question(
        id="linear_regression.3",
        title="The gradient of the loss",
        difficulty=2,
        minutes=6,
        answer=Function(mean_gradient, probes=DATA_PROBES),
        rivals=[
            Rival(
                "forgotten-two", lambda w, b, xs, ys: [v / 2 for v in mean_gradient(w, b, xs, ys)]
            ),
            Rival(
                "forgotten-mean",
                lambda w, b, xs, ys: [len(xs) * v for v in mean_gradient(w, b, xs, ys)],
            ),
            Rival("forgotten-x-factor", lambda w, b, xs, ys: [mean_gradient(w, b, xs, ys)[1]] * 2),
            Rival(
                "residual-turned-around",
                lambda w, b, xs, ys: [-v for v in mean_gradient(w, b, xs, ys)],
            ),
            Rival("x-factor-in-both", lambda w, b, xs, ys: [mean_gradient(w, b, xs, ys)[0]] * 2),
            Rival("partials-swapped", lambda w, b, xs, ys: mean_gradient(w, b, xs, ys)[::-1]),
            Rival(
                "other-variable-moves",
                lambda w, b, xs, ys: [
                    sum(mean_gradient(w, b, xs, ys)),
                    mean_gradient(w, b, xs, ys)[1],
                ],
            ),
            Rival(
                "wrong-axis",
                lambda w, b, xs, ys: np.array([2 * (w * xs + b - ys) * xs, 2 * (w * xs + b - ys)]),
                message="These are the slopes of every example by itself, and no mean has been "
                "taken. The loss is one number, so its gradient has one number for each weight: "
                "two here, however many examples there are. Which direction of your table runs "
                "over the examples?",
            ),
            Rival(
                "wrong-axis",
                lambda w, b, xs, ys: np.mean(
                    np.array([2 * (w * xs + b - ys) * xs, 2 * (w * xs + b - ys)]), axis=0
                ),
            ),
        ],
        hints=[
            "Begin with the residuals: `r = w * xs + b - ys`, all of them at once.",
            "∂L/∂b is the mean of 2r. For ∂L/∂w each example brings its own factor.",
            "`[2 * np.mean(r * xs), 2 * np.mean(r)]`",
        ],
        solution="```python\ndef gradient(w, b, xs, ys):\n    r = w * xs + b - ys\n"
        "    return [2 * np.mean(r * xs), 2 * np.mean(r)]\n```",
        why="Outer slope 2r. The inner slope is x for w and 1 for b. Then the mean over examples.",
        next="Two lines of code, and they are all that training needs.",
    ),
    Question(
        id="linear_regression.6",
        title="Bug clinic: the loop that moves too soon",
        difficulty=3,
        minutes=7,
        answer=Function(train, probes=_TRAIN_PROBES, near=0),
        rivals=[
            Rival("sequential-update", train_wrongly("w first")),
            Rival("sequential-update", train_wrongly("b first")),
            Rival("ascent-for-descent", train_wrongly("ascent")),
            Rival("forgotten-two", train_wrongly("no two")),
            Rival("forgotten-mean", train_wrongly("sum")),
            Rival("forgotten-x-factor", train_wrongly("no x")),
            Rival("one-step-too-many", train_wrongly("one more")),
            Rival(
                "partials-swapped",
                lambda xs, ys, eta, epochs: train(xs, ys, eta, epochs)[::-1],
                message="Both numbers are good, but they have changed places. The task asks for "
                "`[w, b]`, the slope first and the intercept second. Which of your two numbers is "
                "multiplied by x in your loop?",
            ),
            Rival(
                "one-weight-only",
                train_wrongly("w alone"),
                message="Only one of the two weights moves in your loop: b is still where it "
                "began, at 0, so your line has to pass through the origin. Both weights are "
                "trained, each with its own partial derivative. Which line of the loop moves b?",
            ),
        ],
        hints=[
            "Follow the first epoch by hand. With which w are the residuals for b computed?",
            "Both partials belong to one place: compute both before either of them is used.",
            "Compute `r` once per epoch, then `dw` and `db` from it, and move w and b last.",
        ],
        solution="```python\ndef train(xs, ys, eta, epochs):\n    w, b = 0.0, 0.0\n"
        "    for _ in range(epochs):\n        r = w * xs + b - ys\n"
        "        dw, db = 2 * np.mean(r * xs), 2 * np.mean(r)\n"
        "        w, b = w - eta * dw, b - eta * db\n    return [w, b]\n```",
        why="The gradient belongs to the place where you stand. Move one knob first, and the other "
        "partial belongs to another place.",
        next="The faulty loop still comes down, which is why nobody noticed.",
    ),
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
