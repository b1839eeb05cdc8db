"""Chapter 16: three networks that agree, gradients that are measured, figures that are sound."""

import random

import numpy as np
import pytest
import sympy
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from utils import descent
from utils.autograd import Value
from utils.explorers import training_a_network as chapter
from utils.models import training_a_network as network
from utils.slopes import central_difference, numerical_gradient
from utils.stage import Apology, Point

X, Y = network.rings()
FEW = settings(max_examples=8, deadline=None)


def network_loss(weights, X, y):
    """As the lesson writes it, for Values and for tensors."""
    W1, b1, W2, b2 = weights
    p = ((X @ W1 + b1).tanh() @ W2 + b2).sigmoid()
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


def by_engine(start, eta, steps):
    weights = [Value(w) for w in start]
    run, losses = [start], []
    for _ in range(steps):
        cost = network_loss(weights, X, Y)
        cost.backward()
        losses.append(cost.data)
        for w in weights:
            w.data = w.data - eta * w.grad
            w.zero_grad()
        run.append([w.data for w in weights])
    return run, losses


def by_torch(start, eta, steps):
    weights = [torch.tensor(w, requires_grad=True) for w in start]
    optimizer = torch.optim.SGD(weights, lr=eta)
    run, losses = [start], []
    for _ in range(steps):
        optimizer.zero_grad()
        cost = network_loss(weights, torch.tensor(X), torch.tensor(Y))
        cost.backward()
        losses.append(cost.item())
        optimizer.step()
        run.append([w.detach().numpy().copy() for w in weights])
    return run, losses


@pytest.mark.parametrize(("hidden", "seed"), [(8, 0), (3, 1), (1, 2)])
def test_three_networks_agree_for_fifty_steps(hidden: int, seed: int) -> None:
    start = network.start(hidden, seed)
    by_hand = network.trained(start, descent.sgd(1.0), 50)
    losses = [network.cost(weights, X, Y) for weights in by_hand[:50]]
    for run, found in (by_engine(start, 1.0, 50), by_torch(start, 1.0, 50)):
        assert found == pytest.approx(losses, abs=1e-9, rel=0)
        for ours, theirs in zip(by_hand, run, strict=True):
            for a, b in zip(ours, theirs, strict=True):
                assert np.abs(a - b).max() < 1e-9


@given(st.integers(1, 5), st.integers(0, 999))
@FEW
def test_gradients_by_hand_are_those_measured(hidden: int, seed: int) -> None:
    start = network.start(hidden, seed)
    shapes, ends = [w.shape for w in start], np.cumsum([w.size for w in start])[:-1]

    def loss(*flat):
        parts = np.split(np.array(flat), ends)
        weights = [p.reshape(s) for p, s in zip(parts, shapes, strict=True)]
        return network.cost(weights, X, Y)

    flat = np.concatenate([w.ravel() for w in start])
    found = np.concatenate([g.ravel() for g in network.gradients(start, X, Y)])
    assert found == pytest.approx(numerical_gradient(loss, flat.tolist()), abs=1e-7)


def test_the_slope_at_the_output_by_sympy() -> None:
    z, y = sympy.symbols("z y")
    p = 1 / (1 + sympy.exp(-z))
    slope = sympy.diff(-(y * sympy.log(p) + (1 - y) * sympy.log(1 - p)), z)
    assert sympy.simplify(slope - (p - y)) == 0


@pytest.mark.parametrize("activation", list(network.ACTIVATIONS))
def test_the_slopes_of_the_activations(activation: str) -> None:
    f, slope, _ = network.ACTIVATIONS[activation]
    for z in (-2.0, -0.3, 0.4, 1.7):
        assert float(slope(z, f(z))) == pytest.approx(central_difference(f, z), abs=1e-8)


@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("activation", list(network.ACTIVATIONS))
def test_layer_gradients_are_those_of_torch(activation: str, residual: bool) -> None:
    act = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "ReLU": torch.relu}[activation]
    chance = np.random.default_rng(3)
    a, pull = map(torch.tensor, chance.standard_normal((2, 64, network.WIDTH)))
    scale = (network.ACTIVATIONS[activation][2] / network.WIDTH) ** 0.5
    layers = [
        torch.tensor(
            chance.standard_normal((network.WIDTH, network.WIDTH)) * scale, requires_grad=True
        )
        for _ in range(6)
    ]
    for W in layers:
        a = act(a @ W) + (a if residual else 0)
    (a * pull).mean().backward()
    lengths = [W.grad.norm().item() for W in layers]
    assert network.layer_gradients(6, activation, residual) == pytest.approx(lengths, rel=1e-9)


