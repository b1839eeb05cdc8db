"""Practice of chapter 14b: products of tables, and the ways from an entry to the loss."""

from __future__ import annotations

from collections.abc import Sequence

from utils.checks import Array, Number, Rival
from utils.practice.shown import Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, written

Rows = list[list[int]]


def _drawn(draw: Draw, rows: int, columns: int, low: int = -4, high: int = 5) -> Rows:
    return [[draw.whole(low, high) for _ in range(columns)] for _ in range(rows)]


def _shown(name: str, rows: Rows) -> Table:
    """A table with its name in the corner, and the numbers of its rows and columns."""
    head = [name, *(str(j) for j in range(len(rows[0])))]
    return Table(head, [[str(i), *map(written, row)] for i, row in enumerate(rows)])


def _column(rows: Rows, j: int) -> list[int]:
    return [row[j] for row in rows]


def _dot(one: Sequence[int], other: Sequence[int]) -> int:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _pairs(one: Sequence[int], other: Sequence[int]) -> str:
    """A dot product written out: "3 · 2 + 1 · (−4)"."""
    return " + ".join(f"{bracketed(a)} · {bracketed(b)}" for a, b in zip(one, other, strict=True))


def _listed(numbers: Sequence[int]) -> str:
    return ", ".join(map(written, numbers))


ONE_WAY = (
    "That is one way alone. The number is used several times, and a nudge of it reaches the loss "
    "by each of these ways. What do the others add?"
)
AS_IF_ONE = (
    "You added up what the loss makes of the results, as if each of them moved one for one with "
    "the nudge. How far each of them moves, its other factor says. Which numbers are these?"
)
SWAPPED = (
    "You took a row where a column belongs, or the other way round. Look at the two places in the "
    "brackets: the first counts rows, the second columns. Which numbers does this entry meet?"
)


def _swapped(apart: bool, answer: int) -> list[Rival]:
    """The answer of rows taken for columns, where the two are not the same."""
    return [Rival("transpose-missing", answer, message=SWAPPED)] if apart else []


def _slips_of_sums(factors: Sequence[int], slopes: Sequence[int]) -> list[Rival]:
    """The answers of those who add up the ways of a nudge and lose something on the way."""
    return [
        Rival("one-example-for-all", factors[0] * slopes[0], message=ONE_WAY),
        Rival("own-link-left-out", sum(slopes), message=AS_IF_ONE),
        Rival("upstream-forgotten", sum(factors)),
        Rival("mean-for-sum", _dot(factors, slopes) / len(factors)),
    ]


# --- one result ---


def entry(draw: Draw) -> Problem | None:
    """One result of a product of two tables."""
    X, W = _drawn(draw, 2, 3), _drawn(draw, 3, 2)
    i, j = draw.one([0, 1]), draw.one([0, 1])
    row, column = X[i], _column(W, j)
    if row.count(0) + column.count(0) > 1:
        return None
    return Problem(
        f"X and W are the tables below, with their rows and columns counted from 0. Which number "
        f"stands at [{i}, {j}] in X @ W?",
        shown=[_shown("X", X), _shown("W", W)],
        asks=f"(X @ W)[{i}, {j}] =",
        answer=Number(_dot(row, column)),
        rivals=[
            Rival("entrywise-for-matmul", X[i][j] * W[i][j]),
            *_swapped(i != j, _dot(X[j], _column(W, i))),
            Rival(
                "products-not-added",
                row[0] * column[0],
                message="That is the first of three products. The row has three numbers and so has "
                "the column, and each pair adds its own product. What do the other two pairs add?",
            ),
            Rival(
                "sum-of-slopes",
                sum(row) + sum(column),
                message="You added all six numbers. The row and the column meet in pairs, first "
                "with first and so on, and the two of a pair are *multiplied*. What do the three "
                "products come to together?",
            ),
        ],
        steps=[
            f"Row {i} of X meets column {j} of W: {_listed(row)} and {_listed(column)}.",
            f"Multiply in pairs and add: {_pairs(row, column)} = {written(_dot(row, column))}.",
        ],
        next="Every result is such a dot product, and all of them together are the table X @ W.",
    )


