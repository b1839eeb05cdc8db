"""The lessons keep to the house style; and the checks that say so can tell good from bad."""

from __future__ import annotations

import copy
from itertools import pairwise
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tools import clean, prose

FOLDER = Path(__file__).resolve().parent.parent / "notebooks"
LESSONS = sorted(FOLDER.glob("*.ipynb"))


@pytest.fixture(params=LESSONS, ids=lambda path: path.stem)
def lesson(request: pytest.FixtureRequest) -> tuple[str, NotebookNode]:
    path: Path = request.param
    return path.stem, clean.read(path.read_text(encoding="utf-8"))


def test_every_number_in_the_prose_is_computed(lesson) -> None:
    dead = prose.dead_numbers(lesson[1])
    assert not dead, "\n".join(f"cell {d.cell}: {d.number} in “{d.context}”" for d in dead)


@pytest.mark.parametrize("rule", prose.HOUSE_STYLE)
def test_house_style(lesson, rule) -> None:
    problems = rule(lesson[1])
    assert not problems, "\n".join(problems)


def test_code_fits_a_stored_notebook(lesson) -> None:
    name, nb = lesson
    problems = prose.unwanted_code(nb, name)
    assert not problems, "\n".join(problems)


def test_no_mark_is_told_that_is_not_there(lesson) -> None:
    described = [
        output.data["text/plain"]
        for cell in lesson[1].cells
        for output in cell.get("outputs", [])
        if "text/plain" in output.get("data", {})
    ]
    marks = [line for text in described for line in text.splitlines() if line.startswith("Marks: ")]
    assert not [line for line in marks if "undefined" in line]


def test_links_lead_somewhere(lesson) -> None:
    problems = prose.dead_links(lesson[1], FOLDER)
    assert not problems, "\n".join(problems)


LARGEST = 1_500_000  # bytes, outputs included: what a slow line and a small laptop take well


@pytest.mark.parametrize("path", LESSONS, ids=lambda path: path.stem)
def test_a_lesson_is_small(path: Path) -> None:
    assert path.stat().st_size < LARGEST


@pytest.mark.parametrize(("this", "following"), list(pairwise(LESSONS)), ids=lambda p: p.stem)
def test_a_lesson_links_to_the_next(this: Path, following: Path) -> None:
    nb = clean.read(this.read_text(encoding="utf-8"))
    assert f"]({following.name})" in nb.cells[-1].source


# --- the checks themselves ---


def small(
    markdown: str, *, printed: str = "", source: str = "print(y)", **metadata
) -> NotebookNode:
    outputs = [new_output("stream", name="stdout", text=printed)] if printed else []
    return new_notebook(
        cells=[
            new_markdown_cell(markdown),
            new_code_cell(source, outputs=outputs, metadata=metadata),
        ]
    )


def dead(markdown: str, **values) -> list[str]:
    return [found.number for found in prose.dead_numbers(small(markdown, **values))]


@pytest.mark.parametrize(
    ("markdown", "numbers"),
    [
        ("The slope is 6.1.", ["6.1"]),
        ("It falls to −3, then rises to +4", ["-3", "+4"]),
        ("From 2.5 to 4.5, **8** or *9* or _7_", ["2.5", "4.5", "8", "9", "7"]),
        ("between 3–5 and 6-8", ["3", "5", "6", "8"]),
        ("After 1,000 steps", ["1,000"]),
        ("About 40 % of 1 in 300", ["40", "1", "300"]),
        ("5 km/h, f(12), 1e-4", ["5", "12", "1e-4"]),
        ("so $m = 6.1$", ["6.1"]),
        ("so $\\frac{9 - 1}{2} = 4$ and $f(3) \\approx 9$", ["4", "9"]),
        ("$7 \\to 6.1 \\to 6.01$", ["7", "6.1", "6.01"]),
        ("$h = 1, 0.1$ at $(2, 5)$", ["1", "0.1", "2", "5"]),
        ("$$\nL = -18.56\n$$", ["-18.56"]),
        ("$1{,}000$ and $50\\%$", ["1{,}000", "50"]),
        ("| x | f |\n|---|---|\n| 1 | 9 |", ["1", "9"]),
        ("## The slope at 3\n\nIn 2000 steps", ["3", "2000"]),
        ("**Time:** 5 minutes. **Watch for:** 9 instead of 6", ["9", "6"]),
        ("<b>9</b>", ["9"]),
    ],
)
def test_numbers_that_nothing_computes_are_dead(markdown: str, numbers: list[str]) -> None:
    assert sorted(dead(markdown)) == sorted(numbers)


@pytest.mark.parametrize(
    "markdown",
    [
        "# 01 · Slope\n\n## 2. A curve",
        "See chapter 3, chapters 15–17 and exercise 2, in Python 3.11",
        "| chapter | question |\n|---|---|\n| 10 gradient | Why? |",
        "1. first\n2. second",
        "**Time:** 25 minutes · 6 exercises",
        "`x = 9` and [chapter 7](07_chain_rule.ipynb) at https://example.org/8?n=9",
        "```python\nx = 12\n```\n<!-- 13 --> ![14](15.png)",
        "$y = 2x + 1$, $x^2$, $x_1$, $x^{10}$, $\\frac{1}{2}x$, $(x + 3)^2$",
        "a 3D picture, h2, 2-D, 1/x, 2x, 10⁻⁴, x²",
        "published in 1986, again (2017)",
        "two or three",
        "&#8722; and <img width='640'>",
    ],
)
def test_numbers_that_claim_nothing_are_left_alone(markdown: str) -> None:
    assert dead(markdown) == []


