"""Practice of chapter 07: chain, product and quotient rule, and chains of several links."""

from __future__ import annotations

from itertools import accumulate
from operator import add, mul

from utils.checks import Array, Formula, Number, Rival
from utils.practice.shown import Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, power, signed, times, total, written
from utils.questions.chain_rule import backwards


def bracket(draw: Draw) -> Problem | None:
    """(ax + b)ⁿ at a place where the bracket is small."""
    n, a, u = draw.whole(2, 5), draw.whole(2, 5), draw.one([1, -1, 2, -2, 3])
    x = draw.nonzero(-2, 3)
    b = u - a * x
    if b == 0 or abs(a * n * u ** (n - 1)) > 500:
        return None
    inner = polynomial([a, b])
    return Problem(
        f"f(x) = {power(f'({inner})', n)}. What is f′({written(x)})?",
        asks=f"f′({written(x)}) =",
        answer=Number(n * u ** (n - 1) * a, tolerance=1e-6),
        rivals=[
            Rival("forgotten-inner-derivative", n * u ** (n - 1)),
            Rival("outer-at-x", n * x ** (n - 1) * a),
            Rival("nested-derivatives", n * a ** (n - 1)),
            Rival("sum-of-slopes", n * u ** (n - 1) + a),
            Rival("value-for-slope", u**n),
            Rival("exponent-not-in-front", u ** (n - 1) * a),
        ],
        steps=[
            f"Two gears: u = {inner}, and f = {power('u', n)}. At x = {written(x)} the inner one "
            f"stands at u = {written(a)} · {bracketed(x)} {signed(b)} = {written(u)}.",
            f"The slope of {power('u', n)} is {times(n, power('u', n - 1))}, which at "
            f"u = {written(u)} is {written(n * u ** (n - 1))}.",
            f"The slope of {inner} is {a}, and the two multiply: {written(n * u ** (n - 1))} · {a} "
            f"= {written(n * u ** (n - 1) * a)}.",
        ],
        next="The outer slope is taken where the inner function stands, then the inner one "
        "multiplies it.",
    )


def from_table(draw: Draw) -> Problem | None:
    """(f ∘ g)′ from a table of values and slopes."""
    places = [1, 2, 3, 4]
    f, df, g, dg = ([draw.nonzero(-5, 6) for _ in places] for _ in range(4))
    x = draw.one(places)
    g[x - 1] = u = draw.one([place for place in places if place != x])
    at_x, at_u = (df[x - 1], dg[x - 1]), df[u - 1]
    nested = [Rival("nested-derivatives", df[dg[x - 1] - 1])] if dg[x - 1] in places else []
    rows = [[written(v) for v in row] for row in zip(places, f, df, g, dg, strict=True)]
    return Problem(
        f"The table tells values and slopes of two functions. h(x) = f(g(x)). What is h′({x})?",
        shown=[Table(["x", "f(x)", "f′(x)", "g(x)", "g′(x)"], rows)],
        asks=f"h′({x}) =",
        answer=Number(at_u * at_x[1], tolerance=1e-6),
        rivals=[
            Rival("outer-at-x", at_x[0] * at_x[1]),
            Rival("forgotten-inner-derivative", at_u),
            Rival("sum-of-slopes", at_u + at_x[1]),
            Rival("value-for-slope", f[u - 1]),
            *nested,
        ],
        steps=[
            f"First the inner function: g({x}) = {u}. There the outer one stands.",
            f"The outer slope is read at {u}, not at {x}: f′({u}) = {written(at_u)}.",
            f"The inner slope is g′({x}) = {written(at_x[1])}, and the product is "
            f"{written(at_u)} · {bracketed(at_x[1])} = {written(at_u * at_x[1])}.",
        ],
        next="No formula anywhere: the chain rule needs two slopes and the place of the outer one.",
    )


def as_formula(draw: Draw) -> Problem | None:
    """The slope of a bracket to a power, as a formula."""
    n, a, b, k = draw.whole(2, 4), draw.nonzero(-4, 5), draw.nonzero(-5, 6), draw.whole(1, 2)
    if abs(a) == 1 and k == 1:
        return None
    inner = total([(a, power("x", k)), (b, "")])
    slope = times(a * k, power("x", k - 1) if k > 1 else "")
    outer = power(f"({inner})", n - 1)
    right = f"{n}*({slope})*{outer}"
    return Problem(
        f"f(x) = {power(f'({inner})', n)}. Write down its derivative; there is no need to multiply "
        "it out.",
        asks="f′(x) =",
        answer=Formula(right),
        rivals=[
            Rival("forgotten-inner-derivative", f"{n}*{outer}"),
            Rival("nested-derivatives", f"{n}*({slope})^{n - 1}"),
            Rival("exponent-not-lowered", f"{n}*({slope})*({inner})^{n}"),
            Rival("exponent-not-in-front", f"({slope})*{outer}"),
            Rival("sum-of-slopes", f"{n}*{outer} + ({slope})"),
            Rival("value-for-slope", f"({inner})^{n}"),
        ],
        steps=[
            f"The outer function is {power('u', n)}, with slope {times(n, power('u', n - 1))}.",
            f"The inner function is u = {inner}, with slope {slope}.",
            f"Put u back and multiply: {n} · {outer} · ({slope}).",
        ],
        next="Outer slope, with the inner function left inside it, times the inner slope.",
    )


def long_chain(draw: Draw) -> Problem | None:
    """Slopes of four links, and how far a nudge at each of them gets."""
    slopes = draw.several([-3, -2, -1, 0.5, 2, 3, 4, 0.1], 4)
    back = backwards(slopes)
    told = [written(slope) for slope in slopes]
    return Problem(
        f"Four links follow each other, with slopes {', '.join(told[:3])} and {told[3]}. One of "
        "them is nudged by a tiny bit, and the others are left alone. How many times that bit "
        "arrives at the end? Give four numbers, for a nudge at the input of the first link, the "
        "second, the third and the fourth.",
        asks="four numbers:",
        answer=Array(back, tolerance=1e-6),
        rivals=[
            Rival("chain-from-the-front", list(accumulate(slopes, mul))),
            Rival("order-not-restored", back[::-1]),
            Rival("own-link-left-out", [*back[1:], 1.0]),
            Rival("sum-of-slopes", list(accumulate(slopes[::-1], add))[::-1]),
            Rival("place-for-value", slopes),
        ],
        steps=[
            f"A nudge at the input of the last link passes that one alone: {told[3]}.",
            f"One link earlier it passes two: {told[2]} · {bracketed(slopes[3])} = "
            f"{written(back[2])}.",
            f"Each link before multiplies what is there by its own slope: {told[1]} · "
            f"{bracketed(back[2])} = {written(back[1])}, and {told[0]} · {bracketed(back[1])} = "
            f"{written(back[0])}.",
        ],
        next="Walking backwards, each answer is the one before times one more slope. That is "
        "backpropagation.",
    )


TEMPLATES = [
    Template("chain_rule.bracket", title="A bracket", level=1, minutes=1.5, draw=bracket),
    Template("chain_rule.table", title="From a table", level=2, minutes=1.5, draw=from_table),
    Template("chain_rule.formula", title="As a formula", level=2, minutes=1.5, draw=as_formula),
    Template("chain_rule.backwards", title="Backwards", level=3, minutes=2, draw=long_chain),
]
