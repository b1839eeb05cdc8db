"""Questions of chapter 07: chain, product and quotient rule, long chains, backpropagation."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add, mul

from utils.checks import Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.functions import sigmoid

# A weight, an input and a truth for exercise 1.
W, X, Y = 2.0, 3.0, 11.0


def sigmoid_slope(z: float) -> float:
    """σ′(z)."""
    return sigmoid(z) * (1 - sigmoid(z))


def neuron_slope(w: float, x: float, y: float) -> float:
    """dL/dw of L(w) = (y − σ(wx))²."""
    z = w * x
    return -2 * (y - sigmoid(z)) * sigmoid_slope(z) * x


def backwards(slopes: Sequence[float]) -> list[float]:
    """The product of the slopes from each link to the last."""
    return list(accumulate(reversed(slopes), mul))[::-1]


def _quotient(df: float, f: float, dg: float, g: float) -> float:
    return (df * g - f * dg) / g**2


def _near(values: dict[str, float], *places: float) -> bool:
    return any(abs(values["x"] - place) < 0.01 for place in places)


_CHAINS = ([2.0, 3.0, 0.5], [0.25, 0.5, 4.0, 3.0], [-1.0, 2.0, 0.2], [5.0, 0.1, -3.0, 2.0, 7.0])

QUESTIONS = [
    Question(
        id="chain_rule.predict_gears",
        title="Two gears",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "5 times",
                "b": "6 times",
                "c": "2 times",
                "d": "that depends on how far you turn",
            },
        ),
        rivals=[
            Rival("sum-of-slopes", "a"),
            Rival(
                "forgotten-inner-derivative",
                "c",
                message="That is how far the second gear turns compared with the *first gear*. The "
                "question compares it with the handle, and the first gear already turns faster "
                "than the handle does. Turn the handle once: how far does the first gear go?",
            ),
            Rival(
                "difference-not-divided",
                "d",
                message="*How far* the second gear turns does depend on how far you turn. But how "
                "many *times* as far stays the same, because each gear keeps its own speed here. "
                "Take a turn of 1, then one of 0.1: what do you get each time, and divided by it?",
            ),
        ],
        hints=[
            "Turn the handle once. How far does the first gear turn?",
            "The second gear turns twice as far as *that*.",
            "Twice three turns: how many are they?",
        ],
        solution='The answer is **b**: `check("chain_rule.predict_gears", "b")`.',
        why="One turn of the handle is 3 of the first gear, and each of those is 2 of the second.",
        next="Speeds of gears that follow each other multiply. You know the chain rule.",
    ),
    Question(
        id="chain_rule.predict_power",
        title="A bracket to the fourth",
        difficulty=2,
        minutes=3,
        answer=Number(4.0 * 1**3 * 3, tolerance=1e-3),
        rivals=[
            Rival("forgotten-inner-derivative", 4.0 * 1**3),
            Rival("outer-at-x", 4.0 * 0**3 * 3),
            Rival("sum-of-slopes", 4.0 * 1**3 + 3),
            Rival("nested-derivatives", 4.0 * 3**3),
            Rival("value-for-slope", 1.0),
            Rival("exponent-not-in-front", 3.0 * 1**3),
        ],
        hints=[
            "Two gears: u = 3x + 1, and y = u⁴. What is u at x = 0?",
            "The slope of u⁴ is 4u³. Put *u* into it, not x. And the slope of 3x + 1?",
            "Multiply both: 4 · 1³ and 3.",
        ],
        solution="```python\n4 * (3 * 0 + 1) ** 3 * 3\n```",
        why="At x = 0 the inner function stands at u = 1. There the outer slope is 4 · 1³ = 4, and "
        "the inner slope is 3. Multiplied they give the slope of the whole.",
        next="No multiplying out: two slopes and one product.",
    ),
    Question(
        id="chain_rule.predict_bracket",
        title="On the other side",
        difficulty=2,
        minutes=3,
        answer=Number(8.0, tolerance=1e-3),
        rivals=[
            Rival("forgotten-inner-derivative", 2.0 * (4 - 2 * 3)),
            Rival(
                "slope-of-the-start",
                -8.0,
                message="That is the slope at the other weight, w = 1. A slope belongs to the "
                "place where it was taken, and on this curve it changes from place to place. What "
                "is left of the bracket at w = 3, and which sign has it there?",
            ),
            Rival("value-for-slope", (4.0 - 2 * 3) ** 2),
            Rival("outer-at-x", 2.0 * 3 * -2),
            Rival("sum-of-slopes", 2.0 * (4 - 2 * 3) - 2),
        ],
        hints=[
            "Two gears: u = 4 − 2w, and L = u². What is u at w = 3?",
            "u is −2, so the slope of u² there is −4. And how far does u turn when w turns by 1?",
            "The inner slope is −2. Multiply the two.",
        ],
        solution="```python\n2 * (4 - 2 * 3) * (-2)\n```",
        why="At w = 3 the bracket is −2, so the outer slope is −4. The inner slope is −2 "
        "everywhere, and minus times minus makes plus.",
        next="At w = 1 the loss falls and at w = 3 it rises: the best weight lies in between.",
    ),
    Question(
        id="chain_rule.predict_product",
        title="Two factors that both move",
        difficulty=2,
        minutes=3,
        answer=Number(2.0 * 3 + 1 * 2, tolerance=1e-3),
        rivals=[
            Rival(
                "product-of-derivatives",
                2.0 * 2,
                message="Both slopes are 2 here, and whether you multiplied or added them, the "
                "sides themselves are missing from your answer. Think of a rectangle with these "
                "two sides, and let both grow a little: the area gains one strip along each side. "
                "How long is each strip, and how fast does it grow wide?",
            ),
            Rival("one-strip-only", 2.0 * 3),
            Rival("one-strip-only", 1.0 * 2),
            Rival("value-for-slope", 3.0),
        ],
        hints=[
            "Not sure? Measure it: `central_difference(product, 1)`.",
            "Multiplied out, the function is 2x³ + x². You have rules for both terms.",
            "The slope of 2x³ + x² is 6x² + 2x. Put in x = 1.",
        ],
        solution="```python\ncentral_difference(product, 1)\n```",
        why="Multiplied out, x²(2x + 1) = 2x³ + x², with slope 6x² + 2x: 6 and 2 at x = 1.",
        next="Two terms, 6 and 2. The next figure shows where each of them comes from.",
    ),
    Question(
        id="chain_rule.predict_squash",
        title="A weight in front of x",
        difficulty=2,
        minutes=2,
        answer=Number(1.0, tolerance=1e-3),
        rivals=[
            Rival("forgotten-inner-derivative", 0.25),
            Rival("value-for-slope", 0.5),
            Rival("sum-of-slopes", 4.25),
            Rival("nested-derivatives", sigmoid_slope(4.0)),
            Rival(
                "divided-by-the-count",
                0.25 / 4,
                message="You divided by the weight. Then a weight in front would make the curve "
                "flatter. But when x moves by a little, 4x moves by more than that, and σ is given "
                "more to work with. By which factor does its input move faster, and what does that "
                "do to its output?",
            ),
        ],
        hints=[
            "Two gears: u = 4x, and y = σ(u). Where does u stand at x = 0?",
            "The slope of σ at 0 is σ(0)(1 − σ(0)), with σ(0) = 0.5.",
            "0.25 is the outer slope, 4 the inner one. Multiply them.",
        ],
        solution="```python\nsigmoid(0) * (1 - sigmoid(0)) * 4\n```",
        why="At x = 0 the inner function 4x is 0, where σ has the slope 0.25. The inner slope is "
        "4, and the two multiply.",
        next="So one weight sets how steep a neuron is. What does it do further out?",
    ),
    Question(
        id="chain_rule.predict_depth",
        title="Ten links of a quarter",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "c",
            options={"a": "2.5 times", "b": "a fortieth", "c": "about a millionth"},
        ),
        rivals=[
            Rival(
                "sum-of-slopes",
                "a",
                message="You added up ten quarters, so the nudge would come out larger than it "
                "went in. But every link makes it smaller. After the first link a quarter is left, "
                "and the second takes a quarter of *that*. How much is left after two links?",
            ),
            Rival("divided-by-the-count", "b"),
        ],
        hints=[
            "After one link 0.25 is left. After two?",
            "Slopes of links that follow each other multiply.",
            "`0.25 ** 10`",
        ],
        solution="The answer is **c**: `0.25 ** 10` is about a millionth.",
        why="Ten factors of a quarter: two of them make a sixteenth, five about a thousandth, and "
        "ten about a millionth.",
        next="That was σ at its steepest. Ten layers of it let a millionth of a nudge through.",
    ),
    Question(
        id="chain_rule.predict_input",
        title="The other input",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "up: the output is still too small",
                "b": "down: with this input a larger weight makes the output smaller",
                "c": "nowhere: with a negative input the output can never come near 1",
            },
        ),
        rivals=[
            Rival(
                "forgotten-inner-derivative",
                "a",
                message="That the output is too small is right, so a larger *output* would lower "
                "the loss. But the weight does not touch the output: it turns z = wx, and z turns "
                "the output. When w grows here, which way does z go?",
            ),
            Rival(
                "outer-at-x",
                "c",
                message="The input is negative, but z = wx need not be. σ takes z, and where z is "
                "large its output comes as near to 1 as you like. Which sign must the weight have, "
                "so that a negative input makes a positive z?",
            ),
        ],
        hints=[
            "Go link by link: w turns z = wx, z turns a = σ(z), and a turns the loss.",
            "A larger a lowers the loss, and a larger z raises a. Both are as before.",
            "The slope of z = wx with respect to w is x, and x is −2 now.",
        ],
        solution='The answer is **b**: `check("chain_rule.predict_input", "b")`.',
        why="The last factor of dL/dw is x. The other two have the signs that they had before, so "
        "a negative x turns the sign of the product around.",
        next="The same error, another input, and the weight is wanted on the other side.",
    ),
    Question(
        id="chain_rule.1",
        title="One weight, one slope",
        difficulty=1,
        minutes=4,
        answer=Number(-2 * X * (Y - W * X), tolerance=1e-3, unit="loss per unit of weight"),
        rivals=[
            Rival("forgotten-inner-derivative", 2 * (Y - W * X)),
            Rival(
                "sign-error",
                2 * X * (Y - W * X),
                message="The size is right, the sign is turned around. The bracket is the truth "
                "minus the prediction: when the weight grows, does the bracket grow or shrink? "
                "That sign belongs to the inner slope. Where did it go in your answer?",
            ),
            Rival(
                "forgotten-inner-derivative",
                -2 * (Y - W * X),
                message="The outer slope is right, and so is the minus: a larger weight makes the "
                "bracket smaller. But by how much? You let the bracket shrink by 1 when the weight "
                "grows by 1. The prediction is wx, with x = 3: how far does it move?",
            ),
            Rival("forgotten-two", -X * (Y - W * X)),
            Rival("value-for-slope", (Y - W * X) ** 2),
            Rival("outer-at-x", 2 * W * (-X)),
            Rival("sum-of-slopes", 2 * (Y - W * X) - X),
            Rival("nested-derivatives", -2 * X),
        ],
        hints=[
            "Two gears: u = y − wx, and L = u². What is u here, and what is the slope of u²?",
            "When w grows by 1, by how much does y − wx change? That is the inner slope.",
            "`-2 * x * (y - w * x)` with x = 3, y = 11 and w = 2.",
        ],
        solution="```python\nslope_1 = -2 * 3 * (11 - 2 * 3)\n```",
        why="The bracket is 11 − 6 = 5, so the outer slope is 10. The inner slope is −3, since "
        "each unit of weight makes the bracket 3 smaller. Their product is the slope of the loss.",
        next="Negative, so a larger weight makes this loss smaller, and fast.",
    ),
    Question(
        id="chain_rule.2",
        title="Into the bracket",
        difficulty=1,
        minutes=4,
        answer=Formula("-2*(3 - w)", variable="w"),
        rivals=[
            Rival("forgotten-inner-derivative", "2*(3 - w)"),
            Rival("value-for-slope", "(3 - w)**2"),
            Rival("forgotten-two", "-(3 - w)"),
            Rival("outer-at-x", "-2*w"),
            Rival("sum-of-slopes", "2*(3 - w) - 1"),
            Rival(
                "value-for-slope",
                "-2*w*(3 - w)",
                message="The outer slope is right: twice the bracket. As the inner factor you took "
                "−w, which is a piece of the bracket itself. What is asked there is how fast the "
                "bracket moves. When w grows by 1, by how much does 3 − w change?",
            ),
        ],
        hints=[
            "Outer function: u², with slope 2u. Inner function: u = 3 − w. What is its slope?",
            "The outer slope is taken at u = 3 − w, so it is 2(3 − w).",
            "Multiply by the inner slope, −1.",
        ],
        solution='```python\nformula_2 = "-2*(3 - w)"\n```',
        why="The outer slope 2u, taken at u = 3 − w, times the inner slope −1.",
        next="It is 0 at w = 3, where the bracket is 0: there the loss has its lowest point.",
    ),
    Question(
        id="chain_rule.3",
        title="Which way, and why?",
        difficulty=1,
        minutes=3,
        answer=Choice(
            "b",
            options={
                "a": "dL/dw = −4: the slope is negative, so make w smaller",
                "b": "dL/dw = −4: the loss falls to the right, so make w larger",
                "c": "dL/dw = 4: the loss rises to the right, so make w smaller",
                "d": "dL/dw = 0: this is the lowest point, so leave w where it is",
            },
        ),
        rivals=[
            Rival("ascent-for-descent", "a"),
            Rival("forgotten-inner-derivative", "c"),
            Rival(
                "flat-read-as-minimum",
                "d",
                message="The slope is 0 only where the bracket 3 − w is 0. Put w = 1 into the "
                "bracket: what is left of it? And is the loss there already as small as a square "
                "can be, or is there a weight with a smaller one?",
            ),
        ],
        hints=[
            "Put w = 1 into your formula of exercise 2.",
            "A negative slope: is the loss at w = 1.1 larger or smaller than at w = 1?",
            "Go against the sign of the slope.",
        ],
        solution='```python\nanswer_3 = "b"\n```',
        why="At w = 1 the rule gives −2(3 − 1) = −4. Falling to the right means: go right, towards "
        "the lowest point at w = 3.",
        next="A slope from a rule and a step against its sign: no nudging needed any more.",
    ),
    Question(
        id="chain_rule.4",
        title="A wave that grows",
        difficulty=2,
        minutes=4,
        answer=Formula("2*x*sin(x) + x**2*cos(x)", variable="x"),
        rivals=[
            Rival("product-of-derivatives", "2*x*cos(x)"),
            Rival("one-strip-only", "2*x*sin(x)"),
            Rival("one-strip-only", "x**2*cos(x)"),
            Rival(
                "sign-error",
                "2*x*sin(x) - x**2*cos(x)",
                message="Both strips are there, and one has the wrong sign. In a product both "
                "sides add their strip. The slope of sine carries no minus; the slope of cosine "
                "does. Which of them did you need here?",
            ),
            Rival("value-for-slope", "x**2*sin(x)"),
            Rival(
                "sum-of-slopes",
                "2*x + cos(x)",
                message="Both slopes are right, and you added them. That would be the slope of a "
                "*sum*, x² + sin x. Here one multiplies the other, like the sides of a rectangle: "
                "when a side grows, the strip that is gained is as long as the other side. Which "
                "factor belongs to each of your two slopes?",
            ),
        ],
        hints=[
            "Two factors: f = x² and g = sin x. Write down the slope of each.",
            "One strip is f′ · g, the other f · g′.",
            'In Python\'s spelling: `"2*x*sin(x) + x**2*cos(x)"`.',
        ],
        solution='```python\nformula_4 = "2*x*sin(x) + x**2*cos(x)"\n```',
        why="f′ · g = 2x · sin x, and f · g′ = x² · cos x. The sum is the slope of the product.",
        next="One term for each factor that moves: with three factors there would be three.",
    ),
    Question(
        id="chain_rule.5",
        title="Stop the last gear",
        difficulty=2,
        minutes=4,
        answer=Live(
            lambda values: _near(values, -1, 1),
            figure=Figure(
                "chain_rule.explore_dials", {"outer": lambda u: u**2, "inner": lambda x: x**2 - 1}
            ),
            aim="let u turn and y stand still",
            probes=[{"x": 1.0}, {"x": -1.0}, {"x": 0.0}, {"x": 0.5}],
        ),
        rivals=[
            Rival("other-gear-stopped", lambda values: _near(values, 0)),
        ],
        hints=[
            "The orange number on the second arrow is the slope of f at u. Make it 0.",
            "f(u) = u² has its slope 0 where u is 0.",
            "u = x² − 1 is 0 at two places. Put x at one of them.",
        ],
        solution="```python\nview_5.set(x=1)\n```",
        why="The whole slope is 2u times 2x. It is 0 where u = 0, at x = 1 and x = −1, and also at "
        "x = 0, but there it is the inner gear that rests.",
        next="One factor of 0 is enough to stop the whole. Networks know this as a dead unit.",
    ),
    Question(
        id="chain_rule.6",
        title="The quotient, in order",
        difficulty=2,
        minutes=5,
        answer=Function(
            lambda f, df, g, dg: _quotient(df, f, dg, g),
            probes=[
                (2.0, 1.0, 5.0, 4.0),
                (1.0, 3.0, 2.0, 1.0),
                (4.0, -2.0, 3.0, 0.5),
                (-1.0, 2.0, 4.0, -3.0),
                (0.5, 0.25, 0.5, 2.0),
                (6.0, 1.0, -2.0, 5.0),
            ],
        ),
        rivals=[
            Rival("quotient-of-derivatives", lambda f, df, g, dg: df / dg),
            Rival("quotient-order", lambda f, df, g, dg: (f * dg - df * g) / g**2),
            Rival("quotient-plus", lambda f, df, g, dg: (df * g + f * dg) / g**2),
            Rival(
                "quotient-plus",
                lambda f, df, g, dg: df * g + f * dg,
                message="That is the product rule: it says how fast f times g changes. Here f is "
                "*divided* by g, so a growing bottom makes the result smaller, and the size of the "
                "bottom matters as well. Which sign must the second term have, and what is missing "
                "below the whole?",
            ),
            Rival("bottom-not-squared", lambda f, df, g, dg: (df * g - f * dg) / g),
            Rival(
                "bottom-not-squared",
                lambda f, df, g, dg: df * g - f * dg,
                message="The top of the fraction is right, and nothing stands below it. Try the "
                "simplest case: a top that grows by 1 over a bottom that stays at 10 must grow by "
                "a tenth. What does your function give there, and what has to be below the bar?",
            ),
            Rival(
                "brackets-missing",
                lambda f, df, g, dg: df * g - f * dg / g**2,
                message="Python divides before it subtracts, so only your second term was divided "
                "by g². The whole top has to be divided. Read your line from left to right as "
                "Python does: where would a pair of brackets keep the top together?",
            ),
            Rival(
                "value-for-slope",
                lambda f, df, g, dg: f / g,
                message="That is the quotient itself, a height, with no slope in it. The question "
                "asks how fast it changes when both top and bottom change. Your function has two "
                "inputs that it never looks at: which are they, and what do they say?",
            ),
        ],
        hints=[
            "The top of the fraction has two terms. One of them has a minus: that of the growing "
            "bottom.",
            "First term: df * g. Second term: f * dg. And what is below the bar?",
            "`return (df * g - f * dg) / g**2`",
        ],
        solution="```python\ndef quotient_slope(f, df, g, dg):\n"
        "    return (df * g - f * dg) / g**2\n```",
        why="From q · g = f and the product rule, f′ = q′g + qg′. Solved for q′ that is "
        "(f′ − qg′)/g with q = f/g, or (f′g − fg′)/g².",
        next="You need no rule for quotients in your head if you keep the one for products.",
    ),
    Question(
        id="chain_rule.7",
        title="A neuron that learns badly",
        difficulty=3,
        minutes=8,
        answer=Function(
            neuron_slope,
            probes=[
                (0.5, 2.0, 1.0),
                (1.0, 3.0, 0.0),
                (-0.8, 1.5, 1.0),
                (0.3, -2.0, 0.0),
                (1.5, 0.5, 0.2),
                (0.1, 4.0, 1.0),
            ],
            tolerance=1e-5,
            near=0,
        ),
        rivals=[
            Rival(
                "outer-at-x",
                lambda w, x, y: -2 * (y - sigmoid(w * x)) * sigmoid_slope(sigmoid(w * x)) * x,
                message="The input x is back: one of the two bugs is gone. Now look at the middle "
                "link. σ takes z and gives a; its slope belongs to the place where it stands. Your "
                "line asks for the slope at its output. Which number goes *into* σ?",
            ),
            Rival(
                "forgotten-inner-derivative",
                lambda w, x, y: -2 * (y - sigmoid(w * x)) * sigmoid_slope(w * x),
                message="The slope of σ is taken at the right place now: one of the two bugs is "
                "gone. But count the links: from w to z, from z to a, from a to the loss. You have "
                "two factors. How far does z move when w moves, and where is that factor?",
            ),
            Rival(
                "bug-not-mended",
                lambda w, x, y: -2 * (y - sigmoid(w * x)) * sigmoid_slope(sigmoid(w * x)),
            ),
            Rival(
                "outer-at-x",
                lambda w, x, y: -2 * (y - sigmoid(w * x)) * sigmoid_slope(x) * x,
                message="The slope of σ is no longer taken at its output, and that is half of the "
                "way. But x is not what goes into σ either: between the two stands the first link, "
                "which multiplies by the weight. Which of your names holds the number that σ is "
                "given?",
            ),
            Rival(
                "activation-slope-forgotten",
                lambda w, x, y: -2 * (y - sigmoid(w * x)) * x,
            ),
            Rival("value-for-slope", lambda w, x, y: (y - sigmoid(w * x)) ** 2),
            Rival(
                "sign-error",
                lambda w, x, y: -neuron_slope(w, x, y),
                message="The size is right everywhere, the sign is turned around. The error is "
                "the truth minus a: when a grows, does that difference grow or shrink? The faulty "
                "function had this sign right. Where did it go?",
            ),
        ],
        hints=[
            "Three links: z = w * x, a = sigmoid(z), loss = (y − a)². Each needs one factor.",
            "The slope of the first link, from w to z, is x. Is it in the code?",
            "The slope of σ is taken at its input: `sigmoid_prime(z)`.",
        ],
        solution="```python\ndef neuron_slope(w, x, y):\n    z = w * x\n    a = sigmoid(z)\n"
        "    return -2 * (y - a) * sigmoid_prime(z) * x\n```",
        why="The old code took the slope of σ at a, its output, and left out the first link, whose "
        "slope is x. With x = 1 nobody sees the second.",
        next="Compare every hand-made slope with a measured one, at more than one place.",
    ),
    Question(
        id="chain_rule.8",
        title="Backwards through a chain",
        difficulty=3,
        minutes=8,
        answer=Function(backwards, probes=[(chain,) for chain in _CHAINS]),
        rivals=[
            Rival("chain-from-the-front", lambda slopes: list(accumulate(slopes, mul))),
            Rival("order-not-restored", lambda slopes: backwards(slopes)[::-1]),
            Rival("sum-of-slopes", lambda slopes: list(accumulate(slopes[::-1], add))[::-1]),
            Rival("own-link-left-out", lambda slopes: [*backwards(slopes)[1:], 1.0]),
            Rival(
                "chain-from-the-front",
                lambda slopes: [backwards(slopes)[0]] * len(slopes),
                message="Each entry of yours is the product of the *whole* chain. That is right "
                "for the first link, since a nudge there passes through all of them. A nudge "
                "further on has fewer links before it. Which of them does a nudge at the input of "
                "the last link pass through?",
            ),
            Rival(
                "place-for-value",
                lambda slopes: list(slopes),
                message="These are the slopes that went in: each link's own. A nudge at a link "
                "passes through that link *and all that follow*, up to the end. For the last link "
                "the two are the same. What is it for the last but one?",
            ),
        ],
        hints=[
            "Begin with the last link: what reaches the end from there is its own slope.",
            "Walk backwards with `reversed(slopes)`, and keep one running product.",
            "Collect the products in a list, and turn the list around at the end: `result[::-1]`.",
        ],
        solution="```python\ndef backwards(slopes):\n    result, product = [], 1\n"
        "    for slope in reversed(slopes):\n        product = product * slope\n"
        "        result.append(product)\n    return result[::-1]\n```",
        why="Each step back multiplies what is already there by one more slope. One walk gives the "
        "slope with respect to every place in the chain.",
        next="One walk back for all weights at once: that is why training is affordable.",
    ),
]
