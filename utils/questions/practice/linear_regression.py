"""Practice of chapter 13: residuals, the mean squared error, its slopes, and its best lines."""

from __future__ import annotations

import math
from collections.abc import Sequence

from utils.checks import Array, Formula, Number, Rival
from utils.practice.shown import Graph, Line, Point, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, signed, times, total, written

# --- residuals and their mean square ---


# What is foretold with its unit, for what, and slopes, intercepts and inputs that make sense.
MODELS = (
    ("the fare of a taxi, in euros, for a ride of {} km", (1.5, 2, 2.5, 3), (3, 4, 5), (4, 20)),
    ("the cones that a kiosk sells on a day with {} °C", (3, 4, 6), (-20, -15, -10), (15, 32)),
    ("the height of a plant, in cm, after {} days", (0.5, 1.5, 2), (2, 3, 6), (4, 30)),
    ("the rent of a flat, in euros a month, of {} m²", (9, 11, 12), (80, 150, 200), (20, 90)),
    ("the charge of a battery, in percent, after {} hours", (-4, -6, -7.5), (98, 100), (3, 11)),
)


def residual(draw: Draw) -> Problem | None:
    """By how much a model is too high for one measurement."""
    what, slopes, intercepts, inputs = draw.one(MODELS)
    w, b, x = draw.one(slopes), draw.one(intercepts), draw.whole(*inputs)
    told, off = w * x + b, draw.nonzero(-9, 9)
    y = told - off
    if y <= 0:
        return None
    return Problem(
        f"The model ŷ = {total([(w, 'x'), (b, '')])} foretells {what.format('x')}. For x = {x} "
        f"the true number was {written(y)}. What is the residual ŷ − y?",
        asks="ŷ − y =",
        answer=Number(off),
        rivals=[
            Rival(
                "residual-turned-around",
                -off,
                message="You took the prediction away from the measurement. In this course the "
                "residual is prediction minus data, so that plus means the model is too high. Is "
                "the model too high here or too low?",
            ),
            Rival(
                "value-for-change",
                told,
                message="That is the prediction itself. A residual compares it with what was "
                "measured, and says by how much the model misses. Which number was measured, and "
                "how far is the prediction above it?",
            ),
            Rival(
                "line-through-the-origin",
                w * x - y,
                message="You left the intercept out, as if the line passed through the origin. The "
                "model adds a fixed number to every prediction. What does it foretell for this x "
                "when that number is counted in?",
            ),
            Rival(
                "sum-for-change",
                told + y,
                message="You added the prediction and the measurement. A residual is a distance "
                "with a sign: how far the prediction lies above the measurement. What do you have "
                "to do with the two numbers to get that?",
            ),
        ],
        steps=[
            f"First the prediction: {written(w)} · {x} {signed(b)} = {written(told)}.",
            f"Take away what was measured: {written(told)} − {written(y)} = {written(off)}.",
        ],
        next="The model is too high here." if off > 0 else "The model is too low here.",
    )


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _squares_rivals(residuals: Sequence[float]) -> list[Rival]:
    """What somebody may take for the mean square of these residuals."""
    mean = _mean([r * r for r in residuals])
    return [
        Rival("forgotten-mean", mean * len(residuals), message=_SUM),
        Rival("residuals-not-squared", _mean([abs(r) for r in residuals])),
        Rival("root-of-the-mean-square", math.sqrt(mean)),
        Rival("squared-after-the-mean", _mean(residuals) ** 2),
    ]


_SUM = (
    "You added up the squares of all misses. The loss is their mean, so that a model does not look "
    "worse only because more data came in. How many points are there, and what is left when you "
    "share the sum among them?"
)


