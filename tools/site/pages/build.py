"""All pages into a folder. What has not changed since it was made is left as it is."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from tools import clean
from tools.site.assets import assets, script, style_sheet
from tools.site.figures import LiveFigure, data_of
from tools.site.files import as_json, write
from tools.site.html import json_inside
from tools.site.lesson import export, title_of
from tools.site.lite import folder as lite
from tools.site.lite.wheels import wheels
from tools.site.pages import asked, contents, python
from tools.site.pages.page import FOLDERS, Addresses, Opens, Place, link, page, questions_in
from tools.site.pages.words import on_page
from tools.site.pictures import Picture
from utils import bank, versions
from utils.stage import field
from utils.stage.browser import without_comments

MADE = ".made.json"  # by page: the key of what it was made from, and its files
WORKERS = 2

# What pages are made from besides their notebooks: the course's code, and the packages that draw.
_SOURCES = ("utils/**/*", "tools/site/**/*", "tools/*")
_KINDS = (".py", ".js", ".css", ".csv")
_PACKAGES = ("numpy", "matplotlib", "pillow", "math-core", "markdown-it-py", "pygments")


@dataclass(frozen=True)
class Job:
    """One page to be made: its place, the notebook, and where all pages go."""

    place: Place
    notebook: Path
    site: Path

    @property
    def name(self) -> str:
        return f"{self.place.folder}/{self.place.name}"


def build(
    root: Path,
    site: Path,
    names: Sequence[str] = (),
    pyodide: Path | None = None,
    notebooks: bool = False,
) -> dict[str, int]:
    """Make the pages of `root`'s notebooks in `site`; returns how many were made and how many kept.

    names: "notebooks/01_slope" and so on; all if left out.
    pyodide: a folder with Pyodide, to be copied into the site; else pages load it from the network.
    notebooks: whether pages open their notebooks, in a JupyterLite that becomes part of the site.
    Raises ExportError, FormulaError where a notebook cannot become a page, PyodideError for a
    folder that does not hold all of Pyodide, LiteError where JupyterLite cannot be had.
    """
    needed = (*python.PACKAGES, *lite.PYODIDE_PACKAGES) if notebooks else python.PACKAGES
    brought = None if pyodide is None else python.pyodide_files(pyodide, needed)
    packages = wheels(root) if notebooks else None
    jobs = [job for job in jobs_of(root, site, notebooks) if not names or job.name in names]
    made, common = _made(site), _common(root)
    keys = {job.name: _key(job, common) for job in jobs}
    old = [job for job in jobs if made.get(job.name, {}).get("key") == keys[job.name]]
    old = [job for job in old if all((site / file).is_file() for file in made[job.name]["files"])]
    new = [job for job in jobs if job not in old]
    now = {job.name: made[job.name] for job in old}
    for job, files, sections in _worked(new):
        now[job.name] = {"key": keys[job.name], "files": files, "sections": sections}
        print(f"{job.name}: made", flush=True)
    _write_common(site, now)
    placed = python.place_pyodide(site, brought)
    _write_python(root, site, placed)
    if brought:
        now[python.BROUGHT] = {"files": [f"{python.BROUGHT}/{name}" for name in sorted(brought)]}
    write(site / MADE, as_json(now))
    if packages is None:
        lite.remove(site)
    else:
        lite.place(root, site, packages, placed)
    _sweep(site, made, now)
    return {"made": len(new), "kept": len(old)}


def jobs_of(root: Path, site: Path, notebooks: bool = False) -> list[Job]:
    """A job for each notebook that becomes a page, in order, each knowing its neighbours.

    notebooks: whether each leads to its notebook as well.
    """
    found = [
        (folder, path) for folder in FOLDERS for path in sorted((root / folder).glob("*.ipynb"))
    ]
    titles = {path: _title(path) for _, path in found}
    jobs = []
    for folder, path in found:
        row = [other for part, other in found if part == folder]
        i = row.index(path)
        back = (f"{row[i - 1].stem}.html", titles[row[i - 1]]) if i else None
        on = (f"{row[i + 1].stem}.html", titles[row[i + 1]]) if i + 1 < len(row) else None
        other = FOLDERS[1 - FOLDERS.index(folder)]
        word = "Exercises" if other == "exercises" else "Lesson"
        twin = (
            (f"../{other}/{path.stem}.html", word) if (root / other / path.name) in titles else None
        )
        opens = _opens(folder, path) if notebooks else None
        jobs.append(Job(Place(folder, path.stem, titles[path], back, on, twin, opens), path, site))
    return jobs


def _opens(folder: str, path: Path) -> Opens:
    address = f"../{lite.PAGE}?path={folder}/{path.name}"
    return Opens(address, runs=not lite.needs_torch(path.read_bytes()))


def _title(path: Path) -> str:
    return title_of(clean.read(path.read_text(encoding="utf-8")), path.stem)


# --- one page ---


def _worked(jobs: Iterable[Job]) -> Iterator[tuple[Job, list[str], list[dict[str, str]]]]:
    jobs = list(jobs)
    with ProcessPoolExecutor(min(WORKERS, os.cpu_count() or 1)) as pool:
        for job, (files, sections) in zip(jobs, pool.map(make, jobs), strict=True):
            yield job, files, sections


def make(job: Job) -> tuple[list[str], list[dict[str, str]]]:
    """Make one page with its figures and questions: its files, and what search finds in it."""
    exported = export(job.notebook, link)
    lesson = on_page(exported, link, runs=not python.needs_torch(exported))
    here = f"{job.place.folder}/{job.place.name}"
    files: dict[str, bytes] = {}
    figures = {figure.name: _figure(figure, here, files) for figure in lesson.figures}
    shown = [output.picture for cell in lesson.cells for output in cell.outputs if output.picture]
    pictures = {picture.data: _picture(picture, files) for picture in shown}
    known = asked.of_page(questions_in(lesson))
    files[f"questions/{here}.json"] = as_json(known)
    cells = python.cells_of(lesson)
    if cells:
        files[f"{python.FOLDER}/{here}.json"] = as_json(cells)
    addresses = Addresses(
        figures,
        pictures,
        f"../questions/{here}.json",
        "../assets/",
        f"../{python.FOLDER}/{here}.json" if cells else "",
        python.runs(cells),
        f"../{python.FOLDER}/{python.WHERE}",
    )
    files[f"{here}.html"] = page(lesson, job.place, addresses).encode()
    for name, data in files.items():
        write(job.site / name, data)
    return sorted(files), contents.sections_of(lesson, f"{here}.html")


def _figure(figure: LiveFigure, here: str, files: dict[str, bytes]) -> tuple[str, str]:
    """Put a figure's data and pictures among the files; the addresses of data and still picture."""
    pictures = [_picture(background.picture, files) for background in figure.backgrounds]
    data = f"figures/{here}/{figure.name}.json"
    files[data] = as_json(data_of(figure, dict(enumerate(pictures))))
    return f"../{data}", _picture(figure.still, files)


