"""Questions of chapter 12 that gave their place to better ones."""

from utils.checks import Choice, Function, Number, Question, Rival
from utils.examples import doubled, shifted, wave
from utils.slopes import Real


def heavy(
    gradient: Real, w: float, eta: float, steps: int, kept: float, taken: float = 1.0
) -> float:
    """`steps` steps with velocity = kept · velocity + taken · slope."""
    velocity = 0.0
    for _ in range(steps):
        velocity = kept * velocity + taken * gradient(w)
        w = w - eta * velocity
    return w


def momentum(gradient: Real, w: float, eta: float, beta: float, steps: int) -> float:
    """As the lesson writes it."""
    return heavy(gradient, w, eta, steps, beta)


BENDS = (0.5, 20.0)  # of x² and of y²

QUESTIONS = [
    Question(
        id="learning_rate.2",
        title="Bug clinic: a loss that blows up",
        difficulty=1,
        minutes=4,
        answer=Choice(
            "b",
            options={
                "a": "the derivative has the wrong sign",
                "b": "η is too large",
                "c": "η is too small",
                "d": "this loss has no lowest point",
            },
        ),
        rivals=[
            Rival(
                "gradient-blamed",
                "a",
                message="A wrong sign looks different: then w would run off on one side and never "
                "pass the minimum. And there is a witness in the table. Compare the last two "
                "columns, and then look at w: on which sides of 1 do the places lie?",
            ),
            Rival(
                "negative-read-as-small",
                "c",
                message="A step that is too short makes the loss fall slowly, but it falls. Here "
                "it grows from line to line. Look at the places: how far is w from 1 before each "
                "step, and how far after it?",
            ),
            Rival(
                "gradient-blamed",
                "d",
                message="The loss that grows here is the one along the walk. The formula in the "
                "code is a square times 3, and a square is never below zero. At which w is this "
                "square 0, and does the walk pass that place from one line to the next?",
            ),
        ],
        hints=[
            "Compare the columns “slope” and “check”. Do they agree?",
            "On which side of 1 is w in the first line, in the second, in the third?",
            "It changes sides each time and ends farther out. Which factor does that?",
        ],
        solution='```python\nanswer_2 = "b"\n```',
        why="Slope and check agree, so the derivative is right. The places jump from side to side "
        "of the minimum and move outwards: steps too long. With a = 3 the limit is 1/3.",
        next="First ask the difference quotient, then halve η, and only then search the code.",
    ),
    Question(
        id="learning_rate.6",
        title="Momentum",
        difficulty=2,
        minutes=6,
        answer=Function(
            momentum,
            probes=[
                (doubled, 4.0, 0.1, 0.9, 4),
                (doubled, -2.0, 0.05, 0.5, 7),
                (shifted, 3.0, 0.02, 0.8, 5),
                (wave, 2.0, 0.1, 0.9, 6),
                (wave, 0.3, 0.2, 0.7, 5),
                (shifted, 0.0, 0.03, 0.6, 3),
            ],
            near=0,
        ),
        rivals=[
            Rival(
                "velocity-not-kept",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, eta, steps, 0.0),
            ),
            Rival(
                "momentum-sign",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, eta, steps, -beta),
            ),
            Rival(
                "ascent-for-descent",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, -eta, steps, beta),
            ),
            Rival(
                "velocity-averaged",
                lambda gradient, w, eta, beta, steps: heavy(
                    gradient, w, eta, steps, beta, 1 - beta
                ),
            ),
            Rival(
                "velocity-never-fades",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, eta, steps, 1.0),
            ),
            Rival(
                "step-size-left-out",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, 1.0, steps, beta),
                message="You moved w by the whole velocity. A velocity is a sum of slopes, and a "
                "slope is no distance: as in plain descent only a share of it is walked, and the "
                "learning rate η says which. In which of your two lines does it belong?",
            ),
            Rival(
                "rate-in-velocity-too",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, eta, steps, beta, eta),
            ),
            Rival(
                "one-step-too-many",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, eta, steps + 1, beta),
            ),
            Rival(
                "one-step-too-many",
                lambda gradient, w, eta, beta, steps: heavy(gradient, w, eta, steps - 1, beta),
                message="Your walk ends one step early. Perhaps w moves before the velocity has "
                "taken the new slope in, so that the first move goes nowhere. Which of your two "
                "lines should come first?",
            ),
        ],
        hints=[
            "Before the loop: `velocity = 0`. Inside the loop: two lines.",
            "First line: the new velocity is beta times the old one, plus the slope at w.",
            "`velocity = beta * velocity + gradient(w)`, then `w = w - eta * velocity`",
        ],
        solution="```python\ndef momentum(gradient, w, eta, beta, steps):\n    velocity = 0.0\n"
        "    for _ in range(steps):\n        velocity = beta * velocity + gradient(w)\n"
        "        w = w - eta * velocity\n    return w\n```",
        why="The velocity remembers. Slopes that agree add up in it, slopes that alternate cancel.",
        next="With β = 0.9 a steady slope is walked ten times as fast.",
    ),
    Question(
        id="learning_rate.5",
        title="Two weights, one limit",
        difficulty=2,
        minutes=4,
        answer=Number(1 / BENDS[1], tolerance=1e-6, near=0.0005),
        rivals=[
            Rival("flattest-sets-the-limit", 1 / BENDS[0]),
            Rival("best-rate-for-limit", 1 / (2 * BENDS[1])),
            Rival(
                "forgotten-two",
                2 / BENDS[1],
                message="You chose the right direction, and your limit is twice too large there, "
                "as if the slope of 20y² were 20y. The square leaves a 2 in front. Where does the "
                "factor of y reach minus one?",
            ),
            Rival(
                "average-of-endpoint-slopes",
                (1 / BENDS[0] + 1 / BENDS[1]) / 2,
                message="You took the middle of the two limits. That is still too much for the "
                "steep direction, and a weight that runs away takes the loss with it. What must "
                "hold for each of the two weights, so that both converge?",
            ),
        ],
        hints=[
            "Each direction is a bowl of its own: which a has x, and which a has y?",
            "x alone allows 1/0.5, y alone allows 1/20. Both must converge.",
            "The smaller of the two limits counts.",
        ],
        solution="```python\nlimit_5 = min(1 / 0.5, 1 / 20)\n```",
        why="The steepest direction sets the limit, here y with a = 20.",
        next="And the flattest sets the speed: x keeps most of its distance with every step.",
    ),
    Question(
        id="learning_rate.predict_overshoot",
        title="A step over the valley",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "they lead farther out each time",
                "b": "they change sides each time, and come closer",
                "c": "they jump between 4 and −3.2 for ever",
                "d": "this cannot happen: the slope must be wrong",
            },
        ),
        rivals=[
            Rival("overshoot-read-as-diverging", "a"),
            Rival(
                "slope-of-the-start",
                "c",
                message="To come back to 4 the second step would have to be as long as the first. "
                "But the step is η times the slope, and at −3.2 the slope is smaller in size than "
                "at 4. Which is longer, the first step or the second?",
            ),
            Rival(
                "gradient-blamed",
                "d",
                message="The slope at 4 is 8, by the rule and by a nudge, and the step goes the "
                "right way. It is so long that it passes the bottom and ends on the other side. "
                "What is the slope there, and which way does the next step go?",
            ),
        ],
        hints=[
            "The slope at −3.2 is 2 · (−3.2). What does the rule make of it?",
            "The second step goes from −3.2 to −3.2 + 0.9 · 6.4.",
            "That is 2.56: on the other side again. Is it nearer to 0 than 4 was, or farther?",
        ],
        solution='The answer is **b**: `check("learning_rate.predict_overshoot", "b")`.',
        why="Each step passes the bottom, but ends nearer to it than it began. There the slope is "
        "smaller, so the next step is shorter.",
        next="One number says what a step does to w, and you will find it below.",
    ),
    Question(
        id="learning_rate.predict_border",
        title="The border of 2w²",
        difficulty=2,
        minutes=2,
        answer=Number(0.5, tolerance=1e-6, near=0.005),
        rivals=[
            Rival("best-rate-for-limit", 0.25),
            Rival(
                "forgotten-two",
                1.0,
                message="It seems that you took the slope of a w² to be a w. The square leaves a 2 "
                "in front, so the slope is twice that, and the same step is twice as long. What is "
                "the factor of one step then, and where does it reach minus one?",
            ),
            Rival(
                "rise-run-swapped",
                2.0,
                message="You gave a itself. But a steeper bowl needs a *shorter* step, so a large "
                "a must lead to a small limit. Look at the line of the table where the factor is "
                "minus one: where does a stand there, above the fraction bar or below it?",
            ),
        ],
        hints=[
            "What is a here? The table has the borders as fractions of it.",
            "The walk converges while the factor 1 − 2aη lies between −1 and 1.",
            "1 − 4η = −1. Which η is that?",
        ],
        solution="```python\n1 / 2\n```",
        why="Here a = 2, so a step multiplies w by 1 − 4η. At −1 it is on the edge, and that is "
        "where η = 1/a.",
        next="Half of it again, 1/(2a), is the best rate there is for this bowl.",
    ),
]
