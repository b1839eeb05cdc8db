"""The live figure under a hand: dragged, drawn on, by keyboard, in the dark, with no kernel."""

import json
import os
import re
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, Locator

from tests.browser.figures import at_rest, centre, complaints, marks, sentence
from tools.build import execute
from tools.jupyterlab import Notebook, open_notebook
from utils import style
from utils.explorers.derivative import explore_drawing
from utils.explorers.start_here import explore_nudge
from utils.models.start_here import error

pytestmark = pytest.mark.browser

CELLS = {
    "imports": """
import json, os, time
import numpy as np
from utils import style
from utils.explorers.derivative import explore_derivative
from utils.explorers.derivative import explore_drawing
from utils.explorers.slope import explore_line
from utils.explorers.start_here import explore_nudge
from utils.stage import (
    Backdrop, Choice, Line, Play, Point, Scene, Slider, Stage, Text, Turn, space
)
""",
    "nudge": "nudge = explore_nudge()\nnudge",
    # More values than frames may have: the kernel answers.
    "parabola": """
pause = 0

def seen(x):
    time.sleep(pause)
    return Scene(f"x is {x:.3f}.", {"P": Point(x, x * x / 4, drag="x", label="P")})

parabola = Stage(style.axes((-4, 4), (-1, 5)), seen, {"x": Slider(-4, 4, 1, 0.001)}, "A parabola")
parabola
""",
    "free": """
def free_scene(x, y):
    name = Text(x, y, f"height {y:.1f}", colour="tangent", dy=-22)
    line = Line((0, 0), (x, y), colour="tangent")
    P = Point(x, y, drag=("x", "y"))
    return Scene(f"x is {x:.1f}, y is {y:.1f}.", {"line": line, "name": name, "P": P})

sliders = {"x": Slider(-4, 4, 1), "y": Slider(-2, 2, 1)}
go = Play("x", "Go right", seconds=4)
free = Stage(style.axes((-4, 4), (-2, 2)), free_scene, sliders, "A free point", play=go)
free
""",
    # Another background, with other limits, for each option.
    "map": """
def contours(name):
    size = {"near": 2, "far": 4}[name]
    ax = style.axes((-size, size), (-size, size), "x", "y", f"The {name} map")
    ax.contour(*np.meshgrid(*[np.linspace(-size, size, 9)] * 2), np.eye(9), colors="#0072B2")
    return ax

def map_scene(which, x, y):
    P, Q = Point(x, y, drag=("x", "y"), click=True), Point(-x, -y, drag="x", colour="tangent")
    return Scene(f"On the {which} map: ({x:.1f}, {y:.1f}).", {"Q": Q, "P": P})

sliders = {"which": Choice(["near", "far"], "near"), "x": Slider(-2, 2, 1), "y": Slider(-2, 2, 1)}
backdrop = Backdrop("which", contours)
map_ = Stage(None, map_scene, sliders, "A map", backdrop=backdrop)
map_
""",
    # A surface that can be turned: the kernel answers.
    "hills": """
box = (-3, 3), (-3, 3), (0, 1)
X, Y = space.grid(*box[:2])

def height(x, y):
    return np.exp(-(x**2 + y**2) / 3)

def hill_scene(x, y, azimuth, elevation):
    view = space.View(*box, azimuth, elevation)
    z = float(height(x, y))
    P = Point(*view.place(x, y, z), drag=("x", "y"), label="P")
    eye = f"{azimuth:.0f}, {elevation:.0f}"
    says = f"At ({x:.1f}, {y:.1f}) the height is {z:.2f}, seen from {eye} degrees."
    surface = view.surface(X, Y, height(X, Y))
    return Scene(says, {**view.walls(), "surface": surface, **view.labels(), "P": P})

angles = {"azimuth": Slider(-180, 180, -60, 1), "elevation": Slider(0, 90, 30, 1)}
sliders = {"x": Slider(-3, 3, 1), "y": Slider(-3, 3, -1)} | angles
turn = Turn("azimuth", "elevation")
hills = Stage(space.axes(), hill_scene, sliders, "A hill", turn=turn)
hills
""",
    "drawing": "drawing = explore_drawing()\ndrawing",
    "trio": "display(explore_nudge(), explore_line(), explore_derivative('square'))",
    "class": """
style.use(for_class=True)
names = ["turn the bowl (degrees)", "κ", "a name of a slider that goes on and on and on"]
controls = {name: Slider(0, 1, 0.5, label=name) for name in names}
ax = style.axes((0, 1), (0, 1))
display(*[Stage(ax, lambda **at: Scene("Names."), controls, "N", columns=n) for n in (1, 2)])
style.use()
""",
    "say": "",
    "forever": """
def forever(x):
    while True:
        pass

explore_derivative(forever)
""",
    "after": "print('and on it', 'goes')",
}
INDEX = {name: i for i, name in enumerate(CELLS)}
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

