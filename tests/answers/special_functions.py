"""Answers to the questions of chapter 06, right ones in several styles and wrong ones."""

import math

import numpy as np

from utils.explorers.special_functions import explore_base, explore_cross_entropy
from utils.models.special_functions import softmax
from utils.slopes import central_difference

DEGREES = [0, 30, 60, 90, 180]


def base(a, x0=1.0):
    """The figure of the lesson, moved."""
    return explore_base().set(a=a, x0=x0)


def entropy(p):
    """The figure of exercise 2, moved."""
    return explore_cross_entropy(p=0.8).set(p=p)


def sigmoid(x):
    """σ with Python alone."""
    return 1 / (1 + math.exp(-x))


def slope_by_rule(x):
    """Height times the rest."""
    s = sigmoid(x)
    return s * (1 - s)


def slope_by_powers(x):
    """Worked out with the chain rule."""
    return math.exp(-x) / (1 + math.exp(-x)) ** 2


def stable(scores):
    """The largest score taken away."""
    powers = np.exp(scores - scores.max())
    return powers / powers.sum()


def with_a_loop(scores):
    """The same with lists."""
    top = max(scores)
    powers = [math.exp(score - top) for score in scores]
    return [power / sum(powers) for power in powers]


def from_the_tutorial(scores):
    """Overflows quietly."""
    with np.errstate(all="ignore"):
        powers = np.exp(scores)
        return powers / powers.sum()


def from_the_tutorial_with_math(scores):
    """Overflows loudly."""
    powers = [math.exp(score) for score in scores]
    return [power / sum(powers) for power in powers]


def minus_the_mean(scores):
    """Takes away too little where the scores lie far apart."""
    with np.errstate(all="ignore"):
        powers = np.exp(scores - scores.mean())
        return powers / powers.sum()


def nan_taken_out(scores):
    """The shares that are `nan` become 0."""
    return np.nan_to_num(from_the_tutorial(scores))


def cut_off(scores):
    """Scores beyond 700 become 700."""
    powers = np.exp(np.clip(scores, -700, 700))
    return powers / powers.sum()


def minus_the_smallest(scores):
    """The wrong end becomes 0."""
    return from_the_tutorial(scores - scores.min())


def divided(scores):
    """Another temperature for each list of scores."""
    with np.errstate(all="ignore"):
        return from_the_tutorial(scores / scores.max())


def only_zero(p):
    """Guards against p = 0 alone."""
    return -math.log(p if p > 0 else 1e-12)


def with_if(p):
    """No `max`."""
    if p < 1e-12:
        p = 1e-12
    return -math.log(p)


