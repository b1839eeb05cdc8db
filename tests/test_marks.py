"""Marks, shapes and captions: what they say, where they stand, what a still shows of them."""

import io
import math
from dataclasses import dataclass
from itertools import pairwise

import ipywidgets
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from utils import style
from utils.functions import NoValue
from utils.stage import (
    Apology,
    Backdrop,
    Bar,
    Caption,
    Curve,
    Drop,
    Graph,
    Point,
    Polyline,
    Scene,
    Segment,
    Slider,
    Stage,
    Tangent,
    Text,
    captions,
)
from utils.stage.marks import NOWHERE
from utils.stage.sizes import SIZES

ACROSS, UP = (-4, 4), (-4, 4)


def showing(**marks) -> Stage:
    """A figure that shows these marks, whatever its slider says."""
    ax = style.axes(ACROSS, UP, title=" ")
    scene = Scene("Some marks.", {name.replace("_", " "): mark for name, mark in marks.items()})
    return Stage(ax, lambda x: scene, {"x": Slider(0, 1, 0)}, "Marks")


def ink(stage: Stage, meaning: str) -> np.ndarray:
    """Where a still shows words in a colour, in CSS pixels: (across, down) for each such pixel."""
    pixels = np.asarray(Image.open(io.BytesIO(stage.still())).convert("RGB")).astype(int)
    wanted = [int(style.INKS[meaning][0][i : i + 2], 16) for i in (1, 3, 5)]
    found = np.argwhere(np.abs(pixels - wanted).sum(axis=2) < 30)
    return found[:, ::-1] / style.SHARPNESS


# --- captions ---

WORDS = st.lists(
    st.tuples(st.floats(5, 300), st.sampled_from(["left", "right"])), min_size=1, max_size=7
)


@given(WORDS, st.floats(100, 700), st.integers(1, 4))
def test_captions_never_overlap_and_keep_their_order(words, room: float, rows: int) -> None:
    spots, size = captions.arrange(words, room, rows, 18)
    for side in ("left", "right"):
        own = [(s.row, s.away) for s, (_, at) in zip(spots, words, strict=True) if at == side]
        assert own == sorted(own)
    if size < 0.1:
        return  # nobody could read them anyway
    for row in range(rows):
        taken = sorted(
            (s.away, s.away + w * size)
            if side == "left"
            else (room - s.away - w * size, room - s.away)
            for s, (w, side) in zip(spots, words, strict=True)
            if s.row == row
        )
        assert all(a >= -1e-6 and b <= room + 1e-6 for a, b in taken)
        assert all(b <= c + 1e-6 for (_, b), (c, _) in pairwise(taken))


def test_captions_shrink_only_where_no_row_is_left() -> None:
    words = [(200, "left"), (200, "right"), (200, "left")]
    assert captions.arrange(words, 700, 1, 18)[1] == 1
    spots, size = captions.arrange(words, 500, 2, 18)
    assert size == 1 and [spot.row for spot in spots] == [0, 0, 1]
    assert captions.arrange(words, 500, 1, 18)[1] < 1


def test_rows_of_captions_end_below_other_axes() -> None:
    lower, upper = captions.Box(50, 300, 400, 200), captions.Box(50, 60, 400, 150)
    alone = captions.rows_above(lower, [lower], 292, 16, 56, 21)
    below = captions.rows_above(lower, [upper, lower], 292, 16, 56, 21)
    beside = captions.rows_above(lower, [captions.Box(500, 60, 200, 150)], 292, 16, 56, 21)
    assert alone == beside == 1 + (292 - 16) // 21
    assert below == 1 + (292 - 266) // 21
    assert captions.rows_above(upper, [upper, lower], 20, 16, 56, 21) == 1


def test_a_caption_stands_where_a_text_at_the_corner_stood() -> None:
    for side, x, anchor in (("left", ACROSS[0], "start"), ("right", ACROSS[1], "end")):
        text = showing(words=Text(x, UP[1], "f(x) = x²", dy=-13, anchor=anchor))
        assert showing(words=Caption("f(x) = x²", side)).still() == text.still()