GONE = "a kernel that this machine does not have"


def notebook_of(names: list[str]) -> nbformat.NotebookNode:
    cells = [nbformat.v4.new_code_cell(CELLS[name].strip(), id=name) for name in names]
    return nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})


@pytest.fixture(scope="module")
def folder(lab_folder: Path) -> Path:
    """Where the notebooks of this file lie."""
    folder = lab_folder / "stage"
    folder.mkdir()
    nbformat.write(notebook_of(list(CELLS)), folder / "figures.ipynb")
    nbformat.write(notebook_of(["imports", "nudge"]), folder / "sharp.ipynb")
    saved = notebook_of(["imports", "nudge", "drawing"])
    execute(saved, folder, "saved.ipynb")
    saved.metadata.kernelspec = {"name": GONE, "display_name": GONE, "language": "python"}
    nbformat.write(saved, folder / "saved.ipynb")
    return folder


@pytest.fixture(scope="module")
def page(browser: Browser, lab: str, folder: Path) -> Iterator[Notebook]:
    """The notebook of figures, every cell run; the tests share it."""
    with open_notebook(browser, lab, f"{folder.name}/figures.ipynb") as notebook:
        notebook.run_all()
        yield notebook


@pytest.fixture(autouse=True)
def no_complaints(request: pytest.FixtureRequest) -> Iterator[None]:
    """Whatever a test does, the page has nothing to complain about."""
    yield
    if "page" in request.fixturenames:
        assert not complaints(request.getfixturevalue("page"))


# --- looking and moving ---


def figure(page: Notebook, name: str, frames: str = "here") -> Locator:
    """A cell with its figure in view, back at its start, its frames where they should be."""
    cell = page.cell(INDEX[name])
    stage = cell.locator(".stage")
    stage.first.scroll_into_view_if_needed()
    cell.locator(f".stage[data-frames={frames}]").first.wait_for(timeout=20_000)
    cell.locator(".stage-reset").first.click()
    settle(cell)
    return cell


def settle(cell: Locator) -> str:
    """Wait until nothing has moved for a while; returns the marks."""
    return at_rest(cell.page, lambda: marks(cell), quiet=0.25)


def press(handle: Locator, key: str, times: int = 1) -> None:
    handle.focus()
    for _ in range(times):
        handle.press(key)


def until(cell: Locator, holds: Callable[[], bool], complaint: str, seconds: float = 10) -> None:
    """Wait until something holds, looking 20 times a second."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, complaint
        cell.page.wait_for_timeout(50)


def point(cell: Locator, name: str) -> Locator:
    return cell.locator(f'.stage-handle[data-mark="{name}"]')


def place(handle: Locator) -> tuple[float, float]:
    """Where a point stands, in pixels of the picture."""
    x, y = handle.get_attribute("data-at").split(",")
    return float(x), float(y)


def now(handle: Locator) -> float:
    return float(handle.get_attribute("aria-valuenow"))


def slider(cell: Locator) -> Locator:
    return cell.locator(".widget-hslider .noUi-handle").first


def readout(cell: Locator) -> float:
    """The number beside the first slider."""
    return float(cell.locator(".widget-readout").first.inner_text().replace("−", "-"))


def pixel(axes: dict, x: float, y: float) -> tuple[float, float]:
    """Where a place in data units belongs, in pixels of the picture."""
    (left, right, _), (bottom, top, _) = axes["x"], axes["y"]
    return (
        axes["left"] + (x - left) / (right - left) * axes["width"],
        axes["top"] + (top - y) / (top - bottom) * axes["height"],
    )


def pull(handle: Locator, dx: float, dy: float, steps: int = 12, drop: bool = True) -> None:
    x, y = centre(handle)
    mouse = handle.page.mouse
    mouse.move(x, y)
    mouse.down()
    for k in range(1, steps + 1):
        mouse.move(x + dx * k / steps, y + dy * k / steps)
    if drop:
        mouse.up()


def ask(page: Notebook, code: str) -> object:
    """What the kernel makes of an expression."""
    page.set_source(INDEX["say"], f"print(json.dumps({code}))")
    return json.loads(page.run_cell(INDEX["say"]).locator(".jp-OutputArea-output pre").inner_text())


def knows(page: Notebook, code: str, expected: object) -> None:
    """The kernel knows what the page shows, at once or a moment later: both are on their way."""
    for _ in range(5):
        if (told := ask(page, code)) == expected:
            return
    raise AssertionError(f"{code} is {told} in the kernel and should be {expected}")


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, as the page says them."""
    return style.contrast(*("#{:02x}{:02x}{:02x}".format(*rgb(c)) for c in (one, other)))


def rgb(colour: str) -> tuple[int, ...]:
    """A colour as the page says it, "rgb(…)" or "#rrggbb", as three numbers."""
    if colour.startswith("#"):
        return tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return tuple(int(float(number)) for number in re.findall(r"[\d.]+", colour)[:3])


