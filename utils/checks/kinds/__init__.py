"""The kinds of answers, a file for each: how it is looked at, judged, and told of.

A file that is put here is found by itself: `from utils.checks import NewKind` works at once.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from typing import Any

from utils.checks.answer import Answer


def kinds() -> dict[str, type[Answer]]:
    """Every kind of answer by its name, those outside this folder included.

    Raises ValueError where two have the same name.
    """
    for file in pkgutil.iter_modules(__path__):
        importlib.import_module(f"{__name__}.{file.name}")
    return _loaded()


def _loaded() -> dict[str, type[Answer]]:
    found: dict[str, type[Answer]] = {}
    for kind in _below(Answer):
        if found.setdefault(kind.__name__, kind) is not kind:
            homes = f"{found[kind.__name__].__module__} and {kind.__module__}"
            raise ValueError(f"Two kinds of answers are called {kind.__name__}: in {homes}.")
    return found


def named(name: str) -> type[Answer]:
    """The kind with this name, such as "Number"; ValueError if there is none."""
    known = _loaded()
    if name not in known:
        known = kinds()
    if name not in known:
        raise ValueError(
            f"There is no kind of answer {name!r}; there are {', '.join(sorted(known))}."
        )
    return known[name]


def _below(kind: type[Any]) -> list[type[Any]]:
    """The kinds that derive from this one; what they share and is no kind itself is left out."""
    found = []
    for one in kind.__subclasses__():
        found += [*([] if inspect.isabstract(one) else [one]), *_below(one)]
    return found


def __getattr__(name: str) -> Any:
    if name[0].isupper() and name in (known := kinds()):
        return known[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
