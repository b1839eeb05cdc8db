"""Lists: in another order, of another length, very long, or within themselves."""

from dataclasses import replace

import numpy as np
import pytest

from tests.checks.cells import timed
from tests.test_questions import install
from utils.checks import Array, Outcome, check
from utils.checks.reading import DEEPEST, MOST_VALUES, Kind, read


def test_the_right_numbers_in_another_order_are_told_as_such():
    feedback = check("sample.5", [6, 2, 0, -6, -2])
    assert feedback.mistake == "another-order" and "in another order" in feedback.message
    assert "None of the numbers" not in feedback.message
    assert "another order" not in check("sample.5", [6, 2, 0, -6, -6]).message  # twice the same


def test_one_number_agrees_and_two_agree():
    assert "1 of the 5 numbers agrees." in check("sample.5", [1, -2, 9, 9, 9]).message
    assert "2 of the 5 numbers agree." in check("sample.5", [1, -2, 0, 9, 9]).message


def test_how_many_there_are_may_be_a_part_of_the_question(sample, monkeypatch):
    answer = Array([6.0003, -5.99, -3.99], count_told=False)
    install(monkeypatch, [replace(sample[0], answer=answer, rivals=())])
    for given in ([6.0003], [6.0003, -5.99], [1, 2, 3, 4], 6.0003, "none", [[1, 2], [3, 4]]):
        feedback = check("sample.1", given)
        assert feedback.outcome is Outcome.TYPE
        assert "3 numbers" not in feedback.message or given == [[1, 2], [3, 4]], feedback.message
    assert "a part of the question" in check("sample.1", [6.0003, -5.99]).message


MANY = 1_000_000


@pytest.mark.parametrize("given", [[0.5] * MANY, range(MANY), [[1, 2]] * MANY, ["a"] * MANY])
def test_of_very_many_numbers_only_the_first_are_read(given):
    reading, seconds = timed(lambda: read(given))
    assert seconds < 1 and reading.shape[0] == MANY
    reading.validate()


def test_a_million_numbers_are_no_endless_loop():
    assert "a list of 1000000 numbers" in check("sample.5", [0.5] * MANY).message
    returned = check("sample.8", lambda w: [0.5] * MANY)
    assert returned.outcome is Outcome.TYPE and "1000000 numbers" in returned.message


def test_what_is_read_of_a_list_is_what_it_holds():
    assert read([[1, 2], [3, 4]]).values == (1, 2, 3, 4)
    assert read([]).shape == (0,) and read([[], []]).shape == (2, 0)
    long = read([[1.0, 2.0, 3.0]] * MOST_VALUES)
    assert long.shape == (MOST_VALUES, 3) and len(long.values) == MOST_VALUES
    assert read(np.arange(5)).values == (0, 1, 2, 3, 4)


def test_lists_without_end_are_told_as_such():
    loop = [1]
    loop.append(loop)
    assert read(loop).name == "a list that holds itself"
    assert read([1, loop]).name == "a list that holds a list that holds itself"
    twice = [1, 2]
    assert read([twice, twice]).shape == (2, 2)  # the same list twice is no loop
    deep = [1]
    for _ in range(DEEPEST + 5):
        deep = [deep]
    assert read(deep).kind is Kind.OTHER
    assert "calls itself" not in check("sample.5", deep).message


@pytest.mark.parametrize(
    ("given", "said"),
    [(10**5000, "a number with more"), (-(10**999), "a negative number with")],
    ids=["large", "negative"],
)
def test_a_number_beyond_all_floats_is_not_called_infinity(given, said):
    for message in (
        check("sample.1", given).message.replace("You gave", "gives"),
        check("sample.2", lambda x: given).message,
    ):
        assert f"gives {said}" in message and "infinity" not in message
