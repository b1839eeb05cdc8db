"""Chapter 01: a trip with straight parts."""

Stop = tuple[float, float]
# A car's way: hours since the start, kilometres from home.
TRIP: tuple[Stop, ...] = ((0, 0), (0.5, 25), (1.25, 115), (1.5, 115), (2.25, 190), (2.5, 200))
