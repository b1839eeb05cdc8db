"""Open tasks: black boxes that count and refuse, ways that are told apart, and what is said."""

from dataclasses import replace

import pytest

from tests.sample_chapter import HILLS, QUESTIONS, summit
from utils.checks import Outcome, Rival, Way, check
from utils.checks.judge import decide, judge
from utils.checks.observe import observe
from utils.checks.seam import Observation, Task

QUESTION = next(question for question in QUESTIONS if question.id == "sample.9")


def seen(answer):
    return observe(Task.of(QUESTION), answer).seen


def test_what_is_asked_is_kept_in_its_order():
    run = seen(lambda height: height(2) + 0 * height(0.5) + 0 * height(2)).runs[0]
    assert (run.calls, run.places) == (3, ((2.0,), (0.5,), (2.0,)))
    assert run.result.values == (9.0,)


def test_each_run_has_a_budget_of_its_own():
    assert [run.calls for run in seen(summit).runs] == [11, 11, 11, 11]


def test_a_refusal_that_is_swallowed_still_counts():
    def swallows(height):
        try:
            for _ in range(20):
                height(3)
        except RuntimeError:
            pass
        return 3

    run = seen(swallows).runs[0]
    assert run.calls == 13 and len(run.places) == 12
    verdict = judge(QUESTION, swallows)
    assert verdict.mistake == "budget-exceeded" and verdict.credit == 0
    assert verdict.message.startswith("In run 1, your function asks for call 13, and 12 are answer")


def test_an_error_that_is_not_the_budget_is_an_error():
    assert check("sample.9", lambda height: height(1) / 0).outcome is Outcome.ERROR


def test_what_a_missed_run_came_to_is_told():
    said = check("sample.9", lambda height: 3 if height(3) > height(8) else 8).message
    assert said.startswith("In run 3, your function returns 8. You asked at 2 places. That misses")
    assert "in 2 of the 4 runs" in said


@pytest.mark.parametrize(("lost", "name"), [(2, "wrong"), (3, "ascent-for-descent")])
def test_a_mistake_is_named_where_three_runs_show_it_and_the_others_are_right(lost, name):
    starts = [hill(1) for hill in HILLS][:lost]
    verdict = judge(QUESTION, lambda height: 0 if height(1) in starts else summit_from_1(height))
    assert (verdict.mistake or verdict.outcome.value) == name


def summit_from_1(height):
    return max(range(2, 11), key=height)


AMBIGUOUS = {
    "only 2 probes": {"probes": list(HILLS)[:2]},
    "a budget of 0": {"budget": 0},
    "example of correct is judged as wrong": {"truth": Way(lambda run: False, summit)},
    "example of value-for-slope is judged as correct": {"truth": Way(lambda run: True, summit)},
    "example of correct is judged as budget-exceeded": {"budget": 5},
}


@pytest.mark.parametrize("fault", AMBIGUOUS)
def test_a_task_that_could_be_misjudged_is_told(fault):
    assert QUESTION.ambiguities() == []
    question = replace(QUESTION, answer=replace(QUESTION.answer, **AMBIGUOUS[fault]))
    assert any(fault in problem for problem in question.ambiguities())


def test_two_rivals_that_explain_the_same_are_told():
    twin = Rival("flat-read-as-minimum", QUESTION.rivals[1].answer)
    question = replace(QUESTION, rivals=(*QUESTION.rivals, twin))
    told = "the example of flat-read-as-minimum is judged as wrong"
    assert f"sample.9: {told}" in question.ambiguities()


def test_an_observation_with_more_places_than_calls_is_refused():
    with pytest.raises(ValueError, match="2 places cannot come from 1 calls"):
        replace(seen(summit).runs[0], calls=1, places=((1.0,), (2.0,))).validate()
    few = replace(seen(summit), runs=seen(summit).runs[:2])
    with pytest.raises(ValueError, match="2 runs do not fit 4 probes"):
        decide(QUESTION, Observation("OpenTask", few))
