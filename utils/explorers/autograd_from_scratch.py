"""Chapter 14: the graph of a formula, what either direction costs, and a network of one's own."""

import inspect
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.autograd import Value
from utils.explorers.shared.boundaries import boundary_of
from utils.explorers.shared.geometry import drawable, evenly_along, infinite_if_lost
from utils.explorers.shared.panels import rounded_box, sheet, side_by_side, write
from utils.functions import NoValue
from utils.models.autograd_from_scratch import (
    HALF,
    Node,
    Run,
    answers_of,
    as_knobs,
    as_points,
    count_products,
    named,
    recorded,
    run_of,
    structure_of,
)
from utils.numerals import bracketed, in_loss, number, superscript
from utils.stage import (
    NOWHERE,
    Drop,
    Pair,
    Play,
    Point,
    Polyline,
    Range,
    Scene,
    Slider,
    Stage,
    Text,
    explorer,
)
from utils.stage.marks import Colour, Mark

MOST_NODES, MOST_INPUTS, MOST_COLUMNS = 15, 4, 9

# Pixels, all of them: the sheet of the graph is measured in what the browser shows.
_WIDE, _TOP, _BOTTOM = 740, 30, 78
_FOOT = 16  # how high the track of the steps lies
_BOX, _LOW_BOX, _GAP = 58, 32, 10  # heights of a node and of a constant, and what lies between
_COLUMN, _AIR = 124, 28  # the widest pitch of the columns, and the air between two of them
_POINTS = 29  # on an arrow


# --- layout: columns from left to right, no line through a box ---


def height_of(node: Node) -> int:
    """How high the box of a node is drawn, in pixels."""
    return _LOW_BOX if node.is_constant else _BOX


@dataclass(frozen=True)
class _Layout:
    """Where everything lies, in pixels from the lower left: middles of boxes, sizes, arrows.

    arrows[(i, k)]: the way from node i to node k, _POINTS places, from edge to edge.
    """

    middles: tuple[Pair, ...]
    box: float
    height: float
    arrows: dict[tuple[int, int], tuple[Pair, ...]]


def _crossings(layers: list[list], links: set) -> int:
    count = 0
    for left, right in pairwise(layers):
        ends = [(left.index(a), right.index(b)) for a, b in links if a in left and b in right]
        count += sum(
            (a - c) * (b - d) < 0 for i, (a, b) in enumerate(ends) for c, d in ends[i + 1 :]
        )
    return count


def _spread(wanted: list[float], distances: list[float]) -> list[float]:
    """Places as near to the wanted ones as can be, at least these distances apart, in order."""
    offsets = [0.0]
    for distance in distances:
        offsets.append(offsets[-1] + distance)
    blocks: list[list[float]] = []  # sums and counts of neighbours that would overlap
    for want, offset in zip(wanted, offsets, strict=True):
        blocks.append([want - offset, 1])
        while len(blocks) > 1 and blocks[-2][0] / blocks[-2][1] > blocks[-1][0] / blocks[-1][1]:
            total, size = blocks.pop()
            blocks[-1][0] += total
            blocks[-1][1] += size
    flat = [total / size for total, size in blocks for _ in range(int(size))]
    return [at + offset for at, offset in zip(flat, offsets, strict=True)]


def _drawn_to(p: object, near: dict, at: dict) -> float:
    """The middle of a node's neighbours; where it is itself, if it has none."""
    return sum(at[q] for q in near[p]) / len(near[p]) if near[p] else at[p]


