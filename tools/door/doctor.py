"""`doctor`: one line for each thing the course needs; each is fine or says how to mend it."""

import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.door import environment, installing, lab, my_work
from tools.door.environment import State
from tools.door.say import Display, Stop, size, typed

WIDGETS = ("@jupyter-widgets/jupyterlab-manager", "anywidget")
# The door runs before anything is installed, so it says again what `utils` says of itself.
HUB = "JUPYTERHUB_USER"  # which a JupyterHub sets for all it starts: utils/checks/store.py
TABLES = "DERIVATIVES_TABLES"  # the folder of the tables, where it is another: utils/stage
BYTES_TO_WORK = 0.2e9  # once it is set up: room for notebooks, fonts and JupyterLab's own files


@dataclass(frozen=True)
class Finding:
    """One line: what was looked at, what was seen, and what mends it (nothing: it is fine)."""

    what: str
    seen: str
    mend: str = ""

    def __str__(self) -> str:
        line = f"{'MEND' if self.mend else 'fine'}  {self.what}: {self.seen}"
        return f"{line}  ->  {self.mend}" if self.mend else line


def run(root: Path) -> int:
    """Print what is found; 0 where all is fine, else 1."""
    display = Display()
    ill = 0
    for finding in examine(root):
        display.say(str(finding))
        ill += bool(finding.mend)
        display.show("looking …")
    display.say(
        "All is fine." if not ill else f"{ill} to mend: run the command after the arrow, top first."
    )
    return 1 if ill else 0


def examine(root: Path) -> Iterator[Finding]:
    """Look at everything in turn. Works before there is a `.venv`, and changes nothing.

    On a JupyterHub there need not be one: the hub provides Python and packages for all.
    """
    if HUB in os.environ and not environment.venv_path(root).exists():
        yield from on_a_hub(root)
        return
    state, why = environment.inspect(root, "lab")
    yield python_bits(sys.maxsize)
    yield _can(lambda: environment.require_writable(root), "write access", f"{root}")
    yield _can(lambda: my_work.require_writable(root), "your notebooks", f"{root / my_work.FOLDER}")
    if state in (State.MISSING, State.BROKEN):
        yield _can(environment.require_venv_module, "venv module", "here")
    yield disk(root, BYTES_TO_WORK if state is State.READY else environment.BYTES_NEEDED)
    yield port()
    yield virtual_environment(state, why)
    if state in (State.READY, State.INCOMPLETE):
        yield from inside(root)


def on_a_hub(root: Path) -> Iterator[Finding]:
    """What a learner of a hub needs of it."""
    yield python_bits(sys.maxsize)
    yield disk(root, BYTES_TO_WORK)
    yield Finding("virtual environment", "none of your own: the hub provides the packages")
    yield from inside(root, Path(sys.executable), "tell those who look after the hub")
    tables = folder_of_tables()
    kept = len(list(tables.iterdir())) if tables.is_dir() else 0
    seen = f"{kept} are kept for all" if kept else "each kernel computes its own"
    yield Finding("tables of figures", seen)


def folder_of_tables() -> Path:
    """Where the figures of a hub look for what was computed for all."""
    given = os.environ.get(TABLES)
    return Path(given) if given else Path(sys.prefix) / "share" / "derivatives-course" / "tables"


def python_bits(maxsize: int) -> Finding:
    """Whether this Python, whose `sys.maxsize` is given, is one the packages are built for."""
    name = f"{platform.python_version()} ({sys.executable})"
    if maxsize > 2**32:
        return Finding("Python", name)
    return Finding(
        "Python",
        f"{name} has 32 bits, and the packages need 64",
        "install the 64-bit Python 3.13 from https://www.python.org/downloads/",
    )


def disk(root: Path, needed: float) -> Finding:
    """Whether `needed` bytes are free on the disk of the course folder."""
    seen = f"{size(shutil.disk_usage(root).free)} free"
    return _can(lambda: environment.require_space(root, needed), "disk", seen)


def port() -> Finding:
    """Which port `lab` would take."""
    try:
        chosen = lab.choose_port(None)
    except Stop as failure:
        return Finding("port", failure.sentence, failure.command)
    taken = "" if chosen == lab.DEFAULT_PORT else f" ({lab.DEFAULT_PORT} is in use)"
    return Finding("port", f"{chosen} is free{taken}")


def virtual_environment(state: State, why: str) -> Finding:
    """Whether `.venv` is ready for the lab."""
    if state is State.READY:
        return Finding("virtual environment", "set up for this folder and this Python")
    if state is State.FOREIGN:
        return Finding("virtual environment", why, environment.rename_command())
    return Finding("virtual environment", why, typed("lab"))


def inside(root: Path, python: Path | None = None, repair: str = "") -> Iterator[Finding]:
    """What the Python in `.venv` tells about packages, kernel and widgets.

    python, repair: another Python that provides them, and who mends it.
    """
    which = "lab" if python else environment.largest(environment.Stamp.load(root))
    asked, repair = python or environment.venv_python(root), repair or typed("repair")
    script = Path(__file__).with_name("inside.py")
    done = subprocess.run(
        [asked, script, *environment.SETS[which]],
        cwd=root,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        env=os.environ | {"JUPYTER_PREFER_ENV_PATH": "1", "PYTHONIOENCODING": "utf-8"},
    )
    try:
        report = json.loads(done.stdout)
    except ValueError:
        last = (done.stderr.strip().splitlines() or ["it said nothing"])[-1]
        yield Finding("packages", f"the Python in {asked} does not work: {last}", repair)
        return
    yield from diagnose(report, root, repair, installed=python is not None)


def diagnose(report: dict, root: Path, repair: str, installed: bool = False) -> Iterator[Finding]:
    """The findings on what `inside.look` has reported; `repair` is what mends all of them.

    installed: whether `utils` may be a copy of the course's, as a hub installs it.
    """
    torch = None
    for name, wanted, present in report["packages"]:
        # "2.13.0+cpu" is a build of the pinned 2.13.0
        if present is None:
            yield Finding(name, f"{wanted} is not installed", repair)
        elif present.split("+")[0] != wanted:
            yield Finding(name, f"{present} instead of {wanted}", repair)
        else:
            yield Finding(name, present)
        torch = present if name == "torch" else torch
    if all(name != "torch" for name, _, _ in report["packages"]):
        yield Finding(
            "torch", installing.describe_torch(torch, False, sys.platform, platform.machine())
        )
    utils = report["utils"]
    right = utils is not None and (installed or Path(utils).resolve() == root / "utils")
    seen = "imports from any folder" if right else f"comes from {utils or 'nowhere'}"
    yield Finding("utils", seen, "" if right else repair)
    kernel = report["kernel"]
    yield Finding("kernel", kernel or "starts and answers", repair if kernel else "")
    missing = [name for name in WIDGETS if name not in report["extensions"]]
    seen = f"JupyterLab misses {' and '.join(missing)}" if missing else "JupyterLab has them"
    yield Finding("widgets", seen, repair if missing else "")


def _can(check, what: str, seen: str) -> Finding:
    """`seen` where `check` passes, else what its Stop says."""
    try:
        check()
    except Stop as failure:
        return Finding(what, failure.sentence, failure.command or failure.remedy)
    return Finding(what, seen)
