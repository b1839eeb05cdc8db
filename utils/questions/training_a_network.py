"""Questions of chapter 16: a network by hand, the loop, the layers, and what a test is.

No torch here: listing all questions must not import it. Truths are computed in NumPy.
"""

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from utils.checks import Choice, Figure, Function, Live, Number, Question, Rival
from utils.models.training_a_network import (
    LEFT_OVER,
    ChangedTooEarly,
    ManyNumbers,
    arriving_gradients,
    cost,
    probabilities,
    rings,
    start,
    walk_back,
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


# --- exercise 7: a loop that is watched ---


def watched(hidden: int, eta: float, epochs: int, fault: str = "") -> list[float]:
    """What a watched loop comes to: loss, backward passes, clean ones, steps, steps with a slope.

    fault: "forgotten", "once", "at the end", "before the step", "step first",
    "step first, uncleared", "no step", "no backward", "by hand", "sum", "ascent", "squares",
    "squashed twice", "one more" or "one fewer".
    """
    X, y = rings()
    weights = start(hidden)
    held: list[Any] = [np.full_like(w, LEFT_OVER) for w in weights]
    walks = clean = steps = led = 0
    walked = False

    def step() -> None:
        nonlocal weights, steps, led, walked
        if fault not in ("no step",):
            weights = [w - eta * g for w, g in zip(weights, held, strict=True)]
        if fault not in ("no step", "by hand"):
            steps += 1
            led += walked
            walked = False

    def slopes() -> list[np.ndarray]:
        p = probabilities(weights, X)
        towards_z = {
            "sum": p - y,
            "ascent": (y - p) / len(X),
            "squares": 2 * (p - y) * p * (1 - p) / len(X),
            "squashed twice": (sigmoid(p) - y) * p * (1 - p) / len(X),
        }
        return walk_back(weights, X, towards_z.get(fault, (p - y) / len(X)))

    rounds = epochs + {"one more": 1, "one fewer": -1}.get(fault, 0)
    late = ("forgotten", "at the end", "before the step", "step first, uncleared")
    for k in range(rounds):
        if fault not in (*late, "once") or (fault == "once" and k == 0):
            held = [np.zeros_like(w) for w in weights]
        if fault.startswith("step first"):
            step()
        if fault == "step first, uncleared":
            held = [np.zeros_like(w) for w in weights]
        if fault != "no backward":
            walks += 1
            clean += all((g == 0).all() for g in held)
            held = [h + g for h, g in zip(held, slopes(), strict=True)]
            walked = True
        if fault == "before the step":
            held = [np.zeros_like(w) for w in weights]
        if not fault.startswith("step first"):
            step()
        if fault == "at the end":
            held = [np.zeros_like(w) for w in weights]
    return [cost(weights, X, y), walks, clean, steps, led]


def _loop(fault: str) -> Callable[[int, float, int], list[float]]:
    return lambda hidden, eta, epochs: watched(hidden, eta, epochs, fault)


def _right_loop(hidden: int, eta: float, epochs: int) -> list[float]:
    return watched(hidden, eta, epochs)


_LOOPS = [(3, 0.05, 3), (2, 0.02, 4), (5, 0.03, 5), (4, 0.04, 6)]


# --- exercise 4: the figure of the layers ---


def _share(values: dict[str, Any]) -> float:
    lengths = arriving_gradients(
        round(values["depth"]), values["activation"], bool(values["residual"]), values["weights"]
    )
    return lengths[0] / lengths[-1]


def _deep_sigmoid(values: dict[str, Any]) -> bool:
    return values["depth"] >= 12 and values["activation"] == "sigmoid"


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
        difficulty=1,
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
        id="training_a_network.7",
        title="Write the loop",
        difficulty=3,
        minutes=8,
        answer=Function(
            _right_loop,
            probes=_LOOPS,
            tolerance=1e-6,
            near=0,
            watched="utils.models.training_a_network:WatchedTraining",
        ),
        rivals=[
            Rival("gradient-not-zeroed", _loop("forgotten")),
            Rival(
                "gradient-not-zeroed",
                _loop("once"),
                message="You clear the gradients once, before the loop begins. So the first epoch "
                "is right, and in each later one the new slopes are added to all the old ones. How "
                "often is there something old to forget, and where does the clearing have to "
                "stand?",
            ),
            Rival(
                "gradient-not-zeroed",
                _loop("at the end"),
                message="You clear at the end of each epoch, so the *first* one starts with "
                "whatever the gradients held before: here something old was waiting in them. "
                "Where does clearing have to stand, so that a loop does not depend on that?",
            ),
            Rival("zeroed-before-step", _loop("before the step")),
            Rival(
                "ascent-for-descent",
                _loop("ascent"),
                message="Your loss goes up with each epoch. The optimizer always steps against the "
                "slopes, so it was given the slopes of the loss with the wrong sign. Cross-entropy "
                "is the *minus* of a mean of logarithms. Is there a minus too few in your loop, or "
                "one too many?",
            ),
            Rival("update-before-backward", _loop("step first")),
            Rival("update-before-backward", _loop("step first, uncleared")),
            Rival(
                "update-before-backward",
                _loop("no backward"),
                message="Your loop works out the loss and steps, but it never walks back. So the "
                "gradients stay empty, and a step without gradients moves nothing. Which call on "
                "the loss fills them, and between which two lines does it stand?",
            ),
            Rival("other-loss", _loop("squares")),
            Rival("squashed-twice", _loop("squashed twice")),
            Rival(
                "one-step-too-many",
                _loop("one more"),
                message="Every round of your loop is right, and there is one round more than was "
                "asked. The check asks for a number of epochs and counts the steps. How many times "
                "does your loop run for `epochs` = 3?",
            ),
            Rival(
                "one-step-too-many",
                _loop("one fewer"),
                message="Every round of your loop is right, and there is one round fewer than was "
                "asked. The check asks for a number of epochs and counts the steps. How many times "
                "does your loop run for `epochs` = 3?",
            ),
            Rival("optimizer-not-called", _loop("no step")),
            Rival("optimizer-not-called", _loop("by hand")),
            Rival(
                "loss-not-reduced",
                _loop("sum"),
                message="Your loss is the *sum* over all examples, so each step is 100 times as "
                "long as it should be, and would grow with the data. Which reduction did the "
                "lesson take?",
            ),
            Rival("loss-not-reduced", raises=ManyNumbers),
            Rival("update-before-backward", raises=ChangedTooEarly),
            Rival("item-before-backward", raises=AttributeError),
        ],
        hints=[
            "Four calls in each epoch: zero, forward, backward, step.",
            "The loss: `torch.nn.functional.binary_cross_entropy(model(X), y)`. It is a mean.",
            "`optimizer.zero_grad()`, the loss, `cost.backward()`, `optimizer.step()`.",
        ],
        solution="```python\ndef train(model, optimizer, X, y, epochs):\n"
        "    for _ in range(epochs):\n        optimizer.zero_grad()\n"
        "        cost = torch.nn.functional.binary_cross_entropy(model(X), y)\n"
        "        cost.backward()\n        optimizer.step()\n```",
        why="Zero, forward, backward, step, once per epoch.",
        next="These five lines train everything from 33 weights to a hundred billion.",
        seconds=10.0,
    ),
    Question(
        id="training_a_network.8",
        title="Below a millionth",
        difficulty=2,
        minutes=4,
        answer=Number(float(math.ceil(math.log(1e-6) / math.log(0.25))), near=0),
        rivals=[
            Rival(
                "value-for-slope",
                20.0,
                message="You took one half for the factor. That is the *height* of the sigmoid in "
                "its middle. What multiplies a gradient is the slope there, σ(1 − σ). How large "
                "is that?",
            ),
            Rival(
                "one-step-too-many",
                9.0,
                message="Close: after that many the gradient is still a little above a millionth. "
                "Compute 0.25 to this power, and look at the digits. How many more factors does "
                "it need?",
            ),
            Rival(
                "place-for-value",
                1e6,
                message="You gave the border itself, a million, and the question asks for a "
                "*number of sigmoids*: each leaves a quarter of the gradient at best. After one "
                "it is 0.25, after two 0.0625. How many are needed until it is below one "
                "millionth?",
            ),
            Rival(
                "place-for-value",
                1e-6,
                message="You gave the border itself, one millionth, and the question asks for a "
                "*number of sigmoids*: each leaves a quarter of the gradient at best. After one it "
                "is 0.25, after two 0.0625. How many are needed until it is below the border?",
            ),
            Rival(
                "products-not-added",
                250_000.0,
                message="That would be so if each layer took its share off by *division by the "
                "number of layers*, one quarter of a millionth each. But the factors multiply. How "
                "fast does 0.25 · 0.25 · 0.25 · … fall?",
            ),
        ],
        hints=[
            "The largest slope of a sigmoid is σ(1 − σ) in the middle, where σ is one half.",
            "So after n layers at most 0.25**n is left.",
            "Try n = 8, 9, 10 in a loop, and print.",
        ],
        solution="```python\nanswer_8 = math.ceil(math.log(1e-6) / math.log(0.25))\n```",
        why="0.25**9 is still above a millionth, 0.25**10 is below.",
        next="And that is the best case: most sigmoids do not sit at their middle.",
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
]
