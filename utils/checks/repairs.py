"""One small change to a piece of code, each with the mistake that it would mend.

If the answer is right with the change, then the mistake was made: there is no better evidence. The
changes are few and small, so that what is right after one of them was nearly right before.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from itertools import islice

MOST = 24  # changes that are tried; the commonest mistakes come first

Change = Callable[[ast.AST], ast.AST | None]  # the node in its place, or None where it stays

_ROUNDING = {"round", "int", "around", "trunc", "floor"}
_SIZES = {"abs", "fabs", "absolute"}
_ANGLES = {"degrees", "radians", "deg2rad", "rad2deg"}
KNOWN_BY_REPAIR = frozenset(
    {
        "caret-for-power",
        "floor-division",
        "return-inside-the-loop",
        "sign-dropped",
        "rounded-early",
        "degrees-for-radians",
        "brackets-missing",
        "one-sign-turned",
        "times-for-divided",
        "one-round-off",
        "comparison-turned",
    }
)


def repairs(tree: ast.AST) -> list[tuple[str, ast.AST]]:
    """Changed copies of the tree, each with the mistake that is mended in it."""
    return list(islice(_repairs(tree), MOST))


def _repairs(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    yield from _everywhere(tree, "caret-for-power", _power)
    yield from _everywhere(tree, "floor-division", _plain_division)
    yield from _everywhere(tree, "sign-dropped", _without(_SIZES))
    yield from _everywhere(tree, "rounded-early", _without(_ROUNDING))
    yield from _everywhere(tree, "degrees-for-radians", _without(_ANGLES))
    yield from _returns_after_loops(tree)
    if any(isinstance(node, ast.While) for node in ast.walk(tree)):
        return  # with another sign it may never end
    yield from _one_by_one(tree, "brackets-missing", _brackets)
    yield from _one_by_one(tree, "one-sign-turned", _sign)
    yield from _one_by_one(tree, "one-round-off", _one_more)
    yield from _one_by_one(tree, "one-round-off", _one_less)
    yield from _one_by_one(tree, "times-for-divided", _times)
    yield from _one_by_one(tree, "comparison-turned", _comparison)


def _everywhere(tree: ast.AST, mistake: str, change: Change) -> Iterator[tuple[str, ast.AST]]:
    """A copy in which all that can be changed is, if anything can."""
    if _places(tree, change):
        changed = _Changing(change).visit(copy.deepcopy(tree))
        yield mistake, ast.fix_missing_locations(changed)


def _one_by_one(tree: ast.AST, mistake: str, change: Change) -> Iterator[tuple[str, ast.AST]]:
    """For each place that can be changed a copy in which that one is."""
    for place in range(_places(tree, change)):
        changed = _Changing(change, only=place).visit(copy.deepcopy(tree))
        yield mistake, ast.fix_missing_locations(changed)


def _places(tree: ast.AST, change: Change) -> int:
    return sum(change(node) is not None for node in ast.walk(tree))


class _Changing(ast.NodeTransformer):
    """Puts the changes in; counts the places where there is something to change."""

    def __init__(self, change: Change, only: int | None = None) -> None:
        self.change, self.only, self.count = change, only, 0

    def visit(self, node: ast.AST) -> ast.AST:
        self.generic_visit(node)
        changed = self.change(node)
        if changed is None:
            return node
        self.count += 1
        return changed if self.only in (None, self.count - 1) else node


# --- what may be changed ---


def _operator(node: ast.AST, to: dict[type[ast.operator], type[ast.operator]]) -> ast.AST | None:
    """The node with the other operator that stands for its own."""
    if isinstance(node, (ast.BinOp, ast.AugAssign)) and type(node.op) in to:
        changed = copy.copy(node)
        changed.op = to[type(node.op)]()
        return changed
    return None


def _power(node: ast.AST) -> ast.AST | None:
    """`^` binds looser than `+`, so what stands around it has to be read anew."""
    if not (isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitXor)):
        return _operator(node, {ast.BitXor: ast.Pow})
    return _as_power(node.left, node.right)


def _as_power(left: ast.expr, right: ast.expr) -> ast.expr:
    """`2*x ^ n-1` as it was meant: the power of the x next to the sign."""
    if isinstance(left, ast.BinOp) and not isinstance(left.op, ast.Pow):
        return ast.BinOp(left.left, left.op, _as_power(left.right, right))
    if isinstance(left, ast.UnaryOp):
        return ast.UnaryOp(left.op, _as_power(left.operand, right))
    if isinstance(right, ast.BinOp) and not isinstance(right.op, ast.Pow):
        return ast.BinOp(_as_power(left, right.left), right.op, right.right)
    return ast.BinOp(left, ast.Pow(), right)


def _plain_division(node: ast.AST) -> ast.AST | None:
    return _operator(node, {ast.FloorDiv: ast.Div})


def _sign(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return node.operand
    return _operator(node, {ast.Add: ast.Sub, ast.Sub: ast.Add})


def _times(node: ast.AST) -> ast.AST | None:
    return _operator(node, {ast.Mult: ast.Div, ast.Div: ast.Mult})


def _without(names: set[str]) -> Change:
    """Takes a call of one of these away, and leaves what stands in its brackets."""

    def change(node: ast.AST) -> ast.AST | None:
        if not (isinstance(node, ast.Call) and node.args):
            return None
        called = node.func
        name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
        return node.args[0] if name in names else None

    return change


def _brackets(node: ast.AST) -> ast.AST | None:
    """`a - b / h` as `(a - b) / h`, and `a / b * c` as `a / (b * c)`."""
    match node:
        case ast.BinOp(
            left, (ast.Add() | ast.Sub()) as outer, ast.BinOp(middle, ast.Div() as inner, right)
        ):
            return ast.BinOp(ast.BinOp(left, outer, middle), inner, right)
        case ast.BinOp(ast.BinOp(left, ast.Div(), middle), ast.Mult(), right):
            return ast.BinOp(left, ast.Div(), ast.BinOp(middle, ast.Mult(), right))
    return None


def _range_end(node: ast.AST, more: int) -> ast.AST | None:
    match node:
        case ast.Call(ast.Name("range"), [*first, end] as args, []) if len(args) < 3:
            operator = ast.Add() if more > 0 else ast.Sub()
            end = ast.BinOp(end, operator, ast.Constant(1))
            return ast.Call(node.func, [*first, end], [])
    return None


def _one_more(node: ast.AST) -> ast.AST | None:
    return _range_end(node, 1)


def _one_less(node: ast.AST) -> ast.AST | None:
    return _range_end(node, -1)


_TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.Gt,
    ast.Gt: ast.Lt,
    ast.LtE: ast.GtE,
    ast.GtE: ast.LtE,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}


def _comparison(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Compare) and len(node.ops) == 1 and type(node.ops[0]) in _TURNED:
        return ast.Compare(node.left, [_TURNED[type(node.ops[0])]()], node.comparators)
    return None


def _returns_after_loops(tree: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """A `return` at the end of what a `for` repeats, put behind the loop."""
    changed = copy.deepcopy(tree)
    count = 0
    for node in ast.walk(changed):
        for _, body in ast.iter_fields(node):
            if not isinstance(body, list):
                continue
            for index, inner in enumerate(body):
                ends = isinstance(inner, ast.For) and len(inner.body) > 1
                if ends and isinstance(inner.body[-1], ast.Return):
                    body[index + 1 :] = [inner.body.pop()]
                    count += 1
                    break
    if count:
        yield "return-inside-the-loop", ast.fix_missing_locations(changed)
