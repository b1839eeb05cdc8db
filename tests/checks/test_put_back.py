"""What an answer sets or replaces is afterwards as it was, that of the course itself included."""

import decimal
import gc
import os
import re
import signal
import sys
import threading

import numpy as np
import pytest

from tests.checks.cells import defined
from utils import bank, running
from utils.checks import Outcome, check, course_map, desk, feedback, hint, progress, solution

SET = {
    "folder": ("os.chdir('/')", os.getcwd),
    "environment": ("os.environ.update(COURSE_TEST='1', HOME='/')", os.environ.copy),
    "environment, emptied": ("os.environ.clear()", os.environ.copy),
    "recursion": ("sys.setrecursionlimit(4000)", sys.getrecursionlimit),
    "switches": ("sys.setswitchinterval(1)", lambda: round(sys.getswitchinterval(), 6)),
    "path": ("sys.path.clear()", sys.path.copy),
    "path, another": ("sys.path = []", lambda: sys.path),
    "modules": ("del sys.modules['numpy'], sys.modules['json']", lambda: sys.modules["numpy"]),
    "modules, another": ("sys.modules['math'] = None", lambda: sys.modules["math"]),
    "input": ("sys.stdin = None", lambda: sys.stdin),
    "hook": ("sys.displayhook = print", lambda: sys.displayhook),
    "tracer": ("sys.settrace(lambda *event: None)", sys.gettrace),
    "profiler": ("sys.setprofile(lambda *event: None)", sys.getprofile),
    "digits": ("sys.set_int_max_str_digits(0)", sys.get_int_max_str_digits),
    "collector": ("gc.disable()", gc.isenabled),
    "printing of arrays": ("np.set_printoptions(precision=2)", lambda: repr(np.array([1 / 3]))),
    "decimals": ("decimal.getcontext().prec = 2", lambda: decimal.getcontext().prec),
    "signal": ("signal.signal(2, signal.SIG_IGN)", lambda: signal.getsignal(signal.SIGINT)),
    "a library": ("re.compile = os.replace = None", lambda: (re.compile, os.replace)),
    "a norm": ("np.linalg.norm = None", lambda: np.linalg.norm),
}
IMPORTS = "import decimal, gc, os, re, signal, sys\nimport numpy as np\n"


@pytest.mark.parametrize("name", SET)
def test_what_an_answer_sets_is_put_back(name):
    line, seen = SET[name]
    before = seen()
    answer = defined(f"{IMPORTS}def f(x):\n    {line}\n    return 2 * x")
    assert check("sample.2", answer).outcome is not Outcome.STUMBLED
    assert seen() == before
    assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT


@pytest.mark.skipif(not hasattr(signal, "alarm"), reason="there are no alarms on Windows")
def test_an_alarm_that_an_answer_sets_does_not_ring_later():
    check("sample.2", defined(f"{IMPORTS}def f(x):\n    signal.alarm(100)\n    return 2 * x"))
    assert signal.alarm(0) == 0


def test_what_an_answer_imports_stays(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "my_own.py").write_text("two = 2\n")
    answer = defined("def f(x):\n    import my_own\n    return my_own.two * x")
    assert check("sample.2", answer).outcome is Outcome.CORRECT
    assert sys.modules.pop("my_own").two == 2


def test_another_thread_is_protected_too():
    found = []
    answer = defined(f"{IMPORTS}def f(x):\n    os.chdir('/')\n    return 2 * x")
    before = os.getcwd()
    thread = threading.Thread(target=lambda: found.append(check("sample.2", answer)))
    thread.start()
    thread.join()
    assert found[0].outcome is Outcome.CORRECT and os.getcwd() == before


# --- the course itself ---

