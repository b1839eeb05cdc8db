"""What of a cell's source runs in the browser. Used when pages are made, and in the browser itself.

Some packages no browser has; what draws is loaded there only when somebody asks for a picture.
Statements that use such names are left out, with the names that they would bind.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

# Modules by the beginnings of their names.
NOWHERE = (
    *("torch.", "ipywidgets.", "anywidget.", "IPython."),
    *("utils.practice.", "utils.clicks.", "utils.workers."),
)
DRAWING = (
    *("matplotlib.", "PIL.", "utils.style.", "utils.describe.", "utils.contours."),
    *("utils.explorers.", "utils.stage."),
)
FIGURES = ("utils.explorers.",)  # whose value is a live figure


def without(source: str, absent: set[str], modules: Sequence[str]) -> str:
    """`source` without the statements that use `modules`, or the names in `absent`, which gets the
    names that they would bind."""
    lines, begin, kept = source.split("\n"), 0, []
    for statement in ast.parse(source).body:
        end = statement.end_lineno or statement.lineno
        piece = "\n".join(lines[begin:end])  # with the comments above it
        begin = end
        if isinstance(statement, ast.ImportFrom | ast.Import):
            piece = _import_without(statement, piece, absent, modules)
        elif _names(statement) & absent:
            absent |= bound(ast.Module([statement], []))
            continue
        else:
            absent -= bound(ast.Module([statement], []))  # bound anew by what can run
        kept.append(piece)
    text = "\n".join([*kept, *lines[begin:]]).strip("\n")
    return text if ast.parse(text).body else ""


def uses(source: str, absent: set[str], modules: Sequence[str]) -> bool:
    """Whether something of `source` would be left out; `absent` stays as it is."""
    return without(source, set(absent), modules) != without(source, set(), ())


def without_shown(source: str, figures: set[str]) -> str:
    """`source` without the lines that do nothing but show a live figure or print what it says:
    nobody looks. `figures`: the names that make figures, to which those imported here are added.
    """
    lines, begin, kept = source.split("\n"), 0, []
    for statement in ast.parse(source).body:
        end = statement.end_lineno or statement.lineno
        piece, begin = "\n".join(lines[begin:end]), end
        if isinstance(statement, ast.ImportFrom) and f"{statement.module}.".startswith(FIGURES):
            figures |= {alias.asname or alias.name for alias in statement.names}
        if not (isinstance(statement, ast.Expr) and _names(statement) & figures):
            kept.append(piece)
    return "\n".join([*kept, *lines[begin:]])


def _import_without(
    statement: ast.Import | ast.ImportFrom, piece: str, absent: set[str], modules: Sequence[str]
) -> str:
    home = f"{statement.module}." if isinstance(statement, ast.ImportFrom) else ""
    kept = []
    for alias in statement.names:
        name = alias.asname or (alias.name if home else alias.name.split(".")[0])
        if f"{home}{alias.name}.".startswith(tuple(modules)):
            absent.add(name)
        else:
            absent.discard(name)
            kept.append(alias)
    if len(kept) == len(statement.names):
        return piece
    statement.names = kept
    return ast.unparse(statement) if kept else ""


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def bound(tree: ast.Module) -> set[str]:
    """The names that the statements of a module bind, outside of functions."""
    names: set[str] = set()
    for statement in tree.body:
        if isinstance(statement, (ast.FunctionDef, ast.ClassDef)):
            names.add(statement.name)
            continue
        for node in ast.walk(statement):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                names.add(node.id)
    return names


def modules_of(source: str) -> Iterator[str]:
    """The first names of the modules that a source imports."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module.split(".")[0]
