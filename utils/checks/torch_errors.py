"""What an error's words tell of a mistake.

torch raises one type for nearly everything, so its mistakes are known by the words of an error; and
so is one of Python's.
"""

from __future__ import annotations

import re

from utils.checks.failure import Failure

# The mistake, the type of its error, what that says (torch 2), and what stands in the line.
_SAID: tuple[tuple[str, type[BaseException], str, str], ...] = (
    ("loss-not-reduced", RuntimeError, "only for scalar outputs", ""),
    ("update-inside-graph", RuntimeError, "leaf Variable that requires grad .* in-place", ""),
    ("nothing-recorded", RuntimeError, "does not require grad and does not have a grad_fn", ""),
    ("graph-walked-twice", RuntimeError, "backward through the graph a second time", ""),
    ("update-before-backward", RuntimeError, "modified by an inplace operation", ""),
    ("item-before-backward", AttributeError, "has no attribute 'backward'", ""),
    ("grad-still-empty", AttributeError, "'NoneType'", r"\.grad\b"),
    ("grad-still-empty", TypeError, "NoneType", r"\.grad\b"),
    ("dtypes-differ", RuntimeError, "same dtype", ""),
    ("target-shape-differs", ValueError, r"[Tt]arget size \(.*input size \(", ""),
    ("whole-number-gradient", RuntimeError, "[Oo]nly Tensors of floating point .*gradients", ""),
    ("caret-for-power", TypeError, r"for \^|bitwise_xor", r"\^|^$"),
    ("caret-for-power", NotImplementedError, "bitwise_xor", ""),
)

KNOWN_BY_WORDS = frozenset(mistake for mistake, *_ in _SAID)


def mistake_of(failure: Failure) -> str | None:
    """The id of the mistake that an error of torch tells of; None where it tells of none."""
    for mistake, kind, said, line in _SAID:
        if failure.is_a(kind) and re.search(said, failure.said) and re.search(line, failure.line):
            return mistake
    return None
