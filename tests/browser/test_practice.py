"""Practice in a real page: twenty problems by keyboard alone, both themes, a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.browser.accessibility import violations
from tests.browser.figures import complaints
from tests.browser.test_checks import THEMES, wear
from tests.browser.test_stage import KERNEL
from tests.test_practice import typed
from tools.jupyterlab import Notebook, open_notebook
from utils import bank
from utils.checks import MISTAKES, Choice, Number
from utils.practice.session import Chapter, Session

pytestmark = pytest.mark.browser

SEED, CHAPTER = "browser", "derivative"  # numbers, a formula, letters and pictures
NARROW = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: str, lab_folder: Path) -> Iterator[Notebook]:
    source = f"from utils.practice import practice\npractice({CHAPTER!r}, seed={SEED!r})"
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(source)], metadata={"kernelspec": KERNEL}
    )
    nbformat.write(made, lab_folder / "practice.ipynb")
    with open_notebook(browser, lab, "practice.ipynb") as opened:
        opened.run_all()
        opened.cell(0).locator(".practice").wait_for()
        yield opened


@pytest.fixture
def mirror(tmp_path, monkeypatch) -> Session:
    """The same sitting in this process, which knows the answers."""
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))
    plan = Chapter(CHAPTER, "04", bank.templates(CHAPTER))
    return Session(plan, SEED, fresh=False)


def focused(page: Page) -> str:
    """What the keyboard is on: the classes of the element."""
    return page.evaluate("document.activeElement.className")


def waits_for(panel: Locator, number: int) -> None:
    panel.locator(".practice-heading", has_text=f"problem {number} ").wait_for(timeout=10_000)


def give(page: Page, mirror: Session, text: str) -> None:
    """Type an answer, or press the letter of an option, in the page and in its mirror."""
    if isinstance(mirror.drawn.problem.answer, Choice):
        page.keyboard.press(text)
    else:
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    mirror.answer(text)


def test_twenty_problems_by_keyboard_alone(notebook: Notebook, mirror: Session, screenshots):
    page, panel = notebook.page, notebook.cell(0).locator(".practice")
    said = panel.locator(".practice-said")
    page.keyboard.press("Escape")
    for _ in range(12):
        page.keyboard.press("Tab")
        if "practice" in focused(page):
            break
    assert "practice-field" in focused(page) or "practice-option" in focused(page)
    for number in range(1, 21):
        waits_for(panel, number)
        answer = mirror.drawn.problem.answer
        if number == 2:  # a known mistake, a hint, and then right
            rival = mirror.drawn.problem.rivals[0]
            give(page, mirror, typed(answer, rival.answer))
            said.get_by_text("Not yet.").wait_for()
            start = (rival.message or MISTAKES[rival.mistake].message)[:30]
            assert start in " ".join(said.inner_text().split())
            for _ in range(8):
                page.keyboard.press("Tab")
                if (
                    focused(page) == "practice-button"
                    and "Hint" in panel.locator(":focus").inner_text()
                ):
                    break
            page.keyboard.press("Enter")
            mirror.hint()
            panel.get_by_text("Hint 1.").wait_for()
            for _ in range(8):
                page.keyboard.press("Shift+Tab")
                if "practice-field" in focused(page) or "practice-option" in focused(page):
                    break
        if screenshots:
            page.screenshot(path=screenshots / f"practice-{number}.png")
        give(page, mirror, typed(answer))
        said.get_by_text("Correct.").wait_for(timeout=10_000)
        assert panel.locator(":focus").inner_text() == "Next problem"
        page.keyboard.press("Enter")
        mirror.next()
    waits_for(panel, 21)
    assert {type(result.drawn.problem.answer) for result in mirror.results} >= {Choice, Number}
    assert "all 3 levels open" in panel.locator(".practice-heading").inner_text()
    assert sum(result.alone for result in mirror.results) == 19
    assert not complaints(notebook)


def test_practice_can_be_read_by_all(notebook: Notebook, screenshots) -> None:
    page, panel = notebook.page, notebook.cell(0).locator(".practice")
    panel.get_by_role("button", name="Solution").click()
    panel.get_by_text("The way.").wait_for()
    for theme, full in THEMES.items():
        wear(notebook, full)
        assert not violations(page, ".practice"), theme
        if screenshots:
            page.screenshot(path=screenshots / f"practice-{theme}.png")
    wear(notebook, THEMES["light"])
    before = page.viewport_size
    page.set_viewport_size(NARROW)
    page.evaluate("jupyterapp.commands.execute('application:toggle-left-area')")
    page.wait_for_timeout(300)
    assert panel.evaluate("(e) => e.scrollWidth <= e.clientWidth + 1"), "it is cut off"
    if screenshots:
        page.screenshot(path=screenshots / "practice-narrow.png")
    page.evaluate("jupyterapp.commands.execute('application:toggle-left-area')")
    page.set_viewport_size(before)


def test_a_kernel_that_is_gone_is_said(notebook: Notebook) -> None:
    """The last test of this page."""
    page, panel = notebook.page, notebook.cell(0).locator(".practice")
    page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()")
    page.wait_for_timeout(1500)
    panel.get_by_role("button", name="Next problem").click()
    panel.get_by_text("Python does not know this problem any more").wait_for(timeout=10_000)
