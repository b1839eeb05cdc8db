"""Titles, difficulty, minutes and options: notebooks say what the questions say, or the build does.

No kernel runs here.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from tools import clean
from tools.facts import FactError, write_facts
from utils import bank, questions
from utils.bank import in_exercises

ROOT = Path(__file__).resolve().parent.parent
NOTEBOOKS = [
    path
    for folder in ("notebooks", "solutions", "exercises")
    for path in sorted((ROOT / folder).glob("*.ipynb"))
]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: f"{p.parent.name}/{p.stem}")
def test_a_notebook_says_what_its_questions_say(path: Path) -> None:
    nb = clean.read(path.read_text(encoding="utf-8"))
    as_written = copy.deepcopy(nb)
    write_facts(as_written, path.stem, exercises=path.parent.name != "notebooks")
    drifted = [
        f"cell {here.id!r} says\n{here.source}\nand should say\n{there.source}"
        for here, there in zip(nb.cells, as_written.cells, strict=True)
        if here.source != there.source
    ]
    assert not drifted, "run `python course.py build`:\n" + "\n".join(drifted)


def test_every_chapter_has_a_title_and_every_notebook_a_chapter() -> None:
    names = {questions.notebook(chapter) for chapter in questions.CHAPTERS}
    stops = {bank.checkpoint_notebook(number) for number in questions.CHECKPOINTS}
    for folder, asked in (("notebooks", set()), ("solutions", stops), ("exercises", stops)):
        assert {path.name for path in (ROOT / folder).glob("*.ipynb")} == names | asked


# --- what is written ---

SLOPE = {question.id: question for question in questions.questions("slope")}
FIVE = SLOPE["slope.5"].answer.texts
SWAP = SLOPE["slope.predict_swap"].answer.texts


def written(*cells: str, exercises: bool = True, title: str = "# …") -> list[str]:
    """The cells after the first, once the facts of chapter 01 are in; a `check(…)` is code."""
    nb = notebook(*cells, title=title)
    write_facts(nb, "01_slope", exercises=exercises)
    once = [cell.source for cell in nb.cells]
    write_facts(nb, "01_slope", exercises=exercises)
    assert [cell.source for cell in nb.cells] == once
    return once[1:]


def notebook(*cells: str, title: str = "# …") -> NotebookNode:
    def cell(source: str) -> NotebookNode:
        return new_code_cell(source) if "check(" in source else new_markdown_cell(source)

    nb = new_notebook(cells=[new_markdown_cell(title), *map(cell, cells)])
    clean.clean_notebook(nb)
    return nb


def first(title: str, *, exercises: bool = True) -> str:
    nb = notebook(title=title)
    write_facts(nb, "01_slope", exercises=exercises)
    return nb.cells[0].source


@pytest.mark.parametrize("old", ["# old", "# 01 · Slope: exercises", "# 01 · How steep is a line?"])
def test_the_first_line_is_the_chapters_title(old: str) -> None:
    assert first(f"{old}\n\nText.") == "# 01 · How steep is a line? Exercises\n\nText."
    assert first(f"{old}\n\nText.", exercises=False) == "# 01 · How steep is a line?\n\nText."


def test_exercises_and_their_minutes_are_counted() -> None:
    counted = first("# …\n\nTwo exercises, from here to there.\n\n**Time:** 5 minutes. Two eyes.")
    total = sum(q.minutes for name, q in SLOPE.items() if in_exercises(name))
    assert "\nSix exercises, from here to there.\n" in counted
    minutes = int(re.search(r"\*\*Time:\*\* (\d+) minutes. Two eyes.", counted)[1])
    assert minutes % 5 == 0 and total <= minutes < total + 5


def test_minutes_of_a_lesson_are_counted() -> None:
    inside = sum(q.minutes for name, q in SLOPE.items() if not in_exercises(name))
    counted = first("# …\n\n**Time:** 999 minutes.", exercises=False)
    minutes = int(re.search(r"\*\*Time:\*\* (\d+) minutes\.", counted)[1])
    assert minutes % 5 == 0 and inside < minutes < inside + 5  # a line of text takes seconds


def test_a_heading_gets_title_difficulty_and_minutes() -> None:
    asked = SLOPE["slope.2"]
    expected = (
        f"## Exercise 2 · {asked.title}\n\n"
        f"*difficulty {'●' * asked.difficulty:○<3} · {asked.minutes} minutes*"
    )
    for old in ("## Exercise 2", "## Exercise 2 · Old\n\n*difficulty ●●●● · 99 minutes*"):
        texts = written(f"Before.\n\n{old}\n\nWhat?", "Look.", 'check("slope.2", answer)')
        assert texts[0] == f"Before.\n\n{expected}\n\nWhat?"


def test_a_question_in_the_place_of_another_keeps_its_number(monkeypatch) -> None:
    better = dataclasses.replace(SLOPE["slope.2"], id="slope.2b")
    monkeypatch.setattr(questions, "find", {"slope.2b": better}.get)
    heading, *_ = written("## Exercise 2", 'check("slope.2b", answer)')
    assert heading.startswith(f"## Exercise 2 · {better.title}\n")


def test_a_question_checked_twice_has_one_heading() -> None:
    check = 'check("slope.2", answer)'
    assert written("## Exercise 2", check, "So:", check)[2:] == ["So:", check]


def options(form: str, texts: dict[str, str]) -> str:
    if form == "list":
        return "\n".join(f"- **{letter}** {text}" for letter, text in texts.items())
    return ", ".join(f"**{letter}** {text}" for letter, text in texts.items()) + "."


@pytest.mark.parametrize("form", ["list", "paragraph"])
@pytest.mark.parametrize("end", ["", "\n\nPut the letter into `answer_5`."])
def test_options_get_their_texts(form: str, end: str) -> None:
    check = 'check("slope.predict_swap", ...)'
    stale = {letter: "old, and **bold**" for letter in SWAP}
    old, new = (f"**Predict:** what?\n\n{options(form, texts)}{end}" for texts in (stale, SWAP))
    assert written("**a** and **b** are elsewhere", old, check, exercises=False)[1] == new


@pytest.mark.parametrize("stale", [{"a": "old"}, SWAP | {"d": "of a question that had more"}])
def test_a_list_grows_and_shrinks_with_its_question(stale: dict[str, str]) -> None:
    check, end = 'check("slope.predict_swap", ...)', "\n\nPut the letter into `answer_5`."
    old, new = (f"What?\n\n{options('list', texts)}{end}" for texts in (stale, SWAP))
    assert written(old, check, exercises=False)[0] == new


def test_a_last_option_may_end_with_a_question_mark() -> None:
    old = options("paragraph", SWAP)[:-1]
    texts = written(f"Is it {old}?", 'check("slope.predict_swap", ...)', exercises=False)
    assert texts[0] == f"Is it {old}?"


def test_names_in_a_picture_need_no_text() -> None:
    nb = notebook("## Exercise 2", 'check("gradient.2", answer)')
    write_facts(nb, "10_gradient", exercises=True)
    assert nb.cells[1].source.startswith("## Exercise 2 · ")


def test_a_link_to_a_chapter_between_two_others_says_its_title(monkeypatch) -> None:
    monkeypatch.setitem(questions.CHAPTERS, "pottery", "How do we throw a bowl?")
    monkeypatch.setattr(questions, "BETWEEN", {*questions.BETWEEN, "pottery"})
    (text,) = written("See [17b · Old](../notebooks/17b_pottery.ipynb).")
    assert text == "See [17b · How do we throw a bowl?](../notebooks/17b_pottery.ipynb)."


def test_links_and_the_table_of_chapters_say_the_titles() -> None:
    texts = written(
        "On to [02 · Old](../notebooks/02_rate_of_change.ipynb), not [02 · x](elsewhere.ipynb)",
        "| chapter | its question |\n|---|---|\n| 01 x | Old? |\n\nAfter.",
    )
    assert f"[02 · {questions.CHAPTERS['rate_of_change']}](../notebooks/02_rate" in texts[0]
    assert "[02 · x](elsewhere.ipynb)" in texts[0]
    rows = texts[1].split("\n")
    assert rows[2] == "| 01 slope | How steep is a line? |" and rows[-1] == "After."
    assert "| 15 PyTorch autograd | How does PyTorch do it? |" in rows
    assert len(rows) == 2 + len(questions.CHAPTERS) - 1 + 2


# --- what cannot be written ---


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        (['check("slope.2", answer)'], "cell 'check-slope-2-answer': no heading stands above"),
        (["## Bug clinic", 'check("slope.2", answer)'], "put a text cell .*'## Exercise 2'"),
        (["## Exercise 3", 'check("slope.2", answer)'], "says exercise 3, .* of slope.2: make it"),
        (
            ["## Exercise 1", 'check("slope.1", answer)', 'check("slope.2", answer)'],
            "no heading stands above the check of slope.2",
        ),
        (
            ["## Exercise 5", options("paragraph", SWAP), 'check("slope.5", answer)'],
            "states the options a, b, c, and slope.5 has a, b, c, d: .*utils/questions/slope.py",
        ),
        (
            [
                "## Exercise 5",
                options("paragraph", FIVE | {"e": "more"}),
                'check("slope.5", answer)',
            ],
            "states the options a, b, c, d, e, and",
        ),
        (["## Exercise 5", 'check("slope.5", answer)'], "no text .* states its options"),
        (
            ["## Exercise 5\n\n**a** x. **b** x. **c** x. **d** x.", 'check("slope.5", answer)'],
            "parted by commas",
        ),
        (
            [
                "## Exercise 5\n\n**a** x, **b** x, **c** x, **d** x. Put it there.",
                'check("slope.5", answer)',
            ],
            "are its end",
        ),
    ],
)
def test_a_notebook_without_a_place_for_a_fact_is_an_error(cells: list[str], message: str) -> None:
    with pytest.raises(FactError, match=message):
        write_facts(notebook(*cells), "01_slope", exercises=True)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("05b_checkpoint", "'05b_checkpoint' is no checkpoint of the course: CHECKPOINTS"),
        ("18_pottery", "'pottery' is no chapter of the course: give it a title in CHAPTERS"),
        ("07_slope", "makes it '01_slope': rename"),
    ],
)
def test_a_notebook_of_no_chapter_is_an_error(name: str, message: str) -> None:
    with pytest.raises(FactError, match=message):
        write_facts(notebook(), name)


def test_a_notebook_without_a_title_is_an_error() -> None:
    with pytest.raises(FactError, match="begin it with the line '# 01 · How steep is a line"):
        write_facts(notebook(title="Hello"), "01_slope")
