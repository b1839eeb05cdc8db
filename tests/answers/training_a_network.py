"""Answers to the questions of chapter 16, right ones in several styles and wrong ones."""

import math

import numpy as np
import torch

from utils.autograd import Value
from utils.explorers.training_a_network import explore_layers
from utils.models.training_a_network import watch
from utils.questions.training_a_network import flat

entropy = torch.nn.functional.binary_cross_entropy


def figure(**values):
    """The figure of exercise 4, moved."""
    return explore_layers(depth=4).set(**values)


# --- exercise 3 ---


def output_slope(z, y):
    """The rule."""
    p = 1 / (1 + np.exp(-z))
    return (p - y) / len(z)


def output_by_engine(z, y):
    """Value finds it."""
    v = Value(z)
    p = v.sigmoid()
    (-(y * p.log() + (1 - y) * (1 - p).log()).mean()).backward()
    return v.grad


def output_by_torch(z, y):
    """PyTorch finds it."""
    t = torch.tensor(z, requires_grad=True)
    torch.nn.functional.binary_cross_entropy_with_logits(t, torch.tensor(y)).backward()
    return t.grad


def output_one_by_one(z, y):
    """A list, without arrays."""
    return [(1 / (1 + math.exp(-a)) - b) / len(z) for a, b in zip(z, y, strict=True)]


def output_without_sigmoid_slope(z, y):
    """Stops at the slope towards p."""
    p = 1 / (1 + np.exp(-z))
    return (-y / p + (1 - y) / (1 - p)) / len(z)


def output_with_slope_twice(z, y):
    """Multiplies p − y by p(1 − p) once more."""
    p = 1 / (1 + np.exp(-z))
    return (p - y) * p * (1 - p) / len(z)


# --- exercise 5 ---


def layer_by_engine(x, W, dz):
    """Value finds it."""
    a, w, b = Value(x), Value(W), Value(np.zeros(W.shape[1]))
    ((a @ w + b) * dz).sum().backward()
    return flat(w.grad, b.grad, a.grad)


def layer_by_sums(x, W, dz):
    """einsum, with every letter written out."""
    return flat(
        np.einsum("mn,mk->nk", x, dz), np.einsum("mk->k", dz), np.einsum("mk,nk->mn", dz, W)
    )


# --- exercise 6 ---


def first_gradient(X, y, W1, W2, W3):
    """The mended clinic."""
    z1 = X @ W1
    z2 = np.maximum(z1, 0) @ W2
    out = np.maximum(z2, 0) @ W3
    d_out = 2 * (out - y) / len(X)
    d2 = d_out @ W3.T * (z2 > 0)
    d1 = d2 @ W2.T * (z1 > 0)
    return X.T @ d1


def first_by_engine(X, y, W1, W2, W3):
    """Value finds it."""
    w = Value(W1)
    ((((X @ w).relu() @ W2).relu() @ W3 - y) ** 2).mean().backward()
    return w.grad


def first_by_torch(X, y, W1, W2, W3):
    """PyTorch finds it."""
    X, y, W1, W2, W3 = map(torch.tensor, (X, y, W1, W2, W3))
    W1.requires_grad_()
    ((torch.relu(torch.relu(X @ W1) @ W2) @ W3 - y) ** 2).mean().backward()
    return W1.grad


def first_by_nudging(X, y, W1, W2, W3):
    """Measured, number by number."""

    def loss(W):
        return np.mean((np.maximum(np.maximum(X @ W, 0) @ W2, 0) @ W3 - y) ** 2)

    found = np.zeros(W1.shape)
    for place in np.ndindex(W1.shape):
        nudge = np.zeros(W1.shape)
        nudge[place] = 1e-5
        found[place] = (loss(W1 + nudge) - loss(W1 - nudge)) / 2e-5
    return found


def first_with_corners(X, y, W1, W2, W3):
    """Lets a neuron pass that sits exactly at 0: a matter of taste."""
    z1 = X @ W1
    z2 = np.maximum(z1, 0) @ W2
    d2 = 2 * (np.maximum(z2, 0) @ W3 - y) / len(X) @ W3.T * (z2 >= 0)
    return X.T @ (d2 @ W2.T * (z1 >= 0))


def without_second_mask(X, y, W1, W2, W3):
    """The second ReLU let everything through."""
    z1 = X @ W1
    out = np.maximum(np.maximum(z1, 0) @ W2, 0) @ W3
    return X.T @ ((2 * (out - y) / len(X)) @ W3.T @ W2.T * (z1 > 0))


