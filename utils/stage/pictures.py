"""The pictures of a live figure: one that stands still, or one for each option of a backdrop."""

import threading
from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from utils import style
from utils.stage.controls import Backdrop
from utils.stage.picture import Picture
from utils.stage.scenes import Scenes, shown


class Pictures:
    """What stands still, and what it is called, at each setting of the sliders.

    ax: any axes of the first picture; None where the backdrop draws it.
    """

    def __init__(
        self, title: str, ax: Axes | None, backdrop: Backdrop | None, scenes: Scenes
    ) -> None:
        self._title, self._backdrop, self._scenes = title, backdrop, scenes
        self._drawing = threading.Lock()  # sliders are answered in a thread of their own
        start = self.option(scenes.positions())
        self._first = Picture(_figure_of(self._drawn(start) if ax is None else ax))
        self._made = {start: self._first}

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of all of them, in CSS pixels."""
        return self._first.width, self._first.height

    def option(self, at: Sequence[int]) -> int:
        """Which option of the backdrop holds at slider positions; 0 where there is none."""
        return 0 if self._backdrop is None else at[self._scenes.names.index(self._backdrop.control)]

    def title(self, at: Sequence[int]) -> str:
        """The title, with the option of the backdrop where there is one."""
        if self._backdrop is None:
            return self._title
        name = self._backdrop.control
        value = self._scenes.grids[name][self.option(at)]
        return f"{self._title}, {self._scenes.label(name)}: {shown(value)}"

    def alt(self, at: Sequence[int]) -> str:
        """What stands still, in words."""
        return f"{self.title(at)}. " + " ".join(self.at(at).words)

    def at(self, at: Sequence[int]) -> Picture:
        """The picture at slider positions; drawn when it is asked for first.

        Raises ValueError where it has another size or other axes than the first one.
        """
        option = self.option(at)
        with self._drawing:
            if option not in self._made:
                new = Picture(_figure_of(self._drawn(option)))
                if _measure(new) != _measure(self._first):
                    raise ValueError(
                        "All backdrops of a figure have the same size and the same number of axes; "
                        f"that for {self.title(at)!r} has others."
                    )
                self._made[option] = new
            return self._made[option]

    def _drawn(self, option: int) -> Axes:
        """The axes that the backdrop draws for an option."""
        if self._backdrop is None:
            raise ValueError("A Stage needs axes, or a backdrop that draws them.")
        with style.context():
            return self._backdrop.draw(self._scenes.grids[self._backdrop.control][option])


def _figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure()  # without `root`, which matplotlib in a browser does not know yet
    if not isinstance(figure, Figure):
        raise ValueError("These axes have been taken off their figure, or stand on a part of one.")
    return figure


def _measure(picture: Picture) -> tuple[int, int, int]:
    return picture.width, picture.height, len(picture.places)
