"""What the browser tests see of a live figure, and how they wait for it."""

import time
from collections.abc import Callable

from playwright.sync_api import ElementHandle, Locator, Page

from tools.jupyterlab import Notebook

PICTURE = ".stage-picture > svg"

# Browsers complain about these on every page of JupyterLab; they are not ours.
NOT_OURS = (
    "favicon",
    "Download the React DevTools",
    "jupyterlab-lsp",
    "/lsp/",
    "_ensureFocus",  # JupyterLab looks for the focus in a notebook that was closed
)


def complaints(notebook: Notebook) -> list[str]:
    return [e for e in notebook.errors if not any(known in e for known in NOT_OURS)]


# Without a hand: a mouse has to travel there first. tests/browser/test_stage.py uses one.
CLICK = "(button) => button.click()"

# The marks that can be seen, as drawn: changes when any of them moves.
MARKS = """(svg) => [...svg.querySelectorAll('[data-mark]')]
  .filter((mark) => mark.style.display !== 'none')
  .map((mark) => [mark.dataset.mark, mark.getAttribute('transform'),
                  mark.getAttribute('x'), mark.getAttribute('y'), mark.getAttribute('d'),
                  mark.innerHTML].join(' '))
  .join('\\n')"""

# Words in the picture that lie on other words or are cut off by its edge.
COLLIDING = """(svg) => {
  const shown = [...svg.querySelectorAll('text')].filter(
    (t) => t.textContent && t.getClientRects().length && t.getBoundingClientRect().width);
  const boxes = shown.map((t) => {
    const b = t.getBoundingClientRect();
    return {text: t.textContent, l: b.left + 2, r: b.right - 2, t: b.top + 3, b: b.bottom - 3};
  });
  const edge = svg.getBoundingClientRect(), found = [];
  boxes.forEach((a, i) => {
    if (a.l < edge.left || a.r > edge.right || a.t < edge.top || a.b > edge.bottom)
      found.push(`"${a.text}" is cut off`);
    for (const b of boxes.slice(i + 1))
      if (a.l < b.r && b.l < a.r && a.t < b.b && b.t < a.b)
        found.push(`"${a.text}" lies on "${b.text}"`);
  });
  return found;
}"""


# What JupyterLab leaves a figure, by the page's size; what it adds to its height in all, and for
# each row of sliders: all in CSS pixels. test_notebooks.py measures them.
ROOMS = {"laptop": (934, 647), "projector": (1488, 959)}
AROUND, ROW = 8, 32


def parts(spec: dict, here: bool) -> set[str]:
    """What a figure asks of the page that shows it. here: its frames are in the browser."""
    found = {f"{mark['kind']} marks" for mark in spec["marks"] if mark["kind"] in ("mesh", "point")}
    for control in spec["controls"]:
        if "options" in control:
            found.add("choice")
        elif isinstance(control["values"][0], bool):
            found.add("box to tick")
        else:
            found.add(f"{control['scale']} slider")
    found.update(part for part in ("play", "curve", "turn") if spec.get(part))
    if spec["backdrop"] is not None:
        found.add("backdrop")
    return found | {"frames here" if here else "frames from the kernel"}


def sentence(cell: Locator) -> str:
    return cell.locator(".stage-sentence").inner_text()


def marks(cell: Locator) -> str:
    return cell.locator(PICTURE).evaluate(MARKS)


def at_rest(page: Page, marks: Callable[[], str], quiet: float, seconds: float = 10) -> str:
    """The marks, when nothing has moved for `quiet` seconds."""
    seen, since = marks(), time.monotonic()
    end = since + seconds
    while time.monotonic() - since < quiet:
        assert time.monotonic() < end, "the figure does not come to rest"
        page.wait_for_timeout(40)
        if (now := marks()) != seen:
            seen, since = now, time.monotonic()
    return seen


class LiveFigure:
    """The live figure of a cell in view. Its parts are looked up once, which saves most of a look.

    start: its marks after Reset, which is pressed first, since a cell may have moved its figure.
    """

    def __init__(self, cell: Locator) -> None:
        self.cell, self.page = cell, cell.page
        self._svg = cell.locator(PICTURE).element_handle()
        self._words = cell.locator(".stage-sentence").element_handle()
        self._reset = cell.locator(".stage-reset").element_handle()
        self._reset.evaluate(CLICK)
        # A busy kernel takes its time.
        local = cell.locator(".stage[data-frames=here]").count() > 0
        self.start = at_rest(self.page, self.marks, 0.1 if local else 0.4)

    def marks(self) -> str:
        return self._svg.evaluate(MARKS)

    def sentence(self) -> str:
        return self._words.inner_text()

    def colliding_texts(self) -> list[str]:
        return self._svg.evaluate(COLLIDING)

    def wait_until(self, holds: Callable[[str], bool], seconds: float = 10) -> bool:
        """Whether the marks become as asked within some time."""
        end = time.monotonic() + seconds
        while not holds(self.marks()):
            if time.monotonic() > end:
                return False
            self.page.wait_for_timeout(15)
        return True

    def wait_for_change(self, before: str, what: str) -> None:
        """Wait until the marks differ from what they were."""
        changed = self.wait_until(lambda now: now != before)
        assert changed, f"{what}: nothing in the picture moved"

    def reset(self) -> None:
        """Press Reset and see the figure back where it started."""
        self._reset.evaluate(CLICK)
        assert self.wait_until(lambda now: now == self.start), "Reset did not lead back"


def centre(handle: Locator | ElementHandle) -> tuple[float, float]:
    """Where the dot itself stands; its label counts to the handle's box and must not."""
    box = handle.evaluate(
        "(handle) => [...handle.querySelectorAll('circle')].at(-1).getBoundingClientRect().toJSON()"
    )
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
