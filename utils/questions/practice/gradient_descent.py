"""Practice of chapter 11: steps downhill by hand, on a map, and in the log of a run."""

from __future__ import annotations

import math
from itertools import pairwise

from utils.checks import Array, Choice, Number, Rival
from utils.practice.quadratic import Quadratic, rings
from utils.practice.shown import Contours, Graph, Line, Point, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, signed, times, written

RATES = (0.1, 0.2, 0.25, 0.5, 0.05, 0.01)
NO_RATE = (
    "You went by the whole slope. A slope is loss per unit of weight, not a distance, so it can be "
    "far too long to walk. The rule takes only a share of it, and η says which. Where does η enter "
    "your calculation?"
)
STEP_ALONE = (
    "That is the step, and the question asks where it leads. A step is taken from where the weight "
    "stands. Where did it stand before, and what happens to that place?"
)
ONE_MORE = (
    "Your walk is right, and it has gone one step too far. The start is step 0, before any move. "
    "Write the places in a row, with the start at its beginning: which one stands there after as "
    "many moves as the question asks for?"
)
ONE_SHORT = (
    "After that many steps the weight is still a little too far away. Write the distances in a "
    "row, beginning with the one at the start, and compare each with the bound. After which move "
    "is one below it for the first time?"
)


def rounded(value: float) -> float:
    """Without what binary fractions leave behind."""
    return round(value, 9)


def pair(one: float, other: float) -> str:
    """A place as "(3, −2)"."""
    return f"({written(one)}, {written(other)})"


def bowl(slope: float, best: float, weight: str = "w") -> str:
    """A loss of one weight: "2(w − 3)²"."""
    return times(slope, f"({weight} {signed(-best)})²")


def slope_of(factor: float, best: float, weight: str = "w") -> str:
    """The slope of such a bowl: "4(w − 3)", "w + 1"."""
    inside = f"{weight} {signed(-best)}"
    return inside if factor == 1 else times(factor, f"({inside})")


def two_weights(draw: Draw) -> Problem | None:
    """One step from a place, with two weights."""
    a, c = draw.one([1, 2, 3, 5]), draw.one([1, 2, 3, 5])
    p, q, eta = draw.nonzero(-5, 6), draw.nonzero(-5, 6), draw.one(RATES)
    w = draw.whole(-5, 6), draw.whole(-5, 6)
    g = 2 * a * (w[0] - p), 2 * c * (w[1] - q)
    if 0 in g or g[0] == g[1]:
        return None
    steps = [rounded(eta * slope) for slope in g]
    place = [rounded(at - step) for at, step in zip(w, steps, strict=True)]
    return Problem(
        f"The loss of two weights is L = {bowl(a, p, 'w₁')} + {bowl(c, q, 'w₂')}. Both stand at "
        f"{pair(*w)}, and η = {written(eta)}. Where do they stand after one step of gradient "
        "descent? Give two numbers.",
        asks="w₁, w₂ =",
        answer=Array(place),
        rivals=[
            Rival("ascent-for-descent", [rounded(at + s) for at, s in zip(w, steps, strict=True)]),
            Rival(
                "step-size-left-out",
                [at - slope for at, slope in zip(w, g, strict=True)],
                message=NO_RATE,
            ),
            Rival("value-for-change", [-step for step in steps], message=STEP_ALONE),
            Rival(
                "forgotten-two",
                [rounded(at - step / 2) for at, step in zip(w, steps, strict=True)],
                message="Both of your steps are half as long as they should be. A square leaves "
                "something in front when you take its slope. What is the slope of (w₁ − 1)² along "
                "w₁, and which number stands in front of it?",
            ),
            Rival(
                "partials-swapped",
                [rounded(w[0] - steps[1]), rounded(w[1] - steps[0])],
                message="Both steps are right, and each went to the other weight. The first "
                "partial derivative moves the first weight, the second one the second. Which slope "
                "belongs to w₁?",
            ),
        ],
        steps=[
            f"The partial derivatives are {slope_of(2 * a, p, 'w₁')} and "
            f"{slope_of(2 * c, q, 'w₂')}.",
            f"At {pair(*w)} that makes the gradient {pair(*g)}, and η times it is {pair(*steps)}.",
            f"Against it: {written(w[0])} {signed(-steps[0])} = {written(place[0])} and "
            f"{written(w[1])} {signed(-steps[1])} = {written(place[1])}.",
        ],
        next=f"Both weights have come nearer to {pair(p, q)}, where the loss is 0."
        if max(a, c) * eta <= 0.5
        else "Whether such a step lowers the loss depends on η: a long one may jump over the "
        "bottom.",
    )


