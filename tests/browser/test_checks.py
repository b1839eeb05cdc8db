"""One exercise notebook as a learner meets it: wrong, two hints, right, the solution, the map."""

from __future__ import annotations

import random
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


# Where the rows of the map are, and the signs in them.
PLACES = """(map) => ["[role=listitem]", "[role=listitem] [role=img]"].map((which) =>
  [...map.querySelectorAll(which)].map((node) => node.getBoundingClientRect().toJSON()))"""


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
    shown.locator('[role="listitem"]').last.scroll_into_view_if_needed()
    # All at once: JupyterLab may put an output anew onto the page at any moment.
    rows, signs = shown.evaluate(PLACES)
    assert len(rows) == len(questions.chapters()) + len(questions.CHECKPOINTS)
    assert all(0 < row["height"] < 50 for row in rows), "a chapter of the map takes three lines"
    assert len(signs) == total
    assert all(sign["x"] > rows[0]["x"] + 300 for sign in signs), "a sign stands under a title"
    assert not complaints(notebook)


# --- a click instead of a letter ---

PREDICTION = questions.find("slope.predict_swap")


def ask(notebook: Notebook, question: str) -> Locator:
    """Put a check without an answer where the others stood; returns what it shows."""
    index = notebook.at  # type: ignore[attr-defined]
    notebook.set_source(index, f'check("{question}", ...)')
    return notebook.run_cell(index).locator(".clicks")


def told(shown: Locator, words: str) -> None:
    """Wait until the words of a check begin so; they stand in the place that is read aloud."""
    place = shown.locator('.clicks-words[role="status"]')
    place.get_by_text(words).wait_for(timeout=10_000)
    assert place.count() == 1


def test_a_prediction_is_answered_by_click_and_by_keyboard(notebook: Notebook, screenshots) -> None:
    say(notebook, "progress(reset=True, confirm=True)")
    shown, page = ask(notebook, PREDICTION.id), notebook.page
    told(shown, "Not attempted.")
    buttons = shown.locator("button")
    texts = PREDICTION.answer.offered
    assert [" ".join(text.split()) for text in buttons.all_inner_texts()] == [
        f"{letter} {text}" for letter, text in texts.items()
    ]
    words = shown.locator(".clicks-words").element_handle()
    assert (PREDICTION.rivals[0].answer, PREDICTION.answer.truth) == ("a", "b")
    buttons.nth(0).click()
    told(shown, "Not yet.")
    assert plain(PREDICTION.rivals[0].text) in text_of(shown)
    look(shown, notebook, screenshots, "clicked")
    assert not violations(page, ".clicks")

    cells = page.locator(".jp-Notebook .jp-Cell").count()
    buttons.nth(0).focus()
    page.keyboard.press("Tab")
    assert buttons.nth(1).evaluate("(b) => b === document.activeElement")
    assert buttons.nth(1).evaluate("(b) => getComputedStyle(b).outlineStyle") == "solid"
    for key in "ddxb":  # JupyterLab's commands to delete, cut and insert
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    told(shown, "Correct.")
    buttons.nth(2).focus()
    page.keyboard.press("Space")
    told(shown, "Not yet.")
    buttons.nth(1).focus()
    page.keyboard.press("Space")
    told(shown, "Correct.")
    assert buttons.nth(1).evaluate("(b) => b === document.activeElement"), "the focus stays"
    assert words.evaluate("(e) => e.isConnected"), "what is read aloud stood there before"
    assert page.locator(".jp-Notebook .jp-Cell").count() == cells
    assert [b.get_attribute("aria-pressed") for b in buttons.all()] == ["false", "true", "false"]

    shown = say(notebook, "progress()")
    label = f'[aria-label="{PREDICTION.id} {PREDICTION.title}: done"]'
    assert shown.locator(label).count() == 1
    assert not complaints(notebook)


def test_buttons_have_room_on_a_narrow_page(notebook: Notebook) -> None:
    shown = ask(notebook, PREDICTION.id)
    told(shown, "Not attempted.")
    shown.evaluate("(e) => { e.style.width = '240px'; }")  # what JupyterLab leaves of 320 px
    for button in shown.locator("button").all():
        box = button.bounding_box()
        assert box["height"] >= 24 and box["width"] <= 240
        assert button.evaluate("(b) => b.scrollWidth <= b.clientWidth + 1"), "it is cut off"


def test_a_click_while_python_is_busy_is_judged_afterwards(notebook: Notebook) -> None:
    """And does not disturb the random numbers of the cell that runs."""
    shown, page = ask(notebook, PREDICTION.id), notebook.page
    told(shown, "Not attempted.")
    index = _index(notebook, "answer_1")
    busy = "import random, time\nrandom.seed(5)\ntime.sleep(2)\nprint(random.random())"
    notebook.set_source(index, busy)
    notebook.cell(index)
    page.evaluate("void jupyterapp.commands.execute('notebook:run-cell')")
    shown.locator("button").first.evaluate("(b) => b.click()")
    shown.get_by_text("Python has not answered yet").wait_for(timeout=5_000)
    told(shown, "Not yet.")
    assert shown.locator(".clicks-waits").inner_text() == ""
    printed = notebook.cell(index).locator(".jp-OutputArea-output pre").last
    assert float(printed.inner_text()) == random.Random(5).random()
    assert not complaints(notebook)
