"""Practice of chapter 01: the slope of a line from points, a graph, a story and an equation."""

from __future__ import annotations

from utils.checks import Number, Rival
from utils.practice.shown import Graph, Line, Point
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, total, written

SLOPES = (-4, -3, -2.5, -2, -1.5, -1, -0.5, 0.5, 1.5, 2, 2.5, 3, 4)


def two_points(draw: Draw) -> Problem | None:
    """The slope through two points."""
    m, x, y, run = draw.one(SLOPES), draw.whole(-5, 5), draw.whole(-9, 9), draw.one([2, 3, 4, 5, 6])
    rise = m * run
    if rise != int(rise) or x + run == 0:
        return None
    x_2, y_2 = x + run, int(y + rise)
    return Problem(
        f"A line passes through ({written(x)}, {written(y)}) and ({written(x_2)}, {written(y_2)}). "
        "How steep is it?",
        asks="slope =",
        answer=Number(m),
        rivals=[
            Rival("rise-run-swapped", run / rise),
            Rival("difference-not-divided", rise),
            Rival("points-in-two-orders", -m),
            Rival("forgot-delta", y_2 / x_2),
        ],
        steps=[
            f"Go from the left point to the right one. Across: {written(x_2)} − {bracketed(x)} = "
            f"{run}.",
            f"Up, for the same two points in the same order: {written(y_2)} − {bracketed(y)} = "
            f"{written(rise)}.",
            f"Up for each step across: {written(rise)} / {run} = {written(m)}.",
        ],
        next="Any two points of this line give the same slope, since a line never bends.",
    )


# A story: what is measured, its unit, the unit of time, and the range of rates that make sense.
STORIES = (
    ("A tank holds {} litres after {} minutes", "litres", "minute", (3, 5, 8, 12, -4, -6, -7.5)),
    ("A kettle shows {} °C after {} seconds", "degrees", "second", (0.5, 1.5, 2, 2.5)),
    ("A candle is {} mm high after {} minutes", "mm", "minute", (-0.5, -1.5, -2, -2.5)),
    ("A cyclist is at kilometre {} after {} hours", "km", "hour", (12, 15, 18, 22.5, -16)),
    ("A model's error stands at {} after {} epochs", "error", "epoch", (-0.5, -0.25, -1.5, -2)),
)


def story(draw: Draw) -> Problem | None:
    """A rate with its units, from two readings."""
    text, unit, step, rates = draw.one(STORIES)
    rate, first, run = draw.one(rates), draw.whole(1, 8), draw.one([2, 4, 5, 8, 10])
    start = draw.whole(20, 90)
    end = start + rate * run
    if end <= 0 or end != int(end):
        return None
    return Problem(
        f"{text.format(start, first)}. After {first + run} {step}s the reading is "
        f"{written(end)}. How fast does it change? Give {unit} per {step}, with the sign.",
        asks=f"{unit} per {step}:",
        answer=Number(rate),
        rivals=[
            Rival("rise-run-swapped", run / (end - start)),
            Rival("difference-not-divided", end - start),
            Rival("slope-sign-lost", -rate),
            Rival("forgot-delta", end / (first + run)),
        ],
        steps=[
            f"Between the two readings {run} {step}s pass.",
            f"In that time the reading changes by {written(end)} − {start} = "
            f"{written(end - start)} {unit}.",
            f"For each {step} that is {written(end - start)} / {run} = {written(rate)}.",
        ],
        next=f"A slope carries the units of its axes: {unit} for each {step}.",
    )


def from_graph(draw: Draw) -> Problem | None:
    """The slope of a line that is drawn over a grid."""
    m, b = draw.one([-3, -2, -1.5, -1, -0.5, 0.5, 1.5, 2, 3]), draw.nonzero(-3, 3)
    x = draw.one([0, -1, -2, 1])
    run = 2
    y, y_2 = m * x + b, m * (x + run) + b
    if max(abs(y), abs(y_2)) > 4 or y != int(y) or y_2 != int(y_2) or m == b:
        return None
    points = [Point(x, y, "A"), Point(x + run, y_2, "B")]
    return Problem(
        "A line is drawn with two of its points, A and B. Read off its slope.",
        shown=[
            Graph(
                [Line(lambda x: m * x + b)],
                points=points,
                ylabel="y",
                words=f"A line through A ({written(x)}, {written(y)}) and B ({written(x + run)}, "
                f"{written(y_2)}).",
            )
        ],
        asks="slope =",
        answer=Number(m),
        rivals=[
            Rival("rise-run-swapped", 1 / m),
            Rival("difference-not-divided", m * run),
            Rival("slope-sign-lost", -m),
            Rival("intercept-for-slope", b),
        ],
        steps=[
            f"From A to B you go {run} to the right.",
            f"On the way the line goes from {written(y)} to {written(y_2)}: that is "
            f"{written(y_2 - y)} up.",
            f"For each step to the right: {written(y_2 - y)} / {run} = {written(m)}.",
        ],
        next="Climbing to the right is plus, falling to the right is minus.",
    )


