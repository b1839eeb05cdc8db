"""A table of frames read back as the browser reads it: what its script is compared with."""

import math
import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from utils.numerals import number, superscript
from utils.stage.frames import Table

_RECIPE = re.compile("\x00([0-9a-f])([hmr])")


def join_text(pattern: str, numbers: Sequence[float]) -> str:
    """The text of a pattern and its numbers."""
    values = iter(numbers)

    def fill(match: re.Match) -> str:
        decimals = int(match[1], 16)
        value = next(values) / 10**decimals
        text = f"{abs(value):.{decimals}f}"
        if match[2] == "r":
            return superscript(("-" if value < 0 else "") + text)
        return (("-" if match[2] == "h" else "−") if value < 0 else "") + text

    return _RECIPE.sub(fill, pattern)


def frame_at(table: Table, at: Sequence[int]) -> tuple[list[float], list[str]]:
    """Coordinates and texts at slider positions."""
    header = table.header
    channels = [channel for group in header["groups"] for channel in group["channels"]]
    row = np.full(max([header["width"] - 1, *channels]) + 1, math.nan)
    for group in header["groups"]:
        stride, index = 1, 0
        for dim in reversed(group["dims"]):
            index += at[dim] * stride
            stride *= header["sizes"][dim]
        values = np.frombuffer(
            table.buffer, group["dtype"], stride * len(group["channels"]), group["offset"]
        )
        row[group["channels"]] = values.reshape(stride, -1)[index]
    for shared in header["shared"]:
        count = len(shared["channels"])
        start = shared["offset"] + 2 * count * at[shared["dim"]]
        picks = np.frombuffer(table.buffer, "<u2", count, start).astype(int)
        row[shared["channels"]] = row[shared["first"] + picks]
    coordinates, texts, i = row[: header["coordinates"]].tolist(), [], header["coordinates"]
    for slots in header["texts"]:
        pattern = header["patterns"][int(row[i])]
        texts.append(join_text(pattern, row[i + 1 : i + 1 + slots].tolist()))
        i += 1 + slots
    return coordinates, texts


def sentence_at(table: Table, at: Sequence[int], spec: Mapping[str, Any]) -> str:
    """What a figure says at slider positions; where its view is turned, also from where."""
    said, turn = frame_at(table, at)[1][-1], spec.get("turn")
    if not turn or not turn["space"]:
        return said
    angles = [turn["across"], turn["upward"]]
    if all(at[i] == spec["start"][i] for i in angles):
        return said
    seen = [number(spec["controls"][i]["values"][at[i]]) for i in angles]
    return f"{said} {turn['says'].format(*seen)}"
