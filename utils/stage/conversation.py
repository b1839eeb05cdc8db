"""What a live figure and the browser tell each other."""

import itertools
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from utils import running, style
from utils.stage import frames, prebuilt, stopped
from utils.stage.controls import Backdrop, Curve, Play, Turn
from utils.stage.marks import Mark, Mesh, Point, Scene
from utils.stage.nearest import nearest, parts_between
from utils.stage.picture import Picture
from utils.stage.pictures import Pictures
from utils.stage.recipe import Recipe
from utils.stage.scenes import Scenes
from utils.stage.sizes import SIZES, widest

if TYPE_CHECKING:
    from utils.stage.widgets import Canvas

# Beyond these a table of frames would cost more than it saves, and the kernel answers instead.
MAX_FRAMES = 8_000
MAX_BYTES = 420_000
MAX_SECONDS = 4.0
_working_time = getattr(time, "thread_time", time.perf_counter)  # a browser has the latter alone

MANY = 1_000  # numbers in a frame; beyond it they are sent in half as many bytes
_SOME = 7  # positions of a slider that tell what depends on it
_FEW = 200  # frames that are made without asking first how large their table would be

FRAME_SECONDS = 3.0  # for one scene, before a function counts as one that never ends


@dataclass(frozen=True)
class Parts:
    """What a figure may have besides marks and sliders; None for what it does without.

    columns: in how many the sliders stand.
    """

    play: Play | None = None
    curve: Curve | None = None
    backdrop: Backdrop | None = None
    turn: Turn | None = None
    columns: int = 1


class Cast:
    """The marks of a figure in their order, as the first scene with marks has them.

    How they look is taken from there; coordinates and texts are those of each scene.
    """

    def __init__(self, first: Scene) -> None:
        self.marks: dict[str, Mark] = first.marks
        self.names = list(first.marks)
        self.lengths = [len(mark.travels()) for mark in first.marks.values()]
        self._speaking = [n for n, mark in first.marks.items() if mark.text_line() is not None]

    def row(self, seen: Scene) -> list[float]:
        """The numbers of a scene's marks: coordinates, or where they lie in space; nan for those
        that it leaves out."""
        return frames.flatten(seen, self.names, self.lengths)

    def texts(self, seen: Scene) -> list[str]:
        """The texts of a scene's marks, then, where there is a goal, a tick or nothing, then its
        sentence.
        """
        return frames.texts_of(seen, self._speaking)

    def wire(self, seen: Scene) -> bytes:
        """The coordinates of a scene's marks as the browser reads them."""
        return self.packed(self.row(seen))

    def packed(self, row: Sequence[float]) -> bytes:
        """Coordinates as the browser reads them."""
        with np.errstate(over="ignore"):  # what four bytes cannot hold lies far beyond all axes
            return np.asarray(row, "<f8" if len(row) <= MANY else "<f4").tobytes()

    def spec(self, names: Sequence[str]) -> list[dict]:
        """How the marks look. names: the sliders, in their order."""
        looks, places = [], {name: k for k, name in enumerate(self.names)}
        for (name, mark), length in zip(self.marks.items(), self.lengths, strict=True):
            more: dict = {"name": name, "length": length, "says": name in self._speaking}
            if mark.solid is not None:
                more["solid"] = mark.solid.spec(places)
            if isinstance(mark, Point):
                more["drag"] = [names.index(slider) for slider in mark.drags]
            looks.append(mark.look() | more)
        return looks


