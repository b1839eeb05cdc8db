"""Chapter 00: a model with one weight, and its error."""

BEST = 3.0


def error(w: float) -> float:
    """The error of a model with one weight: lowest, 1, at w = 3."""
    return (w - BEST) ** 2 / 2 + 1
