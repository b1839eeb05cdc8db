"""Live figures that were moved by hand: what a check leaves in its output is judged outside."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest

import utils.questions
from tests import answers
from tests.grade.notebooks import exercise, handed_out, marked, marked_and_noted, submission
from tools.executor import shown_outputs
from tools.grade import cells, figures
from tools.grade import marks as judging
from tools.grade.sheet import RUN, SHOW, sheet
from utils.checks import Live, check
from utils.checks.feedback import RECORD
from utils.stage import Stage

WITH_TORCH = ("pytorch_autograd", "training_a_network")
FIGURES = [
    question
    for question in utils.questions.all_questions()
    if isinstance(question.answer, Live) and question.id.rpartition(".")[2][0].isdigit()
]


@pytest.fixture(autouse=True)
def progress_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))


def checked(chapter: str, question: str, answer: Any) -> tuple[dict[str, Any], Any]:
    """The exercise after the figure's check was run by hand, and what was said there."""
    feedback = check(question, answer)
    data = {"text/plain": repr(feedback), "text/html": feedback._repr_html_()}
    data |= feedback._repr_mimebundle_()
    output = {"output_type": "execute_result", "data": data, "metadata": {}, "execution_count": 1}
    nb = handed_out(chapter)
    for cell in nb["cells"]:
        source = "".join(cell["source"])
        if any(c.question == question for c in cells.checks(source)):
            cell["outputs"] = [json.loads(json.dumps(output))]
    return nb, feedback


def about(question: str, marks: list[judging.Mark]) -> judging.Mark:
    return next(mark for mark in marks if mark.question == question)


def test_every_exercise_can_be_graded():
    """Each question of each exercise notebook is looked at, figures among them."""
    assert len(FIGURES) >= 20
    for chapter in utils.questions.chapters():
        asked = sheet(exercise(chapter), submission(handed_out(chapter)))
        assert {s.question for s in asked.steps if s.question} == {q.id for q in asked.asked}


@pytest.mark.parametrize("question", FIGURES, ids=lambda question: question.id)
def test_what_is_saved_is_judged_as_it_was_in_the_notebook(question):
    """For every answer of the corpus that is a figure."""
    if question.chapter in WITH_TORCH:
        pytest.importorskip("torch", reason="there is no torch for Intel Macs")
    right, wrong = answers.load(question.chapter)
    given = [*right[question.id], *(answer for answer, _ in wrong[question.id])]
    stages = [answer for answer in given if isinstance(answer, Stage)]
    assert len(stages) >= 3
    for answer in stages:
        nb, said = checked(question.chapter, question.id, answer)
        saved = submission(nb).records[question.id]
        assert figures.is_possible(question, saved), saved.seen.values
        mark = judging.judged(question, saved.to_plain())
        told = (mark.verdict, mark.mistake, mark.message, mark.points)
        assert told == (said.outcome.value, said.mistake or "", said.message, said.points)


def test_a_figure_that_was_dragged_gets_its_point(worker):
    right = answers.load("slope")[0]["slope.2"][0]
    nb, _ = checked("slope", "slope.2", right)
    mark = about("slope.2", marked(worker, nb))
    assert (mark.points, mark.answer) == (1, "x1 = 2.0, y1 = 4.0, x2 = 6.0, y2 = 2.0")


def test_its_cell_is_not_run_again(worker):
    right = answers.load("slope")[0]["slope.2"][0]
    nb, _ = checked("slope", "slope.2", right)
    kinds = {s.kind for s in sheet(exercise("slope"), submission(nb)).steps if "explore" in s.text}
    assert kinds == {RUN, SHOW}  # the import is run


def test_a_figure_that_is_moved_by_code_needs_no_output(worker):
    nb = handed_out("slope")
    nb["cells"].append(copy.deepcopy(nb["cells"][1]) | {"source": "view.set(x1=2, y1=4)"})
    figure = next(c for c in nb["cells"] if "view = explore" in "".join(c["source"]))
    figure["source"] = "".join(figure["source"]) + "\nview.set(x1=2, y1=4, x2=6, y2=2)"
    assert about("slope.2", marked(worker, nb)).points == 1


def test_without_an_output_a_figure_stands_as_it_began(worker):
    mark = about("slope.2", marked(worker, handed_out("slope")))
    assert mark.verdict == "not-attempted"


def records(nb: dict[str, Any]) -> list[dict[str, Any]]:
    """What figures left in the outputs of a notebook."""
    outputs = [output for cell in nb["cells"] for output in cell.get("outputs", ())]
    return [o["data"][RECORD] for o in outputs if RECORD in o.get("data", ())]


def forged(**values: Any) -> dict[str, Any]:
    """The exercise, solved by hand, with other values in what the figure left."""
    nb, _ = checked("slope", "slope.2", answers.load("slope")[0]["slope.2"][0])
    (record,) = records(nb)
    record["observation"]["seen"]["values"] |= values
    return nb


@pytest.mark.parametrize(
    "values",
    [
        {"x1": {"float": "nan"}},
        {"x1": {"float": "inf"}},
        {"x1": -1e9, "y1": 1e9},
        {"x1": True},
        {"x1": "2"},
    ],
)
def test_values_that_no_slider_reaches_earn_nothing(values, worker):
    marks, notes = marked_and_noted(worker, forged(**values))
    assert about("slope.2", marks).points == 0
    assert any("sliders do not reach" in note for note in notes)


def test_a_record_of_another_question_is_no_use(worker):
    nb = forged()
    records(nb)[0]["question"] = "slope.1"
    assert not any(mark.points for mark in marked(worker, nb))


def test_the_courses_own_notebooks_do_not_keep_it():
    nb, _ = checked("slope", "slope.2", answers.load("slope")[0]["slope.2"][0])
    outputs = [o for cell in nbformat.from_dict(nb).cells for o in cell.get("outputs", ())]
    (output,) = [o for o in outputs if RECORD in o.get("data", ())]
    (shown,) = shown_outputs([output])
    assert RECORD not in shown.data and shown.data["text/plain"] == "1.0"
