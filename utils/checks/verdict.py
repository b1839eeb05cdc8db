"""What became of an answer, before it is shown."""

from __future__ import annotations

from dataclasses import dataclass

from utils.checks.feedback import CREDIT, Outcome


@dataclass(frozen=True)
class Verdict:
    """The outcome, the message, the mistake's id, the share of the question's points."""

    outcome: Outcome
    message: str
    mistake: str | None = None
    credit: float = 0.0

    @staticmethod
    def of(outcome: Outcome, message: str) -> Verdict:
        """With the credit that this outcome earns everywhere."""
        return Verdict(outcome, message, credit=CREDIT.get(outcome, 0.0))
