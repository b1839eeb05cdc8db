"""Notebooks are found in folders of any layout, and their owners by name."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

import pytest

from tests.grade.notebooks import handed_out, notebook, submission, written
from tools.grade.handed_in import find, whose

LAYOUTS = {
    "submitted/ada/slope/01_slope.ipynb": ("ada", ""),
    "ada/01_slope.ipynb": ("ada", ""),
    "slope/ada/01_slope.ipynb": ("ada", ""),
    "Ada Byron_1234567_assignsubmission_file_/01_slope.ipynb": ("Ada Byron", "1234567"),
    "Ada Byron_1234567_assignsubmission_file_01_slope.ipynb": ("Ada Byron", "1234567"),
    "byronada_12345_678901_01_slope.ipynb": ("byronada", "12345"),
    "byronada_LATE_12345_678901_01_slope-1.ipynb": ("byronada", "12345"),
    "ada@school.org/exercises/04_derivative.ipynb": ("ada@school.org", "ada@school.org"),
    "Class 9b, Đorđe/homework.ipynb": ("Class 9b, Đorđe", ""),
    "01_slope_ada.ipynb": ("ada", ""),
    "ada 01_slope (2).ipynb": ("ada", ""),
    "ada-Copy1.ipynb": ("ada", ""),
    "14b_arrays/ada/14b_arrays.ipynb": ("ada", ""),
    "01_slope.ipynb": ("01_slope", ""),
}


@pytest.mark.parametrize("path", LAYOUTS)
def test_whose_a_notebook_is(path):
    if path.startswith("14b"):
        pytest.importorskip("utils.questions.arrays")
    assert whose(PurePosixPath(path)) == LAYOUTS[path]


def put(folder: Path, path: str, content: bytes = b"{}") -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def zipped(**files: bytes) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def test_checkpoints_hidden_files_links_and_our_own_results_are_left_out(tmp_path):
    put(tmp_path, "ada/01_slope.ipynb")
    put(tmp_path, "ada/.ipynb_checkpoints/01_slope-checkpoint.ipynb")
    put(tmp_path, "__MACOSX/ada/._01_slope.ipynb")
    put(tmp_path, "ada/notes.txt")
    put(tmp_path, "results/feedback/x.ipynb")
    (tmp_path / "ben.ipynb").symlink_to("/etc/passwd")
    assert [one.path for one in find(tmp_path, [tmp_path / "results"])] == ["ada/01_slope.ipynb"]


def test_zip_files_are_opened(tmp_path):
    inner = zipped(**{"01_slope.ipynb": b"{}"})
    put(tmp_path, "Ben_123_assignsubmission_file_/handed.zip", inner)
    put(tmp_path, "eva.zip", zipped(**{"exercises/01_slope.ipynb": b"{}", "photo.jpg": b""}))
    put(tmp_path, "all.zip", zipped(**{"ada/01_slope.ipynb": b"{}", "ada/inner.zip": inner}))
    put(tmp_path, "damaged.zip", b"PK\x03\x04 and then nothing")
    put(tmp_path, "evil.zip", zipped(**{"../../outside.ipynb": b"{}", "/etc/x.ipynb": b"{}"}))
    found = [(one.student, one.path) for one in find(tmp_path)]
    assert ("Ben", "Ben_123_assignsubmission_file_/handed/01_slope.ipynb") in found
    assert ("eva", "eva/exercises/01_slope.ipynb") in found
    assert sum(path.startswith("all/") for _, path in found) == 2
    assert not any(".." in path or path.startswith("/") for _, path in found)


def test_a_zip_file_may_be_the_whole_class(tmp_path):
    archive = zipped(**{"ada/01_slope.ipynb": b"{}", "ben/01_slope.ipynb": b"{}"})
    put(tmp_path, "downloads.zip", archive)
    assert [one.student for one in find(tmp_path / "downloads.zip")] == ["ada", "ben"]


def test_a_zip_file_that_grows_without_end_is_cut(tmp_path):
    put(tmp_path, "ada.zip", zipped(**{"01_slope.ipynb": bytes(60_000_000)}))
    (one,) = find(tmp_path)
    assert len(one.content) < 50_000_000


def test_the_chapter_is_known_by_its_checks():
    nb = handed_out("limits")
    assert submission(nb).chapter == "limits"
    assert submission(notebook("x = 1")).chapter == ""
    lesson = notebook('check("limits.predict_hole", "b")')
    assert submission(written(lesson)).chapter == ""
