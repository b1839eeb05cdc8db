"""Where the checks find their questions, and what they load to judge an answer."""

import importlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests import sample_chapter
from utils import bank
from utils.checks import Question

ROOT = Path(__file__).parents[1]


class Teachers:
    """Questions of a teacher's own."""

    QUESTIONS = (replace(sample_chapter.QUESTIONS[0], id="slope.1"),
                 replace(sample_chapter.QUESTIONS[0], id="own.1"))  # fmt: skip

    def find(self, question_id):
        return next((q for q in self.QUESTIONS if q.id == question_id), None)

    def all_questions(self):
        return self.QUESTIONS

    def overview(self):
        return [("99", "My own", "99_own.ipynb", self.QUESTIONS)]


@pytest.fixture
def teachers():
    bank.hand_in("teachers", Teachers)
    yield
    bank.take_back("teachers")


def test_questions_can_be_handed_in_by_others(teachers):
    assert bank.find("own.1").id == "own.1"
    assert [row[1] for row in bank.overview()][-1] == "My own"
    assert isinstance(bank.find("slope.2"), Question)


def test_two_questions_of_one_id_are_told_apart_by_nobody(teachers):
    with pytest.raises(ValueError, match=r"Two questions have the id slope\.1: in utils.questions"):
        bank.find("slope.1")
    with pytest.raises(ValueError, match="handed in as 'teachers' before"):
        bank.hand_in("teachers", Teachers)


def test_two_questions_of_one_id_in_a_chapter_are_refused(monkeypatch):
    module = importlib.import_module("utils.questions.slope")
    monkeypatch.setattr(module, "QUESTIONS", [*module.QUESTIONS, module.QUESTIONS[0]])
    twice = module.QUESTIONS[0].id
    with pytest.raises(ValueError, match=rf"slope has 2 questions with the id {twice}"):
        bank.find(twice)


def test_an_unknown_question_is_answered_with_a_sentence():
    with pytest.raises(bank.UnknownQuestion, match=r'Did you mean `"slope\.\w+"`'):
        bank.find("slope.i")
    with pytest.raises(bank.UnknownQuestion, match="the chapter and a number"):
        bank.find("###")


# --- what is loaded ---

LIGHT = """
import sys
import utils
assert "numpy" not in sys.modules and "utils.checks" not in sys.modules
import utils.checks
assert "utils.checks.desk" not in sys.modules and "utils.questions" not in sys.modules
import importlib, pkgutil
for file in pkgutil.walk_packages(utils.checks.__path__, "utils.checks."):
    if not file.name.endswith("__main__"):
        importlib.import_module(file.name)
assert "utils.questions" not in sys.modules
{}
heavy = {{"matplotlib", "anywidget", "ipywidgets", "traitlets", "torch", "IPython"}}
print(sorted(heavy & sys.modules.keys()))
"""
CALLS = """
from utils.checks import check, hint, progress, solution
print(check("slope.1", 2), hint("slope.1"), solution("slope.1"), progress(), file=sys.stderr)
"""


@pytest.mark.parametrize("calls", ["", CALLS], ids=["the checks alone", "the four calls"])
def test_the_checks_load_neither_pictures_nor_widgets(calls, tmp_path):
    ran = subprocess.run(
        [sys.executable, "-c", LIGHT.format(calls)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        env=os.environ | {"DERIVATIVES_PROGRESS": str(tmp_path / "progress.json")},
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == "[]"
