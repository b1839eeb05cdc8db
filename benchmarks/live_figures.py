"""How fast does a live figure follow a hand, next to the usual ways of making one?

    python -m benchmarks.live_figures [--rounds 3] [--marks 10,100,1000] [--json FILE] [--quick]

Opens a real JupyterLab in Chromium, one notebook for each technique, and measures the same secant
figure in all of them, in turns, several rounds: a key press on its slider, a drag of the slider's
handle at 60 moves a second, the first paint after the cell is run, three figures that move at
once. Prints values, and ratios to re-plotting with `interact`.

Two of the techniques need ipympl, which the course does not:  python -m pip install ipympl

A state counts as painted at the end of the first animation frame that shows it. The secant figure
has nine marks; further ones are points that all move. Matplotlib draws these as one artist, which
is the best it can do; in our figure each is a mark of its own.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib.util
import json
import math
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

import psutil
from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import find_browser, how_to_get_one
from tools.jupyterlab import BROWSER_FLAGS, LAPTOP, Notebook, open_notebook, running_lab

MOVES_PER_SECOND = 60
VALUES = 61  # of the slider, so that every move of a sweep brings another one
TALL = {"width": 1366, "height": 2400}  # a page that shows three figures at once
BASE_MARKS = 9  # of the secant figure; more are added as points

# --- the figure, once for all techniques ---

SETUP = """
import os, pathlib
pathlib.Path({pid!r}).write_text(str(os.getpid()))
import ipywidgets, matplotlib.pyplot as plt, numpy as np
from IPython.display import display
import utils.stage.conversation as machine
from utils import style
from utils.explorers.rate_of_change import explore_secant, explore_slopes
from utils.stage import Point, Scene, Segment, Slider, Stage, Text
H, ACROSS, UP = 1.5, (-3.5, 5.0), (-2.0, 26.0)

def f(x):
    return x**2

def slope(x):
    return (f(x + H) - f(x)) / H

def sentence(x):
    return f"From x = {{x:.1f}} to x + h = {{x + H:.1f}} the secant has slope {{slope(x):.2f}}."

def pieces(x):
    m, foot = slope(x), UP[0]
    return {{
        "foot of x": ((x, foot), (x, f(x))),
        "foot of x + h": ((x + H, foot), (x + H, f(x + H))),
        "secant": tuple((at, f(x) + m * (at - x)) for at in ACROSS),
        "run": ((x, f(x)), (x + H, f(x))),
        "rise": ((x + H, f(x)), (x + H, f(x + H))),
    }}

def words(x):
    return f"slope {{slope(x):.2f}}", f"rise {{f(x + H) - f(x):.2f}}"

def dots(x, count):
    at = np.linspace(-3.3, 4.8, count)
    return at, 12 + 8 * np.sin(at + x)

def slider():
    return ipywidgets.FloatSlider(value=0, min=-3, max=3, step=0.1, description="x",
                                  layout={{"width": "34em"}}, style={{"description_width": "9em"}})

def empty_axes():
    figure, ax = plt.subplots(figsize=(7.2, 4.2))
    ax.set(xlim=ACROSS, ylim=UP, xlabel="x", ylabel="f(x)", title="f(x) = x²")
    ax.grid()
    curve = np.linspace(*ACROSS, 401)
    ax.plot(curve, f(curve), color="#0072B2", linewidth=2.4)
    return figure, ax

def coordinates(x, count):
    lines = [list(zip(*ends)) for ends in pieces(x).values()]
    return [*lines, ([x], [f(x)]), ([x + H], [f(x + H)]), dots(x, count)]

def add_marks(ax, x, marks):
    looks = ["--", "--", "-", "-", "-", "o", "o", "o"]
    quiet, run, rise, here, there, dot = "#8A8A8A #444444 #D55E00 #111111 #B07000 #555555".split()
    colours = [quiet, quiet, there, run, rise, here, there, dot]
    places = coordinates(x, marks - {base})
    lines = [ax.plot(*place, look, color=colour, markersize=9)[0]
             for place, look, colour in zip(places, looks, colours)]
    texts = [ax.text(at, 1.02, text, transform=ax.transAxes, ha="right")
             for at, text in zip((1.0, 0.7), words(x))]
    return lines, texts

