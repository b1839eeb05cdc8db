"""Chapter 15: what its figures and questions say, held against PyTorch itself."""

import math
import subprocess
import sys
from itertools import product

import numpy as np
import pytest
import sympy
import torch

from utils import descent, running
from utils.checks import MISTAKES
from utils.explorers.pytorch_autograd import explore_leaves, explore_witness, explore_zeroing
from utils.models.linear_regression import batches, noisy_line, stochastic_walk
from utils.models.pytorch_autograd import (
    LEFT_OVER,
    NOT_RECORDED,
    grads_of,
    quartic,
    slope_of,
    walk,
    watch,
)
from utils.questions.earlier.pytorch_autograd import QUESTIONS as EARLIER
from utils.questions.earlier.pytorch_autograd import quartic_walk
from utils.questions.pytorch_autograd import QUESTIONS, descend, quartic_slope
from utils.stage import Apology, Text, conversation, frames
from utils.watching import Watched


def leaf(value: float, needs: bool = True) -> torch.Tensor:
    return torch.tensor(value, dtype=torch.float64, requires_grad=needs)


# --- the figures say what PyTorch does ---


@pytest.mark.parametrize("flags", list(product((False, True), repeat=3)))
@pytest.mark.parametrize("calls", [0, 1, 3])
def test_leaves_get_what_pytorch_gives_them(flags, calls: int) -> None:
    w_needs, x_needs, detached = flags
    for at in (-3.0, 0.5, 1.0):
        w, x = leaf(at, w_needs), leaf(2.0, x_needs)
        try:
            for _ in range(calls):
                u = w * x
                ((u.detach() if detached else u) - 4.0).pow(2).backward()
            found = {n: None if t.grad is None else t.grad.item() for n, t in (("w", w), ("x", x))}
        except RuntimeError as error:
            assert NOT_RECORDED in str(error)
            found = None
        assert grads_of(at, 2.0, 4.0, calls, *flags) == found


def test_the_sentence_of_leaves_says_the_sum() -> None:
    view = explore_leaves()
    assert "w.grad is −24, that is 3 times −8" in view.set(w=1, calls=3).sentence
    assert NOT_RECORDED in view.set(detached=True).sentence
    assert "every .grad is None" in view.set(calls=0, detached=False).sentence


def by_torch(f, start: float, eta: float, steps: int, clear: bool) -> list[float]:
    w, path = leaf(start), [start]
    for _ in range(steps):
        if clear:
            w.grad = None
        f(w).backward()
        with torch.no_grad():
            w -= eta * w.grad
        path.append(w.item())
    return path


@pytest.mark.parametrize("clear", [True, False])
@pytest.mark.parametrize(
    ("f", "start"),
    [
        (lambda w: (w - 3) ** 2, 8.0),
        (quartic, 2.0),
        (lambda w: (w.tanh() + 1 / (w * w + 1)).exp(), 1.0),
    ],
)
def test_the_walk_is_that_of_pytorch(f, start: float, clear: bool) -> None:
    for eta in (0.001, 0.03, 0.1):
        rows = walk(f, start, eta, 20, clear)
        there = np.isfinite(rows[:, 0])
        path = np.array(by_torch(f, start, eta, 20, clear))
        assert there[0] and np.allclose(rows[there, 0], path[there], rtol=1e-9, atol=1e-9)
        assert there.all() or not abs(path[there.sum()]) < 1000  # flown off in truth


def test_forgetting_flies_off_on_the_quartic_and_clearing_cures_it() -> None:
    assert np.isnan(walk(quartic, 2.0, 0.1, 40, False)[-1, 0])
    assert walk(quartic, 2.0, 0.1, 40, True)[-1, 0] == pytest.approx(1.3470, abs=1e-4)
    view = explore_zeroing(quartic, w=2, eta=0.1, zero_grad=False, over=(-2.5, 2.5))
    assert "flown off" in view.sentence


def test_on_a_parabola_forgetting_swings_for_ever_at_any_rate() -> None:
    """The step is a matrix of determinant 1: what is not damped at one η is damped at none."""
    eta = sympy.symbols("eta", positive=True)
    step = sympy.Matrix([[1 - 2 * eta, -eta], [2, 1]])  # of (w − 3, the held gradient)
    assert sympy.simplify(step.det()) == 1
    for rate in (0.01, 0.1, 1.0):
        rows = walk(lambda w: (w - 3) ** 2, 8.0, rate, 500, False)
        assert np.abs(rows[-100:, 0] - 3).max() > 4.9
        assert math.dist((0, 0), rows[-1, :2]) < 1e3


@pytest.mark.parametrize("eta", [0.001, 0.01, 0.03])
def test_forgetting_is_momentum_that_loses_nothing(eta: float) -> None:
    for f, slope, start in (
        (lambda w: (w - 3) ** 2, lambda w: 2 * (w - 3), 8.0),
        (quartic, quartic_slope, 1.5),
    ):
        rolling = descent.walk(descent.momentum(eta, beta=1.0), slope, start, 30)[:, 0]
        assert np.allclose(walk(f, start, eta, 30, zero_grad=False)[:, 0], rolling, rtol=1e-9)


