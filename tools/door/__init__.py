"""The one door of the course: sets it up, opens it, tests it. Standard library only.

`course.py` calls `main`. Inside: `commands` reads the command line, `environment` makes and mends
`.venv`, `installing` talks to pip, `my_work` hands the notebooks out, and `lab`, `testing`,
`trials` (with `pythons` and `newest`) and `doctor` are the commands themselves.
"""

from tools.door.commands import main

__all__ = ["main"]
