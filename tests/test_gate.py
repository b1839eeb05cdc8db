"""The gate holds: each notebook that is broken in one way fails, and for that reason.

Two correct notebooks are made and run once. Every broken one is a copy with one fault. All go
through the strict plugin in real pytest runs, as the course's own notebooks do.
"""

from __future__ import annotations

import base64
import copy
import io
import json
import os
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.figure import Figure
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from tests import nbval_strict
from tools import clean
from tools.build import execute
from tools.stored_pictures import pictures_differ

ROOT = Path(__file__).resolve().parent.parent
LOOP_SECONDS = 3  # what a cell may take where a loop never ends

FIGURE = """\
import base64, io
import matplotlib.pyplot as plt
from IPython.display import display
plt.plot([0, 4], [1, 1 + 4 * slope])
plt.plot([1], [1 + slope], "o")
plt.title("y = 2x + 1")
file = io.BytesIO()
plt.savefig(file)
plt.close()
png = base64.b64encode(file.getvalue()).decode()
words = "A straight line from (0, 1) to (4, 9), and a point on it."
display({"image/png": png, "text/plain": words}, raw=True,
        metadata={"image/png": {"alt": words}})"""
TWO_OUTPUTS = """\
from IPython.display import display
display({"text/plain": "nine", "text/html": "<b>9</b>"}, raw=True)
print("shown")"""
TEXT_SOURCES = ["x = 3\nprint(x**2)", "[x, 2 * x]", TWO_OUTPUTS, "x + 1;"]
PRINT, VALUE, BOTH, LAST = range(len(TEXT_SOURCES))
FORMATS = {
    "text/plain": "9",
    "text/html": "<b>9</b>",
    "text/latex": "$9$",
    "image/svg+xml": "<svg width='9'></svg>",
    "application/json": {"nine": 9},
}
FORMAT_SOURCES = [f"display({{{mime!r}: {value!r}}}, raw=True)" for mime, value in FORMATS.items()]
FIGURE_SOURCES = ["slope = 2", FIGURE, "print(slope)"]
PICTURE = 1


def notebook(sources: list[str]) -> NotebookNode:
    cells = [new_markdown_cell("# How steep is a line?")]
    nb = new_notebook(cells=cells + [new_code_cell(source) for source in sources])
    clean.clean_notebook(nb)
    return nb


def code(nb: NotebookNode, number: int) -> NotebookNode:
    return [cell for cell in nb.cells if cell.cell_type == "code"][number]


# --- the broken notebooks ---


@dataclass(frozen=True)
class Broken:
    """One fault: which copy it is made in, what it changes, which items must fail, and why."""

    name: str
    base: str
    fault: Callable[[NotebookNode], None]
    items: frozenset[str]
    reasons: tuple[str, ...]


BROKEN: list[Broken] = []


def broken(base: str, items: str, *reasons: str) -> Callable[[Callable], Callable]:
    def register(fault: Callable[[NotebookNode], None]) -> Callable[[NotebookNode], None]:
        BROKEN.append(Broken(fault.__name__, base, fault, frozenset(items.split(", ")), reasons))
        return fault

    return register


OTHER = "gives other outputs than are stored"


@broken("text", "Cell 0", OTHER)
def changed_number(nb):
    code(nb, PRINT).outputs[0].text = "10\n"


@broken("formats", "Cell 0, Cell 1, Cell 2, Cell 3, Cell 4", *(f"mismatch '{f}'" for f in FORMATS))
def changed_formats(nb):
    for number, mime in enumerate(FORMATS):
        data = code(nb, number).outputs[0].data
        data[mime] = {"nine": 8} if mime == "application/json" else data[mime].replace("9", "8")


@broken("text", "Cell 2", "new:    2 outputs")
def removed_format(nb):
    del code(nb, BOTH).outputs[0].data["text/html"]


@broken("text", "Cell 2", "stored: 2 outputs: text on stdout, display")
def swapped_outputs(nb):
    code(nb, BOTH).outputs.reverse()


@broken("text", "Cell 0", "stored: 2 outputs")
def extra_stored_output(nb):
    code(nb, PRINT).outputs.append(new_output("display_data", data={"text/plain": "more"}))


