"""Answers to the questions of chapter 03, right ones in several styles and wrong ones."""

import math

import numpy as np

from utils.explorers.limits import explore_error, explore_limit
from utils.models.limits import cube
from utils.slopes import central_difference, difference_quotient


def near_hole(h):
    """The figure of exercise 2, moved."""
    return explore_limit("square", x=-1, h=1.5).set(h=h)


def other_v(h):
    """The figure of exercise 7, moved."""
    return explore_error(x=100, best=False).set(h=h)


def mean_of_both(f, x, h):
    """As the lesson writes it."""
    return (difference_quotient(f, x, h) + difference_quotient(f, x, -h)) / 2


def in_steps(f, x, h):
    """One thing per line."""
    left, right = x - h, x + h
    rise = f(right) - f(left)
    return rise / (right - left)


def with_zero_step(f, x, h):
    """The step is made 0 first."""
    h = 0
    return (f(x + h) - f(x - h)) / (2 * h)


def from_slopes(f, x, h):
    """By the slopes of numpy's gradient over three places."""
    heights = np.array([f(x - h), f(x), f(x + h)])
    left, right = np.diff(heights) / h
    return float(right - left)


def with_step(h, centrally=False):
    """A slope at a point with a step of its own."""
    method = central_difference if centrally else difference_quotient
    return lambda f, x: method(f, x, h)


UNDIVIDED = "difference-not-divided"


def metres(t):
    """The car of exercise 1."""
    return 1.5 * t**2


def rates(values, step):
    """Central differences in one line."""
    return [(values[i + 1] - values[i - 1]) / (2 * step) for i in range(1, len(values) - 1)]


def rates_in_a_loop(values, step):
    """The same, one by one."""
    found = []
    for i in range(1, len(values) - 1):
        found.append((values[i + 1] - values[i - 1]) / 2 / step)
    return found


RIGHT = {
    "limits.predict_error": ["c", "C"],
    "limits.predict_far_away": ["c", "(c)"],
    "limits.predict_hole": ["b", " B "],
    "limits.predict_central": ["c", "(c)"],
    "limits.predict_hundred": ["c", "C"],
    "limits.predict_relu": ["d", "there is none"],
    "limits.predict_corner": ["b", "B"],
    "limits.predict_tiny": ["c", "C"],
    "limits.1b": [
        1.5 * (4.2**2 - 4**2) / 0.2 - 12,
        (metres(4.2) - metres(4)) / 0.2 - central_difference(metres, 4),
        0.3,
        np.float64(0.3),
    ],
    "limits.1": [
        12.006001,
        (2.001**3 - 8) / 0.001,
        np.float64(12.006001),
        difference_quotient(cube, 2, 0.001),
    ],
    "limits.2": [
        near_hole(-0.1),
        near_hole(-0.05),
        explore_limit(lambda x: x * x, x=-1.0, h=-1).set(h=-0.1),
    ],
    "limits.3": [
        "3*x**2 + 3*x*h + h**2",
        "3*x*x + h*(3*x + h)",
        "h**2 + 3*x*(x + h)",
        "3x^2 + 3xh + h^2",
    ],
    "limits.4b": [
        rates,
        rates_in_a_loop,
        lambda values, step: (np.array(values)[2:] - np.array(values)[:-2]) / (2 * step),
        lambda values, step: np.gradient(np.array(values, dtype=float), step)[1:-1],
    ],
    "limits.4": [
        lambda f, x, h: (f(x + h) - f(x - h)) / (2 * h),
        lambda f, x, h: (f(x + h) - f(x - h)) / 2 / h,
        in_steps,
        mean_of_both,
        central_difference,
    ],
    "limits.5": [
        lambda f, x, h: (f(x + h) - f(x)) / h - (f(x - h) - f(x)) / -h,
        lambda f, x, h: (f(x + h) - 2 * f(x) + f(x - h)) / h,
        lambda f, x, h: difference_quotient(f, x, h) - difference_quotient(f, x, -h),
        from_slopes,
    ],
    "limits.6b": [
        with_step(0.005, centrally=True),
        with_step(1e-2, centrally=True),
        with_step(1e-3, centrally=True),
        lambda f, x: central_difference(f, x, 2**-8),
    ],
    "limits.6": [
        with_step(1e-6),
        with_step(1e-8),
        with_step(1e-5, centrally=True),
        lambda f, x: central_difference(f, x),
        lambda f, x: float((f(np.float64(x) + 1e-7) - f(x)) / 1e-7),
    ],
    "limits.7": [
        other_v(10**-3.5),
        other_v(10**-3.25),
        explore_error("cube", x=100.0, h=0.1, best=False).set(h=10**-3.5),
    ],
}

