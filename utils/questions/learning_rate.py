"""Questions of chapter 12: the borders of η, the long bowl, momentum, RMSProp and Adam."""

import math
from collections.abc import Callable

from utils.checks import Choice, Figure, Function, Live, Number, Question, Rival
from utils.examples import doubled, flatter, nearly_flat, shifted, tilted, two_valleys, wave
from utils.models.learning_rate import regime
from utils.slopes import Real

EPSILON = 1e-8


# --- what learners write ---


def _after(w0: float, a: float, eta: float, n: int) -> float:
    return w0 * (1 - 2 * a * eta) ** n


def _heavy(
    gradient: Real, w: float, eta: float, steps: int, kept: float, taken: float = 1.0
) -> float:
    """`steps` steps with velocity = kept · velocity + taken · slope."""
    velocity = 0.0
    for _ in range(steps):
        velocity = kept * velocity + taken * gradient(w)
        w = w - eta * velocity
    return w


def _momentum(gradient: Real, w: float, eta: float, beta: float, steps: int) -> float:
    return _heavy(gradient, w, eta, steps, beta)


def _scaled(
    gradient: Real,
    w: float,
    eta: float,
    steps: int,
    kept: float,
    taken: float,
    below: Callable[[float], float],
) -> float:
    """Steps η g / below(s), with s = kept · s + taken · g²."""
    squares = 0.0
    for _ in range(steps):
        g = gradient(w)
        squares = kept * squares + taken * g**2
        w = w - eta * g / below(squares)
    return w


def _outside(squares: float) -> float:
    return math.sqrt(squares) + EPSILON


def _within(squares: float) -> float:
    return math.sqrt(squares + EPSILON)


def _rmsprop(gradient: Real, w: float, eta: float, alpha: float, steps: int) -> float:
    return _scaled(gradient, w, eta, steps, alpha, 1 - alpha, _outside)


def _rmsprop_late(gradient: Real, w: float, eta: float, alpha: float, steps: int) -> float:
    """Each step divided by the mean as it was before the new slope came in."""
    mean = 0.0
    for _ in range(steps):
        g = gradient(w)
        w = w - eta * g / _outside(mean)
        mean = alpha * mean + (1 - alpha) * g**2
    return w


def _any_adam(
    gradient: Real,
    w: float,
    eta: float,
    steps: int,
    correct: str,
    below: Callable[[float], float],
    shares: tuple[float, float] = (0.9, 0.999),
) -> float:
    """Adam with its faults. correct: which means are divided by what they lack; a text of m, s."""
    beta1, beta2 = shares
    mean = squares = 0.0
    for t in range(1, steps + 1):
        g = gradient(w)
        mean = beta1 * mean + (1 - beta1) * g
        squares = beta2 * squares + (1 - beta2) * g**2
        m = mean / (1 - beta1**t) if "m" in correct else mean
        s = squares / (1 - beta2**t) if "s" in correct else squares
        w = w - eta * m / below(s)
    return w


def _adam_with(shares: tuple[float, float]):
    """Adam, whole, with other shares for its two means."""

    def walk(gradient: Real, w: float, eta: float, steps: int) -> float:
        return _any_adam(gradient, w, eta, steps, "ms", _outside, shares)

    return walk


def _adam(gradient: Real, w: float, eta: float, steps: int) -> float:
    return _any_adam(gradient, w, eta, steps, "ms", _outside)


_A_1, _A_5 = 4.0, (0.5, 20.0)
_A_LIVE = 2.5


def _kind(values: dict) -> str:
    return regime(_A_LIVE, values["eta"])


