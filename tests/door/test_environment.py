"""What state `.venv` is in."""

import pytest

from tests.door.course_copy import assert_told, call, empty_venv
from tools.door import environment
from tools.door.environment import State


def test_nothing_there_yet(course):
    assert environment.inspect(course, "lab")[0] is State.MISSING


def test_ready_for_the_lab_but_not_for_the_tests(course):
    empty_venv(course)
    assert environment.inspect(course, "lab")[0] is State.READY
    assert environment.inspect(course, "test")[0] is State.INCOMPLETE


def test_the_tests_set_serves_the_lab(course):
    empty_venv(course, hashes={"test": environment.fingerprint(course, "test")})
    assert environment.inspect(course, "lab")[0] is State.READY


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_requirement_is_noticed(course, name):
    empty_venv(course)
    with (course / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert environment.inspect(course, "lab")[0] is State.INCOMPLETE


@pytest.mark.parametrize(
    ("stamp", "why"),
    [
        ({"hashes": {}}, "interrupted"),  # and not even the empty environment was made
        ({"hashes": {}, "made": True, "folder": "/somewhere/else"}, "moved"),
        ({"folder": "/somewhere/else"}, "moved"),
        ({"python": "3.10"}, "belongs to Python 3.10"),
    ],
)
def test_a_venv_that_is_of_no_use_is_made_anew(course, stamp, why):
    empty_venv(course, **stamp)
    state, reason = environment.inspect(course, "lab")
    assert state is State.BROKEN
    assert why in reason


def test_an_interrupted_set_up_is_looked_through(course):
    empty_venv(course, hashes={}, made=True)
    assert environment.inspect(course, "lab")[0] is State.INTERRUPTED


def test_a_venv_whose_python_is_gone(course):
    empty_venv(course)
    environment.venv_python(course).unlink()
    assert environment.inspect(course, "lab")[0] is State.BROKEN


def test_a_venv_whose_base_is_gone(course):
    empty_venv(course)
    (course / ".venv" / "pyvenv.cfg").write_text("home = /no/such/folder\n", encoding="utf-8")
    assert environment.inspect(course, "lab")[0] is State.BROKEN


def test_a_venv_of_somebody_else_is_completed(course):
    empty_venv(course)
    environment.stamp_path(course).unlink()
    assert environment.inspect(course, "lab")[0] is State.INCOMPLETE


def test_a_damaged_stamp_is_as_good_as_none(course):
    empty_venv(course)
    environment.stamp_path(course).write_text("{half", encoding="utf-8")
    assert environment.inspect(course, "lab")[0] is State.INCOMPLETE


def test_a_folder_without_any_file_is_half_made(course):
    (course / ".venv" / "lib").mkdir(parents=True)
    assert environment.inspect(course, "lab")[0] is State.BROKEN


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_no_virtual_environment_is_left_alone(course, kind):
    mine = course / ".venv" / "thesis.txt" if kind == "folder" else course / ".venv"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine", encoding="utf-8")
    assert_told(call(course, "lab"), "leaves it alone", ".venv venv-of-yours")
    assert_told(call(course, "repair"), "leaves it alone")
    assert mine.read_text(encoding="utf-8") == "mine"
