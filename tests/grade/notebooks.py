"""Notebooks as learners hand them in, made from the course's own exercises."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from tools.grade import cells
from tools.grade import exercise as exercises
from tools.grade.class_run import Looked, mark
from tools.grade.exercise import Exercise
from tools.grade.marks import Mark
from tools.grade.sheet import sheet
from tools.grade.submission import Submission, read
from utils.checks import Feedback, check

ROOT = Path(__file__).parents[2]


def exercise(chapter: str) -> Exercise:
    return exercises.exercises(ROOT / "exercises")[chapter]


@cache
def _text(folder: str, name: str) -> str:
    return (ROOT / folder / f"{name}.ipynb").read_text(encoding="utf-8")


def handed_out(chapter: str, folder: str = "exercises") -> dict[str, Any]:
    """The exercise notebook of a chapter, or with "solutions" the solved one."""
    return json.loads(_text(folder, exercise(chapter).name))


def code(source: str, outputs: Sequence[Any] = ()) -> dict[str, Any]:
    """A code cell."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": list(outputs),
        "source": source,
    }


def notebook(*sources: str) -> dict[str, Any]:
    """A notebook of code cells, without ids and without metadata."""
    return {
        "cells": [code(source) for source in sources],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 4,
    }


def written(nb: Mapping[str, Any]) -> bytes:
    return json.dumps(nb).encode()


def submission(nb: Mapping[str, Any] | bytes) -> Submission:
    return read(nb if isinstance(nb, bytes) else written(nb))


def marked(worker: Any, nb: Mapping[str, Any] | bytes, chapter: str = "") -> list[Mark]:
    """The marks for a notebook, by way of a sandbox."""
    return marked_and_noted(worker, nb, chapter)[0]


def marked_and_noted(
    worker: Any, nb: Mapping[str, Any] | bytes, chapter: str = ""
) -> tuple[list[Mark], list[str]]:
    """The marks, and what a teacher is told to look at."""
    given = submission(nb)
    asked = sheet(exercise(chapter or given.chapter), given)
    looked = worker.look(asked)
    assert isinstance(looked, Looked)
    return mark(asked, given, looked)


def checked(chapter: str, question: str, answer: Any) -> tuple[dict[str, Any], Feedback]:
    """The exercise after a check was run by hand, its output saved, and what was said there."""
    feedback = check(question, answer)
    data = {"text/plain": repr(feedback), "text/html": feedback._repr_html_()}
    data |= feedback._repr_mimebundle_()
    output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
    nb = handed_out(chapter)
    for cell in nb["cells"]:
        source = "".join(cell["source"])
        if any(c.question == question for c in cells.checks(source)):
            cell["outputs"] = [json.loads(json.dumps(output))]
    return nb, feedback


def without_truths(source: str) -> str:
    """The source of a table of answers, with what it imports from beside the truths as text."""
    lines = []
    for statement in ast.parse(source).body:
        module = statement.module if isinstance(statement, ast.ImportFrom) else ""
        if module and module.startswith("utils.questions"):
            lines.append(_beside_the_truths(module))
        else:
            lines.append(ast.get_source_segment(source, statement) or "")
    return "\n".join(lines).replace("from __future__ import annotations\n", "")


def _beside_the_truths(module: str) -> str:
    path = ROOT.joinpath(*module.split(".")).with_suffix(".py")
    source = path.read_text(encoding="utf-8")
    kept = [
        ast.get_source_segment(source, statement) or ""
        for statement in ast.parse(source).body
        if "QUESTIONS" not in ast.unparse(statement).partition("=")[0]
    ]
    return without_truths("\n".join(kept))
