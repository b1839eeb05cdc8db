"""Run the learner's code so that it can neither change a verdict nor hold up the notebook.

`run` gives it a time limit, a random state of its own and nowhere to print; afterwards all that
it may have replaced (`abs`, `math.sin`, `numpy.mean`, `sys.stdout`, …) is as it was before.
`isolated` gives a function its own copies of the lists and arrays it uses, so that a function
which keeps state neither sees an earlier check nor leaves traces in the notebook.

What the limit can stop: every loop and every recursion in Python, on Linux, macOS and Windows, in
any thread; in the main thread also a wait such as `time.sleep`. What nothing inside the same
process can stop: one single long call in C, such as `10**10**9`, until it returns by itself.
"""

from __future__ import annotations

import builtins
import copy
import ctypes
import math
import os
import random
import signal
import sys
import threading
import time
import types
import warnings
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from utils.tripwire import Tripwire

T = TypeVar("T")

_get_ident = threading.get_ident
_numpy_random_state, _numpy_set_random_state = np.random.get_state, np.random.set_state
_numpy_seed, _numpy_errstate = np.random.seed, np.errstate
_async_exception = ctypes.pythonapi.PyThreadState_SetAsyncExc


class Stopped(BaseException):
    """Raised inside the learner's code when its time is up.

    A `BaseException`, so that `except Exception` in the learner's code does not hold it.
    """


@dataclass(frozen=True)
class Ran(Generic[T]):
    """What came of `run`: the result, or None and the reason why there is none."""

    result: T | None = None
    stopped: bool = False
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
        protection.callback(restore_names)
        protection.enter_context(_random_state_kept())
        protection.enter_context(_interruptible())
        sink = protection.enter_context(_hushed())
        try:
            result = _limited(work, seconds)
        except Stopped:
            return Ran(stopped=True, printed=sink.used)
        return Ran(result=result, printed=sink.used)


# --- the time limit ---


class _Watch:
    """A second thread that raises `Stopped` in this one when the time is up."""

    PATIENCE = 0.1  # seconds between the first shot and the next ones

    def __init__(self, seconds: float) -> None:
        self.target = _get_ident()
        self.seconds = seconds
        self.fired = self.signalled = False
        self._over = False
        self._tripwire = Tripwire(self.target, Stopped)
        self._done = threading.Event()
        self._aim = threading.Lock()  # held while shooting: after stop() no shot can follow

    def start(self) -> None:
        # Where threads cannot start (WebAssembly), code runs without a limit.
        with suppress(RuntimeError):
            threading.Thread(target=self._watch, name="time limit", daemon=True).start()

    def stop(self) -> None:
        self._done.set()
        with self._aim:
            self._over = True
        if self.fired:
            # A shot that has not hit yet hits here. (Taking it back with NULL would leave the
            # interpreter's "something is pending" flag up for good, in Python 3.11.)
            with suppress(Stopped):
                for _ in range(100):
                    pass
        self._tripwire.lift()

    def _watch(self) -> None:
        self._done.wait(self.seconds)
        shots = 0
        while not self._done.is_set():
            with self._aim:
                if self._over:
                    return
                self.fired = True
                _async_exception(ctypes.c_ulong(self.target), ctypes.py_object(Stopped))
                if shots and shots % 40 == 0:
                    self._tripwire.lay(sys._current_frames().get(self.target))
                    self._wake()
            # Code that catches everything is hit again inside its own handler: shoot fast.
            self._done.wait(0.001 if shots else self.PATIENCE)
            shots += 1

    def _wake(self) -> None:
        """Interrupt a wait, such as time.sleep, which looks at nothing but signals."""
        main = threading.main_thread().ident
        if self.target != main or not callable(signal.getsignal(signal.SIGINT)):
            return
        self.signalled = True
        if os.name == "nt":
            signal.raise_signal(signal.SIGINT)
        else:
            signal.pthread_kill(self.target, signal.SIGINT)


