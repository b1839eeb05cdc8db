"""How long a lesson takes: the rule, the places that state it, and that they agree."""

import csv
import re
from datetime import date
from pathlib import Path

import nbformat
import pytest

from tools import chapters, clean, times
from tools.build import ROOT
from utils import questions
from utils.bank import Outline, in_exercises
from utils.checks import course_map, store


def markdown(text: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell(text, metadata={"tags": list(tags)})


def code(text: str, *tags: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(text, metadata={"tags": list(tags)})


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        (markdown("word " * 260), 120),
        (markdown("word " * 260, "notes"), 0),
        (code("from math import (\n    pi,\n)\n\nx = 1\ny = pi"), 15 + 20),
        (code("assert 1", "guard"), 0),
        (code('check("slope.1", 3)'), 0),
        (code("view = explore_line()\nview"), 90),
    ],
)
def test_each_kind_of_cell_takes_its_time(cell, seconds):
    assert times.reading(nbformat.v4.new_notebook(cells=[cell])) == pytest.approx(seconds / 60)


def test_a_lesson_lasts_at_least_as_long_as_reading_and_questions():
    nb = nbformat.v4.new_notebook(cells=[markdown("word " * 260)])
    assert times.lesson(nb, []) == 5 and times.lesson(nb, questions.questions("slope")) % 5 == 0
    assert [times.rounded_up(m) for m in (0, 0.1, 5, 5.1)] == [0, 5, 5, 10]
    assert [times.rounded(m) for m in (2, 3, 7, 8)] == [0, 5, 5, 10]


def test_header_table_and_map_say_the_same():
    reading = questions.reading_minutes()
    table = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in questions.chapters():
        file = questions.notebook(name)
        nb = clean.read((ROOT / "notebooks" / file).read_text(encoding="utf-8"))
        stated = chapters.chapter_of(file.removesuffix(".ipynb"), nb).minutes
        asked = [q for q in questions.questions(name) if not in_exercises(q.id)]
        assert int(stated) == times.lesson(nb, asked)
        assert re.search(rf"notebooks/{file}\) \| {stated} \|", table)
        apart = reading[name] + sum(q.minutes for q in asked) - int(stated)
        assert abs(apart) < 1.5 * times.ROUNDED_TO  # one is rounded to the nearest, one up


def test_contributing_states_the_rule():
    told = " ".join((ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split())
    for number, what in [
        (times.WORDS_A_MINUTE, "words a minute"),
        (times.SECONDS_A_CELL, "seconds for each code cell"),
        (times.SECONDS_A_LINE, "for each of its lines"),
        (times.SECONDS_A_FIGURE, "for each live figure"),
    ]:
        assert f"{number} {what}" in told


def test_a_lesson_is_read_as_far_as_its_questions_are_done():
    asked = [q for q in questions.questions("slope") if not in_exercises(q.id)]
    outline = Outline("01", "Slope", "01_slope.ipynb", asked, reading=100)
    half = len(asked) // 2
    entries = {q.id: store.Entry(state=store.DONE) for q in asked[:half]}
    chapter = course_map.draw([outline], store.Progress(entries), date(2030, 1, 1)).chapters[0]
    open_minutes = sum(q.minutes for q in asked[half:])
    assert chapter.minutes_left == open_minutes + round(100 * (1 - half / len(asked)))
    entries = {q.id: store.Entry(state=store.DONE) for q in asked}
    assert (
        course_map.draw([outline], store.Progress(entries), date(2030, 1, 1))
        .chapters[0]
        .minutes_left
        == 0
    )


def test_the_table_of_minutes_names_every_chapter():
    path = Path(questions.__file__).with_name("reading_minutes.csv")
    rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))
    assert rows[0] == ["chapter", "minutes"]
    assert [name for name, _ in rows[1:]] == questions.chapters()
