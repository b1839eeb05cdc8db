"""Questions of chapter 16: a network by hand, the loop, batches, the layers, and what a test is.

No torch here: listing all questions must not import it. Truths are computed in NumPy.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from utils import descent
from utils.checks import (
    Array,
    Choice,
    Figure,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.checks.kinds.open_task import Attempt
from utils.models.training_a_network import (
    CLOUDS,
    Weights,
    arriving_gradients,
    cost,
    gradients,
    hits,
    start,
)

# --- exercise 3: the slope at the output ---


def sigmoid(z: np.ndarray) -> np.ndarray:
    """1 / (1 + e⁻ᶻ)."""
    return 1 / (1 + np.exp(-z))


def output_slope(z: np.ndarray, y: np.ndarray) -> np.ndarray:
    """The slopes of the mean cross-entropy towards what goes into the sigmoid."""
    return (sigmoid(z) - y) / len(z)


_OUTPUTS = [
    (np.array([0.0, 2.0, -1.0]), np.array([1.0, 0.0, 0.0])),
    (np.array([1.5, -0.5]), np.array([1.0, 1.0])),
    (np.array([-2.0, 0.3, 0.8, 3.0]), np.array([0.0, 1.0, 0.0, 1.0])),
    (np.array([0.7, -1.2, 2.2, 0.1, -0.4]), np.array([0.0, 0.0, 1.0, 1.0, 0.0])),
]

# --- exercise 5: one layer back ---


def flat(*arrays: np.ndarray) -> np.ndarray:
    """All numbers of these arrays in one row."""
    return np.concatenate([np.ravel(a) for a in arrays])


def layer_back(x: np.ndarray, W: np.ndarray, dz: np.ndarray) -> np.ndarray:
    """The gradients of W, b and x in z = x @ W + b, in one row."""
    return flat(x.T @ dz, dz.sum(axis=0), dz @ W.T)


def _layers() -> list[tuple[np.ndarray, ...]]:
    chance = np.random.default_rng(5)
    sizes = [(2, 3, 2), (3, 2, 3), (2, 3, 2), (3, 2, 3)]
    return [
        tuple(chance.integers(-5, 6, shape).astype(float) for shape in ((m, n), (n, k), (m, k)))
        for m, n, k in sizes
    ]


# --- exercise 6: two layers of ReLU, and the loss (out − y)² ---

SEEDS = (6, 17, 29, 55)  # of its networks


def first_gradient(
    X: np.ndarray, y: np.ndarray, W1: np.ndarray, W2: np.ndarray, W3: np.ndarray, fault: str = ""
) -> np.ndarray:
    """The gradient of W1; or with a fault in the way back.

    fault: "mask", "no mask", "no second mask", "sum", "two", "sign" or "transpose".
    """
    z1 = X @ W1
    z2 = np.maximum(z1, 0) @ W2
    out = np.maximum(z2, 0) @ W3
    d_out = (1 if fault == "two" else 2) * (out - y) / (1 if fault == "sum" else len(X))
    d2 = d_out @ W3.T * (1 if fault == "no second mask" else z2 > 0)
    mask = {"mask": z2 > 0, "no mask": 1}.get(fault, z1 > 0)
    d1 = d2 @ (W2 if fault == "transpose" else W2.T) * mask
    return X.T @ d1 * (-1 if fault == "sign" else 1)


def _with(fault: str) -> Callable[..., np.ndarray]:
    return lambda X, y, W1, W2, W3: first_gradient(X, y, W1, W2, W3, fault)


def _mended(
    X: np.ndarray, y: np.ndarray, W1: np.ndarray, W2: np.ndarray, W3: np.ndarray
) -> np.ndarray:
    return first_gradient(X, y, W1, W2, W3)


def _two_layers() -> list[tuple[np.ndarray, ...]]:
    """Small networks at which all faults differ, and no neuron sits on the corner of its ReLU.

    Otherwise a measured gradient would be another one than the rule's, and `>=` another than `>`.
    """
    found = []
    for seed in SEEDS:
        chance = np.random.default_rng(seed)
        shapes = (3, 2), (3, 1), (2, 2), (2, 2), (2, 1)
        found.append(tuple(chance.integers(-5, 6, shape) / 2 for shape in shapes))
    return found


# --- exercise 7: a step that is too long ---


def clipped(grads: Sequence[np.ndarray], limit: float, fault: str = "") -> np.ndarray:
    """All gradients in one row, shortened together to the limit where they are longer.

    fault: "each number", "each array", "always", "largest" or "limit alone".
    """
    row = flat(*grads)
    length = float(np.linalg.norm(row))
    if fault == "each number":
        return np.clip(row, -limit, limit)
    if fault == "each array":
        return flat(*(clipped([g], limit) for g in grads))
    if fault == "largest":
        length = float(np.max(np.abs(row)))
    if fault == "limit alone":
        return row * limit if length > limit else row
    return row * (limit / length) if fault == "always" or length > limit else row


def _clipped(fault: str) -> Callable[..., np.ndarray]:
    return lambda grads, limit: clipped(grads, limit, fault)


def _right_clip(grads: Sequence[np.ndarray], limit: float) -> np.ndarray:
    return clipped(grads, limit)


_GRADS = [
    ([np.array([[30.0, -40.0], [0.0, 0.0]]), np.array([120.0, 0.0])], 1.0),
    ([np.array([[0.3, -0.4]]), np.array([0.1])], 1.0),
    ([np.array([2.0, -1.0, 2.0]), np.array([[6.0], [-7.0]])], 5.0),
    ([np.array([[1e4, 5.0], [-3.0, 2.0]]), np.array([0.5, -8.0])], 2.0),
    ([np.array([0.05, 0.02]), np.array([[0.01, -0.03]])], 0.5),
    ([np.array([3.0]), np.array([4.0, 0.5])], 3.5),
    ([np.array([[0.6], [0.1]]), np.array([-0.2])], 2.0),
]

# --- exercise 8: three classes ---


def class_slope(z: np.ndarray, labels: np.ndarray, fault: str = "") -> np.ndarray:
    """The slopes of the mean cross-entropy towards the scores z, shape (m, k).

    fault: "sum", "entries", "no label", "turned", "sigmoids", "columns" or "whole table".
    """
    axis = {"columns": 0, "whole table": None}.get(fault, 1)
    e = np.exp(z - z.max(axis=axis, keepdims=True))
    p = sigmoid(z) if fault == "sigmoids" else e / e.sum(axis=axis, keepdims=True)
    hot = np.eye(z.shape[1])[labels] * (fault != "no label")
    share = {"sum": 1, "entries": z.size}.get(fault, len(z))
    return (hot - p if fault == "turned" else p - hot) / share


def _class_slope(fault: str) -> Callable[..., np.ndarray]:
    return lambda z, labels: class_slope(z, labels, fault)


def _right_classes(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    return class_slope(z, labels)


def _overflowing(z: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """exp of the scores as they are."""
    with np.errstate(all="ignore"):
        e = np.exp(z)
        return (e / e.sum(axis=1, keepdims=True) - np.eye(z.shape[1])[labels]) / len(z)


_SCORES = [
    (np.array([[1.0, 2.0, 0.0], [0.5, -1.0, 3.0]]), np.array([0, 2])),
    (np.array([[0.0, 0.0, 0.0], [2.0, 1.0, -1.0], [-3.0, 0.0, 1.0]]), np.array([1, 0, 1])),
    (np.array([[4.0, -2.0, 0.5], [1.5, 1.0, 2.5]]), np.array([2, 2])),
    (np.array([[1000.0, 999.0, 0.0], [3.0, 1.0, 2.0]]), np.array([1, 0])),
    (np.array([[-2.0, 900.0, 898.0], [0.0, 1.0, 800.0], [1.0, 2.0, 3.0]]), np.array([2, 1, 0])),
    (np.array([[750.0, 0.0, 751.0], [0.2, 0.1, 0.4]]), np.array([0, 1])),
]

# --- exercise 10: any data, a small network ---

HIDDEN_10, GOAL_10, FRESH_10 = 8, 0.9, 1000


def as_network(numbers: Sequence[float]) -> Weights:
    """W1, b1, W2 and b2 of eight neurons from their 33 numbers in a row."""
    W1, b1, W2, b2 = np.split(np.array(numbers, float), [16, 24, 32])
    return [W1.reshape(2, HIDDEN_10), b1, W2.reshape(HIDDEN_10, 1), b2]


def share_right(run: Attempt) -> float:
    """The share of fresh points of the same kind that a run's network has right."""
    made = next(make for make in CLOUDS if np.array_equal(make()[0], run.arguments[0]))
    X, y = made(FRESH_10, seed=77)
    return hits(as_network(run.result), X, y) / FRESH_10


