"""docs/teaching.md: every command, file and place that it names is there."""

import re
import shlex

import pytest
import yaml

from tools.build import ROOT
from tools.door.commands import COMMANDS

PAGE = (ROOT / "docs" / "teaching.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```", PAGE, re.M | re.S)
INLINE = re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", PAGE, flags=re.M | re.S))
LINES = [line.strip("- ") for _, text in BLOCKS for line in text.splitlines()]
LINES = [line.partition("run: ")[2] or line for line in LINES] + INLINE
DOOR = sorted({line for line in LINES if line.startswith("python course.py")})
MODULES = sorted({line for line in LINES if re.match(r"python -m (?!pip|venv)", line)})


@pytest.mark.parametrize("line", DOOR)
def test_a_command_of_the_door_is_there_with_its_options(line: str) -> None:
    _, _, command, *rest = shlex.split(line)
    assert command in COMMANDS
    for option in re.findall(r"--[\w-]+", " ".join(rest)):
        assert option in COMMANDS[command]


@pytest.mark.parametrize("line", MODULES)
def test_a_module_that_is_run_is_there(line: str) -> None:
    module = line.split()[2].replace(".", "/")
    assert (ROOT / f"{module}.py").is_file() or (ROOT / module / "__main__.py").is_file()


def test_it_speaks_of_all_that_is_for_teachers() -> None:
    assert len(MODULES) == 2
    named = {shlex.split(line)[2] for line in DOOR}
    assert named >= {name for name, what in COMMANDS.items() if what.startswith("for teachers")}


def test_files_that_it_names_are_there() -> None:
    named = re.findall(r"(?<![\w/.])((?:binder|tools|solutions)/[\w./]*\w)", PAGE)
    assert len(named) >= 3
    assert [path for path in named if not (ROOT / path).exists()] == []
    for target in re.findall(r"\]\((?!http)([^)]+)\)", PAGE):
        path, _, anchor = target.partition("#")
        text = (ROOT / "docs" / path).read_text(encoding="utf-8") if path else PAGE
        anchors = {
            re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")
            for heading in re.findall(r"^#+ (.+)$", text, re.M)
        }
        assert not anchor or anchor in anchors


def test_nbgrader_is_the_one_that_is_tested() -> None:
    (pinned,) = set(re.findall(r"nbgrader==([\d.]+)", PAGE))
    assert f"nbgrader=={pinned} " in (ROOT / "requirements-test.txt").read_text(encoding="utf-8")


def test_the_workflow_is_one() -> None:
    (text,) = [text for kind, text in BLOCKS if kind == "yaml"]
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["timeout-minutes"] <= 60
    course = [s["with"]["path"] for s in job["steps"] if "repository" in s.get("with", {})]
    assert [s["working-directory"] for s in job["steps"] if "run" in s] == course
