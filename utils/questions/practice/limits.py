"""Practice of chapter 03: what values come close to, from formulas, tables and graphs."""

from __future__ import annotations

import math

from utils.checks import Number, Rival
from utils.practice.shown import Graph, Line, Point, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, signed, total, written


def hole(draw: Draw) -> Problem | None:
    """A fraction whose top and bottom have a factor in common."""
    a, b, k = draw.nonzero(-5, 5), draw.whole(-6, 6), draw.one([1, 1, 2, 3])
    if a == b:
        return None
    top = polynomial([k, -k * (a + b), k * a * b])
    limit = k * (a - b)
    return Problem(
        f"What does ({top}) / ({polynomial([1, -a])}) come close to as x comes close to "
        f"{written(a)}?",
        asks="limit:",
        answer=Number(limit),
        rivals=[
            Rival(
                "h-is-zero",
                0,
                message="At the place itself the top is 0, and so is the bottom: the fraction has "
                "no value there, and 0 is not one either. A limit asks what happens *near* the "
                "place. Put in a number close by: what does the fraction give?",
            ),
            Rival(
                "sign-error",
                k * (a + b),
                message="You are right that the common factor can be cancelled. Look at the other "
                "factor once more: which sign does its number carry, and what comes out when you "
                "put the place in?",
            ),
            Rival("place-for-value", a),
            Rival(
                "denominator-alone",
                2 * k * a - k * (a + b) + 1,
                message="You let the bottom count, but near the place it is cancelled by a factor "
                "of the top. Multiply your bottom by x and a number so that the top comes out: "
                "which second factor does the top have?",
            ),
        ],
        steps=[
            f"At x = {written(a)} top and bottom are both 0, so the bottom must be a factor of "
            "the top.",
            f"Indeed {top} = {'' if k == 1 else k}({polynomial([1, -a])})({polynomial([1, -b])}).",
            f"Away from {written(a)} the common factor cancels, and "
            f"{polynomial([k, -k * b])} comes close to {written(limit)}.",
        ],
        next="The graph is a straight line with one point missing, and the limit is its height.",
    )


def from_table(draw: Draw) -> Problem | None:
    """Quotients for smaller and smaller steps."""
    a, x = draw.one([1, 2, 3, 0.5]), draw.nonzero(-4, 5)
    limit = 2 * a * x
    steps = [1, 0.1, 0.01, 0.001]
    rows = [[written(h), written(limit + a * h)] for h in steps]
    return Problem(
        "A difference quotient was measured with smaller and smaller steps h. What does it come "
        "close to as h shrinks to nothing?",
        shown=[Table(["h", "quotient"], rows)],
        asks="limit:",
        answer=Number(limit),
        rivals=[
            Rival("step-too-large", limit + a),
            Rival(
                "step-too-small",
                limit + a * 0.001,
                message="That is the value with the smallest step of the table. The table stops "
                "there, and the quotient does not: with a step ten times smaller it would move "
                "once more. Which number do the rows draw nearer and nearer to?",
            ),
            Rival(
                "mean-of-sides",
                sum(limit + a * h for h in steps) / 4,
                message="That is the mean of the rows. They do not all deserve the same trust, "
                "since a smaller step lies nearer to the place you ask about. Follow the rows "
                "downwards: to which number do they lead?",
            ),
            Rival("h-is-zero", 0),
        ],
        steps=[
            f"Each row is as far from some number as its own step is long, times {written(a)}.",
            f"The part that shrinks is {written(a)} · h: it goes from {written(a)} to "
            f"{written(a * 0.001)}.",
            f"What stays is {written(limit)}.",
        ],
        next="Ten times smaller a step, ten times smaller a miss: this is how you see a limit.",
    )


