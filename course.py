#!/usr/bin/env python3
"""The one door of the course. To begin:  python course.py lab

This file keeps to a syntax that every Python 3, and even Python 2.7, can read, so that an old one
gets a sentence and not a syntax error. The rest is in tools/door.
"""

import os
import sys

NEEDED = (3, 11)


def newer_python():
    """How to call a Python on the PATH that is new enough; None where there is none."""
    for name in ("python3.13", "python3.12", "python3.11", "python3.14"):
        for folder in os.environ.get("PATH", "").split(os.pathsep):
            if os.path.isfile(os.path.join(folder, name)):
                return name
    return None


def too_old():
    """What to tell somebody whose Python is too old: the sentence, then what to do."""
    advice = "run"
    python = newer_python()
    if python is None:
        advice = "install Python 3.13 from https://www.python.org/downloads/ and run"
        python = "py -3.13" if os.name == "nt" else "python3.13"
    return (
        "The course needs Python %d.%d or newer, and this is Python %d.%d.\n"
        "  What to do:  %s  %s course.py %s"
    ) % (NEEDED + tuple(sys.version_info[:2]) + (advice, python, " ".join(sys.argv[1:]) or "lab"))


if __name__ == "__main__":
    if sys.version_info < NEEDED:
        sys.exit(too_old())
    from tools.door import main

    sys.exit(main())
