"""A line that is not passed: stopped from another thread, and only there."""

import sys
import threading

import pytest

from utils.tripwire import Tripwire


class Tripped(BaseException):
    pass


def deaf(entered: threading.Event, leave: threading.Event) -> None:
    """Waits, and does not hear what is raised in its `try`."""
    while not leave.is_set():
        try:
            entered.set()
            leave.wait(0.001)
        except BaseException:
            pass


@pytest.mark.skipif(sys.version_info < (3, 12), reason="only Python 3.12 and newer need one")
def test_a_deaf_function_trips_in_its_thread_and_nowhere_else():
    entered, leave, ended = threading.Event(), threading.Event(), []

    def work():
        try:
            deaf(entered, leave)
        except Tripped:
            ended.append("tripped")

    thread = threading.Thread(target=work)
    thread.start()
    entered.wait()
    assert thread.ident is not None
    wire = Tripwire(thread.ident, Tripped)
    frame = sys._current_frames()[thread.ident]
    while frame.f_code is not deaf.__code__:  # in a wait, which is the standard library's own
        wire.lay(frame)
        assert frame.f_back is not None
        frame = frame.f_back
    wire.lay(frame)
    thread.join(5)
    left = threading.Event()
    threading.Timer(0.01, left.set).start()
    deaf(threading.Event(), left)  # this thread passes
    wire.lift()
    leave.set()
    thread.join()
    assert ended == ["tripped"]
    assert all(sys.monitoring.get_tool(tool) is None for tool in (3, 4))


def test_laying_none_is_nothing_to_lift():
    wire = Tripwire(threading.get_ident(), Tripped)
    wire.lay(None)
    wire.lift()
