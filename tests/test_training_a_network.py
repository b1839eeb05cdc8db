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
from utils.functions import NoValue
from utils.models import training_a_network as network
from utils.models.linear_regression import batches
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
    f, slope = network.ACTIVATIONS[activation]
    for z in (-2.0, -0.3, 0.4, 1.7):
        assert float(slope(z, f(z))) == pytest.approx(central_difference(f, z), abs=1e-8)


@pytest.mark.parametrize("size", [0.5, 1.0, 2**0.5])
@pytest.mark.parametrize("residual", [False, True])
@pytest.mark.parametrize("activation", list(network.ACTIVATIONS))
def test_arriving_gradients_are_those_of_torch(activation, residual, size) -> None:
    act = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "ReLU": torch.relu}[activation]
    rng, width = np.random.default_rng(0), network.WIDTH
    a, pull = torch.tensor(rng.standard_normal((2, 64, width)))
    a.requires_grad_()
    inputs = []
    for _ in range(6):
        inputs.append(a)
        W = torch.tensor(rng.standard_normal((width, width)) * size / width**0.5)
        a = act(a @ W) + (a if residual else 0)
    slopes = torch.autograd.grad((a * pull).mean(), inputs)
    found = network.arriving_gradients(6, activation, residual, size)
    assert found == pytest.approx([slope.norm().item() for slope in slopes], rel=1e-9)


def share(depth: int, activation: str, residual: bool = False, size: float = 1.0) -> float:
    lengths = network.arriving_gradients(depth, activation, residual, size)
    return lengths[0] / lengths[-1]


def test_what_counts_is_slope_times_weight_times_how_many_are_awake() -> None:
    for depth in range(5, chapter.DEEPEST + 1):
        assert share(depth, "sigmoid") < 0.25 ** (depth - 1)
        # Half of the neurons are asleep: a factor of 1/√2 for each layer, which √2 makes good.
        expected = 0.5 ** ((depth - 1) / 2)
        assert expected / 3 < share(depth, "ReLU") < 3 * expected
        assert 1 / 3 < share(depth, "ReLU", size=2**0.5) < 3
        for activation in ("sigmoid", "tanh"):
            assert 0.1 < share(depth, activation, True) < 10
    assert share(40, "ReLU") < 1e-6 < 0.1 < share(40, "ReLU", size=2**0.5) < 1


def test_weights_that_are_not_given_are_as_large_as_ever() -> None:
    """Notebooks of before know nothing of the slider of the weights."""
    assert chapter.explore_layers(depth=4).values["weights"] == 1
    assert chapter.explore_layers(weights=1.41).values["weights"] == pytest.approx(2**0.5)


def test_a_loss_that_is_still_to_come_is_not_drawn() -> None:
    run = network.trained(network.start(2), descent.sgd(1.0), 60)
    for stage, curve in (
        (chapter.explore_boundary(), "loss curve"),
        (chapter.explore_optimisers(), "loss of Adam"),
        (chapter.explore_run(run), "loss curve"),
    ):
        for epochs in (0, 30, 60):
            seen = stage.set(epochs=epochs).scene.marks[curve].points
            drawn = [x for x, y in seen if not np.isnan(y)]
            assert drawn and max(drawn) == stage.values["epochs"] == epochs


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
        chapter.explore_batch_size,
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
            if isinstance(mark, Point) and mark.drag:
                ax = stage.figure.axes[mark.ax]
                assert ax.get_xlim()[0] <= mark.x <= ax.get_xlim()[1], name
                assert mark.y > 0, name  # beyond the ends of its axis it waits at the edge
            else:
                assert not np.isinf(np.array(mark.coordinates())).any(), name


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


def test_the_run_of_the_lesson_is_the_one_with_eight_neurons() -> None:
    run = network.trained(network.start(8), descent.sgd(1.0), 300)
    view = chapter.explore_run("lesson", epochs=150)
    assert view.sentence == chapter.explore_run(run).set(epochs=150).sentence
    assert chapter.explore_run("lesson").sentence == chapter.explore_run(run).sentence
    assert isinstance(chapter.explore_run("mine"), Apology)


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


# --- in batches ---


