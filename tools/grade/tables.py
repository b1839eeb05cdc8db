"""The two tables: every answer, and a line for each learner."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from tools.grade.marks import Mark, totals
from tools.grade.page import points


def answers(rows: Iterable[tuple[str, Sequence[Mark]]]) -> str:
    """student, question, verdict, mistake, points, message: a line for each answer."""
    table = [("student", "question", "verdict", "mistake", "points", "message")]
    for student, marks in rows:
        table += [
            (student, m.question, m.verdict, m.mistake, points(m.points), m.message) for m in marks
        ]
    return _csv(table)


def all_totals(rows: Iterable[tuple[str, str, str, Sequence[Mark], Sequence[str]]]) -> str:
    """student, contact, chapter, points, of, to look at: a line for each learner and chapter.

    rows: student, contact, chapter, marks, and what a teacher should look at.
    """
    table = [("student", "contact", "chapter", "points", "of", "to look at")]
    for student, contact, chapter, marks, notes in rows:
        got, most = totals(marks)
        # An import that finds a text of feedback and no points may take points away: none is empty.
        table.append((student, contact, chapter, points(got), points(most), " ".join(notes)))
    return _csv(table)


def _csv(table: Iterable[Sequence[Any]]) -> str:
    """With the mark by which spreadsheets know UTF-8; no text in it is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerows([[_harmless(str(cell)) for cell in row] for row in table])
    return "\ufeff" + text.getvalue()


def _harmless(cell: str) -> str:
    is_formula = cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    return f"'{cell}" if is_formula and not cell.lstrip("+-").replace(".", "").isdigit() else cell
