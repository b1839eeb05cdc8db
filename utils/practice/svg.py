"""Tables and pictures of problems as HTML: small drawings that a page can scale and recolour.

A drawing of the kind that problems need takes matplotlib a tenth of a second and 20 kB; here it
takes a millisecond, and its colours come from the page's style sheet, so that it fits a dark page.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from html import escape

from utils.numerals import number
from utils.practice.shown import Arrow, Contours, Graph, Line, Panels, Point, Shown, Table

WIDTH, HEIGHT = 420, 300  # of a picture, in its own units
SHOWN = 460  # pixels that WIDTH takes at most, as practice.css says
SMALL = 200  # of one of several
LEFT, RIGHT, TOP, BOTTOM = 34, 26, 24, 36  # margins
SAMPLES = 160


def as_html(shown: Shown) -> str:
    """A table or a picture, with its words for who cannot see it."""
    match shown:
        case Table():
            return _table(shown)
        case Graph():
            return _picture(_Axes(shown, WIDTH, HEIGHT), shown.words, _drawn_graph)
        case Contours():
            return _picture(_Axes(shown, _map_width(shown), HEIGHT), shown.words, _drawn_contours)
        case Panels():
            panels = "".join(
                f"<figure><figcaption><strong>{escape(letter)}</strong></figcaption>"
                f"{_picture(_Axes(graph, SMALL, SMALL), graph.words, _drawn_graph)}</figure>"
                for letter, graph in shown.graphs.items()
            )
            return f'<div class="practice-panels">{panels}</div>'


def as_svg(shown: Graph | Contours | Panels, css: str) -> dict[str, str]:
    """A picture as files of its own would hold it: by letter, "" where there is one alone.

    css: the colours of what is drawn.
    """
    if isinstance(shown, Panels):
        return {letter: as_svg(graph, css)[""] for letter, graph in shown.graphs.items()}
    looks = f'<style>{css}</style><rect width="100%" height="100%" fill="white"/>'
    drawn = as_html(shown).replace(">", f">{looks}", 1)
    return {"": drawn.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)}


def _table(table: Table) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in table.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in table.rows
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


class _Axes:
    """From places in data to places in the picture."""

    def __init__(self, shown: Graph | Contours, width: int, height: int) -> None:
        self.shown, self.width, self.height = shown, width, height
        small = width <= SMALL
        self.left, self.bottom = (22, 24) if small else (LEFT, BOTTOM)
        self.right, self.top = (8, 8) if small else (RIGHT, TOP)
        self.step_x = _step(*shown.x, most=5 if small else 9)
        self.step_y = _step(*shown.y, most=5 if small else 9)

    def at(self, x: float, y: float) -> tuple[float, float]:
        (x0, x1), (y0, y1) = self.shown.x, self.shown.y
        across = self.width - self.left - self.right
        up = self.height - self.top - self.bottom
        return (
            round(self.left + across * (x - x0) / (x1 - x0), 1),
            round(self.top + up * (y1 - y) / (y1 - y0), 1),
        )


def _map_width(shown: Contours) -> int:
    """The width at which one unit across is as long as one unit up, within reason."""
    (x0, x1), (y0, y1) = shown.x, shown.y
    up = HEIGHT - TOP - BOTTOM
    return round(LEFT + RIGHT + up * min(max((x1 - x0) / (y1 - y0), 0.5), 2))


def _step(low: float, high: float, most: int) -> float:
    """The distance of grid lines: 1, 2 or 5 times a power of ten, for at most so many."""
    power = 10.0 ** math.floor(math.log10((high - low) / most))
    return next(n * power for n in (1, 2, 5, 10) if (high - low) / (n * power) <= most)


def _marks(low: float, high: float, step: float) -> list[float]:
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    return [round(step * n, 9) + 0.0 for n in range(first, last + 1)]


def _picture(axes: _Axes, words: str, inside: Callable[[_Axes], str]) -> str:
    # A narrower picture stays narrower, so that its letters are no larger than those of others.
    narrow = SMALL < axes.width < WIDTH
    style = f'style="max-width: {round(axes.width * SHOWN / WIDTH)}px" ' if narrow else ""
    return (
        f'<svg class="practice-picture" viewBox="0 0 {axes.width} {axes.height}" role="img" {style}'
        f'aria-label="{escape(words, quote=True)}">{_grid(axes)}{inside(axes)}</svg>'
    )


def _grid(axes: _Axes) -> str:
    (x0, x1), (y0, y1) = axes.shown.x, axes.shown.y
    parts = []
    for x in _marks(x0, x1, axes.step_x):
        (a, b), (_, d) = axes.at(x, y0), axes.at(x, y1)
        name = "zero" if x == 0 else "grid"
        parts.append(f'<path class="{name}" d="M{a} {b}V{d}"/>')
        parts.append(f'<text x="{a}" y="{b + 13}" text-anchor="middle">{number(x)}</text>')
    for y in _marks(y0, y1, axes.step_y):
        (a, b), (c, _) = axes.at(x0, y), axes.at(x1, y)
        name = "zero" if y == 0 else "grid"
        parts.append(f'<path class="{name}" d="M{a} {b}H{c}"/>')
        parts.append(f'<text x="{a - 4}" y="{b + 4}" text-anchor="end">{number(y)}</text>')
    if axes.width > SMALL:
        a, b = axes.at((x0 + x1) / 2, y0)
        parts.append(_label(a, b + 30, axes.shown.xlabel, "middle"))
        parts.append(_label(6, 11, axes.shown.ylabel, "start"))
    return "".join(parts)


def _label(x: float, y: float, text: str, anchor: str) -> str:
    if not text:
        return ""
    return f'<text class="name" x="{x}" y="{y}" text-anchor="{anchor}">{escape(text)}</text>'


def _drawn_graph(axes: _Axes) -> str:
    graph = axes.shown
    assert isinstance(graph, Graph)
    return "".join(_line(axes, line) for line in graph.lines) + _points(axes, graph.points)


def _line(axes: _Axes, line: Line) -> str:
    """A curve in pieces: it is not drawn where it leaves the axes or has no value."""
    (x0, x1), (y0, y1) = axes.shown.x, axes.shown.y
    margin = 1e-6 * (y1 - y0)
    pieces: list[list[tuple[float, float]]] = [[]]
    before = (x0, math.nan)
    for i in range(SAMPLES + 1):
        here = x0 + (x1 - x0) * i / SAMPLES, _height(line.f, x0 + (x1 - x0) * i / SAMPLES)
        inside = y0 - margin <= here[1] <= y1 + margin
        if inside or pieces[-1]:
            edge = _crossing(before, here, y0, y1)
            pieces[-1] += [axes.at(*edge)] if edge else []
        if inside:
            pieces[-1].append(axes.at(*here))
        elif pieces[-1]:
            pieces.append([])
        before = here
    drawn = [piece for piece in pieces if len(piece) > 1]
    path = "".join("M" + "L".join(f"{a} {b}" for a, b in piece) for piece in drawn)
    named = ""
    if line.name and drawn:
        a, b = drawn[-1][-1]
        anchor, shift = ("end", -4) if a > axes.width - 40 else ("start", 4)
        named = (
            f'<text class="name {line.meaning}" x="{a + shift}" y="{max(b - 6, 11)}" '
            f'text-anchor="{anchor}">{escape(line.name)}</text>'
        )
    return f'<path class="line {line.meaning}" d="{path}"/>{named}'


def _height(f: Callable[[float], float], x: float) -> float:
    """The height of a curve; nan where it has none."""
    try:
        return f(x)
    except (ValueError, ZeroDivisionError, OverflowError):
        return math.nan


def _crossing(
    a: tuple[float, float], b: tuple[float, float], low: float, high: float
) -> tuple[float, float] | None:
    """Where a curve that runs straight from a to b leaves the axes, if it does.

    A leap over more than their whole height is no curve, but a pole.
    """
    if not abs(b[1] - a[1]) <= high - low:  # nan as well
        return None
    for edge in (low, high):
        if (a[1] - edge) * (b[1] - edge) < 0:
            return a[0] + (b[0] - a[0]) * (edge - a[1]) / (b[1] - a[1]), edge
    return None


def _points(axes: _Axes, points: Sequence[Point]) -> str:
    parts = []
    for point in points:
        a, b = axes.at(point.x, point.y)
        parts.append(f'<circle class="{point.meaning}" cx="{a}" cy="{b}" r="5"/>')
        parts.append(_label(a + 8, b - 7, point.name, "start"))
    return "".join(parts)


def _drawn_contours(axes: _Axes) -> str:
    import contourpy  # comes with matplotlib; only a few problems need it

    shown = axes.shown
    assert isinstance(shown, Contours)
    (x0, x1), (y0, y1) = shown.x, shown.y
    xs = [x0 + (x1 - x0) * i / 80 for i in range(81)]
    ys = [y0 + (y1 - y0) * i / 80 for i in range(81)]
    generator = contourpy.contour_generator(xs, ys, [[shown.f(x, y) for x in xs] for y in ys])
    lines, heights = [], []
    taken = [axes.at(point.x, point.y) for point in shown.points]
    for arrow in shown.arrows:
        taken += [axes.at(arrow.x + arrow.dx * t, arrow.y + arrow.dy * t) for t in (0, 0.5, 1)]
    for rank, level in enumerate(shown.levels):
        shade = 0.35 + 0.65 * rank / max(len(shown.levels) - 1, 1)
        for piece in generator.lines(level):
            places = [axes.at(x, y) for x, y in piece[::2]] + [axes.at(*piece[-1])]
            path = "M" + "L".join(f"{a} {b}" for a, b in places)
            lines.append(f'<path class="line function" opacity="{shade:.2f}" d="{path}"/>')
            if free := _freest(axes, places, taken):
                taken.append(free)
                heights.append(_label(free[0], free[1] + 4, number(level), "middle"))
    arrows = [_arrow(axes, arrow) for arrow in shown.arrows]
    return "".join([*lines, *heights, *arrows, _points(axes, shown.points)])


def _freest(
    axes: _Axes, places: Sequence[tuple[float, float]], taken: Sequence[tuple[float, float]]
) -> tuple[float, float] | None:
    """The place on a line that is farthest from all that is taken; None where all are too near."""
    inside = [
        (a, b)
        for a, b in places
        if axes.left + 12 < a < axes.width - axes.right - 12
        and axes.top + 8 < b < axes.height - axes.bottom - 8
    ]
    room = {at: min((math.dist(at, other) for other in taken), default=1e9) for at in inside}
    best = max(room, key=lambda at: min(room[at], 60), default=None)
    return best if best is not None and room[best] > 18 else None


def _arrow(axes: _Axes, arrow: Arrow) -> str:
    a, b = axes.at(arrow.x, arrow.y)
    c, d = axes.at(arrow.x + arrow.dx, arrow.y + arrow.dy)
    way = math.hypot(c - a, d - b)
    u, v = (c - a) / way, (d - b) / way  # along the arrow, in the picture
    barbs = [(c - 9 * u - s * 5 * v, d - 9 * v + s * 5 * u) for s in (1, -1)]
    head = "L".join(f"{p:.1f} {q:.1f}" for p, q in (barbs[0], (c, d), barbs[1]))
    return (
        f'<path class="line {arrow.meaning}" d="M{a} {b}L{c} {d}M{head}"/>'
        f'<text class="name {arrow.meaning}" x="{c + 11 * u:.1f}" y="{d + 11 * v + 4:.1f}" '
        f'text-anchor="middle">{escape(arrow.name)}</text>'
    )
