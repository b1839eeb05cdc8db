"""A chapter that exists for the tests alone: one question of every kind, with its answers.

It has the form of `utils/questions/<chapter>.py` and `tests/answers/<chapter>.py` in one file.
"""

from __future__ import annotations

import math

import numpy as np

from utils.checks import (
    Array,
    Choice,
    Figure,
    Formula,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.explorers.slope import explore_line

HINTS = (
    "Name the two points first.",
    "Write down how far the way up is and how far the way across is.",
    "Divide the first by the second.",
)
COMMON = {
    "hints": HINTS,
    "difficulty": 1,
    "minutes": 3,
    "solution": "Divide the change in y by the change in x:\n\n```python\nrise / run\n```",
    "why": "Slope is the change in $y$ for each step in $x$.",
    "next": "A curve has a slope of its own at every point, and the same fraction finds it.",
}


def quotient(f, x, h):
    return (f(x + h) - f(x)) / h


def cube(x):
    return x**3


def hill_at_3(x):
    return 10 - (x - 3) ** 2


def hill_at_8(x):
    return 50 - abs(x - 8)


def two_hills(x):
    return 1 / (1 + (x - 1) ** 2) + 2 / (1 + (x - 7) ** 2)


def three_hills(x):
    return two_hills(x) + 6 / (1 + 4 * (x - 9.5) ** 2)


HILLS = {hill_at_3: 3, hill_at_8: 8, two_hills: 7, three_hills: 9.5}


def summit(height):
    return max(range(11), key=height)


def gradient(w):
    return np.array([2 * w[0] + 3 * w[1], 3 * w[0] + 2 * w[1]])


QUESTIONS = [
    Question(
        "sample.1",
        title="Rise over run",
        answer=Number(80.0, tolerance=0.01, unit="km/h"),
        rivals=[
            Rival("rise-run-swapped", 1 / 80),
            Rival("difference-not-divided", 120.0),
            Rival("units-mixed", 80 / 60, credit=0.5),
        ],
        **COMMON,
    ),
    Question(
        "sample.2",
        title="The slope of x² everywhere",
        answer=Function(lambda x: 2 * x, probes=[-3.0, -1.0, 0.0, 0.5, 2.0, 3.0]),
        rivals=[
            Rival("value-for-slope", lambda x: x**2),
            Rival("exponent-not-lowered", lambda x: 2 * x**2),
            Rival("exponent-not-in-front", lambda x: x),
            Rival("sign-error", lambda x: -2 * x),
        ],
        **COMMON,
    ),
    Question(
        "sample.3",
        title="The difference quotient",
        answer=Function(
            quotient,
            probes=[(cube, 2.0, 0.5), (cube, -1.0, 0.1), (math.exp, 0.0, 1.0), (cube, 1.0, -0.2)],
        ),
        rivals=[
            Rival("difference-not-divided", lambda f, x, h: f(x + h) - f(x)),
            Rival("brackets-missing", lambda f, x, h: f(x + h) - f(x) / h),
            Rival("step-added-outside", lambda f, x, h: (f(x) + h - f(x)) / h),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        **COMMON,
    ),
    Question(
        "sample.4",
        title="What happens to the secant?",
        answer=Choice("b", options=["It stays", "It turns into the tangent", "It becomes flat"]),
        rivals=[Rival("limit-read-as-value", "a")],
        **COMMON,
    ),
    Question(
        "sample.5",
        title="Slopes of x² at five points",
        answer=Array([-6.0, -2.0, 0.0, 2.0, 6.0], tolerance=0.01),
        rivals=[
            Rival("value-for-slope", [9.0, 1.0, 0.0, 1.0, 9.0]),
            Rival("sign-error", [6.0, 2.0, 0.0, -2.0, -6.0]),
        ],
        **COMMON,
    ),
    Question(
        "sample.6",
        title="The derivative of x³ as a formula",
        answer=Formula("3*x**2"),
        rivals=[
            Rival("exponent-not-lowered", "3*x**3"),
            Rival("exponent-not-in-front", "x**2"),
            Rival("value-for-slope", "x**3"),
        ],
        **COMMON,
    ),
    Question(
        "sample.7",
        title="A line of slope 2",
        answer=Live(
            lambda v: abs(v["m"] - 2) < 0.05,
            figure=Figure("slope.explore_line"),
            probes=[{"m": 2.0, "b": 1.0}, {"m": -2.0, "b": 1.0}, {"m": 0.5, "b": 2.0}],
        ),
        rivals=[
            Rival("slope-sign-lost", lambda v: abs(v["m"] + 2) < 0.05),
            Rival("intercept-for-slope", lambda v: abs(v["b"] - 2) < 0.05 and v["m"] < 1),
        ],
        **COMMON,
    ),
    Question(
        "sample.8",
        title="A gradient",
        answer=Function(
            gradient,
            probes=[np.array(w) for w in ([1.0, 2.0], [0.5, -1.0], [-2.0, 3.0], [4.0, 0.3])],
        ),
        rivals=[
            Rival("partials-swapped", lambda w: gradient(w)[::-1]),
            Rival("along-the-contour", lambda w: np.array([-1, 1]) * gradient(w)[::-1]),
        ],
        **COMMON,
    ),
    Question(
        "sample.9",
        title="The top between 0 and 10, in twelve calls",
        answer=OpenTask(
            Way(lambda run: abs(run.result[0] - HILLS[run.arguments[0]]) < 0.6, summit),
            probes=list(HILLS),
            budget=12,
            told=lambda run: f"You asked at {len(run.places)} places.",
        ),
        rivals=[
            Rival(
                "value-for-slope",
                Way(
                    lambda run: run.result[0] in [run.arguments[0](*at) for at in run.places],
                    lambda height: max(height(x) for x in range(11)),
                ),
            ),
            Rival(
                "ascent-for-descent",
                Way(lambda run: run.result[0] == 0, lambda height: min(range(2), key=height)),
            ),
        ],
        **COMMON,
    ),
]


def figure(**moved):
    """The figure of sample.7, which starts at m = 1, b = 0."""
    return explore_line(m=1.0, b=0.0).set(**moved)


def named_double(x):
    return 2 * x


RIGHT = {
    "sample.1": [80, 80.0, np.float64(80.004), np.array(80.0), np.array([80.0])],
    "sample.2": [named_double, lambda x: x + x, lambda x: np.multiply(2, x)],
    "sample.3": [
        quotient,
        lambda f, x, h: (f(x + h) - f(x)) / (x + h - x),
        lambda g, a, step: g(a + step) / step - g(a) / step,
    ],
    "sample.4": ["b", " B ", "(b)", "b)", "it turns into the tangent"],
    "sample.5": [[-6, -2, 0, 2, 6], (-6, -2, 0, 2, 6), 2 * np.arange(-3, 4)[[0, 2, 3, 4, 6]]],
    "sample.6": ["3*x**2", "3x^2", "3x²", "f'(x) = 3·x²", "x(3x)", "3 x x", "(x+1)(3x-3)+3"],
    "sample.7": [figure(m=2.0), figure(m=2.04, b=-3)],
    "sample.8": [
        gradient,
        lambda w: (2 * w[0] + 3 * w[1], 3 * w[0] + 2 * w[1]),
        lambda w: np.array([[2, 3], [3, 2]]) @ w,
    ],
    "sample.9": [
        summit,
        lambda height: np.argmax([height(x) for x in np.arange(11.0)]),
        lambda f: max((f(np.array([x])), x) for x in range(11))[1],
    ],
}

WRONG = {
    "sample.1": [
        (1 / 80, "rise-run-swapped"),
        (120, "difference-not-divided"),
        (80 / 60, "units-mixed"),
        (80.3, "imprecise"),
        (-80, "sign-turned"),
        (8, "decimal-point"),
        (17, "wrong"),
        ("80", "type"),
        ((80, 5), "type"),
        (True, "type"),
        (named_double, "type"),
        (None, "not-attempted"),
        (..., "not-attempted"),
    ],
    "sample.2": [
        (lambda x: x**2, "value-for-slope"),
        (lambda x: x * x * 2, "exponent-not-lowered"),
        (lambda x: -2 * x, "sign-error"),
        (lambda x: x, "exponent-not-in-front"),
        (lambda x: 6 * x, "constant-factor"),
        (lambda x: 2 * x + 0.001 * x, "imprecise"),
        (lambda x: 4, "input-not-used"),
        (lambda x: 2 * x if x > 0 else 5, "wrong"),
        (6.0, "point-for-function"),
        ("2*x", "type"),
        (lambda x: (2 * x,), "type"),
        (lambda: 3, "type"),
        (lambda x: None, "not-attempted"),
    ],
    "sample.3": [
        (lambda f, x, h: f(x + h) - f(x), "difference-not-divided"),
        (lambda f, x, h: f(x + h) - f(x) / h, "brackets-missing"),
        (lambda f, x, h: (f(x) + h - f(x)) / h, "step-added-outside"),
        (lambda f, x, h: (f(x + 0) - f(x)) / 0, "h-is-zero"),
        (lambda f, x: 2 * x, "type"),
        (lambda f, x, h: undefined_name, "error"),  # noqa: F821
    ],
    "sample.4": [
        ("a", "limit-read-as-value"),
        ("c", "wrong"),
        ("d", "type"),
        (2, "type"),
        ("", "not-attempted"),
    ],
    "sample.5": [
        ([9, 1, 0, 1, 9], "value-for-slope"),
        ([6, 2, 0, -2, -6], "sign-error"),
        ([-6, -2, 0, 2, 5], "wrong"),
        ([-5.99, -2, 0, 2, 6.03], "imprecise"),
        ([-6, -2, 0, 2], "type"),
        (6, "type"),
        ([-6, -2, ..., 2, 6], "not-attempted"),
    ],
    "sample.6": [
        ("3x^3", "exponent-not-lowered"),
        ("x**2", "exponent-not-in-front"),
        ("x^3", "value-for-slope"),
        ("6x^2", "factor-of-two"),
        ("12", "point-for-function"),
        ("3x+1", "wrong"),
        ("3y^2", "type"),
        ("__import__('os')", "type"),
        ("...", "not-attempted"),
    ],
    "sample.7": [
        (figure(m=-2.0), "slope-sign-lost"),
        (figure(m=0.5, b=2.0), "intercept-for-slope"),
        (figure(m=1.7), "wrong"),
        (2.0, "type"),
        (figure(), "not-attempted"),
    ],
    "sample.8": [
        (lambda w: gradient(w)[::-1], "partials-swapped"),
        (lambda w: [-gradient(w)[1], gradient(w)[0]], "along-the-contour"),
        (lambda w: 2 * w[0] + 3 * w[1], "type"),
    ],
    "sample.9": [
        (lambda height: max(map(height, range(11))), "value-for-slope"),
        (lambda height: 0, "ascent-for-descent"),
        (lambda height: max(range(13), key=height), "budget-exceeded"),
        (lambda height: 5, "wrong"),
        (lambda height: 3 if height(3) > height(8) else 8, "wrong"),
        (lambda height: (summit(height), 1), "type"),
        (lambda height: print(summit(height)), "type"),
        (lambda height, low, high: low, "type"),
        (lambda height: height(np.arange(11)), "error"),
        (lambda height: height("3"), "error"),
        (3, "type"),
        (..., "not-attempted"),
        (lambda height: ..., "not-attempted"),
    ],
}
