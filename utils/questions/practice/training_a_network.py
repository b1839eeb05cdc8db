"""Practice of chapter 16: shapes and slopes of a network, batches, logs, and what to report."""

from __future__ import annotations

from itertools import pairwise
from math import prod

from utils.checks import Array, Number, Rival
from utils.practice.shown import Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import code, power, written

# --- counting and shapes ---

BENDS = ("Tanh", "ReLU", "Sigmoid")


def knobs(draw: Draw) -> Problem | None:
    """How many numbers a small network has to train."""
    sizes = [
        draw.whole(2, 6),
        draw.one([3, 4, 5, 6, 8, 10]),
        *draw.one([[], [draw.whole(2, 5)]]),
        draw.one([1, 1, 2, 3]),
    ]
    bend, pairs = draw.one(BENDS), list(pairwise(sizes))
    layers = f", nn.{bend}(),\n    ".join(f"nn.Linear({m}, {n})" for m, n in pairs)
    weights, biases = sum(m * n for m, n in pairs), sum(sizes[1:])
    terms = [f"{m} · {n} + {n} = {m * n + n}" for m, n in pairs]
    return Problem(
        "How many numbers are there to train in this network, weights and biases together? Each "
        f"`nn.Linear` has both, and `nn.{bend}` has neither."
        + code("model = nn.Sequential(", f"    {layers},", ")"),
        asks="numbers:",
        answer=Number(weights + biases),
        rivals=[
            Rival("biases-not-counted", weights),
            Rival(
                "value-for-gradient",
                sum(sizes),
                message="You counted the neurons, the inputs among them. What is trained are the "
                "numbers *between* them: a weight for each arrow from one layer to the next, and a "
                "bias for each neuron behind the inputs. How many arrows lead into the first layer "
                "of neurons?",
            ),
            Rival(
                "products-not-added",
                prod(sizes),
                message="You multiplied the sizes of all the layers with each other. Only "
                "neighbours are joined by arrows: each layer has a table of weights of its own, "
                "and the tables stand side by side. What do you do with their sizes?",
            ),
            Rival(
                "stopped-too-soon",
                sum(m * n + n for m, n in pairs[:-1]),
                message="You left the last layer out. The numbers that come out at the end are "
                "computed like all the others, from weights and biases. How many arrows lead into "
                "the last layer, and how many biases does it have?",
            ),
        ],
        steps=[
            "A layer with m inputs and n outputs has m · n weights and n biases.",
            f"The first layer: {terms[0]}.",
            f"The rest: {', '.join(terms[1:])}. Together {weights + biases}.",
        ],
        next="The same count gives the billions of a language model.",
    )


def shapes(draw: Draw) -> Problem | None:
    """The shapes of what comes back through one of two layers."""
    rows, *sizes = draw.several([2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 32, 50, 64, 100], 4)
    layer = draw.one([1, 2])
    (a, b), (c, d) = (sizes[layer - 1 : layer + 1], sizes[2 - layer : 4 - layer])
    x, z = [("X", "Z1"), ("H", "Z2")][layer - 1]
    W = f"W{layer}"
    return Problem(
        "On the way forward Z1 = X @ W1, a bend makes H of Z1, and Z2 = H @ W2. The shapes of X, "
        f"W1 and W2 are ({rows}, {sizes[0]}), ({sizes[0]}, {sizes[1]}) and ({sizes[1]}, "
        f"{sizes[2]}). Which shapes have d{W} and d{x} on the way back? Give four numbers: rows "
        f"and columns of d{W}, then those of d{x}.",
        asks="four numbers:",
        answer=Array([a, b, rows, a]),
        rivals=[
            Rival(
                "transpose-missing",
                [b, a, a, rows],
                message="Both of your tables have their rows and columns exchanged. A gradient is "
                "subtracted from what it belongs to, place by place. Hold yours against the arrays "
                "of the way forward: which shape must each of them have, so that this works?",
            ),
            Rival(
                "partials-swapped",
                [c, d, rows, c],
                message="Those are the shapes that belong to the *other* layer of this network. A "
                "gradient has the shape of what it belongs to. Which of the two tables of weights "
                "does the question name, and what goes into that layer?",
            ),
        ],
        steps=[
            "A gradient always has the shape of what it belongs to.",
            f"So d{W} is like {W}: `{x}.T @ d{z}` is ({a}, {rows}) times ({rows}, {b}).",
            f"And d{x} is like {x}: `d{z} @ {W}.T` is ({rows}, {b}) times ({b}, {a}), which makes "
            f"({rows}, {a}).",
        ],
        next="You need not remember where the transpose goes: the shapes leave one place for it.",
    )


