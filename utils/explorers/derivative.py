"""Chapter 04: a secant that turns into the tangent, f′ point by point, and any curve, drawn."""

import math
from functools import lru_cache, partial

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import style
from utils.explorers.shared.geometry import (
    finest_step,
    rectangle,
    start_on,
    with_air,
)
from utils.explorers.shared.panels import (
    count_by_ones,
    mosaic,
    one_above_the_other,
    panel,
    side_by_side,
    write,
)
from utils.explorers.shared.titles import as_written
from utils.functions import Function, NoValue, Real, as_function, value_or_nan
from utils.models.derivative import (
    LENSES,
    Lens,
    Place,
    bump,
    bump_slope,
    look_at,
    through_lens,
)
from utils.numerals import fixed, number, powers, trimmed
from utils.slopes import SampledSlopes, sampled_slopes
from utils.stage import (
    Backdrop,
    Bar,
    Caption,
    Choice,
    Curve,
    Drop,
    Graph,
    LogSlider,
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
    with_formula_field,
)
from utils.stage.controls import Control
from utils.stage.marks import Colour

# What the derivative explorer offers when no function is given, and the picture that shows
# most of all four.
CURVES = {"x²": "square", "x³": "cube", "sin x": "sin", "eˣ": "exp"}
CURVES_VIEW: tuple[Range, Range] = ((-2.5, 4.5), (-2.9, 7.7))

DECADES = 3  # the smallest step h is a thousandth of the one with which the figure opens
ROOM = 0.1  # in decades: how much longer h may become, so that its handle can go both ways
SHOWN = 4  # decimals in the live table

# The rows of the live table: their words, and the colour of words and numbers.
_ROWS: dict[str, tuple[str, Colour]] = {
    "place": ("place {}", "point"),
    "height": ("height f({})", "function"),
    "slope": ("slope f′({})", "tangent"),
    "step": ("step h", "point"),
    "quotient": ("secant slope", "secant"),
    "error": ("error", "secant"),
}
_SIGNS = ("falling", "flat", "rising")


# --- the derivative explorer ---


