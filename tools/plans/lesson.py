"""A lesson as a teacher sees it: its sections, each with minutes, questions, figures and notes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import headings, times
from utils import bank, questions
from utils.checks import Question

CURIOUS = "For the curious"
FIRST = "The piece we answer here"
LAST = ("Recap", "Common mistakes", "Where this appears in AI", "What is still missing?")
LOOK_BACK = "Back to the "  # where the running question gets its answer: never left out

_CHECK = re.compile(r"^check\(\s*[\"']([\w.]+)[\"']", re.M)
_FIGURE = re.compile(r"\bexplore_\w+(?=\()")
_OPTIONS = re.compile(r"\s*(?:^- )?\*\*a\*\* .*", re.M | re.S)
_LEAD = re.compile(r"\*\*([A-Z][^*]*?):\*\*")


@dataclass(frozen=True)
class Section:
    """What stands under one heading.

    level: 1 for the title, 2 for ##, 3 for ###.
    cells: its cells; those that hold another heading as well, in parts.
    curious: whether the lesson says that it may be left out.
    """

    heading: str
    level: int
    cells: tuple[NotebookNode, ...]
    curious: bool = False

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What it asks, in order."""
        return tuple(bank.find(name) for name in self.asked)

    @cached_property
    def asked(self) -> dict[str, str]:
        """The ids of its questions, each with the text that asks it, without its options."""
        found, text = {}, ""
        for cell in self.cells:
            if cell.cell_type == "markdown" and "notes" not in cell.metadata.get("tags", []):
                text = cell.source
            for name in _CHECK.findall(cell.source) if cell.cell_type == "code" else ():
                found[name] = _question_in(text)
        return found

    @property
    def figures(self) -> list[str]:
        """The calls that show live figures, each once."""
        shown = [c.source for c in self.cells if c.cell_type == "code" and _shows(c.source)]
        return list(dict.fromkeys(name for source in shown for name in _FIGURE.findall(source)))

    @property
    def notes(self) -> list[str]:
        """What the author tells teachers here, cell by cell, in Markdown."""
        return [c.source for c in self.cells if "notes" in c.metadata.get("tags", [])]

    @property
    def minutes(self) -> float:
        """For somebody who reads it alone, by the rule of `tools/times.py`."""
        reading = times.reading(new_notebook(cells=list(self.cells)))
        return reading + sum(question.minutes for question in self.questions)


@dataclass(frozen=True)
class Lesson:
    """A chapter's lesson. name: the chapter's, such as "slope"."""

    name: str
    sections: tuple[Section, ...]

    @property
    def number(self) -> str:
        return questions.number(self.name)

    @property
    def opening(self) -> list[Section]:
        """What stands before the first section that teaches."""
        return [s for s in self.sections if s.level == 1 or s.heading == FIRST]

    @property
    def closing(self) -> list[Section]:
        return [s for s in self.sections if s.heading in LAST]

    @property
    def teaching(self) -> list[Section]:
        """All between the opening and the closing."""
        framing = {id(section) for section in (*self.opening, *self.closing)}
        return [section for section in self.sections if id(section) not in framing]

    @property
    def goals(self) -> list[str]:
        """What a learner will be able to do."""
        text = "\n".join(cell.source for cell in self.sections[0].cells)
        _, _, after = text.partition("you will be able to**")
        listed = re.match(r"\s*((?:- .*\n?)+)", after)
        return [line[2:].rstrip(".,") for line in listed[1].splitlines()] if listed else []

    @property
    def notes(self) -> dict[str, str]:
        """The author's first notes by what they begin with: "Ask", "Watch for", …; they are on the
        whole lesson, and others on the section that they stand in."""
        found = [text for section in self.sections for text in section.notes]
        return leads(found[0]) if found else {}

    def notes_on(self, section: Section) -> list[str]:
        """The author's notes on one section, without its folds."""
        first = [text for one in self.sections for text in one.notes][:1]
        return [_unfolded(text) for text in section.notes if text not in first]

    @property
    def exercises(self) -> list[Question]:
        """What stands in the notebook with exercises, in order."""
        return [q for q in questions.questions(self.name) if bank.in_exercises(q.id)]


def read(name: str, root: Path) -> Lesson:
    """The lesson of the chapter with this name."""
    nb = nbformat.read(root / "notebooks" / questions.notebook(name), as_version=4)
    return Lesson(name, tuple(_curious(_sections(nb))))


def leads(notes: str) -> dict[str, str]:
    """Notes for teachers, divided at their bold words: {"Ask": "…", "Watch for": "…"}."""
    parts = _LEAD.split(_unfolded(notes))
    pairs = zip(parts[1::2], parts[2::2], strict=True)
    return {lead: " ".join(told.split()) for lead, told in pairs}


def _unfolded(notes: str) -> str:
    return re.sub(r"<summary>.*?</summary>|</?details>", "", notes, flags=re.S).strip()


def _sections(nb: NotebookNode) -> list[Section]:
    heads: list[tuple[str, int]] = [("", 1)]
    cells: list[list[NotebookNode]] = [[]]
    for cell in nb.cells:
        if cell.cell_type != "markdown":
            cells[-1].append(new_code_cell(cell.source, metadata=cell.metadata))
            continue
        for heading, level, text in headings.parts(cell.source):
            if heading:
                heads.append((heading, level))
                cells.append([])
            if text.strip():
                cells[-1].append(new_markdown_cell(text, metadata=cell.metadata))
    found = [Section(*head, tuple(held)) for head, held in zip(heads, cells, strict=True)]
    return [section for section in found if section.heading or section.cells]


def _curious(sections: list[Section]) -> list[Section]:
    """A heading "For the curious" over a text alone announces all sections up to the look back."""
    found, announced = [], False
    for section in sections:
        own = section.heading.startswith(CURIOUS)
        if own:
            announced = section.level == 2 and all(c.cell_type != "code" for c in section.cells)
        elif section.heading.startswith(LOOK_BACK) or section.heading in LAST:
            announced = False
        found.append(replace(section, curious=own or announced))
    return found


def _shows(source: str) -> bool:
    """Whether a cell shows a live figure, and does not only print what one says."""
    last = source.strip().splitlines()[-1] if source.strip() else ""
    return bool(_FIGURE.search(source)) and "print(" not in last


def _question_in(text: str) -> str:
    """What is asked, with the paragraph before it, which often says of what."""
    before, predict, asked = text.rpartition("**Predict")
    asked = re.sub(r"^[^*]*?:?\*\*:? *", "", asked) if predict else text
    asked = " ".join(_OPTIONS.sub("", asked).split())
    setting = re.sub(r"\n\n\$\$(.+?)\$\$", r" `\1`", before.strip(), flags=re.S).split("\n\n")[-1]
    setting = " ".join(setting.split()) if setting[:1].isalpha() else ""
    return f"{setting} {asked[:1].upper()}{asked[1:]}".strip()
