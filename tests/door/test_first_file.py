"""`course.py` itself: readable for every Python, and in need of the standard library only."""

import ast
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.door.course_copy import ROOT, assert_told


def old_pythons() -> list[str]:
    """Pythons on this computer that are too old for the course."""
    on_path = (shutil.which(f"python{v}") for v in ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10"))
    pyenv = (Path.home() / ".pyenv" / "versions").glob("*/bin/python")
    old = []
    for path in {*filter(None, on_path), *map(str, pyenv)}:
        asked = subprocess.run(
            [path, "-c", "import sys; print(sys.version_info < (3, 11))"],
            capture_output=True,
            text=True,
        )
        if asked.returncode == 0 and asked.stdout.strip() == "True":
            old.append(path)
    return sorted(old)


def test_the_first_file_is_readable_for_old_pythons():
    source = (ROOT / "course.py").read_bytes()
    ast.parse(source.decode("ascii"), feature_version=(3, 6))


def test_an_old_python_gets_a_sentence(course):
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 1, 'final', 0); sys.argv = ['course.py']; "
        "runpy.run_path('course.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], cwd=course, capture_output=True, text=True
    )
    assert_told(done, "needs Python 3.11 or newer, and this is Python 3.8", "course.py lab")


def test_real_old_pythons_get_a_sentence(course):
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no Python older than 3.11 on this computer")
    for python in pythons:
        done = subprocess.run(
            [python, "course.py", "lab"], cwd=course, capture_output=True, encoding="utf-8"
        )
        assert_told(done, "The course needs Python 3.11 or newer")


def test_the_door_needs_the_standard_library_only():
    """Before `.venv` exists there is nothing else; `inside` runs in it, the others in pytest."""
    files = [ROOT / "course.py", ROOT / "tools" / "browser.py", *(ROOT / "tools/door").glob("*.py")]
    assert len(files) > 5
    for file in files:
        if file.name in ("inside.py", "sharing.py"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body if file.name == "counts.py" else ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in {"tools", *sys.stdlib_module_names}, (file, name)
