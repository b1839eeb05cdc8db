"""How near is nearly right, and which digits tell of a slip: half marks where nothing else fits."""

from dataclasses import replace

import pytest

from tests.test_questions import install
from utils.checks import Array, Function, Number, Outcome, Rival, check


def outcome_of(monkeypatch, sample, answer, given, rivals=(), hints=()):
    """What becomes of `given`, where `answer` is asked."""
    question = replace(sample[0], answer=answer, rivals=rivals)
    install(monkeypatch, [replace(question, hints=hints) if hints else question])
    return check("sample.1", given).outcome


def test_each_value_has_a_band_of_its_own(sample, monkeypatch):
    answer = Array([1.5, 200.5, 300.5])
    for given, outcome in (
        ([1.5, 200.5, 302.5], Outcome.IMPRECISE),
        ([1.5, 204.0, 300.5], Outcome.WRONG),
        ([1.5, 202.0, 302.5], Outcome.IMPRECISE),
        ([1.6, 200.5, 300.5], Outcome.IMPRECISE),
        ([1.7, 200.5, 300.5], Outcome.WRONG),
    ):
        assert outcome_of(monkeypatch, sample, answer, given) is outcome
    # A true value of 0 has the band of the usual size.
    assert outcome_of(monkeypatch, sample, Array([0.0, 4.5, 9.5]), [0.03, 4.5, 9.5]) is (
        Outcome.IMPRECISE
    )


def test_a_whole_number_that_is_another_one_is_no_matter_of_precision(sample, monkeypatch):
    for given, outcome in (
        (300, Outcome.WRONG),
        (302.0, Outcome.WRONG),
        (300.9, Outcome.IMPRECISE),
        (301, Outcome.CORRECT),
    ):
        assert outcome_of(monkeypatch, sample, Number(301.0), given) is outcome
    # But a value of 301.4 may be rounded, and an author may say what is near.
    assert outcome_of(monkeypatch, sample, Number(301.4), 301) is Outcome.IMPRECISE
    assert outcome_of(monkeypatch, sample, Number(301.0, near=5), 300) is Outcome.IMPRECISE


PROBES = [1.0, 2.0, 3.0, 4.0]


def loss_and_count(x):
    return [0.7 - 0.001 * x, x]


@pytest.mark.parametrize(
    ("given", "outcome"),
    [
        (lambda x: [0.7 - 0.001 * x + 1e-4, x], Outcome.IMPRECISE),
        (lambda x: [0.7 - 0.0004 * x, x], Outcome.WRONG),
        (lambda x: [0.7 - 0.001 * x, x + 1], Outcome.WRONG),
    ],
)
def test_a_mistake_that_leads_near_by_narrows_the_band(sample, monkeypatch, given, outcome):
    """A loss that hardly moves is near whatever is done; counts beside it do not widen its band."""
    rivals = [Rival("no-step", lambda x: [0.7, 0.0])]
    answer = Function(loss_and_count, probes=PROBES)
    assert outcome_of(monkeypatch, sample, answer, given, rivals) is outcome


def test_a_rival_that_is_near_at_one_place_alone_narrows_nothing(sample, monkeypatch):
    rivals = [Rival("value-for-slope", lambda x: x * x)]  # the same at 2, and near at none else
    answer = Function(lambda x: 2.0 * x + 0.03, probes=[0.5, 2.0, 3.0, 4.0])
    given = outcome_of(monkeypatch, sample, answer, lambda x: 2.0 * x + 0.05, rivals)
    assert given is Outcome.IMPRECISE


@pytest.mark.parametrize(
    ("truth", "given", "outcome"),
    [
        (80.0, 800, Outcome.FACTOR),
        (0.13, 1.3, Outcome.FACTOR),
        (0.2, 20, Outcome.FACTOR),
        (22.18, 22180, Outcome.FACTOR),
        (10.0, 1000, Outcome.WRONG),  # a power of ten has no digits of its own
        (0.1, 1000, Outcome.WRONG),
        (0.13, 1300, Outcome.WRONG),  # no sign and no unit is so large
        (6.8, 68, Outcome.WRONG),  # this number stands in a hint
        (-6.8, -0.68, Outcome.FACTOR),
    ],
)
def test_a_slip_of_the_decimal_point_needs_digits_of_its_own(
    sample, monkeypatch, truth, given, outcome
):
    hints = ("Take 68 apart.", "Then add.", "And divide by 10.")
    assert outcome_of(monkeypatch, sample, Number(truth, near=0), given, (), hints) is outcome


def test_close_does_not_say_that_the_idea_is_right(sample, monkeypatch):
    install(monkeypatch, [replace(sample[0], answer=Number(12.06), rivals=())])
    message = check("sample.1", 12).message
    assert "idea is right" not in message and "a limit in place of a quotient" in message
