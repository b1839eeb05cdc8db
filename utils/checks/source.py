"""Read the code of a learner's function: what stands in it, and what a small change would do.

From the source where it can be found, else from what Python made of it. Nothing here needs a truth.
"""

from __future__ import annotations

import ast
import copy
import dis
import inspect
import linecache
import math
import textwrap
import types
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from utils.checks.reading import Reading
from utils.checks.repairs import repairs

MOST_NUMBERS = 20
_LARGEST = 1e15  # of a number that is kept

_OF_CALLS = {"NOP", "CACHE", "PUSH_NULL", "PRECALL", "CALL"}
_JUMPS = {*dis.hasjrel, *dis.hasjabs}

Tree = ast.FunctionDef | ast.Lambda


@dataclass(frozen=True)
class Repaired:
    """What the learner's function gives with one small change.

    mistake: the one that the change mends.
    readings: for each probe.
    """

    mistake: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Code:
    """What stands in the learner's code.

    unused: which of the inputs, counted from 0, nothing in it reads.
    numbers: the numbers that are written there.
    prints: True if it calls `print`.
    repaired: what comes of it with one small change each.
    """

    unused: tuple[int, ...] = ()
    numbers: tuple[float, ...] = ()
    prints: bool = False
    repaired: tuple[Repaired, ...] = ()


UNREAD = Code()


def code_of(function: Any) -> Code:
    """What stands in it; nothing for what is no function of the learner's own."""
    if not isinstance(function, types.FunctionType):
        return UNREAD
    code = function.__code__
    inside = [*_codes(code)]
    read = {step.argval for one in inside for step in dis.get_instructions(one) if _reads(step)}
    read = {name for names in read for name in (names if isinstance(names, tuple) else (names,))}
    names = {name for one in inside for name in one.co_names}
    positional = code.co_varnames[: code.co_argcount]
    whole = {"locals", "vars", "eval", "exec"} & names or code.co_flags & inspect.CO_VARARGS
    return Code(
        () if whole else tuple(i for i, name in enumerate(positional) if name not in read),
        tuple(dict.fromkeys(_numbers(inside)))[:MOST_NUMBERS],
        "print" in names,
    )


def _codes(code: types.CodeType) -> Iterator[types.CodeType]:
    """This code and that of all functions inside it."""
    yield code
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _codes(constant)


def _reads(step: dis.Instruction) -> bool:
    """True where a variable is read, or made for an inner function."""
    return step.opname.startswith(
        ("LOAD_FAST", "LOAD_DEREF", "LOAD_CLOSURE", "LOAD_CLASSDEREF")
    ) or ("LOAD_FAST" in step.opname)


def _numbers(codes: list[types.CodeType]) -> Iterator[float]:
    for code in codes:
        for step in dis.get_instructions(code):
            value = step.argval
            constant = "CONST" in step.opname or step.opname == "LOAD_SMALL_INT"
            if constant and type(value) in (int, float) and abs(value) < _LARGEST:
                yield float(value)


# --- with one small change ---


def changed(function: Any) -> Iterator[tuple[str, Callable[..., Any]]]:
    """The learner's function with one small change each, and the mistake that this mends."""
    if not isinstance(function, types.FunctionType):
        return
    tree = tree_of(function)
    if tree is None:
        return
    for mistake, mended in repairs(tree):
        with suppress(Exception):  # not everything that is changed can be built
            twin = _built(mended, function)
            if twin is not None:
                yield mistake, twin


def tree_of(function: types.FunctionType) -> Tree | None:
    """What Python's parser makes of its source; None where that is not there or another one."""
    try:
        trees = _parsed(function)
        for tree in trees:
            twin = _built(copy.deepcopy(tree), function)
            if twin is not None and _alike(twin.__code__, function.__code__):
                return tree
    except Exception:
        pass  # typed somewhere without a file, changed since, or cut from the middle of a line
    return None


