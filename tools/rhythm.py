"""How the sentences of a lesson run: how long they are, and how many are stumps.

A guide for whoever writes, not a gate: a text that reads well may stand outside of it. It measures
what is read as a text, that is paragraphs; headings, lists, tables, code and notes do not count.
"""

import re
import statistics
from collections.abc import Iterator
from typing import NamedTuple

from nbformat import NotebookNode

SHORT = 6  # words of a stump, at most
MOST_SHORT = 0.20  # of a lesson's sentences
MEAN = (12.0, 15.0)  # words of a sentence

_NOT_READ = re.compile(
    r"<details.*?</details>|<!--.*?-->|```.*?```|\$\$.*?\$\$|^#+ .*$|^\s*\|.*$", re.S | re.M
)
# A list and the line on time; options of a question end their paragraph.
_NO_PARAGRAPH = re.compile(r"\s*(?:[-*+] |\d+[.)] |\*\*Time:\*\*|<)")
_OPTIONS = re.compile(r"\*\*a\*\* .*", re.S)
_FORMULA = re.compile(r"(?<![\\$])\$[^$\n]+?\$")
_CODE = re.compile(r"(`+)(?!`).+?(?<!`)\1(?!`)", re.S)
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
# Behind a full stop begins a capital letter, a number, a symbol such as x₀, a formula or code.
_END = re.compile(
    r"(?<=[.!?…])[)”’\"]*\s+(?=[(“‘\"]*(?:[^\W\d_a-zα-ω]|\d|[a-zα-ω](?![A-Za-z])|[∂∇Δ⟨]))"
)
_WORD = re.compile(r"[^\W_](?:[\w'’′./-]*\w)?|⟨\w+⟩")
_ABBREVIATED = re.compile(r"\b(?:e\.g|i\.e|vs|cf|Fig|approx|etc|Dr|Mr|Ms)\.$")


class Rhythm(NamedTuple):
    """Sentences of a lesson in numbers: how many, mean words of one, share of short ones."""

    sentences: int
    mean: float
    short: float

    @property
    def is_even(self) -> bool:
        """Whether it stands within what CONTRIBUTING asks for."""
        return MEAN[0] <= self.mean <= MEAN[1] and self.short <= MOST_SHORT

    def __str__(self) -> str:
        return (
            f"{self.sentences} sentences of {self.mean:.1f} words;"
            f" {self.short:.0%} have {SHORT} words or fewer"
        )


def rhythm(nb: NotebookNode) -> Rhythm:
    """Measure a lesson; one without a sentence has the mean 0."""
    lengths = [count_words(sentence) for _, sentence in sentences(nb)]
    if not lengths:
        return Rhythm(0, 0.0, 0.0)
    short = sum(length <= SHORT for length in lengths) / len(lengths)
    return Rhythm(len(lengths), statistics.fmean(lengths), short)


def sentences(nb: NotebookNode) -> Iterator[tuple[int, str]]:
    """Each sentence that learners read, with the number of its cell."""
    for index, cell in enumerate(nb.cells):
        if cell.cell_type == "markdown" and "notes" not in cell.metadata.get("tags", []):
            for sentence in split(cell.source):
                yield index, sentence


def split(markdown: str) -> list[str]:
    """The sentences of a text's paragraphs; a formula and a piece of code stand as one word."""
    text = _NOT_READ.sub("\n\n", markdown)
    text = _FORMULA.sub("⟨formula⟩", text)
    text = _CODE.sub("⟨code⟩", text)
    text = _LINK.sub(r"\1", text)
    found: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        if not _NO_PARAGRAPH.match(paragraph):
            paragraph = _OPTIONS.sub("", paragraph)
            plain = re.sub(r"[*>]+|(?<!\w)_|_(?!\w)", "", paragraph)
            found += _ended(_END.split(" ".join(plain.split())))
    return [sentence for sentence in found if count_words(sentence)]


def _ended(pieces: list[str]) -> list[str]:
    """Join what was cut behind an abbreviation."""
    joined: list[str] = []
    for piece in pieces:
        if joined and _ABBREVIATED.search(joined[-1]):
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return joined


def count_words(sentence: str) -> int:
    """Words of a sentence as `split` gives it."""
    return len(_WORD.findall(sentence))
