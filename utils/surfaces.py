"""The catalogue of functions of two variables: the landscapes on which the course walks.

Each entry holds a function, its exact gradient, the window to look at it through and what is
known of its flat places. The tests check every entry against SymPy and the numerical gradient.
"""

import inspect
import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product

import numpy as np

from utils import older
from utils.functions import NoValue, checked, not_a_function, parsed, why_no_value
from utils.slopes import Pair, Plane, numerical_gradient

Window = tuple[Pair, Pair]

WINDOW: Window = ((-3.0, 3.0), (-3.0, 3.0))
SLIGHT = 1e-6  # a measured slope below this is round-off


@dataclass(frozen=True)
class Surface:
    """A real function of two variables, and what is known about it.

    name: the key in the catalogue, or what a learner called it.
    formula: f(x, y) as people write it, e.g. "x² + 3y²"; empty where it is not known.
    f: the function; takes two numbers.
    gradient: (x, y) → (∂f/∂x, ∂f/∂y), exact; None where it is not known. A surface with one
        takes NumPy arrays as well.
    partials: both components as people write them; empty where they are not known.
    window: ((x low, x high), (y low, y high)), the piece of the plane to show.
    levels: the heights of the contour lines; empty where they are to be chosen.
    minima, maxima, saddles: the flat places inside the window, as far as they are known.
    variables: what the two inputs are called.
    """

    name: str
    formula: str
    f: Plane
    gradient: Callable[[float, float], Pair] | None = None
    partials: tuple[str, str] = ("", "")
    window: Window = WINDOW
    levels: tuple[float, ...] = ()
    minima: tuple[Pair, ...] = ()
    maxima: tuple[Pair, ...] = ()
    saddles: tuple[Pair, ...] = ()
    variables: tuple[str, str] = ("x", "y")

    def __call__(self, x: float, y: float) -> float:
        return self.f(x, y)

    @property
    def title(self) -> str:
        """What stands over a picture of it: "f(x, y) = x² + 3y²", or a learner's own name."""
        call = f"{'f' if self.formula else self.name}({', '.join(self.variables)})"
        return f"{call} = {self.formula}" if self.formula else call

    def height(self, x: float, y: float) -> float:
        """f(x, y), or nan where there is no finite real number."""
        try:
            with np.errstate(all="ignore"):
                value = float(self.f(x, y))
        except (NoValue, ArithmeticError, ValueError):
            return math.nan
        return value if math.isfinite(value) else math.nan

    def slopes(self, x: float, y: float) -> Pair:
        """Both partial derivatives: exact where they are known, else measured; nan where none.

        Measured ones count only where both sides lead to one number, so not at a corner.
        """
        if self.gradient is not None:
            with np.errstate(all="ignore"):
                across, up = self.gradient(x, y)
            return float(across), float(up)
        across, up = numerical_gradient(self.height, (x, y)).tolist()
        return (
            across if _smooth(lambda at: self.height(at, y), x) else math.nan,
            up if _smooth(lambda at: self.height(x, at), y) else math.nan,
        )

    def heights(self, xs: Sequence[float], ys: Sequence[float]) -> np.ndarray:
        """f over a grid, shape (len(ys), len(xs)), row j at ys[j]; nan where it has no value."""
        return self.values(*np.meshgrid(np.asarray(xs, dtype=float), np.asarray(ys, dtype=float)))

    def values(self, x: np.ndarray, y: np.ndarray) -> np.ndarray:
        """f at each pair of x and y, two arrays of one shape; nan where it has no value."""
        if self.gradient is not None:  # of the catalogue: takes a whole array at once
            with np.errstate(all="ignore"):
                values = np.asarray(self.f(x, y), dtype=float)
        else:
            places = zip(x.ravel().tolist(), y.ravel().tolist(), strict=True)
            values = np.array([self.height(*place) for place in places]).reshape(x.shape)
        return np.where(np.isfinite(values), values, np.nan)


def _smooth(f: Callable[[float], float], x: float) -> bool:
    """Whether the slopes from the left and from the right come together at x."""
    here, scale = f(x), max(1.0, abs(x))
    steps = (1e-3 * scale, 1e-4 * scale)
    sides = [((here - f(x - h)) / h, (f(x + h) - here) / h) for h in steps]
    gaps = [abs(right - left) for left, right in sides]
    # Where a curve bends the gap shrinks with the step; at a corner it stays.
    return gaps[1] < 1e-3 * max(1.0, *map(abs, sides[1])) or gaps[1] < 0.3 * gaps[0]


