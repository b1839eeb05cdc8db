"""Read lessons as an editor would: `python -m tools.prose [NAMES…]`, or `course.py prose`.

Dead numbers first, then the house style. Every rule is a function that takes a notebook and returns
what is wrong with it; an empty list is praise. No cell is run: outputs are read as they are stored,
so build before. The tests hold every lesson to the same rules.
"""

from __future__ import annotations

import argparse
import ast
import re
import statistics
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

from nbformat import NotebookNode

from tools import build, clean
from tools import rhythm as sentences
from tools.times import words
from utils.numerals import number_of

MEDIAN_LINES = 4
LONGEST_CELL = 20
LONGEST_PROSE_CELL = 90
LONGEST_PROSE = 140  # words between two code cells
WORDS_BEFORE_FIGURE = 150
FIRST_TORCH_CHAPTER = 15


def main(arguments: Sequence[str] | None = None, root: Path = build.ROOT) -> int:
    """Print what is wrong with the lessons; returns the exit code, 0 where nothing is."""
    parser = argparse.ArgumentParser(
        prog="course.py prose",
        description="Read lessons as an editor would: numbers that no cell computes, long code and"
        " prose, missing parts, dead links. Outputs are read as they are stored: build before.",
    )
    parser.add_argument("names", nargs="*", help="chapters, such as slope or 01; all if left out")
    parser.add_argument(
        "--rhythm",
        action="store_true",
        help="how long the sentences are (a guide, no fault); of one lesson its short ones, too",
    )
    options = parser.parse_args(arguments)
    try:
        names = build.chosen_names(root, options.names)
    except build.BuildError as error:
        print(error, file=sys.stderr)
        return 2
    lessons = [path for name in names if (path := root / "notebooks" / f"{name}.ipynb").exists()]
    if options.rhythm:
        tell_rhythm(lessons)
        return 0
    found = {path: faults(path) for path in lessons}
    for path, wrong in found.items():
        if wrong:
            print(path.relative_to(root).as_posix(), *wrong, sep="\n  ")
    count = sum(map(len, found.values()))
    print(f"Lessons read: {len(found)}. To mend: {count or 'nothing'}. (Cells count from 0.)")
    return int(count > 0)


def tell_rhythm(lessons: Sequence[Path]) -> None:
    """Print how the sentences of lessons run, and of a single lesson its short ones."""
    for path in lessons:
        nb = clean.read(path.read_text(encoding="utf-8"))
        measured = sentences.rhythm(nb)
        print(f"{'  ' if measured.is_even else '! '}{path.stem:<26}{measured}")
        if len(lessons) == 1:
            for cell, sentence in sentences.sentences(nb):
                if sentences.count_words(sentence) <= sentences.SHORT:
                    print(f"    cell {cell}: {sentence}")


def faults(path: Path) -> list[str]:
    """All that is wrong with the lesson in this file."""
    nb = clean.read(path.read_text(encoding="utf-8"))
    dead = [
        f"cell {d.cell}: no cell computes {d.number} in “{d.context}”" for d in dead_numbers(nb)
    ]
    style = [fault for rule in HOUSE_STYLE for fault in rule(nb)]
    return [*dead, *style, *unwanted_code(nb, path.stem), *dead_links(nb, path.parent)]


# --- dead numbers ---

_MINUS = str.maketrans({"\u2212": "-", "\u2010": "-", "\u2011": "-"})
_GROUPED = r"\d{1,3}(?:(?:,|\{,\}|[\u2009\u202f\u00a0])\d{3})+(?!\d)"
_NUMBER = rf"(?:{_GROUPED}|\d+)(?:\.\d+)?(?:[eE][-+]?\d+)?"
# A number in a text that speaks: not part of a name (h2, 3D), a version (3.11.2), a coefficient
# (2x), a fraction bar (1/x) or a word (two-knob, 2-D). A hyphen after a digit is a range.
_SPOKEN = re.compile(
    rf"(?<![\w.])(?<![A-Za-z]-)(?P<sign>(?<![\w)\]])[-+])?(?P<number>{_NUMBER})"
    r"(?!\.?\w|⁻|-[A-Za-z]|/[A-Za-z(])"
)
_PRINTED = re.compile(rf"(?P<sign>(?<![\w)\]])[-+])?(?P<number>{_NUMBER}(?:·10[⁻⁰¹²³⁴-⁹]+)?)")
_FORMULA = re.compile(r"\$\$(.+?)\$\$|(?<![\\$])\$([^$\n]+?)\$", re.DOTALL)
_RELATION = re.compile(
    r"=|≈|→|≤|≥|<|>|≠|\\(?:approx|to|rightarrow|longrightarrow|mapsto|leq?|geq?|lt|gt|neq?|iff"
    r"|quad|qquad|text\{[^}]*\}|dots|ldots|cdots)(?![A-Za-z])|…"
)

