"""No undeserved point, no deserved one lost, and one bad file never stops the rest."""

from __future__ import annotations

import pytest

from tests.grade import hostile_notebooks as hostile
from tests.grade.notebooks import marked, marked_and_noted, notebook, submission
from tools.grade.submission import Unreadable

DESERVED = {"slope.1": 1.0, "slope.5": 1.0}


def earned(marks):
    """The points by question, without those that got none."""
    return {mark.question: mark.points for mark in marks if mark.points}


def test_there_are_enough():
    count = len(hostile.CHEATS) + len(hostile.BREAKERS) + len(hostile.functions())
    assert count + len(hostile.ACCIDENTS) + len(hostile.BROKEN) >= 100


@pytest.mark.parametrize("attack", hostile.CHEATS)
def test_a_cheat_gets_what_is_deserved(attack, worker):
    assert earned(marked(worker, hostile.cheat(hostile.CHEATS[attack]))) == DESERVED


@pytest.mark.parametrize("attack", list(hostile.CHEATS)[::4])
def test_a_cheat_behind_the_answers_gets_no_more(attack, worker):
    assert earned(marked(worker, hostile.cheat(hostile.CHEATS[attack], "behind"))) == DESERVED


@pytest.mark.parametrize("attack", hostile.SABOTAGE)
def test_sabotage_gains_nothing(attack, worker):
    points = earned(marked(worker, hostile.cheat(hostile.SABOTAGE[attack])))
    assert points.items() <= DESERVED.items()


@pytest.mark.parametrize("attack", hostile.BREAKERS)
def test_what_breaks_takes_no_point_from_the_rest(attack, worker):
    assert earned(marked(worker, hostile.breaker(hostile.BREAKERS[attack]))) == DESERVED


@pytest.mark.parametrize("how", hostile.functions())
def test_an_answer_that_breaks_takes_no_point_from_the_others(how, worker):
    cell = f"def slope_between(p, q):\n    {hostile.functions()[how]}"
    nb = notebook(hostile.IMPORTS, hostile.HONEST, cell, *hostile.CHECKS.split("\n"))
    assert earned(marked(worker, nb)) == DESERVED


@pytest.mark.parametrize("accident", hostile.ACCIDENTS)
def test_an_accident_costs_nothing(accident, worker):
    assert earned(marked(worker, hostile.ACCIDENTS[accident]())) == DESERVED


@pytest.mark.parametrize("fault", hostile.BROKEN)
def test_a_broken_file_is_told_in_a_sentence(fault):
    with pytest.raises(Unreadable, match=r"^The file .*\.$"):
        submission(hostile.BROKEN[fault])


def test_a_teacher_hears_of_a_cell_that_kills(worker):
    _, notes = marked_and_noted(worker, hostile.breaker(hostile.BREAKERS["os._exit"]))
    assert any("Code cell 4 ended the process" in note for note in notes)


def test_a_teacher_hears_of_a_check_that_is_gone(worker):
    _, notes = marked_and_noted(worker, hostile.ACCIDENTS["checks deleted"]())
    assert "The check of slope.1 is not in the notebook." in notes


LOOKS_AROUND = """
def derivative(f):
    parts = ("__globals__", "__dict__", "__closure__", "__self__", "__defaults__")
    seen, todo = set(), [getattr(f, part, None) for part in parts]
    while todo and len(seen) < 100000:
        thing = todo.pop()
        if id(thing) in seen:
            continue
        seen.add(id(thing))
        try:
            if hasattr(thing, "rivals") and not isinstance(thing, type):
                return lambda x: thing.answer.truth(f, x)
            if isinstance(thing, dict):
                todo += [value for key, value in thing.items() if key != "__builtins__"]
            elif isinstance(thing, (list, tuple)):
                todo += thing
            else:
                todo.append(vars(thing))
        except Exception:
            pass
    return lambda x: 3.21
"""


def test_functions_among_the_probes_lead_to_no_truth(worker):
    nb = notebook(
        "from utils.checks import check", LOOKS_AROUND, 'check("derivative.6", derivative)'
    )
    mark = next(m for m in marked(worker, nb) if m.question == "derivative.6")
    assert mark.points == 0 and mark.verdict in ("wrong", "mistake")
