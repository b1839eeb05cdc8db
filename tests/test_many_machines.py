"""Chapter 17: the sum rule in shards, the ring, the cost model, and workers that end in time."""

import json
import math
import os
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import sympy
import torch
import torch.distributed as dist
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.answers import many_machines as answers
from utils import workers
from utils.explorers.many_machines import (
    RING,
    explore_cost,
    explore_drift,
    explore_ring,
    explore_shards,
)
from utils.models.many_machines import (
    PUBLISHED,
    Shard,
    WatchedStep,
    cost,
    kettle,
    local_steps,
    ring_bytes,
    ring_holdings,
    ring_messages,
    weighted_mean,
)
from utils.stage import Apology
from utils.workers import checkpoint, train
from utils.workers.train import alone, mean_gradient, rows_of

QUICK = settings(max_examples=30, deadline=None)
WHOLE = kettle()
LIMIT = 50.0  # seconds for real workers on a busy machine; they need a few

whole_numbers = st.integers(-9, 9).map(float)
CUT_DATA = st.lists(
    st.lists(st.tuples(whole_numbers, whole_numbers), min_size=1, max_size=5),
    min_size=1,
    max_size=5,
)


def shards(parts) -> list[Shard]:
    return [Shard(*np.array(part).T) for part in parts]


# --- the sum rule ---


def test_the_gradient_of_a_shard_by_sympy() -> None:
    w, b = sympy.symbols("w b")
    xs, ys = WHOLE.xs[:4], WHOLE.ys[:4]
    loss = sum((w * x + b - y) ** 2 for x, y in zip(xs, ys, strict=True)) / 4
    exact = sympy.lambdify((w, b), [sympy.diff(loss, w), sympy.diff(loss, b)])
    for place in [(0.0, 0.0), (20.0, 840.0), (-3.5, 900.0)]:
        assert Shard(xs, ys).gradient(np.array(place)) == pytest.approx(exact(*place), rel=1e-9)


@given(CUT_DATA, whole_numbers, whole_numbers)
@QUICK
def test_the_weighted_mean_of_any_shards_is_the_gradient_of_all(parts, w, b) -> None:
    cut = shards(parts)
    everything = Shard(*(np.concatenate(v) for v in zip(*[(s.xs, s.ys) for s in cut], strict=True)))
    place = np.array([w, b])
    combined = weighted_mean([s.gradient(place) for s in cut], [len(s) for s in cut])
    assert combined == pytest.approx(everything.gradient(place), rel=1e-12, abs=1e-9)


def test_the_plain_mean_is_exact_only_for_equal_shards() -> None:
    place = np.array([20.0, 840.0])
    for first in range(1, 16):
        part = Shard(WHOLE.xs[:16], WHOLE.ys[:16])
        one, two = (s.gradient(place) for s in part.split(first))
        same = np.allclose((one + two) / 2, part.gradient(place), rtol=1e-9)
        assert same == (first == 8)


def test_weights_averaged_after_each_step_are_one_process() -> None:
    start = np.array([14.0, 800.0])
    together, _ = local_steps(WHOLE.split(5), start, 0.02, 1, 30)
    alone, _ = local_steps([WHOLE], start, 0.02, 1, 30)
    assert together == pytest.approx(alone, rel=1e-12)
    late, _ = local_steps(WHOLE.split(9), start, 0.02, 60, 60)
    assert late[-1] == pytest.approx(late[-10], abs=1e-3)  # at rest
    assert WHOLE.loss(late[-1]) > WHOLE.loss(WHOLE.best) + 10


# --- the ring ---


@pytest.mark.parametrize("count", [2, 3, 4, 5, 6])
def test_the_ring_ends_with_the_sum_everywhere(count: int) -> None:
    sent = [0] * count
    for step in range(2 * (count - 1)):
        holds = ring_holdings(count, step)
        messages = ring_messages(count, step)
        assert sorted(k for k, _ in messages) == list(range(count))
        for k, c in messages:
            sent[k] += 1
            mine, theirs = holds[k][c], holds[(k + 1) % count][c]
            if step < count - 1:
                assert not mine & theirs, "added twice"
            else:
                assert len(mine) == count, "an incomplete chunk goes round"
    assert ring_messages(count, 2 * (count - 1)) == []
    assert all(len(chunk) == count for row in ring_holdings(count, 2 * count - 2) for chunk in row)
    assert [n / count for n in sent] == pytest.approx([ring_bytes(count, 1)] * count)


