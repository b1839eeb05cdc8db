"""`python -m tools.plans CHAPTERS… [--to FOLDER]` writes plans for a class, for teachers."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.plans import lesson, pages
from utils import questions

ROOT = Path(__file__).resolve().parents[2]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write a plan as Markdown and as HTML for each chapter; returns the exit code."""
    parser = argparse.ArgumentParser(prog="course.py plan", description=__doc__)
    parser.add_argument("chapters", nargs="+", help="such as 04 or derivative; all of them: all")
    parser.add_argument("--to", type=Path, default=Path("plans"), metavar="FOLDER")
    options = parser.parse_args(arguments)
    try:
        for name in chosen(options.chapters):
            print(write(name, options.to))
    except (ValueError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


def chosen(words: Sequence[str]) -> list[str]:
    """The chapters that are meant, in the order of the course: "04", "derivative", "all".

    Raises ValueError for a word that names none.
    """
    known = {}
    for name in questions.chapters():
        number = questions.number(name)
        spelt = (name, number, number.removeprefix("0"), f"{number}_{name}")
        known |= dict.fromkeys((*spelt, questions.notebook(name)), name)
    found = set()
    for word in words:
        text = Path(word).name.lower()
        if text != "all" and text not in known:
            there = ", ".join(f"{questions.number(name)} {name}" for name in questions.chapters())
            raise ValueError(f'There is no chapter "{word}". There are: {there}; or all.')
        found |= set(known.values()) if text == "all" else {known[text]}
    return [name for name in questions.chapters() if name in found]


def write(name: str, folder: Path) -> Path:
    """Write a chapter's plan into the folder, twice; returns the page for the printer."""
    text = pages.markdown(lesson.read(name, ROOT))
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"plan_{questions.number(name)}_{name}.md"
    file.write_text(text, encoding="utf-8")
    page = file.with_suffix(".html")
    page.write_text(pages.html(text), encoding="utf-8")
    return page


if __name__ == "__main__":
    sys.exit(main())
