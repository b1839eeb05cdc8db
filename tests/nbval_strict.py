"""A pytest plugin that makes nbval strict: a notebook passes only when nothing is left unchecked.

Load it with `-p tests.nbval_strict --nbval --nbval-current-env`. Stock nbval lets cleared outputs,
other pictures, skip markers and more pass; here every code cell is an item, none can be skipped,
and one more item per notebook looks at the file as a whole. `tests/test_gate.py` proves each hole
closed. Ini option: `nbval_strict_timeout`, the seconds that one cell may take (60).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

# The executor comes before nbval: it keeps nbformat's slow import of a grammar away.
from tools.executor import WIDGET_VIEW, CellRun, run_notebook, shown_outputs  # isort: skip
import nbformat
from nbformat import NotebookNode
from nbval.plugin import IPyNbCell, IPyNbFile, NbCellError, find_comment_markers, metadata_tags

from tools.stored_pictures import decode_png, pictures_differ

WIDGET_STATE = "application/vnd.jupyter.widget-state+json"
# Sizes are judged with the picture itself; the background flag depends on the theme.
IGNORED_IMAGE_METADATA = {"width", "height", "needs_background"}
OTHER_PICTURES = {"image/jpeg", "image/gif", "image/webp", "application/pdf"}
ADDRESS = re.compile(r"\b(?:at|object at) 0x[0-9a-fA-F]{6,}")
CHECKED = "checked code cell"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addini("nbval_strict_timeout", "seconds that one notebook cell may take", default="60")


def pytest_configure(config: pytest.Config) -> None:
    loosened = [
        name
        for name in ("nbval_lax", "nbval_sanitize_with", "sanitize_with", "nbdime")
        if getattr(config.option, name, None)
    ]
    if loosened:
        raise pytest.UsageError(
            f"The strict check does not allow --{loosened[0].replace('_', '-')}: leave it out."
        )
    # Loading this plugin means: notebooks are checked, with the Python that runs pytest.
    config.option.nbval = config.option.nbval_current_env = True


@pytest.hookimpl(wrapper=True)
def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> Any:
    collected = yield
    if file_path.suffix == ".ipynb":
        collected = [node for node in collected if not isinstance(node, IPyNbFile)]
        collected.append(StrictNotebook.from_parent(parent, path=file_path))
    return collected


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    report = yield
    if not isinstance(item, StrictCell | NotebookAsAWhole):
        return report
    if report.skipped or hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = "No part of a notebook may be skipped or expected to fail; this one was."
        report.__dict__.pop("wasxfail", None)
    elif report.passed and report.when == "call" and isinstance(item, StrictCell):
        # As a property it also reaches the main process of a parallel run.
        report.user_properties.append((CHECKED, str(item.path)))
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    notebooks = [
        path
        for report in terminalreporter.stats.get("passed", [])
        for name, path in getattr(report, "user_properties", [])
        if name == CHECKED
    ]
    if notebooks:
        terminalreporter.write_line(
            f"{len(notebooks)} code cells of {len(set(notebooks))} notebooks gave what is stored."
        )


class StrictNotebook(IPyNbFile):
    """One notebook: an item for the file as a whole, then one for each code cell."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        compared_after_all = {WIDGET_VIEW, "image/jpeg"}
        self.skip_compare = tuple(k for k in self.skip_compare if k not in compared_after_all)
        self._runs: list[CellRun] | None = None

    def collect(self) -> Iterator[pytest.Item]:
        text = self.path.read_text(encoding="utf-8")
        self.nb = nbformat.v4.reads(text)
        yield NotebookAsAWhole.from_parent(self, name="notebook")
        code_cells = [cell for cell in self.nb.cells if cell.cell_type == "code"]
        for number, cell in enumerate(code_cells):
            # Stock nbval reads its markers into these options; here they cannot loosen anything.
            options = {"check": True, "check_exception": "raises-exception" in _tags(cell)}
            yield StrictCell.from_parent(
                self, name=f"Cell {number}", cell_num=number, cell=cell, options=options
            )

    def setup(self) -> None:
        """Nothing: the kernel starts when the first cell is asked for."""

    def teardown(self) -> None:
        """Nothing: the kernel has ended with the last cell."""

    def run_of(self, number: int) -> CellRun | None:
        """What the code cell with this number gave, or None where an earlier one ended the run.

        All cells run at the first call, since a later cell may update what an earlier one shows.
        """
        if self._runs is None:
            self._runs = _kept.pop(self.path, [])
            if not self._runs:
                timeout = float(self.config.getini("nbval_strict_timeout"))
                sources = [cell.source for cell in self.nb.cells if cell.cell_type == "code"]
                self._runs.extend(run_notebook(sources, self.path.parent, timeout))
        return self._runs[number] if number < len(self._runs) else None


