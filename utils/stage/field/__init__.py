"""A field under a live figure: type a formula, and the figure is made anew with it."""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from utils import formulas, functions, surfaces

if TYPE_CHECKING:
    from utils.stage.field.widget import FieldWidget

FOLDER = Path(__file__).parent
EXAMPLES = {1: "x^3 - 2x", 2: "x^2 + x y"}
KNOWN = {1: functions.CATALOGUE, 2: surfaces.CATALOGUE}  # names that will do as well


class FormulaField:
    """A line to type a formula in, and what is said of it.

    called: the function and its inputs, "f(x)". example: a formula of them. typed, said: the
    formula that is shown, and what was said to it.
    """

    def __init__(self, inputs: Sequence[str], take: Callable[[str], str], name: str = "f") -> None:
        """inputs: what the one or two inputs of the function are called. name: its own.
        take: from a formula, or a name of the catalogue, to nothing, where the figure now shows
            it, or to a sentence that says why it does not. A formula of one input is given in x.
        """
        self.called = f"{name}({', '.join(inputs)})"
        self.example = in_inputs(EXAMPLES[len(inputs)], "xy", inputs)
        self.typed = self.said = ""
        self._inputs, self._take = tuple(inputs), take

    @cached_property
    def widget(self) -> "FieldWidget":
        """What a notebook shows. Made when first asked for."""
        from utils.stage.field.widget import FieldWidget

        return FieldWidget(self)

    def reply(self, message: Any) -> dict[str, Any] | None:
        """What the browser is told when it says `{"formula": text, "id": n}`; to anything else,
        None.
        """
        text = message.get("formula") if isinstance(message, dict) else None
        if not isinstance(text, str):
            return None
        wrong = self.said_to(text)
        said = re.sub("`([^`]*)`", r"“\1”", wrong or self.said)  # shown as it is, not as Markdown
        return {"id": message.get("id"), "wrong": bool(wrong), "said": said}

    def said_to(self, text: str) -> str:
        """Show a formula; what to say where it cannot be shown, in words for learners, else ""."""
        text = text.strip()
        formula = text
        if text not in KNOWN[len(self._inputs)]:
            try:
                formulas.parse(text, self._inputs)
            except formulas.FormulaError as error:
                return f"This is not a formula in {' and '.join(self._inputs)} yet. {error}"
            if len(self._inputs) == 1:
                formula = in_inputs(text, self._inputs, "x")
        before = self.typed, self.said
        self.typed, self.said = text, f"Now the figure shows {self.called} = {text}."
        wrong = self._take(formula)
        if wrong:
            self.typed, self.said = before
        elif "widget" in self.__dict__:
            self.widget.tell()
        return wrong.replace(formula, text)  # in the words of the learner


def in_inputs(formula: str, old: Iterable[str], new: Iterable[str]) -> str:
    """A formula with other names for its inputs: "2w" for "2x". Names of functions stay."""
    for a, b in zip(old, new, strict=False):
        formula = re.sub(rf"(?<![^\W\d_]){re.escape(a)}(?![^\W\d_])", b, formula)
    return formula
