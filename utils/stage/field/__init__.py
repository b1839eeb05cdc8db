"""A field under a live figure: type a formula, and the figure is made anew with it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from utils import formulas
from utils.functions import CATALOGUE

FOLDER = Path(__file__).parent
EXAMPLE = "x^3 - 2x"


class FormulaField(anywidget.AnyWidget):
    """A line to type a formula in, and what is said of it.

    variable: what the input of the function is called. typed, said: the formula that is shown, and
    what was said to it. take: from a formula in x to nothing, where
    the figure now shows it, or to a sentence that says why it does not. me: the id of this model,
    by which the browser finds out whether its kernel is there.
    """

    _esm = (FOLDER / "field.js").read_text(encoding="utf-8")
    _css = (FOLDER / "field.css").read_text(encoding="utf-8")
    variable = traitlets.Unicode("x").tag(sync=True)
    example = traitlets.Unicode(EXAMPLE).tag(sync=True)
    typed = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    me = traitlets.Unicode().tag(sync=True)

    def __init__(self, variable: str, take: Callable[[str], str]) -> None:
        super().__init__(variable=variable, example=in_variable(EXAMPLE, "x", variable))
        self._take = take
        self.me = self.model_id
        self.on_msg(lambda _field, message, _buffers: self.hear(message))

    def hear(self, message: Any) -> None:
        """What the browser says: `{"formula": text, "id": n}`. Anything else is left unheard."""
        text = message.get("formula") if isinstance(message, dict) else None
        if isinstance(text, str):
            wrong = self.said_to(text)
            said = wrong or self.said
            said = re.sub("`([^`]*)`", r"“\1”", said)  # it is shown as it is, not as Markdown
            self.send({"id": message.get("id"), "wrong": bool(wrong), "said": said})

    def said_to(self, text: str) -> str:
        """Show a formula; what to say where it cannot be shown, in words for learners, else ""."""
        text = text.strip()
        if text not in CATALOGUE:
            try:
                formulas.parse(text, [self.variable])
            except formulas.FormulaError as error:
                return f"This is not a formula in {self.variable} yet. {error}"
        before = self.typed, self.said
        # Said first: the figure that comes draws this field anew.
        self.typed, self.said = text, f"Now the figure shows f({self.variable}) = {text}."
        formula = text if text in CATALOGUE else in_variable(text, self.variable, "x")
        wrong = self._take(formula)
        if wrong:
            self.typed, self.said = before
        return wrong


def in_variable(formula: str, old: str, new: str) -> str:
    """A formula with another name for its variable: "2w" for "2x". Names of functions stay."""
    return re.sub(rf"(?<![^\W\d_]){re.escape(old)}(?![^\W\d_])", new, formula)