# --- shapes ---


def shape(draw: Draw) -> Problem | None:
    """Rows and columns of a product."""
    n, k, m = draw.several(range(2, 13), 3)
    things, kinds, places = draw.one(
        [
            ("bags", "goods", "shops"),
            ("meals", "ingredients", "suppliers"),
            ("trips", "kinds of ticket", "companies"),
            ("orders", "parts", "workshops"),
            ("examples", "inputs", "neurons"),
        ]
    )
    return Problem(
        f"X has a row for each of {n} {things} and a column for each of {k} {kinds}. W has a row "
        f"for each of the {k} {kinds} and a column for each of {m} {places}. Which shape has "
        "X @ W? Give the number of its rows, then that of its columns.",
        asks="rows, columns:",
        answer=Array([n, m]),
        rivals=[
            Rival("shape-from-inner-numbers", [k, k]),
            Rival(
                "order-reversed",
                [m, n],
                message="Both numbers are good, and they have changed places. A shape tells the "
                "rows first. What does a row of the result belong to, and what a column?",
            ),
        ],
        steps=[
            f"Write the shapes side by side: ({n}, {k}) and ({k}, {m}). The numbers in the middle "
            "agree, so the product exists.",
            f"Every row of X meets every column of W: {n} rows and {m} columns.",
        ],
        next=f"The {k} in the middle are summed away: they are the length of each dot product.",
    )


def product_for(draw: Draw) -> Problem | None:
    """Which product is the gradient of a table."""
    n, k, m = draw.several(range(2, 60), 3)
    names = {
        "X.T @ dZ": f"({k}, {n}) @ ({n}, {m})",
        "dZ @ W.T": f"({n}, {m}) @ ({m}, {k})",
        "X @ dZ": f"({n}, {k}) @ ({n}, {m})",
        "W.T @ dZ": f"({m}, {k}) @ ({n}, {m})",
        "dZ.T @ X": f"({m}, {n}) @ ({n}, {k})",
    }
    table, right = draw.one([("W", "X.T @ dZ"), ("X", "dZ @ W.T")])
    other = "dZ @ W.T" if table == "W" else "X.T @ dZ"
    asked = (k, m) if table == "W" else (n, k)
    answer, rivals = draw.options(
        f"`{right}`",
        [
            Rival(
                "partials-swapped",
                f"`{other}`",
                message="That product exists, and it is the gradient of the *other* table. A "
                "gradient has the shape of what it belongs to. Which shape has this product, and "
                f"which has {table}?",
            ),
            Rival("transpose-missing", "`X @ dZ`" if table == "W" else "`W.T @ dZ`"),
            Rival(
                "shape-from-inner-numbers",
                "`dZ.T @ X`",
                message="That product exists, but its shape is that of the gradient of W turned "
                "over. The rows of a gradient belong to the rows of its table. Which factor has to "
                "come first, so that they do?",
            ),
        ],
    )
    return Problem(
        f"A layer Z = X @ W has X with the shape ({n}, {k}) and W with the shape ({k}, {m}). On "
        f"the way back dZ has arrived, with the shape ({n}, {m}). Which product is the gradient of "
        f"{table}?",
        answer=answer,
        rivals=rivals,
        steps=[
            f"The gradient has the shape of {table}, which is {asked}.",
            f"`{right}` is {names[right]}, which fits and gives {asked}.",
            f"So the answer is **{answer.truth}**.",
        ],
        next="The shapes help to remember it. Why it is so, the ways from an entry to L tell.",
    )


# --- gradients of single entries ---


