"""What an answer may have replaced or set, and how all of it is put back.

Names: of builtins, of modules that the checks rely on, and of the course itself (`keep_course`).
Settings: of Python, NumPy, torch and the process. Fields: of the question that is asked.

What cannot be put back: threads and processes that were started, files, memory that was taken, and
whatever replaces these functions themselves.
"""

from __future__ import annotations

import builtins
import cmath
import collections
import contextlib
import copy
import dataclasses
import functools
import gc
import importlib
import itertools
import linecache
import math
import operator
import os
import random
import re
import signal
import sys
import threading
import time
import types
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

_numpy_random_state, _numpy_set_random_state = np.random.get_state, np.random.set_state
_numpy_seed, _numpy_errstate = np.random.seed, np.errstate
_all, _callable, _getattr, _isinstance, _len, _map = all, callable, getattr, isinstance, len, map
_dict, _id, _list, _setattr, _vars = dict, id, list, setattr, vars
_is, _type, _code = operator.is_, type, operator.attrgetter("__code__")
_main_thread, _current_thread = threading.main_thread, threading.current_thread

Undo = tuple[Callable[..., None], tuple[Any, ...]]  # a function, and what it is called with
_GONE = object()  # stands for a name that is not there


class _Names:
    """Names and what they stood for when this was made.

    live: where they stand, as a dict or what looks like one.
    write, remove: called with a name and a value, or with a name.
    whole: whether names that are added are taken away, those that `_disturbs` means.
    """

    def __init__(
        self,
        live: Any,
        kept: dict[Any, Any],
        write: Callable[[Any, Any], None],
        remove: Callable[[Any], None],
        whole: bool = False,
    ) -> None:
        self.live, self.kept, self.write, self.remove = live, kept, write, remove
        self.values = _list(kept.values())
        self.size = _len(live) if whole else None

    def restore(self, replaced: list[Undo]) -> None:
        """Put back what differs, and add to `replaced` what stood there."""
        live, kept = self.live, self.kept
        as_large = self.size is None or _len(live) == self.size
        if as_large and _all(_map(_is, _map(live.get, kept), self.values)):
            return
        for name, value in kept.items():
            found = live.get(name, _GONE)
            if found is _GONE:
                replaced.append((self.remove, (name,)))
                self.write(name, value)
            elif found is not value:
                replaced.append((self.write, (name, found)))
                self.write(name, value)
        if self.size is not None:
            for name in _list(live):
                if name not in kept and self._disturbs(name, live[name]):
                    replaced.append((self.write, (name, live[name])))
                    self.remove(name)
            self.size = _len(live)

    def _disturbs(self, name: Any, value: Any) -> bool:
        return True

    @staticmethod
    def of_dict(live: dict[Any, Any], kept: dict[Any, Any], whole: bool = False) -> _Names:
        """Entries of a dict; with `whole`, it gets no others."""
        return _Names(live, kept, live.__setitem__, live.__delitem__, whole)


class _Globals(_Names):
    """All of a module: what is added is taken away if it hides a builtin."""

    def _disturbs(self, name: Any, value: Any) -> bool:
        return name in _BUILTINS and name[:2] != "__"


_OF_EVERY_CLASS = ("__dict__", "__weakref__")  # which nobody can set


class _Class(_Names):
    """The attributes of a class: a method that is added is taken away."""

    def _disturbs(self, name: Any, value: Any) -> bool:
        if name in _OF_EVERY_CLASS:
            return False
        return _callable(value) or _callable(_getattr(value, "__get__", None))


class _Functions:
    """What functions do, which can be replaced inside of them."""

    def __init__(self) -> None:
        self.all: list[types.FunctionType] = []
        self.codes: list[types.CodeType] = []

    def add(self, function: types.FunctionType) -> None:
        """Keep this one, too."""
        self.all.append(function)
        self.codes.append(function.__code__)

    def restore(self, replaced: list[Undo]) -> None:
        """Put back what differs, and add to `replaced` what stood there."""
        if _all(_map(_is, _map(_code, self.all), self.codes)):
            return
        for function, code in zip(self.all, self.codes, strict=True):
            if function.__code__ is not code:
                replaced.append((_setattr, (function, "__code__", function.__code__)))
                function.__code__ = code


