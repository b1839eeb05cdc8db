"""The live figure: matplotlib draws what stands still, the browser moves what moves."""

import base64
import itertools
import math
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import cached_property

import anywidget
import ipywidgets
import numpy as np
import traitlets
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import running, style
from utils.describe import number, pair, sample
from utils.functions import NoValue
from utils.stage import browser, frames
from utils.stage.controls import Backdrop, Choice, Control, Curve, Play, Toggle, Turn
from utils.stage.marks import Mesh, Point, Polyline, Scene, Text
from utils.stage.nearest import nearest
from utils.stage.picture import Picture, encode
from utils.stage.sizes import CLASS_SCALE, SIZES

# Beyond these a table of frames would cost more than it saves, and the kernel answers instead.
MAX_FRAMES = 8_000
MAX_BYTES = 400_000
MAX_SECONDS = 4.0

MANY = 1_000  # numbers in a frame; beyond it they are sent in half as many bytes
_FEW = 200  # frames that are made without asking first how large their table would be

_ROW_WIDTH = 52  # em, about the width of a picture: what sliders in a row share

FRAME_SECONDS = 3.0  # for one scene, before a function counts as one that never ends


class Canvas(anywidget.AnyWidget):
    """The picture and the marks over it, as the browser shows them. Stage fills it."""

    _esm = browser.SCRIPT
    _css = browser.STYLE
    spec = traitlets.Dict().tag(sync=True)
    background = traitlets.Bytes().tag(sync=True)
    coordinates = traitlets.Bytes().tag(sync=True)
    controls = traitlets.List(traitlets.Instance(ipywidgets.Widget)).tag(
        sync=True, **ipywidgets.widget_serialization
    )


