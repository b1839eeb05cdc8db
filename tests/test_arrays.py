"""Chapter 14b: the engine of the lesson against torch, and its live figures."""

import contextlib
import io
import json
import random
import re
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import torch

from utils import autograd
from utils.explorers.arrays import explore_matmul, explore_nudge
from utils.models.arrays import Entry, entries_of, receipts
from utils.slopes import numerical_gradient
from utils.stage import Apology

LESSON = Path(__file__).resolve().parent.parent / "notebooks" / "14b_arrays.ipynb"
GRAPHS = 1000
SIZES = (1, 2, 3, 4)


@pytest.fixture(scope="module")
def lesson() -> dict:
    """What the lesson has defined when its cells have run, without its figures and checks."""
    names: dict = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for cell in json.loads(LESSON.read_text("utf-8"))["cells"]:
            code = "".join(cell["source"])
            if cell["cell_type"] == "code" and not re.match(r"(explore|check)_?", code):
                exec(code, names)  # our own notebook
    return names


# --- the engine against torch, on random graphs ---


def _tables(chance: random.Random) -> list[np.ndarray]:
    """Leaves of one n × m family: the whole table, a row, a column, two vectors, one number."""
    n, m = chance.choice(SIZES), chance.choice(SIZES)
    shapes = [(n, m), (n, m), (1, m), (n, 1), (m,), (), (m, m), (1, 1)]
    numbers = np.random.default_rng(chance.randrange(2**32))
    return [numbers.uniform(-1, 1, shape) for shape in shapes]