@contextmanager
def _interruptible() -> Iterator[None]:
    """Hear SIGINT, by which waits are interrupted, even if the process was started without it.

    `nohup`, and `&` in a script, start processes that ignore it.
    """
    in_main = _get_ident() == threading.main_thread().ident  # no other thread may change signals
    if not in_main or signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)


def _limited(call: Callable[[], T], seconds: float) -> T:
    watch = _Watch(seconds)
    try:
        try:
            watch.start()
            return call()
        finally:
            watch.stop()
    except KeyboardInterrupt:
        if watch.fired:
            raise Stopped from None
        raise
    finally:
        watch.stop()  # once more, in case a shot hit the first stop() before it was through
        if watch.signalled:
            with suppress(KeyboardInterrupt):
                time.sleep(0.02)  # let a signal that is still on its way arrive here


# --- what the learner's code may have replaced ---

_KEPT = [
    (vars(module), {name: value for name, value in vars(module).items() if name[0] != "_"})
    for module in (builtins, math, np)
]
for _name in ("input", "print", "open", "help", "exit", "quit", "display", "get_ipython"):
    _KEPT[0][1].pop(_name, None)  # IPython replaces some of these; no verdict depends on them


def restore_names() -> list[tuple[dict[str, Any], str, Any]]:
    """Put back what was replaced in builtins, math and numpy; return what stood there instead.

    Uses no builtin itself, since any of them may be the one that was replaced.
    """
    replaced = []
    for live, kept in _KEPT:
        for name, value in kept.items():
            if live.get(name, _KEPT) is not value:
                replaced.append((live, name, live.get(name, _KEPT)))
                live[name] = value
    return replaced


def put_back(replaced: list[tuple[dict[str, Any], str, Any]]) -> None:
    """Undo `restore_names`: the notebook keeps what its owner put there."""
    for live, name, value in replaced:
        if value is _KEPT:  # the name had been deleted
            live.pop(name, None)
        else:
            live[name] = value


@contextmanager
def _random_state_kept() -> Iterator[None]:
    """Seed Python, NumPy and (where it is loaded) torch, and put their states back afterwards."""
    python_state, numpy_state = random.getstate(), _numpy_random_state()
    torch = sys.modules.get("torch")
    torch_state = torch.get_rng_state() if torch else None
    random.seed(0)
    _numpy_seed(0)
    if torch:
        torch.manual_seed(0)
    try:
        with _numpy_errstate(all="ignore"):
            yield
    finally:
        random.setstate(python_state)
        _numpy_set_random_state(numpy_state)
        if torch:
            torch.set_rng_state(torch_state)


class _Sink:
    """Swallows what its own thread writes; other threads write where they did before."""

    def __init__(self, stream: Any) -> None:
        self.stream, self.owner, self.used = stream, _get_ident(), False

    def write(self, text: str) -> int:
        if _get_ident() != self.owner:
            return self.stream.write(text)
        self.used = self.used or not text.isspace()
        return 0 if text is None else len(text)

    def writelines(self, lines: Any) -> None:
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.stream, name)


class _DisplaySink:
    """Swallows what its own thread displays; other threads display where they did before.

    All else goes to the notebook's publisher: the kernel tells it of every request that comes in,
    and a request that comes in meanwhile, such as another cell, would else be lost.
    """

    def __init__(self, publisher: Any) -> None:
        self.publisher, self.owner = publisher, _get_ident()

    def publish(self, *args: Any, **kwargs: Any) -> None:
        if _get_ident() != self.owner:
            self.publisher.publish(*args, **kwargs)

    def clear_output(self, *args: Any, **kwargs: Any) -> None:
        if _get_ident() != self.owner:
            self.publisher.clear_output(*args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.publisher, name)


