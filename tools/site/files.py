"""Files of a site: the same bytes each time, and none written that says so already."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tools.door.files import write_whole


def as_json(data: Any) -> bytes:
    """Data as JSON, its keys in order."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Name → content as a zip, in the order of the mapping."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, content in files.items():
            about = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            about.compress_type = zipfile.ZIP_DEFLATED
            about.create_system, about.external_attr = 3, 0o644 << 16
            archive.writestr(about, content)
    return buffer.getvalue()


def write(path: Path, data: bytes) -> None:
    """Write a file, unless it says so already: who has it, such as a visitor, may keep it."""
    if not path.is_file() or path.read_bytes() != data:
        write_whole(path, data)
