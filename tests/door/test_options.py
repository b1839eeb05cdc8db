"""What the door checks before a set-up, and what then takes it, know the same options."""

import importlib
import re

import pytest

from tests.door.course_copy import call

OPENED = {
    "questions": "utils.questions.__main__",
    "practice": "utils.practice.__main__",
    "plan": "tools.plans.__main__",
    "grade": "tools.grade.command",
    "slides": "tools.site.slides.__main__",
    "site": "tools.site.pages.__main__",
}


@pytest.mark.parametrize("name", OPENED)
def test_the_door_knows_the_options_of_what_it_opens(name, course, capsys, monkeypatch):
    monkeypatch.setattr("sys.argv", [name, "--help"])
    with pytest.raises(SystemExit):
        importlib.import_module(OPENED[name]).main()
    inside = options(capsys.readouterr().out)
    assert options(call(course, name, "--help").stdout) == inside != {"--help"}


def options(help_text: str) -> set[str]:
    return set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", help_text))