# --- dragging ---


def test_a_dragged_point_stays_on_its_curve(page: Notebook) -> None:
    cell = figure(page, "nudge")
    handle, axes = point(cell, "w"), explore_nudge().canvas.spec["axes"][0]
    for dx, dy in [(120, -150), (90, 160), (-60, -20)]:
        pull(handle, dx, dy, drop=False)
        settle(cell)
        w, (across, _) = now(handle), place(handle)
        hop = pixel(axes, w + 0.1, 0)[0] - pixel(axes, w, 0)[0]
        assert abs(across - pixel(axes, w, 0)[0]) <= hop / 2 + 0.2
        assert readout(cell) == w, "the slider follows the hand"
        cell.page.mouse.up()
        settle(cell)
        assert now(handle) == w, "what is dropped stays where it is"
        assert place(handle) == pytest.approx(pixel(axes, w, error(w)), abs=0.11)
        knows(page, "nudge.values", {"w": w})
        cell = page.cell(INDEX["nudge"])


def test_where_the_kernel_answers_a_drag_is_the_same(page: Notebook) -> None:
    cell = figure(page, "parabola", "kernel")
    handle = point(cell, "P")
    start = place(handle)
    pull(handle, 110, 60)
    settle(cell)
    (x, y), value = place(handle), now(handle)
    assert x > start[0] + 50
    assert value != 1
    assert sentence(cell) == f"x is {value:.3f}."
    assert readout(cell) == value
    spec = ask(page, "parabola.canvas.spec['axes'][0]")
    assert (x, y) == pytest.approx(pixel(spec, value, value**2 / 4), abs=0.11)
    knows(page, "parabola.values", {"x": pytest.approx(value, abs=1e-9)})


@pytest.mark.skipif(os.name == "nt", reason="a process cannot be made to wait there")
def test_no_kernel_is_needed_once_the_frames_are_there(page: Notebook) -> None:
    pid = ask(page, "os.getpid()")
    cell = figure(page, "nudge")
    cell.page.evaluate(
        """() => {
          const { send } = WebSocket.prototype, sent = window.sentToKernel = [];
          WebSocket.prototype.send = function (data) {
            sent.push(typeof data === 'string' ? data : new TextDecoder().decode(data));
            return send.call(this, data);
          };
        }"""
    )
    os.kill(pid, signal.SIGSTOP)
    try:
        axes, seen = explore_nudge().canvas.spec["axes"][0], []
        for _ in range(10):
            press(slider(cell), "ArrowRight")
            settled = settle(cell)
            assert settled not in seen, "the marks stand still while the kernel does"
            seen.append(settled)
        w = now(point(cell, "w"))
        assert w == 1.5
        assert place(point(cell, "w")) == pytest.approx(pixel(axes, w, error(w)), abs=0.11)
        pull(point(cell, "w"), 80, 0)
        settle(cell)
        assert now(point(cell, "w")) > w
    finally:
        os.kill(pid, signal.SIGCONT)
    sent = cell.page.evaluate("window.sentToKernel")
    assert sent, "the kernel is told where the slider stands"
    assert not [message for message in sent if '"ask":"frame"' in message]
    knows(page, "nudge.values", {"w": now(point(page.cell(INDEX["nudge"]), "w"))})


# --- clicking, turning, other backgrounds ---


def spot(cell: Locator, axes: dict, x: float, y: float) -> tuple[float, float]:
    """Where a place in data units is on the screen."""
    box = cell.locator(".stage-picture").bounding_box()
    zoom = box["width"] / explore_nudge().canvas.spec["width"]
    across, down = pixel(axes, x, y)
    return box["x"] + across * zoom, box["y"] + down * zoom


def test_a_click_brings_the_point_and_a_drag_begins_there(page: Notebook) -> None:
    for name, frames in (("free", "here"), ("parabola", "kernel")):
        cell = figure(page, name, frames)
        handle = point(cell, "P")
        axes = ask(page, f"{name}.canvas.spec['axes'][0]")
        cell = figure(page, name, frames)
        mouse = cell.page.mouse
        mouse.click(*spot(cell, axes, -2, 1))
        until(cell, lambda handle=handle: abs(now(handle) + 2) < 0.2, f"{name}: it does not come")
        settle(cell)
        mouse.move(*spot(cell, axes, 2.5, 1.5))
        mouse.down()
        until(cell, lambda handle=handle: abs(now(handle) - 2.4) < 0.2, f"{name}: not at once")
        mouse.move(*spot(cell, axes, 1, 0.3), steps=4)
        until(cell, lambda handle=handle: abs(now(handle) - 1) < 0.2, f"{name}: it does not follow")
        mouse.up()
        settle(cell)
        assert handle.evaluate("(node) => node === document.activeElement"), "the keys go on there"
        knows(page, f"{name}.values['x']", now(handle))


