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


# --- exercise 6b ---


def by_hundredths(f, a, b, c):
    """Three nudges of one per cent."""
    start = f(a, b, c)
    return [100 * (value - start) / start for value in nudged_by(0.01, f, a, b, c)]


def nudged_by(share, f, a, b, c):
    """f with one input larger by this share of itself."""
    more = 1 + share
    return [f(a * more, b, c), f(a, b * more, c), f(a, b, c * more)]


def by_logarithms(f, a, b, c):
    """The slope of ln f along each ln."""
    logs = np.log([a, b, c])

    def in_logs(*at):
        return math.log(f(*np.exp(at)))

    return numerical_gradient(in_logs, logs)


def in_a_loop(f, *inputs):
    """A copy of the inputs for each nudge, both ways."""
    found = []
    for i, value in enumerate(inputs):
        up, down = list(inputs), list(inputs)
        up[i], down[i] = value * 1.001, value * 0.999
        found.append((f(*up) - f(*down)) / f(*inputs) / 0.002)
    return np.array(found)


def piled_up(f, a, b, c):
    """No nudge is taken back."""
    start = f(a, b, c)
    places = [(1.01 * a, b, c), (1.01 * a, 1.01 * b, c), (1.01 * a, 1.01 * b, 1.01 * c)]
    return [100 * (f(*place) - start) / start for place in places]


# --- exercise 9 ---


def far_turns(machine):
    """Each dial from 9 down to 1."""
    for i in range(5):
        dials = [9] * 5
        dials[i] = 1
        if machine(*dials) == machine(9, 9, 9, 9, 9):
            return i


def several_places(machine):
    """At four places, and the dial that did least at all of them."""
    moved = np.zeros(5)
    for base in np.array([[2.0, 8, 3, 7, 9], [9, 9, 8, 2, 6], [8, 9.5, 9, 9, 3], [7, 2, 9, 1, 8]]):
        start = machine(*base)
        for i in range(5):
            turned = base.copy()
            turned[i] = 10 - base[i]
            moved[i] += abs(machine(*turned) - start)
    return moved.argmin()


def crossed_off(machine):
    """A dial that has moved something is crossed off."""
    left = {0, 1, 2, 3, 4}
    for others in (9.5, 8.5):
        for i in sorted(left):
            low, high = ([others if j != i else x for j in range(5)] for x in (0.0, 10.0))
            if abs(machine(*low) - machine(*high)) > 1e-9:
                left.discard(i)
    return left.pop()


def nudges_at(place):
    """The dial that does least for a tiny nudge at one place."""

    def search(machine):
        start = machine(*[place] * 5)
        changes = []
        for i in range(5):
            dials = [place] * 5
            dials[i] += 1e-6
            changes.append(abs(machine(*dials) - start))
        return changes.index(min(changes))

    return search


def strongest(machine):
    """The dial that does most."""
    base = machine(9, 9, 9, 9, 9)
    turned = 9 - 8 * np.eye(5)
    return max(range(5), key=lambda i: abs(machine(*turned[i]) - base))


def at_100_places(machine):
    """Far more calls than there are."""
    moved = np.zeros(5)
    for x in np.linspace(0, 10, 100):
        for i in range(5):
            dials = np.full(5, x)
            dials[i] = 10 - x
            moved[i] += abs(machine(*dials) - machine(*[x] * 5))
    return int(moved.argmin())


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
    "partial_derivatives.6b": [
        by_hundredths,
        by_logarithms,
        in_a_loop,
        lambda f, a, b, c: [
            x * slope / f(a, b, c)
            for x, slope in zip((a, b, c), numerical_gradient(f, (a, b, c)), strict=True)
        ],
    ],
    "partial_derivatives.9": [far_turns, several_places, crossed_off],
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
    "partial_derivatives.6b": [
        (lambda f, a, b, c: numerical_gradient(f, (a, b, c)), "units-mixed"),
        (
            lambda f, a, b, c: [new - f(a, b, c) for new in nudged_by(0.01, f, a, b, c)],
            "difference-not-divided",
        ),
        (lambda f, a, b, c: numerical_gradient(f, (a, b, c)) / f(a, b, c), "units-mixed"),
        (lambda f, a, b, c: np.array(by_hundredths(f, a, b, c)) / 100, "share-for-change"),
        (piled_up, "nudge-not-taken-back"),
        (lambda f, a, b, c: [sum(by_hundredths(f, a, b, c))] * 3, "other-variable-moves"),
        (lambda f, a, b, c: sum(by_hundredths(f, a, b, c)), "sum-of-partials"),
        (lambda f, a, b, c: nudged_by(0.01, f, a, b, c), "wrong"),
        (lambda f, a, b, c: np.abs(by_hundredths(f, a, b, c)), "sign-dropped"),
        (lambda f, a, b, c: by_hundredths(f, a, b, c)[0], "type"),
        (lambda f, a, b, c: None, "not-attempted"),
    ],
    "partial_derivatives.9": [
        (nudges_at(0.0), "one-place-for-all"),
        (nudges_at(1.0), "one-place-for-all"),
        (nudges_at(4.0), "one-place-for-all"),
        (strongest, "largest-partial-only"),
        (lambda machine: far_turns(machine) + 1, "counted-from-one"),
        (at_100_places, "budget-exceeded"),
        (lambda machine: 3, "wrong"),
        (lambda machine: 7, "wrong"),
        (lambda machine: [far_turns(machine)], "type"),
        (lambda machine: print(far_turns(machine)), "type"),
        (3, "type"),
        (lambda machine: ..., "not-attempted"),
    ],
}
