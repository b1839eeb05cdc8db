"""`python -m utils.checks` prints the map of the course as text."""

import io
import sys

from utils.checks import progress

if __name__ == "__main__":
    # A console with an old code page prints "?" for the signs it lacks.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    print(progress())
