"""The scripts and style sheets that pages and decks share, in files of their own or written in."""

from __future__ import annotations

import re
from pathlib import Path

from tools.site import code
from utils.stage import browser

FOLDER = Path(__file__).parent / "browser"
_INDENTATION = re.compile(r"^[ \t]+", re.MULTILINE)
_NOTES = re.compile(r"/\*.*?\*/\n?", re.DOTALL)  # of style sheets


def stage_script() -> str:
    """The browser's half of the live figure as it is, as a script that is no module.

    A page that was opened from a disk may load no module; `stage` is global there. What only
    notebooks need is left out.
    """
    declarations = browser.joined(name for name in browser.NAMES if name != browser.NOTEBOOK)
    given = "return { mount, nativeSliders };"
    return _flush(f'"use strict";\nvar stage = (() => {{\n{declarations}{given}\n}})();\n')


def script(name: str) -> str:
    """One of the scripts in `browser`, without its comments."""
    return _flush(browser.without_comments((FOLDER / name).read_text(encoding="utf-8")))


def style_sheet(name: str) -> str:
    """One of the style sheets in `browser`, without its comments."""
    return _flush(_NOTES.sub("", (FOLDER / name).read_text(encoding="utf-8")))


def _flush(text: str) -> str:
    """Without indentation, which travels for nothing: no text in a script goes over two lines."""
    return _INDENTATION.sub("", text)


def live_script() -> str:
    """What mounts live figures on a page; it needs `stage_script` before it."""
    return script("live.js")


def lesson_style() -> str:
    """The look of prose, code, outputs and live figures, light and dark."""
    dark = _nested(code.style(dark=True), ":root[data-theme='dark']")
    system = _nested(code.style(dark=True), ":root:not([data-theme='light'])")
    parts = [_NOTES.sub("", browser.STYLE), style_sheet("lesson.css"), code.style(), dark]
    parts.append(f"@media screen and (prefers-color-scheme: dark) {{\n{system}\n}}")
    return _flush("\n".join(parts) + "\n")


def _nested(rules: str, within: str) -> str:
    """The same rules for what lies within a selector."""
    lines = []
    for rule in rules.split("\n"):
        names, brace, rest = rule.partition(" {")
        lines.append(", ".join(f"{within} {name}" for name in names.split(", ")) + brace + rest)
    return "\n".join(lines)


def assets() -> dict[str, str]:
    """All of them by the name of their file: `stage.js` before `live.js`, and `lesson.css`."""
    return {
        "stage.js": stage_script(),
        "live.js": live_script(),
        "lesson.css": lesson_style(),
    }