def which_product(draw: Draw) -> Problem | None:
    """The line that gives one of the gradients of a layer."""
    rows, a, b = draw.several([3, 4, 5, 6, 8, 10, 12, 20, 50, 100], 3)
    x, W, bias, z = draw.one(
        [("X", "W1", "b1", "z1"), ("h", "W2", "b2", "z2"), ("x", "W", "b", "z")]
    )
    of = draw.one([W, bias, x])
    back = f"d{z}"
    if of == bias:
        right, told = f"`{back}.sum(axis=0)`", f"one number for each of the {b} neurons"
        wrong = [
            Rival("bias-not-summed", f"`{back}`"),
            Rival("wrong-axis", f"`{back}.sum(axis=1)`", message=_AXIS),
            Rival(
                "bias-not-summed",
                f"`{back}.mean(axis=0)`",
                message="You took the mean of the rows. The bias was added in every row, so a "
                "nudge of it moves all of them, and their effects come together in full. If the "
                "loss is a mean, that is in the numbers of the table already. What do pieces do "
                "that come back by many ways?",
            ),
        ]
        why = (
            f"The same bias was added in all {rows} rows: it was used many times, so its pieces "
            "add up."
        )
    elif of == W:
        right, told = f"`{x}.T @ {back}`", f"({a}, {rows}) times ({rows}, {b}) is ({a}, {b})"
        wrong = [
            Rival("transpose-missing", f"`{x} @ {back}`"),
            Rival("transpose-missing", f"`{back}.T @ {x}`", message=_TURNED),
            Rival("partials-swapped", f"`{back} @ {W}.T`", message=_OTHER),
        ]
        why = f"Each weight is multiplied by its input, so {x} must meet {back}, row by row."
    else:
        right, told = f"`{back} @ {W}.T`", f"({rows}, {b}) times ({b}, {a}) is ({rows}, {a})"
        wrong = [
            Rival("transpose-missing", f"`{back} @ {W}`"),
            Rival("transpose-missing", f"`{W} @ {back}.T`", message=_TURNED),
            Rival("partials-swapped", f"`{x}.T @ {back}`", message=_OTHER),
        ]
        why = f"Each input is multiplied by its weights, so {back} must meet {W}."
    choice, rivals = draw.options(right, wrong)
    return Problem(
        f"A layer computes {z} = {x} @ {W} + {bias}, with shapes ({rows}, {a}) for {x}, ({a}, {b}) "
        f"for {W} and ({b},) for {bias}. On the way back {back} arrives, with the shape "
        f"({rows}, {b}). Which line gives d{of}?",
        asks=f"d{of} =",
        answer=choice,
        rivals=rivals,
        steps=[f"d{of} must have the shape of {of}.", why, f"{right}: {told}."],
        next="Three short lines for each layer, and backpropagation has nothing else in it.",
    )


_AXIS = (
    "Your sum runs along the other direction of the table and leaves a number for each example. "
    "The rows are examples and the columns are neurons, and there is one bias for each neuron. "
    "Which axis has to disappear in the sum?"
)
_TURNED = (
    "The numbers in it are right, but they stand in a table whose rows and columns are exchanged. "
    "A gradient has the shape of what it belongs to. Work out the shape of your product: does it "
    "fit, or has it to be turned over?"
)
_OTHER = (
    "That is a gradient of this layer too, and a right one, but of another array. A gradient has "
    "the shape of what it belongs to. Work out the shape of your product: which array of the way "
    "forward has the same one?"
)

# --- one link of the way back ---


