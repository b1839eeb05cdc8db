"""A whole class from the command line: tables, pages, the second run, one learner again."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.grade import hostile_notebooks as hostile
from tests.grade.class_made import learner
from tests.grade.notebooks import ROOT, exercise, written
from tools.door.say import Stop
from tools.grade import class_run, command, feedback_page, kept, overview, sandbox, tables
from tools.grade.marks import Mark
from tools.grade.sections import Section, section_of

LEARNERS = 5
CHAPTERS = ("slope", "derivative")


@pytest.fixture(scope="module")
def shut_in():
    """Whether this system has namespaces; where it has none, plain processes are tested."""
    return not sandbox.refusal(ROOT)


@pytest.fixture(scope="module")
def graded(tmp_path_factory, shut_in):
    """A small class with accidents and cheats in it, graded; and what is expected of each."""
    folder = tmp_path_factory.mktemp("class")
    expected = {}
    for chapter in CHAPTERS:
        for number in range(LEARNERS):
            nb, expected[f"learner {number}", chapter] = learner(chapter, number)
            put(folder, f"learner {number}/{chapter}.ipynb", written(nb))
    put(folder, "broken/01_slope.ipynb", hostile.BROKEN["half a notebook"])
    put(folder, "stranger/letter.ipynb", written(hostile.notebook("x = 1")))
    if shut_in:
        put(folder, "=cmd()/sums.ipynb", written(hostile.breaker("import os\nos._exit(0)")))
    assert command.run([str(folder)]) == 0
    return folder, expected


def put(folder: Path, path: str, content: bytes) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_bytes(content)


def results(folder: Path) -> Path:
    return folder.with_name(f"{folder.name} graded")


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    with (results(folder) / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_every_answer_has_its_line(graded):
    folder, expected = graded
    found = {(r["student"], r["question"]): r for r in rows(folder, "answers.csv")}
    assert [*rows(folder, "answers.csv")[0]] == (
        ["student", "question", "verdict", "mistake", "points", "message"]
    )
    for (student, _), names in expected.items():
        for question, name in names.items():
            row = found[student, question]
            assert name in (row["mistake"], row["verdict"]), (student, question)
            assert (row["points"] == "1") == (name == "correct")
            assert row["message"]


def test_totals_add_up_and_say_what_to_look_at(graded, shut_in):
    folder, expected = graded
    found = rows(folder, "totals.csv")
    for (student, chapter), names in expected.items():
        (row,) = [
            r for r in found if (r["student"], r["chapter"]) == (student, exercise(chapter).name)
        ]
        assert float(row["points"]) >= Counter(names.values())["correct"]
        assert row["of"] == str(len(names))
    notes = {row["student"]: row["to look at"] for row in found}
    assert "JSON cannot be read" in notes["broken"]
    assert "No exercise of the course" in notes["stranger"]
    if shut_in:
        assert "Code cell 4 ended the process" in notes["'=cmd()"]  # and is no formula


def test_each_learner_has_a_page_without_the_others(graded):
    folder, _ = graded
    pages = {path.stem: path.read_text("utf-8") for path in results(folder).glob("feedback/*.html")}
    assert {f"learner {number}" for number in range(LEARNERS)} <= pages.keys()
    for name, text in pages.items():
        others = [other for other in pages if other != name]
        assert not any(other in text for other in others)
        assert not re.search(r"<(script|link|img)|https?://", text)  # offline
        assert text.count("<section") in (6, 13)


def test_the_class_has_a_page_for_each_chapter(graded):
    folder, expected = graded
    for chapter in CHAPTERS:
        name = overview.name_of(exercise(chapter))
        html = (results(folder) / f"{name}.html").read_text("utf-8")
        markdown = (results(folder) / f"{name}.md").read_text("utf-8")
        assert "Talk about this first" in html and "Talk about this first" in markdown
        for question in exercise(chapter).asked:
            assert question.title in markdown
        for link in re.findall(r'href="([^"#]+)#', html):
            assert (results(folder) / unquote(link)).resolve().is_file(), link
        assert not any(student in html for student, _ in expected)


def test_a_second_run_does_only_what_is_new(graded, monkeypatch, capsys):
    folder, _ = graded
    before = {p: p.read_bytes() for p in results(folder).rglob("*") if p.is_file()}
    looked = watch(monkeypatch)
    command.run([str(folder)])
    assert looked == [0]
    assert {p: p.read_bytes() for p in results(folder).rglob("*") if p.is_file()} == before
    nb, _ = learner("slope", 77)
    put(folder, "late/01_slope.ipynb", written(nb))
    command.run([str(folder)])
    assert looked == [0, 1]
    assert any(row["student"] == "late" for row in rows(folder, "totals.csv"))
    command.run([str(folder), "--student", "LATE"])
    assert looked == [0, 1, 1]
    assert "1 graded" in capsys.readouterr().out


def watch(monkeypatch) -> list[int]:
    """How many are looked at in each run."""
    looked: list[int] = []
    real = class_run.look_at

    def counted(sheets, *rest):
        looked.append(len(sheets))
        return real(sheets, *rest)

    monkeypatch.setattr(class_run, "look_at", counted)
    return looked


def test_what_a_teacher_changed_or_put_there_stays(graded, monkeypatch):
    folder, _ = graded
    copied = folder.with_name("with notes graded")
    shutil.copytree(results(folder), copied)
    (copied / "totals.csv").write_text("my own points")
    (copied / "class 01_slope.md").unlink()
    (copied / "class 01_slope.md").write_text("my own notes")
    command.run([str(folder), "--to", str(copied)])
    assert (copied / "totals.csv").read_text() == "my own points"
    assert (copied / "class 01_slope.md").read_text() == "my own notes"
    assert (copied / "totals (new).csv").is_file() and (
        copied / "class 01_slope (new).md"
    ).is_file()
    assert not (copied / "answers (new).csv").exists()
    command.run([str(folder), "--to", str(copied)])
    assert not (copied / "totals (new2).csv").exists()


def test_nobody_of_that_name(graded):
    with pytest.raises(Stop, match='Nobody called "lerner"'):
        command.run([str(graded[0]), "--student", "lerner"])


def test_an_empty_folder_and_none(tmp_path):
    with pytest.raises(Stop, match="no notebook"):
        command.run([str(tmp_path)])
    with pytest.raises(Stop, match="no folder"):
        command.run([str(tmp_path / "gone")])


def test_two_of_one_learner_count_once():
    one = kept.Graded((mark("slope.1", "correct"),), ())
    none = kept.Graded((mark("slope.1", "wrong"),), ())
    handed = [command.HandedIn("ada", "", name, b"") for name in ("a.ipynb", "b.ipynb")]
    works = [command.Work(handed[0], "slope", none), command.Work(handed[1], "slope", one)]
    (work,) = command.one_each(works)
    assert work.points == 1 and work.graded.notes == (
        "Handed in twice: b.ipynb counts, a.ipynb does not.",
    )


# --- the parts ---


def mark(question: str, verdict: str, mistake: str = "", answer: str = "") -> Mark:
    points = float(verdict == "correct")
    return Mark(question, verdict, "Word", mistake, points, 1.0, "What is said.", answer)


def test_the_commonest_mistake_is_talked_about_first():
    asked = exercise("slope")
    ids = [question.id for question in asked.asked]
    works = []
    for number in range(30):
        verdicts = [mark(name, "correct") for name in ids]
        if number < 9:
            answer = f"def f(p, q):\n    return {number % 3}"
            verdicts[3] = mark(ids[3], "mistake", "rise-run-swapped", answer)
        if number < 4:
            verdicts[0] = mark(ids[0], "mistake", "slope-sign-lost", "answer_1 = 10")
        works.append(verdicts)
    found = overview.results(asked, works, ROOT / "notebooks")
    assert found[3].counts == {"correct": 21, "nearly": 0, "not-yet": 9, "not-tried": 0}
    (common,) = found[3].common
    assert (common.count, common.examples) == (9, ("return 0", "return 1"))
    first = overview.first_to_talk_about(found)
    assert first and first[0].number == 4 and first[1] == common


def test_a_mistake_leads_to_the_section_that_asks_about_it():
    lessons = ROOT / "notebooks"
    assert section_of("rise-run-swapped", "slope", lessons).notebook == "01_slope.ipynb"
    assert section_of("no-such-mistake", "slope", lessons) == (
        Section("01_slope.ipynb", "Common mistakes")
    )
    for chapter in CHAPTERS:
        lesson = (lessons / f"{exercise(chapter).name}.ipynb").read_text("utf-8")
        headings = {
            line.lstrip("# ").strip()
            for cell in json.loads(lesson)["cells"]
            for line in "".join(cell["source"]).split("\n")
            if line.startswith("#")
        }
        for question in exercise(chapter).asked:
            for rival in question.rivals:
                section = section_of(rival.mistake, chapter, lessons)
                if section.notebook == f"{exercise(chapter).name}.ipynb":
                    assert section.heading in headings


def test_what_learners_write_is_no_markup_and_no_formula():
    evil = '<script>alert("x")</script>'
    marks = [mark("slope.1", "wrong", "", evil)]
    page = feedback_page.feedback_page(evil, [(exercise("slope"), marks)])
    assert "<script" not in page and "&lt;script" in page
    table = tables.all_totals([("=1+1", "-2", "01", marks, ["@SUM(A1)"])])
    assert "'=1+1" in table and "'@SUM" in table and ",-2," in table


def test_nobody_is_needed_for_a_page():
    assert overview.first_to_talk_about([]) is None
