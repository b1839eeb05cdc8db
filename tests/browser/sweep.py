"""What is wrong with a figure in many of its states, and a sheet of their pictures.

    python -m tests.browser.sweep [notebooks/04_derivative.ipynb …]

runs the notebooks, all lessons and exercises if none is named, and brings each figure into the
states of `states`. It leaves a picture of each in the folder that COURSE_SCREENSHOTS names, and
index.html there, which shows the faulty ones first. test_figures.py looks at some states of each.
"""

from __future__ import annotations

import html
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.browser.figure_page import FigurePage, open_figure_page
from tests.browser.figures import COLLIDING, PICTURE
from tests.browser.run_figures import NOTEBOOKS, run
from tests.colours import too_alike
from tools.browser import find_browser
from tools.executor import NotebookKernel
from tools.jupyterlab import BROWSER_FLAGS, LAPTOP, ROOT

AT_RANDOM = 6  # states of each figure
CELL_SECONDS = 120.0

# For each state, the slider positions of which are given, what is wrong in it once nothing moves.
# A line is flat that runs level along the edge of its axes for more than `share` of their length.
LOOK = f"""async (states) => {{
  const edge = 0.5, level = 0.01, share = 0.04, ink = 12, dark = 150;
  const svg = document.querySelector("{PICTURE}"), {{ painter, spec }} = figure;
  const colliding = {COLLIDING};
  const image = figure.backdrops.image;
  let drawn = "", pixels = null;

  /** The picture behind the marks, a pixel for each of its own. */
  async function background() {{
    if (drawn === image.src) return pixels;
    await image.decode();
    const canvas = new OffscreenCanvas(spec.width, spec.height), pen = canvas.getContext("2d");
    pen.fillStyle = "white";
    pen.fillRect(0, 0, spec.width, spec.height);
    pen.drawImage(image, 0, 0, spec.width, spec.height);
    drawn = image.src;
    return pixels = pen.getImageData(0, 0, canvas.width, canvas.height);
  }}

  /** Words that lie on what is written around the axes. */
  function onTheMargin({{ data, width, height }}) {{
    const whole = svg.getBoundingClientRect(), zoom = spec.width / whole.width;
    const inside = (x, y) => painter.axes.some((axes) => x > axes.left - 2 && y > axes.top - 2
      && x < axes.left + axes.width + 2 && y < axes.top + axes.height + 2);
    return [...svg.querySelectorAll("text")].filter((text) => {{
      const box = text.getBoundingClientRect();
      if (!text.textContent || !box.width) return false;
      const left = Math.max(0, Math.ceil((box.left - whole.left) * zoom + 2));
      const right = Math.min(width, (box.right - whole.left) * zoom - 2);
      const top = Math.max(0, Math.ceil((box.top - whole.top) * zoom + 4));
      const bottom = Math.min(height, (box.bottom - whole.top) * zoom - 4);
      let count = 0;
      for (let y = top; y < bottom; y++) for (let x = left; x < right; x++)
        if (!inside(x, y) && data[4 * (y * width + x) + 1] < dark) count++;
      return count > ink;
    }}).map((text) => `"${{text.textContent}}" lies on words around the axes`);
  }}

  /** Handles that are somewhere and cannot be seen. */
  const lost = () => painter.drawers
    .filter(({{ mark, seen }}) => mark.kind === "point" && mark.drag.length
      && seen && !seen.some(Number.isNaN))
    .filter(({{ drawn }}) => {{
      const {{ display, visibility }} = getComputedStyle(drawn.node);
      if (display === "none" || visibility === "hidden" || !drawn.node.dataset.at) return true;
      const [x, y] = drawn.node.dataset.at.split(",").map(Number);
      return !(x >= 0 && y >= 0 && x <= spec.width && y <= spec.height);
    }}).map(({{ mark }}) => `the handle "${{mark.name}}" is lost`);

  /** Lines that run along an edge of their axes, as if their values settled there. */
  const flat = () => painter.drawers.flatMap(({{ mark, seen }}) => {{
    if (mark.kind !== "polyline" || mark.filled || !seen) return [];
    const {{ left, top, width, height }} = painter.axes[mark.ax], place = painter.places[mark.ax];
    const points = [];
    for (let i = 0; i < seen.length; i += 2) points.push(place(seen[i], seen[i + 1]));
    const edges = [[1, top, width], [1, top + height, width],
                   [0, left, height], [0, left + width, height]];
    const near = ([along, at, length]) => {{
      let run = 0, longest = 0;
      for (let i = 1; i < points.length; i++) {{
        const [one, other] = [points[i - 1], points[i]];
        const [onwards, aside] = [1 - along, along].map((i) => Math.abs(one[i] - other[i]));
        run = Math.abs(one[along] - at) <= edge && aside < level ? run + onwards : 0;
        longest = Math.max(longest, run);
      }}
      return longest > share * length;
    }};
    return edges.some(near) ? [`the line "${{mark.name}}" is flat at the edge of its axes`] : [];
  }});

  /** Where a piece of a line runs within a box, its ends as parts of the piece; null: nowhere. */
  function within([x1, y1], [x2, y2], box) {{
    let from = 0, to = 1;
    for (const [start, way, low, high] of [[x1, x2 - x1, box.left, box.right],
                                           [y1, y2 - y1, box.top, box.bottom]]) {{
      if (!way) {{ if (start < low || start > high) return null; continue; }}
      const [one, other] = [(low - start) / way, (high - start) / way];
      from = Math.max(from, Math.min(one, other));
      to = Math.min(to, Math.max(one, other));
    }}
    return from < to ? [from, to] : null;
  }}

  /** Words with a line over them: one below them stops at the paper around their letters. */
  function struck() {{
    const whole = svg.getBoundingClientRect(), zoom = spec.width / whole.width;
    const words = [...svg.querySelectorAll("text")].map((node) => {{
      const b = node.getBoundingClientRect();
      const [left, right] = [b.left, b.right].map((x) => (x - whole.left) * zoom);
      const [top, bottom] = [b.top, b.bottom].map((y) => (y - whole.top) * zoom);
      return {{ node, left: left + 2, right: right - 2, top: top + 5, bottom: bottom - 5 }};
    }}).filter(({{ node, left, right }}) => node.textContent && left < right);
    const kinds = ["segment", "line", "polyline"];
    const lines = painter.drawers.filter(({{ mark, drawn }}) => kinds.includes(mark.kind)
      && !mark.filled && drawn.node.style.display !== "none");
    return lines.flatMap(({{ mark, drawn }}) => {{
      const {{ left, top, width, height }} = mark.arrow
        ? {{ left: 0, top: 0, width: spec.width, height: spec.height }} : painter.axes[mark.ax];
      const path = drawn.node.matches("path") ? drawn.node : drawn.node.querySelector("path");
      const pieces = (path.getAttribute("d") ?? "").split("M").slice(1).map((piece) =>
        piece.replace("Z", "").split("L").map((pair) => pair.split(" ").map(Number)));
      return words.filter(({{ node, ...box }}) => {{
        const order = drawn.node.compareDocumentPosition(node);
        if (order & Node.DOCUMENT_POSITION_FOLLOWING) return false;
        const seen = {{ left: Math.max(box.left, left), right: Math.min(box.right, left + width),
          top: Math.max(box.top, top), bottom: Math.min(box.bottom, top + height) }};
        return pieces.some((points) =>
          points.some((to, i) => i && within(points[i - 1], to, seen)));
      }}).map(({{ node }}) => `"${{node.textContent}}" is struck through by "${{mark.name}}"`);
    }});
  }}

  const found = [];
  for (const at of states) {{
    at.forEach((to, i) => figure.move(i, to, true));
    await settled();
    found.push([...colliding(svg), ...onTheMargin(await background()), ...lost(), ...flat(),
      ...struck()]);
  }}
  return found;
}}"""


