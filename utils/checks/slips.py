"""Slips that can be made anywhere: what each makes of the right values, or of their places.

A slip is named only where it explains the whole answer, at `ENOUGH` places or more where it shows,
and where no other one explains it as well.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import KW_ONLY, dataclass
from functools import partial

from utils.checks.answer import Rival
from utils.checks.feedback import CREDIT, Outcome
from utils.checks.repairs import KNOWN_BY_REPAIR
from utils.checks.sample import Sample
from utils.checks.verdict import Verdict

ENOUGH = 3  # places at which a mistake must show before it is named

Same = Callable[[float, float], bool]  # is the first, which was seen, as good as the second?
Values = tuple[float, ...]


@dataclass(frozen=True)
class Slip:
    """A slip that no question lists.

    mistake: the id of an entry of the catalogue.
    outcome: what becomes of such an answer, with the credit that this earns everywhere.
    describes: True if what is said of it holds whatever the learner did, as of a sign that is
        turned everywhere. Of two slips that fit, this one may still be said.
    message: in place of the catalogue's.
    """

    mistake: str
    _: KW_ONLY
    outcome: Outcome = Outcome.MISTAKE
    describes: bool = False
    message: str | None = None

    def named(self, said: str) -> Verdict:
        """The verdict that names it, behind what was found."""
        told = Rival(self.mistake, message=self.message).named(said)
        return Verdict(self.outcome, told.message, self.mistake, CREDIT.get(self.outcome, 0.0))


_CUT_OFF = (
    "Your values are whole numbers: the right ones with all that follows the point cut off. `//` "
    "divides and drops the rest, and `int(…)` cuts it off as well. Which of these stands in yours, "
    "and what has to stand there so that nothing is lost?"
)
_NOT_DIVIDED = (
    "Everywhere I tried, your value is the right one times the step. So the change over the whole "
    "step is there, and what is missing is the change for each single unit of it. Read your last "
    "line once more: what happens to the step there?"
)
_TWO_SLASHES = (
    "Two slashes, `//`, divide and then throw away what stands behind the point: they round down "
    "to a whole number. With one slash in their place, your function gives the right values at "
    "every point I tried. Where do the two stand, and is a whole number wanted there?"
)
_BRACKETS = (
    "Python divides and multiplies before it adds and subtracts, and goes from left to right. One "
    "pair of brackets more, and yours gives the right values at every point I tried. Read your "
    "line as Python does, sign by sign: which two parts belong together before the next sign?"
)
_SIZE_ALONE = (
    "Without `abs`, yours gives the right values at every point I tried. It takes the sign away "
    "from whatever stands in its brackets, and a sign tells which way things go. What is asked "
    "here, only how large it is, or which way it goes as well?"
)
_MENDED = {
    "floor-division": _TWO_SLASHES,
    "brackets-missing": _BRACKETS,
    "sign-dropped": _SIZE_ALONE,
}
# What stands in the code for all to see, and is right without.
SURE = {
    "caret-for-power",
    "floor-division",
    "return-inside-the-loop",
    "sign-dropped",
    "rounded-early",
    "degrees-for-radians",
}
SIGN = Slip("sign-turned", outcome=Outcome.FACTOR, describes=True)
DOUBLE = Slip("factor-of-two", outcome=Outcome.FACTOR, describes=True)
PER_CENT = Slip("per-cent-for-share", outcome=Outcome.FACTOR)
POINT = Slip("decimal-point", outcome=Outcome.FACTOR)
FACTOR = Slip("constant-factor", outcome=Outcome.FACTOR, describes=True)
DEGREES = Slip("degrees-for-radians")
FLOOR = Slip("floor-division", message=_CUT_OFF)
ABSOLUTE = Slip("sign-dropped")
RECIPROCAL = Slip("reciprocal", describes=True)
ROUNDED = Slip("rounded-early")
REVERSED = Slip("order-reversed", describes=True)
ORDER = Slip("another-order", describes=True)
SHIFTED = Slip("shifted-by-one", describes=True)
NOT_DIVIDED = Slip("difference-not-divided", message=_NOT_DIVIDED)
SWAPPED = Slip("inputs-swapped", describes=True)
ONE_OFF = Slip("one-count-off", describes=True)
EXAMPLE_NUMBER = Slip("example-number")
TERM = Slip("term-lost", describes=True)
LOST = Slip("factor-lost", describes=True)
UNUSED = "input-not-used"
PRINTED = Slip("print-for-return", outcome=Outcome.TYPE)


def times(factor: float) -> Callable[[float], float]:
    """Multiplies by it."""
    return lambda value: value * factor


def _inverse(value: float) -> float:
    return 1 / value if value else math.nan


_TURN = 180 / math.pi
# What each makes of a right value; those of the second row keep the shape of the whole answer, so
# that several different sizes have to be seen.
ONE_BY_ONE: tuple[tuple[Slip, Callable[[float], float]], ...] = (
    (FLOOR, math.floor),
    (FLOOR, math.trunc),
    (ABSOLUTE, abs),
)
SCALED: tuple[tuple[Slip, Callable[[float], float]], ...] = (
    (SIGN, times(-1)),
    (DOUBLE, times(2)),
    (DOUBLE, times(0.5)),
    (PER_CENT, times(100)),
    (PER_CENT, times(0.01)),
    (DEGREES, times(_TURN)),
    (DEGREES, times(1 / _TURN)),
    (RECIPROCAL, _inverse),
)
DECIMALS = range(1, 7)  # to which values are rounded too early

# Known without a rival of the question; the rest of them by what the learner's code looks like.
KNOWN_BY_VALUES = frozenset(
    slip.mistake
    for slip in (
        *(slip for slip, _ in (*ONE_BY_ONE, *SCALED)),
        *(POINT, FACTOR, ROUNDED, REVERSED, ORDER, SHIFTED, NOT_DIVIDED, SWAPPED, ONE_OFF),
        *(EXAMPLE_NUMBER, TERM, LOST, PRINTED),
    )
) | {*KNOWN_BY_REPAIR, UNUSED}


def only(fitting: Sequence[Slip]) -> Slip | None:
    """The one that may be named of all that explain an answer.

    Of several, one that only describes what was seen; the first of these, since the narrower ones
    stand first.
    """
    if len({slip.mistake for slip in fitting}) == 1:
        return fitting[0]
    return next((slip for slip in fitting if slip.describes), None)


def mended(mistakes: Sequence[str], *, sure: bool) -> Slip | None:
    """The one mistake without which the answer is right, if there is exactly one.

    sure: of those that hardly anybody makes on purpose; else of all.
    """
    found = {mistake for mistake in mistakes if not sure or mistake in SURE}
    if len(found) != 1:
        return None
    mistake = found.pop()
    return Slip(mistake, message=_MENDED.get(mistake))


def of_values(seen: Sample, truth: Sample, same: Same) -> Iterator[Slip]:
    """The slips that turn the right values, one by one, into what was seen.

    One value everywhere is none: cut off, all small numbers become 0.
    """
    constant = len(seen.values) > 1 and len(set(seen.values)) == 1
    if seen.shapes != truth.shapes or not seen.finite or constant:
        return
    rows = list(zip(truth.probes, seen.values, truth.values, strict=True))
    sizes = {round(abs(t), 9) for *_, t in rows if t}

    def fits(change: Callable[[float], float]) -> bool:
        telling = {p for p, _, t in rows if not same(change(t), t)}
        return len(telling) >= ENOUGH and all(same(v, change(t)) for _, v, t in rows)

    for slip, change in ONE_BY_ONE:
        # Where all are rounded down, nobody knows whether they were rounded or cut off.
        if fits(change) and not (slip is FLOOR and fits(round)):
            yield slip
    if len(sizes) >= ENOUGH:
        yield from (slip for slip, change in SCALED if fits(change))
    for decimals in DECIMALS:
        last = {p for p, v, _ in rows if not math.isclose(v, round(v, decimals - 1), abs_tol=1e-12)}
        # Their last digit must be there: whole numbers may be something else, such as limits.
        if len(last) >= ENOUGH and fits(partial(round, ndigits=decimals)):
            yield ROUNDED


def of_places(seen: Sample, truth: Sample, same: Same) -> Iterator[Slip]:
    """The slips that put the right numbers of lists in other places.

    Either the whole answer is one list, each entry a probe of its own, or there is one for each
    probe.
    """
    if seen.shapes != truth.shapes or not seen.finite or any(len(s) != 1 for s in truth.shapes):
        return
    pairs, start = [], 0
    for (length,) in truth.shapes:
        pairs.append((seen.values[start : start + length], truth.values[start : start + length]))
        start += length
    wrong = [(v, t) for v, t in pairs if not _agree(v, t, same)]
    if len(wrong) < min(ENOUGH, len(pairs)):
        return
    if all(len(t) >= ENOUGH and _agree(v, t[::-1], same) for v, t in wrong):
        yield REVERSED
    if all(_agree(sorted(v), sorted(t), same) for v, t in wrong):
        yield ORDER
    if all(_shifted(v, t, same) for v, t in wrong):
        yield SHIFTED


def _agree(seen: Sequence[float], right: Sequence[float], same: Same) -> bool:
    return all(map(same, seen, right))


def _shifted(seen: Sequence[float], right: Sequence[float], same: Same) -> bool:
    """All but the first or the last stand one place further on, or one place too early."""
    different = len(Counter(round(value, 9) for value in right[:-1])) >= ENOUGH
    back = len(Counter(round(value, 9) for value in right[1:])) >= ENOUGH
    return (different and _agree(seen[1:], right[:-1], same)) or (
        back and _agree(seen[:-1], right[1:], same)
    )


def digits(value: float) -> int:
    """How many digits tell this number: 3 for 0.125 and for 12.5, 1 for 0.2 and for 400."""
    text = f"{abs(value):.10g}".partition("e")[0].replace(".", "").strip("0")
    return len(text)
