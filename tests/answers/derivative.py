"""Answers to the questions of chapter 04, right ones in several styles and wrong ones."""

import numpy as np

from utils.explorers.derivative import explore_derivative
from utils.models.derivative import fallen
from utils.slopes import central_difference, difference_quotient


def square(x):
    """x²."""
    return x**2


def cube(x):
    """x³."""
    return x**3


def cubic(x):
    """The curve of exercises 4 and 5."""
    return x**3 - 6 * x**2 + 9 * x + 1


def L(w):
    """The loss of exercise 2."""
    return (3 - w) ** 2


def figure(x0, h=1.0):
    """The figure of exercise 5, moved."""
    return explore_derivative(cubic, x0=0.5, over=(0, 4)).set(x0=x0, h=h)


def with_inner_function(f):
    """A function in a function."""
    h = 1e-6

    def slope(x):
        return (f(x + h) - f(x)) / h

    return slope


def with_lambda(f):
    """A lambda, from both sides."""
    return lambda x: (f(x + 1e-5) - f(x - 1e-5)) / 2e-5


class Derivative:
    """An object that can be called."""

    def __init__(self, f):
        self.f = f

    def __call__(self, x):
        return central_difference(self.f, x)


def with_step(h):
    """A derivative by the difference quotient with this step."""
    return lambda f: lambda x: (f(x + h) - f(x)) / h


def at_one_point(f):
    """Gives back a number."""
    return (f(3 + 1e-6) - f(3)) / 1e-6


def with_two_inputs(f, x):
    """Wants x at once."""
    return (f(x + 1e-6) - f(x)) / 1e-6


def forgets_to_return(f):
    """Makes the inner function and keeps it."""

    def slope(x):
        return (f(x + 1e-6) - f(x)) / 1e-6


def inner_forgets_to_return(f):
    """The inner function gives back nothing."""

    def slope(x):
        (f(x + 1e-6) - f(x)) / 1e-6

    return slope


def steep(f, x, h=1e-6):
    """The slope by a small step."""
    return (f(x + h) - f(x)) / h


def mended(f, x0, x):
    """Exercise 7, line by line."""
    h = 1e-6
    slope = (f(x0 + h) - f(x0)) / h
    return f(x0) + slope * (x - x0)


def as_line(f, x0, x):
    """Slope and intercept."""
    m = central_difference(f, x0)
    b = f(x0) - m * x0
    return m * x + b


RIGHT = {
    "derivative.predict_limit": [4, 4.0, np.float64(4), 2 * 2],
    "derivative.predict_value": [6, 6.0, central_difference(square, 3), np.array(6.0)],
    "derivative.predict_speed": [30, 30.0, np.float64(30), central_difference(fallen, 3)],
    "derivative.predict_same_number": [0, 0.0, np.float64(0), -0.0],
    "derivative.predict_other_place": [0, 0.0, np.float64(0), -0.0],
    "derivative.predict_any_moment": ["10*t", "10t", "5 * 2t", "f'(t) = 10 t", "t·10"],
    "derivative.predict_meaning": ["a", "A", "(a)"],
    "derivative.predict_steeper": ["a", " A "],
    "derivative.predict_young_plant": ["a", "A", "(a)"],
    "derivative.predict_faster": ["a", " A "],
    "derivative.predict_lens": ["b", "B", " b."],
    "derivative.predict_saddle": ["c", "C"],
    "derivative.predict_function": ["2*x", "2x", "x + x", "f'(x) = 2 x", "x·2"],
    "derivative.predict_trace": ["b", "B."],
    "derivative.1b": [
        [(1.02 - 1.34) / (4 - 2), (0.86 - 1.02) / (8 - 4)],
        (-0.16, -0.04),
        np.diff([1.34, 1.02, 0.86]) / np.diff([2, 4, 8]),
    ],
    "derivative.1": [
        (cube(2 + 0.001) - cube(2)) / 0.001,
        difference_quotient(cube, 2, 0.001),
        12.006001,
        np.float64(12.006001),
    ],
    "derivative.2": ["a", "A"],
    "derivative.3": ["c", "C", "graph C"],
    "derivative.4": [
        [difference_quotient(cubic, x, 1e-6) for x in range(6)],
        np.array([central_difference(cubic, x) for x in range(6)]),
        [9, 0, -3, 0, 9, 24],
        tuple(3 * x * x - 12 * x + 9 for x in range(6)),
        steep(cubic, np.arange(6.0)),
        [difference_quotient(cubic, x, 1e-4) for x in range(6)],
    ],
    "derivative.5": [
        figure(3),
        figure(3, h=0.01),
        explore_derivative("x**3 - 6*x**2 + 9*x + 1", over=(0, 5)).set(x0=3),
    ],
    "derivative.6": [
        with_inner_function,
        with_lambda,
        Derivative,
        with_step(1e-4),
        lambda f: lambda x: central_difference(f, x),
    ],
    "derivative.7": [
        mended,
        as_line,
        lambda f, x0, x: central_difference(f, x0) * (x - x0) + f(x0),
        lambda f, x0, x: f(x0) - steep(f, x0) * (x0 - x),
    ],
}

