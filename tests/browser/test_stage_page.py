"""The live figure on a page of its own: no JupyterLab, no kernel, no network."""

import itertools
import re
import statistics
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.browser.figure_page import FigurePage, open_figure_page, packed
from tests.browser.figures import COLLIDING, PICTURE, centre
from tests.browser.gliding import astray
from utils import style
from utils.explorers.derivative import explore_point_by_point
from utils.explorers.drawing import explore_drawing
from utils.explorers.gradient_descent import explore_descent, explore_walk
from utils.explorers.partial_derivatives import explore_slices
from utils.explorers.slope import explore_two_points
from utils.explorers.start_here import explore_nudge
from utils.stage import (
    Caption,
    Choice,
    LogSlider,
    Play,
    Point,
    Scene,
    Slider,
    Stage,
    Text,
    Toggle,
)
from utils.stage.marks import REACHED

pytestmark = pytest.mark.browser

INK = "(node) => getComputedStyle(node.querySelector('circle:last-of-type')).fill"


def served(context: BrowserContext, stage: Stage, **more) -> FigurePage:
    """A page with the figure in it, all its frames handed over and nobody there to ask."""
    canvas, table = stage.canvas, stage.table
    assert table is not None
    shown = open_figure_page(context, {"background.png": (canvas.background, "image/png")})
    figure = {
        "spec": canvas.spec,
        "backgrounds": [{"picture": "background.png"}],
        "table": {"header": table.header, "buffer": packed(table.buffer)},
    }
    shown.show(figure | more)
    shown.rest()
    return shown


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport={"width": 1000, "height": 900}) as context:
        yield context


def pixel(axes: dict, x: float, y: float) -> tuple[float, float]:
    """Where a place in data units belongs, in pixels of the picture."""
    (left, right, _), (bottom, top, _) = axes["x"], axes["y"]
    return (
        axes["left"] + (x - left) / (right - left) * axes["width"],
        axes["top"] + (top - y) / (top - bottom) * axes["height"],
    )


def agrees(shown: FigurePage, stage: Stage, seen: dict) -> None:
    """What the page says and shows is what Python says at the same values."""
    stage = stage.set(**seen["values"])
    assert (
        seen["sentence"] == stage.sentence == shown.figure.locator(".stage-sentence").inner_text()
    )
    axes = stage.canvas.spec["axes"]
    for name, mark in stage.scene.marks.items():
        node = shown.figure.locator(f'[data-mark="{name}"]')
        if isinstance(mark, Point):
            place = re.findall(r"[-\d.]+", node.get_attribute("transform") or "")
            expected = pixel(axes[mark.ax], mark.x, mark.y)
            assert [float(c) for c in place] == pytest.approx(expected, abs=0.02), name
        elif (text := mark.text_line()) is not None:
            assert node.text_content() == text


@pytest.mark.parametrize("explore", [explore_nudge, explore_two_points, explore_point_by_point])
def test_a_figure_lives_without_a_kernel(
    context: BrowserContext, explore: Callable[[], Stage]
) -> None:
    stage = explore()
    shown = served(context, stage)
    start = shown.marks()
    assert shown.figure.get_attribute("data-frames") == "here"
    assert shown.figure.locator("img").evaluate("(image) => image.naturalWidth") > 600

    # A slider, by its keys.
    name = next(iter(stage.controls))
    control = shown.page.get_by_label(stage.controls[name].label or name, exact=True)
    at = stage.values[name]
    control.press("ArrowRight")
    seen = shown.rest()
    assert seen["values"][name] > at
    assert shown.marks() != start
    agrees(shown, stage, seen)

    # A point, by pointer and by its keys.
    handle = shown.figure.locator(".stage-handle").first
    x, y = centre(handle)
    shown.page.mouse.move(x, y)
    shown.page.mouse.down()
    shown.page.mouse.move(x + 60, y - 40, steps=5)
    shown.page.mouse.up()
    dragged = shown.rest()
    assert dragged["values"] != seen["values"]
    agrees(shown, stage, dragged)
    handle.press("ArrowLeft")
    pressed = shown.rest()
    assert pressed["values"] != dragged["values"]
    agrees(shown, stage, pressed)

    shown.figure.locator(".stage-reset").click()
    assert shown.rest()["values"] == stage.initial
    assert shown.marks() == start
    assert sorted(shown.asked) == ["", "background.png", "stage.css", "stage.js"]
    assert not shown.complaints


def all_kinds() -> Stage:
    """A figure with each kind of control."""

    def frame(x: float, size: float, way: str, turned: bool) -> Scene:
        says = f"{way}, {turned}: x is {x:.1f}, size {size:.3f}."
        P = Point(-x if turned else x, 0, drag="x")
        return Scene(says, {"way": Text(0, 1, way), "P": P})

    sliders = {
        "x": Slider(-3, 3, 1, 0.5, unit="m"),
        "size": LogSlider(-1, 1, 1, 0.5),
        "way": Choice(["there", "back"], "there"),
        "turned": Toggle(False, label="turned around"),
    }
    ax = style.axes((-4, 4), (-2, 2))
    return Stage(ax, frame, sliders, "All kinds", play=Play("x", "Go", seconds=0.5))


