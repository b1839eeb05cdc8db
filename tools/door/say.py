"""How the door speaks: one clear sentence and what to do, and a line of progress."""

import shutil
import sys
import time
from pathlib import Path
from typing import TextIO


class Stop(Exception):
    """A failure as the learner should read it: one sentence, and what to do about it.

    What to do is told in words (`remedy`), as a `command` to type, or both.
    """

    def __init__(self, sentence: str, remedy: str = "", command: str = "", code: int = 1):
        super().__init__(sentence)
        self.sentence = sentence
        self.remedy = remedy
        self.command = command
        self.code = code

    def __str__(self) -> str:
        advice = ":  ".join(part for part in (self.remedy, self.command) if part)
        return f"{self.sentence}\n  What to do:  {advice}"


def quoted(path: str | Path) -> str:
    """A path as it can be typed into a terminal: in quotes where it has a space."""
    return f'"{path}"' if " " in str(path) else str(path)


def python_typed() -> str:
    """The running Python, as it would be typed here: `python3`, or `py` on Windows."""
    name = Path(sys.executable).name.removesuffix(".exe")
    if shutil.which(name):
        return name
    return "py" if shutil.which("py") else quoted(sys.executable)


def typed(*words: str) -> str:
    """The line that calls this door, as it would be typed here: `python3 course.py lab`."""
    script = sys.argv[0] if Path(sys.argv[0]).name == "course.py" else "course.py"
    return " ".join([python_typed(), quoted(script), *words])


def size(n_bytes: float) -> str:
    """A number of bytes in the unit that reads best: `0.2 GB`, `31 MB`."""
    return f"{n_bytes / 1e9:.1f} GB" if n_bytes >= 1e8 else f"{n_bytes / 1e6:.0f} MB"


class Display:
    """What is going on: one line that changes on a terminal, a line now and then elsewhere."""

    SECONDS_BETWEEN_LINES = 15.0

    def __init__(self, stream: TextIO | None = None):
        self.stream = stream or sys.stdout
        self.live = self.stream.isatty()
        self._shown = ""
        self._begun = self._last = time.monotonic()

    def say(self, text: str) -> None:
        """Print a line that stays."""
        self._wipe()
        print(text, file=self.stream, flush=True)
        self._last = time.monotonic()

    def show(self, text: str) -> None:
        """Show `text` as what is being done now."""
        now = time.monotonic()
        if self.live:
            clock = f"{now - self._begun:4.0f} s  {text}"
            line = clock[: shutil.get_terminal_size().columns - 1]
            self.stream.write("\r" + line.ljust(len(self._shown)))
            self.stream.flush()
            self._shown = line
        elif now - self._last >= self.SECONDS_BETWEEN_LINES:
            self.say(f"  … {text}")

    def _wipe(self) -> None:
        if self._shown:
            self.stream.write("\r" + " " * len(self._shown) + "\r")
            self._shown = ""

    close = _wipe
