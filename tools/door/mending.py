"""What of an interrupted set-up is sound: it stays, and the rest makes room for pip to go on.

pip installs a distribution file by file and writes its `RECORD`, with the hash of each file, at the
very end. So a distribution is sound if its `RECORD` is pip's own and every file is as it says.
"""

import base64
import csv
import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path


def keep_sound(packages: Path, show: Callable[[str], None] = lambda text: None) -> list[str]:
    """Remove from `packages` every file that no sound distribution lists; returns what is kept.

    packages: a `site-packages` folder.
    show: told the name of each distribution that is looked at.

    What goes: distributions that were half installed or half removed, and what pip had put aside
    under names such as `~umpy`. Raises OSError where a file cannot be removed.
    """
    kept, owned = [], set()
    for info in sorted(packages.glob("*.dist-info")):
        name = info.name.removesuffix(".dist-info")
        show(name)
        files = sound_files(info)
        if files is not None:
            kept.append(name)
            owned |= files
    for folder, _, names in os.walk(packages, topdown=False):
        for name in names:
            path = os.path.join(folder, name)
            if _place(path) not in owned and _source(path) not in owned:
                os.unlink(path)
        with suppress(OSError):  # only where nothing is left in it
            os.rmdir(folder)
    return kept


def sound_files(info: Path) -> set[str] | None:
    """All files of the distribution that `info` (a `.dist-info` folder) tells of.

    None where one of them is missing or is not as pip left it.
    """
    try:
        with (info / "RECORD").open(newline="", encoding="utf-8") as record:
            rows = [row for row in csv.reader(record) if row]
        files = set()
        for name, sealed, *_ in rows:
            place = os.path.join(info.parent, name)
            if sealed and _seal(place, sealed.partition("=")[0]) != sealed:
                return None
            files.add(_place(place))
    except (OSError, ValueError, csv.Error):  # not there, not readable, or not a RECORD
        return None
    # The RECORD that came with the wheel knows nothing of this file, which pip adds.
    return files if _place(os.path.join(info, "INSTALLER")) in files else None


def _seal(path: str, method: str) -> str:
    """The hash of a file as a `RECORD` has it: `sha256=` and base64 without its padding."""
    with open(path, "rb") as file:
        digest = hashlib.file_digest(file, method).digest()
    return f"{method}={base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"


def _place(path: str) -> str:
    return os.path.normcase(os.path.abspath(path))


def _source(path: str) -> str:
    """The file that a compiled one was made from: `a/__pycache__/b.cpython-311.pyc` → `a/b.py`."""
    folder, name = os.path.split(path)
    if os.path.basename(folder) != "__pycache__":
        return ""
    return _place(os.path.join(os.path.dirname(folder), f"{name.partition('.')[0]}.py"))
