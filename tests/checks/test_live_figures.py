"""Live figures as answers: dropdowns and toggles, and what is no figure of a question."""

import subprocess
import sys
import types
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests import sample_chapter
from tests.test_questions import install
from utils import style
from utils.checks import Figure, Live, Outcome, Rival, check
from utils.stage import Apology, Choice, Point, Scene, Slider, Stage, Toggle, explorer

ROOT = Path(__file__).parents[2]


def a_stage() -> Stage:
    controls = {
        "curve": Choice(["square", "cube"], "square"),
        "central": Toggle(False),
        "h": Slider(0, 2, 1),
    }

    def frame(curve: str, central: bool, h: float) -> Scene:
        return Scene("A point.", {"P": Point(h, 0, drag="h")})

    return Stage(style.axes((0, 2), (0, 1)), frame, controls, "A figure of this test")


@explorer
def explore_menu(size=1.0, names=("x", "y"), limits=(0, 1)) -> Stage:
    return a_stage()


def ask(monkeypatch, sample, **settings):
    """A question for the figure, with the dropdown at cube and a short step from both sides."""
    answer = Live(
        lambda v: v["curve"] == "cube" and v["central"] is True and v["h"] < 0.5,
        Figure("test_live_figures.explore_menu", settings=settings),
    )
    one_side = Rival("one-side-only", lambda v: v["curve"] == "cube" and not v["central"])
    install(monkeypatch, [replace(sample[6], answer=answer, rivals=[one_side])])


RIGHT = {"curve": "cube", "central": True, "h": 0.1}


def test_a_live_figure_may_have_a_dropdown_and_a_toggle(sample, monkeypatch):
    ask(monkeypatch, sample)
    view = explore_menu()
    assert check("sample.7", view).outcome is Outcome.NOT_ATTEMPTED
    feedback = check("sample.7", view.set(curve="cube"))
    assert feedback.mistake == "one-side-only"
    assert "stands at curve = cube, central = off, h = 1." in feedback.message
    assert check("sample.7", view.set(**RIGHT)).outcome is Outcome.CORRECT
    assert check("sample.7", explore_menu().set(central=True)).outcome is Outcome.WRONG


def test_what_no_explorer_made_is_no_answer(sample, monkeypatch):
    ask(monkeypatch, sample)
    right = explore_menu().set(**RIGHT)

    class Posing:
        """Says that it is a Stage."""

        __class__ = Stage
        values, initial, recipe = right.values, right.initial, right.recipe

    fake = types.SimpleNamespace(values=right.values, initial=right.initial, recipe=right.recipe)
    for given in (fake, Posing()):
        feedback = check("sample.7", given)
        assert feedback.outcome is Outcome.TYPE and "figure itself" in feedback.message
    feedback = check("sample.7", a_stage().set(**RIGHT))
    assert feedback.outcome is Outcome.TYPE and "that no explorer made" in feedback.message


SAID = {
    "another number": ({"size": 2}, {"size": 3}, "made with `size` = 2, and", "`size` = 3."),
    "one too many": ({"size": 2}, {}, "made with `size` = 2", "leaves `size` as it is."),
    "one too few": ({}, {"size": 3}, "made without `size`", "is made with `size` = 3."),
    "several numbers": (
        {"limits": (0, 2)},
        {},
        "with `limits` = [0, 2]",
        "leaves `limits` as it is.",
    ),
    "a text": ({"size": "large"}, {"size": 3}, 'with `size` = "large"', "with `size` = 3."),
    "a function": ({"size": abs}, {"size": 3}, "`size` = the function `abs`", "`size` = 3."),
}


@pytest.mark.parametrize("case", SAID)
def test_other_settings_are_named(sample, monkeypatch, case):
    given, wanted, *said = SAID[case]
    ask(monkeypatch, sample, **wanted)
    feedback = check("sample.7", explore_menu(**given).set(**RIGHT))
    assert feedback.outcome is Outcome.TYPE and all(part in feedback.message for part in said)
    assert 30 <= len(feedback.message.split()) <= 90 and feedback.message.endswith("?")


