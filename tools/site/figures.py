"""Live figures taken out of a kernel: all that the browser's half needs to go on without one."""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from nbformat import NotebookNode

from tools.executor import WIDGET_VIEW, NotebookKernel
from tools.site.narrowed import Frames, Narrowed, free, narrowed
from tools.site.pictures import Picture, small

SCALE = 2.0  # pixels of a background for each CSS pixel
SECONDS = 150.0  # for all frames of one figure

# A page has room for more frames than a notebook, which holds them in its kernel as well.
MAX_FRAMES, MAX_BYTES, MAX_SECONDS = 60_000, 4_000_000, 60.0

# Run in the kernel before a notebook. Its names are gone afterwards.
RAISE_LIMITS = f"""
from utils.stage import conversation
conversation.MAX_FRAMES, conversation.MAX_BYTES = {MAX_FRAMES}, {MAX_BYTES}
conversation.MAX_SECONDS = {MAX_SECONDS}
del conversation
"""


@dataclass(frozen=True)
class Background:
    """What stands still. option: of the figure's backdrop. dark: for a dark page.

    axes, alt: where its axes lie, and what it shows in words, as in the figure's spec.
    """

    picture: Picture
    option: int
    dark: bool
    axes: list[dict]
    alt: str


@dataclass(frozen=True)
class Field:
    """The line under a figure in which another formula is typed: "f(x)", and an example."""

    called: str
    example: str


@dataclass(frozen=True)
class LiveFigure:
    """A live figure without its kernel.

    name: its cell's, and a number where the cell shows several; unique in its notebook.
    spec: what the browser gets of it; types.js in utils/stage/browser says what it holds.
    coordinates: of the marks at first. frames: None where they are too many to travel, and
    `reason` says why; then `coarse`, if it is there, moves in coarser steps. still: how it looks
    at first, marks and sentence with it. words: the same in words. field: for another formula,
    which needs Python; None where there is none.
    """

    name: str
    spec: dict[str, Any]
    coordinates: bytes
    frames: Frames | None
    reason: str
    backgrounds: tuple[Background, ...]
    still: Picture
    words: str
    field: Field | None
    coarse: Narrowed | None = None

    @property
    def title(self) -> str:
        return self.spec["title"]

    @property
    def sentence(self) -> str:
        """What is seen at first, in a sentence or two."""
        return self.words.rpartition("\n")[2]

    @property
    def moves(self) -> bool:
        """Whether it moves without Python, if only in coarser steps."""
        return self.frames is not None or self.coarse is not None

    @property
    def shown(self) -> dict[str, Any]:
        """The spec of what moves without Python: of some positions, where not all can travel."""
        return self.coarse.spec if self.coarse else self.spec


def is_figure(output: NotebookNode) -> bool:
    """Whether an output of a cell is a live figure."""
    return {WIDGET_VIEW, "image/png"} <= set(output.get("data", {}))


def figure_of(kernel: NotebookKernel, output: NotebookNode, name: str) -> LiveFigure:
    """The live figure that an output shows, asked of the kernel that made it."""
    canvas, field = _canvas(kernel, output.data[WIDGET_VIEW]["model_id"])
    state = kernel.widgets[canvas].state
    spec = dict(state["spec"])
    frames = _frames(kernel, canvas)
    coarse = None if frames else narrowed(spec, partial(_frames, kernel, canvas))
    shown = output.metadata["image/png"]
    return LiveFigure(
        name=name,
        spec=spec,
        coordinates=bytes(state["coordinates"]),
        frames=frames,
        reason="" if frames else why_still(spec),
        backgrounds=tuple(_backgrounds(kernel, canvas, spec)),
        still=small(base64.b64decode(output.data["image/png"]), shown["width"], shown["height"]),
        words=shown["alt"],
        field=field,
        coarse=coarse,
    )


def _canvas(kernel: NotebookKernel, box: str) -> tuple[str, Field | None]:
    """The canvas in a box, and the field for another formula that it may hold."""
    inside = [one.removeprefix("IPY_MODEL_") for one in kernel.widgets[box].state["children"]]
    if "spec" in kernel.widgets[inside[0]].state:
        return inside[0], None
    field = kernel.widgets[inside[1]].state
    return _canvas(kernel, inside[0])[0], Field(field["called"], field["example"])


def _frames(
    kernel: NotebookKernel, canvas: str, some: list[list[int]] | None = None
) -> Frames | None:
    """All frames, or those at some positions of each slider; None where they are too many."""
    asked = {"ask": "frames"} if some is None else {"ask": "frames", "of": some}
    (answer, *_) = kernel.ask_widget(canvas, asked, SECONDS)
    told, buffers = answer
    return Frames(told["frames"], buffers[0]) if told["frames"] else None


def why_still(spec: Mapping[str, Any]) -> str:
    """Why a figure has no table of frames, in half a sentence."""
    some = (c for i, c in enumerate(spec["controls"]) if i not in free(spec))
    count = math.prod(len(control["values"]) for control in some)
    if count > MAX_FRAMES:
        return f"its sliders have {count:,} positions, and {MAX_FRAMES:,} are the most that travel"
    return f"its {count:,} frames take more than {MAX_BYTES / 1e6:g} MB or {MAX_SECONDS:g} seconds"


def _backgrounds(
    kernel: NotebookKernel, canvas: str, spec: Mapping[str, Any]
) -> Iterator[Background]:
    """A light picture and a dark one for each option of the backdrop, the one shown first first."""
    changes, at = spec["backdrop"], list(spec["at"])
    first = 0 if changes is None else at[changes]
    options = [0] if changes is None else range(len(spec["controls"][changes]["values"]))
    for option in sorted(options, key=lambda option: option != first):
        there = at if changes is None else [*at[:changes], option, *at[changes + 1 :]]
        for dark in (False, True):
            asked = {"ask": "background", "id": 1, "dark": dark, "scale": SCALE, "at": there}
            (answer, *_) = kernel.ask_widget(canvas, asked, SECONDS)
            told, buffers = answer
            if told.get("failed"):
                continue
            picture = small(buffers[0], spec["width"], spec["height"])
            yield Background(picture, option, dark, told["axes"], told["alt"])


# --- as it travels ---


def data_of(figure: LiveFigure, addresses: Mapping[int, str] | None = None) -> dict[str, Any]:
    """What live.js takes to mount a figure, ready for JSON.

    addresses: of its backgrounds, by their place, where they are files of their own; else they
    are written into it.
    """
    travels = figure.frames or (figure.coarse and figure.coarse.frames)
    spec, pictures = figure.shown, list(enumerate(figure.backgrounds))
    if spec["backdrop"] is None:  # what stood still first does so for good
        pictures = [(i, b) for i, b in pictures if b.option == figure.backgrounds[0].option]
    backgrounds = [
        {
            "option": 0 if spec["backdrop"] is None else b.option,
            "dark": b.dark,
            "scale": SCALE,
            "axes": b.axes,
            "alt": b.alt,
        }
        for _, b in pictures
    ]
    about = {
        "spec": spec,
        "header": travels.header if travels else None,
        "backgrounds": backgrounds,
    }
    return {
        "about": _packed(json.dumps(about, ensure_ascii=False, separators=(",", ":")).encode()),
        "coordinates": base64.b64encode(figure.coordinates).decode(),
        "frames": _packed(travels.buffer) if travels else None,
        "pictures": [addresses[i] if addresses else b.picture.address for i, b in pictures],
    }


def _packed(data: bytes) -> str:
    """Bytes as text, deflated: the browser inflates them by itself."""
    return base64.b64encode(zlib.compress(data, 9)).decode()
