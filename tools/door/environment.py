"""Making `.venv`, mending it, and knowing in a moment that nothing has to be done.

A stamp in `.venv` holds what was installed there: a second start compares it and goes on. Where a
set-up was interrupted, the next one keeps what is sound (`mending`) and lets pip add the rest.
"""

import contextlib
import enum
import hashlib
import importlib.util
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import IO

from tools.door import installing, mending
from tools.door.files import is_full, write_whole
from tools.door.say import Display, Stop, python_typed, quoted, size

# What each set of packages is installed from; every set holds the ones before it.
SETS = {
    "lab": ("requirements.txt",),
    "site": ("requirements.txt", "requirements-site.txt"),
    "test": ("requirements.txt", "requirements-site.txt", "requirements-test.txt"),
}

# Measured: .venv takes 1.6 GB with the CPU build of torch; pip needs room beside it to unpack.
BYTES_NEEDED = 2.5e9

INSTALL_PYTHON = "install Python 3.13 from https://www.python.org/downloads/ and use that one"

LAB_SETTINGS = {
    # It asks every newcomer about its news, and looks for updates of a version pinned here.
    "@jupyterlab/apputils-extension:notification": {
        "fetchNews": "false",
        "checkForUpdates": False,
    },
    # A notebook that is saved keeps its figures, so that they are there on the next day.
    "@jupyter-widgets/jupyterlab-manager:plugin": {"saveState": True},
}

# Before a class: letters that are read from the last row, and nothing but the notebook.
CLASS_SETTINGS = {
    "@jupyterlab/apputils-extension:themes": {
        "overrides": {"content-font-size1": "20px", "code-font-size": "20px"}
    },
    "@jupyterlab/application-extension:shell": {
        "startMode": "single",
        "activityBarPosition": "top",
    },
    "@jupyterlab/statusbar-extension:plugin": {"visible": False},
}


class State(enum.Enum):
    """What `.venv` is like, and so what has to be done."""

    READY = "ready"
    MISSING = "not there yet"
    INCOMPLETE = "to be completed"
    INTERRUPTED = "to be looked through and completed"
    BROKEN = "to be made anew"
    FOREIGN = "not a virtual environment"