def update(artists, x, marks):
    lines, texts = artists
    for line, place in zip(lines, coordinates(x, marks - {base})):
        line.set_data(*place)
    for text, said in zip(texts, words(x)):
        text.set_text(said)
"""

OURS = """
machine.MAX_FRAMES = {frames}
ax = style.axes(ACROSS, UP, "x", "f(x)", "f(x) = x²")
style.plot_function(ax, f, ACROSS)

def frame(x):
    colours = dict(zip(pieces(x), ("quiet", "quiet", "secant", "run", "rise")))
    marks = {{
        name: Segment(*ends, colour=colours[name], dashed=name.startswith("foot"))
        for name, ends in pieces(x).items()
    }}
    says = words(x)
    marks["slope"] = Text(ACROSS[1], UP[1], says[0], dy=-12, anchor="end")
    marks["rise in words"] = Text(2.5, UP[1], says[1], dy=-12, anchor="end")
    for k, (at, height) in enumerate(zip(*(v.tolist() for v in dots(x, {marks} - {base})))):
        marks[f"dot {{k}}"] = Point(at, height, colour="data")
    marks["end"] = Point(x + H, f(x + H), colour="secant")
    marks["x"] = Point(x, f(x), drag="x")
    return Scene(sentence(x), marks)

Stage(ax, frame, {{"x": Slider(-3, 3, 0, 0.1)}}, "A secant")
"""

INTERACT = """

def replot(x):
    figure, ax = empty_axes()
    add_marks(ax, x, {marks})
    plt.show()
    print(sentence(x))

_ = ipywidgets.interact(replot, x=slider())
"""

_IPYMPL = """
plt.close("all")
plt.ioff()
figure, ax = empty_axes()
artists = add_marks(ax, 0.0, {marks})
said, hand = ipywidgets.Label(sentence(0.0)), slider()
"""
_SHOW = """
hand.observe(moved, "value")
display(ipywidgets.VBox([figure.canvas, said, hand]))
"""

ARTISTS = (
    _IPYMPL
    + """
def moved(change):
    update(artists, change["new"], {marks})
    said.value = sentence(change["new"])
    figure.canvas.draw_idle()
"""
    + _SHOW
)

BLITTING = (
    _IPYMPL
    + """
moving = [artist for group in artists for artist in group]
for artist in moving:
    artist.set_animated(True)
background = None

def draw_moving():
    for artist in moving:
        ax.draw_artist(artist)

def keep(_event):
    global background
    background = figure.canvas.copy_from_bbox(figure.bbox)
    draw_moving()

figure.canvas.mpl_connect("draw_event", keep)

def moved(change):
    update(artists, change["new"], {marks})
    said.value = sentence(change["new"])
    figure.canvas.restore_region(background)
    draw_moving()
    figure.canvas.blit(figure.bbox)
