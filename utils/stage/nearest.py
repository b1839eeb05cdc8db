"""Where to move sliders so that a point comes nearest to a place."""

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np

Place = tuple[float, float]
Look = Callable[[Sequence[int]], tuple[float, Place]]  # how far a point is then, and where

_GRID = 9  # places along each slider
_NEAR = 12.0  # pixels; a point that came so near has found its way
_STEPS = 6  # of Newton's method; on a plane the first one arrives


def nearest(
    place: Callable[[list[int]], Place],
    to: Place,
    at: Sequence[int],
    moving: Sequence[int],
    sizes: Sequence[int],
    thorough: bool = True,
) -> list[int]:
    """The positions of all sliders that bring a point nearest to a place, or close to that.

    place: from slider positions to where the point then is, in pixels; nan where there is none.
    at: the positions now. moving: which sliders may move. sizes: how many positions each has.
    thorough: look everywhere where the point does not come near, as at the end of a drag.

    Each try costs a whole scene, so few are made. One slider is searched over its whole length,
    coarse steps first. With several, Newton's method starts from where the point is; where that
    does not come near, it starts again from the best place of a coarse grid.
    """
    tried: dict[tuple[int, ...], tuple[float, Place]] = {}

    def look(positions: Sequence[int]) -> tuple[float, Place]:
        key = tuple(positions)
        if key not in tried:
            x, y = place(list(positions))
            there = math.isfinite(x) and math.isfinite(y)
            tried[key] = (math.hypot(x - to[0], y - to[1]) if there else math.inf), (x, y)
        return tried[key]

    if len(moving) == 1:
        return _polished(look, _along(look, list(at), moving[0], sizes), moving, sizes)
    best = _newton(look, to, list(at), moving, sizes)
    away = look(best)[0]
    if away == math.inf or (thorough and away > _NEAR):
        starts = itertools.product(*(range(0, sizes[i], max(1, sizes[i] // _GRID)) for i in moving))
        places = [_moved(best, dict(zip(moving, start, strict=True)), sizes) for start in starts]
        start = min([best, *places], key=lambda p: look(p)[0])
        best = _newton(look, to, start, moving, sizes)
    if not thorough:
        return best  # a step beside the best, at most, and many times as fast
    return _polished(look, best, moving, sizes)


def parts_between(
    place: Callable[[list[int]], Place],
    to: Place,
    at: Sequence[int],
    moving: Sequence[int],
    sizes: Sequence[int],
) -> list[tuple[int, float]]:
    """How far sliders would go on towards their next positions, for a point to come nearer still
    to a place: of each that would, from -1 to 1; `partsBetween` in scale.js finds the same.

    place, to: as `nearest` takes them. at: the positions that bring it nearest.
    """
    x, y = place(list(at))
    parts = []
    for i in moving:
        best = 0.0
        for step in (-1, 1):
            if not 0 <= at[i] + step < sizes[i]:
                continue
            nx, ny = place([*at[:i], at[i] + step, *at[i + 1 :]])
            dx, dy = nx - x, ny - y
            square = dx * dx + dy * dy
            part = ((to[0] - x) * dx + (to[1] - y) * dy) / square if square else 0.0
            if part > abs(best):
                best = step * min(1.0, part)
        if best:
            parts.append((i, best))
    return parts


def _newton(
    look: Look, to: Place, best: list[int], moving: Sequence[int], sizes: Sequence[int]
) -> list[int]:
    """Follow the tangent plane of the point's place; stop where that brings it no nearer."""
    if not math.isfinite(look(best)[0]):
        return best
    reach = {i: max(1, sizes[i] // 50) for i in moving}
    for _ in range(_STEPS):
        x, y = look(best)[1]
        columns = []
        for i in moving:
            step = reach[i] if best[i] + reach[i] < sizes[i] else -reach[i]
            neighbour = _moved(best, {i: best[i] + step}, sizes)
            u, v = look(neighbour)[1]
            columns.append(((u - x) / step, (v - y) / step))
        slopes = np.array(columns).T
        if not np.isfinite(slopes).all():
            return best
        way = np.linalg.lstsq(slopes, np.array(to) - (x, y), rcond=1e-6)[0]
        for part in (1, 1 / 2, 1 / 4):  # where the plane bends, a whole step may lead too far
            step = {i: best[i] + round(part * float(d)) for i, d in zip(moving, way, strict=True)}
            there = _moved(best, step, sizes)
            if look(there)[0] < look(best)[0]:
                break
        else:
            return best
        best = there
        reach = dict.fromkeys(moving, 1)
    return best


def _along(look: Look, best: list[int], i: int, sizes: Sequence[int]) -> list[int]:
    """Search one slider over its whole length, then in ever smaller steps around the best place."""
    step = max(1, (sizes[i] - 1) // 16)
    tries = [*range(0, sizes[i], step), best[i]]
    while True:
        best = min((_moved(best, {i: k}, sizes) for k in tries), key=lambda p: look(p)[0])
        if step == 1:
            return best
        step = max(1, step // 4)
        tries = [best[i] + j * step for j in range(-4, 5)]


def _polished(
    look: Look, best: list[int], moving: Sequence[int], sizes: Sequence[int]
) -> list[int]:
    """Go to the best neighbour for as long as that is nearer."""
    for _ in range(8):
        steps = itertools.product((-1, 0, 1), repeat=len(moving))
        around = [
            _moved(best, {i: best[i] + d for i, d in zip(moving, step, strict=True)}, sizes)
            for step in steps
        ]
        there = min(around, key=lambda p: look(p)[0])
        if not look(there)[0] < look(best)[0]:
            break
        best = there
    return best


def _moved(at: list[int], to: dict[int, int], sizes: Sequence[int]) -> list[int]:
    return [min(max(to.get(i, k), 0), sizes[i] - 1) for i, k in enumerate(at)]
