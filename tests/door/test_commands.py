"""What is typed, and what is said to it."""

import errno
import signal
import tempfile

import pytest

from tests.door.course_copy import assert_told, call
from tools.door import commands, doctor


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
        (OSError(errno.EDQUOT, "Disk quota exceeded", "a.txt"), "The disk is full (a.txt)"),
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


def test_a_surprise_while_nothing_can_be_written(monkeypatch, capsys):
    def break_down(root):
        raise ZeroDivisionError("division by zero")

    def full(*args, **options):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(doctor, "run", break_down)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(tempfile, "NamedTemporaryFile", full)
    assert commands.main(["doctor"]) == 1
    assert "an error of its own: ZeroDivisionError" in capsys.readouterr().err


def test_ctrl_c_ends_quietly(monkeypatch, capsys):
    def interrupt(root):
        raise KeyboardInterrupt

    monkeypatch.setattr(doctor, "run", interrupt)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    assert commands.main(["doctor"]) == 130
    assert "To go on:" in capsys.readouterr().err


def test_all_that_a_site_can_be_asked_for_is_passed_on(monkeypatch):
    asked = []
    monkeypatch.setattr(commands.testing, "site", lambda root, words: asked.append(words) or 0)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    words = ["--to", "there", "--notebooks", "--pyodide", "here", "--serve", "--port", "8001"]
    assert commands.main(["site", *words]) == 0
    assert asked == [words]
