"""Run the cells of a notebook, once for the build and once for the tests, in exactly the same way.

`python -m tools.build` stores what `NotebookKernel` returns; the pytest plugin in
`tests/nbval_strict.py` compares what it returns with what is stored. Nothing else runs cells.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty
from typing import Any, Literal, cast

# nbformat → jsonschema imports a grammar for web addresses that costs a second or two and that
# no notebook schema uses. With this entry its import fails at once and jsonschema does without.
sys.modules.setdefault("rfc3987_syntax", None)  # pyright: ignore[reportArgumentType]

from jupyter_client.kernelspec import KernelSpec  # noqa: E402
from jupyter_client.manager import KernelManager  # noqa: E402
from nbformat import NotebookNode  # noqa: E402
from nbval.kernel import (  # noqa: E402
    CURRENT_ENV_KERNEL_NAME,
    NbvalKernelspecManager,
    RunningKernel,
)

from tools import warm_kernels  # noqa: E402
from utils.checks.feedback import RECORD  # noqa: E402

POLL_SECONDS = 0.5  # how often a silent kernel is asked whether it still lives
GRACE_SECONDS = 2.0  # how long an interrupted cell has to stop
STARTUP_SECONDS = 60.0
CELL_SECONDS = 60.0
SOCKET_PATH_LIMIT = 80  # Unix socket paths end at 104 (macOS) or 108 (Linux) characters
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"

_BEFORE_CARRIAGE_RETURN = re.compile(r"^.*\r(?=[^\n])", re.MULTILINE)
_ANSI = re.compile(r"\x1b\[[0-9;]*m")


Answer = tuple[dict[str, Any], list[bytes]]  # a widget's custom message, and its buffers


@dataclass(frozen=True)
class CellFailure:
    """Why a cell did not end well.

    `kind`: `exception` (the code raised), `interrupted` (too slow, stopped on request),
    `killed` (too slow and did not stop on request), `died` (the kernel process ended).
    `line` counts from 1 within the cell and is None where it is not known.
    """

    kind: Literal["exception", "interrupted", "killed", "died"]
    message: str
    line: int | None = None
    traceback: str = ""

    @property
    def ends_the_run(self) -> bool:
        """Whether the cells after this one could not run any more."""
        return self.kind != "exception"


@dataclass
class WidgetModel:
    """A widget as the kernel describes it to a front end: its state, bytes among it."""

    state: dict[str, Any]

    def update(self, data: dict[str, Any], buffers: Sequence[bytes]) -> None:
        """Take over what a comm message says, its buffers put where they belong."""
        self.state.update(data.get("state", {}))
        for (*way, last), buffer in zip(data.get("buffer_paths", []), buffers, strict=True):
            holder: Any = self.state
            for key in way:
                holder = holder[key]
            holder[last] = bytes(buffer)


@dataclass
class CellRun:
    """What one cell gave: outputs as nbformat nodes, its execution count, and its failure if any.

    Later cells may still change `outputs` (display updates, printing threads), as in Jupyter.
    """

    outputs: list[NotebookNode] = field(default_factory=list)
    execution_count: int | None = None
    error: CellFailure | None = None
    clear_before_next: bool = False


class WarmKernels(NbvalKernelspecManager):
    """This interpreter's kernel, started in a moment where the system can fork."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        spec = super().get_kernel_spec(kernel_name)
        spec.argv = warm_kernels.kernel_command()
        return spec