@broken("text", "Cell 3", "stored: 0 outputs")
def output_missing_from_file(nb):
    code(nb, LAST).source = "x + 1"


@broken("text", "Cell 1", "as if it had not been run")
def cleared_cell(nb):
    code(nb, VALUE).update(outputs=[], execution_count=None)


@broken("text", "notebook, Cell 0, Cell 1, Cell 2, Cell 3", "stored without outputs")
def cleared_notebook(nb):
    for number in range(len(TEXT_SOURCES)):
        code(nb, number).update(outputs=[], execution_count=None)


@broken("text", "Cell 0, Cell 3", "were not run once, from top to bottom")
def execution_counts_out_of_order(nb):
    code(nb, PRINT).execution_count, code(nb, LAST).execution_count = 4, 1


@broken("text", "notebook", "ids are missing or repeated")
def repeated_id(nb):
    code(nb, PRINT).id = code(nb, VALUE).id


@broken("text", "notebook", "no code cell")
def nothing_to_check(nb):
    nb.cells = nb.cells[:1]


@broken("text", "Cell 3", "code cell is empty")
def empty_cell(nb):
    code(nb, LAST).source = ""


@broken("text", "Cell 0", "asks not to be checked (a comment")
def skip_comment(nb):
    code(nb, PRINT).source = "# NBVAL_SKIP\n" + code(nb, PRINT).source


@broken("text", "Cell 0", "asks not to be checked (the tag 'nbval-skip')")
def skip_tag(nb):
    code(nb, PRINT).metadata.tags = ["nbval-skip"]


@broken("text", "Cell 0", "asks not to be checked (a comment", OTHER)
def ignore_output_comment(nb):
    code(nb, PRINT).source = "# NBVAL_IGNORE_OUTPUT\n" + code(nb, PRINT).source
    changed_number(nb)


@broken("text", "Cell 0", "may be skipped")
def skipped_by_a_conftest(nb):
    """Nothing is wrong with the file; the conftest.py written beside it skips its first cell."""


@broken("text", "Cell 0", "raises nothing")
def raises_nothing(nb):
    code(nb, PRINT).metadata.tags = ["raises-exception"]


@broken("text", "Cell 3", "mismatch 'evalue'")
def raises_something_else(nb):
    code(nb, LAST).source = "1 / 0"
    code(nb, LAST).metadata.tags = ["raises-exception"]
    code(nb, LAST).outputs = [
        new_output("error", ename="ZeroDivisionError", evalue="other words", traceback=[])
    ]


@broken("text", "Cell 3", "ZeroDivisionError: division by zero")
def error(nb):
    code(nb, LAST).source = "1 / 0"


@broken("text", "Cell 0", "UserWarning: look out")
def warning(nb):
    code(nb, PRINT).source += "\nimport warnings\nwarnings.warn('look out')"


@broken("text", "Cell 0", "stderr:\noh")
def stderr(nb):
    code(nb, PRINT).source += "\nimport sys\nprint('oh', file=sys.stderr)"


@broken("text", "Cell 0", "stderr:\nfrom below")
def stderr_of_a_subprocess(nb):
    code(nb, PRINT).source += "\nimport os, time\nos.write(2, b'from below')\ntime.sleep(0.3)"


@broken("text", "Cell 0", "written to stderr is stored")
def stored_stderr(nb):
    stderr(nb)
    code(nb, PRINT).outputs.append(new_output("stream", name="stderr", text="oh\n"))


@broken("text", "Cell 3", "with its address in memory")
def address(nb):
    code(nb, LAST).source = "object()"
    code(nb, LAST).outputs = [
        new_output(
            "execute_result",
            data={"text/plain": "<object at 0x7f3a1c0de8f0>"},
            execution_count=4,
        )
    ]


@broken("text", "Cell 0", "a live widget is stored")
def stored_widget(nb):
    view = {"model_id": "5e1f", "version_major": 2, "version_minor": 0}
    data = {"text/plain": "IntSlider(value=0)", "application/vnd.jupyter.widget-view+json": view}
    code(nb, PRINT).outputs.append(new_output("display_data", data=data))


