"""A formula typed under a figure of JupyterLab, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.accessibility import violations
from tests.browser.figures import complaints
from tools.jupyterlab import Notebook, open_notebook

pytestmark = pytest.mark.browser

PATH = "notebooks/04_derivative.ipynb"


@pytest.fixture
def notebook(browser: Browser, lab: str) -> Iterator[Notebook]:
    with open_notebook(browser, lab, PATH) as opened:
        yield opened


def test_a_typed_formula_is_drawn_and_a_wrong_one_is_said(notebook: Notebook, screenshots) -> None:
    page, sources = notebook.page, notebook.sources()
    at = {source: i for i, _, source in sources}
    first = notebook.cell(next(i for source, i in at.items() if source.startswith("import math")))
    first.locator(".jp-InputPrompt, .jp-Placeholder").first.click()
    page.evaluate("jupyterapp.commands.execute('notebook:enter-command-mode')")
    for _ in range(3):  # the imports, the words and the figure
        page.keyboard.press("Shift+Enter")
    cell = notebook.cell(at["explore_derivative()"])
    line, says = cell.locator(".formula-field input"), cell.locator(".formula-says")
    line.wait_for(timeout=20_000)
    page.set_default_timeout(15_000)
    assert says.get_attribute("role") == "status"

    line.focus()
    page.keyboard.type("x^3 - 2y")
    page.keyboard.press("Enter")
    says.get_by_text("I do not know the name “y”").wait_for(timeout=20_000)
    assert line.get_attribute("aria-invalid") == "true"
    assert "x²" in cell.locator(".stage img").get_attribute("alt") + cell.inner_text()

    page.keyboard.press("Backspace")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    cell.locator('.stage svg[aria-label*="x³ − 2x"]').wait_for(timeout=20_000)
    cell.get_by_text("Now the figure shows f(x) = x^3 - 2x.").wait_for()
    focused = "(node) => document.activeElement === node"
    assert line.evaluate(focused) and line.input_value() == "x^3 - 2x"

    # What is typed while a figure is on its way stays, and the button is one Tab further.
    page.keyboard.type(" + 1")
    page.keyboard.press("Enter")
    page.keyboard.type("0")
    cell.locator('.stage svg[aria-label*="x³ − 2x + 1"]').wait_for(timeout=20_000)
    assert line.evaluate(focused) and line.input_value() == "x^3 - 2x + 10"
    page.keyboard.press("Tab")
    draw = cell.get_by_role("button", name="Draw")
    assert draw.evaluate(focused)
    page.keyboard.press("Space")
    cell.get_by_text("Now the figure shows f(x) = x^3 - 2x + 10.").wait_for(timeout=20_000)
    assert draw.evaluate(focused)
    page.keyboard.press("Shift+Tab")
    assert line.evaluate(focused)
    handle = cell.locator(".widget-hslider .noUi-handle").first
    said = cell.locator(".stage-sentence").inner_text()
    handle.focus()
    page.keyboard.press("Home")
    page.wait_for_function(
        "([cell, before]) => cell.querySelector('.stage-sentence').innerText !== before",
        arg=[cell.element_handle(), said],
    )
    assert not violations(page, ".formula-field")
    if screenshots:
        page.screenshot(path=screenshots / "formula-field.png")
    assert not complaints(notebook)

    # Without its Python the field says so, as the figure does.
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    line = cell.locator(".formula-field input")
    line.focus()
    page.keyboard.press("Enter")
    page.wait_for_function(
        "(cell) => /does not know this figure|not answered/.test("
        "cell.querySelector('.formula-says').innerText)",
        arg=cell.element_handle(),
    )
