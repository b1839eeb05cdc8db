"""The table of chapters in README.md, made from the notebooks themselves."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

BEGIN, END = "<!-- chapters:begin -->", "<!-- chapters:end -->"

_MINUTES = re.compile(r"\*\*Time:\*\*\D{0,12}(\d+(?:\s*[–-]\s*\d+)?)\s*min")

_NAMES = {"pytorch": "PyTorch"}  # names that are not spelt like other words


@dataclass(frozen=True)
class Chapter:
    """One line of the table. Minutes are written as in the first cells of lesson and exercises."""

    name: str
    minutes: str
    exercises: str = ""

    @property
    def title(self) -> str:
        """The name as people read it: "07 Chain rule"."""
        number, _, chapter = self.name.partition("_")
        words = spelt(chapter)
        return f"{number} {words[:1].upper()}{words[1:]}".strip()


def matching(word: str, known: Sequence[str]) -> list[str]:
    """The notebooks that a word asks for: by number ("01"), name ("slope"), both, or a path."""
    stem = Path(word).name.removesuffix(".ipynb")
    return [n for n in known if stem in {n, n.partition("_")[2], n.partition("_")[0]}]


def spelt(chapter: str) -> str:
    """A chapter's name within a sentence: "rate_of_change" is "rate of change"."""
    return " ".join(_NAMES.get(word, word) for word in chapter.split("_"))


def chapter_of(name: str, lesson: NotebookNode, exercises: NotebookNode | None = None) -> Chapter:
    """A chapter's line, its minutes as the first cells of its notebooks state them."""
    return Chapter(name, _minutes(lesson), _minutes(exercises) if exercises else "")


def _minutes(nb: NotebookNode) -> str:
    opening = [cell.source for cell in nb.cells[:4] if cell.cell_type == "markdown"]
    minutes = _MINUTES.search("\n".join(opening))
    return minutes[1] if minutes else ""


def table(chapters: list[Chapter]) -> str:
    """The table in Markdown, each chapter linked to its lesson."""
    rows = ["| Chapter | Lesson, minutes | Exercises, minutes |", "|---|---|---|"]
    for chapter in chapters:
        link = f"[{chapter.title}](notebooks/{chapter.name}.ipynb)"
        rows.append(f"| {link} | {chapter.minutes} | {chapter.exercises} |")
    return "\n".join(rows)


def with_table(readme: str, new_table: str) -> str:
    """The README with the table between its markers replaced; unchanged where it has none."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return readme
    return f"{before}{begin}\n{new_table}\n{end}{after}"