_kept: dict[Path, list[CellRun]] = {}


def keep(path: Path, runs: Iterable[CellRun]) -> None:
    """Let a notebook's items compare these runs of its cells, instead of running it once more.

    For tests in the same process that need a notebook run, by a fresh kernel in its folder.
    """
    _kept[path] = list(runs)


class NotebookAsAWhole(pytest.Item):
    """What no single cell can show: is the file a notebook, and has it been run at all?"""

    def runtest(self) -> None:
        problems = notebook_problems(self.parent.nb)
        if problems:
            raise NotebookProblems("\n".join(problems))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
        if isinstance(excinfo.value, NotebookProblems):
            return f"{self.path.name}: {excinfo.value}"
        return str(excinfo.getrepr(style="short"))

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, f"{self.path.name}::notebook"


class NotebookProblems(Exception):
    """One line for each problem of a notebook file."""


class StrictCell(IPyNbCell):
    """One code cell: its stored form, then its outputs against those of a fresh run."""

    def setup(self) -> None:
        """Nothing: stock nbval expects failure after a timeout, which would hide it."""

    def runtest(self) -> None:
        problems = stored_problems(self.cell, self.cell_num + 1)
        run = self.parent.run_of(self.cell_num)
        details = ""
        if run is None:
            problems.append("This cell was not run: an earlier one ended the kernel.")
        elif run.error and (run.error.ends_the_run or not self.options["check_exception"]):
            problems.append(run.error.message)
            details = run.error.traceback
        else:
            problems += fresh_problems(run, self.options["check_exception"])
            self.test_outputs = shown_outputs(run.outputs)
            if not self.compare_outputs(self.test_outputs, self.cell.get("outputs", [])):
                problems.append("Running this cell gives other outputs than are stored.")
                details = "\n".join(self.comparison_traceback)
        if problems:
            self.raise_cell_error("\n".join(problems), details)

    def compare_outputs(
        self, test: list[NotebookNode], ref: list[NotebookNode], skip_compare: Any = None
    ) -> bool:
        """Kind and order of outputs, then nbval's own comparison, then alt texts and pictures."""
        self.comparison_traceback = _differences_in_kind(ref, test)
        if self.comparison_traceback:
            return False
        # nbval leaves out what it cannot compare; the order of its two halves is free.
        if not super().compare_outputs(test, ref, skip_compare):
            return False
        self.comparison_traceback = [
            f"Output {number}: {difference}"
            for number, (stored, new) in enumerate(zip(ref, test, strict=True), start=1)
            for difference in (
                *_differences_in_metadata(stored, new),
                *_differences_of_pictures(stored, new),
            )
        ]
        return not self.comparison_traceback

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException]) -> str:
        if isinstance(excinfo.value, NbCellError):
            # pytest's summary shows the first line: the first problem, not nbval's headline.
            _, _, report = super().repr_failure(excinfo).partition("\n")
            return f"{str(excinfo.value).splitlines()[0]}\n{report}"
        return f"Cell {self.cell_num} could not be checked: {excinfo.value}"


def notebook_problems(nb: NotebookNode) -> list[str]:
    """What is wrong with a stored notebook as a whole, one sentence each."""
    problems = []
    code_cells = [cell for cell in nb.cells if cell.cell_type == "code"]
    if not code_cells:
        problems.append("The notebook has no code cell, so there is nothing to check.")
    elif not any(cell.get("outputs") or cell.get("execution_count") for cell in code_cells):
        problems.append("The notebook is stored without outputs: build it.")
    if nb.metadata.get("widgets"):
        problems.append("The notebook stores the state of widgets: build it to remove that.")
    ids = [cell.get("id") for cell in nb.cells]
    repeated = sorted({str(name) for name in ids if ids.count(name) > 1})
    if repeated:
        problems.append(f"Cell ids are missing or repeated: {', '.join(repeated)}.")
        return problems  # the general check below would repair the ids silently
    try:
        nbformat.validate(nb)
    except nbformat.ValidationError as error:
        problems.append(f"The file is not a valid notebook: {str(error).splitlines()[0]}")
    return problems


