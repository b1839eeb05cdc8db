"""A small lesson with all that slides are made of, for tests of pages and slides."""

from pathlib import Path

import nbformat

TITLE = """# 01 · A made-up lesson

After this chapter **you will be able to**

- see slides.

**Time:** 5 minutes."""

IMPORTS = """from utils import style
from utils.checks import check
from utils.stage import Choice, Point, Scene, Slider, Stage

style.use()"""

NOTES = """<details><summary>For teachers</summary>

**Ask:** "Why $x^2$?"

</details>"""

FIGURE = """def frame(x, more, curve):
    points = {"p": Point(x, x**2, drag="x"), "q": Point(0, more)}
    return Scene(f"The height is {x**2:.2f}, on a {curve}.", points)


def explore_made_up(**fine):
    ax = style.axes((-2, 2), (0, 4), "x", "y")
    sliders = {"x": Slider(-2, 2, 1, **fine), "more": Slider(0, 4, 1, **fine)}
    sliders["curve"] = Choice(["line", "parabola"], "line")
    return Stage(ax, frame, sliders, "Two points")


explore_made_up()"""

CELLS = (
    TITLE,
    IMPORTS,
    NOTES,
    "Drag the point.",
    FIGURE,
    "It moves.\n\n## The second section\n\nHere is what code prints:",
    "print('<b>')\nprint(1 / 3)",
    "An end of a thought.\n\n**Predict:** what will you see? **a** one, **b** two, **c** three.",
    'check("slope.predict_swap", ...)',
    "**Predict:** where are they heading? Put a number in place of the `...`.",
    'check("derivative.predict_speed", ...)',
    "### Much\n\n| a | b |\n|---|---|\n" + "\n".join(f"| {i} | {i * i} |" for i in range(40)),
    "explore_made_up(step=0.005)",
    "## A figure that stands still\n\nLook at $$f'(x) = \\lim_{h \\to 0} \\frac{f(x+h)-f(x)}{h}$$",
    "import matplotlib.pyplot as plt\n\nplt.plot([0, 1], [0, 1])\nplt.show()",
    "<details><summary><b>Folded</b> there</summary>\n\nOpen here.\n\n</details>",
    "from IPython.display import HTML\n\nHTML('<a href=\"01_slope.ipynb\">a map</a>')",
)
TAGS = {2: ["notes"]}
FOLDED = {1}


def write_lesson(folder: Path) -> Path:
    """The lesson as a notebook; cells that begin with a capital, #, * or < are text."""
    cells = []
    for i, source in enumerate(CELLS):
        is_text = source[0] in "#*<" or (source[0].isupper() and " " in source.split("\n")[0])
        make = nbformat.v4.new_markdown_cell if is_text else nbformat.v4.new_code_cell
        cell = make(source, id=f"cell-{i}")
        cell.metadata["tags"] = TAGS.get(i, [])
        if i in FOLDED:
            cell.metadata["jupyter"] = {"source_hidden": True}
        cells.append(cell)
    path = folder / "01_made_up.ipynb"
    nbformat.write(nbformat.v4.new_notebook(cells=cells), path)
    return path
