"""Answers to the questions of chapter 14, right ones in several styles and wrong ones."""

from math import exp, log1p, sqrt, tanh

import numpy as np

from utils.autograd import Value
from utils.explorers.autograd_from_scratch import explore_graph
from utils.slopes import central_difference


def figure(a, b, step=7):
    """The figure of exercise 4, moved."""
    return explore_graph(lambda a, b: a * b + b * b, a=1, b=1).set(a=a, b=b, step=step)


# --- exercise 5 ---


def divide(a, b):
    """Value and slopes, line by line."""
    y = a / b
    to_a = 1 / b
    to_b = -y / b
    return y, to_a, to_b


def divide_by_engine(a, b):
    """The finished engine knows division."""
    x, y = Value(a), Value(b)
    q = x / y
    q.backward()
    return [q.data, x.grad, y.grad]


# --- exercise 6 ---


def with_plus(starts, ends, slopes):
    """The mended clinic."""
    grads = [0.0] * (ends[-1] + 1)
    grads[-1] = 1.0
    for k in reversed(range(len(ends))):
        grads[starts[k]] += slopes[k] * grads[ends[k]]
    return grads


def with_numpy(starts, ends, slopes):
    """An array of gradients, and three lists walked together."""
    grads = np.zeros(ends[-1] + 1)
    grads[-1] = 1
    for start, end, slope in zip(starts[::-1], ends[::-1], slopes[::-1], strict=True):
        grads[start] = grads[start] + slope * grads[end]
    return grads


def by_collecting(starts, ends, slopes):
    """Each node collects from the nodes made from it."""
    count = ends[-1] + 1
    grads = [0.0] * (count - 1) + [1.0]
    for node in range(count - 2, -1, -1):
        arrows = [k for k in range(len(ends)) if starts[k] == node]
        grads[node] = sum(slopes[k] * grads[ends[k]] for k in arrows)
    return grads


def buggy(starts, ends, slopes):
    """The clinic as it stands in the exercise."""
    grads = [0.0] * (ends[-1] + 1)
    grads[-1] = 1.0
    for k in reversed(range(len(ends))):
        grads[starts[k]] = slopes[k] * grads[ends[k]]
    return grads


def local_only(starts, ends, slopes):
    """The local slopes, added."""
    grads = [0.0] * (ends[-1] + 1)
    grads[-1] = 1.0
    for k in reversed(range(len(ends))):
        grads[starts[k]] += slopes[k]
    return grads


def plus_for_times(starts, ends, slopes):
    """Adds the slope where it should multiply."""
    grads = [0.0] * (ends[-1] + 1)
    grads[-1] = 1.0
    for k in reversed(range(len(ends))):
        grads[starts[k]] += slopes[k] + grads[ends[k]]
    return grads


def no_local_slope(starts, ends, slopes):
    """Each node hands on its own gradient alone."""
    grads = [0.0] * (ends[-1] + 1)
    grads[-1] = 1.0
    for k in reversed(range(len(ends))):
        grads[starts[k]] += grads[ends[k]]
    return grads


def forwards(starts, ends, slopes):
    """From the inputs to the end."""
    grads = [0.0] * (ends[-1] + 1)
    grads[-1] = 1.0
    for k in range(len(ends)):
        grads[starts[k]] += slopes[k] * grads[ends[k]]
    return grads


def never_returns(starts, ends, slopes):
    """Forgets to return."""
    with_plus(starts, ends, slopes)


# --- exercise 7 ---


def train(w, steps):
    """With the engine."""
    weight = Value(w)
    for _ in range(steps):
        weight.zero_grad()
        loss = (4 - weight * 2) ** 2
        loss.backward()
        weight.data = weight.data - 0.05 * weight.grad
    return weight.data


def train_afresh(w, steps):
    """A new Value in each step, which has no old gradient."""
    for _ in range(steps):
        weight = Value(w)
        (4 - 2 * weight).__pow__(2).backward()
        w -= 0.05 * weight.grad
    return w


