"""The live figure: what Python computes is what the browser is told, and what a reader is told."""

import importlib
import io
import json
import math
import random
import re
import textwrap

import ipywidgets
import matplotlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from PIL import Image

from tests.frames_read import frame_at, join_text
from utils import running, style
from utils.explorers import derivative, limits, rate_of_change, slope, start_here
from utils.stage import (
    Apology,
    Backdrop,
    Caption,
    Choice,
    LogSlider,
    Mesh,
    Play,
    Point,
    Polyline,
    Scene,
    Slider,
    Stage,
    Toggle,
    Turn,
    frames,
    picture,
    space,
)
from utils.stage.nearest import nearest

explorer_module = importlib.import_module("utils.stage.explorer")
conversation_module = importlib.import_module("utils.stage.conversation")

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
    derivative.explore_zoom,
    derivative.explore_drawing,
]


def little_stage(f=lambda x: x, drag="x", **more) -> Stage:
    def frame(x, **others):
        return Scene(f"f({x}) is {f(x):.2f}.", {"P": Point(x, f(x), drag=drag)})

    ax = style.axes((-4, 4), (-4, 4))
    return Stage(ax, frame, {"x": Slider(-3, 3, 1, 0.5)} | more, "A little figure")


# --- texts as patterns and numbers ---


@given(st.text(alphabet="ab =.,-−0123456789+()e·⁻⁰¹²³⁴⁹", max_size=40))
def test_any_text_comes_back_from_its_pattern(text: str) -> None:
    assert join_text(*frames.split_text(text)) == text


def test_texts_that_differ_in_numbers_share_a_pattern() -> None:
    one, two = (frames.split_text(f"slope = {m}, error 0.5") for m in ("4.00", "−2.00"))
    assert one[0] == two[0]
    assert (one[1], two[1]) == ([400, 5], [-200, 5])


# --- frames ---


@pytest.mark.parametrize("explore", EXPLORERS)
def test_the_table_holds_every_scene(explore, monkeypatch) -> None:
    # Other tests run beside this.
    monkeypatch.setattr("utils.stage.conversation.MAX_SECONDS", math.inf)
    stage = explore()
    table = stage.table
    assert table is not None and table.size < conversation_module.MAX_BYTES
    chance = random.Random(1)
    for _ in range(200):
        at = [chance.randrange(size) for size in table.header["sizes"]]
        seen = stage.scene_at(at)
        coordinates, texts = frame_at(table, at)
        assert texts == stage.conversation.cast.texts(seen)
        expected = stage.conversation.cast.row(seen)
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
        coordinates, lines = frame_at(table, at)
        np.testing.assert_array_equal(coordinates, numbers[i])
        assert lines == texts[i]


def test_numbers_are_stored_once_per_slider_they_depend_on() -> None:
    table = slope.explore_two_points().table
    in_full = np.prod(table.header["sizes"]) * table.header["width"] * 8
    assert table.size < in_full / 10


def walk_to(start: int, rate: int, n: int) -> list[tuple[float, float]]:
    """The places of a walk of n of 20 steps, the last one repeated."""
    return [(start + k * rate + 0.1, 2.0**-k * start) for k in (min(k, n) for k in range(21))]


def walking_stage() -> Stage:
    """A walk from one of 30 starts at one of 8 rates, of which a slider shows the first steps."""

    def frame(start, rate, n):
        places = walk_to(round(start), round(rate), round(n))
        dots = {f"stop {k}": Point(*places[k]) for k in range(1, 21)}
        marks = {"path": Polyline(tuple(places)), **dots, "ball": Point(*places[-1])}
        return Scene(f"After {n:.0f} steps: {places[-1][0]:.2f}.", marks)

    sliders = {"start": Slider(1, 30, 1, 1), "rate": Slider(1, 8, 1, 1), "n": Slider(0, 20, 0, 1)}
    return Stage(style.axes((-4, 4), (-4, 4)), frame, sliders, "A walk")


