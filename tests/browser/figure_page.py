"""A page with one live figure and nothing else: no JupyterLab, no widgets, no network.

What the figure asks Python is answered by whoever opens the page, or by nobody.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import BrowserContext, Locator, Page, Route

from tests.browser.figures import COLLIDING, MARKS, PICTURE
from utils.stage import browser
from utils.stage.sizes import BESIDE

ADDRESS = "http://a-page-of-its-own/"
# The words of JupyterLab's outputs; as wide as there, lines break where they do there.
FONT = "system-ui, -apple-system, blinkmacsystemfont, 'Segoe UI', helvetica, arial, sans-serif"

# What JupyterLab's dark theme gives a figure.
NIGHT = """@media (prefers-color-scheme: dark) { body { background: #111; color: #fff;
  --jp-content-font-color1: #fff; --jp-layout-color2: #424242;
  --jp-border-color1: #616161; --jp-brand-color1: #2196f3; } }"""

BEFORE_A_CLASS = f"calc(WIDEST + {BESIDE})"  # how wide a figure's box is there (stage.py)

HTML = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><link rel="icon" href="data:,">
<link rel="stylesheet" href="stage.css"><style>{NIGHT}</style></head>
<body style="margin: 0; font: 13px {FONT}">
<main style="width: 800px; padding: 8px"></main>
<script type="module">
  import stage from "./stage.js";
  const events = window.events = [], main = document.querySelector("main");
  const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const unpacked = (given) => given?.base64 === undefined ? given : bytes(given.base64);
  for (const kind of ["stage-change", "stage-rest"])
    main.addEventListener(kind, ({{ type, detail }}) => events.push({{ type, ...detail }}));

  /** Whoever opened the page answers for Python. */
  function python() {{
    const listeners = new Set();
    return {{
      on: (listener) => listeners.add(listener),
      off: (listener) => listeners.delete(listener),
      async send(question) {{
        for (const [answer, buffers] of await window.askPython(question))
          listeners.forEach((listener) => listener(answer, buffers.map(unpacked)));
      }},
    }};
  }}

  /** As a notebook holds it before a class: the figure in its widget, the sliders beside it. */
  function before(root, node) {{
    const box = document.createElement("div"), widget = document.createElement("div");
    box.className = "stage-box stage-box-projector";
    box.style.maxWidth = "{BEFORE_A_CLASS}".replace("WIDEST", figure.spec.widest);
    widget.append(root);
    box.append(widget, node);
    return box;
  }}

  window.show = ({{ spec, backgrounds, table, coordinates, asks }}) => {{
    window.figure?.leave();
    const {{ node, sliders }} = stage.nativeSliders(spec);
    window.figure = stage.mount(main, {{
      spec, sliders,
      backgrounds: backgrounds.map((b) => ({{ ...b, picture: unpacked(b.picture) }})),
      coordinates: unpacked(coordinates),
      table: table && {{ header: table.header, buffer: unpacked(table.buffer) }},
      source: asks ? python() : undefined,
    }});
    const {{ root }} = window.figure;
    main.replaceChildren(...spec.projector ? [before(root, node)] : [root, node]);
  }};

  /** What still has to come: a paint, an answer, a picture, the frames. */
  const underWay = () => Object.entries({{
    paint: figure.scheduled || figure.turning, picture: figure.held, question: figure.asking.about,
    answer: figure.asking.underWay || figure.asking.waiting,
    frames: (figure.root.dataset.frames ?? "asked") === "asked",
  }}).filter(([, still]) => still).map(([what]) => what);

  /** Nothing is under way any more. */
  window.settled = async () => {{
    const end = performance.now() + 30_000;
    for (let under = ["a frame"]; under.length;) {{
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
      under = underWay();
      if (performance.now() > end) throw Error(`it does not come to rest: ${{under}}`);
    }}
  }};

  const marks = {MARKS}, colliding = {COLLIDING};
  window.look = async () => {{
    await settled();
    const picture = document.querySelector("{PICTURE}");
    const sentence = document.querySelector(".stage-sentence").innerText;
    return {{ marks: marks(picture), sentence, colliding: colliding(picture) }};
  }};
</script></body></html>"""


def packed(data: bytes) -> dict[str, str]:
    """Bytes on their way to the page."""
    return {"base64": base64.b64encode(data).decode()}


Answers = Iterable[tuple[dict[str, Any], list[bytes]]]  # to one question, with their buffers


@dataclass(frozen=True)
class Look:
    """What is seen of a figure at rest: its marks, its sentence, and words that lie on others."""

    marks: str
    sentence: str
    colliding: list[str]


@dataclass
class FigurePage:
    """A figure on its page, and what went on there.

    asked: the files that the page asked for. complaints: what it wrote to its console.
    """

    page: Page
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    @property
    def figure(self) -> Locator:
        return self.page.locator(".stage")

    def show(self, figure: dict[str, Any]) -> None:
        """Show a figure in place of the one before."""
        self.page.evaluate("(figure) => show(figure)", figure)

    def look(self) -> Look:
        """What is seen once nothing moves any more."""
        return Look(**self.page.evaluate("look()"))

    def has_frames(self) -> bool:
        """Whether the frames are here, so that nobody has to be asked for one."""
        return self.figure.get_attribute("data-frames") == "here"

    def point(self, name: str) -> Locator:
        return self.figure.locator(f'.stage-handle[data-mark="{name}"]')

    def marks(self) -> str:
        return self.figure.locator(PICTURE).evaluate(MARKS)

    def events(self, kind: str) -> list[dict]:
        seen = self.page.evaluate("events")
        return [event for event in seen if event["type"] == kind]

    def rest(self) -> dict:
        """What the figure says when it has come to rest; it is then asked for anew."""
        self.page.evaluate("settled()")
        # On a busy machine a hand may seem to rest on its way.
        self.page.wait_for_function(
            """() => events.some(({ type, at }) =>
                 type === "stage-rest" && String(at) === String(figure.positions()))"""
        )
        (*_, last) = self.events("stage-rest")
        self.page.evaluate("events.length = 0")
        return last


def open_figure_page(
    context: BrowserContext,
    files: dict[str, tuple[str | bytes, str]] | None = None,
    answer: Callable[[dict[str, Any]], Answers] | None = None,
) -> FigurePage:
    """A page that can show a figure. All it needs is handed over; anything else is refused.

    files: more that it may ask for, by name: content and type. answer: answers for Python.
    """
    known = {
        "": (HTML, "text/html"),
        "stage.js": (browser.SCRIPT, "text/javascript"),
        "stage.css": (browser.STYLE, "text/css"),
    } | (files or {})
    page = context.new_page()
    opened = FigurePage(page)

    def hand_over(route: Route) -> None:
        name = route.request.url.removeprefix(ADDRESS)
        opened.asked.append(name)
        if name not in known:
            route.abort()
            return
        body, kind = known[name]
        route.fulfill(body=body, content_type=kind)

    def answered(question: dict[str, Any]) -> list:
        assert answer is not None, f"nobody answers {question}"
        return [[content, [packed(b) for b in buffers]] for content, buffers in answer(question)]

    page.on("pageerror", lambda error: opened.complaints.append(str(error)))
    page.on("console", lambda message: opened.complaints.append(message.text))
    page.expose_function("askPython", answered)
    page.route("**/*", hand_over)
    page.goto(ADDRESS)
    page.wait_for_function("window.look !== undefined")
    return opened
