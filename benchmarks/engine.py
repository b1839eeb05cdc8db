"""How fast does our engine train a small network, next to other ways of finding the same slopes?

    python -m benchmarks.engine [--rounds 5] [--steps 3] [--points 60] [--json FILE] [--quick]

The same network, the same data, the same start, full-batch gradient descent, written five times:

    one object a number  micrograd's design, restated: an object for each number, which knows its
                         parents and holds a closure that hands its gradient on
    ours, numbers        our Value, one for each number
    ours, arrays         our Value, one for each array
    NumPy by hand        the chain rule written out
    PyTorch              its tensors on one thread, double precision

All five take turns, round by round, and must arrive at the same loss. Prints the median time of a
step and the median over the rounds of its ratio to the first. Exits with 1 if our engine on arrays
is not at least as fast as an object for each number.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from statistics import median

import numpy as np
import torch

from utils.autograd import Value

SIZES = (2, 16, 16, 1)
ETA = 0.5
AGREE = 1e-9
AT_LEAST = 0.3  # seconds

Weights = list[tuple[np.ndarray, np.ndarray]]
Training = Callable[[Weights, np.ndarray, np.ndarray, int], float]


def problem(points: int) -> tuple[Weights, np.ndarray, np.ndarray]:
    """Two rings, which no line separates, and the weights to start from."""
    chance = np.random.default_rng(0)
    angle = chance.uniform(0, 2 * np.pi, points)
    inside = np.arange(points) % 2
    radius = np.where(inside, 0.5, 1.0) + chance.normal(0, 0.08, points)
    x = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    weights = [
        (chance.normal(0, 1 / math.sqrt(n), (n, m)), np.zeros(m)) for n, m in pairwise(SIZES)
    ]
    return weights, x, inside.astype(float)[:, None]


# --- an object for each number, in the way of micrograd ---


class Scalar:
    """One number of a graph: its value, its gradient, its parents and a closure."""

    def __init__(self, data: float, parents: tuple[Scalar, ...] = ()) -> None:
        self.data = data
        self.grad = 0.0
        self.parents = set(parents)
        self.hand_on = lambda: None

    def __add__(self, other: Scalar | float) -> Scalar:
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data + other.data, (self, other))

        def hand_on() -> None:
            self.grad += out.grad
            other.grad += out.grad

        out.hand_on = hand_on
        return out

    def __mul__(self, other: Scalar | float) -> Scalar:
        other = other if isinstance(other, Scalar) else Scalar(other)
        out = Scalar(self.data * other.data, (self, other))

        def hand_on() -> None:
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad

        out.hand_on = hand_on
        return out

    def tanh(self) -> Scalar:
        t = math.tanh(self.data)
        out = Scalar(t, (self,))

        def hand_on() -> None:
            self.grad += (1 - t * t) * out.grad

        out.hand_on = hand_on
        return out

    __radd__, __rmul__ = __add__, __mul__

    def backward(self) -> None:
        """Sort the graph, parents first, by recursion, and walk it from the end."""
        order, seen = [], set()

        def visit(node: Scalar) -> None:
            if node not in seen:
                seen.add(node)
                for parent in node.parents:
                    visit(parent)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            node.hand_on()


def train_numbers(kind: type, weights: Weights, x: np.ndarray, y: np.ndarray, steps: int) -> float:
    """Descent with one object of `kind` for each number. Returns the last loss."""
    layers = [
        ([[kind(v) for v in column] for column in w.T.tolist()], [kind(v) for v in b.tolist()])
        for w, b in weights
    ]
    parameters = [p for w, b in layers for p in [*(v for column in w for v in column), *b]]
    rows, wanted = x.tolist(), y[:, 0].tolist()
    for _ in range(steps):
        loss = kind(0.0)
        for row, target in zip(rows, wanted, strict=True):
            a = row
            for w, b in layers:
                a = [
                    sum((v * u for v, u in zip(column, a, strict=True)), bias).tanh()
                    for column, bias in zip(w, b, strict=True)
                ]
            miss = a[0] + -target
            loss = loss + miss * miss
        loss = loss * (1 / len(rows))
        for p in parameters:
            p.grad = 0.0
        loss.backward()
        for p in parameters:
            p.data -= ETA * p.grad
    return loss.data


# --- arrays ---


def train_values(weights: Weights, x: np.ndarray, y: np.ndarray, steps: int) -> float:
    """Descent with our Value on arrays. Returns the last loss."""
    layers = [(Value(w), Value(b)) for w, b in weights]
    for _ in range(steps):
        a = x
        for w, b in layers:
            a = (a @ w + b).tanh()
        loss = ((a - y) ** 2).mean()
        for p in (p for layer in layers for p in layer):
            p.zero_grad()
        loss.backward()
        for p in (p for layer in layers for p in layer):
            p.data = p.data - ETA * p.grad
    return loss.data


def train_by_hand(weights: Weights, x: np.ndarray, y: np.ndarray, steps: int) -> float:
    """Descent with the chain rule written out in NumPy. Returns the last loss."""
    layers = [(w.copy(), b.copy()) for w, b in weights]
    for _ in range(steps):
        seen = [x]
        for w, b in layers:
            seen.append(np.tanh(seen[-1] @ w + b))
        miss = seen[-1] - y
        loss = float(np.mean(miss**2))
        g = 2 * miss / miss.size
        for i in reversed(range(len(layers))):
            w, b = layers[i]
            g = g * (1 - seen[i + 1] ** 2)
            layers[i] = (w - ETA * seen[i].T @ g, b - ETA * g.sum(axis=0))
            g = g @ w.T
    return loss


def train_torch(weights: Weights, x: np.ndarray, y: np.ndarray, steps: int) -> float:
    """Descent with PyTorch's tensors. Returns the last loss."""
    layers = [[torch.tensor(v, requires_grad=True) for v in layer] for layer in weights]
    inputs, wanted = torch.tensor(x), torch.tensor(y)
    for _ in range(steps):
        a = inputs
        for w, b in layers:
            a = torch.tanh(a @ w + b)
        loss = ((a - wanted) ** 2).mean()
        for p in (p for layer in layers for p in layer):
            p.grad = None
        loss.backward()
        with torch.no_grad():
            for p in (p for layer in layers for p in layer):
                p -= ETA * p.grad
    return loss.item()


