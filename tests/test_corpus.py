"""The corpus: answers of every sort to every question, and what the checks say to each.

Right and wrong answers come from `tests/answers`; broken and hostile ones are made here for each
kind of question, and many more wrong ones are made from right ones by slips (`made_answers`).
`COURSE_TABLE=folder` writes what was said, a table for each chapter, and how many mistakes were
named; `-s` prints it.
"""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib.util import find_spec
from inspect import signature
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

import utils.questions
from tests import answers
from tests import made_answers as making
from tests.hostile import EqualsAll, Hostile, SpeaksBadly
from tests.reading_ease import grade
from tests.typical_mistakes import WRONG as TYPICAL
from utils.checks import (
    Array,
    Choice,
    Feedback,
    Formula,
    Function,
    Live,
    Measured,
    Number,
    OpenTask,
    Outcome,
    Question,
)
from utils.checks.desk import feedback
from utils.checks.judge import decide
from utils.checks.observe import observe
from utils.checks.seam import Observation, Task
from utils.checks.words import number
from utils.explorers.slope import explore_line
from utils.stage import Stage

LIMIT = 0.1  # seconds that endless code gets here
FEWEST = 4000
FEWEST_MADE = 1500
NAMED, NAMED_RIGHTLY = 0.85, 0.97  # of the wrong answers; of those that are given a name
# Not a wrong value but none at all: what is said of it has no need of a mistake's name.
FORMS = {Outcome.TYPE, Outcome.ERROR, Outcome.NOT_ATTEMPTED, Outcome.ENDLESS}


@dataclass(frozen=True)
class Case:
    """One answer: `expected` is a mistake's id or the value of an Outcome."""

    question: Question
    sort: str
    answer: Any
    expected: str


@dataclass(frozen=True)
class Row:
    """What was said to one answer."""

    case: Case
    feedback: Feedback

    @property
    def got(self) -> str:
        return self.feedback.mistake or self.feedback.outcome.value

    def __str__(self) -> str:
        return (
            f"{self.case.question.id:<36} {self.case.sort:<34} {self.got:<26} {self.feedback.word}"
            f". {self.feedback.message}"
        )


# --- answers that are made for a kind of question ---


class SaysYes(str):
    """A text that claims to be every other text."""

    def __eq__(self, other):
        return True

    def strip(self, *args):
        return self

    lower = split = strip

    __hash__ = str.__hash__


class NoFloat(float):
    """A number that fails when it is asked for its value."""

    def __float__(self):
        raise ValueError("not today")


def broken(question: Question) -> Iterator[tuple[str, Any, str]]:
    """Answers that cannot be judged right or wrong: sort, answer and what must be said."""
    yield "None", None, "not-attempted"
    yield "dots", ..., "not-attempted"
    match question.answer:
        case Number():
            right = question.truth.values[0]
            yield "the right number as a text", str(right), "type"
            yield "the right number in a list", [right], "type"
            yield "the right number twice", (right, right), "type"
            yield "a function for a number", lambda: right, "type"
            yield "a number that raises", NoFloat(right), "error"
        case Array():
            right = list(question.truth.values)
            yield "one entry too few", right[:-1], "type"
            shapes = {r.mistake for r in question.rivals} & {"gradient-wrong-shape", "wrong-axis"}
            yield "one row too many", [right], shapes.pop() if shapes else "type"
            yield "entries as texts", [str(value) for value in right], "type"
            yield "an entry that raises", [NoFloat(right[0]), *right[1:]], "error"
        case Choice():
            yield "no option", "zz", "type"
            yield "a number for a letter", 3, "type"
            yield "a list of the right letter", [question.answer.truth], "type"
        case Formula():
            yield "brackets that do not pair", f"({question.answer.truth}", "type"
            yield "a name that is not there", f"{question.answer.truth} + q", "type"
            yield "a function for a formula", lambda x: x, "type"
        case Live():
            yield "a text for a figure", "view", "type"
            yield "another figure", _another_figure(), "type"
        case Function():
            yield from _broken_functions(question)
        case OpenTask():
            yield from _broken_functions(question)
            if any(map(callable, question.answer.arguments[0])):
                yield from _broken_askers(question)
        case Measured(pieces=pieces):
            yield "a text for a piece", "lambda x: x", "type"
            yield "one piece too many", [_raises] * (len(pieces) + 1), "type"
            yield "raises", _as_pieces(_raises, pieces), "error"
            yield "never ends", _as_pieces(_endless, pieces), "endless"


