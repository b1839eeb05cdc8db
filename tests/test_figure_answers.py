"""Every question that asks for a live figure takes that figure, and no other one.

The figure is made by the very cell of the notebook, and then once more with one thing changed at a
time, as the signature of its explorer says. So a new question needs no row here.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import json
import pkgutil
import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, get_type_hints

import pytest

import utils.explorers
import utils.questions
from utils import bank
from utils.checks import Live, Outcome, Question
from utils.checks.judge import judge
from utils.functions import Function
from utils.stage import Apology, Stage

ROOT = Path(__file__).parents[1]
QUESTIONS = [q for q in utils.questions.all_questions() if isinstance(q.answer, Live)]
IDS = [question.id for question in QUESTIONS]
LOOKS = {"over", "variable", "variables", "labels"}  # free to choose in every figure


# --- the cell that makes a figure ---


def sources(question_id: str) -> Iterator[list[str]]:
    """The code cells above the check of a question, of each notebook that has one."""
    chapter = question_id.partition(".")[0]
    for folder in ("notebooks", "solutions"):
        path = ROOT / folder / utils.questions.notebook(chapter)
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        for i, source in enumerate(code):
            if f'check("{question_id}", ' in source:
                yield code[: i + 1]


def bound_by(statement: ast.stmt) -> set[str]:
    match statement:
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return {name}
        case ast.Import(names=names) | ast.ImportFrom(names=names):
            return {(alias.asname or alias.name).partition(".")[0] for alias in names}
        case ast.Assign(targets=targets):
            inside = (node for target in targets for node in ast.walk(target))
            return {node.id for node in inside if isinstance(node, ast.Name)}
    return set()


def needed_for(name: str, cells: Sequence[str]) -> str:
    """The statements that `name` is made by, and what they in turn need."""
    kept: list[ast.stmt] = []
    needed = {name}
    for statement in reversed([s for cell in cells for s in ast.parse(cell).body]):
        if found := bound_by(statement) & needed:
            kept.insert(0, statement)
            needed -= found
            needed |= {node.id for node in ast.walk(statement) if isinstance(node, ast.Name)}
    return ast.unparse(ast.Module(kept, []))


@cache
def made_by_the_notebook(question_id: str) -> tuple[Stage, Callable[..., Stage]]:
    """The figure of a question as its cell makes it, and its explorer."""
    (cells,) = sources(question_id)
    called = re.search(rf'check\("{re.escape(question_id)}", (\w+)\)', cells[-1])
    assert called, question_id
    namespace: dict[str, Any] = {}
    exec(compile(needed_for(called[1], cells[:-1]), question_id, "exec"), namespace)
    stage = namespace[called[1]]
    assert stage.recipe
    return stage, namespace[stage.recipe.explorer.partition(".")[2]]


def like_it(question_id: str, **changed: Any) -> Stage | Apology:
    """The figure of a question made anew, with some arguments changed."""
    stage, explore = made_by_the_notebook(question_id)
    assert stage.recipe
    arguments = dict(stage.recipe.arguments) | changed
    parameters = inspect.signature(explore).parameters.values()
    first = [arguments.pop(p.name) for p in parameters if p.kind is p.POSITIONAL_ONLY]
    return explore(*first, **arguments)


def at_goal(question: Question) -> dict[str, Any]:
    return next(filter(question.answer.goal, question.answer.probes))


def verdict_on(question_id: str, **changed: Any) -> Any:
    """What is said to a figure made with these changes and moved to the goal.

    None where there is no such figure, or where it cannot be moved there.
    """
    question = bank.find(question_id)
    try:
        stage = like_it(question_id, **changed)
        if isinstance(stage, Apology):
            return None
        return judge(question, stage.set(**at_goal(question)))
    except (TypeError, ValueError, KeyError):
        return None


def verdict_with(question_id: str, curves: dict[str, Callable[..., Any]]) -> Any:
    """What is said to a figure of other curves at the goal."""
    verdict = verdict_on(question_id, **curves)
    if verdict is None:  # a figure of errors wants to know the slope, too
        known = {name: Function("f", "", f, f) for name, f in curves.items()}
        verdict = verdict_on(question_id, **known)
    return verdict


# --- its own figure ---


@pytest.mark.parametrize("question_id", IDS)
def test_the_figure_of_the_notebook_is_taken(question_id):
    question, (stage, _) = bank.find(question_id), made_by_the_notebook(question_id)
    assert stage.values == stage.initial
    assert judge(question, stage).outcome is Outcome.NOT_ATTEMPTED
    assert "still stands as it began" in judge(question, stage).message
    assert verdict_on(question_id).outcome is Outcome.CORRECT


@pytest.mark.parametrize("question_id", IDS)
def test_its_curves_may_be_written_in_other_words(question_id):
    figure = bank.find(question_id).answer.figure
    again = {name: in_other_words(curve) for name, curve in figure.curves.items()}
    assert verdict_with(question_id, again).outcome is Outcome.CORRECT


def in_other_words(curve: Callable[..., Any]) -> Callable[..., Any]:
    """The same curve in a function of its own, which rounds otherwise."""
    if len(inspect.signature(curve).parameters) == 1:
        return lambda x: (curve(x) * 3 + 0.75) / 3 - 0.25
    return lambda a, b: (curve(a, b) + 0.25) - 0.25


@pytest.mark.parametrize("question_id", IDS)
def test_a_figure_that_began_at_the_goal_is_told_so(question_id):
    """It was typed into the call. Where the call can say all that matters, this is said."""
    question, (stage, _) = bank.find(question_id), made_by_the_notebook(question_id)
    typed = {name: at for name, at in at_goal(question).items() if name in stage.recipe.starts}
    verdict = judge(question, like_it(question_id, **typed))
    assert verdict.outcome is Outcome.NOT_ATTEMPTED and not verdict.credit
    if question.answer.goal(like_it(question_id, **typed).values):
        assert "was typed into the call" in verdict.message


def test_most_goals_can_be_typed():
    """So the sentence above is said at all."""
    count = 0
    for question in QUESTIONS:
        stage, _ = made_by_the_notebook(question.id)
        count += all(name in stage.recipe.starts for name in at_goal(question))
    assert count >= 10


# --- another one ---


@pytest.mark.parametrize("question_id", IDS)
def test_another_figure_is_refused(question_id):
    question = bank.find(question_id)
    other = IDS[IDS.index(question_id) - 1]
    name = made_by_the_notebook(other)[1].__name__
    verdict = judge(question, like_it(other).set(**at_goal(bank.find(other))))
    assert verdict.outcome is Outcome.TYPE and f"that `{name}` made" in verdict.message


CURVES = [(question.id, name) for question in QUESTIONS for name in question.answer.figure.curves]


@pytest.mark.parametrize(("question_id", "name"), CURVES)
def test_another_curve_is_refused(question_id, name):
    curve = bank.find(question_id).answer.figure.curves[name]
    if len(inspect.signature(curve).parameters) == 1:
        others = [lambda x: curve(x) + 0.001 * x, lambda x: 2 * x]
    else:
        others = [lambda a, b: curve(a, b) + a * 0.001, lambda a, b: curve(a, b) + a * b]
    for other in others:
        verdict = verdict_with(question_id, {name: other})
        assert verdict.outcome is Outcome.TYPE, verdict
        assert "another curve" in verdict.message and verdict.message.endswith("?")
        assert "For the input" in verdict.message and len(verdict.message.split()) <= 90


def test_a_menu_of_curves_is_another_figure():
    """Its curve of the moment may be the right one; the menu is not the question's figure."""
    verdict = verdict_on("chain_rule.5", outer=None)
    assert verdict.outcome is Outcome.TYPE and "another curve" in verdict.message
    assert "For the input" not in verdict.message


