"""The checks: what is said to every kind of answer, and that no answer can break them."""

from __future__ import annotations

import builtins
import collections
import functools
import html
import json
import math
import multiprocessing
import os
import random
import re
import statistics
import subprocess
import sys
import threading
import time
import types
import warnings
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from tests import sample_chapter
from tests.test_questions import install
from utils import formulas, running
from utils.checks import (
    MISTAKES,
    Array,
    Feedback,
    Formula,
    Function,
    Live,
    Number,
    Outcome,
    Question,
    Rival,
    check,
    hint,
    progress,
    solution,
    store,
    words,
)
from utils.checks.feedback import to_html
from utils.checks.reading import Kind, Reading, is_stub, read

ROOT = Path(__file__).parents[1]
LIMIT = 0.4  # seconds that the sample's questions allow in these tests


@pytest.fixture(autouse=True)
def sample(monkeypatch, tmp_path):
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))
    return install(monkeypatch, [replace(q, seconds=LIMIT) for q in sample_chapter.QUESTIONS])


def in_notebook(source: str) -> dict:
    """Run ``source`` as a notebook would: with a namespace and source lines of its own."""
    import linecache

    name = f"<cell {abs(hash(source))}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    namespace = {"__name__": "__main__", "np": np, "math": math}
    exec(compile(source, name, "exec"), namespace)
    return namespace


def defined(source: str):
    """The function ``f`` that ``source`` defines in a cell."""
    return in_notebook(source)["f"]


# ---- what a check returns ------------------------------------------------------------------------


def test_points_are_the_repr_and_the_message_is_the_text():
    right, part, wrong = check("sample.1", 80), check("sample.1", 80 / 60), check("sample.1", 17)
    assert [repr(f) for f in (right, part, wrong)] == ["1.0", "0.5", "0.0"]
    assert str(right).startswith("Correct. ") and str(wrong).startswith("Not yet. ")
    assert str(check("sample.1", -80)).startswith("Nearly. ")
    assert str(check("sample.1")).startswith("Not attempted. ")
    assert part.mistake == "units-mixed" and part.outcome is Outcome.MISTAKE


def test_nbgrader_reads_the_points():
    from nbformat.v4 import new_code_cell, new_output
    from nbgrader.utils import determine_grade

    def graded(answer):
        data = {"text/plain": repr(check("sample.1", answer))}
        cell = new_code_cell(outputs=[new_output("execute_result", data=data)])
        cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 1}
        return determine_grade(cell)

    assert graded(80) == (1.0, 1.0)
    assert graded(80 / 60) == (0.5, 1.0)
    assert graded(17) == graded(...) == (0.0, 1.0)


