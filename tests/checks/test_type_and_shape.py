"""An answer of another type or shape is named as what it is."""

import math
import types

import numpy as np
import pytest

from utils.checks import Outcome, check
from utils.explorers.slope import explore_two_points

TYPES = [
    ("sample.1", "80", "quotes"),
    ("sample.1", (80, 0), "a tuple of 2 numbers"),
    ("sample.1", (80.0,), "a tuple that holds one number"),
    ("sample.1", [80.0], "Square brackets pack a number into a list"),
    ("sample.1", "1/4", "quotes away"),
    ("sample.1", "-3x", "the text `-3x`"),
    ("sample.1", "-10 %", "no unit, no percent sign"),
    ("sample.1", True, "comparison"),
    ("sample.1", np.True_, "comparison"),
    ("sample.1", 80 + 0j, "complex"),
    ("sample.1", math.sin, "the function `sin` itself"),
    ("sample.1", {"a": 80}, "type `dict`"),
    ("sample.1", {80}, "a set"),
    ("sample.1", (n for n in [80]), "promise"),
    ("sample.1", types.SimpleNamespace(value=80, description="m"), ".value"),
    ("sample.2", "2*x", "lambda x:"),
    ("sample.2", [2, 4, 6], "a list"),
    ("sample.2", lambda: 1, "no input at all"),
    ("sample.2", lambda a, b: a, "`a` and `b`"),
    ("sample.2", lambda x: str(2 * x), "a text"),
    ("sample.2", lambda x: (2 * x,), "comma at the end"),
    ("sample.2", lambda x: [x, x], "a list of 2 numbers"),
    ("sample.2", lambda x: lambda: 2 * x, "gives back a function"),
    ("sample.2", lambda x: complex(2 * x, 1), "imaginary"),
    ("sample.2", lambda x: x > 0, "comparison"),
    ("sample.3", lambda f, x: f(x), "with 3 inputs"),
    ("sample.5", [-6, -2, 0, 2], "leaves out its last number"),
    ("sample.5", {-6, -2, 0, 2, 6}, "a set (which has no order), and"),
    ("sample.5", [[-6, -2, 0, 2, 6]], "1 × 5 numbers"),
    ("sample.5", [[-6], [-2, 0]], "different lengths"),
    ("sample.5", ["a", 1, 2, 3, 4], "holds a text"),
    ("sample.5", [-6, None, 0, 2, 6], "holds nothing"),
    ("sample.5", lambda x: 2 * x, "[f(x) for x in xs]"),
    ("sample.5", map(float, [1]), "list(...)"),
    ("sample.6", lambda x: 3 * x**2, "a formula as a text"),
    ("sample.6", "3*y", "do not know the name `y`"),
    ("sample.6", "3*(x", "pair up"),
    ("sample.6", "3*x*", "stops too early"),
    ("sample.7", 2.0, "live figure"),
    ("sample.7", {"m": 2.0}, "live figure"),
    (
        "sample.7",
        types.SimpleNamespace(values={"m": 2.0}, initial={"m": 1.0}),
        "live figure itself",
    ),
    ("sample.7", explore_two_points().set(x1=0), "that `explore_two_points` made"),
    ("sample.4", ["b"], "a list that holds a text"),
    ("sample.6", ["3*x**2"], "a list that holds a text"),
    ("sample.8", lambda w: 3.0, "a single number"),
    ("sample.8", lambda w: [1, 2, 3], "2 numbers"),
]


@pytest.mark.parametrize(("question_id", "answer", "said"), TYPES)
def test_another_type_is_named(question_id, answer, said):
    feedback = check(question_id, answer)
    assert feedback.outcome is Outcome.TYPE and said in feedback.message, feedback.message
    assert 30 <= len(feedback.message.split()) <= 90, feedback.message
