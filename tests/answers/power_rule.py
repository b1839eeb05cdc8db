"""Answers to the questions of chapter 05, right ones in several styles and wrong ones."""

import numpy as np

from utils.explorers.power_rule import explore_growth, explore_trap
from utils.slopes import central_difference


def cube(x):
    """x³."""
    return x**3


def growth(**values):
    """The figure of exercise 3, moved."""
    return explore_growth().set(**values)


def trap(x):
    """The figure of exercise 6, moved."""
    return explore_trap().set(x=x)


# --- exercise 4: one term ---


def in_one_line(c, n, x):
    """The rule itself."""
    return c * n * x ** (n - 1)


def step_by_step(c, n, x):
    """Names for both parts."""
    factor = n * c
    exponent = n - 1
    return factor * pow(x, exponent)


def term_measured(c, n, x):
    """A central difference."""
    return central_difference(lambda at: c * at**n, x)


def wrong_way_below_zero(c, n, x):
    """−2 becomes −1."""
    return c * n * x ** ((abs(n) - 1) * (1 if n > 0 else -1))


# --- exercise 8: a list of coefficients ---


def with_a_copy(coefficients, x):
    """Strikes the constant out of a copy, as lists can."""
    rest = coefficients.copy()
    rest[0] = 0
    return sum(n * c * x ** (n - 1) for n, c in enumerate(rest) if c)


def shifted(coefficients, x):
    """Each coefficient moves one place down, as lists can."""
    down = coefficients[1:]
    down.append(0)
    return sum((n + 1) * c * x**n for n, c in enumerate(down))


def returns_after_the_first(coefficients, x):
    """The return stands in the loop."""
    total = 0
    for n, c in enumerate(coefficients):
        if n > 0:
            total += c * n * x ** (n - 1)
        return total


def returns_after_the_second(coefficients, x):
    """The return stands in the if."""
    total = 0
    for n, c in enumerate(coefficients):
        if n > 0:
            total += c * n * x ** (n - 1)
            return total


def mended(coefficients, x):
    """The loop, with both bugs mended."""
    total = 0
    for n, c in enumerate(coefficients):
        if n > 0:
            total += c * n * x ** (n - 1)
    return total


def as_sum(coefficients, x):
    """A sum over range."""
    return sum(n * coefficients[n] * x ** (n - 1) for n in range(1, len(coefficients)))


def with_numpy(coefficients, x):
    """NumPy's polynomials."""
    return np.polynomial.Polynomial(coefficients).deriv()(x)


def vectorised(coefficients, x):
    """Arrays all the way."""
    n = np.arange(1, len(coefficients))
    return np.sum(n * np.array(coefficients[1:]) * x ** (n - 1))


def measured(coefficients, x):
    """A central difference."""
    return central_difference(lambda at: sum(c * at**n for n, c in enumerate(coefficients)), x)


def constant_kept(coefficients, x):
    """Begins with the constant."""
    return coefficients[0] + mended(coefficients, x)


def brackets_missing(coefficients, x):
    """Takes 1 from the power."""
    total = 0
    for n, c in enumerate(coefficients):
        total += c * n * x**n - 1
    return total


def not_lowered(coefficients, x):
    """n c xⁿ."""
    return sum(n * c * x**n for n, c in enumerate(coefficients))


def not_in_front(coefficients, x):
    """c xⁿ⁻¹."""
    return sum(c * x ** (n - 1) for n, c in enumerate(coefficients) if n)


def divides_by_zero(coefficients, x):
    """Has the power rule for the constant too."""
    total = 0
    for n, c in enumerate(coefficients):
        total += c * n * x ** (n - 1)
    return total


def keeps_the_last(coefficients, x):
    """= for +=."""
    total = 0
    for n, c in enumerate(coefficients):
        if n > 0:
            total = c * n * x ** (n - 1)
    return total


def as_printed(coefficients, x):
    """The program of the exercise, both bugs in it."""
    return coefficients[0] + brackets_missing(coefficients, x)


