"""Frames that travel: all scenes of a live figure in one compact table.

A scene is a row of numbers: the coordinates of its marks, and its texts split into a pattern
("slope = {0.00}") and the numbers in it. For every combination of slider values there is one row.
Most numbers depend on some of the sliders only; each is stored once per setting of those. Where a
slider only says how much of a walk is drawn, the walk is stored once, and which of its places each
mark shows, once per position of that slider.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from utils.numerals import lowered
from utils.stage.marks import Scene

# A number inside a text: it is shown with a fixed number of decimals, which the browser can repeat.
# An exponent is one, too: powers of ten would else make a pattern each.
_NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?|⁻?[⁰¹²³⁴-⁹]+")
_LONGEST = 15  # digits up to which a float repeats the text exactly


@lru_cache(maxsize=65_536)
def _recipe(token: str) -> tuple[str, float] | None:
    """How to show a number as this token, and its digits; None where that would not be exact."""
    plain = lowered(token).replace("−", "-")
    digits = plain.lstrip("-")
    leading_zero = len(digits) > 1 and digits[0] == "0" and digits[1] != "."
    value = float(plain.replace(".", ""))
    if len(plain) > _LONGEST or leading_zero or (value == 0 and plain[0] == "-"):
        return None
    decimals = len(plain.partition(".")[2])
    minus = "r" if plain[-1] != token[-1] else "h" if token[0] == "-" else "m"
    return f"\x00{decimals:x}{minus}", value


def split_text(text: str) -> tuple[str, list[float]]:
    """A text as a pattern and its numbers; `joinText` in the browser puts them together again.

    In the pattern \\x00 and two letters stand for each number: its decimals, and whether its minus
    sign is a hyphen or a true minus, or the number is raised, as an exponent is. Of a number the
    digits are kept, with no point: they are whole, and most need two bytes.
    """
    numbers: list[float] = []

    def take(match: re.Match) -> str:
        recipe = _recipe(match.group())
        if recipe is None:
            return match.group()  # stays a part of the pattern
        numbers.append(recipe[1])
        return recipe[0]

    return _NUMBER.sub(take, text), numbers


def flatten(scene: Scene, names: Sequence[str], lengths: Sequence[int]) -> list[float]:
    """The numbers of a scene's marks in the order of `names`; nan for a mark it leaves out."""
    row: list[float] = []
    for name, length in zip(names, lengths, strict=True):
        mark = scene.marks.get(name)
        numbers = mark.travels() if mark is not None else (math.nan,) * length
        if len(numbers) != length:
            raise ValueError(
                f"The mark {name!r} has {len(numbers)} coordinates here and {length} at the start; "
                "give it the same number in every scene."
            )
        row.extend(numbers.tolist() if isinstance(numbers, np.ndarray) else map(float, numbers))
    return row


def texts_of(scene: Scene, names: Sequence[str]) -> list[str]:
    """The texts of a scene: that of each mark in `names`, then the sentence.

    Between them, in figures with a goal, a tick where it is reached, and nothing where it is not.
    """
    lines = [scene.marks[n].text_line() if n in scene.marks else None for n in names]
    goal = ["✓" if scene.reached else ""] if scene.goal else []
    return [line or "" for line in lines] + goal + [scene.sentence]


@dataclass(frozen=True)
class Table:
    """All frames, ready to travel: `header` as JSON, `buffer` as bytes."""

    header: dict
    buffer: bytes

    @property
    def size(self) -> int:
        """Bytes of the numbers and, roughly, of the patterns."""
        return len(self.buffer) + sum(len(p.encode()) for p in self.header["patterns"])