class Conversation:
    """One figure's side of the conversation: a spec and a picture first, then answers.

    title: of the figure. scenes, pictures: what is asked for. parts: what else there is.
    Raises ValueError where marks and sliders do not fit together.
    """

    def __init__(self, title: str, scenes: Scenes, pictures: Pictures, parts: Parts) -> None:
        self._title, self._scenes, self._pictures, self._parts = title, scenes, pictures, parts
        self.start = scenes.positions()
        self.cast = Cast(self._first_with_marks())
        self._check()
        self._clicks = self._clicked()
        self._table: tuple[np.ndarray | None, frames.Table | None] | None = None
        self.recipe: Recipe | None = None

    @cached_property
    def canvas(self) -> "Canvas":
        """The widget. Made when first asked for: its picture has to be drawn, and a figure of
        which only the sentence is printed need not be.
        """
        from utils.stage.widgets import Canvas

        at = self._scenes.positions()
        canvas = Canvas(
            spec=self.spec(at),
            background=self._pictures.at(at).png,
            coordinates=self.cast.wire(self._scenes.made_at(at)),
            controls=list(self._scenes.widgets.values()),
        )
        canvas.on_msg(lambda _canvas, message, _buffers: self.answer(message))
        return canvas

    def begin_anew(self) -> None:
        """Forget what was told before: the scenes have another goal."""
        self._table = None
        self.__dict__.pop("canvas", None)

    # --- what the browser is told at once ---

    def spec(self, at: Sequence[int]) -> dict:
        """Everything that stays the same, and the texts of the scene at slider positions."""
        names, picture, parts = self._scenes.names, self._pictures.at(at), self._parts
        controls, projector = self._scenes.controls, style.in_class()
        spec = {
            "title": self._title,
            "alt": self._pictures.alt(at),
            "width": picture.width,
            "height": picture.height,
            "axes": picture.places,
            "marks": self.cast.spec(names),
            "controls": [
                {"name": name, "label": self._scenes.label(name), **control.spec()}
                for name, control in controls.items()
            ],
            "colours": {
                meaning: [light, style.COLOURS_DARK[meaning]]
                for meaning, light in style.COLOURS.items()
            },
            "inks": {meaning: list(pair) for meaning, pair in style.INKS.items()},
            "paper": style.PAPER,
            "play": parts.play.spec(controls) if parts.play else None,
            "curve": parts.curve.spec(names) if parts.curve else None,
            "backdrop": names.index(parts.backdrop.control) if parts.backdrop else None,
            "clicks": self._clicks,
            "start": self.start,
            "at": list(at),
            "texts": self.cast.texts(self._scenes.made_at(at)),
            "projector": projector,
            "widest": widest(picture.width, picture.height, projector),
            "goal": self._goal_lines(),
            "sizes": SIZES.spec(),
        }
        if parts.turn is not None:
            across, upward = map(names.index, (parts.turn.across, parts.turn.upward))
            in_space = self._scenes.turn is not None
            more = {"across": across, "upward": upward, "space": in_space}
            spec["turn"] = asdict(parts.turn) | more
        if any(isinstance(mark, Mesh) for mark in self.cast.marks.values()):
            spec["ramp"] = [style.RAMP, style.RAMP_DARK]
        return spec

    def _goal_lines(self) -> list[str] | None:
        """What is said of the goal until it is reached, and then; None where there is none."""
        goal = self._scenes.goal
        return goal and [Scene("", goal=goal.aim, reached=r).goal_line for r in (False, True)]

    def _first_with_marks(self) -> Scene:
        """The scene that shows how marks look: the first, or the next that has any."""
        first = self._scenes.made_at(self.start)
        if first.marks:
            return first
        some = itertools.islice(itertools.product(*map(range, self._scenes.sizes)), MAX_FRAMES)
        return next((s for s in map(self._scenes.made_at, some) if s.marks), first)

    def _check(self) -> None:
        """Raise ValueError where a point drags what is not there, or lies behind a surface, and
        where nobody says from where marks in space are seen."""
        marks, names = self.cast.marks, self.cast.names
        lost = [name for name in names if marks[name].solid is not None]
        if lost and self._scenes.turn is None:
            raise ValueError(
                f"The mark {lost[0]!r} lies in space, so the figure needs a Turn, and a frame that "
                "does not take its angles."
            )
        surfaces = [i for i, name in enumerate(names) if isinstance(marks[name], Mesh)]
        for i, (name, mark) in enumerate(marks.items()):
            if not isinstance(mark, Point) or not mark.drags:
                continue
            unknown = [slider for slider in mark.drags if slider not in self._scenes.controls]
            if unknown:
                raise ValueError(f"The mark {name!r} drags a slider {unknown[0]!r}: there is none.")
            if surfaces and i < surfaces[-1]:
                raise ValueError(
                    f"The mark {name!r} can be dragged, so it must come after the surface."
                )

    def _clicked(self) -> dict[int, int]:
        """For each axes that can be clicked, the mark that then goes to the pointer."""
        points: dict[int, list[tuple[int, Point]]] = {}
        for k, mark in enumerate(self.cast.marks.values()):
            if isinstance(mark, Point) and mark.drags:
                points.setdefault(mark.ax, []).append((k, mark))
        taken = {part.ax for part in (self._parts.curve, self._parts.turn) if part is not None}
        clicks = {}
        for ax, here in points.items():
            asked = [k for k, mark in here if mark.click]
            if len(asked) > 1:
                raise ValueError("Of the points in one pair of axes, one can follow a click.")
            if asked:
                clicks[ax] = asked[0]
            elif len(here) == 1 and here[0][1].click is None and ax not in taken:
                clicks[ax] = here[0][0]
        return clicks

    # --- frames that travel ---

    @property
    def table(self) -> frames.Table | None:
        """All frames in one table, or None where they are too many and the kernel has to answer.

        It is computed when the browser first asks for it, not before the figure is shown; a new
        drawing asks for a new one.
        """
        drawing = self._scenes.drawing
        if self._table is None or self._table[0] is not drawing:
            self._table = drawing, prebuilt.find(self.key) or self._packed()
        return self._table[1]

    @property
    def key(self) -> str | None:
        """What the table is kept by; None where only computing it tells what is in it."""
        if self.recipe is None or self._scenes.goal is not None:
            return None
        return prebuilt.key_of(self.recipe, self._scenes.drawing)

    def _packed(self) -> frames.Table | None:
        sizes = self._sizes()
        if math.prod(sizes) > MAX_FRAMES:
            return None
        if math.prod(sizes) > _FEW and self.least_bytes() > MAX_BYTES:
            return None
        return self.table_of([range(size) for size in sizes])

    def table_of(self, positions: Sequence[Sequence[int]]) -> frames.Table | None:
        """The frames at some positions of each slider; None where they take too long or much room.

        For pages with no kernel, on which a figure that is too large moves in coarser steps. The
        sliders of a view that is turned have one position here, since no frame depends on them.
        """
        rows, texts, end = [], [], _working_time() + MAX_SECONDS
        positions = [
            some[:1] if i in self._scenes.turned else some for i, some in enumerate(positions)
        ]
        for at in itertools.product(*positions):
            seen = self._scenes.made_at(at)
            rows.append(self.cast.row(seen))
            texts.append(self.cast.texts(seen))
            if _working_time() > end:
                return None
        table = frames.pack([len(some) for some in positions], rows, texts)
        return table if table.size <= MAX_BYTES else None

    def least_bytes(self) -> float:
        """What the table would take at least, nearly: each number once per setting of what it
        depends on, and once only where other marks show it at other positions of one slider.

        Found by moving each slider alone, to some of its positions.
        """
        sizes = self._sizes()
        middle = [size // 2 for size in sizes]
        lines = []  # for each slider, frames along it
        for i, size in enumerate(sizes):
            some = np.unique(np.linspace(0, size - 1, _SOME).round().astype(int)).tolist()
            places = [[*middle[:i], k, *middle[i + 1 :]] for k in some]
            lines.append(np.array([self.cast.row(self._scenes.made_at(at)) for at in places]))
        here = np.array(self.cast.row(self._scenes.made_at(middle)))
        moved = [((line != here) & ~(np.isnan(line) & np.isnan(here))).any(0) for line in lines]
        total = 0.0
        for moves in np.unique(moved, axis=1).T:
            alike = (np.array(moved) == moves[:, None]).all(axis=0)
            settings = math.prod(itertools.compress(sizes, moves))
            numbers = [settings * int(alike.sum())]
            for line, size in itertools.compress(zip(lines, sizes, strict=True), moves):
                numbers.append(settings // size * len(np.unique(line[:, alike])))
            total += 4 * min(numbers)
        return total

    def _sizes(self) -> list[int]:
        """How many positions each slider has that frames depend on; 1 for all others."""
        return [1 if i in self._scenes.turned else n for i, n in enumerate(self._scenes.sizes)]

    # --- answers ---

    def answer(self, message: dict) -> None:
        """Answer a question of the browser, on the canvas."""
        reply = self.reply(message)
        if reply is not None:
            self.canvas.send(*reply)

    def reply(self, message: dict) -> tuple[dict, list[bytes]] | None:
        """What a question of the browser is answered, with its buffers; None to no question."""
        if "heights" in message:
            self._scenes.draw(message["heights"])
        match message.get("ask"):
            case "frames":
                some = message.get("of")  # not of a browser: where the whole table is too large
                table = running.run(
                    lambda: self.table if some is None else self.table_of(some), 2 * MAX_SECONDS
                ).result
                header = table.header if table else None
                told = {"frames": header, "id": message.get("id", 0)}
                return told, [table.buffer] if table else []
            case "frame":
                at, seen, row = self._led_to(message)
                told = {"frame": message["id"], "at": at, "dragged": "mark" in message}
                return told | {"texts": self.cast.texts(seen)}, [self.cast.packed(row)]
            case "background":
                at = message.get("at") or self._scenes.positions()
                told = {"background": message["id"], "option": self._pictures.option(at)}
                picture = self._picture_in_time(at)
                if picture is None:
                    return told | {"failed": True}, []
                told |= {"axes": picture.places, "alt": self._pictures.alt(at)}
                dark, scale = bool(message["dark"]), float(message["scale"])
                return told, [picture.png_for(dark, scale)]
        return None

    def nearest(
        self, name: str, to: Sequence[float], at: Sequence[int], thorough: bool = True
    ) -> list[int]:
        """Slider positions that bring a dragged point nearest to a place, in CSS pixels.

        For figures too large for a table of frames. While a hand moves, `thorough` is False.
        """
        return self._drag(name, to, at).nearest(thorough)

    def _drag(self, name: str, to: Sequence[float], at: Sequence[int]) -> "_Drag":
        """A hand that drags a point to a place. Raises TypeError for a mark that is no point."""
        mark = self.cast.marks[name]
        if not isinstance(mark, Point):
            raise TypeError(f"{name!r} is no point, and only points are dragged.")
        return _Drag(self.cast, self._scenes, self._pictures.at(at), name, mark, to, at)

    def _led_to(self, question: dict) -> tuple[list[int], Scene, list[float]]:
        """The slider positions that a question leads to, the scene there, and the coordinates to
        show: those of the scene, or, while a hand moves, between it and the next ones.

        A learner's function that never ends gives a sentence.
        """
        at = question["at"]

        def work() -> tuple[list[int], Scene, list[float]]:
            if "mark" not in question:
                seen = self._scenes.made_at(at)
                return at, seen, self.cast.row(seen)
            drag = self._drag(question["mark"], question["to"], at)
            there = drag.nearest(thorough=bool(question.get("dropped")))
            return there, drag.scene(there), drag.row_between(there, question.get("gliding", ()))

        ran = running.run(work, FRAME_SECONDS)
        if ran.result is not None:
            return ran.result
        reason = stopped.why(ran.stopped, FRAME_SECONDS)
        sentence = f"Nothing can be drawn here: {reason} Mend it and run the cell again."
        seen = self._scenes.nothing(sentence)
        return at, seen, self.cast.row(seen)

    def _picture_in_time(self, at: Sequence[int]) -> Picture | None:
        """The picture at slider positions; None where a learner's function in it fails."""

        def draw() -> Picture | None:
            try:
                return self._pictures.at(at)
            except Exception:
                return None  # the scene says what is wrong with the function

        return running.run(draw, 2 * FRAME_SECONDS).result


class _Drag:
    """A hand that drags a point to a place, in CSS pixels; it makes each scene once.

    picture: what its axes are. name, mark: of the point. at: where the sliders stand.
    """

    def __init__(
        self, cast: Cast, scenes: Scenes, picture: Picture,
        name: str, mark: Point, to: Sequence[float], at: Sequence[int],
    ) -> None:  # fmt: skip
        self._cast, self._scenes, self._picture = cast, scenes, picture
        self._name, self._mark, self._to, self._at = name, mark, (to[0], to[1]), at
        self._seen: dict[tuple[int, ...], Scene] = {}

    def scene(self, at: Sequence[int]) -> Scene:
        """The scene at slider positions, as it travels."""
        key = tuple(at)
        if key not in self._seen:
            self._seen[key] = self._scenes.made_at(at)
        return self._seen[key]

    def nearest(self, thorough: bool) -> list[int]:
        """The slider positions that bring the point nearest to the place."""
        moving = [self._scenes.names.index(slider) for slider in self._mark.drags]
        sizes = self._scenes.sizes
        return nearest(self._place, self._to, self._at, moving, sizes, thorough)

    def row_between(self, at: Sequence[int], gliding: Sequence[int]) -> list[float]:
        """The coordinates of all marks where the point comes nearer still, between positions and
        the next ones of some sliders; `frameBetween` in table.js does the same with a table.

        What is not seen in both stays where it is.
        """
        row = np.array(self._cast.row(self.scene(at)))
        between = row.copy()
        for i, part in parts_between(self._place, self._to, at, gliding, self._scenes.sizes):
            next_to = [*at[:i], at[i] + (1 if part > 0 else -1), *at[i + 1 :]]
            with np.errstate(all="ignore"):
                way = abs(part) * (np.array(self._cast.row(self.scene(next_to))) - row)
            between += np.where(np.isfinite(way), way, 0)
        return between.tolist()

    def _place(self, at: list[int]) -> tuple[float, float]:
        point = self.scene(at).marks.get(self._name)
        if not isinstance(point, Point):
            return math.nan, math.nan
        if point.solid is not None:
            point = point.placed(point.solid.seen(self._scenes.eye(at), {}))
        return self._picture.pixel(self._mark.ax, point.x, point.y)