def test_a_walk_of_which_the_first_steps_show_is_stored_once() -> None:
    stage = walking_stage()
    table = stage.table
    in_full = 4 * 30 * 8 * 21 * table.header["width"]
    assert table.size < conversation_module.MAX_BYTES < in_full
    assert stage.conversation.least_bytes() <= table.size < in_full / 20
    for at in [[0, 0, 0], [29, 7, 20], *([17, 5, n] for n in range(21))]:
        seen = stage.scene_at(at)
        coordinates, texts = frame_at(table, at)
        assert texts == stage.conversation.cast.texts(seen)
        np.testing.assert_array_equal(coordinates, np.float32(stage.conversation.cast.row(seen)))


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
    stage = Stage(ax, lambda x: Scene("."), sliders, "A figure", play=Play("x", upwards=False))
    assert stage.canvas.spec["play"]["end"] == 0
    with pytest.raises(ValueError, match="no slider 'y' to play"):
        Stage(ax, lambda x: Scene("."), sliders, "A figure", play=Play("y"))


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
    assert np.isnan(frame_at(stage.table, [6])[0]).all()
    assert stage.set(x=2).sentence == "f(2.0) is 0.50."


# --- what the browser is told ---


class Wire:
    """Stands in for the browser: keeps what the kernel sends."""

    def __init__(self, stage: Stage) -> None:
        self.sent = []
        stage.canvas.send = lambda content, buffers=None: self.sent.append((content, buffers))
        self.ask = stage.conversation.answer


def test_the_kernel_answers_with_the_same_scene() -> None:
    stage = little_stage()
    wire = Wire(stage)
    wire.ask({"ask": "frame", "id": 7, "at": [0]})
    wire.ask({"ask": "frames"})
    (answer, numbers), (header, buffers) = wire.sent
    assert answer["frame"] == 7
    coordinates, texts = frame_at(frames.Table(header["frames"], buffers[0]), [0])
    assert answer["texts"] == texts
    np.testing.assert_array_equal(np.frombuffer(numbers[0], "<f8"), coordinates)


def test_the_kernel_finds_where_a_drag_leads() -> None:
    def frame(x, y, far):
        return Scene(
            "A point.", {"P": Point(x, y, drag=("x", "y")), "Q": Point(x, x**2 / 4, drag="x")}
        )

    sliders = {name: Slider(-4, 4, 0, 0.01) for name in ("x", "y", "far")}
    stage = Stage(style.axes((-4, 4), (-4, 4)), frame, sliders, "A free point")
    wire = Wire(stage)
    start = [control.index(0) for control in stage.controls.values()]
    for x, y in [(1.23, -2.5), (-3.9, 3.99)]:
        to = stage.pixel(Point(x, y))
        wire.ask({"ask": "frame", "id": 1, "at": start, "mark": "P", "to": to})
        at = wire.sent[-1][0]["at"]
        assert [c.values[i] for c, i in zip(stage.controls.values(), at, strict=True)] == [x, y, 0]
    wire.ask({"ask": "frame", "id": 2, "at": start, "mark": "Q", "to": stage.pixel(Point(3, 2.25))})
    coordinates = np.frombuffer(wire.sent[-1][1][0])
    assert coordinates[2:] == pytest.approx([3, 2.25], abs=0.02)


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


# --- clicks ---


def points_stage(*points: Point, **more) -> Stage:
    sliders = {name: Slider(-3, 3, 0) for name in ("x", "y")}
    marks = {f"P{k}": point for k, point in enumerate(points)}
    return Stage(
        style.axes((-4, 4), (-4, 4)),
        lambda x, y: Scene(f"{x}, {y}.", marks),
        sliders,
        "P",
        **more,
    )


