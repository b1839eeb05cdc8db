"""Notebooks and `utils` of two versions, and the sentence that says so."""

import shutil
from pathlib import Path

from utils import versions
from utils.checks import check, progress


def course(folder: Path) -> Path:
    """A clone of the course with the same `utils`."""
    (folder / "notebooks").mkdir(parents=True)
    (folder / "course.py").touch()
    shutil.copytree(versions.HERE, folder / "utils", ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_a_clone_of_another_version_is_noticed(
    tmp_path: Path, monkeypatch, use_style, capsys
) -> None:
    clone = course(tmp_path / "clone")
    assert versions.parted(clone / "notebooks") == ""
    assert versions.parted(tmp_path) == "", "here is no course at all"
    versions.parted.cache_clear()
    (clone / "utils" / "questions" / "pottery.py").write_text("QUESTIONS = []\n")
    said = versions.parted(clone / "notebooks")
    assert "another version" in said and str(versions.HERE) in said and str(clone) in said
    monkeypatch.chdir(clone / "notebooks")
    assert said in check("pottery.1", 2).message and said in str(progress())
    use_style()
    assert capsys.readouterr().out == f"{said}\n"
    monkeypatch.chdir(tmp_path)
    versions.parted.cache_clear()
    assert said not in check("pottery.1", 2).message
