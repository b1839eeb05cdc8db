"""The live figure: matplotlib draws what stands still, the browser moves what moves."""

import base64
import os
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import style
from utils.stage import frames, prebuilt
from utils.stage.controls import Backdrop, Control, Curve, Play, Setting, Turn
from utils.stage.conversation import Conversation, Parts
from utils.stage.field import FormulaField
from utils.stage.marks import Point, Scene
from utils.stage.picture import encode
from utils.stage.pictures import Pictures
from utils.stage.recipe import Recipe
from utils.stage.scenes import Goal, Scenes
from utils.stage.sizes import BESIDE

if TYPE_CHECKING:
    import ipywidgets

    from utils.stage.widgets import Canvas


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
    turn: which sliders are moved by dragging an empty part of the axes. A `frame` that places its
        marks in a space.Box need not know them.
    columns: in how many columns the sliders stand under the figure, row by row.

    Points with `drag` can be dragged. Where axes have one such point, a click anywhere on them
    brings it there, and a drag can begin there; `Point(click=True)` says which of several.

    An explorer is a function that returns a Stage. `stage.set(x=2)` moves sliders from Python,
    `stage.values` reads them, `print(stage)` says what is seen, `stage.recipe` which explorer made
    it and with what; that is None where none did. `stage.towards(…)` gives it a goal.
    """

    recipe: Recipe | None = None
    field: FormulaField | None = None  # under the sliders, for another formula

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
        parts = Parts(play, curve, backdrop, turn, columns)
        _check(ax, sliders, parts)
        self.title, self._columns = title, columns
        self._scenes = Scenes(frame, sliders, curve, turn)
        self._pictures = Pictures(title, ax, backdrop, self._scenes)
        self.conversation = Conversation(title, self._scenes, self._pictures, parts)
        self.initial = self.values

    # --- what a learner and a notebook use ---

    @property
    def values(self) -> dict[str, Setting]:
        """The value of every slider, by name."""
        return self.values_at(self.positions)

    def set(self, **values: Setting | Sequence[float]) -> "Stage":
        """Move sliders: `stage.set(x=2)`. Returns the stage, so that it can be printed.

        Where there is a curve to draw, `curve` is one of its presets or its heights. Raises
        TypeError for a slider that is not there, ValueError for a value outside its range.
        """
        for name, value in values.items():
            if name == "curve" and self._scenes.drawing is not None:
                self._scenes.draw(value)
            else:
                self._scenes.move(name, value)
        return self

    def towards(self, aim: str, met: Callable[[dict[str, Setting]], bool]) -> "Stage":
        """Let the figure say what to reach, and when it is reached. Returns the stage.

        aim: what to reach, in words; it stands behind "Goal: ", so it begins with a small letter.
        met: from slider values, by name, to whether they reach it; from nothing else, since its
            results may travel with the frames.
        """
        known = self._scenes.goal
        self._scenes.goal = Goal(aim, met)
        if known is None or known.aim != aim:  # what is shown already says nothing of it
            self.conversation.begin_anew()
            self.__dict__.pop("box", None)
        return self

    def put_below(self, field: FormulaField) -> None:
        """Put a field under the sliders. To be asked before the figure is shown."""
        self.field = field

    def become(self, other: "Stage") -> None:
        """Show another figure in the place of this one: all that it is, but the field of this."""
        box, field = self.__dict__.get("box"), self.field
        if field is not None:
            other.put_below(field)
        self.__dict__ |= {name: part for name, part in vars(other).items() if name != "box"}
        if box is not None:  # the field is in use: it stays as it is
            _above(box, field).children = _above(other.box, field).children

    @property
    def figure(self) -> Figure:
        """The figure that stands still: that of the chosen option, where there is a backdrop."""
        return self._pictures.at(self.positions).figure

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the picture in CSS pixels."""
        return self._pictures.size

    @property
    def scene(self) -> Scene:
        """What is seen now."""
        return self.scene_at(self.positions)

    @property
    def sentence(self) -> str:
        """What is seen now, in a sentence or two."""
        return self.scene.sentence

    def __str__(self) -> str:
        at, seen = self.positions, self.scene
        lines = [
            f"Live figure: {self._pictures.title(at)}",
            *self._pictures.at(at).words,
            f"Sliders: {self._scenes.words()}.",
            *seen.words(),
            *([seen.goal_line] if seen.goal else []),
            seen.sentence,
        ]
        return "\n".join(lines)

    __repr__ = __str__

    def still(self) -> bytes:
        """The figure as it stands now, as a PNG, for a reader with no kernel."""
        return encode(self._still_pixels())

    def _still_pixels(self) -> np.ndarray:
        return self._pictures.at(self.positions).with_marks(self.scene)

    def _repr_mimebundle_(self, include=None, exclude=None) -> tuple[dict, dict]:
        words, pixels = str(self), self._still_pixels()
        if kept := os.environ.get(prebuilt.KEEP):
            self._keep_table(Path(kept))
        view = {"version_major": 2, "version_minor": 0, "model_id": self.box.model_id}
        data = {
            "text/plain": words,
            "image/png": base64.b64encode(encode(pixels)).decode(),
            "application/vnd.jupyter.widget-view+json": view,
        }
        height = round(len(pixels) / style.SHARPNESS)
        return data, {"image/png": {"alt": words, "width": self.size[0], "height": height}}

    def _keep_table(self, to: Path) -> None:
        key, table = self.conversation.key, self.table
        if key is not None and table is not None:
            prebuilt.keep(key, table, to)

    # --- what it is made of ---

    @property
    def controls(self) -> dict[str, Control]:
        """The sliders, by name."""
        return self._scenes.controls

    @property
    def positions(self) -> list[int]:
        """Where the sliders stand: of each, the place of its value in its list of values."""
        return self._scenes.positions()

    def values_at(self, positions: Sequence[int]) -> dict[str, Setting]:
        """The values of the sliders at any positions, by name."""
        return self._scenes.values_at(positions)

    def scene_at(self, positions: Sequence[int]) -> Scene:
        """What is seen at any positions; a sentence alone where the function in it fails."""
        return self._scenes.at(positions)

    def pixel(self, point: Point) -> tuple[float, float]:
        """Where a point is drawn now, in CSS pixels from the top left."""
        return self._pictures.at(self.positions).pixel(point.ax, point.x, point.y)

    @property
    def table(self) -> frames.Table | None:
        """All frames, as they travel; None where the kernel answers instead."""
        return self.conversation.table

    @property
    def canvas(self) -> "Canvas":
        """The picture and its marks in the browser."""
        return self.conversation.canvas

    @cached_property
    def box(self) -> "ipywidgets.VBox":
        """What a notebook shows: the canvas and the sliders below it."""
        import ipywidgets

        spec = self.canvas.spec
        room = f"calc({spec['widest']} + {BESIDE})" if spec["projector"] else spec["widest"]
        box = self._scenes.box(self.canvas, self._columns, room)
        boxes = [box]
        if self.field is not None:
            boxes.append(ipywidgets.VBox([box, self.field.widget], layout={"max_width": room}))
        if spec["projector"]:
            for each in boxes:
                each.add_class("stage-box-projector")
        return boxes[-1]


