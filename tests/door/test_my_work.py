"""A learner's notebooks: handed out, brought up to date, and never overwritten."""

import errno
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools.door import my_work
from tools.door.say import Stop

ROOT = Path(__file__).resolve().parents[2]
LESSON, EXERCISE, SOLUTION = (f"{part}/01_slope.ipynb" for part in my_work.PARTS)


def notebook(*sources: str) -> bytes:
    """A notebook as it is stored: a title, then a code cell for each source."""
    cells = [new_markdown_cell("# Slope", id="title")]
    cells += [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
    return (nbformat.writes(new_notebook(cells=cells)) + "\n").encode()


def put(root: Path, name: str, content: bytes) -> None:
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_bytes(content)


V1, V2, V3 = notebook("1"), notebook("1", "2"), notebook("1", "2", "3")
OWN = notebook("1", "my own")


@pytest.fixture
def course(tmp_path) -> Path:
    """A course with one chapter, handed out."""
    root = tmp_path / "my côurse"
    root.mkdir()
    for name in (LESSON, EXERCISE, SOLUTION):
        put(root, name, V1)
    my_work.hand_out(root)
    return root


def mine(course: Path, name: str = LESSON) -> Path:
    return course / "my_work" / name


def files(course: Path) -> dict[str, bytes]:
    """All notebooks in `my_work`, and whatever else lies beside them, except for the record."""
    folder = course / "my_work"
    found = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != my_work.RECORD}


def ran(content: bytes) -> bytes:
    """The notebook as JupyterLab saves it after all of its cells were run."""
    book = nbformat.reads(content.decode(), as_version=4)
    for number, cell in enumerate(book.cells):
        if cell.cell_type == "code":
            cell.execution_count = number
            cell.outputs = [new_output("stream", text=f"{number}\n")]
            cell.metadata["collapsed"] = True
    book.metadata["language_info"] = {"name": "python", "version": "3.13.1"}
    book.cells.append(new_code_cell(""))  # Shift+Enter in the last cell
    return json.dumps(book, indent=1).encode()


# --- handing out ---


def test_the_first_time(course):
    assert files(course) == dict.fromkeys((LESSON, EXERCISE, SOLUTION), V1)
    shutil.rmtree(course / "my_work")
    (line,) = my_work.hand_out(course)
    assert line == f"Your own copies of the notebooks are in {course / 'my_work'}."


def test_the_second_time_nothing_is_written(course):
    folder = course / "my_work"
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*")}
    assert my_work.hand_out(course) == []
    assert {path: path.stat().st_mtime_ns for path in folder.rglob("*")} == before


def test_what_a_learner_writes_stays(course):
    mine(course).write_bytes(OWN)
    assert my_work.hand_out(course) == []
    assert files(course) == {LESSON: OWN, EXERCISE: V1, SOLUTION: V1}


def test_a_deleted_copy_is_handed_out_again(course):
    mine(course).unlink()
    assert my_work.hand_out(course) == []
    assert mine(course).read_bytes() == V1


def test_what_a_learner_adds_stays(course):
    extra = {"notebooks/mine.ipynb": OWN, "notes.txt": b"hello", "exercises/data/a.csv": b"1,2"}
    for name, content in extra.items():
        mine(course, name).parent.mkdir(exist_ok=True)
        mine(course, name).write_bytes(content)
    put(course, LESSON, V2)
    my_work.hand_out(course)
    assert extra.items() <= files(course).items()


def test_a_copy_of_a_notebook_the_course_dropped_stays(course):
    (course / LESSON).unlink()
    assert my_work.hand_out(course) == []
    assert mine(course).read_bytes() == V1


# --- the course has changed ---


def test_an_untouched_copy_follows_the_course(course):
    for newer in (V2, V3, ran(V3)):
        put(course, LESSON, newer)
        assert my_work.hand_out(course) == []
        handed = my_work.without_outputs(newer)
        assert files(course) == {LESSON: handed, EXERCISE: V1, SOLUTION: V1}


def test_a_copy_that_was_only_run_follows_the_course(course):
    mine(course).write_bytes(ran(V1))
    put(course, LESSON, V2)
    assert my_work.hand_out(course) == []
    assert files(course) == {LESSON: V2, EXERCISE: V1, SOLUTION: V1}


def test_a_copy_that_was_written_in_gets_the_new_one_beside_it(course):
    mine(course).write_bytes(OWN)
    put(course, LESSON, V2)
    (line,) = my_work.hand_out(course)
    assert line == (
        "New in the course: my_work/notebooks/01_slope (new).ipynb. "
        "Your 01_slope.ipynb stays as you left it."
    )
    beside = "notebooks/01_slope (new).ipynb"
    assert files(course) == {LESSON: OWN, beside: V2, EXERCISE: V1, SOLUTION: V1}


