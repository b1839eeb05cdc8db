"""A line that is not passed: stopped from another thread, and only there."""

import sys
import threading
from types import FrameType

import pytest

from utils.tripwire import Tripwire


class Tripped(BaseException):
    pass


def deaf(entered: threading.Event, leave: threading.Event, frames: list[FrameType]) -> None:
    """Waits, and does not hear what is raised in its `try`."""
    frames.append(sys._getframe())
    while not leave.is_set():
        try:
            entered.set()
            leave.wait(0.001)
        except BaseException:
            pass


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only Python 3.12 and newer need one")
def test_a_deaf_function_trips_in_its_thread_and_nowhere_else():
    entered, leave, frames, ended = threading.Event(), threading.Event(), [], []

    def work():
        try:
            deaf(entered, leave, frames)
        except Tripped:
            ended.append("tripped")

    thread = threading.Thread(target=work)
    thread.start()
    entered.wait()
    assert thread.ident is not None
    wire = Tripwire(thread.ident, Tripped)
    wire.lay(frames[0])
    thread.join(5)
    left = threading.Event()
    threading.Timer(0.01, left.set).start()
    deaf(threading.Event(), left, [])  # this thread passes
    wire.lift()
    leave.set()
    thread.join()
    assert ended == ["tripped"]
    assert all(sys.monitoring.get_tool(tool) is None for tool in (3, 4))


def test_laying_none_is_nothing_to_lift():
    wire = Tripwire(threading.get_ident(), Tripped)
    wire.lay(None)
    wire.lift()
