"""The colours of pictures in problems, as a style sheet: those of all figures of the course."""

from __future__ import annotations

from utils.style import COLOURS, COLOURS_DARK, INKS

DARK_PAGE = '[data-jp-theme-light="false"]'

# What practice.css says of a picture in a notebook, for paper.
PAPER = (
    (".practice-picture", "background: #fff; display: block; width: 100%; max-width: 24em"),
    ("text", "font: 11px system-ui, sans-serif; fill: #111"),
    ("text.name", "font-size: 13px; paint-order: stroke; stroke: #fff; stroke-width: 4px"),
    (".grid", "stroke: #ddd; fill: none"),
    (".zero", "stroke: #777; fill: none"),
    (".line", "stroke: var(--line); fill: none; stroke-width: 2.4"),
    ("circle", "fill: var(--line)"),
)


def colours(within: str) -> str:
    """A rule for each meaning: its line, and its ink for words; both also for a dark page.

    within: the selector of what holds the pictures; empty for a picture alone.
    """
    rules = []
    for page, lines, dark in (("", COLOURS, 0), (f"{DARK_PAGE} ", COLOURS_DARK, 1)):
        for meaning, line in lines.items():
            ink = INKS[meaning][dark]
            rules.append(f"{page}{within} .{meaning} {{ --line: {line}; --ink: {ink}; }}")
    return "\n".join(rules)


def on_paper(within: str = "") -> str:
    """The style sheet of pictures that are printed. within: what holds them, as a selector."""
    rules = [f"{within} {what} {{ {how}; }}" for what, how in PAPER]
    rules += [f"{within} .{meaning} {{ --line: {line}; }}" for meaning, line in COLOURS.items()]
    return "\n".join(rules)
