"""Practice of chapter 10: the gradient as numbers, as an arrow, and on a contour map."""

from __future__ import annotations

import math
from collections.abc import Sequence

from utils.checks import Array, Choice, Number, Rival
from utils.practice.quadratic import Quadratic, rings
from utils.practice.shown import Arrow, Contours, Point
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, signed, times, total, written

# Short sides of right triangles whose long side is short to write, too.
LEGS = ((3, 4, 5), (6, 8, 10), (5, 12, 13), (9, 12, 15), (8, 15, 17), (12, 16, 20), (7, 24, 25))
UPHILL = (
    "Both signs are turned around: that is the gradient with a minus, the direction straight down. "
    "Nudge one input up a little, all alone: does the function grow or shrink, so which sign has "
    "its slope?"
)
TURNED = (
    "The line is right: it crosses the contour line at a right angle. But of its two ends you took "
    "the other one. Read the heights of the lines around it: on which side do they grow, and which "
    "side does the question ask for?"
)
GRADIENT_ITSELF = (
    "Your arrow has the length 1 and points in the direction in which f *grows* fastest, as the "
    "gradient does. The question asks for the fastest way down. Which arrow points straight away "
    "from yours?"
)
NEITHER = (
    "That is the gradient itself. It points to where f grows fastest, and its length says how "
    "steep it is. The question asks for the fastest way down, by an arrow of length 1. Which two "
    "things have to be done to the gradient?"
)
SWAPPED_PLACE = (
    "Both numbers are good, and they have changed places. Put yours into the two partial "
    "derivatives, the first one for x and the second one for y: does 0 come out twice? Which of "
    "your numbers belongs to x?"
)
CENTRE = (
    "That arrow follows the straight line through the middle of the rings. On round rings that "
    "would be the steepest way; these are longer one way than the other. At which angle does the "
    "steepest way cross the contour line on which you stand?"
)


def pair(values: Sequence[float]) -> str:
    """Two numbers or more as they are written: "(3, −2)"."""
    return f"({', '.join(map(written, values))})"


def legs(draw: Draw) -> tuple[int, int, int]:
    """Two components with any signs, in any order, and their length."""
    one, other, length = draw.one(LEGS)
    a, b = draw.shuffled([one, other])
    return a * draw.one([-1, 1]), b * draw.one([-1, 1]), length


def sloping(draw: Draw, gradient: Sequence[int]) -> tuple[Quadratic, int, int]:
    """A polynomial and a place at which it has this gradient."""
    a, c = draw.whole(1, 3), draw.nonzero(-2, 3)
    x, y = draw.nonzero(-3, 3), draw.nonzero(-3, 3)
    return Quadratic(a, 0, c, gradient[0] - 2 * a * x, gradient[1] - 2 * c * y), x, y


def at_point(draw: Draw) -> Problem | None:
    """Both partial derivatives of a polynomial at a place."""
    f = Quadratic(
        draw.nonzero(-3, 4), draw.nonzero(-4, 5), draw.nonzero(-3, 4), draw.one([0, 0, 2, -3])
    )
    x, y = draw.whole(-3, 4, but=(0, 1)), draw.whole(-3, 4, but=(0, 1))
    slopes = f.gradient(x, y)
    if 0 in slopes or slopes[0] == slopes[1]:
        return None
    return Problem(
        f"f(x, y) = {f.text}. What is its gradient at {pair((x, y))}? Give two numbers.",
        asks="∇f =",
        answer=Array(slopes),
        rivals=[
            Rival("partials-swapped", slopes[::-1]),
            Rival("sum-of-partials", [sum(slopes)]),
            Rival("other-variable-moves", [sum(slopes)] * 2),
            Rival("held-read-as-zero", [2 * f.a * x + f.d, 2 * f.c * y + f.e]),
            Rival("held-factor-dropped", [slopes[0] + f.b * (1 - y), slopes[1] + f.b * (1 - x)]),
            Rival("sign-error", [-slope for slope in slopes], message=UPHILL),
        ],
        steps=[
            f"With y held, ∂f/∂x = {f.partials[0]}. With x held, ∂f/∂y = {f.partials[1]}.",
            f"At x = {written(x)}, y = {written(y)} the first one is {written(2 * f.a)} · "
            f"{bracketed(x)} {signed(f.b)} · {bracketed(y)}"
            + (f" {signed(f.d)}" if f.d else "")
            + f" = {written(slopes[0])}.",
            f"The second one is {written(f.b)} · {bracketed(x)} {signed(2 * f.c)} · "
            f"{bracketed(y)} = {written(slopes[1])}, so ∇f = {pair(slopes)}.",
        ],
        next=f"Seen from above, the arrow {pair(slopes)} shows the steepest way up from there.",
    )


