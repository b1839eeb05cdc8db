"""Maps of surfaces with a table beside them: the axes, the sliders of the place, and the words."""

import math
from functools import partial

from matplotlib.axes import Axes

from utils.contours import plot_contours
from utils.explorers.shared.geometry import largest_nice
from utils.explorers.shared.panels import mosaic, panel
from utils.numerals import number
from utils.stage import Slider, Text
from utils.stage.marks import Colour
from utils.surfaces import SLIGHT, Surface

Row = tuple[str, Colour]  # the words of a row of the table, and their colour

_TOP = 0.9  # where the first row stands, as a share of the panel's height


# --- axes ---


def draw_map(ax: Axes, surface: Surface) -> Axes:
    """Draw a surface from above, its formula over it. Returns ax."""
    plot_contours(ax, surface).set_title(title_of(surface))
    return ax


def map_and_table(
    surface: Surface, rows: list[Row], height: float, width: float, pitch: float
) -> Axes:
    """The axes of the map, on a figure whose second axes hold the words of a table.

    height: of the figure, in inches. width: of the map, in widths of the table. pitch:
    from one row to the next, as a share of the panel's height.
    """
    parts = {
        "map": partial(draw_map, surface=surface),
        "table": partial(panel, rows=rows, top=_TOP, pitch=pitch),
    }
    widths = (width, 1)
    return mosaic([["map", "table"]], parts, widths, (1,), (7.6, height), air=(0.05, 0))["map"]


def table(texts: list[str], pitch: float) -> dict[str, Text]:
    """What stands at the right of the table: a mark for each row. pitch: as for the table."""
    return {
        f"line {i + 1}": Text(1.0, _TOP - i * pitch, text, anchor="end", ax=1)
        for i, text in enumerate(texts)
    }


# --- sliders ---


def place_sliders(
    surface: Surface,
    start: tuple[float | None, float | None],
    count: int,
    margin: float,
    at: tuple[float, float],
    room: float = 0.0,
) -> dict[str, Slider]:
    """A slider for each input, "x" and "y", over the inner part of the window.

    start: where they stand at first; None for the share `at` of their length.
    count: how many steps each has, about. margin: what is left free at both ends, as a share of
    the window. room: what must be left free at the upper end, in units of the input.
    Raises ValueError where a start lies outside its slider.
    """
    made = {}
    for i, (ends, first, label) in enumerate(
        zip(surface.window, start, surface.variables, strict=True)
    ):
        air = margin * (ends[1] - ends[0])
        low, high = ends[0] + air, ends[1] - max(air, room)
        step = largest_nice((high - low) / count)
        low, high = math.ceil(low / step - 1e-9) * step, math.floor(high / step + 1e-9) * step
        if first is None:
            first = low + round(at[i] * (high - low) / step) * step
        made["xy"[i]] = Slider(round(low, 10), round(high, 10), round(first, 10), step, label=label)
    return made


# --- words ---


def short_name(surface: Surface) -> str:
    """What a surface is called in a figure: a learner's own name may be long."""
    return surface.name if len(surface.name) == 1 else "f"


def title_of(surface: Surface) -> str:
    """What stands over its map: "f(x, y) = x² + 3y²"."""
    left = called(surface)
    right = surface.formula or f"{surface.name}({', '.join(surface.variables)})"
    return left if right == left else f"{left} = {right}"


def called(surface: Surface) -> str:
    """The surface with its inputs, "f(x, y)"."""
    return f"{short_name(surface)}({', '.join(surface.variables)})"


def formula_of(surface: Surface) -> str:
    """Its formula, or its full name where it has none."""
    return surface.formula or surface.name


def sign(surface: Surface) -> str:
    """What stands before a slope: "=" where it is exact, "≈" where it is measured."""
    return "=" if surface.gradient is not None else "≈"


def rounded(value: float, digits: int = 4) -> str:
    """A height or a slope; round-off is shown as 0."""
    return number(value, digits, tiny=SLIGHT)


def in_table(value: float) -> str:
    """The same for a table: "none" where there is no value."""
    return rounded(value) if math.isfinite(value) else "none"
