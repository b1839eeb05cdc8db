"""The progress file: small, whole after every crash, and no kernel loses another's entries."""

import collections
import errno
import json
import multiprocessing
import os
import subprocess
import sys
import threading
import time
import types
from pathlib import Path

import pytest

from utils.checks import Outcome, check, hint, progress, store

ROOT = Path(__file__).parents[2]


def place() -> Path:
    return Path(os.environ["DERIVATIVES_PROGRESS"])


def state(question_id: str) -> str:
    return store.load().entry(question_id).state


def test_the_file_is_small_and_readable():
    check("sample.1", 80)
    hint("sample.2")
    data = json.loads(place().read_text(encoding="utf-8"))
    assert data == {
        "schema": 1,
        "questions": {
            "sample.1": {"state": "done", "hints": 0, "asked": 0},
            "sample.2": {"state": "open", "hints": 1, "asked": 0},
        },
    }
    assert sorted(p.name for p in place().parent.iterdir()) == [
        "progress.json",
        "progress.json.lock",
    ]


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"\xff\xfe\x00",
        b"\x00" * 180,  # as a disk may hand it out after the power was cut
        b'{\n "schema": 1,\n "questions": {\n  "sample.2": {\n   "state": "do',
        b"[]",
        b"null",
        b'{"questions": 5}',
        b"[" * 100_000,
        b"{}",
    ],
)
def test_a_damaged_file_is_set_aside_and_said_so_once(damage):
    place().write_bytes(damage)
    assert check("sample.1", 80).outcome is Outcome.CORRECT
    assert (place().parent / "progress.damaged-1.json").read_bytes() == damage
    assert "progress.damaged-1.json" in str(progress())
    assert "damaged" not in str(progress()) and state("sample.1") == "done"
    place().write_bytes(damage)
    assert "progress.damaged-2.json" in str(progress())


def test_strange_entries_in_a_good_file_count_as_open():
    questions = {
        "sample.1": 5,
        "sample.2": {"state": "finished", "hints": "many"},
        "sample.3": {"state": "done", "hints": -2},
        "sample.4": {"state": ["done"], "hints": None},
    }
    place().write_text(json.dumps({"questions": questions}), encoding="utf-8")
    assert [state(f"sample.{n}") for n in (1, 2, 3, 4)] == ["open", "open", "done", "open"]
    assert "hint 1 of 3" in str(hint("sample.2"))


def test_a_file_of_a_newer_course_keeps_what_it_holds():
    newer = {"schema": 9, "badges": ["early"], "questions": {"sample.2": {"state": "done"}}}
    place().write_text(json.dumps(newer), encoding="utf-8")
    check("sample.1", 80)
    data = json.loads(place().read_text(encoding="utf-8"))
    assert data["schema"] == 9 and data["badges"] == ["early"]
    assert state("sample.1") == state("sample.2") == "done"


def test_where_nothing_can_be_written_the_kernel_remembers(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(tmp_path / "file" / "progress.json"))
    assert check("sample.1", 80).outcome is Outcome.CORRECT
    assert "[x]" in str(progress())
    assert ["hint 1" in str(hint("sample.2")), "hint 2" in str(hint("sample.2"))] == [True, True]


def test_a_full_disk_leaves_the_old_file_whole(monkeypatch):
    check("sample.1", 80)
    before = place().read_bytes()

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        assert check("sample.2", lambda x: 2 * x).outcome is Outcome.CORRECT
    assert place().read_bytes() == before and state("sample.2") == "done"
    assert not list(place().parent.glob("*.tmp"))
    hint("sample.3")  # there is space again: what was remembered is written
    assert json.loads(place().read_text())["questions"]["sample.2"]["state"] == "done"


def _by_another_kernel(question_id: str) -> None:
    """What `store.change` in another process leaves behind."""
    data = json.loads(place().read_text(encoding="utf-8"))
    data["questions"][question_id] = {"state": "done", "hints": 0, "asked": 0}
    place().write_text(json.dumps(data), encoding="utf-8")


def test_what_a_full_disk_kept_back_is_added_to_what_others_wrote(monkeypatch):
    check("sample.1", 80)
    hint("sample.3")

    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        check("sample.2", lambda x: 2 * x)
        progress(reset="sample.3", confirm=True)
    _by_another_kernel("sample.4")
    assert [state(f"sample.{n}") for n in (1, 2, 3, 4)] == ["done", "done", "open", "done"]
    written = json.loads(place().read_text(encoding="utf-8"))["questions"]
    assert sorted(written) == ["sample.1", "sample.2", "sample.4"]


def test_a_kernel_that_sleeps_with_the_lock_loses_nothing(monkeypatch):
    """Its neighbour goes on without the lock; when it wakes up, what it had read is old."""
    asleep, wake = threading.Event(), threading.Event()

    def sleepy(known: store.Progress) -> None:
        asleep.set()
        wake.wait(20)
        known.entry("sample.1").state = "done"

    sleeper = threading.Thread(target=store.change, args=(sleepy,))
    sleeper.start()
    assert asleep.wait(20)
    monkeypatch.setattr(store, "PATIENCE", 0.02)
    check("sample.3", 7)
    assert state("sample.3") == "tried"
    wake.set()
    sleeper.join(20)
    assert (state("sample.1"), state("sample.3")) == ("done", "tried")


def test_a_disk_without_locks_costs_no_wait(monkeypatch):
    def refuse(*args):
        raise OSError(errno.ENOLCK, "No locks available")

    system = store.fcntl or store.msvcrt
    monkeypatch.setattr(system, "flock" if store.fcntl else "locking", refuse)
    begun = time.monotonic()
    check("sample.1", 80)
    assert time.monotonic() - begun < store.PATIENCE and state("sample.1") == "done"