def another_height(draw: Draw) -> Problem | None:
    """A height further along a line, from its slope and a point."""
    m, x, y = draw.one(SLOPES), draw.nonzero(-4, 6), draw.whole(-6, 9)
    run = draw.one([-4, -3, -2, 3, 4, 5, 6])
    x_2 = x + run
    if x_2 == 0:
        return None
    return Problem(
        f"A line has the slope {written(m)} and passes through ({written(x)}, {written(y)}). How "
        f"high is it at x = {written(x_2)}?",
        asks=f"height at {written(x_2)}:",
        answer=Number(y + m * run),
        rivals=[
            Rival(
                "place-for-step",
                y + m * x_2,
                message="You multiplied the slope by the place where you arrive. A slope tells how "
                "much the height changes for each step *from where you stand*. You do not stand at "
                "0 here. How many steps is it from the point that is given?",
            ),
            Rival(
                "rate-for-change",
                y + m,
                message="You went one step along the line: the slope is the change for one whole "
                "step across. But the place you are asked about is another number of steps away. "
                "How many, and by how much does the height change along all of them?",
            ),
            Rival("change-turned-around", y - m * run),
            Rival(
                "value-for-change",
                m * run,
                message="That is how much the height changes on the way. The question asks where "
                "you arrive. You did not start at the height 0: how high is the line at the point "
                "that is given, and what becomes of that height on the way?",
            ),
        ],
        steps=[
            f"From {written(x)} to {written(x_2)} it is {written(run)} steps across"
            + (" (to the left)." if run < 0 else "."),
            f"Each step changes the height by {written(m)}, so together {written(m)} · "
            f"{bracketed(run)} = {written(m * run)}.",
            f"From the height {written(y)} that leads to {written(y + m * run)}.",
        ],
        next="Height plus slope times step: this is how a small step is foretold everywhere in "
        "this course.",
    )


def from_equation(draw: Draw) -> Problem | None:
    """The slope of a line that is given as ax + by = c."""
    b, m, c = draw.one([2, 4, 5, -2, -4]), draw.one(SLOPES), draw.one([6, 10, 12, -8, 20])
    a = -m * b
    if a != int(a) or a == b:
        return None
    left = total([(a, "x"), (b, "y")])
    return Problem(
        f"A line is written as {left} = {written(c)}. What is its slope?",
        asks="slope =",
        answer=Number(m),
        rivals=[
            Rival(
                "slope-sign-lost",
                -m,
                message="The size is right, the sign is turned around. To get y alone, the term "
                "with x has to go to the other side of the equals sign. What happens to its sign "
                "on the way?",
            ),
            Rival(
                "rise-run-swapped",
                1 / m,
                message="You divided the two numbers the other way round. Solve the equation for "
                "y: then the number in front of x tells how far up the line goes for each step "
                "across. By which number do you have to divide at the end?",
            ),
            Rival("intercept-for-slope", c / b),
            Rival(
                "difference-not-divided",
                a,
                message="That is the number in front of x, while y still has a number of its own "
                "in front. A slope is the change of *one* y for each step in x. What do you have "
                "to divide by so that y stands alone?",
            ),
        ],
        steps=[
            f"Solve for y. First bring the term with x to the other side: {total([(b, 'y')])} = "
            f"{total([(-a, 'x'), (c, '')])}.",
            f"Divide by {written(b)}: y = {polynomial([m, c / b])}.",
            f"The number in front of x is the slope: {written(m)}.",
        ],
        next=f"The other number, {written(c / b)}, only says how high the line starts.",
    )


def two_parts(draw: Draw) -> Problem | None:
    """The mean speed over two parts of a way that take different times."""
    fast, slow = draw.one([60, 80, 90, 100]), draw.one([20, 30, 40, 50])
    t, u = draw.several([1, 2, 3, 4], 2)
    way = fast * t + slow * u
    whole = way / (t + u)
    hours = {1: "one hour", 2: "two hours", 3: "three hours", 4: "four hours"}
    return Problem(
        f"A train runs {hours[t]} at {fast} km/h, then {hours[u]} at {slow} km/h. What is its mean "
        "speed over the whole time, in km/h?",
        asks="km/h:",
        answer=Number(whole),
        rivals=[
            Rival("average-of-speeds", (fast + slow) / 2),
            Rival(
                "difference-not-divided",
                way,
                message="That is how far the train came in all. A mean speed is the way for each "
                "hour, so that a long journey and a short one can be compared. How many hours did "
                "the whole journey take?",
            ),
            Rival(
                "units-mixed",
                (fast * u + slow * t) / (t + u),
                message="Each speed has been counted with the time of the other one. Write the two "
                "parts below each other, each with its own speed and its own hours. Which part "
                "took longer, and at which speed was it?",
            ),
        ],
        steps=[
            f"The first part is {fast} · {t} = {fast * t} km long, the second {slow} · {u} = "
            f"{slow * u} km.",
            f"In all that is {way} km in {t + u} hours.",
            f"For each hour: {way} / {t + u} = {written(whole)}.",
        ],
        next="A mean slope compares the two ends alone: whole way by whole time.",
    )


TEMPLATES = [
    Template("slope.two_points", title="Two points", level=1, minutes=1, draw=two_points),
    Template("slope.graph", title="A line to read", level=1, minutes=1, draw=from_graph),
    Template("slope.story", title="Two readings", level=1, minutes=1.5, draw=story),
    Template("slope.height", title="Further along", level=2, minutes=1, draw=another_height),
    Template(
        "slope.equation", title="A line as an equation", level=2, minutes=1.5, draw=from_equation
    ),
    Template("slope.parts", title="Two parts of a way", level=3, minutes=2, draw=two_parts),
]
