"""Answers to every question, right and wrong: one module per chapter, `tests/answers/<name>.py`.

Each module has two tables, question id to answers:

    RIGHT = {"slope.1": [2.0, np.float64(2)]}               # several styles; all must pass
    WRONG = {"slope.1": [(0.5, "rise-run-swapped"),         # the mistake it must be named as,
                         (7, "wrong")]}                     # or the value of its Outcome

Every question needs at least one right answer (two styles where it asks for a function) and at
least three wrong ones. A function that does not end has "endless".
"""

from __future__ import annotations

import importlib
import re
from pathlib import Path
from typing import Any

Right = dict[str, list[Any]]
Wrong = dict[str, list[tuple[Any, str]]]


def load(chapter: str) -> tuple[Right, Wrong]:
    """The tables of a chapter; a ModuleNotFoundError where it has no file here."""
    module = importlib.import_module(f"{__name__}.{chapter}")
    return module.RIGHT, module.WRONG


def need_torch(chapter: str) -> bool:
    """Whether the tables of a chapter can be loaded only where there is torch."""
    file = Path(__file__).with_name(f"{chapter}.py")
    return bool(re.search(r"^(import|from) torch\b", file.read_text(encoding="utf-8"), re.M))
