"""Practice in a notebook: the problem, a field for the answer, and what is said to it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from utils import bank, clicks
from utils.checks import schedule, store
from utils.checks.feedback import Note, Outcome, kernel, to_html
from utils.checks.kinds.array import Array
from utils.checks.kinds.choice import Choice
from utils.checks.kinds.formula import Formula
from utils.practice import session as sessions
from utils.practice.look import colours
from utils.practice.results import CHECKPOINT, after_checkpoint, after_review, of_checkpoint
from utils.practice.session import OPEN, OVER, Queue, Session
from utils.practice.svg import as_html

FOLDER = Path(__file__).parent


class Panel(anywidget.AnyWidget):
    """What the browser shows of a `Session`.

    view: all of it, as one dict; see practice.js. me: the id of this model, by which the browser
    finds out whether its kernel is there.
    """

    _esm = clicks.ANSWERS + (FOLDER / "practice.js").read_text(encoding="utf-8")
    _css = (FOLDER / "practice.css").read_text(encoding="utf-8") + colours(".practice")
    view = traitlets.Dict().tag(sync=True)
    me = traitlets.Unicode().tag(sync=True)

    def __init__(self, session: Session, described: str) -> None:
        super().__init__()
        self.session, self.described = session, described
        self.me = self.model_id
        self.turn = 0
        self.show()
        self.on_msg(lambda _panel, message, _buffers: self.hear(message))

    def hear(self, message: Any) -> None:
        """What the browser says: `{"do": …, "number": …, "text": …}`; anything else is unheard.

        number: of the problem that was meant; a second click for one that has gone is left out.
        """
        if not isinstance(message, dict) or message.get("number") != self.session.number:
            return
        text = message.get("text", "")
        done: dict[Any, Callable[[], Any]] = {
            "answer": lambda: self.session.answer(text if isinstance(text, str) else ""),
            "hint": self.session.hint,
            "solution": self.session.solution,
            "next": self.session.next,
        }
        if message.get("do") in done and self.session.state != OVER:
            clicks.in_main_thread(partial(self.act, done[message["do"]]))

    def act(self, what: Callable[[], Any]) -> None:
        """Do it, and show what came of it."""
        what()
        self.show()

    def show(self) -> None:
        """Bring the browser up to date."""
        self.turn += 1
        self.view = {"turn": self.turn} | shown(self.session)

    def __repr__(self) -> str:
        return self.described

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        text = {"text/plain": self.described}
        if kernel() is None:
            return text
        reference = {"version_major": 2, "version_minor": 0, "model_id": self.model_id}
        return text | {clicks.VIEW: reference}


def shown(session: Session) -> dict[str, Any]:
    """All that the browser needs to know of a session."""
    drawn, said = session.drawn, session.said
    view: dict[str, Any] = {"number": session.number, "state": session.state}
    if drawn is None:
        return view | {"heading": "", "statement": to_html(session.plan.summary(session))}
    problem = drawn.problem
    options = list(problem.answer.offered.items()) if isinstance(problem.answer, Choice) else []
    hints = drawn.question.hints[: session.hints]
    solution = "" if session.state == OPEN else drawn.question.solution
    return view | {
        "heading": session.heading,
        "title": "" if session.plan.hidden else drawn.template.title,
        "remark": to_html(session.remark),
        "statement": to_html(problem.statement),
        "shown": "".join(map(as_html, problem.shown)),
        "asks": problem.asks,
        "example": _example(problem.answer),
        "options": [[letter, to_html(text)] for letter, text in options],
        "help": session.plan.retries,
        "hints": [to_html(hint) for hint in hints],
        "more": len(drawn.question.hints) - len(hints),
        "solution": to_html(solution),
        "said": said.markup(role="none") if said else "",
        "right": bool(said and said.outcome is Outcome.CORRECT),
    }


def _example(answer: Any) -> str:
    match answer:
        case Formula():
            return f"a formula in {' and '.join(answer.names)}, such as 3{answer.names[0]}^2 + 1"
        case Array():
            return "numbers, such as 2, −1"
    return "a number"


# --- the three calls ---


def practice(chapter: str, level: int | None, seed: Any) -> Panel:
    name, number = chapter_of(chapter)
    templates = bank.templates(name)
    levels = sorted({template.level for template in templates})
    if level is not None and level not in levels:
        raise ValueError(f"level must be one of {levels} or left out, and is {level!r}.")
    plan = sessions.Chapter(name, number, templates, level)
    described = (
        f"Practice of chapter {number}: {len(templates)} kinds of problems on {len(levels)} "
        "levels, with new numbers each time."
    )
    return Panel(Session(plan, _seed(seed), seed is None), described)


def review(minutes: float, seed: Any) -> Panel | Note:
    if not minutes > 0:
        raise ValueError(f"minutes must be above 0, and is {minutes!r}.")
    today = date.today()
    known = store.load().practised
    waiting = sessions.due(bank.all_templates(), known, today)
    if not waiting:
        return Note("Nothing is due today", _when_next(known, today))
    chosen = sessions.mixed(waiting, minutes)
    plan = Queue("Review", chosen, after_review)
    described = "Review: mixed problems that are due again, with new numbers."
    return Panel(Session(plan, _seed(seed), seed is None), described)


def checkpoint(chapter: int, seed: Any) -> Panel:
    key = _seed(seed)
    chosen, first = of_checkpoint(chapter, key)
    plan = Queue(
        f"Checkpoint after chapter {chapter:02d}",
        chosen,
        lambda results: after_checkpoint(chapter, results),
        retries=False,
    )
    described = f"Checkpoint: {CHECKPOINT} mixed problems on chapters {first:02d} to {chapter:02d}."
    return Panel(Session(plan, key, seed is None), described)


def chapter_of(wanted: Any) -> tuple[str, str]:
    """Name and number of the chapter that is meant."""
    text = str(wanted).strip().lower()
    for outline in bank.overview():
        name, number = outline.name, outline.number
        if text in (name, number, number.removeprefix("0"), f"{number}_{name}"):
            if not bank.templates(name):
                raise ValueError(f"Chapter {number} has no practice; the next one has.")
            return name, number
    names = [outline.name for outline in bank.overview() if bank.templates(outline.name)]
    offered = ", ".join(map(repr, names))
    raise ValueError(f"There is no chapter {wanted!r} to practise. There are: {offered}.")


def _seed(seed: Any) -> str:
    return secrets.token_hex(4) if seed is None else str(seed)


def _when_next(known: dict[str, store.Practised], today: date) -> str:
    left = [schedule.days_left(each, today) for each in known.values() if each.last]
    if not left:
        return (
            "A review brings back what you have practised. At the end of each exercise notebook "
            'there is practice, such as `practice("slope")`; begin there.'
        )
    days = min(left)
    return (
        f"All that you have practised is fresh: the next kind of problem comes back in {days} "
        f"{'day' if days == 1 else 'days'}. Until then, practice of any chapter goes on as long "
        "as you like."
    )
