"""Making `.venv`, completing it and mending it, whatever comes between."""

import contextlib
import errno
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import pytest

from tests.door.course_copy import POSIX_ONLY, assert_told, call, empty_venv
from tools.door import environment, installing
from tools.door.environment import State
from tools.door.files import is_full
from tools.door.say import Display, Stop, quoted


class FakePip:
    """Stands for venv and pip: each call takes the next outcome from `outcomes`."""

    def __init__(self, monkeypatch):
        self.made = 0
        self.arguments: list[list[str]] = []
        self.outcomes: list[BaseException | installing.PipResult] = []
        monkeypatch.setattr(environment, "make_venv", self.make)
        monkeypatch.setattr(environment, "has_pip", lambda python: True)
        monkeypatch.setattr(environment, "warm_fonts", lambda python, display: None)
        monkeypatch.setattr(installing, "run_pip", self.run)
        monkeypatch.setattr(installing, "cpu_index_reachable", lambda: True)
        monkeypatch.setattr(installing, "has_nvidia_gpu", lambda: False)

    def make(self, path):
        self.made += 1
        venv.create(path, with_pip=False, symlinks=os.name != "nt")

    def run(self, python, site_packages, arguments, folder, display, keep_open):
        self.arguments.append(list(arguments))
        outcome = self.outcomes.pop(0) if self.outcomes else installing.PipResult(0, (), True)
        if isinstance(outcome, BaseException):
            raise outcome
        return outcome


@pytest.fixture
def pip(monkeypatch) -> FakePip:
    return FakePip(monkeypatch)


NO_NETWORK = installing.PipResult(1, ("NewConnectionError",), touched=False)
NOBODY_KNOWS = installing.PipResult(1, ("ERROR: nobody has seen this before",), touched=False)
NO_SPACE = installing.PipResult(1, ("[Errno 28] No space left on device",), touched=True)


def test_first_and_second_start(course, pip):
    assert environment.ensure(course, "lab") == environment.venv_python(course)
    environment.ensure(course, "lab")
    assert (pip.made, len(pip.arguments)) == (1, 1)
    environment.ensure(course, "test")
    environment.ensure(course, "lab")
    assert (pip.made, len(pip.arguments)) == (1, 2)
    assert [words[1] for words in pip.arguments] == ["requirements.txt", "requirements-test.txt"]


def test_each_set_holds_the_ones_before_it(course, pip):
    for which in ("lab", "site", "lab", "test", "site", "lab"):
        environment.ensure(course, which)
    assert [words[1] for words in pip.arguments] == list(environment.SETS["test"])
    assert environment.largest(environment.Stamp.load(course)) == "test"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no choice")
def test_the_cpu_build_is_asked_for(course, pip):
    environment.ensure(course, "lab")
    assert pip.arguments[0][-2:] == ["--extra-index-url", installing.TORCH_CPU_INDEX]


def test_jupyterlab_asks_nothing_at_the_first_start(course, pip):
    environment.ensure(course, "lab")
    file = course / ".venv" / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    share = Path(sys.prefix) / "share" / "jupyter"
    for key, values in settings.items():
        package, _, name = key.partition(":")
        places = share / "lab" / "schemas", share / "labextensions" / package / "schemas"
        (schema,) = (f for p in places if (f := p / package / f"{name}.json").is_file())
        known = json.loads(schema.read_text(encoding="utf-8"))["properties"]
        assert values.keys() <= known.keys()


def test_an_environment_of_an_older_course_gets_the_settings(course, pip):
    environment.ensure(course, "lab")
    file = course / ".venv" / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    written = file.read_text(encoding="utf-8")
    file.write_text("{}", encoding="utf-8")
    environment.settle_lab(course)
    assert file.read_text(encoding="utf-8") == written


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), SystemExit(143)])
def test_an_interrupted_set_up_goes_on_from_what_is_sound(course, pip, capsys, interruption):
    pip.outcomes = [interruption]
    with pytest.raises(type(interruption)):
        environment.ensure(course, "lab")
    leftover = environment.site_packages(course) / "~alf" / "half-written.txt"
    leftover.parent.mkdir()
    leftover.write_text("half", encoding="utf-8")
    environment.ensure(course, "lab")
    assert "The last set-up was interrupted: keeping what is sound" in capsys.readouterr().out
    assert not leftover.parent.exists()
    assert pip.made == 1
    assert environment.inspect(course, "lab")[0] is State.READY


def test_a_set_up_interrupted_before_pip_is_made_anew(course, pip, monkeypatch, capsys):
    def interrupt(path):
        (path / "pyvenv.cfg").write_text("home = half", encoding="utf-8")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(environment, "make_venv", interrupt)
        environment.ensure(course, "lab")
    environment.ensure(course, "lab")
    assert "Making .venv anew: its set-up was interrupted" in capsys.readouterr().out
    assert environment.inspect(course, "lab")[0] is State.READY


