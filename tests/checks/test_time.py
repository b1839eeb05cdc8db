"""A check takes hardly any time of its own.

Measured is processor time: other programs may be at work beside this one. On Windows, where that
moves in steps of 16 ms, it is the clock on the wall.
"""

import os
import statistics
import time

from tests import sample_chapter
from utils.checks import check

clock = time.perf_counter if os.name == "nt" else time.thread_time


def spent(question_id, answer):
    """Seconds of this thread that a check takes."""
    started = clock()
    check(question_id, answer)
    return clock() - started


def test_a_check_takes_less_than_20_milliseconds():
    answers = [(q, a) for q, right in sample_chapter.RIGHT.items() for a in right]
    answers += [(q, a) for q, wrong in sample_chapter.WRONG.items() for a, _ in wrong]
    seconds = [min(spent(*answer) for _ in range(3)) for answer in answers]
    assert statistics.median(seconds) < 0.020


def test_most_of_the_time_of_a_check_is_the_learners_own():
    """Code that takes ten times as long as a check makes a check little longer than itself."""

    def slow(x):
        end = clock() + 0.02
        while clock() < end:
            pass
        return 2 * x

    fast = min(spent("sample.2", lambda x: 2 * x) for _ in range(5))
    own = 6 * 0.02
    beyond = min(spent("sample.2", slow) - own for _ in range(3))
    assert beyond < max(0.020, 10 * fast)
