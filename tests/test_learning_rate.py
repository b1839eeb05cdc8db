"""Chapter 12: its borders and limits against SymPy and simulation, and what its figures say."""

import math
from functools import cache

import numpy as np
import pytest
import sympy as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_explorers import SLOW, chance_positions, number_in, require_sound
from utils import descent
from utils.explorers.learning_rate import (
    explore_condition,
    explore_momentum,
    explore_optimisers,
    explore_rate,
)
from utils.models.learning_rate import (
    LONG,
    RACERS,
    REGIMES,
    WIDE,
    Race,
    bowl,
    factor,
    regime,
    turned,
    turned_place,
)
from utils.slopes import numerical_gradient
from utils.stage import Apology, Stage
from utils.stage.conversation import MAX_BYTES, MAX_FRAMES
from utils.surfaces import CATALOGUE

X, Y = sp.symbols("x y", real=True)
TRAVELS = [explore_rate, explore_condition, explore_momentum]
POSITIVE = st.floats(0.05, 20)


# --- what the prose states ---


def test_one_step_multiplies_by_one_factor() -> None:
    w, a, eta = sp.symbols("w a eta", positive=True)
    step = w - eta * sp.diff(a * w**2, w)
    assert sp.simplify(step / w - (1 - 2 * a * eta)) == 0
    assert sp.solve((1 - 2 * a * eta) + 1, eta) == [1 / a]
    assert sp.solve(1 - 2 * a * eta, eta) == [1 / (2 * a)]


@given(POSITIVE, st.floats(-0.5, 1.6), st.floats(0.5, 9))
@settings(max_examples=60, deadline=None)
def test_the_regimes_are_what_walks_do(a: float, share: float, start: float) -> None:
    eta = share / a
    path = descent.descend(lambda w: 2 * a * w, start, eta, 6)[:, 0]
    sizes = np.abs(path)
    assert path[1:] == pytest.approx(start * factor(a, eta) ** np.arange(1, 7), rel=1e-9, abs=1e-9)
    kind = regime(a, eta)
    if min(abs(share), abs(share - 0.5), abs(share - 1)) < 1e-6:
        return  # too close to a border for six steps to tell
    assert (kind in ("monotone", "oscillating")) == (sizes[-1] < sizes[0])
    assert (kind in ("oscillating", "diverging")) == (path[1] * path[0] < 0)
    assert (kind in ("uphill", "diverging")) == (sizes[-1] > sizes[0])


@given(POSITIVE)
@settings(max_examples=30, deadline=None)
def test_the_borders_have_names_of_their_own(a: float) -> None:
    at = {0.0: "still", 0.5 / a: "one step", 1 / a: "edge"}
    assert {eta: regime(a, eta) for eta in at} == at
    between = [-0.1 / a, 0.2 / a, 0.7 / a, 1.2 / a]
    assert [regime(a, eta) for eta in between] == [
        "uphill", "monotone", "oscillating", "diverging",
    ]  # fmt: skip
    assert set(REGIMES) == {*at.values(), *(regime(a, eta) for eta in between)}


def test_the_second_derivative_sets_the_limit() -> None:
    curve = X**4 - 4 * X**2 + X
    at = sp.nsolve(sp.diff(curve, X), -1.5)
    assert float(at) == pytest.approx(-1.4730, abs=1e-4)
    bend = float(sp.diff(curve, X, 2).subs(X, at))
    assert 2 / bend == pytest.approx(0.1109, abs=1e-4)
    for eta, settles in ((1.99 / bend, True), (2.01 / bend, False)):
        path = descent.descend(lambda w: 4 * w**3 - 8 * w + 1, float(at) + 1e-3, eta, 4000)
        assert (abs(path[-1, 0] - float(at)) < 1e-4) == settles


def test_the_condition_of_rosenbrocks_valley() -> None:
    hessian = sp.hessian((1 - X) ** 2 + 100 * (Y - X**2) ** 2, (X, Y)).subs({X: 1, Y: 1})
    small, large = sorted(float(value) for value in hessian.eigenvals())
    assert large == pytest.approx(1002, abs=0.5) and small == pytest.approx(0.40, abs=0.005)
    assert large / small == pytest.approx(2508, abs=0.5)
    assert 2 / large == pytest.approx(0.0020, abs=5e-5)


@given(st.floats(1, 50), st.floats(0, 0.98))
@settings(max_examples=40, deadline=None)
def test_the_limit_with_momentum(kappa: float, beta: float) -> None:
    """The largest root of z² − (1 + β − ηλ) z + β reaches 1 in size at η = (1 + β)/κ, λ = 2κ."""
    for share, inside in ((0.98, True), (1.02, False)):
        eta = share * (1 + beta) / kappa
        roots = np.roots([1, -(1 + beta - 2 * kappa * eta), beta])
        assert (np.abs(roots).max() < 1) == inside


