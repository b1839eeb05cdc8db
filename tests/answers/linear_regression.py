"""Answers to the questions of chapter 13, right ones in several styles and wrong ones."""

import numpy as np

from utils.data import HPA_PER_INHG
from utils.explorers.linear_regression import explore_fit, explore_training
from utils.questions.linear_regression import (
    ARRIVED,
    KETTLE,
    PRESSURE,
    SLOPE,
    X_LESSON,
    Y_LESSON,
    parabola_slopes,
    table,
    train_wrongly,
)
from utils.slopes import central_difference

R = 2 * X_LESSON + 7 - Y_LESSON  # of exercise 1


def run(eta, epochs=100):
    """The figure of exercise 4, moved."""
    return explore_training(epochs=100).set(eta=eta, epochs=epochs)


# --- exercise 3 ---


def by_loop(w, b, xs, ys):
    """Example by example, without NumPy."""
    dw = db = 0.0
    for x, y in zip(xs.tolist(), ys.tolist(), strict=True):
        r = w * x + b - y
        dw += 2 * r * x
        db += 2 * r
    return dw / len(xs), db / len(xs)


def by_nudging(w, b, xs, ys):
    """Two central differences."""

    def loss(w, b):
        return np.mean((w * xs + b - ys) ** 2)

    # A parabola has no error with a long step.
    return [
        central_difference(lambda v: loss(v, b), w, 0.5),
        central_difference(lambda v: loss(w, v), b, 0.5),
    ]


def by_matrix(w, b, xs, ys):
    """With a table of ones and a transpose."""
    X = np.column_stack([xs, np.ones(len(xs))])
    return 2 / len(xs) * X.T @ (X @ np.array([w, b]) - ys)


def nudging_both(w, b, xs, ys):
    """b moves along when w is nudged."""

    def loss(w, b):
        return np.mean((w * xs + b - ys) ** 2)

    both = (loss(w + 0.5, b + 0.5) - loss(w - 0.5, b - 0.5)) / 1
    return [both, 2 * np.mean(w * xs + b - ys)]


def turned_around(w, b, xs, ys):
    """Data minus line, and the inner minus forgotten."""
    r = ys - (w * xs + b)
    return [2 * np.mean(r * xs), 2 * np.mean(r)]


# --- exercise 5 ---


def per_weight(theta, xs, ys):
    """One weight after the other."""
    a, b, c = theta
    r = a * xs**2 + b * xs + c - ys
    return [2 * float(np.mean(r * xs**2)), 2 * float(np.mean(r * xs)), 2 * float(np.mean(r))]


def with_einsum(theta, xs, ys):
    """The same in one call."""
    return np.einsum("i,ij->j", 2 * (table(xs) @ theta - ys), table(xs)) / len(ys)


# --- exercise 6 ---


def in_place(xs, ys, eta, epochs):
    """Both weights in one array."""
    theta, X = np.zeros(2), np.column_stack([xs, np.ones(len(xs))])
    for _ in range(epochs):
        theta -= eta * 2 * X.T @ (X @ theta - ys) / len(xs)
    return theta


def stored_first(xs, ys, eta, epochs):
    """A residual that is kept for both lines."""
    w, b = 0, 0
    for _ in range(epochs):
        r = w * xs + b - ys
        w = w - eta * 2 * np.mean(r * xs)
        b = b - eta * 2 * np.mean(r)
    return w, b


def hasty(xs, ys, eta, epochs):
    """As given in the exercise."""
    w, b = 0.0, 0.0
    for _ in range(epochs):
        w = w - eta * 2 * np.mean((w * xs + b - ys) * xs)
        b = b - eta * 2 * np.mean(w * xs + b - ys)
    return [w, b]


def without_intercept(xs, ys, eta, epochs):
    """b is forgotten."""
    w, b = 0.0, 0.0
    for _ in range(epochs):
        w -= eta * 2 * np.mean((w * xs + b - ys) * xs)
    return [w, b]


# --- exercise 8 ---


def with_sums(xs, ys):
    """The formula with sums, as older books have it."""
    m = len(xs)
    w = (m * (xs * ys).sum() - xs.sum() * ys.sum()) / (m * (xs**2).sum() - xs.sum() ** 2)
    return w, (ys.sum() - w * xs.sum()) / m


def normal_equations(xs, ys):
    """Least squares by linear algebra."""
    X = np.column_stack([xs, np.ones(len(xs))])
    return np.linalg.lstsq(X, ys, rcond=None)[0]


