"""Workers: several processes that train one model together, on this computer.

`train_together(2)` starts two of them with torchrun, waits, and tells what became of each. Nothing
leaves the computer, and nothing waits for ever: every worker has a limit, and so has the wait.
`worker_file(step)` is the file that workers run which take a step of the learner's own.
"""

from __future__ import annotations

import ast
import inspect
import json
import math
import os
import signal
import socket
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

MODULE = "utils.workers.train"
MOST = 8  # workers; a small computer has work enough with fewer
GRACE = 5.0  # seconds for torchrun to end its workers when it is asked to


@dataclass(frozen=True)
class Worker:
    """What one worker reported: its rank, rows, finished steps, weights [w, b] by way, its end.

    stopped: "" where all went well, "lost", "silent", "a neighbour is gone", "no answer in time",
    "an error", or "no report" where it ended before it could say anything.
    restarts: how many times it was started again. began: the step it then went on after.
    """

    rank: int
    rows: int = 0
    finished: int = 0
    weights: dict[str, list[float]] = field(default_factory=dict)
    stopped: str = "no report"
    said: str = ""
    restarts: int = 0
    began: int = 0

    def __str__(self) -> str:
        if self.stopped in ("lost", "silent"):
            what = "lost: its process is gone" if self.stopped == "lost" else "silent"
            return f"worker {self.rank}: {self.finished} steps, then {what}"
        if self.stopped:
            why = self.said if self.stopped == "an error" else self.stopped
            return f"worker {self.rank}: {self.finished} steps, then stopped: {why}"
        lines = [
            f"worker {self.rank} ({self.rows} rows), {way}: {_line(weights)}"
            for way, weights in self.weights.items()
        ]
        if self.restarts:
            times = {1: "once", 2: "twice"}.get(self.restarts, f"{self.restarts} times")
            lines.append(f"    started again {times}, and went on after step {self.began}")
        return "\n".join(lines)


@dataclass(frozen=True)
class Together:
    """What became of all workers of one start, in the order of their ranks.

    in_time: whether all had ended before the time was up. log: what they printed, with errors.
    """

    workers: tuple[Worker, ...]
    in_time: bool
    seconds: float
    log: str = ""

    @property
    def ok(self) -> bool:
        """Whether every worker finished."""
        ended = bool(self.workers) and self.in_time
        return ended and not any(worker.stopped for worker in self.workers)

    def weights(self, way: str = "weighted mean") -> np.ndarray:
        """w and b of every worker, shape (workers, 2). Raises RuntimeError where a run failed."""
        if not self.ok:
            raise RuntimeError(f"Not all workers finished.\n{self}")
        return np.array([worker.weights[way] for worker in self.workers])

    def __str__(self) -> str:
        lines = [str(worker) for worker in self.workers]
        if not lines:
            return self.log
        if not self.in_time:
            lines.append("The time was up: what was still running has been ended.")
        elif all(worker.stopped == "no report" for worker in self.workers):
            last = self.log.strip().splitlines()[-1:] or ["They said nothing."]
            lines.append(f"The workers could not start. Their last words: {last[0]}")
        return "\n".join(lines)


def _line(weights: Sequence[float]) -> str:
    w, b = weights
    if not math.isfinite(w) or max(abs(w), abs(b)) > 1e6:
        return "the weights have blown up"
    return f"w = {w:.4f}, b = {b:.4f}".replace("-", "−")


_HEAD = """\
import numpy as np
import torch
import torch.distributed as dist

from utils.workers.train import main, mean_gradient


"""
_FOOT = """

if __name__ == "__main__":
    raise SystemExit(main({name}))
"""


def worker_file(step: Callable[..., Any]) -> str:
    """The whole file that each worker runs, with this step in it; save it, and torchrun takes it.

    step: your function of weights, xs, ys and eta, which gives back the new weights.
    Raises ValueError where there is no `def` to copy, or where it gives nothing back.
    """
    try:
        source = textwrap.dedent(inspect.getsource(step))
        (made,) = ast.parse(source).body
    except (OSError, TypeError, SyntaxError, ValueError):
        made = None
    if not isinstance(made, ast.FunctionDef):
        raise ValueError("Write your step as a function of its own, with `def`, and hand it over.")
    if not any(isinstance(node, ast.Return) and node.value for node in ast.walk(made)):
        raise ValueError(f"`{made.name}` gives nothing back yet, so no worker was started.")
    return _HEAD + source.rstrip("\n") + "\n" + _FOOT.format(name=made.name)


def torchrun(workers: int, *arguments: str, restarts: int = 0, file: str = "") -> list[str]:
    """The command that starts the workers, as a list; `python` first.

    restarts: how many times all are started again after one was lost. file: what they run, where
    it is not the module of this course.
    """
    return [
        "python", "-m", "torch.distributed.run", "--nproc-per-node", str(workers),
        *(["--max-restarts", str(restarts)] if restarts else []),
        "--rdzv-backend", "c10d", "--rdzv-endpoint", "127.0.0.1:0", "--local-addr", "127.0.0.1",
        *([file] if file else ["-m", MODULE]), *arguments,
    ]  # fmt: skip


