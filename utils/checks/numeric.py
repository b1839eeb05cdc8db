"""What the kinds of answers share that are judged by numbers: how close is close enough.

Numbers are compared by an absolute `tolerance` (and never more strictly than a millionth of the
value, so that 32-bit answers pass). `near` is the wider band, also absolute, in which an answer
counts as right but imprecise; `near=0` switches it off. By default each number has a band of its
own (`Numeric.nearness`), in which nothing else can explain it. `because` ends the sentence "I
accept an error of at most … because …" for those who land in that band.
"""

from __future__ import annotations

import math
from abc import ABC
from collections.abc import Iterator
from dataclasses import KW_ONLY, dataclass, replace
from itertools import combinations

from utils.checks import slips, words
from utils.checks.answer import Answer, Asked, Rival
from utils.checks.feedback import CREDIT, Outcome
from utils.checks.reading import MOST_VALUES
from utils.checks.sample import Sample
from utils.checks.slips import ENOUGH, Slip
from utils.checks.source import UNREAD, Code
from utils.checks.verdict import Verdict

NO_FACTOR = 0.05  # what is so near to 1 is a rounding, or another curve, and no factor
RELATIVE = 1e-6  # no answer is asked to be more exact than this share of the true value

NEAR = 0.01  # an error of this share of a true value is one of precision
COARSE = 0.1  # or of NEAR times their mean size, but never of more than this share of the value
BESIDE = 3  # a rival that is within so many bands everywhere could explain a near answer, too
CLEAR = 0.5  # then only values within this share of the way to it are near


