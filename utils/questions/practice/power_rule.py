"""Practice of chapter 05: powers of x, their sums, and what their slopes tell."""

from __future__ import annotations

from fractions import Fraction

from utils.checks import Formula, Number, Rival
from utils.models.power_rule import Term, sum_text
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, power, signed, times, total, written
from utils.questions.power_rule import polynomial_slope


def at_a_place(draw: Draw) -> Problem | None:
    """The slope of one power of x, with a number in front, at a place."""
    n, a = draw.whole(2, 5), draw.one([1, 1, 2, 3, 4, 5, -1, -2, -3, 0.5])
    x = draw.one([-3, -2, -1, 2, 3, 4, 5, 10])
    slope = a * n * x ** (n - 1)
    if abs(slope) > 2000:
        return None
    place, of_power = written(x), n * x ** (n - 1)
    dropped = [Rival("factor-dropped", of_power)] if a != 1 else []
    in_front = (
        [
            f"The number in front stays and multiplies: {written(a)} · {bracketed(of_power)} = "
            f"{written(slope)}."
        ]
        if a != 1
        else []
    )
    return Problem(
        f"f(x) = {times(a, power('x', n))}. How steep is its curve at x = {place}? "
        "The rule for powers is all you need.",
        asks=f"f′({place}) =",
        answer=Number(slope),
        rivals=[
            Rival("value-for-slope", a * x**n),
            Rival("exponent-not-lowered", a * n * x**n),
            Rival("exponent-not-in-front", a * x ** (n - 1)),
            Rival("average-for-instantaneous", a * ((x + 1) ** n - x**n)),
            *dropped,
        ],
        steps=[
            f"The power alone: the exponent {n} comes down in front, and one less stays above. So "
            f"{power('x', n)} has the slope {times(n, power('x', n - 1))}.",
            f"At x = {place} that is {n} · {power(bracketed(x), n - 1)} = {written(of_power)}.",
            *in_front,
        ],
        next="Two moves in place of a limit, at every place.",
    )


def as_formula(draw: Draw) -> Problem | None:
    """The derivative of a polynomial, as a formula."""
    n = draw.whole(3, 5)
    a, c, d = draw.one([1, 2, 3, -1, -2, 4]), draw.nonzero(-8, 9), draw.nonzero(-9, 9)
    b, m = draw.nonzero(-6, 6), draw.whole(2, n - 1)
    parts = [(a, n), (b, m), (c, 1), (d, 0)]
    slope = [(a * n, power("x", n - 1)), (b * m, power("x", m - 1)), (c, "")]
    tidy = total(slope)
    return Problem(
        f"f(x) = {total([(k, power('x', p) if p else '') for k, p in parts])}. Write down its "
        "derivative as a formula, term by term.",
        asks="f′(x) =",
        answer=Formula(tidy),
        rivals=[
            Rival("constant-kept", total([*slope[:2], (c + d, "")])),
            Rival(
                "exponent-not-lowered",
                total([(a * n, power("x", n)), (b * m, power("x", m)), (c, "x")]),
            ),
            Rival(
                "exponent-not-in-front",
                total([(a, power("x", n - 1)), (b, power("x", m - 1)), (c, "")]),
            ),
            Rival(
                "factor-dropped", total([(n, power("x", n - 1)), (m, power("x", m - 1)), (1, "")])
            ),
            Rival(
                "derivative-turned-around",
                f"{a}*x^{n + 1}/{n + 1} + {b}*x^{m + 1}/{m + 1} + {c}*x^2/2 + {d}*x",
            ),
            Rival(
                "second-for-first",
                total([(a * n * (n - 1), power("x", n - 2)), (b * m * (m - 1), _power(m - 2))]),
                message="You took the slope twice: that is how fast the steepness changes. The "
                "question asks for the steepness itself, so the two moves of the rule are made "
                "once for each term. What comes out after the first time?",
            ),
        ],
        steps=[
            "Each term has a slope of its own, and these add up as the terms do.",
            f"{times(a, power('x', n))} gives {times(a * n, power('x', n - 1))}, and "
            f"{times(b, power('x', m))} gives {times(b * m, power('x', m - 1))}.",
            f"{times(c, 'x')} gives {written(c)}, and the constant {written(d)} gives 0. Together: "
            f"{tidy}.",
        ],
        next="A sum, however long, is differentiated term by term: so is a loss over a million "
        "examples.",
    )


