"""Answers to the questions of chapter 12, right ones in several styles and wrong ones."""

import math

import numpy as np

from utils import descent
from utils.explorers.learning_rate import explore_rate


def rate(eta):
    """The figure of exercise 4, moved."""
    return explore_rate(a=2.5).set(eta=eta)


def after(w0, a, eta, n):
    """Exercise 3, as the solution has it."""
    return w0 * (1 - 2 * a * eta) ** n


def after_with_loop(w0, a, eta, n):
    """Step by step."""
    for _ in range(n):
        w0 -= eta * 2 * a * w0
    return w0


def after_with_steps(w0, a, eta, n):
    """With the course's own walk."""
    return descent.descend(lambda w: 2 * a * w, w0, eta, n)[-1, 0]


def momentum(gradient, w, eta, beta, steps):
    """Exercise 6, as the solution has it."""
    velocity = 0.0
    for _ in range(steps):
        velocity = beta * velocity + gradient(w)
        w = w - eta * velocity
    return w


def momentum_by_places(gradient, w, eta, beta, steps):
    """The heavy ball, written with the last two places."""
    before = w
    for _ in range(steps):
        w, before = w - eta * gradient(w) + beta * (w - before), w
    return w


def momentum_downhill(gradient, w, eta, beta, steps):
    """A velocity that points downhill."""
    v = 0
    for _ in range(steps):
        v = beta * v - eta * gradient(w)
        w += v
    return w


def momentum_averaged(gradient, w, eta, beta, steps):
    """A running mean."""
    v = 0
    for _ in range(steps):
        v = beta * v + (1 - beta) * gradient(w)
        w -= eta * v
    return w


def momentum_braked(gradient, w, eta, beta, steps):
    """The old velocity with a minus."""
    v = 0
    for _ in range(steps):
        v = gradient(w) - beta * v
        w -= eta * v
    return w


def momentum_reset(gradient, w, eta, beta, steps):
    """The velocity is set back inside the loop."""
    for _ in range(steps):
        v = 0
        v = beta * v + gradient(w)
        w -= eta * v
    return w


def momentum_late(gradient, w, eta, beta, steps):
    """Moves before the velocity has the new slope."""
    v = 0
    for _ in range(steps):
        w -= eta * v
        v = beta * v + gradient(w)
    return w


def momentum_uphill(gradient, w, eta, beta, steps):
    """Adds the velocity."""
    v = 0
    for _ in range(steps):
        v = beta * v + gradient(w)
        w = w + eta * v
    return w


def momentum_without_friction(gradient, w, eta, beta, steps):
    """β left out."""
    v = 0
    for _ in range(steps):
        v += gradient(w)
        w -= eta * v
    return w


def momentum_twice(gradient, w, eta, beta, steps):
    """η in both lines."""
    v = 0
    for _ in range(steps):
        v = beta * v + eta * gradient(w)
        w -= eta * v
    return w


def rmsprop(gradient, w, eta, alpha, steps):
    """Exercise 7, as the solution has it."""
    mean_square = 0.0
    for _ in range(steps):
        g = gradient(w)
        mean_square = alpha * mean_square + (1 - alpha) * g**2
        w = w - eta * g / (np.sqrt(mean_square) + 1e-8)
    return w


def rmsprop_by_increment(gradient, w, eta, alpha, steps):
    """The mean moved towards the new square."""
    mean = 0.0
    for _ in range(steps):
        mean += (1 - alpha) * (gradient(w) ** 2 - mean)
        w -= eta * gradient(w) / (math.sqrt(mean) + 1e-8)
    return w


def rmsprop_late(gradient, w, eta, alpha, steps):
    """The mean comes up to date after the step."""
    mean = 0.0
    for _ in range(steps):
        g = gradient(w)
        w -= eta * g / (math.sqrt(mean) + 1e-8)
        mean = alpha * mean + (1 - alpha) * g**2
    return w


def rmsprop_of_the_course(gradient, w, eta, alpha, steps):
    """With the course's own walk."""
    return descent.walk(descent.rmsprop(eta, alpha), gradient, w, steps)[-1, 0]


def scaled(kept, taken, below):
    """Steps g / below(s), with s = kept · s + taken · g²; kept and taken depend on alpha."""

    def walk(gradient, w, eta, alpha, steps):
        s = 0.0
        for _ in range(steps):
            g = gradient(w)
            s = kept(alpha) * s + taken(alpha) * g**2
            w = w - eta * g / below(s)
        return w

    return walk


