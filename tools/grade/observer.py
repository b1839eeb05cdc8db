"""Inside the sandbox: run a learner's cells, look at the answers, write down what is seen.

A job comes in as plain data; out come lines of JSON: `{"step": 3}` before each step is begun,
`{"step": 3, "seen": {…}}` for each look, and `{"end": true}`. Nobody believes them: they are judged
as an answer is.
"""

from __future__ import annotations

import json
import linecache
import os
import sys
import types
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from utils import running
from utils.checks.failure import failure
from utils.checks.observe import observe
from utils.checks.seam import Observation, Task
from utils.running.limit import limited

MISSING = "missing"  # a name that is looked at and is not there

# The cells may replace what these names stand for.
_write, _dumps = os.write, json.dumps
_compile, _exec, _eval = compile, exec, eval


class _NoQuestions:
    """Refuses the modules that hold truths, where no empty folder covers them."""

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> None:
        if name.split(".")[:2] == ["utils", "questions"]:
            raise ModuleNotFoundError(f"{name} is not here", name=name)


def forget_questions() -> None:
    """Make the modules with the truths impossible to import."""
    sys.meta_path.insert(0, _NoQuestions())


def work(job: dict[str, Any], out: int) -> None:
    """Do the steps of a job; write what comes of them to the file descriptor `out`."""
    notebook = _Notebook(out, job["cell_seconds"])
    tasks = {name: Task.from_plain(task) for name, task in job["tasks"].items()}
    skipped = set(job["skipped"])
    for number, (kind, text, cell, question) in enumerate(job["steps"]):
        if number in skipped:
            continue
        if kind == "show":
            notebook.waiting.append((text, cell))
            continue
        notebook.tell(step=number)
        if kind == "run":
            notebook.run(text, cell)
        else:
            notebook.tell(step=number, seen=notebook.look(tasks[question], text))
    notebook.tell(end=True)


class _Notebook:
    """The names that cells bind, and how to run one more.

    waiting: cells that were not run, since they only show something; they are, where a name turns
    out to be missing.
    """

    def __init__(self, out: int, seconds: float) -> None:
        self.out, self.seconds, self.ran = out, seconds, 0
        self.waiting: list[tuple[str, int]] = []
        module = types.ModuleType("__main__")
        module.__dict__.update(display=_nothing, get_ipython=_nothing)
        sys.modules["__main__"] = module
        self.names = module.__dict__

    def tell(self, **record: Any) -> None:
        """Write a line."""
        data = (_dumps(record, allow_nan=False) + "\n").encode()
        while data:
            data = data[_write(self.out, data) :]

    def run(self, source: str, cell: int) -> None:
        """Run a cell. Whatever it raises ends it, and the next one follows, as in a notebook."""
        error = self._try(source, cell)
        if isinstance(error, NameError) and self._catch_up():
            self._try(source, cell)

    def look(self, task: Task, expression: str) -> Any:
        """What is seen of an answer, as plain data; MISSING where its name is not there."""
        try:
            value = self._value(expression)
        except NameError as error:
            if not self._catch_up():
                return self._failed(task, error)
            try:
                value = self._value(expression)
            except BaseException as error:
                return self._failed(task, error)
        except BaseException as error:
            return self._failed(task, error)
        replaced = running.restore_all()
        try:
            running.keep_course()
            return observe(task, value).to_plain()
        finally:
            running.put_back(replaced)

    def _failed(self, task: Task, error: BaseException) -> Any:
        if isinstance(error, NameError):
            return MISSING
        with suppress(BaseException):
            return Observation(task.kind, failure=failure(error, None)).to_plain()
        return MISSING

    def _value(self, expression: str) -> Any:
        return self._limited(lambda: _eval(_compile(expression, "<check>", "eval"), self.names))

    def _try(self, source: str, cell: int) -> BaseException | None:
        self.ran += 1
        name = f"<cell {cell}.{self.ran}>"
        linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
        try:
            code = _compile(source, name, "exec", dont_inherit=True)
            self._limited(lambda: _exec(code, self.names))
        except BaseException as error:
            return error
        return None

    def _limited(self, work: Callable[[], Any]) -> Any:
        """What `work` gives; raises what it raises, and TimeoutError where it does not end."""
        raised: list[BaseException] = []

        def guarded() -> Any:
            try:
                return work()
            except running.Stopped:
                raise
            except BaseException as error:  # also SystemExit, and interrupts of its own
                raised.append(error)

        result, stopped = limited(guarded, self.seconds)
        if raised:
            raise raised[0]
        if stopped:
            raise TimeoutError(stopped)
        return result

    def _catch_up(self) -> bool:
        """Run what waits; False if nothing does."""
        waiting, self.waiting = self.waiting, []
        for source, cell in waiting:
            self._try(source, cell)
        return bool(waiting)


def _nothing(*_arguments: Any, **_options: Any) -> None:
    """What IPython has, and a cell may call."""


def prepare(with_torch: bool) -> None:
    """Import what the notebooks of the course use, so that nobody waits for it later."""
    import importlib
    import pkgutil

    forget_questions()
    for name in (
        "numpy",
        "matplotlib.pyplot",
        "ipywidgets",
        "anywidget",
        "utils.checks.desk",
        "utils.practice",
        "utils.practice.session",
        *(("torch", "torch._dynamo") if with_torch else ()),
    ):
        with suppress(ImportError):
            importlib.import_module(name)
    import utils.checks.kinds
    import utils.explorers
    import utils.models

    utils.checks.kinds.kinds()
    for package in (utils.explorers, utils.models):
        for file in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{file.name}")
    running.keep_course()


def main() -> None:
    """A job on standard input, what is seen on standard output: where processes cannot fork."""
    job = json.loads(sys.stdin.buffer.read())
    out = os.dup(1)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    prepare(job["torch"])
    work(job, out)
    os._exit(0)


if __name__ == "__main__":
    main()