@with_formula_field("over")
@explorer
def explore_derivative(
    f: str | Function | Real | None = None,
    x0: float | None = None,
    h: float | None = None,
    over: Range = (-3.0, 3.0),
    variable: str = "x",
) -> Stage:
    """A curve, its tangent at x₀ and its secant from x₀ to x₀ + h, with a live table beside them.

    f: a name of the catalogue, a formula such as "x**3 - 2*x", or your own function; if left out,
        a menu of x², x³, sin x and eˣ.
    x0, h: where the secant stands at first; if left out, right of the middle, with a long h.
    over: the piece of the axis on which x₀ moves; h starts at a quarter of its length and goes
        down to a thousandth of that, or up a little. With the menu it is fixed.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or x0 lies outside it; h is taken to the nearest
    step there is.
    """
    curves = {label: as_function(name) for label, name in CURVES.items()} if f is None else {}
    low, high = (-2.0, 3.0 if x0 is not None and x0 > 2.5 else 2.5) if curves else over
    step = finest_step((low, high), 60)
    reach = 1.5 if curves else float(f"{(high - low) / 4:.2g}")
    drawn = None if curves else as_function(f, over)
    if x0 is None:
        x0 = start_on(drawn, over, step, 5 / 6) if drawn else 1.0
    h = reach if h is None else h
    place, most = f"{variable}₀", math.log10(reach)
    fine = 0.1 if curves else 0.05  # fewer steps where four curves share the room
    controls: dict[str, Control] = {
        "x0": Slider(low, high, x0, step, label=place),
        "h": LogSlider(most - DECADES, most + ROOM, h, fine, label="step h"),
    }
    if drawn is None:
        controls = {"f": Choice(list(curves), "x²", label=f"f({variable})"), **controls}
        view, title = CURVES_VIEW, ""
    else:
        title, view = _title(drawn, variable), _view(drawn, low, high, x0, h)
    picture = (*view, variable, f"f({variable})", title or " ")
    tables = partial(_draw_tables, place=place)
    ax, _ = side_by_side(picture, tables, widths=(1.62, 1), size=(7.6, 4.3))
    count_by_ones(ax)
    if drawn is not None:
        style.plot_function(ax, drawn, view[0], label=title)

    @lru_cache(maxsize=1024)
    def place_at(f: str | None, x0: float) -> "Place":
        return look_at(curves[f] if f else drawn, x0)

    def frame(x0: float, h: float, f: str | None = None) -> Scene:
        here = place_at(f, x0)
        there = value_or_nan(curves[f] if f else drawn, x0 + h)
        quotient = (there - here.height) / h
        marks = {}
        if f:
            marks["curve"] = Graph(curves[f], view[0], 97, width=3.2)
            marks["name of curve"] = Caption(f"f(x) = {f}", colour="function")
        start, corner, end = (x0, here.height), (x0 + h, here.height), (x0 + h, there)
        marks |= {
            "run": Segment(start, corner, colour="run", dashed=True, width=1.6),
            "rise": Segment(corner, end, colour="rise", dashed=True, width=1.6),
            # By its slope: at small h two points so close together make no line.
            "secant": Tangent(*start, quotient, colour="secant", width=3.6),
            "tangent": Tangent(*start, here.slope, width=2.2),
            "name of end": _name_of_end(view, *end, quotient, f"{place} + h"),
            f"{place} + h": Point(*end, drag="h", colour="secant"),
            place: Point(*start, drag="x0", label=place, side="left"),
            **_table_marks(here, x0, h, quotient),
        }
        return Scene(_in_words(here, place, x0, h, there, quotient), marks)

    play = Play("h", "Shrink h", upwards=False, seconds=5)
    about = f"A secant and the tangent of {title or 'four curves'}"
    return Stage(ax, frame, controls, about, play)


def _name_of_end(view: tuple[Range, Range], x: float, y: float, slope: float, name: str) -> Text:
    """The name of the point at x₀ + h, to its right; above it where the secant, which has this
    slope, is so gentle that it would run through the name; left of it where the picture ends.
    """
    (left, right), (bottom, top) = view
    wide, tall = right - left, top - bottom
    if not bottom <= y <= top:
        y = math.nan  # x stays, which is the same for all curves: so fewer numbers travel
    at, farthest = x + 0.04 * wide, right - 0.17 * wide  # a name is 0.13 of the picture wide
    if abs(slope) * wide < 0.5 * tall:
        at, y = min(at, farthest), y + 0.07 * tall
    elif at > farthest:
        at = x - 0.17 * wide
    return Text(at, y, name, anchor="start", colour="secant")


def _in_words(here: Place, place: str, x0: float, h: float, there: float, quotient: float) -> str:
    at = f"At {place} = {number(x0)}"
    if not math.isfinite(here.height):
        return f"{at} f has no value, so there is neither a tangent nor a secant (h = {number(h)})."
    height = f"f({place}) = {trimmed(here.height)}"
    if here.sign is None:
        ending = "there is no slope"
        if here.sides:
            left, right = here.sides
            ending = (
                f"the curve has a corner: slope {trimmed(left)} before it, {trimmed(right)} after"
            )
        start = f"{at}, {height} and {ending}."
    else:
        verdict = {-1: "the curve falls", 0: "the curve is flat", 1: "the curve rises"}[here.sign]
        if here.sign and trimmed(here.slope) == "0":
            verdict += ", too slowly for four decimals"
        sign = "=" if here.exact else "≈"
        start = f"{at}, {height} and f′({place}) {sign} {trimmed(here.slope)}: {verdict}."
    if not math.isfinite(there):
        return f"{start} One step h = {number(h)} further f has no value: there is no secant."
    # Four decimals always: one pattern for all steps keeps the frames small.
    secant = f"The secant with h = {number(h)} has slope {_decimals(quotient, SHOWN)}"
    if here.sign is None:
        return f"{start} {secant}."
    return f"{start} {secant}: error {_decimals(_error(here, quotient), SHOWN)}."


