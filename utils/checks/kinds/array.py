"""Several numbers in a fixed order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from utils.checks import words
from utils.checks.answer import Asked, Given
from utils.checks.feedback import Outcome
from utils.checks.numeric import Numeric
from utils.checks.reading import Kind, Reading, read
from utils.checks.sample import Sample
from utils.checks.verdict import Verdict


@dataclass(frozen=True)
class Array(Numeric):
    """Several numbers in a fixed order are asked: a list, tuple, array or tensor."""

    truth: Any

    def sample(self, answer: Any) -> Sample:
        return by_entry(read(answer))

    def decide(self, question: Asked, seen: Given, printed: bool) -> Verdict:
        given, truth = seen.reading, question.truth
        if given.kind is not Kind.NUMBERS:
            return Verdict.of(Outcome.TYPE, not_numbers(given, len(truth.values)))
        sample = by_entry(given)
        if self.matches(sample, truth):
            return question.correct
        said = f"You gave {words.several(given.values, given.shape)}."
        rival = self.only_rival(question, sample)
        if rival:
            return rival.named(said)
        if sample.shapes != truth.shapes:
            return Verdict.of(Outcome.TYPE, wrong_count(given, truth.shapes[0]))
        return (
            self.imprecise(said, sample, truth)
            or self.constant_factor(said, sample, truth)
            or self._wrong(question, sample, truth)
        )

    def _wrong(self, question: Asked, seen: Sample, truth: Sample) -> Verdict:
        wrong, total = self.first_wrong(seen, truth), len(truth.values)
        said = f"Number {wrong + 1} in your answer is {words.number(seen.values[wrong])}."
        right = total - self.probes_apart(seen, truth)
        return Verdict.of(Outcome.WRONG, wrong_entry(said, right, total, question.id))


def by_entry(reading: Reading) -> Sample:
    """Each entry counts as a probe of its own."""
    return Sample(reading.values, tuple(range(len(reading.values))), (reading.shape,))


# --- what is said ---


def not_numbers(seen: Reading, count: int) -> str:
    """Something else was given where an array was asked."""
    asked = f"{count} numbers in a list or an array"
    if seen.kind is Kind.FUNCTION:
        return (
            f"You gave {seen.name} itself, and the question asks for {asked}. Call your function "
            "once for each input and collect what it returns, for example as "
            "`[f(x) for x in xs]`. Which inputs does the question name?"
        )
    return words.something_else(seen, asked)


def wrong_count(seen: Reading, shape: tuple[int, ...]) -> str:
    """Numbers were given, but in another shape."""
    if seen.shape == ():
        return (
            f"You gave the single number {words.number(seen.values[0])}, and the question asks for "
            f"{shape[0]} numbers, in order, in a list such as `[1, 2, 3]` or in an array. One of "
            "them may be right already. Which inputs are still without their number?"
        )
    return (
        f"You gave {seen.name} of {words.counted(seen.shape)}, and the question asks for "
        f"{words.counted(shape)}. Count the inputs in the statement, and remember that a range "
        "leaves out its last number. Which of the inputs has no number yet, or which number has no "
        "input?"
    )


def wrong_entry(said: str, right: int, total: int, question_id: str) -> str:
    """A list in which an entry is wrong."""
    agree = f"{right} of the {total} numbers agree" if right else "None of the numbers agrees yet"
    return (
        f"{said} That one is not right. {agree}. Work this one entry out by hand, from its own "
        "input, and compare: do you use the same steps for it as for the others? "
        f"{words.next_step(question_id)}"
    )