@broken("text", "notebook", "state of widgets")
def stored_widget_state(nb):
    nb.metadata.widgets = {"application/vnd.jupyter.widget-state+json": {"state": {"a": 1}}}


@broken("text", "Cell 1, Cell 2, Cell 3", "The kernel died while this cell was running")
def dead_kernel(nb):
    code(nb, VALUE).source = "import os\nos._exit(1)"
    code(nb, VALUE).outputs = []


@broken("loop", "Cell 1, Cell 2, Cell 3", "and was interrupted")
def endless_loop(nb):
    code(nb, VALUE).source = "while True:\n    pass"
    code(nb, VALUE).outputs = []


@broken("loop", "Cell 1, Cell 2, Cell 3", "ignored the interrupt")
def endless_loop_that_swallows_the_interrupt(nb):
    code(nb, VALUE).source = (
        "import time\nwhile True:\n    try:\n        time.sleep(0.1)\n"
        "    except KeyboardInterrupt:\n        pass"
    )
    code(nb, VALUE).outputs = []


@broken("figure", "Cell 1", "the picture is another one")
def wrong_curve_with_unchanged_text(nb):
    code(nb, PICTURE - 1).source = "slope = 2.1"
    code(nb, PICTURE + 1).source = "print(2)"


@broken("figure", "Cell 1", "the picture is another one: the sizes differ")
def replaced_picture(nb):
    code(nb, PICTURE).outputs[0].data["image/png"] = as_text(plot(slope=2, size=(3, 3)))


@broken("figure", "Cell 1", "stored: 1 outputs: display (text/plain)")
def removed_picture(nb):
    del code(nb, PICTURE).outputs[0].data["image/png"]


@broken("figure", "Cell 1", "not a readable PNG")
def junk_picture(nb):
    code(nb, PICTURE).outputs[0].data["image/png"] = as_text(b"no picture at all")


@broken("figure", "Cell 1", "not base64")
def picture_that_is_no_base64(nb):
    code(nb, PICTURE).outputs[0].data["image/png"] = "öäü!"


@broken("figure", "Cell 1", "no alt text")
def missing_alt_text(nb):
    source = code(nb, PICTURE).source
    code(nb, PICTURE).source = source.replace('{"image/png": {"alt": words}}', "{}")
    code(nb, PICTURE).outputs[0].metadata = {}


@broken("figure", "Cell 1", "the metadata (alt text, for one) differ")
def changed_alt_text(nb):
    code(nb, PICTURE).outputs[0].metadata["image/png"]["alt"] = "Some line."


@broken("figure", "Cell 1", "no description")
def picture_without_description(nb):
    bare = "<Figure size 640x480 with 1 Axes>"
    source = code(nb, PICTURE).source
    code(nb, PICTURE).source = source.replace('"text/plain": words', f'"text/plain": "{bare}"')
    code(nb, PICTURE).outputs[0].data["text/plain"] = bare


# --- the correct notebooks ---


def other_fonts(nb: NotebookNode) -> None:
    """The stored picture was drawn with other font hinting: correct."""
    code(nb, PICTURE).outputs[0].data["image/png"] = as_text(
        plot(slope=2, settings={"text.hinting": "none"})
    )


def expected_error(nb: NotebookNode) -> None:
    """A cell that is meant to raise, and does: correct."""
    code(nb, LAST).source = "1 / 0"
    code(nb, LAST).metadata.tags = ["raises-exception"]
    code(nb, LAST).outputs = [
        new_output("error", ename="ZeroDivisionError", evalue="division by zero", traceback=[])
    ]


def live_widget(nb: NotebookNode) -> None:
    """A widget is shown; only its text is stored: correct."""
    code(nb, LAST).source = "import ipywidgets\nipywidgets.IntSlider()"
    code(nb, LAST).outputs = [
        new_output("execute_result", data={"text/plain": "IntSlider(value=0)"}, execution_count=4)
    ]


def late_update(nb: NotebookNode) -> None:
    """A later cell changes what an earlier one shows; the last state is stored: correct."""
    code(nb, VALUE).source = "line = display('first', display_id=True)"
    code(nb, VALUE).outputs = [new_output("display_data", data={"text/plain": "'second'"})]
    code(nb, LAST).source = "line.update('second')"