def published(X, y, W1, W2, W3):
    """The clinic as it stands in the exercise."""
    z1 = X @ W1
    z2 = np.maximum(z1, 0) @ W2
    out = np.maximum(z2, 0) @ W3
    d_out = 2 * (out - y) / len(X)
    d2 = d_out @ W3.T * (z2 > 0)
    d1 = d2 @ W2.T * (z2 > 0)
    return X.T @ d1


def without_transpose(X, y, W1, W2, W3):
    """W2 the wrong way round: both of its sides are equally long."""
    z1 = X @ W1
    z2 = np.maximum(z1, 0) @ W2
    out = np.maximum(z2, 0) @ W3
    d2 = 2 * (out - y) / len(X) @ W3.T * (z2 > 0)
    return X.T @ (d2 @ W2 * (z1 > 0))


def without_mask(X, y, W1, W2, W3):
    """The first ReLU let everything through."""
    z2 = np.maximum(X @ W1, 0) @ W2
    out = np.maximum(z2, 0) @ W3
    return X.T @ ((2 * (out - y) / len(X)) @ W3.T * (z2 > 0) @ W2.T)


# --- exercise 7 ---


def train(model, optimizer, X, y, epochs):
    """As in the lesson."""
    for _ in range(epochs):
        optimizer.zero_grad()
        cost = entropy(model(X), y)
        cost.backward()
        optimizer.step()


def train_own_loss(model, optimizer, X, y, epochs):
    """The cross-entropy written out; zero_grad after the forward pass."""
    for _ in range(epochs):
        p = model(X)
        cost = -(y * p.log() + (1 - y) * (1 - p).log()).mean()
        optimizer.zero_grad(set_to_none=False)
        cost.backward()
        optimizer.step()


def train_clearing_twice(model, optimizer, X, y, epochs):
    """Clears before the loop and after each step: as good."""
    optimizer.zero_grad()
    while epochs:
        entropy(model(X), y, reduction="mean").backward()
        optimizer.step()
        optimizer.zero_grad()
        epochs -= 1


def train_in_a_closure(model, optimizer, X, y, epochs):
    """The optimizer calls back for the loss, as PyTorch's pages describe it."""

    def closure():
        optimizer.zero_grad()
        cost = entropy(model(X), y)
        cost.backward()
        return cost

    for _ in range(epochs):
        optimizer.step(closure)


def train_clearing_once(model, optimizer, X, y, epochs):
    """Clears before the loop and never again."""
    optimizer.zero_grad()
    for _ in range(epochs):
        entropy(model(X), y).backward()
        optimizer.step()


def train_without_backward(model, optimizer, X, y, epochs):
    """Never walks back."""
    for _ in range(epochs):
        optimizer.zero_grad()
        entropy(model(X), y)
        optimizer.step()


def train_with_squares(model, optimizer, X, y, epochs):
    """The mean squared error in place of the cross-entropy."""
    for _ in range(epochs):
        optimizer.zero_grad()
        torch.nn.functional.mse_loss(model(X), y).backward()
        optimizer.step()


def train_on_logits(model, optimizer, X, y, epochs):
    """Takes the probabilities for logits."""
    for _ in range(epochs):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(model(X), y).backward()
        optimizer.step()


def train_shuffled(model, optimizer, X, y, epochs):
    """Shuffles the inputs and not their labels."""
    for _ in range(epochs):
        optimizer.zero_grad()
        entropy(model(X[torch.randperm(len(X))]), y).backward()
        optimizer.step()


def train_forgetting(model, optimizer, X, y, epochs):
    """Never clears."""
    for _ in range(epochs):
        entropy(model(X), y).backward()
        optimizer.step()


def train_clearing_late(model, optimizer, X, y, epochs):
    """Clears at the end of each epoch."""
    for _ in range(epochs):
        entropy(model(X), y).backward()
        optimizer.step()
        optimizer.zero_grad()


def train_clearing_between(model, optimizer, X, y, epochs):
    """Throws the gradient away before the step."""
    for _ in range(epochs):
        entropy(model(X), y).backward()
        optimizer.zero_grad()
        optimizer.step()


def train_step_first(model, optimizer, X, y, epochs):
    """Steps before the walk back."""
    for _ in range(epochs):
        optimizer.zero_grad()
        cost = entropy(model(X), y)
        optimizer.step()
        cost.backward()


