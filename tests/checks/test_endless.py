"""Code that never ends is stopped, in every thread, and nothing later is hit."""

import os
import signal
import sys
import threading
import time

import pytest

from tests.checks.cells import LIMIT, defined, timed
from utils.checks import Outcome, check

ENDLESS = {
    "loop": "def f(x):\n    while True: pass",
    "loop that counts": "def f(x):\n    n = 0\n    while n >= 0: n += 1",
    "generator": "import itertools\ndef f(x): return sum(n for n in itertools.count())",
    "catches Exception": ("def f(x):\n  while True:\n    try: n = 1\n    except Exception: pass"),
    "catches everything": "def f(x):\n  while True:\n    try:\n      n = 1\n    except: pass",
    "catches and waits": (
        "import time\ndef f(x):\n  while True:\n    try: time.sleep(0.01)\n    except: pass"
    ),
    "finally": "def f(x):\n  while True:\n    try:\n      n = 1\n    finally: n = 2",
}


@pytest.mark.parametrize("name", ENDLESS)
def test_code_that_never_ends_is_stopped(name):
    before = time.thread_time()
    feedback, seconds = timed(lambda: check("sample.2", defined(ENDLESS[name])))
    assert feedback.outcome is Outcome.ENDLESS and "At x = −3" in feedback.message
    assert seconds >= LIMIT and time.thread_time() - before < LIMIT + 1  # busy machines wait


def test_a_long_wait_is_stopped_in_the_main_thread():
    source = "import time\ndef f(x):\n    time.sleep(30)"
    feedback, seconds = timed(lambda: check("sample.2", defined(source)))
    assert feedback.outcome is Outcome.ENDLESS and seconds < 20


@pytest.mark.skipif(os.name == "nt", reason="no process is started without SIGINT there")
def test_a_long_wait_is_stopped_where_the_process_was_started_without_sigint():
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        test_a_long_wait_is_stopped_in_the_main_thread()
        assert signal.getsignal(signal.SIGINT) is signal.SIG_IGN, "and is left as it was"
    finally:
        signal.signal(signal.SIGINT, before)


def test_code_that_never_ends_is_stopped_in_another_thread():
    results = []
    source = ENDLESS["catches everything"]
    thread = threading.Thread(target=lambda: results.append(check("sample.2", defined(source))))
    thread.start()
    thread.join(60)
    assert not thread.is_alive() and results[0].outcome is Outcome.ENDLESS


def test_no_shot_hits_later_code():
    """Answers that end close to the limit: whatever the verdict, nothing is raised afterwards."""
    for extra in (-0.004, -0.001, 0.0, 0.001, 0.004):

        def near(x, extra=extra):
            end = time.thread_time() + (LIMIT + extra) / 6
            while time.thread_time() < end:
                pass
            return 2 * x

        outcome = check("sample.2", near).outcome
        assert outcome in (Outcome.CORRECT, Outcome.ENDLESS)
        end = time.monotonic() + 0.15
        while time.monotonic() < end:
            pass


def test_an_object_that_never_turns_into_a_number_is_stopped():
    class Slow(float):
        def __float__(self):
            while True:
                pass

    assert check("sample.1", Slow(80)).outcome is Outcome.ENDLESS


def test_the_users_interrupt_is_passed_on():
    import signal

    def f(x):
        signal.raise_signal(signal.SIGINT)
        return 2 * x

    with pytest.raises(KeyboardInterrupt):
        check("sample.2", f)
    assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT


@pytest.mark.parametrize("install_tool", [sys.setprofile, sys.settrace])
def test_a_profiler_or_a_debugger_does_not_disturb(install_tool):
    before = sys.getprofile(), sys.gettrace()
    try:
        install_tool(lambda *event: None)
        outcomes = {check("sample.2", lambda x: 2 * x).outcome for _ in range(20)}
        endless = check("sample.2", defined(ENDLESS["loop"])).outcome
    finally:
        sys.setprofile(before[0])
        sys.settrace(before[1])
    assert (outcomes, endless) == ({Outcome.CORRECT}, Outcome.ENDLESS)


def test_no_thread_is_left_behind():
    before = threading.active_count()
    for _ in range(5):
        check("sample.2", lambda x: 2 * x)
    time.sleep(0.1)
    assert threading.active_count() == before