def _picture(picture: Picture, files: dict[str, bytes]) -> str:
    """Put a picture among the files, under a name made of what it shows; its address."""
    name = f"pictures/{hashlib.sha256(picture.data).hexdigest()[:20]}.{picture.ending}"
    files[name] = picture.data
    return f"../{name}"


# --- what all pages share ---


def scripts() -> dict[str, str]:
    """Scripts and style sheets by name, those of the pages as well."""
    own = {
        "python.js": script("python.js"),
        "asks.js": without_comments(_read(field.FOLDER / "line.js")) + script("asks.js"),
        "page.js": script("page.js"),
        "page.css": style_sheet("page.css") + _read(field.FOLDER / "field.css"),
    }
    return assets() | own


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write_python(root: Path, site: Path, pyodide: python.Pyodide) -> None:
    """The worker, the course as it loads it, and where both and Pyodide are."""
    write(site / python.FOLDER / "worker.js", script("worker.js").encode())
    write(site / python.FOLDER / "course.zip", python.course(root))
    write(site / python.FOLDER / "figures.zip", python.figures(root))
    where = {
        "pyodide": pyodide.address,
        "lock": pyodide.lock,
        "core": pyodide.core,
        "course": "course.zip",
        "figures": "figures.zip",
        "worker": "worker.js",
    }
    write(site / python.FOLDER / python.WHERE, as_json(where))


def _write_common(site: Path, now: dict[str, dict[str, Any]]) -> None:
    for name, text in scripts().items():
        write(site / "assets" / name, text.encode())
    write(site / "index.html", contents.contents(sorted(now)).encode())
    sections = {name: entry["sections"] for name, entry in now.items()}
    write(site / "search.json", as_json(contents.index(sections)))
    write(site / ".nojekyll", b"")  # GitHub Pages leaves the files as they are


def _sweep(site: Path, before: dict[str, Any], now: dict[str, Any]) -> None:
    """Remove what an earlier build made and this one did not."""
    kept = {file for entry in now.values() for file in entry["files"]}
    for entry in before.values():
        for file in set(entry["files"]) - kept:
            (site / file).unlink(missing_ok=True)
            with suppress(OSError):  # other files are in it
                (site / file).parent.rmdir()


def _made(site: Path) -> dict[str, Any]:
    try:
        return json.loads((site / MADE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}


def _common(root: Path) -> str:
    """Changes with what every page is made from."""
    files = {path for pattern in _SOURCES for path in root.glob(pattern) if path.suffix in _KINDS}
    packages = [f"{package} {metadata.version(package)}" for package in _PACKAGES]
    return f"{sys.version_info[:2]} {packages} {versions.fingerprint(root, files)}"


def _key(job: Job, common: str) -> str:
    text = f"{common} {job.place!r} ".encode() + job.notebook.read_bytes()
    return hashlib.sha256(text).hexdigest()


def one_file(root: Path, name: str) -> str:
    """A lesson as one file for a USB stick: opens from a disk, with figures that move."""
    (job,) = [job for job in jobs_of(root, root) if job.name == f"notebooks/{name}"]
    lesson = on_page(export(job.notebook, _within), _within)
    known = json_inside(asked.of_page(questions_in(lesson)))
    data = f'<script type="application/json" id="questions">{known}</script>\n'
    place = Place("notebooks", name, job.place.title)
    return page(lesson, place, Addresses(None, None, "", ""), [data], scripts())


def _within(address: str) -> str | None:
    """Links of a page that stands alone."""
    return address if "://" in address or address.startswith("#") else None


def lessons(root: Path) -> list[str]:
    """The names of all lessons, in order."""
    return [outline.notebook.removesuffix(".ipynb") for outline in bank.overview()]
