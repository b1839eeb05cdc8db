"""The course's pages in a browser with nothing behind them but a folder of files."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.site_server import Server
from tools.jupyterlab import ROOT
from tools.site.pages.build import one_file
from utils.checks import check
from utils.checks.store import SCHEMA

pytestmark = pytest.mark.browser

LESSON, EXERCISES = "notebooks/01_slope", "exercises/01_slope"


@dataclass
class Visit:
    """A visitor's tab, and what went wrong or elsewhere in it."""

    page: Page
    site: Server
    complaints: list[str] = field(default_factory=list)
    elsewhere: list[str] = field(default_factory=list)

    def open(self, name: str) -> Page:
        self.page.goto(f"{self.site.address}/{name}")
        return self.page

    def figures(self) -> list[str]:
        """The names of the figures that move, each mounted."""
        nodes = self.page.locator("figure.live[data-frames='here']")
        names = nodes.evaluate_all("(nodes) => nodes.map((node) => node.id)")
        for name in names:
            self.page.evaluate("(id) => live.mount(document.getElementById(id))", name)
            self.page.wait_for_selector(f"#{name} .stage[data-frames='here']")
        return names


def visit(context: BrowserContext, site: Server) -> Visit:
    page = context.new_page()
    seen = Visit(page, site)
    page.on("pageerror", lambda error: seen.complaints.append(str(error)))
    page.on("console", lambda message: seen.complaints.append(message.text))
    page.on(
        "request",
        lambda request: (
            seen.elsewhere.append(request.url)
            if not request.url.startswith((site.address, "data:", "blob:"))
            else None
        ),
    )
    return seen


@pytest.fixture
def visitor(browser: Browser, site: Server) -> Iterator[Visit]:
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        seen = visit(context, site)
        yield seen
        assert not seen.complaints
        assert not seen.elsewhere


def test_a_prediction_is_answered_by_the_judge(visitor: Visit) -> None:
    page = visitor.open(f"{LESSON}.html")
    question = page.locator("section.question.lettered").first
    question.scroll_into_view_if_needed()
    name = question.get_attribute("data-question")
    options = question.locator(".option")
    options.first.wait_for()
    for letter in "abc":
        option = question.locator(f".option[data-letter={letter}]")
        option.focus()
        page.keyboard.press("Enter")
        said = page.evaluate(
            "(html) => Object.assign(document.createElement('div'), {innerHTML: html}).innerText",
            check(name, letter).markup(role="none"),
        )
        words = " ".join(question.locator(".said").inner_text().split())
        assert words.replace("→ ", "").replace("✓ ", "") == " ".join(
            said.replace("→ ", "").replace("✓ ", "").split()
        )
        assert option.get_attribute("aria-pressed") == "true"
    assert question.get_attribute("data-state") == "done", "what was right stays done"


def test_a_solution_waits_for_a_try_and_hints_come_one_by_one(visitor: Visit) -> None:
    page = visitor.open(f"{EXERCISES}.html")
    question = page.locator("section.question").nth(2)
    question.scroll_into_view_if_needed()
    solution, hint = (question.get_by_role("button", name=name) for name in ("Solution", "Hint"))
    solution.click()
    assert "A try of your own" in question.locator(".said").inner_text()
    for number in (1, 2, 3):
        hint.click()
        assert f"Hint {number} of 3" in question.locator(".said").inner_text()
    assert hint.is_disabled()
    solution.click()
    assert "Solution of slope.3" in question.locator(".said").inner_text()


