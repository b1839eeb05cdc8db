"""Set-ups that are disturbed for real: a few of the many faults that `faults.py` can try.

All of them:  python -m tests.door.faults --kills 20
"""

import sys

import pytest

from tests.door import faults
from tests.door.small_course import NAMES, SmallCourse, versions
from tools.door import environment

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith(("linux", "darwin")), reason="Windows has no such signals"
)


def test_a_disturbed_set_up_keeps_what_is_sound(tmp_path):
    """Killed, on a full disk, asked to end: each time the next start works."""
    tried = faults.Faults(tmp_path / "my côurse folder")
    faults.run(tried, kills=4, full=2, signals=1, seed=20)
    assert not tried.wrong
    assert tried.seen["tried"] == 7 and tried.seen["found interrupted"] >= 2
    assert tried.seen["sound and kept"] > 0


def test_no_network_half_way(tmp_path):
    """Each breakdown gets its sentence and spoils nothing."""
    tried = faults.Faults(tmp_path / "my côurse folder")
    tried.break_network(["cuts", "is overloaded", "wants a password"])
    assert not tried.wrong
    assert tried.seen["network broke down"] == 3 and tried.seen["sound and kept"] == len(NAMES) - 2


def test_two_set_ups_at_once(tmp_path):
    """The second waits, even for one that is killed, and goes on from what that has left."""
    course = SmallCourse(tmp_path / "my côurse folder")
    course.ask_for(versions())
    with course.start("kill", 300) as first:  # half of the packages are there then
        while not environment.stamp_path(course.root).exists():
            assert first.poll() is None
        with course.start() as second, course.start() as third:
            assert first.wait(60) == -9
            told = [door.communicate(timeout=120)[0] for door in (second, third)]
    assert [second.returncode, third.returncode] == [0, 0], told
    assert sum("Another window is setting up" in said for said in told) >= 1
    assert sum("keeping what is sound" in said for said in told) == 1
    assert course.faults(versions()) == []
