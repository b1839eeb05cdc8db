"""Read what a learner gave, or what their function returned, into plain numbers or a plain name.

Everything after this works on a `Reading` alone, so no hostile `__eq__` or `__float__` of the
learner's objects can reach the verdict.
"""

from __future__ import annotations

import ast
import dis
import inspect
import math
import numbers
import sys
import textwrap
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import islice
from typing import Any

import numpy as np

_array, _float64 = np.asarray, np.float64

APOLOGY = ("utils.stage.explorer", "Apology")  # by its name: no check loads what draws

MOST_VALUES = 10_000  # of what was given, so many numbers are kept; no truth has more
LONGEST_TEXT = 1_000  # characters; no formula and no option is longer
DEEPEST = 30  # lists within lists; no truth is deeper than a table
TOO_LARGE = "number with more than 300 digits"


class Kind(Enum):
    NUMBERS = "numbers"
    NOTHING = "nothing"  # None
    GAP = "gap"  # the ... of the exercise is still there
    TEXT = "text"
    TRUTH = "truth value"
    FUNCTION = "function"
    COMPLEX = "complex"
    GRAPH = "graph"  # a tensor that still carries its graph
    RAGGED = "ragged"
    LAZY = "lazy"  # a generator, map or zip
    WIDGET = "widget"
    APOLOGY = "apology"  # what a figure leaves in its place where it cannot be drawn
    OTHER = "other"


@dataclass(frozen=True)
class Reading:
    """What was read.

    kind: what it is.
    values: its numbers, flat; empty unless `kind` is NUMBERS. Of very many, the first ones.
    shape: their shape; () for a single number.
    name: what to call it in a message, such as "a tuple".
    text: the text, if it is one, or how a very long one begins.
    """

    kind: Kind
    values: tuple[float, ...] = ()
    shape: tuple[int, ...] = ()
    name: str = ""
    text: str = ""

    def validate(self) -> None:
        """ValueError where values and shape do not fit together, as in data from elsewhere."""
        count = math.prod(self.shape) if self.kind is Kind.NUMBERS else 0
        if len(self.values) != min(count, MOST_VALUES):
            raise ValueError(f"{len(self.values)} numbers cannot have the shape {self.shape}")

    @property
    def is_number(self) -> bool:
        """One number: a scalar, or an array (not a list) that holds exactly one."""
        one = self.kind is Kind.NUMBERS and len(self.values) == 1
        return one and (self.shape == () or self.name in ("an array", "a tensor"))

    @property
    def is_text(self) -> bool:
        """One text, and no list of them."""
        return self.kind is Kind.TEXT and self.shape == ()


_LAZY = (types.GeneratorType, map, zip, filter, reversed, enumerate)
_CONTAINERS = (list, tuple, set, frozenset, range, type({}.values()), type({}.keys()))


def read(value: Any) -> Reading:
    """Read any object. Runs the learner's code if the object has some, so call it under `run`."""
    found = _read(value)
    return replace(
        found,
        values=found.values[:MOST_VALUES],
        name=found.name[:LONGEST_TEXT],
        text=found.text[:LONGEST_TEXT],
    )


def _read(value: Any, inside: tuple[int, ...] = ()) -> Reading:
    """`inside`: the ids of the lists that it stands in."""
    if value is None:
        return Reading(Kind.NOTHING, name="nothing (`None`)")
    if value is Ellipsis or value is NotImplemented:
        return Reading(Kind.GAP, name="`...`")
    if isinstance(value, (bool, np.bool_)):
        return Reading(Kind.TRUTH, name=f"`{bool(value)}`")
    if isinstance(value, (str, bytes)):
        text = value if isinstance(value, str) else value.decode(errors="replace")
        return Reading(Kind.TEXT, name="a text", text=str.__str__(text))
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        if value.requires_grad:
            return Reading(Kind.GRAPH, shape=tuple(value.shape), name="a tensor with its graph")
        wide = value.to(torch.float64) if value.is_floating_point() else value
        return _read_array(wide.resolve_conj().cpu().numpy(), "a tensor")
    if isinstance(value, np.ndarray):
        return _read_array(value, "an array")
    if isinstance(value, numbers.Number):
        return _read_number(value)
    if isinstance(value, _CONTAINERS):
        return _read_container(value, inside)
    if isinstance(value, _LAZY):
        return Reading(Kind.LAZY, name=f"a `{type(value).__name__}`")
    if callable(value):
        name = getattr(value, "__name__", "")
        shown = f"the function `{name}`" if name.isidentifier() else "a function"
        return Reading(Kind.FUNCTION, name=shown)
    if hasattr(value, "description") and hasattr(value, "value"):
        return Reading(Kind.WIDGET, name="a slider")
    if hasattr(value, "__array__"):
        return _read_array(_array(value), "an array")
    if (type(value).__module__, type(value).__name__) == APOLOGY:
        return Reading(Kind.APOLOGY, name="a sentence in the place of a figure")
    return Reading(Kind.OTHER, name=f"an object of type `{type(value).__name__}`")


