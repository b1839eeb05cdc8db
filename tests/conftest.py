"""What tests of several folders ask for."""

import sys
from collections.abc import Callable, Iterator

import pytest


@pytest.fixture(autouse=True)
def torch_as_it_begins() -> Iterator[None]:
    """Chapter 15 sets torch's default type, in a kernel of its own; here others come after it."""
    yield
    if torch := sys.modules.get("torch"):
        torch.set_default_dtype(torch.float32)


@pytest.fixture
def use_style() -> Iterator[Callable[..., None]]:
    """`style.use`, undone after the test: `use_style(for_class=True)` draws for a projector."""
    import matplotlib  # here, since most tests draw nothing

    from utils import style

    with matplotlib.rc_context():
        yield style.use
        style.use()
