"""Chapter 17: gradients of shards, the ring of an all-reduce, drifting workers, and the cost."""

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import product

import numpy as np
from matplotlib.lines import Line2D
from matplotlib.patches import Ellipse

from utils import style
from utils.explorers.shared.geometry import nearest_nice, with_air
from utils.explorers.shared.panels import rounded_box, sheet, side_by_side, write
from utils.functions import NoValue
from utils.models.many_machines import PUBLISHED as PUBLISHED  # notebooks look for it here
from utils.models.many_machines import (
    Cost,
    Shard,
    as_data,
    cost,
    kettle,
    local_steps,
    ring_holdings,
    ring_messages,
    weighted_mean,
)
from utils.numerals import fixed, number
from utils.stage import (
    NOWHERE,
    Bar,
    Line,
    LogSlider,
    Pair,
    Play,
    Point,
    Polyline,
    Range,
    Scene,
    Segment,
    Slider,
    Stage,
    Tangent,
    Text,
    explorer,
)
from utils.stage.marks import Colour, Mark

LETTERS = "ABCDEF"
RING = (360, 208), (260, 138)  # the middle of the ring and its half axes, in pixels
BOX = 96.0  # the width of a worker in it
LOCAL_POINTS = 8  # of a worker's way between two exchanges
MOST_EXCHANGES = 12


# --- shards: two gradients and their two means ---


