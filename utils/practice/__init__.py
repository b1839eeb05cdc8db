"""Practice that does not run out: problems drawn anew, and the judge that knows the mistake.

In a notebook:

    from utils.practice import practice, review

    practice("chain_rule")      # one problem after the other
    review()                    # ten minutes of what is due

For authors: a kind of problem is a `Template` in `utils/questions/practice/<chapter>.py`; what it
draws is a `Problem`.
"""

from __future__ import annotations

import importlib
from typing import Any


def practice(chapter: str, *, level: int | None = None, seed: Any = None) -> Any:
    """Problems on a chapter, one after the other, each with numbers of its own.

    chapter: its name, such as "chain_rule", or its number.
    level: 1 to 3; left out, it is the one that you have reached.
    seed: the same seed gives the same problems; left out, they are new each time.

    Raises ValueError for a chapter without practice, and for a level that it does not have.
    """
    return _panel().practice(chapter, level, seed)


def review(minutes: float = 10, *, seed: Any = None) -> Any:
    """Mixed problems of about so many minutes: what went wrong before, and what is due again.

    seed: the same seed gives the same numbers.
    """
    return _panel().review(minutes, seed)


def checkpoint(chapter: int, *, seed: Any = None) -> Any:
    """Twelve mixed problems on all chapters up to this one, and what to look at again.

    chapter: the number of the last chapter asked about: 4, 8 or 13.
    """
    return _panel().checkpoint(chapter, seed)


def solved(chapter: int, *, seed: Any) -> Any:
    """Twelve problems such as a checkpoint asks, with their solutions, to read or to print."""
    return importlib.import_module(f"{__name__}.sheet").solved(chapter, str(seed))


def _panel() -> Any:
    return importlib.import_module(f"{__name__}.panel")  # loads widgets: only now
