"""Imprecise, off by a factor, or wrong: what is said about numbers."""

import math
import re
from dataclasses import replace

import pytest

from tests.test_questions import install
from utils.checks import Function, Number, Outcome, Rival, check


def test_imprecise_names_the_tolerance_and_the_reason(sample, monkeypatch):
    answer = Number(2.5, tolerance=1e-6, because="h was given as 0.000001", unit="m")
    install(monkeypatch, [replace(sample[0], answer=answer, rivals=())])
    feedback = check("sample.1", 2.5001)
    assert feedback.outcome is Outcome.IMPRECISE and feedback.points == 0.5
    assert "0.000001 here, because h was given as 0.000001" in feedback.message
    assert "2.5001 m" in feedback.message
    assert check("sample.1", 2.5 + 4e-7).outcome is Outcome.CORRECT
    assert "2.500004" in check("sample.1", 2.500004).message  # enough digits to see it
    install(monkeypatch, [replace(sample[0], answer=replace(answer, near=0), rivals=())])
    assert check("sample.1", 2.5001).outcome is Outcome.WRONG


def test_a_rival_inside_the_near_band_is_named_first(sample, monkeypatch):
    rivals = [Rival("average-for-instantaneous", 6.01)]
    answer = Number(6.0, tolerance=0.001)
    install(monkeypatch, [replace(sample[0], answer=answer, rivals=rivals)])
    assert check("sample.1", 6.01).mistake == "average-for-instantaneous"
    assert check("sample.1", 6.004).outcome is Outcome.IMPRECISE
    assert check("sample.1", 6.007).outcome is Outcome.WRONG  # it is nearer to the rival


@pytest.mark.parametrize(
    ("function", "outcome"),
    [
        (lambda x: 6 * x, Outcome.FACTOR),
        (lambda x: 2.0001 * x, Outcome.IMPRECISE),
        (lambda x: 2 * x + 3, Outcome.WRONG),
        (lambda x: 2 * x if x < 3 else 7, Outcome.WRONG),
        (lambda x: 0, Outcome.MISTAKE),
        (lambda x: math.nan if x > 2 else 2 * x, Outcome.WRONG),
    ],
)
def test_wrong_functions_of_several_kinds(function, outcome):
    assert check("sample.2", function).outcome is outcome


def test_the_first_wrong_place_is_named_without_the_right_value():
    message = check("sample.2", lambda x: 2 * x if x < 1 else 31).message
    assert message.startswith("At x = 2, your function gives 31.") and "4 of the 6" in message
    assert not re.search(r"\b4\b(?! of)", message)


def test_an_opposite_sign_is_a_factor_unless_it_has_a_name(sample, monkeypatch):
    install(monkeypatch, [replace(sample[1], rivals=())])
    feedback = check("sample.2", lambda x: -2 * x)
    assert feedback.outcome is Outcome.FACTOR and feedback.mistake == "sign-turned"


def test_a_constant_truth_has_no_factor(sample, monkeypatch):
    answer = Function(lambda x: 5.0, probes=[0.0, 1.0, 2.0, 3.0])
    install(monkeypatch, [replace(sample[1], answer=answer, rivals=())])
    assert check("sample.2", lambda x: 10.0).outcome is Outcome.WRONG
    assert check("sample.2", lambda x: 5).outcome is Outcome.CORRECT
    assert check("sample.2", 5).mistake == "point-for-function"
