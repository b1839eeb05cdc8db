"""The build: same bytes twice, no answers in exercises, nothing lost when a cell fails."""

from __future__ import annotations

import ast
import io
import json
import os
import re
import shutil
import uuid
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.nbgraderformat import MetadataValidator
from nbgrader.utils import determine_grade
from PIL import Image

from tests.test_gate import FIGURE, as_text, plot
from tools import chapters, clean
from tools.build import build
from tools.executor import NotebookKernel
from tools.exercises import ExerciseError, make_exercise, mark_solution
from tools.stored_pictures import decode_png, pictures_differ, with_few_colours

CHECK = """\
def check(question, answer):
    print("not attempted" if answer is None else "right")
    return 0.0 if answer is None else 1.0"""
ANSWER = "answer = None\n### BEGIN SOLUTION\nanswer = 2 * 3\n### END SOLUTION"
FUNCTION = """\
def slope(x):
    \"\"\"The slope at x.\"\"\"
    ### BEGIN SOLUTION
    secret = 2 * x
    return secret
    ### END SOLUTION"""
README = f"# A course\n\n{chapters.BEGIN}\nold\n{chapters.END}\n\nThe end.\n"


def lesson() -> NotebookNode:
    return new_notebook(
        cells=[
            new_markdown_cell("# 01 · How steep is a line?\n\n**Time:** 20 minutes."),
            new_markdown_cell("Ask first.", metadata={"tags": ["notes"]}),
            new_code_cell("slope = 2"),
            new_code_cell(FIGURE),
            new_code_cell("assert slope == 2", metadata={"tags": ["guard"]}),
        ]
    )


def small_lesson() -> NotebookNode:
    """The lesson without its figure: quicker to run."""
    nb = lesson()
    del nb.cells[3]
    return nb


def solution() -> NotebookNode:
    return new_notebook(
        cells=[
            new_markdown_cell("# Exercises on slopes\n\n[Solutions](../solutions/01_slope.ipynb)"),
            new_code_cell(CHECK),
            new_markdown_cell("## Exercise 1"),
            new_code_cell(ANSWER),
            new_code_cell('check("slope.1", answer)'),
            new_markdown_cell("Two times three.", metadata={"tags": ["solution-only"]}),
            new_markdown_cell("## Exercise 3"),
            new_code_cell(FUNCTION),
            new_code_cell('check("slope.3", slope(1))'),
        ]
    )


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built course of one chapter, in a folder with a space and a letter that is not ASCII."""
    root = tmp_path_factory.mktemp("build") / "my kurs ä"
    for folder, nb in (("notebooks", lesson()), ("solutions", solution())):
        (root / folder).mkdir(parents=True)
        nbformat.write(nb, root / folder / "01_slope.ipynb")
    (root / "README.md").write_text(README, encoding="utf-8")
    assert build(root) == 0
    return root


@pytest.fixture
def built(built_once: Path, tmp_path: Path) -> Path:
    """A copy of the built course, free to be changed."""
    return shutil.copytree(built_once, tmp_path / "my kurs ä")


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A course of one lesson, not built."""
    (tmp_path / "notebooks").mkdir()
    nbformat.write(small_lesson(), tmp_path / "notebooks" / "01_slope.ipynb")
    (tmp_path / "README.md").write_text(README, encoding="utf-8")
    return tmp_path


def bytes_of(root: Path) -> dict[str, bytes]:
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def read(root: Path, folder: str) -> NotebookNode:
    return clean.read((root / folder / "01_slope.ipynb").read_text(encoding="utf-8"))


def edit(root: Path, folder: str, old: str, new: str) -> Path:
    path = root / folder / "01_slope.ipynb"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    return path


def code(nb: NotebookNode) -> list[NotebookNode]:
    return [cell for cell in nb.cells if cell.cell_type == "code"]


# --- the whole build ---