@given(st.floats(1e-3, 1e3), st.sampled_from([-1.0, 1.0]))
@settings(max_examples=20, deadline=None)
def test_first_steps(size: float, sign: float) -> None:
    """AdaGrad and Adam step η whatever the slope; RMSProp steps η/√(1 − α), for want of a cure."""
    slopes, weights = np.array([sign * size]), np.array([5.0])
    for make, length in ((descent.adagrad, 0.1), (descent.adam, 0.1), (descent.rmsprop, 1.0)):
        assert (weights - make(0.1)(weights, slopes))[0] == pytest.approx(sign * length, rel=1e-3)


def test_surfaces_know_their_gradients() -> None:
    for surface in (LONG, bowl(7.0)):
        for place in [(1.5, -0.3), (-2.0, 2.0)]:
            measured = numerical_gradient(surface.f, place)
            assert surface.gradient(*place) == pytest.approx(measured, rel=1e-6)


@given(st.sampled_from([LONG, WIDE]), st.floats(0, 360), st.floats(-3, 3), st.floats(-3, 3))
@settings(max_examples=30, deadline=None)
def test_a_turned_bowl_is_the_bowl_seen_from_another_side(bowl, turn, x, y) -> None:
    there = turned(bowl, turn)
    place = turned_place((x, y), turn)
    assert there(*place) == pytest.approx(bowl(x, y), abs=1e-9)
    measured = numerical_gradient(there.f, place)
    assert there.gradient(*place) == pytest.approx(measured, rel=1e-5, abs=1e-5)
    quarter = turned_place((x, y), 90)
    assert quarter == pytest.approx((-y, x), abs=1e-12)


def test_only_bowls_are_turned() -> None:
    with pytest.raises(ValueError, match="no bowl"):
        turned(CATALOGUE["rosenbrock"], 30)


def test_scaling_each_weight_is_not_scaling_each_direction() -> None:
    """Turn the bowl and the start: plain descent and momentum do not notice, the others do."""
    start = (3.0, 1.5)
    ends = {}
    for turn in (0, 45):
        race = Race(turned(LONG, turn), turned_place(start, turn), 200)
        ends[turn] = [race.run(row, 0.01 if row < 2 else 0.1).losses[-1] for row in range(5)]
    assert ends[45][:2] == pytest.approx(ends[0][:2], rel=1e-6)
    assert ends[0][2:] == pytest.approx([0.82, 0, 4.9e-8], rel=0.02, abs=1e-12)
    assert ends[45][2:] == pytest.approx([6.29, 7.0e-11, 2.69e-3], rel=0.02, abs=0)


# --- what the figures say ---


@cache
def figure(explore) -> Stage:
    """One figure of each kind for all tests: to draw one takes longer than all else here."""
    return explore()


@pytest.mark.parametrize("explore", [*TRAVELS, explore_optimisers])
def test_marks_are_finite_and_in_the_picture(explore) -> None:
    for at in chance_positions(figure(explore), 12, 10):
        require_sound(figure(explore), at)


@pytest.mark.parametrize("explore", TRAVELS)
def test_frames_travel(explore) -> None:
    sizes = [len(control.values) for control in figure(explore).controls.values()]
    assert math.prod(sizes) < MAX_FRAMES
    assert figure(explore).conversation.least_bytes() < 0.8 * MAX_BYTES


@given(st.floats(0.01, 300), st.integers(0, 999))
@settings(SLOW, max_examples=2)
def test_any_bowl_has_its_borders_on_the_slider(a: float, seed: int) -> None:
    stage = explore_rate(a=a)
    for at in chance_positions(stage, seed, 3):
        require_sound(stage, at)
    kinds = [regime(a, eta) for eta in stage.controls["eta"].values]
    assert list(dict.fromkeys(kinds)) == [
        "uphill", "still", "monotone", "one step", "oscillating", "edge", "diverging",
    ]  # fmt: skip
    best = stage.controls["eta"].values[12]  # half of the border
    said = stage.set(eta=best).sentence
    assert said.split(". ")[1].startswith("One step")


@pytest.mark.parametrize(
    ("a", "eta", "word", "times"),
    [
        ("1", 0.1, "Monotone", 0.8), ("1", 0.5, "One step", 0), ("1", 0.7, "Oscillating", -0.4),
        ("1", 1.0, "On the edge", -1), ("1", 1.2, "Diverging", -1.4), ("1", 0, "Standing", 1),
        ("1", -0.1, "Uphill", 1.2), ("2", 0.5, "On the edge", -1), ("0.5", 1, "One step", 0),
    ],
)  # fmt: skip
def test_the_rate_figure_names_the_regime(a: str, eta: float, word: str, times: float) -> None:
    stage = figure(explore_rate).set(a=a, eta=eta)
    assert word in stage.sentence
    assert number_in(stage.sentence, r"2aη = (-?\d+\.?\d*)") == pytest.approx(times)
    path = stage.scene.marks["path"].points
    if abs(path[1][0]) < 100:
        assert path[1][0] == pytest.approx(4 * times, abs=1e-9)


