"""The packages that a JupyterLite is made from: downloaded once, each known by its hash."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
import tempfile
from pathlib import Path

PINS = "requirements-lite.txt"
CACHE = Path.home() / ".cache" / "derivatives-course"
SECONDS = 300  # for 17 MB
# Pyodide's Python, for which pip is asked, and not for the one that runs.
_FOR = ("--python-version", "3.12", "--implementation", "py", "--platform", "any")
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==\S+ +--hash=sha256:([0-9a-f]{64})$", re.MULTILINE)


class LiteError(ValueError):
    """Packages that cannot be had; the message says why, and what to do."""


def pinned(root: Path) -> dict[str, str]:
    """Name → SHA-256 of each package that is pinned."""
    return dict(_PIN.findall((root / PINS).read_text(encoding="utf-8")))


def wheels(root: Path, cache: Path = CACHE) -> dict[str, bytes]:
    """Name → content of each pinned package; asks the network where `cache` does not hold it.

    Raises LiteError where one cannot be had.
    """
    wanted = pinned(root)
    folder = cache / "jupyterlite"
    found = _found(folder, wanted)
    if len(found) < len(wanted):
        _download(root, folder)
        found = _found(folder, wanted)
    missing = [name for name in wanted if name not in found]
    if missing:
        raise LiteError(f"{folder} lacks {', '.join(missing)} as {PINS} pins it.")
    return found


def _found(folder: Path, wanted: dict[str, str]) -> dict[str, bytes]:
    names = {digest: name for name, digest in wanted.items()}
    found = {}
    for path in sorted(folder.glob("*.whl")):
        content = path.read_bytes()
        name = names.get(hashlib.sha256(content).hexdigest())
        if name is not None:
            found[name] = content
    return found


def _download(root: Path, folder: Path) -> None:
    with tempfile.TemporaryDirectory() as spare:
        asked = ["--require-hashes", "--no-deps", "--only-binary=:all:", *_FOR]
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--dest", spare, *asked]
        command += ["--disable-pip-version-check", "-r", str(root / PINS)]
        try:
            ran = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS)
        except subprocess.TimeoutExpired as error:
            raise _not_had(f"pip took more than {SECONDS} seconds") from error
        if ran.returncode:
            said = [line for line in ran.stderr.splitlines() if line.startswith("ERROR")]
            raise _not_had(said[-1] if said else "pip did not say why")
        folder.mkdir(parents=True, exist_ok=True)
        for path in Path(spare).glob("*.whl"):
            part = folder / f"{path.name}.part"
            part.write_bytes(path.read_bytes())
            part.replace(folder / path.name)


def _not_had(why: str) -> LiteError:
    return LiteError(
        f"The packages for notebooks in the site could not be downloaded: {why}.\n"
        "  What to do:  connect to the network and try again, or leave out --notebooks"
    )