def _squares_steps(predictions: Sequence[float], residuals: Sequence[float]) -> list[str]:
    squares = " + ".join(written(r * r) for r in residuals)
    whole = sum(r * r for r in residuals)
    return [
        f"The line foretells {_listed(predictions)}.",
        f"Its residuals ŷ − y are {_listed(residuals)}, and their squares add up to {squares} = "
        f"{written(whole)}.",
        f"The mean over {len(residuals)} points: {written(whole)} / {len(residuals)} = "
        f"{written(whole / len(residuals))}.",
    ]


def _listed(values: Sequence[float]) -> str:
    texts = [written(value) for value in values]
    return f"{', '.join(texts[:-1])} and {texts[-1]}"


def mean_square(draw: Draw) -> Problem | None:
    """The mean squared error of a line at three or four points of a table."""
    count = draw.one([3, 4])
    xs = sorted(draw.several(range(7), count))
    w, b = draw.one([-2, -1, 1, 2, 3, 4]), draw.nonzero(-5, 6)
    residuals = [draw.whole(-4, 5) for _ in xs]
    whole = sum(r * r for r in residuals)
    if whole % count or not whole:
        return None
    told = [w * x + b for x in xs]
    rows = [[str(x), written(t - r)] for x, t, r in zip(xs, told, residuals, strict=True)]
    return Problem(
        f"What is the mean squared error of the line ŷ = {total([(w, 'x'), (b, '')])} on these "
        "data?",
        shown=[Table(["x", "y"], rows)],
        asks="loss:",
        answer=Number(whole / count),
        rivals=_squares_rivals(residuals),
        steps=_squares_steps(told, residuals),
        next="Squares count a miss on either side, and a large miss counts a lot.",
    )


def from_picture(draw: Draw) -> Problem | None:
    """The mean squared error of a line that is drawn beside its points."""
    w, b = draw.one([-1, -0.5, 0.5, 1]), draw.whole(1, 8)
    count = draw.one([3, 4])
    xs = sorted(draw.several([2, 4, 6, 8] if w in (0.5, -0.5) else range(1, 9), count))
    told = [w * x + b for x in xs]
    residuals = [draw.one([-3, -2, -1, 0, 1, 2, 3]) for _ in xs]
    ys = [t - r for t, r in zip(told, residuals, strict=True)]
    whole = sum(r * r for r in residuals)
    if whole % count or not whole or min(*ys, *told) < 0 or max(*ys, *told) > 9:
        return None
    points = [Point(x, y, meaning="data") for x, y in zip(xs, ys, strict=True)]
    places = _listed_places(xs, ys)
    return Problem(
        "A line and the data that it should fit are drawn over whole numbers. Read off by how much "
        "it misses each point. What is its mean squared error?",
        shown=[
            Graph(
                [Line(lambda x: w * x + b, name="ŷ")],
                points=points,
                words=f"The line that goes from (0, {b}) to (8, {written(w * 8 + b)}), and points "
                f"at {places}.",
                x=(0, 9),
                y=(0, 9),
                ylabel="y",
            )
        ],
        asks="loss:",
        answer=Number(whole / count),
        rivals=_squares_rivals(residuals),
        steps=[
            "The misses are measured straight up or down from each point to the line.",
            *_squares_steps(told, residuals)[1:],
        ],
        next="The line with the least of these is the best line, if this loss is what counts.",
    )


def _listed_places(xs: Sequence[float], ys: Sequence[float]) -> str:
    places = [f"({written(x)}, {written(y)})" for x, y in zip(xs, ys, strict=True)]
    return f"{', '.join(places[:-1])} and {places[-1]}"


# --- slopes ---


PLACES = ((0.5, 1), (-1, 2), (2, -0.5), (1.5, 3), (-2, -1), (3, 0.5))  # of w and b


