"""Answers made from right ones by slips that people make, each with the slip that was made.

Two sorts: the right values changed (a number, a list, what a function gives back), and the code of
right functions changed, written into a cell of its own as in a notebook. Some of the changes are
none that a check knows a name for: they must get no name that is not true of them.
"""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import itertools
import linecache
import math
import types
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from utils import formulas
from utils.checks import Array, Formula, Function, Number, Question
from utils.checks.kinds.function import EXAMPLE
from utils.checks.reading import Kind, Reading, read
from utils.checks.source import tree_of

RIGHT = "correct"  # another way to write the right answer
NONE = "no name"  # a change that no check has a name for
MOST = 3  # right functions whose code is changed; changes of one formula for each slip


@dataclass(frozen=True)
class Made:
    """An answer, and the slip by which it came to be."""

    answer: Any
    slip: str
    code: bool = False  # the change is in its code


ONE_BY_ONE: tuple[tuple[str, Callable[[float], float]], ...] = (
    ("sign-turned", lambda v: -v),
    ("sign-dropped", abs),
    ("factor-of-two", lambda v: 2 * v),
    ("factor-of-two", lambda v: v / 2),
    ("constant-factor", lambda v: 3 * v),
    ("constant-factor", lambda v: v / 7),
    ("per-cent-for-share", lambda v: 100 * v),
    ("per-cent-for-share", lambda v: v / 100),
    ("degrees-for-radians", math.degrees),
    ("reciprocal", lambda v: 1 / v if v else 0.0),
    ("floor-division", math.floor),
    ("rounded-early", lambda v: round(v, 2)),
    ("rounded-early", lambda v: round(v, 1)),
)
UNNAMED: tuple[Callable[[float], float], ...] = (lambda v: v + 1.5, lambda v: v * v + 0.3)


def made(question: Question, right: Sequence[Any]) -> Iterator[Made]:
    """Wrong answers to a question, made from its truth and from other right answers."""
    match question.answer:
        case Number(truth=truth):
            yield from (Made(kind(truth), RIGHT) for kind in (np.float64, np.asarray, Fraction))
            for slip, change in ONE_BY_ONE:
                told = NONE if slip == "constant-factor" else slip  # one number has no pattern
                yield Made(change(float(truth)), told)
            for change in UNNAMED[:1]:
                yield Made(change(float(truth)), NONE)
        case Array():
            values = list(question.truth.values)
            yield from (Made(kind(values), RIGHT) for kind in (tuple, np.array))
            yield from (Made(answer, slip) for slip, answer in _lists(question.truth.values))
        case Formula(truth=truth):
            yield from _formulas(question.answer)
        case Function():
            yield from _functions(question.answer)
            for function in right[:MOST]:
                yield from _rewritten(question.answer, function)


def _lists(right: Sequence[float]) -> Iterator[tuple[str, list[float]]]:
    values = [float(v) for v in right]
    for slip, change in ONE_BY_ONE:
        yield slip, [change(v) for v in values]
    for change in UNNAMED:
        yield NONE, [change(v) for v in values]
    yield "order-reversed", values[::-1]
    yield "another-order", values[1:2] + values[:1] + values[2:]
    yield "another-order", sorted(values)
    yield "shifted-by-one", [0.0, *values[:-1]]
    yield "shifted-by-one", [*values[1:], 0.0]


# --- what a right function gives back, changed ---


def _each(change: Callable[[float], float]) -> Callable[[Any], Any]:
    """The change, in every number of a list as well."""

    def of(value: Any) -> Any:
        return [of(v) for v in value] if np.ndim(value) else change(float(value))

    return of


