"""The JupyterLite of the site as files: what it is made from, and what lies in it."""

import ast
import hashlib
import json
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import asdict
from pathlib import Path

import pytest

from tools.door import newest
from tools.door.my_work import PARTS, without_outputs
from tools.site.lesson import Lesson
from tools.site.lite import folder
from tools.site.lite import wheels as packages
from tools.site.pages import __main__ as command
from tools.site.pages import build as pages
from tools.site.pages.page import Addresses, Opens, Place, page
from tools.site.pages.python import Pyodide

ROOT = Path(__file__).resolve().parents[1]
PYODIDE = Pyodide("../pyodide/", "../python/pyodide-lock.json", {"pyodide.mjs": "sha256-x"})


@pytest.fixture(scope="module")
def wheels() -> dict[str, bytes]:
    try:
        return packages.wheels(ROOT)
    except packages.LiteError as error:
        pytest.skip(str(error))


@pytest.fixture(scope="module")
def files(wheels: dict[str, bytes]) -> dict[str, bytes]:
    return folder.files_of(ROOT, wheels, PYODIDE)


# --- the pinned packages ---


def test_every_package_is_pinned_by_version_and_hash() -> None:
    text = (ROOT / packages.PINS).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(packages.pinned(ROOT)) == len(lines)
    pinned = newest.pins(text)
    course = newest.pins((ROOT / "requirements.txt").read_text(encoding="utf-8"))
    assert {name: course[name] for name in ("ipywidgets", "anywidget")}.items() <= pinned.items()


def test_what_pip_says_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(command, **options):
        return subprocess.CompletedProcess(command, 1, "", "noise\nERROR: No such host\n")

    monkeypatch.setattr(packages.subprocess, "run", run)
    with pytest.raises(packages.LiteError, match=r"No such host.*\n.*What to do: .*--notebooks"):
        packages.wheels(ROOT, tmp_path)


def test_a_damaged_package_is_asked_for_again(
    wheels: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(packages.CACHE / "jupyterlite", tmp_path / "jupyterlite")
    (damaged,) = (tmp_path / "jupyterlite").glob("comm-*.whl")
    damaged.write_bytes(b"half")
    asked = []

    def run(command, **options):
        asked.append(command)
        (Path(command[command.index("--dest") + 1]) / damaged.name).write_bytes(wheels["comm"])
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr(packages.subprocess, "run", run)
    assert packages.wheels(ROOT, tmp_path) == wheels
    assert packages.wheels(ROOT, tmp_path) == wheels
    assert len(asked) == 1 and "--require-hashes" in asked[0]


# --- what lies in it ---


def test_all_that_python_needs_lies_there_with_its_hash(files: dict[str, bytes]) -> None:
    told = json.loads(files["packages.json"])
    for known in told["packages"].values():
        content = files[known["file_name"]]
        assert hashlib.sha256(content).hexdigest() == known["sha256"]
    # What the kernel would else look for on PyPI.
    kernel = json.loads(files["jupyter-lite.json"])["jupyter-config-data"]["litePluginSettings"]
    settings = kernel["@jupyterlite/pyodide-kernel-extension:kernel"]
    assert settings["disablePyPIFallback"]
    there = {name.replace("_", "-") for name in [*told["packages"], *folder.PYODIDE_PACKAGES]}
    for name in (*told["first"], *(n for k in told["packages"].values() for n in k["depends"])):
        assert name.replace("_", "-") in there, name
    # The worker of the kernel names them itself: an upgrade may ask for more.
    worker = next(
        content.decode()
        for name, content in sorted(files.items())
        if "pyodide-kernel-extension/static/352." in name
    )
    asked = re.search(r'\["ssl",.*?\]', worker)
    assert asked
    preloaded = settings["loadPyodideOptions"]["packages"]
    assert set(ast.literal_eval(asked[0])) <= set(preloaded)


def test_the_notebooks_are_those_that_learners_get(files: dict[str, bytes]) -> None:
    listed = set()
    for part in PARTS:
        for entry in json.loads(files[f"api/contents/{part}/all.json"])["content"]:
            assert entry["size"] == len(files[f"files/{entry['path']}"])
            listed.add(entry["path"])
    notebooks = {f"{part}/{p.name}" for part in PARTS for p in (ROOT / part).glob("*.ipynb")}
    assert listed == notebooks
    assert {name for name in files if name.startswith("files/")} == {f"files/{n}" for n in listed}
    lesson = (ROOT / "notebooks/01_slope.ipynb").read_bytes()
    assert files["files/notebooks/01_slope.ipynb"] == without_outputs(lesson) != lesson
    for name in ("solutions/01_slope.ipynb", "notebooks/15_pytorch_autograd.ipynb"):
        assert files[f"files/{name}"] == (ROOT / name).read_bytes()  # with what cells gave


def test_extensions_are_those_that_are_pinned(files: dict[str, bytes]) -> None:
    settings = json.loads(files["jupyter-lite.json"])["jupyter-config-data"]
    federated = {entry["name"]: entry["load"] for entry in settings["federated_extensions"]}
    assert set(federated) == {folder.KERNEL, "@jupyter-widgets/jupyterlab-manager", "anywidget"}
    for name, load in federated.items():
        assert f"extensions/{name}/{load.removeprefix('./')}" in files
    assert settings["litePluginSettings"][f"{folder.KERNEL}:kernel"]["pyodideUrl"] == "./start.js"
    told = json.loads(files["packages.json"])
    assert {key: told[key] for key in ("address", "lock", "core")} == asdict(PYODIDE)


def test_nothing_is_there_that_no_page_loads(files: dict[str, bytes]) -> None:
    assert not [name for name in files if name.endswith((".map", ".svg", ".orig"))]
    assert sum(map(len, files.values())) < 30e6


def test_the_course_can_be_imported_from_its_wheel(tmp_path: Path) -> None:
    wheel = folder.wheel_of(ROOT)
    assert wheel == folder.wheel_of(ROOT)
    path = tmp_path / "course.whl"
    path.write_bytes(wheel)
    with zipfile.ZipFile(path) as archive:
        inside = set(archive.namelist())
        archive.extractall(tmp_path)
    data = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for pattern in data["tool"]["setuptools"]["package-data"]["*"]:
        names = {p.relative_to(ROOT).as_posix() for p in (ROOT / "utils").rglob(pattern)}
        assert names <= inside
    code = "import utils, utils.stage, utils.checks; print(utils.__file__)"
    command = [sys.executable, "-P", "-c", code]
    ran = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, text=True,
                         capture_output=True)  # fmt: skip
    assert Path(ran.stdout.strip()) == tmp_path / "utils" / "__init__.py", ran.stderr


