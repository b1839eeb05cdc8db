"""Find the notebooks that were handed in, and whose they are, in folders of any layout.

Known are nbgrader's `submitted/ada/slope/01_slope.ipynb`, Moodle's folders such as
`Ada Byron_1234567_assignsubmission_file_`, Canvas's `byronada_123_456_01_slope.ipynb`, a folder or
a file for each learner, and zip files of any of these. Which chapter it is, is not asked of names.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from tools.grade.submission import LARGEST
from utils import questions

MOST_IN_ZIP = 3_000  # files that are looked at in one zip file
DEEPEST_ZIP = 2  # zip files within zip files

_MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d{3,})_assignsubmission_\w*", re.IGNORECASE)
_CANVAS = re.compile(r"(?P<name>[^\W\d_][^\W_]*)_(?:LATE_)?(?P<id>\d+)_\d+(?:_(?P<file>.+))?")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_COPY = re.compile(r"[-_ ]*(?:copy\s?\d*|\(\d+\))$", re.IGNORECASE)
_GENERIC = {
    *("submitted", "submissions", "submission", "exercises", "notebooks", "solutions", "my_work"),
    *("handed_in", "autograded", "release", "downloads", "files"),
}
_CHAPTER = re.compile(
    rf"(?:\d\d[a-z]?[ _-]*)?(?:{'|'.join(sorted(questions.CHAPTERS, key=len, reverse=True))})",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class HandedIn:
    """A file that was handed in.

    path: below the folder, as a teacher finds it. contact: an e-mail address or an id, if the name
    of a folder or of the file has one.
    """

    student: str
    contact: str
    path: str
    content: bytes


def find(folder: Path, left_out: Sequence[Path] = ()) -> list[HandedIn]:
    """All notebooks below a folder, or in a zip file; `left_out` names folders of our own.

    Raises OSError where nothing can be read there.
    """
    found = []
    for path, content in _files(folder, left_out):
        student, contact = whose(path)
        found.append(HandedIn(student, contact, str(path), content))
    return sorted(found, key=lambda one: (one.student.casefold(), one.path))


def _files(folder: Path, left_out: Sequence[Path]) -> Iterator[tuple[PurePosixPath, bytes]]:
    if folder.is_file():
        yield from _opened(PurePosixPath(folder.name), folder.read_bytes(), alone=True)
        return
    ours = [path.resolve() for path in left_out]
    for path in sorted(folder.rglob("*")):
        known = path.suffix.lower() in (".ipynb", ".zip")
        if not known or path.is_symlink() or not path.is_file():
            continue  # links of a learner's could lead anywhere
        if any(path.resolve().is_relative_to(one) for one in ours):
            continue
        name = PurePosixPath(path.relative_to(folder).as_posix())
        with path.open("rb") as file:
            yield from _opened(name, file.read(10 * LARGEST))


def _opened(
    name: PurePosixPath, content: bytes, depth: int = 0, alone: bool = False
) -> Iterator[tuple[PurePosixPath, bytes]]:
    """The notebook, or those in a zip file. alone: its own name says nothing of whose they are."""
    if _is_hidden(name):
        return
    if name.suffix.lower() == ".ipynb":
        yield name, content
    elif name.suffix.lower() == ".zip" and depth < DEEPEST_ZIP:
        inside = name.parent if alone else name.with_suffix("")
        for part, data in _unzipped(content):
            yield from _opened(inside / part, data, depth + 1)


def _unzipped(content: bytes) -> Iterator[tuple[PurePosixPath, bytes]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for entry in archive.infolist()[:MOST_IN_ZIP]:
                name = PurePosixPath(entry.filename)
                if name.suffix.lower() not in (".ipynb", ".zip"):
                    continue
                with archive.open(entry) as file:
                    yield PurePosixPath(*name.parts[name.is_absolute() :]), file.read(LARGEST + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, EOFError, ValueError):
        return  # damaged, or with a password


def _is_hidden(name: PurePosixPath) -> bool:
    """Whether a part of it begins with a dot; so does what leads out of a folder, `..`."""
    return any(part.startswith((".", "__MACOSX")) for part in name.parts)


def whose(path: PurePosixPath) -> tuple[str, str]:
    """The learner's name and contact, from the names of folders and file."""
    mail = _MAIL.search(str(path))
    contact = mail[0] if mail else ""
    for part in path.parts[:-1]:
        if match := _MOODLE.fullmatch(part):
            return match["name"], contact or match["id"]
    stem = path.name.removesuffix(path.suffix)
    if match := _MOODLE.match(stem):
        return match["name"], contact or match["id"]
    if match := _CANVAS.fullmatch(stem):
        return match["name"], contact or match["id"]
    for part in path.parts[:-1]:
        if _spoken(part):
            return part.strip(), contact
    return _spoken(stem) or stem, contact


def _spoken(name: str) -> str:
    """What a name says beyond that of a chapter; empty if that is nothing."""
    rest = _CHAPTER.sub(" ", _COPY.sub("", name))
    rest = re.sub(r"^[\s_-]+|[\s_-]+$", "", rest)
    is_general = rest.casefold() in _GENERIC or not re.search(r"\w", rest)
    return "" if is_general else rest