def visible(markup: str) -> str:
    """The text of some HTML, as a reader of the page gets it (decorations are hidden)."""
    markup = re.sub(r'<span aria-hidden="true"[^>]*>.*?</span>', "", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def test_html_says_the_same_as_the_text():
    for question_id, table in sample_chapter.WRONG.items():
        for answer, _ in table:
            feedback = check(question_id, answer)
            shown = visible(feedback._repr_html_())
            text = str(feedback).replace("`", " ")
            assert re.sub(r"\W+", "", shown) == re.sub(r"\W+", "", text)
            assert 'role="status"' in feedback._repr_html_()


def test_what_was_given_is_escaped_in_html():
    markup = check("sample.4", "<script>alert(1)</script>")._repr_html_()
    assert "<script" not in markup and "&lt;script" in markup


def test_small_markdown_becomes_html():
    text = (
        "See **this** and *that*: `a < b`.\n\n- one\n- two\n\n```python\nx = 1 < 2\n```\n\n$x*y*z$"
    )
    markup = to_html(text)
    assert "<strong>this</strong>" in markup and "<em>that</em>" in markup
    assert "<code>a &lt; b</code>" in markup and "<li>two</li>" in markup
    assert "x = 1 &lt; 2</pre>" in markup and "$x*y*z$" in markup


def test_a_check_shows_the_same_thing_every_time():
    def shown():
        return [
            (str(check(question_id, answer)), check(question_id, answer)._repr_html_())
            for question_id, table in sample_chapter.WRONG.items()
            for answer, _ in table
        ]

    first = shown()
    hint("sample.1")
    check("sample.1", 80)
    assert shown() == first


@pytest.mark.parametrize("unknown", ["sample.77", "nowhere.1", "", None, 5, object()])
def test_an_unknown_question_is_said_to_be_unknown(unknown):
    for feedback in (check(unknown, 1), hint(unknown), solution(unknown)):
        assert "I know no question" in str(feedback)
    assert check("sample.77", 1).outcome is Outcome.NO_QUESTION


def test_a_mistyped_id_gets_a_suggestion():
    assert '"sample.3"' in str(check("samples.3", 1))


def test_a_fault_of_the_course_is_not_blamed_on_the_learner(sample, monkeypatch):
    def broken(x):
        raise KeyError("a bug in the question")

    answer = replace(sample[1].answer, truth=broken)
    install(monkeypatch, [replace(sample[1], answer=answer)])
    feedback = check("sample.2", lambda x: 2 * x)
    assert feedback.outcome is Outcome.STUMBLED and "not yours" in feedback.message


# ---- kinds of numbers, kinds of functions --------------------------------------------------------


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


# ---- not attempted, or attempted and forgotten ---------------------------------------------------

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
    "no return": ("def f(x):\n    2 * x", "what it works out"),
    "assigned": ("def f(x):\n    slope = 2 * x", "what it works out"),
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


# ---- type and shape ------------------------------------------------------------------------------

TYPES = [
    ("sample.1", "80", "quotes"),
    ("sample.1", (80, 0), "a tuple of 2 numbers"),
    ("sample.1", (80.0,), "a tuple of 1 number,"),
    ("sample.1", [80.0], "a list of 1 number,"),
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
    ("sample.5", [-6, -2, 0, 2], "range leaves out its last number"),
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
    ("sample.7", types.SimpleNamespace(values={"n": 2.0}, initial={"n": 1.0}), "with `n`"),
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


# ---- errors --------------------------------------------------------------------------------------

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
    for part in (f"`{line}`", name, said, "At x = -3"):
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
    assert "At x = 0, your line `return 2 * x * x / x` stops" in feedback.message


def test_no_address_is_shown():
    source = "class A: pass\ndef f(x):\n    return {}[A()]\n"
    assert "0x" not in check("sample.2", defined(source)).message


# ---- code that never ends ------------------------------------------------------------------------

ENDLESS = {
    "loop": "def f(x):\n    while True: pass",
    "loop that counts": "def f(x):\n    n = 0\n    while n >= 0: n += 1",
    "generator": "import itertools\ndef f(x): return sum(n for n in itertools.count())",
    "catches Exception": ("def f(x):\n  while True:\n    try: n = 1\n    except Exception: pass"),
    "catches everything": "def f(x):\n  while True:\n    try:\n      n = 1\n    except: pass",
    "catches and waits": (
        "import time\ndef f(x):\n  while True:\n    try: time.sleep(0.01)\n    except: pass"
    ),
    "finally": "def f(x):\n  while True:\n    try:\n      n = 1\n    finally: n = 2",
}


def timed(action):
    started = time.monotonic()
    result = action()
    return result, time.monotonic() - started


@pytest.mark.parametrize("name", ENDLESS)
def test_code_that_never_ends_is_stopped(name):
    feedback, seconds = timed(lambda: check("sample.2", defined(ENDLESS[name])))
    assert feedback.outcome is Outcome.ENDLESS and "At x = -3" in feedback.message
    assert LIMIT <= seconds < LIMIT + 2


def test_a_long_wait_is_stopped_in_the_main_thread():
    source = "import time\ndef f(x):\n    time.sleep(30)"
    feedback, seconds = timed(lambda: check("sample.2", defined(source)))
    assert feedback.outcome is Outcome.ENDLESS and seconds < LIMIT + 2


def test_code_that_never_ends_is_stopped_in_another_thread():
    results = []
    source = ENDLESS["catches everything"]
    thread = threading.Thread(target=lambda: results.append(check("sample.2", defined(source))))
    thread.start()
    thread.join(LIMIT + 5)
    assert not thread.is_alive() and results[0].outcome is Outcome.ENDLESS


def test_no_shot_hits_later_code():
    """Answers that end close to the limit: whatever the verdict, nothing is raised afterwards."""
    for extra in (-0.004, -0.001, 0.0, 0.001, 0.004):

        def near(x, extra=extra):
            end = time.monotonic() + (LIMIT + extra) / 6
            while time.monotonic() < end:
                pass
            return 2 * x

        outcome = check("sample.2", near).outcome
        assert outcome in (Outcome.CORRECT, Outcome.ENDLESS)
        end = time.monotonic() + 0.15
        while time.monotonic() < end:
            pass


def test_an_object_that_never_turns_into_a_number_is_stopped():
    class Slow(float):
        def __float__(self):
            while True:
                pass

    assert check("sample.1", Slow(80)).outcome is Outcome.ENDLESS


def test_the_users_interrupt_is_passed_on():
    import signal

    def f(x):
        signal.raise_signal(signal.SIGINT)
        return 2 * x

    with pytest.raises(KeyboardInterrupt):
        check("sample.2", f)
    assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT


@pytest.mark.parametrize("install_tool", [sys.setprofile, sys.settrace])
def test_a_profiler_or_a_debugger_does_not_disturb(install_tool):
    before = sys.getprofile(), sys.gettrace()
    try:
        install_tool(lambda *event: None)
        outcomes = {check("sample.2", lambda x: 2 * x).outcome for _ in range(20)}
        endless = check("sample.2", defined(ENDLESS["loop"])).outcome
    finally:
        sys.setprofile(before[0])
        sys.settrace(before[1])
    assert (outcomes, endless) == ({Outcome.CORRECT}, Outcome.ENDLESS)


def test_no_thread_is_left_behind():
    before = threading.active_count()
    for _ in range(5):
        check("sample.2", lambda x: 2 * x)
    time.sleep(0.1)
    assert threading.active_count() == before


# ---- nothing that the learner's code does changes a verdict --------------------------------------


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


class Hostile:
    """Every way in which an object can answer back."""

    def __getattr__(self, name):
        raise RuntimeError(name)

    def __eq__(self, other):
        return True

    def __bool__(self):
        raise RuntimeError

    def __repr__(self):
        raise RuntimeError

    __hash__ = None


class EqualsAll(float):
    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return 0.0

    def __abs__(self):
        return 0.0

    __hash__ = None


class SpeaksBadly(Exception):
    def __str__(self):
        raise RuntimeError("no words")


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
    ("sample.7", types.SimpleNamespace(values={"n": 2.0}, initial={"n": 1.0})),
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
    assert check("sample.5", loop).outcome is Outcome.ERROR


# ---- numbers: imprecise, factors, wrong ----------------------------------------------------------


def test_imprecise_names_the_tolerance_and_the_reason(sample, monkeypatch):
    answer = Number(2.5, tolerance=1e-6, because="h was given as 0.000001", unit="m")
    install(monkeypatch, [replace(sample[0], answer=answer, rivals=())])
    feedback = check("sample.1", 2.5001)
    assert feedback.outcome is Outcome.IMPRECISE and feedback.points == 0.5
    assert "0.000001 here, because h was given as 0.000001" in feedback.message
    assert "2.5001 m" in feedback.message
    assert check("sample.1", 2.5 + 4e-7).outcome is Outcome.CORRECT
    assert "2.500004" in check("sample.1", 2.500004).message  # enough digits to see it
    install(monkeypatch, [replace(sample[0], answer=replace(answer, near=0), rivals=())])
    assert check("sample.1", 2.5001).outcome is Outcome.WRONG


def test_a_rival_inside_the_near_band_is_named_first(sample, monkeypatch):
    rivals = [Rival("average-for-instantaneous", 6.01)]
    answer = Number(6.0, tolerance=0.001)
    install(monkeypatch, [replace(sample[0], answer=answer, rivals=rivals)])
    assert check("sample.1", 6.01).mistake == "average-for-instantaneous"
    assert check("sample.1", 6.02).outcome is Outcome.IMPRECISE


@pytest.mark.parametrize(
    ("function", "outcome"),
    [
        (lambda x: 6 * x, Outcome.FACTOR),
        (lambda x: 2.0001 * x, Outcome.IMPRECISE),
        (lambda x: 2 * x + 3, Outcome.WRONG),
        (lambda x: 2 * x if x < 3 else 7, Outcome.WRONG),
        (lambda x: 0, Outcome.WRONG),
        (lambda x: math.nan if x > 2 else 2 * x, Outcome.WRONG),
    ],
)
def test_wrong_functions_of_several_kinds(function, outcome):
    assert check("sample.2", function).outcome is outcome


def test_the_first_wrong_place_is_named_without_the_right_value():
    message = check("sample.2", lambda x: 2 * x if x < 1 else 31).message
    assert message.startswith("At x = 2, your function gives 31.") and "4 of the 6" in message
    assert not re.search(r"\b4\b(?! of)", message)


def test_an_opposite_sign_is_a_factor_unless_it_has_a_name(sample, monkeypatch):
    install(monkeypatch, [replace(sample[1], rivals=())])
    feedback = check("sample.2", lambda x: -2 * x)
    assert feedback.outcome is Outcome.FACTOR and "opposite sign" in feedback.message


def test_a_constant_truth_has_no_factor(sample, monkeypatch):
    answer = Function(lambda x: 5.0, probes=[0.0, 1.0, 2.0, 3.0])
    install(monkeypatch, [replace(sample[1], answer=answer, rivals=())])
    assert check("sample.2", lambda x: 10.0).outcome is Outcome.WRONG
    assert check("sample.2", lambda x: 5).outcome is Outcome.CORRECT
    assert check("sample.2", 5).mistake == "point-for-function"


# ---- a mistake is named only where it alone explains the answer ----------------------------------


def variant(sample, monkeypatch, *rivals):
    install(monkeypatch, [replace(sample[1], rivals=rivals)])


def test_two_rivals_that_both_fit_are_not_named(sample, monkeypatch):
    square = Rival("value-for-slope", lambda x: x**2)
    variant(sample, monkeypatch, square, Rival("sign-error", lambda x: x * x))
    assert check("sample.2", lambda x: x**2).outcome is Outcome.WRONG
    variant(sample, monkeypatch, square, Rival("value-for-slope", lambda x: x * x))
    assert check("sample.2", lambda x: x**2).mistake == "value-for-slope"


def test_of_two_rivals_that_fit_the_one_with_more_probes_is_named(sample, monkeypatch):
    turned = Rival("points-in-two-orders", lambda x: -2 * x)
    lost = Rival("slope-sign-lost", lambda x: abs(2 * x))
    answer = replace(sample[1].answer, probes=[-3.0, -2.0, -1.0, 0.5, 2.0, 3.0])
    for rivals in ((turned, lost), (lost, turned)):
        install(monkeypatch, [replace(sample[1], answer=answer, rivals=rivals)])
        # |2x| is the turned one at three probes and right at three; it is the lost one everywhere.
        assert check("sample.2", lambda x: abs(2 * x)).mistake == "slope-sign-lost"
        assert check("sample.2", lambda x: -2 * x).mistake == "points-in-two-orders"
    assert Question.ambiguities(replace(sample[1], answer=answer, rivals=(turned, lost))) == []


def test_a_rival_that_fits_at_two_probes_is_not_named(sample, monkeypatch):
    variant(sample, monkeypatch, Rival("value-for-slope", lambda x: x**2))
    two = {-3.0: 9, -1.0: 1}
    assert check("sample.2", lambda x: two.get(x, 2 * x)).outcome is Outcome.WRONG
    three = two | {0.5: 0.25}
    assert check("sample.2", lambda x: three.get(x, 2 * x)).mistake == "value-for-slope"


def test_a_rival_that_misses_elsewhere_is_not_named(sample, monkeypatch):
    variant(sample, monkeypatch, Rival("value-for-slope", lambda x: x**2))
    assert check("sample.2", lambda x: x**2 if x < 3 else 77).outcome is Outcome.WRONG


def test_a_rival_of_another_shape_can_be_named(sample, monkeypatch):
    rival = Rival("other-variable-moves", [-2.0, 0.0, 2.0])
    install(monkeypatch, [replace(sample[4], rivals=[rival])])
    assert check("sample.5", [-2, 0, 2]).mistake == "other-variable-moves"
    assert check("sample.5", [-2, 0, 3]).outcome is Outcome.TYPE


def test_a_message_of_the_questions_own_replaces_the_catalogues(sample, monkeypatch):
    rival = Rival("value-for-slope", lambda x: x**2, message="An own message.")
    variant(sample, monkeypatch, rival)
    assert check("sample.2", lambda x: x**2).message.endswith("An own message.")


# ---- live figures with dropdowns and toggles -----------------------------------------------------


def set_to(**values):
    initial = {"curve": "square", "central": False, "h": 1.0}
    return types.SimpleNamespace(initial=initial, values=initial | values)


def test_a_live_figure_may_have_a_dropdown_and_a_toggle(sample, monkeypatch):
    answer = Live(lambda v: v["curve"] == "cube" and v["central"] is True and v["h"] < 0.5)
    one_side = Rival("one-side-only", lambda v: v["curve"] == "cube" and not v["central"])
    install(monkeypatch, [replace(sample[6], answer=answer, rivals=[one_side])])
    assert check("sample.7", set_to()).outcome is Outcome.NOT_ATTEMPTED
    right = set_to(curve=np.str_("cube"), central=np.True_, h=np.float32(0.1))
    assert check("sample.7", right).outcome is Outcome.CORRECT
    feedback = check("sample.7", set_to(curve="cube"))
    assert feedback.mistake == "one-side-only"
    assert "stands at curve = cube, central = off, h = 1." in feedback.message
    assert check("sample.7", set_to(central=True)).outcome is Outcome.WRONG


# ---- functions that give back functions ----------------------------------------------------------


@pytest.fixture
def makes_functions(sample, monkeypatch):
    """``scaled(a)(x)`` is asked: a function that multiplies by a."""
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
    "def f(a):\n    return lambda x: 3 * a * x": "factor",
    "def f(a):\n    return lambda x: 7": "wrong",
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
    "def f(a):\n    return lambda x: -a * x": "At a = 2, x = 3, your `f(a)(x)` gives -6",
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


def test_a_message_can_name_lists_in_lists():
    table = np.array([[1.0, 2.0], [3.0, 4.0]])
    pairs = [(1, 0.5)] * 7
    assert words.place(("X", "t"), (table, "ab")) == "X = [[1, 2], [3, 4]], t = 'ab'"
    assert words.place(("pairs",), (pairs,)).endswith("[1, 0.5], …]")


def test_a_rival_that_is_infinite_matches_no_number():
    asked = Number(2.0)
    assert not asked.same(5.0, math.inf) and not asked.same(math.inf, 5.0)
    assert asked.same(math.inf, math.inf) and not asked.same(-math.inf, math.inf)


# ---- formulas ------------------------------------------------------------------------------------

FORMULAS = {
    "3x": 6.0,
    "3 x": 6.0,
    "3*x": 6.0,
    "3·x": 6.0,
    "x3": None,
    "2x^2": 8.0,
    "-x^2": -4.0,
    "−x²": -4.0,
    "2^-1": 0.5,
    "x⁻¹": 0.5,
    "2cos(0)": 2.0,
    "x sin(0)": 0.0,
    "(x+1)(x-1)": 3.0,
    "x(x+1)": 6.0,
    "2xh": 0.4,
    "2x + h": 4.1,
    "f'(x) = 2x": 4.0,
    "dy/dx = 2x": 4.0,
    "e^x": math.e**2,
    "exp(x)": math.exp(2),
    "2pi": 2 * math.pi,
    "π x": 2 * math.pi,
    "ln(x)": math.log(2),
    "sqrt(x)/x": math.sqrt(2) / 2,
    "1/x": 0.5,
    "1/(2x)": 0.25,
    "(1/2)x": 1.0,
    "1/2*x": 1.0,
    "x/2 + 3x": 7.0,
    "2.5x": 5.0,
    ".5x": 1.0,
    "1e-3x": 0.002,
    "x**x**x": 16.0,
    "relu(-x)": 0.0,
    "sigmoid(0)": 0.5,
    "[x + 1]{2}": 6.0,
    "1/2x": None,
    "1/x²h": None,
    "1/(x)(h)": None,
    "e^2x": None,
    "2^3x": None,
    "sin x": None,
    "3,5x": None,
    "x +": None,
    "* x": None,
    "x x)": None,
    "": None,
    "x; y": None,
    "import os": None,
    "x if x else 2": None,
    "x[0]": 0.0,  # square brackets are brackets here: x times 0
    "007": None,
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_read_as_they_are_meant(text):
    expected = FORMULAS[text]
    if expected is None:
        with pytest.raises(formulas.FormulaError):
            formulas.parse(text, ("x", "h"))(2.0, 0.1)
    else:
        assert formulas.parse(text, ("x", "h"))(2.0, 0.1) == pytest.approx(expected)


def test_a_formula_without_a_value_is_nan():
    for text in ("1/x", "ln(x)", "sqrt(x-1)", "(x-1)^(1/2)", "9**9**9**9"):
        assert math.isnan(formulas.parse(text, ("x",))(0.0))


def test_formulas_in_two_variables(sample, monkeypatch):
    answer = Formula("2x + h", variable="x h", probes=[(1.0, 0.5), (3, 0.1), (-1, 1), (4, 2.0)])
    rivals = [Rival("value-for-slope", "x^2 + h")]
    install(monkeypatch, [replace(sample[5], answer=answer, rivals=rivals)])
    assert check("sample.6", "x + x + h").outcome is Outcome.CORRECT
    assert check("sample.6", "h + x²").mistake == "value-for-slope"
    assert "At x = 1, h = 0.5" in check("sample.6", "2x").message


def test_a_constant_formula_may_come_as_a_number(sample, monkeypatch):
    install(monkeypatch, [replace(sample[5], answer=Formula("5"), rivals=())])
    for answer in ("5", 5, 5.0, np.float64(5)):
        assert check("sample.6", answer).outcome is Outcome.CORRECT
    assert check("sample.6", "5x").outcome is Outcome.WRONG


# ---- all the words -------------------------------------------------------------------------------


def every_message() -> list[str]:
    """One of each message: the catalogue's and the general ones."""
    given = [
        Reading(kind, (1.0, 2.0) if kind is Kind.NUMBERS else (), (2,), f"a {kind.value}", "text")
        for kind in Kind
        if kind is not Kind.GAP
    ]
    found = [mistake.message for mistake in MISTAKES.values()]
    for seen in given:
        found += [words.not_a_number(seen, ""), words.not_numbers(seen, 5)]
        found += [words.returned(seen, "x = 2", shape, "") for shape in ((), (2,))]
        if seen.kind is not Kind.NUMBERS:
            found += [words.not_a_function(seen, ("x",)), words.not_a_formula(seen, ("x",))]
    found += [words.returned(given[0], "x = 2", (), why) for why in ("prints", "some", "all")]
    found += [words.wrong_count(Reading(Kind.NUMBERS, (1.0,)), (5,))]
    found += [words.wrong_count(read([1, 2]), (5,)), words.inputs_differ("`a`", ("x", "h"))]
    call = "`derivative(f)`"
    found += [words.made_no_function(call, seen, ("x",)) for seen in given]
    found += [words.made_no_function(call, read(4.0), ("x",))]
    found += [words.takes_all_at_once(call, "`f` and `x`", ("x",))]
    found += [words.second_inputs_differ(call, "`x` and `h`", ("x",))]
    found += [words.other_figure("`x` and `h`")]
    found += [words.unreadable_formula("Its brackets do not pair up.", "3(x", ("x",))]
    found += [words.no_option("`d`", {"a": "", "b": ""}), words.no_live_figure("a number")]
    found += [words.error("x = 2", "return 1", kind, "") for kind in (OSError, EOFError)]
    for kind, said, _ in words._ERRORS:
        found.append(words.error("x = 2", "return x", kind, said.split("|")[0] or "said"))
    you = "You gave 7."
    found += [words.endless("x = 2", 5), words.imprecise(you, 1e-6, "the step is that small")]
    found += [words.factor(you, True), words.factor(you, False), words.number_sign(you)]
    found += [words.number_decimal_point(you), words.wrong_number(you, "slope.1")]
    found += [words.wrong_function(you, right, 6, "slope.1", "function") for right in (0, 2)]
    found += [words.constant_function("4", "x", "function"), words.wrong_entry(you, 3, 5, "a.1")]
    found += [words.undefined("x = 2", "`nan`", "function"), words.wrong_position(you, "a.1")]
    return [*found, words.wrong_option("a", "It stays.", "slope.1")]


def syllables(word: str) -> int:
    groups = re.findall(r"[aeiouy]+", word.lower())
    silent = word.lower().endswith(("e", "es", "ed")) and not word.lower().endswith(("le", "ted"))
    return max(1, len(groups) - silent)


def grade(text: str) -> float:
    """The Flesch-Kincaid grade: the school year in which a text can be read."""
    plain = re.sub(r"`[^`]*`", "x", text)
    sentences = len(re.findall(r"[.:;?!](?:\s|$)", plain))
    parts = re.findall(r"[A-Za-z]+(?:'[a-z]+)?", plain)
    return 0.39 * len(parts) / sentences + 11.8 * sum(map(syllables, parts)) / len(parts) - 15.59


def test_messages_are_short_and_easy_to_read():
    assert grade("The cat sat on the mat. It was fat.") < 2
    assert grade("Notwithstanding considerable methodological heterogeneity, investigations "
                 "demonstrate statistically significant correlations.") > 15  # fmt: skip
    for message in every_message():
        assert 30 <= len(message.split()) <= 90, message
        assert grade(message) <= 9, (grade(message), message)
        assert not re.search(r"\b(simply|obviously|just)\b", message)


# ---- hints, solution, progress -------------------------------------------------------------------


def test_hints_come_one_at_a_time(sample):
    shown = [str(hint("sample.1")) for _ in range(5)]
    for step, text in enumerate(shown[:3], start=1):
        assert f"hint {step} of 3" in text and sample[0].hints[step - 1] in text
    assert "goes one step further" in shown[0] and "That was the last one" in shown[2]
    assert shown[3] == shown[4] and 'solution("sample.1")' in shown[3]
    assert "hint 1 of 3" in str(hint("sample.2"))  # each question counts for itself
    assert str(hint("sample.1", 2)) == shown[1]
    assert "No more hints" in str(hint("sample.1", 9))
    assert repr(hint("sample.1", 1)) == str(hint("sample.1", 1))


def test_hint_and_html_say_the_same():
    note = hint("sample.1")
    assert re.sub(r"\W+", "", visible(note._repr_html_())) == re.sub(r"\W+", "", str(note))


def test_the_solution_waits_for_an_attempt_or_a_second_asking(sample):
    first, second = solution("sample.1"), solution("sample.1")
    assert "still open" in str(first) and sample[0].why not in str(first)
    assert sample[0].why in str(second) and "rise / run" in str(second)
    assert "<pre" in second._repr_html_()
    check("sample.2", None)
    assert "still open" in str(solution("sample.2"))  # nothing is not an attempt
    check("sample.3", 7)
    assert "Why." in str(solution("sample.3"))


def test_the_map_shows_done_tried_and_open():
    check("sample.1", 80)
    check("sample.2", 3)
    check("sample.3", None)
    shown = str(progress())
    assert "[x][~][ ][ ]" in shown and "1 of 8 done, 21 min left" in shown
    markup = progress()._repr_html_()
    for label in ("sample.1 Rise over run: done", "everywhere: tried", "quotient: open"):
        assert f'{label}"' in markup
    check("sample.1", 7)
    assert "[x][~][ ]" in str(progress())  # done stays done


def test_the_map_has_one_link_to_continue(monkeypatch, tmp_path):
    root = tmp_path / "a course"
    monkeypatch.setattr(store, "course_folder", lambda: root)
    monkeypatch.setattr("utils.questions.chapters", lambda: ["sample"])
    monkeypatch.setattr("utils.questions.notebook", lambda chapter: "18_sample.ipynb")
    check("sample.1", 80)
    for place_of_copies in (".", "my_work"):
        target = root / place_of_copies / "exercises" / "18_sample.ipynb"
        target.parent.mkdir(parents=True)
        target.touch()
        for folder in (".", "notebooks", "exercises"):
            here = root / place_of_copies / folder
            here.mkdir(exist_ok=True)
            monkeypatch.chdir(here)
            drawn = progress()
            link = re.search(r"Continue here: (\S+) \(sample.2, The slope", str(drawn))[1]
            assert (here / link).resolve() == target.resolve()
            assert drawn._repr_html_().count("Continue here") == 1
            assert f'href="{link}"><strong>Continue here' in drawn._repr_html_()
    monkeypatch.chdir(tmp_path)
    assert "Continue here: exercises/18_sample.ipynb" in str(progress())


def test_a_question_of_the_lesson_leads_to_the_lesson(sample, monkeypatch):
    install(monkeypatch, [replace(sample[0], id="sample.predict_it")])
    monkeypatch.setattr("utils.questions.chapters", lambda: ["sample"])
    assert "notebooks/" in re.search("Continue here: (.*)", str(progress()))[1]


def test_the_map_of_a_finished_course(monkeypatch):
    monkeypatch.setattr("utils.questions.chapters", lambda: ["sample"])
    for question_id, answers in sample_chapter.RIGHT.items():
        assert check(question_id, answers[0]).outcome is Outcome.CORRECT
    assert "All 8 questions are done" in str(progress())
    assert "Continue" not in str(progress()) and "min left" not in str(progress())


def test_reset_asks_first():
    check("sample.1", 80)
    check("sample.2", 3)
    asked = progress(reset="sample")
    assert "progress(reset='sample', confirm=True)" in str(asked) and "2 questions" in str(asked)
    assert "[x][~]" in str(progress())
    progress(reset="sample.1", confirm=True)
    assert "[ ][~]" in str(progress())
    assert "Nothing to forget" in str(progress(reset="slope"))
    progress(reset=True, confirm=True)
    assert "[ ][ ][ ]" in str(progress()) and "Nothing" in str(progress(reset=True))


def test_progress_prints_as_text_from_the_command_line():
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "utils.checks"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment)
    assert ran.returncode == 0 and b"[x] done" in ran.stdout, ran.stderr


# ---- the progress file ---------------------------------------------------------------------------


def place() -> Path:
    return Path(os.environ["DERIVATIVES_PROGRESS"])


def state(question_id: str) -> str:
    return store.load().entry(question_id).state


def test_the_file_is_small_and_readable():
    check("sample.1", 80)
    hint("sample.2")
    data = json.loads(place().read_text(encoding="utf-8"))
    assert data == {
        "schema": 1,
        "questions": {
            "sample.1": {"state": "done", "hints": 0, "asked": 0},
            "sample.2": {"state": "open", "hints": 1, "asked": 0},
        },
    }
    assert sorted(p.name for p in place().parent.iterdir()) == [
        "progress.json",
        "progress.json.lock",
    ]


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"\xff\xfe\x00", b"[]", b"null", b'{"questions": 5}', b"[" * 100_000, b"{}"],
)
def test_a_damaged_file_is_set_aside_and_said_so_once(damage):
    place().write_bytes(damage)
    assert check("sample.1", 80).outcome is Outcome.CORRECT
    assert (place().parent / "progress.damaged-1.json").read_bytes() == damage
    assert "progress.damaged-1.json" in str(progress())
    assert "damaged" not in str(progress()) and state("sample.1") == "done"
    place().write_bytes(damage)
    assert "progress.damaged-2.json" in str(progress())


