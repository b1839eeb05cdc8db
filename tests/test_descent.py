"""The walks downhill: step by step those of torch.optim, and safe where they run away."""

import math

import numpy as np
import pytest
import torch

from utils.descent import adagrad, adam, descend, momentum, rmsprop, sgd, walk
from utils.surfaces import CATALOGUE

# Starts and step sizes at which every optimiser stays in range for 200 steps.
SURFACES = {
    "elliptical_bowl": ((3.0, -2.0), 0.05),
    "saddle": ((2.0, 1e-6), 0.01),
    "himmelblau": ((0.5, -4.0), 0.002),
    "rosenbrock": ((-1.5, 2.0), 0.0002),
}
PAIRS = {
    "sgd": (sgd, lambda p, lr: torch.optim.SGD(p, lr=lr)),
    "momentum": (momentum, lambda p, lr: torch.optim.SGD(p, lr=lr, momentum=0.9)),
    "adagrad": (adagrad, lambda p, lr: torch.optim.Adagrad(p, lr=lr)),
    "rmsprop": (rmsprop, lambda p, lr: torch.optim.RMSprop(p, lr=lr)),
    "adam": (adam, lambda p, lr: torch.optim.Adam(p, lr=lr)),
}


@pytest.mark.parametrize("name", SURFACES)
@pytest.mark.parametrize("optimiser", PAIRS)
def test_every_step_is_that_of_torch(optimiser: str, name: str) -> None:
    (ours, theirs), (start, eta) = PAIRS[optimiser], SURFACES[name]
    surface = CATALOGUE[name]
    weights = torch.tensor(start, dtype=torch.float64, requires_grad=True)
    their_optimiser, expected = theirs([weights], eta), [start]
    for _ in range(200):
        their_optimiser.zero_grad()
        surface.f(weights[0], weights[1]).backward()
        their_optimiser.step()
        expected.append(tuple(weights.tolist()))
    path = walk(ours(eta), surface.gradient, start, 200)
    assert path.shape == (201, 2) and np.isfinite(path).all()
    assert abs(path - np.array(expected)).max() < 1e-10
    assert math.dist(path[0], path[-1]) > 1e-3


def test_descent_is_the_rule_written_out() -> None:
    path = descend(lambda w: 2 * (w - 3), 8, 0.1, 4)
    assert path.shape == (5, 1)
    assert path[:, 0].tolist() == pytest.approx([8, 7, 6.2, 5.56, 5.048])


def test_all_partials_belong_to_the_place_before_the_step() -> None:
    path = descend(lambda x, y: (y, x), (1.0, 2.0), 0.5, 1)
    assert path[1].tolist() == [0.0, 1.5]


def test_a_walk_that_runs_away_ends_in_nan() -> None:
    path = descend(lambda w: 4 * w**3, 2.0, 1.0, 30)
    gone = int(np.argmax(np.isnan(path[:, 0])))
    assert gone > 2
    assert np.isfinite(path[:gone]).all() and np.isnan(path[gone:]).all()


def test_a_walk_ends_where_there_is_no_slope() -> None:
    path = descend(lambda w: 1 / w, 1.0, 1.0, 3)
    assert path[1, 0] == 0.0 and np.isnan(path[2:]).all()


def test_no_steps_zero_and_negative_step_sizes() -> None:
    gradient = CATALOGUE["bowl"].gradient
    assert descend(gradient, (2, 1), 0.1, 0).tolist() == [[2.0, 1.0]]
    assert (descend(gradient, (2, 1), 0.0, 5) == (2.0, 1.0)).all()
    assert np.hypot(*descend(gradient, (2, 1), -0.1, 5).T).tolist() == sorted(
        np.hypot(*descend(gradient, (2, 1), -0.1, 5).T).tolist()
    )


def test_a_gradient_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="one slope for each weight"):
        descend(lambda x, y: x + y, (1, 1), 0.1, 1)
    with pytest.raises(ValueError, match="row of numbers"):
        descend(lambda x, y: (x, y), [[1, 1]], 0.1, 1)
    for steps in (-1, 2.5):
        with pytest.raises(ValueError, match="whole number"):
            descend(lambda w: w, 1, 0.1, steps)


def test_each_walk_starts_without_memory() -> None:
    gradient = CATALOGUE["rosenbrock"].gradient
    for make, _ in PAIRS.values():
        first, second = (walk(make(1e-3), gradient, (-1, 1), 20) for _ in range(2))
        assert (first == second).all()
