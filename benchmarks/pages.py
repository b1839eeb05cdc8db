"""How soon does a figure on a page follow its slider?

    python -m benchmarks.pages [SITE] [--moves 40] [--only 09] [--json FILE]

SITE is the folder that `python course.py site` filled, "site" if left out. Every figure that moves
without Python is brought into view in Chromium; each of its controls is moved to places by chance,
at any moment of a frame. A move counts as painted at the end of the first animation frame that
shows it. In turns with the moves the same is measured of a speck that changes its colour: what that
takes is the machine's, and no figure can be faster. All times are milliseconds, two frames are 33.
The last column is processor time of the whole browser for a move, beyond that for a speck: other
programs that want the processor do not change it.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles

from playwright.sync_api import CDPSession, Page, sync_playwright

from tests.browser.site_server import serving
from tools.browser import find_browser, how_to_get_one
from tools.jupyterlab import BROWSER_FLAGS
from tools.site.pages.build import MADE

TWO_FRAMES = 2_000 / 60
SIZE = {"width": 1366, "height": 768}

# Moves of one control of one figure, and as many times a speck that changes its colour; or one of
# the two alone.
MEASURE = """async ([name, control, moves, seed, speckles, moving]) => {
  const node = document.querySelector(`figure.live[data-name='${name}']`);
  const figure = await live.mount(node);
  const input = node.querySelectorAll(".stage-controls .stage-control :is(input, select)")[control];
  const size = figure.spec.controls[control].values.length;
  const chance = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const painted = () => new Promise((done) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = done;
    port2.postMessage(0);
  }));
  const idle = (time) => new Promise((done) => setTimeout(done, time));
  const time = async (act) => {
    await painted();
    await idle(34 * chance());
    const begun = performance.now();
    act();
    do await painted(); while (figure.scheduled || figure.held);
    return performance.now() - begun;
  };
  const empty = [], moved = [], speck = document.createElement("div");
  speck.style = "position: fixed; bottom: 0; width: 4px; height: 4px";
  document.body.append(speck);
  for (let k = 0; k < moves; k++) {
    const to = (figure.positions()[control] + 1 + Math.floor(chance() * (size - 1))) % size;
    const colour = k % 2 ? "red" : "blue";
    if (speckles) empty.push(await time(() => { speck.style.background = colour; }));
    if (moving) moved.push(await time(() => {
      if (input.tagName === "SELECT") input.selectedIndex = to;
      else if (input.type === "checkbox") input.checked = Boolean(to);
      else input.value = String(to);
      input.dispatchEvent(new Event("input", { bubbles: true }));
    }));
    if (moving && figure.positions()[control] !== to) throw new Error(`${name} did not move`);
  }
  speck.remove();
  return { empty, moved };
}"""
FIGURES = """async () => {
  const found = [];
  for (const node of document.querySelectorAll("figure.live:not([data-frames='python'])")) {
    const { spec } = await live.mount(node);
    found.push([node.dataset.name, spec.controls.map(({ name }) => name)]);
  }
  return found;
}"""


@dataclass
class Times:
    """What was measured of one figure, in milliseconds.

    slowest: of its controls, by p95. work: processor time of a move, beyond that of a speck.
    """

    page: str
    figure: str
    moves: int
    median: float
    p95: float
    empty_median: float
    empty_p95: float
    slowest: str
    slowest_p95: float
    work: float


def p95(times: Sequence[float]) -> float:
    """The time that 95 of 100 do not exceed."""
    return quantiles(times, n=20, method="inclusive")[-1]


def work(session: CDPSession, act: Callable[[], object]) -> float:
    """Processor time of all processes of the browser while something is done, in milliseconds."""

    def spent() -> float:
        processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
        return 1_000 * sum(process["cpuTime"] for process in processes)

    before = spent()
    act()
    return spent() - before


def measured(
    page: Page, session: CDPSession, name: str, figure: str, controls: Sequence[str], moves: int
) -> Times:
    """Times of one figure that lives on a page."""
    page.locator(f"figure.live[data-name='{figure}'] .stage").scroll_into_view_if_needed()
    page.wait_for_timeout(200)
    page.evaluate(MEASURE, [figure, 0, 3, 1, True, True])  # the first moves compile the script
    runs = {
        control: page.evaluate(MEASURE, [figure, i, moves, i + 1, True, True])
        for i, control in enumerate(controls)
    }
    moved = [time for run in runs.values() for time in run["moved"]]
    empty = [time for run in runs.values() for time in run["empty"]]

    def some(moving: bool) -> float:  # of its last control, most often the one that plays
        asked = [figure, len(controls) - 1, moves, 1, not moving, moving]
        return work(session, lambda: page.evaluate(MEASURE, asked))

    slowest = max(runs, key=lambda control: p95(runs[control]["moved"]))
    return Times(
        page=name,
        figure=figure,
        moves=len(moved),
        median=round(median(moved), 1),
        p95=round(p95(moved), 1),
        empty_median=round(median(empty), 1),
        empty_p95=round(p95(empty), 1),
        slowest=slowest,
        slowest_p95=round(p95(runs[slowest]["moved"]), 1),
        work=round((some(True) - some(False)) / moves, 1),
    )


def main() -> int:
    """Print the table; returns the exit code: 1 where a figure takes more than two frames."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("site", nargs="?", type=Path, default=Path("site"))
    parser.add_argument("--moves", type=int, default=40, help="of each control")
    parser.add_argument("--only", default="", help="pages with this in their name")
    parser.add_argument("--json", type=Path, help="write the table to this file")
    options = parser.parse_args()
    program = find_browser()
    if program is None:
        print(f"No browser was found. To get one:  {how_to_get_one()}", file=sys.stderr)
        return 1
    if not (options.site / MADE).is_file():
        print(f"There are no pages in {options.site}. Make them: python course.py site")
        return 1
    pages = sorted(json.loads((options.site / MADE).read_text(encoding="utf-8")))
    table: list[Times] = []
    print(f"{'':58}  moved: median   p95      speck: median   p95    work    slowest control")
    with serving(options.site) as server, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        session = chromium.new_browser_cdp_session()
        for name in (name for name in pages if options.only in name):
            page = chromium.new_page(viewport=SIZE)
            page.goto(f"{server.address}/{name}.html")
            for figure, controls in page.evaluate(FIGURES):
                row = measured(page, session, name, figure, controls, options.moves)
                table.append(row)
                late = "  LATE" if row.p95 > TWO_FRAMES else ""
                print(
                    f"{name.split('/')[0][0]} {name.split('/')[1][:20]:20} {figure[:34]:34}"
                    f" {row.median:14.1f} {row.p95:6.1f} {row.empty_median:16.1f}"
                    f" {row.empty_p95:6.1f}{row.work:8.1f}"
                    f"    {row.slowest} {row.slowest_p95:.1f}{late}",
                    flush=True,
                )
            page.close()
        chromium.close()
    late = [row for row in table if row.p95 > TWO_FRAMES]
    works = [row.work for row in table]
    over = [row.p95 - row.empty_p95 for row in table]
    print(
        f"{len(table)} figures, {sum(row.moves for row in table):,} moves."
        f" Median of the p95: {median(row.p95 for row in table):.1f} ms, of a speck:"
        f" {median(row.empty_p95 for row in table):.1f}; a figure adds {median(over):.1f},"
        f" at most {max(over):.1f}. Later than two frames: {len(late)}."
        f" Work of a move: median {median(works):.1f}, at most {max(works):.1f} ms."
        f" Load of the machine: {os.getloadavg()[0]:.1f}."
    )
    if options.json:
        rows = [asdict(row) for row in table]
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return int(bool(late))


if __name__ == "__main__":
    sys.exit(main())
