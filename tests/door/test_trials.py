"""`test --pythons` and `test --newest`: a copy for each, and a line for each at the end."""

import sys
from pathlib import Path

import pytest

from tools.door import commands, environment, newest, pythons, trials
from tools.door.pythons import Python
from tools.door.say import Stop
from tools.door.trials import Outcome, Request

# Stands for the course's first file in a copy: as many tests pass as there are other words.
DOOR = """
import json, os, pathlib, sys
print("PYTHONPATH" in os.environ, pathlib.Path("requirements.txt").read_text())
if "--break" in sys.argv:
    sys.exit(3)
seen = {"passed": len(sys.argv) - 2, "failed": int("bad" in sys.argv), "skipped": 0}
pathlib.Path(os.environ["COURSE_TEST_TOTAL"]).write_text(json.dumps(seen))
sys.exit(seen["failed"])
"""


@pytest.fixture
def root(tmp_path) -> Path:
    """A small course, with what git ignores and what it does not."""
    root = tmp_path / "my côurse folder"
    for name, text in {
        ".gitignore": "# caches\n.venv/\n.pythons/\n__pycache__/\n*.egg-info/\n",
        "course.py": DOOR,
        "requirements.txt": "numpy==2.4.6",
        "requirements-site.txt": "math-core==0.9.0",
        "requirements-test.txt": "pytest==9.2.0",
        "utils/slopes.py": "x = 1",
        "utils/__pycache__/slopes.pyc": "",
        "course.egg-info/PKG-INFO": "",
        ".git/HEAD": "",
        ".venv/course.json": "{}",
        "old-venv/pyvenv.cfg": "",
    }.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def two_pythons(monkeypatch) -> None:
    """3.11 and 3.12 are here, both played by the running one; no other is."""
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    here = {minor: Python(f"{minor}.5", sys.executable, True, True) for minor in ("3.11", "3.12")}
    monkeypatch.setattr(pythons, "find", lambda minor: (here.get(minor), "there is none"))


def files_in(folder: Path) -> set[str]:
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}


def test_a_copy_holds_what_git_would_and_keeps_its_environment(root, tmp_path):
    copy = tmp_path / "copy"
    trials.refresh(root, copy, {"requirements.txt": b"numpy==3.0.0"})
    ours = {
        ".gitignore", "course.py", "requirements.txt", "requirements-site.txt",
        "requirements-test.txt", "utils/slopes.py",
    }  # fmt: skip
    assert files_in(copy) == ours
    assert (copy / "requirements.txt").read_text(encoding="utf-8") == "numpy==3.0.0"
    environment = copy / ".venv" / "course.json"
    environment.parent.mkdir()
    environment.touch()
    before = (copy / "course.py").stat().st_mtime_ns
    (root / "utils" / "slopes.py").write_text("x = 2", encoding="utf-8")
    (root / "utils" / "new.py").touch()
    (root / "requirements-test.txt").unlink()
    trials.refresh(root, copy, {})
    assert files_in(copy) == ours - {"requirements-test.txt"} | {
        "utils/new.py", ".venv/course.json"
    }  # fmt: skip
    assert (copy / "utils" / "slopes.py").read_text(encoding="utf-8") == "x = 2"
    assert (copy / "requirements.txt").read_text(encoding="utf-8") == "numpy==2.4.6"
    assert (copy / "course.py").stat().st_mtime_ns == before


def test_every_python_that_is_here_is_tried(root, two_pythons, capfd):
    assert trials.run(root, Request(pythons.SUPPORTED, False, False, ("a", "b"))) == 0
    said = capfd.readouterr().out.splitlines()
    assert said[-4:] == [
        "Python 3.11.5  passed     2 passed, 0 failed, 0 skipped  (0 min)",
        "Python 3.12.5  passed     2 passed, 0 failed, 0 skipped  (0 min)",
        "Python 3.13    not tried  there is none",
        "Python 3.14    not tried  there is none",
    ]
    assert said.count("False numpy==2.4.6") == 2
    assert (root / ".pythons" / "3.12" / "course.py").is_file()


@pytest.mark.parametrize(
    ("minors", "named", "words", "details"),
    [
        (("3.11",), False, ("bad",), "1 passed, 1 failed, 0 skipped"),
        (("3.11",), False, ("--break",), "it ended before the tests did: see above"),
        (("3.11", "3.13"), True, (), "not tried"),  # it was asked for by its name
        (("3.13",), False, (), "not tried"),  # nothing was tried at all
    ],
)
def test_what_counts_as_a_failure(root, two_pythons, capfd, minors, named, words, details):
    assert trials.run(root, Request(minors, named, False, words)) == 1
    assert details in capfd.readouterr().out


def test_the_newest_packages_are_pinned_in_their_own_copy(root, two_pythons, capfd, monkeypatch):
    monkeypatch.setattr(newest, "look_up", lambda *_: {"numpy": "3.0.0", "pytest": "9.2.0"})
    assert trials.run(root, Request(("3.11",), False, True, ())) == 0
    said = capfd.readouterr().out
    assert "numpy    2.4.6   3.0.0" in said and "False numpy==3.0.0" in said
    assert "Python 3.11.5, newest packages  passed" in said
    assert files_in(root / ".pythons" / "3.11-newest") >= {"course.py", "utils/slopes.py"}
    assert (root / "requirements.txt").read_text(encoding="utf-8") == "numpy==2.4.6"


def test_no_network_for_the_newest_packages(root, two_pythons, capfd, monkeypatch):
    def fail(*_):
        raise Stop("The package server cannot be reached.", "connect")

    monkeypatch.setattr(newest, "look_up", fail)
    assert trials.run(root, Request(("3.11", "3.12"), False, True, ())) == 1
    said = capfd.readouterr()
    assert said.out.count("failed     it was not set up: The package server cannot be") == 2
    assert "What to do:  connect" in said.err


def test_a_line_tells_the_minutes():
    lines = trials.summary([Outcome("Python 3.11.7", "passed", "3 passed", 630.0)])
    assert lines == "Python 3.11.7  passed     3 passed  (10 min)"


@pytest.mark.parametrize(
    ("words", "request_"),
    [
        (["-m", "browser"], None),
        (["--pythons", "tests/a.py"], Request(pythons.SUPPORTED, False, False, ("tests/a.py",))),
        (["-x", "--pythons=3.13,3.12"], Request(("3.13", "3.12"), True, False, ("-x",))),
        (["--newest", "-x"], Request((environment.running_python(),), False, True, ("-x",))),
        (["--newest", "--pythons"], Request(pythons.SUPPORTED, False, True, ())),
    ],
)
def test_what_is_asked_for(words, request_):
    assert trials.requested(words) == request_


def test_a_python_the_course_is_not_made_for(capsys):
    with pytest.raises(Stop, match=r'not made for a Python "3\.9"'):
        trials.requested(["--pythons=3.9"])


def test_the_command_line_reaches_the_trials(monkeypatch):
    seen = []
    monkeypatch.setattr(commands, "when_asked_to_end", lambda _: None)
    monkeypatch.setattr(trials, "run", lambda root, request: seen.append(request) or 7)
    assert commands.main(["test", "--pythons", "-x"]) == 7
    assert seen == [Request(pythons.SUPPORTED, False, False, ("-x",))]