def test_strange_entries_in_a_good_file_count_as_open():
    questions = {
        "sample.1": 5,
        "sample.2": {"state": "finished", "hints": "many"},
        "sample.3": {"state": "done", "hints": -2},
        "sample.4": {"state": ["done"], "hints": None},
    }
    place().write_text(json.dumps({"questions": questions}), encoding="utf-8")
    assert [state(f"sample.{n}") for n in (1, 2, 3, 4)] == ["open", "open", "done", "open"]
    assert "hint 1 of 3" in str(hint("sample.2"))


def test_a_file_of_a_newer_course_keeps_what_it_holds():
    newer = {"schema": 9, "badges": ["early"], "questions": {"sample.2": {"state": "done"}}}
    place().write_text(json.dumps(newer), encoding="utf-8")
    check("sample.1", 80)
    data = json.loads(place().read_text(encoding="utf-8"))
    assert data["schema"] == 9 and data["badges"] == ["early"]
    assert state("sample.1") == state("sample.2") == "done"


def test_where_nothing_can_be_written_the_kernel_remembers(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "file" / "progress.json"))
    assert check("sample.1", 80).outcome is Outcome.CORRECT
    assert "[x]" in str(progress())
    assert ["hint 1" in str(hint("sample.2")), "hint 2" in str(hint("sample.2"))] == [True, True]