@pytest.mark.parametrize("size", [1, 8, 10, 32, 100])
def test_torch_takes_the_same_walk_over_the_same_batches(size: int) -> None:
    steps = 60
    ours = network.walk_in_batches(network.start(8), X, Y, size, 0.7, steps, seed=3)
    weights = [torch.tensor(w, requires_grad=True) for w in network.start(8)]
    optimizer = torch.optim.SGD(weights, lr=0.7)
    rng, rows = np.random.default_rng(3), []
    for _ in range(steps):
        rows = rows or batches(len(X), size, rng)
        batch = rows.pop(0)
        optimizer.zero_grad()
        network_loss(weights, torch.tensor(X[batch]), torch.tensor(Y[batch])).backward()
        optimizer.step()
    for a, b in zip(ours[-1], weights, strict=True):
        assert np.abs(a - b.detach().numpy()).max() < 1e-10


@given(st.integers(1, 100), st.integers(0, 99))
@FEW
def test_the_mean_over_the_batches_is_the_whole_gradient(size: int, seed: int) -> None:
    """Each batch counts as often as it has rows: the sum rule behind accumulation."""
    weights = network.start(4, seed)
    dealt = batches(len(X), size, np.random.default_rng(seed))
    parts = [network.gradients(weights, X[rows], Y[rows]) for rows in dealt]
    for k, whole in enumerate(network.gradients(weights, X, Y)):
        mean = sum(len(rows) * part[k] for rows, part in zip(dealt, parts, strict=True)) / len(X)
        assert np.abs(mean - whole).max() < 1e-12


def test_a_full_batch_is_plain_descent_and_a_schedule_counts_epochs() -> None:
    plain = network.trained(network.start(3), descent.sgd(0.5), 12)
    walk = network.walk_in_batches(network.start(3), X, Y, 100, 0.5, 12)
    for a, b in zip(plain[-1], walk[-1], strict=True):
        assert np.abs(a - b).max() < 1e-12
    asked: list[int] = []
    network.walk_in_batches(
        network.start(3), X, Y, 30, lambda epoch: asked.append(epoch) or 0.1, 10
    )
    assert asked == [0] * 4 + [1] * 4 + [2] * 2  # 30, 30, 30 and 10 rows


@pytest.mark.parametrize("wrong", [False, True])
@pytest.mark.parametrize("eta", [0.5, 1, 2.5])
@pytest.mark.parametrize("size", [1, 4, 32, 64])
def test_the_figure_of_batches_says_what_it_draws(size: int, eta: float, wrong: bool) -> None:
    view = chapter.explore_batch_size().set(size=size, eta=eta, wrong=wrong)
    seen = view.scene
    labels = network.some_wrong(Y) if wrong else Y
    each = -(-100 // size)
    most = max(10 * each, 100)
    run = network.walk_in_batches(network.start(8), X, labels, size, view.values["eta"], most)
    losses = [network.cost(weights, X, labels) for weights in run]
    for name, unit, last in (("work", each, 10 * each), ("steps", 1, 100)):
        drawn = [p for p in seen.marks[f"batches, by {name}"].points if not np.isnan(p[0])]
        kept = [(round(x * unit), y) for x, y in drawn]
        assert kept[0][0] == 0 and last - 10 < kept[-1][0] <= last
        assert [y for _, y in kept] == pytest.approx([losses[k] for k, _ in kept], nan_ok=True)
    assert f"an epoch has {each} steps" in seen.sentence
    assert ("ten labels wrong" in seen.sentence) == wrong
    epochs, left = divmod(100, each)
    asked = 100 * epochs + min(size * left, 100)
    assert seen.marks["asked"].text == f"{asked:,} points asked"
    assert seen.marks["steps"].text == f"{10 * each:,} steps"
    rise = max(np.diff(losses[5 * each : 10 * each + 1]))
    assert ("hardly ever" in seen.sentence) == (rise < 5e-4)


def test_scenes_of_the_figure_of_batches_travel() -> None:
    assert chapter.explore_batch_size().table is not None


def test_batches_that_are_dealt_well_are_told_from_others() -> None:
    def well(X, y, size, rng):
        return [(X[rows], y[rows]) for rows in batches(len(X), size, rng)]

    assert network.Dealt(well)(23, 5) == [5, 23, 5, 3, 1, 1, 1, 1, 1, 1]
    assert network.Dealt.around(...) is ...
    assert network.Dealt(lambda X, y, size, rng: None)(23, 5) is None
    assert network.Dealt(lambda X, y, size, rng: [])(23, 5)[:4] == [0, 0, 0, 0]
    for rubbish in (7, [1, 2], [(1, 2, 3)], "ab"):
        with pytest.raises(NoValue, match="pair"):
            network.Dealt(lambda X, y, size, rng, rubbish=rubbish: rubbish)(23, 5)
