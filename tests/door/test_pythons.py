"""Which Pythons are found on a computer."""

import os
import re
import shutil
import sys
from pathlib import Path

import pytest

import course
from tests.door.course_copy import ROOT
from tools.door import pythons
from tools.door.pythons import Python

HERE = f"{sys.version_info.major}.{sys.version_info.minor}"


class Computer:
    """A computer whose programs are what the test says, by their paths."""

    def __init__(self, home: Path, monkeypatch):
        self.home = home
        self.programs: dict[str, Python | None] = {}
        monkeypatch.setattr(pythons, "ask", lambda command: self.programs.get(" ".join(command)))
        monkeypatch.setattr(pythons, "running_python", lambda: "3.10")
        monkeypatch.setattr(Path, "home", lambda: home)
        for name in ("PYENV_ROOT", "UV_PYTHON_INSTALL_DIR", "XDG_DATA_HOME", "APPDATA"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("PATH", os.pathsep.join(str(home / part) for part in ("one", "two")))
        monkeypatch.setenv("PATHEXT", "")

    def put(self, place: str, version: str | None, usual: bool = True, whole: bool = True) -> None:
        """A program at `place` below home; with no version, it is there but does not start."""
        path = self.home / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o755)
        self.programs[str(path)] = version and Python(version, str(path), usual, whole)


@pytest.fixture
def computer(tmp_path, monkeypatch) -> Computer:
    return Computer(tmp_path, monkeypatch)


def test_a_stand_in_on_the_path_does_not_hide_a_python(computer):
    computer.put("one/python3.12", None)
    computer.put("one/python3", "3.9.18")
    computer.put("two/python3.12", "3.12.1")
    python, _ = pythons.find("3.12")
    assert python is not None and python.path == str(computer.home / "two" / "python3.12")
    assert pythons.find("3.13") == (None, "there is none on this computer")


def test_a_python_of_another_name_is_found(computer):
    computer.put("two/python", "3.13.0")
    assert pythons.find("3.13")[0] is not None
    assert pythons.find("3.1")[0] is None  # 3.13 only begins like it


@pytest.mark.skipif(os.name == "nt", reason="pyenv and uv keep Pythons elsewhere on Windows")
@pytest.mark.parametrize(
    "folder", [".pyenv/versions/3.12.{}", ".local/share/uv/python/cpython-3.12.{}-linux"]
)
def test_pyenv_and_uv_are_asked_for_their_newest(computer, folder):
    for patch in (9, 11, 3):
        computer.put(f"{folder.format(patch)}/bin/python", f"3.12.{patch}")
    python, _ = pythons.find("3.12")
    assert python is not None and python.version == "3.12.11"


def test_what_the_packages_are_not_built_for_is_passed_over(computer):
    computer.put("one/python3.13", "3.13.0", usual=False)
    assert pythons.find("3.13")[0] is None


def test_a_python_without_venv_says_so_unless_there_is_a_better_one(computer):
    computer.put("one/python3.11", "3.11.2", whole=False)
    python, why = pythons.find("3.11")
    assert python is None and "misses venv or ensurepip" in why
    computer.put("two/python3.11", "3.11.7")
    assert pythons.find("3.11")[0] is not None


def test_the_windows_launcher_is_asked(computer, monkeypatch):
    launcher = str(computer.home / "py.exe")
    monkeypatch.setattr(shutil, "which", lambda name, path=None: launcher if name == "py" else None)
    computer.programs[f"{launcher} -3.12"] = Python("3.12.1", "C:/Python312/python.exe", True, True)
    python, _ = pythons.find("3.12")
    assert python is not None and python.path == "C:/Python312/python.exe"


def test_the_running_python_is_found_outside_its_virtual_environment(monkeypatch):
    monkeypatch.setitem(vars(pythons), "SUPPORTED", (HERE,))
    python, _ = pythons.find(HERE)
    assert python is not None
    assert python.version.startswith(f"{HERE}.")
    assert Path(python.path).exists() and python.path != sys.executable


def test_what_is_no_python_is_none(tmp_path):
    assert pythons.ask((str(tmp_path / "nothing"),)) is None


def test_the_versions_are_the_same_everywhere():
    named = re.findall(r'"python(3\.\d+)"', Path(course.__file__).read_text(encoding="utf-8"))
    assert set(named) == set(pythons.SUPPORTED)
    oldest = ".".join(map(str, course.NEEDED))
    assert pythons.SUPPORTED[0] == oldest
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">={oldest}"' in settings