"""
    + _SHOW
)

PICTURE = """%config InlineBackend.figure_format = {format!r}
figure, ax = empty_axes()
add_marks(ax, 0.0, {marks})
plt.show()
"""


@dataclass(frozen=True)
class Technique:
    """A way of making the figure live. look: how the page shows it: stage, image or canvas."""

    name: str
    title: str
    look: str
    cell: str
    frames: int = 0
    backend: str = "inline"

    def source(self, marks: int) -> str:
        """The cell that makes the figure with so many marks."""
        cell = self.cell.format(marks=marks, base=BASE_MARKS, frames=self.frames)
        # What was measured before must not go on answering.
        return "ipywidgets.Widget.close_all()\n" + cell


TECHNIQUES = (
    Technique("interact", "interact, inline", "image", INTERACT),
    Technique("frames", "ours, frames travel", "stage", OURS, frames=8_000),
    Technique("kernel", "ours, kernel answers", "stage", OURS),
    Technique("artists", "ipympl, artists updated", "canvas", ARTISTS, backend="widget"),
    Technique("blitting", "ipympl, blitting", "canvas", BLITTING, backend="widget"),
)
REFERENCE = TECHNIQUES[0].name

# --- in the page ---

PAGE_SCRIPT = """
window.bench = (() => {
  const after = new MessageChannel();
  let figures = [], running = false, pressed = 0, expecting = null;
  let begun = 0, screen = null;
  // A message sent while an animation frame begins is delivered once the frame has been painted.
  const tick = () => {
    begun = performance.now();
    after.port2.postMessage(0);
    if (running) requestAnimationFrame(tick);
  };
  after.port1.onmessage = () => {
    const now = performance.now();
    if (pressed && screen === null && begun > pressed) screen = now - pressed;
    for (const figure of figures) {
      if (!figure.dirty) continue;
      figure.dirty = false;
      const state = figure.state();
      if (state === figure.shown) continue;
      figure.shown = state;
      figure.paints.push(now);
      if (expecting && pressed) { expecting([now - pressed, screen]); expecting = null; }
    }
  };
  window.addEventListener('keydown', (event) => { pressed = event.timeStamp; }, true);

  const drawImage = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (image, ...rest) {
    drawImage.call(this, image, ...rest);
    if (image instanceof HTMLImageElement)
      for (const figure of figures)
        if (figure.look === 'canvas') { figure.latest = image.src; figure.dirty = true; }
  };

  const watchers = {
    stage(figure, area) {
      // The sentence changes together with the marks; watching one node keeps the watching cheap.
      const sentence = area.querySelector('.stage-sentence');
      const handles = [...area.querySelectorAll('.stage-handle')];
      const observer = new MutationObserver(() => { figure.dirty = true; });
      observer.observe(sentence, { childList: true, characterData: true, subtree: true });
      handles.forEach((node) => observer.observe(node, { attributes: true }));
      figure.state = () => sentence.textContent + handles.map((node) => node.dataset.at);
      return () => observer.disconnect();
    },
    image(figure, area) {
      const loaded = (event) => { figure.latest = event.target.src; figure.dirty = true; };
      area.addEventListener('load', loaded, true);
      figure.state = () => figure.latest;
      return () => area.removeEventListener('load', loaded, true);
    },
    canvas(figure) {
      figure.state = () => figure.latest;
      return () => {};
    },
  };
  let leaving = [];

  function watch(look, areas) {
    leaving.forEach((undo) => undo());
    figures = areas.map(() => ({ look, dirty: false, paints: [], latest: null, shown: null }));
    leaving = figures.map((figure, i) => watchers[look](figure, areas[i]));
    for (const figure of figures) figure.shown = figure.state();
    if (!running) { running = true; requestAnimationFrame(tick); }
  }
  function stop() { running = false; }

  let answer = null;
  function expect() {
    pressed = 0;
    screen = null;
    answer = new Promise((done) => { expecting = done; });
  }

  const mouse = (target, type, x, y) => target.dispatchEvent(new MouseEvent(type, {
    bubbles: true, cancelable: true, view: window, button: 0, buttons: type === 'mouseup' ? 0 : 1,
    clientX: x, clientY: y,
  }));

  // Moves are due at fixed times; one that comes too late is left out, as a pointer's would be.
  async function drag(handles, areas, seconds, perSecond, values) {
    const grips = handles.map((handle) => handle.getBoundingClientRect());
    const x = grips[0].left + grips[0].width / 2, y = grips[0].top + grips[0].height / 2;
    const step = handles[0].closest('.noUi-base').getBoundingClientRect().width / (values - 1);
    const count = Math.round(seconds * perSecond), way = values - 1;
    const place = (k) => x + step * (way - Math.abs(way - (k % (2 * way))));
    const heights = areas.map((area) => area.getBoundingClientRect().height);
    const lowest = [...heights];
    const sizes = new ResizeObserver((entries) => {
      for (const { target } of entries) {
        const i = areas.indexOf(target);
        lowest[i] = Math.min(lowest[i], target.getBoundingClientRect().height);
      }
    });
    areas.forEach((area) => sizes.observe(area));
    handles.forEach((handle) => mouse(handle.querySelector('.noUi-touch-area'), 'mousedown', x, y));
    for (const figure of figures) figure.paints.length = 0;
    const begun = performance.now();
    let k = 0, moves = 0, last = begun;
    while (k < count) {
      const due = Math.max(k + 1, Math.floor((performance.now() - begun) * perSecond / 1000));
      k = Math.min(count, due);
      const wait = begun + k * 1000 / perSecond - performance.now();
      if (wait > 0) await new Promise((done) => setTimeout(done, wait));
      last = performance.now();
      moves++;
      mouse(document.documentElement, 'mousemove', place(k), y);
    }
    mouse(document.documentElement, 'mouseup', place(count), y);
    // Until nothing has been painted for a while; on a busy machine a picture may take a second.
    const latest = () => Math.max(last, ...figures.flatMap((figure) => figure.paints.slice(-1)));
    while (performance.now() - latest() < 2500 && performance.now() - last < 30000)
      await new Promise((done) => setTimeout(done, 50));
    sizes.disconnect();
    return {
      moves, steps: count,
      fps: figures.map((f) => f.paints.filter((t) => t <= last).length * 1000 / (last - begun)),
      lag: figures.map((f) => Math.max(0, (f.paints.at(-1) ?? begun) - last)),
      height: Math.min(...lowest.map((low, i) => low / heights[i])),
    };
  }

  const ready = {
    stage: (area) => {
      const image = area.querySelector('.stage-picture > img');
      return image?.complete && image.naturalWidth && area.querySelector('.stage-handle[data-at]');
    },
    image: (area) => {
      const image = area.querySelector('img');
      return image?.complete && image.naturalWidth;
    },
    canvas: (area) => area.querySelector('canvas'),
  };

  // From running the active cell to its figure on the screen.
  const clear = () => jupyterapp.shell.currentWidget.content.activeCell.model.outputs.clear();
  function firstPaint(area, look) {
    clear();
    const begun = performance.now();
    jupyterapp.commands.execute('notebook:run-cell');
    return new Promise((done) => {
      const painted = new MessageChannel();
      painted.port1.onmessage = () => done(performance.now() - begun);
      const look_again = () => {
        if (ready[look](area())) painted.port2.postMessage(0);
        else requestAnimationFrame(look_again);
      };
      requestAnimationFrame(look_again);
    });
  }
  return { watch, stop, expect, answer: () => answer, drag, firstPaint, clear,
           ready: (look, area) => Boolean(area && ready[look](area)) };
})();
"""

# --- measuring ---


class Failed(RuntimeError):
    """Something was not as a measurement needs it; the message says what."""


@dataclass
class Desk:
    """A notebook open in its own page, for one technique, and what it has sent and received."""

    technique: Technique
    notebook: Notebook
    folder: Path
    traffic: int = 0
    kernel: psutil.Process | None = None

    @property
    def page(self) -> Page:
        """The page in the browser."""
        return self.notebook.page

    def prepare(self) -> None:
        """Imports and the figure's numbers; learns which process the kernel is."""
        pid = self.folder / f"{self.technique.name}.pid"
        self.run(
            0,
            f"%matplotlib {self.technique.backend}\n" + SETUP.format(pid=str(pid), base=BASE_MARKS),
        )
        self.kernel = psutil.Process(int(pid.read_text()))
        self.page.evaluate(PAGE_SCRIPT)

    def run(self, index: int, source: str) -> None:
        """Write a cell and run it; raises Failed where it fails."""
        self.notebook.set_source(index, source)
        self.notebook.run_cell(index)
        broken = [out["ename"] for out in self.notebook.outputs() if out["type"] == "error"]
        if broken:
            raise Failed(f"The cell for “{self.technique.title}” raised {broken[0]}.")

    def area(self, index: int = 1) -> str:
        """JavaScript for the output area of a cell."""
        cell = f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]'
        return f"document.querySelector('{cell} .jp-Cell-outputArea')"

    def show(self, marks: int) -> None:
        """Run the figure's cell, and wait until it can be moved."""
        self.run(1, self.technique.source(marks))
        self.wait_until_ready(1)
        if self.technique.look == "stage":
            self.expect_frames("here" if self.technique.frames else "kernel", 1)
        self.page.wait_for_timeout(400)

    def wait_until_ready(self, index: int) -> None:
        """Scroll to the figure of a cell, and wait until it is in the page."""
        self.notebook.cell(index)
        self.page.wait_for_function(
            f"bench.ready('{self.technique.look}', {self.area(index)})", timeout=30_000
        )

    def expect_frames(self, where: str, index: int) -> None:
        """Wait until the figure knows where its frames are; raises Failed if not `where`."""
        stage = f"{self.area(index)}.querySelector('.stage')"
        self.page.wait_for_function(f"{stage}.dataset.frames !== undefined", timeout=30_000)
        found = self.page.evaluate(f"{stage}.dataset.frames")
        if found != where:
            raise Failed(f"“{self.technique.title}” should take its frames {where}, not {found}.")

    def watch(self, indices: Sequence[int] = (1,)) -> None:
        """Begin to note when the figures of these cells are painted."""
        areas = ", ".join(self.area(i) for i in indices)
        self.page.evaluate(f"bench.watch('{self.technique.look}', [{areas}])")

    def key_presses(self, count: int, index: int = 1) -> tuple[list[float], list[float]]:
        """Milliseconds from each of `count` arrow keys to the paint, and to the next frame."""
        handle = self.page.locator(
            f'.jp-Cell[data-windowed-list-index="{index}"] .widget-hslider .noUi-handle'
        ).first
        handle.focus()
        took = []
        for k in range(count):
            self.page.evaluate("bench.expect()")
            self.page.keyboard.press("ArrowRight" if k % 20 < 10 else "ArrowLeft")
            took.append(self.page.evaluate("bench.answer()"))
            # At any moment between two frames of the screen, and after all that trails behind.
            self.page.wait_for_timeout(random.uniform(120, 220))
        paints, screens = zip(*took, strict=True)
        return list(paints), list(screens)

    def drag(self, seconds: float, indices: Sequence[int] = (1,)) -> dict:
        """Drag the first slider of each of these cells at once; see `drag` in PAGE_SCRIPT."""
        cells = [f'.jp-Cell[data-windowed-list-index="{i}"] .widget-hslider' for i in indices]
        for cell in cells:
            self.page.locator(f"{cell} .noUi-handle").first.press("Home")
            self.page.wait_for_timeout(600)
        handles = ", ".join(f"document.querySelector('{cell} .noUi-handle')" for cell in cells)
        areas = ", ".join(self.area(i) for i in indices)
        cpu, traffic = self.cpu_seconds(), self.traffic
        result = self.page.evaluate(
            f"bench.drag([{handles}], [{areas}], {seconds}, {MOVES_PER_SECOND}, {VALUES})"
        )
        result["cpu"] = 1000 * (self.cpu_seconds() - cpu) / result["steps"]
        result["bytes"] = (self.traffic - traffic) / result["steps"]
        return result

    def check_end(self, steps: int) -> None:
        """Raise Failed where the figure does not show the value at which the drag ended."""
        way = VALUES - 1
        value = -3 + 0.1 * (way - abs(way - steps % (2 * way)))
        text = self.page.evaluate(f"{self.area()}.innerText").replace("\N{MINUS SIGN}", "-")
        shown = re.search(r"From x = (-?\d+\.\d)", text)
        if shown is None or not math.isclose(float(shown[1]), value, abs_tol=0.051):
            raise Failed(
                f"“{self.technique.title}” ended at {shown and shown[1]}, not {value:.1f}."
            )

    def cpu_seconds(self) -> float:
        """Processor time of the kernel so far."""
        times = self.kernel.cpu_times()
        return times.user + times.system

    def first_paint(self, source: str) -> float:
        """Milliseconds from running a cell to its figure on the screen."""
        self.notebook.set_source(2, source)
        self.notebook.cell(2)
        look = "image" if source.startswith("%config") else self.technique.look
        took = self.page.evaluate(f"bench.firstPaint(() => {self.area(2)}, '{look}')")
        self.page.wait_for_timeout(700)
        # The next figure must not stand below this one, out of view.
        self.page.evaluate("bench.clear()")
        return took


