"""The live figure. An explorer is a function that returns a Stage; see stage.py.

def explore(f):
    ax = style.axes((-4, 4), (-1, 10))
    def frame(x):
        return scene(f"f({x}) = {f(x)}", P=Point(x, f(x), drag="x"))
    return Stage(ax, frame, {"x": Slider(-3, 3, 1)}, "A point on a curve")
"""

from utils.stage.controls import Backdrop, Choice, Curve, LogSlider, Play, Slider, Toggle, Turn
from utils.stage.explorer import Apology, explorer
from utils.stage.marks import (
    NOWHERE,
    Line,
    Mesh,
    Pair,
    Point,
    Polyline,
    Range,
    Scene,
    Segment,
    Text,
    scene,
)
from utils.stage.stage import Stage

__all__ = [
    "NOWHERE",
    "Apology",
    "Backdrop",
    "Choice",
    "Curve",
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
    "Text",
    "Toggle",
    "Turn",
    "explorer",
    "scene",
]
