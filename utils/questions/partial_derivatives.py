"""Questions of chapter 09: one knob nudged, the other held; cuts, rules and measurements."""

import math
from collections.abc import Callable
from itertools import combinations

import numpy as np

from utils.checks import (
    Attempt,
    Choice,
    Figure,
    Formula,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.examples import (
    bowl,
    drag,
    machine_1,
    machine_2,
    machine_3,
    machine_4,
    machine_5,
    machine_6,
    mixed,
    pressure,
    ripple,
    savings,
    taxi,
)
from utils.slopes import Plane, central_difference, numerical_gradient
from utils.surfaces import as_surface

Values = dict[str, float]

BOWL = as_surface("elliptical_bowl")  # x² + 3y²
MIXED = as_surface("mixed")  # w₁² + 3w₁w₂ + w₂²

LEVEL = 0.02  # a slope below this counts as none, on sliders with steps of 0.1
CLEAR = 0.5  # and one above this as a clear one

# Exercise 5: both slopes of an error, in error per unit of weight, and a step of the first weight.
BY_W, BY_B, ERROR, STEP = -2.5, 0.4, 0.8, 0.02


def stopping(v: float, t: float) -> float:
    """Metres from seeing to standing: v in m/s, t the seconds until the brakes (7 m/s²) grip."""
    return v * t + v**2 / 14


def _in_x(f: Plane, x: float, y: float) -> float:
    return central_difference(lambda at: f(at, y), x)


def _in_y(f: Plane, x: float, y: float) -> float:
    return central_difference(lambda at: f(x, at), y)


def _partials(f: Plane, x: float, y: float) -> np.ndarray:
    return np.array([_in_x(f, x, y), _in_y(f, x, y)])


def _level(values: Values, axis: int) -> bool:
    return abs(MIXED.slopes(values["x"], values["y"])[axis]) < LEVEL


def _clear(values: Values, axis: int) -> bool:
    return abs(MIXED.slopes(values["x"], values["y"])[axis]) > CLEAR


def _goal(values: Values) -> bool:
    return _level(values, 0) and _clear(values, 1)


def _at_height_zero(values: Values) -> bool:
    somewhere = _clear(values, 0) and _clear(values, 1)
    return somewhere and abs(MIXED(values["x"], values["y"])) < 0.1


# --- exercise 6: no unit is left ---


def _slopes_of_three(f: Callable[..., float], a: float, b: float, c: float) -> np.ndarray:
    return numerical_gradient(f, (a, b, c))


def _per_cent(f: Callable[..., float], a: float, b: float, c: float) -> np.ndarray:
    """By how many per cent f changes for one per cent of each input."""
    return _slopes_of_three(f, a, b, c) * np.array([a, b, c]) / f(a, b, c)


def _changes_by_hundredths(f: Callable[..., float], *inputs: float) -> list[float]:
    """What each hundredth changes, in the unit of f."""
    more = 1 + 0.01 * np.eye(3)
    return [f(*(inputs * row)) - f(*inputs) for row in more]


def _piled_up(f: Callable[..., float], a: float, b: float, c: float) -> list[float]:
    """No hundredth is taken back before the next one."""
    more = 1 + 0.01 * np.tri(3)
    return [100 * (f(*((a, b, c) * row)) / f(a, b, c) - 1) for row in more]


# --- exercise 9: each machine, and its dead dial ---

Machine = Callable[..., float]
DEAD = {machine_1: 3, machine_2: 0, machine_3: 4, machine_4: 1, machine_5: 2, machine_6: 3}
DIALS = range(5)


def _found(attempt: Attempt) -> bool:
    return attempt.result[0] == DEAD[attempt.arguments[0]]


def _changes(attempt: Attempt) -> dict[int, list[float]]:
    """For each dial that was turned alone, from one place asked to another: what that changed."""
    changes: dict[int, list[float]] = {}
    for one, other in combinations(attempt.places, 2):
        turned = [dial for dial in DIALS if one[dial] != other[dial]]
        if len(turned) == 1:
            change = abs(attempt.arguments[0](*one) - attempt.arguments[0](*other))
            changes.setdefault(turned[0], []).append(change)
    return changes


def _still_where_asked(attempt: Attempt) -> bool:
    """The dial is alive, and did nothing, or next to nothing, where it was turned alone."""
    changes = _changes(attempt).get(attempt.result[0])
    return not _found(attempt) and bool(changes) and max(changes) < 1e-9


def _strongest(attempt: Attempt) -> bool:
    changes = {dial: max(by) for dial, by in _changes(attempt).items()}
    most = max(changes.values(), default=0.0)
    return most > 0 and changes.get(attempt.result[0]) == most


def _one_too_far(attempt: Attempt) -> bool:
    return attempt.result[0] == DEAD[attempt.arguments[0]] + 1


def _told(attempt: Attempt) -> str:
    if attempt.result[0] in DIALS:
        return "That dial does something in this machine, at some place."
    return "The dials have the numbers 0, 1, 2, 3 and 4."


def _turned(machine: Machine, at: float, to: float) -> list[float]:
    """What each dial changes, turned alone while all others stand at the same number."""
    start = machine(*[at] * 5)
    return [
        abs(machine(*[to if other == dial else at for other in DIALS]) - start) for dial in DIALS
    ]


def _turns_each_far(machine: Machine) -> int:
    return int(np.argmin(_turned(machine, 9.0, 1.0)))


def _first_still_at_0(machine: Machine) -> int:
    return int(np.argmin(_turned(machine, 0.0, 1e-6)))


def _moves_most(machine: Machine) -> int:
    return int(np.argmax(_turned(machine, 9.0, 1.0)))


_PLACES = [(1.0, 2.0), (-1.5, 0.5), (2.0, -1.0), (0.5, 3.0), (3.0, 1.5), (-2.0, -0.7)]
_PIZZAS = [(10.0, 1.2), (15.0, 0.5), (12.0, 2.0), (3.0, 4.0), (1.5, 0.7)]
_SURFACES = [
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

QUESTIONS = [
    Question(
        id="partial_derivatives.predict_nudge",
        title="One knob, smaller and smaller",
        difficulty=1,
        minutes=2,
        answer=Number(BOWL.slopes(2.0, 1.0)[0], tolerance=0.001, near=0.15),
        rivals=[
            Rival(
                "partials-swapped",
                BOWL.slopes(2.0, 1.0)[1],
                message="That is the slope along "
                "the other input: what you get from nudging y while x is held. Here x moves and "
                "y stands still, so 3y² does not change at all. What does x² alone do when x "
                "goes a little beyond 2?",
            ),
            Rival("value-for-slope", BOWL(2.0, 1.0)),
            Rival("other-variable-moves", sum(BOWL.slopes(2.0, 1.0))),
        ],
        hints=[
            "Take h = 0.1 first: f goes from 7 to 7.41. By how much, and for how long a step?",
            "With y held at 1, f is x² + 3. Only x² changes.",
            "You know this slope from chapter 05: 2x, at x = 2.",
        ],
        solution="```python\n2 * 2\n```",
        why="With y held, 3y² is a fixed number, and x² has the slope 2x.",
        next="One knob held still, and a problem with two inputs is a problem with one.",
    ),
    Question(
        id="partial_derivatives.predict_term",
        title="The rule with a held input",
        difficulty=2,
        minutes=3,
        answer=Choice(
            "b",
            options={
                "a": "2w₁ + 3w₂ + w₂²",
                "b": "2w₁ + 3w₂",
                "c": "2w₁ + 3",
                "d": "2w₁",
                "e": "5w₁ + 5w₂",
            },
        ),
        rivals=[
            Rival("other-term-kept", "a"),
            Rival("held-factor-dropped", "c"),
            Rival("held-read-as-zero", "d"),
            Rival("other-variable-moves", "e"),
        ],
        hints=[
            "Write a fixed number in place of w₂, say 10: J = w₁² + 30w₁ + 100.",
            "Term by term: the slope of w₁² is 2w₁, that of 30w₁ is 30, that of 100 is 0.",
            "Now put w₂ back: the 30 was 3w₂.",
        ],
        solution='The answer is **b**: `check("partial_derivatives.predict_term", "b")`.',
        why="w₁² gives 2w₁, 3w₁w₂ is w₁ with the factor 3w₂, and w₂² is a fixed number.",
        next="Each rule that you know works here, one input at a time.",
    ),
    Question(
        id="partial_derivatives.predict_held",
        title="Does the held value matter?",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "as steep as before: w₂ is held, so it does not matter",
                "b": "steeper",
                "c": "less steep",
            },
        ),
        rivals=[
            Rival(
                "held-read-as-zero",
                "a",
                message="To hold a knob means that it does not move. It still stands somewhere, "
                "and here its place is part of the slope: look at the term 3w₂ in 2w₁ + 3w₂. What "
                "is this slope with w₂ held at 0, and what is it with w₂ held at 2?",
            ),
            Rival(
                "sign-error",
                "c",
                message="The slope is 2w₁ + 3w₂. Both terms come with a plus, so a larger w₂ adds "
                "to the slope and takes nothing away. Put in both values of w₂, with w₁ = 1 each "
                "time. Which of the two slopes is larger?",
            ),
        ],
        hints=[
            "The slope along w₁ is 2w₁ + 3w₂.",
            "With w₂ held at 0 and w₁ = 1 it is 2.",
            "With w₂ held at 2 there are 3 · 2 more.",
        ],
        solution='The answer is **b**: `check("partial_derivatives.predict_held", "b")`.',
        why="2w₁ + 3w₂ holds w₂: where the other knob stands sets how steep this one is.",
        next="In a network the slope of one weight can depend on where all the others stand.",
    ),
    Question(
        id="partial_derivatives.predict_valleys",
        title="Two valleys, one place",
        difficulty=3,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "yes: it is lowest along both inputs, so it is lowest",
                "b": "yes: both partial derivatives are 0 there",
                "c": "not sure: two cuts do not show all directions",
            },
        ),
        rivals=[
            Rival(
                "flat-read-as-minimum",
                "b",
                message="Both partial derivatives are 0 on a hilltop as well, and on other flat "
                "places. They tell that both cuts are level, no more. And even if both cuts have "
                "a valley there: which ways of walking do the two cuts leave out?",
            ),
            Rival("two-cuts-for-all", "a"),
        ],
        hints=[
            "The cuts run along w₁ and along w₂. In which other directions could you walk?",
            "Try a step with both knobs: w₁ up by 0.1 and w₂ down by 0.1.",
            "J is then 0.01 − 0.03 + 0.01. Is that above or below 0?",
        ],
        solution='The answer is **c**: `check("partial_derivatives.predict_valleys", "c")`.',
        why="On the diagonal, with one knob up and the other down, J falls below 0.",
        next="That is why chapter 10 looks in all directions at once.",
    ),
    Question(
        id="partial_derivatives.1",
        title="Read it off a table",
        difficulty=2,
        minutes=4,
        answer=Number(
            20.0,
            tolerance=0.25,
            near=1.0,
            unit="m per s",
            because="the table is rounded to one decimal",
        ),
        rivals=[
            Rival("other-variable-moves", (stopping(30, 1.5) - stopping(20, 1.0)) / 0.5),
            Rival(
                "partials-swapped",
                (stopping(30, 1.0) - stopping(20, 1.0)) / 10,
                message="You compared two speeds at one reaction time: that is the slope along v, "
                "in metres per m/s. The question turns the other knob: the reaction time grows "
                "and the speed is held. Do you stay in one row of the table, or in one column?",
            ),
            Rival("difference-not-divided", stopping(20, 1.5) - stopping(20, 1.0)),
            Rival("value-for-slope", stopping(20, 1.0)),
        ],
        hints=[
            "The speed is held at 20 m/s: which row of the table is that?",
            "Go one place to the right in that row. By how many metres does the distance grow?",
            "By 10 metres, for half a second more. How much is that for a whole second?",
        ],
        solution="```python\nslope_1 = (58.6 - 48.6) / (1.5 - 1.0)\n```",
        why="One row, two neighbours: 10 m more for 0.5 s more. It is the speed itself, since in "
        "every second before the brakes grip the car goes on for 20 m.",
        next="A table of measured numbers has slopes too, one for each knob. No formula is needed.",
    ),
    Question(
        id="partial_derivatives.2",
        title="Treat y as a number",
        difficulty=1,
        minutes=3,
        answer=Formula("2*x*y", variable="x y", probes=_PLACES),
        rivals=[
            Rival("held-factor-dropped", "2*x"),
            Rival("other-term-kept", "2*x*y + 5*y"),
            Rival("other-variable-moves", "2*x*y + x**2 + 5"),
            Rival(
                "other-variable-moves",
                "2*x*y + 5",
                message="The first term is right. In the second you took the slope of 5y along y, "
                "but y is held: it does not move, and neither does 5y. If x is nudged and y is "
                "not, by how much does 5y change?",
            ),
            Rival(
                "partials-swapped",
                "x**2 + 5",
                message="That is the other partial derivative: y moves in it, and x is held. The "
                "question asks for the slope along x. Write a number such as 10 in place of y in "
                "x²y + 5y: which slope has the result?",
            ),
            Rival("value-for-slope", "x**2*y + 5*y"),
            Rival("held-read-as-zero", "0"),
        ],
        hints=[
            "Write a number in place of y, say 10: the function is 10x² + 50.",
            "Its slope is 20x. The 50 gives nothing.",
            "Now put y back: the 20 was 2 times 10.",
        ],
        solution='```python\nformula_2 = "2*x*y"\n```',
        why="With y held, x²y is x² with a factor y in front, and 5y is a fixed number.",
        next="Factors stay, terms without x go: both as in chapter 05.",
    ),
    Question(
        id="partial_derivatives.3",
        title="The pizza",
        difficulty=2,
        minutes=4,
        answer=Function(
            lambda z, a: 2 * math.pi * z * a,
            probes=_PIZZAS,
            tolerance=0.01,
            because="a tiny step comes closer",
        ),
        rivals=[
            Rival("held-factor-dropped", lambda z, a: 2 * math.pi * z),
            Rival(
                "partials-swapped",
                lambda z, a: math.pi * z**2,
                message="That is the slope along a: what one more centimetre of thickness adds. "
                "The question turns the other knob: the radius z grows and the thickness a is "
                "held. Which term of pi·z²·a moves then, and what stands in front of it?",
            ),
            Rival("other-variable-moves", lambda z, a: 2 * math.pi * z * a + math.pi * z**2),
            Rival("value-for-slope", lambda z, a: math.pi * z**2 * a),
            Rival("forgotten-two", lambda z, a: math.pi * z * a),
            Rival("held-read-as-zero", lambda z, a: 0.0),
        ],
        hints=[
            "The thickness a is held: treat it, and pi, as numbers in front of z².",
            "The slope of z² is 2z, and the numbers in front stay.",
            "`return 2 * math.pi * z * a`.",
        ],
        solution="```python\ndef dV_dz(z, a):\n    return 2 * math.pi * z * a\n```",
        why="The volume is z² with the factor pi·a. Its slope is 2·pi·z·a: the length of the edge "
        "times the thickness, a thin ring of new pizza.",
        next="The unit is cm³ of pizza per cm of radius.",
    ),
    Question(
        id="partial_derivatives.4",
        title="Level along one knob only",
        difficulty=2,
        minutes=4,
        answer=Live(
            _goal,
            figure=Figure("partial_derivatives.explore_slices", {"f": MIXED}),
            aim="a place that is level along w₁ and clearly steep along w₂",
            probes=[
                {"x": 1.5, "y": -1.0},
                {"x": -1.5, "y": 1.0},
                {"x": -1.0, "y": 1.5},
                {"x": 0.0, "y": 0.0},
                {"x": -0.8, "y": 2.1},
                {"x": 1.0, "y": 1.0},
            ],
        ),
        rivals=[
            Rival(
                "partials-swapped",
                lambda values: _level(values, 1) and _clear(values, 0),
                message="One of the two cuts is level here, and it is the other one: the cut along "
                "w₂. The task asks for a level cut along w₁, the upper one of the two curves on "
                "the right. Where must its tangent be horizontal?",
            ),
            Rival(
                "flat-read-as-minimum",
                lambda values: _level(values, 0) and _level(values, 1),
                message="Here both cuts are level, and so both partial derivatives are 0. The task "
                "asks for one of them only: level along w₁, and still clearly steep along w₂. How "
                "can you walk away from here and keep 2w₁ + 3w₂ at 0?",
            ),
            Rival("value-for-slope", _at_height_zero),
        ],
        hints=[
            "Watch the upper curve on the right: its tangent must lie flat.",
            "It is flat where 2w₁ + 3w₂ = 0, so one of the two weights is below 0.",
            "Try w₂ = −1. Which w₁ makes 2w₁ − 3 zero?",
        ],
        solution="```python\nview_4.set(x=1.5, y=-1)\n```",
        why="At (1.5, −1) the slope along w₁ is 2 · 1.5 − 3 = 0, and along w₂ it is 4.5 − 2 = 2.5.",
        next="Level along one knob is not level: the other one still leads downhill.",
    ),
    Question(
        id="partial_derivatives.5",
        title="Turn one weight",
        difficulty=2,
        minutes=3,
        answer=Number(BY_W * STEP, tolerance=1e-4, near=0.002),
        rivals=[
            Rival("other-variable-moves", (BY_W + BY_B) * STEP),
            Rival(
                "partials-swapped",
                BY_B * STEP,
                message="You used the slope along b. But it is w that moves here, and b is held, "
                "so b's slope adds nothing. Each knob has its own slope: which of the two numbers "
                "belongs to w?",
            ),
            Rival("rate-for-change", BY_W),
            Rival("sign-error", -BY_W * STEP),
            Rival("value-for-change", ERROR + BY_W * STEP),
        ],
        hints=[
            "Only w moves. Which of the two slopes do you need?",
            "The slope is the change for a whole unit of w. This step is 0.02 units long.",
            "Slope times step: `-2.5 * 0.02`.",
        ],
        solution="```python\nchange_5 = -2.5 * 0.02\n```",
        why="b is held, so its slope plays no part; along w it is slope times step.",
        next="A slope below 0: this weight should go up.",
    ),
    Question(
        id="partial_derivatives.6b",
        title="Per cent for per cent",
        difficulty=3,
        minutes=8,
        answer=Function(
            _per_cent,
            probes=[
                (drag, 2.0, 30.0, 0.3),
                (savings, 1000.0, 0.03, 20.0),
                (savings, 500.0, 0.08, 5.0),
                (pressure, 2.0, 300.0, 0.1),
                (taxi, 2.0, 3.0, 4.0),
                (taxi, 12.0, 1.5, 6.0),
            ],
            tolerance=0.03,
            because="a nudge of a whole per cent is short enough; try a shorter one",
        ),
        rivals=[
            Rival(
                "units-mixed",
                _slopes_of_three,
                message="These are slopes: change of f per unit of each input. A metre, a year and "
                "a per cent cannot be compared, and they change with the unit. One per cent of an "
                "input is a step that has no unit. How long is that step, for each of the three?",
            ),
            Rival(
                "difference-not-divided",
                _changes_by_hundredths,
                message="You nudge each input by one per cent, which is right, and give the change "
                "of f in its own unit. A price in cents would make it a hundred times as large. "
                "As a share of what does the question ask for it?",
            ),
            Rival(
                "units-mixed",
                lambda f, a, b, c: _slopes_of_three(f, a, b, c) / f(a, b, c),
                message="You compare the change with f itself, so that its unit is gone. But your "
                "nudge is a whole unit of each input, or is divided by one. Which step is one per "
                "cent of an input, and which is one unit of it?",
            ),
            Rival(
                "share-for-change",
                lambda f, a, b, c: _per_cent(f, a, b, c) / 100,
                message="You give shares of one, where per cents are asked: 0.02 is 2 per cent. "
                "The input grows by one per cent. How much is your first number, if it is said in "
                "the same way?",
            ),
            Rival(
                "nudge-not-taken-back",
                _piled_up,
                message="The first number is right. In the second the first input is still nudged, "
                "and in the third all are. A partial slope holds the others where they stood. "
                "Which three values go into `f` for the second number?",
            ),
            Rival(
                "other-variable-moves",
                lambda f, a, b, c: np.full(3, _per_cent(f, a, b, c).sum()),
            ),
            Rival("sum-of-partials", lambda f, a, b, c: float(_per_cent(f, a, b, c).sum())),
        ],
        hints=[
            "One per cent more of `a` is `a * 1.01`, and `b` and `c` stay as they are.",
            "How much larger has f become? Compare the difference with f itself.",
            "`100 * (f(a * 1.01, b, c) - f(a, b, c)) / f(a, b, c)`, and the like for `b` and `c`.",
        ],
        solution="```python\ndef per_cent(f, a, b, c):\n    start = f(a, b, c)\n"
        "    nudged = [f(1.01 * a, b, c), f(a, 1.01 * b, c), f(a, b, 1.01 * c)]\n"
        "    return [100 * (value - start) / start for value in nudged]\n```",
        why="One input is nudged by a hundredth of itself, the others are held, and the change is "
        "compared with f. No unit is left.",
        next="Economists call this number an elasticity. It is the slope of ln f along ln a.",
    ),
    Question(
        id="partial_derivatives.7",
        title="Where does the argument break?",
        difficulty=3,
        minutes=4,
        answer=Choice(
            "d",
            options={
                "a": "“We hold y, so we may treat it as a number.”",
                "b": "“Then the slope of xy along x is y.”",
                "c": "“At (3, 0) that is 0.”",
                "d": "“So x does not matter for f.”",
            },
        ),
        rivals=[
            Rival(
                "held-read-as-zero",
                "a",
                message="This sentence is right: while x is nudged, y stands still, and a thing "
                "that stands still is a number. It may be any number, not only 0. Nudge x at "
                "(3, 0) and then at (3, 2): which later sentence goes wrong?",
            ),
            Rival(
                "held-factor-dropped",
                "b",
                message="This sentence is right: with y held at 10, say, f is 10x, and its slope "
                "is 10. So y stays as the factor in front. What the slope says holds at one "
                "place. Which later sentence forgets that?",
            ),
            Rival(
                "value-for-slope",
                "c",
                message="This sentence is right: the slope along x is y, and y is 0 at (3, 0). The "
                "value of f is 0 there too, but that is another matter. Go to (3, 2) and nudge x "
                "there: which sentence does not hold any more?",
            ),
        ],
        hints=[
            "Three of the sentences are true. Test each with numbers.",
            "At (3, 0) a nudge of x changes nothing. Try it at (3, 2).",
            "A partial derivative is a slope at one place, with the other input held there.",
        ],
        solution='```python\nanswer_7 = "d"\n```',
        why="The slope is 0 at this place only. With y held at 2, x matters by 2 per unit.",
        next="A weight with slope 0 today may matter tomorrow, when the others have moved.",
    ),
    Question(
        id="partial_derivatives.8",
        title="Bug clinic: right by luck",
        difficulty=3,
        minutes=7,
        answer=Function(
            lambda f, x, y: _partials(f, x, y),
            probes=_SURFACES,
            tolerance=0.002,
            because="a smaller nudge gets closer for the same price; try one ten times smaller",
        ),
        rivals=[
            Rival(
                "bug-not-mended",
                lambda f, x, y: [_in_x(f, x, 0.0), float(_partials(f, x, y).sum())],
                message="These are the numbers of the faulty function, so nothing is mended yet. "
                "Take its lines one by one. In each, look at the two places that are compared: "
                "which input differs between them, and where does the other one stand?",
            ),
            Rival(
                "other-variable-moves",
                lambda f, x, y: [_in_x(f, x, y), float(_partials(f, x, y).sum())],
                message="The first slope is mended. In the second both inputs still move: the "
                "nudged place differs from the first in x as well as in y. Which of the two "
                "should stand still there?",
            ),
            Rival(
                "held-read-as-zero",
                lambda f, x, y: [_in_x(f, x, 0.0), _in_y(f, x, y)],
                message="The second slope is mended. The first is still measured with y at 0, "
                "wherever y stands. On the bowl that makes no difference; on J it does. What "
                "should stand in the place of each 0?",
            ),
            Rival(
                "partials-swapped",
                lambda f, x, y: _partials(f, x, y)[::-1],
            ),
            Rival("sum-of-partials", lambda f, x, y: float(_partials(f, x, y).sum())),
            Rival("sign-error", lambda f, x, y: -_partials(f, x, y)),
            Rival("central-divided-by-h", lambda f, x, y: 2 * _partials(f, x, y)),
        ],
        hints=[
            "On the bowl, 10 is 4 + 6. Which line adds the slope of x to that of y?",
            "The first line is right on the bowl by luck. Try it on J: which y does it use?",
            "Both lines start from `f(x, y)`; the first nudges x alone, the second y alone.",
        ],
        solution="```python\ndef partials(f, x, y):\n    h = 1e-6\n"
        "    along_x = (f(x + h, y) - f(x, y)) / h\n"
        "    along_y = (f(x, y + h) - f(x, y)) / h\n    return [along_x, along_y]\n```",
        why="To hold y is to leave it where it stands, not to set it to 0; and while y is nudged, "
        "x must stand where it stood.",
        next="Test a slope on a function with a product: there no input can hide.",
    ),
    Question(
        id="partial_derivatives.9",
        title="Open task: the dead dial",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(_found, _turns_each_far),
            probes=list(DEAD),
            budget=30,
            told=_told,
        ),
        rivals=[
            Rival("one-place-for-all", Way(_still_where_asked, _first_still_at_0)),
            Rival(
                "largest-partial-only",
                Way(_strongest, _moves_most),
                message="This is the dial that moves the machine most, of those that you turned. "
                "The task asks for the one that moves nothing. Which of the changes that you have "
                "measured is the one to look for?",
            ),
            Rival(
                "counted-from-one", Way(_one_too_far, lambda machine: _turns_each_far(machine) + 1)
            ),
        ],
        hints=[
            "Turn one dial and hold the other four. Which number tells whether it did something?",
            "At 0 many dials seem dead: a product with 0 is 0, whatever the other factor does.",
            "Set all five to 9. Ask there, and then with one dial at a time turned down to 1.",
        ],
        solution="```python\ndef dead_dial(machine):\n    start = machine(9, 9, 9, 9, 9)\n"
        "    for i in range(5):\n        dials = [9, 9, 9, 9, 9]\n        dials[i] = 1\n"
        "        if machine(*dials) == start:\n            return i\n```",
        why="A dead dial has a partial derivative of 0 everywhere. A live one may have it at one "
        "place, so a far turn at a place where the others are awake tells more than a nudge at 0.",
        next="A network's weight that seems dead at one place is often asleep: its neighbour is 0.",
    ),
]
