"""A home folder that cannot be written: nothing breaks, and nothing warns."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.door.test_lab import course_with_fake_lab, free_port, start_and_stop
from tools.door import home

# Asks the programs themselves, as they are in a kernel: where do they write?
ASK = """
import json, matplotlib, IPython.paths, jupyter_core.paths as jupyter
places = [matplotlib.get_cachedir(), IPython.paths.get_ipython_dir(), jupyter.jupyter_config_dir()]
print(json.dumps([*places, jupyter.jupyter_data_dir(), jupyter.jupyter_runtime_dir()]))
"""


@pytest.fixture
def no_home(tmp_path, monkeypatch) -> Path:
    """A home below a file: not even root can write there."""
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path / "file" / "home"))
    for name in [*home.FOLDERS, "JUPYTER_RUNTIME_DIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"]:
        monkeypatch.delenv(name, raising=False)
    return tmp_path / "file" / "home"


def test_a_home_that_will_do_is_used(tmp_path, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    assert home.instead(tmp_path / "elsewhere", {}) == {}
    assert list(tmp_path.iterdir()) == []


def test_what_the_user_has_set_stays(no_home, tmp_path):
    told = home.instead(tmp_path, {"MPLCONFIGDIR": "/mine"})
    assert told.keys() == home.FOLDERS.keys() - {"MPLCONFIGDIR"}


def test_every_program_writes_elsewhere_and_none_warns(no_home, tmp_path):
    """Those that warn do so on stderr, where a learner would find it under the first picture."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    env = os.environ | home.instead(elsewhere, {})
    done = subprocess.run([sys.executable, "-c", ASK], env=env, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert all(Path(place).is_relative_to(elsewhere) for place in json.loads(done.stdout))


def test_the_lab_starts_without_a_home(course, no_home):
    said, started, _ = start_and_stop(course_with_fake_lab(course), free_port())
    assert "Your home folder cannot be written" in said and "Traceback" not in said
    for name in home.FOLDERS:
        assert Path(started["env"][name]).is_relative_to(course / ".venv")