# --- cost ---


def test_the_cost_model_by_hand_and_against_measurements() -> None:
    here = cost(1000, 25e6, 10, 64)
    assert here.computing == pytest.approx(64 / 219)
    assert here.sending == pytest.approx(2 * 999 / 1000 * 100e6 / 1.25e9)
    assert here.waiting == pytest.approx(2 * 999 * 1e-5)
    assert here.speed_up == pytest.approx(1000 * here.efficiency)
    assert cost(1, 25e6, 10, 64).efficiency == 1
    # Horovod: 128 servers, 25 Gbit/s. Computing and talking one after the other is the worst case.
    for parameters, images, measured in [(27.2e6, 142, 0.90), (138.4e6, 154, 0.68)]:
        modelled = cost(128, parameters, 25, 64, images).efficiency
        assert measured - 0.2 < modelled < measured
    assert all(0 < share < 1 and count <= 10_000 for count, share, _ in PUBLISHED)


@pytest.mark.parametrize("count", [1, 2, 4, 7])
def test_every_row_has_one_worker(count: int) -> None:
    rows = [rows_of(rank, count, 17) for rank in range(count)]
    assert sorted(np.concatenate(rows).tolist()) == list(range(17))
    assert max(map(len, rows)) - min(map(len, rows)) <= 1


# --- the figures say what is so ---


def test_a_cost_that_reads_ninety_per_cent_is_one() -> None:
    """Else a learner reads 90 %, and is told that it is not."""
    stage = explore_cost()
    for batch in stage.controls["batch"].values:
        said = stage.set(batch=batch).sentence
        shown = int(said.rpartition("efficiency ")[2].removesuffix(" %."))
        assert (shown >= 90) == (cost(1000, 25e6, 10, batch).efficiency >= 0.9)


def test_the_sliders_of_the_cost_hold_what_the_lesson_computes_with() -> None:
    at_first = explore_cost().values
    assert at_first == pytest.approx({"workers": 1000, "million": 25, "gbits": 10, "batch": 64})
    for name, ends in {"million": (5, 500), "gbits": (5, 400), "batch": (8, 1024)}.items():
        for end in ends:  # what older notebooks could set
            assert explore_cost().set(**{name: end}).values[name] == pytest.approx(end, rel=0.13)


def test_every_example_has_the_colour_of_its_worker() -> None:
    for first in (3, 9, 14):
        marks = explore_shards(first=first).scene.marks
        for k in range(17):
            mine, theirs = (marks[f"example {k + 1} of {worker}"].x for worker in (1, 2))
            assert math.isnan(theirs if k < first else mine)
            assert (mine if k < first else theirs) == WHOLE.xs[k]


@pytest.mark.parametrize("count", [2, 4, 6])
def test_messages_go_round_the_ring_from_each_worker_to_the_next(count: int) -> None:
    stage = explore_ring(count)
    marks = stage.scene.marks

    def on_circle(place) -> np.ndarray:
        return (np.array(place) - RING[0]) / RING[1]

    rows = [[marks[f"holds {k} {c}"] for c in range(count)] for k in range(count)]
    workers = [on_circle(np.mean([(text.x, text.y) for text in row], axis=0)) for row in rows]
    assert np.hypot(*np.transpose(workers)) == pytest.approx([1] * count)
    for k in range(count):
        message = marks[f"message {k + 1}"]
        nearest = [
            int(np.argmin([np.hypot(*(on_circle(end) - worker)) for worker in workers]))
            for end in (message.start, message.end)
        ]
        assert nearest == [k, (k + 1) % count]
        sent = marks[f"chunk sent by {k + 1}"].text
        assert sent in [text.text for text in rows[k]]  # the letters travel