def test_a_full_disk_leaves_the_old_file_whole(monkeypatch):
    check("sample.1", 80)
    before = place().read_bytes()

    def full(*args):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT
    assert place().read_bytes() == before and state("sample.2") == "done"
    assert not list(place().parent.glob("*.tmp"))
    hint("sample.3")  # there is space again: what was remembered is written
    assert json.loads(place().read_text())["questions"]["sample.2"]["state"] == "done"


def test_the_place_of_the_file(monkeypatch, tmp_path):
    course, home = tmp_path / "course", tmp_path / "home"
    course.mkdir()
    monkeypatch.delenv("DERIVATIVES_PROGRESS")
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(store, "course_folder", lambda: course)
    assert store.path() == course / "my_work" / "progress.json"
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert store.path() == home / ".derivatives-course" / "progress.json"
    monkeypatch.setattr(store, "course_folder", lambda: None)
    assert store.path() == home / ".derivatives-course" / "progress.json"


def _note_many(path: str, first: int) -> None:
    os.environ["DERIVATIVES_PROGRESS"] = path
    for number in range(first, first + 40):
        store.change(lambda p, n=number: setattr(p.entry(f"sample.{n}"), "state", "done"))


def test_two_kernels_at_once_lose_nothing():
    context = multiprocessing.get_context("spawn")
    kernels = [
        context.Process(target=_note_many, args=(str(place()), first)) for first in (100, 200, 300)
    ]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(60)
    assert [kernel.exitcode for kernel in kernels] == [0, 0, 0]
    states = collections.Counter(entry.state for entry in store.load().entries.values())
    assert states == {"done": 120}


