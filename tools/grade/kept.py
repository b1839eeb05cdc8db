"""What was graded before, and files that are written without overwriting a teacher's."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from tools.door.files import write_whole
from tools.grade.marks import Mark
from utils import versions

MEMORY = ".graded.json"
SCHEMA = 1


@dataclass(frozen=True)
class Graded:
    """What came of one file."""

    marks: tuple[Mark, ...]
    notes: tuple[str, ...]


def version(course: Path) -> str:
    """Changes with the course: its questions, checks, exercises and this grader."""
    made_of = ("utils/**/*.py", "exercises/*.ipynb", "tools/grade/*.py")
    files = [path for pattern in made_of for path in course.glob(pattern)]
    return versions.fingerprint(course, files)


def fingerprint(content: bytes) -> str:
    """Of a file that was handed in."""
    return hashlib.sha256(content).hexdigest()


class Kept:
    """The memory of a folder of results: what was graded, and which files are ours."""

    def __init__(self, folder: Path, course_version: str, how: str) -> None:
        """how: in which way submissions were run; other marks may come of another one."""
        self.folder, self._version = folder, f"{course_version} {how}"
        data = self._read()
        fits = data.get("version") == self._version
        self._graded: dict[str, Any] = data.get("graded", {}) if fits else {}
        self._files: dict[str, str] = data.get("files", {})

    def _read(self) -> dict[str, Any]:
        with suppress(OSError, ValueError):
            data = json.loads((self.folder / MEMORY).read_text(encoding="utf-8"))
            if isinstance(data, dict) and data.get("schema") == SCHEMA:
                return data
        return {}

    def graded(self, key: str) -> Graded | None:
        """What came of the file with this fingerprint; None if it is new."""
        with suppress(KeyError, TypeError):
            known = self._graded[key]
            return Graded(tuple(Mark(**mark) for mark in known["marks"]), tuple(known["notes"]))
        return None

    def remember(self, key: str, graded: Graded) -> None:
        """Keep what came of a file, for the next run."""
        marks = [asdict(mark) for mark in graded.marks]
        self._graded[key] = {"marks": marks, "notes": list(graded.notes)}

    def write(self, name: str, text: str) -> Path:
        """Write one of our files. One that is there and not ours, or changed, stays as it is.

        Gives the path that was written: "answers (new).csv" stands beside such a file.
        """
        content = text.encode()
        first = self.folder / name
        others = (f"{first.stem} (new{n}){first.suffix}" for n in ("", *range(2, 100)))
        for path in (first, *map(first.with_name, others)):
            known = self._files.get(path.relative_to(self.folder).as_posix())
            if not path.exists() or known == _hash_of(path):
                break
        write_whole(path, content)
        self._files[path.relative_to(self.folder).as_posix()] = fingerprint(content)
        return path

    def save(self, in_use: Sequence[str]) -> None:
        """Write the memory itself; what was graded of files that are gone is forgotten."""
        graded: Mapping[str, Any] = {
            key: self._graded[key] for key in in_use if key in self._graded
        }
        data = {
            "schema": SCHEMA,
            "version": self._version,
            "graded": graded,
            "files": self._files,
        }
        text = json.dumps(data, ensure_ascii=False, indent=1) + "\n"
        write_whole(self.folder / MEMORY, text.encode())


def _hash_of(path: Path) -> str:
    try:
        return fingerprint(path.read_bytes())
    except OSError:
        return ""
