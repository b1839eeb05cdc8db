"""The judge in a browser's Python, without a browser: Pyodide in Node.js.

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
from tools.site.pages import python
from utils import questions

ROOT = Path(__file__).resolve().parents[1]
FEW = ["slope", "rate_of_change", "limits", "derivative"]
ALL = [name for name in questions.CHAPTERS if not answers.need_torch(name)]
CHAPTERS = ALL if os.environ.get("COURSE_PYODIDE_ALL") else FEW


def in_pyodide(folder: Path, chapters: Sequence[str]) -> list[list[str]]:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node.js is not there, which runs Pyodide without a browser.")
    course = folder / "course.zip"
    course.write_bytes(python.course(ROOT))
    program = [node, ROOT / "tests" / "pyodide_run.mjs", pyodide_package.folder()]
    ran = subprocess.run(
        [*program, course, ROOT / "tests", *chapters], capture_output=True, text=True
    )
    assert ran.returncode == 0, ran.stderr[-2000:]
    return json.loads(ran.stdout)


def test_every_answer_is_judged_as_it_is_here(tmp_path: Path) -> None:
    there = in_pyodide(tmp_path, CHAPTERS)
    here = verdicts(CHAPTERS)
    assert len(here) > 100
    pairs = zip(there, here, strict=True)
    assert [a for a, b in pairs if without_residues(a) != without_residues(b)] == []


def without_residues(row: list[str]) -> list[str]:
    """Without the digits of what stands for zero, such as 3.8·10⁻¹⁶: each machine has its own."""
    return [re.sub(r"[\d.]+·10⁻¹[⁴-⁹]", "0", part) for part in row]
