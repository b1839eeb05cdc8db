"""`test`, `build` and `prose` with the authors' packages; what runs in `.venv` without them."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from tools import browser
from tools.door import counts, environment, quick
from tools.door.say import Display, Stop

MAX_WORKERS = 4
QUICK = "--quick"
DEAREST = ("--durations=10", "--durations-min=1")  # named at the end of every run


def run_tests(root: Path, arguments: Sequence[str]) -> int:
    """Run ruff and pytest with `arguments`; ends with one line of counts. Returns the exit code.

    `--quick` among them leaves out what is far from all that changed; quick.py says what that is.
    """
    total = os.environ.pop(counts.TOTAL, None)  # of this run alone, not of those inside its tests
    missing = browser.find_browser() is None
    if missing and asks_for_all(os.environ):
        raise Stop(
            "No Chromium, Chrome or Edge was found, and with CI=true none may be missing.",
            "install one, or set CHROMIUM to the path of yours",
            browser.how_to_get_one(),
        )
    display = Display()
    python = environment.ensure(root, "test", display)
    environment.warm_fonts(python, display)
    ruff_code = subprocess.run([python, "-m", "ruff", "check", "."], cwd=root).returncode
    rest = [word for word in arguments if word != QUICK]
    choice = quick.choose(root, quick.seconds_of(root), workers()) if QUICK in arguments else None
    pytest_code, seen, seconds = _pytest(
        root, python, [*rest, *(choice.chosen if choice else ())], missing
    )
    if not rest:
        quick.remember(root, seconds)
    if choice:
        display.say(quick.told(choice))
    if missing:
        display.say(
            "The browser tests were skipped: no Chromium, Chrome or Edge was found.  "
            f"To get one:  {browser.how_to_get_one()}  (or set CHROMIUM to the path of yours)"
        )
    # ruff counts as one test among the others.
    seen["failed" if ruff_code else "passed"] += 1
    if total:
        Path(total).write_text(json.dumps(seen), encoding="utf-8")
    display.say(counts.line(seen))
    return pytest_code or int(ruff_code != 0)


def asks_for_all(environ: Mapping[str, str]) -> bool:
    """Whether this is a run where nothing may be left out: CI=true."""
    return environ.get("CI", "").lower() in ("true", "1")


def workers() -> int:
    """How many tests to run side by side: one per core, at most four."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return min(MAX_WORKERS, cores or 1)


def build(root: Path, arguments: Sequence[str]) -> int:
    """Run the notebooks' build with `arguments` (`--check`); returns its exit code."""
    display = Display()
    python = environment.ensure(root, "test", display)
    environment.warm_fonts(python, display)
    return subprocess.run([python, "-m", "tools.build", *arguments], cwd=root).returncode


def prose(root: Path, arguments: Sequence[str]) -> int:
    """Read the lessons called in `arguments`, or all, as an editor would; returns the exit code."""
    python = environment.ensure(root, "test")
    return subprocess.run([python, "-m", "tools.prose", *arguments], cwd=root).returncode


def progress(root: Path) -> int:
    """Print the learner's own map of the course; returns the exit code."""
    python = environment.ensure(root, "lab")
    return subprocess.run([python, "-m", "utils.checks"], cwd=root).returncode


def questions(root: Path, arguments: Sequence[str]) -> int:
    """Print the list of questions (`chapter`, `--json`); returns the exit code."""
    # Standard output is the list and nothing else: with --json, a program reads it.
    python = environment.ensure(root, "lab", Display(sys.stderr))
    return subprocess.run([python, "-m", "utils.questions", *arguments], cwd=root).returncode


def practice(root: Path, arguments: Sequence[str]) -> int:
    """Write work sheets (`--print chapter`, `--count`, `--seed`, …); returns the exit code."""
    python = environment.ensure(root, "lab")
    return subprocess.run([python, "-m", "utils.practice", *arguments]).returncode


def plan(root: Path, chapters: Sequence[str], folder: Path) -> int:
    """Write plans for a class of chapters into a folder; returns the exit code."""
    python = environment.ensure(root, "lab")
    command = [python, "-m", "tools.plans", *chapters, "--to", str(folder.resolve())]
    return subprocess.run(command, cwd=root).returncode


def grade(root: Path, arguments: Sequence[str]) -> int:
    """Mark handed-in notebooks (`FOLDER`, `--to`, `--student`); returns the exit code."""
    return _run_here(root, environment.ensure(root, "lab"), "tools.grade", arguments)


def site(root: Path, arguments: Sequence[str]) -> int:
    """Make the course's pages (`--to`, `--pyodide`, …); returns the exit code."""
    display = Display()
    python = environment.ensure(root, "site", display)
    environment.warm_fonts(python, display)
    return _run_here(root, python, "tools.site.pages", arguments)


def _run_here(root: Path, python: Path, module: str, arguments: Sequence[str]) -> int:
    """Run a module of the course where one stands, from where the folders that are named count."""
    there = os.environ.get("PYTHONPATH", "")
    env = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, (str(root), there)))}
    # -P: a folder `tools` of the teacher's own does not stand in the way.
    return subprocess.run([python, "-P", "-m", module, *arguments], env=env).returncode


def slides(root: Path, chapters: Sequence[str], folder: Path) -> int:
    """Make slides of chapters in a folder; returns the exit code."""
    display = Display()
    python = environment.ensure(root, "site", display)
    environment.warm_fonts(python, display)
    command = [python, "-m", "tools.site.slides", *chapters, "--to", str(folder.resolve())]
    return subprocess.run(command, cwd=root).returncode


def _pytest(
    root: Path, python: Path, arguments: Sequence[str], no_browser: bool
) -> tuple[int, dict[str, int], dict[str, float]]:
    """pytest's exit code; how many tests passed, failed and were skipped; what each took."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "counts.json"
        env = os.environ | {counts.REPORT: str(report)}
        # A hundred kernels are started: each would compile what it imports of the course anew.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        env["OMP_NUM_THREADS"] = "1"  # the workers share the cores already
        if no_browser:
            env[counts.NO_BROWSER] = "1"
        command = [python, "-m", "pytest", "-p", "tools.door.counts", "-p", "tools.door.sharing"]
        command += ["-n", str(workers()), *DEAREST, *arguments]
        code = subprocess.run(command, cwd=root, env=env).returncode
        try:
            told = json.loads(report.read_text(encoding="utf-8"))
            return code, told["counts"], told["seconds"]
        except (OSError, ValueError):  # pytest ended before it could count: that is a failure
            return code or 1, {"passed": 0, "failed": 1, "skipped": 0}, {}
