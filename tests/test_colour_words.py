"""A colour has one word: prose and messages say the one of `style.WORDS`, and no other.

What a colour word means cannot be read off the word alone, since it stands for a mark of a figure.
So `POINTS_AT` says it, in places that a reader can find; common nouns, such as "tangent", say it by
themselves. When a word in `WORDS` changes, every sentence that says the old one is named.
"""

from __future__ import annotations

import ast
import functools
import io
import re
import tokenize
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pytest

from tools import clean
from utils import style

ROOT = Path(__file__).resolve().parent.parent

OTHERS = [
    *("red", "redder", "reddish", "scarlet", "crimson", "vermilion", "amber", "orange", "ochre"),
    *("gold", "golden", "yellow", "olive", "lime", "green", "teal", "turquoise", "cyan"),
    *("blue", "navy", "indigo", "purple", "violet", "magenta", "pink", "brown", "maroon"),
    *("black", "white", "grey", "gray", "silver"),
]

MAIN = ("function", "derivative", "secant", "tangent", "gradient", "path")

# "~" is the colour word; what stands around it, and which key of COLOURS the figure draws it in.
NOUNS = {
    "~ tangent": "tangent",
    "~ secant": "secant",
    "~ derivative": "derivative",
    "~ gradient": "gradient",
    "~ path": "path",
    "~ rise": "rise",
    "~ run": "run",
    "~ curve": "function",
}
# The same for one chapter; these come first. A chapter is found by its name in the file's.
POINTS_AT = {
    "": {f"{meaning} ~": meaning for meaning in MAIN},  # the list in CONTRIBUTING.md
    "slope": {"The ~ point tilts": "rise"},
    "rate_of_change": {"the ~ point to the left": "secant"},
    "limits": {
        "drag the ~ point on the right": "secant",
        "central** difference, the ~ curve": "tangent",
        "Follow the ~ curve from the right": "tangent",
        "the ~ number above the picture": "tangent",
    },
    "derivative": {
        "The ~ line runs through two points": "secant",
        "What becomes of the ~ line": "secant",
        "The ~ line is the secant": "secant",
        "The ~ line touches": "tangent",
    },
    "special_functions": {
        "squared error in ~": "quiet",
        "The ~ arrow is its motion": "tangent",
        "does the ~ arrow point": "tangent",
        "The ~ band is the nudge that goes in": "run",
        "the ~ band is what comes out": "rise",
        "The slope stands in ~": "derivative",
    },
    "chain_rule": {
        "by the small ~ arc": "run",
        "sweep the ~ ones": "derivative",
        "The ~ number on the second arrow": "derivative",
    },
    "minima_and_maxima": {"the ~ line is the tangent": "tangent"},
    "gradient": {
        "The ~ parts are the partial derivatives": "derivative",
        "the ~ arrow is the two together": "gradient",
        "The ~ stroke shows which way the contour": "tangent",
        "drag one of the ~ points": "derivative",
        "the ~ point on the wave": "derivative",
    },
    "gradient_descent": {
        "The ~ arrow is the step to come": "gradient",
        "~ stars are minima": "tangent",
        "~ crosses are saddles": "tangent",
    },
    "arrays": {"the price in the ~ frame": "secant"},
    "autograd_from_scratch": {
        "~ values go forward": "function",
        "then ~ gradients come back": "derivative",
        "The ~ number that arrives at `w`": "derivative",
        "the ~ number in the box of `b`": "derivative",
        "not the ~ one at the end": "function",
        "watch the ~ number of `b`": "derivative",
        "Drag the ~ point slowly": "loss",
    },
    "training_a_network": {"The ~ line is the full batch": "quiet"},
    "project": {"the lowest point of the ~ curve": "loss"},
    "many_machines": {"When does the ~ one meet it": "quiet"},
}
# Colours of something else than a figure of ours, and of what.
_CLOSED = {"~ box": "a function that one may ask, and not look into"}
ELSEWHERE = {
    "open_task": _CLOSED,
    "mistakes": _CLOSED,
    "": _CLOSED,
    "start_here": {"The ~ box below is a **cell**": "JupyterLab draws its cells so"},
    "project": {"until all eight are ~": "what a check says has that colour when it is right"},
}


class Said(NamedTuple):
    """A colour word: its chapter ("" where there is none), its place, the text around it."""

    chapter: str
    place: str
    word: str
    around: str  # with "~" for the word

    def __str__(self) -> str:
        return f"{self.place}: “…{self.around.replace('~', self.word)}…”"


# --- where words are read ---


@functools.cache
def texts() -> list[tuple[str, str, str]]:
    """Chapter, place and text of all that learners, teachers and authors read."""
    return list(_texts())


def _texts() -> Iterator[tuple[str, str, str]]:
    for folder in ("notebooks", "solutions"):
        for path in sorted((ROOT / folder).glob("*.ipynb")):
            chapter = path.stem.partition("_")[2]
            for cell in clean.read(path.read_text(encoding="utf-8")).cells:
                place = f"{folder}/{path.name}, cell {cell.id!r}"
                if cell.cell_type == "markdown":
                    yield chapter, place, cell.source
                else:
                    for _, text in sentences(cell.source):
                        yield chapter, place, text
    for path in sorted((ROOT / "utils").rglob("*.py")):
        for line, text in sentences(path.read_text(encoding="utf-8")):
            yield path.stem, f"{path.relative_to(ROOT).as_posix()}:{line}", text
    for name in ("README.md", "CONTRIBUTING.md"):
        yield "", name, (ROOT / name).read_text(encoding="utf-8")


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """The comments of a Python source, and its strings of several words: line and text.

    A single word, such as "white", is an argument for matplotlib and no sentence.
    """
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string
    tree = ast.parse(source)
    pieces = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)
              for part in node.values}  # fmt: skip
    for node in ast.walk(tree):
        text = ""
        if isinstance(node, ast.JoinedStr):
            text = "".join(
                part.value if isinstance(part, ast.Constant) else "…" for part in node.values
            )
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = "" if id(node) in pieces else node.value
        if " " in text.strip() and text not in style.WORDS.values():
            yield node.lineno, text


