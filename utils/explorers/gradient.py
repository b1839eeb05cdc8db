"""Chapter 10: the gradient on a map of contour lines, guessed, taken apart, and asked along u."""

import math
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from matplotlib.axes import Axes

from utils import style
from utils.contours import plot_contours
from utils.explorers.shared.geometry import largest_nice, nearest_nice
from utils.explorers.shared.maps import (
    Row,
    called,
    draw_map,
    formula_of,
    in_table,
    map_and_table,
    place_sliders,
    rounded,
    short_name,
    sign,
    table,
)
from utils.explorers.shared.panels import side_by_side
from utils.models.gradient import (
    CLOSE,
    RIDDLE,
    RIDDLE_PLACE,
    TURN,
    Here,
    look_at,
    riddle_arrows,
    unit,
)
from utils.numerals import number, pair
from utils.stage import (
    NOWHERE,
    Drop,
    Pair,
    Play,
    Point,
    Polyline,
    Scene,
    Segment,
    Slider,
    Stage,
    Text,
    Toggle,
    explorer,
    with_formula_field,
)
from utils.stage.marks import Colour, Mark, Side
from utils.surfaces import SLIGHT, Plane, Surface, Window, as_surface

# Arrows need room, so sliders leave a sixth of the window free at both ends; the point starts right
# of and above the middle, at these shares of their length.
_MARGIN, _START = 1 / 6, (0.8, 0.7)
# Where an arrow is turned by hand it has one length, so that a ninth is enough.
_EDGE = 1 / 9
_PITCH = 0.125  # from one row of the table to the next


# --- the gradient, taken apart ---


@with_formula_field("over")
@explorer
def explore_gradient(
    f: str | Surface | Plane = "elliptical_bowl",
    x: float | None = None,
    y: float | None = None,
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
) -> Stage:
    """A map with a point to drag: both partial derivatives, the gradient and its length.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers.
    x, y: where the point stands at first; if left out, right of and above the middle.
    over: the window to show, ((x low, x high), (y low, y high)); the point moves in its inner part.
    variables: what the inputs are called, such as ("w1", "w2").
    Raises ValueError where the window is empty or x or y lies outside the sliders.
    """
    surface = as_surface(f, over, variables)
    name, (across, up) = short_name(surface), surface.variables
    sliders = place_sliders(surface, (x, y), 32, _MARGIN, _START)
    arrow = _Arrow.of(surface, sliders)
    rows: list[Row] = [
        (f"height {called(surface)}", "function"),
        (f"partial ∂{name}/∂{across}", "derivative"),
        (f"partial ∂{name}/∂{up}", "derivative"),
        (f"length |∇{name}|", "gradient"),
        ("direction", "gradient"),
        ("contour line", "tangent"),
    ]
    reach = 0.11 * _shorter_side(surface)

    def frame(x: float, y: float) -> Scene:
        here = look_at(surface, x, y)
        tip, way = arrow.tip(here), here.direction
        marks: dict[str, Mark] = {
            **_right_angle((x, y), way, reach),
            f"part along {across}": Segment(
                (x, y), (tip[0], y), colour="derivative", dashed=True, width=2
            ),
            f"part along {up}": Drop(*tip, foot=y, colour="derivative", width=2),
            "gradient": Segment((x, y), tip, colour="gradient", arrow=True, width=3.6),
            "place": Point(x, y, drag=("x", "y")),
            "name of gradient": _beyond(surface, tip, way, f"∇{name}", "gradient"),
        }
        angles = ("none", "") if math.isnan(way[0]) else (_degrees(here.angle), "at 90°")
        lengths = map(in_table, (here.height, *here.gradient, here.length))
        marks |= table([*lengths, *angles], _PITCH)
        return Scene(_gradient_in_words(surface, here) + arrow.remark(here), marks)

    ax = map_and_table(surface, rows, height=4.0, width=2.1, pitch=_PITCH)
    return Stage(ax, frame, sliders, f"The gradient of {formula_of(surface)}")


def _right_angle(at: Pair, way: Pair, reach: float) -> dict[str, Mark]:
    """A piece of the contour line through a place, and its right angle with the steepest way."""
    (x, y), (ux, uy), corner = at, way, 0.28 * reach
    angle = (
        (x - corner * uy, y + corner * ux),
        (x + corner * (ux - uy), y + corner * (uy + ux)),
        (x + corner * ux, y + corner * uy),
    )
    start, end = (x - reach * uy, y + reach * ux), (x + reach * uy, y - reach * ux)
    return {
        "along the contour": Segment(start, end, colour="tangent", width=3),
        "right angle": Polyline(angle, colour="quiet", width=1.6),
    }


