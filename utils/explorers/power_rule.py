"""Chapter 05: why xⁿ has the slope n xⁿ⁻¹, and a reader that applies the rules term by term."""

import math
from collections.abc import Sequence
from fractions import Fraction
from functools import cache, partial
from itertools import product

import numpy as np
from matplotlib.axes import Axes

from utils import formulas, style
from utils.explorers.shared.panels import (
    Frame,
    mosaic,
    one_above_the_other,
    panel,
    side_by_side,
    write,
)
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
from utils.numerals import added, bracketed, fixed, number, plain, whole_percent
from utils.slopes import central_difference
from utils.stage import (
    NOWHERE,
    Bar,
    Caption,
    Choice,
    Drop,
    Graph,
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
    with_formula_field,
)
from utils.stage.marks import Colour, Mark

# --- the rule reader: the figure ---

_ROW = 0.27  # inches per line of the table
_WORDS = 11.5  # points: its letters
_LONGEST = 32  # letters of a title


@with_formula_field()
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
    style.plot_function(axes["f"], value, across, label="f")
    style.plot_function(axes["f′"], slope, across, label="f′", colour="derivative")

    def frame(x: float) -> Scene:
        here, steep = value(x), slope(x)
        # The formula as it was typed, not the terms read from it: a witness of its own.
        measured = central_difference(typed, x) if math.isfinite(steep) else math.nan
        marks: dict[str, Mark] = {
            "tangent": Tangent(x, here, steep),
            "drop": Drop(x, steep, colour="derivative", width=2.4, ax=1),
            "x": Point(x, here, drag="x"),
            "slope": Point(x, steep, drag="x", colour="derivative", ax=1),
            "place": Text(1.0, len(terms) + 2.5, f"at x = {number(x)}", anchor="end", ax=2),
        }
        for i, term in enumerate(slopes):
            marks[f"slope of term {i + 1}"] = _result(len(terms) + 1.5 - i, term(x), "derivative")
        marks["sum in numbers"] = _result(1.5, steep, "derivative")
        marks["central in numbers"] = _result(0.5, measured, "secant")
        return Scene(_reader_says(x, [term(x) for term in slopes], steep, measured), marks)

    title = f"The rules that give the slope of {sum_text(terms)}"
    return Stage(axes["f"], frame, {"x": slider}, title)


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
    ending = f"The central difference measures {plain(measured)}."
    if len(parts) == 1:
        return f"{at} the rule says {plain(steep)}. {ending}"
    signed = "".join(f" {added(plain(part))}" for part in shown[1:])
    equals = "=" if round(sum(shown), 4) == round(steep, 4) else "≈"
    total = f"{plain(shown[0])}{signed} {equals} {plain(steep)}"
    return f"{at} the slopes of the terms add up: {total}. {ending}"


def _result(line: float, value: float, colour: Colour) -> Text:
    """A number at the right of the table: four decimals, so that all align, where there is room."""
    text = fixed(value, 4) if abs(value) < 1e5 else plain(value, 2)
    return Text(1.0, line, text, anchor="end", colour=colour, ax=2)


def _pictures_and_table(
    terms: list[Term], slopes: list[Term], across: Range, heights: tuple[Range, Range]
) -> dict[str, Axes]:
    """The axes "f" and "f′" side by side over a table of rules, whose numbers are marks."""

    def curve(name: str, parts: list[Term], around: Range) -> Frame:
        title = f"{name} = {sum_text(parts)}"
        return across, around, "x", "", title if len(title) <= _LONGEST else name

    plan = [["f", "f′"], ["table", "table"]]
    parts = {
        "f": curve("f(x)", terms, heights[0]),
        "f′": curve("f′(x)", slopes, heights[1]),
        "table": partial(_table, terms=terms, total=sum_text(slopes)),
    }
    tall = (2.4, _ROW * (len(terms) + 3))
    return mosaic(plan, parts, (1, 1), tall, (7.3, sum(tall)), air=(0.02, 0.02))


