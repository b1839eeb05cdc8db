"""Questions of chapter 01: straight lines, speeds, and a straight error line."""

from itertools import pairwise

from utils.checks import Choice, Figure, Function, Live, Number, Question, Rival
from utils.models.slope import TRIP
from utils.slopes import Pair, slope

STEP = 0.1  # the run that predict_small_step starts from, and the nudge of predict_nudge

# The five speeds of the trip, in km/h.
_SPEEDS = [slope(p, q) for p, q in pairwise(TRIP)]

_DRIVING = TRIP[-1][0] - 0.25  # hours of the trip without its break

# A phone's battery: hours since noon, per cent left.
_EARLY, _LATE = (2, 70), (5, 40)

# Two measurements on a straight error line, and the error to reach from the first one.
_HERE, _THERE, _GOAL = (2, 7.4), (5, 1.4), 6.0
_CHANGE = _GOAL - _HERE[1]


def _live_slope(values: dict[str, float]) -> float | None:
    """The slope between the two points of explore_two_points; None where there is none."""
    if values["x1"] == values["x2"]:
        return None
    return slope((values["x1"], values["y1"]), (values["x2"], values["y2"]))


def _without_brackets(p: Pair, q: Pair) -> float:
    return q[1] - p[1] / q[0] - p[0]