def _error(here: Place, quotient: float) -> float:
    """Difference quotient minus slope, as the table shows them, so that it adds up to the eye."""
    return round(round(quotient, SHOWN) - round(here.slope, SHOWN), SHOWN)


# --- the panel beside the picture: a live table, and the sign table under it ---

_TOP, _ROW = 0.95, 0.088  # the table's first line and the distance of its lines
_SIGN_TOP, _SIGN_FOOT = 0.335, 0.1
_ADVICE = {
    -1: "downhill: to the right →",
    0: "flat: no way down shows here",
    1: "← downhill: to the left",
}


def _draw_tables(ax: Axes, place: str) -> None:
    """The words of both tables, which stand still."""
    rows = [(words.format(place), colour) for words, colour in _ROWS.values()]
    panel(ax, rows, _TOP, _ROW)
    write(ax, 0, _SIGN_TOP + 0.06, "so the curve is")
    for i, (word, sign) in enumerate(zip(_SIGNS, "<=>", strict=True)):
        write(ax, (i + 0.5) / 3, _SIGN_FOOT + 0.165, word, side="center")
        write(ax, (i + 0.5) / 3, _SIGN_FOOT + 0.068, f"f′ {sign} 0", "tangent", side="center")
    for x in (0.002, 1 / 3, 2 / 3, 0.998):
        ax.plot([x, x], [_SIGN_FOOT, _SIGN_TOP], color="#E4E4E4", linewidth=1, gid="zero")


def _table_marks(here: Place, x0: float, h: float, quotient: float) -> dict[str, Text | Polyline]:
    """The numbers of the live table, and the lit column of the sign table."""
    about = "" if here.exact or here.sign is None else "≈ "
    known = here.sign is not None and math.isfinite(quotient)
    numbers = {
        "place": _in_table(x0),
        "height": _in_table(here.height),
        "slope": about + _in_table(here.slope),
        "step": _in_table(h),
        "quotient": _in_table(quotient),
        "error": _in_table(_error(here, quotient) if known else math.nan),
    }
    marks: dict[str, Text | Polyline] = {
        f"{row} in numbers": Text(
            1.0, _TOP - i * _ROW, numbers[row], anchor="end", colour=colour, ax=1
        )
        for i, (row, (_, colour)) in enumerate(_ROWS.items())
    }
    column = math.nan if here.sign is None else (here.sign + 1) / 3
    left, right = max(column, 0.004), min(column + 1 / 3, 0.996)
    marks["lit column"] = Bar(left, _SIGN_FOOT, right, _SIGN_TOP, "tangent", edge=2, ax=1)
    advice = "" if here.sign is None else _ADVICE[here.sign]
    marks["advice"] = Text(0.5, 0.03, advice, ax=1)
    return marks


def _in_table(value: float) -> str:
    return _decimals(value, SHOWN) if math.isfinite(value) else "none"


# --- f′, point by point ---


