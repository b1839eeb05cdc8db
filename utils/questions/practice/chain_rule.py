"""Practice of chapter 07: chain, product and quotient rule, long chains, and neurons."""

from __future__ import annotations

from itertools import accumulate
from operator import add, mul

from utils.checks import Array, Formula, Number, Rival
from utils.numerals import superscript
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


def product_from_table(draw: Draw) -> Problem | None:
    """(f g)′ from a table of values and slopes."""
    places = [1, 2, 3, 4]
    f, df, g, dg = ([draw.nonzero(-5, 6) for _ in places] for _ in range(4))
    x = draw.one(places)
    g[x - 1] = draw.one([place for place in places if place != x])
    a, da, b, db = (column[x - 1] for column in (f, df, g, dg))
    rows = [[written(v) for v in row] for row in zip(places, f, df, g, dg, strict=True)]
    return Problem(
        "The table tells values and slopes of two functions. Both change with x, and h is their "
        f"product: h(x) = f(x) · g(x). What is h′({x})?",
        shown=[Table(["x", "f(x)", "f′(x)", "g(x)", "g′(x)"], rows)],
        asks=f"h′({x}) =",
        answer=Number(da * b + a * db, tolerance=1e-6),
        rivals=[
            Rival("product-of-derivatives", da * db),
            Rival("one-strip-only", da * b),
            Rival("chain-and-product-mixed", df[b - 1] * db),
            Rival("value-for-slope", a * b),
            Rival("sum-of-slopes", da + db, message=_SUM_OF_FACTORS),
            Rival("sign-error", da * b - a * db, message=_STRIP_TAKEN_AWAY),
        ],
        steps=[
            f"Think of a rectangle with the sides f and g. At x = {x} they are {written(a)} and "
            f"{written(b)}, and all you need stands in that one line.",
            f"The strip that f adds is f′ · g = {written(da)} · {b} = {written(da * b)}.",
            f"The strip that g adds is f · g′ = {written(a)} · {bracketed(db)} = "
            f"{written(a * db)}.",
            f"Together: {written(da * b)} {signed(a * db)} = {written(da * b + a * db)}.",
        ],
        next="Each strip is as long as the side that rests, and grows as fast as the side that "
        "moves.",
    )


_SUM_OF_FACTORS = (
    "You added the two slopes, and that is how fast f *plus* g changes. In a product each growing "
    "side gains a strip, and such a strip is as long as the other side. Your answer would be the "
    "same for sides of any length. By what does each of your two slopes have to be multiplied?"
)
_STRIP_TAKEN_AWAY = (
    "Both strips are there, and you took one away from the other, as the top of a quotient has "
    "it. In a product each side that grows adds its strip, and a side that shrinks has its minus "
    "already in its slope. What do you get when you add the two?"
)

# A ratio: how it is made, what stands on top and below, the unit of time, the unit of the ratio.
RATIOS = (
    (
        "The costs of a service, in thousand euros a month, are shared by its users, in thousands.",
        ("costs", "users"),
        ("month", "euros per user"),
    ),
    (
        "A tank holds salt, in grams, in so many litres of water.",
        ("salt", "water"),
        ("minute", "grams per litre"),
    ),
    (
        "A library has so many hundred books and so many hundred members.",
        ("books", "members"),
        ("year", "books per member"),
    ),
    (
        "The milk of a farm, in litres a day, is divided by the number of its cows.",
        ("milk", "cows"),
        ("month", "litres per cow"),
    ),
)


