"""A package index on this computer that breaks down as it is told; and a proxy that does."""

import hashlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class BadServer(ThreadingHTTPServer):
    """Serves the wheels in `folder` as an index; a context manager.

    manner: "works", or how it breaks down: "cuts" a download off, "hangs" in its middle, "is
        overloaded", "wants a password" as a proxy does, or "wants to log you in" as a Wi-Fi does.
    """

    daemon_threads = True

    def __init__(self, folder: Path):
        super().__init__(("127.0.0.1", 0), _Answer)
        self.folder = folder
        self.manner = "works"
        self.ended = threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> "BadServer":
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.ended.set()
        self.shutdown()
        self.server_close()


def _link(wheel: Path) -> str:
    """Where the index says that the wheel is, with its hash, as PyPI does."""
    return f"/{wheel.name}#sha256={hashlib.sha256(wheel.read_bytes()).hexdigest()}"


class _Answer(BaseHTTPRequestHandler):
    server: BadServer

    def do_GET(self) -> None:
        manner = self.server.manner
        if manner == "is overloaded":
            self._say(503)
        elif manner == "wants a password":
            self._say(407, {"Proxy-Authenticate": 'Basic realm="school"'})
        elif manner == "wants to log you in":
            self._say(200, {"Content-Type": "text/html"}, b"<html>Welcome to our Wi-Fi</html>")
        elif self.path.endswith("/"):
            name = self.path.strip("/").rpartition("/")[2]
            wheels = sorted(self.server.folder.glob(f"{name}-*.whl"))
            links = "".join(f'<a href="{_link(wheel)}">{wheel.name}</a>\n' for wheel in wheels)
            self._say(200, {"Content-Type": "text/html"}, links.encode())
        else:
            self._send_wheel((self.server.folder / self.path.lstrip("/")).read_bytes(), manner)

    do_CONNECT = do_GET

    def _send_wheel(self, wheel: bytes, manner: str) -> None:
        self.send_response(200)
        self.send_header("Content-Length", str(len(wheel)))
        self.end_headers()
        if manner == "works":
            self.wfile.write(wheel)
            return
        self.wfile.write(wheel[: len(wheel) // 2])
        self.wfile.flush()
        if manner == "hangs":
            self.server.ended.wait(20)

    def _say(self, code: int, headers: dict[str, str] | None = None, body: bytes = b"") -> None:
        self.send_response(code)
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Nothing is logged."""
