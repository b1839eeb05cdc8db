"""Answers to the questions of chapter 11, right ones in several styles and wrong ones."""

import functools

import numpy as np

from utils.descent import descend as walk_of
from utils.explorers.gradient_descent import explore_walk

in_other_words = explore_walk(
    lambda w: w * (w**3 - 4 * w + 1), start=1, eta=0.02, steps=100, over=(-2, 2)
)


def valley(**values):
    """The figure of exercise 4, moved."""
    view = explore_walk("x**4 - 4*x**2 + x", start=2, eta=0.01, steps=100, over=(-2.3, 2.3))
    return view.set(**values)


# --- exercise 2 ---


def counted():
    """A loop that counts."""
    w, n = 8.0, 0
    while abs(w - 3) >= 0.01:
        w, n = w - 0.2 * (w - 3), n + 1
    return n


# --- exercise 3 ---


def quartic_slope(w):
    """The derivative of w⁴ − 4w² + w."""
    return 4 * w**3 - 8 * w + 1


def quartic_end(start, steps, eta=0.01):
    """Where a walk on w⁴ − 4w² + w ends."""
    w = start
    for _ in range(steps):
        w = w - eta * quartic_slope(w)
    return w


def quartic_measured():
    """The same with a difference quotient in place of the rule."""
    w, h = 2.0, 1e-6
    for _ in range(100):
        up, down = ((w + d) ** 4 - 4 * (w + d) ** 2 + (w + d) for d in (h, -h))
        w = w - 0.01 * (up - down) / (2 * h)
    return w


# --- exercise 6 ---


def in_a_loop(gradient, w, eta, steps):
    """As in the lesson."""
    for _ in range(steps):
        w = w - eta * gradient(w)
    return w


def with_while(gradient, w, eta, steps):
    """Counts down."""
    while steps > 0:
        w = w + eta * -gradient(w)
        steps -= 1
    return w


def recursive(gradient, w, eta, steps):
    """Calls itself."""
    if steps == 0:
        return w
    return recursive(gradient, w - eta * gradient(w), eta, steps - 1)


def keeps_a_path(gradient, w, eta, steps):
    """Stores all places and gives back the last."""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - eta * gradient(path[-1]))
    return path[-1]


def in_place(gradient, w, eta, steps):
    """Changes the learner's own array."""
    w = np.array(w, dtype=float)
    for _ in range(steps):
        w -= eta * gradient(w)
    return w


def folded(gradient, w, eta, steps):
    """With reduce."""
    return functools.reduce(lambda at, _: at - eta * gradient(at), range(steps), w)


def returns_too_soon(gradient, w, eta, steps):
    """The return stands inside the loop."""
    for _ in range(steps):
        w = w - eta * gradient(w)
        return w


def gives_the_path(gradient, w, eta, steps):
    """All places, where the last was asked."""
    path = [w]
    for _ in range(steps):
        path.append(path[-1] - eta * gradient(path[-1]))
    return path


# --- exercise 8 ---


def two_lines(d1, d2, w1, w2, eta, steps):
    """Slopes first, then moves."""
    for _ in range(steps):
        s1, s2 = d1(w1, w2), d2(w1, w2)
        w1 -= eta * s1
        w2 -= eta * s2
    return [w1, w2]


def one_line(d1, d2, w1, w2, eta, steps):
    """Both at once."""
    for _ in range(steps):
        w1, w2 = w1 - eta * d1(w1, w2), w2 - eta * d2(w1, w2)
    return w1, w2


def with_arrays(d1, d2, w1, w2, eta, steps):
    """One array for both weights."""
    w = np.array([w1, w2], dtype=float)
    for _ in range(steps):
        w = w - eta * np.array([d1(*w), d2(*w)])
    return w


def with_the_library(d1, d2, w1, w2, eta, steps):
    """The course's own walk."""
    return walk_of(lambda a, b: (d1(a, b), d2(a, b)), (w1, w2), eta, steps)[-1]


def buggy(d1, d2, w1, w2, eta, steps):
    """As it stands in the exercise."""
    slope = d1(w1, w2)
    for _ in range(steps):
        w1 = w1 - eta * slope
        w2 = w2 - eta * d2(w1, w2)
    return [w1, w2]


def sequential(d1, d2, w1, w2, eta, steps):
    """The slope is measured in the loop; the order is still wrong."""
    for _ in range(steps):
        w1 = w1 - eta * d1(w1, w2)
        w2 = w2 - eta * d2(w1, w2)
    return [w1, w2]


def second_first(d1, d2, w1, w2, eta, steps):
    """The second weight moves before the slope of the first is measured."""
    for _ in range(steps):
        w2 = w2 - eta * d2(w1, w2)
        w1 = w1 - eta * d1(w1, w2)
    return [w1, w2]


