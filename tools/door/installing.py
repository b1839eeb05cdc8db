"""Talking to pip: which torch, how far it is, and what went wrong, in words."""

import os
import platform
import queue
import re
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from tools.door.say import Display, Stop, size

LONGEST_LINE = 160  # of what pip said; the log has the whole
TORCH_CPU_INDEX = "https://download.pytorch.org/whl/cpu"


# --- which build of torch ---


@dataclass(frozen=True)
class TorchChoice:
    """Where torch comes from: an extra index, or None for the ordinary build; and why."""

    extra_index: str | None
    sentence: str


def choose_torch(system: str, has_gpu: bool, reachable: Callable[[], bool]) -> TorchChoice:
    """Which build of torch to install on `system` (a `sys.platform`).

    Only on Linux is the ordinary build made for NVIDIA cards; `reachable` is asked only there.
    """
    if not system.startswith("linux"):
        return TorchChoice(None, "")
    if has_gpu:
        return TorchChoice(None, "An NVIDIA card is here: taking the build of torch for it.")
    if reachable():
        return TorchChoice(
            TORCH_CPU_INDEX,
            "No NVIDIA graphics card here: taking the CPU build of torch (0.2 GB instead of 4).",
        )
    return TorchChoice(
        None,
        "The CPU build of torch could not be reached (download.pytorch.org): "
        "taking the ordinary one, which can be 4 GB.",
    )


