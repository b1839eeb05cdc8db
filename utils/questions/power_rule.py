"""Questions of chapter 05: powers of x, factors, sums, and where the power rule does not apply."""

from collections.abc import Sequence

from utils.checks import Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.models.power_rule import false_slope, two_slope

SIDE = 2.0  # of the cube in exercise 3
ENOUGH_SLABS = 0.95


def _slabs(values: dict) -> float:
    """The share of the three slabs in a cube's new volume; 0 for another shape or with no step."""
    h = values["h"]
    if not values["shape"].startswith("a cube") or h == 0:
        return 0.0
    return 3 * SIDE**2 * h / ((SIDE + h) ** 3 - SIDE**3)


def _agree(values: dict) -> bool:
    """Whether the power rule happens to be right about 2ˣ, as far as the figure can stand."""
    return abs(false_slope(values["x"]) - two_slope(values["x"])) < 0.012


def polynomial_slope(coefficients: Sequence[float], x: float) -> float:
    """The slope at x of Σ coefficients[n] xⁿ."""
    return sum(n * c * x ** (n - 1) for n, c in enumerate(coefficients) if n > 0)


def _polynomial(coefficients: Sequence[float], x: float) -> float:
    return sum(c * x**n for n, c in enumerate(coefficients))


def _brackets_missing(coefficients: Sequence[float], x: float) -> float:
    return sum(c * n * x**n - 1 for n, c in enumerate(coefficients))


_BRACKETS = (
    "One bug is left, a quiet one. Python works out a power before it subtracts, so `x**n - 1` is "
    "x to the power of n, minus 1. The rule wants one less *in the exponent*. Where would a pair "
    "of brackets say so?"
)

_POSITIVE = (0.3, 0.7, 1.3, 2.0, 3.1, 4.5)  # roots have no value below zero
_LETTERS = [
    (0.5, 2.0, 1.0), (-1.0, 1.5, 2.5), (2.0, -0.5, 3.0),
    (1.5, 3.0, -2.0), (0.0, 1.2, 0.7), (-0.6, -2.0, 1.1),
]  # fmt: skip

