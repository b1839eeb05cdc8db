"""`test --pythons` and `test --newest`: all tests in a copy of the course with its own `.venv`.

One copy for each Python, and for each with the newest packages, in `.pythons`. They stay there, so
that the next run installs only what has changed; the learner's `.venv` is not touched.
"""

import filecmp
import fnmatch
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.door import counts, newest, pythons
from tools.door.environment import running_python
from tools.door.say import Display, Stop

FOLDER = ".pythons"

# They would lead the other Python to this one's packages, or to this folder instead of the copy.
_NOT_PASSED_ON = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__")


@dataclass(frozen=True)
class Request:
    """What is to be tried.

    minors: the Pythons, such as `3.12`.
    named: whether they were named one by one, so that none of them may be missing.
    newest: whether with the newest packages instead of the pinned ones.
    arguments: what is passed on to the tests.
    """

    minors: tuple[str, ...]
    named: bool
    newest: bool
    arguments: tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """How the tests went under one Python.

    what: which one, and with which packages.
    word: passed, failed or not tried.
    details: the counts, or why there are none.
    """

    what: str
    word: str
    details: str
    seconds: float = 0.0


def requested(words: Sequence[str]) -> Request | None:
    """What `test` with these `words` asks of this module; None where it asks nothing.

    `--pythons` is every one that is here, `--pythons=3.12,3.13` just these; without it, `--newest`
    means the running Python. Raises Stop for a Python that the course is not made for.
    """
    lists = [w.partition("=")[2] for w in words if w.partition("=")[0] == "--pythons"]
    if not lists and "--newest" not in words:
        return None
    minors = tuple(dict.fromkeys(m for text in lists for m in text.split(",") if m))
    for minor in minors:
        if minor not in pythons.SUPPORTED:
            raise Stop(
                f'The course is not made for a Python "{minor}".',
                f"choose from {', '.join(pythons.SUPPORTED)}",
                code=2,
            )
    rest = (w for w in words if w != "--newest" and w.partition("=")[0] != "--pythons")
    everything = pythons.SUPPORTED if lists else (running_python(),)
    return Request(minors or everything, bool(minors), "--newest" in words, tuple(rest))


def run(root: Path, request: Request) -> int:
    """Run the tests under one Python after the other; ends with a line for each.

    Returns 0 where some were tried and all of them passed, else 1.
    """
    display = Display()
    outcomes = [_try(root, minor, request, display) for minor in request.minors]
    display.say("\n" + summary(outcomes))
    return 0 if _is_good(outcomes, request.named) else 1


def summary(outcomes: Sequence[Outcome]) -> str:
    """A line for each outcome, in columns: which Python, how it went, counts, minutes."""
    width = max(len(outcome.what) for outcome in outcomes)
    return "\n".join(
        f"{o.what:<{width}}  {o.word:<9}  {o.details}"
        + (f"  ({o.seconds / 60:.0f} min)" if o.seconds else "")
        for o in outcomes
    )


def refresh(root: Path, copy: Path, instead: Mapping[str, bytes]) -> None:
    """Make `copy` hold the files of the course in `root`, changed ones too, and no others.

    What git ignores is left alone on both sides: virtual environments, caches, a learner's work.
    instead: name → content of files that are to differ.
    """
    lines = (root / ".gitignore").read_text(encoding="utf-8").splitlines()
    ignored = [".git", *(line.strip("/") for line in lines if line and not line.startswith("#"))]
    names = _files(root, ignored)
    copy.mkdir(parents=True, exist_ok=True)
    for name in _files(copy, ignored) - names:
        (copy / name).unlink()
    for name in sorted(names):
        path = copy / name
        if name in instead:
            if not path.is_file() or path.read_bytes() != instead[name]:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(instead[name])
        elif not path.is_file() or not filecmp.cmp(root / name, path, shallow=False):
            path.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, path)


def _try(root: Path, minor: str, request: Request, display: Display) -> Outcome:
    what = f"Python {minor}" + (", newest packages" if request.newest else "")
    python, why = pythons.find(minor)
    if python is None:
        return Outcome(what, "not tried", why)
    what = what.replace(minor, python.version)
    begun = time.monotonic()
    copy = root / FOLDER / (f"{minor}-newest" if request.newest else minor)
    display.say(f"\n{what} ({python.path}), in {copy}")
    instead = {}
    try:
        if request.newest:
            copy.mkdir(parents=True, exist_ok=True)
            log = copy.with_name(f"{copy.name}.log")
            versions = newest.look_up(root, python.path, log, display)
            instead = newest.files(root, versions)
            display.say(newest.table(newest.pinned(root), versions))
        refresh(root, copy, instead)
    except Stop as failure:
        print(failure, file=sys.stderr)
        return Outcome(what, "failed", f"it was not set up: {failure.sentence.splitlines()[-1]}")
    code, seen = _test(copy, python.path, request.arguments)
    details = counts.line(seen) if seen else "it ended before the tests did: see above"
    return Outcome(what, "failed" if code else "passed", details, time.monotonic() - begun)


def _test(copy: Path, python: str, arguments: Sequence[str]) -> tuple[int, dict[str, int] | None]:
    """Run `course.py test` in `copy`: its exit code, and its counts if it came so far."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "counts.json"
        env = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
        env[counts.TOTAL] = str(report)
        command = [python, "course.py", "test", *arguments]
        code = subprocess.run(command, cwd=copy, env=env).returncode
        try:
            return code, json.loads(report.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return code or 1, None


def _is_good(outcomes: Sequence[Outcome], named: bool) -> bool:
    words = {outcome.word for outcome in outcomes}
    return "passed" in words and "failed" not in words and not (named and "not tried" in words)


def _files(root: Path, ignored: Sequence[str]) -> set[str]:
    """The files below `root`, as paths with slashes, but for names that match one of `ignored`."""

    def is_ours(name: str) -> bool:
        return not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)

    found = set()
    for folder, folders, names in os.walk(root):
        here = Path(folder)
        folders[:] = [
            name for name in folders if is_ours(name) and not (here / name / "pyvenv.cfg").exists()
        ]
        found |= {(here / name).relative_to(root).as_posix() for name in names if is_ours(name)}
    return found