@dataclass(frozen=True)
class Stamp:
    """What a set-up left in `.venv`.

    hashes: one per installed set; none while at work.
    made: whether, while at work, the empty environment was there and pip had its turn.
    """

    folder: str
    python: str
    hashes: dict[str, str]
    made: bool = False

    def save(self, root: Path) -> None:
        """Write the stamp in one step: it is there as a whole or not at all."""
        write_whole(stamp_path(root), json.dumps(asdict(self), indent=1).encode())

    @staticmethod
    def load(root: Path) -> "Stamp | None":
        """The stamp of `root`'s `.venv`; None where there is none that can be read."""
        try:
            return Stamp(**json.loads(stamp_path(root).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None


def venv_path(root: Path) -> Path:
    """Where the virtual environment of the course in `root` lies."""
    return root / ".venv"


def stamp_path(root: Path) -> Path:
    """Where the stamp of the last set-up lies."""
    return venv_path(root) / "course.json"


def venv_python(root: Path) -> Path:
    """The Python in `.venv`."""
    parts = ("Scripts", "python.exe") if os.name == "nt" else ("bin", "python")
    return venv_path(root).joinpath(*parts)


def site_packages(root: Path) -> Path:
    """Where `.venv` holds its packages."""
    if os.name == "nt":
        return venv_path(root) / "Lib" / "site-packages"
    return venv_path(root) / "lib" / f"python{running_python()}" / "site-packages"


def running_python() -> str:
    """The running Python's version without its last part: `3.11`."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def fingerprint(root: Path, which: str) -> str:
    """A hash over all that decides what the set `which` installs."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", *SETS[which]):
        content = (root / name).read_bytes()
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


def inspect(root: Path, which: str) -> tuple[State, str]:
    """What `.venv` is like for the set `which`, and why, as half a sentence. Runs no process."""
    venv, stamp = venv_path(root), Stamp.load(root)
    if not os.path.lexists(venv):
        return State.MISSING, "there is no .venv yet"
    if stamp is None and not _looks_like_venv(venv):
        return State.FOREIGN, "it does not look like a virtual environment"
    if stamp is not None and not stamp.hashes and not stamp.made:
        return State.BROKEN, "its set-up was interrupted"
    if not venv_python(root).exists() or not _home_exists(venv):
        return State.BROKEN, "its Python is gone"
    python = stamp.python if stamp else _version_of(venv)
    if python != running_python():
        return State.BROKEN, f"it belongs to Python {python}, and this is {running_python()}"
    if stamp is not None:
        if stamp.folder != str(root):
            return State.BROKEN, "the course folder was moved"
        if not stamp.hashes:
            return State.INTERRUPTED, "its set-up was interrupted"
        for name in SETS:
            if holds(name, which) and stamp.hashes.get(name) == fingerprint(root, name):
                return State.READY, "set up"
    return State.INCOMPLETE, "packages are missing or out of date"


def holds(one: str, other: str) -> bool:
    """Whether the set `one` has all that the set `other` has."""
    return set(SETS[one]) >= set(SETS[other])


def largest(stamp: Stamp | None) -> str:
    """The largest set that was installed; the learners' where nothing is known."""
    return next((name for name in reversed(SETS) if stamp and name in stamp.hashes), "lab")


def ensure(root: Path, which: str, display: Display | None = None) -> Path:
    """Make sure that `.venv` holds the set `which`; returns its Python. Raises Stop."""
    display = display or Display()
    if inspect(root, which)[0] is not State.READY:
        with alone(root, display) as lock:
            state, why = inspect(root, which)  # another door may have done it meanwhile
            if state is not State.READY:
                _set_up(root, which, state, why, display, lock)
    return venv_python(root)


def rebuild(root: Path) -> None:
    """Make `.venv` anew from nothing, with the packages it was made for."""
    which = largest(Stamp.load(root))
    display = Display()
    with alone(root, display) as lock:
        state, why = inspect(root, which)
        if state not in (State.FOREIGN, State.MISSING):
            state, why = State.BROKEN, "you asked for it"
        _set_up(root, which, state, why, display, lock)


def require_writable(root: Path) -> None:
    """Raise Stop where nothing can be written into the course folder."""
    try:
        with tempfile.TemporaryFile(dir=root):
            pass
    except OSError as error:
        if is_full(error):
            raise
        raise Stop(
            f"Nothing can be written into the course folder {root} ({error.strerror}).",
            "copy the folder to a place of your own",
            _copy_command(root),
        ) from error


def require_space(root: Path, needed: float) -> None:
    """Raise Stop where the disk of the course folder has less than `needed` bytes free."""
    free = shutil.disk_usage(root).free
    if free < needed:
        raise Stop(
            f"The disk is too full: the course needs {size(needed)} free, and there are "
            f"{size(free)}.",
            "free some, for example by emptying pip's cache",
            f"{python_typed()} -m pip cache purge",
        )


def require_venv_module() -> None:
    """Raise Stop where this Python cannot make virtual environments (Debian splits it off)."""
    if importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip"):
        return
    sentence = "This Python comes without the module that makes virtual environments."
    if shutil.which("apt-get"):
        command = f"sudo apt-get install python{running_python()}-venv"
        raise Stop(sentence, "install it", command)
    raise Stop(sentence, INSTALL_PYTHON)


def rename_command() -> str:
    """How to give something called `.venv` another name."""
    return f"{'ren' if os.name == 'nt' else 'mv'} .venv venv-of-yours"


def _set_up(
    root: Path, which: str, state: State, why: str, display: Display, lock: IO[str]
) -> None:
    venv = venv_path(root)
    if state is State.FOREIGN:
        raise Stop(
            "Something called .venv is in the course folder, and it is no virtual environment, "
            "so the course leaves it alone.",
            "give it another name",
            rename_command(),
        )
    require_writable(root)
    if state is State.INTERRUPTED:
        _keep_sound(root, display)
    if state in (State.INTERRUPTED, State.INCOMPLETE) and not has_pip(venv_python(root)):
        state, why = State.BROKEN, "it has no working pip"
    if state in (State.MISSING, State.BROKEN):
        require_venv_module()
        require_space(root, BYTES_NEEDED)
    display.say(_announcement(root, state, why))
    if state is State.BROKEN:
        _empty(root)
    before = Stamp.load(root) if state is State.INCOMPLETE else None
    hashes = {name: fingerprint(root, name) for name in SETS if holds(which, name)}
    at_work = Stamp(str(root), running_python(), {})
    if state in (State.MISSING, State.BROKEN):
        venv.mkdir(exist_ok=True)
        at_work.save(root)
        display.show("making the virtual environment")
        make_venv(venv)
    replace(at_work, made=True).save(root)
    try:
        _install(root, which, before, display, lock)
    except installing.Unexplained:
        if state is State.INTERRUPTED:  # perhaps what was kept is to blame: next time all is new
            at_work.save(root)
        raise
    _settle(root, display)
    Stamp(str(root), running_python(), hashes).save(root)


def _keep_sound(root: Path, display: Display) -> None:
    """After an interruption: remove what is not sound, so that pip installs it once more."""
    display.say("The last set-up was interrupted: keeping what is sound of it.")
    try:
        mending.keep_sound(site_packages(root), lambda name: display.show(f"looking at {name}"))
    except OSError as error:
        raise _in_use("What is left of the last set-up", error) from error


def _announcement(root: Path, state: State, why: str) -> str:
    if state is State.INTERRUPTED:
        return "Setting up the rest."
    if state is State.INCOMPLETE:
        return f"Setting up: {why}."
    begun = f"Making .venv anew: {why}." if state is State.BROKEN else f"Making {venv_path(root)}."
    return f"{begun} This takes a few minutes."


def _install(root: Path, which: str, before: Stamp | None, display: Display, lock: IO[str]) -> None:
    packages = site_packages(root)
    torch = installing.torch_extra(packages, display)
    # -e . stands for the course folder, relative to where pip runs: the folder itself.
    result = installing.run_pip(
        venv_python(root), packages, ["-r", SETS[which][-1], *torch], root, display, [lock.fileno()]
    )
    if result.code != 0:
        if not result.touched:  # nothing has changed: the next start goes on from here
            stamp_path(root).unlink() if before is None else before.save(root)
        result = installing.look_closer(venv_python(root), result, root)
        raise installing.fail(result, venv_path(root) / "pip.log")
    present = installing.installed_versions(packages)
    cuda = any(name.startswith(("nvidia-", "cuda-")) for name in present)
    display.say(
        installing.describe_torch(present.get("torch"), cuda, sys.platform, platform.machine())
    )


def _settle(root: Path, display: Display) -> None:
    """What makes the first minutes quiet: no questions from JupyterLab, fonts already found."""
    settle_lab(root)
    _compile_packages(root, display)
    warm_fonts(venv_python(root), display)


def settle_lab(root: Path) -> None:
    """Write JupyterLab's settings into `.venv`, where they are others: an older course made it."""
    write_lab_settings(venv_path(root))


def write_lab_settings(prefix: Path) -> Path:
    """Write JupyterLab's settings for the course into an environment; returns their file."""
    settings = prefix / "share" / "jupyter" / "lab" / "settings" / "overrides.json"
    wanted = json.dumps(LAB_SETTINGS, indent=2)
    if not settings.is_file() or settings.read_text(encoding="utf-8") != wanted:
        settings.parent.mkdir(parents=True, exist_ok=True)
        settings.write_text(wanted, encoding="utf-8")
    return settings


def class_settings(root: Path) -> Path:
    """The folder of JupyterLab's settings for a projector, apart from those of other days; what is
    set there by hand stays."""
    folder = venv_path(root) / "for_class"
    for plugin, chosen in CLASS_SETTINGS.items():
        extension, _, name = plugin.partition(":")
        file = folder / extension / f"{name}.jupyterlab-settings"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(json.dumps(chosen, indent=2), encoding="utf-8")
    return folder


def _compile_packages(root: Path, display: Display) -> None:
    """Compile what was installed, on all cores; pip was told not to, since it takes one only.

    Some packages hold files that are no Python of this version: those are left out silently.
    """
    display.show("compiling the packages")
    command = [str(venv_python(root)), "-m", "compileall", "-q", "-q", "-j", "0"]
    subprocess.run([*command, str(site_packages(root))], capture_output=True)


def warm_fonts(python: Path, display: Display) -> None:
    """Let matplotlib look for its fonts now; else it says so on stderr at the first picture."""
    display.show("looking for fonts")
    subprocess.run([str(python), "-c", "import matplotlib.font_manager"], capture_output=True)
    display.close()


def make_venv(venv: Path) -> None:
    """Make an empty virtual environment with pip, from the Python that runs (or its base).

    In two steps, since `venv` keeps to itself what pip says when it cannot be put in.
    """
    base = getattr(sys, "_base_executable", None) or sys.executable
    python = venv_python(venv.parent)
    _make([base, "-m", "venv", "--without-pip", str(venv)], venv)
    _make([str(python), "-m", "ensurepip", "--upgrade", "--default-pip"], venv)


def _make(command: list[str], venv: Path) -> None:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONHOME"}
    done = subprocess.run(
        command,
        cwd=venv,  # where no file has the name of a module
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    )
    if done.returncode != 0:
        said = done.stdout.strip().splitlines() or ["nothing"]
        sentence, remedy = installing.explain(said) or (
            f"The virtual environment could not be made; Python said: {said[-1]}",
            INSTALL_PYTHON,
        )
        raise Stop(sentence, remedy)


def has_pip(python: Path) -> bool:
    """Whether this Python starts, and has a pip."""
    try:
        command = [str(python), "-m", "pip", "--version"]
        return subprocess.run(command, capture_output=True).returncode == 0
    except OSError:
        return False


def _empty(root: Path) -> None:
    """Delete what is in a `.venv` that cannot be used any more, except for a stamp.

    The stamp stays to the end: should this be interrupted, the rest is known to be the course's.
    """
    venv = venv_path(root)
    if Path(sys.prefix).resolve() == venv.resolve():
        raise Stop(
            "This terminal uses the very .venv that has to be made anew.",
            "type  deactivate  and then the same command again",
        )
    try:
        if venv.is_symlink():
            venv.unlink()
            return
        Stamp(str(root), running_python(), {}).save(root)
        for child in venv.iterdir():
            if child.is_dir() and not child.is_symlink():
                shutil.rmtree(child)
            elif child != stamp_path(root):
                child.unlink()
    except OSError as error:
        raise _in_use("The old .venv", error) from error


def _in_use(what: str, error: OSError) -> Stop:
    return Stop(
        f"{what} cannot be removed ({error.strerror}: {error.filename}).",
        "close JupyterLab and every program that uses the course folder, then repeat",
    )


def _looks_like_venv(path: Path) -> bool:
    """A folder with the file that every virtual environment has, or with no file at all yet."""
    if not path.is_dir():
        return path.is_symlink()  # a link into nowhere: nothing can be lost
    if (path / "pyvenv.cfg").is_file():
        return True
    return not any(files for _, _, files in os.walk(path))


def _settings_of(venv: Path) -> dict[str, str]:
    try:
        lines = (venv / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return {}
    pairs = (line.partition("=") for line in lines)
    return {key.strip(): value.strip() for key, _, value in pairs}


def _home_exists(venv: Path) -> bool:
    """Whether the Python that `.venv` was made from is still there."""
    home = _settings_of(venv).get("home")
    return home is not None and Path(home).is_dir()


def _version_of(venv: Path) -> str:
    settings = _settings_of(venv)
    version = settings.get("version") or settings.get("version_info") or "?"
    return ".".join(version.split(".")[:2])


def _copy_command(root: Path) -> str:
    if os.name == "nt":
        return f'xcopy /E /I "{root}" "%USERPROFILE%\\{root.name}"'
    return f"cp -R {quoted(root)} ~/"


@contextlib.contextmanager
def alone(root: Path, display: Display) -> Iterator[IO[str]]:
    """Hold the lock under which `.venv` is changed, so that two doors never do it at once.

    It lies outside of `.venv`, which may be deleted, and is freed by the system if this dies.
    """
    key = hashlib.sha256(str(root).encode()).hexdigest()[:16]
    user = str(os.getuid()) if hasattr(os, "getuid") else ""
    path = _temporary_folder() / f"derivatives-course-{user}-{key}.lock"
    with path.open("a+", encoding="utf-8") as lock:
        if not _try_lock(lock):
            display.say("Another window is setting up the course: waiting for it.")
            while not _try_lock(lock):
                display.show("waiting for the other window")
                time.sleep(0.5)
        yield lock


def _temporary_folder() -> Path:
    try:
        return Path(tempfile.gettempdir())
    except FileNotFoundError as error:  # as Python calls it when every one is full
        raise Stop(
            "No folder for temporary files can be written: the disk is full, or may only be read.",
            "free 3 GB on it, or set TMPDIR to a folder that can be written, then repeat",
        ) from error


def _try_lock(lock: IO[str]) -> bool:
    """Take the lock if it is free. Closing the file, or dying, frees it."""
    try:
        if os.name == "nt":
            import msvcrt

            lock.seek(0)
            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