def _table(ax: Axes, terms: list[Term], total: str) -> None:
    """The words of the table: a head, a row for each term, and both witnesses."""
    lines = len(terms) + 3

    def row(line: float, *cells: tuple[str, Colour]) -> None:
        for x, (words, colour) in zip((0.0, 0.14, 0.61), cells, strict=False):
            write(ax, x, line, words, colour, size=_WORDS)

    ax.set(xlim=(0, 1), ylim=(0, lines))
    ax.axis("off")
    row(lines - 0.5, ("term", "point"), ("rule", "point"), ("its slope", "point"))
    for i, term in enumerate(terms):
        rule, slope = rule_for(term), working(term)
        row(lines - 1.5 - i, (str(term), "function"), (rule, "point"), (slope, "derivative"))
    whole = f"f′(x) = {total}" if len(total) < 46 else "add them"
    row(1.5, ("sum rule", "point"), (whole, "derivative"))
    row(0.5, ("central difference, from the formula alone", "secant"))
    for line in (2.0, lines - 1.0):
        ax.plot([0, 1], [line, line], color="#E4E4E4", linewidth=1, gid="zero")


# --- a line, a square and a cube that grow ---

SHAPES = {"a line, x": 1, "a square, x²": 2, "a cube, x³": 3}
_PARTS = (("end", "strips", "slabs"), ("", "corner", "rods"), ("", "", "corner"))
_PIECES_COLOUR = ("function", "derivative", "secant", "point")
_SORTS = ("old part", "new in one direction", "new in two", "new in three")
_TOWARDS = (0.44, 0.36)  # how far one unit towards the viewer goes left and down
_APART = (0.35, 0.35, 1.2)  # by how much the pieces are pulled apart: right, up, forward
_THIN = 0.16  # the thickness in which a line is drawn


