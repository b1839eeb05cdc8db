"""Answers to the questions of chapter 10, right ones in several styles and wrong ones."""

import math

import numpy as np

from utils.explorers.gradient import explore_direction, explore_guess
from utils.slopes import central_difference, numerical_gradient
from utils.surfaces import as_surface


def level(x=2.0, y=1.0, angle=0.0):
    """The figure of exercise 4, moved."""
    return explore_direction("elliptical_bowl", x=2, y=1).set(x=x, y=y, angle=angle)


def guessed(guess, x=2.0, y=1.0):
    """The figure of exercise 5, moved."""
    return explore_guess("elliptical_bowl", x=2, y=1).set(x=x, y=y, guess=guess)


J = as_surface("mixed").f


# --- exercise 6 ---


def in_two_lines(f, x, y):
    """Two difference quotients."""
    h = 1e-6
    return [(f(x + h, y) - f(x, y)) / h, (f(x, y + h) - f(x, y)) / h]


def from_both_sides(f, x, y, h=1e-5):
    """Central differences, as an array."""
    along_x = (f(x + h, y) - f(x - h, y)) / (2 * h)
    along_y = (f(x, y + h) - f(x, y - h)) / (2 * h)
    return np.array([along_x, along_y])


def with_lambdas(f, x, y):
    """One-variable slices, and the tool of an earlier chapter."""
    return (
        central_difference(lambda at: f(at, y), x),
        central_difference(lambda at: f(x, at), y),
    )


def nudges_both(f, x, y):
    """Moves the other variable too."""
    h = 1e-6
    slope = (f(x + h, y + h) - f(x, y)) / h
    return [slope, slope]


def x_stays_nudged(f, x, y):
    """The second nudge comes on top of the first."""
    h = 1e-6
    along_x = (f(x + h, y) - f(x, y)) / h
    return [along_x, (f(x + h, y + h) - f(x, y)) / h]


def not_divided(f, x, y):
    """Two changes, and no step to divide them by."""
    h = 1e-6
    return [f(x + h, y) - f(x, y), f(x, y + h) - f(x, y)]


def swapped(f, x, y):
    """y first."""
    return in_two_lines(f, x, y)[::-1]


def one_number(f, x, y):
    """Adds up."""
    return sum(in_two_lines(f, x, y))


def with_step(h):
    """Forward differences with this step."""
    return lambda f, x, y: [(f(x + h, y) - f(x, y)) / h, (f(x, y + h) - f(x, y)) / h]


# --- exercise 6b ---


def grid(count, low=0.0, high=10.0):
    """Places side by side."""
    spots = np.linspace(low, high, count)
    return [(x, y) for x in spots for y in spots]


def grid_then_finer(height):
    """A coarse grid, then finer ones around the best place."""
    best, size = max((height(x, y), x, y) for x, y in grid(6, 0.8, 9.2)), 0.84
    for _ in range(2):
        around = [(best[1] + size * i, best[2] + size * j) for i in (-1, 0, 1) for j in (-1, 0, 1)]
        best = max([best] + [(height(x, y), x, y) for x, y in around])
        size /= 2
    return best[1:]


def measured_gradient(height):
    """A grid, then gradient ascent with slopes from two nudges each, and halved steps."""
    x, y = max(grid(6, 1, 9), key=lambda at: height(*at))
    here, step = height(x, y), 0.8
    for _ in range(7):
        slope = np.array([height(x + 0.01, y) - here, height(x, y + 0.01) - here])
        new = np.array([x, y]) + step * slope / np.linalg.norm(slope)
        there = height(*new)
        if there > here:
            (x, y), here = new, there
        else:
            step /= 2
    return [x, y]


def random_steps(height):
    """Random steps around the best place so far, which get shorter; the dice are fixed."""
    dice = np.random.default_rng(3)
    places = grid(6, 1, 9)
    best = max(places, key=lambda at: height(*at))
    top, size = height(*best), 0.8
    for _ in range(23):
        new = np.array(best) + size * dice.normal(size=2)
        value = height(*new)
        if value > top:
            best, top = new, value
        else:
            size *= 0.93
    return np.array(best)