def stored_problems(cell: NotebookNode, expected_count: int) -> list[str]:
    """What is wrong with a code cell as it is stored, one sentence each."""
    problems = []
    if not cell.source.strip():
        problems.append("The code cell is empty: remove it, or say in a comment what it is for.")
    count = cell.get("execution_count")
    if count is None:
        problems.append("The cell is stored as if it had not been run (no execution count).")
    elif count != expected_count:
        problems.append(
            f"The cell has execution count {count} and should have {expected_count}:"
            " the cells were not run once, from top to bottom."
        )
    markers = [tag for tag in _tags(cell) if tag in metadata_tags and tag != "raises-exception"]
    if markers or list(find_comment_markers(cell.source)):
        what = f"the tag {markers[0]!r}" if markers else "a comment for nbval"
        problems.append(f"The cell asks not to be checked ({what}): remove that.")
    for number, output in enumerate(cell.get("outputs", []), start=1):
        problems += [f"Output {number}: {problem}" for problem in _output_problems(output)]
    return problems


def fresh_problems(run: CellRun, may_raise: bool) -> list[str]:
    """What is wrong with a fresh run, whatever is stored; one sentence each."""
    problems = []
    for output in run.outputs:
        if output.output_type == "stream" and output.name == "stderr":
            problems.append(
                "The cell writes a warning or something else to stderr:\n" + output.text.rstrip()
            )
    if may_raise and run.error is None:
        problems.append("The cell has the tag 'raises-exception' but raises nothing.")
    return problems


def _output_problems(output: NotebookNode) -> list[str]:
    problems = []
    if output.output_type == "stream" and output.name == "stderr":
        problems.append("something written to stderr is stored; mend the cell, then build.")
    data = output.get("data", {})
    if WIDGET_VIEW in data or WIDGET_STATE in data:
        problems.append("a live widget is stored, which dies with its kernel: build the notebook.")
    for mime in sorted(OTHER_PICTURES & set(data)):
        problems.append(f"{mime} cannot be compared: make it image/png or image/svg+xml.")
    if "image/png" in data:
        words = data.get("text/plain", "").strip()
        if not words or words.startswith("<Figure size"):
            problems.append("the picture has no description as its text/plain.")
        if not str(output.metadata.get("image/png", {}).get("alt", "")).strip():
            problems.append('the picture has no alt text in metadata["image/png"]["alt"].')
    texts = [output.get("text", ""), *(t for m, t in data.items() if m.startswith("text/"))]
    if any(ADDRESS.search(text) for text in texts):
        problems.append("an object is shown with its address in memory, other in every run.")
    return problems


def _differences_in_kind(stored: list[NotebookNode], new: list[NotebookNode]) -> list[str]:
    """Differences in number, order, type and formats of outputs."""
    kinds_stored = [_kind(output) for output in stored]
    kinds_new = [_kind(output) for output in new]
    if kinds_stored != kinds_new:
        return [
            f"stored: {len(stored)} outputs: {', '.join(kinds_stored) or 'none'}",
            f"new:    {len(new)} outputs: {', '.join(kinds_new) or 'none'}",
        ]
    return []


def _differences_in_metadata(stored: NotebookNode, new: NotebookNode) -> Iterator[str]:
    metadata_stored, metadata_new = _lasting_metadata(stored), _lasting_metadata(new)
    if metadata_stored != metadata_new:
        yield (
            "the metadata (alt text, for one) differ:\n"
            f"  stored: {metadata_stored}\n  new:    {metadata_new}"
        )
    if stored.get("execution_count") != new.get("execution_count"):
        yield "the execution count differs"


def _kind(output: NotebookNode) -> str:
    if output.output_type == "stream":
        return f"text on {output.name}"
    if output.output_type == "error":
        return "error"
    what = "value" if output.output_type == "execute_result" else "display"
    return f"{what} ({', '.join(sorted(output.data))})"


def _lasting_metadata(output: NotebookNode) -> dict[str, Any]:
    metadata = output.get("metadata", {})
    return {
        key: {k: v for k, v in value.items() if k not in IGNORED_IMAGE_METADATA}
        if isinstance(value, dict)
        else value
        for key, value in metadata.items()
        if key not in IGNORED_IMAGE_METADATA
    }


def _differences_of_pictures(stored: NotebookNode, new: NotebookNode) -> Iterator[str]:
    if "image/png" not in stored.get("data", {}):
        return
    try:
        png = decode_png(stored.data["image/png"])
    except ValueError:
        yield "the stored picture is not base64"
        return
    difference = pictures_differ(png, decode_png(new.data["image/png"]))
    if difference:
        yield f"the picture is another one: {difference}"


def _tags(cell: NotebookNode) -> list[str]:
    tags = cell.metadata.get("tags", [])
    return tags if isinstance(tags, list) else []