def disguised(draw: Draw) -> Problem | None:
    """A constant that looks like a power."""
    n, a, x = draw.whole(2, 3), draw.one([1, 2, 3, 4, -1, -2]), draw.one([-2, -1, 2, 3, 4, 5])
    base, up, b = draw.whole(2, 6), draw.whole(2, 3), draw.nonzero(-9, 9)
    fixed, right = base**up, a * n * x ** (n - 1) + b
    if right == 0 or fixed > 64:
        return None
    first = times(a, power("x", n))
    shown = f"{first} + {power(str(base), up)} {'−' if b < 0 else '+'} {times(abs(b), 'x')}"
    place = written(x)
    return Problem(
        f"f(x) = {shown}. What is f′({place})? Look at each of the three terms before you begin.",
        asks=f"f′({place}) =",
        answer=Number(right),
        rivals=[
            Rival("power-rule-on-constant", right + up * base ** (up - 1)),
            Rival("constant-kept", right + fixed),
            Rival("value-for-slope", a * x**n + fixed + b * x),
            Rival("exponent-not-lowered", a * n * x**n + b),
            Rival("exponent-not-in-front", a * x ** (n - 1) + b),
            Rival(
                "other-term-kept",
                a * n * x ** (n - 1) + b * x,
                message=f"Your {times(b, 'x')} is still what it was: you added its height at this "
                "place. The sum rule asks for the slope of each term. Draw this term alone in your "
                "mind: it is a straight line. How steep is it?",
            ),
        ],
        steps=[
            f"Three terms, each for itself. Which of them move with x? {power(str(base), up)} has "
            "no x in it.",
            f"{power(str(base), up)} is the number {fixed}, whose graph is level: slope 0. "
            f"{times(b, 'x')} has the slope {written(b)}.",
            f"{first} has the slope {times(a * n, power('x', n - 1))}, at x = {place} that is "
            f"{written(a * n * x ** (n - 1))}. Together: {written(a * n * x ** (n - 1))} "
            f"{signed(b)} = {written(right)}.",
        ],
        next="What counts is whether an x is there, not how the number is written.",
    )


def below_zero(draw: Draw) -> Problem | None:
    """The derivative of a number over a power of x, as a formula."""
    n, a = draw.whole(1, 4), draw.one([1, 2, 3, 4, 5, 6, -1, -2, -3])
    b, c = draw.nonzero(-7, 7), draw.nonzero(-9, 9)
    top, bar = ("−" if a < 0 else "") + str(abs(a)), power("x", n)
    line = total([(1, "@"), (b, "x"), (c, "")]).removeprefix("@")
    slope = f"{-a * n}/x^{n + 1}"
    return Problem(
        f"f(x) = {top}/{bar}{line}. Write down its derivative, with a bar or with powers, as you "
        "like.",
        asks="f′(x) =",
        answer=Formula(f"{slope} + {b}"),
        rivals=[
            Rival(
                "negative-exponent-raised",
                f"{-a * n}*x^({1 - n}) + {b}",
                message="You moved the exponent towards zero. The rule takes one away from it, and "
                "to take one away from a negative number leads further down. Think of a "
                "thermometer below zero: where is it when it gets one degree colder?",
            ),
            Rival("denominator-alone", f"{a}/({n}*x^({n - 1})) + {b}"),
            Rival("slope-sign-lost", f"{a * n}/x^{n + 1} + {b}", message=SIGN),
            # For n = 1 that is the one whose sign is lost.
            *([Rival("exponent-not-in-front", f"{a}/x^{n + 1} + {b}")] if n > 1 else []),
            Rival("constant-kept", f"{slope} + {b + c}"),
            Rival("value-for-slope", f"{a}/x^{n} + {b}*x + {c}"),
        ],
        steps=[
            f"First write the fraction as a power: {top}/{bar} is {times(a, power('x', -n))}.",
            f"The exponent −{n} comes down in front, and one less than −{n} is −{n + 1}: "
            f"{times(-a * n, power('x', -n - 1))}.",
            f"{times(b, 'x')} adds {written(b)}, and the constant nothing. Together: "
            f"{total([(-a * n, power('x', -n - 1)), (b, '')])}, where {power('x', -n - 1)} is "
            f"1/{power('x', n + 1)}.",
        ],
        next="One rule for powers above zero and below: the exponent decides the sign.",
    )


