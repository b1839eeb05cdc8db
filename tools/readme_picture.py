"""Take the README's picture of a live figure: `python -m tools.readme_picture`, inside .venv."""

import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import FloatRect, Locator, sync_playwright

from tools.browser import find_browser, how_to_get_one
from tools.jupyterlab import BROWSER_FLAGS, PROJECTOR, ROOT, open_notebook, running_lab

CELLS = ("from utils.explorers.slope import explore_two_points", "explore_two_points()")
TARGET = ROOT / "images" / "live_figure.png"


def main() -> int:
    """Write the picture; returns the exit code."""
    program = find_browser()
    if program is None:
        print(f"A browser is needed to take the picture. {how_to_get_one()}", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        folder = Path(name)
        cells = [nbformat.v4.new_code_cell(source) for source in CELLS]
        kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3"}}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)
        nbformat.write(notebook, folder / "picture.ipynb")
        browser = playwright.chromium.launch(executable_path=program, args=BROWSER_FLAGS)
        with (
            running_lab(folder) as address,
            open_notebook(browser, address, "picture.ipynb", PROJECTOR) as notebook,
        ):
            notebook.run_all()
            cell = notebook.cell(1)
            cell.locator(".stage[data-frames]").wait_for()
            notebook.page.mouse.move(0, 0)
            notebook.page.wait_for_timeout(500)
            TARGET.parent.mkdir(exist_ok=True)
            notebook.page.screenshot(path=TARGET, clip=around_figure(cell))
        browser.close()
    print(f"Written: {TARGET.relative_to(ROOT)}")
    return 0


def around_figure(cell: Locator) -> FloatRect:
    """The last output of a cell, as wide as its live figure and a margin."""
    output = cell.locator(".jp-OutputArea-output").last.bounding_box()
    figure = cell.locator(".stage").bounding_box()
    if output is None or figure is None:
        raise RuntimeError("The figure is not shown, so there is nothing to take a picture of.")
    return FloatRect(
        x=output["x"], y=output["y"], width=figure["width"] + 12, height=output["height"]
    )


if __name__ == "__main__":
    sys.exit(main())
