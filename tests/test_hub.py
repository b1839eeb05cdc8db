"""What a JupyterHub needs to give the course to a class."""

import os
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks import hub as benchmark
from tests.door.course_copy import call, copy_of_course
from tools import hub
from tools.door import doctor, environment, lab
from tools.door.inside import pins
from utils import style
from utils.checks import store
from utils.stage import prebuilt

ROOT = Path(__file__).resolve().parents[1]
BINDER = ROOT / "binder"


def test_a_hub_installs_the_same_packages_and_not_the_course_with_them() -> None:
    text = (BINDER / "requirements.txt").read_text(encoding="utf-8")
    assert text == hub.requirements((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    own, ours = (pins([str(path / "requirements.txt")]) for path in (BINDER, ROOT))
    assert own == ours and len(own) >= 7
    assert not re.search(r"^-e", text, re.M) and hub.CPU_INDEX in text


def test_python_is_pinned_to_one_that_is_tested() -> None:
    version = (BINDER / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert f'"{version}"' in (ROOT / ".github/workflows/test.yml").read_text(encoding="utf-8")


def test_what_runs_after_the_install_is_there() -> None:
    script = BINDER / "postBuild"
    assert os.name == "nt" or os.access(script, os.X_OK)
    for module in re.findall(r"python -m (tools[\w.]*)", script.read_text(encoding="utf-8")):
        assert (ROOT / f"{module.replace('.', '/')}.py").is_file()


def test_the_hubs_lab_gets_the_courses_settings(tmp_path: Path, monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    assert hub.main(["--no-tables"]) == 0
    file = tmp_path / "share/jupyter/lab/settings/overrides.json"
    assert str(file) in capsys.readouterr().out
    assert "saveState" in file.read_text(encoding="utf-8")
    assert environment.write_lab_settings(tmp_path) == file


def test_the_doctor_knows_a_hub(course: Path) -> None:
    done = call(course, "doctor", **{doctor.HUB: "ada"})
    assert (
        "fine  virtual environment: none of your own: the hub provides the packages" in done.stdout
    )
    assert "tables of figures" in done.stdout
    for line in done.stdout.splitlines():
        if line.startswith("MEND"):
            assert line.endswith("tell those who look after the hub"), line


def test_the_door_says_what_utils_says(monkeypatch, tmp_path: Path) -> None:
    assert doctor.HUB == store.HUB
    assert lab.CLASS_VARIABLES.keys() == {style.CLASS_VARIABLE}
    for given in ("", str(tmp_path)):
        monkeypatch.setenv(prebuilt.FOLDER, given)
        assert doctor.folder_of_tables() == prebuilt.folder()


def test_a_copy_of_utils_is_right_on_a_hub_alone() -> None:
    report = {"packages": [], "kernel": "", "extensions": list(doctor.WIDGETS)}
    report["utils"] = "/opt/hub/site-packages/utils"
    ill = [f.what for f in doctor.diagnose(report, ROOT, "mend", installed=True) if f.mend]
    assert ill == []
    assert [f.what for f in doctor.diagnose(report, ROOT, "mend") if f.mend] == ["utils"]


def test_the_class_on_a_hub_says_what_it_needs(capsys) -> None:
    assert benchmark.main(["--proxy", "no-such-proxy"]) == 2
    said = capsys.readouterr().out
    assert "npm install configurable-http-proxy" in said
    with pytest.raises(SystemExit):
        benchmark.main(["--chapter", "99_pottery"])
    assert "04_derivative" in capsys.readouterr().err


def test_a_fault_of_the_class_is_told(capsys) -> None:
    fine = benchmark.Seen("ada", "a clone", utils="/opt/utils", links=3)
    fine.progress = "/tmp/homes/ada/.derivatives-course/progress.json"
    assert benchmark.faults(fine, True) == []
    for change in (
        {"tables": 1},
        {"links": 0},
        {"broken": ["x"]},
        {"progress": "/opt/progress.json"},
        {"utils": "/tmp/homes/ada/clone/utils"},
        {"failure": "ValueError: 1"},
    ):
        assert len(benchmark.faults(replace(fine, **change), True)) == 1
    assert benchmark.faults(replace(fine, tables=1), False) == []
    other = replace(fine, lags=[0.05] * 9, broken=["../x"], place="the top of a clone")
    benchmark.report([replace(fine, lags=[0.05]), other], with_tables=True)
    said = capsys.readouterr().out
    assert "2 of 2 learners" in said and "p50 50 ms" in said and "a clone: all is right" in said
    assert "1 of 3 links" in said and "utils comes from /opt/utils" in said


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course that no learner has set up."""
    return copy_of_course(tmp_path / "a course")
