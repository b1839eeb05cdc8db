"""`course.py questions`: the list for teachers, as a table and as JSON."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from utils import questions
from utils.checks import MISTAKES
from utils.questions import __main__ as command

ROOT = Path(__file__).resolve().parents[1]


def said(capsys, *words: str) -> str:
    """What the command prints; it must succeed."""
    assert command.main(words) == 0
    return capsys.readouterr().out


def rows(table: str) -> dict[str, list[str]]:
    """The table read back: for each question its three numbers, then its mistakes."""
    found: dict[str, list[str]] = {}
    last = ""
    for line in table.splitlines():
        row = re.fullmatch(r"  ([a-z_]+\.\w+) +(\d+) +(\d+) +(\d+)  (.*)", line)
        if row:
            last = row[1]
            found[last] = [*row.groups()[1:4], *row[5].strip(",").split(", ")]
        elif re.fullmatch(r" {20,}[a-z].*", line):
            found[last] += line.strip().strip(",").split(", ")
    return found


def test_the_table_holds_every_question(capsys):
    table = said(capsys)
    found = rows(table)
    everything = questions.all_questions()
    assert list(found) == [question.id for question in everything]
    for question in everything:
        counts = [question.difficulty, question.minutes, len(question.hints)]
        mistakes = list(dict.fromkeys(rival.mistake for rival in question.rivals)) or ["-"]
        assert found[question.id] == [*map(str, counts), *mistakes]


def test_the_table_fits(capsys):
    lines = said(capsys).splitlines()
    assert max(map(len, lines)) <= 100
    assert [line for line in lines if line != line.rstrip()] == []


def test_the_counts_at_the_end(capsys):
    table = said(capsys)
    ends = table.rpartition("questions  minutes\n")[2].splitlines()
    counted = {line.split()[0]: line.split()[1:] for line in ends if len(line.split()) == 3}
    minutes = {
        name: [q.minutes for q in questions.questions(name)] for name in questions.chapters()
    }
    expected = {
        questions.notebook(name).removesuffix(".ipynb"): [str(len(spent)), str(sum(spent))]
        for name, spent in minutes.items()
    }
    flat = [each for spent in minutes.values() for each in spent]
    assert counted == expected | {"all": [str(len(flat)), str(sum(flat))]}


@pytest.mark.parametrize("name", ["slope", "Slope ", "01", "1", "01_slope"])
def test_one_chapter(capsys, name):
    expected = [question.id for question in questions.questions("slope")]
    assert list(rows(said(capsys, name))) == expected
    assert [question["id"] for question in json.loads(said(capsys, name, "--json"))] == expected


def test_as_json(capsys):
    text = said(capsys, "--json")
    assert text.isascii()  # whatever the code page of a console or a pipe
    found = json.loads(text)
    everything = questions.all_questions()
    assert len(found) == len(everything)
    for data, question in zip(found, everything, strict=True):
        for name in ("id", "chapter", "title", "difficulty", "minutes", "points"):
            assert data[name] == getattr(question, name)
        assert data["hints"] == list(question.hints)
        for mistake in data["mistakes"]:
            assert mistake["name"] == MISTAKES[mistake["id"]].name
        named = [mistake["id"] for mistake in data["mistakes"]]
        assert sorted(named) == sorted({rival.mistake for rival in question.rivals})


def test_the_notebook_of_each_question_asks_it(capsys):
    for data in json.loads(said(capsys, "--json")):
        text = (ROOT / data["notebook"]).read_text(encoding="utf-8")
        assert f'\\"{data["id"]}\\"' in text, data


@pytest.mark.parametrize(("name", "meant"), [("slop", "slope"), ("99", None), ("", None)])
def test_an_unknown_chapter_says_what_there_is(capsys, name, meant):
    assert command.main([name]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert f'There is no chapter "{name}"' in told.err
    assert ", ".join(questions.chapters()) in told.err
    assert ("Did you mean" in told.err) == (meant is not None)
    assert meant is None or f"Did you mean {meant}?" in told.err


def test_as_a_command_under_an_old_code_page():
    done = subprocess.run(
        [sys.executable, "-m", "utils.questions", "limits"],
        cwd=ROOT, capture_output=True, text=True, env=os.environ | {"PYTHONIOENCODING": "ascii"},
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert list(rows(done.stdout)) == [question.id for question in questions.questions("limits")]


def test_nobody_reads_on():
    """As with `course.py questions | head`: no traceback."""
    listing = subprocess.Popen(
        [sys.executable, "-m", "utils.questions"],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    listing.stdout.close()
    assert listing.stderr.read() == ""
    listing.stderr.close()
    assert listing.wait() == 1