def test_another_option_brings_another_background(page: Notebook) -> None:
    cell = figure(page, "map")
    image, select = cell.locator(".stage-picture > img"), cell.locator("select").first
    first, near = image.get_attribute("src"), ask(page, "map_.canvas.spec['axes'][0]")
    cell = figure(page, "map")
    assert place(point(cell, "P")) == pytest.approx(pixel(near, 1, 1), abs=0.11)
    select.select_option("far")
    until(cell, lambda: image.get_attribute("src") != first, "the background stays")
    until(cell, lambda: "On the far map" in sentence(cell), "the scene stays")
    far = near | {"x": [-4, 4, "linear"], "y": [-4, 4, "linear"]}
    assert place(point(cell, "P")) == pytest.approx(pixel(far, 1, 1), abs=0.11)
    assert "which: far" in image.get_attribute("alt")
    cell.page.mouse.click(*spot(cell, far, -2, 1.5))
    until(cell, lambda: "(-2.0, 1.5)" in sentence(cell), "P does not come: click=True")
    assert "which: far" in ask(page, "str(map_)")
    cell = page.cell(INDEX["map"])
    cell.locator(".stage-reset").click()
    until(cell, lambda: image.get_attribute("src") == first, "the first one is not kept")
    assert place(point(cell, "P")) == pytest.approx(pixel(near, 1, 1), abs=0.11)


COVERED = """(canvas) => {
  const { width, height } = canvas;
  const numbers = canvas.getContext('2d').getImageData(0, 0, width, height).data;
  return numbers.filter((value, i) => i % 4 === 3 && value).length / (width * height);
}"""


def swing(ground: Locator, dx: float, dy: float) -> None:
    """Drag the empty part of a figure from one of its upper corners."""
    box, mouse = ground.bounding_box(), ground.page.mouse
    x, y = box["x"] + (30 if dx > 0 else box["width"] - 30), box["y"] + 30
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx, y + dy, steps=10)
    mouse.up()


def test_a_surface_is_turned_by_dragging_beside_it(page: Notebook) -> None:
    cell = figure(page, "hills", "kernel")
    ground, start = cell.locator(".stage-ground"), marks(cell)
    assert 0.05 < cell.locator("canvas").evaluate(COVERED) < 0.6
    swing(ground, 100, 20)
    settle(cell)
    assert marks(cell) != start
    knows(page, "hills.values['elevation']", pytest.approx(40, abs=1.01))
    knows(page, "hills.values['azimuth']", pytest.approx(-110, abs=1.01))
    # Half a turn further the azimuth goes on from the other end.
    cell = page.cell(INDEX["hills"])
    swing(cell.locator(".stage-ground"), 360, 0)
    settle(cell)
    knows(page, "hills.values['azimuth']", pytest.approx(-110 + 180, abs=2.01))
    # The point is still a point: dragging it leaves the view alone.
    cell = figure(page, "hills", "kernel")
    pull(point(cell, "P"), -60, 20)
    settle(cell)
    values = ask(page, "hills.values")
    assert (values["x"], values["y"]) != (1, -1)
    assert (values["azimuth"], values["elevation"]) == (-60, 30)


def test_a_surface_turns_as_a_film(page: Notebook) -> None:
    """Not a few pictures; how many a second, the machine decides and benchmarks/ measures."""
    cell = figure(page, "hills", "kernel")
    handle = cell.locator(".widget-hslider .noUi-handle").nth(2)
    handle.focus()
    seen = set()
    for _ in range(20):
        handle.press("ArrowRight")
        cell.page.wait_for_timeout(30)
        seen.add(sentence(cell))
    assert len(seen) > 6
    until(cell, lambda: "seen from -40, 30 degrees" in sentence(cell), "it does not arrive")


# --- drawing ---


def heights(cell: Locator, mark: str) -> list[tuple[float, float]]:
    """The places of a polyline, in pixels of the picture."""
    d = cell.locator(f'[data-mark="{mark}"]').get_attribute("d")
    return [(float(x), float(y)) for x, y in re.findall(r"[ML]([-\d.]+) ([-\d.]+)", d)]