def train_step_then_zero(model, optimizer, X, y, epochs):
    """Steps with what is there, then clears and walks back."""
    for _ in range(epochs):
        cost = entropy(model(X), y)
        optimizer.step()
        optimizer.zero_grad()
        cost.backward()


def train_old_gradient(model, optimizer, X, y, epochs):
    """Steps with the gradient of the round before."""
    for _ in range(epochs):
        optimizer.step()
        optimizer.zero_grad()
        entropy(model(X), y).backward()


def train_without_step(model, optimizer, X, y, epochs):
    """Never steps."""
    for _ in range(epochs):
        optimizer.zero_grad()
        entropy(model(X), y).backward()


def train_by_hand(model, optimizer, X, y, epochs):
    """Moves the weights beside the optimizer."""
    for _ in range(epochs):
        optimizer.zero_grad()
        entropy(model(X), y).backward()
        with torch.no_grad():
            for group in optimizer.param_groups:
                for w in group["params"]:
                    w -= group["lr"] * w.grad


def train_with_sum(model, optimizer, X, y, epochs):
    """The sum in place of the mean."""
    for _ in range(epochs):
        optimizer.zero_grad()
        entropy(model(X), y, reduction="sum").backward()
        optimizer.step()


def train_uphill(model, optimizer, X, y, epochs):
    """Walks back from minus the loss."""
    for _ in range(epochs):
        optimizer.zero_grad()
        (-entropy(model(X), y)).backward()
        optimizer.step()


def train_without_minus(model, optimizer, X, y, epochs):
    """The cross-entropy written out, its minus forgotten."""
    for _ in range(epochs):
        optimizer.zero_grad()
        p = model(X)
        (y * p.log() + (1 - y) * (1 - p).log()).mean().backward()
        optimizer.step()


def train_not_reduced(model, optimizer, X, y, epochs):
    """A loss for each example."""
    for _ in range(epochs):
        optimizer.zero_grad()
        entropy(model(X), y, reduction="none").backward()
        optimizer.step()


def train_item(model, optimizer, X, y, epochs):
    """Takes the number out first."""
    for _ in range(epochs):
        optimizer.zero_grad()
        entropy(model(X), y).item().backward()
        optimizer.step()


# --- exercise 7b ---


def clip_one_by_one(grads, limit):
    """Without NumPy's norm."""
    numbers = [float(value) for g in grads for value in np.ravel(g)]
    length = math.sqrt(sum(value**2 for value in numbers))
    factor = min(1.0, limit / length)
    return [value * factor for value in numbers]


def clip_by_torch(grads, limit):
    """PyTorch's own, on tensors that hold these gradients."""
    weights = [torch.zeros(g.shape, dtype=torch.float64, requires_grad=True) for g in grads]
    for w, g in zip(weights, grads, strict=True):
        w.grad = torch.tensor(g, dtype=torch.float64)
    torch.nn.utils.clip_grad_norm_(weights, limit)
    return flat(*(w.grad.numpy() for w in weights))


# --- exercise 8b ---


def classes_by_rule(z, labels):
    """p, and 1 taken away at the right class."""
    p = np.exp(z - np.max(z, axis=1)[:, None])
    p /= p.sum(axis=1)[:, None]
    p[np.arange(len(z)), labels] -= 1
    return p / len(z)


def classes_by_torch(z, labels):
    """PyTorch finds it."""
    t = torch.tensor(z, requires_grad=True)
    torch.nn.functional.cross_entropy(t, torch.tensor(labels)).backward()
    return t.grad


def classes_by_loops(z, labels):
    """Example after example."""
    rows = []
    for scores, right in zip(z, labels, strict=True):
        e = [math.exp(s - max(scores)) for s in scores]
        rows.append([(v / sum(e) - (k == right)) / len(z) for k, v in enumerate(e)])
    return rows


def classes_plainly(z, labels):
    """exp of scores as they are."""
    e = np.exp(z)
    return (e / e.sum(axis=1, keepdims=True) - np.eye(3)[labels]) / len(z)


# --- exercise 11 ---


def batches_by_slices(X, y, size, rng):
    """As in the solution."""
    order = rng.permutation(len(X))
    pieces = [order[i : i + size] for i in range(0, len(X), size)]
    return [(X[rows], y[rows]) for rows in pieces]


def batches_one_by_one(X, y, size, rng):
    """A generator that goes on while rows are left; rng.shuffle works in place."""
    rows = list(range(len(X)))
    rng.shuffle(rows)
    while rows:
        yield X[rows[:size]], y[rows[:size]]
        del rows[:size]


