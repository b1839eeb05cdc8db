"""Questions of chapter 12: the borders of η, the long bowl, momentum, RMSProp and Adam."""

import math
from collections.abc import Callable, Sequence

import numpy as np

from utils.checks import (
    Attempt,
    Choice,
    Figure,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.examples import (
    double_well,
    doubled,
    flatter,
    nearly_flat,
    shifted,
    square,
    tilted,
    tripled,
    two_valleys,
    wave,
)
from utils.models.learning_rate import regime
from utils.slopes import Real

EPSILON = 1e-8


# --- what learners write ---


def _after(w0: float, a: float, eta: float, n: int) -> float:
    return w0 * (1 - 2 * a * eta) ** n


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


# --- exercise 6: a learning rate that grows until the loss turns ---

GROWTH = 1.1


def _grown(loss: Real, slope: Real, w: float, eta: float) -> tuple[float, int]:
    """The first rate whose step raises the loss, and how many steps did not.

    It gives up after 500: a slope that is not this loss's may never do so.
    """
    steps = 0
    while steps < 500 and loss(w - eta * slope(w)) <= loss(w):
        w, eta, steps = w - eta * slope(w), eta * GROWTH, steps + 1
    return eta, steps


def _found_rate(loss: Real, slope: Real, w: float, eta: float) -> float:
    return _grown(loss, slope, w, eta)[0]


def _above_the_start(loss: Real, slope: Real, w: float, eta: float) -> float:
    """Goes on until the loss is above that of the start."""
    first, steps = loss(w), 0
    while steps < 500 and loss(w - eta * slope(w)) <= first:
        w, eta, steps = w - eta * slope(w), eta * GROWTH, steps + 1
    return eta


# --- exercise 9: ten learning rates for one long bowl ---

BOWLS = ((0.5, 10.0), (1.0, 10.0), (0.1, 3.0), (0.05, 0.3), (3.0, 75.0))  # flattest, steepest


def _worst(rates: Sequence[float], low: float, high: float) -> float:
    """The largest share of its distance that any direction between the two keeps."""
    a = np.linspace(low, high, 1001)
    return float(np.abs(np.prod([1 - 2 * a * eta for eta in rates], axis=0)).max())


def _best_constant(low: float, high: float) -> list[float]:
    return [1 / (low + high)] * 10


def _half_as_far(attempt: Attempt) -> bool:
    constant = _worst(_best_constant(*attempt.arguments), *attempt.arguments)
    return _worst(attempt.result, *attempt.arguments) < constant / 2


def _all_alike(attempt: Attempt) -> bool:
    return max(attempt.result) - min(attempt.result) < 1e-9 * abs(attempt.result[0])


def _below_the_limit(attempt: Attempt) -> bool:
    limit = 1 / attempt.arguments[1]
    return not _all_alike(attempt) and min(attempt.result) > 0 and max(attempt.result) <= limit


def _runs_away(attempt: Attempt) -> bool:
    """The walk ends farther out, by rates that would each still suit the flattest direction."""
    fit = min(attempt.result) > 0 and max(attempt.result) < 1.01 / attempt.arguments[0]
    return fit and not _all_alike(attempt) and _worst(attempt.result, *attempt.arguments) > 1


def _told(attempt: Attempt) -> str:
    kept = _worst(attempt.result, *attempt.arguments)
    constant = _worst(_best_constant(*attempt.arguments), *attempt.arguments)
    return (
        f"The slowest direction keeps {100 * kept:.3g} per cent of its distance, and with the best "
        f"constant rate {100 * constant:.3g}."
    )


def _one_for_each(low: float, high: float) -> list[float]:
    """Ten directions from the flattest to the steepest, and the best rate of each."""
    return [1 / (2 * a) for a in np.linspace(low, high, 10)]


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
        id="learning_rate.predict_one_over_curvature",
        title="One divided by the curvature",
        difficulty=3,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "on the bottom at −1.473",
                "b": "short of it",
                "c": "beyond it",
            },
        ),
        rivals=[
            Rival(
                "bowl-everywhere",
                "a",
            ),
            Rival(
                "bowl-everywhere",
                "b",
                message="Short of it is where you land if the slope fades more slowly than 4 for "
                "each unit, so that some of it is still left when the step is over. The "
                "curvature at the bottom was printed above, with the limit. Does the slope fade "
                "faster on the way there, or more slowly?",
            ),
        ],
        hints=[
            "How long is the step? A quarter of 5, to the left.",
            "It would be just right if the slope went on fading by 4 for each unit.",
            "At the bottom the curvature is 18.04. So the slope is used up much earlier.",
        ],
        solution='The answer is **c**: `check("learning_rate.predict_one_over_curvature", "c")`.',
        why="The step is 1.25 long and ends at −2.25. The bottom was only 0.473 away, since the "
        "slope fades faster and faster.",
        next="A curvature is a promise for the place where it was measured, as a slope is.",
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
        id="learning_rate.2b",
        title="Three runs, three diagnoses",
        difficulty=2,
        minutes=5,
        answer=Choice(
            "c",
            options={
                "a": "A: η too large, B: η too small, C: each slope holds for few examples only",
                "b": "A: η too small, B: each slope holds for few examples only, C: η too large",
                "c": "A: η too small, B: η too large, C: each slope holds for few examples only",
                "d": "A: each slope holds for few examples only, B: η too large, C: η too small",
            },
        ),
        rivals=[
            Rival(
                "overshoot-read-as-diverging",
                "a",
                message="Run A falls in every step, only slowly, and run B rises in the end. A "
                "step that is too long lands higher on the other side of the valley. In which of "
                "the two could that have happened, and more so with every step?",
            ),
            Rival(
                "gradient-blamed",
                "b",
                message="You explain the rise of B by chance and the jitter of C by a rate above "
                "the limit. But B goes one way only, faster and faster, as powers of a factor do. "
                "And does C ever leave its level? What would a rate above the limit do to it?",
            ),
            Rival(
                "negative-read-as-small",
                "d",
                message="You are right about B. Now compare the other two: one falls like a ruler, "
                "with no jitter at all, and the other comes down fast and then dances. Which of "
                "them has slopes that differ from step to step by chance?",
            ),
        ],
        hints=[
            "First find the run that rises. Steps of which kind land higher than they began?",
            "A straight line on this axis means: the same factor in each step, here close to 1.",
            "A run that comes down and then dances at one level takes a slope from few examples, "
            "which differs from step to step.",
        ],
        solution='```python\nanswer_2 = "c"\n```',
        why="Slow and straight: the factor is just below 1. Rising faster and faster: it is below "
        "−1. Down at once, and then dancing: the slopes themselves are noisy.",
        next="Only C gains nothing from another constant η alone: there smaller steps help at the "
        "end, or more examples for each slope.",
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
        id="learning_rate.5b",
        title="Make the bowl round",
        difficulty=3,
        minutes=6,
        answer=Number(math.sqrt(_A_5[1] / _A_5[0]), tolerance=0.01),
        rivals=[
            Rival(
                "root-left-out",
                _A_5[1] / _A_5[0],
                message="That is the condition number of the bowl, the right thing to look at. But "
                "y stands squared in the loss, so a factor in y counts twice. What becomes of 20y² "
                "when you put v/k in the place of y?",
            ),
            Rival(
                "rise-run-swapped",
                math.sqrt(_A_5[0] / _A_5[1]),
                message="With this k the narrow direction gets narrower still. The loss is too "
                "steep along y, so v has to go farther than y for the same change. Is k above 1 "
                "or below it, then?",
            ),
            Rival(
                "share-for-change",
                _A_5[1],
                message="With this k the term of v becomes 20v²/400, which is flatter than the "
                "term of x. The two should agree, so k has to know of both. What must stand in "
                "front of v²?",
            ),
        ],
        hints=[
            "Put y = v/k into the loss. What stands in front of v² then?",
            "20/k² stands there, and 0.5 stands in front of x². Round means that they agree.",
            "k² = 20/0.5",
        ],
        solution="```python\nk_5 = np.sqrt(20 / 0.5)\n```",
        why="20v²/k² is as steep as 0.5x² where k² is 40, the condition number of the bowl.",
        next="To bring all inputs to one scale does this for real data, before training begins.",
    ),
    Question(
        id="learning_rate.6b",
        title="A learning-rate finder",
        difficulty=3,
        minutes=8,
        answer=Function(
            _found_rate,
            probes=[
                (square, doubled, 4.0, 0.01),
                (square, doubled, -1.0, 0.3),
                (double_well, two_valleys, 2.0, 0.001),
                (double_well, two_valleys, -0.5, 0.002),
                (double_well, two_valleys, -1.6, 0.003),
                (tripled, shifted, 3.0, 0.005),
            ],
            near=0,
        ),
        rivals=[
            Rival(
                "one-step-too-many",
                lambda loss, slope, w, eta: GROWTH * _found_rate(loss, slope, w, eta),
                message="Yours is 1.1 times too large: η has grown once more after the step that "
                "raised the loss. Which η was that step taken with, and when does your loop "
                "multiply it?",
            ),
            Rival(
                "one-step-too-many",
                lambda loss, slope, w, eta: _found_rate(loss, slope, w, eta) / GROWTH,
                message="That is the last rate with which the loss still fell. The task asks for "
                "the first one with which it rose, a factor of 1.1 further on. What does your "
                "loop hold in its hand when it sees the rise?",
            ),
            Rival(
                "stopped-too-soon",
                lambda loss, slope, w, eta: eta,
                message="You return the η that you were given. It has to grow by a factor of 1.1 "
                "after each step that did not raise the loss. Which line of yours makes it grow, "
                "and is that line inside the loop?",
            ),
            Rival(
                "error-read-as-weight",
                _above_the_start,
                message="You compare each loss with that of the start. On the way down the loss "
                "has become much smaller, so it may rise for many steps before it is back there. "
                "With which loss must the one after a step be compared?",
            ),
            Rival(
                "rate-for-change",
                lambda loss, slope, w, eta: float(_grown(loss, slope, w, eta)[1]),
                message="That is the number of steps that it took. The task asks for the learning "
                "rate with which the next step raised the loss. After n steps η has grown n "
                "times by a factor of 1.1: what is it then?",
            ),
        ],
        hints=[
            "In a loop: take one step with the η that you have, and compare the loss before it "
            "with the loss after it.",
            "If the loss has risen, return η. If not, the walk goes on from the new place.",
            "`new = w - eta * slope(w)`, then `if loss(new) > loss(w): return eta`, and after that "
            "`w = new` and `eta = 1.1 * eta`.",
        ],
        solution="```python\ndef find_rate(loss, slope, w, eta):\n    while True:\n"
        "        new = w - eta * slope(w)\n        if loss(new) > loss(w):\n"
        "            return eta\n        w, eta = new, 1.1 * eta\n```",
        why="η grows while the loss falls, so the first step that raises it tells where the limit "
        "is, to within a factor of 1.1 on a bowl.",
        next="fast.ai's `lr_find` does this in one pass through the data, before a training run.",
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
    Question(
        id="learning_rate.9",
        title="Open task: ten learning rates",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(_half_as_far, _one_for_each),
            probes=list(BOWLS),
            shape=(10,),
            told=_told,
        ),
        rivals=[
            Rival(
                "one-rate-for-all",
                Way(_all_alike, _best_constant),
                message="All ten of your rates are the same. Then each direction has one factor, "
                "ten times over, and the best constant rate is the middle that keeps both ends "
                "equally slow. What could a rate do that suits the flattest direction alone, if "
                "the other nine look after the rest?",
            ),
            Rival(
                "limit-respected",
                Way(_below_the_limit, lambda low, high: list(np.linspace(0.5, 1, 10) / high)),
            ),
            Rival(
                "limit-for-best-rate",
                Way(_runs_away, lambda low, high: [1 / (2 * low)] * 9 + [1 / low]),
                message="After your ten steps some direction is farther away than at the start. A "
                "rate above the limit makes a steep direction grow, and the other rates have to "
                "make up for it. How many of the ten can you afford to be that large?",
            ),
        ],
        hints=[
            "After the ten steps a direction keeps the product of its ten factors 1 − 2aη. When is "
            "one factor 0?",
            "A rate of 1/(2a) ends the direction a at once. You have ten rates, and a runs from "
            "`low` to `high`.",
            "Take ten values of a between `low` and `high`, evenly spaced, and the best rate of "
            "each.",
        ],
        solution="```python\ndef rates(low, high):\n"
        "    return [1 / (2 * a) for a in np.linspace(low, high, 10)]\n```",
        why="Each rate ends one direction and shrinks its neighbours. The few large ones make "
        "steep directions grow, and the many small ones take more than that away again.",
        next="The best ten are known: they stand at the zeros of a Chebyshev polynomial.",
    ),
]