def length(draw: Draw) -> Problem | None:
    """How steep it is in the steepest direction."""
    p, q, steepest = legs(draw)
    f, x, y = sloping(draw, (p, q))
    return Problem(
        f"f(x, y) = {f.text}. You stand at {pair((x, y))} and go the steepest way up. By how much "
        "does f climb for each unit of way, there at the start?",
        asks="slope =",
        answer=Number(steepest),
        rivals=[
            Rival("sum-for-length", abs(p) + abs(q)),
            Rival("largest-partial-only", max(abs(p), abs(q))),
            Rival(
                "root-left-out",
                p * p + q * q,
                message="That is the *square* of the length: both sides squared and added up, as "
                "the theorem of Pythagoras begins. It would be far steeper than both slopes "
                "together. Which last step leads from the square of a length to the length?",
            ),
            Rival("value-for-slope", f(x, y)),
            *([Rival("sum-of-partials", p + q)] if p + q != abs(p) + abs(q) else []),
        ],
        steps=[
            f"The partial derivatives are {f.partials[0]} and {f.partials[1]}, so the gradient at "
            f"{pair((x, y))} is {pair((p, q))}.",
            "The slope in its direction is its length: the long side of a right triangle whose "
            f"short sides are {abs(p)} and {abs(q)}.",
            f"√({abs(p)}² + {abs(q)}²) = √{p * p + q * q} = {steepest}.",
        ],
        next="No other direction is as steep, and straight opposite it falls as fast.",
    )


def many(draw: Draw) -> Problem | None:
    """The gradient of a loss of three weights."""
    a, b, c = (draw.nonzero(-4, 5) for _ in range(3))
    w = [draw.whole(-3, 4, but=(0, 1)) for _ in range(3)]
    slopes = [a * w[1] + c * w[2], a * w[0] + b * w[2], b * w[1] + c * w[0]]
    loss = total([(a, "w₁w₂"), (b, "w₂w₃"), (c, "w₁w₃")])
    partials = [
        total([(a, "w₂"), (c, "w₃")]),
        total([(a, "w₁"), (b, "w₃")]),
        total([(c, "w₁"), (b, "w₂")]),
    ]
    return Problem(
        f"The loss of three weights is L = {loss}. What is its gradient at w = {pair(w)}? Give "
        "three numbers.",
        asks="∇L =",
        answer=Array(slopes),
        rivals=[
            Rival("sum-of-partials", [sum(slopes)]),
            Rival("other-variable-moves", [sum(slopes)] * 3),
            Rival("held-factor-dropped", [a + c, a + b, b + c]),
            Rival("sign-error", [-slope for slope in slopes], message=UPHILL),
        ],
        steps=[
            "One slope for each weight, in their order. Nudge w₁ and hold the others: only the "
            f"terms with w₁ move, and ∂L/∂w₁ = {partials[0]}.",
            f"In the same way ∂L/∂w₂ = {partials[1]} and ∂L/∂w₃ = {partials[2]}.",
            f"With the weights put in, ∇L = {pair(slopes)}.",
        ],
        next="As many slopes as weights, in the same order: with a billion weights it is no "
        "different.",
    )


