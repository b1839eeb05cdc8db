"""The sample chapter's questions and a progress file of its own, for all tests of this folder."""

from dataclasses import replace

import pytest

from tests import sample_chapter
from tests.checks.cells import LIMIT
from tests.test_questions import install


@pytest.fixture(autouse=True)
def sample(monkeypatch, tmp_path):
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "progress.json"))
    return install(monkeypatch, [replace(q, seconds=LIMIT) for q in sample_chapter.QUESTIONS])
