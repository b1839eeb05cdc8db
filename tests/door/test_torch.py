"""Which build of torch is asked for, and what came."""

import pytest
from packaging.requirements import Requirement

from tests.door.course_copy import ROOT
from tools.door import installing


@pytest.mark.parametrize(
    ("system", "gpu", "reachable", "index", "says"),
    [
        ("linux", False, True, installing.TORCH_CPU_INDEX, "0.2 GB instead of 4"),
        ("linux", False, False, None, "could not be reached"),
        ("linux", True, True, None, "NVIDIA"),
        ("darwin", False, True, None, ""),
        ("win32", False, True, None, ""),
    ],
)
def test_choice_of_torch(system, gpu, reachable, index, says):
    choice = installing.choose_torch(system, gpu, lambda: reachable)
    assert choice.extra_index == index
    assert says in choice.sentence
    assert bool(choice.sentence) == (system == "linux")


def test_the_index_is_asked_only_where_it_matters():
    def ask():
        raise AssertionError("asked")

    installing.choose_torch("win32", False, ask)
    installing.choose_torch("linux", True, ask)
    with pytest.raises(AssertionError, match="asked"):
        installing.choose_torch("linux", False, ask)


@pytest.mark.parametrize(
    ("version", "cuda", "system", "machine", "says"),
    [
        ("2.13.0+cpu", False, "linux", "x86_64", "the CPU build"),
        ("2.13.0", True, "linux", "x86_64", "for NVIDIA"),
        ("2.13.0+cu130", False, "linux", "x86_64", "for NVIDIA"),
        ("2.13.0", False, "linux", "aarch64", "ordinary build"),
        ("2.13.0", False, "darwin", "arm64", "the CPU build"),
        (None, False, "darwin", "x86_64", "Intel Macs; chapters 00 to 14 do not need it"),
        (None, False, "linux", "x86_64", "not installed"),
    ],
)
def test_the_build_that_came_is_named(version, cuda, system, machine, says):
    assert says in installing.describe_torch(version, cuda, system, machine)


@pytest.mark.parametrize(
    ("system", "machine", "wanted"),
    [
        ("linux", "x86_64", True),
        ("win32", "AMD64", True),
        ("darwin", "arm64", True),
        ("darwin", "x86_64", False),
    ],
)
def test_intel_macs_do_without_torch(system, machine, wanted):
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    torch = Requirement(next(line for line in lines if line.startswith("torch")))
    assert torch.marker.evaluate({"sys_platform": system, "platform_machine": machine}) is wanted


def test_the_network_is_not_waited_for(monkeypatch):
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:9")
    assert installing.cpu_index_reachable(seconds=2) is False