def _gradient_in_words(surface: Surface, here: Here) -> str:
    name, (across, up) = short_name(surface), surface.variables
    at = f"At {_place(here)} {name} = {rounded(here.height)}."
    if not math.isfinite(here.height):
        return f"At {_place(here)} {name} has no value, so there is no gradient."
    if not here.known:
        return f"{at} There is a corner or an edge: no gradient here."
    if here.flat:
        return f"{at} Both partial derivatives are 0: it is flat, and no direction is the steepest."
    fx, fy = here.gradient
    return (
        f"{at} ∂{name}/∂{across} {sign(surface)} {rounded(fx)} and ∂{name}/∂{up} {sign(surface)} "
        f"{rounded(fy)}, so ∇{name} = ({rounded(fx)}, {rounded(fy)}): it points to "
        f"{_degrees(here.angle)}, and that way {name} rises by {rounded(here.length)} per unit."
    )


# --- the guess ---


@with_formula_field("over")
@explorer
def explore_guess(
    f: str | Surface | Plane = "elliptical_bowl",
    x: float | None = None,
    y: float | None = None,
    guess: float = 0.0,
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
) -> Stage:
    """Guess which way is steepest up: turn an arrow, then show the gradient.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers.
    x, y: where you stand at first; if left out, right of and above the middle.
    guess: where your arrow points at first, in degrees from the first axis, 0 to 360.
    over, variables: as for `explore_gradient`.
    Raises ValueError where the window is empty or a start lies outside its slider.
    """
    surface = as_surface(f, over, variables)
    name, reach = short_name(surface), _MARGIN * _shorter_side(surface)
    sliders = place_sliders(surface, (x, y), 6, _EDGE, _START) | {
        "guess": Slider(0, 360, guess, 2 * TURN, label="your guess", unit="°"),
        "show": Toggle(False, label=f"show ∇{name}"),
    }
    rows: list[Row] = [
        ("your guess", "run"),
        ("slope that way", "run"),
        (f"∇{name} points to", "gradient"),
        ("slope that way", "gradient"),
        ("you are off by", "point"),
    ]

    def frame(x: float, y: float, guess: float, show: bool) -> Scene:
        here = look_at(surface, x, y)
        way = here.direction if show else NOWHERE
        knob, tip = (_ahead((x, y), unit(guess), share * reach) for share in (1, 0.8))
        top = _ahead((x, y), way, reach)
        answers = ["none" if show else "?"] * 4
        if math.isfinite(way[0]):
            slope, off = here.along(guess), here.off(guess)
            answers = [in_table(slope), _degrees(here.angle), in_table(here.length), _degrees(off)]
        marks: dict[str, Mark] = {
            "all directions": _circle(x, y, reach),
            "gradient": Segment((x, y), top, colour="gradient", arrow=True, width=3.6),
            "guess": Segment((x, y), tip, colour="run", arrow=True, width=3.6),
            "place": Point(x, y, drag=("x", "y")),
            # The knob lies beyond the head of the arrow, so that both can be seen.
            "end of guess": Point(*knob, drag="guess", colour="run", hollow=True, clip=False),
            "you": Text(x, y, "you", side=_behind(guess)),
            "name of gradient": _beyond(
                surface, top, way, f"∇{name}" if here.off(guess) > 15 else "", "gradient"
            ),
            **table([_degrees(guess), *answers], _PITCH),
        }
        return Scene(_guess_in_words(surface, here, guess, show), marks)

    ax = map_and_table(surface, rows, height=4.0, width=2.1, pitch=_PITCH)
    return Stage(ax, frame, sliders, f"Which way is steepest up? A map of {formula_of(surface)}")


