"""How a live figure was made: by which explorer, and with what."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from numbers import Real
from typing import Any

from utils.stage.controls import Control, Setting


@dataclass(frozen=True)
class Recipe:
    """The call that made a figure, so that one can be told from another.

    explorer: the explorer with its chapter, since two chapters may use one name, such as
        "rate_of_change.explore_secant".
    arguments: everything it was called with, by name; what was left out, at its default.
    defaults: of the arguments that have one.
    starts: the names of the arguments that say no more than where a control stands at first.
    """

    explorer: str
    arguments: Mapping[str, Any]
    defaults: Mapping[str, Any]
    starts: frozenset[str]


def recipe_of(
    make: Callable[..., Any],
    args: Sequence[Any],
    kwargs: Mapping[str, Any],
    controls: Mapping[str, Control],
    positions: Sequence[int],
) -> Recipe:
    """The recipe of a figure that `make` has just made out of these arguments.

    controls, positions: of the figure, as it begins.
    """
    signature = inspect.signature(make)
    bound = signature.bind(*args, **kwargs)
    bound.apply_defaults()
    arguments: dict[str, Any] = {}
    defaults: dict[str, Any] = {}
    for name, parameter in signature.parameters.items():
        if parameter.kind is parameter.VAR_KEYWORD:
            arguments |= bound.arguments[name]
            continue
        arguments[name] = bound.arguments[name]
        if parameter.default is not parameter.empty:
            defaults[name] = parameter.default
    starts = {
        name
        for (name, control), position in zip(controls.items(), positions, strict=True)
        if name in arguments and _is_start(arguments[name], control.values, position)
    }
    explorer = f"{make.__module__.rpartition('.')[2]}.{make.__name__}"
    return Recipe(explorer, arguments, defaults, frozenset(starts))


def _is_start(value: Any, values: Sequence[Setting], position: int) -> bool:
    """Whether an argument is where a control began: at one of its values, or near to it.

    An argument may share its name with a slider and yet say more, such as where that slider ends.
    """
    if isinstance(value, str) or isinstance(values[position], str | bool):
        return bool(value == values[position])
    if not isinstance(value, Real):
        return False
    below, above = values[max(position - 1, 0)], values[min(position + 1, len(values) - 1)]
    return bool(float(below) <= float(value) <= float(above))