def ratio(draw: Draw) -> Problem | None:
    """How fast a quotient changes whose top and bottom both move."""
    story, (top, bottom), (step, unit) = draw.one(RATIOS)
    g, f = draw.one([2, 4, 5, 10, 20]), draw.whole(6, 60)
    df, dg = draw.nonzero(-6, 9), draw.nonzero(-2, 4)
    if g + dg <= 0 or f + df <= 0:
        return None
    gain, loss = df * g, f * dg
    rate = (gain - loss) / g**2
    if rate == 0:
        return None
    return Problem(
        f"{story} The table has both, and how fast each of them changes at this moment. How fast "
        f"does the ratio of {top} to {bottom} change, in {unit} per {step}?",
        shown=[
            Table(
                ["quantity", "now", f"change per {step}"],
                [[top, str(f), written(df)], [bottom, str(g), written(dg)]],
            )
        ],
        asks=f"per {step}:",
        answer=Number(rate, tolerance=1e-6),
        rivals=[
            Rival("quotient-of-derivatives", df / dg),
            Rival("quotient-order", -rate),
            Rival("quotient-plus", (gain + loss) / g**2),
            Rival("bottom-not-squared", (gain - loss) / g),
            Rival(
                "value-for-slope",
                f / g,
                message="That is the ratio itself, as it stands now, with no slope in it. The "
                "question asks how fast it changes while its top and its bottom both change. Two "
                "numbers of the table play no part in your answer: which are they, and what do "
                "they say?",
            ),
            Rival(
                "average-for-instantaneous",
                (f + df) / (g + dg) - f / g,
                message="That is how much the ratio changes over the whole next unit of time, if "
                "both go on like this. It is a good check of the sign and of the size. But the "
                "ratio does not move evenly on the way, and the question asks about this moment. "
                "Which rule gives the slope of a quotient at one place?",
            ),
        ],
        steps=[
            f"The ratio is f/g with f = {f} and g = {g}. The slope of a quotient is "
            "(f′ · g − f · g′) / g².",
            f"A changing top counts as f′ · g = {written(df)} · {g} = {written(gain)}, a changing "
            f"bottom as f · g′ = {f} · {bracketed(dg)} = {written(loss)}.",
            f"Divided by the square of the bottom: ({written(gain)} − {bracketed(loss)}) / {g**2} "
            f"= {written(rate)}.",
        ],
        next="A ratio falls while its top grows, if the bottom grows by a larger part of itself.",
    )


# A function: as it is written, as a formula, and the formula of its slope.
SINE = ("sin x", "sin(x)", "cos(x)")
COSINE = ("cos x", "cos(x)", "-sin(x)")
EXP = ("eˣ", "exp(x)", "exp(x)")


def product_as_formula(draw: Draw) -> Problem | None:
    """The slope of a power of x times a wave or eˣ, as a formula."""
    a, n, other = draw.one([1, 2, 3, 4, 5, -2, -3]), draw.whole(1, 4), draw.one([SINE, COSINE, EXP])
    shown, g, dg = other
    f, df = times(a, power("x", n)), times(a * n, power("x", n - 1) if n > 1 else "")
    strips = f"({df})*{g}", f"({f})*({dg})"
    rivals = [
        Rival("value-for-slope", f"({f})*{g}"),
        Rival("sum-of-slopes", f"({df}) + ({dg})", message=_SUM_OF_FACTORS),
    ]
    if n > 1:
        rivals.append(Rival("exponent-not-lowered", f"({a * n}*x^{n})*{g} + {strips[1]}"))
    if other is EXP:
        rivals += [
            Rival(
                "one-strip-only",
                strips[0],
                message="Only one strip of the rectangle is left in your answer: the one that the "
                "power of x adds. The other factor moves too, and that its slope looks like its "
                "height is no reason to leave its strip out. How long is the second strip, and how "
                "fast does it grow?",
            ),
            Rival("power-rule-on-exponential", f"{strips[0]} + ({f})*x*exp(x-1)"),
            Rival("sign-error", f"{strips[0]} - {strips[1]}", message=_STRIP_TAKEN_AWAY),
        ]
    else:
        turned = "cosine-without-minus" if other is COSINE else "minus-from-cosine-on-sine"
        rivals += [
            Rival("product-of-derivatives", f"({df})*({dg})"),
            Rival("one-strip-only", strips[0]),
            Rival(turned, f"{strips[0]} - {strips[1]}"),
        ]
    slope = {SINE: "cos x", COSINE: "−sin x", EXP: "eˣ"}[other]
    factor = f"({slope})" if other is COSINE else slope
    return Problem(
        f"f(x) = {f} · {shown}, so two factors that both move with x. Write down the derivative; "
        "there is no need to tidy it up.",
        asks="f′(x) =",
        answer=Formula(" + ".join(strips)),
        rivals=rivals,
        steps=[
            f"Two factors stand side by side: {f} with the slope {df}, and {shown} with the slope "
            f"{slope}.",
            f"The first strip is slope times factor: {bracketed_text(df)} · {shown}. For the "
            "second one the roles change.",
            f"f′(x) = {bracketed_text(df)} · {shown} + {bracketed_text(f)} · {factor}.",
        ],
        next="One term for each factor that moves: with three factors there would be three.",
    )


def bracketed_text(factor: str) -> str:
    """A factor of a product as it is written: in brackets where it begins with a minus."""
    return f"({factor})" if factor.startswith("−") else factor


