"""What a page hands to Python in the browser: its cells, the course, and where Python itself is.

A page's script is given `cells_of` the notebook, and asks for Python at the first "Check". Python
itself is Pyodide: from the network in the version named here, or from a folder of the site.
"""

from __future__ import annotations

import ast
import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tools.site.lesson import Cell, Lesson
from utils import questions
from utils.checks import Array, Formula, Function, Number

VERSION = "0.27.7"  # of Pyodide: the one place where it is written; the tests judge with it
NETWORK = f"https://cdn.jsdelivr.net/pyodide/v{VERSION}/full/"
FOLDER, WHERE = "python", "where.json"  # of the site, and the file in it that tells addresses
BROUGHT = "pyodide"  # the folder of the site with a Pyodide of its own
LOCK = "pyodide-lock.json"
PACKAGES = ("numpy",)
_CORE = ("pyodide.mjs", "pyodide.asm.wasm", "python_stdlib.zip", LOCK)
_CORE_SCRIPT = ("pyodide.asm.mjs", "pyodide.asm.js")  # newer versions have the first

JUDGED = (Number, Function, Formula, Array)  # the kinds that need no figure
_DRAWING = (
    *("matplotlib.", "ipywidgets.", "torch.", "IPython.", "PIL."),
    *("utils.style.", "utils.explorers.", "utils.practice.", "utils.stage.", "utils.workers."),
)


class PyodideError(ValueError):
    """A folder that is no Pyodide, or not all of it; the message says what is missing."""


# --- the cells of a page ---


def cells_of(lesson: Lesson) -> list[dict[str, Any]]:
    """The cells that run in the browser, in order; none where it can judge no question of the page.

    Each has an `id` and its `source`, without what draws. `kind` is "given", "answer" for a cell
    that the learner changes, or "check"; the latter two have the id of their `question`.
    """
    absent: set[str] = set()
    found: list[dict[str, Any]] = []
    for cell in lesson.cells:
        if cell.kind != "code" or "guard" in cell.tags:
            continue
        if "torch" in _modules(cell.source):
            return []  # which no browser has
        question = questions.find(cell.question) if cell.question else None
        if question is not None:
            if isinstance(question.answer, JUDGED) and _answered(cell, question.id, found):
                told = {"id": cell.id, "kind": "check", "question": question.id}
                found.append(told | {"source": cell.source})
            continue
        source = without_figures(cell.source, absent)
        if source:
            found.append({"id": cell.id, "kind": "given", "source": source})
    return found if any(cell["kind"] == "check" for cell in found) else []


def _answered(check: Cell, question: str, before: list[dict[str, Any]]) -> bool:
    """Mark the cell that makes what is checked as the learner's; False where there is none."""
    if "..." in check.source:
        return True  # it is written into the check itself
    wanted = {node.id for node in ast.walk(ast.parse(check.source)) if isinstance(node, ast.Name)}
    for cell in reversed(before):
        if cell["kind"] == "given" and wanted & _bound(ast.parse(cell["source"])):
            cell.update(kind="answer", question=question)
            return True
    return False


def without_figures(source: str, absent: set[str]) -> str:
    """`source` without the statements that draw; `absent` gets the names that they would bind."""
    lines, begin, kept = source.split("\n"), 0, []
    for statement in ast.parse(source).body:
        end = statement.end_lineno or statement.lineno
        piece = "\n".join(lines[begin:end])  # with the comments above it
        begin = end
        if isinstance(statement, ast.ImportFrom | ast.Import):
            piece = _import_without_figures(statement, piece, absent)
        elif {n.id for n in ast.walk(statement) if isinstance(n, ast.Name)} & absent:
            absent |= _bound(ast.Module([statement], []))
            continue
        else:
            absent -= _bound(ast.Module([statement], []))  # bound anew by what can run
        kept.append(piece)
    text = "\n".join([*kept, *lines[begin:]]).strip("\n")
    return text if ast.parse(text).body else ""


def _import_without_figures(
    statement: ast.Import | ast.ImportFrom, piece: str, absent: set[str]
) -> str:
    home = f"{statement.module}." if isinstance(statement, ast.ImportFrom) else ""
    kept = []
    for alias in statement.names:
        name = alias.asname or (alias.name if home else alias.name.split(".")[0])
        if f"{home}{alias.name}.".startswith(_DRAWING):
            absent.add(name)
        else:
            absent.discard(name)
            kept.append(alias)
    if len(kept) == len(statement.names):
        return piece
    statement.names = kept
    return ast.unparse(statement) if kept else ""


def _bound(tree: ast.Module) -> set[str]:
    """The names that the statements of a module bind, outside of functions."""
    names: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names.add(statement.name)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def _modules(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]


# --- the course, as the browser loads it ---

_LEFT_OUT = ("explorers", "practice", "stage", "clicks", "workers")


def course(root: Path) -> bytes:
    """`utils` without what draws, and what runs cells, as a zip; the same bytes each time."""
    files = {"cells.py": Path(__file__).parents[1] / "browser" / "cells.py"}
    for path in sorted((root / "utils").rglob("*")):
        inside = path.relative_to(root)
        if path.suffix in (".py", ".csv") and not set(inside.parts[1:-1]) & {*_LEFT_OUT}:
            files[inside.as_posix()] = path
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, path in files.items():
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system, about.external_attr = 3, 0o644 << 16
            archive.writestr(about, path.read_bytes())
    return buffer.getvalue()


# --- Pyodide ---


def pyodide_files(folder: Path) -> dict[str, Path]:
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
    wanted = list(PACKAGES)
    for name in wanted:
        entry = locked.get(name)
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


def place_pyodide(site: Path, folder: Path | None) -> str:
    """Copy Pyodide into the site, if a folder is given; the address where pages find it.

    The address is seen from the folder `python` of the site.
    """
    if folder is None:
        return NETWORK
    files = pyodide_files(folder)
    (site / BROUGHT).mkdir(parents=True, exist_ok=True)
    for name, path in files.items():
        shutil.copyfile(path, site / BROUGHT / name)
    return f"../{BROUGHT}/"