def _functions(asked: Function) -> Iterator[Made]:
    if asked.watched:
        return
    truth, count = asked.truth, len(asked.arguments[0])

    def after(change: Callable[[Any], Any]) -> Callable[..., Any]:
        return _curried(asked, lambda *given: change(truth(*given)))

    def before(change: Callable[..., tuple[Any, ...]]) -> Callable[..., Any]:
        return _curried(asked, lambda *given: truth(*change(*given)))

    yield from (Made(after(kind), RIGHT) for kind in (np.array, _each(np.float64)))
    for slip, one in ONE_BY_ONE:
        yield Made(after(_each(one)), slip)
    for one in UNNAMED:
        yield Made(after(_each(one)), NONE)
    if np.ndim(truth(*copy.deepcopy(asked.arguments[0]))) == 1:
        yield Made(after(lambda value: list(value)[::-1]), "order-reversed")
        yield Made(after(lambda value: [0.0, *list(value)[:-1]]), "shifted-by-one")
    for i, name in enumerate(asked.names[:count]):
        kinds = {type(arguments[i]) for arguments in asked.arguments}
        if kinds <= {int}:
            for more in (1, -1):
                yield Made(before(_replaced(i, lambda a, more=more: a + more)), "one-count-off")
        if name == "h":
            yield Made(
                _curried(asked, lambda *given, i=i: truth(*given) * given[i]),
                "difference-not-divided",
            )
        if kinds <= {float, int}:
            yield Made(before(_replaced(i, math.radians)), "degrees-for-radians")
        if callable(asked.arguments[0][i]):
            fixed = asked.arguments[0][i]
            yield Made(before(_replaced(i, lambda a, fixed=fixed: fixed)), EXAMPLE)
    for i, j in itertools.combinations(range(count), 2):
        if all(type(a[k]) in (int, float) for a in asked.arguments for k in (i, j)):
            yield Made(before(_swapped(i, j)), "inputs-swapped")


def _replaced(index: int, change: Callable[[Any], Any]) -> Callable[..., tuple[Any, ...]]:
    return lambda *given: (*given[:index], change(given[index]), *given[index + 1 :])


def _swapped(i: int, j: int) -> Callable[..., tuple[Any, ...]]:
    def swap(*given: Any) -> tuple[Any, ...]:
        found = list(given)
        found[i], found[j] = found[j], found[i]
        return (*found,)

    return swap


def _curried(asked: Function, flat: Callable[..., Any]) -> Callable[..., Any]:
    if not asked.curried:
        return flat
    return lambda *outer: lambda *rest: flat(*outer, *rest)


# --- formulas ---


def _formulas(asked: Formula) -> Iterator[Made]:
    truth = asked.truth
    yield from (Made(text, RIGHT) for text in (f"0 + ({truth})", f"2*({truth}) - ({truth})"))
    yield Made(f"-({truth})", "sign-turned")
    yield Made(f"abs({truth})", "sign-dropped")
    yield Made(f"2*({truth})", "factor-of-two")
    yield Made(f"({truth})/2", "factor-of-two")
    yield Made(f"5*({truth})", "constant-factor")
    yield Made(f"100*({truth})", "per-cent-for-share")
    yield Made(f"1/({truth})", "reciprocal")
    yield Made(f"({truth})*180/pi", "degrees-for-radians")
    yield Made(f"({truth}) + 1.5", NONE)
    yield Made(f"({truth})**2 + 0.3", NONE)
    tree = formulas.tree(truth, asked.names)
    for slip, changed in _changes(tree, FORMULA_SLIPS):
        yield Made(ast.unparse(changed), slip)


# --- the code of right functions, changed: what a hurried hand types ---

Swap = Callable[[ast.AST], ast.AST | None]


def _operator(old: type, new: type) -> Swap:
    def swap(node: ast.AST) -> ast.AST | None:
        if isinstance(node, (ast.BinOp, ast.AugAssign)) and isinstance(node.op, old):
            node.op = new()
            return node
        return None

    return swap


def _no_brackets(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.BinOp(ast.BinOp(a, (ast.Add() | ast.Sub()) as op, b), ast.Div(), c):
            return ast.BinOp(a, op, ast.BinOp(b, ast.Div(), c))
        case ast.BinOp(a, ast.Div(), ast.BinOp(b, ast.Mult(), c)):
            return ast.BinOp(ast.BinOp(a, ast.Div(), b), ast.Mult(), c)
    return None


def _lost(op: type, keep: str) -> Swap:
    def swap(node: ast.AST) -> ast.AST | None:
        if not (isinstance(node, ast.BinOp) and isinstance(node.op, op)):
            return None
        lost = node.right if keep == "left" else node.left
        names = [n for n in ast.walk(lost) if isinstance(n, ast.Name)]
        return getattr(node, keep) if names or op is ast.Add else None

    return swap


def _minus_lost(node: ast.AST) -> ast.AST | None:
    return node.operand if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub) else None


def _in_return(name: str) -> Swap:
    def swap(node: ast.AST) -> ast.AST | None:
        if isinstance(node, ast.Return) and node.value is not None:
            around = ast.Name(name, ast.Load())
            node.value = ast.Call(around, [node.value], [])
            return node
        return None

    return swap


def _print(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Return) and node.value is not None:
        return ast.Expr(ast.Call(ast.Name("print", ast.Load()), [node.value], []))
    return None


