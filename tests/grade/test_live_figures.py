"""Live figures that were moved by hand: what a check leaves in its output is judged outside."""

from __future__ import annotations

import copy
import json
from typing import Any

import nbformat
import pytest
from IPython.core.formatters import DisplayFormatter

import utils.questions
from tests import answers
from tests.grade.notebooks import (
    checked,
    exercise,
    handed_out,
    marked,
    marked_and_noted,
    submission,
)
from tools.executor import shown_outputs
from tools.grade import marks as judging
from tools.grade.sheet import RUN, SHOW, sheet
from utils.checks.feedback import RECORD

pytestmark = pytest.mark.usefixtures("progress_elsewhere")


def about(question: str, marks: list[judging.Mark]) -> judging.Mark:
    return next(mark for mark in marks if mark.question == question)


def test_every_exercise_can_be_graded():
    """Each question of each exercise notebook is looked at, figures among them."""
    for chapter in utils.questions.chapters():
        asked = sheet(exercise(chapter), submission(handed_out(chapter)))
        assert {s.question for s in asked.steps if s.question} == {q.id for q in asked.asked}


def test_a_figure_that_was_dragged_gets_its_point(worker):
    right = answers.load("slope")[0]["slope.2"][0]
    nb, _ = checked("slope", "slope.2", right)
    mark = about("slope.2", marked(worker, nb))
    assert (mark.points, mark.answer) == (1, "x1 = 2.0, y1 = 4.0, x2 = 6.0, y2 = 2.0")


def test_a_notebook_saves_it_beside_words_and_points():
    """As IPython puts together what a cell shows."""
    _, feedback = checked("slope", "slope.2", answers.load("slope")[0]["slope.2"][0])
    data, _ = DisplayFormatter().format(feedback)
    assert data["text/plain"] == "1.0" and "Correct" in data["text/html"]
    assert data[RECORD]["question"] == "slope.2"
    assert json.loads(json.dumps(data[RECORD], allow_nan=False)) == data[RECORD]
    _, other = checked("slope", "slope.1", -10)
    assert RECORD not in DisplayFormatter().format(other)[0]


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
        {"x1 of another figure": {"float": "nan"}},
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
