"""Questions of chapter 04: the derivative at a point, its sign and size, and as a function."""

import math

from utils.checks import Array, Choice, Figure, Formula, Function, Live, Number, Question, Rival
from utils.examples import cube, cubic, square
from utils.models.derivative import fallen
from utils.models.start_here import error
from utils.slopes import Real, central_difference, difference_quotient


def _near(values: dict[str, float], place: float) -> bool:
    return abs(values["x0"] - place) < 0.01


def _tangent(f: Real, x0: float, x: float) -> float:
    return f(x0) + central_difference(f, x0) * (x - x0)


def _average(f: Real, x: float) -> float:
    return difference_quotient(f, x, 1.0)


_PLACES = range(6)
_LOG_SLOPES = [(1.02 - 1.34) / (4 - 2), (0.86 - 1.02) / (8 - 4)]  # before epoch 4 and after it

_SWAPPED = (
    "Ask your function for the height right at `x0`: the tangent touches the curve there, so it "
    "should give f(x0). It gives the slope instead. In the last line one of the two numbers is the "
    "height you start from and the other says how much each step adds. Which is which?"
)

_FIXED = (
    "These are the slopes of one curve, whichever function I hand over. `derivative(f)` gets its "
    "function as an input, under the name `f`, so that it works for cube, sine and all others. "
    "Which function does your inner line call, and which one should it call?"
)