WRONG = {
    "derivative.predict_limit": [
        (5.5, "average-for-instantaneous"),
        (4.15, "average-for-instantaneous"),
        (0, "h-is-zero"),
        (4.015, "imprecise"),
        (2, "wrong"),
        (-4, "sign-turned"),
        (..., "not-attempted"),
    ],
    "derivative.predict_speed": [
        (37.5, "average-for-instantaneous"),
        (30.75, "average-for-instantaneous"),
        (45, "value-for-slope"),
        (15, "forgot-delta"),
        (0, "h-is-zero"),
        (30.075, "imprecise"),
        (3, "wrong"),
        ("30", "type"),
        (..., "not-attempted"),
    ],
    "derivative.predict_other_place": [
        (-3, "slope-sign-lost"),
        (3, "place-for-value"),
        (27, "error-read-as-weight"),
        (1, "factor-dropped"),
        (7, "wrong"),
        ("0", "type"),
        (..., "not-attempted"),
    ],
    "derivative.predict_young_plant": [
        ("b", "slope-for-value"),
        ("c", "average-for-instantaneous"),
        ("d", "forgot-delta"),
        ("e", "type"),
    ],
    "derivative.predict_faster": [
        ("b", "negative-read-as-small"),
        ("c", "negative-read-as-small"),
        (3.5, "type"),
        (..., "not-attempted"),
    ],
    "derivative.predict_same_number": [
        (-2, "slope-sign-lost"),
        (2, "place-for-value"),
        (4, "error-read-as-weight"),
        (1, "forgotten-two"),
        (7, "wrong"),
        ("0", "type"),
        (..., "not-attempted"),
    ],
    "derivative.predict_any_moment": [
        ("5*t**2", "value-for-slope"),
        ("5t", "forgotten-two"),
        ("2*t", "factor-dropped"),
        ("-10t", "sign-error"),
        ("10t + 5", "average-for-instantaneous"),
        ("10t^2", "exponent-not-lowered"),
        ("5t^3/3", "derivative-turned-around"),
        ("30", "point-for-function"),
        (30, "point-for-function"),
        ("t + 7", "wrong"),
        (..., "not-attempted"),
    ],
    "derivative.predict_value": [
        (9, "value-for-slope"),
        (7, "average-for-instantaneous"),
        (5, "average-for-instantaneous"),
        (3, "place-for-value"),
        (-6, "sign-turned"),
        (18, "wrong"),
        ("6", "type"),
        (..., "not-attempted"),
    ],
    "derivative.predict_meaning": [
        ("b", "slope-for-value"),
        ("c", "average-for-instantaneous"),
        ("d", "forgot-delta"),
        ("e", "type"),
    ],
    "derivative.predict_steeper": [
        ("b", "negative-read-as-small"),
        ("c", "negative-read-as-small"),
        (-3, "type"),
        (..., "not-attempted"),
    ],
    "derivative.predict_lens": [
        ("a", "lens-straightens-all"),
        ("c", "lens-straightens-all"),
        ("d", "magnified-means-steeper"),
        ("e", "type"),
    ],
    "derivative.predict_saddle": [
        ("a", "flat-read-as-minimum"),
        ("b", "flat-read-as-minimum"),
        ("d", "h-is-zero"),
    ],
    "derivative.predict_function": [
        ("x**2", "value-for-slope"),
        ("6", "point-for-function"),
        (6, "point-for-function"),
        ("x", "forgotten-two"),
        ("-2x", "sign-error"),
        ("2x + 1", "average-for-instantaneous"),
        ("2x^2", "exponent-not-lowered"),
        ("x^3/3", "derivative-turned-around"),
        ("2y", "type"),
        ("x**3", "wrong"),
        ("...", "not-attempted"),
    ],
    "derivative.predict_trace": [
        ("a", "height-for-slope"),
        ("c", "average-for-instantaneous"),
        ("d", "slope-sign-lost"),
        (..., "not-attempted"),
    ],
    "derivative.1b": [
        ([-0.32, -0.16], "difference-not-divided"),
        (np.diff([1.34, 1.02, 0.86]), "difference-not-divided"),
        ([0.16, 0.04], "change-turned-around"),
        ([2 / -0.32, 4 / -0.16], "rise-run-swapped"),
        ([-0.08, -0.02], "divided-by-the-end"),
        ([2, 8], "place-for-value"),
        ([1.34, 0.86], "value-for-slope"),
        ((0.86 - 1.34) / 6, "average-for-instantaneous"),
        ([-0.04, -0.16], "another-order"),
        ([0.16, -0.04], "wrong"),
        ([-0.36, -0.16], "wrong"),
        (-0.1, "type"),
        (None, "not-attempted"),
    ],
    "derivative.1": [
        (8, "value-for-slope"),
        (cube(2.001) - cube(2), "difference-not-divided"),
        (19, "average-for-instantaneous"),
        (cube(2.001) - cube(2) / 0.001, "brackets-missing"),
        ((cube(0.001) - cube(2)) / 0.001, "step-for-place"),
        ((cube(2.001) - cube(2)) / 2.001, "divided-by-the-end"),
        (12, "instantaneous-for-average"),
        (12.01, "rounded-early"),
        (12.0600, "wrong"),
        (lambda x: x**3, "type"),
        (None, "not-attempted"),
    ],
    "derivative.2": [
        ("b", "ascent-for-descent"),
        ("c", "sign-error"),
        ("d", "value-for-slope"),
        (-4, "type"),
        (None, "not-attempted"),
    ],
    "derivative.3": [
        ("a", "height-for-slope"),
        ("b", "sign-error"),
        ("D", "slope-sign-lost"),
        ("f", "type"),
    ],
    "derivative.4": [
        ([cubic(x) for x in range(6)], "value-for-slope"),
        ([cubic(x + 1) - cubic(x) for x in range(6)], "average-for-instantaneous"),
        ([-difference_quotient(cubic, x, 1e-6) for x in range(6)], "sign-error"),
        ([0, 1, 2, 3, 4, 5], "place-for-value"),
        ([difference_quotient(cubic, x, 0.1) for x in range(6)], "step-too-large"),
        ([difference_quotient(cubic, x, 0.01) for x in range(6)], "imprecise"),
        ([difference_quotient(cubic, x, 1e-6) for x in range(5)], "type"),
        ([18, 0, -6, 0, 18, 48], "factor-of-two"),
        ([9, 0, 3, 0, 9, 24], "wrong"),
        (cubic, "type"),
        (None, "not-attempted"),
    ],
    "derivative.5": [
        (figure(1), "flat-read-as-minimum"),
        (figure(0), "height-for-slope"),
        (figure(2), "negative-read-as-small"),
        (figure(2.9), "wrong"),
        (figure(0.5), "not-attempted"),
        (3, "type"),
    ],
    "derivative.6": [
        (at_one_point, "point-for-function"),
        (with_two_inputs, "point-for-function"),
        (6.0, "point-for-function"),
        (lambda f: f, "value-for-slope"),
        (with_step(1.0), "average-for-instantaneous"),
        (with_step(1e-16), "step-too-small"),
        (with_step(0), "h-is-zero"),
        (with_step(0.01), "imprecise"),
        (with_step(0.5), "wrong"),
        (lambda f: lambda x: -central_difference(f, x), "sign-error"),
        (lambda f: lambda x: (f(x + 1e-5) - f(x - 1e-5)) / 1e-5, "central-divided-by-h"),
        (lambda f: lambda x: f(x + 1e-6) - f(x) / 1e-6, "brackets-missing"),
        (lambda f: lambda x: abs(steep(f, x)), "slope-sign-lost"),
        (lambda f: lambda x: (f(x) + 1e-6 - f(x)) / 1e-6, "step-added-outside"),
        (lambda f: lambda x: steep(cube, x), "point-for-function"),
        (lambda f: lambda x: steep(square, x), "point-for-function"),
        (lambda f: lambda x: f(x + 1e-6) - f(x), "constant-factor"),
        (inner_forgets_to_return, "type"),
        (forgets_to_return, "type"),
        (lambda f: ..., "not-attempted"),
        (None, "not-attempted"),
    ],
    "derivative.7": [
        (lambda f, x0, x: (f(x0 + 1) - f(x0)) + f(x0) * (x - x0), "slope-for-value"),
        (lambda f, x0, x: steep(f, x0) + f(x0) * (x - x0), "slope-for-value"),
        (lambda f, x0, x: f(x0) + (f(x0 + 1) - f(x0)) * (x - x0), "average-for-instantaneous"),
        (lambda f, x0, x: f(x0) + steep(f, x0) * x, "place-for-step"),
        (lambda f, x0, x: f(x0) + steep(f, x0) * (x0 - x), "sign-error"),
        (lambda f, x0, x: f(x0) + f(x0) * (x - x0), "value-for-slope"),
        (lambda f, x0, x: steep(f, x0) * (x - x0), "slope-for-value"),
        (lambda f, x0, x: steep(f, x0), "slope-for-value"),
        (lambda f, x0, x: f(x0) + (f(x0 + 1e-6) - f(x0)) * (x - x0), "difference-not-divided"),
        (lambda f, x0, x: f(x), "input-not-used"),
        (lambda f, x0: f(x0), "type"),
        (mended(square, 1, 3), "point-for-function"),
        (lambda f, x0, x: None, "not-attempted"),
    ],
}
