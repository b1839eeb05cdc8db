"""Every notebook in a real JupyterLab: run all, move every slider, drag every point, look."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import ElementHandle, Locator

from tools.jupyterlab import LAPTOP, PROJECTOR, ROOT, Notebook

pytestmark = pytest.mark.browser


def paths(folder: str) -> list[str]:
    """The notebooks of a folder, as JupyterLab calls them."""
    return [path.relative_to(ROOT).as_posix() for path in sorted((ROOT / folder).glob("*.ipynb"))]


PICTURE = ".stage-picture > svg"
WIDGET = "application/vnd.jupyter.widget-view+json"

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


def figures(notebook: Notebook) -> Iterator[tuple[int, Locator]]:
    """The live figures, each scrolled into view with its frames in the browser: index and cell."""
    for output in notebook.outputs():
        if WIDGET in output["mimes"]:
            cell = notebook.cell(output["cell"])
            cell.locator(".stage[data-frames]").first.wait_for(timeout=20_000)
            yield output["cell"], cell


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
    return {text: t.textContent, l: b.left + 2, r: b.right - 2, t: b.top + 4, b: b.bottom - 4};
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


def sentence(cell: Locator) -> str:
    return cell.locator(".stage-sentence").inner_text()


def marks(cell: Locator) -> str:
    return cell.locator(PICTURE).evaluate(MARKS)


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
        self.start = self._at_rest()

    def _at_rest(self) -> str:
        """The marks, when nothing has moved for a while: a busy kernel takes its time."""
        local = self.cell.locator(".stage[data-frames=here]").count() > 0
        quiet = 0.1 if local else 0.4  # seconds
        seen, since = self.marks(), time.monotonic()
        end = since + 10
        while time.monotonic() - since < quiet:
            assert time.monotonic() < end, "the figure does not come to rest"
            self.page.wait_for_timeout(80)
            if (now := self.marks()) != seen:
                seen, since = now, time.monotonic()
        return seen

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


def press(handle: Locator, key: str, times: int = 1) -> None:
    handle.focus()
    for _ in range(times):
        handle.press(key)


def move_every_slider(figure: LiveFigure) -> int:
    """Each slider by keyboard, to both ends and back; returns how many there are."""
    handles = figure.cell.locator(".widget-hslider .noUi-handle").element_handles()
    for i, handle in enumerate(handles, 1):
        handle.focus()
        for key in ("End", "Home"):
            before, said = figure.marks(), figure.sentence()
            at = handle.get_attribute("aria-valuenow")
            figure.page.keyboard.press(key)
            if handle.get_attribute("aria-valuenow") != at:
                figure.wait_for_change(before, f"slider {i}, {key}")
                assert figure.sentence() != said, f"slider {i}: the sentence did not change"
            assert not figure.colliding_texts(), f"slider {i} at its {key.lower()}"
        figure.reset()
    return len(handles)


def drag_every_point(figure: LiveFigure) -> int:
    """Each point by pointer and by arrow keys; returns how many there are."""
    handles = figure.cell.locator(".stage-handle").element_handles()
    mouse = figure.page.mouse
    for handle in handles:
        name = handle.get_attribute("data-mark")
        handle.scroll_into_view_if_needed()
        said = figure.sentence()

        def has_moved(now: str, said: str = said) -> bool:
            return now != figure.start and figure.sentence() != said

        # A point on a curve moves along it only: pull it both ways.
        for dx, dy in [(70, -70), (-70, 70), (80, 80), (-80, -80)]:
            x, y = centre(handle)
            mouse.move(x, y)
            mouse.down()
            mouse.move(x + dx / 2, y + dy / 2)
            mouse.move(x + dx, y + dy)
            mouse.up()
            if figure.wait_until(has_moved, seconds=0.3):
                break
        else:
            raise AssertionError(f"dragging {name} changed nothing")
        figure.reset()
        ends = [handle.get_attribute(f"aria-value{end}") for end in ("now", "max")]
        key = "ArrowLeft" if ends[0] == ends[1] else "ArrowRight"
        handle.focus()
        figure.page.keyboard.press(key)
        figure.wait_for_change(figure.start, f"{key} on {name}")
        figure.reset()
    return len(handles)


def centre(handle: Locator | ElementHandle) -> tuple[float, float]:
    """Where the dot itself stands; its label counts to the handle's box and must not."""
    box = handle.evaluate(
        "(handle) => [...handle.querySelectorAll('circle')].at(-1).getBoundingClientRect().toJSON()"
    )
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def shoot(cell: Locator, path: Path) -> None:
    """A picture of the page with the cell in view."""
    cell.page.wait_for_timeout(200)
    cell.page.screenshot(path=path)


def fits(notebook: Notebook, cell: Locator, index: int) -> None:
    """A figure with its sentence and sliders is seen whole, with no scrolling."""
    room = notebook.page.locator(".jp-WindowedPanel-outer").last.bounding_box()
    stage = cell.locator(".stage").bounding_box()
    output = cell.locator(".jp-OutputArea-child").last.bounding_box()
    assert stage["width"] <= room["width"], f"the figure of cell {index} is too wide"
    assert output["height"] <= room["height"], f"the figure of cell {index} is cut off"


def run(notebook: Notebook) -> None:
    """Run all cells: none may fail or warn."""
    notebook.run_all()
    failed = [o for o in notebook.outputs() if o["type"] == "error" or o["name"] == "stderr"]
    assert not failed


def use(notebook: Notebook, path: str, screenshots: Path | None) -> tuple[int, int, int]:
    """Look at every figure and move all that moves: numbers of figures, sliders and points."""
    picture = f"{Path(path).stem}-{Path(path).parent}"
    seen = moved = dragged = 0
    for index, cell in figures(notebook):
        seen += 1
        assert not cell.locator(PICTURE).evaluate(COLLIDING), "as the figure opens"
        fits(notebook, cell, index)
        if screenshots:
            shoot(cell, screenshots / f"{picture}-{seen}.png")
        figure = LiveFigure(cell)
        moved += move_every_slider(figure)
        dragged += drag_every_point(figure)
    return seen, moved, dragged


@pytest.mark.parametrize("path", paths("notebooks"))
def test_lesson_works_in_jupyterlab(path: str, reading, screenshots) -> None:
    with reading(path) as notebook:
        notebook.page.set_viewport_size(LAPTOP)
        run(notebook)
        assert all(use(notebook, path, screenshots)), "a lesson has something to move and to drag"
        if screenshots:
            notebook.page.set_viewport_size(PROJECTOR)
            for number, (index, cell) in enumerate(figures(notebook), 1):
                fits(notebook, cell, index)
                shoot(cell, screenshots / f"{Path(path).stem}-projector-{number}.png")
        assert not complaints(notebook)


@pytest.mark.parametrize("path", paths("exercises"))
def test_exercises_and_solutions_work_in_jupyterlab(path: str, reading, screenshots) -> None:
    with reading(path) as notebook:
        notebook.page.set_viewport_size(LAPTOP)
        run(notebook)
        use(notebook, path, screenshots)
        assert not complaints(notebook)
        # The same figures, solved. Their own kernel is nbval's concern; a new one takes seconds.
        notebook.turn_to(path.replace("exercises/", "solutions/"), same_kernel=True)
        run(notebook)
        assert not complaints(notebook)
