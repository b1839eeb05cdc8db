"""Chapter 05: why xⁿ has the slope n xⁿ⁻¹, and a reader that applies the rules term by term."""

import math
from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import formulas, style
from utils.explorers.shared.geometry import point_in, rectangle
from utils.explorers.shared.panels import one_above_the_other
from utils.functions import NoValue, Real, evaluate
from utils.models.power_rule import (
    Term,
    false_slope,
    gained_per_h,
    reaches_below_zero,
    read_terms,
    rule_for,
    sum_text,
    two_slope,
    working,
)
from utils.numerals import fixed, number, plain
from utils.slopes import central_difference
from utils.stage import (
    NOWHERE,
    Caption,
    Choice,
    Graph,
    Line,
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
    Toggle,
    explorer,
)
from utils.stage.marks import Mark

# --- the rule reader: the figure ---

ROW = 0.27  # inches per line of the table


@explorer
def read_rules(f: str = "x**3 + 5*x**2 - 2*x + 7", x: float | None = None) -> Stage:
    """A sum of powers of x with the slope of each term, the rule that gives it, and both witnesses:
    the sum of the slopes and the central difference, at any x.

    f: a formula such as "x**3 - 2*x", "3/x**2" or "sqrt(x)". x: where to look at first.
    Where the rules of this chapter cannot read it, a sentence says which part and why.
    """
    if not isinstance(f, str):
        raise NoValue(
            "The reader needs to see the formula, so give it as text, between quotes: "
            'read_rules("x**3 - 2*x").'
        )
    terms = read_terms(f)
    slopes = [term.slope() for term in terms]
    typed = formulas.parse(f, ["x"])

    def value(at: float) -> float:
        return sum(term(at) for term in terms)

    def slope(at: float) -> float:
        return sum(term(at) for term in slopes)

    over = (-3.0, 3.0) if reaches_below_zero(typed, value) else (0.2, 4.0)
    x = (1.5 if over[0] < 0 else 1.0) if x is None else x
    slider = Slider(*over, x, 0.1, label="x")
    air = 0.05 * (over[1] - over[0])
    across = (over[0] - air, over[1] + air)
    heights = (_heights(value, terms, over), _heights(slope, slopes, over))
    axes = _pictures_and_table(terms, slopes, across, heights)
    style.plot_function(axes[0], value, across, label="f")
    style.plot_function(axes[1], slope, across, label="f′", colour="derivative")
    rows = len(terms)

    def frame(x: float) -> Scene:
        here, steep = value(x), slope(x)
        # The formula as it was typed, not the terms read from it: a witness of its own.
        measured = central_difference(typed, x) if math.isfinite(steep) else math.nan
        marks: dict[str, Mark] = {
            "tangent": Line((x, here), (x + 1, here + steep), colour="tangent"),
            "drop": Segment((x, 0.0), (x, steep), colour="derivative", dashed=True, ax=1),
            "x": Point(*point_in((across, heights[0]), x, here), drag="x"),
            "slope": Point(
                *point_in((across, heights[1]), x, steep), drag="x", colour="derivative", ax=1
            ),
            "place": Text(1.0, rows + 2.5, f"at x = {number(x)}", anchor="end", ax=2),
        }  # fmt: skip
        for i, term in enumerate(slopes):
            marks[f"slope of term {i + 1}"] = Text(
                1.0, rows + 1.5 - i, _four(term(x)), anchor="end", colour="derivative", ax=2
            )
        for name, result, line in (("sum", steep, 1.5), ("central", measured, 0.5)):
            colour = "derivative" if name == "sum" else "secant"
            marks[f"{name} in numbers"] = Text(
                1.0, line, _four(result), anchor="end", colour=colour, ax=2
            )
        return Scene(_reader_says(x, [term(x) for term in slopes], steep, measured), marks)

    return Stage(
        axes[0], frame, {"x": slider}, f"The rules that give the slope of {sum_text(terms)}"
    )


def _heights(f: Real, terms: list[Term], over: Range) -> Range:
    """A range for the vertical axis; towards a pole at 0 the curve leaves the picture."""
    if all(term.power >= 0 for term in terms if term.factor):
        return style.heights(f, over)
    values = evaluate(f, np.linspace(*over, 401))
    low, high = np.percentile(values[np.isfinite(values)], [12, 88])
    air = 0.6 * (high - low) or 1.0
    return float(low - air), float(high + air)


