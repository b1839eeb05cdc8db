"""The part of a live figure that stands still: a matplotlib figure, as pixels."""

import contextlib
import itertools
import struct
import threading
import zlib
from functools import cached_property

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from utils import style
from utils.describe import describe_axes
from utils.stage import layout, still
from utils.stage.marks import Scene

CSS_PIXELS_PER_INCH = 100

MAX_SHARPNESS = 4.0  # device pixels per CSS pixel; a background beyond it would be megabytes


class Picture:
    """A figure, drawn once, when its pixels are first asked for."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self._drawing = threading.Lock()  # sliders are answered in a thread of their own
        self.width, self.height = (
            round(side * CSS_PIXELS_PER_INCH) for side in figure.get_size_inches()
        )
        figure.set_dpi(CSS_PIXELS_PER_INCH * style.SHARPNESS)

    @cached_property
    def _canvas(self) -> FigureCanvasAgg:
        return FigureCanvasAgg(self.figure)

    @cached_property
    def _pixels(self) -> np.ndarray:
        """RGBA, of the sharpness that is stored. From here on the layout is settled."""
        with style.context():
            layout.draw(self._canvas)
        return np.array(self._canvas.buffer_rgba())

    def _settle(self) -> None:
        """Draw the figure, if that has not been done: where its axes lie is known from then on."""
        _ = self._pixels

    @cached_property
    def png(self) -> bytes:
        """The pixels as a PNG."""
        return encode(self._pixels)

    @cached_property
    def places(self) -> list[dict]:
        """Where each of the axes lies, in CSS pixels from the top left."""
        self._settle()
        return [self._place(ax) for ax in self.figure.axes]

    @property
    def words(self) -> list[str]:
        """What is seen, a line for each thing."""
        return [line for ax in self.figure.axes for line in describe_axes(ax)]

    def with_marks(self, scene: Scene) -> np.ndarray:
        """The picture with the marks of a scene over it and its sentence below, as RGBA pixels."""
        pixels = self._pixels
        with self._drawing:
            return still.draw(self._canvas, pixels, scene)

    def png_for(self, dark: bool, scale: float) -> bytes:
        """The picture as a PNG for a dark or a light page, at `scale` device pixels a pixel."""
        sharpness = min(max(scale, 1.0), MAX_SHARPNESS)
        self._settle()
        with self._drawing, style.context():
            with style.darkened(self.figure) if dark else contextlib.nullcontext():
                self.figure.set_dpi(CSS_PIXELS_PER_INCH * sharpness)
                self._canvas.draw()
                pixels = np.array(self._canvas.buffer_rgba())
            self.figure.set_dpi(CSS_PIXELS_PER_INCH * style.SHARPNESS)
        return encode(pixels)

    def pixel(self, ax: int, x: float, y: float) -> tuple[float, float]:
        """Where a place in data units is drawn, in CSS pixels from the top left."""
        self._settle()
        right, up = self.figure.axes[ax].transData.transform((x, y))
        return right / style.SHARPNESS, self.height - up / style.SHARPNESS

    def _place(self, ax: Axes) -> dict:
        """Where the axes lie, in CSS pixels from the top left, and how data become positions."""
        box = ax.get_window_extent()
        sharp = style.SHARPNESS
        return {
            "left": box.x0 / sharp,
            "top": self.height - box.y1 / sharp,
            "width": box.width / sharp,
            "height": box.height / sharp,
            "x": [*ax.get_xlim(), ax.get_xscale()],
            "y": [*ax.get_ylim(), ax.get_yscale()],
        }


def encode(pixels: np.ndarray) -> bytes:
    """RGBA pixels of shape (height, width, 4) as a PNG without transparency.

    Three times as fast as Pillow on figures, which are mostly paper: each row is stored as its
    difference to the row above, and runs of equal bytes are all that is looked for.
    """
    height, width = pixels.shape[:2]
    flat = np.ascontiguousarray(pixels[..., :3]).reshape(height, 3 * width)
    rows = np.full((height, 1 + 3 * width), 2, np.uint8)  # 2: the filter "Up", for every row
    rows[0, 1:] = flat[0]
    np.subtract(flat[1:], flat[:-1], out=rows[1:, 1:])
    packer = zlib.compressobj(6, strategy=zlib.Z_RLE)
    packed = packer.compress(rows.data) + packer.flush()
    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)  # 8 bits for each of R, G, B
    parts = [(b"IHDR", size), (b"IDAT", packed), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(itertools.starmap(_chunk, parts))


def _chunk(kind: bytes, body: bytes) -> bytes:
    """A piece of a PNG: length, kind, body, checksum."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
