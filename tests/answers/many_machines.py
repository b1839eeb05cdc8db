"""Answers to the questions of chapter 17, right ones in several styles and wrong ones."""

import math

import numpy as np
import torch
import torch.distributed as dist

from utils.explorers.many_machines import explore_cost, explore_drift
from utils.questions.many_machines import (
    as_fast,
    in_proportion,
    meet_at_the_end,
    one_by_one,
    soonest,
    train_with,
)
from utils.workers.train import mean_gradient


def gradient(w, b, xs, ys):
    """As the exercises give it."""
    r = w * xs + b - ys
    return 2 * np.array([np.mean(r * xs), np.mean(r)])


# --- exercise 2 ---


def by_loop(gradients, sizes):
    """Number by number, without NumPy."""
    total = [0.0] * len(gradients[0])
    for n, g in zip(sizes, gradients, strict=True):
        for k, value in enumerate(g):
            total[k] += n * float(value)
    return [value / sum(sizes) for value in total]


def by_shares(gradients, sizes):
    """Shares that add up to one, and a matrix product."""
    return np.array(sizes) / np.sum(sizes) @ np.stack(gradients)


# --- exercise 7 ---


def all_together(shards, eta, steps):
    """What one worker with all rows does."""
    xs = np.concatenate([x for x, _ in shards])
    ys = np.concatenate([y for _, y in shards])
    weights = np.zeros(2)
    for _ in range(steps):
        weights -= eta * gradient(*weights, xs, ys)
    return weights


def with_sums(shards, eta, steps):
    """Sums travel, and one division at the end."""
    w = b = 0.0
    count = sum(len(x) for x, _ in shards)
    for _ in range(steps):
        dw = sum(float(np.sum(2 * (w * x + b - y) * x)) for x, y in shards)
        db = sum(float(np.sum(2 * (w * x + b - y))) for x, y in shards)
        w, b = w - eta * dw / count, b - eta * db / count
    return [w, b]


def one_after_the_other(shards, eta, steps):
    """A step for each shard in turn."""
    weights = np.zeros(2)
    for _ in range(steps):
        for x, y in shards:
            weights = weights - eta * gradient(*weights, x, y)
    return weights


def average(batches):
    """One text out of all batches."""
    tokens = [float(loss) for batch in batches for loss in batch]
    return sum(tokens) / len(tokens)


# --- exercise 10 ---


def share_by_time(speeds, delays, examples):
    """Halve an interval of times, cut off, and give the rest to whoever is ready first."""
    speeds, delays = np.array(speeds), np.array(delays)
    low, high = 0.0, 1e4
    for _ in range(100):
        middle = (low + high) / 2
        enough = np.sum(speeds * np.maximum(middle - delays, 0)) >= examples
        low, high = (low, middle) if enough else (middle, high)
    counts = np.floor(speeds * np.maximum(low - delays, 0))
    while counts.sum() < examples:
        counts[np.argmin(delays + (counts + 1) / speeds)] += 1
    return counts