def start_slope(d1, d2, w1, w2, eta, steps):
    """The order is right; the first slope is still that of the start."""
    slope = d1(w1, w2)
    for _ in range(steps):
        w1, w2 = w1 - eta * slope, w2 - eta * d2(w1, w2)
    return [w1, w2]


def start_slopes(d1, d2, w1, w2, eta, steps):
    """Both slopes are those of the start."""
    s1, s2 = d1(w1, w2), d2(w1, w2)
    for _ in range(steps):
        w1, w2 = w1 - eta * s1, w2 - eta * s2
    return [w1, w2]


# --- exercise 6b ---


def try_and_halve(loss, slope, w, eta):
    """A loop that asks the loss."""
    count = 0
    while loss(w - eta * slope(w)) >= loss(w):
        eta, count = eta / 2, count + 1
    return count


def by_recursion(loss, slope, w, eta):
    """One halving at a time."""
    if loss(w - eta * slope(w)) < loss(w):
        return 0
    return 1 + by_recursion(loss, slope, w, eta / 2)


def by_powers(loss, slope, w, eta):
    """The first power of a half that works, for arrays too."""
    here, down = loss(w), slope(w)
    return next(n for n in range(100) if loss(w - eta * 0.5**n * down) < here)


def never_back(loss, slope, w, eta):
    """The next try starts where the last one landed."""
    count = 0
    before = loss(w)
    w = w - eta * slope(w)
    while loss(w) >= before and count < 60 and abs(w) < 1e50:
        eta, count = eta / 2, count + 1
        before, w = loss(w), w - eta * slope(w)
    return count


def left_over(loss, slope, w, eta):
    """The learning rate itself."""
    return eta / 2 ** try_and_halve(loss, slope, w, eta)


# --- exercise 8b ---


def until_flat(slope, w, eta, flat, most, size=abs):
    """Goes on until the slope is small."""
    steps = 0
    while size(slope(w)) >= flat and steps < most:
        w, steps = w - eta * slope(w), steps + 1
    return [w, steps]


def with_break(slope, w, eta, flat, most):
    """A loop with a number of rounds, left early."""
    for n in range(most):
        s = slope(w)
        if -flat < s < flat:
            return w, n
        w = w - eta * s
    return w, most


def squared(slope, w, eta, flat, most):
    """Compares squares."""
    steps = 0
    while slope(w) ** 2 >= flat**2 and steps != most:
        w -= eta * slope(w)
        steps += 1
    return np.array([w, steps])


def step_is_short(slope, w, eta, flat, most):
    """Looks at the step."""
    return until_flat(slope, w, eta, flat, most, size=lambda s: abs(eta * s))


def place_is_small(slope, w, eta, flat, most):
    """Looks at the weight."""
    steps = 0
    while abs(w) >= flat and steps < most:
        w, steps = w - eta * slope(w), steps + 1
    return [w, steps]


def counts_the_look(slope, w, eta, flat, most):
    """Moves, then looks whether it was flat before."""
    steps = 0
    while True:
        s = slope(w)
        w, steps = w - eta * s, steps + 1
        if abs(s) < flat or steps > most:
            return [w, steps]


def without_end(slope, w, eta, flat, most):
    """Never gives up."""
    return until_flat(slope, w, eta, flat, float("inf"))


# --- exercise 9 ---


def by_signs(slope, start):
    """Doubles, then halves."""
    w, step, turned = start, 1.0, False
    before = slope(w)
    for _ in range(59):
        w = w - step if before > 0 else w + step
        now = slope(w)
        turned = turned or now * before < 0
        step, before = (step / 2 if turned else 2 * step), now
    return w


def by_halves(slope, start):
    """Two walls, then their middle."""
    low, high, reach = start, start, 1.0
    while slope(low) > 0:
        low, reach = low - reach, 2 * reach
    reach = 1.0
    while slope(high) < 0:
        high, reach = high + reach, 2 * reach
    for _ in range(35):
        middle = (low + high) / 2
        low, high = (low, middle) if slope(middle) > 0 else (middle, high)
    return (low + high) / 2


def rate_that_learns(slope, start):
    """Steps against the sign that grow while it stays and shrink where it changes."""
    w, step, last = np.float64(start), 4.0, 0.0
    for _ in range(60):
        sign = np.sign(slope(w))
        step *= 1.5 if sign == last else 0.5
        w, last = w - step * sign, sign
    return w


def plain(eta, steps=50):
    """One learning rate."""

    def walk(slope, start):
        for _ in range(steps):
            start = start - eta * slope(start)
        return start

    return walk


def gives_up(slope, start):
    """Steps of one, ten times."""
    for _ in range(10):
        start -= np.sign(slope(start))
    return start