def _fewer_rounds(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Call(ast.Name("range"), [end], []):
            return ast.Call(node.func, [ast.BinOp(end, ast.Sub(), ast.Constant(1))], [])
    return None


def _from_one(node: ast.AST) -> ast.AST | None:
    match node:
        case ast.Call(ast.Name("range"), [end], []):
            return ast.Call(node.func, [ast.Constant(1), end], [])
    return None


def _return_in_loop(node: ast.AST) -> ast.AST | None:
    body = getattr(node, "body", None)
    if isinstance(body, list):
        for loop, after in itertools.pairwise(body):
            if isinstance(loop, ast.For) and isinstance(after, ast.Return):
                body.remove(after)
                loop.body.append(after)
                return node
    return None


def _compared(node: ast.AST) -> ast.AST | None:
    turned = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE}
    if isinstance(node, ast.Compare) and type(node.ops[0]) in turned:
        node.ops[0] = turned[type(node.ops[0])]()
        return node
    return None


def _another_number(node: ast.AST) -> ast.AST | None:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return ast.Constant(node.value + 1)
    return None


FORMULA_SLIPS: tuple[tuple[str, Swap], ...] = (
    ("one-sign-turned", _operator(ast.Add, ast.Sub)),
    ("one-sign-turned", _operator(ast.Sub, ast.Add)),
    ("one-sign-turned", _minus_lost),
    ("times-for-divided", _operator(ast.Div, ast.Mult)),
    ("times-for-divided", _operator(ast.Mult, ast.Div)),
    ("brackets-missing", _no_brackets),
    ("term-lost", _lost(ast.Add, "left")),
    ("term-lost", _lost(ast.Add, "right")),
    ("term-lost", _lost(ast.Sub, "left")),
    ("factor-lost", _lost(ast.Mult, "left")),
    ("factor-lost", _lost(ast.Mult, "right")),
    (NONE, _another_number),
)
CODE_SLIPS: tuple[tuple[str, Swap], ...] = (
    *(row for row in FORMULA_SLIPS if not row[0].endswith("-lost")),
    ("caret-for-power", _operator(ast.Pow, ast.BitXor)),
    ("floor-division", _operator(ast.Div, ast.FloorDiv)),
    ("sign-dropped", _in_return("abs")),
    ("print-for-return", _print),
    ("one-round-off", _fewer_rounds),
    ("one-round-off", _from_one),
    ("return-inside-the-loop", _return_in_loop),
    ("comparison-turned", _compared),
)


class _One(ast.NodeTransformer):
    """One place changed, counted from 0."""

    def __init__(self, swap: Swap, place: int) -> None:
        self.swap, self.place, self.done = swap, place, False

    def visit(self, node: ast.AST) -> ast.AST:
        if not self.done:
            changed = self.swap(copy.deepcopy(node))
            if changed is not None:
                if self.place == 0:
                    self.done = True
                    return changed
                self.place -= 1
        return self.generic_visit(node)


def _changes(
    tree: ast.AST, slips: Sequence[tuple[str, Swap]], most: int = MOST
) -> Iterator[tuple[str, ast.AST]]:
    for slip, swap in slips:
        for place in range(most):
            one = _One(swap, place)
            changed = one.visit(copy.deepcopy(tree))
            if not one.done:
                break
            yield slip, ast.fix_missing_locations(changed)


def _rewritten(asked: Function, function: Any) -> Iterator[Made]:
    """A right function with one slip in its code; an input typed in as a number."""
    if not isinstance(function, types.FunctionType) or asked.watched:
        return
    tree = tree_of(function)
    if tree is None or function.__code__.co_freevars:
        return
    if any(isinstance(node, ast.While) for node in ast.walk(tree)):
        return
    for slip, changed in _changes(tree, CODE_SLIPS, most=1):
        yield Made(_in_cell(changed, function), slip, code=True)
    names = [argument.arg for argument in tree.args.args]
    for i, name in enumerate(names[: len(asked.arguments[0])]):
        example = asked.arguments[0][i]
        if type(example) in (int, float) and not asked.curried:
            typed = _Typed(name, example).visit(copy.deepcopy(tree))
            ast.fix_missing_locations(typed)
            yield Made(_in_cell(typed, function), "example-number", code=True)


class _Typed(ast.NodeTransformer):
    """A number in the place of an input, wherever that is read."""

    def __init__(self, name: str, number: float) -> None:
        self.name, self.number = name, number

    def visit_Name(self, node: ast.Name) -> ast.AST:
        read_here = node.id == self.name and isinstance(node.ctx, ast.Load)
        return ast.Constant(self.number) if read_here else node


_CELLS = itertools.count()