def _together(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    """Whether two shapes broadcast."""
    return all(a == b or 1 in (a, b) for a, b in zip(one[::-1], other[::-1], strict=False))


def random_graph(leaves: list, chance: random.Random, counted: set[str] | None = None):
    """One number from a graph over the leaves; the same choices for every engine.

    Nodes are picked among all there are, so that many of them are used several times. counted
    takes the names of what happened.
    """
    counted = set() if counted is None else counted
    nodes = list(leaves)

    def shape(node) -> tuple[int, ...]:
        return tuple((node if isinstance(node, torch.Tensor) else node.data).shape)

    for _ in range(chance.randint(4, 9)):
        a, b = chance.choice(nodes), chance.choice(nodes)
        what = chance.choice(["+", "-", "*", "@", "@", "**", "tanh", "number", "array"])
        fits = len(shape(a)) == 2 == len(shape(b)) and shape(a)[1] == shape(b)[0]
        if what in "+-*" and _together(shape(a), shape(b)):
            made = {"+": a + b, "-": a - b, "*": a * b}[what]
            counted.add("broadcast" if shape(a) != shape(b) else what)
        elif what == "@" and fits:
            made = (a @ b) * 0.5
        elif what == "**":
            made = a ** chance.choice([2, 3])
        elif what == "tanh":
            made = a.tanh()
        elif what == "number":
            made = 2 - 0.5 * a
        elif what == "array" and len(shape(a)) == 2:
            constant = np.linspace(-1, 1, 2 * shape(a)[0]).reshape(2, -1)
            left = torch.tensor(constant) if isinstance(a, torch.Tensor) else constant
            made = left @ a
        else:
            continue
        counted.add(what)
        if a is b:
            counted.add("twice")
        nodes.append(made.tanh())  # so that powers of powers stay small
    total = nodes[-1].sum()
    for node in nodes:
        total = total + (node * node).sum() * 0.1
    return total


def test_the_engine_of_the_lesson_agrees_with_torch_on_a_thousand_graphs(lesson):
    happened: set[str] = set()
    for seed in range(GRAPHS):
        tables = _tables(random.Random(seed))
        ours = [lesson["Array"](table) for table in tables]
        theirs = [torch.tensor(table, requires_grad=True) for table in tables]
        end = random_graph(ours, random.Random(-seed - 1), happened)
        other = random_graph(theirs, random.Random(-seed - 1))
        end.backward()
        other.backward()
        assert abs(float(end.data) - other.item()) < 1e-10, seed
        for mine, tensor in zip(ours, theirs, strict=True):
            assert mine.grad.shape == tensor.shape, seed
            assert np.abs(mine.grad - tensor.grad.numpy()).max() < 1e-10, seed
    wanted = {"+", "-", "*", "@", "**", "tanh", "number", "array", "broadcast", "twice"}
    assert happened == wanted


@pytest.mark.parametrize(
    ("line", "instead"),
    [
        ("g = g.sum(axis=0)", "g = g[0]"),
        ("g = g.sum(axis=axis, keepdims=True)", "g = g.mean(axis=axis, keepdims=True)"),
        ("lambda g: a.data.T @ g", "lambda g: (g.T @ a.data).T * 1.0001"),
        ("parent.grad = parent.grad + fitted(", "parent.grad = fitted("),
        ("for node in reversed(order):", "for node in order:"),
        (
            "lambda g: g * b.data, lambda g: g * a.data",
            "lambda g: g * a.data, lambda g: g * b.data",
        ),
    ],
)
def test_a_broken_engine_does_not_agree(line, instead):
    names: dict = {"np": np}
    cells = ["".join(c["source"]) for c in json.loads(LESSON.read_text("utf-8"))["cells"]]
    engine = [
        c for c in cells if re.match(r"(class Array|def (?!loss|measured|network|nudged))", c)
    ]
    engine += [c for c in cells if c.startswith("Array.__add__")]
    whole = "\n\n\n".join(engine)
    assert whole.count(line) == 1
    exec(whole.replace(line, instead), names)
    apart = 0.0
    for seed in range(40):
        tables = _tables(random.Random(seed))
        ours = [names["Array"](table) for table in tables]
        theirs = [torch.tensor(table, requires_grad=True) for table in tables]
        with contextlib.suppress(ValueError):
            random_graph(ours, random.Random(-seed - 1)).backward()
        random_graph(theirs, random.Random(-seed - 1)).backward()
        for mine, tensor in zip(ours, theirs, strict=True):
            grad = tensor.grad.numpy()
            same = np.shape(mine.grad) == grad.shape
            apart = max(apart, np.abs(mine.grad - grad).max() if same else np.inf)
    assert apart > 1e-6


def test_the_engine_has_the_length_that_the_lesson_says():
    cells = ["".join(c["source"]) for c in json.loads(LESSON.read_text("utf-8"))["cells"]]
    start = re.compile(r"class Array|def (add|power|in_order|backward|fitted)\(|Array\.__add__")
    lines = [line for c in cells if start.match(c) for line in c.splitlines() if line.strip()]
    assert 40 <= len(lines) < 60


def test_inputs_add_up_over_walks_and_the_rest_starts_afresh(lesson):
    for kind, between in ((lesson["Array"], 1), (autograd.Value, 2)):
        a = kind([[1.0, 2.0], [3.0, -1.0]])
        u = a @ np.array([[1.0, 0.0], [2.0, 1.0]])
        end = (u**2).sum()
        end.backward()
        once, middle = np.array(a.grad), np.array(u.grad)
        end.backward()
        assert np.allclose(a.grad, 2 * once)
        assert np.allclose(u.grad, between * middle)


# --- what the figures compute ---


def test_a_layer_knows_the_slope_of_every_entry():
    rng = np.random.default_rng(3)
    for n, k, m in product((1, 3, 4), (1, 2, 3), (1, 3)):
        tables = {"X": (n, k), "W": (k, m), "b": (1, m), "T": (n, m)}
        tables = {name: rng.integers(-3, 4, shape) * 1.0 for name, shape in tables.items()}
        X, W, b, T = tables.values()
        layer = receipts(X, W, b[0], T)
        assert np.allclose(layer.Z, X @ W + b)
        for name in "XWb":
            for entry in entries_of(name, tables[name].shape):
                slope, ways = _measured(tables, entry), set(layer.reached(entry))
                assert abs(slope - layer.gradient(entry)) < 1e-4
                assert {tuple(p) for p in np.argwhere(layer.moves(entry)).tolist()} <= ways


def _measured(tables: dict[str, np.ndarray], entry: Entry) -> float:
    """The slope of the sum of (X @ W + b − T)² towards one entry, by central differences."""

    def loss(value: float) -> float:
        moved = {name: table.copy() for name, table in tables.items()}
        moved[entry.table][entry.row, entry.column] = value
        X, W, b, T = moved.values()
        return float(np.sum((X @ W + b - T) ** 2))

    return numerical_gradient(loss, [tables[entry.table][entry.row, entry.column]])[0]


def _words(view) -> dict[str, str]:
    return {name: mark.text for name, mark in view.scene.marks.items() if hasattr(mark, "text")}


def test_each_result_is_the_dot_product_that_is_written_out():
    view = explore_matmul()
    for row, column, by in product(range(3), range(2), (-2, 0, 1)):
        for change in ("W[0, 0]", "W[1, 1]", "X[2, 1]"):
            view.set(row=row, column=column, change=change, by=by)
            layer = receipts()
            tables = {"X": layer.X.copy(), "W": layer.W.copy()}
            tables[change[0]][int(change[2]), int(change[5])] += by
            result = (tables["X"] @ tables["W"])[row, column]
            words = _words(view)
            shown = words[f"Z ({row}, {column})"] or words[f"Z ({row}, {column}) moved"]
            assert shown == f"{result:g}".replace("-", "−")
            assert words["line"].endswith(f"= {shown}")
            moved = {n for n in words if n.startswith("Z") and n.endswith("moved") and words[n]}
            apart = tables["X"] @ tables["W"] - layer.X @ layer.W
            assert len(moved) == np.count_nonzero(apart)
            assert f"{apart.size - len(moved)} of 6 stay" in view.sentence or not by


def test_a_nudge_is_followed_step_by_step():
    layer, view = receipts(), explore_nudge()
    for name, shape in (("W", (2, 2)), ("b", (1, 2)), ("X", (3, 2))):
        for entry in entries_of(name, shape):
            sentences = [view.set(nudge=entry.name, step=k).sentence for k in range(4)]
            assert "predict" in sentences[0] and "predict" in sentences[1]
            total = f"{layer.gradient(entry):g}".replace("-", "−")
            assert sentences[3].endswith(f"= {total}.")
            assert not any(f"= {total}." in s for s in sentences[:3])
            assert _words(view)["line"].endswith(f"= {total}")
            assert _words(view.set(step=2))["line"].endswith("= ?")


def test_the_first_state_gives_nothing_away():
    words = _words(explore_nudge())
    assert {words[f"moves {place}"] for place in product(range(3), range(2))} == {"?"}
    assert not words["line"]


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: explore_matmul([[1, 2, 3]], [[1, 2]]), "cannot be multiplied in pairs"),
        (lambda: explore_matmul([[1] * 4], [[1]] * 4), "there is room for"),
        (lambda: explore_matmul([[1, 2], [3]]), "rows of one length"),
        (lambda: explore_matmul([1, 2]), "rows and columns"),
        (lambda: explore_nudge(T=[[1, 2]]), "have one shape"),
        (lambda: explore_nudge(b=[1, 2, 3]), "one number for each"),
    ],
)
def test_tables_that_do_not_fit_get_a_sentence(make, said):
    made = make()
    assert isinstance(made, Apology)
    assert said in str(made)


def test_tables_of_any_fitting_shape_can_be_drawn():
    rng = np.random.default_rng(0)
    for n, k, m in product((1, 4), (1, 3), (1, 3)):
        X, W, T = (rng.integers(-9, 10, s) for s in ((n, k), (k, m), (n, m)))
        assert "Row 0" in explore_matmul(X, W, row=0).sentence
        assert "All ways" in explore_nudge(X, W, T=T, step=3).sentence
