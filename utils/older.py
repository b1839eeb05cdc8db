"""Where names live now that learners' older notebooks import from another place.

A notebook that somebody has written in is never changed, so what it imports has to be found for
good. A module that gave names away asks here, from its own `__getattr__`.
"""

import importlib
from typing import Any

MOVED = {
    "utils.surfaces": {"plot_contours": "utils.contours", "contour_levels": "utils.contours"},
}


def find(module: str, name: str) -> Any:
    """What `name` of `module` is now; AttributeError for a name that never moved away."""
    home = MOVED.get(module, {}).get(name)
    if home is None:
        raise AttributeError(f"module {module!r} has no attribute {name!r}")
    return getattr(importlib.import_module(home), name)