def test_drawing_a_curve_draws_its_slope(page: Notebook) -> None:
    cell = figure(page, "drawing")
    start, said = marks(cell), sentence(cell)
    upper, lower = explore_drawing().canvas.spec["axes"]
    box = cell.locator(".stage-sheet").bounding_box()
    zoom = box["width"] / upper["width"]

    def at(x: float, y: float) -> tuple[float, float]:
        across, down = pixel(upper, x, y)
        left, top = box["x"] - upper["left"] * zoom, box["y"] - upper["top"] * zoom
        return left + across * zoom, top + down * zoom

    # A straight line of slope 1/2, by hand.
    cell.locator(".stage-draw").click()
    mouse = cell.page.mouse
    mouse.move(*at(-3.98, -1.99))
    mouse.down()
    for k in range(1, 41):
        mouse.move(*at(-3.98 + 8 * k / 40, -1.99 + 4 * k / 40))
    until(cell, lambda: marks(cell) != start, "f′ does not appear under the pen")
    mouse.up()
    cell.locator(".stage[data-frames=here]").wait_for()
    settle(cell)
    _, half = pixel(lower, 0, 0.5)
    slopes = [y for x, y in heights(cell, "slope") if abs(x - pixel(lower, 0, 0)[0]) < 200]
    assert len(slopes) > 60
    assert slopes == pytest.approx([half] * len(slopes), abs=6)  # a pixel of height is 1/17

    # Pen down: point at a place.
    cell.locator(".stage-draw").click()
    mouse.click(*at(1, 2))
    settle(cell)
    assert now(point(cell, "x")) == pytest.approx(1, abs=0.051)
    assert re.search(r"slope is 0\.(4[5-9]|5[0-5]): rising", sentence(cell))

    # Nudge it without a pointer.
    knob, before = cell.locator(".stage-nudge").nth(4), marks(cell)
    high = now(knob)
    press(knob, "ArrowUp", times=3)
    until(cell, lambda: now(knob) > high and marks(cell) != before, "ArrowUp lifts nothing")
    assert cell.locator(".stage-preset").input_value() == "my drawing"

    # Where there is no slope, it says why.
    for preset, x, why in [("a corner", 0, "corner"), ("a jump", 0.02, "jumps")]:
        cell.locator(".stage-preset").select_option(preset)
        cell.locator(".stage[data-frames=here]").wait_for()
        mouse.click(*at(x, 2))
        until(cell, lambda why=why: why in sentence(cell), f"{preset}: {sentence(cell)}")
        assert "no slope here" in sentence(cell)

    cell.locator(".stage-reset").click()
    until(cell, lambda: marks(cell) == start, "Reset does not lead back")
    assert sentence(cell) == said
    assert cell.locator(".stage-preset").input_value() == "a hill"
    assert ask(page, "str(drawing.sentence)") == said


# --- keyboard, play ---

FOCUSED = """() => {
  const { activeElement: node } = document;
  const figure = node.closest('.jp-OutputArea');
  if (!figure) return '';
  if (node.matches('.stage-handle')) return 'point';
  if (node.matches('.noUi-handle')) return 'slider';
  return node.textContent;
}"""
NOTEBOOK = """() => {
  const { content } = jupyterapp.shell.currentWidget;
  return [content.model.cells.length, content.mode, content.activeCellIndex];
}"""


def test_everything_can_be_done_by_keyboard(page: Notebook) -> None:
    cell = figure(page, "free")
    reached = []
    cell.locator(".cm-content").click()
    cell.page.keyboard.press("Escape")
    before = cell.page.evaluate(NOTEBOOK)
    assert before[1:] == ["command", INDEX["free"]]
    for _ in range(20):
        cell.page.keyboard.press("Tab")
        reached.append(cell.page.evaluate(FOCUSED))
    for part in ("point", "▶ Go right", "Reset", "slider"):
        assert part in reached, f"Tab does not reach {part!r}, only {reached}"

    handle = point(cell, "P")
    ring = handle.locator(".stage-halo")
    stroke = "(halo) => getComputedStyle(halo).stroke"
    assert ring.evaluate(stroke) == "none"
    handle.focus()
    assert ring.evaluate(stroke) == ring.evaluate("(halo) => getComputedStyle(halo).color")
    for key, x in [
        ("ArrowRight", 1.1), ("ArrowLeft", 1), ("Shift+ArrowRight", 1.5),
        ("Home", -4), ("Shift+ArrowLeft", -4), ("End", 4),
    ]:  # fmt: skip
        handle.press(key)
        until(cell, lambda x=x: now(handle) == x, f"{key} does not lead to {x}")
    for key, said in [("ArrowUp", "y is 1.1."), ("Shift+ArrowDown", "y is 0.6.")]:
        handle.press(key)
        until(cell, lambda said=said: said in sentence(cell), f"{key}: not {said}")
    # In command mode these letters add, cut and delete cells, and Enter begins to edit.
    for key in ("a", "b", "x", "d", "d", "m", "Enter"):
        handle.press(key)
    assert cell.page.evaluate(NOTEBOOK) == before
    for key in ("Home", "ArrowUp", "ArrowDown", "ArrowRight", "End"):
        at = now(slider(cell))
        press(slider(cell), key)
        until(cell, lambda at=at: now(slider(cell)) != at, f"{key} does not move the slider")
        assert cell.page.evaluate(NOTEBOOK) == before, f"{key} on the slider left the figure"
    cell.locator(".stage-reset").focus()
    cell.page.keyboard.press("Enter")
    until(cell, lambda: sentence(cell) == "x is 1.0, y is 1.0.", "Enter on Reset does nothing")
    assert cell.page.evaluate(NOTEBOOK) == before
    knows(page, "free.values", {"x": 1, "y": 1})


