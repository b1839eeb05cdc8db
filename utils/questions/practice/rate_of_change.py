"""Practice of chapter 02: the average rate of change between two places of a curve."""

from __future__ import annotations

from itertools import pairwise, product

from utils.checks import Formula, Number, Rival
from utils.practice.shown import Graph, Line, Point, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, total, written


def over_interval(draw: Draw) -> Problem | None:
    """The average rate of a parabola over an interval."""
    a, b, c = draw.one([1, 2, 3, -1]), draw.whole(-5, 5), draw.whole(-6, 6)
    x, h = draw.whole(-3, 4), draw.one([2, 3, 4])
    y, y_2 = (a * at**2 + b * at + c for at in (x, x + h))
    rate = (y_2 - y) / h
    if x + h == 0 or rate == 0:
        return None
    return Problem(
        f"f(x) = {polynomial([a, b, c])}. What is its average rate of change from x = {written(x)} "
        f"to x = {written(x + h)}?",
        asks="average rate:",
        answer=Number(rate),
        rivals=[
            Rival("difference-not-divided", y_2 - y),
            Rival("average-of-values", (y + y_2) / 2),
            Rival("divided-by-the-end", (y_2 - y) / (x + h)),
            Rival("slope-sign-lost", -rate),
            Rival("brackets-missing", y_2 - y / h),
            Rival("rise-run-swapped", h / (y_2 - y)),
        ],
        steps=[
            f"The two heights: f({written(x)}) = {written(y)} and f({written(x + h)}) = "
            f"{written(y_2)}.",
            f"On the way the height changes by {written(y_2)} − {bracketed(y)} = "
            f"{written(y_2 - y)}, over {h} across.",
            f"For each step across: {written(y_2 - y)} / {h} = {written(rate)}.",
        ],
        next="This is the slope of the straight line through the two points, the secant.",
    )


LOGS = (
    ("The height of a plant", "day", "cm", "day"),
    ("The water level of a reservoir", "hour", "cm", "hour"),
    ("The temperature of a cooling cup", "minute", "°C", "minute"),
    ("The loss of a model", "epoch", "loss", "epoch"),
)


def from_log(draw: Draw) -> Problem | None:
    """The average rate between two rows of a log whose steps are not equal."""
    what, head, unit, step = draw.one(LOGS)
    times = [0, *sorted(draw.several(range(1, 15), 4))]
    values = [draw.whole(30, 90)]
    for gap in (later - earlier for earlier, later in pairwise(times)):
        values.append(values[-1] + gap * draw.one([-3, -2, -1, 1, 2, 3]))
    i, j = sorted(draw.several(range(5), 2))
    change, run = values[j] - values[i], times[j] - times[i]
    if j - i < 2 or min(values) < 5 or change == 0 or change == run:
        return None
    inside = [(values[k + 1] - values[k]) / (times[k + 1] - times[k]) for k in range(i, j)]
    rows = [[str(time), str(value)] for time, value in zip(times, values, strict=True)]
    return Problem(
        f"{what} was written down at these times. What is its average rate of change between "
        f"{head} {times[i]} and {head} {times[j]}, in {unit} per {step}?",
        shown=[Table([head, unit], rows)],
        asks=f"{unit} per {step}:",
        answer=Number(change / run),
        rivals=[
            Rival("difference-not-divided", change),
            Rival("slope-sign-lost", -change / run),
            Rival("divided-by-the-end", change / times[j]),
            Rival(
                "average-of-speeds",
                sum(inside) / len(inside),
                message="You took the mean of the rates of the single steps. But the steps last "
                "differently long, so each of those rates counts by its own time. The two ends say "
                "it directly: how much did the value change in all, and in how much time?",
            ),
            Rival(
                "divided-by-the-count",
                change / (j - i),
                message="You divided by the number of rows that you went down. The rows are not "
                "equally far apart in time, so counting them is not enough. How much time passes "
                "between the two rows that are asked about?",
            ),
        ],
        steps=[
            f"The value goes from {values[i]} to {values[j]}: a change of {written(change)}.",
            f"Meanwhile {times[j]} − {times[i]} = {run} {step}s pass.",
            f"For each {step}: {written(change)} / {run} = {written(change / run)}.",
        ],
        next="What happened in between does not matter for an average rate: only the two ends do.",
    )


def _secants() -> list[tuple[float, int, int, int, int]]:
    """Parabolas a(x − shift)² + up with P at x and Q at x + h on the grid, both in the picture."""
    found = []
    for a, shift, up in product((0.5, -0.5, 1, -1), range(-2, 3), range(-4, 5)):
        for x, h in product(range(-4, 3), (2, 3, 4)):
            ends = [a * (at - shift) ** 2 + up for at in (x, x + h)]
            inside = x + h <= 4 and all(abs(y) <= 4 and y == int(y) for y in ends)
            if inside and abs((ends[1] - ends[0]) / h) not in (0, 1):
                found.append((a, shift, up, x, h))
    return found


SECANTS = _secants()


