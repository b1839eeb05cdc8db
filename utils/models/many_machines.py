"""Chapter 17: gradients of shards, the ring of an all-reduce, drifting workers, and the cost.

torch is imported only where a learner's step of a worker is rehearsed.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from utils import data, numerals
from utils.functions import NoValue
from utils.watching import Watched

# --- a line, and its data in shards ---


@dataclass(frozen=True)
class Shard:
    """The examples of one worker, and the gradient of their mean squared error for ŷ = wx + b.

    xs, ys: shape (n,), n ≥ 1.
    """

    xs: np.ndarray
    ys: np.ndarray

    def __len__(self) -> int:
        return len(self.xs)

    @cached_property
    def bowl(self) -> tuple[np.ndarray, np.ndarray]:
        """H and c with gradient = H (w, b) − c: shapes (2, 2) and (2,)."""
        table = np.column_stack([self.xs, np.ones(len(self))])
        return 2 * table.T @ table / len(self), 2 * table.T @ self.ys / len(self)

    def gradient(self, weights: np.ndarray) -> np.ndarray:
        """(∂L/∂w, ∂L/∂b) at weights (w, b), shape (2,)."""
        curvature, pull = self.bowl
        return curvature @ weights - pull

    def loss(self, weights: np.ndarray) -> float:
        """The mean squared error."""
        return float(np.mean((weights[0] * self.xs + weights[1] - self.ys) ** 2))

    @cached_property
    def best(self) -> np.ndarray:
        """The weights of the lowest loss; the smallest of them where there are many."""
        return np.linalg.lstsq(*self.bowl, rcond=None)[0]

    def split(self, first: int) -> tuple[Shard, Shard]:
        """The first examples, and the rest."""
        return (
            Shard(self.xs[:first], self.ys[:first]),
            Shard(self.xs[first:], self.ys[first:]),
        )


def weighted_mean(gradients: Sequence[np.ndarray], sizes: Sequence[int]) -> np.ndarray:
    """The mean in which each worker counts by the number of its examples."""
    return np.average(np.array(gradients), axis=0, weights=np.array(sizes, float))


@lru_cache(maxsize=1)
def kettle() -> Shard:
    """Forbes' table, coldest first: °C above the mean and hPa."""
    celsius, pressure = data.boiling_point()
    order = np.argsort(celsius, kind="stable")
    return Shard((celsius - celsius.mean())[order], pressure[order])


def as_data(xs: Sequence[float] | None, ys: Sequence[float] | None) -> tuple[Shard, bool]:
    """A learner's data in the order of x, or the table of the kettle; and whether it is a table.

    Raises NoValue, in a sentence for learners, where no line can be fitted.
    """
    if xs is None and ys is None:
        return kettle(), True
    try:
        x, y = (np.asarray(v, float).ravel() for v in (xs, ys))
    except (TypeError, ValueError):
        raise NoValue("xs and ys have to be two lists of numbers.") from None
    if len(x) != len(y) or len(x) < 2:
        raise NoValue("xs and ys need two numbers or more, and as many of the one as the other.")
    if not (np.isfinite(x).all() and np.isfinite(y).all()) or np.ptp(x) == 0 or np.ptp(y) == 0:
        raise NoValue("xs and ys need finite numbers that are not all the same.")
    order = np.argsort(x, kind="stable")
    return Shard(x[order], y[order]), False


# --- the ring ---


def ring_holdings(workers: int, step: int) -> list[list[frozenset[int]]]:
    """Whose numbers are in chunk c of worker k after so many steps: holdings[k][c].

    In each of the first N − 1 steps worker k passes chunk k − s on, and the next one adds it to its
    own; in each of the last N − 1 the complete chunks are passed on and replace what was there.
    """
    holds = [[frozenset({k}) for _ in range(workers)] for k in range(workers)]
    for s in range(step):
        before = [list(row) for row in holds]
        for k, c in ring_messages(workers, s):
            target = (k + 1) % workers
            adding = s < workers - 1
            holds[target][c] = before[k][c] | (before[target][c] if adding else frozenset())
    return holds


def ring_messages(workers: int, step: int) -> list[tuple[int, int]]:
    """Who sends which chunk to the next worker in a step, counted from 0: pairs (worker, chunk)."""
    if step >= 2 * (workers - 1):
        return []
    shift = step if step < workers - 1 else step - workers
    return [(k, (k - shift) % workers) for k in range(workers)]


def ring_bytes(workers: int, size: float) -> float:
    """What each worker sends in all, in the unit of size: 2(N − 1)/N of the gradient."""
    return 2 * (workers - 1) / workers * size


# --- drifting apart ---