RIGHT = {
    "linear_regression.predict_sum": ["b", "B"],
    "linear_regression.predict_lever": ["c", "by 0.4"],
    "linear_regression.predict_published": ["b", " b "],
    "linear_regression.predict_faster": ["c", "(c)"],
    "linear_regression.predict_kettle": ["b", "nan, not a number"],
    "linear_regression.predict_pattern": ["a", "A"],
    "linear_regression.1": [6, 6.0, np.mean(R**2), (16 + 9 + 4 + 1 + 0) / 5],
    "linear_regression.2": [
        "2*(4*w + b - 10)*4",
        "8*(4w + b - 10)",
        "32*w + 8*b - 80",
        "8*4*w + 8*(b - 10)",
    ],
    "linear_regression.3": [
        by_loop,
        by_nudging,
        by_matrix,
        lambda w, b, xs, ys: (
            (2 * (w * xs + b - ys) * xs).mean(),
            (2 * (w * xs + b - ys)).mean(),
        ),
        lambda w, b, xs, ys: [
            -2 * np.mean((ys - w * xs - b) * xs),
            -2 * np.mean(ys - w * xs - b),
        ],
    ],
    "linear_regression.4": [
        run(0.08),
        run(0.08, 96),
        explore_training(eta=0.04, epochs=100).set(epochs=100, eta=0.08),
    ],
    "linear_regression.5": [
        per_weight,
        with_einsum,
        lambda theta, xs, ys: 2 * table(xs).T @ (table(xs) @ theta - ys) / len(ys),
        lambda theta, xs, ys: np.mean(2 * (table(xs) @ theta - ys)[:, None] * table(xs), axis=0),
    ],
    "linear_regression.6": [in_place, stored_first],
    "linear_regression.7": [ARRIVED, float(ARRIVED), np.int64(2949)],
    "linear_regression.8": [
        with_sums,
        normal_equations,
        lambda xs, ys: np.polyfit(xs, ys, 1),
        lambda xs, ys: list(np.polynomial.Polynomial.fit(xs, ys, 1).convert().coef[::-1]),
    ],
    "linear_regression.9": [
        PRESSURE,
        785.7,
        float(np.polyval(np.polyfit(KETTLE.xs, KETTLE.ys, 1), 93)),
    ],
}