def test_a_click_goes_to_the_only_point_or_to_the_one_that_says_so() -> None:
    free, fixed = Point(0, 0, drag=("x", "y")), Point(1, 1)
    other, chosen = Point(2, 0, drag="x"), Point(0, 2, drag="y", click=True)
    for points, clicks in [
        ([fixed], {}),
        ([fixed, free], {0: 1}),
        ([free, other], {}),
        ([free, other, chosen], {0: 2}),
        ([Point(0, 0, drag="x", click=False)], {}),
    ]:
        assert points_stage(*points).canvas.spec["clicks"] == clicks
    with pytest.raises(ValueError, match="one can follow a click"):
        points_stage(chosen, chosen)
    assert points_stage(free, turn=Turn("x", "y")).canvas.spec["clicks"] == {}


@given(
    st.tuples(*[st.floats(-2, 2)] * 4),
    st.tuples(st.integers(0, 80), st.integers(0, 80)),
    st.tuples(st.integers(0, 80), st.integers(0, 80)),
)
def test_a_point_moved_by_two_sliders_finds_its_place(slopes, start, goal) -> None:
    """However the two directions lie to each other, and bent a little."""
    a, b, c, d = slopes

    def place(at: list[int]) -> tuple[float, float]:
        x, y = at[:2]
        return (3 + a) * x + b * y + x * x / 100, c * x + (3 + d) * y

    to = place(list(goal))
    at = nearest(place, to, [*start, 7], (0, 1), (81, 81, 9))
    assert at[2] == 7, "what is not dragged stays"
    away = math.dist(place(at), to)
    # No neighbour is nearer, and where the two directions differ, the way is found.
    if abs((3 + a) * (3 + d) - b * c) > 4:
        assert away < 8
    for i, k in [(0, 1), (0, -1), (1, 1), (1, -1)]:
        if 0 <= at[i] + k <= 80:
            beside = [*at[:i], at[i] + k, *at[i + 1 :]]
            assert math.dist(place(beside), to) >= away


# --- backdrops ---


def mapped(**options) -> Stage:
    """A figure whose axes reach as far as the chosen option says."""
    drawn = []

    def draw(name: str):
        drawn.append(name)
        ax = style.axes((-options[name], options[name]), (-4, 4), title=f"Map {name}")
        ax.plot([0, options[name]], [0, 1], label=name)
        return ax

    sliders = {"map": Choice(list(options), "near", label="which map"), "x": Slider(-2, 2, 1)}
    frame = lambda map, x: Scene(f"{map}: {x}.", {"P": Point(x, 0, drag="x")})  # noqa: E731
    stage = Stage(None, frame, sliders, "A map", backdrop=Backdrop("map", draw))
    stage.drawn = drawn
    return stage


def test_a_backdrop_is_drawn_when_it_is_chosen() -> None:
    stage = mapped(far=8, near=2)
    assert stage.drawn == ["near"]
    near, there = str(stage), stage.pixel(Point(1, 0))
    still = stage.still()
    stage.set(map="far")
    assert stage.drawn == ["near"]
    far = str(stage)
    assert stage.drawn == ["near", "far"]
    assert near.startswith("Live figure: A map, which map: near\nMap near.")
    assert far.startswith("Live figure: A map, which map: far\nMap far.")
    middle = stage.pixel(Point(0, 0))[0]
    assert stage.pixel(Point(1, 0))[0] - middle == pytest.approx((there[0] - middle) / 4)
    assert stage.still() != still
    assert stage.set(map="near").still() == still
    assert stage.drawn == ["near", "far"]
    assert stage.table is not None


def test_the_browser_is_told_where_the_axes_of_a_backdrop_lie() -> None:
    stage = mapped(near=2, far=8)
    wire = Wire(stage)
    assert stage.canvas.spec["axes"][0]["x"][:2] == [-2, 2]
    wire.ask({"ask": "background", "id": 5, "dark": False, "scale": 2, "at": [1, 0]})
    told, (png,) = wire.sent[-1]
    assert (told["background"], told["option"]) == (5, 1)
    assert told["axes"][0]["x"][:2] == [-8, 8]
    assert "which map: far" in told["alt"]
    assert Image.open(io.BytesIO(png)).width == 2 * stage.canvas.spec["width"]
    # A drag is judged by the axes that are shown.
    to = stage.set(map="far").pixel(Point(1.5, 0))
    wire.ask({"ask": "frame", "id": 6, "at": [1, 0], "mark": "P", "to": to})
    assert stage.controls["x"].values[wire.sent[-1][0]["at"][1]] == 1.5


