"""Questions of chapter 09 that gave their place to better ones."""

from utils.checks import Function, Question, Rival
from utils.examples import bowl, mixed, ripple
from utils.slopes import Plane, numerical_gradient

PLACES = [
    (bowl, 2.0, 1.0),
    (bowl, -1.5, 0.5),
    (mixed, 1.0, 2.0),
    (mixed, -2.0, 0.5),
    (ripple, 1.0, -1.0),
    (ripple, 0.5, 2.0),
    # A step taken as a share of the input must not pass: here an input is 0.
    (mixed, 1.5, 0.0),
    (ripple, 0.0, 0.7),
]


def in_x(f: Plane, x: float, y: float) -> float:
    """The slope along x."""
    return float(numerical_gradient(f, (x, y))[0])


def in_y(f: Plane, x: float, y: float) -> float:
    """The slope along y."""
    return float(numerical_gradient(f, (x, y))[1])


QUESTIONS = [
    Question(
        id="partial_derivatives.6",
        title="Write partial_y(f, x, y)",
        difficulty=3,
        minutes=5,
        answer=Function(
            lambda f, x, y: in_y(f, x, y),
            probes=PLACES,
            tolerance=0.002,
            because="a smaller step gets closer for the same price; try one ten times smaller",
        ),
        rivals=[
            Rival(
                "partials-swapped",
                in_x,
                message="Your function nudges x and holds y, so it measures the slope along x. Its "
                "name asks for the other one: y moves, and x is held. In which of the two places "
                "inside `f( , )` must the `+ h` stand?",
            ),
            Rival("other-variable-moves", lambda f, x, y: in_x(f, x, y) + in_y(f, x, y)),
            Rival("held-read-as-zero", lambda f, x, y: in_y(f, 0.0, y)),
            Rival("value-for-slope", lambda f, x, y: f(x, y)),
            Rival("sign-error", lambda f, x, y: -in_y(f, x, y)),
            Rival("central-divided-by-h", lambda f, x, y: 2 * in_y(f, x, y)),
            Rival("step-too-large", lambda f, x, y: f(x, y + 1) - f(x, y)),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        hints=[
            "A difference quotient, as in chapter 02. Which of the two inputs is nudged?",
            "Only y: compare `f(x, y + h)` with `f(x, y)`.",
            "`return (f(x, y + h) - f(x, y)) / h`, with a tiny h such as 1e-6.",
        ],
        solution="```python\ndef partial_y(f, x, y):\n    h = 1e-6\n"
        "    return (f(x, y + h) - f(x, y)) / h\n```",
        why="y is nudged and x stands in both terms as it is.",
        next="The same line with `x + h` gives the other slope: two of them make a gradient.",
    ),
]