WRONG = {
    "linear_regression.predict_sum": [
        ("a", "residuals-not-squared"),
        ("c", "squared-after-the-mean"),
        (0, "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_lever": [
        ("a", "forgotten-x-factor"),
        ("b", "held-read-as-zero"),
        ("d", "value-for-change"),
        (0.4, "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_published": [
        ("a", "claim-for-result"),
        ("c", "step-too-large"),
        ("d", "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_faster": [
        ("a", "step-too-large"),
        ("b", "step-too-large"),
        (True, "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_kettle": [
        ("a", "step-too-large"),
        ("c", "step-too-large"),
        (float("nan"), "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_pattern": [
        ("b", "flat-read-as-minimum"),
        ("c", "claim-for-result"),
        ("e", "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.1": [
        (np.sum(R**2), "forgotten-mean"),
        (np.mean(np.abs(R)), "residuals-not-squared"),
        (np.mean(R**2) ** 0.5, "root-of-the-mean-square"),
        (np.mean(R) ** 2, "squared-after-the-mean"),
        (-6, "sign-turned"),
        (R**2, "type"),
        ("6", "type"),
        (5.0, "wrong"),
    ],
    "linear_regression.2": [
        ("2*(4*w + b - 10)", "forgotten-x-factor"),
        ("4*(4*w + b - 10)", "forgotten-two"),
        ("2*(10 - 4*w - b)*4", "residual-turned-around"),
        ("2*(4*w + b - 10)*(4 + 1)", "other-variable-moves"),
        ("(4*w + b - 10)**2", "value-for-slope"),
        ("2*(4*w + b - 10)*x", "type"),
        (24, "point-for-function"),
        ("8*(4*w + b + 10)", "one-sign-turned"),
    ],
    "linear_regression.3": [
        (lambda w, b, xs, ys: [np.mean((w * xs + b - ys) * xs), np.mean(w * xs + b - ys)],
         "forgotten-two"),
        (lambda w, b, xs, ys: [2 * np.sum((w * xs + b - ys) * xs), 2 * np.sum(w * xs + b - ys)],
         "forgotten-mean"),
        (lambda w, b, xs, ys: [2 * np.mean(w * xs + b - ys)] * 2, "forgotten-x-factor"),
        (turned_around, "residual-turned-around"),
        (lambda w, b, xs, ys: by_matrix(w, b, xs, ys)[::-1], "partials-swapped"),
        (lambda w, b, xs, ys: [2 * np.mean((w * xs + b - ys) * xs)] * 2, "x-factor-in-both"),
        (nudging_both, "other-variable-moves"),
        (lambda w, b, xs, ys: np.stack([2 * (w * xs + b - ys) * xs, 2 * (w * xs + b - ys)]),
         "wrong-axis"),
        (lambda w, b, xs, ys: np.stack([2 * (w * xs + b - ys) * xs,
                                        2 * (w * xs + b - ys)]).mean(axis=0), "wrong-axis"),
        (lambda w, b, xs, ys: 2 * np.mean((w * xs + b - ys) * xs), "type"),
        (lambda w, b, xs, ys: [2 * np.mean(w * xs + b - ys * xs), 2 * np.mean(w * xs + b - ys)],
         "wrong"),
        (lambda xs, ys: [0, 0], "type"),
        ([-16, -4], "type"),
    ],
    "linear_regression.4": [
        (run(0.09), "step-too-large"),
        (run(0.1, 40), "step-too-large"),
        (run(-0.01), "ascent-for-descent"),
        (run(0.08, 20), "one-step-too-many"),
        (run(0.02), "wrong"),
        (run(0.0), "wrong"),
        (explore_training(epochs=100), "not-attempted"),
        (explore_fit().set(w=3, b=2), "type"),
        (0.08, "type"),
    ],
    "linear_regression.5": [
        (lambda theta, xs, ys: parabola_slopes(theta, xs, ys).mean(axis=1), "wrong-axis"),
        (lambda theta, xs, ys: np.mean(parabola_slopes(theta, xs, ys)), "wrong-axis"),
        (lambda theta, xs, ys: parabola_slopes(theta, xs, ys).sum(axis=0), "forgotten-mean"),
        (lambda theta, xs, ys: np.array(per_weight(theta, xs, ys)) / 2, "forgotten-two"),
        (lambda theta, xs, ys: -np.array(per_weight(theta, xs, ys)), "residual-turned-around"),
        (parabola_slopes, "type"),
        (lambda theta, xs, ys: np.mean(2 * (table(xs) @ theta - ys) * table(xs), axis=0), "error"),
    ],
    "linear_regression.6": [
        (hasty, "sequential-update"),
        (train_wrongly("b first"), "sequential-update"),
        (lambda xs, ys, eta, epochs: stored_first(xs, ys, -eta, epochs), "ascent-for-descent"),
        (lambda xs, ys, eta, epochs: stored_first(xs, ys, eta / 2, epochs), "forgotten-two"),
        (lambda xs, ys, eta, epochs: stored_first(xs, ys, eta * len(xs), epochs), "forgotten-mean"),
        (train_wrongly("no x"), "forgotten-x-factor"),
        (lambda xs, ys, eta, epochs: stored_first(xs, ys, eta, epochs + 1), "one-step-too-many"),
        (lambda xs, ys, eta, epochs: in_place(xs, ys, eta, epochs)[::-1], "partials-swapped"),
        (without_intercept, "one-weight-only"),
        (lambda xs, ys, eta, epochs: list(np.polyfit(xs, ys, 1)), "input-not-used"),
    ],
    "linear_regression.7": [
        (500, "claim-for-result"),
        (5000, "claim-for-result"),
        (2570, "one-weight-only"),
        (ARRIVED - 1, "one-step-too-many"),
        (ARRIVED + 1, "one-step-too-many"),
        (2940, "wrong"),
        (2931, "wrong"),
        (1000, "wrong"),
        ([3.0, 2.0], "type"),
    ],
    "linear_regression.8": [
        (lambda xs, ys: [np.cov(xs, ys, bias=True)[0, 1] / np.var(ys),
                         ys.mean() - np.cov(xs, ys, bias=True)[0, 1] / np.var(ys) * xs.mean()],
         "regression-turned-around"),
        (lambda xs, ys: [xs @ ys / (xs @ xs), 0.0], "line-through-the-origin"),
        (lambda xs, ys: [xs @ ys / (xs @ xs), ys.mean() - xs @ ys / (xs @ xs) * xs.mean()],
         "line-through-the-origin"),
        (lambda xs, ys: np.polyfit(xs, ys, 1)[::-1], "partials-swapped"),
        (lambda xs, ys: np.cov(xs, ys)[0, 1] / np.var(xs, ddof=1), "type"),
        (lambda xs, ys: [with_sums(xs, ys)[0], ys.mean()], "place-for-step"),
        (lambda xs, ys: [np.cov(xs, ys)[0, 1] / np.var(xs), ys.mean()], "wrong"),
    ],
    "linear_regression.9": [
        (SLOPE * 93 + KETTLE.ys.mean(), "place-for-step"),
        (PRESSURE / HPA_PER_INHG, "units-mixed"),
        (SLOPE * 93, "line-through-the-origin"),
        (SLOPE * (KETTLE.xs.mean() - 93) + KETTLE.ys.mean(), "change-turned-around"),
        (KETTLE.ys.mean(), "average-of-values"),
        (780.0, "imprecise"),
        (1013.0, "wrong"),
        ("785.7 hPa", "type"),
    ],
}  # fmt: skip
