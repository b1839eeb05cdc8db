"""What holds for every page of the course, and is proved for each in a browser.

All tests take the pages of one chapter with them. `COURSE_SITE=site`, a folder that
`python course.py site` has filled, takes every page that is there.
"""

from __future__ import annotations

import json
import random
import re
import zlib
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import violations
from tests.browser.conftest import PAGES as BUILT
from tests.browser.conftest import WHOLE
from tests.browser.site_server import Server
from tests.browser.test_site import Visit, visit
from tools.executor import NotebookKernel
from tools.jupyterlab import ROOT
from tools.site.figures import is_figure
from tools.site.pages.build import MADE
from utils.checks import check

pytestmark = pytest.mark.browser

PLACES = 5  # of each figure, by chance
KILO, MEGA = 1_000, 1_000_000
AFTERWARDS = re.compile(r"/figures/|/assets/(python|asks)\.js$")
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
TEXT = "(html) => Object.assign(document.createElement('div'), {innerHTML: html}).innerText"


def _pages() -> list[str]:
    if not WHOLE:
        return list(BUILT)
    return sorted(json.loads(Path(WHOLE, MADE).read_text(encoding="utf-8")), reverse=True)


PAGES = _pages()
LESSONS = [name for name in PAGES if name.startswith("notebooks/")]
WITH_INDEX = ["index", *PAGES]


@pytest.fixture
def visitor(browser: Browser, server: Server) -> Iterator[Visit]:
    """A visitor who complains of nothing and whom nothing leads elsewhere."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        seen = visit(context, server)
        yield seen
        assert not seen.complaints
        assert not seen.elsewhere


def all_alive(page: Page) -> list[str]:
    """The names of the figures that move without Python, each mounted."""
    return page.evaluate(
        """async () => {
          const nodes = [...document.querySelectorAll("figure.live:not([data-frames='python'])")];
          for (const node of nodes) await live.mount(node);
          return nodes.map((node) => node.dataset.name);
        }"""
    )


def all_asked(page: Page) -> list[str]:
    """The questions of a page, each there with its buttons."""
    nodes = page.locator("section.question")
    for node in nodes.all():
        node.scroll_into_view_if_needed()
        node.get_by_role("button", name="Solution").wait_for()
    return nodes.evaluate_all("(nodes) => nodes.map((node) => node.dataset.question)")


# --- what figures say ---


@dataclass
class Shown:
    """A figure as it travels. places: positions of its sliders. values: the same for Python."""

    spec: dict[str, Any]
    places: list[list[int]]

    @property
    def values(self) -> list[dict[str, Any]]:
        return [
            {
                control["name"]: control.get("options", control["values"])[at]
                for control, at in zip(self.spec["controls"], place, strict=True)
            }
            for place in self.places
        ]


def shown_on(server: Server, page: str) -> dict[str, Shown]:
    """The figures of a page that move without Python, each with a few places by chance."""
    found = {}
    for path in sorted((server.folder / "figures" / page).glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        about = json.loads(zlib.decompress(b64decode(data["about"])))
        if about["header"] is None:
            continue
        sizes, chance = (
            [len(c["values"]) for c in about["spec"]["controls"]],
            random.Random(path.stem),
        )
        places = [[chance.randrange(size) for size in sizes] for _ in range(PLACES)]
        found[path.stem] = Shown(about["spec"], places)
    return found


# Before a notebook: note each figure that a cell shows. After a cell: what one of them says.
NOTE = """
def _note():
    from utils.stage import Stage
    shown, draw = [], Stage._repr_mimebundle_
    def drawn(stage, *args, **kwargs):
        shown.append(stage)
        return draw(stage, *args, **kwargs)
    Stage._repr_mimebundle_ = drawn
    return shown
_shown_figures = _note()
"""
SAY = """
def _say(stage, places):
    import json
    at = stage.values
    print(json.dumps([stage.set(**at).set(**values).sentence for values in places]))
    stage.set(**at)