def test_the_page_has_controls_of_its_own(context: BrowserContext) -> None:
    stage = all_kinds()
    shown = served(context, stage)
    page, rows = shown.page, shown.page.locator(".stage-control")
    assert rows.locator("output").all_inner_texts() == ["1.0 m", "1", "", ""]
    page.get_by_label("size").press("End")
    assert shown.rest()["values"]["size"] == 10
    assert page.get_by_label("size").get_attribute("aria-valuetext") == "10"
    page.get_by_label("way").select_option("back")
    agrees(shown, stage, shown.rest())
    page.get_by_label("turned around").check()
    seen = shown.rest()
    assert seen["values"] == {"x": 1, "size": 10, "way": "back", "turned": True}
    agrees(shown, stage, seen)
    shown.figure.locator(".stage-play").click()
    page.wait_for_function("figure.position(0) === 12")
    assert shown.rest()["values"]["x"] == 3
    shown.figure.locator(".stage-reset").click()
    assert shown.rest()["values"] == stage.initial
    assert page.get_by_label("way").input_value() == "there"
    assert not page.get_by_label("turned around").is_checked()
    assert not shown.complaints


def test_each_option_and_theme_has_its_picture(context: BrowserContext) -> None:
    """Where nobody can be asked, what was handed over is chosen from; marks go with its axes."""
    stage = all_kinds()
    (axes,) = stage.canvas.spec["axes"]
    wide = axes | {"x": [-8, 8, "linear"]}
    backgrounds = [
        {"picture": "background.png", "option": 0},
        {"picture": "background.png?dark", "option": 0, "dark": True},
        {"picture": "background.png?back", "option": 1, "axes": [wide], "alt": "The way back"},
    ]
    spec = stage.canvas.spec | {"backdrop": 2}
    shown = served(context, stage, spec=spec, backgrounds=backgrounds)
    image, point = shown.figure.locator("img"), shown.point("P")
    at = lambda: float(point.get_attribute("data-at").split(",")[0])  # noqa: E731
    assert at() == pytest.approx(pixel(axes, 1, 0)[0], abs=0.06)
    shown.page.get_by_label("way").select_option("back")
    shown.rest()
    assert image.get_attribute("src") == "background.png?back"
    assert image.get_attribute("alt") == "The way back"
    assert at() == pytest.approx(pixel(wide, 1, 0)[0], abs=0.06)
    shown.page.emulate_media(color_scheme="dark")
    shown.page.get_by_label("way").select_option("there")
    shown.rest()
    assert image.get_attribute("src") == "background.png?dark"
    assert point.evaluate(INK) == "rgb(242, 242, 242)"


def test_on_a_light_picture_marks_stay_dark(context: BrowserContext) -> None:
    """A dark page that was handed no dark picture, and has nobody to ask for one."""
    shown = served(context, all_kinds())
    light = shown.point("P").evaluate(INK)
    shown.page.emulate_media(color_scheme="dark")
    shown.page.get_by_label("x", exact=True).press("ArrowRight")
    shown.rest()
    assert shown.point("P").evaluate(INK) == light == "rgb(17, 17, 17)"


def test_an_option_with_no_picture_shows_its_marks_alone(context: BrowserContext) -> None:
    stage = all_kinds()
    shown = served(context, stage, spec=stage.canvas.spec | {"backdrop": 2})
    shown.page.get_by_label("way").select_option("back")
    agrees(shown, stage, shown.rest())
    assert shown.figure.locator("img").evaluate("(image) => image.style.visibility") == "hidden"


def test_without_python_a_curve_can_be_followed_and_not_drawn(context: BrowserContext) -> None:
    stage = explore_drawing()
    shown = served(context, stage)
    assert shown.figure.locator(".stage-draw, .stage-preset, .stage-nudge").count() == 0
    box = shown.figure.locator(".stage-sheet").bounding_box()
    assert box is not None
    shown.page.mouse.click(box["x"] + 0.75 * box["width"], box["y"] + 10)
    seen = shown.rest()
    assert seen["values"]["x"] > 1
    agrees(shown, stage, seen)


def test_a_figure_that_goes_away_leaves_nothing(context: BrowserContext) -> None:
    shown = served(context, all_kinds())
    shown.figure.locator(".stage-play").click()
    shown.page.evaluate("figure.leave()")
    assert shown.figure.count() == 0
    at = shown.page.get_by_label("x", exact=True)
    value = at.input_value()
    shown.page.evaluate("events.length = 0")
    shown.page.emulate_media(color_scheme="dark")
    shown.page.set_viewport_size({"width": 700, "height": 700})
    shown.page.wait_for_timeout(300)
    assert at.input_value() == value
    at.press("ArrowRight")
    shown.page.wait_for_timeout(300)
    assert shown.page.evaluate("events") == []
    assert not shown.complaints


# --- points at the edge ---


def test_a_point_outside_its_axes_is_hidden(context: BrowserContext) -> None:
    def frame(x: float) -> Scene:
        clipped, free = Point(x, 0), Point(x, 1, clip=False)
        return Scene(f"x is {x}.", {"clipped": clipped, "free": free})

    stage = Stage(style.axes((-2, 2), (-2, 2)), frame, {"x": Slider(-3, 3, 0, 0.1)}, "An edge")
    shown = served(context, stage)
    (axes,) = stage.canvas.spec["axes"]
    visible = "(node) => node.style.display !== 'none'"
    clipped, free = (shown.figure.locator(f'[data-mark="{n}"]') for n in ("clipped", "free"))
    for k, x in enumerate(stage.controls["x"].values):
        shown.page.evaluate("(k) => figure.move(0, k, true)", k)
        assert shown.look().sentence == f"x is {x}."
        assert clipped.evaluate(visible) == (abs(x) <= 2), f"x is {x}"
        across, _ = pixel(axes, x, 1)
        assert free.evaluate(visible) == (0 <= across <= stage.canvas.spec["width"])


