"""The engine of chapter 14 against PyTorch, against difference quotients, and at its limits."""

import gc
import math
import random
import subprocess
import sys
import threading
import weakref
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import engine
from utils import autograd
from utils.autograd import Value
from utils.slopes import central_difference

GRAPHS = 10_000
ARRAY_GRAPHS = 300

# --- random graphs, built twice ---

TWO = {
    "+": lambda a, b: a + b,
    "−": lambda a, b: a - b,
    "×": lambda a, b: a * b,
    "÷": lambda a, b: a / b,
}
ONE = {
    "neg": lambda a: -a,
    "square": lambda a: a**2,
    "cube": lambda a: a**3,
    "root": lambda a: a**0.5,
    "inverse": lambda a: a**-1,
    "exp": lambda a: a.exp(),
    "ln": lambda a: a.log(),
    "tanh": lambda a: a.tanh(),
    "σ": lambda a: a.sigmoid(),
    "relu": lambda a: a.relu(),
    "plus number": lambda a: 0.5 + a,
    "number minus": lambda a: 1.5 - a,
    "number by": lambda a: 2.0 / a,
    "times number": lambda a: -3 * a,
}
ALL, TWO_NAMES, ONE_NAMES = TWO | ONE, list(TWO), list(ONE)
POSITIVE, NOT_ZERO = {"root", "ln"}, {"inverse", "number by"}


def allowed(op: str, data: float) -> bool:
    """Whether an operation has a slope of ordinary size at this input."""
    if op in POSITIVE:
        return data > 0.05
    if op in NOT_ZERO:
        return abs(data) > 0.05
    return op != "relu" or data != 0


def grow(chance: random.Random) -> tuple[list[Value], list[torch.Tensor], str]:
    """The same random graph for both engines: all its nodes, inputs first, and what was done.

    Each step takes any earlier nodes, the same one twice now and then, so most graphs fan out.
    """
    numbers = [chance.uniform(-2, 2) for _ in range(chance.randint(1, 4))]
    ours = [Value(x) for x in numbers]
    theirs = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in numbers]
    steps, inputs, wanted = [], len(numbers), len(numbers) + chance.randint(1, 12)
    while len(ours) < wanted:
        i, j = chance.randrange(len(ours)), chance.randrange(len(ours))
        if chance.random() < 0.5:
            op, at = chance.choice(TWO_NAMES), (i, j)
            if op == "÷" and abs(ours[j].data) < 0.05:
                continue
        else:
            op, at = chance.choice(ONE_NAMES), (i,)
            if not allowed(op, ours[i].data):
                continue
        how = ALL[op]
        new = how(*(ours[k] for k in at))
        if not abs(new.data) < 1e3:
            continue
        steps.append(f"{op}{at}")
        ours.append(new)
        theirs.append(how(*(theirs[k] for k in at)))
    return ours, theirs, f"{numbers[:inputs]}: {' '.join(steps)}"


def test_ten_thousand_random_graphs_agree_with_torch():
    chance = random.Random(14)
    fanned_out = 0
    for _ in range(GRAPHS):
        ours, theirs, what = grow(chance)
        ours[-1].backward()
        theirs[-1].backward()
        assert math.isclose(ours[-1].data, theirs[-1].item(), rel_tol=1e-9, abs_tol=1e-9), what
        # A gradient may be a small difference of large ones: the largest sets what can be asked.
        scale = max(1.0, *(abs(node.grad) for node in ours))
        for a, b in zip(ours, theirs, strict=True):
            if not a.op:
                expected = 0.0 if b.grad is None else b.grad.item()
                assert abs(a.grad - expected) <= 1e-9 * scale, (a.grad, expected, what)
        uses = [parent for node in ours for parent in node.inputs]
        fanned_out += len(set(uses)) < len(uses)
    assert fanned_out > GRAPHS / 4  # a tree cannot tell = from +=


SHAPES = [(), (3,), (1,), (2, 3), (2, 1), (1, 3), (3, 2)]