def look_alikes(draw: Draw) -> Problem | None:
    """A wave and a power of x, put together in one of four ways."""
    a, n, wave = draw.one([1, 1, 2, 3, 4, 5]), draw.whole(2, 4), draw.one([SINE, COSINE])
    shape = draw.one(["inside", "outside", "beside", "below"])
    name, sign = wave[0][:3], 1 if wave is SINE else -1
    other = "cos" if wave is SINE else "sin"
    minus = "" if sign == 1 else "-"
    p, dp = times(a, power("x", n)), times(a * n, power("x", n - 1))
    inside = f"{minus}{other}({p})*({dp})"  # of sin(xⁿ)
    outside = f"{minus}{a * n}*{name}(x)^{n - 1}*{other}(x)"  # of (sin x)ⁿ
    slope = f"({minus}{other}(x))"
    shown_slope = f"{'−' if sign < 0 else ''}{other} x"
    turned = "minus-from-cosine-on-sine" if wave is SINE else "cosine-without-minus"
    match shape:
        case "inside":
            text, truth = f"{name}({p})", inside
            rivals = [
                Rival("forgotten-inner-derivative", f"{minus}{other}({p})"),
                Rival("outer-at-x", f"{slope}*({dp})"),
                Rival("nested-derivatives", f"{minus}{other}({dp})"),
                Rival("inner-and-outer-swapped", outside),
                Rival(
                    "chain-and-product-mixed",
                    f"{slope}*({p}) + {name}(x)*({dp})",
                    message="That is the product rule, as if the wave and the power stood side by "
                    "side and were multiplied. Look at the brackets: the power goes *into* the "
                    "wave. Who gets the x first here, and what happens to what comes out?",
                ),
                Rival(turned, f"-({inside})"),
            ]
            steps = [
                f"Which rule? The power goes into the wave: that is a chain, with u = {p} inside.",
                f"The outer slope is {'−' if sign < 0 else ''}{other} u, taken at u = {p}; the "
                f"inner slope is {dp}.",
                f"f′(x) = {'−' if sign < 0 else ''}{other}({p}) · {dp}.",
            ]
        case "outside":
            inner = power(f"({wave[0]})", n)
            text, truth = times(a, inner), outside
            rivals = [
                Rival("forgotten-inner-derivative", f"{a * n}*{name}(x)^{n - 1}"),
                Rival("outer-at-x", f"{a * n}*x^{n - 1}*{slope}"),
                Rival("nested-derivatives", f"{a * n}*{slope}^{n - 1}"),
                Rival("inner-and-outer-swapped", inside),
                Rival("exponent-not-in-front", f"{a}*{name}(x)^{n - 1}*{slope}"),
                Rival(turned, f"-({outside})"),
            ]
            steps = [
                f"Which rule? The wave goes into the power: that is a chain, with u = {wave[0]} "
                "inside.",
                f"The outer slope is {times(a * n, power('u', n - 1))}, taken at u = {wave[0]}; "
                f"the inner slope is {shown_slope}.",
                f"f′(x) = {times(a * n, power(f'({wave[0]})', n - 1))} · "
                f"{bracketed_text(shown_slope)}.",
            ]
        case "beside":
            text, truth = f"{p} · {wave[0]}", f"({dp})*{name}(x) + ({p})*{slope}"
            rivals = [
                Rival("product-of-derivatives", f"({dp})*{slope}"),
                Rival("one-strip-only", f"({dp})*{name}(x)"),
                Rival("chain-and-product-mixed", inside),
                Rival("sum-of-slopes", f"({dp}) + {slope}", message=_SUM_OF_FACTORS),
                Rival("value-for-slope", f"({p})*{name}(x)"),
                Rival(turned, f"({dp})*{name}(x) - ({p})*{slope}"),
            ]
            steps = [
                "Which rule? Power and wave stand side by side and both move: that is a product.",
                f"The slopes of the two factors are {dp} and {shown_slope}.",
                f"f′(x) = {dp} · {wave[0]} + {p} · {bracketed_text(shown_slope)}.",
            ]
        case _:
            p, dp = power("x", n), times(n, power("x", n - 1))
            text, bottom = f"({wave[0]}) / {p}", f"x^{2 * n}"
            gain, loss = f"{slope}*({p})", f"{name}(x)*({dp})"
            truth = f"({gain} - {loss})/{bottom}"
            rivals = [
                Rival("quotient-of-derivatives", f"{slope}/({dp})"),
                Rival("quotient-order", f"({loss} - {gain})/{bottom}"),
                Rival("quotient-plus", f"({gain} + {loss})/{bottom}"),
                Rival("bottom-not-squared", f"({gain} - {loss})/({p})"),
                Rival("value-for-slope", f"{name}(x)/({p})"),
            ]
            steps = [
                f"Which rule? The wave is divided by the power: a quotient, with {wave[0]} on top "
                f"and {p} below.",
                f"The slope of the top is {shown_slope}, that of the bottom {dp}.",
                f"f′(x) = ({bracketed_text(shown_slope)} · {p} − {wave[0]} · {dp}) / "
                f"{power('x', 2 * n)}.",
            ]
    return Problem(
        f"f(x) = {text}. First decide how the wave and the power are put together, then write down "
        "the derivative. It may stay as the rule gives it.",
        asks="f′(x) =",
        answer=Formula(truth),
        rivals=rivals,
        steps=steps,
        next="The signs are the same few each time. What decides is who works on whose output.",
    )


