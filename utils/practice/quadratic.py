"""Polynomials of degree two in two inputs: how they are written, their values and gradients."""

from __future__ import annotations

from dataclasses import dataclass

from utils.practice.template import Draw
from utils.practice.writing import total


@dataclass(frozen=True)
class Quadratic:
    """ax² + bxy + cy² + dx + ey + k.

    names: of the two inputs.
    """

    a: float
    b: float
    c: float
    d: float = 0
    e: float = 0
    k: float = 0
    names: tuple[str, str] = ("x", "y")

    def __call__(self, x: float, y: float) -> float:
        square = self.a * x * x + self.b * x * y + self.c * y * y
        return square + self.d * x + self.e * y + self.k

    def gradient(self, x: float, y: float) -> tuple[float, float]:
        """Both partial derivatives at a place."""
        return 2 * self.a * x + self.b * y + self.d, self.b * x + 2 * self.c * y + self.e

    @property
    def text(self) -> str:
        """As it is written on paper: "3x² − xy + 2y"."""
        x, y = self.names
        return total(
            [
                (self.a, f"{x}²"),
                (self.b, f"{x}{y}"),
                (self.c, f"{y}²"),
                (self.d, x),
                (self.e, y),
                (self.k, ""),
            ]
        )

    @property
    def partials(self) -> tuple[str, str]:
        """Both partial derivatives as they are written: "6x − y" and "−x + 2"."""
        x, y = self.names
        return (
            total([(2 * self.a, x), (self.b, y), (self.d, "")]),
            total([(self.b, x), (2 * self.c, y), (self.e, "")]),
        )


def rings(draw: Draw, upside_down: bool = False) -> tuple[Quadratic, float, float, list[float]]:
    """A bowl with elliptical contour lines around (0, 0), a place on it, and heights of lines.

    One of the lines passes through the place. upside_down: for a hill.
    """
    a, c = draw.one([(1, 3), (1, 4), (3, 1), (4, 1), (1, 2), (2, 1)])
    x, y = (draw.one([-1, 1]) * draw.one([1, 1.5, 2]) for _ in range(2))
    through = a * x * x + c * y * y
    scale = next(n for n in (2, 4, 8) if through * n % 2 == 0)  # then all heights are whole
    gap = round(through * scale / 2)
    sign, lowest = (-1, 6 * gap) if upside_down else (1, 0)
    f = Quadratic(sign * scale * a, 0, sign * scale * c, k=lowest + draw.whole(0, 30))
    return f, x, y, sorted(f.k + sign * gap * n for n in range(1, 6))
