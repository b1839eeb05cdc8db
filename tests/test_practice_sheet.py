"""Work sheets: problems for paper, each with its solution, the same for the same seed."""

from __future__ import annotations

import re

import pytest

from utils import bank
from utils.checks import Number
from utils.practice import sheet
from utils.practice.__main__ import main
from utils.practice.shown import Contours, Graph, Line, Panels
from utils.practice.svg import as_svg
from utils.practice.template import Draw, Problem, Template

COUNT = 20


def sheets(folder, *more):
    """The sheet and the solutions as text, made by the command."""
    assert main(["--print", "chain_rule", "--count", str(COUNT), "--to", str(folder), *more]) == 0
    return [file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))]


def test_a_sheet_has_its_problems_and_their_solutions(tmp_path, capsys):
    asked, solved = sheets(tmp_path / "a folder", "--seed", "anna")
    for number in range(1, COUNT + 1):
        (problem,) = re.findall(rf"^\*\*{number}\.\*\* (.*)", asked, re.M)
        assert f"**{number}.** {problem}" in solved
    assert asked.count("____________") == COUNT and "____" not in solved
    said = capsys.readouterr().out
    assert "20 problems: " in said and "practice_chain_rule_anna_solutions.html" in said


def test_solutions_are_the_truth(tmp_path):
    templates = bank.templates("chain_rule")
    drawn = sheet.problems(templates, COUNT, "anna")
    _, solved = sheets(tmp_path, "--seed", "anna")
    for number, each in enumerate(drawn, start=1):
        part = solved.split(f"**{number}.** ")[1]
        assert f"**{each.problem.asks} {sheet.answer_of(each)}**" in part
        assert f"- {each.problem.steps[-1]}" in part
    assert len({each.template.id for each in drawn}) == len(templates)
    levels = [each.template.level for each in drawn]
    assert levels == sorted(levels)


def test_no_problem_stands_on_a_sheet_twice():
    def few(draw: Draw) -> Problem:
        number = draw.whole(2, 7)
        return Problem(f"{number}?", answer=Number(number), rivals=[], steps=["a", "b"])

    only = Template("slope.few", title="Few", level=1, minutes=1, draw=few)
    drawn = sheet.problems([only], 5, "anna")
    assert len({each.problem.key for each in drawn}) == len(drawn) == 5


def test_a_seed_is_a_sheet_and_another_one_another(tmp_path):
    first = sheets(tmp_path / "1", "--seed", "anna")
    assert sheets(tmp_path / "2", "--seed", "anna") == first
    other = sheets(tmp_path / "3", "--seed", "ben")
    assert other[0] != first[0]
    assert len(list((tmp_path / "1").iterdir())) == 4
    main(["--print", "07", "--count", "2", "--seed", "x", "y", "--to", str(tmp_path / "4")])
    assert len(list((tmp_path / "4").glob("*.html"))) == 4


def test_a_page_stands_alone(tmp_path):
    sheets(tmp_path, "--seed", "a<b")
    (page,) = tmp_path.glob("*a-b.html")
    text = page.read_text(encoding="utf-8")
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
    assert text.count('<li class="problem">') == COUNT and "“a&lt;b”" in text


def test_pictures_stand_beside_the_markdown():
    graph = Graph([Line(abs)], words="A corner")
    one = as_svg(graph, ".line {}")[""]
    assert one.startswith('<svg xmlns="http://www.w3.org/2000/svg"') and "<style>.line {}" in one
    assert as_svg(Panels({"A": graph, "B": graph}), "").keys() == {"A", "B"}
    assert "<path" in as_svg(Contours(lambda x, y: x + y, [0], words="A line"), "")[""]


@pytest.mark.parametrize(
    "options, said",
    [
        (["--count", "0"], "--count must be from 1 to 200"),
        (["--level", "7"], "Chapter 07 has no problems of level 7."),
        (["--to", "/dev/null/x"], "/dev/null/x"),
    ],
)
def test_what_cannot_be_made_is_said(options, said, capsys, tmp_path):
    assert main(["--print", "chain_rule", "--to", str(tmp_path), *options]) == 2
    assert said in capsys.readouterr().err


def test_a_chapter_without_practice_is_said(capsys):
    assert main(["--print", "chian_rule"]) == 2
    assert "There is no chapter 'chian_rule' to practise." in capsys.readouterr().err
