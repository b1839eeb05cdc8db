"""A live figure, brought to a goal."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from inspect import signature
from itertools import zip_longest
from typing import Any

import numpy as np

from utils import running
from utils.checks import words
from utils.checks.answer import Answer, Asked
from utils.checks.feedback import Outcome
from utils.checks.reading import Kind, Reading, read
from utils.checks.verdict import Verdict
from utils.functions import as_function
from utils.measuring import Saying
from utils.surfaces import as_surface

Setting = float | str | bool  # what a slider, a dropdown or a toggle of a live figure stands at


# What only decides how a figure is shown, in every explorer: a learner may choose it.
_LOOKS = frozenset({"over", "variable", "variables", "labels"})
# Where curves are compared. Curves of one input take the first number of each pair.
_PLACES = ((-1.7, 0.6), (-0.4, -1.3), (0.3, 1.9), (1.2, -0.8), (2.6, 1.1))
_NEAR = {"rel_tol": 1e-6, "abs_tol": 1e-9}  # the same curve in other words rounds otherwise


@dataclass(frozen=True)
class Figure:
    """The figure that a question asks for: by which explorer, and with what it is made.

    explorer: its name behind that of its chapter, such as "limits.explore_limit".
    curves: for every argument that is a function, what it has to compute; a learner's may be
        written in any way.
    settings: the arguments that must be as they are here. All others must be left at their
        defaults, save for those that only say where a slider starts, or how the figure is shown.
    """

    explorer: str
    curves: Mapping[str, Callable[..., float]] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The name of the explorer, as learners call it."""
        return self.explorer.rpartition(".")[2]

    @property
    def places(self) -> tuple[tuple[float, ...], ...]:
        """Where its curves are looked at."""
        counts = {len(signature(curve).parameters) for curve in self.curves.values()}
        return tuple(place[: max(counts)] for place in _PLACES) if counts else ()


@dataclass(frozen=True)
class Places:
    """What an observer must know: which arguments of a figure are curves, and where to look."""

    curves: tuple[str, ...] = ()
    places: tuple[tuple[float, ...], ...] = ()


@dataclass(frozen=True)
class Made:
    """How a live figure was made, as plain data.

    explorer: the explorer, as in `Figure`.
    curves: the heights of its curves at the places that were asked for; nan where there is none.
    settings: of its other arguments, those that are not at their defaults.
    """

    explorer: str
    curves: dict[str, tuple[float, ...]]
    settings: dict[str, Reading]