class _List:
    """The entries of a list."""

    def __init__(self, live: list[Any]) -> None:
        self.live, self.kept = live, _list(live)

    def restore(self, replaced: list[Undo]) -> None:
        """Put back what differs, and add to `replaced` what stood there."""
        live, kept = self.live, self.kept
        if _len(live) != _len(kept) or not _all(_map(_is, live, kept)):
            replaced.append((live.__setitem__, (slice(None), _list(live))))
            live[:] = kept


# --- names ---

_BUILTINS = _dict(_vars(builtins))

# IPython replaces some of these; no verdict depends on them.
_NOT_OURS = {"input", "print", "open", "help", "exit", "quit", "display", "get_ipython"}
_ALL_BUILTINS = {
    name: value
    for name, value in _BUILTINS.items()
    if name not in _NOT_OURS and (name[0] != "_" or name in ("__import__", "__build_class__"))
}


def _public(module: types.ModuleType) -> dict[str, Any]:
    return {name: value for name, value in _vars(module).items() if name[0] != "_"}


_KEPT: list[Any] = [
    _Names.of_dict(_vars(builtins), _ALL_BUILTINS),
    *(_Names.of_dict(_vars(module), _public(module)) for module in (math, np, np.linalg)),
]


def restore_names() -> list[Undo]:
    """Put back what was replaced in builtins, NumPy and others; return how to undo it.

    Uses no builtin itself, since any of them may be the one that was replaced.
    """
    replaced: list[Undo] = []
    for part in _KEPT:
        part.restore(replaced)
    return replaced


def put_back(replaced: list[Undo]) -> None:
    """Undo what was restored: the notebook keeps what its owner put there."""
    for write, values in replaced[::-1]:
        write(*values)


# --- the course itself ---

# What a lesson is about, such as `utils.autograd`, may be changed by a learner, and is left alone.
_COURSE = ("utils.checks", "utils.running", "utils.questions")
_COURSE_FILES = {
    "utils.bank",
    "utils.examples",
    "utils.formulas",
    "utils.numerals",
    "utils.watching",
}
_JUDGES = ("utils.checks", "utils.running")  # here not only functions and classes are kept


class _Course:
    """The course's own modules, classes, functions, and the fields of its questions."""

    def __init__(self) -> None:
        self.functions = _Functions()
        self.parts: list[Any] = [self.functions]
        self.known: dict[int, Any] = {}  # what stands in `parts`, by its id
        self.loaded = 0  # how many modules were loaded when we last looked
        self.fields: dict[int, tuple[Any, list[Any]]] = {}  # with whom they belong to, by its id

    def is_new(self, thing: Any) -> bool:
        """True the first time that this is asked of a thing."""
        new = _id(thing) not in self.known
        self.known[_id(thing)] = thing
        return new

    def keep_module(self, module: types.ModuleType, judges: bool) -> None:
        """Functions and classes; where it `judges`, all other values and the entries of dicts."""
        if not self.is_new(module):
            return
        live = _vars(module)
        own = {
            name: value
            for name, value in live.items()
            if name[:2] != "__" and (judges or _isinstance(value, (type, types.FunctionType)))
        }
        make = _Globals if judges else _Names
        self.parts.append(make(live, own, live.__setitem__, live.__delitem__, judges))
        for value in own.values():
            if _getattr(value, "__module__", None) == module.__name__:
                self.keep_inside(value)
            elif judges and _type(value) is _dict and self.is_new(value):
                self.parts.append(_Names.of_dict(value, value.copy(), whole=True))

    def keep_inside(self, thing: Any) -> None:
        """What a function does; all attributes of a class, and what its methods do."""
        if _isinstance(thing, types.FunctionType) and self.is_new(thing):
            self.functions.add(thing)
        elif _isinstance(thing, _type) and self.is_new(thing):
            live = _vars(thing)
            own = {n: v for n, v in live.items() if n not in _OF_EVERY_CLASS}
            write = functools.partial(_type.__setattr__, thing)
            remove = functools.partial(_type.__delattr__, thing)
            self.parts.append(_Class(live, own, write, remove, whole=True))
            for value in own.values():
                method = _getattr(value, "__func__", _getattr(value, "fget", value))
                if _isinstance(method, types.FunctionType):
                    self.keep_inside(method)


