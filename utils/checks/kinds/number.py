"""One number."""

from __future__ import annotations

import math
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
class Number(Numeric):
    """One number is asked. `unit` is shown behind what the learner gave."""

    truth: float
    _: KW_ONLY
    unit: str = ""

    def sample(self, answer: Any) -> Sample:
        return Sample.of([read(answer)])

    def decide(self, question: Asked, seen: Given, printed: bool) -> Verdict:
        if not seen.reading.is_number:
            return Verdict.of(Outcome.TYPE, not_a_number(seen.reading, self.unit))
        sample, truth = Sample.of([seen.reading]), question.truth
        if self.matches(sample, truth):
            return question.correct
        value, right = sample.values[0], truth.values[0]
        unit = f" {self.unit}" if self.unit else ""
        said = f"You gave {words.exact(value, right)}{unit}."
        rival = self.only_rival(question, sample)
        if rival:
            return rival.named(said)
        return (
            self.imprecise(said, sample, truth)
            or self._sign_or_point(said, value, right)
            or Verdict.of(Outcome.WRONG, wrong_number(said, question.id))
        )

    def _sign_or_point(self, said: str, value: float, right: float) -> Verdict | None:
        """The right digits with the other sign, or with the point in another place."""
        if right and self.same(value, -right):
            return Verdict.of(Outcome.FACTOR, other_sign(said))
        if right and value / right > 0 and math.isfinite(value):
            power = round(math.log10(value / right))
            if power and self.same(value / 10.0**power, right):
                return Verdict.of(Outcome.FACTOR, other_decimal_point(said))
        return None


# --- what is said ---


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
        case Kind.TEXT:
            return (
                f"You gave a text, and the question asks for {asked}. What stands between quotes "
                "is a row of letters for Python, even if it looks like a number, and it cannot be "
                "compared with one. What happens if you take the quotes away?"
            )
        case Kind.NUMBERS:
            return (
                f"You gave {seen.name} of {words.counted(seen.shape)}, and the question asks for "
                f"{asked}. A comma between digits makes two numbers of them, since Python writes "
                "decimals with a point. Is there a comma too many, or which one of your numbers is "
                "meant?"
            )
    return words.something_else(seen, asked)


def other_sign(said: str) -> str:
    """One number, right except for its sign."""
    return (
        f"{said} Its size is right and its sign is turned around. The sign tells whether things "
        "grow or shrink as you go to the right. Go through your differences once more: in which "
        "order did you subtract, above and below?"
    )


def other_decimal_point(said: str) -> str:
    """One number, off by a power of ten."""
    return (
        f"{said} These are the right digits with the decimal point in another place. A step of "
        "0.1 or 0.01, a percent sign, or a unit such as metres for kilometres does that. By which "
        "power of ten did you divide or multiply last?"
    )


def wrong_number(said: str, question_id: str) -> str:
    """One number that matches no rival."""
    return (
        f"{said} That is not it yet, and it is not one of the slips I know by name. Write down in "
        "one line what you divided by what, or which rule you used. Does each part stand in the "
        f"statement? {words.next_step(question_id)}"
    )
