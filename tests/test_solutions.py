"""What `solution(…)` shows is run where a learner would run it, and must be right.

So must what stands between BEGIN SOLUTION and END SOLUTION in the solved notebooks.

For each exercise a fresh namespace is made from the cells of the exercise notebook above its check,
still unsolved; the solution's code runs in it, and what the check's cell hands over is judged. A
question of a lesson has `...` in its cell: there the value of the solution's last line is judged,
or the letter it names.
"""

from __future__ import annotations

import ast
import contextlib
import io
import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import matplotlib
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from tools import clean
from tools.exercises import checked_questions
from tools.facts import is_exercise
from utils import questions, style
from utils.checks import Choice, Feedback, Outcome, Question, check

ROOT = Path(__file__).resolve().parent.parent

# Exercises that go on with what an earlier one of the same notebook has made.
BUILDS_ON = {
    "rate_of_change.6": ["rate_of_change.3"],
    "linear_regression.6b": ["linear_regression.3b"],
    "many_machines.7": ["many_machines.2"],
    "project.6": ["project.3", "project.4", "project.5"],
    "project.7": ["project.3"],
    "project.8": [f"project.{step}" for step in range(1, 6)],
}
# The first takes seconds, the second the source of a cell, and no solution needs what they give.
STARTS_PROCESSES = ("train_together(", "worker_file(")

_CODE = re.compile(r"```python\n(.*?)```", re.S)
_LETTER = re.compile(r"\banswer is \*\*([a-z])\*\*")


@pytest.fixture(autouse=True)
def alone(tmp_path, monkeypatch) -> Iterator[None]:
    """What notebooks set for their whole kernel is undone after each test."""
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))
    monkeypatch.setattr(Figure, "_repr_mimebundle_", None, raising=False)
    monkeypatch.setattr(plt, "show", lambda *_, **__: plt.close("all"))
    printed = contextlib.redirect_stdout(io.StringIO())
    with matplotlib.rc_context(), warnings.catch_warnings(), printed:
        yield
        style.use()  # not for a class, whatever a notebook asked for
    plt.close("all")


def notebook_of(folder: str, chapter: str) -> NotebookNode:
    path = ROOT / folder / questions.notebook(chapter)
    return clean.read(path.read_text(encoding="utf-8"))


def cells_of(folder: str, chapter: str) -> list[str]:
    nb = notebook_of(folder, chapter)
    return [cell.source for cell in nb.cells if cell.cell_type == "code"]


def code_of(question: Question) -> str:
    return "\n".join(_CODE.findall(question.solution))


def last_value(code: str, namespace: dict[str, Any]) -> Any:
    """Run code; the value of its last line where that is an expression, else `...`."""
    tree = ast.parse(code)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "<cell>", "exec"), namespace)
    if last is None:
        return ...
    return eval(compile(ast.Expression(last.value), "<cell>", "eval"), namespace)