def through_relu(draw: Draw) -> Problem | None:
    """What a ReLU lets through on the way back."""
    awake = draw.shuffled([True] * 3 + [False] * 3)
    z = [draw.whole(2, 9) * (1 if on else -1) for on in awake]
    g = [draw.nonzero(-9, 9) for _ in z]
    if not 2 <= sum(slope < 0 for slope in g) <= 4:
        return None
    back = [slope if on else 0 for slope, on in zip(g, awake, strict=True)]
    rows = [["z", *map(written, z)], ["gradient", *map(written, g)]]
    return Problem(
        "Six neurons end in a ReLU. The table tells what went into each of them, and which "
        "gradient arrives behind it on the way back. What does the ReLU hand on? Give six numbers.",
        shown=[Table(["neuron", *(str(k) for k in range(1, 7))], rows)],
        asks="six numbers:",
        answer=Array(back),
        rivals=[
            Rival("activation-slope-forgotten", g),
            Rival(
                "mask-from-the-wrong-layer",
                [max(slope, 0) for slope in g],
                message="You let through the gradients that are above zero. But a ReLU does not "
                "look at the gradient: it was on or off on the way *forward*, and that decides. "
                "What went into each of the six, and which of them were on?",
            ),
            Rival(
                "value-for-gradient",
                [max(v, 0) for v in z],
                message="That is what the ReLUs gave on the way *forward*. On the way back a "
                "gradient goes through them, and where a ReLU is on, its slope is 1. What does a "
                "slope of 1 do with the number that arrives, and what does a slope of 0?",
            ),
            Rival(
                "own-value-in-product",
                [v * slope if on else 0 for v, slope, on in zip(z, g, awake, strict=True)],
                message="You multiplied each gradient with the value that went into the ReLU. "
                "The chain rule multiplies with its *slope*. The graph of a ReLU has two straight "
                "pieces: how steep is the one to the right of zero, and how steep the other?",
            ),
        ],
        steps=[
            "A ReLU has the slope 1 where its input was above zero, and the slope 0 below.",
            f"Above zero are the numbers {_listed([k for k, on in enumerate(awake, 1) if on])}, "
            "and there the gradient comes through unchanged.",
            f"The others hand on 0: {', '.join(map(written, back))}.",
        ],
        next="What is asleep learns nothing in this step. Half of the neurons often are.",
    )


def _listed(numbers: list[int]) -> str:
    return f"{', '.join(map(str, numbers[:-1]))} and {numbers[-1]}"


SURE = (0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9)


def at_the_output(draw: Draw) -> Problem | None:
    """The slope of the mean cross-entropy towards what goes into the sigmoid."""
    m = draw.one([2, 4, 5])
    p, y = [draw.one(SURE) for _ in range(m)], [draw.one([0, 1]) for _ in range(m)]
    if len(set(y)) == 1:
        return None
    dz = [round((a - b) / m, 9) for a, b in zip(p, y, strict=True)]
    rows = [[str(k), written(a), str(b)] for k, (a, b) in enumerate(zip(p, y, strict=True), 1)]
    return Problem(
        f"A network ends in a sigmoid and gives {m} points these probabilities p of the label 1. "
        "The loss is the *mean* cross-entropy. What are its slopes towards the numbers z that go "
        f"into the sigmoid? Give {m} numbers.",
        shown=[Table(["point", "p", "label"], rows)],
        asks=f"{m} numbers:",
        answer=Array(dz),
        rivals=[
            Rival(
                "residual-turned-around",
                [-v for v in dz],
                message="The sizes are right, and every sign is turned. Take a point with the "
                "label 0: its p should become smaller, so the loss must *rise* when z is nudged "
                "up. Which sign has that slope, and so which way round stands the difference?",
            ),
            Rival(
                "forgotten-mean",
                [round(v * m, 9) for v in dz],
                message="That is what each point would hand back if the loss were the *sum* over "
                "the points. It is their mean, so that more points do not make longer steps. What "
                "does the mean do to the share of each single point?",
            ),
            Rival(
                "other-loss",
                [v * a * (1 - a) for v, a in zip(dz, p, strict=True)],
                message="You multiplied by the slope of the sigmoid, p(1 − p). But p − y is "
                "already the slope towards z: that factor was cancelled by the logarithm of the "
                "cross-entropy. For which other loss would it stay, and is that the one asked?",
            ),
        ],
        steps=[
            "For cross-entropy behind a sigmoid the slope is p − y, since p(1 − p) cancels.",
            f"The differences: {', '.join(written(round(v * m, 9)) for v in dz)}.",
            f"The loss is a mean, so divide by {m}: {', '.join(map(written, dz))}.",
        ],
        next="Plus says too sure of the label 1, minus says not sure enough.",
    )


