"""Run by the doctor with the Python in `.venv`: what is installed there, and does it work?

Prints one line of JSON: {"packages": [[name, wanted, present or null], …], "utils": path or null,
"kernel": message, or "" where it answers, "extensions": names of JupyterLab's}.
Called with the requirement files as arguments.
"""

import contextlib
import io
import json
import re
import sys
from collections.abc import Iterable
from importlib import metadata, util
from pathlib import Path

SECONDS_FOR_KERNEL = 60
# torch is left out: it takes seconds to import, and the first fifteen chapters do without.
QUESTION = "import anywidget, ipywidgets, matplotlib, numpy, utils; print('fine')"


def pins(files: Iterable[str]) -> list[tuple[str, str]]:
    """Name and pinned version of all that `files` ask for on this computer."""
    from packaging.requirements import Requirement

    found = []
    for file in files:
        for line in Path(file).read_text(encoding="utf-8").splitlines():
            text = re.sub(r"(^|\s)#.*", "", line).strip()
            if not text or text.startswith("-"):
                continue
            wanted = Requirement(text)
            if wanted.marker is None or wanted.marker.evaluate():
                found.append((wanted.name, str(wanted.specifier).removeprefix("==")))
    return found


def version(name: str) -> str | None:
    """The version of the distribution `name`; None where it is not installed."""
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def utils_folder() -> str | None:
    """Where `import utils` takes the course's own package from; None where it finds none."""
    spec = util.find_spec("utils")
    places = list(spec.submodule_search_locations or []) if spec else []
    return places[0] if places else None


def kernel_failure() -> str:
    """What is wrong with the kernel; empty where it starts and answers."""
    try:
        from jupyter_client.manager import start_new_kernel

        manager, client = start_new_kernel(
            startup_timeout=SECONDS_FOR_KERNEL, kernel_name="python3"
        )
        try:
            said: list[str] = []
            client.execute_interactive(
                QUESTION,
                timeout=SECONDS_FOR_KERNEL,
                output_hook=lambda message: said.append(_text(message["content"])),
            )
            answer = "".join(said).strip()
            return "" if answer == "fine" else answer or "it gave no answer"
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def _text(content: dict) -> str:
    return content.get("text") or content.get("evalue") or ""


def lab_extensions() -> list[str]:
    """The extensions that JupyterLab finds and has not switched off."""
    try:
        from jupyter_core.paths import jupyter_path
        from jupyterlab_server.config import get_federated_extensions, get_page_config
    except ImportError:
        return []
    folders = jupyter_path("labextensions")
    switched_off = get_page_config(folders).get("disabledExtensions", [])
    return [name for name in get_federated_extensions(folders) if name not in switched_off]


def look(files: Iterable[str]) -> dict:
    """Everything the doctor wants to know from inside `.venv`."""
    return {
        "packages": [(name, wanted, version(name)) for name, wanted in pins(files)],
        "utils": utils_folder(),
        "kernel": kernel_failure(),
        "extensions": lab_extensions(),
    }


if __name__ == "__main__":
    with contextlib.redirect_stdout(io.StringIO()):
        found = look(sys.argv[1:])
    print(json.dumps(found))