@with_formula_field("over")
@explorer
def explore_point_by_point(
    f: str | Function | Real = "sin",
    x: float | None = None,
    over: Range = (-3.0, 3.0),
    variable: str = "x",
) -> Stage:
    """Above, f with its tangent at x; below, the slope of that tangent for every x up to here.

    f: a name of the catalogue, a formula, or your own function.
    x: where the tangent stands at first; if left out, a third of the way.
    over: the piece of the axis on which x moves.
    variable: what the input is called, such as "w".
    Raises ValueError where `over` has no length or x lies outside it.
    """
    f, (low, high) = as_function(f, over), over
    step = finest_step(over, 120)
    start = start_on(f, over, step, 1 / 3) if x is None else x
    grid = Slider(low, high, start, step, label=variable)
    places = {at: look_at(f, at) for at in grid.values}
    air = (high - low) / 30
    across, title = (low - air, high + air), _title(f, variable)
    view = (across, style.heights(f, across))
    slopes = _around([place.slope for place in places.values()])
    upper, _ = one_above_the_other(
        (*view, "", f"f({variable})", title),
        (across, slopes, variable, f"f′({variable})", "Its slopes"),
        size=(7.2, 4.9),
    )
    style.plot_function(upper, f, across, label=title)

    def frame(x: float) -> Scene:
        here = places[x]
        trace = tuple(
            (at, place.slope if at <= x + 1e-9 else math.nan) for at, place in places.items()
        )
        marks = {
            "tangent": Tangent(x, here.height, here.slope),
            "drop": Drop(x, here.height, view[1][0]),
            "size of slope": Segment((x, 0.0), (x, here.slope), colour="derivative", ax=1),
            "trace": Polyline(trace, colour="derivative", ax=1, width=3.2),
            variable: Point(x, here.height, drag="x"),
            "slope": Point(x, here.slope, drag="x", colour="derivative", ax=1),
            "slope in numbers": Caption(_slope_says(here, x), "right", colour="derivative", ax=1),
        }
        return Scene(_trace_says(here, variable, x, low), marks)

    play = Play("x", "Draw f′", seconds=6)
    return Stage(upper, frame, {"x": grid}, f"The slope of {title}, point by point", play)


def _slope_says(here: Place, x: float) -> str:
    if here.sign is None:
        return f"f′({number(x)}) does not exist"
    return f"f′({number(x)}) {'=' if here.exact else '≈'} {_decimals(here.slope, 2)}"


def _trace_says(here: Place, variable: str, x: float, low: float) -> str:
    at = f"At {variable} = {number(x)}"
    if not math.isfinite(here.height):
        return f"{at} f has no value, so f′ has none either: below there is a gap."
    if here.sign is None:
        why = "there is no slope"
        if here.sides:
            left, right = here.sides
            why = f"there is a corner, slope {trimmed(left)} before it and {trimmed(right)} after"
        return f"{at} {why}: f′ has no value here, and below there is a gap."
    verdict = {-1: "f falls", 0: "f is flat", 1: "f rises"}[here.sign]
    where = {-1: "below zero", 0: "on zero", 1: "above zero"}[here.sign]
    return (
        f"{at} the tangent has slope {_decimals(here.slope, 2)}: {verdict}, so f′ is {where}. "
        f"Below, f′ for every {variable} from {number(low)} up to here."
    )


def _around(values: list[float]) -> Range:
    """A range that shows most of the values, and zero, with some air."""
    finite = [value for value in values if math.isfinite(value)] or [-1.0, 1.0]
    low, high = np.percentile(finite, [1, 99])
    low, high = min(0.0, float(low)), max(0.0, float(high))
    return with_air(low, high, 0.14)


# --- numbers ---


def _title(f: Function, variable: str) -> str:
    called = f"f({variable})"
    if f.formula or f.name != "f":
        return f"{called} = {as_written(f, variable) or f'{f.name}({variable})'}"
    return called


def _decimals(value: float, decimals: int) -> str:
    """A fixed number of decimals, so that digits stay in place; a power of ten for huge values."""
    return fixed(value, decimals) if abs(value) < 1e6 else number(value)


def _view(f: Real, low: float, high: float, x0: float, h: float) -> tuple[Range, Range]:
    """The ranges of both axes: f where x₀ moves, and the secant with which the figure opens."""
    length = high - low
    across = (low - 0.12 * length, high + 0.32 * length)
    bottom, top = style.heights(f, (low, high))
    end = value_or_nan(f, x0 + h)
    if math.isfinite(end):
        air = 0.08 * (top - bottom)
        bottom, top = min(bottom, end - air), max(top, end + air)
    return across, (bottom, top)


