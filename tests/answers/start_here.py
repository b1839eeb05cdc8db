"""Answers to the questions of chapter 00."""

import numpy as np

from utils.explorers.start_here import explore_nudge
from utils.models.start_here import error


def change(w, nudge):
    before = error(w)
    return error(w + nudge) - before


def change_in_steps(w, nudge):
    return np.subtract(error(np.add(w, nudge)), error(w))


RIGHT = {
    "start_here.up_or_down": ["a", " A "],
    "start_here.big_nudge": ["b", "(b)"],
    "start_here.change": [error(1.1) - error(1), -0.195, np.float64(-0.195)],
    "start_here.1": [4.2 - 5.0, -0.8, np.subtract(4.2, 5)],
    "start_here.2": [explore_nudge().set(w=3), explore_nudge(4.0).set(w=3.0)],
    "start_here.3": [change, change_in_steps, lambda w, nudge: error(w + nudge) - error(w)],
}

WRONG = {
    "start_here.up_or_down": [("b", "sign-error"), ("c", "height-for-slope"), ("up", "type")],
    "start_here.big_nudge": [
        ("a", "step-not-used"),
        ("c", "step-too-large"),
        ("larger", "type"),
        (..., "not-attempted"),
    ],
    "start_here.change": [
        (error(1.1), "value-for-change"),
        (0.195, "change-turned-around"),
        (5.805, "sum-for-change"),
        (3, "value-for-change"),
        (-1.95, "rate-for-change"),
        (-0.065, "share-for-change"),
        (-6.5, "share-for-change"),
        (17.0, "wrong"),
    ],
    "start_here.1": [
        (0.8, "change-turned-around"),
        (4.2, "value-for-change"),
        (9.2, "sum-for-change"),
        (5, "value-for-change"),
        (-0.16, "share-for-change"),
        (-16, "share-for-change"),
        ("-0.8", "type"),
    ],
    "start_here.2": [
        (explore_nudge().set(w=1), "error-read-as-weight"),
        (explore_nudge().set(w=0), "smallest-weight"),
        (explore_nudge().set(w=6), "ascent-for-descent"),
        (explore_nudge().set(w=2.9), "wrong"),
        (explore_nudge(), "not-attempted"),
    ],
    "start_here.3": [
        (lambda w, nudge: error(w + nudge), "value-for-change"),
        (lambda w, nudge: error(w) - error(w + nudge), "change-turned-around"),
        (lambda w, nudge: error(nudge) - error(w), "step-for-place"),
        (lambda w, nudge: (error(w + nudge) - error(w)) / nudge, "rate-for-change"),
        (lambda w, nudge: (error(w + nudge) - error(w)) / error(w), "share-for-change"),
        (lambda w, nudge: abs(error(w) - error(w + nudge)), "slope-sign-lost"),
        (lambda w, nudge: error(w + 0.1) - error(w), "step-not-used"),
        (-0.195, "point-for-function"),
    ],
}