def test_figures_at_their_ends() -> None:
    for stage in (explore_shards(), explore_ring(3), explore_drift(), explore_cost()):
        for at in (0, -1):
            values = {name: control.values[at] for name, control in stage.controls.items()}
            seen = stage.set(**values).scene
            assert "Error" not in seen.sentence and "nan" not in seen.sentence
            for mark in seen.marks.values():
                assert not np.isinf(np.array(mark.coordinates(), float)).any()
    assert "agrees" not in explore_shards(first=3).sentence
    whole, parts = explore_shards(first=3), explore_shards(first=3, means=False)
    assert whole.sentence.startswith(parts.sentence) and "mean" not in parts.sentence
    assert whole.scene.marks.keys() - parts.scene.marks.keys() == {
        *("between", "gradient of all", "plain mean", "weighted mean")
    }
    even = explore_shards([1, 2, 3, 4], [2, 1, 5, 4], first=2)
    assert "both means agree" in even.sentence
    assert isinstance(explore_shards([1, 1], [2, 3]), Apology)
    assert isinstance(explore_ring(9), Apology)


# --- a step that somebody else has written ---

STEPS = {
    *("one_message", "by_backward", "weighted_weights", "all_gathered", "mean_over_workers"),
    *("own_rows", "loss_all_round", "step_before", "sum_of_weights"),
}
ALL_STEPS = """
import json, os, sys
import torch.distributed as dist
from tests.answers import many_machines as answers
from utils.workers.train import train_with

folder, *names = sys.argv[1:]
rank = int(os.environ["RANK"])
dist.init_process_group("gloo", store=dist.FileStore(folder + "/meet", 2), rank=rank, world_size=2)
found = {name: train_with(getattr(answers, name), 5, 0.02, lambda k: None)[0] for name in names}
with open(f"{folder}/{rank}.json", "w") as file:
    json.dump(found, file)
dist.barrier()
dist.destroy_process_group()
"""


def test_a_rehearsed_step_does_what_real_processes_do(tmp_path: Path) -> None:
    names = sorted(STEPS)
    started = [
        subprocess.Popen(
            [sys.executable, "-W", "ignore", "-c", ALL_STEPS, str(tmp_path), *names],
            env=workers.surroundings(tmp_path) | {"RANK": str(rank)},
            cwd=Path(__file__).resolve().parents[1],
        )
        for rank in (0, 1)
    ]
    try:
        assert [process.wait(LIMIT) for process in started] == [0, 0]
    finally:
        for process in started:
            process.kill()
            process.wait()
    real = [json.loads((tmp_path / f"{rank}.json").read_text()) for rank in (0, 1)]
    xs, ys = (tensor.numpy() for tensor in train.kettle())
    shards = [(xs[rows], ys[rows]) for rows in (rows_of(k, 2, len(xs)) for k in (0, 1))]
    for name in names:
        places, _ = WatchedStep(getattr(answers, name)).walk(shards, 0.02, 5)
        assert places == [pytest.approx(told[name], rel=1e-12) for told in real], name


def test_a_rehearsal_finds_who_leaves_an_exchange_out_and_tidies_up() -> None:
    before = vars(dist)["all_reduce"], vars(dist)["get_rank"]
    shards = WatchedStep.shown[0]
    with pytest.raises(RuntimeError, match="left out"):
        WatchedStep(answers.only_the_first)(shards, 0.1, 1)

    def impatient(weights, xs, ys, eta):
        dist.all_reduce(weights, op=dist.ReduceOp.AVG)
        return weights

    with pytest.raises(RuntimeError, match="AVG"):  # as gloo says it
        WatchedStep(impatient)(shards, 0.1, 1)
    assert repr(WatchedStep(answers.two_messages)) == (
        "an exchange of 2 numbers → an exchange of 1 number"
    )
    assert (vars(dist)["all_reduce"], vars(dist)["get_rank"]) == before


def test_a_worker_file_holds_the_step_and_nothing_is_started_without_one() -> None:
    text = workers.worker_file(answers.one_message)
    compile(text, "my_worker.py", "exec")
    assert "dist.all_reduce(mine)" in text and "main(one_message)" in text
    for no_step in (answers.gives_nothing_back, lambda weights, xs, ys, eta: weights, 3):
        with pytest.raises(ValueError):
            workers.worker_file(no_step)
    unfinished = workers.train_together(2, step=answers.gives_nothing_back)
    assert not unfinished.ok and "no worker was started" in str(unfinished)


def knows_too_much(weights, xs, ys, eta):
    return weights - eta * mean_gradient(weights, xs, ys) * len(WHOLE)


