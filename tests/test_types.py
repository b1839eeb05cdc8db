"""The types that the code states hold, by pyright's basic rules (see pyproject.toml)."""

import subprocess
import sys
from pathlib import Path
from typing import get_args

from utils import style
from utils.stage.marks import BESIDE, Colour, Side
from utils.stage.sizes import SIZES, STILL

ROOT = Path(__file__).parent.parent


def test_what_is_written_about_types_is_true() -> None:
    command = [sys.executable, "-m", "basedpyright", "--pythonpath", sys.executable]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert ran.returncode == 0, f"{ran.stdout}{ran.stderr}"


def test_every_colour_has_a_name_that_marks_may_use() -> None:
    assert get_args(Colour) == tuple(style.COLOURS) == tuple(style.COLOURS_DARK)


def test_every_side_has_its_sizes() -> None:
    assert set(get_args(Side)) == set(BESIDE) == set(SIZES.sides) == set(STILL.sides)
