"""Python on a page of the course: it starts at the first press, judges, and is stopped."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests import pyodide_package
from tests.browser.accessibility import violations
from tests.browser.site_server import Server, serving
from tests.browser.test_site import Visit, visit
from tests.checks.cells import in_notebook
from tools.jupyterlab import ROOT
from tools.site.pages.build import build
from utils.checks import check

pytestmark = pytest.mark.browser

EXERCISES, LESSON = "exercises/06_special_functions", "notebooks/01_slope"
BOOT = 120_000  # milliseconds that Python may take to start on a busy machine
TEXT = "(html) => Object.assign(document.createElement('div'), {innerHTML: html}).innerText"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pyodide = pyodide_package.folder()
    folder = tmp_path_factory.mktemp("pages")
    build(ROOT, folder, [EXERCISES, LESSON], pyodide)
    with serving(folder) as server:
        yield server


@pytest.fixture(scope="module")
def reader(browser: Browser, site: Server) -> Iterator[Visit]:
    """One tab for all: what goes wrong in it, or elsewhere, fails the last test."""
    with browser.new_context(viewport={"width": 1366, "height": 768}) as context:
        seen = visit(context, site)
        yield seen
        assert not seen.elsewhere and not seen.complaints


def question(page: Page, name: str) -> Locator:
    node = page.locator(f"section.question[data-question='{name}']")
    node.scroll_into_view_if_needed()
    node.get_by_role("button", name="Check").wait_for()
    return node


def pressed(node: Locator, name: str = "Check") -> str:
    """Press, wait for Python, and read what the question says."""
    node.get_by_role("button", name=name, exact=True).click()
    node.page.wait_for_function("(node) => !node.ariaBusy", arg=node.element_handle(), timeout=BOOT)
    return words(node.locator(".said").inner_text())


def words(text: str) -> str:
    return " ".join(text.replace("→ ", "").replace("✓ ", "").split())


def expected(page: Page, name: str, answer: object) -> str:
    return words(page.evaluate(TEXT, check(name, answer).markup(role="none")))


def at_exercises(reader: Visit) -> Page:
    """The page with exercises, where Python has started if an earlier test needed it."""
    there = reader.page.url.endswith(f"{EXERCISES}.html")
    return reader.page if there else reader.open(f"{EXERCISES}.html")


def field(page: Page, cell: str) -> Locator:
    return page.locator(f"#cell-{cell} textarea")


@pytest.mark.parametrize(
    ("name", "cell", "answers"),
    [
        ("special_functions.1b", "rate-1-none", (13.709939792745043, -13.709939792745043)),
        ("special_functions.3", "answer-3-none", ("5/x - 3*sin(x)", "5/x +", "5/x + 3*sin(x)")),
        ("special_functions.5", "slopes-5-none", ([1, 2, 3], [1, 0.5**0.5, 0.5, 0, -1])),
    ],
    ids=["number", "formula", "array"],
)
def test_values_are_judged_as_in_a_notebook(reader: Visit, name: str, cell: str, answers) -> None:
    page = at_exercises(reader)
    asked, code = question(page, name), field(page, cell)
    variable = code.input_value().split(" = ")[0]
    for answer in answers:
        code.fill(f"{variable} = {answer!r}\nprint('so far')")
        assert pressed(asked) == expected(page, name, answer)
    assert page.locator(f"#cell-{cell} .gave").inner_text().strip() == "so far"
    right = check(name, answers[-1]).points
    assert asked.get_attribute("data-state") == ("done" if right else "tried")


CELL = "def-safe-loss-p"
HEAD = "import math\n\n\ndef safe_loss(p):\n"
UNSAFE = HEAD + "    return -math.log(p)"
BROKEN = HEAD + "    return -math.log(q)"
SAFE = HEAD + "    return -math.log(max(p, 1e-12))"
ENDLESS = HEAD + "    while True:\n        pass"


def test_functions_are_judged_as_in_a_notebook(reader: Visit) -> None:
    page = at_exercises(reader)
    asked = question(page, "special_functions.8")
    for source in (UNSAFE, BROKEN, SAFE):
        field(page, CELL).fill(source)
        function = in_notebook(source)["safe_loss"]
        assert pressed(asked) == expected(page, "special_functions.8", function)


def test_an_error_of_a_cell_stands_below_it(reader: Visit) -> None:
    page = at_exercises(reader)
    asked = question(page, "special_functions.1b")
    field(page, "rate-1-none").fill("rate_1 = 1 / 0")
    assert "stands below it" in pressed(asked)
    assert "ZeroDivisionError" in page.locator("#cell-rate-1-none .gave .error").inner_text()


def test_endless_code_comes_back(reader: Visit) -> None:
    page = at_exercises(reader)
    asked, code = question(page, "special_functions.8"), field(page, CELL)
    code.fill(ENDLESS)
    assert "still running after 5 seconds" in pressed(asked)
    # A single step in C, which nothing inside can stop: the page goes on, and ends it from outside.
    code.fill("n = 10 ** 10 ** 9")
    asked.get_by_role("button", name="Check").click()
    stop = asked.get_by_role("button", name="Stop")
    stop.wait_for()
    page.wait_for_timeout(300)
    stop.click()
    page.wait_for_function("(node) => !node.ariaBusy", arg=asked.element_handle())
    assert "starts anew" in asked.locator(".said").inner_text()
    code.fill(SAFE)
    said = expected(page, "special_functions.8", in_notebook(SAFE)["safe_loss"])
    assert pressed(asked) == said


def test_what_was_done_and_written_survives_a_reload(reader: Visit) -> None:
    page = at_exercises(reader)
    state = question(page, "special_functions.8").get_attribute("data-state")
    assert state in ("done", "tried")
    field(page, CELL).fill(SAFE)
    page.reload()
    assert question(page, "special_functions.8").get_attribute("data-state") == state
    assert field(page, CELL).input_value() == SAFE
    page.locator(f"#cell-{CELL}").get_by_role("button", name="As it was").click()
    assert "your answer here" in field(page, CELL).input_value()


def test_a_prediction_is_written_into_its_check(reader: Visit) -> None:
    page = reader.open(f"{LESSON}.html")
    asked = question(page, "slope.predict_formula")
    written = asked.locator("textarea")
    assert "..." in written.input_value()
    assert pressed(asked) == expected(page, "slope.predict_formula", ...)
    written.fill('check("slope.predict_formula", -3)')
    assert pressed(asked) == expected(page, "slope.predict_formula", -3)


def test_tab_indents_and_escape_lets_it_go(reader: Visit) -> None:
    page = reader.open(f"{EXERCISES}.html")
    question(page, "special_functions.1b")
    code = field(page, "rate-1-none")
    code.fill("x")
    code.press("Tab")
    assert code.input_value() == "x    "
    code.press("Escape")
    code.press("Tab")
    assert code.input_value() == "x    "
    assert page.evaluate("document.activeElement.textContent") == "Run"
    assert not violations(page, "body")


@pytest.mark.parametrize("width", [390, 320])
def test_no_field_makes_a_page_scroll_sideways(browser: Browser, site: Server, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = visit(context, site).open(f"{EXERCISES}.html")
        question(page, "special_functions.8")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_where_python_cannot_be_loaded_the_page_goes_on(browser: Browser, site: Server) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        page.route("**/pyodide/**", lambda route: route.abort())
        page.goto(f"{site.address}/{EXERCISES}.html")
        asked = question(page, "special_functions.1b")
        assert "Python could not be loaded here" in pressed(asked)
        asked.get_by_role("button", name="Hint").click()
        assert "Hint 1 of" in asked.locator(".said").inner_text()
