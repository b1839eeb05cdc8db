"""Whether what a live figure left in a saved notebook can have come of its sliders."""

from __future__ import annotations

import importlib
import math
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from utils.checks.kinds.figure import Live
from utils.checks.question import Question
from utils.checks.seam import Observation


def is_possible(question: Question, saved: Observation) -> bool:
    """False for values that the figure of the question has no place for.

    Where a slider ends is a learner's choice (`over`), so a number counts as possible as far as one
    length of our own slider beyond its ends. What is no live figure at all is left to the judge.
    """
    if saved.kind != "Live" or saved.seen is None or not saved.seen.values:
        return True
    allowed = _allowed(question)
    return all(_fits(value, allowed.get(name)) for name, value in saved.seen.values.items())


def _fits(value: Any, allowed: tuple[Any, ...] | None) -> bool:
    if isinstance(value, float) and not math.isfinite(value):
        return False
    if not allowed:
        return True  # a control of another figure, as the judge will say
    if isinstance(value, bool) or not isinstance(value, int | float):
        return any(type(other) is type(value) and other == value for other in allowed)
    if isinstance(allowed[0], bool) or not isinstance(allowed[0], int | float):
        return False
    lowest, highest = min(allowed), max(allowed)
    room = highest - lowest
    return lowest - room <= value <= highest + room


_known: dict[str, Mapping[str, tuple[Any, ...]]] = {}


def _allowed(question: Question) -> Mapping[str, tuple[Any, ...]]:
    """The values of every control of a question's figure, which is made here to find out.

    Nothing where it cannot be made of what the question says of it.
    """
    if question.id not in _known:
        assert isinstance(question.answer, Live)
        _known[question.id] = {}
        figure = question.answer.figure
        home = importlib.import_module(f"utils.explorers.{figure.explorer.rpartition('.')[0]}")
        for curves in (figure.curves, {}):
            with suppress(TypeError, ValueError):
                stage = getattr(home, figure.name)(**curves, **figure.settings)
                controls = stage.controls.items()
                _known[question.id] = {name: tuple(c.values) for name, c in controls}
                break
    return _known[question.id]