def after_two(draw: Draw) -> Problem | None:
    """Where one weight stands after two steps."""
    a, eta = draw.one([1, 2, 3, 4, 5, 0.5]), draw.one(RATES[:5])
    best, way = draw.nonzero(-4, 6), draw.one([-10, -8, -6, -4, -2, 2, 4, 5, 6, 8, 10])
    keep = rounded(1 - 2 * a * eta)  # of the distance, in each step
    if abs(keep) > 1.5 or keep in (0, 1, -1):
        return None
    w = [rounded(best + way * keep**n) for n in range(4)]
    slopes = [rounded(2 * a * (at - best)) for at in w]
    return Problem(
        f"The loss is L(w) = {bowl(a, best)}, the weight stands at {written(w[0])}, and "
        f"η = {written(eta)}. Where does it stand after two steps of gradient descent?",
        asks="w =",
        answer=Number(w[2]),
        rivals=[
            Rival(
                "stopped-too-soon",
                w[1],
                message="That is where the first step leads. The question asks about two steps, "
                "and the second one begins where you are now, with the slope that it finds there. "
                "How steep is it at this place?",
            ),
            Rival("one-step-too-many", w[3], message=ONE_MORE),
            Rival("slope-of-the-start", rounded(w[0] - 2 * eta * slopes[0])),
            Rival("ascent-for-descent", rounded(best + way * (2 - keep) ** 2)),
            Rival(
                "forgotten-two",
                rounded(best + way * (1 - a * eta) ** 2),
                message="Each of your steps is half as long as it should be. A square leaves "
                "something in front when you take its slope. What is the slope of (w − 1)², and "
                "which number stands in front of it?",
            ),
        ],
        steps=[
            f"The slope is L′(w) = {slope_of(2 * a, best)}. At {written(w[0])} it "
            f"is {written(slopes[0])}.",
            f"The first step leads to {written(w[0])} − {written(eta)} · {bracketed(slopes[0])} = "
            f"{written(w[1])}. There the slope is {written(slopes[1])}.",
            f"The second one leads to {written(w[1])} − {written(eta)} · {bracketed(slopes[1])} = "
            f"{written(w[2])}.",
        ],
        next=f"Each step multiplies the distance from {written(best)} by {written(keep)}.",
    )


def lands(draw: Draw) -> Problem | None:
    """The learning rate that reaches the bottom in one step."""
    a = draw.one([1, 2, 4, 5, 10, 0.5, 0.25, 2.5, 0.2, 1.25])
    best, way = draw.nonzero(-5, 6), draw.one([-8, -6, -5, -4, -3, 3, 4, 5, 6, 8])
    c = draw.whole(0, 9)
    start, slope = best + way, rounded(2 * a * way)
    eta = 1 / (2 * a)
    tail = f" + {c}" if c else ""
    return Problem(
        f"The loss is L(w) = {bowl(a, best)}{tail}, and the weight stands at {written(start)}. "
        "With which learning rate η does one single step of gradient descent lead exactly to the "
        "lowest place?",
        asks="η =",
        answer=Number(eta),
        rivals=[
            Rival(
                "limit-for-best-rate",
                2 * eta,
                message="With that one the step is twice as long as the way to the bottom. It "
                "jumps over it and lands as high on the other side. Work out the slope once more, "
                "with all that a square leaves in front: how long must the step be?",
            ),
            Rival(
                "rise-run-swapped",
                2 * a,
                message="You divided the slope by the way. It is the other way round: η times the "
                "slope must be as long as the way from here to the bottom. What do you divide by "
                "what, so that η stands alone?",
            ),
            Rival(
                "slope-left-out",
                abs(way),
                message="That is how long the way to the bottom is. The step is η *times the "
                "slope*, so η alone is not the length of the step. How steep is it where the "
                "weight stands, and which share of that slope is the way?",
            ),
            Rival(
                "difference-not-divided",
                abs(slope),
                message="That is how steep it is where the weight stands. The step is η times this "
                "slope, and should be as long as the way to the bottom. How long is that way, and "
                "what must η be then?",
            ),
            Rival(
                "slope-sign-lost",
                -eta,
                message="The size is right. The minus is already in the rule, which walks against "
                "the slope; so with a learning rate below 0 the weight would go uphill. Which sign "
                "of η leads to the bottom?",
            ),
        ],
        steps=[
            f"The lowest place is {written(best)}, which is {abs(way)} away.",
            f"The slope at {written(start)} is {written(2 * a)} · {bracketed(way)} = "
            f"{written(slope)}.",
            f"η · {written(abs(slope))} = {abs(way)}, so η = {abs(way)} / {written(abs(slope))} = "
            f"{written(eta)}.",
        ],
        next=f"The start does not matter for this: a parabola with {written(a)} in front always "
        f"takes η = {written(eta)}.",
    )