# What quotes code or is not shown; taken out before formulas are looked for.
_QUOTED = [
    re.compile(r"```.*?```|~~~.*?~~~", re.S),
    re.compile(r"<!--.*?-->", re.S),
    re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S),
]
# Numbers that claim nothing about the mathematics.
_NO_CLAIMS = [
    re.compile(r"!?\[[^\]]*\]\([^)]*\)"),  # links and pictures, words and all
    re.compile(r"<?https?://\S+"),
    re.compile(r"</?[A-Za-z][^>]*>|&#?\w+;"),
    re.compile(r"(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])"),  # emphasis
    re.compile(r"^\s{0,3}#+\s*(?:chapter\s*)?\d+(?:\.\d+)*\s*[.:·)–—-]?\s", re.I | re.M),
    re.compile(r"^\s*\d+[.)]\s", re.M),  # numbered lists
    re.compile(
        r"\b(?:chapters?|sections?|exercises?|questions?|figures?|steps?|parts?|cells?|python"
        r"|numpy|matplotlib|jupyterlab|pytorch)\s+v?\d[\d.]*"
        r"(?:\s*(?:,|and|to|or|-|–)\s*\d{1,2}(?!\d|[.,]\d))*",
        re.I,
    ),
    # "**Time:** 20 minutes." says nothing about mathematics; it ends at the next bold word.
    re.compile(
        r"\*\*(?:time|minutes|exercises|difficulty):?\*\*:?.*?(?=\*\*|\n\s*\n|\Z)", re.I | re.S
    ),
    re.compile(r"(?<![\w.,}\u2009\u202f\u00a0])0\d+(?![\w.])"),  # 00, 01, …: chapters
    re.compile(r"\((?:1[5-9]|20)\d\d\)|\bin (?:1[5-9]|20)\d\d(?=[.,;:)]|\s*$)", re.M),  # years
]
# A table whose first column is headed "chapter" numbers its rows.
_CHAPTER_TABLE = re.compile(r"^\s*\|\s*chapter\b.*(?:\n\s*\|.*)+", re.I | re.M)


class DeadNumber(NamedTuple):
    """A number in the prose that no cell computes: where, which, and the words around it."""

    cell: int
    number: str
    context: str


def dead_numbers(nb: NotebookNode) -> list[DeadNumber]:
    """Numbers claimed in markdown that no output shows and no code contains.

    A number is alive when some cell's output shows it, or some cell's code has it as a literal
    (what goes in need not come out), or it stands anywhere in a cell tagged `guard`. Equal means
    equal as a number: 7, 7.0 and 7.00 are the same, and an unsigned number in the prose ("falls
    by 2") may be printed with a minus.

    Not claims: numbers in `code`, links and addresses, numbers of chapters and lists, the lines
    on time and number of exercises, and within formulas everything but results, that is a number
    (or a list of numbers) that is a whole side of =, ≈, →, < and the like.
    """
    alive = live_numbers(nb)
    dead = []
    for index, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown":
            for claim, values, context in claims(cell.source):
                if not values & alive:
                    dead.append(DeadNumber(index, claim, context))
    return dead