def along(draw: Draw) -> Problem | None:
    """The slope in a direction that is given by an arrow of any length."""
    g = [draw.nonzero(-9, 9), draw.nonzero(-9, 9)]
    u, v, way = legs(draw)
    dot = g[0] * u + g[1] * v
    if way not in (5, 10, 20, 25) or dot == 0:
        return None
    return Problem(
        f"At some place the gradient of f is {pair(g)}. You walk off in the direction of the arrow "
        f"{pair((u, v))}. By how much does f change for each unit of way, there at the start?",
        asks="slope =",
        answer=Number(dot / way),
        rivals=[
            Rival("direction-not-normalised", dot),
            Rival("length-for-slope", math.hypot(*g)),
            Rival(
                "partials-swapped",
                (g[1] * u + g[0] * v) / way,
                message="You multiplied crosswise: the slope along x with the part that goes along "
                "y. Write gradient and arrow below each other. Which component of the one belongs "
                "to the first component of the other?",
            ),
            Rival(
                "sum-of-partials",
                sum(g),
                message="You added both slopes in full, as if the step went one whole unit along x "
                "and one whole unit along y. Along this arrow it does not. Which piece of one unit "
                "of way goes along x, and which along y?",
            ),
            Rival(
                "sum-for-length",
                dot / (abs(u) + abs(v)),
                message="You divided by the sum of the components: that is the way along the axes, "
                "around the corner. The arrow goes straight. How long is the long side of a right "
                "triangle with these two short sides?",
            ),
        ],
        steps=[
            f"First make the arrow one unit long. Its length is √({abs(u)}² + {abs(v)}²) = {way}, "
            f"so u = {pair((u / way, v / way))}.",
            f"Component by component: {written(g[0])} · {bracketed(u / way)} = "
            f"{written(round(g[0] * u / way, 9))} and {written(g[1])} · {bracketed(v / way)} = "
            f"{written(round(g[1] * v / way, 9))}.",
            f"Their sum is the slope: {written(dot / way)}.",
        ],
        next=f"f {'grows' if dot > 0 else 'shrinks'} that way, but never faster than the length of "
        "the gradient allows.",
    )


