"""The door: `course.py` and what stands behind it, from an empty folder to an open JupyterLab."""

import ast
import contextlib
import dataclasses
import errno
import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tools import browser
from tools.door import (
    commands,
    counts,
    doctor,
    environment,
    inside,
    installing,
    lab,
    sharing,
    testing,
)
from tools.door.environment import Stamp, State
from tools.door.say import Display, Stop, quoted, size

ROOT = Path(__file__).resolve().parents[1]
PARTS = ("course.py", "requirements.txt", "requirements-test.txt", "pyproject.toml")
POSIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal or permission")


def copy_of_course(folder: Path) -> Path:
    """The course's door, alone, in `folder`."""
    folder.mkdir(parents=True)
    for part in PARTS:
        shutil.copy(ROOT / part, folder / part)
    (folder / "tools").mkdir()
    for part in ("__init__.py", "browser.py"):
        shutil.copy(ROOT / "tools" / part, folder / "tools" / part)
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tools" / "door", folder / "tools" / "door", ignore=ignore)
    return folder.resolve()


@pytest.fixture
def course(tmp_path) -> Path:
    """A copy of the door in a folder with a space and a letter beyond ASCII."""
    return copy_of_course(tmp_path / "my côurse folder")


def call(course: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """Run `python course.py …` in `course`, as a learner would."""
    return subprocess.run(
        [sys.executable, "course.py", *words],
        cwd=course,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"} | env,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )


def assert_told(done: subprocess.CompletedProcess[str], *parts: str) -> None:
    """The failure was told as a sentence with a remedy, and without a traceback."""
    assert done.returncode != 0
    for part in (*parts, "What to do:"):
        assert part in done.stderr
    assert "Traceback" not in done.stderr + done.stdout


def empty_venv(course: Path, **stamp) -> Path:
    """A real, empty virtual environment in `course`, and a stamp that calls it ready."""
    venv.create(environment.venv_path(course), with_pip=False, symlinks=os.name != "nt")
    ready = Stamp(
        folder=str(course),
        python=environment.running_python(),
        hashes={"lab": environment.fingerprint(course, "lab")},
    )
    dataclasses.replace(ready, **stamp).save(course)
    return environment.site_packages(course)


# --- the first file: read by every Python ---------------------------------------------------------


def old_pythons() -> list[str]:
    """Pythons on this computer that are too old for the course."""
    on_path = (shutil.which(f"python{v}") for v in ("2.7", "3.6", "3.7", "3.8", "3.9", "3.10"))
    pyenv = (Path.home() / ".pyenv" / "versions").glob("*/bin/python")
    old = []
    for path in {*filter(None, on_path), *map(str, pyenv)}:
        asked = subprocess.run(
            [path, "-c", "import sys; print(sys.version_info < (3, 11))"],
            capture_output=True,
            text=True,
        )
        if asked.returncode == 0 and asked.stdout.strip() == "True":
            old.append(path)
    return sorted(old)


def test_the_first_file_is_readable_for_old_pythons():
    source = (ROOT / "course.py").read_bytes()
    ast.parse(source.decode("ascii"), feature_version=(3, 6))


def test_an_old_python_gets_a_sentence(course):
    pretend = (
        "import runpy, sys; sys.version_info = (3, 8, 1, 'final', 0); sys.argv = ['course.py']; "
        "runpy.run_path('course.py', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", pretend], cwd=course, capture_output=True, text=True
    )
    assert_told(done, "needs Python 3.11 or newer, and this is Python 3.8", "course.py lab")


def test_real_old_pythons_get_a_sentence(course):
    pythons = old_pythons()
    if not pythons:
        pytest.skip("no Python older than 3.11 on this computer")
    for python in pythons:
        done = subprocess.run(
            [python, "course.py", "lab"], cwd=course, capture_output=True, encoding="utf-8"
        )
        assert_told(done, "The course needs Python 3.11 or newer")


def test_the_door_needs_the_standard_library_only():
    """Before `.venv` exists there is nothing else; `inside` runs in it, the others in pytest."""
    files = [ROOT / "course.py", ROOT / "tools" / "browser.py", *(ROOT / "tools/door").glob("*.py")]
    assert len(files) > 5
    for file in files:
        if file.name in ("inside.py", "sharing.py"):
            continue
        tree = ast.parse(file.read_text(encoding="utf-8"))
        for node in tree.body if file.name == "counts.py" else ast.walk(tree):
            names = [a.name for a in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                assert name.split(".")[0] in {"tools", *sys.stdlib_module_names}, (file, name)


# --- what is typed --------------------------------------------------------------------------------


@pytest.mark.parametrize("words", [(), ("--help",), ("-h",)])
def test_help_names_every_command(course, words):
    done = call(course, *words)
    assert done.returncode == 0
    for command in commands.COMMANDS:
        assert f"\n  {command} " in done.stdout


def test_an_unknown_command_says_what_there_is(course):
    done = call(course, "tset")
    assert_told(done, 'no command "tset"', "lab, progress", "course.py test")
    assert done.returncode == 2


@pytest.mark.parametrize(
    "words", [("lab", "--port", "99999"), ("lab", "--port", "x"), ("lab", "--prot", "1")]
)
def test_a_wrong_option_gets_a_sentence(course, words):
    assert_told(call(course, *words), "That was not understood", "lab --help")


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "The disk is full"),
        (OSError(errno.EROFS, "Read-only file system"), "read-only"),
        (PermissionError(errno.EACCES, "Permission denied", "a.txt"), "a.txt"),
        (OSError(errno.EIO, "Input/output error"), "The system refused: Input/output error"),
        (ZeroDivisionError("division by zero"), "an error of its own: ZeroDivisionError"),
    ],
)
def test_no_failure_shows_a_traceback(monkeypatch, capsys, tmp_path, error, sentence):
    def break_down(root):
        raise error

    monkeypatch.setattr(doctor, "run", break_down)
    monkeypatch.setattr(signal, "signal", lambda *_: None)  # this process keeps its own
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert commands.main(["doctor"]) == 1
    said = capsys.readouterr().err
    assert sentence in said and "What to do:" in said and "Traceback" not in said