def test_a_step_that_needs_more_than_its_file_says_so(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    told = workers.train_together(2, step=knows_too_much, launcher="plain", seconds=LIMIT)
    assert not told.ok and "NameError: name 'WHOLE' is not defined" in str(told)
    assert not list(tmp_path.iterdir())  # what stands where a learner works is left alone


# --- checkpoints ---


def test_a_run_that_lost_a_worker_ends_where_it_would_have_ended() -> None:
    again = workers.train_together(
        2, steps=30, eta=0.01, save_every=10, restarts=1, lose=(1, 25),
        launcher="plain", seconds=LIMIT,
    )  # fmt: skip
    assert [(worker.restarts, worker.began) for worker in again.workers] == [(1, 20), (1, 20)]
    never_lost = alone(30, 0.01, momentum=0.9)
    assert again.weights("momentum") == pytest.approx(np.array([never_lost] * 2), rel=1e-12)


def test_a_checkpoint_holds_all_that_is_needed_and_outlives_a_failed_save(
    tmp_path: Path, monkeypatch
) -> None:
    path = tmp_path / "checkpoint.pt"
    assert checkpoint.load(path)[0] == 0
    weights, velocity = torch.tensor([1.0, -2.0]), torch.tensor([0.25, 3.0])
    checkpoint.save(path, 7, weights, velocity)

    def half(whole, to) -> None:
        to.write_bytes(b"half of it")
        raise OSError("no room")

    monkeypatch.setattr(torch, "save", half)
    with pytest.raises(OSError):
        checkpoint.save(path, 8, 2 * weights, velocity)
    step, *kept = checkpoint.load(path)
    assert step == 7 and torch.equal(kept[0], weights) and torch.equal(kept[1], velocity)


# --- real workers ---


def test_a_killed_worker_ends_the_others_under_torchrun() -> None:
    lost = workers.train_together(2, lose=(1, 4), seconds=LIMIT)
    assert lost.in_time and not lost.ok
    assert [worker.finished for worker in lost.workers] == [3, 3]
    assert [worker.stopped for worker in lost.workers] == ["a neighbour is gone", "lost"]
    with pytest.raises(RuntimeError, match="worker 1"):
        lost.weights()


def test_a_silent_worker_and_one_killed_from_outside(tmp_path: Path) -> None:
    """Worker 1 falls silent and worker 0's patience ends; of the next two, one is killed."""
    silent = workers.train_together(2, hang=(1, 3), patience=1.0, launcher="plain", seconds=LIMIT)
    assert silent.in_time
    assert [worker.stopped for worker in silent.workers] == ["no answer in time", "silent"]

    running = [
        subprocess.Popen(
            [sys.executable, "-m", workers.MODULE, "--steps", "1000000000"],
            env=workers.surroundings(tmp_path) | {"RANK": str(rank), "WORLD_SIZE": "2"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for rank in (0, 1)
    ]
    try:
        end = time.monotonic() + LIMIT
        while not (tmp_path / "worker_1.met").exists() and time.monotonic() < end:
            time.sleep(0.05)
        running[1].kill()
        assert running[0].wait(20) == 18  # NO_ANSWER
    finally:
        for process in running:
            process.kill()
            process.wait()


def test_nothing_outlives_its_limit() -> None:
    started = time.monotonic()
    late = workers.train_together(2, seconds=0.5)
    assert time.monotonic() - started < 0.5 + 3 * workers.GRACE
    assert not late.in_time and not late.ok
    assert "The time was up" in str(late)


@pytest.mark.parametrize(("count", "launcher"), [(0, "torchrun"), (99, "torchrun"), (2, "mpi")])
def test_a_wrong_order_is_refused(count: int, launcher: str) -> None:
    with pytest.raises(ValueError):
        workers.train_together(count, launcher=launcher)


def test_workers_stay_on_this_computer(tmp_path: Path) -> None:
    command = workers.torchrun(2)
    assert command[command.index("--rdzv-endpoint") + 1].startswith("127.0.0.1")
    assert command[command.index("--local-addr") + 1] == "127.0.0.1"
    if os.name == "posix":
        assert workers.surroundings(tmp_path)["GLOO_SOCKET_IFNAME"] in ("lo", "lo0")


def test_numbers_too_large_are_said_in_words() -> None:
    told = workers.Worker(0, 4, 10, {"sum": [math.inf, 1e200]}, "")
    assert str(told).endswith("the weights have blown up")
