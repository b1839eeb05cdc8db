"""A kind of answer is one file: a new one is judged, and travels, without a change elsewhere."""

import gc
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pytest

import utils.checks.kinds
from tests import sample_chapter
from tests.test_questions import install
from utils.checks import Choice, Outcome, Question, Rival, check
from utils.checks.answer import Answer, Asked, Given, Saying
from utils.checks.judge import decide
from utils.checks.kinds import kinds, named
from utils.checks.numeric import Numeric
from utils.checks.observe import observe
from utils.checks.question import Number
from utils.checks.reading import Kind, Reading, read
from utils.checks.sample import Sample
from utils.checks.seam import Observation, Task
from utils.checks.verdict import Verdict

# --- two new kinds: one that needs no more than the least, one that needs all ---


@dataclass(frozen=True)
class Interval(Answer):
    """Two numbers are asked, with the truth between them."""

    truth: float

    def decide(self, question: Asked, seen: Given, printed: bool) -> Verdict:
        if seen.reading.shape != (2,) or seen.reading.kind is not Kind.NUMBERS:
            return Verdict.of(Outcome.TYPE, f"You gave {seen.reading.name}, not two numbers.")
        low, high = seen.reading.values
        for rival in question.rivals:
            if low <= rival.answer <= high:
                return rival.named("The other one is in it.")
        held = low <= self.truth <= high
        return question.correct if held else Verdict.of(Outcome.WRONG, "It is outside.")

    def ambiguities(self, question: Asked) -> list[str]:
        return [f"{r.mistake} is the truth" for r in question.rivals if r.answer == self.truth]


@dataclass(frozen=True)
class Starts:
    """Where the learner's step is called."""

    starts: tuple[float, ...]


@dataclass(frozen=True)
class Path:
    """Where each walk led, and whether it came to rest."""

    ends: tuple[float, ...]
    blank: Reading | None = None


@dataclass(frozen=True)
class Walk(Numeric):
    """A step is asked, x to the next x; it is walked until it rests."""

    truth: float
    starts: Sequence[float] = (1.0, 2.0, 3.0)

    Ask = Starts
    Seen = Path

    @property
    def ask(self) -> Starts:
        return Starts(tuple(self.starts))

    @classmethod
    def observe(cls, ask: Starts, given: Any, at: Saying) -> Path:
        if not callable(given):
            return Path((), read(given))
        ends = []
        for x in ask.starts:
            at(f"start = {x}")
            end: Any = x
            for _ in range(100):
                end = given(end)
            ends.append(float(end))
        return Path(tuple(ends))

    def is_empty(self, seen: Path) -> bool:
        return seen.blank is not None

    def empty(self, question_id: str) -> str:
        return "No step yet."

    def sample(self, answer: Any) -> Sample:
        return Sample((answer,) * 3, (0, 1, 2), ((),) * 3)

    def decide(self, question: Asked, seen: Path, printed: bool) -> Verdict:
        found = Sample(seen.ends, (0, 1, 2), ((),) * 3)
        if self.matches(found, question.truth):
            return question.correct
        rival = self.only_rival(question, found)
        said = f"It rests at {seen.ends[0]}."
        return rival.named(said) if rival else Verdict.of(Outcome.WRONG, said)


BETWEEN = Question(
    "sample.1",
    title="Around the root of 2",
    answer=Interval(math.sqrt(2)),
    rivals=[Rival("sign-error", -math.sqrt(2))],
    **sample_chapter.COMMON,
)
RESTS = Question(
    "sample.2",
    title="A step to the root of 2",
    answer=Walk(math.sqrt(2)),
    rivals=[Rival("sign-error", -math.sqrt(2))],
    seconds=0.5,
    **sample_chapter.COMMON,
)


def forever(x):
    while True:
        pass


