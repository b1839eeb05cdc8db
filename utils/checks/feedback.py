"""What a check, a hint or a solution shows: one text, as HTML for the notebook and as plain text.

The text is Markdown of the smallest kind: paragraphs, `code`, **bold**, *italic*, [links](to),
lists, fenced code blocks; $formulas$ are left to the notebook's own typesetting.
"""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from html import escape
from typing import Any


class Outcome(Enum):
    """What became of an answer. The value is the short name that test tables use."""

    NOT_ATTEMPTED = "not-attempted"
    ERROR = "error"
    TYPE = "type"
    ENDLESS = "endless"
    IMPRECISE = "imprecise"
    MISTAKE = "mistake"
    FACTOR = "factor"
    WRONG = "wrong"
    CORRECT = "correct"
    NO_QUESTION = "no-question"
    STUMBLED = "stumbled"  # the check itself failed: our bug, never the learner's


# The share of a question's points. A named mistake earns what its rival says (nothing by default).
CREDIT = {Outcome.CORRECT: 1.0, Outcome.IMPRECISE: 0.5, Outcome.FACTOR: 0.5}

# JupyterLab's own colours, so that both themes fit; the fallback is for other front ends.
_GREEN = "var(--jp-success-color1,#2e7d32)"
_BLUE = "var(--jp-info-color1,#0277bd)"
_ORANGE = "var(--jp-warn-color1,#ef6c00)"
_GREY = "var(--jp-ui-font-color2,#757575)"

_LOOK = {
    Outcome.CORRECT: ("Correct", "✓", _GREEN),
    Outcome.IMPRECISE: ("Nearly", "≈", _BLUE),
    Outcome.FACTOR: ("Nearly", "≈", _BLUE),
    Outcome.NOT_ATTEMPTED: ("Not attempted", "○", _GREY),
    Outcome.NO_QUESTION: ("No such question", "○", _GREY),
    Outcome.STUMBLED: ("Not checked", "○", _GREY),
}
_NOT_YET = ("Not yet", "→", _ORANGE)

# What a check of a live figure leaves in its saved output, so that a notebook that is handed in
# tells where the figure stood: `{"question": id, "observation": …}`, as `seam.Observation` has it.
RECORD = "application/vnd.derivatives-course.figure+json"


@dataclass(frozen=True, repr=False)
class Feedback:
    """The result of `check`.

    A notebook shows the message; `print` gives the same message as text; `repr` is the points
    alone, because that is where nbgrader reads partial credit.

    question: its id, and options: the letters and texts that a learner may click, where there are
        any and no answer yet.
    figure: of a live figure, what was seen, as plain data.
    """

    outcome: Outcome
    message: str
    points: float = 0.0
    mistake: str | None = None
    question: str = ""
    options: tuple[tuple[str, str], ...] = ()
    figure: Mapping[str, Any] | None = field(default=None, compare=False)

    @property
    def word(self) -> str:
        """Correct, Nearly, Not yet or Not attempted."""
        return _LOOK.get(self.outcome, _NOT_YET)[0]

    def __repr__(self) -> str:
        return repr(float(self.points))

    def __str__(self) -> str:
        return f"{self.word}. {self.message}"

    def _repr_html_(self) -> str:
        return self.markup()

    def markup(self, role: str = "status") -> str:
        """The message as HTML. role: "none" where what it stands in is read aloud."""
        word, sign, colour = _LOOK.get(self.outcome, _NOT_YET)
        return box(f"{word}. {self.message}", colour, lead=f"{word}.", sign=sign, role=role)

    def options_as_html(self) -> list[list[str]]:
        """The letters of the options, each with its text as HTML."""
        return [[letter, to_inline(text)] for letter, text in self.options]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        """Where a figure stood; buttons for options, where a kernel can show them."""
        if self.figure is not None:
            return {RECORD: {"question": self.question, "observation": dict(self.figure)}}
        if not self.options or kernel() is None:
            return {}
        try:
            return importlib.import_module("utils.clicks").view(self)  # loads widgets: only now
        except ImportError:
            return {}  # no widgets here: one types