@pytest.mark.parametrize(
    ("markdown", "values"),
    [
        ("The slope is 7", {"printed": "slope = 7.00"}),
        ("The slope is 7.0", {"printed": "[1, 7]"}),
        ("It is −3", {"printed": "-3"}),
        ("It is -3", {"printed": "y = −3.0"}),
        ("It falls by 3", {"printed": "-3"}),
        ("After 1,000 steps", {"printed": "1000"}),
        ("After 1000 steps", {"printed": "1,000"}),
        ("with h = 0.0001", {"source": "h = 1e-4"}),
        ("at −2", {"source": "f(-2)"}),
        ("at 5.1", {"source": "print(f'{f(5.1):.2f}')"}),
        ("40 %", {"printed": "0.4"}),
        ("$f(3) = 9$", {"printed": "9"}),
        ("It is 6.1", {"source": "assert text == 'slope 6.1'", "tags": ["guard"]}),
    ],
)
def test_numbers_that_a_cell_shows_are_alive(markdown: str, values: dict) -> None:
    assert dead(markdown), "without its cell the number must be dead"
    assert dead(markdown, **values) == []


@pytest.mark.parametrize(
    ("markdown", "values"),
    [
        ("It is −3", {"printed": "3"}),
        ("It is 6.1", {"printed": "6.10001"}),
        ("It is 6.1", {"source": "# 6.1\nlabel = 'slope 6.1'"}),
        ("It is 6", {"printed": "16 60 0.6"}),
    ],
)
def test_another_number_does_not_keep_one_alive(markdown: str, values: dict) -> None:
    assert len(dead(markdown, **values)) == 1


def test_numbers_in_html_and_figures_count_but_not_those_of_markup() -> None:
    nb = small("The width is 640 and the slope 6")
    html = "<div style='width: 640px'>slope 6</div>"
    nb.cells[1].outputs = [new_output("display_data", data={"text/html": html})]
    assert [found.number for found in prose.dead_numbers(nb)] == ["640"]


GOOD = [
    "# 01 · How steep is a line?\n\nYou will be able to say it.\n\n**Time:** 20 minutes."
    " **You need:** nothing.",
    new_code_cell("x = 1\nx"),
    new_code_cell("draw(x)", outputs=[new_output("display_data", data={"image/png": "a"})]),
    "A line.",
    new_code_cell("x"),
    "## Recap\n\n| a | b |\n|---|---|\n| c | d |\n\n**Common mistakes.** One.\n\n"
    "**Where this appears in AI.** There.\n\n**Next:** the"
    " [exercises](../exercises/01_slope.ipynb), then chapter 02.",
]


def good() -> NotebookNode:
    cells = [new_markdown_cell(c) if isinstance(c, str) else copy.deepcopy(c) for c in GOOD]
    cells.insert(1, new_markdown_cell("Ask first.", metadata={"tags": ["notes"]}))
    nb = new_notebook(cells=cells)
    clean.clean_notebook(nb)
    return nb


@pytest.mark.parametrize("rule", [prose.dead_numbers, *prose.HOUSE_STYLE])
def test_a_good_lesson_passes(rule) -> None:
    assert rule(good()) == []


@pytest.mark.parametrize(
    "part",
    [
        ("# 01", "01"),
        ("line?", "line"),
        ("be able", "learn"),
        ("**Time:**", "Time"),
        ("**You need:**", "Bring"),
        ("Recap", "In short"),
        ("|---|---|", ""),
        ("Common mistakes", "Beware"),
        ("Where this appears in AI", "Elsewhere"),
        ("../exercises/", ""),
        ("Next", "Then"),
    ],
    ids=lambda part: part[0],
)
def test_a_missing_part_is_noticed(part: tuple[str, str]) -> None:
    nb = good()
    for cell in nb.cells:
        cell.source = cell.source.replace(*part)
    assert len(prose.missing_parts(nb)) == 1


def test_missing_notes_are_noticed() -> None:
    nb = good()
    del nb.cells[1]
    assert prose.missing_parts(nb) == ["the lesson lacks a cell tagged 'notes' for teachers"]


def lines(count: int) -> NotebookNode:
    return new_code_cell("\n\n".join(["x = 1"] * count))


def test_long_code_is_noticed() -> None:
    assert prose.long_code(new_notebook(cells=[lines(4), lines(3), lines(20)])) == []
    assert len(prose.long_code(new_notebook(cells=[lines(4), lines(3), lines(21)]))) == 1
    assert len(prose.long_code(new_notebook(cells=[lines(5), lines(3), lines(6)]))) == 1
    guard = lines(30)
    guard.metadata.tags = ["guard"]
    assert prose.long_code(new_notebook(cells=[lines(4), guard])) == []


