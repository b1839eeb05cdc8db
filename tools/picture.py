"""Take the README's picture of a live figure: `python -m tools.picture`, inside .venv."""

import sys
import tempfile
from pathlib import Path

import nbformat
from playwright.sync_api import sync_playwright

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
            box = cell.locator(".jp-OutputArea-output").last.bounding_box()
            width = cell.locator(".stage").bounding_box()["width"] + 12
            clip = {**box, "width": width}
            TARGET.parent.mkdir(exist_ok=True)
            notebook.page.screenshot(path=TARGET, clip=clip)
        browser.close()
    print(f"Written: {TARGET.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