def both_rules(draw: Draw) -> Problem | None:
    """A power of x times a bracket to a power, at a place where the bracket is small."""
    m, n, a, u = draw.whole(1, 3), draw.whole(2, 4), draw.whole(2, 4), draw.one([1, -1, 2, -2])
    x = draw.whole(-2, 3, but=(0, 1))
    b = u - a * x
    if b == 0:
        return None
    f, df = x**m, m * x ** (m - 1)
    g, outer = u**n, n * u ** (n - 1)
    truth = df * g + f * outer * a
    if abs(truth) > 600:
        return None
    inner = polynomial([a, b])
    first, second = power("x", m), power(f"({inner})", n)
    slope = times(m, power("x", m - 1) if m > 1 else "")
    return Problem(
        f"f(x) = {first} · {second}. What is f′({written(x)})? Look first at how the parts are put "
        "together: more than one rule is needed.",
        asks=f"f′({written(x)}) =",
        answer=Number(truth, tolerance=1e-6),
        rivals=[
            Rival("one-strip-only", df * g),
            Rival("product-of-derivatives", df * outer * a),
            Rival("value-for-slope", f * g),
            Rival(
                "forgotten-inner-derivative",
                df * g + f * outer,
                message="The product rule is there, with both of its strips. Look at the slope of "
                "the bracket to its power once more: the bracket moves at a speed of its own. When "
                "x takes one step, how far does the inside move, and where is that factor?",
            ),
            Rival(
                "outer-at-x",
                df * g + f * n * x ** (n - 1) * a,
                message="Both strips are there, and so is the inner slope. But in the slope of the "
                "bracket to its power you put x in the place of the bracket. What goes into that "
                "power is the output of the inner function. Which number is it here?",
            ),
            Rival(
                "sign-error",
                df * g - f * outer * a,
                message="Both terms are right, and you took one away from the other, as the top of "
                "a quotient has it. Here nothing is divided. In a product each side that grows "
                "adds its strip, so what do you do with the two terms?",
            ),
        ],
        steps=[
            f"Outside it is a product, {first} times {second}; the second factor is a chain.",
            f"At x = {written(x)} the bracket is {written(u)}. The factors are {written(f)} and "
            f"{bracketed(u)}{superscript(str(n))} = {written(g)}.",
            f"Their slopes are {slope if m == 1 else f'{slope}, which is {written(df)} there,'} "
            f"and {n} · {power(bracketed(u), n - 1)} · {a} = {written(outer * a)}.",
            f"Slope times factor, both ways: {written(df)} · {bracketed(g)} + "
            f"{bracketed(f)} · {bracketed(outer * a)} = {written(truth)}.",
        ],
        next="Rules stack as functions do: work from the outside in, one rule for each layer.",
    )


POSITIVE = (0.2, 0.5, 0.9, 1.3, 2.0, 3.1)  # where logarithms and roots have a value
SMALL = (-0.9, -0.6, -0.3, 0.4, 0.7, 1.0)  # where powers of e stay of ordinary size