@dataclass(frozen=True)
class Measured:
    """One technique in one round. Times in milliseconds.

    screen: from a key press to the next frame of the screen, whatever it shows; nothing is faster.
    cpu, bytes: of the kernel and of its websocket, for each step of the slider in a drag.
    height: the lowest of the output area in a drag, as a part of its height before.
    """

    screen: float
    key: float
    key_p95: float
    fps: float
    lag: float
    cpu: float
    bytes: float
    height: float
    moves: int
    keys: list[float] = field(default_factory=list)


COLUMNS = {
    "screen": ("next frame, ms", "{:.1f}"),
    "key": ("key → paint, ms", "{:.1f}"),
    "key_p95": ("its p95, ms", "{:.1f}"),
    "fps": ("frames/s", "{:.1f}"),
    "lag": ("lag, ms", "{:.0f}"),
    "cpu": ("kernel ms/step", "{:.2f}"),
    "bytes": ("bytes/step", "{:.0f}"),
}


def p95(values: Sequence[float]) -> float:
    """The value below which 95 of 100 lie (nearest rank)."""
    return sorted(values)[math.ceil(0.95 * len(values)) - 1]


def measure(desk: Desk, marks: int, presses: int, seconds: float) -> Measured:
    """One technique once."""
    desk.show(marks)
    desk.watch()
    keys, screens = desk.key_presses(presses)
    drag = desk.drag(seconds)
    desk.page.evaluate("bench.stop()")
    desk.check_end(drag["steps"])
    return Measured(
        screen=median(screens),
        key=median(keys),
        key_p95=p95(keys),
        fps=drag["fps"][0],
        lag=drag["lag"][0],
        cpu=drag["cpu"],
        bytes=drag["bytes"],
        height=drag["height"],
        moves=drag["moves"],
        keys=keys,
    )


