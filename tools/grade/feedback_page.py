"""A page for one learner: what each check says, with points, and nobody else's name on it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from tools.grade.exercise import Exercise
from tools.grade.marks import Mark, totals
from tools.grade.page import SIGNS, group_of, page, points
from utils import questions
from utils.checks.feedback import to_html

_STYLE = """
section { border-left: 5px solid #ccc; padding: .2em 1em; margin: 1em 0; break-inside: avoid; }
section.correct { border-color: var(--right); } section.nearly { border-color: var(--near); }
section.not-yet { border-color: var(--not-yet); }
section h2, section p, section ul, section pre { color: #1a1a1a; }
section .word { font-weight: 600; }
.points { float: right; font-weight: 600; color: #1a1a1a; }
"""


def feedback_page(student: str, works: Sequence[tuple[Exercise, Sequence[Mark]]]) -> str:
    """The page. works: for each chapter the marks."""
    parts = [_work(exercise, marks, student) for exercise, marks in works]
    titles = ", ".join(exercise.title for exercise, _ in works)
    return page(f"{student}: {titles}", "\n".join(parts), _STYLE)


def _work(exercise: Exercise, marks: Sequence[Mark], student: str) -> str:
    got, most = totals(marks)
    head = (
        f"<h1>{escape(exercise.title)}</h1>\n"
        f"<p><strong>{escape(student)}</strong>: {points(got)} of {points(most)} points.</p>"
    )
    return "\n".join([head, *(_mark(number, mark) for number, mark in enumerate(marks, 1))])


def _mark(number: int, mark: Mark) -> str:
    group = group_of(mark.verdict)
    question = questions.find(mark.question)
    title = question.title if question else mark.question
    answer = f"<pre>{escape(mark.answer)}</pre>" if mark.answer else ""
    return (
        f'<section class="{group}"><span class="points">{points(mark.points)} of '
        f"{points(mark.most)}</span>"
        f"<h2>{number}. {escape(title)}</h2>{answer}"
        f'<div><span class="word {group}"><span aria-hidden="true">{SIGNS[group]}</span> '
        f"{escape(mark.word)}.</span> {to_html(mark.message)}</div></section>"
    )