def _reader_says(x: float, parts: list[float], steep: float, measured: float) -> str:
    at = f"At x = {number(x)}"
    if not math.isfinite(steep):
        return f"{at} a term would divide by 0: the curve has no height here, and no slope."
    shown = [round(part, 4) for part in parts]
    ending = f"The central difference measures {_plain(measured)}."
    if len(parts) == 1:
        return f"{at} the rule says {_plain(steep)}. {ending}"
    signs = "".join(f" {'−' if p < 0 else '+'} {_plain(abs(p))}" for p in shown[1:])
    equals = "=" if round(sum(shown), 4) == round(steep, 4) else "≈"
    added = f"{_plain(shown[0])}{signs} {equals} {_plain(steep)}"
    return f"{at} the slopes of the terms add up: {added}. {ending}"


def _pictures_and_table(
    terms: list[Term], slopes: list[Term], across: Range, heights: tuple[Range, Range]
) -> tuple[Axes, Axes, Axes]:
    """f and f′ side by side over the table of rules, whose numbers are marks."""
    rows = len(terms)
    lines = rows + 3  # a head, and both witnesses
    big = style.in_class()
    row = ROW * (1.15 if big else 1.0)
    with style.context():
        figure = Figure(figsize=(7.3, 2.4 + row * lines))
        grid = figure.add_gridspec(2, 2, height_ratios=(2.4, row * lines))
        left, right = figure.add_subplot(grid[0, 0]), figure.add_subplot(grid[0, 1])
        table = figure.add_subplot(grid[1, :])
        names = [f"f(x) = {sum_text(terms)}", f"f′(x) = {sum_text(slopes)}"]
        longest = 24 if big else 32
        for ax, name, short, around in zip(
            (left, right), names, ("f(x)", "f′(x)"), heights, strict=True
        ):
            title = name if len(name) <= longest else short
            style.frame_axes(ax, across, around, "x", "", title)
        table.set(xlim=(0, 1), ylim=(0, lines))
        table.axis("off")
        size = 14 if big else 11.5
        colour = style.COLOURS

        def write(x: float, line: float, text: str, meaning: str = "point") -> None:
            table.text(x, line, text, color=colour[meaning], fontsize=size, va="center")

        columns = (0.0, 0.14, 0.61)
        for x, head in zip(columns, ("term", "rule", "its slope"), strict=True):
            write(x, lines - 0.5, head)
        for i, term in enumerate(terms):
            line = lines - 1.5 - i
            write(columns[0], line, str(term), "function")
            write(columns[1], line, _short(rule_for(term)) if big else rule_for(term))
            write(columns[2], line, str(slopes[i]) if big else working(term), "derivative")
        total = sum_text(slopes)
        write(columns[0], 1.5, "sum rule")
        write(columns[1], 1.5, f"f′(x) = {total}" if len(total) < 46 else "add them", "derivative")
        write(columns[0], 0.5, "central difference, from the formula alone", "secant")
        for line in (2.0, lines - 1.0):
            table.plot([0, 1], [line, line], color="#E4E4E4", linewidth=1, gid="zero")
    return left, right, table


def _short(rule: str) -> str:
    return rule.replace("constant multiple, power rule", "multiple, power")


# --- a line, a square and a cube that grow ---

SHAPES = {"a line, x": 1, "a square, x²": 2, "a cube, x³": 3}
_PARTS = (("end", "strips", "slabs"), ("", "corner", "rods"), ("", "", "corner"))
_PIECES_COLOUR = ("function", "derivative", "secant", "point")
_SORTS = ("old part", "new in one direction", "new in two", "new in three")
_TOWARDS = (0.44, 0.36)  # how far one unit towards the viewer goes left and down
_APART = (0.35, 0.35, 1.2)  # by how much the pieces are pulled apart: right, up, forward
_THIN = 0.16  # the thickness in which a line is drawn


