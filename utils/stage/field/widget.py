"""The widget of the line below a figure in which a formula is typed."""

import anywidget
import traitlets

from utils.stage import browser
from utils.stage.field import FOLDER, FormulaField

SCRIPTS = (browser.FOLDER / "patience.js", FOLDER / "line.js", FOLDER / "field.js")


class FieldWidget(anywidget.AnyWidget):
    """Shows a FormulaField, whose parts are its traits. me: the id of this model, by which the
    browser finds out whether its kernel is there.
    """

    _esm = "".join(file.read_text(encoding="utf-8") for file in SCRIPTS)
    _css = (FOLDER / "field.css").read_text(encoding="utf-8")
    called = traitlets.Unicode("f(x)").tag(sync=True)
    example = traitlets.Unicode().tag(sync=True)
    typed = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    me = traitlets.Unicode().tag(sync=True)

    def __init__(self, field: FormulaField) -> None:
        super().__init__(
            called=field.called, example=field.example, typed=field.typed, said=field.said
        )
        self._field = field
        self.me = self.model_id
        self.on_msg(lambda _widget, message, _buffers: self._hear(message))

    def tell(self) -> None:
        """Tell the browser which formula is shown now."""
        self.typed, self.said = self._field.typed, self._field.said

    def _hear(self, message: object) -> None:
        reply = self._field.reply(message)
        if reply is not None:
            self.send(reply)
