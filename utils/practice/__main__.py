"""`python -m utils.practice --print CHAPTER` makes a work sheet and its solutions, for teachers."""

from __future__ import annotations

import argparse
import secrets
import sys
from collections.abc import Sequence
from pathlib import Path

from utils import bank
from utils.practice import sheet
from utils.practice.panel import chapter_of


def options() -> argparse.ArgumentParser:
    """What may stand on the command line."""
    parser = argparse.ArgumentParser(
        prog="course.py practice", description="Make a work sheet with its solutions."
    )
    parser.add_argument("--print", dest="chapter", required=True, help="such as chain_rule or 07")
    parser.add_argument("--count", type=int, default=12, help="how many problems (12)")
    parser.add_argument("--level", type=int, help="problems of this level only: 1, 2 or 3")
    parser.add_argument(
        "--seed", nargs="+", help="names; each gives a sheet of its own, the same one every time"
    )
    parser.add_argument("--to", type=Path, default=Path("."), help="the folder to write to")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the sheets; returns the exit code."""
    from utils.practice.look import on_paper

    asked = options().parse_args(arguments)
    try:
        name, number = chapter_of(asked.chapter)
        templates = [t for t in bank.templates(name) if asked.level in (None, t.level)]
        if not templates:
            raise ValueError(f"Chapter {number} has no problems of level {asked.level}.")
        for seed in asked.seed or [secrets.token_hex(2)]:
            drawn = sheet.problems(templates, asked.count, seed)
            title = f"Practice of chapter {number}, {name.replace('_', ' ')}"
            stem = f"practice_{name}_{''.join(c if c.isalnum() else '-' for c in seed)}"
            problems, solutions, *_ = sheet.write(asked.to, stem, title, drawn, seed, on_paper())
            print(f"{len(drawn)} problems: {problems}\nTheir solutions: {solutions}")
    except (ValueError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
