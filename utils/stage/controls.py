"""The sliders of a live figure. Each has a finite list of values, so that frames can travel."""

import math
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from utils.slopes import JUMP

if TYPE_CHECKING:
    from ipywidgets.widgets.widget_description import DescriptionWidget

Setting = float | str | bool  # what a slider, a dropdown or a box to tick stands at


def _decimals(low: float, step: float) -> int:
    """How many decimals the values low, low + step, … need, at most 6."""
    for decimals in range(6):
        places = low * 10**decimals, step * 10**decimals
        if all(math.isclose(place, round(place), abs_tol=1e-9) for place in places):
            return decimals
    return 6


def nearest_index(values: Sequence[float], value: float, log: bool = False) -> int:
    """The position of the value nearest to a given one; `nearestIndex` in scale.js does the same.

    values: smallest first. log: near by factor and not by difference. Halfway between two, the even
    position is taken. There are no logarithms in it, which two languages may round differently.
    """
    i = min(bisect_left(values, value), len(values) - 1)
    if i == 0 or value >= values[i]:
        return i
    below, above = values[i - 1], values[i]
    nearer = value * value - below * above if log else value - below - (above - value)
    if nearer == 0:
        return i - i % 2
    return i if nearer > 0 else i - 1


class Control(Protocol):
    """What a live figure asks of a control: whatever has these parts is one.

    Its values are a finite list; a position is a place in that list. Its widget is made when a
    notebook shows it: a page in the browser has none.
    """

    @property
    def label(self) -> str:
        """What stands beside it; its name in the explorer where empty."""
        ...

    @property
    def values(self) -> Sequence[Setting]:
        """All values it can have, in order."""
        ...

    @property
    def is_choice(self) -> bool:
        """Whether one of a few options is chosen, so that a backdrop can be drawn for each."""
        ...

    @property
    def start(self) -> int:
        """The position that it begins at."""
        ...

    def position(self, value: Any) -> int:
        """That of a value; raises ValueError, which says why, where it cannot be there."""
        ...

    def widget(self, name: str) -> "DescriptionWidget":
        """The widget that shows it, standing at its start; called `name` where it has no label."""
        ...

    def read(self, widget: Any) -> int:
        """The position that its widget stands at."""
        ...

    def write(self, widget: Any, position: int) -> None:
        """Move its widget to a position."""
        ...

    def spec(self) -> dict:
        """What the browser needs to know to turn what the widget says into a position and back.

        "trait": which of the widget's traits says it. "values": what that is at each position.
        "scale": "linear" or "log", on which the nearest value is found. For pages that show it
        without its widget: "decimals" and "unit" of its values, or "options", their names.
        """
        ...


@dataclass(frozen=True)
class _Range:
    """What sliders have in common: from low to high, in equal steps of their scale."""

    _is_log: ClassVar[bool] = False
    low: float
    high: float
    value: float
    step: float = 0.1
    label: str = ""

    @property
    def values(self) -> list[float]:
        """All values, smallest first."""
        count = math.floor((self.high - self.low) / self.step + 1e-9) + 1
        return [self._off_scale(self.low + i * self.step) for i in range(count)]

    @property
    def is_choice(self) -> bool:
        """No: one moves along it."""
        return False

    def index(self, value: float) -> int:
        """The position of the value nearest to `value` on the slider's scale."""
        return nearest_index(self.values, value, self._is_log)

    @property
    def start(self) -> int:
        """The position that it begins at."""
        return self.index(self.value)

    def position(self, value: float) -> int:
        """That of the value nearest to `value`; raises ValueError outside the range."""
        values = self.values
        low, high = self._on_scale(values[0]), self._on_scale(values[-1])
        slack = 1e-9 * max(1.0, abs(low), abs(high))
        if not low - slack <= self._on_scale(value) <= high + slack:
            raise ValueError(
                f"{value} lies outside this slider's range, {values[0]:g} to {values[-1]:g}. "
                "Choose a value in between."
            )
        return self.index(value)

    def read(self, widget: Any) -> int:
        """The position that the widget stands at."""
        return self.index(widget.value)

    def write(self, widget: Any, position: int) -> None:
        """Move the widget to a position."""
        widget.value = self.values[position]

    def spec(self) -> dict:
        """What the browser needs to know to turn a value into a position and back."""
        scale = "log" if self._is_log else "linear"
        return {"trait": "value", "values": self.values, "scale": scale}

    def _on_scale(self, value: float) -> float:
        """Where a value lies on the scale whose steps are equal."""
        return value

    def _off_scale(self, place: float) -> float:
        """The value at a place on that scale."""
        return round(place, 10) + 0.0

    def _shown(self, name: str) -> dict[str, Any]:
        """What their widgets are made with, whatever the scale."""
        return {
            "value": self.values[self.start],
            "step": self.step,
            "description": self.label or name,
            "style": {"description_width": "9em"},
            "layout": {"width": "auto"},
        }


