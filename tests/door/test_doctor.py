"""`course.py doctor`: each ill is named with its remedy."""

import re

import pytest

from tests.door.course_copy import ROOT, call, empty_venv
from tools.door import doctor, environment, inside


def test_the_doctor_before_anything_is_set_up(course):
    done = call(course, "doctor", PATH=str(course))  # no git, no browser, nothing else either
    lines = done.stdout.strip().splitlines()
    assert done.returncode == 1
    ill = [line for line in lines[:-1] if not line.startswith("fine  ")]
    assert len(ill) == 1
    assert re.fullmatch(
        r"MEND  virtual environment: there is no .venv yet  ->  .+ course.py lab", ill[0]
    )
    for what in ("Python", "write access", "disk", "port"):
        assert any(line.startswith(f"fine  {what}: ") for line in lines)
    assert not (course / ".venv").exists()


def test_the_doctor_looks_at_the_copies(course):
    (course / "my_work").touch()
    done = call(course, "doctor")
    assert re.search(r"^MEND  your notebooks: .+ cannot be", done.stdout, re.MULTILINE)


def test_the_doctor_on_an_empty_venv(course):
    empty_venv(course)
    done = call(course, "doctor")
    assert done.returncode == 1
    assert re.search(r"^MEND  packages: .+  ->  .+ course.py repair$", done.stdout, re.MULTILINE)


SOUND = {
    "packages": [("numpy", "2.4.6", "2.4.6"), ("torch", "2.13.0", "2.13.0+cpu")],
    "utils": str(ROOT / "utils"),
    "kernel": "",
    "extensions": ["@jupyter-widgets/jupyterlab-manager", "anywidget", "another"],
}


def test_a_sound_venv_is_fine():
    assert [f.what for f in doctor.diagnose(SOUND, ROOT, "repair") if f.mend] == []


@pytest.mark.parametrize(
    ("change", "what", "seen"),
    [
        ({"packages": [("torch", "1", "1"), ("numpy", "2.4.6", None)]}, "numpy", "not installed"),
        (
            {"packages": [("torch", "2.13.0", "2.12.0+cpu")]},
            "torch",
            "2.12.0+cpu instead of 2.13.0",
        ),
        ({"utils": None}, "utils", "nowhere"),
        ({"utils": "/elsewhere/utils"}, "utils", "/elsewhere/utils"),
        ({"kernel": "it gave no answer"}, "kernel", "no answer"),
        ({"extensions": ["anywidget"]}, "widgets", "misses @jupyter-widgets/jupyterlab-manager"),
    ],
)
def test_each_ill_is_named(change, what, seen):
    ill = [f for f in doctor.diagnose(SOUND | change, ROOT, "repair") if f.mend]
    assert [f.what for f in ill] == [what]
    assert seen in ill[0].seen
    assert str(ill[0]).endswith("->  repair")


def test_a_32_bit_python():
    assert doctor.python_bits(2**31 - 1).mend
    assert not doctor.python_bits(2**63 - 1).mend


def test_the_pins_are_read():
    pins = dict(inside.pins([str(ROOT / name) for name in environment.SETS["test"]]))
    assert {"numpy", "jupyterlab", "nbval", "pytest"} <= pins.keys()
    assert all(re.fullmatch(r"\d[\d.]*", version) for version in pins.values())


def test_what_the_doctor_sees_inside(monkeypatch):
    """In the environment of these tests, which is a sound one."""
    report = inside.look([str(ROOT / "requirements.txt")])
    assert report["kernel"] == ""
    assert set(doctor.WIDGETS) <= set(report["extensions"])
    assert all(present is not None for _, _, present in report["packages"])