def test_the_lines_of_a_tensor_stay_inside_its_box() -> None:
    stage = explore_leaves().set(detached=True)
    boxes = [patch.get_bbox() for patch in stage.figure.axes[0].patches]
    lines = [mark for mark in stage.scene.marks.values() if isinstance(mark, Text)]
    assert len(boxes) == 6 and len(lines) == 18
    for line in lines:
        (box,) = (b for b in boxes if b.x0 < line.x < b.x1 and b.y0 < line.y < b.y1)
        assert box.y0 + 16 < line.y < box.y1 - 16  # half a line, and what hangs below it


def test_small_steps_are_powers_of_ten() -> None:
    assert explore_witness().set(h=1e-6).sentence.startswith("h = 10⁻⁶: ")
    assert explore_witness().set(h=10**-5.75).sentence.startswith("h = 1.8 · 10⁻⁶: ")
    assert explore_witness().set(h=0.1).sentence.startswith("h = 0.1: ")


def test_the_measured_slope_is_in_the_sentence() -> None:
    exact = float(4 * 2.0**3 - 8 * 2.0 + 1)
    assert slope_of(quartic, 2.0) == (2.0, exact)
    said = explore_witness().set(h=1e-8).sentence
    assert "32 bits measure 0" in said and "64 bits measure 17" in said and "no h: 17" in said
    assert "no error at all" in explore_witness(lambda w: w * 0).sentence


@pytest.mark.parametrize("explore", [explore_leaves, explore_zeroing, explore_witness])
def test_frames_travel_and_all_settings_are_sound(explore, monkeypatch) -> None:
    monkeypatch.setattr("utils.stage.conversation.MAX_SECONDS", 60.0)  # a busy machine is no fault
    stage = explore()
    table = stage.table
    assert isinstance(table, frames.Table) and table.size <= conversation.MAX_BYTES


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: explore_zeroing(lambda w: math.exp(w)), "w.exp()"),
        (lambda: explore_zeroing(3.0), "function"),
        (lambda: explore_zeroing(lambda w: 3.0), "give back"),
        (lambda: explore_zeroing(w=20), "outside"),
        (lambda: explore_zeroing(steps=1000), "5 to 60"),
        (lambda: explore_zeroing(step=41), "0 to 40"),
        (lambda: explore_zeroing(lambda w: (w - 20).log()), "no value"),
        (lambda: explore_witness(lambda w: w.log(), w=-1), "no slope"),
        (lambda: explore_witness("w**2"), "function"),
    ],
)
def test_what_cannot_be_drawn_gets_a_sentence(make, words: str) -> None:
    answer = make()
    assert isinstance(answer, Apology) and words in answer.sentence


# --- the questions ---


def test_truths_are_those_of_pytorch() -> None:
    asked = (*QUESTIONS, *EARLIER)
    truth = {q.id.split(".")[1]: getattr(q.answer, "truth", None) for q in asked}
    w = leaf(1.5)
    (w**2 * w.sin()).backward()
    assert truth["1"] == pytest.approx(w.grad.item(), abs=1e-12)
    w = leaf(3.0)
    (w * w.detach()).backward()
    assert truth["predict_detach"] == w.grad.item()
    w = leaf(2.0)
    assert truth["predict_second"] == torch.func.grad(torch.func.grad(quartic))(w).item()
    u, v = leaf(2.0), leaf(5.0)
    torch.stack([u**2 * v, u + v]).backward(torch.tensor([1.0, 3.0], dtype=torch.float64))
    assert u.grad.item() == 2 * 2 * 5 + 3 and truth["3"] == "2*u*v + 3"


def test_rules_of_the_questions_agree_with_sympy_and_pytorch() -> None:
    w = sympy.symbols("w")
    assert sympy.expand(sympy.diff(quartic(w), w) - quartic_slope(w)) == 0
    assert quartic_walk(2.0, 100)[0] == pytest.approx(1.3470, abs=5e-5)  # as curriculum and S4 ask
    assert quartic_walk(2.0, 7)[0] == pytest.approx(by_torch(quartic, 2.0, 0.01, 7, True)[-1])
    forgot = quartic_walk(2.0, 7, "forgotten")[0]
    assert forgot == pytest.approx(by_torch(quartic, 2.0, 0.01, 7, False)[-1])
    for fault, clear in (("", True), ("forgotten", False)):
        path = by_torch(lambda w: (w - 3) ** 2, 8.0, 0.1, 9, clear)
        assert descend(8.0, 0.1, 9, fault)[0] == pytest.approx(path[-1])


# --- watching a loop ---


def good(w, optimizer, loss_of, steps):
    for _ in range(steps):
        optimizer.zero_grad()
        loss_of(w).backward()
        optimizer.step()


def test_a_watched_loop_is_written_down() -> None:
    once = "zero_grad → forward → backward → step"
    assert repr(watch(good)) == f"{once} → {once}"
    ends, *calls = watch(good)(8.0, 0.1, 3)
    assert calls == [3, 3, 3] and ends == pytest.approx(3 + 5 * 0.8**3)


