"""Looking at an answer and judging it, with plain data between: in one process and in two.

test_corpus.py sends every answer of the corpus that way.
"""

import importlib
import json
import math
import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

import utils.questions
from tests import answers, sample_chapter
from tests.test_corpus import LIMIT, arrived, observed, through_json
from utils import bank
from utils.checks import Array, Function, Live, Measured, OpenTask, Question, Rival
from utils.checks.failure import full_name
from utils.checks.judge import decide, judge
from utils.checks.plain import from_plain, name_of, to_plain
from utils.checks.reading import LONGEST_TEXT, MOST_VALUES, read
from utils.checks.seam import VERSION, Observation, Task
from utils.checks.verdict import Verdict

ROOT = Path(__file__).parents[1]


def sample(name: str) -> Question:
    return next(question for question in sample_chapter.QUESTIONS if question.id == name)


def named(verdict: Verdict) -> str:
    return verdict.mistake or verdict.outcome.value


@pytest.mark.parametrize("question_id", sample_chapter.RIGHT)
def test_the_notebook_judges_by_the_same_data(question_id):
    wrong = [answer for answer, _ in sample_chapter.WRONG[question_id]]
    question = sample(question_id)
    for answer in [*sample_chapter.RIGHT[question_id], *wrong]:
        assert judge(question, answer) == decide(question, arrived(observed(question, answer)))


# What an observer is told: with which arguments to call, how often black boxes answer, where
# to look at a figure's curves, and by which instrument.
ASKED = {
    Function: {"names", "arguments", "curried", "watched"},
    Live: {"curves", "places"},
    OpenTask: {"names", "arguments", "budget"},
    Measured: {"pieces", "measure"},
}


def test_a_task_holds_no_truth_and_no_rival():
    for question in utils.questions.all_questions():
        task = Task.of(question).to_plain()
        assert task.keys() == {"version", "kind", "ask", "seconds"}, question.id
        assert task["ask"].keys() == ASKED.get(type(question.answer), set()), question.id


# --- two processes: one that looks and holds no questions, one that judges ---

OBSERVER = """
import importlib, json, sys

class NoQuestions:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[:2] == ["utils", "questions"]:
            raise ImportError(f"{name} is not here: this process holds no truth")

sys.meta_path.insert(0, NoQuestions())

from utils.checks.observe import observe
from utils.checks.seam import Task

def cell(source):
    namespace = {}
    exec(compile(source, "<cell>", "exec"), namespace)
    return namespace["answer"]

found = []
for home, entries in json.load(sys.stdin):
    module = importlib.import_module(home) if home else None
    for task, answer in entries:
        if module is None:
            given = cell(answer)
        else:
            kind, question_id, index = answer
            table = getattr(module, kind)[question_id]
            given = table[index] if kind == "RIGHT" else table[index][0]
        found.append(observe(Task.from_plain(task), given).to_plain())
assert not any(name.startswith("utils.questions") for name in sys.modules)
json.dump(found, sys.__stdout__, allow_nan=False)
"""


def look_elsewhere(entries: list[tuple[str, list[tuple[Question, Any]]]]) -> list[Observation]:
    """What another process saw, which gets tasks and answers as text: the rows in their order."""
    sent = [
        (home, [(Task.of(question).to_plain(), answer) for question, answer in rows])
        for home, rows in entries
    ]
    ran = subprocess.run(
        [sys.executable, "-c", OBSERVER],
        input=json.dumps(sent, allow_nan=False),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=400,
        env=os.environ | {"MPLBACKEND": "agg"},
    )
    assert ran.returncode == 0, ran.stderr
    return [Observation.from_plain(data) for data in json.loads(ran.stdout)]


def needs_the_questions(chapter: str) -> bool:
    """True if the answers of a chapter are computed with functions that stand beside its truths."""
    source = Path(answers.__file__).with_name(f"{chapter}.py").read_text(encoding="utf-8")
    return "utils.questions" in source or "import torch" in source


APART = [chapter for chapter in utils.questions.chapters() if not needs_the_questions(chapter)]


def test_most_chapters_can_be_looked_at_apart():
    assert len(APART) >= 12


