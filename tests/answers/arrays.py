"""Answers to the questions of chapter 14b, right ones in several styles and wrong ones."""

import numpy as np

from utils.autograd import Value
from utils.explorers.arrays import explore_nudge
from utils.slopes import numerical_gradient

# --- exercise 3 ---


def figure(nudge, step=3):
    """The figure of exercise 3, moved."""
    X, W, T = [[1, 2], [2, 0], [1, 1]], [[1, -1], [2, 1]], [[4, 2], [4, 0], [2, -1]]
    return explore_nudge(X, W, T=T).set(nudge=nudge, step=step)


# --- exercise 4 ---


def by_loops(X, dZ):
    """Counting the ways, one by one."""
    k, m = len(X[0]), len(dZ[0])
    dW = [[0.0] * m for _ in range(k)]
    for x, dz in zip(X, dZ, strict=True):
        for i in range(k):
            for j in range(m):
                dW[i][j] += x[i] * dz[j]
    return dW


def by_outer(X, dZ):
    """A table of pieces for each example."""
    return sum(np.outer(x, dz) for x, dz in zip(X, dZ, strict=True))


def last_example(X, dZ):
    """= where += is needed."""
    for x, dz in zip(X, dZ, strict=True):
        dW = np.outer(x, dz)
    return dW


# --- exercise 5 ---


def by_engine(g, shape):
    """The finished engine un-broadcasts what it has broadcast."""
    start = Value(np.zeros(shape)) if shape else Value(0.0)
    (start * g).sum().backward()
    return start.grad


def by_axes(g, shape):
    """All axes to sum over, worked out first."""
    front = g.ndim - len(shape)
    axes = [*range(front), *(front + i for i, n in enumerate(shape) if n == 1)]
    return np.sum(g, axis=tuple(axes)).reshape(shape)


def first_copy(g, shape):
    """Only one of the copies."""
    while g.ndim > len(shape):
        g = g[0]
    for axis, size in enumerate(shape):
        if size == 1:
            g = np.take(g, [0], axis=axis)
    return g


def other_axis(g, shape):
    """Rows for columns."""
    if len(shape) == 1:
        return g.sum(axis=1)
    if shape == () or 1 not in shape:
        return by_axes(g, shape)
    return g.sum(axis=1 - shape.index(1), keepdims=True)


def mean_of_copies(g, shape):
    """The mean, where the sum belongs."""
    summed = by_axes(g, shape)
    return summed * (summed.size / g.size)


# --- exercise 6 ---


def clinic(turned=False, add=True, shared=False):
    """The loop of the clinic, with its faults or without."""

    def slopes(X, W, b, T):
        dW, db = np.zeros(W.shape), np.zeros(b.shape)
        for x, t in zip(X, T, strict=True):
            dz = 2 * (x @ W + b - t)
            piece = np.outer(dz, x) if turned else np.outer(x, dz)
            dW = dW + piece if add else piece
            db = db + (dz.sum() if shared else dz) if add else dz
        return np.vstack([dW, db])

    return slopes


def measured(X, W, b, T):
    """By nudges alone."""

    def loss(*numbers):
        table = np.reshape(numbers, (len(W) + 1, len(b)))
        return ((X @ table[:-1] + table[-1] - T) ** 2).sum()

    start = np.vstack([W, b])
    return numerical_gradient(loss, start.ravel()).reshape(start.shape).round(6)


def by_columns_of_ones(X, W, b, T):
    """A bias is a weight whose input is 1."""
    inputs = np.hstack([X, np.ones((len(X), 1))])
    return inputs.T @ (2 * (inputs @ np.vstack([W, b]) - T))


# --- exercise 7 ---


def tied(X, W, T):
    """Both pieces."""
    h = X @ W
    g = 2 * (h @ W - T)
    dW = h.T @ g
    dW += X.T @ (g @ W.T)
    return dW


def tied_by_engine(X, W, T):
    """The engine adds up what comes back."""
    w = Value(W)
    ((X @ w @ w - T) ** 2).sum().backward()
    return w.grad


def second_use(X, W, T):
    """What W receives as the second factor."""
    h = X @ W
    return h.T @ (2 * (h @ W - T))


def first_use(X, W, T):
    """What W receives as the first factor."""
    return X.T @ (2 * (X @ W @ W - T) @ W.T)


def not_turned(X, W, T):
    """W in place of its transpose."""
    g = 2 * (X @ W @ W - T)
    return (X @ W).T @ g + X.T @ (g @ W)


