"""A live figure, brought to a goal."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from utils.checks import words
from utils.checks.answer import Answer, Asked, Saying
from utils.checks.feedback import Outcome
from utils.checks.reading import Kind, Reading, read
from utils.checks.verdict import Verdict

Setting = float | str | bool  # what a slider, a dropdown or a toggle of a live figure stands at


@dataclass(frozen=True)
class Settings:
    """Where a live figure stands and where it began; without either, it is none."""

    reading: Reading
    values: dict[str, Setting] | None = None
    initial: dict[str, Setting] | None = None


@dataclass(frozen=True)
class Live(Answer):
    """A live figure is asked, brought to a goal by its sliders or by dragging.

    The answer is the figure: an object with `values` (name of a slider, dropdown or toggle to its
    number, text or truth value) and `initial` (the same, as it began).

    goal: True for values that solve the question.
    probes: a few sets of slider values: at least one that reaches the goal and one for each rival.
        They are for the self-test alone.
    """

    goal: Callable[[dict[str, Setting]], bool]
    probes: Sequence[dict[str, Setting]] = ()

    Seen = Settings

    @classmethod
    def observe(cls, ask: Any, given: Any, at: Saying) -> Settings:
        reading = read(given)
        if reading.kind in (Kind.NOTHING, Kind.GAP):
            return Settings(reading)
        if not (hasattr(given, "values") and hasattr(given, "initial")) or callable(given.values):
            return Settings(reading)
        return Settings(reading, _settings(given.values), _settings(given.initial))

    def is_empty(self, seen: Settings) -> bool:
        if seen.reading.kind in (Kind.NOTHING, Kind.GAP):
            return True
        return seen.values is not None and seen.values == seen.initial

    def empty(self, question_id: str) -> str:
        return (
            "The figure still stands as it began. Move a slider or drag a point until you "
            f"think it is right, then run this cell again. {words.first_step(question_id)}"
        )

    def decide(self, question: Asked, seen: Settings, printed: bool) -> Verdict:
        values = seen.values
        if values is None:
            return Verdict.of(Outcome.TYPE, no_live_figure(seen.reading.name))
        try:
            reached = self.goal(dict(values))
            named = [rival for rival in question.rivals if rival.answer(dict(values))]
        except (KeyError, TypeError, AttributeError):
            # The goal is tested with the controls of its own figure, so this is another one.
            controls = ", ".join(f"`{name}`" for name in values)
            return Verdict.of(Outcome.TYPE, other_figure(controls))
        if reached:
            return question.correct
        stand = ", ".join(f"{name} = {_stands_at(value)}" for name, value in values.items())
        said = f"Your figure stands at {stand}."
        if len({rival.mistake for rival in named}) == 1:
            return named[0].named(said)
        return Verdict.of(Outcome.WRONG, wrong_position(said, question.id))

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


def _settings(values: Any) -> dict[str, Setting]:
    """What the sliders, toggles and dropdowns of a live figure stand at, as plain data."""
    return {str(name): _setting(value) for name, value in dict(values).items()}


def _setting(value: Any) -> Setting:
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    return str.__str__(value) if isinstance(value, str) else float(value)


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


def other_figure(controls: str) -> str:
    """A live figure was given, and not the one of the question."""
    return (
        f"You gave a live figure with {controls}, and that is not the figure of this question. "
        "Several figures can be open in one notebook, each under a name of its own. Which name "
        "did the cell above this check give to its figure, and which name did you hand over?"
    )


def wrong_position(said: str, question_id: str) -> str:
    """A live figure that is not at its goal."""
    return (
        f"{said} The figure is not there yet. Read the sentence below the figure while you move "
        "one slider at a time: which of its numbers has to change, and which slider changes it? "
        f"{words.next_step(question_id)}"
    )