def local_steps(
    shards: Sequence[Shard], start: np.ndarray, eta: float, steps: int, exchanges: int
) -> tuple[np.ndarray, np.ndarray]:
    """Workers that step alone and then take the mean of their weights, weighted by their examples.

    Returns the common weights, shape (exchanges + 1, 2), and the ways, shape (workers, exchanges,
    steps + 1, 2).
    """
    common = [np.asarray(start, float)]
    ways = np.zeros((len(shards), exchanges, steps + 1, 2))
    for e in range(exchanges):
        for k, shard in enumerate(shards):
            ways[k, e, 0] = common[-1]
            for s in range(steps):
                ways[k, e, s + 1] = ways[k, e, s] - eta * shard.gradient(ways[k, e, s])
        common.append(weighted_mean(list(ways[:, e, -1]), [len(shard) for shard in shards]))
    return np.array(common), ways


# --- what it costs ---


BYTES = 4  # of a parameter, as a 32-bit float
LATENCY = 1e-5  # seconds until a message arrives, however short
EXAMPLES_PER_SECOND = 219.0  # ResNet-50 on one P100, batch 64: TensorFlow benchmarks, May 2017
# Scaling efficiency that was measured: workers, share, what, and where it was published.
PUBLISHED = (
    (256, 0.90, "Goyal et al. 2017, arXiv:1706.02677"),
    (512, 0.90, "Horovod benchmarks, Inception V3"),
    (512, 0.68, "Horovod benchmarks, VGG-16"),
    (1024, 0.80, "Akiba et al. 2017, arXiv:1711.04325"),
    (1088, 0.9162, "Mikami et al. 2018, arXiv:1811.05233"),
)


@dataclass(frozen=True)
class Cost:
    """The seconds of one training step with many workers, computed first and exchanged after.

    computing: for each worker's own batch. sending: the bytes through the ring. waiting: the
    latency of its messages.
    """

    workers: int
    computing: float
    sending: float
    waiting: float

    @property
    def talking(self) -> float:
        """Sending and waiting."""
        return self.sending + self.waiting

    @property
    def step(self) -> float:
        """All of it."""
        return self.computing + self.talking

    @property
    def efficiency(self) -> float:
        """The share of the step in which a worker computes."""
        return self.computing / self.step

    @property
    def speed_up(self) -> float:
        """How many workers that never talk would do as much."""
        return self.workers * self.efficiency


def cost(
    workers: int,
    parameters: float,
    gbits: float,
    batch: float,
    examples_per_second: float = EXAMPLES_PER_SECOND,
    latency: float = LATENCY,
) -> Cost:
    """The cost of one step: a ring all-reduce of all gradients after the computing.

    gbits: bandwidth between neighbours in Gbit/s. batch: examples of each worker.
    """
    seconds = ring_bytes(workers, BYTES * parameters) / (gbits * 1e9 / 8)
    return Cost(workers, batch / examples_per_second, seconds, 2 * (workers - 1) * latency)


# --- a learner's step of one worker, rehearsed ---


class _Waiting(BaseException):
    """A worker has come to an exchange whose outcome is not known yet.

    A `BaseException`, so that `except Exception` in the learner's code does not hold it.
    """


@dataclass
class _Part:
    """One worker in a rehearsal: what it brings to each exchange, and what all brought so far.

    given: what each worker brought to each exchange that is over, in their order. It stands in for
    `torch.distributed` while its step runs.
    """

    rank: int
    workers: int
    given: list[list[Any]]
    brought: list[Any]

    def _all(self, tensor: Any) -> list[Any]:
        import torch

        if not isinstance(tensor, torch.Tensor):
            raise TypeError(f"an exchange takes a tensor, not {type(tensor).__name__}")
        self.brought.append(tensor.detach().clone())
        if len(self.brought) > len(self.given):
            raise _Waiting
        return self.given[len(self.brought) - 1]

    def all_reduce(self, tensor: Any, op: Any = None, group: Any = None, async_op: Any = 0) -> Any:
        import torch

        all_of_them = torch.stack(self._all(tensor))
        names = {"SUM": torch.sum, "PRODUCT": torch.prod, "MIN": torch.amin, "MAX": torch.amax}
        asked = "SUM" if op is None else str(op).rpartition(".")[2]
        if asked not in names:
            raise RuntimeError(f"Cannot use ReduceOp.{asked} with Gloo")
        tensor.data.copy_(names[asked](all_of_them, dim=0))
        return _Done() if async_op else None

    def all_gather(self, tensors: Any, tensor: Any, group: Any = None, async_op: Any = 0) -> Any:
        for place, brought in zip(tensors, self._all(tensor), strict=True):
            place.data.copy_(brought)
        return _Done() if async_op else None

    def broadcast(self, tensor: Any, src: int = 0, group: Any = None, async_op: Any = 0) -> Any:
        tensor.data.copy_(self._all(tensor)[src])
        return _Done() if async_op else None

    def barrier(self, *_: Any, **__: Any) -> None:
        """All are here, since they walk in step."""

    def get_rank(self, group: Any = None) -> int:
        return self.rank

    def get_world_size(self, group: Any = None) -> int:
        return self.workers

    def is_initialized(self) -> bool:
        return True

    @contextmanager
    def on_stage(self) -> Iterator[None]:
        """Answer in the place of `torch.distributed`."""
        import torch.distributed as dist

        names = ("all_reduce", "all_gather", "broadcast", "barrier")
        names += ("get_rank", "get_world_size", "is_initialized")
        kept = {name: getattr(dist, name) for name in names}
        try:
            for name in names:
                setattr(dist, name, getattr(self, name))
            yield
        finally:
            for name, function in kept.items():
                setattr(dist, name, function)


