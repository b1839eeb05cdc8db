"""A piece of a project: an instrument uses it, and what the instrument found is judged.

The learner's function, or class, or several of them, may be built in any way. An instrument (see
`utils/measuring.py`) runs them on data of its own and leaves numbers with names, such as how many
rows are in two parts. Predicates on these numbers name the known mistakes, and then tell what else
is missing.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass, field, replace
from typing import Any

from utils import running
from utils.checks import words
from utils.checks.answer import Answer, Asked, is_blank
from utils.checks.calling import used
from utils.checks.feedback import Outcome
from utils.checks.reading import Kind, Reading, has_gap, inputs_that_do_not_fit, is_stub, read
from utils.checks.verdict import Verdict
from utils.measuring import Found, Saying, Unfit

# --- looking at the answer: what runs the learner's code ---


@dataclass(frozen=True)
class Bench:
    """Where the learner's pieces are measured.

    pieces: what each of them is called as, such as "split(y, seed)"; `Net()` is a class.
    measure: the instrument.
    """

    pieces: tuple[str, ...]
    measure: Any


@dataclass(frozen=True)
class Findings:
    """What an instrument found, or why there is nothing to measure.

    found: numbers by their names.
    given: the answer itself, where a piece of it is no function and no class.
    unwritten: True where a piece has no body yet.
    misfit: what is wrong with the form of what was given, as a message.
    """

    found: dict[str, float] = field(default_factory=dict)
    given: Reading | None = None
    unwritten: bool = False
    misfit: str = ""


def _is_unwritten(piece: Any) -> bool:
    """Whether a function does nothing, or a class of a network has no way forward yet."""
    if not isinstance(piece, type):
        return is_stub(piece)
    body = getattr(piece, "forward", None)
    own = any("forward" in vars(kind) for kind in piece.__mro__ if kind.__module__[:6] != "torch.")
    return not own or is_stub(body)


def _guarded(piece: Any) -> Any:
    """A function works on copies of its surroundings and leaves ours as they were."""
    if not isinstance(piece, (types.FunctionType, types.MethodType)):
        return piece  # a class, or an object that can be called
    twin = running.isolated(piece)
    return lambda *handed: used(twin, handed)


# --- the kind ---


@dataclass(frozen=True)
class Sign:
    """What a mistake looks like to the instrument.

    shows: tells from what was found whether the mistake was made.
    example: what is found where it was made, as changes of what is found in a right piece.
    told: what was found, as a sentence that stands in front of the message; None for nothing.
    """

    shows: Callable[[Found], bool]
    example: Found
    told: Callable[[Found], str] | None = None


@dataclass(frozen=True)
class Need:
    """Something that a right piece does, and what is said of one that does not.

    met: tells it from what was found. told: the message, which ends on a question.
    """

    met: Callable[[Found], bool]
    told: Callable[[Found], str]


@dataclass(frozen=True)
class Measured(Answer):
    """Pieces of code are asked, and any that do the work are right.

    truth: what is found in a right piece, by the names of what is measured.
    measure: the instrument, a function of `utils/models`.
    pieces: how each piece is called, such as "split(y, seed)"; several are given as a tuple.
    needs: what a right piece does, whatever the signs of the mistakes say.

    The answers of rivals are `Sign`s. They are looked at in their order, causes before effects, and
    the first that shows is named.
    """

    truth: Found
    _: KW_ONLY
    measure: Callable[..., Found]
    pieces: Sequence[str]
    needs: Sequence[Need] = ()

    Ask = Bench
    Seen = Findings

    @property
    def ask(self) -> Bench:
        return Bench(tuple(self.pieces), self.measure)

    @classmethod
    def observe(cls, ask: Bench, given: Any, at: Saying) -> Findings:
        several = len(ask.pieces) > 1
        if several and (not isinstance(given, (tuple, list)) or len(given) != len(ask.pieces)):
            return Findings(given=read(given))
        handed = list(given) if several else [given]
        for piece, call in zip(handed, ask.pieces, strict=True):
            reading = read(piece)
            if reading.kind is not Kind.FUNCTION or not callable(piece):
                return Findings(given=reading)
            if _is_unwritten(piece):
                return Findings(unwritten=True)
            theirs = inputs_that_do_not_fit(piece, _count(call))
            if theirs:
                return Findings(misfit=inputs_differ(call, theirs))
        gaps = any(has_gap(piece) for piece in handed)
        guarded = [_guarded(piece) for piece in handed]
        try:
            found = ask.measure(tuple(guarded) if several else guarded[0], at)
        except Unfit as unfit:
            return Findings(unwritten=gaps, misfit=str(unfit))
        return Findings({name: float(value) for name, value in found.items()})

    def is_empty(self, seen: Findings) -> bool:
        return is_blank(seen.given) if seen.given else seen.unwritten

    def empty(self, question_id: str) -> str:
        return nothing_written(self.pieces, question_id)

    def decide(self, question: Asked, seen: Findings, printed: bool) -> Verdict:
        if seen.given:
            return Verdict.of(Outcome.TYPE, something_else(seen.given, self.pieces))
        if seen.misfit:
            return Verdict.of(Outcome.TYPE, seen.misfit)
        if seen.found.keys() != self.truth.keys():
            raise ValueError(f"{question.id} was not measured by its own instrument")
        for rival in question.rivals:
            if isinstance(rival.answer, Sign) and rival.answer.shows(seen.found):
                told = rival.answer.told
                verdict = rival.named(told(seen.found) if told else "")
                return replace(verdict, message=verdict.message.strip())
        for need in self.needs:
            if not need.met(seen.found):
                said = f"{need.told(seen.found)} {words.next_step(question.id)}"
                return Verdict.of(Outcome.WRONG, said)
        return question.correct

    def ambiguities(self, question: Asked) -> list[str]:
        """What is found in a right piece must pass, and each example be named as what it is."""
        found = []
        examples = [("correct", {})]
        for rival in question.rivals:
            if rival.raises is not None:
                continue
            if not isinstance(rival.answer, Sign):
                found.append(f"{rival.mistake} is no `Sign`")
                continue
            example = dict(rival.answer.example)
            if strange := example.keys() - self.truth.keys():
                found.append(f"{rival.mistake} has what nobody measures: {', '.join(strange)}")
            examples.append((rival.mistake, example))
        for name, changes in examples if not found else []:
            verdict = self.decide(question, Findings({**self.truth, **changes}), printed=False)
            judged = verdict.mistake or verdict.outcome.value
            if judged != name:
                found.append(f"the example of {name} is judged as {judged}")
        return found


def _count(call: str) -> int:
    """How many inputs a call such as "split(y, seed)" has."""
    inside = call.partition("(")[2].rpartition(")")[0].strip()
    return len(inside.split(",")) if inside else 0


# --- what is said ---


def _listed(pieces: Sequence[str]) -> str:
    return " and ".join(f"`{piece}`" for piece in pieces)


def nothing_written(pieces: Sequence[str], question_id: str) -> str:
    """A piece has no body yet."""
    return (
        f"There is nothing behind {_listed(pieces)} yet. Any way that does the work is right, so "
        "begin with the one that you would explain to a friend, and put it where the `...` "
        f"stands. {words.first_step(question_id)}"
    )


def something_else(given: Reading, pieces: Sequence[str]) -> str:
    """Something was given that cannot be called."""
    count = "it" if len(pieces) == 1 else "all of them, in a tuple and in this order,"
    return (
        f"You gave {given.name}, and I would like to use your {_listed(pieces)} myself, on data of "
        f"my own. So hand over {count} by name, with no brackets behind it: then the check can "
        "call what you wrote. Which name stands behind your `def` or `class`?"
    )


def inputs_differ(call: str, theirs: str) -> str:
    """A piece takes another number of inputs than it is called with."""
    return (
        f"I call your piece as `{call}`, and it takes {theirs}. The steps of the project hand on "
        "to each other, so the inputs have to stay as the task names them; settings of your own "
        "can be given values behind them. Which name is missing in your first line, or is one "
        "too many?"
    )
