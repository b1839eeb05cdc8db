"""From where the sliders stand to what is seen there."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import ArrayLike

from utils.functions import NoValue
from utils.numerals import number
from utils.stage import shapes, space
from utils.stage.controls import Control, Curve, Setting, Turn
from utils.stage.marks import Scene

if TYPE_CHECKING:
    import ipywidgets
    from ipywidgets.widgets.widget_description import DescriptionWidget


@dataclass(frozen=True)
class Goal:
    """What the sliders of a figure are to be brought to.

    aim: what to reach, in words: "bring the slope below 0.1".
    met: from the values of all controls, by name, to whether that is reached.
    """

    aim: str
    met: Callable[[dict[str, Setting]], bool]

    def reached(self, values: dict[str, Setting]) -> bool:
        """Whether these values reach it; False where that cannot be told."""
        try:
            return bool(self.met(values))
        except Exception:  # of what is asked about other controls, anything may come
            return False


class Scenes:
    """The controls of a figure with their widgets, and the scene for each of their settings.

    frame: from the values of all controls, by name, to a Scene; with a curve to draw, from its
    heights as well, as `curve`. Positions are places in the controls' lists of values. Widgets are
    made when a notebook shows them, and from then on they know where the controls stand.
    turn: what turns the view. If `frame` does not take the angles, it is not told them: it places
    marks in space, and where they are seen follows from the angles alone.
    """

    def __init__(
        self,
        frame: Callable[..., Scene],
        controls: Mapping[str, Control],
        curve: Curve | None,
        turn: Turn | None = None,
    ) -> None:
        self.controls = dict(controls)
        self.names = list(self.controls)
        self.grids = {name: list(control.values) for name, control in self.controls.items()}
        self.sizes = [len(grid) for grid in self.grids.values()]
        self._at = [control.start for control in self.controls.values()]
        self.drawing = None if curve is None else curve.heights(curve.start)
        self.goal: Goal | None = None
        self._frame, self._curve, self._sampler = frame, curve, shapes.memory()
        self.turn = turn if turn is not None and not _takes_angles(frame, turn) else None
        self.turned = [] if self.turn is None else list(map(self.names.index, self.turn.angles))
        begun = self.positions()
        self._begun = [begun[i] for i in self.turned]

    @cached_property
    def widgets(self) -> "dict[str, DescriptionWidget]":
        """The widgets of the controls, by name; they stand where the controls do."""
        made = {name: control.widget(name) for name, control in self.controls.items()}
        for (name, control), at in zip(self.controls.items(), self._at, strict=True):
            control.write(made[name], at)
        return made

    def positions(self) -> list[int]:
        """Where the controls stand now."""
        if "widgets" not in self.__dict__:
            return list(self._at)
        return [control.read(self.widgets[name]) for name, control in self.controls.items()]

    def values_at(self, at: Sequence[int]) -> dict[str, Setting]:
        """The values of the controls at positions, by name."""
        return {name: grid[i] for (name, grid), i in zip(self.grids.items(), at, strict=True)}

    def move(self, name: str, value: Setting | Sequence[float]) -> None:
        """Move one control; raises TypeError or ValueError where there is no such one or value."""
        if name not in self.controls:
            known = ", ".join(self.controls)
            raise TypeError(f"There is no slider called {name!r} here. There is: {known}.")
        control = self.controls[name]
        try:
            at = control.position(value)
        except ValueError as error:
            raise ValueError(f"{name}: {error}") from None
        if "widgets" in self.__dict__:
            control.write(self.widgets[name], at)
        else:
            self._at[self.names.index(name)] = at

    def draw(self, curve: str | ArrayLike) -> None:
        """Take a new drawing: one of the presets, or its heights.

        Raises TypeError where nothing is drawn in this figure, ValueError for what is no drawing.
        """
        if self._curve is None:
            raise TypeError("There is no curve to draw in this figure.")
        self.drawing = self._curve.heights(curve)

    def at(self, at: Sequence[int]) -> Scene:
        """The scene at positions; a sentence alone where the function in it fails."""
        scene = self.made_at(at)
        if self.turn is None:
            return scene
        sentence = f"{scene.sentence} {self._turned_to(at)}".rstrip()
        return replace(scene, marks=space.seen(scene.marks, self.eye(at)), sentence=sentence)

    def made_at(self, at: Sequence[int]) -> Scene:
        """The scene as `frame` makes it. Where the view is turned, its marks lie in space, and its
        sentence says nothing of the angles: it is the same for all of them.
        """
        values = self.values_at(at)
        told = {name: values[name] for i, name in enumerate(self.names) if i not in self.turned}
        scene = self._seen(told)
        if self.goal is None:
            return scene
        return replace(scene, goal=self.goal.aim, reached=self.goal.reached(told))

    def eye(self, at: Sequence[int]) -> space.Eye:
        """From where a view that is turned is seen at positions."""
        return space.Eye(*(float(self.grids[self.names[i]][at[i]]) for i in self.turned))

    def _turned_to(self, at: Sequence[int]) -> str:
        """From where the view is seen, in words; nothing where it is as it began."""
        if self.turn is None or [at[i] for i in self.turned] == self._begun:
            return ""
        return self.turn.says.format(*map(number, self.eye(at)))

    def nothing(self, sentence: str) -> Scene:
        """A scene of this figure with a sentence alone."""
        return Scene(sentence, goal=self.goal.aim if self.goal else "")

    def _seen(self, values: dict[str, Setting]) -> Scene:
        drawn = {} if self.drawing is None else {"curve": self.drawing}
        try:
            with np.errstate(all="ignore"), shapes.sampling_with(self._sampler):
                return self._frame(**values, **drawn)
        except Exception as error:  # a learner's function may raise anything
            where = ", ".join(f"{name} = {shown(value)}" for name, value in values.items())
            what = str(error) if isinstance(error, NoValue) else f"{type(error).__name__}: {error}."
            return Scene(f"Nothing to show at {where}. {what} Move a slider to another place.")

    def words(self) -> str:
        """Where the controls stand now: "x = 2; which map = far"."""
        values = self.values_at(self.positions())
        return "; ".join(f"{self.label(name)} = {shown(value)}" for name, value in values.items())

    def label(self, name: str) -> str:
        """What a control is called."""
        return self.controls[name].label or name

    def box(self, above: "ipywidgets.DOMWidget", columns: int, widest: str) -> "ipywidgets.VBox":
        """The widgets in so many columns, row by row, below what stands above, as wide as
        `widest` says in CSS; on a narrow page a row breaks."""
        import ipywidgets

        widgets = list(self.widgets.values())
        rows = widgets
        low, high = (5, 8) if columns > 1 else (6.2, 14)  # em; a longer name takes two lines
        longest = max((len(widget.description) for widget in widgets), default=0)
        for widget in widgets:
            widget.style.description_width = f"{min(high, max(low, _LETTER * longest + 1)):.1f}em"
        if columns > 1:
            for widget in widgets:
                widget.layout.flex = f"1 1 {_NARROWEST}em"
            starts = range(0, len(widgets), columns)
            broken = {"flex_flow": "row wrap"}
            rows = [ipywidgets.HBox(widgets[i : i + columns], layout=broken) for i in starts]
        box = ipywidgets.VBox([above, *rows], layout={"max_width": widest})
        box.add_class("stage-box")
        return box


def _takes_angles(frame: Callable[..., Scene], turn: Turn) -> bool:
    """Whether a function takes the angles of a view."""
    taken = inspect.signature(frame).parameters
    return any(p.kind == p.VAR_KEYWORD or name in turn.angles for name, p in taken.items())


_NARROWEST = 18  # em, of a slider in a row
_LETTER = 0.56  # em, about the width of one in the name of a slider


def shown(value: Setting) -> str:
    """A value of a control in words."""
    return value if isinstance(value, str) else number(value)