def claims(markdown: str) -> Iterator[tuple[str, set[float], str]]:
    """Each number that a text claims: as written, the values that would confirm it, its context."""
    text = markdown.translate(_MINUS)
    for pattern in _QUOTED:
        text = pattern.sub(" ", text)
    formulas = [match[1] or match[2] for match in _FORMULA.finditer(text)]
    text = _FORMULA.sub(" ⟨formula⟩ ", text)
    for pattern in _NO_CLAIMS:
        text = pattern.sub(" ", text)
    text = _CHAPTER_TABLE.sub(_without_row_numbers, text)
    for match in _SPOKEN.finditer(text):
        around = text[max(0, match.start() - 30) : match.end() + 30]
        percent = text[match.end() :].lstrip().startswith("%")
        yield match[0], _confirming(match, percent), " ".join(around.split())
    for formula in formulas:
        for match in _results(formula):
            yield match[0].replace(" ", ""), _confirming(match, r"\%" in formula), formula.strip()


def _without_row_numbers(table: re.Match[str]) -> str:
    return re.sub(r"^(\s*\|\s*)\d+", r"\1", table[0], flags=re.M)


def _results(formula: str) -> Iterator[re.Match[str]]:
    formula = re.sub(r"\\[,;:! ]|\\(?:left|right|,)(?![A-Za-z])|~", " ", formula)
    for side in _RELATION.split(formula):
        bare = side.strip().strip(".,;").strip()
        bare = re.sub(r"\\%$|^[\[({]+|[\])}]+$", "", bare).strip()
        # A list or a point counts number by number; anything else on this side is algebra.
        parts = re.split(r",\s+|;\s*|\s*\\\\\s*|\s*&\s*", bare)
        matches = [
            re.fullmatch(rf"\s*(?P<sign>[-+])?\s*(?P<number>{_NUMBER})\s*", p) for p in parts
        ]
        if all(matches):
            yield from (match for match in matches if match)


def _confirming(match: re.Match[str], percent: bool) -> set[float]:
    value = _value(match["number"])
    values = {value} if not match["sign"] else {-value if match["sign"] == "-" else value}
    if not match["sign"]:
        values |= {-value}
    return values | {v / 100 for v in values} if percent else values


def _value(number: str) -> float:
    return number_of(re.sub(r"\{,\}|[,\u2009\u202f\u00a0]", "", number))


def live_numbers(nb: NotebookNode) -> set[float]:
    """All numbers that outputs show or code contains, each with its sign."""
    numbers: set[float] = set()
    for cell in nb.cells:
        if cell.cell_type != "code":
            continue
        numbers |= _literals(cell.source)
        if "guard" in _tags(cell):
            numbers |= _printed(cell.source)
        for output in cell.get("outputs", []):
            for text in _shown(output):
                numbers |= _printed(text)
    return numbers


def _shown(output: NotebookNode) -> Iterator[str]:
    data = output.get("data", {})
    yield output.get("text", "")
    yield data.get("text/plain", "")
    yield data.get("text/latex", "")
    html = re.sub(r"<(style|script)\b.*?</\1>", " ", data.get("text/html", ""), flags=re.S)
    yield re.sub(r"<[^>]*>", " ", html)


def _printed(text: str) -> set[float]:
    numbers = set()
    for match in _PRINTED.finditer(text.translate(_MINUS)):
        sign = -1 if match["sign"] == "-" else 1
        numbers.add(sign * _value(match["number"]))
        if "," in match["number"]:  # also a list written without spaces
            numbers |= {float(part) for part in match["number"].split(",")}
    return numbers


def _literals(source: str) -> set[float]:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return _printed(source)
    return {number for node in ast.walk(tree) if (number := _literal(node)) is not None}


def _literal(node: ast.AST) -> float | None:
    """The number that a piece of code writes out; `True` is none, though Python counts with it."""
    match node:
        case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
            return float(number)
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant() as written):
            number = _literal(written)
            return None if number is None else -number
    return None


# --- house style ---

# "just" as an adverb belittles ("just divide"); these are place, time and comparison.
_FINE_JUST = re.compile(
    r"\bjust (?:as|like|before|after|above|below|beside|under|over|left|right|enough)\b", re.I
)
_BANNED = re.compile(r"\b(?:simply|obviously|just)\b", re.I)