def kernel() -> Any:
    """The kernel that runs this, or None."""
    ipython = sys.modules.get("IPython")
    return getattr(ipython.get_ipython(), "kernel", None) if ipython else None


@dataclass(frozen=True, repr=False)
class Note:
    """What `hint` and `solution` return, and `progress` when it asks back."""

    heading: str
    body: str

    @property
    def lead(self) -> str:
        """The heading as a sentence."""
        return self.heading if self.heading.endswith(("?", "!")) else f"{self.heading}."

    def __repr__(self) -> str:
        return f"{self.lead} {self.body}"

    def _repr_html_(self) -> str:
        return self.markup("status")

    def markup(self, role: str = "none") -> str:
        """The note as HTML. role: "none" where what it stands in is read aloud."""
        return box(f"{self.lead} {self.body}", _BLUE, lead=self.lead, role=role)


def box(
    text: str, colour: str, lead: str = "", sign: str = "", width: int = 44, role: str = "status"
) -> str:
    """Markdown `text` as an HTML box with a coloured bar; `lead`, its beginning, in bold.

    `sign` is a decoration in front, hidden from screen readers: the words say the same. `width`
    is the most it takes, in the size of its letters. role: "status" is read aloud as a whole.
    """
    body = to_html(text)
    if lead:
        body = body.replace(escape(lead), f"<strong>{escape(lead)}</strong>", 1)
    if sign:
        mark = f'<span aria-hidden="true" style="color:{colour}">{sign}</span> '
        body = body.replace("<strong>", f"{mark}<strong>", 1)
    return (
        f'<div role="{role}" style="border-left:5px solid {colour};padding:.3em .9em;'
        f"margin:.3em 0;max-width:{width}em;line-height:1.5;"
        "color:var(--jp-content-font-color1,inherit);"
        f'background:var(--jp-layout-color2,rgba(128,128,128,.1))">{body}</div>'
    )


_FENCE = re.compile(r"^```[^\n]*\n(.*?)^```[ \t]*$", re.S | re.M)
_CODE = re.compile(r"(`[^`\n]+`|\$[^$\n]+\$)")


def to_html(text: str) -> str:
    """The small Markdown of this package as HTML, everything else escaped."""
    parts = []
    for index, part in enumerate(_FENCE.split(text)):
        if index % 2:
            parts.append(
                '<pre style="margin:.4em 0;padding:.4em .6em;overflow-x:auto;'
                f'background:var(--jp-layout-color1,transparent)">{escape(part.rstrip())}</pre>'
            )
        else:
            blocks = (block.strip() for block in re.split(r"\n\s*\n", part))
            parts.extend(_block(block) for block in blocks if block)
    return "".join(parts)


def _block(block: str) -> str:
    lines = [line.strip() for line in block.splitlines()]
    if all(line.startswith(("- ", "* ")) for line in lines):
        items = "".join(f"<li>{to_inline(line[2:])}</li>" for line in lines)
        return f'<ul style="margin:.3em 0">{items}</ul>'
    return f'<p style="margin:.3em 0">{to_inline(" ".join(lines))}</p>'


def to_inline(text: str) -> str:
    """One line of the small Markdown as HTML, with no paragraph around it."""

    def plain(piece: str) -> str:
        piece = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(piece))
        piece = re.sub(r"(?<![\w*])\*([^*\s][^*]*)\*(?![\w*])", r"<em>\1</em>", piece)
        return re.sub(r"\[([^\]]+)\]\(([\w./#=-]+)\)", r'<a href="\2">\1</a>', piece)

    out = []
    for index, piece in enumerate(_CODE.split(text)):
        if not index % 2:
            out.append(plain(piece))
        elif piece.startswith("`"):
            out.append(f"<code>{escape(piece[1:-1])}</code>")
        else:
            out.append(escape(piece))
    return "".join(out)
