"""Python on a page of the course: it starts at the first press, judges, draws, answers figures, and
is stopped."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests import pyodide_package
from tests.browser.accessibility import violations
from tests.browser.site_server import Server, serving
from tests.browser.test_site import Visit, visit
from tests.checks.cells import in_notebook
from tools.jupyterlab import ROOT
from tools.site.pages.build import build
from utils.checks import check
from utils.explorers.derivative import (
    explore_derivative,
    explore_drawing,
    explore_point_by_point,
    explore_zoom,
)
from utils.explorers.special_functions import explore_cross_entropy

pytestmark = pytest.mark.browser

EXERCISES, LESSON = "exercises/06_special_functions", "notebooks/04_derivative"
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
        seen.page.set_default_timeout(BOOT)
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


def slid(page: Page, figure: str, **values: float) -> None:
    """Move sliders of a figure."""
    page.evaluate(
        "([id, values]) => live.mount(document.getElementById(id)).then((figure) => "
        "figure.spec.controls.forEach(({ name, values: all }, i) => "
        "{ if (name in values) figure.move(i, all.indexOf(values[name]), true); }))",
        [f"figure-{figure}", values],
    )


def test_a_live_figure_is_judged_where_its_sliders_stand(reader: Visit) -> None:
    page, name = at_exercises(reader), "special_functions.2"
    asked = question(page, name)
    view = explore_cross_entropy(p=0.8)
    assert pressed(asked) == expected(page, name, view)
    figure = page.locator(f"section[data-question='{name}']").evaluate(
        "(node) => { const all = [...document.querySelectorAll('figure.live')]; return all.filter("
        "(one) => node.compareDocumentPosition(one) & 2).pop().id.replace('figure-', ''); }"
    )
    for value in (0.5, 0.9, 0.25, 0.05, 0.1):
        slid(page, figure, p=value)
        assert pressed(asked) == expected(page, name, view.set(p=value))
    assert asked.get_attribute("data-state") in ("tried", "done")


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


# --- figures that ask Python, and cells that draw ---


def at_lesson(reader: Visit) -> Page:
    """The lesson's page, where Python has started if an earlier test needed it."""
    there = reader.page.url.endswith(f"{LESSON}.html")
    return reader.page if there else reader.open(f"{LESSON}.html")


def below(page: Page, figure: str) -> Locator:
    """What stands below a figure and asks Python."""
    node = page.locator(f".asks[data-figure='{figure}']")
    node.scroll_into_view_if_needed()
    return node


def answered(node: Locator) -> None:
    """Wait until Python has answered what was asked there."""
    asked, busy = node.element_handle(), "(node) => !node.ariaBusy"
    node.page.wait_for_function(busy, arg=asked, timeout=BOOT)


def sentence(page: Page, figure: str, expected: str) -> None:
    """Wait for the sentence of a figure."""
    at = f"#figure-{figure} .stage-sentence"
    shown = "([at, words]) => document.querySelector(at)?.textContent === words"
    try:
        page.wait_for_function(shown, arg=[at, expected], timeout=BOOT / 2)
    except PlaywrightTimeout:
        assert page.locator(at).inner_text() == expected


def test_a_typed_formula_is_drawn_and_a_wrong_one_is_said(reader: Visit) -> None:
    """By keyboard alone, on a page that has loaded nothing of Python before."""
    name, formula, loaded = "explore-derivative", "x^3 - 2x", []
    reader.page.on("request", lambda request: loaded.append(request.url))
    page, stage = reader.open(f"{LESSON}.html"), explore_derivative()
    assert stage.field is not None
    place = below(page, name)
    line, says = place.locator("input"), place.locator(".formula-says")
    shown = page.locator(f"#figure-{name} .stage-sentence")
    before = shown.inner_text()
    assert not [url for url in loaded if "worker.js" in url or "/pyodide/" in url]
    line.focus()
    page.keyboard.type("x^3 - 2y")
    page.keyboard.press("Enter")
    place.locator("progress").wait_for()
    answered(place)
    assert says.inner_text() == stage.field.reply({"formula": "x^3 - 2y"})["said"]
    assert shown.inner_text() == before
    page.keyboard.press("Backspace")
    page.keyboard.type("x")
    page.keyboard.press("Enter")
    answered(place)
    assert stage.field.said_to(formula) == "" and says.inner_text() == stage.field.said
    sentence(page, name, stage.sentence)
    slid(page, name, x0=-0.5)
    sentence(page, name, stage.set(x0=-0.5).sentence)
    assert line.evaluate("(node) => document.activeElement === node")
    assert not violations(page, ".asks")
    # Where Python was ended, the next one makes the same figure before it answers.
    page.evaluate("python.stop()")
    slid(page, name, x0=1)
    sentence(page, name, stage.set(x0=1).sentence)


def test_a_prediction_is_written_into_its_check(reader: Visit) -> None:
    page = at_lesson(reader)
    name = "derivative.predict_speed"
    asked = question(page, name)
    written = asked.locator("textarea")
    assert "..." in written.input_value()
    assert pressed(asked) == expected(page, name, ...)
    written.fill(f'check("{name}", -3)')
    assert pressed(asked) == expected(page, name, -3)


