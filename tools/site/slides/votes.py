"""A prediction that a class votes on: its options, and what the judge says to each."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tools.site.judged import inline, paragraphs, said_to
from utils import questions
from utils.checks import MISTAKES, Choice, Number, Question
from utils.checks.feedback import Outcome

_OPTIONS = re.compile(
    r"\s*<strong>a</strong> .*?(?=</p>)|<ul>\s*<li><strong>a</strong>.*?</ul>", re.S
)


@dataclass(frozen=True)
class Option:
    """One of the answers, which may be an option's letter. said: what the judge says, as HTML."""

    letter: str
    text: str
    right: bool
    said: str


@dataclass(frozen=True)
class Vote:
    """A question with its options. asked: its text as HTML, without them.

    answer: where nothing can be chosen, what is shown when the class has said what it expects.
    """

    id: str
    asked: str
    options: tuple[Option, ...]
    answer: str = ""


def question(question_id: str) -> Question:
    """The question of this id, of the course."""
    found = questions.find(question_id)
    if found is None:
        raise LookupError(f"no question of the course is called {question_id!r}")
    return found


def vote_on(question_id: str, asked: str) -> Vote:
    """What a class sees of a question. asked: the text of the lesson that asks it, as HTML."""
    known = question(question_id)
    if isinstance(known.answer, Choice):
        options = tuple(_option(known, letter, text) for letter, text in known.answer.texts.items())
        return Vote(known.id, _OPTIONS.sub("", asked), options)
    answer = paragraphs(f"{known.solution}\n\n{known.why}")
    options = tuple(_typical(known)) if isinstance(known.answer, Number) else ()
    return Vote(known.id, asked, options, answer)


def _option(known: Question, letter: str, text: str) -> Option:
    said = said_to(known, letter)
    right = said.outcome is Outcome.CORRECT
    reason = f"{said.message}\n\n{known.why}" if right else _without_echo(said.message)
    told = f"<strong>{said.word}.</strong> {paragraphs(reason)}"
    return Option(letter, inline(text), right, told)


def _without_echo(message: str) -> str:
    """What is said to an option, without the option itself, which stands above it."""
    return re.sub(r"^You chose `\w`: .*?[.!?] (?=[A-Z])", "", message, count=1)


def _typical(known: Question) -> list[Option]:
    """The answers that known mistakes lead to, each once, with what the judge says to it."""
    found: dict[str, Option] = {}
    for rival in known.rivals:
        if rival.raises or not isinstance(rival.answer, int | float):
            continue
        shown = f"{rival.answer:.4g}".replace("-", "−")
        name = MISTAKES[rival.mistake].name
        told = f"<strong>{name}.</strong> {paragraphs(said_to(known, rival.answer).message)}"
        found.setdefault(shown, Option(shown, name, False, told))
    return list(found.values())[:4]