def from_log(draw: Draw) -> Problem | None:
    """The learning rate of a run, from its log."""
    a, eta = draw.one([0.5, 1, 1.5, 2, 4, 5]), draw.one([0.1, 0.2, 0.05, 0.25, 0.4, 0.01])
    best, way = draw.whole(-3, 5), draw.one([-8, -6, -5, -4, 4, 5, 6, 8, 10])
    keep = rounded(1 - 2 * a * eta)
    w = [rounded(best + way * keep**n) for n in range(3)]
    slopes = [rounded(2 * a * (at - best)) for at in w]
    losses = [rounded(a * (at - best) ** 2) for at in w]
    if abs(keep) > 1.5 or keep in (0, 1, -1) or any(len(written(v)) > 7 for v in w + losses):
        return None
    rows = [
        [str(n), *map(written, row)] for n, row in enumerate(zip(w, losses, slopes, strict=True))
    ]
    step = rounded(w[0] - w[1])
    return Problem(
        "A program walks downhill by plain gradient descent and writes down the weight, the loss "
        "and the slope at each place. Step 0 is the start. Which learning rate η was it given?",
        shown=[Table(["step", "w", "L(w)", "L′(w)"], rows)],
        asks="η =",
        answer=Number(eta),
        rivals=[
            Rival(
                "one-step-too-many",
                rounded(step / slopes[1]),
                message="You divided the step by the slope at its end. A step is measured before "
                "it is taken, by the slope at the place where it begins. In which row of the table "
                "does that slope stand?",
            ),
            Rival(
                "rise-run-swapped",
                slopes[0] / step,
                message="You divided the slope by the step. The rule says that the step is η times "
                "the slope. Which of the two must stand on top, so that η is left alone?",
            ),
            Rival(
                "difference-not-divided",
                abs(step),
                message="That is how far the weight moved. The rule makes a step of η *times the "
                "slope*, so the same η gives long steps on steep ground and short ones on flat. "
                "How steep was it where this step began?",
            ),
            Rival(
                "slope-sign-lost",
                -eta,
                message="The size is right. A step goes *against* the slope, and the rule has a "
                "minus for that already. Write the rule down with the numbers of the first step: "
                "what is w minus η times the slope, and which sign must η have?",
            ),
            Rival(
                "error-read-as-weight",
                rounded((losses[0] - losses[1]) / slopes[0]),
                message="You divided the change of the loss by the slope. What the rule moves is "
                "the weight; the loss only follows. Which column tells how far the weight went in "
                "the first step?",
            ),
        ],
        steps=[
            "In each step the weight moves by η times the slope *in the row before*. One step is "
            "enough to know η.",
            f"The rule, with the numbers of the first step: {written(w[0])} − η · "
            f"{bracketed(slopes[0])} = {written(w[1])}.",
            f"So η = ({written(w[0])} {signed(-w[1])}) / {bracketed(slopes[0])} = "
            f"{written(step)} / {bracketed(slopes[0])} = {written(eta)}.",
        ],
        next="With the next row you can test it: the same η must explain the second step.",
    )


