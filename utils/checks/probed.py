"""What functions and formulas share: they are tried at probes, and may be wrong at some of them."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

from utils.checks import slips, words
from utils.checks.answer import Asked
from utils.checks.feedback import Outcome
from utils.checks.numeric import ENOUGH, Numeric
from utils.checks.reading import Reading
from utils.checks.sample import Sample
from utils.checks.slips import Slip
from utils.checks.source import UNREAD, Code
from utils.checks.verdict import Verdict

STEPS = {"h", "step", "dx", "delta", "eps"}  # names of a step by which is divided

Calls = list[tuple[Any, ...]]  # the arguments at each probe


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
        self,
        question: Asked,
        readings: Sequence[Reading],
        places: Sequence[str],
        what: str,
        code: Code = UNREAD,
    ) -> Verdict:
        """The verdict on values of the right shapes.

        places: where each of them was seen, in words.
        what: what to call the answer, such as "function".
        code: what stands in the learner's code.
        """
        seen, truth = Sample.of(readings), question.truth
        if self.matches(seen, truth):
            return question.correct
        wrong = self.first_wrong(seen, truth)
        said = self.gives(places[wrong], readings[wrong], what)
        named = self.named(question, said, seen, code)
        if named:
            return named
        nearly = self.imprecise(question, said, seen) or self.constant_factor(said, seen, truth)
        if nearly:
            return nearly
        unused = self.unused(code)
        if unused:
            return Verdict(Outcome.MISTAKE, f"{said} {not_used(unused)}", slips.UNUSED)
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

    def fitting(self, question: Asked, seen: Sample, code: Code) -> Iterator[Slip]:
        """Also: the right rule, asked with other inputs than those that were handed over."""
        yield from super().fitting(question, seen, code)
        truth = question.truth
        if seen.shapes != truth.shapes or not seen.finite:
            return
        for slip, calls in self._other_calls():
            slipped = self.called(calls)
            if slipped and self._shows(slipped, truth) and self.matches(seen, slipped):
                yield slip
        for index in (i for i, _ in enumerate(self.arguments[0]) if self.names[i] in STEPS):
            undivided = [
                value * float(self.arguments[probe][index])
                for probe, value in zip(truth.probes, truth.values, strict=True)
            ]
            times_step = Sample((*undivided,), truth.probes, truth.shapes)
            if self._shows(times_step, truth) and self.matches(seen, times_step):
                yield slips.NOT_DIVIDED

    def _shows(self, slipped: Sample, truth: Sample) -> bool:
        """True if a slip can be told from the truth, and from a constant, which may be anything."""
        varies = len(set(slipped.values)) >= ENOUGH
        return varies and self.probes_apart(slipped, truth) >= ENOUGH

    def called(self, calls: Calls) -> Sample | None:
        """What the truth gives with other arguments, or None where it takes none such."""
        return None

    def _other_calls(self) -> Iterator[tuple[Slip, Calls]]:
        count = len(self.arguments[0])
        column = [[arguments[i] for arguments in self.arguments] for i in range(count)]
        number = [all(type(a) in (int, float) for a in column[i]) for i in range(count)]
        for i in (i for i in range(count) if number[i]):
            for convert in (math.radians, math.degrees):
                yield slips.DEGREES, self._with(i, [convert(a) for a in column[i]])
            if all(type(a) is int for a in column[i]):
                for more in (1, -1):
                    yield slips.ONE_OFF, self._with(i, [a + more for a in column[i]])
        for i in range(count):
            for j in range(i + 1, count):
                alike = (number[i] and number[j]) or (
                    type(column[i][0]) is type(column[j][0]) in (list, tuple)
                )
                if alike:
                    swapped = [
                        (*a[:i], a[j], *a[i + 1 : j], a[i], *a[j + 1 :]) for a in self.arguments
                    ]
                    yield slips.SWAPPED, swapped

    def _with(self, index: int, values: Sequence[Any]) -> Calls:
        """The arguments at each probe, one of them replaced."""
        rows = zip(self.arguments, values, strict=True)
        return [(*a[:index], value, *a[index + 1 :]) for a, value in rows]

    def unused(self, code: Code) -> list[str]:
        """The names of the inputs that the learner's code leaves out, and must not."""
        return []

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


def not_used(names: Sequence[str]) -> str:
    """A function that leaves out inputs which it is given."""
    inputs = words.listed(names)
    return (
        f"Nothing in your function reads {inputs}, so it does the same whatever is handed over "
        "there. The question asks for something that depends on that. Go through the statement "
        f"once more and see what it says about {inputs}: which line of yours has to use that?"
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
