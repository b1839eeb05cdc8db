"""What of an interrupted set-up counts as sound, file by file."""

import base64
import hashlib
from pathlib import Path

import pytest

from tools.door import mending

FILES = {
    "apple/__init__.py": b"VALUE = 1\n",
    "apple/data/table.csv": b"1,2,3\n" * 100,
    "../bin/apple": b"#!python\n",
    "apple-1.0.dist-info/METADATA": b"Name: apple\n",
    "apple-1.0.dist-info/INSTALLER": b"pip\n",
}
OTHERS = {name.replace("apple", "birch"): content for name, content in FILES.items()}
RECORD = "apple-1.0.dist-info/RECORD"


def install(packages: Path, files: dict[str, bytes]) -> None:
    """What pip leaves behind of a distribution that it has installed."""
    lines = []
    for name, content in files.items():
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_bytes(content)
        digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=").decode()
        lines.append(f"{name},sha256={digest},{len(content)}")
    record = next(name for name in files if name.endswith("METADATA")).replace("METADATA", "RECORD")
    (packages / record).write_text("\n".join([*lines, f"{record},,", ""]), encoding="utf-8")


@pytest.fixture
def packages(tmp_path) -> Path:
    folder = tmp_path / "site-packages"
    install(folder, FILES)
    install(folder, OTHERS)
    for name in ("apple", "birch"):
        compiled = folder / name / "__pycache__" / "__init__.cpython-311.pyc"
        compiled.parent.mkdir()
        compiled.write_bytes(b"compiled")
    return folder


def all_files(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_what_is_sound_is_not_touched(packages):
    before = all_files(packages)
    shown = []
    assert mending.keep_sound(packages, shown.append) == ["apple-1.0", "birch-1.0"] == shown
    assert all_files(packages) == before


@pytest.mark.parametrize("name", [*FILES, RECORD])
@pytest.mark.parametrize("damage", ["missing", "cut short", "full of zeros", "another version"])
def test_a_damaged_distribution_goes_and_the_other_stays(packages, name, damage):
    path = packages / name
    content = path.read_bytes()
    match damage:
        case "missing":
            path.unlink()
        case "cut short":
            path.write_bytes(content[: len(content) // 2])
        case "full of zeros":  # as a disk may hand it out after the power was cut
            path.write_bytes(bytes(len(content)))
        case "another version":
            path.write_bytes(content.replace(b"a", b"b") + b" ")
    assert mending.keep_sound(packages) == ["birch-1.0"]
    assert not list(packages.glob("*apple*"))
    assert sum(name.startswith("birch") for name in all_files(packages)) == len(OTHERS) + 1


def test_a_record_that_pip_has_not_finished(packages):
    """The wheel's own RECORD lists all its files, but not what pip adds at the end."""
    lines = (packages / RECORD).read_text(encoding="utf-8").splitlines()
    kept = [line for line in lines if "INSTALLER" not in line and "../bin" not in line]
    (packages / RECORD).write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert mending.keep_sound(packages) == ["birch-1.0"]


def test_what_nobody_lists_goes(packages):
    before = all_files(packages)
    for name in (
        "~pple/__init__.py",
        "~pple-0.9.dist-info/RECORD",
        "cedar/__init__.py",
        "cedar/__pycache__/__init__.cpython-311.pyc",
        "apple/of_an_older_version.py",
        "apple/__pycache__/of_an_older_version.cpython-311.pyc",
        "half.pyc",
    ):
        (packages / name).parent.mkdir(parents=True, exist_ok=True)
        (packages / name).write_bytes(b"left")
    assert mending.keep_sound(packages) == ["apple-1.0", "birch-1.0"]
    assert all_files(packages) == before
    assert sorted(path.name for path in packages.iterdir() if path.is_dir()) == [
        "apple",
        "apple-1.0.dist-info",
        "birch",
        "birch-1.0.dist-info",
    ]