def train_by_rule(w, steps):
    """With the rule of chapter 07."""
    for _ in range(steps):
        w = w - 0.05 * (-2 * 2 * (4 - w * 2))
    return w


def train_forgetting(w, steps):
    """Never set to 0."""
    weight = Value(w)
    for _ in range(steps):
        ((4 - weight * 2) ** 2).backward()
        weight.data -= 0.05 * weight.grad
    return weight.data


def train_cleared_too_soon(w, steps):
    """Cleared between the walk back and the move."""
    weight = Value(w)
    for _ in range(steps):
        ((4 - weight * 2) ** 2).backward()
        weight.zero_grad()
        weight.data -= 0.05 * weight.grad
    return weight.data


def train_to_the_loss(w, steps):
    """Hands back the last loss."""
    weight = Value(w)
    for _ in range(steps):
        weight.zero_grad()
        loss = (4 - weight * 2) ** 2
        loss.backward()
        weight.data -= 0.05 * weight.grad
    return loss.data


def train_uphill(w, steps):
    """Along the gradient."""
    for _ in range(steps):
        w += 0.05 * (-2 * 2 * (4 - w * 2))
    return w


def train_without_eta(w, steps):
    """The whole gradient as a step."""
    for _ in range(steps):
        w = w - (-2 * 2 * (4 - w * 2))
    return w


# --- exercise 5b ---


def operation(value, slope, rule=lambda g, slope: (g * slope,)):
    """An operation from plain functions for its value and its slope."""

    def new(x):
        y = Value(value(x.data))
        y.op, y.inputs, y.rule = "softplus", (x,), lambda g: rule(g, slope(x.data))
        return y

    return new


def stable(x):
    """ln(1 + eˣ) from the larger of x and 0."""
    return max(x, 0.0) + log1p(exp(-abs(x)))


def stable_slope(x):
    """σ(x), with an exponent that is never positive."""
    return 1 / (1 + exp(-x)) if x > 0 else exp(x) / (1 + exp(x))


def softplus_by_name(x):
    """Line by line, with NumPy."""
    y = Value(np.logaddexp(0, x.data))

    def rule(g):
        return [g * np.exp(-np.logaddexp(0, -x.data))]

    y.inputs, y.rule, y.op = [x], rule, "softplus"
    return y


def softplus_of_sigmoid(x):
    """x − ln σ(x) … as a rule; the value by cases."""
    y = Value(x.data if x.data > 30 else np.log1p(np.exp(x.data)))
    slope = x.sigmoid().data
    y.inputs, y.rule = (x,), lambda g: (slope * g,)
    return y


def softplus_without_inputs(x):
    """A Value that remembers nothing."""
    return Value(stable(x.data))


# --- exercise 7b ---


def forwards_in_order(starts, ends, slopes, node):
    """Arrow after arrow."""
    moved = np.zeros(ends[-1] + 1)
    moved[node] = 1
    for start, end, slope in zip(starts, ends, slopes, strict=True):
        moved[end] += slope * moved[start]
    return moved


def forwards_by_matrix(starts, ends, slopes, node):
    """Each node collects from the nodes it was made from."""
    count = ends[-1] + 1
    table = np.zeros((count, count))
    np.add.at(table, (ends, starts), slopes)
    return np.linalg.solve(np.eye(count) - table, np.eye(count)[node])


def forwards_and(change, first=1.0, order=lambda ks: ks):
    """A walk forward with something else in it."""

    def walk(starts, ends, slopes, node):
        moved = [0.0] * (ends[-1] + 1)
        moved[node] = first
        for k in order(range(len(ends))):
            moved[ends[k]] = change(moved[ends[k]], slopes[k], moved[starts[k]])
        return moved

    return walk


# --- exercise 8 ---


def by_hand(x, y, v, w):
    """The chain rule, line by line."""
    h = tanh(v * x)
    d_out = 2 * (w * h - y)
    d_h = d_out * w
    d_z = d_h * (1 - h**2)
    return [d_z * x, d_out * h]


