"""A pytest plugin for `course.py test`: how the tests are shared out among the workers.

A file's tests stay together on one worker, so that what they share is made once: a kernel, a page,
a hundred broken notebooks. So do all that need JupyterLab, or the course's pages, and a notebook's
cells with the test that runs the notebook to move its figures. A file of tests that are long and
share nothing is shared out test by test; having one test a piece, these come last and fill gaps.
"""

import gc

from xdist.scheduler import LoadScopeScheduling

TEST_BY_TEST = ("tests/test_corpus.py", "tests/test_seam.py")
IN_JUPYTERLAB = (
    "tests/browser/test_checks.py",
    "tests/browser/test_notebooks.py",
    "tests/browser/test_stage.py",
)
ON_PAGES = (
    "tests/browser/test_all_pages.py",
    "tests/browser/test_firefox.py",
    "tests/browser/test_site.py",
)
RUNS_NOTEBOOKS = "tests/browser/test_figures.py"  # its parameter is the notebook's path


def piece_of_work(nodeid: str) -> str:
    """The name of what goes to a worker as a whole: a file, several files, or the test itself."""
    file, _, test = nodeid.partition("::")
    if file == RUNS_NOTEBOOKS and "[" in test:
        return test.partition("[")[2].removesuffix("]")
    if file in IN_JUPYTERLAB:
        return "JupyterLab"
    if file in ON_PAGES:
        return "pages"
    return nodeid if file in TEST_BY_TEST else file


def pytest_collection_finish() -> None:
    """Look for garbage less often: thousands of tests live as long as the worker, and are none."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


class FileByFile(LoadScopeScheduling):
    """xdist's scheduling by scope, where a scope is a piece of work."""

    def _split_scope(self, nodeid: str) -> str:
        return piece_of_work(nodeid)

    def schedule(self) -> None:
        """Give every worker a second piece, or word that there is none: with one test it waits."""
        super().schedule()
        for node in self.nodes if self.collection is not None else ():
            self._reschedule(node)

    def remove_node(self, node) -> str | None:
        """Share out anew what a worker that has crashed left undone; returns the test it was at.

        xdist's own way shares out finished pieces too, for which the next worker waits for ever.
        """
        undone = {
            piece: {test: False for test, done in tests.items() if not done}
            for piece, tests in self.assigned_work.pop(node).items()
        }
        crashed = next((test for tests in undone.values() for test in tests), None)
        if crashed is not None:
            for tests in undone.values():
                tests.pop(crashed, None)
        self.workqueue.update({piece: tests for piece, tests in undone.items() if tests})
        for other in self.assigned_work:
            self._reschedule(other)
        return crashed


def pytest_xdist_make_scheduler(config, log) -> FileByFile:
    """What xdist asks for where it would choose by --dist."""
    return FileByFile(config, log)
