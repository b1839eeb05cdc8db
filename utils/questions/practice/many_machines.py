"""Practice of chapter 17: means of unequal parts, what is sent, and what many workers are worth."""

from __future__ import annotations

from math import ceil

from utils.checks import Array, Number, Rival
from utils.practice.shown import Graph, Line, Point, Table
from utils.practice.template import Draw, Problem, Template
from utils.practice.writing import bracketed, written

DECIMALS = "two decimals are enough here"

# --- one gradient from many ---

PARTS = (  # how the examples are shared out
    *((1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2), (7, 3), (9, 1), (1, 9)),
    *((1, 1, 2), (5, 3, 2), (1, 3, 6), (2, 3, 5), (6, 3, 1), (1, 4, 5)),
)


def uneven(draw: Draw) -> Problem | None:
    """The slope of all examples, from the mean slopes of unequal parts."""
    parts, scale = draw.one(PARTS), draw.one([4, 10, 20, 50, 100, 200])
    sizes = [scale * part for part in parts]
    slopes = [draw.nonzero(-8, 12) for _ in parts]
    if len(set(slopes)) < len(slopes):
        return None
    total, count = sum(n * g for n, g in zip(sizes, slopes, strict=True)), sum(sizes)
    rows = [
        [str(k), str(n), written(g)]
        for k, (n, g) in enumerate(zip(sizes, slopes, strict=True), start=1)
    ]
    products = [f"{n} · {bracketed(g)}" for n, g in zip(sizes, slopes, strict=True)]
    return Problem(
        "Each worker has found the slope of the mean loss over its own examples. What is the slope "
        f"of the mean loss over all {count} examples?",
        shown=[Table(["worker", "examples", "slope"], rows)],
        asks="slope:",
        answer=Number(total / count, tolerance=0.005, because=DECIMALS),
        rivals=[
            Rival("mean-of-means", sum(slopes) / len(slopes)),
            Rival("not-divided-by-workers", sum(slopes)),
            Rival("divided-by-the-parts", total / len(parts)),
            Rival("own-shard-only", slopes[0]),
            *(
                [Rival("sizes-swapped", (sizes[1] * slopes[0] + sizes[0] * slopes[1]) / count)]
                if len(parts) == 2
                else []
            ),
        ],
        steps=[
            f"A mean times the number of its examples is a sum again: {', '.join(products)}.",
            f"Sums can be added: {written(total)} over all examples.",
            f"Divide once, by all of them: {written(total)} / {count} = {written(total / count)}.",
        ],
        next="However the examples are cut, this number stays the same.",
    )


def accumulated(draw: Draw) -> Problem | None:
    """How many examples a step sees, and how many steps an epoch has."""
    workers, batch = draw.one([2, 4, 5, 8, 10, 16, 20]), draw.one([4, 8, 10, 16, 20, 32, 50])
    rounds, steps = draw.whole(2, 5), draw.one([5, 10, 12, 15, 20, 25, 40, 50])
    what = draw.one(["photos", "sentences", "recordings", "pages", "measurements"])
    step = workers * batch * rounds
    examples = step * steps
    if examples >= 100_000:
        return None
    return Problem(
        f"{examples} {what} are shared out to {workers} workers. Each of them takes {batch} at a "
        f"time and walks back {rounds} times, with others each time, before all exchange what "
        f"they have and take one step together. How many {what} does one step see, and how many "
        "steps are an epoch?",
        asks="two numbers:",
        answer=Array([step, steps]),
        rivals=[
            Rival(
                "own-shard-only",
                [batch * rounds, steps * workers],
                message="That is what one worker sees before a step. But at the exchange all of "
                "them bring what they have found, each on examples of its own, and the step is "
                "taken with everything. How many workers bring something?",
            ),
            Rival(
                "overwrite-for-accumulate",
                [workers * batch, steps * rounds],
                message="You counted one walk back of each worker. They walk several times before "
                "they step, and what a walk finds is added to what is there, as long as nobody "
                "clears. How many walks have gone into one step?",
            ),
        ],
        steps=[
            f"One worker walks back {rounds} times over {batch}, so it brings the slopes of "
            f"{rounds * batch} {what}.",
            f"All {workers} together: {workers} · {rounds * batch} = {step} in one step.",
            f"An epoch sees each of them once: {examples} / {step} = {steps} steps.",
        ],
        next="Walks one after the other and workers side by side are the same sum.",
    )


# --- what is the matter? ---

