"""The widgets of a live figure in a notebook. Loaded when one is first shown: a figure of which
only words are asked, and one on a page in the browser, need none of them.
"""

import anywidget
import ipywidgets
import traitlets

from utils.stage import browser


class Canvas(anywidget.AnyWidget):
    """The picture and the marks over it, as the browser shows them. A Conversation fills it."""

    _esm = browser.SCRIPT
    _css = browser.STYLE
    spec = traitlets.Dict().tag(sync=True)
    background = traitlets.Bytes().tag(sync=True)
    coordinates = traitlets.Bytes().tag(sync=True)
    controls = traitlets.List(traitlets.Instance(ipywidgets.Widget)).tag(
        sync=True, **ipywidgets.widget_serialization
    )


# The kernel is told where a slider stands when the hand rests (see browser/widget.js), and would
# echo what it is told; by then the slider may have moved on, and the echo would bring it back.
class LinearSlider(ipywidgets.FloatSlider):
    """A slider in equal steps."""

    value = traitlets.CFloat(0.0).tag(sync=True, echo_update=False)


class LogarithmicSlider(ipywidgets.FloatLogSlider):
    """A slider in equal steps of the exponent."""

    value = traitlets.CFloat(1.0).tag(sync=True, echo_update=False)
