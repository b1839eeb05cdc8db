"""The table of chapters in README.md, made from the notebooks themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from nbformat import NotebookNode

BEGIN, END = "<!-- chapters:begin -->", "<!-- chapters:end -->"

_NUMBERED = re.compile(r"^(?:chapter\s+)?\d+\s*[.:·–—-]?\s*", re.IGNORECASE)
_TITLE_AND_QUESTION = re.compile(r"^(?P<title>.+?)\s*(?:[:·–—]|\s-\s)\s*(?P<question>.+\?)$")
_MINUTES = re.compile(r"\*\*Time:\*\*\D{0,12}(\d+(?:\s*[–-]\s*\d+)?)\s*min")


@dataclass(frozen=True)
class Chapter:
    """One line of the table. ``minutes`` is a number or a range, as written in the lesson."""

    name: str
    title: str
    question: str
    minutes: str

    @property
    def number(self) -> str:
        return self.name.split("_")[0]


def chapter_of(name: str, nb: NotebookNode) -> Chapter:
    """Read a chapter's title, question and minutes from the first cells of its lesson.

    The heading `# 01 · Slope: How steep is a line?` holds both; where it is only the question,
    the title is the notebook's name.
    """
    opening = [cell.source for cell in nb.cells[:4] if cell.cell_type == "markdown"]
    headings = re.findall(r"^# +(.+?)\s*$", "\n".join(opening), re.MULTILINE)
    heading = _NUMBERED.sub("", headings[0]) if headings else ""
    parts = _TITLE_AND_QUESTION.match(heading)
    from_name = name.partition("_")[2].replace("_", " ").capitalize() or name
    if parts:
        title, question = parts["title"], parts["question"]
    elif heading.endswith("?"):
        title, question = from_name, heading
    else:
        title, question = heading or from_name, ""
    minutes = _MINUTES.search("\n".join(opening))
    return Chapter(name, title, question, minutes[1] if minutes else "")


def table(chapters: list[Chapter]) -> str:
    """The table in Markdown, each chapter linked to its lesson."""
    rows = ["| Chapter | Its question | Minutes |", "|---|---|---|"]
    for chapter in chapters:
        link = f"[{chapter.number} {chapter.title}](notebooks/{chapter.name}.ipynb)"
        cells = [link, chapter.question[:1].upper() + chapter.question[1:], chapter.minutes]
        rows.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join(rows)


def with_table(readme: str, new_table: str) -> str:
    """The README with the table between its markers replaced; unchanged where it has none."""
    before, begin, rest = readme.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        return readme
    return f"{before}{begin}\n{new_table}\n{end}{after}"