# --- exercise 8 ---


def one_by_one(g, rows, count):
    """Row by row."""
    d = np.zeros((count, g.shape[1]))
    for i in range(len(rows)):
        d[rows[i]] = d[rows[i]] + g[i]
    return d


def by_selection(g, rows, count):
    """Taking rows is a product with a table of ones and zeros."""
    chosen = np.zeros((len(rows), count))
    chosen[np.arange(len(rows)), rows] = 1
    return chosen.T @ g


def with_add_at(g, rows, count):
    """NumPy's own."""
    d = np.zeros((count, g.shape[1]))
    np.add.at(d, rows, g)
    return d


def buffered(g, rows, count):
    """NumPy adds once for each row that is named."""
    d = np.zeros((count, g.shape[1]))
    d[rows] += g
    return d


# --- exercise 9 ---


def centred_by_rule(a):
    """A value and a rule."""
    y = Value(a.data - a.data.mean(axis=0))
    y.op, y.inputs, y.rule = "centred", (a,), lambda g: (g - g.mean(axis=0),)
    return y


def centred_from_parts(a):
    """A product makes the means."""
    n = len(a.data)
    return a - np.full((n, n), 1 / n) @ a


def centred_with_ones(a):
    """A row of ones adds up the columns, and broadcasting copies the means."""
    n = len(a.data)
    return a - (np.ones((1, n)) @ a) / n


def centred_and(rule, axis=0):
    """The same with another rule."""

    def operation(a):
        y = Value(a.data - a.data.mean(axis=axis, keepdims=True))
        y.inputs, y.rule = (a,), rule
        return y

    return operation


def centred_without_inputs(a):
    """Nothing comes back."""
    return Value(a.data - a.data.mean(axis=0))


def whole_mean(a):
    """One mean of the whole table."""
    return a - a.mean()


RIGHT = {
    "arrays.predict_shape": [[3, 4], (3, 4), np.array([3, 4])],
    "arrays.predict_reached": [2, 2.0],
    "arrays.predict_slope": [-10, 1 * 2 + 3 * -4, np.float64(-10)],
    "arrays.predict_input": [10, 2 * -4 + 3 * 6],
    "arrays.predict_bias": [6, 2 - 4 + 8],
    "arrays.predict_nodes": ["b", "B"],
    "arrays.1": [
        [8, 0, 12, 6, 0, 9, 0],
        np.array([4 * 2, 0, 3 * 4, 2 * 3, 0, 3 * 3, 0]),
    ],
    "arrays.2": [[8, 11], np.array([8.0, 11.0])],
    "arrays.3": [figure("X[1, 1]")],
    "arrays.4": [lambda X, dZ: X.T @ dZ, by_loops, by_outer],
    "arrays.5": [by_engine, by_axes],
    "arrays.6": [clinic(), measured, by_columns_of_ones],
    "arrays.7": [tied, tied_by_engine],
    "arrays.8": [one_by_one, by_selection, with_add_at],
    "arrays.9": [centred_by_rule, centred_from_parts, centred_with_ones],
}

