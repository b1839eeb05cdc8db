"""What a page knows of a question, worked out while the page is made: by the judge itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tools.site.judged import inline, said_to, with_formulas
from utils import questions
from utils.checks import Choice, Question
from utils.checks.desk import solved
from utils.checks.feedback import Note


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
            {"letter": letter, "text": inline(text), **judged(question, letter)}
            for letter, text in texts.items()
        ],
        "hints": [with_formulas(hint.markup()) for hint in hints],
        "solution": with_formulas(solved(question).markup()),
    }


def judged(question: Question, answer: Any) -> dict[str, str]:
    """What `check` says to an answer: its outcome, and the very HTML of the notebook."""
    said = said_to(question, answer)
    return {"outcome": said.outcome.value, "said": with_formulas(said.markup(role="none"))}
