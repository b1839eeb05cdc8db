"""Questions of chapter 17: gradients of shards, an all-reduce, lost workers, and what it costs."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from utils.checks import (
    Choice,
    Figure,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.checks.kinds.open_task import Attempt
from utils.models.many_machines import (
    AGREE,
    APART,
    SILENT,
    SINGLE,
    Shard,
    cost,
    weighted_mean,
)
from utils.numerals import number

Data = tuple[np.ndarray, np.ndarray]

SLOPES_1, SIZES_1, TOGETHER_1 = (2.0, -4.0), (200, 50, 250), -0.4  # exercise 1
LATENCY_3, BYTES_PER_SECOND_3, WORKERS_3, ROUNDS_3 = 1e-5, 1.25e9, 1024, 10  # exercise 3
ALONE_9, EXCHANGE_9, WORKERS_9 = 0.40, 0.03, 8  # exercise 9
BILLION_12, ROOM_12 = 7, 24  # exercise 12: parameters, and gigabytes of a GPU
WORKERS_8, MILLION_8, GBITS_8, BUSY_8 = 1000, 25.0, 10.0, 0.90  # exercise 8


def hidden_slope(sizes: Sequence[int] = SIZES_1) -> float:
    """The mean slope of the worker that was not asked, from the mean of all and the other two."""
    parts = sum(n * slope for n, slope in zip(sizes, SLOPES_1, strict=False))
    return (TOGETHER_1 * sum(sizes) - parts) / sizes[2]


def as_fast(
    ring: int = 2 * (WORKERS_3 - 1), tree: int = 2 * ROUNDS_3, rate: float = BYTES_PER_SECOND_3
) -> float:
    """The bytes at which a ring and a tree take equally long, in millions, for so many messages.

    rate: in bytes per second.
    """
    return (ring - tree) * LATENCY_3 * rate / (tree - ring / WORKERS_3) / 1e6


# --- exercise 10: who gets how many examples ---


def ready(counts: Sequence[float], speeds: Sequence[float], delays: Sequence[float]) -> float:
    """When the last worker that has any examples is ready, in seconds."""
    rows = zip(counts, speeds, delays, strict=True)
    return max((delay + n / speed for n, speed, delay in rows if n > 0), default=0.0)


def soonest(speeds: Sequence[float], delays: Sequence[float], examples: int) -> float:
    """The earliest time at which all examples can be done, if they could be cut."""
    low, high = 0.0, max(delays) + examples / min(speeds)
    for _ in range(200):
        middle = (low + high) / 2
        done = sum(s * max(middle - d, 0) for s, d in zip(speeds, delays, strict=True))
        low, high = (middle, high) if done < examples else (low, middle)
    return high


def one_by_one(speeds: Sequence[float], delays: Sequence[float], examples: int) -> list[int]:
    """Each example goes to the worker that would be ready with it first."""
    counts = [0] * len(speeds)
    for _ in range(examples):
        ends = [d + (n + 1) / s for n, s, d in zip(counts, speeds, delays, strict=True)]
        counts[ends.index(min(ends))] += 1
    return counts


def in_proportion(speeds: Sequence[float], delays: Sequence[float], examples: int) -> list[int]:
    """By speed alone, rounded so that nothing gets lost."""
    ends = np.rint(np.cumsum(speeds) / np.sum(speeds) * examples)
    return np.diff(ends, prepend=0).astype(int).tolist()


def _whole(run: Attempt) -> bool:
    """Whole numbers, none below 0, that add up to all examples."""
    return all(n >= 0 and n == round(n) for n in run.result) and sum(run.result) == run.arguments[2]


def _early(run: Attempt) -> bool:
    """Within a hundredth of the earliest time."""
    speeds, delays, examples = run.arguments
    return ready(run.result, speeds, delays) <= 1.01 * soonest(speeds, delays, examples)


def _like(shares: Callable[..., Sequence[float]], slack: float = 1.0) -> Callable[[Attempt], bool]:
    """Whether a run gave out these shares, up to rounding."""
    return lambda run: all(
        abs(n - m) <= slack for n, m in zip(run.result, shares(*run.arguments), strict=True)
    )


def _upside_down(speeds: Sequence[float], delays: Sequence[float], examples: int) -> list[int]:
    """The slow ones get most."""
    return in_proportion([1 / s for s in speeds], delays, examples)


def _evenly(speeds: Sequence[float], delays: Sequence[float], examples: int) -> list[int]:
    return in_proportion([1.0] * len(speeds), delays, examples)


def _cut_examples(speeds: Sequence[float], delays: Sequence[float], examples: int) -> list[float]:
    """As much as each can do until the earliest time, and that is no whole number."""
    end = soonest(speeds, delays, examples)
    return [s * max(end - d, 0.0) for s, d in zip(speeds, delays, strict=True)]


_MACHINES = [
    ([100.0, 200.0, 50.0, 150.0], [0.5, 0.2, 0.1, 0.4], 1000),
    ([400.0, 100.0, 100.0, 60.0], [0.0, 0.3, 0.1, 5.0], 900),
    ([80.0, 120.0, 300.0, 40.0], [1.0, 0.0, 2.0, 0.5], 700),
    ([219.0, 219.0, 90.0, 33.0], [0.4, 1.2, 0.0, 0.2], 2000),
    ([50.0, 75.0, 110.0, 500.0], [0.0, 0.1, 0.6, 2.5], 800),
]


def combine(gradients: Sequence[np.ndarray], sizes: Sequence[int]) -> np.ndarray:
    """The gradient of the mean loss over all examples."""
    return weighted_mean(gradients, sizes)


def mean_loss(batches: Sequence[np.ndarray]) -> float:
    """The mean over all tokens."""
    return float(np.concatenate(batches).mean())


def train(shards: Sequence[Data], eta: float, steps: int) -> np.ndarray:
    """w and b after so many steps of all workers together, from 0 and 0."""
    return train_with(weighted_mean)(shards, eta, steps)


def train_with(
    put_together: Callable[[list[np.ndarray], list[int]], np.ndarray],
) -> Callable[[Sequence[Data], float, int], np.ndarray]:
    """A training loop with a given way to put gradients together."""

    def loop(shards: Sequence[Data], eta: float, steps: int) -> np.ndarray:
        workers = [Shard(x, y) for x, y in shards]
        weights = np.zeros(2)
        for _ in range(steps):
            gradients = [worker.gradient(weights) for worker in workers]
            weights = weights - eta * put_together(gradients, [len(w) for w in workers])
        return weights

    return loop


def meet_at_the_end(even: bool) -> Callable[[Sequence[Data], float, int], np.ndarray]:
    """Each trains alone, then the weights are averaged; evenly, or by the number of examples."""

    def loop(shards: Sequence[Data], eta: float, steps: int) -> np.ndarray:
        ends = [train([shard], eta, steps) for shard in shards]
        return weighted_mean(ends, [1 if even else len(x) for x, _ in shards])

    return loop


def one_step_more(shards: Sequence[Data], eta: float, steps: int) -> np.ndarray:
    """The loop runs once too often."""
    return train(shards, eta, steps + 1)


def one_step_fewer(shards: Sequence[Data], eta: float, steps: int) -> np.ndarray:
    """The loop runs once too seldom."""
    return train(shards, eta, steps - 1)


# --- exercise 11: a step of one worker ---

Places = list[np.ndarray]  # w and b of each worker


def steps_of(
    step: Callable[[Places, Places, np.ndarray, float], Places], exchange: int = AGREE
) -> Callable[[Sequence[Data], float, int], list[float]]:
    """Where all workers end that take this step together, as `WatchedStep` tells it.

    step: from all places, all gradients, the numbers of rows and eta to the new places.
    """

    def loop(shards: Sequence[Data], eta: float, steps: int) -> list[float]:
        workers = [Shard(x, y) for x, y in shards]
        sizes = np.array([len(worker) for worker in workers], float)
        places = [np.zeros(2) for _ in workers]
        for _ in range(steps):
            gradients = [w.gradient(place) for w, place in zip(workers, places, strict=True)]
            places = step(places, gradients, sizes, eta)
        return [*np.concatenate(places).tolist(), exchange]

    return loop


def steps_along(
    direction: Callable[[Places, np.ndarray], np.ndarray],
) -> Callable[[Sequence[Data], float, int], list[float]]:
    """The same, where all step along one direction, made of all gradients and numbers of rows."""
    return steps_of(lambda places, g, sizes, eta: [w - eta * direction(g, sizes) for w in places])


def apart(
    share: Callable[[int], float], exchange: int
) -> Callable[[Sequence[Data], float, int], list[float]]:
    """Each steps along its own gradient, times a share that depends on how many they are."""
    return steps_of(
        lambda places, g, sizes, eta: [
            w - eta * share(len(places)) * own for w, own in zip(places, g, strict=True)
        ],
        exchange,
    )


def all_in_step(shards: Sequence[Data], eta: float, steps: int) -> list[float]:
    """Every worker where one worker with all rows would be, and all agree."""
    return steps_along(lambda gradients, sizes: weighted_mean(gradients, sizes))(shards, eta, steps)


def _sum_of_sums(gradients: Places, sizes: np.ndarray) -> np.ndarray:
    return sizes @ np.array(gradients)


def efficiency_8(values: dict) -> float:
    """The efficiency that the figure of exercise 8 shows."""
    workers = round(values["workers"])
    return cost(workers, 1e6 * values["million"], values["gbits"], values["batch"]).efficiency


def as_given_8(values: dict) -> bool:
    """Whether what cannot be changed was not changed."""
    return (
        round(values["workers"]) == WORKERS_8
        and abs(values["million"] - MILLION_8) < 0.5
        and abs(values["gbits"] - GBITS_8) < 0.5
    )


_START_8 = {"workers": 1000.0, "million": 25.0, "gbits": 10.0, "batch": 64.0}

_SHARDS = [np.array(g, float) for g in ([1, -2], [4, 0.5], [-3, 6], [0.5, 2.5])]
_COMBINE_PROBES = [
    ([_SHARDS[0], _SHARDS[1]], [300, 100]),
    ([_SHARDS[1], _SHARDS[2]], [1, 9]),
    ([_SHARDS[0], _SHARDS[1], _SHARDS[2]], [5, 4, 1]),
    ([_SHARDS[3], _SHARDS[2], _SHARDS[1], _SHARDS[0]], [10, 20, 30, 41]),
    ([np.array([2.0, 2.0, -1.0]), np.array([0.0, 4.0, 7.0])], [12, 5]),
    ([np.array([-1.0, 3.0]), np.array([5.0, 0.0]), np.array([2.0, 1.0])], [2, 3, 8]),
]

_BATCH_PROBES = [
    [np.array([1.0] * 6), np.array([4.0, 4.0])],
    [np.array([2.0]), np.array([1.0, 3.0, 5.0, 0.5])],
    [np.array([0.5, 0.5, 2.0]), np.array([3.0]), np.array([1.0, 4.0])],
    [np.array([7.0, 1.0, 1.0, 1.0]), np.array([2.0, 2.0])],
    [np.array([1.5, 2.5]), np.array([6.0]), np.array([0.1, 0.2, 0.3, 0.4])],
]


def _shards(*parts: list[tuple[float, float]]) -> list[Data]:
    """Points (x, y), worker by worker, as pairs of arrays."""
    return [tuple(np.array(part, float).T) for part in parts]


_TRAIN_PROBES = [
    (_shards([(1, 5), (2, 8)], [(4, 10)]), 0.02, 4),
    (_shards([(1, 2)], [(0, 3), (2, 1), (3, 7)]), 0.05, 3),
    (_shards([(-1, 4), (0, 2), (1, 3)], [(2, 9), (-2, 1)]), 0.05, 6),
    (_shards([(0.5, 1)], [(2, 5), (1, 4)], [(3, 3)]), 0.02, 5),
]


def _what_happens(run: Attempt) -> str:
    """What a run of exercise 10 came to, without the goal."""
    speeds, delays, examples = run.arguments
    if not _whole(run):
        return (
            f"These shares add up to {number(sum(run.result))}, and there are {examples} examples."
        )
    return f"The last machine is ready after {ready(run.result, speeds, delays):.2f} seconds."


QUESTIONS = [
    Question(
        id="many_machines.predict_message",
        title="What has to be sent?",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "16 numbers, the x and the y of its 8 rows",
                "b": "2 numbers",
                "c": "8 numbers, a residual for each row",
                "d": "it cannot be done: a gradient needs all rows in one place",
            },
        ),
        rivals=[
            Rival(
                "every-worker-sees-all",
                "a",
                message="With these the first worker could do everything alone, and nothing would "
                "be shared. But the second one can compute with its own rows, too. Each row adds a "
                "term of its own to the sum. What can the second worker do with its terms before "
                "it sends anything?",
            ),
            Rival(
                "bias-not-summed",
                "c",
                message="The residuals are a part of the work, but a slope for w needs x as well. "
                "And each row's terms, 2rx and 2r, end in one sum each. Who could add them up, "
                "before anything is sent?",
            ),
            Rival(
                "every-worker-sees-all",
                "d",
                message="It looks so, since no worker ever sees the other's rows. But look at the "
                "whole sum, written out: each of its terms belongs to one single row, and its "
                "slope can be computed by the worker that holds it. What is left to do with the "
                "slopes of all the terms?",
            ),
        ],
        hints=[
            "The whole sum is the sum over the first rows plus the sum over the other rows.",
            "Which rule of chapter 05 speaks of a function f + g?",
            "(f + g)′ = f′ + g′, once for w and once for b.",
        ],
        solution='```python\ncheck("many_machines.predict_message", "b")\n```',
        why="The slope of a sum is the sum of the slopes, so each worker can add up its own terms "
        "and send two sums, one for w and one for b.",
        next="With eight million rows it would still be two numbers.",
    ),
    Question(
        id="many_machines.predict_uneven",
        title="The mean of two means",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "yes, a mean of means is a mean",
                "b": "no, since the 5 rows then count as much as the 12",
                "c": "only its sign is wrong",
            },
        ),
        rivals=[
            Rival("mean-of-means", "a"),
            Rival(
                "mean-of-means",
                "c",
                message="A mean of two numbers lies between them, so nothing is turned around: "
                "where both workers find a negative slope, their mean is negative too. What can "
                "go wrong is its size. How much does one of the 5 rows count in it, and how much "
                "one of the 12?",
            ),
        ],
        hints=[
            "Think of two classes, one with a hundred pupils and one with a single pupil.",
            "In the mean of their two means, how much does the single pupil count?",
            "A worker's mean stands for as many examples as it has rows.",
        ],
        solution='```python\ncheck("many_machines.predict_uneven", "b")\n```',
        why="A plain mean of means gives each worker the same weight, so examples of the small "
        "shard count more.",
        next="Multiply each mean by its number of rows first, and the mean is exact.",
    ),
    Question(
        id="many_machines.predict_traffic",
        title="What a thousand workers send",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "a thousand gradients",
                "b": "about two gradients",
                "c": "a thousandth of a gradient",
            },
        ),
        rivals=[
            Rival("everything-to-everybody", "a"),
            Rival("one-message-for-all", "c"),
        ],
        hints=[
            "How many chunks are there with a thousand workers, and how large is one?",
            "Each round has one step fewer than there are workers, and there are two rounds.",
            "2 · 999 messages, each a thousandth of the gradient.",
        ],
        solution="The answer is **b**:\n\n```python\n2 * 999 / 1000\n```",
        why="More workers mean more messages, but smaller ones: 2(N − 1)/N gradients in all.",
        next="The traffic of each worker does not grow with the number of workers.",
    ),
    Question(
        id="many_machines.predict_undivided",
        title="Not divided, with four",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "close as well",
                "b": "the weights blow up",
                "c": "they stay at 0",
            },
        ),
        rivals=[
            Rival(
                "not-divided-by-workers",
                "a",
                message="With two workers the sum is twice the mean, so each step is twice as "
                "long, and that was still short enough. With four it is four times as long. "
                "Chapter 12 has a border, 2 divided by the largest curvature, which is near 0.1 "
                "here. On which side of it is the step now?",
            ),
            Rival(
                "not-divided-by-workers",
                "c",
                message="They stay where they are only if every step is zero, and here every step "
                "is the sum of four gradients that all point the same way. So the steps are "
                "longer than before, not shorter. What does chapter 12 say about steps that are "
                "too long?",
            ),
        ],
        hints=[
            "A sum of N equal gradients is N times their mean.",
            "So the learning rate is in effect N · 0.05.",
            "The border for this data lies near 0.1. Compare 0.2 with it.",
        ],
        solution="The answer is **b**:\n\n```python\n4 * 0.05 > 2 / 19.3\n```",
        why="The step is four times too long, beyond the border, and every step overshoots more.",
        next="Test with more workers than two, or the bug waits for your larger machine.",
    ),
    Question(
        id="many_machines.predict_lost",
        title="A neighbour is gone",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "it goes on with its own rows",
                "b": "it stops at the all-reduce of step 4",
                "c": "it waits for ever",
            },
        ),
        rivals=[
            Rival("own-shard-only", "a"),
            Rival("waits-for-ever", "c"),
        ],
        hints=[
            "What does an all-reduce need before it can give back a sum?",
            "The sum without worker 1 is the gradient of other data.",
            "It cannot finish step 4, and it is told so.",
        ],
        solution='```python\ncheck("many_machines.predict_lost", "b")\n```',
        why="The sum of all needs all. The survivor gets an error in the step that could not be "
        "finished.",
        next="So long runs save their weights every so often, and start again from there.",
    ),
    Question(
        id="many_machines.predict_ten_thousand",
        title="What ten thousand are worth",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "10,000",
                "b": "less than half of that",
                "c": "less than one",
            },
        ),
        rivals=[
            Rival("linear-speed-up", "a"),
            Rival(
                "efficiency-for-speed-up",
                "c",
                message="That would mean that ten thousand do less than one of them alone. Each "
                "still computes for 0.292 s of a step; compare this with the time for sending, "
                "0.160 s, and for the messages, 0.200 s. Which share of a step is spent "
                "computing, and what is 10,000 times that share?",
            ),
        ],
        hints=[
            "Computing takes 64 / 219 seconds. How long does the exchange take?",
            "The sending is about 0.16 s, as for a thousand workers. What about the waiting?",
            "2 · 9,999 messages of 10 millionths of a second each: 0.2 s more.",
        ],
        solution="The answer is **b**:\n\n```python\n64 / 219 / (64 / 219 + 0.16 + 0.2)\n```",
        why="Sending and waiting together take longer than the computing, so less than half of a "
        "step is work.",
        next="Move the sliders: which of them helps, and which does not?",
    ),
    Question(
        id="many_machines.predict_memory",
        title="What each of 64 has to keep",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "120 GB, as one worker alone",
                "b": "a 64th of that, about 1.9 GB",
                "c": "64 times that",
            },
        ),
        rivals=[
            Rival(
                "replicated-not-shared",
                "b",
                message="The examples are shared, and so is the work. But remember what a worker "
                "needs before it can find the gradient of a single example, and what all of them "
                "held in their hands after every all-reduce of this chapter. Was that a 64th of "
                "the weights?",
            ),
            Rival(
                "replicated-not-shared",
                "c",
                message="That is what all of them keep together, if each keeps everything. The "
                "question asks about one worker. How many weights does a worker need, to find "
                "the gradient of its own examples, and does that grow when others join?",
            ),
        ],
        hints=[
            "Think of one worker, and of what it needs to find the gradient of one example.",
            "A gradient belongs to a place: it needs all the weights, and has as many numbers.",
            "So far nothing but the examples has been shared out.",
        ],
        solution='```python\ncheck("many_machines.predict_memory", "a")\n```',
        why="The examples were cut, and the model was not: each worker keeps all of it.",
        next="More workers make it faster, and not one gigabyte smaller. Who could keep what?",
    ),
    Question(
        id="many_machines.1b",
        title="What did C see?",
        difficulty=3,
        minutes=4,
        answer=Number(hidden_slope()),
        rivals=[
            Rival("mean-of-means", 3 * TOGETHER_1 - sum(SLOPES_1)),
            Rival(
                "forgotten-mean",
                hidden_slope() * SIZES_1[2],
                message="That is the *sum* of the slopes of C's examples, and it is right. What "
                "was asked is their mean, the number that C itself would have told. How many "
                "examples share this sum?",
            ),
            Rival("sizes-swapped", hidden_slope((50, 200, 250))),
            Rival(
                "average-of-values",
                TOGETHER_1,
                message="That is the slope over all 500 examples. It lies between those of the "
                "three workers, so C's could be the same only if A and B together had it too. What "
                "is the mean of A's and B's 250 examples?",
            ),
        ],
        hints=[
            "Turn every mean back into a sum: how large is the sum of all 500 slopes?",
            "Take away the sums of A and of B. What is left belongs to C.",
            "500 · (−0.4) − 200 · 2 − 50 · (−4), and that is shared by 250 examples.",
        ],
        solution="```python\nanswer_1 = (500 * -0.4 - 200 * 2 - 50 * -4) / 250\n```",
        why="Sums can be taken apart as they were put together. So A and B, who share what they "
        "know, find out what C's data say, although C never told them.",
        next="Hospitals that train one model together add random numbers which cancel in the sum.",
    ),
    Question(
        id="many_machines.2",
        title="The combiner",
        difficulty=2,
        minutes=5,
        answer=Function(combine, probes=_COMBINE_PROBES),
        rivals=[
            Rival("mean-of-means", lambda gradients, sizes: np.mean(gradients, axis=0)),
            Rival("not-divided-by-workers", lambda gradients, sizes: np.sum(gradients, axis=0)),
            Rival(
                "forgotten-mean",
                lambda gradients, sizes: np.sum(
                    [n * g for n, g in zip(sizes, gradients, strict=True)], axis=0
                ),
                message="You weighted each gradient by its number of examples and added: that is "
                "the gradient of the summed loss. The mean loss is asked, which does not grow "
                "when more data comes in. By which number do you have to divide, and is it the "
                "number of workers?",
            ),
            Rival(
                "divided-by-the-parts",
                lambda gradients, sizes: np.mean(
                    [n * g for n, g in zip(sizes, gradients, strict=True)], axis=0
                ),
                message="You weighted each gradient by its number of examples, and then divided "
                "by the number of workers. But what you have added up are examples, not workers. "
                "Try it with two workers of ten examples each and equal gradients: do you get "
                "that gradient back?",
            ),
            Rival("own-shard-only", lambda gradients, sizes: gradients[0]),
            Rival("sizes-swapped", lambda gradients, sizes: combine(gradients, sizes[::-1])),
        ],
        hints=[
            "Multiply each gradient by the number of its examples: now it is a sum.",
            "Add these, over all workers: `zip(sizes, gradients)` walks through both lists.",
            "Divide by `sum(sizes)`. Or let `np.average(..., axis=0, weights=sizes)` do it all.",
        ],
        solution="```python\ndef combine(gradients, sizes):\n"
        "    total = sum(n * g for n, g in zip(sizes, gradients))\n"
        "    return total / sum(sizes)\n```",
        why="Every example counts once, on whichever worker it is.",
        next="`dist.all_reduce` can carry the number of examples along, as one number more.",
    ),
    Question(
        id="many_machines.3b",
        title="Ring or tree?",
        difficulty=3,
        minutes=8,
        answer=Number(
            as_fast(),
            tolerance=0.02,
            unit="million bytes",
            because="the size of a gradient is not known more exactly than that",
        ),
        rivals=[
            Rival("half-the-ring", as_fast(ring=WORKERS_3 - 1)),
            Rival(
                "half-the-ring",
                as_fast(tree=ROUNDS_3),
                message="Your ring goes round twice, as it should, and your tree goes up and not "
                "down again. At the top only one worker knows the sum, and all the others wait for "
                "it. How many rounds does the whole exchange take in the tree?",
            ),
            Rival(
                "units-mixed",
                as_fast(rate=8 * BYTES_PER_SECOND_3),
                message="You took 10 Gbit/s for ten billion *bytes* a second. A byte has 8 bits, "
                "so fewer bytes than that come through in a second. How many?",
            ),
        ],
        hints=[
            "Each message takes its bytes divided by the bytes per second, and 10 millionths of a "
            "second more. Write down this time for one message of the ring, and of the tree.",
            "Ring: 2 · 1023 messages of B/1024 bytes. Tree: 2 · 10 messages of B bytes. Set both "
            "times equal.",
            "With t for the seconds per byte: 2046 · (B · t/1024 + 10⁻⁵) = 20 · (B · t + 10⁻⁵). "
            "Solve for B, or let Python try values.",
        ],
        solution="```python\nbytes_per_second = 10e9 / 8\nwaiting = (2046 - 20) * 1e-5\n"
        "answer_3 = waiting * bytes_per_second / (20 - 2046 / 1024) / 1e6\n```",
        why="The ring sends little and waits often, the tree sends much and waits seldom. Short "
        "gradients are faster in the tree, long ones in the ring.",
        next="Libraries such as NCCL hold both, and choose by the size of what is sent.",
    ),
    Question(
        id="many_machines.4",
        title="Bug clinic: it broke when we bought more machines",
        difficulty=3,
        minutes=5,
        answer=Choice(
            "b",
            options={
                "a": "the learning rate was too large from the start",
                "b": "the gradients are added but not divided by the number of workers",
                "c": "every worker sees all the data",
                "d": "the workers start with different weights",
            },
        ),
        rivals=[
            Rival("rate-blamed", "a"),
            Rival(
                "every-worker-sees-all",
                "c",
                message="Look at the line that makes the shards: each gets rows of its own, and "
                "no row is given twice. So the work is shared as it should be. What is done "
                "with the gradients once they have all been computed?",
            ),
            Rival("different-starts", "d"),
        ],
        hints=[
            "Each gradient in the list is a mean over one shard, and they are much alike.",
            "What do eight such gradients give when they are added?",
            "The step grows with the number of workers. What is missing behind the sum?",
        ],
        solution='```python\nanswer_4 = "b"\n```',
        why="A sum of N means is about N times the mean, a learning rate N times as large.",
        next="With shards of unequal size, dividing by N is not enough either: weight them.",
    ),
    Question(
        id="many_machines.5",
        title="Bug clinic: twice the machines, the same time",
        difficulty=3,
        minutes=4,
        answer=Choice(
            "b",
            options={
                "a": "nothing: exchanging takes the time that was saved",
                "b": "every machine computes on all the data",
                "c": "they start with different weights",
                "d": "the mean should be weighted",
            },
        ),
        rivals=[
            Rival(
                "linear-speed-up",
                "a",
                message="That can happen, with a slow network. But read the code before you blame "
                "the cable: it shows which rows a machine computes on. Which rows does machine "
                "0 take, which does machine 1 take, and where is the rank used?",
            ),
            Rival("different-starts", "c"),
            Rival(
                "mean-of-means",
                "d",
                message="Weights are needed where shards have different sizes, and a wrong mean "
                "would show in the result. Here the result is right to the last digit. So "
                "compare the two lists of rows: how many examples does each machine take?",
            ),
        ],
        hints=[
            "The result is right, so the mean is right. The time is not.",
            "Which rows does machine 0 compute on, and which machine 1?",
            "`rank` is handed in, and never used.",
        ],
        solution='```python\nanswer_5 = "b"\n```',
        why="Both machines compute the whole gradient, and the mean of two equal numbers is that "
        "number.",
        next="A right result can hide wasted work. Count rows, not only digits.",
    ),
    Question(
        id="many_machines.6",
        title="Bug clinic: the mean of means that everybody used",
        difficulty=3,
        minutes=6,
        answer=Function(mean_loss, probes=[(batches,) for batches in _BATCH_PROBES]),
        rivals=[
            Rival("mean-of-means", lambda batches: np.mean([np.mean(b) for b in batches])),
            Rival(
                "forgotten-mean",
                lambda batches: np.sum([np.sum(b) for b in batches]),
                message="That is the sum over all tokens, which is half of the way, and a good "
                "half: no batch is favoured. But a longer text would then have a larger loss. "
                "How many tokens are there in all batches together, and what do you do with that "
                "number?",
            ),
            Rival(
                "divided-by-the-parts",
                lambda batches: np.sum([np.sum(b) for b in batches]) / len(batches),
                message="You added up all tokens and then divided by the number of batches. But "
                "the same texts may be cut into two batches or into five, and the loss should "
                "not depend on that. Which number stays the same however they are cut?",
            ),
            Rival("not-divided-by-workers", lambda batches: np.sum([np.mean(b) for b in batches])),
            Rival(
                "own-shard-only",
                lambda batches: np.mean(batches[0]),
                message="That is the mean loss of the first batch alone, and the tokens of all "
                "the others have no say. Perhaps a `return` stands inside your loop, so that it "
                "ends after one round. Over which tokens does the mean have to run?",
            ),
        ],
        hints=[
            "How much does one token of the short batch count in the faulty code?",
            "Add up the losses of all tokens first, over all batches.",
            "Divide once, by the number of all tokens: `sum(len(batch) for batch in batches)`.",
        ],
        solution="```python\ndef mean_loss(batches):\n"
        "    total = sum(np.sum(batch) for batch in batches)\n"
        "    return total / sum(len(batch) for batch in batches)\n```",
        why="Sum first, divide once. Then it does not matter how the texts are cut.",
        next="Batches one after the other and workers side by side are the same sum.",
    ),
    Question(
        id="many_machines.7",
        title="Bug clinic: they meet at the end",
        difficulty=3,
        minutes=8,
        answer=Function(train, probes=_TRAIN_PROBES, tolerance=1e-6, near=0),
        rivals=[
            Rival("weights-averaged-for-gradients", meet_at_the_end(even=False)),
            Rival("weights-averaged-for-gradients", meet_at_the_end(even=True)),
            Rival("mean-of-means", train_with(lambda gradients, sizes: np.mean(gradients, axis=0))),
            Rival(
                "not-divided-by-workers",
                train_with(lambda gradients, sizes: np.sum(gradients, axis=0)),
            ),
            Rival("own-shard-only", train_with(lambda gradients, sizes: gradients[0])),
            Rival(
                "ascent-for-descent",
                train_with(lambda gradients, sizes: -combine(gradients, sizes)),
            ),
            Rival("one-step-too-many", one_step_more),
            Rival("one-step-too-many", one_step_fewer),
            Rival(
                "partials-swapped",
                lambda shards, eta, steps: train(shards, eta, steps)[::-1],
                message="Both numbers are right, and they have changed places: the task asks for "
                "`[w, b]`, the slope of the line before its height. Which of the two does your "
                "last line name first?",
            ),
        ],
        hints=[
            "Turn the two loops around: the steps outside, the workers inside.",
            "In each step every worker computes its gradient at the *same* weights.",
            "Then `combine(gradients, sizes)`, and one single step for all.",
        ],
        solution="```python\ndef train(shards, eta, steps):\n    weights = np.zeros(2)\n"
        "    sizes = [len(x) for x, _ in shards]\n    for _ in range(steps):\n"
        "        gradients = [gradient(*weights, x, y) for x, y in shards]\n"
        "        weights = weights - eta * combine(gradients, sizes)\n    return weights\n```",
        why="A gradient belongs to a place. All workers have to stand at one.",
        next="This loop, with one process for each shard, is data-parallel training.",
    ),
    Question(
        id="many_machines.8",
        title="Keep a thousand busy",
        difficulty=2,
        minutes=4,
        answer=Live(
            goal=lambda values: as_given_8(values) and efficiency_8(values) >= BUSY_8,
            figure=Figure("many_machines.explore_cost"),
            aim="an efficiency of at least 90 %, with all else as given",
            probes=[
                _START_8 | {"batch": 512.0},
                _START_8 | {"workers": 10.0, "gbits": 400.0},
                _START_8 | {"gbits": 400.0, "batch": 80.0},
            ],
        ),
        rivals=[
            Rival("fewer-workers", lambda values: round(values["workers"]) < WORKERS_8),
            Rival(
                "given-changed",
                lambda values: round(values["workers"]) == WORKERS_8 and not as_given_8(values),
            ),
        ],
        hints=[
            "Put everything back with Reset. Three of the four sliders have to stay.",
            "What makes the bar *compute* longer, and leaves the other two as they are?",
            "More examples for each worker: somewhere above 350.",
        ],
        solution="```python\nview_8.set(batch=512)\n```",
        why="The exchange costs the same for any batch, so a larger batch needs it less often.",
        next="Goyal and others (2017) trained with 8,192 images in a batch; it took care.",
    ),
    Question(
        id="many_machines.9",
        title="Eight times as fast?",
        difficulty=2,
        minutes=4,
        answer=Number(
            ALONE_9 / (ALONE_9 / WORKERS_9 + EXCHANGE_9),
            tolerance=0.01,
            because="the times are given to a hundredth of a second",
        ),
        rivals=[
            Rival("linear-speed-up", float(WORKERS_9)),
            Rival(
                "efficiency-for-speed-up",
                ALONE_9 / (ALONE_9 / WORKERS_9 + EXCHANGE_9) / WORKERS_9,
            ),
            Rival("exchange-shared", ALONE_9 / ((ALONE_9 + EXCHANGE_9) / WORKERS_9)),
            Rival(
                "exchange-shared",
                (ALONE_9 + EXCHANGE_9) / (ALONE_9 / WORKERS_9 + EXCHANGE_9),
                message="You let the one worker exchange something as well, and added 0.03 s to "
                "its time. But a worker that is alone has nobody to talk to. The time of the "
                "eight is right in your answer. How long does one worker need for the batch?",
            ),
            Rival("time-for-speed-up", ALONE_9 / WORKERS_9 + EXCHANGE_9),
            Rival(
                "time-for-speed-up",
                (ALONE_9 / WORKERS_9 + EXCHANGE_9) / ALONE_9,
                message="Both times are right, and the fraction stands upside down: this is the "
                "share of the time that is still needed. Half of the time would be twice as "
                "fast. Which of the two times is the longer one, and where does it belong?",
            ),
            Rival("computing-not-shared", ALONE_9 / (ALONE_9 + EXCHANGE_9)),
        ],
        hints=[
            "How long does each of the eight compute?",
            "Add the exchange: how long is a step now?",
            "Divide the time of one worker by the time of this step.",
        ],
        solution="```python\nanswer_9 = 0.40 / (0.40 / 8 + 0.03)\n```",
        why="0.05 s of computing and 0.03 s of exchange, in place of 0.40 s.",
        next="With a thousand workers it would never be more than 0.40 / 0.03, about 13 times.",
    ),
    Question(
        id="many_machines.10",
        title="Open task: machines of different speed",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(lambda run: _whole(run) and _early(run), one_by_one),
            probes=_MACHINES,
            budget=1,
            shape=(4,),
            told=_what_happens,
        ),
        rivals=[
            Rival("even-shares", Way(_like(_evenly), _evenly)),
            Rival(
                "delays-left-out",
                Way(_like(in_proportion, 3), in_proportion),
            ),
            Rival(
                "rise-run-swapped",
                Way(_like(_upside_down), _upside_down),
                message="In your shares the slow machines get most. A speed says how many examples "
                "are done in a second, so the time for one example is one over the speed. Which of "
                "the two has to be equal for all machines at the end: the number, or the time?",
            ),
            Rival(
                "shares-not-whole",
                Way(
                    lambda run: any(n != round(n) for n in run.result) and _early(run),
                    _cut_examples,
                ),
            ),
            Rival(
                "shares-not-whole",
                Way(
                    lambda run: (
                        all(n == round(n) for n in run.result)
                        and 0 < abs(sum(run.result) - run.arguments[2]) <= len(run.result)
                    ),
                    lambda speeds, delays, examples: [
                        int(n) for n in _cut_examples(speeds, delays, examples - 1)
                    ],
                ),
                message="Your shares are whole numbers of a good size, but they do not add up to "
                "all examples: rounding lost a few, or made a few that are not there. Who gets the "
                "ones that are left over, so that nobody is much later?",
            ),
        ],
        hints=[
            "Suppose all were ready at the same time T. How many examples could a machine with its "
            "delay and its speed have done until then?",
            "Look for the T at which these numbers add up to all examples: halve an interval, or "
            "take away the machines whose delay is longer than T. Then round, and mind the rest.",
            "Or give out the examples one by one, each to the machine that would be ready with it "
            "first.",
        ],
        solution="```python\ndef share(speeds, delays, examples):\n"
        "    counts = [0] * len(speeds)\n    for _ in range(examples):\n"
        "        ends = [d + (n + 1) / s for n, s, d in zip(counts, speeds, delays)]\n"
        "        counts[ends.index(min(ends))] += 1\n    return counts\n```",
        why="The step ends with the last machine, so time given to anybody else is lost. It is "
        "shortest where all are ready together, and where nobody is called whose delay is longer.",
        next="With uneven shares a plain mean would be wrong: weight every gradient by its share.",
    ),
    Question(
        id="many_machines.11",
        title="The lines around an all-reduce",
        difficulty=2,
        minutes=10,
        answer=Function(
            all_in_step,
            probes=_TRAIN_PROBES,
            near=0,
            watched="utils.models.many_machines:WatchedStep",
        ),
        rivals=[
            Rival(
                "mean-of-means",
                steps_along(lambda gradients, sizes: np.mean(gradients, axis=0)),
                message="Your workers agree, and that is half of the way. But you divided by the "
                "number of workers, so a worker with two rows has as much to say as one with nine. "
                "By what do you multiply a mean, to make a sum of it again, and which second "
                "number has to go round then?",
            ),
            Rival(
                "not-divided-by-workers",
                steps_along(lambda gradients, sizes: np.sum(gradients, axis=0)),
            ),
            Rival(
                "forgotten-mean",
                steps_along(_sum_of_sums),
                message="You made sums of the means and added them up on all workers, which is the "
                "right way. That is the gradient of the summed loss, though, and a step along it "
                "is far too long. How many rows are there on all workers together, and how could "
                "each of them learn that?",
            ),
            Rival(
                "divided-by-the-parts",
                steps_along(lambda g, sizes: _sum_of_sums(g, sizes) / len(sizes)),
            ),
            Rival(
                "own-shard-only",
                steps_of(
                    lambda places, g, sizes, eta: [
                        w - eta * _sum_of_sums(g, sizes) / own
                        for w, own in zip(places, sizes, strict=True)
                    ],
                    APART,
                ),
                message="The sum went round, and then each worker divided it by the number of its "
                "own rows. So those with few rows take longer steps, and their weights come "
                "apart. Which number should all of them divide by, and who could tell it to them?",
            ),
            Rival("own-shard-only", apart(lambda workers: 1.0, SILENT)),
            Rival("loss-for-gradient", apart(lambda workers: 1.0, SINGLE)),
            Rival("loss-for-gradient", apart(lambda workers: 1.0 / workers, SINGLE)),
            Rival("exchanged-too-late", apart(lambda workers: 1.0, APART)),
            Rival(
                "weights-averaged-for-gradients",
                steps_of(
                    lambda places, g, sizes, eta: (
                        [sum(w - eta * own for w, own in zip(places, g, strict=True))] * len(places)
                    )
                ),
                message="Each worker took a step of its own, and then the *weights* were added up. "
                "A sum of weights is no place that anybody wanted to go to: with every step it "
                "grows by the number of workers. What else could go round, before anybody moves?",
            ),
            Rival(
                "ascent-for-descent",
                steps_along(lambda gradients, sizes: -weighted_mean(gradients, sizes)),
            ),
        ],
        hints=[
            "`mean_gradient(weights, xs, ys)` is a mean over `len(xs)` rows. As what can it be "
            "added to those of the others?",
            "Make a sum of it, `total = len(xs) * mean_gradient(…)`, and let `dist.all_reduce` add "
            "these sums. It changes the tensor that you hand over, and gives nothing back.",
            "The number of all rows is a sum as well: `rows = torch.tensor(float(len(xs)))`, then "
            "`dist.all_reduce(rows)`. Divide one by the other, and step.",
        ],
        solution="```python\ndef step(weights, xs, ys, eta):\n"
        "    total = len(xs) * mean_gradient(weights, xs, ys)\n"
        "    rows = torch.tensor(float(len(xs)))\n"
        "    dist.all_reduce(total)\n    dist.all_reduce(rows)\n"
        "    return weights - eta * total / rows\n```",
        why="Sums can be added up across workers, and the division comes last, by a number that "
        "all of them share. So all take the same step, and it is the step of one.",
        next="The same lines serve a thousand machines: nothing in them knows how many there are.",
    ),
    Question(
        id="many_machines.12",
        title="How few can hold it?",
        difficulty=1,
        minutes=3,
        answer=Number(float(math.ceil(16 * BILLION_12 / ROOM_12))),
        rivals=[
            Rival(
                "shares-not-whole",
                16 * BILLION_12 / ROOM_12,
                message="So many would do it exactly, if GPUs could be cut. But somebody has to "
                "keep the last gigabytes, too. Which whole number of GPUs is enough?",
            ),
            Rival(
                "shares-not-whole",
                float(16 * BILLION_12 // ROOM_12),
                message="With so many there is room for a part of the model, and a few gigabytes "
                "are left over that nobody can keep. Multiply your number by 24 and compare: is "
                "that enough for all the bytes?",
            ),
            Rival(
                "weights-alone",
                float(math.ceil(2 * BILLION_12 / ROOM_12)),
                message="For the weights alone that would be enough, 2 bytes for each. But whoever "
                "trains keeps the gradients as well, and what Adam remembers. How many bytes are "
                "that for each parameter, all in all?",
            ),
            Rival(
                "replicated-not-shared",
                float(BILLION_12),
                message="That is one GPU for each billion of parameters. How many gigabytes does "
                "one billion need, with all that a training keeps, and how much room does a GPU "
                "have?",
            ),
        ],
        hints=[
            "How many bytes are kept for each parameter: weights, gradients, and what Adam needs?",
            "16 bytes for each of 7 billion parameters: how many gigabytes are that?",
            "112 GB, and 24 GB on each. How often does 24 go into 112, and who takes the rest?",
        ],
        solution="```python\nanswer_12 = math.ceil(16 * 7 / 24)\n```",
        why="112 GB are shared by all, so each GPU more makes everybody's part smaller.",
        next="What the layers hand on needs room besides, so real trainings take more of them.",
    ),
]