def grow_arrays(chance: random.Random) -> tuple[list[Value], list[torch.Tensor], str]:
    """The same for arrays that broadcast, with sums, means and matrix products."""
    seed = np.random.default_rng(chance.randrange(2**32))
    arrays = [seed.uniform(-1, 1, chance.choice(SHAPES)) for _ in range(3)]
    ours = [Value(x) for x in arrays]
    theirs = [torch.tensor(x, requires_grad=True) for x in arrays]
    steps: list[str] = []
    for _ in range(60):
        i, j = chance.randrange(len(ours)), chance.randrange(len(ours))
        op = chance.choice(["+", "−", "×", "@", "tanh", "σ", "exp", "square", "sum", "mean"])
        a, b = np.shape(ours[i].data), np.shape(ours[j].data)
        if op == "@":
            if not (a and b and a[-1] == b[0]):
                continue
            how, at = (lambda x, y: x @ y), (i, j)
        elif op in TWO:
            try:
                np.broadcast_shapes(a, b)
            except ValueError:
                continue
            how, at = TWO[op], (i, j)
        else:
            how = ONE.get(op) or (lambda x, name=op: getattr(x, name)())
            at = (i,)
        if np.max(np.abs(ours[i].data)) > 3:
            continue
        steps.append(f"{op}{at}")
        ours.append(how(*(ours[k] for k in at)))
        theirs.append(how(*(theirs[k] for k in at)))
        if len(steps) == 8:
            break
    # All of it counts, so that no branch is left without a gradient.
    ours.append(sum((v.mean() for v in ours), Value(0.0)))
    theirs.append(sum((t.mean() for t in theirs), torch.tensor(0.0, dtype=torch.float64)))
    return ours, theirs, f"{[x.shape for x in arrays]}: {' '.join(steps)}"


def test_random_graphs_of_arrays_agree_with_torch():
    chance = random.Random(41)
    for _ in range(ARRAY_GRAPHS):
        ours, theirs, what = grow_arrays(chance)
        ours[-1].backward()
        theirs[-1].backward()
        for a, b in zip(ours[:3], theirs[:3], strict=True):
            assert np.shape(a.grad) == np.shape(a.data), what
            assert np.allclose(a.grad, b.grad.numpy(), rtol=1e-9, atol=1e-9), what


# --- every operation against the difference quotient ---


@given(st.sampled_from(list(ONE)), st.floats(0.1, 3))
@settings(max_examples=200, deadline=None)
def test_every_operation_against_the_difference_quotient(op, x):
    how = ONE[op]
    node = Value(x)
    how(node).backward()
    measured = central_difference(lambda at: how(Value(at)).data, x)
    assert math.isclose(node.grad, measured, rel_tol=1e-6, abs_tol=1e-8)


@given(st.sampled_from(list(TWO)), st.floats(-3, 3), st.floats(0.2, 3))
@settings(max_examples=100, deadline=None)
def test_both_gradients_of_two_inputs(op, a, b):
    how, left, right = TWO[op], Value(a), Value(b)
    how(left, right).backward()
    assert math.isclose(
        left.grad, central_difference(lambda at: how(at, b), a), rel_tol=1e-6, abs_tol=1e-6
    )
    assert math.isclose(
        right.grad, central_difference(lambda at: how(a, at), b), rel_tol=1e-6, abs_tol=1e-6
    )


# --- fan-out, order, twice ---


def test_fan_out_adds():
    x, p = Value(3.0), Value(3.0)
    (x + x).backward()
    (p * p + p).backward()
    assert (x.grad, p.grad) == (2.0, 7.0)


def test_a_diamond_waits_for_both_of_its_sides():
    x = Value(2.0)
    side = x * 3
    long_way = (side * side).tanh() * side  # `side` is used at three depths
    (long_way + side + x).backward()

    def f(x):
        s = 3 * x
        return math.tanh(s * s) * s + s + x

    assert math.isclose(x.grad, central_difference(f, 2.0), rel_tol=1e-8)


def test_backward_twice_adds_the_same_once_more():
    x = Value(2.0)
    y = (x * x).tanh() * x
    y.backward()
    once = [node.grad for node in y.graph()]
    y.backward()
    assert [node.grad for node in y.graph()] == [2 * g for g in once]
    x.zero_grad()
    assert x.grad == 0.0 and y.grad == 2.0
    y.backward()
    assert x.grad == once[y.graph().index(x)]


def test_zero_grad_forgets_even_what_is_infinite():
    x, a = Value(0.0), Value([1.0, 2.0])
    x.grad, a.grad = math.inf, np.array([math.nan, 1.0])
    x.zero_grad()
    a.zero_grad()
    assert x.grad == 0.0 and a.grad.tolist() == [0.0, 0.0]


def test_the_graph_holds_each_node_once_and_inputs_first():
    a, b = Value(1.0), Value(2.0)
    y = (a * b + a) ** 2
    order = y.graph()
    assert len(order) == len(set(order)) == 5 and order[-1] is y
    places = {node: i for i, node in enumerate(order)}
    assert all(places[p] < places[node] for node in order for p in node.inputs)
    assert [node.op for node in order if node.op] == ["×", "+", "**2"]


# --- deep ---


