"""Chapter 06: what its figures say, and each formula and number of its prose, by other means."""

import importlib
import math
import re
from collections.abc import Iterator
from functools import cache, partial
from itertools import pairwise

import numpy as np
import pytest
import sympy as sp
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.test_explorers import chance_positions, number_in, require_sound
from utils.explorers import special_functions as figures
from utils.explorers.special_functions import (
    explore_base,
    explore_circle,
    explore_cross_entropy,
    explore_mirror,
    explore_positions,
    explore_saturation,
    explore_softmax,
)
from utils.functions import CATALOGUE
from utils.models.special_functions import softmax
from utils.slopes import central_difference
from utils.stage import Apology, Stage
from utils.stage.conversation import MAX_BYTES

ALL = [
    explore_base,
    explore_softmax,
    explore_mirror,
    explore_cross_entropy,
    explore_circle,
    explore_positions,
    explore_saturation,
]
SCORES = st.lists(st.floats(-20, 20), min_size=2, max_size=6)
SEEDS = st.integers(0, 999)
# A failing example is reported as found, not made smaller.
FEW = settings(max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate])


@pytest.fixture(autouse=True, scope="module")
def all_the_time_in_the_world() -> Iterator[None]:
    """A busy machine is no fault of a figure."""
    with pytest.MonkeyPatch.context() as patch:
        # The package has a function of the same name as this module.
        patch.setattr(importlib.import_module("utils.stage.explorer"), "SECONDS", 60.0)
        yield


@cache
def made(explore, *arguments) -> Stage:
    """A figure, drawn once: only its scenes are asked."""
    return explore(*arguments)


def settings_of(stage: Stage, seed: int) -> list[tuple[dict, str]]:
    """A few settings of the sliders, each with what the figure says there."""
    positions = chance_positions(stage, seed)
    return [(stage.values_at(at), stage.scene_at(at).sentence) for at in positions]


# --- the figures ---


@pytest.mark.parametrize("explore", ALL)
def test_figures_are_sound_everywhere_and_travel(explore) -> None:
    stage = explore()
    for seed in range(3):
        for at in chance_positions(stage, seed):
            require_sound(stage, at)
    assert stage.table is not None and stage.table.size < MAX_BYTES


@given(SEEDS)
@FEW
def test_the_base_figure_says_height_slope_and_ratio(seed: int) -> None:
    for values, said in settings_of(made(explore_base), seed):
        a, x0 = values["a"], values["x0"]
        slope = central_difference(partial(pow, a), x0)
        assert number_in(said, r"is (-?[\d.]+) high") == pytest.approx(a**x0, abs=0.006)
        assert number_in(said, r"its slope is (-?[\d.]+)\.") == pytest.approx(slope, abs=0.006)
        ratio = number_in(said, r"height is (-?\d+\.\d+)")
        assert ratio == pytest.approx(slope / a**x0, abs=6e-4)


def test_the_curves_are_said_to_lie_on_one_another_at_e_alone() -> None:
    stage = explore_base()
    agreeing = [a for a in stage.controls["a"].values if "lie on one" in stage.set(a=a).sentence]
    assert agreeing == [2.72]  # the value nearest to e that the slider has
    assert min(stage.controls["a"].values, key=lambda a: abs(a - math.e)) == 2.72


@given(SEEDS)
@FEW
def test_the_softmax_figure_says_share_and_slope(seed: int) -> None:
    others = list(figures.WORDS.values())[1:]
    for values, said in settings_of(made(explore_softmax), seed):
        score, temperature = values["score"], values["temperature"]

        def share(s: float, temperature: float = temperature) -> float:
            return softmax([s, *others], temperature)[0]

        shown = re.search(r"it gets ([<>]?) ?(\d+) %", said)
        assert 100 * share(score) == pytest.approx(float(shown[2]), abs=0.51 + bool(shown[1]))
        nudged = number_in(said, r"about (-?[\d.]+) percentage")
        assert nudged == pytest.approx(10 * central_difference(share, score), abs=0.06)
        favourite = max([(score, "mat"), *((v, w) for w, v in list(figures.WORDS.items())[1:])])
        named = re.findall(r"“(\w+)”", said.partition("%.")[2])[0]
        ties = [score, *others].count(favourite[0]) > 1
        assert ties or "hardly" in said or named == favourite[1]