def lay_out(nodes: Sequence[Node]) -> _Layout:
    """A tidy layered drawing: few crossings, short ways, and lines that go round the boxes.

    A line over several columns passes each on a level of its own, like a node of no height.
    """
    last = max(node.column for node in nodes)
    ways: dict[tuple[int, int], list] = {}
    for k, node in enumerate(nodes):
        for i in node.inputs:
            between = range(nodes[i].column + 1, node.column)
            ways[i, k] = [i, *((i, column) for column in between), k]
    links = {pair for way in ways.values() for pair in pairwise(way)}
    layers: list[list] = [[] for _ in range(last + 1)]
    for i, node in enumerate(nodes):
        layers[node.column].append(i)
    for way in ways.values():
        for point in way[1:-1]:
            if point not in layers[point[1]]:
                layers[point[1]].append(point)

    before = {p: [a for a, b in links if b == p] for layer in layers for p in layer}
    after = {p: [b for a, b in links if a == p] for layer in layers for p in layer}
    best = [list(layer) for layer in layers]
    for sweep in range(12):
        order = range(last + 1) if sweep % 2 == 0 else range(last, -1, -1)
        near = before if sweep % 2 == 0 else after
        rank = {p: i for layer in layers for i, p in enumerate(layer)}
        for column in order:
            layers[column].sort(key=lambda p, near=near, rank=rank: _drawn_to(p, near, rank))
            rank |= {p: i for i, p in enumerate(layers[column])}
        if _crossings(layers, links) < _crossings(best, links):
            best = [list(layer) for layer in layers]
    layers = best

    def half(p: object) -> float:
        return height_of(nodes[p]) / 2 if isinstance(p, int) else 0.0

    distances = [[half(p) + half(q) + _GAP for p, q in pairwise(layer)] for layer in layers]
    level = {p: 60.0 * i for layer in layers for i, p in enumerate(layer)}
    for sweep in range(24):
        near = before if sweep % 2 == 0 else after
        for layer, apart in zip(layers, distances, strict=True):
            wanted = [_drawn_to(p, near, level) for p in layer]
            level |= dict(zip(layer, _spread(wanted, apart), strict=True))
    low = min(at - half(p) for p, at in level.items())
    high = max(at + half(p) for p, at in level.items())

    pitch = min(_COLUMN, (_WIDE - 10) / (last + 1))
    box = pitch - _AIR
    left = (_WIDE - pitch * last) / 2

    def place(p: object) -> Pair:
        column = nodes[p].column if isinstance(p, int) else p[1]
        return left + pitch * column, _BOTTOM + high - level[p]  # the first input at the top

    middles = tuple(place(i) for i in range(len(nodes)))
    arrows = {}
    for (i, k), way in ways.items():
        twice = nodes[k].inputs.count(i) > 1
        arrows[i, k] = _way([place(p) for p in way], box, 0.0 if not twice else 6.0)
    return _Layout(middles, box, _BOTTOM + high - low + _TOP, arrows)


def _way(places: list[Pair], box: float, shift: float) -> tuple[Pair, ...]:
    """A smooth way through these places, level where it passes a column; _POINTS of them."""
    t = np.linspace(0, 1, 15)
    pieces = []
    for (x1, y1), (x2, y2) in pairwise(places):
        x1, x2 = x1 + box / 2, x2 - box / 2
        up = y1 + (y2 - y1) * (3 - 2 * t) * t * t
        pieces.append(np.column_stack([x1 + (x2 - x1) * t, up + shift]))
    return tuple(evenly_along(np.concatenate(pieces), _POINTS))


# --- the live graph ---


