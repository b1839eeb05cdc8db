"""Questions that chapter 07 asked before: one weight, a bracket, a way to go, a quotient."""

from utils.checks import Choice, Formula, Function, Number, Question, Rival

# A weight, an input and a truth for exercise 1.
W, X, Y = 2.0, 3.0, 11.0


def _quotient(df: float, f: float, dg: float, g: float) -> float:
    return (df * g - f * dg) / g**2


QUESTIONS = [
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
]
