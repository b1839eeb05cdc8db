"""`test --newest`: pins lifted, what pip chooses, pins set anew."""

import json
from pathlib import Path

import pytest

from tests.door.course_copy import ROOT
from tools.door import environment, installing, newest
from tools.door.say import Display, Stop

FILE = """# What a learner needs
-r other.txt
numpy==2.4.6        # arrays
torch==2.13.0 ; sys_platform != "darwin"

-e .
"""


def entry(name: str, version: str) -> dict:
    return {"metadata": {"name": name, "version": version}}


def test_pins_are_lifted():
    assert newest.lifted(FILE) == 'numpy>=2.4.6\ntorch>=2.13.0 ; sys_platform != "darwin"\n'


def test_the_courses_own_files_are_lifted():
    pins = newest.pinned(ROOT)
    assert {"numpy", "torch", "pytest"} <= pins.keys()
    text = "\n".join((ROOT / name).read_text(encoding="utf-8") for name in environment.SETS["test"])
    assert len(newest.lifted(text).splitlines()) == len(pins)


def test_only_versions_change_in_the_files():
    anew = newest.pinned_anew(FILE, {"numpy": "3.0.0"})
    assert anew == FILE.replace("2.4.6", "3.0.0")
    changed = newest.files(ROOT, {"numpy": "3.0.0"})
    assert b"\nnumpy==3.0.0 " in changed["requirements.txt"]
    assert changed["requirements-test.txt"] == (ROOT / "requirements-test.txt").read_bytes()


def test_what_pip_chose():
    report = {"install": [entry("NumPy", "3.0.0"), entry("torch", "2.14.1+cpu"), entry("six", "1")]}
    assert newest.chosen(report, FILE) == {"numpy": "3.0.0", "torch": "2.14.1"}
    assert newest.chosen({"install": []}, FILE) == {}  # as torch on an Intel Mac


def test_the_table():
    before = {"numpy": "2.4.6", "torch": "2.13.0", "nbval": "0.11.0"}
    table = newest.table(before, {"numpy": "3.0.0", "nbval": "0.11.0"})
    assert table.splitlines() == [
        "package  pinned  newest",
        "numpy    2.4.6   3.0.0",
        "2 of 3 have not moved.",
    ]
    assert newest.table(before, before) == "All 3 pins are the newest versions."


class FakePip:
    """Stands for making a virtual environment and for pip, which chooses numpy 3."""

    def __init__(self, monkeypatch):
        self.asked: list[list[str]] = []
        self.code = 0
        monkeypatch.setattr(newest.subprocess, "run", self.make_venv)
        monkeypatch.setattr(installing, "run_pip", self.run)
        monkeypatch.setattr(installing, "torch_extra", lambda *_: ["--extra-index-url", "cpu"])

    def make_venv(self, command, **_):
        (Path(command[-1]) / "lib" / "python3.12" / "site-packages").mkdir(parents=True)

    def run(self, python, site_packages, arguments, folder, display):
        self.asked.append(list(arguments))
        assert site_packages.is_dir()
        if "--report" in arguments and self.code == 0:
            assert "numpy>=" in (folder / "lifted.txt").read_text(encoding="utf-8")
            report = Path(arguments[arguments.index("--report") + 1])
            report.write_text(json.dumps({"install": [entry("numpy", "3.0.0")]}), encoding="utf-8")
        return installing.PipResult(self.code, ("NewConnectionError",), False)


def test_looking_up_installs_nothing(monkeypatch, tmp_path):
    pip = FakePip(monkeypatch)
    log = tmp_path / "newest.log"
    assert newest.look_up(ROOT, "python3.12", log, Display()) == {"numpy": "3.0.0"}
    assert pip.asked[0] == ["--upgrade", "pip"]
    assert {"--dry-run", "lifted.txt", "cpu"} <= set(pip.asked[1])
    pip.code = 1
    with pytest.raises(Stop, match="cannot be reached"):
        newest.look_up(ROOT, "python3.12", log, Display())
    assert log.is_file()
