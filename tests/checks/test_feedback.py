"""What a check returns: points, text, HTML."""

import re
from dataclasses import replace

import pytest

from tests import sample_chapter
from tests.checks.cells import visible
from tests.test_questions import install
from utils.checks import Feedback, Outcome, check, hint, solution
from utils.checks.feedback import to_html


def test_points_are_the_repr_and_the_message_is_the_text():
    right, part, wrong = check("sample.1", 80), check("sample.1", 80 / 60), check("sample.1", 17)
    assert [repr(f) for f in (right, part, wrong)] == ["1.0", "0.5", "0.0"]
    assert str(right).startswith("Correct. ") and str(wrong).startswith("Not yet. ")
    assert str(check("sample.1", -80)).startswith("Nearly. ")
    assert str(check("sample.1")).startswith("Not attempted. ")
    assert part.mistake == "units-mixed" and part.outcome is Outcome.MISTAKE


def test_nbgrader_reads_the_points():
    from nbformat.v4 import new_code_cell, new_output
    from nbgrader.utils import determine_grade

    def graded(answer):
        data = {"text/plain": repr(check("sample.1", answer))}
        cell = new_code_cell(outputs=[new_output("execute_result", data=data)])
        cell.metadata["nbgrader"] = {"grade": True, "solution": False, "points": 1}
        return determine_grade(cell)

    assert graded(80) == (1.0, 1.0)
    assert graded(80 / 60) == (0.5, 1.0)
    assert graded(17) == graded(...) == (0.0, 1.0)


def test_html_says_the_same_as_the_text():
    for question_id, table in sample_chapter.WRONG.items():
        for answer, _ in table:
            feedback = check(question_id, answer)
            shown = visible(feedback._repr_html_())
            text = str(feedback).replace("`", " ")
            assert re.sub(r"\W+", "", shown) == re.sub(r"\W+", "", text)
            assert 'role="status"' in feedback._repr_html_()


def test_what_was_given_is_escaped_in_html():
    markup = check("sample.4", "<script>alert(1)</script>")._repr_html_()
    assert "<script" not in markup and "&lt;script" in markup


def test_small_markdown_becomes_html():
    text = (
        "See **this** and *that*: `a < b`.\n\n- one\n- two\n\n```python\nx = 1 < 2\n```\n\n$x*y*z$"
    )
    markup = to_html(text)
    assert "<strong>this</strong>" in markup and "<em>that</em>" in markup
    assert "<code>a &lt; b</code>" in markup and "<li>two</li>" in markup
    assert "x = 1 &lt; 2</pre>" in markup and "$x*y*z$" in markup


def test_a_check_shows_the_same_thing_every_time():
    def shown():
        return [
            (str(check(question_id, answer)), check(question_id, answer)._repr_html_())
            for question_id, table in sample_chapter.WRONG.items()
            for answer, _ in table
        ]

    first = shown()
    hint("sample.1")
    check("sample.1", 80)
    assert shown() == first


@pytest.mark.parametrize("unknown", ["sample.77", "nowhere.1", "", None, 5, object()])
def test_an_unknown_question_is_said_to_be_unknown(unknown):
    for feedback in (check(unknown, 1), hint(unknown), solution(unknown)):
        assert "I know no question" in str(feedback)
    assert check("sample.77", 1).outcome is Outcome.NO_QUESTION


def test_a_mistyped_id_gets_a_suggestion():
    assert '"sample.3"' in str(check("samples.3", 1))


def test_a_fault_of_the_course_is_not_blamed_on_the_learner(sample, monkeypatch):
    def broken(x):
        raise KeyError("a bug in the question")

    answer = replace(sample[1].answer, truth=broken)
    install(monkeypatch, [replace(sample[1], answer=answer)])
    feedback = check("sample.2", lambda x: 2 * x)
    assert feedback.outcome is Outcome.STUMBLED and "not yours" in feedback.message


def test_feedback_can_be_made_by_hand():
    feedback = Feedback(Outcome.CORRECT, "Good.", 2)
    assert repr(feedback) == "2.0" and str(feedback) == "Correct. Good."
