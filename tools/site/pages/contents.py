"""The first page: all chapters with what is done in each, and what search looks through."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from typing import Any

from tools.site.lesson import Lesson
from tools.site.pages.page import foot, opening, scripts, top
from utils import bank

TITLE = "Derivatives for machine learning"
LONGEST = 400  # letters of a section that search keeps, so that what it loads stays small


def contents(pages: Sequence[str]) -> str:
    """The page. pages: "notebooks/01_slope" and so on, of those that there are."""
    rows = "".join(_row(outline, pages) for outline in bank.overview())
    return (
        f"{opening(TITLE, 'assets/')}"
        '<body data-page="" data-root="">\n'
        f"{top('')}"
        f'<main id="main" class="contents">\n<h1>{TITLE}</h1>\n'
        "<p>From the slope of a line to a trained network, with figures to drag and questions that"
        " know your mistake. One question runs through all chapters: <strong>if I nudge this"
        " weight, does the error go up or down, and by how much?</strong></p>\n"
        '<div class="headline" role="status"></div>\n'
        f'<ol class="chapters">\n{rows}</ol>\n'
        '<section class="keep" aria-label="Your progress"><h2>Your progress</h2>'
        "<p>It stays in this browser. Download it to go on elsewhere: the same file is"
        " <code>my_work/progress.json</code> of the course on a computer.</p>"
        '<button type="button" class="download">Download</button> '
        '<label class="load">Load <input type="file" accept=".json,application/json"></label>'
        '<p class="kept" role="status"></p></section>\n'
        f"</main>\n{foot()}{scripts('assets/')}</body>\n</html>\n"
    )


def _row(outline: bank.Outline, pages: Sequence[str]) -> str:
    stem = outline.notebook.removesuffix(".ipynb")
    lesson, exercises = f"notebooks/{stem}", f"exercises/{stem}"
    title = f"{outline.number} · {escape(outline.title)}"
    if lesson in pages:
        title = f'<a href="{lesson}.html">{title}</a>'
    asked = "".join(_mark(question, lesson, exercises) for question in outline.questions)
    more = f' <a class="twin" href="{exercises}.html">exercises</a>' if exercises in pages else ""
    minutes = outline.reading + sum(question.minutes for question in outline.questions)
    stop = bank.checkpoint_notebook(outline.number).removesuffix(".ipynb")
    behind = (
        f'<li class="stop"><a href="exercises/{stop}.html">Checkpoint after {outline.number}</a>'
        "</li>\n"
        if f"exercises/{stop}" in pages
        else ""
    )
    return (
        f'<li data-chapter="{outline.name}" data-reading="{outline.reading}">'
        f'<span class="title">{title}</span>{more}'
        f'<span class="left">{minutes} min</span><span class="marks">{asked}</span></li>\n{behind}'
    )


def _mark(question: Any, lesson: str, exercises: str) -> str:
    page = exercises if bank.in_exercises(question.id) else lesson
    return (
        f'<a class="mark" href="{page}.html#{question.id}" data-question="{question.id}"'
        f' data-minutes="{question.minutes}" data-title="{escape(question.title)}"></a>'
    )


# --- search ---


def sections_of(lesson: Lesson, page: str) -> list[dict[str, str]]:
    """What search finds of a page: each heading, and the words below it."""
    found: list[dict[str, str]] = []
    for cell in lesson.cells:
        if "notes" in cell.tags:
            continue
        for block in cell.blocks:
            if block.level:
                found.append({"page": page, "title": block.text, "at": block.anchor, "words": ""})
            elif found:
                found[-1]["words"] += f" {_words(block.html)}"
    for section in found:
        section["words"] = section["words"].strip()[:LONGEST]
    return found


def _words(markup: str) -> str:
    plain = re.sub(r"<annotation.*?</annotation>", " ", markup, flags=re.S)
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", plain))).strip()


def index(found: Mapping[str, list[dict[str, str]]]) -> list[dict[str, str]]:
    """The sections of all pages, in the order of the pages."""
    return [section for page in sorted(found) for section in found[page]]
