"""The scripts and style sheets that pages and decks share, in files of their own or written in."""

from __future__ import annotations

from pathlib import Path

from tools.site import code
from utils.stage import browser

FOLDER = Path(__file__).parent / "browser"
EXPORT = "export default "


def stage_script() -> str:
    """The browser's half of the live figure as it is, as a script that is no module.

    A page that was opened from a disk may load no module; `stage` is global there.
    """
    declarations, export, names = browser.SCRIPT.rpartition(EXPORT)
    if not export:
        raise ValueError("the stage's script exports nothing")
    return f'"use strict";\nvar stage = (() => {{\n{declarations}return {names.strip()}\n}})();\n'


def script(name: str) -> str:
    """One of the scripts in `browser`, without its comments."""
    return browser.without_comments((FOLDER / name).read_text(encoding="utf-8"))


def live_script() -> str:
    """What mounts live figures on a page; it needs `stage_script` before it."""
    return script("live.js")


def lesson_style() -> str:
    """The look of prose, code, outputs and live figures, light and dark."""
    own = (FOLDER / "lesson.css").read_text(encoding="utf-8")
    dark = _nested(code.style(dark=True), ":root[data-theme='dark']")
    system = _nested(code.style(dark=True), ":root:not([data-theme='light'])")
    parts = [browser.STYLE, own, code.style(), dark]
    parts.append(f"@media screen and (prefers-color-scheme: dark) {{\n{system}\n}}")
    return "\n".join(parts) + "\n"


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
