"""One problem after the other: which comes next, and what becomes of an answer.

No widgets: a `Session` is what the panel shows, and what a test can walk through.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from utils.checks import schedule, store
from utils.checks.desk import feedback
from utils.checks.feedback import Feedback, Outcome
from utils.checks.judge import judge
from utils.checks.kinds.choice import Choice
from utils.checks.mistakes import MISTAKES
from utils.checks.verdict import Verdict
from utils.formulas import FormulaError
from utils.practice.template import Drawn, Template, draw, given

OPEN, RIGHT, SHOWN, OVER = "open", "right", "shown", "over"
# Outcomes that say nothing about what a learner knows: a slip of the keyboard, nothing typed.
UNCOUNTED = frozenset(
    {Outcome.NOT_ATTEMPTED, Outcome.TYPE, Outcome.ERROR, Outcome.ENDLESS, Outcome.IMPRECISE}
)
TRIES = 60  # to draw a problem that has not come up lately, or that can name a mistake


@dataclass(frozen=True)
class Result:
    """What became of one problem.

    alone: whether the first answer was right and came without help.
    mistakes: the names of those that were named.
    """

    drawn: Drawn
    alone: bool
    mistakes: Sequence[str]


class Plan(Protocol):
    """Which kinds of problems come, and whether there is help.

    hidden: whether the name of a problem would say which rule it needs, and is left out.
    retries: whether a wrong answer may be mended, with hints.
    """

    hidden: bool
    retries: bool

    def choose(self, session: Session) -> Template | None:
        """The next kind of problem; None at the end."""
        ...

    def heading(self, session: Session) -> str:
        """Where one stands, as a line above the problem."""
        ...

    def taken(self, session: Session, template: Template, alone: bool) -> str:
        """Hear that a problem was answered for the first time; what to say to it, or ""."""
        ...

    def summary(self, session: Session) -> str:
        """What is said at the end, in Markdown."""
        ...


@dataclass
class Session:
    """A sitting of practice.

    plan: what comes.
    seed: the same one gives the same problems, as long as the answers are the same.
    fresh: whether problems that came up in the last sittings are left out.
    today: the day, for when things come back.
    """

    plan: Plan
    seed: str
    fresh: bool = True
    today: Callable[[], date] = date.today
    number: int = 0
    state: str = OVER
    hints: int = 0
    said: Feedback | None = None
    remark: str = ""
    chasing: str | None = None  # the mistake that the next problem shall show
    called: str = ""  # what a learner knows it by
    results: list[Result] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.random = random.Random(f"practice/{self.seed}")
        self.drawn: Drawn | None = None
        self.alone: bool | None = None  # right at first and without help? None: nothing yet
        self.named: list[str] = []
        self.lately: dict[str, list[str]] = {}  # for each kind of problem the keys of the last
        self.next()

    # --- what a learner does ---

    def answer(self, text: str) -> Feedback:
        """Judge what was typed."""
        drawn = self._asked()
        self.said = self._feedback(drawn, text)
        return self.said

    def hint(self) -> str:
        """The next hint; the last one stays when all have been seen."""
        drawn = self._asked()
        if self.state == OPEN and self.plan.retries:
            self._count(drawn, alone=False)
            self.hints = min(self.hints + 1, len(drawn.question.hints))
        return drawn.question.hints[self.hints - 1] if self.hints else ""

    def solution(self) -> str:
        """The way to the answer, which ends the problem."""
        drawn = self._asked()
        if self.state == OPEN and self.plan.retries:
            self._count(drawn, alone=False)
            self.state = SHOWN
        return drawn.question.solution if self.state in (RIGHT, SHOWN) else ""

    def next(self) -> None:
        """Go on to the next problem, whatever became of this one."""
        if self.drawn is not None and self.state != OVER:
            self.results.append(Result(self.drawn, self.alone is True, tuple(self.named)))
        template = self.plan.choose(self)
        self.hints, self.said, self.alone, self.named, self.remark = 0, None, None, [], ""
        if template is None:
            self.drawn, self.state = None, OVER
            return
        self.number += 1
        self.state = OPEN
        self.drawn = self._draw(template)
        if self.chasing:
            self.remark = f"This one shows whether {self.called} is behind you."

    @property
    def heading(self) -> str:
        return self.plan.heading(self)

    # --- inside ---

    def _asked(self) -> Drawn:
        if self.drawn is None:
            raise ValueError("There is no problem to answer: the sitting is over.")
        return self.drawn

    def _feedback(self, drawn: Drawn, text: str) -> Feedback:
        if self.state != OPEN:
            return self.said or Feedback(Outcome.NOT_ATTEMPTED, "Go on to the next problem.")
        if not text.strip():
            return Feedback(Outcome.NOT_ATTEMPTED, _nothing_typed(drawn))
        try:
            verdict = judge(drawn.question, given(text, drawn.problem.answer))
        except FormulaError as problem:
            return Feedback(Outcome.TYPE, _unreadable(str(problem)))
        if verdict.outcome is Outcome.CORRECT:
            return self._right(drawn, verdict)
        if verdict.outcome in UNCOUNTED:
            return feedback(drawn.question, verdict)
        self._count(drawn, alone=False, mistake=verdict.mistake)
        if verdict.mistake:
            self.chasing, self.called = verdict.mistake, _name(drawn, verdict.mistake)
        if not self.plan.retries:
            self.state = SHOWN
        return feedback(drawn.question, verdict)

    def _right(self, drawn: Drawn, verdict: Verdict) -> Feedback:
        alone = self.alone is None
        said = [verdict.message or drawn.problem.steps[-1]]
        opened = self._count(drawn, alone=alone)
        if alone and self.chasing and self.chasing in _rivals(drawn):
            said.append(f"{self.called[0].upper()}{self.called[1:]} is behind you.")
            self.chasing = None
        self.state = RIGHT
        return feedback(drawn.question, Verdict.of(Outcome.CORRECT, " ".join([*said, *opened])))

    def _count(self, drawn: Drawn, alone: bool, mistake: str | None = None) -> list[str]:
        """Remember the first thing that became of a problem, and each mistake that was named."""
        first, template = self.alone is None, drawn.template

        def note(progress: store.Progress) -> None:
            known = progress.practised.setdefault(template.id, store.Practised())
            if first:
                schedule.move(known, alone, self.today())
                known.recent = list(self.lately[template.id])
            if alone:
                known.mistakes = [m for m in known.mistakes if m not in _rivals(drawn)]
            elif mistake and mistake not in known.mistakes:
                known.mistakes.append(mistake)

        if mistake and (name := _name(drawn, mistake)) not in self.named:
            self.named.append(name)
        if not (first or mistake):
            return []
        store.change(note)
        if first:
            self.alone = alone
        return [said for said in [self.plan.taken(self, template, alone)] if first and said]

    def _draw(self, template: Template) -> Drawn:
        """A problem that has not come up lately; one that can name what is chased, if there is."""
        if template.id not in self.lately:
            known = store.load().practised.get(template.id, store.Practised())
            self.lately[template.id] = list(known.recent) if self.fresh else []
        lately = self.lately[template.id]
        found = None
        for _ in range(TRIES):
            found = draw(template, f"{self.random.getrandbits(32):08x}")
            wanted = self.chasing in (None, *_rivals(found))
            if wanted and found.problem.key not in lately:
                break
        assert found is not None
        if self.chasing not in _rivals(found):
            self.chasing = None
        lately[:] = [*lately, found.problem.key][-schedule.REMEMBERED :]
        return found


# --- what comes ---


@dataclass
class Chapter:
    """Practice of one chapter: harder problems open on the way."""

    name: str
    number: str
    templates: Sequence[Template]
    level: int | None = None
    hidden: bool = False
    retries: bool = True

    @property
    def highest(self) -> int:
        return max(template.level for template in self.templates)

    def open_level(self) -> int:
        """The highest level that is open, unless one was asked for."""
        lowest = min(template.level for template in self.templates)
        return self.level or max(min(self._ladder().level, self.highest), lowest)

    def _ladder(self) -> store.Ladder:
        return store.load().ladders.get(self.name, store.Ladder())

    def choose(self, session: Session) -> Template | None:
        level = self.open_level()
        pool = [t for t in self.templates if t.level <= level]
        if self.level:
            pool = [t for t in self.templates if t.level == level]
        if session.chasing:
            chased = [t for t in pool if session.chasing in t.mistakes]
            pool, session.chasing = (chased, session.chasing) if chased else (pool, None)
        known = store.load().practised
        last = session.drawn.template if session.drawn else None
        weights = [
            (1 + 2 * (t.level == level) + 3 * bool(known.get(t.id, store.Practised()).mistakes))
            * (1 if t is not last else 0.1)
            for t in pool
        ]
        return session.random.choices(pool, weights)[0]

    def heading(self, session: Session) -> str:
        ladder, level = self._ladder(), self.open_level()
        if self.level:
            where = f"level {level} of {self.highest}"
        elif level < self.highest:
            missing = schedule.IN_A_ROW - ladder.row
            where = (
                f"level {level} of {self.highest} open, "
                f"{missing} more right in a row {'opens' if missing == 1 else 'open'} the next"
            )
        else:
            where = f"all {self.highest} levels open"
        return f"Chapter {self.number} · problem {session.number} · {where}"

    def taken(self, session: Session, template: Template, alone: bool) -> str:
        if self.level:
            return ""

        def note(progress: store.Progress) -> bool:
            ladder = progress.ladders.setdefault(self.name, store.Ladder())
            return schedule.climb(ladder, template.level, self.highest, alone)

        if not store.change(note):
            return ""
        return f"That was {schedule.IN_A_ROW} in a row: level {self.open_level()} is open now."

    def summary(self, session: Session) -> str:
        return ""  # it does not end


@dataclass
class Queue:
    """A fixed number of kinds of problems, one after the other."""

    title: str
    templates: Sequence[Template]
    told: Callable[[Sequence[Result]], str]
    hidden: bool = True
    retries: bool = True

    def choose(self, session: Session) -> Template | None:
        session.chasing = None
        return self.templates[session.number] if session.number < len(self.templates) else None

    def heading(self, session: Session) -> str:
        return f"{self.title} · problem {session.number} of {len(self.templates)}"

    def taken(self, session: Session, template: Template, alone: bool) -> str:
        return ""

    def summary(self, session: Session) -> str:
        return self.told(session.results)


def due(
    templates: Sequence[Template], known: dict[str, store.Practised], today: date
) -> list[Template]:
    """Those that should come again, the most urgent first."""
    waiting = [t for t in templates if t.id in known and schedule.is_due(known[t.id], today)]
    return sorted(waiting, key=lambda t: (-schedule.urgency(known[t.id], today), t.id))


def mixed(templates: Sequence[Template], minutes: float) -> list[Template]:
    """The first of them, about so many minutes long, those of one chapter apart if possible."""
    taken, left = [], minutes
    for template in templates:
        if left <= 0:
            break
        taken.append(template)
        left -= template.minutes
    apart: list[Template] = []
    while taken:
        last = apart[-1].chapter if apart else None
        index = next((i for i, t in enumerate(taken) if t.chapter != last), 0)
        apart.append(taken.pop(index))
    return apart


# --- what is said ---


def _rivals(drawn: Drawn) -> frozenset[str]:
    return frozenset(rival.mistake for rival in drawn.problem.rivals)


def _name(drawn: Drawn, mistake: str) -> str:
    """What a learner knows a mistake by: its name, unless it had words of its own here."""
    own = any(r.mistake == mistake and r.message for r in drawn.problem.rivals)
    return "that mistake" if own else f"“{MISTAKES[mistake].name}”"


def _nothing_typed(drawn: Drawn) -> str:
    if isinstance(drawn.problem.answer, Choice):
        return "You have not chosen yet. Press the letter of an option, or click it."
    return "The field is still empty. Type your answer, then press Enter."


def _unreadable(problem: str) -> str:
    return (
        f"I cannot read that. {problem} A number may be typed as it is, such as −0.25, or "
        "worked out, such as 3·2^2 or −1/4; several are kept apart by commas. How would you "
        "write yours with those signs alone?"
    )