def weight(draw: Draw) -> Problem | None:
    """The gradient of one weight: a column of X with a column of dZ."""
    X, dZ = _drawn(draw, 3, 2), _drawn(draw, 3, 2)
    k, j = draw.one([0, 1]), draw.one([0, 1])
    factors, slopes = _column(X, k), _column(dZ, j)
    if factors.count(0) > 1 or slopes.count(0) > 1:
        return None
    truth = _dot(factors, slopes)
    return Problem(
        f"In Z = X @ W a nudge of W[{k}, {j}] reaches a whole column of Z. The tables show X, and "
        "dZ: how many times as far L moves as each result. How many times as far as "
        f"W[{k}, {j}] does L move?",
        shown=[_shown("X", X), _shown("dZ", dZ)],
        asks=f"∂L/∂W[{k}, {j}] =",
        answer=Number(truth),
        rivals=[
            *_slips_of_sums(factors, slopes),
            *_swapped(k != j, _dot(_column(X, j), _column(dZ, k))),
        ],
        steps=[
            f"W[{k}, {j}] is multiplied by column {k} of X, {_listed(factors)}: that many "
            f"times as far do the three results in column {j} of Z move.",
            f"L makes of them what column {j} of dZ says: {_listed(slopes)}.",
            f"All ways together: {_pairs(factors, slopes)} = {written(truth)}.",
        ],
        next=f"It is entry [{k}, {j}] of `X.T @ dZ`.",
    )


def given_input(draw: Draw) -> Problem | None:
    """The gradient of one input: a row of W with a row of dZ."""
    W, dZ = _drawn(draw, 2, 3), _drawn(draw, 2, 3)
    i, k = draw.one([0, 1]), draw.one([0, 1])
    factors, slopes = W[k], dZ[i]
    if factors.count(0) > 1 or slopes.count(0) > 1:
        return None
    truth = _dot(factors, slopes)
    return Problem(
        f"In Z = X @ W the input X[{i}, {k}] is used for every result of its row. The tables show "
        f"W and dZ, which has arrived. How many times as far as X[{i}, {k}] does L move?",
        shown=[_shown("W", W), _shown("dZ", dZ)],
        asks=f"∂L/∂X[{i}, {k}] =",
        answer=Number(truth),
        rivals=[
            *_slips_of_sums(factors, slopes),
            *_swapped(i != k, _dot(W[i], dZ[k])),
        ],
        steps=[
            f"X[{i}, {k}] meets row {k} of W, {_listed(factors)}, and lands in row {i} of Z.",
            f"L makes of these three results what row {i} of dZ says: {_listed(slopes)}.",
            f"All ways together: {_pairs(factors, slopes)} = {written(truth)}.",
        ],
        next=f"It is entry [{i}, {k}] of `dZ @ W.T`.",
    )


# --- copies ---


def copies(draw: Draw) -> Problem | None:
    """What a number receives that was broadcast along rows, along columns, or everywhere."""
    dZ = _drawn(draw, 3, 3, -5, 9)
    where = draw.one([0, 1, 2])
    kind = draw.one(["row", "column", "number"])
    along, across = _column(dZ, where), dZ[where]
    everything = [value for row in dZ for value in row]
    if kind == "row":
        said = (
            "b has the shape (3,), and NumPy added it to every row of a table. What does "
            f"b[{where}] receive"
        )
        copied, other = along, across
        told = f"The entry b[{where}] was copied into column {where}, once for each row"
    elif kind == "column":
        said = (
            "c has the shape (3, 1), and NumPy added it to every column of a table. What does "
            f"c[{where}, 0] receive"
        )
        copied, other = across, along
        told = f"The entry c[{where}, 0] was copied along row {where}, once for each column"
    else:
        said = "One number s was added to a whole table. What does s receive"
        copied, other = everything, along
        told = "The number s was copied to all nine places"
    truth = sum(copied)
    return Problem(
        f"{said}, if the gradient dZ below comes back to that table?",
        shown=[_shown("dZ", dZ)],
        asks="its gradient:",
        answer=Number(truth),
        rivals=[
            Rival("sum-along-wrong-axis", sum(other)),
            Rival("copies-not-summed", copied[0]),
            Rival("mean-for-sum", truth / len(copied)),
            Rival(
                "upstream-forgotten",
                len(copied),
                message="You counted the copies. Each of them moves one for one, so this would be "
                "right if the loss were the plain sum of the table. What does the loss make of "
                "each place? Read it in dZ.",
            ),
        ],
        steps=[
            f"{told}, and a gradient comes back from each copy.",
            f"They add up: {_sum(copied)} = {written(truth)}.",
        ],
        next="A copy on the way forward is a sum on the way back, whatever was copied.",
    )