CAUSES = {  # what is wrong; what is seen; what would be seen, if it were that
    "mean-of-means": (
        "the plain mean of the workers' gradients is taken",
        "As long as all {n} workers had {rows} rows each, everything was right. Since one of them "
        "has only {few}, the result is a little off, in each run by the same amount.",
        "A plain mean of gradients goes wrong only where the workers hold unequally many rows. "
        "Even then it lies between the gradients that went into it, so the result is a little off "
        "and no more. Is that what was seen here?",
    ),
    "not-divided-by-workers": (
        "the gradients are added up, and nobody divides",
        "With 2 workers the training went well. With {n}, {rows} rows each and the same η, the "
        "weights grow beyond all bounds.",
        "Then each step would be as many times too long as there are workers, as if somebody had "
        "turned up the learning rate with every machine that was bought. What was seen here, and "
        "are the steps of the wrong length?",
    ),
    "every-worker-sees-all": (
        "each worker computes on all the rows",
        "With {n} workers and {rows} rows in all, the result is right to the last digit that is "
        "printed, but a step takes no less time than with one worker.",
        "Then every worker would find the same gradient, and their mean would be right, since it "
        "is the mean of equal numbers. Only the time would be wasted. Does the result look right "
        "here, and what does the clock say?",
    ),
    "different-starts": (
        "the workers began with different weights",
        "After each of {rows} steps the weights of all {n} workers are compared. Between any two "
        "of them they differ, and from step to step by the same amount.",
        "Then the workers would take equal steps side by side, and the distance between them would "
        "stay what it was in the beginning, for ever. Is there a word here about the weights of "
        "two workers, and do they keep their distance?",
    ),
    "weights-averaged-for-gradients": (
        "the workers take several steps alone, and then the mean of their weights",
        "The training of {n} workers, {rows} rows each, comes to rest beside the lowest place. "
        "The less often they talk, the farther away it ends.",
        "Then each worker would walk towards the best place for its own rows until they meet, and "
        "the training would come to rest beside the place that is best for all. It would matter "
        "how often they talk. Does it here?",
    ),
}


def what_is_wrong(draw: Draw) -> Problem | None:
    """Which mistake explains what is seen in a training with many workers."""
    cause = draw.one(list(CAUSES))
    n, rows = draw.one([3, 4, 6, 8, 12, 16, 32]), draw.one([40, 50, 60, 80, 100, 200, 400])
    few = rows // draw.one([2, 4, 5])
    text, seen, _ = CAUSES[cause]
    others = draw.several([each for each in CAUSES if each != cause], 3)
    choice, rivals = draw.options(
        text, [Rival(each, CAUSES[each][0], message=CAUSES[each][2]) for each in others]
    )
    return Problem(
        f"{seen.format(n=n, rows=rows, few=few)} What is the matter?",
        asks="the cause:",
        answer=choice,
        rivals=rivals,
        steps=[
            "Take the causes one by one, and ask of each what it would do to the result, to the "
            "clock, and to the weights of two workers.",
            TELLS[cause],
            f"So {text}.",
        ],
        next="Each of these mistakes has a face of its own: learn the faces, and you find them.",
    )


TELLS = {
    "mean-of-means": "With equal parts all is right, and with unequal ones it is off: the weights "
    "of the mean are the matter.",
    "not-divided-by-workers": "What grows with the number of workers is the length of the step.",
    "every-worker-sees-all": "The mean is right and no time is saved: every worker does the whole "
    "work.",
    "different-starts": "Equal steps keep a distance as it was, so it was there at the start.",
    "weights-averaged-for-gradients": "How often they talk should not matter, if they talked after "
    "every step. So they walk alone for a while.",
}


# --- what is sent ---


def around_the_ring(draw: Draw) -> Problem | None:
    """How much each worker sends in a ring all-reduce."""
    workers = draw.one([4, 5, 6, 8, 10, 12, 16, 20, 25, 40, 50])
    chunk = draw.one([2, 3, 4, 5, 6, 8, 10, 12, 15, 20, 25, 40])
    size = workers * chunk
    return Problem(
        f"{workers} workers add up their gradients in a ring, by an all-reduce. Each gradient has "
        f"{size} megabytes. How many megabytes does each worker send in all?",
        asks="megabytes:",
        answer=Number(2 * (workers - 1) * chunk),
        rivals=[
            Rival("everything-to-everybody", (workers - 1) * size),
            Rival("half-the-ring", (workers - 1) * chunk),
            Rival("whole-gradient-in-each-message", 2 * (workers - 1) * size),
            Rival("one-message-for-all", chunk),
            Rival(
                "one-step-too-many",
                2 * size,
                message="That is the border which no ring ever reaches: you counted as many steps "
                "in each round as there are workers. A chunk starts at somebody, and has arrived "
                "when it has been at all the others. How many steps are that in a round?",
            ),
        ],
        steps=[
            f"The gradient is cut into {workers} chunks of {size} / {workers} = {chunk} megabytes.",
            f"There are two rounds, with {workers} − 1 = {workers - 1} messages of one chunk in "
            "each.",
            f"2 · {workers - 1} · {chunk} = {2 * (workers - 1) * chunk}.",
        ],
        next="However many workers there are, nobody ever sends two whole gradients.",
    )