@pytest.mark.parametrize("pip_is_broken", [True, False])
def test_what_cannot_be_completed_is_made_anew(course, pip, monkeypatch, pip_is_broken):
    pip.outcomes = [KeyboardInterrupt()]
    with pytest.raises(KeyboardInterrupt):
        environment.ensure(course, "lab")
    if pip_is_broken:
        monkeypatch.setattr(environment, "has_pip", lambda python: False)
    else:
        pip.outcomes = [NOBODY_KNOWS]
        with pytest.raises(Stop, match="could not be installed"):
            environment.ensure(course, "lab")
        assert environment.inspect(course, "lab")[0] is State.BROKEN
    environment.ensure(course, "lab")
    assert pip.made == 2
    assert environment.inspect(course, "lab")[0] is State.READY


def test_an_interrupted_removal_is_repaired(course, pip, monkeypatch):
    """The files that make it a virtual environment may be the first to go."""
    empty_venv(course, folder="/somewhere/else")

    def interrupt(path):
        (course / ".venv" / "pyvenv.cfg").unlink(missing_ok=True)
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(shutil, "rmtree", interrupt)
        environment.ensure(course, "lab")
    environment.ensure(course, "lab")
    assert environment.inspect(course, "lab")[0] is State.READY


def test_no_network_spoils_nothing(course, pip):
    environment.ensure(course, "lab")
    pip.outcomes = [NO_NETWORK]
    with pytest.raises(Stop, match="cannot be reached"):
        environment.ensure(course, "test")
    assert environment.inspect(course, "lab")[0] is State.READY


def test_going_on_after_no_network(course, pip):
    pip.outcomes = [NO_NETWORK]
    with pytest.raises(Stop, match="cannot be reached"):
        environment.ensure(course, "lab")
    environment.ensure(course, "lab")
    assert pip.made == 1


def test_a_full_disk_half_way(course, pip):
    pip.outcomes = [NO_SPACE]
    with pytest.raises(Stop, match="The disk is full"):
        environment.ensure(course, "lab")
    assert environment.inspect(course, "lab")[0] is State.INTERRUPTED
    environment.ensure(course, "lab")
    assert pip.made == 1


@pytest.mark.parametrize("step", [1, 2])
def test_a_full_disk_while_the_virtual_environment_is_made(course, monkeypatch, step):
    """`venv` first, then pip, which is unpacked into it: each says it in its own words."""
    steps = []

    def run(command, **options):
        steps.append(command[2])
        said = "OSError: [Errno 28] No space left on device: 'pip'" if len(steps) == step else ""
        return subprocess.CompletedProcess(command, bool(said), stdout=said)

    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(Stop, match="The disk is full") as failure:
        environment.ensure(course, "lab")
    assert "free 3 GB" in failure.value.remedy
    assert steps == ["venv", "ensurepip"][:step]
    assert environment.inspect(course, "lab")[0] is State.BROKEN


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_not_called_read_only(course, pip, monkeypatch, number):
    def refuse(dir):
        raise OSError(number, os.strerror(number), dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(OSError) as failure:
        environment.ensure(course, "lab")
    assert is_full(failure.value)  # which the door then tells


def test_no_folder_for_temporary_files(course, pip, monkeypatch):
    def refuse():
        raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']")

    monkeypatch.setattr(tempfile, "gettempdir", refuse)
    with pytest.raises(Stop, match="the disk is full, or may only be read"):
        environment.ensure(course, "lab")


def test_a_full_disk_beforehand(course, pip, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda path: shutil._ntuple_diskusage(1, 1, 3e7))
    with pytest.raises(Stop, match=r"needs 2.5 GB free, and there are 30 MB"):
        environment.ensure(course, "lab")
    assert not (course / ".venv").exists()


def test_a_read_only_folder(course, pip, monkeypatch):
    def refuse(dir):
        raise OSError(errno.EROFS, "Read-only file system", dir)

    monkeypatch.setattr(tempfile, "TemporaryFile", refuse)
    with pytest.raises(Stop, match="Nothing can be written into the course folder") as failure:
        environment.ensure(course, "lab")
    assert quoted(course) in failure.value.command
    assert not (course / ".venv").exists()


@POSIX_ONLY
def test_a_read_only_folder_for_real(course):
    if os.geteuid() == 0:
        pytest.skip("root may write everywhere")
    course.chmod(0o555)
    try:
        assert_told(call(course, "lab"), "Nothing can be written into the course folder")
    finally:
        course.chmod(0o755)


def test_python_without_the_venv_module(course, pip, monkeypatch):
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(Stop) as failure:
        environment.ensure(course, "lab")
    assert failure.value.command.endswith(f"python{environment.running_python()}-venv")


def test_not_from_inside_the_venv_that_has_to_go(course, pip, monkeypatch):
    empty_venv(course, hashes={})
    monkeypatch.setattr(sys, "prefix", str(course / ".venv"))
    with pytest.raises(Stop, match="This terminal uses the very"):
        environment.ensure(course, "lab")


def test_repair_keeps_the_set(course, pip):
    environment.ensure(course, "test")
    environment.rebuild(course)
    assert pip.made == 2
    assert environment.inspect(course, "test")[0] is State.READY


def test_two_doors_do_not_set_up_at_once(course, monkeypatch, capsys):
    naps = []
    with contextlib.ExitStack() as first:
        first.enter_context(environment.alone(course, Display()))
        monkeypatch.setattr(time, "sleep", lambda s: (naps.append(s), first.close()))
        with environment.alone(course, Display()):
            pass
    assert len(naps) == 1
    assert "Another window is setting up the course" in capsys.readouterr().out
