"""Chapter 14: the graph that a formula leaves behind, run both ways, and what either way costs."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from utils.autograd import Value
from utils.functions import NoValue
from utils.numerals import number
from utils.watching import Watched

# Of each node: its operation, the places of its inputs, and which input of f it is, or −1.
Structure = tuple[tuple[str, tuple[int, ...], int], ...]


@dataclass(frozen=True)
class Node:
    """A node of the graph: what it is called, what made it, from which nodes, and its column."""

    name: str
    op: str
    inputs: tuple[int, ...]
    is_input: bool
    column: int

    @property
    def is_constant(self) -> bool:
        """Whether it is a number that stands in the formula."""
        return not self.op and not self.is_input


@dataclass(frozen=True)
class Run:
    """One run through the graph: all values, and the gradients after each step backward.

    grads[k][i]: the gradient of node i when k nodes have handed on, None where none has arrived.
    slopes[i]: the local slopes of node i, one for each of its inputs.
    """

    values: tuple[float, ...]
    slopes: tuple[tuple[float, ...], ...]
    grads: tuple[tuple[float | None, ...], ...]


def recorded(f: Callable, names: Sequence[str], at: Sequence[float]) -> tuple[list[Value], list]:
    """All nodes that f makes of these inputs, in order, and the inputs themselves.

    Raises NoValue where f cannot be recorded.
    """
    inputs = [Value(float(x)) for x in at]
    try:
        out = f(*inputs)
    except TypeError as error:
        raise NoValue(
            f"Your function cannot work with Values: {error}. Its functions must be methods of "
            "Value, such as a.exp() or a.tanh() in place of math.exp(a) or math.tanh(a)."
        ) from None
    if not isinstance(out, Value) or not out.op:
        raise NoValue("Your function must give back something that it computed from its inputs.")
    nodes = out.graph()
    return [*(v for v in inputs if v not in nodes), *nodes], inputs


def structure_of(nodes: list[Value], inputs: list[Value]) -> Structure:
    """What a recorded graph looks like, whatever its numbers: equal graphs, equal structures."""
    places = {node: i for i, node in enumerate(nodes)}
    return tuple(
        (n.op, tuple(places[p] for p in n.inputs), inputs.index(n) if n in inputs else -1)
        for n in nodes
    )


def named(structure: Structure, names: Sequence[str], values: Sequence[float]) -> list[Node]:
    """The nodes with their names and columns. Constants are called by their number."""
    columns: list[int] = []
    for op, inputs, _ in structure:
        columns.append(1 + max(columns[i] for i in inputs) if op else 0)
    for i, (op, _, _) in enumerate(structure):
        if not op:  # an input stands one column before the first that needs it
            users = [columns[k] for k, other in enumerate(structure) if i in other[1]]
            columns[i] = min(users, default=1) - 1
    end = next(name for name in ("y", "L", "z", "out") if name not in names)
    found, made = [], 0
    for i, (op, inputs, which) in enumerate(structure):
        if op and i == len(structure) - 1:
            name = end
        elif op:
            made += 1
            name = "u" + str(made).translate(str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉"))
        else:
            name = names[which] if which >= 0 else number(values[i])
        found.append(Node(name, op, inputs, which >= 0, columns[i]))
    return found


def run_of(nodes: list[Value]) -> Run:
    """Values, local slopes, and the gradients after each step backward, of recorded nodes."""
    places = {node: i for i, node in enumerate(nodes)}
    slopes = tuple(tuple(float(s) for s in n.rule(1.0)) for n in nodes)
    grads: list[list[float | None]] = [[None] * (len(nodes) - 1) + [1.0]]
    for i in reversed(range(len(nodes))):
        if nodes[i].op:
            now = list(grads[-1])
            for parent, slope in zip(nodes[i].inputs, slopes[i], strict=True):
                k = places[parent]
                now[k] = (now[k] or 0.0) + slope * (now[i] or 0.0)
            grads.append(now)
    return Run(tuple(float(n.data) for n in nodes), slopes, tuple(map(tuple, grads)))


# --- forward against reverse ---


def neuron(count: int) -> Value:
    """tanh of a weighted sum of `count` inputs, as a graph of single numbers."""
    total = Value(0.1)
    for k in range(count):
        total = total + Value(1.0 + k) * Value(0.5 / count)
    return total.tanh()


@lru_cache(maxsize=256)
def count_products(count: int) -> tuple[int, int]:
    """Multiplications for the slopes towards all `count` weights: forward mode, reverse mode.

    Both are counted on the recorded graph: each arrow is one product with a local slope. Reverse
    mode walks all arrows once; forward mode once for each weight.
    """
    arrows = sum(len(node.inputs) for node in neuron(count).graph())
    return count * arrows, arrows


# --- a learner's own network: tanh neurons on two inputs, and one that listens to them ---

HALF = 1.8  # its map shows both inputs from −HALF to HALF


def as_points(points: Any) -> np.ndarray:
    """Rows of x₁, x₂ and a label, 1 or −1; shape (n, 3). Raises NoValue for anything else."""
    try:
        table = np.array(points, dtype=float)
    except (TypeError, ValueError):
        table = np.empty((0, 0))
    if table.ndim != 2 or table.shape[1] != 3 or not set(table[:, 2]) <= {1.0, -1.0}:
        raise NoValue("The points are rows of three numbers: x₁, x₂, and the label, 1 or −1.")
    return table


def as_knobs(numbers: Any) -> np.ndarray:
    """The weights and biases of such a network, in the order of the lesson; shape (4k + 1,).

    Of each of its k hidden neurons two weights and the bias, then the weights and the bias of the
    last one. Raises NoValue where their number does not fit.
    """
    knobs = np.array([float(getattr(v, "data", v)) for v in numbers])
    if len(knobs) < 5 or len(knobs) % 4 != 1:
        raise NoValue(
            f"A network with k hidden neurons of two inputs and one neuron at its end has 4k + 1 "
            f"weights and biases, and yours has {len(knobs)}."
        )
    return knobs


def answers_of(knobs: np.ndarray, places: np.ndarray) -> np.ndarray:
    """What the network says at each place, between −1 and 1; places have the shape (n, 2)."""
    k = len(knobs) // 4
    hidden, last = knobs[: 3 * k].reshape(k, 3), knobs[3 * k :]
    with np.errstate(all="ignore"):
        between = np.tanh(places @ hidden[:, :2].T + hidden[:, 2])
        return np.tanh(between @ last[:-1] + last[-1])


# --- a learner's own operation, in a graph ---


def used_twice(operation: Callable[[Value], Any], x: float, c: float) -> list[float]:
    """s · x + operation(c · s), where s = operation(x): its value and its slope towards x.

    Raises TypeError where the operation gives back no Value, or its rule no tuple.
    """
    v = Value(x)
    s = operation(v)
    if not isinstance(s, Value):
        raise TypeError(f"the operation has to give back a Value, and gave {s!r:.60}")
    if not isinstance(s.rule(1.0), tuple | list):
        raise TypeError("a rule has to hand back a tuple, one number for each input: (g * slope,)")
    end = s * v + operation(s * c)
    end.backward()
    return [float(end.data), float(v.grad)]


class NewOperation(Watched):
    """A learner's operation for the engine, tried in graphs that use it twice.

    Called with x and c, it returns two numbers: the value of the graph's end, and the gradient that
    arrives at x. None where the operation gives nothing back.
    """

    takes = ("x",)
    noun = "operation"

    def __call__(self, x: float, c: float) -> Any:
        if self.train(Value(x)) is None:
            return None
        return used_twice(self.train, x, c)

    @staticmethod
    def told(values: Sequence[float]) -> str:
        end, slope = values
        return (
            f"makes s · x + softplus(c · s), with s = softplus(x), end at {number(end, 6)} "
            f"with the gradient {number(slope, 6)} for x"
        )