# --- what many are worth ---

SHARES = ((1, 1), (3, 1), (4, 1), (3, 2), (2, 3), (1, 3), (9, 1), (7, 3), (1, 4))  # of a step


def speed_up(draw: Draw) -> Problem | None:
    """How many times as fast some workers are, from the times of computing and of the exchange."""
    computing, exchange = draw.one(SHARES)
    workers = draw.one([2, 4, 5, 6, 8, 10, 12, 16, 20, 40])
    unit = draw.one([1, 2, 5, 10, 20])
    own, talk = computing * unit, exchange * unit
    alone, step = own * workers, own + talk
    if alone <= step:
        return None
    return Problem(
        f"One worker computes {alone} ms for each step. Now {workers} of them share the same batch "
        f"equally, and after computing they exchange their gradients, which takes {talk} ms. How "
        "many times as fast are they as one?",
        asks="speed-up:",
        answer=Number(alone / step, tolerance=0.005, because=DECIMALS),
        rivals=[
            Rival("linear-speed-up", workers),
            Rival("efficiency-for-speed-up", alone / step / workers),
            Rival("exchange-shared", alone / ((alone + talk) / workers)),
            Rival(
                "time-for-speed-up",
                step,
                message="That is how long a step of all workers takes, in milliseconds, and you "
                "have worked it out well. The question asks how many times as fast they are as one "
                "worker alone. Which time do you compare with yours, and which stands on top?",
            ),
            Rival("computing-not-shared", alone / (alone + talk)),
        ],
        steps=[
            f"Each of the {workers} computes for {alone} / {workers} = {own} ms.",
            f"The exchange comes on top: a step takes {own} + {talk} = {step} ms.",
            f"Compare with one worker alone: {alone} / {step} = {written(alone / step)}.",
        ],
        next=f"With ever more workers it would never be more than {alone} / {talk}: the exchange "
        "does not shrink.",
    )


STORIES = ("photos", "sentences", "recordings", "games")


def worth(draw: Draw) -> Problem | None:
    """The efficiency at some number of workers, from a picture of the speed-up."""
    workers = draw.one([4, 5, 8, 10])
    fast = draw.whole(2 if workers < 8 else 3, workers - 1)
    what = draw.one(STORIES)
    talking = (workers - fast) / (fast * (workers - 1))  # a ring, 2(N − 1)/N of a gradient
    return Problem(
        f"A model learns from {what}. The curve tells how many times as fast training is with more "
        f"workers. What is the efficiency of {workers} workers, in per cent?",
        shown=[
            Graph(
                [
                    Line(lambda n: n / (1 + talking * (n - 1)) if n >= 1 else float("nan")),
                    Line(lambda n: n, meaning="quiet"),
                ],
                words="A curve that begins at one worker and speed-up 1, climbs ever less "
                f"steeply, and passes through {workers} workers and speed-up {fast}. Beside it, a "
                "straight line on which speed-up and workers are equal.",
                x=(0, 10),
                y=(0, 10),
                points=[Point(workers, fast)],
                xlabel="workers",
                ylabel="speed-up",
            )
        ],
        asks="per cent:",
        answer=Number(100 * fast / workers, tolerance=0.05, because="a tenth is enough here"),
        rivals=[
            Rival("linear-speed-up", 100, message=_STRAIGHT),
            Rival(
                "efficiency-for-speed-up",
                fast,
                message="That is the speed-up: how many times as fast they are together as one "
                "worker. The efficiency asks what share of its time each of them spends computing. "
                "If none was ever wasted, how large would the speed-up be, and what share of that "
                "is yours?",
            ),
            Rival(
                "rise-run-swapped",
                100 * workers / fast,
                message="Your fraction stands upside down: you divided the workers by the "
                "speed-up, and a share of their time cannot be above 100 per cent. Which of the "
                "two numbers is the part, and which is the whole?",
            ),
        ],
        steps=[
            f"Read the curve at {workers} workers: they are {fast} times as fast as one.",
            f"If nobody ever had to talk, they would be {workers} times as fast.",
            f"{fast} / {workers} is {written(100 * fast / workers)} per cent.",
        ],
        next=f"So these {workers} are worth {fast} who never talk.",
    )


_STRAIGHT = (
    "That would be so on the straight line, where twice the workers are twice as fast. But the "
    "curve lies below it, because they have to talk. How many times as fast are they according to "
    "the curve, and what share of the best possible is that?"
)


RATES = (0.005, 0.01, 0.012, 0.015, 0.02, 0.025, 0.03, 0.04, 0.05)