# --- the catalogue ---


def _himmelblau(x: float, y: float) -> float:
    return (x**2 + y - 11) ** 2 + (x + y**2 - 7) ** 2


def _himmelblau_gradient(x: float, y: float) -> Pair:
    a, b = x**2 + y - 11, x + y**2 - 7
    return 4 * x * a + 2 * b, 2 * a + 4 * y * b


def _rosenbrock(x: float, y: float) -> float:
    return (1 - x) ** 2 + 100 * (y - x**2) ** 2


def _rosenbrock_gradient(x: float, y: float) -> Pair:
    return -2 * (1 - x) - 400 * x * (y - x**2), 200 * (y - x**2)


def _every(step: float, first: float, last: float) -> tuple[float, ...]:
    """Levels a fixed step apart: where their lines lie close, the surface is steep."""
    return tuple(float(level) for level in np.arange(first, last + step / 2, step))


_ENTRIES = (
    Surface(
        "bowl", "x² + y²",
        lambda x, y: x**2 + y**2,
        lambda x, y: (2.0 * x, 2.0 * y), ("2x", "2y"),
        levels=_every(2, 1, 17), minima=((0.0, 0.0),),
    ),
    Surface(
        "elliptical_bowl", "x² + 3y²",
        lambda x, y: x**2 + 3 * y**2,
        lambda x, y: (2.0 * x, 6.0 * y), ("2x", "6y"),
        window=((-3.6, 3.6), (-2.4, 2.4)), levels=_every(3, 1, 28), minima=((0.0, 0.0),),
    ),
    Surface(
        "mixed", "w₁² + 3w₁w₂ + w₂²",
        lambda w1, w2: w1**2 + 3 * w1 * w2 + w2**2,
        lambda w1, w2: (2.0 * w1 + 3 * w2, 3.0 * w1 + 2 * w2), ("2w₁ + 3w₂", "3w₁ + 2w₂"),
        levels=_every(5, -5, 40), saddles=((0.0, 0.0),), variables=("w₁", "w₂"),
    ),
    Surface(
        "shifted_bowl", "(w₁ − 2)² + (w₂ − 5)²",
        lambda w1, w2: (w1 - 2) ** 2 + (w2 - 5) ** 2,
        lambda w1, w2: (2.0 * (w1 - 2), 2.0 * (w2 - 5)), ("2(w₁ − 2)", "2(w₂ − 5)"),
        window=((-4.0, 8.0), (-3.5, 8.5)), levels=_every(10, 9, 89), minima=((2.0, 5.0),),
        variables=("w₁", "w₂"),
    ),
    Surface(
        "saddle", "x² − y²",
        lambda x, y: x**2 - y**2,
        lambda x, y: (2.0 * x, -2.0 * y), ("2x", "−2y"),
        levels=_every(2, -8, 8), saddles=((0.0, 0.0),),
    ),
    Surface(
        "himmelblau", "(x² + y − 11)² + (x + y² − 7)²",
        _himmelblau, _himmelblau_gradient,
        ("4x(x² + y − 11) + 2(x + y² − 7)", "2(x² + y − 11) + 4y(x + y² − 7)"),
        window=((-5.0, 5.0), (-5.0, 5.0)), levels=(5, 25, 60, 110, 170, 250, 400, 600),
        minima=(
            (3.0, 2.0),
            (-2.805118086952745, 3.131312518250573),
            (-3.779310253377747, -3.2831859912861696),
            (3.5844283403304917, -1.8481265269644036),
        ),
        maxima=((-0.2708445906673476, -0.9230385564799815),),
        saddles=(
            (-3.0730257507643897, -0.08135304428796751),
            (-0.12796134673068008, -1.9537149802445763),
            (0.08667750455539636, 2.884254701174776),
            (3.385154183607021, 0.07385187983774928),
        ),
    ),
    Surface(
        "rosenbrock", "(1 − x)² + 100(y − x²)²",
        _rosenbrock, _rosenbrock_gradient,
        ("−2(1 − x) − 400x(y − x²)", "200(y − x²)"),
        window=((-2.0, 2.0), (-1.0, 3.0)), levels=(1, 5, 25, 100, 250, 500, 1000, 2000),
        minima=((1.0, 1.0),),
    ),
    Surface(
        "plane", "2x + y",
        lambda x, y: 2.0 * x + y,
        lambda x, y: (2.0 + 0.0 * x, 1.0 + 0.0 * y), ("2", "1"),
        levels=_every(2, -8, 8),
    ),
)  # fmt: skip