def faults(shown: FigurePage, positions: list[list[int]]) -> list[list[str]]:
    """What is wrong with the figure that is shown, in each state: slider positions."""
    return shown.page.evaluate(LOOK, positions)


def states(spec: dict[str, Any], at_random: int, options: bool) -> dict[str, list[int]]:
    """States of a figure by name, as slider positions; none twice.

    All sliders at their least values, at their greatest, and so many states at random, the same
    ones every time. options: also as it opens, and then with each option and box, alone.
    """
    controls, start = spec["controls"], list(spec["start"])
    counts = [len(control["values"]) for control in controls]
    drawn = random.Random(0)
    named: dict[str, list[int]] = {"as it opens": start} if options else {}
    menu = [c for c, control in enumerate(controls) if is_choice(control)]
    # A menu has no least option.
    low = [start[c] if c in menu else 0 for c in range(len(counts))]
    high = [start[c] if c in menu else count - 1 for c, count in enumerate(counts)]
    named |= {"all at minimum": low, "all at maximum": high}
    for n in range(at_random):
        named[f"at random {n + 1}"] = [drawn.randrange(count) for count in counts]
    for c in menu if options else []:
        for option in range(counts[c]):
            there = [*start[:c], option, *start[c + 1 :]]
            named[f"{controls[c]['name']}, option {option + 1}"] = there
    every = list(named.values())
    return {name: at for i, (name, at) in enumerate(named.items()) if at not in every[:i]}


