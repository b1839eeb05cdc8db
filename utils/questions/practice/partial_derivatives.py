"""Practice of chapter 09: partial derivatives at a place, as formulas, from tables and stories."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial

from utils.checks import Formula, Number, Rival
from utils.practice.quadratic import Quadratic
from utils.practice.shown import Graph, Line, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, power, signed, times, total, written

OTHER_INPUT = (
    "That is the slope along the other input. The input below the ∂ is the one that is nudged, and "
    "all others stand still. Which input does the question name, and which one did you nudge?"
)
BOTH_FACTORS = (
    "You took the slope of both factors. But one of them belongs to the input that is held: it "
    "does not move, so it is a number in front and stays as it is. Which factor moves here, and "
    "which one waits?"
)

HALF = (
    "Your number has half the size that it should have. A square leaves something in front when "
    "you take its slope. Take the slope of one squared residual step by step: which factor appears "
    "first, and where did it go?"
)
ADDED_ONLY = (
    "You multiplied each residual by its x. That belongs to the weight which is multiplied by x on "
    "its way. The intercept is only added. If it grows by a little, by how many times that little "
    "does each prediction grow?"
)


def at_point(draw: Draw) -> Problem | None:
    """∂f/∂x or ∂f/∂y of a polynomial at a place."""
    f = Quadratic(draw.nonzero(-3, 4), draw.nonzero(-4, 5), draw.nonzero(-3, 4))
    i = draw.whole(0, 1)
    here = [draw.nonzero(-3, 4), draw.nonzero(-3, 4)]
    here[1 - i] = draw.whole(-3, 4, but=(0, 1))
    slope, other = (f.gradient(*here)[k] for k in (i, 1 - i))
    (own, rest), (me, held) = ((pair[i], pair[1 - i]) for pair in ((f.a, f.c), here))
    if len({slope, other, slope + other, 2 * own * me, 2 * own * me + f.b, f(*here)}) < 6:
        return None
    name, name_held = f.names[i], f.names[1 - i]
    place = f"({written(here[0])}, {written(here[1])})"
    return Problem(
        f"f(x, y) = {f.text}. You stand at {place} and nudge {name} alone. How fast does f change: "
        f"what is ∂f/∂{name} there?",
        asks=f"∂f/∂{name} =",
        answer=Number(slope),
        rivals=[
            Rival("partials-swapped", other, message=OTHER_INPUT),
            Rival("other-variable-moves", slope + other),
            Rival("held-read-as-zero", 2 * own * me),
            Rival("held-factor-dropped", 2 * own * me + f.b),
            Rival("other-term-kept", slope + rest * held**2),
            Rival("value-for-slope", f(*here)),
        ],
        steps=[
            f"Hold {name_held}, so that it is a number. Then {total([(rest, name_held + '²')])} is "
            f"a constant, and in {total([(f.b, 'xy')])} all but {name} stands in front as a "
            "factor.",
            f"Term by term along {name}: ∂f/∂{name} = {f.partials[i]}.",
            f"At {place}: {written(2 * own)} · {bracketed(me)} {signed(f.b)} · {bracketed(held)} = "
            f"{written(slope)}.",
        ],
        next=f"The term with {name_held} alone lifts the whole cut and tilts no part of it.",
    )


BOTTOM, TOP = -3, 6  # of the picture


def family(draw: Draw) -> Problem | None:
    """A partial derivative from a family of cuts, one for each value that is held."""
    m, t = draw.one([-1.5, -1, -0.5, 0.5, 1, 1.5]), draw.one([-1, -0.5, 0.5, 1])
    s = draw.nonzero(-3, 3)
    lines = Quadratic(0, t, 0, m, s)
    ends = [lines(at, k) for at in (0, 4) for k in (0, 1, 2)]
    free = BOTTOM - min(ends), TOP - max(ends)  # how far they may be shifted
    if free[0] > free[1] or abs(s + 4 * t) < 1:
        return None
    f = replace(lines, k=draw.whole(math.ceil(free[0]), math.floor(free[1])))
    whole = t == int(t) and m == int(m)  # then all lines pass whole heights at every x
    i = draw.whole(0, 1)
    places = [1, 2, 3] if whole else [2]
    x, y = draw.one([*places, 4] if i else places), draw.one([1, 2])
    along_x, along_y = f.gradient(x, y)
    if along_x == 0 or along_y == 0:
        return None

    def cut(at: float, y: int) -> float:
        return f(at, y) if at <= 4 else math.nan  # which leaves room for its name

    graph = Graph(
        [Line(partial(cut, y=k), name=f"y = {k}") for k in (0, 1, 2)],
        words="Three straight lines over x, one for each value of y: "
        + "; ".join(
            f"for y = {k} from (0, {written(f(0, k))}) to (4, {written(f(4, k))})"
            for k in (0, 1, 2)
        )
        + ".",
        x=(0, 5),
        y=(BOTTOM, TOP),
        ylabel="f",
    )
    if i == 0:
        return Problem(
            "Each line shows f over x, with y held at the value that stands at its end. What is "
            f"∂f/∂x at x = {x}, y = {y}?",
            shown=[graph],
            asks="∂f/∂x =",
            answer=Number(along_x),
            rivals=[
                Rival("partials-swapped", along_y, message=OTHER_INPUT),
                Rival(
                    "held-read-as-zero",
                    m,
                    message="That is how steep the line with y = 0 is. To hold an input is to "
                    "leave it where it stands, and that need not be 0. At which value is y held "
                    "in the question, and which line belongs to it?",
                ),
                Rival("value-for-slope", f(x, y)),
                Rival("slope-sign-lost", -along_x),
                Rival("rise-run-swapped", 1 / along_x),
                Rival("difference-not-divided", 4 * along_x),
            ],
            steps=[
                f"y is held at {y}, so walk along the line with y = {y}, and along no other.",
                f"From x = 0 to x = 4 it goes from {written(f(0, y))} to {written(f(4, y))}.",
                f"Its slope is {written(f(4, y) - f(0, y))} / 4 = {written(along_x)}.",
            ],
            next="Each line has a slope of its own: the value at which y is held sets how steep f "
            "is along x.",
        )
    return Problem(
        "Each line shows f over x, with y held at the value that stands at its end; in between, "
        f"the lines would lie evenly. What is ∂f/∂y at x = {x}, y = {y}?",
        shown=[graph],
        asks="∂f/∂y =",
        answer=Number(along_y),
        rivals=[
            Rival("partials-swapped", along_x, message=OTHER_INPUT),
            Rival("value-for-slope", f(x, y)),
            Rival(
                "held-read-as-zero",
                s,
                message="That is how far apart the lines are at x = 0. But x is held somewhere "
                "else here, and the lines are not equally far apart everywhere. At which x do you "
                "have to change from line to line?",
            ),
            Rival(
                "slope-sign-lost",
                -along_y,
                message="The distance of the lines is right, and the sign is turned around. "
                "Change to the line with the larger y, at the x of the question: do you come to "
                "a higher place or to a lower one?",
            ),
        ],
        steps=[
            f"Now x stands still at {x}, and y moves: you change from line to line, straight up or "
            "down.",
            f"At x = {x} the line y = 1 is at {written(f(x, 1))} and the line y = 2 at "
            f"{written(f(x, 2))}.",
            f"For one unit of y that is {written(f(x, 2))} − {bracketed(f(x, 1))} = "
            f"{written(along_y)}.",
        ],
        next="Along a line you nudge x; from line to line you nudge y. One picture holds both.",
    )


def from_table(draw: Draw) -> Problem | None:
    """A partial derivative from a grid of values, by a central difference."""
    h, k = draw.several([0.1, 0.2, 0.5, 1, 2], 2)
    x, y = draw.whole(1, 5) * max(h, 1), draw.whole(1, 5) * max(k, 1)
    p, q = draw.nonzero(-6, 6), draw.nonzero(-6, 6)
    bend_x, bend_y = (draw.one([-0.5, 0.5, 1, -1]) * step for step in (h, k))
    centre = draw.whole(10, 40)
    i = draw.whole(0, 1)

    def f(a: int, b: int) -> float:
        """The value a rows down and b columns to the right of the centre."""
        return round(centre + a * p * h + b * q * k + a * a * bend_x + b * b * bend_y, 6)

    rows = [[written(x + a * h), *(written(f(a, b)) for b in (-1, 0, 1))] for a in (-1, 0, 1)]
    head = ["x", *(f"f at y = {written(y + b * k)}" for b in (-1, 0, 1))]
    step, slope, other, name = [(h, p, q, "x"), (k, q, p, "y")][i]
    ahead, back = (f(1, 0), f(-1, 0)) if i == 0 else (f(0, 1), f(0, -1))
    if step == 1 or slope == other or ahead - back == slope:
        return None
    where = "above and below it" if i == 0 else "to its left and to its right"
    return Problem(
        f"The table holds values of f. Estimate ∂f/∂{name} at ({written(x)}, {written(y)}) by a "
        "central difference, from the two neighbours.",
        shown=[Table(head, rows)],
        asks=f"∂f/∂{name} ≈",
        answer=Number(slope),
        rivals=[
            Rival("partials-swapped", other, message=OTHER_INPUT),
            Rival(
                "central-divided-by-h",
                2 * slope,
                message="You took the difference of the two neighbours, which is a good plan, and "
                "divided it by one step of the table. But the neighbours stand on both sides of "
                "the place. How far is it from the one to the other?",
            ),
            Rival("difference-not-divided", 2 * slope * step),
            Rival("other-variable-moves", round((f(1, 1) - f(-1, -1)) / (2 * step), 9)),
            Rival(
                "one-side-only",
                round((ahead - centre) / step, 9),
                message="You compared the place with the neighbour after it alone. That is a slope "
                "over one side, and f bends. A central difference takes the neighbours on both "
                "sides. Which two values are those, and how far apart do they stand?",
            ),
            Rival("change-turned-around", -slope),
        ],
        steps=[
            f"The place stands in the middle of the table. Only {name} moves, so its neighbours "
            f"are those {where}.",
            f"They are {written(back)} and {written(ahead)}, and lie {written(2 * step)} apart in "
            f"{name}.",
            f"The slope is ({written(ahead)} − {bracketed(back)}) / {written(2 * step)} = "
            f"{written(ahead - back)} / {written(2 * step)} = {written(slope)}.",
        ],
        next="No formula is needed: whoever can measure f at two places knows a slope.",
    )


def as_formula(draw: Draw) -> Problem | None:
    """A partial derivative as a formula in both inputs."""
    i = draw.whole(0, 1)
    n, k = draw.whole(2, 4), draw.whole(2, 3)
    a, b, c = draw.whole(2, 5), draw.nonzero(-6, 6), draw.nonzero(-5, 5)
    m = draw.whole(2, 4)
    v, u = ("x", "y") if i == 0 else ("y", "x")  # the one that is nudged, the one that is held

    def product(factor: int, of_v: int, of_u: int) -> tuple[float, str]:
        parts = [power(name, e) for name, e in ((v, of_v), (u, of_u)) if e]
        return factor, "".join(parts if i == 0 else parts[::-1])

    mixed = product(a, n, k)
    f = total([mixed, (b, v), (c, power(u, m))])
    lowered = product(a * n, n - 1, k)
    right = total([lowered, (b, "")])
    along_u = total([product(a * k, n, k - 1), (c * m, power(u, m - 1))])
    return Problem(
        f"f(x, y) = {f}. Write down ∂f/∂{v}, the slope along {v} at any place, as a formula in x "
        "and y.",
        asks=f"∂f/∂{v} =",
        answer=Formula(
            right,
            variable="x y",
            probes=((1, 2), (-2, 1.5), (0.5, -1.5), (3, 0.4), (-1.2, -0.7), (2, 3)),
        ),
        rivals=[
            Rival("partials-swapped", along_u, message=OTHER_INPUT),
            Rival("other-variable-moves", f"{right} + ({along_u})"),
            Rival("other-term-kept", total([lowered, (b, ""), (c, power(u, m))])),
            Rival("held-factor-dropped", total([product(a * n, n - 1, 0), (b, "")])),
            Rival(
                "product-of-derivatives",
                total([product(a * n * k, n - 1, k - 1), (b, "")]),
                message=BOTH_FACTORS,
            ),
            Rival("exponent-not-lowered", total([product(a * n, n, k), (b, "")])),
        ],
        steps=[
            f"Hold {u}. Then {times(c, power(u, m))} has no moving part, and its slope is 0.",
            f"In {times(*mixed)} the held part {power(u, k)} is a number in front; the slope of "
            f"{power(v, n)} is {times(n, power(v, n - 1))}.",
            f"Together with the slope {written(b)} of {times(b, v)}: ∂f/∂{v} = {right}.",
        ],
        next=f"Where both inputs are multiplied, {u} stays in the slope along {v}: each sets how "
        "much the other one counts.",
    )


@dataclass(frozen=True)
class Law:
    """k · first^p · second^q, with a story.

    text: with a place for each of the two values.
    per: the unit of the result for one unit of each input.
    values: what each input may be.
    """

    text: str
    per: tuple[str, str]
    names: tuple[str, str]
    k: float
    exponents: tuple[int, int]
    values: tuple[tuple[float, ...], tuple[float, ...]]
    result: str


LAWS = (
    Law(
        "A wire with the resistance R = {} ohms carries a current of I = {} amperes and gives off "
        "the power P = R·I², in watts.",
        ("watts per ohm", "watts per ampere"),
        ("R", "I"),
        1,
        (1, 2),
        ((4, 5, 8, 10, 20, 25), (2, 3, 4, 5, 6)),
        "P",
    ),
    Law(
        "A cart of m = {} kg rolls at v = {} m/s and holds the energy E = 0.5·m·v², in joules.",
        ("joules per kg", "joules per m/s"),
        ("m", "v"),
        0.5,
        (1, 2),
        ((3, 5, 8, 10, 20, 30), (2, 3, 4, 5, 6)),
        "E",
    ),
    Law(
        "A box with a square bottom of side a = {} cm and the height h = {} cm holds V = a²·h "
        "cubic centimetres.",
        ("cm³ per cm of side", "cm³ per cm of height"),
        ("a", "h"),
        1,
        (2, 1),
        ((3, 4, 5, 6, 10), (5, 7, 8, 10, 12, 20)),
        "V",
    ),
    Law(
        "A way of d = {} km at a speed of v = {} km/h takes t = d/v hours.",
        ("hours per km", "hours per km/h"),
        ("d", "v"),
        1,
        (1, -1),
        ((60, 80, 100, 120, 200, 300), (20, 40, 50)),
        "t",
    ),
    Law(
        "One mole of a gas at T = {} kelvins in V = {} litres has the pressure p = 0.08·T/V, in "
        "bars.",
        ("bars per kelvin", "bars per litre"),
        ("T", "V"),
        0.08,
        (1, -1),
        ((250, 300, 350, 400), (4, 5, 8, 10, 20)),
        "p",
    ),
    Law(
        "A network with L = {} layers, each n = {} neurons wide, has about W = L·n² weights.",
        ("weights per layer", "weights per neuron of width"),
        ("L", "n"),
        1,
        (1, 2),
        ((3, 4, 5, 8, 12), (10, 20, 30, 50, 100)),
        "W",
    ),
)


def story(draw: Draw) -> Problem | None:
    """A partial derivative with its unit, from a law of nature or of machines."""
    law, i = draw.one(LAWS), draw.whole(0, 1)
    here = [draw.one(values) for values in law.values]
    me, held = here[i], here[1 - i]
    p, q = law.exponents[i], law.exponents[1 - i]
    name, name_held, result = law.names[i], law.names[1 - i], law.result
    value = law.k * me**p * held**q
    slope, other = p * value / me, q * value / held
    rivals = [
        Rival("partials-swapped", other, message=OTHER_INPUT),
        Rival(
            "value-for-slope",
            value,
            message=f"That is {result} itself. The question asks how fast it changes, for one more "
            f"unit of {name} while {name_held} stays as it is. If {name} grows by a little, by how "
            f"many times that little does {result} change?",
        ),
        Rival("held-factor-dropped", law.k * p * me ** (p - 1)),
    ]
    if q == 2:
        both = law.k * p * q * me ** (p - 1) * held
        rivals.append(Rival("product-of-derivatives", both, message=BOTH_FACTORS))
    if p == 2:
        rivals += [
            Rival("exponent-not-lowered", p * value),
            Rival("exponent-not-in-front", slope / 2),
        ]
    if p == -1:
        rivals.append(
            Rival(
                "slope-sign-lost",
                -slope,
                message=f"The size is right. Now think of what happens: when {name} grows and "
                f"{name_held} stays as it is, does {result} become larger or smaller, and which "
                "sign says so?",
            )
        )
    rates = {
        1: f"{name} is only a factor, so the slope is all that stands beside it.",
        2: f"The slope of {name}² is 2{name}, and the rest stays in front as a factor.",
        -1: f"1/{name} has the slope −1/{name}², and the rest stays in front as a factor.",
    }
    moved = {1: "", 2: f"2 · {written(me)}", -1: f"(−1/{written(me)}²)"}[p]
    stays = {1: written(held), 2: f"{written(held)}²", -1: f"(1/{written(held)})"}[q]
    front = written(law.k) if law.k != 1 else ""
    product = " · ".join(part for part in (front, moved, stays) if part)
    return Problem(
        f"{law.text.format(*map(written, here))} How fast does {result} change with {name}, while "
        f"{name_held} is held? Give {law.per[i]}.",
        asks=f"∂{result}/∂{name} =",
        answer=Number(round(slope, 9)),
        rivals=rivals,
        steps=[
            f"{name_held} is held at {written(held)}, so it is a number in front.",
            rates[p],
            f"∂{result}/∂{name} = {product} = {written(slope)} {law.per[i]}.",
        ],
        next=f"A partial derivative carries a unit, here {law.per[i]}. The other one is counted in "
        f"{law.per[1 - i]}.",
    )


@dataclass(frozen=True)
class Input:
    """What a forecast is made from: its name, its unit, what it and the slope along it may be."""

    name: str
    unit: str
    values: tuple[int, ...]
    slopes: tuple[float, ...]


# What is foretold, its unit, and the two inputs.
FORECASTS = (
    (
        "the price of a flat",
        "thousand €",
        Input("area", "m²", (40, 50, 60, 80), (2, 3, 4, 5)),
        Input("distance from the centre", "km", (2, 5, 10, 20), (-1.5, -6, -8, -12)),
    ),
    (
        "the harvest of a field",
        "kg",
        Input("rain", "mm", (200, 300, 400, 500), (2, 3, 4, 6, 8)),
        Input("fertiliser", "kg", (50, 60, 100, 150), (5, 7, 10, 15, 20)),
    ),
    (
        "a day's takings of a kiosk",
        "€",
        Input("temperature", "°C", (10, 15, 20, 30), (3, 5, 8, 12, 20)),
        Input("price", "cent", (80, 100, 150, 200), (-1, -2, -4, -6)),
    ),
    (
        "how long a program runs",
        "seconds",
        Input("data", "GB", (10, 20, 30, 50), (2, 3, 4, 6)),
        Input("depth", "layer", (4, 6, 8, 12, 20), (3, 5, 8, 10)),
    ),
)


def matters(draw: Draw) -> Problem | None:
    """Which input counts more, for one unit and for one per cent of it."""
    what, unit, *inputs = draw.one(FORECASTS)
    values = [draw.one(each.values) for each in inputs]
    slopes = [draw.one(each.slopes) for each in inputs]
    unit_wise = [abs(slope) for slope in slopes]
    shares = [abs(slope) * value / 100 for slope, value in zip(slopes, values, strict=True)]
    if unit_wise[0] == unit_wise[1] or abs(shares[0] - shares[1]) < 0.2 * max(shares):
        return None
    one, share = unit_wise[0] < unit_wise[1], shares[0] < shares[1]  # index of the winner
    names = [each.name for each in inputs]

    def said(a: int, b: int) -> str:
        if a == b:
            return f"{names[a]}, for one unit as for 1 %"
        return f"{names[a]} for one unit, {names[b]} for 1 %"

    both_wrong = Rival(
        "partials-swapped",
        said(1 - one, 1 - share),
        message="Both of your comparisons are turned around. Only sizes count here: a minus says "
        "that the result falls, not that little happens. For one unit compare the two slopes; for "
        "1 % ask how many units that is. What do you get for each?",
    )
    share_wrong = Rival(
        "rate-for-change",
        said(one, 1 - share),
        message="The comparison for one unit is right. But 1 % of an input is a step of another "
        "length for each of them, since they have other values. How many units is 1 % of each, and "
        "what does that step change?",
    )
    one_wrong = Rival(
        "share-for-change",
        said(1 - one, share),
        message="The comparison for 1 % is right. For one whole unit the values of the inputs do "
        "not matter at all: a slope says directly what one unit does, and its size counts, not its "
        "sign. Which of the two slopes has the larger size?",
    )
    choice, rivals = draw.options(said(one, share), [both_wrong, share_wrong, one_wrong])
    told = " and ".join(
        f"{written(slope)} {unit} for one {each.unit} of {each.name} (now {written(value)})"
        for each, slope, value in zip(inputs, slopes, values, strict=True)
    )
    effects = [
        f"1 % of {written(value)} is {written(value / 100)}, which changes it by "
        f"{written(value / 100)} · {bracketed(slope)} = {written(value * slope / 100)}"
        for slope, value in zip(slopes, values, strict=True)
    ]
    return Problem(
        f"A model foretells {what}. Its partial derivatives are {told}. Which input counts more "
        "if it grows by one unit, and which if it grows by 1 %?",
        answer=choice,
        rivals=rivals,
        steps=[
            "For one unit the slopes say it directly. Compare their sizes; the sign tells only up "
            "or down.",
            f"For 1 %: {names[0]}: {effects[0]}; {names[1]}: {effects[1]}.",
            f"So it is {said(one, share)}.",
        ],
        next="A slope depends on the unit of its input: in centimetres it is a hundredth of what "
        "it is in metres. Shares do not.",
    )


def both_nudged(draw: Draw) -> Problem | None:
    """A small step of both inputs, foretold by both partial derivatives."""
    what, p_name, q_name = draw.one(
        [("error", "w", "b"), ("loss", "w₁", "w₂"), ("cost", "a", "b"), ("height", "x", "y")]
    )
    p, q = draw.nonzero(-8, 8), draw.nonzero(-8, 8)
    dx, dy = (draw.one([-1, 1]) * draw.one([0.1, 0.2, 0.3, 0.05]) for _ in range(2))
    start = draw.whole(20, 90) / 10
    parts = [round(p * dx, 9), round(q * dy, 9)]
    change = round(sum(parts), 9)
    if change == 0 or start + change <= 0 or abs(dx) == abs(dy):
        return None
    rivals = [
        Rival(
            "value-for-change",
            change,
            message=f"That is how much the {what} changes. The question asks where it stands after "
            "the nudges, and it did not start at 0. What was it before, and what becomes of it?",
        ),
        Rival(
            "rate-for-change",
            start + p + q,
            message="You added the slopes as they are, as if each knob had been turned by one "
            "whole unit. The nudges are much smaller. How much of each slope does its nudge bring?",
        ),
        Rival(
            "change-turned-around",
            start - change,
            message="The size of the change is right, and it went the wrong way. Plus times minus "
            "is minus: a knob with a negative slope makes things smaller when it is turned up. "
            "Which sign has each of the two parts?",
        ),
        Rival(
            "one-weight-only",
            start + parts[0],
            message="That is what the first nudge alone does. The second knob was turned as well, "
            "and it brings a part of its own, with its own slope. What is that part, and what is "
            "left to do with it?",
        ),
        Rival(
            "partials-swapped",
            start + p * dy + q * dx,
            message="Both slopes and both nudges are in your number, but each slope has been "
            "multiplied with the nudge of the other knob. Write the two knobs below each other: "
            "which slope and which nudge belong to the first?",
        ),
    ]
    if min(parts) < 0 < max(parts):
        rivals.append(
            Rival(
                "sign-dropped",
                start + abs(parts[0]) + abs(parts[1]),
                message="You added the sizes of both parts. One of them pulls the other way: a "
                "slope and a nudge with different signs make a minus. Which of the two parts makes "
                f"the {what} smaller?",
            )
        )
    return Problem(
        f"At this place the {what} is {written(start)}, with the partial derivatives {written(p)} "
        f"along {p_name} and {written(q)} along {q_name}. Now {p_name} changes by {written(dx)} "
        f"and {q_name} by {written(dy)}. About where does the {what} stand then?",
        asks=f"{what} ≈",
        answer=Number(round(start + change, 9)),
        rivals=rivals,
        steps=[
            f"Each knob brings its slope times its nudge. For {p_name} that is {written(p)} · "
            f"{bracketed(dx)} = {written(parts[0])}.",
            f"For {q_name} it is {written(q)} · {bracketed(dy)} = {written(parts[1])}.",
            f"Together {written(parts[0])} {signed(parts[1])} = {written(change)}, and from "
            f"{written(start)} that leads to {written(start + change)}.",
        ],
        next="For small steps the parts of all knobs add up, with two knobs as with a billion.",
    )


def of_an_error(draw: Draw) -> Problem | None:
    """∂E/∂w or ∂E/∂b of a line, for two examples."""
    xs = draw.several([1, 2, 3, 4, 5], 2)
    w, b = draw.nonzero(-2, 3), draw.nonzero(-3, 4)
    rs = [draw.nonzero(-4, 4), draw.nonzero(-4, 4)]  # how far the line is above each example
    ys = [w * x + b - r for x, r in zip(xs, rs, strict=True)]
    along_w = sum(2 * r * x for x, r in zip(xs, rs, strict=True)) / 2
    along_b = sum(2 * r for r in rs) / 2
    slope, name = draw.one([(along_w, "w"), (along_b, "b")])
    if slope == 0 or along_w == 0:
        return None
    turned = (
        "The size is right, and the sign is turned around. If your residual is data minus line, "
        "then the weights stand in it with a minus, and that minus belongs into the slope. Is the "
        "line too high or too low here, so should nudging it up raise the error?"
    )
    rivals = [
        Rival("forgotten-two", slope / 2, message=HALF),
        Rival("forgotten-mean", 2 * slope),
        Rival("residual-turned-around", -slope, message=turned),
        Rival("value-for-slope", sum(r * r for r in rs) / 2),
        Rival("forgotten-x-factor", along_b)
        if name == "w"
        else Rival("x-factor-in-both", along_w, message=ADDED_ONLY),
    ]
    rows = [[written(x), written(y)] for x, y in zip(xs, ys, strict=True)]
    own = [2 * r * (x if name == "w" else 1) for x, r in zip(xs, rs, strict=True)]
    inner = (
        "w stands in it times x, so the slope of a square is 2 · residual · x"
        if name == "w"
        else "b stands in it alone, so the slope of a square is 2 · residual · 1"
    )
    return Problem(
        f"The line ŷ = wx + b stands at w = {written(w)}, b = {written(b)}. Its error E is the "
        f"mean of (ŷ − y)² over these two examples. What is ∂E/∂{name}?",
        shown=[Table(["x", "y"], rows)],
        asks=f"∂E/∂{name} =",
        answer=Number(slope),
        rivals=rivals,
        steps=[
            f"The residuals ŷ − y: {written(w * xs[0] + b)} − {bracketed(ys[0])} = "
            f"{written(rs[0])} and {written(w * xs[1] + b)} − {bracketed(ys[1])} = "
            f"{written(rs[1])}.",
            f"Each is squared, and {inner}: {written(own[0])} and {written(own[1])}.",
            f"The mean of the two is ({written(own[0])} {signed(own[1])}) / 2 = {written(slope)}.",
        ],
        next=f"If {name} is nudged up, the error goes "
        f"{'up' if slope > 0 else 'down'} by about {written(abs(slope))} for each unit of "
        f"{name}.",
    )


TEMPLATES = [
    Template("partial_derivatives.point", title="At a place", level=1, minutes=1.5, draw=at_point),
    Template(
        "partial_derivatives.family", title="A family of cuts", level=1, minutes=1.5, draw=family
    ),
    Template(
        "partial_derivatives.table", title="From a grid", level=2, minutes=1.5, draw=from_table
    ),
    Template(
        "partial_derivatives.formula", title="As a formula", level=2, minutes=1.5, draw=as_formula
    ),
    Template("partial_derivatives.story", title="With its unit", level=2, minutes=2, draw=story),
    Template(
        "partial_derivatives.both", title="Both knobs nudged", level=2, minutes=2, draw=both_nudged
    ),
    Template(
        "partial_derivatives.matters",
        title="Which input counts more",
        level=3,
        minutes=2,
        draw=matters,
    ),
    Template(
        "partial_derivatives.error",
        title="The slopes of an error",
        level=3,
        minutes=3,
        draw=of_an_error,
    ),
]
