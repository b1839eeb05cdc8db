"""Where no thread can start, as in a browser, endless code is stopped from inside."""

import itertools
import sys
import time

import pytest

from tests.checks.cells import LIMIT, defined, timed
from tests.checks.test_endless import ENDLESS
from utils import running
from utils.checks import Outcome, check
from utils.running import limit

MORE = {
    "calls itself and catches": "def f(x):\n  try:\n    return f(x)\n  except: return f(x)",
    "waits again and again": "import time\ndef f(x):\n  while True: time.sleep(0.01)",
    "array by array": "def f(x):\n  import numpy as np\n  while True: np.zeros(1000).sum()",
}
needs_monitoring = pytest.mark.skipif(
    sys.version_info < (3, 12), reason="Python before 3.12 cannot look from inside"
)


class NoThread(limit.threading.Thread):
    def start(self) -> None:
        raise RuntimeError("can't start new thread")


@pytest.fixture(autouse=True)
def no_threads(monkeypatch):
    monkeypatch.setattr(limit.threading, "Thread", NoThread)


def tools():
    return [sys.monitoring.get_tool(number) for number in range(6)]


@needs_monitoring
@pytest.mark.parametrize("name", ENDLESS | MORE)
def test_code_that_never_ends_is_stopped(name):
    before = tools()
    feedback, seconds = timed(lambda: check("sample.2", defined((ENDLESS | MORE)[name])))
    assert feedback.outcome is Outcome.ENDLESS and "At x = −3" in feedback.message
    assert LIMIT <= seconds < LIMIT + 20
    assert tools() == before, "and nobody looks any more"


@needs_monitoring
def test_no_shot_hits_later_code():
    for extra in (-0.004, -0.001, 0.0, 0.001, 0.004):

        def near(x, extra=extra):
            end = time.perf_counter() + (LIMIT + extra) / 6
            while time.perf_counter() < end:
                pass
            return 2 * x

        assert check("sample.2", near).outcome in (Outcome.CORRECT, Outcome.ENDLESS)
        end = time.monotonic() + 0.15
        while time.monotonic() < end:
            pass


@needs_monitoring
def test_an_import_is_not_stopped_half_way(tmp_path, monkeypatch):
    (tmp_path / "slow_to_load.py").write_text(
        "import time\nend = time.perf_counter() + 1\n"
        "while time.perf_counter() < end: pass\nready = True\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    source = "def f(x):\n    import slow_to_load\n    return 2 * x"
    assert check("sample.2", defined(source)).outcome is Outcome.CORRECT
    assert sys.modules.pop("slow_to_load").ready


@needs_monitoring
def test_a_tool_that_others_have_taken_is_left_to_them():
    for tool in (3, 4):
        sys.monitoring.use_tool_id(tool, "somebody's")
    try:
        assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT
        assert [sys.monitoring.get_tool(tool) for tool in (3, 4)] == ["somebody's"] * 2
    finally:
        for tool in (3, 4):
            sys.monitoring.free_tool_id(tool)


def test_answers_that_end_are_judged_as_ever():
    assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT
    assert running.run(lambda: sum(itertools.repeat(1, 10**5)), LIMIT).result == 10**5