def by_engine(x, y, v, w):
    """Two Values."""
    v, w = Value(v), Value(w)
    ((w * (v * x).tanh() - y) ** 2).backward()
    return v.grad, w.grad


def measured(x, y, v, w):
    """Two central differences."""

    def loss(v, w):
        return (w * np.tanh(v * x) - y) ** 2

    return np.array(
        [central_difference(lambda t: loss(t, w), v), central_difference(lambda t: loss(v, t), w)]
    )


def parts(x, y, v, w):
    """h, its slope, and dL/d(out)."""
    h = tanh(v * x)
    return h, 1 - h * h, 2 * (w * h - y)


def no_upstream(x, y, v, w):
    """The walk back without dL/d(out)."""
    h, slope, _ = parts(x, y, v, w)
    return [w * slope * x, h]


def no_inner(x, y, v, w):
    """Both inner slopes forgotten."""
    _, slope, d_out = parts(x, y, v, w)
    return [d_out * w * slope, d_out]


def own_values(x, y, v, w):
    """Each factor's own value as its slope."""
    h, slope, d_out = parts(x, y, v, w)
    return [d_out * h * slope * v, d_out * w]


def no_bend(x, y, v, w):
    """The slope of tanh left out."""
    h, _, d_out = parts(x, y, v, w)
    return [d_out * w * x, d_out * h]


def no_x(x, y, v, w):
    """Stops at v · x."""
    h, slope, d_out = parts(x, y, v, w)
    return [d_out * w * slope, d_out * h]


def no_w(x, y, v, w):
    """Goes past the outer weight."""
    h, slope, d_out = parts(x, y, v, w)
    return [d_out * slope * x, d_out * h]


# --- exercise 10 ---


class Neuron:
    """Four weights of the engine."""

    def __init__(self, w=1.0, b=0.0, v=1.0, c=0.0):
        self.weights = [Value(w), Value(b), Value(v), Value(c)]

    def __call__(self, x):
        w, b, v, c = self.weights
        return v * (w * x + b).tanh() + c

    def numbers(self):
        return [weight.data for weight in self.weights]


def neuron_by_engine(xs, ys, start=(1.0, 0.0, 1.0, 0.0), steps=1500, eta=0.05):
    """Plain descent with the engine, point by point."""
    neuron = Neuron(*start)
    for _ in range(steps):
        for weight in neuron.weights:
            weight.zero_grad()
        sum((neuron(x) - y) ** 2 for x, y in zip(xs, ys, strict=True)).backward()
        for weight in neuron.weights:
            weight.data = weight.data - eta * weight.grad
    return neuron.numbers()


def neuron_on_arrays(xs, ys):
    """All four points at once, with momentum."""
    neuron, speeds = Neuron(), [0.0] * 4
    for _ in range(1500):
        for weight in neuron.weights:
            weight.zero_grad()
        ((neuron(np.array(xs)) - np.array(ys)) ** 2).mean().backward()
        for k, weight in enumerate(neuron.weights):
            speeds[k] = 0.8 * speeds[k] + weight.grad
            weight.data = weight.data - 0.1 * speeds[k]
    return neuron.numbers()


def neuron_by_tries(xs, ys):
    """Random weights, and the two outer ones solved for."""
    rng, best = np.random.default_rng(0), (np.inf, None)
    for _ in range(3000):
        w, b = rng.normal(0, 1.5, 2)
        table = np.column_stack([np.tanh(w * np.array(xs) + b), np.ones(4)])
        v, c = np.linalg.lstsq(table, np.array(ys), rcond=None)[0]
        best = min(best, (float(np.sum((table @ [v, c] - ys) ** 2)), [w, b, v, c]))
    return best[1]


