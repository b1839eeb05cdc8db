"""Driving a real JupyterLab with Playwright: start it, open a notebook, run its cells."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from ipykernel.kernelspec import get_kernel_dict
from playwright.sync_api import Browser, Locator, Page, ViewportSize

from tools.door import lab
from tools.door.environment import CLASS_SETTINGS, LAB_SETTINGS
from tools.warm_kernels import kernel_command

ROOT = Path(__file__).resolve().parents[1]
LAPTOP = ViewportSize(width=1366, height=768)
PROJECTOR = ViewportSize(width=1920, height=1080)

# Chromium must not look for updates or hosts of its own: a test reaches this machine only.
BROWSER_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def free_port() -> int:
    """A TCP port that nothing listens on at the moment."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return sock.getsockname()[1]


@contextlib.contextmanager
def running_lab(folder: Path, for_class: bool = False) -> Iterator[str]:
    """JupyterLab serving a folder; gives its address. Raises RuntimeError if it does not answer.

    for_class: as `course.py lab --class` starts it.
    """
    port = free_port()
    settings = folder / ".lab"
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", f"--port={port}", "--port-retries=0",
        "--ip=127.0.0.1", "--IdentityProvider.token=", "--ServerApp.allow_root=True",
        f"--ServerApp.root_dir={folder}", "--LabApp.expose_app_in_browser=True",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        f"--LabApp.user_settings_dir={settings / 'settings'}",
        f"--LabApp.workspaces_dir={settings / 'workspaces'}",
    ]  # fmt: skip
    env = os.environ | {
        "DERIVATIVES_PROGRESS": str(folder / "progress.json"),
        "JUPYTER_CONFIG_DIR": str(settings / "config"),
        "IPYTHONDIR": str(settings / "ipython"),
        "JUPYTER_PATH": str(settings / "data"),
    }
    kernel = settings / "data" / "kernels" / "python3"
    kernel.mkdir(parents=True, exist_ok=True)
    (kernel / "kernel.json").write_text(json.dumps(get_kernel_dict() | {"argv": kernel_command()}))
    if for_class:
        env |= lab.CLASS_VARIABLES
    for plugin, chosen in (LAB_SETTINGS | (CLASS_SETTINGS if for_class else {})).items():
        extension, _, name = plugin.partition(":")
        folder_of = settings / "settings" / extension
        folder_of.mkdir(parents=True, exist_ok=True)
        (folder_of / f"{name}.jupyterlab-settings").write_text(json.dumps(chosen))
    with open(settings / "lab.log", "w") as log:
        server = subprocess.Popen(command, env=env, stdout=log, stderr=log, cwd=folder)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api", server, settings / "lab.log")
            yield address
        finally:
            server.terminate()
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()


