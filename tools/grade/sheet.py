"""What is to be done with a submission: cells to run, and where to look at which answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.grade import cells
from tools.grade.exercise import Exercise
from tools.grade.submission import Submission
from utils import questions
from utils.checks.question import Question
from utils.checks.seam import Task

CELL_SECONDS = 10.0
RUN, SHOW, LOOK = "run", "show", "look"


@dataclass(frozen=True)
class Step:
    """One step in the sandbox.

    kind: RUN code; SHOW, which is run only where a name turns out to be missing; or LOOK.
    text: the code, or the expression to look at. cell: the number of the cell, from 1.
    question: of a LOOK, its id.
    """

    kind: str
    text: str
    cell: int = 0
    question: str = ""


@dataclass(frozen=True)
class Sheet:
    """The steps for one submission, and the questions it is marked on."""

    steps: tuple[Step, ...]
    asked: tuple[Question, ...]
    with_torch: bool = False
    notes: tuple[str, ...] = field(default=())

    def to_plain(
        self, skipped: Sequence[int] = (), cell_seconds: float = CELL_SECONDS
    ) -> dict[str, Any]:
        """As the sandbox gets it: tasks, and no truth.

        skipped: numbers of steps to leave out. cell_seconds: of its own processor time, or of
        waiting, that a cell may take.
        """
        tasks = {question.id: Task.of(question).to_plain() for question in self.asked}
        return {
            "torch": self.with_torch,
            "tasks": tasks,
            "steps": [[s.kind, s.text, s.cell, s.question] for s in self.steps],
            "skipped": list(skipped),
            "cell_seconds": cell_seconds,
        }


def sheet(exercise: Exercise, submission: Submission) -> Sheet:
    """What to do with a submission of an exercise.

    An expression is our own exercise's; the submission's own counts where only an earlier copy of
    the course asks the question. Check cells that are missing are made up for.
    """
    asked = _asked(exercise, submission)
    ids = [question.id for question in asked]
    recorded = submission.records.keys()
    steps: list[Step] = []
    for number, cell in enumerate(submission.code, 1):
        same = cells.same(cell.source)
        if same in exercise.only_shown and not any(isinstance(p, cells.Check) for p in cell.pieces):
            steps.append(Step(SHOW, cell.source, number))
            continue
        needed = exercise.figures.get(same)
        if needed and needed <= recorded:
            steps.append(Step(SHOW, cell.source, number))
            continue
        for piece in cell.pieces:
            if isinstance(piece, str):
                steps.append(Step(RUN, piece, number))
            elif piece.question in ids:
                expression = exercise.expressions.get(piece.question, piece.expression)
                steps.append(Step(LOOK, expression, number, piece.question))
    missing = [name for name in ids if not any(s.question == name for s in steps)]
    for name in reversed(missing):
        place = _place(name, ids, exercise.expressions, steps)
        steps.insert(place, Step(LOOK, exercise.expressions[name], 0, name))
    text = "\n".join(cell.source for cell in submission.code)
    notes = tuple(f"The check of {name} is not in the notebook." for name in missing)
    return Sheet(tuple(steps), asked, bool(re.search(r"\b(import|from)\s+torch\b", text)), notes)


def _asked(exercise: Exercise, submission: Submission) -> tuple[Question, ...]:
    """The questions of the exercise, each in the form in which the submission asks it."""
    named = dict.fromkeys(check.question for check in submission.asks)
    found = []
    for question in exercise.asked:
        others = [n for n in named if _slot(n) == _slot(question.id) and n != question.id]
        earlier = [other for name in others if (other := questions.find(name))]
        found.append(question if question.id in named or not earlier else earlier[-1])
    return tuple(found)


def _slot(question_id: str) -> str:
    """ "limits.1" for that exercise in all its forms, such as "limits.1b"."""
    return question_id.rstrip("abcdefghijklmnopqrstuvwxyz")


def _place(
    name: str, ids: Sequence[str], expressions: Mapping[str, str], steps: Sequence[Step]
) -> int:
    """Where a check that was deleted stood: behind the one before it, ahead of the one after.

    Where the next exercise takes the same name for its own answer, it is behind the first cell that
    binds it.
    """
    at = ids.index(name)
    start = next((_last(steps, one) + 1 for one in ids[:at][::-1] if _last(steps, one) >= 0), 0)
    end = next((i for i in range(start, len(steps)) if steps[i].kind == LOOK), len(steps))
    own = set(cells.names_in(expressions[name]))
    following = cells.names_in(expressions.get(ids[at + 1], "")) if at + 1 < len(ids) else []
    if own.intersection(following):
        for index in range(start, end):
            if own & cells.makes(steps[index].text):
                return index + 1
    return end


def _last(steps: Sequence[Step], question: str) -> int:
    return max((i for i, step in enumerate(steps) if step.question == question), default=-1)