# --- in the site ---


def test_a_second_time_changes_no_byte_and_what_is_gone_is_removed(
    wheels: dict[str, bytes], files: dict[str, bytes], tmp_path: Path
) -> None:
    place = tmp_path / folder.FOLDER
    folder.place(ROOT, tmp_path, wheels, PYODIDE)
    made = {path: path.stat().st_mtime_ns for path in place.rglob("*") if path.is_file()}
    there = {path.relative_to(place).as_posix(): path.read_bytes() for path in made}
    assert {name: there[name] for name in files} == files and len(there) == len(files) + 1
    old, own = place / "old.js", place / "own.txt"
    old.write_text("")
    own.write_text("")
    listed = json.loads((place / folder.MADE).read_text(encoding="utf-8"))
    (place / folder.MADE).write_text(json.dumps([*listed, "old.js"]), encoding="utf-8")
    folder.place(ROOT, tmp_path, wheels, PYODIDE)
    assert not old.exists() and own.exists()
    del made[place / folder.MADE]
    assert {path: path.stat().st_mtime_ns for path in made} == made
    folder.remove(tmp_path)
    assert [path for path in place.rglob("*") if path.is_file()] == [own]


def test_pages_say_which_notebooks_are_for_reading() -> None:
    plain, opened = (pages.jobs_of(ROOT, ROOT, notebooks=n) for n in (False, True))
    assert not any(job.place.opens for job in plain)
    reads = {job.name.split("/")[1][:3] for job in opened if not job.place.opens.runs}
    assert reads == {"15_", "16_", "16b", "17_"}
    place = next(job.place for job in opened if job.name == "notebooks/01_slope")
    assert place.opens == Opens(
        "../lite/notebooks/index.html?path=notebooks/01_slope.ipynb", runs=True
    )


@pytest.mark.parametrize(
    ("opens", "link", "why"),
    [
        (None, "", ""),
        (Opens("../lite/a", runs=True), ">Open as a notebook</a>", "copy of your own"),
        (Opens("../lite/a", runs=False), ">Open as a notebook, to read</a>", "need PyTorch"),
    ],
    ids=["none", "runs", "reads"],
)
def test_a_page_leads_to_its_notebook(opens: Opens | None, link: str, why: str) -> None:
    place = Place("notebooks", "01_slope", "01", opens=opens)
    made = page(Lesson("01_slope", "Slope", ()), place, Addresses({}, {}, "", "../assets/"))
    assert link in made and why in made
    assert ("lite/" in made) == (opens is not None)


def test_where_packages_cannot_be_had_a_sentence_says_so_before_the_long_work(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(root: Path) -> None:
        raise packages.LiteError("No packages here.")

    monkeypatch.setattr(pages, "wheels", refuse)
    assert command.main(["--notebooks", "--to", str(tmp_path)]) == 1
    assert capsys.readouterr().err == "No packages here.\n" and not list(tmp_path.iterdir())