def inner_function(draw: Draw) -> Problem | None:
    """ln, exp, sine, cosine or root of an inner function, as a formula."""
    outer = draw.one(["ln", "exp", "sin", "cos", "√"])
    a, k = draw.one([1, 2, 3, 4, 5, 6]), draw.whole(1, 3)
    b = draw.whole(1, 9) if outer in ("ln", "√") else draw.whole(-4, 5)
    if a == k == 1:
        return None
    if outer in ("sin", "cos", "exp"):
        a = draw.one([a, -a])
    u = total([(a, power("x", k)), (b, "")])
    du = times(a * k, power("x", k - 1) if k > 1 else "")
    call, slope, at_x, nested, told = {
        "ln": (f"ln({u})", f"1/({u})", "1/x", f"1/({du})", "1/u"),
        "exp": (f"exp({u})", f"exp({u})", "exp(x)", f"exp({du})", "exp(u), the same again"),
        "sin": (f"sin({u})", f"cos({u})", "cos(x)", f"cos({du})", "cos u"),
        "cos": (f"cos({u})", f"(-sin({u}))", "(-sin(x))", f"(-sin({du}))", "−sin u"),
        "√": (f"sqrt({u})", f"1/(2*sqrt({u}))", "1/(2*sqrt(x))", f"1/(2*sqrt({du}))", "1/(2√u)"),
    }[outer]
    text = f"√({u})" if outer == "√" else call
    meant = ", where exp(u) stands for e to the power of u" if outer == "exp" else ""
    ends = {
        "ln": f"({du}) / ({u})",
        "exp": f"{bracketed_text(du)} · exp({u})",
        "sin": f"{bracketed_text(du)} · cos({u})",
        "cos": f"−{bracketed_text(du)} · sin({u})",
        "√": f"({du}) / (2√({u}))",
    }
    extra = {
        "exp": Rival("power-rule-on-exponential", f"({u})*exp({u} - 1)*({du})"),
        "sin": Rival("minus-from-cosine-on-sine", f"-({slope})*({du})"),
        "cos": Rival("cosine-without-minus", f"sin({u})*({du})"),
        "√": Rival(
            "exponent-not-in-front",
            f"({du})/sqrt({u})",
            message="What stands under the root is in its right place, and its inner slope is "
            "there. A number of the outer slope is missing. A root is a power with the exponent "
            "one half, and the power rule brings the exponent down in front. Where did it go?",
        ),
        "ln": Rival(
            "value-for-slope",
            f"ln({u})*({du})",
            message="The inner slope is there. But beside it stands the logarithm itself, its "
            "height, where its slope belongs. Far out a logarithm is high and nearly flat, so the "
            "two are very different. What is the slope of ln u?",
        ),
    }[outer]
    probes = {"ln": POSITIVE, "√": POSITIVE, "exp": SMALL}.get(outer, SMALL + POSITIVE)
    rivals = [
        Rival("forgotten-inner-derivative", slope),
        Rival("outer-at-x", f"{at_x}*({du})"),
        Rival("nested-derivatives", nested),
        Rival("sum-of-slopes", f"{slope} + ({du})"),
        extra,
    ]
    if outer not in ("ln", "exp"):
        rivals.append(Rival("value-for-slope", call))
    return Problem(
        f"f(x) = {text}{meant}. Write down its derivative; it may stay as the chain rule gives it.",
        asks="f′(x) =",
        answer=Formula(f"({slope})*({du})", probes=probes),
        rivals=rivals,
        steps=[
            f"Two gears: inside u = {u}, outside {'√u' if outer == '√' else f'{outer} u'}.",
            f"The outer slope is {told}, taken at u = {u}. The inner slope is {du}.",
            f"Multiplied: f′(x) = {ends[outer]}.",
        ],
        next="Whatever is outside: its slope where the inner function stands, times the inner "
        "slope.",
    )


def one_weight(draw: Draw) -> Problem | None:
    """dL/dw of (y − wx)² at a weight."""
    x, w = draw.whole(-4, 6, but=(0, 1, -1)), draw.nonzero(-4, 5)
    u = draw.nonzero(-6, 6)
    y = w * x + u
    return Problem(
        f"A model says wx. For one example x = {written(x)} and the truth is y = {written(y)}; "
        f"the loss is L = (y − wx)². The weight stands at w = {written(w)}. What is dL/dw there?",
        asks="dL/dw =",
        answer=Number(-2 * u * x, tolerance=1e-6),
        rivals=[
            Rival("forgotten-inner-derivative", 2 * u),
            Rival(
                "forgotten-x-factor",
                -2 * u,
                message="The outer slope is right, and so is the minus of the bracket. But you let "
                "the bracket shrink by 1 whenever the weight grows by 1. What the model says is "
                "the weight *times* x: by how much does that move, and the bracket with it?",
            ),
            Rival(
                "sign-error",
                2 * u * x,
                message="The size is right, the sign is turned around. The bracket is the truth "
                "minus what the model says, so wx enters it with a minus. What is the slope of "
                "y − wx with respect to w, sign included?",
            ),
            Rival("forgotten-two", -u * x),
            Rival("value-for-slope", u**2),
            Rival("outer-at-x", -2 * w * x),
            Rival("sum-of-slopes", 2 * u - x),
        ],
        steps=[
            f"Two gears: u = y − wx and L = u². Here u = {written(y)} − {bracketed(w)} · "
            f"{bracketed(x)} = {written(u)}.",
            f"The outer slope is 2u = {written(2 * u)}. When w grows by 1, u changes by −x, which "
            f"is {written(-x)}.",
            f"They multiply: {written(2 * u)} · {bracketed(-x)} = {written(-2 * u * x)}.",
        ],
        next="A negative slope says: make the weight larger. A positive one says: make it smaller."
        " Here you would make it " + ("larger." if u * x > 0 else "smaller."),
    )


