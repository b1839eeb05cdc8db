"""What a class got wrong: one page for a teacher, as HTML and as Markdown."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from urllib.parse import quote

from tools.grade.exercise import Exercise
from tools.grade.marks import Mark
from tools.grade.page import GROUPS, group_of, page
from tools.grade.sections import Section, section_of
from utils.checks.mistakes import MISTAKES

MOST_MISTAKES, EXAMPLES, LONGEST_EXAMPLE = 3, 2, 72

_STYLE = """
.first { border: 2px solid var(--not-yet); padding: .3em .9em; margin: .6em 0; }
.first p { margin: .2em 0; }
.all { columns: 2; column-gap: 1.6em; font-size: .84em; line-height: 1.35; }
.all section { break-inside: avoid; margin: 0 0 .8em; }
.bar { display: flex; height: .8em; margin: .15em 0; background: #eee; }
.bar i { display: block; }
.key { margin-left: .8em; }
.key i { display: inline-block; width: .8em; height: .8em; }
i.correct { background: var(--right); } i.nearly { background: var(--near); }
i.not-yet { background: var(--not-yet); } i.not-tried { background: var(--none); }
.all h2 { margin: 0; } .all ul { margin: .1em 0; padding-left: 1.1em; } .all p { margin: 0; }
@media (max-width: 50em) { .all { columns: 1; } }
@page { size: A4; margin: 9mm; }
@media print { .all { font-size: 7.2pt; line-height: 1.2; } h1 { font-size: 13pt; }
  .all section { margin-bottom: .5em; } .all h2 { display: inline; margin-right: .6em; }
  .all .counts, li p { display: inline; } i { print-color-adjust: exact; } }
"""


@dataclass(frozen=True)
class Common:
    """A mistake that several made, with two of their answers."""

    mistake: str
    name: str
    count: int
    section: Section
    examples: tuple[str, ...]


@dataclass(frozen=True)
class Result:
    """What came of one question in a class: how many in each of `page.GROUPS`, and why."""

    number: int
    question: str
    title: str
    counts: Mapping[str, int]
    common: tuple[Common, ...]

    @property
    def wrong(self) -> int:
        """How many tried and were not right."""
        return self.counts["nearly"] + self.counts["not-yet"]


def results(exercise: Exercise, works: Sequence[Sequence[Mark]], lessons: Path) -> list[Result]:
    """A class's results, question by question. works: the marks of each learner."""
    found = []
    for number, question in enumerate(exercise.asked, 1):
        # A copy of an earlier course asks an earlier question at the same place.
        marks = [work[number - 1] for work in works if len(work) >= number]
        counts = Counter(group_of(mark.verdict) for mark in marks)
        common = _common(marks, exercise.chapter, lessons)
        all_counts = {group: counts[group] for group in GROUPS}
        found.append(Result(number, question.id, question.title, all_counts, common))
    return found


def _common(marks: Sequence[Mark], chapter: str, lessons: Path) -> tuple[Common, ...]:
    named = Counter(mark.mistake for mark in marks if mark.mistake)
    found = []
    for mistake, count in named.most_common(MOST_MISTAKES):
        written = (_shortened(mark.answer) for mark in marks if mark.mistake == mistake)
        examples = tuple(dict.fromkeys(filter(None, written)))[:EXAMPLES]
        name = MISTAKES[mistake].name if mistake in MISTAKES else mistake
        found.append(Common(mistake, name, count, section_of(mistake, chapter, lessons), examples))
    return tuple(found)


def _shortened(answer: str) -> str:
    """An answer in one line: what a function returns, or what a name gets."""
    lines = [line.strip() for line in answer.splitlines() if line.strip()]
    returned = [line for line in lines if line.startswith("return")]
    line = (returned or lines or [""])[-1]
    return line if len(line) <= LONGEST_EXAMPLE else f"{line[:LONGEST_EXAMPLE]}…"


def first_to_talk_about(found: Sequence[Result]) -> tuple[Result, Common | None] | None:
    """The mistake that most made; where none is named, the question that most got wrong."""
    named = [(result, common) for result in found for common in result.common]
    if named:
        return max(named, key=lambda pair: (pair[1].count, -pair[0].number))
    wrong = max(found, key=lambda result: result.wrong, default=None)
    return (wrong, None) if wrong and wrong.wrong else None


def _sentence(result: Result, common: Common | None, learners: int) -> str:
    where = f"exercise {result.number}, “{result.title}”"
    if common is None:
        return (
            f"{result.wrong} of {learners} are not right yet in {where}; no one mistake stands out."
        )
    return f"{common.count} of {learners} made the same mistake in {where}: {common.name}."


def _link(section: Section, lessons: Path, folder: Path) -> str:
    path = os.path.relpath(lessons / section.notebook, folder).replace(os.sep, "/")
    return f"{quote(path)}#{quote(section.anchor)}"


# --- as HTML ---


def as_html(exercise: Exercise, found: Sequence[Result], learners: int, places: Places) -> str:
    """The page; its links lead from the folder it is put into to the lessons."""
    body = [f"<h1>{escape(exercise.title)}</h1>", f"<p>{_counted(learners)}. {_legend()}</p>"]
    first = first_to_talk_about(found)
    if first:
        result, common = first
        section = f" {_section_html(common.section, places)}" if common else ""
        examples = _examples_html(common) if common else ""
        body.append(
            f'<div class="first"><h2>Talk about this first</h2>'
            f"<p>{escape(_sentence(result, common, learners))}{section}</p>{examples}</div>"
        )
    body.append(f'<div class="all">{"".join(_result_html(r, places) for r in found)}</div>')
    return page(f"Class: {exercise.title}", "\n".join(body), _STYLE)


def _legend() -> str:
    return " ".join(
        f'<span class="key"><i class="{group}"></i> {word}</span>' for group, word in GROUPS.items()
    )


def _counted(learners: int) -> str:
    return "1 learner" if learners == 1 else f"{learners} learners"


def _result_html(result: Result, places: Places) -> str:
    bars = "".join(
        f'<i class="{group}" style="flex:{count}"></i>'
        for group, count in result.counts.items()
        if count
    )
    told = ", ".join(f"{result.counts[group]} {word}" for group, word in GROUPS.items())
    mistakes = "".join(
        f"<li><strong>{common.count} ×</strong> {escape(common.name)} "
        f"{_section_html(common.section, places)}{_examples_html(common)}</li>"
        for common in result.common
    )
    listed = f"<ul>{mistakes}</ul>" if mistakes else ""
    return (
        f"<section><h2>{result.number}. {escape(result.title)}</h2>"
        f'<p class="counts">{told}</p><div class="bar" aria-hidden="true">{bars}</div>'
        f"{listed}</section>"
    )


def _section_html(section: Section, places: Places) -> str:
    link = escape(_link(section, places.lessons, places.folder), quote=True)
    return f'<a href="{link}">{section.chapter}, {escape(section.words)}</a>'


def _examples_html(common: Common) -> str:
    if not common.examples:
        return ""
    shown = " · ".join(f"<code>{escape(example)}</code>" for example in common.examples)
    return f"<p>{shown}</p>"


# --- as Markdown ---


def as_markdown(exercise: Exercise, found: Sequence[Result], learners: int, places: Places) -> str:
    """The same as Markdown."""
    lines = [f"# {exercise.title}", "", f"{_counted(learners)}.", ""]
    first = first_to_talk_about(found)
    if first:
        result, common = first
        section = f" {_section_markdown(common.section, places)}" if common else ""
        lines += ["**Talk about this first.** " + _sentence(result, common, learners) + section, ""]
    lines += ["| | " + " | ".join(GROUPS.values()) + " |", "|---|" + "---|" * len(GROUPS)]
    for result in found:
        counts = " | ".join(str(result.counts[group]) for group in GROUPS)
        lines.append(f"| {result.number}. {result.title} | {counts} |")
    lines.append("")
    for result in found:
        if not result.common:
            continue
        lines += [f"## {result.number}. {result.title}", ""]
        for common in result.common:
            section = _section_markdown(common.section, places)
            lines.append(f"- **{common.count} ×** {common.name} {section}")
            lines += [f"    - {_code(example)}" for example in common.examples]
        lines.append("")
    return "\n".join(lines)


def _section_markdown(section: Section, places: Places) -> str:
    link = _link(section, places.lessons, places.folder)
    return f"([{section.chapter}, {section.words}]({link}))"


def _code(text: str) -> str:
    """Text as code, whatever is in it."""
    fence = "``" if "`" in text else "`"
    return f"{fence} {text} {fence}" if "`" in text else f"{fence}{text}{fence}"


@dataclass(frozen=True)
class Places:
    """Where the lessons are, and the folder that the page is put into."""

    lessons: Path
    folder: Path


def name_of(exercise: Exercise) -> str:
    """Of the page's file, without an ending."""
    return f"class {exercise.name}"