# --- under a hand ---


def glide(shown: FigurePage, name: str, by: float, hops: int) -> list[float]:
    """Where a point is, across, each time the pointer that drags it has moved a little further."""
    handle = shown.point(name)
    x, y = centre(handle)
    mouse, places = shown.page.mouse, []
    mouse.move(x, y)
    mouse.down()
    for k in range(1, hops + 1):
        mouse.move(x + by * k, y)
        shown.page.evaluate("settled()")
        places.append(float(handle.get_attribute("data-at").split(",")[0]))
    return places


def test_a_drag_glides_between_the_values_of_a_slider(context: BrowserContext) -> None:
    stage = explore_nudge()
    shown = served(context, stage)
    places = glide(shown, "w", 2, 40)
    hops = [b - a for a, b in itertools.pairwise(places)]
    # On a steep curve it is nearest to the pointer where it has not gone as far.
    assert min(hops) > 0 and max(hops) <= 3
    shown.page.mouse.up()
    agrees(shown, stage, shown.rest())  # let go, it stands at a value


def counting() -> Stage:
    """A slider that counts, and one that does not, each with its point."""

    def frame(n: float, x: float) -> Scene:
        marks = {"n": Point(n, 1, drag="n"), "x": Point(x, 2, drag="x")}
        return Scene(f"n is {n:.0f}.", marks)

    sliders = {"n": Slider(0, 5, 2, 1), "x": Slider(0, 5, 2.5, 0.5)}
    return Stage(style.axes((0, 5), (0, 3)), frame, sliders, "Counting")


def test_nothing_glides_between_counts(context: BrowserContext) -> None:
    shown = served(context, counting())
    assert len(set(glide(shown, "n", 2, 10))) == 1
    shown.page.mouse.up()
    assert len(set(glide(shown, "x", 2, 10))) == 10


def asking_python(context: BrowserContext) -> Callable[[Stage], FigurePage]:
    """A page whose figures get each frame from Python: shows one after the other."""
    sent: list = []

    def answer(question: dict) -> list:
        if question["ask"] == "frames":
            return [({"frames": None, "id": question.get("id", 0)}, [])]
        sent.clear()
        stages[-1].conversation.answer(question)
        return sent

    stages: list[Stage] = []
    shown = open_figure_page(context, answer=answer)

    def show(stage: Stage) -> FigurePage:
        stages.append(stage)
        canvas = stage.canvas
        canvas.send = lambda content, buffers=(): sent.append((content, list(buffers)))
        option = canvas.spec["backdrop"]
        picture = {"picture": packed(canvas.background), "scale": 9}
        picture |= {"option": 0 if option is None else stage.positions[option]}
        given = {"spec": canvas.spec, "backgrounds": [picture], "asks": True}
        shown.show(given | {"coordinates": packed(canvas.coordinates)})
        shown.page.locator(".stage[data-frames=kernel]").wait_for()
        return shown

    return show


def coarse() -> Stage:
    """A point in the plane, and one on a curve, far from value to value."""

    def frame(x: float, y: float, t: float) -> Scene:
        marks = {"P": Point(x, y, drag=("x", "y")), "Q": Point(t, t * t / 4 - 3, drag="t")}
        return Scene(f"x is {x:.1f}, y is {y:.1f}.", marks)

    sliders = {name: Slider(-4, 4, 0, 0.5) for name in ("x", "y", "t")}
    return Stage(style.axes((-4, 4), (-4, 4)), frame, sliders, "Coarse")


def test_a_drag_glides_where_python_answers_as_where_frames_are_here(
    context: BrowserContext,
) -> None:
    show = asking_python(context)
    for stage, points in [
        (coarse(), ["P", "Q"]),
        (explore_slices("bowl", x=1, y=1), ["place"]),  # on a surface in space
        (explore_walk(), ["start"]),  # with a path that follows
    ]:
        shown = show(stage)
        for name in points:
            for slider, distances in astray(shown, name).items():
                assert distances is not None
                assert statistics.median(distances) <= 3, f"{name} by {slider} of {stage.title}"
    assert not shown.complaints
    # Between two values all is painted as from a table of frames.
    seen = []
    for shown in (show(coarse()), served(context, coarse())):
        shown.page.bring_to_front()
        for name, by in [("P", 3.3), ("Q", -2.9)]:
            seen.append((glide(shown, name, by, 8), shown.marks()))
            shown.page.evaluate("events.length = 0")
            shown.page.mouse.up()
            agrees(shown, coarse(), shown.rest())
    assert seen[:2] == seen[2:]


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    viewport = {"width": 390, "height": 844}
    with browser.new_context(viewport=viewport, has_touch=True, is_mobile=True) as context:
        yield context


def swipe(shown: FigurePage, start: tuple[float, float], dx: float, dy: float) -> None:
    """A finger from `start`, so many pixels to the right and downwards."""
    touch = shown.page.context.new_cdp_session(shown.page)
    for k in range(13):
        there = {"x": start[0] + dx * k / 12, "y": start[1] + dy * k / 12}
        kind = "touchMove" if k else "touchStart"
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [there]})
    touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    shown.page.wait_for_timeout(300)