def colour_words(text: str, words: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Each colour word of a text, and what stands around it."""
    names = sorted({*OTHERS, *words.values()}, key=len, reverse=True)
    # Markup is no prose.
    text = " ".join(re.sub(r"<[^<>]*>", " ", text).split())
    for match in re.finditer(rf"\b(?:{'|'.join(names)})\b", text, re.I):
        before, after = text[: match.start()][-60:], text[match.end() :][:60]
        yield match[0], f"{before}~{after}"


def said(words: Mapping[str, str]) -> Iterator[Said]:
    for chapter, place, text in texts():
        for word, around in colour_words(text, words):
            yield Said(chapter, place, word, around)


# --- what is wrong with them ---


def fault(one: Said, words: Mapping[str, str]) -> str:
    """What is wrong with a colour word, held to a table of words; "" where nothing is."""
    if any(snippet in one.around for snippet in ELSEWHERE.get(one.chapter, {})):
        return ""
    word, meaning = one.word.lower(), meaning_of(one)
    if meaning is not None:
        expected = words[meaning]
        return "" if word == expected else f"{one}: the word of the {meaning} is “{expected}”"
    if word not in words.values():
        return f"{one}: “{word}” is the word of no colour in style.WORDS"
    return f"{one}: what does “{word}” point at? Say it in POINTS_AT, tests/{Path(__file__).name}"


def meaning_of(one: Said) -> str | None:
    for table in (POINTS_AT.get(one.chapter, {}), NOUNS):
        for snippet, meaning in table.items():
            if snippet in one.around:
                return meaning
    return None


def faults(words: Mapping[str, str]) -> list[str]:
    return [found for one in said(words) if (found := fault(one, words))]


def test_prose_and_messages_say_the_colours_own_words() -> None:
    found = faults(style.WORDS)
    assert not found, "\n".join(found)


def test_no_table_here_says_more_than_there_is() -> None:
    everything = list(said(style.WORDS))
    for tables in (POINTS_AT, ELSEWHERE):
        for chapter, snippets in tables.items():
            for snippet in snippets:
                used = [o for o in everything if o.chapter == chapter and snippet in o.around]
                assert used, f"{chapter}: nothing says {snippet!r} any more: take it out"


def test_every_colour_but_that_of_a_point_has_a_word() -> None:
    assert set(style.WORDS) == set(style.COLOURS) - {"point"}
    for colours in (style.COLOURS, style.COLOURS_DARK):
        for one, other in ((a, b) for a in style.WORDS for b in style.WORDS):
            if colours[one] == colours[other]:
                assert style.WORDS[one] == style.WORDS[other], f"{one} and {other} look the same"


@pytest.mark.parametrize("meaning", ["secant", "tangent", "derivative", "gradient", "quiet"])
def test_a_changed_word_names_every_sentence_that_says_the_old_one(meaning: str) -> None:
    old = style.WORDS[meaning]
    expected = [one for one in said(style.WORDS) if meaning_of(one) == meaning]
    found = faults(style.WORDS | {meaning: "turquoise"})
    assert expected and len(found) == len(expected)
    for one, message in zip(expected, found, strict=True):
        assert one.word.lower() == old
        assert message == f"{one}: the word of the {meaning} is “turquoise”"


def test_a_changed_word_names_lesson_question_and_guide() -> None:
    found = "\n".join(faults(style.WORDS | {"secant": "turquoise"}))
    for place in ("notebooks/04_derivative.ipynb, cell '", "utils/questions/rate_of_change.py:"):
        assert place in found
    assert "CONTRIBUTING.md: “…" in found and "The gold line is the secant" in found


# --- the reading itself ---


def faults_in(text: str, chapter: str = "limits") -> list[str]:
    found = colour_words(text, style.WORDS)
    every = (fault(Said(chapter, "here", *one), style.WORDS) for one in found)
    return [message for message in every if message]


@pytest.mark.parametrize(
    "text",
    [
        "The green tangent, the gold\nsecant and the sky blue path.",
        "The blue curve. Green tangents, too.",
        "drag the gold point on the right towards 0",
        '<span style="white-space:nowrap">word</span>',
        "A pinkish, reddened, blackened greenhouse, hundred, shared",
    ],
)
def test_right_words_pass(text: str) -> None:
    assert faults_in(text) == []


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("the orange secant", "here: “…the orange secant…”: the word of the secant is “gold”"),
        ("the blue path", "the word of the path is “sky blue”"),
        ("Magenta numbers", "“magenta” is the word of no colour"),
        ("drag the orange point on the right", "the word of the secant is “gold”"),
        ("a vermilion arrow", "“vermilion” is the word of no colour"),
        ("the black point", "“black” is the word of no colour"),
        ("a purple star", "what does “purple” point at? Say it in POINTS_AT"),
    ],
)
def test_other_words_are_faults(text: str, message: str) -> None:
    (found,) = faults_in(text)
    assert message in found


def test_comments_messages_and_doc_strings_are_read_and_arguments_are_not() -> None:
    source = '''"""A red line."""
x = f"the {colour} and {2} red dots"  # red as well
ax.plot(x, color="red", label="a red" " line", fmt=f"{red}")
'''
    assert sorted(sentences(source)) == [
        (1, "A red line."),
        (2, "# red as well"),
        (2, "the … and … red dots"),
        (3, "a red line"),
    ]