def test_settings_may_be_written_in_other_ways(sample, monkeypatch):
    ask(monkeypatch, sample, limits=(0, 2))
    for same in ((0.0, 2.0), np.float32([0, 2])):
        kind = explore_menu(1, limits=same).set(**RIGHT)
        found = check("sample.7", kind).outcome
        assert found is (Outcome.CORRECT if np.shape(same) == (2,) else Outcome.TYPE)


def test_a_default_that_is_said_is_still_the_default(sample, monkeypatch):
    ask(monkeypatch, sample)
    view = explore_menu(size=np.float64(1), limits=[0, 1]).set(**RIGHT)
    assert check("sample.7", view).outcome is Outcome.CORRECT


def test_a_recipe_tells_where_a_slider_starts_from_what_else_is_given():
    @explorer
    def explore_end(f, /, h=1.0, last=10, other=None, **inputs) -> Stage:
        def frame(h, last, a):
            return Scene("A point.", {"P": Point(h, 0, drag="h")})

        sliders = {"h": Slider(0, 2, h), "last": Slider(0, last, 0, 1), "a": Slider(0, 9, 3)}
        return Stage(style.axes((0, 2), (0, 1)), frame, sliders, "A figure of this test")

    recipe = explore_end(abs, h=0.53, last=20, a=3.04).recipe
    assert recipe.explorer == "test_live_figures.explore_end" and recipe.starts == {"h", "a"}
    assert recipe.arguments == {"f": abs, "h": 0.53, "last": 20, "other": None, "a": 3.04}
    assert recipe.defaults == {"h": 1.0, "last": 10, "other": None}
    assert explore_end(abs, a=8).recipe.starts == {"h"}  # its slider begins at 3 all the same


def test_an_explorer_that_calls_another_signs_for_its_figure():
    @explorer
    def explore_outer(size: float) -> Stage:
        return explore_menu(size=2 * size)

    assert explore_outer(3).recipe.arguments == {"size": 3}


def test_a_check_of_a_figure_loads_nothing_that_draws():
    code = """
import sys, types
from utils import bank
from utils.checks.judge import judge
fake = types.SimpleNamespace(values={"h": -0.1}, initial={"h": 1.5}, recipe=None)
print(judge(bank.find("limits.2"), fake).outcome.value, "matplotlib" in sys.modules)
"""
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ran.stdout.split() == ["type", "False"], ran.stderr


def test_the_figure_of_the_sample_is_moved_not_typed():
    """Its right answers begin elsewhere, so what is tested with them is the way there."""
    for view in sample_chapter.RIGHT["sample.7"]:
        assert view.initial != view.values


def test_one_notch_beside_the_goal_is_told_as_near(monkeypatch, sample):
    ask(monkeypatch, sample)
    near = check("sample.7", explore_menu().set(**RIGHT | {"h": 0.5}))  # h < 0.5 is asked
    assert near.outcome is Outcome.WRONG and "one single notch" in near.message
    for away in ({"h": 0.7}, {"curve": "square"}):
        far = check("sample.7", explore_menu().set(**RIGHT | away))
        assert far.outcome is Outcome.WRONG and "notch" not in far.message, far.message


def test_the_sentence_in_a_figures_place_is_told_as_what_it_is(monkeypatch, sample):
    ask(monkeypatch, sample)
    for answer in (Apology("No figure yet."), Apology("No figure yet.").set(h=1)):
        feedback = check("sample.7", answer)
        assert feedback.outcome is Outcome.TYPE and "could not be drawn" in feedback.message
        assert "Apology" not in feedback.message
    install(monkeypatch, [sample[0]])
    message = check("sample.1", Apology("No figure yet.")).message
    assert "a sentence in the place of a figure" in message
