"""What the judge says to the answers of `tests/answers`, here or in a browser's Python, as JSON."""

import importlib
import importlib.abc
import importlib.machinery
import importlib.util
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

SECONDS = 0.5  # that answers get which are known not to end


class _NoFigure:
    """Stands for a live figure, and for what makes one."""

    def __call__(self, *args: Any, **kwargs: Any) -> "_NoFigure":
        return self

    def __getattr__(self, name: str) -> "_NoFigure":
        return self


class _NoFigures(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds the modules of live figures where there are none: answers to Live questions need them,
    which are not asked here."""

    def find_spec(self, name: str, path: Any, target: Any = None) -> Any:
        if not name.startswith("utils.explorers"):
            return None
        return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        module.__getattr__ = lambda name: _NoFigure()  # type: ignore[method-assign]


def verdicts(chapters: Sequence[str]) -> list[list[str]]:
    """Question, number of the answer, outcome and message, for each answer that is no figure."""
    if importlib.util.find_spec("utils.explorers") is None:
        sys.meta_path.append(_NoFigures())
    from tests import answers
    from utils import questions
    from utils.checks import Live
    from utils.checks.desk import feedback
    from utils.checks.judge import judge

    found = []
    for chapter in chapters:
        right, wrong = answers.load(chapter)
        for name in sorted(right.keys() | wrong.keys()):
            question = questions.find(name)
            if question is None or isinstance(question.answer, Live):
                continue
            given = [(answer, "correct") for answer in right.get(name, ())]
            for i, (answer, expected) in enumerate([*given, *wrong.get(name, ())]):
                asked = replace(question, seconds=SECONDS) if expected == "endless" else question
                told = feedback(question, judge(asked, answer))
                found.append([name, str(i), told.outcome.value, told.message])
    return found


if __name__ == "__main__":
    print(json.dumps(verdicts(sys.argv[1:])))
