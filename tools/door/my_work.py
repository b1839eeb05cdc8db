"""The learner's own copies of the notebooks, in `my_work`: handed out once, never overwritten.

A copy that nobody has written in follows the course. Beside one that somebody has written in, a
newer version of the course is put under a name of its own. `my_work/.course.json` keeps hashes of
what was handed out, so that the two can be told apart; without it, every copy counts as written in.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from tools.door.files import write_whole
from tools.door.say import Stop, typed

FOLDER = "my_work"
PARTS = ("notebooks", "exercises", "solutions")
RECORD = ".course.json"
SCHEMA = 1

# What reading JSON of another shape, or what is no JSON, ends in.
_NOT_AS_EXPECTED = (ValueError, KeyError, TypeError, AttributeError, RecursionError)


@dataclass(frozen=True)
class Handed:
    """What a learner was given under one name, as hashes.

    `file` is the hash of its bytes and `cells` of what is written in it; `beside` that of the
    newest version put beside it, empty while there is none.
    """

    file: str
    cells: str
    beside: str = ""


def hand_out(root: Path, to: Path | None = None, parts: Sequence[str] = PARTS) -> list[str]:
    """Bring `root`'s `my_work` up to date; returns what to tell, a line each. Raises Stop.

    to: another folder in its place, such as one that a class shares. parts: what it gets.
    """
    mine = to or root / FOLDER
    try:
        is_new = not any((mine / part).exists() for part in parts)
        known = _load(mine / RECORD)
        now, lines = dict(known), []
        for part in parts:
            for course_file in sorted((root / part).glob("*.ipynb")):
                name = f"{part}/{course_file.name}"
                content = course_file.read_bytes()
                if part != "solutions":
                    content = without_outputs(content)
                now[name], beside = _follow(content, mine / name, known.get(name))
                if beside:
                    lines.append(
                        f"New in the course: {mine.name}/{part}/{beside.name}. "
                        f"Your {course_file.name} stays as you left it."
                    )
        if now != known:
            save_record(mine / RECORD, now)
    except OSError as error:
        raise _failure(mine, error, "hand-out" if to else "lab") from error
    whose = "Copies" if to else "Your own copies"
    return [f"{whose} of the notebooks are in {mine}.", *lines] if is_new and now else lines


def require_writable(root: Path) -> None:
    """Raise Stop where there is a `my_work` in which nothing can be written."""
    mine = root / FOLDER
    try:
        for folder in (mine, *(mine / part for part in PARTS)):
            if os.path.lexists(folder):
                with tempfile.TemporaryFile(dir=folder):
                    pass
    except OSError as error:
        raise _failure(mine, error) from error


def cells_hash(content: bytes) -> str:
    """A hash of what is written in a notebook's cells, whatever their outputs and metadata.

    Empty cells do not count: JupyterLab adds one when the last cell is run. What is no notebook is
    hashed as it is.
    """
    try:
        cells = [
            (cell.get("id"), cell["cell_type"], "".join(cell["source"]))
            for cell in json.loads(content)["cells"]
        ]
    except _NOT_AS_EXPECTED:
        return _hash(content)
    return _hash(json.dumps([cell for cell in cells if cell[2].strip()]).encode())


def without_outputs(content: bytes) -> bytes:
    """A notebook as a learner gets it, who has run nothing yet: a prediction is one, and what a
    cell shows has been computed here. What is no notebook stays as it is."""
    try:
        notebook = json.loads(content)
        ran = [
            cell
            for cell in notebook["cells"]
            if cell["cell_type"] == "code" and (cell["outputs"] or cell["execution_count"])
        ]
    except _NOT_AS_EXPECTED:
        return content
    if not ran:
        return content
    for cell in ran:
        cell["outputs"], cell["execution_count"] = [], None
    text = json.dumps(notebook, indent=1, ensure_ascii=False)
    return text.encode() + content[len(content.rstrip()) :]


def _follow(content: bytes, own: Path, handed: Handed | None) -> tuple[Handed, Path | None]:
    """Hand out, replace or leave one copy: what is then known of it, and what was put beside it."""
    file = _hash(content)
    if not own.exists():
        write_whole(own, content)
        return Handed(file, cells_hash(content)), None
    if handed and handed.file == file:
        return handed, None
    own_content = own.read_bytes()
    own_file, own_cells, cells = _hash(own_content), cells_hash(own_content), cells_hash(content)
    if own_cells == cells:
        # The same words. A copy that was run keeps the learner's outputs.
        if handed and own_file == handed.file:
            write_whole(own, content)
        return Handed(file, cells), None
    if handed and (own_file == handed.file or own_cells in (handed.cells, handed.beside)):
        write_whole(own, content)
        return Handed(file, cells), None
    if handed and cells in (handed.cells, handed.beside):
        return handed, None
    beside = _put_beside(own, content, cells)
    # Without a record, nothing is known of what the learner was given.
    return replace(handed or Handed("", ""), beside=cells), beside


def _put_beside(own: Path, content: bytes, cells: str) -> Path | None:
    """Write `content` under the first free name beside `own`; None where it is there already."""
    for path in _names_beside(own):
        if not os.path.lexists(path):
            write_whole(path, content)
            return path
        if path.is_file() and cells_hash(path.read_bytes()) == cells:
            return None
    raise AssertionError("names never end")


def _names_beside(own: Path) -> Iterator[Path]:
    number = 1
    while True:
        mark = "new" if number == 1 else f"new {number}"
        yield own.with_name(f"{own.stem} ({mark}){own.suffix}")
        number += 1


def _load(path: Path) -> dict[str, Handed]:
    """The record by name of file; what cannot be read of it is left out."""
    try:
        data = json.loads(path.read_bytes())
        files = data["files"] if data["schema"] == SCHEMA else {}
        entries = {name: Handed(**entry) for name, entry in files.items()}
    except (FileNotFoundError, *_NOT_AS_EXPECTED):
        return {}
    return {
        name: entry
        for name, entry in entries.items()
        if all(isinstance(value, str) for value in asdict(entry).values())
    }


def save_record(path: Path, record: dict[str, Handed]) -> None:
    """Write down what was handed out, by the names of the files below `my_work`."""
    files = {name: asdict(handed) for name, handed in sorted(record.items())}
    write_whole(path, (json.dumps({"schema": SCHEMA, "files": files}, indent=1) + "\n").encode())


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _failure(mine: Path, error: OSError, command: str = "lab") -> Stop:
    file = f": {error.filename}" if error.filename else ""
    return Stop(
        f"Your copies of the notebooks in {mine} cannot be brought up to date "
        f"({error.strerror or error}{file}).",
        "make sure that this folder is yours and that the disk has room, then repeat",
        typed(command),
    )
