"""A mistake is named only where it alone explains the answer."""

import math
from dataclasses import replace

from tests.test_questions import install
from utils.checks import Number, Outcome, Question, Rival, check


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
