"""Where captions stand: in rows above their axes, one after the other.

The browser places them by the same rule; in stills it is the letters' own widths that differ.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Box:
    """A rectangle of the picture in pixels, y downwards."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class Spot:
    """Where a caption stands: in which row, counted upwards, and how far from its side's end."""

    row: int
    away: float


Words = tuple[float, Literal["left", "right"]]  # the width of a caption, and its side


def arrange(
    captions: Sequence[Words], room: float, rows: int, gap: float
) -> tuple[list[Spot], float]:
    """The spots of the captions of one pair of axes, and how many times as large they are.

    room: from the left edge of the axes to the right one. rows: how many there is space for. A
    caption that finds no room in its row begins the next one above, and all that follow on its
    side stand there too: words keep their size. Only where no row is left do all of them shrink.
    """
    size = 1.0
    while True:
        spots = _fitted([(width * size, side) for width, side in captions], room, rows, gap * size)
        if all(over <= 0 for _, over in spots) or size < 0.05:
            return [spot for spot, _ in spots], size
        size *= 0.96


def _fitted(
    captions: Sequence[Words], room: float, rows: int, gap: float
) -> list[tuple[Spot, float]]:
    """The spots of captions of these widths, and by how much each has too little room."""
    taken: dict[tuple[str, int], float] = {}  # by side and row
    row = {"left": 0, "right": 0}
    spots = []
    for width, side in captions:
        other = "right" if side == "left" else "left"
        while True:
            here, across = taken.get((side, row[side])), taken.get((other, row[side]))
            away = 0.0 if here is None else here + gap
            over = away + width - (room if across is None else room - across - gap)
            if over <= 0 or row[side] >= rows - 1:
                break
            row[side] += 1
        taken[side, row[side]] = away + width
        spots.append((Spot(row[side], away), over))
    return spots


def rows_above(
    axes: Box, others: Sequence[Box], baseline: float, ceiling: float, foot: float, pitch: float
) -> int:
    """How many rows of captions there is space for above some axes; there is always one.

    baseline: of the lowest row. ceiling: above which no baseline lies. foot: what other axes,
    where they lie above these, need below them. pitch: from one row up to the next.
    """
    lid = ceiling
    for other in others:
        is_beside = other.left >= axes.left + axes.width or other.left + other.width <= axes.left
        if not is_beside and other.top < axes.top:
            lid = max(lid, other.top + other.height + foot)
    return max(1, 1 + math.floor((baseline - lid) / pitch))
