"""nbgrader for real: make an assignment from a solution, grade three submissions, read the points.

The commands of nbgrader run as a teacher runs them, in a course folder of their own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from tools.exercises import STUB, asks_for_figure, calls_check

ROOT = Path(__file__).parents[1]
NAME = "01_slope.ipynb"
HALF = {
    "answer-1-none": "answer_1 = -9.95",  # nearly: half a point
    "answer-3-none": "answer_3 = 10",
    "def-slope-between-p-q": (
        "def slope_between(p, q):\n    return (q[1] - p[1]) / (q[0] - p[0])\n"
    ),
    "answer-5-none": 'answer_5 = "a"',
}
HALF_POINTS = {"check-slope-1-answer-1": 0.5, "check-slope-3-answer-3": 1.0}
HALF_POINTS["check-slope-4-slope-between"] = 1.0


def nbgrader(course: Path, *command: str) -> None:
    """Run a command of nbgrader in the course; its log is shown if it fails."""
    environment = os.environ | {
        "DERIVATIVES_PROGRESS": str(course / "progress.json"),
        "JUPYTER_CONFIG_DIR": str(course / "config"),
        "IPYTHONDIR": str(course / "ipython"),
    }
    ran = subprocess.run(
        [sys.executable, "-m", "nbgrader", *command],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def cells(nb: NotebookNode) -> dict[str, NotebookNode]:
    """The cells that nbgrader knows, by their id."""
    return {c.metadata.nbgrader.grade_id: c for c in nb.cells if "nbgrader" in c.metadata}


def submit(course: Path, student: str, written: dict[str, str]) -> None:
    """Hand in the assignment with these cells filled in."""
    nb = nbformat.read(course / "release" / "slope" / NAME, as_version=4)
    for grade_id, source in written.items():
        cells(nb)[grade_id].source = source
    path = course / "submitted" / student / "slope" / NAME
    path.parent.mkdir(parents=True)
    nbformat.write(nb, path)


@pytest.fixture(scope="module", autouse=True)
def programs():
    """nbgrader calls `alembic` by its name, which an environment that is not active lacks."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PATH", str(Path(sys.executable).parent), prepend=os.pathsep)
        yield


@pytest.fixture(scope="module")
def course(programs, tmp_path_factory):
    """A course with one assignment and three graded submissions."""
    course = tmp_path_factory.mktemp("course")
    shutil.copy(ROOT / "tools" / "nbgrader_config.py", course)
    (course / "source" / "slope").mkdir(parents=True)
    shutil.copy(ROOT / "solutions" / NAME, course / "source" / "slope")
    nbgrader(course, "generate_assignment", "slope", "--create")
    solved = cells(nbformat.read(ROOT / "solutions" / NAME, as_version=4))
    right = {grade_id: c.source for grade_id, c in solved.items() if c.metadata.nbgrader.solution}
    submit(course, "full", right)
    submit(course, "half", HALF)
    points = {grade_id: "1.0" for grade_id, c in solved.items() if c.metadata.nbgrader.grade}
    submit(course, "empty", points)  # nothing but full marks, typed over the checks
    nbgrader(course, "autograde", "slope", "--create")
    return course


@pytest.fixture
def gradebook(course):
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        yield book


def test_the_assignment_holds_no_solution(course):
    released = nbformat.read(course / "release" / "slope" / NAME, as_version=4)
    exercise = nbformat.read(ROOT / "exercises" / NAME, as_version=4)
    assert [c.id for c in released.cells] == [c.id for c in exercise.cells]
    text = "\n".join(c.source for c in released.cells)
    assert "SOLUTION" not in text and "view.set" not in text and STUB in text


def test_nbgrader_reads_full_part_and_none(gradebook):
    exercise = nbformat.read(ROOT / "exercises" / NAME, as_version=4)
    most = sum(calls_check(c) and not asks_for_figure(c) for c in exercise.cells)
    scores = {
        s.student.id: (s.score, s.max_score) for s in gradebook.assignment_submissions("slope")
    }
    assert scores == {
        "full": (most, most),
        "half": (sum(HALF_POINTS.values()), most),
        "empty": (0, most),
    }
    assert 0 < sum(HALF_POINTS.values()) < most


def test_each_check_gets_its_own_points(gradebook):
    (notebook,) = gradebook.find_submission("slope", "half").notebooks
    points = {grade.name: grade.score for grade in notebook.grades if grade.score}
    assert points == HALF_POINTS


def test_nothing_waits_for_a_grade_by_hand(gradebook):
    submissions = gradebook.assignment_submissions("slope")
    assert not any(submission.needs_manual_grade for submission in submissions)


def test_a_check_of_a_live_figure_is_locked_and_not_graded(gradebook):
    """nbgrader runs the notebook anew: a figure that was dragged by hand stands at its start."""
    exercise = nbformat.read(ROOT / "exercises" / NAME, as_version=4)
    (figure,) = [c for c in exercise.cells if asks_for_figure(c)]
    grading = figure.metadata.nbgrader
    assert grading.locked and not grading.grade and figure.metadata.editable is False
    (notebook,) = gradebook.find_assignment("slope").notebooks
    assert figure.id not in {cell.name for cell in notebook.grade_cells}
    assert figure.id in {cell.name for cell in notebook.source_cells}
