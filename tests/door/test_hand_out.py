"""`course.py hand-out`: copies for a class, in a folder of the teacher's choice."""

from pathlib import Path

import pytest

from tests.door.course_copy import assert_told, call
from tools.door import my_work

CELLS = '{{"cells": [{{"cell_type": "markdown", "source": "{}"}}]}}'


@pytest.fixture
def lessons(course: Path) -> Path:
    """A course with one chapter."""
    for part in my_work.PARTS:
        (course / part).mkdir(exist_ok=True)
        (course / part / "01_slope.ipynb").write_text(CELLS.format(part), encoding="utf-8")
    return course


def handed(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*.ipynb")}


def test_a_class_gets_copies_with_or_without_solutions(lessons: Path, tmp_path: Path) -> None:
    shared = tmp_path / "for the class"
    done = call(lessons, "hand-out", "--to", str(shared), "--without-solutions")
    assert done.returncode == 0 and f"Copies of the notebooks are in {shared}" in done.stdout
    assert handed(shared) == {"notebooks/01_slope.ipynb", "exercises/01_slope.ipynb"}
    assert not (lessons / "my_work").exists() and not (lessons / ".venv").exists()
    assert call(lessons, "hand-out", "--to", str(shared)).returncode == 0
    assert "solutions/01_slope.ipynb" in handed(shared)
    said = call(lessons, "hand-out", "--to", str(shared), "--without-solutions").stdout
    assert "are as the course has them" in said and "Solutions of an earlier time stay" in said


def test_what_somebody_wrote_there_stays(lessons: Path, tmp_path: Path) -> None:
    shared = tmp_path / "class"
    call(lessons, "hand-out", "--to", str(shared))
    copy = shared / "notebooks" / "01_slope.ipynb"
    copy.write_text(CELLS.format("the teacher's own"), encoding="utf-8")
    (lessons / "notebooks" / "01_slope.ipynb").write_text(CELLS.format("new"), encoding="utf-8")
    said = call(lessons, "hand-out", "--to", str(shared)).stdout
    assert "New in the course: class/notebooks/01_slope (new).ipynb" in said
    assert "the teacher's own" in copy.read_text(encoding="utf-8")


def test_where_nothing_can_be_put_a_sentence_says_so(lessons: Path, tmp_path: Path) -> None:
    (tmp_path / "a file").write_text("", encoding="utf-8")
    assert_told(call(lessons, "hand-out", "--to", str(tmp_path / "a file")), "is a file")
    assert_told(call(lessons, "hand-out", "--to", str(lessons)), "another folder")
    assert_told(call(lessons, "hand-out"), "--to")
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "notebooks").write_text("", encoding="utf-8")
    assert_told(
        call(lessons, "hand-out", "--to", str(tmp_path / "taken")), "up to date", "hand-out"
    )