def one_example(draw: Draw) -> Problem | None:
    """∂L/∂w or ∂L/∂b of the squared error of a single example, as a formula."""
    x, y, for_w = draw.one([-3, -2, 2, 3, 4, 5, 6]), draw.nonzero(-9, 12), draw.one([True, False])
    inside = total([(x, "w"), (1, "b"), (-y, "")])
    knob, lever = ("w", x) if for_w else ("b", 1)

    def formula(factor: float, power: str = "") -> str:
        return f"{factor}*({x}*w + b - ({y})){power}"

    other = (
        Rival(
            "forgotten-x-factor",
            formula(2),
            message="The outer slope is right, and the inner one is missing. Inside the square w "
            "is multiplied by a number, so the inside moves several times as far as w does. How "
            "many times?",
        )
        if for_w
        else Rival(
            "x-factor-in-both",
            formula(2 * x),
            message="You multiplied by x, as is right for w. But b is only added inside the "
            "square. If b grows by a little while w is held, how many times that does the inside "
            "grow?",
        )
    )
    return Problem(
        f"One example has x = {written(x)} and y = {written(y)}, and the model is ŷ = wx + b. Its "
        f"squared error is L = ({inside})². Write ∂L/∂{knob} as a formula in w and b; there is no "
        "need to multiply it out.",
        asks=f"∂L/∂{knob} =",
        answer=Formula(formula(2 * lever), variable="w b", probes=PLACES),
        rivals=[
            other,
            Rival("forgotten-two", formula(lever)),
            Rival(
                "residual-turned-around",
                formula(-2 * lever),
                message="The sizes are right, and every sign is turned. Either your residual is "
                "data minus line while its slopes are those of line minus data, or the sign of the "
                f"inner slope got lost. When {knob} grows, does the inside of the bracket grow or "
                "shrink?",
            ),
            Rival(
                "exponent-not-lowered",
                formula(2 * lever, "**2"),
                message="The exponent has come down in front, and it still stands above the "
                "bracket. The slope of a square grows like its side, not like its area. What must "
                "happen to the power that stays behind?",
            ),
            Rival("value-for-slope", formula(1, "**2")),
        ],
        steps=[
            "Two gears: r is the inside of the bracket, and L = r². The outer slope is 2r.",
            "Nudge w alone: the inside moves x times as far, and x is the number before w."
            if for_w
            else "Nudge b alone: the inside moves as far as b does, since b is only added.",
            f"The product: ∂L/∂{knob} = {times(2 * lever, f'({inside})')}.",
        ],
        next="With more examples the loss is the mean of such squares, and so is its slope.",
    )


def one_slope(draw: Draw) -> Problem | None:
    """∂L/∂w or ∂L/∂b of the mean squared error on a small table."""
    count = draw.one([2, 3, 4])
    xs = sorted(draw.several(range(-2, 7), count))
    w, b = draw.one([-2, -1, 1, 2, 3]), draw.nonzero(-4, 5)
    residuals = [draw.whole(-4, 4) for _ in xs]
    told = [w * x + b for x in xs]
    products = [r * x for r, x in zip(residuals, xs, strict=True)]
    by_w, by_b = 2 * _mean(products), 2 * _mean(residuals)
    for_w = draw.one([True, True, False])
    truth, other, parts = (by_w, by_b, products) if for_w else (by_b, by_w, residuals)
    if truth == 0 or truth * 5 != int(truth * 5):
        return None
    rows = [[written(x), written(t - r)] for x, t, r in zip(xs, told, residuals, strict=True)]
    knob = "w" if for_w else "b"
    factor_x = (
        Rival("forgotten-x-factor", other)
        if for_w
        else Rival(
            "x-factor-in-both",
            other,
            message="You multiplied each residual by its x. That factor belongs to w, since a "
            "nudge of w is made x times as large on its way to the prediction. The intercept is "
            "only added. By how much does a prediction grow when b grows by a little?",
        )
    )
    what = "2 · r · x" if for_w else "2 · r"
    return Problem(
        f"The line ŷ = wx + b stands at w = {written(w)} and b = {written(b)}. The loss L is the "
        f"mean squared error on these data. What is the slope ∂L/∂{knob}?",
        shown=[Table(["x", "y"], rows)],
        asks=f"∂L/∂{knob} =",
        answer=Number(truth),
        rivals=[
            factor_x,
            Rival(
                "forgotten-two",
                truth / 2,
                message="Your number has half the size it should have. Each point costs r², and "
                "a square leaves something in front when you take its slope. Which factor is it, "
                "and where did it go?",
            ),
            Rival("forgotten-mean", truth * count),
            Rival("residual-turned-around", -truth),
            Rival(
                "value-for-slope",
                _mean([r * r for r in residuals]),
                message="That is the loss at this place: the mean of the squares. The question "
                f"asks how it changes when {knob} is nudged. What is the slope of one square r², "
                f"and by how much does r move with {knob}?",
            ),
        ],
        steps=[
            f"The predictions are {_listed(told)}, so the residuals r = ŷ − y are "
            f"{_listed(residuals)}.",
            f"Each point gives {what}: {_listed([2 * part for part in parts])}.",
            f"Their mean is {written(2 * sum(parts))} / {count} = {written(truth)}.",
        ],
        next=f"Nudging {knob} up would bring the loss {'up' if truth > 0 else 'down'}.",
    )


