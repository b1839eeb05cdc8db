"""Surfaces for property tests: those of the course, quadratics, and some with odd places."""

from hypothesis import strategies as st

from utils.surfaces import CATALOGUE

_COEFFICIENT = st.integers(-30, 30).map(lambda c: c / 10)
_QUADRATIC = st.tuples(*[_COEFFICIENT] * 5).map(
    lambda c: f"({c[0]}) x^2 + ({c[1]}) x y + ({c[2]}) y^2 + ({c[3]}) x + ({c[4]}) y"
)
SURFACE = st.one_of(st.sampled_from(list(CATALOGUE)), _QUADRATIC)
ODD = ["3", "sqrt(x) + y", "1/(x y)", "abs(x) + abs(y)", "ln(x + y)", "1000000 x", "y/1000000"]
