"""Kernels forked from one process that has imported what notebooks use: each starts in a moment.

A fresh kernel spends its first seconds importing NumPy, matplotlib and ipywidgets. Here one process
imports them once and waits; each kernel is a fork of it, and imports the course's own modules
anew. Where nothing can be forked (Windows), kernels have to start as usual.

`Nursery().command()` is the `argv` of a kernel spec. It starts a small process that stands for the
kernel: it hands over its surroundings and its open files, passes signals on, and ends as the kernel
ends; when it is killed, so is the kernel. This file is run as that process too, and as the nursery,
so it imports nothing at its top that takes time.
"""

from __future__ import annotations

import atexit
import functools
import json
import os
import selectors
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress

CAN_FORK = hasattr(os, "fork")
PRELOADED = (
    "numpy",
    "matplotlib.pyplot",  # without its backend, which looks for a kernel when it is imported
    "ipykernel.kernelapp",
    "ipykernel.ipkernel",
    "ipywidgets",
    "anywidget",
)
PASSED_ON = ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT")
SOCKET = "s"  # in the nursery's folder, whose path is short, as that of a socket has to be


class Nursery:
    """The process that kernels are forked from. It ends, and they with it, when this one does."""

    def __init__(self) -> None:
        self._folder = tempfile.mkdtemp(prefix="nursery-", dir="/tmp")
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        # As ipykernel chooses it, before matplotlib is imported; and no threads before a fork.
        environment["MPLBACKEND"] = "module://matplotlib_inline.backend_inline"
        environment["OMP_NUM_THREADS"] = "1"
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind(f"{self._folder}/{SOCKET}")
            listening.listen(64)
            self._process = subprocess.Popen(
                [sys.executable, __file__, str(listening.fileno())],
                env=environment,
                cwd=self._folder,
                stdin=subprocess.PIPE,
                pass_fds=[listening.fileno()],
                start_new_session=True,
            )

    def command(self) -> list[str]:
        """The `argv` of a kernel spec whose kernels are forked here."""
        address = f"{self._folder}/{SOCKET}"
        return [sys.executable, "-I", "-S", __file__, address, "{connection_file}"]

    def close(self) -> None:
        """End the nursery and all its kernels; harmless when called twice."""
        self._process.communicate()


_first = threading.Lock()


def kernel_command() -> list[str]:
    """The `argv` of a kernel spec: forked from this process's one nursery, or started as usual."""
    if not CAN_FORK:
        from ipykernel.kernelspec import make_ipkernel_cmd

        return make_ipkernel_cmd()
    with _first:
        return _nursery().command()


@functools.cache
def _nursery() -> Nursery:
    nursery = Nursery()
    atexit.register(nursery.close)
    return nursery


# --- the nursery's own process ---


def keep_nursery(listening: socket.socket) -> None:
    """Fork a kernel for each connection, and kill those that nobody stands for, until stdin ends.

    Returns in each kernel as well, with nothing left of the nursery but what it imported.
    """
    del sys.path[0]  # this file's folder
    for name in PRELOADED:
        __import__(name)
    import gc

    gc.freeze()  # what is here by now is shared with all kernels
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # no zombies
    kernels: dict[socket.socket, int] = {}
    with selectors.DefaultSelector() as waiting:
        for source in (sys.stdin, listening):
            waiting.register(source, selectors.EVENT_READ)
        while True:
            ready = {key.fileobj for key, _ in waiting.select()}
            if sys.stdin in ready:
                for kernel in kernels.values():
                    _signal(kernel, signal.SIGKILL)
                shutil.rmtree(os.getcwd(), ignore_errors=True)
                return
            for connection in [c for c in kernels if c in ready]:
                kernel = kernels.pop(connection)  # it says that its kernel ended, or nothing
                if not connection.recv(1):
                    _signal(kernel, signal.SIGKILL)
                waiting.unregister(connection)
                connection.close()
            if listening in ready:
                connection, _ = listening.accept()
                _, files, _, _ = socket.recv_fds(connection, 1, 4)
                asked = json.loads(connection.makefile(encoding="utf-8").readline())
                kernel = os.fork()
                if kernel == 0:
                    for other in (listening, connection, *kernels):
                        other.close()
                    break
                connection.sendall(f"{kernel}\n".encode())
                for file in files:
                    os.close(file)
                kernels[connection] = kernel
                waiting.register(connection, selectors.EVENT_READ)
    _be_kernel(files, **asked)


def _be_kernel(files: list[int], file: str, folder: str, environment: dict[str, str]) -> None:
    """Be the kernel of a connection file, in the surroundings of who stands for it."""
    import random

    import numpy as np

    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    for number, own in enumerate(files[:3]):  # the fourth stays open as long as the kernel lives
        os.dup2(own, number)
        os.close(own)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    random.seed()
    np.random.seed()
    sys.modules.pop("__main__")
    import ipykernel_launcher  # which starts a kernel only as __main__
    from ipykernel.kernelapp import launch_new_instance

    sys.argv = [str(ipykernel_launcher.__file__), "-f", file]
    # It ends with its parent; told so it does not explain to a terminal how to end it.
    launch_new_instance(argv=[*sys.argv[1:], f"--IPKernelApp.parent_handle={os.getppid()}"])


def _signal(kernel: int, number: int) -> None:
    """Send a signal to a kernel and what it started, if it is still there."""
    with suppress(ProcessLookupError):
        os.killpg(kernel, number)


# --- the process that stands for a kernel ---


def stand_for_kernel(address: str, file: str) -> None:
    """Ask for a kernel, and last as long as it does."""
    end, kept_by_kernel = os.pipe()
    asked = {"file": file, "folder": os.getcwd(), "environment": dict(os.environ)}
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(address)
        socket.send_fds(connection, [b"."], [0, 1, 2, kept_by_kernel])
        os.close(kept_by_kernel)
        connection.sendall(json.dumps(asked).encode() + b"\n")
        kernel = int(connection.makefile().readline())
        for name in PASSED_ON:
            signal.signal(getattr(signal, name), lambda number, _: _signal(kernel, number))
        os.read(end, 1)
        with suppress(OSError):
            connection.send(b".")


if __name__ == "__main__":
    if len(sys.argv) == 2:
        keep_nursery(socket.socket(fileno=int(sys.argv[1])))
    else:
        stand_for_kernel(*sys.argv[1:])