POINTS = "PQRS"


def strongest_pull(draw: Draw) -> Problem | None:
    """Which point has the largest part in ∂L/∂w, where it is not the worst miss."""
    x_miss, x_far = draw.one([1, 2]), draw.one([8, 9, 10])
    x_right, x_against = draw.several([3, 4, 5, 6, 7], 2)
    r_right, r_against = -draw.whole(2, 4), draw.whole(1, 3)
    r_miss, r_far = draw.one([1, -1]) * draw.whole(4, 7), draw.one([1, -1])
    found = [(x_right, r_right), (x_miss, r_miss), (x_far, r_far), (x_against, r_against)]
    pulls = [x * r for x, r in found]
    ahead = all(abs(pulls[0]) > abs(pull) for pull in pulls[1:])
    if not ahead or abs(r_miss) <= -r_right or max(pulls) != pulls[3] or pulls.count(pulls[3]) > 1:
        return None
    w, b = draw.one([-2, 1, 2, 3]), draw.whole(8, 24)
    names = dict(zip(found, draw.shuffled(POINTS), strict=True))
    rows = [
        [name, str(x), written(w * x + b), written(w * x + b - r)]
        for (x, r), name in sorted(names.items(), key=lambda item: item[1])
    ]
    right, miss, far, against = (f"point {names[place]}" for place in found)
    answer, rivals = draw.options(
        right,
        [
            Rival(
                "forgotten-x-factor",
                miss,
                message="That is the point with the largest miss. But w moves the prediction there "
                "by very little, since its x is small: near x = 0 the line only turns, and hardly "
                "rises. By how many times a nudge of w does the line move at each of the points?",
            ),
            Rival(
                "place-for-value",
                far,
                message="That point lies farthest out, so a nudge of w moves its prediction most. "
                "But the line nearly passes through it, so there is little to be gained. What has "
                "to be multiplied by x to give its part of the slope?",
            ),
            Rival(
                "negative-read-as-small",
                against,
                message="You compared the parts as numbers on a line, where each minus number "
                "comes below each plus number. How strongly a point pulls is the size of its part, "
                "and the sign says only to which side. Which part is the largest in size?",
            ),
        ],
    )
    told = "; ".join(
        f"{names[(x, r)]}: {written(r)} · {x} = {written(r * x)}"
        for x, r in sorted(found, key=lambda place: names[place])
    )
    return Problem(
        "Four points, and what a line ŷ = wx + b foretells for them. The slope ∂L/∂w of the mean "
        "squared error is a mean with a part from each point. Which point has the largest part in "
        "size, so that it pulls most at w?",
        shown=[Table(["point", "x", "ŷ", "y"], rows)],
        answer=answer,
        rivals=rivals,
        steps=[
            "The part of a point is 2 · r · x, with the residual r = ŷ − y. Compare r · x.",
            f"{told}.",
            f"In size {written(pulls[0])} is the largest: {right}, so the answer is "
            f"**{answer.truth}**.",
        ],
        next="A miss far out pulls at w like a weight on a long lever.",
    )


