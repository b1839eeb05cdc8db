"""Where a browser for the tests is found."""

import os
import sys

import pytest

from tools import browser


def test_finding_a_browser(tmp_path, monkeypatch):
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "usual_places", lambda: [tmp_path / "no.exe"])
    assert browser.find_browser() is None
    app = tmp_path / "an app"
    app.touch(mode=0o755)
    monkeypatch.setattr(browser, "usual_places", lambda: [tmp_path / "no.exe", app])
    assert browser.find_browser() == str(app)
    on_path = tmp_path / ("chromium.exe" if os.name == "nt" else "chromium")
    on_path.touch(mode=0o755)
    assert browser.find_browser().lower() == str(on_path).lower()
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "not-there"))
    assert browser.find_browser() is None
    monkeypatch.setenv("CHROMIUM", str(on_path))
    assert browser.find_browser() == str(on_path)


@pytest.mark.parametrize("platform", ["linux", "darwin", "win32"])
def test_the_usual_places_of_browsers(platform, monkeypatch):
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setenv("PROGRAMFILES", "C:/Program Files")
    places = [path.as_posix() for path in browser.usual_places()]
    assert bool(places) == (platform != "linux")
    assert browser.how_to_get_one(platform).split()[0] in ("sudo", "brew", "winget")