SOURCES = {"text": TEXT_SOURCES, "formats": FORMAT_SOURCES, "figure": FIGURE_SOURCES}
CORRECT = {
    "correct_text": ("text", lambda nb: None),
    "correct_formats": ("formats", lambda nb: None),
    "correct_figure": ("figure", lambda nb: None),
    "other_fonts": ("figure", other_fonts),
    "expected_error": ("text", expected_error),
    "live_widget": ("text", live_widget),
    "late_update": ("text", late_update),
}

# --- running them ---

CONFTEST = """\
import pytest

def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.stem == "skipped_by_a_conftest" and item.name == "Cell 0":
            item.add_marker(pytest.mark.skip(reason="it is slow"))
"""
Outcomes = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """For each notebook and each of its items: the failure's text, empty where it passed."""
    folder = tmp_path_factory.mktemp("gate")
    correct = {name: notebook(sources) for name, sources in SOURCES.items()}
    for name, nb in correct.items():
        execute(nb, folder, name)
    correct["loop"] = correct["text"]
    groups: dict[str, list[Path]] = {"first": [], "second": [], "loops": []}
    jobs = [(name, base, fault) for name, (base, fault) in CORRECT.items()]
    jobs += [(each.name, each.base, each.fault) for each in BROKEN]
    for number, (name, base, fault) in enumerate(jobs):
        nb = copy.deepcopy(correct[base])
        fault(nb)
        path = folder / f"{name}.ipynb"
        path.write_text(json.dumps(nb), encoding="utf-8")
        groups["loops" if base == "loop" else ("first", "second")[number % 2]].append(path)
    (folder / "conftest.py").write_text(CONFTEST, encoding="utf-8")
    runs = [start_pytest(folder, name, paths) for name, paths in groups.items()]
    found: Outcomes = {}
    for name, run in zip(groups, runs, strict=True):
        output, _ = run.communicate(timeout=300)
        assert run.returncode == 1, output
        for case in ElementTree.parse(folder / f"{name}.xml").iter("testcase"):
            faults = [
                fault.text or "" for kind in ("failure", "error") for fault in case.iter(kind)
            ]
            faults += ["(skipped)" for _ in case.iter("skipped")]
            notebook_name = case.attrib["classname"].removesuffix(".ipynb")
            found.setdefault(notebook_name, {})[case.attrib["name"]] = "\n".join(faults)
    return found


def start_pytest(folder: Path, group: str, notebooks: list[Path]) -> subprocess.Popen[str]:
    settings = folder / f"{group}.ini"
    seconds = LOOP_SECONDS if group == "loops" else 60
    settings.write_text(f"[pytest]\nnbval_strict_timeout = {seconds}")
    options = ["-p", "tests.nbval_strict", "-p", "no:cacheprovider", "--color=no"]
    options += ["-c", str(settings), "--rootdir", str(folder)]
    options += [f"--junitxml={folder / group}.xml"]
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, *map(str, notebooks)],
        cwd=ROOT,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


@pytest.mark.parametrize("case", BROKEN, ids=lambda case: case.name)
def test_a_broken_notebook_fails_for_its_own_reason(case: Broken, outcomes: Outcomes) -> None:
    failures = {item: text for item, text in outcomes[case.name].items() if text}
    assert set(failures) == case.items, failures
    told = "\n".join(failures.values())
    assert [reason for reason in case.reasons if reason not in told] == [], told


@pytest.mark.parametrize("name", CORRECT)
def test_a_correct_notebook_passes_with_every_cell_counted(name: str, outcomes: Outcomes) -> None:
    cells = {f"Cell {number}": "" for number in range(len(SOURCES[CORRECT[name][0]]))}
    assert outcomes[name] == {"notebook": ""} | cells


@pytest.mark.parametrize("option", ["nbval_lax", "nbval_sanitize_with", "nbdime"])
def test_options_that_loosen_the_check_are_refused(option: str) -> None:
    config = SimpleNamespace(option=SimpleNamespace(**{option: True}))
    with pytest.raises(pytest.UsageError, match=option.replace("_", "-")):
        nbval_strict.pytest_configure(config)


