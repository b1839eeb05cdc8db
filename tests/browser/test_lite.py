"""A lesson in the JupyterLite of the site: it runs there as it does here and keeps what is done."""

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from urllib.parse import urljoin

import pytest
from playwright.sync_api import Browser

from tests import pyodide_package
from tests.browser.figures import complaints, marks, sentence
from tests.browser.test_site import Quiet, Site
from tools.jupyterlab import LAPTOP, ROOT, Notebook
from tools.site.lite import folder as lite
from tools.site.lite.wheels import LiteError, wheels
from tools.site.pages.build import jobs_of
from tools.site.pages.python import place_pyodide
from utils.checks import check

pytestmark = pytest.mark.browser

LESSON = "notebooks/01_slope"
PATH = f"{LESSON}.ipynb"
BOOT = 240_000  # milliseconds that Python may take to start on a busy machine
QUESTION, ANSWER = "slope.predict_formula", -3
STORED = json.loads((ROOT / PATH).read_text(encoding="utf-8"))["cells"]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    pyodide = pyodide_package.folder(notebooks=True)
    try:
        packages = wheels(ROOT)
    except LiteError as error:
        pytest.skip(str(error))
    folder = tmp_path_factory.mktemp("pages")
    lite.place(ROOT, folder, packages, place_pyodide(folder, pyodide, lite.PYODIDE_PACKAGES))
    settings = folder / "lite" / "jupyter-lite.json"
    data = json.loads(settings.read_text(encoding="utf-8"))
    data["jupyter-config-data"]["exposeAppInBrowser"] = True  # for the test to look into it
    settings.write_text(json.dumps(data), encoding="utf-8")
    handler = functools.partial(Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Site(folder, f"http://127.0.0.1:{server.server_port}")
        server.shutdown()


@pytest.fixture(scope="module")
def lesson(browser: Browser, site: Site) -> Iterator[Notebook]:
    """The lesson, opened as its page does and run from its first cell to its last."""
    elsewhere: list[str] = []
    with browser.new_context(viewport=LAPTOP) as context:
        here = (site.address, "data:", "blob:")
        context.on(
            "request",
            lambda r: None if r.url.startswith(here) else elsewhere.append(r.url),
        )
        page = context.new_page()
        notebook = Notebook(page)
        page.on("pageerror", lambda error: notebook.errors.append(str(error)))
        leads = next(job.place.opens for job in jobs_of(ROOT, ROOT, True) if job.name == LESSON)
        page.goto(urljoin(f"{site.address}/{LESSON}.html", leads.address))
        started(notebook)
        notebook.run_all()
        yield notebook
        assert not elsewhere and not complaints(notebook)


def started(notebook: Notebook) -> None:
    notebook.page.wait_for_function(
        """() => window.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel?.status
             === 'idle'""",
        timeout=BOOT,
    )
    notebook.wait_until_ready(PATH)


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


def test_all_cells_print_what_they_print_here(lesson: Notebook) -> None:
    saved = lesson.page.evaluate("jupyterapp.shell.currentWidget.model.toJSON().cells")
    here = texts(STORED)
    assert sum(map(len, here.values())) > 25
    assert texts(saved) == here


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
    started(lesson)
    sources = {i: source for i, _, source in lesson.sources()}
    assert sources[asked] == f'check("{QUESTION}", {ANSWER})'
    lesson.set_source(
        asked, f'from utils.checks import store\nstore.load().entry("{QUESTION}").state'
    )
    said = lesson.run_cell(asked).locator(".jp-OutputArea").inner_text()
    assert ("done" if verdict.points else "tried") in said


def test_a_copy_that_is_deleted_gives_way_to_the_course(lesson: Notebook) -> None:
    first = """async ([path, delete_]) => {
      const { contents } = jupyterapp.serviceManager;
      if (delete_) await contents.delete(path);
      return (await contents.get(path, { content: true })).content.cells.map((cell) => cell.source);
    }"""
    stored = ["".join(cell["source"]) for cell in STORED]
    kept = [lesson.page.evaluate(first, [PATH, False]), lesson.page.evaluate(first, [PATH, True])]
    kept = [["".join(source) for source in sources] for sources in kept]
    assert kept[0] != stored and kept[1] == stored