def new_rate(draw: Draw) -> Problem | None:
    """The first step of a run that was taken with another learning rate."""
    steep, (eta, other) = draw.one([1, 2, 4, 5]), draw.several(RATES[:5], 2)
    best, way = draw.whole(-3, 5), draw.one([-40, -20, -16, -10, -8, 8, 10, 16, 20, 40])
    turn = draw.one([2, 3, 4])
    gaps = [float(way)]
    for n in range(1, 5):
        gaps.append(rounded(gaps[-1] * (1 - steep * (eta if n < turn else other))))
    w = [rounded(best + gap) for gap in gaps]
    moves = [rounded(abs(after - before)) for before, after in pairwise(w)]
    longest = 1 + moves.index(max(moves))
    jumps = [n for n in range(1, 5) if gaps[n] * gaps[n - 1] < 0]
    if 0 in gaps or max(map(abs, gaps)) > 2 * abs(way) or any(len(written(v)) > 6 for v in w):
        return None
    if moves.count(max(moves)) > 1:
        return None
    rivals = [
        Rival(
            "one-step-too-many",
            turn - 1,
            message="That is the row where the step in question *begins*. Step n is the move that "
            "leads to row n, so the first move is step 1, from the start to the row below it. To "
            "which row does the first move with the new rate lead?",
        )
    ]
    if longest not in (turn, turn - 1):
        rivals.append(
            Rival(
                "difference-not-divided",
                longest,
                message="That step moves the weight farthest. But on steep ground a step is long "
                "with any learning rate. Compare each move with the slope at the row where it "
                "begins: which share of that slope is it?",
            )
        )
    if jumps and jumps[0] not in (turn, turn - 1, longest):
        rivals.append(
            Rival(
                "overshoot-read-as-diverging",
                jumps[0],
                message="In that step the weight jumps over the lowest place. A rate that stays as "
                "it is can do that, too. Compare each move with the slope at the row where it "
                "begins: which share of that slope is it?",
            )
        )
    if len(rivals) < 2:
        return None
    rows = [[str(n), written(w[n]), written(rounded(steep * gap))] for n, gap in enumerate(gaps)]
    slope = rounded(steep * gaps[turn - 1])
    move = rounded(w[turn - 1] - w[turn])
    return Problem(
        "A program walks by plain gradient descent. Row 0 is the start, and step n leads to row n. "
        "During the run somebody changed the learning rate, once. Which step was the first one "
        "with the new rate?",
        shown=[Table(["row", "w", "L′(w)"], rows)],
        asks="step:",
        answer=Number(turn),
        rivals=rivals,
        steps=[
            "Each step moves the weight by η times the slope in the row where it begins. So divide "
            "each move by that slope.",
            f"Step 1 gives ({written(w[0])} {signed(-w[1])}) / {bracketed(rounded(steep * way))} = "
            f"{written(eta)}. Go on, as long as {written(eta)} comes out.",
            f"Step {turn} gives {written(move)} / {bracketed(slope)} = {written(other)}: that is "
            "another rate.",
        ],
        next="Weights and slopes of a log tell each η, though nobody wrote it down.",
    )


def next_row(draw: Draw) -> Problem | None:
    """The next row of a log, where the slope was not written down."""
    best = draw.nonzero(-6, 8)
    keep = draw.one([0.5, 0.2, 0.25, 0.6, 0.75, 0.8, -0.5, -0.2, 0.4, -0.4, 0.1])
    way = draw.one([-1, 1]) * draw.one([4, 5, 8, 10, 16, 20, 25, 50, 80])
    w = [rounded(best + way * keep**n) for n in range(4)]
    if any(len(written(at)) > 6 for at in w) or 0 in w:
        return None
    rows = [[str(n), written(at)] for n, at in enumerate(w[:3])]
    last = rounded(w[2] - w[1])
    rivals = [
        Rival(
            "slope-of-the-start",
            rounded(w[2] + last),
            message="You took the last step once more. But where the weight stands now, the ground "
            "is less steep, so the next step is shorter. Measure how far each place is from the "
            "lowest one: what becomes of that distance from row to row?",
        ),
        Rival(
            "forgot-delta",
            rounded(w[2] * w[2] / w[1]),
            message="You multiplied the weight by the same number as before. It is not the weight "
            "that shrinks, since its goal is not 0. How far is each place from the lowest one, and "
            "what becomes of these distances from row to row?",
        ),
        Rival(
            "value-for-change",
            rounded(way * keep**3),
            message="That is how far the weight will be from the lowest place. The question asks "
            "where it will stand. On which side of the lowest place is it, and what is that place?",
        ),
        Rival("one-step-too-many", rounded(best + way * keep**4), message=ONE_MORE),
    ]
    if keep < 0:
        rivals.append(
            Rival(
                "sign-dropped",
                rounded(best - way * keep**3),
                message="The distance is right, and the side is not. Look at the places so far: "
                "each step jumps over the lowest place. On which side of it is the last one, and "
                "so on which side must the next one be?",
            )
        )
    gaps = [rounded(at - best) for at in w]
    return Problem(
        "Plain gradient descent walks on the loss of one weight, a parabola with its lowest place "
        f"at {written(best)}. The learning rate stays as it is. Which weight stands in the row of "
        "step 3?",
        shown=[Table(["step", "w"], rows)],
        asks="w =",
        answer=Number(w[3]),
        rivals=rivals,
        steps=[
            f"On a parabola each step multiplies the distance from the lowest place, "
            f"{written(best)}, by the same number. Measure the distances.",
            f"They are {written(gaps[0])}, {written(gaps[1])} and {written(gaps[2])}: each is "
            f"{written(keep)} times the one before.",
            f"The next one is {written(keep)} · {bracketed(gaps[2])} = {written(gaps[3])}, so "
            f"w = {written(best)} {signed(gaps[3])} = {written(w[3])}.",
        ],
        next="Neither the slope nor η was needed: three places of a walk tell the next one."
        if keep > 0
        else "A factor below 0 means that each step jumps over the bottom, and still comes nearer.",
    )


