"""Frames that were computed before anybody asked: on a hub, once for all who open a chapter.

`python -m tools.tables` keeps the tables of the course's notebooks in a folder; a figure that was
made by the same code out of the same arguments finds its own there. What a figure is made of is
told exactly or not at all: a learner's function by its code and all that it names. So a table is
found only where computing it anew would give the same.
"""

import hashlib
import json
import os
import sys
import types
import zlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from utils import versions
from utils.stage.frames import Table
from utils.stage.recipe import Recipe

FOLDER = "DERIVATIVES_TABLES"  # where they are, instead of beside the packages
KEEP = "DERIVATIVES_KEEP_TABLES"  # where a figure that is shown leaves its own
_PLAIN = (str, int, float, complex, bytes, bool, type(None))


class _Untold(Exception):
    """Something that no text can tell exactly."""


def folder() -> Path:
    """Where prebuilt tables are looked for."""
    given = os.environ.get(FOLDER)
    return Path(given) if given else Path(sys.prefix) / "share" / "derivatives-course" / "tables"


def key_of(recipe: Recipe, drawing: np.ndarray | None) -> str | None:
    """What names the table of a figure; None where the figure cannot be told exactly."""
    try:
        told = [_course(), recipe.explorer, *_told(dict(recipe.arguments)), *_told(drawing)]
    except _Untold:
        return None
    return hashlib.sha256("\x00".join(told).encode()).hexdigest()


def find(key: str | None) -> Table | None:
    """The table that was kept under a key, if there is one."""
    if key is None:
        return None
    try:
        header, _, buffer = zlib.decompress((folder() / key).read_bytes()).partition(b"\n")
        return Table(json.loads(header), buffer)
    except (OSError, zlib.error, ValueError):
        return None


def keep(key: str, table: Table, to: Path) -> None:
    """Keep a table under its key, in one step: others may read there."""
    to.mkdir(parents=True, exist_ok=True)
    spare = to / f"{key}.{os.getpid()}.tmp"
    spare.write_bytes(zlib.compress(json.dumps(table.header).encode() + b"\n" + table.buffer))
    spare.replace(to / key)


@cache
def _course() -> str:
    """The code that computes: the course's own, and whose arithmetic it uses."""
    return f"{sys.version_info[:2]} {np.__version__} {versions.sources()}"


def _told(value: Any, within: Sequence[int] = ()) -> Iterator[str]:
    """A value as texts that no other value has. within: the functions that are being told.

    Raises _Untold for what is neither plain data nor a function of such.
    """
    if type(value) in _PLAIN:
        yield f"{type(value).__name__} {value!r}"
    elif isinstance(value, (np.ndarray, np.generic)):
        if value.dtype == object:
            raise _Untold
        yield f"array {value.dtype} {value.shape} {value.tobytes().hex()}"
    elif isinstance(value, list | tuple) and type(value) in (list, tuple):
        yield f"{type(value).__name__} of {len(value)}"
        for each in value:
            yield from _told(each, within)
    elif isinstance(value, Mapping) and type(value) in (dict, types.MappingProxyType):
        yield f"mapping of {len(value)}"
        for name, each in value.items():
            yield from (*_told(name, within), *_told(each, within))
    elif isinstance(value, types.ModuleType):
        yield f"module {value.__name__}"
    elif isinstance(value, types.FunctionType):
        yield from _told_function(value, within)
    else:
        yield _told_by_name(value)


def _told_function(f: types.FunctionType, within: Sequence[int]) -> Iterator[str]:
    if (f.__module__ or "").partition(".")[0] == "utils" and "<" not in f.__qualname__:
        yield f"{f.__module__} {f.__qualname__}"  # the course's own, whose text is in the key
    elif id(f) in within:
        yield f"itself, {within.index(id(f))}"
    else:
        inside = (*within, id(f))
        yield "function"
        yield from _told_code(f.__code__, inside)
        yield from _told([f.__defaults__, f.__kwdefaults__, dict(f.__dict__)], inside)
        for cell in f.__closure__ or ():
            yield from _told(cell.cell_contents, inside)
        for name in sorted(_names(f.__code__)):
            if name in f.__globals__:
                yield name
                yield from _told(f.__globals__[name], inside)


def _told_code(code: types.CodeType, within: Sequence[int]) -> Iterator[str]:
    names = (code.co_names, code.co_varnames, code.co_freevars, code.co_cellvars)
    yield f"code {code.co_code.hex()} {names} {code.co_argcount} {code.co_flags}"
    for value in code.co_consts:
        if isinstance(value, types.CodeType):
            yield from _told_code(value, within)
        elif isinstance(value, frozenset):
            yield from _told(sorted(value, key=repr), within)
        else:
            yield from _told(value, within)


def _names(code: types.CodeType) -> set[str]:
    """All names that a function may look up, those of the functions inside it too."""
    inner = (value for value in code.co_consts if isinstance(value, types.CodeType))
    return set(code.co_names).union(*map(_names, inner))


def _told_by_name(value: Any) -> str:
    """What a library defines under a name of its own: `math.sin`, `np.exp`, a class."""
    name = getattr(value, "__qualname__", None) or getattr(value, "__name__", None)
    home = getattr(value, "__module__", None) or ("numpy" if isinstance(value, np.ufunc) else None)
    module = sys.modules.get(home or "")
    if not name or home in (None, "__main__") or getattr(module, name, None) is not value:
        raise _Untold
    return f"{home} {name}"
