"""Firefox as the system has it, driven by WebDriver BiDi, the protocol it speaks by itself.

Playwright drives a Firefox of its own alone, which is downloaded, and Selenium needs a driver that
Debian does not have. What the tests ask of it is little: open, look, press, resize.
https://w3c.github.io/webdriver-bidi/
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import subprocess
import tempfile
import threading
import time
from pathlib import Path
from queue import Empty, Queue
from typing import Any, Self

import websocket

NAMES = ("firefox-esr", "firefox")
HOW_TO_GET_ONE = "Firefox is not here; to get it:  sudo apt-get install firefox-esr"
SECONDS = 60.0
KEYS = {"Tab": "\ue004", "Enter": "\ue007", "ArrowLeft": "\ue012", "ArrowRight": "\ue014"}
_READY = "WebDriver BiDi listening on "
_SETTINGS = {
    "browser.aboutwelcome.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "browser.shell.checkDefaultBrowser": False,
}
_SCHEMES = {"dark": 0, "light": 1}  # of layout.css.prefers-color-scheme.content-override


def find_firefox() -> str | None:
    """Path of a Firefox, or None. The environment variable FIREFOX, a path or a name, wins."""
    wanted = os.environ.get("FIREFOX")
    names = [wanted] if wanted else NAMES
    return next((path for path in map(shutil.which, names) if path), None)


class Firefox:
    """A window of a fresh Firefox; a context manager.

    program: its path. scheme: "light" or "dark", what it tells pages that the system prefers.
    complaints: what stood in the console. asked: the addresses of all requests.
    """

    def __init__(self, program: str, scheme: str = "light") -> None:
        self.complaints: list[str] = []
        self.asked: list[str] = []
        self._numbers = itertools.count(1)
        self._profile = Path(tempfile.mkdtemp(prefix="firefox-"))
        settings = _SETTINGS | {
            "layout.css.prefers-color-scheme.content-override": _SCHEMES[scheme]
        }
        lines = [f"user_pref({json.dumps(k)}, {json.dumps(v)});\n" for k, v in settings.items()]
        (self._profile / "user.js").write_text("".join(lines), encoding="utf-8")
        self._process = subprocess.Popen(
            [program, "--headless", "--remote-debugging-port=0", "--profile", self._profile],
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            text=True,
        )
        try:
            # It refuses whoever comes from a page, and so whoever says from where.
            where = f"{self._address()}/session"
            self._socket = websocket.create_connection(where, SECONDS, suppress_origin=True)
            self.send("session.new", capabilities={})
            self.send("session.subscribe", events=["log.entryAdded", "network.beforeRequestSent"])
            self._tab = self.send("browsingContext.create", type="tab")["context"]
        except BaseException:
            self._end()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()
        self._end()

    def _end(self) -> None:
        self._process.kill()
        self._process.wait()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _address(self) -> str:
        """Where it listens, which it says on its standard error."""
        said: Queue[str] = Queue()
        stream = self._process.stderr
        assert stream is not None

        def read() -> None:  # to the end, so that it is never kept from writing more
            for line in stream:
                if _READY in line:
                    said.put(line.partition(_READY)[2].strip())

        threading.Thread(target=read, daemon=True).start()
        try:
            return said.get(timeout=SECONDS)
        except Empty:
            raise RuntimeError("Firefox did not say where it listens.") from None

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """One command; returns its result. Raises RuntimeError where Firefox refuses it."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while True:
            message = json.loads(self._socket.recv())
            if message.get("id") == number:
                if message["type"] == "error":
                    raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
                return message["result"]
            self._hear(message)

    def _hear(self, event: dict[str, Any]) -> None:
        if event.get("method") == "log.entryAdded":
            self.complaints.append(event["params"]["text"])
        elif event.get("method") == "network.beforeRequestSent":
            self.asked.append(event["params"]["request"]["url"])

    # --- what a visitor does ---

    def open(self, address: str) -> None:
        """Open a page and wait until it is there."""
        self.send("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """The value of an expression of JavaScript on the page, which may wait for something."""
        code = f"(async () => JSON.stringify((await ({expression})) ?? null))()"
        target = {"context": self._tab}
        answer = self.send("script.evaluate", expression=code, target=target, awaitPromise=True)
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"]["value"])

    def until(self, expression: str) -> None:
        """Wait until an expression holds; raises TimeoutError."""
        end = time.monotonic() + SECONDS
        while not self.evaluate(f"Boolean({expression})"):
            if time.monotonic() > end:
                raise TimeoutError(f"Never so: {expression}")
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Press keys of the keyboard, one after the other."""
        steps = [
            {"type": kind, "value": KEYS[key]} for key in keys for kind in ("keyDown", "keyUp")
        ]
        board = {"type": "key", "id": "keyboard", "actions": steps}
        self.send("input.performActions", context=self._tab, actions=[board])

    def click(self, selector: str) -> None:
        """Press the first node that a selector finds, with the mouse, where it is."""
        box = self.evaluate(
            f"(() => {{ const node = document.querySelector({json.dumps(selector)});"
            " node.scrollIntoView({block: 'center'}); const b = node.getBoundingClientRect();"
            " return [Math.round(b.x + b.width / 2), Math.round(b.y + b.height / 2)]; })()"
        )
        down, up = ({"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp"))
        steps = [{"type": "pointerMove", "x": box[0], "y": box[1]}, down, up]
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        self.send("input.performActions", context=self._tab, actions=[mouse])

    def resize(self, width: int, height: int) -> None:
        """Give the page another size, in CSS pixels."""
        size = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self._tab, viewport=size)

    def picture(self) -> str:
        """What is seen, as a PNG in base64."""
        return self.send("browsingContext.captureScreenshot", context=self._tab)["data"]
