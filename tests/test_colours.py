"""Colours can be told apart by everybody, and words in them can be read.

tests/browser/test_figures.py asks of every figure that its colours are told apart.
"""

import pytest

from tests.colours import PAGES, apart, seen, too_alike
from utils import style

DRAWN = 2.9  # contrast of what is drawn; WCAG 2.2, 1.4.11, asks for 3 of what has to be seen


def test_what_meets_in_most_figures_is_told_apart() -> None:
    geometry = {"function", "derivative", "rise", "run", "secant", "tangent", "point", "quiet"}
    assert too_alike(geometry) == []
    assert too_alike({"function", "gradient", "path", "tangent", "loss", "point", "data"}) == []
    assert too_alike({"point", "momentum", "AdaGrad", "RMSProp", "Adam", "function"}) == []


def test_the_measure_knows_what_people_cannot_tell_apart() -> None:
    assert too_alike({"derivative", "loss"}) and not too_alike({"derivative", "rise"})
    vermilion, ochre = (seen(colour, "deutan") for colour in ("#D55E00", "#B07000"))
    assert vermilion.delta_e(ochre, method="2000") < 4 < 12
    assert apart("function", "secant") > 30


@pytest.mark.parametrize("page", [0, 1], ids=["light", "dark"])
def test_lines_are_seen_and_words_are_read(page: int) -> None:
    paper = style.PAPER[page]
    for meaning, colour in PAGES[page].items():
        assert style.contrast(colour, paper) >= DRAWN, meaning
        assert style.contrast(style.INKS[meaning][page], paper) >= style.LEGIBLE, meaning


def test_words_keep_the_colour_of_what_they_name() -> None:
    for meaning, (light, dark) in style.INKS.items():
        for words, colour in ((light, style.COLOURS[meaning]), (dark, style.COLOURS_DARK[meaning])):
            assert seen(words, "all").delta_e(seen(colour, "all"), method="2000") < 16, meaning
    assert style.INKS["function"][0] == style.COLOURS["function"]
    assert style.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert style.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # known from WCAG