@explorer
def explore_shards(
    xs: Sequence[float] | None = None,
    ys: Sequence[float] | None = None,
    first: int | None = None,
    means: bool = True,
) -> Stage:
    """Share the data between two workers: left, the data and the line; right, their gradients.

    Drag the border. xs, ys: your own data; the table of the kettle if left out. first: how many
    examples worker 1 begins with; about a quarter if left out. means: whether the gradient
    of all data and the two means are shown.
    """
    whole, _ = as_data(xs, ys)
    count = len(whole)
    least = max(1, count // 5)  # a worker with fewer examples would need a far larger picture
    start = min(max(least, count // 4 if first is None else first), count - least)
    tilt = whole.best[0] or 1.0
    step = nearest_nice(abs(tilt) / 25)
    middle = round(tilt / step)
    sliders = {
        "first": Slider(least, count - least, start, 1, label="worker 1 rows"),
        "w": Slider(
            (middle - 8) * step, (middle + 2) * step, (middle - 8) * step, step, label="slope w"
        ),
    }
    height = float(whole.ys.mean() - 0.05 * np.ptp(whole.ys))  # a little low, so b has a slope too
    across = with_air(float(whole.xs.min()), float(whole.xs.max()), 0.06)
    heights = with_air(float(whole.ys.min()), float(whole.ys.max()), 0.12)
    labels = ("°C above the mean", "hPa") if xs is None else ("x", "y")
    reach = _reach(whole, sliders, height)
    ax, plane = side_by_side(
        (across, heights, *labels, "Whose example is it?"),
        (*reach, "∂L/∂w", "∂L/∂b", "Gradients and means" if means else "Their gradients"),
    )
    with style.context():
        keys: list[Line2D] = []
        for colour, marker, name in (
            ("secant", "$1$", "worker 1"),
            ("tangent", "$2$", "worker 2"),
            ("gradient", "o", "all data"),
            ("quiet", "o", "plain mean"),
        )[: 4 if means else 2]:
            keys.append(_key(colour, name, linestyle="", marker=marker))
        plane.legend(
            handles=keys, fontsize=9, loc="lower right", handletextpad=0.1, borderaxespad=0.1
        )
    places = list(zip(whole.xs.tolist(), whole.ys.tolist(), strict=True))

    def frame(first: float, w: float) -> Scene:
        n = round(first)
        weights = np.array([w, height])
        shards = whole.split(n)
        one, two = (shard.gradient(weights) for shard in shards)
        true = weighted_mean([one, two], [n, count - n])
        plain = (one + two) / 2
        border = float(whole.xs[n - 1] + whole.xs[n]) / 2
        low, high = heights
        zero = (0.0, 0.0)
        marks: dict[str, Mark] = {}
        for k, place in enumerate(places):
            mine, theirs = (place, NOWHERE) if k < n else (NOWHERE, place)
            marks[f"example {k + 1} of 1"] = Point(*mine, colour="secant", quiet=True)
            marks[f"example {k + 1} of 2"] = Point(
                *theirs, colour="tangent", hollow=True, quiet=True
            )
        marks |= {
            "line": Tangent(0.0, height, w, colour="function"),
            "border": Line((border, low), (border, high), colour="quiet", dashed=True),
            "border handle": Point(border, low + 0.08 * (high - low), drag="first"),
            "gradient 1": Segment(zero, tuple(one), colour="secant", arrow=True, ax=1),
            "gradient 2": Segment(zero, tuple(two), colour="tangent", arrow=True, ax=1),
        }
        if not means:
            return Scene(_two_say(n, count, one, two), marks)
        marks |= {
            "between": Segment(tuple(one), tuple(two), colour="quiet", width=1.4, ax=1),
            "gradient of all": Segment(zero, tuple(true), colour="gradient", arrow=True, ax=1),
            "plain mean": Point(*plain, colour="quiet", ax=1),
            "weighted mean": Point(*true, colour="gradient", hollow=True, ax=1),
        }
        return Scene(_shards_say(n, count, one, two, plain, true), marks)

    return Stage(ax, frame, sliders, "The data shared between two workers")


def _key(colour: Colour, name: str, **looks: str) -> Line2D:
    """The entry of a legend for a mark, which the axes know nothing of."""
    return Line2D([], [], color=style.COLOURS[colour], label=name, **looks)


def _two_say(n: int, count: int, one: np.ndarray, two: np.ndarray) -> str:
    return (
        f"Worker 1 has {n} of {count} examples and finds {_arrow(one)}; worker 2 has {count - n} "
        f"and finds {_arrow(two)}."
    )


def _shards_say(
    n: int, count: int, one: np.ndarray, two: np.ndarray, plain: np.ndarray, true: np.ndarray
) -> str:
    start = _two_say(n, count, one, two)
    if 2 * n == count or np.allclose(plain, true, rtol=0, atol=0.05):
        return f"{start} Here both means agree with the gradient of all data, {_arrow(true)}."
    return (
        f"{start} Weighted by their numbers, the mean is {_arrow(true)}, the gradient of all data. "
        f"The plain mean, {_arrow(plain)}, is another."
    )


def _arrow(v: np.ndarray) -> str:
    return f"({fixed(v[0], 1)}, {fixed(v[1], 1)})"


def _reach(whole: Shard, sliders: dict[str, Slider], height: float) -> tuple[Range, Range]:
    """The ranges that hold all gradients."""
    slopes = sliders["w"].values
    ends = [
        shard.gradient(np.array([w, height]))
        for w in (slopes[0], slopes[-1])
        for first in sliders["first"].values
        for shard in whole.split(round(first))
    ]
    lows, highs = np.min([*ends, (0, 0)], axis=0), np.max([*ends, (0, 0)], axis=0)
    across, up = (with_air(float(a), float(b), 0.12) for a, b in zip(lows, highs, strict=True))
    return across, up


# --- the ring ---


@explorer
def explore_ring(workers: int = 4) -> Stage:
    """An all-reduce, message by message: every worker ends with the sum, nobody holds the middle.

    workers: 2 to 6.
    """
    if workers not in range(2, 7):
        raise NoValue("This ring has room for 2 to 6 workers.")
    last = 2 * (workers - 1)
    sliders = {"step": Slider(0, last, 0, 1, label="steps done")}
    ax = sheet(720, 430)
    row = min(22.0, 108 / workers)
    high = row * workers
    turns = [math.pi / 2 - 2 * math.pi * k / workers for k in range(workers)]
    rim = style.COLOURS["quiet"]
    middle_of_ring, (wide, tall) = RING
    ax.add_patch(Ellipse(middle_of_ring, 2 * wide, 2 * tall, fill=False, edgecolor=rim, zorder=0.5))
    for letter, turn in zip(LETTERS, turns, strict=False):
        x, y = _on_ring(turn)
        rounded_box(ax, x, y, BOX + 12, high + 8)
        name = letter if workers > 4 else f"worker {letter}"
        named = write(ax, x, y + high / 2 + 13, name, side="center")
        named.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})  # over the ring

    def frame(step: float) -> Scene:
        done = round(step)
        holds = ring_holdings(workers, done)
        sent = ring_messages(workers, done)
        marks: dict[str, Mark] = {}
        rows = {
            (k, c): (_on_ring(turns[k])[0], _on_ring(turns[k])[1] + high / 2 - (c + 0.5) * row)
            for k, c in product(range(workers), repeat=2)
        }
        for (k, c), place in rows.items():
            x, y = place if len(holds[k][c]) == workers else NOWHERE
            marks[f"done {k} {c}"] = Bar(
                x - BOX / 2, y - row / 2, x + BOX / 2, y + row / 2, "tangent", edge=0, quiet=True
            )
        for k, turn in enumerate(turns):
            middle, half = turn - math.pi / workers, 0.13
            ends = [_on_ring(middle + half), _on_ring(middle - half)] if sent else [NOWHERE] * 2
            marks[f"message {k + 1}"] = Segment(*ends, colour="path", arrow=True, quiet=True)
            chunk = _held(sent[k][1], holds[k][sent[k][1]]) if sent else ""
            upright = 0.68 if workers < 6 else 0.8  # clear of the boxes above and below
            inside = 0.5 if abs(math.cos(middle)) > 0.9 else upright  # and of the workers' names
            x, y = _on_ring(middle, inside) if sent else NOWHERE
            marks[f"chunk sent by {k + 1}"] = Text(x, y, chunk, colour="path")
        for (k, c), (x, y) in rows.items():
            marks[f"holds {k} {c}"] = Text(x, y, _held(c, holds[k][c]))
        return Scene(_ring_says(workers, done, holds), marks)

    play = Play("step", "Run", seconds=1.2 * last)
    return Stage(ax, frame, sliders, f"A ring of {workers} workers adds up its gradients", play)


def _held(chunk: int, whose: frozenset[int]) -> str:
    """A chunk and the workers whose numbers are in it: "2: ABD"."""
    return f"{chunk + 1}: {''.join(LETTERS[j] for j in sorted(whose))}"


def _on_ring(turn: float, share: float = 1.0) -> Pair:
    """A place on the ring, or on a smaller one inside of it, in pixels of the sheet."""
    (x, y), (wide, tall) = RING
    return x + wide * share * math.cos(turn), y + tall * share * math.sin(turn)


def _ring_says(workers: int, done: int, holds: list[list[frozenset[int]]]) -> str:
    last = 2 * (workers - 1)
    full = sum(len(chunk) == workers for chunk in holds[0])
    start = (
        f"After {done} of {last} steps each worker has sent {done} chunk{'s' if done != 1 else ''} "
        f"and holds {full} of {workers} complete. "
    )
    if done == 0:
        return start + "Each passes one chunk on to the next worker around the ring."
    if done < workers - 1:
        return start + "What arrives is added to what is there."
    if done == workers - 1:
        return start + "Now the complete chunks go round."
    if done < last:
        return start + "What arrives is complete and replaces what is there."
    return start + "Everybody has the whole sum."


# --- drifting apart ---


@explorer
def explore_drift(local: int = 20, eta: float = 0.02) -> Stage:
    """Two workers that exchange weights only now and then: their ways over the map of the loss.

    local: steps that each takes alone before the weights are averaged. eta: the learning rate.
    """
    whole = kettle()
    shards = whole.split(len(whole) // 2 + 1)
    best = whole.best
    start = np.array([14.0, 800.0])
    window = ((13.0, 44.0), (794.0, 862.0))
    sliders = {
        "local": Slider(1, 60, local, 1, label="steps alone"),
        "exchanges": Slider(0, MOST_EXCHANGES, 4, 1, label="exchanges"),
    }
    ax = style.axes(*window, "w in hPa per °C", "b in hPa", "The loss of all data", size=(7.2, 4.0))
    with style.context():
        across, up = (np.linspace(*ends, 81) for ends in window)
        heights = [[whole.loss(np.array([w, b])) for w in across] for b in up]
        levels, quiet = [100, 400, 1000, 2000, 3500], style.COLOURS["quiet"]
        ax.contour(across, up, heights, levels=levels, linewidths=1.2, colors=quiet)
        ax.plot(*best, "+", color=style.COLOURS["point"], markersize=14, label="lowest loss")
        keys = ax.get_legend_handles_labels()[0]
        for colour, name in (("secant", "worker 1"), ("tangent", "worker 2"), ("path", "mean")):
            keys.append(_key(colour, name))
        looks = {"frameon": True, "facecolor": "white", "edgecolor": "none"}
        ax.legend(handles=keys, fontsize=10, loc="upper right", **looks)

    @lru_cache(maxsize=128)
    def walked(steps: int) -> tuple[np.ndarray, np.ndarray]:
        return local_steps(shards, start, eta, steps, MOST_EXCHANGES)

    def frame(local: float, exchanges: float) -> Scene:
        steps, done = round(local), round(exchanges)
        common, ways = walked(steps)
        kept = [tuple(common[min(e, done)]) for e in range(MOST_EXCHANGES + 1)]
        marks = {
            "worker 1": Polyline(_ways(ways[0, :done]), colour="secant", width=1.6),
            "worker 2": Polyline(_ways(ways[1, :done]), colour="tangent", width=1.6),
            "means": Polyline(tuple(kept), colour="path", width=2.8),
            "now": Point(*common[done], drag="exchanges"),
        }
        loss, lowest = whole.loss(common[done]), whole.loss(best)
        times = f"{done} exchange{'s' if done != 1 else ''}"
        said = (
            f"{steps} step{'s' if steps != 1 else ''} alone, {times}, {steps * done} steps in all: "
            f"w = {fixed(common[done][0])}, b = {fixed(common[done][1])}, loss {number(loss, 3)}, "
            f"where {number(lowest, 3)} is the lowest. "
        )
        if steps == 1:
            said += "With an exchange after every step the mean walks exactly as one process would."
        elif done:
            off = float(np.abs(ways[0, done - 1, -1] - ways[1, done - 1, -1])[1])
            said += f"Before the last exchange the two were {fixed(off, 1)} hPa apart in b."
        return Scene(said, marks)

    play = Play("exchanges", "Train", seconds=6)
    return Stage(ax, frame, sliders, "Two workers that meet only now and then", play)


def _ways(ways: np.ndarray) -> tuple[Pair, ...]:
    """The ways between exchanges as one polyline with gaps, always of the same length."""
    points: list[Pair] = []
    for way in ways:
        chosen = (np.geomspace(1, len(way), LOCAL_POINTS) - 1).round().astype(int)
        points += [tuple(p) for p in way[chosen].tolist()] + [NOWHERE]
    missing = MOST_EXCHANGES * (LOCAL_POINTS + 1) - len(points)
    return tuple(points) + (NOWHERE,) * missing


# --- what it costs ---

# What a step is spent on, and the colours of its bars.
_PARTS: dict[str, Colour] = {"compute": "function", "send": "derivative", "wait": "secant"}


@explorer
def explore_cost(
    workers: float = 1000, million: float = 25.0, gbits: float = 10.0, batch: float = 64.0
) -> Stage:
    """What many workers are worth: left, their efficiency up to 10,000; right, where a step goes.

    million: parameters, in millions. gbits: bandwidth in Gbit/s. batch: examples of each worker.
    The nearest values on the sliders are taken; the defaults lie on them.
    """
    sliders = {
        "workers": LogSlider(0, 4, workers, 0.1, label="workers N"),
        "million": LogSlider(*_around(25, 7, 14), million, 0.1, label="10⁶ parameters"),
        "gbits": LogSlider(*_around(10, 4, 17), gbits, 0.1, label="Gbit/s"),
        "batch": LogSlider(
            math.log10(8), math.log10(1024), batch, math.log10(2) / 4, label="examples of each"
        ),
    }
    ax, shares = side_by_side(
        ((0.8, 15000), (0, 112), "workers", "efficiency in %", "What a worker still does"),
        ((0.4, 3.6), (0, 112), "", "% of the step", "Where a step goes"),
        widths=(1.15, 1),
        size=(7.6, 3.5),
    )
    with style.context():
        ax.set_xscale("log")
        shares.set_xticks([1, 2, 3], list(_PARTS))
    counts = np.logspace(0, 4, 33).tolist()

    def frame(workers: float, million: float, gbits: float, batch: float) -> Scene:
        here = cost(round(workers), million * 1e6, gbits, batch)
        curve = tuple((k, 100 * cost(k, million * 1e6, gbits, batch).efficiency) for k in counts)
        marks: dict[str, Mark] = {
            "model": Polyline(curve, colour="function"),
            "now": Point(float(here.workers), 100 * here.efficiency, drag="workers"),
        }
        parts = (here.computing, here.sending, here.waiting)
        for i, ((name, colour), part) in enumerate(zip(_PARTS.items(), parts, strict=True), 1):
            top = 100 * part / here.step
            marks[f"{name} bar"] = Bar(i - 0.32, 0.0, i + 0.32, top, colour, edge=0, ax=1)
            marks[f"{name} in numbers"] = Text(
                i, top, f"{top:.0f} %", side="above", colour=colour, ax=1
            )
        return Scene(_cost_says(here), marks)

    return Stage(ax, frame, sliders, "What many workers are worth")


def _around(value: float, below: int, above: int) -> tuple[float, float]:
    """The ends of a slider of tenths of a power of ten on which this value lies, as exponents."""
    return math.log10(value) - below / 10, math.log10(value) + above / 10


def _cost_says(here: Cost) -> str:
    start = (
        f"{here.workers:,} worker{'s' if here.workers != 1 else ''}: a step takes "
        f"{_milliseconds(here.computing)} to compute, {_milliseconds(here.sending)} to send and "
        f"{_milliseconds(here.waiting)} to wait for messages. "
    )
    if here.workers == 1:
        return start + "One worker has nobody to talk to."
    worth = number(here.speed_up, 3) if here.speed_up < 1000 else f"{round(here.speed_up, -1):,.0f}"
    return start + f"Together they are worth {worth}: efficiency {100 * here.efficiency:.0f} %."


def _milliseconds(seconds: float) -> str:
    ms = 1000 * seconds
    return f"{number(ms, 3) if ms < 100 else f'{ms:,.0f}'} ms"