def test_a_curve_is_drawn(reader: Visit) -> None:
    page = at_lesson(reader)
    place, name = below(page, "explore-drawing"), "explore-drawing"
    place.get_by_role("button", name="Draw a curve of your own").click()
    answered(place)
    stage = explore_drawing()
    sentence(page, name, stage.sentence)
    figure = page.locator(f"#figure-{name}")
    figure.locator(".stage-preset").select_option("a corner")
    sentence(page, name, stage.set(curve="a corner").sentence)
    board = (
        "(id) => live.mount(document.getElementById(id)).then(({ board }) => board.heights)",
        f"figure-{name}",
    )
    before = page.evaluate(*board)
    for _ in range(3):
        figure.locator(".stage-nudge").nth(5).press("ArrowUp")
    heights = page.evaluate(*board)
    assert heights != before
    sentence(page, name, stage.set(curve=heights).sentence)


def test_coarser_steps_become_all(reader: Visit) -> None:
    """As a figure says it whose frames are too many to travel."""
    page, name = at_lesson(reader), "explore-zoom-menu"
    slid(page, name, magnification=10)
    page.evaluate(
        "(name) => { const place = document.querySelector(`.asks[data-figure='${name}']`);"
        " place.dataset.offers = 'steps'; asks.watch(); }",
        name,
    )
    place = below(page, name)
    press = place.get_by_role("button", name="Every position")
    press.press("Enter")
    answered(place)
    assert press.count() == 0
    sentence(page, name, explore_zoom().set(magnification=10).sentence)
    focus = "document.activeElement.closest('figure')?.id"
    assert page.evaluate(focus) == f"figure-{name}"


def edited(page: Page, cell: str, old: str, new: str) -> Locator:
    """Change something in a cell, run it by keyboard, and find what it gave."""
    place = page.locator(f"#cell-{cell}")
    place.scroll_into_view_if_needed()
    if place.locator("details:not([open])").count():
        place.locator("summary").click()
    if place.locator("textarea").count() == 0:
        place.get_by_role("button", name="Edit and run").press("Enter")
    code = place.locator("textarea")
    assert old in code.input_value()
    code.fill(code.input_value().replace(old, new))
    code.press("Shift+Enter")
    answered(place)
    return place.locator(".gave")


def test_a_cell_is_changed_and_run(reader: Visit) -> None:
    page = at_lesson(reader)
    gave = edited(page, "def-fallen-t-return-5-t", "[1.5, 0.15]", "[0.5]")
    assert gave.inner_text().strip() == "h = 0.5: 32.500 metres per second"
    place = page.locator("#cell-def-fallen-t-return-5-t")
    assert place.locator(".printed").count() == 1, "what it gave before is gone"
    code = place.locator("textarea").input_value()
    with page.context.new_page() as later:
        later.goto(page.url)
        field(later, "def-fallen-t-return-5-t").wait_for()
        assert field(later, "def-fallen-t-return-5-t").input_value() == code


def test_a_plot_is_shown_with_its_words(reader: Visit) -> None:
    page = at_lesson(reader)
    gave = edited(page, "fig-axes-plt-subplots-1-3", "(-1.5, 1.5)", "(-2, 2)")
    shown = gave.locator("img")
    shown.wait_for()
    assert "x from −2 to 2" in str(shown.get_attribute("alt"))
    size = shown.evaluate("(image) => image.decode().then(() => image.naturalWidth / image.width)")
    assert size >= 1.9


def test_a_figure_of_ones_own_lives_and_an_endless_function_is_stopped(reader: Visit) -> None:
    page, name = at_lesson(reader), "def-my-curve-x-return-x"
    edited(page, name, "x**4 / 4", "x**2")

    def my_curve(x: float) -> float:
        return x**2 - 2 * x**2 + x

    stage = explore_point_by_point(my_curve)
    sentence(page, name, stage.sentence)
    slid(page, name, x=stage.controls["x"].values[3])
    sentence(page, name, stage.set(x=stage.controls["x"].values[3]).sentence)
    gave = edited(page, name, "return x**2", "while True: x = x\n    return x**2")
    assert "did not end within" in gave.inner_text()
    gave = edited(page, name, "while True: x = x\n    return x**2", "return 3 * x**2")
    assert gave.inner_text() == ""


@pytest.mark.parametrize("width", [390, 320])
def test_no_field_makes_a_page_scroll_sideways(browser: Browser, site: Server, width: int) -> None:
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = visit(context, site).open(f"{EXERCISES}.html")
        question(page, "special_functions.8")
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def altered(route: Route) -> None:
    """One file of Pyodide, with another byte at its end."""
    answer = route.fetch()
    route.fulfill(response=answer, body=answer.body() + b"\n")


@pytest.mark.parametrize(
    ("files", "instead"),
    [("**/pyodide/**", Route.abort), ("**/pyodide.asm.js", altered), ("**/numpy*.whl", altered)],
)
def test_where_python_cannot_be_loaded_the_page_goes_on(
    files: str, instead: Callable[[Route], None], browser: Browser, site: Server
) -> None:
    with browser.new_context() as context:
        page = context.new_page()
        context.route(files, lambda route: instead(route))
        page.goto(f"{site.address}/{EXERCISES}.html")
        asked = question(page, "special_functions.1b")
        assert "Python could not be loaded here" in pressed(asked)
        asked.get_by_role("button", name="Hint").click()
        assert "Hint 1 of" in asked.locator(".said").inner_text()