def count_places(cell: Locator) -> None:
    """From now on keep the places at which the point is seen."""
    point(cell, "P").evaluate(
        """(node) => {
          const places = window.places = new Set([node.dataset.at]);
          new MutationObserver(() => places.add(node.dataset.at))
            .observe(node, {attributes: true, attributeFilter: ['data-at']});
        }"""
    )


def test_the_play_button_starts_stops_and_ends(page: Notebook) -> None:
    cell = figure(page, "free")
    button, start = cell.locator(".stage-play"), sentence(cell)
    button.click()
    until(cell, lambda: sentence(cell) != start, "Play moves nothing")
    assert button.inner_text() == "■ Stop"
    button.click()
    stopped = settle(cell)
    assert button.inner_text() == "▶ Go right"
    cell.page.wait_for_timeout(300)
    assert marks(cell) == stopped
    assert now(point(cell, "P")) < 4

    cell.locator(".stage-reset").click()
    settle(cell)
    count_places(cell)
    button.click()
    until(cell, lambda: button.inner_text() == "▶ Go right", "it does not end")
    settle(cell)
    assert now(point(cell, "P")) == 4
    assert cell.page.evaluate("window.places.size") > 8, "a film, not a few pictures"
    knows(page, "free.values", {"x": 4, "y": 1})


def test_with_reduced_motion_it_plays_a_few_still_pictures(page: Notebook) -> None:
    cell = figure(page, "free")
    page.page.emulate_media(reduced_motion="reduce")
    try:
        count_places(cell)
        button = cell.locator(".stage-play")
        button.click()
        until(cell, lambda: button.inner_text() == "▶ Go right", "it does not end")
        settle(cell)
        assert now(point(cell, "P")) == 4
        assert 3 <= cell.page.evaluate("window.places.size") <= 8
    finally:
        page.page.emulate_media(reduced_motion="no-preference")


# --- how it looks ---

CORNER = """(image) => {
  const canvas = document.createElement('canvas');
  canvas.width = image.naturalWidth;
  canvas.height = image.naturalHeight;
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  return [...pen.getImageData(4, 4, 1, 1).data.slice(0, 3)];
}"""
TEXTS = """(stage) => [...stage.querySelectorAll('text, .stage-sentence, button')].map((node) => {
  const own = getComputedStyle(node);
  if (node.tagName === 'text') return [node.textContent, own.fill, own.stroke];
  let under = node;
  while (getComputedStyle(under).backgroundColor.endsWith(', 0)')) under = under.parentElement;
  return [node.textContent, own.color, getComputedStyle(under).backgroundColor];
})"""


def wear(page: Notebook, theme: str) -> None:
    page.page.evaluate(
        "(theme) => jupyterapp.commands.execute('apputils:change-theme', {theme})", theme
    )
    light = "true" if theme.endswith("Light") else "false"
    page.page.locator(f'body[data-jp-theme-light="{light}"]').wait_for(state="attached")


def test_the_figure_wears_the_theme_of_the_page(page: Notebook) -> None:
    cell = figure(page, "free")
    image, dot = cell.locator(".stage-picture > img"), point(cell, "P").locator("circle").last
    line = cell.locator('[data-mark="line"] path')
    bright = image.evaluate(CORNER)
    assert min(bright) > 240
    try:
        for theme, colours, fits in [
            ("JupyterLab Dark", style.COLOURS_DARK, lambda corner: max(corner) < 60),
            ("JupyterLab Light", style.COLOURS, lambda corner: corner == bright),
        ]:
            wear(page, theme)
            until(cell, lambda: fits(image.evaluate(CORNER)), f"{theme}: the background stays")  # noqa: B023
            assert rgb(dot.evaluate("(n) => getComputedStyle(n).fill")) == rgb(colours["point"])
            assert rgb(line.evaluate("(n) => getComputedStyle(n).stroke")) == rgb(
                colours["tangent"]
            )
            for text, ink, paper in cell.locator(".stage").evaluate(TEXTS):
                assert contrast(ink, paper) >= 4.5, f"{theme}: {text!r}, {ink} on {paper}"
    finally:
        wear(page, "JupyterLab Light")


def test_a_sharp_screen_gets_a_sharp_background(browser: Browser, lab: str, folder: Path) -> None:
    with open_notebook(browser, lab, f"{folder.name}/sharp.ipynb", sharpness=3) as notebook:
        notebook.run_all()
        cell = notebook.cell(1)
        image = cell.locator(".stage-picture > img")
        image.wait_for()
        until(
            cell,
            lambda: image.evaluate("(i) => i.naturalWidth >= 3 * i.getBoundingClientRect().width"),
            "the background stays as it came",
        )
        assert not complaints(notebook)


