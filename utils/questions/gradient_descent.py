"""Questions of chapter 11: gradient descent, its steps, its valleys, and what goes wrong."""

import math

import numpy as np

from utils.checks import Array, Choice, Figure, Function, Live, Number, Question, Rival
from utils.descent import descend
from utils.examples import (
    along_w1,
    along_w2,
    cubic_slope,
    doubled,
    elliptical,
    product_by_w1,
    product_by_w2,
    towards_three,
)

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


# --- exercise 6: a walk with any gradient ---


def final(gradient, w, eta, steps):
    """The last place of gradient descent."""
    for _ in range(steps):
        w = w - eta * gradient(w)
    return w


def _uphill(gradient, w, eta, steps):
    return final(gradient, w, -eta, steps)


def _no_eta(gradient, w, eta, steps):
    return final(gradient, w, 1.0, steps)


def _slope_of_the_start(gradient, w, eta, steps):
    return w - steps * eta * gradient(w)


def _one_more(gradient, w, eta, steps):
    return final(gradient, w, eta, steps + 1)


def _one_fewer(gradient, w, eta, steps):
    return final(gradient, w, eta, steps - 1)


def _one_in_all(gradient, w, eta, steps):
    return final(gradient, w, eta, 1)


def _eta_twice(gradient, w, eta, steps):
    return final(gradient, w, eta**2, steps)


# --- exercise 8: two partials ---


def walked(d1, d2, w1, w2, eta, steps):
    """Gradient descent with two partials, both taken before the step."""
    for _ in range(steps):
        slope1, slope2 = d1(w1, w2), d2(w1, w2)
        w1, w2 = w1 - eta * slope1, w2 - eta * slope2
    return [w1, w2]


def _buggy(d1, d2, w1, w2, eta, steps):
    fixed = d1(w1, w2)
    for _ in range(steps):
        w1 = w1 - eta * fixed
        w2 = w2 - eta * d2(w1, w2)
    return [w1, w2]


def _sequential(d1, d2, w1, w2, eta, steps):
    for _ in range(steps):
        w1 = w1 - eta * d1(w1, w2)
        w2 = w2 - eta * d2(w1, w2)
    return [w1, w2]


def _second_weight_first(d1, d2, w1, w2, eta, steps):
    for _ in range(steps):
        w2 = w2 - eta * d2(w1, w2)
        w1 = w1 - eta * d1(w1, w2)
    return [w1, w2]


def _one_step_off(by):
    return lambda d1, d2, w1, w2, eta, steps: walked(d1, d2, w1, w2, eta, steps + by)


def _first_slope_kept(d1, d2, w1, w2, eta, steps):
    fixed = d1(w1, w2)
    for _ in range(steps):
        w1, w2 = w1 - eta * fixed, w2 - eta * d2(w1, w2)
    return [w1, w2]


def _both_slopes_kept(d1, d2, w1, w2, eta, steps):
    return [w1 - steps * eta * d1(w1, w2), w2 - steps * eta * d2(w1, w2)]


