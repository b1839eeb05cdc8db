"""One number."""

from __future__ import annotations

import ast
import math
from dataclasses import KW_ONLY, dataclass, replace
from typing import Any

from utils.checks import slips, words
from utils.checks.answer import Asked, Given
from utils.checks.feedback import Outcome
from utils.checks.numeric import Numeric
from utils.checks.reading import Kind, Reading, read
from utils.checks.sample import Sample
from utils.checks.verdict import Verdict

TELLING = 3  # digits by which a number is known; fewer may be chance
FARTHEST = 3  # places that a decimal point slips: by a percent sign, or from metres to kilometres


@dataclass(frozen=True)
class Number(Numeric):
    """One number is asked.

    unit: is shown behind what the learner gave.
    none_expected: True where somebody may mean `None` by it, which else stands for no answer yet.
    """

    truth: float
    _: KW_ONLY
    unit: str = ""
    none_expected: bool = False

    def sample(self, answer: Any) -> Sample:
        return Sample.of([read(answer)])

    def empty(self, question_id: str) -> str:
        return none_given(question_id) if self.none_expected else super().empty(question_id)

    def decide(self, question: Asked, seen: Given, printed: bool) -> Verdict:
        sample, truth = Sample.of([seen.reading]), question.truth
        if not seen.reading.is_number:
            several = seen.reading.kind is Kind.NUMBERS
            rival = self.only_rival(question, sample) if several else None
            if rival:  # a known mistake may lead to several numbers
                said = f"You gave {words.several(seen.reading.values, seen.reading.shape)}."
                return rival.named(said)
            return Verdict.of(Outcome.TYPE, not_a_number(seen.reading, self.unit))
        if self.matches(sample, truth):
            return question.correct
        value, right = sample.values[0], truth.values[0]
        unit = f" {self.unit}" if self.unit and math.isfinite(value) else ""
        said = f"You gave {words.exact(seen.reading, right)}{unit}."
        rival = self.only_rival(question, sample)
        if rival:
            return rival.named(said)
        nearly = self.imprecise(question, said, sample)
        if nearly and self._rounded(value, right):
            return replace(
                nearly, message=slips.ROUNDED.named(said).message, mistake="rounded-early"
            )
        return (
            nearly
            or self._slip(question, said, value, right)
            or Verdict.of(Outcome.WRONG, wrong_number(said, question.id))
        )

    def _slip(self, question: Asked, said: str, value: float, right: float) -> Verdict | None:
        """The right digits with the other sign, or with the point in another place; or a number
        that is so far from being round that its half, say, is no chance.

        A power of ten has no digits to tell it by; and a number that the question itself speaks of
        was taken from there.
        """
        if not right or not math.isfinite(value):
            return None
        if self.same(value, -right):
            return slips.SIGN.named(said)
        if any(self.same(value, number) for number in question.numbers_told):
            return None
        if value / right > 0:
            power = round(math.log10(value / right))
            has_digits = not self.same(10.0 ** round(math.log10(abs(right))), abs(right))
            slipped = 0 < abs(power) <= FARTHEST and self.same(value / 10.0**power, right)
            if slipped and has_digits:
                return slips.POINT.named(said)
        if max(slips.digits(value), slips.digits(right)) < TELLING:
            return None
        fitting = [slip for slip, change in slips.SCALED if self.same(value, change(right))]
        found = slips.only(fitting)
        return found.named(said) if found else None

    def _rounded(self, value: float, right: float) -> bool:
        """True if it is the right number rounded, with digits that no other number near by has."""
        if slips.digits(value) < TELLING or value.is_integer():
            return False
        return any(value == round(right, decimals) for decimals in slips.DECIMALS)


# --- what is said ---


def none_given(question_id: str) -> str:
    """Nothing, or `None`, which may be what somebody expects."""
    return (
        "There is no answer here yet: `...` and `None` both stand for that. If `None` is what you "
        "expect to be printed, then look once more: here a number comes out, so some way is left "
        f"open for it. Which way is that? {words.first_step(question_id)}"
    )


def not_a_number(seen: Reading, unit: str) -> str:
    """Something else was given where one number was asked."""
    asked = f"one number, in {unit}" if unit else "one number"
    match seen.kind:
        case Kind.FUNCTION:
            return (
                f"You gave {seen.name} itself, and the question asks for {asked}. A function is a "
                "recipe; it gives a number when you call it with an input in brackets, as in "
                "`f(2)`. Which input does the question ask about?"
            )
        case Kind.TEXT if seen.is_text and not _computes(seen.text):
            return (
                f"You gave the text `{words.clipped(seen.text, 30)}`, and the question asks for "
                f"{asked}. A number is written without quotes, and with nothing but digits, a "
                "point and a minus sign: no unit, no percent sign, no letter. Which number do you "
                "mean, when all else is left out?"
            )
        case Kind.TEXT:
            return (
                f"You gave a text, and the question asks for {asked}. What stands between quotes "
                "is a row of letters for Python, even if it looks like a number, and it cannot be "
                "compared with one. What happens if you take the quotes away?"
            )
        case Kind.NUMBERS if seen.shape == (1,):
            return (
                f"You gave {seen.name} that holds one number, and the question asks for {asked}, "
                "not packed into anything. Square brackets pack a number into a list, and a comma "
                "behind it makes a tuple. Which sign around your number packs it up, and what is "
                "left without it?"
            )
        case Kind.NUMBERS:
            return (
                f"You gave {seen.name} of {words.counted(seen.shape)}, and the question asks for "
                f"{asked}. A comma between digits makes two numbers of them, since Python writes "
                "decimals with a point. Is there a comma too many, or which one of your numbers is "
                "meant?"
            )
    return words.something_else(seen, asked)


def _computes(text: str) -> bool:
    """True if Python would make a number of a text without its quotes, as of "80" or "1/4"."""
    try:
        tree = ast.parse(text.strip(), mode="eval")
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    parts = (ast.Expression, ast.BinOp, ast.UnaryOp, ast.operator, ast.unaryop, ast.Constant)
    return all(isinstance(node, parts) for node in ast.walk(tree))


def wrong_number(said: str, question_id: str) -> str:
    """One number that matches no rival."""
    return (
        f"{said} That is not it yet, and it is not one of the slips I know by name. Write down in "
        "one line what you divided by what, or which rule you used. Does each part stand in the "
        f"statement? {words.next_step(question_id)}"
    )