def test_two_threads_at_once_lose_nothing():
    threads = [
        threading.Thread(target=_note_many, args=(str(place()), first)) for first in (100, 200)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(store.load().entries) == 80


def test_a_crash_while_writing_leaves_the_old_file_whole():
    check("sample.1", 80)
    code = """
import os
from utils.checks import store
os.replace = lambda *args: os._exit(9)
store.change(lambda p: setattr(p.entry("sample.2"), "state", "done"))
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT)
    assert ran.returncode == 9
    assert state("sample.1") == "done" and state("sample.2") == "open"
    check("sample.3", 7)
    assert state("sample.3") == "tried"


def test_nothing_is_written_when_nothing_is_new():
    check("sample.1", 80)
    before = place().stat().st_mtime_ns
    for answer in (80, 7, None):
        check("sample.1", answer)
    assert place().stat().st_mtime_ns == before


# ---- time ----------------------------------------------------------------------------------------


def test_a_check_takes_less_than_20_milliseconds():
    answers = [(q, a) for q, right in sample_chapter.RIGHT.items() for a in right]
    answers += [(q, a) for q, wrong in sample_chapter.WRONG.items() for a, _ in wrong]
    # The best of three, since other programs may be at work beside this one.
    seconds = [
        min(timed(functools.partial(check, *answer))[1] for _ in range(3)) for answer in answers
    ]
    assert statistics.median(seconds) < 0.020


def test_most_of_the_time_of_a_check_is_the_learners_own():
    """Code that takes ten times as long as a check makes a check little longer than itself."""

    def slow(x):
        end = time.perf_counter() + 0.02
        while time.perf_counter() < end:
            pass
        return 2 * x

    fast = min(timed(lambda: check("sample.2", lambda x: 2 * x))[1] for _ in range(5))
    own = 6 * 0.02
    beyond = min(timed(lambda: check("sample.2", slow))[1] - own for _ in range(3))
    assert beyond < max(0.020, 10 * fast)


def test_arrays_of_many_numbers_are_shared_not_copied():
    cell = in_notebook("data = np.zeros(8_000_000)\ndef f(x):\n    return 2 * x + data[0]\n")
    twin = running.isolated(cell["f"])
    assert twin is not cell["f"] and twin.__globals__["data"] is cell["data"]
    small = in_notebook("data = np.zeros(8)\ndef f(x):\n    return 2 * x + data[0]\n")
    assert running.isolated(small["f"]).__globals__["data"] is not small["data"]


def test_feedback_can_be_made_by_hand():
    feedback = Feedback(Outcome.CORRECT, "Good.", 2)
    assert repr(feedback) == "2.0" and str(feedback) == "Correct. Good."


def test_kinds_of_answers_say_what_they_are_samples_of():
    assert Array([1, 2, 3]).sample([4, 5, 6]).probes == (0, 1, 2)
    assert Number(5).sample(7).shapes == ((),)
