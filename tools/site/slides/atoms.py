"""A lesson as what slides are put together from: sections, and in each its atoms in order."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from tools.site.code import highlighted
from tools.site.figures import LiveFigure
from tools.site.html import code_html, output_html
from tools.site.lesson import Cell, Lesson
from tools.site.markdown import Block, to_html
from tools.site.slides.votes import Vote, vote_on

Kind = Literal["text", "code", "picture", "figure", "vote"]

_DRAWS = re.compile(r"\b(plt|fig|ax|axes|style)\b")
_MAKES_FIGURES = re.compile(r"\b(explore_\w+|aim)\b")


@dataclass(frozen=True)
class Atom:
    """What stands on one slide as a whole, where that is at all possible.

    html: as it is shown. parts: what it may be cut into where it fills more than a slide; each is
    HTML that can stand alone. leads: whether what comes after it should be on the same slide.
    cell: the id of the cell it comes from. height: on its own, where it was worked out already.
    """

    kind: Kind
    html: str
    parts: tuple[str, ...] = ()
    leads: bool = False
    figure: LiveFigure | None = None
    vote: Vote | None = None
    cell: str = ""
    height: float | None = None


@dataclass
class Section:
    """From one heading to the next. cells: the sources behind it, of text only what is its own.

    questions: the ids of those asked in it. notes: what authors wrote for teachers, as HTML.
    """

    title: str
    level: int
    heading: str
    atoms: list[Atom] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def sections(lesson: Lesson) -> list[Section]:
    """The sections of a lesson. Cells that the notebook folds are left out."""
    found = [Section(lesson.title, 1, "")]
    for cell in lesson.cells:
        if "notes" in cell.tags:
            found[-1].notes.append(notes_html(cell.source))
        elif cell.kind == "text":
            _add_text(found, cell)
        elif not cell.folded and "guard" not in cell.tags:
            _add_code(found[-1], cell)
    return [section for section in found if section.heading or section.atoms]


_FOR_NOTEBOOKS = re.compile(r"Run the folded cell and this one, then (\w)")


def _on_a_slide(source: str) -> str:
    """The words of a paragraph without what is to be done in a notebook alone."""
    return _FOR_NOTEBOOKS.sub(lambda found: found[1].upper(), source)


def _unfolded(html: str) -> str:
    html = re.sub(r"<summary>(.*?)</summary>", r"<p>\1</p>", html, flags=re.DOTALL)
    return re.sub(r"</?details[^>]*>", "", html)


def notes_html(source: str) -> str:
    """What authors wrote for teachers, unfolded."""
    return to_html(re.sub(r"</?details>|<summary>.*?</summary>", "", source), lambda _: None)


def _add_text(found: list[Section], cell: Cell) -> None:
    own: list[Block] = []
    for block in cell.blocks:
        if block.kind == "heading":
            _close(found[-1], cell, own)
            if not (block.level == 1 and not found[-1].atoms):
                found.append(Section(block.text, block.level, ""))
            found[-1].title, found[-1].heading = block.text, _inner(block.html)
            own = []
        else:
            own.append(block)
    _close(found[-1], cell, own)


def _inner(heading: str) -> str:
    return re.sub(r"</?h\d[^>]*>", "", heading).strip()


def _close(section: Section, cell: Cell, own: Sequence[Block]) -> None:
    """What of a text cell belongs to a section. What is folded in a notebook lies open here."""
    own = [replace(block, html=_unfolded(block.html)) for block in own]
    own = [block for block in own if block.html.strip()]
    if not own:
        return
    section.cells.append(replace(cell, source="\n\n".join(b.source for b in own)))
    for block, following in itertools.zip_longest(own, own[1:]):
        shown = following is not None and following.kind in ("table", "list", "formula", "code")
        leads = block.source.endswith(":") or (block.kind == "paragraph" and shown)
        html = _on_a_slide(block.html)
        section.atoms.append(Atom("text", html, _parts(block), leads, cell=cell.id))


def _parts(block: Block) -> tuple[str, ...]:
    """Lists by their items, tables by their rows, paragraphs by their sentences."""
    if block.kind == "list":
        items = re.split(r"\n(?=[-*] |\d+\. )", block.source)
        return tuple(to_html(item, lambda _: None) for item in items)
    if block.kind == "table":
        head, rule, *rows = block.source.split("\n")
        return tuple(to_html("\n".join((head, rule, row)), lambda _: None) for row in rows)
    return ()


def joined(parts: Sequence[str]) -> str:
    """Parts of one atom as one piece: rows under one head, items in one list."""
    text = "".join(parts)
    text = re.sub(r"</tbody>\s*</table></div>\s*<div class=\"wide\"><table>.*?<tbody>", "", text,
                  flags=re.DOTALL)  # fmt: skip
    return re.sub(r"</ul>\s*<ul>|</ol>\s*<ol[^>]*>", "", text)


# --- code ---


def _add_code(section: Section, cell: Cell) -> None:
    section.cells.append(cell)
    if cell.question and re.search(r",\s*\.\.\.\s*\)", cell.source):
        section.questions.append(cell.question)
        asked = _taken_question(section.atoms)
        vote = vote_on(cell.question, asked)
        section.atoms.append(Atom("vote", "", vote=vote, cell=cell.id))
        return
    section.atoms += [replace(atom, cell=cell.id) for atom in _code_atoms(cell)]


def _taken_question(atoms: list[Atom]) -> str:
    """Take the text that asks a question off the end of the atoms; its options are left out."""
    last: list[Atom] = []
    while atoms and atoms[-1].kind == "text" and len(last) < 4:
        last.insert(0, atoms.pop())
        if "<strong>Predict" in last[0].html:
            break
    else:  # no "Predict": the last paragraph asks
        atoms += last[:-1]
        last = last[-1:]
    return without_typing("".join(atom.html for atom in last))


def without_typing(asked: str) -> str:
    """A question without the sentences that say what to type where."""
    paragraphs = asked.split("</p>")
    for i, paragraph in enumerate(paragraphs):
        sentences = re.split(r"(?<=[.?!]) (?=[A-Z])", paragraph)
        kept = [one for one in sentences if "<code>...</code>" not in one]
        paragraphs[i] = " ".join(kept) if kept else "<p>"
    return "</p>".join(paragraphs).replace("<p></p>", "")


def _code_atoms(cell: Cell) -> Iterator[Atom]:
    kinds = {output.kind for output in cell.outputs}
    shown = cell.source
    if "figure" in kinds:
        shown = _without(cell.source, _MAKES_FIGURES)
    elif "picture" in kinds:
        shown = _without(cell.source, _DRAWS)
        shown = cell.source if shown else ""
    code = code_html(highlighted(shown)) if shown.strip() else ""
    printed = "".join(output_html(o) for o in cell.outputs if o.kind in ("text", "html"))
    if code or printed:
        parts = (code, printed) if code and printed else ()
        yield Atom("code", code + printed, parts, leads=bool(kinds - {"text", "html"}))
    for output in cell.outputs:
        if output.kind == "picture":
            yield Atom("picture", output_html(output))
        elif output.figure is not None:
            yield Atom("figure", "", figure=output.figure)


def _without(source: str, pattern: re.Pattern) -> str:
    """Code without the statements in which a pattern is found, and without imports."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    lines = source.split("\n")
    kept, begin = [], 0
    for statement in tree.body:
        end = statement.end_lineno or statement.lineno
        text = "\n".join(lines[begin:end])  # with the comment above it
        begin = end
        fetches = isinstance(statement, ast.Import | ast.ImportFrom)
        if not fetches and not pattern.search(ast.unparse(statement)):
            kept.append(text)
    alone = {line.strip() for line in kept if line.strip()}
    if alone and all(re.fullmatch(r"\w+", line) for line in alone):
        return ""  # a name alone shows the figure that it holds
    return "\n".join(kept).strip("\n")
