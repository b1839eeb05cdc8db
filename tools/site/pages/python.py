"""What a page hands to Python in the browser: its cells, the course, and where Python itself is.

A page's script is given `cells_of` the notebook, and asks for Python where a learner does. Python
itself is Pyodide: from the network in the version named here, or from a folder of the site.
"""

from __future__ import annotations

import ast
import base64
import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.site.files import as_json, write, zipped
from tools.site.lesson import Cell, Lesson
from tools.site.pages import sources
from tools.site.pages.words import ANSWERED
from utils import questions
from utils.checks import Array, Formula, Function, Live, Measured, Number, OpenTask, Question

LOCK = "pyodide-lock.json"
# The version of Pyodide, its official hashes and those of the packages that are used: the one place
# where they are written. Pages load no other, and the tests judge with it.
PINNED = json.loads((Path(__file__).parents[1] / LOCK).read_text(encoding="utf-8"))
VERSION = PINNED["info"]["version"]
NETWORK = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
FOLDER, WHERE = "python", "where.json"  # of the site, and the file in it that tells addresses
BROUGHT = "pyodide"  # the folder of the site with a Pyodide of its own
PACKAGES = ("numpy", "matplotlib")  # the second where a cell draws
_CORE = ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)
_CORE_SCRIPT = ("pyodide.asm.mjs", "pyodide.asm.js")  # newer versions have the first

JUDGED = (Number, Function, Formula, Array, OpenTask, Measured, Live)  # what is no option


class PyodideError(ValueError):
    """A folder that is no Pyodide, or not all of it; the message says what is missing."""


# --- the cells of a page ---


def cells_of(lesson: Lesson) -> list[dict[str, Any]]:
    """The cells that run in the browser, in order; none on a page that needs PyTorch.

    Each has an `id` and its `source`. `kind` is "given", "answer" for a cell that the learner
    changes, or "check"; the latter two have the id of their `question`. A check of a live figure
    has `figure`, the name that the cells give to it.
    """
    if needs_torch(lesson):
        return []
    absent: set[str] = set()
    found: list[dict[str, Any]] = []
    for cell in lesson.cells:
        if cell.kind != "code" or "guard" in cell.tags:
            continue
        question = questions.find(cell.question) if cell.question else None
        if question is not None and not ANSWERED.match(cell.source):
            if isinstance(question.answer, JUDGED) and _answered(cell, question, found):
                told = {"id": cell.id, "kind": "check", "question": question.id}
                found.append(told | {"source": cell.source})
                if isinstance(question.answer, Live):
                    found[-1]["figure"] = _handed_over(cell.source)
            continue
        if question is None and sources.without(cell.source, absent, sources.NOWHERE):
            found.append({"id": cell.id, "kind": "given", "source": cell.source})
    return found


def runs(cells: Sequence[Mapping[str, Any]]) -> frozenset[str]:
    """The ids of the cells below which stands a button to change them; below one that is a
    question's answer stands a field anyway."""
    live = {cell["question"] for cell in cells if "figure" in cell}
    return frozenset(
        cell["id"]
        for cell in cells
        if cell["kind"] == "given" or (cell["kind"] == "answer" and cell["question"] in live)
    )


def needs_torch(lesson: Lesson) -> bool:
    """Whether a cell of the page loads PyTorch, which no browser has."""
    return any("torch" in sources.modules_of(cell.source) for cell in lesson.cells if is_code(cell))


def is_code(cell: Cell) -> bool:
    """Whether it is code that readers see."""
    return cell.kind == "code" and "guard" not in cell.tags


def _answered(check: Cell, question: Question, before: list[dict[str, Any]]) -> bool:
    """Mark the cell that makes what is checked as the learner's; False where there is none."""
    if "..." in check.source:
        return True  # it is written into the check itself
    wanted = {node.id for node in ast.walk(ast.parse(check.source)) if isinstance(node, ast.Name)}
    for cell in reversed(before):
        if cell["kind"] == "given" and wanted & sources.bound(ast.parse(cell["source"])):
            cell.update(kind="answer", question=question.id)
            return True
    return False


def _handed_over(check: str) -> str:
    """The name that a check hands over: "view" of `check("slope.2", view)`."""
    for node in ast.walk(ast.parse(check)):
        match node:
            case ast.Call(func=ast.Name(id="check"), args=[_, ast.Name(id=name)]):
                return name
    raise ValueError(f"A check of a live figure hands over its name, and this does not: {check}")


