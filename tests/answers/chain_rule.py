"""Answers to the questions of chapter 07, right ones in several styles and wrong ones."""

from math import exp, prod

import numpy as np

from utils.explorers.chain_rule import explore_dials
from utils.functions import sigmoid
from utils.slopes import central_difference


def figure(x):
    """The figure of exercise 5, moved."""
    return explore_dials("square", "x**2 - 1", x=0.5, over=(-1.5, 1.5)).set(x=x)


def loss(w, x=3, y=11):
    """The loss of exercise 1."""
    return (y - w * x) ** 2


def by_name(f, df, g, dg):
    """The quotient rule, line by line."""
    gained = df * g
    lost = f * dg
    return (gained - lost) / g**2


def by_product_rule(f, df, g, dg):
    """f · g⁻¹ by the product rule."""
    return df * g**-1 + f * (-dg * g**-2)


def prime(z):
    """σ′."""
    return sigmoid(z) * (1 - sigmoid(z))


def mended(w, x, y):
    """Exercise 7, line by line."""
    z = w * x
    a = sigmoid(z)
    return -2 * (y - a) * prime(z) * x


def mended_with_a(w, x, y):
    """σ′ from the value of σ."""
    a = 1 / (1 + exp(-w * x))
    return 2 * (a - y) * a * (1 - a) * x


def measured(w, x, y):
    """No rule at all."""
    return central_difference(lambda v: (y - sigmoid(v * x)) ** 2, w)


def with_loop(slopes):
    """One walk back."""
    result, product = [], 1
    for slope in reversed(slopes):
        product = product * slope
        result.append(product)
    return result[::-1]


def with_insert(slopes):
    """Puts each product in front."""
    result = [1.0]
    for slope in slopes[::-1]:
        result.insert(0, result[0] * slope)
    return result[:-1]


def with_numpy(slopes):
    """cumprod, twice turned."""
    return np.cumprod(np.asarray(slopes)[::-1])[::-1]


def forgets_to_return(slopes):
    """Makes the list and keeps it."""
    [prod(slopes[k:]) for k in range(len(slopes))]


def product_of_table(x):
    """Exercise 10 with two lines that fit the table at 2."""
    return (4 - 3 * (x - 2)) * (3 + 4 * (x - 2))


def share(t):
    """Exercise 11: what each user pays t months from now."""
    return (12 + 2 * t) / (4 + t)


RIGHT = {
    "chain_rule.predict_gears": ["b", "B", "(b)"],
    "chain_rule.predict_power": [
        12,
        12.0,
        central_difference(lambda x: (3 * x + 1) ** 4, 0),
        4 * 1**3 * 3,
    ],
    "chain_rule.predict_bracket": [
        8,
        2 * (4 - 2 * 3) * -2,
        central_difference(lambda w: (4 - 2 * w) ** 2, 3),
    ],
    "chain_rule.predict_product": [
        8,
        2 * 3 + 1 * 2,
        central_difference(lambda x: x**2 * (2 * x + 1), 1),
        np.float64(8),
    ],
    "chain_rule.predict_squash": [1, 4 * 0.25, central_difference(lambda x: sigmoid(4 * x), 0)],
    "chain_rule.predict_twice": [
        12,
        2 * 3 * 2,
        central_difference(lambda w: w * (w * 2), 3),
        np.float64(12),
    ],
    "chain_rule.predict_dots": ["b", "B", "(b)"],
    "chain_rule.predict_depth": ["c", "C.", " c "],
    "chain_rule.predict_back": ["b", "B."],
    "chain_rule.predict_input": ["b", "B."],
    "chain_rule.1": [-30, -2 * 3 * (11 - 2 * 3), central_difference(loss, 2), np.array(-30.0)],
    "chain_rule.2": ["-2*(3 - w)", "2w - 6", "dL/dw = -2(3-w)", "2*(w-3)", "2*(3-w)*(-1)"],
    "chain_rule.3": ["b", "B"],
    "chain_rule.4": [
        "2*x*sin(x) + x**2*cos(x)",
        "x^2 cos(x) + 2x sin(x)",
        "x*(2*sin(x) + x*cos(x))",
        "f'(x) = 2x·sin(x) + x²·cos(x)",
    ],
    "chain_rule.5": [
        figure(1),
        figure(-1),
        explore_dials(lambda u: u * u, "(x - 1)(x + 1)", over=(-2, 2)).set(x=1),
    ],
    "chain_rule.6": [
        by_name,
        by_product_rule,
        lambda f, df, g, dg: (df * g - f * dg) / g**2,
        lambda f, df, g, dg: np.subtract(df * g, f * dg) / np.square(g),
        lambda f, df, g, dg: (df - f / g * dg) / g,
    ],
    "chain_rule.7": [mended, mended_with_a, measured],
    "chain_rule.8": [
        with_loop,
        with_insert,
        with_numpy,
        lambda slopes: [prod(slopes[k:]) for k in range(len(slopes))],
        lambda slopes: tuple(prod(slopes[k:]) for k, _ in enumerate(slopes)),
    ],
    "chain_rule.1b": ["3*cos(3*x)", "3cos(3x)", "f'(x) = cos(3*x)*3", "3*cos(x*3)"],
    "chain_rule.2b": [
        "2/sqrt(1 + 4*x)",
        "2*(1 + 4x)^(-1/2)",
        "4/(2√(1 + 4x))",
        "2(1+4x)**-0.5",
    ],
    "chain_rule.3b": ["-2*x*exp(-x**2)", "-2x e^(-x^2)", "f'(x) = exp(-x²)·(−2x)", "-2x/exp(x*x)"],
    "chain_rule.6b": [24, 6 * 4, 24.0, np.array(24)],
    "chain_rule.9": ["2*r/(1 + r**2)", "2r/(r^2+1)", "1/(1+r²)·2r", "dL/dr = 2r * (1 + r*r)**-1"],
    "chain_rule.10": [7, -3 * 3 + 4 * 4, 7.0, central_difference(product_of_table, 2)],
    "chain_rule.11": [-0.25, (2 * 4 - 12) / 16, -1 / 4, central_difference(share, 0)],
    "chain_rule.12": [
        "p",
        "1/(1 - p)*p*(1 - p)",
        "dL/dw = p",
        "1 - (1 - p)",
        "(-1)(-1/(1-p)) p (1-p)",
    ],
    "chain_rule.13": [
        -13.5,
        -0.2 * 3 * 25 * 0.9,
        central_difference(lambda t: 0.9 * (5 - 0.2 * t) ** 3, 0),
    ],
}

