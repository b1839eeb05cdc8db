"""One worker of chapter 17: it trains a line together with its neighbours, on its own rows.

From a terminal, with two workers:

    python -m torch.distributed.run --nproc-per-node 2 -m utils.workers.train

Every worker runs this same file. torchrun tells each of them its rank and how many there are.
"""

import argparse
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import torch
import torch.distributed as dist

from utils import data
from utils.workers import checkpoint

LOST, NO_ANSWER, OUT_OF_TIME, FAULT = 17, 18, 19, 20  # exit codes
MOMENTUM = 0.9  # of the training that saves checkpoints, so that its steps have a memory

Weights = torch.Tensor
# One step of one worker: (weights, xs, ys, eta) to the new weights.
Step = Callable[[Weights, torch.Tensor, torch.Tensor, float], Weights]


def kettle() -> tuple[torch.Tensor, torch.Tensor]:
    """Forbes' table, shape (17,) each: °C above the mean, and the pressure in hPa."""
    celsius, pressure = data.boiling_point()
    return torch.tensor(celsius - celsius.mean()), torch.tensor(pressure)


def rows_of(rank: int, workers: int, rows: int) -> np.ndarray:
    """The rows of one worker: neighbouring ones, as evenly as it goes."""
    return np.array_split(np.arange(rows), workers)[rank]


def mean_gradient(weights: Weights, xs: torch.Tensor, ys: torch.Tensor) -> torch.Tensor:
    """The gradient of the mean squared error of ŷ = wx + b, by autograd, shape (2,)."""
    weights = weights.detach().requires_grad_()
    loss = torch.mean((weights[0] * xs + weights[1] - ys) ** 2)
    return torch.autograd.grad(loss, weights)[0]


# --- ways to work together: from my gradient and my number of rows to the gradient of the step ---


def weighted_mean(gradient: torch.Tensor, mine: int) -> torch.Tensor:
    """Exact: add up the sums over all rows, then divide by the number of all rows."""
    total = torch.cat([gradient * mine, torch.tensor([float(mine)], dtype=torch.float64)])
    dist.all_reduce(total)  # now everybody holds the same totals
    return total[:-1] / total[-1]


def plain_mean(gradient: torch.Tensor, mine: int) -> torch.Tensor:
    """The mean of the means: exact only where all have equally many rows."""
    dist.all_reduce(gradient)
    return gradient / dist.get_world_size()


def plain_sum(gradient: torch.Tensor, mine: int) -> torch.Tensor:
    """The division is forgotten."""
    dist.all_reduce(gradient)
    return gradient


def nothing(gradient: torch.Tensor, mine: int) -> torch.Tensor:
    """Nobody talks to anybody."""
    return gradient


COMBINE: dict[str, Callable[[torch.Tensor, int], torch.Tensor]] = {
    "weighted mean": weighted_mean,
    "plain mean": plain_mean,
    "sum": plain_sum,
    "no exchange": nothing,
    "different starts": weighted_mean,
    "all data for everyone": weighted_mean,
}


def my_rows() -> tuple[torch.Tensor, torch.Tensor]:
    """The examples of this worker."""
    xs, ys = kettle()
    rows = rows_of(dist.get_rank(), dist.get_world_size(), len(xs))
    return xs[rows], ys[rows]


def train(
    way: str, steps: int, eta: float, before_step: Callable[[int], None]
) -> tuple[list[float], int]:
    """Weights w and b after so many steps, and how many rows this worker has."""
    xs, ys = kettle() if way == "all data for everyone" else my_rows()
    start = 100.0 * dist.get_rank() if way == "different starts" else 0.0
    weights = torch.full((2,), start, dtype=torch.float64)
    for step in range(1, steps + 1):
        before_step(step)
        gradient = COMBINE[way](mean_gradient(weights, xs, ys), len(xs))
        weights = weights - eta * gradient
    return weights.tolist(), len(xs)


def train_with(
    one_step: Step, steps: int, eta: float, before_step: Callable[[int], None]
) -> tuple[list[float], int]:
    """The same, where somebody else has written what a worker does in a step."""
    xs, ys = my_rows()
    weights = torch.zeros(2, dtype=torch.float64)
    for step in range(1, steps + 1):
        before_step(step)
        moved = one_step(weights, xs, ys, eta)
        if not isinstance(moved, torch.Tensor) or moved.shape != (2,):
            raise ValueError("a step gives back a tensor with two numbers, the new w and b")
        weights = moved.detach()
    return weights.tolist(), len(xs)


def train_and_save(
    path: Path, every: int, steps: int, eta: float, before_step: Callable[[int], None]
) -> tuple[list[float], int, int]:
    """Train with momentum from the last checkpoint on, and save one now and then.

    Returns the weights, the rows of this worker, and the step after which it went on.
    """
    xs, ys = my_rows()
    began, weights, velocity = checkpoint.load(path)
    for step in range(began + 1, steps + 1):
        before_step(step)
        velocity = MOMENTUM * velocity + weighted_mean(mean_gradient(weights, xs, ys), len(xs))
        weights = weights - eta * velocity
        if step % every == 0 and dist.get_rank() == 0:  # all hold the same: one of them writes
            checkpoint.save(path, step, weights, velocity)
    return weights.tolist(), len(xs), began