# --- the lens ---

CLOSEST = 6.0  # decades: a million times larger
_ROOM_IN_LENS = 1.08  # half windows that its axes show, so that its frame can be seen
_UNSEEN = 0.002  # of the window: half a pixel, which no eye sees


@with_formula_field("x0", "width")
@explorer
def explore_zoom(
    f: str | Function | Real | None = None,
    x0: float = 1.0,
    width: float = 4.0,
    variable: str = "x",
) -> Stage:
    """Left, a curve and a square window around one of its points; right, what is in that window,
    magnified 1 to a million times, with both axes at one scale, and the tangent there.

    f: a name of the catalogue, a formula such as "x**3 - 2*x", or your own function; if left out,
        a menu of x², sin x, |x|, √|x| and a curve with a tiny corner, each with its place.
    x0: the place to look at; the menu has its own.
    width: how wide the window is at magnification 1.
    variable: what the input is called, such as "w".
    Raises ValueError where `width` is not above 0.
    """
    if not width > 0:
        raise ValueError(f"width = {width} leaves no window: it must be above 0.")
    half = width / 2
    menu = f is None
    if menu:
        curves = LENSES
    else:
        given = as_function(f, (x0 - half, x0 + half))
        curves = {_title(given, variable): (given, float(x0))}
    first, place = next(iter(curves)), f"{variable}₀"
    looked = {name: look_at(*at) for name, at in curves.items()}
    magnify = LogSlider(0, CLOSEST, 4, 0.1, label="magnification")
    controls: dict[str, Control] = {"magnification": magnify}
    if menu:
        controls = {"f": Choice(list(curves), first, label=f"f({variable})"), **controls}

    def draw(name: str) -> Axes:
        called = f"f({variable}) = {name}" if menu and curves[name][0].formula else name
        return _draw_lens(*curves[name], looked[name].height, half, variable, called)

    @lru_cache(maxsize=512)
    def seen(name: str, magnification: float) -> Lens:
        curve, at = curves[name]
        return through_lens(curve, looked[name], at, half / magnification)

    def frame(magnification: float, f: str = first) -> Scene:
        at, here, lens = curves[f][1], looked[f], seen(f, magnification)
        radius, slope = half / magnification, lens.slope if lens.tangent else math.nan
        window = (at - radius, here.height - radius, at + radius, here.height + radius)
        path = zip(lens.places.tolist(), lens.heights.tolist(), strict=True)
        i = lens.widest
        end, miss = float(lens.places[i]), float(lens.heights[i])
        marks = {
            "tangent": Tangent(at, here.height, slope),
            "window": Polyline(rectangle(*window), width=2.2),
            place: Point(at, here.height),
            "name of place": Text(at, here.height, place, dx=9, dy=17, anchor="start"),
            "curve": Polyline(tuple(path), colour="function", width=3.4, ax=1),
            "tangent in the window": Tangent(0.0, 0.0, slope, width=2.4, ax=1),
            "miss": Segment((end, slope * end), (end, miss), colour="loss", width=3, ax=1),
            "place in the window": Point(0.0, 0.0, ax=1),
            "times": Caption(f"{_times(magnification)} times", ax=1),
            "share": Caption(
                f"leaves the tangent by {_in_percent(lens.miss)}" if lens.tangent else "",
                "right",
                colour="loss",
                ax=1,
            ),
        }
        return Scene(_through_lens_says(lens, magnification, 2 * radius, place), marks)

    play = Play("magnification", "Zoom in", seconds=8)
    about = "A curve through a lens that magnifies"
    if menu:
        return Stage(None, frame, controls, about, play, backdrop=Backdrop("f", draw))
    return Stage(draw(first), frame, controls, about, play)


