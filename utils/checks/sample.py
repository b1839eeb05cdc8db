"""An answer as numbers: what the truth, a rival and a learner's answer are compared by."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from utils.checks.reading import Reading


@dataclass(frozen=True)
class Sample:
    """`values` flat; for each value the probe it belongs to; for each probe its shape."""

    values: tuple[float, ...]
    probes: tuple[int, ...]
    shapes: tuple[tuple[int, ...], ...]

    @staticmethod
    def of(readings: Sequence[Reading]) -> Sample:
        """One reading per probe."""
        return Sample(
            tuple(value for reading in readings for value in reading.values),
            tuple(index for index, reading in enumerate(readings) for _ in reading.values),
            tuple(() if reading.is_number else reading.shape for reading in readings),
        )

    @property
    def finite(self) -> bool:
        return all(map(math.isfinite, self.values))