def test_a_backdrop_that_cannot_be_drawn_leaves_the_figure_usable() -> None:
    stage = mapped(near=2, far="no number")
    wire = Wire(stage)
    wire.ask({"ask": "background", "id": 1, "dark": False, "scale": 2, "at": [1, 0]})
    assert wire.sent[-1][0] == {"background": 1, "option": 1, "failed": True}
    wire.ask({"ask": "frame", "id": 2, "at": [0, 0]})
    assert wire.sent[-1][0]["texts"][-1] == "near: -2.0."


def test_what_does_not_fit_together_is_refused() -> None:
    ax, frame = style.axes((0, 1), (0, 1)), lambda **_: Scene(".")
    sliders, draw = {"x": Slider(0, 1, 0)}, lambda name: style.axes((0, 1), (0, 1))
    for more, words in [
        ({"backdrop": Backdrop("y", draw)}, "no slider 'y' to change the backdrop"),
        ({"backdrop": Backdrop("x", draw)}, "Choice or a Toggle"),
        ({"turn": Turn("x", "up")}, "no slider 'up' to turn"),
    ]:
        with pytest.raises(ValueError, match=words):
            Stage(ax, frame, sliders, "A figure", **more)
    with pytest.raises(ValueError, match="needs axes, or a backdrop"):
        Stage(None, frame, sliders, "A figure")
    sizes = iter([(5, 4), (6, 4)])
    backdrop = Backdrop("t", lambda t: style.axes((0, 1), (0, 1), size=next(sizes)))
    stage = Stage(None, frame, {"t": Toggle(False)}, "A figure", backdrop=backdrop)
    with pytest.raises(ValueError, match="same size"):
        print(stage.set(t=True))


# --- surfaces ---

ANGLES = st.tuples(st.floats(-360, 360), st.floats(-90, 90))


@given(ANGLES, st.tuples(*[st.floats(-5, 5)] * 3))
def test_a_projection_loses_only_the_depth(angles, point) -> None:
    turned, raised = map(math.radians, angles)
    to_the_eye = np.array(
        [
            math.cos(raised) * math.cos(turned),
            math.cos(raised) * math.sin(turned),
            math.sin(raised),
        ]
    )
    seen = space.project(point, *angles)
    assert np.hypot(*seen) ** 2 + (to_the_eye @ point) ** 2 == pytest.approx(
        np.dot(point, point), abs=1e-9
    )
    np.testing.assert_allclose(space.project(point + 3 * to_the_eye, *angles), seen, atol=1e-9)


def test_the_angles_are_those_of_matplotlib() -> None:
    from mpl_toolkits.mplot3d import proj3d

    ax = Figure().add_subplot(projection="3d", proj_type="ortho")
    ax.set(xlim=(-0.5, 0.5), ylim=(-0.5, 0.5), zlim=(-0.5, 0.5))
    ax.set_box_aspect((1, 1, 1))
    points = np.array([(0, 0, 0), (0.5, 0.2, -0.3), (-0.1, 0.4, 0.5)])
    for azimuth, elevation in [(-60, 30), (20, 70), (135, 5)]:
        ax.view_init(elev=elevation, azim=azimuth)
        theirs = np.array(proj3d.proj_transform(*points.T, ax.get_proj())[:2]).T
        ours = space.project(points, azimuth, elevation)
        theirs, ours = theirs - theirs[0], ours - ours[0]
        scale = np.linalg.norm(theirs) / np.linalg.norm(ours)
        np.testing.assert_allclose(theirs, scale * ours, atol=1e-6)