# --- the course, as the browser loads it ---

_FIGURES = ("explorers", "stage")  # with what draws
_LEFT_OUT = ("practice", "clicks", "workers")
_DRAWS = ("style.py", "describe.py", "contours.py", "borrowed.py")


def course(root: Path) -> bytes:
    """`utils` without what draws, and what runs cells, as a zip; the same bytes each time."""
    own = {
        "cells.py": Path(__file__).parents[1] / "browser" / "cells.py",
        "tools/site/pages/sources.py": Path(sources.__file__),  # under the name of its module
    }
    return _zipped(own | {name: path for name, path in _files(root) if not _draws(name)})


def figures(root: Path) -> bytes:
    """What of `utils` draws, as a zip that is unpacked beside `course`."""
    return _zipped({name: path for name, path in _files(root) if _draws(name)})


def _files(root: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted((root / "utils").rglob("*")):
        inside = path.relative_to(root)
        if path.suffix in (".py", ".csv") and not set(inside.parts[1:-1]) & {*_LEFT_OUT}:
            yield inside.as_posix(), path


def _draws(name: str) -> bool:
    parts = name.split("/")
    return bool(set(parts[1:-1]) & {*_FIGURES}) or (len(parts) == 2 and parts[1] in _DRAWS)


def _zipped(files: Mapping[str, Path]) -> bytes:
    return zipped({name: path.read_bytes() for name, path in files.items()})


# --- Pyodide ---


def pyodide_files(folder: Path, packages: Sequence[str] = PACKAGES) -> dict[str, Path]:
    """What the site needs of a folder with Pyodide, by name: its core and the packages.

    Raises PyodideError where something is missing, or a package is not the one that the lock names.
    """
    found = {name: folder / name for name in _CORE}
    script = next((name for name in _CORE_SCRIPT if (folder / name).is_file()), _CORE_SCRIPT[0])
    found[script] = folder / script
    missing = [name for name, path in found.items() if not path.is_file()]
    if missing:
        raise PyodideError(f"{folder} is no folder of Pyodide: it lacks {', '.join(missing)}.")
    locked = json.loads(found[LOCK].read_text(encoding="utf-8"))["packages"]
    wanted = list(packages)
    for name in wanted:
        entry = locked.get(name.replace("_", "-"))
        path = folder / entry["file_name"] if entry else folder / name
        if entry is None or not path.is_file():
            raise PyodideError(
                f"{folder} lacks the package {name} ({path.name}); the full Pyodide has it:"
                " https://github.com/pyodide/pyodide/releases."
            )
        if hashlib.sha256(path.read_bytes()).hexdigest() != entry["sha256"]:
            raise PyodideError(f"{path} is not the file that {LOCK} names. Download it again.")
        found[path.name] = path
        wanted += [other for other in entry["depends"] if other not in wanted]
    return found


@dataclass(frozen=True)
class Pyodide:
    """Where pages find Pyodide, seen from a folder of the site.

    address: its folder. lock: the file with the hashes of its packages, which Pyodide checks.
    core: what a browser takes as the hash of each other file, for us to check.
    """

    address: str
    lock: str
    core: dict[str, str]


def place_pyodide(site: Path, files: Mapping[str, Path] | None) -> Pyodide:
    """Say in the site which Pyodide it loads, and copy it there if it has `pyodide_files`."""
    lock, core = as_json({key: PINNED[key] for key in ("info", "packages")}), PINNED["core"]
    if files is not None:
        (site / BROUGHT).mkdir(parents=True, exist_ok=True)
        for name, path in files.items():
            shutil.copyfile(path, site / BROUGHT / name)
        lock = files[LOCK].read_bytes()
        core = {
            name: hashlib.sha256(path.read_bytes()).hexdigest()
            for name, path in files.items()
            if name in (*_CORE, *_CORE_SCRIPT) and name != LOCK
        }
    write(site / FOLDER / LOCK, lock)
    address = NETWORK if files is None else f"../{BROUGHT}/"
    checked = {name: _integrity(digest) for name, digest in sorted(core.items())}
    return Pyodide(address, f"../{FOLDER}/{LOCK}", checked)


def _integrity(digest: str) -> str:
    return f"sha256-{base64.b64encode(bytes.fromhex(digest)).decode()}"