# --- best values ---


# Who takes what for each of what, beside a fixed sum.
FEES = (
    ("A taxi takes {} euros a km, and a fixed sum b for each ride", "km", "euros", (2, 3)),
    ("A courier takes {} euros a kg, and a fixed sum b for each parcel", "kg", "euros", (2, 4)),
    ("An oven needs {} minutes a loaf, and a fixed time b to heat up", "loaves", "minutes", (3, 5)),
    ("A lift needs {} seconds a floor, and a fixed time b for its doors", "floors", "seconds",
     (2, 3, 4)),
)  # fmt: skip


def best_intercept(draw: Draw) -> Problem | None:
    """The b of the least mean squared error where w is given."""
    story, per, unit, slopes = draw.one(FEES)
    w, count = draw.one(slopes), draw.one([3, 4])
    xs = sorted(draw.several(range(1, 9), count))
    fees = [draw.whole(2, 12) for _ in xs]
    b = _mean(fees)
    if b * 2 != int(b * 2) or len(set(fees)) < 2:
        return None
    ys = [w * x + fee for x, fee in zip(xs, fees, strict=True)]
    rows = [[str(x), str(y)] for x, y in zip(xs, ys, strict=True)]
    return Problem(
        f"{story.format(w)}. In the table y scatters a little, as data do. Which b gives "
        f"ŷ = {w}x + b the least mean squared error, in {unit}?",
        shown=[Table([f"x ({per})", f"y ({unit})"], rows)],
        asks="b =",
        answer=Number(b),
        rivals=[
            Rival(
                "forgotten-mean",
                sum(fees),
                message="You added up what is left over in all rows. One b has to serve for every "
                "row, and it should not grow when more rows come in. How many rows share that sum?",
            ),
            Rival(
                "residual-turned-around",
                -b,
                message="The size is right, and the sign is turned around: you took the data away "
                "from the part with x. What b has to make up for is what the data have *more* than "
                "that part. Do they lie above it or below it?",
            ),
            Rival(
                "held-read-as-zero",
                _mean(ys),
                message="That is the mean of all y, and the best b for a flat line. Here the line "
                "climbs, since w is given and not 0. Take first away from each y what the slope "
                "explains. What is left for b in each row?",
            ),
            Rival(
                "forgotten-x-factor",
                _mean(ys) - w,
                message=f"You took {w} away from the mean of y, as if each row had x = 1. The "
                "slope counts once for every unit of x, so it explains more where x is large. How "
                "much does it explain in each row?",
            ),
        ],
        steps=[
            f"Take away from each y what the slope explains, {w} times x.",
            f"What is left is {_listed(fees)}. The slope ∂L/∂b is 0 where b is their mean.",
            f"That is {sum(fees)} / {count} = {written(b)}.",
        ],
        next="With the best b the residuals add up to 0.",
    )


