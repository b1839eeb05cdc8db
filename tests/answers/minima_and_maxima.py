"""Answers to the questions of chapter 08, right ones in several styles and wrong ones."""

import numpy as np

from utils.explorers.minima_and_maxima import explore_ball, explore_second_derivative
from utils.slopes import central_difference, difference_quotient


def cubic(x):
    """x³ − 6x² + 9x + 1."""
    return x**3 - 6 * x**2 + 9 * x + 1


def consumption(v):
    """Litres for 100 km."""
    return 0.002 * v**2 - 0.28 * v + 14.8


def ball(**at):
    """The figure of exercise 3, moved."""
    return explore_ball(cubic, x0=0.5, alpha=0.02, over=(-0.5, 4.5)).set(**at)


def bend(x):
    """The figure of exercise 6, moved."""
    return explore_second_derivative(cubic, x=0.5, over=(0, 4)).set(x=x)


def descend(f, x, alpha, steps):
    """Exercise 7, as the solution has it."""
    for _ in range(steps):
        slope = central_difference(f, x)
        x = x - alpha * slope
    return x


def descend_with_list(f, x, alpha, steps):
    """All places kept."""
    places = [x]
    while len(places) <= steps:
        places.append(places[-1] - alpha * central_difference(f, places[-1]))
    return places[-1]


def descend_again(f, x, alpha, steps):
    """A function that calls itself."""
    if steps == 0:
        return x
    return descend_again(f, x - alpha * difference_quotient(f, x, 1e-7), alpha, steps - 1)


def with_two_cases(f, x, alpha, steps):
    """One case for each sign."""
    for _ in range(steps):
        slope = central_difference(f, x)
        x = x + alpha * abs(slope) if slope < 0 else x - alpha * abs(slope)
    return x


def moving_by(way):
    """Steps x − α · way(slope)."""

    def walk(f, x, alpha, steps):
        for _ in range(steps):
            x = x - alpha * way(central_difference(f, x))
        return x

    return walk


def by_height(f, x, alpha, steps):
    """Steps by the value."""
    for _ in range(steps):
        x = x - alpha * f(x)
    return x


def returns_early(f, x, alpha, steps):
    """The return stands inside the loop."""
    for _ in range(steps):
        x = x - alpha * central_difference(f, x)
        return x


def one_more(f, x, alpha, steps):
    """Counts one too far."""
    return descend(f, x, alpha, steps + 1)


def one_fewer(f, x, alpha, steps):
    """Counts from one."""
    for _ in range(1, steps):
        x = x - alpha * central_difference(f, x)
    return x


def kind(f, x):
    """Exercise 8, as the solution has it."""
    left = central_difference(f, x - 0.01)
    right = central_difference(f, x + 0.01)
    if left < 0 < right:
        return 1
    if left > 0 > right:
        return -1
    return 0


def kind_by_heights(f, x):
    """By the heights on both sides."""
    h = 0.05
    return ((f(x - h) > f(x)) + (f(x + h) > f(x))) - 1


def looking_far(f, x):
    """By the heights two units away."""
    return ((f(x - 2) > f(x)) + (f(x + 2) > f(x))) - 1


def by_slopes_far_away(f, x):
    """By the slopes one unit away."""
    left, right = np.sign([central_difference(f, x + side) for side in (-1, 1)])
    return (right - left) / 2


def kind_by_signs(f, x):
    """By NumPy's signs."""
    left, right = np.sign([central_difference(f, x + side) for side in (-0.02, 0.02)])
    return (right - left) / 2


def kind_by_bend(f, x):
    """By the second derivative, rounded."""
    h = 1e-3
    return float(np.sign(round((f(x + h) - 2 * f(x) + f(x - h)) / h**2, 2)))


def name_of_kind(f, x):
    """Gives a word."""
    return {1: "minimum", -1: "maximum", 0: "saddle"}[kind(f, x)]


WAITS = [1, 2, 2, 3, 17]


def rent(n):
    """Euros an hour for n machines, exercise 3."""
    return 900 / n + 4 * n


def squared(c):
    """The loss of exercise 4."""
    return np.mean([(wait - c) ** 2 for wait in WAITS])


def absolute(c):
    """The loss of exercise 10."""
    return np.mean([abs(wait - c) for wait in WAITS])