def test_another_process_sees_what_this_one_judges():
    entries, wanted = [], []
    for chapter in APART:
        right, wrong = answers.load(chapter)
        rows = []
        for question in utils.questions.questions(chapter):
            table = [("RIGHT", answer, "correct") for answer in right[question.id]]
            counts = {"RIGHT": 0, "WRONG": 0}
            for kind, answer, name in table + [("WRONG", *row) for row in wrong[question.id]]:
                short = replace(question, seconds=LIMIT) if name == "endless" else question
                rows.append((short, (kind, question.id, counts[kind])))
                wanted.append((short, answer, name))
                counts[kind] += 1
        entries.append((f"tests.answers.{chapter}", rows))
    found = look_elsewhere(entries)
    assert len(found) == len(wanted) > 1000
    for (question, answer, name), observation in zip(wanted, found, strict=True):
        verdict = decide(question, observation)
        assert named(verdict) == name, (question.id, verdict)
        if name != "endless":  # where it is stopped is up to chance
            assert verdict == judge(question, answer), question.id


WALK = """
import torch  # as the notebook does, so that no check has to wait for it
from utils.explorers.pytorch_autograd import watch
def train(w, optimizer, loss_of, steps):
    for step in range(steps):
        {}
answer = watch(train)
"""
TORCH = {
    "optimizer.zero_grad(); loss_of(w).backward(); optimizer.step()": "correct",
    "loss_of(w).backward(); optimizer.step()": "gradient-not-zeroed",
    "loss_of(w).backward(); optimizer.zero_grad(); optimizer.step()": "zeroed-before-step",
    "loss_of(w).backward(); w -= 0.1 * w.grad": "update-inside-graph",
    "loss_of(w.detach()).backward(); optimizer.step()": "nothing-recorded",
    "loss_of(w).item().backward()": "item-before-backward",
    "...": "not-attempted",
    "raise RuntimeError('of another sort')": "error",
}


@pytest.mark.skipif(find_spec("torch") is None, reason="there is no torch for Intel Macs")
def test_what_a_torch_loop_called_is_seen_elsewhere_too():
    """Which error it was, and in which order things were called, is told by plain data."""
    # The first step of an optimizer loads more of torch, which takes a while in a new process.
    question = replace(bank.find("pytorch_autograd.8"), seconds=60)
    found = look_elsewhere([("", [(question, WALK.format(loop)) for loop in TORCH])])
    verdicts = [named(decide(question, observation)) for observation in found]
    assert dict(zip(TORCH, verdicts, strict=True)) == TORCH


def test_a_figure_is_seen_elsewhere_by_its_values_and_how_it_was_made():
    question = bank.find("limits.2")
    assert isinstance(question.answer, Live)
    source = (
        "from utils.explorers.limits import explore_limit\nanswer = explore_limit({}).set(h={})"
    )
    calls = {
        ('"square", x=-1', 1.5): "not-attempted",
        ("lambda x: x * x, x=-1.0, h=1", -0.1): "correct",
        ('"square", x=-1', 0.1): "one-side-only",
        ('"cube", x=-1', -0.1): "type",
        ('"square", x=1', -0.1): "type",
    }
    found = look_elsewhere([("", [(question, source.format(*call)) for call in calls])])
    assert found[1].seen.values == {"h": -0.1} and found[1].seen.initial == {"h": 1}
    made = found[1].seen.made
    assert made.explorer == "limits.explore_limit" and made.settings["x"].values == (-1,)
    assert made.curves["f"] == tuple(x * x for (x,) in question.answer.ask.places)
    verdicts = [named(decide(question, observation)) for observation in found]
    assert verdicts == list(calls.values())


# --- a learner who cheats on purpose; CONTRIBUTING.md tells teachers what holds ---

CHEATS = {
    "walks the frames above": """
import sys
def answer(p, q):
    frame = sys._getframe()
    while frame := frame.f_back:
        for value in list(frame.f_locals.values()):
            truth = getattr(getattr(value, "answer", value), "truth", None)
            if callable(truth):
                return truth(p, q)
    return 0
""",
    "imports the truth": """
def answer(p, q):
    from utils.questions.slope import QUESTIONS
    return next(one for one in QUESTIONS if one.id == "slope.4").answer.truth(p, q)
""",
    "asks the bank": """
def answer(p, q):
    from utils import bank
    return bank.find("slope.4").answer.truth(p, q)
""",
    "replaces the judge": """
import utils.checks.judge as judge
from utils.checks.feedback import Outcome
from utils.checks.verdict import Verdict
def answer(p, q):
    judge.decide = judge._decide = lambda *_: Verdict(Outcome.CORRECT, "", None, 1.0)
    return 0
answer(0, 0)
""",
}


def test_a_cell_that_looks_for_the_truth_finds_none():
    question = bank.find("slope.4")
    found = look_elsewhere([("", [(question, source) for source in CHEATS.values()])])
    for how, observation in zip(CHEATS, found, strict=True):
        assert decide(question, observation).credit == 0, how
    said = [observation.failure and observation.failure.said for observation in found]
    assert "no truth" in said[1] and "no truth" in said[2]
    assert found[0].seen and found[3].seen  # they came through, and had nothing to say