def test_a_finger_drags_a_point_or_scrolls_the_page(phone: BrowserContext) -> None:
    shown = served(phone, explore_nudge())
    page = shown.page
    page.add_style_tag(content="main { width: auto !important } body { padding-bottom: 5000px }")
    page.evaluate("settled()")

    def seen() -> tuple[list[int], float]:
        return page.evaluate("figure.positions()"), page.evaluate("scrollY")

    (start, _), handle = seen(), centre(shown.point("w"))
    swipe(shown, handle, 20, -90)
    moved, scrolled = seen()
    assert moved != start and scrolled == 0, "a finger on a point drags it, in any direction"
    box = shown.figure.locator(".stage-picture").bounding_box()
    ground = box["x"] + 0.45 * box["width"], box["y"] + 0.5 * box["height"]
    swipe(shown, ground, 6, -90)
    assert seen()[0] == moved and seen()[1] > 20, "a finger that scrolls moves nothing else"
    page.evaluate("scrollTo(0, 0)")
    swipe(shown, ground, 0, 0)
    assert seen()[0] != moved, "a tap brings the point"


def test_a_finger_turns_a_surface_and_draws_a_curve(phone: BrowserContext) -> None:
    """And over what is neither, it scrolls the page, though a point lies on it."""
    show = asking_python(phone)
    shown = show(explore_descent("bowl", start=(2, 1), eta=0.1, steps=20))
    page = shown.page
    page.add_style_tag(content="main { width: auto !important } body { padding-bottom: 5000px }")

    def seen() -> tuple[dict[str, float], float]:
        page.evaluate("settled()")
        return page.evaluate(
            """() => [Object.fromEntries(figure.spec.controls.map(({ name }, i) =>
                 [name, figure.position(i)])), scrollY]"""
        )

    def ground(ax: int, across: float, down: float) -> tuple[float, float]:
        """A place on some axes, as parts of their width and height."""
        axes = page.evaluate("(ax) => figure.painter.axes[ax]", ax)
        x, y = axes["left"] + across * axes["width"], axes["top"] + down * axes["height"]
        zoom, box = page.evaluate("figure.zoom()"), shown.figure.locator(PICTURE).bounding_box()
        return box["x"] + x / zoom, box["y"] + y / zoom

    (start, _), turn = seen(), page.evaluate("figure.spec.turn")
    swipe(shown, ground(turn["ax"], 0.1, 0.2), 8, 60)
    (turned, scrolled), names = seen(), list(start)
    assert turned[names[turn["upward"]]] != start[names[turn["upward"]]] and scrolled == 0
    angles = {names[turn[way]] for way in ("across", "upward")}
    assert {name for name in names if turned[name] != start[name]} <= angles
    flat = next(i for i in range(len(page.evaluate("figure.spec.axes"))) if i != turn["ax"])
    swipe(shown, ground(flat, 0.5, 0.3), 6, -90)
    after, scrolled = seen()
    assert after == turned and scrolled > 20, "beside the surface a finger scrolls"
    page.evaluate("scrollTo(0, 0)")

    shown = show(explore_drawing())
    shown.figure.locator(".stage-draw").tap()
    drawn, said = page.evaluate("figure.board.heights"), seen()[0]
    swipe(shown, ground(0, 0.3, 0.2), 30, 90)
    (moved, scrolled), heights = seen(), page.evaluate("figure.board.heights")
    assert heights != drawn and scrolled == 0 and moved == said
    shown.figure.locator(".stage-draw").tap()
    swipe(shown, ground(0, 0.2, 0.7), 2, -90)
    moved, scrolled = seen()
    assert moved == said and scrolled > 20, "without a pen a finger scrolls"
    page.evaluate("scrollTo(0, 0)")
    swipe(shown, ground(0, 0.3, 0.5), 0, 0)
    assert seen()[0] != said, "a tap points"
    assert page.evaluate("figure.board.heights") == heights
    assert not shown.complaints


TURN = """([azimuth, elevation]) => {
  const { turn } = figure.spec;
  figure.move(turn.across, azimuth, true);
  figure.move(turn.upward, elevation, true);
}"""
SEEN = "(name) => [...figure.painter.drawers.find(({ mark }) => mark.name === name).seen]"


def test_a_view_is_turned_without_python(context: BrowserContext) -> None:
    """Though Python is asked for each frame: the one that is here is seen from another side."""
    stage = explore_descent("bowl", start=(2, 1), eta=0.1, steps=20)
    shown = asking_python(context)(stage)
    asked = shown.page.evaluate("figure.asking.asked")
    shown.page.evaluate(TURN, [20, 40])
    said = shown.look().sentence
    assert shown.page.evaluate("figure.asking.asked") == asked
    stage.set(azimuth=-140, elevation=80)
    assert said == stage.sentence and "−140°, 80° up" in said
    ball = stage.scene.marks["ball in space"]
    seen = shown.page.evaluate(SEEN, "ball in space")
    assert seen == pytest.approx(ball.coordinates(), abs=1e-9)
    # A frame that comes later is seen from there, too.
    shown.page.evaluate("figure.move(3, 6, true)")
    assert shown.look().sentence == stage.set(steps=6).sentence
    ball = stage.scene.marks["ball in space"]
    seen = shown.page.evaluate(SEEN, "ball in space")
    assert seen == pytest.approx(ball.coordinates(), abs=1e-9)
    assert not shown.complaints


