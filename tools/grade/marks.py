"""From what was seen in the sandbox to marks: here stand the truths, and no learner's code runs."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tools.grade import cells, figures
from tools.grade.nursery import DONE, Ran
from tools.grade.observer import MISSING
from tools.grade.sheet import LOOK, RUN, Sheet
from tools.grade.submission import Submission
from utils import running
from utils.checks.desk import feedback
from utils.checks.feedback import Outcome
from utils.checks.judge import decide
from utils.checks.kinds.figure import Live
from utils.checks.question import Question
from utils.checks.seam import Observation

LONGEST_LINE = 8_000_000  # characters of one observation
LONGEST_MESSAGE = 3_000
LONGEST_ANSWER = 600  # characters of an answer that are shown to a teacher
DECIDING = 60.0  # seconds for one verdict; made-up data can keep our own code busy
MOST_RUNS = 8  # of one submission: each leaves out one more cell that kills


@dataclass(frozen=True)
class Mark:
    """What one learner gets for one question.

    verdict: the value of an `Outcome`. mistake: its id, or empty. word: "Correct", "Nearly", …
    answer: what was handed over, as it was written. note: what a teacher should look at.
    """

    question: str
    verdict: str
    word: str
    mistake: str
    points: float
    most: float
    message: str
    answer: str = ""
    note: str = ""


@dataclass(frozen=True)
class Seen:
    """What came of a run: of each look the data, by the number of its step.

    begun: the last step that was begun. ended: as the nursery says it.
    """

    looks: Mapping[int, Any]
    begun: int = -1
    ended: str = DONE


def read(ran: Ran) -> Seen:
    """What a run said, read with care: lines that are none are left out."""
    looks: dict[int, Any] = {}
    begun = -1
    for line in ran.said.split(b"\n"):
        record = _record(line)
        step = record.get("step")
        if type(step) is int and step >= 0:
            begun = step
            if "seen" in record:
                looks[step] = record["seen"]
    return Seen(looks, begun, ran.ended)


def _record(line: bytes) -> dict[str, Any]:
    try:
        if not line or len(line) > LONGEST_LINE:
            return {}
        data = json.loads(line, parse_constant=_no_number)
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _no_number(name: str) -> float:
    raise ValueError(name)


def culprit(sheet: Sheet, seen: Seen, skipped: Sequence[int]) -> int | None:
    """The step to leave out next time: the one that was begun and did not end.

    None if every answer was looked at, or if nobody can tell.
    """
    looks = (i for i, step in enumerate(sheet.steps) if step.kind == LOOK and i not in skipped)
    if all(step in seen.looks for step in looks) or len(skipped) >= MOST_RUNS:
        return None
    fits = 0 <= seen.begun < len(sheet.steps) and seen.begun not in skipped
    return seen.begun if fits else None


def marks(sheet: Sheet, submission: Submission, seen: Seen, skipped: Sequence[int]) -> list[Mark]:
    """A mark for each question that the submission is marked on."""
    return [_mark(question, sheet, submission, seen, skipped) for question in sheet.asked]


def _mark(
    question: Question, sheet: Sheet, submission: Submission, seen: Seen, skipped: Sequence[int]
) -> Mark:
    steps = [i for i, s in enumerate(sheet.steps) if s.kind == LOOK and s.question == question.id]
    found = [judged(question, seen.looks[step]) for step in steps if step in seen.looks]
    tried = [mark for mark in found if mark.verdict != Outcome.NOT_ATTEMPTED.value]
    mark = (tried or found or [_nothing(question, _not_run(sheet, steps, seen, skipped))])[-1]
    saved = submission.records.get(question.id)
    if saved is not None and isinstance(question.answer, Live):
        if figures.is_possible(question, saved):
            by_hand = judged(question, saved.to_plain())
            if mark.points <= by_hand.points:
                mark = replace(by_hand, answer=_stands(saved))
        else:
            mark = replace(mark, note="The figure was left where its sliders do not reach.")
    expression = sheet.steps[steps[-1]].text if steps else ""
    return replace(mark, answer=mark.answer or written(expression, sheet, steps))


def judged(question: Question, data: Any) -> Mark:
    """The mark for what was seen of one answer. data: as the sandbox wrote it, so made up or not.

    Raises nothing: what cannot be read as an observation counts as nothing handed in.
    """
    if data == MISSING:
        return _nothing(question, "")
    try:
        observation = Observation.from_plain(data)
        ran = running.run(lambda: _decided(question, observation), DECIDING)
        if ran.result is None:
            raise ValueError("there is no end of it")
        return ran.result
    except (ValueError, RecursionError):
        return _nothing(question, "What came out of the notebook cannot be read as an answer.")


def _decided(question: Question, observation: Observation) -> Mark | None:
    try:
        said = feedback(question, decide(question, observation))
    except Exception:  # made-up data; what our own code makes of it is of no interest
        return None
    message = said.message[:LONGEST_MESSAGE]
    return Mark(
        question.id,
        said.outcome.value,
        said.word,
        said.mistake or "",
        said.points,
        question.points,
        message,
    )


def _nothing(question: Question, note: str) -> Mark:
    verdict = Outcome.NOT_ATTEMPTED
    message = question.answer.empty(question.id)
    return Mark(
        question.id, verdict.value, "Not attempted", "", 0.0, question.points, message, note=note
    )


def _not_run(sheet: Sheet, steps: Sequence[int], seen: Seen, skipped: Sequence[int]) -> str:
    """Why a question was not looked at, for the teacher."""
    if any(step in skipped for step in steps):
        return "Looking at this answer ended the process or went on without end."
    return f"The notebook could not be run to its end ({seen.ended})."


def _stands(saved: Observation) -> str:
    values = (saved.seen and saved.seen.values) or {}
    return ", ".join(f"{name} = {value}" for name, value in values.items())[:LONGEST_ANSWER]


def written(expression: str, sheet: Sheet, steps: Sequence[int]) -> str:
    """What a learner wrote for an answer: the last statement that binds its name."""
    before = sheet.steps[: steps[-1]] if steps else ()
    for name in reversed(cells.names_in(expression)):
        for step in reversed(before):
            if step.kind == RUN and (text := cells.text_of(name, step.text)):
                return _clipped(text)
    return ""


def _clipped(text: str) -> str:
    lines = [line for line in text.splitlines() if not line.strip().startswith("#")]
    return "\n".join(lines)[:LONGEST_ANSWER]


def totals(found: Sequence[Mark]) -> tuple[float, float]:
    """Points, and how many there are."""
    return sum(mark.points for mark in found), sum(mark.most for mark in found)


def notes(sheet: Sheet, found: Sequence[Mark], skipped: Sequence[int]) -> Iterator[str]:
    """What a teacher should look at, in sentences."""
    yield from sheet.notes
    for step in skipped:
        if sheet.steps[step].kind == RUN:
            yield f"Code cell {sheet.steps[step].cell} ended the process or never ended: left out."
    yield from (f"{mark.question}: {mark.note}" for mark in found if mark.note)