def falling(x):
    """The figure of exercise 11, moved."""
    bell = "exp(-x**2/2)"
    return explore_second_derivative(bell, x=-0.5, over=(-2.5, 2.5)).set(x=x)


def coin(p):
    """The loss of exercise 5."""
    return -7 * np.log(p) - 3 * np.log(1 - p)


RIGHT = {
    "minima_and_maxima.predict_roll": ["a", "A", "left from 3, and right from −2"],
    "minima_and_maxima.predict_far": ["b", "B", "yes, if I do not go too far"],
    "minima_and_maxima.predict_step": [
        2.4,
        3 - 0.1 * 6,
        np.float64(2.4),
        descend(np.square, 3, 0.1, 1),
    ],
    "minima_and_maxima.predict_advice": ["d", "(d)"],
    "minima_and_maxima.predict_flat": ["b", "B"],
    "minima_and_maxima.predict_minimum": [1, 1.0, 2**2 - 4 * 2 + 5],
    "minima_and_maxima.predict_silent": ["a", "a minimum"],
    "minima_and_maxima.predict_ends": ["b", " B "],
    "minima_and_maxima.predict_newton": [3, 3.0, 5 - 2 / 1, np.float64(3)],
    "minima_and_maxima.1": [
        [1, 3],
        (1.0, 3.0),
        np.array([1, 3]),
        [x for x in range(6) if abs(central_difference(cubic, x)) < 1e-6],
        np.roots([3, -12, 9])[::-1],
    ],
    "minima_and_maxima.2": [
        70,
        0.28 / 0.004,
        0.28 / (2 * 0.002),
        min(range(200), key=consumption),
        float(np.roots([0.004, -0.28])[0]),
    ],
    "minima_and_maxima.3": [
        ball(x0=1, steps=3),
        ball(x0=1),
        explore_ball("x(x - 3)^2 + 1", x0=2, alpha=0.1).set(x0=1, guess="it stays", steps=1),
    ],
    "minima_and_maxima.4": ["6*x - 12", "6x - 12", "6*(x - 2)", "f''(x) = 6 x − 12"],
    "minima_and_maxima.5": [
        11.125,
        max(cubic(t) for t in [0, 1, 3, 4.5]),
        np.max(cubic(np.array([0, 1, 3, 4.5]))),
        cubic(np.linspace(0, 4.5, 451)).max(),
    ],
    "minima_and_maxima.6": [
        bend(2),
        explore_second_derivative("x(x - 3)^2 + 1", over=(0.5, 3.5)).set(x=2),
    ],
    "minima_and_maxima.7": [
        descend,
        descend_with_list,
        descend_again,
        with_two_cases,
        moving_by(lambda slope: slope),
    ],
    "minima_and_maxima.8": [
        kind,
        kind_by_heights,
        kind_by_signs,
        lambda f, x: (
            int(min(f(x - 0.01), f(x + 0.01)) > f(x)) - int(max(f(x - 0.01), f(x + 0.01)) < f(x))
        ),
    ],
    "minima_and_maxima.1b": [[13, 1], (13.0, 1.0), np.array([13, 1]), [12.9, 1.1]],
    "minima_and_maxima.3b": [15, (900 / 4) ** 0.5, min(range(1, 65), key=rent), np.sqrt(225)],
    "minima_and_maxima.4b": [5, np.mean(WAITS), sum(WAITS) / 5, min(range(13), key=squared)],
    "minima_and_maxima.5b": [0.7, 7 / 10, 7 / (7 + 3), min(np.arange(1, 100) / 100, key=coin)],
    "minima_and_maxima.6b": [3, 3.0, 3.1, np.float64(2.9)],
    "minima_and_maxima.9": [881, 40_000 / 64 + 4 * 64, 881.0],
    "minima_and_maxima.10": [2, 2.0, np.median(WAITS), min(range(13), key=absolute)],
    "minima_and_maxima.11": [
        falling(2),
        falling(1.25),
        explore_second_derivative(lambda x: np.exp(-x * x / 2), x=0, over=(-3, 3)).set(x=1.5),
    ],
}

