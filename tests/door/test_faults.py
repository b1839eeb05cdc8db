"""Set-ups that are disturbed for real: a few of the many faults that `faults.py` can try.

All of them:  python -m tests.door.faults --kills 20
"""

import os
import sys

import pytest

from tests.door import faults
from tests.door.bad_server import BadServer
from tests.door.small_course import NAMES, SmallCourse, versions
from tools.door import environment
from tools.door.environment import State

pytestmark = pytest.mark.skipif(
    not sys.platform.startswith(("linux", "darwin")), reason="Windows has no such signals"
)


@pytest.fixture
def small(tmp_path) -> SmallCourse:
    """A course of small packages, set up."""
    course = SmallCourse(tmp_path / "my côurse folder")
    course.ask_for(versions())
    assert course.set_up()[0] == 0
    return course


def test_a_disturbed_set_up_keeps_what_is_sound(tmp_path):
    """Killed, on a full disk, asked to end: each time the next start works."""
    tried = faults.Faults(tmp_path / "my côurse folder")
    faults.run(tried, kills=4, full=2, signals=1, seed=20)
    assert not tried.wrong
    assert tried.seen["tried"] == 7 and tried.seen["found interrupted"] >= 3
    assert tried.seen["sound and kept"] > 0


def test_no_network_half_way(small):
    """Each breakdown gets its sentence and spoils nothing; then the files are from the future."""
    before = small.marks()
    small.ask_for(versions(new=["apple"]))
    with BadServer(small.wheels) as server:
        real = {"PIP_INDEX_URL": f"{server.address}/simple/", "no_proxy": "*", "NO_PROXY": "*"}
        proxied = {
            "PIP_INDEX_URL": "http://packages.invalid/simple/",
            "PIP_TRUSTED_HOST": "packages.invalid",
            **dict.fromkeys(("http_proxy", "HTTP_PROXY"), server.address),
            **dict.fromkeys(("no_proxy", "NO_PROXY"), ""),
        }
        for manner, index, sentence in (
            ("cuts", real, "A download broke off half-way"),
            ("hangs", real, "The package server cannot be reached"),
            ("is overloaded", real, "overloaded or out of order"),
            ("wants to log you in", real, "a Wi-Fi may first want you to log in"),
            ("wants a password", proxied, "The proxy did not let the packages through"),
        ):
            server.manner = manner
            code, said = small.set_up(PIP_RETRIES="0", PIP_DEFAULT_TIMEOUT="1", **index)
            assert code == 1 and sentence in said and "What to do:" in said, said
            assert "Traceback" not in said
            assert environment.inspect(small.root, "lab")[0] is State.INCOMPLETE
            assert small.marks() == before
        for folder, _, names in os.walk(small.root):
            for name in names:
                os.utime(os.path.join(folder, name), (2.2e9, 2.2e9), follow_symlinks=False)
        server.manner = "works"
        code, said = small.set_up(**real)
    assert code == 0, said
    assert small.faults(versions(new=["apple"])) == []
    after = small.marks()
    assert [name for name in NAMES if after[name] != before[name]] == ["apple"]


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