@pytest.mark.parametrize("how", list(CHEATS)[:3])
def test_in_one_process_the_truth_can_be_found(how):
    """As CONTRIBUTING.md says: who closes this has to mend what is said there."""
    namespace: dict[str, Any] = {}
    exec(compile(CHEATS[how], "<cell>", "exec"), namespace)
    assert named(judge(bank.find("slope.4"), namespace["answer"])) == "correct"


# --- what may travel ---

numbers = some.floats() | some.integers(-(10**20), 10**20)
values = some.recursive(
    numbers | some.booleans() | some.none() | some.text(),
    lambda inner: some.lists(inner) | some.lists(inner).map(tuple),
)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values)
def test_any_probe_of_numbers_and_texts_comes_back_as_it_was(value):
    again = from_plain(Any, through_json(to_plain(Any, value)))
    assert repr(again) == repr(value)  # 1 stays 1, 1.0 stays 1.0, nan stays nan


@pytest.mark.parametrize(
    "array",
    [np.array([1.0, math.nan, -math.inf]), np.zeros((0, 3)), np.eye(2, dtype=int), np.array(2.5)],
)
def test_arrays_keep_their_shape_and_type(array):
    again = from_plain(Any, through_json(to_plain(Any, array)))
    assert again.dtype == array.dtype and again.shape == array.shape
    np.testing.assert_array_equal(again, array)


@pytest.mark.parametrize("function", [math.sin, abs, sample_chapter.cube])
def test_functions_travel_by_their_names(function):
    assert from_plain(Any, through_json(to_plain(Any, function))) is function


@pytest.mark.parametrize(
    "value", [lambda x: x, {"a": 1}, 1j, object(), np.array(["a"]), np.float64(1)]
)
def test_what_cannot_travel_is_refused_before_it_sets_out(value):
    with pytest.raises(ValueError, match=r"cannot (travel|be imported)|There is no function"):
        to_plain(Any, [value])


def test_a_function_beside_the_truths_is_refused_at_both_ends():
    with pytest.raises(ValueError, match=r"cannot be imported.*utils/examples"):
        name_of(_of_a_chapter())
    with pytest.raises(ValueError, match="cannot be imported"):
        from_plain(Any, {"function": "utils.questions.slope:QUESTIONS"})
    with pytest.raises(ValueError, match="cannot be imported"):
        from_plain(Any, {"function": "__main__:f"})


def _of_a_chapter() -> Any:
    module = importlib.import_module("utils.questions.derivative")
    return next(
        value
        for value in vars(module).values()
        if callable(value) and getattr(value, "__module__", "") == module.__name__
    )


def test_another_function_of_the_same_name_is_not_taken_for_it():
    def cube(x):
        return x**3

    cube.__module__, cube.__qualname__ = sample_chapter.__name__, "cube"
    with pytest.raises(ValueError, match="another function"):
        name_of(cube)


# --- a reader that takes nothing else ---

GOOD = observed(sample("sample.3"), sample_chapter.quotient).to_plain()
FAILED = observed(sample("sample.3"), lambda f, x, h: 1 / 0).to_plain()
READING = {"kind": "numbers", "values": [1.0], "shape": [], "name": "a number", "text": ""}


def changed(data: dict[str, Any], **entries: Any) -> dict[str, Any]:
    return json.loads(json.dumps(data)) | entries


MALFORMED: dict[str, tuple[Any, str]] = {
    "no object": ([GOOD], "must be an object"),
    "another version": (changed(GOOD, version=VERSION + 1), f"version {VERSION + 1}.*same version"),
    "a version that is none": (changed(GOOD, version=True), "version True"),
    "no version": ({k: v for k, v in GOOD.items() if k != "version"}, "version None"),
    "an entry too many": (changed(GOOD, credit=1), "credit"),
    "an entry too few": ({k: v for k, v in GOOD.items() if k != "printed"}, "printed"),
    "an unknown kind": (changed(GOOD, kind="Essay"), "no kind of answer 'Essay'.*Number"),
    "a kind that is no name": (changed(GOOD, kind=3), "kind must be of type str"),
    "nothing at all": (changed(GOOD, seen=None), "exactly one"),
    "seen and stopped": (changed(GOOD, stopped="time"), "exactly one"),
    "stopped for no reason": (changed(GOOD, stopped=True), "stopped must be one of.*'memory'"),
    "seen and failed": (changed(GOOD, failure=FAILED["failure"]), "exactly one"),
    "a number for a flag": (changed(GOOD, printed=1), "printed must be of type bool"),
    "seen of another kind": (changed(GOOD, kind="Number"), "seen lacks reading"),
    "a failure without kinds": (changed(FAILED, failure={"line": "", "name": "E"}), "lacks kinds"),
    "a text for a number": (
        changed(GOOD, seen=GOOD["seen"] | {"readings": [READING | {"values": ["7"]}]}),
        r"readings\[0\].values\[0\] must be a number",
    ),
    "a number beyond floats": (
        changed(GOOD, seen=GOOD["seen"] | {"readings": [READING | {"values": [10**400]}]}),
        "beyond the range",
    ),
    "numbers that do not fill their shape": (
        changed(GOOD, seen=GOOD["seen"] | {"readings": [READING | {"shape": [2]}]}),
        "cannot have the shape",
    ),
    "an unknown kind of reading": (
        changed(GOOD, seen=GOOD["seen"] | {"readings": [READING | {"kind": "proof"}]}),
        "one of 'numbers'",
    ),
}  # fmt: skip


