"""The marks of a live figure drawn by matplotlib, for a reader with no kernel.

They look as the browser draws them: keep this and canvas.js in step.
"""

import math
import textwrap
from functools import cache
from pathlib import Path

import matplotlib
import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from PIL import Image, ImageDraw, ImageFont

from utils import style
from utils.stage.marks import Line, Mark, Mesh, Point, Polyline, Scene, Segment, Text

# One CSS pixel is 1/100 inch in our figures and matplotlib counts in points of 1/72 inch.
POINTS_PER_PIXEL = 0.72
_HALO = [withStroke(linewidth=3.5, foreground="white")]
_SIDES = {
    "above": (0, 12, "center", "bottom"),
    "below": (0, -12, "center", "top"),
    "left": (-13, 0, "right", "center"),
    "right": (13, 0, "left", "center"),
}


MESH_LINES = "#00000040"
_CAPTION_SIZE = 10  # points
_LINE = 0.22  # inches from one line of the caption to the next


def draw(figure: Figure, background: np.ndarray, scene: Scene) -> np.ndarray:
    """The background with the marks of a scene over it and its sentence below, as RGBA pixels."""
    return np.concatenate([_with_marks(figure, background, scene), _caption(figure, scene)])


def _caption(figure: Figure, scene: Scene) -> np.ndarray:
    """The sentence as a strip of pixels as wide as the figure; there is room for two lines.

    Drawn by Pillow in matplotlib's font, since matplotlib takes six times as long for it.
    """
    dpi, wide = figure.get_dpi(), figure.bbox.width
    lines = textwrap.wrap(scene.sentence, width=max(30, round(wide / dpi * 13.2)))
    high = round(dpi * (0.08 + _LINE * max(2, len(lines))))
    strip = Image.new("RGBA", (int(wide), high), "white")
    pen, font = ImageDraw.Draw(strip), _font(_CAPTION_SIZE * dpi / 72)
    for i, line in enumerate(lines):
        pen.text((0.1 * dpi, (0.04 + _LINE * i) * dpi), line, font=font, fill="#222222")
    return np.asarray(strip)


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    path = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    # The simple layout is the same on every machine; the other needs a library that may be missing.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _with_marks(figure: Figure, background: np.ndarray, scene: Scene) -> np.ndarray:
    """The background with the marks of a scene over it, as RGBA pixels of the same shape."""
    renderer = figure.canvas.get_renderer()
    pixels = np.asarray(renderer.buffer_rgba())
    pixels[...] = background
    artists = []
    with style.context():
        for mark in scene.marks.values():
            if isinstance(mark, Polyline | Mesh) or all(map(math.isfinite, mark.coordinates())):
                artists += _artists(figure.axes[mark.ax], mark)
        for artist in artists:
            artist.axes.draw_artist(artist)
            artist.remove()
    return pixels.copy()


def _artists(ax: Axes, mark: Mark) -> list:
    colour = style.COLOURS[mark.colour]
    match mark:
        case Point():
            face = "white" if mark.hollow else colour
            edge = colour if mark.hollow else "white"
            dot = ax.plot(
                [mark.x], [mark.y], "o", ms=13 * POINTS_PER_PIXEL, mfc=face, mec=edge, mew=1.4,
                scalex=False, scaley=False, zorder=9,
            )  # fmt: skip
            if not mark.label:
                return dot
            dx, dy, ha, va = _SIDES[mark.side]
            return [*dot, _label(ax, mark.label, mark.x, mark.y, dx, dy, colour, ha, va, "bold")]
        case Segment(arrow=True):
            arrow = {
                "arrowstyle": "-|>,head_length=0.55,head_width=0.28",
                "color": colour,
                "linewidth": mark.width * POINTS_PER_PIXEL,
                "shrinkA": 0,
                "shrinkB": 0,
                "linestyle": "--" if mark.dashed else "-",
            }
            return [ax.annotate("", mark.end, mark.start, arrowprops=arrow, annotation_clip=False)]
        case Segment() | Line():
            (x1, y1), (x2, y2) = mark.start, mark.end
            options = {
                "color": colour,
                "linewidth": mark.width * POINTS_PER_PIXEL,
                "linestyle": "--" if mark.dashed else "-",
            }
            if isinstance(mark, Segment):
                return ax.plot([x1, x2], [y1, y2], scalex=False, scaley=False, **options)
            if (x1, y1) == (x2, y2):
                return []
            return [ax.axline((x1, y1), (x2, y2), **options)]
        case Polyline():
            xs, ys = np.array(mark.points, dtype=float).reshape(-1, 2).T
            if mark.filled:
                return ax.fill(xs, ys, color=colour, alpha=0.18, linewidth=0)
            return ax.plot(
                xs, ys, color=colour, linewidth=mark.width * POINTS_PER_PIXEL,
                linestyle="--" if mark.dashed else "-", scalex=False, scaley=False,
            )  # fmt: skip
        case Mesh():
            whole = np.isfinite(mark.corners).all(axis=(1, 2))
            last = len(style.RAMP) - 1
            shades = np.clip(np.round(mark.shades[whole] * last), 0, last).astype(int)
            pieces = PolyCollection(
                mark.corners[whole], facecolors=[style.RAMP[k] for k in shades],
                edgecolors=MESH_LINES, linewidths=0.6 * POINTS_PER_PIXEL,
            )  # fmt: skip
            return [ax.add_collection(pieces, autolim=False)]
        case Text():
            anchor = {"start": "left", "middle": "center", "end": "right"}[mark.anchor]
            return [
                _label(ax, mark.text, mark.x, mark.y, mark.dx, -mark.dy, colour, anchor, "center")
            ]
    raise TypeError(f"{type(mark).__name__} is not a mark that can be drawn.")


def _label(ax: Axes, text, x, y, dx, dy, colour, ha, va, weight="normal"):
    """Words (dx, dy) pixels from a place in data units, upwards positive."""
    label = ax.annotate(
        text, (x, y), (dx * POINTS_PER_PIXEL, dy * POINTS_PER_PIXEL), textcoords="offset points",
        color=colour, ha=ha, va=va, weight=weight, fontsize=11, annotation_clip=False, zorder=10,
    )  # fmt: skip
    label.set_path_effects(_HALO)
    return label