def explore_growth(
    shape: str = "a cube, x³", x: float = 2.0, h: float = 0.8, apart: bool = False
) -> Stage:
    """A line, a square or a cube of side x that grows by h: its new pieces, and what they add per
    unit of h. Drag the corner.

    shape: "a line, x", "a square, x²" or "a cube, x³". x: above 0, up to 2. h: between 0 and 1.
    apart: whether the pieces are pulled apart. Raises ValueError for a side x out of that range.
    """
    if not 0 < x <= 2:
        raise ValueError(f"The picture has room for a side above 0 and up to 2, not for {x}.")
    with style.context():
        figure = Figure(figsize=(7.3, 4.0))
        solid, table = figure.subplots(1, 2, width_ratios=(1.2, 1))
        solid.set(xlim=(-1.95, 3.45), ylim=(-1.7, 3.55), title="What grows")
        solid.set_aspect("equal")
        solid.axis("off")
        about = "New part, per h" if style.in_class() else "The new part, divided by h"
        table.set(xlim=(0, 1), ylim=(0, 1), title=about)
        table.axis("off")
        table.plot([0, 1], [0.36, 0.36], color="#E4E4E4", linewidth=1, gid="zero")
        size = 14 if style.in_class() else 11.5
        table.text(0, 0.13, "shares", fontsize=size, va="center")

    def frame(shape: str, h: float, apart: bool) -> Scene:
        n = SHAPES[shape]
        gaps = _APART if apart else (0.0, 0.0, 0.0)
        marks = _pieces(n, x, h, gaps)
        inside = _edges([0, 0, 0], [x, x, x])
        marks["old cube inside"] = Polyline(
            inside if n == 3 and h > 0 and not apart else (NOWHERE,) * len(inside),
            colour="function", dashed=True, width=1.6,
        )  # fmt: skip
        marks |= _table_of_pieces(n, per_h := gained_per_h(n, x, h), h)
        foot = _seen((0, 0, x + h + gaps[2])) if n == 3 else (0.0, -_THIN / 2 if n == 1 else 0.0)
        marks["name of x"] = Text(foot[0] + x / 2, foot[1], "x", dy=14, colour="function")
        marks["name of h"] = Text(
            foot[0] + x + gaps[0] + h / 2, foot[1], "h" if h else "", dy=14, colour="derivative"
        )
        corner = [x + h + gaps[k] if k < n else 0.0 for k in range(3)]
        marks["corner of growth"] = Point(*_seen(corner), drag="h")
        return Scene(_growth_says(n, x, h, per_h), marks)

    sliders = {
        "shape": Choice(list(SHAPES), shape, label="what grows"),
        "h": Slider(0, 1, h, 0.05, label="step h"),
        "apart": Toggle(apart, label="pull the pieces apart"),
    }
    play = Play("h", "Shrink h", upwards=False, seconds=4)
    return Stage(solid, frame, sliders, "A line, a square and a cube that grow", play)


def _seen(at: Sequence[float]) -> Pair:
    """Where a place in space is drawn. at: how far right, up, and towards the viewer."""
    right, up, forward = at
    return right - _TOWARDS[0] * forward, up - _TOWARDS[1] * forward


def _faces(low: Sequence[float], high: Sequence[float]) -> dict[str, tuple[Pair, ...]]:
    """The three sides of a box that can be seen, all drawn in the same sense of rotation."""
    (x0, y0, z0), (x1, y1, z1) = low, high
    sides = {
        "right": ((x1, y0, z1), (x1, y0, z0), (x1, y1, z0), (x1, y1, z1)),
        "top": ((x0, y1, z1), (x1, y1, z1), (x1, y1, z0), (x0, y1, z0)),
        "front": ((x0, y0, z1), (x1, y0, z1), (x1, y1, z1), (x0, y1, z1)),
    }
    return {side: tuple(map(_seen, corners)) for side, corners in sides.items()}


def _edges(low: Sequence[float], high: Sequence[float]) -> tuple[Pair, ...]:
    """The nine edges of a box that can be seen, in one stroke of the pen."""
    faces = _faces(low, high)
    front, top, right = faces["front"], faces["top"], faces["right"]
    return (*front, front[0], front[3], top[3], top[2], front[2], top[2], right[1], right[0])


def _pieces(n: int, x: float, h: float, gaps: tuple[float, ...]) -> dict[str, Mark]:
    """The grown shape, piece by piece: one mark for the tint and one for the edges of each sort.

    Of a cube in one piece only the outside is seen; of pieces pulled apart, all visible sides.
    Sides that are not seen are nan, since a mark has the same number of points in every scene.
    """
    whole = n == 3 and h > 0 and not any(gaps)
    sides: list[list[tuple[Pair, ...]]] = [[], [], [], []]
    for where in product((0, 1), repeat=3):  # 1 in each direction in which a piece is new
        low = [(x + gaps[k]) * where[k] if k < n else 0.0 for k in range(3)]
        high = [low[k] + (h if where[k] else x) if k < n else 0.0 for k in range(3)]
        if n == 1:
            low[1], high[1] = -_THIN / 2, _THIN / 2
        there = not any(where[n:]) and (h > 0 or not any(where))
        for k, (side, face) in enumerate(_faces(low, high).items()):
            seen = there and (n == 3 or side == "front") and (where[k] or not whole)
            sides[sum(where)].append(face if seen else (NOWHERE,) * 4)
    marks: dict[str, Mark] = {}
    for colour, name, faces in zip(_PIECES_COLOUR, _SORTS, sides, strict=True):
        tint = tuple(place for face in faces for place in (*face, NOWHERE))
        edges = tuple(place for face in faces for place in (*face, face[0], NOWHERE))
        marks[name] = Polyline(tint, filled=True, colour=colour)
        marks[f"edges of {name}"] = Polyline(edges, colour=colour, width=1.8)
    return marks