def _wait_for(url: str, server: subprocess.Popen, log: Path, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
        time.sleep(0.2)
    raise RuntimeError(f"JupyterLab did not start. Its log ends with:\n{log.read_text()[-2000:]}")


def copy_course(folder: Path) -> Path:
    """A learner's copy of the notebooks in a folder; the tests never run the originals."""
    for name in ("notebooks", "exercises", "solutions"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name)
    return folder


@dataclass
class Notebook:
    """An open notebook, and what the page complained about."""

    page: Page
    errors: list[str] = field(default_factory=list)

    def wait_until_ready(self, path: str) -> None:
        """Wait until the notebook at this path is in front, its kernel connected and idle."""
        # The toolbar shows "idle" too early; the session itself knows.
        self.page.wait_for_function(
            """(path) => {
              const panel = window.jupyterapp?.shell?.currentWidget;
              const kernel = panel?.sessionContext?.session?.kernel;
              return panel?.context?.path === path && panel.sessionContext.isReady &&
                     kernel?.status === 'idle' && kernel.connectionStatus === 'connected' &&
                     jupyterapp.commands.hasCommand('notebook:run-all-cells');
            }""",
            arg=path,
            timeout=60_000,
        )

    def turn_to(self, path: str, same_kernel: bool = False) -> None:
        """Close this notebook unsaved and open another in the same page.

        That takes a fraction of the time in which a new page loads JupyterLab. same_kernel: let
        this notebook's kernel serve the other one as well, with all it has imported and defined.
        """
        self.page.evaluate(
            """async ([path, same]) => {
              const panel = jupyterapp.shell.currentWidget;
              const kernel = same ? {id: panel.sessionContext.session.kernel.id} : undefined;
              if (!same) await panel.sessionContext.shutdown();
              document.activeElement?.blur();
              panel.dispose();
              await jupyterapp.commands.execute('docmanager:open', {path, kernel});
            }""",
            [path, same_kernel],
        )
        self.wait_until_ready(path)
        self.errors.clear()

    def cell(self, index: int) -> Locator:
        """The cell at an index, scrolled into view: the windowed notebook detaches far cells."""
        self.page.evaluate(
            """async (i) => {
              const { content } = jupyterapp.shell.currentWidget;
              content.activeCellIndex = i;
              await content.scrollToItem(i, 'start').catch(() => {});
            }""",
            index,
        )
        return self.page.locator(f'.jp-Notebook .jp-Cell[data-windowed-list-index="{index}"]')

    def run_all(self, seconds: float = 120) -> None:
        """Run every cell and wait for the last; raises if the kernel does not get ready."""
        self.page.evaluate("void jupyterapp.commands.execute('notebook:run-all-cells')")
        self.page.wait_for_function(
            """() => {
              const cells = jupyterapp.shell.currentWidget.content.model.cells;
              for (let i = 0; i < cells.length; i++) {
                const cell = cells.get(i);
                if (cell.type === 'code' && cell.sharedModel.source.trim() &&
                    (cell.executionState !== 'idle' || cell.executionCount === null)) return false;
              }
              return true;
            }""",
            timeout=seconds * 1000,
            polling=150,  # to look at all cells in every frame would slow the page down
        )

    def outputs(self) -> list[dict]:
        """The outputs of all code cells: cell index, type, mime types, text."""
        return self.page.evaluate(
            """() => {
              const cells = jupyterapp.shell.currentWidget.content.model.cells, found = [];
              for (let i = 0; i < cells.length; i++) {
                const cell = cells.get(i);
                if (cell.type !== 'code') continue;
                for (const output of cell.outputs.toJSON())
                  found.push({cell: i, type: output.output_type, name: output.name || '',
                    mimes: Object.keys(output.data || {}), ename: output.ename || ''});
              }
              return found;
            }"""
        )

    def set_source(self, index: int, source: str) -> None:
        """Write into a code cell, as a learner would."""
        self.page.evaluate(
            """([i, text]) => jupyterapp.shell.currentWidget.content.model.cells.get(i)
                 .sharedModel.setSource(text)""",
            [index, source],
        )

    def run_cell(self, index: int, seconds: float = 60) -> Locator:
        """Run one cell, wait for it, and return it."""
        cell = self.cell(index)
        before = self.page.evaluate(
            "(i) => jupyterapp.shell.currentWidget.content.model.cells.get(i).executionCount", index
        )
        self.page.evaluate("void jupyterapp.commands.execute('notebook:run-cell')")
        self.page.wait_for_function(
            """([i, before]) => {
              const cell = jupyterapp.shell.currentWidget.content.model.cells.get(i);
              return cell.executionState === 'idle' && cell.executionCount !== null &&
                     cell.executionCount !== before;
            }""",
            arg=[index, before],
            timeout=seconds * 1000,
        )
        return cell

    def sources(self) -> list[tuple[int, str, str]]:
        """Index, type and source of every cell."""
        cells = self.page.evaluate(
            """() => {
              const cells = jupyterapp.shell.currentWidget.content.model.cells, found = [];
              for (let i = 0; i < cells.length; i++)
                found.push([i, cells.get(i).type, cells.get(i).sharedModel.getSource()]);
              return found;
            }"""
        )
        return [tuple(cell) for cell in cells]


@contextlib.contextmanager
def open_notebook(
    browser: Browser,
    address: str,
    path: str,
    viewport: ViewportSize | None = None,
    sharpness: float = 1,
    kernel: bool = True,
) -> Iterator[Notebook]:
    """A notebook in a page of its own, its kernel ready and connected.

    sharpness: device pixels per CSS pixel. kernel: without one, the notebook must name a kernel
    that is not there, and the page's question for another is answered with "No Kernel".
    """
    context = browser.new_context(viewport=viewport or LAPTOP, device_scale_factor=sharpness)
    page = context.new_page()
    notebook = Notebook(page)
    page.on("pageerror", lambda error: notebook.errors.append(str(error)))
    page.on(
        "console",
        lambda message: notebook.errors.append(message.text) if message.type == "error" else None,
    )
    try:
        page.goto(f"{address}/lab/workspaces/auto-{free_port()}/tree/{path}?reset")
        if not kernel:
            page.locator(".jp-Dialog button", has_text="No Kernel").click(timeout=60_000)
            yield notebook
            return
        notebook.wait_until_ready(path)
        yield notebook
    finally:
        context.close()
