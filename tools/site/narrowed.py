"""Fewer positions for a figure whose frames would be too many: it moves in coarser steps.

Each slider keeps every second of its values, or every third …, and where it starts among them. The
one that the play button moves keeps the most, since it is what a class watches. Sliders that do not
fit at all are left out: they stay where they start. The angles of a view that is turned keep all
values where the browser finds the places of its marks; else they are left out, too.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

POSITIONS = 2_000
# So many where that keeps a slider more, and the table takes no more bytes than that, deflated.
MORE_POSITIONS, ROOM = 10_000, 110_000

# The fewest values that a slider keeps: one that plays, one that a point is dragged by, another.
PLAYED, DRAGGED, OTHER = 21, 9, 5


@dataclass(frozen=True)
class Frames:
    """The table of all frames, as it travels: `frames.py` in utils/stage says what it holds."""

    header: dict[str, Any]
    buffer: bytes


# For the frames at some positions of each slider; None where they are too many.
Ask = Callable[[list[list[int]]], Frames | None]


@dataclass(frozen=True)
class Narrowed:
    """A figure with fewer positions.

    kept: of each control of its spec, its positions in the whole figure. frames: at those.
    """

    spec: dict[str, Any]
    kept: dict[str, list[int]]
    frames: Frames


def narrowed(spec: Mapping[str, Any], ask: Ask) -> Narrowed | None:
    """The figure with as many positions as travel; None where not even its main slider fits.

    spec: of the whole figure.
    """
    names = [control["name"] for control in spec["controls"]]
    usual, larger = _choices(spec, POSITIONS), _choices(spec, MORE_POSITIONS)
    more = [] if not larger or (usual and len(larger[0]) == len(usual[0])) else larger[:1]
    for k, kept in enumerate([*more, *usual]):
        frames = ask([kept.get(name, [at]) for name, at in zip(names, spec["at"], strict=True)])
        if frames is None or (k < len(more) and len(zlib.compress(frames.buffer)) > ROOM):
            continue
        return Narrowed(spec_of(spec, kept), kept, _without(frames, names, kept))
    return None


def _without(frames: Frames, names: Sequence[str], kept: Mapping[str, Any]) -> Frames:
    """A table without the sliders that stand still: nothing in it depends on those."""
    new = {names.index(name): place for place, name in enumerate(kept)}
    header = frames.header
    moved = {
        "sizes": [header["sizes"][dim] for dim in new],
        "groups": [g | {"dims": [new[dim] for dim in g["dims"]]} for g in header["groups"]],
        "shared": [s | {"dim": new[s["dim"]]} for s in header["shared"]],
    }
    return Frames(header | moved, frames.buffer)


def _choices(spec: Mapping[str, Any], most: int) -> list[dict[str, list[int]]]:
    """What may be kept, the most first: each with one slider fewer than the one before it.

    most: how many positions at most.
    """
    ranked = sorted(
        (i for i in range(len(spec["controls"])) if i not in _turned(spec)),
        key=lambda i: (-_fewest(spec, i), i),
    )
    found = []
    for count in range(len(ranked), 0, -1):
        chosen = sorted(ranked[:count])
        sizes = [_fewest(spec, i) for i in chosen]
        if math.prod(sizes) <= most:
            found.append(_thinned(spec, chosen, most))
    return found


def _turned(spec: Mapping[str, Any]) -> set[int]:
    turn = spec.get("turn")
    return {turn["across"], turn["upward"]} if turn else set()


def free(spec: Mapping[str, Any]) -> set[int]:
    """The angles on which no frame depends."""
    return _turned(spec) if spec.get("turn") and spec["turn"]["space"] else set()


def _moved_turn(spec: Mapping[str, Any], new: Mapping[int, int]) -> dict[str, int]:
    return {angle: new[spec["turn"][angle]] for angle in ("across", "upward")}


def _fewest(spec: Mapping[str, Any], i: int) -> int:
    """How few values of a control would do: all of a choice, some of a slider."""
    control = spec["controls"][i]
    count = len(control["values"])
    if "options" in control or isinstance(control["values"][0], bool):
        return count
    play = spec["play"]
    if play and play["control"] == i:
        return min(count, PLAYED)
    dragged = any(i in mark.get("drag", ()) for mark in spec["marks"])
    return min(count, DRAGGED if dragged else OTHER)


def _thinned(spec: Mapping[str, Any], chosen: Sequence[int], most: int) -> dict[str, list[int]]:
    """Of each chosen control the positions that are kept: as many as there is room for."""
    steps = dict.fromkeys(chosen, 1)

    def size(i: int) -> int:
        return len(_every(spec, i, steps[i]))

    while math.prod(map(size, chosen)) > most:
        wide = [i for i in chosen if len(_every(spec, i, steps[i] + 1)) >= _fewest(spec, i)]
        if not wide:
            break
        steps[max(wide, key=lambda i: size(i) / _fewest(spec, i))] += 1
    steps |= dict.fromkeys(free(spec), 1)
    return {spec["controls"][i]["name"]: _every(spec, i, steps[i]) for i in sorted(steps)}


def _every(spec: Mapping[str, Any], i: int, step: int) -> list[int]:
    """Every so many positions, where the control starts and both ends among them."""
    last = len(spec["controls"][i]["values"]) - 1
    must = {0, last, spec["start"][i], spec["at"][i]} if step > 1 else set()
    return sorted(must | set(range(spec["start"][i] % step, last + 1, step)))


def spec_of(spec: Mapping[str, Any], kept: Mapping[str, Sequence[int]]) -> dict[str, Any]:
    """The spec of a figure that has only these positions of these controls."""
    old = [control["name"] for control in spec["controls"]]
    new = {old.index(name): place for place, name in enumerate(kept)}

    def moved(positions: Sequence[int]) -> list[int]:
        return [kept[name].index(positions[old.index(name)]) for name in kept]

    controls = [spec["controls"][i] for i in new]
    marks = [
        mark | {"drag": [new[i] for i in mark["drag"] if i in new]} if "drag" in mark else mark
        for mark in spec["marks"]
    ]
    play = spec["play"]
    if play:
        ends = kept.get(old[play["control"]])
        play = ends and play | {
            "control": new[play["control"]],
            "end": ends.index(play["end"]),
        }
    backdrop = spec["backdrop"]
    return {
        **{key: value for key, value in spec.items() if key != "turn"},
        **({"turn": spec["turn"] | _moved_turn(spec, new)} if free(spec) else {}),
        "controls": [
            control
            | {"values": [control["values"][i] for i in kept[control["name"]]]}
            | (
                {"options": [control["options"][i] for i in kept[control["name"]]]}
                if "options" in control
                else {}
            )
            for control in controls
        ],
        "marks": marks,
        "play": play or None,
        "backdrop": None if backdrop is None else new.get(backdrop),
        "clicks": {ax: k for ax, k in spec["clicks"].items() if marks[int(k)].get("drag")},
        "start": moved(spec["start"]),
        "at": moved(spec["at"]),
    }
