"""Lessons as HTML: formulas, links, code, pictures, and figures that need no kernel."""

import base64
import io
import json
import math
import re
import zlib
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import numpy as np
import pytest
from PIL import Image

from tests.frames_read import frame_at
from tools.site import assets, blocks, cell_html, data_of, export, figure_html, to_html
from tools.site.code import INKS, highlighted
from tools.site.figures import why_still
from tools.site.lesson import ExportError, asked_in
from tools.site.markdown import FormulaError
from tools.site.narrowed import POSITIONS, ROOM, Frames, narrowed
from tools.site.pages.build import scripts
from tools.site.pictures import small
from utils.stage import frames
from utils.stage.picture import encode
from utils.style import PAPER, contrast

ROOT = Path(__file__).resolve().parents[1]
FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+?)\$", re.DOTALL)
FOLDERS = ("notebooks", "exercises", "solutions")
TEXTS = {
    f"{path.parent.name}/{path.stem}": [
        cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "markdown"
    ]
    for folder in FOLDERS
    for path in sorted((ROOT / folder).glob("*.ipynb"))
}

# --- text ---


@pytest.mark.parametrize("notebook", TEXTS)
def test_every_text_of_the_course_becomes_html(notebook):
    for text in TEXTS[notebook]:
        page = to_html(text)
        formulas = [a or b for a, b in FORMULA.findall(text)]
        assert page.count("<math") == len(formulas)
        assert "$" not in re.sub(r"<code[^>]*>.*?</code>", "", page, flags=re.S)
        assert [found for found in re.findall(r'href="([^"]*)"', page)] == [
            address for address in re.findall(r"\]\(([^)]*)\)", text)
        ]


def test_a_formula_over_several_lines():
    page = to_html("$$\n\\begin{aligned}\na &= b \\\\\n&= c\n\\end{aligned}\n$$")
    assert page.count("<mtr>") == 2 and "&=" not in page and "\\" not in page


def test_a_prime_is_no_exponent():
    page = to_html("$f'(x) + (g \\cdot h)'' + x^2$")
    assert page.count('<mtext class="prime">') == 2 and page.count("<msup>") == 1


def test_a_formula_that_cannot_be_shown_is_told():
    with pytest.raises(FormulaError, match=r"\\nonsense"):
        to_html(r"Here: $\nonsense{x}$.")


def test_a_corner_of_a_table_heads_nothing():
    html = to_html("| | one |\n|---|---|\n| a | 1 |")
    assert "<td></td>" in html and html.count("<th>") == 1 == html.count("</th>")


def test_blocks_know_what_they_are():
    found = blocks(
        "Words.\n\n## The `f` of **x**\n\n- one\n- two\n\n| a |\n|---|\n| 1 |\n\n$$x$$\n"
    )
    kinds = [block.kind for block in found]
    assert kinds == ["paragraph", "heading", "list", "table", "formula"]
    assert (found[1].level, found[1].text, found[1].anchor) == (2, "The f of x", "The-f-of-x")
    assert 'id="The-f-of-x"' in found[1].html and found[2].source == "- one\n- two"


def test_links_are_the_pages():
    def link(address: str) -> str | None:
        return None if address.startswith("..") else address.replace(".ipynb", ".html")

    page = to_html("[one](01_slope.ipynb) and [two](../exercises/01_slope.ipynb)", link)
    assert page == '<p><a href="01_slope.html">one</a> and <a>two</a></p>\n'


def test_code_is_escaped_and_coloured():
    page = highlighted('print("a < b")  # words')
    assert "a &lt; b" in page and 'class="c1"' in page and "<script" not in page


@pytest.mark.parametrize("paper, dark", [("#f3f5f7", 0), ("#1f252b", 1)])
def test_code_can_be_read(paper, dark):
    assert paper in assets()["lesson.css"]
    assert all(contrast(inks[dark], paper) >= 4.5 for inks in INKS.values())


def test_no_text_in_a_script_goes_over_two_lines():
    """Scripts travel without their indentation, which must not stand in a text."""
    for name, script in scripts().items():
        if name.endswith(".js"):
            assert not [text for text in re.findall(r"`[^`]*`", script) if "\n" in text], name