def test_the_page_does_not_jump_while_a_slider_moves(page: Notebook) -> None:
    cell = figure(page, "nudge")
    cell.locator(".jp-OutputArea").first.evaluate(
        """(area) => {
          const heights = window.areaHeights = [];
          const look = () => {
            if (window.areaHeights !== heights) return;
            heights.push(area.getBoundingClientRect().height);
            requestAnimationFrame(look);
          };
          look();
        }"""
    )
    press(slider(cell), "ArrowRight", times=20)
    settle(cell)
    seen = cell.page.evaluate(
        "() => { const seen = areaHeights; areaHeights = null; return seen; }"
    )
    assert now(point(cell, "w")) == 2.5
    assert len(seen) > 10
    assert seen[0] > 300
    assert min(seen) >= seen[0]


def test_three_explorers_on_one_page(page: Notebook) -> None:
    cell = page.cell(INDEX["trio"])
    stages = cell.locator(".stage")
    assert stages.count() == 3
    for i in range(3):
        stages.nth(i).scroll_into_view_if_needed()
        cell.locator(f":nth-match(.stage, {i + 1})[data-frames=here]").wait_for(timeout=20_000)
    boxes = cell.locator(".widget-vbox")
    for i in range(3):
        box = boxes.nth(i)
        start = marks(box)
        others = [marks(boxes.nth(j)) for j in range(3) if j != i]
        press(slider(box), "ArrowRight", times=2)
        until(box, lambda start=start, box=box: marks(box) != start, f"figure {i + 1} stands still")
        assert [marks(boxes.nth(j)) for j in range(3) if j != i] == others, "each moves alone"


# --- what goes wrong ---


def test_a_function_that_never_ends_gets_a_sentence(page: Notebook) -> None:
    said = page.cell(INDEX["forever"]).locator(".jp-OutputArea-output")
    said.get_by_text("your function did not end").first.wait_for(timeout=20_000)
    assert page.cell(INDEX["after"]).locator("pre").last.inner_text().strip() == "and on it goes"


def test_no_question_is_lost_while_the_kernel_is_at_another(page: Notebook) -> None:
    """A figure is answered in a thread of its own, and neither it nor a cell hushes the other."""
    cell = figure(page, "parabola", "kernel")
    page.set_source(INDEX["say"], "pause = 1.5")
    page.run_cell(INDEX["say"])
    cell = page.cell(INDEX["parabola"])
    press(slider(cell), "ArrowRight")
    assert ask(page, "6 * 7") == 42
    page.set_source(INDEX["say"], "pause = 0\nexplore_derivative(lambda x: time.sleep(0.005) or x)")
    page.page.evaluate("void jupyterapp.commands.execute('notebook:run-cell')")
    cell = page.cell(INDEX["parabola"])
    for _ in range(5):
        press(slider(cell), "ArrowRight")
        cell.page.wait_for_timeout(100)
    until(cell, lambda: sentence(cell) == "x is 1.006.", "the figure waits for an answer")
    knows(page, "parabola.values", {"x": 1.006})


def test_a_saved_notebook_with_no_kernel_shows_its_figures(
    browser: Browser, lab: str, folder: Path
) -> None:
    stored = nbformat.read(folder / "saved.ipynb", 4)
    with open_notebook(browser, lab, f"{folder.name}/saved.ipynb", kernel=False) as notebook:
        for index, stage in [(1, explore_nudge()), (2, explore_drawing())]:
            cell = notebook.cell(index)
            picture = cell.locator(".jp-OutputArea-output img")
            picture.wait_for()
            assert picture.evaluate("(i) => i.complete && i.naturalWidth") > 600
            assert stage.sentence in stored.cells[index].outputs[0].data["text/plain"]
        words = notebook.page.locator(".jp-Notebook").inner_text().lower()
        assert not re.search("model not found|error|loading widget", words)
        assert not complaints(notebook)


# --- the next day ---


def save(notebook: Notebook) -> None:
    notebook.page.evaluate("jupyterapp.commands.execute('docmanager:save')")


SWAP = 'from utils.checks import check\ncheck("slope.predict_swap", ...)'


def click(cell: Locator, said: str) -> None:
    """Click a wrong option of a question, and wait until this is said to it."""
    cell.locator(".clicks button").first.click()
    cell.locator(".clicks").get_by_text(said).wait_for(timeout=10_000)


