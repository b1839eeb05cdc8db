"""When a kind of problem comes back, and when harder ones open.

Coming back is Leitner's rule (S. Leitner, "So lernt man lernen", 1972): each kind of problem lies
in one of five boxes. Right at the first try and without help moves it one box up, anything else
back to the first. Those in the first box are due the next day, in the second after two days, then
after four, eight and sixteen.

Harder problems of a chapter open when three in a row were right at the first try without help.
"""

from __future__ import annotations

from datetime import date

from utils.checks.store import Ladder, Practised

DAYS = (1, 2, 4, 8, 16)  # in each box
IN_A_ROW = 3
REMEMBERED = 20  # so many of the last problems of a kind do not come again


def days_left(known: Practised, today: date) -> int:
    """Days until it is due; 0 or less if it is. What has no day that can be read is due."""
    try:
        last = date.fromisoformat(known.last)
    except ValueError:
        return 0
    gone = max((today - last).days, 0)  # a clock that was set back
    return DAYS[min(max(known.box, 1), len(DAYS)) - 1] - gone


def is_due(known: Practised, today: date) -> bool:
    """True for what has come up before and should again."""
    return bool(known.last) and days_left(known, today) <= 0


def urgency(known: Practised, today: date) -> float:
    """How much it asks to come up: mistakes that are open first, then the longest overdue.

    Days overdue count by the length of the wait, so that one day of one is as much as four of four.
    """
    wait = DAYS[min(max(known.box, 1), len(DAYS)) - 1]
    return 10 * bool(known.mistakes) - days_left(known, today) / wait


def move(known: Practised, alone: bool, today: date) -> None:
    """Put a kind of problem into its next box.

    alone: whether the first answer was right and came without help.
    """
    known.last = today.isoformat()
    known.box = min(known.box + 1, len(DAYS)) if alone else 1
    if alone:
        known.right += 1
    else:
        known.wrong += 1


def climb(ladder: Ladder, level: int, highest: int, alone: bool) -> bool:
    """Count an answer to a problem of `level`; True if it opened the next one.

    highest: the highest level that the chapter has.

    Easier problems than those of the level that is open do not count towards the next one.
    """
    if not alone:
        ladder.row = 0
        return False
    ladder.row += level >= ladder.level
    if ladder.row < IN_A_ROW or ladder.level >= highest:
        return False
    ladder.level, ladder.row = ladder.level + 1, 0
    return True