def batches_by_sorting(X, y, size, rng):
    """Random numbers, sorted, and the arrays cut by NumPy."""
    order = np.argsort(rng.random(len(X)))
    cuts = range(size, len(X), size)
    return list(zip(np.split(X[order], cuts), np.split(y[order], cuts), strict=True))


def batches_by_torch(X, y, size, rng):
    """A DataLoader whose seed the given generator draws."""
    data, dice = torch.utils.data, torch.Generator()
    dice.manual_seed(int(rng.integers(2**31)))
    points = data.TensorDataset(torch.tensor(X), torch.tensor(y))
    return data.DataLoader(points, batch_size=size, shuffle=True, generator=dice)


def batches_without_rest(X, y, size, rng):
    """Only whole batches."""
    order = rng.permutation(len(X))
    return [
        (X[order[k * size : (k + 1) * size]], y[order[k * size : (k + 1) * size]])
        for k in range(len(X) // size)
    ]


def batches_with_replacement(X, y, size, rng):
    """Each batch drawn from all rows."""
    dealt = []
    for _ in range(0, len(X), size):
        rows = rng.choice(len(X), size, replace=False)
        dealt.append((X[rows], y[rows]))
    return dealt


def batches_by_integers(X, y, size, rng):
    """As many numbers of rows as there are rows, each by chance."""
    order = rng.integers(0, len(X), len(X))
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(X), size)]


def batches_few_with_replacement(X, y, size, rng):
    """Whole batches, each drawn from all rows."""
    drawn = [rng.integers(0, len(X), size) for _ in range(len(X) // size)]
    return [(X[rows], y[rows]) for rows in drawn]


def batches_shuffled_apart(X, y, size, rng):
    """Both shuffled, each by itself."""
    X, y = rng.permutation(X), rng.permutation(y)
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


def batches_of_inputs_alone(X, y, size, rng):
    """X shuffled, and y as it stands."""
    X = X[rng.permutation(len(X))]
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


def batches_in_order(X, y, size, rng):
    """No shuffle."""
    return [(X[i : i + size], y[i : i + size]) for i in range(0, len(X), size)]


def batches_in_another_order(X, y, size, rng):
    """The batches shuffled, and not the rows."""
    dealt = batches_in_order(X, y, size, rng)
    return [dealt[k] for k in rng.permutation(len(dealt))]


def batches_of_one_shuffle(X, y, size, rng):
    """A seed of its own."""
    return batches_by_slices(X, y, size, np.random.default_rng(7))


def batches_of_ones_own(X, y, size, rng):
    """NumPy's global randomness."""
    order = np.random.permutation(len(X))
    return [(X[order[i : i + size]], y[order[i : i + size]]) for i in range(0, len(X), size)]


def one_batch(X, y, size, rng):
    """The first batch alone."""
    rows = rng.permutation(len(X))[:size]
    return [(X[rows], y[rows])]


def batches_printed(X, y, size, rng):
    """Deals, and gives nothing back."""
    print(len(batches_by_slices(X, y, size, rng)), "batches")


def batches_of_rows(X, y, size, rng):
    """The numbers of the rows, without the rows."""
    order = rng.permutation(len(X))
    return [order[i : i + size] for i in range(0, len(X), size)]


# --- exercise 13 ---


def rate(step, most, warm, total):
    """As in the solution."""
    if step < warm:
        return most * (step + 1) / warm
    share = (step - warm) / (total - warm)
    return most * (1 + math.cos(math.pi * share)) / 2


def rate_by_numpy(step, most, warm, total):
    """Both stages, and the smaller index decides."""
    wave = most * np.cos(np.pi / 2 * (step - warm) / (total - warm)) ** 2
    return np.where(step < warm, most / warm * (step + 1), wave)


def rate_by_torch(step, most, warm, total):
    """PyTorch's schedulers, one after the other."""
    kinds = torch.optim.lr_scheduler
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=most)
    climb = kinds.LambdaLR(optimizer, lambda k: (k + 1) / warm)
    wave = kinds.CosineAnnealingLR(optimizer, T_max=total - warm)
    schedule = kinds.SequentialLR(optimizer, [climb, wave], milestones=[warm])
    for _ in range(step):
        optimizer.step()
        schedule.step()
    return optimizer.param_groups[0]["lr"]


# --- exercise 10 ---


def network_by_torch(X, y):
    """Layers, loss and optimiser from PyTorch, in whatever precision is set."""
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(2, 8), torch.nn.Tanh(), torch.nn.Linear(8, 1))
    Xt, yt = (torch.tensor(a, dtype=torch.get_default_dtype()) for a in (X, y))
    optimizer = torch.optim.Adam(model.parameters(), lr=0.05)
    for _ in range(400):
        optimizer.zero_grad()
        torch.nn.functional.binary_cross_entropy_with_logits(model(Xt), yt).backward()
        optimizer.step()
    W1, b1, W2, b2 = (w.detach().numpy() for w in model.parameters())
    return flat(W1.T, b1, W2.T, b2)


