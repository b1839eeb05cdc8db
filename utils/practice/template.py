"""A kind of problem, of which practice draws another one each time."""

from __future__ import annotations

import math
import random
import zlib
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from utils.checks.answer import Answer, Rival
from utils.checks.kinds.array import Array
from utils.checks.kinds.choice import Choice
from utils.checks.kinds.formula import Formula
from utils.checks.kinds.number import Number
from utils.checks.question import Question
from utils.checks.words import DRAWN
from utils.practice.shown import Shown

T = TypeVar("T")

LEVELS = (1, 2, 3)
ATTEMPTS = 200  # to draw numbers that fit
LONGEST = 7  # characters of a number that is asked for, as it is written


class Draw:
    """Where a template takes its numbers from. The same seed gives the same numbers everywhere."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed)

    def whole(self, low: int, high: int, but: Sequence[int] = ()) -> int:
        """A whole number from `low` to `high`, both included, and none of `but`."""
        return self.one([n for n in range(low, high + 1) if n not in but])

    def nonzero(self, low: int, high: int) -> int:
        """A whole number from `low` to `high` that is not 0."""
        return self.whole(low, high, but=(0,))

    def one(self, items: Sequence[T]) -> T:
        """One of `items`."""
        return items[self._random.randrange(len(items))]

    def several(self, items: Sequence[T], count: int) -> list[T]:
        """`count` different ones of `items`, in any order."""
        left, taken = list(items), []
        for _ in range(count):
            taken.append(left.pop(self._random.randrange(len(left))))
        return taken

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of `items` in another order."""
        return self.several(items, len(items))

    def options(self, right: str, wrong: Sequence[Rival]) -> tuple[Choice, list[Rival]]:
        """Lettered options in any order.

        right: the text of the right one.
        wrong: for each other one the mistake that leads to it, its text as the `answer`.
        """
        texts = self.shuffled([right, *(rival.answer for rival in wrong)])
        letters = dict(zip("abcdefgh", texts, strict=False))
        letter_of = {text: letter for letter, text in letters.items()}
        rivals = [
            Rival(r.mistake, letter_of[r.answer], message=r.message, credit=r.credit) for r in wrong
        ]
        return Choice(letter_of[right], options=letters), rivals


@dataclass(frozen=True)
class Problem:
    """One problem, with its numbers.

    statement: what is asked, in the small Markdown of `checks/feedback.py`.
    answer: the kind of answer with its truth: a `Number`, an `Array`, a `Formula` or a `Choice`.
    rivals: what misconceptions would answer *here*.
    steps: the way to the answer, two at least; all but the last one are its hints.
    asks: what stands before the field, such as "f′(2) =".
    next: a sentence that carries the idea further, shown with a right answer.
    shown: tables and pictures below the statement.
    """

    statement: str
    _: KW_ONLY
    answer: Answer
    rivals: Sequence[Rival]
    steps: Sequence[str]
    asks: str = "Your answer"
    next: str = ""
    shown: Sequence[Shown] = field(default_factory=tuple)

    @property
    def key(self) -> str:
        """A short name, by which a problem that came up lately is known."""
        text = "\n".join([self.statement, *(part.words for part in self.shown)])
        return f"{zlib.crc32(text.encode()):08x}"


@dataclass(frozen=True)
class Template:
    """One kind of problem.

    id: "<chapter>.<name>", such as "chain_rule.bracket".
    title: a few words.
    level: 1 (one rule, in the open) to 3 (several steps, or a rule that must be found).
    minutes: how long a learner may need.
    draw: a problem from numbers drawn by `Draw`, or None where they do not fit together.
    """

    id: str
    _: KW_ONLY
    title: str
    level: int
    minutes: float
    draw: Callable[[Draw], Problem | None]

    @property
    def chapter(self) -> str:
        return self.id.partition(".")[0]

    @cached_property
    def mistakes(self) -> frozenset[str]:
        """What its problems can name, as far as a few of them tell."""
        found = [draw(self, str(seed)).problem.rivals for seed in range(3)]
        return frozenset(rival.mistake for rivals in found for rival in rivals)


@dataclass(frozen=True)
class Drawn:
    """A problem of a template, with the seed that gives it again."""

    template: Template
    seed: str
    problem: Problem

    @cached_property
    def question(self) -> Question:
        """The problem as the judge takes it."""
        problem = self.problem
        return Question(
            f"{DRAWN}{self.template.id}",
            title=self.template.title,
            answer=problem.answer,
            hints=list(problem.steps[:-1]),
            solution="\n".join(f"- {step}" for step in problem.steps),
            why="",
            next=problem.next,
            difficulty=self.template.level,
            minutes=math.ceil(self.template.minutes),
            rivals=problem.rivals,
        )


def draw(template: Template, seed: str) -> Drawn:
    """The problem of a template that belongs to a seed: one whose numbers are kind.

    Raises ValueError where no numbers are; a test sees to it that this does not happen.
    """
    why = "it draws nothing"
    for attempt in range(ATTEMPTS):
        problem = template.draw(Draw(f"{template.id}/{seed}/{attempt}"))
        if problem is None:
            continue
        drawn = Drawn(template, seed, problem)
        found = faults(drawn)
        if not found:
            return drawn
        why = found[0]
    raise ValueError(f"{template.id} finds no numbers in {ATTEMPTS} attempts: {why}")


def faults(drawn: Drawn) -> list[str]:
    """Why a problem should not be asked: numbers that are not kind, rivals that look alike."""
    answer, question = drawn.problem.answer, drawn.question
    match answer:
        case Number():
            asked: Sequence[float] = [answer.truth]
        case Array():
            asked = list(question.truth.values)
        case _:
            asked = []
    unkind = [value for value in asked if not is_kind(value)]
    if unkind:
        return [f"{unkind[0]} is no short number"]
    return question.ambiguities()


def is_kind(value: float) -> bool:
    """True for a number that can be written down whole and short: 12, −0.75, 1250."""
    return math.isfinite(value) and abs(value) < 1e5 and len(f"{value:.12g}".lstrip("-")) < LONGEST


def given(text: str, answer: Answer) -> Any:
    """What a learner typed as what the judge takes.

    Raises FormulaError, with a sentence for the learner, where it is no number.
    """
    match answer:
        case Formula() | Choice():
            return text
        case Array():
            return [typed_number(part) for part in _parts(text)]
    return typed_number(text)


def _parts(text: str) -> list[str]:
    inside = text.strip().strip("()[]")
    return [part for part in inside.replace(";", ",").split(",") if part.strip()]


def typed_number(text: str) -> float:
    """The number that a learner typed, which may be worked out: "−1/4", "2·3²"."""
    from utils.formulas import FormulaError, parse

    value = parse(text, ())()
    if not math.isfinite(value):
        raise FormulaError("That has no value: is something divided by 0?")
    return value