def test_a_new_version_is_put_beside_once(course):
    mine(course).write_bytes(OWN)
    put(course, LESSON, V2)
    my_work.hand_out(course)
    assert my_work.hand_out(course) == []
    mine(course, "notebooks/01_slope (new).ipynb").unlink()
    assert my_work.hand_out(course) == []
    assert files(course) == {LESSON: OWN, EXERCISE: V1, SOLUTION: V1}


def test_each_new_version_gets_a_name_of_its_own(course):
    mine(course).write_bytes(OWN)
    put(course, LESSON, V2)
    my_work.hand_out(course)
    put(course, LESSON, V3)
    (line,) = my_work.hand_out(course)
    assert "01_slope (new 2).ipynb" in line
    assert mine(course, "notebooks/01_slope (new).ipynb").read_bytes() == V2
    assert mine(course, "notebooks/01_slope (new 2).ipynb").read_bytes() == V3
    assert mine(course).read_bytes() == OWN


def test_a_taken_name_is_left_alone(course):
    taken = mine(course, "notebooks/01_slope (new).ipynb")
    taken.write_bytes(b"something of the learner's")
    mine(course).write_bytes(OWN)
    put(course, LESSON, V2)
    assert "01_slope (new 2).ipynb" in my_work.hand_out(course)[0]
    assert taken.read_bytes() == b"something of the learner's"


def test_new_outputs_alone_are_nothing_new(course):
    mine(course).write_bytes(OWN)
    put(course, LESSON, ran(V1))
    assert my_work.hand_out(course) == []
    assert files(course) == {LESSON: OWN, EXERCISE: V1, SOLUTION: V1}


def test_new_outputs_alone_do_not_take_the_learners_away(course):
    own = ran(V1)
    mine(course).write_bytes(own)
    put(course, LESSON, V1.replace(b"\n}", b' ,"extra": 1\n}'))
    assert my_work.hand_out(course) == []
    assert mine(course).read_bytes() == own


def test_who_takes_the_new_version_over_gets_the_next_one(course):
    mine(course).write_bytes(OWN)
    put(course, LESSON, V2)
    my_work.hand_out(course)
    os.replace(mine(course, "notebooks/01_slope (new).ipynb"), mine(course))
    put(course, LESSON, V3)
    assert my_work.hand_out(course) == []
    assert files(course) == {LESSON: V3, EXERCISE: V1, SOLUTION: V1}


@pytest.mark.parametrize("own", [b"", b"no notebook", b"[1]", b'{"cells": [1]}', b"\xff\xfe", OWN])
def test_whatever_the_learner_has_is_kept(course, own):
    mine(course).write_bytes(own)
    put(course, LESSON, V2)
    assert len(my_work.hand_out(course)) == 1
    assert mine(course).read_bytes() == own


@pytest.mark.parametrize("part", ["source", "id", "cell_type"])
def test_a_change_to_a_cell_counts_as_writing(part):
    book = json.loads(V2)
    book["cells"][2][part] = {"source": "2 ", "id": "other", "cell_type": "raw"}[part]
    assert my_work.cells_hash(json.dumps(book).encode()) != my_work.cells_hash(V2)


def test_an_order_of_cells_counts_as_writing():
    book = json.loads(V2)
    book["cells"].reverse()
    assert my_work.cells_hash(json.dumps(book).encode()) != my_work.cells_hash(V2)


def test_running_does_not_count_as_writing():
    assert ran(V2) != V2
    assert my_work.cells_hash(ran(V2)) == my_work.cells_hash(V2)


# --- what can go wrong ---


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe",
        b'{"schema": 1, "files": []}',
        b'{"schema": 1, "files": {"notebooks/01_slope.ipynb": {"file": 1, "cells": 2}}}',
        b'{"schema": 1, "files": {"notebooks/01_slope.ipynb": {"odd": "x"}}}',
        b'{"schema": 99, "files": {}}',
        None,
    ],
)
def test_without_a_record_every_copy_counts_as_written_in(course, damage):
    record = course / "my_work" / my_work.RECORD
    record.unlink() if damage is None else record.write_bytes(damage)
    put(course, LESSON, V2)
    assert ["01_slope (new).ipynb" in line for line in my_work.hand_out(course)] == [True]
    beside = "notebooks/01_slope (new).ipynb"
    assert files(course) == {LESSON: V1, beside: V2, EXERCISE: V1, SOLUTION: V1}
    # From here on it is known again what was handed out.
    put(course, EXERCISE, V2)
    assert my_work.hand_out(course) == []
    assert mine(course, EXERCISE).read_bytes() == V2
    assert mine(course).read_bytes() == V1


