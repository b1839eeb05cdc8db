"""What the teacher reads beside the slides: what to ask, what to watch for, how long it takes.

Made section by section from what stands in the lesson: its questions, the mistakes that their
judge knows, the rule of minutes in tools/times.py. A cell tagged `notes` belongs to the section it
stands in, and is shown there in its author's own words.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import times
from tools.site.figures import LiveFigure
from tools.site.judged import inline
from tools.site.slides.atoms import Section
from tools.site.slides.votes import question
from utils.checks import MISTAKES, Choice, Number, Question

MOST_MISTAKES = 3


@dataclass(frozen=True)
class Notes:
    """A section's notes as HTML, and how many minutes it takes by the rule."""

    html: str
    minutes: float


def notes_of(section: Section) -> Notes:
    """The notes of a section."""
    asked = [question(name) for name in section.questions]
    minutes = _minutes(section) + sum(q.minutes for q in asked)
    parts = [f"<p><strong>{_shown(minutes)}.</strong></p>"]
    for one in asked:
        parts.append(_ask(one))
        parts.append(_watch_for(one))
    figures = {a.figure.title: a.figure for a in section.atoms if a.figure is not None}
    for figure in figures.values():
        parts.append(
            f"<p><strong>Figure:</strong> {escape(figure.title)}. At first it says: "
            f"“{escape(figure.sentence)}”{_limits(figure)}</p>"
        )
    parts += section.notes
    return Notes("\n".join(part for part in parts if part), minutes)


def _limits(figure: LiveFigure) -> str:
    if figure.frames:
        return ""
    if figure.coarse:
        names = ", ".join(c["label"] for c in figure.coarse.spec["controls"])
        return f" It moves in coarse steps here ({escape(names)}), since {escape(figure.reason)}."
    return f" It stands still here ({escape(figure.reason)}); in the notebook it moves."


def _minutes(section: Section) -> float:
    """By the rule of the build, for what the section holds besides its questions."""
    cells = [
        new_markdown_cell(cell.source) if cell.kind == "text" else new_code_cell(cell.source)
        for cell in section.cells
    ]
    return times.reading(new_notebook(cells=cells))


def _shown(minutes: float) -> str:
    whole = max(1, round(minutes))
    return "About 1 minute" if whole == 1 else f"About {whole} minutes"


def _ask(asked: Question) -> str:
    way = "let them write an answer down"
    if isinstance(asked.answer, Choice):
        way = "vote by hands"
    elif isinstance(asked.answer, Number):
        way = "let them write a number down"
    hint = inline(asked.hints[0])
    return (
        f"<p><strong>Ask</strong> “{escape(asked.title)}” before anybody runs a cell: {way} "
        f"({asked.minutes} min), and let two who disagree speak first. If nobody dares, say: "
        f"{hint}</p>"
    )


def _watch_for(asked: Question) -> str:
    """The mistakes that the judge knows for this question, each with its answer."""
    known: dict[str, str] = {}
    for rival in asked.rivals:
        given = ""
        if isinstance(asked.answer, Choice):
            given = f" (option <strong>{escape(str(rival.answer))}</strong>)"
        elif isinstance(rival.answer, int | float):
            given = f" ({rival.answer:.4g})".replace("-", "−")
        elif isinstance(rival.answer, str):
            given = f" (<code>{escape(rival.answer)}</code>)"
        known.setdefault(MISTAKES[rival.mistake].name, given)
    if not known:
        return ""
    some = list(known.items())[:MOST_MISTAKES]
    items = "".join(f"<li>{inline(name)}{given}</li>" for name, given in some)
    return f"<p><strong>Watch for</strong></p><ul>{items}</ul>"