@given(ANGLES, st.integers(0, 99))
@settings(max_examples=30, deadline=None)
def test_no_piece_hides_one_that_is_drawn_later_and_lies_nearer(angles, seed) -> None:
    """Along rays to the eye: where two pieces cover one place, the nearer is drawn later."""
    chance = np.random.default_rng(seed)
    X, Y = space.grid((-1, 1), (-0.6, 0.6), 5)
    Z = chance.normal(0, 0.5, X.shape)
    _, order = space.surface_quads(X, Y, Z, *angles)
    drawn = np.argsort(order)  # when each piece is drawn
    turned = math.radians(angles[0])
    way = np.array((math.cos(turned), math.sin(turned)))
    for start in chance.uniform((-1, -0.6), (1, 0.6), (10, 2)):
        times = []
        for t in np.linspace(-3, 3, 600):
            x, y = start + t * way
            if abs(x) < 1 and abs(y) < 0.6:
                times.append(drawn[int((y + 0.6) / 0.24) * 5 + int((x + 1) / 0.4)])
        assert times == sorted(times)


def test_a_surface_leaves_out_what_is_outside_its_box() -> None:
    X, Y = space.grid((-1, 1), (-1, 1), 10)
    view = space.View((-1, 1), (-1, 1), (0, 1), 30, 40)
    whole = view.surface(X, Y, (X + 1) / 2)
    assert np.isfinite(whole.coordinates()).all()
    assert whole.shades.min() == pytest.approx(0.05) and whole.shades.max() == pytest.approx(0.95)
    high = view.surface(X, Y, X * 4)
    gone = np.isnan(high.shades)
    assert np.isnan(high.corners[gone]).all() and np.isfinite(high.corners[~gone]).all()
    assert gone.sum() == 10 * 8 - 10  # 4x stays within 0 and 1 over one row, and touches two
    hole = np.where((X == 0) & (Y == 0), np.nan, 0.5)
    assert np.isnan(view.surface(X, Y, hole).shades).sum() == 4
    assert len(high.coordinates()) == len(whole.coordinates()) == 9 * 100


def example_of_a_surface() -> Stage:
    """The example in the docstring of utils.stage.space, as it stands there."""
    lines = space.__doc__.split("    bowl =")[1].rsplit("\n\nMarks before", 1)[0]
    code = textwrap.dedent("    bowl =" + lines).replace("    Stage(", "Stage(")
    names = dict(vars(importlib.import_module("utils.stage")))
    before, last = code.rsplit("\nStage(", 1)
    exec(before, names)
    return eval("Stage(" + last, names)


def test_the_example_of_a_surface_works() -> None:
    stage = example_of_a_surface()
    assert stage.table is not None and stage.table.header["sizes"] == [41, 41, 1, 1]
    spec = stage.canvas.spec
    turn = {"across": 2, "upward": 3, "ax": 0, "speed": 0.5, "space": True}
    assert spec["turn"].items() >= turn.items()
    assert [mark["kind"] for mark in spec["marks"]].count("mesh") == 1
    for elevation in (0, 30, 90):
        for azimuth in range(-180, 180, 35):
            stage.set(azimuth=azimuth, elevation=elevation)
            for name, mark in stage.scene.marks.items():
                places = np.asarray(mark.coordinates())[: 8 * 576].reshape(-1, 2)
                inside = np.isnan(places) | (np.abs(places) <= (0.86, 0.80))
                assert inside.all(), f"{name} leaves the picture"
    wire = Wire(stage)
    wire.ask({"ask": "frame", "id": 1, "at": stage.positions})
    sent = np.frombuffer(wire.sent[0][1][0])
    expected = stage.conversation.cast.row(stage.scene)
    np.testing.assert_array_equal(sent, expected)
    # Dragged to where (−1, 0.5) is seen, the point goes there.
    stage.set(azimuth=40, elevation=35, x=-1, y=0.5)
    to = stage.pixel(stage.scene.marks["P"])
    at = stage.set(x=-0.5, y=0.9).positions
    found = stage.values_at(stage.conversation.nearest("P", to, at, thorough=False))
    assert (found["x"], found["y"]) == (-1, 0.5)
    # From afar it may find the other place of the surface that is seen there.
    at = stage.conversation.nearest("P", to, stage.set(x=1, y=1).positions)
    assert math.dist(stage.pixel(stage.scene_at(at).marks["P"]), to) < 5
    assert "wall" not in str(stage) and "surface a surface of 576 pieces" in str(stage)