def how_many(draw: Draw) -> Problem | None:
    """After how many steps a weight is near enough, or its loss small enough."""
    eta, a = draw.one([(0.25, 1), (0.5, 0.5), (0.1, 2.5), (0.05, 5), (0.125, 2)])
    best = draw.nonzero(-5, 6)
    side, size = draw.one([-1, 1]), draw.one([1, 2, 3, 5, 6, 10])
    n = draw.whole(4, 7)
    way = size * 2 ** draw.whole(1, 3)
    near = way / 2**n * draw.one([1.2, 1.25, 1.5, 1.6])
    if len(written(near)) > 5 or len(written(way / 2**n)) > 6:
        return None
    start = best + side * way
    first = way / 2
    straight = math.ceil((way - near) / first - 1e-9)
    whole = math.floor(math.log2(way / near))
    gaps = [written(way / 2**k) for k in range(n + 1)]
    return Problem(
        f"L(w) = {bowl(a, best)}, the weight starts at {written(start)}, and η = {written(eta)}. "
        f"After how many steps of gradient descent is it, for the first time, less than "
        f"{written(near)} away from {written(best)}?",
        asks="steps:",
        answer=Number(n),
        rivals=[
            Rival("stopped-too-soon", whole, message=ONE_SHORT),
            Rival(
                "one-step-too-many",
                n + 1,
                message="You counted the start as a step. It is step 0, before any move. Write the "
                "distances in a row, beginning with the one at the start: how many moves lead to "
                "the first one that is small enough?",
            ),
            Rival("slope-of-the-start", straight),
        ],
        steps=[
            f"The slope is {slope_of(2 * a, best)}, so a step takes "
            f"{written(eta)} · {written(2 * a)} = {written(2 * a * eta)} of the distance away.",
            f"Each step halves the distance from {written(best)}. It begins at {gaps[0]}; write "
            "the distances in a row.",
            f"{', '.join(gaps)}: after {n} steps it is below {written(near)} for the first time.",
        ],
        next="Each further digit costs the same number of steps again, a little more than three.",
    )


def together(draw: Draw) -> Problem | None:
    """The second of two weights after one step, with a loss that mixes them."""
    f = Quadratic(draw.whole(1, 3), draw.nonzero(-3, 4), draw.whole(1, 3), names=("w₁", "w₂"))
    w = draw.nonzero(-4, 5), draw.nonzero(-4, 5)
    eta = draw.one([0.1, 0.2, 0.5, 0.05])
    g = f.gradient(*w)
    if 0 in g:
        return None
    new = [rounded(at - eta * slope) for at, slope in zip(w, g, strict=True)]
    later = rounded(w[1] - eta * f.gradient(new[0], w[1])[1])
    return Problem(
        f"L = {f.text}. The weights stand at {pair(*w)}, and η = {written(eta)}. One step of "
        "gradient descent moves both of them. Where does the second weight, w₂, stand after it?",
        asks="w₂ =",
        answer=Number(new[1]),
        rivals=[
            Rival(
                "sequential-update",
                later,
                message="You moved w₁ first and put its new value into the slope along w₂. Both "
                "partial derivatives belong to one place, the one before the step. Which value of "
                "w₁ stands in the second slope then?",
            ),
            Rival("ascent-for-descent", rounded(w[1] + eta * g[1])),
            Rival("step-size-left-out", w[1] - g[1], message=NO_RATE),
            Rival("value-for-change", rounded(-eta * g[1]), message=STEP_ALONE),
            Rival(
                "held-read-as-zero",
                rounded(w[1] - eta * 2 * f.c * w[1]),
            ),
            Rival(
                "partials-swapped",
                rounded(w[1] - eta * g[0]),
                message="That moves w₂ by the slope along w₁. Each weight is moved by its own "
                "partial derivative: the one for which *it* was nudged while the other stood "
                "still. What is the slope along w₂ at this place?",
            ),
        ],
        steps=[
            f"The slope along w₂ is ∂L/∂w₂ = {f.partials[1]}. Both weights in it are the old ones.",
            f"At {pair(*w)} it is {written(f.b)} · {bracketed(w[0])} {signed(2 * f.c)} · "
            f"{bracketed(w[1])} = {written(g[1])}.",
            f"w₂ = {written(w[1])} − {written(eta)} · {bracketed(g[1])} = {written(new[1])}.",
        ],
        next="First look in all directions, then move: a single line of code for all weights does "
        "that by itself.",
    )


