"""`course.py test --quick`: near to the changes first, and done in time."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.door.course_copy import ROOT
from tools.door import quick
from tools.door.say import Stop

FILES = {
    "utils/slopes.py": "def slope(): ...\n",
    "utils/explorers/slope.py": "from utils.slopes import slope\n",
    "utils/stage/browser/__init__.py": "",
    "utils/stage/browser/figure.js": "// draws\n",
    "utils/stage/stage.py": "from utils.stage import browser\n",
    "tests/test_slopes.py": "from utils import slopes\n",
    "tests/test_slope.py": "import utils.explorers.slope\n",
    "tests/test_far.py": "import json\n",
    "tests/test_table.py": 'TABLE = "rows.csv"\n',
    "tests/test_page.py": "from utils.stage import browser\n",
    "tests/test_stage.py": "from utils.stage.stage import browser\n",
    "tests/test_corpus.py": "from utils.explorers import slope\n",
    "tests/browser/test_figures.py": "",
    "tests/broken.py": "def (:\n",
    "data/rows.csv": "1\n",
    **{f"{folder}/01_slope.ipynb": "{}" for folder in quick.NOTEBOOKS},
}
MOVES = "tests/browser/test_figures.py::test_every_figure_moves"


def git(root: Path, *words: str) -> None:
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    # Where git runs a hook, its variables name another repository.
    own = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, env=own)


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A small course under git, with nothing changed since its last commit."""
    root = tmp_path / "a côurse"
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    git(root, "commit", "-qm", "Begin")
    return root


def change(root: Path, name: str) -> None:
    path = root / name
    path.write_text(path.read_text(encoding="utf-8") + "\n", encoding="utf-8")


def test_what_changed_is_what_differs_from_the_last_commit_or_what_that_changed(course):
    (course / "tests" / "test_new.py").write_text("", encoding="utf-8")
    change(course, "utils/slopes.py")
    assert set(quick.changed_files(course)) == {"utils/slopes.py", "tests/test_new.py"}
    git(course, "add", ".")
    assert set(quick.changed_files(course)) == {"utils/slopes.py", "tests/test_new.py"}
    git(course, "commit", "-qm", "Go on")
    assert set(quick.changed_files(course)) == {"utils/slopes.py", "tests/test_new.py"}


def test_without_git_it_says_so(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(Stop, match="git is missing, or this is no clone"):
        quick.changed_files(tmp_path)


def test_tests_are_near_that_import_what_changed(course):
    assert quick.distances(course, ["utils/slopes.py"]) == {
        "tests/test_slopes.py": quick.NAMED,
        "tests/test_slope.py": quick.NAMED + 1,
    }
    assert quick.distances(course, ["tests/test_far.py"]) == {"tests/test_far.py": quick.OWN}


def test_a_chapter_brings_its_notebooks_figures_and_answers(course):
    found = quick.distances(course, ["utils/explorers/slope.py"])
    notebooks = [f"{folder}/01_slope.ipynb" for folder in quick.NOTEBOOKS]
    own = ["tests/test_slope.py", *notebooks]
    named = ["tests/test_corpus.py::test_corpus[slope]", *(f"{MOVES}[{n}]" for n in notebooks)]
    assert found == dict.fromkeys(own, quick.OWN) | dict.fromkeys(named, quick.NAMED)
    assert quick.distances(course, ["solutions/01_slope.ipynb"]) == found


def test_other_files_bring_the_tests_that_name_them_or_import_their_package(course):
    assert quick.distances(course, ["data/rows.csv"]) == {"tests/test_table.py": quick.NAMED}
    assert quick.distances(course, ["utils/stage/browser/figure.js"]) == {
        "tests/test_page.py": quick.NAMED,
        "tests/test_stage.py": quick.NAMED + 1,
    }


def test_the_nearest_are_taken_until_the_time_is_used_up(course):
    change(course, "utils/slopes.py")
    room = quick.SECONDS - quick.STARTING
    near, far = "tests/test_slopes.py", "tests/test_slope.py"
    some = quick.choose(course, {near: room - 1, far: 2.0}, workers=1)
    assert some.chosen[0] == near and far in some.left_out and far in quick.told(some)
    assert far in quick.choose(course, {near: room - 1, far: 2.0}, workers=2).chosen
    # What takes too long by itself is left out on any number of cores.
    assert near in quick.choose(course, {near: room + 1}, workers=4).left_out
    everything = quick.choose(course, {}, workers=2)
    assert {near, far} <= {*everything.chosen} and not everything.left_out
    assert "Every test" in quick.told(everything)


def test_a_file_costs_what_its_tests_cost(course):
    change(course, "tests/test_corpus.py")
    costs = {f"tests/test_corpus.py::test_corpus[{i}]": 30.0 for i in range(3)}
    assert "tests/test_corpus.py" in quick.choose(course, costs, workers=1).left_out
    assert "tests/test_corpus.py" in quick.choose(course, {}, workers=1).chosen


def test_what_tests_took_is_remembered(course):
    assert quick.seconds_of(course) == {}
    corpus = "tests/test_corpus.py::test_corpus[slope]"
    quick.remember(course, {"tests/test_a.py::b": 1.0, "tests/test_a.py::c": 2.5, corpus: 4.0})
    quick.remember(course, {"tests/test_d.py::e": 0.25})
    assert quick.seconds_of(course) == {
        "tests/test_a.py": 3.5,
        corpus: 4.0,
        "tests/test_d.py": 0.25,
    }
    quick.seconds_path(course).write_text("[]", encoding="utf-8")
    assert quick.seconds_of(course) == {}


def test_what_always_matters_is_there():
    for name in (*quick.ALWAYS, *quick.BY_CHAPTER, *quick.BY_NOTEBOOK):
        assert (ROOT / name).is_file(), name
    for file, test in (quick.BY_CHAPTER | quick.BY_NOTEBOOK).items():
        assert f"def {test}(" in (ROOT / file).read_text(encoding="utf-8")
