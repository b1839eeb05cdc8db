"""The judge in a browser's Python, without a browser: Pyodide in Node.js; and what is judged there.

`COURSE_PYODIDE_ALL=1` takes the answers of all chapters that need no torch; some minutes.
"""

import json
import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from tests import answers, pyodide_package
from tests.judged import verdicts
from tools import clean
from tools.site.lesson import Cell, Lesson, asked_in
from tools.site.pages import python
from tools.site.pages.page import FOLDERS, asked
from tools.site.pages.words import on_page
from utils import questions
from utils.checks import Choice, Live

ROOT = Path(__file__).resolve().parents[1]
FEW = ["slope", "rate_of_change", "limits", "derivative"]
ALL = [name for name in questions.CHAPTERS if not answers.need_torch(name)]
CHAPTERS = ALL if os.environ.get("COURSE_PYODIDE_ALL") else FEW


def in_pyodide(folder: Path, chapters: Sequence[str]) -> list[list[str]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not there, which runs Pyodide without a browser.")
    course, figures = folder / "course.zip", folder / "figures.zip"
    course.write_bytes(python.course(ROOT))
    figures.write_bytes(python.figures(ROOT))
    program = [node, ROOT / "tests" / "pyodide_run.mjs", pyodide_package.folder()]
    ran = subprocess.run(
        [*program, course, figures, ROOT / "tests", *chapters], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout)


def test_every_answer_is_judged_as_it_is_here(tmp_path: Path) -> None:
    there = in_pyodide(tmp_path, CHAPTERS)
    here = verdicts(CHAPTERS)
    assert len(here) > 100
    pairs = zip(there, here, strict=True)
    assert [a for a, b in pairs if without_residues(a) != without_residues(b)] == []


def of_page(path: Path) -> Lesson:
    """The cells of a notebook as its page has them, without their outputs."""
    cells = [
        Cell(
            cell.id,
            "code",
            frozenset(cell.metadata.get("tags", [])),
            cell.source,
            question=asked_in(cell.source),
        )
        for cell in clean.read(path.read_text(encoding="utf-8")).cells
        if cell.cell_type == "code"
    ]
    return on_page(Lesson(path.stem, path.stem, tuple(cells)))


NOTEBOOKS = [path for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.ipynb"))]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_pages_judge_every_question_but_those_that_need_torch(path: Path) -> None:
    lesson = of_page(path)
    cells = python.cells_of(lesson)
    judged = {cell["question"] for cell in cells if cell["kind"] == "check"}
    options = {q for q in asked(lesson) if isinstance(questions.find(q).answer, Choice)}
    left = set(asked(lesson)) - judged - options
    assert python.needs_torch(lesson) == path.stem.startswith(("15", "16", "17"))
    assert not left or (python.needs_torch(lesson) and not cells)
    for check in (cell for cell in cells if cell["kind"] == "check"):
        live = isinstance(questions.find(check["question"]).answer, Live)
        assert live == ("figure" in check)
        own = [cell for cell in cells if cell["kind"] == "answer"]
        assert "..." in check["source"] or check["question"] in {cell["question"] for cell in own}
    assert python.runs(cells) <= {cell["id"] for cell in cells if cell["kind"] != "check"}


def without_residues(row: list[str]) -> list[str]:
    """Without the digits of what stands for zero, such as 3.8·10⁻¹⁶: each machine has its own."""
    return [re.sub(r"[\d.]+·10⁻¹[⁴-⁹]", "0", part) for part in row]