EXPLORERS = ("explore_secant('square')", "explore_secant('sin')", "explore_secant('cube')")


def measure_three(desk: Desk, presses: int, seconds: float) -> dict:
    """Three explorers on one page: a key press on the last, then a drag of all three at once."""
    indices = (1, 2, 3)
    for index, source in zip(indices, EXPLORERS, strict=True):
        desk.run(index, f"machine.MAX_FRAMES = 8_000\n{source}")
    desk.page.set_viewport_size(TALL)
    for index in indices:
        desk.wait_until_ready(index)
        desk.expect_frames("here", index)
    desk.watch(indices)
    keys, _ = desk.key_presses(presses, 3)
    drag = desk.drag(seconds, indices)
    desk.page.evaluate("bench.stop()")
    desk.page.set_viewport_size(LAPTOP)
    for index in indices[1:]:
        desk.run(index, "pass")
    return {"key": median(keys), "fps": min(drag["fps"]), "lag": max(drag["lag"])}


@contextlib.contextmanager
def desks(browser: Browser, address: str, folder: Path, names: Sequence[str]) -> Iterator[dict]:
    """A prepared notebook for every technique, by name."""
    with contextlib.ExitStack() as stack:
        opened = {}
        for technique in TECHNIQUES:
            if technique.name not in names:
                continue
            path = folder / f"{technique.name}.ipynb"
            path.write_text(json.dumps(empty_notebook(cells=4)))
            notebook = stack.enter_context(open_notebook(browser, address, path.name))
            desk = opened[technique.name] = Desk(technique, notebook, folder)
            listen(desk)
            desk.prepare()
        yield opened


