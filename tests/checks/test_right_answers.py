"""A right answer is right in every type and every style."""

import functools
import math
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from utils.checks import Array, Number, Outcome, check

ROOT = Path(__file__).parents[2]


EXACT = [Fraction(160, 2), Decimal("80.00")]


@pytest.mark.parametrize(
    "answer",
    [80, 80.0, 79.995, np.int64(80), np.float32(80), np.array(80), np.array([[80.0]]), *EXACT],
    ids=repr,
)
def test_a_number_may_come_in_many_types(answer):
    assert check("sample.1", answer).outcome is Outcome.CORRECT


class Multiplier:
    def __init__(self, factor):
        self.factor = factor

    def __call__(self, x):
        return self.factor * x

    def method(self, x):
        return self.factor * x


RIGHT_FUNCTIONS = {
    "lambda": lambda x: 2 * x,
    "numpy": lambda x: np.add(x, x),
    "only arrays": lambda x: np.array([2 * value for value in x]),
    "only array scalars": lambda x: 2 * x.item(),
    "indexes": lambda x: 2 * x[0],
    "math only": lambda x: math.copysign(2 * math.fabs(x), x),
    "partial": functools.partial(lambda a, x: a * x, 2),
    "callable object": Multiplier(2),
    "method": Multiplier(2).method,
    "default argument": lambda x, a=2: a * x,
    "star": lambda *args: 2 * args[0],
    "fraction": lambda x: Fraction(2) * Fraction(x),
    "cached": functools.cache(lambda x: 2 * x),
    "ufunc": np.frompyfunc(lambda x: 2 * x, 1, 1),
}


@pytest.mark.parametrize("name", RIGHT_FUNCTIONS)
def test_a_function_may_be_written_in_many_styles(name):
    feedback = check("sample.2", RIGHT_FUNCTIONS[name])
    assert feedback.outcome is Outcome.CORRECT, feedback.message


def test_checks_do_not_import_torch_or_pictures():
    code = (
        "import sys, utils.checks, utils.questions\n"
        "print([m for m in ('torch', 'matplotlib', 'ipywidgets', 'IPython') if m in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert ran.stdout.strip() == "[]", ran.stderr


TORCH = """
import os
import sys
os.environ["DERIVATIVES_PROGRESS"] = sys.argv[1]
import torch
import utils.questions
from tests import sample_chapter
from tests.test_questions import install
import pytest
install(pytest.MonkeyPatch(), sample_chapter.QUESTIONS)
from utils.checks import check
def slope(x):
    x = x.clone().requires_grad_()
    (x**2).sum().backward()
    return x.grad
def graph(x):
    return torch.as_tensor(x).clone().requires_grad_() * 2
M = torch.tensor([[2.0, 3.0], [3.0, 2.0]], dtype=torch.float64)
w = torch.tensor(80.0, requires_grad=True)
answers = [
    ("sample.2", slope), ("sample.2", lambda x: torch.mul(x, 2)), ("sample.2", graph),
    ("sample.1", torch.tensor(80.0)), ("sample.1", torch.tensor([80])), ("sample.1", w),
    ("sample.5", torch.tensor([-6, -2, 0, 2, 6])), ("sample.8", lambda w: M @ w),
    ("sample.1", torch.tensor(80.0, dtype=torch.bfloat16)),
]
torch.manual_seed(7); torch.rand(1)
before = torch.get_rng_state()
print(*(check(*answer).outcome.value for answer in answers))
print(torch.equal(before, torch.get_rng_state()), w.requires_grad)
"""


@pytest.mark.skipif(find_spec("torch") is None, reason="there is no torch for Intel Macs")
def test_torch_answers(tmp_path):
    """In a process of its own, so that the other tests run without torch as most chapters do."""
    command = [sys.executable, "-c", TORCH, str(tmp_path / "torch.json")]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    outcomes, kept = ran.stdout.strip().splitlines()
    expected = "correct correct type correct correct type correct correct correct"
    assert (outcomes, kept) == (expected, "True True"), ran.stderr


def test_kinds_of_answers_say_what_they_are_samples_of():
    assert Array([1, 2, 3]).sample([4, 5, 6]).probes == (0, 1, 2)
    assert Number(5).sample(7).shapes == ((),)