def test_a_second_build_changes_no_byte(built: Path, capsys: pytest.CaptureFixture) -> None:
    before = bytes_of(built)
    assert set(before) == {
        "README.md",
        "notebooks/01_slope.ipynb",
        "solutions/01_slope.ipynb",
        "exercises/01_slope.ipynb",
    }
    capsys.readouterr()
    assert build(built) == 0
    assert bytes_of(built) == before
    assert capsys.readouterr().out == "Everything is up to date.\n"
    assert build(built, check=True) == 0


def test_check_names_what_would_change_and_writes_nothing(
    built: Path, capsys: pytest.CaptureFixture
) -> None:
    edit(built, "solutions", "The slope at x", "The slope there")  # stands in the exercise too
    readme = built / "README.md"
    readme.write_text(readme.read_text().replace("| 15 |", "| 99 |"))
    before = bytes_of(built)
    capsys.readouterr()
    assert build(built, check=True) == 1
    assert bytes_of(built) == before
    assert capsys.readouterr().out.splitlines() == [
        "would change: exercises/01_slope.ipynb",
        "would change: README.md",
    ]


def test_a_fact_that_drifted_would_change(built: Path, capsys: pytest.CaptureFixture) -> None:
    edit(built, "solutions", "difficulty ●○○", "difficulty ●●●")
    edit(built, "notebooks", "How steep is a line?", "What is a slope?")
    before = bytes_of(built)
    capsys.readouterr()
    assert build(built, check=True) == 1
    assert bytes_of(built) == before
    assert capsys.readouterr().out.splitlines() == [
        "would change: notebooks/01_slope.ipynb",
        "would change: solutions/01_slope.ipynb",
    ]


def test_a_heading_that_is_missing_is_named(built: Path, capsys: pytest.CaptureFixture) -> None:
    edit(built, "solutions", "## Exercise 3", "## Bug clinic 3")
    capsys.readouterr()
    assert build(built, check=True) == 1
    assert "solutions/01_slope.ipynb, cell 'check-slope-3-slope-1': no heading" in (
        capsys.readouterr().err
    )


def test_ids_stay_when_a_cell_is_edited(built: Path) -> None:
    before = [cell.id for cell in read(built, "notebooks").cells]
    assert before[0] == "01-how-steep-is-a-line"
    edit(built, "notebooks", "How steep is a line?", "What is a slope?")
    for folder in ("solutions", "exercises"):
        shutil.rmtree(built / folder)
    assert build(built) == 0
    assert [cell.id for cell in read(built, "notebooks").cells] == before


def test_only_the_named_chapter_is_built(course: Path) -> None:
    nbformat.write(small_lesson(), course / "notebooks" / "02_rate_of_change.ipynb")
    before = (course / "notebooks" / "01_slope.ipynb").read_bytes()
    assert build(course, ["rate_of_change"]) == 0
    assert (course / "notebooks" / "01_slope.ipynb").read_bytes() == before
    assert build(course, ["03_limits"]) == 1


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("slope = 2\nslope / 0", "line 2: slope / 0\n  ZeroDivisionError: division by zero"),
        ("import warnings\nwarnings.warn('look out')", "UserWarning: look out"),
        ("import os\nos._exit(1)", "The kernel died"),
        ("while True: pass", "longer than 3 seconds"),
        ("", "the code cell is empty"),
    ],
)
def test_a_failing_cell_stops_the_build_and_leaves_the_file(
    course: Path, source: str, message: str, capsys: pytest.CaptureFixture
) -> None:
    nb = small_lesson()
    nb.cells[2].source = source
    path = course / "notebooks" / "01_slope.ipynb"
    nbformat.write(nb, path)
    before = path.read_bytes()
    assert build(course, timeout=3) == 1
    assert path.read_bytes() == before
    error = capsys.readouterr().err
    assert message in error and "notebooks/01_slope.ipynb, cell '" in error
    assert (course / "README.md").read_text(encoding="utf-8") == README


def test_an_exercise_without_solution_is_named(built: Path, capsys: pytest.CaptureFixture) -> None:
    (built / "solutions" / "01_slope.ipynb").unlink()
    assert build(built) == 1
    assert "exercises/01_slope.ipynb has no solution notebook" in capsys.readouterr().err