def listen(desk: Desk) -> None:
    """Count what goes over the websocket of the kernel; it is opened anew, to be heard."""

    def count(payload: str | bytes) -> None:
        desk.traffic += len(payload)

    def opened(socket) -> None:
        if "/channels" in socket.url:
            socket.on("framesent", count)
            socket.on("framereceived", count)

    desk.page.on("websocket", opened)
    desk.page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.reconnect()")
    desk.page.wait_for_function(
        "jupyterapp.shell.currentWidget.sessionContext.session.kernel.connectionStatus"
        " === 'connected'"
    )


def empty_notebook(cells: int) -> dict:
    """A notebook with so many empty code cells."""
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": []}
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {"kernelspec": kernel},
        "cells": [cell | {"id": f"cell-{i}", "source": ""} for i in range(cells)],
    }


def in_turn(things: Sequence, number: int) -> list:
    """The same things, beginning with another one in every round."""
    start = number % len(things)
    return [*things[start:], *things[:start]]


def first_paints(opened: dict[str, Desk], number: int, repeats: int) -> dict[str, list[float]]:
    """First paint of our figure, and of its inline picture, in turns; the first is cold."""
    candidates = {
        "ours": (opened["frames"], OURS.format(marks=10, base=BASE_MARKS, frames=8_000)),
        "explore_secant": (opened["frames"], "explore_secant('square')"),
        "picture": (opened[REFERENCE], PICTURE.format(format="png", marks=10)),
        "picture, as sharp as ours": (
            opened[REFERENCE],
            PICTURE.format(format="retina", marks=10),
        ),
    }
    took: dict[str, list[float]] = {name: [] for name in candidates}
    for repeat in range(repeats):
        for name in in_turn(list(candidates), number + repeat):
            desk, source = candidates[name]
            took[name].append(desk.first_paint(source))
    return took


