"""Make everything in the repository that is derived: `python -m tools.build [--check] [NAMES…]`.

- titles, difficulty, minutes and options are written into `notebooks/` and `solutions/` from
  `utils/questions`;
- both are executed, their outputs stored, their metadata cleaned;
- `exercises/` is generated from `solutions/` and executed;
- `binder/requirements.txt` is made from `requirements.txt`;
- the table of chapters in README.md is written anew, and `utils/questions/reading_minutes.csv`,
  from which `progress()` knows how long each lesson takes.

A second build changes no byte. With `--check` nothing is written and every file that a build
would change is named.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode

from tools import chapters, clean, hub, times
from tools.door.files import write_whole
from tools.executor import CELL_SECONDS, CellRun, run_notebook
from tools.exercises import ExerciseError, make_exercise, mark_solution
from tools.facts import FactError, write_facts

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2


class BuildError(Exception):
    """A notebook that cannot be built; the message says which, where and why."""


@dataclass
class Result:
    """New texts by file, and one message for each notebook that could not be built."""

    texts: dict[Path, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.build", description=__doc__)
    parser.add_argument("names", nargs="*", help="chapters, such as 01_slope; all if left out")
    parser.add_argument("--check", action="store_true", help="write nothing, name what differs")
    options = parser.parse_args(arguments)
    return build(ROOT, options.names, check=options.check)


def build(
    root: Path,
    names: Iterable[str] = (),
    *,
    check: bool = False,
    timeout: float = CELL_SECONDS,
) -> int:
    """Build the chapters called `names`, or all, under `root`; 0 when all is well, else 1."""
    try:
        chosen = chosen_names(root, list(names))
        stale = _build_minutes(root, check=check)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    result = Result()
    jobs = [(job, name) for name in chosen for job in (_build_lesson, _build_solution)]
    with ThreadPoolExecutor(WORKERS) as pool:
        for partial in pool.map(lambda pair: pair[0](root, pair[1], timeout), jobs):
            result.texts |= partial.texts
            result.errors += partial.errors
    for path, text in result.texts.items():
        stale += _written(path, text, check=check)
    if not result.errors:
        stale += _build_readme(root, result.texts, check=check)
        stale += _build_hub(root, check=check)
    for path in stale:
        print(f"{'would change' if check else 'written'}: {path.relative_to(root).as_posix()}")
    orphans = _orphans(root)
    for path in orphans:
        result.errors.append(
            f"{path.relative_to(root).as_posix()} has no solution notebook: delete it, or write"
            f" solutions/{path.name}."
        )
    for error in result.errors:
        print(error, file=sys.stderr)
    if not stale and not result.errors:
        print("Everything is up to date.")
    return 1 if result.errors or (check and stale) else 0


def execute(nb: NotebookNode, folder: Path, label: str, timeout: float = CELL_SECONDS) -> None:
    """Run all code cells in `folder` and store what they give, in place.

    Raises BuildError, and leaves `nb` as it was, when a cell fails or writes to stderr.
    """
    cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    for cell in cells:
        if not cell.source.strip():
            raise BuildError(f"{label}, cell {cell.id!r}: the code cell is empty; remove it.")
    runs = run_notebook([cell.source for cell in cells], folder, timeout)
    done = []
    try:
        for cell, run in zip(cells, runs, strict=False):
            _require_success(cell, run, label)
            done.append(run)
    finally:
        runs.close()
    for cell, run in zip(cells, done, strict=True):
        cell.outputs = clean.clean_outputs(run.outputs, cell.get("outputs", []))
        cell.execution_count = run.execution_count


def _require_success(cell: NotebookNode, run: CellRun, label: str) -> None:
    expected = "raises-exception" in cell.metadata.get("tags", [])
    where = f"{label}, cell {cell.id!r}"
    if run.error and (run.error.ends_the_run or not expected):
        lines = cell.source.split("\n")
        line = run.error.line
        shown = f", line {line}: {lines[line - 1].strip()}" if line and line <= len(lines) else ""
        raise BuildError(f"{where}{shown}\n  {run.error.message}")
    if expected and not run.error:
        raise BuildError(f"{where}: is tagged 'raises-exception' but raises nothing.")
    for output in run.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            raise BuildError(
                f"{where}: {cell.source.splitlines()[0]}\n"
                f"  writes a warning or something else to stderr: {output.text.strip()}"
            )


def _build_lesson(root: Path, name: str, timeout: float) -> Result:
    result = Result()
    path = root / "notebooks" / f"{name}.ipynb"
    if path.exists():
        try:
            nb = _read(path, root)
            clean.clean_notebook(nb)
            _write_facts(nb, path, root)
            execute(nb, path.parent, _label(path, root), timeout)
            result.texts[path] = clean.write(nb)
        except BuildError as error:
            result.errors.append(str(error))
    return result


def _build_solution(root: Path, name: str, timeout: float) -> Result:
    result = Result()
    path = root / "solutions" / f"{name}.ipynb"
    if not path.exists():
        return result
    target = root / "exercises" / path.name
    try:
        nb = _read(path, root)
        clean.clean_notebook(nb)
        _write_facts(nb, path, root)
        try:
            mark_solution(nb)
            exercise = make_exercise(nb)
        except ExerciseError as error:
            raise BuildError(f"{_label(path, root)}, {error}.") from error
        execute(nb, path.parent, _label(path, root), timeout)
        if target.exists():
            _take_outputs(exercise, _read(target, root))
        folder = target.parent if target.parent.exists() else path.parent
        execute(exercise, folder, _label(target, root), timeout)
        result.texts = {path: clean.write(nb), target: clean.write(exercise)}
    except BuildError as error:
        result.errors.append(str(error))
    return result


def _write_facts(nb: NotebookNode, path: Path, root: Path) -> None:
    try:
        write_facts(nb, path.stem, exercises=path.parent.name == "solutions")
    except FactError as error:
        raise BuildError(f"{_label(path, root)}, {error}.") from error


def _take_outputs(exercise: NotebookNode, stored: NotebookNode) -> None:
    """Give cells the outputs stored before, so that pictures that show the same are kept."""
    by_id = {cell.get("id"): cell for cell in stored.cells}
    for cell in exercise.cells:
        old = by_id.get(cell.id)
        if cell.cell_type == "code" and old is not None and old.cell_type == "code":
            cell.outputs = old.outputs


def _build_minutes(root: Path, *, check: bool) -> list[Path]:
    """How long each lesson takes; before any cell is run, since `progress()` shows it."""
    path = root / "utils" / "questions" / "reading_minutes.csv"
    if not path.parent.exists():
        return []
    rows = ["chapter,minutes"]
    for name in _names_in(root, "notebooks"):
        lesson = root / "notebooks" / f"{name}.ipynb"
        nb = _read(lesson, root)
        _write_facts(nb, lesson, root)
        rows.append(f"{name.partition('_')[2]},{times.rounded(times.reading(nb))}")
    return _written(path, "\n".join([*rows, ""]), check=check)


def _build_readme(root: Path, texts: dict[Path, str], *, check: bool) -> list[Path]:
    path = root / "README.md"
    if not path.exists():
        return []

    def read(notebook: Path) -> NotebookNode:
        return clean.read(texts[notebook]) if notebook in texts else _read(notebook, root)

    rows = []
    for name in _names_in(root, "notebooks"):
        exercises = root / "exercises" / f"{name}.ipynb"
        asked = read(exercises) if exercises in texts or exercises.exists() else None
        rows.append(chapters.chapter_of(name, read(root / "notebooks" / f"{name}.ipynb"), asked))
    text = chapters.with_table(path.read_text(encoding="utf-8"), chapters.table(rows))
    return _written(path, text, check=check)


def _build_hub(root: Path, *, check: bool) -> list[Path]:
    path = root / "binder" / "requirements.txt"
    if not path.parent.exists():
        return []
    text = (root / "requirements.txt").read_text(encoding="utf-8")
    return _written(path, hub.requirements(text), check=check)


def _written(path: Path, text: str, *, check: bool) -> list[Path]:
    """Write a file where it differs, unless only to `check`; returns it where it does."""
    if not _differs(path, text):
        return []
    if not check:
        write_whole(path, text.encode("utf-8"))
    return [path]


def chosen_names(root: Path, asked: list[str]) -> list[str]:
    """Notebook names for what was asked: `01_slope`, `slope`, `01` or a path."""
    known = sorted({*_names_in(root, "notebooks"), *_names_in(root, "solutions")})
    if not asked:
        return known
    chosen = []
    for word in asked:
        found = chapters.matching(word, known)
        if not found:
            raise BuildError(
                f"There is no chapter called {word!r}. There are: {', '.join(known) or 'none'}."
            )
        chosen += found
    return sorted(set(chosen))


def _names_in(root: Path, folder: str) -> list[str]:
    return sorted(path.stem for path in (root / folder).glob("*.ipynb"))


def _orphans(root: Path) -> list[Path]:
    solutions = set(_names_in(root, "solutions"))
    return [
        root / "exercises" / f"{name}.ipynb"
        for name in _names_in(root, "exercises")
        if name not in solutions
    ]


def _label(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _read(path: Path, root: Path) -> NotebookNode:
    try:
        return clean.read(path.read_text(encoding="utf-8"))
    except Exception as error:
        raise BuildError(f"{_label(path, root)} is not a readable notebook: {error}") from error


def _differs(path: Path, text: str) -> bool:
    # Git may have checked the file out with Windows line ends; that is no change.
    return not path.exists() or path.read_bytes().replace(b"\r\n", b"\n") != text.encode("utf-8")


if __name__ == "__main__":
    sys.exit(main())