SIGN = (
    "The size is right. But the exponent that comes down in front is negative here, and it brings "
    "its sign along. Compare the heights of one over x at one and at two: does such a curve climb "
    "or fall as x grows, and what does a number in front do to that?"
)


# Forms with a root, behind the number in front, and their exponents.
ROOTS = (
    ("√x", Fraction(1, 2)),
    ("√x", Fraction(1, 2)),
    ("x√x", Fraction(3, 2)),
    ("/√x", Fraction(-1, 2)),
)


def roots(draw: Draw) -> Problem | None:
    """The slope of a power between whole numbers, at a square."""
    text, n = draw.one(ROOTS)
    root = draw.one([0.5, 2, 4, 5, 10])
    a = draw.one([2, 3, 4, 6, 8, 10, 12, 16, 20, 24, 48, -2, -4, -6, -8, -12])
    x, term = root**2, Term(Fraction(a), n)
    if abs(term.slope().factor) == 1 or (n < 0 and root == 4):
        return None
    slope = float(term.slope()(x))
    shown = f"{written(a)}{text}" if text.startswith("/") else times(a, text)
    lowered, place = n - 1, written(x)
    of_power = written(float(Term(Fraction(1), lowered)(x)))
    return Problem(
        f"f(x) = {shown}. What is its slope at x = {place}? The numbers are such that you "
        "need no calculator.",
        asks=f"f′({place}) =",
        answer=Number(slope),
        rivals=[
            Rival("value-for-slope", float(term(x))),
            Rival("exponent-not-lowered", a * float(n) * float(Term(Fraction(1), n)(x))),
            Rival("exponent-not-in-front", a * float(Term(Fraction(1), lowered)(x))),
            Rival("factor-dropped", slope / a),
            *(
                [Rival("negative-exponent-raised", a * float(n) * root, message=RAISED)]
                if n < 0
                else []
            ),
        ],
        steps=[
            f"A root is a power: √x is x^(1/2). So {shown} is {sum_text([term])}.",
            f"The exponent comes down in front, and one less stays: {sum_text([term.slope()])}. "
            f"To the power of {_fraction(lowered)}, {place} gives {of_power}.",
            f"{written(float(term.slope().factor))} · {of_power} = {written(slope)}.",
        ],
        next="Whole or not, above zero or below: the power rule asks only that the exponent stands "
        "still.",
    )


RAISED = (
    "You took one away from the exponent and landed above zero. But the exponent was below zero "
    "from the start, and to take one away leads further down. Think of a thermometer below zero: "
    "where is it when it gets one degree colder?"
)


def _fraction(value: Fraction) -> str:
    return str(value).replace("-", "−")


def contributes(draw: Draw) -> Problem | None:
    """Which term of a sum adds most to its slope at a place."""
    x, d = draw.one([0.1, 0.5, 1, 2, 3, 4, 10]), draw.whole(50, 900)
    a, b, c = draw.whole(1, 5), draw.whole(1, 15), draw.whole(1, 60)
    parts = [(a, 3), (b, 2), (c, 1), (d, 0)]
    terms = [times(k, _power(n)) for k, n in parts]
    heights = [k * x**n for k, n in parts[:3]]
    slopes = [k * n * x ** (n - 1) for k, n in parts[:3]]
    *_, second, first = sorted(slopes)
    best, tallest = slopes.index(first), heights.index(max(heights))
    # Where one term is both the tallest and the steepest, nothing has to be worked out.
    if first < 1.2 * second or best == tallest:
        return None
    wrong = [
        Rival("value-for-slope", terms[i], message=TALL)
        if i == tallest
        else Rival("exponent-not-in-front", terms[i], message=SMALLER)
        for i in range(3)
        if i != best
    ]
    choice, rivals = draw.options(
        terms[best], [*wrong, Rival("constant-kept", terms[3], message=LARGEST)]
    )
    return Problem(
        f"f(x) = {' + '.join(terms)}. You stand at x = {written(x)} and take a tiny step. Which "
        "term adds most to the slope there?",
        asks="the term",
        answer=choice,
        rivals=rivals,
        steps=[
            "The slope of the sum is the sum of four slopes. Work out each of them at this place; "
            "that of a constant is 0.",
            "; ".join(
                f"{term} has the slope {times(k * n, _power(n - 1))}"
                for term, (k, n) in zip(terms[:3], parts[:3], strict=True)
            )
            + ".",
            f"At x = {written(x)} these are {', '.join(map(written, slopes))}. The largest belongs "
            f"to {terms[best]}.",
        ],
        next="A term may be tall and still add little to the slope.",
    )


