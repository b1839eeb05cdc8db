"""Shapes that many figures need, made of marks: a graph, a tangent, a bar, a line to an axis."""

import contextlib
import math
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from functools import lru_cache
from typing import TypedDict, Unpack

import numpy as np

from utils.functions import evaluate
from utils.stage.marks import NOWHERE, Colour, Line, Pair, Polyline, Range, Segment

Curve = Callable[[float], float]
Sampler = Callable[[Curve, Range, int], tuple[Pair, ...]]


class Look(TypedDict, total=False):
    """How a shape may look: what Mark, Segment and Line say of these names."""

    colour: Colour
    ax: int
    quiet: bool
    dashed: bool
    width: float


def Graph(f: Curve, over: Range, count: int = 111, **look: Unpack[Look]) -> Polyline:
    """f over a range, with a gap wherever it has no value.

    count: of its places, evenly spaced; the same in every scene. One figure samples the same f
    over the same range once, so a function that does not change costs nothing in later scenes.
    """
    sampler = _sampler.get() if isinstance(f, Hashable) else sampled
    low, high = over
    points = sampler(f, (float(low), float(high)), count)
    return Polyline(points, **_look({"colour": "function", "width": 3.0}, look))


def Tangent(x: float, y: float, slope: float, **look: Unpack[Look]) -> Line:
    """The straight line through (x, y) with a slope; none where one of the three is nan."""
    return Line((x, y), (x + 1, y + slope), **_look({"colour": "tangent"}, look))


def Drop(x: float, y: float, foot: float = 0.0, **look: Unpack[Look]) -> Segment:
    """A thin dashed line between (x, foot) and (x, y), as one draws it to read off a place."""
    thin: Look = {"colour": "quiet", "dashed": True, "width": 1.4}
    return Segment((x, foot), (x, y), **_look(thin, look))


def Bar(
    left: float, foot: float, right: float, top: float,
    colour: Colour = "function", edge: float = 1.8, ax: int = 0, quiet: bool = False,
) -> Polyline:  # fmt: skip
    """A tinted rectangle with level sides; none where one of the four is nan.

    edge: how wide the line around it is; 0 for none.
    """
    corners = ((left, foot), (right, foot), (right, top), (left, top), (left, foot))
    if math.isnan(left + foot + right + top):
        corners = (NOWHERE,) * 5
    return Polyline(corners, filled=True, edge=edge, colour=colour, ax=ax, quiet=quiet)


def _look(usual: Look, asked: Look) -> Look:
    return {**usual, **asked}


# --- what one figure has sampled already ---


def sampled(f: Curve, over: Range, count: int) -> tuple[Pair, ...]:
    """(x, f(x)) at `count` places; nan for f(x) where there is no value."""
    xs = np.linspace(*over, count)
    return tuple(zip(xs.tolist(), evaluate(f, xs).tolist(), strict=True))


_sampler: ContextVar[Sampler] = ContextVar("sampler", default=sampled)


def memory() -> Sampler:
    """A sampler that remembers. Each figure has its own: a learner's function may change later."""
    return lru_cache(maxsize=64)(sampled)


@contextlib.contextmanager
def sampling_with(sampler: Sampler) -> Iterator[None]:
    """Graphs that are made in here take their points from this sampler."""
    before = _sampler.set(sampler)
    try:
        yield
    finally:
        _sampler.reset(before)
