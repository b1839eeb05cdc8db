"""A copy of a learner's function, with its own state."""

from __future__ import annotations

import copy
import random
import types
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np

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
