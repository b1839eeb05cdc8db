"""Answers to the questions of chapter 09, right ones in several styles and wrong ones."""

import math

import numpy as np

from utils.explorers.partial_derivatives import explore_slices
from utils.slopes import central_difference, numerical_gradient
from utils.surfaces import as_surface


def cut(x, y):
    """The figure of exercise 4, moved."""
    return explore_slices("mixed", x=1, y=1).set(x=x, y=y)


J = as_surface("mixed").f


# --- exercise 6 ---


def one_line(f, x, y):
    """A difference quotient in y."""
    h = 1e-6
    return (f(x, y + h) - f(x, y)) / h


def from_both_sides(f, x, y, h=1e-5):
    """A central difference in y."""
    return (f(x, y + h) - f(x, y - h)) / (2 * h)


def cut_first(f, x, y):
    """First the cut, a function of one input; then its slope."""

    def g(at):
        return f(x, at)

    return central_difference(g, y)


def with_step(h):
    """Forward difference with this step."""
    return lambda f, x, y: (f(x, y + h) - f(x, y)) / h


def both_move(f, x, y):
    """Nudges x too."""
    h = 1e-6
    return (f(x + h, y + h) - f(x, y)) / h


def along_x(f, x, y):
    """The other knob."""
    h = 1e-6
    return (f(x + h, y) - f(x, y)) / h


def share_of_the_input(f, x, y):
    """A step that is 0 where y is 0."""
    h = y * 1e-6
    return (f(x, y + h) - f(x, y)) / h


# --- exercise 8 ---


def mended(f, x, y):
    """Two difference quotients, each with one nudge."""
    return [along_x(f, x, y), one_line(f, x, y)]


def buggy(f, x, y):
    """As it stands in the exercise."""
    h = 1e-6
    slope_x = (f(x + h, 0) - f(x, 0)) / h
    slope_y = (f(x + h, y + h) - f(x, y)) / h
    return [slope_x, slope_y]


def first_mended(f, x, y):
    """The second slope still moves both."""
    return [along_x(f, x, y), both_move(f, x, y)]


def second_mended(f, x, y):
    """The first slope is still taken at y = 0."""
    return [buggy(f, x, y)[0], one_line(f, x, y)]


RIGHT = {
    "partial_derivatives.predict_nudge": [4, 4.0, 2 * 2, central_difference(lambda x: x**2, 2)],
    "partial_derivatives.predict_term": ["b", "B", " b "],
    "partial_derivatives.predict_held": ["b", "steeper"],
    "partial_derivatives.predict_valleys": ["c", "C"],
    "partial_derivatives.1": [20, (58.6 - 48.6) / 0.5, (48.6 - 38.6) / 0.5, np.float64(20.0)],
    "partial_derivatives.2": ["2*x*y", "2 x y", "x*y + y*x", "y*(2*x)", "2*y*x"],
    "partial_derivatives.3": [
        lambda z, a: 2 * math.pi * z * a,
        lambda z, a: 2 * np.pi * z * a,
        lambda z, a: central_difference(lambda r: math.pi * r**2 * a, z),
        lambda radius, thickness: (2 * math.pi * radius) * thickness,
    ],
    "partial_derivatives.4": [
        cut(1.5, -1),
        cut(-1.5, 1),
        cut(-2.4, 1.6),
        explore_slices(lambda w1, w2: w1**2 + 3 * w1 * w2 + w2**2).set(x=1.5, y=-1),
    ],
    "partial_derivatives.5": [-0.05, -2.5 * 0.02, np.float32(-0.05)],
    "partial_derivatives.6": [
        one_line,
        from_both_sides,
        cut_first,
        lambda f, x, y: numerical_gradient(f, (x, y))[1],
        with_step(1e-5),
    ],
    "partial_derivatives.7": ["d", "D"],
    "partial_derivatives.8": [
        mended,
        lambda f, x, y: numerical_gradient(f, (x, y)),
        lambda f, x, y: (central_difference(lambda at: f(at, y), x), cut_first(f, x, y)),
        lambda f, x, y: np.array([along_x(f, x, y), from_both_sides(f, x, y)]),
    ],
}

