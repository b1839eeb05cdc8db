"""Compute the tables of all live figures once, for all who will open them:
`python -m tools.tables [--to FOLDER] [CHAPTERS…]`.

On a hub, thirty learners who open a chapter would compute each table thirty times. What stands in
the folder is found by figures that are made by the same code out of the same arguments
(`utils/stage/prebuilt.py`); all others are computed as ever.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

import nbformat

from tools.build import ROOT, chosen_names
from tools.executor import CELL_SECONDS, run_notebook
from utils.stage import prebuilt

FOLDERS = ("notebooks", "exercises")


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.tables", description=__doc__)
    parser.add_argument("chapters", nargs="*", help="such as 04_derivative; all if left out")
    parser.add_argument("--to", type=Path, default=prebuilt.folder(), help="(%(default)s)")
    options = parser.parse_args(arguments)
    for name in chosen_names(ROOT, options.chapters):
        for folder in FOLDERS:
            if (ROOT / folder / f"{name}.ipynb").exists():
                keep_tables(ROOT / folder / f"{name}.ipynb", options.to)
    there = options.to.iterdir() if options.to.is_dir() else ()
    tables = [path for path in there if path.suffix != ".tmp"]
    if not tables:
        print("No figure left a table: does `import utils` work in a kernel here?", file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in tables)
    print(f"{len(tables)} tables of live figures, {size / 1e6:.1f} MB, are in {options.to}.")
    return 0


def keep_tables(notebook: Path, to: Path) -> None:
    """Run a notebook; each figure that it shows leaves its table in `to`.

    A cell that fails is passed over: exercises wait for what learners write.
    """
    os.environ[prebuilt.KEEP] = str(to.resolve())
    try:
        cells = nbformat.read(notebook, as_version=4).cells
        sources = [cell.source for cell in cells if cell.cell_type == "code"]
        for _ in run_notebook(sources, notebook.parent, CELL_SECONDS):
            pass
    finally:
        del os.environ[prebuilt.KEEP]


if __name__ == "__main__":
    sys.exit(main())