def through_origin(draw: Draw) -> Problem | None:
    """The best w of ŷ = wx, with misses that do not pull at w together."""
    p, q = draw.several([2, 3, 4], 2)
    at_p, at_q = draw.whole(-2, 2), draw.whole(-2, 2)
    at_one = -(p * at_p + q * at_q)  # then the sum of r · x is 0 at the w below
    w = draw.one([2, 3, 4, 5, 1.5, 2.5, 6])
    if abs(at_one) > 5 or not at_one:
        return None
    data = sorted([(1, w - at_one), (p, w * p - at_p), (q, w * q - at_q)])
    if min(y for _, y in data) <= 0:
        return None
    xs, ys = zip(*data, strict=True)
    xy, xx = [x * y for x, y in data], [x * x for x in xs]
    rows = [[str(x), written(y)] for x, y in data]
    return Problem(
        "A shop sells cable by the metre, with no fixed fee, and its bills scatter a little. "
        "Which price per metre w gives ŷ = wx the least mean squared error?",
        shown=[Table(["x (metres)", "y (euros)"], rows)],
        asks="w =",
        answer=Number(w),
        rivals=[
            Rival(
                "forgotten-x-factor",
                sum(ys) / sum(xs),
                message="You divided the sum of y by the sum of x. That makes the residuals add up "
                "to 0, which is what a best *intercept* does. For w each residual counts x times. "
                "What is the slope ∂L/∂w of the loss, and where is it 0?",
            ),
            Rival(
                "mean-of-means",
                _mean([y / x for x, y in data]),
                message="You took the mean of the single prices. Then a short piece counts as much "
                "as a long one, though a nudge of w hardly moves its bill. For the squared error "
                "each row counts by more than one. What is the slope ∂L/∂w, and where is it 0?",
            ),
            Rival(
                "regression-turned-around",
                sum(xy) / sum(y * y for y in ys),
                message="You divided by the squares of y. That answers how many metres there are "
                "for each euro, and its unit is upside down. The slope is in euros per metre. "
                "Whose squares belong below the fraction bar?",
            ),
        ],
        steps=[
            "The slope ∂L/∂w is the mean of 2(wx − y)x. It is 0 where w · Σx² = Σxy.",
            f"Σxy = {' + '.join(map(written, xy))} = {written(sum(xy))}, and Σx² = "
            f"{' + '.join(map(written, xx))} = {written(sum(xx))}.",
            f"w = {written(sum(xy))} / {written(sum(xx))} = {written(w)}.",
        ],
        next="Long pieces speak louder: each row counts by the square of its x.",
    )


# --- training, and the scale of the data ---


def one_epoch(draw: Draw) -> Problem | None:
    """Both weights after one step of descent."""
    count = draw.one([2, 4])
    xs = sorted(draw.several(range(-2, 6), count))
    w, b, eta = draw.whole(-2, 4), draw.whole(-3, 4), draw.one([0.1, 0.01, 0.05, 0.5])
    residuals = [draw.whole(-4, 4) for _ in xs]
    by_w = 2 * _mean([r * x for r, x in zip(residuals, xs, strict=True)])
    by_b = 2 * _mean(residuals)
    if 0 in (by_w, by_b) or by_w == by_b:
        return None
    told = [w * x + b for x in xs]
    rows = [[written(x), written(t - r)] for x, t, r in zip(xs, told, residuals, strict=True)]

    def after(along_w: float, along_b: float) -> list[float]:
        return [w - eta * along_w, b - eta * along_b]

    new = after(by_w, by_b)
    return Problem(
        f"A line ŷ = wx + b stands at w = {written(w)} and b = {written(b)}. Take one step of "
        f"gradient descent on the mean squared error of these data, with η = {written(eta)}. "
        "Where do w and b stand then? Give two numbers.",
        shown=[Table(["x", "y"], rows)],
        asks="w, b =",
        answer=Array(new),
        rivals=[
            Rival("ascent-for-descent", after(-by_w, -by_b)),
            Rival(
                "forgotten-two",
                after(by_w / 2, by_b / 2),
                message="Both of your steps are half as long as they should be. A point costs r², "
                "and the slope of a square has something in front. Which factor is missing in "
                "both of your slopes?",
            ),
            Rival(
                "forgotten-mean",
                after(by_w * count, by_b * count),
                message="Both of your steps are too long: you added up the parts of all points. "
                "The loss is a mean, so its slopes are means as well. How many points share the "
                "sums?",
            ),
            Rival(
                "step-size-left-out",
                [w - by_w, b - by_b],
                message="You took the whole slopes away. A slope is no distance, and only a share "
                "of it is walked. Which number in the statement says how large this share is?",
            ),
            Rival(
                "partials-swapped",
                after(by_b, by_w),
                message="Each of your two knobs was moved by the slope that belongs to the other "
                "one. The slope along w holds the factor x, since a nudge of w is made x times as "
                "large. Which of your two slopes has it?",
            ),
        ],
        steps=[
            f"The predictions are {_listed(told)}, so the residuals ŷ − y are "
            f"{_listed(residuals)}.",
            f"∂L/∂w is the mean of 2 · r · x, which is {written(by_w)}. ∂L/∂b is the mean of "
            f"2 · r, which is {written(by_b)}.",
            f"w: {written(w)} − {written(eta)} · {bracketed(by_w)} = {written(new[0])}. "
            f"b: {written(b)} − {written(eta)} · {bracketed(by_b)} = {written(new[1])}.",
        ],
        next="Both slopes belong to the old place; only then do both knobs move.",
    )