@explorer
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
    solid, _ = side_by_side(_empty_space, _empty_table, (1.2, 1), (7.3, 4.0))

    def frame(shape: str, h: float, apart: bool) -> Scene:
        n = SHAPES[shape]
        gaps = _APART if apart else (0.0, 0.0, 0.0)
        marks = _pieces(n, x, h, gaps)
        inside = _edges([0, 0, 0], [x, x, x])
        if n < 3 or h == 0 or apart:
            inside = (NOWHERE,) * len(inside)
        marks["old cube inside"] = Polyline(inside, colour="function", dashed=True, width=1.6)
        marks |= _table_of_pieces(n, per_h := gained_per_h(n, x, h), h)
        left, low = _seen((0, 0, x + h + gaps[2])) if n == 3 else (0.0, -_THIN / 2 * (n == 1))
        marks["name of x"] = Text(left + x / 2, low, "x", side="below", colour="function")
        marks["name of h"] = Text(
            left + x + gaps[0] + h / 2, low, "h" if h else "", side="below", colour="derivative"
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


def _empty_space(ax: Axes) -> None:
    ax.set(xlim=(-1.95, 3.45), ylim=(-1.7, 3.55), title="What grows", aspect="equal")
    ax.axis("off")


def _empty_table(ax: Axes) -> None:
    ax.set_title("New part, divided by h")
    panel(ax)
    write(ax, 0, 0.13, "shares", size=_WORDS)
    ax.plot([0, 1], [0.36, 0.36], color="#E4E4E4", linewidth=1, gid="zero")


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
    """The grown shape, piece by piece, a mark for each sort.

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
        outlines = tuple(place for face in faces for place in (*face, face[0], NOWHERE))
        marks[name] = Polyline(outlines, filled=True, edge=1.8, colour=colour)
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
        box = (edge, 0.2, edge + share, 0.31) if there else (math.nan,) * 4
        marks[f"share of sort {k + 1}"] = Bar(*box, colour, ax=1)
        edge += share
    marks["name of all"] = Text(0, 0.45, "together", anchor="start", ax=1)
    marks["all per h"] = Text(1, 0.45, number(total) if grown else "", anchor="end", ax=1)
    share = f"{_PARTS[0][n - 1]} {whole_percent(per_h[0] / total)}" if grown else ""
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
    share = whole_percent(per_h[0] / sum(per_h))
    if n == 2:
        parts = f"two strips give 2x = {number(per_h[0])}, the corner {number(per_h[1])}"
    else:
        parts = (
            f"three slabs give 3x² = {number(per_h[0])}, three rods {number(per_h[1])}, the corner "
            f"{number(per_h[2])}"
        )
    return f"{start}{parts}. The {_PARTS[0][n - 1]} are {share} of what is new."


# --- xⁿ above, n xⁿ⁻¹ below ---

_ACROSS = (-2.2, 2.2)
_UPPER, _LOWER = (-4.4, 8.8), (-6.5, 13.0)


@explorer
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
        f"{start}. At x = {number(x)} that is {plain(steep)}, and the central difference measures "
        f"{plain(measured)}."
    )


# --- a factor and a constant ---


@explorer
def explore_constants(c: float = 2.0, d: float = 1.0, x: float = 1.0) -> Stage:
    """x² stretched by c and lifted by d: the tangents of x² and of c·x² + d at the same x.

    c: between −2 and 3. d: between −2 and 3. x: between −2 and 2.
    """
    across, heights = (-2.3, 2.3), (-5.0, 9.0)
    ax = style.axes(across, heights, "x", "", " ", size=(7.2, 4.0))
    style.plot_function(ax, lambda x: x**2, across, label="x²", colour="quiet")

    @cache
    def curve(c: float, d: float) -> Real:
        return lambda x: c * x * x + d

    def frame(c: float, d: float, x: float) -> Scene:
        f, slope = curve(c, d), 2 * c * x
        shown = sum_text([Term(Fraction(c), Fraction(2)), Term(Fraction(d), Fraction(0))])
        marks = {
            "curve": Graph(f, across, 93),
            "tangent of x²": Tangent(x, x * x, 2 * x, colour="quiet", dashed=True, width=1.8),
            "tangent": Tangent(x, f(x), slope),
            "lower point": Point(x, x * x, colour="quiet"),
            "x": Point(x, f(x), drag="x"),
            "name of curve": Caption(f"f(x) = {shown}", colour="function"),
            "slope in numbers": Caption(f"slope {fixed(slope)}", "right", colour="tangent"),
            "slope of x² in numbers": Caption(f"x²: slope {fixed(2 * x)}", "right", colour="quiet"),
        }
        words = (
            f"At x = {number(x)}, x² has slope {fixed(2 * x)}. Stretched by {number(c)} and lifted "
            f"by {number(d)} it has slope {number(c)} · {bracketed(fixed(2 * x))} = "
            f"{fixed(slope)}: the stretch multiplies the slope, the lift adds nothing."
        )
        return Scene(words, marks)

    sliders = {
        "c": Slider(-2, 3, c, 0.5, label="stretch c"),
        "d": Slider(-2, 3, d, 0.5, label="lift d"),
        "x": Slider(-2, 2, x, 0.2, label="x"),
    }
    return Stage(ax, frame, sliders, "x² stretched and lifted, with its tangent")


# --- the trap: 2ˣ ---


@explorer
def explore_trap(x: float = 0.0) -> Stage:
    """2ˣ with its tangent at x, and the line that the power rule would draw, x·2ˣ⁻¹ as its slope.

    x: between −2 and 3. Below, both slopes for every x.
    """
    across, heights, slopes = (-2.2, 3.2), (-1.2, 9.2), (-1.4, 12.6)
    upper, lower = one_above_the_other(
        (across, heights, "", "f(x)"), (across, slopes, "x", "f′(x)")
    )
    style.plot_function(upper, lambda x: 2**x, across, label="2ˣ")
    style.plot_function(lower, two_slope, across, label="2ˣ ln 2", colour="derivative")
    style.plot_function(lower, false_slope, across, label="x · 2ˣ⁻¹", colour="quiet")
    lower.lines[-1].set_linestyle("--")
    lower.text(2.45, 2.2, "2ˣ ln 2", color=style.INKS["derivative"][0])
    lower.text(1.55, 8.2, "x · 2ˣ⁻¹", color=style.INKS["quiet"][0])

    def frame(x: float) -> Scene:
        height, true, wrong = 2**x, two_slope(x), false_slope(x)
        measured = central_difference(lambda at: 2**at, x)
        marks = {
            "line of the power rule": Tangent(x, height, wrong, colour="quiet", dashed=True),
            "tangent": Tangent(x, height, true),
            "x": Point(x, height, drag="x"),
            "wrong slope": Point(x, wrong, drag="x", colour="quiet", hollow=True, ax=1),
            "slope": Point(x, true, drag="x", colour="derivative", ax=1),
            "name of f": Caption("f(x) = 2ˣ", colour="function"),
            "measured": Caption(f"measured slope {fixed(measured)}", "right", colour="tangent"),
            "wrong slope in numbers": Caption(
                f"power rule x · 2ˣ⁻¹ = {fixed(wrong)}", colour="quiet", ax=1
            ),
            "slope in numbers": Caption(
                f"2ˣ ln 2 = {fixed(true)}", "right", colour="derivative", ax=1
            ),
        }
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