@pytest.mark.parametrize("fault", MALFORMED)
def test_a_malformed_observation_is_refused_with_a_reason(fault):
    data, reason = MALFORMED[fault]
    with pytest.raises(ValueError, match=reason):
        Observation.from_plain(data)


def test_the_data_that_the_malformed_are_made_of_is_good():
    assert Observation.from_plain(through_json(GOOD)).seen.readings[0].is_number
    failure = Observation.from_plain(through_json(FAILED)).failure
    assert failure and failure.is_a(ArithmeticError) and not failure.is_a(ValueError)


def test_a_task_of_another_version_is_refused():
    task = Task.of(sample("sample.2")).to_plain()
    with pytest.raises(ValueError, match="This task has version 9"):
        Task.from_plain(changed(task, version=9))
    with pytest.raises(ValueError, match=r"task\.seconds must be a number"):
        Task.from_plain(changed(task, seconds="5"))


def test_an_observation_of_another_question_is_refused():
    with pytest.raises(ValueError, match=r"asks for a Number.*of a Function"):
        decide(sample("sample.1"), Observation.from_plain(GOOD))
    other = observed(sample("sample.2"), lambda x: 2 * x)
    with pytest.raises(ValueError, match="6 readings do not fit 4 probes"):
        decide(sample("sample.3"), other)


# --- what is kept of answers without end ---


def test_of_very_long_answers_the_beginning_is_kept():
    long = read("x" * 10**6)
    many = read(np.zeros((1000, 1000)))
    assert len(long.text) == LONGEST_TEXT
    assert len(many.values) == MOST_VALUES and many.shape == (1000, 1000)
    for question_id, answer in (("sample.6", "x" * 10**6), ("sample.5", np.zeros((1000, 1000)))):
        observation = observed(sample(question_id), answer)
        assert len(json.dumps(observation.to_plain())) < 10 * MOST_VALUES
        assert named(decide(sample(question_id), arrived(observation))) == "type"


def test_a_truth_with_more_numbers_than_are_kept_is_ambiguous():
    question = replace(sample("sample.5"), rivals=(), answer=Array([0.5] * (MOST_VALUES + 1)))
    assert any("are not looked at" in fault for fault in question.ambiguities())


def test_an_exception_is_told_by_the_names_of_its_bases():
    class Own(ZeroDivisionError):
        def __str__(self):
            return "word " * 1000

    def fails(f, x, h):
        raise Own

    observation = arrived(observed(sample("sample.3"), fails))
    failure = observation.failure
    assert failure and failure.is_a(ZeroDivisionError) and failure.kinds[0].endswith("Own")
    assert full_name(Own) == failure.kinds[0] and len(failure.said) <= 200
    assert named(decide(sample("sample.3"), observation)) == "h-is-zero"


def test_a_verdict_is_found_without_running_the_answer():
    """Once seen, the answer may be gone: what is judged is data."""
    calls = []

    def once(x):
        calls.append(x)
        return 2 * x

    observation = arrived(observed(sample("sample.2"), once))
    seen = len(calls)
    assert named(decide(sample("sample.2"), observation)) == "correct" and len(calls) == seen


def test_a_rival_that_raises_is_named_by_its_full_name_alone():
    """A class of the same short name from elsewhere is another one."""
    other = type("ZeroDivisionError", (Exception,), {})
    question = replace(sample("sample.3"), rivals=[Rival("h-is-zero", raises=other)])
    assert named(decide(question, observed(question, lambda f, x, h: 1 / 0))) == "error"
