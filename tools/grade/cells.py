"""Code cells as data: which checks they make, and what is left of them without."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

CALLS = ("check", "hint", "solution", "progress", "practice", "review")  # talk to the learner alone
_ID = re.compile(r"\s*([a-z_]+\.\w+)\s*", re.IGNORECASE)
_LONGEST = 200_000  # characters; nobody writes a longer cell
_UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError)  # what `ast` raises


@dataclass(frozen=True)
class Check:
    """A call of `check`: the question, and the text of what is handed over."""

    question: str
    expression: str


Piece = str | Check  # code to run, or the place of a check


def pieces(source: str) -> list[Piece]:
    """A cell in its order: what is to be run, and the checks between. Raises nothing.

    What cannot be parsed comes back as it is; Python will say why when it is run.
    """
    source = without_magics(source)[:_LONGEST]
    try:
        return _pieces(source, ast.parse(source))
    except _UNREADABLE:
        return [source]


def _pieces(source: str, tree: ast.Module) -> list[Piece]:
    if not any(_called(statement) for statement in tree.body):
        return [source] if tree.body else []
    lines = _split(source)
    found: list[Piece] = []
    kept: list[str] = []
    ends = Counter(line for s in tree.body for line in {s.lineno, s.end_lineno})
    for statement in tree.body:
        alone = ends[statement.lineno] == ends[statement.end_lineno] == 1
        text = _lines_of(statement, lines) if alone else ast.unparse(statement)
        if not _called(statement):
            kept.append(text)
            continue
        if kept:
            found.append("\n".join(kept))
            kept = []
        found += [check for node in ast.walk(statement) if (check := _check(node))]
        if not isinstance(statement, ast.Expr | ast.Assign):
            found.append(text)  # a function or a loop that checks inside
    return [*found, "\n".join(kept)] if kept else found


def checks(source: str) -> list[Check]:
    """The checks that a cell makes, in their order."""
    return [piece for piece in pieces(source) if isinstance(piece, Check)]


def without_magics(source: str) -> str:
    """A cell without the lines that only IPython reads, if Python cannot read them."""
    try:
        ast.parse(source)
        return source
    except _UNREADABLE:
        lines = _split(source)
    marks = ("%", "!", "?")
    if not any(line.lstrip().startswith(marks) or line.rstrip().endswith("?") for line in lines):
        return source
    kept = (
        "" if line.lstrip().startswith(marks) or line.rstrip().endswith("?") else line
        for line in lines
    )
    return "\n".join(kept)


def same(one: str) -> str:
    """A cell's text for comparing: spaces at the ends of lines and empty lines do not count."""
    return "\n".join(line.rstrip() for line in one.splitlines() if line.strip())


def only_shows(source: str) -> bool:
    """Whether a cell does nothing but call, such as `draw_riddle()` or `print(watch(f))`."""
    try:
        body = ast.parse(source).body
    except _UNREADABLE:
        return False
    return bool(body) and all(isinstance(line, ast.Expr) for line in body)


def makes(source: str) -> set[str]:
    """The names that a cell assigns, defines or imports at its top."""
    try:
        body = ast.parse(source).body
    except _UNREADABLE:
        return set()
    return {name for statement in body for name in _bound(statement)}


def text_of(name: str, source: str) -> str:
    """The last statement of a cell that binds `name`, as it was written; empty if none does."""
    try:
        body = ast.parse(source).body
    except _UNREADABLE:
        return ""
    found = [statement for statement in body if name in _bound(statement)]
    return _lines_of(found[-1], _split(source)) if found else ""


def names_in(expression: str) -> list[str]:
    """The names that an expression reads."""
    try:
        tree = ast.parse(expression, mode="eval")
    except _UNREADABLE:
        return []
    return [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]


def _split(source: str) -> list[str]:
    """Its lines as Python counts them."""
    return re.split(r"\r\n|\r|\n", source)


def _bound(statement: ast.stmt) -> Iterator[str]:
    if isinstance(statement, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        yield statement.name
    elif isinstance(statement, ast.Import | ast.ImportFrom):
        for alias in statement.names:
            yield (alias.asname or alias.name).partition(".")[0]
    else:
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                yield node.id


def _lines_of(statement: ast.stmt, lines: list[str]) -> str:
    first = min([statement.lineno, *(d.lineno for d in getattr(statement, "decorator_list", ()))])
    return "\n".join(lines[first - 1 : statement.end_lineno])


def _called(statement: ast.stmt) -> bool:
    """Whether a statement asks for nothing but what is said to the learner, or checks."""
    bare = statement.value if isinstance(statement, ast.Expr) else None
    if isinstance(bare, ast.Call) and _name(bare) in CALLS:
        return True
    return any(_question(node) for node in ast.walk(statement))


def _name(call: ast.Call) -> str:
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def _question(node: ast.AST) -> str:
    """The id in a call of `check`; empty for anything else."""
    if isinstance(node, ast.Call) and _name(node) == "check":
        given = [*node.args[:1], *(k.value for k in node.keywords if k.arg == "question_id")]
        if given and isinstance(given[0], ast.Constant) and isinstance(given[0].value, str):
            match = _ID.fullmatch(given[0].value)
            return match[1].lower() if match else ""
    return ""


def _check(node: ast.AST) -> Check | None:
    question = _question(node)
    if not question:
        return None
    assert isinstance(node, ast.Call)
    given = [*node.args[1:2], *(k.value for k in node.keywords if k.arg == "answer")]
    return Check(question, ast.unparse(given[0]) if given else "None")
