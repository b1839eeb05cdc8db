"""The course's pages in Firefox: figures live, sliders move them, the judge answers.

With all other tests one chapter is opened; with `COURSE_SITE=site` others of that folder as well.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from tests.browser.conftest import WHOLE
from tests.browser.firefox import HOW_TO_GET_ONE, Firefox, find_firefox
from tests.browser.site_server import Server
from utils.checks import check

pytestmark = pytest.mark.browser

LESSONS = ["01_slope", "04_derivative", "09_partial_derivatives"] if WHOLE else ["01_slope"]
FIGURE = "document.querySelector('figure.live')"
PAPER = "getComputedStyle(document.body).backgroundColor"
SIDEWAYS = "document.documentElement.scrollWidth - innerWidth"
MOUNT = """(async () => {
  const nodes = [...document.querySelectorAll("figure.live")];
  for (const node of nodes) await live.mount(node);
  return nodes.map((node) => node.querySelector(".stage")?.dataset.frames ?? "none");
})()"""
# Words alone, as the page writes them and as the judge's answer would be written.
WORDS = "(node) => node.innerText.split(/\\s+/).filter(Boolean).join(' ')"


@pytest.fixture(scope="module")
def firefox(server: Server) -> Iterator[Firefox]:
    """A visitor whose system is dark; nothing stands in the console, nothing leads elsewhere."""
    program = find_firefox()
    if program is None:
        pytest.skip(HOW_TO_GET_ONE)
    with Firefox(program, "dark") as window:
        window.resize(1366, 768)
        yield window
        assert not window.complaints
        ours = (server.address, "data:", "blob:", "about:")
        assert [one for one in window.asked if not one.startswith(ours)] == []


@pytest.fixture(params=LESSONS)
def lesson(firefox: Firefox, server: Server, request: pytest.FixtureRequest) -> str:
    """A lesson that has been opened, all its figures alive."""
    firefox.open(f"{server.address}/notebooks/{request.param}.html")
    assert set(firefox.evaluate(MOUNT)) == {"here"}
    return request.param


def test_a_slider_moves_the_sentence(firefox: Firefox, lesson: str) -> None:
    firefox.evaluate(f"{FIGURE}.querySelector('input[type=range]').focus()")
    says = f"{FIGURE}.querySelector('.stage-sentence').textContent"
    before = firefox.evaluate(says)
    firefox.press("ArrowRight")
    firefox.until(f"{says} !== {json.dumps(before)}")
    firefox.press("ArrowLeft")
    firefox.until(f"{says} === {json.dumps(before)}")


def test_a_choice_is_judged(firefox: Firefox, lesson: str) -> None:
    question = "document.querySelector('section.question.lettered')"
    firefox.evaluate(f"{question}.scrollIntoView()")
    firefox.until(f"{question}.querySelector('.option')")
    name = firefox.evaluate(f"{question}.dataset.question")
    for letter in firefox.evaluate(
        f"[...{question}.querySelectorAll('.option')].map((one) => one.dataset.letter)"
    ):
        firefox.click(f"section.question.lettered .option[data-letter='{letter}']")
        html = json.dumps(check(name, letter).markup(role="none"))
        expected = firefox.evaluate(
            f"""(() => {{ const node = document.createElement("div"); document.body.append(node);
              node.className = "said"; node.innerHTML = {html};
              const words = ({WORDS})(node); node.remove(); return words; }})()"""
        )
        said = firefox.evaluate(f"({WORDS})({question}.querySelector('.said'))")
        assert said == expected, letter
    assert firefox.evaluate(f"{question}.dataset.state") == "done"


def test_dark_is_the_systems_or_the_readers(firefox: Firefox, lesson: str) -> None:
    night = firefox.evaluate(PAPER)
    assert night != "rgb(255, 255, 255)"
    picture = f"{FIGURE}.querySelector('.stage-picture img').src"
    firefox.until(picture)
    dark = firefox.evaluate(picture)
    firefox.click("button.theme")
    assert firefox.evaluate(PAPER) == "rgb(255, 255, 255)"
    firefox.until(f"{picture} !== {json.dumps(dark)}")
    firefox.click("button.theme")
    assert firefox.evaluate(PAPER) == night


def test_no_page_is_wider_than_a_phone(firefox: Firefox, lesson: str) -> None:
    for width in (390, 320):
        firefox.resize(width, 844)
        assert firefox.evaluate("innerWidth") == width
        assert firefox.evaluate(SIDEWAYS) <= 0
    firefox.resize(1366, 768)