class NotebookKernel(RunningKernel):
    """A fresh kernel for one notebook; a context manager.

    Same interpreter as the caller, working folder `cwd`, its own progress file and IPython
    settings. Raises RuntimeError where the kernel does not come up.
    """

    def __init__(self, cwd: Path | str, startup_timeout: float = STARTUP_SECONDS) -> None:
        # The base class would start the kernel over TCP with the caller's surroundings.
        warm_font_cache()
        self._folder = Path(tempfile.mkdtemp(prefix="nb-", dir=_short_temp_folder()))
        self._runs: dict[str, CellRun] = {}
        self._displays: dict[str, list[tuple[CellRun, NotebookNode]]] = {}
        self.widgets: dict[str, WidgetModel] = {}  # by model id, as a front end would know them
        self._answers: dict[str, list[Answer]] = {}  # to what a widget was told, by message id
        self._stderr = open(os.devnull, "w")  # noqa: SIM115 - lives as long as the kernel
        options: dict[str, Any] = {"connection_file": str(self._folder / "kernel.json")}
        if os.name == "posix":
            # TCP ports are chosen before they are bound: kernels started together collide.
            options |= {"transport": "ipc", "ip": str(self._folder / "s")}
        self.km = KernelManager(
            kernel_name=CURRENT_ENV_KERNEL_NAME,
            kernel_spec_manager=WarmKernels(),
            **options,
        )
        try:
            self.km.start_kernel(
                cwd=str(cwd), env=_kernel_environment(self._folder), stderr=self._stderr
            )
            self.kc = self.km.client()
            self.kc.start_channels(stdin=False, hb=False)
            self._wait_until_ready(startup_timeout)
        except BaseException:
            self.stop()
            raise

    def __enter__(self) -> NotebookKernel:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """End the kernel and remove its temporary folder; harmless when called twice."""
        if not hasattr(self, "km"):
            return
        if hasattr(self, "kc"):
            self.kc.stop_channels()
        if self.km.has_kernel:
            self.km.shutdown_kernel(now=True)
        self.km.context.destroy(linger=0)
        del self.km
        self._stderr.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def run_cell(self, source: str, timeout: float = CELL_SECONDS) -> CellRun:
        """Run one cell and wait, at most `timeout` seconds, until the kernel is idle again."""
        run = CellRun()
        if not self.is_alive():
            run.error = CellFailure("died", "The kernel was no longer running before this cell.")
            return run
        message_id = self.kc.execute(
            source, store_history=True, allow_stdin=False, stop_on_error=False
        )
        self._runs[message_id] = run
        if self._read_until_idle(message_id, time.monotonic() + timeout):
            self._forget_reply(message_id)
        elif not self.is_alive():
            run.error = CellFailure("died", "The kernel died while this cell was running.")
        else:
            run.error = self._stop_slow_cell(message_id, timeout)
        for output in run.outputs:
            if output.output_type == "stream":
                output.text = _BEFORE_CARRIAGE_RETURN.sub("", output.text)
        return run

    def run_cells(
        self, sources: Iterable[str], timeout: float = CELL_SECONDS
    ) -> Generator[CellRun, None, None]:
        """Run cells one after the other; stops after a failure that ends the run."""
        for source in sources:
            run = self.run_cell(source, timeout)
            yield run
            if run.error and run.error.ends_the_run:
                return

    def ask_widget(
        self, model_id: str, content: dict[str, Any], timeout: float = CELL_SECONDS
    ) -> list[Answer]:
        """Send a widget a custom message and wait until the kernel is through with it.

        Returns the custom messages that it sent meanwhile: content and buffers. Raises
        TimeoutError.
        """
        data = {"method": "custom", "content": content}
        message = self.kc.session.msg("comm_msg", {"comm_id": model_id, "data": data})
        self.kc.shell_channel.send(message)
        message_id = message["header"]["msg_id"]
        answers = self._answers[message_id] = []
        if not self._read_until_idle(message_id, time.monotonic() + timeout):
            raise TimeoutError(f"The kernel did not answer {content} within {timeout:g} seconds.")
        del self._answers[message_id]
        return answers

    def _stop_slow_cell(self, message_id: str, timeout: float) -> CellFailure:
        self.interrupt()
        if self._read_until_idle(message_id, time.monotonic() + GRACE_SECONDS):
            self._forget_reply(message_id)
            stopped = self._runs[message_id].error
            return CellFailure(
                "interrupted",
                f"This cell ran longer than {timeout:g} seconds and was interrupted.",
                line=stopped.line if stopped else None,
                traceback=stopped.traceback if stopped else "",
            )
        self.km.shutdown_kernel(now=True)
        return CellFailure(
            "killed",
            f"This cell ran longer than {timeout:g} seconds and ignored the interrupt"
            " (does it catch KeyboardInterrupt?), so its kernel was killed.",
        )

    def _wait_until_ready(self, timeout: float) -> None:
        deadline = time.monotonic() + timeout
        while time.monotonic() < deadline:
            message_id = self.kc.kernel_info()
            try:
                self.await_reply(message_id, timeout=1)
                self.await_idle(message_id, timeout=1)
            except Empty:
                if not self.is_alive():
                    raise RuntimeError(
                        "The kernel died while starting. Try: python -m ipykernel --version"
                    ) from None
            else:
                return
        raise RuntimeError(f"The kernel did not start within {timeout:g} seconds.")

    def _forget_reply(self, message_id: str) -> None:
        # Outputs and errors came over iopub; the reply only has to leave the queue.
        with suppress(Empty):
            self.await_reply(message_id, timeout=5)

    def _read_until_idle(self, message_id: str, deadline: float) -> bool:
        """Apply messages until the cell is done; False when the kernel died or time ran out."""
        last_look = time.monotonic()
        while (now := time.monotonic()) < deadline:
            if now - last_look > POLL_SECONDS:
                last_look = now
                if not self.is_alive():
                    return self._drain(message_id)
            try:
                message = self.get_message("iopub", timeout=min(POLL_SECONDS, deadline - now))
            except Empty:
                continue
            if self._apply(message, message_id):
                return True
        return False

    def _drain(self, message_id: str) -> bool:
        """Apply what a dead kernel sent before its end."""
        deadline = time.monotonic() + 1
        while time.monotonic() < deadline:
            try:
                message = self.get_message("iopub", timeout=0.1)
            except Empty:
                return False
            if self._apply(message, message_id):
                return True
        return False

    def _apply(self, message: dict[str, Any], waiting_for: str) -> bool:
        """Apply one iopub message; True when it says that the awaited cell is done."""
        parent = message["parent_header"].get("msg_id")
        kind, content = message["msg_type"], message["content"]
        if kind == "status":
            return parent == waiting_for and content["execution_state"] == "idle"
        run = self._runs.get(parent)
        if kind in {"comm_open", "comm_msg"}:
            self._hear_widget(content, message.get("buffers", []), parent)
        elif kind == "update_display_data":
            self._update_displays(content)
        elif run is None:
            pass  # an answer to the question whether the kernel is ready
        elif kind == "execute_input":
            run.execution_count = content["execution_count"]
        elif kind == "clear_output":
            if content["wait"]:
                run.clear_before_next = True
            else:
                run.outputs.clear()
        elif kind in {"stream", "display_data", "execute_result", "error"}:
            self._add_output(run, kind, content)
        return False

    def _add_output(self, run: CellRun, kind: str, content: dict[str, Any]) -> None:
        if run.clear_before_next:
            run.outputs.clear()
            run.clear_before_next = False
        if kind == "stream":
            last = run.outputs[-1] if run.outputs else None
            if last is not None and last.output_type == "stream" and last.name == content["name"]:
                last.text += content["text"]
            else:
                run.outputs.append(_node(kind, name=content["name"], text=content["text"]))
        elif kind == "error":
            traceback = list(content["traceback"])
            run.outputs.append(
                _node(kind, ename=content["ename"], evalue=content["evalue"], traceback=traceback)
            )
            run.error = CellFailure(
                "exception",
                f"{content['ename']}: {content['evalue']}",
                line=_failing_line(traceback, run.execution_count),
                traceback="\n".join(traceback),
            )
        else:
            output = _node(kind, data=content["data"], metadata=content["metadata"])
            if kind == "execute_result":
                output.execution_count = content["execution_count"]
            display_id = content.get("transient", {}).get("display_id")
            if display_id:
                self._displays.setdefault(display_id, []).append((run, output))
            run.outputs.append(output)

    def _hear_widget(self, content: dict[str, Any], buffers: list[Any], parent: str) -> None:
        data, model_id = content["data"], content["comm_id"]
        if "state" in data:
            self.widgets.setdefault(model_id, WidgetModel({})).update(data, buffers)
        elif data.get("method") == "custom" and parent in self._answers:
            self._answers[parent].append((data["content"], [bytes(b) for b in buffers]))

    def _update_displays(self, content: dict[str, Any]) -> None:
        for _, output in self._displays.get(content.get("transient", {}).get("display_id"), []):
            output.data = _node("", **content["data"])
            del output.data["output_type"]
            output.metadata = NotebookNode(content["metadata"])


