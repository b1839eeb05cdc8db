"""One worker, shut in, for all tests of a run."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.grade import sandbox
from tools.grade.class_run import Worker

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def worker() -> Iterator[Worker]:
    """Runs submissions in a sandbox; without namespaces, tests that need it are skipped."""
    refused = sandbox.refusal(ROOT)
    if refused:  # nothing hostile runs where it is not shut in
        pytest.skip(f"no namespaces on this system: {refused}")
    worker = Worker([ROOT / "tests"], cell_seconds=1.0)
    yield worker
    worker.close()


@pytest.fixture
def patient(worker) -> Iterator[Worker]:
    """The same worker, who lets a cell take the time it would have in earnest."""
    worker.cell_seconds, before = 60.0, worker.cell_seconds
    yield worker
    worker.cell_seconds = before


@pytest.fixture
def progress_elsewhere(monkeypatch, tmp_path) -> None:
    """Checks that are run here leave the learner's own progress alone."""
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))
