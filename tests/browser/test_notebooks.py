"""Every notebook in a real JupyterLab: run all, move every slider, drag every point, look."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from tools.jupyterlab import LAPTOP, PROJECTOR, ROOT, Notebook

pytestmark = pytest.mark.browser

PATHS = [
    path.relative_to(ROOT).as_posix()
    for folder in ("notebooks", "exercises", "solutions")
    for path in sorted((ROOT / folder).glob("*.ipynb"))
]
WIDGET = "application/vnd.jupyter.widget-view+json"

# Browsers complain about these on every page of JupyterLab; they are not ours.
NOT_OURS = ("favicon", "Download the React DevTools", "jupyterlab-lsp", "/lsp/")


def complaints(notebook: Notebook) -> list[str]:
    return [e for e in notebook.errors if not any(known in e for known in NOT_OURS)]


def figures(notebook: Notebook) -> Iterator[tuple[int, Locator]]:
    """The live figures, each scrolled into view with its frames in the browser: index and cell."""
    for output in notebook.outputs():
        if WIDGET in output["mimes"]:
            cell = notebook.cell(output["cell"])
            cell.locator(".stage[data-frames]").first.wait_for(timeout=20_000)
            yield output["cell"], cell


def sentence(cell: Locator) -> str:
    return cell.locator(".stage-sentence").inner_text()


def marks(cell: Locator) -> str:
    """The marks that can be seen, as drawn: changes when any of them moves."""
    return cell.locator(".stage-picture > svg").evaluate(
        """(svg) => [...svg.querySelectorAll('[data-mark]')]
             .filter((mark) => mark.style.display !== 'none')
             .map((mark) => [mark.dataset.mark, mark.getAttribute('transform'),
                             mark.getAttribute('x'), mark.getAttribute('y'), mark.getAttribute('d'),
                             mark.innerHTML].join(' '))
             .join('\\n')"""
    )


def wait_until(cell: Locator, holds: Callable[[str], bool], complaint: str) -> None:
    """Wait until the marks are as asked."""
    for _ in range(60):
        if holds(marks(cell)):
            return
        cell.page.wait_for_timeout(50)
    raise AssertionError(complaint)


def wait_for_change(cell: Locator, before: str, what: str) -> None:
    """Wait until the marks differ from what they were."""
    wait_until(cell, lambda now: now != before, f"{what}: nothing in the picture moved")


def reset(cell: Locator, start: str) -> None:
    """Press Reset and see the figure back where it started."""
    cell.locator(".stage-reset").click()
    wait_until(cell, lambda now: now == start, "Reset did not lead back to the start")


def colliding_texts(cell: Locator) -> list[str]:
    """Words in the picture that lie on other words or are cut off by its edge."""
    return cell.locator(".stage-picture > svg").evaluate(
        """(svg) => {
          const shown = [...svg.querySelectorAll('text')].filter(
            (t) => t.textContent && t.getClientRects().length && t.getBoundingClientRect().width);
          const boxes = shown.map((t) => {
            const b = t.getBoundingClientRect();
            return {text: t.textContent, l: b.left + 2, r: b.right - 2,
                    t: b.top + 4, b: b.bottom - 4};
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
    )


def press(handle: Locator, key: str, times: int = 1) -> None:
    handle.focus()
    for _ in range(times):
        handle.press(key)


def move_every_slider(cell: Locator) -> int:
    """Each slider by keyboard, to both ends and back; returns how many there are."""
    handles = cell.locator(".widget-hslider .noUi-handle")
    start = marks(cell)
    for i in range(handles.count()):
        handle = handles.nth(i)
        for key in ("End", "Home"):
            before, said = marks(cell), sentence(cell)
            at = handle.get_attribute("aria-valuenow")
            press(handle, key)
            if handle.get_attribute("aria-valuenow") != at:
                wait_for_change(cell, before, f"slider {i + 1}, {key}")
                assert sentence(cell) != said, f"slider {i + 1}: the sentence did not change"
            assert not colliding_texts(cell), f"slider {i + 1} at its {key.lower()}"
        reset(cell, start)
    return handles.count()


def drag_every_point(cell: Locator) -> int:
    """Each point by pointer and by arrow keys; returns how many there are."""
    handles = cell.locator(".stage-handle")
    mouse = cell.page.mouse
    for i in range(handles.count()):
        handle = handles.nth(i)
        name = handle.get_attribute("data-mark")
        handle.scroll_into_view_if_needed()
        start, said = marks(cell), sentence(cell)
        # A point on a curve moves along it only: pull it both ways.
        for dx, dy in [(70, -70), (-70, 70), (80, 80), (-80, -80)]:
            x, y = centre(handle)
            mouse.move(x, y)
            mouse.down()
            mouse.move(x + dx / 2, y + dy / 2)
            mouse.move(x + dx, y + dy)
            mouse.up()
            cell.page.wait_for_timeout(120)
            if marks(cell) != start and sentence(cell) != said:
                break
        else:
            raise AssertionError(f"dragging {name} changed nothing")
        reset(cell, start)
        ends = [handle.get_attribute(f"aria-value{end}") for end in ("now", "max")]
        key = "ArrowLeft" if ends[0] == ends[1] else "ArrowRight"
        press(handle, key)
        wait_for_change(cell, start, f"{key} on {name}")
        reset(cell, start)
    return handles.count()


def centre(handle: Locator) -> tuple[float, float]:
    """Where the dot itself stands; its label counts to the handle's box and must not."""
    box = handle.locator("circle").last.bounding_box()
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


@pytest.mark.parametrize("path", PATHS)
def test_notebook_works_in_jupyterlab(path: str, reading, screenshots) -> None:
    lesson = path.startswith("notebooks/")
    picture = f"{Path(path).stem}-{Path(path).parent}"
    with reading(path) as notebook:
        notebook.page.set_viewport_size(LAPTOP)
        notebook.run_all()
        failed = [o for o in notebook.outputs() if o["type"] == "error" or o["name"] == "stderr"]
        assert not failed
        seen = moved = dragged = 0
        for index, cell in figures(notebook):
            seen += 1
            assert not colliding_texts(cell), "as the figure opens"
            fits(notebook, cell, index)
            if screenshots:
                shoot(cell, screenshots / f"{picture}-{seen}.png")
            if not path.startswith("solutions/"):  # its figures are those of the exercises
                cell.locator(".stage-reset").click()  # a cell may have moved its figure
                notebook.page.wait_for_timeout(300)
                moved += move_every_slider(cell)
                dragged += drag_every_point(cell)
        if lesson:
            assert seen and moved and dragged, "a lesson has something to move and to drag"
            notebook.page.set_viewport_size(PROJECTOR)
            for number, (index, cell) in enumerate(figures(notebook), 1):
                fits(notebook, cell, index)
                if screenshots:
                    shoot(cell, screenshots / f"{picture}-projector-{number}.png")
        assert not complaints(notebook)