def test_figures_stand_on_the_paper_that_their_inks_were_chosen_for():
    papers = re.findall(r"--paper: (#\w+)", assets()["lesson.css"])
    assert papers == [PAPER[0], PAPER[1], PAPER[1]]


def test_which_question_a_cell_asks():
    assert asked_in('check("slope.predict_swap", ...)') == "slope.predict_swap"
    assert asked_in("print(check)") is None and asked_in("a =") is None


# --- pictures ---


def test_a_picture_keeps_its_pixels():
    pixels = np.full((40, 60, 4), 255, np.uint8)
    pixels[10:20, 5:30, :3] = (11, 93, 173)
    picture = small(encode(pixels), 30, 20)
    shown = np.asarray(Image.open(io.BytesIO(picture.data)).convert("RGB"))
    assert np.array_equal(shown, pixels[..., :3])
    assert (picture.width, picture.height, picture.ending) == (30, 20, "webp")


# --- a notebook ---

SOURCES = (
    "# A title\n\nText with $x^2$.",
    "from utils import style\nfrom utils.stage import Point, Scene, Slider, Stage\n\nstyle.use()",
    """def frame(x, more):
    points = {"p": Point(x, x**2, drag="x"), "q": Point(0, more)}
    return Scene(f"The height is {x**2:.2f}.", points)


def figure(**fine):
    ax = style.axes((-2, 2), (0, 4), "x", "y")
    return Stage(ax, frame, {"x": Slider(-2, 2, 1, **fine), "more": Slider(0, 4, 1, **fine)}, "Two")


figure()""",
    "figure(step=0.01)",
    "print('<b>')\nprint(1 / 3)",
)


def notebook_of(folder: Path, *sources: str) -> Path:
    """A notebook of a text cell and, after it, code cells."""
    first, *rest = sources
    cells = [nbformat.v4.new_markdown_cell(first, id="first")]
    cells += [nbformat.v4.new_code_cell(code, id=f"code-{i}") for i, code in enumerate(rest)]
    path = folder / "01_made_up.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path


@pytest.fixture(scope="module")
def lesson(tmp_path_factory):
    return export(notebook_of(tmp_path_factory.mktemp("lesson"), *SOURCES))


def test_a_lesson_knows_its_cells(lesson):
    assert (lesson.name, lesson.title) == ("01_made_up", "A title")
    assert [cell.kind for cell in lesson.cells] == ["text", *["code"] * 4]
    assert "<math" in lesson.cells[0].html
    assert "&lt;b&gt;\n0.333" in cell_html(lesson.cells[-1])


def test_figures_know_whether_they_move(lesson):
    small_one, large = lesson.figures
    assert small_one.moves and not small_one.reason
    assert [(b.option, b.dark) for b in small_one.backgrounds] == [(0, False), (0, True)]
    assert large.frames is None and "160,801 positions" in large.reason
    assert (small_one.name, large.name) == ("code-1", "code-2")
    assert small_one.sentence == "The height is 1.00."
    assert 'data-frames="here"' in figure_html(small_one)
    assert 'data-frames="some"' in figure_html(large)
    still = replace(large, coarse=None)
    assert large.moves and not still.moves and 'data-frames="python"' in figure_html(still)


def test_a_page_has_room_for_more_frames_than_a_notebook(tmp_path):
    """A hundred and one by a hundred and one positions: more than MAX_FRAMES of the stage."""
    steps = SOURCES[2].replace("\n\n\nfigure()", "\n\n\nfigure(step=0.04)")
    (figure,) = export(notebook_of(tmp_path, SOURCES[0], SOURCES[1], steps)).figures
    assert math.prod(len(c["values"]) for c in figure.spec["controls"]) == 101 * 101
    assert figure.frames is not None


def test_a_figure_that_is_too_large_moves_in_coarser_steps(lesson):
    """Every frame that travels is the frame of the whole figure there."""
    large = lesson.figures[1]
    whole, some = large.spec, large.coarse.spec
    assert math.prod(large.coarse.frames.header["sizes"]) <= POSITIONS
    for control, full in zip(some["controls"], whole["controls"], strict=True):
        places = large.coarse.kept[control["name"]]
        assert control["values"] == [full["values"][i] for i in places]
        assert {full["values"][0], full["values"][-1]} <= set(control["values"])
    start = [c["values"][i] for c, i in zip(some["controls"], some["start"], strict=True)]
    assert start == [1, 1]
    xs, mores = (control["values"] for control in some["controls"])
    for at in ([0, 0], [3, 5], [len(xs) - 1, len(mores) - 1]):
        coordinates, texts = frame_at(large.coarse.frames, at)
        x, more = xs[at[0]], mores[at[1]]
        assert coordinates == pytest.approx([x, x**2, 0, more], abs=1e-6)
        assert texts[-1] == f"The height is {x**2:.2f}."