def plane(draw: Draw) -> Problem | None:
    """The gradient of a tilted plane from its contour lines."""
    across, up = draw.several([1, 2, 3, 4], 2)  # from line to line
    gap = draw.one([n for n in (1, 2, 3, 4, 6, 8, 12) if n % across == 0 or n % up == 0])
    p, q = draw.one([-1, 1]) * gap / across, draw.one([-1, 1]) * gap / up
    if len(written(p)) > 4 or len(written(q)) > 4 or gap / across + gap / up < 1:
        return None
    x, y = draw.one([(0, 0), (1, 0), (0, 1), (-1, 0), (0, -1), (1, 1), (-1, -1)])
    height = gap * draw.whole(-2, 5)

    def f(at: float, to: float) -> float:
        return height + p * (at - x) + q * (to - y)

    reach = math.ceil(8 * (abs(p) + abs(q)) / gap)
    levels = sorted(height + gap * n for n in range(-reach, reach + 1))
    corners = [f(a, b) for a in (-4, 4) for b in (-4, 4)]
    levels = [level for level in levels if min(corners) < level < max(corners)]
    if len(levels) > 17:
        return None
    ways = [("right" if p > 0 else "left", "x", p, across), ("up" if q > 0 else "down", "y", q, up)]
    return Problem(
        "The map shows contour lines of f, each with its height; they are straight and lie evenly. "
        "What is the gradient of f at P? Give two numbers.",
        shown=[
            Contours(
                f,
                levels,
                points=[Point(x, y, "P")],
                words=f"Straight, parallel contour lines, one for every {written(gap)} of height. "
                f"P lies on the line of height {written(height)}, at {pair((x, y))}. From line to "
                f"line it is {across} across or {up} up; going {ways[0][0]} or {ways[1][0]}, you "
                "come to larger heights.",
            )
        ],
        asks="∇f =",
        answer=Array([p, q]),
        rivals=[
            Rival("partials-swapped", [q, p]),
            Rival("sign-error", [-p, -q], message=UPHILL),
            Rival(
                "rise-run-swapped",
                [math.copysign(across / gap, p), math.copysign(up / gap, q)],
                message="You divided the distance of the lines by their difference in height: how "
                "far you go for each unit of height. A slope asks it the other way round. How much "
                "height do you gain on one unit of way, along each axis?",
            ),
            Rival(
                "difference-not-divided",
                [math.copysign(gap, p), math.copysign(gap, q)],
                message="That is the difference in height from line to line. A slope is the climb "
                "for one single unit, and the next line is not one unit away along both axes. How "
                "far is it to the next line along x, and how far along y?",
            ),
        ],
        steps=[
            f"Start at P, on the line of height {written(height)}. Neighbouring lines differ by "
            f"{written(gap)}.",
            f"Going {ways[0][0]}, you meet the next higher line after {across}. So along x the "
            f"slope is {'−' if p < 0 else ''}{written(gap)}/{across} = {written(p)}.",
            f"Going {ways[1][0]}, you meet it after {up}: along y the slope is "
            f"{'−' if q < 0 else ''}{written(gap)}/{up} = {written(q)}. So ∇f = {pair((p, q))}.",
        ],
        next="Lines that are close together mean steep ground: the gradient is long there.",
    )


def arrows(draw: Draw) -> Problem | None:
    """Which of four arrows on a contour map is the gradient, or points straight down."""
    down, hill = draw.one([False, True]), draw.one([False, True])
    f, x, y, levels = rings(draw, upside_down=hill)
    gx, gy = f.gradient(x, y)
    turn = -1 if down else 1
    towards = turn * (-1 if hill else 1)  # in or out, along the line through the middle
    side = draw.one([-1, 1])
    opposite = (
        Rival("ascent-for-descent", (gx, gy), message=TURNED)
        if down
        else Rival("sign-error", (-gx, -gy), message=TURNED)
    )
    wrong = [
        opposite,
        Rival("along-the-contour", (-side * gy, side * gx)),
        Rival("aims-at-the-minimum", (towards * x, towards * y), message=CENTRE),
    ]
    ways = [(turn * gx, turn * gy), *(rival.answer for rival in wrong)]
    units = [(u / math.hypot(u, v), v / math.hypot(u, v)) for u, v in ways]
    if units[0][0] * units[3][0] + units[0][1] * units[3][1] > 0.9:
        return None  # too close together to be told apart
    letters = draw.shuffled("ABCD")
    placed = sorted(zip(letters, units, strict=True))
    rivals = [
        Rival(rival.mistake, letter.lower(), message=rival.message)
        for rival, letter in zip(wrong, letters[1:], strict=True)
    ]
    goes = "; ".join(f"{name} {pair((round(u, 1), round(v, 1)))}" for name, (u, v) in placed)
    asked = "points in the direction of steepest *descent*" if down else "has the direction of ∇f"
    tangent = pair((round(-units[0][1], 1), round(units[0][0], 1)))
    return Problem(
        f"The map shows contour lines of f with their heights. Which of the four arrows {asked}?",
        shown=[
            Contours(
                f,
                levels,
                points=[Point(x, y)],
                arrows=[Arrow(x, y, 1.5 * u, 1.5 * v, name) for name, (u, v) in placed],
                words=f"Elliptical contour lines around (0, 0), with heights that "
                f"{'fall' if hill else 'rise'} outwards. The arrows start at {pair((x, y))}, "
                f"where the contour line has the direction {tangent}. Across and up: {goes}.",
            )
        ],
        answer=Choice(
            letters[0].lower(), options={name.lower(): f"arrow {name}" for name, _ in placed}
        ),
        rivals=rivals,
        steps=[
            "Read the heights first: on which side of the line where the arrows start are the "
            "larger ones?",
            "The gradient crosses the contour line at a right angle, wherever the middle of the "
            "rings may lie, and points to the larger heights"
            + (". Steepest descent is straight opposite." if down else "."),
            f"That is arrow {letters[0]}.",
        ],
        next="The gradient knows the slope here and nothing of where the rings have their middle.",
    )