def asleep(draw: Draw) -> Problem | None:
    """With how many workers a forgotten division is found out."""
    bend, rate = draw.one([4, 5, 8, 10, 12, 16, 20, 25, 30]), draw.one(RATES)
    ratio = round(2 / (bend * rate), 9)
    most = ceil(ratio) - 1
    if not 2 <= most <= 100:
        return None
    limit = written(round(2 / bend, 4))
    about = "" if abs(float(f"{2 / bend:.4f}") - 2 / bend) < 1e-12 else "about "
    return Problem(
        f"Plain descent with η = {written(rate)} on a parabola whose curvature is {bend} "
        "everywhere. The gradients of equally large parts are added up, and somebody has forgotten "
        "to divide by the number of workers. What is the largest number of workers with which the "
        "weight still comes nearer to the bottom in each step?",
        asks="workers:",
        answer=Number(most),
        rivals=[
            Rival(
                "one-step-too-many",
                most + 1,
                message="With so many the step is one worker too long: the weight jumps over the "
                "bottom and lands at least as far away as it began. At the border itself nothing "
                "is gained either. What is η times your number, and on which side of the border "
                "does it lie?",
            ),
            Rival(
                "best-rate-for-limit",
                int(1 / (bend * rate) + 1e-9),
                message="You stopped where a step ends on the bottom itself, or before it. A "
                "longer one jumps over, and may still land nearer than it began. The border is "
                "where it lands as far away on the other side: how long is that step?",
            ),
        ],
        steps=[
            "A sum of N equal gradients is N times their mean, so the learning rate is in effect "
            "N · η.",
            f"On a parabola descent comes nearer as long as that is below 2 / curvature, here 2 / "
            f"{bend}, which is {about}{limit}.",
            f"{written(rate)} · {most} = {written(round(rate * most, 9))} is below the border, and "
            f"{written(rate)} · {most + 1} = {written(round(rate * (most + 1), 9))} is not. So "
            f"{most}.",
        ],
        next="Such a bug sleeps until somebody buys one machine more.",
    )


def shortest_step(draw: Draw) -> Problem | None:
    """The number of workers at which a step is shortest: a minimum, found by a slope."""
    best, wait = draw.whole(3, 60), draw.one([0.25, 0.5, 1, 2, 4, 5, 10])
    alone = wait * best**2
    if alone > 20_000 or alone != int(alone):
        return None
    shortest = 2 * wait * best
    return Problem(
        f"One worker computes {written(alone)} ms for a batch. N workers share it, which takes "
        f"{written(alone)}/N, and then their messages go round, which takes {written(wait)} ms for "
        f"each worker: T(N) = {written(alone)}/N + {'' if wait == 1 else written(wait)}N. With how "
        "many workers is a step shortest?",
        asks="workers:",
        answer=Number(best),
        rivals=[
            Rival(
                "root-left-out",
                alone / wait,
                message="You came as far as the square of the number that is asked. The slope of "
                "the first term has N² below the bar, since one over N falls like one over N "
                "squared. What is still to be done to get from N² to N?",
            ),
            Rival(
                "error-read-as-weight",
                shortest,
                message="That is how long the shortest step *takes*, in milliseconds. You found "
                "the right place on the way to it: the question asks for the number of workers "
                "there. Which N did you put in to get this time?",
            ),
            Rival(
                "linear-speed-up",
                alone / shortest,
                message="That is the speed-up at the best place: the time of one worker over the "
                "shortest time. The question asks how many workers it takes to get there, and "
                "since they also wait, more are needed. Which N makes the step that short?",
            ),
        ],
        steps=[
            "Where a step is shortest, the slope of T is 0.",
            f"The slope of {written(alone)}/N is −{written(alone)}/N², and that of the waiting is "
            f"{written(wait)}. So N² = {written(alone)} / {written(wait)} = {best**2}.",
            f"N = {best}. There both parts take {written(wait * best)} ms.",
        ],
        next="Beyond that each worker more costs time: a minimum as in chapter 08, in a hall full "
        "of machines.",
    )


TEMPLATES = [
    Template("many_machines.uneven", title="Unequal parts", level=1, minutes=2, draw=uneven),
    Template(
        "many_machines.cause", title="What is wrong", level=1, minutes=1.5, draw=what_is_wrong
    ),
    Template(
        "many_machines.ring", title="Around the ring", level=2, minutes=1.5, draw=around_the_ring
    ),
    Template("many_machines.faster", title="How much faster", level=2, minutes=2, draw=speed_up),
    Template("many_machines.worth", title="From a curve", level=2, minutes=1.5, draw=worth),
    Template(
        "many_machines.walks", title="Walks before a step", level=2, minutes=2, draw=accumulated
    ),
    Template("many_machines.asleep", title="A bug that sleeps", level=3, minutes=3, draw=asleep),
    Template(
        "many_machines.shortest", title="The shortest step", level=3, minutes=3, draw=shortest_step
    ),
]
