"""The data of a question: what is asked, its truth, its rivals, its hints and its solution.

A chapter's questions stand in `utils/questions/<chapter>.py` as a list `QUESTIONS`. What is asked
is an `Answer` of some kind, each with a file of its own in `kinds/`.
"""

from __future__ import annotations

import re
import types
from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass, field
from functools import cached_property
from typing import Any

from utils.checks.answer import Answer
from utils.checks.answer import Rival as Rival
from utils.checks.feedback import Outcome
from utils.checks.kinds.array import Array as Array
from utils.checks.kinds.choice import Choice as Choice
from utils.checks.kinds.figure import Figure as Figure
from utils.checks.kinds.figure import Live as Live
from utils.checks.kinds.formula import Formula as Formula
from utils.checks.kinds.function import Function as Function
from utils.checks.kinds.measured import Measured as Measured
from utils.checks.kinds.measured import Need as Need
from utils.checks.kinds.measured import Sign as Sign
from utils.checks.kinds.number import Number as Number
from utils.checks.kinds.open_task import Attempt as Attempt
from utils.checks.kinds.open_task import OpenTask as OpenTask
from utils.checks.kinds.open_task import Way as Way
from utils.checks.mistakes import MISTAKES
from utils.checks.sample import Sample
from utils.checks.verdict import Verdict


@dataclass(frozen=True)
class Question:
    """One exercise.

    id: "<chapter>.<number>", such as "slope.1".
    title: a few words.
    difficulty: 1 to 5; CONTRIBUTING has the rule.
    minutes: how long a learner may need.
    answer: the kind of answer with its truth.
    rivals: what misconceptions would answer.
    hints: at least three, each one step further.
    solution: Markdown, with the code.
    why: the reason behind the solution.
    next: one sentence that carries the idea further, shown with a right answer.
    points: what a right answer earns; nbgrader's cell should have the same number.
    seconds: how long the learner's code may run in one check.
    """

    id: str
    _: KW_ONLY
    title: str
    answer: Answer
    hints: Sequence[str]
    solution: str
    why: str
    next: str
    difficulty: int
    minutes: int
    rivals: Sequence[Rival] = field(default_factory=tuple)
    points: float = 1.0
    seconds: float = 5.0

    @property
    def chapter(self) -> str:
        return self.id.partition(".")[0]

    @property
    def truth(self) -> Sample:
        """The right answer as numbers; TypeError for kinds that are not judged by numbers."""
        return self._truth

    @property
    def rival_samples(self) -> list[tuple[Rival, Sample]]:
        """The rivals that answer (and do not raise) as numbers."""
        return self._rival_samples

    @cached_property
    def _truth(self) -> Sample:
        return self.answer.sample(self.answer.truth)

    @cached_property
    def _rival_samples(self) -> list[tuple[Rival, Sample]]:
        return [(r, self.answer.sample(r.answer)) for r in self.rivals if r.raises is None]

    @property
    def numbers_told(self) -> list[float]:
        """The numbers that stand in its hints and in its solution."""
        text = " ".join((*self.hints, self.solution, self.why)).replace("−", "-")
        return [float(number) for number in re.findall(r"(?<![\w.])-?\d+(?:\.\d+)?", text)]

    @property
    def parts(self) -> list[Any]:
        """All that a verdict depends on: this, its answer, its rivals, and their numbers so far."""
        numbers = vars(self).get("_rival_samples", [])
        found = [self, self.answer, getattr(self.answer, "truth", None), vars(self).get("_truth")]
        found += [self.rivals, *self.rivals, *(rival.answer for rival in self.rivals)]
        found += [numbers, *(sample for _, sample in numbers)]
        return [
            part
            for part in found
            if isinstance(part, (types.FunctionType, dict, list))
            or isinstance(getattr(part, "__dict__", None), dict)
        ]

    @property
    def correct(self) -> Verdict:
        """The verdict on a right answer."""
        return Verdict.of(Outcome.CORRECT, self.next)

    def ambiguities(self) -> list[str]:
        """What could make a check of this question say the wrong thing; empty if all is well.

        Every rival must be an entry of the catalogue; the rest is up to the kind of answer.
        """
        found = [
            f"{rival.mistake} is not in the catalogue"
            for rival in self.rivals
            if rival.mistake not in MISTAKES
        ]
        found += self.answer.ambiguities(self)
        return [f"{self.id}: {problem}" for problem in found]
