"""What the pages of the grader have in common: their look, and the groups of verdicts."""

from __future__ import annotations

from tools.markup import printed

_STYLE = """
:root { --right: #2e7d32; --near: #0277bd; --not-yet: #b85c00; --open: #6b6b6b; --none: #c9c9c9; }
* { box-sizing: border-box; }
body { max-width: 68em; }
h1 { margin: 0 0 .2em; } h2 { font-size: 1.05em; margin: 0 0 .3em; }
code, pre { font: .86em/1.4 ui-monospace, monospace; background: #f3f3f3; overflow-wrap: anywhere; }
pre { padding: .5em .7em; white-space: pre-wrap; margin: .4em 0; }
code { padding: 0 .25em; } a { color: #0b57a4; }
.correct { color: var(--right); } .nearly { color: var(--near); }
.not-yet { color: var(--not-yet); } .not-tried { color: var(--open); }
.small { font-size: .86em; color: #4a4a4a; }
@media print { body { padding: 0; max-width: none; } a { color: inherit; } }
"""


def page(title: str, body: str, style: str = "") -> str:
    """A whole page in HTML. body: HTML. style: more CSS."""
    return printed(title, body, _STYLE + style)


def group_of(verdict: str) -> str:
    """Of the four groups that a verdict belongs to, its name as a CSS class."""
    known = {"correct": "correct", "imprecise": "nearly", "factor": "nearly"}
    return known.get(verdict, "not-tried" if verdict == "not-attempted" else "not-yet")


GROUPS = {"correct": "right", "nearly": "nearly", "not-yet": "not yet", "not-tried": "not tried"}
SIGNS = {"correct": "✓", "nearly": "≈", "not-yet": "→", "not-tried": "○"}


def points(number: float) -> str:
    """3, 2.5, 0.25."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
