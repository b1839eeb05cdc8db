"""Lessons without a kernel: what web pages and slides are made from.

    lesson = export(Path("notebooks/04_derivative.ipynb"))  # runs it once
    for cell in lesson.cells:
        print(cell_html(cell))
    moving = [figure.name for figure in lesson.figures if figure.moves]

`export` turns each cell into HTML: formulas become MathML and code gets its colours here, so that
a page needs neither a script for them nor a network. `figure_html` is a live figure: a still
picture with its words, which `live.js` replaces by the browser's half of the stage, as it is in
utils/stage/browser, with the frames that travel. `assets` are the scripts and the style sheet.

Nothing depends on the time or on chance: a second export gives the same bytes.
"""

from tools.site.assets import assets
from tools.site.figures import LiveFigure, data_of
from tools.site.html import cell_html, code_html, figure_html, output_html, picture_html
from tools.site.lesson import Cell, ExportError, Lesson, Output, export
from tools.site.markdown import Block, FormulaError, blocks, to_html
from tools.site.pictures import Picture

__all__ = [
    "Block",
    "Cell",
    "ExportError",
    "FormulaError",
    "Lesson",
    "LiveFigure",
    "Output",
    "Picture",
    "assets",
    "blocks",
    "cell_html",
    "code_html",
    "data_of",
    "export",
    "figure_html",
    "output_html",
    "picture_html",
    "to_html",
]
