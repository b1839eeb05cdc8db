"""A training loop that is watched: what is said of its numbers, its inputs and its errors."""

import pytest

from tests.checks.cells import defined
from utils.checks import Outcome, check
from utils.models import pytorch_autograd, training_a_network

torch = pytest.importorskip("torch", reason="there is no torch for Intel Macs")

WALK, TRAIN = "pytorch_autograd.8", "training_a_network.7"
IN_WALK = "def f(w, optimizer, loss_of, steps):\n    for _ in range(steps):\n"
IN_TRAINING = (
    "import torch\nmean = torch.nn.functional.binary_cross_entropy\n"
    "def f(model, optimizer, X, y, epochs):\n    for _ in range(epochs):\n"
)


def body(*lines: str) -> str:
    return "".join(f"        {line}\n" for line in lines)


GOOD = body("optimizer.zero_grad()", "loss_of(w).backward()", "optimizer.step()")
TRAINED = body("optimizer.zero_grad()", "mean(model(X), y).backward()", "optimizer.step()")


def walked(lines: str):
    return check(WALK, pytorch_autograd.watch(defined(IN_WALK + lines)))


def trained(lines: str):
    return check(TRAIN, training_a_network.watch(defined(IN_TRAINING + lines)))


def test_a_loop_is_judged_with_and_without_being_watched():
    for question_id, source in ((WALK, IN_WALK + GOOD), (TRAIN, IN_TRAINING + TRAINED)):
        assert check(question_id, defined(source)).outcome is Outcome.CORRECT
        assert check(question_id, lambda: 1).outcome is Outcome.TYPE
    assert walked(GOOD).outcome is trained(TRAINED).outcome is Outcome.CORRECT
    for nothing in ("    ...", "    pass", "    return None"):
        loop = defined(f"def f(w, optimizer, loss_of, steps):\n{nothing}\n")
        for answer in (loop, pytorch_autograd.watch(loop)):
            assert check(WALK, answer).outcome is Outcome.NOT_ATTEMPTED


def test_a_closure_inside_of_the_step_is_in_the_right_order():
    closure = body(
        "def closure():",
        "    optimizer.zero_grad()",
        "    cost = {loss}",
        "    cost.backward()",
        "    return cost",
        "optimizer.step(closure)",
    )
    assert walked(closure.format(loss="loss_of(w)")).outcome is Outcome.CORRECT
    assert trained(closure.format(loss="mean(model(X), y)")).outcome is Outcome.CORRECT
    uncleared = closure.replace("optimizer.zero_grad()", "pass")
    assert walked(uncleared.format(loss="loss_of(w)")).mistake == "gradient-not-zeroed"


def test_the_numbers_of_a_loop_are_put_into_words():
    message = walked(body("optimizer.zero_grad()", "loss_of(w)", "loss_of(w).backward()")).message
    assert "your loop ends at w = 8, after 3 walks back (3 from a cleared gradient)" in message
    assert "0 steps of the optimizer" in message and "[8, 3" not in message
    message = trained(TRAINED + body("optimizer.step()")).message
    assert "your loop ends at the loss 0." in message
    assert "6 steps of the optimizer (3 after a new walk back)" in message
    assert "Print what `watch` makes of it" in message


def test_the_right_calls_on_another_loss_are_told_from_missing_calls():
    for loss in ("((model(X) - y) ** 2).mean() * 1.5", "mean(model(X[torch.randperm(len(X))]), y)"):
        feedback = trained(TRAINED.replace("mean(model(X), y)", f"({loss})"))
        assert feedback.outcome is Outcome.WRONG and feedback.points == 0
        assert "All calls are there" in feedback.message


def test_inputs_are_named_as_the_loop_names_them():
    few = check(WALK, pytorch_autograd.watch(defined("def f(w, optimizer):\n    w + 1\n")))
    assert few.outcome is Outcome.TYPE and "self.train" not in few.message
    assert "`f(w, optimizer, loss_of, steps)`" in few.message and "`optimizer`" in few.message


@pytest.mark.parametrize(
    ("lines", "mistake"),
    [
        (("w -= 0.1",), "update-inside-graph"),
        (("loss_of(w).item().backward()",), "item-before-backward"),
        (("loss_of(w).detach().backward()",), "nothing-recorded"),
        (("loss = loss_of(w)", "loss.backward()", "loss.backward()"), "graph-walked-twice"),
        (("(loss_of(w) * torch.ones(2)).backward()",), "loss-not-reduced"),
        (("w.grad = None", "loss_of(w)", "w.grad.item()"), "grad-still-empty"),
        (("loss_of(w).sume()",), None),
    ],
)
def test_errors_of_torch_have_their_own_names(lines, mistake):
    feedback = check(
        WALK, pytorch_autograd.watch(defined("import torch\n" + IN_WALK + body(*lines)))
    )
    assert feedback.mistake == mistake
    assert f"your line `{lines[-1]}` stops" in feedback.message


NO_LOOP = [
    ("pytorch_autograd.5", ("y = g(t)", "return t.grad.item()"), "grad-still-empty"),
    ("pytorch_autograd.5", ("g(t.detach()).backward()",), "nothing-recorded"),
    ("pytorch_autograd.5", ("(g(t) * t.new_ones(3)).backward()",), "loss-not-reduced"),
    ("pytorch_autograd.6", ("(t * t).backward()", "t -= 1"), "update-inside-graph"),
]


@pytest.mark.parametrize(("question_id", "lines", "mistake"), NO_LOOP)
def test_they_have_them_outside_of_watched_loops(question_id, lines, mistake):
    inputs = "g, w" if question_id == "pytorch_autograd.5" else "w, eta, steps"
    start = f"import torch\ndef f({inputs}):\n    t = torch.tensor(w, requires_grad=True)\n"
    answer = defined(start + "".join(f"    {line}\n" for line in lines))
    assert check(question_id, answer).mistake == mistake