# Deviations from a mean, with the root of their mean square.
DEVIATIONS: tuple[tuple[tuple[int, ...], int], ...] = (
    ((-7, -1, 1, 7), 5),
    ((-7, -2, 3, 3, 3), 4),
    ((-7, -1, 1, 2, 5), 4),
    ((-6, -3, 1, 3, 5), 4),
    ((-5, -3, -1, 3, 6), 4),
    ((-5, -2, -1, 1, 7), 4),
    ((-3, -1, 0, 1, 3), 2),
)


def standardised(draw: Draw) -> Problem | None:
    """A value counted in standard deviations from the mean."""
    deviations, spread = draw.one(DEVIATIONS)
    unit, turned = draw.one([1, 2, 10]), draw.one([1, -1])
    offs = [unit * turned * d for d in draw.shuffled(deviations)]
    mean, sd = unit * draw.whole(8, 40), unit * spread
    values = [mean + d for d in offs]
    off = draw.one([d for d in offs if d])
    x = mean + off
    squares = [d * d for d in offs]
    return Problem(
        f"An input has the values {_listed(values)} in the data. Each is standardised: counted "
        "from their mean, in units of their standard deviation (the root of the mean squared "
        f"deviation). What becomes of {x}?",
        asks=f"{x} becomes:",
        answer=Number(off / sd),
        rivals=[
            Rival(
                "difference-not-divided",
                off,
                message="You counted from the mean, and that is the first half: centring. The "
                "second half changes the unit, so that the spread of the values is 1 afterwards. "
                "What is their standard deviation, and what do you do with it?",
            ),
            Rival(
                "root-left-out",
                off / sd**2,
                message="You divided by the mean of the squares. A square does not have the unit "
                "of the values, so a length cannot be measured in it. What has to be done to a "
                "mean of squares before it can be compared with a distance?",
            ),
            Rival(
                "forgot-delta",
                x / sd,
                message="You divided the value itself, as if it were counted from 0. A "
                "standardised value says how far it lies from the *mean*, and on which side. What "
                "is the mean here, and how far from it is this value?",
            ),
            Rival(
                "share-for-change",
                off / mean,
                message="You divided the distance by the mean. That is a share of the mean, and it "
                "depends on where the scale has its 0. The unit here should be how far the values "
                "usually lie from their mean. Which number says that?",
            ),
        ],
        steps=[
            f"The mean is {written(_mean(values))}. Counted from it the values are "
            f"{_listed(offs)}.",
            f"The mean of their squares is {sum(squares)} / {len(squares)} = {sd**2}, so the "
            f"standard deviation is {sd}.",
            f"{x} lies {written(off)} from the mean: {written(off)} / {sd} = {written(off / sd)}.",
        ],
        next="Standardised inputs have the mean 0 and the spread 1, and their valleys are rounder.",
    )


