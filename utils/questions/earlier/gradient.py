"""Questions of chapter 10 that gave their place to better ones."""

from collections.abc import Callable

import numpy as np

from utils.checks import Function, Question, Rival
from utils.examples import bowl, mixed, ripple
from utils.slopes import Plane, numerical_gradient


def together(f: Plane, x: float, y: float) -> float:
    """Both partials in one sum."""
    return float(numerical_gradient(f, (x, y)).sum())


def with_step(h: float) -> Callable[[Plane, float, float], list[float]]:
    """Both partials by difference quotients with this step."""
    return lambda f, x, y: [(f(x + h, y) - f(x, y)) / h, (f(x, y + h) - f(x, y)) / h]


QUESTIONS = [
    Question(
        id="gradient.6",
        title="Write gradient(f, x, y)",
        difficulty=3,
        minutes=7,
        answer=Function(
            lambda f, x, y: numerical_gradient(f, (x, y)),
            probes=[
                (bowl, 2.0, 1.0),
                (bowl, -1.5, 0.5),
                (mixed, 1.0, 2.0),
                (mixed, -2.0, 0.5),
                (ripple, 1.0, -1.0),
                (ripple, 0.5, 2.0),
                # A step taken as a share of the input must not pass: here an input is 0.
                (mixed, 1.5, 0.0),
                (ripple, 0.0, 0.7),
            ],
            tolerance=0.002,
            because="a smaller step gets closer for the same price; try one ten times smaller",
        ),
        rivals=[
            Rival("partials-swapped", lambda f, x, y: numerical_gradient(f, (x, y))[::-1]),
            Rival("other-variable-moves", lambda f, x, y: [together(f, x, y)] * 2),
            Rival("sum-of-partials", together),
            Rival("value-for-slope", lambda f, x, y: f(x, y)),
            Rival("sign-error", lambda f, x, y: -numerical_gradient(f, (x, y))),
            Rival("central-divided-by-h", lambda f, x, y: 2 * numerical_gradient(f, (x, y))),
            *(Rival("step-too-large", with_step(h)) for h in (1.0, 0.1)),
            Rival(
                "nudge-not-taken-back",
                lambda f, x, y: np.cumsum(numerical_gradient(f, (x, y))),
                message="The first slope is right. The second is measured after x was nudged and "
                "not set back, so it holds the slope along x as well. Look at the two places that "
                "your second line compares: which input should be the same in both?",
            ),
            Rival(
                "difference-not-divided",
                lambda f, x, y: [0.0, 0.0],
                message="Your numbers are next to 0 everywhere, as small as your nudges. A change "
                "says little without the step that made it: over half the step it would be half as "
                "large. What must each difference be divided by, so that it becomes a slope?",
            ),
            Rival("gradient-wrong-shape", lambda f, x, y: numerical_gradient(f, (x, y))[None]),
            Rival("gradient-wrong-shape", lambda f, x, y: numerical_gradient(f, (x, y))[:, None]),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        hints=[
            "Two difference quotients. The first nudges x alone, the second y alone.",
            "For x: `(f(x + h, y) - f(x, y)) / h`, with a tiny h.",
            "Then `return [along_x, along_y]`, in this order.",
        ],
        solution="```python\ndef gradient(f, x, y):\n    h = 1e-6\n"
        "    along_x = (f(x + h, y) - f(x, y)) / h\n"
        "    along_y = (f(x, y + h) - f(x, y)) / h\n    return [along_x, along_y]\n```",
        why="One knob at a time, the other held; then both slopes are stacked, x first.",
        next="It works for any f of two numbers that has slopes, also where nobody knows its rule.",
    ),
]
