"""Where there are no namespaces: plain processes, with limits of time, and a sentence about it."""

from __future__ import annotations

import pytest

from tests.grade import hostile_notebooks as hostile
from tests.grade.class_made import learner
from tests.grade.notebooks import marked, written
from tools.grade import command, nursery, sandbox
from tools.grade.class_run import Worker


@pytest.fixture(params=[True, False], ids=["forked", "a Python each"])
def plain(request, monkeypatch):
    """A worker as on Linux without namespaces, and as on Windows and macOS."""
    if request.param and not nursery.CAN_FORK:
        pytest.skip("this system does not fork")
    monkeypatch.setattr(nursery, "CAN_FORK", request.param)
    worker = Worker([], shut_in=False, cell_seconds=1.0)
    yield worker
    worker.close()


def test_answers_are_judged_in_the_same_way(plain):
    nb, expected = learner("slope", 3)
    found = {m.question: m.mistake or m.verdict for m in marked(plain, nb)}
    assert found == expected


@pytest.mark.parametrize("attack", ["os._exit", "an endless loop"])
def test_what_breaks_takes_no_point_from_the_rest(attack, plain):
    marks = marked(plain, hostile.breaker(hostile.BREAKERS[attack]))
    assert {m.question for m in marks if m.points} == {"slope.1", "slope.5"}


def test_the_questions_are_not_imported_by_the_way(plain):
    marks = marked(plain, hostile.cheat(hostile.CHEATS["the questions imported"]))
    assert {m.question for m in marks if m.points} == {"slope.1", "slope.5"}


def test_the_teacher_is_told(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(sandbox, "refusal", lambda course: "unshare: Operation not permitted")
    (tmp_path / "class").mkdir()
    nb, _ = learner("slope", 3)
    (tmp_path / "class" / "ada.ipynb").write_bytes(written(nb))
    assert command.run([str(tmp_path / "class")]) == 0
    said = capsys.readouterr().out
    assert "gives no sandbox (unshare: Operation not permitted)" in said
    assert "grade people you trust" in said


def test_a_system_without_namespaces_says_so(monkeypatch):
    monkeypatch.setattr(sandbox.sys, "platform", "darwin")
    with pytest.raises(sandbox.NotPermitted, match="Linux alone"):
        sandbox.enter(nursery.COURSE, nursery.COURSE, [])
