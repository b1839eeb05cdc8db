"""Files that are written whole or not at all."""

import contextlib
import errno
import os
from pathlib import Path


def write_whole(path: Path, content: bytes) -> None:
    """Write a file in one step: whoever reads it sees the old bytes or the new, never half.

    Its folder is made where it is missing. Raises OSError, and leaves the old file as it was, where
    that cannot be done.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    spare = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with spare.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(spare, path)
    except BaseException:
        with contextlib.suppress(OSError):
            spare.unlink()
        raise


def is_full(error: OSError) -> bool:
    """Whether `error` says that there is no room left: on the disk, or for this user."""
    return error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