_say(_shown_figures[{number}], {places!r})
"""


def said_by_python(page: str, figures: dict[str, Shown]) -> dict[str, list[str]]:
    """The sentences of the figures that the cells of a page's notebook make."""
    notebook, said, count = ROOT / f"{page}.ipynb", {}, 0
    with NotebookKernel(notebook.parent) as kernel:
        kernel.run_cell(NOTE)
        for cell in nbformat.read(notebook, 4).cells:
            if cell.cell_type != "code":
                continue
            here = [one for one in kernel.run_cell(cell.source).outputs if is_figure(one)]
            for number in range(1, len(here) + 1):
                name = cell.id if number == 1 else f"{cell.id}-{number}"
                if name in figures:
                    ask = SAY.format(number=count, places=figures[name].values)
                    ran = kernel.run_cell(ask)
                    assert ran.error is None, (name, ran.error)
                    said[name] = json.loads(ran.outputs[0].text)
                count += 1
    return said


SAID_HERE = """async ([name, places]) => {
  const node = document.querySelector(`figure.live[data-name='${name}']`);
  const figure = await live.mount(node), said = [];
  const paint = () => new Promise(requestAnimationFrame);
  for (const at of places) {
    at.forEach((to, i) => figure.move(i, to, true));
    await paint();
    for (let n = 0; (figure.scheduled || figure.held) && n < 600; n++) await paint();
    said.push([figure.positions(), node.querySelector(".stage-sentence").textContent]);
  }
  return said;
}"""


@pytest.mark.parametrize("page", PAGES)
def test_figures_say_at_any_place_what_python_says(
    visitor: Visit, server: Server, page: str
) -> None:
    figures = shown_on(server, page)
    expected = said_by_python(page, figures) if figures else {}
    assert sorted(expected) == sorted(figures)
    here = visitor.open(f"{page}.html")
    for name, figure in figures.items():
        said = here.evaluate(SAID_HERE, [name, figure.places])
        assert [at for at, _ in said] == figure.places, name
        assert [sentence for _, sentence in said] == expected[name], name
    print(f"{page}: {len(figures)} figures at {PLACES} places each")


# --- what the judge says ---


def words(text: str) -> str:
    return " ".join(text.replace("→ ", "").replace("✓ ", "").split())


@pytest.mark.parametrize("page", PAGES)
def test_every_choice_is_answered_by_the_judge(visitor: Visit, page: str) -> None:
    here, pressed = visitor.open(f"{page}.html"), 0
    all_asked(here)
    for question in here.locator("section.question.lettered").all():
        name = question.get_attribute("data-question")
        for option in question.locator(".option").all():
            option.click()
            letter = option.get_attribute("data-letter")
            expected = here.evaluate(TEXT, check(name, letter).markup(role="none"))
            assert words(question.locator(".said").inner_text()) == words(expected), (name, letter)
            pressed += 1
        assert question.get_attribute("data-state") == "done", name
    print(f"{page}: {pressed} choices")


# --- who can read it ---


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("page", WITH_INDEX)
def test_nobody_is_kept_out(browser: Browser, server: Server, page: str, scheme: str) -> None:
    with browser.new_context(color_scheme=scheme) as context:
        seen = visit(context, server)
        here = seen.open(f"{page}.html")
        all_alive(here)
        all_asked(here)
        for question in here.locator("section.question.lettered").all():
            question.locator(".option").first.click()
        for folded in here.locator("main details").all():
            folded.evaluate("(node) => { node.open = true; }")
        here.wait_for_timeout(200)
        assert not violations(here, "body")
        assert not seen.complaints and not seen.elsewhere


@pytest.mark.parametrize("page", WITH_INDEX)
def test_no_page_scrolls_sideways(visitor: Visit, page: str, screenshots: Path | None) -> None:
    here = visitor.open(f"{page}.html")
    all_alive(here)
    all_asked(here)
    for question in here.locator("section.question.lettered").all():
        question.locator(".option").first.click()
    for width in (1366, 390, 320):
        here.set_viewport_size({"width": width, "height": 844})
        here.wait_for_timeout(200)
        assert here.evaluate(SIDEWAYS) <= 0, width
        if screenshots:
            name = f"site-{page.replace('/', '-')}-{width}.png"
            here.screenshot(path=screenshots / name, full_page=True)


