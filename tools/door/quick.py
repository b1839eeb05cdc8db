"""`course.py test --quick`: what changed since the last commit, and what always matters.

After what always matters, test files are put in order, nearest to the changes first, and taken
until the time is used up. How long each takes, earlier runs have told (`seconds_of`); what did not
fit is named at the end.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.door.say import Stop

SECONDS = 90.0  # for all of it
STARTING = 15.0  # of which pytest, its workers, ruff and a browser take these before and after
UNKNOWN = 4.0  # what a file is taken for that no run has told of

ALWAYS = (
    "tests/test_imports.py",
    "tests/test_style_of_code.py",
    "tests/test_bank.py",
    "tests/checks/test_right_answers.py",
    "tests/checks/test_rivals.py",
    "tests/test_facts.py",
    "notebooks/00_start_here.ipynb",
)
# One file with a test for each chapter or notebook: of these, the changed one's alone.
BY_CHAPTER = {"tests/test_corpus.py": "test_corpus"}
BY_NOTEBOOK = {"tests/browser/test_figures.py": "test_every_figure_moves"}
NOTEBOOKS = ("notebooks", "exercises", "solutions")

OWN, NAMED = 0, 1  # distances from a changed file


@dataclass(frozen=True)
class Choice:
    """What to run, as pytest's arguments, and what there was no time for."""

    chosen: tuple[str, ...]
    left_out: tuple[str, ...]


def choose(root: Path, seconds: Mapping[str, float], workers: int) -> Choice:
    """The tests to run for what changed in the working tree under `root`.

    seconds: what test files took in earlier runs. Raises Stop where there is no git.
    """
    near = distances(root, changed_files(root))
    ranked = sorted(near, key=lambda test: (near[test], test))
    always = [test for test in ALWAYS if (root / test).is_file()]
    most = SECONDS - STARTING  # the dearest alone must end in time, too
    time_left = most * workers
    chosen, left_out = [], []
    for test in dict.fromkeys([*always, *ranked]):
        parts = [cost for part, cost in seconds.items() if part.startswith(f"{test}::")]
        cost = seconds.get(test, sum(parts) or UNKNOWN)
        fits = cost <= min(time_left, most)
        (chosen if fits else left_out).append(test)
        time_left -= cost * fits
    # A notebook's cells come after the test that runs it for its figures, and need no second run.
    chosen.sort(key=lambda test: test.startswith(NOTEBOOKS))
    return Choice(tuple(chosen), tuple(left_out))


def told(choice: Choice) -> str:
    """What was left out, in words."""
    if not choice.left_out:
        return "Every test that is near to what changed was run."
    first = ", ".join(choice.left_out[:3])
    more = f" and {len(choice.left_out) - 3} more" if len(choice.left_out) > 3 else ""
    return f"Left out, to end within {SECONDS:g} seconds: {first}{more}."


def changed_files(root: Path) -> list[str]:
    """What differs from the last commit; where nothing does, what that commit changed.

    Raises Stop where git cannot tell.
    """
    now = _git(root, "status", "--porcelain", "-z", "--untracked-files=all", "--no-renames")
    files = [entry[3:] for entry in now.split("\0") if entry]
    if not files:
        last = _git(root, "show", "--name-only", "--format=", "-z", "--no-renames", "HEAD")
        files = [name for name in last.split("\0") if name]
    return files


def _git(root: Path, *words: str) -> str:
    command = ["git", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise Stop(
            "What changed since the last commit cannot be told: git is missing, or this is no "
            "clone of the course.",
            "run all tests",
        ) from error
    return done.stdout


# --- which tests are near ---


def distances(root: Path, changed: Iterable[str]) -> dict[str, int]:
    """How far test files, and parts of them, are from the nearest of the changed files.

    OWN: its own tests. NAMED: those that name it, or import it. Then along the imports.
    """
    imports = {name: _imports(root / name) for name in _tracked_python(root)}
    found: dict[str, int] = {}
    for name in changed:
        for test, distance in _distances(root, name, imports).items():
            found[test] = min(distance, found.get(test, distance))
    return {test: d for test, d in found.items() if (root / _file(test)).is_file()}


def _distances(root: Path, name: str, imports: Mapping[str, set[str]]) -> dict[str, int]:
    path = Path(name)
    found = {name: OWN} if _is_test(name) else {}
    chapter = re.sub(r"^(\d\db?_|test_)", "", path.stem)
    for folder in NOTEBOOKS:
        for notebook in (root / folder).glob(f"[0-9][0-9]*_{chapter}.ipynb"):
            own = notebook.relative_to(root).as_posix()
            found |= {own: OWN, f"tests/test_{chapter}.py": OWN}
            found |= {f"{file}::{test}[{own}]": NAMED for file, test in BY_NOTEBOOK.items()}
            found |= {f"{file}::{test}[{chapter}]": NAMED for file, test in BY_CHAPTER.items()}
    if path.suffix != ".py":
        for test in filter(_is_test, imports):
            if path.name in (root / test).read_text(encoding="utf-8"):
                found.setdefault(test, NAMED)
    # What is no Python belongs to the package that it lies in.
    known = {_module(name) if path.suffix == ".py" else ".".join(path.parts[:-1])}
    reached, distance = known, NAMED
    while reached:
        importing = {file for file, imported in imports.items() if imported & reached}
        for file in importing:
            if _is_test(file) and file not in {*BY_CHAPTER, *BY_NOTEBOOK}:
                found.setdefault(file, distance)
        reached = {_module(file) for file in importing} - known
        known = known | reached
        distance += 1
    return found


def _is_test(name: str) -> bool:
    path = Path(name)
    return path.parts[0] in NOTEBOOKS or (
        path.parts[0] == "tests" and path.name.startswith("test_") and path.suffix == ".py"
    )


def _tracked_python(root: Path) -> list[str]:
    names = _git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard", "*.py")
    return [name for name in names.split("\0") if name]


def _module(name: str) -> str:
    return ".".join(Path(name).with_suffix("").parts).removesuffix(".__init__")


def _imports(file: Path) -> set[str]:
    """The modules that a file imports, and what it takes from them; none if it is no Python."""
    try:
        tree = ast.parse(file.read_text(encoding="utf-8"))
    except (OSError, SyntaxError, ValueError):
        return set()
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
    return found


def _file(test: str) -> str:
    return test.partition("::")[0]


# --- what tests cost ---


def seconds_path(root: Path) -> Path:
    """Where runs leave how long test files took."""
    return root / ".pytest_cache" / "course_seconds.json"


def seconds_of(root: Path) -> dict[str, float]:
    """Test file, or test of a file that has one for each chapter → its seconds, as last run."""
    try:
        told = json.loads(seconds_path(root).read_text(encoding="utf-8"))
        return {str(name): float(seconds) for name, seconds in told.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}


def remember(root: Path, durations: Mapping[str, float]) -> None:
    """Keep what tests took: node id → seconds. Files that were not run keep what they had."""
    total: dict[str, float] = {}
    for test, seconds in durations.items():
        name = test if _file(test) in {*BY_CHAPTER, *BY_NOTEBOOK} else _file(test)
        total[name] = total.get(name, 0.0) + seconds
    path = seconds_path(root)
    path.parent.mkdir(exist_ok=True)
    rounded = {name: round(seconds, 2) for name, seconds in total.items()}
    path.write_text(json.dumps(seconds_of(root) | rounded, indent=0), encoding="utf-8")