PATCHES = {
    "the judge": "judge._decide = lambda *a: Verdict(Outcome.CORRECT, 'yes', credit=1.0)",
    "what the judge does": "judge._decide.__code__ = (lambda q, o: q.correct).__code__",
    "a name that hides a builtin": "judge.type = lambda *a: None",
    "the desk": "desk.judge = lambda q, a: q.correct",
    "a credit": "feedback.CREDIT.update(dict.fromkeys(Outcome, 1.0))",
    "a class": "feedback.Feedback.outcome = property(lambda self: Outcome.CORRECT)",
    "a method": "function.Function.decide = lambda self, question, *a: question.correct",
    "a method that was not there": "sample.Sample.__getattribute__ = lambda *a: True",
    "how numbers are compared": "numeric.Numeric.matches = lambda *a: True",
    "what is known of mistakes": "mistakes.MISTAKES.clear()",
    "where questions are found": "bank.find = lambda name: None",
    "the limit": "limit.limited = lambda work, seconds: (None, 'time')",
    "the truth": "vars(bank.find('sample.2'))['_truth'] = None",
    "another truth": "vars(bank.find('sample.2').answer)['truth'] = lambda x: x * x",
    "what the truth does": (
        "bank.find('sample.2').answer.truth.__code__ = (lambda x: x * x).__code__"
    ),
    "the rivals": "vars(bank.find('sample.2'))['rivals'] = ()",
    "a rival": "vars(bank.find('sample.2').rivals[0])['credit'] = 1.0",
}
COURSE = """
from utils import bank
from utils.checks import desk, feedback, judge, mistakes, numeric, sample
from utils.checks.feedback import Outcome
from utils.checks.kinds import function
from utils.checks.verdict import Verdict
from utils.running import limit
"""


def both_ways():
    """What is said to a right and to a wrong answer."""
    return [check("sample.2", answer) for answer in (lambda x: 2 * x, lambda x: x * x)]


@pytest.fixture
def pristine():
    """Whatever a test patches is put back after it."""
    yield both_ways()
    running.restore_all()
    running.restore_fields(bank.find("sample.2"))


@pytest.mark.parametrize("name", PATCHES)
def test_an_answer_that_patches_the_course_changes_no_later_verdict(name, pristine):
    source = f"{COURSE}def f(x):\n    {PATCHES[name]}\n    return x * x"
    check("sample.2", defined(source))
    assert both_ways() == pristine


@pytest.mark.parametrize("name", PATCHES)
def test_a_cell_that_patches_the_course_changes_no_verdict(name, pristine):
    exec(COURSE + PATCHES[name], {})
    assert both_ways() == pristine


def test_an_answer_that_replaces_the_judge_is_judged_by_the_true_one(pristine):
    patches = ("the judge", "the desk", "a credit", "a class", "a method", "the truth")
    for name in patches:
        source = f"{COURSE}def f(x):\n    {PATCHES[name]}\n    return x * x"
        assert check("sample.2", defined(source)) == pristine[1], name


def test_a_cell_keeps_what_it_patched(pristine):
    """As with `abs`: the notebook is its owner's; only a check does not look at it."""
    mine = desk.judge = lambda *arguments: None
    assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT
    assert desk.judge is mine


ASKED = {
    "desk.hint = desk.solution = desk.progress = lambda *a, **k: 'mine'": "the desk",
    "bank.find = bank.overview = lambda *a: None": "where questions are found",
    "feedback.Note.__repr__ = lambda self: 'mine'": "a class",
}


@pytest.mark.parametrize("patch", ASKED, ids=ASKED.values())
def test_hints_solutions_and_progress_are_not_those_of_a_patch(patch, pristine):
    solution("sample.1")

    def asked() -> list[str]:
        return [str(hint("sample.1", 1)), str(solution("sample.1")), str(progress())]

    before = asked()
    exec(COURSE + patch, {})
    during = [type(hint("sample.1", 1)), type(solution("sample.1")), type(progress())]
    assert during == [feedback.Note, feedback.Note, course_map.CourseMap]
    running.restore_all()
    assert asked() == before


def test_what_cannot_be_written_is_remembered_from_call_to_call(monkeypatch, tmp_path):
    """What the course notes for itself is no patch."""
    nowhere = tmp_path / "file"
    nowhere.touch()
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(nowhere / "progress.json"))
    for question_id, answer in (("sample.1", 80), ("sample.2", lambda x: 2 * x)):
        assert check(question_id, answer).outcome is Outcome.CORRECT
    assert "[x][x]" in str(progress())
    assert ["hint 1" in str(hint("sample.3")), "hint 2" in str(hint("sample.3"))] == [True, True]
