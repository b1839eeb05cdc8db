"""What counts as too long or too much, and where nothing is ever stopped: inside an import."""

import gc
import mmap
import subprocess
import sys
import textwrap
import threading
import time
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.checks.cells import LIMIT, defined, in_notebook
from utils import running
from utils.checks import Outcome, check, words
from utils.running import limit
from utils.running.limit import Spent

ROOT = Path(__file__).parents[2]


def burn(seconds):
    """Compute for so many seconds of this thread's own time."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def endless():
    while True:
        pass


# --- time ---


@pytest.mark.parametrize(
    ("work", "wall", "over"),
    [
        (4.9, 4.9, False),
        (5.0, 5.1, True),
        (1.0, 15.0, False),  # a machine that gives an answer a fifteenth of its time
        (0.2, 5.0, True),  # one that waits
        (0.2, 4.9, False),
        (3.0, 30.0, True),  # nobody waits for ever, however busy the machine is
    ],
)
def test_five_seconds_are_five_of_work_or_of_waiting(work, wall, over):
    assert Spent(work, wall).over(5) is over


@pytest.mark.skipif(not hasattr(time, "pthread_getcpuclockid"), reason="needs a thread's clock")
def test_a_busy_machine_is_no_wrong_answer(monkeypatch):
    """On the wall an answer takes twice its limit, and of its own time half of it."""
    own = time.pthread_getcpuclockid(threading.get_ident())
    monkeypatch.setattr(limit, "monotonic", lambda: 4 * time.clock_gettime(own))
    assert running.run(lambda: burn(LIMIT / 2), LIMIT).stopped == ""
    assert running.run(lambda: burn(LIMIT * 2), LIMIT).stopped == "time"


def test_a_wait_is_told_from_work():
    assert running.run(endless, 0.1).stopped == "time"
    assert running.run(lambda: time.sleep(30), 0.1).stopped == "wait"
    feedback = check("sample.2", lambda x: time.sleep(30))
    assert feedback.outcome is Outcome.ENDLESS and "waiting for something" in feedback.message


# --- imports ---


class Packages:
    """Packages in a folder of their own, whose modules take their time and then say `done`."""

    def __init__(self, folder):
        self.folder = folder

    def write(self, name, modules, seconds):
        package = self.folder / name
        package.mkdir()
        slow = f"import time\nend = time.thread_time() + {seconds}\n"
        slow += "while time.thread_time() < end: pass\n"
        for number in range(modules):
            (package / f"part{number}.py").write_text(f"{slow}done = True\n")
        parts = "".join(f"from {name} import part{number}\n" for number in range(modules))
        (package / "__init__.py").write_text(f"{slow}{parts}done = True\n")

    def loaded(self):
        return {
            name: module
            for name, module in sys.modules.items()
            if str(getattr(module, "__file__", None)).startswith(str(self.folder))
        }


@pytest.fixture
def packages(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(tmp_path)
    made = Packages(tmp_path)
    yield made
    for name in made.loaded():
        del sys.modules[name]


def test_an_import_is_neither_counted_nor_stopped(packages):
    packages.write("slow", modules=8, seconds=0.04)

    def work():
        import slow

        return slow.part7.done

    assert running.run(work, 0.1) == running.Ran(result=True)
    assert len(packages.loaded()) == 9


@pytest.mark.parametrize("milliseconds", [20, 33, 50, 64, 80])
def test_no_limit_leaves_a_package_half_imported(packages, milliseconds):
    """Answers that compute and import in turns, for ever: what is there of a package is whole."""
    for number in range(100):
        packages.write(f"pack{number}", modules=2, seconds=0.0005)

    def work():
        number = 0
        while True:
            burn(0.003)
            __import__(f"pack{number % 100}")
            number += 1

    assert running.run(work, milliseconds / 1000).stopped == "time"
    loaded = packages.loaded()
    assert loaded and all(module.done for module in loaded.values())
    assert len(loaded) % 3 == 0


def test_a_shot_that_meets_an_import_is_not_fired():
    """Whether a frame is inside an import is seen from far inside it, too."""
    seen = []

    class Looks:
        def find_spec(self, name, path=None, target=None):
            if name == "nobody_has_this":
                seen.append(limit.importing(sys._getframe(), here))

    here = sys._getframe()
    finder = Looks()
    sys.meta_path.insert(0, finder)
    try:
        assert not limit.importing(sys._getframe(), here.f_back)
        with pytest.raises(ImportError):
            import nobody_has_this  # noqa: F401  # pyright: ignore[reportMissingImports]
    finally:
        sys.meta_path.remove(finder)
    assert seen == [True]


def test_an_import_that_never_ends_is_stopped_all_the_same(packages, monkeypatch):
    monkeypatch.setattr(limit, "IMPORTING", 0.2)
    (packages.folder / "forever.py").write_text("while True: pass\n")

    def work():
        import forever  # pyright: ignore[reportMissingImports]

        return forever

    assert running.run(work, 0.1).stopped == "import"
    assert "forever" not in sys.modules
    assert "in an `import`" in words.stopped("import", "", 5)


@pytest.mark.skipif(find_spec("torch") is None, reason="there is no torch for Intel Macs")
def test_the_first_optimizer_of_a_kernel_is_no_endless_answer():
    """It loads more of torch, for far longer than the limit here, and leaves it whole."""
    code = """
        import sys, time, torch
        from dataclasses import replace
        from utils import bank
        from utils.checks.judge import judge
        question = replace(bank.find("pytorch_autograd.6"), seconds=0.3)
        took = []
        def train(start, eta, steps):
            w = torch.tensor(float(start), requires_grad=True)
            before = time.thread_time()
            optimizer = torch.optim.SGD([w], lr=eta)
            took.append(time.thread_time() - before)
            for _ in range(steps):
                optimizer.zero_grad()
                ((w - 3) ** 2).backward()
                optimizer.step()
            return w.item()
        assert "torch._dynamo" not in sys.modules
        for _ in range(2):
            print(judge(question, train).outcome.value)
        assert took[0] > question.seconds, took
    """
    command = [sys.executable, "-c", textwrap.dedent(code)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=100)
    assert ran.stdout.split() == ["correct", "correct"], ran.stdout + ran.stderr


# --- recursion ---

RECURSION = {
    "set inside": "import sys\ndef f(x):\n    sys.setrecursionlimit(10**9)\n    return f(x + 1)",
    "set before": "import sys\nsys.setrecursionlimit(10**9)\ndef f(x): return f(x + 1)",
    "past our own limit": (
        "from sys import setrecursionlimit\n"
        "def f(x):\n    setrecursionlimit(10**9)\n    return f(x + 1)"
    ),
}


@pytest.mark.parametrize("name", RECURSION)
def test_endless_recursion_comes_back_with_its_limit_taken_off(name):
    before, bytes_before = sys.getrecursionlimit(), limit.resident()
    try:
        cell = in_notebook(RECURSION[name])
        mine = sys.getrecursionlimit()
        feedback = check("sample.2", cell["f"])
        assert sys.getrecursionlimit() == mine
    finally:
        sys.setrecursionlimit(before)
    # The last one is seen by the watch alone, which a busy machine may wake late.
    most = 1.5 * limit.MOST_MEMORY if name == "past our own limit" else 1e8
    assert limit.resident() - bytes_before < most
    # Coming back from very deep may take longer than the short limit of these tests.
    if name == "past our own limit" and feedback.outcome is Outcome.ENDLESS:
        return
    assert feedback.outcome is Outcome.ERROR and "calls itself again and again" in feedback.message


def test_recursion_that_catches_its_own_end_is_stopped():
    """Each call makes a second one when the first is stopped: two to the power of the depth."""
    source = "def f(x):\n    try: return f(x + 1)\n    except: return f(x + 1)"
    before = sys.getrecursionlimit()
    feedback = check("sample.2", defined(source))
    assert feedback.outcome in (Outcome.ENDLESS, Outcome.ERROR)
    assert sys.getrecursionlimit() == before


# --- memory ---


def test_what_grows_without_end_is_stopped_before_memory_is_gone(monkeypatch):
    monkeypatch.setattr(limit, "MOST_MEMORY", 60e6)

    def grow():
        numbers = []
        while True:
            numbers.append([0] * 10_000)

    assert running.run(grow, 60).stopped == "memory"
    gc.collect()
    assert "more and more memory" in words.stopped("memory", "x = 2", 5)


def test_the_memory_of_this_process_is_known():
    before = limit.resident()
    # Fresh from the system: a list or an array may get what was used before and given back.
    with mmap.mmap(-1, 50_000_000) as held:
        held.write(b"1" * len(held))
        assert (limit.resident() - before) / len(held) == pytest.approx(1, abs=0.5) or not before