def run_notebook(
    sources: Iterable[str], cwd: Path | str, timeout: float = CELL_SECONDS
) -> Generator[CellRun, None, None]:
    """Run cells in one fresh kernel, yielding each run; stops after a failure that ends the run.

    The kernel ends with the generator, so whoever stops early should close it.
    """
    with NotebookKernel(cwd) as kernel:
        yield from kernel.run_cells(sources, timeout)


_NOT_STORED = {WIDGET_VIEW, RECORD}


def shown_outputs(outputs: Iterable[NotebookNode]) -> list[NotebookNode]:
    """The outputs that are stored and compared: without references to live widget models.

    A widget's model has a random name and is gone with its kernel; what stays is its static
    picture and text. An output that was nothing but a reference disappears. Where a figure stood
    is kept in learners' notebooks alone, which are handed in.
    """
    shown = []
    for output in outputs:
        if not _NOT_STORED.isdisjoint(output.get("data", ())):
            data = {mime: value for mime, value in output.data.items() if mime not in _NOT_STORED}
            if not data:
                continue
            output = NotebookNode(output | {"data": NotebookNode(data)})
        shown.append(output)
    return shown


def warm_font_cache() -> None:
    """Let matplotlib write its font cache now: the first plot on a machine warns about it."""
    global _fonts_are_warm
    if _fonts_are_warm:
        return
    _fonts_are_warm = True
    try:
        import matplotlib
    except ImportError:
        return
    module = Path(matplotlib.__file__).with_name("font_manager.py")
    caches = Path(matplotlib.get_cachedir()).glob("fontlist-v*.json")
    if not any(cache.stat().st_mtime > module.stat().st_mtime for cache in caches):
        subprocess.run(
            [sys.executable, "-c", "import matplotlib.font_manager"],
            check=False,
            capture_output=True,
        )