def alone(steps: int, eta: float, momentum: float = 0.0) -> list[float]:
    """The weights that one process with all rows finds, and which nothing interrupts."""
    xs, ys = kettle()
    weights = velocity = torch.zeros(2, dtype=torch.float64)
    for _ in range(steps):
        velocity = momentum * velocity + mean_gradient(weights, xs, ys)
        weights = weights - eta * velocity
    return weights.tolist()


# --- the life of a worker ---


def options() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m utils.workers.train")
    parser.add_argument("--steps", type=int, default=200)
    parser.add_argument("--eta", type=float, default=0.05)
    parser.add_argument("--ways", default="weighted mean", help="separated by commas")
    parser.add_argument("--save-every", type=int, default=0, help="steps from save to save")
    parser.add_argument(
        "--lose", default="", help="RANK@STEP: this worker dies before this step, the first time"
    )
    parser.add_argument("--hang", default="", help="RANK@STEP: this worker falls silent")
    parser.add_argument(
        "--patience", type=float, default=20.0, help="seconds to wait for an answer"
    )
    parser.add_argument("--limit", type=float, default=60.0, help="seconds that a worker may live")
    return parser.parse_args()


def main(one_step: Step | None = None) -> int:
    """Join the others, train, and report; returns the exit code.

    one_step: what this worker does in each step, where it is none of the ways of this file.
    """
    asked = options()
    rank, workers = int(os.environ["RANK"]), int(os.environ["WORLD_SIZE"])
    start = int(os.environ.get("TORCHELASTIC_RESTART_COUNT", "0"))  # torchrun counts for us
    _end_after(asked.limit)
    if hasattr(signal, "SIGTERM"):
        # When one worker is lost, torchrun ends the others: first let them say what they saw.
        signal.signal(signal.SIGTERM, lambda *_: None)
    torch.set_num_threads(1)
    report = {"rank": rank, "finished": 0, "weights": {}, "rows": 0, "stopped": ""}
    report |= {"restarts": start, "began": 0}

    def before_step(step: int) -> None:
        report["finished"] = step - 1
        if asked.lose == f"{rank}@{step}" and not start:
            _write(report | {"stopped": "lost"})
            os._exit(LOST)
        if asked.hang == f"{rank}@{step}":
            _write(report | {"stopped": "silent"})
            time.sleep(4 * asked.patience)
            os._exit(LOST)

    patience = timedelta(seconds=asked.patience)
    folder = os.environ.get("WORKERS_FOLDER")
    meet = dist.FileStore(str(Path(folder, f"meet_{start}")), workers) if folder else None
    try:
        # A slow machine may need long until all are there; an answer comes quickly or never.
        waiting = timedelta(seconds=asked.limit)
        dist.init_process_group("gloo", store=meet, rank=rank, world_size=workers, timeout=waiting)
        dist.barrier()
        if folder:
            Path(folder, f"worker_{rank}.met").touch()
        dist.distributed_c10d._set_pg_timeout(patience)
        pace = (asked.steps, asked.eta, before_step)
        if one_step is not None:
            report["weights"]["step"], report["rows"] = train_with(one_step, *pace)
        elif asked.save_every:
            path = Path(folder or ".", "kettle_checkpoint.pt")
            found = train_and_save(path, asked.save_every, *pace)
            report["weights"]["momentum"], report["rows"], report["began"] = found
        else:
            for way in asked.ways.split(","):
                report["weights"][way], rows = train(way, *pace)
                report["rows"] = report["rows"] or rows
        report["finished"] = asked.steps
    except Exception as error:
        if one_step is not None and not _of_the_exchange(error):
            _write(report | {"stopped": "an error", "said": f"{type(error).__name__}: {error}"})
            os._exit(FAULT)
        if not isinstance(error, RuntimeError):
            raise
        late = "timed out" in str(error).lower() or "timeout" in str(error).lower()
        report["stopped"] = "no answer in time" if late else "a neighbour is gone"
        report["said"] = str(error).splitlines()[0]
        _write(report)
        os._exit(NO_ANSWER)  # no goodbye to neighbours that do not answer
    _write(report)
    dist.destroy_process_group()
    return 0


def _of_the_exchange(error: Exception) -> bool:
    """Whether a neighbour is to blame, and not what this worker computes."""
    said = str(error).lower()
    return isinstance(error, dist.DistError) or any(
        word in said for word in ("gloo", "timed out", "timeout", "connection", "peer")
    )


def _end_after(seconds: float) -> None:
    """Whatever happens, no worker outlives its limit."""
    watch = threading.Timer(seconds, os._exit, [OUT_OF_TIME])
    watch.daemon = True
    watch.start()


def _write(report: dict) -> None:
    """Into the folder of whoever started the workers, or, at a terminal, onto the screen."""
    folder = os.environ.get("WORKERS_FOLDER")
    if folder:
        part = Path(folder, f"worker_{report['rank']}.part")
        part.write_text(json.dumps(report), encoding="utf-8")
        part.replace(part.with_suffix(".json"))
        return
    for way, (w, b) in report["weights"].items():
        print(f"worker {report['rank']}, {way}: w = {w:.6f}, b = {b:.6f}", flush=True)
    if report["stopped"]:
        print(f"worker {report['rank']} stopped: {report['stopped']}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
