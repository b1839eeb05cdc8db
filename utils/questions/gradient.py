"""Questions of chapter 10: the gradient, its length and direction, and the slope along u."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np

from utils.checks import (
    Array,
    Attempt,
    Choice,
    Figure,
    Function,
    Live,
    Number,
    OpenTask,
    Question,
    Rival,
    Way,
)
from utils.examples import (
    land_1,
    land_2,
    land_3,
    land_4,
    land_5,
    land_6,
    product,
    squares,
    three,
    waves,
)
from utils.models.gradient import CLOSE, TURN, apart, look_at
from utils.slopes import numerical_gradient
from utils.surfaces import as_surface

Many = Callable[[np.ndarray], float]
Values = dict[str, float]

BOWL = as_surface("elliptical_bowl")  # x² + 3y², on which lesson and exercises stand
MIXED = as_surface("mixed")
G = BOWL.slopes(2.0, 1.0)
STEPS = np.array([-5.0, 12.0])  # exercise 3: the gradient of an error, and the length of a step
STEP = 0.01


# --- figures ---


def _off(values: Values, angle: float, to: float) -> float:
    """Degrees between `angle` and the direction that lies `to` degrees from the gradient."""
    here = look_at(BOWL, values["x"], values["y"])
    return apart(angle, here.angle + to)


def _outwards(values: Values) -> float:
    """The direction away from the lowest point."""
    return math.degrees(math.atan2(values["y"], values["x"]))


def _flat(values: Values) -> bool:
    return look_at(BOWL, values["x"], values["y"]).flat


def _there(values: Values) -> bool:
    """Whether the figure stands at the place of exercises 4 and 5."""
    return (values["x"], values["y"]) == (2.0, 1.0)


def _level(values: Values) -> bool:
    sides = (_off(values, values["angle"], to) for to in (90, -90))
    return _there(values) and min(sides) < CLOSE


def _steepest(values: Values) -> bool:
    ends = (_off(values, values["angle"], to) for to in (0, 180))
    return _there(values) and min(ends) < CLOSE


def _round(values: Values) -> bool:
    """u runs along a circle about the lowest point, not along the contour line."""
    out = _outwards(values)
    sides = (apart(values["angle"], out + to) for to in (90, -90))
    lies_along = _level(values) or _steepest(values)
    return _there(values) and not lies_along and min(sides) < CLOSE


def _points(values: Values, to: float) -> bool:
    """Whether the guess points `to` degrees from the gradient, as near as its slider allows."""
    return _there(values) and _off(values, values["guess"], to) <= TURN


def _down(values: Values) -> bool:
    return _points(values, 180)


def _inwards(values: Values) -> bool:
    aims = apart(values["guess"], _outwards(values) + 180) <= TURN
    return aims and _there(values) and not _down(values)


# --- functions of several weights ---


def _of(f: Many) -> Callable[..., float]:
    return lambda *w: f(np.array(w))


def _gradient(f: Many, w: np.ndarray) -> np.ndarray:
    return numerical_gradient(_of(f), w)


# --- exercise 6: places on a landscape ---

Height = Callable[[float, float], float]
Place = tuple[float, float]
LANDS: tuple[Height, ...] = (land_1, land_2, land_3, land_4, land_5, land_6)
NEAR_TOP = 0.95  # of the greatest height
BESIDE = 0.3  # so far beside a top, the ground is lower


@cache
def _highest(height: Height) -> float:
    """The greatest height between 0 and 10: on a grid, and on a finer one around its best place."""
    x, y = max(_grid(41), key=lambda place: height(*place))
    nearby = np.linspace(-0.25, 0.25, 51)
    return max(height(float(x + dx), float(y + dy)) for dx in nearby for dy in nearby)


def _share(attempt: Attempt) -> float:
    """The height that was reached, as a share of the greatest one."""
    height = attempt.arguments[0]
    return height(*attempt.result) / _highest(height)


def _up_there(attempt: Attempt) -> bool:
    return _share(attempt) > NEAR_TOP


def _rises_beside(attempt: Attempt) -> bool:
    height, (x, y) = attempt.arguments[0], attempt.result
    turns = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    around = [height(x + BESIDE * np.cos(t), y + BESIDE * np.sin(t)) for t in turns]
    return max(around) > height(x, y)


def _on_a_lower_top(attempt: Attempt) -> bool:
    return _share(attempt) > 0.1 and not _up_there(attempt) and not _rises_beside(attempt)


def _heights(attempt: Attempt) -> list[float]:
    return [attempt.arguments[0](*place) for place in attempt.places]


def _best_asked(attempt: Attempt) -> bool:
    return bool(attempt.places) and _reached(attempt) == max(_heights(attempt))


def _reached(attempt: Attempt) -> float:
    return attempt.arguments[0](*attempt.result)


def _on_the_way_up(attempt: Attempt) -> bool:
    return not _up_there(attempt) and _best_asked(attempt) and _rises_beside(attempt)


def _lowest_asked(attempt: Attempt) -> bool:
    heights = _heights(attempt)
    return len(set(heights)) > 1 and _reached(attempt) == min(heights)


def _a_height(attempt: Attempt) -> bool:
    return attempt.result[0] in _heights(attempt)


def _told(attempt: Attempt) -> str:
    return f"It is {max(0, round(100 * _share(attempt)))} per cent as high there as at the summit."


def _grid(count: int) -> list[Place]:
    spots = np.linspace(0, 10, count)
    return [(float(x), float(y)) for x in spots for y in spots]


def _climb(height: Height, x: float, y: float, step: float, calls: int) -> Place:
    """Steps along the axes to higher ground, with half the step where there is none."""
    best = height(x, y)
    for _ in range((calls - 1) // 4):
        around = [(x + step, y), (x - step, y), (x, y + step), (x, y - step)]
        heights = [height(*place) for place in around]
        if max(heights) > best:
            best = max(heights)
            x, y = around[heights.index(best)]
        else:
            step /= 2
    return x, y


def _grid_then_climb(height: Height) -> Place:
    x, y = max(_grid(6), key=lambda place: height(*place))
    return _climb(height, x, y, 1.0, 24)


def _climb_from_the_middle(height: Height) -> Place:
    return _climb(height, 5.0, 5.0, 1.0, 60)


def _grid_alone(height: Height) -> Place:
    return max(_grid(5), key=lambda place: height(*place))


def _lowest_of_grid(height: Height) -> Place:
    return min(_grid(5), key=lambda place: height(*place))


def _height_of_the_best(height: Height) -> float:
    return max(height(*place) for place in _grid(7))


QUESTIONS = [
    Question(
        id="gradient.predict_direction",
        title="Which way is steepest?",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "along x",
                "b": "along y: that slope is the larger one",
                "c": "4 steps along x for every 6 along y",
                "d": "straight away from the lowest point, 2 along x for every 1 along y",
            },
        ),
        rivals=[
            Rival(
                "largest-partial-only",
                "b",
                message="Along y it climbs by 6 per unit, more than along x. But a walk can go "
                "along both. Turn a little from the y-axis towards x: you lose hardly anything of "
                "the 6 and gain some of the 4. In which direction is the sum of both best?",
            ),
            Rival("aims-at-the-minimum", "d"),
            Rival(
                "smallest-weight",
                "a",
                message="Along x it climbs by 4 per unit, and along y by 6. So x alone is not even "
                "the better one of the two axes. What would a direction be like that takes "
                "something from both slopes, and more from the larger one?",
            ),
        ],
        hints=[
            "Both slopes are above 0: going right climbs, and going up climbs too.",
            "It pays to go more in the direction that climbs more. By how much more?",
            "Try the four directions in the figure: the slope along your arrow is in its table.",
        ],
        solution='The answer is **c**: `check("gradient.predict_direction", "c")`.',
        why="Each input gets its share in proportion to its own slope: 4 to 6.",
        next="So the steepest direction is made of the two partial derivatives, and nothing else.",
    ),
    Question(
        id="gradient.predict_length",
        title="How steep is steepest?",
        difficulty=2,
        minutes=2,
        answer=Number(math.hypot(*G), tolerance=0.005, near=0.06),
        rivals=[
            Rival("sum-for-length", sum(G)),
            Rival("largest-partial-only", max(G)),
            Rival("value-for-slope", BOWL(2, 1)),
            Rival(
                "root-left-out",
                G[0] ** 2 + G[1] ** 2,
                message="That is the *square* of the length: both sides squared and added up, as "
                "the theorem of Pythagoras begins. It would be far steeper than both slopes "
                "together. Which last step leads from the square of a length to the length?",
            ),
        ],
        hints=[
            "The gradient is an arrow, 4 to the right and 6 up. How long is it?",
            "Its two parts are the short sides of a triangle with a right angle.",
            "Pythagoras: `(4**2 + 6**2) ** 0.5`.",
        ],
        solution="```python\n(4**2 + 6**2) ** 0.5\n```",
        why="The slope in the direction of the gradient is its length, by the theorem of "
        "Pythagoras.",
        next="More than either partial alone, and less than their sum.",
    ),
    Question(
        id="gradient.predict_slope",
        title="The slope along u",
        difficulty=2,
        minutes=2,
        answer=Number(G[0] * 0.8 + G[1] * 0.6, tolerance=1e-3, near=0.05),
        rivals=[
            Rival(
                "sum-of-partials",
                sum(G),
                message="You added both slopes in full, as if the step went one whole unit along "
                "x and one whole unit along y. Along u it goes only 0.8 along x and 0.6 along y. "
                "How much does each of the two parts add to the height?",
            ),
            Rival("partials-swapped", G[1] * 0.8 + G[0] * 0.6),
            Rival("length-for-slope", math.hypot(*G)),
            Rival(
                "direction-not-normalised",
                G[0] * 8 + G[1] * 6,
                message="That belongs to the arrow (8, 6). It points where u points, but it is ten "
                "units long, so it tells how much you climb on ten units of way. A slope is the "
                "climb on one unit. How long is each of the two parts of u?",
            ),
            Rival(
                "average-of-values",
                sum(G) / 2,
                message="You took the mean of the two slopes, half of each. But the step does not "
                "go half along x and half along y: its two parts are written in u. What does the "
                "part along x add to the height, and what does the part along y add?",
            ),
        ],
        hints=[
            "A step along u goes 0.8 along x and 0.6 along y. What does each part add?",
            "Along x it climbs 4 per unit, and the step goes 0.8 of a unit that way.",
            "`4 * 0.8 + 6 * 0.6`.",
        ],
        solution="```python\n4 * 0.8 + 6 * 0.6\n```",
        why="Each part of the step adds its slope times its size; the sum is ∇f · u.",
        next="Multiply part by part and add: that is all a dot product does.",
    ),
    Question(
        id="gradient.predict_level",
        title="Gradient and contour line",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "none: it runs along it",
                "b": "half a right angle",
                "c": "a right angle",
                "d": "it depends on the place",
            },
        ),
        rivals=[
            Rival("along-the-contour", "a"),
            Rival(
                "along-the-contour",
                "b",
                message="At 45° from the gradient a walk still climbs, a little less steeply than "
                "along the gradient itself. But a walk along a contour line does not climb at all. "
                "Look at the wave of slopes: how far from its top does it cross zero?",
            ),
            Rival(
                "aims-at-the-minimum",
                "d",
                message="The line to the lowest point meets the contours at another angle at each "
                "place, that is true. The gradient does not look at the lowest point. Along a "
                "contour the slope is 0: at which angle to u is ∇f · u zero, wherever you stand?",
            ),
        ],
        hints=[
            "Walk along a contour line. By how much does the height change?",
            "So the slope in that direction is 0. Look at the wave of slopes: where is it 0?",
            "It is highest at the direction of the gradient. How far from there is its zero?",
        ],
        solution='The answer is **c**: `check("gradient.predict_level", "c")`.',
        why="Along the contour nothing changes, so ∇f · u = 0, and where ∇f is not 0 that means a "
        "right angle.",
        next="On every map you can now draw gradients with a set square.",
    ),
    Question(
        id="gradient.predict_many",
        title="Three weights",
        difficulty=1,
        minutes=2,
        answer=Array([3.0, -2.0, 5.0]),
        rivals=[
            Rival("sum-of-partials", 6.0),
            Rival("gradient-wrong-shape", [[3.0, -2.0, 5.0]]),
            Rival("gradient-wrong-shape", [[3.0], [-2.0], [5.0]]),
            Rival("other-variable-moves", [6.0, 6.0, 6.0]),
        ],
        hints=[
            "One partial derivative for each weight, in their order, in a list.",
            "Nudge the first weight by 1 and hold the others: by how much does L grow?",
            "By 3. Do the same for the other two, and mind the minus sign.",
        ],
        solution="```python\n[3, -2, 5]\n```",
        why="L is made of straight lines: each weight has one slope, whatever the others do.",
        next="The list has the shape of the list of weights, so the two can be added.",
    ),
    Question(
        id="gradient.1",
        title="Two partials, one gradient",
        difficulty=2,
        minutes=4,
        answer=Array(list(MIXED.slopes(1.0, 2.0)), tolerance=1e-4, near=0.05),
        rivals=[
            Rival("partials-swapped", list(MIXED.slopes(1.0, 2.0))[::-1]),
            Rival("sum-of-partials", sum(MIXED.slopes(1.0, 2.0))),
            Rival("other-variable-moves", [sum(MIXED.slopes(1.0, 2.0))] * 2),
            Rival("sign-error", [-slope for slope in MIXED.slopes(1.0, 2.0)]),
            Rival("gradient-wrong-shape", [list(MIXED.slopes(1.0, 2.0))]),
            Rival("gradient-wrong-shape", [[slope] for slope in MIXED.slopes(1.0, 2.0)]),
        ],
        hints=[
            "Two partial derivatives, then both into one list: the one for w₁ first.",
            "Hold w₂: the slope in w₁ is 2w₁ + 3w₂. What is it at w₁ = 1, w₂ = 2?",
            "The other one is 3w₁ + 2w₂. `[2 * 1 + 3 * 2, 3 * 1 + 2 * 2]`.",
        ],
        solution="```python\nw1, w2 = 1, 2\ngradient_1 = [2 * w1 + 3 * w2, 3 * w1 + 2 * w2]\n```",
        why="∂J/∂w₁ = 2w₁ + 3w₂ and ∂J/∂w₂ = 3w₁ + 2w₂, stacked in the order of the weights.",
        next="Two numbers, one arrow: from here on they travel together.",
    ),
    Question(
        id="gradient.2",
        title="Which arrow is the gradient?",
        difficulty=2,
        minutes=3,
        answer=Choice("d", options={letter: f"arrow {letter.upper()}" for letter in "abcd"}),
        rivals=[
            Rival("aims-at-the-minimum", "a"),
            Rival("along-the-contour", "b"),
            Rival("ascent-for-descent", "c"),
        ],
        hints=[
            "Read the heights on the contour lines: which arrows lead to larger ones?",
            "Two of them do. At which angle does the gradient leave its contour line?",
            "Lay the corner of a sheet of paper on the contour line: one arrow lies along its "
            "edge and leads up.",
        ],
        solution='```python\nanswer_2 = "d"\n```',
        why="Only C and D leave the contour line at a right angle, and only D leads uphill.",
        next="No formula was needed: a map holds its gradients.",
    ),
    Question(
        id="gradient.3",
        title="The most that a step can do",
        difficulty=2,
        minutes=4,
        answer=Number(math.hypot(*STEPS) * STEP, tolerance=1e-6, near=0.001),
        rivals=[
            Rival("sum-for-length", abs(STEPS).sum() * STEP),
            Rival(
                "sum-of-partials",
                STEPS.sum() * STEP,
                message="You added both slopes, plus and minus, as if both weights grew by the "
                "same amount. The best step of this length goes another way: each weight moves in "
                "the direction that helps. How steep is the steepest direction?",
            ),
            Rival("rate-for-change", math.hypot(*STEPS)),
            Rival(
                "rate-for-change",
                math.hypot(*STEPS) / STEP,
                message="You divided the slope by the step. The slope says how much the error "
                "changes over one whole unit of way. This step is a hundredth of a unit, so it "
                "brings less than a whole unit does, not more. What do you do with slope and step?",
            ),
            Rival("largest-partial-only", abs(STEPS).max() * STEP),
            Rival(
                "sign-error",
                -math.hypot(*STEPS) * STEP,
                message="That is how far the error can fall, and the step against the gradient "
                "does it. With the gradient it rises by as much. The question asks how large the "
                "change can be, whichever way it goes. Which number tells its size, with no sign?",
            ),
        ],
        hints=[
            "The most happens in the direction of the gradient. How steep is it there?",
            "The slope there is the length of the gradient, `math.hypot(-5, 12)`.",
            "Error per unit of weight, times a step of 0.01 units.",
        ],
        solution="```python\nchange_3 = math.hypot(-5, 12) * 0.01\n```",
        why="The length of the gradient is the steepest slope, and slope times step is the change.",
        next="Up along the gradient, down against it; in any other direction a short step changes "
        "the error by less.",
    ),
    Question(
        id="gradient.4",
        title="Walk on the level",
        difficulty=2,
        minutes=4,
        answer=Live(
            _level,
            figure=Figure("gradient.explore_direction", {"f": BOWL}),
            aim="bring the slope along u as close to 0 as the slider allows",
            probes=[
                {"x": 2.0, "y": 1.0, "angle": 145.0},
                {"x": 2.0, "y": 1.0, "angle": 325.0},
                {"x": 2.0, "y": 1.0, "angle": 55.0},
                {"x": 2.0, "y": 1.0, "angle": 235.0},
                {"x": 2.0, "y": 1.0, "angle": 115.0},
                {"x": 0.0, "y": 0.0, "angle": 40.0},
                {"x": 2.0, "y": 0.0, "angle": 90.0},
            ],
        ),
        rivals=[
            Rival(
                "along-the-contour",
                _steepest,
                message="Here u lies on the line of the gradient: the steepest way, up or down. On "
                "the level is the opposite task: a direction in which f does not change at all. "
                "Where does the wave of slopes on the right cross zero?",
            ),
            Rival(
                "aims-at-the-minimum",
                _round,
                message="Your u runs along a circle about the lowest point. The contour lines here "
                "are not circles: look at the one you stand on, or at the wave on the right. Its "
                "slope there is not 0. How far must you turn to bring it to 0?",
            ),
            Rival(
                "flat-read-as-minimum",
                _flat,
                message="You went to the lowest point, where every direction is level, since the "
                "gradient itself is zero. That is clever, and not the task. Go back to (2, 1), on "
                "the slope: which two directions are level even there?",
            ),
            Rival(
                "given-changed",
                lambda values: not _there(values) and not _flat(values),
                message="You have walked to another place, and the task stands at (2, 1). There "
                "the gradient is another one, so another direction is level. Bring x and y back "
                "to 2 and 1, and leave them there. Where does the wave cross zero then?",
            ),
        ],
        hints=[
            "Watch the orange point on the wave: it must come to the zero line.",
            "Level is the direction along the contour line, at 90° to the gradient.",
            "The gradient points to 56°. Add or take away 90, and take the nearest step.",
        ],
        solution="```python\nview_4.set(x=2, y=1, angle=145)\n```",
        why="The gradient (4, 6) points to about 56°, so 146° and 326° are level; the slider "
        "comes within two degrees.",
        next="On a mountain that is the path with no climb: it follows the contour line.",
    ),
    Question(
        id="gradient.5",
        title="Down as fast as you can",
        difficulty=2,
        minutes=4,
        answer=Live(
            _down,
            figure=Figure("gradient.explore_guess", {"f": BOWL}),
            aim="point the arrow in the direction of steepest descent",
            probes=[
                {"x": 2.0, "y": 1.0, "guess": 240.0},
                {"x": 2.0, "y": 1.0, "guess": 60.0},
                {"x": 2.0, "y": 1.0, "guess": 210.0},
                {"x": 2.0, "y": 1.0, "guess": 150.0},
                {"x": 0.0, "y": 1.0, "guess": 270.0},
            ],
        ),
        rivals=[
            Rival("ascent-for-descent", lambda values: _points(values, 0)),
            Rival("aims-at-the-minimum", _inwards),
            Rival(
                "along-the-contour",
                lambda values: _points(values, 90) or _points(values, -90),
                message="Your arrow runs along the contour line, where the height stays as it is: "
                "a walk with no descent at all. The steepest way down leaves the line at a right "
                "angle. On which side of it are the smaller heights?",
            ),
            Rival(
                "given-changed",
                lambda values: not _there(values),
                message="You have walked to another place, and the task stands at (2, 1). The way "
                "down is another one there. Bring x and y back to 2 and 1, and leave them there. "
                "Which way does the hill fall most steeply from that place?",
            ),
        ],
        hints=[
            "The steepest way up is the gradient. What is its opposite?",
            "Find the right angle to the contour line, on the side of the smaller heights.",
            "The gradient at (2, 1) points to 56°. Turn it by 180°, and take the nearest step.",
        ],
        solution="```python\nview_5.set(guess=240)\n```",
        why="−∇f = (−4, −6) points to about 236°; the lowest point lies at about 207°.",
        next="Steepest descent looks at its feet, not at the valley. That will matter soon.",
    ),
    Question(
        id="gradient.6b",
        title="Open task: the blind summit",
        difficulty=4,
        minutes=20,
        answer=OpenTask(
            Way(_up_there, _grid_then_climb),
            probes=list(LANDS),
            budget=60,
            shape=(2,),
            told=_told,
        ),
        rivals=[
            Rival("lower-top", Way(_on_a_lower_top, _climb_from_the_middle)),
            Rival("height-for-place", Way(_a_height, _height_of_the_best, shape=())),
            Rival(
                "stopped-too-soon",
                Way(_on_the_way_up, _grid_alone),
                message="Of all the places that you asked, this is the highest. But the ground "
                "still rises beside it, so a top lies near, between the places that you looked "
                "at. What could the last calls of your budget do from here?",
            ),
            Rival(
                "sign-error",
                Way(_lowest_asked, _lowest_of_grid),
                message="Of all the places that you asked, this is the lowest, and the task asks "
                "for a high one. A search for the smallest value is the same search with a minus. "
                "Where does yours decide which of two places is the better one?",
            ),
        ],
        hints=[
            "Two questions: on which mountain do you want to be, and how do you get to its top?",
            "Spend a part of the budget on places that are spread out, and keep the best one.",
            "Say 36 calls for a grid of 6 × 6. Then try a step in each of the four directions from "
            "the best place, go where it is higher, and halve the step when no direction is.",
        ],
        solution="```python\ndef summit(height):\n    spots = [1, 2.6, 4.2, 5.8, 7.4, 9]\n"
        "    x, y = max(((x, y) for x in spots for y in spots), key=lambda at: height(*at))\n"
        "    best, step, calls = height(x, y), 0.8, 37\n    while calls <= 56:\n"
        "        around = [(x + step, y), (x - step, y), (x, y + step), (x, y - step)]\n"
        "        heights = [height(*at) for at in around]\n        calls += 4\n"
        "        if max(heights) > best:\n            best = max(heights)\n"
        "            x, y = around[heights.index(best)]\n        else:\n"
        "            step = step / 2\n    return x, y\n```",
        why="A climb alone ends on the nearest top, and a grid alone beside one. The grid chooses "
        "the mountain, and the climb finds its top.",
        next="To look widely first and closely later is how the settings of networks are searched.",
    ),
    Question(
        id="gradient.7",
        title="The slope along any direction",
        difficulty=3,
        minutes=6,
        answer=Function(
            lambda g, d: float(g @ d) / float(np.linalg.norm(d)),
            probes=[
                (np.array([4.0, 6.0]), np.array([3.0, 4.0])),
                (np.array([4.0, 6.0]), np.array([-0.5, 0.2])),
                (np.array([1.0, -2.0]), np.array([2.0, 2.0])),
                (np.array([-3.0, 0.5]), np.array([0.3, -0.1])),
                (np.array([2.0, -1.0, 5.0]), np.array([1.0, 2.0, 2.0])),
            ],
            tolerance=1e-6,
        ),
        rivals=[
            Rival("direction-not-normalised", lambda g, d: float(g @ d)),
            Rival("products-not-added", lambda g, d: g * d),
            Rival("products-not-added", lambda g, d: g * d / np.linalg.norm(d)),
            Rival("length-for-slope", lambda g, d: float(np.linalg.norm(g))),
            Rival("sum-for-length", lambda g, d: float(g @ d) / float(np.abs(d).sum())),
            Rival(
                "direction-not-normalised",
                lambda g, d: float(g @ d) / float(np.linalg.norm(g)),
                message="You divided by the length of the gradient. But how steep the hillside is "
                "must show in the result, and how long the other arrow is must not. Which of the "
                "two arrows has to be brought to length 1?",
            ),
            Rival(
                "direction-not-normalised",
                lambda g, d: float(g @ d) / float(d @ d),
                message="You divided by the square of the length of `d`: once too often. Now a "
                "longer arrow gives a smaller slope, where it should give the same one. Try (3, 4) "
                "and (0.6, 0.8): by what must g · d be divided to agree for both?",
            ),
            Rival(
                "direction-not-normalised",
                lambda g, d: float(g @ d) / float(np.linalg.norm(g) * np.linalg.norm(d)),
                message="You divided by both lengths, so what you have is the cosine of the angle "
                "between the arrows, 1 at most. A steep hillside and a gentle one give the same "
                "result. Which of the two lengths says how steep it is, and must stay?",
            ),
            Rival("sum-of-partials", lambda g, d: float(g.sum())),
        ],
        hints=[
            "First make d one unit long: divide it by its length, `np.linalg.norm(d)`.",
            "Then multiply g and u component by component, and add up.",
            "`u = d / np.linalg.norm(d)`, then `return g @ u`.",
        ],
        solution="```python\ndef slope_along(g, d):\n    u = d / np.linalg.norm(d)\n"
        "    return g @ u\n```",
        why="A slope is rise per one unit of way, so the direction must have length 1; then the "
        "dot product with the gradient is the slope.",
        next="It works in any number of dimensions: nothing in it counts to two.",
    ),
    Question(
        id="gradient.8",
        title="Bug clinic: the knobs that stay turned",
        difficulty=3,
        minutes=8,
        answer=Function(
            lambda f, w: _gradient(f, w),
            probes=[
                (three, np.array([1.0, 2.0, 3.0])),
                (three, np.array([-0.5, 1.0, 0.0])),
                (squares, np.array([1.0, -2.0, 0.5, 3.0])),
                (product, np.array([2.0, 3.0])),
                (product, np.array([1.5, -1.0])),
                (waves, np.array([0.1, 0.4, -0.3, 0.8, 0.2])),
            ],
            tolerance=0.002,
            because="a smaller nudge gets closer for the same price; try one ten times smaller",
        ),
        rivals=[
            Rival("nudge-not-taken-back", lambda f, w: np.cumsum(_gradient(f, w))),
            Rival(
                "nudge-not-taken-back",
                lambda f, w: np.cumsum(_gradient(f, w)) / 2,
            ),
            Rival(
                "central-divided-by-h",
                lambda f, w: _gradient(f, w) / 2,
                message="Each nudge is taken back now, so one bug is mended. But all your slopes "
                "are half of what they should be. Look at the division: how far apart are the two "
                "places that your line compares, one h or two?",
            ),
            Rival("other-variable-moves", lambda f, w: np.full(len(w), _gradient(f, w).sum())),
            Rival("sum-of-partials", lambda f, w: float(_gradient(f, w).sum())),
            Rival("value-for-slope", lambda f, w: float(f(w))),
            Rival("gradient-wrong-shape", lambda f, w: _gradient(f, w)[:, None]),
            Rival("gradient-wrong-shape", lambda f, w: _gradient(f, w)[None]),
        ],
        hints=[
            "The first slope is half of 2. The second should be 3: what has moved besides w[1]?",
            "After the nudge, w[i] must become what it was, or each nudge needs its own copy of w.",
            "`nudged = w.copy()`, then `nudged[i] += h`, and divide the difference by h.",
        ],
        solution="```python\ndef gradient_of_many(f, w):\n    h = 1e-6\n    slopes = []\n"
        "    for i in range(len(w)):\n        nudged = w.copy()\n        nudged[i] += h\n"
        "        slopes.append((f(nudged) - f(w)) / h)\n    return slopes\n```",
        why="The nudges piled up, so each slope also held the ones before; and 2h belongs to a "
        "difference taken to both sides, not to one.",
        next="And the list of weights is the same after the call as before it.",
    ),
]