def neuron(draw: Draw) -> Problem | None:
    """How far the output of a neuron moves with its weight, its input or its bias."""
    a = draw.one([0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9])
    w, x = draw.whole(-6, 8, but=(0, 1)), draw.whole(-6, 9, but=(0, 1))
    knob = draw.one(["w", "x", "b"])
    inner = {"w": x, "x": w, "b": 1}[knob]
    if w == x:
        return None
    own = round(a * (1 - a), 9)
    told = {"w": "the weight w", "x": "the input x", "b": "the bias b"}[knob]
    left_out = {
        "w": [Rival("own-value-in-product", own * w)],
        "x": [Rival("own-value-in-product", own * x)],
        "b": [
            Rival(
                "x-factor-in-both",
                own * x,
                message="You multiplied by the input. That factor belongs to the weight, whose "
                "nudge is made larger on its way into z. The bias is only added to wx. If it "
                "grows by a little, by how many times that does z grow?",
            )
        ],
    }[knob]
    if knob != "b":
        left_out.append(Rival("forgotten-inner-derivative", own))
    return Problem(
        f"A neuron computes z = wx + b and a = σ(z). With w = {written(w)}, x = {written(x)} and "
        f"some bias b it gives a = {written(a)}. What is the slope of its output with respect to "
        f"{told}?",
        asks=f"da/d{knob} =",
        answer=Number(round(own * inner, 9), tolerance=1e-6),
        rivals=[
            Rival("half-of-the-sigmoid-rule", (1 - a) * inner, message=_ONE_FACTOR),
            Rival("squashing-rules-swapped", (1 - a**2) * inner, message=_THAT_OF_TANH),
            Rival("activation-slope-forgotten", inner),
            Rival(
                "value-for-slope",
                a * inner,
                message="As the slope of σ you took its height, which is given. A squashed curve "
                "is high *and* flat far to the right, so its height cannot be its slope. Which "
                "second factor makes the slope small up there?",
            ),
            *left_out,
        ],
        steps=[
            f"Two links: from {knob} to z, and from z to a. The slope of σ can be had from its own "
            "value: it is a(1 − a).",
            f"That is {written(a)} · {written(1 - a)} = {written(own)}.",
            f"z = wx + b moves as far as b does, so nothing else comes in: {written(own)}."
            if knob == "b"
            else f"z = wx + b moves {written(inner)} times as far as {knob}, so the whole slope is "
            f"{written(own)} · {bracketed(inner)} = {written(own * inner)}.",
        ],
        next="z itself was never needed: σ tells its slope by its height.",
    )


_ONE_FACTOR = (
    "As the slope of σ you took 1 − a, and that is one of its two factors. Test it far to the "
    "left, where a is nearly 0: the curve is as good as flat there, and 1 − a is nearly 1. Which "
    "second factor makes the slope small on that side?"
)
_THAT_OF_TANH = (
    "As the slope of σ you took 1 − a². That recipe belongs to tanh, whose height runs from −1 to "
    "1. Test it far to the left of σ, where a is nearly 0 and the curve nearly flat: what does it "
    "give there? Which recipe is small at both ends?"
)


def neuron_loss(draw: Draw) -> Problem | None:
    """dL/dw of (y − σ(wx + b))², where the output is given."""
    a, y = draw.one([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]), draw.one([0, 1])
    x = draw.whole(-9, 12, but=(0, 1))
    own, miss = round(a * (1 - a), 9), round(y - a, 9)
    outer = round(-2 * miss, 9)
    return Problem(
        "A neuron computes z = wx + b and a = σ(z), and its loss is L = (y − a)². For the input "
        f"x = {written(x)} it gives a = {written(a)}, and the truth is y = {y}. What is dL/dw?",
        asks="dL/dw =",
        answer=Number(round(outer * own * x, 9), tolerance=1e-9),
        rivals=[
            Rival("activation-slope-forgotten", outer * x),
            Rival("half-of-the-sigmoid-rule", outer * (1 - a) * x, message=_ONE_FACTOR),
            Rival(
                "forgotten-inner-derivative",
                outer * own,
                message="Two of three gears are there: the slope of the loss and that of σ. But "
                "count the links from the weight on: from w to z, from z to a, from a to the loss. "
                "How far does z move when w moves, and where is that factor?",
            ),
            Rival(
                "sign-error",
                -outer * own * x,
                message="The size is right, the sign is turned around. The loss holds the truth "
                "*minus* a: when a grows, does that difference grow or shrink? That minus belongs "
                "to the slope, beside the sign of the difference itself. Where did it go?",
            ),
            Rival("forgotten-two", outer * own * x / 2),
            Rival("squashing-rules-swapped", outer * (1 - a**2) * x, message=_THAT_OF_TANH),
            Rival("outer-slope-left-out", own * x),
        ],
        steps=[
            "Three links: from w to z, from z to a, from a to L. Their slopes are x, a(1 − a) and "
            "−2(y − a).",
            f"Here they are {written(x)}, {written(a)} · {written(1 - a)} = {written(own)}, and "
            f"−2 · {bracketed(miss)} = {written(outer)}.",
            f"Multiplied: {written(x)} · {written(own)} · {bracketed(outer)} = "
            f"{written(outer * own * x)}.",
        ],
        next="The middle factor is never above a quarter, so σ makes the pull of every error "
        f"smaller: here to {written(own)} of it.",
    )