def test_readme_lists_the_chapters(built: Path) -> None:
    readme = (built / "README.md").read_text(encoding="utf-8")
    assert re.search(r"\n\| \[01 Slope\]\(notebooks/01_slope\.ipynb\) \| 15 \| \d* \|\n", readme)
    assert "old" not in readme and readme.endswith("\n\nThe end.\n")


@pytest.mark.parametrize(
    ("name", "title"),
    [("01_slope", "01 Slope"), ("15_pytorch_autograd", "15 PyTorch autograd")],
)
def test_a_title_is_the_name_as_people_read_it(name: str, title: str) -> None:
    assert chapters.Chapter(name, "").title == title


# --- what is stored ---


def test_metadata_of_machines_and_editors_is_dropped(course: Path) -> None:
    nb = read(course, "notebooks")
    nb.metadata.update(
        kernelspec={"name": "my-venv", "display_name": "My Python", "language": "python"},
        language_info={"name": "python", "version": "3.11.9"},
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {}}},
        vscode={"interpreter": {}},
    )
    nb.cells[2].metadata.update(
        execution={"iopub.execute_input": "2026-01-01T00:00:00Z"},
        collapsed=True,
        editable=True,
        tags=[],
        slideshow={"slide_type": "fragment"},
    )
    nb.cells[2].source = "import ipywidgets\nslope = 2\nipywidgets.IntSlider()"
    nbformat.write(nb, course / "notebooks" / "01_slope.ipynb")
    assert build(course) == 0
    nb = read(course, "notebooks")
    assert nb.metadata == {
        "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
        "language_info": {"name": "python"},
    }
    assert nb.cells[2].metadata == {"slideshow": {"slide_type": "fragment"}}
    assert nb.cells[2].outputs[0].data == {"text/plain": "IntSlider(value=0)"}
    slides = [cell.metadata.slideshow.slide_type for cell in nb.cells]
    assert slides == ["slide", "notes", "fragment", "skip"]
    assert nb.cells[3].metadata.jupyter == {"source_hidden": True}


@pytest.mark.parametrize(
    ("source", "folded"),
    [
        ("import math\n\nfrom utils import style\n\nstyle.use()", True),
        ("from utils.checks import check", True),
        ("style.use()", False),
        ("import math\nx = 1", False),
        ("import math\nmath.sqrt(4)", False),
        ("import math\nstyle.use(for_class=True)", False),
        ("%pip install numpy", False),
    ],
)
def test_cells_that_only_fetch_tools_are_folded(source: str, folded: bool) -> None:
    nb = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)])
    clean.clean_notebook(nb)
    assert nb.cells[0].metadata.get("jupyter", {}).get("source_hidden", False) is folded


def test_random_and_repeated_ids_become_readable() -> None:
    ids = ["mine", "mine", "0a1b2c3d", str(uuid.uuid4()), "", "decade-42"]
    sources = ["a", "## Look *here*", "x = 1", "x = 1", "", "12345678"]
    nb = new_notebook(cells=[new_code_cell(source) for source in sources])
    nb.cells[1] = new_markdown_cell(sources[1])
    for cell, name in zip(nb.cells, ids, strict=True):
        cell.id = name
    clean.name_cells(nb)
    names = [cell.id for cell in nb.cells]
    assert names == ["mine", "look-here", "x-1", "x-1-2", "code", "decade-42"]
    clean.name_cells(nb)
    assert [cell.id for cell in nb.cells] == names


def test_an_id_never_looks_random_and_never_tells_an_answer() -> None:
    nb = new_notebook(cells=[new_code_cell("12345678"), new_code_cell(ANSWER)])
    clean.name_cells(nb)
    assert [cell.id for cell in nb.cells] == ["cell-12345678", "answer-none"]


def picture(png: bytes, words: str = "a line") -> NotebookNode:
    return new_output("display_data", data={"image/png": as_text(png), "text/plain": words})


def small_plot(**changes) -> bytes:
    return with_few_colours(plot(**changes))