def test_frames_do_not_depend_on_the_angles_of_marks_in_space() -> None:
    """They are made once for all angles; only what is seen of them changes, and a few words."""
    stage = example_of_a_surface()
    near, far = [stage.positions, [*stage.positions[:2], 17, 80]]
    wire = Wire(stage)
    for k, at in enumerate((near, far)):
        wire.ask({"ask": "frame", "id": k, "at": at})
    (one, same), (other, also) = wire.sent
    assert same == also and one["texts"] == other["texts"]
    seen, turned = stage.scene_at(near), stage.scene_at(far)
    assert seen.sentence == one["texts"][-1]
    assert turned.sentence == f"{seen.sentence} (Turned to −163°, seen from 80° up.)"
    assert seen.marks["P"].coordinates() != turned.marks["P"].coordinates()
    assert stage.set(azimuth=-163, elevation=80).sentence == turned.sentence
    # A goal is told the other sliders: it is reached, or not, whatever the angles.
    stage.towards("bring x to 2", lambda values: set(values) == {"x", "y"} and values["x"] == 2)
    assert not stage.scene.reached and stage.set(x=2).scene.reached


def test_a_frame_that_takes_the_angles_gets_them() -> None:
    def frame(x: float, azimuth: float, elevation: float) -> Scene:
        view = space.View((-1, 1), (-1, 1), (0, 1), azimuth, elevation)
        return Scene(f"From {azimuth}.", {"P": Point(*view.place(x, 0, 0), drag="x")})

    angles = {"azimuth": Slider(0, 90, 0, 45), "elevation": Slider(0, 90, 30, 45)}
    sliders = {"x": Slider(-1, 1, 1, 1), **angles}
    stage = Stage(space.axes(), frame, sliders, "P", turn=Turn("azimuth", "elevation"))
    assert stage.table is not None and stage.table.header["sizes"] == [3, 3, 3]
    assert stage.set(azimuth=45).sentence == "From 45.0."
    assert stage.canvas.spec["turn"]["space"] is False


def test_marks_in_space_need_an_eye() -> None:
    box = space.Box((-1, 1), (-1, 1), (0, 1))
    with pytest.raises(ValueError, match="'P' lies in space, so the figure needs a Turn"):
        Stage(
            space.axes(),
            lambda x: Scene(".", {"P": box.point(x, 0, 0)}),
            {"x": Slider(0, 1, 0)},
            "P",
        )
    with pytest.raises(TypeError, match="'P' is no surface in space"):
        box.on_surface([(0, 0, 0)], box.point(0, 0, 0), "P")
    with pytest.raises(TypeError, match="caption has no place in space"):
        Caption("above").placed(np.zeros(2))


def test_every_landscape_has_the_same_walls_and_labels() -> None:
    """In number: the browser is told of each mark once, and a menu may bring other ticks."""
    boxes = [((-2, 2), (-2, 2), (0, high)) for high in (1, 7, 30, 42, 95)]
    views = [space.View(*box, 30, 20) for box in boxes]
    ticks = {sum(bool(mark.text_line()) for mark in view.labels().values()) for view in views}
    assert len(ticks) > 1, "these boxes have other ticks"
    for marks in ({**view.walls(), **view.labels()} for view in views):
        lengths = {name: len(mark.coordinates()) for name, mark in marks.items()}
        assert lengths == {
            name: len(mark.coordinates())
            for name, mark in {**views[0].walls(), **views[0].labels()}.items()
        }