@given(SEEDS)
@FEW
def test_the_mirror_says_both_slopes(seed: int) -> None:
    for values, said in settings_of(made(explore_mirror), seed):
        x = values["x"]
        assert number_in(said, r"with slope ([\d.]+),") == pytest.approx(x, abs=0.006)
        slope = central_difference(math.log, x, 1e-6)
        assert number_in(said, r"= (\d+\.\d+)\.$") == pytest.approx(slope, abs=0.006)


@given(SEEDS)
@FEW
def test_the_loss_figure_says_both_losses_and_slopes(seed: int) -> None:
    for values, said in settings_of(made(explore_cross_entropy), seed):
        p = values["p"]
        slope = central_difference(lambda p: -math.log(p), p, 1e-7)
        squared = central_difference(lambda p: (1 - p) ** 2, p, 1e-7)
        assert number_in(said, r"loss (-?[\d.]+),") == pytest.approx(-math.log(p), abs=0.006)
        assert number_in(said, r"slope (-?[\d.]+)\. ") == pytest.approx(slope, abs=0.006)
        assert number_in(said, r"would be ([\d.]+),") == pytest.approx((1 - p) ** 2, abs=0.006)
        assert number_in(said, r"with slope (-?[\d.]+)\.$") == pytest.approx(squared, abs=0.006)


@given(SEEDS)
@FEW
def test_the_circle_says_value_and_slope_of_both_waves(seed: int) -> None:
    for values, said in settings_of(made(explore_circle), seed):
        f = {"sin x": math.sin, "cos x": math.cos}[values["wave"]]
        slope = central_difference(f, values["x"])
        assert number_in(said, r"x = (-?[\d.]+), its") == pytest.approx(f(values["x"]), abs=0.006)
        assert number_in(said, r"motion is (-?[\d.]+):") == pytest.approx(slope, abs=0.006)


def test_the_motion_on_the_circle_has_length_one_and_a_right_angle() -> None:
    stage = explore_circle()
    for at in chance_positions(stage, 1):
        motion = stage.scene_at(at).marks["motion"]
        along = np.subtract(motion.end, motion.start)
        assert np.hypot(*along) == pytest.approx(1)
        assert np.dot(along, motion.start) == pytest.approx(0, abs=1e-12)


def test_every_word_has_a_code_of_its_own() -> None:
    stage = explore_positions()
    said = [stage.set(word=word).sentence for word in range(figures.LAST_WORD + 1)]
    codes = [re.search(r"heights ([^O]+)\. One", sentence)[1] for sentence in said]
    assert len(set(codes)) == len(codes) == 25
    for word, code in enumerate(codes):
        shown = [float(height.replace("−", "-")) for height in code.split(", ")]
        exact = [math.sin(speed * word) for speed in figures.SPEEDS]
        assert shown == pytest.approx(exact, abs=0.006)


@given(f=st.sampled_from([*CATALOGUE, "x/(1+abs(x))", "ln(x)", "tan(x)", "3"]), seed=SEEDS)
@FEW
def test_saturation_is_sound_under_any_function(f: str, seed: int) -> None:
    stage = made(explore_saturation, f)
    assert not isinstance(stage, Apology)
    for at in chance_positions(stage, seed, 4):
        require_sound(stage, at)


@given(f=st.sampled_from(["sigmoid", "tanh", "relu", "sin", "identity"]), seed=SEEDS)
@FEW
def test_saturation_says_what_comes_out_of_a_nudge(f: str, seed: int) -> None:
    function = CATALOGUE[f]
    for values, said in settings_of(made(explore_saturation, f), seed):
        x = values["x"]
        change = function(x + figures.NUDGE) - function(x)
        if "no slope" in said:
            assert x in function.kinks
            continue
        slope = float(function.derivative(x))
        assert number_in(said, r"the slope (-?\d+\.\d+)") == pytest.approx(slope, abs=6e-5)
        assert number_in(said, r"output by (-?\d+\.\d+)") == pytest.approx(change, abs=6e-5)
        most = max(abs(slope), abs(change) / figures.NUDGE)
        assert ("saturated" in said) == (0 < most < 0.05 * {"sigmoid": 0.25}.get(f, 1))
        assert ("nothing gets" in said) == (most == 0)


