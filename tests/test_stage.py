"""The live figure: what Python computes is what the browser is told, and what a reader is told."""

import importlib
import io
import json
import random
import re

import ipywidgets
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from utils import style
from utils.explorers import derivative, drawing, limits, rate_of_change, slope, start_here
from utils.stage import (
    Apology,
    Choice,
    LogSlider,
    Play,
    Point,
    Slider,
    Stage,
    Toggle,
    frames,
    scene,
)

explorer_module = importlib.import_module("utils.stage.explorer")
stage_module = importlib.import_module("utils.stage.stage")

EXPLORERS = [
    start_here.explore_nudge,
    slope.explore_line,
    slope.explore_two_points,
    slope.explore_trip,
    slope.explore_error_line,
    rate_of_change.explore_secant,
    rate_of_change.explore_slopes,
    limits.explore_limit,
    limits.explore_growing_square,
    limits.explore_sides,
    limits.explore_error,
    derivative.explore_derivative,
    derivative.explore_point_by_point,
    drawing.explore_drawing,
]


def little_stage(f=lambda x: x, drag="x", **more) -> Stage:
    def frame(x, **others):
        return scene(f"f({x}) is {f(x):.2f}.", P=Point(x, f(x), drag=drag))

    ax = style.axes((-4, 4), (-4, 4))
    return Stage(ax, frame, {"x": Slider(-3, 3, 1, 0.5)} | more, "A little figure")


# --- texts as patterns and numbers ---


@given(st.text(alphabet="ab =.,-−0123456789+()e", max_size=40))
def test_any_text_comes_back_from_its_pattern(text: str) -> None:
    assert frames.join_text(*frames.split_text(text)) == text


def test_texts_that_differ_in_numbers_share_a_pattern() -> None:
    one, two = (frames.split_text(f"slope = {m}, error 0.5") for m in ("4.00", "−2.00"))
    assert one[0] == two[0]
    assert (one[1], two[1]) == ([4.0, 0.5], [-2.0, 0.5])


# --- frames ---


@pytest.mark.parametrize("explore", EXPLORERS)
def test_the_table_holds_every_scene(explore) -> None:
    stage = explore()
    table = stage.table
    assert table is not None and table.size < 400_000
    chance = random.Random(1)
    for _ in range(200):
        at = [chance.randrange(size) for size in table.header["sizes"]]
        seen = stage._scene(at)
        coordinates, texts = table.frame(at)
        assert texts == frames.texts_of(seen, stage._texts)
        expected = frames.flatten(seen, stage._names, stage._lengths)
        np.testing.assert_allclose(coordinates, expected, rtol=1e-6, atol=1e-6)


@pytest.mark.parametrize("explore", EXPLORERS)
def test_the_header_travels_as_json(explore) -> None:
    header = explore().table.header
    assert json.loads(json.dumps(header))["patterns"] == header["patterns"]


@given(
    st.lists(st.integers(1, 4), min_size=1, max_size=3),
    st.integers(0, 2**32 - 1),
)
@settings(max_examples=60)
def test_packing_loses_nothing(sizes: list[int], seed: int) -> None:
    chance = random.Random(seed)
    count = int(np.prod(sizes))
    numbers = [
        [chance.choice([0.0, 1.5, float("nan"), -7.25]) for _ in range(3)] for _ in range(count)
    ]
    texts = [
        [f"a = {chance.uniform(-9, 9):.3f}" + " b" * chance.randrange(3)] for _ in range(count)
    ]
    table = frames.pack(sizes, numbers, texts)
    for i, at in enumerate(np.ndindex(*sizes)):
        coordinates, lines = table.frame(at)
        np.testing.assert_array_equal(coordinates, numbers[i])
        assert lines == texts[i]


def test_numbers_are_stored_once_per_slider_they_depend_on() -> None:
    table = slope.explore_two_points().table
    in_full = np.prod(table.header["sizes"]) * table.header["width"] * 8
    assert table.size < in_full / 10


def test_too_many_frames_are_left_to_the_kernel() -> None:
    assert little_stage(y=Slider(0, 1000, 0, 0.1)).table is None


# --- sliders and values ---


@pytest.mark.parametrize("explore", EXPLORERS)
def test_every_slider_reaches_both_ends(explore) -> None:
    stage = explore()
    for name, control in stage.controls.items():
        sentences = set()
        for value in (control.values[0], control.values[-1]):
            stage.set(**{name: value})
            assert stage.values[name] == value
            sentences.add(stage.sentence)
        assert len(sentences) == 2, f"{name} changes nothing that is said"
        stage.set(**{name: stage.initial[name]})
    assert stage.values == stage.initial