WRONG = {
    "partial_derivatives.predict_nudge": [
        (6, "partials-swapped"),
        (7, "value-for-slope"),
        (10, "other-variable-moves"),
        (4.1, "imprecise"),
        (0.41, "wrong"),
        ([4, 6], "type"),
        (..., "not-attempted"),
    ],
    "partial_derivatives.predict_term": [
        ("a", "other-term-kept"),
        ("c", "held-factor-dropped"),
        ("d", "held-read-as-zero"),
        ("e", "other-variable-moves"),
        (5, "type"),
        (..., "not-attempted"),
    ],
    "partial_derivatives.predict_held": [
        ("a", "held-read-as-zero"),
        ("c", "sign-error"),
        ("z", "type"),
        (..., "not-attempted"),
    ],
    "partial_derivatives.predict_valleys": [
        ("a", "two-cuts-for-all"),
        ("b", "flat-read-as-minimum"),
        (0, "type"),
        (..., "not-attempted"),
    ],
    "partial_derivatives.1": [
        ((109.3 - 48.6) / 0.5, "other-variable-moves"),
        ((94.3 - 48.6) / 10, "partials-swapped"),
        (58.6 - 48.6, "difference-not-divided"),
        (48.6, "value-for-slope"),
        (20.6, "imprecise"),
        (40, "wrong"),
        (33.3, "wrong"),
        ("20", "type"),
        (None, "not-attempted"),
    ],
    "partial_derivatives.2": [
        ("2*x", "held-factor-dropped"),
        ("2*x*y + 5*y", "other-term-kept"),
        ("2*x*y + x**2 + 5", "other-variable-moves"),
        ("2*x*y + 5", "other-variable-moves"),
        ("x**2 + 5", "partials-swapped"),
        ("x**2*y + 5*y", "value-for-slope"),
        ("0", "held-read-as-zero"),
        ("x*y", "factor-of-two"),
        ("2*x*z", "type"),
        ("x**2*y", "wrong"),
        (None, "not-attempted"),
    ],
    "partial_derivatives.3": [
        (lambda z, a: 2 * math.pi * z, "held-factor-dropped"),
        (lambda z, a: math.pi * z**2, "partials-swapped"),
        (lambda z, a: 2 * math.pi * z * a + math.pi * z**2, "other-variable-moves"),
        (lambda z, a: math.pi * z * z * a, "value-for-slope"),
        (lambda z, a: math.pi * z * a, "forgotten-two"),
        (lambda z, a: 0, "held-read-as-zero"),
        (lambda z, a: 2 * z * a, "constant-factor"),
        (lambda z, a: 2 * math.pi * z + a, "wrong"),
        (lambda z: 2 * math.pi * z, "type"),
        (2 * math.pi, "point-for-function"),
        (lambda z, a: ..., "not-attempted"),
    ],
    "partial_derivatives.4": [
        (cut(-1, 1.5), "partials-swapped"),
        (cut(0, 0), "flat-read-as-minimum"),
        (cut(-0.8, 2.1), "value-for-slope"),
        (cut(2, 2), "wrong"),
        (cut(1, 1), "not-attempted"),
        ([1.5, -1], "type"),
    ],
    "partial_derivatives.5": [
        ((-2.5 + 0.4) * 0.02, "other-variable-moves"),
        (0.4 * 0.02, "partials-swapped"),
        (-2.5, "rate-for-change"),
        (0.05, "sign-error"),
        (0.75, "value-for-change"),
        (-0.051, "imprecise"),
        (-0.5, "decimal-point"),
        (0.3, "wrong"),
        (None, "not-attempted"),
    ],
    "partial_derivatives.6": [
        (along_x, "partials-swapped"),
        (both_move, "other-variable-moves"),
        (lambda f, x, y: one_line(f, 0, y), "held-read-as-zero"),
        (lambda f, x, y: f(x, y), "value-for-slope"),
        (lambda f, x, y: -one_line(f, x, y), "sign-error"),
        (lambda f, x, y: 2 * from_both_sides(f, x, y), "central-divided-by-h"),
        (with_step(1.0), "step-too-large"),
        (with_step(0), "h-is-zero"),
        (with_step(0.01), "imprecise"),
        (share_of_the_input, "h-is-zero"),
        (lambda f, x, y: x * y, "input-not-used"),
        (mended, "type"),
        (lambda f, x: f(x, x), "type"),
        (6.0, "point-for-function"),
        (lambda f, x, y: None, "not-attempted"),
    ],
    "partial_derivatives.7": [
        ("a", "held-read-as-zero"),
        ("b", "held-factor-dropped"),
        ("c", "value-for-slope"),
        ("f", "type"),
        (None, "not-attempted"),
    ],
    "partial_derivatives.8": [
        (buggy, "bug-not-mended"),
        (first_mended, "other-variable-moves"),
        (second_mended, "held-read-as-zero"),
        (lambda f, x, y: mended(f, x, y)[::-1], "partials-swapped"),
        (lambda f, x, y: sum(mended(f, x, y)), "sum-of-partials"),
        (lambda f, x, y: [-slope for slope in mended(f, x, y)], "sign-error"),
        (lambda f, x, y: [2 * slope for slope in mended(f, x, y)], "central-divided-by-h"),
        (lambda f, x, y: [f(x, y), f(x, y)], "wrong"),
        (lambda f, x, y: mended(f, x, y)[:1], "type"),
        (lambda f, x, y: None, "not-attempted"),
    ],
}