def _guess_in_words(surface: Surface, here: Here, guess: float, show: bool) -> str:
    name = short_name(surface)
    stand = f"You stand at {_place(here)} and your arrow points to {_degrees(guess)}."
    if not show:
        return f"{stand} Is that the steepest way up? Look at the contour lines, then tick the box."
    if not here.known:
        return f"{stand} There is no gradient here. Go to another place."
    if here.flat:
        return f"{stand} It is flat here: ∇{name} = (0, 0), and no direction is the steepest."
    slope, off = here.along(guess), here.off(guess)
    if off <= TURN:  # as near as the slider allows
        return (
            f"{stand} Well spotted: ∇{name} points to {_degrees(here.angle)}, and that way {name} "
            f"rises by {rounded(here.length)} per unit."
        )
    verb = "falls" if slope < 0 else "rises"
    return (
        f"{stand} That way {name} {verb} by {rounded(abs(slope))} per unit. ∇{name} points to "
        f"{_degrees(here.angle)}, {_degrees(off)} from yours, and there it rises by "
        f"{rounded(here.length)} per unit."
    )


def _behind(angle: float) -> Side:
    """On which side of a place an arrow at this angle leaves room for a word."""
    sides: tuple[Side, ...] = ("left", "below", "right", "above")
    return sides[round(angle / 90) % 4]


# --- the slope in any direction ---


@with_formula_field("over")
@explorer
def explore_direction(
    f: str | Surface | Plane = "elliptical_bowl",
    x: float | None = None,
    y: float | None = None,
    angle: float = 0.0,
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
) -> Stage:
    """A direction u to turn: the slope along u, and beside it the slopes of all directions.

    f: a name of the catalogue, a formula in x and y, or your own function of two numbers.
    x, y: where you stand at first; if left out, right of and above the middle.
    angle: the direction of u at first, in degrees from the first axis, 0 to 360.
    over, variables: as for `explore_gradient`.
    Raises ValueError where the window is empty or a start lies outside its slider.
    """
    surface = as_surface(f, over, variables)
    # Few places, so that all frames can travel.
    sliders = place_sliders(surface, (x, y), 6, _EDGE, _START)
    arrow = _Arrow.of(surface, sliders)
    sliders |= {"angle": Slider(0, 360, angle, TURN, label="direction of u", unit="°")}
    name, arrow = short_name(surface), arrow.with_round_scale(surface)
    reach = 1.0  # the length of u, on maps on which it is neither a dot nor leaves them
    if not 0.1 <= reach / _shorter_side(surface) <= 0.3:
        reach = nearest_nice(0.16 * _shorter_side(surface))
    drawn = _drawn_at(f"∇{name}", arrow.scale, "u", reach)
    (_, right), (bottom, _) = surface.window
    limit = 1.12 * arrow.steepest
    angles = np.arange(0.0, 361.0, 2 * TURN)
    turns = np.array([unit(angle) for angle in angles.tolist()])

    def frame(x: float, y: float, angle: float) -> Scene:
        here = look_at(surface, x, y)
        tip, way, u = arrow.tip(here), here.direction, unit(angle)
        end = _ahead((x, y), u, reach)
        wave = tuple(zip(angles.tolist(), (turns @ here.gradient).tolist(), strict=True))
        steepest = math.nan if math.isnan(way[0]) else here.angle
        slope = here.along(angle)
        marks: dict[str, Mark] = {
            "all directions": _circle(x, y, reach),
            "gradient": Segment((x, y), tip, colour="gradient", arrow=True, width=3.2),
            "u": Segment((x, y), end, colour="derivative", arrow=True, width=3.6),
            "place": Point(x, y, drag=("x", "y")),
            "end of u": Point(*end, drag="angle", colour="derivative", clip=False),
            # Where both arrows lie close together, only u keeps its name.
            "name of gradient": _beyond(
                surface, tip, way, f"∇{name}" if here.off(angle) > 25 else "", "gradient"
            ),
            "name of u": _beyond(surface, end, u, "u", "derivative"),
            "lengths": Text(right, bottom, drawn, dx=-8, dy=-12, anchor="end", colour="gradient"),
            "slopes": Polyline(wave, colour="function", width=2.6, ax=1),
            "steepest": Drop(steepest, limit, -limit, colour="gradient", width=1.8, ax=1),
            "stroke": Segment((angle, 0.0), (angle, slope), colour="derivative", width=3, ax=1),
            "slope along u": Point(angle, slope, drag="angle", colour="derivative", ax=1),
        }
        return Scene(_direction_in_words(surface, here, angle), marks)

    wave_axes = ((0, 360), (-limit, limit), "direction of u in degrees", "", "slope along u")
    ax, wave = side_by_side(
        partial(draw_map, surface=surface), wave_axes, widths=(1.6, 1), size=(7.6, 4.0)
    )
    wave.set_xticks(range(0, 361, 90))
    title = f"The slope of {formula_of(surface)} in a direction u"
    return Stage(ax, frame, sliders, title, Play("angle", "Turn u", seconds=6))