def _raises(*inputs):
    raise LookupError("nothing here")


def _endless(*inputs):
    while True:
        pass


def _as_pieces(piece: Callable[..., Any], pieces: Sequence[str]) -> Any:
    """The same for every piece that is asked."""
    return piece if len(pieces) == 1 else (piece,) * len(pieces)


@functools.cache
def _another_figure() -> Stage:
    """A live figure that no question asks for."""
    return explore_line().set(m=1)


def _broken_functions(question: Question) -> Iterator[tuple[str, Any, str]]:
    in_two = _calls(question)

    def raises(*arguments):
        raise LookupError("nothing here")

    def endless(*arguments):
        while True:
            pass

    def forgets(*arguments):
        str(arguments)

    yield "a text for a function", "lambda x: x", "type"
    yield "raises", in_two(raises), "error"
    yield "never ends", in_two(endless), "endless"
    yield "gives back nothing", in_two(forgets), "type"
    yield "gives back a text", in_two(lambda *arguments: "7"), "type"
    yield "gives back two numbers", in_two(_around(question, lambda right: (right, right))), "type"
    yield "gives back its function", in_two(lambda *arguments: lambda: 1), "type"
    yield "raises without words", in_two(_raises_badly), "error"


def _broken_askers(question: Question) -> Iterator[tuple[str, Any, str]]:
    """Functions that ask the black boxes of an open task too often, or amiss."""

    def insists(*arguments):
        for _ in range(question.answer.budget + 5):
            with suppress(Exception):
                _asked(question, arguments, 0.5)
        return _right(question)(*arguments)

    def asks(value):
        return lambda *arguments: _asked(question, arguments, value)

    def without_end(*arguments):
        while True:
            _asked(question, arguments, 0.5)

    yield "asks on, whatever it is told", insists, "budget-exceeded"
    yield "asks without end", without_end, "budget-exceeded"
    yield "asks with a text", asks("0.5"), "error"
    yield "asks at many places at once", asks(np.zeros(3)), "error"


def _asked(question: Question, arguments: Sequence[Any], value: Any) -> Any:
    """What the first black box says where all its inputs are `value`."""
    probe = question.answer.arguments[0]
    first = next(index for index, argument in enumerate(probe) if callable(argument))
    return arguments[first](*[value] * len(signature(probe[first]).parameters))


def _raises_badly(*arguments):
    raise SpeaksBadly


def hostile(question: Question) -> Iterator[tuple[str, Any, str]]:
    """Answers that try to talk the check into a verdict."""
    match question.answer:
        case Number():
            yield "equals everything", EqualsAll(question.truth.values[0] + 1234.5), "wrong"
            yield "an object that answers back", Hostile(), "error"
        case Array():
            far = [EqualsAll(value + 1234.5) for value in question.truth.values]
            yield "entries that equal everything", far, "wrong"
        case Choice():
            yield "a text that equals everything", SaysYes("zz"), "type"
        case Formula():
            yield "reaches for the machine", "__import__('os').getcwd()", "type"
            yield "a tower of powers", "9**9**9**9**9", "wrong"
        case Live():
            back = SimpleNamespace(values={"x0": Hostile()}, initial={"x0": 1.0})
            yield "a figure that answers back", back, "type"
            goal = next(filter(question.answer.goal, question.answer.probes))
            fake = SimpleNamespace(values=goal, initial={}, recipe=Hostile())
            yield "an object with the right values", fake, "type"
        case Function() | OpenTask():
            yield from _hostile_functions(question)