def test_a_surface_is_drawn_in_stills_and_travels() -> None:
    X, Y = space.grid((-1, 1), (-1, 1), 4)

    def frame(x, turned):
        view = space.View((-1, 1), (-1, 1), (0, 1), 30 * turned, 30)
        return Scene(
            f"{x}, {turned}.", {"S": view.surface(X, Y, X * 0 + 0.5), "P": Point(x, 0, drag="x")}
        )

    sliders = {"x": Slider(-0.5, 0.5, 0), "turned": Slider(0, 3, 0, 1)}
    stage = Stage(space.axes(), frame, sliders, "A sheet")
    bare = np.asarray(Image.open(io.BytesIO(stage.canvas.background)))
    drawn = np.asarray(Image.open(io.BytesIO(stage.still())).convert("RGB"))[: len(bare)]
    assert (drawn != bare).any(axis=2).mean() > 0.05
    wire = Wire(stage)
    wire.ask({"ask": "frame", "id": 1, "at": [0, 2]})
    assert len(wire.sent[0][1][0]) == 8 * sum(stage.conversation.cast.lengths)
    coordinates, _ = frame_at(stage.table, [0, 2])
    expected = stage.conversation.cast.row(stage.scene_at([0, 2]))
    np.testing.assert_allclose(coordinates, expected, atol=1e-6)
    with pytest.raises(ValueError, match="after the surface"):
        Stage(
            space.axes(),
            lambda x: Scene(
                ".", {"P": Point(x, 0, drag="x"), "S": Mesh(np.zeros((1, 4, 2)), np.zeros(1))}
            ),
            {"x": Slider(0, 1, 0)},
            "P",
        )


# --- what a reader with no kernel has ---


def test_a_picture_comes_back_from_its_png() -> None:
    chance = np.random.default_rng(1)
    for shape in [(1, 1, 4), (3, 7, 4), (40, 30, 4)]:
        pixels = chance.integers(0, 256, shape, dtype=np.uint8)
        back = np.asarray(Image.open(io.BytesIO(picture.encode(pixels))))
        np.testing.assert_array_equal(back, pixels[..., :3])


@pytest.mark.parametrize("ylabel", ["f(x)", "a label that takes\ntwo lines", ""])
@pytest.mark.parametrize("heights", [(-1, 1), (-0.00012, 0.00034), (-1e7, 2e7)])
@pytest.mark.parametrize("shape", [(1, 1), (1, 2), (2, 1), (2, 2)])
def test_no_label_is_cut_off(ylabel: str, heights: tuple, shape: tuple[int, int]) -> None:
    with matplotlib.rc_context(style.settings()):
        axes = Figure().subplots(*shape, squeeze=False)
        for ax in axes.flat:
            style.frame_axes(ax, (-1, 1), heights, "x", ylabel, "A title")
    stage = Stage(axes[0, 0], lambda x: Scene("."), {"x": Slider(0, 1, 0)}, "A figure")
    pixels = np.asarray(Image.open(io.BytesIO(stage.canvas.background)))
    assert (pixels[[0, -1]] == 255).all() and (pixels[:, [0, -1]] == 255).all()
    page = stage.figure.bbox
    for ax in stage.figure.axes:
        for text in (ax.xaxis.label, ax.yaxis.label, ax._left_title):
            box = text.get_window_extent()
            assert not text.get_text() or (page.x0 <= box.x0 and box.x1 <= page.x1)
            assert not text.get_text() or (page.y0 <= box.y0 and box.y1 <= page.y1)


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


@pytest.mark.parametrize("wide", [7.6 * 1.3, 7.2])
def test_a_still_can_be_made_in_any_width(wide: float) -> None:
    """7.6 inches, grown for a projector, are 1976 dots: all but some round-off."""
    ax = style.axes((0, 1), (0, 1), size=(wide, 2.0))
    stage = Stage(ax, lambda x: Scene("Nothing."), {"x": Slider(0, 1, 0, 1)}, "Any width")
    assert Image.open(io.BytesIO(stage.still())).width == pytest.approx(200 * wide, abs=1)