# --- what is printed ---


def print_table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Columns aligned, the first to the left."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    for row in [head, *rows]:
        cells = [
            row[0].ljust(widths[0]),
            *(c.rjust(w) for c, w in zip(row[1:], widths[1:], strict=True)),
        ]
        print("  ".join(cells))


def values_of(runs: Sequence[Measured]) -> dict[str, float]:
    """The median over the rounds, for every column."""
    return {name: median(getattr(run, name) for run in runs) for name in COLUMNS}


def ratios_of(runs: Sequence[Measured], reference: Sequence[Measured]) -> dict[str, float]:
    """The median of each round's ratio to `interact` in the same round."""
    pairs = list(zip(runs, reference, strict=True))
    return {
        name: median(getattr(a, name) / (getattr(b, name) or math.nan) for a, b in pairs)
        for name in COLUMNS
    }


def report(runs: dict[int, dict[str, list[Measured]]]) -> dict:
    """Print values and ratios; returns them."""
    titles = {technique.name: technique.title for technique in TECHNIQUES}
    head = [title for title, _ in COLUMNS.values()]
    found = {}
    for marks, by_name in runs.items():
        values = {name: values_of(rounds) for name, rounds in by_name.items()}
        ratios = {name: ratios_of(rounds, by_name[REFERENCE]) for name, rounds in by_name.items()}
        print(f"\n{marks} marks: values, median over the rounds")
        print_table(
            ["", *head],
            [
                [titles[name], *(COLUMNS[c][1].format(v[c]) for c in COLUMNS)]
                for name, v in values.items()
            ],
        )
        print(f"\n{marks} marks: ratios to interact")
        print_table(
            ["", *head],
            [[titles[name], *(f"{r[c]:.3f}" for c in COLUMNS)] for name, r in ratios.items()],
        )
        found[str(marks)] = {"values": values, "ratios": ratios}
    return found


def report_first_paint(took: Sequence[dict[str, list[float]]]) -> dict:
    """Print how long the first paint took; returns it."""
    warm = {name: median(t for one in took for t in one[name][1:]) for name in took[0]}
    cold = {name: took[0][name][0] for name in took[0]}
    print("\nfirst paint after the cell is run (the very first, then the median of the others)")
    print_table(
        ["", "cold, ms", "warm, ms", "÷ picture", "÷ as sharp"],
        [
            [
                name, f"{cold[name]:.0f}", f"{warm[name]:.0f}",
                f"{warm[name] / warm['picture']:.2f}",
                f"{warm[name] / warm['picture, as sharp as ours']:.2f}",
            ]
            for name in warm
        ],
    )  # fmt: skip
    return {"cold": cold, "warm": warm}