def _both_uphill(d1, d2, w1, w2, eta, steps):
    return walked(d1, d2, w1, w2, -eta, steps)


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
        difficulty=1,
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
        id="gradient_descent.6",
        title="Write descend",
        difficulty=2,
        minutes=6,
        answer=Function(
            final,
            probes=[
                (towards_three, 8.0, 0.1, 10),
                (doubled, 3.0, 0.2, 2),
                (doubled, -2.0, 0.05, 7),
                (cubic_slope, 1.5, 0.1, 4),
                (elliptical, np.array([2.0, 1.0]), 0.05, 3),
                (elliptical, np.array([-1.0, 2.0]), 0.1, 2),
            ],
            tolerance=1e-6,
            near=0,
        ),
        rivals=[
            Rival("ascent-for-descent", _uphill),
            Rival("step-size-left-out", _no_eta),
            Rival("slope-of-the-start", _slope_of_the_start),
            Rival("one-step-too-many", _one_more),
            Rival("one-step-too-many", _one_fewer),
            Rival(
                "stopped-too-soon",
                _one_in_all,
                message="Your function makes one step, whatever `steps` says. A `return` ends the "
                "function at once, so one that stands inside the loop ends it in its first round. "
                "How far to the left must the line with `return` begin?",
            ),
            Rival(
                "step-size-twice",
                _eta_twice,
                message="Your steps are too short: the learning rate is in them twice, once where "
                "the slope is worked out and once where the weight moves, or it was squared. The "
                "rule multiplies the slope by η once. Where does `eta` stand in your lines?",
            ),
        ],
        hints=[
            "A loop that runs `steps` times: `for _ in range(steps):`",
            "In it stands one line, the rule of this chapter.",
            "w = w - eta * gradient(w), and after the loop `return w`.",
        ],
        solution="```python\ndef descend(gradient, w, eta, steps):\n    for _ in range(steps):\n"
        "        w = w - eta * gradient(w)\n    return w\n```",
        why="The gradient is asked anew in each step, at the place reached by then.",
        next="Numbers or arrays, one weight or a billion: the line stays the same.",
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
        id="gradient_descent.8",
        title="Bug clinic: two bugs in one loop",
        difficulty=3,
        minutes=8,
        answer=Function(
            walked,
            probes=[
                (along_w1, along_w2, 2.0, 1.0, 0.1, 2),
                (along_w1, along_w2, -1.0, 3.0, 0.05, 5),
                (along_w1, along_w2, 1.0, -4.0, 0.2, 3),
                (product_by_w1, product_by_w2, 2.0, 1.0, 0.05, 4),
                (product_by_w1, product_by_w2, -1.0, -2.0, 0.1, 3),
            ],
            tolerance=1e-6,
            near=0,
        ),
        rivals=[
            Rival(
                "bug-not-mended",
                _buggy,
                message="These are the numbers of the faulty function, so nothing is mended yet. "
                "Go through its lines with a pencil, for two steps. At which place is each slope "
                "measured, and at which place do the weights stand at that moment?",
            ),
            Rival("sequential-update", _sequential),
            Rival(
                "sequential-update",
                _second_weight_first,
                message="Now the second weight moves first, and the slope for the first one is "
                "measured after that. The order is another one, and the mistake is the same: two "
                "slopes from two places. What could you store before any weight moves?",
            ),
            *(Rival("one-step-too-many", _one_step_off(by)) for by in (-1, 1)),
            Rival(
                "partials-swapped",
                lambda *given: walked(*given)[::-1],
                message="Both weights have come to the right place, but they have changed places "
                "in what you return. The function takes w₁ first and w₂ second. In which order "
                "does your last line give them back?",
            ),
            Rival(
                "slope-of-the-start",
                _first_slope_kept,
                message="One of the two bugs is gone: both weights now move from the same place. "
                "But the slope of the first weight is still that of the start, in every step. "
                "Where in the function is it measured, and how often?",
            ),
            Rival("slope-of-the-start", _both_slopes_kept),
            Rival("ascent-for-descent", _both_uphill),
        ],
        hints=[
            "How often is `d1` called, and where do the weights stand then?",
            "Which w₁ does `d2` see: the one before this step or the one after?",
            "In the loop: first `slope1 = d1(w1, w2)` and `slope2 = d2(w1, w2)`, then both moves.",
        ],
        solution="```python\ndef walk(d1, d2, w1, w2, eta, steps):\n    for _ in range(steps):\n"
        "        slope1, slope2 = d1(w1, w2), d2(w1, w2)\n"
        "        w1, w2 = w1 - eta * slope1, w2 - eta * slope2\n    return [w1, w2]\n```",
        why="Each step needs its own slopes, all measured at the place before the step.",
        next="Measure everything, then move everything: frameworks do it in this order too.",
    ),
]
