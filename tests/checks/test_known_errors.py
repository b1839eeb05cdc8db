"""Errors whose words tell of a mistake: torch's own, and `^` for a power."""

from dataclasses import replace

import pytest

from tests.checks.cells import defined
from tests.test_questions import install
from utils.checks import Outcome, Rival, check
from utils.checks.failure import Failure, full_name
from utils.checks.judge import decide
from utils.checks.seam import Observation
from utils.checks.torch_errors import mistake_of


def failed(kind: type[BaseException], said: str, line: str) -> Failure:
    return Failure(line, kind.__name__, tuple(map(full_name, kind.__mro__)), said)


LEAF = "a leaf Variable that requires grad is being used in an in-place operation."
FOUR, COLUMN = "torch.Size([4])", "torch.Size([4, 1])"
WORDS = [
    (RuntimeError, "grad can be implicitly created only for scalar outputs", "loss.backward()",
     "loss-not-reduced"),
    (RuntimeError, LEAF, "w -= eta * w.grad", "update-inside-graph"),
    (RuntimeError, "element 0 of tensors does not require grad and does not have a grad_fn",
     "loss.backward()", "nothing-recorded"),
    (RuntimeError, "Trying to backward through the graph a second time (or …", "loss.backward()",
     "graph-walked-twice"),
    (AttributeError, "'float' object has no attribute 'backward'", "loss.item().backward()",
     "item-before-backward"),
    (AttributeError, "'NoneType' object has no attribute 'item'", "return w.grad.item()",
     "grad-still-empty"),
    (TypeError, "unsupported operand type(s) for *: 'float' and 'NoneType'", "w = w - eta * w.grad",
     "grad-still-empty"),
    (TypeError, "unsupported operand type(s) for *: 'float' and 'NoneType'", "w = w - eta * g",
     None),
    (RuntimeError, "mat1 and mat2 must have the same dtype, but got Double and Float", "model(X)",
     "dtypes-differ"),
    (RuntimeError, "expected m1 and m2 to have the same dtype, but got: float != double", "X @ w",
     "dtypes-differ"),
    (ValueError, f"Target size ({FOUR}) must be the same as input size ({COLUMN})",
     "cost = loss_of(outputs, y)", "target-shape-differs"),
    (ValueError, f"Using a target size ({FOUR}) that is different to the input size ({COLUMN}) is",
     "cost = loss_of(p, y)", "target-shape-differs"),
    (RuntimeError, "Only Tensors of floating point and complex dtype can require gradients",
     "w = torch.tensor(8, requires_grad=True)", "whole-number-gradient"),
    (RuntimeError, "only Tensors of floating point dtype can require gradients",
     "w.requires_grad_()", "whole-number-gradient"),
    (ValueError, "target size must be positive", "loss_of(p, y)", None),
    (AttributeError, "'Tensor' object has no attribute 'sume'", "loss.sume()", None),
    (RuntimeError, "shape '[2]' is invalid for input of size 3", "x.view(2)", None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "said", "line", "mistake"), WORDS)
def test_an_error_of_torch_is_known_by_its_words(sample, kind, said, line, mistake):
    failure = failed(kind, said, line)
    assert mistake_of(failure) == mistake
    verdict = decide(sample[1], Observation("Function", failure=failure, where="x = 2.0"))
    assert verdict.mistake == mistake
    if mistake:
        assert verdict.message.startswith(f"At x = 2.0, your line `{line}` stops with")
    else:
        assert verdict.outcome is Outcome.ERROR


def test_a_type_alone_is_no_evidence_where_words_are_needed(sample, monkeypatch):
    own = "Take the number out after the walk back. " * 4
    rivals = [Rival("item-before-backward", raises=AttributeError, message=own)]
    (question,) = install(monkeypatch, [replace(sample[1], id="sample.1", rivals=rivals)])
    for said, mistake in (
        ("'float' object has no attribute 'backward'", "item-before-backward"),
        ("'NoneType' object has no attribute 'item'", "grad-still-empty"),
        ("'Tensor' object has no attribute 'sume'", None),
    ):
        seen = Observation("Function", failure=failed(AttributeError, said, "return w.grad.item()"))
        verdict = decide(question, seen)
        assert verdict.mistake == mistake
        assert (own in verdict.message) == (mistake == "item-before-backward")


def test_a_hat_is_told_from_a_power():
    message = check("sample.2", defined("def f(x):\n    return x ^ 2\n")).message
    assert "At x = −3.0, your line `return x ^ 2` stops" in message
    assert "two stars" in message and "do not go together" not in message


def test_a_float_where_a_count_is_needed_is_shown_as_one():
    message = check("sample.2", defined("def f(x):\n    return sum(range(x))\n")).message
    assert "At x = −3.0" in message and "whole number" in message


def test_a_refusal_of_torch_is_no_empty_function(sample):
    """torch raises NotImplementedError where it cannot, and a stub is written with it, too."""
    for line, outcome in (
        ("raise NotImplementedError", Outcome.NOT_ATTEMPTED),
        ("return x ^ 2", Outcome.MISTAKE),
    ):
        failure = failed(NotImplementedError, '"bitwise_xor_cpu" not implemented', line)
        verdict = decide(sample[1], Observation("Function", failure=failure))
        assert verdict.outcome is outcome
    assert "two stars" in verdict.message


def test_a_line_of_the_course_is_not_called_the_learners():
    source = (
        "from utils.slopes import central_difference\n"
        "def f(x):\n    return central_difference(2, x)\n"
    )
    message = check("sample.2", defined(source)).message
    assert "`return central_difference(2, x)`" in message