def test_ctrl_c_ends_quietly(monkeypatch, capsys):
    def interrupt(root):
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "run", interrupt)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert commands.main(["doctor"]) == 130
    assert "To go on:" in capsys.readouterr().err


# --- which torch ----------------------------------------------------------------------------------


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


# --- what is installed, and what pip says ---------------------------------------------------------


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-test.txt"])
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
        ("ERROR: something nobody has seen before", "could not be installed"),
    ],
)
def test_pip_failures_in_words(line, sentence):
    told, remedy = installing.explain(["Collecting numpy", line, ""])
    assert sentence in told
    assert remedy


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


# --- what .venv is like ---------------------------------------------------------------------------


def test_nothing_there_yet(course):
    assert environment.inspect(course, "lab")[0] is State.MISSING


def test_ready_for_the_lab_but_not_for_the_tests(course):
    empty_venv(course)
    assert environment.inspect(course, "lab")[0] is State.READY
    assert environment.inspect(course, "test")[0] is State.INCOMPLETE


def test_the_tests_set_serves_the_lab(course):
    empty_venv(course, hashes={"test": environment.fingerprint(course, "test")})
    assert environment.inspect(course, "lab")[0] is State.READY


@pytest.mark.parametrize("name", ["requirements.txt", "pyproject.toml"])
def test_a_changed_requirement_is_noticed(course, name):
    empty_venv(course)
    with (course / name).open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert environment.inspect(course, "lab")[0] is State.INCOMPLETE


@pytest.mark.parametrize(
    ("stamp", "why"),
    [
        ({"hashes": {}}, "interrupted"),
        ({"folder": "/somewhere/else"}, "moved"),
        ({"python": "3.10"}, "belongs to Python 3.10"),
    ],
)
def test_a_venv_that_is_of_no_use_is_made_anew(course, stamp, why):
    empty_venv(course, **stamp)
    state, reason = environment.inspect(course, "lab")
    assert state is State.BROKEN
    assert why in reason


def test_a_venv_whose_python_is_gone(course):
    empty_venv(course)
    environment.venv_python(course).unlink()
    assert environment.inspect(course, "lab")[0] is State.BROKEN


