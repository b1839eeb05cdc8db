"""`course.py lab --class`: what a class sees of a notebook at a projector, in a real JupyterLab."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.test_figures import AROUND_CLASS
from tools.jupyterlab import ROOT, Notebook, running_lab

SMALL = {"width": 1280, "height": 720}
LESSON = "notebooks/04_derivative.ipynb"


@pytest.fixture(scope="module")
def before_a_class(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Notebook]:
    folder = tmp_path_factory.mktemp("for a class")
    (folder / "notebooks").mkdir()
    (folder / LESSON).write_bytes((ROOT / LESSON).read_bytes())
    with running_lab(folder, for_class=True) as address:
        page = browser.new_page(viewport=SMALL)
        page.goto(f"{address}/doc/tree/{LESSON}")
        notebook = Notebook(page)
        notebook.wait_until_ready(LESSON)
        notebook.run_all()
        yield notebook
        page.close()


def figure_cells() -> list[int]:
    """The cells of the lesson that show a figure by themselves."""
    cells = json.loads((ROOT / LESSON).read_text(encoding="utf-8"))["cells"]
    return [i for i, cell in enumerate(cells) if "".join(cell["source"]).startswith("explore_")]


def seen(notebook: Notebook, index: int) -> Locator:
    cell = notebook.cell(index)
    cell.locator(".stage-code-folded, .stage-box").first.wait_for()
    notebook.page.wait_for_function(
        "(cell) => cell.matches('.stage-code-folded')", arg=cell.element_handle()
    )
    return cell


def test_figures_are_seen_whole_with_their_sliders_and_without_their_code(
    before_a_class: Notebook, screenshots: Path | None
) -> None:
    page = before_a_class.page
    panel = page.locator(".jp-WindowedPanel-outer").last.bounding_box()
    for number, index in enumerate(figure_cells(), 1):
        cell = seen(before_a_class, index)
        box = cell.locator(".stage-box").bounding_box()
        assert cell.bounding_box()["height"] <= panel["height"], f"cell {index} is cut off"
        around = (
            SMALL["width"] - cell.locator(".jp-OutputArea-output").last.bounding_box()["width"],
            SMALL["height"] - panel["height"] + cell.bounding_box()["height"] - box["height"],
        )
        assert around == pytest.approx(AROUND_CLASS, abs=2), "as the light page is told"
        assert not cell.locator(".jp-Cell-inputWrapper").is_visible()
        if screenshots:
            page.screenshot(path=screenshots / f"class-{number}.png")


def test_letters_are_read_from_the_last_row(before_a_class: Notebook) -> None:
    cell = seen(before_a_class, figure_cells()[0])
    size = "(node) => parseFloat(getComputedStyle(node).fontSize)"
    words = ".stage-sentence, .stage-button, .widget-label, .widget-readout, .formula-field *"
    sizes = cell.locator(words).evaluate_all(
        f"(nodes) => nodes.filter((node) => node.offsetWidth).map({size})"
    )
    assert len(sizes) > 6 and min(sizes) >= 18
    text = before_a_class.page.locator(".jp-MarkdownOutput p").first
    assert text.evaluate(size) >= 18
    feedback = before_a_class.page.locator(".jp-OutputArea [role=status] p, .clicks").first
    assert feedback.evaluate(size) >= 18


def test_the_code_comes_back_at_a_press(before_a_class: Notebook) -> None:
    cell = seen(before_a_class, figure_cells()[0])
    code, button = cell.locator(".jp-Cell-inputWrapper"), cell.get_by_text("Code", exact=True)
    button.click()
    assert code.is_visible() and button.get_attribute("aria-expanded") == "true"
    button.press("Enter")
    assert not code.is_visible() and button.get_attribute("aria-expanded") == "false"


def test_words_and_sliders_keep_beside_the_picture(before_a_class: Notebook) -> None:
    cell = seen(before_a_class, figure_cells()[0])
    picture = cell.locator(".stage-picture").bounding_box()
    parts = [cell.locator(".stage-says"), *cell.locator(".widget-inline-hbox").all()]
    places = [part.bounding_box() for part in parts]
    assert all(place["x"] >= picture["x"] + picture["width"] for place in places)
    ends = [place["y"] + place["height"] for place in places]
    assert all(end <= place["y"] + 1 for end, place in zip(ends, places[1:], strict=False))
