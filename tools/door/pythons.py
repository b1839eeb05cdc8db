"""The Pythons that the course is made for, and where they are on this computer."""

import functools
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tools.door.environment import running_python

SUPPORTED = ("3.11", "3.12", "3.13", "3.14")
SECONDS_TO_ANSWER = 20

# Whatever is called "python" is asked this, so every Python must be able to read it.
_QUESTION = """
import json, platform, sys, sysconfig
try:
    import ensurepip, venv
    whole = True
except ImportError:
    whole = False
print(json.dumps({
    "version": platform.python_version(),
    "path": getattr(sys, "_base_executable", None) or sys.executable,
    "usual": platform.python_implementation() == "CPython"
        and not sysconfig.get_config_var("Py_GIL_DISABLED"),
    "whole": whole,
}))
"""


@dataclass(frozen=True)
class Python:
    """A Python as it has answered for itself.

    version: in full, such as `3.12.1`.
    path: the program, never that of a virtual environment.
    usual: whether it is CPython with its global lock, which the packages are built for.
    whole: whether it can make virtual environments (Debian splits that off).
    """

    version: str
    path: str
    usual: bool
    whole: bool


def find(minor: str) -> tuple[Python | None, str]:
    """The Python of the version `minor` (`3.12`) to use; else None, and why as half a sentence."""
    why = "there is none on this computer"
    for command in candidates(minor):
        python = ask(command)
        if python is None or not python.usual or not python.version.startswith(f"{minor}."):
            continue
        if python.whole:
            return python, ""
        why = f"{python.path} cannot make virtual environments: it misses venv or ensurepip"
    return None, why


def candidates(minor: str) -> Iterator[tuple[str, ...]]:
    """How a Python `minor` may be called here, the likeliest first; not each of them is one."""
    if running_python() == minor:
        yield (sys.executable,)
    for name in (f"python{minor}", "python3", "python"):
        # The first on the PATH may be a mere stand-in, such as pyenv's, and the next a Python.
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            if folder and (path := shutil.which(name, path=folder)):
                yield (path,)
    if launcher := shutil.which("py"):
        yield (launcher, f"-{minor}")
    for path in managed(minor):
        yield (str(path),)


def managed(minor: str) -> list[Path]:
    """Pythons `minor` that pyenv and uv have installed, of each the newest first."""
    home = Path.home()
    environ = os.environ
    pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv") / "versions"
    if os.name == "nt":
        data = Path(environ.get("APPDATA") or home / "AppData" / "Roaming")
        pyenv = Path(environ.get("PYENV_ROOT") or home / ".pyenv" / "pyenv-win") / "versions"
    else:
        data = Path(environ.get("XDG_DATA_HOME") or home / ".local" / "share")
    uv = Path(environ.get("UV_PYTHON_INSTALL_DIR") or data / "uv" / "python")
    inside = "python.exe" if os.name == "nt" else "bin/python"
    return [
        path
        for folder, pattern in ((pyenv, f"{minor}.*"), (uv, f"cpython-{minor}.*"))
        for version in sorted(folder.glob(pattern), key=_numbers, reverse=True)
        if (path := version / inside).is_file()
    ]


@functools.cache
def ask(command: tuple[str, ...]) -> Python | None:
    """What `command` is, by its own word; None where it is no Python that starts."""
    try:
        done = subprocess.run(
            [*command, "-c", _QUESTION],
            capture_output=True,
            stdin=subprocess.DEVNULL,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS_TO_ANSWER,
        )
        return Python(**json.loads(done.stdout))
    except (OSError, ValueError, TypeError, subprocess.TimeoutExpired):
        return None


def _numbers(path: Path) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", path.name)]
