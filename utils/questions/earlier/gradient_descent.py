"""Questions of chapter 11 that gave their place to better ones."""

import numpy as np

from utils.checks import Function, Question, Rival
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

# --- exercise 6: a walk with any gradient ---


def final(gradient, w, eta, steps):
    """The last place of gradient descent."""
    for _ in range(steps):
        w = w - eta * gradient(w)
    return w


def uphill(gradient, w, eta, steps):
    """With a plus."""
    return final(gradient, w, -eta, steps)


def no_eta(gradient, w, eta, steps):
    """The whole slope as a step."""
    return final(gradient, w, 1.0, steps)


def slope_of_the_start(gradient, w, eta, steps):
    """One slope for all steps."""
    return w - steps * eta * gradient(w)


def one_more(gradient, w, eta, steps):
    """A step more."""
    return final(gradient, w, eta, steps + 1)


def one_fewer(gradient, w, eta, steps):
    """A step fewer."""
    return final(gradient, w, eta, steps - 1)


def one_in_all(gradient, w, eta, steps):
    """A single step."""
    return final(gradient, w, eta, 1)


def eta_twice(gradient, w, eta, steps):
    """The learning rate squared."""
    return final(gradient, w, eta**2, steps)


# --- exercise 8: two partials ---


def walked(d1, d2, w1, w2, eta, steps):
    """Gradient descent with two partials, both taken before the step."""
    for _ in range(steps):
        slope1, slope2 = d1(w1, w2), d2(w1, w2)
        w1, w2 = w1 - eta * slope1, w2 - eta * slope2
    return [w1, w2]


def buggy(d1, d2, w1, w2, eta, steps):
    """As it stands in the exercise."""
    fixed = d1(w1, w2)
    for _ in range(steps):
        w1 = w1 - eta * fixed
        w2 = w2 - eta * d2(w1, w2)
    return [w1, w2]


def sequential(d1, d2, w1, w2, eta, steps):
    """The first weight moves before the second slope is taken."""
    for _ in range(steps):
        w1 = w1 - eta * d1(w1, w2)
        w2 = w2 - eta * d2(w1, w2)
    return [w1, w2]


def second_weight_first(d1, d2, w1, w2, eta, steps):
    """The other way round."""
    for _ in range(steps):
        w2 = w2 - eta * d2(w1, w2)
        w1 = w1 - eta * d1(w1, w2)
    return [w1, w2]


def one_step_off(by):
    """So many steps more."""
    return lambda d1, d2, w1, w2, eta, steps: walked(d1, d2, w1, w2, eta, steps + by)


def first_slope_kept(d1, d2, w1, w2, eta, steps):
    """The first slope is that of the start."""
    fixed = d1(w1, w2)
    for _ in range(steps):
        w1, w2 = w1 - eta * fixed, w2 - eta * d2(w1, w2)
    return [w1, w2]


def both_slopes_kept(d1, d2, w1, w2, eta, steps):
    """Both are."""
    return [w1 - steps * eta * d1(w1, w2), w2 - steps * eta * d2(w1, w2)]


def both_uphill(d1, d2, w1, w2, eta, steps):
    """With a plus."""
    return walked(d1, d2, w1, w2, -eta, steps)


QUESTIONS = [
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
            Rival("ascent-for-descent", uphill),
            Rival("step-size-left-out", no_eta),
            Rival("slope-of-the-start", slope_of_the_start),
            Rival("one-step-too-many", one_more),
            Rival("one-step-too-many", one_fewer),
            Rival(
                "stopped-too-soon",
                one_in_all,
                message="Your function makes one step, whatever `steps` says. A `return` ends the "
                "function at once, so one that stands inside the loop ends it in its first round. "
                "How far to the left must the line with `return` begin?",
            ),
            Rival(
                "step-size-twice",
                eta_twice,
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
                buggy,
                message="These are the numbers of the faulty function, so nothing is mended yet. "
                "Go through its lines with a pencil, for two steps. At which place is each slope "
                "measured, and at which place do the weights stand at that moment?",
            ),
            Rival("sequential-update", sequential),
            Rival(
                "sequential-update",
                second_weight_first,
                message="Now the second weight moves first, and the slope for the first one is "
                "measured after that. The order is another one, and the mistake is the same: two "
                "slopes from two places. What could you store before any weight moves?",
            ),
            *(Rival("one-step-too-many", one_step_off(by)) for by in (-1, 1)),
            Rival(
                "partials-swapped",
                lambda *given: walked(*given)[::-1],
                message="Both weights have come to the right place, but they have changed places "
                "in what you return. The function takes w₁ first and w₂ second. In which order "
                "does your last line give them back?",
            ),
            Rival(
                "slope-of-the-start",
                first_slope_kept,
                message="One of the two bugs is gone: both weights now move from the same place. "
                "But the slope of the first weight is still that of the start, in every step. "
                "Where in the function is it measured, and how often?",
            ),
            Rival("slope-of-the-start", both_slopes_kept),
            Rival("ascent-for-descent", both_uphill),
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
