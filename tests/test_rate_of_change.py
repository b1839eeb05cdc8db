"""Chapter 02: secants and the trace of their slopes, against quotients worked out here."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.test_explorers import SLOW, SMOOTH, chance_positions, number_in, require_sound
from utils.explorers.rate_of_change import explore_secant, explore_slopes
from utils.functions import CATALOGUE
from utils.slopes import difference_quotient, slope
from utils.stage import Apology

FEW = settings(SLOW, max_examples=4)  # each makes a figure

# --- the secant ---


@given(f=st.sampled_from(SMOOTH), seed=st.integers(0, 999))
@SLOW
def test_the_secant_says_the_difference_quotient(f: str, seed: int) -> None:
    stage = explore_secant(f)
    for at in chance_positions(stage, seed):
        values = stage.values_at(at)
        if values["h"] == 0:
            continue
        said = number_in(stage.scene_at(at).sentence, r"run [=≈] (-?\d+\.?\d*)")
        assert said == pytest.approx(difference_quotient(CATALOGUE[f], **values), abs=0.006)


@pytest.mark.parametrize(
    ("x", "h", "words"),
    [
        (1, 2, "From x = 1 to x + h = 3, f goes from 1 to 9 and ends 8 higher. "
               "Average rate = rise / run = 4.00: the secant rises."),
        (-2, 1, "f goes from 4 to 1 and ends 3 lower. "
                "Average rate = rise / run = −3.00: the secant falls."),
        (-1, 2, "f ends at the height at which it began, 1. "
                "Average rate = rise / run = 0.00: the secant is flat."),
    ],
)  # fmt: skip
def test_a_secant_of_the_square_in_words(x, h, words) -> None:
    assert words in explore_secant("square").set(x=x, h=h).sentence


@given(st.sampled_from(SMOOTH), st.integers(0, 999))
@FEW
def test_the_secant_goes_through_both_of_its_points(f: str, seed: int) -> None:
    stage, curve = explore_secant(f), CATALOGUE[f]
    for at in chance_positions(stage, seed, 4):
        require_sound(stage, at)
        x, h = (control.values[i] for control, i in zip(stage.controls.values(), at, strict=True))
        marks = stage.set(x=x, h=h).scene.marks
        if h == 0:
            continue
        rise, run = marks["rise"], marks["run"]
        assert (run.start, run.end) == ((x, curve(x)), (x + h, curve(x)))
        assert (rise.start, rise.end) == ((x + h, curve(x)), (x + h, curve(x + h)))
        (left, low), (right, high) = marks["secant"].start, marks["secant"].end
        if right - left > 1e-3:  # else it is too steep for the picture to measure it
            rate = (curve(x + h) - curve(x)) / h
            assert (high - low) / (right - left) == pytest.approx(rate, rel=1e-6, abs=1e-9)
            assert low + rate * (x - left) == pytest.approx(curve(x), rel=1e-6, abs=1e-6)


def test_a_step_of_nothing_has_no_secant() -> None:
    stage = explore_secant("cube").set(h=0)
    assert "rise 0 over run 0 has no value" in stage.sentence
    assert all(math.isnan(value) for value in stage.scene.marks["secant"].end[1:])
    assert stage.scene.marks["slope in numbers"].text == "no slope"


def test_the_ends_of_both_sliders_stay_on_the_given_piece() -> None:
    stage = explore_secant("sin", over=(0, 8), variable="t")
    xs, hs = (stage.controls[name].values for name in ("x", "h"))
    assert (xs[0], hs[0]) == (0, 0) and xs[-1] + hs[-1] == pytest.approx(8)
    said = stage.set(x=xs[-1], h=hs[-1]).sentence
    assert said.startswith("From t = ") and "to t + h = 8," in said
    rate = (math.sin(8) - math.sin(xs[-1])) / hs[-1]
    assert number_in(said, r"run = (-?\d+\.\d\d)") == pytest.approx(rate, abs=0.0051)


def test_a_secant_of_your_own_function() -> None:
    def temperature(t):
        return 20 - 3 * t

    stage = explore_secant(temperature, over=(0, 4), variable="t").set(x=1, h=1)
    said = stage.sentence
    assert "temperature goes from 17 to 14 and ends 3 lower" in said and "= −3.00" in said


def test_where_the_function_ends_so_does_the_secant() -> None:
    stage = explore_secant("ln", over=(-1, 3))
    assert "f has no value at x = −0.5, so no secant starts here" in stage.set(x=-0.5).sentence
    root = explore_secant(lambda x: math.sqrt(1 - x), over=(-1, 3)).set(x=0.5, h=1)
    assert "no value at x + h = 1.5, so no secant ends here" in root.sentence


@pytest.mark.parametrize(
    ("bad", "said"),
    [
        (lambda x: None, "Does `f` end with `return`?"),
        (lambda x: 1 / 0, "stops with ZeroDivisionError"),
        (lambda x: "high", "gives the text 'high', and a number is needed"),
        ("squar(x)", "do not know the name `squar`"),
        (3, "Pass the function itself, without calling it"),
    ],
)
@pytest.mark.parametrize("explore", [explore_secant, explore_slopes])
def test_a_function_without_values_gets_a_sentence(explore, bad, said) -> None:
    apology = explore(bad)
    assert isinstance(apology, Apology)
    assert said in apology.sentence and "Mend it and run the cell again." in apology.sentence


@pytest.mark.parametrize("over", [(2, 2), (3, 1)])
def test_a_piece_without_length_is_refused(over) -> None:
    with pytest.raises(ValueError, match="has no length: its second number must be larger"):
        explore_secant("square", over=over)


def test_places_beyond_the_sliders_are_refused() -> None:
    for wrong in ({"x": 99}, {"h": -1}):
        with pytest.raises(ValueError, match="outside its range"):
            explore_secant("square", **wrong)


# --- the trace of slopes ---


@given(st.sampled_from(SMOOTH), st.integers(0, 999))
@FEW
def test_the_trace_holds_the_slope_of_every_secant_so_far(f: str, seed: int) -> None:
    stage, curve = explore_slopes(f), CATALOGUE[f]
    for at in chance_positions(stage, seed, 3):
        require_sound(stage, at)
        x, h = (control.values[i] for control, i in zip(stage.controls.values(), at, strict=True))
        marks = stage.set(x=x, h=h).scene.marks
        drawn = [(place, m) for place, m in marks["trace"].points if math.isfinite(m)]
        assert [place for place, _ in drawn] == [p for p in stage.controls["x"].values if p <= x]
        rates = [(curve(place + h) - curve(place)) / h for place, _ in drawn]
        assert [m for _, m in drawn] == pytest.approx(rates, rel=1e-6, abs=1e-6)
        assert slope(marks["secant"].start, marks["secant"].end) == pytest.approx(rates[-1])
        assert (marks["slope"].x, marks["slope"].y) == pytest.approx((x, rates[-1]))


def test_the_trace_of_the_square_is_a_line_of_slope_two() -> None:
    stage = explore_slopes("square").set(x=3, h=0.5)
    points = stage.scene.marks["trace"].points
    assert all(m == pytest.approx(2 * x + 0.5) for x, m in points)
    assert "its slope is 6.50" in stage.sentence and "the secant rises" in stage.sentence


def test_a_trace_has_a_gap_where_there_is_no_value() -> None:
    stage = explore_slopes("ln").set(x=-1)
    assert "f has no value, so there is no secant" in stage.sentence
    finite = [x for x, m in stage.set(x=3).scene.marks["trace"].points if math.isfinite(m)]
    assert min(finite) > 0