RIGHT = {
    "gradient_descent.predict_first": [7, 7.0, 8 - 0.1 * 10, np.float64(7)],
    "gradient_descent.predict_shrink": ["b", "B", "(b)"],
    "gradient_descent.predict_order": ["b", " B"],
    "gradient_descent.predict_path": ["b", "B"],
    "gradient_descent.predict_valleys": ["b", "B"],
    "gradient_descent.predict_hurry": ["c", "C"],
    "gradient_descent.1": [
        [1.8, 0.7],
        (2 - 0.05 * 4, 1 - 0.05 * 6),
        np.array([2, 1]) - 0.05 * np.array([4, 6]),
    ],
    "gradient_descent.2": [28, counted(), 28.0],
    "gradient_descent.3": [
        quartic_end(2.0, 100),
        1.347,
        quartic_measured(),
        np.float64(1.34700),
    ],
    "gradient_descent.4": [
        valley(start=-2, steps=100),
        valley(start=-0.5, steps=100),
        valley(start=0, steps=100, eta=0.03),
        explore_walk(
            lambda w: w * (w**3 - 4 * w + 1), start=1, eta=0.02, steps=100, over=(-2, 2)
        ).set(start=-1, steps=80),
    ],
    "gradient_descent.5": ["d", "D"],
    "gradient_descent.6": [
        in_a_loop,
        with_while,
        recursive,
        keeps_a_path,
        in_place,
        folded,
    ],
    "gradient_descent.6b": [try_and_halve, by_recursion, by_powers],
    "gradient_descent.8b": [until_flat, with_break, squared],
    "gradient_descent.9": [by_signs, by_halves, rate_that_learns],
    "gradient_descent.7": ["b", "B"],
    "gradient_descent.8": [two_lines, one_line, with_arrays, with_the_library],
}