RIGHT = {
    "special_functions.predict_growth": [5.545, 8 * 0.6931, 8 * math.log(2), np.float64(5.5452)],
    "special_functions.predict_eight": [2.08, 3 * 0.6931, math.log(8), np.float64(2.0794)],
    "special_functions.find_e": [
        base(2.72),
        base(2.72, x0=0.5),
        explore_base(a=3, x0=0).set(a=2.72),
    ],
    "special_functions.predict_height": [20, 20.0, math.exp(math.log(20)), np.array(20.0)],
    "special_functions.predict_tangent": [3, 3.0, 4 - math.exp(4) / math.exp(4), np.array(3.0)],
    "special_functions.predict_mirror": [0.2, 1 / 5, central_difference(math.log, 5)],
    "special_functions.predict_log_zero": ["c", "C", "it stops with an error"],
    "special_functions.predict_ninety": ["b", "(b)"],
    "special_functions.predict_cosine": ["b", "B"],
    "special_functions.predict_reciprocal": ["a", "A."],
    "special_functions.predict_sharing": ["b", "(B)", "25 times"],
    "special_functions.predict_sigmoid": [0.25, 1 / 4, slope_by_rule(0), np.float32(0.25)],
    "special_functions.predict_steepest": [0.5, 1 / 2, sigmoid(0), np.float32(0.5)],
    "special_functions.predict_saturation": ["d", "D", "by about 0.001"],
    "special_functions.1b": [
        120 * 0.8**3 * math.log(0.8),
        61.44 * np.log(0.8),
        central_difference(lambda t: 120 * 0.8**t, 3),
        -13.71,
    ],
    "special_functions.1": [
        2**5 * math.log(2),
        32 * np.log(2),
        central_difference(lambda t: 2**t, 5),
        22.18,
    ],
    "special_functions.2": [
        entropy(0.25),
        explore_cross_entropy().set(p=0.25),
    ],
    "special_functions.3": [
        "5/x + 3*sin(x)",
        "3 sin(x) + 5/x",
        "5*x^(-1) - 3*(-sin(x))",
        "f'(x) = 5/x + 3 sin(x)",
    ],
    "special_functions.4": ["-6/x**2", "-6/x²", "-6*x^-2", "-(6/(x*x))"],
    "special_functions.5": [
        [math.cos(math.radians(x)) for x in DEGREES],
        np.cos(np.radians(DEGREES)),
        np.cos(np.array(DEGREES) * np.pi / 180),
        [1, math.sqrt(3) / 2, 0.5, 0, -1],
        (1.0, 0.866, 0.5, 0.0, -1.0),
        [central_difference(math.sin, math.radians(x)) for x in DEGREES],
    ],
    "special_functions.6b": [
        0.9 * (1 - 0.9),
        0.09,
        np.float64(0.09),
        slope_by_rule(math.log(9)),
        central_difference(sigmoid, math.log(9)),
    ],
    "special_functions.6": [
        slope_by_rule,
        slope_by_powers,
        lambda x: sigmoid(x) * sigmoid(-x),
        lambda x: np.exp(-x) / (1 + np.exp(-x)) ** 2,
        lambda x: central_difference(sigmoid, x),
        lambda x: (1 - math.tanh(x / 2) ** 2) / 4,
    ],
    "special_functions.7": [
        stable,
        with_a_loop,
        softmax,
        lambda z: 1 / np.exp(np.clip(z - z[:, None], None, 700)).sum(axis=1),
        lambda z: np.exp(z - z.max()) / np.sum(np.exp(z - z.max())),
    ],
    "special_functions.8": [
        lambda p: -math.log(max(p, 1e-12)),
        with_if,
        lambda p: -np.log(np.clip(p, 1e-12, 1)),
        lambda p: -math.log(p if p > 1e-12 else 1e-12),
        lambda p: math.log(1 / max(1e-12, p)),
    ],
    "special_functions.9": [
        "3*x**2 + 3**x*ln(3)",
        "3x² + 3^x * ln(3)",
        "3*x*x + log(3)*exp(x*log(3)) + 0",
    ],
    "special_functions.10": [
        "w - 4/w",
        "0.5*2*w - 4*w**-1",
        "(w^2 - 4)/w",
    ],
    "special_functions.11": [
        "1/x + exp(x + 2)",
        "x^-1 + e^(x+2)",
        "1/x + e^2 * e^x",
        "5/(5x) + exp(2)*exp(x)",
    ],
    "special_functions.12": [
        "6*sigmoid(x)*(1 - sigmoid(x)) - 2*(1 - tanh(x)**2)",
        "6*exp(-x)/(1 + exp(-x))**2 - 2/cosh(x)**2",
        "6 sigmoid(x) sigmoid(-x) - 2 + 2 tanh(x)^2",
    ],
}

