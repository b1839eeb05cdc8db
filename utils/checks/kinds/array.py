"""Several numbers in a fixed order."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
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
    """Several numbers in a fixed order are asked: a list, tuple, array or tensor.

    count_told: False where it is a part of the question how many numbers there are.
    """

    truth: Any
    _: KW_ONLY
    count_told: bool = True

    def sample(self, answer: Any) -> Sample:
        return by_entry(read(answer))

    def decide(self, question: Asked, seen: Given, printed: bool) -> Verdict:
        given, truth = seen.reading, question.truth
        if given.kind is not Kind.NUMBERS:
            return Verdict.of(Outcome.TYPE, not_numbers(given, self._asked(truth)))
        sample = by_entry(given)
        if self.matches(sample, truth):
            return question.correct
        said = f"You gave {words.several(given.values, given.shape)}."
        named = self.named(question, said, sample)
        if named:
            return named
        if sample.shapes != truth.shapes:
            if not self.count_told and len(given.shape) == len(truth.shapes[0]):
                return Verdict.of(Outcome.TYPE, another_count(said, question.id))
            return Verdict.of(Outcome.TYPE, wrong_count(given, truth.shapes[0], self.count_told))
        return (
            self.imprecise(question, said, sample)
            or self.constant_factor(said, sample, truth)
            or self._wrong(question, sample, truth)
        )

    def _asked(self, truth: Sample) -> str:
        """What is asked, in words."""
        return f"{len(truth.values)} numbers" if self.count_told else "numbers"

    def _wrong(self, question: Asked, seen: Sample, truth: Sample) -> Verdict:
        wrong, total = self.first_wrong(seen, truth), len(truth.values)
        said = f"Number {wrong + 1} in your answer is {words.number(seen.values[wrong])}."
        right = total - self.probes_apart(seen, truth)
        return Verdict.of(Outcome.WRONG, wrong_entry(said, right, total, question.id))


def by_entry(reading: Reading) -> Sample:
    """Each entry counts as a probe of its own."""
    return Sample(reading.values, tuple(range(len(reading.values))), (reading.shape,))


# --- what is said ---


def not_numbers(seen: Reading, numbers: str) -> str:
    """Something else was given where an array was asked, of "5 numbers" or of "numbers"."""
    asked = f"{numbers} in a list or an array"
    if seen.kind is Kind.FUNCTION:
        return (
            f"You gave {seen.name} itself, and the question asks for {asked}. Call your function "
            "once for each input and collect what it returns, for example as "
            "`[f(x) for x in xs]`. Which inputs does the question name?"
        )
    return words.something_else(seen, asked)


def wrong_count(seen: Reading, shape: tuple[int, ...], count_told: bool = True) -> str:
    """Numbers were given, but in another shape."""
    if seen.shape == ():
        numbers = f"{shape[0]} numbers" if count_told else "numbers"
        return (
            f"You gave the single number {words.number(seen.values[0])}, and the question asks for "
            f"{numbers}, in order, in a list such as `[1, 2, 3]` or in an array. Read in the "
            "statement what each of them stands for. For which of these do you have a number, and "
            "what is still missing?"
        )
    return (
        f"You gave {seen.name} of {words.counted(seen.shape)}, and the question asks for "
        f"{words.counted(shape)}. Read in the statement what each of them stands for, and write "
        "that beside yours; a `range`, by the way, leaves out its last number. What is still "
        "without a number, or which number stands for nothing?"
    )


def another_count(said: str, question_id: str) -> str:
    """Too many or too few, where it is a part of the question how many there are."""
    return (
        f"{said} That list is not complete, or something in it does not belong there. How many "
        "numbers it has is a part of the question. Go through the statement from its first "
        "candidate to the last, and decide about each one alone: what does your test say to it? "
        f"{words.next_step(question_id)}"
    )


def wrong_entry(said: str, right: int, total: int, question_id: str) -> str:
    """A list in which an entry is wrong."""
    agree = f"{right} of the {total} numbers agree" + ("s" if right == 1 else "")
    agree = agree if right else "None of the numbers agrees yet"
    return (
        f"{said} That one is not right. {agree}. Work this one entry out by hand, from its own "
        "input, and compare: do you use the same steps for it as for the others? "
        f"{words.next_step(question_id)}"
    )
