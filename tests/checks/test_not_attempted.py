"""An empty function is not attempted; a forgotten `return` is."""

import math
from dataclasses import replace

import pytest

from tests.checks.cells import defined
from tests.test_questions import install
from utils.checks import Number, Outcome, check
from utils.checks.reading import is_stub

EMPTY = {
    "dots": "def f(x): ...",
    "pass": "def f(x):\n    pass",
    "docstring": "def f(x):\n    '''Slope of x squared.'''",
    "docstring and dots": "def f(x):\n    '''Slope.'''\n    ...",
    "return": "def f(x):\n    return",
    "return None": "def f(x):\n    return None",
    "return dots": "def f(x):\n    return ...",
    "lambda": "f = lambda x: ...",
    "not implemented": "def f(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()",
    "half a stub": "def f(x):\n    h = 1e-5\n    ...",
    "a gap in the middle": "def f(x):\n    change = ...\n    return change / 2",
    "a gap called": "slope = ...\ndef f(x):\n    return slope",
    "nothing at all": "f = None",
}


@pytest.mark.parametrize("name", EMPTY)
def test_an_empty_function_is_not_attempted(name):
    feedback = check("sample.2", defined(EMPTY[name]))
    assert feedback.outcome is Outcome.NOT_ATTEMPTED, feedback.message


FORGOTTEN = {
    "no return": ("def f(x):\n    2 * x", "stands behind your `return`"),
    "assigned": ("def f(x):\n    slope = 2 * x", "stands behind your `return`"),
    "in place": ("def f(x):\n    a = [x]\n    return a.reverse()", "changes a list in place"),
    "printed": ("def f(x):\n    print(2 * x)", "prints"),
    "one way": ("def f(x):\n    if x > 0:\n        return 2 * x", "Does every way"),
}


@pytest.mark.parametrize("name", FORGOTTEN)
def test_a_forgotten_return_is_not_an_empty_function(name, capsys):
    source, said = FORGOTTEN[name]
    feedback = check("sample.2", defined(source))
    assert feedback.outcome is Outcome.TYPE and said in feedback.message
    assert capsys.readouterr() == ("", "")


def test_stubs_are_told_from_their_code_alone():
    assert all(is_stub(defined(EMPTY[name])) for name in ("dots", "pass", "docstring", "lambda"))
    assert not is_stub(lambda x: 0) and not is_stub(lambda x: x) and not is_stub(math.sin)


def test_none_may_be_what_somebody_expects(sample, monkeypatch):
    install(monkeypatch, [replace(sample[0], answer=Number(3.0, none_expected=True))])
    for nothing in (None, ...):
        feedback = check("sample.1", nothing)
        assert feedback.outcome is Outcome.NOT_ATTEMPTED and "`None`" in feedback.message
        assert "a number comes out" in feedback.message
