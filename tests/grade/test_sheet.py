"""What is run of a submission, and where each answer is looked at."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.grade.notebooks import ROOT, code, exercise, handed_out, marked, notebook, submission
from tools.grade import cells
from tools.grade.exercise import exercises
from tools.grade.sheet import LOOK, RUN, SHOW, sheet


def steps(nb, chapter=""):
    given = submission(nb)
    return sheet(exercise(chapter or given.chapter), given).steps


def test_no_step_calls_a_check_and_no_task_holds_a_truth():
    for chapter in exercises(ROOT / "exercises"):
        given = submission(handed_out(chapter, "solutions"))
        asked = sheet(exercise(chapter), given)
        assert not any(cells.checks(step.text) for step in asked.steps if step.kind != LOOK)
        plain = json.dumps(asked.to_plain())
        for question in asked.asked:
            assert question.solution not in plain
        assert {"kind", "ask", "seconds", "version"} == asked.to_plain()["tasks"].popitem()[
            1
        ].keys()


def test_our_own_expression_counts():
    nb = notebook("answer_1 = 1", 'check("slope.1", -10)', 'check("slope.5", steal())')
    looks = [(s.question, s.text) for s in steps(nb) if s.kind == LOOK and s.cell]
    assert looks == [("slope.1", "answer_1"), ("slope.5", "answer_5")]


def test_a_check_may_name_what_it_gets():
    (found,) = cells.checks('check(answer=2 * a, question_id="slope.1")')
    assert found == cells.Check("slope.1", "2 * a")
    assert cells.checks('check("slope.1")') == [cells.Check("slope.1", "None")]


def test_what_stands_beside_a_check_is_run():
    source = "answer_1 = 1\ncheck('slope.1', answer_1)\nanswer_3 = 3; progress()\nhint('slope.1')"
    found = [(s.kind, s.text) for s in steps(notebook(source)) if s.cell]
    assert found == [(RUN, "answer_1 = 1"), (LOOK, "answer_1"), (RUN, "answer_3 = 3")]


def test_practice_progress_and_drawings_are_not_run():
    nb = handed_out("derivative")
    nb["cells"].append(code("progress()"))
    shown = {step.text for step in steps(nb) if step.kind == SHOW}
    run = "\n".join(step.text for step in steps(nb) if step.kind == RUN)
    assert "draw_riddle()" in shown
    assert 'practice("' not in run and "progress()" not in run


def test_a_drawing_is_run_where_a_name_needs_it(worker):
    nb = notebook(
        "from utils.explorers.slope import explore_two_points",
        "answer_1 = -10 if made else 0",
        'check("slope.1", answer_1)',
    )
    nb["cells"].insert(1, code("made = True"))
    assert marked(worker, nb)[0].points == 1


def test_a_check_that_is_gone_is_looked_at_in_its_place():
    """Two exercises may ask for functions of one name, one after the other."""
    own = exercise("slope")
    own = replace(own, expressions={**own.expressions, "slope.1": "mine", "slope.2": "mine"})
    nb = notebook("mine = 1", "other = 2", "mine = 3", 'check("slope.2", mine)')
    found = sheet(own, submission(nb)).steps
    at = next(i for i, step in enumerate(found) if step.question == "slope.1")
    assert found[at - 1].text.strip() == "mine = 1"


def test_a_copy_of_an_earlier_course_is_asked_what_it_asked():
    nb = notebook("answer_1 = 12.006001", 'check("limits.1", answer_1)', 'check("limits.2", view)')
    asked = sheet(exercise("limits"), submission(nb)).asked
    assert [question.id for question in asked][:2] == ["limits.1", "limits.2"]
    assert not any(question.id == "limits.1b" for question in asked)
    assert len(asked) == len(exercise("limits").asked)


def test_the_last_answer_counts_and_guessing_is_no_use(worker):
    guesses = [f'answer_5 = "{letter}"\ncheck("slope.5", answer_5)' for letter in "abcd"]
    mark = next(m for m in marked(worker, notebook(*guesses)) if m.question == "slope.5")
    assert (mark.points, mark.verdict) == (0, "mistake")


def test_a_name_that_is_not_there_is_no_answer(worker):
    marks = marked(worker, notebook('check("slope.1", answer_1)'))
    assert {mark.verdict for mark in marks} == {"not-attempted"}


def test_magics_are_left_out():
    source = "%matplotlib inline\nanswer_1 = 1\n!pip install x\nabs?"
    assert cells.without_magics(source).split() == ["answer_1", "=", "1"]
    assert cells.without_magics("x = 7 % 2") == "x = 7 % 2"
