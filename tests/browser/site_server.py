"""A folder of pages on a server of this machine, which compresses as hosts do and keeps a log."""

import functools
import gzip
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

COMPRESSED = {".html", ".js", ".css", ".json", ".svg"}


@dataclass
class Server:
    """folder: of the pages. address: where they are. log: by request its path, and how many bytes
    of it travelled."""

    folder: Path
    address: str = ""
    log: list[tuple[str, int]] = field(default_factory=list)
    packed: dict[Path, bytes] = field(default_factory=dict)

    def travelled(self) -> int:
        """Bytes so far."""
        return sum(size for _, size in self.log)

    def bytes_of(self, path: Path) -> bytes:
        """A file as it travels."""
        if path.suffix not in COMPRESSED:
            return path.read_bytes()
        if path not in self.packed:
            self.packed[path] = gzip.compress(path.read_bytes(), 6)
        return self.packed[path]


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """A server for the files of a folder."""
    server = Server(folder)

    class Handler(http.server.SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            path = Path(self.translate_path(self.path))
            if not path.is_file():
                server.log.append((self.path, 0))
                self.send_error(404)
                return
            data = server.bytes_of(path)
            server.log.append((self.path, len(data)))
            self.send_response(200)
            self.send_header("Content-Type", self.guess_type(str(path)))
            self.send_header("Content-Length", str(len(data)))
            if path.suffix in COMPRESSED:
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            with suppress(ConnectionError):  # the page was left
                self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        server.address = f"http://127.0.0.1:{running.server_port}"
        yield server
        running.shutdown()
