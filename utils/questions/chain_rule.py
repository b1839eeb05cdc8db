"""Questions of chapter 07: chain, product and quotient rule, long chains, backpropagation."""

from collections.abc import Sequence
from itertools import accumulate
from operator import add, mul

from utils.checks import Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.functions import sigmoid

# What exercises 6, 10 and 11 look up: x to f(x), f′(x), g(x), g′(x).
F = {1: 3.0, 2: 4.0, 3: 2.0, 4: 1.0}
F_SLOPES = {1: 2.0, 2: -3.0, 3: 6.0, 4: -1.0}
G = {1: 4, 2: 3, 3: 1, 4: 2}
G_SLOPES = {1: -2, 2: 4, 3: -3, 4: 5}

# Exercise 11: costs of 12 that grow by 2, users of 4 that grow by 1, each in thousands and a month.
COST_PER_USER = (2 * 4 - 12 * 1) / 4**2


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
        id="chain_rule.predict_twice",
        title="A weight in two places",
        difficulty=2,
        minutes=2,
        answer=Number(2.0 * 3 * 2, tolerance=1e-3),
        rivals=[
            Rival(
                "one-strip-only",
                3.0 * 2,
                message="That is what one of the two places brings while the weight in the other "
                "one stands still. But it is one and the same weight, so a nudge moves both. How "
                "much does the other place bring, and what becomes of the two?",
            ),
            Rival(
                "product-of-derivatives",
                (3.0 * 2) ** 2,
                message="You multiplied what the two places bring. Gears multiply when one turns "
                "the *next*. Here neither w turns the other: both are moved by the same nudge, at "
                "the same time. If each brings y a gain of its own, how large is the whole gain?",
            ),
            Rival("value-for-slope", 3.0 * 3 * 2),
            Rival(
                "nested-derivatives",
                2.0,
                message="2 is the slope of the bracket alone. Outside it a w is waiting, and it "
                "makes the bracket count several times over. How many times at w = 3? And does "
                "that w in front keep still?",
            ),
        ],
        hints=[
            "Let only the w in front move. It is multiplied by w · 2, which stays 6.",
            "Now let only the w in the bracket move. The bracket moves twice as far, and the 3 in "
            "front makes three times as much of that.",
            "Each of the two brings 6. In truth both move at once.",
        ],
        solution="```python\n3 * 2 + 3 * 2\n```",
        why="Multiplied out, w · (w · 2) is 2w², with the slope 4w: 12 at w = 3. Each place brings "
        "half of it.",
        next="Two effects of 6, and the whole is 12. The figure shows both on their way.",
    ),
    Question(
        id="chain_rule.predict_dots",
        title="The dots in the middle",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "the upper one pushes it up and the lower one down, and the two cancel",
                "b": "neither of them pushes it at all",
                "c": "both push it, as hard as the other two, since the line misses them as well",
            },
        ),
        rivals=[
            Rival(
                "value-for-slope",
                "c",
                message="The line does miss them, so they add to the *error*. A push is a slope, "
                "though: what becomes of a miss when the weight moves? Turn the line ŷ = wx in "
                "your mind, and look at its height at x = 0.",
            ),
            Rival(
                "forgotten-x-factor",
                "a",
                message="That the two misses have opposite signs is right, and so have the outer "
                "slopes. But each is multiplied by how far its miss moves with the weight. At "
                "x = 0, how far does the line move when you turn it?",
            ),
        ],
        hints=[
            "The slope of one squared miss, (y − wx)², is −2x(y − wx).",
            "Put x = 0 into it.",
            "Whatever y and w are, the factor x makes it 0.",
        ],
        solution='The answer is **b**: `check("chain_rule.predict_dots", "b")`.',
        why="At x = 0 the line ŷ = wx stays at 0 whatever the weight is, so the inner slope −x is "
        "0. No nudge of w changes what these two are missed by.",
        next="They make the error larger, and tell the weight nothing: only dots with an input do.",
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
        id="chain_rule.predict_back",
        title="Back through σ",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "all of it, because σ turns every z into one a",
                "b": "at most a quarter of it",
                "c": "more than all of it",
            },
        ),
        rivals=[
            Rival(
                "forgotten-inner-derivative",
                "a",
                message="Each z does become one a. But a moves less far than z does, so the loss "
                "does, too. The link between them has a slope of its own: how large is the slope "
                "of σ where it is steepest?",
            ),
            Rival(
                "quotient-of-derivatives",
                "c",
                message="You may have divided by the slope of σ, because the way leads back. "
                "But only the *order* is turned around. A nudge of z is still squashed by σ before "
                "it reaches the loss. So which is the larger effect, that of z or that of a?",
            ),
        ],
        hints=[
            "The way back multiplies by the slope of each link that it passes.",
            "Between z and a stands σ, with the slope a(1 − a).",
            "How large can a(1 − a) be? You met its largest value at x = 0.",
        ],
        solution='The answer is **b**: `check("chain_rule.predict_back", "b")`.',
        why="dL/dz is dL/da times the slope of σ, and that is nowhere above 0.25.",
        next="Every σ on the way back takes three quarters or more, as in the chain of ten.",
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
        id="chain_rule.1b",
        title="A wave three times as fast",
        difficulty=1,
        minutes=4,
        answer=Formula("3*cos(3*x)"),
        rivals=[
            Rival("forgotten-inner-derivative", "cos(3*x)"),
            Rival("outer-at-x", "3*cos(x)"),
            Rival("nested-derivatives", "cos(3)"),
            Rival("sum-of-slopes", "cos(3*x) + 3"),
            Rival("value-for-slope", "sin(3*x)"),
            Rival(
                "value-for-slope",
                "3*sin(3*x)",
                message="The 3 in front is right: the inside moves three times as fast as x. But "
                "behind it stands the wave itself, its height, where its slope belongs. At x = 0 "
                "the wave has the height 0 and climbs. What does your formula give there, and "
                "which wave is the slope of sine?",
            ),
            Rival("minus-from-cosine-on-sine", "-3*cos(3*x)"),
            Rival("derivative-turned-around", "-cos(3*x)/3"),
        ],
        hints=[
            "Two gears: u = 3x, and y = sin u. What is the slope of each?",
            "The slope of sin u is cos u, and u is 3x: do not put x alone into it.",
            "cos(3x), times the inner slope, 3.",
        ],
        solution='```python\nformula_1 = "3*cos(3*x)"\n```',
        why="The outer slope cos u, taken at u = 3x, times the inner slope 3.",
        next="A wave that is squeezed to a third of its length is three times as steep.",
    ),
    Question(
        id="chain_rule.2b",
        title="Under the root",
        difficulty=2,
        minutes=4,
        answer=Formula("2/sqrt(1 + 4*x)", probes=(0.25, 0.5, 1.0, 2.0, 3.5, 6.0)),
        rivals=[
            Rival("forgotten-inner-derivative", "1/(2*sqrt(1 + 4*x))"),
            Rival("outer-at-x", "4/(2*sqrt(x))"),
            Rival("nested-derivatives", "1/(2*sqrt(4))"),
            Rival("sum-of-slopes", "1/(2*sqrt(1 + 4*x)) + 4"),
            Rival("value-for-slope", "sqrt(1 + 4*x)"),
            Rival(
                "exponent-not-in-front",
                "4/sqrt(1 + 4*x)",
                message="The bracket stands in the right place, and its inner slope is there. What "
                "is missing is a number of the outer slope. A root is a power with the exponent "
                "one half, and the power rule brings the exponent down in front. Where did it go?",
            ),
            Rival("exponent-not-lowered", "2*sqrt(1 + 4*x)"),
            Rival(
                "power-of-a-sum",
                "1/sqrt(x)",
                message="That is the slope of 1 + 2√x, as if each term had a root of its own. A "
                "root of a sum cannot be taken term by term: the root of 9 + 16 is 5, and not "
                "3 + 4. So the whole of 1 + 4x stays together as u. What is the slope of √u, and "
                "that of u?",
            ),
        ],
        hints=[
            "The outer function is √u, or u to the power ½. What is its slope?",
            "The slope of √u is 1/(2√u), with u = 1 + 4x. And the inner slope?",
            "4 divided by 2√(1 + 4x). Two and four can be shortened.",
        ],
        solution='```python\nformula_2 = "2/sqrt(1 + 4*x)"\n```',
        why="The outer slope 1/(2√u), taken at u = 1 + 4x, times the inner slope 4.",
        next="The larger x is, the flatter the root: its own value stands below the bar.",
    ),
    Question(
        id="chain_rule.3b",
        title="The bell",
        difficulty=2,
        minutes=4,
        answer=Formula("-2*x*exp(-x**2)"),
        rivals=[
            Rival(
                "forgotten-inner-derivative",
                "exp(-x**2)",
                message="That is the outer slope, and it is right: e to the power of something is "
                "its own slope. But it is also the height of the bell, which is nowhere below 0, "
                "and the bell falls on its right side. What stands in the exponent, and how fast "
                "does that move?",
            ),
            Rival("outer-at-x", "-2*x*exp(x)"),
            Rival("nested-derivatives", "exp(-2*x)"),
            Rival("sum-of-slopes", "exp(-x**2) - 2*x"),
            Rival("power-rule-on-exponential", "-x**2*exp(-x**2 - 1)"),
            Rival(
                "sign-error",
                "2*x*exp(-x**2)",
                message="The size is right everywhere, and the sign is turned around. The bell has "
                "its top at 0 and falls to the right of it, but your slope is plus there. The "
                "exponent is minus x²: when x grows from 1, does that exponent grow or shrink?",
            ),
            Rival(
                "forgotten-two",
                "-x*exp(-x**2)",
                message="Nearly: the sign and the shape are right, and all values have half the "
                "size that they should. The exponent holds a square, and the slope of a square "
                "brings a number down in front. Take the slope of −x² alone: what is it at x = 1?",
            ),
        ],
        hints=[
            "The outer function is e to the power of u, and u = −x². What is the slope of each?",
            "The outer function is its own slope, so it stays as it is: e to the power of −x².",
            "Times the slope of −x², which is −2x.",
        ],
        solution='```python\nformula_3 = "-2*x*exp(-x**2)"\n```',
        why="The outer slope is e to the power of −x², and the inner slope is −2x. Their product "
        "is plus on the left of 0 and minus on the right, as a bell needs it.",
        next="Scaled to an area of 1, such a bell is the normal distribution, from which many "
        "networks draw their first weights.",
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
        difficulty=3,
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
        id="chain_rule.6b",
        title="A chain out of a table",
        difficulty=2,
        minutes=5,
        answer=Number(F_SLOPES[G[2]] * G_SLOPES[2]),
        rivals=[
            Rival("forgotten-inner-derivative", F_SLOPES[G[2]]),
            Rival("outer-at-x", F_SLOPES[2] * G_SLOPES[2]),
            Rival("nested-derivatives", F_SLOPES[G_SLOPES[2]]),
            Rival("sum-of-slopes", F_SLOPES[G[2]] + G_SLOPES[2]),
            Rival("value-for-slope", F[G[2]]),
            Rival(
                "value-for-slope",
                F[G[2]] * G_SLOPES[2],
                message="Inner place and inner slope are right. But from the other function you "
                "took its height, where its slope is needed. Height and slope stand beside each "
                "other in the table. In which column did you look, and which one holds the slopes "
                "of f?",
            ),
            Rival("inner-and-outer-swapped", G_SLOPES[F[2]] * F_SLOPES[2]),
            Rival(
                "chain-and-product-mixed",
                F_SLOPES[2] * G[2] + F[2] * G_SLOPES[2],
                message="That is the product rule: how fast f times g changes at this place. Here "
                "the two do not stand side by side. The number 2 goes into g first, and what comes "
                "out goes into f. How fast does each of these two gears turn, and at which place "
                "does each one stand?",
            ),
        ],
        hints=[
            "Two slopes are needed: that of g where x stands, and that of f where g(x) stands.",
            "Where does f stand? At g(2): look that up first. Then read f′ in *that* line.",
            "g(2) = 3, so read f′(3), and multiply it by g′(2).",
        ],
        solution="```python\nchain_6 = 6 * 4  # f′(3) times g′(2)\n```",
        why="g(2) = 3, so f stands at 3, and its slope there is 6. The inner slope is g′(2) = 4.",
        next="No formula was needed: a place, two slopes and one product.",
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
    Question(
        id="chain_rule.9",
        title="A loss that forgives",
        difficulty=2,
        minutes=5,
        answer=Formula("2*r/(1 + r**2)", variable="r", probes=(-2.0, -0.5, 0.4, 1.5, 3.0, 8.0)),
        rivals=[
            Rival("forgotten-inner-derivative", "1/(1 + r**2)"),
            Rival(
                "outer-at-x",
                "2",
                message="Both slopes were taken and multiplied: 1 over something, times 2r. But "
                "below the bar you put r alone, and so all of it cancels. What goes into the "
                "logarithm is not r. At which place does the outer function stand?",
            ),
            Rival("nested-derivatives", "1/(2*r)"),
            Rival("sum-of-slopes", "1/(1 + r**2) + 2*r"),
            Rival("value-for-slope", "ln(1 + r**2)"),
            Rival("constant-kept", "(1 + 2*r)/(1 + r**2)"),
            Rival("forgotten-two", "r/(1 + r**2)"),
        ],
        hints=[
            "The outer function is ln u. What is its slope, and what is u?",
            "The outer slope is 1/u, with u = 1 + r². And how fast does 1 + r² move?",
            "2r divided by (1 + r²).",
        ],
        solution='```python\nformula_9 = "2*r/(1 + r**2)"\n```',
        why="The outer slope 1/u, taken at u = 1 + r², times the inner slope 2r.",
        next="A miss of 100 pulls with a slope of 0.02 only, where the squared error would pull "
        "with 200.",
    ),
    Question(
        id="chain_rule.10",
        title="A product out of the table",
        difficulty=2,
        minutes=4,
        answer=Number(F_SLOPES[2] * G[2] + F[2] * G_SLOPES[2]),
        rivals=[
            Rival("product-of-derivatives", F_SLOPES[2] * G_SLOPES[2]),
            Rival("one-strip-only", F_SLOPES[2] * G[2]),
            Rival("one-strip-only", F[2] * G_SLOPES[2]),
            Rival("value-for-slope", F[2] * G[2]),
            Rival(
                "sum-of-slopes",
                F_SLOPES[2] + G_SLOPES[2],
                message="You added the two slopes, and that is how fast f *plus* g changes. In a "
                "product each growing side gains a strip, and such a strip is as long as the other "
                "side. Your answer would be the same for sides of any length. By what does each of "
                "your two slopes have to be multiplied?",
            ),
            Rival(
                "sign-error",
                F_SLOPES[2] * G[2] - F[2] * G_SLOPES[2],
                message="Both strips are there, and you took one away from the other, as the top "
                "of a quotient has it. In a product each side that grows adds its strip, and a "
                "side that shrinks has its minus already in its slope. What do you get when you "
                "add the two?",
            ),
            Rival("chain-and-product-mixed", F_SLOPES[G[2]] * G_SLOPES[2]),
        ],
        hints=[
            "A rectangle with the sides f and g, at x = 2. All four numbers stand in one line.",
            "One strip is f′ · g, the other is f · g′. A slope below 0 makes its strip a loss.",
            "(−3) · 3 and 4 · 4, added up.",
        ],
        solution="```python\nproduct_10 = (-3) * 3 + 4 * 4\n```",
        why="f shrinks by 3 along a side of 3, a loss of 9. g grows by 4 along a side of 4, a "
        "gain of 16.",
        next="One side shrinks, and still the area grows, because the other strip is larger.",
    ),
    Question(
        id="chain_rule.11",
        title="Cost for each user",
        difficulty=2,
        minutes=5,
        answer=Number(COST_PER_USER, unit="euros per user and month"),
        rivals=[
            Rival("quotient-of-derivatives", 2.0 / 1),
            Rival("quotient-order", -COST_PER_USER),
            Rival("quotient-plus", (2 * 4 + 12 * 1) / 4**2),
            Rival("bottom-not-squared", (2 * 4 - 12 * 1) / 4),
            Rival(
                "bottom-not-squared",
                2.0 * 4 - 12 * 1,
                message="The top of the fraction is right, and nothing stands below it. Try the "
                "simplest case: a top that grows by 1 over a bottom that stays at 10 must grow by "
                "a tenth. What would your way of computing give there, and what has to be below "
                "the bar?",
            ),
            Rival(
                "brackets-missing",
                2 * 4 - 12 * 1 / 4**2,
                message="Python divides before it subtracts, so only the second term was divided. "
                "The whole top has to be divided by the square of the bottom. Read your line from "
                "left to right as Python does: where would a pair of brackets keep the top "
                "together?",
            ),
            Rival("value-for-slope", 12 / 4),
            Rival(
                "average-for-instantaneous",
                (12 + 2) / (4 + 1) - 12 / 4,
                message="That is how much the share falls over the whole of the next month. It is "
                "a good check of the sign and of the size. But on the way the fall becomes slower, "
                "and the question asks about this moment. Which rule gives the slope of a quotient "
                "at one place?",
            ),
            Rival(
                "quotient-plus",
                2.0 * 4 + 12 * 1,
                message="That is the product rule, as if costs and users were multiplied. Here the "
                "costs are *divided* by the users: more users make the share of each smaller, and "
                "how many there are matters as well. Which sign must the second term have, and "
                "what is missing below the whole?",
            ),
        ],
        hints=[
            "Costs over users is a quotient. Which two numbers belong to its top, and which two to "
            "its bottom?",
            "The top of the rule is f′ · g − f · g′, here 2 · 4 − 12 · 1. And what is below it?",
            "−4 over the square of 4.",
        ],
        solution="```python\nper_user_11 = (2 * 4 - 12 * 1) / 4**2\n```",
        why="Growing costs lift the share, by 2 · 4 on top, and growing numbers of users lower it, "
        "by 12 · 1. Below stands the square of the bottom, 16.",
        next="The costs grow, and still everybody pays less each month, because the users grow "
        "faster: by a quarter, against a sixth.",
    ),
    Question(
        id="chain_rule.12",
        title="When the right answer is no",
        difficulty=3,
        minutes=6,
        answer=Formula("p", variable="p", probes=(0.1, 0.2, 0.35, 0.6, 0.75, 0.9)),
        rivals=[
            Rival(
                "forgotten-inner-derivative",
                "1/(1 - p)",
                message="You took the slope with respect to p, and that part is right. But p is "
                "not the weight: p is σ(w), and it moves at a speed of its own when w moves. "
                "Chapter 06 gave you that speed in terms of p. What is it, and what cancels when "
                "you multiply?",
            ),
            Rival(
                "outer-at-x",
                "p - 1",
                message="That is the slope of the lesson, for a right answer of *yes*, where the "
                "loss is −ln p. Here 1 − p goes into the logarithm, so the outer slope is taken at "
                "1 − p. And 1 − p shrinks when p grows. Which sign does the slope have, then: does "
                "a larger w help or harm here?",
            ),
            Rival(
                "outer-at-x",
                "1 - p",
                message="Three gears, and the sign is right. But the slope of −ln was taken at p, "
                "and p is not what goes into the logarithm here. Below the bar of the outer slope "
                "has to stand what the logarithm gets. What is that, and what cancels then?",
            ),
            Rival(
                "sign-error",
                "-p",
                message="The size is right, the sign is turned around. There are three gears: σ, "
                "then 1 minus it, then −ln. Two of them run backwards, so two minuses meet. When "
                "the right answer is no and w grows, does the model become more right or more "
                "wrong?",
            ),
            Rival("value-for-slope", "-ln(1 - p)"),
            Rival("outer-slope-left-out", "p*(1 - p)"),
            Rival(
                "half-of-the-sigmoid-rule",
                "p/(1 - p)",
                message="The outer slope is right. As the speed of σ you took p alone, and that is "
                "one of its two factors. Far to the right σ is as good as flat, though p is nearly "
                "1 there. Which second factor makes it so, and what does it cancel?",
            ),
            Rival(
                "half-of-the-sigmoid-rule",
                "1",
                message="The outer slope is right. As the speed of σ you took 1 − p alone, and "
                "that is one of its two factors. Far to the left σ is as good as flat, though "
                "1 − p is nearly 1 there. Which second factor makes it so, and where does it "
                "stay in your product?",
            ),
        ],
        hints=[
            "Three gears: p = σ(w), then v = 1 − p, then L = −ln v. Write down the slope of each.",
            "They are p(1 − p), −1 and −1/v, the last one at v = 1 − p.",
            "Multiply all three: two minuses cancel, and so does 1 − p. What is left?",
        ],
        solution='```python\nformula_12 = "p"\n```',
        why="p(1 − p) times −1 times −1/(1 − p). The two minuses make a plus, and 1 − p cancels.",
        next="Again what is left is the miss itself: p should have been 0. Prediction minus truth, "
        "whichever answer was right.",
    ),
    Question(
        id="chain_rule.13",
        title="An ice cube melts",
        difficulty=2,
        minutes=5,
        answer=Number(3.0 * 5**2 * -0.2 * 0.9, tolerance=0.01, unit="grams per hour"),
        rivals=[
            Rival("forgotten-inner-derivative", 3.0 * 5**2 * 0.9),
            Rival("outer-slope-left-out", 3.0 * 5**2 * -0.2),
            Rival("nested-derivatives", 3.0 * 0.2**2 * 0.9),
            Rival("exponent-not-in-front", 5**2 * -0.2 * 0.9),
            Rival("exponent-not-lowered", 3.0 * 5**3 * -0.2 * 0.9),
            Rival(
                "value-for-slope",
                5**3 * 0.9,
                message="That is how much the cube weighs now. The question asks how fast its "
                "weight changes. One hour from now the edge is a little shorter, and so the cube "
                "is a little lighter. How many grams does each hour take away, if the melting goes "
                "on as it does at this moment?",
            ),
            Rival(
                "average-for-instantaneous",
                (4.8**3 - 5**3) * 0.9,
                message="That is what the whole next hour takes away. It is a good check of the "
                "sign and of the size. But the smaller the cube, the less a layer of ice weighs, "
                "so the loss becomes slower on the way. What is the slope at this moment, by the "
                "chain rule?",
            ),
        ],
        hints=[
            "Three gears: time turns the edge, the edge turns the volume, and the volume turns the "
            "mass. What is the unit of each slope?",
            "The slopes are −0.2 cm per hour, 3s² cm³ per cm, and 0.9 grams per cm³.",
            "At s = 5: −0.2 · 75 · 0.9.",
        ],
        solution="```python\nmelting_13 = -0.2 * (3 * 5**2) * 0.9\n```",
        why="The edge loses 0.2 cm an hour, each cm of edge is worth 75 cm³, and each cm³ weighs "
        "0.9 grams. In the product cm and cm³ cancel, and grams per hour remain.",
        next="If the units do not cancel to what was asked, a gear is missing.",
    ),
]