def _table_of_pieces(n: int, per_h: list[float], h: float) -> dict[str, Mark]:
    """The table beside the picture: each sort of piece, what it adds per h, and its share."""
    marks: dict[str, Mark] = {}
    grown, total = h > 0, sum(per_h)
    symbols = {1: ("1",), 2: ("2x", "h"), 3: ("3x²", "3xh", "h²")}[n]
    edge = 0.0
    for k in range(3):
        there = k < n and grown
        colour = _PIECES_COLOUR[k + 1]
        line = 0.9 - 0.14 * k
        name = f"{math.comb(n, k + 1)} {_PARTS[k][n - 1]}" if k < n else ""
        result = f"{symbols[k]} = {number(per_h[k])}" if there and n > 1 else ""
        result = "1" if there and n == 1 else result
        marks[f"name of sort {k + 1}"] = Text(0, line, name, anchor="start", colour=colour, ax=1)
        marks[f"sort {k + 1} per h"] = Text(1, line, result, anchor="end", colour=colour, ax=1)
        share = per_h[k] / total if there else 0.0
        box = rectangle(edge, 0.2, edge + share, 0.31) if there else (NOWHERE,) * 5
        marks[f"share of sort {k + 1}"] = Polyline(box, filled=True, colour=colour, ax=1)
        marks[f"edge of share {k + 1}"] = Polyline(box, colour=colour, width=1.8, ax=1)
        edge += share
    marks["name of all"] = Text(0, 0.45, "together", anchor="start", ax=1)
    marks["all per h"] = Text(1, 0.45, number(total) if grown else "", anchor="end", ax=1)
    share = f"{_PARTS[0][n - 1]} {100 * per_h[0] / total:.0f} %" if grown else ""
    marks["share in numbers"] = Text(1, 0.13, share, anchor="end", colour="derivative", ax=1)
    return marks


def _growth_says(n: int, x: float, h: float, per_h: list[float]) -> str:
    what = ("line", "square", "cube")[n - 1]
    if h == 0:
        return (
            f"With h = 0 the {what} of side {number(x)} has not grown: there is nothing new, and "
            "no h to divide it by. Drag its corner outwards."
        )
    start = f"The {what} of side {number(x)} grows by h = {number(h)}. Divided by h, "
    if n == 1:
        return f"{start}its new end is h / h = 1, whatever h is."
    share = 100 * per_h[0] / sum(per_h)
    if n == 2:
        parts = f"two strips give 2x = {number(per_h[0])}, the corner {number(per_h[1])}"
    else:
        parts = (
            f"three slabs give 3x² = {number(per_h[0])}, three rods {number(per_h[1])}, the corner "
            f"{number(per_h[2])}"
        )
    return f"{start}{parts}. The {_PARTS[0][n - 1]} are {share:.0f} % of what is new."


# --- xⁿ above, n xⁿ⁻¹ below ---

_ACROSS = (-2.2, 2.2)
_UPPER, _LOWER = (-4.4, 8.8), (-6.5, 13.0)