def _sum(numbers: Sequence[int]) -> str:
    return " + ".join(bracketed(number) for number in numbers)


def taken(draw: Draw) -> Problem | None:
    """What a row of a table receives that was taken several times."""
    count = draw.one([4, 5])
    row = draw.whole(0, 3)
    rest = draw.one([other for other in range(4) if other != row])
    rows = draw.shuffled([row, row, rest] + ([row] if count == 5 else []))
    g = _drawn(draw, len(rows), 2, -4, 6)
    pieces = [piece for place, piece in zip(rows, g, strict=True) if place == row]
    truth = [sum(_column(pieces, j)) for j in (0, 1)]
    whole = [sum(_column(g, j)) for j in (0, 1)]
    last = pieces[-1]
    mean = [total / len(pieces) for total in truth]
    return Problem(
        f"Of a table E with four rows, these were taken, in this order: {_listed(rows)}. The "
        f"table shows g, the gradient that comes back to the rows that were taken. What does row "
        f"{row} of E receive? Give two numbers.",
        shown=[_shown("g", g)],
        asks=f"row {row} receives:",
        answer=Array(truth),
        rivals=[
            Rival("overwrite-for-accumulate", last),
            Rival("mean-for-sum", mean),
            Rival(
                "copies-not-summed",
                whole,
                message="You added up everything that came back. But one of these rows is a copy "
                "of another row of E, and its gradient belongs there. Which rows of g are copies "
                "of the row in question?",
            ),
        ],
        steps=[
            f"Row {row} was taken {len(pieces)} times, so that {len(pieces)} rows of g belong to "
            "it.",
            f"They add up, column by column: {_sum(_column(pieces, 0))} = {written(truth[0])} and "
            f"{_sum(_column(pieces, 1))} = {written(truth[1])}.",
        ],
        next="The words of a text are taken from such a table. A frequent word hears from every "
        "place where it stands.",
    )


# --- several steps ---


def whole_way(draw: Draw) -> Problem | None:
    """From tables and targets to the gradient of one weight."""
    X, W = _drawn(draw, 2, 2, -3, 4), _drawn(draw, 2, 2, -3, 4)
    misses = [draw.nonzero(-3, 3), draw.nonzero(-3, 3)]
    j, k = draw.one([0, 1]), draw.one([0, 1])
    results = [_dot(row, _column(W, j)) for row in X]
    targets = [z - r for z, r in zip(results, misses, strict=True)]
    factors, slopes = _column(X, k), [2 * r for r in misses]
    if 0 in factors:
        return None
    truth = _dot(factors, slopes)
    names = f"T[0, {j}] = {written(targets[0])} and T[1, {j}] = {written(targets[1])}"
    return Problem(
        f"L is the sum of all (Z − T)², with Z = X @ W. In column {j} of the targets stand "
        f"{names}. What is the slope of L towards W[{k}, {j}]?",
        shown=[_shown("X", X), _shown("W", W)],
        asks=f"∂L/∂W[{k}, {j}] =",
        answer=Number(truth),
        rivals=[
            Rival(
                "forgotten-two",
                truth / 2,
                message="Your number has half the size it should have. L is made of squares, and a "
                "square leaves something in front when you take its slope. Where did it go?",
            ),
            Rival("one-example-for-all", factors[0] * slopes[0], message=ONE_WAY),
            Rival("own-link-left-out", sum(slopes), message=AS_IF_ONE),
            Rival(
                "sign-error",
                -truth,
                message="The size is right. The miss is Z − T, what came out less what was wanted. "
                "A result that is too large must not be made larger. Which sign follows?",
            ),
            Rival("transpose-missing", _dot(X[k], slopes), message=SWAPPED),
            Rival(
                "value-for-gradient",
                _dot(factors, results),
                message="You took the results themselves where their slopes belong. L does not "
                "move with the results as large as they are, but as far as they miss. What is the "
                "miss of each, and what does a square make of it?",
            ),
        ],
        steps=[
            f"Column {j} of Z is {_listed(results)}, so the misses are {_listed(misses)}.",
            f"A square hands back twice its miss: column {j} of dZ is {_listed(slopes)}.",
            f"W[{k}, {j}] meets column {k} of X: {_pairs(factors, slopes)} = {written(truth)}.",
        ],
        next=f"The weight should go {'down' if truth > 0 else 'up' if truth < 0 else 'nowhere'}: "
        "against its slope, as always.",
    )