class Stage:
    """A matplotlib figure with live marks over it and sliders under it.

    ax: any axes of the figure that stands still; the figure may have several. None where a
        backdrop draws them.
    frame: from slider values, by name, to a Scene. It must depend on nothing else, since its
        results may be computed once for all and travel with the figure.
    sliders: a control per argument of `frame`, in the order in which they are shown.
    title: what the figure is called in its description.
    play: which slider a play button moves, if there is to be one.
    curve: a curve for the learner to draw; `frame` then gets its heights as `curve`.
    backdrop: what draws the part that stands still anew for each option of a Choice or a Toggle.
    turn: which sliders are moved by dragging an empty part of the axes.
    columns: in how many columns the sliders stand under the figure, row by row.

    Points with `drag` can be dragged. Where axes have one such point, a click anywhere on them
    brings it there, and a drag can begin there; `Point(click=True)` says which of several.

    An explorer is a function that returns a Stage. `stage.set(x=2)` moves sliders from Python,
    `stage.values` reads them, `print(stage)` says what is seen.
    """

    def __init__(
        self,
        ax: Axes | None,
        frame: Callable[..., Scene],
        sliders: Mapping[str, Control],
        title: str,
        play: Play | None = None,
        curve: Curve | None = None,
        backdrop: Backdrop | None = None,
        turn: Turn | None = None,
        columns: int = 1,
    ) -> None:
        self.title = title
        self.controls = dict(sliders)
        self._order = list(self.controls)
        self._grid = {name: control.values for name, control in self.controls.items()}
        self._play, self._curve, self._backdrop, self._turn = play, curve, backdrop, turn
        self._columns = columns
        self._heights = None if curve is None else curve.heights(curve.start)
        self._frame = frame
        self._widgets = {name: control.widget(name) for name, control in self.controls.items()}
        self.initial = self.values
        self._start = self._positions()
        self._check_parts(ax)
        start = self._option(self._positions())
        self._drawing = threading.Lock()  # sliders are answered in a thread of their own
        first_ax = self._drawn(start) if ax is None else ax
        self._pictures = {start: Picture(first_ax.figure)}
        self._first = first = self._first_with_marks()
        self._names = list(first.marks)
        self._lengths = [len(mark.coordinates()) for mark in first.marks.values()]
        self._texts = [n for n, mark in first.marks.items() if mark.text_line() is not None]
        self._check(first)
        self._clicks = self._clicked_by(first)

    @cached_property
    def canvas(self) -> Canvas:
        """The picture and its marks in the browser. Made when first asked for: it has to be drawn,
        and a figure of which only the sentence is printed need not be.
        """
        canvas = Canvas(
            spec=self._spec(self._first),
            background=self._picture(self._positions()).png,
            coordinates=self._wire(self.scene),
            controls=list(self._widgets.values()),
        )
        canvas.on_msg(self._answer)
        return canvas

    @cached_property
    def box(self) -> ipywidgets.VBox:
        """What a notebook shows: the canvas and the sliders below it."""
        widgets = list(self._widgets.values())
        if self._columns == 1:
            return ipywidgets.VBox([self.canvas, *widgets])
        for widget in widgets:  # narrower, so that a row fits under the picture
            widget.layout.width = f"{_ROW_WIDTH / self._columns:g}em"
            widget.style.description_width = "5em"
        starts = range(0, len(widgets), self._columns)
        rows = [ipywidgets.HBox(widgets[i : i + self._columns]) for i in starts]
        return ipywidgets.VBox([self.canvas, *rows])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in CSS pixels."""
        picture = next(iter(self._pictures.values()))
        return picture.width, picture.height

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
    def figure(self) -> Figure:
        """The figure that stands still: that of the chosen option, where there is a backdrop."""
        return self._picture(self._positions()).figure

    @property
    def scene(self) -> Scene:
        """What is seen now."""
        return self._scene(self._positions())

    @property
    def sentence(self) -> str:
        """What is seen now, in a sentence or two."""
        return self.scene.sentence

    def __str__(self) -> str:
        at = self._positions()
        lines = [f"Live figure: {self._title(at)}", *self._picture(at).words]
        sliders = [
            f"{control.label or name} = {_shown(value)}"
            for (name, control), value in zip(
                self.controls.items(), self.values.values(), strict=True
            )
        ]
        seen = self.scene
        said = {name: mark for name, mark in seen.marks.items() if not mark.quiet}
        words = [m.text for m in said.values() if isinstance(m, Text) and m.text]
        marks = [
            f"{name} {' to '.join(pair(*c) for c in _pairs(mark.coordinates()))}"
            for name, mark in said.items()
            if len(mark.coordinates()) <= 4 and not isinstance(mark, Text)
        ]
        marks += [
            f"{name} through {sample(*zip(*mark.points, strict=True))}"
            for name, mark in said.items()
            if isinstance(mark, Polyline) and len(mark.points) > 2
        ]
        marks += [
            f"{name} a surface of {len(mark.shades)} pieces"
            for name, mark in said.items()
            if isinstance(mark, Mesh)
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
        return encode(self._still_pixels())

    def _still_pixels(self) -> np.ndarray:
        return self._picture(self._positions()).with_marks(self.scene)

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        words, pixels = str(self), self._still_pixels()
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        data = {
            "text/plain": words,
            "image/png": base64.b64encode(encode(pixels)).decode(),
            "application/vnd.jupyter.widget-view+json": view,
        }
        height = round(len(pixels) / style.SHARPNESS)
        return data, {"image/png": {"alt": words, "width": self.size[0], "height": height}}

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

    def _answered(self, question: dict) -> tuple[list[int], Scene]:
        """The slider positions that a question leads to, and the scene there.

        A learner's function that never ends gives a sentence.
        """
        at = question["at"]

        def work() -> tuple[list[int], Scene]:
            there = at
            if "mark" in question:
                thorough = bool(question.get("dropped"))
                there = self._nearest(question["mark"], question["to"], at, thorough)
            return there, self._scene(there)

        ran = running.run(work, FRAME_SECONDS)
        if not ran.stopped:
            return ran.result
        return at, Scene(
            f"The function took longer than {FRAME_SECONDS:g} seconds here. Is there a loop in "
            "it that never ends? Mend it and run the cell again."
        )

    def _first_with_marks(self) -> Scene:
        """The scene that shows how marks look: the first, or the next that has any."""
        first = self._scene(self._positions())
        if first.marks:
            return first
        sizes = (range(len(grid)) for grid in self._grid.values())
        some = itertools.islice(itertools.product(*sizes), MAX_FRAMES)
        return next((s for s in map(self._scene, map(list, some)) if s.marks), first)

    def _check_parts(self, ax: Axes | None) -> None:
        """Raise ValueError where a part names a control that is not there, or of no use to it."""
        named = []
        if self._play:
            named.append(("play", self._play.slider))
        if self._turn:
            named += [("turn", self._turn.across), ("turn", self._turn.upward)]
        if self._backdrop:
            named.append(("change the backdrop with", self._backdrop.control))
        for use, name in named:
            if name not in self.controls:
                raise ValueError(f"There is no slider {name!r} to {use}.")
        if ax is None and self._backdrop is None:
            raise ValueError("A Stage needs axes, or a backdrop that draws them.")
        if self._columns < 1:
            raise ValueError(f"Sliders stand in 1 column or more, not in {self._columns}.")
        if self._backdrop is not None:
            if not isinstance(self.controls[self._backdrop.control], Choice | Toggle):
                raise ValueError("A backdrop changes with a Choice or a Toggle, not a slider.")
            if self._curve is not None:
                raise ValueError("A figure to draw in has one backdrop.")

    def _check(self, first: Scene) -> None:
        names = list(first.marks)
        surfaces = [i for i, name in enumerate(names) if isinstance(first.marks[name], Mesh)]
        for name, mark in first.marks.items():
            if isinstance(mark, Point) and mark.drag is not None:
                unknown = [s for s in _dragged(mark) if s not in self.controls]
                if unknown:
                    raise ValueError(
                        f"The mark {name!r} drags a slider {unknown[0]!r}: there is none."
                    )
                if surfaces and names.index(name) < surfaces[-1]:
                    raise ValueError(
                        f"The mark {name!r} can be dragged, so it must come after the surface."
                    )

    # --- the part that stands still ---

    def _option(self, at: list[int]) -> int:
        """Which option of the backdrop holds at slider positions; 0 where there is none."""
        return at[self._order.index(self._backdrop.control)] if self._backdrop else 0

    def _title(self, at: list[int]) -> str:
        """The title, with the option of the backdrop where there is one."""
        if self._backdrop is None:
            return self.title
        name = self._backdrop.control
        value = self._grid[name][self._option(at)]
        return f"{self.title}, {self.controls[name].label or name}: {_shown(value)}"

    def _drawn(self, option: int) -> Axes:
        """The axes that the backdrop draws for an option."""
        with style.context():
            return self._backdrop.draw(self._grid[self._backdrop.control][option])

    def _picture(self, at: list[int]) -> Picture:
        """The picture at slider positions; drawn when it is asked for first."""
        option = self._option(at)
        with self._drawing:
            if option not in self._pictures:
                first = next(iter(self._pictures.values()))
                new = Picture(self._drawn(option).figure)
                if (new.width, new.height, len(new.places)) != (
                    first.width, first.height, len(first.places),
                ):  # fmt: skip
                    raise ValueError(
                        "All backdrops of a figure have the same size and the same number of axes; "
                        f"that for {self._title(at)!r} has others."
                    )
                self._pictures[option] = new
            return self._pictures[option]

    def _play_spec(self) -> dict | None:
        if self._play is None:
            return None
        i = self._order.index(self._play.slider)
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
        if math.prod(sizes) > _FEW and self._least_bytes() > MAX_BYTES:
            return None
        rows, texts, end = [], [], time.thread_time() + MAX_SECONDS
        for positions in itertools.product(*map(range, sizes)):
            seen = self._scene(list(positions))
            rows.append(frames.flatten(seen, self._names, self._lengths))
            texts.append(frames.texts_of(seen, self._texts))
            if time.thread_time() > end:
                return None
        table = frames.pack(sizes, rows, texts)
        return table if table.size <= MAX_BYTES else None

    def _least_bytes(self) -> float:
        """What the table would take at least: each number once per setting of what it depends on.

        Found by moving each slider alone, to its middle and its end.
        """
        start = [len(grid) // 2 for grid in self._grid.values()]
        numbers = np.array(frames.flatten(self._scene(start), self._names, self._lengths))
        rows = np.ones(len(numbers))
        for i, grid in enumerate(self._grid.values()):
            for k in (0, len(grid) - 1):
                there = self._scene([*start[:i], k, *start[i + 1 :]])
                other = np.array(frames.flatten(there, self._names, self._lengths))
                differs = (other != numbers) & ~(np.isnan(other) & np.isnan(numbers))
                if differs.any():
                    rows[differs] *= len(grid)
                    break
        return float(4 * rows.sum())

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
            at, seen = self._answered(message)
            answer = {"frame": message["id"], "at": at, "dragged": "mark" in message}
            answer["texts"] = frames.texts_of(seen, self._texts)
            self.canvas.send(answer, [self._wire(seen)])
        elif message.get("ask") == "background":
            at = message.get("at") or self._positions()
            picture = self._picture_in_time(at)
            answer = {"background": message["id"], "option": self._option(at)}
            if picture is None:
                self.canvas.send(answer | {"failed": True})
                return
            answer |= {"axes": picture.places, "alt": self._alt(at)}
            dark, scale = bool(message["dark"]), float(message["scale"])
            self.canvas.send(answer, [picture.png_for(dark, scale)])

    def _picture_in_time(self, at: list[int]) -> Picture | None:
        """The picture at slider positions; None where a learner's function in it fails."""

        def draw() -> Picture | None:
            try:
                return self._picture(at)
            except Exception:
                return None  # the scene says what is wrong with the function

        return running.run(draw, 2 * FRAME_SECONDS).result

    def _nearest(
        self, name: str, to: list[float], at: list[int], thorough: bool = True
    ) -> list[int]:
        """Slider positions that bring a dragged point nearest to a place, in CSS pixels.

        For figures too large for a table of frames. While a hand moves, `thorough` is False.
        """
        picture, mark = self._picture(at), self._first.marks[name]

        def place(positions: list[int]) -> tuple[float, float]:
            point = self._scene(positions).marks.get(name)
            return picture.pixel(mark.ax, point.x, point.y) if point else (math.nan, math.nan)

        moving = [self._order.index(slider) for slider in _dragged(mark)]
        sizes = [len(grid) for grid in self._grid.values()]
        return nearest(place, (to[0], to[1]), at, moving, sizes, thorough)

    def _pixels(self, mark: Point) -> tuple[float, float]:
        """Where a point is drawn now, in CSS pixels from the top left."""
        return self._picture(self._positions()).pixel(mark.ax, mark.x, mark.y)

    def _wire(self, seen: Scene) -> bytes:
        """The coordinates of a scene's marks as the browser reads them."""
        row = frames.flatten(seen, self._names, self._lengths)
        return np.asarray(row, "<f8" if len(row) <= MANY else "<f4").tobytes()

    def _alt(self, at: list[int]) -> str:
        return f"{self._title(at)}. " + " ".join(self._picture(at).words)

    def _spec(self, first: Scene) -> dict:
        marks, at = [], self._positions()
        for name, mark in first.marks.items():
            look = mark.look() | {"name": name, "length": len(mark.coordinates())}
            look["says"] = name in self._texts
            if isinstance(mark, Point):
                look["drag"] = [self._order.index(s) for s in _dragged(mark)]
            marks.append(look)
        picture = self._picture(at)
        spec = {
            "title": self.title,
            "alt": self._alt(at),
            "width": picture.width,
            "height": picture.height,
            "axes": picture.places,
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
            "backdrop": self._order.index(self._backdrop.control) if self._backdrop else None,
            "clicks": self._clicks,
            "start": self._start,
            "at": at,
            "texts": frames.texts_of(self.scene, self._texts),
            "scale": CLASS_SCALE if style.in_class() else 1.0,
            "sizes": SIZES.spec(),
        }
        if self._turn is not None:
            across, upward = map(self._order.index, (self._turn.across, self._turn.upward))
            spec["turn"] = asdict(self._turn) | {"across": across, "upward": upward}
        if any(isinstance(mark, Mesh) for mark in first.marks.values()):
            spec["ramp"] = [style.RAMP, style.RAMP_DARK]
        return spec

    def _clicked_by(self, first: Scene) -> dict[int, int]:
        """For each axes that can be clicked, the mark that then goes to the pointer."""
        points: dict[int, list[tuple[int, Point]]] = {}
        for k, mark in enumerate(first.marks.values()):
            if isinstance(mark, Point) and mark.drag is not None:
                points.setdefault(mark.ax, []).append((k, mark))
        clicks = {}
        for ax, here in points.items():
            asked = [k for k, mark in here if mark.click]
            if len(asked) > 1:
                raise ValueError("Of the points in one pair of axes, one can follow a click.")
            taken = {part.ax for part in (self._curve, self._turn) if part is not None}
            if asked:
                clicks[ax] = asked[0]
            elif len(here) == 1 and here[0][1].click is None and ax not in taken:
                clicks[ax] = here[0][0]
        return clicks


def _dragged(mark: Point) -> tuple[str, ...]:
    """The sliders that dragging a point moves."""
    if mark.drag is None:
        return ()
    return (mark.drag,) if isinstance(mark.drag, str) else tuple(mark.drag)


def _pairs(numbers: tuple[float, ...]) -> list[tuple[float, float]]:
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _shown(value: float | str) -> str:
    return value if isinstance(value, str) else number(value)
