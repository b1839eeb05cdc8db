"""`course.py test`: shared out, counted, told in one line."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.door.course_copy import ROOT
from tools import browser
from tools.door import counts, environment, sharing, testing
from tools.door.say import Stop

SAMPLE = """
import pytest

def test_good(): pass
def test_bad(): assert 1 == 2
def test_left_out(): pytest.skip("no")
@pytest.fixture
def broken(): raise RuntimeError
def test_error(broken): pass
@pytest.mark.xfail
def test_known(): assert False
@pytest.mark.browser
def test_page(): pass
"""


@pytest.fixture
def small_course(tmp_path, monkeypatch) -> Path:
    """A folder with a few tests, of which each kind of outcome occurs; set up already."""
    root = tmp_path / "my côurse folder"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tools" / "door", root / "tools" / "door", ignore=ignore)
    (root / "tools" / "__init__.py").touch()
    (root / "tools" / "browser.py").write_bytes((ROOT / "tools" / "browser.py").read_bytes())
    (root / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\nmarkers = ["browser"]\n[tool.ruff]\nexclude = ["tools"]\n',
        encoding="utf-8",
    )
    (root / "test_sample.py").write_text("# ruff: noqa\n" + SAMPLE, encoding="utf-8")
    monkeypatch.setattr(environment, "ensure", lambda *_: Path(sys.executable))
    monkeypatch.setattr(environment, "warm_fonts", lambda *_: None)
    monkeypatch.setattr(testing, "workers", lambda: 2)
    for variable in ("CI", "PYTEST_ADDOPTS", *(k for k in os.environ if k.startswith("PYTEST_X"))):
        monkeypatch.delenv(variable, raising=False)
    # Of all plugins only the one that the door itself asks for: the others cost seconds.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "xdist.plugin")
    return root


def test_a_run_ends_with_one_line_of_counts(small_course, monkeypatch, capfd, tmp_path):
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    monkeypatch.setenv(counts.TOTAL, str(tmp_path / "total.json"))
    assert testing.run_tests(small_course, []) == 1
    lines = capfd.readouterr().out.strip().splitlines()
    # passed: test_good and ruff; failed: a failure and an error; skipped: xfail and the browser's
    assert lines[-1] == "2 passed, 2 failed, 3 skipped"
    assert "browser tests were skipped" in lines[-2]
    assert "To get one:" in lines[-2]
    total = json.loads((tmp_path / "total.json").read_text(encoding="utf-8"))
    assert counts.line(total) == lines[-1]
    assert counts.TOTAL not in os.environ  # so that no test of this run writes there


def test_arguments_reach_pytest_and_ruff_counts(small_course, monkeypatch, capfd):
    monkeypatch.setattr(browser, "find_browser", lambda: "/some/browser")
    (small_course / "untidy.py").write_text("import os\n", encoding="utf-8")
    assert testing.run_tests(small_course, ["-k", "good or page", "-n0"]) == 1
    said = capfd.readouterr().out
    assert "untidy.py" in said
    assert said.strip().splitlines()[-1] == "2 passed, 1 failed, 0 skipped"


def test_a_pytest_that_breaks_down_is_a_failure(small_course, monkeypatch, capfd):
    monkeypatch.setattr(browser, "find_browser", lambda: "/some/browser")
    assert testing.run_tests(small_course, ["--no-such-option"]) != 0
    assert capfd.readouterr().out.strip().splitlines()[-1] == "1 passed, 1 failed, 0 skipped"


@pytest.mark.parametrize(
    ("make", "module"), [(testing.grade, "tools/grade"), (testing.site, "tools/site/pages")]
)
def test_folders_count_from_where_one_stands(make, module, small_course, monkeypatch, tmp_path):
    """And a folder `tools` that is there is not taken for the course's."""
    said = 'import sys\nfrom pathlib import Path\nPath(sys.argv[1]).write_text("made")\n'
    here = tmp_path / "somewhere else"
    for folder, content in ((small_course, said), (here, "raise SystemExit(9)")):
        place = folder / module
        place.mkdir(parents=True)
        for parent in (place, *place.parents):
            if parent in (folder, *folder.parents):
                break
            (parent / "__init__.py").touch()
        (place / "__main__.py").write_text(content)
    monkeypatch.chdir(here)
    assert make(small_course, ["named"]) == 0
    assert (here / "named").read_text() == "made"


def test_no_browser_in_ci_is_a_failure(small_course, monkeypatch):
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Stop, match="with CI=true none may be missing"):
        testing.run_tests(small_course, [])


def test_tests_are_shared_out_by_what_they_share():
    piece = sharing.piece_of_work
    moves = f"{sharing.RUNS_NOTEBOOKS}::test_every_figure_moves[notebooks/01.ipynb]"
    assert piece(moves) == piece("notebooks/01.ipynb::Cell 0")
    for together in (sharing.IN_JUPYTERLAB, sharing.ON_PAGES):
        assert len({piece(f"{file}::test_a") for file in together}) == 1
    for file in (sharing.RUNS_NOTEBOOKS, *sharing.IN_JUPYTERLAB, *sharing.ON_PAGES):
        assert (ROOT / file).is_file()
    assert piece("tests/test_gate.py::test_a[one]") == piece("tests/test_gate.py::test_b")
    assert piece("notebooks/01.ipynb::Cell 0") != piece("notebooks/02.ipynb::Cell 0")
    for file in sharing.TEST_BY_TEST:
        assert (ROOT / file).is_file()
        assert piece(f"{file}::test_a[one]") != piece(f"{file}::test_a[two]")


def test_a_worker_that_crashes_is_one_failure_and_not_the_end(tmp_path):
    """What it had not run yet is run by another; else the run would wait for that for ever."""
    for name in "ab":
        (tmp_path / f"test_{name}.py").write_text("def test_a(): pass\ndef test_b(): pass\n")
    (tmp_path / "test_c.py").write_text("import os\ndef test_c(): os._exit(1)\ndef test_d(): pass")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n1", "-pxdist.plugin", "-ptools.door.sharing"],
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert "1 failed, 5 passed" in done.stdout
    assert "crashed while running 'test_c.py::test_c'" in done.stdout


def test_counts_in_words():
    assert counts.line({"passed": 3, "failed": 0, "skipped": 1}) == "3 passed, 0 failed, 1 skipped"