def train_together(
    workers: int = 2,
    ways: Sequence[str] = ("weighted mean",),
    *,
    steps: int = 200,
    eta: float = 0.05,
    step: Callable[..., Any] | None = None,
    save_every: int = 0,
    restarts: int = 0,
    lose: tuple[int, int] | None = None,
    hang: tuple[int, int] | None = None,
    patience: float = 20.0,
    seconds: float = 50.0,
    launcher: str = "torchrun",
) -> Together:
    """Train the line of chapter 13 with several processes, each on its share of the rows.

    ways: how gradients are put together; see `utils.workers.train.COMBINE`.
    step: your own step of a worker, in place of the ways; see `worker_file`.
    save_every: steps from one checkpoint to the next, where the training has momentum and saves.
    restarts: how many times all are started again after one was lost.
    lose, hang: (rank, step) of a worker that dies, or falls silent, before that step. It is lost
    in the first start alone.
    patience: seconds a worker waits for its neighbours. seconds: when all is ended, whatever comes.
    launcher: "torchrun", or "plain" to start the processes without it, as Windows always does.
    Raises ValueError for workers outside 1 to MOST, or a launcher that is not there.
    """
    if not 1 <= workers <= MOST:
        raise ValueError(f"Choose 1 to {MOST} workers, not {workers}.")
    if launcher not in ("torchrun", "plain"):
        raise ValueError(f'The launcher is "torchrun" or "plain", not {launcher!r}.')
    try:
        text = "" if step is None else worker_file(step)
    except ValueError as error:
        return Together((), True, 0.0, str(error))
    arguments = ["--steps", str(steps), "--eta", str(eta), "--ways", ",".join(ways)]
    arguments += ["--patience", str(patience), "--limit", str(seconds)]
    arguments += ["--save-every", str(save_every)] if save_every else []
    for option, at in (("--lose", lose), ("--hang", hang)):
        if at is not None:
            arguments += [option, f"{at[0]}@{at[1]}"]
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="workers-", ignore_cleanup_errors=True) as folder:
        file = str(Path(folder, "worker.py")) if text else ""
        if file:
            Path(file).write_text(text, encoding="utf-8")
        end = started + seconds
        if launcher == "torchrun" and sys.platform != "win32":
            command = torchrun(workers, *arguments, restarts=restarts, file=file)
            in_time = _run([([sys.executable, *command[1:]], {})], Path(folder), end, gentle=True)
        else:  # torchrun needs a part that PyTorch for Windows is built without
            what = [file] if file else ["-m", MODULE]
            for start in range(restarts + 1):
                told = {"WORLD_SIZE": str(workers), "TORCHELASTIC_RESTART_COUNT": str(start)}
                commands = [
                    ([sys.executable, *what, *arguments], told | {"RANK": str(rank)})
                    for rank in range(workers)
                ]
                in_time = _run(commands, Path(folder), end, gentle=False)
                if not any(_report(Path(folder), rank).stopped for rank in range(workers)):
                    break
        found = tuple(_report(Path(folder), rank) for rank in range(workers))
        log = Path(folder, "log").read_text(encoding="utf-8", errors="replace")
    return Together(found, in_time, time.monotonic() - started, log)


def _run(commands: list, folder: Path, end: float, gentle: bool) -> bool:
    """Start the commands and wait for all; whether they ended by themselves before the end."""
    running: list[subprocess.Popen] = []
    try:
        with open(folder / "log", "wb") as log:
            for command, extra in commands:
                running.append(
                    subprocess.Popen(
                        command, env=surroundings(folder) | extra, stdin=subprocess.DEVNULL,
                        stdout=log, stderr=subprocess.STDOUT,
                    )
                )  # fmt: skip
            while time.monotonic() < end:
                if all(process.poll() is not None for process in running):
                    return True
                time.sleep(0.02)
        return False
    finally:  # also when the learner interrupts the cell
        for process in running:
            _stop(process, gentle)


def _stop(process: subprocess.Popen, gentle: bool) -> None:
    if process.poll() is not None:
        return
    if gentle:  # torchrun ends its workers first
        with suppress(subprocess.TimeoutExpired):
            process.send_signal(signal.SIGTERM)
            process.wait(GRACE)
    if process.poll() is None:
        process.kill()
        process.wait(GRACE)


def surroundings(folder: Path) -> dict[str, str]:
    """The workers meet in a folder and talk over the loopback: no network, no names to look up."""
    told = dict(os.environ) | {
        "WORKERS_FOLDER": str(folder),
        "OMP_NUM_THREADS": "1",
        "TORCH_ELASTIC_SHUTDOWN_TIMEOUT": "2",
        "PYTHONUNBUFFERED": "1",
    }
    loopback = _loopback()
    if loopback:
        told["GLOO_SOCKET_IFNAME"] = loopback
    return told


def _loopback() -> str | None:
    """The name of the interface that leads back to this computer: lo on Linux, lo0 on macOS."""
    with suppress(AttributeError, OSError):
        names = {name for _, name in socket.if_nameindex()}
        return next((name for name in ("lo", "lo0") if name in names), None)
    return None


def _report(folder: Path, rank: int) -> Worker:
    try:
        told = json.loads((folder / f"worker_{rank}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Worker(rank)
    return Worker(**told)
