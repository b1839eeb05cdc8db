"""A course whose set-up takes two seconds: its packages are small wheels, made here.

Everything else is as for a learner: the door, a virtual environment, the real pip.
"""

import base64
import hashlib
import os
import shutil
import subprocess
import sys
import textwrap
import zipfile
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from tests.door.course_copy import copy_of_course, empty_venv
from tools.door import environment

NAMES = ("apple", "birch", "cedar", "daisy", "elder")
MODULES = 8  # in each package, and one of another name in each version
OLD, NEW = "1.0", "2.0"

# What is called instead of course.py: the same door, but with a copy of an empty environment
# instead of three seconds of `venv`, without asking where torch could come from, and with
# `progress` as a command that only sets up.
DOOR = """
import os, sys
from tools.door import commands, environment, installing, testing

def make_venv(venv):
    for folder, _, names in os.walk("template"):
        target = os.path.join(venv, os.path.relpath(folder, "template"))
        os.makedirs(target, exist_ok=True)
        for name in names:
            source, copy = os.path.join(folder, name), os.path.join(target, name)
            if os.path.islink(source):
                os.symlink(os.readlink(source), copy)
            else:
                os.link(source, copy)

def progress(root):
    environment.ensure(root, "lab")
    return 0

environment.BYTES_NEEDED = 0  # these packages are small
environment.make_venv = make_venv
environment.warm_fonts = lambda python, display: display.close()
installing.torch_extra = lambda packages, display: []
testing.progress = progress
sys.exit(commands.main(["progress"]))
"""

# Loaded by every Python of a set-up: counts what is done to the files of `.venv`, and at one of
# these moments kills everything, or finds the disk full from then on.
SITE = """
import os, signal, sys

TOUCHING = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate"}
GROWING = {"open", "os.mkdir"}
_log = os.open(os.environ["FAULT_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
_at = int(os.environ["FAULT_AT"])
_full = os.environ["FAULT"] == "full"

def _hook(event, args):
    if event not in TOUCHING or not isinstance(args[0], (str, bytes)):
        return
    path = os.fsdecode(args[0])
    if event == "open" and not args[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        return
    if ".venv" not in path or path.endswith(".lock"):
        return
    os.write(_log, b".")
    count = os.lseek(_log, 0, os.SEEK_END)
    if _full:
        if count >= _at > 0 and event in GROWING:
            raise OSError(28, "No space left on device", path)
    elif count == _at:
        os.killpg(0, signal.SIGKILL)

sys.addaudithook(_hook)
"""


def make_wheel(folder: Path, name: str, version: str) -> None:
    """A wheel of `name`: a few modules, one that only this version has, a command, its data."""
    modules = {f"{name}/part_{n}.py": f"VALUE = {n}  # {version}\n" for n in range(MODULES)}
    modules[f"{name}/only_in_{version[0]}.py"] = "VALUE = 'here'\n"
    parts = [f"from {name} import part_{n}" for n in range(MODULES)]
    parts += [f"from {name} import only_in_{version[0]}", f"__version__ = {version!r}"]
    info = f"{name}-{version}.dist-info"
    files = modules | {
        f"{name}/__init__.py": "\n".join(parts) + "\n",
        f"{name}/data/table.csv": f"{version},{name}\n" * 4000,
        f"{name}-{version}.data/data/share/{name}.txt": version,
        f"{info}/METADATA": f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/entry_points.txt": f"[console_scripts]\n{name} = {name}.part_0:VALUE\n",
    }
    record = []
    with zipfile.ZipFile(folder / f"{name}-{version}-py3-none-any.whl", "w") as wheel:
        for path, text in files.items():
            digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest())
            record.append(f"{path},sha256={digest.rstrip(b'=').decode()},{len(text)}")
            wheel.writestr(path, text)
        wheel.writestr(f"{info}/RECORD", "\n".join([*record, f"{info}/RECORD,,", ""]))


def make_template(course: Path) -> None:
    """An empty virtual environment with the pip that runs this, in `course`'s `template`."""
    packages = empty_venv(course)
    environment.stamp_path(course).unlink()
    pip = metadata.distribution("pip")
    for file in pip.files or []:
        target = Path(os.path.normpath(packages / file))
        target.parent.mkdir(parents=True, exist_ok=True)
        source = Path(str(pip.locate_file(file)))
        if source.is_file():
            shutil.copy2(source, target)
    # Compiled once, not by each set-up.
    compiling = [sys.executable, "-m", "compileall", "-q", str(packages)]
    subprocess.run(compiling, check=True, capture_output=True)
    environment.venv_path(course).rename(course / "template")


