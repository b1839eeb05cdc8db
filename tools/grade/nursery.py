"""The process that submissions are forked from: it has imported everything once.

`Nursery.run` is the end of it that the grader holds. The file is run as the nursery, too: that one
shuts itself in first, then imports what notebooks use, and forks for each job a keeper, which forks
the process that runs the learner's cells, reads what it says, and ends it in time. Where processes
cannot fork, each job has a Python of its own.
"""

from __future__ import annotations

import json
import os
import select
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from tools.grade import sandbox

COURSE = Path(__file__).resolve().parents[2]
CAN_FORK = sys.platform == "linux"  # on macOS, what draws does not live through a fork
IDLE = 30.0  # seconds with nothing new said, after which it has gone astray
WHOLE = 120.0  # seconds for one submission
MOST_BYTES = 16_000_000  # that are read of what it says
MEMORY = 3e9  # bytes that it may take beyond what was imported
STARTING = 120.0  # seconds until everything is imported

DONE, DIED, STUCK, FLOOD = "done", "died", "stuck", "flood"


@dataclass(frozen=True)
class Ran:
    """What came of a job: the bytes that were written, and how it ended."""

    said: bytes
    ended: str


class Nursery:
    """Runs one job at a time. shut_in: False for plain processes, with limits of time alone.

    Raises `sandbox.NotPermitted` where it cannot be shut in.
    """

    def __init__(self, hidden: Sequence[Path] = (), with_torch: bool = False, shut_in: bool = True):
        self.shut_in = shut_in and CAN_FORK
        self._process: subprocess.Popen[bytes] | None = None
        if CAN_FORK:
            self._start(hidden, with_torch)

    def _start(self, hidden: Sequence[Path], with_torch: bool) -> None:
        with tempfile.TemporaryDirectory(prefix="grade-") as base:
            asked = {
                "base": base,
                "hidden": [str(path) for path in hidden],
                "torch": with_torch,
                "shut_in": self.shut_in,
            }
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tools.grade.nursery"],
                cwd=COURSE,
                env=_environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
            )
            self._send(json.dumps(asked).encode())
            said = _line(self._process, STARTING)
        if said != b"ready\n":
            self.close()
            raise sandbox.NotPermitted(said.decode(errors="replace").strip() or "it did not start")

    def run(self, job: dict[str, Any]) -> Ran:
        """Do a job (see `Sheet.to_plain`). What comes back has yet to be read with care."""
        text = json.dumps(job).encode()
        if self._process is None:
            return _in_a_python_of_its_own(text)
        self._send(text)
        answers = self._process.stdout
        assert answers
        head = answers.readline().split()
        if len(head) != 2:
            raise RuntimeError("the process that forks was ended from outside")
        return Ran(answers.read(int(head[1])), head[0].decode())

    def _send(self, text: bytes) -> None:
        assert self._process and self._process.stdin
        self._process.stdin.write(b"%d\n" % len(text) + text)
        self._process.stdin.flush()

    def close(self) -> None:
        """End it, and all that it has started."""
        process, self._process = self._process, None
        if process is None:
            return
        assert process.stdin and process.stdout
        with suppress(OSError):
            process.stdin.close()  # where it waits for a job, this ends it
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        process.stdout.close()


def _environment() -> dict[str, str]:
    """Nothing of the teacher's but where programs are; one thread; the course's own package."""
    kept = ("PATH", "LANG", "LC_ALL", "LD_LIBRARY_PATH", "XDG_CACHE_HOME", "MPLCONFIGDIR")
    kept += ("SYSTEMROOT", "TEMP", "TMP")  # of Windows
    return {name: os.environ[name] for name in kept if name in os.environ} | {
        "PYTHONPATH": str(COURSE),
        "PYTHONSAFEPATH": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
        "MPLBACKEND": "agg",
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
        "MKL_NUM_THREADS": "1",
        "HOME": os.environ.get("HOME", "/"),
        # A check that is called inside a learner's function leaves the teacher's progress alone.
        "DERIVATIVES_PROGRESS": str(Path(tempfile.gettempdir(), "grade-nowhere", "progress.json")),
    }


def _line(process: subprocess.Popen[bytes], seconds: float) -> bytes:
    assert process.stdout
    ready, _, _ = select.select([process.stdout], [], [], seconds)
    return process.stdout.readline() if ready else b"it did not start in time"


