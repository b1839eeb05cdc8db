"""What turns a function that makes a Stage into an explorer that learners can call safely."""

import html
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps

from utils import running
from utils.functions import NoValue
from utils.stage import stopped
from utils.stage.controls import Setting
from utils.stage.field import FormulaField
from utils.stage.marks import Scene
from utils.stage.recipe import recipe_of
from utils.stage.stage import Stage

SECONDS = 10.0  # to make a figure, before the learner's function counts as one that never ends


class _Absent(dict[str, Setting]):
    """The values of a figure that is not there: asking for one says why."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why

    def __missing__(self, name: str) -> Setting:
        raise NoValue(self.why)


@dataclass(frozen=True)
class Apology:
    """A sentence in a figure's place. The notebook goes on: cells that use the figure say it too.

    What learners ask of a Stage can be asked of this; moving a slider changes nothing.
    """

    sentence: str

    @property
    def values(self) -> dict[str, Setting]:
        """None; asking for one of them raises NoValue with the sentence."""
        return _Absent(self.sentence)

    @property
    def scene(self) -> Scene:
        """The sentence, and no marks."""
        return Scene(self.sentence)

    def set(self, **_values: Setting | Sequence[float]) -> "Apology":
        """The same sentence: there is nothing to move."""
        return self

    def __repr__(self) -> str:
        return self.sentence

    def _repr_html_(self) -> str:
        look = "border-left:5px solid #B07000;padding:.4em .9em;max-width:44em;line-height:1.5"
        return f'<div role="status" style="{look}">{html.escape(self.sentence)}</div>'


def explorer(make: Callable[..., Stage]) -> Callable[..., Stage | Apology]:
    """Decorate an explorer: its figures know how they were made, which checks ask for.

    Where a learner's function has no value anywhere, is no function, or never ends, the explorer
    returns an Apology, which shows one kind sentence where the figure would be.
    """

    @wraps(make)
    def explore(*args, **kwargs) -> Stage | Apology:
        trouble: list[Exception] = []

        def work() -> Stage | None:
            try:
                return make(*args, **kwargs)
            except Exception as error:  # passed on below: `run` lets nothing but Stopped through
                trouble.append(error)
                return None

        ran = running.run(work, SECONDS)
        if ran.stopped:
            sentence = (
                f"No figure: {stopped.why(ran.stopped, SECONDS)} Mend it and run the cell again."
            )
            return Apology(sentence)
        if trouble and isinstance(trouble[0], NoValue):
            return Apology(f"No figure yet. {trouble[0]} Mend it and run the cell again.")
        if trouble:
            raise trouble[0]
        if ran.result is None:
            raise TypeError(f"{make.__name__} gives nothing back; an explorer returns a Stage.")
        stage = ran.result
        if isinstance(stage, Stage):  # and no Apology of an explorer that this one called
            stage.recipe = recipe_of(make, args, kwargs, stage.controls, stage.positions)
            stage.conversation.recipe = stage.recipe
        return stage

    return explore


def with_formula_field(
    *kept: str,
) -> Callable[[Callable[..., Stage | Apology]], Callable[..., Stage | Apology]]:
    """Decorate an explorer of a function f: under its figures stands a field for another formula.

    kept: the arguments that hold for the next function as well, beside `variable`, which is what
    the explorer calls the input; the others begin anew.
    """

    def decorate(explore: Callable[..., Stage | Apology]) -> Callable[..., Stage | Apology]:
        signature = inspect.signature(explore)

        @wraps(explore)
        def explore_and_ask(*args, **kwargs) -> Stage | Apology:
            stage = explore(*args, **kwargs)
            if not isinstance(stage, Stage):
                return stage
            bound = signature.bind(*args, **kwargs)
            bound.apply_defaults()
            again = {name: bound.arguments[name] for name in (*kept, "variable")}

            def take(formula: str) -> str:
                other = explore(formula, **again)
                if isinstance(other, Stage):
                    stage.become(other)
                    return ""
                return other.sentence.replace("Mend it and run the cell again.", "Try another.")

            stage.put_below(FormulaField(again["variable"], take))
            return stage

        return explore_and_ask

    return decorate