def explore_power(n: float = 3.0, x: float = 1.5) -> Stage:
    """xⁿ above with its tangent at x, n xⁿ⁻¹ below, for n from −2 to 5 in halves.

    x: between −2 and 2; where n is no whole number, there is a curve for x above 0 only.
    """
    upper, _ = one_above_the_other((_ACROSS, _UPPER, "", "f(x)"), (_ACROSS, _LOWER, "x", "f′(x)"))

    def frame(n: float, x: float) -> Scene:
        f = Term(Fraction(1), Fraction(n))
        slope = f.slope()
        named = str(f) if n else "x⁰ = 1"
        # One place beyond the end of a root counts as the end: no tangent is shown there.
        there = f.power.denominator == 1 or x > 0
        here, steep = (f(x), slope(x)) if there else NOWHERE
        marks = {
            "f": Graph(f, _ACROSS),
            "derivative": Graph(slope, _ACROSS, colour="derivative", ax=1),
            "tangent": Tangent(x, here, steep),
            "size of slope": Segment((x, 0.0), (x, steep), colour="derivative", ax=1),
            "x": Point(x, here, drag="x"),
            "slope": Point(x, steep, drag="x", colour="derivative", ax=1),
            "name of f": Caption(f"f(x) = {named}", colour="function"),
            "name of derivative": Caption(f"f′(x) = {slope}", colour="derivative", ax=1),
            "height in numbers": Caption(
                f"f({number(x)}) = {plain(here)}", "right", colour="function"
            ),
            "slope in numbers": Caption(
                f"f′({number(x)}) = {plain(steep)}", "right", colour="derivative", ax=1
            ),
        }
        return Scene(_power_says(f, slope, x, steep), marks)

    sliders = {"n": Slider(-2, 5, n, 0.5, label="exponent n"), "x": Slider(-2, 2, x, 0.1)}
    play = Play("n", "Raise n", seconds=8)
    return Stage(upper, frame, sliders, "A power of x, and its slope below", play)


def _power_says(f: Term, slope: Term, x: float, steep: float) -> str:
    n = number(float(f.power))
    if f.power == 0:
        return f"n = {n}: x⁰ is 1 everywhere, a level line. Its slope is 0, here and anywhere."
    start = f"n = {n}: {f} has the slope {slope}"
    if f.power.denominator != 1 and x <= 0:
        return f"{start}, for x above 0. At x = {number(x)} there is no slope to be seen."
    if not math.isfinite(steep):
        return f"{start}. At x = 0 it would divide by 0: no height, and no slope."
    measured = central_difference(f, x)
    return (
        f"{start}. At x = {number(x)} that is {_plain(steep)}, and the central difference measures "
        f"{_plain(measured)}."
    )


def _two_axes(
    view: tuple[Range, Range], slopes: Range, names: tuple[str, str] = (" ", " ")
) -> Axes:
    """The upper of two axes with the same x: f above, f′ below."""
    with style.context():
        figure = Figure(figsize=(7.2, 4.7))
        upper, lower = figure.subplots(2, 1, sharex=True)
        style.frame_axes(upper, *view, "", "f(x)", names[0])
        style.frame_axes(lower, view[0], slopes, "x", "f′(x)", names[1])
        upper.tick_params(labelbottom=True)
        upper.set_xticks(range(math.ceil(view[0][0]), math.floor(view[0][1]) + 1))
    return upper


# --- a factor and a constant ---


def explore_constants(c: float = 2.0, d: float = 1.0, x: float = 1.0) -> Stage:
    """x² stretched by c and lifted by d: the tangents of x² and of c·x² + d at the same x.

    c: between −2 and 3. d: between −2 and 3. x: between −2 and 2.
    """
    across, heights = (-2.3, 2.3), (-5.0, 9.0)
    ax = style.axes(across, heights, "x", "", " ", size=(7.2, 4.0))
    style.plot_function(ax, lambda x: x**2, across, label="x²", colour="quiet")
    xs = np.linspace(*across, 93)

    def frame(c: float, d: float, x: float) -> Scene:
        height, slope = c * x * x + d, 2 * c * x
        shown = sum_text(
            [Term(Fraction(c), Fraction(2)), Term(Fraction(d), Fraction(0))]
        )  # fmt: skip
        curve = tuple(zip(xs.tolist(), (c * xs * xs + d).tolist(), strict=True))
        marks = {
            "curve": Polyline(curve, colour="function", width=3.0),
            "tangent of x²": Line(
                (x, x * x), (x + 1, x * x + 2 * x), colour="quiet", dashed=True, width=1.8
            ),
            "tangent": Line((x, height), (x + 1, height + slope), colour="tangent"),
            "lower point": Point(*point_in((across, heights), x, x * x), colour="quiet"),
            "x": Point(*point_in((across, heights), x, height), drag="x"),
            "name of curve": Text(
                across[0], heights[1], f"f(x) = {shown}", dy=-14, anchor="start",
                colour="function",
            ),
            "slope in numbers": Text(
                across[1], heights[1], f"slope {fixed(slope)}", dy=-14, anchor="end",
                colour="tangent",
            ),
            "slope of x² in numbers": Text(
                across[1], heights[1], f"x²: slope {fixed(2 * x)}", dx=-150, dy=-14,
                anchor="end", colour="quiet",
            ),
        }  # fmt: skip
        words = (
            f"At x = {number(x)}, x² has slope {fixed(2 * x)}. Stretched by {number(c)} and lifted "
            f"by {number(d)} it has slope {number(c)} · {_signed(2 * x)} = {fixed(slope)}: the "
            "stretch multiplies the slope, the lift adds nothing."
        )
        return Scene(words, marks)

    sliders = {
        "c": Slider(-2, 3, c, 0.5, label="stretch c"),
        "d": Slider(-2, 3, d, 0.5, label="lift d"),
        "x": Slider(-2, 2, x, 0.2, label="x"),
    }
    return Stage(ax, frame, sliders, "x² stretched and lifted, with its tangent")