QUESTIONS = [
    Question(
        id="power_rule.predict_five",
        title="The next one in the row",
        difficulty=1,
        minutes=2,
        answer=Number(5.0 * 2**4, tolerance=1e-3),
        rivals=[
            Rival("value-for-slope", 2.0**5),
            Rival(
                "exponent-not-lowered",
                5.0 * 2**5,
                message="You multiplied 5 by the height of x⁵ itself. Look at the four lines once "
                "more: the slope of x³ was 3 times 4, and 4 is the height of the line above, that "
                "of x². Which height belongs to x⁵?",
            ),
            Rival(
                "exponent-not-lowered",
                5.0 * 2,
                message="You multiplied the exponent by the place. In the line of x³ that would "
                "give 3 times 2, and the slope there is 12. The second factor is no place but a "
                "height: in each line it is the one that stands in the line above. Which height "
                "is that for x⁵?",
            ),
            Rival(
                "exponent-not-in-front",
                2.0**4,
                message="That is the height in the line above, of x⁴ at 2. It is one half of the "
                "pattern. In each line this height is multiplied by a number that grows from line "
                "to line: 1, 2, 3, 4. What comes next?",
            ),
        ],
        hints=[
            "Write the slopes as products: 1 · 1, 2 · 2, 3 · 4, 4 · 8.",
            "The first factor is the exponent. The second is the height of the line above.",
            "For x⁵: the exponent is 5, and the height above is 2⁴.",
        ],
        solution="```python\n5 * 2**4\n```",
        why="Each slope is the exponent times the height of the power below: 5 times 2⁴.",
        next="You have guessed the rule for x⁵ from four numbers. Now see why it holds.",
    ),
    Question(
        id="power_rule.predict_slabs",
        title="Where is the new volume?",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "the corner, h in each direction",
                "b": "three thin rods along the edges",
                "c": "three thin slabs, each x times x times h",
                "d": "six thin slabs, since a cube has six faces",
            },
        ),
        rivals=[
            Rival(
                "power-of-a-sum",
                "a",
                message="The corner is h times h times h. With h = 0.1 that is 0.001: a crumb. If "
                "it were all, then the cube of x + h would be x³ + h³. What lies between the old "
                "cube and that crumb, on each of the three faces?",
            ),
            Rival(
                "power-of-a-sum",
                "b",
                message="A rod is as long as the cube, and thin in two directions. With x = 2 and "
                "h = 0.1 its volume is 2 · 0.1 · 0.1, which is 0.02. A slab is thin in one "
                "direction alone. What is the volume of a slab, and which of the two sorts holds "
                "more?",
            ),
            Rival(
                "difference-not-divided",
                "d",
                message="Look at how the cube grows. One corner stays where it is, and each of the "
                "three sides becomes longer at one end. A side has two ends, but only one of them "
                "moves. So in how many directions is there something new?",
            ),
        ],
        hints=[
            "Take x = 2 and h = 0.1. How large is a piece of 2 times 2 times 0.1?",
            "And one of 2 times 0.1 times 0.1? And one of 0.1 times 0.1 times 0.1?",
            "The cube grows in three directions: right, up, and towards you.",
        ],
        solution='The answer is **c**: `check("power_rule.predict_slabs", "c")`.',
        why="A slab holds one h, a rod two and the corner three. For a small h, each further h "
        "makes a piece much smaller. There is one slab for each direction.",
        next="Three slabs with the area x². Remember this: 3 and x².",
    ),
    Question(
        id="power_rule.predict_lift",
        title="Seven higher",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "d",
            options={
                "a": "it grows by 7",
                "b": "it grows by 1",
                "c": "it is multiplied by 7",
                "d": "it stays as it was",
            },
        ),
        rivals=[
            Rival(
                "constant-kept",
                "a",
                message="The *height* grows by 7, at each place. A slope compares two heights, and "
                "both of them grew. Take x² + 7 at x = 1 and at x = 2, and subtract: where is the "
                "7 in the difference?",
            ),
            Rival(
                "power-rule-on-constant",
                "b",
                message="A slope of 1 belongs to x: it rises by 1 with each step across. The 7 "
                "stands still, whatever x does. By how much does 7 rise when x goes from 1 to 2?",
            ),
            Rival(
                "sum-for-change",
                "c",
                message="Multiplying would stretch the graph: high places would move more than low "
                "ones. Here every place moves up by the same 7. Does the step from one place to "
                "its neighbour become steeper by that?",
            ),
        ],
        hints=[
            "Move a ramp up by one floor. Is it steeper now?",
            "Work out (2² + 7) − (1² + 7). Compare with 2² − 1².",
            "The 7 is in both heights, so it goes when you subtract.",
        ],
        solution='The answer is **d**: `check("power_rule.predict_lift", "d")`.',
        why="A slope is made of differences, and in a difference a constant takes itself away.",
        next="So a constant term has slope 0, and it may be left out.",
    ),
    Question(
        id="power_rule.predict_inside",
        title="The three inside",
        difficulty=2,
        minutes=2,
        answer=Formula("18*x", variable="x"),
        rivals=[
            Rival(
                "forgotten-inner-derivative",
                "6*x",
                message="That is the slope of 3x², where the 3 stands outside the square. Here it "
                "stands inside the bracket and is squared together with x. At x = 1 the height of "
                "3x² is 3. How high is (3x)² there, and how steep must it be in proportion?",
            ),
            Rival("factor-dropped", "2*x"),
            Rival("exponent-not-in-front", "9*x"),
            Rival("exponent-not-lowered", "18*x**2"),
            Rival("value-for-slope", "9*x**2"),
            Rival("derivative-turned-around", "3*x**3"),
        ],
        hints=[
            "Which number stands in front of x² when you multiply (3x)(3x) out?",
            "(3x)² is 9x², a constant multiple of x². Which rule did you read a moment ago?",
            'Nine times 2x, in quotes, as in `"5*x"`.',
        ],
        solution='```python\n"18*x"\n```',
        why="(3x)² = 9x². The factor 9 stays, and x² gives 2x: 9 times 2x.",
        next="Chapter 07 finds such slopes without multiplying out.",
    ),
    Question(
        id="power_rule.predict_sum",
        title="Four terms",
        difficulty=2,
        minutes=3,
        answer=Formula("3*x**2 + 10*x - 2", variable="x", near=0),
        rivals=[
            Rival("constant-kept", "3*x**2 + 10*x - 2 + 7"),
            Rival("exponent-not-lowered", "3*x**3 + 10*x**2 - 2*x"),
            Rival(
                "exponent-not-lowered",
                "3*x**2 + 10*x - 2*x",
                message="Three terms are right. Look at −2x once more: it is −2 times x¹. The "
                "exponent 1 comes down, and one less stays above. What is x to the power of 0?",
            ),
            Rival("exponent-not-in-front", "x**2 + 5*x - 2"),
            Rival(
                "exponent-not-in-front",
                "3*x**2 + 5*x - 2",
                message="Three terms are right. Look at 5x² once more: its 5 is still there and "
                "its power is lowered, but the exponent has not come down in front. What is the "
                "slope of x² alone, and what are five of those?",
            ),
            Rival("factor-dropped", "3*x**2 + 2*x + 1"),
            Rival(
                "factor-dropped",
                "3*x**2 + 2*x - 2",
                message="Three terms are right. Look at 5x² once more: the square has its slope, "
                "and the 5 that stood in front of it is gone. A curve that is five times as high "
                "has slopes of which size?",
            ),
            Rival(
                "slope-sign-lost",
                "3*x**2 + 10*x + 2",
                message="The sizes are right. But one term of the function has a minus in front of "
                "it, and a minus is a factor of −1 that stays where it is. Which term is it, and "
                "what becomes of its slope?",
            ),
            Rival(
                "power-rule-on-constant",
                "3*x**2 + 10*x",
                message="The first two terms are right, and the last two have both gone. The 7 is "
                "a constant and may go. But −2x has an x in it: its graph is a line that goes "
                "down. How much does −2x change when x grows by 1?",
            ),
            Rival("derivative-turned-around", "x**4/4 + 5*x**3/3 - x**2 + 7*x"),
            Rival("value-for-slope", "x**3 + 5*x**2 - 2*x + 7"),
        ],
        hints=[
            "One term at a time. x³ gives 3x². What does x² give, and then 5x²?",
            "−2x is a line with slope −2. And the 7 only lifts the curve.",
            "Add the four: 3x², then 5 times 2x, then −2, then 0.",
        ],
        solution='```python\n"3*x**2 + 10*x - 2"\n```',
        why="x³ gives 3x², 5x² gives 10x, −2x gives −2, and 7 gives 0.",
        next="Four small steps, and no limit anywhere.",
    ),
    Question(
        id="power_rule.predict_reciprocal",
        title="One over x",
        difficulty=2,
        minutes=3,
        answer=Formula("-1/x**2", variable="x"),
        rivals=[
            Rival(
                "sign-error",
                "1/x**2",
                message="The size is right, and a sign is lost. The exponent comes down in front, "
                "and it is −1, minus sign and all. Check it with your eyes: when x grows from 1 "
                "to 2, does 1/x grow or shrink?",
            ),
            Rival("exponent-not-lowered", "-1/x"),
            Rival("negative-exponent-raised", "-1"),
            Rival("denominator-alone", "1"),
            Rival("value-for-slope", "1/x"),
            Rival("derivative-turned-around", "ln(x)"),
        ],
        hints=[
            "1/x is x⁻¹. Which number comes down in front?",
            "One less than −1: go one step down from −1.",
            "−1 · x⁻². And x⁻² is 1/x².",
        ],
        solution='```python\n"-1/x**2"\n```',
        why="n = −1 comes down, and one less than −1 is −2: −1 · x⁻², which is −1/x².",
        next="So far this is only what the rule would say. Does the measured slope agree?",
    ),
    Question(
        id="power_rule.predict_trap",
        title="Two to the power of x",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "yes: the exponent x comes down, and one less stays",
                "b": "yes, where x is a whole number",
                "c": "no: here the exponent moves, and the rule is for an x that stands below",
            },
        ),
        rivals=[
            Rival("power-rule-on-exponential", "a"),
            Rival(
                "power-rule-on-exponential",
                "b",
                message="Try a whole number, then: at x = 0 this would give 0 times one half, so "
                "the curve would be flat. But 2ˣ grows from 1 to 2 on the next step. Where is the "
                "x in the power rule, and where is it here?",
            ),
        ],
        hints=[
            "Put x = 0 into x · 2ˣ⁻¹. Is 2ˣ flat at 0?",
            "In the cube the exponent was the number of directions. Does it change with x?",
            "Where is the x in x²? Where is it in 2ˣ?",
        ],
        solution='The answer is **c**: `check("power_rule.predict_trap", "c")`.',
        why="The power rule was made for x in the base and a fixed exponent. In 2ˣ it is the other "
        "way round, and the reason behind the rule is gone.",
        next="If you want to know the slope of 2ˣ, you have to measure it. That comes next.",
    ),
    Question(
        id="power_rule.1b",
        title="Five kilometres per hour faster",
        difficulty=2,
        minutes=4,
        answer=Number(
            2 * 60 / 100 * 5,
            tolerance=1e-3,
            near=0.3,
            unit="m",
            because="the question asks for what the slope alone predicts, and the true change "
            "differs a little from that",
        ),
        rivals=[
            Rival("rate-for-change", 2 * 60 / 100),
            Rival(
                "value-for-slope",
                60**2 / 100 * 5,
                message="You multiplied 5 km/h by 36, the braking distance itself. A height does "
                "not say how fast it grows: that is the slope's work. What is the derivative of "
                "v²/100, and what is it at v = 60?",
            ),
            Rival(
                "exponent-not-lowered",
                2 * 60**2 / 100 * 5,
                message="You brought the 2 down and left it above as well. The square of side v "
                "gains two strips, and a strip has only one v in it. What is the derivative of "
                "v²/100, and what is it at v = 60?",
            ),
            Rival(
                "exponent-not-in-front",
                60 / 100 * 5,
                message="That is what one strip of the growing square adds, divided by 100. A "
                "square grows in two directions. How many strips does it gain, and where does that "
                "number stand in the power rule?",
            ),
            Rival(
                "factor-dropped",
                2 * 60 * 5,
                message="That is the growth of v². The braking distance is v² divided by 100, and "
                "a factor in front of a power stays there: here it is one hundredth. What does it "
                "do to the slope?",
            ),
            Rival(
                "value-for-change",
                60**2 / 100 + 2 * 60 / 100 * 5,
                message="That is the whole braking distance which the slope predicts at the higher "
                "speed. The question asks how many metres are added. How long was the distance "
                "before?",
            ),
        ],
        hints=[
            "v²/100 is a hundredth of v². What is its derivative?",
            "At v = 60 the slope is 2 · 60 / 100: metres for each km/h more.",
            "`2 * 60 / 100 * 5`",
        ],
        solution="```python\nslope_1 = 2 * 60 / 100\nadded_1 = slope_1 * 5\n```",
        why="b′(v) = 2v/100, so b′(60) = 1.2 metres per km/h, and 5 km/h more make 1.2 · 5.",
        next="The true change is 6.25 m. What is missing is the corner of the square, 5²/100.",
    ),
    Question(
        id="power_rule.2",
        title="Term by term",
        difficulty=1,
        minutes=4,
        answer=Formula("20*x**4 - 6*x + 6", variable="x", near=0),
        rivals=[
            Rival("constant-kept", "20*x**4 - 6*x + 6 - 9"),
            Rival("exponent-not-lowered", "20*x**5 - 6*x**2 + 6*x"),
            Rival("exponent-not-in-front", "4*x**4 - 3*x + 6"),
            Rival("factor-dropped", "5*x**4 + 2*x + 1"),
            Rival("value-for-slope", "4*x**5 - 3*x**2 + 6*x - 9"),
            Rival("derivative-turned-around", "4*x**6/6 - x**3 + 3*x**2 - 9*x"),
            Rival(
                "exponent-not-in-front",
                "20*x**4 - 3*x + 6",
                message="Three terms are right. Look at −3x² once more: the power is lowered, but "
                "the exponent has not come down in front. What is the slope of x² alone, and what "
                "do you get when −3 stretches it?",
            ),
            Rival(
                "exponent-not-lowered",
                "20*x**4 - 6*x**2 + 6",
                message="Three terms are right. Look at −3x² once more: the 2 has come down, and "
                "it still stands above as well. What is the slope of x² alone, and what do you get "
                "when −3 stretches it?",
            ),
            Rival(
                "power-rule-on-constant",
                "20*x**4 - 6*x",
                message="The first two terms are right, and the last two have both gone. The −9 is "
                "a constant and may go. But 6x has an x in it: its graph is a line that climbs. "
                "How much does 6x grow when x grows by 1?",
            ),
            Rival(
                "slope-sign-lost",
                "20*x**4 + 6*x + 6",
                message="The sizes are right. But one term of the function has a minus in front of "
                "it, and a minus is a factor of −1 that stays where it is. Which term is it, and "
                "what becomes of its slope?",
            ),
        ],
        hints=[
            "Four terms: 4x⁵, −3x², 6x and −9. One after the other.",
            "4x⁵ gives 4 times 5x⁴. What does −3x² give?",
            "The last two: 6x gives 6, and −9 gives nothing.",
        ],
        solution='```python\nderivative_2 = "20*x**4 - 6*x + 6"\n```',
        why="4 · 5x⁴, then −3 · 2x, then 6, then 0.",
        next="Check it as always: `read_rules` or `central_difference` will tell you.",
    ),
    Question(
        id="power_rule.3",
        title="Nothing but slabs",
        difficulty=1,
        minutes=4,
        answer=Live(
            lambda values: _slabs(values) >= ENOUGH_SLABS,
            figure=Figure("power_rule.explore_growth"),
            aim="let the slabs hold at least 95 % of the new volume, with a step above 0",
            probes=[
                {"shape": "a cube, x³", "h": 0.1, "apart": True},
                {"shape": "a cube, x³", "h": 0.05, "apart": False},
                {"shape": "a cube, x³", "h": 0.0, "apart": False},
                {"shape": "a cube, x³", "h": 0.4, "apart": False},
                {"shape": "a square, x²", "h": 0.05, "apart": False},
            ],
        ),
        rivals=[
            Rival("h-is-zero", lambda values: values["h"] == 0),
            Rival(
                "average-for-instantaneous",
                lambda values: 0 < _slabs(values) < ENOUGH_SLABS,
                message="Rods and corner still take more than a twentieth of the new volume. They "
                "hold h twice and three times, the slabs only once. So which of them shrink "
                "faster, and what should you do with h?",
            ),
        ],
        hints=[
            "Keep the cube, and watch the share of the slabs while you drag the corner.",
            "Inwards or outwards: which way does the share grow?",
            "Make h small, but not 0. At h = 0 there is nothing new to take shares of.",
        ],
        solution="```python\nview_3.set(h=0.05)\n```",
        why="Rods hold h twice and the corner holds it three times, so they shrink faster than the "
        "slabs. At h = 0.1 the slabs have 95 % of what is new, at 0.05 more.",
        next="In the limit the slabs are all there is, and they are 3x².",
    ),
    Question(
        id="power_rule.4",
        title="One line for every term",
        difficulty=2,
        minutes=5,
        answer=Function(
            lambda c, n, x: c * n * x ** (n - 1),
            probes=[
                # Whole numbers as such, so that a message shows what was handed over.
                (5, 2, 3),
                (-2, 1, 0.5),
                (4, 3, 1.5),
                (3, -2, 2.5),
                (6, -1, 0.5),
                (-4, -3, 1.5),
                (8, 0.5, 4),
            ],
        ),
        rivals=[
            Rival("exponent-not-lowered", lambda c, n, x: c * n * x**n),
            Rival("exponent-not-in-front", lambda c, n, x: c * x ** (n - 1)),
            Rival("factor-dropped", lambda c, n, x: n * x ** (n - 1)),
            Rival(
                "negative-exponent-raised",
                lambda c, n, x: c * n * x ** (n - 1 if n > 0 else n + 1),
            ),
            Rival(
                "brackets-missing",
                lambda c, n, x: c * n * x**n - 1,
                message="Python works out a power before it subtracts, so `x**n - 1` is x to the "
                "power of n, minus 1. The rule wants one less *in the exponent*. Where would a "
                "pair of brackets say so?",
            ),
            Rival(
                "brackets-missing",
                lambda c, n, x: (c * x) ** (n - 1) * n,
                message="Your brackets hold c and x together, so the power is taken of both. In "
                "c xⁿ the exponent belongs to the x alone, and c waits outside. What should "
                "`term_slope(5, 2, 3)` give, and what does yours give with a c of 5 and an n of 3?",
            ),
            Rival(
                "exponent-not-lowered",
                lambda c, n, x: c * n * x ** (n + 1),
                message="The exponent has come down in front, and above it went one up where it "
                "should go one down. The slabs of a cube have one dimension less than the cube. "
                "Which exponent stays behind when n is 3, and how do you write that with n?",
            ),
            Rival("value-for-slope", lambda c, n, x: c * x**n),
        ],
        hints=[
            "Take 5x². Its slope is 10x, so at x = 3 the function must give 30.",
            "The new factor is c times n. What is the new exponent?",
            "`return c * n * x ** (n - 1)`, with brackets around n − 1.",
        ],
        solution="```python\ndef term_slope(c, n, x):\n    return c * n * x ** (n - 1)\n```",
        why="The exponent comes down and meets the factor that stands there: c · n. One less stays "
        "above: n − 1. Nothing in it asks whether n is whole or positive.",
        next="One line, and it knows 1/x and √x too.",
    ),
    Question(
        id="power_rule.5",
        title="Away from the lamp",
        difficulty=2,
        minutes=4,
        answer=Formula("-10/x**3", variable="x"),
        rivals=[
            Rival("denominator-alone", "5/(2*x)"),
            Rival("negative-exponent-raised", "-10/x"),
            Rival("exponent-not-lowered", "-10/x**2"),
            Rival("exponent-not-in-front", "5/x**3"),
            Rival("factor-dropped", "-2/x**3"),
            Rival(
                "sign-error",
                "10/x**3",
                message="The size is right. But the exponent that comes down in front is negative, "
                "and its minus sign comes with it. Walk away from the lamp in your mind: does the "
                "light grow or fade, and which sign belongs to that?",
            ),
            Rival("quotient-of-derivatives", "0"),
            Rival("value-for-slope", "5/x**2"),
            Rival("derivative-turned-around", "-5/x"),
        ],
        hints=[
            "5/x² is 5 times x to the power of −2.",
            "The −2 comes down: 5 times −2. What is one less than −2?",
            "−10 times x to the power of −3. With a bar it is −10 over x³.",
        ],
        solution='```python\nslope_5 = "-10/x**3"\n```',
        why="5/x² = 5x⁻². The factor 5 stays, −2 comes down, one less than −2 is −3: −10x⁻³.",
        next="Close to the lamp each step counts a lot, far away hardly at all: look at the x³.",
    ),
    Question(
        id="power_rule.6",
        title="Right once a day",
        difficulty=2,
        minutes=4,
        answer=Live(
            _agree,
            figure=Figure("power_rule.explore_trap"),
            aim="find the place where the power rule gives the right slope",
            probes=[{"x": 1.38}, {"x": 2.0}, {"x": 1.8}, {"x": -1.0}],
        ),
        rivals=[
            Rival(
                "value-for-slope",
                lambda values: abs(values["x"] - 2) < 0.03,
                message="At this place the power rule gives the *height* of the curve, 4. The "
                "question is where it gives the slope. Look at the lower picture: which two "
                "curves have to meet, and do they meet here?",
            ),
            Rival("error-read-as-weight", lambda values: abs(values["x"] - 1.8) < 0.03),
        ],
        hints=[
            "In the lower picture, the dashed curve and the other one cross once.",
            "Drag the point there. The dashed line above then lies on the tangent.",
            "It is between 1.3 and 1.5. Use the arrow keys for small steps.",
        ],
        solution="```python\nview_6.set(x=1.38)\n```",
        why="x · 2ˣ⁻¹ starts below the true slope and ends above it, so it has to cross it. That "
        "happens near x = 1.386, which is 2 ln 2.",
        next="A clock that stands still is right twice a day. Never test a rule at one place only.",
    ),
    Question(
        id="power_rule.7",
        title="Four lines from a web page",
        difficulty=2,
        minutes=5,
        answer=Choice(
            "b",
            options={
                "a": "A and C",
                "b": "B and D",
                "c": "B alone",
                "d": "D alone",
                "e": "none, all four are right",
            },
        ),
        rivals=[
            Rival("whole-exponents-only", "a"),
            Rival(
                "power-rule-on-constant",
                "c",
                message="You found one of them. Look at the line D again: is there an x in π²? It "
                "is about 9.87, wherever you stand, so its graph is a level line. How much does it "
                "rise when x takes a step?",
            ),
            Rival("power-rule-on-exponential", "d"),
            Rival(
                "power-rule-on-exponential",
                "e",
                message="Two of the four lines are wrong, and a page like this has been printed "
                "more than once. Ask of each line: where is the x? The rule needs it below, with a "
                "fixed number above. In which lines is that not so?",
            ),
        ],
        hints=[
            "Test each line at x = 3 with `central_difference`.",
            "x√x is x to the power of 1.5. And π² is a number, about 9.87.",
            "In one line the x stands above, in another there is no x at all.",
        ],
        solution='```python\nanswer_7 = "b"\n```',
        why="2ˣ has its x in the exponent: its slope is 2ˣ ln 2. And π² is a constant: its slope "
        "is 0. The other two are powers of x with the exponents −2 and 1.5.",
        next="Two seconds with a central difference would have saved that page.",
    ),
    Question(
        id="power_rule.8",
        title="The program that is off",
        difficulty=3,
        minutes=8,
        answer=Function(
            lambda coefficients, x: polynomial_slope(coefficients, x),
            probes=[
                ([7.0, -2.0, 5.0, 1.0], 2.0),
                ([7.0, -2.0, 5.0, 1.0], -1.5),
                ([1.0, 4.0], 3.0),
                ([2.0, 0.0, 3.0], 1.5),
                ([-3.0, 1.0, 0.0, 0.0, 2.0], 0.5),
                ([5.5, -3.0, 0.5], 0.0),
            ],
        ),
        rivals=[
            Rival(
                "constant-kept",
                lambda coefficients, x: polynomial_slope(coefficients, x) + coefficients[0],
            ),
            Rival("brackets-missing", _brackets_missing, message=_BRACKETS),
            Rival(
                "exponent-not-lowered",
                lambda coefficients, x: sum(n * c * x**n for n, c in enumerate(coefficients)),
            ),
            Rival(
                "exponent-not-in-front",
                lambda coefficients, x: sum(
                    c * x ** (n - 1) for n, c in enumerate(coefficients) if n > 0
                ),
            ),
            Rival("value-for-slope", _polynomial),
            Rival(
                "bug-not-mended",
                lambda coefficients, x: coefficients[0] + _brackets_missing(coefficients, x),
                message="These are the numbers of the faulty program, so nothing is mended yet. "
                "Run it on a constant alone, on `[7]`, where each slope is 0. What does it give, "
                "with what does its sum begin, and what does `x**n - 1` mean to Python?",
            ),
            Rival(
                "point-for-function",
                lambda coefficients, x: -2 + 10 * x + 3 * x**2,
                message="This is the slope of 7 − 2x + 5x² + x³, whichever list I hand over. That "
                "sum was an example, and your function gets its list as an input. Where do its "
                "`coefficients` enter, and does your loop run over those?",
            ),
            Rival(
                "return-inside-the-loop",
                lambda coefficients, x: coefficients[1],
                message="That is the slope of one single term of the list. A `return` ends the "
                "function at once, also in the middle of a loop, and what comes later in the list "
                "is never added. How far to the right should your `return` stand?",
            ),
            Rival(
                "return-inside-the-loop",
                lambda coefficients, x: 0,
                message="You give back 0 for each list that I tried. That is the slope of the "
                "constant term, with which the list begins. A `return` ends the function at once, "
                "also in the middle of a loop. How far to the right should your `return` stand?",
            ),
            Rival(
                "power-rule-on-constant",
                raises=ZeroDivisionError,
                says="negative power",
                message="For the constant term n is 0, so your line asks for x to the power of −1, "
                "and at x = 0 that divides by zero. A constant needs no power rule: its slope is "
                "0. How can your loop leave out this one term?",
            ),
        ],
        hints=[
            "Try it on a constant alone: `buggy_slope([7], 2)`. What should come out, what does?",
            "How does Python read `x**n - 1`? Try `2**3 - 1` and `2 ** (3 - 1)`.",
            "Start with `total = 0`, write `x ** (n - 1)`, and skip n = 0: `if n > 0`.",
        ],
        solution="```python\ndef slope(coefficients, x):\n    total = 0\n"
        "    for n, c in enumerate(coefficients):\n        if n > 0:\n"
        "            total += c * n * x ** (n - 1)\n    return total\n```",
        why="The constant was kept, since the sum began with it. And without brackets Python took "
        "1 from the power, not from the exponent.",
        next="The measured column found both bugs before anybody had looked at the code.",
    ),
    Question(
        id="power_rule.9",
        title="A root and a bar",
        difficulty=2,
        minutes=4,
        answer=Formula("3/sqrt(x) + 4/x**2", probes=_POSITIVE),
        rivals=[
            Rival(
                "sign-error",
                "3/sqrt(x) - 4/x**2",
                message="The root is right, and in the second term the size is right. There two "
                "minus signs meet: one stands in front of 4/x, and one comes down with the "
                "exponent −1. What do they make together?",
            ),
            Rival(
                "exponent-not-lowered",
                "3*sqrt(x) + 4/x",
                message="Both exponents have come down in front, and that is half of the rule. But "
                "they also still stand above as they were. One is to be taken away from each. What "
                "is one less than ½, and what is one less than −1?",
            ),
            Rival(
                "exponent-not-in-front",
                "6/sqrt(x) - 4/x**2",
                message="Both exponents are lowered as they should be, and that is half of the "
                "rule. Before that, the ½ and the −1 also come down in front of their terms. What "
                "does the one make of the 6, and what does the other make of the −4?",
            ),
            Rival(
                "exponent-not-in-front",
                "6/sqrt(x) + 4/x**2",
                message="The second term is right. In the first you lowered the exponent from ½ to "
                "−½, and that is half of the rule. What else happens to the ½, and what does it do "
                "to the 6?",
            ),
            Rival(
                "denominator-alone",
                "3/sqrt(x) - 4",
                message="The root is right. In 4/x you took the slope of the x under the bar and "
                "left the bar in place. A slope does not pass through a division like that. Write "
                "1/x as a power of x first: which exponent does it have?",
            ),
            Rival(
                "negative-exponent-raised",
                "3/sqrt(x) + 4",
                message="The root is right, and so is the sign behind it. But your exponent went "
                "from −1 up to 0, so that no x is left. The rule always takes one away. Think of a "
                "thermometer at −1: where is it when it gets one degree colder?",
            ),
            Rival(
                "factor-dropped",
                "1/(2*sqrt(x)) - 1/x**2",
                message="Both powers are treated well. But the 6 and the −4 that stood in front "
                "are gone, the second one with its minus. A number in front stretches its curve, "
                "and every rise with it. What becomes of the slope of √x when six times √x is "
                "drawn?",
            ),
            Rival(
                "factor-dropped",
                "1/(2*sqrt(x)) + 1/x**2",
                message="Both powers are treated well, minus signs included. But the 6 and the 4 "
                "that stood in front are gone. A number in front stretches its curve, and every "
                "rise with it. What becomes of the slope of √x when six times √x is drawn?",
            ),
            Rival("value-for-slope", "6*sqrt(x) - 4/x"),
            Rival("derivative-turned-around", "4*x**1.5 - 4*ln(x)"),
        ],
        hints=[
            "Write both terms as powers: √x is x to the power of ½, and 1/x has the exponent −1.",
            "6 times ½, with −½ above. Then −4 times −1, with one less than −1 above.",
            "3 over √x, plus 4 over x². Type the root as `sqrt(x)`.",
        ],
        solution='```python\nslope_9 = "3/sqrt(x) + 4/x**2"\n```',
        why="6x^½ gives 6 · ½ x^(−½), and −4x⁻¹ gives −4 · (−1) x⁻². Two minus signs make a plus.",
        next="Roots and bars are powers in other clothes. First undress them, then use the rule.",
    ),
    Question(
        id="power_rule.10",
        title="The square of a bracket",
        difficulty=2,
        minutes=4,
        answer=Formula("8*x - 12", near=0),
        rivals=[
            Rival(
                "forgotten-inner-derivative",
                "4*x - 6",
                message="You used the power rule as if the bracket were a plain x. But the rule is "
                "for powers of x itself, and this bracket grows faster than x does. Multiply the "
                "square out and go term by term: which slope do you get, and how many times yours "
                "is it?",
            ),
            Rival(
                "power-of-a-sum",
                "8*x",
                message="It looks as if you squared 2x and 3 each by itself. A square with a "
                "difference as its side has more parts than two: multiply each term of the first "
                "bracket by each term of the second. Which parts with a single x turn up, and how "
                "often?",
            ),
            Rival(
                "power-of-a-sum",
                "8*x - 6",
                message="You are close: the first term is right. When you multiply the two "
                "brackets out, 2x meets −3 in the first and again in the second. How many parts "
                "with a single x are there, and what do they add up to?",
            ),
            Rival(
                "slope-sign-lost",
                "8*x + 12",
                message="The sizes are right. But the 3 stands behind a minus, and so do the two "
                "parts in which it meets 2x. Which sign has the middle of the square when it is "
                "multiplied out?",
            ),
            Rival(
                "factor-dropped",
                "2*x - 12",
                message="The second term is right. The first comes from 2x times 2x. That is not "
                "2x², and not x² either: both twos count. How many x² are there in this square, "
                "and what is their slope?",
            ),
            Rival(
                "factor-dropped",
                "4*x - 12",
                message="The second term is right. The first comes from 2x times 2x. That is not "
                "2x²: both twos count. How many x² are there in this square, and what is their "
                "slope?",
            ),
            Rival("exponent-not-lowered", "8*x**2 - 12*x"),
            Rival("constant-kept", "8*x - 3"),
            Rival(
                "nested-derivatives",
                "4",
                message="A slope of 4 everywhere would make the graph a straight line. But this is "
                "a square: it falls, touches zero where the bracket is zero, and rises again. "
                "Multiply it out first. Which power of x stands in front then, and what is its "
                "slope?",
            ),
            Rival("value-for-slope", "(2*x - 3)**2"),
        ],
        hints=[
            "The power rule is for powers of x itself. What is (2x − 3)(2x − 3), multiplied out?",
            "4x² − 12x + 9. Now term by term.",
            "4 times 2x, then −12, then nothing.",
        ],
        solution='```python\nslope_10 = "8*x - 12"\n```',
        why="(2x − 3)² = 4x² − 12x + 9, and the three terms give 8x, −12 and 0.",
        next="For (2x − 3)¹⁰⁰ nobody multiplies out: chapter 07 has a rule for brackets.",
    ),
    Question(
        id="power_rule.11",
        title="A fraction, and no rule for it",
        difficulty=3,
        minutes=5,
        answer=Formula("2*x - 8/x**2", probes=_POSITIVE),
        rivals=[
            Rival(
                "quotient-of-derivatives",
                "3*x**2",
                message="You divided the slope above the bar by the slope below it. A slope does "
                "not pass through a bar. Test it on x² over x, which is x: what would your way say "
                "there, and what is true? Divide each term of the top by x first: what is left?",
            ),
            Rival(
                "one-term-divided",
                "2*x",
                message="Your slope knows nothing of the 8, as if it were a constant term. It "
                "stands above the bar, so it is divided by x too, and then it is no constant any "
                "more. What is 8 over x as a power of x, and what is the slope of that?",
            ),
            Rival(
                "one-term-divided",
                "3*x**2 - 8/x**2",
                message="The second term is right. But the bar stands under both terms of the top, "
                "and your first one was not divided by x. What is x³ over x, and what is the slope "
                "of that?",
            ),
            Rival(
                "sign-error",
                "2*x + 8/x**2",
                message="The first term is right, and in the second the size is right. 8 over x "
                "shrinks as x grows, so which sign must its slope have? Where does that sign come "
                "from, when you write 8 over x as a power?",
            ),
            Rival("exponent-not-lowered", "2*x**2 - 8/x"),
            Rival(
                "negative-exponent-raised",
                "2*x - 8",
                message="The first term is right. In the second your exponent went from −1 up to "
                "0, so that no x is left. The rule always takes one away. Think of a thermometer "
                "at −1: where is it when it gets one degree colder?",
            ),
            Rival(
                "denominator-alone",
                "2*x + 8",
                message="The first term is right. In 8 over x you took the slope of the x under "
                "the bar alone. A slope does not pass through a bar. Write 8 over x as 8 times a "
                "power of x: which exponent has it, and what does the rule do with that?",
            ),
            Rival("value-for-slope", "(x**3 + 8)/x"),
            Rival("derivative-turned-around", "x**3/3 + 8*ln(x)"),
        ],
        hints=[
            "No rule of this chapter is for a fraction with a sum on top. Can you write it without "
            "the long bar?",
            "The bar divides both terms: x³ over x, and 8 over x. Write each as a power of x.",
            "x² + 8x⁻¹. Now the power rule, twice.",
        ],
        solution='```python\nslope_11 = "2*x - 8/x**2"\n```',
        why="(x³ + 8)/x = x² + 8x⁻¹. The first term gives 2x, the second 8 · (−1) x⁻².",
        next="At x = ∛4, about 1.59, the slope is zero: there the curve turns.",
    ),
    Question(
        id="power_rule.12",
        title="Which letter moves?",
        difficulty=2,
        minutes=5,
        answer=Formula("2*w*x**2 - 2*x*y", variable="w x y", probes=_LETTERS, near=0),
        rivals=[
            Rival("wrong-letter", "2*w**2*x - 2*w*y"),
            Rival("wrong-letter", "2*y - 2*w*x"),
            Rival(
                "other-variable-moves",
                "4*w*x - 2*y",
                message="You lowered the exponents of w *and* of x, as if both letters moved. "
                "Training moves the weight alone; the data stand still. A letter that stands still "
                "is treated like a number such as 5. What is the slope of 5²w², when w moves?",
            ),
            Rival(
                "constant-kept",
                "2*w*x**2 - 2*x*y + y**2",
                message="The first two terms are right. The last one, y², has no w in it: it lifts "
                "the whole curve over w and makes it no steeper. So what is its slope when the "
                "weight moves?",
            ),
            Rival(
                "constant-kept",
                "2*w*x**2 - 2*x*y + 2*y",
                message="The first two terms are right. In the last one you took the slope of y², "
                "but y is a measurement and stands still. By how much does y² change when the "
                "weight moves?",
            ),
            Rival("exponent-not-lowered", "2*w**2*x**2 - 2*w*x*y"),
            Rival(
                "exponent-not-in-front",
                "w*x**2 - 2*x*y",
                message="The second term is right. In the first the power of w is lowered, and "
                "that is half of the rule. What happens to the exponent 2, and where is it in your "
                "answer?",
            ),
            Rival(
                "forgotten-x-factor",
                "2*(w*x - y)",
                message="That is twice the miss, wx − y. Multiplied out, your answer has one x "
                "fewer in every term than the slope has. The factors beside w stay where they are, "
                "whatever letters they are. What is left of x²w² and of 2xyw when the rule has "
                "been used on w?",
            ),
            Rival(
                "slope-sign-lost",
                "2*w*x**2 + 2*x*y",
                message="The sizes are right. But the middle term has a minus in front of it, and "
                "a minus is a factor of −1 that stays where it is. What becomes of the slope of "
                "that term?",
            ),
            Rival("value-for-slope", "(w*x - y)**2"),
        ],
        hints=[
            "Put numbers for the letters that stand still: x = 5 and y = 3 make 25w² − 30w + 9.",
            "What is the slope of 25w² − 30w + 9? Which of its numbers came from x, which from y?",
            "The factor x² stays with 2w, the factor −2xy stays alone, and y² goes.",
        ],
        solution='```python\nslope_12 = "2*w*x**2 - 2*x*y"\n```',
        why="In x²w² the factor x² stays and w² becomes 2w. In −2xyw the factor −2xy stays and w "
        "becomes 1. y² has no w, so its slope is 0.",
        next="Take out 2x and it is 2x(wx − y): the miss times the input. Fitting a line in "
        "chapter 13 is made of such terms.",
    ),
]
