"""A JupyterLite with the course's notebooks, as files of the site."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import zipfile
from collections.abc import Mapping
from dataclasses import asdict
from email import message_from_bytes
from pathlib import Path
from typing import Any

from tools.door.my_work import PARTS, without_outputs
from tools.site.files import as_json, write, zipped
from tools.site.pages.python import Pyodide
from tools.site.pages.sources import modules_of
from utils.stage.browser import without_comments

FOLDER = "lite"  # of the site
MADE = ".made.json"  # in it: what the last build wrote
PAGE = f"{FOLDER}/notebooks/index.html"
START = Path(__file__).with_name("start.js")

# Of Pyodide's own packages; what these need comes along.
PYODIDE_PACKAGES = ("numpy", "matplotlib", "ipython", "jedi", "micropip", "traitlets")

KERNEL = "@jupyterlite/pyodide-kernel-extension"
# The kernel installs each of these by itself, one after the other, unless it hears that they are
# there. Two of them nothing here needs: ssl takes 2 MB, and has no sockets to protect.
_KERNELS = ("micropip", "piplite", "ipykernel", "comm", "pyodide_kernel", "jedi", "ipython")
_NEEDLESS = ("ssl", "sqlite3")

COURSE = "derivatives-for-machine-learning"
# The packages that Python gets beside Pyodide's own, and what each of them needs. The last three
# lie in the kernel's extension.
_NEEDS = {
    COURSE: ["numpy", "matplotlib", "ipywidgets", "anywidget"],
    "anywidget": ["ipywidgets", "psygnal", "typing-extensions"],
    "ipywidgets": ["comm", "ipython", "traitlets"],
    "psygnal": [],
    "typing-extensions": [],
    "comm": ["traitlets"],
    "ipykernel": [],
    "piplite": ["micropip"],
    "pyodide-kernel": ["ipython"],
}
_DATA = (".py", ".js", ".css", ".csv", ".md")

# JupyterLite's drive, which the browser keeps; what else Python writes is gone with its kernel.
_ENVIRONMENT = {"DERIVATIVES_PROGRESS": "/drive/my_work/progress.json"}

_LEFT_OUT = (".map", ".orig", ".eot", ".ttf", ".svg")  # old formats of fonts, beside the newer
_DATE = "2026-01-01T00:00:00Z"  # of all: with true ones each build would have other bytes
_ICONS = ("", "-busy-1", "-busy-2", "-busy-3", "-file", "-notebook", "-terminal")  # of tabs
_APPS = ("repl", "doc")  # parts that nothing leads to


def place(root: Path, site: Path, wheels: Mapping[str, bytes], pyodide: Pyodide) -> None:
    """Write the JupyterLite into the site, and remove what an earlier build wrote otherwise.

    wheels: the pinned packages. pyodide: where it is, seen from a folder of the site.
    """
    folder = site / FOLDER
    files = files_of(root, wheels, pyodide)
    remove(site, files)
    for name, content in (files | {MADE: as_json(sorted(files))}).items():
        write(folder / name, content)


def remove(site: Path, kept: Mapping[str, bytes] | None = None) -> None:
    """Remove what an earlier build wrote, but for `kept`."""
    folder = site / FOLDER
    try:
        before = json.loads((folder / MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return
    for name in set(before) - set(kept or ()):
        (folder / name).unlink(missing_ok=True)
    if kept is None:
        (folder / MADE).unlink()


def files_of(root: Path, wheels: Mapping[str, bytes], pyodide: Pyodide) -> dict[str, bytes]:
    """Name → content of all files of the JupyterLite; the same bytes each time."""
    extensions: dict[str, bytes] = {}
    for wheel in wheels.values():
        extensions |= _extensions(wheel)
    files = _app(wheels["jupyterlite-core"]) | extensions
    settings = json.loads(files["jupyter-lite.json"])
    settings["jupyter-config-data"] |= _settings(extensions)
    files["jupyter-lite.json"] = as_json(settings)
    files["build/schemas/all_federated.json"] = as_json(_schemas(extensions))
    files["api/translations/all.json"] = as_json({"data": {"en": _ENGLISH}, "message": ""})
    files["api/translations/en.json"] = as_json({"data": {}, "message": ""})
    for name in _ICONS:
        files[f"static/favicons/favicon{name}.ico"] = files["lab/favicon.ico"]
    files |= _notebooks(root)
    own = _python(root, wheels)
    files |= own
    own |= {path: content for path, content in extensions.items() if path.endswith(".whl")}
    known = {"packages": _packages(own), "first": [COURSE, *_KERNELS], "env": _ENVIRONMENT}
    files["packages.json"] = as_json(known | asdict(pyodide))
    start = without_comments(START.read_text(encoding="utf-8"))
    files["start.js"] = start.encode()
    return files


_ENGLISH = {"displayName": "English", "nativeName": "English"}


# --- JupyterLite itself ---


def _app(wheel: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".tgz")]
        packed = archive.read(name)
    files = {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        for member in archive:
            path = member.name.partition("/")[2]
            taken = archive.extractfile(member)
            if taken is not None and not path.endswith(_LEFT_OUT) and not path.startswith(_APPS):
                files[path] = taken.read()
    return files


def _extensions(wheel: bytes) -> dict[str, bytes]:
    files = {}
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        for name in archive.namelist():
            path = name.partition("/share/jupyter/labextensions/")[2]
            if path and not path.endswith(("/", *_LEFT_OUT)):
                files[f"extensions/{path}"] = archive.read(name)
    return files


def _settings(extensions: Mapping[str, bytes]) -> dict[str, Any]:
    federated = []
    for path, content in sorted(extensions.items()):
        if path.endswith("/package.json"):
            about = json.loads(content)
            federated.append({"name": about["name"], **about["jupyterlab"]["_build"]})
    kernel = {
        "pyodideUrl": "./start.js",
        "disablePyPIFallback": True,
        "loadPyodideOptions": {"packages": [*_KERNELS, *_NEEDLESS]},
    }
    return {
        "appName": "Derivatives for machine learning",
        "appUrl": "./tree",
        "federated_extensions": federated,
        "litePluginSettings": {f"{KERNEL}:kernel": kernel},
    }


def _schemas(extensions: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """The settings that the extensions know, as the settings' page reads them."""
    found = []
    for path, content in sorted(extensions.items()):
        extension, inside, name = path.removeprefix("extensions/").partition("/schemas/")
        if inside and name.endswith(".json"):
            about = json.loads(extensions[f"extensions/{extension}/package.json"])
            entry = {"id": f"{extension}:{Path(name).stem}", "schema": json.loads(content)}
            found.append(entry | {"raw": "{}", "settings": {}, "version": about["version"]})
    return found


