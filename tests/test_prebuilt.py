"""Tables that were computed before anybody asked: found by the same figure, and by no other."""

import json
import math
import os
import types
from pathlib import Path

import numpy as np
import pytest

from tests import sample_chapter
from tools import tables
from utils.explorers.derivative import explore_derivative
from utils.functions import evaluate
from utils.stage import Stage, frames, prebuilt
from utils.stage.recipe import Recipe


def defined(source: str, **names: object) -> types.FunctionType:
    """The function f that a learner's cell defines."""
    space = {"__name__": "__main__", "math": math, "np": np, **names}
    exec(source, space)
    return space["f"]


def key(f: object, **more: object) -> str | None:
    return prebuilt.key_of(Recipe("slope.explore", {"f": f, **more}, {}, frozenset()), None)


def travels(stage: Stage) -> tuple[str, bytes]:
    """What the browser gets of a figure's table."""
    assert stage.table is not None
    return json.dumps(stage.table.header), stage.table.buffer


SAME = [
    "f = lambda x: x**2",
    "def f(x):\n    return math.sin(x) + np.exp(k)",
    "def f(x):\n    return sum(x**n for n in range(3))",
    "def g(x):\n    return k * x\ndef f(x):\n    return g(g(x))",
    "def f(x, seen=(1, 2)):\n    return f(x - 1) if x > 0 else len(seen)",
    "def outer(a):\n    return lambda x: a * x\nf = outer(3)",
    "def f(x):\n    return x if x in {1, 2, 3} else None",
]


@pytest.mark.parametrize("source", SAME)
def test_the_same_code_has_the_same_key(source: str) -> None:
    once, again = (key(defined(source, k=2)) for _ in range(2))
    assert once and once == again
    assert once != key(defined(source, k=2), h=0.5)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("f = lambda x: x**2", "f = lambda x: x**3"),
        ("f = lambda x: x**2", "f = lambda x: x**2.0"),
        ("f = lambda x: math.sin(x)", "f = lambda x: math.cos(x)"),
        ("def f(x, a=1):\n    return a * x", "def f(x, a=2):\n    return a * x"),
        (SAME[5], SAME[5].replace("3", "4")),
        (SAME[3], SAME[3].replace("k * x", "k + x")),
        ("f = lambda x: (lambda y: y + k)(x)", "f = lambda x: (lambda y: y - k)(x)"),
    ],
)
def test_another_function_has_another_key(one: str, other: str) -> None:
    assert key(defined(one, k=2)) != key(defined(other, k=2))


def test_what_a_function_names_counts() -> None:
    for source in (SAME[1], SAME[3], "f = lambda x: (lambda y: y * k)(x)"):
        assert key(defined(source, k=2)) != key(defined(source, k=3))
    other = types.SimpleNamespace(sin=math.cos)
    assert key(defined("f = lambda x: math.sin(x)", math=other)) is None


SO_CALLED = types.SimpleNamespace(__qualname__="sin", __module__="math")  # and is another


@pytest.mark.parametrize("value", [object(), np.array([None]), SO_CALLED, {1, 2}])
def test_what_cannot_be_told_exactly_has_none(value: object) -> None:
    assert key(value) is None
    assert key(defined("f = lambda x: thing", thing=value)) is None


def test_a_drawing_and_the_courses_own_functions_count() -> None:
    recipe = Recipe("slope.explore", {"f": evaluate}, {}, frozenset())
    drawn = [prebuilt.key_of(recipe, np.array([0.0, at])) for at in (1, 2)]
    assert len({key(evaluate), key(sample_chapter.cube), *drawn}) == 4


def test_a_figure_finds_its_own_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(prebuilt.FOLDER, str(tmp_path))
    monkeypatch.setenv(prebuilt.KEEP, str(tmp_path))
    first = explore_derivative(lambda x: x**2 - x)
    first._repr_mimebundle_()
    (kept,) = tmp_path.iterdir()
    assert kept.name == first.conversation.key
    monkeypatch.delenv(prebuilt.KEEP)
    again = explore_derivative(lambda x: x**2 - x)
    with monkeypatch.context() as patched:
        patched.setattr(frames, "pack", lambda *_: pytest.fail("it is computed anew"))
        assert travels(again) == travels(first)
    assert explore_derivative(lambda x: x**2 + x).table.buffer != first.table.buffer
    kept.write_bytes(b"damaged")
    assert travels(explore_derivative(lambda x: x**2 - x)) == travels(first)


def test_a_figure_with_a_goal_computes_its_own() -> None:
    stage = explore_derivative(math.sin)
    assert stage.conversation.key
    assert stage.towards("x₀ at 1", lambda values: values["x0"] == 1).conversation.key is None


def test_nearly_all_figures_of_a_lesson_leave_theirs(tmp_path: Path) -> None:
    tables.keep_tables(tables.ROOT / "notebooks" / "01_slope.ipynb", tmp_path)
    assert len(list(tmp_path.iterdir())) >= 4
    assert prebuilt.KEEP not in os.environ, "what else runs here keeps no tables"