def _draw_lens(
    f: Function, x0: float, height: float, half: float, variable: str, title: str
) -> Axes:
    """The curve with room for its window, and an empty window beside it, both square."""
    if not math.isfinite(height):
        raise NoValue(f"The function has no value at {variable} = {number(x0)}, its place here.")
    wide = 1.25 * half
    around = ((x0 - wide, x0 + wide), (height - wide, height + wide))
    square = (-_ROOM_IN_LENS, _ROOM_IN_LENS)
    whole, lens = side_by_side(
        (*around, variable, "", title), (square, square, "", "", " "), size=(7.6, 4.1)
    )
    style.plot_function(whole, f, around[0], label=title)
    for ax in (whole, lens):
        ax.set_aspect("equal")
    lens.set_xticks([-1, 0, 1], ["−r", f"{variable}₀", "+r"])
    lens.set_yticks([-1, 0, 1], ["−r", "", "+r"])
    return whole


def _times(magnification: float) -> str:
    """A magnification in two digits: "1,000", "32", "1.3"."""
    rounded = float(f"{magnification:.2g}")
    return f"{rounded:,.0f}" if rounded >= 10 else number(rounded)


def _in_percent(share: float) -> str:
    """A share of the window in percent, in two digits as long as that can be told."""
    if share < 0.95e-6:
        return "less than 0.0001 %"
    if share >= 1e4:
        return f"{powers(100 * share)} %"
    return f"{100 * share:,.0f} %" if share >= 0.995 else f"{number(100 * share, 2)} %"


def _through_lens_says(lens: Lens, magnification: float, width: float, place: str) -> str:
    larger = f"{_times(magnification)} times larger" if magnification > 1 else "As it is"
    start = f"{larger}, the window is {powers(width)} wide (r = {powers(width / 2)})."
    if not math.isfinite(lens.miss):
        return f"{start} In a part of it f has no value."
    share = _in_percent(lens.miss)
    if lens.tangent:
        verdict = (
            "no eye can tell the two apart"
            if lens.miss < _UNSEEN
            else "it hardly bends"
            if lens.miss < 0.02
            else "it bends away"
        )
        return f"{start} The curve leaves its tangent by {share} of that width: {verdict}."
    left, right = (trimmed(side, 2) for side in lens.sides)
    return (
        f"{start} From {place} to its edges the slope is {left} on the left and {right} on the "
        f"right. The line halfway between them misses the curve by {share} of that width."
    )


# --- any curve, drawn ---

WIDE, TALL, STEEP = (-4.0, 4.0), (-3.0, 3.0), (-5.0, 5.0)
PRESETS = {
    "a hill": lambda x: 4 * math.exp(-x * x / 2) - 2,
    "a wave": lambda x: 1.6 * math.sin(1.6 * x),
    "a saddle": lambda x: x**3 / 12,
    "a corner": lambda x: abs(x) - 2,
    "a jump": lambda x: x / 4 + (1.2 if x > 0.02 else -1.2),
}
_TANGENT = 0.9  # half the length of a tangent, along x


