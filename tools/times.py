"""How long a lesson takes somebody who reads it for the first time: a rule, stated once.

An estimate, from what there is to read and to do, since nobody has been timed: prose at the pace
of somebody who studies (about 130 words a minute; 238 is the pace of reading for pleasure, by
Brysbaert, 2019, Journal of Memory and Language 109), code line by line, live figures, and the
minutes that the questions state. CONTRIBUTING tells the rule to authors.
"""

import math
import re
from collections.abc import Sequence

from nbformat import NotebookNode

from utils.checks import Question

WORDS_A_MINUTE = 130
SECONDS_A_CELL = 15  # to run it and look at what comes out
SECONDS_A_LINE = 10
SECONDS_A_FIGURE = 90
ROUNDED_TO = 5  # minutes: nobody plans in single ones

_FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+?)\$", re.DOTALL)
_IMPORTS = re.compile(r"^(?:from [\w.]+ )?import (?:\([^)]*\)|.*)$", re.M)


def reading(nb: NotebookNode) -> float:
    """Minutes to read a lesson, run its cells and move its figures, without its questions."""
    seconds = 0.0
    for cell in nb.cells:
        tags = cell.metadata.get("tags", [])
        if cell.cell_type == "markdown" and "notes" not in tags:
            seconds += 60 * words(cell.source) / WORDS_A_MINUTE
        elif cell.cell_type == "code" and "guard" not in tags:
            seconds += _cell(_IMPORTS.sub("", cell.source))
    return seconds / 60


def _cell(source: str) -> float:
    if re.match(r"\s*check\(", source):
        return 0.0  # its question counts
    if "explore_" in source:
        return SECONDS_A_FIGURE
    lines = sum(bool(line.strip()) for line in source.split("\n"))
    return SECONDS_A_CELL + SECONDS_A_LINE * lines


def lesson(nb: NotebookNode, asked: Sequence[Question]) -> int:
    """Minutes that a lesson states in its first cell. asked: the questions within it."""
    return rounded_up(reading(nb) + sum(question.minutes for question in asked))


def rounded_up(minutes: float) -> int:
    """The next multiple of `ROUNDED_TO`."""
    return ROUNDED_TO * math.ceil(minutes / ROUNDED_TO)


def rounded(minutes: float) -> int:
    """The nearest multiple of `ROUNDED_TO`."""
    return ROUNDED_TO * round(minutes / ROUNDED_TO)


def words(markdown: str) -> int:
    """Words of running text: a formula or a piece of code is one word, tables and details none."""
    text = re.sub(r"<details.*?</details>|<!--.*?-->|```.*?```", " ", markdown, flags=re.S)
    text = re.sub(r"^\s*\|.*$", " ", text, flags=re.M)
    text = _FORMULA.sub(" formula ", text)
    text = re.sub(r"(`+).+?\1", " code ", text)
    text = re.sub(r"\]\([^)]*\)|<[^>]*>", " ", text)
    return len(re.findall(r"[^\W_](?:[\w'’′./-]*\w)?", text))
