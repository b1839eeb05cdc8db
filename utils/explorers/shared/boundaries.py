"""The line on which a network cannot decide, drawn through a fixed number of places."""

import math

import contourpy
import numpy as np

from utils.explorers.shared.geometry import evenly_along
from utils.stage.marks import NOWHERE, Pair

PIECES = 3  # of a boundary that are drawn
LEAST = 4  # points of a piece: by its two ends alone, one that turns would lie at the edge


def boundary_of(
    heights: np.ndarray, places: np.ndarray, count: int, level: float = 0.0
) -> tuple[tuple[Pair, ...], list[bool]]:
    """Where the heights cross a level, as `count` points with gaps, and which pieces are closed.

    heights: over a square, shape (n, n), the rows going upwards. places: the n places of its sides.
    Where a height is no finite number there is no line.
    """
    if not np.isfinite(heights).all():
        return (NOWHERE,) * count, []
    lines = contourpy.contour_generator(places, places, heights).lines(level)
    lengths = [float(np.hypot(*np.diff(line, axis=0).T).sum()) for line in lines]
    kept = sorted(range(len(lines)), key=lambda k: -lengths[k])[:PIECES]
    kept = [k for k in kept if lengths[k] > 0.1]
    room = count - (LEAST + 1) * len(kept)
    total = sum(lengths[k] for k in kept)
    points: list[Pair] = []
    for k in kept:
        some = LEAST + math.floor(room * lengths[k] / total)
        points += [*evenly_along(lines[k], some, decimals=3), NOWHERE]
    points = points[:count] + [NOWHERE] * (count - len(points))
    return tuple(points), [bool(np.allclose(lines[k][0], lines[k][-1])) for k in kept]
