"""A lettered question that has no answer yet is answered by a click."""

import sys
import threading
from dataclasses import replace

import pytest
from IPython.core.formatters import DisplayFormatter

from tests.test_questions import install
from utils import clicks, questions
from utils.checks import MISTAKES, Choice, Outcome, check, feedback, progress

OPEN = 'sample.4 What happens to the secant?: open"'


@pytest.fixture
def in_kernel(monkeypatch):
    """As if a kernel ran this, and nothing was shown before."""
    monkeypatch.setattr(feedback, "kernel", lambda: object())
    monkeypatch.setattr(clicks, "buttons", {})


def shown(question_id="sample.4"):
    """The buttons that a notebook shows for a question without an answer."""
    (reference,) = check(question_id, ...)._repr_mimebundle_().values()
    (found,) = [c for c in clicks.buttons.values() if c.model_id == reference["model_id"]]
    return found


def click(shown, letter):
    """What is said to a click, as HTML."""
    shown.hear({"choose": letter})
    return shown.judged.get("html")


@pytest.mark.parametrize("nothing", [..., None, "", "..."])
def test_buttons_stand_beside_words_and_points(in_kernel, nothing):
    data, _ = DisplayFormatter().format(check("sample.4", nothing))
    assert data.keys() == {"text/plain", "text/html", clicks.VIEW}
    assert data["text/plain"] == "0.0" and "You have not chosen yet" in data["text/html"]
    assert data["text/html"] == check("sample.4", nothing)._repr_html_()


def test_only_open_questions_with_letters_have_buttons(in_kernel):
    for answer in ("a", "b", "q", 3):
        assert check("sample.4", answer)._repr_mimebundle_() == {}, answer
    for other in ("sample.1", "sample.2", "sample.5", "sample.6", "sample.77"):
        assert check(other, ...)._repr_mimebundle_() == {}, other


def test_without_a_kernel_or_widgets_the_words_stand_alone(monkeypatch):
    said = check("sample.4", ...)
    assert said.options and said._repr_mimebundle_() == {}
    monkeypatch.setattr(feedback, "kernel", lambda: object())
    monkeypatch.setitem(sys.modules, "utils.clicks", None)  # as if anywidget could not be found
    assert said._repr_mimebundle_() == {}
    assert str(said).startswith("Not attempted. You have not chosen yet.")


def test_a_click_is_judged_as_a_typed_letter(in_kernel):
    buttons = shown()
    assert [letter for letter, _ in buttons.options] == ["a", "b", "c"]
    assert buttons.judged == {} and OPEN in progress()._repr_html_()
    for letter, outcome, state in (
        ("c", Outcome.WRONG, "tried"),
        ("a", Outcome.MISTAKE, "tried"),
        ("b", Outcome.CORRECT, "done"),
        ("a", Outcome.MISTAKE, "done"),  # done stays done
    ):
        said = click(buttons, letter)
        assert OPEN.replace("open", state) in progress()._repr_html_()
        typed = check("sample.4", letter)
        assert typed.outcome is outcome
        assert said == typed._repr_html_().replace('role="status"', 'role="none"', 1)
    assert buttons.judged["number"] == 4 and buttons.judged["letter"] == "a"


def test_a_wrong_click_names_the_mistake(in_kernel):
    assert MISTAKES["limit-read-as-value"].message.split(".")[0] in click(shown(), "a")


@pytest.mark.parametrize(
    "junk", [None, "b", {}, {"choose": "z"}, {"choose": None}, {"choose": ["b"]}, {"click": "b"}]
)
def test_what_no_button_sends_is_not_heard(in_kernel, junk):
    buttons = shown()
    buttons.hear(junk)
    assert buttons.judged == {} and OPEN in progress()._repr_html_()


def test_nothing_tells_the_answer_before_the_click(in_kernel, sample, monkeypatch):
    """Whatever is right, the browser gets the same."""

    def sent(truth):
        clicks.buttons.clear()
        other = Choice(truth, options=sample[3].answer.options)
        install(monkeypatch, [replace(sample[3], answer=other, rivals=())])
        return {k: v for k, v in shown().get_state().items() if k not in ("me", "layout")}

    assert sent("a") == sent("b") == sent("c")


def test_a_cell_that_runs_again_starts_anew_and_makes_no_second_buttons(in_kernel):
    first = shown()
    click(first, "a")
    again = shown()
    assert again is first and again.judged == {}
    first.close()
    assert shown() is not first


def test_options_are_escaped(in_kernel, sample, monkeypatch):
    markup = Choice("a", options=["`x < 1`", "<script>alert(1)</script>"])
    install(monkeypatch, [replace(sample[3], answer=markup, rivals=())])
    assert shown().options == [
        ["a", "<code>x &lt; 1</code>"],
        ["b", "&lt;script&gt;alert(1)&lt;/script&gt;"],
    ]


class Loop:
    """The kernel's loop, which runs what it is given later, in the main thread."""

    def __init__(self):
        self.given = []

    def add_callback(self, work):
        self.given.append(work)


def test_a_click_from_another_thread_waits_for_the_running_cell(in_kernel, monkeypatch):
    buttons, loop = shown(), Loop()
    monkeypatch.setattr(clicks, "kernel", lambda: type("Kernel", (), {"io_loop": loop}))
    thread = threading.Thread(target=click, args=(buttons, "b"))
    thread.start()
    thread.join()
    assert buttons.judged == {} and len(loop.given) == 1
    loop.given[0]()
    assert "Correct." in buttons.judged["html"]
    assert "Not yet." in click(buttons, "a") and len(loop.given) == 1  # here it is done at once


def test_no_words_of_lettered_questions_need_typesetting():
    """A notebook typesets its own outputs, not what a widget shows."""
    lettered = [q for q in questions.all_questions() if isinstance(q.answer, Choice)]
    assert len(lettered) > 50
    for question in lettered:
        said = [*question.answer.texts.values(), question.next, *(r.text for r in question.rivals)]
        assert not [text for text in said if "$" in text], question.id