WRONG = {
    "arrays.predict_shape": [
        ([2, 2], "shape-from-inner-numbers"),
        ([4, 3], "shape-from-inner-numbers"),
        ([3, 2], "wrong"),
        (12, "type"),
    ],
    "arrays.predict_reached": [
        (3, "zero-factor-overlooked"),
        (1, "one-example-for-all"),
        (6, "other-variable-moves"),
        (4, "other-variable-moves"),
        (5, "wrong"),
    ],
    "arrays.predict_slope": [
        (2, "one-example-for-all"),
        (-12, "one-example-for-all"),
        (6, "own-link-left-out"),
        (4, "upstream-forgotten"),
        (-10 / 3, "mean-for-sum"),
        (10, "sum-of-slopes"),
        (7, "wrong"),
    ],
    "arrays.predict_input": [
        (-8, "one-example-for-all"),
        (18, "one-example-for-all"),
        (5, "upstream-forgotten"),
        (4, "transpose-missing"),
        (2, "own-link-left-out"),
        (7, "wrong"),
    ],
    "arrays.predict_bias": [
        (2, "copies-not-summed"),
        (8, "copies-not-summed"),
        (3, "upstream-forgotten"),
        (-10, "own-value-in-product"),
        (0, "wrong"),
        ([2, -4, 8], "type"),
    ],
    "arrays.predict_nodes": [
        ("a", "numbers-for-nodes"),
        ("c", "numbers-for-nodes"),
        (100, "type"),
        (..., "not-attempted"),
    ],
    "arrays.1": [
        ([9, 0, 4, 16, 0, 16, 0], "shape-from-inner-numbers"),
        ([8, 9, 12, 6, 16, 9, 4], "inner-numbers-ignored"),
        ([24, 0, 24, 24, 0, 36, 0], "shape-from-inner-numbers"),
        ([8, 0, 12, 6, 0, 16, 0], "wrong"),
        ([8, 12], "type"),
        (None, "not-attempted"),
    ],
    "arrays.2": [
        ([1, -1], "one-example-for-all"),
        ([6, 4], "upstream-forgotten"),
        ([3, 3], "own-link-left-out"),
        ([12, 7], "transpose-missing"),
        ([11, 8], "partials-swapped"),
        ([8, 2], "wrong"),
        (8, "type"),
        (None, "not-attempted"),
    ],
    "arrays.3": [
        (figure("W[0, 1]"), "largest-partial-only"),
        (figure("W[1, 0]"), "sign-error"),
        (figure("b[1]"), "wrong"),
        (figure("W[0, 0]", 0), "not-attempted"),
        (-12, "type"),
    ],
    "arrays.4": [
        (lambda X, dZ: dZ.T @ X, "transpose-missing"),
        (last_example, "one-example-for-all"),
        (lambda X, dZ: X.T @ dZ / len(X), "mean-for-sum"),
        (lambda X, dZ: X.T @ np.ones(dZ.shape), "upstream-forgotten"),
        (lambda X, dZ: X @ dZ, "error"),
        (lambda X, dZ: X.T @ dZ + X.T @ np.ones(dZ.shape), "wrong"),
        (lambda X, dZ: None, "not-attempted"),
    ],
    "arrays.5": [
        (other_axis, "sum-along-wrong-axis"),
        (first_copy, "copies-not-summed"),
        (mean_of_copies, "mean-for-sum"),
        (lambda g, shape: g, "type"),
        (lambda g, shape: g.sum(), "type"),
        (lambda g, shape: ..., "not-attempted"),
    ],
    "arrays.6": [
        (clinic(turned=True, add=False), "overwrite-for-accumulate"),
        (clinic(add=False), "overwrite-for-accumulate"),
        (clinic(turned=True), "transpose-missing"),
        (lambda X, W, b, T: clinic()(X, W, b, T) / 2, "forgotten-two"),
        (clinic(shared=True), "sum-along-wrong-axis"),
        (lambda X, W, b, T: clinic()(X, W, b, T)[:-1], "type"),
        (lambda X, W, b, T: np.flip(clinic()(X, W, b, T), axis=0), "wrong"),
    ],
    "arrays.7": [
        (second_use, "overwrite-for-accumulate"),
        (first_use, "overwrite-for-accumulate"),
        (not_turned, "transpose-missing"),
        (lambda X, W, T: tied(X, W, T) / 2, "forgotten-two"),
        (lambda X, W, T: 2 * second_use(X, W, T), "sum-of-slopes"),
        (lambda X, W, T: tied(X, W, T).T, "wrong"),
        (lambda X, W, T: X @ W @ W, "type"),
    ],
    "arrays.8": [
        (buffered, "overwrite-for-accumulate"),
        (
            lambda g, rows, count: (
                one_by_one(g, rows, count)
                / np.maximum(1, np.bincount(rows, minlength=count))[:, None]
            ),
            "mean-for-sum",
        ),
        (lambda g, rows, count: one_by_one(g[::-1], rows, count), "partials-swapped"),
        (lambda g, rows, count: g[rows], "error"),
        (lambda g, rows, count: np.full((count, g.shape[1]), float(sum(rows))), "wrong"),
        (lambda g, rows, count: g, "type"),
    ],
    "arrays.9": [
        (centred_and(lambda g: (g,)), "upstream-forgotten"),
        (centred_without_inputs, "seed-of-zero"),
        (
            centred_and(lambda g: (g - g.mean(axis=1, keepdims=True),), axis=1),
            "sum-along-wrong-axis",
        ),
        (whole_mean, "sum-along-wrong-axis"),
        (lambda a: a.data - a.data.mean(axis=0), "error"),
        (lambda a: a, "wrong"),
        (lambda a: None, "not-attempted"),
    ],
}