@dataclass(frozen=True)
class Slider(_Range):
    """Values low, low + step, … up to high, starting at value.

    label: what stands beside the slider; its name in the explorer where empty.
    unit: what the values are counted in, such as "h" or "km/h".
    Raises ValueError where the start does not lie between the ends or the step is not positive.
    """

    unit: str = ""

    def __post_init__(self) -> None:
        if not self.step > 0:
            raise ValueError(f"The step of a slider must be above 0, and this is {self.step}.")
        if not self.low <= self.value <= self.high:
            raise ValueError(
                f"The slider starts at {self.value}, outside its range {self.low} to {self.high}. "
                "Choose a start between the ends."
            )

    def widget(self, name: str) -> "DescriptionWidget":
        """The ipywidgets slider that shows it."""
        from utils.stage.widgets import LinearSlider

        ends = {"min": self.low, "max": self.values[-1]}
        readout = f".{_decimals(self.low, self.step)}f"
        return LinearSlider(**self._shown(name), **ends, readout_format=readout)

    def spec(self) -> dict:
        """What the browser needs to know to turn a value into a position and back."""
        return super().spec() | {"decimals": _decimals(self.low, self.step), "unit": self.unit}


@dataclass(frozen=True)
class LogSlider(_Range):
    """Values 10^low, …, 10^high, in equal steps of the exponent, starting at the nearest to value.

    Raises ValueError where value or step is not positive.
    """

    _is_log: ClassVar[bool] = True
    step: float = 0.25

    def __post_init__(self) -> None:
        if not (self.step > 0 and self.value > 0):
            raise ValueError("A logarithmic slider needs a step and a start above 0.")

    def widget(self, name: str) -> "DescriptionWidget":
        """The ipywidgets slider that shows it."""
        from utils.stage.widgets import LogarithmicSlider

        ends = {"min": self.low, "max": self.high, "base": 10}
        readout = ",.3r" if self.low > -4 else ".1e"  # 0.001 or 1,580, but 1.0e-6
        if all(value == round(value) for value in self.values):
            readout = ",.0f"
        return LogarithmicSlider(**self._shown(name), **ends, readout_format=readout)

    def _on_scale(self, value: float) -> float:
        return math.log10(value) if value > 0 else -math.inf

    def _off_scale(self, place: float) -> float:
        return float(f"{10**place:.12g}")


@dataclass(frozen=True)
class Choice:
    """A dropdown of options, starting at `value`. Raises ValueError for a start not among them."""

    options: Sequence[str]
    value: str
    label: str = ""

    def __post_init__(self) -> None:
        if self.value not in self.options:
            known = ", ".join(self.options)
            raise ValueError(f"{self.value!r} is not among the options: {known}.")

    @property
    def values(self) -> list[str]:
        """All options."""
        return list(self.options)

    @property
    def is_choice(self) -> bool:
        """Yes."""
        return True

    def index(self, value: str) -> int:
        """The position of an option; raises ValueError for one that is not there."""
        if value not in self.options:
            raise ValueError(f"{value!r} is not among the options: {', '.join(self.options)}.")
        return self.values.index(value)

    @property
    def start(self) -> int:
        """The position that it begins at."""
        return self.index(self.value)

    def position(self, value: str) -> int:
        """That of an option; raises ValueError for one that is not there."""
        return self.index(value)

    def widget(self, name: str) -> "DescriptionWidget":
        """The ipywidgets dropdown that shows it."""
        import ipywidgets

        return ipywidgets.Dropdown(
            options=self.values,
            value=self.value,
            description=self.label or name,
            style={"description_width": "9em"},
            layout={"width": "24em", "max_width": "100%"},
        )

    def read(self, widget: Any) -> int:
        """The position of the chosen option."""
        return widget.index

    def write(self, widget: Any, position: int) -> None:
        """Choose the option at a position."""
        widget.index = position

    def spec(self) -> dict:
        """What the browser needs to know to turn an option into a position and back."""
        positions = list(range(len(self.options)))
        return {"trait": "index", "values": positions, "options": self.values}


@dataclass(frozen=True)
class Toggle:
    """A box to tick: False or True."""

    value: bool
    label: str = ""

    @property
    def values(self) -> list[bool]:
        """Both."""
        return [False, True]

    @property
    def is_choice(self) -> bool:
        """Yes, of two."""
        return True

    def index(self, value: bool) -> int:
        """0 for False, 1 for True."""
        return int(bool(value))

    @property
    def start(self) -> int:
        """The position that it begins at."""
        return self.index(self.value)

    def position(self, value: bool) -> int:
        """0 for False, 1 for True; raises ValueError for anything else."""
        if value not in (True, False):
            raise ValueError(f"{value!r} is neither True nor False.")
        return self.index(value)

    def widget(self, name: str) -> "DescriptionWidget":
        """The ipywidgets checkbox that shows it."""
        import ipywidgets

        return ipywidgets.Checkbox(value=self.value, description=self.label or name, indent=True)

    def read(self, widget: Any) -> int:
        """0 where the box is empty, 1 where it is ticked."""
        return int(widget.value)

    def write(self, widget: Any, position: int) -> None:
        """Tick the box or empty it."""
        widget.value = bool(position)

    def spec(self) -> dict:
        """What the browser needs to know to turn a value into a position and back."""
        return {"trait": "value", "values": self.values}


