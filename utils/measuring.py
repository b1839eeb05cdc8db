"""What instruments and the kind of answer that reads them have in common.

An instrument is a function that is handed something of the learner's, uses it as a user would, and
returns what it found as numbers by their names. It knows no truth and tells no right from wrong. It
stands in `utils/models/<chapter>.py`.
"""

from collections.abc import Callable, Mapping
from typing import Any

Saying = Callable[[str], None]  # takes the place in words at which the learner's code now runs
Found = Mapping[str, float]  # what was measured, by its name
Instrument = Callable[[Any, Saying], Found]  # Unfit where there is nothing to measure


class Unfit(Exception):
    """What the learner's code gave back has another form than was asked, as one whole message."""
