"""Questions of chapter 11: gradient descent, its steps, its valleys, and what goes wrong."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from utils.checks import (
    Array,
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
    words,
)
from utils.checks.numeric import ENOUGH
from utils.descent import descend
from utils.examples import (
    cubic_slope,
    double_well,
    doubled,
    fourth,
    fourth_slope,
    square,
    squared_miss,
    towards_three,
    two_valleys,
    valley_1,
    valley_2,
    valley_3,
    valley_4,
    valley_5,
    valley_6,
)
from utils.slopes import Real

START, BEST, RATE = 8.0, 3.0, 0.1


def loss(w: float) -> float:
    """The loss of the lesson, (w − 3)²."""
    return (w - BEST) ** 2


def slope(w: float) -> float:
    """Its derivative."""
    return 2 * (w - BEST)


def quartic(w: float) -> float:
    """Two valleys, of which the left one is deeper."""
    return w**4 - 4 * w**2 + w


def quartic_slope(w: float) -> float:
    """Its derivative."""
    return 4 * w**3 - 8 * w + 1


def end_of(start: float, eta: float, steps: int) -> float:
    """Where a walk on the quartic ends; nan where it runs away."""
    return float(descend(quartic_slope, start, eta, steps)[-1, 0])


def steps_until_near(distance: float) -> int:
    """After how many steps the walk of the lesson is nearer than this to 3."""
    near = abs(descend(slope, START, RATE, 200)[:, 0] - BEST) < distance
    return int(np.argmax(near))


# --- exercise 6: how often a learning rate is halved ---


def _halved(loss: Real, slope: Real, w: float, eta: float) -> tuple[int, float]:
    """How often, and the learning rate that is left.

    It gives up after 60 halvings: a slope that is not this loss's may lead uphill for ever.
    """
    count = 0
    while count < 60 and loss(w - eta * slope(w)) >= loss(w):
        eta, count = eta / 2, count + 1
    return count, eta


def _halvings(loss: Real, slope: Real, w: float, eta: float) -> int:
    return _halved(loss, slope, w, eta)[0]


def _rate_left(loss: Real, slope: Real, w: float, eta: float) -> float:
    return _halved(loss, slope, w, eta)[1]


def _place_reached(loss: Real, slope: Real, w: float, eta: float) -> float:
    return w - _rate_left(loss, slope, w, eta) * slope(w)


# --- exercise 8: a walk that ends where it is flat ---

Still = Callable[[float, float], bool]


def _until(slope: Real, w: float, eta: float, most: int, rests: Still) -> list[float]:
    """Where it ends, and after how many steps; `rests` is asked with w and its slope."""
    steps = 0
    while steps < most and not rests(w, slope(w)):
        w, steps = w - eta * slope(w), steps + 1
    return [w, steps]


def _rest(slope: Real, w: float, eta: float, flat: float, most: int) -> list[float]:
    return _until(slope, w, eta, most, lambda w, s: abs(s) < flat)


def _rest_on_one_side(slope: Real, w: float, eta: float, flat: float, most: int) -> list[float]:
    return _until(slope, w, eta, most, lambda w, s: s < flat)


def _one_more(slope: Real, w: float, eta: float, flat: float, most: int) -> list[float]:
    w, steps = _rest(slope, w, eta, flat, most)
    return [w - eta * slope(w), steps + 1]


# --- exercise 9: any valley ---

ARRIVED = 0.01  # so near to the lowest place
CALLS = 60
LOWEST: dict[Real, float] = {
    valley_1: 3.2,
    valley_2: -41.0,
    valley_3: 17.5,
    valley_4: 30.0,
    valley_5: -8.0,
    valley_6: 2.0,
}


def _arrived(attempt: Attempt) -> bool:
    return abs(attempt.result[0] - LOWEST[attempt.arguments[0]]) < ARRIVED


def _rates(attempt: Attempt, first: int = 4) -> list[float]:
    """Each of the first steps, downhill, in slopes at the place where it began."""
    slope, places = attempt.arguments[0], [place[0] for place in attempt.places[: first + 1]]
    return [(here - there) / slope(here) for here, there in pairwise(places) if slope(here)]


def _one_rate(attempt: Attempt) -> bool:
    rates = _rates(attempt)
    same = len(rates) >= ENOUGH and all(math.isclose(r, rates[0], rel_tol=1e-5) for r in rates)
    return same and rates[0] > 0 and not _arrived(attempt)


def _uphill(attempt: Attempt) -> bool:
    rates = _rates(attempt)
    return len(rates) >= ENOUGH and max(rates) < 0


def _calls_left(attempt: Attempt) -> bool:
    asked_in_vain = 2 <= attempt.calls <= CALLS // 2 and not _arrived(attempt)
    return asked_in_vain and not _uphill(attempt)


def _told(attempt: Attempt) -> str:
    slope = attempt.arguments[0](attempt.result[0])
    return f"After {attempt.calls} calls, the slope there is {words.number(float(f'{slope:.3g}'))}."


def _signs(slope: Real, start: float, calls: int = CALLS) -> float:
    """Steps that double while the sign stays, and halve from its first change on."""
    w, step, turned = start, 1.0, False
    before = slope(w)
    for _ in range(calls - 1):
        w -= math.copysign(step, before)
        now = slope(w)
        turned = turned or now * before < 0
        step = step / 2 if turned else step * 2
        before = now
    return w


def _fixed(slope: Real, start: float) -> float:
    return float(descend(slope, start, 0.1, 50)[-1, 0])


_LOWEST, _OTHER = end_of(-2.0, 0.01, 2000), end_of(2.0, 0.01, 2000)


def _rests_at(values: dict, place: float) -> bool:
    """Whether the walk of the figure in exercise 4 has come to this minimum."""
    end = end_of(values["start"], values["eta"], round(values["steps"]))
    return math.isfinite(end) and abs(end - place) < 0.02


def _is_on_its_way(values: dict, place: float) -> bool:
    """Whether more steps from this start would lead to the minimum, and these do not."""
    return not _rests_at(values, place) and _rests_at({**values, "steps": 2000}, place)


_GRADIENT = np.array([4.0, 6.0])  # of x² + 3y² at (2, 1)
_PLACE = np.array([2.0, 1.0])

QUESTIONS = [
    Question(
        id="gradient_descent.predict_first",
        title="The first step",
        difficulty=1,
        minutes=2,
        answer=Number(START - RATE * slope(START), tolerance=1e-6),
        rivals=[
            Rival("ascent-for-descent", START + RATE * slope(START)),
            Rival("step-size-left-out", START - slope(START)),
            Rival(
                "value-for-slope",
                START - RATE * loss(START),
                message="You went by a tenth of the loss. The loss says how high the weight "
                "stands, and the rule steps by the slope: how steep it is there. The two are "
                "different numbers at this place. Which of them is printed behind the word slope?",
            ),
            *(
                Rival(
                    "step-for-place",
                    sign * RATE * slope(START),
                    message="That is the length of the step: the learning rate times the slope. "
                    "The question asks where the weight stands afterwards. It starts from its old "
                    "value, so the step has to be taken away from something: from which number?",
                )
                for sign in (-1, 1)
            ),
        ],
        hints=[
            "The rule has three numbers: the old weight, the learning rate, and the slope there.",
            "The old weight is 8, and the slope there is printed above: 10.",
            "8 − 0.1 · 10",
        ],
        solution="```python\n8 - 0.1 * slope(8)\n```",
        why="The slope at 8 is 10. A tenth of it is 1, and the minus makes the step go downhill.",
        next="The next step starts from the new place, and asks for the slope there.",
    ),
    Question(
        id="gradient_descent.predict_shrink",
        title="When does it arrive?",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "after 5 steps, since each is 1 long",
                "b": "never exactly, but it comes as close as you like",
                "c": "it runs past 3 and comes back",
                "d": "it stops somewhere before 3",
            },
        ),
        rivals=[
            Rival("slope-of-the-start", "a"),
            Rival(
                "step-too-large",
                "c",
                message="To run past 3, a step would have to be longer than the way that is left. "
                "A step here is 0.1 times the slope 2(w − 3), so it is a fixed share of what is "
                "left. Which share, and can it lead beyond the goal?",
            ),
            Rival(
                "flat-read-as-minimum",
                "d",
                message="To stop, the step must be 0, and so the slope must be 0. Before 3 the "
                "slope of this curve is small, but is it 0 anywhere? Work out 2(w − 3) at 3.1 "
                "and at 3.01: does the weight still move there?",
            ),
        ],
        hints=[
            "What is the slope at 7, after the first step? So how long is the second step?",
            "A step is 0.1 · 2(w − 3). Which share of the way w − 3 is that?",
            "Each step removes a fifth of what is left. What is left after many of them?",
        ],
        solution='The answer is **b**: `check("gradient_descent.predict_shrink", "b")`.',
        why="Each step takes away a fifth of the distance, so four fifths are left, and four "
        "fifths of that, and so on. It shrinks below any number, and is never 0.",
        next="Nobody slows the ball down: the slope fades, and the step with it.",
    ),
    Question(
        id="gradient_descent.predict_order",
        title="First look, then move",
        difficulty=2,
        minutes=3,
        answer=Choice(
            "b",
            options={
                "a": "yes, it is the same rule",
                "b": "no: the same x, but another y",
                "c": "no: both numbers differ",
                "d": "yes, but B needs two steps for it",
            },
        ),
        rivals=[
            Rival("sequential-update", "a"),
            Rival(
                "sequential-update",
                "c",
                message="One of the two numbers is computed from the same old values in both "
                "programs. Go through the lines of B with a pencil: which values of x and y does "
                "its first line see, and which does its second line see?",
            ),
            Rival(
                "one-step-too-many",
                "d",
                message="Both programs make one update of each weight, so both make one step. The "
                "question is which values the second line of B works with. Which x does it see, "
                "the one before the step or the one after it?",
            ),
        ],
        hints=[
            "When does x change in program B: before or after its second line is computed?",
            "In A, Python computes the whole right side before it assigns anything.",
            "The first line is the same in both. The second line of B meets a new x.",
        ],
        solution='The answer is **b**: `check("gradient_descent.predict_order", "b")`.',
        why="Both compute x from the old values. But B then computes the slope for y with the new "
        "x, a slope from a place where nobody stands.",
        next="All partials belong to the place before the step: look first, then move.",
    ),
    Question(
        id="gradient_descent.predict_path",
        title="The way down an elliptical bowl",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "straight to the lowest point",
                "b": "first mostly along y, then in a bend along x",
                "c": "around, along a contour line",
                "d": "first mostly along x, then along y",
            },
        ),
        rivals=[
            Rival("aims-at-the-minimum", "a"),
            Rival("along-the-contour", "c"),
            Rival(
                "partials-swapped",
                "d",
                message="That would fit a bowl that is steeper along x. Here the term with y has "
                "the factor 3, so along y it climbs more. The first step goes further along the "
                "weight with the larger slope. Which of the two slopes is larger at (2, 2)?",
            ),
        ],
        hints=[
            "What is the gradient of x² + 3y² at (2, 2)?",
            "Which of its two components is larger, and so which weight moves more at first?",
            "The gradient is (4, 12): the first step is three times as long along y as along x.",
        ],
        solution='The answer is **b**: `check("gradient_descent.predict_path", "b")`.',
        why="Along y it is steeper, so y shrinks faster. When y is nearly gone, only the slope "
        "along x is left.",
        next="Against the gradient means across the contour lines, and they are no circles.",
    ),
    Question(
        id="gradient_descent.predict_valleys",
        title="Two valleys",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "both, one after the other",
                "b": "the one whose slopes lead down from its start",
                "c": "the one that is nearest to its start",
                "d": "the deeper one",
            },
        ),
        rivals=[
            Rival(
                "local-for-global",
                "a",
                message="To reach a second valley, the walk would have to leave the first. At the "
                "bottom the gradient is 0, so the step is 0. What could move the weights on from "
                "there, and in which direction would a step uphill have to point?",
            ),
            Rival(
                "aims-at-the-minimum",
                "c",
                message="A walk cannot measure how far away the valleys are: it knows the slope "
                "under its feet and nothing else. A low ridge may stand between a start and the "
                "valley next to it. Which way does the ground fall on the far side of that ridge?",
            ),
            Rival(
                "local-for-global",
                "d",
                message="To choose the deeper valley, a walk would have to see them both. It sees "
                "the slope where it stands, and at the bottom of the first valley that slope is 0. "
                "What could tell it there that another valley is deeper?",
            ),
        ],
        hints=[
            "What does the walk know about valleys that lie elsewhere?",
            "What does a step look like at the bottom of the first valley it comes to?",
            "Distances are unknown to the walk. It follows slopes, step by step.",
        ],
        solution='The answer is **b**: `check("gradient_descent.predict_valleys", "b")`.',
        why="Slopes lead down into one valley, and at its bottom they are 0, so the walk stays.",
        next="The start decides which minimum is found. It need not be the nearest, nor the best.",
    ),
    Question(
        id="gradient_descent.predict_hurry",
        title="In a hurry",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "fall faster",
                "b": "fall, and stay at some height",
                "c": "grow with every step",
                "d": "grow once, then fall",
            },
        ),
        rivals=[
            Rival(
                "step-too-large",
                "a",
                message="Longer steps save time as long as they end closer to the goal. Compute "
                "the first one: the slope at 8 is 10, and η is 1.1. How long is the step, and how "
                "long was the way to 3?",
            ),
            Rival(
                "step-too-large",
                "b",
                message="To stay at some height, the weight would have to stand still, or jump "
                "between two places of the same height. Compute the first two places with η = 1.1: "
                "is the second as far from 3 as the first?",
            ),
            Rival(
                "one-step-too-many",
                "d",
                message="The first step does lead higher. But then look at the second one: the "
                "weight stands further away from 3 than before, and there the slope is steeper. Is "
                "the second step shorter or longer than the first?",
            ),
        ],
        hints=[
            "Compute the first step: 8 − 1.1 · 10.",
            "It lands at −3. Is that nearer to 3 than 8, or further away?",
            "Further away it is steeper, and the step is η times the slope.",
        ],
        solution='The answer is **c**: `check("gradient_descent.predict_hurry", "c")`.',
        why="Each jump lands on the other side, further away from 3 than before, where it is "
        "steeper. So the next jump is longer.",
        next="The direction was right all the time. The length was not.",
    ),
    Question(
        id="gradient_descent.1",
        title="One step, two weights",
        difficulty=1,
        minutes=3,
        answer=Array(_PLACE - 0.05 * _GRADIENT, tolerance=1e-6),
        rivals=[
            Rival("ascent-for-descent", _PLACE + 0.05 * _GRADIENT),
            Rival("step-size-left-out", _PLACE - _GRADIENT),
            Rival("partials-swapped", _PLACE - 0.05 * _GRADIENT[::-1]),
            Rival(
                "value-for-slope",
                _PLACE - 0.05 * 7,
                message="You took a twentieth of the loss, 7, away from both weights. The loss "
                "says how high you stand, not how steep it is, and each weight has a slope of its "
                "own. What does (2x, 6y) give at the place where you stand?",
            ),
            Rival(
                "partials-swapped",
                (_PLACE - 0.05 * _GRADIENT)[::-1],
                message="Both numbers are good, but they have changed places. A place is written "
                "as it was given, x first and y second. Which of your two numbers came out of the "
                "old x, and where does it stand in your list?",
            ),
            Rival(
                "one-step-too-many",
                _PLACE * (1 - 0.05 * np.array([2.0, 6.0])) ** 2,
                message="That is where you stand after two steps. The first update leads from "
                "(2, 1) to a new place, and there the question stops. How often does your line "
                "with the minus run, and what does it give the first time?",
            ),
            *(
                Rival(
                    "step-for-place",
                    sign * 0.05 * _GRADIENT,
                    message="That is the step: how far each weight moves. The question asks where "
                    "you stand afterwards. Each weight starts from its old value. From which two "
                    "numbers do these two have to be taken away?",
                )
                for sign in (-1, 1)
            ),
        ],
        hints=[
            "Put the place into the gradient first: (2x, 6y) at (2, 1).",
            "It is (4, 6). Multiply both by 0.05.",
            "[2 − 0.05 · 4, 1 − 0.05 · 6]",
        ],
        solution="```python\nplace_1 = [2 - 0.05 * 4, 1 - 0.05 * 6]\n```",
        why="The gradient at (2, 1) is (4, 6). A twentieth of it is taken away from the place.",
        next="Every weight moves by its own slope, all with the same η.",
    ),
    Question(
        id="gradient_descent.2",
        title="How many steps?",
        difficulty=2,
        minutes=4,
        answer=Number(steps_until_near(0.01), near=0),
        rivals=[
            *(Rival("one-step-too-many", steps_until_near(0.01) + off) for off in (-1, 1)),
            Rival("slope-of-the-start", 5),
            Rival(
                "error-read-as-weight",
                math.ceil(math.log(0.01 / 25) / math.log(0.64)),
                message="At that step the *loss* is below 0.01 for the first time. The question is "
                "about the weight: how far it is away from 3. The loss is the square of that "
                "distance. Which of the two does your loop compare with 0.01?",
            ),
        ],
        hints=[
            "A `while` loop: as long as `abs(w - 3) >= 0.01`, take a step and count it.",
            "Start the counter at 0, and add 1 in the same round in which w moves.",
            "Every step keeps 0.8 of the distance: look for the first n with 5 · 0.8ⁿ below 0.01.",
        ],
        solution="```python\nw, steps_2 = 8, 0\nwhile abs(w - 3) >= 0.01:\n"
        "    w = w - 0.1 * 2 * (w - 3)\n    steps_2 = steps_2 + 1\n```",
        why="5 · 0.8ⁿ is the distance after n steps. It falls below 0.01 between two whole "
        "numbers, and the larger of them counts.",
        next="Each time, ten times closer costs about ten steps more: the distance shrinks by a "
        "fixed share.",
    ),
    Question(
        id="gradient_descent.3",
        title="Does it converge, and where?",
        difficulty=2,
        minutes=6,
        answer=Number(
            end_of(2.0, 0.01, 100),
            tolerance=6e-4,
            because="the loop gives every digit",
        ),
        rivals=[
            Rival(
                "aims-at-the-minimum",
                _LOWEST,
                message="There the loss is lowest, that is true, and it would be the better place. "
                "But a walk from 2 does not get there: it follows the slope under its feet. In "
                "which valley does it start, and what stands between the two?",
            ),
            Rival("error-read-as-weight", quartic(end_of(2.0, 0.01, 100))),
            Rival("slope-of-the-start", 2.0 - 100 * 0.01 * quartic_slope(2.0)),
            Rival(
                "one-step-too-many",
                end_of(2.0, 0.01, 1),
                message="That is the weight after the first step. The loop should go on from "
                "there: a hundred steps, each from the place where the last one ended. Is your "
                "`return` or your `print` inside the loop, or is there no loop?",
            ),
        ],
        hints=[
            "The slope by the power rule: 4w³ − 8w + 1.",
            "`for n in range(1, 101):` and in it one update of w, then the print.",
            "w = w - 0.01 * (4 * w**3 - 8 * w + 1)",
        ],
        solution="```python\nw = 2.0\nfor n in range(1, 101):\n"
        "    w = w - 0.01 * (4 * w**3 - 8 * w + 1)\n    if n % 20 == 0:\n"
        "        print(n, round(w, 4))\nweight_3 = w\n```",
        why="The printed weights settle: the walk converges. But from −2 it converges to another "
        "minimum, with a lower loss.",
        next="To converge means to come to rest, not to find the best.",
    ),
    Question(
        id="gradient_descent.4",
        title="Into the better valley",
        difficulty=2,
        minutes=3,
        answer=Live(
            lambda values: _rests_at(values, _LOWEST),
            figure=Figure("gradient_descent.explore_walk", {"f": quartic}, {"steps": 100}),
            aim="let the ball come to rest in the lowest minimum",
            probes=[
                {"start": -2.0, "eta": 0.01, "steps": 100.0},
                {"start": 2.0, "eta": 0.01, "steps": 100.0},
                {"start": -2.0, "eta": 0.01, "steps": 2.0},
            ],
        ),
        rivals=[
            Rival("local-for-global", lambda values: _rests_at(values, _OTHER)),
            Rival(
                "stopped-too-soon",
                lambda values: _is_on_its_way(values, _LOWEST),
                message="Your start is a good one, and the ball is on its way into the lowest "
                "valley. But it has not come to rest: the slope under it is not 0 yet. What else, "
                "besides the start, can you move, so that it comes to the bottom?",
            ),
        ],
        hints=[
            "Which of the two valleys is deeper? Read the heights off the curve.",
            "Move the start into the slopes of that valley, and let the ball walk.",
            "Any start to the left of the hilltop near 0 will do. Move the steps to 100.",
        ],
        solution="```python\nview_4.set(start=-1, steps=100)\n```",
        why="Every start to the left of the hilltop belongs to the left valley, the deeper one.",
        next="People start several walks from random places and keep the best end.",
    ),
    Question(
        id="gradient_descent.5",
        title="Whose fault is it?",
        difficulty=2,
        minutes=3,
        answer=Choice(
            "d",
            options={
                "a": "the gradient is wrong: a right one lowers the loss",
                "b": "the minus should be a plus",
                "c": "it needs more steps to settle",
                "d": "the step is too long: it jumps over the minimum and lands higher",
            },
        ),
        rivals=[
            Rival("gradient-blamed", "a"),
            Rival("ascent-for-descent", "b"),
            Rival(
                "one-step-too-many",
                "c",
                message="More steps help a walk that comes closer with each of them. Here the "
                "distance from 3 grows: read the weights in the print, one after the other. What "
                "would the next ten steps do to it?",
            ),
        ],
        hints=[
            "Read the weights: on which side of 3 are they, and how far away?",
            "Work out the slope at 8 by the rule and by a nudge. Is it right?",
            "What happens with the same slope and a step a hundred times shorter?",
        ],
        solution='```python\nreason_5 = "d"\n```',
        why="The slope is right, and a short step against it lowers the loss. This step is longer "
        "than twice the way to the minimum, so it lands higher on the other side.",
        next="If the loss grows, try a smaller η before you doubt the gradient.",
    ),
    Question(
        id="gradient_descent.6b",
        title="Halve until it falls",
        difficulty=3,
        minutes=8,
        answer=Function(
            _halvings,
            probes=[
                (square, doubled, 4.0, 0.1),
                (square, doubled, -3.0, 3.0),
                (squared_miss, towards_three, 8.0, 20.0),
                (fourth, fourth_slope, 3.0, 1.0),
                (double_well, two_valleys, 2.0, 0.5),
                (double_well, two_valleys, -0.3, 6.0),
                (square, doubled, 0.01, 1.7),
            ],
            near=0,
        ),
        rivals=[
            Rival(
                "stopped-too-soon",
                lambda loss, slope, w, eta: min(1, _halvings(loss, slope, w, eta)),
                message="You never halve more than once. After the first halving the step may "
                "still be too long, so the question has to be asked again, as often as it takes. "
                "Which word of Python asks again, where `if` asks once?",
            ),
            *(
                Rival(
                    "one-step-too-many",
                    lambda loss, slope, w, eta, by=by: _halvings(loss, slope, w, eta) + by,
                    message="Your number is one off. Count halvings, and not tries: if the first "
                    "step lowers the loss already, the answer is 0. Take η = 3 on w², from −3, and "
                    "write down η and the new loss, try by try. What does your counter say?",
                )
                for by in (1, -1)
            ),
            Rival(
                "rate-for-count",
                _rate_left,
            ),
            Rival(
                "place-for-value",
                _place_reached,
                message="This is the place that the first good step leads to. A walk would go on "
                "from there, and the question asks for something else: how often η was halved "
                "before that step. Where does your loop count?",
            ),
        ],
        hints=[
            "A step that you try: `loss(w - eta * slope(w))`. With what do you compare it?",
            "`while` the tried loss is not below `loss(w)`: halve `eta`, and count.",
            "`w` itself stays where it is; only `eta` and the counter change in the loop.",
        ],
        solution="```python\ndef halvings(loss, slope, w, eta):\n    count = 0\n"
        "    while loss(w - eta * slope(w)) >= loss(w):\n        eta = eta / 2\n"
        "        count = count + 1\n    return count\n```",
        why="Against the slope a step that is short enough lowers the loss, so the loop ends "
        "where the slope is not 0.",
        next="This is called backtracking, and it finds an η anew for each step.",
    ),
    Question(
        id="gradient_descent.7",
        title="Bug clinic: a table that somebody made up",
        difficulty=3,
        minutes=8,
        answer=Choice(
            "b",
            options={"a": "A, D and E", "b": "B, D and E", "c": "D, E and F", "d": "A, C and F"},
        ),
        rivals=[
            Rival(
                "one-step-too-many",
                "a",
                message="You reject line A. Perhaps because a walk starts at (0, 0)? "
                "But a loop can print after its first update and call that step 0. Where does one "
                "step lead from (0, 0), and what loss is in your own print instead of line B?",
            ),
            Rival(
                "one-weight-only",
                "c",
                message="D and E are made up, but look again at F, and at the two losses. Print "
                "all fifteen places with four decimals, and all fifteen losses. Which line of "
                "the six is in none of your rows, and which row holds F?",
            ),
            Rival("claim-for-result", "d"),
        ],
        hints=[
            "Write the loop of the lesson and print the place and the loss after every step.",
            "Search each of the six lines in your fifteen rows.",
            "Your rows hold A (after 1 step), C (after 6) and F (after 11).",
        ],
        solution="```python\nw = np.array([0.0, 0.0])\nfor n in range(1, 16):\n"
        "    w = w - 0.1 * 2 * (w - np.array([2, 5]))\n"
        '    print(n, w.round(4), round(np.sum((w - [2, 5]) ** 2), 6))\nmade_up_7 = "b"\n```',
        why="After n steps the walk has gone the share 1 − 0.8ⁿ of its way, and no n gives the "
        "shares of D and E, nor the loss of B.",
        next="A table in print is a claim. A loop that you run yourself is an answer.",
    ),
    Question(
        id="gradient_descent.8b",
        title="Bug clinic: over before it began",
        difficulty=3,
        minutes=8,
        answer=Function(
            _rest,
            probes=[
                (towards_three, 8.0, 0.1, 0.01, 1000),
                (towards_three, -2.0, 0.1, 0.01, 1000),
                (doubled, -4.0, 0.05, 0.1, 1000),
                (two_valleys, -2.0, 0.01, 0.001, 1000),
                (doubled, 1.0, 1.0, 0.1, 1000),
                (cubic_slope, -1.5, 0.1, 0.05, 1000),
                (towards_three, -5.0, 0.4, 0.1, 3),
            ],
            tolerance=1e-6,
            near=0,
        ),
        rivals=[
            Rival(
                "bug-not-mended",
                _rest_on_one_side,
                message="From the right it walks, and from the left it still ends at once. There "
                "the slope is below 0, so it is below every small number, too, however steep it "
                "is. What about the slope must be small at a place that is flat?",
            ),
            Rival(
                "step-for-place",
                lambda slope, w, eta, flat, most: _until(
                    slope, w, eta, most, lambda w, s: abs(eta * s) < flat
                ),
                message="Your walk ends where its *step* is short, and η is in the step. With a "
                "tiny η it would end on the steepest wall. The task calls a place flat by its "
                "slope alone. Which factor does your condition have too many?",
            ),
            Rival(
                "value-for-slope",
                lambda slope, w, eta, flat, most: _until(
                    slope, w, eta, most, lambda w, s: abs(w) < flat
                ),
                message="Your walk ends where the weight is near 0, and the lowest place may be "
                "anywhere. Not the place tells that it is flat there, nor does the loss. What do "
                "you have to ask, at each place?",
            ),
            Rival("one-step-too-many", _one_more),
            Rival(
                "partials-swapped",
                lambda *given: _rest(*given)[::-1],
                message="Both numbers are right, and they have changed places. The statement asks "
                "for the place first and for the number of steps behind it. In which order does "
                "your last line give them back?",
            ),
        ],
        hints=[
            "Print `slope(-2)`. Is it above or below 0.01?",
            "Flat means: neither clearly above 0 nor clearly below. `abs` takes the sign away.",
            "`while abs(slope(w)) >= flat and steps < most:`",
        ],
        solution="```python\ndef rest(slope, w, eta, flat, most):\n    steps = 0\n"
        "    while abs(slope(w)) >= flat and steps < most:\n        w = w - eta * slope(w)\n"
        "        steps = steps + 1\n    return [w, steps]\n```",
        why="A slope far below 0 is small only for somebody who forgets its size. And a walk "
        "needs a last step, since with η on the edge it never comes to rest.",
        next="Test a walk from both sides of its valley; a bug can hide on one of them.",
    ),
    Question(
        id="gradient_descent.9",
        title="Open task: any valley, sixty questions",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(_arrived, lambda slope, start: _signs(slope, start)),
            probes=list(zip(LOWEST, (-50.0, 12.0, 0.0, 0.0, 3.0, 40.0), strict=True)),
            budget=CALLS,
            told=_told,
        ),
        rivals=[
            Rival("one-rate-for-all", Way(_one_rate, _fixed)),
            Rival(
                "ascent-for-descent",
                Way(_uphill, lambda slope, start: float(descend(slope, start, -0.001, 40)[-1, 0])),
            ),
            Rival(
                "stopped-too-soon",
                Way(_calls_left, lambda slope, start: _signs(slope, start, 6)),
                message="You are not there yet, and more than half of your calls are left. A rule "
                "that ends the search has to fit steep valleys and flat ones: a small slope, or a "
                "small step, is near the end in one of them and far from it in another. When does "
                "yours stop?",
            ),
        ],
        hints=[
            "The size of a slope misleads here, and its sign never does: it tells on which side "
            "you are.",
            "Go against the sign, with steps of 1, 2, 4, 8 … Once the sign has changed, you have "
            "the lowest place between two walls.",
            "From then on halve the step each time, always against the sign. Thirty halvings make "
            "a billionth of it.",
        ],
        solution="```python\ndef find_rest(slope, start):\n"
        "    w, step, turned = start, 1.0, False\n"
        "    before = slope(w)\n    for _ in range(59):\n"
        "        w = w - step if before > 0 else w + step\n        now = slope(w)\n"
        "        turned = turned or now * before < 0\n"
        "        step = step / 2 if turned else 2 * step\n        before = now\n    return w\n```",
        why="Between a flat valley and a steep one no learning rate fits both. The sign of the "
        "slope needs none: steps double until it changes, and halve from then on.",
        next="Adam takes up half of this thought: it divides each slope by its usual size.",
    ),
]
