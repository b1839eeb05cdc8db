"""Whatever is given as an answer, a check never raises."""

import math
import re
import types

import numpy as np
import pytest

from tests.hostile import EqualsAll, Hostile, SpeaksBadly
from utils.checks import Outcome, check


def raises_badly(x):
    raise SpeaksBadly


HOSTILE = [
    ("sample.1", Hostile()),
    ("sample.2", Hostile()),
    ("sample.4", Hostile()),
    ("sample.5", Hostile()),
    ("sample.6", Hostile()),
    ("sample.7", Hostile()),
    ("sample.1", EqualsAll(3.0)),
    ("sample.2", lambda x: EqualsAll(3.0)),
    ("sample.2", lambda x: Hostile()),
    ("sample.2", raises_badly),
    ("sample.2", lambda x: check("sample.2", lambda x: 2 * x)),
    ("sample.5", [Hostile()] * 5),
    ("sample.1", float("nan")),
    ("sample.1", float("inf")),
    ("sample.1", 10**400),
    ("sample.2", lambda x: float("nan")),
    ("sample.2", lambda x: np.float64(1) / (x - x)),
    ("sample.5", [math.nan] * 5),
    ("sample.5", []),
    ("sample.5", np.zeros((5, 0))),
    ("sample.1", np.array("80")),
    ("sample.1", np.array(None)),
    ("sample.1", np.datetime64("2020-01-01")),
    ("sample.1", b"80"),
    ("sample.6", "9" * 190),
    ("sample.6", "x**" * 60 + "x"),
    ("sample.6", "(" * 100 + "x" + ")" * 99),
    ("sample.6", "9**9**9**9**9"),
    ("sample.6", "x.__class__"),
    ("sample.6", "lambda: 0"),
    ("sample.6", "sin"),
    ("sample.6", "sin()"),
    ("sample.6", "()"),
    ("sample.6", "٣x"),
    ("sample.6", "x" * 5000),
    ("sample.6", "3x^2 = y = 2"),
    ("sample.6", "1_000x"),
    ("sample.4", "b\nc"),
    ("sample.4", "a" * 5000),
    ("sample.4", b"\xff"),
    ("sample.7", types.SimpleNamespace(values={"m": "two"}, initial={"m": 1.0})),
    ("sample.7", types.SimpleNamespace(values=None, initial=None)),
    ("sample.7", types.SimpleNamespace(values={"m": 2.0, "b": 0.0}, initial={"m": 1.0, "b": 0.0})),
]


@pytest.mark.parametrize("index", range(len(HOSTILE)))  # pytest itself stumbles over some of them
def test_hostile_answers_are_never_right_and_never_raise(index):
    question_id, answer = HOSTILE[index]
    feedback = check(question_id, answer)
    assert feedback.outcome is not Outcome.CORRECT and feedback.points == 0
    assert not re.search(r"\b0x[0-9a-f]{4}", str(feedback)) and len(str(feedback)) < 700
    assert feedback._repr_html_()


def test_a_recursive_list_is_survived():
    loop: list = []
    loop.append(loop)
    feedback = check("sample.5", loop)
    assert feedback.outcome is Outcome.TYPE and "a list that holds itself" in feedback.message