@dataclass(frozen=True)
class Curve:
    """A curve that the learner draws: its heights over `count` evenly spaced places.

    x, y: the piece of the plane to draw in. presets: functions to begin with, by name.
    start: the preset shown first. follow: the slider that moves when the learner points along the
    curve; its values are places on the x-axis. ax: which axes are drawn in.
    Raises ValueError for a start that is no preset.
    """

    x: tuple[float, float]
    y: tuple[float, float]
    presets: Mapping[str, Callable[[float], float]]
    start: str
    follow: str
    ax: int = 0
    count: int = 161

    def __post_init__(self) -> None:
        self.heights(self.start)

    @property
    def places(self) -> np.ndarray:
        """The places on the x-axis, shape (count,)."""
        return np.linspace(*self.x, self.count)

    def heights(self, curve: str | ArrayLike) -> np.ndarray:
        """A preset's heights, or given ones, shape (count,), kept inside the picture.

        Raises ValueError for an unknown preset, and for heights that are not `count` numbers.
        """
        if isinstance(curve, str):
            if curve not in self.presets:
                known = ", ".join(self.presets)
                raise ValueError(f"There is no curve called {curve!r} to begin with. Try: {known}.")
            curve = [self.presets[curve](x) for x in self.places.tolist()]
        heights = np.asarray(curve, dtype=float)
        if heights.shape != (self.count,) or not np.isfinite(heights).all():
            raise ValueError(f"A drawing here is a list of {self.count} finite heights.")
        return np.clip(heights, *self.y).round(3)

    def spec(self, controls: Sequence[str]) -> dict:
        """What the browser needs to know to let the learner draw."""
        return {
            "ax": self.ax,
            "places": self.places.round(6).tolist(),
            "y": self.y,
            "jump": (self.y[1] - self.y[0]) * JUMP,
            "presets": {name: self.heights(name).tolist() for name in self.presets},
            "start": self.start,
            "follow": list(controls).index(self.follow),
        }


@dataclass(frozen=True)
class Play:
    """A button that moves a slider by itself, and stops it when pressed again.

    slider: its name. upwards: towards its largest value, else towards its smallest.
    seconds: how long the whole way takes. label: what stands on the button.
    """

    slider: str
    label: str = "Play"
    upwards: bool = True
    seconds: float = 4.0

    def spec(self, controls: Mapping[str, Control]) -> dict:
        """What the browser needs to know to play."""
        end = len(controls[self.slider].values) - 1 if self.upwards else 0
        moved = list(controls).index(self.slider)
        return {"control": moved, "end": end, "seconds": self.seconds, "label": self.label}


@dataclass(frozen=True)
class Backdrop:
    """What stands still, drawn anew for each option of a Choice or a Toggle.

    control: its name. draw: from an option to axes on a figure of its own, as style.axes makes
    them, with all that stands still. The figures have the same size and the same number of axes;
    the axes may have limits of their own, and marks are placed by those of the option.

        def draw(name):
            ax = style.axes((-3, 3), (-3, 3), "x", "y")
            ax.contour(*heights_of(SURFACES[name]))
            return ax

        sliders = {"surface": Choice(list(SURFACES), "bowl"), "x": Slider(-3, 3, 1), ...}
        Stage(None, frame, sliders, "A point on a map", backdrop=Backdrop("surface", draw))

    An option is drawn when it is first chosen, and kept by the browser; a reader with no kernel
    sees the option that the figure started with.
    """

    control: str
    draw: Callable[[Any], Axes]


@dataclass(frozen=True)
class Turn:
    """Dragging an empty part of the axes turns a view in space, as space.Box fills it.

    across: the slider of the azimuth, in degrees, which a drag to the side moves; where its values
    go once around, it goes on from the other end. upward: that of the elevation, in degrees.
    ax: which axes. speed: degrees for each pixel.
    says: what the figure says after its sentence where the view has been turned; the two pairs of
    braces are filled with the angles.
    """

    across: str
    upward: str
    ax: int = 0
    speed: float = 0.5
    says: str = "(Turned to {}°, seen from {}° up.)"

    @property
    def angles(self) -> tuple[str, str]:
        """The sliders of both angles."""
        return self.across, self.upward