def spec_of_many(**more) -> dict:
    """A figure with a slider that plays, one that drags, a choice, and two that turn the view."""
    sizes = {"steps": 101, "x": 101, "which": 3, "across": 90, "up": 45}
    controls = [{"name": name, "values": list(range(size))} for name, size in sizes.items()]
    controls[2]["options"] = ["a", "b", "c"]
    return {
        "controls": controls,
        "marks": [{"name": "p", "drag": [1]}, {"name": "q", "drag": [4]}, {"name": "line"}],
        "play": {"control": 0, "end": 100, "seconds": 4.0, "label": "Walk"},
        "turn": {"across": 3, "upward": 4, "ax": 1, "speed": 1, "space": False},
        "backdrop": 2,
        "clicks": {0: 0, 1: 1},
        "start": [0, 50, 1, 10, 20],
        "at": [4, 50, 1, 10, 20],
    } | more


def frames_of(positions: list[list[int]]) -> Frames:
    """As the stage packs them, where nothing depends on anything but the first slider."""
    group = {"dims": [0], "channels": [0], "dtype": "<f4", "offset": 0}
    return Frames({"sizes": list(map(len, positions)), "groups": [group], "shared": []}, b"")


def test_the_main_slider_keeps_the_most_and_views_stand_still():
    asked: list[list[list[int]]] = []
    spec = spec_of_many()
    found = narrowed(spec, lambda positions: asked.append(positions) or frames_of(positions))
    assert list(found.kept) == ["steps", "x", "which"] and len(asked) == 1
    assert asked[0][3:] == [[10], [20]]
    assert len(found.kept["steps"]) >= 21 and {0, 4, 100} <= set(found.kept["steps"])
    assert len(found.kept["x"]) >= 9 and found.kept["which"] == [0, 1, 2]
    assert found.frames.header["sizes"] == [len(kept) for kept in found.kept.values()]
    assert "turn" not in found.spec and found.spec["clicks"] == {0: 0}
    assert [mark.get("drag") for mark in found.spec["marks"]] == [[1], [], None]
    assert found.spec["play"]["end"] == len(found.kept["steps"]) - 1
    assert found.spec["backdrop"] == 2


def test_a_walk_is_found_by_its_own_slider_where_others_are_left_out():
    """Columns that a slider picks from are told by its number, which changes when others go."""
    spec = spec_of_many()
    order = [3, 4, 0]  # across, up, steps
    spec |= {
        "controls": [spec["controls"][i] for i in order],
        "marks": [],
        "play": spec["play"] | {"control": 2},
        "turn": {"across": 0, "upward": 1, "ax": 0, "speed": 1, "space": False},
        "backdrop": None,
        "clicks": {},
    } | {key: [spec[key][i] for i in order] for key in ("start", "at")}
    walk = [k / 4 for k in range(101)]

    def seen(steps: int) -> list[float]:
        return [walk[min(k, steps)] for k in range(101)]

    def ask(positions: list[list[int]]) -> Frames | None:
        if math.prod(map(len, positions)) > 200:
            return None
        (steps,), sizes = positions[2:], [len(kept) for kept in positions]
        table = frames.pack(sizes, list(map(seen, steps)), [[f"{k} steps."] for k in steps])
        assert table.header["shared"]
        return Frames(table.header, table.buffer)

    found = narrowed(spec, ask)
    assert found is not None and list(found.kept) == ["steps"]
    for at, steps in enumerate(found.kept["steps"]):
        coordinates, texts = frame_at(found.frames, [at])
        assert coordinates == pytest.approx(seen(steps), abs=1e-6) and texts == [f"{steps} steps."]


