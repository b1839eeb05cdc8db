"""A lesson in the JupyterLite of the site: it runs there as it does here and keeps what is done."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser

from tests import pyodide_package
from tests.browser.figures import complaints, marks, sentence
from tests.browser.site_server import Server, serving
from tools.jupyterlab import LAPTOP, ROOT, Notebook
from tools.site.lite import folder as lite
from tools.site.lite.wheels import LiteError, wheels
from tools.site.pages.python import place_pyodide, pyodide_files
from utils.checks import check

pytestmark = pytest.mark.browser

LESSON = "notebooks/01_slope.ipynb"
LONG = 300  # seconds that Python may take to start, or a lesson to run, on a busy machine
QUESTION, ANSWER = "slope.predict_formula", -3
STORED = json.loads((ROOT / LESSON).read_text(encoding="utf-8"))["cells"]

# The lessons that no torch is needed for: minutes, so only where they are asked for.
OTHERS = [
    f"notebooks/{path.name}"
    for path in sorted((ROOT / "notebooks").glob("*.ipynb"))
    if os.environ.get("COURSE_LITE_ALL") and not lite.needs_torch(path.read_bytes())
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    pyodide = pyodide_package.folder()
    try:
        packages = wheels(ROOT)
    except LiteError as error:
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("pages")
    placed = place_pyodide(folder, pyodide_files(pyodide, lite.PYODIDE_PACKAGES))
    lite.place(ROOT, folder, packages, placed)
    settings = folder / "lite" / "jupyter-lite.json"
    data = json.loads(settings.read_text(encoding="utf-8"))
    data["jupyter-config-data"]["exposeAppInBrowser"] = True  # for the test to look into it
    settings.write_text(json.dumps(data), encoding="utf-8")
    with serving(folder) as server:
        yield server


@contextmanager
def ran(browser: Browser, site: Server, path: str) -> Iterator[Notebook]:
    """A notebook in a tab of its own, opened at its address and run from first cell to last."""
    elsewhere: list[str] = []
    with browser.new_context(viewport=LAPTOP) as context:
        here = (site.address, "data:", "blob:")
        context.on("request", lambda r: r.url.startswith(here) or elsewhere.append(r.url))
        notebook = Notebook(context.new_page())
        notebook.page.on("pageerror", lambda error: notebook.errors.append(str(error)))
        notebook.page.goto(f"{site.address}/{lite.PAGE}?path={path}")
        started(notebook, path)
        notebook.run_all(LONG)
        yield notebook
        assert not elsewhere and not complaints(notebook)


def started(notebook: Notebook, path: str) -> None:
    notebook.page.wait_for_function(
        """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status
             === 'idle'""",
        timeout=LONG * 1000,
    )
    notebook.wait_until_ready(path)


@pytest.fixture(scope="module")
def lesson(browser: Browser, site: Server) -> Iterator[Notebook]:
    with ran(browser, site, LESSON) as notebook:
        yield notebook


def index_of(start: str) -> int:
    """Of the first cell whose source begins so."""
    return next(i for i, c in enumerate(STORED) if "".join(c["source"]).startswith(start))


def texts(cells: list[dict]) -> dict[str, list[str]]:
    """What each code cell gave, as text, by the cell's id."""
    return {
        cell["id"]: [
            "".join(output.get("text") or output.get("data", {}).get("text/plain") or [])
            for output in cell["outputs"]
        ]
        for cell in cells
        if cell["cell_type"] == "code"
    }


def shown(notebook: Notebook) -> dict[str, list[str]]:
    return texts(notebook.page.evaluate("jupyterapp.shell.currentWidget.model.toJSON().cells"))


def test_all_cells_print_what_they_print_here(lesson: Notebook) -> None:
    here = texts(STORED)
    assert sum(map(len, here.values())) > 25
    assert shown(lesson) == here


@pytest.mark.parametrize("name", OTHERS)
def test_so_do_those_of_all_lessons(browser: Browser, site: Server, name: str) -> None:
    content = (ROOT / name).read_text(encoding="utf-8")
    here = texts(json.loads(content.replace("torch        ready", "torch        missing"))["cells"])
    with ran(browser, site, name) as notebook:
        there = shown(notebook)
    assert there == here


def test_a_slider_moves_a_figure(lesson: Notebook) -> None:
    cell = lesson.cell(index_of("explore_line()"))
    cell.locator(".stage[data-frames='here']").wait_for()
    before, said = marks(cell), sentence(cell)
    handle = cell.locator(".noUi-handle").first
    handle.focus()
    handle.press("ArrowRight")
    lesson.page.wait_for_function(
        "([node, said]) => node.querySelector('.stage-sentence').textContent !== said",
        arg=[cell.element_handle(), said],
    )
    assert marks(cell) != before


def test_what_was_judged_survives_a_reload(lesson: Notebook) -> None:
    asked = index_of(f'check("{QUESTION}"')
    lesson.set_source(asked, f'check("{QUESTION}", {ANSWER})')
    cell = lesson.run_cell(asked)
    verdict = check(QUESTION, ANSWER)
    assert verdict.message in cell.locator(".jp-OutputArea").inner_text()
    lesson.page.evaluate("jupyterapp.commands.execute('docmanager:save')")
    lesson.page.reload()
    started(lesson, LESSON)
    sources = {i: source for i, _, source in lesson.sources()}
    assert sources[asked] == f'check("{QUESTION}", {ANSWER})'
    lesson.set_source(
        asked, f'from utils.checks import store\nstore.load().entry("{QUESTION}").state'
    )
    said = lesson.run_cell(asked).locator(".jp-OutputArea").inner_text()
    assert ("done" if verdict.points else "tried") in said


def test_a_copy_that_is_deleted_gives_way_to_the_course(lesson: Notebook) -> None:
    sources = """async ([path, after]) => {
      const { contents } = jupyterapp.serviceManager;
      if (after) await contents.delete(path);
      const { content } = await contents.get(path, { content: true });
      return content.cells.map(({ source }) => [source].flat().join(""));
    }"""
    stored = ["".join(cell["source"]) for cell in STORED]
    assert lesson.page.evaluate(sources, [LESSON, False]) != stored
    assert lesson.page.evaluate(sources, [LESSON, True]) == stored