def test_what_dead_kernels_left_is_swept_away():
    for name in ("progress.json.77-1.tmp", "progress.json.78-1.tmp", "other.json.77-1.tmp"):
        (place().parent / name).write_text("half", encoding="utf-8")
    check("sample.1", 80)
    assert [file.name for file in place().parent.glob("*.tmp")] == ["other.json.77-1.tmp"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="Windows has no such signal")
def test_two_hundred_kills_lose_nothing(tmp_path):
    """Two kernels write, and are killed in turn at random moments; the seed is in the report."""
    command = [sys.executable, "-m", "tests.checks.killed_writers", "200", str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=240)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    assert (found["kills"], found["lost"], found["damaged"]) == (200, 0, 0), found
    assert found["writes"] > 0 and found["spares"] <= 2, found  # the last two nobody swept yet


def test_the_place_of_the_file(monkeypatch, tmp_path):
    course, home = tmp_path / "course", tmp_path / "home"
    course.mkdir()
    monkeypatch.delenv("DERIVATIVES_PROGRESS")
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(store, "course_folder", lambda: course)
    assert store.path() == course / "my_work" / "progress.json"
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert store.path() == home / ".derivatives-course" / "progress.json"
    monkeypatch.setattr(store, "course_folder", lambda: None)
    assert store.path() == home / ".derivatives-course" / "progress.json"


def test_on_a_hub_there_is_one_file_wherever_the_kernel_starts(monkeypatch, tmp_path):
    course, home = tmp_path / "course", tmp_path / "home"
    (course / "my_work").mkdir(parents=True)
    monkeypatch.delenv("DERIVATIVES_PROGRESS")
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(store, "course_folder", lambda: course)
    store.change(lambda p: setattr(p.entry("sample.1"), "state", "done"))
    monkeypatch.setenv(store.HUB, "ada")
    kept = home / ".derivatives-course" / "progress.json"
    assert store.path() == kept
    assert store.load().entry("sample.1").state == "done", "what was done before counts"
    store.change(lambda p: setattr(p.entry("sample.2"), "state", "tried"))
    monkeypatch.setattr(store, "course_folder", lambda: None)
    assert store.path() == kept and set(store.load().entries) == {"sample.1", "sample.2"}
    assert [file.name for file in kept.parent.iterdir() if file.suffix == ".tmp"] == []
    assert "sample.2" not in (course / "my_work" / "progress.json").read_text(encoding="utf-8")


def test_what_another_kernel_has_begun_in_the_home_folder_stays(monkeypatch, tmp_path):
    course, home = tmp_path / "course", tmp_path / "home"
    kept = home / ".derivatives-course" / "progress.json"
    monkeypatch.setenv("DERIVATIVES_PROGRESS", str(course / "my_work" / "progress.json"))
    store.change(lambda p: setattr(p.entry("sample.1"), "state", "done"))
    link = os.link

    def too_late(spare, place):
        kept.write_text('{"schema": 1, "questions": {"sample.2": {"state": "done"}}}')
        link(spare, place)

    monkeypatch.delenv("DERIVATIVES_PROGRESS")
    monkeypatch.setenv(store.HUB, "ada")
    monkeypatch.setattr(Path, "home", lambda: home)
    monkeypatch.setattr(store, "course_folder", lambda: course)
    monkeypatch.setattr(os, "link", too_late)
    assert set(store.load().entries) == {"sample.2"}
    assert [file.name for file in kept.parent.iterdir() if file.suffix == ".tmp"] == []


def _note_many(path: str, first: int) -> None:
    os.environ["DERIVATIVES_PROGRESS"] = path
    for number in range(first, first + 40):
        store.change(lambda p, n=number: setattr(p.entry(f"sample.{n}"), "state", "done"))


def test_two_kernels_at_once_lose_nothing():
    context = multiprocessing.get_context("spawn")
    kernels = [
        context.Process(target=_note_many, args=(str(place()), first)) for first in (100, 200, 300)
    ]
    for kernel in kernels:
        kernel.start()
    for kernel in kernels:
        kernel.join(60)
    assert [kernel.exitcode for kernel in kernels] == [0, 0, 0]
    states = collections.Counter(entry.state for entry in store.load().entries.values())
    assert states == {"done": 120}


def test_two_threads_at_once_lose_nothing():
    threads = [
        threading.Thread(target=_note_many, args=(str(place()), first)) for first in (100, 200)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert len(store.load().entries) == 80


def test_a_crash_while_writing_leaves_the_old_file_whole():
    check("sample.1", 80)
    code = """
import os
from utils.checks import store
os.replace = lambda *args: os._exit(9)
store.change(lambda p: setattr(p.entry("sample.2"), "state", "done"))
"""
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT)
    assert ran.returncode == 9
    assert state("sample.1") == "done" and state("sample.2") == "open"
    check("sample.3", 7)
    assert state("sample.3") == "tried"


def test_nothing_is_written_when_nothing_is_new():
    check("sample.1", 80)
    before = place().stat().st_mtime_ns
    for answer in (80, 7, None):
        check("sample.1", answer)
    assert place().stat().st_mtime_ns == before


@pytest.mark.parametrize("found", [None, types.ModuleType("fcntl")])
def test_a_browser_has_no_locks(monkeypatch, found):
    """It has no `fcntl`, or one with nothing in it, and no `msvcrt`."""
    monkeypatch.setitem(sys.modules, "fcntl", found)
    monkeypatch.setitem(sys.modules, "msvcrt", None)
    assert store.lock_modules() == (None, None)
    monkeypatch.setattr(store, "fcntl", None)
    monkeypatch.setattr(store, "msvcrt", None)
    store.change(lambda progress: vars(progress.entry("slope.1")).update(state=store.DONE))
    assert store.load().entry("slope.1").state == store.DONE
