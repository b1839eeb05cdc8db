"""`course.py questions`, `practice`, `grade` and `slides`: what teachers ask the door for."""

import sys
from pathlib import Path

from tests.door.course_copy import assert_told, call
from tools.door import environment, testing
from tools.door.say import Display


def test_the_list_of_questions_alone_is_on_standard_output(course, monkeypatch, capfd):
    """Whatever a set-up says goes elsewhere: with --json, a program reads the list."""

    def set_up(root: Path, which: str, display: Display) -> Path:
        display.say("Setting up")
        return Path(sys.executable)

    monkeypatch.setattr(environment, "ensure", set_up)
    monkeypatch.delenv("PYTHONPATH", raising=False)  # it would bring the `utils` of these tests
    package = course / "utils" / "questions"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import sys; print(sys.argv[1:]); sys.exit(2)", encoding="utf-8"
    )
    assert testing.questions(course, ["slope", "--json"]) == 2
    said = capfd.readouterr()
    assert said.out.strip() == "['slope', '--json']"
    assert said.err.strip() == "Setting up"


def test_a_wrong_option_of_questions_is_told_before_anything_is_set_up(course):
    assert_told(call(course, "questions", "--jsn"), "That was not understood", "questions --help")
    assert not (course / ".venv").exists()


def test_a_wrong_option_of_practice_is_told_before_anything_is_set_up(course):
    assert_told(call(course, "practice", "--prnt", "07"), "was not understood", "practice --help")
    assert not (course / ".venv").exists()


def test_a_wrong_option_of_grade_is_told_before_anything_is_set_up(course):
    assert_told(call(course, "grade"), "was not understood", "grade --help")
    assert_told(call(course, "grade", "class", "--student"), "was not understood", "grade --help")
    assert not (course / ".venv").exists()


def test_grade_gets_the_folder_as_it_was_typed(course, monkeypatch, capfd):
    monkeypatch.setattr(environment, "ensure", lambda *_: Path(sys.executable))
    package = course / "tools" / "grade"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import sys; print(sys.argv[1:]); sys.exit(3)", encoding="utf-8"
    )
    assert testing.grade(course, ["my class", "--to", "results"]) == 3
    assert capfd.readouterr().out.strip() == "['my class', '--to', 'results']"


def test_a_wrong_option_of_slides_is_told_before_anything_is_set_up(course):
    assert_told(call(course, "slides"), "was not understood", "slides --help")
    assert not (course / ".venv").exists()