class SmallCourse:
    """A copy of the door in `folder`, what it installs, and faults to try on it."""

    def __init__(self, folder: Path):
        self.root = copy_of_course(folder)
        self.wheels = self.root / "wheels"
        self.wheels.mkdir()
        for name in NAMES:
            for version in (OLD, NEW):
                make_wheel(self.wheels, name, version)
        make_template(self.root)
        (self.root / "door.py").write_text(DOOR, encoding="utf-8")
        (self.root / "site").mkdir()
        (self.root / "site" / "sitecustomize.py").write_text(SITE, encoding="utf-8")
        self.log = self.root / "touched"
        self.packages = environment.site_packages(self.root)

    def ask_for(self, versions: Mapping[str, str]) -> None:
        """Let the course need these `versions` of its packages."""
        lines = [f"{name}=={version}  # a reason" for name, version in versions.items()]
        (self.root / "requirements.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")

    def start(self, fault: str = "none", at: int = 0, **env: str) -> subprocess.Popen[str]:
        """Begin a set-up in a process group of its own, with a `fault` ("kill" or "full").

        at: the fault comes as the files of `.venv` are touched for the so-manieth time.
        """
        self.log.unlink(missing_ok=True)
        paths = [str(self.root), *([str(self.root / "site")] if fault != "none" else [])]
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PIP_", "FAULT"))}
        index = {"PIP_NO_INDEX": "1", "PIP_FIND_LINKS": self.wheels.as_uri()}
        fixed = {
            "PYTHONIOENCODING": "utf-8",
            "PYTHONPATH": os.pathsep.join(paths),
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_NO_CACHE_DIR": "1",
            "FAULT": fault,
            "FAULT_AT": str(at),
            "FAULT_LOG": str(self.log),
        }
        return subprocess.Popen(
            [sys.executable, "door.py"],
            cwd=self.root,
            env=clean | (index if "PIP_INDEX_URL" not in env else {}) | fixed | env,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            start_new_session=True,
        )

    def set_up(self, fault: str = "none", at: int = 0, **env: str) -> tuple[int, str]:
        """Set up to the end, or to the fault: the exit code, and all that was said."""
        with self.start(fault, at, **env) as door:
            said = door.communicate(timeout=120)[0]
        return door.returncode, said

    def touches(self) -> int:
        """How often the last set-up with a fault (or "count") touched the files of `.venv`."""
        return self.log.stat().st_size if self.log.exists() else 0

    def forget(self) -> None:
        """Take `.venv` away, so that the next set-up begins from nothing."""
        shutil.rmtree(environment.venv_path(self.root), ignore_errors=True)

    def marks(self) -> dict[str, int]:
        """The inode of each installed package's first file; a new installation changes it."""
        return {
            name: (self.packages / name / "__init__.py").stat().st_ino
            for name in NAMES
            if (self.packages / name / "__init__.py").exists()
        }

    def faults(self, versions: Mapping[str, str]) -> list[str]:
        """What is wrong with a course that is set up; each package is imported and compared."""
        state, why = environment.inspect(self.root, "lab")
        wrong = [] if state is environment.State.READY else [why]
        check = f"""
            import importlib, os, sys
            from importlib import metadata
            for name, version in {dict(versions)!r}.items():
                module = importlib.import_module(name)
                found = module.__version__, metadata.version(name)
                if found != (version, version):
                    print(name, "has the versions", *found)
                rows = metadata.files(name)
                missing = [str(row) for row in rows if not row.locate().exists()]
                if missing:
                    print(name, "misses", *missing)
        """
        python = environment.venv_python(self.root)
        done = subprocess.run(
            [python, "-c", textwrap.dedent(check)], capture_output=True, text=True, cwd=self.wheels
        )
        wrong += (done.stdout + done.stderr).splitlines()
        for name, version in versions.items():
            other = NEW if version == OLD else OLD
            if (self.packages / name / f"only_in_{other[0]}.py").exists():
                wrong.append(f"{name} holds a file of version {other}")
        strays = [path.name for path in self.packages.glob("~*")]
        return wrong + [f"left lying about: {name}" for name in strays]


def versions(of: Iterable[str] = NAMES, new: Iterable[str] = ()) -> dict[str, str]:
    """The versions to ask for: the old ones, except for those in `new`."""
    return {name: NEW if name in new else OLD for name in of}