def test_an_interruption_before_the_record_is_harmless(course, monkeypatch):
    mine(course).write_bytes(OWN)
    put(course, LESSON, V2)
    put(course, EXERCISE, V2)
    with monkeypatch.context() as patch:
        patch.setattr(my_work, "save_record", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            my_work.hand_out(course)
    assert my_work.hand_out(course) == []
    beside = "notebooks/01_slope (new).ipynb"
    assert files(course) == {LESSON: OWN, beside: V2, EXERCISE: V2, SOLUTION: V1}


def test_a_full_disk_leaves_everything_as_it_was(course, monkeypatch):
    put(course, LESSON, V2)
    before = files(course)

    def full(_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Stop, match="cannot be brought up to date") as told:
        my_work.hand_out(course)
    assert os.strerror(errno.ENOSPC) in str(told.value)
    assert files(course) == before


def test_a_folder_in_the_place_of_a_copy_is_told(course):
    mine(course).unlink()
    mine(course).mkdir()
    put(course, LESSON, V2)
    with pytest.raises(Stop, match=r"my_work.*01_slope\.ipynb"):
        my_work.hand_out(course)


def test_the_course_itself_is_never_written_to(course):
    def own_files():
        return {name: (course / name).read_bytes() for name in (LESSON, EXERCISE, SOLUTION)}

    mine(course).write_bytes(OWN)
    put(course, LESSON, V2)
    before = own_files()
    my_work.hand_out(course)
    assert own_files() == before


# --- the course as it is ---


@pytest.fixture
def whole_course(tmp_path) -> Path:
    for part in my_work.PARTS:
        shutil.copytree(ROOT / part, tmp_path / part)
    return tmp_path


def test_every_link_between_the_copies_leads_somewhere(whole_course):
    my_work.hand_out(whole_course)
    copies = sorted((whole_course / "my_work").rglob("*.ipynb"))
    assert len(copies) == len(list(whole_course.glob("*/*.ipynb")))
    links = 0
    for path in copies:
        for cell in nbformat.read(path, as_version=4).cells:
            for target in cell.source.split("](")[1:]:
                target = target.partition(")")[0].partition("#")[0]
                if target.endswith(".ipynb") and "://" not in target:
                    assert (path.parent / target).is_file(), (path, target)
                    links += 1
    assert links >= len(copies)


def test_a_second_start_reads_no_copy_and_writes_nothing(whole_course, monkeypatch):
    my_work.hand_out(whole_course)
    read, read_bytes = [], Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: read.append(path) or read_bytes(path))
    monkeypatch.setattr(my_work, "write_whole", lambda path, _: pytest.fail(f"{path} was written"))
    assert my_work.hand_out(whole_course) == []
    of_the_course = [path for part in my_work.PARTS for path in (whole_course / part).iterdir()]
    assert sorted(read) == sorted([*of_the_course, mine(whole_course, my_work.RECORD)])


def test_git_ignores_the_copies():
    if shutil.which("git") is None or not (ROOT / ".git").exists():
        pytest.skip("this is no git repository")
    asked = ["git", "check-ignore", "my_work/notebooks/01_slope.ipynb", "my_work/.course.json"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True)
    assert len(done.stdout.split()) == 2


def test_a_chapter_imports_utils_from_a_copys_folder(whole_course):
    """The kernel works in the folder of the notebook; `utils` is installed, not beside it."""
    my_work.hand_out(whole_course)
    code = "from utils.checks import course_map; print(course_map.__name__)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=whole_course / "my_work" / "exercises",
        capture_output=True, text=True,
    )  # fmt: skip
    assert done.stdout.strip() == "utils.checks.course_map", done.stderr


def test_lessons_and_exercises_are_handed_out_as_nobody_has_run_them(course):
    newer = ran(V2)
    for name in (LESSON, EXERCISE, SOLUTION):
        put(course, name, newer)
    my_work.hand_out(course)
    for name in (LESSON, EXERCISE):
        for cell in nbformat.reads(mine(course, name).read_text("utf-8"), 4).cells:
            assert cell.get("outputs", []) == [] and cell.get("execution_count") is None
    assert mine(course, SOLUTION).read_bytes() == newer
    assert my_work.without_outputs(V2) == V2, "a notebook that was not run stays byte for byte"
    assert my_work.without_outputs(b"no notebook") == b"no notebook"