SHARES = (
    (0.1, 0.2, 0.3, 0.4),
    (0.05, 0.15, 0.2, 0.6),
    (0.1, 0.15, 0.25, 0.5),
    (0.05, 0.1, 0.15, 0.7),
    (0.02, 0.08, 0.1, 0.8),
    (0.05, 0.1, 0.25, 0.6),
    (0.1, 0.16, 0.24, 0.5),
    (0.05, 0.2, 0.35, 0.4),
)
ANIMALS = (
    ("cat", "dog", "owl", "fox"),
    ("0", "1", "7", "9"),
    ("rain", "snow", "sun", "fog"),
    ("red", "blue", "green", "grey"),
)


def softmax_back(draw: Draw) -> Problem | None:
    """The slopes of the cross-entropy towards the four scores before a softmax."""
    names, p = draw.one(ANIMALS), draw.shuffled(draw.one(SHARES))
    right = draw.whole(0, 3)
    dz = [round(share - (k == right), 9) for k, share in enumerate(p)]
    table = Table(["class", *names], [["share", *map(written, p)]])
    return Problem(
        "A softmax makes four shares of four scores. The right class of this one example is "
        f"“{names[right]}”, and the loss is the cross-entropy, −ln of the share of the right "
        "class. What are its slopes towards the four scores?",
        shown=[table],
        asks="four numbers:",
        answer=Array(dz, tolerance=0.002, because="the shares have two decimals"),
        rivals=[
            Rival(
                "residual-turned-around",
                [-v for v in dz],
                message="The sizes are right, and every sign is turned. If the score of a wrong "
                "class is nudged up, it takes from the share of the right one, and the loss grows. "
                "Which sign must the slopes of the wrong classes have?",
            ),
            Rival(
                "upstream-forgotten",
                [round(share * (1 - share), 9) for share in p],
                message="That is how fast each share moves with its *own* score, p(1 − p). The "
                "question asks how fast the loss moves, and the loss knows only the share of the "
                "right class. What does a nudge of any score do to that one share?",
            ),
            Rival(
                "activation-slope-forgotten",
                [-1 / share if k == right else 0 for k, share in enumerate(p)],
                message="That is the slope towards the *shares*: −1 over the right one, and 0 "
                "for the others. The softmax still lies between the shares and the scores, and "
                "there every score moves every share. What is left of your numbers behind it?",
            ),
        ],
        steps=[
            "Behind a softmax the slope of the cross-entropy is the share minus the target: 1 for "
            "the right class, 0 for the others.",
            "The wrong classes keep their shares, as they are.",
            f"“{names[right]}” gets {written(p[right])} − 1 = {written(dz[right])}: in order, "
            f"{', '.join(map(written, dz))}.",
        ],
        next="The four slopes add up to 0: what the right score gains, the others have to lose.",
    )


# --- the best case of a deep network ---

LINKS = (  # slope of the sigmoid, weight, and by what both together divide
    (0.25, 1, 4),
    (0.25, 2, 2),
    (0.2, 1, 5),
    (0.2, 0.5, 10),
    (0.1, 2, 5),
    (0.25, 0.5, 8),
    (0.2, 2.5, 2),
    (0.1, 0.5, 20),
    (0.25, 0.8, 5),
    (0.1, 2.5, 4),
    (0.2, 1.25, 4),
    (0.25, 0.4, 10),
)


def vanishing(draw: Draw) -> Problem | None:
    """How much smaller a gradient is after some layers of one neuron."""
    slope, weight, by = draw.one(LINKS)
    layers = draw.whole(2, {2: 10, 4: 8, 5: 7, 8: 5, 10: 4, 20: 3}[by])
    return Problem(
        f"A chain has {layers} layers with one neuron each. In each of them the sigmoid has the "
        f"slope {slope} where it stands, and the weight is {written(weight)}. A gradient arrives "
        "behind the last layer. How many times smaller is what comes out before the first one?",
        asks="times smaller:",
        answer=Number(by**layers),
        rivals=[
            Rival(
                "sum-of-slopes",
                by * layers,
                message="That would be so if each layer took away the same amount. But each one "
                "multiplies what the layer behind it has left, slope times weight. After two "
                "layers, how many times smaller is it, and what does the third one do to that?",
            ),
            Rival(
                "activation-slope-forgotten",
                (1 / weight) ** layers,
                message="You went by the weights alone, as if the sigmoids were not there. On the "
                "way forward each sum was bent, and the bend has a slope, which multiplies what "
                "comes back as well. Which two factors does each layer have?",
            ),
            Rival(
                "factor-dropped",
                (1 / slope) ** layers,
                message="You went by the slopes of the sigmoids alone. But the way back leads "
                "through the weights as well, and each of them multiplies what passes. Which two "
                "factors does each layer have, and what is their product?",
            )
            if weight != 1
            else Rival(
                "value-for-slope",
                2**layers,
                message="You took one half for each layer. That is the *height* of a sigmoid in "
                "its middle. What multiplies a gradient on its way back is the slope. How large is "
                "that in this chain?",
            ),
            Rival(
                "one-step-too-many",
                by ** (layers - 1),
                message="You counted the gaps between the layers, and there is one fewer of them "
                "than layers. This gradient starts *behind* the last layer and comes out *before* "
                "the first one. Through how many layers does it go?",
            ),
        ],
        steps=[
            "Each layer multiplies what comes back by its slope and by its weight.",
            f"Here that is {slope} · {written(weight)} = {written(slope * weight)}: each layer "
            f"leaves one part in {by}.",
            f"{layers} layers, one after the other: {power(str(by), layers)} = {by**layers}.",
        ],
        next="A chain of factors below 1 vanishes, and one of factors above 1 explodes.",
    )