# Three links: what happens, with a rate each; what is asked; its unit; what the rates may be.
CHAINS = (
    (
        "One turn of the pedals turns the wheel {} times. One turn of the wheel moves the bicycle "
        "{} metres. Each metre on this road climbs {} metres.",
        "How many metres does the bicycle climb for each turn of the pedals?",
        "metres per turn",
        ([2, 2.5, 3, 1.5, 4], [2, 1.5, 2.2], [0.05, 0.1, 0.02, 0.04]),
    ),
    (
        "Each hour of training takes {} kWh. Each kWh costs {} euros. Of each euro, {} euros are "
        "tax.",
        "How many euros of tax does an hour of training bring?",
        "euros per hour",
        ([3, 4, 5, 6, 8], [0.2, 0.3, 0.4, 0.5], [0.2, 0.1, 0.25]),
    ),
    (
        "For each degree that a valve is turned, the flow of water changes by {} litres a minute. "
        "For each litre a minute, the engine changes by {} °C. For each °C, its noise changes by "
        "{} decibels.",
        "By how many decibels does the noise change for each degree of the valve?",
        "decibels per degree",
        ([2, 3, 4, 5], [-0.5, -1.5, -2, -3], [0.5, 0.2, 0.25]),
    ),
    (
        "For each unit of the weight the prediction changes by {}. For each unit of the prediction "
        "the error changes by {}. For each unit of the error the loss changes by {}.",
        "By how much does the loss change for each unit of the weight?",
        "loss per unit of weight",
        ([2, 3, 4, 5, 0.5, -2, -3], [-1, -2, 0.5], [2, 4, 6, 8, -4, -6]),
    ),
    (
        "For each km that a balloon climbs, the air changes by {} °C. For each °C, a vent changes "
        "by {} mm. For each mm of the vent, the power of a heater changes by {} watts.",
        "By how many watts does the power change for each km?",
        "watts per km",
        ([-6, -6.5, -5, -7], [0.2, 0.4, 0.5], [10, 20, -25, -30]),
    ),
)


def gears(draw: Draw) -> Problem | None:
    """Three rates with units that follow each other."""
    story, question, unit, ranges = draw.one(CHAINS)
    rates = [draw.one(values) for values in ranges]
    first, second, third = rates
    whole = round(first * second * third, 9)
    return Problem(
        f"{story.format(*map(written, rates))} {question}",
        asks=f"{unit}:",
        answer=Number(whole, tolerance=1e-6),
        rivals=[
            Rival("sum-of-slopes", first + second + third, message=_RATES_ADDED),
            Rival(
                "stopped-too-soon",
                first * second,
                message="You multiplied the first two rates and stopped there, so your number is "
                "about the quantity in the middle of the story, not about the one at its end. "
                "Write its unit beside it. Which gear is still to come, and what does it make of "
                "your number?",
            ),
            Rival(
                "forgotten-inner-derivative",
                second * third,
                message="You multiplied the last two rates, so your number begins with the second "
                "gear. The question begins with the first one, which may turn faster or slower. "
                "Write the unit of your answer beside it: per what is it, and per what was asked?",
            ),
            Rival(
                "rise-run-swapped",
                first * second / third,
                message="The first two gears are multiplied, and then you divided by the third. "
                "Each rate says how much comes out for *one* that goes in. If one goes in, the "
                "rate comes out; and if several go in, what do you do with the rate?",
            ),
        ],
        steps=[
            f"Follow a nudge of 1 at the beginning. The first gear makes {written(first)} of it.",
            f"The second makes {written(second)} of each of those: {written(first)} · "
            f"{bracketed(second)} = {written(first * second)}.",
            f"The third multiplies once more: {written(first * second)} · {bracketed(third)} = "
            f"{written(whole)}.",
        ],
        next="Write the units beside the rates: all but the last and the first cancel.",
    )