def network_by_hand(X, y, eta=0.5, epochs=3000, size=1.0):
    """Plain descent, layer by layer."""
    rng = np.random.default_rng(3)
    W1, b1 = size * rng.standard_normal((2, 8)), np.zeros(8)
    W2, b2 = size * rng.standard_normal((8, 1)) / np.sqrt(8), np.zeros(1)
    for _ in range(epochs):
        h = np.tanh(X @ W1 + b1)
        dz = (1 / (1 + np.exp(-np.clip(h @ W2 + b2, -30, 30))) - y) / len(X)
        dh = dz @ W2.T * (1 - h**2)
        W2, b2 = W2 - eta * h.T @ dz, b2 - eta * dz.sum(axis=0)
        W1, b1 = W1 - eta * X.T @ dh, b1 - eta * dh.sum(axis=0)
    return flat(W1, b1, W2, b2)


def network_by_engine(X, y):
    """The engine of chapter 14 with momentum."""
    rng = np.random.default_rng(1)
    shapes = [(2, 8), (8,), (8, 1), (1,)]
    weights = [Value(rng.standard_normal(shape)) for shape in shapes]
    speeds = [np.zeros(shape) for shape in shapes]
    for _ in range(400):
        for w in weights:
            w.zero_grad()
        W1, b1, W2, b2 = weights
        p = ((Value(X) @ W1 + b1).tanh() @ W2 + b2).sigmoid()
        (-(y * (p + 1e-12).log() + (1 - y) * (1 - p + 1e-12).log()).mean()).backward()
        for w, speed in zip(weights, speeds, strict=True):
            speed *= 0.9
            speed += w.grad
            w.data = w.data - 0.2 * speed
    return flat(*(w.data for w in weights))


RIGHT = {
    "training_a_network.predict_line": ["b", "B"],
    "training_a_network.predict_hidden": [3, 3.0],
    "training_a_network.predict_weights": [33, 2 * 8 + 8 + 8 + 1],
    "training_a_network.predict_bias": ["b", " b "],
    "training_a_network.predict_same_steps": ["c", "neither by far: they end close to each other"],
    "training_a_network.predict_trembling": ["b", "more than ten times smaller"],
    "training_a_network.predict_ten_points": ["b", "about two thirds"],
    "training_a_network.predict_test": ["b", "(b)"],
    "training_a_network.predict_vanish": ["c", "C"],
    "training_a_network.1": [
        301,
        sum(n * k + k for n, k in [(3, 20), (20, 10), (10, 1)]),
        np.int64(301),
    ],
    "training_a_network.2": ["b", "B"],
    "training_a_network.3": [output_slope, output_by_engine, output_by_torch, output_one_by_one],
    "training_a_network.4": [
        figure(depth=12, residual=True),
        figure(depth=16, residual=True),
        figure(depth=12, residual=True, weights=2),
        explore_layers(depth=2, activation="ReLU").set(
            depth=13, activation="sigmoid", residual=True
        ),
    ],
    "training_a_network.5": [
        lambda x, W, dz: flat(x.T @ dz, dz.sum(axis=0), dz @ W.T),
        layer_by_engine,
        layer_by_sums,
        lambda x, W, dz: [*(x.T @ dz).flat, *sum(dz), *(W @ dz.T).T.flat],
    ],
    "training_a_network.6": [
        first_gradient,
        first_by_engine,
        first_by_torch,
        first_by_nudging,
        first_with_corners,
    ],
    "training_a_network.7": [
        watch(train),
        watch(train_own_loss),
        watch(train_clearing_twice),
        watch(train_in_a_closure),
    ],
    "training_a_network.8": [10, math.ceil(math.log(1e-6, 0.25)), 10.0],
    "training_a_network.7b": [
        clip_one_by_one,
        clip_by_torch,
        lambda grads, limit: flat(*grads) / max(1, np.linalg.norm(flat(*grads)) / limit),
    ],
    "training_a_network.8b": [classes_by_rule, classes_by_torch, classes_by_loops],
    "training_a_network.10": [network_by_torch, network_by_hand, network_by_engine],
    "training_a_network.11": [
        batches_by_slices,
        batches_one_by_one,
        batches_by_sorting,
        batches_by_torch,
    ],
    "training_a_network.12": [[20, 1, 5, 100], np.array([20, 1, 5, 100]), (20.0, 1.0, 5.0, 100.0)],
    "training_a_network.13": [rate, rate_by_numpy, rate_by_torch],
    "training_a_network.9": ["d", "D"],
}

