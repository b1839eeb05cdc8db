"""A notebook as a page: text, code, what it gave, live figures, and questions to answer."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import PurePosixPath

from tools.markup import head
from tools.site.figures import LiveFigure
from tools.site.html import ICON, code_html, figure_html, output_html, picture_html
from tools.site.lesson import Cell, Lesson
from tools.site.pages.sources import modules_of
from tools.site.pages.words import ANSWERED, DRAWN
from utils import questions
from utils.checks import Choice, Question

TORCH = (
    "PyTorch is too large for a browser, so here you see what it gave. In the notebook of this page"
    " every cell is yours to change and run."
)
FOLDERS = ("notebooks", "exercises")  # of what becomes pages
CONTENTS = "index.html"


@dataclass(frozen=True)
class Opens:
    """A notebook that the site opens. address: seen from its page. runs: False where it needs
    torch, which no browser has, so that it is for reading."""

    address: str
    runs: bool


@dataclass(frozen=True)
class Place:
    """A page among the others. folder: of its notebook. back, on: its neighbours' addresses."""

    folder: str
    name: str
    title: str
    back: tuple[str, str] | None = None  # address and title, seen from this page
    on: tuple[str, str] | None = None
    twin: tuple[str, str] | None = None  # the exercises of a lesson, the lesson of exercises
    opens: Opens | None = None  # the notebook of this page, where the site has it


@dataclass(frozen=True)
class Addresses:
    """Where a page finds what it needs, seen from it: a figure's data and still picture by its
    name, the page's questions, scripts and style. None where it is written into the page."""

    figures: Mapping[str, tuple[str, str]] | None
    pictures: Mapping[bytes, str] | None
    questions: str
    assets: str
    python: str = ""  # the cells that run in the browser; empty where none do
    runs: frozenset[str] = frozenset()  # the ids of those that can be changed and run
    where: str = ""  # says where Python is


def link(address: str) -> str | None:
    """Where a link of a notebook leads on a page."""
    if "://" in address or address.startswith(("#", "mailto:")):
        return address
    path, hash_, anchor = address.partition("#")
    file = PurePosixPath(path)
    if file.suffix != ".ipynb":
        return None  # a file that the pages do not have
    folder = next((part for part in file.parts if part in (*FOLDERS, "solutions")), "")
    if folder == "solutions":
        folder = "exercises"  # which show each solution at a press
    leads = str(file.with_suffix(".html")) if not folder else f"../{folder}/{file.stem}.html"
    return leads + ("" if anchor.startswith("cell-id=") else f"{hash_}{anchor}")


def body(lesson: Lesson, addresses: Addresses) -> str:
    """The cells of a notebook, in order, as what stands inside `main`."""
    return "".join(_cell(cell, addresses) for cell in lesson.cells if "guard" not in cell.tags)


def questions_in(lesson: Lesson) -> list[str]:
    """The ids of the questions that a notebook asks, in order."""
    found = [cell.question for cell in lesson.cells if cell.question]
    return [name for name in dict.fromkeys(found) if questions.find(name) is not None]


def _cell(cell: Cell, addresses: Addresses) -> str:
    if cell.kind == "text":
        kind = " notes" if "notes" in cell.tags else ""
        return f'<div class="cell text{kind}">{cell.html}</div>\n'
    shown = "".join(_output(output, addresses) for output in cell.outputs)
    asks = cell.question is not None and not ANSWERED.match(cell.source)
    known = questions.find(cell.question) if asks else None
    if known is not None:
        others = "".join(_output(o, addresses) for o in cell.outputs if o.kind != "html")
        return f'<div class="cell" id="cell-{cell.id}">{others}{_question(cell, known)}</div>\n'
    code = code_html(cell.code)
    if cell.folded or cell.figures:
        name = "The code of this figure" if cell.figures else _first_words(cell.source)
        code = f'<details class="folded"><summary>{name}</summary>{code}</details>'
    if DRAWN.fullmatch(cell.source):
        shown += '<p class="stands">Python draws them, in the notebook of this page.</p>\n'
    if "torch" in modules_of(cell.source):
        shown += f'<p class="stands">{TORCH}</p>\n'
    order = (shown, code) if cell.figures else (code, shown)
    runs = " data-runs" if cell.id in addresses.runs else ""
    return f'<div class="cell code-cell" id="cell-{cell.id}"{runs}>{"".join(order)}</div>\n'


def _first_words(source: str) -> str:
    return "Imports" if re.match(r"(import|from)\b", source) else "Code"


def _question(cell: Cell, known: Question) -> str:
    """A question's place. What lies in it is for a reader whose page has no scripts."""
    lettered = isinstance(known.answer, Choice)
    plain = "" if lettered else code_html(cell.code)
    kind = "lettered" if lettered else "python"
    name = escape(known.id)
    return (
        f'<section class="question {kind}" id="{name}" data-question="{name}"'
        f' aria-label="Question: {escape(known.title)}">{plain}</section>'
    )


def _output(output, addresses: Addresses) -> str:
    if output.figure is not None:
        return _figure(output.figure, addresses)
    if output.picture is not None and addresses.pictures is not None:
        address = addresses.pictures[output.picture.data]
        lazy = 'loading="lazy"'
        picture = picture_html(output.picture, output.text, address, lazy)
        return f'<p class="picture">{picture}</p>\n'
    return output_html(output)


