"""The progress file: which questions are done or tried, how many hints were shown, what practice
has come to.

One small JSON file on the learner's own disk; nothing is sent anywhere. It is written to a
temporary file first and then moved into place, under a lock, so that a crash or a second kernel
loses nothing; and only if the file is still the one that was read, so that nothing is lost either
where the disk knows no locks or a kernel slept while it held one. A file that cannot be read is set
aside under a new name. Where nothing can be written, the checks go on: this kernel remembers what
it would have written, and adds it to the file as soon as it can.
"""

from __future__ import annotations

import copy
import importlib
import json
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any, TypeVar

T = TypeVar("T")

VARIABLE = "DERIVATIVES_PROGRESS"
HUB = "JUPYTERHUB_USER"  # which a JupyterHub sets for all it starts
SCHEMA = 1
OPEN, TRIED, DONE = "open", "tried", "done"
PATIENCE = 2.0  # seconds to wait for another kernel before going on without the lock
ATTEMPTS = 20  # to write before another kernel does; beside a lock the first one succeeds


def lock_modules() -> tuple[ModuleType | None, ModuleType | None]:
    """`fcntl` and `msvcrt`, of which a system has one; a browser has neither, or an empty one."""
    found: list[ModuleType | None] = []
    for name, needed in (("fcntl", "flock"), ("msvcrt", "locking")):
        try:
            module = importlib.import_module(name)
        except ImportError:
            module = None
        found.append(module if hasattr(module, needed) else None)
    return found[0], found[1]


fcntl, msvcrt = lock_modules()


@dataclass
class Entry:
    """One question: its state, hints shown so far, how often the solution was asked for."""

    state: str = OPEN
    hints: int = 0
    asked: int = 0


@dataclass
class Practised:
    """One kind of problem in practice, as `schedule` keeps it.

    box: 1 to 5; the higher, the longer until it is due again; 0 as long as it is new.
    last: the day on which it came up last, as "2026-11-22".
    right, wrong: how often the first answer was right without help, and how often not.
    mistakes: those that were named and have not been put right since.
    recent: the keys of its last problems, the newest last.
    """

    box: int = 0
    last: str = ""
    right: int = 0
    wrong: int = 0
    mistakes: list[str] = field(default_factory=list)
    recent: list[str] = field(default_factory=list)


@dataclass
class Ladder:
    """How far practice of a chapter has come.

    level: the highest that is open.
    row: how many of its problems were right in a row without help.
    """

    level: int = 1
    row: int = 0


@dataclass
class Progress:
    """All that the file holds.

    entries: question id to entry; a question never touched has none.
    set_aside: names of damaged files that were kept and not yet mentioned to the learner.
    rest: what a newer version of the course wrote and this one does not know.
    practised: the id of a kind of problem to what is known of it.
    ladders: chapter to how far its practice has come.
    """

    entries: dict[str, Entry] = field(default_factory=dict)
    set_aside: list[str] = field(default_factory=list)
    rest: dict[str, Any] = field(default_factory=dict)
    practised: dict[str, Practised] = field(default_factory=dict)
    ladders: dict[str, Ladder] = field(default_factory=dict)

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
    """Where the file is, or would be; None if there is no place for it.

    On a JupyterHub it is in the home folder, since which `utils` a kernel finds, the hub's or that
    of a clone, depends on the folder in which it starts.
    """
    given = os.environ.get(VARIABLE)
    if given:
        return Path(given)
    folder, home = course_folder(), None
    mine = folder and folder / "my_work"
    with suppress(RuntimeError):  # no home folder
        home = Path.home() / ".derivatives-course" / "progress.json"
    if HUB in os.environ and home is not None:
        if mine and not home.exists():
            _adopt(mine / "progress.json", home)
        return home
    if mine and os.access(mine if mine.is_dir() else mine.parent, os.W_OK):
        return mine / "progress.json"
    return home


def _adopt(earlier: Path, home: Path) -> None:
    """Go on from the file of a time when each clone had one of its own; that one stays."""
    with suppress(OSError), _spare(home, earlier.read_bytes()) as spare:
        os.link(spare, home)  # and not over what another kernel has begun meanwhile


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


# Under which name each part stands in the file, as which field of Progress, and of what it is made.
_PARTS = (
    ("questions", "entries", Entry),
    ("practice", "practised", Practised),
    ("ladders", "ladders", Ladder),
)


def _to_text(progress: Progress) -> str:
    data: dict[str, Any] = {"schema": SCHEMA} | progress.rest
    for name, part, made in _PARTS:
        known = getattr(progress, part)
        told = {key: vars(known[key]) for key in sorted(known) if known[key] != made()}
        if told or part == "entries":
            data[name] = told
    if progress.set_aside:
        data["set_aside"] = progress.set_aside
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _from_text(text: str) -> Progress:
    """Raises ValueError if the text is not a progress file."""
    data = json.loads(text)
    if not isinstance(data, dict) or not isinstance(data.get("questions"), dict):
        raise ValueError("not a progress file")
    progress = Progress()
    for name, part, made in _PARTS:
        if isinstance(data.get(name), dict):
            found = {key: _read_as(made, raw) for key, raw in data.pop(name).items()}
            getattr(progress, part).update(found)
    names = data.pop("set_aside", [])
    if isinstance(names, list):
        progress.set_aside = _texts(names)
    progress.rest = data
    return progress


def _read_as(made: type[Any], raw: Any) -> Any:
    """An `Entry`, `Practised` or `Ladder`; what has another shape counts as new."""
    found = made()
    for name, usual in vars(found).items() if isinstance(raw, dict) else ():
        value = raw.get(name)
        if isinstance(usual, list):
            setattr(found, name, _texts(value) if isinstance(value, list) else [])
        elif isinstance(usual, int):
            setattr(found, name, max(_count(value), usual))
        elif isinstance(value, str) and (made is not Entry or value in (TRIED, DONE)):
            setattr(found, name, value)
    return found


def _texts(values: list[Any]) -> list[str]:
    return [value for value in values if isinstance(value, str)]


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
    parts = {
        part: copy.deepcopy(getattr(stored, part) | getattr(unsaved, part)) for _, part, _ in _PARTS
    }
    return Progress(set_aside=[*unsaved.set_aside, *damaged], rest=stored.rest, **parts)


def _difference(stored: Progress, progress: Progress) -> Progress:
    """Of `progress` what `stored` does not hold; what was forgotten counts as new."""
    changed = Progress(set_aside=progress.set_aside)
    for _, part, made in _PARTS:
        known, now = getattr(stored, part), getattr(progress, part)
        for key in known | now:
            if now.get(key, made()) != known.get(key, made()):
                getattr(changed, part)[key] = now.get(key, made())
    return changed


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
    with _spare(place, text.encode()) as spare:
        if _content(place) != expected:
            return False
        with suppress(FileNotFoundError):  # swept away by one who believed us dead
            _patiently(lambda: os.replace(spare, place))
            if locked:
                _sweep(place)
            return True
        return False


@contextmanager
def _spare(place: Path, content: bytes) -> Iterator[Path]:
    """A file beside `place` that holds this; gone at the end, unless it was moved into place."""
    spare = place.with_name(f"{place.name}.{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        with open(spare, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield spare
    finally:
        with suppress(OSError):
            spare.unlink()


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
        elif msvcrt is not None:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            raise OSError("there are no locks")
    except (BlockingIOError, PermissionError):  # as POSIX and Windows say that it is taken
        return False
    return True


def _unlock(file: int) -> None:
    with suppress(OSError):
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_UN)
        elif msvcrt is not None:
            os.lseek(file, 0, os.SEEK_SET)
            msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