def _in_a_python_of_its_own(job: bytes) -> Ran:
    command = [sys.executable, "-m", "tools.grade.observer"]
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as said:
        environment = _environment() | {"HOME": folder}
        process = subprocess.Popen(
            command, cwd=folder, env=environment, stdin=subprocess.PIPE, stdout=said
        )
        try:
            process.communicate(job, timeout=WHOLE)
            ended = DIED if process.returncode else DONE
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            ended = STUCK
        said.seek(0)
        return Ran(said.read(MOST_BYTES), ended)


# --- the nursery's own process ---


def keep_nursery() -> None:
    """Answer jobs that come on standard input, until it ends. First comes what to be like."""
    commands, answers = os.fdopen(os.dup(0), "rb"), os.dup(1)
    asked = _received(commands)
    assert asked is not None
    if asked["shut_in"]:
        fonts = _known_fonts()
        try:
            sandbox.enter(Path(asked["base"]), COURSE, [Path(path) for path in asked["hidden"]])
        except OSError as refused:
            os.write(answers, f"{refused}\n".encode())
            return
        room = sandbox.WRITABLE[0]
        os.environ.update(HOME=room, TMPDIR=room, MPLCONFIGDIR=room)
        for name, content in fonts.items():
            Path(room, name).write_bytes(content)
    _end_with_parent()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1):
        os.dup2(nowhere, number)
    from tools.grade import observer  # now, in here: it imports what the cells may use

    observer.prepare(asked["torch"])
    import gc

    gc.freeze()  # what is here by now is shared with all that are forked
    os.write(answers, b"ready\n")
    while (job := _received(commands)) is not None:
        keeper = os.fork()
        if keeper == 0:
            status = 1
            try:
                _write(answers, *_keep(job, bool(asked["shut_in"])))
                status = 0
            finally:
                os._exit(status)
        _, status = os.waitpid(keeper, 0)
        if status:
            with suppress(BrokenPipeError):  # the grader itself was ended
                _write(answers, b"", DIED)


def _known_fonts() -> dict[str, bytes]:
    """matplotlib's list of fonts, which it would else make anew: name of the file to content."""
    caches = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = Path(os.environ.get("MPLCONFIGDIR") or caches / "matplotlib")
    with suppress(OSError):
        return {path.name: path.read_bytes() for path in folder.glob("fontlist-*.json")}
    return {}


def _received(commands: BinaryIO) -> dict[str, Any] | None:
    """The next thing that the grader sends; None where it has ended."""
    size = commands.readline()
    return json.loads(commands.read(int(size))) if size else None


def _write(answers: int, said: bytes, ended: str) -> None:
    data = b"%s %d\n" % (ended.encode(), len(said)) + said
    while data:
        data = data[os.write(answers, data) :]


def _keep(job: dict[str, Any], shut_in: bool) -> tuple[bytes, str]:
    """Fork the process that runs the cells, and read what it says until it ends, or has to."""
    if shut_in:
        sandbox.new_room()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            _be_learner(job, writing, shut_in)
        finally:
            os._exit(1)
    os.close(writing)
    said, ended = _listen(reading)
    with suppress(ProcessLookupError):
        (os.kill if shut_in else os.killpg)(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return said, ended


def _listen(reading: int) -> tuple[bytes, str]:
    said = bytearray()
    deadline = time.monotonic() + WHOLE
    while True:
        left = min(IDLE, deadline - time.monotonic())
        if left <= 0 or not select.select([reading], [], [], left)[0]:
            return bytes(said), STUCK
        part = os.read(reading, 1 << 16)
        if not part:
            return bytes(said), DONE if b'"end"' in said[-20:] else DIED
        said += part
        if len(said) > MOST_BYTES:
            return bytes(said), FLOOD


def _be_learner(job: dict[str, Any], writing: int, shut_in: bool) -> None:
    """Keep nothing but the pipe; give up every power; do the job."""
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    os.dup2(writing, 3)
    os.closerange(4, os.sysconf("SC_OPEN_MAX"))
    sys.stdin, sys.stdout, sys.stderr = os.fdopen(0), os.fdopen(1, "w"), os.fdopen(2, "w")
    if shut_in:
        sandbox.lock()
    else:
        _end_with_parent()
        os.chdir(tempfile.gettempdir())
    sandbox.limit(MEMORY, int(WHOLE))
    from tools.grade import observer

    observer.work(job, 3)
    os._exit(0)


def _end_with_parent() -> None:
    """Where the process that waits for this one ends, however it does, this one is ended."""
    import ctypes

    ctypes.CDLL(None).prctl(1, signal.SIGKILL, 0, 0, 0)


if __name__ == "__main__":
    keep_nursery()