def _figure(figure: LiveFigure, addresses: Addresses) -> str:
    if addresses.figures is None:
        made = figure_html(figure)
    else:
        made = figure_html(figure, *addresses.figures[figure.name])
    if figure.coarse:
        made += '<p class="stands">It moves in coarser steps here than in its notebook.</p>\n'
    elif not figure.moves:
        made += (
            f'<p class="stands">This figure needs Python to move: {escape(figure.reason)}.</p>\n'
        )
    return made + (_asks(figure) if addresses.python else "")


def _asks(figure: LiveFigure) -> str:
    """Where asks.js puts what the figure can do with Python; nothing for one that can do all."""
    offers = "steps" if figure.coarse else "" if figure.moves else "still"
    if figure.spec["curve"]:
        offers = "draw"
    if not offers and figure.field is None:
        return ""
    about = f' data-offers="{offers}"' if offers else ""
    if figure.field is not None:
        field = figure.field
        about += f' data-called="{escape(field.called)}" data-example="{escape(field.example)}"'
    return f'<div class="asks" data-figure="{escape(figure.name)}"{about}></div>\n'


def page(
    lesson: Lesson,
    place: Place,
    addresses: Addresses,
    extra: Sequence[str] = (),
    inline: Mapping[str, str] | None = None,
) -> str:
    """A whole page. extra: what belongs before the end of its body. inline: style and scripts by
    name, where they are written into the page."""
    root = "../"
    turned = "".join(_turn(way, words) for way, words in (("prev", place.back), ("next", place.on)))
    more = f'<a href="{place.twin[0]}">{escape(place.twin[1])}</a>' if place.twin else ""
    if place.opens:
        more += f'<a class="opens" href="{place.opens.address}">{_OPENS[place.opens.runs]}</a>'
    return (
        f"{opening(lesson.title, addresses.assets, inline)}"
        f'<body data-page="{place.folder}/{place.name}" data-root="{root}"'
        f' data-questions="{addresses.questions}"{_python(addresses)}>\n'
        f"{top(root, more)}"
        f'<main id="main">\n{body(lesson, addresses)}</main>\n'
        f'<nav class="turn" aria-label="Pages">{turned}</nav>\n{"".join(extra)}'
        f"{foot(f'{place.folder}/{place.name}.ipynb', place.opens)}"
        f"{scripts(addresses.assets, inline)}"
        "</body>\n</html>\n"
    )


def _python(addresses: Addresses) -> str:
    if not addresses.python:
        return ""
    return f' data-python="{addresses.python}" data-where="{addresses.where}"'


def opening(title: str, assets: str, inline: Mapping[str, str] | None = None) -> str:
    """All that comes before a page's body."""
    style = (
        f"<style>\n{inline['lesson.css']}{inline['page.css']}</style>\n"
        if inline
        else f'<link rel="stylesheet" href="{assets}lesson.css">\n'
        f'<link rel="stylesheet" href="{assets}page.css">\n'
    )
    return head(title, f"{ICON}{style}<script>{_THEME}</script>\n")


# Before anything is painted, so that a dark page does not flash.
_THEME = (
    "try{const t=localStorage.getItem('derivatives-theme');"
    "if(t)document.documentElement.dataset.theme=t}catch{}"
)


def top(root: str, more: str = "") -> str:
    """The bar above every page."""
    return (
        '<a class="skip" href="#main">To the text</a>\n<header class="bar">'
        f'<nav aria-label="Course"><a href="{root}{CONTENTS}">Contents</a>{more}</nav>'
        f'<form class="search" role="search" action="{root}{CONTENTS}">'
        '<label><span class="unseen">Search</span>'
        '<input type="search" name="q" placeholder="Search" autocomplete="off"></label>'
        '<div class="found" role="region" aria-label="What was found" hidden></div></form>'
        '<button class="theme" type="button" hidden aria-label="Light or dark page">Dark</button>'
        "</header>\n"
    )


_OPENS = {True: "Open as a notebook", False: "Open as a notebook, to read"}
_OPENED = {
    True: "It opens in this browser as well: some 26 MB of Python and JupyterLab, once. What you"
    " change there becomes a copy of your own, which this browser keeps. Its figures come back when"
    " their cells are run again. A later version of the course leaves your copy alone; delete it in"
    " the list of files, and the newest is there.",
    False: "It opens in this browser as well, with all that its cells gave, but for reading: they"
    " need PyTorch, which no browser has.",
}


def foot(notebook: str = "", opens: Opens | None = None) -> str:
    """The line below every page. notebook: that the page was made from. opens: the same, where the
    site opens it."""
    opened = f" {_OPENED[opens.runs]}" if opens else ""
    made = (
        f"<p>The notebook of this page is <code>{notebook}</code> of the course, which"
        f" <code>python course.py lab</code> opens on a computer.{opened}</p>"
        if notebook
        else ""
    )
    return (
        f'<footer class="foot">{made}<p>Prose CC BY 4.0, code MIT. Nothing on this page calls home:'
        " what you solve is kept in this browser alone. A press of Check, Run or Draw loads Python,"
        " once.</p>"
        "</footer>\n"
    )


def _turn(way: str, words: tuple[str, str] | None) -> str:
    if words is None:
        return ""
    lead = "Back: " if way == "prev" else "On: "
    return f'<a rel="{way}" href="{words[0]}">{lead}{escape(words[1])}</a>'


def scripts(assets: str, inline: Mapping[str, str] | None = None) -> str:
    """The scripts of a page, after its body; `page.js` brings those that speak with Python."""
    names = ("stage.js", "live.js", "page.js")
    if inline:
        return "".join(f"<script>\n{inline[name]}</script>\n" for name in names)
    return "".join(f'<script defer src="{assets}{name}"></script>\n' for name in names)