def main() -> int:
    options = read_options()
    program = find_browser()
    if program is None:
        raise SystemExit(f"No browser was found to measure in. To get one:  {how_to_get_one()}")
    names = options.techniques
    if {"artists", "blitting"} & set(names) and importlib.util.find_spec("ipympl") is None:
        raise SystemExit(
            "Two of the techniques need ipympl. To get it:  python -m pip install ipympl  "
            "(or leave them out with --techniques interact,frames,kernel)."
        )
    rounds, presses, seconds = (1, 5, 1.0) if options.quick else (options.rounds, 20, 3.0)
    runs = {marks: {name: [] for name in names} for marks in options.marks}
    paints, threes = [], []
    with (
        tempfile.TemporaryDirectory() as name,
        running_lab(Path(name)) as address,
        sync_playwright() as playwright,
    ):
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        with desks(chromium, address, Path(name), names) as opened:
            for number in range(rounds):
                if "frames" in opened:
                    paints.append(first_paints(opened, number, 2 if options.quick else 4))
                for marks in options.marks:
                    for technique in in_turn(names, number):
                        one = measure(opened[technique], marks, presses, seconds)
                        runs[marks][technique].append(one)
                        say(number, marks, technique, one)
                if "frames" in opened:
                    threes.append(measure_three(opened["frames"], presses, seconds))
        chromium.close()
    found = {"figures": report(runs)}
    if threes:
        found["first paint"] = report_first_paint(paints)
        three = {key: median(one[key] for one in threes) for key in threes[0]}
        print(
            f"\nthree explorers on one page, all three moving: key → paint {three['key']:.1f} ms, "
            f"slowest {three['fps']:.1f} frames/s, lag {three['lag']:.0f} ms"
        )
        ours = [one for by in runs.values() for n in ("frames", "kernel") for one in by.get(n, [])]
        lowest = min(one.height for one in ours)
        print(
            f"no flicker: {'yes' if lowest >= 0.9 else 'NO'} (the output area of ours kept "
            f"at least {lowest:.0%} of its height)"
        )
        found |= {"three": three, "no flicker": lowest >= 0.9}
    if options.json:
        every = {
            str(marks): {name: [asdict(one) for one in rounds] for name, rounds in by.items()}
            for marks, by in runs.items()
        }
        found["rounds"] = {"figures": every, "first paint": paints, "three": threes}
        options.json.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    return 0


def say(number: int, marks: int, technique: str, one: Measured) -> None:
    """One line as the run goes on."""
    print(
        f"round {number + 1}, {marks} marks, {technique}: key {one.key:.1f} ms, "
        f"{one.fps:.1f} frames/s, lag {one.lag:.0f} ms, kernel {one.cpu:.2f} ms/step, "
        f"height {one.height:.0%}",
        flush=True,
    )


def read_options() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--marks", type=comma_separated(int), default=[10], help="such as 10,100")
    parser.add_argument("--json", type=Path, help="write everything measured into this file")
    parser.add_argument("--quick", action="store_true", help="one round, 1-second drags")
    everything = [technique.name for technique in TECHNIQUES]
    parser.add_argument("--techniques", type=comma_separated(str), default=everything)
    options = parser.parse_args()
    unknown = [name for name in options.techniques if name not in everything]
    if unknown or REFERENCE not in options.techniques:
        parser.error(f"--techniques takes {REFERENCE} and any of: {', '.join(everything[1:])}.")
    if any(marks <= BASE_MARKS for marks in options.marks) or options.rounds < 1:
        parser.error(f"at least one round, and more than {BASE_MARKS} marks.")
    return options


def comma_separated(kind: Callable) -> Callable[[str], list]:
    """Reads "10,100" as a list."""
    return lambda text: [kind(part) for part in text.split(",")]


if __name__ == "__main__":
    sys.exit(main())