@dataclass(frozen=True)
class Numeric(Answer, ABC):
    """A kind of answer that is judged by numbers, which `sample` gives."""

    _: KW_ONLY
    tolerance: float = 1e-6
    because: str = "a rounded guess should not pass for a worked answer"
    near: float | None = None

    def prepare(self, question: Asked) -> None:
        _ = question.truth, question.rival_samples

    # --- close enough? ---

    def same(self, a: float, b: float, slack: float = 1.0) -> bool:
        """True if `a` is `b` within `slack` tolerances; nan equals nan."""
        if a == b or (a != a and b != b):
            return True
        if not (math.isfinite(a) and math.isfinite(b)):
            return False  # else every number would be within a share of infinity
        return abs(a - b) <= slack * max(self.tolerance, RELATIVE * abs(b))

    def matches(self, a: Sample, b: Sample, slack: float = 1.0) -> bool:
        """True if two answers are the same everywhere."""
        return a.shapes == b.shapes and all(
            self.same(left, right, slack) for left, right in zip(a.values, b.values, strict=True)
        )

    def probes_apart(self, a: Sample, b: Sample, slack: float = 1.0) -> int:
        """The number of probes at which two answers differ."""
        if a.shapes != b.shapes:
            return max(len(set(a.probes)), len(set(b.probes)))
        rows = zip(a.probes, a.values, b.values, strict=True)
        return len({probe for probe, left, right in rows if not self.same(left, right, slack)})

    def enough(self, truth: Sample) -> int:
        """How many probes a rival must match: three, or all where there are fewer."""
        return min(ENOUGH, len(set(truth.probes)))

    def first_wrong(self, seen: Sample, truth: Sample) -> int:
        """The first probe at which the answer is wrong."""
        rows = zip(truth.probes, seen.values, truth.values, strict=True)
        return next(probe for probe, v, t in rows if not self.same(v, t))

    # --- nearly right? ---

    def imprecise(self, question: Asked, said: str, seen: Sample) -> Verdict | None:
        """The verdict on an answer that is within the wider band everywhere.

        said: what was found, as a sentence.
        """
        truth, bands = question.truth, self.nearness(question)
        rows = zip(seen.values, truth.values, bands, strict=True)
        if not (seen.finite and all(self._is_near(v, t, band) for v, t, band in rows)):
            return None
        message = words.imprecise(said, self.tolerance, self.because)
        return Verdict.of(Outcome.IMPRECISE, message)

    def nearness(self, question: Asked) -> list[float]:
        """For each true value, how far a value may be from it and still be called imprecise.

        That is a share of the value itself, or of their mean size, since a step that is too large
        does as much to small values; or five tolerances. But if a known mistake leads to values
        near by, an answer between the two may come from either, or from a third mistake of their
        kind. Counts tell the two apart, and so they are left out.
        """
        values = question.truth.values
        if self.near is not None:
            return [self.near] * len(values)
        usual = NEAR * sum(map(abs, values)) / max(len(values), 1)
        bands = [
            max(
                5 * self.tolerance,
                NEAR * size,
                usual if size <= self.tolerance else min(usual, COARSE * size),
            )
            for size in map(abs, values)
        ]
        widest = [BESIDE * band for band in bands]
        for _, rival in question.rival_samples:
            if rival.shapes != question.truth.shapes:
                continue
            pairs = list(zip(rival.values, values, strict=True))
            apart = {
                i: abs(wrong - right)
                for i, (wrong, right) in enumerate(pairs)
                if not (wrong.is_integer() and right.is_integer())
                and not self.same(wrong, right, slack=2.5)
            }
            if all(distance <= widest[i] for i, distance in apart.items()):
                bands = [min(band, CLEAR * apart.get(i, math.inf)) for i, band in enumerate(bands)]
        return bands

    def _is_near(self, value: float, right: float, band: float) -> bool:
        """True within the band; but a whole number that is not another one is a count amiss."""
        if self.same(value, right):
            return True
        counts = self.near is None and value.is_integer() and right.is_integer()
        return not counts and abs(value - right) <= band

    # --- which misconception? ---

    def only_rival(self, question: Asked, seen: Sample) -> Rival | None:
        """The one rival that explains what was seen, if there is exactly one.

        A rival explains an answer if it matches at three probes or more where it differs from the
        truth, and wherever it does not match, the truth does. Two rivals that stand for the same
        mistake count as one. Of several mistakes that explain an answer, the one that matches it
        at more probes than every other is meant.
        """
        fitting: dict[str, tuple[int, Rival]] = {}  # mistake: probes matched, rival
        for rival, sample in question.rival_samples:
            matched = self._explains(sample, seen, question.truth)
            if matched is not None and matched > fitting.get(rival.mistake, (-1, rival))[0]:
                fitting[rival.mistake] = matched, rival
        most = max((matched for matched, _ in fitting.values()), default=0)
        best = [rival for matched, rival in fitting.values() if matched == most]
        return best[0] if len(best) == 1 else None

    def _explains(self, rival: Sample, seen: Sample, truth: Sample) -> int | None:
        """At how many probes the rival matches, or None if it does not explain the answer."""
        if rival.shapes != seen.shapes:
            return None
        everywhere = len(set(seen.probes))
        if rival.shapes != truth.shapes:
            return everywhere if self.matches(seen, rival) else None
        rows = list(zip(truth.probes, seen.values, rival.values, truth.values, strict=True))
        if not all(self.same(v, r) or self.same(v, t) for _, v, r, t in rows):
            return None
        missed = {p for p, v, r, t in rows if not self.same(v, r)}
        telling = {p for p, v, r, t in rows if not self.same(r, t)} - missed
        return everywhere - len(missed) if len(telling) >= self.enough(truth) else None

    # --- a slip that can be made anywhere? ---

    def known(self, question: Asked, seen: Sample, code: Code = UNREAD) -> Rival | Slip | None:
        """The mistake that explains what was seen, if there is exactly one.

        A slip that explains it everywhere counts for more than a rival that does so here and there.

        code: what stands in the learner's code, if they wrote some.
        """
        rival = self.only_rival(question, seen)
        everywhere = any(
            self.matches(seen, sample) for one, sample in question.rival_samples if one is rival
        )
        if everywhere:
            return rival
        mended = [
            one.mistake
            for one in code.repaired
            if self.matches(Sample.of(one.readings), question.truth)
        ]
        sure, proven = slips.mended(mended, sure=True), slips.mended(mended, sure=False)
        slip = slips.only([*self.fitting(question, seen, code)])
        if slip and proven and not slip.describes:
            slip = proven  # one change makes it right: that tells more than the values do
        return sure or slip or proven or rival

    def fitting(self, question: Asked, seen: Sample, code: Code) -> Iterator[Slip]:
        """Every slip that no question lists and that explains what was seen everywhere."""
        yield from slips.of_values(seen, question.truth, self.same)
        yield from slips.of_places(seen, question.truth, self.same)

    def named(
        self, question: Asked, said: str, seen: Sample, code: Code = UNREAD
    ) -> Verdict | None:
        """The verdict that names the mistake behind what was seen, if it is known.

        said: what was found, as a sentence.
        code: what stands in the learner's code, if they wrote some.
        """
        known = self.known(question, seen, code)
        if known is None:
            return None
        verdict = known.named(said)
        if known is slips.ROUNDED and self.imprecise(question, said, seen):
            return replace(verdict, outcome=Outcome.IMPRECISE, credit=CREDIT[Outcome.IMPRECISE])
        return verdict

    # --- a constant factor off? ---

    def constant_factor(self, said: str, seen: Sample, truth: Sample) -> Verdict | None:
        """The verdict on an answer that is c · truth at all probes, if the truth takes several
        values.

        said: what was found, as a sentence.
        """
        rows = list(zip(truth.probes, seen.values, truth.values, strict=True))
        telling = [(p, v / t) for p, v, t in rows if abs(t) > 100 * self.tolerance]
        if not seen.finite or len({p for p, _ in telling}) < ENOUGH:
            return None
        sizes = {round(abs(t), 9) for _, _, t in rows if abs(t) > 100 * self.tolerance}
        ratio = telling[0][1]
        if len(sizes) < ENOUGH or ratio == 0 or abs(ratio - 1) < NO_FACTOR:
            return None
        if not all(self.same(v / ratio, t, slack=10) for _, v, t in rows):
            return None
        return slips.FACTOR.named(said)

    # --- is the question well posed? ---

    def ambiguities(self, question: Asked) -> list[str]:
        """Truth and rivals must all differ, at three probes or more."""
        found = []
        truth, needed = question.truth, self.enough(question.truth)
        if not truth.values or not truth.finite:
            found.append("the truth is not a finite number at every probe")
        answers = [("the truth", truth)] + [(r.mistake, s) for r, s in question.rival_samples]
        found += [
            f"{name} has {math.prod(shape)} numbers; more than {MOST_VALUES} are not looked at"
            for name, sample in answers
            for shape in sample.shapes
            if math.prod(shape) > MOST_VALUES
        ]
        for (name, one), (other, two) in combinations(answers, 2):
            # Twice the tolerance and a little: then no answer can lie within both.
            apart = self.probes_apart(one, two, slack=2.5)
            if apart < needed:
                found.append(f"{name} and {other} differ at {apart} probes; {needed} are needed")
        return found