@contextmanager
def _hushed() -> Iterator[_Sink]:
    """No prints, displays, warnings or figures from the learner's code reach the notebook."""
    streams = sys.stdout, sys.stderr
    out = sys.stdout = _Sink(sys.stdout)
    sys.stderr = _Sink(sys.stderr)
    pyplot = sys.modules.get("matplotlib.pyplot")
    figures = pyplot.get_fignums() if pyplot else []
    ipython = sys.modules.get("IPython")
    shell: Any = ipython.get_ipython() if ipython else None
    publisher = getattr(shell, "display_pub", None)
    if publisher is not None:
        shell.display_pub = _DisplaySink(publisher)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield out
    finally:
        sys.stdout, sys.stderr = streams
        if publisher is not None:
            shell.display_pub = publisher
        if pyplot:
            for number in set(pyplot.get_fignums()) - set(figures):
                pyplot.close(number)


# --- a copy of a function, with its own state ---

_STATEFUL = (list, dict, set, bytearray, deque, np.ndarray, random.Random, np.random.Generator)
_MOST_BYTES = 50_000_000  # larger arrays are shared: copying them would take longer than judging


def isolated(function: Callable[..., Any]) -> Callable[..., Any]:
    """A copy of `function` that works on copies of the mutable values it refers to.

    Functions it calls are copied with it if they stand in the same namespace. What cannot be
    copied is shared; if the copy fails altogether, the function itself is returned.
    """
    try:
        return _Copies().of(function)
    except Exception:
        return function


class _Copies:
    """Copies of functions and values that keep referring to each other."""

    def __init__(self) -> None:
        self._namespaces: dict[int, dict[str, Any]] = {}
        self._functions: dict[int, types.FunctionType] = {}
        self._cells: dict[int, types.CellType] = {}
        self._homes: set[str | None] = set()
        self._memo: dict[int, Any] = {}

    def of(self, function: Any) -> Any:
        if isinstance(function, types.FunctionType):
            return self._function(function)
        if isinstance(function, types.MethodType):
            self._homes.add(type(function.__self__).__module__)
            return types.MethodType(function.__func__, self._value(function.__self__))
        if isinstance(function, (type, types.BuiltinFunctionType, np.ufunc)):
            return function
        return copy.deepcopy(function, self._memo)

    def _function(self, function: types.FunctionType) -> types.FunctionType:
        if id(function) in self._functions:
            return self._functions[id(function)]
        original = function.__globals__
        if id(original) not in self._namespaces:
            self._namespaces[id(original)] = dict(original)
        self._homes.add(function.__module__)
        namespace = self._namespaces[id(original)]
        sources = function.__closure__ or ()
        cells = [self._cells.setdefault(id(source), types.CellType()) for source in sources]
        twin = types.FunctionType(function.__code__, namespace, function.__name__, None, (*cells,))
        self._functions[id(function)] = twin  # before its contents: a function may call itself
        for cell, source in zip(cells, sources, strict=True):
            with suppress(ValueError):  # a cell that is still empty
                cell.cell_contents = self._value(source.cell_contents)
        twin.__defaults__ = self._each(function.__defaults__)
        if function.__kwdefaults__:
            twin.__kwdefaults__ = {k: self._value(v) for k, v in function.__kwdefaults__.items()}
        twin.__dict__.update({k: self._value(v) for k, v in function.__dict__.items()})
        twin.__qualname__, twin.__module__ = function.__qualname__, function.__module__
        for name in _names_in(function.__code__):
            if name in original and namespace[name] is original[name]:
                namespace[name] = self._value(original[name])
        return twin

    def _each(self, values: tuple[Any, ...] | None) -> tuple[Any, ...] | None:
        return None if values is None else tuple(self._value(value) for value in values)

    def _value(self, value: Any) -> Any:
        if isinstance(value, types.FunctionType):
            return self._function(value) if id(value.__globals__) in self._namespaces else value
        home = type(value).__module__
        ours = home in self._homes or home.split(".")[0] == "torch"
        if isinstance(value, (type, types.ModuleType)) or not (
            isinstance(value, _STATEFUL) or ours
        ):
            return value
        if getattr(value, "nbytes", 0) > _MOST_BYTES:
            return value
        try:
            return copy.deepcopy(value, self._memo)
        except Exception:  # such as a tensor that is part of a graph
            return value


def _names_in(code: types.CodeType) -> set[str]:
    names = set(code.co_names)
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            names |= _names_in(constant)
    return names
