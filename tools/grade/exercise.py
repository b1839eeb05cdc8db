"""What the course asks: its own exercise notebooks, read from the disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools.grade import cells
from utils import questions
from utils.checks.kinds.figure import Live
from utils.checks.question import Question


@dataclass(frozen=True)
class Exercise:
    """One notebook of exercises.

    name: of its file, "04_derivative". chapter: "derivative".
    asked: the questions in their order.
    expressions: of each question, what its check hands over, such as "answer_2".
    only_shown: cells, as `cells.same` writes them, that change nothing that is asked.
    figures: cells that make a live figure, and the questions that ask for it.
    """

    name: str
    chapter: str
    asked: tuple[Question, ...]
    expressions: Mapping[str, str]
    only_shown: frozenset[str]
    figures: Mapping[str, frozenset[str]]

    @property
    def title(self) -> str:
        """ "04 · What is the slope at one point?" """
        return f"{self.name.partition('_')[0]} · {questions.CHAPTERS[self.chapter]}"


@cache
def exercises(folder: Path) -> dict[str, Exercise]:
    """The exercises in a folder, by their chapters; notebooks that ask nothing are left out."""
    found = (_read(path) for path in sorted(folder.glob("*.ipynb")))
    return {exercise.chapter: exercise for exercise in found if exercise}


def _read(path: Path) -> Exercise | None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    handed = [
        ("".join(cell["source"]), cell["metadata"].get("nbgrader", {}).get("solution", False))
        for cell in notebook["cells"]
        if cell["cell_type"] == "code"
    ]
    checks = [check for source, _ in handed for check in cells.checks(source)]
    expressions = {check.question: check.expression for check in checks}
    asked = [question for check in checks if (question := questions.find(check.question))]
    if not asked:
        return None
    given = [source for source, is_solution in handed if not is_solution]
    return Exercise(
        path.stem,
        asked[0].chapter,
        tuple(asked),
        expressions,
        frozenset(cells.same(source) for source in given if cells.only_shows(source)),
        _figures(given, asked, expressions),
    )


def _figures(
    given: Sequence[str], asked: Sequence[Question], expressions: Mapping[str, str]
) -> dict[str, frozenset[str]]:
    """Handed-out cells that only make figures which are asked for."""
    names = {
        expressions[question.id]: question.id
        for question in asked
        if isinstance(question.answer, Live)
    }
    found = {}
    for source in given:
        made = cells.makes(source)
        if made and made <= names.keys():
            found[cells.same(source)] = frozenset(names[name] for name in made)
    return found
