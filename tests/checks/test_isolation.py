"""Nothing that the learner's code does changes a verdict or reaches the notebook."""

import builtins
import math
import os
import random
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import numpy as np
import pytest

from tests import sample_chapter
from tests.checks.cells import defined, in_notebook
from tests.test_questions import install
from utils import running
from utils.checks import Function, Outcome, Question, check

ROOT = Path(__file__).parents[2]


def test_prints_and_warnings_and_figures_are_swallowed(capfd):
    def f(x):
        for number in range(1000):
            print("line", number)
        print("to stderr", file=sys.stderr)
        warnings.warn("careful", stacklevel=1)
        return 2 * x

    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        assert check("sample.2", f).outcome is Outcome.CORRECT
    assert capfd.readouterr() == ("", "") and not caught


def test_prints_of_other_threads_are_not_swallowed(capsys):
    def f(x):
        thread = threading.Thread(target=print, args=("from the side",))
        thread.start()
        thread.join()
        return 2 * x

    check("sample.2", f)
    assert "from the side" in capsys.readouterr().out


def test_displays_of_the_function_do_not_reach_the_notebook():
    code = """
import os, sys
os.environ["DERIVATIVES_PROGRESS"] = sys.argv[1]
import pytest
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
shell = InteractiveShell.instance()
from tests import sample_chapter
from tests.test_questions import install
install(pytest.MonkeyPatch(), sample_chapter.QUESTIONS)
from utils.checks import check
publisher = shell.display_pub
published = []
publisher.publish = lambda *a, **k: published.append(a or k)
def f(x):
    display({"text/plain": "from the function"}, raw=True)
    return 2 * x
result = check("sample.2", f)
display({"text/plain": "after"}, raw=True)
data, _ = shell.display_formatter.format(result)
print(result.outcome.value, len(published), shell.display_pub is publisher)
print(sorted(data), data["text/plain"])
"""
    command = [sys.executable, "-c", code, os.environ["DERIVATIVES_PROGRESS"]]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert ran.stdout.splitlines() == ["correct 1 True", "['text/html', 'text/plain'] 1.0"], (
        ran.stdout + ran.stderr
    )


def test_figures_of_the_function_are_closed():
    from matplotlib import pyplot

    def f(x):
        pyplot.figure()
        return 2 * x

    mine = pyplot.figure()
    before = pyplot.get_fignums()
    check("sample.2", f)
    assert pyplot.get_fignums() == before
    pyplot.close(mine)


def test_a_function_that_changes_its_input_is_judged_by_what_it_returns():
    def f(w):
        w[0], w[1] = 2 * w[0] + 3 * w[1], 3 * w[0] + 2 * w[1]
        return w

    for _ in range(2):
        assert check("sample.8", f).outcome is Outcome.CORRECT
    assert check("sample.8", sample_chapter.gradient).outcome is Outcome.CORRECT


STATE = """
calls, seen, table = 0, [], np.zeros(3)
class Memory:
    count = 0
memory = Memory()
def note(x):
    seen.append(x)
def make():
    total = 0
    def inner(x):
        nonlocal total
        total += 1
        return total
    return inner
counted = make()
def f(x, cache={}):
    global calls
    calls += 1
    table[0] += x
    memory.count += 1
    cache[x] = calls
    note(x)
    counted(x)
    return 2 * x
"""


def test_a_function_that_keeps_state_leaves_no_trace():
    cell = in_notebook(STATE)
    for _ in range(2):
        assert check("sample.2", cell["f"]).outcome is Outcome.CORRECT
    assert (cell["calls"], cell["seen"], cell["table"][0]) == (0, [], 0.0)
    assert cell["memory"].count == 0 and cell["f"].__defaults__ == ({},)
    assert cell["counted"](0) == 1


def test_state_from_before_does_not_change_the_verdict():
    cell = in_notebook(
        "calls = []\ndef f(x):\n    calls.append(x)\n    return 2 * x if calls else 0"
    )
    first = check("sample.2", cell["f"])
    cell["f"](1)
    assert check("sample.2", cell["f"]).outcome is first.outcome is Outcome.CORRECT


def test_a_function_that_is_right_only_once_is_not_right():
    source = "calls = []\ndef f(x):\n    calls.append(x)\n    return 2 * x if len(calls) < 3 else 0"
    for _ in range(3):
        assert check("sample.2", defined(source)).outcome is Outcome.WRONG