def adam_10(X: np.ndarray, y: np.ndarray) -> np.ndarray:
    """33 numbers, trained by Adam from a random start."""
    return _trained_10(start(HIDDEN_10), X, y, descent.adam(0.05))


def _trained_10(weights: Weights, X: np.ndarray, y: np.ndarray, step: descent.Step) -> np.ndarray:
    row = flat(*weights)
    for _ in range(400):
        row = step(row, flat(*gradients(as_network(row), X, y)))
    return row


def _finite(run: Attempt) -> bool:
    return bool(np.isfinite(run.result).all())


def _equal_neurons(run: Attempt) -> bool:
    """Whether all hidden neurons are one and the same."""
    W1, b1, W2, _ = as_network(run.result)
    return _finite(run) and all(np.ptp(w) < 1e-9 for w in (W1[0], W1[1], b1, W2))


def _cost_10(run: Attempt) -> float:
    X, y = run.arguments
    return cost(as_network(run.result), X, y)


def _carried_away(run: Attempt) -> bool:
    """Worse than chance; but numbers that are nearly alike come from no training."""
    if not _finite(run) or _equal_neurons(run):
        return False
    alike = np.ptp(run.result) < 0.1 * np.max(np.abs(run.result))
    return not alike and _cost_10(run) > 1


def _told_10(run: Attempt) -> str:
    if not _finite(run):
        return "These weights are no finite numbers."
    return (
        f"Its loss on your points is {_cost_10(run):.3f}, and of {FRESH_10} fresh points it has "
        f"{100 * share_right(run):.0f} % right."
    )


# --- exercise 11: the batches of an epoch ---


def _dealt(
    many: Callable[[int, int], int] | None = None,
    rows: Callable[[int, int], int] | None = None,
    smallest: Callable[[int, int], int] | None = None,
    missing: str = "",
) -> Callable[[int, int], list[int]]:
    """What is noted of two epochs, see `Dealt`; by default those of well dealt ones.

    many, rows, smallest: how many batches and rows there are, and the rows of the smallest batch,
    from the count of all rows and the size of a batch. missing: the letters of what is not so:
    e(very row comes), o(nce at most), l(abels kept), p(arted neighbours), a(new in the second
    epoch), s(ame again).
    """

    def notes(count: int, size: int) -> list[int]:
        return [
            many(count, size) if many else _whole(count, size),
            rows(count, size) if rows else count,
            size,
            smallest(count, size) if smallest else (count - 1) % size + 1,
            *(int(letter not in missing) for letter in "eolpas"),
        ]

    return notes


