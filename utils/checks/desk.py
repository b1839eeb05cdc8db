"""What stands behind the four calls a learner makes; `utils.checks` describes them."""

from __future__ import annotations

import difflib
import importlib
from typing import Any

from utils import running
from utils.checks import course_map, store, words
from utils.checks.feedback import Feedback, Note, Outcome
from utils.checks.judge import Verdict, judge
from utils.checks.question import Question


def check(question_id: str, answer: Any = None) -> Feedback:
    """Judge ``answer`` to a question, and say what is right or which mistake it is.

    Args:
        question_id: Such as "slope.1".
        answer: What the question asks for; left out, ``None`` and ``...`` mean "not yet".

    Returns:
        Feedback: shows its message in a notebook; its ``repr`` is the points.

    It never raises, whatever the answer does (save for the "interrupt" button). What it shows
    depends on the question and the answer alone.
    """
    replaced = running.restore_names()  # first of all: it may be abs, or len, or next
    try:
        question = _question(question_id)
        if question is None:
            return Feedback(Outcome.NO_QUESTION, _unknown(question_id))
        verdict = judge(question, answer)
        _remember(question, verdict)
        points = question.points * verdict.credit
        return Feedback(verdict.outcome, verdict.message, points, verdict.mistake)
    except Exception as problem:
        return Feedback(Outcome.STUMBLED, words.stumbled(type(problem).__name__))
    finally:
        running.put_back(replaced)


def hint(question_id: str, step: int | None = None) -> Note:
    """Show the next hint of a question; each call goes one step further.

    Args:
        question_id: Such as "slope.1".
        step: Show this hint again (1 is the first one) instead of the next.
    """
    question = _question(question_id)
    if question is None:
        return Note("No such question", _unknown(question_id))
    hints, count = question.hints, len(question.hints)
    shown = step or store.change(lambda progress: _next_hint(progress, question))
    if not 1 <= shown <= count:
        return Note(
            f"No more hints for {question.id}",
            f'You have seen all {count}. `hint("{question.id}", 1)` shows the first one again, '
            f'and `solution("{question.id}")` shows the solution and why it works.',
        )
    last = shown == count
    more = (
        f'That was the last one; `solution("{question.id}")` shows the solution.'
        if last
        else f'`hint("{question.id}")` goes one step further.'
    )
    return Note(f"{question.id}, hint {shown} of {count}", f"{hints[shown - 1]}\n\n{more}")


def _next_hint(progress: store.Progress, question: Question) -> int:
    """Count one hint more; the result is one too many when all have been seen."""
    entry = progress.entry(question.id)
    shown = entry.hints + 1
    entry.hints = min(shown, len(question.hints))
    return shown


def solution(question_id: str) -> Note:
    """Show the solution and its reason: after an attempt, or when asked for the second time."""
    question = _question(question_id)
    if question is None:
        return Note("No such question", _unknown(question_id))
    if not store.change(lambda progress: _may_see(progress, question)):
        return Note(
            f"{question.id} is still open",
            "A try of your own makes the solution worth twice as much, and a wrong try does no "
            f'harm. `hint("{question.id}")` gives you a first step. If you would rather see the '
            "solution now, run this cell once more.",
        )
    return Note(
        f"Solution of {question.id}, {question.title}",
        f"\n\n{question.solution.strip()}\n\n**Why.** {question.why.strip()}",
    )


def _may_see(progress: store.Progress, question: Question) -> bool:
    entry = progress.entry(question.id)
    entry.asked += 1
    return entry.state != store.OPEN or entry.asked > 1


def progress(
    reset: bool | str | None = None, *, confirm: bool = False
) -> course_map.CourseMap | Note:
    """Draw the map of the course: what is done, tried and open, and where to continue."""
    if reset:
        return _reset(reset, confirm)
    known = store.change(_read_and_acknowledge)
    return course_map.draw(importlib.import_module("utils.questions").overview(), known)


def _read_and_acknowledge(known: store.Progress) -> store.Progress:
    """The progress as it is; the remark about a damaged file is shown once."""
    shown = store.Progress(dict(known.entries), list(known.set_aside))
    known.set_aside.clear()
    return shown


def _reset(what: bool | str, confirm: bool) -> Note:
    def chosen(known: store.Progress) -> list[str]:
        return [
            question_id
            for question_id, entry in known.entries.items()
            if entry != store.Entry()
            and (what is True or what in (question_id, question_id.partition(".")[0]))
        ]

    def forget(known: store.Progress) -> int:
        ids = chosen(known)
        for question_id in ids:
            del known.entries[question_id]
        return len(ids)

    name = "the whole course" if what is True else f"`{what}`"
    if confirm:
        count = store.change(forget)
        return Note("Forgotten", f"Progress of {name}: {_counted(count)}.")
    count = len(chosen(store.load()))
    if not count:
        return Note("Nothing to forget", f"There is no progress of {name} yet.")
    return Note(
        "Are you sure?",
        f"This forgets the progress of {name}: {_counted(count)}. Your notebooks stay as they "
        f"are. To do it, run `progress(reset={what!r}, confirm=True)`.",
    )


def _counted(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


# ---- between questions and progress --------------------------------------------------------------


def _question(question_id: Any) -> Question | None:
    # Looked up by name at run time, because questions are built from this package, not it on them.
    return importlib.import_module("utils.questions").find(question_id)


def _unknown(question_id: Any) -> str:
    ids = [question.id for question in importlib.import_module("utils.questions").all_questions()]
    near = difflib.get_close_matches(str(question_id).lower(), ids, n=1)
    shown = str(question_id)[:40].replace("`", "'")
    if near:
        return f'I know no question `{shown}`. Did you mean `"{near[0]}"`?'
    return f'I know no question `{shown}`. Ids look like `"slope.1"`: the chapter and a number.'


def _remember(question: Question, verdict: Verdict) -> None:
    if verdict.outcome is Outcome.NOT_ATTEMPTED:
        return

    def note(known: store.Progress) -> None:
        entry = known.entry(question.id)
        if verdict.outcome is Outcome.CORRECT:
            entry.state = store.DONE
        elif entry.state == store.OPEN:
            entry.state = store.TRIED

    store.change(note)
