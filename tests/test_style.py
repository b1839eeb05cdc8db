"""Figures describe themselves, in words that change when the figure does."""

import matplotlib
import numpy as np
import pytest
from matplotlib.colors import to_hex
from matplotlib.figure import Figure

from utils import style
from utils.describe import describe
from utils.functions import evaluate, value_or_nan
from utils.numerals import fixed, number, percent, scientific, trimmed


def figure(m: float = 2.0) -> Figure:
    ax = style.axes((-1, 3), (-2, 8), title="A line")
    style.plot_function(ax, lambda x: m * x + 1, (-1, 3))
    style.mark_points(ax, [(0, 1), (2, 2 * m + 1)])
    return ax.figure


def test_a_description_names_axes_curves_and_points() -> None:
    words = describe(figure())
    assert "A line" in words
    assert "x from −1 to 3; f(x) from −2 to 8" in words
    assert "f(x): (−1, −1), (0, 1), (1, 3), (2, 5), (3, 7)" in words
    assert "points: (0, 1), (2, 5)" in words


def test_a_wrong_curve_changes_the_description() -> None:
    assert describe(figure(2.0)) == describe(figure(2.0))
    assert describe(figure(2.0)) != describe(figure(2.01))


def test_a_notebook_stores_picture_words_and_alternative_text(monkeypatch) -> None:
    monkeypatch.setattr(Figure, "_repr_mimebundle_", None, raising=False)
    with matplotlib.rc_context():
        style.use()
        data, metadata = figure()._repr_mimebundle_()
    assert data["text/plain"] == metadata["image/png"]["alt"] == describe(figure())
    assert metadata["image/png"]["width"] == 720


def test_the_class_look_is_larger() -> None:
    ordinary, large = style.settings(), style.settings(for_class=True)
    assert large["font.size"] > ordinary["font.size"]
    assert large["lines.linewidth"] > ordinary["lines.linewidth"]


def test_the_door_says_whether_it_is_for_a_class(monkeypatch, use_style) -> None:
    monkeypatch.setenv(style.CLASS_VARIABLE, "1")
    use_style()
    assert style.in_class()
    use_style(for_class=False)
    assert not style.in_class()
    monkeypatch.delenv(style.CLASS_VARIABLE)
    use_style()
    assert not style.in_class()


@pytest.mark.parametrize("for_class", [True, False])
def test_the_look_lasts_as_long_as_its_context(for_class: bool, use_style) -> None:
    use_style(for_class=for_class)
    assert matplotlib.rcParams["font.size"] == style.settings(for_class)["font.size"]
    matplotlib.rcParams["font.size"] = 7
    with style.context():  # of live figures, which are shown larger as a whole
        assert matplotlib.rcParams["font.size"] == style.settings()["font.size"]
    assert matplotlib.rcParams["font.size"] == 7


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(-3.0, 4, "−3"), (1e-17, 4, "0"), (6.10000001, 4, "6.1"), (float("nan"), 4, "undefined")],
)
def test_number(value: float, digits: int, text: str) -> None:
    assert number(value, digits) == text


def test_fixed_never_shows_minus_zero() -> None:
    assert fixed(-0.0001) == "0.00"
    assert fixed(-2.5, 1) == "−2.5"


def test_trimmed_has_no_zeros_at_its_end() -> None:
    assert [trimmed(x) for x in (0.5, -12.34567, 3.0, -0.00001)] == ["0.5", "−12.3457", "3", "0"]
    assert trimmed(2.0006, 3) == "2.001" and trimmed(float("nan")) == "undefined"


def test_scientific_and_percent() -> None:
    assert [scientific(x) for x in (1.07e55, -2.5e-7, 3)] == ["1.1·10⁵⁵", "−2.5·10⁻⁷", "3.0·10⁰"]
    assert [percent(x) for x in (0.25, 0.0123)] == ["25 %", "1.2 %"]
    assert {percent(x) for x in (1e-5, 0)} == {"less than 0.01 %"}


def test_a_function_with_holes_leaves_gaps() -> None:
    def broken(x: float) -> float:
        if x > 0.5:
            raise RuntimeError("no value here")
        return 1 / x

    values = evaluate(broken, np.array([-1.0, 0.0, 0.25, 1.0]))
    assert values[0] == -1 and values[2] == 4
    assert np.isnan(values[1]) and np.isnan(values[3])
    assert value_or_nan(broken, 0.25) == 4
    assert np.isnan([value_or_nan(broken, x) for x in (0.0, 1.0, np.nan)]).all()


def test_a_pole_does_not_flatten_the_rest_of_the_curve() -> None:
    low, high = style.heights(lambda x: 1 / x, (-3.0, 3.0))
    assert high - low < 100
    assert style.heights(lambda x: float("nan"), (0, 1)) == (-1.0, 1.0)


def test_meanings_have_colours_of_their_own() -> None:
    told_apart = [
        style.COLOURS[k]
        for k in ("function", "derivative", "secant", "tangent", "gradient", "path")
    ]
    assert len(set(told_apart)) == len(told_apart)


def test_the_paper_behind_words_is_dark_on_a_dark_page() -> None:
    figure = Figure()
    words = figure.add_subplot().text(0.5, 0.5, "worker A", color="#000000")
    words.set_bbox({"facecolor": "white", "edgecolor": "none"})
    paper = words.get_bbox_patch()
    with style.darkened(figure):
        assert to_hex(paper.get_facecolor()) == style.PAPER[1]
        assert paper.get_edgecolor()[3] == 0
        assert style.contrast(to_hex(words.get_color()), style.PAPER[1]) > 4.5
    assert to_hex(paper.get_facecolor()) == style.PAPER[0] and words.get_color() == "#000000"
