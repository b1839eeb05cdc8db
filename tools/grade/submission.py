"""A notebook that somebody handed in, as data: nothing of it is run here."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from tools.grade import cells
from utils import bank
from utils.checks.feedback import RECORD
from utils.checks.seam import Observation

LARGEST = 40_000_000  # bytes of a file; pictures in it count
MOST_CODE = 1_000_000  # characters; no class writes a tenth of it


class Unreadable(ValueError):
    """No notebook; the message says why, in a sentence for the teacher."""


@dataclass(frozen=True)
class Cell:
    """A code cell: its text, and what live figures left in its saved output, by question."""

    source: str
    records: dict[str, Observation]

    @cached_property
    def pieces(self) -> list[cells.Piece]:
        """As `cells.pieces`."""
        return cells.pieces(self.source)


@dataclass(frozen=True)
class Submission:
    """What one learner handed in for one chapter."""

    code: tuple[Cell, ...]

    @cached_property
    def asks(self) -> list[cells.Check]:
        """The checks of exercises in it, in their order."""
        found = [piece for cell in self.code for piece in cell.pieces]
        return [
            piece
            for piece in found
            if isinstance(piece, cells.Check) and bank.in_exercises(piece.question)
        ]

    @property
    def chapter(self) -> str:
        """The chapter that most of its checks are of; empty where it has none."""
        named = Counter(check.question.partition(".")[0] for check in self.asks)
        return max(named, key=lambda name: named[name], default="")

    @property
    def records(self) -> dict[str, Observation]:
        """What live figures left, by question; where there are several, the last."""
        return {name: seen for cell in self.code for name, seen in cell.records.items()}


def read(content: bytes) -> Submission:
    """The notebook in a file. Raises Unreadable for what is none."""
    if len(content) > LARGEST:
        raise Unreadable(f"The file is larger than {LARGEST // 1_000_000} MB.")
    if not content.strip():
        raise Unreadable("The file is empty.")
    try:
        notebook = json.loads(content.decode("utf-8-sig", errors="replace"))
    except (ValueError, RecursionError):
        raise Unreadable("The file is no notebook: its JSON cannot be read.") from None
    code = tuple(_code(notebook))
    if sum(len(cell.source) for cell in code) > MOST_CODE:
        raise Unreadable("The file holds more code than any exercise could need.")
    return Submission(code)


def _code(notebook: Any) -> Iterator[Cell]:
    for raw in _raw_cells(notebook):
        if isinstance(raw, dict) and raw.get("cell_type") == "code":
            source = _text(raw.get("source", raw.get("input", "")))
            yield Cell(source, dict(_records(raw.get("outputs"))))


def _raw_cells(notebook: Any) -> Sequence[Any]:
    if isinstance(notebook, dict):
        if isinstance(notebook.get("cells"), list):
            return notebook["cells"]
        sheets = notebook.get("worksheets")  # as notebooks were before 2015
        if isinstance(sheets, list) and sheets and isinstance(sheets[0], dict):
            found = sheets[0].get("cells")
            return found if isinstance(found, list) else []
    raise Unreadable("The file is no notebook: it has no cells.")


def _text(source: Any) -> str:
    lines = source if isinstance(source, list) else [source]
    return "".join(line for line in lines if isinstance(line, str))


def _records(outputs: Any) -> Iterator[tuple[str, Observation]]:
    for output in outputs if isinstance(outputs, list) else ():
        data = output.get("data") if isinstance(output, dict) else None
        record = data.get(RECORD) if isinstance(data, dict) else None
        if isinstance(record, dict) and isinstance(record.get("question"), str):
            try:
                yield record["question"], Observation.from_plain(record.get("observation"))
            except (ValueError, RecursionError):
                continue  # of another version of the course, or made up
