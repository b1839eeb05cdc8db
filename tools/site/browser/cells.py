"""Run the cells of a page and judge its answers: the part of Python that lives in the browser."""

from __future__ import annotations

import ast
import contextlib
import io
import json
import linecache
import os
import traceback
from collections.abc import Callable, Sequence
from typing import Any

os.environ.setdefault("DERIVATIVES_PROGRESS", "/tmp/progress.json")  # the page keeps its own

from utils.checks import check
from utils.checks.feedback import Feedback
from utils.running.limit import limited

SECONDS = 10.0  # that one cell may run
LONGEST = 20_000  # letters that are shown of what a cell prints
TOO_LONG = (
    "This cell went on for many seconds, so it was stopped. Does a loop in it ever come to its end?"
)


class Cells:
    """The cells of one page, which share their names as in a notebook."""

    def __init__(self) -> None:
        self._names: dict[str, Any] = {"__name__": "__main__", "check": check}
        self._ran: dict[str, str] = {}  # the source with which each cell ran last

    def run(
        self,
        cells: Sequence[dict[str, Any]],
        own: Sequence[str],
        asked: str = "",
        seconds: float = SECONDS,
        report: Callable[[str], object] = id,
    ) -> dict[str, Any]:
        """Run cells in order: the learner's `own` ones, and of the others those that did not run
        as they are. Then judge what `asked`, the source of a check, asks.

        The result has `shown`, by the id of each cell of `own` what it printed and its error, and
        `said`, the outcome and the HTML of the judge; None where a cell of `own` failed.
        report: called with the id of each cell before it runs, and with "check".
        """
        shown: dict[str, dict[str, str]] = {}
        for cell in cells:
            name, source = cell["id"], cell["source"]
            if name not in own and self._ran.get(name) == source:
                continue
            report(name)
            printed, error = self._run(name, source, seconds)
            self._ran[name] = source
            if name in own:
                shown[name] = {"printed": printed, "error": error}
        failed = any(each["error"] for each in shown.values())
        said = None
        if asked and not failed:
            report("check")
            said = self._judge(asked, seconds)
        return {"shown": shown, "said": said}

    def answer(self, request: str, report: Callable[[str], object]) -> str:
        """`run` with what a page sends and takes: JSON."""
        return json.dumps(self.run(**json.loads(request), report=report))

    def _judge(self, source: str, seconds: float) -> dict[str, str]:
        found: list[Any] = []
        _, error = self._run("check", source, seconds, found.append)
        if found and isinstance(found[-1], Feedback):
            feedback = found[-1]
            return {"outcome": feedback.outcome.value, "html": feedback.markup(role="none")}
        return {"outcome": "", "html": "", "error": error or "This cell asks for no check."}

    def _run(
        self,
        name: str,
        source: str,
        seconds: float,
        take: Callable[[Any], None] | None = None,
    ) -> tuple[str, str]:
        """What the cell printed and its error, both may be empty.

        take: gets the value of its last line, which else is printed as a notebook does.
        """
        sink, failed = io.StringIO(), []
        file = f"<cell {name}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)

        def work() -> None:
            try:
                value = _value_of(source, file, self._names)
                if take is not None:
                    take(value)
                elif value is not None:
                    print(repr(value))
            except Exception as raised:
                failed.append(_told(raised, file))

        with contextlib.redirect_stdout(sink), contextlib.redirect_stderr(sink):
            # A check has limits of its own, and within these it takes no others.
            stopped = limited(work, seconds)[1] if take is None else work()
        printed = sink.getvalue()
        if len(printed) > LONGEST:
            printed = f"{printed[:LONGEST]}\n… and {len(printed) - LONGEST} more letters"
        return printed, TOO_LONG if stopped else "".join(failed)


def _value_of(source: str, file: str, names: dict[str, Any]) -> Any:
    """Run the source; the value of its last line if that is an expression."""
    tree = ast.parse(source, file)
    last = tree.body[-1] if tree.body else None
    if not isinstance(last, ast.Expr):
        exec(compile(tree, file, "exec"), names)
        return None
    exec(compile(ast.Module(tree.body[:-1], []), file, "exec"), names)
    return eval(compile(ast.Expression(last.value), file, "eval"), names)


def _told(raised: Exception, file: str) -> str:
    """The error as Python tells it, from the learner's cell on."""
    told = traceback.TracebackException.from_exception(raised)
    frames = [frame for frame in told.stack if frame.filename.startswith("<cell")]
    told.stack = traceback.StackSummary.from_list(frames)
    return "".join(told.format(chain=False)).replace(f'File "{file}", ', "").strip()
