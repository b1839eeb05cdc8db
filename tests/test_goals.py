"""A figure that is asked for says what to reach, and when it is reached, as its check would."""

import itertools
import math
import random

import pytest

from tests.frames_read import frame_at, sentence_at
from tests.test_figure_answers import IDS, ONCE_TAKEN, at_goal, like_it
from utils import bank
from utils.checks import Outcome, aim
from utils.checks.judge import judge
from utils.stage import Apology, Stage
from utils.stage.marks import REACHED


@pytest.mark.parametrize("question_id", IDS)
def test_the_figure_says_what_to_reach_and_when_it_is(question_id):
    question, view = bank.find(question_id), like_it(question_id)
    recipe = view.recipe
    assert aim(question_id, view) is view and view.recipe is recipe
    waiting = f"Goal: {question.answer.aim}"
    assert question.answer.aim and waiting in str(view) and REACHED not in str(view)
    began = dict(view.values)
    view.set(**at_goal(question))
    assert REACHED in str(view) and waiting not in str(view)
    assert judge(question, view).outcome is Outcome.CORRECT
    assert waiting in str(view.set(**began)), "it has to turn back"


@pytest.mark.parametrize("question_id", IDS)
def test_frames_and_kernel_say_the_same_of_the_goal(question_id):
    question, view = bank.find(question_id), aim(question_id, like_it(question_id))
    spec = view.conversation.spec(view.positions)
    assert spec["goal"] == [f"Goal: {question.answer.aim}", REACHED]
    sizes = [len(control.values) for control in view.controls.values()]
    chance = random.Random(1)
    places = [[chance.randrange(size) for size in sizes] for _ in range(40)]
    places += [view.set(**at_goal(question)).positions, view.set(**view.initial).positions]
    ticks = set()
    for at in places:
        seen = view.scene_at(at)
        texts = frame_at(view.table, at)[1] if view.table else view.conversation.cast.texts(seen)
        assert texts[-2] == ("✓" if seen.reached else ""), at
        said = sentence_at(view.table, at, spec) if view.table else texts[-1]
        assert said == seen.sentence
        ticks.add(texts[-2])
    assert ticks == {"", "✓"}


def test_a_goal_does_not_change_who_answers():
    largest = "linear_regression.4"  # of the tables that travel
    assert like_it(largest).table and aim(largest, like_it(largest)).table


@pytest.mark.parametrize("question_id", IDS)
def test_the_tick_says_what_the_check_says(question_id):
    question, view = bank.find(question_id), aim(question_id, like_it(question_id))
    chance = random.Random(2)
    grids = [control.values for control in view.controls.values()]
    some = itertools.islice(iter(lambda: [chance.choice(grid) for grid in grids], None), 20)
    for values in map(dict, (zip(view.controls, row, strict=True) for row in some)):
        right = judge(question, view.set(**values)).outcome is Outcome.CORRECT
        assert view.scene.reached == right, values


def test_a_figure_that_began_at_its_goal_has_not_reached_it():
    view = aim("special_functions.2", like_it("special_functions.2", p=0.25))
    assert math.isclose(view.values["p"], 0.25)
    assert not view.scene.reached


@pytest.mark.parametrize("question_id", ONCE_TAKEN)
def test_another_figure_gets_no_goal(question_id):
    for change in ONCE_TAKEN[question_id]:
        other = like_it(question_id, **change)
        assert isinstance(other, Stage)
        assert aim(question_id, other).scene.goal == ""


def test_what_is_no_figure_comes_back_as_it_is():
    for given in (None, ..., 3, "view", Apology("No figure yet.")):
        assert aim("slope.2", given) is given
    view = like_it("slope.2")
    assert aim("slope.1", view) is view and view.scene.goal == ""  # no figure is asked there
    assert "Did you mean" in str(aim("slope.22", view).__dict__)


def test_a_goal_that_fails_is_not_reached():
    view = like_it("slope.2").towards("what cannot be told", lambda values: values["z"] > 0)
    assert view.scene.goal and not view.scene.reached


def test_a_figure_that_was_shown_before_shows_its_goal():
    view = like_it("slope.2")
    before = view.canvas
    assert before.spec["goal"] is None
    shown = aim("slope.2", view).canvas
    assert shown is not before and shown.spec["goal"]
    assert aim("slope.2", view).canvas is shown, "a second call keeps what is shown"


def test_without_a_goal_nothing_is_added():
    view = like_it("slope.2")
    scene, texts = view.scene, view.conversation.spec(view.positions)["texts"]
    speaking = [mark for mark in scene.marks.values() if mark.text_line() is not None]
    assert len(texts) == len(speaking) + 1 and "Goal" not in str(view)