CATALOGUE: dict[str, Surface] = {entry.name: entry for entry in _ENTRIES}


# --- a learner's surface ---


def as_surface(
    f: "str | Surface | Plane",
    over: Window | None = None,
    variables: tuple[str, str] | None = None,
) -> Surface:
    """Return a Surface for a name of the catalogue, a formula as text, or a learner's function.

    f: a name ("bowl"), a formula in x and y ("x**2 + x*y"), a Surface, or anything that can be
        called with two numbers. What a learner's function returns is looked at.
    over: the window to show, in which it must have a value somewhere; that of the surface, or
        ±3 both ways, if left out.
    variables: what the two inputs are called; a formula is written in them.
    Raises NoValue, which says what is wrong with f, in words for the learner, and ValueError for
    a window without width or height.
    """
    if isinstance(f, str) and f not in CATALOGUE:
        surface = _from_formula(f, variables or ("x", "y"))
    elif isinstance(f, str):
        surface = CATALOGUE[f]
    elif isinstance(f, Surface):
        surface = f
    elif callable(f):
        surface = _from_callable(f)
    else:
        raise not_a_function(f, "f(2, 1)")
    if variables is not None:
        surface = replace(surface, variables=variables)
    if over is not None:
        surface = _seen_through(surface, over)
    if surface.gradient is None:
        _require_some_value(surface)
    return surface


def _from_formula(text: str, variables: tuple[str, str]) -> Surface:
    value = parsed(text, variables, CATALOGUE)
    written = text.replace("**", "^").replace("*", " ")
    for power, raised in (("^2", "²"), ("^3", "³"), ("^4", "⁴")):
        written = written.replace(power, raised).replace("-", "−")
    for name in variables:  # "w₁" may have been typed as "w1"
        written = written.replace(unicodedata.normalize("NFKC", name), name)
    return Surface("f", written, value, variables=variables)


def _from_callable(f: Plane) -> Surface:
    name = getattr(f, "__name__", "f")
    name = "f" if name == "<lambda>" else name
    if (count := _inputs(f)) is not None and count != 2:
        takes = "1 input" if count == 1 else f"{count} inputs"
        raise NoValue(
            f"`{name}` takes {takes}, and two are needed here, one for each axis: "
            f"`def {name}(x, y):`."
        )
    return Surface(name, "", checked(f, name).f)


def _inputs(f: Plane) -> int | None:
    """How many inputs a function needs; None where two will do or nobody can tell."""
    try:
        signature = inspect.signature(f)
    except (TypeError, ValueError):
        return None
    try:
        signature.bind(0.0, 0.0)
    except TypeError:
        return len(signature.parameters)
    return None


def _seen_through(surface: Surface, over: Window) -> Surface:
    """The same surface through another window; contour lines and flat places follow."""
    (left, right), (bottom, top) = over
    if not (left < right and bottom < top):
        raise ValueError(
            f"The window {over} has no width or no height. Write it as ((x low, x high), "
            "(y low, y high))."
        )
    if over == surface.window:
        return surface

    def inside(places: tuple[Pair, ...]) -> tuple[Pair, ...]:
        return tuple((x, y) for x, y in places if left <= x <= right and bottom <= y <= top)

    return replace(
        surface,
        window=((float(left), float(right)), (float(bottom), float(top))),
        levels=(),
        minima=inside(surface.minima),
        maxima=inside(surface.maxima),
        saddles=inside(surface.saddles),
    )


def _require_some_value(surface: Surface) -> None:
    """Raise NoValue if the surface has no value anywhere on a grid over its window."""
    across, up = (np.linspace(*ends, 9).tolist() for ends in surface.window)
    why = why_no_value(surface.f, product(across, up))
    if why is None:
        return
    pieces = " and ".join(
        f"{name} from {low:g} to {high:g}".replace("-", "−")
        for name, (low, high) in zip(surface.variables, surface.window, strict=True)
    )
    raise NoValue(f"{surface.formula or surface.name} has no value for {pieces}. {why}")


def __getattr__(name: str) -> Callable:
    return older.find(__name__, name)