def test_captions_stand_one_after_the_other() -> None:
    stage = showing(
        one=Caption("the first of all", colour="tangent"),
        two=Caption("the second", colour="secant"),
        three=Caption("at the right", "right", colour="gradient"),
        none=Caption("", colour="path"),
    )
    one, two, three = (ink(stage, colour) for colour in ("tangent", "secant", "gradient"))
    assert one[:, 0].max() + 0.5 * SIZES.gap < two[:, 0].min()
    assert two[:, 0].max() < three[:, 0].min()
    assert len(ink(stage, "path")) == 0
    place = stage.conversation.spec(stage.positions)["axes"][0]
    assert one[:, 0].min() == pytest.approx(place["left"], abs=3)
    assert three[:, 0].max() == pytest.approx(place["left"] + place["width"], abs=3)
    assert max(part[:, 1].max() for part in (one, two, three)) < place["top"]


def test_a_caption_travels_as_words_without_a_place() -> None:
    stage = showing(name=Caption("f(x) = x²", "right", colour="function"), P=Point(1, 1))
    look = stage.conversation.spec([0])["marks"][0]
    assert look == {
        "kind": "caption", "side": "right", "colour": "function", "ax": 0, "quiet": False,
        "name": "name", "length": 0, "says": True,
    }  # fmt: skip
    assert stage.conversation.cast.texts(stage.scene) == ["f(x) = x²", "Some marks."]
    said = str(stage).splitlines()
    assert "Words: f(x) = x²." in said and "Marks: P (1, 1)." in said


# --- points, texts and areas ---


@pytest.mark.parametrize(("x", "seen"), [(4, True), (4.004, True), (4.2, False), (-4.2, False)])
def test_a_point_is_hidden_outside_its_axes(x: float, seen: bool) -> None:
    clipped = showing(P=Point(x, 0, colour="gradient", label="P"))
    assert (len(ink(clipped, "gradient")) > 0) == seen
    free = showing(P=Point(x, 0, colour="gradient", clip=False))
    assert len(ink(free, "gradient")) > 40
    assert [s.conversation.spec([0])["marks"][0]["clip"] for s in (clipped, free)] == [True, False]


@pytest.mark.parametrize("side", ["above", "below", "left", "right"])
def test_a_text_stands_beside_its_place(side: str) -> None:
    stage = showing(name=Text(1, 1, "here", side=side, colour="gradient"))
    across, down = stage.pixel(Point(1, 1))
    seen = ink(stage, "gradient")
    clear = {
        "above": seen[:, 1].max() < down,
        "below": seen[:, 1].min() > down,
        "left": seen[:, 0].max() < across,
        "right": seen[:, 0].min() > across,
    }
    assert clear[side]
    look = stage.conversation.spec([0])["marks"][0]
    assert set(look) >= {"dx", "dy", "anchor"} and "side" not in look
    moved = Text(1, 1, "here", dx=5, dy=-2, side=side).look()
    assert (moved["dx"], moved["dy"]) == (look["dx"] + 5, look["dy"] - 2)


@pytest.mark.parametrize("place", [(-4, 0), (4, 0), (0, 12), (0, -12)])
def test_words_stay_in_the_picture(place: tuple[float, float]) -> None:
    stage = showing(name=Text(*place, "words of some length", colour="gradient"))
    inside = showing(name=Text(0, 0, "words of some length", colour="gradient"))
    seen, whole = ink(stage, "gradient"), ink(inside, "gradient")
    assert np.ptp(seen, axis=0) == pytest.approx(np.ptp(whole, axis=0), abs=1.1)
    assert (seen >= 2).all() and (seen <= np.array(stage.size) - 2).all()


