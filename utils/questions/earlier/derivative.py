"""Questions of chapter 04 that better ones have replaced."""

from utils.checks import Number, Question, Rival
from utils.examples import cube
from utils.slopes import Real, difference_quotient


def _average(f: Real, x: float) -> float:
    return difference_quotient(f, x, 1.0)


QUESTIONS = [
    Question(
        id="derivative.1",
        title="A cube, close up",
        difficulty=1,
        minutes=3,
        answer=Number(
            difference_quotient(cube, 2, 0.001),
            tolerance=1e-5,
            near=0.02,
            because="the question asks for the quotient with this one step, traces of h included",
        ),
        rivals=[
            Rival("value-for-slope", cube(2)),
            Rival("instantaneous-for-average", 3.0 * 2**2),
            Rival("difference-not-divided", cube(2.001) - cube(2)),
            Rival("average-for-instantaneous", _average(cube, 2)),
            Rival("brackets-missing", cube(2.001) - cube(2) / 0.001),
            Rival("step-for-place", (cube(0.001) - cube(2)) / 0.001),
            Rival("divided-by-the-end", (cube(2.001) - cube(2)) / 2.001),
        ],
        hints=[
            "The recipe is the difference quotient: new height minus old height, divided by h.",
            "The new height is `cube(2 + 0.001)`, the old one `cube(2)`.",
            "`(cube(2 + 0.001) - cube(2)) / 0.001`, with the brackets.",
        ],
        solution="```python\nquotient_1 = (cube(2 + 0.001) - cube(2)) / 0.001\n```",
        why="Multiplied out, the difference quotient of x³ at 2 is 12 + 6h + h². With h = 0.001 "
        "that is 12 and a trace of 0.006001.",
        next="The traces of h go and one number stays: the derivative of x³ at 2.",
    ),
]