def test_recursion_and_helpers_survive_the_copy():
    source = "def double(n):\n    return 0 if n == 0 else 2 + double(n - 1)\n"
    source += "def f(x):\n    return double(int(x)) if x == int(x) and x > 0 else 2 * x\n"
    assert check("sample.2", defined(source)).outcome is Outcome.CORRECT


def test_decorated_functions_survive_the_copy():
    source = """
import functools
log = []
def noted(function):
    @functools.wraps(function)
    def wrapper(*args):
        log.append(args)
        return function(*args)
    return wrapper
@noted
def f(x):
    return 2 * x
"""
    cell = in_notebook(source)
    assert check("sample.2", cell["f"]).outcome is Outcome.CORRECT and cell["log"] == []


REPLACED = ["abs", "len", "max", "min", "sum", "zip", "all", "any", "isinstance", "float", "round"]
REPLACED += ["next", "type", "getattr", "range", "sorted", "set", "tuple", "list", "map", "str"]


@pytest.mark.parametrize("name", REPLACED)
def test_a_function_that_replaces_a_builtin_changes_no_verdict(name):
    true = getattr(builtins, name)
    source = f"import builtins\ndef f(x):\n    builtins.{name} = lambda *a, **k: 0\n    return "
    right, wrong = defined(source + "2 * x"), defined(source + "x * x")
    assert check("sample.2", right).outcome is Outcome.CORRECT
    assert check("sample.2", wrong).mistake == "value-for-slope"
    assert getattr(builtins, name) is true


@pytest.mark.parametrize("name", ["abs", "len", "all", "zip", "any", "next", "isinstance"])
def test_a_builtin_that_was_replaced_before_changes_no_verdict(name):
    true = getattr(builtins, name)

    def fake(*args, **kwargs):
        return 0

    try:
        setattr(builtins, name, fake)
        feedback = check("sample.2", lambda x: 2 * x)
        wrong = check("sample.2", lambda x: x * x)
        still = getattr(builtins, name) is fake
    finally:
        setattr(builtins, name, true)
    assert feedback.outcome is Outcome.CORRECT and wrong.mistake == "value-for-slope"
    assert still  # the notebook keeps what its owner did


def test_replaced_numpy_and_math_change_no_verdict(monkeypatch):
    def f(x):
        np.asarray = np.ravel = np.array = math.isfinite = math.isnan = lambda *a, **k: 0
        return 2 * x

    before = np.asarray, math.isfinite
    assert check("sample.2", f).outcome is Outcome.CORRECT
    assert (np.asarray, math.isfinite) == before
    monkeypatch.setattr(math, "sin", lambda x: 0)
    question = Question(
        "sample.1",
        title="Sine",
        answer=Function(lambda x: math.sin(x), probes=[0.1, 0.5, 1.0, 2.0]),
        **sample_chapter.COMMON,
    )
    install(monkeypatch, [question])
    assert check("sample.1", lambda x: float(np.sin(x))).outcome is Outcome.CORRECT


def test_random_states_are_the_learners_own():
    random.seed(3)
    np.random.seed(3)
    expected = random.Random(3).random(), np.random.RandomState(3).rand()

    def f(x):
        return 2 * x + 0 * random.random() * np.random.rand()

    assert check("sample.2", f).outcome is Outcome.CORRECT
    assert (random.random(), np.random.rand()) == expected


def test_a_function_that_uses_chance_gets_the_same_verdict_each_time():
    def f(x):
        return 2 * x if random.random() < 0.5 else 0

    assert len({check("sample.2", f).message for _ in range(5)}) == 1


def test_settings_of_numpy_and_streams_are_put_back():
    def f(x):
        np.seterr(all="raise")
        sys.stdout = sys.stderr = None
        return 2 * x

    before = np.geterr(), sys.stdout, sys.stderr
    assert check("sample.2", f).outcome is Outcome.CORRECT
    assert (np.geterr(), sys.stdout, sys.stderr) == before


def test_arrays_of_many_numbers_are_shared_not_copied():
    cell = in_notebook("data = np.zeros(8_000_000)\ndef f(x):\n    return 2 * x + data[0]\n")
    twin = running.isolated(cell["f"])
    assert twin is not cell["f"] and twin.__globals__["data"] is cell["data"]
    small = in_notebook("data = np.zeros(8)\ndef f(x):\n    return 2 * x + data[0]\n")
    assert running.isolated(small["f"]).__globals__["data"] is not small["data"]