def test_a_front_end_slider_moves_the_scene() -> None:
    stage = little_stage()
    widget = stage.canvas.controls[0]
    assert isinstance(widget, ipywidgets.FloatSlider)
    widget.value = -1.0000000000000002
    assert stage.values == {"x": -1.0}
    assert stage.sentence == "f(-1.0) is -1.00."


def test_errors_say_what_there_is() -> None:
    stage = little_stage()
    with pytest.raises(TypeError, match=r"no slider called 'y' here\. There is: x"):
        stage.set(y=1)
    with pytest.raises(ValueError, match=r"x: 7 lies outside.*-3 to 3"):
        stage.set(x=7)
    with pytest.raises(ValueError, match="drags a slider 'q'"):
        little_stage(drag="q")
    with pytest.raises(ValueError, match="outside its range"):
        Slider(0, 1, 5)
    with pytest.raises(ValueError, match="above 0"):
        Slider(0, 1, 0, step=0)


def test_other_controls() -> None:
    log = LogSlider(-3, 0, 0.1, 0.5)
    assert log.values[0] == 0.001 and log.values[-1] == 1.0
    assert log.values[log.index(0.1)] == 0.1
    stage = little_stage(kind=Choice(["plain", "bent"], "plain"))
    assert stage.set(kind="bent").values["kind"] == "bent"
    with pytest.raises(ValueError, match="not among the options"):
        stage.set(kind="round")
    stage = little_stage(bent=Toggle(False))
    assert stage.set(bent=True).values["bent"] is True
    with pytest.raises(ValueError, match="neither True nor False"):
        stage.set(bent="yes")


def test_a_play_button_needs_its_slider() -> None:
    ax, sliders = style.axes((0, 1), (0, 1)), {"x": Slider(0, 1, 0)}
    stage = Stage(ax, lambda x: scene("."), sliders, "A figure", play=Play("x", upwards=False))
    assert stage.canvas.spec["play"]["end"] == 0
    with pytest.raises(ValueError, match="no slider 'y' to play"):
        Stage(ax, lambda x: scene("."), sliders, "A figure", play=Play("y"))


def test_the_background_comes_dark_and_sharp() -> None:
    stage = little_stage()
    wire = Wire(stage)
    before = stage.still()
    for dark, scale in [(True, 2), (False, 3)]:
        wire.ask({"ask": "background", "id": 1, "dark": dark, "scale": scale})
        picture = Image.open(io.BytesIO(wire.sent[-1][1][0]))
        assert picture.width == scale * stage.canvas.spec["width"]
        assert (sum(picture.getpixel((3, 3))) < 100) == dark
    assert stage.still() == before


def test_a_function_that_fails_gives_a_sentence() -> None:
    stage = little_stage(lambda x: 1 / x)
    said = stage.set(x=0).sentence
    assert "x = 0" in said and "ZeroDivisionError" in said
    assert np.isnan(stage.table.frame([6])[0]).all()
    assert stage.set(x=2).sentence == "f(2.0) is 0.50."


# --- what the browser is told ---


class Wire:
    """Stands in for the browser: keeps what the kernel sends."""

    def __init__(self, stage: Stage) -> None:
        self.sent = []
        stage.canvas.send = lambda content, buffers=None: self.sent.append((content, buffers))
        self.ask = lambda message: stage._answer(stage.canvas, message, [])


def test_the_kernel_answers_with_the_same_scene() -> None:
    stage = little_stage()
    wire = Wire(stage)
    wire.ask({"ask": "frame", "id": 7, "at": [0]})
    wire.ask({"ask": "frames"})
    answer, (header, buffers) = wire.sent[0][0], wire.sent[1]
    assert answer["frame"] == 7
    coordinates, texts = frames.Table(header["frames"], buffers[0]).frame([0])
    assert answer["seen"] == {"coordinates": coordinates, "texts": texts}


def test_the_kernel_finds_where_a_drag_leads() -> None:
    def frame(x, y, far):
        return scene("A point.", P=Point(x, y, drag=("x", "y")), Q=Point(x, x**2 / 4, drag="x"))

    sliders = {name: Slider(-4, 4, 0, 0.01) for name in ("x", "y", "far")}
    stage = Stage(style.axes((-4, 4), (-4, 4)), frame, sliders, "A free point")
    wire = Wire(stage)
    start = [control.index(0) for control in stage.controls.values()]
    for x, y in [(1.23, -2.5), (-3.9, 3.99)]:
        to = stage._pixels(Point(x, y))
        wire.ask({"ask": "frame", "id": 1, "at": start, "mark": "P", "to": to})
        at = wire.sent[-1][0]["at"]
        assert [c.values[i] for c, i in zip(stage.controls.values(), at, strict=True)] == [x, y, 0]
    wire.ask(
        {"ask": "frame", "id": 2, "at": start, "mark": "Q", "to": stage._pixels(Point(3, 2.25))}
    )
    assert wire.sent[-1][0]["seen"]["coordinates"][2:] == pytest.approx([3, 2.25], abs=0.02)