# --- what a log says, and what may be reported ---


def overfitting(draw: Draw) -> Problem | None:
    """The epoch at which one should have stopped, from the losses of training and test."""
    stride, rows = draw.one([5, 10, 20, 50, 100]), 7
    best = draw.whole(2, 4)
    train = [draw.whole(640, 700)]
    test = [train[0] + draw.whole(0, 15)]
    for k in range(1, rows):
        train.append(train[-1] - draw.whole(25, 40) * (rows - k) // 2)
        step = draw.whole(20, 45) if k <= best else -draw.whole(12, 40)
        test.append(test[-1] - step)
    epochs = [stride * k for k in range(rows)]
    shown = [
        [str(e), f"0.{a:03}", f"0.{b:03}"] for e, a, b in zip(epochs, train, test, strict=True)
    ]
    return Problem(
        "This log was kept during a training. The weights of every row were saved, and the test "
        "points took no part in it. With the weights of which epoch would you expect the best "
        "results on new points?",
        shown=[Table(["epoch", "training loss", "test loss"], shown)],
        asks="epoch:",
        answer=Number(epochs[best]),
        rivals=[
            Rival("train-on-test", epochs[-1], message=_LAST),
            Rival(
                "error-read-as-weight",
                test[best] / 1000,
                message="You found the lowest test loss, and gave the loss itself. The question "
                "asks *when* it was reached. Go to the left in that row of the table: which epoch "
                "stands there?",
            ),
            Rival(
                "one-step-too-many",
                epochs[best + 1],
                message="There the test loss has begun to rise: it is the first row *after* the "
                "turn, and from there on the network learns its training points by heart. Which "
                "row comes before the first rise?",
            ),
            Rival(
                "place-for-value",
                best + 1,
                message="You counted the rows from the top. The rows have names of their own, in "
                "the first column, and they do not go up in ones. Which epoch stands in the row "
                "that you have found?",
            ),
        ],
        steps=[
            "New points are like the test points: both are unknown to the network. So the column "
            "to read is the last one.",
            f"The test loss falls as far as 0.{test[best]:03}, and rises afterwards, while the "
            "training loss goes on falling.",
            f"0.{test[best]:03} stands in the row of epoch {epochs[best]}.",
        ],
        next="To keep those weights is called early stopping. A third set of points can then "
        "judge them, since these were used to choose.",
    )


_LAST = (
    "There the *training* loss is lowest: on the points that the network was fitted to, their "
    "accidents included. New points have accidents of their own. Which column tells how it does on "
    "points it has never seen, and what happens in that column towards the end?"
)


def honest_share(draw: Draw) -> Problem | None:
    """The share of right answers on test points, from counts by label."""
    what, no, yes = draw.one(CASES)
    rare, common = draw.one([(20, 80), (10, 90), (40, 160), (20, 180), (50, 150), (30, 170)])
    right_yes = draw.whole(rare // 2, rare - 2)
    right_no = draw.whole(common * 7 // 10, common - 3)
    size = rare + common
    train_yes, train_no = 2 * rare - draw.whole(0, 2), 2 * common - draw.whole(0, 3)
    share = 100 * (right_yes + right_no) / size
    of_training = 100 * (train_yes + train_no) / (2 * size)
    balanced = (100 * right_yes / rare + 100 * right_no / common) / 2
    rows = [
        ["training", yes, str(2 * rare), str(train_yes)],
        ["training", no, str(2 * common), str(train_no)],
        ["test", yes, str(rare), str(right_yes)],
        ["test", no, str(common), str(right_no)],
    ]
    return Problem(
        f"A network sorts {what}. What is its accuracy, the share of all right answers, on points "
        "that took no part in its training? Give it in per cent.",
        shown=[Table(["points", "label", "how many", "right"], rows)],
        asks="per cent:",
        answer=Number(share, tolerance=0.05, because="a tenth of a per cent is enough here"),
        rivals=[
            Rival("train-on-test", of_training),
            Rival("mean-of-means", balanced),
            Rival(
                "one-side-only",
                100 * right_yes / rare,
                message=f"That is the share among the test points with the label “{yes}” alone. It "
                "is a good number to know, and it has a name of its own, recall. Accuracy looks at "
                "all test points, whatever their label. How many are there, and how many are "
                "right?",
            ),
        ],
        steps=[
            "Only the two test rows count: the network was fitted to the others.",
            f"There {right_yes} + {right_no} = {right_yes + right_no} points are right, out of "
            f"{rare} + {common} = {size}.",
            f"{right_yes + right_no} / {size} is {written(share)} per cent.",
        ],
        next=f"To say “{no}” to every point would already give {written(100 * common / size)} per "
        "cent here. Always hold an accuracy against that.",
    )


CASES = (
    ("mails", "wanted", "spam"),
    ("pictures of skin", "harmless", "suspicious"),
    ("bank transfers", "honest", "fraud"),
    ("parts on a belt", "sound", "cracked"),
    ("sounds in a forest", "no owl", "owl"),
)

# --- a loss for what comes out ---

ENDS = {  # the end of the model, what comes out, and which loss belongs to it
    True: ("nn.Sigmoid()", "probabilities", "binary_cross_entropy"),
    False: ("", "logits", "binary_cross_entropy_with_logits"),
}


def right_loss(draw: Draw) -> Problem | None:
    """The loss that belongs to a model which ends in a sigmoid, or in logits."""
    squashed = draw.one([True, False])
    inputs, hidden, bend = draw.whole(2, 9), draw.one([4, 5, 8, 10, 16, 32]), draw.one(BENDS[:2])
    last, out, loss = ENDS[squashed]
    other = ENDS[not squashed][2]
    layers = [f"nn.Linear({inputs}, {hidden})", f"nn.{bend}()", f"nn.Linear({hidden}, 1)"]
    clash = (
        Rival("squashed-twice", f"`{other}(model(X), y)`")
        if squashed
        else Rival(
            "other-loss",
            f"`{other}(model(X), y)`",
            message="That loss takes logarithms of *probabilities*, and this model hands over "
            "plain sums, which may be −3 or 7. There is no logarithm of −3. Where in this "
            "model is a number squeezed between 0 and 1, and which loss does that itself?",
        )
    )
    choice, rivals = draw.options(
        f"`{loss}(model(X), y)`",
        [
            clash,
            Rival(
                "other-loss",
                "`((model(X) - y) ** 2).mean()`",
                message="That is the mean squared error. It would run, but it is not the "
                "cross-entropy, and where the model is sure and wrong its slope behind a sigmoid "
                "is nearly 0. Which loss takes −ln of the probability of the right label?",
            ),
            Rival(
                "loss-not-reduced",
                f'`{loss}(model(X), y, reduction="sum")`',
                message='This is the right loss, but with `reduction="sum"` all examples count '
                "in full, so that a step grows with the amount of data. The question asks for the "
                "mean. What does PyTorch take when nothing is said about the reduction?",
            ),
        ],
    )
    return Problem(
        "The labels y are 0 or 1, and the loss should be the mean cross-entropy. Which line "
        "belongs to this model?"
        + code(
            "model = nn.Sequential(",
            *(f"    {layer}," for layer in [*layers, *([last] if last else [])]),
            ")",
        ),
        asks="loss =",
        answer=choice,
        rivals=rivals,
        steps=[
            "Look at the last layer: does a sigmoid stand there, or a plain sum?",
            f"This model hands over {out}: numbers "
            f"{'between 0 and 1' if squashed else 'before the sigmoid, of any size'}.",
            f"`{loss}` takes {out}, and it is a mean unless you ask for something else.",
        ],
        next="For training, logits are safer: nothing is rounded to 0 or 1 before the logarithm.",
    )


# --- epochs, batches and steps ---

THINGS = ("photos", "sentences", "recordings", "points", "measurements", "pages")


def steps_of_epochs(draw: Draw) -> Problem | None:
    """How many steps some epochs are, with a rest that is asked or left out."""
    size, whole, epochs = (
        draw.one([4, 8, 10, 16, 20, 25, 32, 50]),
        draw.whole(3, 12),
        draw.whole(2, 9),
    )
    left, drops = draw.whole(1, size - 1), draw.one([False, True])
    examples, what = whole * size + left, draw.one(THINGS)
    each = whole + (not drops)
    other = whole + drops
    flag = ", drop_last=True" if drops else ""
    message = (
        "You counted the rest as a batch of its own. Look at the end of the line: `drop_last=True` "
        "asks the loader to leave out whatever does not fill a batch. How many batches are full?"
        if drops
        else "You counted the full batches alone. Nothing in this line says that the rest should "
        "be left out, so it comes as a smaller batch, and that is one more step. How many "
        "batches does an epoch have with it?"
    )
    return Problem(
        f"There are {examples} {what} to learn from, and one step is taken for each batch. How "
        f"many steps are {epochs} epochs?"
        + code(f"loader = DataLoader({what}, batch_size={size}, shuffle=True{flag})"),
        asks="steps:",
        answer=Number(epochs * each),
        rivals=[
            Rival("rest-left-out", epochs * other, message=message),
            Rival("epochs-for-steps", epochs),
            Rival(
                "examples-for-batches",
                epochs * examples,
                message="That is how many examples are asked in all these epochs. A step is taken "
                "for a whole batch and not for each example in it. How many batches does one "
                "epoch deal?",
            ),
            Rival(
                "stopped-too-soon",
                each,
                message="So many steps are one epoch. The question asks for several, and in each "
                "of them the loader shuffles and deals all over again. How many epochs are there?",
            ),
        ],
        steps=[
            f"Into {examples} fit {whole} whole batches of {size}, and {left} are left.",
            f"The rest is {'left out' if drops else 'a smaller batch'}, so an epoch has {each} "
            "steps.",
            f"{epochs} · {each} = {epochs * each}.",
        ],
        next="When somebody reports “10,000 steps”, ask for the batch size: only both together "
        "say how much was asked.",
    )


def rate_of_an_epoch(draw: Draw) -> Problem | None:
    """The η of an epoch in stages, each a fixed factor below the one before."""
    most, gamma = draw.one([0.1, 0.2, 0.4, 0.8, 1, 2, 4]), draw.one([0.5, 0.1])
    length, done = draw.one([2, 3, 4, 5, 8, 10, 15, 20, 30]), draw.whole(1, 3)
    epoch = done * length + draw.whole(0, length - 1)
    rate = most * gamma**done
    return Problem(
        "`scheduler.step()` stands at the end of each epoch, and the epochs are counted from 0. "
        f"Which η do the batches of epoch {epoch} get?"
        + code(
            f"optimizer = torch.optim.SGD(model.parameters(), lr={most})",
            f"scheduler = StepLR(optimizer, step_size={length}, gamma={gamma})",
        ),
        asks="η =",
        answer=Number(round(rate, 9)),
        rivals=[
            Rival(
                "one-step-too-many",
                most * gamma ** (done + 1),
                message="You let η fall once more than it has. The stage that epoch 0 belongs to "
                "is the first one, and it has the η that was given to the optimizer. How many "
                "stages have been *completed* before this epoch begins?",
            ),
            Rival(
                "stopped-too-soon",
                most * gamma ** (done - 1),
                message="You let η fall once less often than it has. It falls at the end of each "
                "stage, so it has fallen as many times as there were whole stages before this "
                "epoch. How many times does the length of a stage fit into the epochs so far?",
            ),
            *(
                [
                    Rival(
                        "epochs-for-steps",
                        most * gamma**epoch,
                        message="You multiplied once for each epoch. `step_size` says how many "
                        "epochs have to pass until η falls a single time, so that it comes down "
                        "in stages. How many whole stages have passed when this epoch begins?",
                    )
                ]
                if epoch <= 8
                else []
            ),
        ],
        steps=[
            f"A stage is {length} epochs long. How many whole ones lie before epoch {epoch}?",
            f"{epoch} is {done} · {length} + {epoch - done * length}, so η has been multiplied by "
            f"{written(gamma)} {['once', 'twice', 'three times'][done - 1]}.",
            f"{power(written(gamma), done)} · {written(most)} = {written(round(rate, 9))}.",
        ],
        next="In a loss curve you see such a stage at once: the trembling shrinks, and the curve "
        "drops by a stair.",
    )


def scheduler_in_the_wrong_loop(draw: Draw) -> Problem | None:
    """How often η has fallen, where the scheduler is called after every batch."""
    size, each = draw.one([4, 5, 8, 10, 20, 25, 32, 50]), draw.one([4, 5, 6, 8, 10, 12, 15, 20])
    length, epochs = draw.one([10, 15, 20, 25, 30, 40]), draw.whole(5, 30)
    calls = epochs * each
    fallen = calls // length
    if fallen * length == calls or fallen < 2 or epochs // length == fallen:
        return None
    return Problem(
        f"The scheduler should divide η by ten after every {length} epochs. There are "
        f"{size * each} points, in batches of {size}. How many times has η been divided by ten "
        f"when {epochs} epochs of *this* loop are over?"
        + code(
            f"scheduler = StepLR(optimizer, step_size={length}, gamma=0.1)",
            f"for epoch in range({epochs}):",
            "    for places, labels in loader:",
            "        optimizer.zero_grad()",
            "        loss_of(model(places), labels).backward()",
            "        optimizer.step()",
            "        scheduler.step()",
        ),
        asks="times:",
        answer=Number(fallen),
        rivals=[
            Rival(
                "epochs-for-steps",
                epochs // length,
                message="So it was meant, and so it would be if the last line stood further to the "
                "left. Look how far it is indented: it runs once for each batch. How many times "
                "is it called in one epoch, and how many in all?",
            ),
            Rival(
                "one-step-too-many",
                fallen + 1,
                message="Once too often. The last stage has begun, but it is not over when the "
                "loop ends, so its division is still to come. How many *whole* stages fit into "
                "all the calls?",
            ),
            Rival(
                "examples-for-batches",
                epochs * size * each // length,
                message="You counted a call for each point. The line stands in the loop over the "
                "batches, so it runs once for each of those. How many batches does the loader "
                "deal in one epoch?",
            ),
        ],
        steps=[
            f"{size * each} points in batches of {size} are {each} batches in an epoch.",
            f"The scheduler is called after each: {epochs} · {each} = {calls} times.",
            f"Into {calls} fit {fallen} whole stages of {length}, so η has been divided "
            f"{fallen} times.",
        ],
        next="The loss curve of such a run goes flat much too early, and the weights hardly move.",
    )


TEMPLATES = [
    Template("training_a_network.knobs", title="How many knobs", level=1, minutes=1.5, draw=knobs),
    Template("training_a_network.loss", title="Which loss", level=1, minutes=1, draw=right_loss),
    Template(
        "training_a_network.output", title="At the output", level=2, minutes=2, draw=at_the_output
    ),
    Template(
        "training_a_network.steps",
        title="How many steps",
        level=1,
        minutes=1.5,
        draw=steps_of_epochs,
    ),
    Template("training_a_network.shapes", title="Shapes", level=1, minutes=1.5, draw=shapes),
    Template(
        "training_a_network.product", title="Which line", level=2, minutes=1.5, draw=which_product
    ),
    Template(
        "training_a_network.relu", title="Through a ReLU", level=2, minutes=2, draw=through_relu
    ),
    Template(
        "training_a_network.share", title="An honest share", level=2, minutes=2, draw=honest_share
    ),
    Template(
        "training_a_network.log", title="When to stop", level=2, minutes=1.5, draw=overfitting
    ),
    Template(
        "training_a_network.softmax", title="Four classes", level=3, minutes=2.5, draw=softmax_back
    ),
    Template(
        "training_a_network.layers", title="Many layers back", level=3, minutes=2, draw=vanishing
    ),
    Template(
        "training_a_network.rate",
        title="Which η is it now?",
        level=2,
        minutes=1.5,
        draw=rate_of_an_epoch,
    ),
    Template(
        "training_a_network.scheduler",
        title="In which loop?",
        level=3,
        minutes=2.5,
        draw=scheduler_in_the_wrong_loop,
    ),
]
