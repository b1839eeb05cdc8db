"""`course.py lab`: copies, a free port, JupyterLab, and its end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.door.course_copy import POSIX_ONLY, assert_told, call, empty_venv
from tools.door import lab
from tools.door.say import Stop

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


def start_and_stop(course: Path, port: int, *more: str) -> tuple[str, dict, float]:
    """Start the lab and press Ctrl-C: what was said, how JupyterLab was called, seconds until then.

    Windows knows no Ctrl-C without a console; there the door is killed instead.
    """
    before = time.time()
    door = subprocess.Popen(
        [sys.executable, "course.py", "lab", "--no-browser", "--port", str(port), *more],
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


def test_for_a_class_all_is_larger_and_nobodys_settings_change(course):
    course_with_fake_lab(course)
    said, started, _ = start_and_stop(course, free_port(), "--class")
    env = started["env"]
    assert env["DERIVATIVES_CLASS"] == "1" and "/doc/tree/my_work/notebooks/00_start_here" in said
    folder = Path(env["JUPYTERLAB_SETTINGS_DIR"])
    file = folder / "@jupyterlab/apputils-extension/themes.jupyterlab-settings"
    assert "20px" in file.read_text(encoding="utf-8") and course / ".venv" in file.parents
    file.write_text("{}", encoding="utf-8")  # as somebody who sets another theme
    start_and_stop(course, free_port(), "--class")
    assert file.read_text(encoding="utf-8") == "{}"
    env = start_and_stop(course, free_port())[1]["env"]
    assert "DERIVATIVES_CLASS" not in env and "JUPYTERLAB_SETTINGS_DIR" not in env


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
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_ending_the_door_ends_the_lab(course, name):
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
        door.send_signal(getattr(signal, name))
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