def outside(s):
    """√s + ε."""
    return s**0.5 + 1e-8


def inside(s):
    """√(s + ε)."""
    return (s + 1e-8) ** 0.5


def one(alpha):
    """All of it."""
    return 1


def share(alpha):
    """α."""
    return alpha


def rest(alpha):
    """1 − α."""
    return 1 - alpha


def adam(gradient, w, eta, steps):
    """Exercise 8, as the solution has it."""
    mean, mean_square = 0.0, 0.0
    for t in range(1, steps + 1):
        g = gradient(w)
        mean = 0.9 * mean + 0.1 * g
        mean_square = 0.999 * mean_square + 0.001 * g**2
        m, s = mean / (1 - 0.9**t), mean_square / (1 - 0.999**t)
        w = w - eta * m / (np.sqrt(s) + 1e-8)
    return w


def adam_of_the_course(gradient, w, eta, steps):
    """With the course's own walk."""
    return descent.walk(descent.adam(eta), gradient, w, steps)[-1, 0]


def adam_with_enumerate(gradient, w, eta, steps):
    """t counted by hand, ** 0.5 for the root."""
    m = v = t = 0
    while t < steps:
        t, g = t + 1, gradient(w)
        m, v = m + 0.1 * (g - m), v + 0.001 * (g * g - v)
        w -= eta * (m / (1 - 0.9**t)) / ((v / (1 - 0.999**t)) ** 0.5 + 1e-8)
    return w


def faulty_adam(gradient, w, eta, steps):
    """As the exercise prints it."""
    mean, mean_square = 0.0, 0.0
    for _ in range(steps):
        g = gradient(w)
        mean = 0.9 * mean + 0.1 * g
        mean_square = 0.999 * mean_square + 0.001 * g**2
        w = w - eta * mean / np.sqrt(mean_square + 1e-8)
    return w


def adam_uncorrected(gradient, w, eta, steps):
    """Only ε mended."""
    mean, mean_square = 0.0, 0.0
    for _ in range(steps):
        g = gradient(w)
        mean = 0.9 * mean + 0.1 * g
        mean_square = 0.999 * mean_square + 0.001 * g**2
        w = w - eta * mean / (np.sqrt(mean_square) + 1e-8)
    return w


def adam_rooted(gradient, w, eta, steps):
    """Only the correction mended."""
    mean, mean_square = 0.0, 0.0
    for t in range(1, steps + 1):
        g = gradient(w)
        mean = 0.9 * mean + 0.1 * g
        mean_square = 0.999 * mean_square + 0.001 * g**2
        w = w - eta * mean / (1 - 0.9**t) / np.sqrt(mean_square / (1 - 0.999**t) + 1e-8)
    return w


def adam_from_zero(gradient, w, eta, steps):
    """t begins at 0."""
    mean, mean_square = 0.0, 0.0
    for t in range(steps):
        g = gradient(w)
        mean = 0.9 * mean + 0.1 * g
        mean_square = 0.999 * mean_square + 0.001 * g**2
        m, s = mean / (1 - 0.9**t), mean_square / (1 - 0.999**t)
        w = w - eta * m / (np.sqrt(s) + 1e-8)
    return w


def adam_with(beta1, beta2, first=True, second=True):
    """Other shares, or only one of the two corrections."""

    def walk(gradient, w, eta, steps):
        m = v = 0.0
        for t in range(1, steps + 1):
            g = gradient(w)
            m, v = beta1 * m + (1 - beta1) * g, beta2 * v + (1 - beta2) * g**2
            up = m / (1 - beta1**t) if first else m
            down = v / (1 - beta2**t) if second else v
            w -= eta * up / (math.sqrt(down) + 1e-8)
        return w

    return walk


def adam_uphill(gradient, w, eta, steps):
    """With the slopes."""
    return adam(gradient, w, -eta, steps)


def adam_without_squares(gradient, w, eta, steps):
    """Only the mean of the slopes, corrected."""
    mean = 0.0
    for t in range(1, steps + 1):
        mean = 0.9 * mean + 0.1 * gradient(w)
        w = w - eta * mean / (1 - 0.9**t)
    return w


# --- exercise 6b ---


def grows(loss, slope, w, eta):
    """A loop that ends from within."""
    while True:
        new = w - eta * slope(w)
        if loss(new) > loss(w):
            return eta
        w, eta = new, 1.1 * eta