def climb_from(x, y):
    """Uphill from one place."""

    def climb(height):
        at, step, here = np.array([x, y], dtype=float), 1.0, height(x, y)
        for _ in range(14):
            around = [at + step * d for d in np.array([[1, 0], [-1, 0], [0, 1], [0, -1]])]
            heights = [height(*place) for place in around]
            if max(heights) > here:
                at, here = around[int(np.argmax(heights))], max(heights)
            else:
                step /= 2
        return at

    return climb


# --- exercise 7 ---


def by_hand(g, d):
    """No NumPy at all."""
    length = math.sqrt(sum(c * c for c in d))
    return sum(a * b for a, b in zip(g, d, strict=True)) / length


def by_the_angle(g, d):
    """|g| times the cosine of the angle between both."""
    cosine = (g @ d) / (np.linalg.norm(g) * np.linalg.norm(d))
    return np.linalg.norm(g) * cosine


# --- exercise 8 ---


def with_copies(f, w):
    """A copy for each nudge."""
    h = 1e-6
    slopes = []
    for i in range(len(w)):
        nudged = w.copy()
        nudged[i] += h
        slopes.append((f(nudged) - f(w)) / h)
    return slopes


def takes_back(f, w):
    """The same array, each nudge undone."""
    h, start = 1e-6, f(w)
    slopes = np.zeros(len(w))
    for i in range(len(w)):
        w[i] += h
        slopes[i] = (f(w) - start) / h
        w[i] -= h
    return slopes


def with_unit_vectors(f, w):
    """Rows of the identity matrix, both sides."""
    h = 1e-5
    return [(f(w + h * e) - f(w - h * e)) / (2 * h) for e in np.eye(len(w))]


def buggy(f, w):
    """As it stands in the exercise."""
    h = 1e-6
    start = f(w)
    slopes = []
    for i in range(len(w)):
        w[i] = w[i] + h
        slopes.append((f(w) - start) / (2 * h))
    return slopes


def half_mended(f, w):
    """The division is right, and the nudges still pile up."""
    return [2 * slope for slope in buggy(f, w)]


def halved(f, w):
    """No nudge piles up, and the division is still by 2h."""
    return [slope / 2 for slope in with_copies(f, w)]


def all_at_once(f, w):
    """Every knob for every slope."""
    slope = (f(w + 1e-6) - f(w)) / 1e-6
    return [slope] * len(w)


RIGHT = {
    "gradient.predict_direction": ["c", "C", "(c)"],
    "gradient.predict_length": [
        math.sqrt(52),
        (4**2 + 6**2) ** 0.5,
        np.linalg.norm([4, 6]),
        math.hypot(4, 6),
        7.21,
    ],
    "gradient.predict_slope": [6.8, 4 * 0.8 + 6 * 0.6, np.dot([4, 6], [0.8, 0.6])],
    "gradient.predict_level": ["c", " C"],
    "gradient.predict_many": [
        [3, -2, 5],
        (3.0, -2.0, 5.0),
        np.array([3, -2, 5]),
        numerical_gradient(lambda a, b, c: 3 * a - 2 * b + 5 * c, (1, 2, 1)),
    ],
    "gradient.1": [
        [2 * 1 + 3 * 2, 3 * 1 + 2 * 2],
        (8, 7),
        np.array([8.0, 7.0]),
        numerical_gradient(J, (1, 2)),
        in_two_lines(J, 1, 2),
    ],
    "gradient.2": ["d", "D", "arrow D"],
    "gradient.3": [
        math.hypot(-5, 12) * 0.01,
        0.13,
        np.linalg.norm([-5, 12]) * 0.01,
        13 / 100,
    ],
    "gradient.4": [
        level(angle=145),
        level(angle=325),
        explore_direction("x**2 + 3*y**2", x=2, y=1, angle=40).set(angle=145),
    ],
    "gradient.5": [guessed(240), guessed(240).set(show=True), guessed(235, x=2, y=1)],
    "gradient.6": [
        in_two_lines,
        from_both_sides,
        with_lambdas,
        lambda f, x, y: numerical_gradient(f, (x, y)),
        with_step(1e-5),
    ],
    "gradient.6b": [grid_then_finer, measured_gradient, random_steps],
    "gradient.7": [
        lambda g, d: g @ (d / np.linalg.norm(d)),
        lambda g, d: np.dot(g, d) / np.sqrt((d**2).sum()),
        by_hand,
        by_the_angle,
        lambda g, d: (g * d).sum() / np.linalg.norm(d),
    ],
    "gradient.8": [
        with_copies,
        takes_back,
        with_unit_vectors,
        lambda f, w: numerical_gradient(lambda *v: f(np.array(v)), w),
    ],
}

