"""Questions that chapter 08 asked before: which way is downhill, and x³ − 6x² + 9x + 1."""

from utils.checks import Array, Choice, Figure, Formula, Live, Number, Question, Rival
from utils.examples import cubic

_ENDS = (0.0, 4.5)


def _near(values: dict, name: str, place: float) -> bool:
    return abs(values[name] - place) < 0.01


QUESTIONS = [
    Question(
        id="minima_and_maxima.predict_roll",
        title="Which way is down?",
        difficulty=1,
        minutes=2,
        answer=Choice(
            "a",
            options={
                "a": "left from 3, and right from −2",
                "b": "right from 3, and left from −2",
                "c": "left from both",
                "d": "right from −2; from 3 there is no way down, since the slope is plus",
            },
        ),
        rivals=[
            Rival("ascent-for-descent", "b"),
            Rival("smallest-weight", "c"),
            Rival("only-negative-slopes", "d"),
        ],
        hints=[
            "A slope of plus 6 says: a small step to the right makes the loss grow.",
            "If right is up, which way is down? Ask this at both places.",
            "At 3 the slope is plus, so down is left. At −2 it is minus: turn that around.",
        ],
        solution='The answer is **a**: `check("minima_and_maxima.predict_roll", "a")`.',
        why="A plus says that right is uphill, so down is left. A minus says that right is "
        "downhill. Both times the way down is against the sign.",
        next="One rule covers both sides: go against the slope.",
    ),
    Question(
        id="minima_and_maxima.1",
        title="Where is it flat?",
        difficulty=1,
        minutes=4,
        answer=Array([1.0, 3.0], tolerance=1e-3, count_told=False),
        rivals=[
            Rival("error-read-as-weight", [cubic(1), cubic(3)]),
            Rival("second-for-first", [2.0]),
            Rival(
                "slope-for-value",
                [9.0, 0.0, -3.0, 0.0, 9.0, 24.0],
                message="Those are the six slopes, well measured, in order. Flat means that the "
                "slope is 0, and the question asks *where* that is: for places, not for slopes. "
                "Which x belong to the zeros of your list?",
            ),
            Rival(
                "slope-for-value",
                [0.0, 0.0],
                message="That is how steep the curve is at the flat places. The question asks "
                "where they are: which numbers did you put in, so that a slope of 0 came out?",
            ),
        ],
        hints=[
            "Measure the slope at each of the six places: `central_difference(f, x)`.",
            "Flat means that the slope is 0. In which two lines is it?",
            "The answer holds the two x, not the slopes and not the heights: `[..., ...]`",
        ],
        solution="```python\nfor x in range(6):\n"
        '    print(f"x = {x}: slope {central_difference(f, x):6.2f}")\nflat_1 = [1, 3]\n```',
        why="The six slopes are 9, 0, −3, 0, 9 and 24, so the curve is flat at 1 and at 3. Plus, "
        "0, minus: a maximum at 1. Minus, 0, plus: a minimum at 3.",
        next="Two flat places, and the signs around them say that they are of two kinds.",
    ),
    Question(
        id="minima_and_maxima.3",
        title="It stays, but it is not at the bottom",
        difficulty=2,
        minutes=3,
        answer=Live(
            lambda values: _near(values, "x0", 1),
            figure=Figure("minima_and_maxima.explore_ball", {"f": cubic}),
            aim="a start from which the ball never moves, and not at the bottom",
            probes=[
                {"x0": 1.0, "guess": "it stays", "steps": 3.0, "alpha": 0.02},
                {"x0": 3.0, "guess": "it stays", "steps": 3.0, "alpha": 0.02},
                {"x0": 4.0, "guess": "left", "steps": 3.0, "alpha": 0.02},
            ],
        ),
        rivals=[
            Rival(
                "flat-read-as-minimum",
                lambda values: _near(values, "x0", 3),
                message="The ball stays here, that half is done. But this is the bottom of the "
                "valley, where it belongs. The task asks for a place from which it could still go "
                "down and does not. Where else is the slope 0?",
            ),
            Rival(
                "height-for-slope",
                lambda values: _near(values, "x0", 4),
                message="This place is as high as the hilltop, but it is steep. Take a step and "
                "watch: the ball does not stay. What must the slope be, so that a step of any "
                "size leads nowhere?",
            ),
        ],
        hints=[
            "The ball does not move where the slope is 0.",
            "Your list of exercise 1 has two such places. One of them is the valley.",
            "Put the start on the other one and take a step: the ball stays.",
        ],
        solution="```python\nview_3.set(x0=1, steps=3)\n```",
        why="At x = 1 the slope is 0, so every step has the length 0. But it is a hilltop. A slope "
        "of 0 stops the ball, wherever that is.",
        next="A ball that stands still tells you that it is flat, and no more.",
    ),
    Question(
        id="minima_and_maxima.4",
        title="The slope of the slope",
        difficulty=2,
        minutes=4,
        answer=Formula("6*x - 12"),
        rivals=[
            Rival("first-for-second", "3*x**2 - 12*x + 9"),
            Rival("value-for-slope", "x**3 - 6*x**2 + 9*x + 1"),
            Rival("constant-kept", "6*x - 12 + 9"),
            Rival("exponent-not-in-front", "3*x - 12"),
        ],
        hints=[
            "First f′, by the power rule: 3x² − 12x + 9.",
            "Now take the derivative of that, term by term.",
            "3x² gives 6x, −12x gives −12. And what does the constant 9 give?",
        ],
        solution='```python\nsecond_4 = "6*x - 12"\n```',
        why="f′(x) = 3x² − 12x + 9, and its derivative is 6x − 12. At 1 it is −6: a maximum. At 3 "
        "it is 6: a minimum.",
        next="Minus before 2 and plus after it: first a dome, then a bowl.",
    ),
    Question(
        id="minima_and_maxima.5",
        title="The highest water",
        difficulty=2,
        minutes=5,
        answer=Number(cubic(_ENDS[1]), tolerance=1e-3, unit="m", near=0.05),
        rivals=[
            Rival("end-forgotten", cubic(1)),
            Rival("place-for-value", _ENDS[1]),
            Rival("place-for-value", 1.0),
            Rival("slope-for-value", 3 * _ENDS[1] ** 2 - 12 * _ENDS[1] + 9),
        ],
        hints=[
            "Which places can be the highest? The flat ones between the ends, and the ends.",
            "That makes four: t = 0, 1, 3 and 4.5. How high is the water at each?",
            "`[f(t) for t in [0, 1, 3, 4.5]]`. Which of the four is largest?",
        ],
        solution="```python\nhighest_5 = max(f(t) for t in [0, 1, 3, 4.5])\n```",
        why="The candidates are the flat places 1 and 3 and the ends 0 and 4.5. The hilltop "
        "has 5 m. The end is higher, although the water is far from level there.",
        next="f′ = 0 finds hilltops and valleys. The ends have to be asked by themselves.",
    ),
    Question(
        id="minima_and_maxima.6",
        title="Where does it fall fastest?",
        difficulty=2,
        minutes=4,
        answer=Live(
            lambda values: _near(values, "x", 2),
            figure=Figure("minima_and_maxima.explore_second_derivative", {"f": cubic}),
            aim="find the place where the curve falls fastest",
            probes=[{"x": 2.0}, {"x": 1.0}, {"x": 3.0}, {"x": 0.0}, {"x": 4.0}],
        ),
        rivals=[
            Rival(
                "height-for-slope",
                lambda values: _near(values, "x", 1) or _near(values, "x", 3),
                message="This is the hilltop or the valley: an extreme height, and flat. The task "
                "asks for an extreme *slope*, the steepest way down. Look at the right picture, "
                "which shows the slopes: where is that curve at its lowest?",
            ),
            Rival(
                "slope-sign-lost",
                lambda values: _near(values, "x", 0) or _near(values, "x", 4),
                message="It is steep here, and it goes up. The task asks for the steepest way "
                "*down*, so the slope must be minus and as far below zero as it gets. Where is the "
                "curve on the right at its lowest?",
            ),
        ],
        hints=[
            "The right picture shows the slope at every x. Falling means below zero.",
            "Falls fastest: there the curve on the right is at its lowest.",
            "At the lowest place of f′ its own slope is 0. So f″ must be 0.",
        ],
        solution="```python\nview_6.set(x=2)\n```",
        why="f′ has its smallest value, −3, at x = 2. There the slope of f′ is 0: f″(2) = 0. The "
        "largest value of f and the largest slope of f are questions about two different curves.",
        next="To find the steepest place of f, look for the flat place of f′.",
    ),
]