_fonts_are_warm = False


def _kernel_environment(folder: Path) -> dict[str, str]:
    # Whatever would make a cell's output depend on who runs it is left out or replaced:
    # pytest's variables switch off ipykernel's capture of stderr from C code and subprocesses,
    # MPLBACKEND would keep figures from being shown, a user's IPython profile may run anything, and
    # a graphics card adds up in another order.
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("PYTEST_") and name not in {"MPLBACKEND", "PYTHONWARNINGS"}
    }
    return environment | {
        "CUDA_VISIBLE_DEVICES": "",
        "DERIVATIVES_PROGRESS": str(folder / "progress.json"),
        "IPYTHONDIR": str(folder / "ipython"),
        "OMP_NUM_THREADS": "1",
        "PYDEVD_DISABLE_FILE_VALIDATION": "1",
    }


def _short_temp_folder() -> str | None:
    folder = tempfile.gettempdir()
    if os.name == "posix" and len(folder) > SOCKET_PATH_LIMIT:
        return "/tmp"
    return folder


def _node(output_type: str, **values: Any) -> NotebookNode:
    from nbformat import from_dict

    # from_dict gives a list for a list and a value for a value; this is a dict.
    return cast(NotebookNode, from_dict({"output_type": output_type} | values))


def _failing_line(traceback: list[str], execution_count: int | None) -> int | None:
    """The last line of the cell itself that a traceback names."""
    text = _ANSI.sub("", "\n".join(traceback))
    lines = re.findall(rf"Cell In\[{execution_count}\], line (\d+)", text)
    return int(lines[-1]) if lines else None
