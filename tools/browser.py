"""Where a Chromium, Chrome or Edge is on this computer; `python -m tools.browser` prints it."""

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "microsoft-edge-stable",
    "msedge",
)
MAC_APPS = ("Google Chrome", "Chromium", "Microsoft Edge")
WINDOWS_PROGRAMS = (
    "Google/Chrome/Application/chrome.exe",
    "Chromium/Application/chrome.exe",
    "Microsoft/Edge/Application/msedge.exe",
)


def find_browser() -> str | None:
    """Path of a browser that Playwright's Chromium driver can run, or None.

    The environment variable CHROMIUM, a path or a name on the PATH, wins: where it is set, nothing
    else is looked at.
    """
    wanted = os.environ.get("CHROMIUM")
    if wanted:
        return shutil.which(wanted)
    on_path = (shutil.which(name) for name in NAMES)
    return next((path for path in on_path if path), None) or _first_file(usual_places())


def how_to_get_one(platform: str = sys.platform) -> str:
    """The command that installs a browser on this platform."""
    commands = {
        "darwin": "brew install --cask chromium",
        "win32": "winget install Google.Chrome",
    }
    return commands.get(platform, "sudo apt-get install chromium")


def usual_places() -> Iterable[Path]:
    """Where macOS and Windows keep browsers that are not on the PATH, there or not."""
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for app in MAC_APPS:
                yield folder / f"{app}.app" / "Contents" / "MacOS" / app
    elif sys.platform == "win32":
        for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
            for program in WINDOWS_PROGRAMS:
                if folder := os.environ.get(variable):
                    yield Path(folder, program)


def _first_file(paths: Iterable[Path]) -> str | None:
    return next((str(path) for path in paths if path.is_file()), None)


if __name__ == "__main__":
    found = find_browser()
    print(found or f"No browser was found. To get one:  {how_to_get_one()}")
    sys.exit(found is None)