@explorer
def explore_drawing(start: str = "a hill", x: float = -1.0) -> Stage:
    """A curve to draw: above the curve with its tangent, below its slope at every place.

    Press Draw and draw; press it again to point at places. start: one of PRESETS. x: the first
    place to look at. Raises ValueError for an unknown start or a place outside the picture.
    """
    curve = Curve(WIDE, TALL, PRESETS, start, follow="x")
    spacing = (WIDE[1] - WIDE[0]) / (curve.count - 1)

    @lru_cache(maxsize=2)
    def analysis(drawn: bytes) -> tuple[SampledSlopes, tuple, tuple]:
        heights = np.frombuffer(drawn)
        slopes = sampled_slopes(heights, spacing, TALL[1] - TALL[0])
        line = _with_gaps(curve.places, heights, slopes.jumps)
        below = _with_gaps(curve.places, slopes.slope, slopes.jumps)
        return slopes, line, below

    def frame(x: float, curve: np.ndarray) -> Scene:
        slopes, line, below = analysis(curve.tobytes())
        i = round((x - WIDE[0]) / spacing)
        height, m = curve[i], slopes.slope[i]
        left, right = (slopes.left[i], slopes.right[i]) if i in slopes.corners else (m, m)
        marks = {
            "f": Polyline(line, colour="function", width=2.6),
            "slope": Polyline(below, colour="derivative", ax=1, width=2.6),
            "down": Drop(x, height, TALL[0]),
            "up": Drop(x, STEEP[1], m, ax=1),
            "left": _tangent(x, height, left, -1),
            "right": _tangent(x, height, right, 1),
            "m": Point(x, m, colour="derivative", ax=1),
            "x": Point(x, height, drag="x"),
        }
        return Scene(_drawing_says(x, height, i, slopes), marks)

    above, _ = one_above_the_other(
        (WIDE, TALL, "", "f(x)", "Your curve"),
        (WIDE, STEEP, "x", "slope f′(x)", ""),
        heights=(3, 2),
        size=(7.2, 4.9),
    )
    sliders = {"x": Slider(*WIDE, x, spacing, label="place x")}
    return Stage(above, frame, sliders, "A curve you draw, and its slope", curve=curve)


def _drawing_says(x: float, height: float, i: int, slopes: SampledSlopes) -> str:
    place = f"At x = {fixed(x)}"
    if i in slopes.corners:
        return (
            f"{place} the curve has a corner: slope {fixed(slopes.left[i])} from the left, "
            f"{fixed(slopes.right[i])} from the right. Two answers, so there is no slope here."
        )
    if i in slopes.jumps or i - 1 in slopes.jumps:
        return (
            f"{place} the curve jumps. From one side to the other there is a rise without a run, "
            "so there is no slope here."
        )
    m = slopes.slope[i]
    if not math.isfinite(m):
        return f"{place} the piece of curve is too short to have a slope."
    way = "flat" if abs(m) < 0.05 else "rising" if m > 0 else "falling"
    return f"{place} the curve is {fixed(height)} high and its slope is {fixed(m)}: {way}."


def _tangent(x: float, height: float, m: float, side: int) -> Segment:
    """Half a tangent, to the left (side −1) or to the right (side 1), short where it is steep."""
    reach = side * _TANGENT / math.hypot(1, m) * 1.4
    return Segment((x, height), (x + reach, height + m * reach), colour="tangent", width=3)


def _with_gaps(xs: np.ndarray, ys: np.ndarray, jumps: tuple[int, ...]) -> tuple:
    """Points of a line; one beside each jump is left out, so that no line bridges it."""
    ys = ys.copy()
    for i in jumps:
        ys[i + 1] = math.nan
    return tuple(zip(xs.round(4).tolist(), ys.round(4).tolist(), strict=True))


# --- a riddle for the eye ---


def draw_riddle() -> Figure:
    """A curve f, and four graphs A to D beside it, one of which shows its slopes."""
    candidates: dict[str, Real] = {
        "A": lambda x: 1.5 * bump(x),
        "B": lambda x: -bump_slope(x),
        "C": bump_slope,
        "D": lambda x: abs(bump_slope(x)),
    }
    across, heights = (-3.2, 3.2), (-1.15, 1.15)
    parts = {name: (across, heights, "x", "", name) for name in candidates}
    parts["f"] = (across, heights, "x", "f(x)", "The curve f")
    plan = [["f", "A", "B"], ["f", "C", "D"]]
    axes = mosaic(plan, parts, (1.5, 1, 1), (1, 1), (7.6, 4.2), air=(0.02, 0.02))
    style.plot_function(axes["f"], bump, across, label="f")
    axes["f"].set_xticks(range(-3, 4))
    for name, graph in candidates.items():
        style.plot_function(axes[name], graph, across, f"graph {name}", "derivative")
        axes[name].set_xticks([-3, -1, 0, 1, 3])
    return axes["f"].figure
