"""Functions that give back functions."""

from dataclasses import replace

import pytest

from tests.checks.cells import defined
from tests.reading_ease import grade
from tests.test_questions import install
from utils.checks import Function, Rival, check


@pytest.fixture
def makes_functions(sample, monkeypatch):
    """`scaled(a)(x)` is asked: a function that multiplies by a."""
    answer = Function(
        lambda a, x: a * x, probes=[(2.0, 3.0), (-1.0, 0.5), (3.0, -2.0), (0.5, 8.0)], curried=1
    )
    rivals = [Rival("sign-error", lambda a, x: -a * x)]
    question = replace(sample[1], answer=answer, rivals=rivals)
    assert question.ambiguities() == []
    assert "no argument for the second call" in str(
        replace(question, answer=replace(answer, curried=2)).ambiguities()
    )
    return install(monkeypatch, [question])


CURRIED = {
    "def f(a):\n    return lambda x: a * x": "correct",
    "def f(a):\n    def g(x):\n        return a * x\n    return g": "correct",
    "class f:\n  def __init__(s, a): s.a = a\n  def __call__(s, x): return s.a * x": "correct",
    "import functools\ndef f(a):\n    return functools.partial(np.multiply, a)": "correct",
    "def f(a):\n    return np.vectorize(lambda x: a * x)": "correct",
    "def f(a):\n    return lambda x: -a * x": "sign-error",
    "def f(a):\n    return lambda x: 3 * a * x": "constant-factor",
    "def f(a):\n    return lambda x: 7": "input-not-used",
    "def f(a):\n    return 2 * a": "point-for-function",
    "def f(a, x):\n    return a * x": "point-for-function",
    "def f(a):\n    ...": "not-attempted",
    "def f(a):\n    b = a\n    ...": "not-attempted",
    "def f(a):\n    return ...": "not-attempted",
    "def f(a):\n    return lambda x: ...": "not-attempted",
}


@pytest.mark.parametrize("source", CURRIED)
def test_a_function_that_gives_back_a_function_is_judged_by_both_calls(makes_functions, source):
    feedback = check("sample.2", defined(source))
    assert (feedback.mistake or feedback.outcome.value) == CURRIED[source], feedback.message


FIRST_OR_SECOND = {
    "def f(a):\n    return lambda x: -a * x": "At a = 2, x = 3, your `f(a)(x)` gives −6",
    "def f(a):\n    g = 1 / 0": "At the first call, `f(a)` with a = 2, your line `g = 1 / 0` stops",
    "def f(a):\n    return lambda x: x / 0": "At x = 3 in the second call, `f(a)(x)`, your line",
    "def f(a):\n    while True: pass": "At the first call, `f(a)` with a = 2, your code was still",
    "def f(a):\n    def g(x):\n        return a * x": "Your `f(a)` gives back nothing (`None`)",
    "def f(a):\n    return 'g'": "Your `f(a)` gives back a text, and",
    "def f(a):\n    return 2 * a": "Your `f(a)` gives back 4, and the question asks for a function",
    "def f(a, x):\n    return a * x": "I call yours as `f(a)`, and it takes `a` and `x` at once",
    "def f():\n    return 5": "I call your function as `f(a)`, with one input",
    "def f(a):\n    return lambda x, h: a": "the function that came back takes `x` and `h`",
    "def f(a):\n    return lambda x: print(x)": "Your `f(a)(x)` prints something and gives back",
    "def f(a):\n    return lambda x: (a, x)": "your `f(a)(x)` gives back a tuple of 2",
}


@pytest.mark.parametrize("source", FIRST_OR_SECOND)
def test_the_message_says_which_of_the_two_calls_failed(makes_functions, source):
    feedback = check("sample.2", defined(source))
    assert FIRST_OR_SECOND[source] in feedback.message, feedback.message
    assert 30 <= len(feedback.message.split()) <= 90, feedback.message
    assert grade(feedback.message) <= 9, feedback.message
