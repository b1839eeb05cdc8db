"""Live figures as answers, with dropdowns and toggles."""

import types
from dataclasses import replace

import numpy as np

from tests.test_questions import install
from utils.checks import Live, Outcome, Rival, check


def set_to(**values):
    initial = {"curve": "square", "central": False, "h": 1.0}
    return types.SimpleNamespace(initial=initial, values=initial | values)


def test_a_live_figure_may_have_a_dropdown_and_a_toggle(sample, monkeypatch):
    answer = Live(lambda v: v["curve"] == "cube" and v["central"] is True and v["h"] < 0.5)
    one_side = Rival("one-side-only", lambda v: v["curve"] == "cube" and not v["central"])
    install(monkeypatch, [replace(sample[6], answer=answer, rivals=[one_side])])
    assert check("sample.7", set_to()).outcome is Outcome.NOT_ATTEMPTED
    right = set_to(curve=np.str_("cube"), central=np.True_, h=np.float32(0.1))
    assert check("sample.7", right).outcome is Outcome.CORRECT
    feedback = check("sample.7", set_to(curve="cube"))
    assert feedback.mistake == "one-side-only"
    assert "stands at curve = cube, central = off, h = 1." in feedback.message
    assert check("sample.7", set_to(central=True)).outcome is Outcome.WRONG
