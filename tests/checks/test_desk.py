"""Hints, solution, progress: what a learner may ask for."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

from tests import sample_chapter
from tests.checks.cells import visible
from tests.test_questions import install
from utils.checks import Outcome, check, desk, hint, progress, solution, store

ROOT = Path(__file__).parents[2]


def course_map():
    """The map of a course that a test has patched, which `progress` would put back first."""
    return desk.progress(None, confirm=False)


def test_hints_come_one_at_a_time(sample):
    shown = [str(hint("sample.1")) for _ in range(5)]
    for step, text in enumerate(shown[:3], start=1):
        assert f"hint {step} of 3" in text and sample[0].hints[step - 1] in text
    assert "goes one step further" in shown[0] and "That was the last one" in shown[2]
    assert shown[3] == shown[4] and 'solution("sample.1")' in shown[3]
    assert "hint 1 of 3" in str(hint("sample.2"))  # each question counts for itself
    assert str(hint("sample.1", 2)) == shown[1]
    assert "No more hints" in str(hint("sample.1", 9))
    assert repr(hint("sample.1", 1)) == str(hint("sample.1", 1))


def test_hint_and_html_say_the_same():
    note = hint("sample.1")
    assert re.sub(r"\W+", "", visible(note._repr_html_())) == re.sub(r"\W+", "", str(note))


def test_the_solution_waits_for_an_attempt_or_a_second_asking(sample):
    first, second = solution("sample.1"), solution("sample.1")
    assert "still open" in str(first) and sample[0].why not in str(first)
    assert sample[0].why in str(second) and "rise / run" in str(second)
    assert "<pre" in second._repr_html_()
    check("sample.2", None)
    assert "still open" in str(solution("sample.2"))  # nothing is not an attempt
    check("sample.3", 7)
    assert "Why." in str(solution("sample.3"))


def test_the_map_shows_done_tried_and_open():
    check("sample.1", 80)
    check("sample.2", 3)
    check("sample.3", None)
    shown = str(progress())
    assert "[x][~][ ][ ]" in shown and "1 of 9, 24 min left" in shown
    markup = progress()._repr_html_()
    for label in ("sample.1 Rise over run: done", "everywhere: tried", "quotient: open"):
        assert f'{label}"' in markup
    check("sample.1", 7)
    assert "[x][~][ ]" in str(progress())  # done stays done


def test_the_map_has_one_link_to_continue(monkeypatch, tmp_path):
    root = tmp_path / "a course"
    monkeypatch.setattr(store, "course_folder", lambda: root)
    monkeypatch.setattr("utils.questions.chapters", lambda: ["sample"])
    monkeypatch.setattr("utils.questions.notebook", lambda chapter: "18_sample.ipynb")
    check("sample.1", 80)
    for place_of_copies in (".", "my_work"):
        target = root / place_of_copies / "exercises" / "18_sample.ipynb"
        for part in ("notebooks", "exercises"):
            (root / place_of_copies / part).mkdir(parents=True)
        target.touch()
        for folder in (".", "notebooks", "exercises"):
            here = root / place_of_copies / folder
            monkeypatch.chdir(here)
            drawn = course_map()
            link = re.search(r"Continue here: (\S+) \(sample.2, The slope", str(drawn))[1]
            assert (here / link).resolve() == target.resolve()
            assert drawn._repr_html_().count("Continue here") == 1
            assert f'href="{link}"><strong>Continue here' in drawn._repr_html_()
    monkeypatch.chdir(tmp_path)  # a home folder with the course in it: the learner's own copies
    assert "Continue here: a course/my_work/exercises/18_sample.ipynb" in str(course_map())
    monkeypatch.setattr(store, "course_folder", lambda: None)  # `utils` is installed as a wheel
    assert "Continue here: exercises/18_sample.ipynb" in str(course_map())
    monkeypatch.chdir(root / "notebooks")
    assert "Continue here: ../exercises/18_sample.ipynb" in str(course_map())


def test_a_question_of_the_lesson_leads_to_the_lesson(sample, monkeypatch):
    install(monkeypatch, [replace(sample[0], id="sample.predict_it")])
    monkeypatch.setattr("utils.questions.chapters", lambda: ["sample"])
    assert "notebooks/" in re.search("Continue here: (.*)", str(course_map()))[1]


def test_the_map_of_a_finished_course(monkeypatch):
    monkeypatch.setattr("utils.questions.chapters", lambda: ["sample"])
    for question_id, answers in sample_chapter.RIGHT.items():
        assert check(question_id, answers[0]).outcome is Outcome.CORRECT
    assert "All 9 questions are done" in str(course_map())
    assert "Continue" not in str(course_map()) and "min left" not in str(course_map())


def test_reset_asks_first():
    check("sample.1", 80)
    check("sample.2", 3)
    asked = progress(reset="sample")
    assert "progress(reset='sample', confirm=True)" in str(asked) and "2 questions" in str(asked)
    assert "[x][~]" in str(progress())
    progress(reset="sample.1", confirm=True)
    assert "[ ][~]" in str(progress())
    assert "Nothing to forget" in str(progress(reset="slope"))
    progress(reset=True, confirm=True)
    assert "[ ][ ][ ]" in str(progress()) and "Nothing" in str(progress(reset=True))


def test_progress_prints_as_text_from_the_command_line():
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    command = [sys.executable, "-m", "utils.checks"]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment)
    assert ran.returncode == 0 and b"[x] done" in ran.stdout, ran.stderr
