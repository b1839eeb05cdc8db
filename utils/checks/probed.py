"""What functions and formulas share: they are tried at probes, and may be wrong at some of them."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from utils.checks import words
from utils.checks.answer import Asked
from utils.checks.feedback import Outcome
from utils.checks.numeric import ENOUGH, Numeric
from utils.checks.reading import Reading
from utils.checks.sample import Sample
from utils.checks.verdict import Verdict


class Probed(Numeric, ABC):
    """A kind of answer that is tried at `probes`, of which it has `arguments` by their `names`."""

    probes: Sequence[Any]

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]:
        """The names of the inputs, in their order."""

    @property
    def arguments(self) -> tuple[tuple[Any, ...], ...]:
        """For each probe its arguments, one or several."""
        return tuple(probe if isinstance(probe, tuple) else (probe,) for probe in self.probes)

    def decide_values(
        self, question: Asked, readings: Sequence[Reading], places: Sequence[str], what: str
    ) -> Verdict:
        """The verdict on values of the right shapes.

        places: where each of them was seen, in words.
        what: what to call the answer, such as "function".
        """
        seen, truth = Sample.of(readings), question.truth
        if self.matches(seen, truth):
            return question.correct
        wrong = self.first_wrong(seen, truth)
        said = self.gives(places[wrong], readings[wrong], what)
        rival = self.known(question, seen)
        if rival:
            return rival.named(said)
        nearly = self.imprecise(question, said, seen) or self.constant_factor(said, seen, truth)
        if nearly:
            return nearly
        for value in readings[wrong].values:
            if not math.isfinite(value):
                alone = readings[wrong].is_number
                value_said = words.as_read(readings[wrong]) if alone else words.number(value)
                message = undefined(places[wrong], value_said, what)
                return Verdict.of(Outcome.WRONG, message)
        if set(seen.shapes) == {()} and len(set(seen.values)) == 1 and len(set(truth.values)) > 1:
            value = words.number(seen.values[0])
            message = constant_everywhere(value, self._variable(), what)
            return Verdict.of(Outcome.WRONG, message)
        return Verdict.of(Outcome.WRONG, self.wrong(question, said, seen, what))

    def gives(self, place: str, reading: Reading, what: str) -> str:
        """What came out at one probe, as a sentence."""
        return gives(place, reading, what)

    def wrong(self, question: Asked, said: str, seen: Sample, what: str) -> str:
        """What is said of values that match no rival."""
        right, tried = self.agreeing(seen, question.truth)
        return wrong_values(said, right, tried, question.id, what)

    def agreeing(self, seen: Sample, truth: Sample) -> tuple[int, int]:
        """At how many probes the values are right, and at how many they were looked at."""
        tried = len(self.probes)
        return tried - self.probes_apart(seen, truth), tried

    def _variable(self) -> str:
        """The name of the first input that is no function."""
        named = zip(self.names, self.arguments[0], strict=True)
        return next((name for name, argument in named if not callable(argument)), "x")

    def ambiguities(self, question: Asked) -> list[str]:
        """As for all numbers; and there must be more probes than a rival may match by chance."""
        found = super().ambiguities(question)
        if len(self.probes) <= ENOUGH:
            found.append(f"there are only {len(self.probes)} probes; use at least {ENOUGH + 1}")
        return found


# --- what is said ---


def gives(place: str, reading: Reading, what: str) -> str:
    """What came out at one probe, as a sentence."""
    return f"At {place}, your {what} gives {words.as_read(reading)}."


def wrong_values(said: str, right: int, tried: int, question_id: str, what: str) -> str:
    """A function or formula that matches no rival."""
    agree = f"at {right} of the {tried}" if right else "at none of the"
    return (
        f"{said} That is not the value there; it agrees {agree} points I tried. Work this one "
        f"point out by hand and write down each step: at which step does your {what} go another "
        f"way? {words.next_step(question_id)}"
    )


def constant_everywhere(value: str, variable: str, what: str) -> str:
    """A function that gives the same value everywhere, where the truth does not."""
    return (
        f"Your {what} gives {value} at every point I tried, whatever `{variable}` is. The question "
        "asks for something that changes from point to point. Look at what it hands back: is "
        f"`{variable}` used there, or a number that you worked out before?"
    )


def undefined(where: str, value: str, what: str) -> str:
    """nan or infinity."""
    return (
        f"At {where}, your {what} gives {value}, where the right one has an ordinary value. That "
        "comes from dividing by zero, from the root or logarithm of a negative number, or from "
        "values that grow without end. Which part of yours can do that there?"
    )
