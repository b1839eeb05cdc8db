"""The limits of an answer: its time, its memory, and how deep its calls go.

Time is the answer's own processor time, so that a busy machine is no wrong answer; waiting is
measured by the clock on the wall. Time spent importing counts for neither, and nothing is ever
raised inside an import, since a package that is stopped half-way stays broken until the kernel is
restarted; an import has a limit of its own, which only an endless one will reach.
"""

from __future__ import annotations

import ctypes
import importlib._bootstrap as _bootstrap
import importlib._bootstrap_external as _bootstrap_external
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from itertools import compress
from operator import call, is_, itemgetter
from types import FrameType
from typing import Any, Literal, TypeVar

from utils.running.meter import Meter
from utils.tripwire import Tripwire

T = TypeVar("T")

# Why an answer was stopped: it computed too long, waited too long, took too much memory, or
# imported too long.
Reason = Literal["", "time", "wait", "memory", "import"]

IMPORTING = 60.0  # seconds that an answer may spend in imports
WAITS = 0.05  # an answer that works for less than this share of the time is one that waits
STARVED = 6.0  # an answer that is given little processor time gets so many times its seconds
SLOWER = 2.0  # times as long a browser takes for the same work while a meter looks on; measured
MOST_MEMORY = 1.5e9  # bytes by which an answer may grow, or a quarter of the machine's memory
DEEPEST = 5000  # calls within calls; with many more, those that pass through C end the process

# The learner's code may replace what these names stand for.
_current_frames, _get_limit, _set_limit = (
    sys._current_frames,
    sys.getrecursionlimit,
    sys.setrecursionlimit,
)
_get_ident, monotonic, _process_time = threading.get_ident, time.monotonic, time.process_time
_map, _iter, _float, _open, _callable, _min = map, iter, float, open, callable, min
_OURS = os.path.dirname(__file__)  # where nothing is raised from inside
_async_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc


class Stopped(BaseException):
    """Raised inside the learner's code when it has reached a limit.

    A `BaseException`, so that `except Exception` in the learner's code does not hold it.
    """


def limited(work: Callable[[], T], seconds: float) -> tuple[T | None, Reason]:
    """What `work` gives, or None and the reason why it was stopped."""
    watch = _Watch(seconds, sys._getframe())
    going, a_while = watch.going, range(100)
    try:
        with _recursion_bounded():
            try:
                watch.start()
                return work(), ""
            finally:
                # A shot can hit after each call. So the first call ends the shooting, and stands
                # where the last shot is caught. (Taking that back with NULL would leave the
                # interpreter's "something is pending" flag up for good, in Python 3.11.)
                try:
                    going.clear()
                    for _ in a_while:
                        pass
                    if watch.signalled:
                        time.sleep(0.02)  # let a signal that is still on its way arrive here
                except (Stopped, RecursionError):
                    pass
                except KeyboardInterrupt:
                    if not watch.signalled:  # it is the user's
                        raise
                finally:
                    watch.end()
    except Stopped:
        return None, watch.reason or "time"
    except (KeyboardInterrupt, RecursionError):
        if watch.fired:
            return None, watch.reason or "time"
        raise


class Spent:
    """Processor time, and time on the wall, that went by with one thing."""

    def __init__(self, work: float = 0.0, wall: float = 0.0) -> None:
        self.work, self.wall = work, wall

    @property
    def waits(self) -> bool:
        """True if next to nothing was computed."""
        return self.work < WAITS * self.wall

    def over(self, seconds: float) -> bool:
        """True if this is more than `seconds` of work, or of waiting."""
        return self.work >= seconds or self.wall >= seconds * (1.0 if self.waits else STARVED)


