"""What the learner's code raised, as plain data: all that is needed to talk about it elsewhere."""

from __future__ import annotations

import linecache
import os
import sysconfig
from dataclasses import dataclass
from types import TracebackType
from typing import Any

from utils import running

_LONGEST = 200  # characters of a line, of a name or of what an exception says

_OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))  # the course's own code
_LIBRARIES = tuple(
    path
    for name in ("stdlib", "platstdlib", "purelib", "platlib")
    if (path := sysconfig.get_paths().get(name))
)


@dataclass(frozen=True)
class Failure:
    """An exception of the learner's code.

    line: the line of theirs that it came from; empty where that cannot be known.
    name: what Python calls the exception: "ZeroDivisionError".
    kinds: the full names of its class and of all that this derives from, such as
        "builtins.ArithmeticError": an exception cannot travel, and what it is can be told by these.
    said: the first line of its own words.
    """

    line: str
    name: str
    kinds: tuple[str, ...]
    said: str

    def is_a(self, kind: type[BaseException]) -> bool:
        """What `isinstance` would say of the exception."""
        return full_name(kind) in self.kinds


def full_name(kind: type) -> str:
    """Module and name of a class: "builtins.ZeroDivisionError"."""
    return f"{kind.__module__}.{kind.__qualname__}"[:_LONGEST]


def failure(raised: BaseException, answer: Any) -> Failure:
    """`raised` as plain data; what was not raised by the learner's code is raised again."""
    line = _learners_line(raised.__traceback__, answer)
    if isinstance(raised, running.Stopped):
        raise raised
    if isinstance(raised, KeyboardInterrupt) and not line.startswith("raise"):
        raise raised  # the user pressed "interrupt"
    try:
        said = str(raised)
    except Exception:  # an exception class of the learner's own may do anything
        said = ""
    said = said.splitlines()[0] if said else ""
    kinds = tuple(full_name(kind) for kind in type(raised).__mro__)
    said = _without_addresses(said[:_LONGEST])
    return Failure(line[:_LONGEST], type(raised).__name__[:_LONGEST], kinds, said)


def _learners_line(traceback: TracebackType | None, answer: Any) -> str:
    """The last line of the learner's own code on the way to the error, without indentation."""
    try:
        own = answer.__code__.co_filename
    except Exception:  # not a function, or an object that answers back
        own = None
    line = ""
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        theirs = name == own or not name.startswith((_OURS, *_LIBRARIES, "<frozen", "<__array"))
        if theirs:
            frame = traceback.tb_frame
            found = linecache.getline(name, traceback.tb_lineno, frame.f_globals).strip()
            line = found or line
        traceback = traceback.tb_next
    return line


def _without_addresses(text: str) -> str:
    words_in = text.split(" ")
    return " ".join("…" if word.startswith("0x") else word for word in words_in)
