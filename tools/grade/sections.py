"""Where in the lessons a mistake is talked about."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tools import headings
from tools.grade import cells
from utils import questions

_COMMON = "Common mistakes"


@dataclass(frozen=True)
class Section:
    """A heading of a lesson: the notebook's file name, and the words of the heading."""

    notebook: str
    heading: str

    @property
    def anchor(self) -> str:
        """As Jupyter calls the place: words joined by hyphens."""
        return self.heading.replace(" ", "-")

    @property
    def words(self) -> str:
        """The heading as it is shown; the title of a lesson is its opening."""
        return "opening" if re.match(r"\d\d\w? · ", self.heading) else self.heading

    @property
    def chapter(self) -> str:
        """The number of the chapter, "04"."""
        return self.notebook.partition("_")[0]


def section_of(mistake: str, chapter: str, lessons: Path) -> Section:
    """The section that asks about a mistake, in this chapter's lesson or in the nearest before it.

    Where no question of a lesson knows the mistake, the chapter's list of common mistakes.
    """
    names = list(questions.CHAPTERS)
    for name in reversed(names[: names.index(chapter) + 1]):
        for question, section in _asked(lessons / questions.notebook(name)).items():
            known = questions.find(question)
            if known and any(rival.mistake == mistake for rival in known.rivals):
                return section
    return Section(questions.notebook(chapter), _COMMON)


@cache
def _asked(lesson: Path) -> dict[str, Section]:
    """The questions of a lesson, each with the heading that it stands under."""
    if not lesson.is_file():
        return {}
    found, heading = {}, ""
    for cell in json.loads(lesson.read_text(encoding="utf-8"))["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            heading = headings.parts(source)[-1][0] or heading
        elif cell["cell_type"] == "code":
            for check in cells.checks(source):
                found[check.question] = Section(lesson.name, heading)
    return found