class _Done:
    """What an exchange hands back that was not to be waited for."""

    def wait(self, *_: Any) -> bool:
        return True


def rehearse(
    step: Callable[..., Any], places: Sequence[Any], shards: Sequence[Any], eta: float
) -> tuple[list[Any], list[Any]]:
    """One step of all workers, in one process: what each gives back, and what the first brought.

    Each runs until it needs what the others bring, and again from the start when that is known. So
    a step has to do the same each time. Raises RuntimeError where not all come to an exchange.
    """
    given: list[list[Any]] = []
    while True:
        parts = [_Part(rank, len(shards), given, []) for rank in range(len(shards))]
        ends, waiting = [], []
        for part, place, (xs, ys) in zip(parts, places, shards, strict=True):
            with part.on_stage():
                try:
                    ends.append(step(place.clone(), xs.clone(), ys.clone(), eta))
                except _Waiting:
                    waiting.append(part)
        if not waiting:
            return ends, parts[0].brought
        if ends:
            raise RuntimeError(
                "some workers came to an exchange that the others left out, and would wait for "
                "them until their patience ends"
            )
        if len({part.brought[-1].shape for part in parts}) > 1:
            raise RuntimeError("the workers brought different counts of numbers to an exchange")
        given.append([part.brought[-1] for part in parts])


# Why workers stand at different places: what a rehearsal says last of all.
AGREE, SILENT, SINGLE, APART = 0, 1, 2, 3


class WatchedStep(Watched):
    """A learner's step of one worker, which several workers take together, each on its own rows.

    Called with shards, a learning rate and a number of steps, it returns w and b of every worker,
    and then whether all AGREE, or if not: nothing was exchanged (SILENT), nothing but single
    numbers (SINGLE), or more (APART).
    """

    shown = (((np.array([1.0, 2.0]), np.array([5.0, 8.0])),) * 2, 0.05, 1)
    takes = ("weights", "xs", "ys", "eta")
    noun = "step"

    def __call__(self, shards: Sequence[Any], eta: float, steps: int) -> Any:
        places, messages = self.walk(shards, eta, steps)
        if places is None:
            return None
        flat = [number for place in places for number in place]
        pairs = zip(flat, flat[2:], strict=False)
        if all(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-12) for a, b in pairs):
            return [*flat, AGREE]
        most = max(messages, default=0)
        return [*flat, SILENT if most == 0 else SINGLE if most == 1 else APART]

    @staticmethod
    def told(values: Sequence[float]) -> str:
        places = [
            f"({numerals.number(w, 5)}, {numerals.number(b, 5)})"
            for w, b in zip(values[0:4:2], values[1:4:2], strict=True)
        ]
        return f"leaves the first two workers at (w, b) = {' and '.join(places)}"

    def run(self, *settings: Any) -> tuple[float, list[str]]:
        places, messages = self.walk(*settings)
        names = [f"an exchange of {n} number{'s' if n != 1 else ''}" for n in messages]
        return math.nan if places is None else places[0][0], names

    def walk(
        self, shards: Sequence[Any], eta: float, steps: int
    ) -> tuple[list[list[float]] | None, list[int]]:
        """Where each worker ends, or None, and how many numbers the first brought to exchanges."""
        import torch

        rows = [(torch.tensor(x), torch.tensor(y)) for x, y in shards]
        places = [torch.zeros(2, dtype=torch.float64) for _ in shards]
        sizes: list[int] = []
        for _ in range(steps):
            ends, brought = rehearse(self.train, places, rows, eta)
            if any(end is None or end is Ellipsis for end in ends):
                return None, sizes
            places = [torch.as_tensor(end, dtype=torch.float64).detach() for end in ends]
            if any(place.shape != (2,) for place in places):
                raise ValueError("a step gives back two numbers, the new w and b")
            sizes += [tensor.numel() for tensor in brought]
        return [place.tolist() for place in places], sizes