def long_code(nb: NotebookNode) -> list[str]:
    """Code cells that learners see: median at most 4 lines, none above 20. Blank lines are free."""
    lengths = [
        (index, sum(bool(line.strip()) for line in cell.source.split("\n")))
        for index, cell in enumerate(nb.cells)
        if cell.cell_type == "code" and "guard" not in _tags(cell)
    ]
    problems = [
        f"cell {index}: {length} lines of code; at most {LONGEST_CELL}"
        for index, length in lengths
        if length > LONGEST_CELL
    ]
    middle = statistics.median(length for _, length in lengths) if lengths else 0
    if middle > MEDIAN_LINES:
        problems.append(f"the median code cell has {middle:g} lines; at most {MEDIAN_LINES}")
    return problems


def long_prose(nb: NotebookNode) -> list[str]:
    """Prose between two code cells: at most 90 words in one cell, 140 in all.

    After the last code cell it is closing words, of which each cell counts for itself.
    """
    problems = []
    between: list[tuple[int, int]] = []
    code_seen = False
    for index, cell in enumerate(nb.cells):
        if "notes" in _tags(cell) or "guard" in _tags(cell):
            continue
        if cell.cell_type == "markdown":
            between.append((index, words(cell.source)))
        elif cell.cell_type == "code":
            if code_seen:
                problems += _too_long(between)
            code_seen, between = True, []
    for closing in between:
        problems += _too_long([closing])
    return problems


def _too_long(run: list[tuple[int, int]]) -> list[str]:
    problems = [
        f"cell {index}: {count} words of prose; at most {LONGEST_PROSE_CELL}"
        for index, count in run
        if count > LONGEST_PROSE_CELL
    ]
    total = sum(count for _, count in run)
    if total > LONGEST_PROSE and not problems:
        problems.append(
            f"cells {run[0][0]} to {run[-1][0]}: {total} words between two code cells;"
            f" at most {LONGEST_PROSE}"
        )
    return problems


def late_figure(nb: NotebookNode) -> list[str]:
    """A lesson shows its first picture or live figure within 150 words."""
    count = 0
    for cell in nb.cells:
        if cell.cell_type == "markdown":
            # Everything counts that a reader has to pass: titles, tables, what is folded.
            count += len(re.findall(r"\S*\w\S*", re.sub(r"<[^>]*>", " ", cell.source)))
        elif any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])):
            break
    else:
        return ["no cell shows a picture"]
    if count <= WORDS_BEFORE_FIGURE:
        return []
    return [f"{count} words before the first figure; at most {WORDS_BEFORE_FIGURE}"]


def belittling_words(nb: NotebookNode) -> list[str]:
    """ "simply", "obviously" and "just" where it means "only": what is easy for whom?"""
    problems = []
    for index, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown":
            text = _FINE_JUST.sub(" ", re.sub(r"`[^`]*`", " ", cell.source))
            problems += [f"cell {index}: the word {found!r}" for found in _BANNED.findall(text)]
    return problems


def missing_parts(nb: NotebookNode) -> list[str]:
    """What every lesson opens and closes with, and does not here."""
    code = [index for index, cell in enumerate(nb.cells) if cell.cell_type == "code"]
    first, last = (code[0], code[-1]) if code else (len(nb.cells), -1)
    opening = _markdown(nb.cells[:first])
    closing = _markdown(nb.cells[last + 1 :])
    wanted = {
        "a title (# …) as its first line": re.match(r"# \S", opening),
        "a question in its title": "?" in opening.split("\n")[0],
        "'you will be able to' before the first code": re.search(
            r"you will be able to", opening, re.I
        ),
        "'**Time:** NN minutes' before the first code": re.search(
            r"\*\*Time:\*\*.{0,20}\d+ min", opening
        ),
        "what you need ('**You need:** …') before the first code": re.search(
            r"\byou need\b", opening, re.I
        ),
        "a recap table at the end": re.search(
            r"^#+ .*recap.*?^\s*\|[\s:|-]*-[\s:|-]*\|?\s*$", closing, re.I | re.M | re.S
        ),
        "'common mistakes' at the end": re.search("common mistakes", closing, re.I),
        "'where this appears in AI' at the end": re.search(
            "where this appears in AI", closing, re.I
        ),
        "a link to its exercises at the end": re.search(
            r"\]\(\.\./exercises/\w+\.ipynb\)", closing
        ),
        "what comes next, at the end": re.search(r"\bnext\b", closing, re.I),
        "a cell tagged 'notes' for teachers": any("notes" in _tags(c) for c in nb.cells),
    }
    return [f"the lesson lacks {part}" for part, found in wanted.items() if not found]