def has_nvidia_gpu() -> bool:
    """Whether an NVIDIA card with its driver is here."""
    if any(Path(path).exists() for path in ("/proc/driver/nvidia", "/dev/nvidia0")):
        return True
    try:
        done = subprocess.run(["nvidia-smi", "-L"], capture_output=True, text=True, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0 and "GPU" in done.stdout


def cpu_index_reachable(seconds: float = 5.0) -> bool:
    """Whether PyTorch's own index of CPU builds answers. Honours the usual proxy variables."""
    # Imported here: urllib costs 40 ms, and a second start never needs it.
    from urllib.request import urlopen

    try:
        with urlopen(f"{TORCH_CPU_INDEX}/torch/", timeout=seconds) as answer:
            return answer.status == 200
    except (OSError, ValueError):
        return False


def describe_torch(version: str | None, has_cuda_packages: bool, system: str, machine: str) -> str:
    """One line on the build of torch that was installed, from its version (`2.13.0+cpu`)."""
    if version is None:
        if system == "darwin" and machine != "arm64":
            return (
                "torch: left out, since PyTorch no longer makes builds for Intel Macs; "
                "chapters 00 to 14 do not need it."
            )
        return "torch: not installed."
    if has_cuda_packages or "+cu" in version:
        return f"torch {version}: the build for NVIDIA graphics cards."
    if version.endswith("+cpu") or not system.startswith("linux"):
        return f"torch {version}: the CPU build."
    return f"torch {version}: the ordinary build, without CUDA packages."


# --- how far pip is ---


@dataclass(frozen=True)
class PipState:
    """What pip has told so far."""

    collected: int = 0
    now: str = "asking for the list of packages"
    to_install: tuple[str, ...] = ()

    def text(self, installed: int = 0) -> str:
        """What to show now, `installed` being how many of `to_install` are in place."""
        if not self.to_install:
            return f"fetching {self.now}" if self.collected else self.now
        total = len(self.to_install)
        name = self.to_install[min(installed, total - 1)]
        return f"installing {min(installed + 1, total)} of {total}: {name}"


def follow(state: PipState, line: str) -> PipState:
    """The state after pip has printed `line`."""
    line = line.strip()
    if match := re.match(r"(?:Collecting|Obtaining|Processing) (\S+)", line):
        n = state.collected + 1
        # a requirement, or the path of a wheel or a folder
        name = re.split(r"[<>=!~;\[]|-\d", Path(match[1]).name)[0]
        name = "the course itself" if line.startswith("Obtaining") else name
        return replace(state, collected=n, now=f"{n}: {name}")
    if match := re.match(r"Downloading (?:\S*/)?([^/\s]+?)-\S+ \((.+)\)", line):
        return replace(state, now=f"{state.collected}: {match[1]} ({match[2]})")
    if match := re.match(r"Progress (\d+) of (\d+)", line):
        done, total = int(match[1]), int(match[2])
        name = state.now.split(" (")[0]
        return replace(state, now=f"{name} ({size(done)} of {size(total)})") if total else state
    if match := re.match(r"Installing collected packages: (.+)", line):
        return replace(state, to_install=tuple(match[1].split(", ")))
    if "Retrying (" in line:
        return replace(state, now="again: the package server did not answer")
    return state


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def installed_versions(site_packages: Path) -> dict[str, str]:
    """Name (lower case, dashes) → version of every distribution that lies in `site_packages`."""
    found = {}
    for folder in site_packages.glob("*.dist-info"):
        name, _, version = folder.name.removesuffix(".dist-info").rpartition("-")
        found[_plain(name)] = version
    return found


# --- what went wrong ---


class Unexplained(Stop):
    """A failure of pip for which there is no better word than its own."""


def explain(lines: Sequence[str]) -> tuple[str, str] | None:
    """A sentence and a remedy for a pip that failed, from what it printed; None if unknown."""
    if known := _explain_known(lines):
        return known
    text = "\n".join(lines)
    if match := re.search(r"No matching distribution found for (\S+)", text):
        here = f"{platform.python_version()}, {platform.system()} {platform.machine()}"
        python = "use a 64-bit Python 3.11, 3.12 or 3.13 from https://www.python.org/downloads/"
        if "(from versions: none)" in text:  # some pips say no more than this without a network
            return (
                f"The package server offered no {match[1]} at all for this Python ({here}).",
                "look whether the internet connection works (a Wi-Fi may first want you to log in, "
                f"in a browser); if it does, {python}",
            )
        return f"There is no build of {match[1]} for this Python ({here}).", python
    return None


def _explain_known(lines: Sequence[str]) -> tuple[str, str] | None:
    """Like `explain`, but only for what goes wrong around pip: disk, network, permissions."""
    text = "\n".join(lines)
    for signs, sentence, remedy in _KNOWN:
        if any(re.search(sign, text) for sign in signs):
            return sentence.format(today=date.today().strftime("%d %B %Y")), remedy
    return None


# Ordered: where the network is down, pip ends with "No matching distribution" as well.
_KNOWN: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        (r"No space left on device", r"Errno 28\b", r"WinError 112", r"Disk quota exceeded"),
        "The disk is full: there was no space left for the packages.",
        "free 3 GB on the disk of the course folder and of the temporary folder, then repeat",
    ),
    (
        (
            r"certificate is not yet valid",
            r"certificate (?:has|is) expired",
            r"not within its validity period",
        ),
        "The package server's certificate does not hold at the date that this computer's clock "
        "shows, {today}.",
        "set the clock right, then repeat; if it is right, ask who runs your network",
    ),
    (
        (r"CERTIFICATE_VERIFY_FAILED", r"SSLError", r"SSLCertVerificationError"),
        "The package server's certificate was not accepted, as happens behind a filtering proxy.",
        "ask who runs your network for its certificate, and set PIP_CERT to the path of that file",
    ),
    (
        (r"ProxyError", r"Cannot connect to proxy", r"407 (?:Proxy Authentication|Client Error)"),
        "The proxy did not let the packages through.",
        "set HTTPS_PROXY=http://user:password@host:port as your network asks for it, or take "
        "HTTPS_PROXY away where there is no proxy, then repeat",
    ),
    (
        (r"too many 5\d\d error responses", r"\b5\d\d Server Error"),
        "The package server is overloaded or out of order.",
        "wait a few minutes, then repeat",
    ),
    (
        (
            r"NewConnectionError",
            r"ConnectTimeoutError",
            r"ReadTimeoutError",
            r"Read timed out",
            r"Failed to establish a new connection",
            r"Temporary failure in name resolution",
            r"getaddrinfo failed",
            r"nodename nor servname",
            r"Network is unreachable",
            r"Connection (?:refused|reset|aborted)",
            r"NameResolutionError",
            r"RemoteDisconnected",
            r"IncompleteRead",
            r"\b4\d\d Client Error",
        ),
        "The package server cannot be reached: there is no network, or something blocks it.",
        "connect to the internet (or set HTTPS_PROXY to your proxy), then repeat",
    ),
    (
        (
            r"DO NOT MATCH THE HASHES",
            r"Wheel '.*' located at .* is invalid",
            r"not enough bytes were received",
            r"incomplete-download",
        ),
        "A download broke off half-way.",
        "repeat; should it break off again, use another connection",
    ),
    (
        (r"Long Path support", r"long path"),
        "Windows allows only short paths, and this folder's is too long for some of the packages.",
        "move the course to a short path such as C:\\course, then repeat",
    ),
    (
        (r"Permission denied", r"Errno 13\b", r"Read-only file system", r"Access is denied"),
        "Files in .venv cannot be written.",
        "close JupyterLab and every program that uses the course folder, then repeat",
    ),
)


# --- running pip ---


