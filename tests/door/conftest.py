"""The door in a folder of its own, for all tests of this folder."""

from pathlib import Path

import pytest

from tests.door.course_copy import copy_of_course


@pytest.fixture
def course(tmp_path) -> Path:
    """A copy of the door in a folder with a space and a letter beyond ASCII."""
    return copy_of_course(tmp_path / "my côurse folder")
