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

from utils.checks.desk import check, hint, progress, solution
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