def _hostile_functions(question: Question) -> Iterator[tuple[str, Any, str]]:
    in_two = _calls(question)
    calls: list[Any] = []

    def keeps_state(right):
        calls.append(right)
        return right

    def right_twice(right):
        calls.append(right)
        return right if len(calls) < 3 else _far_off(right)

    def prints(right):
        for line in range(1000):
            print("line", line)
        return right

    def replaces_abs(right):
        import builtins

        builtins.abs = builtins.all = lambda *arguments: 0
        return right

    def marks_its_inputs(*arguments):
        right = _right(question)(*arguments)
        for argument in arguments:
            if hasattr(argument, "__dict__"):
                argument.seen = True
            elif isinstance(argument, list):
                argument.clear()
        return right

    yield "keeps state", in_two(_around(question, keeps_state)), "correct"
    yield "prints a thousand lines", in_two(_around(question, prints)), "correct"
    yield "replaces abs", in_two(_around(question, replaces_abs)), "correct"
    yield "changes its inputs", in_two(marks_its_inputs), "correct"
    yield "right for two calls only", in_two(_around(question, right_twice)), "wrong"
    equal = in_two(_around(question, _far_off))
    yield "a value that equals everything", equal, "wrong"
    yield "an object that answers back", in_two(lambda *arguments: Hostile()), "error"


def _far_off(right: Any) -> Any:
    """Numbers far from the right ones, of the same shape, that equal everything."""
    if np.ndim(right) == 0:
        return EqualsAll(float(right) + 1234.5)
    return [_far_off(value) for value in right]


def _right(question: Question) -> Callable[..., Any]:
    if isinstance(question.answer, OpenTask):
        return question.answer.truth.example
    assert isinstance(question.answer, Function)
    return question.answer.truth


def _around(question: Question, change: Callable[[Any], Any]) -> Callable[..., Any]:
    """The right function, with `change` applied to what it returns."""
    return lambda *arguments: change(_right(question)(*arguments))


