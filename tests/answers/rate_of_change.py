"""Answers to the questions of chapter 02, right ones in several styles and wrong ones."""

import numpy as np

from utils.explorers.rate_of_change import explore_secant
from utils.models.start_here import error
from utils.slopes import difference_quotient


def square(x):
    """x²."""
    return x**2


def height(t):
    """The falling stone."""
    return 80 - 5 * t**2


def figure(x, h):
    """The figure of exercise 4, moved."""
    return explore_secant("square", x=-1, h=2).set(x=x, h=h)


def in_steps(f, x, h):
    """One thing per line."""
    start = f(x)
    end = f(x + h)
    rise, run = end - start, h
    return rise / run


def from_the_ends(f, x, h):
    """By the two ends, as NumPy numbers."""
    ends = np.array([x, x + h])
    rise, run = np.diff([f(ends[0]), f(ends[1])]), np.diff(ends)
    return float(rise[0] / run[0])


def with_zero_step(f, x, h):
    """The step is made 0 first."""
    h = 0
    return (f(x + h) - f(x)) / h


def mended(w, h):
    """Exercise 5, line by line."""
    before = error(w)
    after = error(w + h)
    return (after - before) / h


def endless(f, x, h):
    """Never returns."""
    while True:
        h /= 2


RIGHT = {
    "rate_of_change.predict_same_height": ["b", "B", "(b)"],
    "rate_of_change.predict_flat": ["a", " A "],
    "rate_of_change.predict_small_step": [
        6.01,
        (square(3.01) - square(3)) / 0.01,
        np.float64(6.01),
    ],
    "rate_of_change.predict_ten": [20, 20.0, 20.0001, difference_quotient(square, 10, 1e-4)],
    "rate_of_change.predict_nudge": [0.2, 2 * 0.1, np.float64(0.2)],
    "rate_of_change.1": ["c", "C"],
    "rate_of_change.2": [-20, (height(3) - height(1)) / 2, np.float64(-20), np.array([-20.0])],
    "rate_of_change.3": [
        lambda f, x, h: (f(x + h) - f(x)) / h,
        lambda f, x, h: (f(x) - f(x + h)) / -h,
        in_steps,
        from_the_ends,
        difference_quotient,
    ],
    "rate_of_change.4": [
        figure(1.8, 0.4),
        figure(1.9, 0.2),
        explore_secant(square, x=0, h=1, over=(-2, 4)).set(x=1.8, h=0.4),
    ],
    "rate_of_change.5": [
        mended,
        lambda w, h: (error(w + h) - error(w)) / h,
        lambda w, h: difference_quotient(error, w, h),
    ],
    "rate_of_change.6": [
        [6.0003, -5.99, -3.99],
        (6.0003, -5.99, -3.99),
        np.array([6.0003, -5.99, -3.99]),
    ],
}

WRONG = {
    "rate_of_change.predict_same_height": [
        ("a", "height-for-slope"),
        ("c", "average-for-instantaneous"),
        ("d", "type"),
        (..., "not-attempted"),
    ],
    "rate_of_change.predict_flat": [
        ("b", "average-of-values"),
        ("c", "average-for-instantaneous"),
        (0, "type"),
        (..., "not-attempted"),
    ],
    "rate_of_change.predict_small_step": [
        (9, "value-for-slope"),
        (0.0601, "difference-not-divided"),
        ((square(3.01) - square(3)) / 3.01, "divided-by-the-end"),
        (6, "instantaneous-for-average"),
        (6.001, "imprecise"),
        (7, "wrong"),
        (..., "not-attempted"),
    ],
    "rate_of_change.predict_ten": [
        (100, "value-for-slope"),
        (10, "place-for-value"),
        (square(10 + 1e-4) - square(10), "difference-not-divided"),
        (8, "wrong"),
        (-20, "sign-turned"),
    ],
    "rate_of_change.predict_nudge": [
        (2.0, "rate-for-change"),
        (-0.2, "sign-error"),
        (error(5) * 0.1, "value-for-slope"),
        (3.2, "value-for-change"),
        (error(5.1) - error(5), "imprecise"),
        (20, "decimal-point"),
    ],
    "rate_of_change.1": [
        ("a", "average-for-instantaneous"),
        ("b", "average-of-values"),
        ("d", "h-is-zero"),
    ],
    "rate_of_change.2": [
        (-40, "difference-not-divided"),
        (20, "slope-sign-lost"),
        ((height(1) + height(3)) / 2, "average-of-values"),
        ((height(3) - height(1)) / 3, "divided-by-the-end"),
        (height(3) - height(1) / 2, "brackets-missing"),
        (35, "height-for-slope"),
        (75, "height-for-slope"),
        (height, "type"),
        (None, "not-attempted"),
    ],
    "rate_of_change.3": [
        (lambda f, x, h: f(x + h) - f(x), "difference-not-divided"),
        (lambda f, x, h: f(x + h) - f(x) / h, "brackets-missing"),
        (lambda f, x, h: (f(x) - f(x + h)) / h, "sign-error"),
        (lambda f, x, h: (f(h) - f(x)) / h, "step-for-place"),
        (lambda f, x, h: (f(x) + h - f(x)) / h, "step-added-outside"),
        (lambda f, x, h: (f(x + h) - f(x)) / (x + h), "divided-by-the-end"),
        (lambda f, x, h: (f(x + 1) - f(x)) / 1, "step-not-used"),
        (lambda f, x, h: (f(x + h) + f(x)) / 2, "average-of-values"),
        (lambda f, x, h: f(x + h), "height-for-slope"),
        (lambda f, x, h: 2 * x + h, "example-for-given"),
        (lambda f, x, h: (f(x + h) - f(x)) // h, "floor-division"),
        (with_zero_step, "h-is-zero"),
        (endless, "endless"),
        (lambda f, x, h: None, "not-attempted"),
        (4.0, "point-for-function"),
    ],
    "rate_of_change.4": [
        (figure(1.0, 2.0), "step-too-large"),
        (figure(2.0, 0.1), "value-for-slope"),
        (figure(-2.2, 0.4), "sign-error"),
        (figure(0.0, 2.0), "difference-not-divided"),
        (figure(2.0, 0.0), "h-is-zero"),
        (figure(0.5, 0.3), "wrong"),
        (explore_secant("square", x=-1, h=2), "not-attempted"),
        (4, "type"),
    ],
    "rate_of_change.5": [
        (lambda w, h: error(w) - error(h) / h, "step-for-place"),
        (lambda w, h: (error(h) - error(w)) / h, "step-for-place"),
        (lambda w, h: (error(w) - error(w + h)) / h, "sign-error"),
        (lambda w, h: error(w + h) - error(w) / h, "brackets-missing"),
        (lambda w, h: error(w) - error(w + h) / h, "brackets-missing"),
        (lambda w, h: (error(w) + h - error(w)) / h, "step-added-outside"),
        (lambda w, h: error(w + h) - error(w), "difference-not-divided"),
        (lambda w, h: w, "input-not-used"),
    ],
    "rate_of_change.6": [
        ([6.0003, -5.99, -3.99, -2.0, 0.0, 2.0, 4.0, 6.0], "rounding-read-as-error"),
        ([6.0003, -5.99, -3.99, -2.0], "rounding-read-as-error"),
        ([3, -3, -2], "place-for-value"),
        ([6.0001, -6.0, -4.0], "true-value-for-printed"),
        ([-5.99, -3.99], "type"),
        ([6.0003, -5.99, 4.0], "wrong"),
        (None, "not-attempted"),
    ],
}