def _whole(count: int, size: int) -> int:
    """How many batches there are, a smaller one at the end among them."""
    return -(-count // size)


def _right_deal(count: int, size: int) -> list[int]:
    return _dealt()(count, size)


_DEALS = [(23, 5), (20, 4), (18, 5), (31, 8), (50, 12), (41, 7)]

# --- exercise 12: four curves ---

SIZES_12 = (20, 1, 5, 100)  # of the runs A, B, C and D, as the exercise deals them

# --- exercise 13: warm up, and half a wave ---


def warmed(step: int, most: float, warm: int, total: int, fault: str = "") -> float:
    """The rate of a step: up in equal steps to `most`, then down half a wave of the cosine to 0.

    fault: "from the start", "whole wave", "degrees", "no half", "first is 0", "no warm-up" or
    "no wave".
    """
    if step < warm and fault != "no warm-up":
        return most * (step + (fault != "first is 0")) / warm
    if fault == "no wave":
        return most
    begun = 0 if fault in ("from the start", "no warm-up") else warm
    turn = {"whole wave": 2 * np.pi, "degrees": 180.0}.get(fault, np.pi)
    height = 1 + float(np.cos(turn * (step - begun) / (total - begun)))
    return most * height / (1 if fault == "no half" else 2)


def _warmed(fault: str) -> Callable[[int, float, int, int], float]:
    return lambda step, most, warm, total: warmed(step, most, warm, total, fault)


def _right_rate(step: int, most: float, warm: int, total: int) -> float:
    return warmed(step, most, warm, total)


_RATES = [
    (0, 1.0, 10, 110),
    (4, 1.0, 10, 110),
    (9, 1.0, 10, 110),
    (10, 1.0, 10, 110),
    (60, 1.0, 10, 110),
    (90, 1.0, 10, 110),
    (3, 0.4, 8, 48),
    (28, 0.4, 8, 48),
    (38, 0.4, 8, 48),
    (1, 0.003, 5, 20),
    (16, 0.003, 5, 20),
]

# --- exercise 4: the figure of the layers ---


def _share(values: dict[str, Any]) -> float:
    lengths = arriving_gradients(
        round(values["depth"]), values["activation"], bool(values["residual"]), values["weights"]
    )
    return lengths[0] / lengths[-1]


def _deep_sigmoid(values: dict[str, Any]) -> bool:
    return values["depth"] >= 12 and values["activation"] == "sigmoid"


_WRONG_AXIS_8 = (
    "Your probabilities add up to 1, and not within a row. Each row is one example, and its three "
    "scores compete with each other, not with those of other examples. Along which axis does the "
    "sum have to run, so that there is one for each row?"
)


QUESTIONS = [
    Question(
        id="training_a_network.predict_line",
        title="The best of all lines",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "all points right",
                "b": "about three quarters right",
                "c": "it cannot beat guessing",
            },
        ),
        rivals=[
            Rival("line-for-any-data", "a"),
            Rival(
                "line-for-any-data",
                "c",
                message="A line cannot enclose the disc, that is true. But slide it to one side, "
                "so that the whole disc lies on the one hand of it and a piece of the ring on the "
                "other. That piece is right, and so is the disc. Is this no better than guessing?",
            ),
        ],
        hints=[
            "Draw the disc and the ring. Where would you put the line?",
            "Beside the disc: then all of the disc is right, and a slice of the ring.",
            "Half of the points are in the disc. About half of the ring can be cut off.",
        ],
        solution='The answer is **b**: `check("training_a_network.predict_line", "b")`.',
        why="Beside the disc, the line has the disc and a part of the ring right.",
        next="Three quarters right sounds good, until you look at where it is wrong.",
    ),
    Question(
        id="training_a_network.predict_hidden",
        title="A fence around the disc",
        difficulty=2,
        minutes=2,
        answer=Number(3.0),
        rivals=[
            Rival(
                "line-for-any-data",
                1.0,
                message="One neuron draws one line, and a line does not close around anything. How "
                "many straight cuts does it take to fence in a disc from all sides?",
            ),
            Rival(
                "line-for-any-data",
                2.0,
                message="Two lines make a strip, or a wedge: both are open somewhere, and the ring "
                "comes in there. Which is the figure with the fewest straight sides that is "
                "closed all round?",
            ),
            Rival(
                "line-for-any-data",
                4.0,
                message="Four lines do it: a square with round corners. But is there a closed "
                "figure with fewer straight sides? The question asks for the fewest neurons that "
                "are enough.",
            ),
        ],
        hints=[
            "Each neuron draws one line. Which closed figure has the fewest sides?",
            "Two lines are open at their ends.",
            "A triangle. Try it in the figure, with the box ticked.",
        ],
        solution="```python\n3\n```",
        why="A triangle is the closed figure with the fewest sides.",
        next="In three dimensions it takes four planes.",
    ),
    Question(
        id="training_a_network.predict_weights",
        title="How many knobs?",
        difficulty=1,
        minutes=2,
        answer=Number(float(sum(w.size for w in start(8)))),
        rivals=[
            Rival("biases-not-counted", 24.0),
            Rival(
                "biases-not-counted",
                32.0,
                message="Nearly. The eight neurons in the middle have a bias each, and you "
                "counted them. But the neuron at the end adds a number of its own as well, before "
                "its sigmoid. How many are there with that one?",
            ),
            Rival(
                "value-for-gradient",
                11.0,
                message="You counted the neurons: two inputs, eight in the middle, one at the end. "
                "But what is trained are the numbers *between* them, one for each arrow, and one "
                "bias for each neuron behind the inputs. How many arrows lead into one hidden "
                "neuron?",
            ),
        ],
        hints=[
            "W1 has 2 rows and 8 columns. How many numbers are that?",
            "b1 has 8, W2 has 8 rows and 1 column, b2 has 1.",
            "16 + 8 + 8 + 1.",
        ],
        solution="```python\n2 * 8 + 8 + 8 * 1 + 1\n```",
        why="For each layer: inputs times outputs, and one bias for each output.",
        next="The same count gives the famous billions of a language model.",
    ),
    Question(
        id="training_a_network.predict_bias",
        title="One number, a hundred rows",
        difficulty=2,
        minutes=1,
        answer=Choice(
            "b",
            options={"a": "the first row", "b": "the sum of all rows", "c": "all 100 rows"},
        ),
        rivals=[
            Rival(
                "overwrite-for-accumulate",
                "a",
                message="Then the other 99 points would have no say, although the same bias was "
                "added to each of them. Nudge `b2`, and all 100 outputs move. What happens to the "
                "pieces that come back by many ways?",
            ),
            Rival("bias-not-summed", "c"),
        ],
        hints=[
            "How many times was `b2` used on the way forward?",
            "Once in each row. That is fan-out, as in chapter 14.",
            "Where ways split on the way forward, gradients add up on the way back.",
        ],
        solution='The answer is **b**: `check("training_a_network.predict_bias", "b")`.',
        why="The one bias is copied into all rows; its gradient is the sum of what they send back.",
        next="The mean is already in dz2, which was divided by m.",
    ),
    Question(
        id="training_a_network.predict_same_steps",
        title="Fifty steps, two ways",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "by far the full batch, whose slopes are exact",
                "b": "by far the small batches",
                "c": "neither by far: they end close to each other",
            },
        ),
        rivals=[
            Rival(
                "exact-for-far",
                "a",
                message="The slopes of the full batch are the better ones, that is true. But how "
                "much better? Ten points picked by a shuffle are a fair sample of the hundred. "
                "While most points agree on where to go, how different is the step that ten of "
                "them ask for?",
            ),
            Rival(
                "epochs-for-steps",
                "b",
                message="In chapter 13 the heaps won by far, because one pass over the data gave "
                "them ten steps, and the exact slope only one. Here both runs make 50 steps. "
                "What is still different between them, and whom does it help?",
            ),
        ],
        hints=[
            "Both make the same number of steps, of about the same length.",
            "So all that counts is how well each step is aimed.",
            "Ten points out of a hundred, picked by a shuffle, point nearly the same way as all.",
        ],
        solution='The answer is **c**: `check("training_a_network.predict_same_steps", "c")`.',
        why="A step that is aimed a little worse is nearly as good, and costs a tenth.",
        next="For the same number of *answers*, the small batches may make ten times as many.",
    ),
    Question(
        id="training_a_network.predict_trembling",
        title="Does it ever calm down?",
        difficulty=3,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "about as large, as in chapter 13",
                "b": "more than ten times smaller",
                "c": "more than ten times larger",
            },
        ),
        rivals=[
            Rival(
                "noise-misread",
                "a",
                message="In chapter 13 it was so, and there is a reason: at the best line, most "
                "examples still miss it, and each batch pulls its own way. The slope of a point "
                "here begins with p − y. What becomes of p − y when the network gets every point "
                "right, and is sure of it?",
            ),
            Rival(
                "step-too-large",
                "c",
                message="That would be a run whose steps are too long, and whose loss flies off. "
                "But with η = 1 batches of ten came down to 0.018 in 50 epochs. How large can a "
                "rise be while the whole loss is as small as that?",
            ),
        ],
        hints=[
            "What makes a step rise at all? Its batch pulls another way than all points together.",
            "Each point pulls with p − y. How large is that for a point that is right and sure?",
            "The loss in the end is 0.02, so every single point is right and rather sure.",
        ],
        solution='The answer is **b**: `check("training_a_network.predict_trembling", "b")`.',
        why="When all points are right and sure, no batch has anything to ask for.",
        next="It is so only where one network can please all the data at once.",
    ),
    Question(
        id="training_a_network.predict_ten_points",
        title="Ten points to learn from",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "98, as with a hundred points",
                "b": "about two thirds",
                "c": "about half, as by guessing",
            },
        ),
        rivals=[
            Rival("train-on-test", "a"),
            Rival(
                "train-on-test",
                "c",
                message="Ten points are few, but they are no noise: five lie in the disc and five "
                "in the ring. So a boundary that parts them is right in many places, and wrong "
                "where none of the ten has ever been. Is that no better than a coin?",
            ),
        ],
        hints=[
            "What did training make small: the loss on ten points, or on all possible points?",
            "A boundary that parts ten points may lie in many ways. Most of them are no fence.",
            "It is right near the ten, and it may be wrong where there was none of them.",
        ],
        solution='The answer is **b**: `check("training_a_network.predict_ten_points", "b")`.',
        why="All ten are right, since the boundary was bent until they were. Where none of them "
        "lies, nothing has told it where to run.",
        next="How much worse a network is on new points is called the generalisation gap.",
    ),
    Question(
        id="training_a_network.predict_vanish",
        title="Ten layers back",
        difficulty=2,
        minutes=1,
        answer=Choice(
            "c",
            options={
                "a": "about as large",
                "b": "about ten times smaller",
                "c": "more than ten thousand times smaller",
            },
        ),
        rivals=[
            Rival("vanishing-overlooked", "a"),
            Rival(
                "vanishing-overlooked",
                "b",
                message="Once for each layer, a tenth in all: that would be so if the losses were "
                "*added*. But on the way back each layer multiplies. What becomes of a number that "
                "is divided by about four, nine times in a row?",
            ),
        ],
        hints=[
            "What is the largest slope that a sigmoid has?",
            "One quarter, in the middle. Everywhere else it is less.",
            "Nine such factors, one after the other: 0.25**9.",
        ],
        solution='The answer is **c**: `check("training_a_network.predict_vanish", "c")`.',
        why="Nine factors of one quarter or less.",
        next="For the same reason a chain of factors above one explodes.",
    ),
    Question(
        id="training_a_network.1",
        title="Count the knobs",
        difficulty=1,
        minutes=3,
        answer=Number(float(3 * 20 + 20 + 20 * 10 + 10 + 10 * 1 + 1), near=0),
        rivals=[
            Rival("biases-not-counted", 270.0),
            Rival(
                "biases-not-counted",
                300.0,
                message="Nearly: one number is missing. The neurons of both hidden layers have "
                "their biases in your count. Which neuron of this network adds a number of its own "
                "as well, and is easily forgotten because it stands alone?",
            ),
            Rival(
                "biases-not-counted",
                304.0,
                message="You gave the inputs a bias each. But the inputs are data: nothing is "
                "added to them, and nothing there is trained. Only neurons that compute a sum have "
                "a bias. How many are these?",
            ),
            Rival(
                "value-for-gradient",
                34.0,
                message="These are the inputs and neurons, counted. What is trained stands between "
                "them: one weight for each arrow from a number of one layer to a neuron of the "
                "next, and one bias for each neuron. How many arrows lead from 3 numbers to 20 "
                "neurons?",
            ),
        ],
        hints=[
            "Go layer by layer: 3 to 20, 20 to 10, 10 to 1.",
            "Each layer has inputs times outputs weights, and as many biases as outputs.",
            "60 + 20, then 200 + 10, then 10 + 1.",
        ],
        solution="```python\nanswer_1 = 3 * 20 + 20 + 20 * 10 + 10 + 10 * 1 + 1\n```",
        why="Inputs times outputs, plus outputs, for each layer.",
        next="Most of them stand between the two widest layers. It is always so.",
    ),
    Question(
        id="training_a_network.2",
        title="Four lines, four orders",
        difficulty=2,
        minutes=3,
        answer=Choice(
            "b",
            options={
                "a": "forward, step, zero, backward",
                "b": "zero, forward, backward, step",
                "c": "forward, backward, zero, step",
                "d": "forward, backward, step",
            },
        ),
        rivals=[
            Rival("update-before-backward", "a"),
            Rival("zeroed-before-step", "c"),
            Rival("gradient-not-zeroed", "d"),
        ],
        hints=[
            "A step needs the slope of this round. Which call finds it?",
            "Nothing may come between the walk back and the step that uses it.",
            "And the walk back must find an empty `.grad`.",
        ],
        solution='```python\nanswer_2 = "b"\n```',
        why="Zero before the walk back, so that it finds nothing old; step right after it.",
        next="Forward, backward, step, zero is as good, if the very first round starts clean.",
    ),
    Question(
        id="training_a_network.3",
        title="The slope at the output",
        difficulty=2,
        minutes=5,
        answer=Function(output_slope, probes=_OUTPUTS),
        rivals=[
            Rival(
                "loss-not-reduced",
                lambda z, y: sigmoid(z) - y,
                message="These are the slopes of the *sum* over all examples. The loss is their "
                "mean: each example counts for one m-th only. What is missing in your line, and "
                "what would a forgotten mean do to the steps when there is more data?",
            ),
            Rival(
                "activation-slope-forgotten",
                lambda z, y: ((1 - y) / (1 - sigmoid(z)) - y / sigmoid(z)) / len(z),
            ),
            Rival(
                "activation-slope-forgotten",
                lambda z, y: (sigmoid(z) - y) * sigmoid(z) * (1 - sigmoid(z)) / len(z),
                message="The slope of the sigmoid stands in your answer twice. p − y is what is "
                "left *after* p(1 − p) has been multiplied with the slope of the logarithm: it "
                "cancels there. Work it out for y = 1: what is −1/p times p(1 − p)?",
            ),
            Rival(
                "residual-turned-around",
                lambda z, y: (y - sigmoid(z)) / len(z),
                message="The sizes are right, and every sign is turned: this is y − p. Take an "
                "example with label 0, for which p is too high. If its z goes up a little, p goes "
                "up with it. Does the loss rise or fall then, and which sign has its slope?",
            ),
            Rival("value-for-gradient", lambda z, y: sigmoid(z)),
        ],
        hints=[
            "First p = 1 / (1 + e⁻ᶻ), for all of z at once: `np.exp(-z)`.",
            "The lesson has the slope for one example: p − y.",
            "The loss is a mean of m examples, so divide by `len(z)`.",
        ],
        solution="```python\ndef output_slope(z, y):\n    p = 1 / (1 + np.exp(-z))\n"
        "    return (p - y) / len(z)\n```",
        why="The logarithm's slope and the sigmoid's cancel to p − y; the mean divides by m.",
        next="This is why cross-entropy and the sigmoid are always seen together.",
    ),
    Question(
        id="training_a_network.4",
        title="Deep, and still heard",
        difficulty=2,
        minutes=4,
        answer=Live(
            goal=lambda v: _deep_sigmoid(v) and _share(v) > 0.01,
            figure=Figure("training_a_network.explore_layers"),
            aim="12 layers of sigmoids or more, and a hundredth of the gradient at the first",
            probes=[
                {"depth": 14, "weights": 1.0, "activation": "sigmoid", "residual": True},
                {"depth": 14, "weights": 1.0, "activation": "sigmoid", "residual": False},
                {"depth": 14, "weights": 1.0, "activation": "ReLU", "residual": False},
            ],
        ),
        rivals=[
            Rival("vanishing-overlooked", lambda v: _deep_sigmoid(v) and _share(v) <= 0.01),
            Rival(
                "gradient-blamed",
                lambda v: v["activation"] != "sigmoid",
                message="That is a good cure, and the usual one: another activation. But the task "
                "keeps the sigmoids. What else in the figure can you change, so that the gradient "
                "finds a way around the bends?",
            ),
        ],
        hints=[
            "Keep the sigmoid and set the depth first. Read the factor in the sentence.",
            "Larger weights help a little, and not enough. There is one more control, below the "
            "activation.",
            "Tick the residual paths.",
        ],
        solution='```python\nview_4.set(depth=12, activation="sigmoid", residual=True)\n```',
        why="With a residual path each layer's slope is 1 plus something: the 1 comes through.",
        next="Every layer of a large language model has such a path around it.",
    ),
    Question(
        id="training_a_network.5",
        title="One layer back",
        difficulty=3,
        minutes=7,
        answer=Function(layer_back, probes=_layers()),
        rivals=[
            Rival(
                "transpose-missing",
                raises=ValueError,
                message="The shapes do not go together: the columns of the first array must be as "
                "many as the rows of the second. A gradient has the shape of its weights. Which "
                "array has to be turned over?",
            ),
            Rival(
                "transpose-missing",
                lambda x, W, dz: flat((x.T @ dz).T, dz.sum(axis=0), dz @ W.T),
                message="All numbers of dW are there, but its rows and columns are swapped. A "
                "gradient has the shape of its weights. Compare `dW.shape` with `W.shape`: which "
                "factor has to be turned over?",
            ),
            Rival("bias-not-summed", lambda x, W, dz: flat(x.T @ dz, dz, dz @ W.T)),
            Rival(
                "bias-not-summed",
                lambda x, W, dz: flat(x.T @ dz, dz.mean(axis=0), dz @ W.T),
                message="For the bias you took the mean of the rows. But the mean over the "
                "examples is already in `dz`, since the loss divided by their number. To divide "
                "twice makes the bias crawl. What do pieces do that come back by many ways?",
            ),
            Rival(
                "wrong-axis",
                lambda x, W, dz: flat(x.T @ dz, dz.sum(axis=1), dz @ W.T),
                message="Your sum for the bias runs along the wrong direction of the table: it "
                "leaves a number for each example. The rows of `dz` are examples and its columns "
                "are neurons, and there is one bias for each neuron. Which axis has to disappear "
                "in the sum?",
            ),
            Rival(
                "partials-swapped",
                lambda x, W, dz: flat(dz @ W.T, x.T @ dz, dz.sum(axis=0)),
                message="All three gradients are right, and they stand in another order: yours "
                "begins with that of `x`. The task asks for `flat(dW, db, dx)`, and the check "
                "reads the row from left to right. Which of the three comes first?",
            ),
        ],
        hints=[
            "Write down the shapes: x is m × n, W is n × k, dz is m × k.",
            "dW must be n × k: from n × m and m × k. dx must be m × n: from m × k and k × n.",
            "`x.T @ dz`, `dz.sum(axis=0)`, `dz @ W.T`.",
        ],
        solution="```python\ndef layer_back(x, W, dz):\n"
        "    return flat(x.T @ dz, dz.sum(axis=0), dz @ W.T)\n```",
        why="Each weight meets its input, each bias all rows, and each input its weights.",
        next="Chain this function and you have backpropagation for any depth.",
    ),
    Question(
        id="training_a_network.6",
        title="Bug clinic: the loss falls all the same",
        difficulty=3,
        minutes=10,
        answer=Function(_mended, probes=_two_layers()),
        rivals=[
            Rival("mask-from-the-wrong-layer", _with("mask")),
            Rival("activation-slope-forgotten", _with("no mask")),
            Rival(
                "activation-slope-forgotten",
                _with("no second mask"),
                message="Your way back goes through the first ReLU as it should, and through the "
                "second one as if it were not there. In the published code the line of `d2` was "
                "right. What stood at its end, and which neurons did that switch off?",
            ),
            Rival(
                "loss-not-reduced",
                _with("sum"),
                message="This is the gradient of the *sum* of the squared misses. The loss here is "
                "their mean, and the published code divides by the number of examples. Where has "
                "that gone in your version?",
            ),
            Rival("forgotten-two", _with("two")),
            Rival("transpose-missing", _with("transpose")),
            Rival(
                "residual-turned-around",
                _with("sign"),
                message="The sizes are right, and every sign is turned. The walk back begins at "
                "`out - y`: where the output is too high, the loss rises with it. Compare the "
                "first line of your way back with the published one. Which way round does the "
                "difference stand?",
            ),
        ],
        hints=[
            "Go back line by line, and say for each line through which part of the network it "
            "goes.",
            "There are two ReLUs. `d2` goes through the second one, `d1` through the first one.",
            "What went into the first ReLU? That must be above 0 in the line of `d1`.",
        ],
        solution="```python\ndef first_gradient(X, y, W1, W2, W3):\n    z1 = X @ W1\n"
        "    z2 = np.maximum(z1, 0) @ W2\n    out = np.maximum(z2, 0) @ W3\n"
        "    d_out = 2 * (out - y) / len(X)\n    d2 = d_out @ W3.T * (z2 > 0)\n"
        "    d1 = d2 @ W2.T * (z1 > 0)\n    return X.T @ d1\n```",
        why="d1 goes back through the first ReLU, so z1 decides what passes.",
        next="A falling loss proves little. A difference quotient proves the gradient.",
    ),
    Question(
        id="training_a_network.7b",
        title="A step that would ruin everything",
        difficulty=2,
        minutes=6,
        answer=Function(_right_clip, probes=_GRADS),
        rivals=[
            Rival("direction-changed", _clipped("each number")),
            Rival(
                "direction-changed",
                _clipped("each array"),
                message="You shorten each array by itself. Then the long one comes down, a short "
                "one stays, and together they point another way than the gradient did. A gradient "
                "is *one* arrow, with as many numbers as there are weights. How long is this one "
                "arrow?",
            ),
            Rival(
                "direction-not-normalised",
                _clipped("limit alone"),
                message="Where the gradient is too long, you multiply it by the limit. Something "
                "that long, times the limit, is longer still or not much shorter. Which factor "
                "makes an arrow of length 130 one of length 1?",
            ),
            Rival(
                "shortened-always",
                _clipped("always"),
            ),
            Rival(
                "largest-partial-only",
                _clipped("largest"),
                message="You measured the largest single number. The length of an arrow comes from "
                "*all* its numbers, as in chapter 10: an arrow of a million numbers may be long, "
                "although each of them is small. How is it computed?",
            ),
        ],
        hints=[
            "Put all numbers into one row with `flat(*grads)`. How long is this arrow?",
            "`np.linalg.norm(row)` is the root of the sum of all squares. Only if it is above the "
            "limit, something has to be done.",
            "`row * limit / length` points where `row` does, and has the length `limit`.",
        ],
        solution="```python\ndef clip(grads, limit):\n    row = flat(*grads)\n"
        "    length = np.linalg.norm(row)\n"
        "    return row * (limit / length) if length > limit else row\n```",
        why="One factor for all numbers keeps the direction, and a short gradient stays as it is.",
        next="In PyTorch this is `torch.nn.utils.clip_grad_norm_`, between backward and step.",
    ),
    Question(
        id="training_a_network.8b",
        title="Three classes",
        difficulty=3,
        minutes=9,
        answer=Function(_right_classes, probes=_SCORES),
        rivals=[
            Rival("forgotten-mean", _class_slope("sum")),
            Rival(
                "divided-by-the-count",
                _class_slope("entries"),
                message="You divided by the number of all entries of the table. The loss is the "
                "mean over the *examples*, and each example brings one loss, however many classes "
                "there are. How many rows has the table?",
            ),
            Rival(
                "label-left-out",
                _class_slope("no label"),
            ),
            Rival(
                "residual-turned-around",
                _class_slope("turned"),
                message="The sizes are right, and every sign is turned. A higher score for the "
                "right class makes the loss *smaller*, so its slope is below 0; that of the others "
                "is above. Which way round does your difference stand?",
            ),
            Rival(
                "not-normalised",
                _class_slope("sigmoids"),
                message="You squashed every score by itself, as if each class were a question of "
                "its own. But an example belongs to one of three, so its probabilities add up to "
                "1. Add up a row of yours. Which function of chapter 06 takes care of that?",
            ),
            Rival("wrong-axis", _class_slope("columns"), message=_WRONG_AXIS_8),
            Rival("wrong-axis", _class_slope("whole table"), message=_WRONG_AXIS_8),
            Rival("exponential-overflows", _overflowing),
        ],
        hints=[
            "First the probabilities: e to the power of each score, divided by the sum of its row. "
            "`keepdims=True` keeps the sum a column.",
            "The rule has the same form as for two classes: probability minus label, and the mean "
            "over examples. The label of a class is a row such as (0, 1, 0): `np.eye(3)[labels]`.",
            "Take the largest score of a row away from all its scores first: "
            "`np.exp(z - z.max(axis=1, keepdims=True))`. Their shares stay as they are.",
        ],
        solution="```python\ndef class_slope(z, labels):\n"
        "    e = np.exp(z - z.max(axis=1, keepdims=True))\n"
        "    p = e / e.sum(axis=1, keepdims=True)\n"
        "    return (p - np.eye(z.shape[1])[labels]) / len(z)\n```",
        why="−ln of the right class's share is ln(sum of all eᶻ) − its score. The slope of the "
        "first part is p, that of the second is 1 for the right class: p − onehot.",
        next="A language model has some hundred thousand classes, and this is its last line.",
    ),
    Question(
        id="training_a_network.9",
        title="An honest number",
        difficulty=2,
        minutes=3,
        answer=Choice(
            "d",
            options={
                "a": "99 %: right on the 800 points it was trained on",
                "b": "98 %: it was trained on the other 200 points too, to use all data",
                "c": "97 %: of 50 networks, the one that does best on the 200 points",
                "d": "93 %: right on 200 points that nobody had used for anything",
            },
        ),
        rivals=[
            Rival("train-on-test", "a"),
            Rival(
                "train-on-test",
                "b",
                message="More data is good for training. But then no point is left that the "
                "network has not seen, and its score on any of them tells how well it remembers. "
                "With which points could you still find out the truth?",
            ),
            Rival(
                "train-on-test",
                "c",
                message="None of the 50 was *trained* on the 200 points. But they were used to "
                "choose, and with 50 tries one will fit their accidents by luck. A choice is a "
                "kind of training. Which points had no part in it at all?",
            ),
        ],
        hints=[
            "For each number ask: did these points influence anything?",
            "Training is one influence. Choosing among networks is another.",
            "Only one of the four scores comes from points that had no influence at all.",
        ],
        solution='```python\nanswer_9 = "d"\n```',
        why="Only untouched points tell how it does on points that nobody has seen.",
        next="For choosing, people keep a third part of the data: validation data.",
    ),
    Question(
        id="training_a_network.10",
        title="Open task: whatever comes in",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(lambda run: _finite(run) and share_right(run) >= GOAL_10, adam_10),
            probes=[make() for make in CLOUDS],
            budget=1,
            shape=(33,),
            told=_told_10,
        ),
        rivals=[
            Rival(
                "equal-neurons",
                Way(
                    _equal_neurons,
                    lambda X, y: _trained_10(
                        [0 * w for w in start(HIDDEN_10)], X, y, descent.adam(0.05)
                    ),
                ),
            ),
            Rival(
                "ascent-for-descent",
                Way(
                    _carried_away,
                    lambda X, y: _trained_10(start(HIDDEN_10), X, y, descent.sgd(-1.0)),
                ),
                message="Your network is worse than one that gives every point the probability one "
                "half: its loss is above 1. Training has carried it the wrong way, or so far at a "
                "time that it never settles. Print the loss of every twentieth step. Does it fall "
                "at all?",
            ),
            Rival(
                "step-too-large",
                Way(lambda run: not _finite(run), lambda X, y: np.full(33, np.nan)),
                message="Your weights are no finite numbers any more. Either a step was so long "
                "that each one overshoots by more, or a logarithm met a zero. Print the loss of "
                "the first ten steps. Does it grow before it is lost, or break off at once?",
            ),
        ],
        hints=[
            "The pieces stand above: a random start, and the gradients of exercise 5 layer by "
            "layer. Or take PyTorch with `Linear(2, 8)`, `Tanh` and `Linear(8, 1)`.",
            "Compute the loss from z, so that a sure network cannot spoil it: "
            "`binary_cross_entropy_with_logits`. Adam with η = 0.05 and some hundred steps is "
            "plenty for these data.",
            "PyTorch's `Linear` keeps the transpose: hand back `flat(W1.T, b1, W2.T, b2)` of its "
            "weights, after `.detach().numpy()`.",
        ],
        solution="```python\ndef train(X, y):\n    torch.manual_seed(0)\n"
        "    model = torch.nn.Sequential(\n"
        "        torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1)\n    )\n"
        "    Xt, yt = (torch.tensor(a).float() for a in (X, y))\n"
        "    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)\n"
        "    for _ in range(400):\n        optimizer.zero_grad()\n"
        "        loss = torch.nn.functional.binary_cross_entropy_with_logits(model(Xt), yt)\n"
        "        loss.backward()\n        optimizer.step()\n"
        "    W1, b1, W2, b2 = (w.detach().numpy() for w in model.parameters())\n"
        "    return flat(W1.T, b1, W2.T, b2)\n```",
        why="A random start keeps the neurons apart, the slopes come back through two layers, and "
        "any optimiser that does not overshoot arrives. What counts are the fresh points.",
        next="You have trained a network on data that you had not seen before. That is the craft.",
        seconds=20.0,
    ),
    Question(
        id="training_a_network.11",
        title="Deal the batches",
        difficulty=2,
        minutes=8,
        answer=Function(
            _right_deal, probes=_DEALS, near=0, watched="utils.models.training_a_network:Dealt"
        ),
        rivals=[
            Rival(
                "rest-left-out",
                _dealt(
                    lambda n, size: n // size,
                    lambda n, size: n // size * size,
                    lambda n, size: size,
                    "e",
                ),
            ),
            Rival("drawn-with-replacement", _dealt(missing="eo")),
            Rival(
                "drawn-with-replacement",
                _dealt(
                    rows=lambda n, size: _whole(n, size) * size,
                    smallest=lambda n, size: size,
                    missing="eo",
                ),
            ),
            Rival(
                "drawn-with-replacement",
                _dealt(
                    lambda n, size: n // size,
                    lambda n, size: n // size * size,
                    lambda n, size: size,
                    "eo",
                ),
            ),
            Rival(
                "epochs-for-steps",
                _dealt(lambda n, size: 1, lambda n, size: size, lambda n, size: size, "e"),
                message="You deal a single batch. That is one step, and an epoch is all the steps "
                "of one pass: as many batches as it takes until every row has had its turn. Which "
                "loop is missing around it, and what must it remember?",
            ),
            Rival("shuffled-apart", _dealt(missing="l")),
            Rival("not-shuffled", _dealt(missing="pa")),
            Rival(
                "not-shuffled",
                _dealt(missing="p"),
                message="You shuffle the batches, and not the rows. So the same neighbours always "
                "come together, only at another time of the epoch. Where a file is sorted, each "
                "batch still knows one label alone. What has to be shuffled before the cutting?",
            ),
            Rival("one-shuffle-for-all", _dealt(missing="a")),
            Rival("randomness-from-elsewhere", _dealt(missing="s")),
        ],
        hints=[
            "Shuffle the *numbers* of the rows, 0 to len(X) − 1, once: `rng.permutation(len(X))`.",
            "Cut this order into pieces of `size`. A slice such as `order[20:25]` that reaches "
            "beyond the end gives what is left.",
            "Take the same rows from both: `(X[rows], y[rows])`, for each piece.",
        ],
        solution="```python\ndef batches(X, y, size, rng):\n"
        "    order = rng.permutation(len(X))\n"
        "    pieces = [order[i : i + size] for i in range(0, len(X), size)]\n"
        "    return [(X[rows], y[rows]) for rows in pieces]\n```",
        why="One order for X and y keeps the pairs, cutting it uses each row once, and the last "
        "slice takes what is left.",
        next="`DataLoader(points, batch_size=size, shuffle=True)` does the same, for any data.",
    ),
    Question(
        id="training_a_network.12",
        title="Whose curve is it?",
        difficulty=2,
        minutes=3,
        answer=Array(list(SIZES_12)),
        rivals=[Rival("batches-turned-round", [5, 100, 20, 1])],
        hints=[
            "There are two clues in each curve: how much it trembles, and how fast it falls.",
            "Which batch cannot tremble at all, since no shuffle changes what it asks?",
            "All of them passed over the data ten times. Small batches made more steps of it.",
        ],
        solution="```python\nanswer_12 = [20, 1, 5, 100]\n```",
        why="The smaller the batch, the more steps in an epoch and the wilder each of them.",
        next="Read a curve like this before you touch η: it tells what the batches do.",
    ),
    Question(
        id="training_a_network.13",
        title="Warm up, then half a wave",
        difficulty=2,
        minutes=7,
        answer=Function(_right_rate, probes=_RATES),
        rivals=[
            Rival("clock-not-set-back", _warmed("from the start")),
            Rival("whole-wave", _warmed("whole wave")),
            Rival("degrees-for-radians", _warmed("degrees")),
            Rival(
                "factor-of-two",
                _warmed("no half"),
                message="After the warm-up your η is twice what it should be, and begins at twice "
                "`most`. One plus a cosine runs from 2 down to 0. What turns that into something "
                "that runs from 1 down to 0?",
            ),
            Rival(
                "steps-counted-from-zero",
                _warmed("first is 0"),
                message="Your first step has an η of 0, so it moves nothing at all. The warm-up "
                "has `warm` equal stairs, and the last of them, at step `warm` − 1, is `most` "
                "already. On which stair does step 0 stand, if it is to move?",
            ),
            Rival(
                "clock-not-set-back",
                _warmed("no warm-up"),
                message="That is a wave from the first step on, without any warm-up, so the very "
                "first steps are the longest of all. Here η has to climb first. What should "
                "happen while `step` is below `warm`?",
            ),
            Rival(
                "clock-not-set-back",
                _warmed("no wave"),
                message="Your warm-up is right, and afterwards η stays where it is. The second "
                "part of the schedule is missing: from `most` down to 0, along half a wave. Which "
                "share of that way has passed at a given step?",
            ),
        ],
        hints=[
            "Two stages, so an `if`: `step < warm` or not. In the first, η climbs by `most / warm` "
            "in each step.",
            "For the second, find the share of the way that has passed: (step − warm) out of "
            "(total − warm), from 0 to 1.",
            "`most * (1 + math.cos(math.pi * share)) / 2`.",
        ],
        solution="```python\ndef eta_at(step, most, warm, total):\n    if step < warm:\n"
        "        return most * (step + 1) / warm\n"
        "    share = (step - warm) / (total - warm)\n"
        "    return most * (1 + math.cos(math.pi * share)) / 2\n```",
        why="Each stage has a clock of its own. (1 + cos) / 2 sinks from 1 to 0 while the angle "
        "goes from 0 to π.",
        next="With the numbers of your own run, this is the schedule of many a language model.",
    ),
]
