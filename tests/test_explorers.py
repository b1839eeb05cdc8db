"""Explorers under any function and any slider values: what they show is finite and true."""

import random
import re
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from utils.explorers.derivative import explore_derivative, explore_point_by_point
from utils.explorers.limits import explore_limit, explore_sides
from utils.explorers.rate_of_change import explore_secant, explore_slopes
from utils.explorers.slope import explore_line
from utils.functions import CATALOGUE
from utils.stage import Apology, Point, Polyline, Stage
from utils.stage.sizes import BESIDE

SMOOTH = ["square", "cube", "sin", "cos", "exp", "tanh", "sigmoid", "power_of_two", "line"]
ANY_FUNCTION = st.one_of(
    st.sampled_from(list(CATALOGUE)),
    st.tuples(*[st.floats(-3, 3).map(lambda c: round(c, 2))] * 4).map(
        lambda c: f"({c[0]})*x**3 + ({c[1]})*x**2 + ({c[2]})*x + ({c[3]})"
    ),
    st.sampled_from(["1/x", "sqrt(x)", "ln(x)", "tan(x)", "abs(x)/x", "1000000*x", "x/1000000"]),
)
TAKE_A_FUNCTION = [
    explore_secant,
    explore_slopes,
    explore_limit,
    explore_sides,
    explore_derivative,
    explore_point_by_point,
]
# A figure takes a fifth of a second: a failing example is reported as found, not made smaller.
SLOW = settings(max_examples=10, deadline=None, phases=[Phase.explicit, Phase.generate])


def number_in(text: str, pattern: str) -> float:
    """The number that a pattern's group finds in a text with true minus signs."""
    found = re.search(pattern, text.replace("−", "-"))
    assert found, f"{pattern!r} is not in {text!r}"
    return float(found[1])


def chance_positions(stage: Stage, seed: int, count: int = 8) -> list[list[int]]:
    """A few random settings of all sliders, and both ends."""
    chance = random.Random(seed)
    sizes = [len(control.values) for control in stage.controls.values()]
    some = [[chance.randrange(size) for size in sizes] for _ in range(count)]
    return [*some, [0] * len(sizes), [size - 1 for size in sizes]]


def require_sound(stage: Stage, at: list[int]) -> None:
    """Marks are finite or hidden, points that can be grabbed are in the picture, words are said."""
    seen = stage.scene_at(at)
    assert seen.sentence and "Error" not in seen.sentence
    assert not re.search(r"\b(nan|inf)\b", " ".join(stage.conversation.cast.texts(seen)))
    for name, mark in seen.marks.items():
        numbers = np.array(mark.coordinates())
        # One that can be dragged waits at the edge of its axes, however far away it is.
        waits = isinstance(mark, Point) and mark.drag and mark.clip
        assert waits or not np.isinf(numbers).any(), f"{name} is infinite"
        if isinstance(mark, Polyline):
            pairs = numbers.reshape(-1, 2)
            assert (np.isnan(pairs).any(axis=1) == np.isnan(pairs[:, 1])).all()
        if isinstance(mark, Point) and mark.drag and not mark.clip and np.isfinite(numbers).all():
            x, y = stage.pixel(mark)
            assert -1 <= x <= stage.size[0] + 1 and -1 <= y <= stage.size[1] + 1, f"{name} is lost"


@pytest.mark.parametrize("explore", TAKE_A_FUNCTION)
@given(f=ANY_FUNCTION, seed=st.integers(0, 999))
@SLOW
def test_marks_are_finite_and_in_the_picture(explore: Callable, f: str, seed: int) -> None:
    stage = explore(f)
    if isinstance(stage, Apology):
        return
    for at in chance_positions(stage, seed):
        require_sound(stage, at)


def test_a_figure_in_class_is_the_same_shown_larger(use_style) -> None:
    ordinary = explore_line()
    before, still = ordinary.canvas.spec, ordinary.still()
    assert ordinary.box.layout.max_width == f"{ordinary.size[0]}px"
    use_style(for_class=True)
    large = explore_line()
    assert large.still() == still and large.canvas.background == ordinary.canvas.background
    assert {k for k, v in large.canvas.spec.items() if before[k] != v} == {"projector", "widest"}
    assert "100vh" in large.canvas.spec["widest"] in large.box.layout.max_width
    assert BESIDE in large.box.layout.max_width, "its words and sliders stand beside it"
