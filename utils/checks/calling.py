"""Call a learner's function with the numbers it was written for: Python's, NumPy's or torch's."""

from __future__ import annotations

import copy
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from utils import running

Manner = Callable[[Any], Any]  # a way to hand over a number or an array

_NUMERIC = (int, float, np.ndarray)
_REFUSALS = (TypeError, AttributeError, IndexError, NotImplementedError)  # the last is torch's


class Caller:
    """Calls a function, and remembers which manner it takes.

    A function written for arrays or tensors refuses a plain number with one of a few errors; it
    gets the number in the next manner. If none works, the first error counts.
    """

    def __init__(self) -> None:
        self._manners: list[Manner] = [lambda x: x, np.float64, np.atleast_1d]
        torch = sys.modules.get("torch")
        if torch is not None:
            self._manners += [
                lambda x: torch.tensor(x, dtype=torch.float64),
                lambda x: torch.tensor(np.atleast_1d(x), dtype=torch.float64),
            ]

    def __call__(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> Any:
        """Call on fresh copies of the arguments. Raises what the function raises."""
        first: BaseException | None = None
        for index, manner in enumerate(self._manners):
            handed = [
                manner(argument) if isinstance(argument, _NUMERIC) else argument
                for argument in copy.deepcopy(arguments)
            ]
            try:
                result = used(function, handed)
            except _REFUSALS as refused:
                first = first or refused
            else:
                self._manners = self._manners[index:]
                return result
        assert first is not None
        raise first


def used(function: Callable[..., Any], handed: Sequence[Any]) -> Any:
    """Call the learner's function; whatever it replaced is put back before we go on."""
    try:
        return function(*handed)
    finally:
        running.restore_names()
