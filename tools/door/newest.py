"""The newest versions of all pinned packages that go together, and files that pin those instead."""

import json
import re
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tools.door import environment, installing
from tools.door.environment import SETS
from tools.door.say import Display

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^\s;]+)", re.MULTILINE)


def pins(text: str) -> dict[str, str]:
    """Name → pinned version, of all packages that a requirements file pins."""
    return dict(_PIN.findall(text))


def lifted(text: str) -> str:
    """A requirements file whose pins are lower limits, and which names packages only."""
    lines = (line for line in text.splitlines() if _PIN.match(line))
    return "".join(_PIN.sub(r"\1>=\2", line).partition(" #")[0].rstrip() + "\n" for line in lines)


def pinned_anew(text: str, versions: Mapping[str, str]) -> str:
    """A requirements file with the pins of `versions`; what is not in there stays as it is."""
    return _PIN.sub(lambda pin: f"{pin[1]}=={versions.get(pin[1], pin[2])}", text)


def pinned(root: Path) -> dict[str, str]:
    """Name → version, of all packages that the course in `root` pins."""
    return pins(_requirements(root))


def files(root: Path, versions: Mapping[str, str]) -> dict[str, bytes]:
    """The course's requirements files, name → content, with the pins of `versions`."""
    return {
        name: pinned_anew((root / name).read_text(encoding="utf-8"), versions).encode()
        for name in SETS["test"]
    }


def look_up(root: Path, python: str, log: Path, display: Display) -> dict[str, str]:
    """Name → version of the newest of all pinned packages that go together, for this Python.

    pip decides, in a virtual environment of its own, and installs none of them: what it chooses is
    never older than the pin, may be a new major version, and is no pre-release. Where it fails,
    all that it said goes to `log`. Raises Stop.
    """
    display.say("Asking for the newest versions of all packages.")
    wanted = _requirements(root)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        venv = environment.venv_path(place)
        subprocess.run([python, "-m", "venv", str(venv)], check=True, capture_output=True)
        packages = next(venv.glob("[Ll]ib/**/site-packages"))
        (place / "lifted.txt").write_text(lifted(wanted), encoding="utf-8")
        torch = installing.torch_extra(packages, display)
        report = place / "report.json"
        ask = ["--dry-run", "--ignore-installed", "--report", str(report), "-r", "lifted.txt"]
        # An old pip would fetch what it is only asked about.
        for arguments in (["--upgrade", "pip"], [*ask, *torch]):
            result = installing.run_pip(
                environment.venv_python(place), packages, arguments, place, display
            )
            if result.code != 0:
                raise installing.fail(result, log)
        return chosen(json.loads(report.read_text(encoding="utf-8")), wanted)


def chosen(report: dict, text: str) -> dict[str, str]:
    """Name → version of what `text` pins, out of pip's report; a build (`+cpu`) is left out."""
    versions = {}
    for entry in report["install"]:
        name = entry["metadata"]["name"].lower().replace("_", "-")
        versions[name] = entry["metadata"]["version"].partition("+")[0]
    return {name: versions[name] for name in pins(text) if name in versions}


def table(before: Mapping[str, str], after: Mapping[str, str]) -> str:
    """A line for each package that moved: its name, what is pinned, what is newest."""
    moved = [
        (name, old, after[name]) for name, old in before.items() if after.get(name, old) != old
    ]
    if not moved:
        return f"All {len(before)} pins are the newest versions."
    rows = [("package", "pinned", "newest"), *moved]
    widths = [max(len(row[i]) for row in rows) for i in range(3)]
    lines = ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]
    return "\n".join([*lines, f"{len(before) - len(moved)} of {len(before)} have not moved."])


def _requirements(root: Path) -> str:
    return "\n".join((root / name).read_text(encoding="utf-8") for name in SETS["test"])