def _in_cell(tree: ast.AST, function: types.FunctionType) -> Any:
    """The changed function, run in a cell with lines of its own."""
    if isinstance(tree, ast.Lambda):
        source = f"f = {ast.unparse(tree)}\n"
    else:
        assert isinstance(tree, ast.FunctionDef)
        changed = copy.deepcopy(tree)
        changed.name = "f"
        source = ast.unparse(changed) + "\n"
    name = f"<made {next(_CELLS)}>"
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    names = dict(function.__globals__)
    exec(compile(source, name, "exec"), names)
    found = names["f"]
    found.__defaults__ = function.__defaults__
    return found


# --- what is true of an answer, whatever it came from ---


def true_of(question: Question, answer: Any, mistake: str) -> bool:
    """True if what a check says of a mistake holds for this answer, by its values alone."""
    asked = question.answer
    seen, right = _values(asked, answer), _values(asked, asked.truth)
    if seen is None or right is None or [len(r) for r in seen] != [len(r) for r in right]:
        return False
    flat = [*zip(itertools.chain(*seen), itertools.chain(*right), strict=True)]

    def everywhere(change: Callable[[float], float]) -> bool:
        slack = 2 * asked.tolerance
        return all(math.isclose(v, change(t), rel_tol=1e-5, abs_tol=slack) for v, t in flat)

    factors = {
        "sign-turned": (-1.0,),
        "factor-of-two": (2.0, 0.5),
        "per-cent-for-share": (100.0, 0.01),
        "decimal-point": tuple(10.0**n for n in range(-3, 4)),
        "degrees-for-radians": (180 / math.pi, math.pi / 180),
    }
    if mistake in factors:
        return any(everywhere(lambda t, c=c: c * t) for c in factors[mistake])
    if mistake == "constant-factor":
        ratios = [v / t for v, t in flat if abs(t) > 1e-3]
        return bool(ratios) and max(ratios) - min(ratios) <= 1e-4 * abs(ratios[0])
    if mistake == "point-for-function":
        return len({v for v, _ in flat}) == 1 and len({t for _, t in flat}) > 1
    if mistake == "reciprocal":
        return all(math.isclose(v * t, 1, rel_tol=1e-4) for v, t in flat)
    if mistake == "rounded-early":
        return any(everywhere(lambda t, n=n: round(t, n)) for n in range(1, 7))
    if mistake == "sign-dropped":
        return everywhere(abs)
    if mistake == "floor-division":
        return everywhere(math.floor) or everywhere(math.trunc)
    if mistake in ("order-reversed", "another-order"):
        return all(
            sorted(np.round(v, 6)) == sorted(np.round(t, 6))
            for v, t in zip(seen, right, strict=True)
        )
    return False


def flat(question: Question, answer: Any) -> list[float] | None:
    """All numbers of an answer; None where it gives none."""
    seen = _values(question.answer, answer)
    return None if seen is None else [*itertools.chain(*seen)]


def is_right(question: Question, answer: Any) -> bool:
    """True if all its values are the right ones, within what the question allows."""
    asked = question.answer
    seen, right = _values(asked, answer), _values(asked, asked.truth)
    if seen is None or right is None or [len(r) for r in seen] != [len(r) for r in right]:
        return False
    flat = zip(itertools.chain(*seen), itertools.chain(*right), strict=True)
    return all(abs(v - t) <= max(asked.tolerance, 1e-6 * abs(t)) for v, t in flat)


def _values(asked: Any, answer: Any) -> list[list[float]] | None:
    """The numbers of an answer: for each probe a list, or one list."""
    found = []
    with contextlib.redirect_stdout(io.StringIO()), np.errstate(all="ignore"):
        readings = _readings(asked, answer)
    if readings is None:
        return None
    for reading in readings:
        if reading.kind is not Kind.NUMBERS:
            return None
        found.append(list(reading.values))
    return found


def _readings(asked: Any, answer: Any) -> list[Reading] | None:
    try:
        if isinstance(asked, (Number, Array)):
            readings = [read(answer)]
        elif isinstance(asked, Formula):
            compute = formulas.parse(str(answer), asked.names)
            readings = [read(compute(*arguments)) for arguments in asked.arguments]
        else:
            flat = answer is asked.truth or not asked.curried
            readings = []
            for arguments in copy.deepcopy(asked.arguments):
                if flat:
                    value = answer(*arguments)
                else:
                    value = answer(*arguments[: asked.curried])(*arguments[asked.curried :])
                readings.append(read(value))
    except Exception:
        return None
    return readings
