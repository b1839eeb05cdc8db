"""`python -m utils.checks` prints the map of the course as text."""

import sys

from utils.checks import progress

if __name__ == "__main__":
    if hasattr(sys.stdout, "reconfigure"):  # a console with an old code page prints "?" instead
        sys.stdout.reconfigure(errors="replace")
    print(progress())
