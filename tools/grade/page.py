"""The look of pages for teachers and learners: one file each, offline, fit for a printer."""

from __future__ import annotations

from html import escape

_STYLE = """
:root { --right: #2e7d32; --near: #0277bd; --not-yet: #b85c00; --open: #6b6b6b; --none: #c9c9c9; }
* { box-sizing: border-box; }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; margin: 2em auto;
  max-width: 68em; padding: 0 1.2em; }
h1 { font-size: 1.5em; margin: 0 0 .2em; } h2 { font-size: 1.05em; margin: 0 0 .3em; }
code, pre { font: .86em/1.4 ui-monospace, monospace; background: #f3f3f3; overflow-wrap: anywhere; }
pre { padding: .5em .7em; white-space: pre-wrap; margin: .4em 0; }
code { padding: 0 .25em; } a { color: #0b57a4; }
.correct { color: var(--right); } .nearly { color: var(--near); }
.not-yet { color: var(--not-yet); } .not-tried { color: var(--open); }
.small { font-size: .86em; color: #4a4a4a; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 10pt; } a { color: inherit; } }
"""


def page(title: str, body: str, style: str = "") -> str:
    """A whole page in HTML. body: HTML. style: more CSS."""
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}{style}</style>\n</head>\n"
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def group_of(verdict: str) -> str:
    """Of the four groups that a verdict belongs to, its name as a CSS class."""
    known = {"correct": "correct", "imprecise": "nearly", "factor": "nearly"}
    return known.get(verdict, "not-tried" if verdict == "not-attempted" else "not-yet")


GROUPS = {"correct": "right", "nearly": "nearly", "not-yet": "not yet", "not-tried": "not tried"}
SIGNS = {"correct": "✓", "nearly": "≈", "not-yet": "→", "not-tried": "○"}


def points(number: float) -> str:
    """3, 2.5, 0.25."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
