"""The live figure: matplotlib draws what stands still, the browser moves what moves."""

import base64
import contextlib
import io
import itertools
import math
import threading
import time
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from pathlib import Path

import anywidget
import ipywidgets
import matplotlib
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from PIL import Image

from utils import running, style
from utils.describe import describe_axes, number, pair, sample
from utils.functions import NoValue
from utils.stage import frames, still
from utils.stage.controls import Control, Curve, Play
from utils.stage.marks import Point, Polyline, Scene, Text

_HERE = Path(__file__).parent

# Beyond these a table of frames would cost more than it saves, and the kernel answers instead.
MAX_FRAMES = 8_000
MAX_BYTES = 400_000
MAX_SECONDS = 4.0

FRAME_SECONDS = 3.0  # for one scene, before a function counts as one that never ends

MAX_SHARPNESS = 4.0  # device pixels per CSS pixel; a background beyond it would be megabytes

CSS_PIXELS_PER_INCH = 100


class Canvas(anywidget.AnyWidget):
    """The picture and the marks over it, as the browser shows them. Stage fills it."""

    _esm = _HERE / "canvas.js"
    _css = _HERE / "canvas.css"
    spec = traitlets.Dict().tag(sync=True)
    background = traitlets.Bytes().tag(sync=True)
    controls = traitlets.List(traitlets.Instance(ipywidgets.Widget)).tag(
        sync=True, **ipywidgets.widget_serialization
    )