def level(draw: Draw) -> Problem | None:
    """Which direction keeps the height, from the gradient."""
    one, other = draw.several(range(1, 8), 2)
    g = (one * draw.one([-1, 1]), other * draw.one([-1, 1]))
    k, side = draw.one([1, 1, 2, 3]), draw.one([-1, 1])
    choice, rivals = draw.options(
        pair((-side * k * g[1], side * k * g[0])),
        [
            Rival(
                "along-the-contour",
                pair((k * g[0], k * g[1])),
                message="That is the direction of the gradient itself, in which f grows fastest. "
                "The height stays only on a way on which f neither grows nor falls. At which angle "
                "to the gradient does such a way run?",
            ),
            Rival(
                "partials-swapped",
                pair((k * g[1], k * g[0])),
                message="The two numbers have changed places, and that is half of what is needed. "
                "Multiply your direction with the gradient, component by component, and add up: on "
                "level ground 0 must come out. What is still missing?",
            ),
            Rival(
                "sign-error",
                pair((-k * g[0], k * g[1])),
                message="You turned one sign around and left the numbers in their places. Multiply "
                "your direction with the gradient, component by component, and add up: on level "
                "ground 0 must come out. What comes out here?",
            ),
        ],
    )
    here = pair((draw.whole(-5, 5), draw.whole(-5, 5)))
    first, second = -side * k * g[1], side * k * g[0]
    return Problem(
        f"At {here} the gradient of f is {pair(g)}. You take a tiny step and want to stay at the "
        "same height. In which of these directions do you go?",
        answer=choice,
        rivals=rivals,
        steps=[
            "Along a contour line the height stays, so the slope that way, ∇f · u, is 0.",
            f"Try each direction: multiply its first component by {written(g[0])}, its second one "
            f"by {written(g[1])}, and add up. 0 must come out.",
            f"{written(g[0])} · {bracketed(first)} {signed(g[1])} · {bracketed(second)} = "
            f"{written(g[0] * first)} {signed(g[1] * second)} = 0.",
        ],
        next="Swap the two components and turn one sign around: that always gives a right angle.",
    )


def steepest_descent(draw: Draw) -> Problem | None:
    """The direction of steepest descent as an arrow of length 1."""
    p, q, steepest = legs(draw)
    if steepest not in (5, 10, 20, 25):
        return None
    f, x, y = sloping(draw, (p, q))
    down = [-p / steepest, -q / steepest]
    side = draw.one([-1, 1])
    return Problem(
        f"f(x, y) = {f.text}. In which direction does f fall fastest at {pair((x, y))}? Give an "
        "arrow of length 1, as two numbers.",
        asks="u =",
        answer=Array(down),
        rivals=[
            Rival("ascent-for-descent", [-u for u in down], message=GRADIENT_ITSELF),
            Rival(
                "direction-not-normalised",
                [-p, -q],
                message="The direction is right, and your arrow is longer than 1: it carries the "
                "steepness in its length. A direction is told by an arrow of length 1. How long is "
                "yours, and what do you do with that length?",
            ),
            Rival("along-the-contour", [side * down[1], -side * down[0]]),
            Rival("sign-error", [p, q], message=NEITHER),
            Rival(
                "sum-for-length",
                [-p / (abs(p) + abs(q)), -q / (abs(p) + abs(q))],
                message="You divided by the sum of both sizes: that is the way along the axes, "
                "around the corner. The arrow goes straight. How long is the long side of a right "
                "triangle with these two short sides?",
            ),
        ],
        steps=[
            f"The partial derivatives {f.partials[0]} and {f.partials[1]} give the gradient "
            f"{pair((p, q))} at {pair((x, y))}.",
            f"It points straight up, so {pair((-p, -q))} points straight down.",
            f"Its length is √({abs(p)}² + {abs(q)}²) = {steepest}. Divided by it: u = "
            f"{pair(down)}.",
        ],
        next=f"On this way f falls by {steepest} per unit of way, at the start.",
    )