def between(*texts: str) -> NotebookNode:
    cells = [new_markdown_cell(text) for text in texts]
    return new_notebook(cells=[new_code_cell("x"), *cells, new_code_cell("x")])


def test_long_prose_is_noticed() -> None:
    assert prose.long_prose(between("word " * 90)) == []
    assert len(prose.long_prose(between("word " * 91))) == 1
    assert prose.long_prose(between("word " * 70, "word " * 70)) == []
    assert len(prose.long_prose(between("word " * 70, "word " * 71))) == 1


def test_a_long_closing_cell_is_noticed() -> None:
    closing = between("word " * 90)
    closing.cells.pop()
    assert prose.long_prose(closing) == []
    closing.cells += [new_markdown_cell("word " * 90), new_markdown_cell("word " * 91)]
    assert len(prose.long_prose(closing)) == 1


FIGURE = new_code_cell("x", outputs=[new_output("display_data", data={"image/png": "a"})])


def test_a_late_figure_is_noticed() -> None:
    opening = ["# Title\n\n" + "word " * 100, "<details>" + "word " * 49 + "</details>"]
    cells = [*map(new_markdown_cell, opening), new_code_cell("x = 1"), FIGURE]
    assert prose.late_figure(new_notebook(cells=cells)) == []
    late = new_notebook(cells=[new_markdown_cell("| more |"), *cells])
    assert prose.late_figure(late) == ["151 words before the first figure; at most 150"]


def test_a_lesson_without_a_figure_is_noticed() -> None:
    assert prose.late_figure(small("A line.", printed="6")) == ["no cell shows a picture"]


def test_words_count_what_is_read() -> None:
    text = "A $y = 2x + 1$ and `f(x + h)`, don't [stop](a.ipynb).\n\n| a | b |\n|---|---|"
    assert prose.words(text) == 6


@pytest.mark.parametrize("text", ["Simply divide.", "It is obviously 2.", "You just add."])
def test_belittling_words_are_noticed(text: str) -> None:
    assert len(prose.belittling_words(small(text))) == 1


@pytest.mark.parametrize("text", ["just as steep", "Just after it", "adjust it", "`just`"])
def test_other_words_are_not(text: str) -> None:
    assert prose.belittling_words(small(text)) == []


@pytest.mark.parametrize(
    "source",
    [
        "import torch",
        "from torch import nn",
        "from ipywidgets import interact",
        "import ipywidgets as widgets\nwidgets.Output()",
        "from utils.style import *",
        "import sys\nsys.path.append('..')",
        "%matplotlib inline",
        "!pip install numpy",
    ],
)
def test_unwanted_code_is_noticed(source: str) -> None:
    assert len(prose.unwanted_code(small("text", source=source), "01_slope")) == 1


def test_torch_is_welcome_where_it_is_taught() -> None:
    nb = small("text", source="import torch")
    assert prose.unwanted_code(nb, "15_pytorch_autograd") == []
    assert len(prose.unwanted_code(nb, "14_autograd_from_scratch")) == 1


def test_dead_links_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "a b.ipynb").touch()
    nb = small("[a](a%20b.ipynb#top), [web](https://example.org), [here](#top), `[x](y)`")
    assert prose.dead_links(nb, tmp_path) == []
    assert len(prose.dead_links(small("[a](b.ipynb)"), tmp_path)) == 1


def test_repeated_ids_and_missing_slide_types_are_noticed() -> None:
    nb = good()
    nb.cells[0].id = nb.cells[1].id
    del nb.cells[2].metadata["slideshow"]
    assert len(prose.repeated_ids(nb)) == 1
    assert len(prose.missing_slide_types(nb)) == 1


# --- the command ---


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of two lessons: a good one, and one with a dead number and a word too many."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises" / "01_slope.ipynb").touch()
    faulty = good()
    faulty.cells[0].source += "\n\nIt is simply 6.1."
    for name, nb in {"01_slope": good(), "02_rate_of_change": faulty}.items():
        (tmp_path / "notebooks" / f"{name}.ipynb").write_text(clean.write(nb), encoding="utf-8")
    return tmp_path


def test_the_command_names_each_fault(course: Path, capsys) -> None:
    assert prose.main([], course) == 1
    said = capsys.readouterr().out
    assert "01_slope" not in said and "notebooks/02_rate_of_change.ipynb" in said
    assert "cell 0: no cell computes 6.1 in" in said and "cell 0: the word 'simply'" in said
    assert said.endswith("Lessons read: 2. To mend: 2. (Cells count from 0.)\n")


@pytest.mark.parametrize("name", ["slope", "01", "01_slope", "notebooks/01_slope.ipynb"])
def test_the_command_reads_one_chapter(course: Path, name: str, capsys) -> None:
    assert prose.main([name], course) == 0
    assert "Lessons read: 1. To mend: nothing." in capsys.readouterr().out


def test_the_command_says_which_chapters_there_are(course: Path, capsys) -> None:
    assert prose.main(["slop"], course) == 2
    assert "There are: 01_slope, 02_rate_of_change." in capsys.readouterr().err
