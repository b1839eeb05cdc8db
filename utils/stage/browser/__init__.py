"""The browser's half of a live figure: plain files, joined in order to one script.

There is no build step. Each file declares functions and classes that those after it use; the last
one exports. A notebook gets the script through anywidget, which calls `render`. A page without
notebook and kernel takes `mount` and `nativeSliders`:

    import stage from "./stage.js";
    const { node, sliders } = stage.nativeSliders(spec);
    const figure = stage.mount(parent, { spec, sliders, backgrounds: [{ picture }], table });
    parent.append(node);
    figure.root.addEventListener("stage-rest", ({ detail }) => console.log(detail.sentence));

What these are, types.js says; it is for readers and the type checker only.
"""

import re
from collections.abc import Iterable
from pathlib import Path

FOLDER = Path(__file__).parent

NOTEBOOK = "widget.js"  # what a notebook needs, and no page
NAMES = (
    "table.js",  # frames that travel
    "scale.js",  # data units to pixels, values to positions
    "marks.js",  # how each kind of mark is drawn
    "captions.js",  # words in rows above the axes
    "space.js",  # marks in space, as an eye sees them
    "painter.js",  # paints frames
    "backdrop.js",  # what stands still
    "patience.js",  # how long somebody waits for Python
    "asking.js",  # the conversation with Python
    "handles.js",  # points that are dragged, clicks, views that are turned
    "player.js",  # the play button
    "board.js",  # a curve drawn by hand
    "figure.js",  # the whole
    "native.js",  # sliders for a page without widgets
    NOTEBOOK,
)

# A notebook gets the script once for each figure, so what is for readers alone stays here.
_COMMENTS = re.compile(r"^ *(/\*\*.*?\*/|//[^\n]*)\n", re.DOTALL | re.MULTILINE)


def without_comments(script: str) -> str:
    """A script without the comments that fill lines of their own."""
    return _COMMENTS.sub("", script)


def joined(names: Iterable[str]) -> str:
    """Files in one script, without their comments."""
    return without_comments("\n".join((FOLDER / n).read_text(encoding="utf-8") for n in names))


SCRIPT = joined(NAMES)
STYLE = (FOLDER / "figure.css").read_text(encoding="utf-8")