WRONG = {
    "chain_rule.predict_gears": [
        ("a", "sum-of-slopes"),
        ("c", "forgotten-inner-derivative"),
        ("d", "difference-not-divided"),
        (6, "type"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_power": [
        (4, "forgotten-inner-derivative"),
        (0, "outer-at-x"),
        (7, "sum-of-slopes"),
        (108, "nested-derivatives"),
        (1, "value-for-slope"),
        (3, "exponent-not-in-front"),
        (-12, "sign-turned"),
        ("12", "type"),
        (50, "wrong"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_bracket": [
        (-4, "forgotten-inner-derivative"),
        (-8, "slope-of-the-start"),
        (4, "value-for-slope"),
        (-12, "outer-at-x"),
        (-6, "sum-of-slopes"),
        (7, "wrong"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_product": [
        (4, "product-of-derivatives"),
        (6, "one-strip-only"),
        (2, "one-strip-only"),
        (3, "value-for-slope"),
        (12, "wrong"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_squash": [
        (0.25, "forgotten-inner-derivative"),
        (0.5, "value-for-slope"),
        (4.25, "sum-of-slopes"),
        (prime(4), "nested-derivatives"),
        (1 / 16, "divided-by-the-count"),
        (0.75, "wrong"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_twice": [
        (6, "one-strip-only"),
        (36, "product-of-derivatives"),
        (18, "value-for-slope"),
        (2, "nested-derivatives"),
        (5, "wrong"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_dots": [
        ("a", "forgotten-x-factor"),
        ("c", "value-for-slope"),
        (0, "type"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_depth": [
        ("a", "sum-of-slopes"),
        ("b", "divided-by-the-count"),
        ("d", "type"),
        (0.25**10, "type"),
    ],
    "chain_rule.predict_back": [
        ("a", "forgotten-inner-derivative"),
        ("c", "quotient-of-derivatives"),
        (0.25, "type"),
        (..., "not-attempted"),
    ],
    "chain_rule.predict_input": [
        ("a", "forgotten-inner-derivative"),
        ("c", "outer-at-x"),
        (0.5749, "type"),
        (..., "not-attempted"),
    ],
    "chain_rule.1": [
        (10, "forgotten-inner-derivative"),
        (30, "sign-error"),
        (-15, "forgotten-two"),
        (25, "value-for-slope"),
        (-10, "forgotten-inner-derivative"),
        (-12, "outer-at-x"),
        (7, "sum-of-slopes"),
        (-6, "nested-derivatives"),
        (-30.1, "imprecise"),
        (-300, "decimal-point"),
        (loss, "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.2": [
        ("2*(3 - w)", "forgotten-inner-derivative"),
        ("(3 - w)**2", "value-for-slope"),
        ("w - 3", "forgotten-two"),
        ("-2*w", "outer-at-x"),
        ("2*(3 - w) - 1", "sum-of-slopes"),
        ("2(3 - w)(-w)", "value-for-slope"),
        ("-4", "point-for-function"),
        (-4, "point-for-function"),
        ("-2*(3 - x)", "type"),
        ("w**3", "wrong"),
        (None, "not-attempted"),
    ],
    "chain_rule.3": [
        ("a", "ascent-for-descent"),
        ("c", "forgotten-inner-derivative"),
        ("d", "flat-read-as-minimum"),
        (-4, "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.4": [
        ("2*x*cos(x)", "product-of-derivatives"),
        ("2x sin(x)", "one-strip-only"),
        ("x^2 cos(x)", "one-strip-only"),
        ("2*x*sin(x) - x**2*cos(x)", "sign-error"),
        ("x**2*sin(x)", "value-for-slope"),
        ("2*x + cos(x)", "sum-of-slopes"),
        ("2*x*sin(x) + cos(x)", "factor-lost"),
        ("2*t*sin(t)", "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.5": [
        (figure(0), "other-gear-stopped"),
        (figure(1.4), "wrong"),
        (figure(-0.25), "wrong"),
        (figure(0.5), "not-attempted"),
        (1, "type"),
    ],
    "chain_rule.6": [
        (lambda f, df, g, dg: df / dg, "quotient-of-derivatives"),
        (lambda f, df, g, dg: (f * dg - df * g) / g**2, "quotient-order"),
        (lambda f, df, g, dg: (df * g + f * dg) / g**2, "quotient-plus"),
        (lambda f, df, g, dg: (df * g - f * dg) / g, "bottom-not-squared"),
        (lambda f, df, g, dg: df * g - f * dg / g**2, "brackets-missing"),
        (lambda f, df, g, dg: f / g, "value-for-slope"),
        (lambda f, df, g, dg: df * g - f * dg, "bottom-not-squared"),
        (lambda f, df, g, dg: df * g + f * dg, "quotient-plus"),
        (lambda f, df, g, dg: (df * g - f * dg) / f**2, "wrong"),
        (lambda f, g: f / g, "type"),
        (lambda f, df, g, dg: ..., "not-attempted"),
        (lambda f, df, g, dg: (df * g - f * dg) / h**2, "error"),  # noqa: F821
        (-0.12, "point-for-function"),
        (None, "not-attempted"),
    ],
    "chain_rule.7": [
        (lambda w, x, y: -2 * (y - sigmoid(w * x)) * prime(sigmoid(w * x)) * x, "outer-at-x"),
        (lambda w, x, y: -2 * (y - sigmoid(w * x)) * prime(w * x), "forgotten-inner-derivative"),
        (lambda w, x, y: -2 * (y - sigmoid(w * x)) * prime(sigmoid(w * x)), "bug-not-mended"),
        (lambda w, x, y: 2 * (y - sigmoid(w * x)) * prime(w * x) * x, "sign-error"),
        (lambda w, x, y: -(y - sigmoid(w * x)) * prime(w * x) * x, "factor-of-two"),
        (lambda w, x, y: -2 * (y - sigmoid(w * x)) * prime(x) * x, "outer-at-x"),
        (lambda w, x, y: -2 * (y - sigmoid(w * x)) * x, "activation-slope-forgotten"),
        (lambda w, x, y: (y - sigmoid(w * x)) ** 2, "value-for-slope"),
        (lambda w, x, y: prime(w * x) * x, "input-not-used"),
        (mended(0.5, 2, 1), "point-for-function"),
        (lambda w: w, "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.8": [
        (lambda slopes: list(np.cumprod(slopes)), "chain-from-the-front"),
        (lambda slopes: with_loop(slopes)[::-1], "order-not-restored"),
        (lambda slopes: [sum(slopes[k:]) for k in range(len(slopes))], "sum-of-slopes"),
        (
            lambda slopes: [prod(slopes[k + 1 :]) for k in range(len(slopes))],
            "own-link-left-out",
        ),
        (lambda slopes: [prod(slopes) for _ in slopes], "chain-from-the-front"),
        (lambda slopes: slopes, "place-for-value"),
        (lambda slopes: prod(slopes), "type"),
        (forgets_to_return, "type"),
        (lambda slopes: ..., "not-attempted"),
        (None, "not-attempted"),
    ],
    "chain_rule.1b": [
        ("cos(3*x)", "forgotten-inner-derivative"),
        ("3cos(x)", "outer-at-x"),
        ("cos(3)", "nested-derivatives"),
        ("cos(3x) + 3", "sum-of-slopes"),
        ("sin(3x)", "value-for-slope"),
        ("3*sin(3*x)", "value-for-slope"),
        ("-3cos(3x)", "minus-from-cosine-on-sine"),
        ("-cos(3x)/3", "derivative-turned-around"),
        ("9*cos(3*x)", "constant-factor"),
        ("cos(x)", "wrong"),
        (3, "point-for-function"),
        ("3*cos(3*t)", "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.2b": [
        ("1/(2*sqrt(1 + 4*x))", "forgotten-inner-derivative"),
        ("2/sqrt(x)", "outer-at-x"),
        ("1/4", "nested-derivatives"),
        ("1/(2*sqrt(1 + 4*x)) + 4", "sum-of-slopes"),
        ("sqrt(1 + 4x)", "value-for-slope"),
        ("4*(1 + 4x)^(-1/2)", "exponent-not-in-front"),
        ("2*sqrt(1 + 4x)", "exponent-not-lowered"),
        ("x^(-1/2)", "power-of-a-sum"),
        ("2/(1 + 4*x)", "wrong"),
        ("2/√1 + 4x", "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.3b": [
        ("e^(-x^2)", "forgotten-inner-derivative"),
        ("-2x exp(x)", "outer-at-x"),
        ("exp(-2x)", "nested-derivatives"),
        ("exp(-x**2) - 2*x", "sum-of-slopes"),
        ("-x**2*exp(-x**2 - 1)", "power-rule-on-exponential"),
        ("2*x*exp(-x**2)", "sign-error"),
        ("-x*exp(-x**2)", "forgotten-two"),
        ("-2*x*exp(x**2)", "times-for-divided"),
        ("-2*w*exp(-w**2)", "type"),
        (0, "point-for-function"),
        (None, "not-attempted"),
    ],
    "chain_rule.6b": [
        (6, "forgotten-inner-derivative"),
        (-12, "outer-at-x"),
        (-1, "nested-derivatives"),
        (10, "sum-of-slopes"),
        (2, "value-for-slope"),
        (8, "value-for-slope"),
        (-15, "inner-and-outer-swapped"),
        (7, "chain-and-product-mixed"),
        (3, "wrong"),
        (-24, "sign-turned"),
        ("24", "type"),
        ([6, 4], "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.9": [
        ("1/(1 + r^2)", "forgotten-inner-derivative"),
        ("1/r * 2r", "outer-at-x"),
        ("1/(2r)", "nested-derivatives"),
        ("1/(1 + r^2) + 2r", "sum-of-slopes"),
        ("ln(1 + r^2)", "value-for-slope"),
        ("(1 + 2r)/(1 + r^2)", "constant-kept"),
        ("r/(1 + r^2)", "forgotten-two"),
        ("-2r/(1 + r^2)", "sign-turned"),
        ("2r/(1 + r)", "wrong"),
        ("2x/(1 + x^2)", "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.10": [
        (-12, "product-of-derivatives"),
        (-9, "one-strip-only"),
        (16, "one-strip-only"),
        (12, "value-for-slope"),
        (1, "sum-of-slopes"),
        (-25, "sign-error"),
        (24, "chain-and-product-mixed"),
        (25, "wrong"),
        (product_of_table, "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.11": [
        (2, "quotient-of-derivatives"),
        (0.25, "quotient-order"),
        (1.25, "quotient-plus"),
        (20, "quotient-plus"),
        (-1, "bottom-not-squared"),
        (-4, "bottom-not-squared"),
        (7.25, "brackets-missing"),
        (3, "value-for-slope"),
        (-0.2, "average-for-instantaneous"),
        (-250, "decimal-point"),
        (-0.5, "wrong"),
        ("-0.25 euros", "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.12": [
        ("1/(1 - p)", "forgotten-inner-derivative"),
        ("-(1 - p)", "outer-at-x"),
        ("1 - p", "outer-at-x"),
        ("-p", "sign-error"),
        ("-ln(1 - p)", "value-for-slope"),
        ("p/(1 - p)", "half-of-the-sigmoid-rule"),
        ("1/(1 - p)*(1 - p)", "half-of-the-sigmoid-rule"),
        ("p*(1 - p)", "outer-slope-left-out"),
        ("p**2", "wrong"),
        ("sigmoid(w)", "type"),
        (None, "not-attempted"),
    ],
    "chain_rule.13": [
        (67.5, "forgotten-inner-derivative"),
        (-15, "outer-slope-left-out"),
        (0.108, "nested-derivatives"),
        (-4.5, "exponent-not-in-front"),
        (-67.5, "exponent-not-lowered"),
        (112.5, "value-for-slope"),
        (-12.97, "average-for-instantaneous"),
        (13.5, "sign-turned"),
        (-13.4, "imprecise"),
        (-30, "wrong"),
        ("-13.5 g/h", "type"),
        (None, "not-attempted"),
    ],
}
