"""Run the cells of a page, judge its answers and answer its figures: the part of Python that lives
in the browser.

Each function here takes JSON and gives JSON, with buffers where there are any. Where something has
to be drawn and matplotlib is not there yet, the answer is {"needs": "figures"}: whoever asked loads
it and asks again.
"""

from __future__ import annotations

import ast
import base64
import contextlib
import io
import json
import linecache
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

os.environ.setdefault("DERIVATIVES_PROGRESS", "/tmp/progress.json")  # the page keeps its own

from tools.site.pages import sources
from utils.checks import check
from utils.checks.feedback import Feedback
from utils.running.limit import limited

if TYPE_CHECKING:
    from utils.stage import Stage

SECONDS = 12.0  # that one cell may run: a little more than a figure has to be made
LONGEST = 20_000  # letters that are shown of what a cell prints
TABLE = 600  # frames at most that are computed at once: meanwhile nothing else is answered
TOO_LONG = (
    "This cell went on for many seconds, so it was stopped. Does a loop in it ever come to its end?"
)
NO_FIGURE = "The cell of this figure shows none as it stands now. Does it still make one?"

Report = Callable[[str], object]


class Shown(io.TextIOBase):
    """What a cell shows, in order: what it prints, its pictures and figures, its error.

    name: of the cell, which its figures get as well, with a number from the second on.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self.outputs: list[dict[str, Any]] = []
        self.figures: dict[str, Stage] = {}

    def write(self, text: str) -> int:
        """Print."""
        if not self.outputs or self.outputs[-1]["kind"] != "text":
            self.outputs.append({"kind": "text", "text": ""})
        self.outputs[-1]["text"] += text
        return len(text)

    def show(self, value: Any) -> None:
        """Show a value as a notebook does."""
        stage = sys.modules.get("utils.stage.stage")
        if stage is not None and isinstance(value, stage.Stage):
            count = len(self.figures)
            name = f"{self._name}-{count + 1}" if count else self._name
            self.figures[name] = value
            self.outputs.append({"kind": "figure", "name": name})
        elif hasattr(value, "_repr_mimebundle_"):
            data, about = value._repr_mimebundle_()
            if "image/png" in data:
                self.outputs.append({"kind": "picture", "png": data["image/png"]})
                self.outputs[-1] |= about["image/png"]
            else:
                self.write(f"{data['text/plain']}\n")
        elif hasattr(value, "_repr_html_"):
            self.outputs.append({"kind": "html", "html": value._repr_html_()})
        else:
            self.write(f"{value!r}\n")

    def show_plots(self) -> None:
        """Show what pyplot has drawn, and close it."""
        pyplot = sys.modules.get("matplotlib.pyplot")
        if pyplot is not None:
            for number in pyplot.get_fignums():
                self.show(pyplot.figure(number))
            pyplot.close("all")

    def end(self, error: str) -> None:
        """The cell has ended."""
        for output in self.outputs:
            text = output.get("text", "")
            if len(text) > LONGEST:
                output["text"] = f"{text[:LONGEST]}\n… and {len(text) - LONGEST} more letters"
        if error:
            self.outputs.append({"kind": "error", "text": error})

    @property
    def error(self) -> str:
        """Its error; empty where it has none."""
        last = self.outputs[-1] if self.outputs else {}
        return last["text"] if last.get("kind") == "error" else ""


@dataclass
class Names:
    """Names that cells have bound so far: what no browser has, what draws, what makes figures."""

    nowhere: set[str] = field(default_factory=set)
    drawing: set[str] = field(default_factory=set)
    figures: set[str] = field(default_factory=set)


class Cells:
    """The cells of one page, which share their names as in a notebook.

    draws: whether matplotlib is there.
    """

    def __init__(self, draws: bool = False) -> None:
        self._names: dict[str, Any] = {"__name__": "__main__", "check": check}
        self._ran: dict[str, str] = {}  # what of each cell ran last
        self._figures: dict[str, Stage] = {}  # those that were shown last, by name
        self._draws = draws

    def draw_from_now_on(self) -> None:
        """matplotlib is there now."""
        from utils.stage import conversation

        conversation.MAX_FRAMES = TABLE
        self._draws = True

    def answer(self, call: str, asked: str, report: Report) -> tuple[str, list[bytes]]:
        """What a page asks: "run", "figure", "formula", or "frame", any question of a figure."""
        request = json.loads(asked)
        if call == "frame":
            told, buffers = self._figures[request["figure"]].conversation.reply(
                request["question"]
            ) or ({}, [])
            return json.dumps(told), buffers
        work = {"run": self.run, "figure": self.figure, "formula": self.formula}[call]
        return json.dumps(work(request, report)), []

    # --- cells ---

    def run(self, request: dict[str, Any], report: Report = id) -> dict[str, Any]:
        """Run cells in order, then judge.

        request: `cells`, of which each has an `id`, its `source`, and whether it was `changed`;
        `own`, the ids of those that run in any case, while others run only where they have not run
        as they are; `asked`, the source of a check, or ""; `at`, for a check of a live figure: by
        the name that the cells give to it, where the sliders of the page stand.
        The result has `shown`, by the id of each cell of `own`, and of changed ones with an error,
        what it shows; `failed`, the cell of `own` that ended with an error, where one did, and
        `said`, the outcome and the HTML of the judge; None where there was nothing to judge.
        report: called with the id of each cell before it runs, and with "check".
        """
        own, asked = request["own"], request.get("asked", "")
        shown: dict[str, Any] = {}
        names = Names()
        for cell in request["cells"]:
            name, changed = cell["id"], cell.get("changed", False)
            source = self._runnable(cell["source"], names, name in own)
            if source is None:
                return {"needs": "figures"}
            if not source or (name not in own and self._ran.get(name) == source):
                continue
            report(name)
            seen = Shown(name)
            self._run(seen, source, SECONDS if changed else 0)
            self._ran[name] = source
            self._figures |= seen.figures
            if name in own or (changed and seen.error):
                shown[name] = [self._told(output, request) for output in seen.outputs]
            if name in own and seen.error:
                return {"shown": shown, "failed": name, "said": None}
        if not asked:
            return {"shown": shown, "failed": None, "said": None}
        at = request.get("at") or {}
        if at and not self._draws:
            return {"needs": "figures"}
        for name, values in at.items():
            with contextlib.suppress(AttributeError, TypeError, ValueError):
                self._names[name].set(**values)  # of another figure: the judge says so
        report("check")
        return {"shown": shown, "failed": None, "said": self._judge(asked)}

    def _runnable(self, source: str, names: Names, own: bool) -> str | None:
        """What of a cell can run here; None where it needs to be drawn and nothing can yet."""
        try:
            here = sources.without(source, names.nowhere, sources.NOWHERE)
            if own:
                needs = not self._draws and sources.uses(here, names.drawing, sources.DRAWING)
                return None if needs else here
            if not self._draws:
                return sources.without(here, names.drawing, sources.DRAWING)
            return sources.without_shown(here, names.figures)
        except SyntaxError:
            return source  # which is said when it runs

    def _judge(self, source: str) -> dict[str, str]:
        found: list[Any] = []
        seen = Shown("check")
        self._run(seen, source, 0, found.append)
        if found and isinstance(found[-1], Feedback):
            feedback = found[-1]
            return {"outcome": feedback.outcome.value, "html": feedback.markup(role="none")}
        return {"outcome": "", "html": "", "error": seen.error or "This cell asks for no check."}

    def _run(
        self,
        seen: Shown,
        source: str,
        seconds: float,
        take: Callable[[Any], None] | None = None,
    ) -> None:
        """Run a cell. seconds: 0 for no limit: cells as the course wrote them end, and a check has
        limits of its own. take: gets the value of its last line, which else is shown.
        """
        failed: list[str] = []
        file = f"<cell {seen._name}>"
        linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
        self._names["display"] = seen.show
        if pyplot := sys.modules.get("matplotlib.pyplot"):
            vars(pyplot)["show"] = lambda *_, **__: seen.show_plots()

        def work() -> None:
            try:
                value = _value_of(source, file, self._names)
                if take is not None:
                    take(value)
                elif value is not None:
                    seen.show(value)
            except Exception as raised:
                failed.append(_told(raised, file))

        with contextlib.redirect_stdout(seen), contextlib.redirect_stderr(seen):
            stopped = limited(work, seconds)[1] if seconds else work()
            seen.show_plots()
        seen.end(TOO_LONG if stopped else "".join(failed))

    # --- figures ---

    def figure(self, request: dict[str, Any], report: Report = id) -> dict[str, Any]:
        """Run the cells up to a live figure, and tell what the browser mounts it from.

        request: as in `run`, with the cell of the figure as the last one, and `figure`, its name;
        `formula`, where one was typed under it; `dark` and `scale` of the page.
        """
        name = request["figure"]
        answer = self.run(request | {"asked": ""}, report)
        if "needs" in answer:
            return answer
        if answer["failed"]:
            return {"error": answer["shown"][answer["failed"]][-1]["text"]}
        if name not in self._figures:
            return {"error": NO_FIGURE}
        line = self._figures[name].field
        if request.get("formula") and line is not None:
            line.said_to(request["formula"])
        return {"given": self._given(name, request)}

    def formula(self, request: dict[str, Any], report: Report = id) -> dict[str, Any]:
        """Draw a figure anew with the `formula` typed under it: what is said to that, whether it is
        `wrong`, and where it is not, what the browser mounts.
        """
        name = request["figure"]
        line = self._figures[name].field if name in self._figures else None
        if line is None:
            return {"error": NO_FIGURE}
        report(name)
        reply = line.reply({"formula": request["formula"]}) or {}
        return reply if reply["wrong"] else reply | {"given": self._given(name, request)}

    def _told(self, output: dict[str, Any], request: dict[str, Any]) -> dict[str, Any]:
        if output["kind"] != "figure":
            return output
        return output | {"given": self._given(output["name"], request)}

    def _given(self, name: str, request: dict[str, Any]) -> dict[str, Any]:
        """All that a browser mounts a figure from, before it asks."""
        stage = self._figures[name]
        talk, at = stage.conversation, stage.positions
        dark, scale = bool(request.get("dark")), float(request.get("scale", 2))
        asked = {"ask": "background", "id": 0, "dark": dark, "scale": scale, "at": at}
        told, pictures = talk.reply(asked) or ({}, [])
        background = {"dark": dark, "scale": scale, "option": told["option"]}
        if pictures:
            background |= {"png": _text(pictures[0]), "axes": told["axes"], "alt": told["alt"]}
        line = stage.field
        return {
            "spec": talk.spec(at),
            "coordinates": _text(talk.cast.wire(stage.scene)),
            "background": background,
            "field": line and {n: getattr(line, n) for n in ("called", "example", "typed", "said")},
        }


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()


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