def test_a_curve_without_values_is_told_so():
    def f(x):
        if x < -1:
            raise ArithmeticError("not here")
        return x**2

    said = verdict_on("rate_of_change.4", f=f).message
    assert "For the input −1.7 yours has no value, and that one 2.89." in said


@pytest.mark.parametrize("question_id", IDS)
def test_every_function_of_a_figure_is_compared_by_its_values(question_id):
    _, explore = made_by_the_notebook(question_id)
    hints = get_type_hints(explore)
    functions = {
        name for name in inspect.signature(explore).parameters if "Callable" in str(hints[name])
    }
    assert functions == set(bank.find(question_id).answer.figure.curves)


def others(value: Any) -> list[Any]:
    """Other values for an argument, of which one at least should make a figure."""
    match value:
        case bool():
            return [not value]
        case int() | float():
            return [other for other in (value + 1, value * 2, value - 0.5) if other != value]
        case None:
            return [1.0, 2, [1.0, 2.0], [1.0, 2.0, 4.0]]
        case [[first, *row], *rows]:
            return [[[first + 1, *row], *rows]]
    return []


def settings_of(question_id: str) -> list[str]:
    """The arguments of a figure that are no curve, no start of a slider and no mere look."""
    stage, _ = made_by_the_notebook(question_id)
    figure = bank.find(question_id).answer.figure
    free = {*stage.recipe.starts, *LOOKS, *figure.curves, *stage.controls} - figure.settings.keys()
    return [name for name in stage.recipe.arguments if name not in free]