def _parsed(function: types.FunctionType) -> list[Tree]:
    """What may be the function, of all that stands where it was written."""
    if function.__name__ == "<lambda>":
        return [_lambda(function)]
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def _lambda(function: types.FunctionType) -> ast.Lambda:
    """The place of each step tells where the expression stands."""
    code = function.__code__
    places = [
        (line, column, end, end_column)
        for line, end, column, end_column in code.co_positions()
        if line is not None and column is not None
        if end is not None and end_column is not None and (end, end_column) > (line, column)
    ]
    first = min((line, column) for line, column, *_ in places)
    last = max((end, end_column) for *_, end, end_column in places)
    lines = linecache.getlines(code.co_filename, function.__globals__)[first[0] - 1 : last[0]]
    rows = [line.encode() for line in lines]
    rows[-1] = rows[-1][: last[1]]
    rows[0] = rows[0][first[1] :]
    inputs = str(inspect.signature(function))
    body = b"".join(rows).decode()
    names = ", ".join(inspect.signature(function).parameters)
    if "*" in inputs or "/" in inputs:
        raise ValueError("an input that is not plain")
    found = ast.parse(f"lambda {names}: (\n{body}\n)", mode="eval").body
    assert isinstance(found, ast.Lambda)
    return found


def _built(tree: ast.AST, function: types.FunctionType) -> types.FunctionType | None:
    """A function of this tree that stands where the other one stands."""
    free = function.__code__.co_freevars
    if isinstance(tree, ast.Lambda):
        inner: ast.stmt = ast.Return(tree)
        rest: list[ast.stmt] = [inner]
    else:
        assert isinstance(tree, ast.FunctionDef)
        tree.decorator_list = []
        tree.returns = None
        tree.args.defaults, tree.args.kw_defaults = [], [None for _ in tree.args.kw_defaults]
        for argument in (*tree.args.posonlyargs, *tree.args.args, *tree.args.kwonlyargs):
            argument.annotation = None
        rest = [tree]
        if tree.name not in free:  # else it would be a name of this function's own
            rest = [ast.Global([tree.name]), tree]
    around = ast.parse("def around(): pass").body[0]
    assert isinstance(around, ast.FunctionDef)
    around.args.args = [ast.arg(name) for name in free]
    around.body = rest
    module = ast.fix_missing_locations(ast.Module([around], []))
    outer = compile(module, "<changed>", "exec", dont_inherit=True)
    code = _inner(_inner(outer))
    if code is None:
        return None
    cells = dict(zip(free, function.__closure__ or (), strict=True))
    closure = tuple(cells[name] for name in code.co_freevars)
    twin = types.FunctionType(
        code, function.__globals__, function.__name__, function.__defaults__, closure
    )
    twin.__kwdefaults__ = function.__kwdefaults__
    twin.__module__ = function.__module__
    return twin


def _inner(code: types.CodeType | None) -> types.CodeType | None:
    found = [c for c in code.co_consts if isinstance(c, types.CodeType)] if code else []
    return found[0] if len(found) == 1 else None


def _alike(one: types.CodeType, other: types.CodeType) -> bool:
    """True if both do the same, wherever they stand."""

    def plain(code: types.CodeType) -> tuple[Any, ...]:
        # Not its bytes: Python calls what a module has imported in another way than a method.
        steps = [
            (step.opname.replace("METHOD", "ATTR"), step.opcode in _JUMPS or repr(step.argval))
            for step in dis.get_instructions(code)
            if step.opname not in _OF_CALLS and not isinstance(step.argval, types.CodeType)
        ]
        inner = [plain(c) for c in code.co_consts if isinstance(c, types.CodeType)]
        return steps, code.co_varnames, code.co_freevars, inner

    return plain(one) == plain(other)


def finite(readings: tuple[Reading, ...]) -> bool:
    """True if all that was read is a finite number."""
    return all(math.isfinite(value) for reading in readings for value in reading.values)