REFERENCE, OURS = "one object a number", "ours, arrays"
WAYS: dict[str, Training] = {
    REFERENCE: lambda *work: train_numbers(Scalar, *work),
    "ours, numbers": lambda *work: train_numbers(Value, *work),
    OURS: train_values,
    "NumPy by hand": train_by_hand,
    "PyTorch": train_torch,
}


def timed(train: Training, points: int, steps: int) -> tuple[float, float]:
    """Milliseconds of one step, and the last loss. Quick work is repeated, to be measurable."""
    work = problem(points)
    start, repeats = time.perf_counter(), 0
    while repeats == 0 or time.perf_counter() - start < AT_LEAST:
        loss = train(*work, steps)
        repeats += 1
    return (time.perf_counter() - start) * 1000 / (steps * repeats), loss


def measure(rounds: int, steps: int, points: int) -> dict[str, list[float]]:
    """Milliseconds of a step, a list over the rounds for each way. They must agree on the loss."""
    took: dict[str, list[float]] = {name: [] for name in WAYS}
    for train in WAYS.values():
        timed(train, points, 1)  # the first call pays for what is loaded and set up once
    for number in range(rounds):
        losses = {}
        names = list(WAYS) if number % 2 else list(reversed(WAYS))
        for name in names:
            milliseconds, losses[name] = timed(WAYS[name], points, steps)
            took[name].append(milliseconds)
        apart = max(losses.values()) - min(losses.values())
        if not apart <= AGREE:
            raise SystemExit(f"The losses differ by {apart:g}: {losses}. Nothing was compared.")
        print(f"round {number + 1}: loss {losses[OURS]:.6f}, the same five times", flush=True)
    return took


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--steps", type=int, default=3)
    parser.add_argument("--points", type=int, default=60)
    parser.add_argument("--json", type=Path, help="write everything measured into this file")
    parser.add_argument("--quick", action="store_true", help="two rounds, 20 points")
    options = parser.parse_args()
    if min(options.rounds, options.steps, options.points) < 1:
        parser.error("rounds, steps and points are at least 1.")
    torch.set_num_threads(1)
    rounds, points = (2, 20) if options.quick else (options.rounds, options.points)
    took = measure(rounds, options.steps, points)
    values = {name: median(one) for name, one in took.items()}
    ratios = {
        name: median(a / b for a, b in zip(one, took[REFERENCE], strict=True))
        for name, one in took.items()
    }
    print(f"\nnetwork {'-'.join(map(str, SIZES))}, {points} points, medians of {rounds} rounds")
    print(f"{'':20} {'ms a step':>10} {'ratio':>8} {'times as fast':>14}")
    for name in WAYS:
        print(f"{name:20} {values[name]:10.3f} {ratios[name]:8.4f} {1 / ratios[name]:14.1f}")
    if options.json:
        found = {"points": points, "ms per step": values, "ratios": ratios, "rounds": took}
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return int(ratios[OURS] > 1)


if __name__ == "__main__":
    sys.exit(main())