_course = _Course()


def keep_course() -> None:
    """Remember what is loaded of the course, as it is now, unless it is known."""
    if _len(sys.modules) == _course.loaded:
        return
    for name, module in _list(sys.modules.items()):
        if name in _COURSE_FILES or name.startswith(_COURSE):
            _course.keep_module(module, name.startswith(_JUDGES))
    _course.loaded = _len(sys.modules)


def restore_all() -> list[Undo]:
    """`restore_names`, and what was replaced in the course since `keep_course`."""
    replaced = restore_names()
    for part in _course.parts:
        part.restore(replaced)
    return replaced


def keep_fields(owner: Any, things: Iterable[Any]) -> None:
    """Remember what belongs to `owner`: fields of objects, dicts and lists, functions' code."""
    _course.fields[_id(owner)] = (owner, [_fields_of(thing) for thing in things])


def restore_fields(owner: Any) -> bool:
    """Put back the fields of what belongs to `owner`; False if they are not known."""
    if _id(owner) not in _course.fields:
        return False
    for part in _course.fields[_id(owner)][1]:
        part.restore([])
    return True


def _fields_of(thing: Any) -> Any:
    if _isinstance(thing, types.FunctionType):
        functions = _Functions()
        functions.add(thing)
        return functions
    if _isinstance(thing, _list):
        return _List(thing)
    live = thing if _isinstance(thing, _dict) else _vars(thing)
    return _Names.of_dict(live, _dict(live))


# --- settings ---


class _Setting:
    """Something that can be read and written."""

    def __init__(self, read: Callable[[], Any], write: Callable[[Any], Any]) -> None:
        self.read, self.write = read, write

    def value(self) -> Any:
        """As it is now; `_GONE` if nobody can tell."""
        try:
            return self.read()
        except Exception:
            return _GONE

    def restore(self, kept: Any) -> None:
        """Write `kept` if it is another now."""
        if kept is not _GONE and self.value() != kept:
            with suppress(Exception):  # such as a folder that is gone
                self.write(kept)


def _set_environment(kept: dict[str, str]) -> None:
    for name in os.environ.keys() - kept.keys():
        del os.environ[name]
    for name, value in kept.items():
        if os.environ.get(name) != value:
            os.environ[name] = value


def _set_gc(on: bool) -> None:
    (gc.enable if on else gc.disable)()


def _set_handlers(kept: dict[int, Any]) -> None:
    for number, handler in kept.items():
        if handler is not None and signal.getsignal(number) is not handler:
            signal.signal(number, handler)


def _handlers() -> dict[int, Any]:
    """What happens on each signal; no other thread than the main one can change that."""
    if _current_thread() is not _main_thread():
        return {}
    return {number: signal.getsignal(number) for number in _SIGNALS}


_SIGNALS = [
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGALRM", "SIGUSR1")
    if hasattr(signal, name)
]

