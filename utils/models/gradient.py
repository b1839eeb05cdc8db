"""Chapter 10: the gradient of a surface at a place, as a direction and a length."""

import math
from dataclasses import dataclass

from utils.slopes import Pair
from utils.surfaces import SLIGHT, Surface, as_surface

CLOSE = 3.0  # degrees: nearer than this, a direction counts as that of the gradient
TURN = 5  # degrees from one value of the angle slider to the next


@dataclass(frozen=True)
class Here:
    """A surface at one place: its height and its gradient; nan where there is none."""

    x: float
    y: float
    height: float
    gradient: Pair

    @property
    def length(self) -> float:
        """|∇f|, the slope in the steepest direction."""
        return math.hypot(*self.gradient)

    @property
    def known(self) -> bool:
        """Whether there is a gradient."""
        return math.isfinite(self.length)

    @property
    def flat(self) -> bool:
        """Whether the gradient is zero, so that it has no direction."""
        return self.known and self.length < SLIGHT

    @property
    def direction(self) -> Pair:
        """The gradient with length 1; nan where it has no direction."""
        return unit(self.angle) if self.known and not self.flat else (math.nan, math.nan)

    @property
    def angle(self) -> float:
        """The direction of the gradient in degrees from the first axis, 0 to 360."""
        return math.degrees(math.atan2(self.gradient[1], self.gradient[0])) % 360

    def along(self, angle: float) -> float:
        """∇f · u: the slope in the direction that lies at `angle` degrees."""
        ux, uy = unit(angle)
        return self.gradient[0] * ux + self.gradient[1] * uy

    def off(self, angle: float) -> float:
        """Degrees between a direction and the gradient, 0 to 180."""
        return apart(angle, self.angle)


def look_at(surface: Surface, x: float, y: float) -> Here:
    """Height and gradient of a surface at (x, y)."""
    return Here(x, y, surface.height(x, y), surface.slopes(x, y))


def unit(angle: float) -> Pair:
    """The direction of length 1 at an angle in degrees."""
    return math.cos(math.radians(angle)), math.sin(math.radians(angle))


def apart(one: float, other: float) -> float:
    """Degrees between two directions, 0 to 180."""
    return abs((one - other + 180) % 360 - 180)


# --- the riddle ---


RIDDLE = "3*x**2 + y**2"
RIDDLE_PLACE = (1.0, 2.0)


def riddle_arrows() -> dict[str, Pair]:
    """The four directions of the riddle, by letter, each of length 1."""
    x, y = RIDDLE_PLACE
    fx, fy = as_surface(RIDDLE).slopes(x, y)
    directions = {"A": (x, y), "B": (-fy, fx), "C": (-fx, -fy), "D": (fx, fy)}
    return {
        letter: (dx / math.hypot(dx, dy), dy / math.hypot(dx, dy))
        for letter, (dx, dy) in directions.items()
    }
