"""Code in colour, as HTML and the style sheet that goes with it."""

from __future__ import annotations

from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer, TextLexer
from pygments.token import STANDARD_TYPES, Comment, Keyword, Name, Number, Operator, String

# On a light page, on a dark one. Each has a contrast of 4.5 or more to the paper of its code.
INKS = {
    Comment: ("#5f6b73", "#9aa7b0"),
    Keyword: ("#00695c", "#5ccfbe"),
    Name.Builtin: ("#5e35b1", "#c4a7f5"),
    Name.Function: ("#0d47a1", "#8ab8f5"),
    Name.Class: ("#0d47a1", "#8ab8f5"),
    Number: ("#8a4b00", "#f0b06a"),
    Operator.Word: ("#00695c", "#5ccfbe"),
    String: ("#a02a2a", "#f29a9a"),
}


def highlighted(code: str, language: str = "python") -> str:
    """Code as the inner HTML of a `pre`: words in spans, everything else escaped."""
    lexer = PythonLexer() if language == "python" else TextLexer()
    return highlight(code, lexer, HtmlFormatter(nowrap=True)).rstrip("\n")


def style(dark: bool = False) -> str:
    """The style sheet for `highlighted` on a light page or a dark one."""
    rules = []
    for kind, inks in INKS.items():
        letters = [short for token, short in STANDARD_TYPES.items() if token in kind]
        rules.append(
            f"{', '.join(f'.code .{word}' for word in letters)} {{ color: {inks[dark]}; }}"
        )
    return "\n".join(rules)