def is_choice(control: dict[str, Any]) -> bool:
    """Whether a control is a menu or a box to tick."""
    return "options" in control or isinstance(control["values"][0], bool)


# --- the sheet ---


@dataclass(frozen=True)
class Seen:
    """A state of a figure: which, its picture, its sentence, and what is wrong with it."""

    title: str
    picture: str
    sentence: str
    wrong: list[str]


def look_at(browser: Browser, path: str, folder: Path) -> Iterator[Seen]:
    """Every state of every figure of a notebook, with its picture in a folder."""
    with (
        NotebookKernel(ROOT / Path(path).parent) as kernel,
        browser.new_context(viewport=LAPTOP) as context,
    ):
        _, found = run(kernel, path, CELL_SECONDS)
        shown = open_figure_page(context, answer=lambda asked: kernel.ask_widget(canvas, asked))
        for figure in found:
            canvas = figure.canvas
            shown.show(figure.as_shown())
            alike = too_alike(mark["colour"] for mark in figure.spec["marks"])
            for name, at in states(figure.spec, AT_RANDOM, options=True).items():
                (wrong,) = faults(shown, [at])
                wrong = [*wrong, *alike, *shown.complaints]
                shown.complaints.clear()
                title = f"{path.removesuffix('.ipynb')}, code cell {figure.cell + 1}, {name}"
                picture = "".join(c if c.isalnum() else "-" for c in title) + ".png"
                shown.page.screenshot(path=folder / picture)
                sentence = shown.figure.locator(".stage-sentence").inner_text()
                yield Seen(title, picture, sentence, wrong)


def sheet(seen: list[Seen]) -> str:
    """A page of all pictures, the faulty ones first."""
    parts = [
        f"<figure><img loading=lazy width=560 src='{one.picture}' alt=''>"
        f"<figcaption><b>{html.escape(one.title)}</b> {html.escape(one.sentence)}"
        f"<strong>{html.escape(' · '.join(one.wrong))}</strong></figcaption></figure>"
        for one in sorted(seen, key=lambda one: not one.wrong)
    ]
    style = "figure { display: inline-block; width: 560px; margin: 8px } strong { color: #b00 }"
    return f"<!doctype html><meta charset=utf-8><style>{style}</style>{''.join(parts)}"


def main(paths: list[str]) -> int:
    """Look at all figures; returns 1 where something is wrong."""
    folder = Path(os.environ.get("COURSE_SCREENSHOTS") or tempfile.mkdtemp())
    folder.mkdir(parents=True, exist_ok=True)
    paths = paths or [path for path in NOTEBOOKS if not path.startswith("solutions/")]
    seen: list[Seen] = []
    began = time.monotonic()
    with sync_playwright() as playwright:
        program = find_browser()
        if program is None:
            raise SystemExit("No Chromium, Chrome or Edge was found; install one.")
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        for path in paths:
            for one in look_at(browser, path, folder):
                seen.append(one)
                if one.wrong:
                    print(f"{one.title}: {' · '.join(one.wrong)}", flush=True)
            (folder / "index.html").write_text(sheet(seen), encoding="utf-8")
    wrong = sum(bool(one.wrong) for one in seen)
    took = time.monotonic() - began
    print(f"{wrong} of {len(seen)} states have faults; {took:.0f} s: {folder / 'index.html'}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
