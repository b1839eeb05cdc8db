"""What the judge says to an answer, as HTML that no notebook has yet to typeset."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from tools.site.markdown import formula
from utils.checks import Question
from utils.checks.desk import feedback
from utils.checks.feedback import Feedback, to_html, to_inline
from utils.checks.judge import judge

_CODE_OR_FORMULA = re.compile(r"<(code|pre)\b.*?</\1>|\$([^$\n]+)\$", re.DOTALL)


def said_to(question: Question, answer: Any) -> Feedback:
    """What `check` says to an answer, which counts for nobody's progress."""
    return feedback(question, judge(question, answer))


def with_formulas(markup: str) -> str:
    """HTML of the checks, in which formulas wait for a notebook to typeset them, as MathML.

    Raises FormulaError for a formula that cannot be shown.
    """

    def shown(found: re.Match[str]) -> str:
        return formula(unescape(found[2])) if found[2] else found[0]

    return _CODE_OR_FORMULA.sub(shown, markup)


def paragraphs(text: str) -> str:
    """The words of a question or of the judge, as HTML."""
    return with_formulas(to_html(text))


def inline(text: str) -> str:
    """The same within a line."""
    return with_formulas(to_inline(text))
