"""The first five minutes: a line turned, a curve drawn, an answer wrong and one right."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.figures import PICTURE, centre, complaints
from tools.jupyterlab import Notebook, open_notebook

pytestmark = pytest.mark.browser

PATH = "notebooks/00_start_here.ipynb"
FEWER_THAN = 60  # actions
TRACE = """(picture) => {
  const path = picture.querySelector('[data-mark="trace"]');
  return path ? path.getBoundingClientRect().width : 0;
}"""


@dataclass
class Beginner:
    """Somebody with a mouse and a keyboard: every key and every press of the button counts."""

    notebook: Notebook
    actions: int = 0

    def press(self, key: str) -> None:
        self.notebook.page.keyboard.press(key)
        self.actions += 1

    def click(self, what: Locator) -> None:
        what.click()
        self.actions += 1

    def drag(self, what: Locator, dx: float, dy: float) -> None:
        mouse = self.notebook.page.mouse
        what.scroll_into_view_if_needed()
        x, y = centre(what)
        mouse.move(x, y)
        mouse.down()
        for part in (0.25, 0.5, 0.75, 1):
            mouse.move(x + part * dx, y + part * dy)
        mouse.up()
        self.actions += 1

    def write(self, text: str) -> None:
        for letter in text:
            self.press(letter)


@pytest.fixture
def notebook(browser: Browser, lab: str) -> Iterator[Notebook]:
    with open_notebook(browser, lab, PATH) as opened:
        yield opened


def test_the_first_five_minutes_take_few_actions(notebook: Notebook) -> None:
    beginner, page = Beginner(notebook), notebook.page
    sources = notebook.sources()

    def index(start: str) -> int:
        return next(i for i, _, source in sources if source.startswith(start))

    # Run the two cells at the top, and turn the line: the error leaves a trace.
    first = notebook.cell(index("from utils import style"))
    beginner.click(first.locator(".jp-InputPrompt, .jp-Placeholder").first)
    page.evaluate("jupyterapp.commands.execute('notebook:enter-command-mode')")
    beginner.press("Shift+Enter")
    beginner.press("Shift+Enter")
    figure = notebook.cell(index("explore_error_trace()"))
    end = figure.locator('.stage-handle[data-mark="end of line"]')
    end.wait_for(timeout=30_000)
    said = figure.locator(".stage-sentence")
    before = said.inner_text()
    short = figure.locator(PICTURE).evaluate(TRACE)
    beginner.drag(end, 0, -60)
    page.wait_for_function(
        "([node, before]) => node.innerText !== before", arg=[said.element_handle(), before]
    )
    error = float(re.search(r"is the error, (\d+\.?\d*)", said.inner_text())[1])
    assert error < 3, "turned up, the line comes nearer to the dots"
    assert figure.locator(PICTURE).evaluate(TRACE) > short + 10, "the trace did not grow"

    # The first check that is wrong says which mistake it was; then the change, and it is right.
    wrong = notebook.cell(index('check("start_here.change", error(1.1))'))
    wrong.scroll_into_view_if_needed()
    beginner.click(wrong.locator(".cm-content").first)
    beginner.press("Shift+Enter")
    shown = wrong.locator('.jp-OutputArea-output div[role="status"]')
    shown.wait_for(timeout=20_000)
    assert "This is the error after the nudge" in shown.inner_text()

    right = notebook.cell(index('check("start_here.change", ...)'))
    right.scroll_into_view_if_needed()
    beginner.click(right.locator(".cm-content").first)
    for key in ("End", "ArrowLeft", "Backspace", "Backspace", "Backspace"):
        beginner.press(key)
    beginner.write("error(1.1)-error(1)")
    beginner.press("Shift+Enter")
    shown = right.locator('.jp-OutputArea-output div[role="status"]')
    shown.wait_for(timeout=20_000)
    assert shown.inner_text().startswith(("Correct", "✓")), shown.inner_text()
    assert beginner.actions < FEWER_THAN, beginner.actions
    assert not complaints(notebook)
