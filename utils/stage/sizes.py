"""The sizes of marks, in one table: the browser gets it in the spec, and still.py draws by it.

All are CSS pixels of the picture, which is shown larger as a whole for a projector.
"""

from dataclasses import asdict, dataclass, field


@dataclass(frozen=True)
class Sizes:
    """How large marks are in the browser."""

    # words
    font: float = 15
    letter: float = 8.6  # about the width of one, where words are not measured
    drop: float = 5  # from the place of a text down to its baseline
    outline: float = 4  # the paper around letters, over whatever lies below
    margin: float = 4  # words stay so far from the picture's left and right edge,
    ceiling: float = 16  # their baselines so far from its upper edge
    floor: float = 8  # and from its lower edge
    # from a point to the baseline of its label, and the end of the label that lies there
    sides: dict[str, tuple[float, float, str]] = field(
        default_factory=lambda: {
            "above": (0, -12, "middle"),
            "below": (0, 23, "middle"),
            "left": (-13, 4.5, "end"),
            "right": (13, 4.5, "start"),
        }
    )
    # captions: words in a row above the axes
    rise: float = 13  # from the upper edge of the axes, as a text's dy
    gap: float = 18  # between two captions of a row
    row: float = 21  # from one row up to the next
    foot: float = 56  # below axes: their numbers and name, and a row of words under those
    # points
    radius: float = 6.5
    edge: float = 2  # the ring around a dot
    halo: float = 7  # what shows around a dot that can be dragged
    hit: float = 20  # radius in which a pointer grabs it
    tremble: float = 5  # how far a hand may move in a click, in pixels of the screen
    # lines and areas
    dash: tuple[float, float] = (7, 5)  # a stroke and the gap after it
    head: float = 11  # length of an arrow's head, which is as wide as long
    pen: float = 2.6  # the line of a curve drawn by hand
    knob: float = 6  # radius of what lifts such a curve by keyboard
    tint: float = 0.18  # opacity of a filled area
    # surfaces
    mesh: float = 0.6  # lines between their pieces
    mesh_lines: str = "#00000040"

    def spec(self) -> dict:
        """The table as the browser gets it."""
        return asdict(self)


SIZES = Sizes()

# For a projector: what JupyterLab takes above and below a notebook; and how wide the words and
# sliders beside the picture are, with the gap (`.stage-box-projector` in figure.css).
_AROUND = 108  # pixels of the page
BESIDE = "14 * max(18px, 1.15vw) + 12px"


def widest(width: int, height: int, projector: bool) -> str:
    """How wide a picture may be on its page, in CSS.

    width, height: its own size. projector: whether it is to be as large as the height of the window
    allows, its words and sliders beside it; else it is shown in its own size.
    """
    if not projector:
        return f"{width}px"
    return f"calc((100vh - {_AROUND}px) * {width / height:.4f})"


@dataclass(frozen=True)
class StillSizes:
    """What matplotlib takes in its own measures: points, 0.72 to a pixel, and boxes of words."""

    font: float = 11  # points
    outline: float = 3.5  # points
    edge: float = 1.4  # points
    head: str = "head_length=0.55,head_width=0.28"  # of the font's size
    # from a point to the box of its label, upwards positive, and the corner of the box
    sides: dict[str, tuple[float, float, str, str]] = field(
        default_factory=lambda: {
            "above": (0, 12, "center", "bottom"),
            "below": (0, -12, "center", "top"),
            "left": (-13, 0, "right", "center"),
            "right": (13, 0, "left", "center"),
        }
    )


STILL = StillSizes()