def _above(box: "ipywidgets.VBox", field: FormulaField | None) -> "ipywidgets.VBox":
    """Of what a notebook shows, the part with the figure and its sliders."""
    return box if field is None else box.children[0]


def _check(ax: Axes | None, controls: Mapping[str, Control], parts: Parts) -> None:
    """Raise ValueError where a part names a control that is not there, or of no use to it."""
    named = []
    if parts.play:
        named.append(("play", parts.play.slider))
    if parts.turn:
        named += [("turn", parts.turn.across), ("turn", parts.turn.upward)]
    if parts.curve:
        named.append(("point along the curve with", parts.curve.follow))
    if parts.backdrop:
        named.append(("change the backdrop with", parts.backdrop.control))
    for use, name in named:
        if name not in controls:
            raise ValueError(f"There is no slider {name!r} to {use}.")
    if ax is None and parts.backdrop is None:
        raise ValueError("A Stage needs axes, or a backdrop that draws them.")
    if parts.columns < 1:
        raise ValueError(f"Sliders stand in 1 column or more, not in {parts.columns}.")
    if parts.backdrop is not None:
        if not controls[parts.backdrop.control].is_choice:
            raise ValueError("A backdrop changes with a Choice or a Toggle, not a slider.")
        if parts.curve is not None:
            raise ValueError("A figure to draw in has one backdrop.")