def test_progress_moves_from_page_to_page_and_into_a_file(visitor: Visit, tmp_path: Path) -> None:
    page = visitor.open("index.html")
    assert page.locator(".headline").inner_text().startswith("0 of ")
    visitor.open(f"{LESSON}.html")
    question = page.locator("section.question.lettered").first
    question.scroll_into_view_if_needed()
    name = question.get_attribute("data-question")
    right = next(letter for letter in "abcd" if check(name, letter).points)
    question.locator(f".option[data-letter={right}]").click()
    page = visitor.open("index.html")
    assert page.locator(".headline").inner_text().startswith("1 of ")
    assert page.locator(f".mark[data-question='{name}']").inner_text() == "✓"
    with page.expect_download() as download:
        page.locator(".download").click()
    kept = tmp_path / "progress.json"
    download.value.save_as(kept)
    stored = json.loads(kept.read_text(encoding="utf-8"))
    assert stored["schema"] == SCHEMA and stored["questions"][name]["state"] == "done"
    # The file of a notebook, with what this page knows nothing of, comes in and goes out whole.
    notebook = stored | {
        "practice": {"slope.rise": {"box": 2}},
        "questions": {
            "slope.1": {"state": "done", "hints": 2, "asked": 0},
            name: {"state": "tried", "hints": 1, "asked": 0},
        },
    }
    kept.write_text(json.dumps(notebook), encoding="utf-8")
    page.locator(".load input").set_input_files(kept)
    page.wait_for_function("document.querySelector('.headline').innerText.startsWith('2 of ')")
    now = json.loads(page.evaluate("localStorage.getItem('derivatives-progress')"))
    assert now["practice"] == notebook["practice"]
    assert now["questions"][name] == {"state": "done", "hints": 1, "asked": 0}
    kept.write_text("no progress", encoding="utf-8")
    page.locator(".load input").set_input_files(kept)
    page.wait_for_function("document.querySelector('.kept').innerText.includes('no progress file')")
    assert page.locator(".headline").inner_text().startswith("2 of ")


def test_a_link_leads_to_what_was_seen(visitor: Visit, site: Server) -> None:
    page = visitor.open(f"{LESSON}.html")
    name = visitor.figures()[1]
    page.locator(f"#{name}").scroll_into_view_if_needed()
    slider = page.locator(f"#{name} input[type=range]").first
    slider.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    page.wait_for_timeout(300)
    said = page.locator(f"#{name} .stage-sentence").inner_text()
    page.locator(f"#{name} + .shared button").click()
    assert "Copied" in page.locator(f"#{name} + .shared .told").inner_text()
    address = page.evaluate("navigator.clipboard.readText()")
    other = visit(page.context, site)
    other.page.goto(address)
    other.page.wait_for_function(
        "([id, said]) => document.querySelector(`#${id} .stage-sentence`)?.innerText === said",
        arg=[name, said],
    )
    assert not other.complaints


def test_search_finds_headings_and_words_by_keyboard(visitor: Visit) -> None:
    page = visitor.open(f"{LESSON}.html")
    field = page.locator("input[type=search]")
    field.focus()
    page.keyboard.type("rise over")
    found = page.locator(".found a")
    found.first.wait_for()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.found') !== null")
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash.length > 1")
    field.fill("nothing like this")
    assert "Nothing was found" in page.locator(".found").inner_text()
    field.press("Escape")
    assert page.locator(".found").is_hidden()


def test_the_theme_is_kept(visitor: Visit) -> None:
    page = visitor.open(f"{LESSON}.html")
    page.locator("button.theme").click()
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    visitor.open(f"{EXERCISES}.html")
    assert page.evaluate(paper) == dark != "rgb(255, 255, 255)"


def test_one_file_opens_from_a_disk(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "01 slope.html"
    path.write_text(one_file(ROOT, "01_slope"), encoding="utf-8")
    with browser.new_context(offline=True) as context:
        page = context.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(path.as_uri())
        page.locator("figure.live").first.scroll_into_view_if_needed()
        page.wait_for_selector("figure.live .stage[data-frames='here']")
        question = page.locator("section.question.lettered").first
        question.scroll_into_view_if_needed()
        question.locator(".option").first.click()
        assert question.locator(".said").inner_text()
        assert not complaints
