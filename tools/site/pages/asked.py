"""What a page knows of a question, worked out while the page is made: by the judge itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Any

from tools.site.markdown import formula
from utils import questions
from utils.checks import Choice, Question
from utils.checks.desk import feedback, solved
from utils.checks.feedback import Note, to_inline
from utils.checks.judge import judge

FORMULA = re.compile(r"\$([^$\n]+)\$")


def of_page(question_ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """By id, what page.js takes of each question that the course knows."""
    found = {name: questions.find(name) for name in question_ids}
    return {name: told(question) for name, question in found.items() if question is not None}


def told(question: Question) -> dict[str, Any]:
    """A question as page.js takes it: to each option what the judge says, hints, solution.

    What only Python can judge has no options.
    """
    texts = question.answer.texts if isinstance(question.answer, Choice) else {}
    count = len(question.hints)
    hints = [
        Note(f"Hint {number} of {count}", hint) for number, hint in enumerate(question.hints, 1)
    ]
    return {
        "title": question.title,
        "options": [
            {"letter": letter, "text": with_formulas(to_inline(text)), **judged(question, letter)}
            for letter, text in texts.items()
        ],
        "hints": [with_formulas(hint.markup()) for hint in hints],
        "solution": with_formulas(solved(question).markup()),
    }


def judged(question: Question, answer: Any) -> dict[str, str]:
    """What `check` says to an answer: its outcome, and the very HTML of the notebook."""
    told = feedback(question, judge(question, answer))
    return {"outcome": told.outcome.value, "said": with_formulas(told.markup(role="none"))}


def with_formulas(markup: str) -> str:
    """HTML of the checks, in which formulas wait for a notebook to typeset them, as MathML."""
    return FORMULA.sub(lambda found: formula(unescape(found[1])), markup)