class _Watch:
    """A second thread that raises `Stopped` in this one when a limit is reached.

    Where no thread can start, as in a browser, a `Meter` looks from inside.
    """

    TICK = 0.05  # seconds between two looks, at most
    PATIENCE = 0.1  # seconds between the first shot and the next ones

    def __init__(self, seconds: float, base: FrameType) -> None:
        self.target, self.seconds, self.base = _get_ident(), seconds, base
        self.reason: Reason = ""
        self.fired = self.signalled = False
        self._tick = min(self.TICK, seconds / 8)
        self._shot = self._raising(Stopped)
        self._of_target = itemgetter(self.target)
        self._answering, self._importing, self._was_importing = Spent(), Spent(), False
        self._clock = _processor_clock()
        self._queue = f"/proc/self/task/{_native_id()}/schedstat"
        self._work, self._wall = self._clock(), self._wall_clock()
        self._memory, self._closed_in = resident(), self._work
        self._tripwire = Tripwire(self.target, Stopped)
        self._meter = Meter(self._look, _OURS)
        self._next_look, self._shots = 0.0, 0  # of the meter
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._run, name="time limit", daemon=True)
        self.going = [True]  # once it is empty, no shot can follow

    def start(self) -> None:
        try:
            self._thread.start()
        except RuntimeError:
            self._meter.start()

    def end(self) -> None:
        """End the thread, which shoots no more since `going` is empty."""
        self._done.set()
        if self._thread.ident:
            self._thread.join()
        self._meter.end()
        self._tripwire.lift()

    def _run(self) -> None:
        shots, pause = 0, self._tick
        while not self._done.wait(pause) and self.going:
            frame = _current_frames()[self.target]
            imports, depth = importing(frame, self.base), _depth(frame, self.base)
            self._count(imports)
            if depth >= DEEPEST and not shots and not imports:
                # The limit was taken off past `_recursion_bounded`. (To set it from here, far
                # below the depth that has been reached, ends the process in Python 3.11.)
                # A missed shot is taken again at once: in every tick go hundreds of megabytes.
                pause = self._tick if self._fire(frame, self._raising(RecursionError)) else 0.0
            elif self.reason and (not imports or self._importing.over(IMPORTING)):
                if shots and shots % 40 == 0:
                    self._tripwire.lay(frame)
                    self._wake(frame)
                if shots > 100:
                    self._close_in()
                shots += self._fire(frame, self._shot)
                # Code that catches everything is hit again inside its own handler: shoot fast.
                pause = 0.001 if shots != 1 else self.PATIENCE
            del frame  # whose values are the learner's

    def _look(self, frame: FrameType) -> type[BaseException] | None:
        """What the meter is to raise in `frame`; None where there is no need."""
        now = monotonic()
        if now < self._next_look or not self.going:
            return None
        self._next_look = now + self._tick
        imports = importing(frame, self.base)
        self._count(imports)
        if not self.reason or (imports and not self._importing.over(IMPORTING)):
            return None
        self.fired = True
        self._shots += 1
        self._next_look = now + self.PATIENCE if self._shots == 1 else 0.0
        return Stopped

    def _count(self, imports: bool) -> None:
        """Add what was used since the last look, and find out whether it is too much."""
        work, wall, memory = self._clock(), self._wall_clock(), resident()
        spent = self._importing if imports or self._was_importing else self._answering
        spent.wall += wall - self._wall
        spent.work += work - self._work
        if self._clock is _process_time and spent.work > spent.wall:
            spent.work = spent.wall  # others worked as well
        self._work, self._wall, self._was_importing = work, wall, imports
        if (spent is self._importing or not self._memory) and memory > self._memory:
            self._memory = memory  # what a package takes is not the answer's
        if self.reason:
            return
        if memory - self._memory > _most_memory():
            self.reason = "memory"
        elif self._answering.over(self.seconds):
            self.reason = "wait" if self._answering.waits else "time"
        elif self._importing.over(IMPORTING):
            self.reason = "import"

    def _wall_clock(self) -> float:
        """Seconds on the wall, those left out in which this thread stood in line for a processor.

        Linux alone tells how many these were.
        """
        with suppress(OSError), _open(self._queue, "rb", buffering=0) as file:
            return monotonic() - _float(file.read(100).split()[1]) / 1e9
        return monotonic()

    def _raising(self, kind: type[BaseException]) -> Callable[[], Any]:
        return partial(_async_exception, ctypes.c_ulong(self.target), ctypes.py_object(kind))

    def _fire(self, frame: FrameType, shot: Callable[[], Any]) -> bool:
        """Take the shot if the target is still in `frame`; False if it has gone on.

        It has stood still since we looked, or may have entered an import, or come to its end. So
        looking once more and shooting are one step of a chain of C functions, in which no other
        thread gets its turn. And a shot hits before the target's next call: even if an import is
        what comes next, it has not begun.
        """
        same = _map(is_, _map(self._of_target, _iter(_current_frames, None)), (frame,))
        hit = False
        self.fired = True
        going = _iter(self.going.__len__, None)
        for _ in _map(call, compress(compress((shot,), same), going)):
            hit = True
        return hit

    def _wake(self, frame: FrameType) -> None:
        """Interrupt a wait, such as time.sleep, which looks at nothing but signals."""
        main = threading.main_thread().ident
        if self.target != main or not _callable(signal.getsignal(signal.SIGINT)):
            return
        self.signalled = True
        if os.name == "nt":
            self._fire(frame, partial(signal.raise_signal, signal.SIGINT))
        else:
            self._fire(frame, partial(signal.pthread_kill, self.target, signal.SIGINT))

    def _close_in(self) -> None:
        """Leave less and less room to a function that catches all and calls itself to do so.

        One shot ends one call, and 2 to the power of the room are made. The room shrinks in small
        steps, each after the target has moved: in Python 3.11 the process ends where it is more
        than 50 calls beyond the limit.
        """
        now, limit, least = self._clock(), _get_limit(), _depth(self.base, None) + 12
        least = least if least > 30 else 30  # other threads, this one too, need as much
        if now - self._closed_in > 0.0005 and limit > least:
            self._closed_in = now
            _set_limit(limit - 20 if limit - 20 > least else least)