def test_a_point_in_space_is_dragged_in_a_view_that_was_turned(context: BrowserContext) -> None:
    stage = explore_slices("elliptical_bowl", x=2, y=1)
    shown = served(context, stage)
    shown.page.evaluate(TURN, [75, 12])
    seen = shown.rest()
    stage.set(azimuth=seen["values"]["azimuth"], elevation=seen["values"]["elevation"])
    place = stage.scene.marks["place"]
    shown_at = shown.page.evaluate(SEEN, "place")
    assert shown_at == pytest.approx(place.coordinates(), abs=1e-6)
    before, after = stage.pixel(place), stage.pixel(stage.set(x=1, y=-1).scene.marks["place"])
    zoom, (x, y) = shown.page.evaluate("figure.zoom()"), centre(shown.point("place"))
    mouse = shown.page.mouse
    mouse.move(x, y)
    mouse.down()
    (left, top), (right, low) = before, after
    mouse.move(x + (right - left) / zoom, y + (low - top) / zoom, steps=4)
    mouse.up()
    dragged = shown.rest()["values"]
    found = stage.set(**dragged)
    assert stage.pixel(found.scene.marks["place"]) == pytest.approx(after, abs=4)
    assert shown.look().sentence == found.sentence


def test_a_hand_that_is_taken_away_leaves_the_point(context: BrowserContext) -> None:
    stage = explore_nudge()
    shown = served(context, stage)
    before = shown.marks()
    places = glide(shown, "w", 5, 4)
    assert places[0] != places[-1]
    cancel = "(node) => node.dispatchEvent(new PointerEvent('pointercancel', { bubbles: true }))"
    shown.point("w").evaluate(cancel)
    shown.page.evaluate("settled()")
    assert shown.marks() == before


def rising() -> Stage:
    """A point that leaves its axes, upwards."""

    def frame(x: float) -> Scene:
        return Scene(f"x is {x:.0f}.", {"P": Point(x, x**2, drag="x"), "Q": Point(x, x**2)})

    return Stage(style.axes((0, 6), (0, 9)), frame, {"x": Slider(0, 5, 2, 1)}, "Rising")


def test_a_point_that_leaves_stays_in_reach_of_hand_and_keys(context: BrowserContext) -> None:
    shown = served(context, rising())
    handle, other = shown.point("P"), shown.figure.locator('[data-mark="Q"]')
    handle.focus()
    for _ in range(3):
        shown.page.keyboard.press("ArrowRight")
    shown.page.evaluate("settled()")
    assert shown.rest()["sentence"] == "x is 5."
    assert handle.evaluate("(node) => node === document.activeElement")
    axes = shown.page.evaluate("figure.spec.axes[0]")
    _, down = map(float, handle.get_attribute("data-at").split(","))
    assert down == pytest.approx(axes["top"], abs=0.1), "it waits at the edge"
    arrow = handle.locator("path")
    assert arrow.is_visible() and "rotate(0)" in arrow.get_attribute("transform")
    assert handle.locator("text").text_content() == "25", "and says how high the point is"
    assert not other.is_visible(), "what nobody can drag is gone"
    for _ in range(2):
        shown.page.keyboard.press("ArrowLeft")
    shown.page.evaluate("settled()")
    assert not arrow.is_visible() and other.is_visible()


# --- said and read ---


def test_the_sentence_is_spoken_at_rest_alone(context: BrowserContext) -> None:
    shown = served(context, explore_nudge())
    page, spoken = shown.page, shown.figure.locator(".stage-spoken")
    page.wait_for_function("document.querySelector('.stage-spoken').textContent")
    page.evaluate(
        """() => {
          const said = window.said = [], spoken = document.querySelector(".stage-spoken");
          const watch = new MutationObserver(() => said.push(spoken.textContent));
          watch.observe(spoken, { childList: true });
        }"""
    )
    glide(shown, "w", 4, 12)
    page.mouse.up()
    last = shown.rest()["sentence"]
    page.wait_for_function("said.length")
    assert page.evaluate("said") == [last] == [spoken.text_content()]
    assert spoken.get_attribute("role") == "status"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_words_that_name_a_mark_have_its_colour(context: BrowserContext, scheme: str) -> None:
    def frame(x: float) -> Scene:
        marks = {"t": Point(x, 1, colour="tangent", drag="x"), "q": Point(0, 1, colour="quiet")}
        return Scene(f"The tangent, no secant, and tangents at {x:.0f}.", marks)

    shown = served(
        context, Stage(style.axes((0, 3), (0, 2)), frame, {"x": Slider(0, 2, 1, 1)}, "T")
    )
    shown.page.emulate_media(color_scheme=scheme)
    shown.page.locator("input[type=range]").press("ArrowRight")
    said = shown.rest()["sentence"]
    assert shown.figure.locator(".stage-sentence").inner_text() == said
    (word,) = shown.figure.locator(".stage-word").all()
    colour = style.INKS["tangent"][scheme == "dark"]
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    assert word.inner_text() == "tangent"
    assert word.evaluate("(e) => getComputedStyle(e).color") == f"rgb({red}, {green}, {blue})"