def pack(
    sizes: Sequence[int], coordinates: Sequence[list[float]], texts: Sequence[list[str]]
) -> Table:
    """Pack the frames of all slider positions, the last slider running fastest.

    sizes: how many values each slider has. coordinates, texts: a list per frame.
    """
    patterns: dict[str, int] = {}
    pieces = [[split_text(text) for text in row] for row in texts]
    slots = [max(len(row[k][1]) for row in pieces) for k in range(len(pieces[0]))]
    rows = []
    for numbers, row in zip(coordinates, pieces, strict=True):
        flat = list(numbers)
        for (pattern, values), count in zip(row, slots, strict=True):
            flat.append(float(patterns.setdefault(pattern, len(patterns))))
            flat += values + [0.0] * (count - len(values))
        rows.append(flat)
    everything = np.array(rows, dtype=float)
    del rows
    width, fixed = everything.shape[1], len(coordinates[0])
    grid = everything.reshape(*sizes, width)

    members: dict[tuple[tuple[int, ...], str], list[int]] = {}
    for channel in range(width):
        values = grid[..., channel]
        dtype = _kind_of(values, whole=channel >= fixed)
        members.setdefault((_dims_of(values), dtype), []).append(channel)

    blocks: list[tuple[dict, bytes]] = []
    shared: list[tuple[dict, bytes]] = []
    count = width
    for (dims, dtype), channels in members.items():
        first = tuple(slice(None) if d in dims else 0 for d in range(len(sizes)))
        block = grid[first][..., channels].astype(dtype)
        found = _shared(block)
        if found is None:
            blocks.append(({"dims": dims, "channels": channels, "dtype": dtype}, block.tobytes()))
            continue
        axis, picks, columns = found
        told = {"dim": dims[axis], "channels": channels, "first": count}
        shared.append((told, picks.astype("<u2").tobytes()))
        others = [dim for dim in dims if dim != dims[axis]]
        blocks += _grouped(columns, others, count)
        count += columns.shape[-1]

    parts, offset = [], 0
    # Eight-byte numbers first, two-byte ones last: the browser reads each block at a multiple of
    # its number's size.
    blocks.sort(key=lambda block: int(block[0]["dtype"][-1]), reverse=True)
    for told, block in blocks + shared:
        told["offset"] = offset
        parts.append(block)
        offset += len(block)
    header = {
        "sizes": list(sizes),
        "width": width,
        "coordinates": fixed,
        "texts": slots,
        "patterns": list(patterns),
        "digits": True,
        "groups": [told for told, _ in blocks],
        "shared": [told for told, _ in shared],
    }
    return Table(header, b"".join(parts))


def _kind_of(values: np.ndarray, whole: bool) -> str:
    """In how few bytes a channel can be told. whole: of a text, which needs every digit it shows; a
    coordinate is right to a thousandth of a pixel, unless it is too large for four bytes.
    """
    if whole and np.abs(values).max() < 2**15:
        return "<i2"
    with np.errstate(over="ignore"):
        short = values.astype("<f4")
    lost = np.isinf(short) & np.isfinite(values)
    return "<f8" if lost.any() or (whole and not np.array_equal(values, short)) else "<f4"


_MOST_COLUMNS = 2**16  # that two bytes can tell apart


def _shared(block: np.ndarray) -> tuple[int, np.ndarray, np.ndarray] | None:
    """Channels that show the same numbers at different positions of one slider, held once.

    A walk of which a slider shows the first k steps is the example: where it goes does not depend
    on k, only how much of it is drawn.

    block: channels over the sliders that they depend on, the channels last. Returns which of these
    sliders it is, for each of its positions and each channel the column to show, shape (positions,
    channels), and the columns over the other sliders, the columns last. None where little is saved.
    """
    least, best = 0.75 * block.nbytes, None
    for axis in range(block.ndim - 1):
        rest = [size for k, size in enumerate(block.shape[:-1]) if k != axis]
        slices = np.moveaxis(block, (axis, -1), (0, 1)).reshape(*_outer(block, axis), -1)
        known: dict[bytes, int] = {}
        picks = [[known.setdefault(c.tobytes(), len(known)) for c in row] for row in slices]
        size = (
            block.itemsize * slices.shape[-1] * len(known) + 2 * slices.shape[0] * slices.shape[1]
        )
        if size < least and len(known) <= _MOST_COLUMNS:
            columns = np.array([np.frombuffer(column, block.dtype) for column in known]).T
            least, best = size, (axis, np.array(picks), columns.reshape(*rest, len(known)))
    return best


def _outer(block: np.ndarray, axis: int) -> tuple[int, int]:
    return block.shape[axis], block.shape[-1]


def _grouped(columns: np.ndarray, dims: Sequence[int], first: int) -> list[tuple[dict, bytes]]:
    """Columns over some sliders, the columns last, as groups of those that depend on the same ones.

    first: the number of the first column as a channel.
    """
    members: dict[tuple[int, ...], list[int]] = {}
    for k in range(columns.shape[-1]):
        members.setdefault(_dims_of(columns[..., k]), []).append(k)
    groups = []
    for within, chosen in members.items():
        corner = tuple(slice(None) if d in within else 0 for d in range(len(dims)))
        told = {
            "dims": tuple(dims[d] for d in within),
            "channels": [first + k for k in chosen],
            "dtype": columns.dtype.str,
        }
        groups.append((told, columns[corner][..., chosen].tobytes()))
    return groups


def _dims_of(values: np.ndarray) -> tuple[int, ...]:
    """The dimensions along which values change."""
    return tuple(d for d in range(values.ndim) if _depends(values, d))


def _depends(values: np.ndarray, dim: int) -> bool:
    """Whether the values change along a dimension; nan equals nan."""
    first = np.take(values, [0], axis=dim)
    return not bool(np.all((values == first) | (np.isnan(values) & np.isnan(first))))