def test_a_venv_whose_base_is_gone(course):
    empty_venv(course)
    (course / ".venv" / "pyvenv.cfg").write_text("home = /no/such/folder\n", encoding="utf-8")
    assert environment.inspect(course, "lab")[0] is State.BROKEN


def test_a_venv_of_somebody_else_is_completed(course):
    empty_venv(course)
    environment.stamp_path(course).unlink()
    assert environment.inspect(course, "lab")[0] is State.INCOMPLETE


def test_a_damaged_stamp_is_as_good_as_none(course):
    empty_venv(course)
    environment.stamp_path(course).write_text("{half", encoding="utf-8")
    assert environment.inspect(course, "lab")[0] is State.INCOMPLETE


def test_a_folder_without_any_file_is_half_made(course):
    (course / ".venv" / "lib").mkdir(parents=True)
    assert environment.inspect(course, "lab")[0] is State.BROKEN


@pytest.mark.parametrize("kind", ["folder", "file"])
def test_what_is_no_virtual_environment_is_left_alone(course, kind):
    mine = course / ".venv" / "thesis.txt" if kind == "folder" else course / ".venv"
    mine.parent.mkdir(exist_ok=True)
    mine.write_text("mine", encoding="utf-8")
    assert_told(call(course, "lab"), "leaves it alone", ".venv venv-of-yours")
    assert_told(call(course, "repair"), "leaves it alone")
    assert mine.read_text(encoding="utf-8") == "mine"


# --- making and mending it ------------------------------------------------------------------------


class FakePip:
    """Stands for venv and pip: each call takes the next outcome from `outcomes`."""

    def __init__(self, monkeypatch):
        self.made = 0
        self.arguments: list[list[str]] = []
        self.outcomes: list[BaseException | installing.PipResult] = []
        monkeypatch.setattr(environment, "_make_venv", self.make)
        monkeypatch.setattr(environment, "_has_pip", lambda python: True)
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
NO_SPACE = installing.PipResult(1, ("[Errno 28] No space left on device",), touched=True)


