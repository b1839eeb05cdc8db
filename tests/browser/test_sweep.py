"""The sweep finds what it is made to find: each fault is put into a figure, and taken out again."""

import math

import pytest
from playwright.sync_api import Browser

from tests.browser.figure_page import open_figure_page, packed
from tests.browser.sweep import faults, states
from utils import style
from utils.explorers.shared.geometry import drawable
from utils.stage import Choice, Line, Point, Polyline, Scene, Segment, Slider, Stage, Text, Toggle

pytestmark = pytest.mark.browser

TOP = 5.0


def figure(height=float, apart: float = 2.0, x: float = 5.0) -> Stage:
    """A line that may run away, two words and a handle. height: of a place, as it is drawn."""

    def frame(a: float) -> Scene:
        line = tuple((float(i), float(height(1 + a * i))) for i in range(11))
        return Scene(
            f"a = {a}",
            {
                "line": Polyline(line),
                "one": Text(x, 3, "above"),
                "other": Text(x, 3 - apart, "below"),
                "handle": Point(2.0, 4 * a, drag="a"),
            },
        )

    ax = style.axes((0, 10), (0, TOP), "x", "y", "One line")
    return Stage(ax, frame, {"a": Slider(0, 3, 0, 1)}, "One line")


def found(browser: Browser, stage: Stage, looks: str = "main {}") -> list[list[str]]:
    """The faults at a = 0 and at a = 3. looks: what the page's style says besides."""
    canvas, table = stage.canvas, stage.table
    picture = {"background.png": (canvas.background, "image/png")}
    with browser.new_context() as context:
        shown = open_figure_page(context, picture)
        shown.show(
            {
                "spec": canvas.spec,
                "backgrounds": [{"picture": "background.png"}],
                "table": {"header": table.header, "buffer": packed(table.buffer)},
            }
        )
        shown.page.add_style_tag(content=looks)
        assert not shown.complaints
        return faults(shown, [[0], [3]])


def test_a_line_that_leaves_is_no_fault_and_one_held_at_the_edge_is(browser: Browser) -> None:
    assert found(browser, figure()) == [[], []]
    assert found(browser, figure(lambda y: drawable([y * 1e40])[0])) == [[], []]
    flat = 'the line "line" is flat at the edge of its axes'
    assert found(browser, figure(lambda y: min(y, TOP))) == [[], [flat]]


def test_words_on_words_are_found_and_words_on_numbers_of_the_axes(browser: Browser) -> None:
    on_words = '"above" lies on "below"'
    assert found(browser, figure(apart=0.1)) == [[on_words]] * 2
    on_margin = '"above" lies on words around the axes'
    assert found(browser, figure(x=-0.3, apart=math.nan)) == [[on_margin]] * 2


def test_a_handle_that_cannot_be_seen_is_found(browser: Browser) -> None:
    lost = 'the handle "handle" is lost'
    for look in ("visibility: hidden", "display: none"):
        assert found(browser, figure(), f".stage-handle {{ {look} }}") == [[lost], [lost]]


def test_words_with_a_line_over_them_are_found(browser: Browser) -> None:
    """Words lie over lines, with paper around them; the name of a point lies where that does."""

    def crossed(line) -> Stage:
        def frame(a: float) -> Scene:
            word, handle = Text(5, 3, "above"), Point(2.0, 1.0, drag="a", label="P")
            return Scene(f"a = {a}", {"word": word, "P": handle, "line": line(3 - a / 3)})

        ax = style.axes((0, 10), (0, TOP), "x", "y", "One line")
        return Stage(ax, frame, {"a": Slider(0, 3, 0, 1)}, "One line")

    for line in (
        lambda y: Polyline(((0.0, y), (10.0, y))),
        lambda y: Segment((0.0, y), (10.0, y), arrow=True),
        lambda y: Line((0.0, y), (1.0, y)),
    ):
        assert found(browser, crossed(line)) == [[], []], "words lie over lines"
    over = found(browser, crossed(lambda y: Line((2.0, 0.0), (2.0, 1.0 + y))))
    assert over == [['"P" is struck through by "line"']] * 2


def test_states_are_both_ends_some_at_random_and_every_option() -> None:
    controls = {"a": Slider(0, 3, 1, 1), "kind": Choice(["x", "y"], "y"), "more": Toggle(True)}
    stage = Stage(style.axes((0, 1), (0, 1)), lambda a, kind, more: Scene(kind), controls, "Two")
    spec = stage.canvas.spec
    named = states(spec, at_random=3, options=True)
    assert named == states(spec, at_random=3, options=True)
    assert named["as it opens"] == [1, 1, 1]
    assert named["all at minimum"] == [0, 1, 1] and named["all at maximum"] == [3, 1, 1]
    assert named["kind, option 1"] == [1, 0, 1] and named["more, option 1"] == [1, 1, 0]
    assert len({tuple(at) for at in named.values()}) == len(named)
    few = states(spec, at_random=0, options=False)
    assert list(few) == ["all at minimum", "all at maximum"]
