"""How high an atom is on a slide: measured by a browser, or estimated where there is none."""

from __future__ import annotations

import html
import json
import math
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.browser import find_browser

# In CSS pixels; deck.css says the same of the slide and its letters.
WIDTH, HEIGHT = 1280, 720
WIDE, BESIDE = 1184, 410  # of text on its own, and of text beside a figure
FIRST, LATER = 566, 598  # of what stands below a heading, and below the small line of later slides

FLAGS = ("--headless", "--disable-gpu", "--no-sandbox", "--hide-scrollbars", "--no-first-run")
SECONDS = 60.0
ANY = "any"

_LETTER, _LINE = 0.56, 1.42  # of the size of letters: how wide one is on average, how high a line
_SIZE, _SMALL, _CODE = 27, 24, 20


@dataclass(frozen=True)
class Heights:
    """How high pieces of HTML are, on their own and beside a figure; whether that was measured."""

    wide: list[float]
    beside: list[float]
    measured: bool


def heights(pieces: Sequence[str], style: str, browser: str | None = ANY) -> Heights:
    """The heights of pieces of HTML.

    style: the style sheet of the deck. browser: what measures them, any that is found if left out;
    None: they are estimated.
    """
    browser = find_browser() if browser == ANY else browser
    found = _measured(browser, pieces, style) if browser else None
    if found is None:
        wide = [_estimated(piece, WIDE, _SIZE) for piece in pieces]
        return Heights(wide, [_estimated(piece, BESIDE, _SMALL) for piece in pieces], False)
    return Heights(found["wide"], found["beside"], True)


def _measured(browser: str, pieces: Sequence[str], style: str) -> dict[str, list[float]] | None:
    """What the browser measures; None where it does not start or does not end."""
    columns = [
        f'<div class="{name}" style="width: {width}px">'
        + "".join(f'<div class="atom">{piece}</div>' for piece in pieces)
        + "</div>"
        for name, width in (("wide", WIDE), ("beside", BESIDE))
    ]
    page = (
        f'<!doctype html><html lang="en" data-theme="light"><meta charset="utf-8">'
        f'<style>{style}</style><body class="measured">{"".join(columns)}<script>{_ASK}</script>'
    )
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "heights.html"
        file.write_text(page, encoding="utf-8")
        profile = f"--user-data-dir={folder}/profile"
        command = [browser, *FLAGS, profile, f"--window-size={WIDTH},{HEIGHT}", "--dump-dom"]
        try:
            done = subprocess.run(
                [*command, file.as_uri()], capture_output=True, encoding="utf-8", timeout=SECONDS
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    told = re.search(r'<pre id="heights">(.*?)</pre>', done.stdout)
    return json.loads(html.unescape(told[1])) if told else None


_ASK = """
  const heights = {};
  for (const name of ["wide", "beside"])
    heights[name] = [...document.querySelectorAll(`.${name} > .atom`)].map(
      (one) => one.getBoundingClientRect().height);
  const pre = document.createElement("pre");
  pre.id = "heights";
  pre.textContent = JSON.stringify(heights);
  document.body.replaceChildren(pre);
"""


def _estimated(piece: str, width: float, size: float) -> float:
    """From how many letters stand in it; a picture is as high as it says."""
    picture = re.search(r'<img [^>]*width="(\d+)" height="(\d+)"', piece)
    if picture:
        return int(picture[2]) * min(1.0, width / int(picture[1])) + 20
    if "<pre" in piece:
        lines = html.unescape(re.sub(r"<[^>]*>", "", piece)).split("\n")
        across = (width - 40) / (0.62 * _CODE)
        return sum(max(1, math.ceil(len(line) / across)) for line in lines) * 29 + 34
    rows = re.split(r"</(?:p|li|tr)>", piece)
    across = width / (_LETTER * size)
    lines = [len(html.unescape(re.sub(r"<[^>]*>", "", row)).strip()) for row in rows]
    count = sum(max(1, math.ceil(letters / across)) for letters in lines if letters)
    return count * size * _LINE + 8 * len(rows) + 16


# --- figures ---


def room_for(figure_spec: dict, width: float, height: float) -> float:
    """How wide a live figure can be in a place of this size, sliders and sentence with it."""
    ratio = figure_spec["height"] / figure_spec["width"]
    rows = len(figure_spec["controls"])
    rows = math.ceil(rows / 2) if rows > 2 else rows
    below = 84 + 36 * rows + (32 if figure_spec.get("goal") else 0)
    return min(width, (height - below) / ratio)
