"""The pure parts of the live figure's script, run in a browser and held against Python.

Each call of the browser takes many of hypothesis' examples.
"""

import base64
import itertools
import json
import math
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from playwright.sync_api import Browser

from tests.frames_read import frame_at
from utils.explorers.gradient_descent import explore_descent
from utils.explorers.partial_derivatives import explore_slices
from utils.explorers.slope import explore_two_points
from utils.numerals import brief
from utils.stage import LogSlider, Slider, browser, captions, frames
from utils.stage.sizes import SIZES

pytestmark = pytest.mark.browser

Evaluate = Callable[[str, object], list]

FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def run(browser: Browser) -> Iterator[Evaluate]:
    """Evaluates a function of the script for a list of arguments: `run("placing", [[axes], …])`."""
    page = browser.new_page()
    page.add_script_tag(content=browser_script())

    def run(function: str, calls: object) -> list:
        # As text, since the driver would send each number in a wrapping of its own.
        each = (
            "([code, calls]) => JSON.stringify(JSON.parse(calls).map((all) => eval(code)(...all)))"
        )
        return json.loads(page.evaluate(each, [function, json.dumps(calls)]))

    yield run
    page.close()


def browser_script() -> str:
    """The script with nothing exported, so that its functions are the page's."""
    return browser.SCRIPT.replace("export default", "const exported =")


def packed(buffer: bytes) -> str:
    return base64.b64encode(buffer).decode()


# From base64 to bytes, beginning in the middle of a longer buffer, as the messages' buffers do.
BYTES = """(packed) => {
  const text = atob(packed), bytes = new Uint8Array(text.length + 3);
  for (let i = 0; i < text.length; i++) bytes[i + 3] = text.charCodeAt(i);
  return new DataView(bytes.buffer, 3);
}"""
# JSON knows no nan.
FRAMES = f"""(header, packed, places) => {{
  const table = readTable(header, ({BYTES})(packed));
  return places.map((at) => frameAt(table, at)).map(({{coordinates, texts}}) =>
    [coordinates.map((number) => Number.isNaN(number) ? null : number), texts]);
}}"""


# --- frames ---


@FEW
@given(st.lists(st.text(alphabet="ab =.,-−0123456789+()e", max_size=40), min_size=30, max_size=60))
def test_any_text_comes_back_from_its_pattern(run: Evaluate, texts: list[str]) -> None:
    pieces = [frames.split_text(text) for text in texts]
    code = "(pattern, numbers) => joinText(pattern, () => numbers.shift())"
    assert run(code, pieces) == texts


def same_frames(run: Evaluate, table: frames.Table, places: list[list[int]]) -> None:
    """The browser reads at these places what Python reads."""
    (seen,) = run(FRAMES, [[table.header, packed(table.buffer), places]])
    for at, (coordinates, texts) in zip(places, seen, strict=True):
        expected, lines = frame_at(table, at)
        assert [math.nan if c is None else c for c in coordinates] == pytest.approx(
            expected, rel=0, abs=0, nan_ok=True
        )
        assert texts == lines


NUMBER = st.sampled_from([0.0, 1.5, math.nan, -7.25, 1e-300, 0.1])


@FEW
@given(st.lists(st.integers(1, 4), min_size=1, max_size=3), st.data())
def test_a_table_is_read_as_it_was_packed(
    run: Evaluate, sizes: list[int], data: st.DataObject
) -> None:
    places = [list(at) for at in np.ndindex(*sizes)]
    number = st.lists(NUMBER, min_size=3, max_size=3)
    numbers = data.draw(st.lists(number, min_size=len(places), max_size=len(places)))
    words = st.floats(-9, 9).map(lambda a: [f"a = {a:.3f}", f"{a:.0e} b −{abs(a):.1f}"])
    texts = data.draw(st.lists(words, min_size=len(places), max_size=len(places)))
    same_frames(run, frames.pack(sizes, numbers, texts), places)


