"""The types of the live figure's script, which its comments say, checked by TypeScript.

TypeScript is installed by npm into a folder of .venv, in the version that package.json names.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tools.site import assets
from tools.site.lite import folder as lite
from utils import clicks
from utils.explorers.drawing import explore_drawing
from utils.explorers.partial_derivatives import explore_slices
from utils.explorers.start_here import explore_nudge
from utils.practice import panel as practice_panel
from utils.stage import (
    Backdrop,
    Caption,
    Choice,
    Line,
    LogSlider,
    Play,
    Point,
    Polyline,
    Scene,
    Segment,
    Slider,
    Stage,
    Text,
    Toggle,
    Turn,
    browser,
    field,
    space,
)

LONGEST = 120  # lines that a function may have

ROOT = Path(__file__).parents[1]
VENV = Path(sys.prefix) if sys.prefix != sys.base_prefix else ROOT / ".venv"
FOLDER = VENV / "typescript"


@pytest.fixture(scope="module")
def typescript() -> Path:
    """The folder of TypeScript, installed if it is not there or of another version."""
    if not (shutil.which("node") and (npm := shutil.which("npm"))):
        pytest.skip("Node.js is not there: it checks the types of the script. Install it and npm.")
    wanted = json.loads((browser.FOLDER / "package.json").read_text())["devDependencies"]
    package = FOLDER / "node_modules" / "typescript"
    there = package / "package.json"
    if not there.exists() or json.loads(there.read_text())["version"] != wanted["typescript"]:
        FOLDER.mkdir(parents=True, exist_ok=True)
        shutil.copy(browser.FOLDER / "package.json", FOLDER)
        command = [npm, "install", "--no-audit", "--no-fund", "--no-package-lock"]
        ran = subprocess.run(command, cwd=FOLDER, capture_output=True, text=True)
        if ran.returncode:
            message = f"npm could not install TypeScript:\n{ran.stderr[-2000:]}"
            if os.environ.get("CI"):
                pytest.fail(message)
            pytest.skip(message)
    return package


def complaints(typescript: Path, folder: Path) -> str:
    """What TypeScript has to say about the files of a folder; nothing where all is well."""
    command = [
        "node",
        str(typescript / "bin" / "tsc"),
        "--project",
        str(folder),
        "--pretty",
        "false",
    ]
    ran = subprocess.run(command, cwd=folder, capture_output=True, text=True, encoding="utf-8")
    assert not ran.stderr
    assert bool(ran.stdout) == bool(ran.returncode)
    return ran.stdout


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The files of the script in a folder where they may be changed."""
    for file in [*browser.FOLDER.glob("*.js"), browser.FOLDER / "tsconfig.json"]:
        shutil.copy(file, tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "folder",
    [
        browser.FOLDER,
        field.FOLDER,
        clicks.FOLDER,
        practice_panel.FOLDER,
        assets.FOLDER,
        lite.START.parent,
    ],
    ids=["figure", "field", "clicks", "practice", "pages", "lite"],
)
def test_the_types_of_the_script_are_right(typescript: Path, folder: Path) -> None:
    assert complaints(typescript, folder) == ""


def test_a_mistake_is_found_in_its_own_file(typescript: Path, copy: Path) -> None:
    mistakes = {
        "marks.js": ("sizes.radius", "sizes.radios"),
        "asking.js": ('ask: "frame"', 'ask: "farme"'),
        "table.js": ("patterns[read(", "patterns[String(read)("),
    }
    for name, (right, wrong) in mistakes.items():
        script = (copy / name).read_text(encoding="utf-8")
        assert right in script
        (copy / name).write_text(script.replace(right, wrong, 1), encoding="utf-8")
    said = complaints(typescript, copy)
    assert set(re.findall(r"^[^ (]+", said, re.MULTILINE)) == set(mistakes), said


def test_every_file_of_the_script_is_joined() -> None:
    here = {file.name for file in browser.FOLDER.glob("*.js")}
    assert here == {*browser.NAMES, "types.js"}
    assert len(browser.NAMES) == len(set(browser.NAMES))


