"""`python -m tools.grade FOLDER`, which the door runs with the Python in `.venv`."""

import sys

from tools.grade.command import main

sys.exit(main())
