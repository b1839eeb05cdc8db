"""The options of a question as buttons, for who would rather click than type.

`Feedback` shows them under its words where a lettered question has no answer yet. A click goes
through `check`, as a typed letter does: one judge, one progress, the same words. The points of the
cell stay those of what is typed in it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from utils.checks import check
from utils.checks.feedback import Feedback, kernel

FOLDER = Path(__file__).parent
VIEW = "application/vnd.jupyter.widget-view+json"
ANSWERS = (FOLDER / "answers.js").read_text(encoding="utf-8")  # for all scripts that ask Python


class Clicks(anywidget.AnyWidget):
    """The words of a check, and under them a button for each option.

    question: its id. options: pairs of a letter and its text as HTML. words: as HTML, as long as
    nothing was clicked. judged: the last click: its number, its letter, and what was said to it as
    HTML; empty before the first. me: the id of this model, by which the browser finds out whether
    its kernel is there.
    """

    _esm = ANSWERS + (FOLDER / "clicks.js").read_text(encoding="utf-8")
    _css = (FOLDER / "clicks.css").read_text(encoding="utf-8")
    question = traitlets.Unicode().tag(sync=True)
    options = traitlets.List().tag(sync=True)
    words = traitlets.Unicode().tag(sync=True)
    judged = traitlets.Dict().tag(sync=True)
    me = traitlets.Unicode().tag(sync=True)

    def __init__(self, **values: Any) -> None:
        super().__init__(**values)
        self.me = self.model_id
        self.on_msg(lambda _clicks, message, _buffers: self.hear(message))

    def hear(self, message: Any) -> None:
        """What the browser says: `{"choose": letter}`. Anything else is left unheard."""
        letter = message.get("choose") if isinstance(message, dict) else None
        if letter in [known for known, _ in self.options]:
            in_main_thread(partial(self.choose, letter))

    def choose(self, letter: str) -> None:
        """Judge this letter, and show what is said to it."""
        said = check(self.question, letter).markup(role="none")
        number = self.judged.get("number", 0) + 1
        self.judged = {"number": number, "letter": letter, "html": said}


def in_main_thread(work: Callable[[], None]) -> None:
    """Call `work` between two cells, in the thread that runs them.

    The newer kernels hear clicks in a thread of their own, while a cell may be running. A check
    seeds the random numbers, swaps `sys.stdout` and puts back what it finds changed, and would
    disturb that cell; and only in the main thread can its limits end every wait.
    """
    loop = getattr(kernel(), "io_loop", None)
    if loop is None or threading.current_thread() is threading.main_thread():
        work()
    else:
        loop.add_callback(work)


buttons: dict[str, Clicks] = {}  # one for each question: a cell that runs again makes no other


def view(feedback: Feedback) -> dict[str, Any]:
    """What a notebook shows for an answer that is still open: a reference to its buttons."""
    clicks = buttons.get(feedback.question)
    if clicks is None or clicks.comm is None:  # it was closed
        clicks = buttons[feedback.question] = Clicks(
            question=feedback.question,
            options=feedback.options_as_html(),
            words=feedback.markup(role="none"),
        )
    clicks.judged = {}
    return {VIEW: {"version_major": 2, "version_minor": 0, "model_id": clicks.model_id}}