def missing_slide_types(nb: NotebookNode) -> list[str]:
    """Cells without a slide type; the build adds them."""
    return [
        f"cell {index} has no slide type"
        for index, cell in enumerate(nb.cells)
        if not cell.metadata.get("slideshow", {}).get("slide_type")
    ]


def repeated_ids(nb: NotebookNode) -> list[str]:
    """Cell ids that occur more than once, or are missing."""
    ids = [cell.get("id") for cell in nb.cells]
    return [
        f"the id {name!r} occurs {ids.count(name)} times"
        for name in set(ids)
        if ids.count(name) > 1
    ]


def unwanted_code(nb: NotebookNode, name: str) -> list[str]:
    """Code that committed notebooks must not hold: early torch, `interact`, `Output`, magics, …"""
    chapter = int(name[:2]) if name[:2].isdigit() else 0
    problems = []
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "code":
            continue
        try:
            tree = ast.parse(cell.source)
        except SyntaxError:
            if "raises-exception" not in _tags(cell):
                problems.append(f"cell {index}: not plain Python (a magic or a shell command?)")
            continue
        for node in ast.walk(tree):
            problems += [f"cell {index}: {fault}" for fault in _unwanted(node, chapter)]
    return problems


def _unwanted(node: ast.AST, chapter: int) -> Iterator[str]:
    modules = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
        if any(alias.name == "*" for alias in node.names):
            yield "a star import hides where names come from"
        if node.module == "ipywidgets":
            modules += [f"ipywidgets.{alias.name}" for alias in node.names]
    elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        modules = [f"{node.value.id}.{node.attr}"]
    for module in modules:
        if module.split(".")[0] == "torch" and chapter < FIRST_TORCH_CHAPTER:
            yield f"torch is imported by chapters from {FIRST_TORCH_CHAPTER} on only"
        if module == "sys.path":
            yield "sys.path: `utils` is installed and imports from any folder"
        if module in {f"{w}.{n}" for w in ("ipywidgets", "widgets", "w") for n in _LEAVES_NOTHING}:
            yield f"{module} leaves nothing in a stored notebook: use an explorer"


_LEAVES_NOTHING = ("interact", "interactive", "interact_manual", "interactive_output", "Output")


def dead_links(nb: NotebookNode, folder: Path) -> list[str]:
    """Links in the prose to files that do not exist, seen from `folder`."""
    problems = []
    for index, cell in enumerate(nb.cells):
        if cell.cell_type != "markdown":
            continue
        for target in re.findall(r"\]\(([^)\s]+)", re.sub(r"(`+).+?\1", " ", cell.source)):
            file = unquote(target.split("#")[0])
            elsewhere = "://" in file or file.startswith(("mailto:", "attachment:"))
            if file and not elsewhere and not (folder / file).exists():
                problems.append(f"cell {index}: the link to {target} leads nowhere")
    return problems


# What every lesson is held to, whatever it is called and wherever it lies.
HOUSE_STYLE = (
    long_code,
    long_prose,
    late_figure,
    belittling_words,
    missing_parts,
    missing_slide_types,
    repeated_ids,
)


def _markdown(cells: list[NotebookNode]) -> str:
    return "\n\n".join(
        cell.source for cell in cells if cell.cell_type == "markdown" and "notes" not in _tags(cell)
    )


def _tags(cell: NotebookNode) -> list[str]:
    return cell.metadata.get("tags", [])


if __name__ == "__main__":
    sys.exit(main())
