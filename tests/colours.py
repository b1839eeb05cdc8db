"""How far apart the colours of a figure are, for everybody who looks at it."""

import itertools
from collections.abc import Iterable
from functools import cache

from coloraide import Color

from utils import style

TOLD_APART = 15  # CIEDE2000; 2 can be seen side by side, 10 at a glance
SIGHTS = ("all", "protan", "deutan")  # people who see all colours, no red, no green
PAGES = (style.COLOURS, style.COLOURS_DARK)  # light and dark


@cache
def seen(colour: str, sight: str) -> Color:
    """A colour as somebody sees it: Machado, Oliveira and Fernandes (2009), all of it missing."""
    return Color(colour) if sight == "all" else Color(colour).filter(sight, method="machado")


@cache
def apart(one: str, other: str) -> float:
    """How far two meanings are apart where they are nearest: over all sights, and both pages."""
    return min(
        seen(page[one], sight).delta_e(seen(page[other], sight), method="2000")
        for page in PAGES
        for sight in SIGHTS
    )


def too_alike(meanings: Iterable[str]) -> list[str]:
    """The pairs among the meanings of one figure that somebody cannot tell apart."""
    pairs = itertools.combinations(sorted(set(meanings)), 2)
    return [
        f"{one} and {other}: {apart(one, other):.1f}"
        for one, other in pairs
        if style.COLOURS[one] != style.COLOURS[other] and apart(one, other) < TOLD_APART
    ]