def _read_number(value: Any) -> Reading:
    if isinstance(value, numbers.Complex) and not isinstance(value, numbers.Real):
        return Reading(Kind.COMPLEX, name="a complex number")
    real: Any = value
    try:
        number = float(real)
    except OverflowError:  # an int beyond the range of floats
        sign, number = ("", math.inf) if real > 0 else ("negative ", -math.inf)
        return Reading(Kind.NUMBERS, (number,), (), f"a {sign}{TOO_LARGE}")
    return Reading(Kind.NUMBERS, (number,), (), "a number")


def _read_array(array: np.ndarray, name: str) -> Reading:
    if array.dtype == object:
        return _read_container(array.tolist()) if array.shape else _read(array.item())
    if array.dtype == bool:
        return Reading(Kind.TRUTH, shape=array.shape, name="an array of truth values")
    if array.dtype.kind == "c":
        return Reading(Kind.COMPLEX, shape=array.shape, name="complex numbers")
    if array.dtype.kind in "US":
        return Reading(Kind.TEXT, shape=array.shape, name="an array of texts", text=str(array))
    if array.dtype.kind not in "iuf":
        return Reading(Kind.OTHER, shape=array.shape, name=f"an array of type `{array.dtype}`")
    return Reading(Kind.NUMBERS, tuple(array.astype(_float64).ravel().tolist()), array.shape, name)


def _read_container(value: Any, inside: tuple[int, ...] = ()) -> Reading:
    name = f"a {type(value).__name__}" if isinstance(value, (list, tuple, set)) else "a sequence"
    if isinstance(value, (set, frozenset)):
        return Reading(Kind.OTHER, name="a set (which has no order)")
    if id(value) in inside:
        return Reading(Kind.OTHER, name="itself")
    if len(inside) >= DEEPEST:
        return Reading(Kind.OTHER, name="lists within lists without end")
    inside = (*inside, id(value))
    items = iter(value)
    parts = [_read(item, inside) for item in islice(items, 1)]
    # Of very many numbers the first ones are kept, so no others are looked at.
    enough = math.ceil(MOST_VALUES / max(1, *(len(part.values) for part in parts), 1))
    parts += [_read(item, inside) for item in islice(items, enough)]
    count = max(len(parts), len(value)) if len(parts) > enough else len(parts)
    for part in parts:  # a gap first: then the answer is unfinished, whatever else is in it
        if part.kind is Kind.GAP:
            return Reading(Kind.GAP, name=f"{name} with a gap")
    for part in parts:
        if part.kind is not Kind.NUMBERS:
            holds = f"{name} that holds {part.name}"
            return Reading(part.kind, shape=(count,), name=holds)
    if len({part.shape for part in parts}) > 1:
        return Reading(Kind.RAGGED, name=f"{name} whose parts have different lengths")
    inner = parts[0].shape if parts else ()
    values = tuple(number for part in parts for number in part.values)
    return Reading(Kind.NUMBERS, values, (count, *inner), name)


# --- is there anything in this function? ---

_IDLE = {"RESUME", "NOP", "CACHE", "RETURN_VALUE", "POP_TOP", "COPY_FREE_VARS", "MAKE_CELL"}
_CONSTANT = {"LOAD_CONST", "RETURN_CONST"}


def is_stub(function: Any) -> bool:
    """True if the body does nothing: `...`, `pass`, a docstring, or `return None`."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType):
        return False
    return all(
        step.opname in _IDLE
        or (step.opname in _CONSTANT and (step.argval is None or step.argval is Ellipsis))
        for step in dis.get_instructions(code)
    )


def has_gap(function: Any) -> bool:
    """True if a line that is only `...` still stands in the source of `function`."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    except (OSError, TypeError, SyntaxError, ValueError):
        return False
    return any(
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and node.value.value is Ellipsis
        for node in ast.walk(tree)
    )


def inputs_that_do_not_fit(function: Callable[..., Any], count: int) -> str | None:
    """The inputs of `function` in words if it cannot be called with `count` of them."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return None  # built-in functions often have no signature to look at
    try:
        signature.bind(*range(count))
    except TypeError:
        names = [f"`{name}`" for name in signature.parameters]
        return _listed(names) if names else "no input at all"
    return None


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
