"""Numbers in words."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utils.numerals import (
    added,
    bracketed,
    equals,
    in_loss,
    number,
    number_of,
    plain,
    powers,
    superscript,
    whole_percent,
)

ANY = st.floats(allow_nan=True, allow_infinity=True)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (0.5, 4, "0.5"),
        (-1.23456, 3, "−1.235"),
        (123456.78912, 4, "123456.7891"),
        (2.5e7, 4, "2.5·10⁷"),
        (-1e-9, 4, "0"),
        (math.nan, 4, "none"),
        (-math.inf, 4, "none"),
    ],
)
def test_plain(value: float, decimals: int, text: str) -> None:
    assert plain(value, decimals) == text


def test_where_powers_of_ten_begin_can_be_said() -> None:
    assert (plain(12345.6), plain(12345.6, large=1e4)) == ("12345.6", "1.235·10⁴")
    assert plain(math.inf, otherwise="unknown") == "unknown"


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [
        (1.84e-8, 2, "1.8·10⁻⁸"),
        (1e-8, 2, "1·10⁻⁸"),
        (-0.00012, 1, "−1·10⁻⁴"),
        (0.001, 2, "0.001"),
        (0.96, 1, "1"),
        (9.96, 2, "10"),
        (345.6, 2, "346"),
        (9999.4, 1, "9999"),
        (12345.6, 3, "1.23·10⁴"),
        (0, 2, "0"),
        (math.nan, 2, "none"),
    ],
)
def test_powers(value: float, digits: int, text: str) -> None:
    assert powers(value, digits) == text


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (math.inf, 3, "too large"),
        (math.nan, None, "too large"),
        (1.1e55, 2, "1.1·10⁵⁵"),
        (1.1e55, None, "1.1·10⁵⁵"),
        (0.25, 4, "0.2500"),
        (2e-5, 4, "below 0.0001"),
        (2e-5, None, "2.0·10⁻⁵"),
        (3e-30, 4, "0.0000"),
        (3e-30, None, "0"),
        (0.12345, None, "0.123"),
        (4321.9, None, "4322"),
    ],
)
def test_a_loss(value: float, decimals: int | None, text: str) -> None:
    assert in_loss(value, decimals) == text


@given(ANY, st.integers(1, 6))
def test_no_number_is_written_with_a_hyphen_or_as_python_writes_nothing(x, digits) -> None:
    for text in (plain(x, digits), powers(x, digits), in_loss(x), in_loss(x, digits)):
        assert not any(part in text for part in ("-", "nan", "inf", "−0.0000000"))


@given(st.floats(-1e4, 1e4), st.integers(1, 4))
def test_powers_are_close_to_the_number(x: float, digits: int) -> None:
    shown = number_of(powers(x, digits))
    assert shown == pytest.approx(x, rel=0.51 * 10.0 ** (1 - digits), abs=1e-12)


@pytest.mark.parametrize(
    ("share", "text"),
    [(0, "0 %"), (0.001, "< 1 %"), (0.234, "23 %"), (0.999, "> 99 %"), (1, "100 %")],
)
def test_whole_percent(share: float, text: str) -> None:
    assert whole_percent(share) == text


def test_parts_of_formulas() -> None:
    assert [bracketed(number(x)) for x in (3, -3)] == ["3", "(−3)"]
    assert [added(number(x)) for x in (3, -3)] == ["+ 3", "− 3"]
    assert [equals(x) for x in (0.5, 1 / 3, 0)] == ["= 0.50", "≈ 0.33", "= 0.00"]
    assert superscript("−12") == "⁻¹²"
