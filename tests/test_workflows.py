"""The workflows that run on GitHub: readable, of commands that there are, on the right Pythons."""

import shlex
from pathlib import Path

import pytest
import yaml

from tools.door import pythons, trials
from tools.door.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
WORKFLOWS = {
    path.stem: yaml.safe_load(path.read_text(encoding="utf-8"))
    for path in sorted((ROOT / ".github" / "workflows").glob("*.yml"))
}
JOBS = {f"{name}/{job}": w["jobs"][job] for name, w in WORKFLOWS.items() for job in w["jobs"]}


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
    assert commands
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
    asked = [python_of(job)]
    if asked == ["${{ matrix.python }}"]:
        asked = job["strategy"]["matrix"]["python"]
        assert not job["strategy"]["fail-fast"]
    assert set(asked) <= set(pythons.SUPPORTED)


def test_every_python_is_tested():
    assert JOBS["test/test"]["strategy"]["matrix"]["python"] == ["3.11", "3.12", "3.13"]
    assert JOBS["weekly/pins"]["strategy"]["matrix"]["python"] == list(pythons.SUPPORTED)


def test_only_the_weekly_run_has_a_day_and_only_the_other_hears_of_pushes():
    # YAML reads the word `on` as true.
    assert set(WORKFLOWS["weekly"][True]) == {"schedule", "workflow_dispatch"}
    assert set(WORKFLOWS["test"][True]) == {"push", "pull_request"}