WRONG = {
    "special_functions.predict_growth": [
        (12, "power-rule-on-exponential"),
        (8, "value-for-slope"),
        (0.6931, "ratio-for-slope"),
        (8 * math.log10(2), "common-log-for-ln"),
        (5.5, "imprecise"),
        (4, "wrong"),
        ("5.545", "type"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_eight": [
        (4 * 0.6931, "base-read-as-factor"),
        (0.6931, "forgotten-inner-derivative"),
        (3, "factor-dropped"),
        (0.9031, "common-log-for-ln"),
        (2.1, "imprecise"),
        (5.5452, "wrong"),
        (..., "not-attempted"),
    ],
    "special_functions.find_e": [
        (base(1), "height-for-slope"),
        (base(4), "step-too-large"),
        (base(2.7), "wrong"),
        (base(3), "wrong"),
        (base(2), "not-attempted"),
        (2.72, "type"),
    ],
    "special_functions.predict_height": [
        (math.log(20), "place-for-value"),
        (1, "ratio-for-slope"),
        (math.log(20) * math.exp(math.log(20) - 1), "power-rule-on-exponential"),
        (-20, "sign-turned"),
        (10, "wrong"),
        (math.exp, "type"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_tangent": [
        (0, "line-through-the-origin"),
        (5, "sign-error"),
        (1, "step-for-place"),
        (4 - 54.5982, "difference-not-divided"),
        (4 - 1 / 54.5982, "rise-run-swapped"),
        (2.5, "wrong"),
        (math.exp, "type"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_mirror": [
        (5, "rise-run-swapped"),
        (1.6094, "value-for-slope"),
        (-0.2, "sign-error"),
        (-5, "sign-error"),
        (1.61 / 5, "forgot-delta"),
        (2, "decimal-point"),
        (1, "wrong"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_log_zero": [
        ("a", "ln-of-no-positive-number"),
        ("b", "slope-for-value"),
        ("d", "type"),
    ],
    "special_functions.predict_ninety": [
        ("a", "degrees-for-radians"),
        ("c", "degrees-for-radians"),
        (0.89, "type"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_cosine": [
        ("a", "cosine-without-minus"),
        ("c", "value-for-slope"),
        (-0.84, "type"),
    ],
    "special_functions.predict_reciprocal": [
        ("b", "sign-error"),
        ("c", "value-for-slope"),
        ("d", "exponent-not-lowered"),
    ],
    "special_functions.predict_sharing": [
        ("a", "value-for-slope"),
        ("c", "difference-not-divided"),
        ("d", "second-for-first"),
        (-0.01, "type"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_sigmoid": [
        (0.5, "half-of-the-sigmoid-rule"),
        (0.75, "squashing-rules-swapped"),
        (0, "place-for-value"),
        (1, "wrong"),
        (-0.25, "sign-turned"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_steepest": [
        (1, "height-for-slope"),
        (0, "place-for-value"),
        (0.25, "slope-for-value"),
        (0.75, "wrong"),
        (..., "not-attempted"),
    ],
    "special_functions.predict_saturation": [
        ("a", "average-for-instantaneous"),
        ("b", "height-for-slope"),
        ("c", "average-for-instantaneous"),
        ("by about a thousandth", "type"),
    ],
    "special_functions.1b": [
        (-61.44 * math.log(0.8), "sign-error"),
        (61.44, "value-for-slope"),
        (120 * 3 * 0.8**2, "power-rule-on-exponential"),
        (math.log(0.8), "ratio-for-slope"),
        (61.44 * math.log10(0.8), "common-log-for-ln"),
        (0.8**3 * math.log(0.8), "factor-dropped"),
        (-0.2 * 61.44, "average-for-instantaneous"),
        (61.44 - 76.8, "average-for-instantaneous"),
        (120 * math.log(0.8), "slope-of-the-start"),
        (-13.8, "imprecise"),
        (-7, "wrong"),
        (lambda t: 120 * 0.8**t, "type"),
        (None, "not-attempted"),
    ],
    "special_functions.1": [
        (32, "value-for-slope"),
        (5 * 2**4, "power-rule-on-exponential"),
        (math.log(2), "ratio-for-slope"),
        (32 * math.log10(2), "common-log-for-ln"),
        (2**5 - 2**4, "average-for-instantaneous"),
        (22, "imprecise"),
        (22180.7, "decimal-point"),
        (22.5, "wrong"),
        (lambda t: 2**t, "type"),
        (None, "not-attempted"),
    ],
    "special_functions.2": [
        (entropy(0.02), "value-for-slope"),
        (entropy(0.5), "power-rule-on-exponential"),
        (entropy(0.24), "wrong"),
        (entropy(0.8), "not-attempted"),
        (0.25, "type"),
    ],
    "special_functions.3": [
        ("5/x - 3*sin(x)", "cosine-without-minus"),
        ("5*ln(x) - 3*cos(x)", "value-for-slope"),
        ("-5/x - 3*sin(x)", "sign-error"),
        ("5*(x*ln(x) - x) - 3*sin(x)", "derivative-turned-around"),
        ("5/(x*ln(10)) + 3*sin(x)", "common-log-for-ln"),
        ("5/x - 3*cos(x)", "value-for-slope"),
        ("1/x + sin(x)", "factor-dropped"),
        ("10/x + 6*sin(x)", "factor-of-two"),
        ("5/x + 3*cos(x)", "wrong"),
        ("5.5", "point-for-function"),
        ("5/t + 3*sin(t)", "type"),
        (None, "not-attempted"),
    ],
    "special_functions.4": [
        ("6/x**2", "sign-error"),
        ("6/x", "value-for-slope"),
        ("-6/x", "exponent-not-lowered"),
        ("6*ln(x)", "derivative-turned-around"),
        ("6/(x + 1) - 6/x", "average-for-instantaneous"),
        ("6/x**3", "wrong"),
        ("-1/x**2", "constant-factor"),
        ("-6", "point-for-function"),
        ("6 per x", "type"),
        ("...", "not-attempted"),
    ],
    "special_functions.5": [
        ([math.cos(x) for x in DEGREES], "degrees-for-radians"),
        (np.cos(DEGREES), "degrees-for-radians"),
        ([math.sin(math.radians(x)) for x in DEGREES], "value-for-slope"),
        (-np.cos(np.radians(DEGREES)), "minus-from-cosine-on-sine"),
        (np.cos(np.radians(DEGREES)) * np.pi / 180, "units-mixed"),
        ([math.radians(math.cos(x)) for x in DEGREES], "degrees-for-radians"),
        ([math.cos(math.degrees(x)) for x in DEGREES], "units-mixed"),
        ([1, 0.87, 0.5, 0, -1], "imprecise"),
        ([1, 0.866, 0.5, 0], "type"),
        ([1, 0.5, 0.5, 0, -1], "wrong"),
        (math.cos, "type"),
        (None, "not-attempted"),
    ],
    "special_functions.6b": [
        (0.1, "half-of-the-sigmoid-rule"),
        (0.9, "value-for-slope"),
        (1 - 0.81, "squashing-rules-swapped"),
        (slope_by_rule(0.9), "place-for-value"),
        (math.log(9), "place-for-value"),
        (-0.09, "sign-turned"),
        (0.25, "wrong"),
        (sigmoid, "type"),
        (None, "not-attempted"),
    ],
    "special_functions.6": [
        (lambda x: 1 - sigmoid(x), "half-of-the-sigmoid-rule"),
        (sigmoid, "value-for-slope"),
        (lambda x: 1 - sigmoid(x) ** 2, "squashing-rules-swapped"),
        (lambda x: 1 - math.tanh(x) ** 2, "squashing-rules-swapped"),
        (lambda x: -slope_by_rule(x), "sign-error"),
        (lambda x: x * (1 - x), "place-for-value"),
        (lambda x: sigmoid(x) * (1 - x), "place-for-value"),
        (lambda x: 2 * slope_by_rule(x), "factor-of-two"),
        (lambda x: sigmoid(x + 0.001) - sigmoid(x), "wrong"),
        (slope_by_rule(1), "point-for-function"),
        (lambda x: None, "not-attempted"),
        (lambda x: print(slope_by_rule(x)), "print-for-return"),
        (None, "not-attempted"),
    ],
    "special_functions.7": [
        (from_the_tutorial, "exponential-overflows"),
        (from_the_tutorial_with_math, "exponential-overflows"),
        (lambda z: np.exp(z - z.max()), "not-normalised"),
        (nan_taken_out, "exponential-overflows"),
        (cut_off, "exponential-overflows"),
        (minus_the_smallest, "exponential-overflows"),
        (divided, "exponential-overflows"),
        (minus_the_mean, "wrong"),
        (lambda z: z / np.abs(z).sum() if z.any() else z, "wrong"),
        (lambda z: (z == z.max()).astype(float), "wrong"),
        (lambda z: float(stable(z).max()), "type"),
        (lambda z: stable(z).sum(), "type"),
        (None, "not-attempted"),
    ],
    "special_functions.8": [
        (lambda p: -math.log(p), "ln-of-no-positive-number"),
        (lambda p: -np.log(np.float64(p)), "ln-of-no-positive-number"),
        (only_zero, "ln-of-no-positive-number"),
        (lambda p: -math.log(p + 1e-12), "ln-of-no-positive-number"),
        (lambda p: math.log(max(p, 1e-12)), "sign-error"),
        (lambda p: -math.log10(max(p, 1e-12)), "common-log-for-ln"),
        (lambda p: -1 / max(p, 1e-12), "slope-for-value"),
        (lambda p: -math.log(max(p, 0.001)), "wrong"),
        (lambda p: -math.log(p + 0.001), "wrong"),
        (lambda p: (1 - p) ** 2, "wrong"),
        (-math.log(0.5), "point-for-function"),
        (None, "not-attempted"),
    ],
    "special_functions.9": [
        ("3x^2 + x*3^(x-1)", "power-rule-on-exponential"),
        ("3x^2 + x*3^(x-1) + 3e^2", "power-rule-on-exponential"),
        ("3x^2 + 3^x * ln(3) + 3e^2", "power-rule-on-constant"),
        ("3x^2 + 3^x * ln(3) + e^3", "constant-kept"),
        ("3x^2 + 3^x", "value-for-slope"),
        ("3x^2 + ln(3)", "ratio-for-slope"),
        ("3x^2 + 3^x*ln(3)/ln(10)", "common-log-for-ln"),
        ("3x^2 + 3^x * ln(x)", "place-for-value"),
        ("3x^3 + 3^x * ln(3)", "exponent-not-lowered"),
        ("x^3 + 3^x + e^3", "value-for-slope"),
        ("3x^2 + 3^x/ln(3)", "times-for-divided"),
        ("...", "not-attempted"),
    ],
    "special_functions.10": [
        ("w + 4/w", "sign-error"),
        ("0.5w^2 - 4 ln(w)", "value-for-slope"),
        ("w - 4 ln(w)", "value-for-slope"),
        ("w - 4exp(w)", "ln-exp-swapped"),
        ("w^2 - 4/w", "exponent-not-lowered"),
        ("0.5w - 4/w", "exponent-not-in-front"),
        ("w - 1/w", "factor-dropped"),
        ("w - 1/(4w)", "factor-dropped"),
        ("2w - 4/w", "factor-dropped"),
        ("w + 4/w^2", "second-for-first"),
        ("w^3/6 - 4*(w*ln(w) - w)", "derivative-turned-around"),
        ("w - 4", "factor-lost"),
        ("x - 4/x", "type"),
        ("...", "not-attempted"),
    ],
    "special_functions.11": [
        ("1/(5x) + e^(x+2)", "forgotten-inner-derivative"),
        ("5/x + e^(x+2)", "factor-dropped"),
        ("1/5 + 1/x + e^(x+2)", "power-rule-on-constant"),
        ("ln(5) + 1/x + e^(x+2)", "constant-kept"),
        ("1/x + e^x", "factor-dropped"),
        ("1/x + (x + 2)*e^(x+1)", "power-rule-on-exponential"),
        ("1/x + 2e*e^x", "power-rule-on-constant"),
        ("ln(5x) + e^(x+2)", "value-for-slope"),
        ("1/x", "term-lost"),
        ("...", "not-attempted"),
    ],
    "special_functions.12": [
        ("6*(1 - sigmoid(x)^2) - 2*tanh(x)*(1 - tanh(x))", "squashing-rules-swapped"),
        ("6*sigmoid(x)*(1 - sigmoid(x)) - 2*tanh(x)*(1 - tanh(x))", "squashing-rules-swapped"),
        ("6*(1 - sigmoid(x)^2) - 2*(1 - tanh(x)^2)", "squashing-rules-swapped"),
        ("6*(1 - sigmoid(x)) - 2*(1 - tanh(x)^2)", "half-of-the-sigmoid-rule"),
        ("6*sigmoid(x)*(1 - sigmoid(x)) - 2*(1 - tanh(x))", "exponent-not-in-front"),
        ("sigmoid(x)*(1 - sigmoid(x)) - (1 - tanh(x)^2)", "factor-dropped"),
        ("6*sigmoid(x)*(1 - sigmoid(x)) + 2*(1 - tanh(x)^2)", "slope-sign-lost"),
        ("6*sigmoid(x)*(1 - sigmoid(x)) - 2*(1 - tanh(x)^2) + 1", "constant-kept"),
        ("6*sigmoid(x) - 2*tanh(x) + 1", "value-for-slope"),
        ("6*sigmoid(x)*(1 - sigmoid(x))", "term-lost"),
        ("...", "not-attempted"),
    ],
}
