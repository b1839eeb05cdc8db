"""Make this Python ready for a class on a JupyterHub: `python -m tools.hub [--no-tables]`.

Run once where the hub's image or environment is built, from a clone of the course, after
`python -m pip install -r binder/requirements.txt` and `python -m pip install --no-deps .`:
JupyterLab gets the course's settings, and the tables of all live figures are kept for all.
`binder/postBuild` does so for repo2docker and mybinder.org.
"""

from __future__ import annotations

import argparse
import re
import sys
from pathlib import Path

from tools.door.environment import write_lab_settings

ROOT = Path(__file__).resolve().parent.parent
CPU_INDEX = "https://download.pytorch.org/whl/cpu"  # on Linux PyPI has torch with CUDA, 2.5 GB


def main(arguments: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tools.hub", description=__doc__)
    parser.add_argument("--no-tables", action="store_true", help="let each kernel compute its own")
    options = parser.parse_args(arguments)
    settings = write_lab_settings(Path(sys.prefix))
    print(f"JupyterLab's settings for the course are in {settings}.")
    if options.no_tables:
        return 0
    from tools import tables  # loads what draws

    return tables.main([])


def requirements(text: str) -> str:
    """What a hub installs before the course is there: `requirements.txt` without the course's own
    package, so that an edited text does not bring all packages anew."""
    kept = [line for line in text.splitlines() if not re.match(r"-e \.", line)]
    kept = [
        line for line in kept if not line.startswith(("# The course's own", "# What a learner"))
    ]
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return (
        "# What a hub installs: made from requirements.txt by `python course.py build`.\n"
        f"--extra-index-url {CPU_INDEX}\n\n{body}\n"
    )


if __name__ == "__main__":
    sys.exit(main())
