"""A copy of the door, called as a learner would call it, with or without a virtual environment."""

import dataclasses
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

import pytest

from tools.door import environment
from tools.door.environment import Stamp

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("course.py", "pyproject.toml", *environment.SETS["test"])
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal or permission")


def copy_of_course(folder: Path) -> Path:
    """The course's door, alone, in `folder`."""
    folder.mkdir(parents=True)
    for part in PARTS:
        shutil.copy(ROOT / part, folder / part)
    (folder / "tools").mkdir()
    for part in ("__init__.py", "browser.py"):
        shutil.copy(ROOT / "tools" / part, folder / "tools" / part)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tools" / "door", folder / "tools" / "door", ignore=ignore)
    return folder.resolve()


def call(course: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `python course.py …` in `course`, as a learner would."""
    return subprocess.run(
        [sys.executable, "course.py", *words],
        cwd=course,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | env,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def assert_told(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """The failure was told as a sentence with a remedy, and without a traceback."""
    assert done.returncode != 0
    for part in (*parts, "What to do:"):
        assert part in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def empty_venv(course: Path, **stamp) -> Path:
    """A real, empty virtual environment in `course`, and a stamp that calls it ready."""
    venv.create(environment.venv_path(course), with_pip=False, symlinks=os.name != "nt")
    ready = Stamp(
        folder=str(course),
        python=environment.running_python(),
        hashes={"lab": environment.fingerprint(course, "lab")},
    )
    dataclasses.replace(ready, **stamp).save(course)
    return environment.site_packages(course)
