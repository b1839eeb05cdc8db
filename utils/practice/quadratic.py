"""Polynomials of degree two in two inputs: how they are written, their values and gradients."""

from __future__ import annotations

from dataclasses import dataclass

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