def test_a_stored_picture_has_few_colours_and_shows_the_same() -> None:
    png = plot()
    (stored,) = clean.clean_outputs([picture(png)], [])
    small = decode_png(stored.data["image/png"])
    assert len(small) < len(png)
    assert pictures_differ(png, small) is None
    assert clean.clean_outputs([stored], []) == [stored], "once is enough"
    pixels, few = (Image.open(io.BytesIO(data)).convert("RGB") for data in (png, small))
    assert few.getpixel((0, 0)) == pixels.getpixel((0, 0)), "white stays white"


def test_a_picture_that_shines_through_is_left_alone() -> None:
    buffer = io.BytesIO()
    Image.new("RGBA", (4, 4), (255, 0, 0, 128)).save(buffer, "PNG")
    assert with_few_colours(buffer.getvalue()) == buffer.getvalue()


def test_a_picture_that_shows_the_same_keeps_its_bytes() -> None:
    old, new = small_plot(settings={"text.hinting": "none"}), small_plot()
    assert old != new
    assert clean.clean_outputs([picture(new)], [picture(old)]) == [picture(old)]
    assert clean.clean_outputs([picture(new)], [picture(small_plot(slope=3))]) == [picture(new)]
    assert clean.clean_outputs([picture(new, "b")], [picture(old, "a")]) == [picture(new, "b")]
    assert clean.clean_outputs([picture(new)], [picture(b"junk")]) == [picture(new)]
    assert clean.clean_outputs([picture(new)], []) == [picture(new)]


def test_a_stored_traceback_names_no_file_of_this_machine(course: Path) -> None:
    nb = small_lesson()
    nb.cells[2].source = "slope = 2\nimport json\njson.loads('{')"
    nb.cells[2].metadata.tags = ["raises-exception"]
    nbformat.write(nb, course / "notebooks" / "01_slope.ipynb")
    assert build(course) == 0
    (output,) = read(course, "notebooks").cells[2].outputs
    assert output.ename == "JSONDecodeError" and "Cell" in "".join(output.traceback)
    assert os.path.dirname(json.__file__) not in "".join(output.traceback)
    assert build(course, check=True) == 0


# --- exercises ---


def test_no_solution_line_stands_in_the_exercise(built: Path) -> None:
    text = (built / "exercises" / "01_slope.ipynb").read_text(encoding="utf-8")
    regions = re.findall("### BEGIN SOLUTION\n(.*?)### END SOLUTION", ANSWER + FUNCTION, re.S)
    secrets = [line.strip() for region in regions for line in region.splitlines() if line.strip()]
    assert secrets == ["answer = 2 * 3", "secret = 2 * x", "return secret"]
    for secret in [*secrets, "SOLUTION\\n", "Two times three"]:
        assert secret not in text
    assert "../solutions/01_slope.ipynb" in text


def test_the_exercise_runs_and_says_not_attempted(built: Path) -> None:
    exercise, solved = code(read(built, "exercises")), code(read(built, "solutions"))
    assert [cell.source for cell in exercise] == [
        CHECK,
        "answer = None\n# your answer here",
        'check("slope.1", answer)',
        'def slope(x):\n    """The slope at x."""\n    ...  # your answer here',
        'check("slope.3", slope(1))',
    ]
    assert [cell.id for cell in exercise] == [cell.id for cell in solved]
    assert [cell.execution_count for cell in exercise] == [1, 2, 3, 4, 5]
    for cells, words, points in ((exercise, "not attempted\n", 0), (solved, "right\n", 1)):
        assert [cells[n].outputs[0].text for n in (2, 4)] == [words, words]
        assert [cells[n].outputs[1].data["text/plain"] for n in (2, 4)] == [f"{points}.0"] * 2
        assert [determine_grade(cells[n]) for n in (2, 4)] == [(points, 1)] * 2
    for cell in exercise:
        ast.parse(cell.source)
    assert not any(cell.outputs for cell in (exercise[1], exercise[3]))


