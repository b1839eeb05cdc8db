"""The marks of a live figure drawn by matplotlib, for a reader with no kernel.

They look as the browser draws them: both go by the table in sizes.py.
"""

import math
import textwrap
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import Any

import matplotlib
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.collections import PolyCollection
from matplotlib.figure import Figure
from matplotlib.patheffects import AbstractPathEffect, withStroke
from matplotlib.text import Annotation
from PIL import Image, ImageDraw, ImageFont

from utils import style
from utils.numerals import brief
from utils.stage.captions import Box, Words, arrange, rows_above
from utils.stage.marks import Caption, Line, Mark, Mesh, Point, Polyline, Scene, Segment, Text
from utils.stage.sizes import SIZES, STILL

# One CSS pixel is 1/100 inch in our figures and matplotlib counts in points of 1/72 inch.
PIXELS_PER_INCH = 100
POINTS_PER_PIXEL = 72 / PIXELS_PER_INCH
_HALO: list[AbstractPathEffect] = [withStroke(linewidth=STILL.outline, foreground="white")]
_ANCHORS = {"start": "left", "middle": "center", "end": "right"}

_FAR = 1e300  # what matplotlib can still place
_SENTENCE_SIZE = 10  # points
_LINE = 0.22  # inches from one line of the sentence to the next


def draw(canvas: FigureCanvasAgg, background: np.ndarray, scene: Scene) -> np.ndarray:
    """The background with the marks of a scene over it, and goal and sentence below, as RGBA."""
    sentence = _sentence(canvas.figure.get_dpi(), scene, background.shape[1])
    return np.concatenate([_with_marks(canvas, background, scene), sentence])


def _sentence(dpi: float, scene: Scene, wide: int) -> np.ndarray:
    """The sentence as a strip of so many pixels in width; there is room for two lines, and above
    them for the goal.

    Drawn by Pillow in matplotlib's font, since matplotlib takes six times as long for it.
    """
    letters = max(30, round(wide / dpi * 13.2))
    goal = textwrap.wrap(scene.goal_line, width=letters)
    lines = goal + textwrap.wrap(scene.sentence, width=letters)
    high = round(dpi * (0.08 + _LINE * max(2 + len(goal), len(lines))))
    strip = Image.new("RGBA", (wide, high), "white")
    pen, font = ImageDraw.Draw(strip), _font(_SENTENCE_SIZE * dpi / 72)
    for i, line in enumerate(lines):
        pen.text((0.1 * dpi, (0.04 + _LINE * i) * dpi), line, font=font, fill="#222222")
    return np.asarray(strip)


@cache
def _font(size: float) -> ImageFont.FreeTypeFont:
    path = Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    # The simple layout is the same on every machine; the other needs a library that may be missing.
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def _with_marks(canvas: FigureCanvasAgg, background: np.ndarray, scene: Scene) -> np.ndarray:
    """The background with the marks of a scene over it, as RGBA pixels of the same shape."""
    renderer = canvas.get_renderer()
    pixels = np.asarray(renderer.buffer_rgba())
    pixels[...] = background
    with style.context():
        pen = _Pen(canvas.figure, renderer)
        drawn = [
            (canvas.figure.axes[mark.ax], artist)
            for mark in scene.marks.values()
            for artist in pen.artists(mark)
        ]
        pen.place_captions()
        for ax, artist in drawn:
            ax.draw_artist(artist)
            artist.remove()
    return pixels.copy()