def test_a_chain_of_100000_nodes_needs_no_deep_stack():
    """Built, walked and thrown away in a thread with a small stack: 20 bytes for each node.

    (With less than 1 MB, Python 3.13 fails to throw away even a list in a list in a list ….)
    """
    grads = []

    def work():
        x = Value(1.0)
        y = x
        for _ in range(100_000):
            y = y * 1.00001
        y.backward()
        grads.append(x.grad)
        del y

    assert sys.getrecursionlimit() < 100_000
    before = threading.stack_size(2_000 * 1024)
    try:
        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
    finally:
        threading.stack_size(before)
    assert math.isclose(grads[0], 1.00001**100_000, rel_tol=1e-9)


def test_a_graph_is_freed_as_soon_as_nobody_holds_it():
    gc.disable()
    try:
        x = Value([1.0, 2.0])
        y = ((x @ x).sigmoid() * 2 + 1) ** 2
        middle = weakref.ref(y.inputs[0])
        y.backward()
        del y
        assert middle() is None
    finally:
        gc.enable()


# --- extreme values ---


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("x", [-1000.0, -750.0, -40.0, 0.0, 40.0, 750.0, 1000.0])
@pytest.mark.parametrize("op", ["sigmoid", "tanh", "exp", "relu"])
def test_extreme_values_agree_with_torch_and_warn_of_nothing(op, x):
    ours, array = Value(x), Value([x, 0.5])
    theirs = torch.tensor(x, dtype=torch.float64, requires_grad=True)
    y, expected = getattr(ours, op)(), getattr(theirs, op)()
    assert y.data == pytest.approx(expected.item(), rel=1e-9, abs=1e-300)
    assert getattr(array, op)().data[0] == y.data
    y.backward()
    expected.backward()
    assert ours.grad == pytest.approx(theirs.grad.item(), rel=1e-9, abs=1e-15)


def test_powers_at_zero():
    for n, slope in ((0, 0.0), (1, 1.0), (2, 0.0), (3, 0.0)):
        x = Value(0.0)
        (x**n).backward()
        assert x.grad == slope


# --- errors and words ---


@pytest.mark.parametrize(
    ("wrong", "error", "words"),
    [
        (lambda: Value([1.0, 2.0]).backward(), ValueError, "one number.*shape=\\(2,\\)"),
        (lambda: Value(2.0) ** Value(3.0), TypeError, "exponent must be a plain number"),
        (lambda: Value(0.0).log(), ValueError, "above 0, and here is 0"),
        (lambda: Value([2.0, -3.0]).log(), ValueError, "here is -3"),
        (lambda: Value("2"), TypeError, "not '2'"),
        (lambda: Value(1.0) + None, TypeError, "not None"),
        (lambda: Value([Value(1.0)]), TypeError, "a number or an array"),
        (lambda: Value(1.0) / 0.0, ZeroDivisionError, "zero"),
        (lambda: np.exp(Value(1.0)), TypeError, "ufunc"),
    ],
)
def test_errors_say_what_is_wrong(wrong, error, words):
    with pytest.raises(error, match=words):
        wrong()


def test_numbers_and_arrays_on_either_side():
    a = np.array([[1.0, 2.0]])
    w = Value([[3.0], [4.0]])
    out = np.float64(2.0) * (a @ w) - a @ w / np.float64(2.0)
    assert isinstance(out, Value) and out.data.item() == 16.5
    out.backward()
    assert w.grad.tolist() == [[1.5], [3.0]]


def test_scalars_stay_plain_floats():
    x = Value(2)
    for how in ONE.values():
        y = how(x)
        y.backward()
        assert type(y.data) is float and type(x.grad) is float
    assert repr(Value(2.5)) == "Value(2.5, grad=0)"
    assert repr(Value([[1, 2]])) == "Value(shape=(1, 2))"


def test_a_value_keeps_a_copy():
    array = np.array([1.0, 2.0])
    value = Value(array)
    array[0] = 7.0
    assert value.data.tolist() == [1.0, 2.0]


# --- a network ---


@pytest.mark.parametrize("steps", [1, 2, 10, 50])
def test_numpy_values_and_torch_train_to_the_same_loss(steps):
    work = engine.problem(40)
    losses = [
        train(*work, steps)
        for train in (engine.train_by_hand, engine.train_values, engine.train_torch)
    ]
    assert max(losses) - min(losses) <= 1e-9


def test_an_object_for_each_number_finds_the_same():
    work = engine.problem(6)
    losses = [train(*work, 3) for train in engine.WAYS.values()]
    assert max(losses) - min(losses) <= 1e-9


# --- the file ---


def test_the_engine_is_short_and_needs_no_torch():
    assert len(Path(autograd.__file__).read_text("utf-8").splitlines()) <= 150
    code = "import sys, utils.autograd; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0