def _power(exponent: int) -> str:
    return power("x", exponent) if exponent else ""


LARGEST = (
    "That term is a large number, and it never changes. It lifts the whole graph and leaves every "
    "slope as it was. When x takes a tiny step, by how much does this term move?"
)
TALL = (
    "At this place that term is the tallest of those with an x. But the question is what a tiny "
    "step changes, so compare slopes, not heights. What do the two moves of the power rule make of "
    "each term, and how large are the results here?"
)
SMALLER = (
    "That term does add to the slope, and another one adds more at this place. An exponent and a "
    "number in front can both make a slope large. Work out the slope of each term with the power "
    "rule: what do you get here for each?"
)


def story(draw: Draw) -> Problem | None:
    """The slope of a polynomial of a story, with its units."""
    match draw.one(["stone", "ball", "cost", "area", "loss", "brake"]):
        case "stone":
            a, b, c, t, var = 5, 0, draw.one([2, 3, 6, 10]), draw.one([1.2, 1.5, 2, 2.5, 3, 4]), "t"
            told = "A stone falls from a window. After t seconds it is {} metres below the roof"
            asked, unit = "How fast is it after {} seconds", "m/s"
        case "ball":
            a, b, c, t, var = (
                -5,
                draw.one([15, 20, 25, 30]),
                draw.one([1, 2]),
                draw.whole(2, 4),
                "t",
            )
            told = "A ball flies {} metres high after t seconds"
            asked, unit = "At what rate does its height change after {} seconds", "m/s"
        case "cost":
            a, b, c = draw.one([0.1, 0.2, 0.5]), draw.whole(3, 12), draw.one([200, 300, 500])
            t, var = draw.one([10, 20, 30, 40, 50]), "n"
            told = "To make n chairs costs a workshop {} euros"
            asked, unit = "At what rate do the costs rise at n = {}", "euros per chair"
        case "area":
            a, b, c, t, var = draw.one([2, 3, 4]), draw.whole(2, 9), 0, draw.whole(2, 9), "t"
            told = "After t hours a spill of oil covers {} square metres"
            asked, unit = "How fast does it spread after {} hours", "m² per hour"
        case "loss":
            a, b = draw.one([1, 2, 3]), -draw.whole(4, 20)
            c = b * b // (4 * a) + draw.whole(1, 20)  # so that it is nowhere below 0
            t, var = draw.whole(2, 9), "w"
            told = "At the weight w the loss of a model is {}"
            asked, unit = "How fast does the loss change at w = {}", "loss per unit of weight"
        case _:
            a, b, c, t, var = (
                -draw.one([2, 3, 4]),
                draw.one([24, 30, 36]),
                0,
                draw.one([1.5, 2, 2.5, 3]),
                "t",
            )
            told = "After t seconds a braking car has come {} metres further"
            asked, unit = "How fast is it after {} seconds", "m/s"
    slope, value = 2 * a * t + b, a * t * t + b * t + c
    if value <= 0:
        return None
    kept = [Rival("constant-kept", slope + c)] if c else []
    line = [Rival("factor-dropped", 2 * t + b)] if a != 1 else []
    rates = [(2 * a, var), (b, "")]
    return Problem(
        f"{told.format(polynomial([a, b, c], var))}. {asked.format(written(t))}, in {unit}?",
        asks=f"{unit}:",
        answer=Number(slope),
        rivals=[
            Rival("value-for-slope", value),
            Rival(
                "average-for-instantaneous",
                (value - c) / t,
                message="That is the average rate since the beginning: the whole change, divided "
                "by how far it is from 0. The rate itself has changed on the way. What is it at "
                "this one place, when you take the slope with the power rule first?",
            ),
            Rival("exponent-not-lowered", 2 * a * t * t + b * t),
            *kept,
            *line,
        ],
        steps=[
            f"A rate at one moment is a slope. Take it term by term, with {var} as the variable.",
            f"{times(a, power(var, 2))} gives {times(2 * a, var)}"
            + (f", {times(b, var)} gives {written(b)}" if b else "")
            + (f", and the constant {written(c)} gives 0." if c else "."),
            f"At {var} = {written(t)}, {total(rates)} is {written(2 * a * t)}"
            + (f" {signed(b)} = {written(slope)}." if b else "."),
        ],
        next=f"The slope carries the units: {unit}.",
    )


