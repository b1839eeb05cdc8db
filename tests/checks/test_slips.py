"""Slips that any question can meet: named by what they do to the values, and by the code."""

import math
from dataclasses import replace

import pytest

from tests.checks.cells import defined
from tests.test_questions import install
from utils.checks import Array, Formula, Function, Number, Outcome, check
from utils.checks.slips import mended
from utils.checks.source import UNREAD, code_of, tree_of

PROBES = [(2.0, 0.5), (3.5, 0.25), (-1.25, 0.1), (0.75, 0.2), (4.0, 1.5)]


def ask(monkeypatch, sample, answer):
    install(monkeypatch, [replace(sample[0], answer=answer, rivals=())])


@pytest.fixture
def quotient(sample, monkeypatch):
    """The difference quotient of x³, which has no rival here."""
    truth = lambda x, h: ((x + h) ** 3 - x**3) / h  # noqa: E731
    ask(monkeypatch, sample, Function(truth, probes=PROBES, tolerance=1e-6))


BY_CODE = {
    "return ((x + h)^3 - x^3) / h": "caret-for-power",
    "return ((x + h)**3 - x**3) // h": "floor-division",
    "return round(((x + h)**3 - x**3) / h, 1)": "rounded-early",
    "return (x + h)**3 - x**3 / h": "brackets-missing",
    "return ((x + h)**3 + x**3) / h": "one-sign-turned",
    "return ((x + h)**3 - x**3) * h": "times-for-divided",
    "return (x + h)**3 - x**3": "difference-not-divided",
    "return ((x + 0.5)**3 - x**3) / 0.5": "example-number",
    "return 3 * x**2": "input-not-used",
    "print(((x + h)**3 - x**3) / h)": "print-for-return",
    "x, h = h, x\n    return ((x + h)**3 - x**3) / h": "inputs-swapped",
}


@pytest.mark.parametrize("body", BY_CODE)
def test_a_slip_in_the_code_is_named(quotient, body):
    assert check("sample.1", defined(f"def f(x, h):\n    {body}")).mistake == BY_CODE[body]


@pytest.mark.parametrize("body", BY_CODE)
def test_without_a_source_it_gets_no_other_name(quotient, body):
    namespace = {}
    exec(f"def f(x, h):\n    {body}", namespace)  # no lines to read
    assert tree_of(namespace["f"]) is None
    feedback = check("sample.1", namespace["f"])
    assert feedback.mistake in (BY_CODE[body], None)
    assert feedback.outcome is not Outcome.CORRECT


def test_a_size_in_place_of_a_value_is_named_by_the_values_and_by_the_code(sample, monkeypatch):
    ask(monkeypatch, sample, Function(lambda x, h: 2 * x + h - 4, probes=PROBES))
    whole = check("sample.1", defined("def f(x, h):\n    return abs(2 * x + h - 4)"))
    part = check("sample.1", defined("def f(x, h):\n    return 2 * abs(x) + h - 4"))
    assert whole.mistake == part.mistake == "sign-dropped"
    assert "`abs(…)`" in check("sample.1", lambda x, h: math.fabs(2 * x + h - 4)).message or (
        "Without `abs`" in whole.message
    )


def test_one_repair_is_named_and_of_two_the_one_that_nobody_makes_on_purpose():
    both = ["caret-for-power", "times-for-divided"]
    assert mended(both, sure=True).mistake == "caret-for-power"
    assert mended(both[1:], sure=False).mistake == "times-for-divided"
    assert mended(both, sure=False) is mended(both[1:], sure=True) is None


def test_a_right_function_may_hold_all_the_signs(quotient):
    source = """def f(x, h):
    half = 7 // 2 - 3 ^ 1
    for _ in range(1):
        value = ((x + h) ** 3 - x**3) / abs(h) + half - 1
        return round(value, 12)
"""
    assert check("sample.1", defined(source)).outcome is Outcome.CORRECT


LOOPS = {
    "for k in range(1, n + 1):\n        total += k * x\n        return total": (
        "return-inside-the-loop"
    ),
    "for k in range(1, n):\n        total += k * x\n    return total": "one-count-off",
    "for k in range(1, n + 1):\n        total -= k * x\n    return total": "sign-turned",
    "for k in range(1, n + 1):\n        if k < 3: total += 2 * x\n        total += k * x\n"
    "    return total": None,
}