def test_first_and_second_start(course, pip):
    assert environment.ensure(course, "lab") == environment.venv_python(course)
    environment.ensure(course, "lab")
    assert (pip.made, len(pip.arguments)) == (1, 1)
    environment.ensure(course, "test")
    environment.ensure(course, "lab")
    assert (pip.made, len(pip.arguments)) == (1, 2)
    assert [words[1] for words in pip.arguments] == ["requirements.txt", "requirements-test.txt"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is no choice")
def test_the_cpu_build_is_asked_for(course, pip):
    environment.ensure(course, "lab")
    assert pip.arguments[0][-2:] == ["--extra-index-url", installing.TORCH_CPU_INDEX]


def test_jupyterlab_asks_nothing_at_the_first_start(course, pip):
    environment.ensure(course, "lab")
    file = course / ".venv" / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    settings = json.loads(file.read_text(encoding="utf-8"))
    schemas = Path(sys.prefix) / "share" / "jupyter" / "lab" / "schemas"
    for key, values in settings.items():
        package, _, name = key.partition(":")
        schema = json.loads((schemas / package / f"{name}.json").read_text(encoding="utf-8"))
        assert values.keys() <= schema["properties"].keys()


@pytest.mark.parametrize("interruption", [KeyboardInterrupt(), SystemExit(143)])
def test_an_interrupted_set_up_is_repaired(course, pip, capsys, interruption):
    pip.outcomes = [interruption]
    with pytest.raises(type(interruption)):
        environment.ensure(course, "lab")
    leftover = course / ".venv" / "half-written.txt"
    leftover.write_text("half", encoding="utf-8")
    environment.ensure(course, "lab")
    assert "Making .venv anew: its set-up was interrupted" in capsys.readouterr().out
    assert not leftover.exists()
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
    assert environment.inspect(course, "lab")[0] is State.BROKEN
    environment.ensure(course, "lab")
    assert pip.made == 2


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
        first.enter_context(environment._alone(course, Display()))
        monkeypatch.setattr(time, "sleep", lambda s: (naps.append(s), first.close()))
        with environment._alone(course, Display()):
            pass
    assert len(naps) == 1
    assert "Another window is setting up the course" in capsys.readouterr().out


# --- lab ------------------------------------------------------------------------------------------

FAKE_LAB = """
import http.server, json, os, signal, sys, time
begun = time.time()
port = int(next(a for a in sys.argv if a.startswith("--ServerApp.port=")).partition("=")[2])
with open("started.json", "w", encoding="utf-8") as file:
    json.dump({"begun": begun, "argv": sys.argv, "env": dict(os.environ)}, file)
if os.environ.get("FAKE_LAB_FAILS"):
    sys.exit("no, not today")
server = http.server.HTTPServer(("localhost", port), http.server.BaseHTTPRequestHandler)
try:
    server.serve_forever()
except KeyboardInterrupt:
    pass
"""


def course_with_fake_lab(course: Path) -> Path:
    """`course`, set up, with a JupyterLab that only writes down how it was called."""
    packages = empty_venv(course)
    (packages / "jupyterlab.py").write_text(FAKE_LAB, encoding="utf-8")
    return course


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def read_until(stream, words: str) -> str:
    """All that `stream` says up to and including the line that has `words`."""
    said = ""
    while words not in said:
        line = stream.readline()
        assert line, said
        said += line
    return said


def hear_ctrl_c() -> None:
    """Switch Ctrl-C on: a shell switches it off for what it starts in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def start_and_stop(course: Path, port: int) -> tuple[str, dict, float]:
    """Start the lab and press Ctrl-C: what was said, how JupyterLab was called, seconds until then.

    Windows knows no Ctrl-C without a console; there the door is killed instead.
    """
    before = time.time()
    door = subprocess.Popen(
        [sys.executable, "course.py", "lab", "--no-browser", "--port", str(port)],
        cwd=course,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
        preexec_fn=None if os.name == "nt" else hear_ctrl_c,
    )
    with door:
        try:
            said = read_until(door.stdout, "press Ctrl-C")
            if os.name != "nt":  # what a terminal does: the whole group gets the signal
                os.killpg(door.pid, signal.SIGINT)
                said += door.stdout.read()
                assert door.wait(timeout=20) == 0
                assert "JupyterLab has ended" in said
        finally:
            door.kill()
    started = json.loads((course / "started.json").read_text(encoding="utf-8"))
    return said, started, started["begun"] - before


def test_a_second_start_opens_chapter_00(course):
    course_with_fake_lab(course)
    port = free_port()
    said, started, _ = start_and_stop(course, port)
    assert "Setting up" not in said and "Traceback" not in said
    assert f"--ServerApp.root_dir={course}" in started["argv"]
    first = "/lab/tree/my_work/notebooks/00_start_here.ipynb"
    assert f"--LabApp.default_url={first}" in started["argv"]
    assert "--no-browser" in started["argv"]
    token = started["env"]["JUPYTER_TOKEN"]
    assert f"http://localhost:{port}{first}?token={token}" in said


def test_the_lab_hands_the_notebooks_out(course):
    course_with_fake_lab(course)
    lesson = course / "notebooks" / "00_start_here.ipynb"
    lesson.parent.mkdir()
    lesson.write_text('{"cells": []}', encoding="utf-8")
    mine = course / "my_work" / "notebooks" / lesson.name
    said = start_and_stop(course, free_port())[0]
    assert "Your own copies of the notebooks are in" in said
    assert mine.read_bytes() == lesson.read_bytes()
    mine.write_text("mine", encoding="utf-8")
    newer = '{"cells": [{"cell_type": "markdown", "source": "newer"}]}'
    lesson.write_text(newer, encoding="utf-8")
    said = start_and_stop(course, free_port())[0]
    assert "New in the course: my_work/notebooks/00_start_here (new).ipynb." in said
    assert mine.read_text(encoding="utf-8") == "mine"


def test_copies_that_cannot_be_made_are_told(course):
    course_with_fake_lab(course)
    (course / "notebooks").mkdir()
    (course / "notebooks" / "00_start_here.ipynb").write_text("{}", encoding="utf-8")
    (course / "my_work").write_text("a file where a folder belongs", encoding="utf-8")
    assert_told(call(course, "lab", "--no-browser"), "Your copies of the notebooks", "my_work")
    assert not (course / "started.json").exists()


@POSIX_ONLY
def test_a_second_start_adds_less_than_a_second(course):
    course_with_fake_lab(course)
    # Other tests run beside this one: the best of five, as soon as it is good enough.
    seconds = (start_and_stop(course, free_port())[2] for _ in range(5))
    assert any(took < 1.0 for took in seconds)


@POSIX_ONLY
def test_ending_the_door_ends_the_lab(course):
    course_with_fake_lab(course)
    port = free_port()
    door = subprocess.Popen(
        [sys.executable, "course.py", "lab", "--no-browser", "--port", str(port)],
        cwd=course,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )
    with door:
        read_until(door.stdout, "press Ctrl-C")
        door.terminate()
        assert door.wait(timeout=20) == 0
    assert lab.is_free(port)


def test_a_lab_that_does_not_start(course):
    course_with_fake_lab(course)
    done = call(course, "lab", "--no-browser", FAKE_LAB_FAILS="1")
    assert_told(done, "no, not today", "JupyterLab ended with an error", "course.py doctor")


def test_the_browser_opens_unless_told_otherwise(tmp_path):
    with_browser = lab.lab_command(tmp_path / "python", tmp_path, 8888, browser=True)
    assert "--no-browser" not in with_browser
    without = lab.lab_command(tmp_path / "python", tmp_path, 8888, browser=False)
    assert set(without) - set(with_browser) == {"--no-browser"}


def test_a_taken_port_is_told_before_anything_is_set_up(course):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = call(course, "lab", "--port", str(port))
    assert_told(done, f"Port {port} is taken", f"--port {port + 1}")
    assert not (course / ".venv").exists()


def test_the_next_free_port(monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert not lab.is_free(port)
        monkeypatch.setattr(lab, "DEFAULT_PORT", port)
        assert lab.choose_port(None) > port
    assert lab.choose_port(port) == port


def test_no_port_at_all(monkeypatch):
    monkeypatch.setattr(lab, "is_free", lambda port: False)
    with pytest.raises(Stop, match="8888 to 8937 are taken"):
        lab.choose_port(None)


# --- test -----------------------------------------------------------------------------------------

SAMPLE = """
import pytest

def test_good(): pass
def test_bad(): assert 1 == 2
def test_left_out(): pytest.skip("no")
@pytest.fixture
def broken(): raise RuntimeError
def test_error(broken): pass
@pytest.mark.xfail
def test_known(): assert False
@pytest.mark.browser
def test_page(): pass
"""


@pytest.fixture
def small_course(tmp_path, monkeypatch) -> Path:
    """A folder with a few tests, of which each kind of outcome occurs; set up already."""
    root = tmp_path / "my côurse folder"
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "tools" / "door", root / "tools" / "door", ignore=ignore)
    (root / "tools" / "__init__.py").touch()
    (root / "tools" / "browser.py").write_bytes((ROOT / "tools" / "browser.py").read_bytes())
    (root / "pyproject.toml").write_text(
        '[tool.pytest.ini_options]\nmarkers = ["browser"]\n[tool.ruff]\nexclude = ["tools"]\n',
        encoding="utf-8",
    )
    (root / "test_sample.py").write_text("# ruff: noqa\n" + SAMPLE, encoding="utf-8")
    monkeypatch.setattr(environment, "ensure", lambda *_: Path(sys.executable))
    monkeypatch.setattr(environment, "warm_fonts", lambda *_: None)
    monkeypatch.setattr(testing, "workers", lambda: 2)
    for variable in ("CI", "PYTEST_ADDOPTS", *(k for k in os.environ if k.startswith("PYTEST_X"))):
        monkeypatch.delenv(variable, raising=False)
    # Of all plugins only the one that the door itself asks for: the others cost seconds.
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("PYTEST_PLUGINS", "xdist.plugin")
    return root


def test_a_run_ends_with_one_line_of_counts(small_course, monkeypatch, capfd):
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    assert testing.run_tests(small_course, []) == 1
    lines = capfd.readouterr().out.strip().splitlines()
    # passed: test_good and ruff; failed: a failure and an error; skipped: xfail and the browser's
    assert lines[-1] == "2 passed, 2 failed, 3 skipped"
    assert "browser tests were skipped" in lines[-2]
    assert "To get one:" in lines[-2]


def test_arguments_reach_pytest_and_ruff_counts(small_course, monkeypatch, capfd):
    monkeypatch.setattr(browser, "find_browser", lambda: "/some/browser")
    (small_course / "untidy.py").write_text("import os\n", encoding="utf-8")
    assert testing.run_tests(small_course, ["-k", "good or page", "-n0"]) == 1
    said = capfd.readouterr().out
    assert "untidy.py" in said
    assert said.strip().splitlines()[-1] == "2 passed, 1 failed, 0 skipped"


def test_a_pytest_that_breaks_down_is_a_failure(small_course, monkeypatch, capfd):
    monkeypatch.setattr(browser, "find_browser", lambda: "/some/browser")
    assert testing.run_tests(small_course, ["--no-such-option"]) != 0
    assert capfd.readouterr().out.strip().splitlines()[-1] == "1 passed, 1 failed, 0 skipped"


def test_no_browser_in_ci_is_a_failure(small_course, monkeypatch):
    monkeypatch.setattr(browser, "find_browser", lambda: None)
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Stop, match="with CI=true none may be missing"):
        testing.run_tests(small_course, [])


def test_finding_a_browser(tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_usual_places", lambda: [tmp_path / "no.exe"])
    assert browser.find_browser() is None
    app = tmp_path / "an app"
    app.touch(mode=0o755)
    monkeypatch.setattr(browser, "_usual_places", lambda: [tmp_path / "no.exe", app])
    assert browser.find_browser() == str(app)
    on_path = tmp_path / ("chromium.exe" if os.name == "nt" else "chromium")
    on_path.touch(mode=0o755)
    assert browser.find_browser().lower() == str(on_path).lower()
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "not-there"))
    assert browser.find_browser() is None
    monkeypatch.setenv("CHROMIUM", str(on_path))
    assert browser.find_browser() == str(on_path)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_usual_places_of_browsers(platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PROGRAMFILES", "C:/Program Files")
    places = [path.as_posix() for path in browser._usual_places()]
    assert bool(places) == (platform != "linux")
    assert browser.how_to_get_one(platform).split()[0] in ("sudo", "brew", "winget")


# --- questions ------------------------------------------------------------------------------------


def test_the_list_of_questions_alone_is_on_standard_output(course, monkeypatch, capfd):
    """Whatever a set-up says goes elsewhere: with --json, a program reads the list."""

    def set_up(root: Path, which: str, display: Display) -> Path:
        display.say("Setting up")
        return Path(sys.executable)

    monkeypatch.setattr(environment, "ensure", set_up)
    package = course / "utils" / "questions"
    package.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "__main__.py").write_text(
        "import sys; print(sys.argv[1:]); sys.exit(2)", encoding="utf-8"
    )
    assert testing.questions(course, ["slope", "--json"]) == 2
    said = capfd.readouterr()
    assert said.out.strip() == "['slope', '--json']"
    assert said.err.strip() == "Setting up"


def test_a_wrong_option_of_questions_is_told_before_anything_is_set_up(course):
    assert_told(call(course, "questions", "--jsn"), "That was not understood", "questions --help")
    assert not (course / ".venv").exists()


# --- doctor ---------------------------------------------------------------------------------------


def test_the_doctor_before_anything_is_set_up(course):
    done = call(course, "doctor", PATH=str(course))  # no git, no browser, nothing else either
    lines = done.stdout.strip().splitlines()
    assert done.returncode == 1
    ill = [line for line in lines[:-1] if not line.startswith("fine  ")]
    assert len(ill) == 1
    assert re.fullmatch(
        r"MEND  virtual environment: there is no .venv yet  ->  .+ course.py lab", ill[0]
    )
    for what in ("Python", "write access", "disk", "port"):
        assert any(line.startswith(f"fine  {what}: ") for line in lines)
    assert not (course / ".venv").exists()


def test_the_doctor_looks_at_the_copies(course):
    (course / "my_work").touch()
    done = call(course, "doctor")
    assert re.search(r"^MEND  your notebooks: .+ cannot be", done.stdout, re.MULTILINE)


def test_the_doctor_on_an_empty_venv(course):
    empty_venv(course)
    done = call(course, "doctor")
    assert done.returncode == 1
    assert re.search(r"^MEND  packages: .+  ->  .+ course.py repair$", done.stdout, re.MULTILINE)


SOUND = {
    "packages": [("numpy", "2.4.6", "2.4.6"), ("torch", "2.13.0", "2.13.0+cpu")],
    "utils": str(ROOT / "utils"),
    "kernel": "",
    "extensions": ["@jupyter-widgets/jupyterlab-manager", "anywidget", "another"],
}


def test_a_sound_venv_is_fine():
    assert [f.what for f in doctor.diagnose(SOUND, ROOT, "repair") if f.mend] == []


@pytest.mark.parametrize(
    ("change", "what", "seen"),
    [
        ({"packages": [("torch", "1", "1"), ("numpy", "2.4.6", None)]}, "numpy", "not installed"),
        (
            {"packages": [("torch", "2.13.0", "2.12.0+cpu")]},
            "torch",
            "2.12.0+cpu instead of 2.13.0",
        ),
        ({"utils": None}, "utils", "nowhere"),
        ({"utils": "/elsewhere/utils"}, "utils", "/elsewhere/utils"),
        ({"kernel": "it gave no answer"}, "kernel", "no answer"),
        ({"extensions": ["anywidget"]}, "widgets", "misses @jupyter-widgets/jupyterlab-manager"),
    ],
)
def test_each_ill_is_named(change, what, seen):
    ill = [f for f in doctor.diagnose(SOUND | change, ROOT, "repair") if f.mend]
    assert [f.what for f in ill] == [what]
    assert seen in ill[0].seen
    assert str(ill[0]).endswith("->  repair")


def test_a_32_bit_python():
    assert doctor.python_bits(2**31 - 1).mend
    assert not doctor.python_bits(2**63 - 1).mend


def test_the_pins_are_read():
    pins = dict(inside.pins([str(ROOT / "requirements.txt"), str(ROOT / "requirements-test.txt")]))
    assert {"numpy", "jupyterlab", "nbval", "pytest"} <= pins.keys()
    assert all(re.fullmatch(r"\d[\d.]*", version) for version in pins.values())


def test_what_the_doctor_sees_inside(monkeypatch):
    """In the environment of these tests, which is a sound one."""
    report = inside.look([str(ROOT / "requirements.txt")])
    assert report["kernel"] == ""
    assert set(doctor.WIDGETS) <= set(report["extensions"])
    assert all(present is not None for _, _, present in report["packages"])


# --- how it speaks --------------------------------------------------------------------------------


class Terminal:
    """A stream that keeps what it is given."""

    def __init__(self, interactive: bool):
        self.text = ""
        self.interactive = interactive

    def write(self, text: str) -> None:
        self.text += text

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return self.interactive


def test_progress_on_a_terminal_is_one_line():
    terminal = Terminal(interactive=True)
    display = Display(terminal)
    display.show("fetching 1: numpy")
    display.show("fetching 2: six")
    assert "\n" not in terminal.text
    display.say("done")
    assert terminal.text.endswith("\rdone\n")


def test_progress_elsewhere_is_sparse(monkeypatch):
    clock = iter([0.0, *range(0, 100)])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    log = Terminal(interactive=False)
    display = Display(log)
    for n in range(40):
        display.show(f"package {n}")
    assert 1 <= log.text.count("\n") <= 3
    assert "\r" not in log.text


def test_tests_are_shared_out_by_file_or_one_by_one():
    piece = sharing.piece_of_work
    assert piece("tests/test_gate.py::test_a[one]") == piece("tests/test_gate.py::test_b")
    assert piece("notebooks/01.ipynb::Cell 0") != piece("notebooks/02.ipynb::Cell 0")
    for file in sharing.TEST_BY_TEST:
        assert (ROOT / file).is_file()
        assert piece(f"{file}::test_a[one]") != piece(f"{file}::test_a[two]")


def test_counts_in_words():
    assert counts.line({"passed": 3, "failed": 0, "skipped": 1}) == "3 passed, 0 failed, 1 skipped"


@pytest.mark.parametrize(("n", "text"), [(2.1e9, "2.1 GB"), (1.9e8, "0.2 GB"), (3.1e7, "31 MB")])
def test_sizes(n, text):
    assert size(n) == text
