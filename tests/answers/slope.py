"""Answers to the questions of chapter 01."""

import numpy as np

from utils.explorers.slope import explore_two_points
from utils.models.slope import TRIP
from utils.slopes import slope


def between(p, q):
    x1, y1 = p
    x2, y2 = q
    return (y2 - y1) / (x2 - x1)


def with_arrays(p, q):
    run, rise = np.array(q) - np.array(p)
    return rise / run


RIGHT = {
    "slope.predict_formula": [-3, -3.0, np.int64(-3)],
    "slope.predict_swap": ["b", " B "],
    "slope.predict_small_step": ["c", "C", "it stays the same"],
    "slope.predict_steeper": ["b", "B"],
    "slope.predict_fastest": ["b", "from 0.5 h to 1.25 h"],
    "slope.predict_average": [80, 200 / 2.5, slope(TRIP[0], TRIP[-1])],
    "slope.predict_goal": [-40, (60 - 100) / 1, np.float64(-40)],
    "slope.predict_nudge": [-0.2, -2 * 0.1, np.float32(-0.2)],
    "slope.1": [-10, (40 - 70) / (5 - 2), (70 - 40) / (2 - 5), np.divide(-30, 3)],
    "slope.2": [
        explore_two_points().set(x1=2, y1=4, x2=6, y2=2),
        explore_two_points().set(x1=10, y1=0, x2=0, y2=5),
    ],
    "slope.3": [10, 1 / (6 / 60), 60 / 6, np.float64(10)],
    "slope.4": [
        between,
        with_arrays,
        lambda p, q: (p[1] - q[1]) / (p[0] - q[0]),
        lambda a, b: slope(a, b),
    ],
    "slope.5": ["b", "(b)"],
    "slope.6": [0.7, (6.0 - 7.4) / ((1.4 - 7.4) / (5 - 2)), np.float64(-1.4) / -2],
}

WRONG = {
    "slope.predict_formula": [
        (5, "intercept-for-slope"),
        (3, "slope-sign-lost"),
        (2, "height-for-slope"),
        (4, "wrong"),
        ("-3x", "type"),
    ],
    "slope.predict_swap": [("a", "points-in-two-orders"), ("c", "rise-run-swapped"), (2, "type")],
    "slope.predict_small_step": [
        ("a", "difference-not-divided"),
        ("b", "step-not-used"),
        ("d", "type"),
    ],
    "slope.predict_steeper": [("a", "height-for-slope"), ("c", "slope-sign-lost"), (2.0, "type")],
    "slope.predict_fastest": [
        ("d", "height-for-slope"),
        ("a", "rise-run-swapped"),
        ("c", "height-for-slope"),
    ],
    "slope.predict_average": [
        (62, "average-of-speeds"),
        (77.5, "average-of-speeds"),
        (200 / 2.25, "average-of-speeds"),
        (200, "difference-not-divided"),
        (80 / 60, "units-mixed"),
        (2.5 / 200, "rise-run-swapped"),
        (120, "wrong"),
    ],
    "slope.predict_goal": [
        (40, "slope-sign-lost"),
        (60, "height-for-slope"),
        (100, "height-for-slope"),
        (-40 / 60, "units-mixed"),
        (-1 / 40, "rise-run-swapped"),
        ("-40 km/h", "type"),
    ],
    "slope.predict_nudge": [
        (0.2, "slope-sign-lost"),
        (-2, "difference-not-divided"),
        (-0.05, "rise-run-swapped"),
        (9.8, "value-for-change"),
        (7.8, "value-for-change"),
        (3.8, "value-for-change"),
        (5, "wrong"),
    ],
    "slope.1": [
        ((5 - 2) / (40 - 70), "rise-run-swapped"),
        (10, "slope-sign-lost"),
        (70 / 2, "forgot-delta"),
        (40 / 5, "forgot-delta"),
        (40 - 70, "difference-not-divided"),
        (-30 / 5, "divided-by-the-end"),
        (40, "height-for-slope"),
        (90, "intercept-for-slope"),
        (-30 / 180, "units-mixed"),
        (-9.95, "imprecise"),
        (17, "wrong"),
        ("-10 % per hour", "type"),
    ],
    "slope.2": [
        (explore_two_points().set(x1=2, y1=2, x2=6, y2=4), "slope-sign-lost"),
        (explore_two_points().set(x1=2, y1=5, x2=4, y2=1), "rise-run-swapped"),
        (explore_two_points().set(x1=4, y1=1, x2=4, y2=5), "wrong"),
        (explore_two_points(), "not-attempted"),
        (-0.5, "type"),
    ],
    "slope.3": [
        (0.1, "rise-run-swapped"),
        (6, "rise-run-swapped"),
        (1 / 6, "units-mixed"),
        (360, "units-mixed"),
        (9, "wrong"),
    ],
    "slope.4": [
        (lambda p, q: (q[0] - p[0]) / (q[1] - p[1]), "rise-run-swapped"),
        (lambda p, q: abs(q[1] - p[1]) / abs(q[0] - p[0]), "slope-sign-lost"),
        (lambda p, q: q[1] / q[0], "forgot-delta"),
        (lambda p, q: p[1] / p[0], "forgot-delta"),
        (lambda p, q: q[1] - p[1], "difference-not-divided"),
        (lambda p, q: q[1], "height-for-slope"),
        (lambda p, q: p[1] - slope(p, q) * p[0], "intercept-for-slope"),
        (lambda p, q: q[1] - p[1] / q[0] - p[0], "brackets-missing"),
        (lambda p, q: (q[1] - p[1]) / (p[0] - q[0]), "points-in-two-orders"),
        (lambda p, q: (q[1] - p[1]) // (q[0] - p[0]), "floor-division"),
        (lambda x1, y1, x2, y2: (y2 - y1) / (x2 - x1), "type"),
        (lambda p, q: q - p, "error"),
        (2.0, "point-for-function"),
    ],
    "slope.5": [
        ("a", "rise-run-swapped"),
        ("c", "forgot-delta"),
        ("d", "slope-sign-lost"),
        ("e", "type"),
    ],
    "slope.6": [
        (2.8, "rise-run-swapped"),
        (-0.7, "slope-sign-lost"),
        (2.7, "value-for-change"),
        (-1.4, "difference-not-divided"),
        (-2, "rate-for-change"),
        (-1.4 / 3.7, "forgot-delta"),
        (1.0, "wrong"),
    ],
}