def feedback_on_exercise(question: Question, cells: list[str], earlier: list[str]) -> Feedback:
    """What the check says after the solution's code, run below the cells above that check.

    earlier: ids of questions whose solutions run at their own places.
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}
    solved = {question.id: question} | {other: questions.find(other) for other in earlier}
    for source in cells:
        asked = checked_questions(new_code_cell(source))
        for question_id in asked:
            if question_id in solved:
                exec(code_of(solved[question_id]), namespace)
        if question.id in asked:
            return last_value(source, namespace)
        exec(source, namespace)
    raise AssertionError(f"no cell checks {question.id}")


def fault(question: Question, answer: Any) -> list[str]:
    feedback = answer if isinstance(answer, Feedback) else check(question.id, answer)
    if feedback.outcome is Outcome.CORRECT:
        return []
    return [f"{question.id}: {feedback.outcome.value}: {feedback.message}\n{question.solution}"]


def faults_of_exercises(asked: list[Question], cells: list[str], builds_on=None) -> list[str]:
    found = []
    for question in asked:
        earlier = (builds_on or {}).get(question.id, [])
        try:
            found += fault(question, feedback_on_exercise(question, cells, earlier))
        except Exception as error:
            found.append(f"{question.id}: {type(error).__name__}: {error}\n{question.solution}")
    return found


def faults_of_lesson(asked: list[Question], cells: list[str]) -> list[str]:
    namespace: dict[str, Any] = {"__name__": "__main__"}
    left = {question.id: question for question in asked}
    found = []
    for source in without_processes(cells):
        for question_id in checked_questions(new_code_cell(source)):
            if question_id in left:
                found += _faults_in_lesson(left.pop(question_id), dict(namespace))
        if not left:
            break
        exec(source, namespace)
    return [*found, *(f"no cell checks {question_id}" for question_id in left)]


def without_processes(cells: list[str]) -> Iterator[str]:
    """The cells, except those that start processes or read what such a cell has made."""
    missing: set[str] = set()
    for source in cells:
        names = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Name)]
        stored = {node.id for node in names if isinstance(node.ctx, ast.Store)}
        skipped = any(call in source for call in STARTS_PROCESSES)
        if skipped or missing & {node.id for node in names} - stored:
            missing |= stored
        else:
            missing -= stored
            yield source


def _faults_in_lesson(question: Question, namespace: dict[str, Any]) -> list[str]:
    try:
        value = last_value(code_of(question), namespace)
    except Exception as error:
        return [f"{question.id}: {type(error).__name__}: {error}\n{question.solution}"]
    if isinstance(question.answer, Choice) and not isinstance(value, Feedback):
        letters = _LETTER.findall(question.solution)
        value = letters[0] if len(set(letters)) == 1 else ...
    return fault(question, value)


@pytest.mark.parametrize("chapter", questions.chapters())
def test_shown_solutions_of_exercises_are_right(chapter: str) -> None:
    asked = [question for question in questions.questions(chapter) if is_exercise(question)]
    found = faults_of_exercises(asked, cells_of("exercises", chapter), BUILDS_ON)
    assert not found, "\n\n".join(found)


@pytest.mark.parametrize("chapter", questions.chapters())
def test_shown_solutions_in_lessons_are_right(chapter: str) -> None:
    asked = [question for question in questions.questions(chapter) if not is_exercise(question)]
    found = faults_of_lesson(asked, cells_of("notebooks", chapter))
    assert not found, "\n\n".join(found)


def faults_of_solved(nb: NotebookNode) -> list[str]:
    """The checks of a solved notebook that stored less than all points."""
    found = []
    for cell in nb.cells:
        for question_id in checked_questions(cell):
            (output,) = cell.outputs
            points = output.data["text/plain"]
            if points != repr(questions.find(question_id).points):
                found.append(f"{question_id}: {points} points")
    return found


@pytest.mark.parametrize("chapter", questions.chapters())
def test_solved_notebooks_earn_all_points(chapter: str) -> None:
    # Running them is nbval's, which compares what comes out with what is stored.
    assert faults_of_solved(notebook_of("solutions", chapter)) == []


# --- a false solution is found ---


def test_a_false_solution_in_a_solved_notebook_is_found() -> None:
    unsolved = notebook_of("exercises", "start_here")
    assert "start_here.1: 0.0 points" in faults_of_solved(unsolved)


@pytest.mark.parametrize(
    ("code", "found"),
    [
        ("change = 4.2 - 5.0", "start_here.1: not-attempted"),
        ("change_1 = 5.0 - 4.2", "start_here.1: mistake"),
        ("change_1 = after - before", "start_here.1: NameError"),
    ],
)
def test_a_false_solution_of_an_exercise_is_found(code: str, found: str) -> None:
    question = replace(questions.find("start_here.1"), solution=f"```python\n{code}\n```")
    (fault,) = faults_of_exercises([question], cells_of("exercises", "start_here"))
    assert fault.startswith(found)


def test_a_solution_must_not_lean_on_an_earlier_one_unsaid() -> None:
    question = questions.find("rate_of_change.6")
    cells = cells_of("exercises", "rate_of_change")
    (fault,) = faults_of_exercises([question], cells)
    assert fault.startswith("rate_of_change.6: TypeError")
    assert faults_of_exercises([question], cells, BUILDS_ON) == []


@pytest.mark.parametrize(
    ("question_id", "solution", "found"),
    [
        ("start_here.big_nudge", "The answer is **a**, smaller.", "mistake"),
        ("start_here.big_nudge", "It ends larger.", "not-attempted"),
        ("start_here.big_nudge", '```python\ncheck("start_here.big_nudge", "c")\n```', "mistake"),
        ("start_here.change", "```python\nerror(1) - error(1.1)\n```", "mistake"),
        ("start_here.change", "```python\nloss(1.1) - loss(1)\n```", "NameError"),
    ],
)
def test_a_false_solution_in_a_lesson_is_found(question_id: str, solution: str, found: str) -> None:
    question = replace(questions.find(question_id), solution=solution)
    (fault,) = faults_of_lesson([question], cells_of("notebooks", "start_here"))
    assert fault.startswith(f"{question_id}: {found}")
