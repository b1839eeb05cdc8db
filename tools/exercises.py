"""Make the exercise notebook from its solution, with nbgrader's own preprocessors.

In a solution notebook

- what stands between `### BEGIN SOLUTION` and `### END SOLUTION` is taken out,
- a cell tagged `solution-only` is left out,
- a cell with a call such as `check("slope.3", answer)` is graded, one point each; where a live
  figure is asked it is locked and not graded, since nbgrader runs the notebook anew and what was
  dragged by hand is gone then.

The nbgrader metadata of solutions is written here too; nothing in it is kept by hand.
"""

from __future__ import annotations

import ast
import copy
import re

from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.nbgraderformat import SCHEMA_VERSION, MetadataValidator
from nbgrader.preprocessors import ClearOutput, ClearSolutions, ComputeChecksums, LockCells

from utils import questions
from utils.checks import Live

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"
SOLUTION_ONLY = "solution-only"
STUB = "...  # your answer here"
# Alone in a cell, `...` would be shown as its value.
TOP_LEVEL_STUB = "# your answer here"

_DELIMITER = re.compile(r"(BEGIN|END) SOLUTION")


class ExerciseError(ValueError):
    """A solution notebook from which no exercise can be made; the message says where and why."""


def mark_solution(nb: NotebookNode) -> None:
    """Write the nbgrader metadata of a solution notebook, in place. Ids must be settled.

    Raises ExerciseError for a cell that does not follow the convention.
    """
    for cell in nb.cells:
        cell.metadata.pop("nbgrader", None)
        _require_paired_delimiters(cell)
        has_region, has_check = BEGIN in cell.source, calls_check(cell)
        if has_region and has_check:
            raise ExerciseError(
                f"cell {cell.id!r}: an answer and its check(…) stand in one cell;"
                " put the check in a cell of its own"
            )
        if has_region:
            cell.metadata.nbgrader = _grading(cell, solution=True)
        elif has_check and SOLUTION_ONLY not in cell.metadata.get("tags", []):
            if asks_for_figure(cell):
                cell.metadata.nbgrader = _grading(cell, locked=True)
            else:
                cell.metadata.nbgrader = _grading(cell, grade=True, locked=True, points=1)
    MetadataValidator().validate_nb(nb)


def make_exercise(solution: NotebookNode) -> NotebookNode:
    """The exercise notebook of a marked solution notebook: same ids, no answers, no outputs."""
    nb = copy.deepcopy(solution)
    nb.cells = [c for c in nb.cells if SOLUTION_ONLY not in c.metadata.get("tags", [])]
    resources = ResourcesDict()
    for step in (
        ClearSolutions(code_stub={"python": STUB}),
        ClearOutput(),
        LockCells(),
        ComputeChecksums(),
    ):
        if isinstance(step, ComputeChecksums):
            _shorten_stubs(nb)
        nb, resources = step.preprocess(nb, resources)
    MetadataValidator().validate_nb(nb)
    return nb


def calls_check(cell: NotebookNode) -> bool:
    """Whether a code cell calls `check("chapter.n", …)`."""
    return bool(checked_questions(cell))


def asks_for_figure(cell: NotebookNode) -> bool:
    """Whether a code cell checks a live figure."""
    asked = [questions.find(question_id) for question_id in checked_questions(cell)]
    return any(question is not None and isinstance(question.answer, Live) for question in asked)


def checked_questions(cell: NotebookNode) -> list[str]:
    """The ids in the calls of `check("chapter.n", …)` of a code cell."""
    if cell.cell_type != "code":
        return []
    try:
        tree = ast.parse(cell.source)
    except SyntaxError:
        return []
    return [
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "check"
        and node.args
        and isinstance(node.args[0], ast.Constant)
        and isinstance(node.args[0].value, str)
        and "." in node.args[0].value
    ]


def _require_paired_delimiters(cell: NotebookNode) -> None:
    lines = [line.strip() for line in cell.source.split("\n") if _DELIMITER.search(line)]
    if not lines:
        return
    if cell.cell_type != "code":
        raise ExerciseError(
            f"cell {cell.id!r}: a solution region stands in text; tag the cell {SOLUTION_ONLY!r}"
        )
    if lines != [BEGIN, END] * (len(lines) // 2):
        raise ExerciseError(
            f"cell {cell.id!r}: the lines {BEGIN!r} and {END!r} do not come in pairs"
        )


def _grading(
    cell: NotebookNode,
    *,
    grade: bool = False,
    solution: bool = False,
    locked: bool = False,
    points: int | None = None,
) -> NotebookNode:
    grading = NotebookNode(
        grade=grade,
        grade_id=cell.id,
        locked=locked,
        schema_version=SCHEMA_VERSION,
        solution=solution,
        task=False,
    )
    if points is not None:
        grading.points = points
    return grading


def _shorten_stubs(nb: NotebookNode) -> None:
    for cell in nb.cells:
        if cell.cell_type == "code":
            lines = cell.source.split("\n")
            cell.source = "\n".join(TOP_LEVEL_STUB if line == STUB else line for line in lines)