WRONG = {
    "limits.predict_error": [
        ("a", "step-not-used"),
        ("b", "step-not-used"),
        ("d", "average-for-instantaneous"),
        (0.01, "type"),
        (..., "not-attempted"),
    ],
    "limits.predict_far_away": [
        ("a", "place-for-step"),
        ("b", "height-for-slope"),
        ("d", "average-for-instantaneous"),
        (0.1, "type"),
        (..., "not-attempted"),
    ],
    "limits.predict_hole": [
        ("a", "limit-read-as-value"),
        ("c", "h-is-zero"),
        (4, "type"),
        (..., "not-attempted"),
    ],
    "limits.predict_central": [
        ("a", "one-side-only"),
        ("b", "one-side-only"),
        ("d", "type"),
        (..., "not-attempted"),
    ],
    "limits.predict_hundred": [
        ("a", "step-not-used"),
        ("b", "one-side-only"),
        ("d", "limit-read-as-value"),
        (..., "not-attempted"),
    ],
    "limits.predict_relu": [
        ("a", "one-side-only"),
        ("b", "one-side-only"),
        ("c", "mean-of-sides"),
        (..., "not-attempted"),
    ],
    "limits.predict_corner": [
        ("a", "one-side-only"),
        ("c", "h-is-zero"),
        ("d", "type"),
        (..., "not-attempted"),
    ],
    "limits.predict_tiny": [
        ("a", "step-too-small"),
        ("b", "step-too-small"),
        ("d", "h-is-zero"),
        (..., "not-attempted"),
    ],
    "limits.1b": [
        (12.3, "average-for-instantaneous"),
        (12, "instantaneous-for-average"),
        (metres(4.2) - metres(4), "difference-not-divided"),
        (0.2, "factor-dropped"),
        (24, "value-for-slope"),
        (-0.3, "sign-turned"),
        (0.305, "imprecise"),
        (0.15, "wrong"),
        (metres, "type"),
        (None, "not-attempted"),
    ],
    "limits.1": [
        (8, "value-for-slope"),
        (cube(2.001) - 8, "difference-not-divided"),
        (12, "instantaneous-for-average"),
        (cube(2.001) - 8 / 0.001, "brackets-missing"),
        ((cube(0.001) - 8) / 0.001, "step-for-place"),
        (12.01, "rounded-early"),
        (7, "wrong"),
        (cube, "type"),
        (None, "not-attempted"),
    ],
    "limits.2": [
        (near_hole(0), "h-is-zero"),
        (near_hole(0.1), "one-side-only"),
        (near_hole(-0.5), "step-too-large"),
        (near_hole(2), "step-too-large"),
        (explore_limit("square", x=-1, h=1.5), "not-attempted"),
        (-2, "type"),
    ],
    "limits.3": [
        ("3*x**2*h + 3*x*h**2 + h**3", "difference-not-divided"),
        ("3*x**2", "instantaneous-for-average"),
        ("h**2", "power-of-a-sum"),
        ("((x + h)**3 - x**3)/h", "h-is-zero"),
        ("x**2 + x*h + h**2", "power-of-a-sum"),
        ("3*x**2 + h**2", "power-of-a-sum"),
        ("3*x**2 + 3*x*h", "instantaneous-for-average"),
        ("3*x**2 + 3*x*h**2 + h**3", "brackets-missing"),
        ("3*x**2 + 3*x + 1", "wrong"),
        (12, "point-for-function"),
        ("3*y**2", "type"),
        (None, "not-attempted"),
    ],
    "limits.4b": [
        (lambda values, step: [rate * 2 for rate in rates(values, step)], "central-divided-by-h"),
        (lambda values, step: [rate * 2 * step for rate in rates(values, step)], UNDIVIDED),
        (lambda values, step: rates(values, 1), "step-not-used"),
        (lambda values, step: np.diff(values[1:]) / step, "one-side-only"),
        (lambda values, step: np.diff(values[:-1]) / step, "one-side-only"),
        (lambda values, step: np.diff(values) / step, "one-side-only"),
        (lambda values, step: [-rate for rate in rates(values, step)], "sign-error"),
        (lambda values, step: [rate * step**2 for rate in rates(values, step)], "brackets-missing"),
        (lambda values, step: np.gradient(np.array(values, dtype=float), step), "type"),
        (lambda values, step: rates(values, step)[0], "type"),
        ([0.15, 0.15, 0.05], "type"),
        (lambda values, step: None, "not-attempted"),
    ],
    "limits.4": [
        (lambda f, x, h: (f(x + h) - f(x - h)) / h, "central-divided-by-h"),
        (lambda f, x, h: (f(x + h) - f(x)) / h, "one-side-only"),
        (lambda f, x, h: (f(x) - f(x - h)) / h, "one-side-only"),
        (lambda f, x, h: f(x + h) - f(x - h) / (2 * h), "brackets-missing"),
        (lambda f, x, h: (f(x + h) - f(x - h)) / 2 * h, "brackets-missing"),
        (lambda f, x, h: f(x + h) - f(x - h), "difference-not-divided"),
        (lambda f, x, h: (f(x + h) + f(x - h)) / 2, "average-of-values"),
        (lambda f, x, h: (f(x - h) - f(x + h)) / (2 * h), "sign-error"),
        (with_zero_step, "h-is-zero"),
        (lambda f, x, h: None, "not-attempted"),
        (12.0, "point-for-function"),
    ],
    "limits.5": [
        (lambda f, x, h: (f(x + h) - f(x)) / h, "one-side-only"),
        (lambda f, x, h: (f(x) - f(x - h)) / h, "one-side-only"),
        (mean_of_both, "mean-of-sides"),
        (lambda f, x, h: (f(x + h) - f(x)) / h - (f(x - h) - f(x)) / h, "sign-error"),
        (
            lambda f, x, h: difference_quotient(f, x, -h) - difference_quotient(f, x, h),
            "change-turned-around",
        ),
        (lambda f, x, h: f(x + h) - f(x) - (f(x) - f(x - h)), "difference-not-divided"),
        (lambda f, x, h: abs((f(x + h) - 2 * f(x) + f(x - h)) / h), "slope-sign-lost"),
        (lambda f, x, h: (f(x) - f(x)) / (h - h), "h-is-zero"),
        (lambda f, x, h: f(x + h) == f(x - h), "type"),
        (lambda f, x, h: 2.0, "input-not-used"),
    ],
    "limits.6b": [
        (lambda f, x: central_difference(f, x), "step-too-small"),
        (with_step(1e-8), "step-too-small"),
        (with_step(1e-16), "step-too-small"),
        (with_step(1e-7), "step-too-small"),
        (with_step(1e-6), "step-too-small"),
        (with_step(1e-6, centrally=True), "step-too-small"),
        (with_step(0.1), "step-too-large"),
        (with_step(1.0), "step-too-large"),
        (with_step(1e-3), "imprecise"),
        (lambda f, x: (f(x + 0.005) - f(x - 0.005)) / 0.005, "central-divided-by-h"),
        (lambda f, x: f(x + 0.005) - f(x - 0.005), "difference-not-divided"),
        (lambda f, x: f(x), "value-for-slope"),
        (lambda f, x: 2 * x, "example-for-given"),
        (lambda f, x: (f(x + 0) - f(x)) / 0, "h-is-zero"),
        (6.0, "point-for-function"),
        (None, "not-attempted"),
    ],
    "limits.6": [
        (with_step(1e-16), "step-too-small"),
        (with_step(1e-17), "step-too-small"),
        (with_step(1e-15), "step-too-small"),
        (with_step(1e-14), "step-too-small"),
        (with_step(1e-16, centrally=True), "step-too-small"),
        (with_step(0.1), "step-too-large"),
        (with_step(1.0), "step-too-large"),
        (lambda f, x: (f(x + 1e-5) - f(x - 1e-5)) / 1e-5, "central-divided-by-h"),
        (lambda f, x: f(x + 1e-4) - f(x), "difference-not-divided"),
        (lambda f, x: f(x), "value-for-slope"),
        (lambda f, x: (f(x + 0) - f(x)) / 0, "h-is-zero"),
        (lambda f, x: 2 * x, "example-for-given"),
        (lambda f, x: x, "input-not-used"),
        (0.0, "point-for-function"),
        (math.nan, "point-for-function"),
    ],
    "limits.7": [
        (other_v(10**-5.25), "step-too-small"),
        (other_v(1e-16), "step-too-small"),
        (other_v(1e-8), "step-too-small"),
        (other_v(1e-3), "step-too-large"),
        (other_v(0.1), "step-too-large"),
        (explore_error(x=100, best=False), "not-attempted"),
        (1e-4, "type"),
    ],
}