def test_a_filled_area_may_have_an_edge() -> None:
    bare, edged = (
        showing(bar=Bar(-2, 0, 1, 3, "gradient", edge=edge)) for edge in (0, 1.8)
    )  # fmt: skip
    assert len(ink(bare, "gradient")) == 0
    seen = ink(edged, "gradient")
    assert [*seen.min(axis=0), *seen.max(axis=0)] == pytest.approx(
        [*edged.pixel(Point(-2, 3)), *edged.pixel(Point(1, 0))], abs=2
    )
    look = edged.conversation.spec([0])["marks"][0]
    assert (look["kind"], look["filled"], look["edge"]) == ("polyline", True, 1.8)


@pytest.mark.parametrize("k", range(4))
def test_a_bar_without_one_of_its_sides_is_hidden(k: int) -> None:
    sides = [-2.0, 0.0, 1.0, 3.0]
    sides[k] = math.nan
    assert all(math.isnan(c) for c in Bar(*sides).coordinates())
    assert not math.isnan(sum(Bar(-2.0, 0.0, 1.0, 3.0).coordinates()))


# --- shapes ---


def test_shapes_have_the_looks_of_their_meaning() -> None:
    line, drop = Tangent(1, 2, 3), Drop(1, 2, -4, ax=1)
    assert (line.start, line.end, line.colour) == ((1, 2), (2, 5), "tangent")
    assert (drop.start, drop.end, drop.colour, drop.dashed) == ((1, -4), (1, 2), "quiet", True)
    assert Drop(1, 2, colour="derivative").colour == "derivative"
    graph = Graph(lambda x: 1 / x, (-1, 1), 5, width=2)
    assert graph.points == ((-1, -1), (-0.5, -2), pytest.approx((0, math.nan), nan_ok=True),
                            (0.5, 2), (1, 1))  # fmt: skip
    assert (graph.colour, graph.width) == ("function", 2)


def test_a_figure_samples_a_function_once_and_another_figure_again() -> None:
    asked = []

    def f(x: float) -> float:
        asked.append(x)
        return x

    def figure() -> Stage:
        frame = lambda x: Scene(f"{x}.", {"f": Graph(f, ACROSS, 9), "P": Point(x, x)})  # noqa: E731
        return Stage(style.axes(ACROSS, UP), frame, {"x": Slider(-3, 3, 0)}, "f")

    stage = figure()
    assert stage.table is not None and len(asked) == 9
    assert figure().set(x=1).scene.marks["f"] == stage.scene.marks["f"] and len(asked) == 18


def test_a_function_without_a_hash_is_sampled_each_time() -> None:
    @dataclass
    class Steep:
        m: float

        def __call__(self, x: float) -> float:
            return self.m * x

    frame = lambda x: Scene(".", {"f": Graph(Steep(x), (0, 1), 2)})  # noqa: E731
    stage = Stage(style.axes(ACROSS, UP), frame, {"x": Slider(0, 3, 2)}, "A line")
    assert stage.scene.marks["f"].points == ((0, 0), (1, 2))
    assert stage.set(x=3).scene.marks["f"].points == ((0, 0), (1, 3))


def test_descriptions_tell_short_marks_first() -> None:
    path = Polyline(((0, 0), (1, 1), (2, 4)))
    stage = showing(path=path, frame=Polyline(path.points, quiet=True), P=Point(2, 4))
    assert "Marks: P (2, 4); path through (0, 0), (1, 1), (2, 4)." in str(stage).splitlines()


# --- controls and figures of another make ---


@dataclass(frozen=True)
class Weekday:
    """A control that no module of the stage knows: one of seven days, as buttons."""

    label: str = "day"

    @property
    def values(self) -> list[str]:
        return ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"]

    @property
    def is_choice(self) -> bool:
        return True

    def widget(self, name: str) -> ipywidgets.ToggleButtons:
        return ipywidgets.ToggleButtons(options=self.values, description=self.label or name)

    @property
    def start(self) -> int:
        return 0

    def position(self, value: str) -> int:
        if value not in self.values:
            raise ValueError(f"{value!r} is no day of the week.")
        return self.values.index(value)

    def read(self, widget: ipywidgets.ToggleButtons) -> int:
        return widget.index

    def write(self, widget: ipywidgets.ToggleButtons, position: int) -> None:
        widget.index = position

    def spec(self) -> dict:
        return {"trait": "index", "values": list(range(7))}


