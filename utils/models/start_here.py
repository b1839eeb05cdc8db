"""Chapter 00: a model with one weight, and its error."""

BEST = 3.0

# Inputs and what was measured there. The line ŷ = wx misses them with a mean square of `error(w)`.
DOTS = ((-1.0, -2.0), (0.0, -1.0), (0.0, 1.0), (1.0, 4.0))


def error(w: float) -> float:
    """The error of a model with one weight: lowest, 1, at w = 3."""
    return (w - BEST) ** 2 / 2 + 1


def misses(w: float) -> list[float]:
    """How far each of the four dots lies above the line ŷ = wx; below it, a number below 0."""
    return [y - w * x for x, y in DOTS]