WRONG = {
    "gradient_descent.predict_first": [
        (9, "ascent-for-descent"),
        (-2, "step-size-left-out"),
        (5.5, "value-for-slope"),
        (1, "step-for-place"),
        (-1, "step-for-place"),
        (3, "wrong"),
        (7.03, "imprecise"),
        ([7], "type"),
        (..., "not-attempted"),
    ],
    "gradient_descent.predict_shrink": [
        ("a", "slope-of-the-start"),
        ("c", "step-too-large"),
        ("d", "flat-read-as-minimum"),
        (5, "type"),
        (..., "not-attempted"),
    ],
    "gradient_descent.predict_order": [
        ("a", "sequential-update"),
        ("c", "sequential-update"),
        ("d", "one-step-too-many"),
        ("no", "type"),
    ],
    "gradient_descent.predict_path": [
        ("a", "aims-at-the-minimum"),
        ("c", "along-the-contour"),
        ("d", "partials-swapped"),
    ],
    "gradient_descent.predict_valleys": [
        ("a", "local-for-global"),
        ("c", "aims-at-the-minimum"),
        ("d", "local-for-global"),
    ],
    "gradient_descent.predict_hurry": [
        ("a", "step-too-large"),
        ("b", "step-too-large"),
        ("d", "one-step-too-many"),
    ],
    "gradient_descent.1": [
        ([2.2, 1.3], "ascent-for-descent"),
        ([-2, -5], "step-size-left-out"),
        ([1.7, 0.8], "partials-swapped"),
        ([1.65, 0.65], "value-for-slope"),
        ([0.2, 0.3], "step-for-place"),
        ([-0.2, -0.3], "step-for-place"),
        ([0.7, 1.8], "partials-swapped"),
        ([1.62, 0.49], "one-step-too-many"),
        ([1.8, 0.1], "wrong"),
        (1.8, "type"),
        ([1.8], "type"),
        (None, "not-attempted"),
    ],
    "gradient_descent.2": [
        (27, "one-step-too-many"),
        (29, "one-step-too-many"),
        (5, "slope-of-the-start"),
        (18, "error-read-as-weight"),
        (100, "wrong"),
        ("28", "type"),
        (None, "not-attempted"),
    ],
    "gradient_descent.3": [
        (-1.4730, "aims-at-the-minimum"),
        (quartic_end(-2.0, 100), "aims-at-the-minimum"),
        (-2.6186, "error-read-as-weight"),
        (-15, "slope-of-the-start"),
        (1.83, "one-step-too-many"),
        (quartic_end(2.0, 20), "wrong"),
        (1.35, "rounded-early"),
        (None, "not-attempted"),
    ],
    "gradient_descent.4": [
        (valley(start=2, steps=100), "local-for-global"),
        (valley(start=0.2, steps=100), "local-for-global"),
        (valley(start=-2, steps=2), "stopped-too-soon"),
        (valley(start=-2, steps=0), "stopped-too-soon"),
        (valley(start=-2, steps=100, eta=0), "wrong"),
        (valley(), "not-attempted"),
        (-1.473, "type"),
    ],
    "gradient_descent.5": [
        ("a", "gradient-blamed"),
        ("b", "ascent-for-descent"),
        ("c", "one-step-too-many"),
        (1.05, "type"),
        (None, "not-attempted"),
    ],
    "gradient_descent.6": [
        (lambda g, w, eta, n: in_a_loop(g, w, -eta, n), "ascent-for-descent"),
        (lambda g, w, eta, n: in_a_loop(g, w, 1, n), "step-size-left-out"),
        (lambda g, w, eta, n: w - n * eta * g(w), "slope-of-the-start"),
        (lambda g, w, eta, n: in_a_loop(g, w, eta, n + 1), "one-step-too-many"),
        (lambda g, w, eta, n: in_a_loop(g, w, eta, n - 1), "one-step-too-many"),
        (returns_too_soon, "stopped-too-soon"),
        (lambda g, w, eta, n: in_a_loop(lambda at: eta * g(at), w, eta, n), "step-size-twice"),
        (lambda g, w, eta, n: w, "input-not-used"),
        (gives_the_path, "type"),
        (lambda g, w, eta: w - eta * g(w), "type"),
        (lambda g, w, eta, n: g * w, "error"),
        (None, "not-attempted"),
    ],
    "gradient_descent.7": [
        ("a", "one-step-too-many"),
        ("c", "one-weight-only"),
        ("d", "claim-for-result"),
        ("BDE", "type"),
        (None, "not-attempted"),
    ],
    "gradient_descent.8": [
        (buggy, "bug-not-mended"),
        (sequential, "sequential-update"),
        (start_slope, "slope-of-the-start"),
        (start_slopes, "slope-of-the-start"),
        (lambda a, b, v, w, eta, n: two_lines(a, b, v, w, -eta, n), "ascent-for-descent"),
        (lambda a, b, v, w, eta, n: two_lines(a, b, v, w, eta, n)[0], "type"),
        (lambda a, b, v, w, eta, n: two_lines(a, b, v, w, eta, n)[::-1], "partials-swapped"),
        (second_first, "sequential-update"),
        (lambda a, b, v, w, eta, n: two_lines(a, b, v, w, eta, n + 1), "one-step-too-many"),
        (lambda a, b, v, w, eta, n: two_lines(a, b, v, w, eta, n - 1), "one-step-too-many"),
        (lambda a, b, v, w, eta, n: [v, w], "input-not-used"),
        (None, "not-attempted"),
    ],
    "gradient_descent.6b": [
        (never_back, "error"),
        (lambda *given: 0 if try_and_halve(*given) == 0 else 1, "stopped-too-soon"),
        (lambda *given: try_and_halve(*given) + 1, "one-step-too-many"),
        (lambda *given: try_and_halve(*given) - 1, "one-step-too-many"),
        (left_over, "rate-for-count"),
        (
            lambda loss, slope, w, eta: w - left_over(loss, slope, w, eta) * slope(w),
            "place-for-value",
        ),
        (lambda loss, slope, w, eta: try_and_halve(loss, slope, w, -eta), "endless"),
        (lambda loss, slope, w, eta: 3, "input-not-used"),
        (lambda loss, slope, w, eta: (eta, w), "type"),
        (lambda loss, w, eta: 3, "type"),
        (lambda loss, slope, w, eta: ..., "not-attempted"),
    ],
    "gradient_descent.8b": [
        (lambda *given: until_flat(*given, size=lambda s: s), "bug-not-mended"),
        (step_is_short, "step-for-place"),
        (place_is_small, "value-for-slope"),
        (counts_the_look, "one-step-too-many"),
        (
            lambda slope, w, eta, flat, most: until_flat(slope, w, -eta, flat, most),
            "error",
        ),
        (lambda *given: until_flat(*given)[::-1], "partials-swapped"),
        (without_end, "endless"),
        (lambda *given: [given[1], 0], "wrong"),
        (lambda *given: until_flat(*given)[0], "type"),
        (lambda slope, w, eta, flat: [w, 0], "type"),
        (lambda slope, w, eta, flat, most: None, "not-attempted"),
    ],
    "gradient_descent.9": [
        (plain(0.1), "one-rate-for-all"),
        (plain(0.0005), "one-rate-for-all"),
        (plain(-0.001), "ascent-for-descent"),
        (gives_up, "stopped-too-soon"),
        (plain(0.1, 100), "budget-exceeded"),
        (lambda slope, start: start, "wrong"),
        (lambda slope, start: (by_signs(slope, start), 60), "type"),
        (lambda slope, start: slope([start]), "error"),
        (lambda slope: 3, "type"),
        (3.2, "type"),
        (lambda slope, start: ..., "not-attempted"),
    ],
}