def test_sigmoids_vanish_and_residual_paths_do_not() -> None:
    for depth in range(5, chapter.DEEPEST + 1):
        plain = network.layer_gradients(depth, "sigmoid", False)
        assert plain[0] / plain[-1] < 0.4 ** (depth - 1)
        for activation, residual in (("sigmoid", True), ("ReLU", False), ("tanh", False)):
            lengths = network.layer_gradients(depth, activation, residual)
            assert 0.1 < lengths[0] / lengths[-1] < 10


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [("sgd", "SGD"), ("adagrad", "Adagrad"), ("rmsprop", "RMSprop"), ("adam", "Adam")],
)
def test_the_optimisers_of_the_figure_are_those_of_torch(ours: str, theirs: str) -> None:
    start = network.start(4)
    run = network.trained(start, getattr(descent, ours)(0.03), 30)
    weights = [torch.tensor(w, requires_grad=True) for w in start]
    optimizer = getattr(torch.optim, theirs)(weights, lr=0.03)
    for _ in range(30):
        optimizer.zero_grad()
        network_loss(weights, torch.tensor(X), torch.tensor(Y)).backward()
        optimizer.step()
    for a, b in zip(run[-1], weights, strict=True):
        assert np.abs(a - b.detach().numpy()).max() < 1e-9


def test_the_boundary_lies_where_the_network_cannot_decide() -> None:
    weights = network.trained(network.start(3), descent.sgd(1.0), 300)[-1]
    points, closed = chapter.boundary(weights, 48)
    places = np.array([p for p in points if not np.isnan(p[0])])
    assert len(points) == 48
    assert closed == [True]
    assert np.abs(network.score(weights, places)).max() < 0.5  # it runs from −6 to 6
    assert np.abs(network.score(weights, X)).max() > 5


def settings_of(stage, seed: int) -> list[list[int]]:
    chance = random.Random(seed)
    sizes = [len(control.values) for control in stage.controls.values()]
    some = [[chance.randrange(size) for size in sizes] for _ in range(12)]
    return [*some, [0] * len(sizes), [size - 1 for size in sizes]]


@pytest.mark.parametrize(
    "make",
    [
        chapter.explore_boundary,
        chapter.explore_layers,
        chapter.explore_optimisers,
        lambda: chapter.explore_run(network.trained(network.start(2), descent.sgd(1.0), 7)),
    ],
)
def test_figures_are_sound_everywhere(make) -> None:
    stage = make()
    for at in settings_of(stage, 4):
        seen = stage.scene_at(at)
        assert "Error" not in seen.sentence
        assert "nan" not in seen.sentence
        stage.conversation.cast.row(seen)
        for name, mark in seen.marks.items():
            assert not np.isinf(np.array(mark.coordinates())).any(), name
            if isinstance(mark, Point) and mark.drag:
                ax = stage.figure.axes[mark.ax]
                assert ax.get_xlim()[0] <= mark.x <= ax.get_xlim()[1], name
                assert ax.get_ylim()[0] <= mark.y <= ax.get_ylim()[1], name


@pytest.mark.parametrize(
    "run",
    [
        [],
        [[1, 2, 3]],
        [network.start(2)[:3]],
        ["weights"],
        [[np.zeros((3, 2)), np.zeros(2), np.zeros((2, 1)), np.zeros(1)]],
        3,
        None,
    ],
)
def test_a_run_that_is_none_gets_a_sentence(run) -> None:
    assert isinstance(chapter.explore_run(run), Apology)


def test_a_stopped_run_loses_nothing() -> None:
    run = [network.start(3)]

    def go_on(monitor) -> None:
        try:
            for _ in monitor:
                slopes = network.gradients(run[-1], X, Y)
                run.append([w - s for w, s in zip(run[-1], slopes, strict=True)])
                monitor.show(run)
        except KeyboardInterrupt:
            pass

    stopped = chapter.Monitor(30, seconds=0, stop_at=12)
    go_on(stopped)
    assert len(run) == 13
    assert repr(stopped) == "12 of 30 epochs"
    assert "after 10 epochs" in stopped.picture
    go_on(chapter.Monitor(18, seconds=0))
    whole = network.trained(network.start(3), descent.sgd(1.0), 30)
    for a, b in zip(run[-1], whole[-1], strict=True):
        assert np.abs(a - b).max() < 1e-12


def test_the_watched_loop_shows_its_calls() -> None:
    def train(model, optimizer, X, y, epochs):
        for _ in range(epochs):
            optimizer.zero_grad()
            torch.nn.functional.binary_cross_entropy(model(X), y).backward()
            optimizer.step()

    assert repr(network.watch(train)).split(" → ") == ["zero_grad", "backward", "step"] * 2
    assert network.watch(...) is ...