def test_axes_lie_where_matplotlib_draws_them() -> None:
    stage = little_stage()
    place, ax = stage.canvas.spec["axes"][0], stage.figure.axes[0]
    for x, y in [(-4, -4), (0, 1), (4, 4)]:
        px, py = ax.transData.transform((x, y))
        across = (
            place["left"] + (x - place["x"][0]) / (place["x"][1] - place["x"][0]) * place["width"]
        )
        up = place["top"] + (place["y"][1] - y) / (place["y"][1] - place["y"][0]) * place["height"]
        assert across == pytest.approx(px / style.SHARPNESS, abs=0.01)
        height = stage.canvas.spec["height"]
        assert up == pytest.approx(height - py / style.SHARPNESS, abs=0.01)


# --- what a reader with no kernel has ---


@pytest.mark.parametrize("explore", EXPLORERS)
def test_a_saved_figure_has_a_picture_and_words(explore) -> None:
    stage = explore()
    data, metadata = stage._repr_mimebundle_()
    assert data["text/plain"] == str(stage) == metadata["image/png"]["alt"]
    assert stage.sentence in data["text/plain"]
    picture = Image.open(io.BytesIO(stage.still()))
    shown = metadata["image/png"]
    size = (shown["width"] * style.SHARPNESS, shown["height"] * style.SHARPNESS)
    assert picture.size == pytest.approx(size, abs=2)
    # The sentence stands under the picture: without it, that strip would be empty.
    strip = np.asarray(picture.convert("L"))[style.SHARPNESS * stage.canvas.spec["height"] :]
    assert (strip < 128).mean() > 0.005


def test_the_still_shows_the_marks_and_leaves_the_background_alone() -> None:
    stage = little_stage()
    here, there = stage.still(), stage.set(x=-3).still()
    assert here != there
    assert stage.set(x=1).still() == here


def test_printing_says_what_the_sliders_show() -> None:
    said = str(little_stage().set(x=2.5))
    assert "x = 2.5" in said and "P (2.5, 2.5)" in said and said.endswith("f(2.5) is 2.50.")


# --- a learner's function that fails ---


def endless(x: float) -> float:
    while True:
        x += 1


@pytest.mark.parametrize("explore", [rate_of_change.explore_secant, rate_of_change.explore_slopes])
@pytest.mark.parametrize(
    ("f", "words"),
    [
        (lambda x: None, "gives nothing back"),
        (lambda x: "9", "the text '9'"),
        (lambda x: 1j, "complex"),
        (lambda x: np.array([x, x]), "2 numbers"),
        (lambda x: float("nan"), "no finite value"),
        (lambda x: undefined_name, "NameError"),  # noqa: F821
        ("x**2 +", "no formula"),
        (9, "not f\\(3\\)"),
    ],
)
def test_a_hopeless_function_gives_a_sentence_in_the_figures_place(explore, f, words) -> None:
    shown = explore(f)
    assert isinstance(shown, Apology)
    assert re.search(words, repr(shown))
    assert "Mend it" in shown._repr_html_()


def test_a_function_that_never_ends_gives_a_sentence(monkeypatch) -> None:
    monkeypatch.setattr(explorer_module, "SECONDS", 0.3)
    assert "did not end" in repr(rate_of_change.explore_secant(endless))


def test_a_function_that_never_ends_at_one_place_leaves_the_figure_usable(monkeypatch) -> None:
    monkeypatch.setattr(stage_module, "FRAME_SECONDS", 0.3)
    stage = little_stage(lambda x: endless(x) if x < -2 else x)
    wire = Wire(stage)
    wire.ask({"ask": "frame", "id": 1, "at": [0]})
    wire.ask({"ask": "frame", "id": 2, "at": [8]})
    assert "never ends" in wire.sent[0][0]["seen"]["texts"][-1]
    assert wire.sent[1][0]["seen"]["texts"][-1] == "f(1.0) is 1.00."


def test_a_figure_that_opens_where_there_is_no_value_still_has_its_marks() -> None:
    stage = rate_of_change.explore_slopes(lambda x: x**0.5 if x >= 0 else None)
    assert len(stage.set(x=1).scene.marks) == len(stage.canvas.spec["marks"])
