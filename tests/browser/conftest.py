"""One browser and one JupyterLab for all tests of this folder."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.site_server import Server, serving
from tools.browser import find_browser
from tools.jupyterlab import BROWSER_FLAGS, ROOT, Notebook, copy_course, open_notebook, running_lab
from tools.site.pages.build import build

WHOLE = os.environ.get("COURSE_SITE")  # a folder that `course.py site` has filled
PAGES = ["notebooks/01_slope", "exercises/01_slope"]  # of the site that the tests build


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, Chrome or Edge, with no window."""
    program = find_browser()
    if program is None:
        message = "No Chromium, Chrome or Edge was found; install one to run the browser tests."
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The pages of one chapter, on a server of this machine."""
    folder = tmp_path_factory.mktemp("pages")
    build(ROOT, folder, PAGES)
    with serving(folder) as server:
        yield server


@pytest.fixture(scope="module")
def server(request: pytest.FixtureRequest) -> Iterator[Server]:
    """The pages of a whole site, where one is named; else those of one chapter."""
    if not WHOLE:
        yield request.getfixturevalue("site")
        return
    with serving(Path(WHOLE)) as running:
        yield running


@pytest.fixture(scope="session")
def lab_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A learner's copy of the course, which JupyterLab serves."""
    return copy_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def lab(lab_folder: Path) -> Iterator[str]:
    """The address of a JupyterLab that serves `lab_folder`."""
    with running_lab(lab_folder) as address:
        yield address


IN_ONE_PAGE = 10  # notebooks; JupyterLab keeps parts of those it has closed


@pytest.fixture(scope="session")
def reading(
    browser: Browser, lab: str
) -> Iterator[Callable[[str], AbstractContextManager[Notebook]]]:
    """Opens one notebook after the other, in one page for some time.

    To load JupyterLab takes as long as to read a short notebook. A page in which a test has failed
    is not used again.
    """
    with ExitStack() as page:
        notebook, read_here = None, 0

        @contextmanager
        def read(path: str) -> Iterator[Notebook]:
            nonlocal notebook, read_here
            try:
                if notebook is None or read_here == IN_ONE_PAGE:
                    page.close()
                    notebook = page.enter_context(open_notebook(browser, lab, path))
                    read_here = 0
                else:
                    notebook.turn_to(path)
                read_here += 1
                yield notebook
            except BaseException:
                notebook = None
                raise

        yield read


@pytest.fixture
def screenshots() -> Path | None:
    """Where pictures of the pages go, if COURSE_SCREENSHOTS names a folder."""
    folder = os.environ.get("COURSE_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
    return Path(folder) if folder else None