@explorer
def explore_graph(
    f: Callable[..., Value],
    /,
    over: Range = (-3.0, 3.0),
    step: int = 0,
    **inputs: float,
) -> Stage:
    """The graph that a formula leaves behind: values forward, gradients backward, node by node.

    f: your function of one to four Values; inputs: where they start, by name, such as a=2.
    over: the range of their sliders. step: how many steps have been taken at first; a number
        that is too large stands for all of them.
    Raises ValueError for an input that f does not have.
    Gives a sentence in the figure's place where the graph has more than 15 nodes, or does not fit.
    """
    names = _names_of(f, inputs)
    start = tuple(float(inputs.get(name, 1.0)) for name in names)
    values, given = recorded(f, names, start)
    structure = structure_of(values, given)
    nodes = named(structure, names, run_of(values).values)
    layout = _fitting_layout(nodes, len(names))
    made = [i for i, node in enumerate(nodes) if node.op]
    steps = 2 * len(made) + 1
    step = min(step, steps)
    ax = _sheet(nodes, layout, steps)
    track = _track(steps)

    @lru_cache(maxsize=1024)
    def run(at: tuple[float, ...]) -> Run:
        values, given = recorded(f, names, at)
        if structure_of(values, given) != structure:
            raise NoValue("Here your function makes another graph than the one that is drawn.")
        return run_of(values)

    @lru_cache(maxsize=64)
    def turn(step: int) -> tuple[int | None, dict[str, Mark]]:
        """The node whose turn it is, and its arrows: the same for all inputs."""
        active = None
        if 0 < step <= len(made):
            active = made[step - 1]
        elif step > len(made) + 1:
            active = made[-(step - len(made) - 1)]
        return active, _arrow_marks(nodes, layout, active, step <= len(made))

    def frame(step: float, **at: float) -> Scene:
        now = run(tuple(at[name] for name in names))
        step = round(step)
        forward = step <= len(made)
        active, arrows = turn(step)
        lines = _lines(nodes, now, active, forward, step - len(made) - 2)
        marks = (
            arrows
            | _number_marks(nodes, layout, made, now, step)
            | _line_marks(lines, forward)
            | {"step": Point(track[step], _FOOT, drag="step")}
        )
        return Scene(_in_words(nodes, names, now, made, step, lines), marks)

    low = min(over[0], *map(math.floor, start))
    high = max(over[1], *map(math.ceil, start))
    grid = _grid(len(names), start)
    controls = {name: Slider(low, high, x, grid) for name, x in zip(names, start, strict=True)}
    controls["step"] = Slider(0, steps, step, 1)
    title = "The graph of " + ", ".join(_formula(nodes, i) for i in made)
    play = Play("step", "Forward and back", seconds=1.1 * steps)
    return Stage(ax, frame, controls, title, play)


def _names_of(f: Callable, inputs: dict[str, float]) -> list[str]:
    """The names of f's inputs. Raises NoValue where f is none, ValueError for an unknown input."""
    try:
        names = list(inspect.signature(f).parameters)
    except (TypeError, ValueError):
        raise NoValue("The first thing needed is a function, such as lambda a, b: a * b.") from None
    unknown = [name for name in inputs if name not in names]
    if unknown:
        raise ValueError(f"Your function has no input {unknown[0]!r}. It has: {', '.join(names)}.")
    if not 1 <= len(names) <= MOST_INPUTS or {"step", "over"} & set(names):
        raise NoValue(
            f"The figure has room for one to {MOST_INPUTS} inputs, none of them called step or "
            "over. Write the others into the formula as numbers."
        )
    return names


def _fitting_layout(nodes: list[Node], inputs: int) -> _Layout:
    if len(nodes) > MOST_NODES:
        raise NoValue(
            f"This graph has {len(nodes)} nodes, and there is room for {MOST_NODES}. Take a "
            "shorter formula, or a part of this one."
        )
    columns = 1 + max(node.column for node in nodes)
    if columns > MOST_COLUMNS:
        raise NoValue(
            f"This graph needs {columns} columns, one after the other, and there is room for "
            f"{MOST_COLUMNS}. Take a shorter formula, or a part of this one."
        )
    layout = lay_out(nodes)
    if layout.height > 470 - 25 * inputs:
        raise NoValue(
            "This graph is too high for the figure: too many numbers stand side by side. Take a "
            "shorter formula, or a part of this one."
        )
    return layout


def _grid(count: int, start: Sequence[float]) -> float:
    """The step of the sliders: the coarser, the more of them, if the start lies on it."""
    step = (0.1, 0.5, 0.5, 0.5)[count - 1]
    return step if all(math.isclose(x / step, round(x / step)) for x in start) else 0.1


def _track(steps: int) -> list[float]:
    """Where each step lies on the line at the foot of the figure."""
    return [150 + (_WIDE - 300) * k / steps for k in range(steps + 1)]