def _direction_in_words(surface: Surface, here: Here, angle: float) -> str:
    name = short_name(surface)
    ux, uy = unit(angle)
    u = f"u = ({rounded(ux, 2)}, {rounded(uy, 2)}) points to {_degrees(angle)}"
    if not here.known:
        return f"At {_place(here)} there is no gradient; {u}. Go to another place."
    (fx, fy), slope = here.gradient, here.along(angle)
    gradient = f"∇{name} = ({rounded(fx)}, {rounded(fy)})"
    start = (
        f"At {_place(here)} {gradient}. {u}, so the slope along u is ∇{name} · u = {rounded(slope)}"
    )
    if here.flat:
        return f"{start}. It is flat here, whatever the direction."
    off = here.off(angle)
    nearly = "" if min(off, abs(off - 90), 180 - off) < 0.01 else "nearly "
    if off < CLOSE:
        return f"{start}: u points {nearly}where ∇{name} points, {nearly}the steepest way up."
    if off > 180 - CLOSE:
        return f"{start}: u points {nearly}against ∇{name}, {nearly}the steepest way down."
    if abs(off - 90) < CLOSE:
        return f"{start}: {nearly}level, since u runs {nearly}along the contour line."
    return f"{start}, {'uphill' if slope > 0 else 'downhill'}, {off:.0f}° away from ∇{name}."


# --- pictures that stand still ---


