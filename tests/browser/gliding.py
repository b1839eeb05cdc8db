"""How far a point stays behind the hand that drags it."""

from tests.browser.figure_page import FigurePage

# A hand goes where a point can go: past the next values of one slider, in small hops, on a straight
# way from each to the next. Distances in pixels of the page, by slider; null where it counts.
ASTRAY = """async ([name, values, hops]) => {
  const mark = figure.spec.marks.find((mark) => mark.name === name);
  const node = document.querySelector(`.stage-handle[data-mark="${CSS.escape(name)}"]`);
  const here = () => node.dataset.at.split(",").map(Number), zoom = figure.zoom();
  const start = figure.positions(), found = {};
  const to = async (at) => { at.forEach((k, i) => figure.move(i, k, true)); await settled(); };
  const act = async (kind, [x, y]) => {
    const { left, top } = figure.layer.getBoundingClientRect();
    const there = { clientX: left + x / zoom, clientY: top + y / zoom, pointerId: 1 };
    node.dispatchEvent(new PointerEvent(kind, { bubbles: true, ...there }));
    await settled();
  };
  node.setPointerCapture = () => {}; // this pointer is nobody's
  for (const i of mark.drag) {
    const control = figure.spec.controls[i], last = control.values.length - 1;
    if (control.values.every(Number.isInteger)) { found[control.name] = null; continue; }
    const onwards = start[i] + values > last ? -1 : 1, way = [], astray = [];
    for (let k = 0; k <= values; k++) {
      await to(start.map((at, j) => (j === i ? at + onwards * k : at)));
      way.push(here());
    }
    await to(start);
    await act("pointerdown", way[0]);
    for (let k = 0; k < values; k++) for (let hop = 1; hop <= hops; hop++) {
      const [x, y] = [0, 1].map((c) => way[k][c] + (way[k + 1][c] - way[k][c]) * hop / hops);
      await act("pointermove", [x, y]);
      astray.push(Math.hypot(here()[0] - x, here()[1] - y) / zoom);
    }
    await act("pointerup", way[values]);
    await to(start);
    found[control.name] = astray;
  }
  delete node.setPointerCapture;
  return found;
}"""


def astray(
    shown: FigurePage, name: str, values: int = 2, hops: int = 4
) -> dict[str, list[float] | None]:
    """Of each slider that a point drags: how many pixels away from the hand the point is, each time
    the hand has moved a little, past so many of its values; None for one that counts.
    """
    return shown.page.evaluate(ASTRAY, [name, values, hops])