def test_a_control_needs_no_more_than_its_own_class() -> None:
    def draw(day: str):
        return style.axes(ACROSS, UP, title=day)

    stage = Stage(
        None, lambda day: Scene(f"It is {day}."), {"day": Weekday()}, "A week",
        backdrop=Backdrop("day", draw),
    )  # fmt: skip
    assert stage.set(day="Fr").values == {"day": "Fr"} and stage.positions == [4]
    assert "Sliders: day = Fr." in str(stage) and stage.sentence == "It is Fr."
    assert stage.table is not None and stage.table.header["sizes"] == [7]
    assert stage.canvas.spec["controls"][0]["trait"] == "index"
    with pytest.raises(ValueError, match="day: 'noon' is no day"):
        stage.set(day="noon")
    (buttons,) = stage.canvas.controls
    assert buttons.index == 4, "a widget begins where its control stands"
    assert stage.set(day="Su").positions == [6] and buttons.index == 6
    buttons.index = 1
    assert stage.values == {"day": "Tu"}


def test_a_new_drawing_gets_new_frames() -> None:
    curve = Curve((-1, 1), (-2, 2), {"flat": lambda x: 0, "one": lambda x: 1}, "flat", "x", count=3)

    def frame(x: float, curve: np.ndarray) -> Scene:
        return Scene(f"{curve[0]:.0f}.", {"P": Point(x, float(curve[0]))})

    sliders = {"x": Slider(-1, 1, 0, 1)}
    stage = Stage(style.axes((-1, 1), (-2, 2)), frame, sliders, "Drawn", curve=curve)
    first = stage.table
    assert stage.table is first is not None
    assert stage.set(curve="one").sentence == "1." and stage.table is not first
    assert stage.set(curve=[2, 2, 2]).scene.marks["P"].y == 2
    with pytest.raises(ValueError, match="3 finite heights"):
        stage.set(curve=2)
    with pytest.raises(ValueError, match="no slider 'y' to point along"):
        wrong = Curve((-1, 1), (-2, 2), {"flat": lambda x: 0}, "flat", "y")
        Stage(style.axes((-1, 1), (-2, 2)), frame, sliders, "Drawn", curve=wrong)


def test_what_learners_ask_of_a_figure_an_apology_answers() -> None:
    apology = Apology("No figure yet. Mend it.")
    assert apology.set(x=2) is apology
    assert str(apology.set(x=2)) == apology.sentence == apology.scene.sentence
    assert dict(apology.values) == {} and apology.scene.marks == {}
    with pytest.raises(NoValue, match="No figure yet"):
        _ = apology.values["x"]


def test_marks_that_are_not_there_are_not_told() -> None:
    gone, gap = NOWHERE, (math.nan, 1.0)
    marks = {
        "ball": Point(1, 2),
        "stop": Point(*gone),
        "tangent": Segment(gone, gone),
        "half": Segment((0, 0), gap),
        "hidden": Polyline((gone, gone, gap)),
        "path": Polyline(((0, 0), gone, (1, 1), (1, 1), (2, 4), (2, 4))),
        "still": Polyline(((3, 1), (3, 1), (3, 1))),
    }
    assert Scene("", marks).words() == [
        "Marks: ball (1, 2); path through (0, 0), (1, 1), (2, 4); still (3, 1)."
    ]
    assert Scene("", {"stop": Point(*gone)}).words() == []


def test_captions_at_the_right_are_told_as_an_eye_reads_them() -> None:
    marks = {
        "slope": Caption("slope 4", "right"),
        "f": Caption("f(x) = x²"),
        "rise": Caption("rise 8", "right"),
        "below": Caption("f′", "right", ax=1),
        "nothing": Caption("", "right"),
    }
    assert Scene("", marks).words() == ["Words: rise 8; f(x) = x²; slope 4; f′."]
