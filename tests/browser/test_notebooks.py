"""Notebooks in a real JupyterLab: run all, move every slider, drag every point, look.

Two lessons and one chapter's exercises have figures of every kind; test_figures.py holds that, and
moves the figures of all notebooks on a page that is lighter than JupyterLab's.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator

from tests.browser.figures import (
    AROUND,
    COLLIDING,
    PICTURE,
    ROOMS,
    ROW,
    LiveFigure,
    centre,
    complaints,
)
from tools.jupyterlab import LAPTOP, PROJECTOR, Notebook

pytestmark = pytest.mark.browser


# What their figures ask of a page, as `parts` in figures.py calls it: between them, everything.
IN_JUPYTERLAB = {
    "notebooks/04_derivative.ipynb": {
        "point marks", "linear slider", "log slider", "choice", "play", "curve", "frames here",
    },
    "notebooks/11_gradient_descent.ipynb": {
        "mesh marks", "turn", "backdrop", "frames from the kernel",
    },
    "exercises/05_power_rule.ipynb": {"box to tick"},
}  # fmt: skip
LESSONS = [path for path in IN_JUPYTERLAB if path.startswith("notebooks/")]
(EXERCISES,) = IN_JUPYTERLAB.keys() - LESSONS

WIDGET = "application/vnd.jupyter.widget-view+json"


def figures(notebook: Notebook) -> Iterator[tuple[int, Locator]]:
    """The live figures, each scrolled into view with its frames in the browser: index and cell."""
    for output in notebook.outputs():
        if {WIDGET, "image/png"} <= set(output["mimes"]):
            cell = notebook.cell(output["cell"])
            cell.locator(".stage[data-frames]").first.wait_for(timeout=20_000)
            yield output["cell"], cell


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
    mouse, said = figure.page.mouse, figure.sentence()

    def has_moved(now: str) -> bool:
        return now != figure.start and figure.sentence() != said

    for handle in handles:
        name = handle.get_attribute("data-mark")
        handle.scroll_into_view_if_needed()
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


def shoot(cell: Locator, path: Path) -> None:
    """A picture of the page with the cell in view."""
    cell.page.wait_for_timeout(200)
    cell.page.screenshot(path=path)


def fits(notebook: Notebook, cell: Locator, index: int) -> None:
    """A figure with its sentence and sliders is seen whole, with no scrolling.

    JupyterLab leaves it as much room, and takes as much itself, as the light page is told.
    """
    size = notebook.page.viewport_size
    wide, high = ROOMS["projector" if size == PROJECTOR else "laptop"]
    room = notebook.page.locator(".jp-WindowedPanel-outer").last.bounding_box()
    stage = cell.locator(".stage").bounding_box()
    box = cell.locator(".widget-vbox").first
    output = cell.locator(".jp-OutputArea-child").last.bounding_box()
    assert stage["width"] <= wide, f"the figure of cell {index} is too wide"
    assert output["height"] <= high, f"the figure of cell {index} is cut off"
    around = box.locator("xpath=..").bounding_box()
    assert (around["width"], room["height"]) == pytest.approx((wide, high), abs=1)
    inner = cell.locator(".stage-box").first
    rows = inner.locator("xpath=./*").count() - 1 + cell.locator(".formula-field").count()
    assert output["height"] == pytest.approx(stage["height"] + AROUND + ROW * rows, abs=1)


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


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_works_in_jupyterlab(path: str, reading, screenshots) -> None:
    with reading(path) as notebook:
        notebook.page.set_viewport_size(LAPTOP)
        run(notebook)
        assert all(use(notebook, path, screenshots)), "a lesson has something to move and to drag"
        notebook.page.set_viewport_size(PROJECTOR)
        for number, (index, cell) in enumerate(figures(notebook), 1):
            fits(notebook, cell, index)
            if screenshots:
                shoot(cell, screenshots / f"{Path(path).stem}-projector-{number}.png")
        assert not complaints(notebook)


def test_exercises_and_solutions_work_in_jupyterlab(reading, screenshots) -> None:
    with reading(EXERCISES) as notebook:
        notebook.page.set_viewport_size(LAPTOP)
        run(notebook)
        use(notebook, EXERCISES, screenshots)
        assert not complaints(notebook)
        # The same figures, solved. Their own kernel is nbval's concern; a new one takes seconds.
        notebook.turn_to(EXERCISES.replace("exercises/", "solutions/"), same_kernel=True)
        run(notebook)
        for index, cell in figures(notebook):
            assert not cell.locator(PICTURE).evaluate(COLLIDING), "as the figure opens"
            fits(notebook, cell, index)
        assert not complaints(notebook)
