"""The progress file: which questions are done or tried, how many hints were shown.

One small JSON file on the learner's own disk; nothing is sent anywhere. It is written to a
temporary file first and then moved into place, under a lock, so that a crash or a second kernel
loses nothing. A file that cannot be read is set aside under a new name. Where nothing can be
written, the checks go on and this kernel remembers what it would have written.
"""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]
    import msvcrt

T = TypeVar("T")

VARIABLE = "DERIVATIVES_PROGRESS"
SCHEMA = 1
OPEN, TRIED, DONE = "open", "tried", "done"
_PATIENCE = 2.0  # seconds to wait for another kernel before going on without the lock


@dataclass
class Entry:
    """One question: its state, hints shown so far, how often the solution was asked for."""

    state: str = OPEN
    hints: int = 0
    asked: int = 0


@dataclass
class Progress:
    """All that the file holds.

    entries: question id to entry; a question never touched has none.
    set_aside: names of damaged files that were kept and not yet mentioned to the learner.
    rest: what a newer version of the course wrote and this one does not know.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)

    def entry(self, question_id: str) -> Entry:
        """The entry of a question, made if it is new."""
        return self.entries.setdefault(question_id, Entry())


_in_memory: dict[Path | None, str] = {}  # what could not be written, by the path meant for it


def course_folder() -> Path | None:
    """The folder of `course.py`, if the package stands in it."""
    folder = Path(__file__).resolve().parents[2]
    return folder if (folder / "course.py").is_file() else None


def path() -> Path | None:
    """Where the file is, or would be; None if there is no place for it."""
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    folder = course_folder()
    if folder is not None:
        mine = folder / "my_work"
        if os.access(mine if mine.is_dir() else folder, os.W_OK):
            return mine / "progress.json"
    with suppress(RuntimeError):  # no home folder
        return Path.home() / ".derivatives-course" / "progress.json"
    return None


def load() -> Progress:
    """What is known so far. Changes to the result are not saved; use `change`."""
    return change(lambda progress: progress)


def change(edit: Callable[[Progress], T]) -> T:
    """Read, call `edit` on what was read, and write if it changed anything."""
    place = path()
    with _locked(place):
        progress = _read(place)
        before = _to_text(progress)
        result = edit(progress)
        text = _to_text(progress)
        if text != before or progress.set_aside:
            _write(place, text)
        return result


# --- the file ---


def _to_text(progress: Progress) -> str:
    questions = {
        question_id: vars(entry)
        for question_id, entry in sorted(progress.entries.items())
        if entry != Entry()
    }
    data = {"schema": SCHEMA} | progress.rest | {"questions": questions}
    if progress.set_aside:
        data["set_aside"] = progress.set_aside
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _from_text(text: str) -> Progress:
    """Raises ValueError if the text is not a progress file."""
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("questions"), dict):
        raise ValueError("not a progress file")
    progress = Progress(rest={k: v for k, v in data.items() if k not in ("questions", "set_aside")})
    for question_id, raw in data["questions"].items():
        if isinstance(raw, dict):  # an entry of another shape counts as open
            entry = progress.entry(question_id)
            entry.state = raw["state"] if raw.get("state") in (TRIED, DONE) else OPEN
            entry.hints = _count(raw.get("hints"))
            entry.asked = _count(raw.get("asked"))
    names = data.get("set_aside", [])
    if isinstance(names, list):
        progress.set_aside = [name for name in names if isinstance(name, str)]
    return progress


def _count(value: Any) -> int:
    return int(value) if isinstance(value, int) and value > 0 else 0


def _read(place: Path | None) -> Progress:
    if place in _in_memory:
        return _from_text(_in_memory[place])
    if place is None:
        return Progress()
    try:
        return _from_text(_patiently(lambda: place.read_text(encoding="utf-8")))
    except OSError:  # not there yet, or not for us to read
        return Progress()
    except (ValueError, RecursionError):
        return Progress(set_aside=_set_aside(place))


def _set_aside(place: Path) -> list[str]:
    for number in range(1, 1000):
        kept = place.with_name(f"{place.stem}.damaged-{number}{place.suffix}")
        if not kept.exists():
            with suppress(OSError):
                os.replace(place, kept)
                return [kept.name]
            break
    return []


def _write(place: Path | None, text: str) -> None:
    if place is not None:
        spare = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.tmp")
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with open(spare, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            _patiently(lambda: os.replace(spare, place))
        except OSError:
            with suppress(OSError):
                spare.unlink()
        else:
            _in_memory.pop(place, None)
            return
    _in_memory[place] = text


def _patiently(action: Callable[[], T]) -> T:
    """Windows refuses a file for the moment in which another program looks at it: try again."""
    for _ in range(5):
        try:
            return action()
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(0.02)
    return action()


@contextmanager
def _locked(place: Path | None) -> Iterator[None]:
    """Hold the lock beside `place`; without it where the disk does not allow one."""
    handle = None
    if place is not None:
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle = open(place.with_name(f"{place.name}.lock"), "a+b")  # noqa: SIM115
    if handle is None:
        yield
        return
    with handle:
        deadline = time.monotonic() + _PATIENCE
        while not (locked := _lock(handle.fileno())) and time.monotonic() < deadline:
            time.sleep(0.005)
        try:
            yield
        finally:
            if locked:
                _unlock(handle.fileno())


def _lock(file: int) -> bool:
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True


def _unlock(file: int) -> None:
    with suppress(OSError):
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_UN)
        else:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