def draw_gradients(ax: Axes, f: str | Surface | Plane = "elliptical_bowl", count: int = 9) -> Axes:
    """Draw the contour lines of f and its gradient at count × count places. Returns ax."""
    surface = as_surface(f)
    plot_contours(ax, surface, labels=False)
    xs, ys = (_inner(ends, 0.09, count) for ends in surface.window)
    places = [(x, y) for y in ys for x in xs]
    slopes = np.array([surface.slopes(x, y) for x, y in places])
    longest = np.nanmax(np.hypot(*slopes.T)) or 1.0
    arrows = slopes * 0.9 * min(xs[1] - xs[0], ys[1] - ys[0]) / longest
    middle, last = len(places) // 2, len(places) - 1
    told = ", ".join(
        f"{pair(*slopes[i])} at {pair(*places[i])}" for i in (0, middle // 2, middle, last)
    )
    ax.quiver(
        *np.array(places).T,
        *arrows.T,
        angles="xy",
        scale_units="xy",
        scale=1,
        color=style.COLOURS["gradient"],
        width=0.005,
        label=f"gradients {told}, at the places",
    )
    return ax


def draw_riddle(ax: Axes) -> Axes:
    """Draw a map with one place and four arrows, of which one is the gradient. Returns ax."""
    surface = as_surface(RIDDLE, over=((-3.4, 3.4), (-3.2, 3.2)))
    x, y = RIDDLE_PLACE
    here = surface(x, y)  # one of the lines passes through the place
    plot_contours(ax, replace(surface, levels=tuple(np.arange(here % 4, 40, 4).tolist())))
    arrow = {
        "arrowstyle": "-|>,head_length=0.5,head_width=0.25",
        "linewidth": 2.6,
        "color": style.COLOURS["run"],
        "shrinkA": 0,
        "shrinkB": 0,
    }
    for letter, way in riddle_arrows().items():
        ax.annotate("", _ahead((x, y), way, 0.85), (x, y), arrowprops=arrow)
        ax.text(*_ahead((x, y), way, 1.05), letter, weight="bold", ha="center", va="center")
    style.mark_points(ax, [RIDDLE_PLACE], label="where you stand")
    return ax


# --- places ---


def _shorter_side(surface: Surface) -> float:
    return min(high - low for low, high in surface.window)


def _ahead(at: Pair, way: Pair, far: float) -> Pair:
    """The place that lies so far from another one in a direction of length 1."""
    return at[0] + far * way[0], at[1] + far * way[1]


def _inner(ends: Pair, share: float, count: int) -> list[float]:
    """`count` places, evenly spaced, that stay a share of the length away from both ends."""
    air = share * (ends[1] - ends[0])
    return np.linspace(ends[0] + air, ends[1] - air, count).tolist()


@dataclass(frozen=True)
class _Arrow:
    """How gradients are drawn: one length on the map for one steepness, up to the steepest."""

    scale: float  # units of the map per unit of slope
    steepest: float  # the slope beyond which arrows are cut short

    @staticmethod
    def of(surface: Surface, sliders: dict[str, Slider | Toggle]) -> "_Arrow":
        """The steepest place in reach has the longest arrow, unless it towers over all others."""
        xs, ys = (np.linspace(sliders[k].values[0], sliders[k].values[-1], 9) for k in "xy")
        places = np.array([(x, y) for x in xs for y in ys])
        slopes = np.array([surface.slopes(x, y) for x, y in places])
        lengths = np.hypot(*slopes.T)
        steep = np.isfinite(lengths) & (lengths > SLIGHT)
        steepest = 1.0
        if steep.any():
            steepest = float(min(lengths[steep].max(), 4 * np.median(lengths[steep])))
        # So long that no arrow leaves the map.
        drawn = slopes[steep] * np.minimum(1, steepest / lengths[steep])[:, None]
        ends = np.where(drawn > 0, np.array(surface.window)[:, 1], np.array(surface.window)[:, 0])
        with np.errstate(divide="ignore", invalid="ignore"):
            fits = np.where(drawn != 0, (ends - places[steep]) / drawn, np.inf)
        longest = 0.22 * _shorter_side(surface) / steepest
        return _Arrow(float(min(longest, fits.min(initial=math.inf))), steepest)

    def with_round_scale(self, surface: Surface) -> "_Arrow":
        """The same with a scale that can be told, such as 1/10; the longest may be longer."""
        longest = 0.22 * _shorter_side(surface)
        return replace(self, scale=largest_nice(longest / self.steepest))

    def tip(self, here: Here) -> Pair:
        """Where the arrow ends; nan where there is no gradient or it has no direction."""
        if not here.known or here.flat:
            return NOWHERE
        scale = self.scale * min(1.0, self.steepest / here.length)
        return here.x + scale * here.gradient[0], here.y + scale * here.gradient[1]

    def remark(self, here: Here) -> str:
        """What to say where the arrow is cut short."""
        cut = here.known and here.length > self.steepest * (1 + 1e-9)
        return " (The arrow is cut short here.)" if cut else ""


_ROUND = tuple(unit(angle) for angle in range(0, 361, 10))


def _circle(x: float, y: float, radius: float) -> Polyline:
    places = tuple(_ahead((x, y), way, radius) for way in _ROUND)
    return Polyline(places, colour="quiet", width=1, dashed=True)


def _beyond(surface: Surface, tip: Pair, way: Pair, text: str, colour: Colour) -> Text:
    """A name a little further along an arrow than its tip; beside it where the map ends there.

    Hidden where there is no arrow.
    """
    far = 0.045 * _shorter_side(surface)
    at = _ahead(tip, way, far)
    if not all(map(math.isfinite, at)):
        return Text(*NOWHERE, "", colour=colour)
    # First on the side on which the two parts of the gradient do not lie.
    side = 1.4 * far * (1 if way[0] * way[1] > 0 else -1)
    across = (-way[1], way[0])
    beside = [
        _ahead(_ahead(tip, way, -back * far), across, aside)
        for aside in (side, -side)
        for back in (0, 1.5, 3)
    ]
    room = [place for place in (at, *beside) if _has_room(surface, place, far)]
    return Text(*(room or [at])[0], text, colour=colour)


def _has_room(surface: Surface, place: Pair, far: float) -> bool:
    """Whether a place lies on the map, and not nearer to its edge than this."""
    return all(
        low + far <= c <= high - far for c, (low, high) in zip(place, surface.window, strict=True)
    )


def _drawn_at(gradient: str, scale: float, u: str, length: float) -> str:
    """How long the arrows of a map are drawn, compared with what they are."""
    said = f"{gradient} drawn at 1/{number(1 / scale)}" if scale < 1 else ""
    if scale > 1:
        said = f"{gradient} drawn {number(scale)} times as long"
    if length == 1:
        return said
    return f"{said}, {u} {number(length)} long".strip(", ")


# --- words ---


def _place(here: Here) -> str:
    return pair(here.x, here.y)


def _degrees(angle: float) -> str:
    return f"{round(angle) % 360 if angle < 360 else round(angle)}°"