def flat(draw: Draw) -> Problem | None:
    """The place at which both partial derivatives are 0."""
    x, y = draw.nonzero(-4, 4), draw.nonzero(-4, 4)
    a, c = draw.one([1, 2, 3]), draw.one([1, 2, 3])
    b = draw.nonzero(-3, 3)
    d, e = -(2 * a * x + b * y), -(b * x + 2 * c * y)
    if 4 * a * c - b * b <= 0 or 0 in (d, e) or abs(x) == abs(y):
        return None
    f = Quadratic(a, b, c, d, e)
    return Problem(
        f"f(x, y) = {f.text} is a bowl. At which place is its gradient (0, 0)? Give x and y.",
        asks="x, y =",
        answer=Array([x, y]),
        rivals=[
            Rival("partials-swapped", [y, x], message=SWAPPED_PLACE),
            Rival(
                "sign-error",
                [-x, -y],
                message="The sizes are right, and both signs are turned around. A number changes "
                "its sign when it goes to the other side of an equals sign. Put your place into "
                "both partial derivatives: does 0 come out?",
            ),
            Rival(
                "held-read-as-zero",
                [-d / (2 * a), -e / (2 * c)],
                message="You left the mixed term out, as if the other input stood at 0 each time. "
                "Both partial derivatives hold x *and* y, so they are two equations that must be "
                "true together. Which place makes both of them 0?",
            ),
            Rival(
                "slope-for-value",
                [d, e],
                message="That is the gradient at (0, 0): what is left of both partial derivatives "
                "when x and y are 0. The question asks it the other way round. Which x and y make "
                "both partial derivatives 0?",
            ),
        ],
        steps=[
            f"At a flat place both partial derivatives are 0: {f.partials[0]} = 0 and "
            f"{f.partials[1]} = 0.",
            f"Two equations for two unknowns. Multiply the first by {written(2 * c)} and the "
            f"second by {written(b)}, then subtract: y falls out, and "
            f"{times(4 * a * c - b * b, 'x')} {signed(2 * c * d - b * e)} = 0.",
            f"So x = {written(x)}, and with the first equation y = {written(y)}.",
        ],
        next="Such an equation for each weight can be solved at once only for the kindest of "
        "losses; all others are walked down, which is the next chapter.",
    )


TEMPLATES = [
    Template("gradient.point", title="Two numbers", level=1, minutes=2, draw=at_point),
    Template("gradient.length", title="How steep at most", level=1, minutes=2, draw=length),
    Template("gradient.many", title="Three weights", level=1, minutes=2, draw=many),
    Template("gradient.level", title="The level way", level=2, minutes=1.5, draw=level),
    Template("gradient.along", title="Along an arrow", level=2, minutes=2, draw=along),
    Template("gradient.plane", title="From a map", level=2, minutes=2, draw=plane),
    Template("gradient.arrows", title="Arrows on a map", level=2, minutes=1, draw=arrows),
    Template(
        "gradient.descent", title="The fastest way down", level=3, minutes=3, draw=steepest_descent
    ),
    Template("gradient.flat", title="Where it is flat", level=3, minutes=4, draw=flat),
]
