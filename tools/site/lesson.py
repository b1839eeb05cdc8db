"""A notebook, run once, as pieces of HTML."""

from __future__ import annotations

import ast
import base64
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from pathlib import Path
from typing import Literal

from nbformat import NotebookNode

from tools import clean
from tools.executor import CellRun, NotebookKernel, shown_outputs
from tools.headings import parts
from tools.site.code import highlighted
from tools.site.figures import RAISE_LIMITS, LiveFigure, figure_of, is_figure
from tools.site.markdown import Block, Link, blocks, heading_text
from tools.site.pictures import Picture, small

CELL_SECONDS = 120.0

_HREF = re.compile(r"""\shref=["']([^"']*)["']""")
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


class ExportError(RuntimeError):
    """A notebook that does not run through; the message says which cell, and why."""


@dataclass(frozen=True)
class Output:
    """What a cell gave: words as they stand, HTML, a picture with its words, or a live figure."""

    kind: Literal["text", "html", "picture", "figure"]
    text: str = ""
    picture: Picture | None = None
    figure: LiveFigure | None = None


@dataclass(frozen=True)
class Cell:
    """A cell of a notebook.

    source: as it stands. blocks: of text, in order; of code none. code: of code, in colour.
    folded: whether the notebook shows it folded: imports, and assertions that guard the prose.
    question: the id of the question that its check asks.
    """

    id: str
    kind: Literal["text", "code"]
    tags: frozenset[str]
    source: str
    blocks: tuple[Block, ...] = ()
    code: str = ""
    outputs: tuple[Output, ...] = ()
    folded: bool = False
    question: str | None = None

    @property
    def html(self) -> str:
        """The text of a text cell."""
        return "".join(block.html for block in self.blocks)

    @property
    def figures(self) -> list[LiveFigure]:
        return [output.figure for output in self.outputs if output.figure]


@dataclass(frozen=True)
class Lesson:
    """A notebook as a page can show it. name: its file's, such as "04_derivative"."""

    name: str
    title: str
    cells: tuple[Cell, ...]

    @property
    def figures(self) -> list[LiveFigure]:
        """All live figures, in order."""
        return [figure for cell in self.cells for figure in cell.figures]


def export(notebook: Path, link: Link | None = None, *, run: bool = True) -> Lesson:
    """Run a notebook in a fresh kernel and turn each cell into HTML.

    link: from the address of a link to that on the page; None there for words without a link.
    run: without it the stored outputs are taken, and there are no live figures.
    Raises ExportError where a cell fails, FormulaError for a formula that cannot be shown.
    """
    nb = clean.read(notebook.read_text(encoding="utf-8"))
    outputs = _run(nb, notebook, link) if run else [_stored(cell, link) for cell in nb.cells]
    cells = tuple(_cell(cell, shown, link) for cell, shown in zip(nb.cells, outputs, strict=True))
    return Lesson(notebook.stem, title_of(nb, notebook.stem), cells)


def title_of(nb: NotebookNode, name: str) -> str:
    """The first heading of a notebook, without its marks; its name where it has none."""
    texts = (cell.source for cell in nb.cells if cell.cell_type == "markdown")
    titles = (heading for text in texts for heading, level, _ in parts(text) if level == 1)
    return heading_text(next(titles, name))


def _cell(cell: NotebookNode, outputs: list[Output], link: Link | None) -> Cell:
    tags = frozenset(cell.metadata.get("tags", []))
    if cell.cell_type != "code":
        return Cell(cell.id, "text", tags, cell.source, tuple(blocks(cell.source, link)))
    return Cell(
        cell.id,
        "code",
        tags,
        cell.source,
        code=highlighted(cell.source),
        outputs=tuple(outputs),
        folded=bool(cell.metadata.get("jupyter", {}).get("source_hidden")),
        question=asked_in(cell.source),
    )


def asked_in(source: str) -> str | None:
    """The id of the question that a cell checks: "slope.1" for `check("slope.1", …)`."""
    try:
        nodes = ast.walk(ast.parse(source))
    except SyntaxError:
        return None
    for node in nodes:
        match node:
            case ast.Call(func=ast.Name(id="check"), args=[ast.Constant(value=str(name)), *_]):
                return name
    return None


# --- outputs ---


def _run(nb: NotebookNode, notebook: Path, link: Link | None) -> list[list[Output]]:
    """The outputs of every cell; the frames of each figure are asked for when its cell has run."""
    found: list[list[Output]] = []
    with NotebookKernel(notebook.parent) as kernel:
        kernel.run_cell(RAISE_LIMITS)
        for cell in nb.cells:
            if cell.cell_type != "code":
                found.append([])
                continue
            ran = kernel.run_cell(cell.source, CELL_SECONDS)
            _require_success(ran, cell, notebook)
            found.append(list(_shown(kernel, ran, cell, link)))
    return found


def _require_success(ran: CellRun, cell: NotebookNode, notebook: Path) -> None:
    if ran.error and "raises-exception" not in cell.metadata.get("tags", []):
        raise ExportError(f"{notebook.name}, cell {cell.id!r}: {ran.error.message}")


def _shown(
    kernel: NotebookKernel, ran: CellRun, cell: NotebookNode, link: Link | None
) -> Iterator[Output]:
    figures = 0
    for output in ran.outputs:
        if not is_figure(output):
            yield from (_output(one, link) for one in shown_outputs([output]))
            continue
        figures += 1
        name = cell.id if figures == 1 else f"{cell.id}-{figures}"
        yield Output("figure", figure=figure_of(kernel, output, name))


def _stored(cell: NotebookNode, link: Link | None) -> list[Output]:
    return [_output(output, link) for output in cell.get("outputs", [])]


def _output(output: NotebookNode, link: Link | None) -> Output:
    if output.output_type == "stream":
        return Output("text", _ANSI.sub("", output.text).rstrip("\n"))
    if output.output_type == "error":
        return Output("text", _ANSI.sub("", "\n".join(output.traceback)))
    data = output.data
    if "image/png" in data:
        about = output.metadata.get("image/png", {})
        size = about.get("width", 0), about.get("height", 0)
        picture = small(base64.b64decode(data["image/png"]), *size)
        return Output("picture", about.get("alt", data.get("text/plain", "")), picture)
    if "text/html" in data:
        return Output("html", _with_links(data["text/html"], link))
    return Output("text", data.get("text/plain", ""))


def _with_links(html: str, link: Link | None) -> str:
    """HTML that a cell gave, with the links of the page."""

    def changed(found: re.Match) -> str:
        address = unescape(found[1])
        there = link(address) if link else address
        return "" if there is None else f' href="{escape(there)}"'

    return _HREF.sub(changed, html)
