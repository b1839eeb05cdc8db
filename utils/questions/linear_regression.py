"""Questions of chapter 13: residuals, mean squared error, its gradient, and training a line."""

import numpy as np

from utils import data
from utils.checks import (
    Choice,
    Figure,
    Formula,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.checks.kinds.open_task import Attempt
from utils.models.linear_regression import XS, YS, Regression
from utils.numerals import number

X_LESSON, Y_LESSON = np.array(XS), np.array(YS)

LINE_1 = (2.0, 7.0)  # w and b of exercise 1
RESIDUALS_1 = LINE_1[0] * X_LESSON + LINE_1[1] - Y_LESSON

LESSON = Regression(X_LESSON, Y_LESSON)
EPOCHS_4, LOW_ENOUGH = 100, 0.0015  # exercise 4
BOILING_AT = 93.0  # °C, exercise 9


def mean_gradient(w: float, b: float, xs: np.ndarray, ys: np.ndarray) -> list[float]:
    """Both partial derivatives of the mean squared error."""
    r = w * xs + b - ys
    return [float(2 * np.mean(r * xs)), float(2 * np.mean(r))]


def table(xs: np.ndarray) -> np.ndarray:
    """One row per example, one column per weight of ŷ = ax² + bx + c."""
    return np.column_stack([xs**2, xs, np.ones(len(xs))])


def parabola_slopes(theta: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """What each example wishes for each weight, shape (m, 3); the gradient is the mean over m."""
    return 2 * (table(xs) @ theta - ys)[:, None] * table(xs)


def parabola_gradient(theta: np.ndarray, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """The gradient of the mean squared error of a parabola."""
    return np.mean(parabola_slopes(theta, xs, ys), axis=0)


def unscale(
    v: np.ndarray, c: float, means: np.ndarray, spreads: np.ndarray, fault: str = ""
) -> list[float]:
    """Weights of inputs as they are, then the intercept, from those of standardised inputs.

    fault: "nothing", "b left", "times", "times alone", "plus" or "means alone".
    """
    w = v * spreads if fault.startswith("times") else v / spreads
    if fault == "times alone":  # and the intercept is right
        return [*w.tolist(), float(c - np.sum(v / spreads * means))]
    moved = np.sum((v if fault == "means alone" else w) * means)
    if fault == "nothing":
        return [*v.tolist(), c]
    b = {"b left": c, "plus": c + moved}.get(fault, c - moved)
    return [*w.tolist(), float(b)]


def plane(X: np.ndarray, ys: np.ndarray) -> list[float]:
    """Weights and intercept of the lowest mean squared error, one weight for each column of X."""
    full = np.column_stack([X, np.ones(len(X))])
    return np.linalg.lstsq(full, ys, rcond=None)[0].tolist()


def plane_wrongly(kind: str):
    """A fit by standardised inputs, with one fault."""

    def fit(X: np.ndarray, ys: np.ndarray) -> list[float]:
        means, spreads = X.mean(axis=0), X.std(axis=0)
        *v, c = plane((X - means) / spreads, ys)
        found = unscale(np.array(v), c, means, spreads, kind)
        if kind == "spread of y":
            return [value / float(ys.std()) for value in found]
        if kind == "b first":
            return [found[-1], *found[:-1]]
        if kind == "no intercept":
            return [*np.linalg.lstsq(X, ys, rcond=None)[0].tolist(), 0.0]
        return found

    return fit


def closed_form(xs: np.ndarray, ys: np.ndarray) -> list[float]:
    """w and b of the lowest mean squared error."""
    dx, dy = xs - xs.mean(), ys - ys.mean()
    w = float(np.mean(dx * dy) / np.mean(dx**2))
    return [w, float(ys.mean() - w * xs.mean())]


def first_epoch(w_alone: bool = False) -> int:
    """The first epoch after which the lesson's loop prints 3.0000 and 2.0000."""
    run = LESSON.run(range(5000), 0.01, (0.0, 0.0)).tolist()
    there = (
        epoch
        for epoch, (w, b, _) in enumerate(run)
        if f"{w:.4f}" == "3.0000" and (w_alone or f"{b:.4f}" == "2.0000")
    )
    return next(there)


KETTLE = Regression(*data.boiling_point())  # °C and hPa
SLOPE, INTERCEPT = KETTLE.best
PRESSURE = SLOPE * BOILING_AT + INTERCEPT
ARRIVED, W_ARRIVED = first_epoch(), first_epoch(w_alone=True)


def _loss_4(values: dict) -> float:
    return LESSON.after(round(values["epochs"]), values["eta"], (0.0, 0.0))[2]


def _good_rate(values: dict) -> bool:
    return values["eta"] > 0 and _loss_4(values) < LOW_ENOUGH


DATA_PROBES = [
    (0.0, 0.0, X_LESSON, Y_LESSON),
    (2.0, 3.0, X_LESSON, Y_LESSON),
    (1.0, -2.0, np.array([0.5, 2.0, 4.0]), np.array([1.0, -1.0, 3.0])),
    (-1.5, 0.5, np.array([-2.0, 1.0, 3.0, 7.0]), np.array([4.0, 0.0, 2.0, -3.0])),
    (0.25, 4.0, np.array([10.0, 20.0, 25.0, 30.0]), np.array([5.0, 9.0, 11.0, 16.0])),
    (3.0, 1.0, np.array([-1.0, 0.5, 2.5, 6.0, 8.0, 9.0]), np.array([1.0, 2.0, 0, 5.0, 4.0, 7.0])),
]


_PARABOLA_PROBES = [
    (np.array(theta), xs, ys)
    for theta, (_, _, xs, ys) in zip(
        [(0, 2, 3), (0, 3, 1), (1, -2, 0.5), (0.5, 0.5, -1), (0.1, 0, 2), (-0.5, 1, 4)],
        DATA_PROBES,
        strict=True,
    )
]


def unscale_right(v: np.ndarray, c: float, means: np.ndarray, spreads: np.ndarray) -> list[float]:
    """Weights and intercept for inputs as they are."""
    return unscale(v, c, means, spreads)


_UNSCALE_PROBES = [
    (np.array([3.0, -1.0]), 10.0, np.array([50.0, 2.0]), np.array([20.0, 0.5])),
    (np.array([0.5, 4.0]), -3.0, np.array([-10.0, 4.0]), np.array([2.0, 8.0])),
    (np.array([-2.0, 6.0]), 1.0, np.array([1.5, 300.0]), np.array([0.1, 40.0])),
    (np.array([1.0, 2.0, -3.0]), 5.0, np.array([2.0, -7.0, 30.0]), np.array([4.0, 0.25, 10.0])),
    (np.array([7.0]), 840.0, np.array([95.0]), np.array([3.0])),
]

_TABLES = [
    ([(40, 8), (55, 2), (70, 5), (90, 1), (110, 6)], [480, 790, 800, 1210, 1190]),
    ([(100, 0.1), (300, 0.4), (200, 0.2), (500, 0.3), (400, 0.6)], [7, 12, 9, 21, 14]),
    ([(-3, 1000), (0, 1400), (4, 1100), (6, 1900), (1, 1600), (2, 1250)], [5, 2, 9, 4, 1, 8]),
    ([(2, 3), (5, 1), (8, 9), (4, 6)], [40, 10, 70, 55]),
    ([(0.02, 30), (0.05, 10), (0.01, 55), (0.08, 42), (0.04, 20)], [1, 4, 0.5, 6, 2]),
]
_PLANE_PROBES = [(np.array(rows, float), np.array(ys, float)) for rows, ys in _TABLES]


def _with_slope(xs: np.ndarray, ys: np.ndarray, w: float) -> list[float]:
    """The line of a given slope through both means."""
    return [float(w), float(ys.mean() - w * xs.mean())]


# --- exercise 10: tables in which a few numbers are mistyped ---

CLOSE_10 = 1.0


def _mistyped(
    seed: int, count: int, line: tuple[float, float], wrong: dict[int, float]
) -> tuple[np.ndarray, np.ndarray, tuple[float, float]]:
    """Points near a line, some of them moved by far; and the line."""
    rng = np.random.default_rng(seed)
    xs = np.sort(rng.permutation(3 * count)[:count] / 2.0)
    ys = line[0] * xs + line[1] + 0.2 * rng.standard_normal(count)
    for place, miss in wrong.items():
        ys[place] += miss
    return xs, ys.round(2), line


_MISTYPED = [
    _mistyped(1, 15, (2.0, 3.0), {0: 90.0, 13: -60.0, 14: -75.0}),
    _mistyped(2, 12, (-1.5, 40.0), {0: -300.0, 11: 45.0}),
    _mistyped(3, 20, (0.5, -8.0), {0: -40.0, 2: 25.0, 19: 400.0, 18: 30.0}),
    _mistyped(4, 11, (-3.0, 10.0), {0: 70.0, 10: 88.0}),
    _mistyped(5, 18, (1.2, 0.0), {0: 55.0, 1: 40.0, 17: -90.0}),
]


def line_error(run: Attempt, swapped: bool = False) -> float:
    """How far a run's line is from the true one, at the worst x of its table."""
    xs = run.arguments[0]
    w, b = run.result[::-1] if swapped else run.result
    true = next(line for table, _, line in _MISTYPED if np.array_equal(table, xs))
    return float(np.max(np.abs((w - true[0]) * xs + b - true[1])))


def median_of_slopes(xs: np.ndarray, ys: np.ndarray) -> list[float]:
    """The median of the slopes of all pairs, and the median height that is left."""
    i, j = np.triu_indices(len(xs), 1)
    w = float(np.median((ys[j] - ys[i]) / (xs[j] - xs[i])))
    return [w, float(np.median(ys - w * xs))]


def _is_least_squares(run: Attempt) -> bool:
    return bool(np.allclose(run.result, closed_form(*run.arguments), rtol=0.02, atol=0.05))


def _through_the_ends(run: Attempt) -> bool:
    xs, ys = run.arguments
    w, b = run.result
    return bool(np.allclose(w * xs[[0, -1]] + b, ys[[0, -1]], atol=1e-3))


QUESTIONS = [
    Question(
        id="linear_regression.predict_other_sums",
        title="Other lines with the sum 0",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "for no other line",
                "b": "for the best line alone",
                "c": "for every line through (3, 11), the middle of the data",
                "d": "for all other flat lines",
            },
        ),
        rivals=[
            Rival(
                "squared-after-the-mean",
                "a",
                message="Think of the best line, which passes through all five points. Its "
                "residuals are all 0, and so is their sum. So there is at least one more. Now turn "
                "a line about its middle: what one side gains in height, what does the other do?",
            ),
            Rival(
                "residuals-not-squared",
                "b",
                message="The best line is one of them, since all its residuals are 0. But the flat "
                "line is another, and it is far from best. What lies between the two? Turn the "
                "flat line slowly about its middle: what becomes of the sum on the way?",
            ),
            Rival(
                "held-read-as-zero",
                "d",
                message="Lift the flat line by 1, from height 11 to height 12. Each of its five "
                "residuals grows by 1, and nothing makes up for that. What can you do to a line "
                "that raises some of its residuals and lowers others by as much?",
            ),
        ],
        hints=[
            "Turn the flat line about the point (3, 11). Which residuals grow, which shrink?",
            "At x = 5 the line rises by as much as it falls at x = 1.",
            "So turning it about the middle leaves the sum as it is.",
        ],
        solution='```python\ncheck("linear_regression.predict_other_sums", "c")\n```',
        why="A turn about the middle of the data lifts one half and lowers the other by as much.",
        next="So the sum sees only how high a line lies in the middle, and nothing of its slope.",
    ),
    Question(
        id="linear_regression.predict_lever",
        title="How far a nudge of w reaches",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={"a": "by 0.1 as well", "b": "not at all", "c": "by 0.4", "d": "by 4.1"},
        ),
        rivals=[
            Rival("forgotten-x-factor", "a"),
            Rival(
                "value-for-change",
                "d",
                message="You added the nudge to the place x. A nudge of w changes the slope, and "
                "the slope is multiplied by x to make a height. Write ŷ once with w and once with "
                "w + 0.1, both at x = 4. What is the difference of these two heights?",
            ),
            Rival(
                "held-read-as-zero",
                "b",
                message="Only b is held here, and what is held drops out of a change. But w moves, "
                "and the prediction contains it, multiplied by x. Turn the line a little about the "
                "place where x is 0: does its height at x = 4 stay as it was?",
            ),
        ],
        hints=[
            "At x = 4 the prediction is 4w + b.",
            "Put in w + 0.1 for w: 4(w + 0.1) + b. Multiply out.",
            "Four times the nudge.",
        ],
        solution="The answer is **c**:\n\n```python\n(2.1 * 4 + 3) - (2 * 4 + 3)\n```",
        why="w is multiplied by x, so at x = 4 a nudge of w arrives four times as large.",
        next="This factor x is the inner derivative, and it will stand in ∂L/∂w.",
    ),
    Question(
        id="linear_regression.predict_published",
        title="What 500 epochs give",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "w = 3.0000 and b = 2.0000, as on the page",
                "b": "close, but neither number agrees with the page to one decimal",
                "c": "nan, since the steps grow",
            },
        ),
        rivals=[
            Rival("claim-for-result", "a"),
            Rival(
                "step-too-large",
                "c",
                message="A run that blows up does so from the start: its loss grows at every "
                "epoch. Yours fell, from 139 to below 1 in ten epochs. So the steps are short "
                "enough, and the question is only how far they have come. Are they there?",
            ),
        ],
        hints=[
            "From epoch 10 to epoch 100, b moved from 0.8890 to 1.2262. How far is it still to 2?",
            "The steps become shorter as the slope becomes smaller.",
            "Both numbers creep, and b is the slow one.",
        ],
        solution='```python\ncheck("linear_regression.predict_published", "b")\n```',
        why="After 500 epochs it is at 3.0553 and 1.8003. The page's numbers are no output of its "
        "code.",
        next="Run it, and believe the run.",
    ),
    Question(
        id="linear_regression.predict_eight_times",
        title="Eight times the learning rate",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "more than 453, since it jumps from wall to wall",
                "b": "about 57, an eighth",
                "c": "about 7, an eighth of an eighth",
            },
        ),
        rivals=[
            Rival(
                "overshoot-read-as-diverging",
                "a",
                message="It does jump from wall to wall, but each jump ends lower than the last, "
                "so the walls are soon done with. What takes so long is the floor. How many times "
                "as far does each step go there?",
            ),
            Rival(
                "step-size-twice",
                "c",
                message="You counted the eight twice. On the floor each step is η times the slope, "
                "so eight times the η makes it eight times as long. The slope itself depends on "
                "the place and not on η. How many epochs does that save?",
            ),
        ],
        hints=[
            "Which of the two takes long, the wall or the floor?",
            "At η = 0.01 an epoch takes 0.0034 of the distance along the floor away.",
            "At η = 0.08 it is eight times as much, so how many epochs will it be?",
        ],
        solution='The answer is **b**: `check("linear_regression.predict_eight_times", "b")`.',
        why="The floor is what takes long, and there eight times the η makes each step eight times "
        "as long.",
        next="But there is hardly any room left, since the limit of 0.0845 is near.",
    ),
    Question(
        id="linear_regression.predict_kettle",
        title="Straight into real data",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "a line close to the points",
                "b": "nan, not a number",
                "c": "0 and 0: it does not move",
            },
        ),
        rivals=[
            Rival(
                "step-too-large",
                "a",
                message="With five small numbers η = 0.01 was fine. Here x is near 95, and the "
                "curvature of the loss along w is twice the mean of x², thousands of times what "
                "it was. The border for η is 2 divided by that. Is 0.01 above or below it?",
            ),
            Rival(
                "step-too-large",
                "c",
                message="A walk stands still where the slope is 0 or the step has no length. At 0 "
                "and 0 every prediction misses by hundreds of hPa, so the slopes are huge, and so "
                "is the first step. What happens after a step that is much too long?",
            ),
        ],
        hints=[
            "How large is the mean of x² when x is near 95?",
            "The largest curvature is about twice that: more than 18,000.",
            "2 divided by 18,000 is far below 0.01. What happens beyond the border?",
        ],
        solution="The answer is **b**:\n\n```python\n2 / 18_000 < 0.01\n```",
        why="The border lies near 0.0001. Beyond it the numbers grow until the computer gives up.",
        next="nan means: look at the size of your inputs.",
    ),
    Question(
        id="linear_regression.predict_pattern",
        title="What is left over",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "the true law bends, and a straight line cannot",
                "b": "training has not run long enough",
                "c": "measurements always look like this",
            },
        ),
        rivals=[
            Rival(
                "flat-read-as-minimum",
                "b",
                message="The closed form agrees with the training to the last digit shown, so "
                "there is no better straight line, however long you train. What is left over does "
                "not come from the search. If the best line misses in a pattern, what does that "
                "say about lines?",
            ),
            Rival(
                "claim-for-result",
                "c",
                message="Errors of measurement are as likely to be plus as minus at each place, so "
                "their signs come mixed. Toss a coin seventeen times: how often would you see "
                "heads at both ends, and tails nearly all along the middle?",
            ),
        ],
        hints=[
            "Chance has no order: its signs would be mixed from left to right.",
            "Here the residuals have one sign at both ends and the other in the middle.",
            "Lay a straight ruler on a bowed curve: where is the ruler above, where below?",
        ],
        solution='```python\ncheck("linear_regression.predict_pattern", "a")\n```',
        why="A ruler laid on a bow is below at both ends and above in the middle.",
        next="A model with a bend is chapter 16. The residuals told you that you need one.",
    ),
    Question(
        id="linear_regression.predict_ten_steps",
        title="One exact step, or ten rough ones",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "the one step, whose slope is exact",
                "b": "the ten steps",
                "c": "neither, since the ten small means add up to the same move",
            },
        ),
        rivals=[
            Rival("exact-for-far", "a"),
            Rival(
                "slope-of-the-start",
                "c",
                message="The ten means would make up the whole one if all were taken at the start. "
                "But a step is made after each heap, so the second heap is asked at another place. "
                "How long is the whole move in your way of counting, when each mean is multiplied "
                "by η once and there are ten of them?",
            ),
        ],
        hints=[
            "The start is far from the best line, so which way is down is clear to almost anybody.",
            "A hundred examples give nearly the same mean slope as a thousand do.",
            "So each of the ten steps is about as long and as good as the one.",
        ],
        solution="The answer is **b**:\n\n```python\n"
        'check("linear_regression.predict_ten_steps", "b")\n```',
        why="A hundred examples point nearly the same way as a thousand, so ten steps come much "
        "further than one.",
        next="It is the reason why hardly any network is trained with all its data in each step.",
    ),
    Question(
        id="linear_regression.predict_curves",
        title="Which curve asked one at a time",
        difficulty=3,
        minutes=3,
        answer=Choice("c", options={"a": "P", "b": "Q", "c": "R"}),
        rivals=[
            Rival("noise-misread", "b"),
            Rival(
                "noise-misread",
                "a",
                message="This curve falls slowly, as small steps do, and that fits. But look at "
                "where it ends: its floor lies far below the others, and it hardly shakes. What "
                "does asking more examples at a time do to the floor, and which of the three "
                "floors belongs to a single one?",
            ),
        ],
        hints=[
            "Work out √(η/size) for each of the three runs: which of them should tremble least?",
            "Two tremble alike, and one of those has ten times the η. Which falls faster?",
            "You want the one that falls slowly and ends high.",
        ],
        solution='```python\ncheck("linear_regression.predict_curves", "c")\n```',
        why="P trembles least, so it has the large batches. Of the other two, R falls slowly, so "
        "it has the small η, and with it the batches of 1.",
        next="People who train networks read such curves every day.",
    ),
    Question(
        id="linear_regression.1",
        title="Five misses, one loss",
        difficulty=1,
        minutes=3,
        answer=Number(float(np.mean(RESIDUALS_1**2))),
        rivals=[
            Rival(
                "forgotten-mean",
                float(np.sum(RESIDUALS_1**2)),
                message="You added up the squares of all examples. The loss is their mean, so that "
                "it does not grow when more data comes in. Imagine that every point came twice: "
                "should the line count as twice as bad, and would yours?",
            ),
            Rival("residuals-not-squared", float(np.mean(np.abs(RESIDUALS_1)))),
            Rival("root-of-the-mean-square", float(np.sqrt(np.mean(RESIDUALS_1**2)))),
            Rival("squared-after-the-mean", float(np.mean(RESIDUALS_1)) ** 2),
        ],
        hints=[
            "The line gives 9, 11, 13, 15, 17. Subtract the data, one by one.",
            "Square the five residuals, then take their mean.",
            "`np.mean((2 * xs + 7 - ys) ** 2)`",
        ],
        solution="```python\nanswer_1 = np.mean((2 * xs + 7 - ys) ** 2)\n```",
        why="The residuals are 5 − x, that is 4, 3, 2, 1, 0. Square first, then take the mean.",
        next="This one number is the height of the map at w = 2, b = 7.",
    ),
    Question(
        id="linear_regression.2",
        title="One example, one partial",
        difficulty=2,
        minutes=5,
        answer=Formula(
            "8*(4*w + b - 10)",
            variable="w b",
            probes=[(0.0, 0.0), (1.0, 2.0), (3.0, -1.0), (-2.0, 5.0), (2.5, 4.0), (0.5, -3.0)],
        ),
        rivals=[
            Rival("forgotten-x-factor", "2*(4*w + b - 10)"),
            Rival("forgotten-two", "4*(4*w + b - 10)"),
            Rival("residual-turned-around", "-8*(4*w + b - 10)"),
            Rival("other-variable-moves", "10*(4*w + b - 10)"),
            Rival("value-for-slope", "(4*w + b - 10)**2"),
        ],
        hints=[
            "The outer function is a square: its slope is 2 times what is inside.",
            "Inside stands 4w + b − 10. If w grows by one and b stays, by how much does it grow?",
            "2 times the inside, times 4.",
        ],
        solution='```python\nanswer_2 = "2*(4*w + b - 10)*4"\n```',
        why="Outer slope 2r, inner slope x = 4. For b the inner slope would be 1.",
        next="The mean over all examples of such pieces is ∂L/∂w.",
    ),
    Question(
        id="linear_regression.3b",
        title="Back to the old units",
        difficulty=3,
        minutes=7,
        answer=Function(unscale_right, probes=_UNSCALE_PROBES),
        rivals=[
            Rival(
                "scaling-not-undone",
                lambda v, c, means, spreads: unscale(v, c, means, spreads, "nothing"),
            ),
            Rival(
                "scaling-not-undone",
                lambda v, c, means, spreads: unscale(v, c, means, spreads, "b left"),
                message="Your weights are right, and the last number is still the height at the "
                "*means*. In the old units the intercept is the height where every input is 0, "
                "and each input moved by its mean when it was scaled. What do the weights make of "
                "that distance?",
            ),
            Rival(
                "scaling-not-undone",
                lambda v, c, means, spreads: unscale(v, c, means, spreads, "means alone"),
                message="Your weights are right. For the intercept you took the weights of the "
                "scaled inputs times means in the old units, and the two do not go together. Write "
                "out v · (x − mean)/spread: what stands in front of the mean there?",
            ),
            Rival(
                "scaled-the-wrong-way",
                lambda v, c, means, spreads: unscale(v, c, means, spreads, "times"),
            ),
            Rival(
                "scaled-the-wrong-way",
                lambda v, c, means, spreads: unscale(v, c, means, spreads, "times alone"),
            ),
            Rival(
                "sign-error",
                lambda v, c, means, spreads: unscale(v, c, means, spreads, "plus"),
                message="Your weights are right, and the intercept went the wrong way. In "
                "v · (x − mean)/spread the mean stands behind a minus. When you multiply out and "
                "collect what has no x in it, which sign do these pieces carry?",
            ),
        ],
        hints=[
            "Put `(x - mean) / spread` in place of z in `v * z + c`, for one input, and multiply "
            "out.",
            "What stands in front of x is its weight. What has no x in it belongs to the "
            "intercept.",
            "One input: the weight is `v / spread`, and the intercept is "
            "`c - v * mean / spread`. With more inputs every one takes its piece away.",
        ],
        solution="```python\ndef unscale(v, c, means, spreads):\n    w = v / spreads\n"
        "    return [*w, c - np.sum(w * means)]\n```",
        why="v · (x − mean)/spread + c is (v/spread) · x + (c − v · mean/spread): the same line, "
        "sorted by x.",
        next="So nobody who uses your model has to know how it was trained.",
    ),
    Question(
        id="linear_regression.4",
        title="As fast as it can",
        difficulty=2,
        minutes=4,
        answer=Live(
            _good_rate,
            figure=Figure("linear_regression.explore_training", settings={"epochs": 100}),
            aim="bring the loss below 0.0015 with 100 epochs",
            probes=[
                {"epochs": 100, "eta": 0.08},
                {"epochs": 100, "eta": 0.01},
                {"epochs": 100, "eta": 0.09},
                {"epochs": 100, "eta": -0.01},
                {"epochs": 20, "eta": 0.08},
            ],
        ),
        rivals=[
            Rival(
                "step-too-large",
                lambda v: v["eta"] >= LESSON.largest_rate,
                message="With this learning rate the steps are too long: each one lands on the "
                "other wall of the valley, higher than it began, so that the loss grows. The "
                "largest rate that still comes down is not far below. What does the loss do one "
                "notch of the slider lower?",
            ),
            Rival("ascent-for-descent", lambda v: v["eta"] < 0),
            Rival(
                "one-step-too-many",
                lambda v: (
                    0 <= v["eta"] < LESSON.largest_rate
                    and v["epochs"] < EPOCHS_4
                    and not _good_rate(v)
                ),
                message="You stopped early: the run has 100 epochs, and the point on the loss "
                "curve is not at its end yet. Pull the slider of the epochs to the right. Is the "
                "loss low enough now, or do you need another learning rate as well?",
            ),
        ],
        hints=[
            "Move the epochs to 100 first. Then change η and watch the loss.",
            "A larger η creeps faster, up to the border, which lies near 0.0845.",
            "Try the largest η on the slider that still comes down.",
        ],
        solution="```python\nview_4.set(eta=0.08, epochs=100)\n```",
        why="The valley floor is crossed fastest with the largest η that does not overshoot: 0.08.",
        next="Faster than that you get only by changing the valley: centring.",
    ),
    Question(
        id="linear_regression.5",
        title="Bug clinic: five numbers for three weights",
        difficulty=3,
        minutes=6,
        answer=Function(parabola_gradient, probes=_PARABOLA_PROBES),
        rivals=[
            Rival(
                "wrong-axis",
                lambda theta, xs, ys: np.mean(parabola_slopes(theta, xs, ys), axis=1),
            ),
            Rival(
                "wrong-axis",
                lambda theta, xs, ys: np.mean(parabola_slopes(theta, xs, ys)),
                message="Without an axis `np.mean` averages the whole table, examples and weights "
                "together, down to one single number. But every weight needs a slope of its own. "
                "The table has a row for each example and a column for each weight: along which "
                "of the two should the mean run?",
            ),
            Rival(
                "forgotten-mean", lambda theta, xs, ys: parabola_slopes(theta, xs, ys).sum(axis=0)
            ),
            Rival("forgotten-two", lambda theta, xs, ys: parabola_gradient(theta, xs, ys) / 2),
            Rival(
                "residual-turned-around", lambda theta, xs, ys: -parabola_gradient(theta, xs, ys)
            ),
        ],
        hints=[
            "How many weights are there, and how many numbers come out?",
            "`axis=0` runs down the rows and leaves one number for each column.",
            "Print `(2 * r[:, None] * X).shape`: which of the two numbers counts examples?",
        ],
        solution="```python\ndef gradient_of(theta, xs, ys):\n"
        "    X = np.column_stack([xs**2, xs, np.ones(len(xs))])\n    r = X @ theta - ys\n"
        "    return np.mean(2 * r[:, None] * X, axis=0)\n```",
        why="Rows are examples, columns are weights. The mean over the rows leaves one per weight.",
        next="Three weights or a thousand: with a column for each, the last line stays the same.",
    ),
    Question(
        id="linear_regression.6b",
        title="Two inputs, two scales",
        difficulty=3,
        minutes=10,
        answer=Function(
            plane,
            probes=_PLANE_PROBES,
            tolerance=1e-3,
            because="a few thousand epochs come closer than that",
        ),
        rivals=[
            Rival("scaling-not-undone", plane_wrongly("nothing")),
            Rival(
                "scaling-not-undone",
                plane_wrongly("b left"),
                message="Your weights are in the old units, and the last number is not: it is the "
                "height at the means of the inputs. The task asks for the height where both "
                "inputs are 0. Exercise 3 found out what has to be taken away. What was it?",
            ),
            Rival("scaled-the-wrong-way", plane_wrongly("times")),
            Rival("scaled-the-wrong-way", plane_wrongly("times alone")),
            Rival(
                "scaling-not-undone",
                plane_wrongly("spread of y"),
                message="You standardised the inputs and took that back. But `ys` was divided by "
                "its spread as well, and that is still in all your numbers: your predictions are "
                "no rents yet. Does a target need any scaling here? And if it gets some, what has "
                "to be done at the end?",
            ),
            Rival("line-through-the-origin", plane_wrongly("no intercept")),
            Rival(
                "partials-swapped",
                plane_wrongly("b first"),
                message="All numbers are good, and they stand in another order. The task asks for "
                "the two weights first, in the order of the columns, and for the intercept last. "
                "Which of your numbers is the height where both inputs are 0?",
            ),
        ],
        hints=[
            "`X.mean(axis=0)` and `X.std(axis=0)` give one number for each column. With "
            "`Z = (X - means) / spreads` all columns have the same size.",
            "Train on Z: `r = Z @ v + c - ys`, then `dv = 2 * Z.T @ r / len(ys)` and "
            "`dc = 2 * np.mean(r)`. With columns of size 1, η = 0.1 is a good size.",
            "After 5,000 epochs take the scaling back: your `unscale` of exercise 3 does that.",
        ],
        solution="```python\ndef fit(X, ys):\n    means, spreads = X.mean(axis=0), X.std(axis=0)\n"
        "    Z = (X - means) / spreads\n    v, c = np.zeros(X.shape[1]), 0.0\n"
        "    for _ in range(5000):\n        r = Z @ v + c - ys\n"
        "        v, c = v - 0.1 * 2 * Z.T @ r / len(ys), c - 0.1 * 2 * np.mean(r)\n"
        "    w = v / spreads\n    return [*w, c - np.sum(w * means)]\n```",
        why="Standardised, all inputs pull equally hard, so one η suits every weight. Un-scaled, "
        "the model speaks of square metres and kilometres again.",
        next="Libraries call this a *scaler*, and they keep its means and spreads with the model.",
    ),
    Question(
        id="linear_regression.7",
        title="Bug clinic: printed, but never computed",
        difficulty=3,
        minutes=6,
        answer=Number(
            float(ARRIVED),
            tolerance=0.1,
            near=0,
            because="an epoch can be counted exactly",
        ),
        rivals=[
            Rival("claim-for-result", 500.0),
            Rival("one-weight-only", float(W_ARRIVED)),
            Rival("one-step-too-many", float(ARRIVED - 1)),
            Rival("one-step-too-many", float(ARRIVED + 1)),
            Rival(
                "claim-for-result",
                5000.0,
                message="After that many epochs both numbers print as promised, that is true. The "
                "question asks for the first epoch after which they do, and that comes earlier. "
                "Let a loop print, or stop, at the right moment: what condition would you test "
                "after every epoch?",
            ),
        ],
        hints=[
            'To ask what is printed, compare texts: `f"{w:.4f}" == "3.0000"`.',
            "Run the loop, count the epochs, and stop when both texts are as on the page.",
            "`while` not both: one epoch, and add 1 to the count. Start counting at 0.",
        ],
        solution='```python\nw, b, answer_7 = 0.0, 0.0, 0\nwhile f"{w:.4f} {b:.4f}" != "3.0000 '
        '2.0000":\n    dw, db = gradient(w, b, xs, ys)\n    w, b = w - 0.01 * dw, b - 0.01 * db\n'
        "    answer_7 += 1\n```",
        why="Along the valley floor the distance shrinks by a third of a percent per epoch.",
        next="Anyone who runs the code finds out in a second. Nobody had.",
    ),
    Question(
        id="linear_regression.8",
        title="Without a single step",
        difficulty=2,
        minutes=6,
        answer=Function(
            closed_form,
            probes=[(probe[2], probe[3]) for probe in DATA_PROBES[1:]]
            + [(np.array([1.0, 2.0]), np.array([3.0, 7.0]))],
        ),
        rivals=[
            Rival(
                "regression-turned-around",
                lambda xs, ys: _with_slope(
                    xs, ys, np.mean((xs - xs.mean()) * (ys - ys.mean())) / np.var(ys)
                ),
            ),
            Rival(
                "line-through-the-origin",
                lambda xs, ys: [float(np.mean(xs * ys) / np.mean(xs**2)), 0.0],
            ),
            Rival(
                "line-through-the-origin",
                lambda xs, ys: _with_slope(xs, ys, np.mean(xs * ys) / np.mean(xs**2)),
            ),
            Rival(
                "partials-swapped",
                lambda xs, ys: closed_form(xs, ys)[::-1],
                message="Both numbers are good, but they have changed places. The slope w is "
                "asked first, the intercept b second, as in ŷ = wx + b. Some functions hand them "
                "back the other way round. Which of your two numbers is the slope?",
            ),
            Rival(
                "place-for-step",
                lambda xs, ys: [closed_form(xs, ys)[0], float(ys.mean())],
                message="Your slope is the best one. Your b is the height of the line at the mean "
                "of x, since the line passes through the point of both means. The intercept is its "
                "height at 0. How far is it from the mean to 0, and what does the line do on the "
                "way?",
            ),
        ],
        hints=[
            "Measure from the means: `dx = xs - xs.mean()`, `dy = ys - ys.mean()`.",
            "w is the mean of `dx * dy`, divided by the mean of `dx**2`.",
            "The best line passes through both means: b = mean of y − w times mean of x.",
        ],
        solution="```python\ndef best_line(xs, ys):\n    dx, dy = xs - xs.mean(), ys - ys.mean()\n"
        "    w = np.mean(dx * dy) / np.mean(dx**2)\n    return [w, ys.mean() - w * xs.mean()]\n```",
        why="Set both partials to 0. The one of b says that the residuals add up to 0, so the line "
        "passes through the means; the one of w gives the fraction.",
        next="Few models have such a formula. Gradient descent needs none.",
    ),
    Question(
        id="linear_regression.9",
        title="A kettle as a barometer",
        difficulty=3,
        minutes=7,
        answer=Number(
            PRESSURE,
            tolerance=0.2,
            unit="hPa",
            because="the best line gives the first decimal",
        ),
        rivals=[
            Rival(
                "place-for-step",
                SLOPE * BOILING_AT + float(KETTLE.ys.mean()),
                message="Your line was trained on temperatures counted from their mean, and then "
                "it was given one counted from zero. Its b is the height at the mean, not at 0 "
                "°C. By how much does 93 °C differ from the mean, and what belongs into the "
                "line?",
            ),
            Rival("units-mixed", PRESSURE / data.HPA_PER_INHG),
            Rival(
                "line-through-the-origin",
                SLOPE * BOILING_AT,
                message="You multiplied the temperature by the slope and stopped there. That is "
                "a line through the origin, without its intercept. Which height does your model "
                "have at the place from which x is counted, and where does it enter?",
            ),
            Rival(
                "change-turned-around",
                SLOPE * (float(KETTLE.xs.mean()) - BOILING_AT) + float(KETTLE.ys.mean()),
                message="You counted the temperature from the mean the wrong way round, as mean "
                "minus place, so your line falls where it should rise. A kettle that boils below "
                "the mean temperature stands higher up. Is the pressure there above or below the "
                "mean?",
            ),
            Rival(
                "average-of-values",
                float(KETTLE.ys.mean()),
                message="That is b alone, the pressure at the mean temperature of the table. It "
                "would be right for a kettle that boils there, but this one boils at 93 °C. How "
                "far is that from the mean, and how much is each degree worth?",
            ),
        ],
        hints=[
            "Count the temperatures from their mean, train, then count 93 °C from it too.",
            "The prediction is w times (93 − mean) plus b.",
            "`w * (93 - celsius.mean()) + b`, with the w and b of the centred data.",
        ],
        solution="```python\nw, b = 0.0, 0.0\nfor _ in range(1000):\n"
        "    dw, db = gradient(w, b, celsius - celsius.mean(), hpa)\n"
        "    w, b = w - 0.01 * dw, b - 0.01 * db\n"
        "pressure_9 = w * (93 - celsius.mean()) + b\n```",
        why="What is done to x in training has to be done to x in use.",
        next="This is what Forbes wanted: a thermometer that reads the height of a mountain.",
    ),
    Question(
        id="linear_regression.10",
        title="Open task: somebody mistyped",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(lambda run: line_error(run) <= CLOSE_10, median_of_slopes),
            probes=[(xs, ys) for xs, ys, _ in _MISTYPED],
            budget=1,
            shape=(2,),
            told=lambda run: f"At its worst place it is off by {number(line_error(run), 3)}.",
        ),
        rivals=[
            Rival("outliers-squared", Way(_is_least_squares, closed_form)),
            Rival(
                "partials-swapped",
                Way(
                    lambda run: line_error(run, swapped=True) <= CLOSE_10 < line_error(run),
                    lambda xs, ys: median_of_slopes(xs, ys)[::-1],
                ),
                message="Both numbers are good, but they have changed places. The task asks for "
                "`[w, b]`, the slope first and the intercept second. Which of your two numbers is "
                "multiplied by x?",
            ),
            Rival(
                "flat-line",
                Way(
                    lambda run: run.result[0] == 0,
                    lambda xs, ys: [0.0, float(np.median(ys))],
                ),
            ),
            Rival(
                "two-points-only",
                Way(
                    _through_the_ends,
                    lambda xs, ys: np.polyfit(xs[[0, -1]], ys[[0, -1]], 1).tolist(),
                ),
            ),
        ],
        hints=[
            "Plot the points, and the line that `np.polyfit` finds. Which few points pull it, and "
            "why do they pull so hard?",
            "Three ways: make the mean of |r| small, whose slope is only the *sign* of r; or fit, "
            "leave out the points that miss most, and fit again; or take the slope of each pair of "
            "points, and of these slopes the median.",
            "By pairs: `w = np.median([...])` over all pairs with different x, and then "
            "`b = np.median(ys - w * xs)`.",
        ],
        solution="```python\ndef fit(xs, ys):\n    m = len(xs)\n"
        "    pairs = [(i, j) for i in range(m) for j in range(i)]\n"
        "    w = np.median([(ys[i] - ys[j]) / (xs[i] - xs[j]) for i, j in pairs])\n"
        "    return [w, np.median(ys - w * xs)]\n```",
        why="In a sum of squares a point that misses by 100 counts ten thousand times as much as "
        "one that misses by 1. A median asks only who is above and who below.",
        next="Statisticians call such a fit *robust*; the one by pairs is due to Theil and Sen.",
    ),
]