def on_a_map(draw: Draw) -> Problem | None:
    """Where the next step leads, on a contour map."""
    f, x, y, levels = rings(draw)
    gx, gy = f.gradient(x, y)
    size, side = math.hypot(gx, gy), draw.one([-1, 1])
    reach = draw.one([1.5, 1.6, 1.7])
    out = math.hypot(x, y)
    ways = [
        (-gx / size, -gy / size),
        (gx / size, gy / size),
        (-side * gy / size, side * gx / size),
        (-x / out, -y / out),
    ]
    places = [(x + reach * u, y + reach * v) for u, v in ways]
    if (gx * x + gy * y) / size / out > 0.9 or any(max(map(abs, at)) > 3.9 for at in places):
        return None  # too close together to be told apart, or off the map
    letters = draw.shuffled("ABCD")
    placed = sorted(zip(letters, places, strict=True))
    told = "; ".join(f"{name} {pair(round(u, 1), round(v, 1))}" for name, (u, v) in placed)
    return Problem(
        "The map shows contour lines of a loss L; it is lowest in the middle. Two weights "
        "stand at P. In which direction does their next step of gradient descent lead?",
        shown=[
            Contours(
                f,
                levels,
                points=[Point(x, y, "P"), *(Point(u, v, name, "path") for name, (u, v) in placed)],
                words="Elliptical contour lines around (0, 0), with heights that rise outwards; "
                f"they are {'wider than high' if f.a < f.c else 'higher than wide'}. P is at "
                f"{pair(x, y)}, where the contour line has the direction "
                f"{pair(round(-gy / size, 1), round(gx / size, 1))}. The places to choose from: "
                f"{told}.",
                xlabel="w₁",
                ylabel="w₂",
            )
        ],
        answer=Choice(
            letters[0].lower(), options={name.lower(): f"towards {name}" for name, _ in placed}
        ),
        rivals=[
            Rival("ascent-for-descent", letters[1].lower()),
            Rival(
                "along-the-contour",
                letters[2].lower(),
                message="That way runs along the contour line at P, so to begin with the loss does "
                "not fall at all. A step of gradient descent goes where it falls fastest. At which "
                "angle does it leave the contour line?",
            ),
            Rival(
                "aims-at-the-minimum",
                letters[3].lower(),
                message="That step aims at the lowest place. But the walk cannot see the rings: it "
                "knows the two slopes at P and no more, and these rings are not round. At which "
                "angle does a step against the gradient leave the contour line?",
            ),
        ],
        steps=[
            "The gradient at P crosses the contour line at a right angle and points to larger "
            "losses.",
            "A step goes straight against it: at a right angle to the contour line, to the side of "
            "the smaller losses, and not towards the middle of the rings.",
            f"That way lies {letters[0]}.",
        ],
        next="Step by step the way bends towards the lowest place, though no step aims at it.",
    )


