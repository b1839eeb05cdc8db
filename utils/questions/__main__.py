"""`python -m utils.questions [chapter] [--json]` lists the questions, for teachers."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from utils import questions
from utils.checks import MISTAKES, Question
from utils.checks.course_map import Step
from utils.checks.store import OPEN

WIDTH = 100
_COLUMNS = ("level", "min", "hints")
_LAST = "mistakes it recognises"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the questions; returns the exit code."""
    parser = argparse.ArgumentParser(prog="course.py questions", description="List the questions.")
    parser.add_argument("chapter", nargs="?", help="list this chapter only, such as slope or 01")
    parser.add_argument("--json", action="store_true", help="as JSON, for programs")
    options = parser.parse_args(arguments)
    names = questions.chapters()
    if options.chapter is not None:
        wanted = options.chapter.strip().lower()
        names = [name for name in names if wanted in (name, *_other_names(name))]
        if not names:
            print(_no_such_chapter(options.chapter), file=sys.stderr)
            return 2
    print(json.dumps(as_data(names), indent=1) if options.json else as_table(names))
    return 0


def as_data(chapters: Sequence[str]) -> list[dict[str, Any]]:
    """The questions of these chapters as plain data, in the order of the course."""
    return [_data(question) for name in chapters for question in questions.questions(name)]


def as_table(chapters: Sequence[str]) -> str:
    """The questions of these chapters as text, at most `WIDTH` wide; counts at the end."""
    listed = {name: questions.questions(name) for name in chapters}
    id_width = max((len(question.id) for rows in listed.values() for question in rows), default=2)
    lines = []
    for name, rows in listed.items():
        lines += [_heading(name), _row("id", _COLUMNS, [_LAST], id_width)]
        for question in rows:
            counts = (question.difficulty, question.minutes, len(question.hints))
            lines.append(_row(question.id, counts, mistakes(question), id_width))
        lines.append("")
    key = ["", "level: difficulty, from 1 (warm-up) to 5"]
    return "\n".join([*lines, *_totals(listed), *key])


def mistakes(question: Question) -> list[str]:
    """The ids of the mistakes that a check of this question can name, each once."""
    return list(dict.fromkeys(rival.mistake for rival in question.rivals))


def _data(question: Question) -> dict[str, Any]:
    kind = Step(question.id, question.title, question.minutes, OPEN).kind
    return {
        "id": question.id,
        "chapter": question.chapter,
        "notebook": f"{kind}/{questions.notebook(question.chapter)}",
        "title": question.title,
        "answer": type(question.answer).__name__.lower(),
        "difficulty": question.difficulty,
        "minutes": question.minutes,
        "points": question.points,
        "hints": list(question.hints),
        "mistakes": [{"id": name, "name": MISTAKES[name].name} for name in mistakes(question)],
    }


def _row(name: str, counts: Sequence[object], last: Sequence[str], id_width: int) -> str:
    start = f"  {name:<{id_width}}"
    for title, count in zip(_COLUMNS, counts, strict=True):
        start += f"  {count!s:>{len(title)}}"
    return textwrap.fill(
        ", ".join(last) or "-",
        WIDTH,
        initial_indent=f"{start}  ",
        subsequent_indent=" " * (len(start) + 2),
        break_on_hyphens=False,
    )


def _totals(listed: dict[str, Sequence[Question]]) -> list[str]:
    rows = [(_label(name), len(found), _minutes(found)) for name, found in listed.items()]
    rows.append(("all", sum(row[1] for row in rows), sum(row[2] for row in rows)))
    width = max(len("chapter"), *(len(row[0]) for row in rows))
    shown = [f"  {'chapter':<{width}}  questions  minutes"]
    return shown + [f"  {label:<{width}}  {n:>9}  {time:>7}" for label, n, time in rows]


def _minutes(found: Sequence[Question]) -> int:
    return sum(question.minutes for question in found)


def _label(chapter: str) -> str:
    return questions.notebook(chapter).removesuffix(".ipynb")


def _heading(chapter: str) -> str:
    return f"{_label(chapter)}: {questions.CHAPTERS[chapter]}"


def _other_names(chapter: str) -> tuple[str, ...]:
    """ "01_slope", "01" and "1" are the chapter "slope", too."""
    number = questions.number(chapter)
    return _label(chapter), number, number.removeprefix("0")


def _no_such_chapter(wanted: str) -> str:
    names = questions.chapters()
    near = difflib.get_close_matches(wanted, names, n=1)
    meant = f" Did you mean {near[0]}?" if near else ""
    return f'There is no chapter "{wanted}" with questions.{meant}\n  There are: {", ".join(names)}'


if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):  # a console with an old code page prints "?" instead
        sys.stdout.reconfigure(errors="replace")
    try:
        code = main()
        sys.stdout.flush()
    except BrokenPipeError:  # as with `course.py questions | head`: nobody reads on
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code)