def test_a_table_that_was_saved_before_can_still_be_read(run: Evaluate) -> None:
    """It told the numbers of texts themselves, and had nothing shared."""
    header = {
        "sizes": [2], "width": 3, "coordinates": 1, "texts": [1], "patterns": ["a = \x002m"],
        "groups": [{"dims": [0], "channels": [0, 1, 2], "dtype": "<f8", "offset": 0}],
    }  # fmt: skip
    rows = np.array([[1.5, 0, -0.5], [2.5, 0, 12.25]])
    (seen,) = run(FRAMES, [[header, packed(rows.tobytes()), [[0], [1]]]])
    assert seen == [[[1.5], ["a = −0.50"]], [[2.5], ["a = 12.25"]]]


def test_what_one_slider_shows_of_a_walk_is_read_as_it_was_packed(run: Evaluate) -> None:
    sizes = [6, 4, 9]
    rows, texts = [], []
    for a, b, n in np.ndindex(*sizes):
        steps = [min(k, n) for k in range(9)]
        rows.append([a + b * k + 0.1 if k <= n else math.nan for k in range(9)])
        rows[-1] += [1e39 * a * b**k for k in steps]  # too large for four bytes
        texts.append([f"now {a + 0.1 * b * n:.2f}, before {a + 0.1 * b * max(n - 1, 0):.2f}"])
    table = frames.pack(sizes, rows, texts)
    assert table.header["shared"]
    same_frames(run, table, [list(at) for at in np.ndindex(*sizes)])


def test_a_real_table_is_read_as_it_was_packed(run: Evaluate) -> None:
    table = explore_two_points().table
    assert table is not None
    sizes = table.header["sizes"]
    chance = np.random.default_rng(2)
    places = [[int(chance.integers(size)) for size in sizes] for _ in range(100)]
    same_frames(run, table, places)


def test_one_frame_comes_in_eight_bytes_a_number_or_in_four(run: Evaluate) -> None:
    code = f"(packed, count) => [...readNumbers(({BYTES})(packed), count)]"
    numbers = [0.1, -2.5, 1e30]
    for kind in ("<f8", "<f4"):
        row = np.array(numbers, kind)
        assert run(code, [[packed(row.tobytes()), 3]]) == [row.astype(float).tolist()]


# --- marks in space ---

SEEN = """(marks, views) => {
  const space = new Space(marks);
  return views.map(([row, azimuth, elevation]) =>
    space.see(row.map((n) => n ?? NaN), { azimuth, elevation }).map((seen) => seen && [...seen]));
}"""


def landscape(x: float, y: float) -> float:
    """With a hole, and a corner that towers over all else."""
    return math.sin(2 * x) * math.cos(y) + 9 * max(0, x + y - 3) ** 2 if x * y > -3 else math.nan


