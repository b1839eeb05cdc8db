"""What every kind of answer can do, and what a misconception would answer.

The kinds stand in `kinds/`, a file for each.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, ClassVar, Protocol

from utils.checks import words
from utils.checks.feedback import Outcome
from utils.checks.mistakes import MISTAKES
from utils.checks.reading import Kind, Reading, read
from utils.checks.sample import Sample
from utils.checks.verdict import Verdict
from utils.measuring import Saying


@dataclass(frozen=True)
class Nothing:
    """What an observer must know of most questions."""


@dataclass(frozen=True)
class Given:
    """What an observer leaves of most answers."""

    reading: Reading


class Asked(Protocol):
    """What a kind of answer needs of the question that it belongs to."""

    @property
    def id(self) -> str: ...
    @property
    def rivals(self) -> Sequence[Rival]: ...
    @property
    def truth(self) -> Sample:
        """The right answer as numbers; TypeError for kinds that are not judged by numbers."""
        ...

    @property
    def rival_samples(self) -> Sequence[tuple[Rival, Sample]]:
        """The rivals that answer (and do not raise) as numbers."""
        ...

    @property
    def numbers_told(self) -> Sequence[float]:
        """The numbers that stand in its hints and in its solution."""
        ...

    @property
    def correct(self) -> Verdict:
        """The verdict on a right answer."""
        ...


class Answer(ABC):
    """A kind of answer: what is asked, how it is looked at, and how it is judged.

    A new kind is one file: a frozen data class that derives from this one and has a `decide`. The
    rest is there for kinds that need more than one reading of what was given.

    Ask: a data class of all that `observe` must know of the question. No truths: it may run where
        there are none.
    Seen: a data class of what `observe` leaves, made of numbers, texts, `Reading`s and tuples of
        them, with type hints: it travels as plain data (see `plain.py`).
    """

    Ask: ClassVar[type] = Nothing
    Seen: ClassVar[type] = Given
    truth: Any

    @property
    def ask(self) -> Any:
        """What an observer must know: an `Ask`."""
        return self.Ask()

    @property
    def offered(self) -> Mapping[str, str]:
        """Letter to text of the options that may be clicked; most kinds have none."""
        return {}

    @classmethod
    def observe(cls, ask: Any, given: Any, at: Saying) -> Any:
        """Look at what the learner gave, an `Ask` in hand; the only part that runs their code.

        at: is told each place at which it runs, for the message when the time is up.
        """
        return cls.Seen(read(given))

    @classmethod
    def look_again(cls, ask: Any, given: Any, seen: Any) -> Iterator[Any]:
        """After `observe`: what else can be seen, each time with all that was seen so far.

        It may run the learner's code again, for a short time, and may be stopped at any moment.
        """
        yield from ()

    def is_empty(self, seen: Any) -> bool:
        """True if there is no answer yet."""
        return is_blank(seen.reading)

    def empty(self, question_id: str) -> str:
        """What is said where there is no answer yet."""
        return words.empty(question_id)

    def prepare(self, question: Asked) -> None:
        """Work out what `decide` needs of the truth and the rivals, once for each question."""
        return None

    @abstractmethod
    def decide(self, question: Asked, seen: Any, printed: bool) -> Verdict:
        """The verdict on what was seen, which is not empty. Runs no learner's code.

        printed: whether the learner's code printed something.
        """

    def ambiguities(self, question: Asked) -> list[str]:
        """What could make this kind of answer be judged wrongly; empty if all is well."""
        return []

    def sample(self, answer: Any) -> Sample:
        """The truth, or a rival, as numbers. For our own answers only, not for a learner's."""
        raise TypeError(f"a {type(self).__name__} is not judged by numbers")


def is_blank(reading: Reading) -> bool:
    """True for nothing at all, and for whatever still holds the `...` of the exercise."""
    return reading.kind is Kind.GAP or (reading.kind is Kind.NOTHING and reading.shape == ())


@dataclass(frozen=True)
class Rival:
    """The answer that a misconception leads to.

    mistake: the id of an entry of the catalogue.
    answer: what somebody with this misconception would give, in the form the question asks for: a
        number, a function, a list, a letter, a formula; for `Live` a predicate, for `OpenTask` a
        `Way`.
    message: replaces the catalogue's message in this question; 25 to 80 words.
    raises: instead of an answer: an exception type that this misconception ends in. Where
        `torch_errors` knows the mistake, what the exception says must fit, too.
    says: what the exception's own words must hold, as a pattern.
    credit: the share of the question's points that it still earns.
    """

    mistake: str
    answer: Any = None
    _: KW_ONLY
    message: str | None = None
    raises: type[BaseException] | None = None
    says: str = ""
    credit: float = 0.0

    @property
    def text(self) -> str:
        """What the learner reads."""
        return self.message or MISTAKES[self.mistake].message

    def named(self, said: str) -> Verdict:
        """The verdict that names this mistake, behind what was found."""
        return Verdict(Outcome.MISTAKE, f"{said} {self.text}", self.mistake, self.credit)