WRONG = {
    "minima_and_maxima.predict_roll": [
        ("b", "ascent-for-descent"),
        ("c", "smallest-weight"),
        ("d", "only-negative-slopes"),
        ("left", "type"),
        (..., "not-attempted"),
    ],
    "minima_and_maxima.predict_far": [
        ("a", "step-too-large"),
        ("c", "ascent-for-descent"),
        ("d", "gradient-blamed"),
        ("right", "type"),
        (..., "not-attempted"),
    ],
    "minima_and_maxima.predict_step": [
        (3.6, "ascent-for-descent"),
        (-3, "step-size-left-out"),
        (2.1, "value-for-slope"),
        (0.6, "step-for-place"),
        (-0.6, "step-for-place"),
        (2.9, "slope-left-out"),
        (2.7, "wrong"),
        ([2.4, 1.92], "type"),
        (..., "not-attempted"),
    ],
    "minima_and_maxima.predict_advice": [
        ("a", "only-negative-slopes"),
        ("b", "sign-error"),
        ("c", "negative-read-as-small"),
        (0, "type"),
    ],
    "minima_and_maxima.predict_flat": [
        ("a", "flat-read-as-minimum"),
        ("c", "flat-read-as-minimum"),
        ("d", "sign-error"),
        (1, "type"),
    ],
    "minima_and_maxima.predict_minimum": [
        (2, "place-for-value"),
        (0, "slope-for-value"),
        (5, "smallest-weight"),
        (3, "wrong"),
        (-1, "sign-turned"),
        ("1", "type"),
        ((2, 1), "type"),
        (..., "not-attempted"),
    ],
    "minima_and_maxima.predict_silent": [
        ("b", "silent-read-as-saddle"),
        ("c", "sign-error"),
        ("d", "silent-read-as-saddle"),
        ("e", "type"),
    ],
    "minima_and_maxima.predict_ends": [
        ("a", "end-forgotten"),
        ("c", "flat-read-as-minimum"),
        ("d", "sign-error"),
        (-5.125, "type"),
    ],
    "minima_and_maxima.predict_newton": [
        (7, "ascent-for-descent"),
        (2, "step-for-place"),
        (4.8, "first-for-second"),
        (1, "error-read-as-weight"),
        (0, "height-for-place"),
        (3.5, "wrong"),
        (..., "not-attempted"),
    ],
    "minima_and_maxima.1": [
        ([5, 1], "error-read-as-weight"),
        ([2], "second-for-first"),
        ([9, 0, -3, 0, 9, 24], "slope-for-value"),
        ([0, 0], "slope-for-value"),
        ([3, 1], "another-order"),
        ([1, 2], "wrong"),
        ([1, 5, 3, 1, 5, 21], "type"),
        ([1], "type"),
        (3, "type"),
        ([1, ...], "not-attempted"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.2": [
        (5, "error-read-as-weight"),
        (consumption(70), "error-read-as-weight"),
        (140, "exponent-not-in-front"),
        (0, "smallest-weight"),
        (70.5, "imprecise"),
        (7, "decimal-point"),
        (60, "wrong"),
        ((70, 5), "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.3": [
        (ball(x0=3, steps=2), "flat-read-as-minimum"),
        (ball(x0=4, steps=2), "height-for-slope"),
        (ball(x0=2, steps=2), "wrong"),
        (ball(steps=4), "wrong"),
        (ball(), "not-attempted"),
        (bend(1), "type"),
        (1, "type"),
    ],
    "minima_and_maxima.4": [
        ("3*x**2 - 12*x + 9", "first-for-second"),
        ("x**3 - 6*x**2 + 9*x + 1", "value-for-slope"),
        ("6*x - 3", "constant-kept"),
        ("3*x - 12", "exponent-not-in-front"),
        ("12 - 6*x", "sign-turned"),
        ("x**2 - 12", "wrong"),
        ("6", "point-for-function"),
        (-6, "point-for-function"),
        ("6*t - 12", "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.5": [
        (5, "end-forgotten"),
        (4.5, "place-for-value"),
        (1, "place-for-value"),
        (15.75, "slope-for-value"),
        (11.1, "rounded-early"),
        (24, "wrong"),
        ([5, 11.125], "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.6": [
        (bend(1), "height-for-slope"),
        (bend(3), "height-for-slope"),
        (bend(0), "slope-sign-lost"),
        (bend(4), "slope-sign-lost"),
        (bend(1.5), "wrong"),
        (bend(0.5), "not-attempted"),
        (2, "type"),
    ],
    "minima_and_maxima.7": [
        (moving_by(lambda slope: min(slope, 0)), "only-negative-slopes"),
        (moving_by(lambda slope: -slope if slope < 0 else 0), "only-negative-slopes"),
        (moving_by(lambda slope: -slope), "ascent-for-descent"),
        (moving_by(abs), "slope-sign-lost"),
        (one_more, "one-step-too-many"),
        (returns_early, "one-step-too-many"),
        (one_fewer, "one-step-too-many"),
        (lambda f, x, alpha, steps: descend(f, x, 1, steps), "step-size-left-out"),
        (by_height, "value-for-slope"),
        (moving_by(np.sign), "slope-left-out"),
        (moving_by(lambda slope: slope**2), "wrong"),
        (lambda f, x, alpha: x, "type"),
        (lambda f, x, alpha, steps: [x], "type"),
        (0.98304, "point-for-function"),
        (lambda f, x, alpha, steps: None, "not-attempted"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.8": [
        (kind_by_bend, "silent-read-as-saddle"),
        (looking_far, "step-too-large"),
        (by_slopes_far_away, "step-too-large"),
        (lambda f, x: -kind(f, x), "sign-error"),
        (lambda f, x: 1, "flat-read-as-minimum"),
        (lambda f, x: f(x), "wrong"),
        (lambda f, x: central_difference(f, x), "wrong"),
        (name_of_kind, "type"),
        (1, "point-for-function"),
        (lambda f: 1, "type"),
        (lambda f, x: None, "not-attempted"),
    ],
    "minima_and_maxima.1b": [
        ([3, 0], "slope-for-value"),
        ([1, 13], "sign-error"),
        ([1, 8, 13], "flat-read-as-minimum"),
        ([12.4, 1.2], "imprecise"),
        ([8, 1], "wrong"),
        ([3, 14], "wrong"),
        (13, "type"),
        ([13], "type"),
        ([13, ...], "not-attempted"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.3b": [
        (120, "error-read-as-weight"),
        (64, "end-for-valley"),
        (1, "smallest-weight"),
        (225, "exponent-not-lowered"),
        (15.2, "imprecise"),
        (30, "wrong"),
        (rent, "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.4b": [
        (2, "mean-and-median-mixed"),
        (9, "average-of-values"),
        (36.4, "error-read-as-weight"),
        (25, "forgotten-mean"),
        (1, "smallest-weight"),
        (5.02, "imprecise"),
        (4, "wrong"),
        (WAITS, "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.5b": [
        (0.3, "counts-swapped"),
        (1.75, "forgotten-inner-derivative"),
        (0.5, "guess-for-fit"),
        (coin(0.7), "error-read-as-weight"),
        (7 / 3, "odds-for-share"),
        (70, "decimal-point"),
        (0.702, "imprecise"),
        (0.8, "wrong"),
        ("70 %", "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.6b": [
        (13, "height-for-slope"),
        (1, "height-for-slope"),
        (0, "second-for-first"),
        (11.5, "local-for-global"),
        (8, "flat-read-as-minimum"),
        (3.5, "imprecise"),
        (5, "wrong"),
        ([3, 11.5], "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.9": [
        (800, "end-forgotten"),
        (64, "place-for-value"),
        (100, "place-for-value"),
        (40_004, "sign-error"),
        (40_000 / 15 + 60, "old-optimum-kept"),
        (881.5, "imprecise"),
        (625, "wrong"),
        ((64, 881), "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.10": [
        (5, "mean-and-median-mixed"),
        (9, "average-of-values"),
        (3.4, "error-read-as-weight"),
        (1, "smallest-weight"),
        (2.01, "imprecise"),
        (3, "wrong"),
        ([2, 2], "type"),
        (None, "not-attempted"),
    ],
    "minima_and_maxima.11": [
        (falling(0.5), "first-for-second"),
        (falling(-2), "slope-sign-lost"),
        (falling(0), "flat-read-as-minimum"),
        (falling(1), "wrong"),
        (falling(-0.5), "not-attempted"),
        (bend(2), "type"),
        (2, "type"),
    ],
}