@pytest.mark.parametrize("page", PAGES)
def test_without_scripts_there_are_text_and_pictures(
    browser: Browser, server: Server, page: str
) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        here = context.new_page()
        here.goto(f"{server.address}/{page}.html")
        assert len(here.locator("main").inner_text()) > 1_000
        for figure in here.locator("figure.live").all():
            still, name = figure.locator("img.live-still"), figure.get_attribute("data-name")
            still.scroll_into_view_if_needed()
            assert still.is_visible()
            here.wait_for_function(
                "(still) => still.naturalWidth > 300", arg=still.element_handle()
            )
            path = server.folder / "figures" / page / f"{name}.json"
            about = json.loads(path.read_text(encoding="utf-8"))["about"]
            sentence = json.loads(zlib.decompress(b64decode(about)))["spec"]["texts"][-1]
            assert sentence and sentence in (still.get_attribute("alt") or ""), name


REACHED = """() => {
  const one = document.activeElement, at = one.closest("figure, section.question");
  return one === document.body ? null : [at?.id ?? "", one.tagName, one.innerText];
}"""


@pytest.mark.parametrize("page", PAGES)
def test_a_whole_page_by_keyboard_alone(visitor: Visit, page: str) -> None:
    """Tab reaches every figure and question; arrows move sliders, Enter chooses and helps."""
    here, moved, chosen, helped, reached = visitor.open(f"{page}.html"), set(), set(), set(), set()
    here.keyboard.press("Tab")
    figures = {f"figure-{name}" for name in all_alive(here)}
    asked = {name for name in all_asked(here)}
    here.evaluate("document.activeElement.blur(); scrollTo(0, 0)")
    for _ in range(1_500):
        if here.evaluate("document.activeElement.matches('textarea')"):
            here.keyboard.press("Escape")  # in code Tab is four spaces, until one leaves
        here.keyboard.press("Tab")
        found = here.evaluate(REACHED)
        if found is None:
            break
        place, tag, label = found
        reached.add(place)
        if place in figures - moved and tag == "INPUT":
            before = here.evaluate("document.activeElement.value")
            here.keyboard.press("ArrowRight")
            if here.evaluate("document.activeElement.value") == before:
                here.keyboard.press("ArrowLeft")
            moved.add(place)
        elif place in asked - chosen and here.evaluate("document.activeElement.matches('.option')"):
            here.keyboard.press("Enter")
            chosen.add(place)
        elif place in asked - helped and label == "Hint":
            here.keyboard.press("Enter")
            assert "Hint 1 of" in here.locator(f"[id='{place}'] .said").inner_text()
            helped.add(place)
    assert reached >= figures and helped == asked
    lettered = here.locator("section.question.lettered[data-state='open']")
    assert lettered.count() == 0, "every choice has been tried"


# --- what it weighs ---


def travelled(
    browser: Browser, server: Server, page: str, *, living: bool = True, whole: bool = False
) -> int:
    """Bytes that travel until a page has settled. living: with what comes after all that is seen
    first: its figures, and what speaks with Python. whole: until all of it has been seen."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        if not living:
            context.route(AFTERWARDS, lambda route: route.abort())
        server.log.clear()
        here = context.new_page()
        here.goto(f"{server.address}/{page}.html", wait_until="networkidle")
        if whole:
            all_alive(here)
            all_asked(here)
            for picture in here.locator("main img").all():
                if picture.is_visible():
                    picture.scroll_into_view_if_needed()
            here.wait_for_load_state("networkidle")
    assert not [path for path, size in server.log if size == 0], "all that was asked for is there"
    return server.travelled()


@pytest.mark.parametrize("page", LESSONS)
def test_a_page_travels_fast(browser: Browser, server: Server, page: str) -> None:
    first = travelled(browser, server, page, living=False)  # its text, scripts and first picture
    near, whole = (travelled(browser, server, page, whole=whole) for whole in (False, True))
    print(
        f"{page}: {first / KILO:.1f} kB until it is read, {near / KILO:.1f} with the figures near"
        f" the window alive, {whole / KILO:.0f} when all was seen"
    )
    if page == "notebooks/01_slope":
        assert first <= 60 * KILO
        assert whole <= 1 * MEGA
    assert whole <= 2 * MEGA


def test_all_that_was_made_is_small(server: Server) -> None:
    """As it travels, once each."""
    files = [path for path in server.folder.rglob("*") if path.is_file() and path.name != MADE]
    total = sum(len(server.bytes_of(path)) for path in files if "pyodide" not in path.parts)
    disk = sum(path.stat().st_size for path in files if "pyodide" not in path.parts)
    print(f"{len(files)} files, {disk / MEGA:.1f} MB, of which {total / MEGA:.1f} MB travel")
    assert total <= 25 * MEGA
