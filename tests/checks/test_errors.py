"""An error quotes the learner's line and explains it."""

import pytest

from tests.checks.cells import defined
from utils.checks import Outcome, check

ERRORS = {
    "return 1 / (x - x)": ("ZeroDivisionError", "divides by something that is zero"),
    "return slope * x": ("NameError", "a name that Python does not know"),
    "y = y + x": ("UnboundLocalError", "before the function has given it"),
    "return math.sqrt(-1 - x * x)": ("ValueError", "square root"),
    "return [1][5]": ("IndexError", "counted from 0"),
    "return {}['a']": ("KeyError", "dictionary"),
    "return math.sine(x)": ("AttributeError", "after the dot"),
    "return f(x)": ("RecursionError", "calls itself"),
    "return math.exp(1000 + x)": ("OverflowError", "308 zeros"),
    "return x + 'h'": ("TypeError", "do not go together"),
    "return 2(x)": ("TypeError", "puts brackets behind"),
    "return None * x": ("TypeError", "no `return`"),
    "import numpi": ("ModuleNotFoundError", "cannot find"),
    "assert x > 100": ("AssertionError", "your `assert`"),
    "raise SystemExit": ("SystemExit", "held it back"),
    "raise KeyboardInterrupt": ("KeyboardInterrupt", "could not carry out"),
    "return int('three')": ("ValueError", "right kind"),
    "raise MemoryError": ("MemoryError", "more memory"),
    "raise Exception('odd')": ("Exception", "odd"),
}


@pytest.mark.filterwarnings("ignore:.*object is not callable:SyntaxWarning")
@pytest.mark.parametrize("line", ERRORS)
def test_an_error_quotes_the_learners_line_and_explains(line):
    name, said = ERRORS[line]
    feedback = check("sample.2", defined(f"def f(x):\n    {line}\n"))
    assert feedback.outcome is Outcome.ERROR
    for part in (f"`{line}`", name, said, "At x = −3.0"):
        assert part in feedback.message, feedback.message
    assert 30 <= len(feedback.message.split()) <= 90, feedback.message


def test_the_line_is_the_learners_even_when_a_library_raised():
    source = "def f(x):\n    import json\n    return json.loads('{') + x\n"
    assert "`return json.loads('{') + x`" in check("sample.2", defined(source)).message


def test_an_error_in_a_function_that_f_calls_is_found_there():
    source = "def g(x):\n    return 1 / 0\ndef f(x):\n    return g(x)\n"
    assert "`return 1 / 0`" in check("sample.2", defined(source)).message


def test_the_place_of_an_error_is_named():
    feedback = check("sample.2", defined("def f(x):\n    return 2 * x * x / x\n"))
    assert "At x = 0.0, your line `return 2 * x * x / x` stops" in feedback.message


def test_no_address_is_shown():
    source = "class A: pass\ndef f(x):\n    return {}[A()]\n"
    assert "0x" not in check("sample.2", defined(source)).message
