"""Answers to the questions of chapter 13, right ones in several styles and wrong ones."""

import numpy as np

from utils.data import HPA_PER_INHG
from utils.explorers.linear_regression import explore_fit, explore_training
from utils.questions.earlier.linear_regression import train_wrongly
from utils.questions.linear_regression import (
    ARRIVED,
    KETTLE,
    PRESSURE,
    SLOPE,
    X_LESSON,
    Y_LESSON,
    closed_form,
    median_of_slopes,
    parabola_slopes,
    plane,
    table,
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


# --- exercise 3b ---


def unscale_by_loop(v, c, means, spreads):
    """Input after input."""
    weights, b = [], c
    for slope, mean, spread in zip(v, means, spreads, strict=True):
        weights.append(slope / spread)
        b -= slope * mean / spread
    return [*weights, b]


def unscale_by_asking(v, c, means, spreads):
    """Asks the trained model at 0 and one unit further."""

    def model(x):
        return float(np.sum(v * (x - means) / spreads) + c)

    at_zero = model(np.zeros(len(v)))
    return [model(unit) - at_zero for unit in np.eye(len(v))] + [at_zero]


# --- exercise 6b ---


def fit_by_descent(X, ys):
    """Standardise, train, take the scaling back."""
    means, spreads = X.mean(axis=0), X.std(axis=0)
    Z, v, c = (X - means) / spreads, np.zeros(X.shape[1]), 0.0
    for _ in range(5000):
        r = Z @ v + c - ys
        v, c = v - 0.2 * Z.T @ r / len(ys), c - 0.2 * np.mean(r)
    return unscale_by_loop(v, c, means, spreads)


def fit_with_ranges(X, ys):
    """Scaled to the range from 0 to 1; that works as well."""
    low, width = X.min(axis=0), np.ptp(X, axis=0)
    Z = np.column_stack([(X - low) / width, np.ones(len(X))])
    theta = np.zeros(Z.shape[1])
    for _ in range(20_000):
        theta -= 0.4 * 2 * Z.T @ (Z @ theta - ys) / len(ys)
    return unscale_by_loop(theta[:-1], theta[-1], low, width)


def fit_and(change):
    """A descent with something else at its end."""

    def fit(X, ys):
        means, spreads = X.mean(axis=0), X.std(axis=0)
        *v, c = plane((X - means) / spreads, ys)
        return change(np.array(v), c, means, spreads)

    return fit


def fit_scaled_targets(X, ys):
    """The target is standardised too, and its mean alone comes back."""
    found = np.array(fit_by_descent(X, (ys - ys.mean()) / ys.std()))
    return [*found[:-1], found[-1] + ys.mean() / ys.std()]


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


# --- exercise 10 ---


def robust_by_descent(xs, ys):
    """Descent on the mean of |r|, with x centred and a step that shrinks."""
    dx = (xs - xs.mean()) / xs.std()
    w, b = 0.0, float(np.median(ys))
    for epoch in range(4000):
        side, eta = np.sign(w * dx + b - ys), 2 * 0.998**epoch
        w, b = w - eta * np.mean(side * dx), b - eta * np.mean(side)
    return [w / xs.std(), b - w * xs.mean() / xs.std()]


def robust_by_trimming(xs, ys):
    """Leave out the point that the others predict worst, a few times, and fit what is left."""
    for _ in range(len(xs) // 4):
        misses = [
            abs(np.polyval(np.polyfit(np.delete(xs, k), np.delete(ys, k), 1), xs[k]) - ys[k])
            for k in range(len(xs))
        ]
        worst = int(np.argmax(misses))
        xs, ys = np.delete(xs, worst), np.delete(ys, worst)
    return np.polyfit(xs, ys, 1)


def robust_by_best_pair(xs, ys):
    """Of all lines through two points the one with the least median miss, then a fit near it."""
    pairs = [(i, j) for i in range(len(xs)) for j in range(i)]

    def line(pair):
        i, j = pair
        w = (ys[i] - ys[j]) / (xs[i] - xs[j])
        return w, ys[i] - w * xs[i]

    w, b = min(map(line, pairs), key=lambda line: np.median(abs(line[0] * xs + line[1] - ys)))
    near = abs(w * xs + b - ys) < 2
    return np.polyfit(xs[near], ys[near], 1)


RIGHT = {
    "linear_regression.predict_other_sums": ["c", "C"],
    "linear_regression.predict_eight_times": ["b", "about 57, an eighth"],
    "linear_regression.predict_sum": ["b", "B"],
    "linear_regression.predict_lever": ["c", "by 0.4"],
    "linear_regression.predict_published": ["b", " b "],
    "linear_regression.predict_faster": ["c", "(c)"],
    "linear_regression.predict_kettle": ["b", "nan, not a number"],
    "linear_regression.predict_pattern": ["a", "A"],
    "linear_regression.predict_ten_steps": ["b", "the ten steps"],
    "linear_regression.predict_curves": ["c", "R"],
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
    "linear_regression.3b": [
        unscale_by_loop,
        unscale_by_asking,
        lambda v, c, means, spreads: np.append(v / spreads, c - v @ (means / spreads)),
    ],
    "linear_regression.10": [
        median_of_slopes,
        robust_by_descent,
        robust_by_best_pair,
        robust_by_trimming,
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
    "linear_regression.6b": [fit_by_descent, fit_with_ranges, plane],
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
    "linear_regression.predict_other_sums": [
        ("a", "squared-after-the-mean"),
        ("b", "residuals-not-squared"),
        ("d", "held-read-as-zero"),
        (0, "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_eight_times": [
        ("a", "overshoot-read-as-diverging"),
        ("c", "step-size-twice"),
        (57, "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_ten_steps": [
        ("a", "exact-for-far"),
        ("c", "slope-of-the-start"),
        (10, "type"),
        (..., "not-attempted"),
    ],
    "linear_regression.predict_curves": [
        ("a", "noise-misread"),
        ("b", "noise-misread"),
        (1, "type"),
        (..., "not-attempted"),
    ],
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
    "linear_regression.3b": [
        (lambda v, c, means, spreads: [*v, c], "scaling-not-undone"),
        (lambda v, c, means, spreads: [*(v / spreads), c], "scaling-not-undone"),
        (lambda v, c, means, spreads: [*(v / spreads), c - v @ means], "scaling-not-undone"),
        (lambda v, c, means, spreads: [*(v * spreads), c - v @ (means / spreads)],
         "scaled-the-wrong-way"),
        (lambda v, c, means, spreads: [*(v / spreads), c + v @ (means / spreads)], "sign-error"),
        (lambda v, c, means, spreads: v / spreads, "type"),
        (lambda v, c, means, spreads: [*((v - means) / spreads), c], "wrong"),
    ],
    "linear_regression.10": [
        (closed_form, "outliers-squared"),
        (lambda xs, ys: np.polyfit(xs, ys, 1), "outliers-squared"),
        (lambda xs, ys: robust_by_best_pair(xs, ys)[::-1], "partials-swapped"),
        (lambda xs, ys: [0, np.median(ys)], "flat-line"),
        (lambda xs, ys: np.polyfit(xs[[0, -1]], ys[[0, -1]], 1), "two-points-only"),
        (lambda xs, ys: np.polyfit(xs[:4], ys[:4], 1), "wrong"),
        (lambda xs, ys: median_of_slopes(xs, ys)[0], "type"),
        (lambda xs, ys: print(median_of_slopes(xs, ys)), "type"),
        ([2, 3], "type"),
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
    "linear_regression.6b": [
        (fit_and(lambda v, c, means, spreads: [*v, c]), "scaling-not-undone"),
        (fit_and(lambda v, c, means, spreads: [*(v / spreads), c]), "scaling-not-undone"),
        (fit_scaled_targets, "scaling-not-undone"),
        (fit_and(lambda v, c, means, spreads: [*(v * spreads), c - v @ (means / spreads)]),
         "scaled-the-wrong-way"),
        (lambda X, ys: [*np.linalg.lstsq(X, ys, rcond=None)[0], 0.0], "line-through-the-origin"),
        (lambda X, ys: np.roll(plane(X, ys), 1), "partials-swapped"),
        (lambda X, ys: plane(X, ys)[:-1], "type"),
        (lambda X, ys: fit_by_descent(X, ys) @ ys, "error"),
        (lambda X, ys: [*np.array(plane(X, ys)[:-1]) / 2, ys.mean()], "wrong"),
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