_SETTINGS = [
    _Setting(os.getcwd, os.chdir),
    _Setting(os.environ.copy, _set_environment),
    _Setting(sys.getswitchinterval, sys.setswitchinterval),
    _Setting(sys.gettrace, sys.settrace),
    _Setting(sys.getprofile, sys.setprofile),
    _Setting(sys.get_int_max_str_digits, sys.set_int_max_str_digits),
    _Setting(gc.isenabled, _set_gc),
    _Setting(np.get_printoptions, lambda kept: np.set_printoptions(**kept)),
    _Setting(_handlers, _set_handlers),
]
if hasattr(signal, "setitimer"):
    _SETTINGS.append(
        _Setting(
            lambda: signal.getitimer(signal.ITIMER_REAL)[0] > 0,
            lambda kept: None if kept else signal.setitimer(signal.ITIMER_REAL, 0),
        )
    )


def _torch_settings(torch: Any) -> list[_Setting]:
    def set_inference(on: bool) -> None:
        mode = torch.inference_mode(on)
        mode.__enter__()
        _course.known[_id(mode)] = mode  # it ends when nothing refers to it any more

    def set_device(kept: Any) -> None:
        torch.set_default_device(None if kept.type == "cpu" else kept)

    return [
        _Setting(torch.get_default_dtype, torch.set_default_dtype),
        _Setting(torch.is_inference_mode_enabled, set_inference),
        _Setting(torch.is_grad_enabled, torch.set_grad_enabled),
        _Setting(torch.get_num_threads, torch.set_num_threads),
        _Setting(torch.get_default_device, set_device),
        _Setting(torch.is_anomaly_enabled, torch.autograd.set_detect_anomaly),
        _Setting(torch.are_deterministic_algorithms_enabled, torch.use_deterministic_algorithms),
    ]


@contextmanager
def session_kept() -> Iterator[None]:
    """Put back afterwards what was set: folder, environment, signals, torch's dtype, and more."""
    torch = sys.modules.get("torch")
    known = (*_SETTINGS, *(_torch_settings(torch) if torch else ()))
    settings = [(setting, setting.value()) for setting in known]
    parts: list[Any] = [
        *(_Names.of_dict(live, live.copy()) for live in _RELIED_ON),
        _Names.of_dict(_vars(sys), {n: v for n, v in _vars(sys).items() if n not in _CHANGING}),
        _List(sys.path),
        _Names.of_dict(sys.modules, sys.modules.copy()),  # what was imported may stay
    ]
    decimal = sys.modules.get("decimal")
    context = decimal.getcontext().copy() if decimal else None
    try:
        yield
    finally:
        for part in parts:
            part.restore([])
        for setting, value in settings:
            setting.restore(value)
        if decimal:
            decimal.setcontext(context)


# The checks rely on these modules, and nothing in them is changed by right while an answer runs.
_RELIED_ON = [
    _vars(module)
    for module in (
        *(cmath, random, copy, re, functools, itertools, operator, collections, contextlib),
        *(dataclasses, linecache, importlib, time, os, os.path, threading, signal, gc),
    )
]

# What Python itself changes in `sys`, and what `hushed` puts back.
_CHANGING = {"stdout", "stderr", "last_type", "last_value", "last_traceback", "last_exc"}


@contextmanager
def random_state_kept() -> Iterator[None]:
    """Seed Python, NumPy and (where it is loaded) torch, and put their states back afterwards."""
    python_state, numpy_state = random.getstate(), _numpy_random_state()
    torch = sys.modules.get("torch")
    torch_state = torch.get_rng_state() if torch else None
    random.seed(0)
    _numpy_seed(0)
    if torch:
        # torch.manual_seed also notes the whole stack, for the day when a graphics card is used.
        torch.default_generator.manual_seed(0)
    try:
        with _numpy_errstate(all="ignore"):
            yield
    finally:
        random.setstate(python_state)
        _numpy_set_random_state(numpy_state)
        if torch:
            torch.set_rng_state(torch_state)


@contextmanager
def interruptible() -> Iterator[None]:
    """Hear SIGINT, by which waits are interrupted, even if the process was started without it.

    `nohup`, and `&` in a script, start processes that ignore it.
    """
    in_main = _current_thread() is _main_thread()  # no other thread may change signals
    if not in_main or signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        yield
        return
    signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
