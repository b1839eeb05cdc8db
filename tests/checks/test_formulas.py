"""Formulas are read as they are meant."""

import math
import re
from dataclasses import replace

import numpy as np
import pytest

from tests.test_questions import install
from utils import formulas
from utils.checks import Formula, Outcome, Rival, check

FORMULAS = {
    "3x": 6.0,
    "3 x": 6.0,
    "3*x": 6.0,
    "3·x": 6.0,
    "x3": None,
    "2x^2": 8.0,
    "-x^2": -4.0,
    "−x²": -4.0,
    "2^-1": 0.5,
    "x⁻¹": 0.5,
    "2cos(0)": 2.0,
    "x sin(0)": 0.0,
    "(x+1)(x-1)": 3.0,
    "x(x+1)": 6.0,
    "2xh": 0.4,
    "2x + h": 4.1,
    "f'(x) = 2x": 4.0,
    "dy/dx = 2x": 4.0,
    "e^x": math.e**2,
    "exp(x)": math.exp(2),
    "2pi": 2 * math.pi,
    "π x": 2 * math.pi,
    "ln(x)": math.log(2),
    "sqrt(x)/x": math.sqrt(2) / 2,
    "3/(2√(2x))": 0.75,
    "√x": None,
    "1/x": 0.5,
    "1/(2x)": 0.25,
    "(1/2)x": 1.0,
    "1/2*x": 1.0,
    "x/2 + 3x": 7.0,
    "2.5x": 5.0,
    ".5x": 1.0,
    "1e-3x": 0.002,
    "x**x**x": 16.0,
    "relu(-x)": 0.0,
    "sigmoid(0)": 0.5,
    "[x + 1]{2}": 6.0,
    "1/2x": None,
    "1/x²h": None,
    "1/(x)(h)": None,
    "e^2x": None,
    "2^3x": None,
    "sin x": None,
    "3,5x": None,
    "x +": None,
    "* x": None,
    "x x)": None,
    "": None,
    "x; y": None,
    "import os": None,
    "x if x else 2": None,
    "x[0]": 0.0,  # square brackets are brackets here: x times 0
    "007": None,
}


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_are_read_as_they_are_meant(text):
    expected = FORMULAS[text]
    if expected is None:
        with pytest.raises(formulas.FormulaError):
            formulas.parse(text, ("x", "h"))(2.0, 0.1)
    else:
        assert formulas.parse(text, ("x", "h"))(2.0, 0.1) == pytest.approx(expected)


def test_a_formula_without_a_value_is_nan():
    for text in ("1/x", "ln(x)", "sqrt(x-1)", "(x-1)^(1/2)", "9**9**9**9"):
        assert math.isnan(formulas.parse(text, ("x",))(0.0))


def test_formulas_in_two_variables(sample, monkeypatch):
    answer = Formula("2x + h", variable="x h", probes=[(1.0, 0.5), (3, 0.1), (-1, 1), (4, 2.0)])
    rivals = [Rival("value-for-slope", "x^2 + h")]
    install(monkeypatch, [replace(sample[5], answer=answer, rivals=rivals)])
    assert check("sample.6", "x + x + h").outcome is Outcome.CORRECT
    assert check("sample.6", "h + x²").mistake == "value-for-slope"
    assert "At x = 1, h = 0.5" in check("sample.6", "2x").message


def test_a_constant_formula_may_come_as_a_number(sample, monkeypatch):
    install(monkeypatch, [replace(sample[5], answer=Formula("5"), rivals=())])
    for answer in ("5", 5, 5.0, np.float64(5)):
        assert check("sample.6", answer).outcome is Outcome.CORRECT
    assert check("sample.6", "5x").outcome is Outcome.WRONG


def test_messages_speak_of_the_questions_own_variables(sample, monkeypatch):
    for variable, inputs in (("w", "`w` as the input,"), ("u v", "`u` and `v` as the inputs,")):
        probes = [(1.0, 0.5), (3, 0.1), (-1, 1), (4, 2.0)] if " " in variable else (1, 2, 3, 4)
        answer = Formula(f"2*{variable[0]} + 1", variable=variable, probes=probes)
        install(monkeypatch, [replace(sample[5], answer=answer, rivals=())])
        feedback = check("sample.6", 12)
        assert feedback.mistake == "point-for-function" and inputs in feedback.message
        assert "x" not in re.findall(r"\b\w\b", feedback.message)
        assert f'"3*{variable[0]}**2' in check("sample.6", "3(").message