def test_every_code_cell_of_the_course_is_an_item() -> None:
    """Counted in the JSON of the files, without pytest and nbformat."""
    paths = sorted(
        path
        for name in ("notebooks", "solutions", "exercises")
        for path in (ROOT / name).glob("*.ipynb")
    )
    if not paths:
        pytest.skip("there are no notebooks yet")
    folders = sorted({str(path.parent) for path in paths})
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    collected = [line for line in run.stdout.splitlines() if ".ipynb::Cell " in line]
    expected = []
    for path in paths:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        count = sum(cell["cell_type"] == "code" for cell in cells)
        label = path.relative_to(ROOT).as_posix()
        expected += [f"{label}::Cell {number}" for number in range(count)]
    assert sorted(collected) == sorted(expected), run.stdout + run.stderr


# --- comparing pictures ---


def as_text(png: bytes) -> str:
    return base64.b64encode(png).decode()


def plot(
    slope: float = 2,
    settings: dict | None = None,
    size: tuple[float, float] = (6.4, 4.8),
) -> bytes:
    """The figure of the notebook above."""
    with plt.style.context(settings or {}, after_reset=True):
        figure, ax = plt.subplots(figsize=size)
        ax.plot([0, 4], [1, 1 + 4 * slope])
        ax.plot([1], [1 + slope], "o")
        ax.set_title("y = 2x + 1")
        return as_png(figure)


def as_png(figure: Figure, dpi: int = 100) -> bytes:
    file = io.BytesIO()
    figure.savefig(file, format="png", dpi=dpi)
    plt.close(figure)
    return file.getvalue()


@cache
def usual_curves(dpi: int) -> bytes:
    return curves(dpi)


def curves(
    dpi: int,
    slope: float = 2,
    parabola: bool = True,
    point: float = 1,
    size: tuple[float, float] = (7.2, 4.2),
    **settings: object,
) -> bytes:
    """A line, a parabola and a point on a grid, with as much text as a figure has."""
    look = {"axes.grid": True, "figure.constrained_layout.use": True, **settings}
    with plt.style.context(look, after_reset=True):
        figure, ax = plt.subplots(figsize=size)
        x = np.linspace(-3, 3, 61)
        ax.plot(x, slope * x + 1, label="the line y = 2x + 1")
        if parabola:
            ax.plot(x, x**2, label="the parabola y = x²")
        ax.plot([point], [3], "ko", label="a point")
        ax.set(title="How steep is it?", xlabel="x", ylabel="f(x)", xlim=(-3, 3), ylim=(-6, 10))
        ax.legend(loc="upper center")
        return as_png(figure, dpi)


SAME = {
    "other hinting": {"text.hinting": "none"},
    "forced hinting": {"text.hinting": "force_autohint"},
    "letters a hair larger": {"font.size": 10.03},
    "a pixel wider": {"size": (7.21, 4.2)},
}
ANOTHER = {
    "steeper line": {"slope": 2.06},
    "flatter line": {"slope": 1.94},
    "missing curve": {"parabola": False},
    "shifted point": {"point": 1.1},
    "point elsewhere": {"point": -1},
    "other size": {"size": (7.5, 4.2)},
    "thicker lines": {"lines.linewidth": 3.5},
}
DPIS = pytest.mark.parametrize("dpi", [100, 200])


@DPIS
@pytest.mark.parametrize("change", SAME.values(), ids=SAME)
def test_a_picture_with_other_font_rendering_is_the_same(change: dict, dpi: int) -> None:
    stored, new = usual_curves(dpi), curves(dpi, **change)
    assert stored != new, "the change must change the file, or this test shows nothing"
    assert pictures_differ(stored, new) is None


@DPIS
@pytest.mark.parametrize("change", ANOTHER.values(), ids=ANOTHER)
def test_a_picture_with_another_curve_differs(change: dict, dpi: int) -> None:
    assert pictures_differ(usual_curves(dpi), curves(dpi, **change))


def test_equal_bytes_are_the_same_without_being_read() -> None:
    assert pictures_differ(b"not a picture", b"not a picture") is None
