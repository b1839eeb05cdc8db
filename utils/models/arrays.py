"""Chapter 14b: tables of numbers, the way of a nudge through their product, and the way back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from utils.autograd import Value
from utils.functions import NoValue
from utils.numerals import number
from utils.watching import Watched

MOST_ROWS, MOST_COLUMNS = 4, 3  # of a table that has room in a figure

# The receipts of the lesson: what three people bought, of bread and of apples; a guess at the
# prices in two shops; and what they paid.
BOUGHT = ((1.0, 2.0), (3.0, 1.0), (0.0, 4.0))
GUESSED = ((2.0, 3.0), (2.0, 1.0))
PAID = ((5.0, 4.0), (10.0, 7.0), (4.0, 4.0))


def as_table(numbers: ArrayLike, name: str) -> np.ndarray:
    """The numbers as a table of floats with two axes.

    Raises NoValue, in words for learners, where they are no such table or where it is too large.
    """
    try:
        table = np.array(numbers, dtype=float)
    except (TypeError, ValueError):
        raise NoValue(
            f"{name} has to be a table of numbers, such as [[1, 2], [3, 4]], with rows of one "
            "length."
        ) from None
    if table.ndim != 2 or not table.size or not np.isfinite(table).all():
        raise NoValue(
            f"{name} has to be a table with rows and columns, such as [[1, 2], [3, 4]], and "
            f"yours has the shape {table.shape}."
        )
    rows, columns = table.shape
    if rows > MOST_ROWS or columns > MOST_COLUMNS:
        raise NoValue(
            f"{name} is {rows} × {columns}, and there is room for {MOST_ROWS} rows and "
            f"{MOST_COLUMNS} columns."
        )
    return table


def fitting(X: ArrayLike, W: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """Both as tables whose product exists. Raises NoValue where there is none."""
    left, right = as_table(X, "X"), as_table(W, "W")
    if left.shape[1] != len(right):
        raise NoValue(
            f"X has the shape {left.shape} and W has {right.shape}: a row of X has "
            f"{left.shape[1]} numbers and a column of W has {len(right)}, so they cannot be "
            "multiplied in pairs."
        )
    return left, right


@dataclass(frozen=True)
class Entry:
    """One number in a table: "X", "W" or "b", its row and its column (b has the row 0 alone)."""

    table: str
    row: int
    column: int

    @property
    def name(self) -> str:
        """As Python writes it: "W[0, 1]", or "b[1]"."""
        place = f"{self.column}" if self.table == "b" else f"{self.row}, {self.column}"
        return f"{self.table}[{place}]"


def entries_of(table: str, shape: Sequence[int]) -> list[Entry]:
    """All entries of a table of this shape, row by row."""
    return [Entry(table, i, j) for i, j in product(range(shape[0]), range(shape[1]))]


@dataclass(frozen=True)
class Layer:
    """Z = X @ W + b, and how wrong it is: L is the sum of (Z − T)² over all entries.

    X: shape (n, k). W: shape (k, m). b: shape (m,). T: shape (n, m), what Z should be.
    """

    X: np.ndarray
    W: np.ndarray
    b: np.ndarray
    T: np.ndarray

    @property
    def Z(self) -> np.ndarray:
        """The results, shape (n, m)."""
        return self.X @ self.W + self.b

    @property
    def loss(self) -> float:
        """The sum of all squared misses."""
        return float(np.sum((self.Z - self.T) ** 2))

    @property
    def dZ(self) -> np.ndarray:
        """How many times as far L moves as each result, shape (n, m)."""
        return 2 * (self.Z - self.T)

    def moves(self, entry: Entry) -> np.ndarray:
        """How many times as far each result moves as this entry, shape (n, m)."""
        found = np.zeros(self.T.shape)
        if entry.table == "X":
            found[entry.row] = self.W[entry.column]
        elif entry.table == "W":
            found[:, entry.column] = self.X[:, entry.row]
        else:
            found[:, entry.column] = 1.0
        return found

    def reached(self, entry: Entry) -> list[tuple[int, int]]:
        """The results that have this entry in their formula: a column of Z, or a row for X."""
        n, m = self.T.shape
        if entry.table == "X":
            return [(entry.row, j) for j in range(m)]
        return [(i, entry.column) for i in range(n)]

    def gradient(self, entry: Entry) -> float:
        """How many times as far L moves as this entry: each way times what it meets, added up."""
        return float(np.sum(self.moves(entry) * self.dZ))


def receipts(
    X: ArrayLike = BOUGHT,
    W: ArrayLike = GUESSED,
    b: ArrayLike | None = None,
    T: ArrayLike = PAID,
) -> Layer:
    """A layer of such tables; the receipts of the lesson where they are left out.

    Raises NoValue where the shapes do not go together.
    """
    left, right = fitting(X, W)
    m = right.shape[1]
    bias = np.zeros(m) if b is None else np.array(b, dtype=float)
    target = as_table(T, "T")
    if bias.shape != (m,):
        raise NoValue(f"b needs one number for each of the {m} columns of W.")
    if target.shape != (len(left), m):
        raise NoValue(
            f"X @ W has the shape {(len(left), m)}, and T has {target.shape}. T holds what each "
            "result should be, so the two have one shape."
        )
    return Layer(left, right, bias, target)


# --- a learner's own operation on tables, in a graph ---


def centred_twice(operation: Callable[[Value], Any], X: ArrayLike, c: float) -> list[float]:
    """The sum of (c · s · s + s · X)² with s = operation(X): its value, and its slopes towards X.

    X: a table with two axes. Raises TypeError where the operation gives back no Value.
    """
    v = Value(X)
    s = operation(v)
    if not isinstance(s, Value):
        raise TypeError(f"the operation has to give back a Value, and gave {s!r:.60}")
    end = ((s * s * c + s * v) ** 2).sum()
    end.backward()
    return [float(end.data), *np.ravel(v.grad).tolist()]


class TableOperation(Watched):
    """A learner's operation on a table, tried in graphs that use its result twice.

    Called with a table and c, it returns the value of the graph's end, and then the gradient that
    arrives at each entry. None where the operation gives nothing back.
    """

    takes = ("a",)
    noun = "operation"

    def __call__(self, X: ArrayLike, c: float) -> Any:
        if self.train(Value(X)) is None:
            return None
        return centred_twice(self.train, X, c)

    @staticmethod
    def told(values: Sequence[float]) -> str:
        end, first, *_ = values
        return (
            f"makes the sum of (c · s · s + s · X)², with s = centred(X), end at {number(end, 6)} "
            f"with the gradient {number(first, 6)} for X[0, 0]"
        )