def unscaled(draw: Draw) -> Problem | None:
    """The intercept of a line that was trained on standardised inputs."""
    sd, mean = draw.one([2, 4, 5, 10, 20]), draw.one([10, 20, 25, 30, 40, 50, 60, 95])
    w, big_b = draw.one([-3, -2, -1.5, -0.5, 0.5, 1.5, 2, 3, 4]), draw.nonzero(-20, 60)
    big_w = w * sd
    b = big_b - w * mean
    if sd == mean:
        return None
    return Problem(
        f"A model was trained on z = (x − {mean}) / {sd} in place of x, and found "
        f"ŷ = {total([(big_w, 'z'), (big_b, '')])}. Written as ŷ = wx + b, what is its intercept "
        "b?",
        asks="b =",
        answer=Number(b),
        rivals=[
            Rival(
                "units-mixed",
                big_b,
                message="You kept the intercept of the formula in z. That is what the model "
                f"foretells at z = 0, which is the place x = {mean}. The intercept b is what it "
                "foretells at x = 0. Which z belongs to x = 0?",
            ),
            Rival(
                "sign-error",
                big_b + w * mean,
                message=f"The sizes are right, and one sign is not. At x = 0 the model sees "
                f"0 − {mean}, divided by {sd}. On which side of 0 is that, and what does the "
                "number in front of z do to it?",
            ),
            Rival(
                "difference-not-divided",
                big_b - big_w * mean,
                message=f"You put x − {mean} in place of z and left out the division by {sd}. Each "
                f"unit of z is {sd} units of x, so the line is less steep in x than in z. What "
                "stands in front of x when you multiply out?",
            ),
            Rival(
                "factor-dropped",
                big_b - big_w / sd,
                message=f"You divided the number in front of z by {sd}, and then took that alone "
                "away. Multiply the bracket out: that number stands in front of x as well as in "
                "front of what is taken away from x. What is taken away from x?",
            ),
        ],
        steps=[
            f"Put z in: ŷ = {written(big_w)} · (x − {mean}) / {sd} {signed(big_b)}.",
            f"The number in front of x is {written(big_w)} / {sd} = {written(w)}, and the bracket "
            f"leaves −{written(w)} · {mean} behind."
            if w > 0
            else f"The number in front of x is {written(big_w)} / {sd} = {written(w)}, and the "
            f"bracket leaves {written(-w)} · {mean} behind.",
            f"b = {written(big_b)} − {bracketed(w)} · {mean} = {written(b)}.",
        ],
        next=f"The same line: ŷ = {total([(w, 'x'), (b, '')])}. Standardising changes the way "
        "there, not the line.",
    )


TEMPLATES = [
    Template("linear_regression.residual", title="A residual", level=1, minutes=1, draw=residual),
    Template(
        "linear_regression.loss", title="From a table", level=1, minutes=1.5, draw=mean_square
    ),
    Template(
        "linear_regression.example", title="One example", level=2, minutes=1.5, draw=one_example
    ),
    Template(
        "linear_regression.picture", title="From a picture", level=2, minutes=2, draw=from_picture
    ),
    Template("linear_regression.slope", title="One slope", level=2, minutes=2.5, draw=one_slope),
    Template(
        "linear_regression.intercept", title="The best b", level=2, minutes=2, draw=best_intercept
    ),
    Template(
        "linear_regression.pull", title="Who pulls most?", level=2, minutes=2, draw=strongest_pull
    ),
    Template(
        "linear_regression.standardise",
        title="Standardised",
        level=2,
        minutes=2.5,
        draw=standardised,
    ),
    Template("linear_regression.epoch", title="One epoch", level=3, minutes=4, draw=one_epoch),
    Template(
        "linear_regression.origin",
        title="With no intercept",
        level=3,
        minutes=3,
        draw=through_origin,
    ),
    Template("linear_regression.unscale", title="Back to x", level=3, minutes=2, draw=unscaled),
]
