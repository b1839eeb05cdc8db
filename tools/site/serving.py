"""Pages shown at this computer, and to nobody else."""

from __future__ import annotations

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


def server_of(folder: Path, port: int = 0) -> ThreadingHTTPServer:
    """A server of the files in a folder, which `serve_forever` starts.

    port: one that is free if left out; `server_port` tells. Raises OSError where it is taken.
    """
    handler = functools.partial(_Quiet, directory=str(folder))
    return ThreadingHTTPServer(("127.0.0.1", port), handler)


class _Quiet(SimpleHTTPRequestHandler):
    """Does not tell of each file."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""
