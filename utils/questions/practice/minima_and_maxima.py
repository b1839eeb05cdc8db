"""Practice of chapter 08: downhill, flat places, bends, ends, and what is best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import mean, median

from utils.checks import Array, Choice, Number, Rival
from utils.practice.shown import Graph, Line, Panels, Point, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, times, written

_HEIGHT_FOR_PLACE = (
    "That is how large the value is at the place you look for. The question asks for the place "
    "itself: what you put in, not what comes out. Which input gave you this number?"
)
_SIGN_OF_PLACE = (
    "The size of your place is right, its sign is turned around. Put it into the derivative: do "
    "you get 0 there? When a term goes to the other side of the equals sign, or when you read a "
    "place from a bracket such as x − 5, which sign does the number get?"
)


def _at(coefficients: Sequence[float], x: float) -> float:
    """A polynomial at x, the coefficient of the highest power first."""
    height = 0.0
    for coefficient in coefficients:
        height = height * x + coefficient
    return height


def _derivative(coefficients: Sequence[float]) -> list[float]:
    """The coefficients of its derivative."""
    highest = len(coefficients) - 1
    return [(highest - i) * coefficient for i, coefficient in enumerate(coefficients[:-1])]


def _flat_at(p: float, q: float, k: float, c: float) -> list[float]:
    """A cubic with the derivative 6k(x − p)(x − q) and the height c at 0."""
    return [2 * k, -3 * k * (p + q), 6 * k * p * q, c]


def _factor(root: float) -> str:
    """x less a number, as a factor."""
    return f"({polynomial([1, -root])})" if root else "x"


def _factored(k: float, p: float, q: float) -> str:
    """6k(x − p)(x − q); a factor x comes first."""
    factors = sorted([_factor(p), _factor(q)], key=lambda factor: factor != "x")
    return times(6 * k, "".join(factors))


def one_step(draw: Draw) -> Problem | None:
    """Where one step against the slope leads."""
    x, alpha = draw.nonzero(-5, 6), draw.one([0.1, 0.2, 0.5, 0.25, 0.05])
    slope = draw.whole(-12, 12, but=(0, 1, -1))
    step = round(alpha * slope, 9)
    end = round(x - step, 9)
    return Problem(
        f"You stand at x = {written(x)} on a curve, and its slope there is {written(slope)}. You "
        f"take one step downhill with the step size α = {written(alpha)}. Where do you stand then?",
        asks="x =",
        answer=Number(end, tolerance=1e-6),
        rivals=[
            Rival("ascent-for-descent", x + step),
            Rival("step-size-left-out", x - slope),
            Rival("slope-left-out", x - alpha),
            Rival(
                "step-for-place",
                step,
                message="That is how far the step goes: the step size times the slope. The "
                "question asks where you stand afterwards. You start from the old place, so the "
                "step has to be taken away from something: from which number?",
            ),
            Rival(
                "place-for-step",
                x - alpha * x,
                message="You multiplied the step size by the place where you stand. How far a step "
                "goes depends on how steep it is there, and not on where it is: far out a curve "
                "can be flat. Which number of the problem says how steep it is?",
            ),
        ],
        steps=[
            f"The slope is {'plus' if slope > 0 else 'minus'}, so the curve "
            f"{'climbs' if slope > 0 else 'falls'} to the right. Downhill is to the "
            f"{'left' if slope > 0 else 'right'}.",
            f"α times the slope is {written(alpha)} · {bracketed(slope)} = {written(step)}.",
            f"The rule takes that away: {written(x)} − {bracketed(step)} = {written(end)}.",
        ],
        next="No case for the sign is needed: the minus of the rule turns every step downhill.",
    )


def _parabola(draw: Draw) -> tuple[list[float], int, float, list[str]]:
    """A parabola: its coefficients, its flat place, its height there, and how that is found."""
    a, x = draw.one([1, 2, 3, 4, -1, -2, -3]), draw.nonzero(-5, 6)
    coefficients = [a, -2 * a * x, draw.whole(-9, 12)]
    slope = _derivative(coefficients)
    where = "lowest" if a > 0 else "highest"
    return (
        coefficients,
        x,
        _at(coefficients, x),
        [
            f"At its {where} point the curve is flat, so its slope f′(x) = {polynomial(slope)} "
            "is 0 there.",
            f"That is so where {times(slope[0], 'x')} = {written(-slope[1])}, at x = {written(x)}.",
        ],
    )


def turning_place(draw: Draw) -> Problem | None:
    """The lowest or highest place of a parabola."""
    (a, b, c), x, height, steps = _parabola(draw)
    where = "lowest" if a > 0 else "highest"
    return Problem(
        f"The curve f(x) = {polynomial([a, b, c])} has one {where} point. At which x is it?",
        asks="x =",
        answer=Number(x),
        rivals=[
            Rival("error-read-as-weight", height, message=_HEIGHT_FOR_PLACE),
            Rival("sign-error", -x, message=_SIGN_OF_PLACE),
            Rival(
                "exponent-not-in-front",
                -b / a,
                message="That is where the slope would be 0 if x² had the slope x. But from 3 to "
                "3.1 the square grows by about six times the step, and not by three times. Which "
                "number does the rule bring down in front, and where is the slope 0 then?",
            ),
        ],
        steps=steps,
        next=f"How {'low' if a > 0 else 'high'} the curve is there is another number: "
        f"f({written(x)}) = {written(height)}.",
    )


def best_value(draw: Draw) -> Problem | None:
    """The smallest or largest value of a parabola."""
    (a, b, c), x, height, steps = _parabola(draw)
    most = "smallest" if a > 0 else "largest"
    at_zero = (
        [
            Rival(
                "smallest-weight",
                c,
                message="That is f(0), where the curve crosses the vertical axis. The curve is not "
                "flat there, so a step to one of the two sides leads lower. For which x is the "
                "slope 0, and what is f there?",
            )
        ]
        if a > 0
        else []
    )
    return Problem(
        f"f(x) = {polynomial([a, b, c])} has a {most} value. How {'small' if a > 0 else 'large'} "
        "is it? Give the value itself, not the place.",
        asks=f"{most} value:",
        answer=Number(height),
        rivals=[
            Rival("place-for-value", x),
            Rival("slope-for-value", 0),
            Rival("sign-error", _at([a, b, c], -x), message=_SIGN_OF_PLACE),
            *at_zero,
        ],
        steps=[*steps, f"Put the place into f itself: f({written(x)}) = {written(height)}."],
        next="The derivative finds the place. The value comes from f.",
    )


def second_at(draw: Draw) -> Problem | None:
    """The second derivative of a cubic at a place."""
    a, b, c = draw.one([1, 2, 3, -1, -2]), draw.nonzero(-5, 6), draw.nonzero(-9, 9)
    f = [a, b, c, draw.whole(-9, 9)]
    x = draw.nonzero(-3, 4)
    slope = _derivative(f)
    bend = _derivative(slope)
    value = _at(bend, x)
    bends = "up, like a bowl" if value > 0 else "down, like a dome"
    return Problem(
        f"f(x) = {polynomial(f)}. What is the second derivative at x = {written(x)}, the slope of "
        "the slope?",
        asks=f"f″({written(x)}) =",
        answer=Number(value),
        rivals=[
            Rival("first-for-second", _at(slope, x)),
            Rival("exponent-not-in-front", 3 * a * x + 2 * b),
            Rival("constant-kept", value + c),
            Rival(
                "value-for-slope",
                _at(f, x),
                message="That is how high the curve is there, f itself, with no derivative taken. "
                "The question asks how its slope changes from place to place. What is the slope of "
                "f as a formula, and how steep is *that* curve?",
            ),
        ],
        steps=[
            f"First the slope: f′(x) = {polynomial(slope)}.",
            f"Then the slope of that: f″(x) = {polynomial(bend)}.",
            f"At x = {written(x)} it is {written(6 * a)} · {bracketed(x)} "
            f"{'−' if b < 0 else '+'} {written(abs(2 * b))} = {written(value)}.",
        ],
        next=f"So at this place the curve bends {bends}."
        if value
        else "At this place the curve bends neither way.",
    )


# --- curves to look at ---

_SPAN = (-4.5, 4.5)  # so that nothing of interest lies on an edge


def _wave(middle: float, half: float, size: float, up: float = 0.0) -> Callable[[float], float]:
    """A cubic that is flat at middle ± half, `size` above and below the height `up` there."""

    def f(x: float) -> float:
        t = (x - middle) / half
        return up + size * (t**3 - 3 * t) / 2

    return f


def _signs(values: Sequence[float]) -> str:
    """Signs at three points, as an option."""
    told = ["0" if value == 0 else "plus" if value > 0 else "minus" for value in values]
    return f"{told[0]} at A, {told[1]} at B, {told[2]} at C"


def signs_on_a_curve(draw: Draw) -> Problem | None:
    """The sign of f′ at three points of a drawn curve."""
    middle, half = draw.one([-1, -0.5, 0, 0.5, 1]), draw.one([1.5, 2])
    size, up = draw.one([1, -1]) * draw.one([1.5, 2]), draw.one([-1.5, -1, 1, 1.5])
    f = _wave(middle, half, size, up)
    places = sorted(draw.several([-1.6, -1, -0.5, 0.5, 1, 1.6], 3))
    xs = [middle + half * t for t in places]
    heights = [f(x) for x in xs]
    slopes = [size * (t * t - 1) for t in places]
    if 0 not in slopes or any(abs(height) < 0.4 for height in heights) or max(map(abs, xs)) > 4:
        return None
    right = _signs(slopes)
    wrong = [
        Rival(
            "height-for-slope",
            _signs(heights),
            message="These are the signs of the *heights*: where the curve runs above the axis, "
            "and where below. The slope asks something else. Put a finger on each point and go a "
            "little to the right: does your finger move up, or down, or neither?",
        ),
        Rival(
            "sign-error",
            _signs([-slope for slope in slopes]),
            message="You told the three points apart, and turned plus and minus around. Plus "
            "belongs to a curve that climbs as you go to the *right*. Put a finger on one of the "
            "steep points and go right: does your finger move up or down?",
        ),
        Rival(
            "second-for-first",
            _signs([size * t for t in places]),
            message="These are the signs of the *bend*: plus where the curve is a bowl, minus "
            "where it is a dome. That is the second derivative. The first one asks whether the "
            "curve climbs or falls: which does it do at A, as you go to the right?",
        ),
    ]
    choice, rivals = draw.options(right, wrong)
    hill, valley = (middle - half, middle + half) if size > 0 else (middle + half, middle - half)
    names = [f"{name} ({written(x)}, {written(round(y, 1))})" for name, x, y in _named(xs, heights)]
    told = {1: "climbs, so plus", 0: "is flat, so 0", -1: "falls, so minus"}
    ways = [told[(slope > 0) - (slope < 0)] for slope in slopes]
    return Problem(
        "The curve is the graph of f, with three of its points. Which sign has the *slope* of f, "
        "f′, at each of them?",
        shown=[
            Graph(
                [Line(f, name="f")],
                x=_SPAN,
                y=_SPAN,
                points=[Point(x, y, name) for name, x, y in _named(xs, heights)],
                ylabel="f(x)",
                words=f"A smooth curve with a hilltop at x = {written(hill)} and a valley at "
                f"x = {written(valley)}, and on it the points {', '.join(names)}.",
            )
        ],
        answer=choice,
        rivals=rivals,
        steps=[
            "Walk along the curve from left to right. Only up and down count, not how high you "
            "are.",
            f"At A it {ways[0]}.",
            f"At B it {ways[1]}; at C it {ways[2]}.",
        ],
        next="Where f is flat, f′ is 0; the sign of f′ on both sides tells hilltop from valley.",
    )


def _named(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[str, float, float]]:
    return list(zip("ABC", xs, ys, strict=True))


def sign_chart(draw: Draw) -> Problem | None:
    """Which of four drawn curves has a slope with given signs."""
    p = draw.one([-3, -2, -1, 0])
    q = p + draw.one([2, 3, 4])
    rising_first, size = draw.one([True, False]), draw.one([1, 1.5, 2])
    middle, half, sign = (p + q) / 2, (q - p) / 2, 1 if rising_first else -1
    if abs(middle) > 1.5:
        return None
    turned, signs = ("climbs", "falls"), ("plus", "minus")
    if not rising_first:
        turned, signs = turned[::-1], signs[::-1]

    def bent(x: float) -> float:
        t = (x - middle) / half
        return sign * size * (t**4 / 12 - t**2 / 2) + 0.5

    def signed_height(x: float) -> float:
        return sign * size * ((x - middle) ** 2 / half**2 - 1)

    between = f"between {written(p)} and {written(q)}"
    curves = {
        "right": (
            _wave(middle, half, sign * size),
            f"It {turned[0]} up to x = {written(p)}, {turned[1]} up to x = {written(q)}, and "
            f"{turned[0]} again.",
        ),
        "turned": (
            _wave(middle, half, -sign * size),
            f"It {turned[1]} up to x = {written(p)}, {turned[0]} up to x = {written(q)}, and "
            f"{turned[1]} again.",
        ),
        "height": (
            signed_height,
            f"It is {'below' if rising_first else 'above'} the axis {between}, and "
            f"{'above' if rising_first else 'below'} it outside.",
        ),
        "bend": (
            bent,
            f"It {turned[1]}, {turned[0]}, {turned[1]} and {turned[0]} again, and is "
            f"{'a dome' if sign > 0 else 'a bowl'} {between}.",
        ),
    }
    lettered, rivals = draw.options(
        "right",
        [
            Rival(
                "sign-error",
                "turned",
                message="The curve turns at the right places, and in the other direction. Where f′ "
                "is plus, f climbs as you go to the right, and where it is minus, f falls. What "
                "does your curve do at the far left, and which sign does f′ have there?",
            ),
            Rival(
                "height-for-slope",
                "height",
                message="The *heights* of this curve have the signs of the table: it crosses the "
                "axis at these places. That is the graph of f′ itself, or of something like it. "
                "What must f do, climb or fall, where f′ is plus?",
            ),
            Rival(
                "second-for-first",
                "bend",
                message="This curve changes its *bend* at these places, from bowl to dome or from "
                "dome to bowl. That is what the sign of f″ says. The sign of f′ says whether f "
                "climbs or falls: does your curve turn round at both places?",
            ),
        ],
    )
    texts = lettered.texts
    graphs = {
        letter: Graph([Line(curves[text][0])], words=curves[text][1])
        for letter, text in texts.items()
    }
    return Problem(
        "Of a function f only the sign of its slope is known. It is written in the table. Which of "
        "the four curves can be the graph of f?",
        shown=[
            Table(
                ["x", "sign of f′"],
                [
                    [f"below {written(p)}", signs[0]],
                    [between, signs[1]],
                    [f"above {written(q)}", signs[0]],
                ],
            ),
            Panels(graphs),
        ],
        answer=Choice(lettered.truth, options={letter: f"curve {letter}" for letter in graphs}),
        rivals=rivals,
        steps=[
            "Plus means that f climbs to the right, minus that it falls. How high it is does not "
            "matter.",
            f"So f {turned[0]} first, {turned[1]} {between}, and {turned[0]} again.",
            f"Only curve {lettered.truth} does that.",
        ],
        next=f"At x = {written(p)} it has a {'hilltop' if rising_first else 'valley'}, at "
        f"x = {written(q)} a {'valley' if rising_first else 'hilltop'}: the signs say it.",
    )


def slope_alone(draw: Draw) -> Problem | None:
    """Where f is lowest or highest, from the graph of f′."""
    k, touching = draw.one([1, -1]), draw.one([True, False])
    if touching:
        rest = draw.whole(-3, 3)
        turn = rest + draw.one([3, -3])
        other = (rest + 2 * turn) / 3  # where f′ itself is flat between the two

        def slope(x: float) -> float:
            return k * 0.5 * (x - rest) ** 2 * (x - turn)

        # Right of its turning place f′ has the sign of k.
        lowest, wrong = k > 0, rest
        words = (
            f"The graph of f′. It touches the axis at x = {written(rest)} and turns back, and it "
            f"crosses the axis at x = {written(turn)}, from "
            f"{'below to above' if k > 0 else 'above to below'}."
        )
        steps = [
            f"f is flat where f′ is 0: at x = {written(rest)} and at x = {written(turn)}.",
            f"At {written(rest)} the curve only touches the axis: the sign of f′ is the same on "
            "both sides, and f rests there for a moment.",
        ]
    else:
        p = draw.whole(-4, 2)
        q = p + draw.one([2, 4])
        lowest = draw.one([True, False])
        turn, wrong = (q, p) if (k > 0) == lowest else (p, q)
        other, size = (p + q) / 2, 0.5 if q - p == 4 else 2

        def slope(x: float) -> float:
            return k * size * (x - p) * (x - q)

        words = (
            f"The graph of f′, a parabola. It crosses the axis at x = {written(p)} and at "
            f"x = {written(q)}, and between them it is {'below' if k > 0 else 'above'} the axis."
        )
        steps = [
            f"f is flat where f′ is 0: at x = {written(p)} and at x = {written(q)}.",
            f"Where f′ is above the axis f climbs, and below it f falls. Around {written(wrong)} "
            f"f {'climbs first and falls then' if lowest else 'falls first and climbs then'}.",
        ]
    if max(abs(turn), abs(wrong)) > 4 or abs(other) > 4:
        return None
    where, kind = ("valley", "lowest") if lowest else ("hilltop", "highest")
    flat = (
        Rival("flat-read-as-minimum", wrong)
        if lowest
        else Rival(
            "sign-error",
            wrong,
            message="f is flat at this place. But look at the signs of f′ on both sides of it, "
            "before and after. On the way over a hilltop a curve climbs first and falls then. "
            "Which two signs does that make, and at which place do you find them?",
        )
    )
    return Problem(
        f"Only the slope f′ of a function f is drawn, not f itself. At which x does f have a "
        f"{where}, a place that is {kind} among its neighbours?",
        shown=[
            Graph(
                [Line(slope, meaning="derivative", name="f′")],
                x=_SPAN,
                y=_SPAN,
                ylabel="f′(x)",
                words=words,
            )
        ],
        asks="x =",
        answer=Number(turn, tolerance=0.05, because="it lies on a line of the grid"),
        rivals=[
            flat,
            Rival(
                "second-for-first",
                other,
                message="You looked for a place where the *drawn* curve turns round. But that "
                "curve is f′: its height says how steep f is. At your place f climbs or falls all "
                "the time. What must the height of the drawn curve be where f itself is flat?",
            ),
        ],
        steps=[
            *steps,
            f"At {written(turn)} the sign of f′ goes from "
            f"{'minus to plus' if lowest else 'plus to minus'}, so f has a {where} there.",
        ],
        next="You know where f turns, and not how high it is: a slope alone cannot tell that.",
    )


# --- flat places and bends of cubics ---


def _cubic(draw: Draw) -> tuple[list[float], int, int, float] | None:
    """A cubic with two whole flat places p < q, and the k of its slope 6k(x − p)(x − q)."""
    p = draw.whole(-4, 3)
    q, k = p + draw.whole(1, 5), draw.one([1, -1, 0.5, -0.5])
    if q > 5 or (abs(k) == 0.5 and (p + q) % 2):
        return None
    return _flat_at(p, q, k, draw.whole(-6, 9)), p, q, k


def flat_places(draw: Draw) -> Problem | None:
    """The two flat places of a cubic."""
    drawn = _cubic(draw)
    if drawn is None:
        return None
    f, p, q, k = drawn
    slope = polynomial(_derivative(f))
    return Problem(
        f"f(x) = {polynomial(f)}. At which two places is its curve flat? Give both, from left to "
        "right.",
        asks="two places:",
        answer=Array([p, q]),
        rivals=[
            Rival("error-read-as-weight", [_at(f, p), _at(f, q)], message=_TWO_HEIGHTS),
            Rival("second-for-first", [(p + q) / 2]),
            Rival("sign-error", [-q, -p], message=_SIGN_OF_PLACE),
            Rival(
                "slope-for-value",
                [0, 0],
                message="That is how steep the curve is at the flat places. The question asks "
                "where they are: which numbers do you have to put into the derivative, so that 0 "
                "comes out?",
            ),
        ],
        steps=[
            f"Flat means that the slope is 0, and the slope is f′(x) = {slope}.",
            f"As a product it is {_factored(k, p, q)}. Which two x make a factor 0?",
            f"They are {written(p)} and {written(q)}.",
        ],
        next=f"Halfway between them, at {written((p + q) / 2)}, the bend changes its direction.",
    )


_TWO_HEIGHTS = (
    "These are the heights of the curve at its flat places: what comes out of f there. The "
    "question asks for the places, for what you put in. Which two inputs gave you these numbers?"
)


def bend_changes(draw: Draw) -> Problem | None:
    """Where a cubic goes from dome to bowl or the other way round."""
    drawn = _cubic(draw)
    if drawn is None:
        return None
    f, p, q, k = drawn
    place = (p + q) / 2
    slope = _derivative(f)
    bend = _derivative(slope)
    before, after = ("dome", "bowl") if k > 0 else ("bowl", "dome")
    flat = (
        "At your place the curve is flat: the *first* derivative is 0 there. It is well inside a "
        "dome or a bowl, where the curve goes on bending in the same direction. Which derivative "
        "says how a curve bends, and where is that one 0?"
    )
    return Problem(
        f"f(x) = {polynomial(f)}. Seen from left to right, its curve is first a {before} and then "
        f"a {after}. At which x does the one become the other?",
        asks="x =",
        answer=Number(place),
        rivals=[
            Rival("first-for-second", p, message=flat),
            Rival("height-for-slope", q, message=flat),
            Rival("error-read-as-weight", _at(f, place), message=_HEIGHT_FOR_PLACE),
            Rival("sign-error", -place, message=_SIGN_OF_PLACE),
            Rival(
                "exponent-not-in-front",
                2 * place,
                message="That comes out if the square in f′ loses its exponent and nothing is "
                "brought down in front. But from 3 to 3.1 a square grows by about six times the "
                "step, and not by three times. What is the slope of x², and where is f″ 0 then?",
            ),
        ],
        steps=[
            f"The bend is the slope of the slope. First f′(x) = {polynomial(slope)}.",
            f"Then f″(x) = {polynomial(bend)}. The bend changes where that is 0.",
            f"{times(bend[0], 'x')} = {written(-bend[1])}, so x = {written(place)}.",
        ],
        next="There f itself is not flat, but its slope is: "
        f"{'steepest on the way down' if k > 0 else 'steepest on the way up'}, at "
        f"{written(_at(slope, place))}.",
    )


def both_derivatives(draw: Draw) -> Problem | None:
    """Which of four places is a minimum or a maximum, from a table of f′ and f″."""
    wanted = draw.one(["minimum", "maximum"])
    up, down, steep = draw.whole(1, 9), draw.whole(-9, -1), draw.whole(3, 9)
    sign = 1 if wanted == "minimum" else -1
    roles = {
        "minimum": (0, up),
        "maximum": (0, down),
        "bend": (draw.nonzero(-2, 2), 0),
        "steep": (-sign * steep, sign * draw.whole(1, 9)),
    }
    xs = sorted(draw.several(range(-5, 7), 4))
    order = draw.shuffled(list(roles))
    place = dict(zip(order, xs, strict=True))
    rows = [[written(x), *map(written, roles[role])] for x, role in zip(xs, order, strict=True)]
    other = "maximum" if wanted == "minimum" else "minimum"
    flat = (
        Rival("flat-read-as-minimum", place[other])
        if wanted == "minimum"
        else Rival(
            "sign-error",
            place[other],
            message="The curve is flat there, that half is done. The second derivative says the "
            "rest: plus means that the slope grows from minus through 0 to plus, so the curve "
            "comes down and goes up again. Is that a hilltop?",
        )
    )
    steepest = (
        "most negative slope is the steepest way down. From such a place a step leads further down"
        if wanted == "minimum"
        else "largest slope is the steepest way up. From such a place a step leads further up"
    )
    return Problem(
        "Of a smooth function f the first and the second derivative were written down at four "
        f"places. At which of these places does f have a {wanted}?",
        shown=[Table(["x", "f′(x)", "f″(x)"], rows)],
        asks="x =",
        answer=Number(place[wanted]),
        rivals=[
            flat,
            Rival("second-for-first", place["bend"]),
            Rival(
                "slope-for-value",
                place["steep"],
                message=f"You chose by the size of the slope. The {steepest}, so it is not the end "
                "of the way yet. How large is the slope at a place from which no small step leads "
                "any further?",
            ),
        ],
        steps=[
            f"At a {wanted} the curve is flat, so f′ is 0. Two lines of the table have that.",
            f"The bend tells them apart: a {wanted} sits in a "
            f"{'bowl, with f″ above 0' if wanted == 'minimum' else 'dome, with f″ below 0'}.",
            f"That is so at x = {written(place[wanted])}, with f″ = {written(roles[wanted][1])}.",
        ],
        next="f′ finds the candidates, f″ tells a valley from a hilltop.",
    )


def with_ends(draw: Draw) -> Problem | None:
    """The smallest or largest value of a cubic on a piece with two ends."""
    drawn = _cubic(draw)
    if drawn is None:
        return None
    f, p, q, _ = drawn
    low, high = p + draw.one([-2, -1, 1]), q + draw.one([2, 1, -1])
    least = draw.one([True, False])
    inside = [place for place in (p, q) if low < place < high]
    if not inside or low >= high:
        return None
    best: Callable[..., float] = min if least else max

    def height(x: float) -> float:
        return _at(f, x)

    places = [low, *inside, high]
    heights = [height(x) for x in places]
    x = best(places, key=height)
    if heights.count(height(x)) > 1 or max(map(abs, heights)) > 120:
        return None
    most, least_said = ("smallest", "lower") if least else ("largest", "higher")
    rest = best(inside, key=height) if x in (low, high) else best((low, high), key=height)
    rivals = [
        Rival("place-for-value", x),
        Rival("slope-for-value", _at(_derivative(f), x)),
        Rival(
            "sign-error",
            (max if least else min)(heights),
            message=f"That is the {'largest' if least else 'smallest'} value on this piece, and "
            f"the question asks for the {most} one. Write all candidates below each other, with "
            "their heights. Which of them is right for the word in the question?",
        ),
        Rival("end-forgotten", height(rest))
        if x in (low, high)
        else Rival(
            "end-for-valley",
            height(rest),
            message=f"That is the {least_said} one of the two ends. Ends are candidates, and so is "
            "every place between them where the curve is flat. Work out the height at those, too: "
            f"is one of them {least_said} still?",
        ),
    ]
    told = [f"f({written(place)}) = {written(height(place))}" for place in places]
    return Problem(
        f"f(x) = {polynomial(f)}, and x may go from {written(low)} to {written(high)} only. What "
        f"is the {most} value of f on this piece, ends included?",
        asks=f"{most} value:",
        answer=Number(height(x)),
        rivals=rivals,
        steps=[
            f"Candidates are the two ends and the flat places between them. The slope is "
            f"f′(x) = {polynomial(_derivative(f))}.",
            f"It is 0 at {written(p)} and {written(q)}"
            + ("." if len(inside) == 2 else f"; only {written(inside[0])} lies on the piece."),
            f"The heights: {', '.join(told)}. The {most} is {written(height(x))}.",
        ],
        next="At an end a curve may be steep and still be at its best: it breaks off there."
        if x in (low, high)
        else "This time a flat place wins. Without the ends on your list you would not know.",
    )


# --- what is best ---

GUESSES = (
    ("Five people waited {} minutes at a counter.", "minutes"),
    ("A model needed {} seconds for five pictures.", "seconds"),
    ("Five flats in a street cost {} hundred euros.", "hundred euros"),
    ("Five sensors report {} °C.", "°C"),
    ("Five parcels weigh {} kg.", "kg"),
)


def best_guess(draw: Draw) -> Problem | None:
    """The one number that fits best, by squares or by sizes."""
    story, unit = draw.one(GUESSES)
    squares = draw.one([True, False])
    numbers = [draw.whole(1, 9) for _ in range(4)]
    numbers.append(draw.whole(14, 40))
    middle, average, ordered = median(numbers), sum(numbers) / 5, sorted(numbers)
    given = draw.shuffled(numbers)
    listed = f"{', '.join(map(str, given[:4]))} and {given[4]}"
    truth = average if squares else middle
    loss = mean([(n - truth) ** 2 if squares else abs(n - truth) for n in numbers])
    mixed = (
        Rival(
            "mean-and-median-mixed",
            middle,
            message="You gave the number in the middle. But this loss squares each miss, so the "
            "number far out pulls with all its might. Work out the sum of the misses above your "
            "guess and of those below it: are they equal, or does the slope still point somewhere?",
        )
        if squares
        else Rival("mean-and-median-mixed", average)
    )
    by_misses = [
        "The slope of one square (x − c)² with respect to c is −2(x − c), twice the miss. Where "
        "the whole slope is 0, the misses above and below cancel.",
        f"So the five numbers must be as large together as 5c: {sum(numbers)} = 5c.",
        f"c = {sum(numbers)} / 5 = {written(average)}.",
    ]
    by_counting = [
        "The slope of one size |x − c| is 1 or −1, however far away x is. So it matters only how "
        "many numbers lie below the guess, and how many above.",
        f"In order they are {', '.join(map(str, ordered[:4]))} and {ordered[4]}.",
        f"Two stand before the middle one and two behind it, so there the slope changes its sign: "
        f"c = {middle}.",
    ]
    what = "squares of the misses, (x − c)²," if squares else "sizes of the misses, |x − c|,"
    return Problem(
        f"{story.format(listed)} One number c is to stand for all five, and the loss is the mean "
        f"of the {what} over the five numbers x. Which c makes it smallest?",
        asks=f"c, in {unit}:",
        answer=Number(truth, tolerance=1e-6),
        rivals=[
            mixed,
            Rival(
                "average-of-values",
                (ordered[0] + ordered[-1]) / 2,
                message="That is halfway between the smallest number and the largest one. The "
                "three others had no say in it, though the loss counts all five. Move your guess a "
                "little: which misses shrink then, which grow, and which side wins?",
            ),
            Rival(
                "forgotten-mean",
                sum(numbers),
                message="You added up all the numbers. A guess of that size lies far above every "
                "one of them, so each miss is large, and any step down makes all of them smaller. "
                "Where do the misses above and below keep a balance?",
            ),
            Rival("smallest-weight", ordered[0], message=_SMALLEST_OF_FIVE),
            Rival("error-read-as-weight", loss, message=_HEIGHT_FOR_PLACE),
        ],
        steps=by_misses if squares else by_counting,
        next="Squares lead to the mean, which one number far out can drag along."
        if squares
        else "Sizes lead to the median: the number far out could be ten times as far away.",
    )


_SMALLEST_OF_FIVE = (
    "You took the smallest of the five numbers. What should become small is the *loss*, and at "
    "your guess all other numbers lie on one side of it. If the guess moves a little towards them, "
    "how many misses shrink, and how many grow?"
)

COINS = (
    ("A coin is thrown {} times and shows heads {} times", "p is the probability of heads"),
    ("A mailbox gets {} messages, and {} of them are spam", "p is the probability of spam"),
    ("Of {} days, {} were rainy", "p is the probability of rain"),
    ("Of {} seeds, {} sprouted", "p is the probability that a seed sprouts"),
)


def coin(draw: Draw) -> Problem | None:
    """The probability that fits best to counts."""
    story, meaning = draw.one(COINS)
    n = draw.one([5, 8, 10, 16, 20, 25, 40, 50])
    k = draw.whole(2, n - 2)
    rest = n - k
    if k == rest:
        return None
    p = k / n
    return Problem(
        f"{story.format(n, k)}. How badly a value of p fits is told by "
        f"L(p) = −{k} ln p − {rest} ln(1 − p), where {meaning}. For which p is this loss smallest?",
        asks="p =",
        answer=Number(p, tolerance=1e-6),
        rivals=[
            Rival(
                "counts-swapped",
                rest / n,
                message="The two counts have changed places, so your answer fits to the opposite "
                "of what p means. Each logarithm holds the probability of one outcome, and in "
                "front of it stands how often that one was seen. Which count belongs to p?",
            ),
            Rival("odds-for-share", k / rest),
            Rival("guess-for-fit", 0.5),
            Rival(
                "forgotten-inner-derivative",
                k / (k - rest),
                message="No probability can be below 0 or above 1, and yours is. It comes out if "
                "both slopes carry a minus. In the second logarithm stands 1 − p, which *shrinks* "
                "when p grows: an inner slope of −1. What does that do to the second term?",
            ),
        ],
        steps=[
            f"The slope is L′(p) = −{k}/p + {rest}/(1 − p): the minus of the second term meets the "
            "inner slope −1.",
            f"It is 0 where {k}(1 − p) = {times(rest, 'p')}, so where {k} = {n}p.",
            f"p = {k}/{n} = {written(p)}.",
        ],
        next="The share that was seen is the probability that fits best: a model with one weight, "
        "trained by hand.",
    )


COSTS = (
    ("n machines share a job: waiting costs {}/n euros, and rent costs {}n euros.", "machines"),
    (
        "With n examples in a batch, an epoch needs {}/n seconds to start its steps, and {}n "
        "seconds to move memory.",
        "examples",
    ),
    (
        "A shop orders n boxes at a time: the deliveries of a year cost {}/n euros, and storage "
        "costs {}n euros.",
        "boxes",
    ),
    ("A ship sails at n knots: its crew costs {}/n euros a mile, its fuel {}n euros.", "knots"),
)


def two_costs(draw: Draw) -> Problem | None:
    """Where a cost that falls and one that grows are smallest together."""
    story, unit = draw.one(COSTS)
    n, b = draw.whole(2, 20), draw.one([2, 3, 4, 5, 6, 8, 10])
    a = b * n * n
    return Problem(
        f"{story.format(a, b)} For which n are both together smallest? (n need not be whole, but "
        "here it is.)",
        asks=f"{unit}:",
        answer=Number(n, tolerance=1e-6),
        rivals=[
            Rival("error-read-as-weight", 2 * b * n, message=_HEIGHT_FOR_PLACE),
            Rival(
                "exponent-not-lowered",
                a / b,
                message="There the first part alone would be as large as the number in front of n. "
                "But you look for the place where the *slope* of the whole is 0. Write the first "
                "part as a power of n: what does the power rule do to its exponent?",
            ),
            Rival(
                "smallest-weight",
                1,
                message="At 1 the second part is small, but the first one is as large as it can "
                "get with a whole n. The sum has a part that falls and one that grows. Work it out "
                "for 1 and for 2: does the sum grow or fall on this step?",
            ),
            Rival(
                "rise-run-swapped",
                1 / n,
                message="The root is there, and the fraction below it is turned upside down. "
                "Setting the slope to 0 gives an equation with n² below a bar on one side. "
                "Multiply by n²: by which number do you have to divide then?",
            ),
        ],
        steps=[
            f"The sum is {a}/n + {times(b, 'n')}. Its slope is −{a}/n² + {b}, since 1/n is n to "
            "the power −1.",
            f"That is 0 where n² = {a}/{b} = {n * n}.",
            f"n = {n}. For a smaller n the slope is below 0, for a larger n above it: a minimum.",
        ],
        next=f"At the best n both parts cost the same, {b * n} each: neither side pulls harder.",
    )


TEMPLATES = [
    Template("minima_and_maxima.step", title="One step down", level=1, minutes=1, draw=one_step),
    Template(
        "minima_and_maxima.place", title="Where it turns", level=1, minutes=1.5, draw=turning_place
    ),
    Template(
        "minima_and_maxima.value", title="How low, how high", level=1, minutes=1.5, draw=best_value
    ),
    Template(
        "minima_and_maxima.signs",
        title="Signs of a slope",
        level=1,
        minutes=1,
        draw=signs_on_a_curve,
    ),
    Template(
        "minima_and_maxima.second",
        title="The slope of the slope",
        level=1,
        minutes=1.5,
        draw=second_at,
    ),
    Template(
        "minima_and_maxima.flat", title="Two flat places", level=2, minutes=2.5, draw=flat_places
    ),
    Template(
        "minima_and_maxima.derivatives",
        title="Two derivatives",
        level=2,
        minutes=1,
        draw=both_derivatives,
    ),
    Template(
        "minima_and_maxima.chart",
        title="From signs to a curve",
        level=2,
        minutes=1.5,
        draw=sign_chart,
    ),
    Template(
        "minima_and_maxima.guess",
        title="The best single guess",
        level=2,
        minutes=2,
        draw=best_guess,
    ),
    Template("minima_and_maxima.coin", title="How fair?", level=2, minutes=2.5, draw=coin),
    Template(
        "minima_and_maxima.bend", title="From dome to bowl", level=2, minutes=2, draw=bend_changes
    ),
    Template(
        "minima_and_maxima.slope_alone",
        title="Only the slope is drawn",
        level=3,
        minutes=1.5,
        draw=slope_alone,
    ),
    Template("minima_and_maxima.ends", title="With two ends", level=3, minutes=4, draw=with_ends),
    Template("minima_and_maxima.costs", title="Two costs", level=3, minutes=3, draw=two_costs),
]
