"""Markdown as HTML, block by block; formulas become MathML here, so that no page needs a script."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from math_core import LatexError, LatexToMathML
from mdit_py_plugins.dollarmath import dollarmath_plugin

from tools.site.code import highlighted

# A prime is high up already: as an exponent it would be tiny and float far above, unless a font for
# mathematics is there that knows how to draw it.
_RAISED_PRIME = re.compile(r"<msup>(<(mi|mo|mn)\b[^>]*>[^<]*</\2>)<mo>([′″‴])</mo></msup>")

_LONGEST_WHOLE = 20  # letters of code that fit on a line of every page

Link = Callable[[str], str | None]  # from a link's address to that on the page; None: no link

_KINDS = {
    "heading_open": "heading",
    "paragraph_open": "paragraph",
    "bullet_list_open": "list",
    "ordered_list_open": "list",
    "table_open": "table",
    "math_block": "formula",
    "fence": "code",
    "code_block": "code",
    "html_block": "html",
}


class FormulaError(ValueError):
    """A formula that cannot be shown; the message says which, and why."""


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list, table, formula, piece of code, or HTML as it stands.

    html: as a page shows it. source: its Markdown. level: of a heading, from 1; else 0.
    text: of a heading, without its marks.
    """

    kind: str
    html: str
    source: str
    level: int = 0
    text: str = ""

    @property
    def anchor(self) -> str:
        """The name by which links reach a heading, as in JupyterLab."""
        return self.text.replace(" ", "-")


def blocks(markdown: str, link: Link | None = None) -> list[Block]:
    """The top-level blocks of a piece of Markdown, in order.

    Raises FormulaError for a formula that cannot be shown.
    """
    parser = _parser()
    tokens = parser.parse(markdown)
    _change_links(tokens, link or (lambda address: address))
    _leave_corners_empty(tokens)
    lines = markdown.split("\n")
    return [_block(parser, piece, lines) for piece in _pieces(tokens)]


def to_html(markdown: str, link: Link | None = None) -> str:
    """A piece of Markdown as HTML. Raises FormulaError."""
    return "".join(block.html for block in blocks(markdown, link))


def formula(latex: str, display: bool = False) -> str:
    """LaTeX as MathML, with the LaTeX as what it is called. Raises FormulaError."""
    try:
        mathml = _converter().convert_with_local_state(latex.strip(), displaystyle=display)
    except LatexError as error:
        raise FormulaError(f"This formula cannot be shown on a page: {latex}\n{error}") from error
    return _RAISED_PRIME.sub(r'<mrow>\1<mtext class="prime">\3</mtext></mrow>', mathml)


def heading_text(markdown: str) -> str:
    """A heading without its marks: "`f` is **steep**" is "f is steep"."""
    return re.sub(r"[`*]|(?<!\w)_|_(?!\w)", "", markdown).strip()


@cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"highlight": _in_colour}).enable(["table", "strikethrough"])
    parser.use(dollarmath_plugin, double_inline=True, renderer=_math)
    parser.add_render_rule("heading_open", _named_heading)
    parser.add_render_rule("math_block", _math_block)
    parser.add_render_rule("code_inline", _code_inline)
    parser.add_render_rule("table_open", lambda *_: '<div class="wide"><table>\n')
    parser.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return parser


def _in_colour(code: str, language: str, _attributes: str) -> str:
    return highlighted(code, language or "text")


def _math(latex: str, options: dict) -> str:
    return formula(latex, options["display_mode"])


def _math_block(renderer, tokens: Sequence[Token], i: int, *_) -> str:
    return f'<div class="wide">{formula(tokens[i].content, display=True)}</div>\n'


def _code_inline(renderer, tokens: Sequence[Token], i: int, *_) -> str:
    """Code in a line; a short piece, such as `x^3 - 2x`, goes over no line's end."""
    code = tokens[i].content
    whole = ' class="whole"' if " " in code and len(code) <= _LONGEST_WHOLE else ""
    return f"<code{whole}>{html.escape(code, quote=False)}</code>"


def _named_heading(renderer, tokens: Sequence[Token], i: int, *_) -> str:
    name = heading_text(tokens[i + 1].content).replace(" ", "-")
    return f'<{tokens[i].tag} id="{html.escape(name)}">'


def _pieces(tokens: Sequence[Token]) -> list[list[Token]]:
    """The tokens of each top-level block."""
    found: list[list[Token]] = []
    for token in tokens:
        if token.level == 0 and token.nesting != -1:
            found.append([])
        found[-1].append(token)
    return found


def _block(parser: MarkdownIt, piece: list[Token], lines: list[str]) -> Block:
    first = piece[0]
    begin, end = first.map or (0, 0)
    level = int(first.tag[1]) if first.type == "heading_open" else 0
    return Block(
        kind=_KINDS.get(first.type, "html"),
        html=parser.renderer.render(piece, parser.options, {}),
        source="\n".join(lines[begin:end]).strip(),
        level=level,
        text=heading_text(piece[1].content) if level else "",
    )


def _change_links(tokens: Sequence[Token], link: Link) -> None:
    for token in tokens:
        _change_links(token.children or (), link)
        if token.type != "link_open":
            continue
        address = link(str(token.attrGet("href")))
        if address is None:
            del token.attrs["href"]  # words that look like all others
        else:
            token.attrSet("href", address)


def _leave_corners_empty(tokens: Sequence[Token]) -> None:
    """A table's corner without words is no heading, which a screen reader would announce."""
    for opened, words, closed in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if opened.type == "th_open" and not words.content:
            opened.tag = closed.tag = "td"
