"""Where JupyterLab, IPython and matplotlib keep what is theirs, if not in the user's home.

They need a folder that can be written: JupyterLab does not start without one, and the others warn
beside the first picture. Homes that cannot be written are found in schools and in containers.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

# Side by side: IPython refuses one whose parent is not there yet.
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "home-jupyter-settings",
    "JUPYTER_DATA_DIR": "home-jupyter",
    "IPYTHONDIR": "home-ipython",
    "MPLCONFIGDIR": "home-matplotlib",
}


def is_writable() -> bool:
    """Whether something can be written into the user's home."""
    try:
        with tempfile.TemporaryDirectory(prefix=".course-", dir=Path.home()):
            return True
    except (OSError, RuntimeError):  # RuntimeError: there is no home at all
        return False


def instead(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """What to add to `environ` so that all goes into `folder`; nothing where home will do."""
    if all(name in environ for name in FOLDERS) or is_writable():
        return {}
    return {name: str(folder / part) for name, part in FOLDERS.items() if name not in environ}


def is_moved_to(folder: Path, environ: Mapping[str, str]) -> bool:
    """Whether `environ` sends JupyterLab's settings into `folder`."""
    return environ.get("JUPYTER_CONFIG_DIR") == str(folder / FOLDERS["JUPYTER_CONFIG_DIR"])
