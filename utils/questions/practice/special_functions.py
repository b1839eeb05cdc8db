"""Practice of chapter 06: eˣ, ln x, the two waves, 1/x, and the three functions that squash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from utils.checks import Formula, Number, Rival
from utils.practice.shown import Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, power, signed, times, total, written

SIGN = (
    "The size is right. By your answer more x would make more of it. But the more there are to "
    "share one cake, the smaller each piece becomes. In which direction does one over x go as x "
    "grows, and which sign does its slope have?"
)


def exponential(draw: Draw) -> Problem | None:
    """The slope at 0 of a sum with eˣ in it."""
    a, b, c = draw.whole(-6, 8, but=(0, 1)), draw.nonzero(-7, 9), draw.nonzero(-9, 9)
    terms = draw.shuffled([(a, "eˣ"), (b, "x"), (c, "")])
    if a + b == 0:
        return None
    return Problem(
        f"f(x) = {total(terms)}. How steep is it at x = 0?",
        asks="f′(0) =",
        answer=Number(a + b),
        rivals=[
            Rival(
                "power-rule-on-exponential",
                b,
                message="In your answer the term with eˣ adds nothing. The power rule, which would "
                "bring the x down in front, does not fit here, since it is the exponent that "
                "moves. How high is eˣ at 0, and what does its height say about its slope?",
            ),
            Rival("value-for-slope", a + c),
            Rival("constant-kept", a + b + c),
            Rival("factor-dropped", 1 + b),
        ],
        steps=[
            "Term by term. eˣ is as steep as it is high, and any number to the power 0 is 1.",
            f"So {times(a, 'eˣ')} has the slope {written(a)} at x = 0.",
            f"{times(b, 'x')} adds {written(b)} and the constant nothing: {written(a)} "
            f"{signed(b)} = {written(a + b)}.",
        ],
        next="eˣ is the one curve of its kind whose height *is* its slope.",
    )


# What is shared: the story, what to ask, the unit of the slope, how much, and places for x.
SHARED = (
    (
        "A prize of {a} euros goes to x friends in equal shares",
        "a share",
        "euros per friend",
        (40, 60, 80, 100, 120, 160, 200, 240, 300, 400, 600),
        (2, 4, 5, 8, 10),
    ),
    (
        "A download of {a} MB takes {a}/x seconds at x MB/s",
        "the time",
        "seconds per MB/s",
        (40, 80, 100, 120, 200, 300, 400, 600, 1000),
        (2, 4, 5, 8, 10, 20),
    ),
    (
        "A way of {a} km takes {a}/x hours at x km/h",
        "the time",
        "hours per km/h",
        (80, 100, 160, 200, 400, 600, 800),
        (4, 5, 10, 20, 40, 50, 80, 100),
    ),
    (
        "One round of training over {a} examples has {a}/x steps with x examples in each",
        "the number of steps",
        "steps per example",
        (400, 1000, 1200, 2000, 4000, 8000),
        (4, 5, 10, 20, 40, 50, 100),
    ),
)


def sharing(draw: Draw) -> Problem | None:
    """The slope of a number over x, in a story."""
    told, what, unit, amounts, places = draw.one(SHARED)
    a, x = draw.one(amounts), draw.one(places)
    return Problem(
        f"{told.format(a=a)}. At what rate does {what} change at x = {x}, as x grows? Give {unit}, "
        "with the sign.",
        asks=f"{unit}:",
        answer=Number(-a / x**2),
        rivals=[
            Rival("slope-sign-lost", a / x**2, message=SIGN),
            Rival("value-for-slope", a / x),
            Rival("exponent-not-lowered", -a / x, message=ONE_LESS),
            Rival("denominator-alone", a),
            Rival(
                "average-for-instantaneous",
                a / (x + 1) - a / x,
                message="You went one whole step further and compared the two values. The curve of "
                "one over x bends on the way, so that is an average over the step. What is the "
                "slope right at the place, by the rule for one over x?",
            ),
        ],
        steps=[
            f"The slope of {a}/x is asked for. Written as a power, 1/x is {power('x', -1)}.",
            f"By the power rule the slope of 1/x is −1/x². At x = {x} that is −1/{x * x}.",
            f"Times {a}: −{a}/{x * x} = {written(-a / x**2)}.",
        ],
        next="The more share already, the less one more of them changes.",
    )


ONE_LESS = (
    "You brought the −1 to the front and left the exponent as it was. The power rule makes two "
    "moves: the exponent comes down in front, and one less stays above. What is one less than −1, "
    "and so which power of x stands under the bar?"
)


def logarithm(draw: Draw) -> Problem | None:
    """The slope at a place of a sum with ln x in it."""
    a, b, c = draw.whole(-8, 12, but=(0, 1)), draw.nonzero(-7, 9), draw.nonzero(-9, 9)
    x = draw.one([0.1, 0.2, 0.25, 0.5, 2, 4, 5, 8, 10, 20])
    slope, place = a / x, written(x)
    return Problem(
        f"f(x) = {total(draw.shuffled([(a, 'ln x'), (b, 'x'), (c, '')]))}. How steep is it at "
        f"x = {place}?",
        asks=f"f′({place}) =",
        answer=Number(slope + b),
        rivals=[
            Rival("factor-dropped", 1 / x + b),
            Rival(
                "rise-run-swapped",
                a * x + b,
                message="You multiplied by the place where the rule divides by it. The curve of "
                "ln x is steep near 0 and gets flatter and flatter to the right. Which of the two "
                "becomes smaller as x grows, x or one over x?",
            ),
            Rival(
                "second-for-first",
                -a / x**2 + b,
                message="You used the slope of 1/x, which has a square under the bar. Here ln x "
                "stands in the question, and 1/x is what comes out. ln x climbs everywhere: can "
                "its slope be below zero?",
            ),
            Rival("constant-kept", slope + b + c),
            Rival(
                "other-term-kept",
                slope + b * x,
                message=f"The logarithm is treated well, and {times(b, 'x')} still stands there as "
                "it was: you added its height. The slope of a sum needs the slope of each term. "
                "How steep is a straight line like this one?",
            ),
        ],
        steps=[
            "Term by term. ln x has the slope 1/x, and a number in front multiplies it.",
            f"At x = {place} that is {written(a)} / {place} = {written(slope)}.",
            f"{times(b, 'x')} adds {written(b)} and the constant nothing: {written(slope)} "
            f"{signed(b)} = {written(slope + b)}.",
        ],
        next="Near 0 ln x is steep: that is why a sure and wrong answer is pushed so hard.",
    )


def squashed(draw: Draw) -> Problem | None:
    """The slope of σ or tanh with numbers around it, from its height alone."""
    name = draw.one(["σ", "tanh"])
    heights = {
        "σ": [0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.9],
        "tanh": [0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9, -0.2, -0.4, -0.5, -0.6, -0.8, -0.9],
    }
    y, a, b = draw.one(heights[name]), draw.whole(2, 10), draw.nonzero(-9, 9)
    of_sigmoid, of_tanh = y * (1 - y), 1 - y * y
    slope, other = (of_sigmoid, of_tanh) if name == "σ" else (of_tanh, of_sigmoid)
    shown = "σ(x)" if name == "σ" else "tanh x"
    rule = "σ (1 − σ)" if name == "σ" else "1 − tanh²"
    worked = f"{written(y)} · {written(1 - y)}" if name == "σ" else f"1 − {power(bracketed(y), 2)}"
    half = Rival("half-of-the-sigmoid-rule", a * (1 - y))
    square = Rival(
        "half-of-the-sigmoid-rule",
        a * (1 - y),
        message="You took the height away from 1 as it is. In the rule for tanh it is squared "
        "first, so that left and right, where the heights have different signs, get the same "
        "slope. What is the square of the height here?",
    )
    return Problem(
        f"f(x) = {times(a, shown)} {signed(b)}. At some place {shown} is {written(y)} high. "
        "How steep is f there?",
        asks="slope =",
        answer=Number(a * slope),
        rivals=[
            half if name == "σ" else square,
            Rival("squashing-rules-swapped", a * other),
            Rival("value-for-slope", a * y + b),
            Rival("factor-dropped", slope),
            Rival("constant-kept", a * slope + b),
        ],
        steps=[
            f"The height alone gives the slope. The rule for this curve is {rule}.",
            f"With a height of {written(y)}: {worked} = {written(slope)}.",
            f"{a} in front multiplies and {written(b)} changes no slope: {a} · {written(slope)} = "
            f"{written(a * slope)}.",
        ],
        next="No place, no exponential: a network keeps the height on its way forward and has the "
        "slope for free.",
    )


def on_the_circle(draw: Draw) -> Problem | None:
    """The slope of both waves together, from a table of sine and cosine."""
    legs = [(6, 8), (8, 6)]  # in tenths
    points = [(i * p, j * q) for p, q in legs for i in (1, -1) for j in (1, -1)]
    named = dict(zip("PQR", draw.several(points, 3), strict=True))
    a, b = draw.one([1, 2, 3, 4, 5, 10, -2, -5]), draw.one([1, 2, 3, 4, 5, -3, -5])
    c, place = draw.nonzero(-9, 9), draw.one("PQR")
    sine, cosine = named[place]

    def wave(of_sine: int, of_cosine: int) -> float:
        return (of_sine * sine + of_cosine * cosine) / 10

    slope = wave(-b, a)
    rows = [[name, *(written(tenths / 10) for tenths in point)] for name, point in named.items()]
    dropped = [Rival("factor-dropped", wave(-1, 1))] if (a, b) != (1, 1) else []
    return Problem(
        f"f(x) = {total([(a, 'sin x'), (b, 'cos x'), (c, '')])}. The table tells sine and cosine "
        f"at three places. How steep is f at {place}?",
        shown=[Table(["place", "sin x", "cos x"], rows)],
        asks=f"slope at {place}:",
        answer=Number(slope),
        rivals=[
            Rival("cosine-without-minus", wave(b, a)),
            Rival("minus-from-cosine-on-sine", wave(b, -a), message=BOTH_SIGNS),
            Rival("value-for-slope", wave(a, b) + c),
            Rival("constant-kept", slope + c),
            *dropped,
        ],
        steps=[
            "sin x has the slope cos x, and cos x has the slope −sin x. The constant adds nothing.",
            f"So f′(x) = {total([(a, 'cos x'), (-b, 'sin x')])}.",
            f"At {place}: {written(a)} · {bracketed(cosine / 10)} {signed(-b)} · "
            f"{bracketed(sine / 10)} = "
            f"{written(slope)}.",
        ],
        next="The slope of a wave is again a wave, a quarter of a turn ahead.",
    )


BOTH_SIGNS = (
    "The sizes are right, and the signs of both parts are turned around. Look at each wave at "
    "x = 0: sin x crosses zero there, and cos x stands on its top. As x grows a little, does each "
    "of them go up or down, and which sign must its slope have?"
)


def nudged(draw: Draw) -> Problem | None:
    """How far the output of a neuron moves that squashes its input."""
    name = draw.one(["the sigmoid", "tanh"])
    y, h = (
        draw.one([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        draw.one([0.01, 0.02, 0.05, 0.1]),
    )
    h *= draw.one([1, 1, -1])
    y *= draw.one([1, -1]) if name == "tanh" else 1
    of_sigmoid, of_tanh = y * (1 - y), 1 - y * y
    slope, other = (of_sigmoid, of_tanh) if name == "the sigmoid" else (of_tanh, of_sigmoid)
    rule = "y (1 − y)" if name == "the sigmoid" else "1 − y²"
    return Problem(
        f"A neuron sends its input through {name}, and its output stands at {written(y)}. Its "
        f"input is nudged by {written(h)}. By how much does the output move, to a good "
        "approximation?",
        asks="change of the output:",
        answer=Number(slope * h, near=0),
        rivals=[
            Rival("rate-for-change", slope),
            Rival("squashing-rules-swapped", other * h),
            Rival(
                "activation-slope-forgotten",
                h,
                message="You let the nudge through as it came. But the neuron bends what goes "
                "through it, and where its curve is flatter than a slope of 1, less arrives than "
                "went in. How steep is the curve at this height?",
            ),
            Rival("value-for-slope", y * h),
            Rival(
                "value-for-change",
                y + slope * h,
                message="That is where the output arrives. The question asks how far it moves: "
                "the difference between where it arrives and where it was. Where did it stand "
                "before the nudge?",
            ),
        ],
        steps=[
            f"A small nudge is multiplied by the slope. With y for the height, the slope of {name} "
            f"is {rule}.",
            f"At y = {written(y)} that is {written(slope)}.",
            f"{written(slope)} · {bracketed(h)} = {written(slope * h)}.",
        ],
        next="Near the ends of its range a neuron hardly lets a nudge through: it is saturated.",
    )


def with_relus(draw: Draw) -> Problem | None:
    """The slope of a sum of ReLUs, some of which are off."""
    bends = sorted(draw.several(range(-4, 6), 3))
    factors = [draw.nonzero(-5, 6) for _ in bends]
    x = draw.one([at for at in range(-4, 7) if at not in bends])
    on = [x > at for at in bends]
    if all(on) or not any(on):
        return None

    def relu(at: int) -> str:
        return f"ReLU({total([(1, 'x'), (-at, '')])})"

    slope = sum(k for k, is_on in zip(factors, on, strict=True) if is_on)
    height = sum(k * max(0, x - at) for k, at in zip(factors, bends, strict=True))
    terms = draw.shuffled(list(zip(factors, map(relu, bends), on, strict=True)))
    place = written(x)
    live = [(k, text) for k, text, is_on in terms if is_on]
    numbers = " ".join([written(live[0][0]), *(signed(k) for k, _ in live[1:])])
    return Problem(
        f"f(x) = {total([(k, text) for k, text, _ in terms])}. How steep is f at x = {place}?",
        asks=f"f′({place}) =",
        answer=Number(slope),
        rivals=[
            Rival(
                "activation-slope-forgotten",
                sum(factors),
                message="You counted every ReLU as if it were on. A ReLU whose bracket is below "
                "zero gives 0, and goes on giving 0 when x takes a tiny step, so it adds no slope. "
                "What is in each bracket at this place?",
            ),
            Rival("value-for-slope", height),
            Rival("factor-dropped", sum(on), message=COUNTED),
            Rival(
                "sign-error",
                sum(factors) - slope,
                message="You added up those that are off. A ReLU is flat where its bracket is "
                "below zero, and climbs where its bracket is above. What is in each bracket at "
                "this place, and which of them let a step through?",
            ),
        ],
        steps=[
            "A ReLU has the slope 1 where its bracket is above zero, and 0 where it is below. So "
            f"look into each bracket at x = {place}.",
            f"On {'is' if len(live) == 1 else 'are'} {' and '.join(text for _, text in live)}"
            "; the rest adds no slope.",
            f"The numbers in front count: {numbers} = {written(slope)}."
            if len(live) > 1
            else f"The number in front of it is the slope: {numbers}.",
        ],
        next="A network of ReLUs is made of straight pieces; each place has its own set of those "
        "that are on.",
    )


COUNTED = (
    "You counted how many of the ReLUs are on, each with a slope of 1. But a number stands in "
    "front of each, and it stretches the slope as it stretches the height. What does each of "
    "those that are on bring, with its number and its sign?"
)


# What grows so that its slope is always the same share of its height.
GROWING = (
    (
        "A colony of bacteria weighs {} mg and grows at {} mg per hour",
        "It weighs {} mg",
        "mg per hour",
    ),
    (
        "A lake holds {} kg of algae, and their mass grows at {} kg per day",
        "There are {} kg",
        "kg per day",
    ),
    (
        "A rumour has reached {} people and spreads at {} people per hour",
        "It has reached {} people",
        "people per hour",
    ),
)


def growth(draw: Draw) -> Problem | None:
    """The slope at another height of something that grows exponentially."""
    told, later, unit = draw.one(GROWING)
    ratio = draw.one([0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.75, 0.8])
    first = draw.one([20, 40, 60, 80, 100, 120, 200, 400])
    second = first + draw.one([10, 20, 30, 40, 50, 60, 90, 100, 150, 240])
    rate = ratio * first
    if rate != int(rate):
        return None
    return Problem(
        f"{told.format(first, written(rate))}. It grows exponentially. {later.format(second)} "
        "after a while. How fast does it grow then?",
        asks=f"{unit}:",
        answer=Number(ratio * second),
        rivals=[
            Rival(
                "slope-of-the-start",
                rate,
                message="That is how fast it grew at the beginning. Something that grows by the "
                "same amount all the time grows along a straight line. In exponential growth the "
                "slope keeps step with the height. By which factor has the height grown?",
            ),
            Rival("ratio-for-slope", ratio),
            Rival("value-for-slope", second),
            Rival(
                "difference-not-divided",
                rate + second - first,
                message="You let the slope grow by as much as the height did. In exponential "
                "growth not their difference stays the same but their quotient: the slope is "
                "always the same share of the height. Which share was it at the beginning?",
            ),
            Rival(
                "rise-run-swapped",
                second / ratio,
                message="You divided by the share where it multiplies. Compare with the beginning: "
                "slope and height stood in some relation there, and the slope was the smaller of "
                "the two. Is that so in your answer?",
            ),
        ],
        steps=[
            "In exponential growth slope ÷ height is one number, the same at every moment. The "
            "beginning tells it.",
            f"{written(rate)} / {first} = {written(ratio)}.",
            f"At a height of {second}: {written(ratio)} · {second} = {written(ratio * second)}.",
        ],
        next="This number is 1 for eˣ, and ln a for aˣ.",
    )


def origin(draw: Draw) -> Problem | None:
    """Which of several functions has a given derivative."""
    a, b = draw.whole(2, 9), draw.nonzero(-9, 9)
    match draw.one(["1/x", "1/x²", "cos x", "sin x"]):
        case "1/x":
            given, right = f"{a}/x", f"{a} ln x"
            wrong = {f"−{a}/x²": TURNED, given: UNTOUCHED, f"−{a} ln x": MIRRORED}
        case "1/x²":
            given, right = f"−{a}/x²", f"{a}/x"
            wrong = {f"{2 * a}/x³": TURNED, given: UNTOUCHED, f"−{a}/x": MIRRORED}
        case "cos x":
            given, right = f"{a} cos x", f"{a} sin x"
            wrong = {f"−{a} sin x": WAVE_SIGN, given: UNTOUCHED, f"−{a} cos x": SAME_WAVE}
        case _:
            given, right = f"−{a} sin x", f"{a} cos x"
            wrong = {f"−{a} cos x": WAVE_SIGN, given: UNTOUCHED, f"{a} sin x": SAME_WAVE}
    line = f" {'−' if b < 0 else '+'} {times(abs(b), 'x')}"
    choice, rivals = draw.options(
        right + line,
        [Rival(mistake, text + line, message=said) for text, (mistake, said) in wrong.items()],
    )
    return Problem(
        f"The slope of a function is f′(x) = {given} {signed(b)}, for x above 0. Which function "
        "can f be?",
        asks="f(x) =",
        answer=choice,
        rivals=rivals,
        steps=[
            "Go through the options, take the slope of each, term by term, and compare with the "
            "formula given.",
            f"{written(b)} is the slope of {times(b, 'x')}, which stands in every option. So the "
            f"first part decides: which one has the slope {given}?",
            f"{right} has. So f(x) = {right}{line}.",
        ],
        next="Adding a constant to f would change nothing: many functions share one derivative.",
    )


# The mistakes of `origin`, with what is said.
TURNED = (
    "derivative-turned-around",
    "You took the slope of what is given, and so you went one step too far. The formula in the "
    "question is a slope already, and you are asked where it came from. Which of the options "
    "has it as its slope, term by term?",
)
UNTOUCHED = (
    "value-for-slope",
    "The first part of your function stands there as in the formula given. It would have to be "
    "its own slope, and of the functions of this chapter that is true of eˣ and its multiples "
    "alone. What is the slope of this part?",
)
MIRRORED = (
    "sign-error",
    "The kind of function is right, and the sign is turned around. Take the slope of the first "
    "part of your function: it and the first part of the formula agree up to a sign. Which sign "
    "has the formula's first part, and so must yours climb or fall?",
)
SAME_WAVE = (
    "height-for-slope",
    "That is the wave which the formula itself is made of. Where a wave is highest it is flat, so "
    "its slopes make the *other* wave. Which wave is steepest at the places where the wave in the "
    "formula is farthest from zero?",
)
WAVE_SIGN = (
    "cosine-without-minus",
    "It is the right wave with the wrong sign. Take a place where the wave in the formula is above "
    "zero, and follow your own wave there with a finger from left to right, without the line. Does "
    "it climb, as it should, or does it fall?",
)


def waves(draw: Draw) -> Problem | None:
    """The derivative of both waves and a line, as a formula."""
    a, b, c = draw.nonzero(-6, 8), draw.nonzero(-6, 8), draw.nonzero(-9, 9)
    slope = [(a, "cos x"), (-b, "sin x"), (c, "")]
    if {a, b} == {1}:
        return None
    return Problem(
        f"f(x) = {total([(a, 'sin x'), (b, 'cos x'), (c, 'x')])}. Write down its derivative; "
        "sin(x) and cos(x) are understood.",
        asks="f′(x) =",
        answer=Formula(f"{a}*cos(x) - ({b})*sin(x) + ({c})"),
        rivals=[
            Rival("cosine-without-minus", f"{a}*cos(x) + ({b})*sin(x) + ({c})"),
            Rival(
                "minus-from-cosine-on-sine",
                f"-({a})*cos(x) + ({b})*sin(x) + ({c})",
                message=BOTH_SIGNS,
            ),
            Rival("value-for-slope", f"{a}*sin(x) + ({b})*cos(x) + ({c})*x"),
            Rival("factor-dropped", "cos(x) - sin(x) + 1"),
            Rival(
                "other-term-kept",
                f"{a}*cos(x) - ({b})*sin(x) + ({c})*x",
                message="The waves are treated well, and the last term still stands there as it "
                "was. The slope of a sum needs the slope of each of its terms. Draw this one alone "
                "in your mind, a straight line: how steep is it?",
            ),
        ],
        steps=[
            "Term by term: sin x has the slope cos x, cos x has the slope −sin x, and the numbers "
            "in front stay.",
            f"{times(a, 'sin x')} gives {times(a, 'cos x')}, {times(b, 'cos x')} gives "
            f"{times(-b, 'sin x')}.",
            f"The line {times(c, 'x')} gives {written(c)}. Together: {total(slope)}.",
        ],
        next="The minus belongs to cos x: it begins on its top, and from there it falls.",
    )


@dataclass(frozen=True)
class Part:
    """A function as a term of a sum.

    name: as it is read.
    f, slope: itself and its derivative, as a learner may type them.
    shown: its derivative as it is read, behind a number `k`.
    rule: how it comes about.
    slip: what goes wrong with it, and what comes out then, also behind a number.
    """

    name: str
    f: str
    slope: str
    shown: Callable[[int], str]
    rule: str
    slip: Rival


PARTS = (
    Part(
        "eˣ", "exp(x)", "exp(x)", lambda k: times(k, "eˣ"), "eˣ is its own slope",
        Rival("power-rule-on-exponential", "x*exp(x - 1)"),
    ),
    Part(
        "2ˣ", "2^x", "2^x*ln(2)", lambda k: f"{written(k)} · 2ˣ ln 2", "2ˣ gets the factor ln 2",
        Rival("power-rule-on-exponential", "x*2^(x - 1)"),
    ),
    Part(
        "ln x", "ln(x)", "1/x", lambda k: f"{written(k)}/x", "ln x has the slope 1/x",
        Rival(
            "derivative-turned-around",
            "(x*ln(x) - x)",
            message="At ln x you went the wrong way: the slope of your part is ln x itself, which "
            "stands in the question. ln x is steep near 0 and flatter and flatter to the right. "
            "Which simple function of x does that?",
        ),
    ),
    Part(
        "1/x", "1/x", "(-1/x^2)", lambda k: f"{written(-k)}/x²", "1/x has the slope −1/x²",
        Rival("slope-sign-lost", "1/x^2", message=SIGN),
    ),
    Part(
        "sin x", "sin(x)", "cos(x)", lambda k: times(k, "cos x"), "sin x has the slope cos x",
        Rival("minus-from-cosine-on-sine", "(-cos(x))"),
    ),
    Part(
        "cos x", "cos(x)", "(-sin(x))", lambda k: times(-k, "sin x"), "cos x has the slope −sin x",
        Rival("cosine-without-minus", "sin(x)"),
    ),
    Part(
        "x³", "x^3", "3*x^2", lambda k: times(3 * k, "x²"), "x³ has the slope 3x²",
        Rival("exponent-not-lowered", "3*x^3"),
    ),
    Part(
        "√x", "sqrt(x)", "0.5/sqrt(x)", lambda k: f"{written(k / 2)}/√x",
        "√x has the slope 1/(2√x)",
        Rival("exponent-not-lowered", "0.5*sqrt(x)"),
    ),
)  # fmt: skip


def mixed(draw: Draw) -> Problem | None:
    """A sum of three functions, each with a rule of its own."""
    parts = draw.several(PARTS, 3)
    factors = [draw.whole(-6, 8, but=(-1, 0, 1)) for _ in parts]
    c = draw.nonzero(-9, 9)

    def typed(pieces: list[str]) -> str:
        return " + ".join(f"{k}*{piece}" for k, piece in zip(factors, pieces, strict=True))

    slopes = [part.slope for part in parts]
    if len({part.slip.mistake for part in parts}) < 3:
        return None
    slips = [
        Rival(
            part.slip.mistake,
            typed([part.slip.answer if other is part else other.slope for other in parts]),
            message=part.slip.message,
        )
        for part in parts
    ]
    shown = _sum([_term(k, part.name) for k, part in zip(factors, parts, strict=True)])
    together = _sum([part.shown(k) for k, part in zip(factors, parts, strict=True)])
    return Problem(
        f"f(x) = {shown} {signed(c)}, for x above 0. Each term needs a rule of its own. Write down "
        "the derivative; exp(x), ln(x), sin(x), cos(x) and sqrt(x) are understood.",
        asks="f′(x) =",
        answer=Formula(typed(slopes), probes=(0.3, 0.7, 1.3, 2.0, 3.1, 4.5)),
        rivals=[
            *slips,
            Rival("value-for-slope", f"{typed([part.f for part in parts])} + ({c})"),
            Rival("factor-dropped", " + ".join(slopes)),
            Rival("constant-kept", f"{typed(slopes)} + ({c})"),
        ],
        steps=[
            "Choose a rule for each term. Does the x stand below, in the exponent, under a bar or "
            "inside a name?",
            f"{'; '.join(part.rule for part in parts)}. The numbers in front stay.",
            f"Together: {together}. The constant adds nothing.",
        ],
        next="With these few slopes and the rules for putting functions together you can "
        "differentiate a whole network.",
    )


def _term(factor: int, name: str) -> str:
    """A number before a function, so that 3 and 2ˣ do not become 32ˣ."""
    if name == "1/x":
        return f"{written(factor)}/x"
    return f"{written(factor)} · {name}" if name[0].isdigit() else times(factor, name)


def _sum(texts: list[str]) -> str:
    """Terms that carry their signs, as a sum."""
    rest = (f" − {one[1:]}" if one.startswith("−") else f" + {one}" for one in texts[1:])
    return texts[0] + "".join(rest)


TEMPLATES = [
    Template("special_functions.exp", title="eˣ at 0", level=1, minutes=1, draw=exponential),
    Template(
        "special_functions.shared", title="Shared among x", level=1, minutes=1.5, draw=sharing
    ),
    Template("special_functions.ln", title="ln at a place", level=1, minutes=1.5, draw=logarithm),
    Template(
        "special_functions.squashed", title="From its height", level=1, minutes=1.5, draw=squashed
    ),
    Template(
        "special_functions.circle", title="Both waves", level=2, minutes=1.5, draw=on_the_circle
    ),
    Template(
        "special_functions.waves", title="Waves as a formula", level=2, minutes=1.5, draw=waves
    ),
    Template("special_functions.nudge", title="Through a bend", level=2, minutes=1.5, draw=nudged),
    Template("special_functions.relu", title="On or off?", level=2, minutes=1.5, draw=with_relus),
    Template("special_functions.origin", title="Whose slope?", level=2, minutes=1.5, draw=origin),
    Template(
        "special_functions.growth", title="Steeper as it grows", level=3, minutes=2, draw=growth
    ),
    Template("special_functions.mixed", title="Which rule?", level=3, minutes=3, draw=mixed),
]