RIGHT = {
    "autograd_from_scratch.predict_slope": [-2, -2.0, Value(-2.0).data],
    "autograd_from_scratch.predict_next": [-18, -6 * 3, np.float64(-18)],
    "autograd_from_scratch.predict_fan_out": [
        7,
        3 + 3 + 1,
        central_difference(lambda p: p * p + p, 3),
    ],
    "autograd_from_scratch.predict_order": ["a", "(A)"],
    "autograd_from_scratch.predict_forgotten": ["b", "it runs past 3, and comes back later"],
    "autograd_from_scratch.predict_fewest_walks": [3, 3.0, len("abc")],
    "autograd_from_scratch.predict_zero": ["b", "B"],
    "autograd_from_scratch.predict_walks": ["b", " b "],
    "autograd_from_scratch.1": [
        3,
        5 - 2,
        7 - 2 * 2,
        central_difference(lambda b: (7 - b) * b, 2),
    ],
    "autograd_from_scratch.2": ["c", "C"],
    "autograd_from_scratch.3": [
        "exp(x) / (1 + exp(x))",
        "1 / (1 + exp(-x))",
        "1 - 1 / (1 + exp(x))",
    ],
    "autograd_from_scratch.4": [
        figure(-2, 1),
        figure(2, -1),
        figure(-1, 0.5),
        explore_graph(lambda a, b: b * (a + b), a=2, b=2).set(a=3, b=-1.5),
    ],
    "autograd_from_scratch.5": [
        divide,
        divide_by_engine,
        lambda a, b: (a / b, b**-1, -a * b**-2),
        lambda a, b: np.array([a / b, 1 / b, -a / b**2]),
    ],
    "autograd_from_scratch.10": [neuron_by_engine, neuron_on_arrays, neuron_by_tries],
    "autograd_from_scratch.5b": [
        operation(stable, stable_slope),
        softplus_by_name,
        softplus_of_sigmoid,
        lambda x: x.relu() + (1 + (-x.relu() - (-x).relu()).exp()).log(),
    ],
    "autograd_from_scratch.7b": [
        forwards_in_order,
        forwards_by_matrix,
        forwards_and(lambda old, slope, speed: old + slope * speed),
    ],
    "autograd_from_scratch.6": [with_plus, with_numpy, by_collecting],
    "autograd_from_scratch.7": [
        train,
        train_afresh,
        train_by_rule,
        lambda w, steps: 2 + (w - 2) * 0.6**steps,
    ],
    "autograd_from_scratch.8": [by_hand, by_engine, measured],
    "autograd_from_scratch.9": [[1, 10_000, 50_000, 1], np.array([1, 1e4, 5e4, 1])],
}

