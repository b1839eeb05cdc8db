"""The five calls a learner makes, each as `utils.checks` describes it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from utils import bank, running, versions
from utils.checks import course_map, store, words
from utils.checks.feedback import Feedback, Note, Outcome
from utils.checks.judge import look_and_judge
from utils.checks.kinds.figure import Live
from utils.checks.question import Question
from utils.checks.verdict import Verdict


def check(question_id: str, answer: Any) -> Feedback:
    try:
        question = bank.find(question_id)
        running.keep_course()  # what was loaded for it
        observation, verdict = look_and_judge(question, answer)
        _remember(question, verdict)
        figure = observation if isinstance(question.answer, Live) else None
        return replace(feedback(question, verdict), figure=figure and figure.to_plain())
    except bank.UnknownQuestion as unknown:
        return Feedback(Outcome.NO_QUESTION, f"{unknown} {versions.parted()}".strip())
    except Exception as problem:
        return Feedback(Outcome.STUMBLED, words.stumbled(type(problem).__name__))


def feedback(question: Question, verdict: Verdict) -> Feedback:
    """What a learner is told of a verdict, with the points that it is worth."""
    points = question.points * verdict.credit
    open_yet = verdict.outcome is Outcome.NOT_ATTEMPTED
    options = tuple(question.answer.offered.items()) if open_yet else ()
    return Feedback(verdict.outcome, verdict.message, points, verdict.mistake, question.id, options)


def aim(question_id: str, view: Any) -> Any:
    try:
        question = bank.find(question_id)
        running.keep_course()  # what was loaded for it
        if isinstance(question.answer, Live):
            question.answer.show_goal(view)
    except bank.UnknownQuestion as unknown:
        return _no_question(unknown)
    except Exception:
        return view  # where no truth is at hand, the figure goes without a goal
    return view


def hint(question_id: str, step: int | None) -> Note:
    try:
        question = bank.find(question_id)
    except bank.UnknownQuestion as unknown:
        return _no_question(unknown)
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
    try:
        question = bank.find(question_id)
    except bank.UnknownQuestion as unknown:
        return _no_question(unknown)
    if not store.change(lambda progress: _may_see(progress, question)):
        return Note(
            f"{question.id} is still open",
            "A try of your own makes the solution worth twice as much, and a wrong try does no "
            f'harm. `hint("{question.id}")` gives you a first step. If you would rather see the '
            "solution now, run this cell once more.",
        )
    return solved(question)


def solved(question: Question) -> Note:
    """The solution of a question, and why it works."""
    return Note(
        f"Solution of {question.id}, {question.title}",
        f"\n\n{question.solution.strip()}\n\n**Why.** {question.why.strip()}",
    )


def _may_see(progress: store.Progress, question: Question) -> bool:
    entry = progress.entry(question.id)
    entry.asked += 1
    return entry.state != store.OPEN or entry.asked > 1


def progress(reset: bool | str | None, *, confirm: bool) -> course_map.CourseMap | Note:
    if reset:
        return _reset(reset, confirm)
    known = store.change(_read_and_acknowledge)
    return course_map.draw(bank.overview(), known, date.today())


def _read_and_acknowledge(known: store.Progress) -> store.Progress:
    """The progress as it is; the remark about a damaged file is shown once."""
    shown = replace(known, set_aside=list(known.set_aside))
    known.set_aside.clear()
    return shown


def _reset(what: bool | str, confirm: bool) -> Note:
    def meant(name: str) -> bool:
        return what is True or what in (name, name.partition(".")[0])

    def chosen(known: store.Progress) -> tuple[list[str], list[str]]:
        """The questions that were touched, and the kinds of problems that came up."""
        asked = [name for name, entry in known.entries.items() if entry != store.Entry()]
        return [*filter(meant, asked)], [*filter(meant, known.practised)]

    def forget(known: store.Progress) -> tuple[list[str], list[str]]:
        asked, practised = chosen(known)
        for name in asked:
            del known.entries[name]
        for name in practised:
            del known.practised[name]
        for chapter in [*filter(meant, known.ladders)]:
            del known.ladders[chapter]
        return asked, practised

    name = "the whole course" if what is True else f"`{what}`"
    if confirm:
        return Note("Forgotten", f"Progress of {name}: {_counted(*store.change(forget))}.")
    asked, practised = chosen(store.load())
    if not asked and not practised:
        return Note("Nothing to forget", f"There is no progress of {name} yet.")
    return Note(
        "Are you sure?",
        f"This forgets the progress of {name}: {_counted(asked, practised)}. Your notebooks stay "
        f"as they are. To do it, run `progress(reset={what!r}, confirm=True)`.",
    )


def _counted(asked: Sequence[str], practised: Sequence[str]) -> str:
    questions = "1 question" if len(asked) == 1 else f"{len(asked)} questions"
    if not practised:
        return questions
    kinds = "1 kind" if len(practised) == 1 else f"{len(practised)} kinds"
    return f"{questions}, {kinds} of problems in practice"


def _no_question(unknown: bank.UnknownQuestion) -> Note:
    return Note("No such question", str(unknown))


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
