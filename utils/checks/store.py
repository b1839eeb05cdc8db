"""The progress file: which questions are done or tried, how many hints were shown.

One small JSON file on the learner's own disk; nothing is sent anywhere. It is written to a
temporary file first and then moved into place, under a lock, so that a crash or a second kernel
loses nothing; and only if the file is still the one that was read, so that nothing is lost either
where the disk knows no locks or a kernel slept while it held one. A file that cannot be read is set
aside under a new name. Where nothing can be written, the checks go on: this kernel remembers what
it would have written, and adds it to the file as soon as it can.
"""

from __future__ import annotations

import copy
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
PATIENCE = 2.0  # seconds to wait for another kernel before going on without the lock
ATTEMPTS = 20  # to write before another kernel does; beside a lock the first one succeeds


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


class _Kept(dict[Path | None, Progress]):
    """Progress by the path meant for it. No plain dict: those are put back before each call."""


_unsaved = _Kept()  # what could not be written


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
    """Read, call `edit` on what was read, and write if it changed anything.

    edit: called once more, on what is there then, where another kernel wrote in between.
    """
    place = path()
    damaged: list[str] = []
    with _locked(place) as locked:
        attempts = ATTEMPTS
        while True:
            content, stored, kept = _read(place)
            damaged += kept
            progress = _with_unsaved(place, stored, damaged)
            result = edit(progress)
            text = _to_text(progress)
            attempts -= 1
            try:
                done = text == _to_text(stored) or _write(place, text, content, locked)
            except OSError:
                done, attempts = False, 0
            if done:
                _unsaved.pop(place, None)
            elif attempts == 0:
                _unsaved[place] = _difference(stored, progress)
            else:
                continue
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


def _content(place: Path | None) -> bytes | None:
    """What the file holds; None where it is not there yet, or not for us to read."""
    try:
        return None if place is None else _patiently(place.read_bytes)
    except OSError:
        return None


def _read(place: Path | None) -> tuple[bytes | None, Progress, list[str]]:
    """What the file holds, what that says, and the name of a damaged one that was set aside."""
    content = _content(place)
    if place is None or content is None:
        return content, Progress(), []
    try:
        return content, _from_text(content.decode()), []
    except (ValueError, RecursionError):
        kept = _set_aside(place)
        return _content(place), Progress(), kept


def _with_unsaved(place: Path | None, stored: Progress, damaged: list[str]) -> Progress:
    """A copy of `stored`, and on it what this kernel could not write so far."""
    unsaved = _unsaved.get(place, Progress(set_aside=stored.set_aside))
    entries = copy.deepcopy(stored.entries | unsaved.entries)
    return Progress(entries, [*unsaved.set_aside, *damaged], stored.rest)


def _difference(stored: Progress, progress: Progress) -> Progress:
    """Of `progress` what `stored` does not hold; a forgotten question counts as a new one."""
    known, now = stored.entries, progress.entries
    changed = {
        question_id: now.get(question_id, Entry())
        for question_id in known | now
        if now.get(question_id, Entry()) != known.get(question_id, Entry())
    }
    return Progress(changed, progress.set_aside)


def _set_aside(place: Path) -> list[str]:
    for number in range(1, 1000):
        kept = place.with_name(f"{place.stem}.damaged-{number}{place.suffix}")
        if not kept.exists():
            with suppress(OSError):
                os.replace(place, kept)
                return [kept.name]
            break
    return []


def _write(place: Path | None, text: str, expected: bytes | None, locked: bool) -> bool:
    """Write the file in one step if it still holds `expected`; False where it does not.

    Raises OSError where it cannot be written.
    """
    if place is None:
        raise OSError("there is no place for the file")
    spare = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(spare, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        if _content(place) != expected:
            spare.unlink()
            return False
        with suppress(FileNotFoundError):  # swept away by one who believed us dead
            _patiently(lambda: os.replace(spare, place))
            if locked:
                _sweep(place)
            return True
        return False
    except OSError:
        with suppress(OSError):
            spare.unlink()
        raise


def _sweep(place: Path) -> None:
    """Remove what kernels that died while writing have left. Only for who holds the lock."""
    with suppress(OSError), os.scandir(place.parent) as files:
        for file in files:
            if file.name.startswith(f"{place.name}.") and file.name.endswith(".tmp"):
                with suppress(OSError):
                    os.unlink(file)


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
def _locked(place: Path | None) -> Iterator[bool]:
    """Hold the lock beside `place`; gives False where the disk or another kernel allows none."""
    handle = None
    if place is not None:
        with suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            handle = open(place.with_name(f"{place.name}.lock"), "a+b")  # noqa: SIM115
    if handle is None:
        yield False
        return
    with handle:
        locked = _lock_patiently(handle.fileno())
        try:
            yield locked
        finally:
            if locked:
                _unlock(handle.fileno())


def _lock_patiently(file: int) -> bool:
    deadline = time.monotonic() + PATIENCE
    with suppress(OSError):
        while not _lock(file):
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.005)
        return True
    return False


def _lock(file: int) -> bool:
    """Take the lock; False where another kernel holds it. OSError where there are no locks."""
    try:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        else:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
    except (BlockingIOError, PermissionError):  # as POSIX and Windows say that it is taken
        return False
    return True


def _unlock(file: int) -> None:
    with suppress(OSError):
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_UN)
        else:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
