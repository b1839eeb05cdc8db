"""A formula, as text."""

from __future__ import annotations

import ast
import copy
import math
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass
from typing import Any

from utils import formulas
from utils.checks import slips, words
from utils.checks.answer import Asked, Given, Rival, is_blank
from utils.checks.feedback import Outcome
from utils.checks.probed import Calls, Probed
from utils.checks.reading import Kind, Reading, read
from utils.checks.repairs import repairs
from utils.checks.sample import Sample
from utils.checks.slips import Slip
from utils.checks.source import UNREAD, Code, Repaired
from utils.checks.verdict import Verdict


@dataclass(frozen=True)
class Formula(Probed):
    """A formula is asked as text, such as "3*x**2"; judged by its values at the probes.

    truth: the right formula.
    variable: the names it may use, separated by spaces: "x" or "x h".
    probes: values of the variable; tuples where there are several variables.
    """

    truth: str
    _: KW_ONLY
    variable: str = "x"
    probes: Sequence[Any] = (-1.5, -0.4, 0.7, 1.3, 2.0, 3.1)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.variable.replace(",", " ").split())

    def sample(self, answer: Any) -> Sample:
        return Sample.of(self._values(str(answer)))

    def _values(self, text: str) -> list[Reading]:
        """Its value at each probe; raises FormulaError for a text that is no formula."""
        compute = formulas.parse(text, self.names)
        return [read(compute(*arguments)) for arguments in self.arguments]

    def is_empty(self, seen: Given) -> bool:
        given = seen.reading
        return is_blank(given) or (given.is_text and not given.text.strip(" ."))

    def decide(self, question: Asked, seen: Given, printed: bool) -> Verdict:
        given = seen.reading
        if given.kind is Kind.NUMBERS and given.is_number:
            text = repr(given.values[0])  # a constant is a formula too
        elif given.is_text:
            text = given.text
        else:
            return Verdict.of(Outcome.TYPE, not_a_formula(given, self.names))
        try:
            readings = self._values(text)
            constant = not formulas.uses(text, self.names)
        except formulas.FormulaError as problem:
            return Verdict.of(Outcome.TYPE, unreadable_formula(str(problem), text, self.names))
        places = [words.place(self.names, arguments) for arguments in self.arguments]
        right = self.matches(Sample.of(readings), question.truth)
        code = UNREAD if right else Code(repaired=(*self._repaired(text),))
        verdict = self.decide_values(question, readings, places, "formula", code)
        varies = len(set(question.truth.values)) > 1
        value = readings[0].values[0]
        if constant and math.isfinite(value) and varies and verdict.outcome is Outcome.WRONG:
            said = f"Your formula gives {words.number(value)} everywhere."
            message = words.single_value(self.names)
            return Rival("point-for-function", message=message).named(said)
        return verdict

    def _repaired(self, text: str) -> Iterator[Repaired]:
        """The learner's formula with one small change each."""
        for mistake, changed in repairs(formulas.tree(text, self.names)):
            with suppress(formulas.FormulaError):
                yield Repaired(mistake, (*self._values(ast.unparse(changed)),))

    def fitting(self, question: Asked, seen: Sample, code: Code) -> Iterator[Slip]:
        """Also: a term or a factor of the right formula is lost."""
        yield from super().fitting(question, seen, code)
        for slip, rest in _with_losses(formulas.tree(self.truth, self.names)):
            with suppress(formulas.FormulaError):
                lost = self.sample(ast.unparse(rest))
                if self._shows(lost, question.truth) and self.matches(seen, lost):
                    yield slip

    def called(self, calls: Calls) -> Sample | None:
        compute = formulas.parse(self.truth, self.names)
        return Sample.of([read(compute(*arguments)) for arguments in calls])


def _with_losses(tree: ast.AST) -> Iterator[tuple[Slip, ast.AST]]:
    """The formula without one of its terms, or without a factor in which a variable stands."""

    def remains(node: ast.AST) -> list[tuple[Slip, ast.AST]]:
        match node:
            case ast.BinOp(left, ast.Add(), right):
                return [(slips.TERM, left), (slips.TERM, right)]
            case ast.BinOp(left, ast.Sub(), right):
                return [(slips.TERM, left), (slips.TERM, ast.UnaryOp(ast.USub(), right))]
            case ast.BinOp(left, ast.Mult(), right):
                pairs = ((left, right), (right, left))
                return [(slips.LOST, kept) for kept, lost in pairs if _varies(lost)]
            case ast.BinOp(left, ast.Div(), right):
                return [(slips.LOST, left)] if _varies(right) else []
        return []

    for which in range(2):
        for index in range(sum(1 for _ in ast.walk(tree))):
            changed = copy.deepcopy(tree)
            node = [*ast.walk(changed)][index]
            found = remains(node)
            if which >= len(found):
                continue
            slip, rest = found[which]
            yield slip, _Put(node, rest).visit(changed)


class _Put(ast.NodeTransformer):
    """Puts another node in the place of one."""

    def __init__(self, node: ast.AST, other: ast.AST) -> None:
        self.node, self.other = node, other

    def visit(self, node: ast.AST) -> ast.AST:
        return self.other if node is self.node else self.generic_visit(node)


def _varies(node: ast.AST) -> bool:
    """True if a variable stands in it."""
    called = {id(n.func) for n in ast.walk(node) if isinstance(n, ast.Call)}
    return any(isinstance(n, ast.Name) and id(n) not in called for n in ast.walk(node))


# --- what is said ---


def unreadable_formula(problem: str, text: str, names: Sequence[str]) -> str:
    """A text that is not a formula."""
    example = f"3*{names[0]}**2 + 1"
    return (
        f"I cannot read `{words.clipped(text)}` as a formula. {problem} Write it as you would in "
        f'Python or on paper, between quotes: both "{example}" and "3{names[0]}^2 + 1" work. How '
        "would you write yours with those signs alone?"
    )


def not_a_formula(seen: Reading, names: Sequence[str]) -> str:
    """Something else was given where a formula was asked."""
    return (
        f"You gave {seen.name}, and the question asks for a formula as a text in quotes, such as "
        f'"3*{names[0]}**2 + 1". I read the text and try it at several values, so it need not look '
        f"like mine. What would you write on paper, with `{names[0]}` in it?"
    )
