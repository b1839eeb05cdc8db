"""The workflows that run on GitHub: readable, of commands that there are, on the right Pythons."""

import re
import shlex
from pathlib import Path

import pytest
import yaml

from tools.door import pythons, trials
from tools.door.commands import COMMANDS
from tools.site.pages import __main__ as pages

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
}
JOBS = {f"{name}/{job}": w["jobs"][job] for name, w in WORKFLOWS.items() for job in w["jobs"]}

PUBLISHING = "pages/publish"  # runs nothing of the course


def python_of(job: dict) -> str:
    """What the job asks for as its Python."""
    setups = [step for step in job["steps"] if "setup-python" in step.get("uses", "")]
    assert len(setups) == 1
    return setups[0]["with"]["python-version"]


@pytest.mark.parametrize("name", JOBS)
def test_a_job_runs_commands_of_the_door_within_a_time_limit(name):
    job = JOBS[name]
    assert job["timeout-minutes"] <= 60
    commands = [shlex.split(step["run"]) for step in job["steps"] if "run" in step]
    assert commands or name == PUBLISHING
    for python, script, command, *options in commands:
        assert (python, script) == ("python", "course.py")
        assert command in COMMANDS
        if command == "test":
            request = trials.requested(options)
            assert not (request.arguments if request else options)  # all tests, nothing left out
        else:
            assert " ".join(options) in COMMANDS[command]


@pytest.mark.parametrize("name", JOBS)
def test_a_job_runs_on_pythons_that_the_course_is_made_for(name):
    job = JOBS[name]
    if name == PUBLISHING:
        assert not any("setup-python" in step["uses"] for step in job["steps"])
        return
    asked = [python_of(job)]
    if asked == ["${{ matrix.python }}"]:
        asked = job["strategy"]["matrix"]["python"]
        assert not job["strategy"]["fail-fast"]
    assert set(asked) <= set(pythons.SUPPORTED)


def test_every_python_is_tested():
    assert JOBS["test/test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert JOBS["weekly/pins"]["strategy"]["matrix"]["python"] == list(pythons.SUPPORTED)


def test_only_the_weekly_run_has_a_day_and_only_the_others_hear_of_pushes():
    # YAML reads the word `on` as true.
    assert set(WORKFLOWS["weekly"][True]) == {"schedule", "workflow_dispatch"}
    assert set(WORKFLOWS["test"][True]) == {"push", "pull_request"}
    assert set(WORKFLOWS["pages"][True]) == {"push", "workflow_dispatch"}


def test_pages_are_published_from_the_default_branch_alone():
    workflow = WORKFLOWS["pages"]
    assert workflow[True]["push"] == {"branches": ["main"]}
    assert "default_branch" in JOBS["pages/build"]["if"]  # by hand, any branch can be chosen
    assert JOBS[PUBLISHING]["needs"] == "build"


def test_what_publishes_may_write_pages_and_nothing_may_write_more():
    for name, job in JOBS.items():
        allowed = job.get("permissions", WORKFLOWS[name.partition("/")[0]]["permissions"])
        expected = (
            {"pages": "write", "id-token": "write"} if name == PUBLISHING else {"contents": "read"}
        )
        assert allowed == expected, name


def test_what_is_published_is_what_the_command_writes(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    folders = []

    def build(root, folder, *others, **options):
        folders.append(folder)
        return {"made": 0, "kept": 0}

    monkeypatch.setattr(pages, "build", build)
    assert pages.main([]) == 0
    steps = JOBS["pages/build"]["steps"]
    (upload,) = [step for step in steps if "upload-pages-artifact" in step.get("uses", "")]
    assert folders == [Path(upload["with"]["path"])]
    assert steps.index(upload) > next(i for i, step in enumerate(steps) if "run" in step)


def test_actions_are_githubs_own_at_a_major_version():
    used = [step["uses"] for job in JOBS.values() for step in job["steps"] if "uses" in step]
    assert used
    for action in used:
        assert re.fullmatch(r"actions/[a-z-]+@v\d+", action), action