@dataclass(frozen=True)
class Settings:
    """Where a live figure stands and where it began; without either, it is none.

    made: how it was made; None where no explorer made it.
    notches: for each slider, the values one step to the left and to the right of its own.
    """

    reading: Reading
    values: dict[str, Setting] | None = None
    initial: dict[str, Setting] | None = None
    made: Made | None = None
    notches: dict[str, tuple[float, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Live(Answer):
    """A live figure is asked, brought to a goal by its sliders or by dragging.

    The answer is the figure, a `Stage` and nothing that looks like one, made as `figure` says.

    goal: True for values (name of a slider, dropdown or toggle to its number, text or truth value)
        that solve the question. A figure that began there has not been brought there.
    figure: which figure it has to be.
    probes: a few sets of slider values: at least one that reaches the goal and one for each rival.
        They are for the self-test alone.
    aim: the goal in a few words, as the figure shows it behind "Goal: ". It says what to reach and
        not where the sliders have to stand.
    """

    goal: Callable[[dict[str, Setting]], bool]
    figure: Figure
    probes: Sequence[dict[str, Setting]] = ()
    aim: str = ""

    Ask = Places
    Seen = Settings

    @property
    def ask(self) -> Places:
        return Places(tuple(self.figure.curves), self.figure.places)

    @classmethod
    def observe(cls, ask: Places, given: Any, at: Saying) -> Settings:
        reading = read(given)
        if not _is_stage(given):
            return Settings(reading)
        made = None if given.recipe is None else _made(given.recipe, ask)
        values, initial = _settings(given.values), _settings(given.initial)
        return Settings(reading, values, initial, made, _notches(given))

    def is_empty(self, seen: Settings) -> bool:
        if seen.reading.kind in (Kind.NOTHING, Kind.GAP):
            return True
        return seen.values is not None and seen.values == seen.initial and not self._reached(seen)

    def empty(self, question_id: str) -> str:
        return (
            "The figure still stands as it began. Move a slider or drag a point until you "
            f"think it is right, then run this cell again. {words.first_step(question_id)}"
        )

    def decide(self, question: Asked, seen: Settings, printed: bool) -> Verdict:
        values = seen.values
        if values is None:
            apology = seen.reading.kind is Kind.APOLOGY
            message = figure_missing() if apology else no_live_figure(seen.reading.name)
            return Verdict.of(Outcome.TYPE, message)
        other = self._another(seen.made)
        if other:
            return Verdict.of(Outcome.TYPE, other)
        try:
            reached = self.goal(dict(values))
            named = [rival for rival in question.rivals if rival.answer(dict(values))]
        except (KeyError, TypeError, AttributeError):
            # The goal is tested with the controls of its own figure, so this is another one.
            return Verdict.of(Outcome.TYPE, other_figure(self.figure.name, values))
        if reached and values == seen.initial:
            return Verdict.of(Outcome.NOT_ATTEMPTED, began_there())
        if reached:
            return question.correct
        stand = ", ".join(f"{name} = {_stands_at(value)}" for name, value in values.items())
        said = f"Your figure stands at {stand}."
        if len({rival.mistake for rival in named}) == 1:
            return named[0].named(said)
        if self._is_near(values, seen.notches):
            return Verdict.of(Outcome.WRONG, one_notch_away(said))
        return Verdict.of(Outcome.WRONG, wrong_position(said, question.id))

    def _is_near(
        self, values: dict[str, Setting], notches: Mapping[str, tuple[float, ...]]
    ) -> bool:
        """Whether one step of one slider leads to the goal."""
        return any(
            self.goal({**values, name: value}) for name, near in notches.items() for value in near
        )

    def show_goal(self, view: Any) -> None:
        """Let the figure of the question say what to reach; any other one is left as it is."""
        if not self.aim or not _is_stage(view):
            return
        seen = self.observe(self.ask, view, lambda _place: None)
        if self._another(seen.made):
            return

        def met(values: dict[str, Setting]) -> bool:
            there = _settings(values)
            return there != seen.initial and self.goal(there)

        view.towards(self.aim, met)

    def ambiguities(self, question: Asked) -> list[str]:
        """Every rival and the goal must have a probe, and no probe two of them."""
        tests = {"the goal": self.goal} | {r.mistake: r.answer for r in question.rivals}
        reached: set[str] = set()
        found = []
        for values in self.probes:
            names = [name for name, test in tests.items() if test(values)]
            reached.update(names)
            if len(names) > 1:
                found.append(f"{values} fits {' and '.join(names)}")
        return found + [f"no probe reaches {name}" for name in tests if name not in reached]

    def _reached(self, seen: Settings) -> bool:
        """Whether the goal is reached; another figure, of other controls, reaches none."""
        try:
            return self.goal(dict(seen.values or {}))
        except (KeyError, TypeError, AttributeError):
            return False

    def _another(self, made: Made | None) -> str:
        """What to say to a figure that is not the one of the question; empty if it is."""
        wanted = self.figure
        if made is None or made.explorer != wanted.explorer:
            given = "" if made is None else made.explorer.rpartition(".")[2]
            return other_figure(wanted.name, given)
        for name, curve in wanted.curves.items():
            which = f", `{name}`," if len(wanted.curves) > 1 else ""
            # What comes from elsewhere may be too short.
            for place, height in zip_longest(wanted.places, made.curves.get(name, ())):
                if place is None or height is None:
                    return other_curve(which, wanted.name)
                right = float(curve(*place))
                if not math.isclose(height, right, **_NEAR):
                    return other_curve(which, wanted.name, place, height, right)
        asked = {name: read(value) for name, value in wanted.settings.items()}
        for name in [*asked, *made.settings]:
            if not _alike(asked.get(name), made.settings.get(name)):
                return other_setting(name, made.settings.get(name), asked.get(name))
        return ""


def _is_stage(given: Any) -> bool:
    """Whether it is a figure of ours. What draws is not loaded for this: no figure, no `Stage`."""
    home = sys.modules.get("utils.stage.stage")
    return home is not None and home.Stage in type(given).__mro__


def _settings(values: Any) -> dict[str, Setting]:
    """What the sliders, toggles and dropdowns of a live figure stand at, as plain data."""
    return {str(name): _setting(value) for name, value in dict(values).items()}


def _setting(value: Any) -> Setting:
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    return str.__str__(value) if isinstance(value, str) else float(value)


def _notches(stage: Any) -> dict[str, tuple[float, ...]]:
    """The values on both sides of where each slider of a live figure stands."""
    found = {}
    for (name, control), at in zip(stage.controls.items(), stage.positions, strict=True):
        values = control.values
        if isinstance(values[at], float):
            found[name] = tuple(values[i] for i in (at - 1, at + 1) if 0 <= i < len(values))
    return found


def _made(recipe: Any, ask: Places) -> Made:
    """A recipe (see `utils/stage/recipe.py`) as plain data."""
    curves = {name: _heights(recipe.arguments.get(name), ask.places) for name in ask.curves}
    settings = {
        name: read(value)
        for name, value in recipe.arguments.items()
        if name not in _LOOKS.union(ask.curves, recipe.starts)
        and not _is_default(value, recipe.defaults.get(name, ...))
    }
    return Made(recipe.explorer, curves, settings)


def _is_default(value: Any, default: Any) -> bool:
    if value is default:
        return True
    return not callable(value) and _alike(read(value), read(default))


def _heights(curve: Any, places: Sequence[tuple[float, ...]]) -> tuple[float, ...]:
    """How high a curve is at each place: a name, a formula, or the learner's function.

    Empty where there is none, as in a figure that has a menu of curves instead.
    """
    if not (isinstance(curve, str) or callable(curve)):
        return ()
    return tuple(_height(curve, place) for place in places)


def _height(curve: Any, place: tuple[float, ...]) -> float:
    try:
        if isinstance(curve, str):
            curve = as_function(curve) if len(place) == 1 else as_surface(curve)
        return float(curve(*place))
    except Exception:
        return math.nan  # a learner's function may raise anything
    finally:
        running.restore_names()


def _alike(one: Reading | None, other: Reading | None) -> bool:
    """Whether two arguments say the same."""
    if one is None or other is None or one.kind is not other.kind or one.shape != other.shape:
        return False
    if one.kind is Kind.NUMBERS:
        pairs = zip(one.values, other.values, strict=True)
        return all(math.isclose(a, b, **_NEAR) for a, b in pairs)
    return (one.name, one.text) == (other.name, other.text)


# --- what is said ---


def _stands_at(value: Setting) -> str:
    """0.5, "on" or the text itself."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return value if isinstance(value, str) else words.number(value)


def no_live_figure(given: str) -> str:
    """Something else was given where a live figure was asked."""
    return (
        f"You gave {given}, and the question asks for the live figure itself. Store the figure "
        "under a name when you make it, as in `view = explore_secant(f)`, show it, move its "
        "sliders, and hand over that name. Which cell makes your figure?"
    )


def figure_missing() -> str:
    """An explorer's sentence was given, which it leaves where it cannot draw."""
    return (
        "You gave the sentence that stands in the place of your figure: the figure could not be "
        "drawn, and the sentence says why. Often the function in it has no value there, or never "
        "ends. Read it in the cell that makes the figure, mend that cell and run it again. What "
        "does it ask for?"
    )


def one_notch_away(said: str) -> str:
    """A live figure that stands beside its goal."""
    return (
        f"{said} That is very near: one single notch of a slider is missing. To the eye, and in "
        "the rounded words below the figure, it may look right already, while the question asks "
        "for the exact place. Click on a slider and press the arrow keys, one notch at a time: "
        "which number still changes?"
    )


def other_figure(wanted: str, given: str | Mapping[str, Setting]) -> str:
    """A live figure was given, and not the one of the question.

    given: the name of its explorer, or its controls.
    """
    if isinstance(given, str):
        what = f"that `{given}` made" if given else "that no explorer made"
    else:
        what = f"with {', '.join(f'`{name}`' for name in given)}"
    return (
        f"You gave a live figure {what}, and that is not the figure of this question, which comes "
        f"from `{wanted}`. Several figures can be open in one notebook, each under a name of its "
        "own. Which name did the cell above this check give to its figure, and which name did you "
        "hand over?"
    )


def other_curve(
    which: str,
    explorer: str,
    place: tuple[float, ...] = (),
    height: float = math.nan,
    right: float = math.nan,
) -> str:
    """The right kind of figure, on another curve. which: says which of several; may be empty."""
    apart = ""
    if place:
        there = " and ".join(map(words.number, place))
        inputs = "input" if len(place) == 1 else "inputs"
        yours = f"has the value {words.number(height)}" if height == height else "has no value"
        apart = f" For the {inputs} {there} yours {yours}, and that one {words.number(right)}."
    return (
        f"Your figure shows another curve{which} than the one this question is about.{apart} The "
        "sliders may stand well, but on another curve they say nothing about this one. Bring the "
        "cell that makes the figure back to what the exercise has, run it, and move that figure. "
        f"Which curve does `{explorer}` get there?"
    )


def other_setting(name: str, given: Reading | None, wanted: Reading | None) -> str:
    """The right kind of figure on the right curve, made with other settings."""
    there = f"leaves `{name}` as it is" if wanted is None else f"is made {_with(name, wanted)}"
    return (
        f"Your figure was made {_with(name, given)}, and the figure of this question {there}. "
        "That is given: only what you can slide or drag is yours to change. Bring the cell that "
        "makes the figure back to what the exercise has, run it, and move that figure. What "
        f"would `{name}` change about the task?"
    )


def _with(name: str, value: Reading | None) -> str:
    """ "with `x` = 2", or "without `x`" where it is left out."""
    if value is None:
        return f"without `{name}`"
    if value.kind is Kind.NUMBERS and value.values:
        shown = words.several(value.values, value.shape)
    elif value.is_text:
        shown = f'"{value.text[:40]}"'
    else:
        shown = value.name
    return f"with `{name}` = {shown}"


def began_there() -> str:
    """The right figure at the right place, which was typed into the call that makes it."""
    return (
        "The figure stands at a right place, but it began there: the place was typed into the "
        "call that makes the figure, and nothing has been moved since. Make it once more as the "
        "exercise does. Then bring it there yourself, with the pointer, the arrow keys or "
        "`view.set(…)`. What does the sentence below it say on the way?"
    )


def wrong_position(said: str, question_id: str) -> str:
    """A live figure that is not at its goal."""
    return (
        f"{said} What the question asks for is not reached yet. Say in your own words what the "
        "figure should show, then move one slider at a time and watch the sentence below it: "
        "which of its numbers has to change, and which slider changes it? "
        f"{words.next_step(question_id)}"
    )
