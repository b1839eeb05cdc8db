"""Checks that know which mistake you made.

In a notebook:

    from utils.checks import check, hint, solution, progress

    check("slope.1", answer)    # right, or what is wrong with it
    hint("slope.1")             # one step at a time
    solution("slope.1")         # with its reason
    progress()                  # the map of the course
    aim("slope.2", view)        # a live figure that says what to reach

For the authors of questions: `Question`, the kinds of answers (`Number`, `Function`, `Array`,
`Choice`, `Formula`, `Live` with its `Figure`) and `Rival`; `mistakes.py` is the catalogue.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from utils import running

if TYPE_CHECKING:
    from utils.checks.course_map import CourseMap
    from utils.checks.feedback import Feedback as Feedback
    from utils.checks.feedback import Note as Note
    from utils.checks.feedback import Outcome as Outcome
    from utils.checks.kinds.array import Array as Array
    from utils.checks.kinds.choice import Choice as Choice
    from utils.checks.kinds.figure import Figure as Figure
    from utils.checks.kinds.figure import Live as Live
    from utils.checks.kinds.formula import Formula as Formula
    from utils.checks.kinds.function import Function as Function
    from utils.checks.kinds.measured import Measured as Measured
    from utils.checks.kinds.measured import Need as Need
    from utils.checks.kinds.measured import Sign as Sign
    from utils.checks.kinds.number import Number as Number
    from utils.checks.kinds.open_task import Attempt as Attempt
    from utils.checks.kinds.open_task import OpenTask as OpenTask
    from utils.checks.kinds.open_task import Way as Way
    from utils.checks.mistakes import MISTAKES as MISTAKES
    from utils.checks.mistakes import Mistake as Mistake
    from utils.checks.question import Question as Question
    from utils.checks.question import Rival as Rival

_HOMES = ("feedback", "question", "mistakes", "kinds")  # kinds: for new ones, which nobody lists


def __getattr__(name: str) -> Any:
    if name[0].isupper():
        for home in _HOMES:
            found = getattr(importlib.import_module(f"{__name__}.{home}"), name, None)
            if found is not None:
                return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


# --- the five calls ---

# A notebook imports them in its first cell; the judge behind them is loaded when the first of them
# is made, so that every chapter opens faster. They are described here, and done at the desk.


def _desk() -> Any:
    """The module behind the calls, loaded while builtins and NumPy are as they were at first."""
    replaced = running.restore_names()
    try:
        desk = importlib.import_module("utils.checks.desk")
        running.keep_course()
        return desk
    finally:
        running.put_back(replaced)


def _ask(call: str, *arguments: Any, **options: Any) -> Any:
    """One of the calls, made while all is as it was at first."""
    replaced = running.restore_all()  # first of all: it may be abs, or the judge himself
    try:
        return getattr(_desk(), call)(*arguments, **options)
    finally:
        running.put_back(replaced)


def check(question_id: str, answer: Any = None) -> Feedback:
    """Judge `answer` to a question, and say what is right or which mistake it is.

    question_id: such as "slope.1".
    answer: what the question asks for; left out, `None` and `...` mean "not yet".

    What comes back shows its message in a notebook; its `repr` is the points. It never raises,
    whatever the answer does (save for the "interrupt" button), and what it shows depends on the
    question and the answer alone.
    """
    return _ask("check", question_id, answer)


def hint(question_id: str, step: int | None = None) -> Note:
    """Show the next hint of a question; each call goes one step further.

    question_id: such as "slope.1".
    step: show this hint again (1 is the first one) instead of the next.
    """
    return _ask("hint", question_id, step)


def solution(question_id: str) -> Note:
    """Show the solution and its reason: after an attempt, or when asked for the second time."""
    return _ask("solution", question_id)


def progress(reset: bool | str | None = None, *, confirm: bool = False) -> CourseMap | Note:
    """Draw the map of the course: what is done, tried and open, and where to continue.

    reset: forget the progress of a chapter ("slope"), of a question ("slope.1") or of everything
        (True). Your notebooks are not touched.
    confirm: `reset` only asks back unless this is True.
    """
    return _ask("progress", reset, confirm=confirm)


def aim(question_id: str, view: Any) -> Any:
    """The live figure of a question, which now says what to reach, and when it is reached.

    question_id: such as "slope.2".
    view: the figure. What is no figure of this question comes back as it is; its check says why.

    Nothing is judged by this and nothing remembered: both are done by `check`.
    """
    return _ask("aim", question_id, view)