def test_marks_in_space_are_seen_where_python_sees_them(run: Evaluate) -> None:
    """At random angles, and where pieces lie side by side."""
    chance = np.random.default_rng(5)
    stages = [
        explore_slices("elliptical_bowl"), explore_slices(landscape, over=((-2, 2), (-2, 2))),
        explore_descent(steps=40), explore_descent("1/(x**2 + y**2 + 0.1)", start=(1, 1)),
    ]  # fmt: skip
    for stage in stages:
        cast, names, hidden = stage.conversation.cast, list(stage.controls), 0
        sizes = [len(control.values) for control in stage.controls.values()]
        views, scenes = [], []
        for k in range(24):
            at = [int(chance.integers(size)) for size in sizes]
            if k % 4 == 0:  # a multiple of 90 degrees
                at[names.index("azimuth")] = 45 * (k // 4 % 4)
            seen = stage.scene_at(at)
            row = [None if not math.isfinite(n) else n for n in cast.row(seen)]
            angles = [stage.values_at(at)[name] for name in ("azimuth", "elevation")]
            views.append([row, *angles])
            scenes.append(seen)
        (found,) = run(SEEN, [[cast.spec(names), views]])
        for seen, places in zip(scenes, found, strict=True):
            for (name, mark), place in zip(seen.marks.items(), places, strict=True):
                assert (place is None) == (mark.solid is None), name
                if place is None:
                    continue
                expected = np.asarray(mark.coordinates(), float)
                ours = np.array([math.nan if c is None else c for c in place])
                np.testing.assert_allclose(ours, expected, rtol=0, atol=1e-9, err_msg=name)
                hidden += "hidden" in name and np.isfinite(ours).any()
        assert hidden or "place" not in cast.names, "something was hidden behind the surface"


# --- places ---


@FEW
@given(
    st.lists(
        st.tuples(st.floats(-1e3, 1e3), st.floats(1e-3, 1e3), st.booleans(), st.floats(-0.5, 1.5)),
        min_size=6,
        max_size=10,
    )
)
def test_data_stand_where_matplotlib_has_them(run: Evaluate, drawn: list[tuple]) -> None:
    figure = Figure(figsize=(6, 4), dpi=100)
    ax = figure.add_axes((0.1, 0.2, 0.7, 0.6))
    calls, expected = [], []
    for low, span, is_log, part in drawn:
        low = abs(low) + 1e-3 if is_log else low
        ax.set_xscale("log" if is_log else "linear")
        ax.set(xlim=(low, low + span), ylim=(-span, span))
        # The limits as matplotlib takes them: it widens some that are very near to one another.
        (left, right), (bottom, top) = ax.get_xlim(), ax.get_ylim()
        x, y = left + abs(part) * (right - left), bottom + part * (top - bottom)
        across, up = ax.transData.transform((x, y))
        axes = {"left": 60, "top": 80, "width": 420, "height": 240}
        axes |= {"x": [left, right, ax.get_xscale()], "y": [bottom, top, "linear"]}
        calls.append([axes, x, y])
        expected.append([across, 400 - up])
    seen = run("(axes, x, y) => placing(axes)(x, y)", calls)
    np.testing.assert_allclose(seen, expected, atol=1e-6)


def test_what_is_far_away_stays_drawable(run: Evaluate) -> None:
    axes = {"left": 0, "top": 0, "width": 100, "height": 100}
    axes |= {"x": [1, 10, "log"], "y": [0, 1, "linear"]}
    assert run("(axes, x, y) => placing(axes)(x, y)", [[axes, 0, 1e300]]) == [[-1e5, -1e5]]


def test_a_path_has_a_gap_where_there_is_no_point(run: Evaluate) -> None:
    points = [[[0, 1], None, [2, 3.456], [4, 5]], [None], [[-0.001, 7], [1e5, 2]]]
    assert run("(points) => pathThrough(points)", [[p] for p in points]) == [
        "M0.00 1.00M2.00 3.46L4.00 5.00",
        "",
        "M-0.00 7.00L100000.00 2.00",
    ]


@FEW
@given(st.lists(st.floats() | st.integers(-(10**6), 10**6).map(lambda n: n / 8), min_size=20))
def test_a_number_beside_a_mark_is_written_the_same_in_both_languages(
    run: Evaluate, numbers: list[float]
) -> None:
    finite = [x for x in numbers if math.isfinite(x)]
    assert run("(x) => brief(x)", [[x] for x in finite]) == list(map(brief, finite))


def test_numbers_beside_a_mark() -> None:
    written = {0: "0", -2.5: "−2.5", 12.3456: "12.35", 99999: "100000", 3.62e14: "3.6·10¹⁴"}
    written |= {-4.5e-7: "−4.5·10⁻⁷", 0.001: "0.001", 1e5: "1.0·10⁵", math.inf: "∞"}
    assert {x: brief(x) for x in written} == written


# --- sliders ---


@st.composite
def sliders(draw: st.DrawFn) -> Slider | LogSlider:
    step = draw(st.sampled_from([0.05, 0.1, 0.25, 0.3, 0.5, 1.0, 1 / 3]))
    if draw(st.booleans()):
        low = draw(st.integers(-6, 2))
        return LogSlider(low, low + draw(st.integers(0, 6)), 1.0, step)
    low = draw(st.integers(-40, 40)) / 4
    return Slider(low, low + draw(st.integers(0, 60)) / 4, low, step)


def typed(slider: Slider | LogSlider) -> st.SearchStrategy[float]:
    """Numbers that somebody may type: round, halfway between two values, or beyond the ends."""
    values = slider.values
    pairs = list(itertools.pairwise(values)) or [(values[0], values[0])]
    if isinstance(slider, LogSlider):
        between = st.sampled_from(pairs).map(lambda pair: math.sqrt(pair[0] * pair[1]))
        any_number = st.floats(1e-8, 1e8)
    else:
        between = st.sampled_from(pairs).map(lambda pair: (pair[0] + pair[1]) / 2)
        any_number = st.floats(-50, 50)
    near = between.map(lambda value: value * (1 + 1e-15))
    some = st.sampled_from([0.2, 0.5, 0.6, 1, 2, 6, 25])
    return st.sampled_from(values) | between | near | some | any_number


@FEW
@given(st.data())
def test_a_typed_value_leads_to_the_same_position_in_both_languages(
    run: Evaluate, data: st.DataObject
) -> None:
    calls, expected = [], []
    for slider in data.draw(st.lists(sliders(), min_size=5, max_size=8)):
        for value in data.draw(st.lists(typed(slider), min_size=10, max_size=20)):
            calls.append([slider.spec(), value])
            expected.append(slider.index(value))
    assert run("(control, value) => positionOf(control, value)", calls) == expected


def test_a_logarithmic_slider_goes_by_factors(run: Evaluate) -> None:
    slider = LogSlider(-1, 1, 1, 0.5)
    calls = [[slider.spec(), value] for value in (0.2, 0.6, 2, 6)]
    seen = run("(control, value) => positionOf(control, value)", calls)
    assert [round(slider.values[i], 3) for i in seen] == [0.316, 1.0, 3.162, 10.0]
    assert [slider.index(value) for _, value in calls] == seen


def test_halfway_between_two_values_the_even_position_is_taken(run: Evaluate) -> None:
    slider = Slider(0, 4, 0, 1)
    calls = [[slider.spec(), value] for value in (0.5, 1.5, 2.5, 3.5)]
    assert run("(control, value) => positionOf(control, value)", calls) == [0, 2, 2, 4]
    assert [slider.index(value) for _, value in calls] == [0, 2, 2, 4]


# --- drags ---

COORDINATE = st.floats(-200, 200) | st.just(math.nan)


@FEW
@given(st.data())
def test_a_drag_finds_the_nearest_place_of_all(run: Evaluate, data: st.DataObject) -> None:
    """Whatever the places: against the distance to each of them."""
    sizes = data.draw(st.lists(st.integers(1, 5), min_size=1, max_size=3))
    moving = data.draw(st.lists(st.sampled_from(range(len(sizes))), min_size=1, unique=True))
    everywhere = list(np.ndindex(*sizes))
    place = st.tuples(COORDINATE, COORDINATE)
    places = data.draw(st.lists(place, min_size=len(everywhere), max_size=len(everywhere)))
    where = dict(zip(everywhere, places, strict=True))
    calls, nearest = [], []
    for _ in range(10):
        to = data.draw(st.tuples(st.floats(-200, 200), st.floats(-200, 200)))
        at = [data.draw(st.integers(0, size - 1)) for size in sizes]
        listed = [[key, [None if math.isnan(c) else c for c in p]] for key, p in where.items()]
        calls.append([listed, to, at, moving, sizes])
        reached = [
            there for there in everywhere
            if all(there[i] == at[i] for i in range(len(sizes)) if i not in moving)
        ]  # fmt: skip
        distances = [math.dist(where[there], to) for there in reached]
        nearest.append(min((d for d in distances if not math.isnan(d)), default=None))
    code = """(listed, to, at, moving, sizes) => {
      const places = new Map(listed.map(([key, [x, y]]) => [String(key), [x ?? NaN, y ?? NaN]]));
      return nearestPositions((at) => places.get(String(at)), to, at, moving, sizes);
    }"""
    for found, least, (_, to, at, _, _) in zip(run(code, calls), nearest, calls, strict=True):
        if least is None:
            assert found is None
            continue
        assert math.dist(where[tuple(found)], to) == pytest.approx(least, rel=1e-12)
        assert all(found[i] == at[i] for i in range(len(sizes)) if i not in moving)


# --- captions ---

WORDS = st.lists(
    st.tuples(st.floats(5, 400), st.sampled_from(["left", "right"])), min_size=1, max_size=6
)


@FEW
@given(st.lists(st.tuples(WORDS, st.floats(150, 700), st.integers(1, 3)), min_size=10, max_size=20))
def test_captions_stand_as_in_the_still_picture_and_never_on_one_another(
    run: Evaluate, examples: list[tuple]
) -> None:
    gap = SIZES.gap
    calls = [
        [[{"width": width, "side": side} for width, side in words], room, rows, gap]
        for words, room, rows in examples
    ]
    seen = run("(...given) => arrangeCaptions(...given)", calls)
    for (words, room, rows), told in zip(examples, seen, strict=True):
        spots, size = captions.arrange(words, room, rows, gap)
        assert told["shrink"] == pytest.approx(size)
        assert [(p["row"], pytest.approx(p["away"])) for p in told["places"]] == [
            (spot.row, spot.away) for spot in spots
        ]
        ends: list[tuple[int, float, float]] = []
        for (width, side), spot in zip(words, spots, strict=True):
            start = spot.away if side == "left" else room - spot.away - width * size
            ends.append((spot.row, start, start + width * size))
        for row, start, end in ends:
            assert 0 <= row < rows and start >= -1e-6 and end <= room + 1e-6
        for (row, start, _), (other, _, end) in itertools.combinations(sorted(ends)[::-1], 2):
            assert row != other or start >= end - 1e-6


# --- drawing by hand ---


def test_a_fast_pen_skips_no_place(run: Evaluate) -> None:
    flat = [0.0] * 6
    calls = [[flat, [1, 1.0], [4, 2.5]], [flat, [4, 2.5], [1, 1.0]], [flat, [2, 3.0], [2, 1.0]]]
    assert run("(...given) => stretched(...given)", calls) == [
        [0, 1, 1.5, 2, 2.5, 0],
        [0, 1, 1.5, 2, 2.5, 0],
        [0, 0, 1, 0, 0, 0],
    ]


def test_a_knob_lifts_what_is_around_it_and_stays_in_the_picture(run: Evaluate) -> None:
    ((up, down),) = run(
        "(heights) => [lifted(heights, 80, 0.5, [-2, 2]), lifted(heights, 80, -9, [-2, 2])]",
        [[[0.0] * 161]],
    )
    assert up[80] == 0.5 == max(up)
    assert up[70] == up[90] and 0 < up[70] < 0.5
    assert up[0] == up[160] == 0
    assert min(down) == down[80] == -2


def test_values_are_written_as_readouts_show_them(run: Evaluate) -> None:
    linear = Slider(-3, 3, 0, 0.25, unit="h").spec()
    log = LogSlider(-6, 4, 1).spec()
    calls = [[linear, -1.25], [linear, 0.0], [log, 1000.0], [log, 0.0316227766017], [log, 1e-6]]
    assert run("(control, value) => written(control, value)", calls) == [
        "−1.25 h", "0.00 h", "1,000", "0.03162", "1.0·10⁻⁶",
    ]  # fmt: skip
