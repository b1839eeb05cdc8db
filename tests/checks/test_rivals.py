"""A mistake is named only where it alone explains the answer."""

import math
from dataclasses import replace

import pytest

from tests.test_questions import install
from utils.checks import Array, Function, Number, Outcome, Question, Rival, check
from utils.examples import cube, square


def variant(sample, monkeypatch, *rivals):
    install(monkeypatch, [replace(sample[1], rivals=rivals)])


def test_two_rivals_that_both_fit_are_not_named(sample, monkeypatch):
    square = Rival("value-for-slope", lambda x: x**2)
    variant(sample, monkeypatch, square, Rival("sign-error", lambda x: x * x))
    assert check("sample.2", lambda x: x**2).outcome is Outcome.WRONG
    variant(sample, monkeypatch, square, Rival("value-for-slope", lambda x: x * x))
    assert check("sample.2", lambda x: x**2).mistake == "value-for-slope"


def test_of_two_rivals_that_fit_the_one_with_more_probes_is_named(sample, monkeypatch):
    turned = Rival("points-in-two-orders", lambda x: -2 * x)
    lost = Rival("slope-sign-lost", lambda x: abs(2 * x))
    answer = replace(sample[1].answer, probes=[-3.0, -2.0, -1.0, 0.5, 2.0, 3.0])
    for rivals in ((turned, lost), (lost, turned)):
        install(monkeypatch, [replace(sample[1], answer=answer, rivals=rivals)])
        # |2x| is the turned one at three probes and right at three; it is the lost one everywhere.
        assert check("sample.2", lambda x: abs(2 * x)).mistake == "slope-sign-lost"
        assert check("sample.2", lambda x: -2 * x).mistake == "points-in-two-orders"
    assert Question.ambiguities(replace(sample[1], answer=answer, rivals=(turned, lost))) == []


def test_a_rival_that_fits_at_two_probes_is_not_named(sample, monkeypatch):
    variant(sample, monkeypatch, Rival("value-for-slope", lambda x: x**2))
    two = {-3.0: 9, -1.0: 1}
    assert check("sample.2", lambda x: two.get(x, 2 * x)).outcome is Outcome.WRONG
    three = two | {0.5: 0.25}
    assert check("sample.2", lambda x: three.get(x, 2 * x)).mistake == "value-for-slope"


def test_a_rival_that_misses_elsewhere_is_not_named(sample, monkeypatch):
    variant(sample, monkeypatch, Rival("value-for-slope", lambda x: x**2))
    assert check("sample.2", lambda x: x**2 if x < 3 else 77).outcome is Outcome.WRONG


def test_a_rival_of_another_shape_can_be_named(sample, monkeypatch):
    rival = Rival("other-variable-moves", [-2.0, 0.0, 2.0])
    install(monkeypatch, [replace(sample[4], rivals=[rival])])
    assert check("sample.5", [-2, 0, 2]).mistake == "other-variable-moves"
    assert check("sample.5", [-2, 0, 3]).outcome is Outcome.TYPE


def test_a_message_of_the_questions_own_replaces_the_catalogues(sample, monkeypatch):
    rival = Rival("value-for-slope", lambda x: x**2, message="An own message.")
    variant(sample, monkeypatch, rival)
    assert check("sample.2", lambda x: x**2).message.endswith("An own message.")


def test_a_rival_that_is_infinite_matches_no_number():
    asked = Number(2.0)
    assert not asked.same(5.0, math.inf) and not asked.same(math.inf, 5.0)
    assert asked.same(math.inf, math.inf) and not asked.same(-math.inf, math.inf)


@pytest.mark.parametrize(
    ("change", "mistake"),
    [(math.floor, "floor-division"), (math.trunc, "floor-division"), (abs, "sign-dropped")],
)
def test_a_slip_that_can_be_made_anywhere_needs_no_rival(sample, monkeypatch, change, mistake):
    answer = Function(lambda x: 3.7 * x, probes=[-2.0, -1.0, 0.5, 1.5, -0.3])
    numbers = [-7.4, -3.7, 1.85, 5.55, -1.11]
    questions = [replace(sample[1], answer=answer, rivals=())]
    questions.append(replace(sample[4], answer=Array(numbers), rivals=()))
    install(monkeypatch, questions)
    assert check("sample.2", lambda x: change(3.7 * x)).mistake == mistake
    assert check("sample.5", [change(number) for number in numbers]).mistake == mistake
    assert check("sample.2", lambda x: change(3.7 * x) + 0.1).mistake is None
    # A rival of the question's own comes first.
    own = [Rival("sign-error", lambda x: change(3.7 * x))]
    install(monkeypatch, [replace(sample[1], answer=answer, rivals=own)])
    assert check("sample.2", lambda x: change(3.7 * x)).mistake == "sign-error"


def test_two_signs_lost_are_no_evidence(sample, monkeypatch):
    answer = Function(lambda x: 3.7 * x, probes=[-2.0, -1.0, 0.5, 1.5])
    install(monkeypatch, [replace(sample[1], answer=answer, rivals=())])
    assert check("sample.2", lambda x: math.sqrt((3.7 * x) ** 2)).mistake is None
    assert check("sample.2", lambda x: abs(3.7 * x)).mistake == "sign-dropped"  # so says the code


def test_a_mistake_may_lead_to_several_numbers_where_one_is_asked(sample, monkeypatch):
    rivals = [Rival("products-not-added", [3.2, 3.6])]
    install(monkeypatch, [replace(sample[0], answer=Number(6.8), rivals=rivals)])
    feedback = check("sample.1", [3.2, 3.6])
    assert feedback.mistake == "products-not-added" and "You gave [3.2, 3.6]." in feedback.message
    assert check("sample.1", [3.2, 3.7]).outcome is Outcome.TYPE


def test_a_function_fixed_inside_is_told_from_the_one_that_is_handed_over(sample, monkeypatch):
    def height(f, x):
        return f(x) + 1

    probes = [(square, 1.5), (cube, 2.0), (square, -1.0), (cube, 0.5), (math.sin, 1.0)]
    answer = Function(height, probes=probes)
    install(monkeypatch, [replace(sample[2], answer=answer, rivals=())])
    assert check("sample.3", lambda f, x: square(x) + 1).mistake == "example-for-given"
    assert check("sample.3", lambda f, x: cube(x) + 1).mistake == "example-for-given"
    assert check("sample.3", lambda f, x: math.cos(x) + 1).mistake == "input-not-used"
    assert check("sample.3", lambda f, x: f(x) + 1).outcome is Outcome.CORRECT


def test_a_slip_that_fits_everywhere_beats_a_rival_that_fits_here_and_there(sample, monkeypatch):
    probes = [-2.0, -1.0, -0.5, 0.5, 1.5]
    rivals = [Rival("sign-error", lambda x: -3.7 * x)]
    answer = Function(lambda x: 3.7 * x, probes=probes)
    install(monkeypatch, [replace(sample[1], answer=answer, rivals=rivals)])
    assert check("sample.2", lambda x: abs(3.7 * x)).mistake == "sign-dropped"
    assert check("sample.2", lambda x: -3.7 * x).mistake == "sign-error"
    assert check("sample.2", lambda x: math.sqrt((3.7 * x) ** 2)).mistake == "sign-dropped"
    turned = check("sample.2", lambda x: 3.7 * x * (1 if x > -0.4 else -1))
    assert turned.mistake == "one-sign-turned"  # which the code tells from a lost one
