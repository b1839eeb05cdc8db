"""The line under a figure in which another formula is typed, for every figure that has it."""

import importlib
import inspect
import math
import pkgutil
from collections.abc import Callable

import pytest

from utils import explorers
from utils.explorers.derivative import explore_derivative, explore_zoom
from utils.explorers.gradient import explore_gradient
from utils.explorers.gradient_descent import explore_walk
from utils.explorers.partial_derivatives import explore_held
from utils.explorers.shared.geometry import start_on
from utils.explorers.shared.titles import as_written
from utils.functions import as_function
from utils.stage import Apology, Stage
from utils.stage.explorer import OTHER_GOAL
from utils.stage.field import in_inputs

# Figures that take a learner's function, and yet have no line for a formula.
WITHOUT = {
    "limits.explore_error": "it compares with the exact slope, which a formula does not bring",
    "chain_rule.explore_dials": "two functions, each with a menu",
    "chain_rule.explore_stretch": "two functions, each with a menu",
    "chain_rule.explore_rectangle": "two functions",
    "learning_rate.explore_optimisers": "each surface is searched for the best rates, for seconds",
    "autograd_from_scratch.explore_graph": "it runs the learner's code on the engine's numbers",
    "pytorch_autograd.explore_zeroing": "a function of tensors",
    "pytorch_autograd.explore_witness": "a function of tensors",
}


def all_explorers() -> dict[str, Callable[..., Stage | Apology]]:
    """Every explorer whose first argument is a function, by chapter and name."""
    found = {}
    for chapter in (info.name for info in pkgutil.iter_modules(explorers.__path__)):
        module = importlib.import_module(f"utils.explorers.{chapter}")
        for name, made in vars(module).items():
            if not inspect.isfunction(made) or made.__module__ != module.__name__:
                continue
            first = next(iter(inspect.signature(made).parameters), "")
            if name.startswith(("explore_", "read_")) and first in ("f", "outer", "activation"):
                found[f"{chapter}.{name}"] = made
    return found


EXPLORERS = all_explorers()
WITH = {name: explore for name, explore in EXPLORERS.items() if name not in WITHOUT}
EXAMPLES = {1: "x^3 - 2x", 2: "x^2 - x y"}


def typed(stage: Stage, formula: str) -> str:
    """What is said to a formula in x, typed in the variable of this figure."""
    assert stage.field is not None
    inputs = stage.field.called.partition("(")[2][:-1].split(", ")
    return stage.field.said_to(in_inputs(formula, "xy", inputs))


def test_every_figure_of_a_function_has_a_field_or_a_reason() -> None:
    assert len(WITH) > 18 and EXPLORERS.keys() >= WITHOUT.keys()
    for name in WITHOUT.keys() - {"autograd_from_scratch.explore_graph"}:
        assert EXPLORERS[name]().field is None, name


@pytest.mark.parametrize("name", WITH)
def test_a_typed_formula_takes_the_place_of_the_function(name: str) -> None:
    stage = WITH[name]()
    above, field = stage.box.children
    assert field is stage.field.widget
    before = str(stage)
    formula = EXAMPLES[1 + field.called.count(",")]
    assert typed(stage, formula) == ""
    assert str(stage) != before and formula in stage.recipe.arguments.values()
    # The same two boxes, so that what is being typed stays where it is.
    assert stage.box.children == (above, field) and above.children[0] is stage.canvas
    before = str(stage)
    for wrong in ("x^", "2 +* x", "__import__('os')", "sqrt(-1 - x^2)"):
        said = typed(stage, wrong)
        assert said and "No figure" not in said and "cell" not in said
    assert str(stage) == before
    for odd in ("ln(x)", "1e300 x", "sin(1/x)"):
        said = typed(stage, odd)
        assert said.endswith("Try another.") or (not said and len(stage.sentence) < 400)


@pytest.mark.parametrize("explore", [explore_derivative, explore_zoom])
def test_a_formula_is_titled_as_people_write_it(explore) -> None:
    stage = explore()
    assert stage.field.said_to("x^3 - 2x") == ""
    assert "x³ − 2x" in str(stage) and stage.recipe.arguments["f"] == "x^3 - 2x"
    assert stage.field.said_to("sin") == "" and "sin x" in str(stage)
    assert (
        as_written(as_function("x^2 + 3*x*sin(x) - 2*cos(x)"), "w") == "w² + 3w sin(w) − 2 cos(w)"
    )