_RATES_ADDED = (
    "You added the three rates, and they do not even have the same unit. Let the first gear turn "
    "three times as fast as the handle, and the second twice as fast as the first. How many turns "
    "does the second one make for each turn of the handle, and how do you get that from three and "
    "two?"
)


def two_ways(draw: Draw) -> Problem | None:
    """A weight that reaches the loss by two ways."""
    first, second = ((draw.nonzero(-4, 5), draw.nonzero(-6, 6)) for _ in range(2))
    ways = [inner * outer for inner, outer in (first, second)]
    if abs(ways[0]) == abs(ways[1]):
        return None
    names = draw.several(["p", "q", "r", "s"], 2)
    rows = [[name, *map(written, way)] for name, way in zip(names, (first, second), strict=True)]
    return Problem(
        f"A weight w is used in two places: it moves {names[0]}, and it moves {names[1]}. Both go "
        "into the loss L. The table has the slope of each link. What is dL/dw?",
        shown=[Table(["through", "moves per unit of w", "moves L per unit"], rows)],
        asks="dL/dw =",
        answer=Number(sum(ways), tolerance=1e-6),
        rivals=[
            Rival("overwrite-for-accumulate", ways[1]),
            Rival(
                "own-link-left-out",
                first[1] + second[1],
                message="You added what the two middle quantities do to the loss, as if each of "
                "them moved exactly as far as the weight. Each has a link before it, from the "
                "weight, with a slope of its own. What does each way make of a nudge of the "
                "weight, from its beginning to its end?",
            ),
            Rival(
                "sum-of-slopes",
                sum(first) + sum(second),
                message="You added all four slopes. Two of them lie one behind the other on one "
                "way, and two on the other way. Links that follow each other act like gears; ways "
                "that lie side by side do not. For which pairs do you add, and for which do you do "
                "something else?",
            ),
            Rival(
                "product-of-derivatives",
                ways[0] * ways[1],
                message="Along each way you multiplied, and that is right. But then you multiplied "
                "the two ways with each other. A nudge goes along both at once, and each of them "
                "moves the loss by an amount of its own. What do two such amounts make together?",
            ),
            Rival(
                "partials-swapped",
                first[0] * second[1] + second[0] * first[1],
                message="You crossed the two ways: the first link of one is multiplied by the last "
                "link of the other. A nudge stays on its way. Read the table line by line: which "
                "two slopes stand in one line?",
            ),
        ],
        steps=[
            f"Along the way through {names[0]} the two links follow each other, so they multiply: "
            f"{written(first[0])} · {bracketed(first[1])} = {written(ways[0])}.",
            f"Along the way through {names[1]}: {written(second[0])} · {bracketed(second[1])} = "
            f"{written(ways[1])}.",
            f"A nudge of w goes both ways at once, and both effects add up: {written(ways[0])} "
            f"{signed(ways[1])} = {written(sum(ways))}.",
        ],
        next="Multiply along a way, add over the ways: chapter 14 makes a machine of these two.",
    )


TEMPLATES = [
    Template("chain_rule.gears", title="Three gears", level=1, minutes=1, draw=gears),
    Template("chain_rule.bracket", title="A bracket", level=1, minutes=1.5, draw=bracket),
    Template(
        "chain_rule.product",
        title="A product from a table",
        level=1,
        minutes=1.5,
        draw=product_from_table,
    ),
    Template("chain_rule.table", title="From a table", level=2, minutes=1.5, draw=from_table),
    Template("chain_rule.formula", title="As a formula", level=2, minutes=1.5, draw=as_formula),
    Template("chain_rule.inner", title="Something inside", level=2, minutes=2, draw=inner_function),
    Template(
        "chain_rule.factors", title="Two factors", level=2, minutes=2, draw=product_as_formula
    ),
    Template("chain_rule.ratio", title="A ratio that moves", level=2, minutes=2, draw=ratio),
    Template("chain_rule.weight", title="One weight", level=2, minutes=2, draw=one_weight),
    Template("chain_rule.neuron", title="A neuron", level=2, minutes=1.5, draw=neuron),
    Template("chain_rule.backwards", title="Backwards", level=3, minutes=2, draw=long_chain),
    Template("chain_rule.which", title="Which rule?", level=3, minutes=3, draw=look_alikes),
    Template("chain_rule.both", title="Two rules at once", level=3, minutes=3, draw=both_rules),
    Template(
        "chain_rule.neuron_loss", title="From weight to loss", level=3, minutes=3, draw=neuron_loss
    ),
    Template(
        "chain_rule.two_ways", title="Two ways to the loss", level=3, minutes=2, draw=two_ways
    ),
]
