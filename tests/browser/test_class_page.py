"""The class overview on paper: one page for thirty learners, even of the longest chapter."""

from __future__ import annotations

import re

import pytest

from tests.grade.class_made import learner
from tests.grade.notebooks import ROOT, exercise
from tools.grade import overview
from tools.grade.marks import Mark
from utils.checks.mistakes import MISTAKES

pytestmark = pytest.mark.browser


def expected_marks(chapter: str, number: int) -> list[Mark]:
    """What the grader makes of one simulated learner, without running anything."""
    _, expected = learner(chapter, number)
    found = []
    for name, what in expected.items():
        mistake = what if what in MISTAKES else ""
        verdict = "mistake" if mistake else what
        answer = f"answer = lambda x: {'x * ' * (number % 9)}{number}"
        points = float(what == "correct")
        found.append(Mark(name, verdict, "", mistake, points, 1.0, "", answer))
    return found


@pytest.mark.parametrize("chapter", ["chain_rule", "derivative"])
def test_a_class_of_thirty_fits_on_one_page(chapter, tmp_path, browser):
    works = [expected_marks(chapter, number) for number in range(30)]
    found = overview.results(exercise(chapter), works, ROOT / "notebooks")
    assert sum(len(result.common) for result in found) >= 2 * len(found)
    places = overview.Places(ROOT / "notebooks", tmp_path)
    page = tmp_path / "class.html"
    page.write_text(overview.as_html(exercise(chapter), found, 30, places), encoding="utf-8")
    asked = []
    tab = browser.new_page(viewport={"width": 1280, "height": 720})
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(page.as_uri())
    wide = tab.evaluate("document.documentElement.scrollWidth")
    printed = tab.pdf(prefer_css_page_size=True)
    tab.close()
    assert len(re.findall(rb"/Type /Page\b", printed)) == 1
    assert wide <= 1280 and asked == [page.as_uri()]