def where(draw: Draw) -> Problem | None:
    """The place at which a parabola has a given slope."""
    a, b, c = draw.one([1, 2, 3, -1, -2, 0.5, 5]), draw.nonzero(-12, 12), draw.nonzero(-9, 9)
    x = draw.one([-4, -3, -2, -1, -0.5, 0.5, 1, 1.5, 2, 2.5, 3, 4, 5, 6])
    m = 2 * a * x + b
    if m != int(m) or abs(m) > 40:
        return None
    if draw.one([True, False]):
        b, m = b - m, 0
    if b == 0:
        return None
    asked = (
        "Somewhere its graph is flat. At which x?"
        if m == 0
        else f"At which x does it have the slope {written(m)}?"
    )
    flat = [] if m == 0 else [Rival("flat-read-as-minimum", -b / (2 * a), message=FLAT)]
    return Problem(
        f"f(x) = {polynomial([a, b, c])}. {asked}",
        asks="x =",
        answer=Number(x),
        rivals=[
            Rival(
                "slope-for-value",
                polynomial_slope([c, b, a], m),
                message="You put the slope that is wanted in for x. But it is what should come "
                "out. Write down f′(x) as a formula, and set the formula equal to it: which x "
                "makes that true?",
            ),
            Rival("sign-error", (-m - b) / (2 * a), message=SIDES)
            if m
            else Rival("sign-error", b / (2 * a), message=SIDES),
            Rival("constant-kept", (m - b - c) / (2 * a)),
            Rival(
                "exponent-not-in-front",
                (m - b) / a,
                message="Your place fits a slope in which the exponent of the square has not come "
                "down in front. Two strips grow along a growing square, one on each of two sides. "
                "What is the number in front of x in f′(x), and what do you divide by?",
            ),
            *flat,
        ],
        steps=[
            f"First the slope at any x: f′(x) = {polynomial([2 * a, b])}.",
            f"It shall be {written(m)}, so {polynomial([2 * a, b])} = {written(m)}, and "
            f"{times(2 * a, 'x')} = {written(m - b)}.",
            f"Divide by {written(2 * a)}: x = {written(x)}.",
        ],
        next="To ask where the slope is 0 is how the lowest error will be found."
        if m == 0
        else "Place to slope is a calculation; slope to place is an equation.",
    )


FLAT = (
    "At your place the slope is 0: you found where the graph is flat. The question wants another "
    "slope. Write down f′(x) once more, and set it equal to the number that is asked for in place "
    "of 0: which x makes that true?"
)
SIDES = (
    "The formula for the slope seems right, and on the way to x a sign went astray. A term that "
    "changes sides of the equals sign changes its own sign. Put your x into f′(x): what comes out, "
    "and what should?"
)

TEMPLATES = [
    Template("power_rule.place", title="At a place", level=1, minutes=1, draw=at_a_place),
    Template("power_rule.sum", title="Term by term", level=1, minutes=1.5, draw=as_formula),
    Template("power_rule.story", title="A rate in a story", level=2, minutes=1.5, draw=story),
    Template("power_rule.constant", title="In disguise", level=2, minutes=1.5, draw=disguised),
    Template("power_rule.fraction", title="Under the bar", level=2, minutes=1.5, draw=below_zero),
    Template("power_rule.terms", title="Who adds most?", level=2, minutes=1.5, draw=contributes),
    Template("power_rule.roots", title="With a root", level=3, minutes=2, draw=roots),
    Template("power_rule.where", title="Which place?", level=3, minutes=2, draw=where),
]
