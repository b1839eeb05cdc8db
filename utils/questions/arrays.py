"""Questions of chapter 14b: products of tables, and how gradients pass through them."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from utils.autograd import Value
from utils.checks import Array, Choice, Figure, Function, Live, Number, Question, Rival
from utils.models.arrays import Entry, centred_twice, receipts

Table = np.ndarray

# The receipts of the lesson.
LAYER = receipts()
X, W, DZ = LAYER.X, LAYER.W, LAYER.dZ


def _table(*rows: Sequence[float]) -> Table:
    return np.array(rows, dtype=float)


# --- exercise 1: which products fit ---

_SHAPES = {"A": (4, 3), "B": (3, 2), "C": (2, 4), "A.T": (3, 4)}
_PRODUCTS = [("A", "B"), ("B", "A"), ("B", "C"), ("C", "A"), ("A", "C"), ("A.T", "A"), ("C", "B")]


def _sizes(
    shape: Callable[[tuple[int, int], tuple[int, int]], tuple[int, int]],
) -> list[int]:
    """How many numbers each of the seven products holds, if its shape follows a rule."""
    shapes = (shape(_SHAPES[left], _SHAPES[right]) for left, right in _PRODUCTS)
    return [rows * columns for rows, columns in shapes]


def _where_it_fits(left: tuple[int, int], right: tuple[int, int]) -> tuple[int, int]:
    return (left[0], right[1]) if left[1] == right[0] else (0, 0)


# --- exercise 2: by hand ---

X2 = _table([2, 1], [0, 3], [4, 2])
W2 = _table([1, 3], [2, 4])
DZ2 = _table([1, -2], [3, 0], [-1, 4])

# --- exercise 3: the figure ---

_FIGURE_3 = {
    "X": [[1, 2], [2, 0], [1, 1]],
    "W": [[1, -1], [2, 1]],
    "T": [[4, 2], [4, 0], [2, -1]],
}
LAYER3 = receipts(_FIGURE_3["X"], _FIGURE_3["W"], None, _FIGURE_3["T"])


def _entry(name: str) -> Entry:
    table, places = name.rstrip("]").split("[")
    row, column = ([0, *map(int, places.split(", "))])[-2:]
    return Entry(table, row, column)


def _slope3(values: dict[str, Any]) -> float:
    return LAYER3.gradient(_entry(values["nudge"]))


_ENTRIES_3 = [f"{t}[{i}, {j}]" for t, n in (("W", 2), ("X", 3)) for i in range(n) for j in range(2)]
_ENTRIES_3 += ["b[0]", "b[1]"]
_LOWEST_3 = min(LAYER3.gradient(_entry(name)) for name in _ENTRIES_3)
_LOWEST_WEIGHT_3 = min(LAYER3.gradient(_entry(name)) for name in _ENTRIES_3 if name[0] != "X")
_HIGHEST_3 = max(LAYER3.gradient(_entry(name)) for name in _ENTRIES_3)


# --- exercises 4 to 8: functions of tables ---


def to_weights(X: Table, dZ: Table) -> Table:
    """The slopes towards W in Z = X @ W."""
    return np.transpose(X) @ np.array(dZ)


_BACK = [
    (_table([1, 2], [3, 1], [0, 4]), _table([2, 2], [-4, 6], [8, 0])),
    (_table([1, -1], [2, 3]), _table([0.5, 1], [-2, 1])),
    (_table([1, 2, 0], [0, 1, -1], [3, 1, 1]), _table([1, 0, 2], [2, -1, 1], [0, 3, -2])),
    (_table([2, 1], [1, 5]), _table([3, -1], [1, 4])),
    (_table([1], [2], [3], [4]), _table([1, 2], [0, -1], [2, 2], [-3, 1])),
    (_table([1, 2, 3]), _table([4, -5])),
]


def back_from_copies(g: Table, shape: tuple[int, ...]) -> Any:
    """g summed over the places to which broadcasting copied one number of that shape."""
    g = np.array(g, dtype=float)
    while g.ndim > len(shape):
        g = g.sum(axis=0)
    for axis, size in enumerate(shape):
        if size == 1:
            g = g.sum(axis=axis, keepdims=True)
    return g


def _copies(reduce: Callable[..., Table]) -> Callable[[Table, tuple[int, ...]], Any]:
    """The same with another way to bring the copies together."""

    def found(g: Table, shape: tuple[int, ...]) -> Any:
        g = np.array(g, dtype=float)
        while g.ndim > len(shape):
            g = reduce(g, 0)
        for axis, size in enumerate(shape):
            if size == 1:
                g = np.expand_dims(reduce(g, axis), axis)
        return g

    return found


def _other_axis(g: Table, shape: tuple[int, ...]) -> Any:
    """Sums along the last axis where the first is meant, and the other way round."""
    g = np.array(g, dtype=float)
    if len(shape) == 1 and g.ndim == 2:
        return g.sum(axis=1)
    if len(shape) == 2 and 1 in shape and shape != (1, 1):
        return g.sum(axis=1 - shape.index(1), keepdims=True)
    return back_from_copies(g, shape)


_SQUARE = _table([1, 2, -3], [4, 0, 5], [2, -1, 7])
_COPIED = [
    (_SQUARE, (3,)),
    (_SQUARE, (1, 3)),
    (_SQUARE, (3, 1)),
    (_table([1, 2], [3, -5], [2, 4]), (2,)),
    (_table([1, 2], [3, -5], [2, 4]), (3, 1)),
    (_table([1, 2], [3, -5], [2, 4]), (1, 2)),
    (_table([0.5, 2], [1, 1]), ()),
    (_table([0.5, 2], [1, 1]), (2,)),
    (_table([6, 2], [1, -1]), (2, 2)),
]


def layer_slopes(X: Table, W: Table, b: Table, T: Table) -> Table:
    """The slopes towards W, and below them those towards b."""
    dZ = 2 * (np.array(X) @ W + b - T)
    return np.vstack([np.transpose(X) @ dZ, dZ.sum(axis=0)])


def _one_by_one(
    X: Table,
    W: Table,
    b: Table,
    T: Table,
    outer: Callable[[Table, Table], Table] = np.outer,
    add: bool = True,
) -> Table:
    """Example by example, as in the clinic; the other arguments make its mistakes."""
    dW, db = np.zeros(np.shape(W)), np.zeros(np.shape(b))
    for x, t in zip(np.array(X), np.array(T), strict=True):
        dz = 2 * (x @ np.array(W) + b - t)
        dW = dW * add + outer(x, dz)
        db = db * add + dz
    return np.vstack([dW, db])


def _turned(x: Table, dz: Table) -> Table:
    return np.outer(dz, x)


_CLINIC = [
    (_table([1, 2], [3, 1], [0, 4]), _table([2, 3], [2, 1]), np.array([0.5, 1.0]),
     _table([5, 4], [10, 7], [4, 4])),
    (_table([1, -1], [2, 3]), _table([1, 0], [0.5, 2]), np.array([0.0, -1.0]),
     _table([1, 1], [0, 2])),
    (_table([2, 1]), _table([1, 2], [3, -1]), np.array([1.0, 0.0]), _table([2, 5])),
    (_table([1, 0], [0, 1], [1, 1], [2, 1]), _table([2, -1], [1, 1]), np.array([0.0, 0.5]),
     _table([1, 0], [0, 1], [2, 2], [3, 0])),
    (_table([1, 2, 0], [0, 1, -1]), np.eye(3), np.array([1.0, 0.0, -1.0]),
     _table([1, 0, 2], [2, -1, 1])),
]  # fmt: skip


def twice(X: Table, W: Table, T: Table) -> Table:
    """The slopes towards W of the sum of (X @ W @ W − T)²."""
    first, second = _two_uses(X, W, T)
    return first + second


def _two_uses(X: Table, W: Table, T: Table) -> tuple[Table, Table]:
    """What W receives as the first factor of X @ W @ W, and what it receives as the second."""
    x, w = np.array(X), np.array(W)
    h = x @ w
    g = 2 * (h @ w - np.array(T))
    return x.T @ (g @ w.T), h.T @ g


def _not_turned(X: Table, W: Table, T: Table) -> Table:
    """W as it is on the way back to the first use, where W.T belongs."""
    x, w = np.array(X), np.array(W)
    h = x @ w
    g = 2 * (h @ w - np.array(T))
    return x.T @ (g @ w) + h.T @ g


_TIED = [
    (_table([1, 2], [3, 1]), _table([1, -1], [0.5, 2]), _table([1, 0], [2, 1])),
    (_table([1, 0], [2, -1], [1, 1]), _table([0, 1], [2, 1]), _table([1, 1], [0, 2], [1, 3])),
    (_table([2, 1]), _table([1, 2], [-1, 1]), _table([0, 4])),
    (_table([1, 0, 2], [0, 1, 1]), _table([1, 0, 1], [2, 1, 0], [0, -1, 1]),
     _table([1, 2, 3], [0, 0, 1])),
    (_table([1, 1], [0, 2]), _table([0.5, 0], [1, -1]), _table([2, 0], [1, 1])),
]  # fmt: skip


def rows_back(g: Table, rows: Sequence[int], count: int) -> Table:
    """The slopes towards a table of `count` rows, of which those numbered in `rows` were taken."""
    g = np.array(g, dtype=float)
    found = np.zeros((count, g.shape[1]))
    for row, piece in zip(rows, g, strict=True):
        found[row] += piece
    return found


def _rows_overwritten(g: Table, rows: Sequence[int], count: int) -> Table:
    g = np.array(g, dtype=float)
    found = np.zeros((count, g.shape[1]))
    found[list(rows)] = g
    return found


def _rows_averaged(g: Table, rows: Sequence[int], count: int) -> Table:
    times = np.array([max(1, list(rows).count(row)) for row in range(count)], dtype=float)
    return rows_back(g, rows, count) / times[:, None]


_TAKEN = [
    (_table([1, 2], [3, 4], [5, 6]), [0, 2, 0], 3),
    (_table([1, -1], [2, 0], [0, 5], [1, 1]), [1, 1, 1, 0], 4),
    (_table([2, 3, 1], [1, 0, -2]), [3, 3], 5),
    (_table([4], [7], [-2], [3], [1]), [2, 0, 2, 2, 1], 4),
    (_table([1, 2], [3, 4]), [1, 0], 2),
]


# --- exercise 9: centring as an operation ---


def centred(a: Value, rule: Callable[[Table], Table] | None = None) -> Value:
    """Each column of a table less its mean. rule: another one than the right one."""
    made = Value(a.data - a.data.mean(axis=0))
    hand_back = rule or (lambda g: g - g.mean(axis=0))
    made.inputs, made.rule = (a,), lambda g: (hand_back(g),)
    return made


def _centred_with(
    rule: Callable[[Table], Table] | None = None,
) -> Callable[[Table, float], list[float]]:
    return lambda X, c: centred_twice(lambda a: centred(a, rule), X, c)


def _centred_along(axis: int | None) -> Callable[[Table, float], list[float]]:
    """Rows, or the whole table, less their mean."""

    def operation(a: Value) -> Value:
        made = Value(a.data - a.data.mean(axis=axis, keepdims=True))
        made.inputs, made.rule = (a,), lambda g: (g - g.mean(axis=axis, keepdims=True),)
        return made

    return lambda X, c: centred_twice(operation, X, c)


QUESTIONS = [
    Question(
        id="arrays.predict_shape",
        title="The shape of a product",
        difficulty=1,
        minutes=1,
        answer=Array([3, 4]),
        rivals=[
            Rival("shape-from-inner-numbers", [2, 2]),
            Rival(
                "shape-from-inner-numbers",
                [4, 3],
                message="Both numbers are good, and the first of a shape counts rows. A result "
                "stands in the row of its bag and in the column of its shop. How many bags are "
                "there, and how many shops?",
            ),
        ],
        hints=[
            "There is one result for each bag and each shop. How many of either are there?",
            "Bags are the rows of X, and shops are the columns of V.",
            "The shape is [number of bags, number of shops].",
        ],
        solution="```python\n[3, 4]\n```",
        why="Every row of X meets every column of V, and each meeting makes one number.",
        next="The 2 that both have in common is summed away: bread and apples become one price.",
    ),
    Question(
        id="arrays.predict_reached",
        title="How many results move?",
        difficulty=1,
        minutes=1,
        answer=Number(int(np.count_nonzero(LAYER.moves(Entry("W", 0, 0)))), near=0),
        rivals=[
            Rival(
                "zero-factor-overlooked",
                3,
                message="The price is used for all three bags, so it stands in three formulas. "
                "But one of these bags pays 0 times the price of bread. Which one is it, and does "
                "it move?",
            ),
            Rival(
                "one-example-for-all",
                1,
                message="One bag does pay more, and it is not the only one. Everybody who buys "
                "bread in shop 0 feels the price. Go through the bags one by one: how much bread "
                "is in each?",
            ),
            Rival(
                "other-variable-moves",
                4,
                message="You let bread become dearer in both shops. `W[0, 0]` is the price in "
                "shop 0 alone, and column 1 of the results is made from column 1 of W. Which "
                "results have `W[0, 0]` in their formula?",
            ),
            Rival(
                "other-variable-moves",
                6,
                message="You let all results move. `W[0, 0]` is the price of bread in shop 0, and "
                "the second column of the results is made without it. Which results have it in "
                "their formula, and how often?",
            ),
        ],
        hints=[
            "Who pays the price of bread in shop 0?",
            "Column 1 of the results belongs to shop 1. That leaves three results.",
            "How much bread is in each bag? A bag without bread does not notice.",
        ],
        solution="```python\nnp.count_nonzero(X[:, 0])\n```",
        why="`W[0, 0]` meets column 0 of X, and lands in column 0 of the result.",
        next="How far each of them moves is what stands in that column of X: 1, 3 and 0 times.",
    ),
    Question(
        id="arrays.predict_slope",
        title="All ways from one price",
        difficulty=2,
        minutes=2,
        answer=Number(LAYER.gradient(Entry("W", 0, 0))),
        rivals=[
            Rival("one-example-for-all", 2.0),
            Rival("one-example-for-all", -12.0),
            Rival(
                "own-link-left-out",
                6.0,
                message="You added up what L makes of each result, as if each of them moved one "
                "for one with the price. But bag 1 holds three breads and feels it three times, "
                "and bag 2 holds none. By what is each number of `dZ` multiplied first?",
            ),
            Rival("upstream-forgotten", 4.0),
            Rival("sum-of-slopes", 10.0),
            Rival(
                "mean-for-sum",
                -10 / 3,
                message="You divided by the number of bags, and here the loss is a *sum* over "
                "them. Each bag adds its whole piece. What do the three pieces come to together?",
            ),
        ],
        hints=[
            "There are three ways from the price to L, one through each bag.",
            "On the way through bag 1 the price moves the result 3 times as far, and L moves −4 "
            "times as far as that result.",
            "Multiply along each way, then add the three products.",
        ],
        solution="```python\n1 * 2 + 3 * -4 + 0 * 8\n```",
        why="Slopes multiply along a way, and the ways add up, as in chapter 14.",
        next="It is a dot product: a column of X with a column of dZ.",
    ),
    Question(
        id="arrays.predict_input",
        title="One bread more",
        difficulty=2,
        minutes=2,
        answer=Number(LAYER.gradient(Entry("X", 1, 0))),
        rivals=[
            Rival(
                "one-example-for-all",
                2.0 * -4,
                message="That is the way through shop 0. The bag is priced in both shops, so there "
                "is a second result that a bread more moves. How far does it move, and what does L "
                "make of it?",
            ),
            Rival(
                "one-example-for-all",
                3.0 * 6,
                message="That is the way through shop 1. The bag is priced in both shops, so there "
                "is another result that a bread more moves. How far does it move, and what does L "
                "make of it?",
            ),
            Rival("upstream-forgotten", 5.0),
            Rival(
                "transpose-missing",
                2.0 * -4 + 2 * 6,
                message="You took a column of W, the prices of bread and of apples in one shop. A "
                "bread more is paid for as bread, in either shop. In which row or column of W do "
                "the two prices of bread stand?",
            ),
            Rival(
                "own-link-left-out",
                2.0,
                message="You added up what L makes of the two "
                "results, as if each moved one for one with the bread. But they move by its "
                "price. How far does each result move when a bread is added?",
            ),
        ],
        hints=[
            "Bag 1 is priced in both shops. Which two results does a bread more move?",
            "It moves them 2 and 3 times as far. L moves −4 and 6 times as far as they do.",
            "Multiply along each of the two ways, and add.",
        ],
        solution="```python\n2 * -4 + 3 * 6\n```",
        why="The ways from an input lead through all results of its row.",
        next="From a weight they lead through all results of its column.",
    ),
    Question(
        id="arrays.predict_bias",
        title="What a fee receives",
        difficulty=1,
        minutes=1,
        answer=Number(LAYER.gradient(Entry("b", 0, 0))),
        rivals=[
            Rival("copies-not-summed", 2.0),
            Rival("copies-not-summed", 8.0),
            Rival(
                "upstream-forgotten",
                3.0,
                message="Each of the three bags feels the fee one for one, and that makes 3 for "
                "their sum. But L does not move like the sum of what is paid: `dZ` says what it "
                "makes of each result. Where do these numbers come in?",
            ),
            Rival(
                "own-value-in-product",
                -10.0,
                message="That is the slope of the price of bread, in which each bag counts as "
                "often as it holds bread. A fee is paid once for every bag, whatever is in it. How "
                "far does each of the three results move?",
            ),
        ],
        hints=[
            "How many of the results in column 0 move when the fee of shop 0 goes up?",
            "All three of them move one for one. L moves 2, −4 and 8 times as far as they do.",
            "The pieces add up.",
        ],
        solution="```python\ndZ[:, 0].sum()\n```",
        why="One number was copied into three places, so three pieces come back and add up.",
        next="A bias is a weight whose input is always 1: a column of ones in X would do the same.",
    ),
    Question(
        id="arrays.predict_nodes",
        title="A hundred times the rows",
        difficulty=2,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "100 times as many",
                "b": "as many as now",
                "c": "10 times as many, since rows and columns share the work",
            },
        ),
        rivals=[
            Rival(
                "numbers-for-nodes",
                "a",
                message="There are a hundred times as many *numbers*. But a node of this engine "
                "holds a whole table, however large, and the formula has as many operations as "
                "before. What makes a new node?",
            ),
            Rival(
                "numbers-for-nodes",
                "c",
                message="Rows and columns are both within the tables, and a table is one node. "
                "Count the operations in the formula of the network: does any of them come again "
                "when the table grows?",
            ),
        ],
        hints=[
            "When is a new `Array` made: for each number, or for each operation?",
            "Count the operations in `network`. Do they depend on the number of rows?",
            "Each operation makes one node, however large its table is.",
        ],
        solution='The answer is **b**: `check("arrays.predict_nodes", "b")`.',
        why="A node is made for each operation of the formula, and the formula stays the same.",
        next="That is where the speed comes from: few visits by Python, each of them to a large "
        "table.",
    ),
    Question(
        id="arrays.1",
        title="Which of them fit?",
        difficulty=2,
        minutes=4,
        answer=Array(_sizes(_where_it_fits)),
        rivals=[
            Rival(
                "shape-from-inner-numbers",
                _sizes(lambda a, b: (a[1], b[0]) if a[1] == b[0] else (0, 0)),
            ),
            Rival("inner-numbers-ignored", _sizes(lambda a, b: (a[0], b[1]))),
            Rival(
                "shape-from-inner-numbers",
                _sizes(lambda a, b: (a[0] * a[1], b[1]) if a[1] == b[0] else (0, 0)),
                message="You kept the numbers in the middle as well. Along them the pairs are "
                "multiplied and added up, so that a row and a column leave one number. How many "
                "rows meet how many columns?",
            ),
        ],
        hints=[
            "Write the two shapes side by side, such as (4, 3) (3, 2), and look at the numbers in "
            "the middle.",
            "Where the middle ones agree, the outer ones are the shape of the product, which holds "
            "rows times columns numbers.",
            "`A.T` has the shape (3, 4). Three of the seven fit besides `A @ B`.",
        ],
        solution="```python\nanswer_1 = [4 * 2, 0, 3 * 4, 2 * 3, 0, 3 * 3, 0]\n```",
        why="A row of the first meets a column of the second in pairs, so the inner numbers have "
        "to agree. Every row meets every column, which leaves the outer ones.",
        next="`A.T @ A` always fits. It holds the dot products of all columns of A.",
    ),
    Question(
        id="arrays.2",
        title="One weight, one input",
        difficulty=2,
        minutes=5,
        answer=Array(
            [float(X2[:, 1] @ DZ2[:, 0]), float(W2[0] @ DZ2[2])],
        ),
        rivals=[
            Rival(
                "one-example-for-all",
                [float(X2[0, 1] * DZ2[0, 0]), float(W2[0, 0] * DZ2[2, 0])],
                message="Each of your numbers is one single way. The weight is used for every "
                "example, and the input for every result of its row. Which other ways lead from "
                "each of them to L?",
            ),
            Rival("upstream-forgotten", [float(X2[:, 1].sum()), float(W2[0].sum())]),
            Rival(
                "own-link-left-out",
                [float(DZ2[:, 0].sum()), float(DZ2[2].sum())],
                message="You added up what L makes of the results, as if each of them moved one "
                "for one. A result moves as far as the *other* factor says. Which numbers of X "
                "does the weight meet, and which of W the input?",
            ),
            Rival(
                "transpose-missing",
                [float(X2[:, 0] @ DZ2[:, 1]), float(W2[:, 0] @ DZ2[2])],
                message="Rows and columns have changed places. `W[1, 0]` stands in row 1, so it "
                "meets column 1 of X, and lands in column 0 of Z. `X[2, 0]` meets row 0 of W. "
                "Which numbers do you multiply then?",
            ),
            Rival(
                "partials-swapped",
                [float(W2[0] @ DZ2[2]), float(X2[:, 1] @ DZ2[:, 0])],
            ),
        ],
        hints=[
            "`W[1, 0]` stands in the formulas of `Z[0, 0]`, `Z[1, 0]` and `Z[2, 0]`. Beside which "
            "numbers of X?",
            "For the weight: column 1 of X with column 0 of dZ, in pairs, added up.",
            "For the input `X[2, 0]`: row 0 of W with row 2 of dZ.",
        ],
        solution="```python\nanswer_2 = [1 * 1 + 3 * 3 + 2 * -1, 1 * -1 + 3 * 4]\n```",
        why="A weight reaches L through its column of Z, an input through its row.",
        next="These are two entries of `X.T @ dZ` and `dZ @ W.T`.",
    ),
    Question(
        id="arrays.3",
        title="The strongest pull",
        difficulty=2,
        minutes=5,
        answer=Live(
            goal=lambda v: v["step"] == 3 and abs(_slope3(v) - _LOWEST_3) < 1e-9,
            figure=Figure("arrays.explore_nudge", settings=_FIGURE_3),
            aim="the last step, for the entry that lowers L most when it is nudged upwards",
            probes=[
                {"nudge": "X[1, 1]", "step": 3},
                {"nudge": "W[0, 1]", "step": 3},
                {"nudge": "W[1, 0]", "step": 3},
            ],
        ),
        rivals=[
            Rival(
                "largest-partial-only",
                lambda v: abs(_slope3(v) - _LOWEST_WEIGHT_3) < 1e-9,
                message="Among the weights and the fees that is the strongest one. The entries of "
                "X can be nudged as well, even one that is 0 now. Which of them reaches two "
                "results that both ought to be larger?",
            ),
            Rival(
                "sign-error",
                lambda v: abs(_slope3(v) - _HIGHEST_3) < 1e-9,
                message="This is the entry that moves L most strongly *upwards*. The slope has to "
                "be negative, so that a nudge upwards takes L down. In which part of `dZ` do you "
                "find negative numbers?",
            ),
        ],
        hints=[
            "L falls where a result that moves upwards has a negative number in `dZ`.",
            "One row of `dZ` is negative in both places. An input of that row reaches both.",
            "Row 1 of X: the larger the weights that an input meets, the stronger its pull.",
        ],
        solution='```python\nview_3.set(nudge="X[1, 1]", step=3)\n```',
        why="The ways from an entry to L meet what stands beside it. `X[1, 1]` meets 2 and 1, and "
        "in `dZ` both of its results have −4, which makes −12.",
        next="An entry that is 0 can have the largest slope of all: a slope says what a nudge "
        "would do, and nothing about where you are.",
    ),
    Question(
        id="arrays.4",
        title="The way back to the weights",
        difficulty=2,
        minutes=5,
        answer=Function(to_weights, probes=_BACK),
        rivals=[
            Rival(
                "transpose-missing",
                lambda X, dZ: np.transpose(dZ) @ np.array(X),
                message="Your table has the right numbers, but turned over: what belongs to "
                "`W[0, 1]` stands at [1, 0]. Where W is square nobody notices by looking at the "
                "shape. Which of the two factors has to come first?",
            ),
            Rival(
                "one-example-for-all",
                lambda X, dZ: np.outer(np.array(X)[-1], np.array(dZ)[-1]),
                message="That is what the last example says, and it stands alone. Each example has "
                "such a table of pieces, and a weight receives its piece from all of them. What "
                "becomes of the earlier ones in your loop?",
            ),
            Rival(
                "mean-for-sum",
                lambda X, dZ: to_weights(X, dZ) / len(X),
                message="You took the mean over the examples. Here `dZ` is given, and whatever "
                "division the loss has is in it already. What is left to do with the pieces of "
                "the examples?",
            ),
            Rival(
                "upstream-forgotten",
                lambda X, dZ: np.transpose(X) @ np.ones(np.shape(dZ)),
            ),
        ],
        hints=[
            "The result has the shape of W: a row for each column of X, a column for each column "
            "of dZ.",
            "Entry [k, j] is column k of X with column j of dZ, in pairs, added up.",
            "In one line: `X.T @ dZ`.",
        ],
        solution="```python\ndef to_weights(X, dZ):\n    return X.T @ dZ\n```",
        why="Column k of X says how far the results move with row k of W, and dZ what L makes of "
        "it. The product adds this up over the examples.",
        next="A loop over the examples that adds np.outer(x, dz) does the same, row by row.",
    ),
    Question(
        id="arrays.5",
        title="Back from the copies",
        difficulty=3,
        minutes=8,
        answer=Function(back_from_copies, probes=_COPIED),
        rivals=[
            Rival("sum-along-wrong-axis", _other_axis),
            Rival("copies-not-summed", _copies(lambda g, axis: np.take(g, 0, axis=axis))),
            Rival(
                "mean-for-sum",
                _copies(lambda g, axis: np.mean(g, axis=axis)),
                message="You took the mean of the copies. Each copy moved the loss by its whole "
                "piece, so that a number which was copied a hundred times has a hundred times the "
                "say. What do the pieces come to together?",
            ),
        ],
        hints=[
            "Where g has more axes than the shape, the missing ones stood in front: sum along "
            "axis 0 until there are as many.",
            "Then go through the axes. Where the shape says 1 and g has more, copies were made "
            "along that axis.",
            "`g.sum(axis=axis, keepdims=True)` adds up and leaves the axis there, with length 1.",
        ],
        solution="```python\ndef back_from_copies(g, shape):\n    while g.ndim > len(shape):\n"
        "        g = g.sum(axis=0)\n    for axis, size in enumerate(shape):\n"
        "        if size == 1:\n            g = g.sum(axis=axis, keepdims=True)\n    return g\n```",
        why="NumPy writes missing axes in front, and repeats along every axis of length 1. The way "
        "back adds up along exactly these.",
        next="Where nothing was copied, nothing is added: (2, 2) comes back as it went.",
    ),
    Question(
        id="arrays.6",
        title="Bug clinic: right for one example",
        difficulty=3,
        minutes=10,
        answer=Function(layer_slopes, probes=_CLINIC),
        rivals=[
            Rival(
                "overwrite-for-accumulate",
                lambda X, W, b, T: _one_by_one(X, W, b, T, _turned, add=False),
                message="Two things are wrong at once. What your loop returns is what the last "
                "example says, since each new piece takes the place of the one before. And the "
                "table for W is turned over. What does `np.outer(dz, x)` put into row 0?",
            ),
            Rival(
                "overwrite-for-accumulate",
                lambda X, W, b, T: _one_by_one(X, W, b, T, add=False),
            ),
            Rival(
                "transpose-missing",
                lambda X, W, b, T: _one_by_one(X, W, b, T, _turned),
                message="The pieces add up now, and the last row is right. The rows above it are "
                "turned over: the slope of `W[0, 1]` stands at [1, 0]. W is square here, so no "
                "message comes. Which of x and dz belongs to the rows of W?",
            ),
            Rival("forgotten-two", lambda X, W, b, T: layer_slopes(X, W, b, T) / 2),
            Rival(
                "sum-along-wrong-axis",
                lambda X, W, b, T: np.vstack(
                    [
                        layer_slopes(X, W, b, T)[:-1],
                        np.full(len(b), (2 * (np.array(X) @ W + b - T)).sum()),
                    ]
                ),
                message="The slopes of W are right. In the last row you added up over the results "
                "of an example as well, so that all fees share one number. Each fee is copied from "
                "example to example, and never to its neighbour. Over what should the sum run?",
            ),
        ],
        hints=[
            "Print what the loop holds after its first and after its second example.",
            "With one example `=` and `+=` do the same. With two they do not.",
            "`np.outer(x, dz)` has a row for each number of x, as W has. Here x and dz have "
            "changed places, and the test could not tell since its dz is as even as its x.",
        ],
        solution="```python\ndef layer_slopes(X, W, b, T):\n"
        "    dW, db = np.zeros(W.shape), np.zeros(b.shape)\n"
        "    for x, t in zip(X, T):\n        dz = 2 * (x @ W + b - t)\n"
        "        dW += np.outer(x, dz)\n        db += dz\n    return np.vstack([dW, db])\n```",
        why="Each example adds its piece. The piece for W has the input in its rows and the slope "
        "of the result in its columns.",
        next="Test with several examples, and with numbers that differ in every place.",
    ),
    Question(
        id="arrays.7",
        title="The same table twice",
        difficulty=3,
        minutes=10,
        answer=Function(twice, probes=_TIED),
        rivals=[
            Rival(
                "overwrite-for-accumulate",
                lambda X, W, T: _two_uses(X, W, T)[1],
                message="That is what W receives as the *second* factor. It stands in the formula "
                "once more, and a nudge of it changes X @ W too. What comes back by that way, "
                "through the gradient of h?",
            ),
            Rival(
                "overwrite-for-accumulate",
                lambda X, W, T: _two_uses(X, W, T)[0],
                message="That is what W receives as the *first* factor. It stands in the formula "
                "once more, as the factor by which h is multiplied. What comes back by that way, "
                "and what happens to both pieces?",
            ),
            Rival(
                "transpose-missing",
                _not_turned,
                message="Both pieces are there, and one of them took a wrong turn. On the way back "
                "to h you multiplied by W as it stands. A result collects along a *column* of W, "
                "so h receives along its rows. Which form of W belongs there?",
            ),
            Rival("forgotten-two", lambda X, W, T: twice(X, W, T) / 2),
            Rival(
                "sum-of-slopes",
                lambda X, W, T: 2 * _two_uses(X, W, T)[1],
                message="You took one piece twice. The two uses of W are not alike: in one it "
                "meets X, in the other it meets h. What does it receive as the first factor?",
            ),
        ],
        hints=[
            "Name the pieces: h = X @ W, Z = h @ W, dZ = 2 (Z − T). W is used twice, so two pieces "
            "come back.",
            "As the second factor W receives h.T @ dZ, and h receives dZ @ W.T.",
            "As the first factor it receives X.T @ (what h has received). Add the two.",
        ],
        solution="```python\ndef twice(X, W, T):\n    h = X @ W\n    dZ = 2 * (h @ W - T)\n"
        "    return X.T @ (dZ @ W.T) + h.T @ dZ\n```",
        why="It is x · w · w again: both uses hand back a piece, and the pieces add up.",
        next="Networks that read a text word by word use one table at every word. Its gradient is "
        "the sum over all of them.",
    ),
    Question(
        id="arrays.8",
        title="Rows by their number",
        difficulty=3,
        minutes=8,
        answer=Function(rows_back, probes=_TAKEN),
        rivals=[
            Rival(
                "overwrite-for-accumulate",
                _rows_overwritten,
                message="Where a number comes twice in `rows`, only the last piece is left. NumPy "
                "fills all places at once in `d[rows] += g`, and does not add twice to one row. "
                "How can each piece be added on its own?",
            ),
            Rival(
                "mean-for-sum",
                _rows_averaged,
                message="You took the mean where a row was taken several times. Each copy moved "
                "the result by its whole piece. What do the pieces of one row come to together?",
            ),
            Rival(
                "partials-swapped",
                lambda g, rows, count: rows_back(np.array(g)[::-1], rows, count),
                message="Your pieces go to the rows in the wrong order. Row i of g belongs to the "
                "row that was taken as number i, which is `rows[i]`. To which row of the table "
                "does the first row of g go?",
            ),
        ],
        hints=[
            "Begin with a table of zeros, `count` rows high and as wide as g.",
            "Row i of g belongs to row `rows[i]` of the table.",
            "Go through them one by one, and use `+=`: a row may be taken more than once.",
        ],
        solution="```python\ndef rows_back(g, rows, count):\n"
        "    d = np.zeros((count, g.shape[1]))\n    for row, piece in zip(rows, g):\n"
        "        d[row] += piece\n    return d\n```",
        why="A row that was taken twice was copied into two places, so both pieces come back to "
        "it. A row that nobody took receives 0.",
        next="Language models begin like this: every word is the number of a row in a table. "
        "`np.add.at(d, rows, g)` does it in one call.",
    ),
    Question(
        id="arrays.9",
        title="An operation of your own: centring",
        difficulty=4,
        minutes=15,
        answer=Function(
            _centred_with(),
            probes=[
                (_table([1, 2], [3, 1], [0, 4]), 0.5),
                (_table([1, -1], [2, 3]), 1.0),
                (_table([0, 1, 2], [1, 1, 0], [2, -1, 0.5], [1, 0, 3]), -0.5),
                (_table([2], [5], [-1]), 2.0),
                (_table([0.5, 2], [1.5, -2], [3, 1]), 0.0),
            ],
            watched="utils.models.arrays:TableOperation",
        ),
        rivals=[
            Rival(
                "upstream-forgotten",
                _centred_with(lambda g: g),
                message="The value is right, and your rule hands the gradient back as it came. "
                "That would do if the mean stood still. But a nudge of one entry moves the mean of "
                "its column, and with it every other entry there. What comes back by these ways?",
            ),
            Rival(
                "seed-of-zero",
                _centred_with(lambda g: 0 * g),
                message="The value is right, and no gradient comes back through your operation. "
                "Either the new Value does not know its inputs, or its rule hands back 0. What do "
                "`y.inputs` and `y.rule` hold after your function has run?",
            ),
            Rival(
                "sum-along-wrong-axis",
                _centred_along(1),
                message="You took the mean of each row. A column belongs to one input, and each "
                "input should be counted from its own mean over the examples. Which axis of "
                "`mean` leaves one number for each column?",
            ),
            Rival(
                "sum-along-wrong-axis",
                _centred_along(None),
                message="You took one mean of the whole table. Each column should be counted from "
                "its own. Which axis of `mean` leaves one number for each column?",
            ),
        ],
        hints=[
            "Either write the value and a rule of your own, or build it from what a Value can do. "
            "For the second way, find a table M for which `M @ a` holds the means.",
            "For the first: y = a − mean. One gradient comes back straight, the other by way of "
            "the mean, with a minus.",
            "Every entry of a column receives the same by way of the mean: −(sum of the column of "
            "g) / n. That makes `g - g.mean(axis=0)`.",
        ],
        solution="```python\ndef centred(a):\n    n = len(a.data)\n"
        "    means = np.full((n, n), 1 / n) @ a  # each row holds the means of the columns\n"
        "    return a - means\n```\n\nOr with a rule of one's own:\n\n"
        "```python\ndef centred(a):\n    y = Value(a.data - a.data.mean(axis=0))\n"
        '    y.op, y.inputs = "centred", (a,)\n'
        "    y.rule = lambda g: (g - g.mean(axis=0),)\n    return y\n```",
        why="To centre is the same on both ways: the gradient that comes back is centred too, "
        "since a shift of the whole column changes nothing.",
        next="Batch normalisation centres in this way between the layers, and divides by the "
        "spread.",
        seconds=10.0,
    ),
]
