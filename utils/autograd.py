"""The engine of chapters 14 and 14b, finished: numbers and arrays that know their derivatives.

A Value of chapter 14 holds one number and keeps a slope for each input. Here it may hold an array,
and keeps a rule instead, from its own gradient to the gradients that it hands to its inputs;
chapter 14b builds such an engine, with a rule for each input.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import add, matmul, mul, neg, sub, truediv

import numpy as np
from numpy import exp, logaddexp, power

Numbers = float | np.ndarray


def _new(op: str, compute: Callable, hand_back: Callable, *inputs: object) -> Value:
    """y = compute(*numbers); if its gradient is g, hand_back(g, y, *numbers) are the inputs'."""
    inputs = [v if isinstance(v, Value) else Value(v) for v in inputs]
    numbers = [v.data for v in inputs]
    y = compute(*numbers)
    made = Value(y)
    made.op, made.inputs, made.rule = op, inputs, lambda g: hand_back(g, y, *numbers)
    return made


def _operator(*how: object) -> tuple[Callable, Callable]:
    """The methods for x op other, and for other op x where the other is no Value."""
    return lambda x, other: _new(*how, x, other), lambda x, other: _new(*how, other, x)


def _matmul_back(g: Numbers, _: Numbers, a: np.ndarray, b: np.ndarray) -> tuple[Numbers, Numbers]:
    rows, columns = np.atleast_2d(a), b.reshape(len(b), -1)
    g = np.reshape(g, (len(rows), columns.shape[1]))
    return (g @ columns.T).reshape(a.shape), (rows.T @ g).reshape(b.shape)


class Value:
    """A float, or an array of floats, that remembers what it was computed from.

    data: a copy of what it was made with. grad: d(result) / d(data), 0 until `backward()`.
    op, inputs: the operation and the Values that made it, "" and () for a Value you make yourself.
    Arrays broadcast as in NumPy; @ takes one or two axes. Anything but numbers: TypeError.
    Give data a new array only after `backward()`: until then the rules need the old one.
    """

    __slots__ = ("__weakref__", "data", "grad", "inputs", "op", "rule")
    __array_ufunc__ = None  # array * Value is ours to compute, not NumPy's

    def __init__(self, data: object) -> None:
        if type(data) is not float:
            array = np.array(data)
            if array.dtype.kind not in "biuf":
                raise TypeError(f"A Value holds a number or an array of numbers, not {data!r:.60}.")
            data = array.astype(float, copy=False) if array.ndim else float(array)
        self.data, self.op, self.inputs, self.rule = data, "", (), lambda g: ()
        self.zero_grad()

    def __repr__(self) -> str:
        if isinstance(self.data, float):
            return f"Value({self.data:g}, grad={self.grad:g})"
        return f"Value(shape={self.data.shape})"

    __add__, __radd__ = _operator("+", add, lambda g, y, a, b: (g, g))
    __sub__, __rsub__ = _operator("−", sub, lambda g, y, a, b: (g, -g))
    __mul__, __rmul__ = _operator("×", mul, lambda g, y, a, b: (g * b, g * a))
    __truediv__, __rtruediv__ = _operator("÷", truediv, lambda g, y, a, b: (g / b, -g * y / b))
    __matmul__, __rmatmul__ = _operator("@", matmul, _matmul_back)

    def __neg__(self) -> Value:
        return _new("−", neg, lambda g, y, x: (-g,), self)

    def __pow__(self, n: float) -> Value:
        """xⁿ. Raises TypeError where n is not a plain number."""
        if not isinstance(n, int | float | np.number):
            raise TypeError("An exponent must be a plain number; x**y is (y * x.log()).exp().")
        op, n, m = f"**{n:g}", float(n), n - 1.0
        return _new(op, lambda x: power(x, n), lambda g, y, x: (g * (n and n * power(x, m)),), self)

    def sum(self) -> Value:
        """The sum of all numbers."""
        return _new("sum", np.sum, lambda g, y, x: (np.full(np.shape(x), g),), self)

    def mean(self) -> Value:
        """The mean of all numbers."""
        return self.sum() / np.size(self.data)

    @np.errstate(over="ignore")
    def exp(self) -> Value:
        """eˣ; infinite, without a warning, where no float is large enough."""
        return _new("exp", exp, lambda g, y, x: (g * y,), self)

    def log(self) -> Value:
        """ln x. Raises ValueError where a number is 0 or below."""
        if not np.all(np.greater(self.data, 0)):
            raise ValueError(f"log needs numbers above 0, and here is {np.min(self.data):g}.")
        return _new("ln", np.log, lambda g, y, x: (g / x,), self)

    def tanh(self) -> Value:
        """The hyperbolic tangent of x."""
        return _new("tanh", np.tanh, lambda g, y, x: (g * (1 - y * y),), self)

    def sigmoid(self) -> Value:
        """σ(x) = 1 / (1 + e⁻ˣ), computed as e to the power −ln(e⁰ + e⁻ˣ), which cannot overflow."""
        return _new("σ", lambda x: exp(-logaddexp(0, -x)), lambda g, y, x: (g * y * (1 - y),), self)

    def relu(self) -> Value:
        """x where it is above 0, else 0. At 0 its slope is taken to be 0."""
        return _new("relu", lambda x: np.maximum(x, 0.0), lambda g, y, x: (g * (x > 0),), self)

    def graph(self) -> list[Value]:
        """All Values this one was computed from, each after its own inputs; itself last."""
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:  # not by recursion: chains may be 100,000 Values deep
            node, inputs_done = waiting.pop()
            if inputs_done:
                order.append(node)
            elif node not in seen:
                seen.add(node)
                waiting += [(node, True), *((parent, False) for parent in reversed(node.inputs))]
        return order

    def backward(self) -> None:
        """Add d(self) / d(node) to the grad of every node of the graph, itself included.

        Called again without `zero_grad`, it adds the same once more. Raises ValueError where this
        Value holds more than one number.
        """
        if np.size(self.data) != 1:
            raise ValueError(f"backward starts at one number: take .sum() or .mean() of {self}.")
        arrived = {self: np.ones_like(self.data)}
        for node in reversed(self.graph()):
            g = arrived.pop(node)  # complete: all that was made from this node had its turn
            node.grad = node.grad + g
            for parent, piece in zip(node.inputs, node.rule(g), strict=True):
                arrived[parent] = arrived.get(parent, 0.0) + _fitted(piece, parent.data)

    def zero_grad(self) -> None:
        """Set the grad of this Value, and of no other, to 0."""
        self.grad: Numbers = 0.0 if isinstance(self.data, float) else np.zeros(self.data.shape)


def _fitted(g: Numbers, like: Numbers) -> Numbers:
    """g, summed over the places to which broadcasting had copied one number of `like`."""
    if isinstance(like, float):
        return float(g if isinstance(g, float) else np.sum(g))
    g = np.sum(g, axis=tuple(range(np.ndim(g) - like.ndim)))
    return np.sum(g, axis=tuple(i for i, n in enumerate(like.shape) if n == 1), keepdims=True)