def test_on_a_page_of_320_pixels_everything_can_be_used(browser: Browser) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}) as context:
        shown = served(context, explore_two_points())
        shown.page.add_style_tag(content="main { width: auto !important }")
        shown.page.set_viewport_size({"width": 321, "height": 640})
        shown.page.evaluate("settled()")
        assert shown.page.evaluate("document.documentElement.scrollWidth") <= 321
        for slider in shown.page.locator("input[type=range]").all():
            assert slider.bounding_box()["width"] >= 90
        assert shown.figure.locator(".stage-sentence").bounding_box()["width"] >= 200
        assert shown.figure.locator(".stage-picture").bounding_box()["width"] >= 480
        frame = shown.figure.locator(".stage-frame")
        assert frame.evaluate("(node) => getComputedStyle(node).overflowX") == "auto"


@pytest.mark.parametrize(("wide", "high"), [(683, 384), (342, 192)], ids=["200 %", "400 %"])
def test_on_a_page_that_is_zoomed_everything_can_be_used(
    browser: Browser, wide: int, high: int
) -> None:
    """What is left of a laptop's page of 1366 x 768 pixels."""
    with browser.new_context(viewport={"width": wide, "height": high}) as context:
        shown = served(context, explore_two_points())
        page, figure = shown.page, shown.figure
        page.add_style_tag(content="main { width: auto !important }")
        page.evaluate("window.dispatchEvent(new Event('resize'))")
        page.evaluate("settled()")
        assert page.evaluate("document.documentElement.scrollWidth") <= wide
        sentence = figure.locator(".stage-sentence")
        words = sentence.evaluate("(node) => node.scrollWidth <= node.clientWidth + 1")
        assert words or sentence.evaluate("(node) => getComputedStyle(node).display") == "inline"
        box = sentence.bounding_box()
        assert 200 <= box["width"] <= wide and box["height"] <= high / 2, "it wraps, in few lines"
        start = sentence.inner_text()
        slider = page.locator("input[type=range]").first
        slider.scroll_into_view_if_needed()
        place = slider.bounding_box()
        assert place["width"] >= 90 and place["x"] + place["width"] <= wide
        slider.click(position={"x": place["width"] - 3, "y": place["height"] / 2})
        page.evaluate("settled()")
        assert sentence.inner_text() != start
        figure.locator(".stage-reset").click()  # scrolls there, and fails where it is covered
        page.evaluate("settled()")
        assert sentence.inner_text() == start
        reset = figure.locator(".stage-reset").bounding_box()
        assert reset["x"] >= 0 and reset["x"] + reset["width"] <= wide


def test_for_a_class_all_of_a_figure_is_larger(browser: Browser, use_style: Callable) -> None:
    use_style(for_class=True)
    with browser.new_context(viewport={"width": 1920, "height": 1080}) as context:
        shown = served(context, explore_two_points())
        page, figure = shown.page, shown.figure
        page.add_style_tag(content="main { width: 1800px !important }")
        page.evaluate("window.dispatchEvent(new Event('resize'))")
        page.evaluate("settled()")
        picture = figure.locator(".stage-picture").bounding_box()
        shown_as = picture["width"] / page.evaluate("figure.spec.width")
        assert shown_as > 1.8, "as large as the window's height allows"
        assert picture["height"] <= 1080 - 88
        for part in (".stage-says", ".stage-reset"):
            beside = figure.locator(part)
            assert beside.bounding_box()["x"] >= picture["x"] + picture["width"]
            letters = beside.evaluate("(n) => parseFloat(getComputedStyle(n).fontSize)")
            assert letters >= 18, part
        assert not figure.locator(PICTURE).evaluate(COLLIDING)
        axes = page.evaluate("figure.spec.axes[0]")
        unit = axes["width"] / (axes["x"][1] - axes["x"][0]) * shown_as
        x, y = centre(shown.point("P"))
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x - unit / 2, y)
        page.mouse.move(x - unit, y)
        page.mouse.up()
        page.evaluate("settled()")
        assert "P is at (1, 1)" in figure.locator(".stage-sentence").inner_text()
        assert centre(shown.point("P"))[0] == pytest.approx(x - unit, abs=1)


# --- the system's colours, paper ---


PAPER = "(picture) => getComputedStyle(picture).backgroundColor"
SCREENS = {"light": "rgb(255, 255, 255)", "dark": "rgb(17, 17, 17)"}
BOTH = [{"picture": "background.png"}, {"picture": "background.png", "dark": True}]


