"""Checks that know which mistake you made.

In a notebook::

    from utils.checks import check, hint, solution, progress

    check("slope.1", answer)    # right, or what is wrong with it
    hint("slope.1")             # one step at a time
    solution("slope.1")         # with its reason
    progress()                  # the map of the course

For the authors of questions: ``Question``, the kinds of answers (``Number``, ``Function``,
``Array``, ``Choice``, ``Formula``, ``Live``) and ``Rival``; ``mistakes.py`` is the catalogue.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from utils import running

if TYPE_CHECKING:
    from utils.checks.course_map import CourseMap
    from utils.checks.feedback import Feedback, Note, Outcome
    from utils.checks.mistakes import MISTAKES, Mistake
    from utils.checks.question import (
        Array,
        Choice,
        Formula,
        Function,
        Live,
        Number,
        Question,
        Rival,
    )

__all__ = [
    "MISTAKES",
    "Array",
    "Choice",
    "Feedback",
    "Formula",
    "Function",
    "Live",
    "Mistake",
    "Note",
    "Number",
    "Outcome",
    "Question",
    "Rival",
    "check",
    "hint",
    "progress",
    "solution",
]

# A notebook imports the four calls in its first cell; the judge behind them is loaded when the
# first of them is made, so that every chapter opens faster.
_HOMES = {"MISTAKES": "mistakes", "Mistake": "mistakes"} | dict.fromkeys(
    ("Feedback", "Note", "Outcome"), "feedback"
)


def __getattr__(name: str) -> Any:
    if name in __all__:
        return getattr(importlib.import_module(f"{__name__}.{_HOMES.get(name, 'question')}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _desk() -> Any:
    """The module behind the calls, loaded while builtins and NumPy are as they were at first."""
    replaced = running.restore_names()
    try:
        return importlib.import_module("utils.checks.desk")
    finally:
        running.put_back(replaced)


def check(question_id: str, answer: Any = None) -> Feedback:
    """Judge ``answer`` to a question, and say what is right or which mistake it is.

    Args:
        question_id: Such as "slope.1".
        answer: What the question asks for.
    """
    return _desk().check(question_id, answer)


def hint(question_id: str, step: int | None = None) -> Note:
    """Show the next hint of a question, or (``step=1``, ``2``, …) one of them again."""
    return _desk().hint(question_id, step)


def solution(question_id: str) -> Note:
    """Show the solution and its reason: after an attempt, or when asked for the second time."""
    return _desk().solution(question_id)


def progress(reset: bool | str | None = None, *, confirm: bool = False) -> CourseMap | Note:
    """Draw the map of the course: what is done, tried and open, and where to continue.

    Args:
        reset: Forget the progress of a chapter ("slope"), of a question ("slope.1") or of
            everything (True). Your notebooks are not touched.
        confirm: ``reset`` only asks back unless this is True.
    """
    return _desk().progress(reset, confirm=confirm)
