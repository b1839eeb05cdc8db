"""Make the course's pages: `python -m tools.site.pages [--to FOLDER] [--single 04]`, or
`course.py site`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from tools.chapters import matching
from tools.site.lesson import ExportError
from tools.site.lite.wheels import LiteError
from tools.site.markdown import FormulaError
from tools.site.pages.build import build, lessons, one_file
from tools.site.pages.python import PyodideError
from tools.site.serving import server_of

ROOT = Path(__file__).resolve().parents[3]
PORT = 8000


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Make what is asked for; returns the exit code."""
    parser = argparse.ArgumentParser(prog="course.py site", description=__doc__)
    parser.add_argument("--to", metavar="FOLDER", type=Path, default=Path("site"))
    parser.add_argument("--single", metavar="CHAPTER", help="one file of this chapter, for a disk")
    parser.add_argument(
        "--pyodide",
        metavar="FOLDER",
        type=Path,
        help="put the Pyodide of this folder into the site; else pages load it from the network",
    )
    parser.add_argument(
        "--notebooks",
        action="store_true",
        help="let each page open its notebook: a JupyterLite becomes part of the site",
    )
    parser.add_argument("--serve", action="store_true", help="and show them at this computer")
    parser.add_argument("--port", type=int, default=PORT)
    options = parser.parse_args(arguments)
    begun = time.monotonic()
    try:
        if options.single:
            return _single(root, options.single, options.to)
        count = build(root, options.to, pyodide=options.pyodide, notebooks=options.notebooks)
    except (ExportError, FormulaError, LiteError, PyodideError) as error:
        print(error, file=sys.stderr)
        return 1
    size = sum(path.stat().st_size for path in options.to.rglob("*") if path.is_file())
    print(
        f"{count['made']} pages made, {count['kept']} kept, in {time.monotonic() - begun:.0f} s:"
        f" {options.to.resolve()}, {size / 1e6:.1f} MB"
    )
    return serve(options.to, options.port) if options.serve else 0


def _single(root: Path, chapter: str, folder: Path) -> int:
    found = matching(chapter, lessons(root))
    if len(found) != 1:
        print(f"There is no chapter {chapter!r}.", file=sys.stderr)
        return 2
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{found[0]}.html"
    path.write_text(one_file(root, found[0]), encoding="utf-8", newline="\n")
    print(f"{path}: {path.stat().st_size / 1e6:.1f} MB, opens from a disk.")
    return 0


def serve(folder: Path, port: int) -> int:
    """Show the pages at this computer alone, until Ctrl-C."""
    try:
        server = server_of(folder, port)
    except OSError as error:
        print(f"Port {port} cannot be used ({error.strerror}); try --port.", file=sys.stderr)
        return 1
    print(f"The pages are at http://127.0.0.1:{port}/  To end, press Ctrl-C here.", flush=True)
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
