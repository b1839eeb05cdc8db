"""What a notebook says of itself, said for a page: there the code has run, and buttons answer."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace

from tools.site.lesson import Cell, Lesson
from tools.site.markdown import Link, blocks
from utils import questions
from utils.checks import Choice

# What pages say in one way with Python, and in another without.
_HEAD_OF_EXERCISES = (
    r"Write your answer in place of `None` or `\.\.\.`, run the cell, then run the check below"
    r" it\. Stuck\? Type `hint\([^`]*\)` into a new cell, or `solution\([^`]*\)` after you have"
    r" tried\."
)
_NUMBER_OR_HINT = (
    r"Put your number in place of the `\.\.\.`, and if you are stuck, run `hint\([^`]*\)` in a"
    r" new cell\."
)

# A pattern of Markdown, and what stands on a page instead; `first` comes back with a capital, since
# it begins the sentence now.
RULES: list[tuple[str, str]] = [
    # Before a figure that lives here by itself.
    (r"Run the folded cell above, then this one\. (?P<first>\w)", "{first}"),
    (r"Run the folded cell and this one, then (?P<first>\w)", "{first}"),
    (r"Run the cell, then (?P<first>drag)", "{first}"),
    # Answers.
    (
        _HEAD_OF_EXERCISES,
        "Where a question has options, press one and read what comes of it. Python judges the"
        " others, in the notebook. Stuck? Press **Hint**, or **Solution** after you have tried.",
    ),
    (
        r"Stuck\? Type `hint\([^`]*\)` into a new cell, or `solution\([^`]*\)` after you have"
        r" tried\.",
        "Stuck? Press **Hint**, or **Solution** after you have tried.",
    ),
    (r"\)` in a new cell saves it", ")` in the notebook saves it"),
    (r",? and run the check\.", " and compare with the solution."),
    (r"\bRun it and (?:compare|see)\.", "Look closely."),
    (r"before you run the cell\.", "before you look below."),
    (
        _NUMBER_OR_HINT,
        "If you are stuck, press **Hint**.",
    ),
    (r"Put a number in place of the `\.\.\.`\.", "Write your number down before you read on."),
    (r"Put it in place of the `\.\.\.`\.", "Write it down before you read on."),
    (r"Write it in place of the `\.\.\.`, and let Python work it out\.", "Work it out on paper."),
    (r" are plenty in place of the `\.\.\.`\.", " are plenty."),
    # Practice and the map of what is done.
    (
        r"Here is a fresh problem on this chapter, and after it another,",
        "The notebook of this page has a fresh problem on this chapter, and after it another,",
    ),
    (r"`review\(\)` in a new cell mixes", "`review()` in the notebook mixes"),
    (r"(?P<call>`practice\([^`]*\)`) in a new cell trains", "{call} in the notebook trains"),
    (
        r"Run the cell above again, and twelve other problems come\.",
        "In the notebook you can begin again, and twelve other problems come.",
    ),
    (
        r"(?:Type `progress\(\)` into a new cell: it draws|Run `progress\(\)` in a new cell to see"
        r"|`progress\(\)` draws) your map\.",
        "Your map is on the first page, under *Contents*.",
    ),
    # Chapter 00, which explains a notebook to those who have never seen one.
    (r"- run a cell, move a slider", "- move a slider"),
    (r"## Run your first cells", "## Text and code take turns"),
    (
        r"A notebook is a page on which text and code take turns\. Click into [^\n]* in the same"
        r" way\.",
        "This page was a notebook, in which text and code take turns. Here all code has run"
        " already, so you can begin at once.",
    ),
    (
        r"What you ran was code, and a cell can hold any code\. (?P<box>[^\n]* sum in it)\. Run it,"
        r" and [^\n]* from top to bottom\.",
        "What drew it was code, and a cell can hold any code. {box}, and its result stands"
        " underneath.",
    ),
    (r"If you see `5`, Python is listening\.", "The `5` is Python's answer."),
    (r"Replace the `\.\.\.` by [^\n]* then click an option\.", "Press an option."),
    (r"so run it and read what it says", "so read what the check says"),
    (
        r"so replace the `\.\.\.` by the change, as a number or as code, and run the cell\.",
        "so work the change out, and compare with the solution.",
    ),
    (
        r"Each time you run the cell you get one step more",
        "Each press of **Hint** is one step more",
    ),
    (r"when you run the cell a second time it opens", "when you press a second time it opens"),
    (
        r"The course needs a few Python packages, and this cell",
        "For this page it is. Notebooks of your own need a few Python packages, and this cell",
    ),
    (
        r"Your own map is drawn by `progress\(\)`, which shows (?P<what>[^.]*)\. It is kept in a"
        r" small file on this computer and goes",
        "Your own map is on the first page, under *Contents*, and shows {what}. It is kept in this"
        " browser and goes",
    ),
    (r"\| run a cell \| Shift \+ Enter \|\n", ""),
    (r"\| check an answer \| `check\([^`]*\)` \|", "| check an answer | press an option |"),
    (r"\| get help \| `hint\(…\)`, then `solution\(…\)` \|", "| get help | Hint, then Solution |"),
    (r"\| see how far you are \| `progress\(\)` \|", "| see how far you are | Contents |"),
    (r"- \*Cells run out of order\.\*", "- *In a notebook, cells run out of order.*"),
]

# The same where Python judges answers on the page itself; these come first there.
RULES_WITH_PYTHON: list[tuple[str, str]] = [
    (
        _HEAD_OF_EXERCISES,
        "Where a question has options, press one and read what comes of it. The others you write"
        " into their cells, in place of `None` or `...`, and press **Check**. Stuck? Press"
        " **Hint**, or **Solution** after you have tried.",
    ),
    (r" and run the check\.", " and press **Check**."),
    (
        _NUMBER_OR_HINT,
        "Put your number in place of the `...` and press **Check**, or **Hint** if you are stuck.",
    ),
    (
        r"(?P<put>Put (?:a number|it) in place of the `\.\.\.`)\.",
        "{put} and press **Check**.",
    ),
    (
        r"Write it in place of the `\.\.\.`, and let Python work it out\.",
        "Write it in place of the `...`, press **Check**, and let Python work it out.",
    ),
    (
        r"(?P<replace>so replace the `\.\.\.` by the change, as a number or as code,) and run the"
        r" cell\.",
        "{replace} and press **Check**.",
    ),
]

# Code that a reader is asked to change.
_TO_CHANGE = re.compile(
    r"(?:[Cc]hange the (?:formula|lists|code below)|Try it in|between the quotes)[^.]*"
    r"\b(?:run\b|run:)"
)
STANDS = "*Here the code stands still: to change it, open the notebook of this page.*"
RUNS = (
    "*On this page, press **Edit and run** at the code; below a figure it stands folded. Python is"
    " loaded then, once.*"
)

# Calls that draw new problems each time, and a check that the lesson itself answers.
DRAWN = re.compile(r"(?:practice|checkpoint)\([^)]*\)\s*")
ANSWERED = re.compile(r'check\("[^"]+", \w+\(')

# Calls for which a page has buttons, or a page of its own.
_BUTTONS = re.compile(r"(?:hint|solution|progress)\([^)]*\)\s*")
_LETTER = re.compile(r"\w+ = None\n# your answer here\s*")


def on_page(lesson: Lesson, link: Link | None = None, runs: bool = False) -> Lesson:
    """A lesson with the words of a page, and without the code that became buttons.

    runs: whether its code can be changed and run there.
    """
    pairs = itertools.zip_longest(lesson.cells, lesson.cells[1:])
    cells = (_said(cell, link, runs) for cell, after in pairs if not _is_button(cell, after))
    return replace(lesson, cells=tuple(cells))


def _is_button(cell: Cell, after: Cell | None) -> bool:
    """Whether buttons do what a cell is for: help, or a letter that the next one checks."""
    known = questions.find(after.question) if after is not None and after.question else None
    lettered = known is not None and isinstance(known.answer, Choice)
    return bool(_BUTTONS.fullmatch(cell.source) or (lettered and _LETTER.fullmatch(cell.source)))


def _said(cell: Cell, link: Link | None, runs: bool) -> Cell:
    if cell.kind != "text" or "notes" in cell.tags:
        return cell
    words = said(cell.source, runs)
    if words == cell.source:
        return cell
    return replace(cell, source=words, blocks=tuple(blocks(words, link)))


def said(markdown: str, runs: bool = False) -> str:
    """The words of a text cell as a page says them. runs: whether code runs there."""
    changed = bool(_TO_CHANGE.search(markdown))
    for pattern, words in [*RULES_WITH_PYTHON, *RULES] if runs else RULES:
        markdown = re.sub(pattern, lambda found, words=words: _put(words, found), markdown)
    return f"{markdown}\n\n{RUNS if runs else STANDS}" if changed else markdown


def _put(words: str, found: re.Match[str]) -> str:
    """The words with what was found in them; what begins a sentence now, with a capital."""
    parts = found.groupdict()
    if "first" in parts:
        parts["first"] = parts["first"].capitalize()
    return words.format(**parts)