def two_layers(draw: Draw) -> Problem | None:
    """The slope of the output towards one weight of the first of two layers."""
    X, V = _drawn(draw, 2, 2, -3, 4), [draw.nonzero(-4, 5), draw.nonzero(-4, 5)]
    i, j = draw.one([0, 1]), draw.one([0, 1])
    slopes = [draw.nonzero(-3, 3), draw.nonzero(-3, 3)]
    factors = _column(X, i)
    if 0 in factors:
        return None
    arrived = [slope * V[j] for slope in slopes]
    truth = _dot(factors, arrived)
    table = [[value] for value in V]
    return Problem(
        "Two layers with nothing between them: H = X @ W, then Z = H @ V, for two examples. On "
        f"the way back dZ = [[{written(slopes[0])}], [{written(slopes[1])}]] has arrived. What is "
        f"the slope of L towards W[{i}, {j}]?",
        shown=[_shown("X", X), _shown("V", table)],
        asks=f"∂L/∂W[{i}, {j}] =",
        answer=Number(truth),
        rivals=[
            Rival(
                "held-factor-dropped",
                _dot(factors, slopes),
                message="You handed to H what Z has received, as it came. Between them stands V: a "
                "nudge of H moves Z as many times as far as its weight there says. Which number "
                "of V belongs to this column of H?",
            ),
            Rival(
                "partials-swapped",
                _dot(factors, [slope * V[1 - j] for slope in slopes]),
                message="You went through the other column of H. W[i, j] lands in column j of H, "
                "and from there the way leads through row j of V. Which number stands there?",
            ),
            Rival("one-example-for-all", factors[0] * arrived[0], message=ONE_WAY),
            Rival("own-link-left-out", sum(arrived), message=AS_IF_ONE),
            Rival("transpose-missing", _dot(X[i], arrived), message=SWAPPED),
        ],
        steps=[
            f"H receives dZ @ V.T. Column {j} of H gets dZ times {written(V[j])}: "
            f"{_listed(arrived)}.",
            f"W[{i}, {j}] meets column {i} of X, which is {_listed(factors)}.",
            f"All ways together: {_pairs(factors, arrived)} = {written(truth)}.",
        ],
        next="With an activation between the layers, its slope would come in as one more factor.",
    )


TEMPLATES = [
    Template("arrays.entry", title="One result", level=1, minutes=1, draw=entry),
    Template("arrays.shape", title="The shape of a product", level=1, minutes=0.5, draw=shape),
    Template(
        "arrays.product_for", title="Which product is it?", level=1, minutes=1, draw=product_for
    ),
    Template("arrays.copies", title="Back from the copies", level=1, minutes=1, draw=copies),
    Template("arrays.weight", title="The slope of a weight", level=2, minutes=2, draw=weight),
    Template("arrays.input", title="The slope of an input", level=2, minutes=2, draw=given_input),
    Template("arrays.taken", title="Rows by their number", level=2, minutes=2, draw=taken),
    Template("arrays.whole_way", title="There and back", level=3, minutes=4, draw=whole_way),
    Template("arrays.two_layers", title="Through two layers", level=3, minutes=3, draw=two_layers),
]