def test_comments_stay_here_and_code_goes() -> None:
    """A notebook carries the script once for each figure."""
    for name in browser.NAMES:
        script = (browser.FOLDER / name).read_text(encoding="utf-8")
        for line in script.splitlines():
            if not re.match(r" *(/?\*|//|$)", line):
                assert line in browser.SCRIPT, f"{name}: {line}"
    assert "@param" not in browser.SCRIPT


# The longest function of each file, from TypeScript's own reading of it.
LENGTHS = """
const [, typescript, ...files] = process.argv, ts = require(typescript), fs = require("fs");
const found = files.map((file) => {
  const text = fs.readFileSync(file, "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const line = (at) => source.getLineAndCharacterOfPosition(at).line;
  const lengths = [];
  const visit = (node) => {
    if (ts.isFunctionLike(node) && node.body)
      lengths.push(1 + line(node.getEnd()) - line(node.getStart()));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [file, lengths];
});
console.log(JSON.stringify(found));
"""


def test_no_function_is_too_long(typescript: Path) -> None:
    files = [str(browser.FOLDER / name) for name in browser.NAMES]
    command = ["node", "-e", LENGTHS, str(typescript), *files]
    found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert all(lengths for _, lengths in found), "each file has functions"
    assert max(max(lengths) for _, lengths in found) <= LONGEST


# --- what Python sends is what the types say ---


def everything() -> Stage:
    """A figure with every kind of mark and control, a backdrop and a surface that is turned."""
    box = (-1, 1), (-1, 1), (0, 2)
    X, Y = space.grid(*box[:2], pieces=5)

    def frame(way: str, ticked: bool, size: float, azimuth: float, elevation: float) -> Scene:
        view = space.View(*box, azimuth, elevation)
        marks = {
            "surface": view.surface(X, Y, X**2 + Y**2),
            "point": Point(0, 0, drag=("azimuth", "elevation"), label="P", side="left"),
            "dot": Point(0, size, hollow=True, clip=False),
            "arrow": Segment((0, 0), (1, 1), arrow=True, dashed=True),
            "line": Line((0, 0), (1, size)),
            "area": Polyline(((0, 0), (1, 1), (1, 0)), filled=True),
            "text": Text(0, 0, way, anchor="end"),
            "caption": Caption("above", "right"),
        }
        return Scene(f"{way}, {ticked}.", marks)

    sliders = {
        "way": Choice(["there", "back"], "there"),
        "ticked": Toggle(False),
        "size": LogSlider(-1, 1, 1),
        "azimuth": Slider(-90, 90, 0, 30),
        "elevation": Slider(0, 90, 30, 30, unit="°"),
    }
    return Stage(
        None, frame, sliders, "Everything", play=Play("azimuth"),
        backdrop=Backdrop("way", lambda way: space.axes()), turn=Turn("azimuth", "elevation"),
    )  # fmt: skip


def test_what_python_sends_is_of_the_types(typescript: Path, copy: Path) -> None:
    """Nothing is missing, of another type, or unknown to the types."""
    lines = []
    shown = [explore_nudge(), explore_drawing(), everything(), explore_slices("bowl")]
    for k, stage in enumerate(shown):
        table = stage.table
        assert table is not None
        for name, value in {"Spec": stage.canvas.spec, "Header": table.header}.items():
            sent = json.dumps(value, default=float)
            lines += [f"/** @type {{{name}}} */", f"const sent{name}{k} = {sent};"]
    strange = {**explore_nudge().canvas.spec, "unheard": 1}
    lines += ["/** @type {Spec} */", f"const strange = {json.dumps(strange, default=float)};"]
    (copy / "sent.js").write_text("\n".join(lines), encoding="utf-8")
    said = complaints(typescript, copy).splitlines()
    assert len(said) == 1 and "unheard" in said[0] and "'Spec'" in said[0], said