def _signed(value: float) -> str:
    """A number in a product: one with a minus sign stands in brackets."""
    return f"({fixed(value)})" if value < 0 else fixed(value)


# --- the trap: 2ˣ ---


def explore_trap(x: float = 0.0) -> Stage:
    """2ˣ with its tangent at x, and the line that the power rule would draw, x·2ˣ⁻¹ as its slope.

    x: between −2 and 3. Below, both slopes for every x.
    """
    across, heights, slopes = (-2.2, 3.2), (-1.2, 9.2), (-1.4, 12.6)
    upper = _two_axes((across, heights), slopes)
    lower = upper.figure.axes[1]
    style.plot_function(upper, lambda x: 2**x, across, label="2ˣ")
    style.plot_function(lower, two_slope, across, label="2ˣ ln 2", colour="derivative")
    style.plot_function(lower, false_slope, across, label="x · 2ˣ⁻¹", colour="quiet")
    lower.lines[-1].set_linestyle("--")
    lower.text(2.45, 2.2, "2ˣ ln 2", color=style.COLOURS["derivative"])
    lower.text(1.55, 8.2, "x · 2ˣ⁻¹", color=style.COLOURS["quiet"])

    def frame(x: float) -> Scene:
        height, true, wrong = 2**x, two_slope(x), false_slope(x)
        measured = central_difference(lambda at: 2**at, x)
        marks = {
            "line of the power rule": Line(
                (x, height), (x + 1, height + wrong), colour="quiet", dashed=True
            ),
            "tangent": Line((x, height), (x + 1, height + true), colour="tangent"),
            "x": Point(x, height, drag="x"),
            "wrong slope": Point(x, wrong, drag="x", colour="quiet", hollow=True, ax=1),
            "slope": Point(x, true, drag="x", colour="derivative", ax=1),
            "name of f": Text(
                across[0], heights[1], "f(x) = 2ˣ", dy=-13, anchor="start", colour="function"
            ),
            "measured": Text(
                across[1], heights[1], f"measured slope {fixed(measured)}", dy=-13, anchor="end",
                colour="tangent",
            ),
            "wrong slope in numbers": Text(
                across[0], slopes[1], f"power rule x · 2ˣ⁻¹ = {fixed(wrong)}", dy=-13,
                anchor="start", colour="quiet", ax=1,
            ),
            "slope in numbers": Text(
                across[1], slopes[1], f"2ˣ ln 2 = {fixed(true)}", dy=-13, anchor="end",
                colour="derivative", ax=1,
            ),
        }  # fmt: skip
        gap = round(wrong, 2) - round(true, 2)
        verdict = "at this one place the two happen to agree to two decimals"
        if round(gap, 2):
            verdict = f"{fixed(abs(gap))} too {'large' if gap > 0 else 'small'}"
        words = (
            f"At x = {number(x)} the central difference measures {fixed(measured)}, and so says 2ˣ "
            f"ln 2. The power rule would say {fixed(wrong)}: {verdict}."
        )
        return Scene(words, marks)

    sliders = {"x": Slider(-2, 3, x, 0.02, label="x")}
    return Stage(upper, frame, sliders, "2ˣ, its slope, and what the power rule would make of it")


# --- numbers ---


HUGE = 1e7  # from here on six digits have to do


def _plain(value: float) -> str:
    """A value with at most four decimals and no zeros at its end; "none" where there is none."""
    if not math.isfinite(value):
        return "none"
    return number(value, 6) if abs(value) >= HUGE else number(round(value, 4), 11)


def _four(value: float) -> str:
    """The same with four decimals always, so that the digits of a table stay in place."""
    return fixed(value, 4) if abs(value) < HUGE else _plain(value)