def secant_to_read(draw: Draw) -> Problem:
    """The slope of a secant that is drawn on a parabola."""
    a, shift, up, x, h = draw.one(SECANTS)

    def f(at: float) -> float:
        return a * (at - shift) ** 2 + up

    y, y_2 = f(x), f(x + h)
    rate = (y_2 - y) / h
    return Problem(
        "The curve is drawn with two of its points. What is its average rate of change from P to "
        "Q?",
        shown=[
            Graph(
                [Line(f, name="f"), Line(lambda at: y + rate * (at - x), meaning="secant")],
                points=[Point(x, y, "P"), Point(x + h, y_2, "Q")],
                words=f"A parabola with its points P ({written(x)}, {written(y)}) and "
                f"Q ({written(x + h)}, {written(y_2)}), and the secant through both.",
            )
        ],
        asks="average rate:",
        answer=Number(rate),
        rivals=[
            Rival("difference-not-divided", y_2 - y),
            Rival("slope-sign-lost", -rate),
            Rival("rise-run-swapped", 1 / rate),
            Rival("average-of-values", (y + y_2) / 2),
        ],
        steps=[
            f"Across from P to Q: {written(x + h)} − {bracketed(x)} = {h}.",
            f"Up: from {written(y)} to {written(y_2)}, that is {written(y_2 - y)}.",
            f"Up for each step across: {written(y_2 - y)} / {h} = {written(rate)}.",
        ],
        next="The curve bends between P and Q; its average rate is the slope of the straight line.",
    )


def ends_disagree(draw: Draw) -> Problem | None:
    """The average rate of a cubic, which is not the mean of the slopes at its ends."""
    k, c = draw.one([1, 2, -1]), draw.whole(-4, 4)
    x, h = draw.one([-3, -2, -1, 0, 1, 2]), draw.one([1, 2, 3])
    y, y_2 = (k * at**3 + c * at for at in (x, x + h))
    rate, ends = (y_2 - y) / h, [3 * k * at**2 + c for at in (x, x + h)]
    if rate == 0 or (h == 1 and c == 0):
        return None
    return Problem(
        f"f(x) = {polynomial([k, 0, c, 0])}. Between x = {written(x)} and x = {written(x + h)} it "
        "does not climb evenly. What is its average rate of change there?",
        asks="average rate:",
        answer=Number(rate),
        rivals=[
            Rival("average-of-endpoint-slopes", sum(ends) / 2),
            Rival("difference-not-divided", y_2 - y),
            Rival(
                "one-side-only",
                ends[1],
                message="That is how steep the curve is at the right end alone. An average rate "
                "compares the two ends with each other: how far the height moved in all, and over "
                "what stretch. Which two heights do you need?",
            ),
            Rival("average-of-values", (y + y_2) / 2),
        ],
        steps=[
            f"f({written(x)}) = {written(y)} and f({written(x + h)}) = {written(y_2)}.",
            f"The height changes by {written(y_2 - y)} over {h} across.",
            f"The average rate is {written(y_2 - y)} / {h} = {written(rate)}.",
        ],
        next="The slopes at the two ends know nothing of what lies between; the two heights do.",
    )


def quotient(draw: Draw) -> Problem | None:
    """The difference quotient of a parabola as a formula in x and h."""
    a, b = draw.one([1, 2, 3, -1, 4, 5]), draw.whole(-6, 6)
    c = draw.whole(-9, 9)
    text = polynomial([a, b, c])
    return Problem(
        f"f(x) = {text}. Write its average rate of change from x to x + h as a formula in x and h, "
        "with nothing left to divide by.",
        asks="rate =",
        answer=Formula(
            f"{2 * a}*x + {a}*h + {b}",
            variable="x h",
            probes=((1, 0.5), (-2, 1), (0.3, 2), (3, -1), (-0.7, 0.1), (2, 2)),
        ),
        rivals=[
            Rival("instantaneous-for-average", f"{2 * a}*x + {b}"),
            Rival("difference-not-divided", f"{2 * a}*x*h + {a}*h*h + {b}*h"),
            Rival("power-of-a-sum", f"{a}*h + {b}"),
            Rival(
                "factor-dropped",
                f"2*x + h + {b}",
                message="The square is opened rightly, and the number in front of it is gone. It "
                "stretches the whole square, so it stretches each part of what comes out of it. "
                "Which two terms of yours should carry it?",
            ),
        ]
        if a != 1
        else [
            Rival("instantaneous-for-average", f"2*x + {b}"),
            Rival("difference-not-divided", f"2*x*h + h*h + {b}*h"),
            Rival("power-of-a-sum", f"h + {b}"),
        ],
        steps=[
            "Put x + h in place of x, and open the square: (x + h)² = x² + 2xh + h².",
            "Take f(x) away. All terms without an h cancel.",
            f"What is left has an h in every term; divided by it, "
            f"{total([(2 * a, 'x'), (a, 'h'), (b, '')])} remains.",
        ],
        next="With h = 0.001 this is hardly different from its first and last term alone.",
    )


TEMPLATES = [
    Template(
        "rate_of_change.interval",
        title="Over an interval",
        level=1,
        minutes=1.5,
        draw=over_interval,
    ),
    Template("rate_of_change.log", title="From a log", level=1, minutes=1.5, draw=from_log),
    Template(
        "rate_of_change.secant", title="A secant to read", level=1, minutes=1, draw=secant_to_read
    ),
    Template(
        "rate_of_change.cubic", title="Ends that disagree", level=2, minutes=2, draw=ends_disagree
    ),
    Template("rate_of_change.quotient", title="As a formula", level=3, minutes=3, draw=quotient),
]