def _sheet(nodes: list[Node], layout: _Layout, steps: int) -> Axes:
    """What stands still: boxes, names, operations, arrows, and the track of the steps."""
    ax = sheet(_WIDE, layout.height)
    for (i, k), way in layout.arrows.items():
        for shift in (0.0, -12.0) if nodes[k].inputs.count(i) > 1 else (0.0,):
            xs, ys = zip(*way, strict=True)
            ax.plot(xs, [y + shift for y in ys], color="#B8B8B8", linewidth=1.4, gid="zero")
    for node, (x, y) in zip(nodes, layout.middles, strict=True):
        rounded_box(ax, x, y, layout.box, height_of(node), 0.8 if node.is_constant else 1.3)
        if node.is_constant:
            write(ax, x, y, node.name, "quiet", "center")
        else:
            op = _applied(node.op, ["( )"]) if node.op.startswith("**") else node.op
            label = f"{node.name}  {op}" if op else node.name
            size = 10.5 if layout.box > 75 else 9.5
            write(ax, x, y + 19, label, side="center", size=size).set_weight("bold")
    write(ax, 16, layout.height - 15, "value: forward", "function", size=12)
    write(ax, 150, layout.height - 15, "gradient: backward", "derivative", size=12)
    track = _track(steps)
    _draw_track(ax, track[: len(track) // 2], "function")
    _draw_track(ax, track[len(track) // 2 - 1 :], "derivative")
    write(ax, track[0] - 12, _FOOT, "forward", "function", "right", size=12)
    write(ax, track[-1] + 12, _FOOT, "backward", "derivative", size=12)
    return ax


def _draw_track(ax: Axes, places: list[float], colour: Colour) -> None:
    ax.plot(
        places,
        [_FOOT] * len(places),
        "|-",
        color=style.COLOURS[colour],
        linewidth=2,
        markersize=8,
        gid="zero",
    )


def _arrow_marks(
    nodes: list[Node], layout: _Layout, active: int | None, forward: bool
) -> dict[str, Mark]:
    """The node whose turn it is and the arrows along which numbers go, one line for each way."""
    marks: dict[str, Mark] = {}
    for way, colour in (("forward", "function"), ("backward", "derivative")):
        points = [NOWHERE] * (6 + 2 * (_POINTS + 4))
        if active is not None and forward is (way == "forward"):
            (x, y), w, h = layout.middles[active], layout.box / 2, height_of(nodes[active]) / 2
            corners = [(x - w, y - h), (x + w, y - h), (x + w, y + h), (x - w, y + h)]
            points[:5] = [*corners, corners[0]]
            inputs = nodes[active].inputs
            for k, i in enumerate(inputs):
                if way == "backward" and nodes[i].is_constant:
                    continue
                shift = -12.0 * (k == 1 and inputs[0] == inputs[1])
                arrow = [(x, y + shift) for x, y in layout.arrows[i, active]]
                arrow = _with_head(arrow if way == "forward" else arrow[::-1])
                start = 6 + k * (_POINTS + 4)
                points[start : start + len(arrow)] = arrow
        marks[f"{way} arrows"] = Polyline(tuple(points), colour=colour, width=3.2)
    return marks


def _with_head(arrow: list[Pair]) -> list[Pair]:
    """The arrow with two barbs at its end."""
    (x1, y1), (x2, y2) = arrow[-4], arrow[-1]
    angle = math.atan2(y1 - y2, x1 - x2)
    barbs = [
        (x2 + 11 * math.cos(angle + turn), y2 + 11 * math.sin(angle + turn)) for turn in (0.5, -0.5)
    ]
    return [*arrow, barbs[0], arrow[-1], barbs[1]]


def _number_marks(
    nodes: list[Node], layout: _Layout, made: list[int], now: Run, step: int
) -> dict[str, Mark]:
    """The values found so far, and the gradients; a question mark where the next one arrives."""
    marks: dict[str, Mark] = {}
    back = step - len(made) - 1  # how many nodes have handed on; below 0 on the way forward
    waiting = made[-(back + 1)] if 0 <= back < len(made) else None
    turns = {i: len(made) - k for k, i in enumerate(made)}  # in which turn a node hands on
    for i, (node, (x, y)) in enumerate(zip(nodes, layout.middles, strict=True)):
        if node.is_constant:
            continue
        value = ""
        if not node.op or made.index(i) < step:
            value = _short(now.values[i], layout.box)
        marks[f"value of {node.name}"] = Text(x, y, value, colour="function")
        text = ""
        if back >= 0:
            grad = now.grads[back][i]
            later = [k for k, user in enumerate(nodes) if i in user.inputs and turns[k] > back]
            text = "" if grad is None else _short(grad, layout.box)
            if waiting is not None and i in nodes[waiting].inputs:
                text = "?" if grad is None else _short(grad, layout.box, " + ?")
            elif later and grad is not None:
                text = _short(grad, layout.box, " …")
            elif not later and grad is None:
                text = "0"
        marks[f"gradient of {node.name}"] = Text(x, y - 19, text, colour="derivative")
    return marks


def _line_marks(lines: list[str], forward: bool) -> dict[str, Mark]:
    """What the active node does: one line on the way forward, up to two beside it backward."""
    marks: dict[str, Mark] = {}
    ways: tuple[tuple[str, Colour], ...] = (("forward", "function"), ("backward", "derivative"))
    for k, x in enumerate((16, _WIDE / 2 + 6)):
        for way, colour in ways:
            text = lines[k] if k < len(lines) and forward is (way == "forward") else ""
            marks[f"line {k + 1} {way}"] = Text(x, 56, text, anchor="start", colour=colour)
    return marks


@lru_cache(maxsize=16_384)
def _short(value: float, box: float, more: str = "") -> str:
    """A number, and more, such that both fit into a box: four digits at most."""
    texts = [number(round(value, 6), digits) for digits in (4, 3, 2, 1)]
    texts = [text for text in texts if "e" not in text]
    power = f"{value:.0e}".replace("e+0", "e").replace("e-0", "e-").replace("-", "−")
    return next((t for t in [*texts, power] if text_width(t + more) <= box - 6), "…") + more


def text_width(text: str) -> float:
    """Pixels that a text takes in the browser's font, at the size of the marks."""
    return sum({".": 4.8, " ": 4.8, "−": 12.6, "+": 12.6, "…": 15.0}.get(c, 9.6) for c in text)


@lru_cache(maxsize=16_384)
def _plain(value: float) -> str:
    return number(round(value, 8))


def _exact(*values: float) -> bool:
    """Whether all of these numbers are shown with all their digits."""
    return all(
        math.isfinite(v) and math.isclose(v, float(f"{round(v, 8):.4g}"), abs_tol=1e-12)
        for v in values
    )


def _applied(op: str, words: Sequence[str]) -> str:
    """An operation written out: "a × b", "tanh(u₁)", "u₂²"; "u₂**0.5" for a fraction."""
    if len(words) == 2:
        return f"{words[0]} {op} {words[1]}"
    if op.startswith("**"):
        exponent = op[2:]
        whole = exponent.lstrip("-").isdigit()
        return f"{words[0]}{superscript(exponent) if whole else op}"
    return f"−{words[0]}" if op == "−" else f"{op}({words[0]})"


def _formula(nodes: list[Node], i: int) -> str:
    node = nodes[i]
    words = [nodes[k].name for k in node.inputs]
    return f"{node.name} = {_applied(node.op, [f'({w})' if w[0] == '−' else w for w in words])}"


def _lines(nodes: list[Node], now: Run, active: int | None, forward: bool, back: int) -> list[str]:
    """What the active node does, as one or two short formulas."""
    if active is None:
        return []
    node = nodes[active]
    if forward:
        numbers = [_plain(now.values[k]) for k in node.inputs]
        if not node.op.isalpha():  # a function such as tanh brings brackets of its own
            numbers[-1] = bracketed(numbers[-1])
        whole = _applied(node.op, numbers)
        sign = "=" if _exact(now.values[active], *(now.values[k] for k in node.inputs)) else "≈"
        return [f"{_formula(nodes, active)} = {whole} {sign} {_plain(now.values[active])}"]
    lines = []
    for k, slope in zip(node.inputs, now.slopes[active], strict=True):
        if not nodes[k].is_constant:
            grad = now.grads[back][active]
            piece = slope * grad
            sign = "=" if _exact(grad, slope, piece) else "≈"
            product = f"{_plain(grad)} × {bracketed(_plain(slope))}"
            lines.append(f"{nodes[k].name} += {product} {sign} {_plain(piece)}")
    return lines


def _in_words(
    nodes: list[Node],
    names: list[str],
    now: Run,
    made: list[int],
    step: int,
    lines: list[str],
) -> str:
    by_name = {node.name: i for i, node in enumerate(nodes)}
    given = ", ".join(f"{name} = {_plain(now.values[by_name[name]])}" for name in names)
    ways, end = len(made), nodes[-1].name
    if step == 0:
        return f"The inputs: {given}. Nothing is computed yet. Next: {_formula(nodes, made[0])}."
    if step <= ways:
        words = f"{given}. Forward, {step} of {ways}: {lines[0]}."
        if step < ways:
            return f"{words} Next: {_formula(nodes, made[step])}."
        return f"{words} The way forward is done."
    back = step - ways - 1
    following = made[-(back + 1)] if back < ways else None
    ask = _question(nodes, following)
    if back == 0:
        return (
            f"{given}. Backward starts at the end: {end} has gradient 1, since {end} changes one "
            f"for one with itself.{ask}"
        )
    node = nodes[made[-back]]
    told = "; ".join(lines) if lines else "only constants, which need no gradient"
    words = f"{given}. Backward, {back} of {ways}: {node.name} hands on. {told}."
    if following is not None:
        return words + ask
    grads = [now.grads[-1][by_name[name]] or 0.0 for name in names]
    slopes = " and ".join(
        f"d{end}/d{name} {'=' if _exact(g) else '≈'} {_plain(g)}"
        for name, g in zip(names, grads, strict=True)
    )
    return f"{words} Finished: {slopes}."


def _question(nodes: list[Node], following: int | None) -> str:
    """What a learner may predict before the next node hands on, if there is one."""
    if following is None:
        return ""
    places = dict.fromkeys(nodes[following].inputs)  # each once, though one may come twice
    to = [nodes[k].name for k in places if not nodes[k].is_constant]
    if not to:
        return ""
    return f" Next, {nodes[following].name} hands on to {' and '.join(to)}: predict how much."


# --- forward against reverse ---

LARGEST = 100  # weights


@explorer
def explore_modes(n: int = 40) -> Stage:
    """How many products forward and reverse mode need for the slopes towards n weights.

    n: the number of weights at first.
    """
    ax = style.axes(
        (0, LARGEST * 1.02),
        (-900, 44_000),
        "number of weights n",
        "products with a local slope",
        "One neuron: the slopes towards all its weights",
        size=(7.4, 4.0),
    )
    counts = range(1, LARGEST + 1)
    for k, (name, colour) in enumerate((("forward mode", "secant"), ("reverse mode", "tangent"))):
        made = [count_products(count)[k] for count in counts]
        ax.plot(counts, made, label=name, color=style.COLOURS[colour])

    def frame(n: float) -> Scene:
        n = round(n)
        forward, reverse = count_products(n)
        marks: dict[str, Mark] = {
            "between": Drop(n, forward, reverse),
            "forward": Point(n, forward, drag="n", colour="secant"),
            "reverse": Point(n, reverse, drag="n", colour="tangent"),
            "forward in numbers": Text(
                3, 39_500, f"forward mode: {forward}", anchor="start", colour="secant"
            ),
            "reverse in numbers": Text(
                3, 35_500, f"reverse mode: {reverse}", anchor="start", colour="tangent"
            ),
        }
        times = "as many" if n == 1 else f"{n} times as many"
        weights = "1 weight" if n == 1 else f"{n} weights"
        return Scene(
            f"{weights}: reverse mode needs {reverse} products for all slopes at once, forward "
            f"mode {forward}: {times}.",
            marks,
        )

    play = Play("n", "More weights", seconds=4)
    slider = Slider(1, LARGEST, n, 1, label="weights n")
    return Stage(ax, frame, {"n": slider}, "Products in forward and in reverse mode", play)


# --- a network of one's own ---

STOPS = 100  # of its training that are shown, at most


@explorer
def explore_own_network(
    points: Sequence[Sequence[float]], path: Sequence[Sequence[float]], step: int = 0
) -> Stage:
    """A network of tanh neurons while it trains: its boundary among the points, and its loss.

    points: rows of x₁, x₂ and a label, 1 or −1. path: all its weights and biases before training
    and after each step, those of the hidden neurons first. step: how many steps have been taken
    at first; the nearest one that is shown.
    """
    table = as_points(points)
    run = [as_knobs(knobs) for knobs in path]
    if not run:
        raise NoValue("The path is empty: put the weights into it before each step.")
    stride = max(1, math.ceil((len(run) - 1) / STOPS))
    last = max(1, (len(run) - 1) // stride) * stride
    answers = [answers_of(knobs, table[:, :2]) for knobs in run[::stride]]
    losses = [float(np.sum((said - table[:, 2]) ** 2)) for said in answers]
    hits = [int(np.sum(np.sign(said) == table[:, 2])) for said in answers]
    top = 1.15 * max([loss for loss in losses if math.isfinite(loss)] or [1.0])
    ones, others = (table[table[:, 2] == label, :2].T for label in (1, -1))
    places = np.linspace(-HALF, HALF, 41)
    grid = np.column_stack([axis.ravel() for axis in np.meshgrid(places, places)])

    def draw_map(ax: Axes) -> None:
        style.frame_axes(ax, (-HALF, HALF), (-HALF, HALF), "x₁", "x₂", "The points")
        ax.set_aspect("equal")
        ax.scatter(*ones, s=40, color=style.COLOURS["point"], label="label 1")
        looks = {"facecolors": "white", "edgecolors": style.COLOURS["data"]}
        ax.scatter(*others, s=40, label="label −1", **looks)
        above = {"loc": "lower right", "bbox_to_anchor": (1, 1), "borderaxespad": 0.1}
        ax.legend(fontsize=9, ncols=2, handletextpad=0.1, columnspacing=0.8, **above)

    loss_axes = ((0.0, float(last)), (0.0, top), "steps", "loss", "The loss")
    ax, _ = side_by_side(draw_map, loss_axes, widths=(1.15, 1), size=(7.6, 3.9))
    heights = drawable(losses).tolist()

    def frame(step: float) -> Scene:
        k = min(round(step) // stride, len(losses) - 1)
        said = answers_of(run[k * stride], grid).reshape(len(places), len(places))
        line, _ = boundary_of(said, places, 90)
        curve = tuple(
            (float(stride * i), loss) if i <= k else NOWHERE for i, loss in enumerate(heights)
        )
        now = infinite_if_lost(losses[k])
        marks: dict[str, Mark] = {
            "boundary": Polyline(line, colour="function", width=3),
            "loss curve": Polyline(curve, colour="loss", ax=1),
            "loss now": Point(float(k * stride), now, colour="loss", drag="step", ax=1),
        }
        taken = f"After {k * stride} steps" if k else "Before training"
        pieces = "" if any(not math.isnan(x) for x, _ in line) else " There is no boundary here."
        return Scene(
            f"{taken}: loss {in_loss(losses[k])}, {hits[k]} of {len(table)} points on their right "
            f"side.{pieces}",
            marks,
        )

    shown = stride * round(min(max(step, 0), last) / stride)
    sliders = {"step": Slider(0, last, shown, stride, label="steps")}
    play = Play("step", "Train")
    return Stage(ax, frame, sliders, "A network of your own, trained by your engine", play)
