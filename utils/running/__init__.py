"""Run the learner's code so that it can neither change a verdict nor hold up the notebook.

`run` gives it limits of time and memory, a random state of its own and nowhere to print; afterwards
all that it may have replaced or set (`abs`, `math.sin`, `sys.stdout`, the current folder, torch's
default type, functions of this course, …) is as it was before. `isolated` gives a function its own
copies of the lists and arrays it uses, so that a function which keeps state neither sees an earlier
check nor leaves traces in the notebook.

What the limits can stop: every loop and every recursion in Python, on Linux, macOS and Windows, in
any thread, and in a browser, where there are no threads; in the main thread also a wait such as
`time.sleep`. What nothing inside the same process can stop: one single long call in C, such as
`10**10**9` or `"x" * 10**11`, until it returns by itself. (A limit of the process's address space
would refuse the memory, and to all else in the kernel too, which reserves far more than it uses.)
What nobody can undo: a process that is ended, by `os._exit` or a crash in C, and threads that were
started, which live on.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Generic, TypeVar

from utils.running.copies import isolated as isolated
from utils.running.hushed import hushed
from utils.running.kept import interruptible, random_state_kept, session_kept
from utils.running.kept import keep_course as keep_course
from utils.running.kept import keep_fields as keep_fields
from utils.running.kept import put_back as put_back
from utils.running.kept import restore_all as restore_all
from utils.running.kept import restore_fields as restore_fields
from utils.running.kept import restore_names as restore_names
from utils.running.limit import Reason as Reason
from utils.running.limit import Stopped as Stopped
from utils.running.limit import limited

T = TypeVar("T")


@dataclass(frozen=True)
class Ran(Generic[T]):
    """What came of `run`: the result, or None and the reason why there is none."""

    result: T | None = None
    stopped: Reason = ""
    printed: bool = False


# One judging at a time: it swaps sys.stdout and the random states, which all threads share.
_JUDGING = threading.RLock()


def run(work: Callable[[], T], seconds: float) -> Ran[T]:
    """Call `work`, which uses the learner's code, under protection for at most `seconds`.

    `work` catches what the learner's code raises, with `except Exception` or more, but lets
    `Stopped` pass. A `KeyboardInterrupt` from the user is passed on.
    """
    with ExitStack() as protection:
        protection.enter_context(_JUDGING)
        protection.enter_context(session_kept())
        protection.enter_context(random_state_kept())
        protection.enter_context(interruptible())
        sink = protection.enter_context(hushed())
        protection.callback(restore_all)  # first of all: what follows uses what is restored
        result, stopped = limited(work, seconds)
        return Ran(result, stopped, sink.used)