def valleys(draw: Draw) -> Problem | None:
    """In which of two valleys a walk with small steps comes to rest."""
    left, top, right = draw.one([(-3, -1, 2), (-3, 0, 2), (-2, 1, 3), (-3, 1, 3), (-2, 0, 3)])
    k = draw.one([0.08, 0.1, 0.12])
    start = draw.one([left - 0.6, left + 0.6, top - 0.4, top + 0.4, right - 0.6, right + 0.6])

    def height(x: float) -> float:
        """An antiderivative of k (x − left)(x − top)(x − right)."""
        s, d, m = left + top + right, left * top + top * right + left * right, left * top * right
        return k * (x**4 / 4 - s * x**3 / 3 + d * x**2 / 2 - m * x)

    shift = 0.5 - min(height(left), height(right))
    if max(height(top), height(start)) + shift > 5.5 or abs(height(left) - height(right)) < 0.3:
        return None
    ends = left if start < top else right
    other = right if ends == left else left
    deeper = left if height(left) < height(right) else right
    names = dict(zip((left, top, right), "ABC", strict=True))
    if ends == deeper:
        wrong = (
            "The walk would have to climb over the hill first, and it only ever goes down. It "
            "takes the slope under it and follows that, whatever lies elsewhere. Which way does "
            " the curve fall at P, and what is the first place where that ends?"
        )
    else:
        wrong = (
            "That valley is deeper, but the walk cannot know. It feels only the slope under it, "
            "and it would have to climb over the hill first. Which way does the curve fall at P, "
            "and what is the first place where that ends?"
        )
    rivals = [
        Rival("local-for-global", names[other].lower(), message=wrong),
        Rival(
            "flat-read-as-minimum",
            names[top].lower(),
            message="The curve is flat on that hilltop as well, but a walk downhill leads away "
            "from it on both sides. A step goes against the slope, so always to lower ground. "
            "Which way does the curve fall at P?",
        ),
        Rival(
            "slope-of-the-start",
            "d",
            message="If every step were as long as the first, the walk might run on like that. But "
            "near a valley the slope fades and so do the steps, and behind the lowest place the "
            "slope has the other sign. Where does the walk come to rest then?",
        ),
    ]
    points = [
        Point(start, height(start) + shift, "P"),
        *(Point(x, height(x) + shift, name, "function") for x, name in names.items()),
    ]
    side = "left" if ends < start else "right"
    return Problem(
        "The curve shows a loss over a weight, and P is the start. Gradient descent walks with "
        "very small steps, as many as you like. Where does it come to rest?",
        shown=[
            Graph(
                [Line(lambda x: height(x) + shift)],
                points=points,
                words=f"A curve with two valleys and a hill between them. The valleys are A at "
                f"{written(left)}, {written(round(height(left) + shift, 1))} high, and C at "
                f"{written(right)}, {written(round(height(right) + shift, 1))} high. The hilltop B "
                f"is at {written(top)}. P is at {written(start)}.",
                x=(-4.5, 4.5),
                y=(0, 6),
                xlabel="w",
                ylabel="L",
            )
        ],
        answer=Choice(
            names[ends].lower(),
            options={
                "a": "at A",
                "b": "at B",
                "c": "at C",
                "d": "nowhere: it runs on past all of them",
            },
        ),
        rivals=rivals,
        steps=[
            "The walk knows the slope under it and nothing else. Look at P: to which side does the "
            "curve fall?",
            f"It falls to the {side}, so the walk goes that way as long as the curve falls.",
            f"The first place where it stops falling is {names[ends]}. There the slope fades to 0.",
        ],
        next="It has found the deepest place of all."
        if ends == deeper
        else "A local minimum: the walk is content, and the deeper valley stays unseen.",
    )


TEMPLATES = [
    Template(
        "gradient_descent.step", title="One step, two weights", level=1, minutes=2, draw=two_weights
    ),
    Template("gradient_descent.valleys", title="Which valley?", level=1, minutes=1, draw=valleys),
    Template("gradient_descent.map", title="A step on a map", level=1, minutes=1, draw=on_a_map),
    Template("gradient_descent.two", title="Two steps", level=2, minutes=2, draw=after_two),
    Template("gradient_descent.lands", title="In one step", level=2, minutes=2, draw=lands),
    Template("gradient_descent.log", title="Whose η?", level=2, minutes=2, draw=from_log),
    Template("gradient_descent.rate", title="A new rate", level=3, minutes=3, draw=new_rate),
    Template("gradient_descent.together", title="Both at once", level=3, minutes=3, draw=together),
    Template("gradient_descent.next", title="The next row", level=3, minutes=3, draw=next_row),
    Template("gradient_descent.many", title="How many steps?", level=3, minutes=3, draw=how_many),
]
