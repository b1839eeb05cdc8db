"""Every figure of every notebook, one after the other on a light page: move, drag, look.

The notebook is run by a kernel as always, and its figures are shown as that kernel describes them
to a front end; what they ask is answered there. How the same figures live in JupyterLab is seen in
test_notebooks.py, for each kind of figure once; that the sizes told here are JupyterLab's, too.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, ElementHandle

from tests import nbval_strict
from tests.browser.accessibility import violations
from tests.browser.figure_page import Answers, FigurePage, open_figure_page
from tests.browser.figures import AROUND, CLICK, COLLIDING, ROOMS, ROW, centre, parts
from tests.browser.run_figures import NOTEBOOKS, Figure, run
from tests.browser.sweep import faults, states
from tests.browser.test_notebooks import IN_JUPYTERLAB
from tests.colours import too_alike
from tools.executor import NotebookKernel
from tools.jupyterlab import LAPTOP, PROJECTOR, ROOT
from utils import style
from utils.stage.sizes import widest

pytestmark = pytest.mark.browser

# --- using one ---


class Hand:
    """Uses the figure that is shown. start: how it looks where Reset brings it, as at once.

    (A cell may have moved its figure.)
    """

    def __init__(self, shown: FigurePage) -> None:
        self.shown, self.page = shown, shown.page
        self._reset = shown.page.query_selector(".stage-reset")
        self._reset.evaluate(CLICK)
        self.start = self.seen = shown.look()

    def reset(self) -> None:
        self._reset.evaluate(CLICK)
        self.seen = self.shown.look()
        assert self.seen.marks == self.start.marks, "Reset did not lead back"

    def moves(self) -> bool:
        """Whether marks and sentence are other than they were when it was last looked at."""
        before, self.seen = self.seen, self.shown.look()
        return before.marks != self.seen.marks and before.sentence != self.seen.sentence

    def must_move(self, what: str) -> None:
        """As `moves`, and no words lie on others."""
        assert self.moves(), f"{what}: the marks or the sentence stay as they are"
        assert not self.seen.colliding, what

    def must_change(self, what: str) -> None:
        """As `must_move`, where it is enough that marks or sentence are others."""
        before, self.seen = self.seen, self.shown.look()
        assert before != self.seen, f"{what}: nothing changes"
        assert not self.seen.colliding, what


def move_every_control(hand: Hand) -> int:
    """Sliders by keyboard to both ends, each option, each box; returns how many there are."""
    controls = hand.page.query_selector_all(".stage-control")
    for control in controls:
        name = control.query_selector("label").inner_text()
        field = control.query_selector("input, select")
        if control.query_selector("select"):
            for i in range(field.evaluate("(select) => select.options.length")):
                if i != field.evaluate("(select) => select.selectedIndex"):
                    field.select_option(index=i)
                    hand.must_change(f"{name}, option {i}")
        elif field.get_attribute("type") == "checkbox":
            field.click()
            hand.must_change(name)
        else:
            for key in ("End", "Home"):
                at = field.input_value()
                field.press(key)
                if field.input_value() != at:
                    hand.must_move(f"{name}, {key}")
        hand.reset()
    return len(controls)


def drag_every_point(hand: Hand) -> int:
    """Each point by pointer and by arrow keys; returns how many there are."""
    handles = hand.page.query_selector_all(".stage-handle")
    for handle in handles:
        name = handle.get_attribute("data-mark")
        # A point on a curve moves along it only: pull it both ways.
        assert any(
            pulled(hand, handle, *way) for way in [(70, -70), (-70, 70), (80, 80), (-80, -80)]
        ), f"dragging {name} changed nothing"
        hand.reset()
        ends = [handle.get_attribute(f"aria-value{end}") for end in ("now", "max")]
        key = "ArrowLeft" if ends[0] == ends[1] else "ArrowRight"
        handle.focus()
        hand.page.keyboard.press(key)
        hand.must_move(f"{key} on {name}")
        hand.reset()
    return len(handles)


def pulled(hand: Hand, handle: ElementHandle, dx: float, dy: float) -> bool:
    """Whether a point follows the pointer some way, and the sentence with it."""
    x, y = centre(handle)
    mouse = hand.page.mouse
    mouse.move(x, y)
    mouse.down()
    mouse.move(x + dx / 2, y + dy / 2)
    mouse.move(x + dx, y + dy)
    mouse.up()
    return hand.moves()


def look_at_extremes(shown: FigurePage, figure: Figure) -> None:
    """Nothing is wrong with all sliders at an end, nor in two states at random."""
    named = states(figure.spec, at_random=2, options=False)
    for name, wrong in zip(named, faults(shown, list(named.values())), strict=True):
        assert not wrong, f"cell {figure.cell}, {name}"


def assert_accessible(shown: FigurePage, where: str) -> None:
    """No faults on a light page, and none on a dark one."""
    for scheme, paper in zip(("dark", "light"), reversed(style.PAPER), strict=True):
        shown.page.emulate_media(color_scheme=scheme)
        shown.page.wait_for_function(
            "(paper) => figure.root.style.getPropertyValue('--stage-paper') === paper", arg=paper
        )
        assert not violations(shown.page, "main"), f"{where}, {scheme}"


# What JupyterLab takes of the window for a class, in width and height (test_class_mode.py).
AROUND_CLASS = (102, 103)
LEAST_LETTERS = 16  # pixels, in the tallest pictures; nearly all have 18

# Once the figure is laid out: what of it is cut off or lies on other words.
CLASS_FAULTS = f"""async () => {{
  for (let n = 0; n < 2; n++) await new Promise((done) => requestAnimationFrame(done));
  const colliding = {COLLIDING}, {{ root, layer, picture, spec }} = figure;
  const words = [...root.querySelectorAll(".stage-sentence, .stage-goal, .stage-button")];
  const cut = words.filter((node) => node.scrollWidth > node.clientWidth + 1)
    .map((node) => `"${{node.innerText}}" is cut off`);
  const {{ width, height }} = document.querySelector(".stage-box").getBoundingClientRect();
  const room = {{ width: innerWidth - {AROUND_CLASS[0]}, height: innerHeight - {AROUND_CLASS[1]} }};
  if (width > room.width || height > room.height) cut.push(`it is ${{width}} x ${{height}}`);
  if (words.some((node) => parseFloat(getComputedStyle(node).fontSize) < 18))
    cut.push("its words are too small");
  const letters = spec.sizes.font * picture.clientWidth / spec.width;
  if (letters < {LEAST_LETTERS}) cut.push(`letters in the picture have ${{letters}} pixels`);
  return [...colliding(layer), ...cut];
}}"""


def assert_fits_a_class(shown: FigurePage, figure: Figure) -> None:
    """For a class it is shown larger, with all of its words.

    test_explorers.py holds that its spec differs in these two entries alone.
    """
    spec = figure.spec
    large = {"projector": True, "widest": widest(spec["width"], spec["height"], projector=True)}
    shown.show(figure.as_shown() | {"spec": spec | large, "asks": False})
    for size in (PROJECTOR, {"width": 1280, "height": 720}):
        shown.page.set_viewport_size(size)
        shown.page.evaluate(
            "(w) => { document.querySelector('main').style.width = w + 'px' }",
            size["width"] - AROUND_CLASS[0],
        )
        wrong = shown.page.evaluate(CLASS_FAULTS)
        assert not wrong, f"cell {figure.cell}, for a class, {size}"
    shown.page.set_viewport_size(LAPTOP)


def fits(shown: FigurePage, figure: Figure) -> None:
    """With its sentence and sliders it is seen whole, with no scrolling."""
    for wide, high in ROOMS.values():
        shown.page.evaluate(
            "(w) => { document.querySelector('main').style.width = w + 'px' }", wide
        )
        box = shown.figure.bounding_box()
        assert box["width"] <= wide, "too wide"
        assert box["height"] + AROUND + ROW * figure.rows <= high, "too high"


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_every_figure_moves(
    path: str, browser: Browser, screenshots: Path | None, pytestconfig: pytest.Config
) -> None:
    seconds = float(pytestconfig.getini("nbval_strict_timeout"))
    needed: set[str] = set()
    moved = dragged = 0
    is_moved = not path.startswith("solutions/")  # the same figures as the exercises have
    with NotebookKernel(ROOT / Path(path).parent) as kernel:
        runs, found = run(kernel, path, seconds)
        nbval_strict.keep(ROOT / path, runs)  # its own test compares them

        def answer(question: dict[str, Any]) -> Answers:
            if question["ask"] == "frames" and not is_moved:  # it is seen as it opens
                return [({"frames": None, "id": question.get("id", 0)}, [])]
            return kernel.ask_widget(figure.canvas, question)

        with browser.new_context(viewport=LAPTOP) as context:
            shown = open_figure_page(context, answer=answer)
            for number, figure in enumerate(found, 1):
                shown.show(figure.as_shown())
                assert not shown.look().colliding, f"cell {figure.cell}, as it opens"
                fits(shown, figure)
                alike = too_alike(mark["colour"] for mark in figure.spec["marks"])
                assert not alike, f"cell {figure.cell}: {alike}"
                needed |= parts(figure.spec, shown.has_frames())
                if screenshots:
                    name = f"{Path(path).stem}-{Path(path).parent}-{number}.png"
                    shown.page.screenshot(path=screenshots / name)
                if is_moved:
                    assert_accessible(shown, f"cell {figure.cell}")
                    hand = Hand(shown)
                    moved += move_every_control(hand)
                    dragged += drag_every_point(hand)
                    look_at_extremes(shown, figure)
                if path.startswith("notebooks/"):
                    assert_fits_a_class(shown, figure)
                assert not shown.complaints
    if path.startswith("notebooks/"):
        assert moved and dragged, "a lesson has something to move and to drag"
    # Such figures are moved in JupyterLab as well.
    assert needed <= set().union(*IN_JUPYTERLAB.values())
    assert needed >= IN_JUPYTERLAB.get(path, set())