class _Pen:
    """Makes the artists for the marks of one scene."""

    def __init__(self, figure: Figure, renderer: RendererAgg) -> None:
        self.figure, self.renderer = figure, renderer
        self.sharpness = figure.get_dpi() / PIXELS_PER_INCH
        self.width, self.height = (side * PIXELS_PER_INCH for side in figure.get_size_inches())
        self.captions: dict[int, list[tuple[Caption, Annotation]]] = defaultdict(list)  # by axes

    def artists(self, mark: Mark) -> list[Artist]:
        """What a mark is drawn with; nothing where it has no place."""
        if not isinstance(mark, Polyline | Mesh) and not all(
            map(math.isfinite, mark.coordinates())
        ):
            return []
        ax = self.figure.axes[mark.ax]
        match mark:
            case Point():
                return self._point(ax, mark)
            case Segment(arrow=True):
                return [self._arrow(ax, mark)]
            case Segment():
                (x1, y1), (x2, y2) = mark.start, mark.end
                return self._line(ax, [x1, x2], [y1, y2], mark)
            case Line():
                if mark.start == mark.end:
                    return []
                return [ax.axline(mark.start, mark.end, **self._stroke(mark))]
            case Polyline():
                return self._polyline(ax, mark)
            case Mesh():
                return [self._mesh(ax, mark)]
            case Text():
                return [self._text(ax, mark)]
            case Caption():
                return [self._caption(ax, mark)] if mark.text else []
        raise TypeError(f"{type(mark).__name__} is not a mark that can be drawn.")

    def _stroke(self, mark: Segment | Line | Polyline) -> dict:
        return {
            "color": style.COLOURS[mark.colour],
            "linewidth": mark.width * POINTS_PER_PIXEL,
            "linestyle": "--" if mark.dashed else "-",
        }

    def _line(self, ax: Axes, xs, ys, mark: Segment | Polyline) -> list[Artist]:
        return [*ax.plot(xs, ys, scalex=False, scaley=False, **self._stroke(mark))]

    def _point(self, ax: Axes, mark: Point) -> list[Artist]:
        if mark.clip and not self._is_inside(ax, mark):
            return self._arrow_at_edge(ax, mark) if mark.drags else []
        colour = style.COLOURS[mark.colour]
        size = 2 * SIZES.radius * POINTS_PER_PIXEL
        face, edge = ("white", colour) if mark.hollow else (colour, "white")
        dot = ax.plot(
            [mark.x], [mark.y], "o", ms=size, mfc=face, mec=edge, mew=STILL.edge,
            scalex=False, scaley=False, zorder=9, clip_on=mark.clip,
        )  # fmt: skip
        if not mark.label:
            return [*dot]
        right, up, *corner = STILL.sides[mark.side]
        label = self._words(ax, mark.label, (mark.x, mark.y), (right, up), mark, *corner)
        label.set_fontweight("bold")
        return [*dot, label]

    def _arrow_at_edge(self, ax: Axes, mark: Point) -> list[Artist]:
        """Where a point that can be dragged lies beyond its axes: it waits at their edge."""
        if math.isnan(mark.x) or math.isnan(mark.y):
            return []
        x, y = ax.transData.transform(np.clip((mark.x, mark.y), -_FAR, _FAR))
        box = ax.get_window_extent()
        edge = min(max(x, box.x0), box.x1), min(max(y, box.y0), box.y1)
        right, up = x - edge[0], y - edge[1]
        colour, size = style.COLOURS[mark.colour], 2 * SIZES.radius * POINTS_PER_PIXEL
        turned = (3, 0, math.degrees(math.atan2(up, right)) - 90)
        arrow = ax.plot(
            *ax.transData.inverted().transform(edge), marker=turned, ms=1.5 * size, mfc=colour,
            mec="white", mew=STILL.edge, scalex=False, scaley=False, zorder=9, clip_on=False,
        )  # fmt: skip
        beyond = mark.y if up else mark.x
        # Inside the axes, beside the arrow, where there is more room.
        leftwards = right > 0 if right else x > (box.x0 + box.x1) / 2
        away, height, *corner = STILL.sides["left" if leftwards else "right"]
        height -= math.copysign(0.4 * SIZES.font, up) if up else 0
        place = tuple(ax.transData.inverted().transform(edge))
        said = f"{mark.label} {brief(beyond)}".strip()
        label = self._words(ax, said, (place[0], place[1]), (away, height), mark, *corner)
        label.set_fontweight("bold")
        return [*arrow, label]

    def _is_inside(self, ax: Axes, mark: Point) -> bool:
        """Whether a point lies on its axes: one at their very end does."""
        slack = 0.5 * self.sharpness
        x, y = ax.transData.transform(np.clip((mark.x, mark.y), -_FAR, _FAR))
        return bool(ax.get_window_extent().padded(slack).contains(x, y))

    def _arrow(self, ax: Axes, mark: Segment) -> Annotation:
        stroke = self._stroke(mark)
        arrow = {"arrowstyle": f"-|>,{STILL.head}", "shrinkA": 0, "shrinkB": 0, **stroke}
        return ax.annotate("", mark.end, mark.start, arrowprops=arrow, annotation_clip=False)

    def _polyline(self, ax: Axes, mark: Polyline) -> list[Artist]:
        xs, ys = np.array(mark.points, dtype=float).reshape(-1, 2).T
        if not mark.filled:
            return self._line(ax, xs, ys, mark)
        colour = style.COLOURS[mark.colour]
        area = ax.fill(xs, ys, color=colour, alpha=SIZES.tint, linewidth=0)
        if not mark.edge:
            return [*area]
        wide = mark.edge * POINTS_PER_PIXEL
        return [*area, *ax.plot(xs, ys, color=colour, linewidth=wide, scalex=False, scaley=False)]

    def _mesh(self, ax: Axes, mark: Mesh) -> PolyCollection:
        whole = np.isfinite(mark.corners).all(axis=(1, 2))
        last = len(style.RAMP) - 1
        shades = np.clip(np.round(mark.shades[whole] * last), 0, last).astype(int)
        corners: Any = mark.corners[whole]  # as an array it is quicker than as the list asked for
        pieces = PolyCollection(
            corners, facecolors=[style.RAMP[k] for k in shades],
            edgecolors=SIZES.mesh_lines, linewidths=SIZES.mesh * POINTS_PER_PIXEL,
        )  # fmt: skip
        ax.add_collection(pieces, autolim=False)
        return pieces

    # --- words ---

    def _words(
        self, ax: Axes, text: str, place: tuple[float, float], away: tuple[float, float],
        mark: Mark, ha: str, va: str = "center", where: str = "data",
    ) -> Annotation:  # fmt: skip
        """Words so many pixels away from a place, upwards positive."""
        right, up = away
        label = ax.annotate(
            text, place, (right * POINTS_PER_PIXEL, up * POINTS_PER_PIXEL), xycoords=where,
            textcoords="offset points", color=style.INKS[mark.colour][0], ha=ha, va=va,
            fontsize=STILL.font, annotation_clip=False, zorder=10,
        )  # fmt: skip
        label.set_path_effects(_HALO)
        return label

    def _text(self, ax: Axes, mark: Text) -> Annotation:
        look = mark.look()
        right, down, anchor = look["dx"], look["dy"], _ANCHORS[look["anchor"]]
        label = self._words(ax, mark.text, (mark.x, mark.y), (right, -down), mark, anchor)
        if not mark.text:
            return label
        # Words stay inside the picture, whatever their mark does.
        box = label.get_window_extent(self.renderer)
        left, end = box.x0 / self.sharpness, box.x1 / self.sharpness
        up = ax.transData.transform((mark.x, mark.y))[1] / self.sharpness
        baseline = self.height - up + down + SIZES.drop
        across = max(SIZES.margin - left, 0.0) or min(self.width - SIZES.margin - end, 0.0)
        lower = min(max(baseline, SIZES.ceiling), self.height - SIZES.floor) - baseline
        if across or lower:
            label.xyann = _points(right + across, -down - lower)
        return label

    def _caption(self, ax: Axes, mark: Caption) -> Annotation:
        """The words at their own end of the lowest row; `place_captions` moves them on."""
        x, anchor = (0, "left") if mark.side == "left" else (1, "right")
        away = (0, SIZES.rise)
        label = self._words(ax, mark.text, (x, 1), away, mark, anchor, where="axes fraction")
        self.captions[mark.ax].append((mark, label))
        return label

    def place_captions(self) -> None:
        """Give all captions their places, once all of them are known."""
        boxes = [self._box(ax) for ax in self.figure.axes]
        for ax, here in self.captions.items():
            widths = [label.get_window_extent(self.renderer).width for _, label in here]
            foot, pitch = SIZES.foot, SIZES.row
            low = boxes[ax].top - SIZES.rise + SIZES.drop
            rows = rows_above(boxes[ax], boxes, low, SIZES.ceiling, foot, pitch)
            words: list[Words] = [
                (w / self.sharpness, mark.side) for w, (mark, _) in zip(widths, here, strict=True)
            ]
            spots, size = arrange(words, boxes[ax].width, rows, SIZES.gap)
            for (mark, label), spot in zip(here, spots, strict=True):
                inwards = spot.away if mark.side == "left" else -spot.away
                baseline = max(low - spot.row * pitch, SIZES.ceiling)
                label.xyann = _points(inwards, boxes[ax].top + SIZES.drop - baseline)
                if size < 1:
                    label.set_fontsize(STILL.font * size)

    def _box(self, ax: Axes) -> Box:
        box = ax.get_window_extent()
        left, top = box.x0 / self.sharpness, self.height - box.y1 / self.sharpness
        return Box(left, top, box.width / self.sharpness, box.height / self.sharpness)


def _points(right: float, up: float) -> tuple[float, float]:
    """Pixels as matplotlib's points."""
    return right * POINTS_PER_PIXEL, up * POINTS_PER_PIXEL