def test_a_slider_shows_all_decimals_of_its_values() -> None:
    """Of its start as well: from 0.05 in steps of 0.1."""
    slider = Slider(0.05, 0.55, 0.05, 0.1)
    assert slider.spec()["decimals"] == 2 and slider.widget("alpha").readout_format == ".2f"
    assert Slider(-3, 3, 0, 0.5).spec()["decimals"] == 1
    assert Slider(0, 10, 0, 1).spec()["decimals"] == 0


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
    monkeypatch.setattr(conversation_module, "FRAME_SECONDS", 0.3)
    stage = little_stage(lambda x: endless(x) if x < -2 else x)
    wire = Wire(stage)
    wire.ask({"ask": "frame", "id": 1, "at": [0]})
    wire.ask({"ask": "frame", "id": 2, "at": [8]})
    assert "did not end within" in wire.sent[0][0]["texts"][-1]
    assert wire.sent[1][0]["texts"][-1] == "f(1.0) is 1.00."


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("time", "did not end within 3 seconds"),
        ("wait", "still waiting after 3 seconds"),
        ("memory", "took more and more memory"),
        ("import", "an `import` in your function"),
    ],
)
def test_a_figure_says_which_limit_stopped_a_function(monkeypatch, reason, words) -> None:
    stage = little_stage(lambda x: x)
    wire = Wire(stage)
    monkeypatch.setattr(running, "run", lambda work, seconds: running.Ran(stopped=reason))
    wire.ask({"ask": "frame", "id": 1, "at": [0]})
    said = wire.sent[0][0]["texts"][-1]
    assert words in said and "Mend it" in said
    assert reason in ("time", "wait") or "seconds" not in said


def test_a_figure_that_opens_where_there_is_no_value_still_has_its_marks() -> None:
    stage = rate_of_change.explore_slopes(lambda x: x**0.5 if x >= 0 else None)
    assert len(stage.set(x=1).scene.marks) == len(stage.canvas.spec["marks"])


def test_a_figure_that_was_moved_before_it_is_shown_still_starts_where_it_began() -> None:
    stage = EXPLORERS[0]()
    start = stage.positions
    name, control = next(iter(stage.controls.items()))
    spec = stage.set(**{name: control.values[0]}).canvas.spec
    assert spec["start"] == start
    assert spec["at"] == stage.positions != start


def test_sliders_stand_in_rows_where_there_are_columns(monkeypatch) -> None:
    sliders = {name: Slider(0, 1, 0, 1) for name in "abc"}

    def frame(a: float, b: float, c: float) -> Scene:
        return Scene("Three sliders.", {"P": Point(a, b)})

    def in_columns(columns: int) -> Stage:
        return Stage(style.axes((-1, 2), (-1, 2)), frame, sliders, "Sliders", columns=columns)

    below = in_columns(1).box.children[1:]
    assert [slider.description for slider in below] == ["a", "b", "c"]
    rows = in_columns(2).box.children[1:]
    assert [[s.description for s in row.children] for row in rows] == [["a", "b"], ["c"]]
    assert {s.layout.flex for row in rows for s in row.children} == {"1 1 18em"}
    assert {row.layout.flex_flow for row in rows} == {"row wrap"}
    with pytest.raises(ValueError, match="1 column or more"):
        in_columns(0)
    monkeypatch.setattr("utils.stage.layout.draw", lambda canvas: pytest.fail("it was drawn"))
    assert in_columns(2).sentence == "Three sliders."


def test_what_is_only_printed_is_not_drawn(monkeypatch) -> None:
    monkeypatch.setattr("utils.stage.layout.draw", lambda canvas: pytest.fail("it was drawn"))
    stage = EXPLORERS[0]()
    assert stage.sentence in str(stage)
