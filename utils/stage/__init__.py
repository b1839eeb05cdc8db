"""The live figure. An explorer is a function that returns a Stage; see stage.py.

def explore(f):
    ax = style.axes((-4, 4), (-1, 10))
    def frame(x):
        marks = {
            "f": Graph(f, (-4, 4)),
            "P": Point(x, f(x), drag="x"),
            "height": Caption(f"f({x}) = {f(x)}", "right"),
        }
        return Scene(f"At x = {x} the height is {f(x)}.", marks)
    return Stage(ax, frame, {"x": Slider(-3, 3, 1)}, "A point on a curve")

What is imported here is what explorers use most; other controls and marks come from their modules.
"""

from utils.stage.controls import Backdrop, Choice, Curve, LogSlider, Play, Slider, Toggle, Turn
from utils.stage.explorer import Apology, explorer, with_formula_field
from utils.stage.marks import (
    NOWHERE,
    Caption,
    Line,
    Mesh,
    Pair,
    Point,
    Polyline,
    Range,
    Scene,
    Segment,
    Text,
)
from utils.stage.shapes import Bar, Drop, Graph, Tangent
from utils.stage.stage import Stage

__all__ = [
    "NOWHERE",
    "Apology",
    "Backdrop",
    "Bar",
    "Caption",
    "Choice",
    "Curve",
    "Drop",
    "Graph",
    "Line",
    "LogSlider",
    "Mesh",
    "Pair",
    "Play",
    "Point",
    "Polyline",
    "Range",
    "Scene",
    "Segment",
    "Slider",
    "Stage",
    "Tangent",
    "Text",
    "Toggle",
    "Turn",
    "explorer",
    "with_formula_field",
]