def with_a_power(loss, slope, w, eta):
    """The rate from the number of the step, and the loss of the step before."""
    last = loss(w)
    for n in range(1000):
        rate = eta * 1.1**n
        w = w - rate * slope(w)
        now = loss(w)
        if now > last:
            return rate
        last = now


def recursive(loss, slope, w, eta):
    """One step, then the rest."""
    new = w - eta * slope(w)
    return eta if loss(new) > loss(w) else recursive(loss, slope, new, eta * 1.1)


def above_the_start(loss, slope, w, eta):
    """Compares with the first loss."""
    first = loss(w)
    while loss(w - eta * slope(w)) <= first:
        w, eta = w - eta * slope(w), 1.1 * eta
    return eta


# --- exercise 9 ---


def evenly(low, high):
    """The best rate of ten directions."""
    return 1 / (2 * np.linspace(low, high, 10))


def chebyshev(low, high):
    """The zeros of a polynomial that stays small."""
    angles = (2 * np.arange(10) + 1) * np.pi / 20
    return list(1 / (high + low + (high - low) * np.cos(angles)))


def by_search(low, high):
    """The best of many random choices."""
    dice = np.random.default_rng(0)
    a = np.linspace(low, high, 200)
    tries = [1 / (2 * dice.uniform(low, high, 10)) for _ in range(1000)]
    return min(tries, key=lambda etas: np.abs(np.prod(1 - 2 * np.outer(etas, a), axis=0)).max())


RIGHT = {
    "learning_rate.predict_nearer": ["c", "C", "neither, since both are equally near"],
    "learning_rate.predict_unknown_bowl": [2 / 3, 0.667, np.float64(4 / 6)],
    "learning_rate.predict_overshoot": ["b", "B", "(b)"],
    "learning_rate.predict_border": [0.5, 1 / 2, np.float64(0.5)],
    "learning_rate.predict_one_over_curvature": ["c", "beyond it"],
    "learning_rate.predict_limit": ["b", "below 0.1: the smaller limit counts"],
    "learning_rate.predict_condition": ["c", " C "],
    "learning_rate.predict_first_step": [0.1, 0.1 * 1000 / np.sqrt(1000**2), np.float32(0.1)],
    "learning_rate.1": [0.25, 1 / 4, 2 / 8, np.float64(0.25)],
    "learning_rate.2": ["b", "η is too large"],
    "learning_rate.3": [
        after,
        after_with_loop,
        after_with_steps,
        lambda w0, a, eta, n: w0 * np.power(1 - 2 * a * eta, n),
    ],
    "learning_rate.4": [
        rate(0.3),
        rate(0.22),
        rate(0.38),
        explore_rate(a=5 / 2, eta=0.1).set(eta=0.3),
    ],
    "learning_rate.5": [0.05, 1 / 20, min(1 / 0.5, 1 / 20), 2 / 40],
    "learning_rate.6": [momentum, momentum_by_places, momentum_downhill],
    "learning_rate.2b": ["c", "C"],
    "learning_rate.6b": [grows, with_a_power, recursive],
    "learning_rate.9": [evenly, chebyshev, by_search],
    "learning_rate.5b": [40**0.5, np.sqrt(20 / 0.5), 6.3246, 2 * 10**0.5],
    "learning_rate.7": [rmsprop, rmsprop_by_increment, rmsprop_of_the_course],
    "learning_rate.8": [adam, adam_of_the_course, adam_with_enumerate],
}