def _calls(question: Question) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Makes of a flat function one that is called as the question calls it."""
    if not getattr(question.answer, "curried", 0):
        return lambda function: function
    return lambda function: lambda *outer: lambda *rest: function(*outer, *rest)


# --- the corpus ---


def corpus(chapter: str | None = None) -> list[Case]:
    """Every case, question by question; of one chapter or of all."""
    found = []
    for question in utils.questions.all_questions():
        if chapter not in (None, question.chapter):
            continue
        right, wrong = answers.load(question.chapter)
        made = [("right", answer, "correct") for answer in right[question.id]]
        made += [("wrong", answer, name) for answer, name in wrong[question.id]]
        made += [("wrong", answer, name) for answer, name in TYPICAL.get(question.id, [])]
        made += [("broken: " + sort, *rest) for sort, *rest in broken(question)]
        made += [("hostile: " + sort, *rest) for sort, *rest in hostile(question)]
        found += [Case(question, *row) for row in made]
    return found


def through_json(data: Any) -> Any:
    """What comes out at the other end; nothing but standard JSON gets through."""
    return json.loads(json.dumps(data, allow_nan=False))


def observed(question: Question, answer: Any) -> Observation:
    """The observation, by a task that has travelled, before it travels itself."""
    return observe(Task.from_plain(through_json(Task.of(question).to_plain())), answer)


def arrived(observation: Observation) -> Observation:
    return Observation.from_plain(through_json(observation.to_plain()))


def say(case: Case) -> Row:
    """What is said to a case, by plain data alone; endless code is stopped sooner.

    That the answer is seen as it arrives makes this what the notebook says, too.
    """
    question = case.question
    if case.expected == "endless":
        question = replace(question, seconds=LIMIT)
    seen = observed(question, case.answer)
    again = arrived(seen)
    assert repr(again) == repr(seen), f"{question.id}, {case.sort}"
    return Row(case, feedback(question, decide(question, again)))


def faults(row: Row) -> list[str]:
    """What is wrong with what was said to one answer."""
    case, feedback = row.case, row.feedback
    found = faults_of_message(row)
    if row.got != case.expected:
        found.append(f"{row.got} where {case.expected} was expected")
    if (feedback.points == case.question.points) != (case.expected == "correct"):
        found.append(f"{feedback.points} points")
    return [f"{fault}: {row}" for fault in found]


def faults_of_message(row: Row) -> list[str]:
    """Too long, too short, hard to read, or with the answer in it."""
    feedback, found = row.feedback, []
    words = len(feedback.message.split())
    shortest = 5 if feedback.outcome is Outcome.CORRECT else 20  # "correct" is one sentence
    if not shortest <= words <= 90:
        found.append(f"{words} words")
    if grade(feedback.message) > 9:
        found.append(f"grade {grade(feedback.message):.1f}")
    if feedback.outcome is not Outcome.CORRECT and gives_away(row):
        found.append("the answer is in the message")
    return found


def gives_away(row: Row) -> bool:
    """True if a message holds the right value, letter or formula.

    What the learner gave may be repeated. Numbers of the question itself may stand in the messages
    that were written for it, which an author reads; so only general messages are searched for them.
    """
    question, message = row.case.question, row.feedback.message
    answer = question.answer
    if isinstance(answer, Choice):
        right = answer.texts[answer.truth.lower()]
        listed = "the options here are" in message
        message = message.removeprefix(f"You chose `{row.case.answer}`: ")
        if isinstance(row.case.answer, str) and row.case.answer in answer.texts:
            message = message.removeprefix(answer.texts[row.case.answer])
        return not listed and (f"`{answer.truth}`" in message or right in message)
    for rival in question.rivals:
        message = message.replace(rival.text, "")
    # The first sentence repeats what was given or returned, and where.
    general = re.sub(r"^(You gave|At |Number |Your |I cannot read `).*?\.(?=\s|$)", "", message)
    general = re.sub(r"\bat \d+ of the \d+\b|\b\d+ of the \d+ numbers\b", "", general).replace(
        "−", "-"
    )
    if isinstance(answer, Formula):
        # A formula that is one name, such as "p", stands in sentences: it says what may be used.
        right = answer.truth.replace(" ", "")
        return len(right) > 1 and right in general.replace(" ", "")
    if isinstance(answer, (Live, Measured, OpenTask)):
        return False
    tokens = set(re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?(?:e-?\d+)?", general))
    given = set(re.findall(r"-?\d+(?:\.\d+)?", repr_of(row.case.answer)))
    # One-digit numbers stand in sentences ("2 inputs", "x = 0") and give nothing away.
    written = (number(value).replace("−", "-") for value in question.truth.values)
    right = {text for text in written if len(text) > 1}
    return bool(tokens & right - given)


def repr_of(answer: Any) -> str:
    try:
        return repr(answer)
    except Exception:
        return ""


def table(rows: list[Row]) -> str:
    sorts = Counter(row.case.sort.partition(":")[0] for row in rows)
    outcomes = Counter(row.feedback.outcome.value for row in rows)
    lines = [f"{len(rows)} answers to {len({row.case.question.id for row in rows})} questions"]
    for counted in (sorts, outcomes):
        lines.append(", ".join(f"{count} {name}" for name, count in counted.most_common()))
    return "\n".join([*lines, "", *map(str, rows)])


@functools.cache
def rows_of(chapter: str) -> list[Row]:
    """What is said to the answers of a chapter."""
    return [say(case) for case in corpus(chapter)]


@pytest.mark.parametrize("chapter", utils.questions.chapters())
def test_corpus(chapter, capsys):
    rows = rows_of(chapter)
    if os.environ.get("COURSE_TABLE"):
        path = Path(os.environ["COURSE_TABLE"], f"{chapter}.txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(table(rows) + "\n", encoding="utf-8")
    assert capsys.readouterr() == ("", "")  # nothing that the answers print gets through
    print(table(rows))
    found = [fault for row in rows for fault in faults(row)]
    assert not found, "\n".join(found)


def test_every_question_has_answers_of_every_sort():
    cases = corpus()
    assert len(cases) >= FEWEST
    for question in utils.questions.all_questions():
        sorts = {case.sort.partition(":")[0] for case in cases if case.question is question}
        assert {"right", "wrong", "broken"} <= sorts, question.id
    assert any(case.sort.startswith("hostile") for case in cases)


# --- answers made from right ones by slips: is the slip named, and no other one? ---


@functools.cache
def made_rows(chapter: str) -> list[Row]:
    """What is said to answers that are made for a chapter; the slip is what is `expected`."""
    right, _ = answers.load(chapter)
    return [
        say(Case(question, "made", made.answer, made.slip))
        for question in utils.questions.all_questions()
        if question.chapter == chapter
        for made in making.made(question, right[question.id])
    ]


# A number in the place of an input leaves that unread; a round too few is a count too few.
AMOUNTS_TO = {"example-number": "input-not-used", "one-round-off": "one-count-off"}


def is_true(row: Row) -> bool:
    """True if the mistake that is named is the one that was made, or one that it amounts to.

    A rival of the question does where it gives the very same values.
    """
    question, named = row.case.question, row.feedback.mistake
    if named in (row.case.expected, AMOUNTS_TO.get(row.case.expected)):
        return True
    if any(rival.raises and rival.mistake == named for rival in question.rivals):
        return False
    values = making.flat(question, row.case.answer)
    for rival, sample in question.rival_samples:
        fits = rival.mistake == named and values is not None and len(values) == len(sample.values)
        if fits and all(map(question.answer.same, values, sample.values)):
            return True
    return making.true_of(question, row.case.answer, named)


@pytest.mark.filterwarnings("ignore::RuntimeWarning")  # a slip may well divide by zero
@pytest.mark.parametrize("chapter", utils.questions.chapters())
def test_made_answers_get_no_false_verdict(chapter):
    found = []
    for row in made_rows(chapter):
        right = making.is_right(row.case.question, row.case.answer)
        if right != (row.feedback.outcome is Outcome.CORRECT):
            found.append(f"{row.got}, and it is {'right' if right else 'wrong'}: {row}")
        # A list that is handed over may be long; the words of a message are counted elsewhere.
        found += [f"{f}: {row}" for f in faults_of_message(row) if not f.endswith(" words")]
    assert not found, "\n".join(found)


@dataclass
class Tally:
    """How many wrong values there were, how many got a name, and how many of these a true one."""

    wrong: int = 0
    named: int = 0
    rightly: int = 0

    def add(self, row: Row, true: bool) -> None:
        named = row.feedback.mistake is not None
        self.wrong += 1
        self.named += named
        self.rightly += named and true

    def __str__(self) -> str:
        share, right = self.named / max(1, self.wrong), self.rightly / max(1, self.named)
        return f"{self.wrong} wrong, {share:.1%} named, {right:.1%} of these rightly"


def test_most_mistakes_are_named_and_what_is_named_is_true():
    listed, made, nameless = Tally(), Tally(), Tally()
    untrue = []
    for chapter in utils.questions.chapters():
        for row in rows_of(chapter):
            if row.case.sort == "wrong" and counts(row):
                listed.add(row, row.got == row.case.expected)
        for row in made_rows(chapter):
            if not counts(row):
                continue
            true = row.feedback.mistake is None or is_true(row)
            (nameless if row.case.expected == making.NONE else made).add(row, true)
            untrue += [] if true else [str(row)]
    together = Tally(
        listed.wrong + made.wrong,
        listed.named + made.named + nameless.named,
        listed.rightly + made.rightly + nameless.rightly,
    )
    names = ("listed", "made by slips", "made without a name")
    figures = [f"{n}: {t}" for n, t in zip(names, (listed, made, nameless), strict=True)]
    figures += [f"named that are untrue: {len(untrue)}", *untrue]
    if os.environ.get("COURSE_TABLE"):
        Path(os.environ["COURSE_TABLE"], "named.txt").write_text("\n".join(figures) + "\n")
    print("\n".join(figures))
    assert made.wrong >= FEWEST_MADE
    assert (listed.named + made.named) / (listed.wrong + made.wrong) >= NAMED, figures
    assert together.rightly / together.named >= NAMED_RIGHTLY, figures


def counts(row: Row) -> bool:
    """True for a wrong value, or for whatever else got a mistake's name."""
    outcome = row.feedback.outcome
    return outcome is not Outcome.CORRECT and (
        row.feedback.mistake is not None or outcome not in FORMS
    )