@pytest.mark.parametrize(
    ("f", "words"),
    [(9.0, "without calling"), (lambda x: None, "nothing back"), ("q", "no formula")],
)
def test_saturation_meets_a_broken_function_with_a_sentence(f, words: str) -> None:
    shown = explore_saturation(f)
    assert isinstance(shown, Apology) and words in shown.sentence


# --- the formulas of the prose ---

X, H, A, T = sp.symbols("x h a t", positive=True)
SIGMA = 1 / (1 + sp.exp(-X))


@pytest.mark.parametrize(
    ("f", "slope"),
    [
        (sp.exp(X), sp.exp(X)),
        (A**X, A**X * sp.log(A)),
        (sp.log(X), 1 / X),
        (sp.sin(X), sp.cos(X)),
        (sp.cos(X), -sp.sin(X)),
        (1 / X, -1 / X**2),
        (SIGMA, SIGMA * (1 - SIGMA)),
        (sp.tanh(X), 1 - sp.tanh(X) ** 2),
        (-sp.log(X), -1 / X),
        ((1 - X) ** 2, -2 * (1 - X)),
        (5 * sp.log(X) - 3 * sp.cos(X), 5 / X + 3 * sp.sin(X)),
        (6 / X, -6 / X**2),
        (2 * SIGMA.subs(X, 2 * X) - 1, 1 - sp.tanh(X) ** 2),  # σ and tanh are sisters
    ],
)
def test_each_rule_of_the_chapter(f: sp.Expr, slope: sp.Expr) -> None:
    assert sp.simplify((sp.diff(f, X) - slope).rewrite(sp.exp)) == 0


def test_the_one_line_behind_exponential_growth() -> None:
    quotient = (2 ** (X + H) - 2**X) / H
    assert sp.simplify(quotient - 2**X * (2**H - 1) / H) == 0
    assert sp.limit((A**H - 1) / H, H, 0) == sp.log(A)


def test_degrees_put_a_factor_into_the_slope_of_sine() -> None:
    slope = sp.diff(sp.sin(sp.pi * X / 180), X)
    assert sp.simplify(slope - sp.pi / 180 * sp.cos(sp.pi * X / 180)) == 0


@given(SCORES, st.floats(0.1, 10))
def test_softmax_gives_probabilities_in_the_order_of_the_scores(scores, temperature) -> None:
    shares = softmax(scores, temperature)
    assert sum(shares) == pytest.approx(1) and all(0 <= p <= 1 for p in shares)
    order = sorted(range(len(scores)), key=scores.__getitem__)
    assert all(shares[i] <= shares[j] for i, j in pairwise(order))


@given(SCORES, st.floats(-1000, 1000))
def test_softmax_looks_only_at_differences(scores, shift) -> None:
    moved = softmax([score + shift for score in scores])
    assert moved == pytest.approx(softmax(scores), abs=1e-9)


@given(SCORES, st.floats(0.1, 10))
def test_slope_of_a_softmax_share(scores, temperature) -> None:
    first, *others = scores
    p = softmax(scores, temperature)[0]
    slope = central_difference(lambda s: softmax([s, *others], temperature)[0], first)
    assert slope == pytest.approx(p * (1 - p) / temperature, abs=1e-6)


def test_two_elements_make_a_sigmoid() -> None:
    for x in np.linspace(-30, 30, 13).tolist():
        sigma = float(CATALOGUE["sigmoid"](x))
        assert softmax([x, 0.0])[0] == pytest.approx(sigma, rel=1e-12)


@given(
    st.lists(st.floats(-100, 100), min_size=2, max_size=6).filter(lambda v: np.std(v) > 0.1),
    st.floats(0.5, 100),
    st.floats(-100, 100),
)
def test_normalised_numbers_do_not_know_their_scale(values, factor, shift) -> None:
    def normalise(values: np.ndarray) -> np.ndarray:
        return (values - values.mean()) / values.std()

    values = np.array(values)
    np.testing.assert_allclose(normalise(factor * values + shift), normalise(values), atol=1e-6)