@dataclass(frozen=True)
class PipResult:
    """How pip ended: its exit code, what it printed, and whether it had begun to change .venv."""

    code: int
    lines: tuple[str, ...]
    touched: bool


def run_pip(
    python: Path,
    site_packages: Path,
    arguments: Sequence[str],
    folder: Path,
    display: Display,
    keep_open: Sequence[int] = (),
) -> PipResult:
    """Run `pip install` with `arguments` from `folder`, showing how far it is.

    The user's own pip configuration and proxies hold. `keep_open` are file descriptors that pip
    should hold too (the lock: it stays taken as long as a pip is at work, even an orphaned one).
    """
    command = [str(python), "-m", "pip", "install", "--no-input", "--disable-pip-version-check"]
    command += ["--no-compile", "--progress-bar", _progress_style(site_packages), *arguments]
    # PIP_USER=0: a user's `user = true` would send the packages past .venv.
    env = os.environ | {"PIP_USER": "0", "PYTHONUNBUFFERED": "1", "PYTHONIOENCODING": "utf-8"}
    lines: list[str] = []
    state = PipState()
    with subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        pass_fds=() if os.name == "nt" else tuple(keep_open),
    ) as pip:
        try:
            for line in _lines_and_pauses(pip):
                if line is not None:
                    if not line.startswith("Progress "):
                        lines.append(line)
                    state = follow(state, line)
                display.show(state.text(_count(state, site_packages)))
        except BaseException:
            pip.terminate()
            raise
    display.close()
    return PipResult(pip.returncode, tuple(lines), bool(state.to_install))


def look_closer(python: Path, result: PipResult, folder: Path) -> PipResult:
    """`result` with the reason why the server offered no package, which pip keeps to itself."""
    text = "\n".join(result.lines)
    match = re.search(r"No matching distribution found for ([\w.-]+)", text)
    if match is None or "(from versions: none)" not in text or _explain_known(result.lines):
        return result
    command = [str(python), "-m", "pip", "index", "versions", match[1], "-vv", "--no-input"]
    command += ["--retries", "0", "--timeout", "10", "--disable-pip-version-check"]
    done = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )
    reasons = [line for line in done.stdout.splitlines() if "Could not fetch" in line]
    return replace(result, lines=(*reasons, *result.lines))


def fail(result: PipResult, log: Path) -> Stop:
    """The failure to raise for a pip that did not succeed; its output goes to `log`."""
    explained = explain(result.lines)
    kind = Stop if explained else Unexplained
    sentence, remedy = explained or (
        "The packages could not be installed.",
        "read the last lines above, then try once more",
    )
    errors = [line for line in result.lines if line.startswith("ERROR")]
    if "ERROR: Exception:" in errors:  # a traceback follows, and its last line says what it was
        errors = [line for line in result.lines if line.strip()][-1:]
    last = "\n".join(f"  | {line[:LONGEST_LINE]}" for line in (errors or result.lines)[-4:])
    try:
        log.write_text("\n".join(result.lines) + "\n", encoding="utf-8")
    except OSError:
        return kind(f"{last}\n{sentence}", remedy)
    return kind(f"{last}\n{sentence} All that pip said: {log}", remedy)


def _progress_style(site_packages: Path) -> str:
    """pip tells its progress in bytes from 24.1 on; before, it can only be silent."""
    numbers = re.findall(r"\d+", installed_versions(site_packages).get("pip", "0"))
    return "raw" if tuple(map(int, numbers[:2])) >= (24, 1) else "off"


def _count(state: PipState, site_packages: Path) -> int:
    if not state.to_install:
        return 0
    present = installed_versions(site_packages)
    return sum(_plain(name) in present for name in state.to_install)


def _lines_and_pauses(process: subprocess.Popen[str]):
    """Each line the process prints; None whenever it has been silent for a moment."""
    lines: queue.Queue[str | None] = queue.Queue()
    assert process.stdout is not None
    output = process.stdout

    def read() -> None:
        for line in output:
            lines.put(line.rstrip("\n"))
        lines.put(None)

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            line = lines.get(timeout=0.3)
        except queue.Empty:
            yield None
            continue
        if line is None:
            return
        yield line


def torch_extra(site_packages: Path, display: Display) -> list[str]:
    """What to add to pip's command line so that the right build of torch comes; says so."""
    if "torch" in installed_versions(site_packages):
        return []
    choice = choose_torch(sys.platform, has_nvidia_gpu(), cpu_index_reachable)
    if choice.sentence:
        display.say(choice.sentence)
    return ["--extra-index-url", choice.extra_index] if choice.extra_index else []
