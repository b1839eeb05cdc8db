"""A field under a live figure: type a formula, and the figure is made anew with it."""

import re
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import traitlets

from utils import formulas, functions, surfaces
from utils.stage import browser

FOLDER = Path(__file__).parent
SCRIPTS = (browser.FOLDER / "patience.js", FOLDER / "field.js")
EXAMPLES = {1: "x^3 - 2x", 2: "x^2 + x y"}
KNOWN = {1: functions.CATALOGUE, 2: surfaces.CATALOGUE}  # names that will do as well


class FormulaField(anywidget.AnyWidget):
    """A line to type a formula in, and what is said of it.

    called: the function and its inputs, "f(x)". typed, said: the formula that is shown, and what
    was said to it. me: the id of this model, by which the browser finds out whether its kernel is
    there.
    """

    _esm = "".join(file.read_text(encoding="utf-8") for file in SCRIPTS)
    _css = (FOLDER / "field.css").read_text(encoding="utf-8")
    called = traitlets.Unicode("f(x)").tag(sync=True)
    example = traitlets.Unicode(EXAMPLES[1]).tag(sync=True)
    typed = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    me = traitlets.Unicode().tag(sync=True)

    def __init__(self, inputs: Sequence[str], take: Callable[[str], str], name: str = "f") -> None:
        """inputs: what the one or two inputs of the function are called. name: its own.
        take: from a formula, or a name of the catalogue, to nothing, where the figure now shows
            it, or to a sentence that says why it does not. A formula of one input is given in x.
        """
        example = in_inputs(EXAMPLES[len(inputs)], "xy", inputs)
        super().__init__(called=f"{name}({', '.join(inputs)})", example=example)
        self._inputs, self._take = tuple(inputs), take
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
        return wrong.replace(formula, text)  # in the words of the learner


def in_inputs(formula: str, old: Iterable[str], new: Iterable[str]) -> str:
    """A formula with other names for its inputs: "2w" for "2x". Names of functions stay."""
    for a, b in zip(old, new, strict=False):
        formula = re.sub(rf"(?<![^\W\d_]){re.escape(a)}(?![^\W\d_])", b, formula)
    return formula