def test_the_next_day_every_figure_is_there(browser: Browser, lab: str, folder: Path) -> None:
    """Saved and opened anew: those whose frames travelled move, the others say what to do."""
    path = f"{folder.name}/days.ipynb"
    names = ["imports", "nudge", "parabola"]
    days = notebook_of(names)
    days.cells.append(nbformat.v4.new_code_cell(SWAP, id="swap"))
    nbformat.write(days, folder / "days.ipynb")
    with open_notebook(browser, lab, path) as notebook:
        notebook.run_all()
        for index, frames in ((1, "here"), (2, "kernel")):
            notebook.cell(index).locator(f".stage[data-frames={frames}]").wait_for()
        click(notebook.cell(3), "Not yet.")
        save(notebook)
        notebook.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.shutdown()")
    with open_notebook(browser, lab, path) as notebook:  # with a new kernel
        for index, says in ((1, "At w = 0.6"), (2, "Run this cell again")):
            cell = notebook.cell(index)
            cell.locator(".stage").wait_for()
            assert "rror displaying" not in cell.inner_text()
            settle(cell)
            press(slider(cell), "ArrowRight")
            until(cell, lambda cell=cell, says=says: says in sentence(cell), says)
        waiting = notebook.cell(2).locator(".stage-waiting")
        assert waiting.count() == 1, "an old picture is not shown as if it were new"
        cell = notebook.cell(3)
        cell.locator(".clicks-words").get_by_text("Not yet.").wait_for()  # as yesterday
        click(cell, "Run this cell again")
        assert "rror" not in cell.locator(".jp-OutputArea").inner_text()
        notebook.run_all()
        click(notebook.cell(3), "Not yet.")
        cell = notebook.cell(2)
        cell.locator(".stage[data-frames=kernel]").wait_for()
        press(slider(cell), "ArrowRight")
        until(cell, lambda: sentence(cell) == "x is 1.001.", "run again, it moves")
        assert not complaints(notebook)
    stored = nbformat.read(folder / "days.ipynb", 4)
    stored.metadata.kernelspec = {"name": GONE, "display_name": GONE, "language": "python"}
    stored.metadata.pop("language_info")  # else JupyterLab takes another kernel of the language
    nbformat.write(stored, folder / "years.ipynb")
    path = f"{folder.name}/years.ipynb"
    with open_notebook(browser, lab, path, kernel=False) as notebook:  # with none at all
        cell = notebook.cell(1)
        cell.locator(".jp-OutputArea-output").wait_for()
        assert "rror displaying" not in cell.inner_text()
        picture = cell.locator(".jp-OutputArea-output img, .stage img").first
        picture.wait_for()
        assert picture.evaluate("(i) => i.complete && i.naturalWidth") > 600


def test_a_restarted_kernel_is_said(browser: Browser, lab: str, folder: Path) -> None:
    nbformat.write(notebook_of(["imports", "nudge", "parabola"]), folder / "again.ipynb")
    with open_notebook(browser, lab, f"{folder.name}/again.ipynb") as notebook:
        notebook.run_all()
        cell = notebook.cell(2)
        cell.locator(".stage[data-frames=kernel]").wait_for()
        notebook.page.evaluate(
            "jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()"
        )
        press(slider(cell), "ArrowRight")
        until(cell, lambda: "Run this cell again" in sentence(cell), "it says what happened")
        cell = notebook.cell(1)
        press(slider(cell), "ArrowRight")
        until(cell, lambda: "At w = 0.6" in sentence(cell), "frames that are here move on")


# --- sliders by ear ---


def test_every_slider_has_a_name_and_says_its_value(page: Notebook) -> None:
    cell = figure(page, "nudge")
    handle = slider(cell)
    assert handle.get_attribute("aria-label") == "weight w"
    for _ in range(2):
        press(handle, "ArrowRight")
        settle(cell)
        assert (
            handle.get_attribute("aria-valuetext")
            == cell.locator(".widget-readout").first.inner_text()
        )
    assert cell.locator('[title="null"]').count() == 0


def test_letters_on_a_button_are_no_commands(page: Notebook) -> None:
    cell = figure(page, "nudge")
    cells = page.page.locator(".jp-Notebook .jp-Cell").count()
    cell.locator(".stage-reset").focus()
    for key in "dxab":
        page.page.keyboard.press(key)
        page.page.keyboard.press(key)
    page.page.wait_for_timeout(200)
    assert page.page.locator(".jp-Notebook .jp-Cell").count() == cells


def test_for_a_class_no_name_of_a_slider_is_cut_off(page: Notebook, screenshots) -> None:
    cell = page.cell(INDEX["class"])
    cell.locator(".stage").first.wait_for()
    cell.locator(".stage").last.wait_for()
    labels = cell.locator(".widget-hslider > label")
    names = labels.all_inner_texts()
    assert len(names) == 6 and len(set(names)) == 3
    cut = labels.evaluate_all(
        """(labels) => labels.filter((label) => label.scrollWidth > label.clientWidth + 1
             || label.scrollHeight > label.clientHeight + 1).map((label) => label.innerText)"""
    )
    assert not cut
    if screenshots:
        labels.last.scroll_into_view_if_needed()
        page.page.screenshot(path=screenshots / "names-of-sliders.png")
    box = cell.locator(".widget-vbox").first.bounding_box()
    for track in cell.locator(".slider-container").all():
        place = track.bounding_box()
        assert place["width"] >= 90 and place["x"] + place["width"] <= box["x"] + box["width"]