TORCH = """
import json
import torch
from tests.test_corpus import graphs
from utils.checks import check
said = [(q, check(q, answer)) for q, answer in graphs(torch)]
print(json.dumps([(q, told.outcome.value, len(told.message.split())) for q, told in said]))
"""


def graphs(torch: Any) -> Iterator[tuple[str, Any]]:
    """For every question that asks for numbers: the right answer, still carrying its graph."""
    for question in utils.questions.all_questions():
        match question.answer:
            case Number() | Array():
                right = torch.tensor(question.answer.truth, dtype=torch.float64)
                yield question.id, right.requires_grad_()
            case Function() | OpenTask():
                tensor = functools.partial(torch.tensor, dtype=torch.float64, requires_grad=True)
                yield question.id, _calls(question)(_around(question, tensor))


@pytest.mark.skipif(find_spec("torch") is None, reason="there is no torch for Intel Macs")
def test_a_tensor_with_its_graph_is_named_for_every_question(tmp_path):
    """In a process of its own, so that the other tests run without torch as most chapters do."""
    environment = os.environ | {"DERIVATIVES_PROGRESS": str(tmp_path / "progress.json")}
    ran = subprocess.run(
        [sys.executable, "-c", TORCH],
        cwd=Path(__file__).parents[1],
        capture_output=True,
        text=True,
        timeout=200,
        env=environment,
    )
    assert ran.returncode == 0, ran.stderr
    said = json.loads(ran.stdout)
    assert len(said) >= 10
    assert [row for row in said if row[1] != "type" or not 20 <= row[2] <= 90] == []


# --- the search for given-away answers finds what it is for ---


def leak(question_id: str, answer: Any, message: str) -> bool:
    question = utils.questions.find(question_id)
    case = Case(question, "wrong", answer, "wrong")
    return gives_away(Row(case, Feedback(Outcome.WRONG, message)))


def test_an_answer_in_a_message_is_found():
    assert leak("slope.predict_average", 7, "You gave 7. It should be 80, look again.")
    assert not leak("slope.predict_average", 80.5, "You gave 80.5. Look again.")
    assert not leak("slope.predict_average", 7, "You gave 7. Look again.")
    assert leak("slope.predict_swap", "a", "You chose `a`. Is it `b`?")
    assert leak("derivative.predict_function", "x", "You gave x. Try 2 * x there.")
    assert leak("derivative.4", [1], "You gave [1]. The last one is 24.")
    assert not leak("derivative.4", [1], "You gave [1]. Look again, 5 of the 6 numbers agree.")
    value = number(utils.questions.find("slope.4").truth.values[-2])
    assert leak("slope.4", None, f"At the first input, yours gives 7. There it is {value}.")