WRONG = {
    "autograd_from_scratch.predict_slope": [
        (3, "own-value-in-product"),
        (-6, "value-for-gradient"),
        (2, "sign-error"),
        (1, "wrong"),
        (..., "not-attempted"),
    ],
    "autograd_from_scratch.predict_next": [
        (12, "own-value-in-product"),
        (3, "upstream-forgotten"),
        (-2, "value-for-gradient"),
        (-3, "sum-of-slopes"),
        (0, "seed-of-zero"),
        (18, "sign-turned"),
        ("-18", "type"),
    ],
    "autograd_from_scratch.predict_fan_out": [
        (3, "overwrite-for-accumulate"),
        (1, "overwrite-for-accumulate"),
        (4, "overwrite-for-accumulate"),
        (12, "value-for-gradient"),
        (6, "factor-dropped"),
        (9, "wrong"),
        (..., "not-attempted"),
    ],
    "autograd_from_scratch.predict_order": [
        ("b", "wrong-backward-order"),
        ("c", "wrong-backward-order"),
        ("d", "type"),
    ],
    "autograd_from_scratch.predict_forgotten": [
        ("a", "gradient-not-zeroed"),
        ("c", "step-size-left-out"),
        (3, "type"),
        (..., "not-attempted"),
    ],
    "autograd_from_scratch.predict_fewest_walks": [
        (50, "modes-swapped"),
        (1, "other-variable-moves"),
        (150, "products-not-added"),
        (53, "wrong"),
        (..., "not-attempted"),
    ],
    "autograd_from_scratch.predict_zero": [
        ("a", "gradient-not-zeroed"),
        ("c", "gradient-not-zeroed"),
        (0, "type"),
    ],
    "autograd_from_scratch.predict_walks": [
        ("a", "other-variable-moves"),
        ("c", "modes-swapped"),
        (1000, "type"),
        (..., "not-attempted"),
    ],
    "autograd_from_scratch.1": [
        (5, "overwrite-for-accumulate"),
        (-2, "overwrite-for-accumulate"),
        (7, "sign-error"),
        (10, "value-for-gradient"),
        (-3, "own-value-in-product"),
        (0, "seed-of-zero"),
        (2, "wrong"),
        (None, "not-attempted"),
    ],
    "autograd_from_scratch.2": [
        ("a", "wrong-backward-order"),
        ("b", "wrong-backward-order"),
        ("d", "wrong-backward-order"),
        ("ywvu", "type"),
    ],
    "autograd_from_scratch.3": [
        ("1 / (1 + exp(x))", "forgotten-inner-derivative"),
        ("ln(1 + exp(x))", "value-for-gradient"),
        ("exp(x) / x", "outer-at-x"),
        ("exp(-x)", "nested-derivatives"),
        ("1 + exp(x)", "wrong"),
        ("0.5", "point-for-function"),
        ("1 / (1 + exp(y))", "type"),
        ("...", "not-attempted"),
    ],
    "autograd_from_scratch.4": [
        (figure(-1, 1), "value-for-gradient"),
        (figure(2, 0), "partials-swapped"),
        (figure(1, 2), "wrong"),
        (figure(1, 1, step=0), "not-attempted"),
        (0, "type"),
    ],
    "autograd_from_scratch.5": [
        (lambda a, b: (a / b, 1 / b, a / b**2), "quotient-plus"),
        (lambda a, b: (a / b, 1 / b, -a / b), "bottom-not-squared"),
        (lambda a, b: (a / b, -a / b**2, 1 / b), "partials-swapped"),
        (lambda a, b: (a / b, b, a), "own-value-in-product"),
        (lambda a, b: (a / b, 1, 1), "quotient-of-derivatives"),
        (lambda a, b: (a / b, 1 / b, -1 / b**2), "denominator-alone"),
        (lambda a, b: (a / b, a, b), "wrong"),
        (lambda a, b: a / b, "type"),
        (lambda a: a, "type"),
        (lambda a, b: None, "not-attempted"),
    ],
    "autograd_from_scratch.10": [
        (lambda xs, ys: neuron_by_engine(xs, ys, (0.0, 0.0, 0.0, 0.0), 200), "stuck-at-zero-start"),
        (lambda xs, ys: neuron_by_engine(xs, ys, steps=30, eta=-0.05), "ascent-for-descent"),
        (lambda xs, ys: neuron_on_arrays(xs, ys)[::-1], "partials-swapped"),
        (lambda xs, ys: neuron_by_engine(xs, ys, steps=2, eta=0.02), "wrong"),
        (lambda xs, ys: neuron_on_arrays(xs, ys)[:2], "type"),
        (lambda xs, ys: Neuron(), "type"),
        (lambda xs, ys: sum((Neuron()(x) - y) ** 2 for x, y in zip(xs, ys, strict=True)), "type"),
    ],
    "autograd_from_scratch.5b": [
        (operation(stable, stable_slope, lambda g, slope: (slope,)), "upstream-forgotten"),
        (operation(stable, stable), "value-for-gradient"),
        (operation(stable, lambda x: stable_slope(-x)), "half-of-the-sigmoid-rule"),
        (softplus_without_inputs, "seed-of-zero"),
        (operation(lambda x: log1p(exp(x)), stable_slope), "exponential-overflows"),
        (lambda x: (1 + x.exp()).log(), "exponential-overflows"),
        (
            operation(lambda x: np.log(1 + np.exp(x)), lambda x: np.exp(x) / (1 + np.exp(x))),
            "exponential-overflows",
        ),
        (
            operation(lambda x: np.log(1 + np.exp(x)), lambda x: 1 / (1 + np.exp(-x))),
            "exponential-overflows",
        ),
        (operation(stable, stable_slope, lambda g, slope: g * slope), "error"),
        (lambda x: stable(x.data), "error"),
        (lambda x, y: x, "type"),
        (operation(stable, lambda x: 1.0), "wrong"),
        (operation(lambda x: max(x, 0.0), lambda x: float(x > 0)), "wrong"),
    ],
    "autograd_from_scratch.7b": [
        (forwards_and(lambda old, slope, speed: slope * speed), "overwrite-for-accumulate"),
        (lambda starts, ends, slopes, node: with_plus(starts, ends, slopes), "modes-swapped"),
        (
            forwards_and(lambda old, slope, speed: old + slope * speed, order=reversed),
            "wrong-backward-order",
        ),
        (forwards_and(lambda old, slope, speed: old + slope), "upstream-forgotten"),
        (forwards_and(lambda old, slope, speed: old + speed), "own-link-left-out"),
        (forwards_and(lambda old, slope, speed: old + slope * speed, first=0.0), "seed-of-zero"),
        (
            lambda starts, ends, slopes, node: forwards_in_order(starts, ends, slopes, node)[-1],
            "type",
        ),
        (forwards_and(lambda old, slope, speed: old + slope + speed), "wrong"),
    ],
    "autograd_from_scratch.6": [
        (buggy, "overwrite-for-accumulate"),
        (forwards, "wrong-backward-order"),
        (local_only, "upstream-forgotten"),
        (lambda starts, ends, slopes: [0.0] * (ends[-1] + 1), "seed-of-zero"),
        (plus_for_times, "sum-of-slopes"),
        (no_local_slope, "own-link-left-out"),
        (lambda starts, ends, slopes: with_plus(starts, ends, slopes)[::-1], "order-reversed"),
        (lambda starts, ends, slopes: with_plus(starts, ends, slopes)[:-1], "type"),
        (never_returns, "type"),
        (None, "not-attempted"),
    ],
    "autograd_from_scratch.7": [
        (train_forgetting, "gradient-not-zeroed"),
        (train_uphill, "ascent-for-descent"),
        (lambda w, steps: train(w, steps + 1), "one-step-too-many"),
        (lambda w, steps: train(w, steps - 1), "one-step-too-many"),
        (train_without_eta, "step-size-left-out"),
        (train_cleared_too_soon, "zeroed-before-step"),
        (lambda w, steps: w, "zeroed-before-step"),
        (train_to_the_loss, "error-read-as-weight"),
        (lambda w, steps: (4 - 2 * train(w, steps)) ** 2, "error-read-as-weight"),
        (lambda w, steps: 2.0, "input-not-used"),
        (lambda w, steps: Value(w), "type"),
        (lambda w: w, "type"),
        (train(1.0, 3), "point-for-function"),
        (lambda w, steps: ..., "not-attempted"),
    ],
    "autograd_from_scratch.8": [
        (no_upstream, "upstream-forgotten"),
        (no_inner, "forgotten-inner-derivative"),
        (own_values, "own-value-in-product"),
        (no_bend, "activation-slope-forgotten"),
        (no_x, "forgotten-x-factor"),
        (no_w, "held-factor-dropped"),
        (lambda x, y, v, w: by_hand(x, y, v, w)[::-1], "partials-swapped"),
        (lambda x, y, v, w: [g / 2 for g in by_hand(x, y, v, w)], "forgotten-two"),
        (lambda x, y, v, w: [v * x, w * tanh(v * x)], "value-for-gradient"),
        (lambda x, y, v, w: [-g for g in by_hand(x, y, v, w)], "sign-turned"),
        (lambda x, y, v, w: [sqrt(abs(v)), w], "input-not-used"),
        (lambda x, y, v, w: by_hand(x, y, v, w)[0], "type"),
        (lambda x, y, v, w: None, "not-attempted"),
    ],
    "autograd_from_scratch.9": [
        ([10_000, 1, 1, 50_000], "modes-swapped"),
        ([1, 10_000, 1, 50_000], "another-order"),
        ([1, 10_000], "type"),
        (None, "not-attempted"),
    ],
}
