"""The course as pages: what stands in them, what the judge says in them, and that nothing is made
twice."""

import base64
import gzip
import hashlib
import itertools
import json
import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

import utils.questions
from tools.site.figures import Field, LiveFigure
from tools.site.judged import with_formulas
from tools.site.lesson import Cell, Lesson, Output
from tools.site.markdown import blocks
from tools.site.narrowed import Frames
from tools.site.pages import asked, contents, python
from tools.site.pages.build import MADE, build, jobs_of, one_file, scripts
from tools.site.pages.page import TORCH, Addresses, Place, link, page
from tools.site.pages.words import RULES, RULES_WITH_PYTHON, RUNS, STANDS, on_page, said
from tools.site.pictures import Picture
from utils.checks import Choice, check

ROOT = Path(__file__).resolve().parents[1]
CHOICES = [q for q in utils.questions.all_questions() if isinstance(q.answer, Choice)]
NAMES = ["notebooks/01_slope", "exercises/01_slope"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of one chapter."""
    folder = tmp_path_factory.mktemp("pages")
    assert build(ROOT, folder, NAMES) == {"made": 2, "kept": 0}
    return folder


# --- what the judge says ---


@pytest.mark.parametrize("question", CHOICES, ids=lambda question: question.id)
def test_a_page_says_to_each_option_what_check_says(question) -> None:
    told = asked.told(question)
    assert [option["letter"] for option in told["options"]] == list(question.answer.texts)
    for option in told["options"]:
        said = check(question.id, option["letter"])
        assert option["outcome"] == said.outcome.value
        assert option["said"] == with_formulas(said.markup(role="none"))
    right = [o["letter"] for o in told["options"] if o["outcome"] == "correct"]
    assert right == [question.answer.truth]


def test_every_question_has_its_hints_and_its_solution() -> None:
    for question in utils.questions.all_questions():
        told = asked.told(question)
        assert len(told["hints"]) == len(question.hints) >= 3
        assert "Solution of" in told["solution"] and "<strong>Why." in told["solution"]
        for text in (*told["hints"], told["solution"], *(o["said"] for o in told["options"])):
            assert "$" not in re.sub(r"<(code|pre)\b.*?</\1>", "", text, flags=re.S)


def test_formulas_of_the_checks_become_mathml_and_code_stays_code() -> None:
    told = with_formulas("<p>Here $x &lt; 2$, <code>$5 or $6</code> and $y$.</p>")
    assert told.count("<math") == 2 and "<mo>&lt;</mo>" in told
    assert "<code>$5 or $6</code>" in told and "$x" not in told


# --- a page ---


def lesson(*cells: Cell) -> Lesson:
    return Lesson("01_slope", "01 · A & B", cells)


def made(*cells: Cell) -> str:
    addresses = Addresses({}, {}, "../questions/x.json", "../assets/")
    place = Place("notebooks", "01_slope", "01", on=("02_rate.html", "On <it> goes"))
    return page(lesson(*cells), place, addresses)


def text(source: str, *tags: str) -> Cell:
    return Cell("t", "text", frozenset(tags), source, tuple(blocks(source, link)))


def code(source: str, output: Output | None = None, **more) -> Cell:
    shown = (output,) if output else ()
    return Cell("c", "code", frozenset(), source, code=source, outputs=shown, **more)


def test_a_page_holds_its_cells_in_order_and_its_neighbours() -> None:
    html = made(
        text("# Title"), code("print(1)", Output("text", "1 < 2")), text("For teachers", "notes")
    )
    parts = ["Title</h1>", "print(1)", "1 &lt; 2", 'class="cell text notes"', "On &lt;it&gt; goes"]
    places = [html.index(part) for part in parts]
    assert places == sorted(places) and "<title>01 · A &amp; B</title>" in html
    guard = Cell("g", "code", frozenset({"guard"}), "assert 1", code="assert 1")
    assert "assert 1" not in made(guard)


def test_the_check_of_a_question_becomes_its_place() -> None:
    stored = Output("html", "<div>Not attempted.</div>")
    html = made(code('check("slope.1", answer)', stored, question="slope.1"))
    assert '<section class="question python" id="slope.1"' in html and "Not attempted" not in html
    lettered = made(code('check("slope.5", answer)', stored, question="slope.5"))
    assert '<section class="question lettered"' in lettered and "check(" not in lettered
    unknown = made(code('check("pottery.1", answer)', stored, question="pottery.1"))
    assert "<section" not in unknown and "Not attempted" in unknown


def test_a_check_that_the_lesson_answers_shows_what_was_said() -> None:
    stored = Output("html", "<div>Not yet.</div>")
    html = made(code('check("slope.1", line(2))', stored, question="slope.1"))
    assert "<section" not in html and "Not yet." in html


def test_imports_are_folded_and_words_for_notebooks_left_out() -> None:
    cells = code("import math", folded=True), text("Run the folded cell and this one, then drag P.")
    calls = code('hint("slope.1")', Output("html", "One more?")), code("progress()")
    html = made(*on_page(lesson(*cells, *calls)).cells)
    assert "<summary>Imports</summary>" in html and "<p>Drag P.</p>" in html
    assert "One more?" not in html and "progress()" not in html


def with_python(*cells: Cell, runs: frozenset[str] = frozenset()) -> str:
    addresses = Addresses({"c": ("d", "p")}, {}, "q.json", "../assets/", "cells.json", runs)
    return page(lesson(*cells), Place("notebooks", "01_slope", "01"), addresses)


def test_cells_that_run_say_so_and_those_with_torch_say_why_not() -> None:
    html = with_python(code("print(1)"), runs=frozenset({"c"}))
    assert 'id="cell-c" data-runs>' in html and "PyTorch" not in html
    assert "data-runs" not in with_python(code("print(1)"))
    assert TORCH in with_python(code("import torch\ntorch.tensor(1)"))


@pytest.mark.parametrize(
    ("more", "offers"),
    [
        ({}, None),
        ({"field": Field("f(w)", "w^2")}, 'data-called="f(w)" data-example="w^2"'),
        ({"frames": None, "reason": "its frames are many"}, 'data-offers="still"'),
        ({"spec": {"curve": {"ax": 0}}}, 'data-offers="draw"'),
    ],
)
def test_below_a_figure_stands_what_it_can_do_with_python(more: dict, offers: str | None) -> None:
    parts = {"spec": {"curve": None}, "coordinates": b"", "reason": "", "field": None}
    parts |= {"backgrounds": (), "still": Picture(b"", "png", 1, 1), "words": "A figure"}
    parts |= {"frames": Frames({}, b"")}
    figure = LiveFigure("c", **(parts | more))
    html = with_python(code("explore()", Output("figure", figure=figure)))
    assert ('<div class="asks" data-figure="c"' in html) == bool(offers)
    assert not offers or offers in html
    alone = page(
        lesson(code("explore()", Output("figure", figure=figure))),
        Place("notebooks", "01_slope", "01"),
        Addresses({"c": ("d", "p")}, {}, "q.json", "../assets/"),
    )
    assert "asks" not in alone, "where no Python can be had"


def test_what_readers_are_asked_to_change_they_can() -> None:
    words = "Change the formula and run the cell."
    assert said(words, runs=True).endswith(RUNS) and said(words).endswith(STANDS)


def test_a_letter_is_pressed_and_not_written() -> None:
    for number, written in ((5, False), (6, True)):  # options, a number
        name = f"answer_{number}"
        check_ = code(f'check("slope.{number}", {name})', question=f"slope.{number}")
        cells = code(f"{name} = None\n# your answer here"), check_
        assert (f"{name} = None" in made(*on_page(lesson(*cells)).cells)) is written


def prose() -> Iterator[str]:
    """The text cells that learners read, of all notebooks."""
    for folder in ("notebooks", "exercises"):
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
                if cell["cell_type"] == "markdown" and "notes" not in cell["metadata"].get(
                    "tags", []
                ):
                    yield "".join(cell["source"])


def test_no_page_asks_for_what_only_a_notebook_can_do() -> None:
    asks = r"[Rr]un (?:(?:the|this) (?:folded )?cell|it(?:,| and)|the check)|new cell|Shift \+"
    written = r"in place of (?:the|`None` or) `\.\.\."
    for told in prose():
        words = said(told)
        assert STANDS in words or not re.search(f"{asks}|{written}", words), words
        words = said(told, runs=True)
        assert RUNS in words or not re.search(asks, words), words
        assert not re.search(written, words) or "**Check**" in words, words


def test_every_rule_for_words_has_its_place() -> None:
    everything = list(prose())
    for pattern, _ in [*RULES, *RULES_WITH_PYTHON]:
        assert any(re.search(pattern, words) for words in everything), pattern


@pytest.mark.parametrize(
    ("address", "leads"),
    [
        ("02_rate_of_change.ipynb", "02_rate_of_change.html"),
        ("../notebooks/02_rate_of_change.ipynb", "../notebooks/02_rate_of_change.html"),
        ("../exercises/01_slope.ipynb#Exercise-3", "../exercises/01_slope.html#Exercise-3"),
        ("../solutions/01_slope.ipynb", "../exercises/01_slope.html"),
        ("../exercises/01_slope.ipynb#cell-id=abc", "../exercises/01_slope.html"),
        ("https://pytorch.org", "https://pytorch.org"),
        ("#here", "#here"),
        ("../LICENSE", None),
    ],
)
def test_where_links_lead(address: str, leads: str | None) -> None:
    assert link(address) == leads


def test_all_notebooks_become_pages_that_know_their_neighbours() -> None:
    jobs = jobs_of(ROOT, ROOT)
    names = {
        f"{path.parent.name}/{path.stem}"
        for f in ("notebooks", "exercises")
        for path in (ROOT / f).glob("*.ipynb")
    }
    assert {job.name for job in jobs} == names
    lessons = [job.place for job in jobs if job.place.folder == "notebooks"]
    assert lessons[0].back is None and lessons[-1].on is None
    assert all(a.on[0] == f"{b.name}.html" for a, b in itertools.pairwise(lessons))
    assert lessons[1].twin == ("../exercises/01_slope.html", "Exercises")


# --- all of them ---


def test_a_second_build_changes_no_byte_and_makes_nothing(site: Path) -> None:
    before = _bytes(site)
    times = {path: (site / path).stat().st_mtime_ns for path in before}
    assert build(ROOT, site, NAMES) == {"made": 0, "kept": 2}
    assert _bytes(site) == before
    assert {path: (site / path).stat().st_mtime_ns for path in before} == times


def _bytes(folder: Path) -> dict[Path, bytes]:
    found = [path for path in folder.rglob("*") if path.is_file()]
    return {path.relative_to(folder): path.read_bytes() for path in found}


def _made(folder: Path) -> dict:
    """What was made in a folder, page by page."""
    return json.loads((folder / MADE).read_text(encoding="utf-8"))


def test_a_page_of_which_something_is_lost_is_made_anew_and_is_the_same(
    site: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    lesson_, exercises = (set(_made(site)[name]["files"]) for name in NAMES)
    for file in exercises - lesson_:
        (copy / file).unlink()
    assert build(ROOT, copy, NAMES) == {"made": 1, "kept": 1}
    assert _bytes(copy) == _bytes(site)


@pytest.fixture
def pyodide(tmp_path: Path) -> Path:
    """A folder with the files of a Pyodide, and nothing in them."""
    folder = tmp_path / "a Pyodide"
    folder.mkdir()
    for name in ("pyodide.mjs", "pyodide.asm.wasm", "pyodide.asm.js", "python_stdlib.zip"):
        (folder / name).write_bytes(b"")
    locked = {}
    wanted = [(name, ["blas"]) for name in python.PACKAGES]
    for name, needs in (*wanted, ("blas", []), ("scipy", [])):
        (folder / f"{name}.whl").write_bytes(name.encode())
        digest = hashlib.sha256(name.encode()).hexdigest()
        locked[name] = {"file_name": f"{name}.whl", "sha256": digest, "depends": needs}
    (folder / python.LOCK).write_text(json.dumps({"packages": locked}))
    return folder


def test_a_pyodide_goes_where_it_is_no_longer_asked_for(
    site: Path, pyodide: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "site"
    shutil.copytree(site, copy)
    before = {path.relative_to(copy) for path in copy.rglob("*")}
    build(ROOT, copy, NAMES, pyodide)
    assert (copy / "pyodide" / "blas.whl").is_file() and not (copy / "pyodide/scipy.whl").exists()
    where = json.loads((copy / "python/where.json").read_text())
    lock = (copy / "python" / where["lock"]).read_bytes()
    assert where["pyodide"] == "../pyodide/" and lock == (pyodide / python.LOCK).read_bytes()
    assert set(where["core"]) == set(python.PINNED["core"])
    (copy / "somebody's.txt").touch()
    build(ROOT, copy, NAMES)
    left = {path.relative_to(copy) for path in copy.rglob("*")}
    assert left == before | {Path("somebody's.txt")}
    where = json.loads((copy / "python/where.json").read_text())
    lock = json.loads((copy / "python" / where["lock"]).read_text())
    assert where["pyodide"] == python.NETWORK and lock["info"]["version"] in python.NETWORK
    for name, digest in python.PINNED["core"].items():
        assert base64.b64decode(where["core"][name].removeprefix("sha256-")).hex() == digest


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("python_stdlib.zip", None, "lacks python_stdlib.zip"),
        ("pyodide.asm.js", None, "lacks pyodide.asm.mjs"),
        ("blas.whl", None, "lacks the package blas"),
        ("numpy.whl", b"another one", "is not the file that pyodide-lock.json names"),
    ],
)
def test_half_a_pyodide_is_refused(
    pyodide: Path, name: str, content: bytes | None, said: str
) -> None:
    (pyodide / name).unlink()
    if content is not None:
        (pyodide / name).write_bytes(content)
    with pytest.raises(python.PyodideError, match=said):
        python.pyodide_files(pyodide)


def test_what_a_page_asks_for_is_there(site: Path) -> None:
    for path in site.glob("*/*.html"):
        html = path.read_text(encoding="utf-8")
        for address in re.findall(r'(?:src|data-source|data-questions)="([^"]+)"', html):
            assert (path.parent / address).resolve().is_file(), address
        for data in re.findall(r'data-source="([^"]+)"', html):
            for picture in json.loads((path.parent / data).read_text(encoding="utf-8"))["pictures"]:
                assert (path.parent / picture).resolve().is_file(), picture
    for made_file in _made(site).values():
        assert all((site / file).is_file() for file in made_file["files"])


def test_nothing_comes_from_elsewhere(site: Path) -> None:
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js", ".css"):
            text = path.read_text(encoding="utf-8")
            loads = re.findall(r'(?:src=|@import|url\()\s*["\']?(https?:[^"\')\s]+)', text)
            assert not loads, path


def test_a_page_is_light(site: Path) -> None:
    first = [site / NAMES[0]]
    later = ("python.js", "asks.js")  # come when all else is there
    now = [name for name in scripts() if name not in later]
    assert not any(name in first[0].with_suffix(".html").read_text("utf-8") for name in later)
    names = [f"{first[0]}.html", *(site / "assets" / name for name in now)]
    travels = sum(len(gzip.compress(Path(name).read_bytes())) for name in names)
    assert travels < 60_000, "what a page needs before anything is seen of its figures"


def test_a_chapter_with_all_its_figures_is_light(site: Path) -> None:
    files = _made(site)[NAMES[0]]["files"]
    data = [(site / file).read_bytes() for file in files]
    travels = sum(min(len(one), len(gzip.compress(one))) for one in data)
    assert travels < 400_000  # pictures for light and dark; 0.3 MB when this was written


def test_search_knows_every_heading(site: Path) -> None:
    found = json.loads((site / "search.json").read_text(encoding="utf-8"))
    for name in NAMES:
        html = (site / f"{name}.html").read_text(encoding="utf-8")
        anchors = [unescape(name) for name in re.findall(r'<h[1-3] id="([^"]+)"', html)]
        assert [one["at"] for one in found if one["page"] == f"{name}.html"] == anchors
    assert all(len(one["words"]) <= contents.LONGEST for one in found)


def test_search_finds_no_notes_for_teachers() -> None:
    cells = text("# Slope\n\nRise over run."), text("Bring a ramp.", "notes")
    (found,) = contents.sections_of(lesson(*cells), "a.html")
    assert found == {"page": "a.html", "title": "Slope", "at": "Slope", "words": "Rise over run."}


def test_the_first_page_has_a_mark_for_every_question() -> None:
    html = contents.contents(NAMES)
    for question in utils.questions.all_questions():
        assert f'data-question="{question.id}"' in html
    assert 'class="title"><a href="notebooks/01_slope.html">' in html
    assert 'class="title"><a href="notebooks/02' not in html, "a page that is not there"


def test_one_file_needs_no_other() -> None:
    html = one_file(ROOT, "01_slope")
    assert 'id="questions"' in html and '<link rel="stylesheet"' not in html
    assert not re.findall(
        r'(?:src|href)="(?!data:|#|https?:)([^"]+)"', html.split("<main")[1].split("</main>")[0]
    )
    assert len(html) < 3_000_000
