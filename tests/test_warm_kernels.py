"""A kernel that was forked is as fresh as one that was started, and ends as surely."""

import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbval.kernel import NbvalKernelspecManager

from tools import executor, warm_kernels
from tools.executor import NotebookKernel

pytestmark = pytest.mark.skipif(not warm_kernels.CAN_FORK, reason="kernels are started here")

# What a notebook could notice; what has to differ from kernel to kernel is left out. Imports come
# late, since the surroundings are those before a notebook's first import.
STATE = """
before = set(dir())
import gc, json, os, signal, sys, threading, warnings
own = {"DERIVATIVES_PROGRESS", "IPYTHONDIR", "JPY_PARENT_PID", "JPY_SESSION_NAME"}
state = {
    "names": sorted(before),
    "argv": [sys.argv[0], len(sys.argv)],
    "path": sys.path,
    "folder": os.getcwd(),
    "environment": {k: v for k, v in os.environ.items() if k not in own},
    "signals": {s.name: str(signal.getsignal(s)).partition(" at 0x")[0]
                for s in signal.Signals if s.name != "SIGKILL"},
    "threads": sorted(thread.name.rstrip("0123456789-_") for thread in threading.enumerate()),
    "limit": sys.getrecursionlimit(),
    "garbage": [gc.isenabled(), gc.get_threshold()],
    "ours": [name for name in sys.modules if name.split(".")[0] in ("utils", "tools", "tests")],
    "torch": "torch" in sys.modules,
    "main": [sys.modules["__main__"].__dict__ is globals(), __name__],
    "leads": os.getpgid(0) == os.getpid(),
}
import anywidget, ipywidgets, matplotlib, numpy as np
import matplotlib.pyplot as plt
state |= {
    "warnings": sorted(str(f) for f in warnings.filters),
    "settings": {k: repr(v) for k, v in matplotlib.rcParams.items()},
    "backend": matplotlib.get_backend(),
    "figures": plt.get_fignums(),
    "errors": np.geterr(),
    "print": repr(np.get_printoptions()),
}
print(json.dumps(state))
"""
CHANCE = "import random, numpy\nprint(random.random(), numpy.random.rand())"
TRACES = """
import matplotlib.pyplot as plt, numpy as np, utils.style
plt.rcParams["lines.linewidth"] = 77
np.pi = 3
np.seterr(all="raise")
"""


def said(kernel: NotebookKernel, source: str) -> str:
    """What a cell prints."""
    run = kernel.run_cell(source)
    assert run.error is None, run.error
    return run.outputs[0].text


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[], NotebookKernel]:
    """Starts a kernel as usual."""

    @contextmanager
    def start() -> Iterator[NotebookKernel]:
        with monkeypatch.context() as patch:
            patch.setattr(executor, "WarmKernels", NbvalKernelspecManager)
            kernel = NotebookKernel(tmp_path)
        with kernel:
            yield kernel

    return start


def test_a_forked_kernel_is_as_fresh_as_a_started_one(started, tmp_path: Path) -> None:
    with NotebookKernel(tmp_path) as kernel:
        said(kernel, TRACES + "print()")
    with NotebookKernel(tmp_path) as forked, started() as usual:
        here, there = (json.loads(said(kernel, STATE)) for kernel in (forked, usual))
        assert here.keys() == there.keys()
        for what in here:
            assert here[what] == there[what], what
        numbers = said(forked, CHANCE).split()
    with NotebookKernel(tmp_path) as another:
        assert not {*numbers} & {*said(another, CHANCE).split()}, "chance is the same in each"


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def ends(process: int) -> bool:
    """Whether a process is gone within some seconds."""
    end = time.monotonic() + 10
    while is_there(process) and time.monotonic() < end:
        time.sleep(0.02)
    return not is_there(process)


def test_kernel_and_what_stands_for_it_end_together(tmp_path: Path) -> None:
    with NotebookKernel(tmp_path) as kernel:
        forked = int(said(kernel, "import os; print(os.getpid())"))
        os.kill(kernel.km.provisioner.pid, signal.SIGKILL)
        assert ends(forked), "nobody stands for it"
    with NotebookKernel(tmp_path) as kernel:
        forked = int(said(kernel, "import os; print(os.getpid())"))
        assert kernel.is_alive()
        os.kill(forked, signal.SIGKILL)
        end = time.monotonic() + 10
        while kernel.is_alive() and time.monotonic() < end:
            time.sleep(0.02)
        assert not kernel.is_alive()


def test_the_nursery_leaves_nothing_behind(tmp_path: Path) -> None:
    nursery = warm_kernels.Nursery()
    folder = Path(nursery.command()[-2]).parent
    assert folder.is_dir()
    nursery.close()
    nursery.close()
    assert not folder.exists()
