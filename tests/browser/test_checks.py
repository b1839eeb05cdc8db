"""One exercise notebook as a learner meets it: wrong, two hints, right, the solution, the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.accessibility import violations
from tests.browser.figures import complaints
from tools.jupyterlab import Notebook, open_notebook
from utils import questions
from utils.checks import MISTAKES

pytestmark = pytest.mark.browser

PATH = "exercises/01_slope.ipynb"
QUESTION = questions.find("slope.1")
THEMES = {"light": "JupyterLab Light", "dark": "JupyterLab Dark"}
# How far a text's colour is from what it stands on, as a share of what WCAG asks for: 4.5 times
# as bright for words, 3 times for signs that have a name of their own.
CONTRAST = """(box) => {
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const numbers = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const shine = ([r, g, b]) =>
    0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const paper = (node) => {
    for (; node; node = node.parentElement) {
      const colour = numbers(getComputedStyle(node).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return shine(colour);
    }
    return 1;
  };
  const found = [];
  const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const node = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || node.closest('[aria-hidden=true]')) continue;
    const [a, b] = [shine(numbers(getComputedStyle(node).color)), paper(node)];
    const asked = node.closest('[role=img]') ? 3 : 4.5;
    found.push([walker.currentNode.textContent.trim().slice(0, 30),
                (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05) / asked]);
  }
  return found;
}"""


@pytest.fixture(scope="module")
def notebook(browser: Browser, lab: str) -> Iterator[Notebook]:
    with open_notebook(browser, lab, PATH) as opened:
        opened.run_all()  # an unsolved exercise runs through, and its checks are kind
        yield opened


SHOWN = '.jp-OutputArea-output div:is([role="status"], [role="group"])'


def _index(notebook: Notebook, start: str) -> int:
    return next(i for i, _, source in notebook.sources() if source.startswith(start))


def say(notebook: Notebook, source: str) -> Locator:
    """Put `source` into the cell of the first check, run it, and return what it shows."""
    index = _index(notebook, "check(") if not hasattr(notebook, "at") else notebook.at
    notebook.at = index  # type: ignore[attr-defined]
    notebook.set_source(index, source)
    shown = notebook.run_cell(index).locator(SHOWN)
    shown.wait_for(timeout=20_000)
    return shown


def answer(notebook: Notebook, value: str) -> Locator:
    """Write an answer into its cell, as a learner does, run it, and check it."""
    index = _index(notebook, "answer_1")
    notebook.set_source(index, f"answer_1 = {value}")
    notebook.run_cell(index)
    return say(notebook, 'check("slope.1", answer_1)')


def wear(notebook: Notebook, theme: str) -> None:
    notebook.page.evaluate(
        "(theme) => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    light = "true" if theme.endswith("Light") else "false"
    notebook.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")


def look(shown: Locator, notebook: Notebook, screenshots: Path | None, name: str) -> None:
    """What is shown fits its place and can be read, in both themes."""
    for theme, full in THEMES.items():
        wear(notebook, full)
        notebook.page.wait_for_timeout(150)
        if screenshots:
            notebook.page.screenshot(path=screenshots / f"check-{name}-{theme}.png")
        box, page = shown.bounding_box(), notebook.page.viewport_size
        assert box["x"] >= 0 and box["x"] + box["width"] <= page["width"]
        assert shown.evaluate("(e) => e.scrollWidth <= e.clientWidth + 1"), "it is cut off"
        assert not violations(notebook.page, SHOWN), f"{name}, {theme}"
        faint = [row for row in shown.evaluate(CONTRAST) if row[1] < 1]
        assert not faint, f"{name}, {theme}: {faint}"
    wear(notebook, THEMES["light"])


def plain(text: str) -> str:
    """Without the signs of Markdown that a page does not show."""
    return " ".join(text.replace("`", "").split())


def text_of(shown: Locator) -> str:
    return " ".join(shown.inner_text().split())


def test_a_learner_goes_through_one_exercise(notebook: Notebook, screenshots) -> None:
    say(notebook, "progress(reset=True, confirm=True)")  # other notebooks left theirs
    shown = answer(notebook, "10")
    mistake = MISTAKES["slope-sign-lost"]
    assert "Not yet. You gave 10 % per hour." in text_of(shown)
    assert plain(mistake.message) in text_of(shown)
    look(shown, notebook, screenshots, "wrong")

    for step in (1, 2):
        shown = say(notebook, 'hint("slope.1")')
        assert f"slope.1, hint {step} of {len(QUESTION.hints)}" in text_of(shown)
        assert plain(QUESTION.hints[step - 1]) in text_of(shown)
        look(shown, notebook, screenshots, f"hint-{step}")

    shown = answer(notebook, "(40 - 70) / (5 - 2)")
    assert text_of(shown).endswith(f"Correct. {plain(QUESTION.next)}")
    look(shown, notebook, screenshots, "right")

    shown = say(notebook, 'solution("slope.1")')
    assert "answer_1 = (40 - 70) / (5 - 2)" in text_of(shown)
    assert plain(QUESTION.why) in text_of(shown)
    look(shown, notebook, screenshots, "solution")

    shown = say(notebook, "progress()")
    total = len(questions.all_questions())
    assert f"1 of {total} questions done" in text_of(shown)
    assert shown.locator('[aria-label="slope.1 How fast does it drain?: done"]').count() == 1
    assert shown.get_by_text("Continue here").count() == 1
    look(shown, notebook, screenshots, "map")
    rows = [row.bounding_box() for row in shown.locator('[role="listitem"]').all()]
    assert len(rows) == len(questions.chapters())
    assert all(row["height"] < 40 for row in rows), "a chapter of the map takes two lines"
    assert not complaints(notebook)