@pytest.mark.parametrize("question_id", IDS)
def test_other_settings_are_refused(question_id):
    stage, _ = made_by_the_notebook(question_id)
    data = {"xs": [1.0, 2.0, 4.0], "ys": [2.0, 4.0, 5.0]}  # one cannot be without the other
    for name in settings_of(question_id):
        values = others(stage.recipe.arguments[name])
        changes = [data] if name in data else [{name: value} for value in values]
        verdicts = [v for change in changes if (v := verdict_on(question_id, **change))]
        assert verdicts, f"no figure could be made with another {name}"
        for verdict in verdicts:
            assert verdict.outcome is Outcome.TYPE, (name, verdict)
            assert "was made with" in verdict.message and verdict.message.endswith("?")


def test_figures_have_settings_to_change():
    found = {question_id: settings_of(question_id) for question_id in IDS}
    assert found["limits.2"] == ["x"] and found["learning_rate.4"] == ["a", "start", "steps"]
    assert sum(map(len, found.values())) >= 15


# Figures that had full marks while slider values alone were judged.
ONCE_TAKEN = {
    "rate_of_change.4": [{"f": "cube"}, {"f": lambda x: 5 * x}],
    "limits.2": [{"f": "cube"}],
    "derivative.5": [{"f": "square"}],
    "power_rule.3": [{"x": 0.1}],
    "chain_rule.5": [{"inner": "3*x + 1"}],
    "gradient_descent.4": [{"f": "(x + 1.473)**2"}],
    "learning_rate.4": [{"a": 1}],
    "linear_regression.4": [{"epochs": 5000}],
    "pytorch_autograd.4": [{"x": 1, "y": 5}],
}


@pytest.mark.parametrize("question_id", ONCE_TAKEN)
def test_figures_that_were_once_taken_are_refused(question_id):
    for change in ONCE_TAKEN[question_id]:
        verdict = verdict_on(question_id, **change)
        assert verdict.outcome is Outcome.TYPE, (change, verdict)


# --- what makes figures ---


def test_every_explorer_leaves_a_recipe():
    count = 0
    for file in pkgutil.iter_modules(utils.explorers.__path__):
        module = importlib.import_module(f"{utils.explorers.__name__}.{file.name}")
        for name, value in vars(module).items():
            if name.startswith("explore_"):
                assert hasattr(value, "__wrapped__"), f"{name} needs @explorer"
                count += 1
    assert count > len(QUESTIONS)