RIGHT = {
    "power_rule.predict_five": [80, 80.0, 5 * 2**4, central_difference(lambda x: x**5, 2)],
    "power_rule.predict_slabs": ["c", "C", "(c)"],
    "power_rule.predict_lift": ["d", " D "],
    "power_rule.predict_multiple": ["6*x", "6x", "3 * 2x", "f'(x) = 6x", "6·x"],
    "power_rule.predict_inside": ["18*x", "18x", "9 * 2x", "f'(x) = 18x", "2·3x·3"],
    "power_rule.predict_sum": [
        "3*x**2 + 10*x - 2",
        "3x^2 + 10x - 2",
        "3x² + 10x − 2",
        "f'(x) = 3x² + 5·2x − 2 + 0",
        "x(3x + 10) - 2",
    ],
    "power_rule.predict_reciprocal": ["-1/x**2", "-x^-2", "−x⁻²", "-1 * x**(-2)", "-(1/x)^2"],
    "power_rule.predict_trap": ["c", "C."],
    "power_rule.1b": [
        6,
        2 * 60 / 100 * 5,
        1.2 * 5,
        np.float64(6.0),
    ],
    "power_rule.1": [0.12, 12 * 0.01, 3 * 2**2 * 0.01, np.float64(0.12), np.array(0.12)],
    "power_rule.2": [
        "20*x**4 - 6*x + 6",
        "20x^4 - 6x + 6",
        "20x⁴ − 6x + 6",
        "4·5x⁴ − 3·2x + 6 − 0",
    ],
    "power_rule.3": [
        growth(h=0.05),
        growth(h=0.1),
        growth(h=0.05, apart=True),
        explore_growth("a square, x²", h=0.5).set(shape="a cube, x³", h=0.05),
    ],
    "power_rule.4": [
        in_one_line,
        step_by_step,
        term_measured,
        lambda c, n, x: np.power(x, n - 1) * n * c,
        lambda c, n, x: c * n * x**n / x,
    ],
    "power_rule.5": ["-10/x**3", "-10x^-3", "−10x⁻³", "5 * (-2) * x**(-3)", "-10/(x*x*x)"],
    "power_rule.6": [
        trap(1.38),
        explore_trap(x=2).set(x=1.38),
    ],
    "power_rule.7": ["b", "B", "B and D"],
    "power_rule.8": [
        mended,
        as_sum,
        with_numpy,
        vectorised,
        measured,
        with_a_copy,
        shifted,
    ],
    "power_rule.9": [
        "3/sqrt(x) + 4/x**2",
        "3x^(-1/2) + 4x^-2",
        "3/sqrt(x) + 4/x²",
        "3*x**-0.5 - (-4)*x**-2",
    ],
    "power_rule.10": [
        "8*x - 12",
        "8x - 12",
        "4(2x - 3)",
        "2*(2*x - 3)*2",
        "4·2x − 12",
    ],
    "power_rule.11": [
        "2*x - 8/x**2",
        "2x − 8x⁻²",
        "(2x^3 - 8)/x^2",
        "(3x^2*x - (x^3 + 8))/x^2",
    ],
    "power_rule.12": [
        "2*w*x**2 - 2*x*y",
        "2wx² − 2xy",
        "2x(w x - y)",
        "2*(w*x - y)*x",
    ],
}

