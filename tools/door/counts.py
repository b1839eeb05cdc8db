"""A pytest plugin for `course.py test`: counts, what tests took, no browser tests without one.

It talks with the door by two environment variables, which pytest-xdist's workers inherit.
"""

import json
import os
from collections.abc import Mapping
from pathlib import Path

REPORT = "COURSE_TEST_COUNTS"  # where to write the report
TOTAL = "COURSE_TEST_TOTAL"  # where the door itself writes those of its last line
NO_BROWSER = "COURSE_TEST_NO_BROWSER"  # set where no browser was found

# pytest's words → ours. An error in a fixture or while collecting is a failure; a test that is
# expected to fail, and does, has shown nothing, so it counts as skipped.
MEANING = {
    "passed": "passed",
    "xpassed": "passed",
    "failed": "failed",
    "error": "failed",
    "skipped": "skipped",
    "xfailed": "skipped",
}


def count(stats: Mapping[str, list[object]]) -> dict[str, int]:
    """How many tests passed, failed and were skipped, from a terminal reporter's `stats`."""
    seen = {"passed": 0, "failed": 0, "skipped": 0}
    for word, meaning in MEANING.items():
        seen[meaning] += len(stats.get(word, []))
    return seen


def line(seen: Mapping[str, int]) -> str:
    """The last line of a test run: `12 passed, 0 failed, 1 skipped`."""
    return f"{seen['passed']} passed, {seen['failed']} failed, {seen['skipped']} skipped"


def pytest_collection_modifyitems(items) -> None:
    """Skip every test marked `browser` where there is none."""
    if os.environ.get(NO_BROWSER):
        import pytest  # here, since the door itself imports this file and has no pytest

        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason="no Chromium, Chrome or Edge"))


def pytest_terminal_summary(terminalreporter) -> None:
    """Write a report for the door; in the main process, which alone has a terminal reporter."""
    if path := os.environ.get(REPORT):
        report = {"counts": count(terminalreporter.stats), "seconds": seconds}
        Path(path).write_text(json.dumps(report), encoding="utf-8")


seconds: dict[str, float] = {}  # what each test took, with what was made for it


def pytest_runtest_logreport(report) -> None:
    """Add up what a test took."""
    seconds[report.nodeid] = seconds.get(report.nodeid, 0.0) + report.duration