def dot_beside_the_curve(draw: Draw) -> Problem | None:
    """A graph with a hole, and a dot somewhere else above the same place."""
    a, m, b = draw.one([-2, -1, 1, 2]), draw.one([-1, -0.5, 0.5, 1]), draw.whole(-2, 2)
    limit, dot = m * a + b, draw.nonzero(-4, 4)
    if abs(limit) > 3.5 or abs(dot - limit) < 1.5 or limit == a or dot == a:
        return None
    return Problem(
        f"The graph of f has a gap, and at x = {written(a)} the value of f is the single dot. What "
        f"is the limit of f(x) as x comes close to {written(a)}?",
        shown=[
            Graph(
                [Line(lambda x: math.nan if abs(x - a) < 0.12 else m * x + b, name="f")],
                points=[Point(a, dot)],
                ylabel="f(x)",
                words=f"A straight line with slope {written(m)} through (0, {written(b)}) and a "
                f"gap at x = {written(a)}; a single dot at ({written(a)}, {written(dot)}).",
            )
        ],
        asks="limit:",
        answer=Number(limit),
        rivals=[
            Rival("limit-read-as-value", dot),
            Rival("place-for-value", a),
            Rival(
                "mean-of-sides",
                (limit + dot) / 2,
                message="You met the dot and the line halfway. The dot does not take part: a limit "
                "asks only where the values go when x comes *close* to the place. Walk along the "
                "line from both sides: at which height do you arrive?",
            ),
        ],
        steps=[
            f"Walk along the line from the left towards x = {written(a)}, then from the right.",
            "The dot is the value at the place itself, and a limit does not look there.",
            f"Both walks arrive at the height {written(m)} · {bracketed(a)} {signed(b)} = "
            f"{written(limit)}."
            if b
            else f"Both walks arrive at the height {written(m)} · {bracketed(a)} = "
            f"{written(limit)}.",
        ],
        next="A limit can exist where the function says something else, or nothing at all.",
    )


def sides(draw: Draw) -> Problem | None:
    """A function made of two lines: do the sides agree?"""
    a, m, k = draw.nonzero(-3, 3), draw.one([1, 2, -1, 3]), draw.one([-2, -1, 1, 2, 4])
    b, c = draw.whole(-5, 5), draw.whole(-5, 5)
    left, right = m * a + b, k * a + c
    if left == right or m == k:
        return None
    choice, rivals = draw.options(
        "there is none, since the sides disagree",
        [
            Rival("one-side-only", f"{written(left)}, the value from the left"),
            Rival(
                "one-side-only",
                f"{written(right)}, the value from the right",
                message="The value at the place belongs to the right piece, and so you looked "
                "there alone. A limit asks both sides. Come from the left with the other formula: "
                "do you arrive at the same height?",
            ),
            Rival("mean-of-sides", f"{written((left + right) / 2)}, which lies between them"),
        ],
    )
    return Problem(
        f"f(x) = {polynomial([m, b])} for x < {written(a)}, and f(x) = {polynomial([k, c])} from "
        f"x = {written(a)} on. What is the limit of f(x) as x comes close to {written(a)}?",
        asks="the limit",
        answer=choice,
        rivals=rivals,
        steps=[
            f"From the left: {polynomial([m, b])} comes close to {written(left)}.",
            f"From the right: {polynomial([k, c])} comes close to {written(right)}.",
            "The two differ, so there is no one number that all nearby values come close to.",
        ],
        next="A jump has a limit from each side, and none of its own.",
    )


def slope_as_limit(draw: Draw) -> Problem | None:
    """The limit of a difference quotient that is written out."""
    x, a = draw.nonzero(-6, 6), draw.one([1, 1, 2, 3, 5])
    place = f"({written(x)} + h)²"
    top = f"{place if a == 1 else f'{a}{place}'} − {written(a * x * x)}"
    limit = 2 * a * x
    return Problem(
        f"What does ({top}) / h come close to as h shrinks to nothing?",
        asks="limit:",
        answer=Number(limit),
        rivals=[
            Rival("h-is-zero", 0),
            Rival("value-for-slope", a * x * x),
            Rival("step-not-used", limit + a),
            Rival(
                "exponent-not-in-front",
                a * x,
                message="Open the square: it has a square of the number, a square of h, and "
                "something that stands between them. How many times does the number meet h there? "
                "A sketch of a square with the side number + h shows it.",
            ),
        ],
        steps=[
            f"Open the square: {place} = {written(x * x)} {signed(2 * x)}h + h².",
            f"{'With' if a == 1 else f'Times {a}, and with'} {written(a * x * x)} "
            f"taken away, {total([(limit, 'h'), (a, 'h²')])} is left.",
            f"Divided by h that is {written(limit)} + {'' if a == 1 else a}h, and the last part "
            f"shrinks away: {written(limit)}.",
        ],
        next=f"This is the slope of {'' if a == 1 else a}x² at x = {written(x)}, found with no "
        "picture at all.",
    )


TEMPLATES = [
    Template(
        "limits.table", title="Smaller and smaller steps", level=1, minutes=1, draw=from_table
    ),
    Template("limits.hole", title="A common factor", level=1, minutes=1.5, draw=hole),
    Template("limits.dot", title="A gap and a dot", level=1, minutes=1, draw=dot_beside_the_curve),
    Template("limits.sides", title="Two sides", level=2, minutes=1.5, draw=sides),
    Template(
        "limits.quotient",
        title="A quotient written out",
        level=3,
        minutes=2,
        draw=slope_as_limit,
    ),
]
