"""Write into notebooks what the questions know: titles, difficulty, minutes, lettered options.

`utils/questions` is the one home of these facts. Structure says where they belong, no mark does:

- the first line of a notebook is its chapter's title; links such as `[08 · …](08_….ipynb)` and the
  table headed "| chapter | its question |" repeat it;
- a lesson's minutes, by the rule of `tools.times`, and the number of exercises and their minutes,
  where the first cell tells them;
- the last heading `## Exercise 3 · …` above a cell `check("chain_rule.3", …)` gets that question's
  title and its line on difficulty;
- the last cell with options above the first check of a choice gets their texts: either a list, a
  line `- **a** …` each, which may grow or shrink, or the end of a paragraph, "**a** …, **b** …."

Writing twice changes nothing more.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence

from nbformat import NotebookNode

from tools import times
from tools.chapters import spelt
from tools.exercises import checked_questions
from utils import bank, questions
from utils.bank import in_exercises
from utils.checks import Choice, Question

QUESTIONS_FILE = "utils/questions/{}.py"
HARD = 3  # dots in the line on difficulty; harder questions get more

_COUNTS = (
    *("No", "One", "Two", "Three", "Four", "Five", "Six"),
    *("Seven", "Eight", "Nine", "Ten", "Eleven", "Twelve"),
)
_COUNT = re.compile(rf"^(?:{'|'.join(_COUNTS)}|\d+)(?= (?:exercises?|warm-ups?)\b)", re.M)
_TIME = re.compile(r"(?<=\*\*Time:\*\* )\d+ minutes?")
_LINK = re.compile(r"\[\d\db? · [^\]\n]*\](?=\((?:\.\./notebooks/)?\d\db?_(\w+)\.ipynb\))")
_TABLE = re.compile(r"^(\| chapter \| its question \|\n\|[-|]+\|)(?:\n\|.*)*", re.M)
_HEADING = re.compile(r"^## Exercise (\d+)\b.*(?:\n+\*difficulty .*\*)?", re.M)
_OPTION = re.compile(r"\*\*([a-z])\*\* ")
_LIST = re.compile(r"^- \*\*[a-z]\*\* .*(?:\n- \*\*[a-z]\*\* .*)*", re.M)


class FactError(ValueError):
    """A notebook with no place for a fact; the message says which cell, and what to do."""


def write_facts(nb: NotebookNode, name: str, *, exercises: bool = False) -> None:
    """Write titles, counts and options into a notebook, in place.

    name: the notebook's, such as "07_chain_rule".
    exercises: whether it holds the exercises, and not the lesson.

    Raises FactError where a heading is missing, or a paragraph states other options than its
    question.
    """
    if name.endswith("_checkpoint"):
        _require_checkpoint(name)
        return
    chapter = _chapter(name)
    _write_title(nb.cells, chapter, exercises)
    _write_minutes(nb, chapter, exercises)
    _write_practice(nb.cells)
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            cell.source = _LINK.sub(_link, cell.source)
            cell.source = _TABLE.sub(_table, cell.source)
    for question, above in _asked(nb):
        if is_exercise(question):
            _write_heading(question, above)
        if isinstance(question.answer, Choice):
            _write_options(question, question.answer.texts, above)


def is_exercise(question: Question) -> bool:
    """Whether it is asked among the exercises."""
    return in_exercises(question.id)


# --- practice ---


def _require_checkpoint(name: str) -> None:
    known = [bank.checkpoint_notebook(number) for number in bank.checkpoints()]
    if f"{name}.ipynb" not in known:
        raise FactError(
            f"{name!r} is no checkpoint of the course: CHECKPOINTS of utils/questions/__init__.py"
            f" makes {', '.join(known)}"
        )


_PRACTICE = "## Practice that goes on"
_HOW_PRACTICE_GOES = (
    "Here is a fresh problem on this chapter, and after it another, for as long as you like. Three "
    "right in a row without help open harder ones, and after a mistake comes a problem that shows "
    "whether it is gone. What you have practised comes back on later days: `review()` in a new "
    "cell mixes ten minutes of it."
)


def _write_practice(cells: Sequence[NotebookNode]) -> None:
    """How practice goes is said once, here, and stands in every notebook that has it."""
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith(_PRACTICE):
            cell.source = f"{_PRACTICE}\n\n{_HOW_PRACTICE_GOES}"


# --- the chapter ---


def _chapter(name: str) -> str:
    chapter = name.partition("_")[2]
    if chapter not in questions.CHAPTERS:
        raise FactError(
            f"{chapter!r} is no chapter of the course: give it a title in CHAPTERS of"
            " utils/questions/__init__.py"
        )
    expected = questions.notebook(chapter).removesuffix(".ipynb")
    if name != expected:
        raise FactError(
            f"its place in CHAPTERS of utils/questions/__init__.py makes it {expected!r}: rename"
            " the notebook, or move the chapter in that list"
        )
    return chapter


def _title(chapter: str) -> str:
    return f"{questions.number(chapter)} · {questions.CHAPTERS[chapter]}"


def _write_title(cells: Sequence[NotebookNode], chapter: str, exercises: bool) -> None:
    title = f"# {_title(chapter)}{' Exercises' if exercises else ''}"
    if not cells or cells[0].cell_type != "markdown" or not cells[0].source.startswith("# "):
        raise FactError(f"the first cell has no title: begin it with the line {title!r}")
    _, *rest = cells[0].source.split("\n")
    source = "\n".join([title, *rest])
    if exercises:
        asked = [question for question in questions.questions(chapter) if is_exercise(question)]
        source = _COUNT.sub(_counted(len(asked)), source)
    cells[0].source = source


def _write_minutes(nb: NotebookNode, chapter: str, exercises: bool) -> None:
    asked = [q for q in questions.questions(chapter) if is_exercise(q) == exercises]
    if exercises:
        minutes = times.rounded_up(sum(question.minutes for question in asked))
    else:
        minutes = times.lesson(nb, asked)
    nb.cells[0].source = _TIME.sub(_minutes(minutes), nb.cells[0].source)


def _link(found: re.Match[str]) -> str:
    return f"[{_title(found[1])}]" if found[1] in questions.CHAPTERS else found[0]


def _table(found: re.Match[str]) -> str:
    rows = [
        f"| {questions.number(chapter)} {spelt(chapter)} | {question} |"
        for chapter, question in questions.CHAPTERS.items()
        if chapter != "start_here"  # where the table stands
    ]
    return "\n".join([found[1], *rows])


def _counted(count: int) -> str:
    return _COUNTS[count] if count < len(_COUNTS) else str(count)


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"


# --- the questions ---


def _asked(nb: NotebookNode) -> Iterator[tuple[Question, list[NotebookNode]]]:
    """Each question with the cells from the check before it to the cell of its first check."""
    known: set[str] = set()
    start = 0
    for index, cell in enumerate(nb.cells):
        found = [questions.find(question_id) for question_id in checked_questions(cell)]
        new = [question for question in found if question is not None and question.id not in known]
        for question in new:
            yield question, nb.cells[start : index + 1]
        if new:
            known |= {question.id for question in new}
            start = index + 1


def _write_heading(question: Question, above: Sequence[NotebookNode]) -> None:
    last = question.id.rpartition(".")[2]
    number = last.rstrip(string.ascii_lowercase)  # "1b" is asked in place of "1"
    dots = "●" * question.difficulty + "○" * (HARD - question.difficulty)
    heading = f"## Exercise {number} · {question.title}"
    wanted = f"{heading}\n\n*difficulty {dots} · {_minutes(question.minutes)}*"
    cell = _last_with(_HEADING, above)
    if cell is None:
        raise FactError(
            f"{_of(above[-1])}: no heading stands above the check of {question.id}: put a text cell"
            f" with the line '## Exercise {number}' before it"
        )
    *_, last = _HEADING.finditer(cell.source)
    if last[1] != number:
        raise FactError(
            f"{_of(cell)}: the heading says exercise {last[1]}, and the check below it is of"
            f" {question.id}: make it '## Exercise {number}'"
        )
    cell.source = cell.source[: last.start()] + wanted + cell.source[last.end() :]


def _write_options(
    question: Question, texts: dict[str, str], above: Sequence[NotebookNode]
) -> None:
    cell = _last_with(_OPTION, above)
    if cell is None:
        if _are_names_in_a_picture(texts):
            return
        raise FactError(
            f"{_of(above[-1])}: no text above the check of {question.id} states its options: write"
            f" them as a list, '- **a** …' and so on, for {', '.join(texts)}"
        )
    if lists := list(_LIST.finditer(cell.source)):
        written = "\n".join(f"- **{letter}** {text}" for letter, text in texts.items())
        cell.source = cell.source[: lists[-1].start()] + written + cell.source[lists[-1].end() :]
    else:
        _write_paragraph(question, texts, cell)


def _write_paragraph(question: Question, texts: dict[str, str], cell: NotebookNode) -> None:
    marks = list(_OPTION.finditer(cell.source))
    letters = [mark[1] for mark in marks]
    if letters != list(texts):
        raise FactError(
            f"{_of(cell)}: its paragraph states the options {', '.join(letters)}, and {question.id}"
            f" has {', '.join(texts)}: mend the cell, or the question in"
            f" {QUESTIONS_FILE.format(question.chapter)}, or make it a list, '- **a** …'"
        )
    ends = [*(mark.start() for mark in marks[1:]), len(cell.source)]
    parts = [cell.source[: marks[0].start()]]
    for mark, end in zip(marks, ends, strict=True):
        after = cell.source[mark.end() : end]
        is_last = mark is marks[-1]
        rest = _after_last(after, texts[mark[1]], cell) if is_last else _comma(after, cell)
        parts.append(f"{mark[0]}{texts[mark[1]]}{rest}")
    cell.source = "".join(parts)


def _comma(text: str, cell: NotebookNode) -> str:
    if not text.endswith(", "):
        raise FactError(
            f"{_of(cell)}: options within a paragraph are parted by commas, '**a** …, **b** …';"
            " else make them a list, '- **a** …'"
        )
    return ", "


def _after_last(text: str, option: str, cell: NotebookNode) -> str:
    """What follows the last option of a paragraph: its full stop, and other paragraphs."""
    paragraph, gap, rest = text.partition("\n\n")
    stop = paragraph[-1:]
    if stop not in (".", "?") or re.search(r"[.?!]\s", paragraph.removeprefix(option)):
        raise FactError(
            f"{_of(cell)}: options within a paragraph are its end, with one full stop or question"
            " mark; put what follows them into a paragraph of its own"
        )
    return stop + gap + rest


def _are_names_in_a_picture(texts: dict[str, str]) -> bool:
    """Whether the options are "arrow A", "arrow B", …: a figure shows which is which."""
    return all(text.split()[-1:] == [letter.upper()] for letter, text in texts.items())


def _last_with(pattern: re.Pattern[str], cells: Sequence[NotebookNode]) -> NotebookNode | None:
    found = [c for c in cells if c.cell_type == "markdown" and pattern.search(c.source)]
    return found[-1] if found else None


def _of(cell: NotebookNode) -> str:
    return f"cell {cell.get('id', '')!r}"