def importing(frame: FrameType | None, base: FrameType | None) -> bool:
    """True if one of the calls between `frame` and `base`, those nearest to it, is an import."""
    depth, ours, external = 0, _bootstrap.__dict__, _bootstrap_external.__dict__
    while frame is not None and frame is not base and depth < DEEPEST:
        names = frame.f_globals
        if names is ours or names is external:
            return True
        frame, depth = frame.f_back, depth + 1
    return False


def _depth(frame: FrameType | None, base: FrameType | None) -> int:
    """How many calls `frame` is away from `base`; counts no further than to `DEEPEST`."""
    depth = 0
    while frame is not None and frame is not base and depth < DEEPEST:
        frame, depth = frame.f_back, depth + 1
    return depth


def _native_id() -> int:
    """What the system calls this thread; 0 where it has no name for it."""
    return getattr(threading, "get_native_id", int)()


def _processor_clock() -> Callable[[], float]:
    """The processor time of this thread, to be read by others; else that of the process.

    In a browser, where that stands still, a share of the time on the wall.
    """
    if sys.platform == "emscripten":
        return lambda: monotonic() / SLOWER
    clock_of = getattr(time, "pthread_getcpuclockid", None)  # Linux
    return partial(time.clock_gettime, clock_of(_get_ident())) if clock_of else _process_time


# --- memory ---

_STATM = "/proc/self/statm"
_PAGE = os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
_ON_LINUX = os.path.exists(_STATM)


def resident() -> float:
    """Bytes of memory that this process holds; 0 where nobody can tell.

    Linux says so itself, and a kernel has psutil loaded; macOS without it tells the most so far.
    """
    if _ON_LINUX:
        with suppress(OSError), _open(_STATM, "rb", buffering=0) as file:
            return _PAGE * _float(file.read(100).split()[1])
        return 0.0
    psutil = sys.modules.get("psutil")
    if psutil:
        return psutil.Process().memory_info().rss
    resource = sys.modules.get("resource")
    if resource and sys.platform == "darwin":
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return 0.0


def _most_memory() -> float:
    """How many bytes an answer may add."""
    share = _whole_memory() / 4
    return share if share < MOST_MEMORY else MOST_MEMORY


@cache
def _whole_memory() -> float:
    """The memory of the machine in bytes, or of the container; `inf` where nobody can tell."""
    whole = [math.inf]
    with suppress(AttributeError, OSError, ValueError):
        whole.append(_float(_PAGE * os.sysconf("SC_PHYS_PAGES")))
    for file in ("memory.max", "memory/memory.limit_in_bytes"):
        with suppress(OSError, ValueError), _open(f"/sys/fs/cgroup/{file}") as text:
            whole.append(_float(text.read()))  # "max" where there is no limit
    return _min(whole)


# --- recursion ---


@contextmanager
def _recursion_bounded() -> Iterator[None]:
    """Python's own limit of recursion holds, at `DEEPEST` or below, whatever is asked for.

    Without it endless recursion takes gigabytes, and a minute to come back from.
    """

    def bounded(limit: int, /) -> None:
        _set_limit(limit if limit < DEEPEST else DEEPEST)

    before, setter = _get_limit(), sys.setrecursionlimit
    if before > DEEPEST:
        with suppress(RecursionError):  # we are deeper already
            _set_limit(DEEPEST)
    sys.setrecursionlimit = bounded
    try:
        yield
    finally:
        sys.setrecursionlimit = setter
        if _get_limit() != before:
            _set_limit(before)