def rgb(colour: str) -> str:
    """A colour as the browser tells it."""
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return f"rgb({red}, {green}, {blue})"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_the_colours_of_the_system_all_is_seen(browser: Browser, scheme: str) -> None:
    with browser.new_context(
        viewport={"width": 1000, "height": 900}, forced_colors="active", color_scheme=scheme
    ) as context:
        shown = served(context, explore_nudge(), backgrounds=BOTH)
        page, figure = shown.page, shown.figure

        def seen(part: str, name: str) -> str:
            return figure.locator(part).first.evaluate(
                "(node, name) => getComputedStyle(node)[name]", name
            )

        # The picture keeps the colours in which its marks have a meaning.
        paper, ink = SCREENS[scheme], ["light", "dark"].index(scheme)
        assert seen(".stage-picture", "backgroundColor") == paper
        spec = page.evaluate("figure.spec")
        mark = next(m for m in spec["marks"] if m["kind"] == "point")
        dot = shown.point(mark["name"]).evaluate(INK)
        assert dot == rgb(spec["colours"][mark["colour"]][ink])
        for words in figure.locator("text").all():
            assert words.evaluate("(n) => getComputedStyle(n).stroke") == paper
        # What lies around it wears the system's, with edges where its colours had told it apart.
        system = page.evaluate(
            """() => {
              const probe = document.body.appendChild(document.createElement("i"));
              const found = {};
              for (const name of ["Canvas", "CanvasText", "Highlight"]) {
                probe.style.color = name;
                found[name] = getComputedStyle(probe).color;
              }
              probe.remove();
              return found;
            }"""
        )
        assert seen(".stage-sentence", "color") == system["CanvasText"]
        assert seen(".stage-reset", "borderTopColor") == system["CanvasText"]
        assert seen(".stage-reset", "borderTopStyle") == "solid"
        handle = shown.point(mark["name"])
        handle.focus()
        halo = handle.locator(".stage-halo")
        assert halo.evaluate("(n) => getComputedStyle(n).stroke") not in ("none", paper)
        for part in (figure.locator(".stage-reset"), page.locator("input[type=range]").first):
            part.focus()
            page.keyboard.press("Shift")  # as one who uses the keyboard
            ring = part.evaluate(
                "(n) => ['outlineStyle', 'outlineColor'].map((k) => getComputedStyle(n)[k])"
            )
            assert ring == ["solid", system["Highlight"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_a_figure_is_whole(browser: Browser, scheme: str) -> None:
    with browser.new_context(
        viewport={"width": 1000, "height": 900}, color_scheme=scheme
    ) as context:
        shown = served(context, explore_two_points(), backgrounds=BOTH)
        page, figure = shown.page, shown.figure
        assert shown.figure.locator(".stage-picture").evaluate(PAPER) == SCREENS[scheme]
        page.set_viewport_size({"width": 718, "height": 1047})  # A4, less margins of a centimetre
        page.add_style_tag(content="main { width: auto !important; padding: 0 !important }")
        page.evaluate("window.dispatchEvent(new Event('resize'))")
        marks = shown.marks()
        page.emulate_media(media="print", color_scheme=scheme)
        page.evaluate("settled()")
        assert page.evaluate("document.documentElement.scrollWidth") <= 718
        picture = figure.locator(".stage-picture").bounding_box()
        assert picture["width"] >= 600 and picture["x"] + picture["width"] <= 718
        frame = figure.locator(".stage-frame")
        assert frame.evaluate(
            "(n) => n.scrollWidth <= n.clientWidth && n.scrollHeight <= n.clientHeight"
        )
        assert figure.locator(".stage-sentence").is_visible()
        assert shown.marks() == marks
        for words in figure.locator(PICTURE).locator("text").all():
            assert words.is_visible() or not words.text_content()
        assert not figure.locator(".stage-button:visible").count()
        assert not page.locator("input[type=range]:visible").count()
        assert page.locator(".stage-label:visible").count() == len(
            page.evaluate("figure.spec.controls")
        )
        # White paper, whatever the screen.
        assert figure.locator(".stage-picture").evaluate(PAPER) == SCREENS["light"]
        page.emulate_media(media="screen", color_scheme=scheme)
        page.evaluate("settled()")
        assert figure.locator(".stage-button").first.is_visible()


def test_what_stands_below_keeps_its_place(context: BrowserContext) -> None:
    def frame(x: float) -> Scene:
        return Scene("Long. " * round(40 * x), {"P": Point(x, 1, drag="x")})

    sliders = {"x": Slider(0, 1, 0, 0.1)}
    shown = served(context, Stage(style.axes((0, 1), (0, 2)), frame, sliders, "Growing"))
    slider = shown.page.locator("input[type=range]")
    before = slider.bounding_box()["y"]
    for _ in range(10):
        slider.press("ArrowRight")
        shown.page.evaluate("settled()")
        assert slider.bounding_box()["y"] == before


def test_a_goal_is_ticked_when_it_is_reached_and_not_after(
    browser: Browser, use_style: Callable
) -> None:
    use_style(for_class=True)
    stage = counting().towards("bring n to 4", lambda values: values["n"] == 4)
    with browser.new_context(viewport={"width": 1280, "height": 720}) as context:
        shown = served(context, stage)
        page, goal = shown.page, shown.figure.locator(".stage-goal")
        colour = "(node) => getComputedStyle(node).color"
        slider = page.get_by_label("n", exact=True)

        def seen(key: str) -> tuple[str, str]:
            slider.press(key)
            page.evaluate("settled()")
            return goal.inner_text(), goal.evaluate(colour)

        hoped = "Goal: bring n to 4", goal.evaluate(colour)
        assert seen("ArrowRight") == hoped, "n is 3"
        green, light = style.INKS["tangent"]
        assert seen("ArrowRight") == (REACHED, rgb(green))
        page.emulate_media(color_scheme="dark")  # a picture that has no dark one stays light
        page.wait_for_timeout(50)
        assert goal.evaluate(colour) == rgb(light), "it stands on the page"
        assert seen("ArrowRight")[0] == hoped[0], "n is 5"
        page.emulate_media(color_scheme="light")
        assert seen("ArrowLeft") == (REACHED, rgb(green))
        assert seen("Home") == hoped
        sizes = [
            shown.figure.locator(part).evaluate("(n) => parseFloat(getComputedStyle(n).fontSize)")
            for part in (".stage-goal", ".stage-sentence")
        ]
        assert sizes[0] == sizes[1] != 14, "it grows with the figure"


def test_a_figure_that_waits_for_python_says_so(context: BrowserContext) -> None:
    silent, stage = [], counting()

    def answer(question: dict) -> list:
        return [] if silent else [({"frames": None, "id": 0}, [])]

    shown = open_figure_page(context, {"b.png": (stage.canvas.background, "image/png")}, answer)
    given = {"spec": stage.canvas.spec, "backgrounds": [{"picture": "b.png"}], "asks": True}
    shown.show(given | {"coordinates": packed(stage.canvas.coordinates)})
    shown.page.locator(".stage[data-frames=kernel]").wait_for()
    assert shown.figure.locator(".stage-sentence").inner_text() == "n is 2."
    silent.append(True)
    shown.page.locator("input[type=range]").first.press("ArrowRight")
    shown.page.locator(".stage-waiting").wait_for(timeout=5_000)
    assert "Python has not answered yet" in shown.figure.locator(".stage-sentence").inner_text()
    at = shown.page.evaluate("figure.positions()")
    stage.set(n=3)
    conversation = stage.conversation
    scene = stage.scene
    told = {"frame": 1, "at": at, "dragged": False, "texts": conversation.cast.texts(scene)}
    shown.page.evaluate(
        """([told, base64]) => figure.asking.listen(told,
             [Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))])""",
        [told, packed(conversation.cast.wire(scene))["base64"]],
    )
    assert shown.figure.locator(".stage-sentence").inner_text() == "n is 3."
    assert shown.page.locator(".stage-waiting").count() == 0


# --- captions ---

SENTENCES = [
    ("f(x) = x³", "f′(x) = 3x²", "f(1.5) = 3.375"),
    ("f(x) = sin x", "", "f(−1.25) = −0.949"),
    ("", "the slope of the secant from x to x + h", "and that of the tangent: 0.7071"),
    ("a name that goes on and on", "and another that does so, too", "a third, as long as those"),
]


def captioned(panels: int, title: str) -> Stage:
    """Captions above each of some axes, with all combinations of short and long texts."""

    def frame(**which: float) -> Scene:
        texts = [SENTENCES[int(i)][k] for k, i in enumerate(which.values())]
        sides = ("left", "left", "right")
        marks = {
            f"{side} {k} above {ax}": Caption(text, side, colour="function", ax=ax)
            for ax in range(panels)
            for k, (text, side) in enumerate(zip(texts, sides, strict=True))
        }
        return Scene(" | ".join(texts), marks)

    with style.context():
        ax = style.axes((0, 1), (0, 1), "x", "y", title, size=(7.2, 4.7))
        figure = ax.figure
        if panels == 2:
            ax.remove()
            ax, lower = figure.subplots(2, 1)
            style.frame_axes(ax, (0, 1), (0, 1), "x", "y", title)
            style.frame_axes(lower, (0, 1), (0, 1), "x", "y", title)
    last = len(SENTENCES) - 1
    return Stage(ax, frame, {n: Slider(0, last, 0, 1) for n in "abc"}, "Captions")


@pytest.mark.parametrize("panels", [1, 2])
def test_captions_never_overlap(context: BrowserContext, panels: int) -> None:
    stage = captioned(panels, " ")
    spec = stage.canvas.spec
    shown = served(context, stage)
    nodes = shown.figure.locator(PICTURE).locator("text")
    for at in itertools.product(range(len(SENTENCES)), repeat=3):
        shown.page.evaluate(
            """(at) => {
              at.forEach((to, i) => figure.move(i, to, false));
              return new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            }""",
            list(at),
        )
        texts = [SENTENCES[i][k] for k, i in enumerate(at)] * panels
        assert nodes.all_text_contents() == texts
        found = shown.figure.locator(PICTURE).evaluate(COLLIDING)
        assert not found, f"{texts}: {found}"
        # Below them lies nothing: they stand above their axes.
        for node, text in zip(nodes.all(), texts, strict=True):
            if text:
                top = spec["axes"][int(node.get_attribute("data-mark")[-1])]["top"]
                assert 16 <= float(node.get_attribute("y")) <= max(16, top - 8) + 0.1


def test_a_caption_stands_where_a_text_did(context: BrowserContext) -> None:
    """At the left edge of the axes, 13 pixels above them; the right one ends at the other edge."""

    def frame(x: float) -> Scene:
        text = Text(-2, 2, "Words", dy=-13, anchor="start")
        end = Text(2, 2, f"at {x:.1f}", dy=-13, anchor="end")
        captions = {"left": Caption("Words"), "right": Caption(f"at {x:.1f}", "right")}
        return Scene(f"x is {x}.", captions | {"text": text, "end": end})

    ax = style.axes((-2, 2), (-2, 2), title=" ")
    shown = served(context, Stage(ax, frame, {"x": Slider(-3, 3, 0)}, "Two ways"))
    box = "(n) => { const {x, y, width, height} = n.getBBox(); return [x, y, width, height]; }"
    for one, other in (("left", "text"), ("right", "end")):
        caption, text = (
            shown.figure.locator(f'[data-mark="{name}"]').evaluate(box) for name in (one, other)
        )
        assert caption == pytest.approx(text, abs=0.11)