WRONG = {
    "learning_rate.predict_nearer": [
        ("a", "overshoot-read-as-diverging"),
        ("b", "step-too-large"),
        (0.9, "type"),
        (..., "not-attempted"),
    ],
    "learning_rate.predict_unknown_bowl": [
        (0.5, "best-rate-for-limit"),
        (1.5, "rise-run-swapped"),
        (2, "value-for-change"),
        (0.9, "wrong"),
        ("2/3", "type"),
        (..., "not-attempted"),
    ],
    "learning_rate.predict_overshoot": [
        ("a", "overshoot-read-as-diverging"),
        ("c", "slope-of-the-start"),
        ("d", "gradient-blamed"),
        (2.56, "type"),
        (..., "not-attempted"),
    ],
    "learning_rate.predict_border": [
        (0.25, "best-rate-for-limit"),
        (1, "forgotten-two"),
        (2, "rise-run-swapped"),
        (0.4, "wrong"),
        (0.501, "imprecise"),
        ("0.5", "type"),
        (..., "not-attempted"),
    ],
    "learning_rate.predict_one_over_curvature": [
        ("a", "bowl-everywhere"),
        ("b", "bowl-everywhere"),
        (-2.25, "type"),
        (..., "not-attempted"),
    ],
    "learning_rate.predict_limit": [
        ("a", "flattest-sets-the-limit"),
        ("c", "flattest-sets-the-limit"),
        ("d", "flattest-sets-the-limit"),
        (0.1, "type"),
    ],
    "learning_rate.predict_condition": [
        ("a", "flattest-sets-the-limit"),
        ("b", "flattest-sets-the-limit"),
        ("d", "flattest-sets-the-limit"),
        (10, "type"),
    ],
    "learning_rate.predict_first_step": [
        (100, "slope-not-divided-out"),
        (1000, "slope-not-divided-out"),
        (10_000, "slope-not-divided-out"),
        (1, "step-size-left-out"),
        (0.0001, "root-left-out"),
        (-0.1, "sign-error"),
        (0.3, "wrong"),
        ([0.1, 0.1], "type"),
        (..., "not-attempted"),
    ],
    "learning_rate.1": [
        (0.125, "best-rate-for-limit"),
        (0.5, "forgotten-two"),
        (4, "rise-run-swapped"),
        (0.251, "imprecise"),
        (0.2, "wrong"),
        ((0.125, 0.25), "type"),
        (None, "not-attempted"),
    ],
    "learning_rate.2": [
        ("a", "gradient-blamed"),
        ("c", "negative-read-as-small"),
        ("d", "gradient-blamed"),
        ("e", "type"),
        (None, "not-attempted"),
    ],
    "learning_rate.3": [
        (lambda w0, a, eta, n: w0 * (1 - a * eta) ** n, "forgotten-two"),
        (lambda w0, a, eta, n: w0 * (1 + 2 * a * eta) ** n, "ascent-for-descent"),
        (lambda w0, a, eta, n: w0 - n * eta * 2 * a * w0, "slope-of-the-start"),
        (lambda w0, a, eta, n: after(w0, a, eta, n + 1), "one-step-too-many"),
        (lambda w0, a, eta, n: after(w0, a, eta, n - 1), "one-step-too-many"),
        (lambda w0, a, eta, n: w0 * abs(1 - 2 * a * eta) ** n, "sign-error"),
        (lambda w0, a, eta, n: abs(after(w0, a, eta, n)) + 1, "wrong"),
        (lambda w0, a, eta: w0 * (1 - 2 * a * eta), "type"),
        (1, "point-for-function"),
        (lambda w0, a, eta, n: None, "not-attempted"),
        (None, "not-attempted"),
    ],
    "learning_rate.4": [
        (rate(0.4), "limit-for-best-rate"),
        (rate(0.5), "limit-for-best-rate"),
        (rate(0.2), "best-rate-for-limit"),
        (rate(0.1), "slope-sign-lost"),
        (rate(-0.04), "wrong"),
        (rate(0), "wrong"),
        (explore_rate(a=2.5), "not-attempted"),
        ("between 0.2 and 0.4", "type"),
        (0.3, "type"),
    ],
    "learning_rate.5": [
        (2, "flattest-sets-the-limit"),
        (0.025, "best-rate-for-limit"),
        (0.1, "forgotten-two"),
        ((2 + 0.05) / 2, "average-of-endpoint-slopes"),
        (1 / 20.5, "wrong"),
        (0.0502, "imprecise"),
        ((2, 0.05), "type"),
        (None, "not-attempted"),
    ],
    "learning_rate.6": [
        (momentum_reset, "velocity-not-kept"),
        (
            lambda gradient, w, eta, beta, steps: momentum(gradient, w, eta, 0, steps),
            "velocity-not-kept",
        ),
        (momentum_braked, "momentum-sign"),
        (momentum_uphill, "ascent-for-descent"),
        (momentum_averaged, "velocity-averaged"),
        (momentum_late, "one-step-too-many"),
        (momentum_without_friction, "velocity-never-fades"),
        (momentum_twice, "rate-in-velocity-too"),
        (
            lambda gradient, w, eta, beta, steps: momentum(gradient, w, eta, beta, steps + 1),
            "one-step-too-many",
        ),
        (
            lambda gradient, w, eta, beta, steps: momentum(gradient, w, 1, beta, steps),
            "step-size-left-out",
        ),
        (lambda gradient, w, eta, beta, steps: w, "input-not-used"),
        (lambda gradient, w, eta, beta, steps: [w], "type"),
        (lambda gradient, w, eta, steps: w, "type"),
        (0.5, "point-for-function"),
        (lambda gradient, w, eta, beta, steps: None, "not-attempted"),
    ],
    "learning_rate.7": [
        (scaled(one, one, outside), "running-sum-for-mean"),
        (scaled(one, rest, outside), "running-sum-for-mean"),
        (scaled(share, one, outside), "velocity-averaged"),
        (scaled(rest, share, outside), "shares-swapped"),
        (scaled(share, rest, lambda s: s + 1e-8), "root-left-out"),
        (scaled(share, rest, inside), "epsilon-in-the-root"),
        (rmsprop_late, "old-mean-used"),
        (
            lambda gradient, w, eta, alpha, steps: rmsprop(gradient, w, -eta, alpha, steps),
            "ascent-for-descent",
        ),
        (lambda gradient, w, eta, alpha, steps: w, "input-not-used"),
        (lambda gradient, w, eta, steps: w, "type"),
        (3, "point-for-function"),
        (lambda gradient, w, eta, alpha, steps: None, "not-attempted"),
    ],
    "learning_rate.8": [
        (faulty_adam, "bug-not-mended"),
        (adam_uncorrected, "bias-correction-forgotten"),
        (adam_rooted, "epsilon-in-the-root"),
        (adam_with(0.9, 0.999, second=False), "bias-correction-forgotten"),
        (adam_with(0.9, 0.999, first=False), "bias-correction-forgotten"),
        (adam_with(0.9, 0.9), "one-share-for-both"),
        (adam_with(0.999, 0.999), "one-share-for-both"),
        (adam_with(0.999, 0.9), "shares-swapped"),
        (adam_from_zero, "steps-counted-from-zero"),
        (adam_uphill, "ascent-for-descent"),
        (adam_without_squares, "wrong"),
        (lambda gradient, w, eta: w, "type"),
        (lambda gradient, w, eta, steps: (w, w), "type"),
        (3.9, "point-for-function"),
        (lambda gradient, w, eta, steps: None, "not-attempted"),
        (None, "not-attempted"),
    ],
    "learning_rate.2b": [
        ("a", "overshoot-read-as-diverging"),
        ("b", "gradient-blamed"),
        ("d", "negative-read-as-small"),
        ("e", "type"),
        (None, "not-attempted"),
    ],
    "learning_rate.6b": [
        (lambda *given: 1.1 * grows(*given), "one-step-too-many"),
        (lambda *given: grows(*given) / 1.1, "one-step-too-many"),
        (above_the_start, "error-read-as-weight"),
        (
            lambda loss, slope, w, eta: round(
                float(np.log(grows(loss, slope, w, eta) / eta) / np.log(1.1))
            ),
            "rate-for-change",
        ),
        (lambda loss, slope, w, eta: eta, "stopped-too-soon"),
        (lambda loss, slope, w, eta: w, "input-not-used"),
        (lambda loss, slope, w, eta: (eta, w), "type"),
        (lambda loss, slope, w: 3, "type"),
        (lambda loss, slope, w, eta: ..., "not-attempted"),
    ],
    "learning_rate.9": [
        (lambda low, high: [1 / (low + high)] * 10, "one-rate-for-all"),
        (lambda low, high: np.full(10, 0.5 / high), "one-rate-for-all"),
        (lambda low, high: np.geomspace(0.1, 1, 10) / high, "limit-respected"),
        (lambda low, high: [0.6 / low] * 5 + [0.5 / low] * 5, "limit-for-best-rate"),
        (lambda low, high: evenly(low, high)[:5], "type"),
        (lambda low, high: 1 / high, "type"),
        (lambda low: [low] * 10, "type"),
        ([0.1] * 10, "type"),
        (lambda low, high: ..., "not-attempted"),
    ],
    "learning_rate.5b": [
        (40, "root-left-out"),
        (0.5**0.5 / 20**0.5, "rise-run-swapped"),
        (20, "share-for-change"),
        (3, "wrong"),
        ("6.3", "type"),
        (None, "not-attempted"),
    ],
}