QUESTIONS = [
    Question(
        id="learning_rate.predict_nearer",
        title="Two rates, two walks",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "the one with η = 0.1, which never passes the bottom",
                "b": "the one with η = 0.9, whose steps are longer",
                "c": "neither, since both are equally near",
            },
        ),
        rivals=[
            Rival(
                "overshoot-read-as-diverging",
                "a",
                message="A step over the bottom looks like a step too far. But what counts is how "
                "far from 0 it ends, on whichever side that is. The long step leads from 4 to "
                "−3.2. Where does the first short step lead, and which of these two places lies "
                "farther from 0?",
            ),
            Rival(
                "step-too-large",
                "b",
                message="A longer step is the quicker one as long as it does not pass the bottom. "
                "This one does, and what it has won on the way down it loses on the way up the "
                "other side. The short one leads from 4 to 3.2. Where does the long one lead?",
            ),
        ],
        hints=[
            "The slope at 4 is 8. Work out the first step of each walk.",
            "One of them leads to 3.2 and the other one to −3.2.",
            "What share of its distance from 0 does each step keep, whatever its sign?",
        ],
        solution='The answer is **c**: `check("learning_rate.predict_nearer", "c")`.',
        why="Each step multiplies w by 0.8 in the one walk and by −0.8 in the other, so that only "
        "the signs differ.",
        next="Rates come in such pairs, 0.2 with 0.8 and 0.4 with 0.6. Which one has no partner?",
    ),
    Question(
        id="learning_rate.predict_unknown_bowl",
        title="A walk on an unknown bowl",
        difficulty=3,
        minutes=3,
        answer=Number(2 / 3, tolerance=0.005, near=0.012),
        rivals=[
            Rival(
                "best-rate-for-limit",
                0.5,
                message="Half of η would be right for a walk on the edge, which jumps between two "
                "places for ever. This walk comes nearer with each step, so it is below the edge. "
                "What does each of its steps multiply w by, and what does that say about 2aη?",
            ),
            Rival(
                "rise-run-swapped",
                1.5,
                message="That is what 2aη is now, or how many times too long the steps are. With "
                "your number they would become longer still. The first step leads from 4 down to "
                "0 and on to −2. How long is it, and how long should it have been?",
            ),
            Rival(
                "value-for-change",
                2.0,
                message="Each step leaves half of the distance, so it looks as if it covered half "
                "of the way and should be twice as long. But the walk changes sides: its steps "
                "pass the bottom. From 4 to −2, how far does the first one go?",
            ),
        ],
        hints=[
            "By which number does each step multiply w?",
            "It is 1 − 2aη = −0.5, so 2aη = 1.5, whatever a may be.",
            "To land on the bottom 2aη must be 1. Which part of 1.5 is that?",
        ],
        solution="```python\n4 / 6\n```",
        why="The first step went 6 and should have gone 4. The length of a step grows with η, so "
        "two thirds of η are right.",
        next="She never had to know her a: on a bowl two places of the walk tell the best rate.",
    ),
    Question(
        id="learning_rate.predict_limit",
        title="Two weights, one learning rate",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "below 1: the larger limit counts",
                "b": "below 0.1: the smaller limit counts",
                "c": "below 0.55, halfway",
                "d": "whatever you like: one direction makes up for the other",
            },
        ),
        rivals=[
            Rival("flattest-sets-the-limit", "a"),
            Rival(
                "flattest-sets-the-limit",
                "c",
                message="Try the value in the middle on y alone: its factor is then 1 − 20 · 0.55, "
                "which is far below minus one. So y grows tenfold with each step, whatever x does. "
                "What must hold for *each* of the two factors?",
            ),
            Rival(
                "flattest-sets-the-limit",
                "d",
                message="A sum is not saved by its small part. Let one of the two weights double "
                "with every step while the other one arrives at 0. What is the loss after twenty "
                "steps, and which of the two weights does it come from?",
            ),
        ],
        hints=[
            "Each direction has its own factor, and each must lie between −1 and 1.",
            "With η = 0.5, what does a step multiply y by?",
            "If one weight runs away, the loss runs away with it.",
        ],
        solution='The answer is **b**: `check("learning_rate.predict_limit", "b")`.',
        why="Both factors must shrink. Along y that holds below 0.1 only, and there x is safe too.",
        next="So x, which could take long steps, has to creep along with y's short ones.",
    ),
    Question(
        id="learning_rate.predict_condition",
        title="A valley ten times narrower",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "as many as before",
                "b": "about twice as many",
                "c": "about ten times as many",
                "d": "about a hundred times as many",
            },
        ),
        rivals=[
            Rival(
                "flattest-sets-the-limit",
                "a",
                message="Along x the bowl is as before, that is true. But the limit for η has "
                "changed, since y sets it, and x has to use that η too. How long are the steps "
                "along x now, beside those before?",
            ),
            Rival(
                "flattest-sets-the-limit",
                "b",
                message="It is more than that. The number of steps depends on how large a share of "
                "its distance x loses with each step, and that share is about 2η. Narrow the "
                "valley ten times: what becomes of the largest η, and so of that share?",
            ),
            Rival(
                "flattest-sets-the-limit",
                "d",
                message="You have let the narrowing count twice. It makes the largest η smaller, "
                "and through η it makes each step along x shorter, which is one effect and not "
                "two: the bowl along x is as it was. How much shorter is a step along x now?",
            ),
        ],
        hints=[
            "The limit for η is 1/κ. By how much does it shrink?",
            "Then each step along x is ten times shorter than before.",
            "Ten times shorter steps along x, over the same way.",
        ],
        solution='The answer is **c**: `check("learning_rate.predict_condition", "c")`.',
        why="The limit falls to a tenth, so x, the slow one, takes steps of a tenth.",
        next="The number of steps grows in step with the condition number.",
    ),
    Question(
        id="learning_rate.predict_first_step",
        title="A first step of AdaGrad",
        difficulty=2,
        minutes=2,
        answer=Number(0.1, tolerance=1e-6, near=0.001),
        rivals=[
            Rival("slope-not-divided-out", 0.1 * 1000),
            Rival(
                "slope-not-divided-out",
                1000.0,
                message="That is the slope itself, neither divided nor multiplied by η. AdaGrad "
                "divides it by the root of the sum of all squared slopes so far, and only then "
                "takes a share η of the rest. After one slope, what is that root?",
            ),
            Rival(
                "slope-not-divided-out",
                1000 / 0.1,
                message="You divided the slope by η, which makes a step of it that is longer than "
                "the slope. The learning rate multiplies, and what divides is the root of the sum "
                "of all squared slopes. There is one slope so far: what is that root?",
            ),
            Rival(
                "step-size-left-out",
                1.0,
                message="You have divided the slope by the root, and that is the new part. What is "
                "left is not walked as it is, though: as in every descent, only a share of it is, "
                "and the learning rate η says which share. Where does it enter your calculation?",
            ),
            Rival("root-left-out", 0.1 * 1000 / 1000**2),
            Rival(
                "sign-error",
                -0.1,
                message="The question asks how *far*, and a distance is never below zero. The way "
                "of the step is against the slope, that is right. Which size is left when you drop "
                "the sign?",
            ),
        ],
        hints=[
            "In the first step the sum holds one square only: 1000².",
            "Its root is 1000. Which number is divided by it?",
            "0.1 · 1000 / 1000",
        ],
        solution="```python\n0.1 * 1000 / (1000**2) ** 0.5\n```",
        why="The sum of squares is the square of the one slope so far, so slope over root is 1, "
        "whatever the slope is.",
        next="Steep or flat, each weight's first step has the length η.",
    ),
    Question(
        id="learning_rate.1",
        title="The limit",
        difficulty=1,
        minutes=3,
        answer=Number(1 / _A_1, tolerance=1e-6, near=0.002),
        rivals=[
            Rival("best-rate-for-limit", 1 / (2 * _A_1)),
            Rival(
                "forgotten-two",
                2 / _A_1,
                message="Your limit is twice too large, as if the slope of 4w² were 4w. The square "
                "leaves a 2 in front. Write the slope down, put it into one step, and read off the "
                "factor: where does it reach minus one?",
            ),
            Rival(
                "rise-run-swapped",
                _A_1,
                message="You gave a itself. But the steeper the bowl, the *shorter* a step must "
                "be, so a belongs below a fraction bar. With your learning rate, where does one "
                "step from w = 1 lead?",
            ),
        ],
        hints=[
            "The slope of 4w² is 8w. What does a step w − η · 8w make of w?",
            "It multiplies w by 1 − 8η. This must lie between −1 and 1.",
            "1 − 8η = −1",
        ],
        solution="```python\nlimit_1 = 1 / 4\n```",
        why="Here a = 4, and the limit is 1/a: there the factor 1 − 8η is −1.",
        next="The second derivative is 8, and 2 divided by it gives the same limit.",
    ),
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
        id="learning_rate.3",
        title="After n steps, without a loop",
        difficulty=2,
        minutes=5,
        answer=Function(
            _after,
            probes=[
                (8.0, 1.0, 0.25, 3),
                (4.0, 1.0, 0.1, 5),
                (4.0, 2.0, 0.3, 4),
                (-3.0, 0.5, 1.5, 2),
                (1.0, 1.0, 1.1, 6),
                (4.0, 1.0, 0.9, 3),
                (-2.0, 2.0, 0.4, 5),
                (3.0, 0.5, 1.2, 1),
                (5.0, 3.0, 0.02, 1),
            ],
        ),
        rivals=[
            Rival(
                "forgotten-two",
                lambda w0, a, eta, n: w0 * (1 - a * eta) ** n,
                message="Your factor holds a where it should hold twice that. The slope of a w² is "
                "not a w: the square leaves a 2 in front. What is one step, with the whole slope "
                "put in?",
            ),
            Rival(
                "sign-error",
                lambda w0, a, eta, n: w0 * abs(1 - 2 * a * eta) ** n,
                message="Your walk stays on one side of the bottom whatever the step is. But a "
                "factor below zero leads to the other side, and the next one back again: that is "
                "the zig-zag of this chapter. What becomes of the sign when a negative factor is "
                "taken to an odd power?",
            ),
            Rival("ascent-for-descent", lambda w0, a, eta, n: w0 * (1 + 2 * a * eta) ** n),
            Rival("slope-of-the-start", lambda w0, a, eta, n: w0 * (1 - 2 * a * eta * n)),
            Rival("one-step-too-many", lambda w0, a, eta, n: w0 * (1 - 2 * a * eta) ** (n + 1)),
            Rival("one-step-too-many", lambda w0, a, eta, n: w0 * (1 - 2 * a * eta) ** (n - 1)),
        ],
        hints=[
            "What does *one* step multiply w by?",
            "The second step multiplies by the same factor again. And n of them?",
            "A factor to the power n: `(1 - 2 * a * eta) ** n`",
        ],
        solution="```python\ndef after(w0, a, eta, n):\n"
        "    return w0 * (1 - 2 * a * eta) ** n\n```",
        why="Each step multiplies by 1 − 2aη, so n steps multiply by its n-th power.",
        next="A factor to a power: that is why loss curves are straight on an axis of powers of "
        "ten.",
    ),
    Question(
        id="learning_rate.4",
        title="Zig-zag, but arrive",
        difficulty=2,
        minutes=3,
        answer=Live(
            lambda values: _kind(values) == "oscillating",
            figure=Figure("learning_rate.explore_rate", settings={"a": _A_LIVE}),
            aim="let w change sides with every step and still come closer",
            probes=[{"eta": 0.3}, {"eta": 0.4}, {"eta": 0.5}, {"eta": 0.2}, {"eta": 0.1}],
        ),
        rivals=[
            Rival("limit-for-best-rate", lambda values: _kind(values) in ("edge", "diverging")),
            Rival(
                "best-rate-for-limit",
                lambda values: _kind(values) == "one step",
                message="With this learning rate w is at the bottom after one step, and never "
                "changes sides. That is the best rate, the border *before* the zig-zag begins. In "
                "which direction along the axis of η does the factor drop below zero?",
            ),
            Rival(
                "slope-sign-lost",
                lambda values: _kind(values) == "monotone",
                message="It comes closer here, but always on the same side: the factor is above "
                "zero. To change sides with every step the factor must be below zero. Which way "
                "along the axis of η does the factor fall?",
            ),
        ],
        hints=[
            "Changing sides means a factor below 0, coming closer means a size below 1.",
            "The axis under the curves has two borders. Between them both hold.",
            "Anything between 1/(2a) and 1/a, and not on a border.",
        ],
        solution="```python\nview_4.set(eta=0.3)\n```",
        why="Between 1/(2a) = 0.2 and 1/a = 0.4 the factor lies between 0 and −1.",
        next="A zig-zag in a loss curve is a warning: η is above the best rate already.",
    ),
    Question(
        id="learning_rate.5",
        title="Two weights, one limit",
        difficulty=2,
        minutes=4,
        answer=Number(1 / _A_5[1], tolerance=1e-6, near=0.0005),
        rivals=[
            Rival("flattest-sets-the-limit", 1 / _A_5[0]),
            Rival("best-rate-for-limit", 1 / (2 * _A_5[1])),
            Rival(
                "forgotten-two",
                2 / _A_5[1],
                message="You chose the right direction, and your limit is twice too large there, "
                "as if the slope of 20y² were 20y. The square leaves a 2 in front. Where does the "
                "factor of y reach minus one?",
            ),
            Rival(
                "average-of-endpoint-slopes",
                (1 / _A_5[0] + 1 / _A_5[1]) / 2,
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
        id="learning_rate.6",
        title="Momentum",
        difficulty=2,
        minutes=6,
        answer=Function(
            _momentum,
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
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, eta, steps, 0.0),
            ),
            Rival(
                "momentum-sign",
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, eta, steps, -beta),
            ),
            Rival(
                "ascent-for-descent",
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, -eta, steps, beta),
            ),
            Rival(
                "velocity-averaged",
                lambda gradient, w, eta, beta, steps: _heavy(
                    gradient, w, eta, steps, beta, 1 - beta
                ),
            ),
            Rival(
                "velocity-never-fades",
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, eta, steps, 1.0),
            ),
            Rival(
                "step-size-left-out",
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, 1.0, steps, beta),
                message="You moved w by the whole velocity. A velocity is a sum of slopes, and a "
                "slope is no distance: as in plain descent only a share of it is walked, and the "
                "learning rate η says which. In which of your two lines does it belong?",
            ),
            Rival(
                "rate-in-velocity-too",
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, eta, steps, beta, eta),
            ),
            Rival(
                "one-step-too-many",
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, eta, steps + 1, beta),
            ),
            Rival(
                "one-step-too-many",
                lambda gradient, w, eta, beta, steps: _heavy(gradient, w, eta, steps - 1, beta),
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
        id="learning_rate.7",
        title="From AdaGrad to RMSProp",
        difficulty=3,
        minutes=6,
        answer=Function(
            _rmsprop,
            probes=[
                (doubled, 4.0, 0.1, 0.9, 4),
                (shifted, 3.0, 0.05, 0.8, 6),
                (two_valleys, 2.0, 0.02, 0.7, 5),
                (wave, 0.3, 0.1, 0.9, 5),
                (nearly_flat, 3.0, 0.1, 0.9, 5),
                (flatter, -1.0, 0.05, 0.8, 6),
                (tilted, 0.0, 0.1, 0.9, 7),
            ],
            near=0,
        ),
        rivals=[
            Rival(
                "running-sum-for-mean",
                lambda gradient, w, eta, alpha, steps: _scaled(
                    gradient, w, eta, steps, 1.0, 1.0, _outside
                ),
            ),
            Rival(
                "running-sum-for-mean",
                lambda gradient, w, eta, alpha, steps: _scaled(
                    gradient, w, eta, steps, 1.0, 1 - alpha, _outside
                ),
            ),
            Rival(
                "velocity-averaged",
                lambda gradient, w, eta, alpha, steps: _scaled(
                    gradient, w, eta, steps, alpha, 1.0, _outside
                ),
                message="The old mean fades, and that is half of it. But the new square comes in "
                "with its full weight, so the result is larger than any of the squares. In a mean "
                "the two shares add up to one: which share is left for the new square?",
            ),
            Rival(
                "shares-swapped",
                lambda gradient, w, eta, alpha, steps: _scaled(
                    gradient, w, eta, steps, 1 - alpha, alpha, _outside
                ),
            ),
            Rival(
                "root-left-out",
                lambda gradient, w, eta, alpha, steps: _scaled(
                    gradient, w, eta, steps, alpha, 1 - alpha, lambda s: s + EPSILON
                ),
            ),
            Rival(
                "epsilon-in-the-root",
                lambda gradient, w, eta, alpha, steps: _scaled(
                    gradient, w, eta, steps, alpha, 1 - alpha, _within
                ),
            ),
            Rival("old-mean-used", _rmsprop_late),
            Rival(
                "ascent-for-descent",
                lambda gradient, w, eta, alpha, steps: _rmsprop(gradient, w, -eta, alpha, steps),
            ),
        ],
        hints=[
            "Only the line with `total` changes, and the name with it.",
            "The old mean keeps the share alpha, the new square gets the rest, 1 − alpha.",
            "`mean_square = alpha * mean_square + (1 - alpha) * g**2`",
        ],
        solution="```python\ndef rmsprop(gradient, w, eta, alpha, steps):\n"
        "    mean_square = 0.0\n    for _ in range(steps):\n        g = gradient(w)\n"
        "        mean_square = alpha * mean_square + (1 - alpha) * g**2\n"
        "        w = w - eta * g / (np.sqrt(mean_square) + 1e-8)\n    return w\n```",
        why="A running mean lets old squares fade, so the steps can grow again where it is flat.",
        next="Give the slopes a running mean as well, and you are nearly at Adam.",
    ),
    Question(
        id="learning_rate.8",
        title="Bug clinic: a faulty Adam",
        difficulty=3,
        minutes=8,
        answer=Function(
            _adam,
            probes=[
                (doubled, 4.0, 0.1, 1),
                (shifted, 3.0, 0.05, 6),
                (two_valleys, 2.0, 0.02, 5),
                (wave, 0.3, 0.1, 9),
                (nearly_flat, 3.0, 0.1, 5),
                (flatter, -1.0, 0.05, 6),
                (tilted, 0.0, 0.1, 7),
            ],
            near=0,
        ),
        rivals=[
            Rival(
                "bug-not-mended",
                lambda gradient, w, eta, steps: _any_adam(gradient, w, eta, steps, "", _within),
                message="This walks as the faulty Adam does: both faults are still there. Put your "
                "code beside the lesson's, line by line. What happens there to the two means "
                "before they are used, and where does ε stand?",
            ),
            Rival(
                "bias-correction-forgotten",
                lambda gradient, w, eta, steps: _any_adam(gradient, w, eta, steps, "", _outside),
            ),
            Rival(
                "bias-correction-forgotten",
                lambda gradient, w, eta, steps: _any_adam(gradient, w, eta, steps, "m", _outside),
                message="You divide the mean of the slopes by what it lacks, and leave the mean of "
                "the squares as it is. But that one starts at 0 as well, and it is young for far "
                "longer, since it keeps more of the old. What does it lack after t steps?",
            ),
            Rival(
                "bias-correction-forgotten",
                lambda gradient, w, eta, steps: _any_adam(gradient, w, eta, steps, "s", _outside),
                message="You divide the mean of the squares by what it lacks, and leave the mean "
                "of the slopes as it is. But that one starts at 0 as well, so your first step "
                "comes out ten times too short. What does it lack after t steps?",
            ),
            Rival(
                "one-share-for-both",
                _adam_with((0.9, 0.9)),
            ),
            Rival(
                "one-share-for-both",
                _adam_with((0.999, 0.999)),
            ),
            Rival(
                "shares-swapped",
                _adam_with((0.999, 0.9)),
                message="Your two means have changed their shares: the slopes are remembered for "
                "about a thousand steps, and their squares for about ten. The faulty code has the "
                "shares right, so they need no mending. Which number stands there in the line of "
                "the slopes, and which in the line of the squares?",
            ),
            Rival(
                "epsilon-in-the-root",
                lambda gradient, w, eta, steps: _any_adam(gradient, w, eta, steps, "ms", _within),
            ),
            Rival("steps-counted-from-zero", raises=ZeroDivisionError),
            Rival(
                "ascent-for-descent",
                lambda gradient, w, eta, steps: _adam(gradient, w, -eta, steps),
            ),
        ],
        hints=[
            "The first step should be η long. What are the two means after one slope of 2?",
            "They lack the factors 1 − 0.9ᵗ and 1 − 0.999ᵗ, where t counts the steps from 1.",
            "The root closes before ε comes: `np.sqrt(s) + 1e-8`.",
        ],
        solution="```python\ndef adam(gradient, w, eta, steps):\n    mean, mean_square = 0.0, 0.0\n"
        "    for t in range(1, steps + 1):\n        g = gradient(w)\n"
        "        mean = 0.9 * mean + 0.1 * g\n"
        "        mean_square = 0.999 * mean_square + 0.001 * g**2\n"
        "        m, s = mean / (1 - 0.9**t), mean_square / (1 - 0.999**t)\n"
        "        w = w - eta * m / (np.sqrt(s) + 1e-8)\n    return w\n```",
        why="Young means are too small and have to be divided by what they lack. And the root of "
        "a tiny ε is not tiny, so ε belongs outside.",
        next="This is the Adam that trains networks; chapter 15 will set it beside PyTorch's.",
    ),
]