QUESTIONS = [
    Question(
        id="derivative.predict_speed",
        title="What the needle shows",
        difficulty=1,
        minutes=2,
        answer=Number(
            10.0 * 3,
            tolerance=1e-3,
            near=0.1,
            because="the question asks where these speeds are heading, not for one of them",
        ),
        rivals=[
            Rival("average-for-instantaneous", difference_quotient(fallen, 3, 1.5)),
            Rival("average-for-instantaneous", difference_quotient(fallen, 3, 0.15)),
            Rival(
                "value-for-slope",
                fallen(3),
                message="That is how far the stone has fallen in 3 seconds, in metres. The needle "
                "shows how fast it falls at that moment, in metres per second. Where are the two "
                "average speeds going as the stretch gets shorter?",
            ),
            Rival(
                "forgot-delta",
                fallen(3) / 3,
                message="That is the average speed since the stone was dropped: the whole way "
                "divided by the whole time. By now it is faster than that, since it began at rest. "
                "What do shorter and shorter stretches that begin at t = 3 say?",
            ),
            Rival("h-is-zero", 0.0),
        ],
        hints=[
            "Compare the two speeds: by how much did the tenth of the stretch bring them down?",
            "Take shorter stretches: `difference_quotient(fallen, 3, 0.015)` in a new cell.",
            "Each speed is 5 times h above one whole number. Which?",
        ],
        solution="```python\n10 * 3\n```",
        why="From t = 3 the difference quotient of 5t² is 30 + 5h. As h shrinks, the 30 stays.",
        next="So a speed at a moment is what the average speeds lead to. Now see it as a line.",
    ),
    Question(
        id="derivative.predict_lens",
        title="A corner under the lens",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "a level line, since the tip has been smoothed out",
                "b": "the same corner as before",
                "c": "one line that rises with slope 1",
                "d": "a corner that is far more pointed",
            },
        ),
        rivals=[
            Rival(
                "lens-straightens-all",
                "a",
                message="The wave became a line, so this is a fair guess. Check it with heights: "
                "how high is |x| at the edges of the window, at x = −0.002 and at x = 0.002? And "
                "how high would a level line through the tip be there?",
            ),
            Rival(
                "lens-straightens-all",
                "c",
                message="To the right of the tip you are right: there |x| is a line of slope 1. "
                "But the tip stands in the middle of the window. How high is |x| at −0.002, and "
                "how high would your line be?",
            ),
            Rival(
                "magnified-means-steeper",
                "d",
                message="The lens makes the heights 1000 times larger, and the widths, too. A step "
                "of 0.001 to the right takes |x| up by 0.001. Seen through the lens, both look 1 "
                "long. What does that say about the angle?",
            ),
        ],
        hints=[
            "At magnification 1000 the window reaches from −0.002 to 0.002.",
            "How high is |x| at its left edge, in the middle, and at its right edge?",
            "It is 0.002, 0 and 0.002. Draw these three points in a square that is 0.004 wide.",
        ],
        solution='The answer is **b**: `check("derivative.predict_lens", "b")`.',
        why="Width and height grow by the same factor, and |x| is made of two straight lines. So "
        "every window around the tip shows the same picture.",
        next="A curve that no lens can straighten at a point has no tangent there.",
    ),
    Question(
        id="derivative.predict_other_place",
        title="As high as steep",
        difficulty=1,
        minutes=2,
        answer=Number(0.0, tolerance=1e-3),
        rivals=[
            Rival(
                "slope-sign-lost",
                -3.0,
                message="At −3 the slope is 27, as at 3, because a square has lost its minus. And "
                "the height: is (−3)³ above zero or below? Two numbers of opposite sign are not "
                "the same. Where else do the two agree, sign included?",
            ),
            Rival(
                "place-for-value",
                3.0,
                message="That is the place you were given: height 27, slope 27. There is one other "
                "place where the height x³ and the slope 3x² are equal. Go through the places in "
                "the table above. What is the height at each, and what is the slope?",
            ),
            Rival(
                "error-read-as-weight",
                27.0,
                message="27 is the height, and the slope, at x = 3. The question asks for a place, "
                "an x. At x = 27 the height is 27 · 27 · 27. What does the rule 3x² give there?",
            ),
            Rival(
                "factor-dropped",
                1.0,
                message="At 1 the height is 1. Read the slope there off the rule 3x²: is it 1 as "
                "well? The 3 in front counts. You need a place where x³ and 3x² are equal.",
            ),
        ],
        hints=[
            "The height is x³, the slope is 3x². For which x are the two equal?",
            "Go through −2, −1, 0, 1 and 2, and work out both numbers at each.",
            "x³ is x · x², and 3x² is 3 · x². One way is x = 3. What if x² is so small that it "
            "does not matter how often you take it?",
        ],
        solution="```python\n0\n```",
        why="x³ = 3x² holds at 3 and at 0 alone: at 0 the curve is 0 high and its slope is 0.",
        next="Everywhere else the height is one number and the slope another.",
    ),
    Question(
        id="derivative.predict_young_plant",
        title="A plant on day four",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "it is 6 cm tall and at this moment grows at a rate of 2 cm per day",
                "b": "it is 2 cm tall and at this moment grows at a rate of 6 cm per day",
                "c": "it has grown 2 cm in the last day",
                "d": "it grows 1.5 cm per day, since 6 divided by 4 is 1.5",
            },
        ),
        rivals=[
            Rival(
                "slope-for-value",
                "b",
                message="You have the two numbers the wrong way round. f without the little stroke "
                "is the height itself, in cm. f with the stroke is how fast the height changes, in "
                "cm per day. Which of the two is written f(4) here, and which f′(4)?",
            ),
            Rival(
                "average-for-instantaneous",
                "c",
                message="That would be a change over a whole day: f(4) minus f(3). A plant that "
                "grows faster and faster grew less than 2 cm in the last day and will grow more "
                "in the next. What does f′(4) speak about, a stretch of time or one moment?",
            ),
            Rival("forgot-delta", "d"),
        ],
        hints=[
            "f(4) is a height in cm. What is the unit of a slope of f?",
            "f′(4) is in cm per day, and it belongs to one moment.",
            "Read f(4) = 6 and f′(4) = 2 aloud, each with its unit.",
        ],
        solution='The answer is **a**: `check("derivative.predict_young_plant", "a")`.',
        why="f(4) is how tall, in cm; f′(4) is how fast, in cm per day, at the moment t = 4.",
        next="Like a speedometer: it shows a rate for this moment, not a distance for this hour.",
    ),
    Question(
        id="derivative.predict_faster",
        title="Faster up or faster down?",
        difficulty=1,
        minutes=1,
        answer=Choice(
            "a",
            options={
                "a": "at t = 3.5",
                "b": "at t = 1, since 10 is larger than −15",
                "c": "that cannot be said, since up and down cannot be compared",
            },
        ),
        rivals=[
            Rival("negative-read-as-small", "b"),
            Rival(
                "negative-read-as-small",
                "c",
                message="Up and down are two directions, and the sign keeps them apart. How fast "
                "asks for less: by how much the height changes in a small time, whichever way. "
                "That is a size, and sizes can be compared. Whose is larger, that of 10 or that "
                "of −15?",
            ),
        ],
        hints=[
            "Take a tenth of a second at each moment. By about how many metres does the height "
            "change?",
            "A ball that falls at 15 metres per second: is it slow, because of its minus?",
            "The sign says which way. The size says how fast: which size is larger?",
        ],
        solution='The answer is **a**: `check("derivative.predict_faster", "a")`.',
        why="The slopes are 10 and −15. The size 15 is larger, so the height changes faster at "
        "t = 3.5; the minus says that the ball falls there.",
        next="Sign: which way. Size: how fast. A slope says both in one number.",
    ),
    Question(
        id="derivative.predict_saddle",
        title="Flat, and then?",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "c",
            options={
                "a": "a lowest point",
                "b": "a highest point",
                "c": "neither of the two",
                "d": "there is no slope at 0",
            },
        ),
        rivals=[
            Rival("flat-read-as-minimum", "a"),
            Rival(
                "flat-read-as-minimum",
                "b",
                message="You found that the curve is flat there, and hilltops are flat. But on a "
                "hilltop the curve climbs before and falls after. Compute x³ a little to the left "
                "of 0, at −0.1, and a little to the right, at 0.1: does it fall after 0?",
            ),
            Rival(
                "h-is-zero",
                "d",
                message="A slope of 0 is a slope: it says that the curve is level at this point. "
                "There is none only where the difference quotients settle on nothing, as at the "
                "corner of |x|. What do the quotients of x³ at 0 do as h shrinks?",
            ),
        ],
        hints=[
            "What is x³ at −0.1, at 0, and at 0.1?",
            "Are these three heights growing, shrinking, or first one and then the other?",
            "To be a lowest point, both neighbours must be higher. Are they?",
        ],
        solution='The answer is **c**: `check("derivative.predict_saddle", "c")`.',
        why="x³ rises before 0, is flat at 0 for a moment, and rises again. Left neighbours are "
        "lower and right neighbours higher.",
        next="Such a place is called a saddle. A network in training may rest there, far from any "
        "valley.",
    ),
    Question(
        id="derivative.predict_any_moment",
        title="All speeds at once",
        difficulty=2,
        minutes=2,
        answer=Formula("10*t", variable="t"),
        rivals=[
            Rival("value-for-slope", "5*t**2"),
            Rival(
                "forgotten-two",
                "5*t",
                message="Your formula has the right shape, and all its speeds have half the size "
                "they should. Test it at t = 3, where you know the speed: it gives 15. By which "
                "number must each t be multiplied?",
            ),
            Rival(
                "factor-dropped",
                "2*t",
                message="That is the slope of t² alone. The stone falls five times as far as t² "
                "says, in the same time. Test your formula at t = 3, where you know the speed. "
                "What does that do to how fast it is?",
            ),
            Rival("sign-error", "-10*t"),
            Rival(
                "average-for-instantaneous",
                "10*t + 5",
                message="That is the average speed over one whole second from t on. At t = 3 it "
                "gives 35, and the needle showed 30 there. What becomes of the number that you "
                "added when the stretch shrinks?",
            ),
            Rival(
                "exponent-not-lowered",
                "10*t**2",
                message="The number in front is right, and the square has stayed behind it. Test "
                "your formula at t = 3: it gives 90. What was the speed that you found there?",
            ),
            Rival("derivative-turned-around", "5*t**3/3"),
        ],
        hints=[
            "You know one speed: 30 metres per second at t = 3. And at t = 0 the stone is at rest.",
            "x² has the slope 2x. Here every height is five times as large, over the same time.",
            'Five times 2t. Write it with t in it, between quotes, as in `"7*t + 1"`.',
        ],
        solution='```python\n"10*t"\n```',
        why="The difference quotient of 5t² is 10t + 5h, and its limit is 10t: five times the "
        "slope of t².",
        next="A formula answers for every moment at once: that is what makes f′ a function.",
    ),
    Question(
        id="derivative.predict_trace",
        title="The slopes of a wave",
        difficulty=2,
        minutes=2,
        answer=Choice(
            "b",
            options={
                "a": "the same wave once more",
                "b": "a wave that is highest where sin x climbs fastest",
                "c": "a flat line: ups and downs cancel",
                "d": "a straight line that rises",
            },
        ),
        rivals=[
            Rival(
                "height-for-slope",
                "a",
                message="That would mean: where the wave is highest, its slope is largest. Put a "
                "finger on the top of the wave and move it a little to the right. How steep is it "
                "up there? And how steep is it where the wave crosses zero on its way up?",
            ),
            Rival(
                "average-for-instantaneous",
                "c",
                message="Over a whole wave, ups and downs do cancel: that is an average. The graph "
                "of f′ shows the slope at each single place, one after the other. What is the sign "
                "of the slope while the wave climbs, and what is it while the wave falls?",
            ),
            Rival(
                "slope-sign-lost",
                "d",
                message="A line that rises crosses zero once, and from there on it stays above. So "
                "your f would fall, turn once, and climb for ever, as x² does. Follow the wave "
                "beyond its top, near 1.57: which sign does its slope have there, and does your "
                "line have that sign?",
            ),
        ],
        hints=[
            "Where is the wave flat? There its slope is 0.",
            "Where does it climb most steeply? There its slope is largest.",
            "So the slopes are largest at x = 0 and zero at the top and at the bottom of the wave.",
        ],
        solution='The answer is **b**: `check("derivative.predict_trace", "b")`.',
        why="At its top and its bottom the wave is flat, so f′ is 0 there. Halfway up, at x = 0, "
        "it is steepest, so f′ is highest there.",
        next="The slopes of a wave are a wave again, a quarter of a turn ahead.",
    ),
    Question(
        id="derivative.1b",
        title="Slopes from a training log",
        difficulty=2,
        minutes=4,
        answer=Array(_LOG_SLOPES, tolerance=5e-4),
        rivals=[
            Rival(
                "difference-not-divided",
                [1.02 - 1.34, 0.86 - 1.02],
                message="Those are the changes from row to row. The rows do not stand one epoch "
                "apart, and the two gaps are not even equally long, so these numbers cannot be "
                "compared. How many epochs lie between the rows on each side, and what do you do "
                "with that number?",
            ),
            Rival(
                "change-turned-around",
                [-slope for slope in _LOG_SLOPES],
                message="Both sizes are right. By your signs the loss would grow with every epoch, "
                "and the log says that it falls. Each difference goes from the earlier row to the "
                "later one, above the bar and below it. Which of your losses comes first?",
            ),
            Rival("rise-run-swapped", [1 / slope for slope in _LOG_SLOPES]),
            Rival(
                "divided-by-the-end",
                [(1.02 - 1.34) / 4, (0.86 - 1.02) / 8],
                message="The tops of your fractions are right. Below them stands the epoch in "
                "which each stretch *ends*, counted from the beginning of the training. A slope "
                "needs the length of the stretch. How many epochs is it from one row to the next?",
            ),
            Rival("place-for-value", [2, 8]),
            Rival("value-for-slope", [1.34, 0.86]),
            Rival(
                "average-for-instantaneous",
                (0.86 - 1.34) / (8 - 2),
                message="You made one slope out of both sides: that of the secant from epoch 2 to "
                "epoch 8. It hides how much the two sides differ, and here they differ a lot. What "
                "is the slope on the stretch that ends at epoch 4, and on the one that begins "
                "there?",
            ),
        ],
        hints=[
            "One side is the stretch from epoch 2 to epoch 4, the other the one from 4 to 8.",
            "By how much does the loss change on each, and how many epochs long is it?",
            "`[(1.02 - 1.34) / (4 - 2), (0.86 - 1.02) / (8 - 4)]`",
        ],
        solution="```python\nsides_1 = [(1.02 - 1.34) / (4 - 2), (0.86 - 1.02) / (8 - 4)]\n```",
        why="Before epoch 4 the loss falls by 0.32 in 2 epochs, after it by 0.16 in 4 epochs. The "
        "steps differ, so each change is divided by its own.",
        next="A log cannot shrink its step. All it can say is two numbers, one for each side.",
    ),
    Question(
        id="derivative.2",
        title="Which way is down?",
        difficulty=2,
        minutes=4,
        answer=Choice(
            "a",
            options={
                "a": "the slope is −4, so make w larger",
                "b": "the slope is −4, so make w smaller",
                "c": "the slope is 4, so make w smaller",
                "d": "the slope is 4, so make w larger",
            },
        ),
        rivals=[
            Rival("ascent-for-descent", "b"),
            Rival(
                "sign-error",
                "c",
                message="Your step fits your slope: against the sign. But look at the sign once "
                "more. What is L(1), and what is L(1.1)? Put the new value first and the old one "
                "second: is the difference plus or minus?",
            ),
            Rival(
                "value-for-slope",
                "d",
                message="The loss itself is 4 at w = 1: that is a height. The slope is another "
                "number, and it has a sign. Take a small step to the right, from 1 to 1.1: does "
                "the loss grow or shrink, and what does that say about the sign?",
            ),
        ],
        hints=[
            "Take a tiny step h and compute `(L(1 + h) - L(1)) / h`.",
            "Is the result plus or minus? Plus means that a step to the right makes the loss grow.",
            "You want the loss to shrink: go against the sign of the slope.",
        ],
        solution='```python\nh = 1e-6\nslope_2 = (L(1 + h) - L(1)) / h\nanswer_2 = "a"\n```',
        why="The quotient is close to −4. A negative slope says that the loss falls to the right, "
        "so a larger w makes it smaller. The lowest point is at w = 3, to the right indeed.",
        next="Sign of the slope, then a step against it: that is one step of training.",
    ),
    Question(
        id="derivative.3",
        title="Which of them is f′?",
        difficulty=2,
        minutes=4,
        answer=Choice(
            "c",
            options={"a": "graph A", "b": "graph B", "c": "graph C", "d": "graph D"},
        ),
        rivals=[
            Rival(
                "height-for-slope",
                "a",
                message="Graph A is high where f is high and low where f is low: it follows the "
                "height. A graph of slopes is high where f climbs steeply. Look at the valley and "
                "at the hilltop of f: which value must f′ have at both?",
            ),
            Rival(
                "sign-error",
                "b",
                message="Graph B is zero at the right places: at the valley and at the hilltop. "
                "Now look between them, at x = 0. Does f rise or fall there? And on which side of "
                "zero does graph B stand at that place?",
            ),
            Rival(
                "slope-sign-lost",
                "d",
                message="Graph D has the right sizes everywhere, and it never goes below zero. But "
                "f falls on the far left, before its valley, and again on the far right. What is "
                "the sign of a slope where a curve falls?",
            ),
        ],
        hints=[
            "Find the flat places of f first. There f′ must be 0.",
            "Between the valley and the hilltop f rises. So f′ must be above zero there.",
            "Left of the valley and right of the hilltop f falls. Which graph is below zero there?",
        ],
        solution='```python\nanswer_3 = "c"\n```',
        why="f falls, is flat at its valley, rises, is flat at its hilltop, and falls again. So f′ "
        "is below zero, zero, above zero, zero, below zero: graph C.",
        next="You have found a derivative with no formula at all: with your eyes.",
    ),
    Question(
        id="derivative.4",
        title="Six slopes",
        difficulty=1,
        minutes=5,
        answer=Array(
            [3 * x**2 - 12 * x + 9 for x in _PLACES],
            tolerance=0.01,
            because="a larger step leaves too much of itself in the slopes; try one ten times "
            "smaller",
        ),
        rivals=[
            Rival("value-for-slope", [cubic(x) for x in _PLACES]),
            Rival("average-for-instantaneous", [_average(cubic, x) for x in _PLACES]),
            Rival("step-too-large", [difference_quotient(cubic, x, 0.1) for x in _PLACES]),
            Rival("sign-error", [-(3 * x**2 - 12 * x + 9) for x in _PLACES]),
            Rival("place-for-value", list(_PLACES)),
        ],
        hints=[
            "One slope is `difference_quotient(f, x, h)` with a small h. You need six of them.",
            "A list of six: `[... for x in range(6)]`. `range(6)` runs from 0 to 5.",
            "`[difference_quotient(f, x, 1e-6) for x in range(6)]`",
        ],
        solution="```python\nslopes_4 = [difference_quotient(f, x, 1e-6) for x in range(6)]\n```",
        why="The same tiny step at each of the six places gives six slopes, each right to many "
        "decimals.",
        next="Two of the six are zero. Those are the places where something interesting happens.",
    ),
    Question(
        id="derivative.5",
        title="Rest in the valley",
        difficulty=2,
        minutes=3,
        answer=Live(
            lambda values: _near(values, 3),
            figure=Figure("derivative.explore_derivative", {"f": cubic}),
            aim="put x₀ into a valley, where the curve is flat",
            probes=[
                {"x0": 3.0, "h": 1.0},
                {"x0": 1.0, "h": 1.0},
                {"x0": 0.0, "h": 1.0},
                {"x0": 2.0, "h": 1.0},
            ],
        ),
        rivals=[
            Rival(
                "flat-read-as-minimum",
                lambda values: _near(values, 1),
                message="The curve is flat here, and the middle column is lit: half of the task is "
                "done. But look left and right: the curve is lower on both sides. What do you call "
                "such a place, and where does the curve turn flat a second time?",
            ),
            Rival(
                "height-for-slope",
                lambda values: _near(values, 0),
                message="The curve is as low here as in the valley, so you went by the height. But "
                "the table says that it climbs steeply at this place. Which column of the sign "
                "table must be lit in the valley, and at which place is it?",
            ),
            Rival(
                "negative-read-as-small",
                lambda values: _near(values, 2),
                message="This is where the slope is the smallest number of all, far below zero. So "
                "it is not flat: it is the steepest way down between hilltop and valley. Which "
                "value must the slope have where the curve is flat?",
            ),
        ],
        hints=[
            "Watch the row of the slope, and the three columns under the table.",
            "Your list of exercise 4 has two zeros. At which places?",
            "At one of them the curve falls before and rises after. Put x₀ there.",
        ],
        solution="```python\nview_5.set(x0=3)\n```",
        why="The slope is 0 at x = 1 and at x = 3. Before 3 the curve falls and after it rises, so "
        "this is the valley; at 1 it is the other way round.",
        next="Minus, zero, plus: a change of sign tells a valley from a hilltop without a picture.",
    ),
    Question(
        id="derivative.6",
        title="Write derivative(f)",
        difficulty=3,
        minutes=8,
        answer=Function(
            lambda f, x: central_difference(f, x),
            probes=[
                (square, 3.0),
                (square, -1.5),
                (cube, 2.0),
                (cube, -0.75),
                (math.sin, 1.0),
                (math.sin, 2.5),
                (error, 5.0),
                (error, 1.0),
            ],
            curried=1,
            tolerance=0.002,
            because="a smaller step gets closer for the same price; try one ten times smaller",
        ),
        rivals=[
            Rival("value-for-slope", lambda f, x: f(x)),
            Rival("average-for-instantaneous", lambda f, x: difference_quotient(f, x, 1.0)),
            Rival("sign-error", lambda f, x: -central_difference(f, x)),
            Rival("central-divided-by-h", lambda f, x: 2 * central_difference(f, x)),
            Rival("slope-sign-lost", lambda f, x: abs(central_difference(f, x))),
            Rival("step-added-outside", lambda f, x: 1.0),
            Rival("point-for-function", lambda f, x: central_difference(cube, x), message=_FIXED),
            Rival("point-for-function", lambda f, x: central_difference(square, x), message=_FIXED),
            Rival("brackets-missing", lambda f, x: f(x + 1e-5) - f(x) / 1e-5),
            Rival("brackets-missing", lambda f, x: f(x + 1e-6) - f(x) / 1e-6),
            Rival("step-too-small", lambda f, x: (f(x + 1e-16) - f(x)) / 1e-16),
            Rival("h-is-zero", raises=ZeroDivisionError),
        ],
        hints=[
            "Begin with the inside: with f and x at hand, what is the slope at x?",
            "Now wrap it: inside `derivative`, write `def slope(x):` with that line in it.",
            "The last line of `derivative` is `return slope`, with no brackets behind it: you hand "
            "over the function itself.",
        ],
        solution="```python\ndef derivative(f):\n    h = 1e-6\n\n    def slope(x):\n"
        "        return (f(x + h) - f(x)) / h\n\n    return slope\n```",
        why="The inner function remembers f and h, and waits for an x. `derivative(f)` is that "
        "function, so `derivative(f)(3)` is one of its values.",
        next="Your function turns functions into functions. Mathematicians write it d/dx.",
    ),
    Question(
        id="derivative.7",
        title="The tangent that does not touch",
        difficulty=3,
        minutes=8,
        answer=Function(
            _tangent,
            probes=[
                (square, 1.0, 3.0),
                (square, -1.5, 0.5),
                (cube, 1.5, 2.0),
                (cube, -0.5, 1.0),
                (math.sin, 0.5, 2.0),
                (error, 5.0, 1.0),
            ],
            tolerance=0.005,
            because="a tangent needs the slope at one point; a smaller step comes closer to it",
        ),
        rivals=[
            Rival(
                "slope-for-value",
                lambda f, x0, x: central_difference(f, x0) + f(x0) * (x - x0),
                message=_SWAPPED,
            ),
            Rival(
                "slope-for-value",
                lambda f, x0, x: _average(f, x0) + f(x0) * (x - x0),
                message=_SWAPPED,
            ),
            Rival(
                "average-for-instantaneous",
                lambda f, x0, x: f(x0) + _average(f, x0) * (x - x0),
                message="Your line touches the curve at `x0` now, so one bug is mended. But it "
                "leaves the curve too steeply or not steeply enough: its slope is that of a "
                "secant over a whole step. What happens if the second point comes much closer?",
            ),
            Rival("place-for-step", lambda f, x0, x: f(x0) + central_difference(f, x0) * x),
            Rival(
                "sign-error",
                lambda f, x0, x: f(x0) - central_difference(f, x0) * (x - x0),
                message="Your line touches the curve at `x0`, and from there it goes the wrong "
                "way: it falls where the curve climbs. A step is counted from where you stand to "
                "where you arrive. You stand at `x0` and arrive at `x`: which of the two do you "
                "subtract from the other?",
            ),
            Rival("value-for-slope", lambda f, x0, x: f(x0) + f(x0) * (x - x0)),
            Rival(
                "slope-for-value",
                lambda f, x0, x: central_difference(f, x0) * (x - x0),
                message="That is how much the line climbs on its way from `x0` to `x`. At `x0` "
                "itself it gives 0, but there the tangent touches the curve. At which height does "
                "the line start, and where does that number enter?",
            ),
            Rival(
                "slope-for-value",
                lambda f, x0, x: central_difference(f, x0),
                message="That is the slope of the tangent, the same number at each `x`. The "
                "question asks how high the line is at `x`. It starts at `x0`, on the curve, and "
                "climbs by the slope for each step from there. How many steps are there to `x`?",
            ),
            Rival(
                "difference-not-divided",
                lambda f, x0, x: f(x0),
                message="Your line is level: it keeps the height f(x0), however far you go. So "
                "what it gains on the way is next to nothing. Look at the slope in it: a tiny "
                "change in height, over a tiny step. What do you do with the length of the step?",
            ),
        ],
        hints=[
            "Try it at `x = x0`: the tangent touches the curve there. What should come out?",
            "In the last line, `height + slope * distance`: which number is the height at x0?",
            "And look at `h`: with a step of 1, is this the slope of the tangent or of a secant?",
        ],
        solution="```python\ndef tangent(f, x0, x):\n    h = 1e-6\n"
        "    slope = (f(x0 + h) - f(x0)) / h\n    return f(x0) + slope * (x - x0)\n```",
        why="The tangent starts at the height f(x0) and gains the slope for each step away from "
        "x0. Height and slope had changed places, and h = 1 made the slope that of a secant.",
        next="Near x0 this line is so close to the curve that one can stand in for the other.",
    ),
]