# --- the notebooks ---


def needs_torch(notebook: bytes) -> bool:
    """Whether a notebook imports torch, which no browser has: there it is for reading."""
    return any(
        "torch" in modules_of("".join(cell["source"]))
        for cell in json.loads(notebook)["cells"]
        if cell["cell_type"] == "code"
    )


def _notebooks(root: Path) -> dict[str, bytes]:
    """The notebooks as learners get them, and lists of them. Those for reading keep what Python
    gave: here it cannot be run."""
    files, listed = {}, []
    for part in PARTS:
        rows = []
        for path in sorted((root / part).glob("*.ipynb")):
            content = path.read_bytes()
            if part != "solutions" and not needs_torch(content):
                content = without_outputs(content)
            name = f"{part}/{path.name}"
            files[f"files/{name}"] = content
            rows.append(_entry(name, "notebook", len(content)))
        files[f"api/contents/{part}/all.json"] = as_json(_entry(part, "directory", content=rows))
        listed.append(_entry(part, "directory"))
    files["api/contents/all.json"] = as_json(_entry("", "directory", content=listed))
    return files


def _entry(path: str, kind: str, size: int | None = None, content: Any = None) -> dict[str, Any]:
    return {
        "name": path.rpartition("/")[2],
        "path": path,
        "type": kind,
        "size": size,
        "content": content,
        "format": None if content is None else "json",
        "mimetype": None,
        "writable": True,
        "created": _DATE,
        "last_modified": _DATE,
    }


# --- the packages of Python ---


def _python(root: Path, wheels: Mapping[str, bytes]) -> dict[str, bytes]:
    """The wheels that Python needs, the course's among them, by where they lie."""
    found = [wheels[name] for name in wheels if name in _NEEDS] + [wheel_of(root)]
    return {f"packages/{_file_name(wheel)}": wheel for wheel in found}


def _packages(wheels: Mapping[str, bytes]) -> dict[str, Any]:
    """What Pyodide's lock file would say of wheels, by name, of those that Python needs."""
    known = {}
    for path, wheel in wheels.items():
        about = _metadata(wheel)
        name = about["Name"].replace("_", "-")
        if name in _NEEDS:
            known[name] = {
                "name": name,
                "version": about["Version"],
                "file_name": path,
                "sha256": hashlib.sha256(wheel).hexdigest(),
                "install_dir": "site",
                "package_type": "package",
                "imports": ["utils" if name == COURSE else name.replace("-", "_")],
                "depends": _NEEDS[name],
                "unvendored_tests": False,
            }
    return known


def _file_name(wheel: bytes) -> str:
    about = _metadata(wheel)
    return f"{about['Name'].replace('-', '_')}-{about['Version']}-py3-none-any.whl"


def _metadata(wheel: bytes) -> Any:
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        (name,) = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        return message_from_bytes(archive.read(name))


def wheel_of(root: Path) -> bytes:
    """`utils` as a wheel; the same bytes each time."""
    about = f"{COURSE.replace('-', '_')}-0.dist-info"
    files = {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted((root / "utils").rglob("*"))
        if path.suffix in _DATA
    }
    files[f"{about}/METADATA"] = f"Metadata-Version: 2.1\nName: {COURSE}\nVersion: 0\n".encode()
    files[f"{about}/WHEEL"] = b"Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
    files[f"{about}/RECORD"] = "".join(f"{name},,\n" for name in files).encode()
    return zipped(files)