QUESTIONS = [
    Question(
        id="slope.predict_formula",
        title="Read the slope",
        difficulty=1,
        minutes=1,
        answer=Number(-3),
        rivals=[
            Rival("intercept-for-slope", 5),
            Rival("slope-sign-lost", 3),
            Rival(
                "height-for-slope",
                2,
                message="That is 5 − 3, the height at x = 1. The formula says what to do with "
                "every x: multiply it, and take the result away from 5. If x grows from 1 to 2, "
                "by how much does y change?",
            ),
        ],
        hints=[
            "In y = mx + b, the slope is the number that x is multiplied with.",
            "5 − 3x is the same as −3x + 5: the order of the two parts does not matter.",
            "The minus sign belongs to the number that stands with x.",
        ],
        solution='```python\ncheck("slope.predict_formula", -3)\n```',
        why="Written as y = −3x + 5, the number with x is −3. So each step to the right takes 3 "
        "away.",
        next="The 5 is the height at x = 0. It says where the line starts, not how steep it is.",
    ),
    Question(
        id="slope.predict_swap",
        title="From Q to P",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "its sign turns around",
                "b": "it stays the same",
                "c": "it becomes 1 divided by what it was",
            },
        ),
        rivals=[
            Rival(
                "points-in-two-orders",
                "a",
                message="The sign of the rise turns around, that is right. Now look at the run: it "
                "goes the other way too, so its sign turns as well. Take 4 over 2 and give both "
                "numbers a minus. What is the fraction then?",
            ),
            Rival(
                "rise-run-swapped",
                "c",
                message="You would get that by putting the run on top of the rise. Going from Q to "
                "P keeps the rise on top; only the direction of the walk changes. What happens to "
                "the signs of rise and run when you walk back?",
            ),
        ],
        hints=[
            "From P to Q the rise is 4 and the run is 2. What are they on the way back?",
            "On the way back the rise is −4 and the run is −2.",
            "Minus divided by minus is plus.",
        ],
        solution='The answer is **b**: `check("slope.predict_swap", "b")`.',
        why="Both differences turn their sign, and the two minus signs cancel in the fraction.",
        next="A slope belongs to the line, not to the direction in which you walk along it.",
    ),
    Question(
        id="slope.predict_small_step",
        title="A run ten times smaller",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "c",
            options={
                "a": "it gets ten times smaller",
                "b": "it gets ten times larger",
                "c": "it stays the same",
            },
        ),
        rivals=[
            Rival(
                "difference-not-divided",
                "a",
                message="The *rise* is ten times smaller: over a short way the line climbs only a "
                "little. Slope then divides by the run, which is ten times smaller too. What "
                "becomes of a fraction when its top and its bottom shrink in the same way?",
            ),
            Rival(
                "step-not-used",
                "b",
                message="That would happen if the rise stayed as it was while the run shrank. But "
                "over a shorter way the line also climbs less. On y = 2x + 1, how far does y rise "
                "when x grows by one tenth?",
            ),
        ],
        hints=[
            "On y = 2x + 1, a run of 1 has a rise of 2.",
            "A run of 0.1 has a rise of 0.2.",
            "Divide rise by run, both times.",
        ],
        solution='The answer is **c**: `check("slope.predict_small_step", "c")`.',
        why="On a line, rise and run shrink together, so their ratio stays.",
        next="On a curve they do not shrink together. That is where chapter 02 begins.",
    ),
    Question(
        id="slope.predict_steeper",
        title="High or steep?",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "b",
            options={
                "a": "A, since it is higher everywhere",
                "b": "B, since it climbs more with each step",
                "c": "both are equally steep",
            },
        ),
        rivals=[
            Rival("height-for-slope", "a"),
            Rival(
                "slope-sign-lost",
                "c",
                message="Both lines climb, so their slopes have the same sign. Their sizes need "
                "not be equal. Take one step to the right on each line and read off how much "
                "higher you are. Which line gives you more?",
            ),
        ],
        hints=[
            "Cover the numbers on the vertical axis with your hand: steepness does not need them.",
            "Take one step to the right on line A. How much higher are you?",
            "Do the same on line B and compare.",
        ],
        solution='The answer is **b**: `check("slope.predict_steeper", "b")`.',
        why="With each step to the right B climbs by 2 and A by 0.5. Height does not enter.",
        next="So it is with errors: a large one may lie on flat ground, a small one on a slope.",
    ),
    Question(
        id="slope.predict_fastest",
        title="The fastest part",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "from 0 h to 0.5 h",
                "b": "from 0.5 h to 1.25 h",
                "c": "from 1.5 h to 2.25 h",
                "d": "at the end, where the position is largest",
            },
        ),
        rivals=[
            Rival(
                "rise-run-swapped",
                "a",
                message="On this part the car takes half an hour for 25 km, so the line is one of "
                "the flatter ones. Fast means the opposite: many kilometres in little time. Which "
                "part gains the most height for each step to the right?",
            ),
            Rival(
                "height-for-slope",
                "c",
                message="That part lies high in the picture, and it is steep. But there is another "
                "part that is about as steep and lies lower. Both last 0.75 h, so you can compare "
                "them by their rise alone. From which position to which does each of them climb?",
            ),
            Rival(
                "height-for-slope",
                "d",
                message="At the end the car is farthest from home: that is how *high* the graph "
                "is. How fast the car goes is how *steep* the graph is. Does the last part climb "
                "as steeply as the parts in the middle?",
            ),
        ],
        hints=[
            "Speed is slope: look for the part that climbs most steeply.",
            "Two parts look alike. Both last 0.75 h. Which of them climbs farther?",
            "One of the two climbs from 25 km to 115 km, the other from 115 km to 190 km.",
        ],
        solution='The answer is **b**: `check("slope.predict_fastest", "b")`.',
        why="It climbs 90 km in 0.75 h, more than any other part climbs in the same time.",
        next="Steepness, not height, is speed. Now move the car and read each slope.",
    ),
    Question(
        id="slope.predict_average",
        title="The average speed",
        difficulty=2,
        minutes=2,
        answer=Number(slope(TRIP[0], TRIP[-1]), unit="km/h"),
        rivals=[
            Rival("average-of-speeds", sum(_SPEEDS) / len(_SPEEDS)),
            Rival("average-of-speeds", sum(_SPEEDS) / (len(_SPEEDS) - 1)),
            Rival(
                "average-of-speeds",
                TRIP[-1][1] / _DRIVING,
                message="You left out the quarter of an hour in which the car stood still, so this "
                "is its average while it was moving. The question is about the whole trip, and the "
                "straight line goes from the first point to the last one. How long is its run?",
            ),
            Rival("difference-not-divided", TRIP[-1][1] - TRIP[0][1]),
            Rival("units-mixed", slope(TRIP[0], TRIP[-1]) / 60),
            Rival("rise-run-swapped", 1 / slope(TRIP[0], TRIP[-1])),
        ],
        hints=[
            "The average is one slope for the whole trip: whole rise over whole run.",
            "The first point is (0 h, 0 km). Which one is the last?",
            "Divide 200 km by 2.5 h.",
        ],
        solution="```python\nslope(TRIP[0], TRIP[-1])\n```",
        why="200 km in 2.5 h: the straight line from the first point to the last one climbs 80 km "
        "with each hour.",
        next="No part of this graph has that slope. Only its corners make that possible: the "
        "needle of a real car sweeps past 80 while it speeds up.",
    ),
    Question(
        id="slope.predict_goal",
        title="Distance to the goal",
        difficulty=1,
        minutes=2,
        answer=Number(slope((0, 100), (1, 60)), unit="km/h"),
        rivals=[
            Rival(
                "slope-sign-lost",
                40,
                message="That is the *speed*, and its size is right. The graph here shows the "
                "distance that is left, though. Put a finger on the point at noon and go to the "
                "one at 1 PM: does your finger move up or down?",
            ),
            Rival("height-for-slope", 60),
            Rival("height-for-slope", 100),
            Rival("units-mixed", -40 / 60),
            Rival("rise-run-swapped", -1 / 40),
        ],
        hints=[
            "Rise = distance at 1 PM minus distance at noon.",
            "60 − 100 is negative: the distance to the goal shrinks.",
            "The run is 1 hour, so the slope has the size of the rise.",
        ],
        solution="```python\nslope((0, 100), (1, 60))\n```",
        why="The distance falls from 100 km to 60 km in one hour: (60 − 100) km / 1 h = −40 km/h.",
        next="The minus says that the distance shrinks. The speed is the size: 40 km/h.",
    ),
    Question(
        id="slope.predict_nudge",
        title="What a nudge does",
        difficulty=1,
        minutes=2,
        answer=Number(-2 * STEP),
        rivals=[
            Rival("slope-sign-lost", 2 * STEP),
            Rival("value-for-change", 10 - 2 * STEP),
            Rival("value-for-change", 10 - 2 * (1 + STEP)),
            Rival("value-for-change", 10 - 2 * (3 + STEP)),
            Rival(
                "difference-not-divided",
                -2,
                message="That is the slope: the change for a nudge of a whole unit. This nudge is "
                "smaller. If a whole unit changes the error that much, how much does a tenth of a "
                "unit change it?",
            ),
            Rival(
                "rise-run-swapped",
                -STEP / 2,
                message="You divided the nudge by the slope. Slope is error per unit of weight: "
                "for each unit of weight the error changes by the slope. So a nudge of some units "
                "changes it by how many times the slope?",
            ),
        ],
        hints=[
            "The slope says: one unit more of weight changes the error by −2.",
            "Here you go only a tenth of a unit.",
            "Δerror = m · Δw, with m = −2 and Δw = 0.1.",
        ],
        solution="```python\n-2 * 0.1\n```",
        why="A slope of −2 means that the error changes by −2 for each unit of weight; a tenth of "
        "a unit gives a tenth of that.",
        next="You have predicted a change of the error without computing the error. Keep that.",
    ),
    Question(
        id="slope.1",
        title="How fast does it drain?",
        difficulty=1,
        minutes=3,
        answer=Number(slope(_EARLY, _LATE), unit="% per hour"),
        rivals=[
            Rival("rise-run-swapped", 1 / slope(_EARLY, _LATE)),
            Rival("slope-sign-lost", -slope(_EARLY, _LATE)),
            Rival("forgot-delta", _EARLY[1] / _EARLY[0]),
            Rival("forgot-delta", _LATE[1] / _LATE[0]),
            Rival("difference-not-divided", _LATE[1] - _EARLY[1]),
            Rival("divided-by-the-end", (_LATE[1] - _EARLY[1]) / _LATE[0]),
            Rival("height-for-slope", _LATE[1]),
            Rival("height-for-slope", _EARLY[1]),
            Rival("intercept-for-slope", _EARLY[1] - slope(_EARLY, _LATE) * _EARLY[0]),
            Rival("units-mixed", slope(_EARLY, _LATE) / 60),
        ],
        hints=[
            "Slope = rise over run = Δy / Δx. Which of the two measurements comes later?",
            "The rise is the later charge minus the earlier one; the run is the later time minus "
            "the earlier one.",
            "The top is 40 − 70. What is the bottom?",
        ],
        solution="```python\nanswer_1 = (40 - 70) / (5 - 2)\n```",
        why="The charge changes by −30 % in 3 hours, so by −10 % in each hour. The minus says that "
        "it falls.",
        next="With this slope you can predict: at which hour is the battery empty?",
    ),
    Question(
        id="slope.2",
        title="Drag a falling line",
        difficulty=2,
        minutes=4,
        answer=Live(
            goal=lambda values: _live_slope(values) == -0.5,
            figure=Figure("slope.explore_two_points"),
            aim="give the line through P and Q the slope −0.5",
            probes=[
                {"x1": 2, "y1": 4, "x2": 6, "y2": 2},
                {"x1": 2, "y1": 2, "x2": 6, "y2": 4},
                {"x1": 2, "y1": 5, "x2": 4, "y2": 1},
                {"x1": 2, "y1": 5, "x2": 7, "y2": 5},
                {"x1": 4, "y1": 1, "x2": 4, "y2": 5},
            ],
        ),
        rivals=[
            Rival("slope-sign-lost", lambda values: _live_slope(values) == 0.5),
            Rival("rise-run-swapped", lambda values: _live_slope(values) == -2),
        ],
        hints=[
            "A negative slope falls to the right: the right point must be the lower one.",
            "Half a unit down for each unit across: how far down for two units across?",
            "Put P somewhere high. Then set Q two squares to the right and one square down.",
        ],
        solution="```python\nview.set(x1=2, y1=4, x2=6, y2=2)\n```",
        why="The rise is 2 − 4 = −2 and the run is 6 − 2 = 4, so the slope is −2 / 4 = −0.5. Many "
        "other places are right as well.",
        next="Every pair of points with this slope lies on a line that is parallel to yours.",
    ),
    Question(
        id="slope.3",
        title="The runner's watch",
        difficulty=2,
        minutes=4,
        answer=Number(1 / (6 / 60), unit="km/h"),
        rivals=[
            Rival("rise-run-swapped", 6 / 60),
            Rival(
                "rise-run-swapped",
                6,
                message="That is what the watch says already: minutes for each kilometre, time "
                "over distance. Speed asks it the other way round: distance over time, and in "
                "hours. How far does she run in 6 minutes, and how often do they fit into an hour?",
            ),
            Rival("units-mixed", 1 / 6),
            Rival("units-mixed", 6 * 60),
        ],
        hints=[
            "Draw position over time: what is the rise in 6 minutes, and in which unit?",
            "The run must be in hours: 6 minutes are 6 / 60 of an hour.",
            "Rise over run: 1 km divided by 6 / 60 h.",
        ],
        solution="```python\nanswer_3 = 1 / (6 / 60)\n```",
        why="6 minutes are a tenth of an hour. She runs 1 km in it, so ten times as much in an "
        "hour.",
        next="Runners read run over rise, drivers rise over run. The unit tells which it is.",
    ),
    Question(
        id="slope.4",
        title="A function for the slope",
        difficulty=2,
        minutes=6,
        answer=Function(
            lambda p, q: slope(p, q),
            probes=[
                ((1, 2), (4, 8)),
                ((2, 7), (5, 1)),
                ((1, 1), (3, 2)),
                ((-1, 4), (3, -4)),
                ((4, 3), (8, 1)),
                ((5, 1), (2, 11)),
                ((2, 0.5), (2.5, 2)),
            ],
        ),
        rivals=[
            Rival("rise-run-swapped", lambda p, q: (q[0] - p[0]) / (q[1] - p[1])),
            Rival("slope-sign-lost", lambda p, q: abs(slope(p, q))),
            Rival("points-in-two-orders", lambda p, q: -slope(p, q)),
            Rival("forgot-delta", lambda p, q: q[1] / q[0]),
            Rival("forgot-delta", lambda p, q: p[1] / p[0]),
            Rival("difference-not-divided", lambda p, q: q[1] - p[1]),
            Rival("height-for-slope", lambda p, q: q[1]),
            Rival("intercept-for-slope", lambda p, q: p[1] - slope(p, q) * p[0]),
            Rival("brackets-missing", _without_brackets),
            Rival("floor-division", lambda p, q: (q[1] - p[1]) // (q[0] - p[0])),
        ],
        hints=[
            "A point is a pair. `x1, y1 = p` gives names to its two numbers.",
            "Do the same with `q`. The rise is y2 − y1, the run is x2 − x1.",
            "Return the rise divided by the run. In one line, both differences need brackets.",
        ],
        solution="```python\ndef slope_between(p, q):\n    x1, y1 = p\n    x2, y2 = q\n"
        "    return (y2 - y1) / (x2 - x1)\n```",
        why="Both differences go from p to q, the rise stands on top, and each is in brackets.",
        next="Let both points slide along a curve and this function gives the average rate of "
        "chapter 02.",
    ),
    Question(
        id="slope.5",
        title="Find the mistake",
        difficulty=2,
        minutes=4,
        answer=Choice(
            "b",
            options={
                "a": "rise and run have changed places",
                "b": "the rise goes from the first point to the second, the run goes back",
                "c": "it divides the values of one point where it should divide differences",
                "d": "nothing: the error does rise by 2 for each unit of weight",
            },
        ),
        rivals=[
            Rival(
                "rise-run-swapped",
                "a",
                message="Read the line that computes `m` once more: the errors stand on top and "
                "the weights below, as they should. The size of the result is right as well. "
                "Compare the order of the places: `[1]` and then `[0]` on top, and below?",
            ),
            Rival(
                "forgot-delta",
                "c",
                message="There are two differences in that line, one on top and one below: error "
                "minus error, weight minus weight. So differences are divided. Look at the order "
                "inside each of them: which place comes first on top, and which one below?",
            ),
            Rival(
                "slope-sign-lost",
                "d",
                message="The sentence that was printed says so, but look at the two measurements: "
                "the weight went up from 1 to 3. Did the error go up or down meanwhile, and what "
                "does that say about the sign?",
            ),
        ],
        hints=[
            "First look at the numbers alone: as w grows from 1 to 3, what does the error do?",
            "So which sign must the slope have? Compare with the output.",
            "Write down the order of the indices on top and below. Are they the same?",
        ],
        solution='```python\nanswer_5 = "b"\n```\n\nThe line should read '
        "`m = (error[1] - error[0]) / (w[1] - w[0])`.",
        why="The top is second minus first and the bottom is first minus second. That turns the "
        "sign, and with it the direction in which you would nudge the weight.",
        next="A turned sign is the most costly slip in training: every step then goes uphill.",
    ),
    Question(
        id="slope.6",
        title="How big a nudge?",
        difficulty=3,
        minutes=6,
        answer=Number(_CHANGE / slope(_HERE, _THERE), unit="units of weight"),
        rivals=[
            Rival(
                "rise-run-swapped",
                _CHANGE * slope(_HERE, _THERE),
                message="You multiplied the wanted change by the slope. The slope turns a step in "
                "weight into a change of the error: Δerror = m · Δw. Here you know Δerror and look "
                "for Δw. What do you have to do with m to get Δw alone?",
            ),
            Rival(
                "slope-sign-lost",
                -_CHANGE / slope(_HERE, _THERE),
                message="The size is right, and the sign is turned around. The error should fall, "
                "and its slope here is negative. Nudge the weight by your number in your mind: "
                "does the error at the new weight lie above 7.4 or below it?",
            ),
            Rival(
                "value-for-change",
                _HERE[0] + _CHANGE / slope(_HERE, _THERE),
                message="That is the weight where you arrive, and the error is right there. The "
                "question asks for the nudge: how far you move from where you stand. Where did "
                "you start, and how long is the way from there?",
            ),
            Rival(
                "difference-not-divided",
                _CHANGE,
                message="That is the change of the error that you want, and you have it right. The "
                "question asks for the nudge of the *weight* that brings it. The slope says how "
                "much one unit of weight changes the error. How many units do you need for yours?",
            ),
            Rival(
                "rate-for-change",
                slope(_HERE, _THERE),
                message="That is the slope, and you have it right: one unit of weight changes the "
                "error by this much. Now use it. Which change of the error do you want, and how "
                "many units of weight does it take?",
            ),
            Rival("forgot-delta", _CHANGE / (_HERE[1] / _HERE[0])),
        ],
        hints=[
            "First the slope: the error per unit of weight, from the two measurements.",
            "Then the change you want: 6.0 − 7.4.",
            "Δerror = m · Δw. Divide both sides by m.",
        ],
        solution="```python\nm = (1.4 - 7.4) / (5 - 2)\nanswer_6 = (6.0 - 7.4) / m\n```",
        why="The slope is −2 error per unit of weight. To change the error by −1.4, the weight has "
        "to move by −1.4 / −2 = 0.7.",
        next="That works on a line. On a curve the slope changes on the way, so the steps must be "
        "small: chapter 11.",
    ),
]