WRONG = {
    "power_rule.predict_five": [
        (32, "value-for-slope"),
        (160, "exponent-not-lowered"),
        (16, "exponent-not-in-front"),
        (10, "exponent-not-lowered"),
        (64, "wrong"),
        (79.9, "imprecise"),
        (800, "decimal-point"),
        ("80", "type"),
        (..., "not-attempted"),
    ],
    "power_rule.predict_slabs": [
        ("a", "power-of-a-sum"),
        ("b", "power-of-a-sum"),
        ("d", "difference-not-divided"),
        ("three slabs", "type"),
    ],
    "power_rule.predict_lift": [
        ("a", "constant-kept"),
        ("b", "power-rule-on-constant"),
        ("c", "sum-for-change"),
        (7, "type"),
    ],
    "power_rule.predict_inside": [
        ("6*x", "forgotten-inner-derivative"),
        ("2*(3x)", "forgotten-inner-derivative"),
        ("2*x", "factor-dropped"),
        ("9*x", "exponent-not-in-front"),
        ("18x^2", "exponent-not-lowered"),
        ("9x²", "value-for-slope"),
        ("(3x)^2", "value-for-slope"),
        ("3x^3", "derivative-turned-around"),
        ("18", "point-for-function"),
        ("x + 1", "wrong"),
        (..., "not-attempted"),
    ],
    "power_rule.predict_multiple": [
        ("2*x", "factor-dropped"),
        ("3*x", "exponent-not-in-front"),
        ("6x^2", "exponent-not-lowered"),
        ("3x²", "value-for-slope"),
        ("x^3", "derivative-turned-around"),
        ("0", "product-of-derivatives"),
        (0, "product-of-derivatives"),
        ("6", "point-for-function"),
        ("-6x", "sign-turned"),
        ("6y", "type"),
        ("...", "not-attempted"),
    ],
    "power_rule.predict_sum": [
        ("3x^2 + 10x - 2 + 7", "constant-kept"),
        ("3x² + 10x + 5", "constant-kept"),
        ("3x^3 + 10x^2 - 2x", "exponent-not-lowered"),
        ("3x² + 10x − 2x", "exponent-not-lowered"),
        ("x^2 + 5x - 2", "exponent-not-in-front"),
        ("3x^2 + 2x + 1", "factor-dropped"),
        ("x**3 + 5*x**2 - 2*x + 7", "value-for-slope"),
        ("3x² + 10x", "power-rule-on-constant"),
        ("3x² + 10x + 2", "slope-sign-lost"),
        ("3x^2 + 5x - 2", "exponent-not-in-front"),
        ("3x^2 + 2x - 2", "factor-dropped"),
        ("x^4/4 + 5x^3/3 - x^2 + 7x", "derivative-turned-around"),
        ("3x² + 7x − 2", "wrong"),
        ("11", "point-for-function"),
        ("3x^2 + 10x -", "type"),
        (..., "not-attempted"),
    ],
    "power_rule.predict_reciprocal": [
        ("1/x^2", "sign-error"),
        ("-1/x", "exponent-not-lowered"),
        ("-1", "negative-exponent-raised"),
        ("1", "denominator-alone"),
        ("1/x", "value-for-slope"),
        ("ln(x)", "derivative-turned-around"),
        ("-x^2", "reciprocal"),
        ("-2/x^2", "factor-of-two"),
    ],
    "power_rule.predict_trap": [
        ("a", "power-rule-on-exponential"),
        ("b", "power-rule-on-exponential"),
        (2, "type"),
    ],
    "power_rule.1b": [
        (1.2, "rate-for-change"),
        (180, "value-for-slope"),
        (360, "exponent-not-lowered"),
        (3, "exponent-not-in-front"),
        (600, "factor-dropped"),
        (42, "value-for-change"),
        (65**2 / 100 - 36, "imprecise"),
        (-6, "sign-turned"),
        (7, "wrong"),
        ("6 m", "type"),
        (None, "not-attempted"),
    ],
    "power_rule.1": [
        (12, "rate-for-change"),
        (0.08, "value-for-slope"),
        (0.24, "exponent-not-lowered"),
        (0.04, "exponent-not-in-front"),
        (8.12, "value-for-change"),
        (2.01**3 - 8, "imprecise"),
        (1.2, "decimal-point"),
        (-0.12, "sign-turned"),
        (0.5, "wrong"),
        (cube, "type"),
        (None, "not-attempted"),
    ],
    "power_rule.2": [
        ("20x^4 - 6x + 6 - 9", "constant-kept"),
        ("20x^4 - 6x - 3", "constant-kept"),
        ("20x^5 - 6x^2 + 6x", "exponent-not-lowered"),
        ("4x^4 - 3x + 6", "exponent-not-in-front"),
        ("5x^4 + 2x + 1", "factor-dropped"),
        ("20x^4 + 6x + 6", "slope-sign-lost"),
        ("4x⁵ − 3x² + 6x − 9", "value-for-slope"),
        ("20x^4 - 6x", "power-rule-on-constant"),
        ("20x^4 - 3x + 6", "exponent-not-in-front"),
        ("20x^4 - 6x^2 + 6", "exponent-not-lowered"),
        ("4x^6/6 - x^3 + 3x^2 - 9x", "derivative-turned-around"),
        ("20x^3 - 6x + 6", "wrong"),
        ("20", "point-for-function"),
        (lambda x: 20 * x**4 - 6 * x + 6, "type"),
        (None, "not-attempted"),
    ],
    "power_rule.3": [
        (growth(h=0), "h-is-zero"),
        (growth(h=0.4), "average-for-instantaneous"),
        (growth(h=0.15), "average-for-instantaneous"),
        (growth(shape="a square, x²", h=0.05), "wrong"),
        (growth(), "not-attempted"),
        (0.05, "type"),
    ],
    "power_rule.4": [
        (lambda c, n, x: c * n * x**n, "exponent-not-lowered"),
        (lambda c, n, x: c * x ** (n - 1), "exponent-not-in-front"),
        (lambda c, n, x: n * x ** (n - 1), "factor-dropped"),
        (wrong_way_below_zero, "negative-exponent-raised"),
        (lambda c, n, x: c * n * x**n - 1, "brackets-missing"),
        (lambda c, n, x: c * x**n, "value-for-slope"),
        (lambda c, n, x: n * (c * x) ** (n - 1), "brackets-missing"),
        (lambda c, n, x: c * n * x ** (n + 1), "exponent-not-lowered"),
        (lambda c, n, x: -c * n * x ** (n - 1), "sign-turned"),
        (lambda c, n, x: (c * n, n - 1), "type"),
        (lambda c, n, x: f"{c * n}x^{n - 1}", "type"),
        (lambda c, n: c * n, "type"),
        (30.0, "point-for-function"),
        (lambda c, n, x: (c + n) * x ** (n - 1), "wrong"),
        (lambda c, n, x: None, "not-attempted"),
        (None, "not-attempted"),
    ],
    "power_rule.5": [
        ("5/(2x)", "denominator-alone"),
        ("-10/x", "negative-exponent-raised"),
        ("-10/x^2", "exponent-not-lowered"),
        ("5/x^3", "exponent-not-in-front"),
        ("-2/x^3", "factor-dropped"),
        ("10/x^3", "sign-error"),
        ("0", "quotient-of-derivatives"),
        ("5/x^2", "value-for-slope"),
        ("-5/x", "derivative-turned-around"),
        ("-10", "point-for-function"),
        ("-5/x^3", "factor-of-two"),
        ("-10/m^3", "type"),
        (None, "not-attempted"),
    ],
    "power_rule.6": [
        (trap(2), "value-for-slope"),
        (trap(1.8), "error-read-as-weight"),
        (trap(1.2), "wrong"),
        (trap(0), "not-attempted"),
        (1.38, "type"),
    ],
    "power_rule.7": [
        ("a", "whole-exponents-only"),
        ("c", "power-rule-on-constant"),
        ("d", "power-rule-on-exponential"),
        ("E", "power-rule-on-exponential"),
        (2, "type"),
        (None, "not-attempted"),
    ],
    "power_rule.8": [
        (constant_kept, "constant-kept"),
        (brackets_missing, "brackets-missing"),
        (not_lowered, "exponent-not-lowered"),
        (not_in_front, "exponent-not-in-front"),
        (
            lambda coefficients, x: sum(c * x**n for n, c in enumerate(coefficients)),
            "value-for-slope",
        ),
        (divides_by_zero, "power-rule-on-constant"),
        (keeps_the_last, "wrong"),
        (as_printed, "bug-not-mended"),
        (lambda coefficients, x: -2 + 10 * x + 3 * x**2, "point-for-function"),
        (returns_after_the_first, "return-inside-the-loop"),
        (returns_after_the_second, "return-inside-the-loop"),
        (lambda coefficients, x: -mended(coefficients, x), "sign-turned"),
        (lambda coefficients: 0, "type"),
        (mended([7, -2, 5, 1], 2), "point-for-function"),
        (lambda coefficients, x: None, "not-attempted"),
    ],
    "power_rule.9": [
        ("3/sqrt(x) - 4/x**2", "sign-error"),
        ("3*sqrt(x) + 4/x", "exponent-not-lowered"),
        ("6x^(-1/2) - 4x^-2", "exponent-not-in-front"),
        ("6/sqrt(x) + 4/x^2", "exponent-not-in-front"),
        ("3/sqrt(x) - 4", "denominator-alone"),
        ("3/sqrt(x) + 4", "negative-exponent-raised"),
        ("1/(2*sqrt(x)) - 1/x**2", "factor-dropped"),
        ("1/(2*sqrt(x)) + 1/x**2", "factor-dropped"),
        ("6*sqrt(x) - 4/x", "value-for-slope"),
        ("4*x**1.5 - 4*ln(x)", "derivative-turned-around"),
        ("3/x + 4/x**2", "wrong"),
        ("7", "point-for-function"),
        ("3 over x", "type"),
        ("...", "not-attempted"),
    ],
    "power_rule.10": [
        ("2(2x - 3)", "forgotten-inner-derivative"),
        ("8x", "power-of-a-sum"),
        ("8x - 6", "power-of-a-sum"),
        ("8x + 12", "slope-sign-lost"),
        ("2x - 12", "factor-dropped"),
        ("4x - 12", "factor-dropped"),
        ("8x^2 - 12x", "exponent-not-lowered"),
        ("8x - 12 + 9", "constant-kept"),
        ("4", "nested-derivatives"),
        ("(2x - 3)^2", "value-for-slope"),
        ("8x - 10", "wrong"),
        ("-12", "point-for-function"),
        ("...", "not-attempted"),
    ],
    "power_rule.11": [
        ("3*x**2", "quotient-of-derivatives"),
        ("2x", "one-term-divided"),
        ("3x^2 - 8/x^2", "one-term-divided"),
        ("2x + 8/x^2", "sign-error"),
        ("2x^2 - 8/x", "exponent-not-lowered"),
        ("2x - 8", "negative-exponent-raised"),
        ("2x + 8", "denominator-alone"),
        ("(x^3 + 8)/x", "value-for-slope"),
        ("x^3/3 + 8 ln(x)", "derivative-turned-around"),
        ("2x - 4/x", "wrong"),
        (-6, "point-for-function"),
        (None, "not-attempted"),
    ],
    "power_rule.12": [
        ("2*w**2*x - 2*w*y", "wrong-letter"),
        ("-2*w*x + 2*y", "wrong-letter"),
        ("4*w*x - 2*y", "other-variable-moves"),
        ("2*w*x**2 - 2*x*y + y**2", "constant-kept"),
        ("2*w*x**2 - 2*x*y + 2*y", "constant-kept"),
        ("2*w**2*x**2 - 2*w*x*y", "exponent-not-lowered"),
        ("w*x**2 - 2*x*y", "exponent-not-in-front"),
        ("2(w*x - y)", "forgotten-x-factor"),
        ("2*w*x**2 + 2*x*y", "slope-sign-lost"),
        ("(w*x - y)^2", "value-for-slope"),
        ("2*w*x - 2*x*y", "wrong"),
        ("...", "not-attempted"),
    ],
}