def share_by_swaps(speeds, delays, examples):
    """Start evenly, and hand over from the last to be ready to the first."""
    counts = np.full(4, examples // 4)
    counts[0] += examples - counts.sum()
    for amount in (64, 16, 4, 1):
        for _ in range(2000):
            ends = np.where(counts > 0, delays + counts / np.array(speeds), 0)
            late = int(np.argmax(ends))
            early = int(np.argmin(delays + (counts + amount) / np.array(speeds)))
            if delays[early] + (counts[early] + amount) / speeds[early] >= ends[late]:
                break
            moved = min(amount, counts[late])
            counts[late] -= moved
            counts[early] += moved
    return counts.tolist()


def share_rounded(speeds, delays, examples):
    """Good times, each rounded by itself."""
    end = soonest(speeds, delays, examples)
    return [int(s * max(end - d, 0)) for s, d in zip(speeds, delays, strict=True)]


# --- exercise 11 ---


def one_message(weights, xs, ys, eta):
    """The number of rows travels along."""
    mine = torch.cat([len(xs) * mean_gradient(weights, xs, ys), torch.tensor([float(len(xs))])])
    dist.all_reduce(mine)
    return weights - eta * mine[:2] / mine[2]


def two_messages(weights, xs, ys, eta):
    """Sums by hand, without autograd."""
    r = weights[0] * xs + weights[1] - ys
    total = 2 * torch.stack([torch.sum(r * xs), torch.sum(r)])
    rows = torch.tensor(len(xs))
    dist.all_reduce(total)
    dist.all_reduce(rows)
    return weights - eta * total / rows


def by_backward(weights, xs, ys, eta):
    """As in the training loop of chapter 15, the gradient in .grad and weights moved in place."""
    rows = torch.tensor(float(len(xs)), dtype=torch.float64)
    dist.all_reduce(rows)
    weights.requires_grad_()
    loss = torch.sum((weights[0] * xs + weights[1] - ys) ** 2) / rows
    loss.backward()
    dist.all_reduce(weights.grad)
    with torch.no_grad():
        weights -= eta * weights.grad
    return weights


def weighted_weights(weights, xs, ys, eta):
    """A step alone, then the weighted mean of the weights: after one step that is the same."""
    moved = len(xs) * (weights - eta * mean_gradient(weights, xs, ys))
    rows = torch.tensor([float(len(xs))])
    dist.all_reduce(moved)
    dist.all_reduce(rows)
    return moved / rows


def all_gathered(weights, xs, ys, eta):
    """Everybody hears everything, and adds it up alone."""
    mine = torch.cat([len(xs) * mean_gradient(weights, xs, ys), torch.tensor([float(len(xs))])])
    parts = [torch.zeros_like(mine) for _ in range(dist.get_world_size())]
    dist.all_gather(parts, mine)
    total = sum(parts)
    return weights - eta * total[:2] / total[2]


def mean_over_workers(weights, xs, ys, eta):
    gradient = mean_gradient(weights, xs, ys)
    dist.all_reduce(gradient)
    return weights - eta * gradient / dist.get_world_size()


def mean_of_weights(weights, xs, ys, eta):
    moved = weights - eta * mean_gradient(weights, xs, ys)
    dist.all_reduce(moved)
    return moved / dist.get_world_size()


def not_divided(weights, xs, ys, eta):
    gradient = mean_gradient(weights, xs, ys)
    dist.all_reduce(gradient)
    return weights - eta * gradient


def summed_rows(weights, xs, ys, eta):
    total = len(xs) * mean_gradient(weights, xs, ys)
    dist.all_reduce(total)
    return weights - eta * total


def rows_over_workers(weights, xs, ys, eta):
    total = len(xs) * mean_gradient(weights, xs, ys)
    dist.all_reduce(total)
    return weights - eta * total / dist.get_world_size()


def own_rows(weights, xs, ys, eta):
    total = len(xs) * mean_gradient(weights, xs, ys)
    dist.all_reduce(total)
    return weights - eta * total / len(xs)


def nobody_talks(weights, xs, ys, eta):
    return weights - eta * mean_gradient(weights, xs, ys)


def loss_all_round(weights, xs, ys, eta):
    weights.requires_grad_()
    loss = torch.mean((weights[0] * xs + weights[1] - ys) ** 2)
    dist.all_reduce(loss)
    loss.backward()
    return (weights - eta * weights.grad).detach()


def mean_loss_all_round(weights, xs, ys, eta):
    weights.requires_grad_()
    loss = torch.mean((weights[0] * xs + weights[1] - ys) ** 2)
    dist.all_reduce(loss)
    (loss / dist.get_world_size()).backward()
    return (weights - eta * weights.grad).detach()


def step_before(weights, xs, ys, eta):
    gradient = mean_gradient(weights, xs, ys)
    moved = weights - eta * gradient
    dist.all_reduce(gradient)
    return moved


def sum_of_weights(weights, xs, ys, eta):
    moved = weights - eta * mean_gradient(weights, xs, ys)
    dist.all_reduce(moved)
    return moved


def uphill(weights, xs, ys, eta):
    return 2 * weights - one_message(weights, xs, ys, eta)


def gives_nothing_back(weights, xs, ys, eta):
    weights -= eta * mean_gradient(weights, xs, ys)


def only_the_first(weights, xs, ys, eta):
    gradient = mean_gradient(weights, xs, ys)
    if dist.get_rank() == 0:
        dist.all_reduce(gradient)
    return weights - eta * gradient


RIGHT = {
    "many_machines.predict_message": ["b", "2 numbers"],
    "many_machines.predict_sum": ["a", "add them"],
    "many_machines.predict_uneven": ["b", "B"],
    "many_machines.predict_traffic": ["b", "about two gradients"],
    "many_machines.predict_undivided": ["b", " b "],
    "many_machines.predict_lost": ["b", "(b)"],
    "many_machines.predict_ten_thousand": ["b", "less than half of that"],
    "many_machines.1": [1.25, 5 / 4, np.average([2, -1], weights=[300, 100]), (600 - 100) / 400],
    "many_machines.1b": [-1.6, np.float64(-1.6), (-200 - 400 + 200) / 250],
    "many_machines.3b": [1.4068, 1.41, as_fast(), 1.4],
    "many_machines.10": [one_by_one, share_by_time, share_by_swaps],
    "many_machines.2": [
        by_loop,
        by_shares,
        lambda gradients, sizes: np.average(gradients, axis=0, weights=sizes),
        lambda gradients, sizes: (
            sum(n * g for n, g in zip(sizes, gradients, strict=True)) / sum(sizes)
        ),
    ],
    "many_machines.3": ["2*(N-1)/N*B", "2*(N - 1)*B/N", "2*B - 2*B/N", "2B(1 - 1/N)"],
    "many_machines.4": ["b", "B"],
    "many_machines.5": ["b", "every machine computes on all the data"],
    "many_machines.6": [
        average,
        lambda batches: np.mean(np.concatenate(batches)),
        lambda batches: np.average(
            [np.mean(b) for b in batches], weights=[len(b) for b in batches]
        ),
        lambda batches: sum(b.sum() for b in batches) / sum(b.size for b in batches),
    ],
    "many_machines.7": [all_together, with_sums],
    "many_machines.8": [
        explore_cost().set(batch=512),
        explore_cost().set(batch=360),
        explore_cost().set(batch=352),
        explore_cost(batch=16).set(batch=1024),
    ],
    "many_machines.predict_memory": ["a", "120 GB, as one worker alone"],
    "many_machines.11": [one_message, two_messages, by_backward, weighted_weights, all_gathered],
    "many_machines.12": [5, 5.0, math.ceil(112 / 24), -(-16 * 7 // 24)],
    "many_machines.9": [5, 5.0, 0.4 / (0.05 + 0.03), 0.4 / 0.08],
}

WRONG = {
    "many_machines.predict_memory": [
        ("b", "replicated-not-shared"),
        ("c", "replicated-not-shared"),
        (120, "type"),
        (..., "not-attempted"),
    ],
    "many_machines.11": [
        (mean_over_workers, "mean-of-means"),
        (mean_of_weights, "mean-of-means"),
        (not_divided, "not-divided-by-workers"),
        (summed_rows, "forgotten-mean"),
        (rows_over_workers, "divided-by-the-parts"),
        (own_rows, "own-shard-only"),
        (nobody_talks, "own-shard-only"),
        (loss_all_round, "loss-for-gradient"),
        (mean_loss_all_round, "loss-for-gradient"),
        (step_before, "exchanged-too-late"),
        (sum_of_weights, "weights-averaged-for-gradients"),
        (uphill, "ascent-for-descent"),
        (only_the_first, "error"),
        (lambda weights, xs, ys, eta: weights - eta * xs, "error"),
        (lambda weights, xs, ys, eta: one_message(weights, xs, ys, eta / 2), "wrong"),
        (gives_nothing_back, "type"),
        (lambda weights, xs: weights, "type"),
        (31.87, "point-for-function"),
    ],
    "many_machines.12": [
        (112 / 24, "shares-not-whole"),
        (4, "shares-not-whole"),
        (1, "weights-alone"),
        (7, "replicated-not-shared"),
        (6, "wrong"),
        ("5 GPUs", "type"),
        ([5], "type"),
    ],
    "many_machines.predict_message": [
        ("a", "every-worker-sees-all"),
        ("c", "bias-not-summed"),
        ("d", "every-worker-sees-all"),
        (2, "type"),
        (..., "not-attempted"),
    ],
    "many_machines.predict_sum": [
        ("b", "divided-by-the-parts"),
        ("c", "every-worker-sees-all"),
        (2, "type"),
        (..., "not-attempted"),
    ],
    "many_machines.predict_uneven": [
        ("a", "mean-of-means"),
        ("c", "mean-of-means"),
        (True, "type"),
        (..., "not-attempted"),
    ],
    "many_machines.predict_traffic": [
        ("a", "everything-to-everybody"),
        ("c", "one-message-for-all"),
        (2, "type"),
        (..., "not-attempted"),
    ],
    "many_machines.predict_undivided": [
        ("a", "not-divided-by-workers"),
        ("c", "not-divided-by-workers"),
        ("d", "type"),
        (..., "not-attempted"),
    ],
    "many_machines.predict_lost": [
        ("a", "own-shard-only"),
        ("c", "waits-for-ever"),
        (4, "type"),
        (..., "not-attempted"),
    ],
    "many_machines.predict_ten_thousand": [
        ("a", "linear-speed-up"),
        ("c", "efficiency-for-speed-up"),
        (10_000, "type"),
        (..., "not-attempted"),
    ],
    "many_machines.1": [
        (0.5, "mean-of-means"),
        (1, "not-divided-by-workers"),
        (500, "forgotten-mean"),
        (-0.25, "sizes-swapped"),
        (2, "own-shard-only"),
        (1.2, "wrong"),
        ("1.25", "type"),
        ([2, -1], "type"),
    ],
    "many_machines.1b": [
        (3 * -0.4 - 2 + 4, "mean-of-means"),
        (-400, "forgotten-mean"),
        (500 * -0.4 / 250 - 50 * 2 / 250 + 200 * 4 / 250, "sizes-swapped"),
        (-0.4, "average-of-values"),
        (1.6, "sign-turned"),
        (-1.2, "wrong"),
        ("-1.6", "type"),
    ],
    "many_machines.3b": [
        (as_fast(ring=1023), "half-the-ring"),
        (as_fast(tree=10), "half-the-ring"),
        (as_fast(rate=1e10), "units-mixed"),
        (1.45, "imprecise"),
        (as_fast() * 1e6, "wrong"),
        (25.0, "wrong"),
    ],
    "many_machines.10": [
        (lambda speeds, delays, examples: [examples // 4] * 4, "even-shares"),
        (lambda speeds, delays, examples: in_proportion(speeds, delays, examples),
         "delays-left-out"),
        (lambda speeds, delays, examples: np.array(speeds) / sum(speeds) * examples,
         "delays-left-out"),
        (lambda speeds, delays, examples: in_proportion([1 / s for s in speeds], 0, examples),
         "rise-run-swapped"),
        (lambda speeds, delays, examples: [s * max(soonest(speeds, delays, examples) - d, 0)
                                           for s, d in zip(speeds, delays, strict=True)],
         "shares-not-whole"),
        (share_rounded, "shares-not-whole"),
        (lambda speeds, delays, examples: [0, examples, 0, 0], "wrong"),
        (lambda speeds, delays, examples: [10, 10, 10, 10], "wrong"),
        (lambda speeds, delays, examples: examples, "type"),
        (lambda speeds, delays: [250] * 4, "type"),
    ],
    "many_machines.2": [
        (lambda gradients, sizes: sum(gradients) / len(gradients), "mean-of-means"),
        (lambda gradients, sizes: sum(gradients), "not-divided-by-workers"),
        (lambda gradients, sizes: np.array(sizes) @ np.stack(gradients), "forgotten-mean"),
        (lambda gradients, sizes: np.array(sizes) @ np.stack(gradients) / len(sizes),
         "divided-by-the-parts"),
        (lambda gradients, sizes: gradients[0], "own-shard-only"),
        (lambda gradients, sizes: by_loop(gradients, sizes[::-1]), "sizes-swapped"),
        (lambda gradients, sizes: np.average(gradients, weights=sizes), "error"),
        (lambda gradients, sizes: gradients[np.argmax(sizes)], "wrong"),
        (lambda gradients: sum(gradients), "type"),
        (1.25, "point-for-function"),
    ],
    "many_machines.3": [
        ("(N - 1)*B", "everything-to-everybody"),
        ("B*(N-1)/N", "half-the-ring"),
        ("2*(N-1)*B", "whole-gradient-in-each-message"),
        ("2*B", "one-step-too-many"),
        ("2*N*B/N", "one-step-too-many"),
        ("N*B", "wrong"),
        (2, "point-for-function"),
        ("2*(N-1)/N*bytes", "type"),
    ],
    "many_machines.4": [
        ("a", "rate-blamed"),
        ("c", "every-worker-sees-all"),
        ("d", "different-starts"),
        (8, "type"),
        (None, "not-attempted"),
    ],
    "many_machines.5": [
        ("a", "linear-speed-up"),
        ("c", "different-starts"),
        ("d", "mean-of-means"),
        ("rank", "type"),
        (None, "not-attempted"),
    ],
    "many_machines.6": [
        (lambda batches: np.mean([np.mean(b) for b in batches]), "mean-of-means"),
        (lambda batches: sum(b.sum() for b in batches), "forgotten-mean"),
        (lambda batches: sum(b.sum() for b in batches) / len(batches), "divided-by-the-parts"),
        (lambda batches: sum(b.mean() for b in batches), "not-divided-by-workers"),
        (lambda batches: batches[0].mean(), "own-shard-only"),
        (lambda batches: max(b.mean() for b in batches), "wrong"),
        (lambda batches: np.mean(batches), "error"),
        (lambda batches: [b.mean() for b in batches], "type"),
    ],
    "many_machines.7": [
        (meet_at_the_end(even=False), "weights-averaged-for-gradients"),
        (meet_at_the_end(even=True), "weights-averaged-for-gradients"),
        (train_with(lambda gradients, sizes: np.mean(gradients, axis=0)), "mean-of-means"),
        (train_with(lambda gradients, sizes: np.sum(gradients, axis=0)), "not-divided-by-workers"),
        (lambda shards, eta, steps: all_together(shards[:1], eta, steps), "own-shard-only"),
        (lambda shards, eta, steps: all_together(shards, -eta, steps), "ascent-for-descent"),
        (lambda shards, eta, steps: all_together(shards, eta, steps + 1), "one-step-too-many"),
        (lambda shards, eta, steps: all_together(shards, eta, steps - 1), "one-step-too-many"),
        (lambda shards, eta, steps: with_sums(shards, eta, steps)[::-1], "partials-swapped"),
        (one_after_the_other, "wrong"),
        (lambda shards, eta, steps: 0.0, "type"),
    ],
    "many_machines.8": [
        (explore_cost().set(workers=10), "fewer-workers"),
        (explore_cost().set(workers=100, batch=512), "fewer-workers"),
        (explore_cost().set(gbits=400), "given-changed"),
        (explore_cost().set(million=5, batch=512), "given-changed"),
        (explore_cost().set(batch=128), "wrong"),
        (explore_cost().set(batch=304), "wrong"),
        (explore_cost(), "not-attempted"),
        (explore_drift().set(local=1), "type"),
        (512, "type"),
    ],
    "many_machines.9": [
        (8, "linear-speed-up"),
        (0.625, "efficiency-for-speed-up"),
        (0.4 / (0.43 / 8), "exchange-shared"),
        (0.4 / 0.43, "computing-not-shared"),
        (0.08, "time-for-speed-up"),
        (0.2, "time-for-speed-up"),
        (0.43 / 0.08, "exchange-shared"),
        (5.03, "imprecise"),
        ("5 times", "type"),
    ],
}  # fmt: skip