@given(st.integers(0, 105), st.sampled_from(["1", "3", "10"]))
@settings(SLOW, max_examples=12)
def test_the_condition_figure_says_both_factors(i: int, kappa: str) -> None:
    stage = figure(explore_condition).set(kappa=kappa)
    eta = stage.controls["eta"].values[i]
    said = stage.set(eta=eta).sentence
    along_y, along_x = (number_in(said, rf"{name} (-?\d+\.?\d*)") for name in ("y by", "x by"))
    assert along_x == pytest.approx(1 - 2 * eta, abs=1e-3)
    assert along_y == pytest.approx(1 - 2 * float(kappa) * eta, rel=1e-3, abs=1e-3)
    assert ("runs away" in said) == (along_y < -1)


def test_the_momentum_figure_compares() -> None:
    stage = figure(explore_momentum).set(eta=0.05)
    walk = descent.walk(descent.momentum(0.05, 0.7), bowl(10).gradient, (4.0, 1.5), 40)
    loss = walk[-1, 0] ** 2 + 10 * walk[-1, 1] ** 2
    assert f"{loss:.1e}".split("e")[0] in stage.set(beta=0.7).sentence
    assert "runs away" in stage.set(beta=0.5, eta=0.16).sentence
    assert "the limit" in stage.set(beta=0.5, eta=0.15).sentence
    assert "swings for ever" in stage.set(beta=1, eta=0.1).sentence
    assert "nothing moves" in stage.set(eta=0).sentence


def test_racers_walk_as_the_optimisers_do() -> None:
    stage = figure(explore_optimisers)
    stage.set(surface="Rosenbrock's valley", whose="all five", eta=0.001, steps=200)
    gradient = CATALOGUE["rosenbrock"].gradient
    for racer in RACERS:
        path = descent.walk(racer.make(0.001), gradient, (-1.2, 2.0), 200)
        shown = np.array(stage.scene.marks[racer.name].points)
        np.testing.assert_allclose(shown, path, rtol=1e-9)


def test_the_bowl_turns_in_the_race_and_nothing_else_does() -> None:
    stage = explore_optimisers()
    stage.set(eta=0.1, steps=200, turn=45)
    assert stage.sentence.startswith("The bowl is turned by 45°. After 200 steps")
    ring = np.array(stage.scene.marks["height 7"].points)
    assert [turned(LONG, 45)(*place) for place in ring] == pytest.approx([200] * len(ring))
    assert stage.scene.marks["start"].coordinates() == pytest.approx(turned_place((3, 1.5), 45))
    stage.set(surface="Rosenbrock's valley")
    assert "Only the bowls can be turned" in stage.sentence
    assert stage.scene.marks["start"].coordinates() == (-1.2, 2.0)
    assert stage.set(turn=0).sentence.endswith("momentum.")


def test_a_loss_curve_leaves_its_axes() -> None:
    losses = np.array(figure(explore_rate).set(a="1", eta=1.5).scene.marks["loss curve"].points)
    assert losses[-1, 1] == pytest.approx(16 * 4.0**12)
    stage = figure(explore_condition).set(kappa="10", eta=0.05)
    assert stage.scene.marks["part of y"].points[-1][1] < 1e-20
    assert stage.scene.marks["factor of y"].x == pytest.approx(0)
    assert stage.set(eta=1.05).scene.marks["factor of y"].x == pytest.approx(-20)


def test_the_best_rate_is_the_best_of_the_slider() -> None:
    race, rates = Race(LONG, (3.0, 1.5), 60), figure(explore_optimisers).controls["eta"].values
    for row in range(len(RACERS)):
        best = race.best(row, rates)
        ends = [race.run(row, eta).losses[-1] for eta in rates]
        assert race.run(row, best).losses[-1] == min(loss for loss in ends if math.isfinite(loss))
    set_for = race.etas(0.5, ("Adam",), rates)
    assert set_for[4] == 0.5 and set_for[:4] == [race.best(row, rates) for row in range(4)]
    assert race.etas(0.5, [racer.name for racer in RACERS], rates) == [0.5] * 5


@pytest.mark.parametrize("f", ["sqrt(x)", "exp(x*x + y*y)", "-x**2 - y**2", "x - x"])
def test_a_race_on_any_surface(f: str) -> None:
    stage = explore_optimisers(f, start=(1.0, 0.5), steps=20)
    for at in chance_positions(stage, 1, 1):
        require_sound(stage, at)


@pytest.mark.parametrize(
    ("make", "word"),
    [
        (lambda: explore_rate(a=0), "above 0"),
        (lambda: explore_rate(a=math.nan), "above 0"),
        (lambda: explore_rate(start=0), "Start away"),
        (lambda: explore_rate(steps=10**6), "Between 1 and 40"),
        (lambda: explore_condition(kappa=0.5), "steeper"),
        (lambda: explore_condition(start=(math.inf, 1)), "million"),
        (lambda: explore_momentum(kappa=-1), "steeper"),
        (lambda: explore_optimisers(start=3), "Two numbers"),
        (lambda: explore_optimisers(steps=10**6), "between 1 and"),
        (lambda: explore_optimisers("sqrt(x)", start=(-1, 1)), "another start"),
        (lambda: explore_optimisers(3), "function"),
    ],
)
def test_what_cannot_be_shown_gets_a_sentence(make, word: str) -> None:
    said = make()
    assert isinstance(said, Apology) and word in str(said)