ANSWERS = [
    (BETWEEN, (1.4, 1.5), "correct"),
    (BETWEEN, [1.5, 1.6], "wrong"),
    (BETWEEN, (-1.5, 1.5), "sign-error"),
    (BETWEEN, 1.4, "type"),
    (BETWEEN, None, "not-attempted"),
    (BETWEEN, (1.4, ...), "not-attempted"),
    (RESTS, lambda x: (x + 2 / x) / 2, "correct"),
    (RESTS, lambda x: -abs(x + 2 / x) / 2, "sign-error"),
    (RESTS, lambda x: x, "wrong"),
    (RESTS, lambda x: x / 0, "error"),
    (RESTS, forever, "endless"),
    (RESTS, ..., "not-attempted"),
]


@pytest.fixture(autouse=True)
def progress_file(tmp_path, monkeypatch):
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))


@pytest.mark.parametrize(("question", "answer", "name"), ANSWERS)
def test_a_new_kind_is_checked(monkeypatch, question, answer, name):
    install(monkeypatch, [question])
    feedback = check(question.id, answer)
    assert (feedback.mistake or feedback.outcome.value) == name, str(feedback)
    assert feedback.points == (1 if name == "correct" else 0)


@pytest.mark.parametrize(("question", "answer", "name"), ANSWERS)
def test_a_new_kind_travels(question, answer, name):
    task = Task.from_plain(json.loads(json.dumps(Task.of(question).to_plain())))
    data = json.loads(json.dumps(observe(task, answer).to_plain(), allow_nan=False))
    verdict = decide(question, Observation.from_plain(data))
    assert (verdict.mistake or verdict.outcome.value) == name


def test_the_place_at_which_a_new_kind_is_stopped_is_told(monkeypatch):
    install(monkeypatch, [RESTS])
    assert check(RESTS.id, forever).message.startswith("At start = 1.0, your code was still")


def test_a_new_kind_is_proved_unambiguous():
    assert BETWEEN.ambiguities() == RESTS.ambiguities() == []
    rival = Rival("sign-error", math.sqrt(2))
    assert replace(BETWEEN, rivals=[rival]).ambiguities() == ["sample.1: sign-error is the truth"]
    (fault,) = replace(RESTS, rivals=[rival]).ambiguities()
    assert "the truth and sign-error differ at 0 probes" in fault


# --- a file in the folder is found ---

FILE = '''
from dataclasses import dataclass
from utils.checks.answer import Answer
from utils.checks.feedback import Outcome
from utils.checks.verdict import Verdict

@dataclass(frozen=True)
class Yes(Answer):
    """Yes is asked."""

    truth: str = "yes"

    def decide(self, question, seen, printed):
        right = seen.reading.text == self.truth
        return question.correct if right else Verdict.of(Outcome.WRONG, "No.")
'''


def test_a_file_in_the_folder_is_a_kind_like_the_others(monkeypatch, tmp_path):
    (tmp_path / "yes.py").write_text(FILE)
    monkeypatch.setattr(
        utils.checks.kinds, "__path__", [*utils.checks.kinds.__path__, str(tmp_path)]
    )
    from utils.checks import Yes  # pyright: ignore[reportAttributeAccessIssue]

    question = Question("sample.1", title="Yes", answer=Yes(), **sample_chapter.COMMON)
    install(monkeypatch, [question])
    assert check("sample.1", "yes").outcome is Outcome.CORRECT
    assert check("sample.1", "no").outcome is Outcome.WRONG
    assert Task.from_plain(Task.of(question).to_plain()) == Task.of(question)


def test_what_kinds_share_is_no_kind():
    known = {"Number", "Array", "Function", "Formula", "Choice", "Live", "OpenTask"}
    assert known <= kinds().keys()
    assert not {"Answer", "Numeric", "Probed"} & kinds().keys()
    assert named("Number") is Number
    with pytest.raises(ValueError, match="no kind of answer 'Numeric'; there are Array, Choice"):
        named("Numeric")


def test_two_kinds_of_one_name_are_refused():
    twin = type("Choice", (Choice,), {})
    with pytest.raises(ValueError, match="Two kinds of answers are called Choice"):
        kinds()
    del twin
    gc.collect()  # a class holds on to itself until then
    assert kinds()["Choice"] is Choice


def test_names_that_are_no_kind_are_missed_as_usual():
    with pytest.raises(ImportError):
        from utils.checks import Essay  # noqa: F401  # pyright: ignore
    assert not hasattr(utils.checks, "essay")
