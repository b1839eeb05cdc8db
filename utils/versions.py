"""Whether the notebook that runs and the `utils` it found are of one version of the course.

They can part where `utils` is installed once for many, as on a JupyterHub, and the notebooks are
pulled anew.
"""

from functools import cache
from pathlib import Path

HERE = Path(__file__).resolve().parent


@cache
def parted(start: Path | None = None) -> str:
    """A sentence where the course around this folder has another `utils` than the one that was
    imported; "" where it has the same, or none. start: the kernel's folder, if left out."""
    try:
        here = (start or Path.cwd()).resolve()
        roots = [folder for folder in (here, *here.parents) if (folder / "course.py").is_file()]
        beside = roots[0] / HERE.name if roots else HERE
        if not beside.is_dir() or beside == HERE or _texts(beside) == _texts(HERE):
            return ""
    except OSError:
        return ""
    return (
        f"The notebooks here are of another version than the `utils` that runs ({HERE}), so some "
        "questions or figures may be missing. Those who look after this computer can mend it with "
        f"`python -m pip install --no-deps {roots[0]}`; then restart the kernel."
    )


def _texts(package: Path) -> dict[str, bytes]:
    return {
        path.relative_to(package).as_posix(): path.read_bytes() for path in package.rglob("*.py")
    }