def test_nbgrader_metadata_is_valid_and_complete(built: Path) -> None:
    for folder in ("solutions", "exercises"):
        nb = read(built, folder)
        MetadataValidator().validate_nb(nb)
        kinds = {
            cell.id: (cell.metadata.nbgrader.grade, cell.metadata.nbgrader.solution)
            for cell in nb.cells
            if "nbgrader" in cell.metadata
        }
        assert kinds == {
            "answer-none": (False, True),
            "check-slope-1-answer": (True, False),
            "def-slope-x-the-slope-at": (False, True),
            "check-slope-3-slope-1": (True, False),
        }
        for cell in nb.cells:
            grading = cell.metadata.get("nbgrader", {"grade_id": cell.id})
            assert grading["grade_id"] == cell.id
            assert grading.get("points", 1) == 1
    locked = [c.id for c in read(built, "exercises").cells if c.metadata.get("editable") is False]
    assert locked == ["check-slope-1-answer", "check-slope-3-slope-1"]


@pytest.mark.parametrize(
    "cell",
    [
        new_code_cell("### BEGIN SOLUTION\nx = 1"),
        new_code_cell("### END SOLUTION\nx = 1\n### BEGIN SOLUTION"),
        new_code_cell("# BEGIN SOLUTION\nx = 1\n# END SOLUTION"),
        new_code_cell(ANSWER + '\ncheck("slope.1", answer)'),
        new_markdown_cell("### BEGIN SOLUTION\ntext\n### END SOLUTION"),
    ],
    ids=["unclosed", "reversed", "other-marks", "with-check", "text"],
)
def test_what_no_exercise_can_be_made_of_is_refused(cell: NotebookNode) -> None:
    with pytest.raises(ExerciseError, match=cell.id):
        mark_solution(new_notebook(cells=[cell]))


def test_grading_of_cells_that_are_graded_no_more_is_removed() -> None:
    nb = new_notebook(cells=[new_code_cell(ANSWER, id="a")])
    mark_solution(nb)
    assert "nbgrader" in nb.cells[0].metadata
    nb.cells[0].source = "x = 1"
    mark_solution(nb)
    assert "nbgrader" not in nb.cells[0].metadata
    assert make_exercise(nb).cells[0].source == "x = 1"


# --- the executor ---


def test_cells_run_in_their_own_surroundings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DERIVATIVES_PROGRESS", "my own progress")
    monkeypatch.setenv("MPLBACKEND", "agg")
    with NotebookKernel(tmp_path) as kernel:
        run = kernel.run_cell(
            "import os\n"
            "progress = os.environ['DERIVATIVES_PROGRESS']\n"
            "print(os.getcwd(), os.environ['OMP_NUM_THREADS'], os.path.exists(progress))\n"
            "print(progress, os.environ.get('PYTEST_CURRENT_TEST'), sep='|')\n"
            "print(os.environ['MPLBACKEND'])"
        )
    first, second, third = run.outputs[0].text.splitlines()
    assert first == f"{os.path.realpath(tmp_path)} 1 False"
    progress, test = second.split("|")
    assert progress != "my own progress" and test == "None"
    assert not Path(progress).parent.exists(), "the temporary folder must be gone"
    assert "inline" in third


def test_outputs_are_those_that_jupyter_shows(tmp_path: Path) -> None:
    with NotebookKernel(tmp_path) as kernel:
        first = kernel.run_cell("line = display('first', display_id=True)\nprint('a')\nprint('b')")
        cleared = kernel.run_cell(
            "from IPython.display import clear_output\nprint('gone')\n"
            "clear_output(wait=True)\nline.update('second')\nprint('stays')"
        )
        bar = kernel.run_cell("for i in range(3): print(i, end='\\r')\nprint('done')")
        silent = kernel.run_cell("1 + 1;")
    assert [output.get("text") for output in first.outputs] == [None, "a\nb\n"]
    assert first.outputs[0].data == {"text/plain": "'second'"}
    assert [output.text for output in cleared.outputs] == ["stays\n"]
    assert [output.text for output in bar.outputs] == ["done\n"]
    assert silent.outputs == [] and silent.execution_count == 4
