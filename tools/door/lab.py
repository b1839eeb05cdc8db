"""`lab`: start JupyterLab on the learner's own copy of chapter 00."""

import errno
import os
import secrets
import signal
import socket
import subprocess
import time
from pathlib import Path

from tools.door import environment, home, my_work
from tools.door.ending import when_asked_to_end
from tools.door.say import Display, Stop, typed

FIRST_NOTEBOOK = f"{my_work.FOLDER}/notebooks/00_start_here.ipynb"
PAGE = f"/lab/tree/{FIRST_NOTEBOOK}"
CLASS_PAGE = f"/doc/tree/{FIRST_NOTEBOOK}"  # one document, no side bar open
CLASS_VARIABLES = {"DERIVATIVES_CLASS": "1"}  # read by utils/style.py
DEFAULT_PORT = 8888
PORTS_TRIED = 50
SECONDS_TO_START = 120.0


def is_free(port: int) -> bool:
    """Whether a server can listen on `port` of this computer. Raises Stop where none ever may."""
    # Not every computer has IPv6; Jupyter listens on all addresses that localhost has.
    addresses = {info[0]: info[4] for info in socket.getaddrinfo("localhost", port, type=1)}
    for family, address in addresses.items():
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            if os.name == "nt":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
            else:  # a server that ended a minute ago does not block its port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(address)
            except OSError as error:
                if error.errno in (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT):
                    continue
                return False
    return True


def choose_port(wanted: int | None) -> int:
    """The port to use: the one asked for, or else the first free one from 8888 on."""
    if wanted is not None:
        if is_free(wanted):
            return wanted
        raise Stop(
            f"Port {wanted} is taken by another program, or may not be used.",
            "leave --port out, or try another",
            typed("lab", "--port", str(wanted + 1)),
        )
    for port in range(DEFAULT_PORT, DEFAULT_PORT + PORTS_TRIED):
        if is_free(port):
            return port
    raise Stop(
        f"All ports from {DEFAULT_PORT} to {DEFAULT_PORT + PORTS_TRIED - 1} are taken.",
        "choose one yourself",
        typed("lab", "--port", "9500"),
    )


def lab_command(python: Path, root: Path, port: int, browser: bool, page: str = PAGE) -> list[str]:
    """The command line that starts JupyterLab in the course folder, on chapter 00."""
    command = [
        str(python),
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={root}",
        f"--LabApp.default_url={page}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--ServerApp.answer_yes=True",  # Ctrl-C ends it without a question
        # Kernels talk in private, and do not fill this terminal with a warning that they don't.
        "--MappingKernelManager.transport_encryption=auto",
        "--ServerApp.log_level=ERROR",
        "--LabApp.log_level=ERROR",
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")  # inside containers one is root
    return command


def class_variables(root: Path) -> dict[str, str]:
    """What makes figures and pages large for a projector; no notebook is changed."""
    return CLASS_VARIABLES | {
        "JUPYTERLAB_SETTINGS_DIR": str(environment.class_settings(root)),
        "JUPYTERLAB_WORKSPACES_DIR": str(environment.venv_path(root) / "class_workspaces"),
    }


def start(root: Path, wanted_port: int | None, browser: bool, for_class: bool = False) -> int:
    """Set the course up where needed, run JupyterLab until Ctrl-C; returns the exit code.

    for_class: large enough for a projector.
    """
    if wanted_port is not None:
        choose_port(wanted_port)  # before a set-up that takes minutes
    python = environment.ensure(root, "lab")
    environment.settle_lab(root)
    for line in my_work.hand_out(root):
        print(line)
    kept = environment.venv_path(root)
    if home.is_moved_to(kept, os.environ):
        print(f"Your home folder cannot be written: JupyterLab's settings are kept in {kept}.")
    port = choose_port(wanted_port)
    token = os.environ.get("JUPYTER_TOKEN") or secrets.token_hex(24)
    env = os.environ | {
        "JUPYTER_TOKEN": token,
        # The kernel in .venv wins over one of the same name in the user's home.
        "JUPYTER_PREFER_ENV_PATH": "1",
        # The tabs of this course stay apart from those of other JupyterLabs.
        "JUPYTERLAB_WORKSPACES_DIR": str(environment.venv_path(root) / "workspaces"),
    }
    if for_class:
        env |= class_variables(root)
    page = CLASS_PAGE if for_class else PAGE
    server = subprocess.Popen(lab_command(python, root, port, browser, page), cwd=root, env=env)
    when_asked_to_end(lambda *_: server.terminate())
    try:
        if _answers(server, port):
            address = f"http://localhost:{port}{page}?token={token}"
            _greet(address, browser)
            server.wait()
    except KeyboardInterrupt:
        _wait_for_end(server)
        Display().say(f"\nJupyterLab has ended. What you saved is in {root / my_work.FOLDER}.")
        return 0
    if server.wait() not in (0, -signal.SIGTERM):
        raise Stop(
            "JupyterLab ended with an error; its own words stand above.", command=typed("doctor")
        )
    return 0


def _answers(server: subprocess.Popen[bytes], port: int) -> bool:
    """Wait until the server can be reached; False if it ends before."""
    deadline = time.monotonic() + SECONDS_TO_START
    while server.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("localhost", port), timeout=1).close()
            return True
        except OSError:
            time.sleep(0.1)
    return server.poll() is None


def _greet(address: str, browser: bool) -> None:
    where = "Chapter 00 opens in your browser. If not, open" if browser else "Chapter 00 is at"
    print(f"{where}:\n\n    {address}\n\nTo end, press Ctrl-C here.", flush=True)


def _wait_for_end(server: subprocess.Popen[bytes]) -> None:
    """Give JupyterLab, which got the Ctrl-C as well, time to shut its kernels down."""
    try:
        server.wait(timeout=15)
    except (KeyboardInterrupt, subprocess.TimeoutExpired):
        server.kill()
        server.wait()