@pytest.mark.parametrize("body", LOOPS)
def test_a_slip_in_a_loop_is_named(sample, monkeypatch, body):
    probes = [(3, 2.0), (4, 1.5), (5, -0.5), (7, 0.25), (2, 3.0)]
    truth = lambda n, x: sum(k * x for k in range(1, n + 1))  # noqa: E731
    ask(monkeypatch, sample, Function(truth, probes=probes))
    assert (
        check("sample.1", defined(f"def f(n, x):\n    total = 0\n    {body}")).mistake
        == (LOOPS[body])
    )


def test_what_never_ends_after_a_change_does_no_harm(quotient):
    source = """def f(x, h):
    steps = 3
    while steps > 0:
        steps = steps - 1
    return ((x + h) ** 3 - x**3) / h
"""
    assert check("sample.1", defined(source)).outcome is Outcome.CORRECT


LISTS = {
    (-2.35, 4.21, 7.87, 1.13): "sign-turned",
    (4.7, -8.42, -15.74, -2.26): "factor-of-two",
    (235, -421, -787, -113): "per-cent-for-share",
    (1 / 2.35, -1 / 4.21, -1 / 7.87, -1 / 1.13): "reciprocal",
    (2.35, 4.21, 7.87, 1.13): "sign-dropped",
    (-1.13, -7.87, -4.21, 2.35): "order-reversed",
    (-4.21, 2.35, -7.87, -1.13): "another-order",
    (0, 2.35, -4.21, -7.87): "shifted-by-one",
    (-4.21, -7.87, -1.13, 5): "shifted-by-one",
    (2, -5, -8, -2): "floor-division",
    (2, -4, -7, -1): "floor-division",
    (2.4, -4.2, -7.9, -1.1): "rounded-early",
    tuple(map(math.degrees, (2.35, -4.21, -7.87, -1.13))): "degrees-for-radians",
    (7.05, -12.63, -23.61, -3.39): "constant-factor",
    (2.35, -4.21, -7.87, 1.13): None,  # one of four
    (3.35, -3.21, -6.87, -0.13): None,
}


@pytest.mark.parametrize("given", LISTS)
def test_a_slip_in_all_of_a_list_is_named(sample, monkeypatch, given):
    ask(monkeypatch, sample, Array([2.35, -4.21, -7.87, -1.13], tolerance=1e-6))
    assert check("sample.1", list(given)).mistake == LISTS[given]


NUMBERS = {
    (1.35, -1.35): "sign-turned",
    (1.352, 2.704): "factor-of-two",
    (1.352, 0.676): "factor-of-two",
    (1.352, 1 / 1.352): "reciprocal",
    (1.352, 13.52): "decimal-point",
    (1.35247, 1.352): "rounded-early",
    (1.352, math.degrees(1.352)): "degrees-for-radians",
    (4, 8): None,  # small numbers are twice each other by chance
    (5, 0.2): None,
    (12.006, 12): None,  # a limit, maybe
}


@pytest.mark.parametrize("pair", NUMBERS)
def test_one_number_is_named_by_many_digits_only(sample, monkeypatch, pair):
    truth, given = pair
    ask(monkeypatch, sample, Number(truth, tolerance=1e-6))
    assert check("sample.1", given).mistake == NUMBERS[pair]


FORMULAS = {
    "3*x**2 + 4*x": "one-sign-turned",
    "3*x**2": "term-lost",
    "-4*x": "term-lost",
    "3*x - 4*x": None,
    "4*x - 3*x**2": "sign-turned",
    "3*x**2 - 4/x": "times-for-divided",
}


@pytest.mark.parametrize("given", FORMULAS)
def test_a_slip_in_a_formula_is_named(sample, monkeypatch, given):
    ask(monkeypatch, sample, Formula("3*x**2 - 4*x"))
    assert check("sample.1", given).mistake == FORMULAS[given]


def test_what_is_read_of_code_without_running_it():
    def f(x, h, *, k=2):
        def inner():
            return x * 7.5

        return inner()

    read = code_of(f)
    assert read.unused == (1,) and 7.5 in read.numbers and not read.prints
    assert code_of(lambda *all_of_them: 1).unused == ()
    assert code_of(lambda x: locals()["x"]).unused == ()
    assert code_of(len) is UNREAD and code_of(3) is UNREAD