WRONG = {
    "training_a_network.predict_line": [
        ("a", "line-for-any-data"),
        ("c", "line-for-any-data"),
        ("d", "type"),
        (..., "not-attempted"),
    ],
    "training_a_network.predict_hidden": [
        (1, "line-for-any-data"),
        (2, "line-for-any-data"),
        (4, "line-for-any-data"),
        (100, "wrong"),
        ("3", "type"),
        (..., "not-attempted"),
    ],
    "training_a_network.predict_weights": [
        (24, "biases-not-counted"),
        (32, "biases-not-counted"),
        (11, "value-for-gradient"),
        (16, "wrong"),
        (..., "not-attempted"),
    ],
    "training_a_network.predict_bias": [
        ("a", "overwrite-for-accumulate"),
        ("c", "bias-not-summed"),
        (100, "type"),
    ],
    "training_a_network.predict_same_steps": [
        ("a", "exact-for-far"),
        ("b", "epochs-for-steps"),
        (0.35, "type"),
        (..., "not-attempted"),
    ],
    "training_a_network.predict_trembling": [
        ("a", "noise-misread"),
        ("c", "step-too-large"),
        ("d", "type"),
        (..., "not-attempted"),
    ],
    "training_a_network.predict_ten_points": [
        ("a", "train-on-test"),
        ("c", "train-on-test"),
        (68, "type"),
        (..., "not-attempted"),
    ],
    "training_a_network.predict_test": [
        ("a", "train-on-test"),
        ("c", "train-on-test"),
        (92, "type"),
    ],
    "training_a_network.predict_vanish": [
        ("a", "vanishing-overlooked"),
        ("b", "vanishing-overlooked"),
        ("z", "type"),
    ],
    "training_a_network.1": [
        (270, "biases-not-counted"),
        (304, "biases-not-counted"),
        (34, "value-for-gradient"),
        (300, "biases-not-counted"),
        (302, "wrong"),
        (600, "wrong"),
        ([301], "type"),
        (None, "not-attempted"),
    ],
    "training_a_network.2": [
        ("a", "update-before-backward"),
        ("c", "zeroed-before-step"),
        ("d", "gradient-not-zeroed"),
        ("zfbs", "type"),
    ],
    "training_a_network.3": [
        (lambda z, y: 1 / (1 + np.exp(-z)) - y, "loss-not-reduced"),
        (output_without_sigmoid_slope, "activation-slope-forgotten"),
        (output_with_slope_twice, "activation-slope-forgotten"),
        (lambda z, y: -output_slope(z, y), "residual-turned-around"),
        (lambda z, y: 1 / (1 + np.exp(-z)), "value-for-gradient"),
        (lambda z, y: (z - y) / len(z), "wrong"),
        (lambda z, y: np.mean(output_slope(z, y)), "type"),
        (lambda z: z, "type"),
        (lambda z, y: None, "not-attempted"),
    ],
    "training_a_network.4": [
        (figure(depth=12), "vanishing-overlooked"),
        (figure(depth=12, weights=2), "vanishing-overlooked"),
        (figure(depth=12, activation="ReLU"), "gradient-blamed"),
        (figure(depth=4, residual=True), "wrong"),
        (figure(), "not-attempted"),
        (12, "type"),
    ],
    "training_a_network.5": [
        (lambda x, W, dz: flat(x @ dz, dz.sum(axis=0), dz @ W.T), "transpose-missing"),
        (lambda x, W, dz: flat(x.T @ dz, dz.sum(axis=0), dz @ W), "transpose-missing"),
        (lambda x, W, dz: flat(dz.T @ x, dz.sum(axis=0), dz @ W.T), "transpose-missing"),
        (lambda x, W, dz: flat(x.T @ dz, dz, dz @ W.T), "bias-not-summed"),
        (lambda x, W, dz: flat(x.T @ dz, dz.mean(axis=0), dz @ W.T), "bias-not-summed"),
        (lambda x, W, dz: flat(x.T @ dz, dz.sum(axis=1), dz @ W.T), "wrong-axis"),
        (lambda x, W, dz: flat(dz @ W.T, x.T @ dz, dz.sum(axis=0)), "partials-swapped"),
        (lambda x, W, dz: flat(x.T @ dz, 0 * dz.sum(axis=0), dz @ W.T), "wrong"),
        (lambda x, W, dz: x.T @ dz, "type"),
        (lambda x, W, dz: ..., "not-attempted"),
    ],
    "training_a_network.6": [
        (published, "mask-from-the-wrong-layer"),
        (without_transpose, "transpose-missing"),
        (without_mask, "activation-slope-forgotten"),
        (without_second_mask, "activation-slope-forgotten"),
        (lambda X, y, *W: len(X) * first_gradient(X, y, *W), "loss-not-reduced"),
        (lambda X, y, *W: first_gradient(X, y, *W) / 2, "forgotten-two"),
        (lambda X, y, W1, W2, W3: first_gradient(X, y, W1, W2, W3) * 0, "wrong"),
        (lambda X, y, *W: -first_gradient(X, y, *W), "residual-turned-around"),
        (lambda X, y, *W: first_gradient(X, y, *W)[0], "type"),
        (None, "not-attempted"),
    ],
    "training_a_network.7": [
        (watch(train_forgetting), "gradient-not-zeroed"),
        (watch(train_clearing_once), "gradient-not-zeroed"),
        (watch(train_without_backward), "update-before-backward"),
        (watch(train_with_squares), "other-loss"),
        (watch(train_on_logits), "squashed-twice"),
        (watch(train_shuffled), "wrong"),
        (watch(lambda *given: train(*given[:-1], given[-1] + 1)), "one-step-too-many"),
        (watch(lambda *given: train(*given[:-1], given[-1] - 1)), "one-step-too-many"),
        (watch(train_clearing_late), "gradient-not-zeroed"),
        (watch(train_clearing_between), "zeroed-before-step"),
        (watch(train_step_first), "update-before-backward"),
        (watch(train_step_then_zero), "update-before-backward"),
        (watch(train_old_gradient), "update-before-backward"),
        (watch(train_without_step), "optimizer-not-called"),
        (watch(train_by_hand), "optimizer-not-called"),
        (watch(train_with_sum), "loss-not-reduced"),
        (watch(train_uphill), "ascent-for-descent"),
        (watch(train_without_minus), "ascent-for-descent"),
        (watch(train_not_reduced), "loss-not-reduced"),
        (watch(train_item), "item-before-backward"),
        (watch(lambda model, optimizer, X, y, epochs: ...), "not-attempted"),
        (None, "not-attempted"),
    ],
    "training_a_network.8": [
        (20, "value-for-slope"),
        (9, "one-step-too-many"),
        (10**6, "place-for-value"),
        (1e-6, "place-for-value"),
        (250_000, "products-not-added"),
        (4, "wrong"),
        (None, "not-attempted"),
    ],
    "training_a_network.7b": [
        (lambda grads, limit: np.clip(flat(*grads), -limit, limit), "direction-changed"),
        (
            lambda grads, limit: flat(*(clip_one_by_one([g], limit) for g in grads)),
            "direction-changed",
        ),
        (
            lambda grads, limit: (
                flat(*grads) * (limit if np.linalg.norm(flat(*grads)) > limit else 1)
            ),
            "direction-not-normalised",
        ),
        (
            lambda grads, limit: limit * flat(*grads) / np.linalg.norm(flat(*grads)),
            "shortened-always",
        ),
        (
            lambda grads, limit: flat(*grads) * min(1, limit / np.max(np.abs(flat(*grads)))),
            "largest-partial-only",
        ),
        (lambda grads, limit: flat(*grads), "input-not-used"),
        (lambda grads, limit: np.linalg.norm(flat(*grads)), "type"),
        (lambda grads, limit: [g * 0 for g in grads], "type"),
    ],
    "training_a_network.8b": [
        (lambda z, labels: classes_by_rule(z, labels) * len(z), "forgotten-mean"),
        (lambda z, labels: classes_by_rule(z, labels) / 3, "divided-by-the-count"),
        (
            lambda z, labels: classes_by_rule(z, labels) + np.eye(3)[labels] / len(z),
            "label-left-out",
        ),
        (lambda z, labels: -classes_by_rule(z, labels), "residual-turned-around"),
        (lambda z, labels: (1 / (1 + np.exp(-z)) - np.eye(3)[labels]) / len(z), "not-normalised"),
        (
            lambda z, labels: (
                (
                    np.exp(z - z.max(axis=0)) / np.exp(z - z.max(axis=0)).sum(axis=0)
                    - np.eye(3)[labels]
                )
                / len(z)
            ),
            "wrong-axis",
        ),
        (
            lambda z, labels: (
                (np.exp(z - z.max()) / np.exp(z - z.max()).sum() - np.eye(3)[labels]) / len(z)
            ),
            "wrong-axis",
        ),
        (classes_plainly, "exponential-overflows"),
        (lambda z, labels: classes_by_rule(z, labels)[:, 0], "type"),
        (lambda z, labels: classes_by_rule(z, labels) ** 2, "wrong"),
    ],
    "training_a_network.11": [
        (batches_without_rest, "rest-left-out"),
        (batches_with_replacement, "drawn-with-replacement"),
        (batches_by_integers, "drawn-with-replacement"),
        (batches_few_with_replacement, "drawn-with-replacement"),
        (one_batch, "epochs-for-steps"),
        (batches_shuffled_apart, "shuffled-apart"),
        (batches_of_inputs_alone, "shuffled-apart"),
        (batches_in_order, "not-shuffled"),
        (batches_in_another_order, "not-shuffled"),
        (batches_of_one_shuffle, "one-shuffle-for-all"),
        (batches_of_ones_own, "randomness-from-elsewhere"),
        (batches_of_rows, "error"),
        (lambda X, y, size, rng: batches_by_slices(X, y, size + 1, rng), "wrong"),
        (batches_printed, "type"),
        ([1, 2], "type"),
        (..., "not-attempted"),
    ],
    "training_a_network.12": [
        ([5, 100, 20, 1], "batches-turned-round"),
        ([20, 5, 1, 100], "another-order"),
        ([1, 5, 20, 100], "another-order"),
        ([20, 1, 10, 100], "wrong"),
        ([20, 1, 5], "type"),
        (..., "not-attempted"),
    ],
    "training_a_network.13": [
        (
            lambda step, most, warm, total: (
                most * (step + 1) / warm
                if step < warm
                else most * (1 + math.cos(math.pi * step / total)) / 2
            ),
            "clock-not-set-back",
        ),
        (
            lambda step, most, warm, total: most * (1 + math.cos(math.pi * step / total)) / 2,
            "clock-not-set-back",
        ),
        (lambda step, most, warm, total: min(most * (step + 1) / warm, most), "clock-not-set-back"),
        (
            lambda step, most, warm, total: (
                most * (step + 1) / warm
                if step < warm
                else most * math.cos(math.pi * (step - warm) / (total - warm)) ** 2
            ),
            "whole-wave",
        ),
        (
            lambda step, most, warm, total: (
                rate(step, most, warm, total)
                if step < warm
                else most * (1 + math.cos(180 * (step - warm) / (total - warm))) / 2
            ),
            "degrees-for-radians",
        ),
        (
            lambda step, most, warm, total: (
                rate(step, most, warm, total) * (1 if step < warm else 2)
            ),
            "factor-of-two",
        ),
        (
            lambda step, most, warm, total: (
                most * step / warm if step < warm else rate(step, most, warm, total)
            ),
            "steps-counted-from-zero",
        ),
        (0.5, "point-for-function"),
        (..., "not-attempted"),
    ],
    "training_a_network.10": [
        (lambda X, y: np.zeros(33), "equal-neurons"),
        (lambda X, y: np.ones(33), "equal-neurons"),
        (lambda X, y: network_by_hand(X, y, eta=-0.5, epochs=300), "ascent-for-descent"),
        (lambda X, y: np.full(33, np.nan), "step-too-large"),
        (lambda X, y: network_by_hand(X, y, epochs=3), "wrong"),
        (lambda X, y: network_by_hand(X, y)[:-1], "type"),
        (lambda X, y: 0.98, "type"),
        (lambda X, y: np.random.default_rng(0).standard_normal(33), "wrong"),
    ],
    "training_a_network.9": [
        ("a", "train-on-test"),
        ("b", "train-on-test"),
        ("c", "train-on-test"),
        ("e", "type"),
    ],
}