@pytest.mark.parametrize(
    ("formula", "said"),
    [
        ("", "There is nothing in it yet."),
        ("x^3 -", "stops too early"),
        ("3y", "I do not know the name “y”"),
        ("__import__('os')", "I do not know the name"),
        ("1/(x - x)", "has no value"),
    ],
)
def test_what_is_no_formula_is_said_kindly_and_the_figure_stays(formula, said) -> None:
    stage = explore_derivative("square")
    before, told = str(stage), stage.field.reply({"formula": formula, "id": 7})
    assert told["id"] == 7 and told["wrong"] and said in told["said"]
    assert str(stage) == before
    assert stage.field.reply("nonsense") is None


def test_the_widget_of_a_field_says_what_the_field_says(monkeypatch) -> None:
    stage, told = explore_derivative("square"), []
    assert stage.field.said_to("x^4") == ""
    widget = stage.field.widget  # shown after a formula was taken
    monkeypatch.setattr(widget, "send", told.append)
    assert (widget.called, widget.typed) == ("f(x)", "x^4") and "x^4" in widget.said
    for formula in ("x^5", "x^"):
        widget._handle_custom_msg({"formula": formula, "id": len(told)}, [])
    assert [(one["id"], one["wrong"]) for one in told] == [(0, False), (1, True)]
    assert widget.typed == "x^5" == stage.field.typed and widget.said == stage.field.said


def test_the_field_speaks_of_the_variable_of_its_figure() -> None:
    stage = explore_derivative(lambda w: w**2, variable="w", over=(0, 6), x0=5)
    assert stage.field.example == "w^3 - 2w" and stage.field.called == "f(w)"
    assert "`w`" in stage.field.said_to("x^2")
    assert stage.field.said_to("exp(w) - 2w") == ""
    at = stage.values["x0"]
    assert stage.controls["x0"].values[-1] == 6  # the piece of the axis stays
    assert f"f(w₀) = {math.exp(at) - 2 * at:.4f}".rstrip("0") in stage.sentence
    # What the figure says of a formula is said in that variable, too.
    assert "ln(w - 9)" in stage.field.said_to("ln(w - 9)")


def test_a_walk_goes_on_from_its_own_start() -> None:
    stage = explore_walk(start=3, eta=0.2, steps=10, over=(-4, 4)).set(steps=2)
    assert stage.field.called == "loss(w)"
    assert stage.field.said_to("w^2/2") == ""
    assert stage.values == {"start": 3, "eta": 0.2, "steps": 0}
    assert stage.set(steps=2).scene.marks["ball"].x == pytest.approx(3 * 0.8**2)


def test_two_inputs_are_read_by_the_names_of_the_figure() -> None:
    stage = explore_gradient(lambda a, b: a * b, x=1, y=0, variables=("w₁", "w₂"))
    assert stage.field.called == "f(w₁, w₂)" and stage.field.example == "w₁^2 + w₁ w₂"
    assert "a formula in w₁ and w₂" in stage.field.said_to("x y")
    assert stage.field.said_to("w1^2 + 3 w₂") == ""  # small digits are hard to type
    w1 = stage.values["x"]
    assert stage.scene.sentence.count("w₁") and f"∇f = ({2 * w1:g}, 3)" in stage.sentence
    assert "f(w₁, w₂) = w₁² + 3 w₂" in str(stage)
    known = explore_held()
    assert known.field.said_to("himmelblau") == "" and "w₁" not in str(known)


def test_the_goal_belongs_to_the_function_before() -> None:
    stage = explore_derivative("square").towards("put x₀ to 0", lambda values: values["x0"] == 0)
    assert stage.field.said_to("x^3") == ""
    assert not stage.scene.goal and stage.field.said.endswith(OTHER_GOAL)
    assert stage.field.said_to("x^4") == "" and "goal" not in stage.field.said


@pytest.mark.parametrize(
    ("formula", "expected"),
    [("x", -2.0), ("ln(x)", 1.0), ("ln(3 - x)", -2.0), ("ln(-x)", -2.0), ("sqrt(x - 2.7)", 2.8)],
)
def test_a_figure_starts_where_its_function_has_a_value(formula: str, expected: float) -> None:
    f = as_function(formula)
    start = start_on(f, (-3.0, 3.0), 0.1, 1 / 6)
    assert math.isfinite(f(start))
    assert start == pytest.approx(expected, abs=0.5)


def test_a_figure_without_any_value_starts_where_it_always_did() -> None:
    assert start_on(lambda x: math.nan, (-3.0, 3.0), 0.1, 1 / 6) == -2.0