def test_a_view_that_the_browser_turns_keeps_all_its_angles():
    """No frame depends on them, so they cost nothing, and a slider before them may still go."""
    spec = spec_of_many(marks=[], clicks={}, backdrop=None)
    spec["controls"].insert(0, {"name": "few", "values": [0, 1]})
    spec |= {key: [1, *spec[key]] for key in ("start", "at")}
    spec["play"]["control"] = 1
    spec["turn"] |= {"across": 4, "upward": 5, "space": True}

    def ask(positions: list[list[int]]) -> Frames | None:
        if len(positions[0]) > 1:
            return None
        header = frames_of([*positions[:4], [0], [0]]).header
        shared = {"dim": 3, "channels": [1], "first": 2, "offset": 0}
        return Frames(header | {"groups": [], "shared": [shared]}, b"")

    found = narrowed(spec, ask)
    assert list(found.kept) == ["steps", "x", "which", "across", "up"]
    assert found.kept["across"] == list(range(90)) and found.kept["up"] == list(range(45))
    assert found.spec["controls"][3:] == spec["controls"][4:]
    assert (found.spec["turn"]["across"], found.spec["turn"]["upward"]) == (3, 4)
    assert found.spec["at"][3:] == [10, 20]
    header = found.frames.header
    assert header["sizes"][3:] == [1, 1] and header["shared"][0]["dim"] == 2
    assert f"{2 * 101 * 101 * 3:,} positions" in why_still(spec), "the angles are not counted"


def test_a_slider_more_is_kept_where_it_takes_little_room():
    """Of five sliders four fit into the usual number of positions."""
    spec = spec_of_many(turn=None, marks=[{"name": "p", "drag": [1]}], clicks={}, backdrop=None)

    def kept(size: int) -> list[str]:
        noise = np.random.default_rng(1).bytes(size)  # which nothing makes shorter
        return list(narrowed(spec, lambda p: Frames(frames_of(p).header, noise)).kept)

    assert kept(ROOM // 2) == ["steps", "x", "across", "up"]
    assert kept(ROOM * 2) == ["steps", "x", "across"]


def test_what_takes_too_long_gets_fewer_sliders_and_at_last_none():
    spec = spec_of_many()
    found = narrowed(spec, lambda p: frames_of(p) if math.prod(map(len, p)) < 150 else None)
    assert list(found.kept) == ["steps"] and found.spec["backdrop"] is None
    assert found.spec["play"]["control"] == 0 and found.spec["at"] == [4]
    assert narrowed(spec, lambda _: None) is None


def test_what_travels_can_be_read_again(lesson):
    data = data_of(lesson.figures[0])
    about = json.loads(zlib.decompress(base64.b64decode(data["about"])))
    assert about["spec"]["title"] == "Two" and about["header"]["sizes"] == [41, 41]
    frames = zlib.decompress(base64.b64decode(data["frames"]))
    assert frames == lesson.figures[0].frames.buffer
    assert len(data["pictures"]) == len(about["backgrounds"]) == 2
    assert data_of(lesson.figures[0], {0: "a.webp", 1: "b.webp"})["pictures"] == [
        "a.webp",
        "b.webp",
    ]


class Addresses(HTMLParser):
    """All that a page would fetch, and what its scripts hold."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found += [v for k, v in attrs if k in ("src", "srcset", "data-source", "poster") and v]
        if tag == "link":
            self.found += [v for k, v in attrs if k == "href" and v]


def test_a_page_fetches_nothing(lesson):
    page = "".join(map(cell_html, lesson.cells))
    found = Addresses(page).found
    assert found and all(address.startswith("data:image/webp;base64,") for address in found)
    for name, text in assets().items():
        assert not re.search(r"https?://(?!www\.w3\.org/2000/svg)|@import|url\((?!#)", text), name


def test_nothing_ends_the_script_that_holds_a_figure(lesson):
    page = figure_html(lesson.figures[0], {"about": "</script><b>"})
    assert page.count("</script>") == 1 and "\\u003c/script>" in page


def test_a_second_export_gives_the_same_bytes(lesson, tmp_path):
    again = export(notebook_of(tmp_path, *SOURCES))
    assert list(map(cell_html, again.cells)) == list(map(cell_html, lesson.cells))


def test_a_cell_that_fails_is_named(tmp_path):
    with pytest.raises(ExportError, match=r"01_made_up.ipynb, cell 'code-0': ZeroDivisionError"):
        export(notebook_of(tmp_path, "# A title", "1 / 0"))