WRONG = {
    "gradient.predict_direction": [
        ("a", "smallest-weight"),
        ("b", "largest-partial-only"),
        ("d", "aims-at-the-minimum"),
        (4, "type"),
        (..., "not-attempted"),
    ],
    "gradient.predict_length": [
        (10, "sum-for-length"),
        (6, "largest-partial-only"),
        (7, "value-for-slope"),
        (52, "root-left-out"),
        (13, "wrong"),
        (7.25, "imprecise"),
        ([4, 6], "type"),
        (..., "not-attempted"),
    ],
    "gradient.predict_slope": [
        (10, "sum-of-partials"),
        (7.2, "partials-swapped"),
        (math.hypot(4, 6), "length-for-slope"),
        (5, "average-of-values"),
        ([3.2, 3.6], "type"),
        (68, "direction-not-normalised"),
        (34, "wrong"),
        (..., "not-attempted"),
    ],
    "gradient.predict_level": [
        ("a", "along-the-contour"),
        ("b", "along-the-contour"),
        ("d", "aims-at-the-minimum"),
        ("90", "type"),
    ],
    "gradient.predict_many": [
        (6, "sum-of-partials"),
        ([6, 6, 6], "other-variable-moves"),
        ([[3, -2, 5]], "gradient-wrong-shape"),
        (np.array([[3.0], [-2.0], [5.0]]), "gradient-wrong-shape"),
        ([3, 2, 5], "wrong"),
        ([-3, 2, -5], "sign-turned"),
        ([3, -2], "type"),
        (..., "not-attempted"),
    ],
    "gradient.1": [
        ([7, 8], "partials-swapped"),
        (15, "sum-of-partials"),
        ([15, 15], "other-variable-moves"),
        ([[8, 7]], "gradient-wrong-shape"),
        (np.array([[8.0], [7.0]]), "gradient-wrong-shape"),
        ([-8, -7], "sign-error"),
        ([2, 4], "wrong"),
        (11, "type"),
        ([8.01, 7.01], "imprecise"),
        (lambda w1, w2: [2 * w1 + 3 * w2, 3 * w1 + 2 * w2], "type"),
        (None, "not-attempted"),
    ],
    "gradient.2": [
        ("a", "aims-at-the-minimum"),
        ("B", "along-the-contour"),
        ("c", "ascent-for-descent"),
        ("e", "type"),
        (None, "not-attempted"),
    ],
    "gradient.3": [
        (0.17, "sum-for-length"),
        (0.07, "sum-of-partials"),
        (13, "rate-for-change"),
        (0.12, "largest-partial-only"),
        (-0.13, "sign-error"),
        (1300, "rate-for-change"),
        (1.3, "decimal-point"),
        (0.01, "wrong"),
        ("0.13", "type"),
        (None, "not-attempted"),
    ],
    "gradient.4": [
        (level(angle=55), "along-the-contour"),
        (level(angle=235), "along-the-contour"),
        (level(angle=115), "aims-at-the-minimum"),
        (level(x=0, y=0, angle=40), "flat-read-as-minimum"),
        (level(x=2, y=0, angle=90), "given-changed"),
        (level(x=1.5, y=0.5, angle=135), "given-changed"),
        (level(angle=180), "wrong"),
        (level(), "not-attempted"),
        (145, "type"),
    ],
    "gradient.5": [
        (guessed(60), "ascent-for-descent"),
        (guessed(210), "aims-at-the-minimum"),
        (guessed(150), "along-the-contour"),
        (guessed(330), "along-the-contour"),
        (guessed(270, x=0, y=1), "given-changed"),
        (guessed(230, x=1.5, y=0.5), "given-changed"),
        (guessed(270), "wrong"),
        (guessed(0), "not-attempted"),
    ],
    "gradient.6": [
        (swapped, "partials-swapped"),
        (nudges_both, "other-variable-moves"),
        (one_number, "sum-of-partials"),
        (lambda f, x, y: f(x, y), "value-for-slope"),
        (lambda f, x, y: [-slope for slope in in_two_lines(f, x, y)], "sign-error"),
        (lambda f, x, y: [2 * slope for slope in from_both_sides(f, x, y)], "central-divided-by-h"),
        (with_step(1.0), "step-too-large"),
        (with_step(0.1), "step-too-large"),
        (x_stays_nudged, "nudge-not-taken-back"),
        (not_divided, "difference-not-divided"),
        (lambda f, x, y: with_step(x * 1e-6)(f, x, y), "h-is-zero"),
        (lambda f, x, y: [in_two_lines(f, x, y)], "gradient-wrong-shape"),
        (lambda f, x, y: np.array([in_two_lines(f, x, y)]).T, "gradient-wrong-shape"),
        (with_step(0), "h-is-zero"),
        (with_step(0.01), "imprecise"),
        (lambda f, x, y: [f(x, y), f(x, y)], "wrong"),
        (lambda f, x, y: in_two_lines(f, x, y)[0], "type"),
        ([4, 6], "type"),
        (lambda f, x: f(x, x), "type"),
        (lambda f, x, y: None, "not-attempted"),
    ],
    "gradient.7": [
        (lambda g, d: g @ d, "direction-not-normalised"),
        (lambda g, d: g * d, "products-not-added"),
        (lambda g, d: g * (d / np.linalg.norm(d)), "products-not-added"),
        (lambda g, d: np.linalg.norm(g), "length-for-slope"),
        (lambda g, d: g @ d / np.abs(d).sum(), "sum-for-length"),
        (lambda g, d: sum(g), "sum-of-partials"),
        (lambda g, d: -by_hand(g, d), "sign-turned"),
        (lambda g, d: g @ d / (np.linalg.norm(g) * np.linalg.norm(d)), "direction-not-normalised"),
        (lambda g, d: g @ d / np.linalg.norm(g), "direction-not-normalised"),
        (lambda g, d: g @ d / (d**2).sum(), "direction-not-normalised"),
        (lambda g, d: max(g), "input-not-used"),
        (lambda g: g, "type"),
        (None, "not-attempted"),
    ],
    "gradient.8": [
        (buggy, "nudge-not-taken-back"),
        (half_mended, "nudge-not-taken-back"),
        (halved, "central-divided-by-h"),
        (all_at_once, "other-variable-moves"),
        (lambda f, w: sum(with_copies(f, w)), "sum-of-partials"),
        (lambda f, w: f(w), "value-for-slope"),
        (lambda f, w: np.array([with_copies(f, w)]), "gradient-wrong-shape"),
        (lambda f, w: np.array([with_copies(f, w)]).T, "gradient-wrong-shape"),
        (lambda f, w: [-slope for slope in with_copies(f, w)], "sign-turned"),
        (lambda f, w: with_copies(f, w)[:-1], "type"),
        (lambda f, w: None, "not-attempted"),
    ],
    "gradient.6b": [
        (climb_from(5, 5), "lower-top"),
        (climb_from(4, 5), "lower-top"),
        (lambda height: max(grid(5), key=lambda at: height(*at)), "stopped-too-soon"),
        (lambda height: max(grid(6), key=lambda at: height(*at)), "stopped-too-soon"),
        (lambda height: max(height(*at) for at in grid(7)), "height-for-place"),
        (lambda height: min(grid(7), key=lambda at: height(*at)), "sign-error"),
        (lambda height: max(grid(8), key=lambda at: height(*at)), "budget-exceeded"),
        (lambda height: grid_then_finer(height)[::-1], "wrong"),
        (lambda height: (5, 5), "wrong"),
        (lambda height: grid_then_finer(height)[0], "type"),
        (lambda height: height(np.linspace(0, 10, 60), 5), "error"),
        ((5, 5), "type"),
        (lambda height: ..., "not-attempted"),
    ],
}