def test_an_old_gradient_is_seen() -> None:
    def hasty(w, optimizer, loss_of, steps):
        assert w.grad.item() == LEFT_OVER
        loss_of(w).backward()

    assert repr(watch(hasty)) == "forward → backward onto an old gradient"
    assert watch(hasty)(8.0, 0.1, 1)[1:] == [1, 0, 0]


def test_what_is_no_loop_is_left_alone() -> None:
    assert watch(None) is None and watch(...) is ...
    loop = watch(good)
    assert isinstance(loop, Watched) and watch(loop) is loop
    assert watch(lambda w, optimizer, loss_of, steps: None)(8.0, 0.1, 3) is ...


def test_errors_keep_their_words_and_other_errors_their_kind() -> None:
    def in_place(w, optimizer, loss_of, steps):
        w -= 1

    def scalar(w, optimizer, loss_of, steps):
        (loss_of(w) * torch.ones(2)).backward()

    with pytest.raises(RuntimeError, match="in-place") as caught:
        watch(in_place)(8.0, 0.1, 1)
    assert caught.type.__name__ == "RuntimeError" and caught.type is not RuntimeError
    with pytest.raises(RuntimeError, match="scalar") as caught:
        watch(scalar)(8.0, 0.1, 1)
    assert caught.type is RuntimeError


def test_the_mistakes_of_the_chapter_are_all_met() -> None:
    met = {rival.mistake for question in QUESTIONS for rival in question.rivals}
    assert met <= set(MISTAKES)
    assert {
        "gradient-not-zeroed",
        "update-inside-graph",
        "item-before-backward",
        "nothing-recorded",
        "overwrite-for-accumulate",
        "ascent-for-descent",
        "loss-not-reduced",
        "value-for-gradient",
        "graph-walked-twice",
        "zeroed-before-step",
        "optimizer-not-called",
    } <= met


def test_listing_all_questions_needs_no_torch() -> None:
    code = (
        "import sys; from utils.questions import all_questions; "
        "assert any(q.chapter == 'pytorch_autograd' for q in all_questions()); "
        "print('torch' in sys.modules)"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "False", ran.stderr


# --- what an answer sets in torch ---


def settings() -> dict[str, object]:
    w = torch.tensor(2.0, requires_grad=True)
    y = w * w
    return {
        "type": torch.zeros(1).dtype,
        "recorded": y.requires_grad,
        "inference": y.is_inference(),
        "threads": torch.get_num_threads(),
        "place": torch.zeros(1).device,
        "anomalies": torch.is_anomaly_enabled(),
        "deterministic": torch.are_deterministic_algorithms_enabled(),
        "chance": torch.initial_seed(),
    }


SET = {
    "type": lambda: torch.set_default_dtype(
        torch.float32 if torch.get_default_dtype() == torch.float64 else torch.float64
    ),
    "recorded": lambda: torch.set_grad_enabled(False),
    "recorded, not left": lambda: torch.no_grad().__enter__(),
    "inference": lambda: kept_open.append(torch.inference_mode()) or kept_open[0].__enter__(),
    "threads": lambda: torch.set_num_threads(torch.get_num_threads() + 1),
    "place": lambda: torch.set_default_device("meta"),
    "anomalies": lambda: torch.autograd.set_detect_anomaly(True),
    "deterministic": lambda: torch.use_deterministic_algorithms(True),
    "chance": lambda: torch.manual_seed(5),
}
kept_open: list = []


@pytest.mark.parametrize("name", SET)
def test_what_an_answer_sets_in_torch_is_put_back(name: str) -> None:
    before = settings()

    def work() -> dict[str, object]:
        SET[name]()
        return settings()

    inside = running.run(work, 60).result
    assert inside is not None and inside[name.split(",")[0]] != before[name.split(",")[0]]
    assert settings() == before
    kept_open.clear()
    assert settings() == before
    w = torch.tensor(2.0, requires_grad=True)
    (w * w).backward()
    assert w.grad == 4


@pytest.mark.parametrize("size", [1, 10, 64, 1000])
def test_torch_takes_the_same_walk_over_the_same_batches(size: int) -> None:
    """Chapter 13's walk in mini-batches is what `torch.optim.SGD` does."""
    data, steps = noisy_line(), 60
    ours = stochastic_walk(data, 0.05, size, steps, seed=3)
    w, b = (torch.zeros((), dtype=torch.float64, requires_grad=True) for _ in range(2))
    optimizer = torch.optim.SGD([w, b], lr=0.05)
    xs, ys = torch.tensor(data.xs), torch.tensor(data.ys)
    rng, rows = np.random.default_rng(3), []
    for _ in range(steps):
        rows = rows or batches(len(data.xs), size, rng)
        batch = torch.tensor(rows.pop(0))
        optimizer.zero_grad()
        torch.mean((w * xs[batch] + b - ys[batch]) ** 2).backward()
        optimizer.step()
    assert ours[-1, :2] == pytest.approx([w.item(), b.item()], abs=1e-10)
