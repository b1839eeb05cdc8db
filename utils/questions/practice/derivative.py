"""Practice of chapter 04: the slope at one place, as a limit, in pictures, and what it tells."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from utils.checks import Choice, Formula, Number, Rival
from utils.practice.shown import Graph, Line, Panels, Point, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, signed, times, total, written

Curve = Callable[[float], float]


def limit(draw: Draw) -> Problem | None:
    """Where a difference quotient leads that is worked out already."""
    x = draw.whole(-4, 5, but=(0, 1))
    if draw.one([True, True, False]):
        a, b, c = draw.one([1, 2, 3, 4, 5, -1, -2]), draw.whole(-6, 6), draw.whole(-5, 5)
        text, value = polynomial([a, b, c]), a * x**2 + b * x + c
        parts = [2 * a * x + b, a, 0]
    else:
        a, b = draw.one([1, 2, -1]), draw.whole(-9, 9)
        text, value = polynomial([a, 0, b, 0]), a * x**3 + b * x
        parts = [3 * a * x**2 + b, 3 * a * x, a]

    def quotient(h: float) -> float:
        return parts[0] + parts[1] * h + parts[2] * h**2

    if parts[0] == 0:
        return None
    shown = total(list(zip(parts, ("", "h", "h²"), strict=True)))
    return Problem(
        f"f(x) = {text}. For a step h from x = {written(x)}, its difference quotient comes out as "
        f"{shown}. What is f′({written(x)})?",
        asks=f"f′({written(x)}) =",
        answer=Number(parts[0]),
        rivals=[
            Rival("value-for-slope", value),
            Rival("average-for-instantaneous", quotient(1)),
            Rival(
                "step-too-large",
                quotient(0.1),
                message="You put one small step into the quotient and stopped there. A derivative "
                "belongs to no step at all: it is the number that the quotient heads for while h "
                "shrinks. What comes out for a tenth of your step, and for a tenth of that?",
            ),
            Rival(
                "place-for-step",
                quotient(x),
                message="You put the place in for h. The place has done its part already: the "
                "first number of the quotient comes from it. h is the step away from there, and it "
                "shrinks. What becomes of each term with an h in it?",
            ),
        ],
        steps=[
            f"A derivative is the limit of the difference quotient {shown} while h shrinks to 0.",
            "Each term with an h in it shrinks with h. Try h = 0.1, then 0.01, then 0.001: "
            f"{', '.join(written(quotient(h)) for h in (0.1, 0.01, 0.001))}.",
            f"What is left is {written(parts[0])}, so f′({written(x)}) = {written(parts[0])}.",
        ],
        next="The terms with an h tell how much the curve bends on the way; the limit forgets "
        "them.",
    )


def tangent(draw: Draw) -> Problem | None:
    """The slope of a curve at a point, read off its tangent."""
    m, run = draw.one([-3, -2, -1.5, -1, -0.5, 0.5, 1.5, 2, 3]), draw.one([2, -2, 3, 4])
    x, y = draw.nonzero(-3, 3), draw.nonzero(-3, 3)
    bend, twist = draw.one([0.5, -0.5, 0.25, -0.25, 1, -1]), draw.one([0, 0, 0.1, -0.1])
    end = y + m * run
    if abs(end) > 4 or end != int(end) or abs(x + run) > 4:
        return None

    def f(at: float) -> float:
        return y + m * (at - x) + bend * (at - x) ** 2 + twist * (at - x) ** 3

    left, right = sorted([(x, y), (x + run, end)])
    across, up = right[0] - left[0], right[1] - left[1]
    return Problem(
        "The curve f is drawn, and with it its tangent at P. The tangent also passes through Q. "
        f"Read off f′({written(x)}).",
        shown=[
            Graph(
                [Line(lambda at: y + m * (at - x), meaning="tangent"), Line(f, name="f")],
                points=[Point(x, y, "P"), Point(x + run, end, "Q")],
                words=f"A curve f that bends {'upwards' if bend > 0 else 'downwards'} at its point "
                f"P ({written(x)}, {written(y)}), and its tangent there, which passes through "
                f"Q ({written(x + run)}, {written(end)}).",
            )
        ],
        asks=f"f′({written(x)}) =",
        answer=Number(m),
        rivals=[
            Rival("height-for-slope", y),
            Rival("slope-sign-lost", -m),
            Rival("rise-run-swapped", 1 / m),
            Rival("difference-not-divided", up),
            Rival("intercept-for-slope", y - m * x),
            Rival("forgot-delta", y / x),
        ],
        steps=[
            "At P the curve is as steep as its tangent, and a straight line is equally steep "
            "everywhere.",
            f"Along the tangent, from left to right: {written(across)} across, and from "
            f"{written(left[1])} to {written(right[1])} in height, a change of {written(up)}.",
            f"That for each step across: {written(up)} / {written(across)} = {written(m)}.",
        ],
        next="The curve leaves its tangent soon, but at P both go the same way.",
    )


def both_sides(draw: Draw) -> Problem | None:
    """Where quotients from the left and from the right lead."""
    m = draw.one([-4, -3, -2.5, -2, -1.5, -0.5, 0.5, 1.5, 2, 2.5, 3, 4, 5, 6])
    c, d = draw.one([1, 2, 3, 0.5, 4, -1, -2, -3, -0.5]), draw.one([0, 0, 1, -1, 2])
    x, value = draw.whole(-3, 6), draw.whole(-9, 9)

    def quotient(h: float) -> float:
        return m + c * h + d * h**2

    steps = (-0.1, -0.01, 0.01, 0.1)
    rows = [[written(h), written(round(quotient(h), 4))] for h in steps]
    place = written(x)
    return Problem(
        f"Of a smooth curve it is known that f({place}) = {written(value)}. The table holds its "
        f"difference quotients at x = {place} for steps to both sides. Which whole or half number "
        f"is f′({place})?",
        shown=[Table(["h", f"[f({place} + h) − f({place})] / h"], rows)],
        asks=f"f′({place}) =",
        answer=Number(m, near=0),
        rivals=[
            Rival("value-for-slope", value),
            Rival("average-for-instantaneous", quotient(0.1)),
            Rival(
                "step-too-large",
                quotient(0.01),
                message="That is the quotient of one small step to the right. It is close, and "
                "with an even smaller step it would move on a little. The steps to the left come "
                "from the other side. Which number do both sides close in on?",
            ),
            Rival(
                "one-side-only",
                quotient(-0.01),
                message="That is the quotient of one small step to the left. It is close, and with "
                "an even smaller step it would move on a little. The steps to the right come from "
                "the other side. Which number do both sides close in on?",
            ),
            Rival("slope-sign-lost", -m),
        ],
        steps=[
            "The two middle rows have the smallest steps, one to each side, so the limit lies "
            "close to both.",
            f"With a step of 0.1 the quotients {written(round(quotient(-0.1), 4))} and "
            f"{written(round(quotient(0.1), 4))} are still apart; with 0.01 they are "
            f"{written(round(quotient(-0.01), 4))} and {written(round(quotient(0.01), 4))}.",
            f"Both sides close in on {written(m)}.",
        ],
        next="Ten times closer to the place, and the error is about ten times smaller.",
    )


def _shapes(draw: Draw) -> tuple[Curve, Curve, Curve]:
    """A curve with its first and its second derivative."""
    a, p, q = draw.one([0.5, 1, -0.5, -1]), draw.one([-1, 0, 1]), draw.one([-2, -1, 0, 1, 2])
    match draw.one(["parabola", "cubic", "wave", "step"]):
        case "parabola":
            return lambda x: a * (x - p) ** 2 + q, lambda x: 2 * a * (x - p), lambda x: 2 * a
        case "cubic":
            wide = draw.one([1, 2] if abs(a) == 1 else [1, 2, 3])
            return (
                lambda x: a * ((x - p) ** 3 / 3 - wide * (x - p)) + 0.5 * q,
                lambda x: a * ((x - p) ** 2 - wide),
                lambda x: 2 * a * (x - p),
            )
        case "wave":
            return (
                lambda x: 2 * a * math.sin(x - p) + q,
                lambda x: 2 * a * math.cos(x - p),
                lambda x: -2 * a * math.sin(x - p),
            )
    return (
        lambda x: 2 * a * math.tanh(x - p) + q,
        lambda x: 2 * a * (1 - math.tanh(x - p) ** 2),
        lambda x: -4 * a * math.tanh(x - p) * (1 - math.tanh(x - p) ** 2),
    )


def _heights(f: Curve) -> str:
    """What a graph shows, in words."""
    told = [f"{written(round(f(x), 1))} at {written(x)}" for x in range(-3, 4) if abs(f(x)) <= 4.05]
    return "A curve whose height is about " + ", ".join(told) + "."


def match_slopes(draw: Draw) -> Problem | None:
    """Which of four graphs is the derivative of the one that is drawn."""
    f, df, ddf = _shapes(draw)
    choices: list[tuple[Curve, str, str]] = [
        (df, "", ""),
        (
            f,
            "height-for-slope",
            "That is the curve itself once more. The graph of f′ shows how steep f is at each "
            "place, not how high. Where f is flat, f′ must be 0. Find such a place, or the "
            "steepest one: what does the panel that you chose show there?",
        ),
        (
            lambda x: -df(x),
            "sign-error",
            "The sizes are right, and every sign is turned around. Where f climbs to the right its "
            "slope is above zero, where it falls below zero. Take one place at which f clearly "
            "climbs or falls: on which side of zero is your panel there?",
        ),
        (
            ddf,
            "second-for-first",
            "That is the slope of the slope: it tells how f bends. The first derivative tells how "
            "steep f is. Go along f with a finger and say aloud climbing, flat or falling. Which "
            "panel is above zero, at zero and below zero at the same places?",
        ),
    ]
    order = draw.shuffled(choices)
    graphs = {
        letter: Graph([Line(curve, meaning="derivative")], words=_heights(curve))
        for letter, (curve, _, _) in zip("ABCD", order, strict=True)
    }
    letters = {
        mistake: letter for letter, (_, mistake, _) in zip("abcd", order, strict=True)
    }  # the right one has no mistake
    place = draw.one([x / 2 for x in range(-5, 6) if abs(df(x / 2)) > 0.2])
    climbs = df(place) > 0
    return Problem(
        "The upper graph shows f. Which of the panels A to D shows its derivative f′?",
        shown=[Graph([Line(f, name="f")], words=_heights(f)), Panels(graphs)],
        asks="panel:",
        answer=Choice(
            letters[""], options={letter: f"panel {letter.upper()}" for letter in "abcd"}
        ),
        rivals=[
            Rival(mistake, letters[mistake], message=message)
            for _, mistake, message in choices
            if mistake
        ],
        steps=[
            "f′ is above zero where f climbs to the right, below zero where f falls, and 0 where "
            "f is flat.",
            f"Take a place, such as x = {written(place)}. There f "
            f"{'climbs' if climbs else 'falls'}, so f′ lies {'above' if climbs else 'below'} zero.",
            "Where f is steepest, f′ is farthest from zero. This leaves panel "
            f"{letters[''].upper()}.",
        ],
        next="Reading a curve from left to right as climbing, flat, falling draws f′ without any "
        "formula.",
    )


def rising(draw: Draw) -> Problem | None:
    """Where f rises, from the graph of its derivative."""
    p, q = sorted(draw.several(range(-3, 4), 2))
    k = draw.one([0.25, 0.5, 1, -0.25, -0.5, -1])
    if q - p < 2 or not 0.5 <= abs(k) * ((q - p) / 2) ** 2 <= 4:
        return None
    middle = (p + q) / 2
    between = f"between {written(p)} and {written(q)}"
    outside = f"left of {written(p)}, and right of {written(q)}"
    right, turned = (outside, between) if k > 0 else (between, outside)
    own_rise = f"{'right' if k > 0 else 'left'} of {written(middle)}"
    part = f"right of {written(q)} alone" if k > 0 else f"from {written(p)} to {written(middle)}"
    choice, rivals = draw.options(
        right,
        [
            Rival(
                "sign-error",
                turned,
                message="There the drawn curve lies below zero. What is drawn is not f but its "
                "slope, and a slope below zero means that f goes down as you go right. Which sign "
                "has the slope of something that rises, and where does the drawn curve have it?",
            ),
            Rival(
                "slope-for-value",
                own_rise,
                message="There the drawn curve itself goes up. But it shows f′, the slope of f: "
                "its *height* says whether f rises or falls. A slope may grow and still be below "
                "zero. Which heights of this curve belong to a rising f?",
            ),
            Rival(
                "second-for-first",
                part,
                message="f does rise there, but it rises elsewhere too. Whether f rises depends on "
                "the sign of f′ alone: f′ need not grow, and it may lie above zero in more than "
                "one piece. Where else is the drawn curve above zero?",
            ),
        ],
    )
    sides = [
        f"{name}: {sign}"
        for name, sign in zip(
            (f"left of {written(p)}", between, f"right of {written(q)}"),
            ("above zero", "below zero", "above zero")
            if k > 0
            else ("below zero", "above zero", "below zero"),
            strict=True,
        )
    ]
    return Problem(
        "You see the graph of the **derivative** f′; f itself is not drawn. Where does f rise as "
        "you go to the right?",
        shown=[
            Graph(
                [Line(lambda x: k * (x - p) * (x - q), meaning="derivative", name="f′")],
                words=f"The graph of f′. It crosses zero at {written(p)} and at {written(q)}, and "
                f"halfway between, at {written(middle)}, its height is "
                f"{written(-k * ((q - p) / 2) ** 2)}.",
            )
        ],
        asks="f rises",
        answer=choice,
        rivals=rivals,
        steps=[
            "f rises where its slope is above zero. So ask where the drawn curve is above zero, "
            "not where it goes up.",
            f"It crosses zero at {written(p)} and at {written(q)}. "
            f"{'; '.join(sides).capitalize()}.",
            f"So f rises {right}.",
        ],
        next="Where f′ crosses zero, f has a hilltop or a valley.",
    )


@dataclass(frozen=True)
class Meeting:
    """How two pieces of a curve meet at a point P.

    left, right: the pieces, with P at (0, 0).
    truth: the right option.
    rivals: the others.
    why: a step of the solution.
    words: the picture in words.
    """

    left: Curve
    right: Curve
    truth: str
    rivals: list[Rival]
    why: str
    words: str


JUMPS = "no, since the graph jumps at P"
DISAGREE = "no, since left and right of P have two different slopes"
UPRIGHT = "no, since secants through P get steeper without end"
SAYS_CORNER = Rival(
    "mean-of-sides",
    DISAGREE,
    message="That would be a corner, with one slope on its left and another one on its right. "
    "Measure both pieces close to P, the left one and the right one, each along its own "
    "stretch. Do the two differ, and is that the trouble here?",
)
SLOPES = (-2, -1, -0.5, 0, 0.5, 1, 2)


def _corner(draw: Draw) -> Meeting:
    m, n = draw.several(SLOPES, 2)
    rivals = [
        Rival("mean-of-sides", f"yes, {written((m + n) / 2)}"),
        Rival("one-side-only", f"yes, {written(n)}"),
        Rival(
            "limit-read-as-value",
            JUMPS,
            message="The graph does not jump: both pieces end in the same point P, so the curve "
            "has a height there. A slope asks for more, namely that secants from either side head "
            "for one number. Which two numbers do they head for here?",
        ),
    ]
    return Meeting(
        lambda x: m * x,
        lambda x: n * x,
        DISAGREE,
        rivals,
        f"From the left the secants have the slope {written(m)}, from the right {written(n)}.",
        f"A straight piece with slope {written(m)} leads up to P, and one with slope {written(n)} "
        "goes on from there.",
    )


def _seam(draw: Draw) -> Meeting:
    m, bend = draw.one([m for m in SLOPES if m]), draw.one([0.5, -0.5, 1, -1])
    rivals = [
        Rival(
            "one-side-only",
            DISAGREE,
            message="Two pieces of different kinds do meet at P, and that alone decides nothing. "
            "What counts is how steep each of them is when it arrives there. The straight piece "
            "tells its slope at once. Does the bent one arrive with another?",
        ),
        Rival(
            "flat-read-as-minimum",
            "yes, 0",
            message="A slope of 0 would mean that the curve is level at P. Follow it with a finger "
            "from left to right, through the point: is your finger at rest there, or does it go up "
            "or down?",
        ),
    ]
    return Meeting(
        lambda x: m * x + bend * x * x,
        lambda x: m * x,
        f"yes, {written(m)}",
        rivals,
        f"The straight piece has the slope {written(m)}, and the bent one arrives at P with the "
        "same slope.",
        "A bent piece runs into P and turns there, without a kink, into a straight piece with "
        f"slope {written(m)}. The bent piece bends {'upwards' if bend > 0 else 'downwards'}.",
    )


def _jump(draw: Draw) -> Meeting:
    m, up = draw.one(SLOPES), draw.one([2, -2])
    says_yes = Rival(
        "one-side-only",
        f"yes, {written(m)}",
        message="A look at each piece for itself is not enough. A slope at P must be the limit of "
        "secants through P with *both* kinds of steps. To the left they lead to a piece that ends "
        "at another height. What becomes of their slopes when the step shrinks?",
    )
    return Meeting(
        lambda x: m * x + up,
        lambda x: m * x,
        JUMPS,
        [says_yes, SAYS_CORNER],
        f"A secant from P to the left piece has to climb or fall by about {abs(up)}, however short "
        "the step is, so its slope grows without end.",
        f"A straight piece with slope {written(m)} ends {abs(up)} {'above' if up > 0 else 'below'} "
        "P, and another one with the same slope begins in P.",
    )


def _upright(draw: Draw) -> Meeting:
    factor = draw.one([1, -1]) * draw.one([1, 1.5, 2])

    def root(x: float) -> float:
        return factor * math.copysign(abs(x) ** (1 / 3), x)

    rivals = [
        Rival(
            "height-for-slope",
            "yes, 0",
            message="A slope of 0 would be a level place. Near P this curve is anything but level: "
            "it turns upright. Take a secant through P with a step of 1, then one with a step of "
            "0.1: which of the two is steeper?",
        ),
        SAYS_CORNER,
        Rival(
            "limit-read-as-value",
            JUMPS,
            message="The curve passes through P without a gap, so it has a height there. A slope "
            "asks for more, namely that the slopes of shorter and shorter secants head for a "
            "number. Do they, when the curve stands upright?",
        ),
    ]
    return Meeting(
        root,
        root,
        UPRIGHT,
        rivals,
        "At P the curve stands upright. The shorter a secant through P, the steeper it is, and "
        "there is no number that the slopes head for.",
        f"A smooth curve that {'climbs' if factor > 0 else 'falls'} all the way and stands upright "
        f"at P; one step to the right of P it is {written(abs(factor))} "
        f"{'higher' if factor > 0 else 'lower'}.",
    )


def has_slope(draw: Draw) -> Problem | None:
    """Whether a drawn curve has a slope at a point."""
    x0, y0 = draw.whole(-2, 2), draw.whole(-1, 1)
    at_p = draw.one([_corner, _corner, _seam, _seam, _jump, _upright])(draw)
    choice, rivals = draw.options(at_p.truth, at_p.rivals)
    return Problem(
        "The point P lies on the drawn curve. Has the curve a slope there, and if so, which one?",
        shown=[
            Graph(
                [
                    Line(lambda x: y0 + at_p.left(x - x0) if x <= x0 + 1e-9 else math.nan),
                    Line(lambda x: y0 + at_p.right(x - x0) if x >= x0 - 1e-9 else math.nan),
                ],
                points=[Point(x0, y0, "P")],
                words=f"A curve with its point P ({written(x0)}, {written(y0)}). {at_p.words}",
            )
        ],
        asks="a slope at P:",
        answer=choice,
        rivals=rivals,
        steps=[
            "A slope at P is there if secants through P, with shorter and shorter steps to the "
            "left and to the right, head for one and the same number.",
            at_p.why,
            f"So the answer is: {at_p.truth}.",
        ],
        next="ReLU has no slope at 0 either, and networks live well with it."
        if at_p.truth.startswith("no")
        else "How a curve was put together does not matter: the limit looks at both sides alone.",
    )


# What is measured, its unit, the unit of time, and whether it may shrink.
GROWING = (
    ("A plant is {} cm tall on day {}, and at that moment its height changes", "cm", "day", 0),
    (
        "A tank holds {} litres at hour {}, and at that moment its content changes",
        "litres",
        "hour",
        1,
    ),
    (
        "A drone flies {} m high at minute {}, and at that moment its height changes",
        "m",
        "minute",
        1,
    ),
    ("A pond is {} cm deep on day {}, and at that moment its depth changes", "cm", "day", 1),
)


def further(draw: Draw) -> Problem | None:
    """The height of a tangent further on: a linear approximation."""
    m, h = draw.one([2, 3, 4, 5, 6, -2, -3, -4, -5]), draw.one([0.1, 0.2, 0.3, 0.5, -0.1, -0.2])
    told, unit, step, shrinks = draw.one([*GROWING, ("", "", "", 1), ("", "", "", 1)])
    if told:
        x, y, h, m = draw.whole(2, 9), draw.whole(12, 60), abs(h), m if shrinks else abs(m)
        statement = (
            f"{told.format(y, x)} by {written(m)} {unit} per {step}. About how much will it be "
            f"{written(h)} {step}s later, as long as the rate hardly changes? Give {unit}."
        )
        asks = f"{unit}:"
    else:
        x, y = draw.whole(-4, 6, but=(0, 1)), draw.whole(-9, 20)
        statement = (
            f"Of a curve you know f({written(x)}) = {written(y)} and f′({written(x)}) = "
            f"{written(m)}, and no more. About how high is it at x = {written(x + h)}? Go along "
            "the tangent."
        )
        asks = "about"
    change = m * h
    return Problem(
        statement,
        asks=asks,
        answer=Number(y + change, near=0),
        rivals=[
            Rival(
                "value-for-change",
                change,
                message="That is how much is added on the way. The question asks where that leads, "
                "and you did not start at 0. How high is it at the place where you stand before "
                "the step?",
            ),
            Rival(
                "rate-for-change",
                y + m,
                message="You added the whole slope: that is the change for one full step of 1. The "
                "step here has another length. Which share of a full step is it, and so which "
                "share of that change do you expect?",
            ),
            Rival(
                "place-for-step",
                y + m * (x + h),
                message="You multiplied the slope by the place where you arrive. A slope tells how "
                "much the height changes for each step away from where you stand, so it is "
                "multiplied by the way you went. How long is that way here?",
            ),
            Rival("change-turned-around", y - change),
            Rival(
                "slope-for-value",
                m + y * h,
                message="Height and slope have changed places: you started from the slope and "
                "walked with the height. One of the two numbers says where you are, and the other "
                "one how fast that changes. Which is which?",
            ),
        ],
        steps=[
            f"Near the place the curve runs with its tangent, whose slope is {written(m)}.",
            f"A step of {written(h)} changes the height by about {written(m)} · {bracketed(h)} = "
            f"{written(change)}.",
            f"Added to where you start: {written(y)} {signed(change)} = {written(y + change)}.",
        ],
        next="Height plus slope times step. The smaller the step, the better it holds.",
    )


def by_hand(draw: Draw) -> Problem | None:
    """The derivative of a parabola as a formula, from its difference quotient."""
    a, b, c = draw.one([1, 2, 3, 4, 5, -1, -2, -3]), draw.nonzero(-7, 7), draw.nonzero(-9, 9)
    dropped = [Rival("factor-dropped", f"2*x + {b}")] if a not in (1, 2) else []
    return Problem(
        f"f(x) = {polynomial([a, b, c])}. Work out its difference quotient for a step h, let h "
        "shrink to nothing, and write down f′(x) as a formula.",
        asks="f′(x) =",
        answer=Formula(polynomial([2 * a, b])),
        rivals=[
            Rival("value-for-slope", f"{a}*x^2 + {b}*x + {c}"),
            Rival(
                "average-for-instantaneous",
                f"{2 * a}*x + {a + b}",
                message="Something of the step is still in your formula: it gives the slope of a "
                "secant with a step of 1. For the slope at x itself the step shrinks to nothing. "
                "Which term of the quotient has an h in it, and what becomes of it?",
            ),
            Rival("power-of-a-sum", f"{b}"),
            Rival("constant-kept", f"{2 * a}*x + {b + c}"),
            Rival("exponent-not-in-front", f"{a}*x + {b}"),
            Rival("exponent-not-lowered", f"{2 * a}*x^2 + {b}*x"),
            *dropped,
        ],
        steps=[
            "Put x + h in place of x and open the square: (x + h)² = x² + 2xh + h². Take f(x) "
            "away, and all terms without an h cancel.",
            f"{total([(2 * a, 'xh'), (a, 'h²'), (b, 'h')])} remains. Divide each term by h.",
            f"The quotient is {total([(2 * a, 'x'), (a, 'h'), (b, '')])}, and while h shrinks "
            f"{times(a, 'h')} goes: f′(x) = {polynomial([2 * a, b])}.",
        ],
        next="Done once with letters, the limit holds for every x. The next chapter makes a rule "
        "of it.",
    )


TEMPLATES = [
    Template("derivative.limit", title="Let the step shrink", level=1, minutes=1, draw=limit),
    Template("derivative.tangent", title="Along the tangent", level=1, minutes=1, draw=tangent),
    Template("derivative.sides", title="From both sides", level=1, minutes=1, draw=both_sides),
    Template("derivative.rising", title="Where it rises", level=2, minutes=1, draw=rising),
    Template("derivative.panels", title="Which is f′?", level=2, minutes=1.5, draw=match_slopes),
    Template("derivative.further", title="A little further", level=2, minutes=1.5, draw=further),
    Template("derivative.corner", title="Is there a slope?", level=2, minutes=1, draw=has_slope),
    Template("derivative.by_hand", title="By hand", level=3, minutes=3, draw=by_hand),
]
