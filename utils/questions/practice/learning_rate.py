"""Practice of chapter 12: the borders of η, logs to read, momentum, AdaGrad and first steps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate

from utils.checks import Choice, Number, Rival
from utils.models.learning_rate import factor, regime
from utils.practice.shown import Graph, Line, Panels, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, polynomial, power, signed, times, total, written

# --- one weight ---


# What a walk does, said of its factor.
FORETOLD = {
    "monotone": "The factor lies between 0 and 1, so w slides to the bottom on one side.",
    "one step": "A factor of 0 is the best there is: w is at the bottom after one step.",
    "oscillating": "The factor is below 0 and its size below 1: w changes sides and still arrives.",
    "edge": "A factor of −1 turns w around for ever, and it comes no closer.",
    "diverging": "The factor is below −1, so each step ends farther out than it began.",
}


def one_factor(draw: Draw) -> Problem | None:
    """What a step multiplies w by, on a w²."""
    a = draw.one([0.5, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10])
    eta = draw.one([0.01, 0.02, 0.03, 0.04, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4])
    truth = factor(a, eta)
    bowl, share = times(a, "w²"), 2 * a * eta
    return Problem(
        f"On the loss L(w) = {bowl} every step of gradient descent multiplies w by the same "
        f"factor. Which one is it for η = {written(eta)}?",
        asks="factor:",
        answer=Number(truth),
        rivals=[
            Rival(
                "forgotten-two",
                factor(a, eta / 2),
                message=f"You took {times(a, 'w')} for the slope of {bowl}. The square leaves a 2 "
                "in front when you take its slope, so the ground is twice as steep, and a step "
                "takes twice as much away from w. What is the slope, and what does the step leave?",
            ),
            Rival(
                "ascent-for-descent",
                factor(a, -eta),
                message="You added the share that a step takes away. Then w would grow with every "
                "step, away from the lowest place at 0. Descent goes against the slope. With which "
                "sign does η times the slope enter the step?",
            ),
            Rival(
                "step-for-place",
                share,
                message="That is the share of w that one step takes away. The question asks what "
                "the step makes of w, which is what is left of it. If a step takes a tenth of w "
                "away, by which factor has w been multiplied?",
            ),
            Rival(
                "step-size-left-out",
                factor(a, 1),
                message="You took the whole slope away from w, as if η were 1. A slope is height "
                "per step across and no distance, so only a share of it is walked. Which share "
                "does the statement give, and how much of w does the step take away then?",
            ),
        ],
        steps=[
            f"The slope of L is {times(2 * a, 'w')}.",
            f"A step leads from w to w − {written(eta)} · {times(2 * a, 'w')}, which takes "
            f"{written(share)} times w away.",
            f"What is left is (1 − {written(share)}) · w, so the factor is {written(truth)}.",
        ],
        next=FORETOLD[regime(a, eta)],
    )


def limit(draw: Draw) -> Problem | None:
    """The largest η for a parabola that is not centred at 0."""
    a = draw.one([0.1, 0.2, 0.4, 0.5, 0.8, 1.25, 2, 2.5, 4, 5, 8, 10, 20, 25])
    if draw.one([True, False]):
        loss = polynomial([a, draw.nonzero(-9, 9), draw.whole(-9, 9)], "w")
    else:
        centre = draw.nonzero(-6, 6)
        loss = total([(a, f"(w {signed(-centre)})²"), (draw.whole(0, 9), "")])
    return Problem(
        f"The loss is L(w) = {loss}. Gradient descent converges with small learning rates, and "
        "beyond a certain limit it runs away. Where is this limit of η?",
        asks="limit of η:",
        answer=Number(1 / a),
        rivals=[
            Rival("best-rate-for-limit", 1 / (2 * a)),
            Rival(
                "forgotten-two",
                2 / a,
                message="You divided 2 by the number in front of the square. But the limit is 2 "
                "divided by the *second derivative*, and a square brings a 2 along when its slope "
                "is taken. How fast does the slope of this loss grow with w?",
            ),
            Rival(
                "rise-run-swapped",
                a,
                message="Your fraction stands upside down. The steeper a bowl bends, the shorter a "
                "step must be, so a large second derivative has to lead to a small limit. Which of "
                "the two numbers belongs below the fraction bar?",
            ),
        ],
        steps=[
            "Only the second derivative counts: how fast the slope grows with w. Terms with w "
            "alone, and numbers, do not bend anything.",
            f"Here it is 2 · {written(a)} = {written(2 * a)}.",
            f"The limit is 2 / {written(2 * a)} = {written(1 / a)}: there a step multiplies the "
            "distance to the bottom by −1.",
        ],
        next=f"At half the limit, η = {written(1 / (2 * a))}, a single step arrives.",
    )


# --- logs and pictures ---


CREEP, GOOD, ZIGZAG, RUNAWAY, UPHILL = (
    "η is far too small: the walk creeps",
    "η is about right: the walk settles on one side, and soon",
    "η is large: each step leaps over the minimum, and yet the walk converges",
    "η is too large: the walk runs away",
    "a sign is wrong: the walk climbs",
)
# What a step does to the distance from the minimum.
FACTORS = {
    CREEP: (0.99, 0.98, 0.97),
    GOOD: (0.2, 0.25, 0.3, 0.4),
    ZIGZAG: (-0.6, -0.7, -0.8, -0.9),
    RUNAWAY: (-1.1, -1.2, -1.3, -1.5),
    UPHILL: (1.1, 1.2, 1.3, 1.5),
}
LONGER = (
    "The walk has not arrived, that is true, so you would make its steps longer. Look at the "
    "column of w first: it passes from one side of the minimum to the other with every step. What "
    "would an even longer step do?"
)
MISREAD = {
    CREEP: (
        (
            GOOD,
            "flat-read-as-minimum",
            "The numbers hardly move, so it looks as if the walk had arrived. But a walk that has "
            "arrived stands at the minimum, and a loss that falls by a few parts in a hundred per "
            "step still falls. How far is w from the minimum in the last line?",
        ),
        (
            UPHILL,
            "gradient-blamed",
            "A walk that climbs makes the loss grow, and this one does not. It falls, if only by a "
            "little each time, so the direction is right. What else decides how far a step in the "
            "right direction leads?",
        ),
        (
            RUNAWAY,
            "step-too-large",
            "A walk that runs away ends farther from the minimum with each step, and its loss "
            "grows. Compare the first line of the table with the last one. Did the loss grow or "
            "fall, and how large was one step?",
        ),
    ),
    GOOD: (
        (
            CREEP,
            "limit-for-best-rate",
            "The last steps are short, that is true, because little is left to walk. Look at the "
            "first ones: which share of the distance to the minimum does a single step take away, "
            "and what would a step twice as long do?",
        ),
        (
            ZIGZAG,
            "overshoot-read-as-diverging",
            "To leap over the minimum, w would have to be above it in one line and below it in the "
            "next. Write down for each line how far w is from the minimum, with the sign. Does "
            "this sign change anywhere?",
        ),
        (
            RUNAWAY,
            "step-too-large",
            "The first step is long, and that alone is no harm. A walk that runs away ends each "
            "step with a larger loss than before. What does the loss do here from line to line?",
        ),
    ),
    ZIGZAG: (
        (RUNAWAY, "overshoot-read-as-diverging", None),
        (
            UPHILL,
            "gradient-blamed",
            "With a wrong sign w would run off on one side, and the loss would grow in every line. "
            "Here w lies on one side of the minimum and then on the other. What does the loss do "
            "meanwhile, and what does that say about the direction of the steps?",
        ),
        (CREEP, "limit-for-best-rate", LONGER),
    ),
    RUNAWAY: (
        (
            UPHILL,
            "gradient-blamed",
            "The loss grows, but a wrong sign looks different: then w would run off on one side "
            "and never pass the minimum. On which side of the minimum does w lie in the first "
            "line, in the second, in the third?",
        ),
        (
            ZIGZAG,
            "limit-for-best-rate",
            "That w leaps over the minimum is well seen. But to converge, each step must also end "
            "nearer to it than it began. How far is w from the minimum in the first line, and how "
            "far in the last?",
        ),
        (CREEP, "limit-for-best-rate", LONGER),
    ),
    UPHILL: (
        (
            RUNAWAY,
            "step-too-large",
            "The loss grows, but steps that are too long look different: they jump over the "
            "minimum, so that w lies now on one side, now on the other. On which side does w lie "
            "here, in the first line and in the last?",
        ),
        (
            ZIGZAG,
            "overshoot-read-as-diverging",
            "To leap over the minimum, w would have to lie above it in one line and below it in "
            "the next. Write down for each line whether w is larger or smaller than the place of "
            "the minimum. Does that change anywhere, and does the loss fall?",
        ),
        (
            CREEP,
            "limit-for-best-rate",
            "Steps that are too short still make the loss fall, only slowly. Here the loss grows "
            "from line to line, so longer steps would only make it grow faster. In which direction "
            "does w move, and where does the minimum lie?",
        ),
    ),
}
SAID = {
    CREEP: "After five steps most of the way is still to go, so a larger η would help.",
    GOOD: "Each step takes away most of the distance, and none of them passes the minimum.",
    ZIGZAG: "w changes sides with each step, and each step ends nearer than it began.",
    RUNAWAY: "w changes sides with each step, and each step ends farther out than it began.",
    UPHILL: "w stays on one side and moves away from the minimum: it goes with the slope.",
}


def training_log(draw: Draw) -> Problem | None:
    """What is wrong with η, from a log of w and the loss."""
    right = draw.one(list(FACTORS))
    each = draw.one(FACTORS[right])
    a, centre = draw.one([0.5, 1, 2, 3, 5]), draw.whole(-5, 9)
    first = draw.one([-6, -5, -4, 4, 5, 6])
    away = [first * each**step for step in range(6)]
    rows = [[str(step), _short(centre + d), _short(a * d**2)] for step, d in enumerate(away)]
    answer, rivals = draw.options(
        right, [Rival(mistake, text, message=said) for text, mistake, said in MISREAD[right]]
    )
    growing = "grows" if abs(each) > 1 else "falls"
    return Problem(
        f"A loss has its only minimum at w = {written(centre)}. This is the log of a run of "
        "gradient descent on it, with its numbers rounded. What do you say about this run?",
        shown=[Table(["step", "w", "loss"], rows)],
        answer=answer,
        rivals=rivals,
        steps=[
            "Look at the loss first: does it grow or fall from line to line? Then look at w: on "
            f"which side of {written(centre)} does it lie in each line?",
            f"The loss {growing}, from {rows[0][2]} to {rows[5][2]}. Counted from the minimum, w "
            f"goes from {written(away[0])} to {_short(away[1])} and {_short(away[2])}.",
            f"{SAID[right]} The answer is **{answer.truth}**.",
        ],
        next="Two columns tell all regimes apart: whether the loss grows, and whether w changes "
        "sides.",
    )


def _short(value: float) -> str:
    """A number as a log shows it."""
    return written(round(value, 3))


def picture_of_a_walk(draw: Draw) -> Problem | None:
    """Which of four walks belongs to η."""
    a, eta = draw.one([0.5, 1, 2, 2.5, 4, 5]), draw.one([0.05, 0.1, 0.15, 0.2, 0.3, 0.45, 0.6, 1.2])
    start, each = draw.one([-5, -4, 4, 5]), factor(a, eta)
    half = factor(a, eta / 2)
    flipped = (
        "The two panels are alike but for the sides. Work out the first step with its sign: what "
        "is the slope at the start, what is η times this slope, and on which side of 0 does w end "
        "when you take that away?"
    )
    if 0.3 <= each <= 0.9:
        others = [
            ("forgotten-two", half, ""),
            ("ascent-for-descent", 2 - each, ""),
            ("change-turned-around", -each, flipped),
        ]
    elif -0.85 <= each <= -0.3:
        others = [
            ("forgotten-two", half, ""),
            ("overshoot-read-as-diverging", 1 / each, ""),
            ("slope-sign-lost", -each, flipped),
        ]
    elif -1.75 <= each <= -1.15:
        nearer = (
            "In that panel w comes nearer to 0 with each step. Put the first step into numbers: "
            "how far from 0 is w before it, and how far after it? Then say whether the next step "
            "will be longer or shorter. Which panel does that?"
        )
        one_side = (
            "In that panel w runs off on one side, as with a wrong sign. But the sign is right "
            "here, and the first step leads over 0 to the other side. Work it out: where does w "
            "stand after one step?"
        )
        others = [
            ("forgotten-two", half, ""),
            ("limit-for-best-rate", 1 / each, nearer),
            ("gradient-blamed", -each, one_side),
        ]
    else:
        return None
    walks = [each, *(other for _, other, _ in others)]
    if min(abs(p - q) for i, p in enumerate(walks) for q in walks[:i]) < 0.15:
        return None
    two = (
        f"That panel belongs to half of the slope. The slope of {times(a, 'w²')} is not "
        f"{times(a, 'w')}, since the square leaves a 2 in front, so each step is twice as long as "
        "you thought. Where does the first one lead?"
    )
    letters = dict(zip(draw.shuffled("abcd"), walks, strict=True))
    letter_of = {walk: letter for letter, walk in letters.items()}
    truth = letter_of[each]
    return Problem(
        f"A weight starts at w = {written(start)} and walks down on L(w) = {times(a, 'w²')} with "
        f"η = {written(eta)}. Upwards each panel shows w, and across the number of steps taken. "
        "Which panel shows this walk?",
        shown=[Panels({letter: _walk(start, letters[letter]) for letter in sorted(letters)})],
        answer=Choice(truth, options={letter: f"panel {letter}" for letter in sorted(letters)}),
        rivals=[
            Rival(
                mistake,
                letter_of[walk],
                message=two if mistake == "forgotten-two" else message or None,
            )
            for mistake, walk, message in others
        ],
        steps=[
            f"The slope is {times(2 * a, 'w')}, so one step multiplies w by 1 − 2 · {written(a)} · "
            f"η, with η = {written(eta)}.",
            f"That factor is 1 − {written(2 * a * eta)} = {written(each)}.",
            f"From {written(start)} it leads to {written(start * each)} and then to "
            f"{written(start * each**2)}. That is panel **{truth}**.",
        ],
        next=FORETOLD[regime(a, eta)],
    )


def _walk(start: float, each: float) -> Graph:
    """The places of a walk over the steps, joined by straight lines."""
    places = [start * each**step for step in range(7)]

    def joined(step: float) -> float:
        before = min(int(step), 5)
        return places[before] + (step - before) * (places[before + 1] - places[before])

    told = ", ".join(written(round(place, 1)) for place in places[:5])
    return Graph(
        [Line(joined, meaning="path")],
        words=f"w goes {told}, and on like this.",
        x=(0, 6),
        y=(-9, 9),
        xlabel="step",
        ylabel="w",
    )


# --- two weights ---


def shared_limit(draw: Draw) -> Problem | None:
    """The limit of the η that two weights share."""
    flat, steep = draw.one([0.1, 0.2, 0.5, 1, 2, 4]), draw.one([2, 4, 5, 8, 10, 20, 25, 40, 50])
    if steep < 2 * flat:
        return None
    in_order = draw.shuffled([flat, steep])
    first, second = draw.one([("x", "y"), ("v", "w"), ("u", "v")])
    loss = total([(in_order[0], f"{first}²"), (in_order[1], f"{second}²")])
    which = second if in_order[1] == steep else first
    return Problem(
        f"Two weights share one learning rate on the loss L({first}, {second}) = {loss}. Up to "
        "which η does the walk still converge, whatever its start? Give the border.",
        asks="limit of η:",
        answer=Number(1 / steep),
        rivals=[
            Rival("flattest-sets-the-limit", 1 / flat),
            Rival("best-rate-for-limit", 1 / (2 * steep)),
            Rival(
                "forgotten-two",
                2 / steep,
                message="You looked at the right direction, and your limit is twice too large. "
                f"Along {which} the square leaves a 2 in front when you take the slope. What is "
                "the factor of one step along that direction, and where does it reach minus one?",
            ),
            Rival(
                "mean-of-sides",
                (1 / flat + 1 / steep) / 2,
                message="You took the middle of the two limits. Along the steep direction that is "
                "still too much, and a weight that runs away takes the loss with it, however well "
                "the other one does. What must hold for each of the two weights?",
            ),
            Rival(
                "sum-of-partials",
                1 / (flat + steep),
                message="You added the two bends before you divided. But each weight takes a step "
                "of its own and knows nothing of the other, so there are two limits and not one "
                "common bend. What is the limit along each direction alone?",
            ),
        ],
        steps=[
            f"Each direction is a bowl of its own, with its own second derivative: "
            f"{written(2 * in_order[0])} along {first} and {written(2 * in_order[1])} along "
            f"{second}.",
            f"Alone, {first} allows every η below 2 / {written(2 * in_order[0])}, and {second} "
            f"every η below 2 / {written(2 * in_order[1])}. Both must converge.",
            f"The steeper one decides: 2 / {written(2 * steep)} = {written(1 / steep)}.",
        ],
        next=f"The condition number is {written(steep / flat)}: so much longer could the steps "
        "along the flat direction be.",
    )


def flat_direction(draw: Draw) -> Problem | None:
    """What is left to the flat direction when η suits the steep one."""
    steep = draw.one([4, 5, 8, 10, 20, 25, 40, 50])
    flat = draw.one([0.1, 0.2, 0.5, 1, 2, 3, 4, 5])
    if steep <= 2 * flat:
        return None
    share = flat / steep
    slow, fast = draw.one([("x", "y"), ("v", "w"), ("y", "x"), ("w", "v")])
    first, second = sorted((slow, fast))
    bends = {slow: flat, fast: steep}
    loss = total([(bends[first], f"{first}²"), (bends[second], f"{second}²")])
    return Problem(
        f"On L({first}, {second}) = {loss} you choose the one η that brings {fast} to the bottom "
        f"in a single step. By which factor does each step then multiply {slow}?",
        asks=f"factor of {slow}:",
        answer=Number(1 - share),
        rivals=[
            Rival(
                "one-weight-only",
                0,
                message=f"With a factor of 0 {slow} would be at the bottom after one step, too. "
                f"That is what this η does for {fast}. The other direction bends less, so its "
                "slope at the same distance is smaller, and the step takes less away. Which share "
                "is it?",
            ),
            Rival(
                "step-for-place",
                share,
                message=f"That is the share of {slow} that one step takes away. The question asks "
                f"what {slow} is multiplied by, and that is what is *left* of it. If a step takes "
                "a fifth of the way, which part of the way remains?",
            ),
            Rival(
                "limit-for-best-rate",
                1 - 2 * share,
                message="Your η is twice as long as the one that is asked about: it is the limit "
                f"for {fast}, where its factor is minus one. In a *single* step {fast} arrives "
                f"where its factor is 0. Which η is that, and what does it do to {slow}?",
            ),
            Rival(
                "flattest-sets-the-limit",
                1 - 1 / share,
                message=f"You chose the η that suits {slow}, and asked what it does to {fast}. It "
                "is the other way round here: η is made for the steep direction, and the flat one "
                f"has to use it. What is this η, and what is the slope along {slow}?",
            ),
        ],
        steps=[
            f"Along {fast} a step multiplies by 1 − {written(2 * steep)}η. For a single step this "
            "factor has to be 0.",
            f"So η = 1 / {written(2 * steep)}. Along {slow} the slope is {times(2 * flat, slow)}.",
            f"{slow} is multiplied by 1 − {written(2 * flat)} / {written(2 * steep)} = "
            f"{written(1 - share)}.",
        ],
        next="The steepest direction sets the limit, and the flattest sets the speed.",
    )


# --- remedies ---


def momentum(draw: Draw) -> Problem | None:
    """A weight after three steps with momentum, from the slopes it met."""
    slopes = [draw.nonzero(-6, 8) * 2 for _ in range(3)]
    beta, eta = draw.one([0.5, 0.9, 0.8]), draw.one([0.1, 0.01, 0.5, 0.05])
    start = draw.whole(-3, 6)
    first, second, third = _velocities(slopes, beta)

    def end(kept: float, taken: float = 1.0, rate: float = eta) -> float:
        return start - rate * sum(_velocities(slopes, kept, taken))

    rows = [[str(step), written(slope)] for step, slope in enumerate(slopes, 1)]
    way = first + second + third
    return Problem(
        f"Momentum with β = {written(beta)} and η = {written(eta)} starts at w = {written(start)}, "
        "with the velocity 0. The new slope enters the velocity with its full weight. In three "
        "steps it meets these slopes. Where does w stand then?",
        shown=[Table(["step", "slope"], rows)],
        asks="w =",
        answer=Number(end(beta)),
        rivals=[
            Rival(
                "velocity-not-kept",
                end(0),
                message="Each of your steps uses its own slope and nothing else, so this is plain "
                "gradient descent. Momentum has a memory: a share β of the old velocity stays, and "
                "the new slope is added to it. What is the velocity in the second step?",
            ),
            Rival("velocity-never-fades", end(1)),
            Rival("momentum-sign", end(-beta)),
            Rival(
                "velocity-averaged",
                end(beta, 1 - beta),
                message="You took a running mean of the slopes, as Adam does: only a share of each "
                "new slope came in. Here the new slope enters with its full weight, so that the "
                "velocity can grow beyond every single slope. What is the first velocity then?",
            ),
            Rival(
                "ascent-for-descent",
                end(beta, rate=-eta),
                message="Your velocities are right, and you moved w along them. The velocity is "
                "made of slopes, and slopes point uphill. With which sign does η times the "
                "velocity enter the step?",
            ),
            Rival(
                "step-size-left-out",
                end(beta, rate=1),
                message="You moved w by the whole velocity. A velocity is a sum of slopes, and a "
                "slope is no distance: as in plain descent only a share of it is walked. Which "
                "letter says how large that share is?",
            ),
            Rival(
                "stopped-too-soon",
                start - eta * third,
                message="You moved w once, by the last velocity. But w moves in every step, each "
                "time by η times the velocity of that moment. How many moves are there here, and "
                "which velocities belong to them?",
            ),
        ],
        steps=[
            "First the velocities: each one is β times the one before, plus the new slope. The "
            f"first is {written(first)}.",
            f"The second is {written(beta)} · {bracketed(first)} {signed(slopes[1])} = "
            f"{written(second)}, and the third {written(beta)} · {bracketed(second)} "
            f"{signed(slopes[2])} = {written(third)}.",
            f"Together they are {written(way)}, so w ends at {written(start)} − {written(eta)} · "
            f"{bracketed(way)} = {written(end(beta))}.",
        ],
        next="Slopes that agree add up in the velocity, and slopes that alternate cancel.",
    )


def _velocities(slopes: Sequence[float], kept: float, taken: float = 1.0) -> list[float]:
    """velocity = kept · velocity + taken · slope, from 0; one for each slope."""
    return list(accumulate(slopes, lambda v, slope: kept * v + taken * slope, initial=0.0))[1:]


def first_step(draw: Draw) -> Problem | None:
    """Where the first step of an optimiser leads that divides the slope by its own size."""
    name = draw.one(["AdaGrad", "Adam", "RMSProp"])
    eta, slope = draw.one([0.01, 0.02, 0.05, 0.1, 0.2]), draw.one([-400, -25, -8, 6, 12, 50, 300])
    start, sign = draw.whole(-4, 8), math.copysign(1, slope)
    told, young = {
        "AdaGrad": ("AdaGrad", 1.0),
        "Adam": ("Adam (β₁ = 0.9 and β₂ = 0.999, with its bias correction)", 1.0),
        "RMSProp": ("RMSProp (α = 0.99, without bias correction)", 0.01),
    }[name]
    step = eta / math.sqrt(young)
    early = {
        "AdaGrad": [],
        "Adam": [
            Rival(
                "bias-correction-forgotten",
                start - eta * sign * 0.1 / math.sqrt(0.001),
                message="You used both means as they are after one slope. They started at 0, so "
                "they are far too small, and not in the same proportion: one holds a tenth of the "
                "slope, the other a thousandth of its square. By what does Adam divide each?",
            )
        ],
        "RMSProp": [
            Rival(
                "running-sum-for-mean",
                start - eta * sign,
                message="That is AdaGrad's first step, which divides by the root of the whole "
                "square. RMSProp keeps a running mean that starts at 0, and only a share 1 − α of "
                "the first square has come in. What is the root of that share?",
            )
        ],
    }[name]
    how = {
        "AdaGrad": f"After one slope the sum of squares is {written(slope**2)}.",
        "Adam": "Corrected, both means are those of the one slope there is: the mean of the slopes "
        f"is {written(slope)}, the mean of their squares {written(slope**2)}.",
        "RMSProp": f"After one slope the mean holds 0.01 · {written(slope**2)} = "
        f"{written(0.01 * slope**2)}.",
    }[name]
    root = abs(slope) * math.sqrt(young)
    return Problem(
        f"A weight stands at w = {written(start)}, where the slope is {written(slope)}. {told} "
        f"takes its first step with η = {written(eta)}. Where does w stand afterwards? (Leave out "
        "the tiny ε.)",
        asks="w =",
        answer=Number(start - step * sign),
        rivals=[
            Rival(
                "slope-not-divided-out",
                start - eta * slope,
                message="That is the step of plain descent: η times the slope. Here the slope is "
                "divided by a root before it is walked, and this root comes from the squares of "
                "the slopes so far. There is one slope so far. Which root belongs to it, and what "
                "remains of slope over root?",
            ),
            Rival(
                "ascent-for-descent",
                start + step * sign,
                message="The length of your step is right, and it leads uphill. Dividing a slope "
                "by its size leaves its sign, and that still says which way is up. Which way does "
                "w have to move so that the loss falls?",
            ),
            Rival(
                "root-left-out",
                start - eta / (slope * young),
                message="You divided the slope by the square without taking its root. A square is "
                "no longer of the size of a slope, so steep places get tiny steps and flat ones "
                "huge steps. Which number do you get when you take the root first?",
            ),
            Rival(
                "step-size-left-out",
                start - step / eta * sign,
                message="You divided the slope by the root and walked all of what was left. As in "
                "every descent only a share of it is walked, and the learning rate says which. "
                "How long is the step then?",
            ),
            *early,
        ],
        steps=[
            how,
            f"The slope over its root is {written(slope)} / {written(root)} = "
            f"{written(slope / root)}.",
            f"Times η that is {written(step * sign)}, so w goes from {written(start)} to "
            f"{written(start - step * sign)}.",
        ],
        next=f"The size of the slope has gone: with {written(10 * slope)} the step would be as "
        "long.",
    )


# Pairs whose squares add up to the square of a short number.
SHORT_ROOTS = ((3, 4), (6, 8), (7, 24), (15, 20), (12, 16), (30, 40), (60, 80))


def adagrad(draw: Draw) -> Problem | None:
    """Two steps of AdaGrad, with slopes whose squares add up to a square."""
    slopes = [size * draw.one([1, -1]) for size in draw.shuffled(draw.one(SHORT_ROOTS))]
    eta, start = draw.one([0.1, 0.5, 0.05, 1, 0.2]), draw.whole(-4, 6)
    first, second = slopes
    squares = first**2 + second**2
    root, sign = math.hypot(first, second), math.copysign(1, first)
    middle = start - eta * sign

    def then(divided: float) -> float:
        return middle - eta * divided

    return Problem(
        f"AdaGrad with η = {written(eta)} starts at w = {written(start)}. The slope is "
        f"{written(first)} in its first step and {written(second)} in its second one. Where does w "
        "stand after both? (Leave out the tiny ε.)",
        asks="w =",
        answer=Number(then(second / root)),
        rivals=[
            Rival(
                "slope-not-divided-out",
                start - eta * (first + second),
                message="Those are two steps of plain descent: η times each slope. AdaGrad divides "
                "each slope before it is walked. In the first step the slope is divided by its own "
                "size. What does that leave, and what divides the second one?",
            ),
            Rival(
                "overwrite-for-accumulate",
                then(math.copysign(1, second)),
                message="Both of your steps are η long, as if each began afresh. But AdaGrad "
                "remembers: the square of the first slope is still in the sum when the second one "
                "comes in. What is the sum of squares in the second step?",
            ),
            Rival(
                "sum-for-length",
                then(second / (abs(first) + abs(second))),
                message="In the second step you divided by the sum of the two sizes. AdaGrad adds "
                "up the *squares* and takes the root at the end, which gives less than the sizes "
                "added up. What is the root of the sum of squares here?",
            ),
            Rival(
                "root-left-out",
                start - eta * (1 / first + second / squares),
                message="You divided by the sum of squares itself. A square is no longer of the "
                "size of a slope, so the division does not take the size away. What has to be done "
                "with the sum before it divides a slope?",
            ),
            Rival(
                "ascent-for-descent",
                start + eta * (sign + second / root),
                message="The lengths of your steps are right, and both go the wrong way. Dividing "
                "a slope by a size leaves its sign, and the sign says which way is up. Which way "
                "does w have to move in the first step?",
            ),
            Rival(
                "stopped-too-soon",
                middle,
                message="There w stands after the first step, and that step is right: its length "
                "is η. A second one follows, with a slope of its own and a sum of squares that has "
                "grown. What is the root of this sum now?",
            ),
        ],
        steps=[
            f"In the first step the root of the sum is {written(abs(first))}, so the step is η "
            f"long: w goes from {written(start)} to {written(middle)}.",
            f"Then the sum is {written(first**2)} + {written(second**2)} = {written(squares)}, and "
            f"its root is {written(root)}.",
            f"The second slope is divided by that: {written(second)} / {written(root)} = "
            f"{written(second / root)}. Times η and taken away: {written(middle)} − "
            f"{written(eta)} · {bracketed(second / root)} = {written(then(second / root))}.",
        ],
        next="The sum only grows, so equal slopes lead to shorter and shorter steps.",
    )


def steeper_than_a_bowl(draw: Draw) -> Problem | None:
    """The limit near the minimum of a curve that is no parabola."""
    k, c = draw.one([0.25, 0.5, 1, 2, 2.5, 5]), draw.one([1, 2, 5])
    at = draw.one([c, -c])
    bend = 8 * k * c**2
    loss = total([(k, power("w", 4)), (-2 * k * c**2, "w²"), (draw.whole(-5, 8), "")])
    return Problem(
        f"L(w) = {loss} has a minimum at w = {written(at)}. Beyond which η does gradient descent "
        "no longer settle there, however near to it the walk begins?",
        asks="limit of η:",
        answer=Number(2 / bend),
        rivals=[
            Rival(
                "best-rate-for-limit",
                1 / bend,
                message="You divided 1 by the second derivative. Near the bottom this is the rate "
                "that arrives fastest, where the factor is about 0. Beyond it the walk zig-zags, "
                "and may still come closer. Which factor is the last one with which it does?",
            ),
            Rival(
                "rise-run-swapped",
                bend / 2,
                message="Your fraction stands upside down. The more a curve bends at its bottom, "
                "the shorter a step must be, so the second derivative belongs below the fraction "
                "bar. What stands above it?",
            ),
            Rival(
                "flat-read-as-minimum",
                2 / (4 * k * c**2),
                message="You took the bend at w = 0, or that of the term with w² alone. The curve "
                "is flat at 0 too, but there it has a hilltop, and its bend changes from place to "
                "place. At which place does the walk settle, and what is the second derivative "
                "there?",
            ),
        ],
        steps=[
            "Near a minimum a smooth curve is nearly a bowl, and its limit is 2 divided by the "
            "second derivative there.",
            f"L″(w) = {total([(12 * k, 'w²'), (-4 * k * c**2, '')])}, which at {written(at)} is "
            f"{written(bend)}.",
            f"The limit is 2 / {written(bend)} = {written(2 / bend)}.",
        ],
        next="With a little more η the walk swings around the minimum and never comes to rest.",
    )


TEMPLATES = [
    Template("learning_rate.factor", title="One factor", level=1, minutes=1, draw=one_factor),
    Template("learning_rate.log", title="A log to read", level=1, minutes=1, draw=training_log),
    Template("learning_rate.limit", title="The limit of η", level=1, minutes=1, draw=limit),
    Template(
        "learning_rate.panels", title="Which walk?", level=2, minutes=1.5, draw=picture_of_a_walk
    ),
    Template(
        "learning_rate.shared", title="One η for two", level=2, minutes=1.5, draw=shared_limit
    ),
    Template("learning_rate.momentum", title="Momentum", level=2, minutes=2.5, draw=momentum),
    Template("learning_rate.first", title="A first step", level=2, minutes=1.5, draw=first_step),
    Template(
        "learning_rate.flat", title="The slow direction", level=3, minutes=2, draw=flat_direction
    ),
    Template(
        "learning_rate.curve", title="Not a bowl", level=3, minutes=3, draw=steeper_than_a_bowl
    ),
    Template("learning_rate.adagrad", title="AdaGrad, twice", level=3, minutes=3, draw=adagrad),
]
