"""Make slides: `python -m tools.site.slides 04 [--to FOLDER]`, or `course.py slides 04`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools.browser import how_to_get_one
from tools.chapters import matching
from tools.site.lesson import ExportError, export
from tools.site.slides.deck import deck_of, link, write

ROOT = Path(__file__).resolve().parents[3]
FOLDER = "slides"


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Make the decks that are asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="course.py slides", description=__doc__)
    parser.add_argument("chapters", nargs="+", help="such as 04 or derivative; `all` for all")
    parser.add_argument(
        "--to", metavar="FOLDER", default=FOLDER, help="where the files go (slides)"
    )
    options = parser.parse_args(arguments)
    known = sorted(path.stem for path in (root / "notebooks").glob("*.ipynb"))
    names = []
    for word in options.chapters:
        found = known if word == "all" else matching(word, known)
        if not found:
            print(f"There is no chapter {word!r}. There are: {', '.join(known)}.", file=sys.stderr)
            return 2
        names += found
    for name in dict.fromkeys(names):
        try:
            _make(root, name, Path(options.to))
        except ExportError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _make(root: Path, name: str, folder: Path) -> None:
    begun = time.monotonic()
    print(f"{name}: running the notebook …", flush=True)
    deck = deck_of(export(root / "notebooks" / f"{name}.ipynb", link))
    path = write(deck, folder)
    megabytes = path.stat().st_size / 1e6
    print(
        f"{path}: {deck.slides} slides, {deck.moving} of {deck.figures} figures move,"
        f" {megabytes:.1f} MB, made in {time.monotonic() - begun:.0f} s"
    )
    if not deck.measured:
        print(
            "  Slides were broken by an estimate, since no Chromium, Chrome or Edge was found."
            f"  To get one:  {how_to_get_one()}"
        )


if __name__ == "__main__":
    sys.exit(main())
