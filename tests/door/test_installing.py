"""What is installed, and what pip says."""

import datetime
import itertools
import os
import re
import sys

import pytest

from tests.door.course_copy import ROOT, assert_told, call
from tools.door import environment, installing
from tools.door.environment import State


@pytest.mark.parametrize("name", environment.SETS["test"])
def test_every_package_is_pinned_with_a_reason(name):
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    asked = [(before, line) for before, line in itertools.pairwise(lines) if line[:1].isalpha()]
    assert asked
    for before, line in asked:
        assert re.match(r"[a-z-]+==\d[\d.]*(\s|$)", line), line
        assert re.search(r"#\s\w", line) or before.startswith("# "), line


def test_following_pip():
    state = installing.PipState()
    seen = []
    for line in (
        "Collecting numpy==2.4.6 (from -r requirements.txt (line 9))",
        "  Downloading numpy-2.4.6-cp311-manylinux_2_28_x86_64.whl (16.9 MB)",
        "Progress 8000000 of 16900000",
        "Processing /somewhere/torch-2.13.0+cpu-cp311-linux_x86_64.whl",
        "WARNING: Retrying (Retry(total=4)) after connection broken",
        "Installing collected packages: numpy, torch",
    ):
        state = installing.follow(state, line)
        seen.append(state.text(installed=1))
    assert seen == [
        "fetching 1: numpy",
        "fetching 1: numpy (16.9 MB)",
        "fetching 1: numpy (8 MB of 17 MB)",
        "fetching 2: torch",
        "fetching again: the package server did not answer",
        "installing 2 of 2: torch",
    ]


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (
            "ERROR: Could not install packages due to an OSError: [Errno 28] No space left",
            "The disk is full",
        ),
        (
            "WARNING: Retrying after connection broken by 'NewConnectionError(<…>: Failed to"
            " establish a new connection: [Errno -2] Name or service not known')'",
            "cannot be reached",
        ),
        (
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED]'))",
            "certificate was not accepted",
        ),
        (
            "ProxyError('Cannot connect to proxy.', OSError('Tunnel connection failed: 407'))",
            "proxy did not let",
        ),
        (
            "HINT: This error might have occurred since this system does not have Windows Long Path"
            " support enabled.",
            "only short paths",
        ),
        ("ERROR: [WinError 5] Access is denied: 'torch_cpu.dll'", "cannot be written"),
        ("ERROR: No matching distribution found for torch==2.13.0", "no build of torch==2.13.0"),
        (
            "ERROR: Could not find a version that satisfies torch==2.13.0 (from versions: none)\n"
            "ERROR: No matching distribution found for torch==2.13.0",
            "offered no torch==2.13.0 at all",
        ),
    ],
)
def test_pip_failures_in_words(line, sentence):
    told, remedy = installing.explain(["Collecting numpy", line, ""])
    assert sentence in told
    assert remedy


def test_a_failure_that_nobody_has_seen_before(tmp_path):
    lines = ("Collecting numpy", "ERROR: something nobody has seen before")
    assert installing.explain(lines) is None
    failure = installing.fail(installing.PipResult(1, lines, True), tmp_path / "pip.log")
    assert isinstance(failure, installing.Unexplained)
    assert lines[1] in str(failure) and "could not be installed" in str(failure)
    assert (tmp_path / "pip.log").read_text(encoding="utf-8").splitlines() == [*lines]


@pytest.mark.parametrize("why", ["certificate is not yet valid", "certificate has expired"])
def test_a_wrong_clock_is_told_with_its_date(monkeypatch, why):
    class LongAgo(datetime.date):
        @classmethod
        def today(cls):
            return cls(2009, 1, 31)

    monkeypatch.setattr(installing, "date", LongAgo)
    line = f"SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY_FAILED] {why}"
    told, remedy = installing.explain([line])
    assert "31 January 2009" in told and "set the clock right" in remedy


def test_no_network_is_not_mistaken_for_a_missing_build():
    told, _ = installing.explain(
        [
            "WARNING: Retrying after connection broken by 'NewConnectionError('",
            "ERROR: No matching distribution found for numpy==2.4.6",
        ]
    )
    assert "cannot be reached" in told


def test_no_network_for_real(course):
    """A real virtual environment and a real pip, whose index is a closed port."""
    done = call(
        course,
        "lab",
        "--no-browser",
        PIP_INDEX_URL="http://127.0.0.1:9/simple",
        PIP_CONFIG_FILE=os.devnull,
        PIP_FIND_LINKS="",
        PIP_EXTRA_INDEX_URL="",
        PIP_RETRIES="1",
        https_proxy="http://127.0.0.1:9",
    )
    assert_told(done, "The package server cannot be reached", "pip.log")
    if sys.platform.startswith("linux") and not installing.has_nvidia_gpu():
        assert "CPU build of torch could not be reached" in done.stdout
    assert "Retrying" in (course / ".venv" / "pip.log").read_text(encoding="utf-8")
    # What is there is sound: the next start goes on with it.
    assert environment.inspect(course, "lab")[0] is State.INCOMPLETE