class Stage:
    """A matplotlib figure with live marks over it and sliders under it.

    ax: any axes of the figure that stands still; the figure may have several.
    frame: from slider values, by name, to a Scene. It must depend on nothing else, since its
        results may be computed once for all and travel with the figure.
    sliders: a control per argument of `frame`, in the order in which they are shown.
    title: what the figure is called in its description.
    play: which slider a play button moves, if there is to be one.
    curve: a curve for the learner to draw; `frame` then gets its heights as `curve`.

    An explorer is a function that returns a Stage. `stage.set(x=2)` moves sliders from Python,
    `stage.values` reads them, `print(stage)` says what is seen.
    """

    def __init__(
        self,
        ax: Axes,
        frame: Callable[..., Scene],
        sliders: Mapping[str, Control],
        title: str,
        play: Play | None = None,
        curve: Curve | None = None,
    ) -> None:
        self.figure: Figure = ax.figure
        self.title = title
        self.controls = dict(sliders)
        self._grid = {name: control.values for name, control in self.controls.items()}
        self._play = play
        self._curve = curve
        self._heights = None if curve is None else curve.heights(curve.start)
        self._frame = frame
        self._drawing = threading.Lock()  # sliders are answered in a thread of their own
        self._widgets = {name: control.widget(name) for name, control in self.controls.items()}
        self.initial = self.values
        self._first = first = self._first_with_marks()
        self._names = list(first.marks)
        self._lengths = [len(mark.coordinates()) for mark in first.marks.values()]
        self._texts = [n for n, mark in first.marks.items() if mark.text_line() is not None]
        self._check(first)
        self._render()
        self.canvas = Canvas(
            spec=self._spec(first),
            background=self._background_png,
            controls=list(self._widgets.values()),
        )
        self.canvas.on_msg(self._answer)
        self.box = ipywidgets.VBox([self.canvas, *self._widgets.values()])

    # --- what a learner and a notebook use ---

    @property
    def values(self) -> dict[str, float]:
        """The value of every slider, by name."""
        at = self._at(self._positions())
        return {name: at[name] for name in self.controls}

    def set(self, **values: float) -> "Stage":
        """Move sliders: `stage.set(x=2)`. Returns the stage, so that it can be printed.

        Raises TypeError for a slider that is not there, ValueError for a value outside its range.
        """
        if self._curve is not None and "curve" in values:
            self._draw(values.pop("curve"))
        for name, value in values.items():
            if name not in self.controls:
                known = ", ".join(self.controls)
                raise TypeError(f"There is no slider called {name!r} here. There is: {known}.")
            try:
                self.controls[name].write(self._widgets[name], value)
            except ValueError as error:
                raise ValueError(f"{name}: {error}") from None
        return self

    @property
    def scene(self) -> Scene:
        """What is seen now."""
        return self._scene(self._positions())

    @property
    def sentence(self) -> str:
        """What is seen now, in a sentence or two."""
        return self.scene.sentence

    def __str__(self) -> str:
        lines = [f"Live figure: {self.title}"]
        for ax in self.figure.axes:
            lines += describe_axes(ax)
        sliders = [
            f"{control.label or name} = {_shown(value)}"
            for (name, control), value in zip(
                self.controls.items(), self.values.values(), strict=True
            )
        ]
        seen = self.scene
        words = [m.text for m in seen.marks.values() if isinstance(m, Text) and m.text]
        marks = [
            f"{name} {' to '.join(pair(*c) for c in _pairs(mark.coordinates()))}"
            for name, mark in seen.marks.items()
            if len(mark.coordinates()) <= 4 and not isinstance(mark, Text)
        ]
        marks += [
            f"{name} through {sample(*zip(*mark.points, strict=True))}"
            for name, mark in seen.marks.items()
            if isinstance(mark, Polyline) and len(mark.points) > 2
        ]
        lines.append("Sliders: " + "; ".join(sliders) + ".")
        if marks:
            lines.append("Marks: " + "; ".join(marks) + ".")
        if words:
            lines.append("Words: " + "; ".join(words) + ".")
        return "\n".join([*lines, seen.sentence])

    __repr__ = __str__

    def still(self) -> bytes:
        """The figure as it stands now, as a PNG, for a reader with no kernel."""
        with self._drawing:
            return _encode(still.draw(self.figure, self._background, self.scene))

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        words = str(self)
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        data = {
            "text/plain": words,
            "image/png": base64.b64encode(self.still()).decode(),
            "application/vnd.jupyter.widget-view+json": view,
        }
        height = self._height + round(still.CAPTION * CSS_PIXELS_PER_INCH)
        return data, {"image/png": {"alt": words, "width": self._width, "height": height}}

    # --- scenes ---

    def _positions(self) -> list[int]:
        return [control.read(self._widgets[name]) for name, control in self.controls.items()]

    def _at(self, positions: list[int]) -> dict[str, float]:
        grids = zip(self._grid.items(), positions, strict=True)
        drawn = {} if self._heights is None else {"curve": self._heights}
        return {name: grid[i] for (name, grid), i in grids} | drawn

    def _draw(self, curve: str | list[float]) -> None:
        """Take a new drawing; the frames of the old one are of no use any more."""
        self._heights = self._curve.heights(curve)
        self.__dict__.pop("table", None)

    def _scene(self, positions: list[int]) -> Scene:
        """The scene at slider positions; a sentence alone where the function in it fails."""
        values = self._at(positions)
        try:
            with np.errstate(all="ignore"):
                return self._frame(**values)
        except Exception as error:
            where = ", ".join(f"{name} = {_shown(values[name])}" for name in self.controls)
            what = str(error) if isinstance(error, NoValue) else f"{type(error).__name__}: {error}."
            return Scene(f"Nothing to show at {where}. {what} Move a slider to another place.")

    def _scene_in_time(self, positions: list[int]) -> Scene:
        """The same, but a learner's function that never ends gives a sentence."""
        ran = running.run(lambda: self._scene(positions), FRAME_SECONDS)
        if ran.stopped:
            return Scene(
                f"The function took longer than {FRAME_SECONDS:g} seconds here. Is there a loop in "
                "it that never ends? Mend it and run the cell again."
            )
        return ran.result

    def _first_with_marks(self) -> Scene:
        """The scene that shows how marks look: the first, or the next that has any."""
        first = self._scene(self._positions())
        if first.marks:
            return first
        sizes = (range(len(grid)) for grid in self._grid.values())
        some = itertools.islice(itertools.product(*sizes), MAX_FRAMES)
        return next((s for s in map(self._scene, map(list, some)) if s.marks), first)

    def _check(self, first: Scene) -> None:
        for name, mark in first.marks.items():
            if isinstance(mark, Point) and mark.drag is not None:
                unknown = [s for s in _dragged(mark) if s not in self.controls]
                if unknown:
                    raise ValueError(
                        f"The mark {name!r} drags a slider {unknown[0]!r}: there is none."
                    )

        if self._play is not None and self._play.slider not in self.controls:
            raise ValueError(f"There is no slider {self._play.slider!r} to play.")

    def _play_spec(self) -> dict | None:
        if self._play is None:
            return None
        i = list(self.controls).index(self._play.slider)
        end = len(self._grid[self._play.slider]) - 1 if self._play.upwards else 0
        return {"control": i, "end": end, "seconds": self._play.seconds, "label": self._play.label}

    @cached_property
    def table(self) -> frames.Table | None:
        """All frames in one table, or None where they are too many and the kernel has to answer.

        It is computed when the browser first asks for it, not before the figure is shown.
        """
        sizes = [len(grid) for grid in self._grid.values()]
        if math.prod(sizes) > MAX_FRAMES:
            return None
        rows, texts, end = [], [], time.monotonic() + MAX_SECONDS
        for positions in itertools.product(*map(range, sizes)):
            seen = self._scene(list(positions))
            rows.append(frames.flatten(seen, self._names, self._lengths))
            texts.append(frames.texts_of(seen, self._texts))
            if time.monotonic() > end:
                return None
        table = frames.pack(sizes, rows, texts)
        return table if table.size <= MAX_BYTES else None

    # --- the conversation with the browser ---

    def _answer(self, _canvas: Canvas, message: dict, _buffers: list) -> None:
        if "heights" in message:
            self._draw(message["heights"])
        if message.get("ask") == "frames":
            table = running.run(lambda: self.table, 2 * MAX_SECONDS).result
            header = table.header if table else None
            answer = {"frames": header, "id": message.get("id", 0)}
            self.canvas.send(answer, [table.buffer] if table else [])
        elif message.get("ask") == "frame":
            at = message["at"]
            answer = {"frame": message["id"]}
            if "mark" in message:
                drag = partial(self._nearest, message["mark"], message["to"], at)
                answer["at"] = at = running.run(drag, FRAME_SECONDS).result or at
            self.canvas.send(answer | {"seen": self._wire(self._scene_in_time(at))})

        elif message.get("ask") == "background":
            picture = self._background_for(bool(message["dark"]), float(message["scale"]))
            self.canvas.send({"background": message["id"]}, [picture])

    def _background_for(self, dark: bool, scale: float) -> bytes:
        """The background as a PNG for a dark or a light page, at `scale` device pixels a pixel."""
        sharpness = min(max(scale, 1.0), MAX_SHARPNESS)
        with self._drawing, matplotlib.rc_context(style.settings(style.in_class())):
            with style.darkened(self.figure) if dark else contextlib.nullcontext():
                self.figure.set_dpi(CSS_PIXELS_PER_INCH * sharpness)
                self.figure.canvas.draw()
                pixels = np.array(self.figure.canvas.buffer_rgba())
            self.figure.set_dpi(CSS_PIXELS_PER_INCH * style.SHARPNESS)
            self.figure.canvas.draw()
        return _encode(pixels)

    def _nearest(self, name: str, to: list[float], at: list[int]) -> list[int]:
        """Slider positions that bring a dragged point nearest to a place, in CSS pixels.

        For figures too large for a table of frames. One slider after the other is searched, coarse
        steps first, since each try calls the learner's function.
        """
        order = list(self.controls)
        best, distance = list(at), math.inf

        def away(positions: list[int]) -> float:
            mark = self._scene(positions).marks.get(name)
            if mark is None:
                return math.inf
            place = self._pixels(mark)
            return math.dist(place, to) if all(map(math.isfinite, place)) else math.inf

        first = self._first.marks[name]
        for _ in range(2 if len(_dragged(first)) > 1 else 1):
            for slider in _dragged(first):
                i, last = order.index(slider), len(self._grid[slider]) - 1
                step = max(1, last // 16)
                tries = [*range(0, last + 1, step), best[i]]
                while True:
                    for k in tries:
                        if 0 <= k <= last:
                            here = [*best[:i], k, *best[i + 1 :]]
                            if (d := away(here)) < distance:
                                best, distance = here, d
                    if step == 1:
                        break
                    step = max(1, step // 4)
                    tries = [best[i] + j * step for j in range(-4, 5)]
        return best

    def _pixels(self, mark: Point) -> tuple[float, float]:
        """Where a point is drawn, in CSS pixels from the top left."""
        x, y = self.figure.axes[mark.ax].transData.transform((mark.x, mark.y))
        return x / style.SHARPNESS, self._height - y / style.SHARPNESS

    def _wire(self, seen: Scene) -> dict:
        row = frames.flatten(seen, self._names, self._lengths)
        return {
            "coordinates": [c if math.isfinite(c) else None for c in row],
            "texts": frames.texts_of(seen, self._texts),
        }

    def _spec(self, first: Scene) -> dict:
        marks = []
        for name, mark in first.marks.items():
            look = mark.look() | {"name": name, "length": len(mark.coordinates())}
            look["says"] = name in self._texts
            if isinstance(mark, Point):
                look["drag"] = [list(self.controls).index(s) for s in _dragged(mark)]
            marks.append(look)
        return {
            "title": self.title,
            "alt": f"{self.title}. "
            + " ".join(line for ax in self.figure.axes for line in describe_axes(ax)),
            "width": self._width,
            "height": self._height,
            "axes": [self._place(ax) for ax in self.figure.axes],
            "marks": marks,
            "controls": [
                {"name": name, "label": control.label or name, **control.spec()}
                for name, control in self.controls.items()
            ],
            "colours": {
                meaning: [light, style.COLOURS_DARK[meaning]]
                for meaning, light in style.COLOURS.items()
            },
            "play": self._play_spec(),
            "curve": self._curve.spec(self.controls) if self._curve else None,
            "start": self._positions(),
            "seen": self._wire(self.scene),
            "scale": 1.3 if style.in_class() else 1.0,
        }

    # --- the picture that stands still ---

    def _render(self) -> None:
        """Draw the background once; keep it as pixels for stills and as a PNG for the browser."""
        self.figure.set_dpi(CSS_PIXELS_PER_INCH * style.SHARPNESS)
        canvas = FigureCanvasAgg(self.figure)
        with matplotlib.rc_context(style.settings(style.in_class())):
            canvas.draw()
        # The layout is settled now; the marks must not move it.
        self.figure.set_layout_engine("none")
        self._background = np.array(canvas.buffer_rgba())
        self._background_png = _encode(self._background)
        self._width, self._height = (
            round(side * CSS_PIXELS_PER_INCH) for side in self.figure.get_size_inches()
        )

    def _place(self, ax: Axes) -> dict:
        """Where the axes lie, in CSS pixels from the top left, and how data become positions."""
        box = ax.get_window_extent()
        sharp = style.SHARPNESS
        return {
            "left": box.x0 / sharp,
            "top": self._height - box.y1 / sharp,
            "width": box.width / sharp,
            "height": box.height / sharp,
            "x": [*ax.get_xlim(), ax.get_xscale()],
            "y": [*ax.get_ylim(), ax.get_yscale()],
        }


def _dragged(mark: Point) -> tuple[str, ...]:
    """The sliders that dragging a point moves."""
    if mark.drag is None:
        return ()
    return (mark.drag,) if isinstance(mark.drag, str) else tuple(mark.drag)


def _pairs(numbers: tuple[float, ...]) -> list[tuple[float, float]]:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)


def _encode(pixels: np.ndarray) -> bytes:
    """RGBA pixels of shape (height, width, 4) as a PNG without transparency."""
    buffer = io.BytesIO()
    image = Image.fromarray(pixels).convert("RGB")
    image.save(buffer, "PNG", compress_level=6)
    return buffer.getvalue()
